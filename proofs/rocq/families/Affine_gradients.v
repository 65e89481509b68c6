(** A function of (x, 1): its Lipschitz constant along the inputs bounds the gradients where the last entry is positive, and the other way round. *)
From Coq Require Import Reals Lia Lra.
From relucert Require Import Statements Sums Hyperplanes Jumps Gradients.
From relucert.checker Require Import Biases.
Open Scope R_scope.

Section Affine.
Variables (d m D : nat) (N : net).
Let n := S d.

(** one more hyperplane, where the last entry is 0 *)
Definition walled : net := Net (fun i => if Nat.ltb i m then inner N i else unit_vec d) (outer N).

Lemma extended_last x : extended d x d = 1.
Proof. unfold extended. now rewrite Nat.ltb_irrefl. Qed.

Lemma extended_shift x k t : (k < d)%nat -> forall j, extended d (shift x k t) j = shift (extended d x) k t j.
Proof.
  intros Hk j. unfold extended, shift. destruct (Nat.ltb_spec j d) as [L|L]; [reflexivity|].
  replace (Nat.eqb j k) with false by (symmetry; apply Nat.eqb_neq; lia). reflexivity.
Qed.

(** a generic point with positive last entry, on the same sides *)
Lemma generic_above y : 0 < y d -> exists z, generic n m N z /\ 0 < z d /\
  forall i, (i < m)%nat -> dot n (inner N i) y <> 0 -> (0 < dot n (inner N i) y <-> 0 < dot n (inner N i) z).
Proof.
  intro Y. destruct (generic_near n (S m) walled y) as [z [G S]]. exists z. split; [|split].
  - intros i Hi Z. specialize (G i ltac:(lia)). cbn [walled inner] in G. apply Nat.ltb_lt in Hi. rewrite Hi in G. exact (G Z).
  - specialize (S m ltac:(lia)). cbn [walled inner] in S. rewrite Nat.ltb_irrefl in S.
    assert (U : forall x, dot n (unit_vec d) x = x d) by (intro x; rewrite dot_comm; apply dot_unit_vec; unfold n; lia).
    rewrite !U in S. apply S; lra.
  - intros i Hi Z. specialize (S i ltac:(lia)). cbn [walled inner] in S. apply Nat.ltb_lt in Hi. rewrite Hi in S. exact (S Z).
Qed.

Theorem gradients_bound r : 0 <= r ->
  (forall z l k, (l < D)%nat -> (k < d)%nat -> generic n m N z -> 0 < z d -> Rabs (gradient n m N z l k) <= r) ->
  bounded_by d D (fun x l => eval n m N (extended d x) l) r.
Proof.
  intros r0 grad. split; [exact r0|]. intros x k t l Hk Hl.
  set (phi := fun s => eval n m N (shift (extended d x) k s) l).
  assert (P : forall s, eval n m N (extended d (shift x k s)) l = phi s).
  { intro s. apply eval_ext_x. intros j _. apply extended_shift, Hk. }
  assert (P0 : eval n m N (extended d x) l = phi 0).
  { apply eval_ext_x. intros j _. unfold shift. destruct (Nat.eqb j k); lra. }
  rewrite P, P0. replace (Rabs t) with (Rabs (t - 0)) by (f_equal; ring). apply (small_steps_suffice_abs phi). intro s.
  destruct (short_step n m N (shift (extended d x) k s) l k ltac:(unfold n; lia)) as [e [e0 He]]. exists e. split; [exact e0|]. intros u Hu.
  destruct (He (u - s) Hu) as [E sides].
  assert (M : phi u = eval n m N (shift (shift (extended d x) k s) k (u - s)) l).
  { apply eval_ext_x. intros j _. unfold shift. destruct (Nat.eqb j k); lra. }
  change (phi s) with (eval n m N (shift (extended d x) k s) l). rewrite M, E, Rabs_mult.
  destruct (Req_dec (u - s) 0) as [->|t0]; [rewrite Rabs_R0; lra|]. rewrite Rmult_comm. apply Rmult_le_compat_r; [apply Rabs_pos|].
  set (y := shift (shift (extended d x) k s) k (u - s)).
  assert (Y : y d = 1).
  { unfold y, shift. replace (Nat.eqb d k) with false by (symmetry; apply Nat.eqb_neq; lia). apply extended_last. }
  destruct (generic_above y ltac:(lra)) as [z [G [Z S]]].
  rewrite (gradient_ext n m N y z l k); [exact (grad z l k Hl Hk G Z)|].
  intros i Hi a0. apply S; [exact Hi|]. destruct (sides i Hi) as [plus minus]. fold y in plus, minus.
  destruct (Rtotal_order (dot n (inner N i) (shift (extended d x) k s)) 0) as [H|[H|H]]; [specialize (minus H); lra| |specialize (plus H); lra].
  unfold y. rewrite dot_shift, H, Rplus_0_l by (unfold n; lia). apply Rmult_integral_contrapositive_currified; assumption.
Qed.

Theorem bound_gives_gradients r z l k : bounded_by d D (fun x l => eval n m N (extended d x) l) r ->
  (l < D)%nat -> (k < d)%nat -> generic n m N z -> 0 < z d -> Rabs (gradient n m N z l k) <= r.
Proof.
  intros [_ bound] Hl Hk gen Z. set (y := fun j => / z d * z j). assert (I : 0 < / z d) by (apply Rinv_0_lt_compat, Z).
  assert (Dy : forall a, dot n a y = / z d * dot n a z) by (intro a; unfold y; rewrite dot_scal_r; reflexivity).
  assert (gy : generic n m N y).
  { intros i Hi NZ. rewrite Dy. apply Rmult_integral_contrapositive_currified; [lra|exact (gen i Hi NZ)]. }
  rewrite (gradient_ext n m N z y l k).
  2: { intros i Hi _. rewrite Dy. split; intro H; [now apply Rmult_lt_0_compat|].
    destruct (Rle_or_lt (dot n (inner N i) z) 0) as [L|L]; [|exact L]. nra. }
  destruct (short_step n m N y l k ltac:(unfold n; lia)) as [e [e0 He]].
  assert (abs_t : Rabs (e / 2) = e / 2) by (apply Rabs_right; lra).
  destruct (He (e / 2)) as [step sides]; [lra|]. specialize (bound y k (e / 2) l Hk Hl).
  assert (E1 : eval n m N (extended d y) l = eval n m N y l).
  { apply eval_ext_x. intros j Hj. unfold extended. destruct (Nat.ltb_spec j d) as [L|L]; [reflexivity|]. replace j with d by (unfold n in Hj; lia).
    unfold y. field. lra. }
  assert (E2 : eval n m N (extended d (shift y k (e / 2))) l = eval n m N (shift y k (e / 2)) l).
  { apply eval_ext_x. intros j Hj. rewrite extended_shift by exact Hk. unfold shift. destruct (Nat.eqb_spec j k) as [->|_].
    - unfold extended. apply Nat.ltb_lt in Hk. now rewrite Hk.
    - unfold extended. destruct (Nat.ltb_spec j d) as [L|L]; [reflexivity|]. replace j with d by (unfold n in Hj; lia). unfold y. field. lra. }
  rewrite E1, E2, step, Rabs_mult, abs_t in bound.
  replace (gradient n m N y l k) with (gradient n m N (shift y k (e / 2)) l k); [apply Rmult_le_reg_l with (e / 2); lra|].
  apply gradient_ext. intros i Hi a0. destruct (sides i Hi) as [plus minus].
  assert (dot n (inner N i) y <> 0) by (apply gy; [exact Hi|]; intro O; apply a0, O; unfold n; lia).
  split; [|exact plus]. intro H'. destruct (Rlt_or_le 0 (dot n (inner N i) y)); [assumption|]. specialize (minus ltac:(lra)). lra.
Qed.
End Affine.
