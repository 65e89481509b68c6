(** The constant 2 sqrt 2 of Theorem 3.3 cannot be smaller (N7, E16): four neurons in N*, seminorm 2, and no network of N* with the other
    function nearer than 4. Kinks 2, -4, 4, -4, 2 in directions (1, 1/10), ..., (1, 1/2): the second direction is G's only, the fourth T's only. *)
From Coq Require Import Reals List Arith Lia Lra.
From relucert Require Import Statements Sums Seminorms Jumps Gradients Theorem_3_3.
Import ListNotations.
Open Scope R_scope.

Definition sharp_G : net := of_list [(row2 (199/20) (199/200), 199/20); (row2 2 (2/5), 2);
  (row2 (99/10) (297/100), 99/10); (row2 (199/20) (199/40), 199/20)].
Definition sharp_T : net := of_list [(row2 (201/20) (201/200), 201/20); (row2 (101/10) (303/100), 101/10);
  (row2 2 (4/5), -2); (row2 (201/20) (201/40), 201/20)].
(** the difference, merged *)
Definition sharp_difference : net := of_list [(row2 1 (1/10), 2); (row2 1 (1/5), -4); (row2 1 (3/10), 4); (row2 1 (2/5), -4); (row2 1 (1/2), 2)].

Lemma top_row2 x y : 0 <= y <= x -> top 2 (row2 x y) = x.
Proof. intro H. simpl. rewrite !Rabs_right, (Rmax_right 0), Rmax_left; lra. Qed.

(** Four neurons, each balanced with positive entries, no two parallel. *)
Ltac in_Nstar_of_four := unfold sharp_G, sharp_T; split; [split|];
  [ intros i Hi; below Hi; cbn [of_list inner outer nth fst snd]; rewrite top_1, top_row2 by lra;
    unfold one; (rewrite Rabs_right + rewrite Rabs_left); lra
  | intros i j Hi Hj different _ _ [l [_ M]]; assert (M0 := M 0%nat ltac:(lia)); assert (M1 := M 1%nat ltac:(lia)); revert different M0 M1; clear M;
    below Hi; below Hj; cbn [of_list inner nth fst row2]; intros; lra || lia
  | intros i Hi; below Hi; cbn [of_list inner nth fst row2 Nat.sub]; lra ].

Lemma sharp_G_Nstar : in_Nstar 2 4 1 sharp_G.
Proof. in_Nstar_of_four. Qed.

Lemma sharp_T_Nstar : in_Nstar 2 4 1 sharp_T.
Proof. in_Nstar_of_four. Qed.

(** relu is homogeneous: a row (c, c s) pulls its factor c out. *)
Lemma pull_row c s v x y : 0 <= c -> v = c * s -> relu (0 + c * x + v * y) = c * relu (0 + 1 * x + s * y).
Proof. intros c0 ->. rewrite <- relu_scale by exact c0. f_equal. ring. Qed.

Lemma sharp_difference_is x l : difference 2 4 4 sharp_G sharp_T x l = eval 2 5 sharp_difference x l.
Proof.
  unfold sharp_G, sharp_T, sharp_difference. write_out.
  rewrite (pull_row (201/20) (1/10) (201/200)), (pull_row (101/10) (3/10) (303/100)), (pull_row 2 (2/5) (4/5)), (pull_row (201/20) (1/2) (201/40)),
    (pull_row (199/20) (1/10) (199/200)), (pull_row 2 (1/5) (2/5)), (pull_row (99/10) (3/10) (297/100)), (pull_row (199/20) (1/2) (199/40)) by lra.
  lra.
Qed.

(** The signs of the five change one after the other around the origin: the sums of the active ones are at most 2. *)
Lemma sharp_seminorm : seminorm 2 1 (difference 2 4 4 sharp_G sharp_T) 2.
Proof.
  apply (seminorm_values 2 1 (eval 2 5 sharp_difference)); [intros; symmetry; apply sharp_difference_is|].
  apply (seminorm_attained 2 1 _ 2 (row2 (-45/100) 1) 0 (1/100) 0); [lia|lia|lra|..].
  - apply seminorm_is_gradient_holds; [lra|]. intros x l k Hl Hk _. unfold gradient, sharp_difference, dot. apply Rabs_le.
    below Hk; cbn [of_list sum inner outer nth fst snd row2]; unfold one; repeat destruct (Rlt_dec _ _); lra.
  - unfold sharp_difference. write_out.
    repeat match goal with |- context [relu ?t] => first [rewrite (relu_pos t) by lra | rewrite (relu_neg t) by lra] end.
    rewrite !Rabs_right; lra.
Qed.

Theorem theorem_3_3_constant_holds : theorem_3_3_constant.
Proof.
  intros s small. exists 2%nat, 4%nat, sharp_G, sharp_T, 2.
  split; [lia|]. split; [exact sharp_G_Nstar|]. split; [exact sharp_T_Nstar|]. split; [exact sharp_seminorm|].
  intros P HP same_. apply Rlt_le_trans with 4.
  - assert (S : sqrt 2 * sqrt 2 = 2) by (apply sqrt_def; lra). assert (0 < sqrt 2) by (apply sqrt_lt_R0; lra). nra.
  - (* beside G's own neuron (2, 2/5), 2 stands a neuron of T, and all four differ from it by 4 or more in some entry *)
    destruct (Nstar_rigid 2 4 1 P sharp_T 1 ltac:(lia) HP sharp_T_Nstar same_ ltac:(lia)) as [j [Hj [In Out]]].
    assert (I := distance_inner 2 4 1 P sharp_G 1 0 ltac:(lia) ltac:(lia)).
    assert (O := distance_outer 2 4 1 P sharp_G 1 0 ltac:(lia) ltac:(lia)).
    rewrite (In 0%nat ltac:(lia)) in I. rewrite (Out 0%nat ltac:(lia)) in O.
    apply abs_le_inv in I. apply abs_le_inv in O.
    revert I O. generalize (distance 2 4 1 P sharp_G) as far. clear In Out. unfold sharp_T, sharp_G.
    below Hj; cbn [of_list inner outer nth fst snd row2]; unfold one; intros; lra.
Qed.
