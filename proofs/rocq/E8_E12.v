(** Two sentences of the papers that fail: the remark after Theorem 3.1 (E8), and C.2 read literally (E12). *)
From Coq Require Import Reals List Arith Lia Lra Psatz.
From relucert Require Import Statements Sums Seminorms Jumps Gradients.
Import ListNotations.
Open Scope R_scope.

(** One neuron -(1/k) relu x_1 beside k relu (x_1 / k^2): one direction, seminorm 2/k, but the outputs have different signs,
    and the sign of the output of a single neuron is that of its function. *)
Theorem E8_holds : E8.
Proof.
  intros k Hk. exists (of_list [(row2 (/ k ^ 2) 0, k)]), (of_list [(row2 1 0, - / k)]).
  assert (k2 : 0 < / k ^ 2) by (apply Rinv_0_lt_compat; nra). destruct (inverse_of_large k Hk) as [[ik0 ik1] ik].
  split; [|split].
  - exists (k ^ 2). split; [nra|]. intros j Hj. below Hj; cbn; field; lra.
  - apply (seminorm_values 2 1 (eval 2 1 (of_list [(row2 1 0, - (2 / k))]))).
    { intros x l _. write_out. replace (0 + / k ^ 2 * x 0%nat + 0 * x 1%nat) with (/ k ^ 2 * (0 + 1 * x 0%nat + 0 * x 1%nat)) by ring.
      rewrite relu_scale by lra. field. lra. }
    apply (seminorm_attained 2 1 _ (2 / k) (row2 1 0) 0 1 0); [lia|lia|lra|..].
    + apply seminorm_is_gradient_holds; [unfold Rdiv; lra|]. intros x l j Hl Hj _. unfold gradient, dot, Rdiv. apply Rabs_le.
      below Hj; cbn [of_list sum inner outer nth fst snd row2]; unfold one; destruct (Rlt_dec _ _); lra.
    + write_out. rewrite !relu_pos by lra. replace (_ - _) with (- (2 / k)) by ring. rewrite Rabs_Ropp, !Rabs_right; unfold Rdiv; lra.
  - intros P same_. specialize (same_ (row2 1 0) 0%nat ltac:(lia)). cbn in same_. rewrite (relu_pos (0 + 1 * 1 + 0 * 0)) in same_ by lra.
    assert (R := relu_nonneg (0 + inner P 0%nat 0%nat * 1 + inner P 0%nat 1%nat * 0)).
    assert (negative : outer P 0%nat 0%nat < 0) by (apply Rnot_le_lt; intro; nra).
    eapply Rlt_le_trans; [|apply (distance_outer 2 1 1 P _ 0 0); lia].
    cbn [of_list outer nth snd]. unfold one. rewrite Rabs_left; lra.
Qed.

(** 2 sqrt (1/5) < 1 *)
Lemma claimed_distance : 2 * sqrt (1/5) < 1.
Proof. assert (S : sqrt (1/5) * sqrt (1/5) = 1/5) by (apply sqrt_def; lra). assert (0 <= sqrt (1/5)) by apply sqrt_pos. nra. Qed.

(** (1,0) and (2,0) are different vectors. The other function has the kink x_2 = 0, so one of the two neurons has a_1 = 0, and is 1 or 2 away. *)
Theorem E12_holds : E12.
Proof.
  exists (of_list [(row2 1 0, 1); (row2 2 0, 1/2)]), (of_list [(row2 1 0, 2); (row2 0 1, 1/5)]), (1/5).
  split; [|split; [|split; [|split; [|split; [|split]]]]].
  - intros i j Hi Hj different M. specialize (M 0%nat ltac:(lia)). revert different M. below Hi; below Hj; cbn; intros; lra || lia.
  - intros i j Hi Hj different _ _ [l [l0 M]]. specialize (M 0%nat ltac:(lia)). revert different M. below Hi; below Hj; cbn; intros; lra || lia.
  - intros i j Hi Hj different _ _ [l [l0 M]]. assert (M0 := M 0%nat ltac:(lia)). assert (M1 := M 1%nat ltac:(lia)). revert different M0 M1.
    below Hi; below Hj; cbn; intros; lra || lia.
  - intros i j Hi Hj _ _ [l [l0 M]]. assert (M0 := M 0%nat ltac:(lia)). assert (M1 := M 1%nat ltac:(lia)). revert M0 M1.
    below Hi; below Hj; cbn; intros; lra.
  - intros i Hi. rewrite top_1. below Hi; cbn; unfold one; rewrite !Rabs_right, (Rmax_right 0), Rmax_left; lra.
  - apply (seminorm_values 2 1 (eval 2 1 (of_list [(row2 0 1, 1/5)]))).
    { intros x l _. write_out. replace (0 + 2 * x 0%nat + 0 * x 1%nat) with (2 * (0 + 1 * x 0%nat + 0 * x 1%nat)) by ring.
      rewrite relu_scale by lra. lra. }
    apply (seminorm_attained 2 1 _ (1/5) (row2 0 1) 1 1 0); [lia|lia|lra|..].
    + apply seminorm_is_gradient_holds; [lra|]. intros x l j Hl Hj _. unfold gradient, dot. apply Rabs_le.
      below Hj; cbn [of_list sum inner outer nth fst snd row2]; unfold one; destruct (Rlt_dec _ _); lra.
    + write_out. rewrite !relu_pos, !Rabs_right by lra. lra.
  - intros P same_. eapply Rlt_le_trans; [exact claimed_distance|].
    assert (bends := same_bend 2 2 2 1 P _ same_ (row2 1 0) (row2 0 1) 0 ltac:(lia)).
    destruct (net_bend_nonzero 2 2 P (row2 1 0) (row2 0 1) 0) as [i [Hi [on _]]].
    { rewrite bends. unfold net_bend, dot. cbn [of_list sum inner outer nth fst snd row2]. rewrite bend_off by lra.
      replace (0 + 0 * 1 + 1 * 0) with 0 by ring. rewrite bend_on, Rabs_right by lra. unfold one. lra. }
    assert (far := distance_inner 2 2 1 P (of_list [(row2 1 0, 1); (row2 2 0, 1/2)]) i 0 Hi ltac:(lia)).
    eapply Rle_trans; [|exact far]. replace (inner P i 0%nat) with 0 by (unfold dot in on; cbn in on; lra).
    below Hi; cbn; rewrite Rabs_left; lra.
Qed.
