(** Local minima of the mean squared error, of networks without biases: [families/Any_minimum.v] for the numbers of [Numbers]. *)
From Coq Require Import Reals List ZArith QArith Lia Bool.
From relucert Require Import Statements.
From relucert.checker Require Import Numbers Networks Biases Sup_norms.
From relucert.families Require Any_number Any_networks Any_minimum.
Import ListNotations.
Open Scope R_scope.

(** points and labels *)
Definition samples := list (list surd * list surd).
Definition minimum_holds (G : network) (s : samples) (loss radius : surd) : Prop :=
  Any_minimum.local_minimum (inputs G) (size G) (outputs G) (plain G) (map (fun p => (vector (fst p), vector (snd p))) s) (value loss) (value radius).
Definition check_minimum (G : network) (s : samples) (loss radius : surd) : bool :=
  negb (has_biases G) && forallb (fun p => Nat.eqb (length (fst p)) (inputs G) && Nat.eqb (length (snd p)) (outputs G)) s &&
  @Any_minimum.minimum_b surds (inputs G) (outputs G) (rows G) s loss radius.

Theorem check_minimum_sound G s loss radius : check_minimum G s loss radius = true -> minimum_holds G s loss radius.
Proof.
  unfold check_minimum. rewrite !andb_true_iff. intros [_ H]. exact (@Any_minimum.minimum_b_sound surds reals _ _ _ _ _ _ H).
Qed.
