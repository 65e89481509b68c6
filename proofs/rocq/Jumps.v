(** The canonical form (N1): a network is half its linear part plus half the sum of its jumps times |<n,x>|, and both are
    determined by the function. Second differences give the jumps, first differences x, -x the linear part. *)
From Coq Require Import Reals List Arith Lra Lia Psatz.
From relucert Require Import Statements Sums Hyperplanes.
Open Scope R_scope.

(** * Jumps and linear parts *)
(** the jump across the hyperplane of n, as in (53): |mu_i| c_il summed over the neurons a_i = mu_i n *)
Definition jump_term (d : nat) (n a : vec) : R := if collinear_dec d n a then Rabs (ratio d n a) else 0.
Definition jump (d m : nat) (N : net) (n : vec) (l : nat) : R := sum m (fun i => jump_term d n (inner N i) * outer N i l).
(** twice the linear part M of the canonical form *)
Definition linear_part (d m : nat) (N : net) (k l : nat) : R := sum m (fun i => outer N i l * inner N i k).

Lemma jump_term_multiple : forall d n a mu, ~ zero d n -> multiple d mu n a -> jump_term d n a = Rabs mu.
Proof.
  intros d n a mu Hn H. unfold jump_term. destruct (collinear_dec d n a) as [M|M].
  - now rewrite (ratio_multiple d n a mu Hn H).
  - destruct (M mu H).
Qed.

Lemma jump_term_none : forall d n a, (forall l, ~ multiple d l n a) -> jump_term d n a = 0.
Proof. intros d n a H. unfold jump_term. destruct (collinear_dec d n a) as [M|M]; [destruct (H _ M) | reflexivity]. Qed.

Lemma jump_term_zero : forall d n a, ~ zero d n -> zero d a -> jump_term d n a = 0.
Proof.
  intros d n a Hn Ha. rewrite (jump_term_multiple d n a 0 Hn); [apply Rabs_R0|].
  intros k Hk. rewrite Ha by assumption. lra.
Qed.

(** one neuron only on the hyperplane *)
Lemma jump_single : forall d m N n l j mu, ~ zero d n -> (j < m)%nat -> multiple d mu n (inner N j) ->
  (forall i, (i < m)%nat -> i <> j -> ~ zero d (inner N i) -> forall l', ~ multiple d l' n (inner N i)) ->
  jump d m N n l = Rabs mu * outer N j l.
Proof.
  intros d m N n l j mu Hn Hj Hmu H. unfold jump. rewrite (sum_single m _ j Hj).
  - now rewrite (jump_term_multiple d n (inner N j) mu Hn Hmu).
  - intros i Hi Hij. destruct (zero_dec d (inner N i)) as [Z|Z].
    + rewrite jump_term_zero by assumption. lra.
    + rewrite jump_term_none by (now apply H). lra.
Qed.

(** none on the hyperplane *)
Lemma jump_none : forall d m N n l, ~ zero d n ->
  (forall i, (i < m)%nat -> ~ zero d (inner N i) -> forall l', ~ multiple d l' n (inner N i)) -> jump d m N n l = 0.
Proof.
  intros d m N n l Hn H. apply sum_zero. intros i Hi. destruct (zero_dec d (inner N i)) as [Z|Z].
  - rewrite jump_term_zero by assumption. lra.
  - rewrite jump_term_none by (now apply H). lra.
Qed.

(** * Second differences *)
(** |u + w| + |u - w| - 2 |u| is 2 |w| at u = 0, and 0 if w is smaller than u *)
Lemma relu_second_zero : forall w, relu (0 + w) + relu (0 - w) - 2 * relu 0 = Rabs w.
Proof.
  intros. rewrite !relu_abs, Rabs_R0. replace (0 + w) with w by ring. replace (0 - w) with (- w) by ring.
  rewrite Rabs_Ropp. lra.
Qed.

Lemma relu_second_off : forall u w, (0 < u -> 0 < u + w /\ 0 < u - w) -> (u < 0 -> u + w < 0 /\ u - w < 0) -> u <> 0 ->
  relu (u + w) + relu (u - w) - 2 * relu u = 0.
Proof.
  intros u w P N H. destruct (Rdichotomy _ _ H) as [L|G].
  - destruct (N L). rewrite !relu_neg by lra. lra.
  - destruct (P G). rewrite !relu_pos by lra. lra.
Qed.

(** along any direction v, at a point on the hyperplane of n and off all others *)
Lemma second_difference : forall d m N n x v, ~ zero d n -> dot d n x = 0 ->
  (forall i, (i < m)%nat -> ~ zero d (inner N i) -> (exists l, multiple d l n (inner N i)) \/ dot d (inner N i) x <> 0) ->
  exists e, 0 < e /\ forall t l, Rabs t < e ->
    eval d m N (fun j => x j + t * v j) l + eval d m N (fun j => x j - t * v j) l - 2 * eval d m N x l = Rabs (t * dot d n v) * jump d m N n l.
Proof.
  intros d m N n x v Hn Hx Hoff. destruct (small_change m (fun i => dot d (inner N i) x) (fun i => dot d (inner N i) v)) as [e [He H]].
  exists e. split; [exact He|]. intros t l Ht. unfold eval, jump.
  rewrite <- !sum_scal, <- sum_plus, <- sum_minus. apply sum_ext. intros i Hi.
  rewrite dot_plus_r, dot_minus_r, dot_scal_r.
  set (u := dot d (inner N i) x) in *. set (w := t * dot d (inner N i) v).
  transitivity (outer N i l * (relu (u + w) + relu (u - w) - 2 * relu u)); [ring|].
  destruct (collinear_dec d n (inner N i)) as [M|M].
  - assert (Hu : u = 0) by (unfold u; rewrite (dot_multiple d _ n (inner N i) x M), Hx; ring).
    rewrite Hu, relu_second_zero. unfold w. rewrite (dot_multiple d _ n (inner N i) v M), (jump_term_multiple d n _ _ Hn M).
    rewrite !Rabs_mult. ring.
  - rewrite (jump_term_none d n _ M).
    assert (Hz : ~ zero d (inner N i)) by (intros Z; apply (M 0); intros k Hk; rewrite Z by assumption; lra).
    destruct (Hoff i Hi Hz) as [[l' Hl]|Hu]; [destruct (M l' Hl)|].
    destruct (H i t Hi Ht) as [P1 N1]. destruct (H i (- t) Hi) as [P2 N2]; [now rewrite Rabs_Ropp|].
    cbv beta in *. fold u in P1, N1, P2, N2, Hu. rewrite relu_second_off; [ring | | | exact Hu]; intros S; unfold w.
    + specialize (P1 S). specialize (P2 S). lra.
    + specialize (N1 S). specialize (N2 S). lra.
Qed.

(** such a point for two networks at once *)
Lemma common_point : forall d m m' N N' n, ~ zero d n -> exists x, dot d n x = 0 /\
  (forall i, (i < m)%nat -> ~ zero d (inner N i) -> (exists l, multiple d l n (inner N i)) \/ dot d (inner N i) x <> 0) /\
  (forall i, (i < m')%nat -> ~ zero d (inner N' i) -> (exists l, multiple d l n (inner N' i)) \/ dot d (inner N' i) x <> 0).
Proof.
  intros d m m' N N' n Hn.
  destruct (on_one_off_all d (m + m') n (fun i => if lt_dec i m then inner N i else inner N' (i - m)%nat) Hn) as [x [Hx H]].
  exists x. split; [exact Hx|]. split; intros i Hi _.
  - specialize (H i ltac:(lia)). cbv beta in H. destruct (lt_dec i m) as [_|F]; [|lia].
    destruct (collinear_dec d n (inner N i)) as [M|M]; [left; now exists (ratio d n (inner N i)) | right].
    apply H. intros [l Hl]. exact (M l Hl).
  - specialize (H (m + i)%nat ltac:(lia)). cbv beta in H. destruct (lt_dec (m + i) m) as [F|_]; [lia|].
    replace (m + i - m)%nat with i in H by lia.
    destruct (collinear_dec d n (inner N' i)) as [M|M]; [left; now exists (ratio d n (inner N' i)) | right].
    apply H. intros [l Hl]. exact (M l Hl).
Qed.

(** the jump in the sense of Statements.v exists and is ours *)
Lemma jump_at_jump : forall d m N n, ~ zero d n -> jump_at d m N n (jump d m N n 0%nat).
Proof.
  intros d m N n Hn x Hx Hoff. destruct (second_difference d m N n x n Hn Hx Hoff) as [e [He H]].
  exists e. split; [exact He|]. intros t Ht. rewrite H by (rewrite Rabs_pos_eq; lra).
  rewrite Rabs_pos_eq; [ring|]. pose proof (dot_self_pos d n Hn). nra.
Qed.

Lemma jump_at_unique : forall d m N n kappa, ~ zero d n -> jump_at d m N n kappa -> kappa = jump d m N n 0%nat.
Proof.
  intros d m N n kappa Hn H. destruct (common_point d m m N N n Hn) as [x [Hx [Hoff _]]].
  destruct (H x Hx Hoff) as [e [He E]]. destruct (jump_at_jump d m N n Hn x Hx Hoff) as [e' [He' E']].
  set (t := Rmin e e' / 2).
  assert (Hm : 0 < Rmin e e') by (now apply Rmin_glb_lt). pose proof (Rmin_l e e'). pose proof (Rmin_r e e').
  specialize (E t ltac:(unfold t; lra)). specialize (E' t ltac:(unfold t; lra)). rewrite E in E'.
  pose proof (dot_self_pos d n Hn) as P. assert (0 < t * dot d n n) by (unfold t in *; nra). nra.
Qed.

(** a step along a coordinate *)
Lemma eval_step : forall d m N x k t l, eval d m N (fun j => x j + t * unit_vec k j) l = eval d m N (shift x k t) l.
Proof. intros. apply eval_ext_x. intros j _. unfold unit_vec, shift. destruct (Nat.eqb j k); lra. Qed.

Lemma eval_step_back : forall d m N x k t l, eval d m N (fun j => x j - t * unit_vec k j) l = eval d m N (shift x k (- t)) l.
Proof. intros. apply eval_ext_x. intros j _. unfold unit_vec, shift. destruct (Nat.eqb j k); lra. Qed.

(** the jump norm is at most twice the seminorm, for each output (53), (54): second differences along the coordinates *)
Lemma jump_difference_bound : forall d m m' D G T r n l, bounded_by d D (difference d m m' G T) r -> ~ zero d n -> (l < D)%nat ->
  Rabs (jump d m' T n l - jump d m G n l) * top d n <= 2 * r.
Proof.
  intros d m m' D G T r n l [Hr Hb] Hn Hl.
  destruct (common_point d m m' G T n Hn) as [x [Hx [HG HT]]].
  rewrite <- top_scal. apply top_le; [lra|]. intros k Hk.
  destruct (second_difference d m G n x (unit_vec k) Hn Hx HG) as [e [He E]].
  destruct (second_difference d m' T n x (unit_vec k) Hn Hx HT) as [e' [He' E']].
  set (t := Rmin e e' / 2).
  assert (Hm : 0 < Rmin e e') by (now apply Rmin_glb_lt). pose proof (Rmin_l e e'). pose proof (Rmin_r e e').
  assert (Ht : 0 < t) by (unfold t; lra).
  specialize (E t l ltac:(rewrite Rabs_pos_eq; unfold t in *; lra)). specialize (E' t l ltac:(rewrite Rabs_pos_eq; unfold t in *; lra)).
  rewrite eval_step, eval_step_back in E, E'. rewrite dot_unit_vec, Rabs_mult, (Rabs_pos_eq t) in E, E' by (assumption || lra).
  pose proof (Hb x k t l Hk Hl) as B1. pose proof (Hb x k (- t) l Hk Hl) as B2. unfold difference in B1, B2.
  rewrite Rabs_Ropp in B2. rewrite (Rabs_pos_eq t) in B1, B2 by lra.
  rewrite Rabs_mult. set (jT := jump d m' T n l) in *. set (jG := jump d m G n l) in *.
  assert (A : Rabs (t * Rabs (n k) * jT - t * Rabs (n k) * jG) = t * (Rabs (jT - jG) * Rabs (n k))).
  { replace (t * Rabs (n k) * jT - t * Rabs (n k) * jG) with (t * Rabs (n k) * (jT - jG)) by ring.
    rewrite !Rabs_mult, Rabs_Rabsolu, (Rabs_pos_eq t) by lra. ring. }
  apply Rmult_le_reg_l with t; [exact Ht|]. rewrite <- A, <- E, <- E'. clear A E E'.
  revert B1 B2. unfold Rabs. repeat destruct Rcase_abs; lra.
Qed.

(** * Linear parts *)
Lemma linear_part_odd : forall d m N x l, eval d m N x l - eval d m N (fun k => - x k) l = dot d (fun k => linear_part d m N k l) x.
Proof.
  intros. unfold eval, dot, linear_part. rewrite <- sum_minus.
  transitivity (sum m (fun i => sum d (fun k => outer N i l * (inner N i k * x k)))).
  - apply sum_ext. intros i _. rewrite sum_scal.
    pose proof (dot_opp_r d (inner N i) x) as E. unfold dot in E. rewrite E.
    rewrite <- Rmult_minus_distr_l. now rewrite relu_opp.
  - rewrite sum_swap. apply sum_ext. intros k _. rewrite <- sum_scal_r. apply sum_ext. intros. ring.
Qed.

(** * Equal functions: equal jumps and equal linear parts *)
Lemma same_jumps : forall d m m' D N N' n l, same d m m' D N N' -> ~ zero d n -> (l < D)%nat -> jump d m N n l = jump d m' N' n l.
Proof.
  intros d m m' D N N' n l H Hn Hl.
  assert (B : bounded_by d D (difference d m m' N N') 0).
  { split; [lra|]. intros x k t l' _ Hl'. unfold difference. rewrite !H by assumption.
    match goal with |- Rabs ?u <= _ => replace u with 0 by ring end. rewrite Rabs_R0. lra. }
  pose proof (jump_difference_bound d m m' D N N' 0 n l B Hn Hl) as J.
  pose proof (top_pos d n Hn). pose proof (Rabs_pos (jump d m' N' n l - jump d m N n l)).
  assert (Z : Rabs (jump d m' N' n l - jump d m N n l) = 0) by nra.
  destruct (Req_dec (jump d m' N' n l - jump d m N n l) 0) as [E|E]; [lra | now apply Rabs_no_R0 in E].
Qed.

Lemma same_linear_parts : forall d m m' D N N' k l, same d m m' D N N' -> (k < d)%nat -> (l < D)%nat ->
  linear_part d m N k l = linear_part d m' N' k l.
Proof.
  intros d m m' D N N' k l H Hk Hl.
  rewrite <- (dot_unit_vec d (fun k => linear_part d m N k l) k Hk), <- (dot_unit_vec d (fun k => linear_part d m' N' k l) k Hk).
  rewrite <- !linear_part_odd. now rewrite !H by assumption.
Qed.

(** the number of neurons on the hyperplane of a *)
Definition on_line (d : nat) (a b : vec) : R := if collinear_dec d a b then if zero_dec d b then 0 else 1 else 0.
Definition count (d m : nat) (N : net) (a : vec) : R := sum m (fun i => on_line d a (inner N i)).

Lemma on_line_nonneg : forall d a b, 0 <= on_line d a b.
Proof. intros. unfold on_line. destruct collinear_dec; [destruct zero_dec|]; lra. Qed.

Lemma on_line_one : forall d a b l, multiple d l a b -> ~ zero d b -> on_line d a b = 1.
Proof.
  intros d a b l H Hb. unfold on_line. destruct (collinear_dec d a b) as [_|M]; [|destruct (M l H)].
  destruct (zero_dec d b); tauto.
Qed.

Lemma on_line_cases : forall d a b, {on_line d a b = 0} + {exists l, multiple d l a b /\ ~ zero d b}.
Proof.
  intros d a b. unfold on_line. destruct (collinear_dec d a b) as [M|_]; [destruct (zero_dec d b)|]; [now left | right | now left].
  exists (ratio d a b). now split.
Qed.

(** it is the same for all of them *)
Lemma on_line_change : forall d a b c l, multiple d l a b -> ~ zero d b -> on_line d a c = on_line d b c.
Proof.
  intros d a b c l H Hb. pose proof (multiple_nonzero d l a b H Hb) as Hl.
  destruct (on_line_cases d a c) as [E|[l' [M Hc]]], (on_line_cases d b c) as [E'|[l'' [M' Hc']]].
  - now rewrite E, E'.
  - exfalso. rewrite (on_line_one d a c _ (multiple_trans d l l'' a b c H M') Hc') in E. lra.
  - exfalso. rewrite (on_line_one d b c _ (multiple_trans d _ l' b a c (multiple_sym d l a b Hl H) M) Hc) in E'. lra.
  - now rewrite (on_line_one d a c l' M Hc), (on_line_one d b c l'' M' Hc).
Qed.

(** each neuron's |<a_i,x>| is shared out over the neurons on its hyperplane, so the jumps determine the sum of all *)
Lemma even_part_zero : forall d m N x l, (forall n, ~ zero d n -> jump d m N n l = 0) ->
  sum m (fun i => outer N i l * Rabs (dot d (inner N i) x)) = 0.
Proof.
  intros d m N x l H.
  set (share := fun i j => on_line d (inner N j) (inner N i) / count d m N (inner N j)).
  assert (C : forall i, (i < m)%nat -> ~ zero d (inner N i) -> 0 < count d m N (inner N i)).
  { intros i Hi Hz. apply Rlt_le_trans with 1; [lra|]. unfold count.
    rewrite <- (on_line_one d (inner N i) (inner N i) 1 (multiple_refl d _) Hz).
    apply (sum_term_le m (fun j => on_line d (inner N i) (inner N j)) i Hi). intros. apply on_line_nonneg. }
  assert (S : forall i, (i < m)%nat -> ~ zero d (inner N i) -> sum m (fun j => share i j) = 1).
  { intros i Hi Hz. specialize (C i Hi Hz). unfold share.
    rewrite (sum_ext m _ (fun j => on_line d (inner N i) (inner N j) * / count d m N (inner N i))).
    - rewrite sum_scal_r. fold (count d m N (inner N i)). field. lra.
    - intros j Hj. unfold Rdiv. destruct (on_line_cases d (inner N j) (inner N i)) as [E|[l' [M _]]].
      + destruct (on_line_cases d (inner N i) (inner N j)) as [E'|[l' [M Hj0]]]; [rewrite E, E'; ring|exfalso].
        pose proof (multiple_nonzero d l' _ _ M Hj0) as Hl.
        rewrite (on_line_one d (inner N j) (inner N i) _ (multiple_sym d l' _ _ Hl M) Hz) in E. lra.
      + pose proof (multiple_nonzero d l' _ _ M Hz) as Hl. pose proof (multiple_nonzero_l d l' _ _ M Hz) as Hj0.
        rewrite (on_line_one d (inner N j) (inner N i) l' M Hz).
        rewrite (on_line_one d (inner N i) (inner N j) _ (multiple_sym d l' _ _ Hl M) Hj0).
        f_equal. f_equal. unfold count. apply sum_ext. intros c _. now apply on_line_change with l'. }
  transitivity (sum m (fun i => sum m (fun j => share i j * (outer N i l * Rabs (dot d (inner N i) x))))).
  { apply sum_ext. intros i Hi. rewrite sum_scal_r. destruct (zero_dec d (inner N i)) as [Z|Z].
    - rewrite (dot_zero_l d _ x Z), Rabs_R0. ring.
    - rewrite S by assumption. ring. }
  rewrite sum_swap. apply sum_zero. intros j Hj. destruct (zero_dec d (inner N j)) as [Z|Z].
  - apply sum_zero. intros i Hi. unfold share. destruct (on_line_cases d (inner N j) (inner N i)) as [E|[l' [M Hi0]]].
    + rewrite E. lra.
    + exfalso. exact (multiple_nonzero_l d l' _ _ M Hi0 Z).
  - rewrite (sum_ext m _ (fun i => (Rabs (dot d (inner N j) x) / count d m N (inner N j)) * (jump_term d (inner N j) (inner N i) * outer N i l))).
    + rewrite sum_scal. fold (jump d m N (inner N j) l). rewrite H by assumption. ring.
    + intros i Hi. unfold share, on_line, jump_term. specialize (C j Hj Z).
      destruct (collinear_dec d (inner N j) (inner N i)) as [M|M]; [|field; lra].
      rewrite (dot_multiple d _ _ _ x M), Rabs_mult. destruct (zero_dec d (inner N i)) as [Zi|Zi]; [|field; lra].
      unfold ratio. rewrite (dot_zero_l d _ _ Zi). replace (0 / dot d (inner N j) (inner N j)) with 0 by (unfold Rdiv; ring).
      rewrite Rabs_R0. field. lra.
Qed.

(** a network is half its linear part and half its even part *)
Lemma eval_parts : forall d m N x l, eval d m N x l =
  / 2 * dot d (fun k => linear_part d m N k l) x + / 2 * sum m (fun i => outer N i l * Rabs (dot d (inner N i) x)).
Proof.
  intros. rewrite <- linear_part_odd. unfold eval. rewrite <- sum_minus, <- Rmult_plus_distr_l, <- sum_plus, <- sum_scal.
  apply sum_ext. intros i _. rewrite dot_opp_r, !relu_abs, Rabs_Ropp. field.
Qed.

(** the difference of two networks, as a network *)
Definition join (m : nat) (N N' : net) : net :=
  Net (fun i => if lt_dec i m then inner N i else inner N' (i - m)%nat) (fun i l => if lt_dec i m then outer N i l else - outer N' (i - m)%nat l).

Lemma join_sum : forall m m' N N' l (f : vec -> R),
  sum (m + m') (fun i => outer (join m N N') i l * f (inner (join m N N') i)) =
  sum m (fun i => outer N i l * f (inner N i)) - sum m' (fun i => outer N' i l * f (inner N' i)).
Proof.
  intros. rewrite sum_split. unfold Rminus. rewrite <- sum_opp. f_equal; apply sum_ext; intros i Hi; simpl.
  - destruct (lt_dec i m); [reflexivity | lia].
  - destruct (lt_dec (m + i) m); [lia|]. replace (m + i - m)%nat with i by lia. ring.
Qed.

Lemma join_eval : forall d m m' N N' x l, eval d (m + m') (join m N N') x l = eval d m N x l - eval d m' N' x l.
Proof. intros. unfold eval. apply (join_sum m m' N N' l (fun a => relu (dot d a x))). Qed.

Lemma join_linear_part : forall d m m' N N' k l, linear_part d (m + m') (join m N N') k l = linear_part d m N k l - linear_part d m' N' k l.
Proof. intros. unfold linear_part. apply (join_sum m m' N N' l (fun a => a k)). Qed.

Lemma jump_comm : forall d m N n l, jump d m N n l = sum m (fun i => outer N i l * jump_term d n (inner N i)).
Proof. intros. apply sum_ext. intros. ring. Qed.

Lemma join_jump : forall d m m' N N' n l, jump d (m + m') (join m N N') n l = jump d m N n l - jump d m' N' n l.
Proof. intros. rewrite !jump_comm. apply (join_sum m m' N N' l (fun a => jump_term d n a)). Qed.

Lemma vanishes_if : forall d m N l, (forall k, (k < d)%nat -> linear_part d m N k l = 0) -> (forall n, ~ zero d n -> jump d m N n l = 0) ->
  forall x, eval d m N x l = 0.
Proof.
  intros d m N l HL HJ x. rewrite eval_parts, even_part_zero by exact HJ. rewrite dot_zero_l by exact HL. ring.
Qed.

Lemma same_if : forall d m m' D N N', (forall k l, (k < d)%nat -> (l < D)%nat -> linear_part d m N k l = linear_part d m' N' k l) ->
  (forall n l, ~ zero d n -> (l < D)%nat -> jump d m N n l = jump d m' N' n l) -> same d m m' D N N'.
Proof.
  intros d m m' D N N' HL HJ x l Hl. apply Rminus_diag_uniq. rewrite <- join_eval. apply vanishes_if.
  - intros k Hk. rewrite join_linear_part, HL by assumption. ring.
  - intros n Hn. rewrite join_jump, HJ by assumption. ring.
Qed.

(** N1, in the words of Statements.v *)
Theorem vanishes_iff_holds : vanishes_iff.
Proof.
  intros d m D N. set (none := Net (fun _ _ => 0) (fun _ _ => 0)). split.
  - intros H. assert (S : same d m 0 D N none) by (intros x l Hl; now apply H). split.
    + intros k l Hk Hl. exact (same_linear_parts d m 0 D N none k l S Hk Hl).
    + intros n l Hn Hl mu Hmu Hmu0. transitivity (jump d m N n l); [|exact (same_jumps d m 0 D N none n l S Hn Hl)].
      apply sum_ext. intros i Hi.
      destruct (zero_dec d (inner N i)) as [Z|Z].
      * rewrite (Hmu0 i Hi Z), (jump_term_zero d n _ Hn Z), Rabs_R0. ring.
      * destruct (Hmu i Hi Z) as [M|[E M]].
        -- now rewrite (jump_term_multiple d n _ _ Hn M).
        -- rewrite E, (jump_term_none d n _ M), Rabs_R0. ring.
  - intros [HL HJ] x l Hl. apply vanishes_if; [intros k Hk; now apply HL|]. intros n Hn.
    rewrite <- (HJ n l Hn Hl (fun i => if collinear_dec d n (inner N i) then ratio d n (inner N i) else 0)).
    + apply sum_ext. intros i _. unfold jump_term. destruct (collinear_dec d n (inner N i)); [|rewrite Rabs_R0]; ring.
    + intros i _ _. destruct (collinear_dec d n (inner N i)) as [M|M]; [left; exact M | right; now split].
    + intros i _ Z. destruct (collinear_dec d n (inner N i)) as [M|M]; [|reflexivity].
      unfold ratio. rewrite (dot_zero_l d _ _ Z). unfold Rdiv. ring.
Qed.
