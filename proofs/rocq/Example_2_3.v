(** Example 2.3 (C03): for every real k >= 1, Γ with the redundant neurons ((1,0),1), ((1,0),1) and g = 2 relu(x1) + 1/k relu(x2) are at
    seminorm distance 1/k, and the nearest parametrization of g is at distance 1. *)
From Coq Require Import Reals List Arith Lra Lia.
From relucert Require Import Statements Sums Seminorms.
Import ListNotations.
Open Scope R_scope.

Theorem example_2_3_holds : example_2_3.
Proof.
  intros k Hk; destruct (inverse_of_large k Hk) as [[K0 K1] KK]; split; [| split].
  - apply seminorm_values with (f := fun x _ => / k * relu (dot 2 (row2 0 1) x)); [intros x l _; write_out; ring |].
    apply seminorm_ridge; [lra | | lia]; simpl; rewrite Rabs_R0, Rabs_R1, (Rmax_left 0 0), Rmax_right; lra.
  - (* g bends at (1,0) in direction (0,1): some neuron of P has no first weight *)
    intros P S; assert (B := same_bend _ _ _ _ _ _ S (row2 1 0) (row2 0 1) 0%nat ltac:(lia)).
    destruct (net_bend_nonzero 2 2 P (row2 1 0) (row2 0 1) 0) as [i [Hi [Z _]]].
    { rewrite B; write_out; rewrite bend_off by lra; replace (0 + 0 * 1 + 1 * 0) with 0 by ring; rewrite bend_on; absolute. }
    assert (D0 := distance_inner 2 2 1 P (of_list [(row2 1 0, 1); (row2 1 0, 1)]) i 0 Hi ltac:(lia)).
    below Hi; write_out; unfold Rabs in D0; destruct (Rcase_abs _) in D0; lra.
  - exists (of_list [(row2 1 0, 2); (row2 0 1, / k)]); split; [intros x l _; reflexivity | apply Rle_antisym].
    + apply distance_le; [lra | |]; intros i j Hi Hj; below Hi; below Hj; write_out; absolute.
    + eapply Rle_trans; [| apply distance_inner with (i := 1%nat) (k := 0%nat); lia]; write_out; absolute.
Qed.
