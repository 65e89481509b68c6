(** Whether functions are the same, from canonical forms in integers: one sorting instead of all pairs of neurons. For numbers without k; what it does
    not see is left to [Networks.vanishes]. Here [if] stands for disjunctions: Coq's virtual machine evaluates both sides of [||]. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Biases Differences Trees Canonical Seminorm.
Import ListNotations.
Open Scope R_scope.

(** no kinks, and no linear part *)
Definition is_nothing (f : form) : bool := match faces f with [] => forallb all_zero (linear f) | _ => false end.
Definition vanishes_by_form (d D : nat) (N : list neuron) : bool :=
  match form_of false d D N with Some f => is_nothing f | None => false end.
Definition vanishes_somehow (d D : nat) (N : list neuron) : bool := if vanishes_by_form d D N then true else vanishes d D N.

Lemma vanishes_by_form_sound d D N : vanishes_by_form d D N = true -> forall x l, (l < D)%nat -> eval d (length N) (denoted N) x l = 0.
Proof.
  unfold vanishes_by_form, form_of. cbn [inputs_of]. destruct (canonical d D d N) as [f|] eqn:F; [|discriminate]. unfold is_nothing.
  destruct (faces f) as [|h hs] eqn:E; [|discriminate]. intros Z x l Hl. pose proof (scale_pos f) as P.
  assert (Even : added (map (fun n => weight n l * Rabs (dot d (vector (fst n)) x)) N) = 0).
  { pose proof (canonical_even d D d N f F (fun a => Rabs (dot d a x)) l (even_abs d x)) as H. rewrite E in H. cbn [rsum] in H.
    rewrite Rmult_0_r in H. apply Rmult_eq_reg_r with (IZR (Zpos (scale f))); [|lra]. rewrite Rmult_0_l. apply H; [|exact Hl].
    intros a A. rewrite (dot_zero_l d a x A). apply Rabs_R0. }
  assert (Lin : forall k, (k < d)%nat -> added (map (fun n => weight n l * vector (fst n) k) N) = 0).
  { intros k Hk. pose proof (canonical_linear d D d N f F k l Hk Hl) as H. destruct (canonical_shape d D d N f F) as [_ [Ll _]].
    rewrite forallb_forall in Z. assert (A : all_zero (nth l (linear f) []) = true) by (apply Z, nth_In; rewrite Ll; exact Hl).
    rewrite (all_zero_nth _ k A), Rmult_0_r in H. apply Rmult_eq_reg_r with (IZR (Zpos (scale f))); [|lra]. rewrite Rmult_0_l. exact H. }
  rewrite eval_list.
  rewrite (added_ext _ (fun n => / 2 * (weight n l * active d x n) + / 2 * (weight n l * Rabs (dot d (vector (fst n)) x)))).
  - rewrite added_plus, !added_scal, Even, added_dot, sum_zero; [ring|]. intros k Hk. rewrite (Lin k Hk). ring.
  - intros n _. rewrite relu_abs. unfold active. field.
Qed.

Lemma vanishes_somehow_sound d D N : vanishes_somehow d D N = true -> forall x l, (l < D)%nat -> eval d (length N) (denoted N) x l = 0.
Proof.
  unfold vanishes_somehow. destruct (vanishes_by_form d D N) eqn:E; [intros _; exact (vanishes_by_form_sound d D N E)|exact (vanishes_sound d D N)].
Qed.

Definition same_somehow (d D : nat) (N N' : list neuron) : bool := vanishes_somehow d D (apart N' N).
Theorem same_somehow_sound d D N N' : same_somehow d D N N' = true -> same d (length N) (length N') D (denoted N) (denoted N').
Proof. intros H x l Hl. pose proof (vanishes_somehow_sound _ _ _ H x l Hl) as E. rewrite eval_apart in E. lra. Qed.

(** R(G) = R(T), as [equal_functions] has it *)
Definition equal_somehow (G T : network) : bool :=
  Nat.eqb (inputs G) (inputs T) && Nat.eqb (outputs G) (outputs T) &&
  if has_biases G || has_biases T
  then vanishes_somehow (S (inputs G)) (outputs G) (folded (inputs G) (apart (homogenised_rows T) (homogenised_rows G)))
  else same_somehow (inputs G) (outputs G) (rows G) (rows T).
Theorem equal_somehow_sound G T : equal_somehow G T = true -> same_functions G T.
Proof.
  unfold equal_somehow, same_functions. rewrite !andb_true_iff, !Nat.eqb_eq. intros [[Hd HD] H]. destruct (has_biases G || has_biases T).
  - intros x l Hl. pose proof (vanishes_somehow_sound _ _ _ H (extended (inputs G) x) l Hl) as E.
    rewrite eval_list, folded_eval, <- eval_list, eval_apart in E. rewrite (homogenised_eval G x l Hl) in E.
    rewrite Hd in E |- *. rewrite (homogenised_eval T x l) in E by lia. lra.
  - exact (same_somehow_sound _ _ _ _ H).
Qed.
