(** Example 2.5 (C05): for every real k >= 1 the networks Γ and its mirror image g have three opposite directions; their functions differ by 3 x3,
    of seminorm 3, but the nearest parametrization of g is at distance sqrt 2 k: the rows c_i a_i of g are independent, so its
    parametrizations are permutations and rescalings (Lemma A.3), and two rows of Γ need the third one of g. *)
From Coq Require Import Reals List Arith Lra Lia.
From relucert Require Import Statements Sums Seminorms Lemma_A_3.
Import ListNotations.
Open Scope R_scope.

Definition gamma_2_5 (k : R) : net :=
  of_list [(row3 (- k) (- k) (- / k), k); (row3 k (- k) (- / k), k); (row3 0 (sqrt 2 * k) (- / (sqrt 2 * k)), sqrt 2 * k)].
Definition g_2_5 (k : R) : net :=
  of_list [(row3 k k (/ k), k); (row3 (- k) k (/ k), k); (row3 0 (- (sqrt 2 * k)) (/ (sqrt 2 * k)), sqrt 2 * k)].
(** The nearest parametrization: the third row of g first, then the second, then the first, rescaled by 2 - sqrt 2, sqrt 2 - 1, 1/2. *)
Definition near_2_5 (k : R) : net :=
  of_list [(row3 0 (- ((2 * sqrt 2 - 2) * k)) ((sqrt 2 - 1) * / k), (sqrt 2 + 1) * k);
           (row3 (- ((sqrt 2 - 1) * k)) ((sqrt 2 - 1) * k) ((sqrt 2 - 1) * / k), (sqrt 2 + 1) * k);
           (row3 (/ 2 * k) (/ 2 * k) (/ 2 * / k), 2 * k)].

Lemma sqrt_two : sqrt 2 * sqrt 2 = 2 /\ 1.4 < sqrt 2 < 1.5.
Proof.
  assert (S : sqrt 2 * sqrt 2 = 2) by (apply sqrt_def; lra); assert (P := sqrt_pos 2); repeat split; [exact S | |]; nra.
Qed.

(** 1 / (sqrt 2 k) without a quotient of roots. *)
Lemma inverse_of_root : forall k, 1 <= k -> / (sqrt 2 * k) = sqrt 2 / 2 * / k.
Proof.
  intros k Hk; destruct sqrt_two as [S [A _]]; rewrite Rinv_mult; f_equal.
  apply Rmult_eq_reg_l with (sqrt 2); [rewrite Rinv_r; lra | lra].
Qed.

(** Three flips: the difference is linear, and only x3 remains. *)
Lemma difference_2_5 : forall k x l, 1 <= k -> difference 3 3 3 (gamma_2_5 k) (g_2_5 k) x l = 3 * x 2%nat.
Proof.
  intros k x l Hk; destruct sqrt_two as [S _]; destruct (inverse_of_large k Hk) as [_ KK].
  unfold gamma_2_5, g_2_5; rewrite (inverse_of_root k Hk); write_out.
  set (u := k * x 0%nat + k * x 1%nat + / k * x 2%nat); set (v := - k * x 0%nat + k * x 1%nat + / k * x 2%nat).
  set (w := - (sqrt 2 * k) * x 1%nat + sqrt 2 / 2 * / k * x 2%nat).
  replace (0 + k * x 0%nat + k * x 1%nat + / k * x 2%nat) with u by (unfold u; ring).
  replace (0 + - k * x 0%nat + k * x 1%nat + / k * x 2%nat) with v by (unfold v; ring).
  replace (0 + 0 * x 0%nat + - (sqrt 2 * k) * x 1%nat + sqrt 2 / 2 * / k * x 2%nat) with w by (unfold w; ring).
  replace (0 + - k * x 0%nat + - k * x 1%nat + - / k * x 2%nat) with (- u) by (unfold u; ring).
  replace (0 + k * x 0%nat + - k * x 1%nat + - / k * x 2%nat) with (- v) by (unfold v; ring).
  replace (0 + 0 * x 0%nat + sqrt 2 * k * x 1%nat + - (sqrt 2 / 2 * / k) * x 2%nat) with (- w) by (unfold w; ring).
  transitivity (k * (relu u - relu (- u)) + k * (relu v - relu (- v)) + sqrt 2 * k * (relu w - relu (- w))); [ring |].
  rewrite !relu_opp; unfold u, v, w.
  transitivity ((2 - sqrt 2 * sqrt 2) * (k * k * x 1%nat) + (2 + sqrt 2 * sqrt 2 / 2) * (k * / k) * x 2%nat); [field; lra |].
  rewrite S, KK; field.
Qed.

Lemma seminorm_2_5 : forall k, 1 <= k -> seminorm 3 1 (difference 3 3 3 (gamma_2_5 k) (g_2_5 k)) 3.
Proof.
  intros k Hk; apply seminorm_values with (f := fun x _ => 3 * x 2%nat); [intros; symmetry; apply difference_2_5; exact Hk |].
  apply seminorm_attained with (x := fun _ => 0) (k := 2%nat) (t := 1) (l := 0%nat); try lia; try lra.
  - split; [lra |]; intros x j t l Hj _; assert (T := Rabs_pos t); below Hj; write_out; try (rewrite Rminus_eq_0, Rabs_R0; lra).
    replace (_ - _) with (3 * t) by ring; rewrite Rabs_mult, (Rabs_pos_eq 3); lra.
  - write_out; absolute.
Qed.

(** The rows of g are independent. *)
Lemma independent_2_5 : forall k, 1 <= k -> independent 3 3 (g_2_5 k).
Proof.
  intros k Hk w H; destruct sqrt_two as [S [A _]]; destruct (inverse_of_large k Hk) as [[K0 _] KK].
  assert (H0 := H 0%nat ltac:(lia)); assert (H1 := H 1%nat ltac:(lia)); assert (H2 := H 2%nat ltac:(lia)); clear H.
  unfold g_2_5 in *; rewrite (inverse_of_root k Hk) in H2; write_out.
  assert (E0 : w 0%nat = w 1%nat) by (apply Rmult_eq_reg_r with k; lra).
  assert (E1 : w 0%nat + w 1%nat = sqrt 2 * w 2%nat) by (apply Rmult_eq_reg_r with k; lra).
  assert (E2 : w 0%nat + w 1%nat + sqrt 2 / 2 * w 2%nat = 0) by (apply Rmult_eq_reg_r with (/ k); lra).
  intros i Hi; below Hi; nra.
Qed.

(** A neuron of Γ against a rescaled neuron of g with opposite second weight and the same output costs at least sqrt 2 k. *)
Lemma cost_of_opposite : forall k l B, 1 <= k -> 0 < l -> Rabs (l * k + k) <= B -> Rabs (/ l * k - k) <= B -> sqrt 2 * k <= B.
Proof.
  intros k l B Hk Hl H1 H2; destruct sqrt_two as [S [A _]]; apply Rnot_lt_le; intro N; assert (L : / l * l = 1) by (apply Rinv_l; lra).
  assert (Q := Rle_abs (l * k + k)); assert (Q' := Rle_abs (/ l * k - k)).
  assert (l < sqrt 2 - 1) by nra; assert (/ l < sqrt 2 + 1) by nra; assert (0 < / l) by (apply Rinv_0_lt_compat; exact Hl); nra.
Qed.

Lemma lower_2_5 : forall k P, 1 <= k -> same 3 3 3 1 P (g_2_5 k) -> sqrt 2 * k <= distance 3 3 1 P (gamma_2_5 k).
Proof.
  intros k P Hk S; destruct sqrt_two as [_ [A _]].
  destruct (lemma_A_3_holds 3%nat 3%nat 1%nat (g_2_5 k) P (independent_2_5 k Hk)) as [p [l [Below [Inj H]]]].
  { intros i Hi Z; specialize (Z 0%nat ltac:(lia)); unfold g_2_5 in Z; below Hi; write_out; nra. }
  { exact S. }
  (* rows 0 and 1 of Γ against rows 0 and 1 of g *)
  assert (C : forall i, (i < 2)%nat -> (p i < 2)%nat -> sqrt 2 * k <= distance 3 3 1 P (gamma_2_5 k)).
  { intros i Hi Hp; destruct (H i ltac:(lia)) as [L [MI MO]]; specialize (MI 1%nat ltac:(lia)); specialize (MO 0%nat ltac:(lia)).
    assert (D0 := distance_inner 3 3 1 P (gamma_2_5 k) i 1 ltac:(lia) ltac:(lia)).
    assert (D1 := distance_outer 3 3 1 P (gamma_2_5 k) i 0 ltac:(lia) ltac:(lia)).
    rewrite MI in D0; rewrite MO in D1; set (B := distance _ _ _ _ _) in *; clearbody B; clear MI MO; generalize dependent (p i); intros q Hq D0 D1.
    generalize dependent (l i); intros c L D0 D1; apply cost_of_opposite with c; try assumption; unfold gamma_2_5, g_2_5 in *;
      below Hi; below Hq; write_out; rewrite ?Rminus_opp in *; unfold Rminus in *; rewrite ?Ropp_involutive in *; assumption. }
  destruct (lt_dec (p 0%nat) 2) as [L0 | L0]; [apply (C 0%nat); [lia | exact L0] |].
  destruct (lt_dec (p 1%nat) 2) as [L1 | L1]; [apply (C 1%nat); [lia | exact L1] |].
  assert (B0 := Below 0%nat ltac:(lia)); assert (B1 := Below 1%nat ltac:(lia)); assert (E := Inj 0%nat 1%nat ltac:(lia) ltac:(lia) ltac:(lia)); lia.
Qed.

Lemma near_2_5_same : forall k, 1 <= k -> same 3 3 3 1 (near_2_5 k) (g_2_5 k).
Proof.
  intros k Hk x l _; destruct sqrt_two as [S [A _]]; unfold near_2_5, g_2_5; rewrite (inverse_of_root k Hk); write_out.
  set (u := 0 + k * x 0%nat + k * x 1%nat + / k * x 2%nat); set (v := 0 + - k * x 0%nat + k * x 1%nat + / k * x 2%nat).
  set (w := 0 + 0 * x 0%nat + - (sqrt 2 * k) * x 1%nat + sqrt 2 / 2 * / k * x 2%nat).
  replace (0 + 0 * x 0%nat + - ((2 * sqrt 2 - 2) * k) * x 1%nat + (sqrt 2 - 1) * / k * x 2%nat) with ((2 - sqrt 2) * w).
  2: { unfold w; transitivity (0 + 0 * x 0%nat + - ((2 * sqrt 2 - sqrt 2 * sqrt 2) * k) * x 1%nat + (sqrt 2 - sqrt 2 * sqrt 2 / 2) * / k * x 2%nat);
       [field; lra | rewrite S; field; lra]. }
  replace (0 + - ((sqrt 2 - 1) * k) * x 0%nat + (sqrt 2 - 1) * k * x 1%nat + (sqrt 2 - 1) * / k * x 2%nat)
    with ((sqrt 2 - 1) * v) by (unfold v; ring).
  replace (0 + / 2 * k * x 0%nat + / 2 * k * x 1%nat + / 2 * / k * x 2%nat) with (/ 2 * u) by (unfold u; ring).
  rewrite !relu_scale by nra.
  transitivity ((sqrt 2 * sqrt 2 - 1) * k * relu v + k * relu u + (2 + sqrt 2 - sqrt 2 * sqrt 2) * k * relu w); [field | rewrite S; ring].
Qed.

Theorem example_2_5_holds : example_2_5.
Proof.
  intros k Hk; destruct sqrt_two as [S [A A']]; destruct (inverse_of_large k Hk) as [[K0 K1] KK]; fold (gamma_2_5 k) (g_2_5 k).
  split; [exact (seminorm_2_5 k Hk) | split; [exact (fun P => lower_2_5 k P Hk) |]].
  exists (near_2_5 k); split; [exact (near_2_5_same k Hk) | apply Rle_antisym].
  - assert (KL : 0 <= (k - / k) * sqrt 2) by nra.
    unfold near_2_5, gamma_2_5; rewrite (inverse_of_root k Hk).
    apply distance_le; [nra | |]; intros i j Hi Hj; below Hi; below Hj; write_out; absolute.
  - eapply Rle_trans; [| apply distance_outer with (i := 0%nat) (l := 0%nat); lia]; unfold near_2_5, gamma_2_5; write_out.
    rewrite Rabs_pos_eq; nra.
Qed.
