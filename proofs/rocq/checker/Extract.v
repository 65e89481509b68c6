(** The checker as an OCaml program: numbers of Coq become those of zarith. *)
From Coq Require Import ZArith QArith List.
From Coq Require Extraction.
From Coq Require Import ExtrOcamlBasic ExtrOcamlZBigInt.
From relucert.checker Require Import Numbers Networks Biases Distances Directions Claims.
Extraction Language OCaml.
Extraction "checked.ml" check.
