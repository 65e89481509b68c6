(** The least number of neurons by kinks that are listed (N4), for numbers of any kind: what orientations of them there are is shown elsewhere. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums Jumps.
From relucert.checker Require Import Numbers Networks Distances Directions Bindings Flips Lines Orientations.
Import ListNotations.
Open Scope R_scope.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

Definition lines_of (normals : list (list surd)) (j : nat) : vec := vector (nth j normals []).
(** different kinks, with slopes in the first dk columns *)
Definition kinks_b (d dk D : nat) (N : list neuron) (normals : list (list surd)) : bool :=
  Nat.leb dk d && lines_differ d normals && forallb (fun a => has_entry dk a && has_kink d D N a) normals.

(** * No other kinks *)
Definition on_one_of (d : nat) (normals : list (list surd)) (n : neuron) : bool :=
  existsb (fun a => match pivot d a with Some p => alike d p (a, []) n | None => false end) normals.
Definition all_kinks (d D : nat) (N : list neuron) (normals : list (list surd)) : bool :=
  no_kinks (length N) d D (snd (partition (on_one_of d normals) N)).

Lemma even_jump_term d v : ~ zero d v -> even d (jump_term d v).
Proof.
  intros V l a b M. destruct (collinear_dec d v a) as [C|C].
  - rewrite (jump_term_multiple d v a _ V C), (jump_term_multiple d v b _ V (multiple_trans _ _ _ _ _ _ C M)). apply Rabs_mult.
  - rewrite (jump_term_none d v a C), Rmult_0_r. destruct (Req_EM_T l 0) as [->|NZ].
    + apply jump_term_zero; [exact V|]. intros k Hk. rewrite (M k Hk). ring.
    + apply jump_term_none. intros s B. apply (C (/ l * s)). apply multiple_trans with b; [exact B|]. now apply multiple_sym.
Qed.

Lemma all_kinks_sound d dk D N normals : (dk <= d)%nat -> all_kinks d D N normals = true ->
  no_others d dk D (length N) (length normals) (denoted N) (lines_of normals).
Proof.
  intros W H v l V' NM Hl. assert (V : ~ zero d v) by (intros Z; apply V'; intros k Hk; apply Z; lia).
  assert (E : jump d (length N) (denoted N) v l = added (map (fun n => jump_term d v (vector (fst n)) * vector (snd n) l) N))
    by exact (sum_neurons (fun n => jump_term d v (vector (fst n)) * vector (snd n) l) N).
  rewrite E, (partition_added (on_one_of d normals) _ N), added_zero.
  - rewrite (added_ext _ (fun n => weight n l * jump_term d v (vector (fst n)))) by (intros n _; unfold weight; ring).
    rewrite (no_kinks_sound _ _ _ _ H (jump_term d v) l (even_jump_term d v V) Hl). ring.
  - intros n I. apply partition_in in I. destruct I as [_ O]. unfold on_one_of in O. apply existsb_exists in O. destruct O as [a [I O]].
    destruct (pivot d a) as [p|] eqn:P; [|discriminate]. apply pivot_sound in P. destruct P as [P NZ].
    assert (M := on_line_sound d p a (fst n) NZ O). destruct (In_nth normals a [] I) as [j [Hj EQ]].
    destruct (zero_dec d (vector (fst n))) as [Z|Z]; [rewrite (jump_term_zero d v _ V Z); ring|].
    rewrite (jump_term_none d v); [ring|]. intros s B. refine (NM j (/ s * (vector (fst n) p / vector a p)) Hj _).
    unfold lines_of. rewrite EQ. apply multiple_trans with (vector (fst n)); [exact M|].
      apply multiple_sym; [exact (multiple_nonzero d s _ _ B Z)|exact B].
Qed.

(** d counts the column of biases, dk = d - 1, where there are biases; dk = d where there are none. *)
Theorem least_by_kinks d dk D N normals lower m P : kinks_b d dk D N normals = true -> agree d dk D (length N) (denoted N) m P ->
  let h := length normals in
  (lower <= h)%nat \/ (forall F, ~ fits d dk D (length N) h (denoted N) (lines_of normals) F) /\
    ((lower <= h + 1)%nat \/ (lower <= h + 2)%nat /\ all_kinks d D N normals = true /\
      forall j F, (j < h)%nat -> ~ fits_but d dk D (length N) h (denoted N) (lines_of normals) j F) ->
  (lower <= m)%nat.
Proof.
  unfold kinks_b. cbv zeta. rewrite !andb_true_iff, forallb_forall. intros [[W LD] HK] S H. apply Nat.leb_le in W.
  assert (bends : forall j, (j < length normals)%nat -> ~ zero dk (lines_of normals j) /\ exists l,
    (l < D)%nat /\ jump d (length N) (denoted N) (lines_of normals j) l <> 0).
  { intros j Hj. specialize (HK _ (nth_In normals [] Hj)). cbv beta in HK. rewrite andb_true_iff in HK. destruct HK as [E K].
    split; [exact (has_entry_sound _ _ E)|exact (proj2 (has_kink_sound _ _ _ _ K))]. }
  assert (differ : forall i j l, (i < length normals)%nat -> (j < length normals)%nat -> multiple d l (lines_of normals i) (lines_of normals j) ->
    i = j).
  { intros i j l Hi Hj M. assert (Z : ~ zero d (lines_of normals j)) by (intros Z; apply (proj1 (bends j Hj)); intros k Hk; apply Z; lia).
    exact (lines_meet d normals (lines_of normals j) i j l 1 LD Hi Hj Z M (multiple_refl d _)). }
  pose proof (at_least d dk D (length N) (length normals) (denoted N) (lines_of normals) W differ bends m P S) as L0.
  destruct H as [H|[NF H]]; [lia|].
  assert (L1 : (length normals + 1 <= m)%nat).
  { destruct (Nat.eq_dec m (length normals)) as [->|]; [exfalso|lia].
    destruct (with_as_many d dk D (length N) (length normals) (denoted N) (lines_of normals) W differ bends P S) as [F Fit]. exact (NF F Fit). }
  destruct H as [H|[H [AK NB]]]; [lia|].
  destruct (Nat.eq_dec m (length normals + 1)) as [->|]; [exfalso|lia]. rewrite Nat.add_1_r in S.
  destruct (with_one_more d dk D (length N) (length normals) (denoted N) (lines_of normals) W differ bends P (all_kinks_sound d dk D N normals W AK) S)
    as [F [Fit|[j [Hj Fit]]]]; [exact (NF F Fit)|exact (NB j F Hj Fit)].
Qed.
End Over_numbers.
