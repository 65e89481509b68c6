(** Example 2.1 (C01): for every real k >= 1, g = k relu(k x1) - k relu(k x1 - x2/k^2) is at most 1/k on [-1,1]^2 and attains it,
    its seminorm is k^2, and the least norm of its parametrizations is k. *)
From Coq Require Import Reals List Arith Lra Lia.
From relucert Require Import Statements Sums Seminorms.
Import ListNotations.
Open Scope R_scope.

(** g written out. *)
Lemma eval_g_2_1 : forall k x l, eval 2 2 (g_2_1 k) x l = k * (relu (k * x 0%nat) - relu (k * x 0%nat - / k ^ 2 * x 1%nat)).
Proof.
  intros k x l; unfold g_2_1; write_out; replace (0 + k * x 0%nat + 0 * x 1%nat) with (k * x 0%nat) by ring.
  replace (0 + k * x 0%nat + - / k ^ 2 * x 1%nat) with (k * x 0%nat - / k ^ 2 * x 1%nat) by ring; ring.
Qed.

Lemma square_of_large : forall k, 1 <= k -> 0 < / k ^ 2 <= 1 /\ k * / k ^ 2 = / k /\ 1 <= k ^ 2.
Proof.
  intros k H; assert (Q : 1 <= k ^ 2) by nra; destruct (inverse_of_large _ Q) as [[A B] _].
  repeat split; try assumption; field; lra.
Qed.

Lemma sup_2_1 : forall k, 1 <= k -> sup_on_square 2 (g_2_1 k) (/ k).
Proof.
  intros k Hk; destruct (square_of_large k Hk) as [[Q0 Q1] [E _]]; split.
  - intros x _ Hy; rewrite eval_g_2_1, Rabs_mult, (Rabs_pos_eq k), <- E by lra; apply Rmult_le_compat_l; [lra |].
    eapply Rle_trans; [apply relu_lipschitz |]; replace (_ - _) with (/ k ^ 2 * x 1%nat) by ring.
    rewrite Rabs_mult, (Rabs_pos_eq (/ k ^ 2)) by lra; assert (Rabs (x 1%nat) <= 1) by absolute; nra.
  - exists (row2 1 1); split; [simpl; lra | split; [simpl; lra |]].
    rewrite eval_g_2_1; write_out; rewrite !relu_pos by lra; rewrite <- E, Rabs_pos_eq; [ring | nra].
Qed.

(** A hinge at s minus one at s - u changes by at most as much as s. *)
Lemma two_hinges : forall s t u, Rabs (relu s - relu (s - u) - (relu t - relu (t - u))) <= Rabs (s - t).
Proof.
  intros s t u; destruct (relu_cases s) as [[? ->] | [? ->]], (relu_cases t) as [[? ->] | [? ->]],
    (relu_cases (s - u)) as [[? ->] | [? ->]], (relu_cases (t - u)) as [[? ->] | [? ->]]; absolute.
Qed.

(** The gradient is at most k^2 in x1 and 1/k in x2; the first is attained between the two hinges. *)
Lemma seminorm_2_1 : forall k, 1 <= k -> seminorm 2 1 (difference 2 2 2 zero_net (g_2_1 k)) (k ^ 2).
Proof.
  intros k Hk; destruct (square_of_large k Hk) as [[Q0 Q1] [E Q]].
  apply seminorm_values with (f := fun x _ => k * (relu (k * x 0%nat) - relu (k * x 0%nat - / k ^ 2 * x 1%nat))).
  { intros x l _; unfold difference; rewrite eval_g_2_1; write_out; ring. }
  apply seminorm_attained with (x := row2 0 (k ^ 3)) (k := 0%nat) (t := / k ^ 2) (l := 0%nat); try lia; try lra.
  - split; [lra |]; intros x j t l Hj _; below Hj; write_out; rewrite <- Rmult_minus_distr_l, Rabs_mult, (Rabs_pos_eq k) by lra.
    + replace (_ - relu _ - _) with (relu (k * x 0%nat - / k ^ 2 * x 1%nat) - relu (k * x 0%nat - / k ^ 2 * (x 1%nat + t))) by ring.
      assert (L := relu_lipschitz (k * x 0%nat - / k ^ 2 * x 1%nat) (k * x 0%nat - / k ^ 2 * (x 1%nat + t))).
      replace (_ - _ - _) with (/ k ^ 2 * t) in L by ring; rewrite (Rabs_mult (/ k ^ 2)), (Rabs_pos_eq (/ k ^ 2)) in L by lra.
      assert (T := Rabs_pos t); destruct (inverse_of_large k Hk) as [[K0 K1] _].
      apply Rle_trans with (k * (/ k ^ 2 * Rabs t)); [apply Rmult_le_compat_l; lra | rewrite <- Rmult_assoc, E; nra].
    + assert (L := two_hinges (k * (x 0%nat + t)) (k * x 0%nat) (/ k ^ 2 * x 1%nat)).
      replace (k * (x 0%nat + t) - k * x 0%nat) with (k * t) in L by ring; rewrite (Rabs_mult k), (Rabs_pos_eq k) in L by lra.
      apply Rle_trans with (k * (k * Rabs t)); [apply Rmult_le_compat_l; lra | lra].
  - write_out; replace (k * (0 + / k ^ 2)) with (/ k) by (rewrite Rplus_0_l; lra).
    destruct (inverse_of_large k Hk) as [[K0 K1] KK]; replace (/ k ^ 2 * k ^ 3) with k by (field; lra).
    rewrite Rmult_0_r, relu_0, (relu_pos (/ k)), !relu_neg, !Rabs_pos_eq by (try lra; nra).
    apply Req_le; field; lra.
Qed.

(** The bends at (0,1) in direction (1,0), of size k^2, and at (1,k^3) in direction (0,1). *)
Lemma bends_2_1 : forall k, 1 <= k ->
  net_bend 2 2 (g_2_1 k) (row2 0 1) (row2 1 0) 0 = k ^ 2 /\ net_bend 2 2 (g_2_1 k) (row2 1 (k ^ 3)) (row2 0 1) 0 <> 0.
Proof.
  intros k Hk; destruct (square_of_large k Hk) as [[Q0 Q1] [E Q]]; unfold g_2_1; write_out; split.
  - replace (0 + k * 0 + 0 * 1) with 0 by ring; rewrite bend_on, bend_off by lra.
    rewrite Rabs_pos_eq by lra; ring.
  - rewrite bend_off by lra; replace (0 + k * 1 + - / k ^ 2 * k ^ 3) with 0 by (field; lra).
    rewrite bend_on, Rabs_left by lra; replace (_ + _) with (- (k * / k ^ 2)) by ring; rewrite E; destruct (inverse_of_large k Hk); lra.
Qed.

(** The bend of one neuron at (0,1) is at most the square of its largest weight, and zero if its second weight is not. *)
Lemma bend_at_most : forall (P : net) i M, Rabs (inner P i 0%nat) <= M -> Rabs (outer P i 0%nat) <= M ->
  Rabs (outer P i 0%nat * bend (dot 2 (inner P i) (row2 0 1)) (dot 2 (inner P i) (row2 1 0))) <= M ^ 2 /\
  (inner P i 1%nat <> 0 -> outer P i 0%nat * bend (dot 2 (inner P i) (row2 0 1)) (dot 2 (inner P i) (row2 1 0)) = 0).
Proof.
  intros P i M A C; assert (A0 := Rabs_pos (inner P i 0%nat)); assert (C0 := Rabs_pos (outer P i 0%nat)).
  unfold bend; write_out; destruct (Req_EM_T _ 0) as [Z | Z]; split; intros; try lra.
  - replace (0 + inner P i 0%nat * 1 + inner P i 1%nat * 0) with (inner P i 0%nat) by ring; rewrite Rabs_mult, Rabs_Rabsolu; nra.
  - rewrite Rmult_0_r, Rabs_R0; nra.
Qed.

Theorem example_2_1_holds : example_2_1.
Proof.
  intros k Hk; split; [exact (sup_2_1 k Hk) |]; destruct (square_of_large k Hk) as [[Q0 Q1] [E Q]]; destruct (bends_2_1 k Hk) as [B1 B2].
  split; [exact (seminorm_2_1 k Hk) | split].
  - (* a neuron with second weight not zero does not bend at (0,1), so the other one bends by k^2 alone *)
    intros P S; rewrite <- (same_bend _ _ _ _ _ _ S) in B1, B2 by lia.
    assert (M : forall i, (i < 2)%nat -> Rabs (inner P i 0%nat) <= distance 2 2 1 P zero_net /\ Rabs (outer P i 0%nat) <= distance 2 2 1 P zero_net).
    { intros i Hi; assert (D0 := distance_inner 2 2 1 P zero_net i 0 Hi ltac:(lia)).
      assert (D1 := distance_outer 2 2 1 P zero_net i 0 Hi ltac:(lia)); destruct (zero_net_entries i 0) as [Z0 Z1].
      rewrite Z0, Rminus_0_r in D0; rewrite Z1, Rminus_0_r in D1; split; assumption. }
    assert (P0 := distance_nonneg 2 2 1 P zero_net); set (d := distance 2 2 1 P zero_net) in *.
    destruct (M 0%nat) as [M0 M0']; [lia |]; destruct (M 1%nat) as [M1 M1']; [lia |].
    destruct (bend_at_most P 0 d M0 M0') as [L0 O0]; destruct (bend_at_most P 1 d M1 M1') as [L1 O1].
    destruct (net_bend_nonzero _ _ _ _ _ _ B2) as [i [Hi [_ [N _]]]].
    replace (dot 2 (inner P i) (row2 0 1)) with (inner P i 1%nat) in N by (write_out; ring).
    unfold net_bend in B1; cbn [sum] in B1; assert (k ^ 2 <= d ^ 2); [| nra].
    rewrite <- B1, <- (Rabs_pos_eq (_ + _)) by (rewrite B1; lra); below Hi; [rewrite (O1 N) | rewrite (O0 N)].
    + rewrite Rplus_0_l, Rplus_0_r; exact L0.
    + rewrite !Rplus_0_l; exact L1.
  - exists (g_2_1 k); split; [intros x l _; reflexivity | apply Rle_antisym].
    + unfold g_2_1, zero_net; apply distance_le; [lra | |]; intros i j Hi Hj; below Hi; below Hj; write_out; absolute.
    + eapply Rle_trans; [| apply distance_inner with (i := 0%nat) (k := 0%nat); lia]; unfold g_2_1, zero_net; write_out; absolute.
Qed.
