(** After Example A.4 (C09): for every fixed k inverse stability holds at Γ_k = ((k,0), 1/k^2), with a constant that grows with k. *)
From Coq Require Import Reals List Arith Lra Lia.
From relucert Require Import Statements Further Sums Seminorms Theorem_3_1.
Import ListNotations.
Open Scope R_scope.

Definition gamma_A_4 (k : R) : net := of_list [(row2 k 0, / k ^ 2)].

(** A neuron opposite to Γ's is seen by the difference at (1,0), where it is zero, and at (-1,0), where Γ is. *)
Lemma opposite_is_far : forall k T r l, 1 <= k -> bounded_by 2 1 (difference 2 1 1 (gamma_A_4 k) T) r -> l < 0 ->
  multiple 2 l (row2 k 0) (inner T 0%nat) -> / k <= r /\ Rabs (outer T 0%nat 0%nat * (l * k)) <= r.
Proof.
  intros k T r l Hk [_ B] Hl M; destruct (inverse_of_large k Hk) as [[K0 K1] KK].
  assert (D : forall t, difference 2 1 1 (gamma_A_4 k) T (shift (fun _ => 0) 0 t) 0%nat =
    outer T 0%nat 0%nat * relu (l * (k * t)) - / k ^ 2 * relu (k * t)).
  { intro t; unfold difference, eval, gamma_A_4; cbn [sum]; rewrite (dot_multiple _ _ _ _ (shift (fun _ => 0) 0 t) M).
    cbn [of_list inner outer nth fst snd]; replace (dot 2 (row2 k 0) (shift (fun _ => 0) 0 t)) with (k * t)
      by (unfold dot, row2, shift; simpl; ring).
    unfold one; ring. }
  assert (D0 : difference 2 1 1 (gamma_A_4 k) T (fun _ => 0) 0%nat = 0).
  { unfold difference, eval, gamma_A_4; cbn [sum]; unfold dot; cbn [sum]; rewrite !Rmult_0_r, !Rplus_0_r, relu_0; ring. }
  assert (B1 := B (fun _ => 0) 0%nat 1 0%nat ltac:(lia) ltac:(lia)); assert (B2 := B (fun _ => 0) 0%nat (-1) 0%nat ltac:(lia) ltac:(lia)).
  rewrite D, D0, Rminus_0_r in B1, B2; rewrite Rabs_R1, relu_neg, relu_pos in B1 by nra.
  rewrite (Rabs_left (-1)), relu_pos, relu_neg in B2 by nra; split.
  - replace (_ - _) with (- / k) in B1 by (field; lra); rewrite Rabs_Ropp, Rabs_pos_eq in B1; lra.
  - replace (_ - _) with (- (outer T 0%nat 0%nat * (l * k))) in B2 by ring; rewrite Rabs_Ropp in B2; lra.
Qed.

(** An opposite neuron, balanced: all weights at most the root of its jump. *)
Lemma opposite_balanced : forall k T r l, 1 <= k -> l < 0 -> multiple 2 l (row2 k 0) (inner T 0%nat) ->
  Rabs (outer T 0%nat 0%nat * (l * k)) <= r -> exists P, same 2 1 1 1 P T /\ distance 2 1 1 P (gamma_A_4 k) <= k + sqrt r.
Proof.
  intros k T r l Hk Hl M Q; set (c := outer T 0%nat 0%nat) in *; set (q := c * (l * k)) in *; set (s := sqrt (Rabs q)).
  assert (S : s * s = Rabs q) by (apply sqrt_def, Rabs_pos); assert (S0 : 0 <= s) by apply sqrt_pos.
  assert (SR : s <= sqrt r) by (apply sqrt_le_1_alt; exact Q).
  assert (W : exists e, Rabs e <= s /\ e * s = - q).
  { destruct (Rle_dec 0 q) as [N | N]; [exists (- s) | exists s]; rewrite ?Rabs_Ropp, (Rabs_pos_eq s) by exact S0;
      (split; [lra |]); [rewrite (Rabs_pos_eq q) in S | rewrite (Rabs_left q) in S]; lra. }
  destruct W as [e [E0 E1]]; exists (of_list [(row2 (- s) 0, e)]); split.
  - intros x j Hj; replace j with 0%nat by lia; unfold eval; cbn [sum]; rewrite (dot_multiple _ _ _ _ x M); fold c.
    cbn [of_list inner outer nth fst snd]; unfold one, dot, row2; cbn [sum]; rewrite !Rmult_0_l, !Rplus_0_r, !Rplus_0_l.
    replace (- s * x 0%nat) with (s * - x 0%nat) by ring; replace (l * (k * x 0%nat)) with (- (l * k) * - x 0%nat) by ring.
    rewrite !relu_scale by nra; rewrite <- !Rmult_assoc, E1; unfold q; ring.
  - destruct (inverse_of_large (k ^ 2)) as [[K0 K1] _]; [nra |]; unfold gamma_A_4; apply distance_le; [lra | |]; intros i j Hi Hj;
      below Hi; below Hj; write_out; absolute; unfold Rabs in E0; destruct (Rcase_abs e) in E0; lra.
Qed.

(** k is at most k sqrt(2k) sqrt r where 1/k is at most 2r. *)
Lemma beta_is_paid : forall k r, 1 <= k -> / k <= 2 * r -> k <= k * sqrt (2 * k) * sqrt r.
Proof.
  intros k r Hk Hr; destruct (inverse_of_large k Hk) as [[K0 K1] KK]; rewrite Rmult_assoc, <- sqrt_mult by lra.
  assert (1 <= sqrt (2 * k * r)) by (rewrite <- sqrt_1; apply sqrt_le_1_alt; nra); nra.
Qed.

Theorem after_example_A_4_holds : after_example_A_4.
Proof.
  intros k T r Hk; fold (gamma_A_4 k); intros G B; unfold G in *; clear G; assert (R0 := proj1 B); assert (SR := sqrt_pos r).
  destruct (inverse_of_large k Hk) as [[K0 K1] KK]; destruct (inverse_of_large (k ^ 2)) as [[Q0 Q1] _]; [nra |].
  destruct (Classical_Prop.classic (opposite 2 (inner (gamma_A_4 k) 0%nat) (inner T 0%nat))) as [[l [Hl M]] | N].
  - destruct (opposite_is_far k T r l Hk B Hl M) as [F Q]; destruct (opposite_balanced k T r l Hk Hl M Q) as [P [S D]].
    exists P; split; [exact S |]; assert (L := beta_is_paid k r Hk ltac:(lra)); nra.
  - (* hypotheses of Theorem 3.1, with beta = k where the neuron is small and 0 where it is not *)
    assert (H : hypotheses 2 1 (gamma_A_4 k) T).
    { repeat split; intros i j Hi Hj; try (intro Ne; exfalso; lia); below Hi; below Hj; intros _ _; exact N. }
    assert (TO : top 1 (outer (gamma_A_4 k) 0%nat) = / k ^ 2) by (rewrite top_1; apply Rabs_pos_eq; change (0 <= / k ^ 2); lra).
    assert (TI : top 2 (inner (gamma_A_4 k) 0%nat) = k) by (simpl; rewrite Rabs_R0, (Rabs_pos_eq k), (Rmax_right 0 k), Rmax_left; lra).
    assert (E : / k ^ 2 * k = / k) by (field; lra).
    destruct (Rle_dec (/ k) (2 * r)) as [L | L].
    + destruct (theorem_3_1_holds 2%nat 1%nat (gamma_A_4 k) T r k H) as [P [S D]]; [| lra | exact B |].
      * intros i Hi _; below Hi; rewrite TO, TI; lra.
      * exists P; split; [exact S |]; assert (P0 := beta_is_paid k r Hk L); lra.
    + destruct (theorem_3_1_holds 2%nat 1%nat (gamma_A_4 k) T r 0 H) as [P [S D]]; [| lra | exact B |].
      * intros i Hi; below Hi; rewrite TO, TI, E; intro C; lra.
      * exists P; split; [exact S |]; assert (0 <= k * sqrt (2 * k)) by (apply Rmult_le_pos; [lra | apply sqrt_pos]); nra.
Qed.
