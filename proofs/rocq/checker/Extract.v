(** The checker as an OCaml program: numbers of Coq become those of zarith. *)
From Coq Require Import ZArith QArith List.
From Coq Require Extraction.
From Coq Require Import ExtrOcamlBasic ExtrOcamlZBigInt.
From relucert.checker Require Import Numbers Networks Biases Distances Directions Trees Claims.
Extraction Language OCaml.
(** zarith's own: the division steps of Coq's are most of the time otherwise *)
Extract Constant Z.gcd => "Big_int_Z.gcd_big_int".
Extract Constant Z.ggcd => "(fun a b -> let g = Big_int_Z.gcd_big_int a b in
  if Big_int_Z.sign_big_int g = 0 then (g, (g, g)) else (g, (Big_int_Z.div_big_int a g, Big_int_Z.div_big_int b g)))".
(** Multipliers are only tried: whatever they are, check_sound holds, as it uses nothing about them. *)
Extract Constant Trees.multipliers => "(fun _ vectors -> Found.multipliers vectors)".
Extraction "checked.ml" check.
