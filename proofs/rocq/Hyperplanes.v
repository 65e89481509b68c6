(** Points off finitely many hyperplanes, and on one and off all others (THEORY.md, section 5: the regions next to one hyperplane). *)
From Coq Require Import Reals List Arith Lra Lia Psatz.
From relucert Require Import Statements Sums.
Open Scope R_scope.

(** finitely many numbers different from 0 keep their signs under small changes *)
Lemma small_change : forall m (u v : nat -> R), exists e, 0 < e /\
  forall i t, (i < m)%nat -> Rabs t < e -> (0 < u i -> 0 < u i + t * v i) /\ (u i < 0 -> u i + t * v i < 0).
Proof.
  induction m; intros u v.
  - exists 1. split; [lra|]. intros; lia.
  - destruct (IHm u v) as [e [He H]].
    destruct (Req_EM_T (u m) 0) as [Z|Z].
    + exists e. split; [exact He|]. intros i t Hi Ht. destruct (Nat.eq_dec i m) as [->|Hn]; [lra|]. apply H; [lia | exact Ht].
    + set (q := Rabs (u m) / (Rabs (v m) + 1)).
      assert (Hv : 0 < Rabs (v m) + 1) by (pose proof (Rabs_pos (v m)); lra).
      assert (Hq : 0 < q) by (apply Rdiv_lt_0_compat; [now apply Rabs_pos_lt | exact Hv]).
      exists (Rmin e q). split; [now apply Rmin_glb_lt|]. intros i t Hi Ht.
      assert (Rabs t < e) by (eapply Rlt_le_trans; [exact Ht | apply Rmin_l]).
      assert (Hb : Rabs t < q) by (eapply Rlt_le_trans; [exact Ht | apply Rmin_r]).
      destruct (Nat.eq_dec i m) as [->|Hn]; [|apply H; [lia | assumption]].
      assert (B : Rabs (t * v m) < Rabs (u m)).
      { rewrite Rabs_mult. assert (Rabs t * (Rabs (v m) + 1) < Rabs (u m)).
        { replace (Rabs (u m)) with (q * (Rabs (v m) + 1)) by (unfold q; field; lra). now apply Rmult_lt_compat_r. }
        pose proof (Rabs_pos t). nra. }
      revert B. unfold Rabs. destruct (Rcase_abs (t * v m)), (Rcase_abs (u m)); intros; split; intros; lra.
Qed.

(** the same for inner products along a direction *)
Lemma small_step : forall d m (a : nat -> vec) x v, exists e, 0 < e /\ forall i t, (i < m)%nat -> Rabs t < e ->
  (0 < dot d (a i) x -> 0 < dot d (a i) (fun k => x k + t * v k)) /\ (dot d (a i) x < 0 -> dot d (a i) (fun k => x k + t * v k) < 0).
Proof.
  intros d m a x v. destruct (small_change m (fun i => dot d (a i) x) (fun i => dot d (a i) v)) as [e [He H]].
  exists e. split; [exact He|]. intros i t Hi Ht. rewrite dot_plus_r, dot_scal_r. now apply H.
Qed.

(** near any point there is one off all hyperplanes, in the sense of moving along some direction *)
Lemma off_all : forall d m a, exists x, forall i, (i < m)%nat -> ~ zero d (a i) -> dot d (a i) x <> 0.
Proof.
  intros d m a. induction m.
  - exists (fun _ => 0). intros; lia.
  - destruct IHm as [x Hx]. destruct (Req_EM_T (dot d (a m) x) 0) as [Z|Z].
    + destruct (small_step d m a x (a m)) as [e [He H]].
      exists (fun k => x k + (e / 2) * a m k). intros i Hi Ha. destruct (Nat.eq_dec i m) as [->|Hn].
      * rewrite dot_plus_r, dot_scal_r, Z. pose proof (dot_self_pos d (a m) Ha). nra.
      * assert (Hi' : (i < m)%nat) by lia. specialize (Hx i Hi' Ha). destruct (H i (e / 2) Hi') as [P N].
        { rewrite Rabs_pos_eq; lra. }
        destruct (Rdichotomy _ _ Hx) as [L|G]; [specialize (N L) | specialize (P G)]; lra.
    + exists x. intros i Hi Ha. destruct (Nat.eq_dec i m) as [->|Hn]; [exact Z|]. apply Hx; [lia | exact Ha].
Qed.

(** the same near a given point y *)
Lemma off_all_near : forall d m a y r, 0 < r -> exists x, (forall k, (k < d)%nat -> Rabs (x k - y k) <= r) /\
  forall i, (i < m)%nat -> ~ zero d (a i) -> dot d (a i) x <> 0.
Proof.
  intros d m a y r Hr. destruct (off_all d m a) as [z Hz].
  destruct (small_step d m a y z) as [e [He H]].
  set (t := Rmin (e / 2) (r / (top d z + 1))).
  pose proof (top_nonneg d z) as Tz.
  assert (Ht : 0 < t) by (apply Rmin_glb_lt; [lra | apply Rdiv_lt_0_compat; lra]).
  assert (Ht1 : t <= e / 2) by apply Rmin_l.
  assert (Ht2 : t * (top d z + 1) <= r).
  { replace r with (r / (top d z + 1) * (top d z + 1)) by (field; lra). apply Rmult_le_compat_r; [lra | apply Rmin_r]. }
  exists (fun k => y k + t * z k). split.
  - intros k Hk. replace (y k + t * z k - y k) with (t * z k) by ring. rewrite Rabs_mult, (Rabs_pos_eq t) by lra.
    pose proof (top_upper d z k Hk). nra.
  - intros i Hi Ha. destruct (Rtotal_order (dot d (a i) y) 0) as [L|[E|G]].
    + destruct (H i t Hi) as [_ N]; [rewrite Rabs_pos_eq; lra|]. specialize (N L). lra.
    + rewrite dot_plus_r, dot_scal_r, E. specialize (Hz i Hi Ha). intros Q. apply Hz. nra.
    + destruct (H i t Hi) as [P _]; [rewrite Rabs_pos_eq; lra|]. specialize (P G). lra.
Qed.

(** a point on the hyperplane of n and off all others: project one off the projected normals *)
Lemma on_one_off_all : forall d m n a, ~ zero d n -> exists x, dot d n x = 0 /\
  forall i, (i < m)%nat -> ~ (exists l, multiple d l n (a i)) -> dot d (a i) x <> 0.
Proof.
  intros d m n a Hn. pose proof (dot_self_pos d n Hn) as Nn.
  set (b := fun i k => a i k - ratio d n (a i) * n k).
  destruct (off_all d m b) as [y Hy].
  exists (fun k => y k - ratio d n y * n k). split.
  - rewrite dot_minus_r, dot_scal_r. unfold ratio. rewrite (dot_comm d y n). field. lra.
  - intros i Hi Ha. rewrite dot_minus_r, dot_scal_r.
    assert (Hb : ~ zero d (b i)).
    { intros Z. apply Ha. exists (ratio d n (a i)). intros k Hk. specialize (Z k Hk). unfold b in Z. lra. }
    specialize (Hy i Hi Hb). unfold b in Hy. rewrite dot_minus_l, dot_scal_l in Hy. unfold ratio in *.
    intros E. apply Hy. rewrite <- E, (dot_comm d y n). field. lra.
Qed.
