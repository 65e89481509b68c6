(** Seminorms and gradients (A08, A12): the least Lipschitz constant along the coordinates exists, and equals the largest entry of a gradient off
    the hyperplanes; it bounds half of every jump (53), (54). *)
From Coq Require Import Reals Arith Lia Lra Classical.
From relucert Require Import Statements Sums Hyperplanes Jumps.
Open Scope R_scope.

(** * From small steps to long ones *)

(** A function that is r-Lipschitz at every point is r-Lipschitz: the points reached from a have a largest one, and it is b. *)
Lemma small_steps_suffice (phi : R -> R) r :
  (forall s, exists e, 0 < e /\ forall u, Rabs (u - s) < e -> Rabs (phi u - phi s) <= r * Rabs (u - s)) ->
  forall a b, a <= b -> Rabs (phi b - phi a) <= r * (b - a).
Proof.
  intros local a b ab.
  set (reached := fun s => a <= s <= b /\ Rabs (phi s - phi a) <= r * (s - a)).
  assert (at_a : reached a).
  { split; [lra|]. replace (phi a - phi a) with 0 by ring. rewrite Rabs_R0. lra. }
  destruct (completeness reached) as [s [above least]].
  { exists b. intros u [[_ H] _]. exact H. }
  { exists a. exact at_a. }
  assert (as_ : a <= s) by (apply above; exact at_a).
  assert (sb : s <= b) by (apply least; intros u [[_ H] _]; exact H).
  destruct (local s) as [e [e0 step]].
  assert (near : exists u, reached u /\ s - e < u).
  { apply NNPP; intro none. assert (s <= s - e); [|lra]. apply least. intros u Hu.
    destruct (Rle_or_lt u (s - e)) as [H|H]; [exact H|]. exfalso; apply none; exists u; split; assumption. }
  destruct near as [u [[[au ub] Hu] su]].
  assert (us : u <= s) by (apply above; repeat split; assumption).
  assert (at_s : Rabs (phi s - phi a) <= r * (s - a)).
  { replace (phi s - phi a) with (- (phi u - phi s) + (phi u - phi a)) by ring.
    eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp.
    assert (Rabs (phi u - phi s) <= r * Rabs (u - s)) as H by (apply step; apply Rabs_def1; lra).
    rewrite (Rabs_left1 (u - s)) in H by lra. lra. }
  destruct (Rle_lt_or_eq_dec s b sb) as [less|<-]; [|exact at_s].
  set (v := Rmin b (s + e / 2)).
  assert (v <= b) by apply Rmin_l. assert (v <= s + e / 2) by apply Rmin_r.
  assert (s < v) by (apply Rmin_glb_lt; lra).
  assert (v <= s); [|lra].
  apply above. split; [lra|].
  replace (phi v - phi a) with ((phi v - phi s) + (phi s - phi a)) by ring.
  eapply Rle_trans; [apply Rabs_triang|].
  assert (Rabs (phi v - phi s) <= r * Rabs (v - s)) as H2 by (apply step; apply Rabs_def1; lra).
  rewrite (Rabs_right (v - s)) in H2 by lra. lra.
Qed.

(** The same without an order of the end points. *)
Lemma small_steps_suffice_abs (phi : R -> R) r :
  (forall s, exists e, 0 < e /\ forall u, Rabs (u - s) < e -> Rabs (phi u - phi s) <= r * Rabs (u - s)) ->
  forall a b, Rabs (phi b - phi a) <= r * Rabs (b - a).
Proof.
  intros local a b. destruct (Rle_or_lt a b) as [ab|ba].
  - rewrite (Rabs_right (b - a)) by lra. apply small_steps_suffice; assumption.
  - rewrite Rabs_minus_sym, (Rabs_minus_sym b a), (Rabs_right (a - b)) by lra. apply small_steps_suffice; [assumption|lra].
Qed.

(** * The seminorm exists *)

(** Bounds depend on the values of a function at its outputs only. *)
Lemma bounded_by_ext d D f g r : (forall x l, (l < D)%nat -> f x l = g x l) -> bounded_by d D f r -> bounded_by d D g r.
Proof. intros fg [r0 H]. split; [exact r0|]. intros. rewrite <- !fg by assumption. apply H; assumption. Qed.

(** Of a set of bounds the greatest lower bound is a bound: every inequality is closed. *)
Lemma least_bound d D f : (exists r, bounded_by d D f r) -> exists r, seminorm d D f r.
Proof.
  intros [r1 H1].
  destruct (completeness (fun s => bounded_by d D f (- s))) as [s [above least]].
  { exists 0. intros s [Hs _]. lra. }
  { exists (- r1). rewrite Ropp_involutive. exact H1. }
  exists (- s). split.
  - split.
    + assert (s <= 0); [|lra]. apply least. intros u [Hu _]. lra.
    + intros x k t l Hk Hl. destruct (Req_dec t 0) as [->|t0].
      * rewrite Rabs_R0. destruct H1 as [_ H1]. specialize (H1 x k 0 l Hk Hl). rewrite Rabs_R0 in H1. lra.
      * assert (T : 0 < Rabs t) by (apply Rabs_pos_lt; exact t0).
        set (q := Rabs (f (shift x k t) l - f x l) / Rabs t).
        assert (q <= - s).
        { assert (s <= - q); [|lra]. apply least. intros u [_ Hu]. specialize (Hu x k t l Hk Hl).
          assert (q <= - u); [|lra]. apply Rmult_le_reg_r with (Rabs t); [exact T|]. unfold q. field_simplify; lra. }
        replace (Rabs (f (shift x k t) l - f x l)) with (q * Rabs t) by (unfold q; field; lra).
        apply Rmult_le_compat_r; lra.
  - intros r' H'. assert (- r' <= s); [|lra]. apply above. rewrite Ropp_involutive. exact H'.
Qed.

(** * Near a point every relu is affine on each side *)

(** One neuron: as long as a non-zero h keeps its sign, relu changes by s on the active side and not at all on the other. *)
Lemma relu_step h s : (0 < h -> 0 < h + s) /\ (h < 0 -> h + s < 0) -> relu (h + s) - relu h = if Rlt_dec 0 (h + s) then s else 0.
Proof.
  intros [plus minus]. destruct (Rtotal_order h 0) as [H|[->|H]].
  - specialize (minus H). destruct (Rlt_dec 0 (h + s)); [lra|]. rewrite !relu_neg; lra.
  - destruct (Rlt_dec 0 (0 + s)); [rewrite relu_pos, relu_0|rewrite relu_neg, relu_0]; lra.
  - specialize (plus H). destruct (Rlt_dec 0 (h + s)); [|lra]. rewrite !relu_pos; lra.
Qed.

(** A short step along e_k keeps all signs but those of zeros, and changes R(N) by the entry k of the gradient behind it. *)
Lemma short_step d m N x l k : (k < d)%nat -> exists e, 0 < e /\ forall t, Rabs t < e ->
  eval d m N (shift x k t) l - eval d m N x l = t * gradient d m N (shift x k t) l k /\
  forall i, (i < m)%nat -> (0 < dot d (inner N i) x -> 0 < dot d (inner N i) (shift x k t)) /\
    (dot d (inner N i) x < 0 -> dot d (inner N i) (shift x k t) < 0).
Proof.
  intro kd. destruct (small_change m (fun i => dot d (inner N i) x) (fun i => inner N i k)) as [e [e0 He]].
  exists e. split; [exact e0|]. intros t Ht. split.
  - unfold eval, gradient. rewrite <- sum_minus, <- sum_scal. apply sum_ext. intros i Hi.
    rewrite !dot_shift, <- Rmult_minus_distr_l, relu_step by (exact kd || apply He; assumption).
    destruct (Rlt_dec _ _); ring.
  - intros i Hi. rewrite dot_shift by exact kd. apply He; assumption.
Qed.

(** Near every point there is a generic one on the same sides of the hyperplanes the first is not on. *)
Lemma generic_near d m N y : exists z, generic d m N z /\ forall i, (i < m)%nat -> dot d (inner N i) y <> 0 ->
  (0 < dot d (inner N i) y <-> 0 < dot d (inner N i) z).
Proof.
  destruct (off_all d m (inner N)) as [w Hw].
  destruct (small_step d m (inner N) y w) as [e [e0 He]].
  assert (Ht : Rabs (e / 2) < e) by (rewrite Rabs_right; lra).
  exists (fun j => y j + e / 2 * w j). split.
  - intros i Hi nz. destruct (He i (e / 2) Hi Ht) as [plus minus]. specialize (Hw i Hi nz).
    destruct (Rtotal_order (dot d (inner N i) y) 0) as [H|[H|H]]; [specialize (minus H); lra| |specialize (plus H); lra].
    rewrite dot_plus_r, dot_scal_r, H, Rplus_0_l. apply Rmult_integral_contrapositive_currified; [lra|exact Hw].
  - intros i Hi h0. destruct (He i (e / 2) Hi Ht) as [plus minus]. split; [exact plus|]. intro H.
    destruct (Rlt_or_le 0 (dot d (inner N i) y)); [assumption|]. specialize (minus ltac:(lra)). lra.
Qed.

(** Entry k of the gradient sees only hyperplanes that e_k crosses. *)
Lemma gradient_ext d m N y z l k :
  (forall i, (i < m)%nat -> inner N i k <> 0 -> (0 < dot d (inner N i) y <-> 0 < dot d (inner N i) z)) ->
  gradient d m N y l k = gradient d m N z l k.
Proof.
  intro sides. apply sum_ext. intros i Hi. destruct (Req_dec (inner N i k) 0) as [->|a0].
  - destruct (Rlt_dec _ _), (Rlt_dec _ _); ring.
  - specialize (sides i Hi a0). destruct (Rlt_dec _ _), (Rlt_dec _ _); tauto.
Qed.

(** A generic point sees its own gradient at the end of a short step. *)
Lemma bound_gives_gradient d m D N r x l k : bounded_by d D (eval d m N) r ->
  (l < D)%nat -> (k < d)%nat -> generic d m N x -> Rabs (gradient d m N x l k) <= r.
Proof.
  intros [_ bound] Hl Hk gen. destruct (short_step d m N x l k Hk) as [e [e0 He]].
  assert (abs_t : Rabs (e / 2) = e / 2) by (apply Rabs_right; lra).
  destruct (He (e / 2)) as [step sides]; [lra|]. specialize (bound x k (e / 2) l Hk Hl).
  rewrite step, Rabs_mult, abs_t in bound.
  replace (gradient d m N x l k) with (gradient d m N (shift x k (e / 2)) l k); [apply Rmult_le_reg_l with (e / 2); lra|].
  apply gradient_ext. intros i Hi a0. destruct (sides i Hi) as [plus minus].
  assert (dot d (inner N i) x <> 0) by (apply gen; [exact Hi|]; intro Z; apply a0, Z, Hk).
  split; [|exact plus]. intro H'. destruct (Rlt_or_le 0 (dot d (inner N i) x)); [assumption|]. specialize (minus ltac:(lra)). lra.
Qed.

(** Behind a short step in direction e_k every neuron with a_ik <> 0 is off its hyperplane, so a generic point nearby has the same entry. *)
Lemma gradient_gives_short_steps d m N r x l k : (k < d)%nat ->
  (forall z, generic d m N z -> Rabs (gradient d m N z l k) <= r) ->
  exists e, 0 < e /\ forall t, Rabs t < e -> Rabs (eval d m N (shift x k t) l - eval d m N x l) <= r * Rabs t.
Proof.
  intros Hk grad. destruct (short_step d m N x l k Hk) as [e [e0 He]]. exists e. split; [exact e0|]. intros t Ht.
  destruct (He t Ht) as [-> sides]. rewrite Rabs_mult. destruct (Req_dec t 0) as [->|t0]; [rewrite Rabs_R0; lra|].
  rewrite Rmult_comm. apply Rmult_le_compat_r; [apply Rabs_pos|].
  destruct (generic_near d m N (shift x k t)) as [z [gen same]].
  rewrite (gradient_ext d m N _ z l k); [apply grad; exact gen|].
  intros i Hi a0. apply same; [exact Hi|]. destruct (sides i Hi) as [plus minus].
  destruct (Rtotal_order (dot d (inner N i) x) 0) as [H|[H|H]]; [specialize (minus H); lra| |specialize (plus H); lra].
  rewrite dot_shift, H, Rplus_0_l by exact Hk. apply Rmult_integral_contrapositive_currified; assumption.
Qed.

(** A12 (21): the bound holds iff every entry of every gradient off the hyperplanes is at most r. *)
Theorem seminorm_is_gradient_holds : seminorm_is_gradient.
Proof.
  intros d m D N r r0. split; [intros; apply bound_gives_gradient with D; assumption|].
  intro grad. split; [exact r0|]. intros x k t l Hk Hl.
  assert (move : forall s u, eval d m N (shift (shift x k s) k (u - s)) l = eval d m N (shift x k u) l).
  { intros. apply eval_ext_x. intros j _. unfold shift. destruct (Nat.eqb j k); ring. }
  assert (stay : eval d m N (shift x k 0) l = eval d m N x l).
  { apply eval_ext_x. intros j _. unfold shift. destruct (Nat.eqb j k); ring. }
  rewrite <- stay. replace (Rabs t) with (Rabs (t - 0)) by (f_equal; ring).
  apply (small_steps_suffice_abs (fun s => eval d m N (shift x k s) l)). intro s.
  destruct (gradient_gives_short_steps d m N r (shift x k s) l k Hk) as [e [e0 He]]; [intros; apply grad; assumption|].
  exists e. split; [exact e0|]. intros u Hu. rewrite <- (move s u). apply He, Hu.
Qed.

(** Entries of gradients are at most the sum of the |c_il a_ik|, so some bound holds, hence a least one. *)
Theorem seminorm_exists_holds : seminorm_exists.
Proof.
  intros d m D N. apply least_bound.
  set (size := fun l k => sum m (fun i => Rabs (outer N i l * inner N i k))).
  exists (top D (fun l => top d (size l))).
  apply seminorm_is_gradient_holds; [apply top_nonneg|]. intros x l k Hl Hk _.
  apply Rle_trans with (size l k).
  - eapply Rle_trans; [apply sum_abs|]. apply sum_le. intros i _. destruct (Rlt_dec _ _); [lra|rewrite Rabs_R0; apply Rabs_pos].
  - eapply Rle_trans; [apply Rle_abs|]. eapply Rle_trans; [apply (top_upper d (size l)); exact Hk|].
    eapply Rle_trans; [apply Rle_abs|]. apply (top_upper D (fun l => top d (size l))); exact Hl.
Qed.

(** * Jumps *)

(** J <= 2 r (N10): the jumps of two networks differ by at most twice the seminorm of the difference, as the gradients on the two sides do. *)
Theorem jump_bound_holds : jump_bound.
Proof.
  intros d m m' G T r B n k1 k2 n0 J1 J2. rewrite (jump_at_unique d m G n k1), (jump_at_unique d m' T n k2) by assumption.
  apply (jump_difference_bound d m m' 1 G T r n 0 B n0). auto.
Qed.
