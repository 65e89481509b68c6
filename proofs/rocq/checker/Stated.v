(** The facts seminorm and jump-norm in terms of the networks of a statement, with or without biases, Γ alone or R(Θ) − R(Γ).

    Interface:
    - [stated_function G T]: eval, difference, or with biases that of eval_biased; [stated_form G T]: to be computed once;
    - [lower_b], [upper_b_], [jump_b] with [lower_b_sound], [upper_b_sound], [stated_seminorm], [jump_b_sound].
    Claims of the theorems look at homogenised networks on all of their inputs: for these, use this file with [homogenised true G] and [homogenised
      true T],
    which have no biases. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums Gradients.
From relucert.checker Require Import Numbers Networks Biases Differences Jump_bounds Trees Canonical Seminorm Jump_norm.
Import ListNotations.
Open Scope R_scope.

Definition stated_form (G : network) (T : option network) : option form :=
  if same_shape G T then form_of (any_biases G T) (inputs G) (outputs G) (stated_rows G T) else None.

Definition lower_b (G : network) (T : option network) (f : form) (fact : low) : bool := at_least_b (any_biases G T) (inputs G) (outputs G) f fact.
Definition upper_b_ (G : network) (T : option network) (f : form) (r : Q) (shared : list circuit) (us : list upper) : bool :=
  at_most_b (any_biases G T) (inputs G) (outputs G) f r shared us.
Definition jump_b (G : network) (T : option network) (f : form) (j : Q) : bool := negb (any_biases G T) && jump_is_b f j.

Lemma stated_form_sound G T f : stated_form G T = Some f -> form_of (any_biases G T) (inputs G) (outputs G) (stated_rows G T) = Some f /\
  match T with None => True | Some T => inputs T = inputs G /\ outputs T = outputs G end.
Proof.
  unfold stated_form. destruct (same_shape G T) eqn:S; [|discriminate]. intro H. split; [exact H|]. destruct T as [T|]; [|exact I].
  unfold same_shape in S. rewrite andb_true_iff, !Nat.eqb_eq in S. exact S.
Qed.

Theorem lower_b_sound G T f fact : stated_form G T = Some f -> lower_b G T f fact = true ->
  forall r, bounded_by (inputs G) (outputs G) (stated_function G T) r -> Q2R (low_value fact) <= r.
Proof.
  intros F H r B. destruct (stated_form_sound G T f F) as [F' S]. apply (at_least_b_sound _ _ _ _ _ _ r F' H).
  apply (bounded_by_ext _ _ (stated_function G T)); [|exact B]. intros x l Hl. symmetry. exact (stated_is G T x l S Hl).
Qed.

Theorem upper_b_sound G T f r shared us : stated_form G T = Some f -> upper_b_ G T f r shared us = true ->
  bounded_by (inputs G) (outputs G) (stated_function G T) (Q2R r).
Proof.
  intros F H. destruct (stated_form_sound G T f F) as [F' S]. apply (bounded_by_ext _ _ (function_on (any_biases G T) (inputs G) (stated_rows G T))).
  - intros x l Hl. exact (stated_is G T x l S Hl).
  - exact (at_most_b_sound _ _ _ _ _ _ _ _ F' H).
Qed.

Theorem stated_seminorm G T f fact r shared us : stated_form G T = Some f -> lower_b G T f fact = true -> low_value fact = r ->
  upper_b_ G T f r shared us = true -> seminorm (inputs G) (outputs G) (stated_function G T) (Q2R r).
Proof.
  intros F L <- U. split; [exact (upper_b_sound G T f _ _ _ F U)|exact (lower_b_sound G T f fact F L)].
Qed.

Theorem jump_b_sound G T f j : stated_form G T = Some f -> jump_b G T f j = true -> jump_norm_is G T (Q2R j).
Proof.
  intros F H. unfold jump_b in H. rewrite andb_true_iff, negb_true_iff in H. destruct H as [B H]. destruct (stated_form_sound G T f F) as [F' _].
    rewrite B in F'.
  destruct (jump_is_sound _ _ _ _ _ F' H) as [W L]. split.
  - apply jumps_bounded_iff; assumption.
  - intros J J0 K. apply (L J J0). apply jumps_bounded_iff; assumption.
Qed.

(** For one output, in the very words of Statements.v. *)
Corollary jump_b_single G T f j : stated_form G (Some T) = Some f -> jump_b G (Some T) f j = true -> outputs G = 1%nat ->
  jumps_at_most (inputs G) (size G) (size T) (plain G) (plain T) (Q2R j).
Proof.
  intros F H O. destruct (jump_b_sound G (Some T) f j F H) as [W _]. exact (W 0%nat ltac:(lia)).
Qed.
