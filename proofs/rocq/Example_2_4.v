(** Example 2.4 (C04): vectors a_i with sum zero and their opposites, with outputs 1 and -1, realize zero. A ridge 1/k relu <v,x> is at seminorm
    distance 1/k, but each of its parametrizations has a neuron on the line of v, and the lines of the a_i keep a fixed distance from it.
    The instance of Figure 4 has the exact optimum 1/2. *)
From Coq Require Import Reals List Arith Lra Lia.
From relucert Require Import Statements Sums Hyperplanes Seminorms.
Import ListNotations.
Open Scope R_scope.

(** ** Any dimension *)
(** A vector off the line of v, with largest entry 1 of v, keeps a fixed distance from the line. *)
Lemma distance_from_line : forall d v a, (0 < d)%nat -> top d v = 1 -> ~ (exists l, multiple d l v a) ->
  exists C, 0 < C /\ forall l, C <= top d (fun k => a k - l * v k).
Proof.
  intros d v a Hd Hv N; destruct (top_attained d v Hd) as [j [Hj E]]; rewrite Hv in E.
  assert (V : v j <> 0) by (intro Z; rewrite Z, Rabs_R0 in E; lra).
  set (b := fun k => a k - a j / v j * v k); destruct (zero_or_not d b) as [Z | [i [Hi B]]].
  { exfalso; apply N; exists (a j / v j); intros k Hk; specialize (Z k Hk); unfold b in Z; lra. }
  assert (P := Rabs_pos_lt _ B); exists (Rabs (b i) / 2); split; [lra |]; intro l.
  assert (T1 := top_upper d (fun k => a k - l * v k) i Hi); assert (T2 := top_upper d (fun k => a k - l * v k) j Hj); cbv beta in T1, T2.
  assert (Vi := top_upper d v i Hi); rewrite Hv in Vi; set (e := a j / v j - l).
  replace (a j - l * v j) with (e * v j) in T2 by (unfold e; field; exact V); rewrite Rabs_mult, <- E, Rmult_1_r in T2.
  replace (a i - l * v i) with (b i + e * v i) in T1 by (unfold b, e; ring).
  assert (T3 : Rabs (b i) <= Rabs (b i + e * v i) + Rabs (e * v i)).
  { replace (b i) with ((b i + e * v i) + - (e * v i)) at 1 by ring; rewrite <- (Rabs_Ropp (e * v i)); apply Rabs_triang. }
  rewrite (Rabs_mult e) in T3; assert (Q := Rabs_pos e); nra.
Qed.

(** The same for finitely many vectors. *)
Lemma distance_from_lines : forall d v m (a : nat -> vec), (0 < d)%nat -> top d v = 1 ->
  (forall i, (i < m)%nat -> ~ (exists l, multiple d l v (a i))) ->
  exists C, 0 < C /\ forall i l, (i < m)%nat -> C <= top d (fun k => a i k - l * v k).
Proof.
  intros d v m a Hd Hv; induction m; intro N; [exists 1; split; [lra | intros; lia] |].
  destruct IHm as [C [P H]]; [intros i Hi; apply N; lia |].
  destruct (distance_from_line d v (a m) Hd Hv) as [C' [P' H']]; [apply N; lia |].
  exists (Rmin C C'); split; [apply Rmin_pos; assumption |]; intros i l Hi; destruct (Nat.eq_dec i m) as [-> | Ne].
  - eapply Rle_trans; [apply Rmin_r | apply H'].
  - eapply Rle_trans; [apply Rmin_l | apply H; lia].
Qed.

(** Every parametrization of a ridge has a neuron on its line: the ridge bends at a point of the hyperplane of v off all other hyperplanes. *)
Lemma neuron_on_line : forall d m T v c, ~ zero d v -> c <> 0 -> (forall x, eval d m T x 0%nat = c * relu (dot d v x)) ->
  exists i l, (i < m)%nat /\ multiple d l v (inner T i).
Proof.
  intros d m T v c V Hc F; destruct (on_one_off_all d m v (inner T) V) as [x [Hx Off]].
  set (N := Net (fun _ => v) (fun _ _ => c)).
  assert (S : same d m 1 1 T N) by (intros y l Hl; replace l with 0%nat by lia; rewrite F; unfold N, eval; cbn [sum inner outer]; ring).
  destruct (net_bend_nonzero d m T x v 0) as [i [Hi [Z _]]].
  { rewrite (same_bend _ _ _ _ _ _ S) by lia; unfold net_bend, N; cbn [sum inner outer]; rewrite Hx, bend_on, Rabs_pos_eq by apply dot_self_nonneg.
    assert (P := dot_self_pos d v V); nra. }
  destruct (collinear_dec d v (inner T i)) as [M | M]; [exists i, (ratio d v (inner T i)); split; assumption |].
  exfalso; apply (Off i Hi); [intros [l L]; exact (M l L) | exact Z].
Qed.

(** Opposite pairs realize the linear part, here zero. *)
Lemma pairs_vanish : forall d m (a : nat -> vec) G x, (forall k, (k < d)%nat -> sum m (fun i => a i k) = 0) ->
  (forall i, (i < m)%nat -> multiple d 1 (a i) (inner G i) /\ outer G i 0%nat = 1) ->
  (forall i, (i < m)%nat -> multiple d (-1) (a i) (inner G (m + i)%nat) /\ outer G (m + i)%nat 0%nat = -1) ->
  eval d (2 * m) G x 0%nat = 0.
Proof.
  intros d m a G x A P M; unfold eval; replace (2 * m)%nat with (m + m)%nat by lia; rewrite sum_split, <- sum_plus.
  rewrite (sum_ext m _ (fun i => dot d (a i) x)).
  - unfold dot; rewrite sum_swap; apply sum_zero; intros k Hk; rewrite sum_scal_r, A by exact Hk; ring.
  - intros i Hi; destruct (P i Hi) as [P1 P2]; destruct (M i Hi) as [M1 M2]; rewrite P2, M2, (dot_multiple _ _ _ _ x P1), (dot_multiple _ _ _ _ x M1).
    assert (Q := relu_opp (dot d (a i) x)); replace (-1 * dot d (a i) x) with (- dot d (a i) x) by ring; rewrite !Rmult_1_l; lra.
Qed.

Theorem example_2_4_holds : example_2_4.
Proof.
  intros d m a v _ A1 A0 V N Hm.
  assert (Hd : (0 < d)%nat) by (destruct d; [simpl in V; lra | lia]).
  assert (V0 : ~ zero d v) by (rewrite <- top_zero_iff; lra).
  destruct (distance_from_lines d v m a Hd V N) as [C [HC H]]; exists C; split; [exact HC |]; intros k Hk G T P M F.
  destruct (inverse_of_large k Hk) as [[K0 K1] KK]; split.
  - apply seminorm_values with (f := fun x _ => / k * relu (dot d v x)); [| apply seminorm_ridge; [lra | exact V | exact Hd]].
    intros x l Hl; replace l with 0%nat by lia; unfold difference; rewrite F, (pairs_vanish d m a G x A0 P M); ring.
  - destruct (neuron_on_line d (2 * m) T v (/ k) V0) as [i [l [Hi L]]]; [lra | exact F |].
    (* row i of G is a_j or -a_j *)
    assert (R : exists j s, (j < m)%nat /\ Rabs s = 1 /\ multiple d s (a j) (inner G i)).
    { destruct (lt_dec i m) as [Lt | Ge]; [exists i, 1 | exists (i - m)%nat, (-1)]; (split; [lia | split]).
      - apply Rabs_R1. - apply (P i Lt). - rewrite Rabs_left; lra.
      - replace i with (m + (i - m))%nat at 2 by lia; apply M; lia. }
    destruct R as [j [s [Hj [S E]]]]; eapply Rle_trans; [apply (H j (s * l) Hj) |].
    apply top_le; [apply distance_nonneg |]; intros q Hq; eapply Rle_trans; [| apply distance_inner with (i := i) (k := q); assumption].
    rewrite (L q Hq), (E q Hq), <- (Rabs_Ropp (l * v q - _)), <- (Rmult_1_l (Rabs (- _))), <- S, <- Rabs_mult.
    assert (SS : s * s = 1) by (unfold Rabs in S; destruct (Rcase_abs _) in S; nra).
    apply Req_le; f_equal; replace (s * - (l * v q - s * a j q)) with (s * s * a j q - s * l * v q) by ring; rewrite SS; ring.
Qed.

(** ** Figure 4 *)
Definition figure_4 : net := of_list [(row2 1 (- / 2), 1); (row2 (-1) (- / 2), 1); (row2 0 1, 1);
  (row2 (-1) (/ 2), -1); (row2 1 (/ 2), -1); (row2 0 (-1), -1)].
(** The nearest parametrization: two neurons on the line of x1, the other four cancel in pairs. *)
Definition near_figure_4 (k : R) : net := of_list [(row2 1 0, / 2 + / k); (row2 (- / 2) (- (3 / 4)), 1); (row2 (- / 2) (3 / 4), 1);
  (row2 (- / 2) (3 / 4), -1); (row2 1 0, - / 2); (row2 (- / 2) (- (3 / 4)), -1)].

Lemma figure_4_is_zero : forall x l, eval 2 6 figure_4 x l = 0.
Proof.
  intros x l; unfold figure_4; write_out.
  assert (R1 := relu_opp (x 0%nat - / 2 * x 1%nat)); assert (R2 := relu_opp (- x 0%nat - / 2 * x 1%nat)); assert (R3 := relu_opp (x 1%nat)).
  replace (0 + 1 * x 0%nat + - / 2 * x 1%nat) with (x 0%nat - / 2 * x 1%nat) by ring.
  replace (0 + -1 * x 0%nat + - / 2 * x 1%nat) with (- x 0%nat - / 2 * x 1%nat) by ring.
  replace (0 + 0 * x 0%nat + 1 * x 1%nat) with (x 1%nat) by ring.
  replace (0 + -1 * x 0%nat + / 2 * x 1%nat) with (- (x 0%nat - / 2 * x 1%nat)) by ring.
  replace (0 + 1 * x 0%nat + / 2 * x 1%nat) with (- (- x 0%nat - / 2 * x 1%nat)) by ring.
  replace (0 + 0 * x 0%nat + -1 * x 1%nat) with (- x 1%nat) by ring; lra.
Qed.

Theorem example_2_4_figure_holds : example_2_4_figure.
Proof.
  intros k Hk; destruct (inverse_of_large k Hk) as [[K0 K1] KK]; fold figure_4; split; [| split].
  - apply seminorm_values with (f := fun x _ => / k * relu (dot 2 (row2 1 0) x)).
    + intros x l _; unfold difference; rewrite figure_4_is_zero; write_out; ring.
    + apply seminorm_ridge; [lra | | lia]; simpl; rewrite Rabs_R0, Rabs_R1, (Rmax_right 0 1), Rmax_left; lra.
  - (* relu(x1) bends at (0,1) in direction (1,0): some neuron of P has no second weight *)
    intros P S; destruct (net_bend_nonzero 2 6 P (row2 0 1) (row2 1 0) 0) as [i [Hi [Z _]]].
    { rewrite (same_bend _ _ _ _ _ _ S) by lia; write_out.
      replace (0 + 1 * 0 + 0 * 1) with 0 by ring; replace (0 + 1 * 1 + 0 * 0) with 1 by ring.
      rewrite bend_on, Rabs_R1; lra. }
    assert (D := distance_inner 2 6 1 P figure_4 i 1 Hi ltac:(lia)); unfold figure_4 in *.
    below Hi; write_out; unfold Rabs in D; destruct (Rcase_abs _) in D; lra.
  - exists (near_figure_4 k); split.
    + intros x l _; unfold near_figure_4; write_out; ring.
    + unfold near_figure_4, figure_4; apply Rle_antisym.
      * apply distance_le; [lra | |]; intros i j Hi Hj; below Hi; below Hj; write_out; absolute.
      * eapply Rle_trans; [| apply distance_inner with (i := 0%nat) (k := 1%nat); lia]; write_out; absolute.
Qed.
