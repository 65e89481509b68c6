(** Example 2.2 (C02): for every real k >= 1 and r > 0, Γ = ((r,0), 0) and g = 1/k relu(x2) are at seminorm distance 1/k, and the nearest
    parametrization of g is at distance max(r, 1/sqrt k). *)
From Coq Require Import Reals List Arith Lra Lia.
From relucert Require Import Statements Sums Seminorms Example_A_4.
Import ListNotations.
Open Scope R_scope.

(** The realization of Γ is zero, so the difference is the ridge (1/k) relu(x2). *)
Lemma seminorm_2_2 : forall k r, 1 <= k -> seminorm 2 1 (difference 2 1 1 (of_list [(row2 r 0, 0)]) (of_list [(row2 0 1, / k)])) (/ k).
Proof.
  intros k r Hk; destruct (inverse_of_large k Hk) as [[K0 K1] KK].
  apply seminorm_values with (f := fun x _ => / k * relu (dot 2 (row2 0 1) x)).
  - intros x l _; write_out; ring.
  - apply seminorm_ridge; [lra | | lia]; simpl; rewrite Rabs_R0, Rabs_R1, (Rmax_left 0 0), Rmax_right; lra.
Qed.

(** A product of two numbers that are at most B is at most B^2. *)
Lemma sqrt_of_product : forall a c B p, 0 <= a <= B -> 0 <= c <= B -> a * c = p -> sqrt p <= B.
Proof. intros a c B p [A0 A1] [C0 C1] <-; rewrite <- (sqrt_square B) by lra; apply sqrt_le_1_alt; nra. Qed.

Theorem example_2_2_holds : example_2_2.
Proof.
  intros k r Hk Hr; destruct (inverse_of_large k Hk) as [[K0 K1] KK]; split; [exact (seminorm_2_2 k r Hk) | split].
  - intros P S; destruct (relu_of_second k P 1) as [Z W]; [lia | lra | exact S |].
    assert (D0 := distance_inner 2 1 1 P (of_list [(row2 r 0, 0)]) 0 0 ltac:(lia) ltac:(lia)).
    assert (D1 := distance_inner 2 1 1 P (of_list [(row2 r 0, 0)]) 0 1 ltac:(lia) ltac:(lia)).
    assert (D2 := distance_outer 2 1 1 P (of_list [(row2 r 0, 0)]) 0 0 ltac:(lia) ltac:(lia)).
    write_out; rewrite Rminus_0_r in D1, D2; apply Rmax_lub.
    + rewrite Z in D0; unfold Rabs in D0; destruct (Rcase_abs _) in D0; lra.
    + assert (A := Rabs_pos (inner P 0%nat 1%nat)).
      assert (C : 0 < outer P 0%nat 0%nat) by (apply Rnot_le_lt; intro; nra).
      rewrite (Rabs_pos_eq (outer _ _ _)) in D2 by lra.
      apply sqrt_of_product with (Rabs (inner P 0%nat 1%nat)) (outer P 0%nat 0%nat); lra.
  - set (s := sqrt (/ k)); assert (P : 0 < s) by (apply sqrt_lt_R0; lra); assert (Q : s * s = / k) by (apply sqrt_def; lra).
    assert (M := Rmax_l r s); assert (M' := Rmax_r r s).
    exists (of_list [(row2 0 s, s)]); split.
    + intros x l _; write_out; replace (0 + 0 * x 0%nat + s * x 1%nat) with (s * (0 + 0 * x 0%nat + 1 * x 1%nat)) by ring.
      rewrite relu_scale, <- Q by lra; ring.
    + apply Rle_antisym.
      * apply distance_le; [lra | |]; intros i j Hi Hj; below Hi; below Hj; write_out; absolute.
      * apply Rmax_lub; [eapply Rle_trans; [| apply distance_inner with (i := 0%nat) (k := 0%nat); lia]
                        | eapply Rle_trans; [| apply distance_inner with (i := 0%nat) (k := 1%nat); lia]]; write_out; absolute.
Qed.
