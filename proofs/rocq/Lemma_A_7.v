(** Lemma A.7 (D35): networks of fixed directions are inverse stable with respect to the sup norm on a box. The difference of two of them is
    a network with these directions as inner weights; on each cell it is linear, and bounded on the cell's part of the box. *)
From Coq Require Import Reals Arith Lra Lia Bool Classical.
From relucert Require Import Statements Further Sums Hyperplanes Jumps Gradients Matching Theorem_3_3.
Open Scope R_scope.

(** * The constant is finite *)
(** y is off all hyperplanes; w is at most 1 on the part of y's cell that lies in the box. *)
Definition off (d m : nat) (a : nat -> vec) (y : vec) : Prop := forall i, (i < m)%nat -> dot d (a i) y <> 0.
Definition small_on_cell (d m : nat) (a : nat -> vec) (B : R) (y w : vec) : Prop := forall x, (forall k, (k < d)%nat -> Rabs (x k) < B) ->
  (forall i, (i < m)%nat -> 0 < dot d (a i) x * dot d (a i) y) -> Rabs (dot d w x) <= 1.

Lemma finite_bound : forall n (Q : nat -> R -> Prop), (forall i c c', c <= c' -> Q i c -> Q i c') -> (forall i, (i < n)%nat -> exists c, Q i c) ->
  exists c, forall i, (i < n)%nat -> Q i c.
Proof.
  intros n Q mono. induction n as [| n IH]; intros H; [exists 0; intros; lia |].
  destruct IH as [c Hc]; [intros; apply H; lia |]. destruct (H n ltac:(lia)) as [c' Hc']. exists (Rmax c c'). intros i Hi.
  destruct (Nat.eq_dec i n) as [-> | Hne]; [apply mono with c'; [apply Rmax_r | exact Hc'] | apply mono with c; [apply Rmax_l | apply Hc; lia]].
Qed.

(** A multiple of y well inside the box. *)
Lemma shrink : forall d y B, 0 < B -> exists s, 0 < s /\ forall k, (k < d)%nat -> Rabs (s * y k) < B / 2.
Proof.
  intros d y B HB. assert (P := top_nonneg d y). exists (B / 2 / (top d y + 1)). split; [apply Rdiv_lt_0_compat; lra |].
  intros k Hk. assert (U := top_upper d y k Hk). assert (S : 0 < B / 2 / (top d y + 1)) by (apply Rdiv_lt_0_compat; lra).
  rewrite Rabs_mult, Rabs_pos_eq by lra. apply Rlt_le_trans with (B / 2 / (top d y + 1) * (top d y + 1)); [apply Rmult_lt_compat_l; lra |].
  right. field. lra.
Qed.

(** One entry of w: two points of the cell that differ by t e_k. *)
Lemma cell_entry : forall d m a B y k, 0 < B -> off d m a y -> (k < d)%nat -> exists c, forall w, small_on_cell d m a B y w -> Rabs (w k) <= c.
Proof.
  intros d m a B y k HB Hy Hk. destruct (shrink d y B HB) as [s [Hs HsB]]. set (x := fun j => s * y j).
  destruct (small_step d m a x (unit_vec k)) as [e [He Hsides]]. set (t := Rmin (e / 2) (B / 2)).
  assert (Ht : 0 < t) by (apply Rmin_glb_lt; lra). assert (Hte : t < e) by (assert (L := Rmin_l (e / 2) (B / 2)); unfold t; lra).
  assert (HtB : t <= B / 2) by apply Rmin_r. set (z := fun j => x j + t * unit_vec k j).
  assert (Hcell : forall i, (i < m)%nat -> 0 < dot d (a i) x * dot d (a i) y /\ 0 < dot d (a i) z * dot d (a i) y).
  { intros i Hi. specialize (Hy i Hi). destruct (Hsides i t Hi ltac:(rewrite Rabs_pos_eq; lra)) as [P N]. fold z in P, N.
    unfold x in P, N |- *. rewrite dot_scal_r in *. destruct (Rdichotomy _ _ Hy) as [L | G].
    - assert (s * dot d (a i) y < 0) by nra. specialize (N ltac:(assumption)). split; nra.
    - assert (0 < s * dot d (a i) y) by nra. specialize (P ltac:(assumption)). split; nra. }
  exists (2 / t). intros w Hw. assert (H1 : Rabs (dot d w x) <= 1).
  { apply Hw; [| apply Hcell]. intros j Hj. specialize (HsB j Hj). unfold x. lra. }
  assert (H2 : Rabs (dot d w z) <= 1).
  { apply Hw; [| apply Hcell]. intros j Hj. specialize (HsB j Hj). unfold z, x, unit_vec.
    destruct (Nat.eqb j k); apply Rabs_def2 in HsB; apply Rabs_def1; lra. }
  unfold z in H2. rewrite dot_plus_r, dot_scal_r, dot_unit_vec in H2 by exact Hk.
  apply Rmult_le_reg_l with t; [exact Ht |]. replace (t * (2 / t)) with 2 by (field; lra).
  rewrite <- (Rabs_pos_eq t) at 1 by lra. rewrite <- Rabs_mult. apply abs_le_inv in H1. apply abs_le_inv in H2. apply Rabs_le. lra.
Qed.

Lemma cell_bound : forall d m a B y, 0 < B -> off d m a y -> exists c, forall w, small_on_cell d m a B y w -> top d w <= c.
Proof.
  intros d m a B y HB Hy. destruct (finite_bound d (fun k c => forall w, small_on_cell d m a B y w -> Rabs (w k) <= c)) as [c Hc].
  - intros k c c' L H w Hw. specialize (H w Hw). lra.
  - intros k Hk. now apply cell_entry.
  - exists (Rmax c 0). intros w Hw. apply top_le; [apply Rmax_r |]. intros k Hk. apply Rle_trans with (2 := Rmax_l c 0). now apply Hc.
Qed.

(** There are finitely many patterns of signs, and each has at most one cell. *)
Definition positive (d : nat) (a : nat -> vec) (y : vec) (i : nat) : bool := if Rlt_dec 0 (dot d (a i) y) then true else false.

Lemma same_signs : forall d m a B y y' w, off d m a y -> off d m a y' -> (forall i, (i < m)%nat -> positive d a y i = positive d a y' i) ->
  small_on_cell d m a B y' w -> small_on_cell d m a B y w.
Proof.
  intros d m a B y y' w Hy Hy' HS Hw x Hx Hcell. apply Hw; [exact Hx |]. intros i Hi.
  specialize (Hcell i Hi). specialize (HS i Hi). specialize (Hy i Hi). specialize (Hy' i Hi). unfold positive in HS.
  destruct (Rlt_dec 0 (dot d (a i) y)), (Rlt_dec 0 (dot d (a i) y')); try discriminate HS; [nra |].
  assert (dot d (a i) y < 0) by lra. assert (dot d (a i) y' < 0) by lra. nra.
Qed.

Lemma cells_bound_exists : forall d m a B, 0 < B -> exists C, cells_bound d m a B C.
Proof.
  intros d m a B HB.
  assert (K : forall j, (j <= m)%nat -> forall sigma : nat -> bool, exists c, forall y, off d m a y ->
    (forall i, (j <= i < m)%nat -> positive d a y i = sigma i) -> forall w, small_on_cell d m a B y w -> top d w <= c).
  { induction j as [| j IH]; intros Hj sigma.
    - destruct (classic (exists y, off d m a y /\ forall i, (i < m)%nat -> positive d a y i = sigma i)) as [[y0 [H0 S0]] | Hno].
      + destruct (cell_bound d m a B y0 HB H0) as [c Hc]. exists c. intros y Hy HS w Hw. apply Hc.
        apply same_signs with (4 := Hw); [assumption .. |]. intros i Hi. rewrite S0, HS by lia. reflexivity.
      + exists 0. intros y Hy HS. destruct Hno. exists y. split; [exact Hy |]. intros i Hi. apply HS. lia.
    - destruct (IH ltac:(lia) (fun i => if Nat.eqb i j then true else sigma i)) as [c1 H1].
      destruct (IH ltac:(lia) (fun i => if Nat.eqb i j then false else sigma i)) as [c2 H2]. exists (Rmax c1 c2). intros y Hy HS w Hw.
      destruct (positive d a y j) eqn:E; [apply Rle_trans with (2 := Rmax_l c1 c2) | apply Rle_trans with (2 := Rmax_r c1 c2)];
        [apply (H1 y Hy) | apply (H2 y Hy)]; try exact Hw; intros i Hi; destruct (Nat.eqb_spec i j) as [-> | Hne]; try exact E; apply HS; lia. }
  destruct (K m (Nat.le_refl m) (fun _ => true)) as [c Hc]. exists c. intros y w Hy Hw. apply (Hc y Hy); [intros; lia | exact Hw].
Qed.

Lemma cells_bound_nonneg : forall d m a B C, (forall i, (i < m)%nat -> ~ zero d (a i)) -> cells_bound d m a B C -> 0 <= C.
Proof.
  intros d m a B C Ha HC. destruct (off_all d m a) as [y Hy]. apply Rle_trans with (top d (fun _ => 0)); [apply top_nonneg |].
  apply (HC y); [intros i Hi; now apply Hy, Ha |]. intros x _ _. rewrite dot_zero_l by (intros k _; reflexivity). rewrite Rabs_R0. lra.
Qed.

(** * The difference of two networks of NA *)
Definition difference_net (d : nat) (a : nat -> vec) (G T : net) : net :=
  Net a (fun i l => ratio d (a i) (inner T i) * outer T i l - ratio d (a i) (inner G i) * outer G i l).

Lemma NA_ratio : forall d m D a N i, in_NA d m D a N -> ~ zero d (a i) -> (i < m)%nat ->
  0 <= ratio d (a i) (inner N i) /\ multiple d (ratio d (a i) (inner N i)) (a i) (inner N i).
Proof. intros d m D a N i H Ha Hi. destruct (H i Hi) as [_ [l [Hl HM]]]. rewrite (ratio_multiple d _ _ l Ha HM). now split. Qed.

Lemma difference_net_eval : forall d m D a G T x l, (forall i, (i < m)%nat -> ~ zero d (a i)) -> in_NA d m D a G -> in_NA d m D a T ->
  eval d m (difference_net d a G T) x l = eval d m T x l - eval d m G x l.
Proof.
  intros d m D a G T x l Ha HG HT. unfold eval. rewrite <- sum_minus. apply sum_ext. intros i Hi. simpl.
  destruct (NA_ratio d m D a G i HG (Ha i Hi) Hi) as [PG MG], (NA_ratio d m D a T i HT (Ha i Hi) Hi) as [PT MT].
  rewrite (dot_multiple d _ _ _ x MG), (dot_multiple d _ _ _ x MT), !relu_scale by assumption. ring.
Qed.

(** On y's cell the function is its gradient there. *)
Lemma cell_linear : forall d m N x y l, (forall i, (i < m)%nat -> 0 < dot d (inner N i) x * dot d (inner N i) y) ->
  dot d (fun k => gradient d m N y l k) x = eval d m N x l.
Proof.
  intros d m N x y l H. unfold dot at 1, gradient, eval.
  rewrite (sum_ext d _ (fun k => sum m (fun i => (if Rlt_dec 0 (dot d (inner N i) y) then outer N i l * inner N i k else 0) * x k)))
    by (intros; now rewrite sum_scal_r).
  rewrite sum_swap. apply sum_ext. intros i Hi. specialize (H i Hi). destruct (Rlt_dec 0 (dot d (inner N i) y)) as [P | P].
  - rewrite relu_pos by nra. unfold dot. rewrite <- sum_scal. apply sum_ext. intros. ring.
  - rewrite relu_neg by nra. rewrite sum_zero; [ring |]. intros. ring.
Qed.

(** C s bounds w if s bounds <w, x>. *)
Lemma scaled_bound : forall d m a B C s y w, cells_bound d m a B C -> 0 <= s -> off d m a y ->
  (forall x, (forall k, (k < d)%nat -> Rabs (x k) < B) -> (forall i, (i < m)%nat -> 0 < dot d (a i) x * dot d (a i) y) -> Rabs (dot d w x) <= s) ->
  top d w <= C * s.
Proof.
  intros d m a B C s y w HC Hs Hy Hw.
  assert (H : forall t, 0 <= t -> t * s <= 1 -> t * top d w <= C).
  { intros t Ht Hts. rewrite <- (Rabs_pos_eq t Ht), <- top_scal. apply (HC y); [exact Hy |]. intros x Hx Hcell.
    rewrite dot_scal_l, Rabs_mult, (Rabs_pos_eq t Ht). specialize (Hw x Hx Hcell).
    apply Rle_trans with (t * s); [now apply Rmult_le_compat_l | exact Hts]. }
  assert (P := top_nonneg d w). destruct (Rle_lt_or_eq_dec 0 s Hs) as [L | <-].
  - assert (E := H (/ s) ltac:(left; now apply Rinv_0_lt_compat) ltac:(rewrite Rinv_l; lra)).
    apply Rmult_le_compat_r with (r := s) in E; [| lra]. replace (/ s * top d w * s) with (top d w) in E by (field; lra). exact E.
  - rewrite Rmult_0_r. apply Rnot_lt_le. intros L. assert (C0 := H 0 ltac:(lra) ltac:(lra)). rewrite Rmult_0_l in C0.
    assert (Q : 0 <= (C + 1) / top d w) by (apply Rle_mult_inv_pos; lra).
    assert (E := H ((C + 1) / top d w) Q ltac:(lra)). replace ((C + 1) / top d w * top d w) with (C + 1) in E by (field; lra). lra.
Qed.

(** * Pairs of neurons *)
(** One of the two is zero. *)
Lemma pair_with_zero : forall d D a c a' c' r, (0 < D)%nat -> zero d a -> top D c = top d a -> top D c' = top d a' ->
  (forall o, (o < D)%nat -> top d (fun k => c o * a k - c' o * a' k) <= 2 * r) ->
  (forall k, (k < d)%nat -> Rabs (a' k - a k) <= sqrt (2 * r)) /\ (forall o, (o < D)%nat -> Rabs (c' o - c o) <= sqrt (2 * r)).
Proof.
  intros d D a c a' c' r HD Za Hc Hc' H. assert (Zc : zero D c) by (apply top_zero_iff; rewrite Hc; now apply top_zero).
  assert (L : top d a' <= sqrt (2 * r)).
  { destruct (top_attained D c' HD) as [o [Ho E]]. specialize (H o Ho).
    rewrite (top_ext d _ (fun k => - c' o * a' k)), top_scal, Rabs_Ropp, <- E, Hc' in H by (intros k Hk; rewrite (Za k Hk); ring).
    rewrite <- (sqrt_square (top d a')) by apply top_nonneg. now apply sqrt_le_1_alt. }
  split.
  - intros k Hk. rewrite (Za k Hk), Rminus_0_r. apply Rle_trans with (2 := L). now apply top_upper.
  - intros o Ho. rewrite (Zc o Ho), Rminus_0_r. apply Rle_trans with (2 := L). rewrite <- Hc'. now apply top_upper.
Qed.

Lemma pair_close : forall d D a c a' c' r (v : vec) p q, (0 < D)%nat -> 0 <= p -> 0 <= q -> multiple d p v a -> multiple d q v a' ->
  top D c = top d a -> top D c' = top d a' -> (forall o, (o < D)%nat -> top d (fun k => c o * a k - c' o * a' k) <= 2 * r) ->
  (forall k, (k < d)%nat -> Rabs (a' k - a k) <= 2 * sqrt r) /\ (forall o, (o < D)%nat -> Rabs (c' o - c o) <= 2 * sqrt r).
Proof.
  intros d D a c a' c' r v p q HD Hp Hq HM HM' Hc Hc' H.
  assert (Hr : 0 <= r) by (specialize (H 0%nat HD); assert (P := top_nonneg d (fun k => c 0%nat * a k - c' 0%nat * a' k)); lra).
  assert (R : sqrt (2 * r) <= 2 * sqrt r).
  { replace (2 * sqrt r) with (sqrt (2 * 2) * sqrt r) by (now rewrite sqrt_square by lra). rewrite <- sqrt_mult by lra. apply sqrt_le_1_alt. lra. }
  destruct (zero_dec d a) as [Za | Za]; [| destruct (zero_dec d a') as [Za' | Za']].
  - destruct (pair_with_zero d D a c a' c' r HD Za Hc Hc' H) as [I O].
    split; [intros k Hk; specialize (I k Hk) | intros o Ho; specialize (O o Ho)]; lra.
  - destruct (pair_with_zero d D a' c' a c r HD Za' Hc' Hc) as [I O].
    { intros o Ho. rewrite <- top_opp. rewrite (top_ext d _ (fun k => c o * a k - c' o * a' k)) by (intros; ring). now apply H. }
    split; [intros k Hk; specialize (I k Hk) | intros o Ho; specialize (O o Ho)]; rewrite Rabs_minus_sym; lra.
  - assert (Np := multiple_nonzero d p v a HM Za). assert (Nq := multiple_nonzero d q v a' HM' Za').
    destruct (star_matched_holds d D a c a' c' (q * / p) r) as [I O]; try assumption.
    { apply Rmult_lt_0_compat; [lra | apply Rinv_0_lt_compat; lra]. }
    { apply multiple_trans with v; [now apply multiple_sym | exact HM']. }
    split.
    + intros k Hk. apply Rle_trans with (2 := R), Rle_trans with (2 := I). exact (top_upper d (minus a' a) k Hk).
    + intros o Ho. apply Rle_trans with (2 := O). exact (top_upper D (minus c' c) o Ho).
Qed.

(** * The lemma *)
Theorem lemma_A_7_holds : lemma_A_7.
Proof.
  intros d m D a B HB Ha Hdiff. split; [now apply cells_bound_exists |]. intros C G T s HC HG HT Hbox.
  assert (HC0 := cells_bound_nonneg d m a B C Ha HC).
  assert (HR : 0 <= 2 * sqrt C * sqrt s) by (assert (P := sqrt_pos C); assert (Q := sqrt_pos s); apply Rmult_le_pos; lra).
  destruct (Nat.eq_0_gt_0_cases D) as [-> | HD].
  { (* no outputs: balanced neurons are zero *)
    apply distance_le; [exact HR | | intros; lia]. intros i k Hi Hk. destruct (HG i Hi) as [EG _], (HT i Hi) as [ET _]. simpl in EG, ET.
    rewrite (proj1 (top_zero_iff d (inner T i)) (eq_sym ET) k Hk).
    rewrite (proj1 (top_zero_iff d (inner G i)) (eq_sym EG) k Hk), Rminus_0_r, Rabs_R0. exact HR. }
  assert (Hs : 0 <= s).
  { assert (H0 : forall k, (k < d)%nat -> Rabs 0 < B) by (intros; rewrite Rabs_R0; exact HB).
    apply Rle_trans with (2 := Hbox (fun _ => 0) 0%nat H0 HD). apply Rabs_pos. }
  set (W := difference_net d a G T). set (r := C * s). assert (Hr : 0 <= r) by now apply Rmult_le_pos.
  assert (HW : bounded_by d D (eval d m W) r).
  { apply seminorm_is_gradient_holds; [exact Hr |]. intros y l k Hl Hk Hy.
    assert (Hoff : off d m a y) by (intros i Hi; apply Hy; [exact Hi | now apply Ha]).
    apply Rle_trans with (top d (fun k => gradient d m W y l k)); [exact (top_upper d (fun k => gradient d m W y l k) k Hk) |].
    apply scaled_bound with m a B y; try assumption. intros x Hx Hcell. rewrite cell_linear by exact Hcell.
    unfold W. rewrite (difference_net_eval d m D) by assumption. now apply Hbox. }
  set (none := Net (fun _ _ => 0) (fun _ _ => 0)).
  assert (HJ : forall i l, (i < m)%nat -> (l < D)%nat -> Rabs (outer W i l) * top d (a i) <= 2 * r).
  { intros i l Hi Hl. assert (J := jump_difference_bound d 0 m D none W r (a i) l). rewrite (jump_single d m W (a i) l i 1) in J.
    - unfold jump in J. simpl sum in J. rewrite Rabs_R1, Rmult_1_l, Rminus_0_r in J. apply J; [| now apply Ha | exact Hl].
      apply (bounded_by_ext d D (eval d m W)); [| exact HW]. intros x o _. unfold difference, eval. simpl. ring.
    - now apply Ha.
    - exact Hi.
    - apply multiple_refl.
    - intros j Hj Hne _ l' HM. apply (Hdiff i j Hi Hj); [congruence | now exists l']. }
  replace (2 * sqrt C * sqrt s) with (2 * sqrt r) in * by (unfold r; rewrite sqrt_mult by assumption; ring).
  assert (Hpair : forall i, (i < m)%nat -> (forall k, (k < d)%nat -> Rabs (inner T i k - inner G i k) <= 2 * sqrt r) /\
    (forall o, (o < D)%nat -> Rabs (outer T i o - outer G i o) <= 2 * sqrt r)).
  { intros i Hi. destruct (NA_ratio d m D a G i HG (Ha i Hi) Hi) as [PG MG], (NA_ratio d m D a T i HT (Ha i Hi) Hi) as [PT MT].
    apply (pair_close d D (inner G i) (outer G i) (inner T i) (outer T i) r (a i)) with (ratio d (a i) (inner G i)) (ratio d (a i) (inner T i));
      try assumption; [now apply HG | now apply HT |]. intros o Ho. specialize (HJ i o Hi Ho).
    apply Rle_trans with (2 := HJ). right. rewrite <- top_scal, <- top_opp. apply top_ext.
    intros k Hk. rewrite (MG k Hk), (MT k Hk). unfold W. simpl. ring. }
  apply distance_le; [exact HR | |]; intros i j Hi Hj; now apply Hpair.
Qed.
