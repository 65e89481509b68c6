(** Example A.4 (C08): for every real k >= 1, Γ = ((k,0), 1/k^2) and g = 1/k relu(x2) are at seminorm distance 1/k, and the nearest
    parametrization of g is at distance k. *)
From Coq Require Import Reals List Arith Lra Lia.
From relucert Require Import Statements Sums Seminorms.
Import ListNotations.
Open Scope R_scope.

(** A neuron with the function (1/k) relu(x2) has no first weight, and its two others multiply to 1/k. *)
Lemma relu_of_second : forall k P D, (0 < D)%nat -> 0 < k -> same 2 1 1 D P (of_list [(row2 0 1, / k)]) ->
  inner P 0%nat 0%nat = 0 /\ outer P 0%nat 0%nat * Rabs (inner P 0%nat 1%nat) = / k.
Proof.
  intros k P D HD Hk S; assert (B := same_bend _ _ _ _ _ _ S (row2 1 0) (row2 0 1) 0%nat HD); clear S.
  write_out; replace (0 + 0 * 1 + 1 * 0) with 0 in B by ring; rewrite bend_on in B.
  replace (0 + 0 * 0 + 1 * 1) with 1 in B by ring; rewrite Rabs_R1 in B.
  replace (0 + inner P 0%nat 0%nat * 1 + inner P 0%nat 1%nat * 0) with (inner P 0%nat 0%nat) in B by ring.
  replace (0 + inner P 0%nat 0%nat * 0 + inner P 0%nat 1%nat * 1) with (inner P 0%nat 1%nat) in B by ring.
  assert (K := Rinv_0_lt_compat _ Hk); destruct (Req_EM_T (inner P 0%nat 0%nat) 0) as [Z | Z].
  - rewrite Z, bend_on in B; lra.
  - rewrite bend_off in B by exact Z; lra.
Qed.

(** relu(x1) and relu(x2), both times 1/k, differ by a function of seminorm 1/k: only one of them sees a step along a coordinate. *)
Lemma seminorm_A_4 : forall k, 1 <= k ->
  seminorm 2 1 (difference 2 1 1 (of_list [(row2 k 0, / k ^ 2)]) (of_list [(row2 0 1, / k)])) (/ k).
Proof.
  intros k Hk; destruct (inverse_of_large k Hk) as [[K0 K1] KK].
  apply seminorm_values with (f := fun x _ => / k * (relu (x 1%nat) - relu (x 0%nat))).
  - intros x l _; write_out; replace (0 + k * x 0%nat + 0 * x 1%nat) with (k * x 0%nat) by ring.
    rewrite relu_scale by lra; replace (0 + 0 * x 0%nat + 1 * x 1%nat) with (x 1%nat) by ring; field; lra.
  - apply seminorm_attained with (x := one 0) (k := 1%nat) (t := 1) (l := 0%nat); try lia; try lra.
    + split; [lra |]; intros x j t l Hj _; below Hj; write_out.
      * replace (_ - _) with (/ k * (relu (x 1%nat + t) - relu (x 1%nat))) by ring.
        rewrite Rabs_mult, (Rabs_pos_eq (/ k)) by lra; apply Rmult_le_compat_l; [lra |].
        eapply Rle_trans; [apply relu_lipschitz | apply Req_le; f_equal; ring].
      * replace (_ - _) with (/ k * (relu (x 0%nat) - relu (x 0%nat + t))) by ring.
        rewrite Rabs_mult, (Rabs_pos_eq (/ k)) by lra; apply Rmult_le_compat_l; [lra |].
        eapply Rle_trans; [apply relu_lipschitz |]; rewrite <- Rabs_Ropp; apply Req_le; f_equal; ring.
    + write_out; rewrite (relu_pos 0), relu_pos by lra; absolute.
Qed.

Theorem example_A_4_holds : example_A_4.
Proof.
  intros k Hk; destruct (inverse_of_large k Hk) as [[K0 K1] KK]; split; [exact (seminorm_A_4 k Hk) | split].
  - intros P S; destruct (relu_of_second k P 1) as [Z _]; [lia | lra | exact S |].
    assert (B := distance_inner 2 1 1 P (of_list [(row2 k 0, / k ^ 2)]) 0 0 ltac:(lia) ltac:(lia)).
    write_out; rewrite Z in B; unfold Rabs in B; destruct (Rcase_abs _) in B; lra.
  - exists (of_list [(row2 0 1, / k)]); split; [intros x l _; reflexivity |].
    assert (/ k ^ 2 = / k * / k) by (field; lra).
    apply Rle_antisym.
    + apply distance_le; [lra | |]; intros i j Hi Hj; below Hi; below Hj; write_out; absolute.
    + eapply Rle_trans; [| apply distance_inner with (i := 0%nat) (k := 0%nat); lia]; write_out; absolute.
Qed.
