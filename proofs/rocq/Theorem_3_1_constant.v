(** The constant sqrt 2 of Theorem 3.1 cannot be smaller (N6, E16): three neurons, seminorm 2, beta 2, and no parametrization of the other
    function nearer than 4 = beta + sqrt 2 sqrt r. The large neurons keep Theta's from being flipped; its small one has the other sign and side. *)
From Coq Require Import Reals List Arith Lra Lia.
From relucert Require Import Statements Sums Seminorms Gradients Parametrizations.
Import ListNotations.
Open Scope R_scope.

Definition sharp_gamma : net := of_list [(row2 10 1, 10); (row2 2 (2/5), 2); (row2 (-10) 1, 10)].
Definition sharp_theta : net := of_list [(row2 10 1, 51/5); (row2 (-2) (2/5), -2); (row2 (-10) 1, 51/5)].
(** the difference, with equal directions merged *)
Definition sharp_rest : net := of_list [(row2 10 1, 1/5); (row2 2 (2/5), -2); (row2 (-10) 1, 1/5); (row2 (-2) (2/5), -2)].

(** no two of the directions are multiples: their two entries are compared *)
Ltac compare_entries Hi Hj M := let M0 := fresh in let M1 := fresh in
  assert (M0 := M 0%nat ltac:(lia)); assert (M1 := M 1%nat ltac:(lia)); clear M; revert M0 M1; below Hi; below Hj;
  cbn [sharp_gamma sharp_theta of_list inner nth fst row2]; intros; lra || lia.
Ltac lines_of_one := intros i j Hi Hj different _ _ [l [Hl M]]; revert different; compare_entries Hi Hj M.
Ltac lines_of_two := intros i j Hi Hj _ _ [l [Hl M]]; compare_entries Hi Hj M.

Lemma sharp_hypotheses : hypotheses 2 3 sharp_gamma sharp_theta.
Proof. split; [|split; [|split]]; [lines_of_one | lines_of_one | lines_of_one | lines_of_two]. Qed.

Lemma sharp_C1 : C1 2 3 1 sharp_gamma 2 2.
Proof.
  intros i Hi. rewrite top_1. below Hi; cbn [sharp_gamma of_list inner outer nth fst snd top row2]; unfold one;
    rewrite ?(Rabs_right 10), ?(Rabs_right 1), ?(Rabs_right 2), ?(Rabs_right (2/5)), ?(Rabs_left (-10)) by lra;
    unfold Rmax; repeat destruct Rle_dec; intros; split; lra.
Qed.

Lemma sharp_rest_is x l : eval 2 4 sharp_rest x l = difference 2 3 3 sharp_gamma sharp_theta x l.
Proof. unfold sharp_gamma, sharp_theta, sharp_rest. write_out. cbn [sum inner outer nth fst snd]. lra. Qed.

(** around the origin the sums of the active neurons are at most 2; from 0 to (1, 0) the difference falls by 2 *)
Lemma sharp_31_seminorm : seminorm 2 1 (difference 2 3 3 sharp_gamma sharp_theta) 2.
Proof.
  apply (seminorm_values 2 1 (eval 2 4 sharp_rest)); [intros; apply sharp_rest_is|].
  apply (seminorm_attained 2 1 _ 2 (row2 0 0) 0 1 0); [lia|lia|lra|..].
  - apply seminorm_is_gradient_holds; [lra|]. intros x l k Hl Hk _. unfold gradient, sharp_rest, dot. apply Rabs_le.
    below Hk; cbn [of_list sum inner outer nth fst snd row2]; unfold one; repeat destruct (Rlt_dec _ _); lra.
  - unfold sharp_rest. write_out.
    repeat match goal with |- context [relu ?t] => first [rewrite (relu_pos t) by lra | rewrite (relu_neg t) by lra] end.
    absolute.
Qed.

Lemma sharp_kinks : m_kinks 2 3 1 sharp_theta.
Proof.
  split; [lines_of_one|]. split; [lines_of_one|]. intros i Hi. split; intros Z; specialize (Z 0%nat ltac:(lia)); revert Z; below Hi;
    cbn [sharp_theta of_list inner outer nth fst snd row2]; unfold one; lra.
Qed.

(** nothing can be flipped: no sum of some c_i a_i is zero *)
Lemma sharp_no_flip : forall F : nat -> bool,
  (forall k l, (k < 2)%nat -> (l < 1)%nat -> sum 3 (fun i => if F i then outer sharp_theta i l * inner sharp_theta i k else 0) = 0) ->
  F 1%nat = false.
Proof.
  intros F H. specialize (H 1%nat 0%nat ltac:(lia) ltac:(lia)). revert H. cbn [sum sharp_theta of_list inner outer nth fst snd row2]. unfold one.
  destruct (F 0%nat), (F 1%nat), (F 2%nat); intros; lra || reflexivity.
Qed.

(** a and 1/a, one of them at least 1 *)
Lemma one_at_least_1 : forall a, 0 < a -> 1 <= a \/ 1 <= / a.
Proof.
  intros a Ha. destruct (Rle_dec 1 a) as [G|L]; [now left|right]. rewrite <- Rinv_1. apply Rinv_le_contravar; lra.
Qed.

(** wherever Theta's small neuron goes, it is at distance 4 at least: its outer weight is negative, in its own place its first weight is too *)
Lemma sharp_far : forall P, same 2 3 3 1 P sharp_theta -> 4 <= distance 2 3 1 P sharp_gamma.
Proof.
  intros P S. destruct (proj1 (all_parametrizations_holds 2%nat 3%nat 1%nat sharp_theta P sharp_kinks) S) as [F [HF [p [l [R [I H]]]]]].
  apply sharp_no_flip in HF.
  assert (E : exists i, (i < 3)%nat /\ p i = 1%nat).
  { pose proof (R 0%nat ltac:(lia)). pose proof (R 1%nat ltac:(lia)). pose proof (R 2%nat ltac:(lia)).
    assert (p 0%nat <> p 1%nat) by (intros E; apply I in E; lia). assert (p 0%nat <> p 2%nat) by (intros E; apply I in E; lia).
    assert (p 1%nat <> p 2%nat) by (intros E; apply I in E; lia).
    assert (p 0%nat = 1%nat \/ p 1%nat = 1%nat \/ p 2%nat = 1%nat) as [E|[E|E]] by lia; eexists; (split; [|exact E]); lia. }
  destruct E as [i [Hi Ep]]. destruct (H i Hi) as [Hl [A C]]. rewrite Ep in A, C.
  specialize (A 0%nat ltac:(lia)). specialize (C 0%nat ltac:(lia)). cbn [flip inner outer] in A, C. rewrite HF in A.
  cbn [sharp_theta of_list inner outer nth fst snd row2] in A, C. unfold one in C.
  pose proof (distance_inner 2 3 1 P sharp_gamma i 0%nat Hi ltac:(lia)) as DA.
  pose proof (distance_outer 2 3 1 P sharp_gamma i 0%nat Hi ltac:(lia)) as DC.
  rewrite A in DA. rewrite C in DC. pose proof (Rinv_0_lt_compat _ Hl) as Hl'.
  destruct (one_at_least_1 (l i) Hl) as [B|B]; revert DA DC; below Hi; cbn [sharp_gamma of_list inner outer nth fst snd row2]; unfold one;
    intros DA DC; rewrite Rabs_left in DC by lra; try (rewrite Rabs_left in DA by lra); lra.
Qed.

Theorem theorem_3_1_constant_holds : theorem_3_1_constant.
Proof.
  intros s small. exists 2%nat, 3%nat, sharp_gamma, sharp_theta, 2, 2.
  split; [exact sharp_hypotheses|]. split; [exact sharp_C1|]. split; [lra|]. split; [exact sharp_31_seminorm|].
  intros P S. apply Rlt_le_trans with 4; [|now apply sharp_far].
  assert (Q : 0 < sqrt 2) by (apply sqrt_lt_R0; lra). pose proof (sqrt_sqrt 2 ltac:(lra)). nra.
Qed.
