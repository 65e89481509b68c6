(** The layer of hidden neurons x ↦ (relu(<a_i, x> + b_i))_i: two points with the same values. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Biases Nearest_affine.
Import ListNotations.
Open Scope R_scope.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** biases are 0 where there are none *)
Definition hidden (N : network) (x : vec) (i : nat) : R := relu (dot (inputs N) (inner (plain N) i) x + vector (bias_of N) i).
Definition same_layer (N : network) (x y : vec) : Prop := forall i, (i < size N)%nat -> hidden N x i = hidden N y i.
Definition layer_not_injective (N : network) : Prop :=
  exists x y, same_layer N x y /\ exists k, (k < inputs N)%nat /\ x k <> y k.

Definition collides_at (d : nat) (x y : list surd) (n : neuron) : bool :=
  let s := product (S d) (fst n) (x ++ [one]) in let t := product (S d) (fst n) (y ++ [one]) in
  known s && known t && equal_numbers (positive_part s) (positive_part t).
Definition check_collides (N : network) (x y : list surd) : bool :=
  let d := inputs N in
  Nat.eqb (length x) d && Nat.eqb (length y) d && existsb (fun k => definite (minus (at_ x k) (at_ y k))) (seq 0 d) &&
  forallb (collides_at d x y) (columns N).

Lemma hidden_column N x i : length x = inputs N -> (i < size N)%nat ->
  hidden N (vector x) i = relu (value (product (S (inputs N)) (fst (nth i (columns N) ([], []))) (x ++ [one]))).
Proof.
  intros L Hi. unfold hidden. f_equal. rewrite product_value.
  assert (E : dot (S (inputs N)) (vector (fst (nth i (columns N) ([], [])))) (vector (x ++ [one])) =
    dot (S (inputs N)) (vector (fst (nth i (columns N) ([], [])))) (extended (inputs N) (vector x))).
  { apply dot_ext; [reflexivity|]. exact (vector_extended (inputs N) x L). }
  rewrite E. unfold columns. rewrite lengthened_nth by exact Hi. cbn [fst Nat.add].
  pose proof (active_lengthened (inputs N) (fst (nth i (rows N) ([], []))) (at_ (bias_of N) i) [] (vector x)) as A. unfold active in A.
  cbn [fst] in A. rewrite A. reflexivity.
Qed.

Theorem check_collides_sound N x y : check_collides N x y = true -> layer_not_injective N.
Proof.
  unfold check_collides. cbv zeta. rewrite !andb_true_iff, !Nat.eqb_eq, existsb_exists, forallb_forall. intros [[[Lx Ly] [k [Hk D]]] C].
  exists (vector x), (vector y). split.
  - intros i Hi. rewrite !hidden_column by assumption.
    assert (I : In (nth i (columns N) ([], [])) (columns N)) by (apply nth_In; rewrite columns_size; exact Hi).
    specialize (C _ I). unfold collides_at in C. cbv zeta in C. rewrite !andb_true_iff in C. destruct C as [[Ks Kt] E].
    apply equal_numbers_sound in E. rewrite (positive_part_value _ Ks), (positive_part_value _ Kt) in E. exact E.
  - exists k. apply in_seq in Hk. split; [lia|]. apply definite_sound in D. rewrite minus_value in D. unfold vector. lra.
Qed.
End Over_numbers.
