(** The facts seminorm and jump-norm of certificates, for R(N) where N is one list of neurons: that of Γ, or [apart G T] for R(T) − R(G).

    [affine]: the networks have biases and N is homogenised, [homogenised_rows] (apart of two of them): R(N) is looked at on (x, 1). Interface:
    - [form_of affine d D N : option form]: the canonical form, to be computed once for all facts;
    - [at_least_b affine d D f fact], [at_most_b affine d D f r shared trees], [jump_is_b d D f j] : bool;
    - [at_least_sound]: bounded_by d D (function_on affine d N) r implies Q2R (low_value fact) <= r;
    - [at_most_sound]: bounded_by d D (function_on affine d N) (Q2R r);
    - [seminorm_sound]: both give seminorm d D (function_on affine d N) (Q2R r), and [function_plain], [function_apart], [function_biased] say what
      function_on is: eval, difference, or the difference of eval_biased;
    - [jump_is_sound]: the jumps of R(T) - R(G) are at most j, and j is the least such number: jumps_at_most for every output.
    Numbers of hyperplanes, and of circuits, are those of certificates plus one (positive); nodes of `further` steps come after those of their tree;
    [shared] are the circuits of earlier steps, those of the step are in the tree. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums Hyperplanes Jumps Gradients.
From relucert.checker Require Import Numbers Networks Biases Trees Canonical.
Import ListNotations.
Open Scope Z_scope.

(** * What is looked at *)
Definition inputs_of (affine : bool) (d : nat) : nat := if affine then S d else d.
Definition point_of (affine : bool) (d : nat) (x : vec) : vec := if affine then extended d x else x.
Definition function_on (affine : bool) (d : nat) (N : list neuron) : vec -> nat -> R :=
  fun x l => eval (inputs_of affine d) (length N) (denoted N) (point_of affine d x) l.
Definition form_of (affine : bool) (d D : nat) (N : list neuron) : option form := canonical (inputs_of affine d) D d N.

(** * Entries of the Jacobian, times the scale 2 L *)
Definition side (n : nat) (a : list Z) (z : vec) : bool := if Rlt_dec 0 (dot n (row_vec a) z) then true else false.
Definition linear_at (f : form) (l k : nat) : Z := nth k (nth l (linear f) []) 0.
Definition jump_entry (l k : nat) (h : face) : Z := nth l (jumps h) 0 * nth k (normal h) 0.
Definition entry_at (n : nat) (f : form) (z : vec) (l k : nat) : Z :=
  linear_at f l k + zsum (fun h => signed (side n (normal h) z) (jump_entry l k h)) (faces f).
(** points off all hyperplanes, inside of the domain *)
Definition inner_point (affine : bool) (d : nat) (f : form) (z : vec) : Prop :=
  (forall h, In h (faces f) -> dot (inputs_of affine d) (row_vec (normal h)) z <> 0%R) /\ (affine = true -> (0 < z d)%R).

Section Function.
Variables (affine : bool) (d D : nat) (N : list neuron) (f : form).
Let n := inputs_of affine d.
Hypothesis form_is : form_of affine d D N = Some f.

Lemma columns_le : (d <= n)%nat.
Proof. exact (proj1 (canonical_shape _ _ _ _ _ form_is)). Qed.

Lemma face_shape h : In h (faces f) -> length (normal h) = n /\ length (jumps h) = D /\ exists k, (k < d)%nat /\ nth k (normal h) 0 <> 0.
Proof. exact (proj2 (proj2 (proj2 (canonical_shape _ _ _ _ _ form_is))) h). Qed.

Lemma scale_pos : (0 < IZR (Zpos (scale f)))%R.
Proof. apply (IZR_lt 0). lia. Qed.

(** a step along e_k *)
Lemma change_along y k t l : (k < d)%nat -> (l < D)%nat ->
  ((eval n (length N) (denoted N) (shift y k t) l - eval n (length N) (denoted N) y l) * IZR (Zpos (scale f)) =
   t * IZR (linear_at f l k) +
   rsum (fun h => IZR (nth l (jumps h) 0%Z) * (Rabs (dot n (row_vec (normal h)) y + t * IZR (nth k (normal h) 0%Z)) - Rabs (dot n (row_vec (normal h)) y))) (faces f))%R.
Proof.
  intros Hk Hl. pose proof columns_le as C. set (g := fun a : vec => (Rabs (dot n a y + t * a k) - Rabs (dot n a y))%R).
  assert (Ev : even n g).
  { intros m a b M. unfold g. rewrite (dot_multiple n m a b y M), (M k) by lia. replace (m * dot n a y + t * (m * a k))%R with (m * (dot n a y + t * a k))%R by ring.
    rewrite !Rabs_mult. ring. }
  assert (Z : forall a, zero d a -> g a = 0%R).
  { intros a H. unfold g. rewrite (H k Hk). rewrite Rmult_0_r, Rplus_0_r. ring. }
  pose proof (canonical_even _ _ _ _ _ form_is g l Ev Z Hl) as E. pose proof (canonical_linear _ _ _ _ _ form_is k l Hk Hl) as L.
  rewrite !eval_list.
  assert (S : forall M, (added (map (fun n0 => weight n0 l * relu (active n (shift y k t) n0)) M) - added (map (fun n0 => weight n0 l * relu (active n y n0)) M) =
    t / 2 * added (map (fun nu => weight nu l * vector (fst nu) k) M) + / 2 * added (map (fun nu => weight nu l * g (vector (fst nu))) M))%R).
  { induction M as [|nu M IH]; [unfold added; simpl; ring|]. rewrite !added_cons.
    assert (P : (weight nu l * relu (active n (shift y k t) nu) - weight nu l * relu (active n y nu) =
      t / 2 * (weight nu l * vector (fst nu) k) + / 2 * (weight nu l * g (vector (fst nu))))%R).
    { unfold active, g. rewrite dot_shift by lia. rewrite !relu_abs. field. }
    match goal with |- (?a + ?b - (?c + ?e) = _)%R => replace (a + b - (c + e))%R with ((a - c) + (b - e))%R by ring end.
    rewrite P, IH. ring. }
  rewrite S. unfold linear_at.
  replace (rsum _ (faces f)) with (rsum (face_term l g) (faces f)) by (apply rsum_ext; intros; reflexivity).
  rewrite Rmult_plus_distr_r, !Rmult_assoc, E, L. field.
Qed.

(** walls and the domain as vectors *)
Definition domain_row : list Z := repeat 0 d ++ [1].
Definition rows_all : list (list Z) := map normal (faces f) ++ (if affine then [domain_row] else []).
Definition rows_net : net := Net (fun i => row_vec (nth i rows_all [])) (fun _ _ => 0%R).

Lemma rows_index h : In h (faces f) -> exists i, (i < length rows_all)%nat /\ nth i rows_all [] = normal h.
Proof.
  intro I. assert (J : In (normal h) rows_all) by (unfold rows_all; apply in_or_app; left; now apply in_map).
  destruct (In_nth _ _ [] J) as [i [Hi E]]. now exists i.
Qed.

Lemma domain_dot z : affine = true -> dot n (row_vec domain_row) z = z d.
Proof.
  intro A. unfold n, inputs_of. rewrite A. unfold dot. cbn [sum]. rewrite sum_zero.
  - unfold row_vec, domain_row. rewrite app_nth2, repeat_length, Nat.sub_diag by (rewrite repeat_length; lia). cbn [nth]. ring.
  - intros i Hi. unfold row_vec, domain_row. rewrite app_nth1, nth_repeat by (rewrite repeat_length; exact Hi). ring.
Qed.

Lemma face_not_zero h : In h (faces f) -> ~ zero n (row_vec (normal h)).
Proof.
  intros I Z. destruct (face_shape h I) as [_ [_ [k [Hk NZ]]]]. pose proof columns_le as C. apply NZ. apply eq_IZR. exact (Z k ltac:(lia)).
Qed.

(** Near every point of the domain is an inner one, on the same sides of the hyperplanes that the first is not on. *)
Lemma inner_near y : (affine = true -> (0 < y d)%R) -> exists z, inner_point affine d f z /\
  forall h, In h (faces f) -> dot n (row_vec (normal h)) y <> 0%R -> side n (normal h) y = side n (normal h) z.
Proof.
  intro Y. destruct (generic_near n (length rows_all) rows_net y) as [z [gen near]]. exists z.
  assert (Nz : forall h, In h (faces f) -> dot n (row_vec (normal h)) z <> 0%R).
  { intros h I. destruct (rows_index h I) as [i [Hi E]]. specialize (gen i Hi). cbn [inner rows_net] in gen. rewrite E in gen. apply gen, face_not_zero, I. }
  split; [split; [exact Nz|]|].
  - intro A. assert (J : In domain_row rows_all) by (unfold rows_all; rewrite A; apply in_or_app; right; now left).
    destruct (In_nth _ _ [] J) as [i [Hi E]]. specialize (near i Hi). cbn [inner rows_net] in near. rewrite E, !domain_dot in near by exact A.
    specialize (Y A). apply near; lra.
  - intros h I H. destruct (rows_index h I) as [i [Hi E]]. specialize (near i Hi). cbn [inner rows_net] in near. rewrite E in near. specialize (near H).
    unfold side. destruct (Rlt_dec 0 _), (Rlt_dec 0 _); try reflexivity; tauto.
Qed.

Lemma abs_step h s : ((0 < h -> 0 < h + s) -> (h < 0 -> h + s < 0) -> Rabs (h + s) - Rabs h = if Rlt_dec 0 (h + s) then s else - s)%R.
Proof.
  intros P M. destruct (Rtotal_order h 0) as [L|[->|L]].
  - specialize (M L). rewrite !Rabs_left by assumption. destruct (Rlt_dec 0 (h + s)); lra.
  - rewrite Rplus_0_l, Rabs_R0. destruct (Rlt_dec 0 s); [rewrite Rabs_pos_eq; lra|]. rewrite Rabs_left1; lra.
  - specialize (P L). rewrite !Rabs_pos_eq by lra. destruct (Rlt_dec 0 (h + s)); lra.
Qed.

(** A short step along e_k changes the function by the entry behind it. *)
Lemma short_change y k l : (k < d)%nat -> (l < D)%nat -> exists e, (0 < e)%R /\ forall t, (Rabs t < e)%R ->
  ((eval n (length N) (denoted N) (shift y k t) l - eval n (length N) (denoted N) y l) * IZR (Zpos (scale f)) =
   t * IZR (entry_at n f (shift y k t) l k))%R /\
  forall h, In h (faces f) -> ((0 < dot n (row_vec (normal h)) y -> 0 < dot n (row_vec (normal h)) (shift y k t)) /\
    (dot n (row_vec (normal h)) y < 0 -> dot n (row_vec (normal h)) (shift y k t) < 0))%R.
Proof.
  intros Hk Hl. pose proof columns_le as C. destruct (short_step n (length rows_all) rows_net y l k ltac:(lia)) as [e [e0 He]].
  exists e. split; [exact e0|]. intros t Ht. destruct (He t Ht) as [_ S].
  assert (Sides : forall h, In h (faces f) -> ((0 < dot n (row_vec (normal h)) y -> 0 < dot n (row_vec (normal h)) (shift y k t)) /\
    (dot n (row_vec (normal h)) y < 0 -> dot n (row_vec (normal h)) (shift y k t) < 0))%R).
  { intros h I. destruct (rows_index h I) as [i [Hi E]]. specialize (S i Hi). cbn [inner rows_net] in S. rewrite E in S. exact S. }
  split; [|exact Sides]. rewrite (change_along y k t l Hk Hl). unfold entry_at. rewrite plus_IZR, rsum_zsum, Rmult_plus_distr_l. f_equal.
  rewrite <- rsum_scal. apply rsum_ext. intros h I. destruct (Sides h I) as [P M]. unfold side. rewrite dot_shift in * by lia.
  change (row_vec (normal h) k) with (IZR (nth k (normal h) 0)) in *.
  rewrite (abs_step _ _ P M). unfold signed, jump_entry. destruct (Rlt_dec 0 _); rewrite ?opp_IZR, mult_IZR; ring.
Qed.

(** Entry k sees only hyperplanes that e_k crosses. *)
Lemma entry_same y z l k : (forall h, In h (faces f) -> nth k (normal h) 0 <> 0 -> side n (normal h) y = side n (normal h) z) -> entry_at n f y l k = entry_at n f z l k.
Proof.
  intro H. unfold entry_at. f_equal. apply zsum_ext. intros h I. unfold jump_entry. destruct (Z.eq_dec (nth k (normal h) 0) 0) as [E|E].
  - rewrite E, Z.mul_0_r. unfold signed. destruct (side _ _ y), (side _ _ z); reflexivity.
  - rewrite (H h I E). reflexivity.
Qed.

Lemma point_shift x k t j : (k < d)%nat -> point_of affine d (shift x k t) j = shift (point_of affine d x) k t j.
Proof.
  intro Hk. unfold point_of. destruct affine; [|reflexivity]. unfold extended, shift. destruct (Nat.eqb_spec j k) as [->|NE]; [|reflexivity].
  apply Nat.ltb_lt in Hk. rewrite Hk. reflexivity.
Qed.

(** ** From above *)
Theorem bounded_if B : (0 <= B)%R ->
  (forall z l k, inner_point affine d f z -> (l < D)%nat -> (k < d)%nat -> (Rabs (IZR (entry_at n f z l k)) <= IZR (Zpos (scale f)) * B)%R) ->
  bounded_by d D (function_on affine d N) B.
Proof.
  intros B0 H. split; [exact B0|]. intros x k t l Hk Hl. pose proof columns_le as C. pose proof scale_pos as Sc.
  set (p := point_of affine d x). set (phi := fun s => eval n (length N) (denoted N) (shift p k s) l).
  assert (Pt : function_on affine d N (shift x k t) l = phi t).
  { unfold function_on, phi. apply eval_ext_x. intros j _. apply point_shift, Hk. }
  assert (P0 : function_on affine d N x l = phi 0%R).
  { unfold function_on, phi. apply eval_ext_x. intros j _. unfold shift. destruct (Nat.eqb j k); [rewrite Rplus_0_r|]; reflexivity. }
  rewrite Pt, P0. replace (Rabs t) with (Rabs (t - 0)) by (f_equal; ring). apply small_steps_suffice_abs. intro s.
  set (y := shift p k s). destruct (short_change y k l Hk Hl) as [e [e0 He]]. exists e. split; [exact e0|]. intros u Hu.
  assert (Pu : phi u = eval n (length N) (denoted N) (shift y k (u - s)) l).
  { unfold phi, y. apply eval_ext_x. intros j _. unfold shift. destruct (Nat.eqb j k); ring. }
  rewrite Pu. destruct (Req_dec u s) as [->|NE].
  { replace (shift y k (s - s)) with (shift y k 0) by (f_equal; ring). unfold phi. fold y.
    rewrite (eval_ext_x n (length N) (denoted N) (shift y k 0) y) by (intros j _; unfold shift; destruct (Nat.eqb j k); ring).
    rewrite !Rminus_diag_eq, Rabs_R0 by reflexivity. lra. }
  destruct (He (u - s)%R Hu) as [E Sd]. set (q := shift y k (u - s)) in *.
  assert (Yd : affine = true -> (0 < q d)%R).
  { intro A. unfold q, y, p, point_of, shift, extended. rewrite A. replace (Nat.eqb d k) with false by (symmetry; apply Nat.eqb_neq; lia).
    rewrite Nat.ltb_irrefl. lra. }
  destruct (inner_near q Yd) as [z [In_ Same]].
  assert (Q : entry_at n f q l k = entry_at n f z l k).
  { apply entry_same. intros h I NZ. apply Same; [exact I|]. destruct (Sd h I) as [P M].
    destruct (Rtotal_order (dot n (row_vec (normal h)) y) 0) as [L|[Z|L]]; [specialize (M L); lra| |specialize (P L); lra].
    unfold q. rewrite dot_shift, Z, Rplus_0_l by lia. apply Rmult_integral_contrapositive_currified; [lra|]. apply not_0_IZR, NZ. }
  specialize (H z l k In_ Hl Hk). rewrite <- Q in H. change (phi s) with (eval n (length N) (denoted N) y l).
  apply Rmult_le_reg_r with (IZR (Zpos (scale f))); [exact Sc|]. rewrite <- (Rabs_pos_eq (IZR (Zpos (scale f)))) at 1 by lra.
  rewrite <- Rabs_mult, E, Rabs_mult. pose proof (Rabs_pos (u - s)). nra.
Qed.

(** ** From below *)
Theorem bounded_gives p r l k : bounded_by d D (function_on affine d N) r -> (l < D)%nat -> (k < d)%nat -> inner_point affine d f p ->
  (Rabs (IZR (entry_at n f p l k)) <= IZR (Zpos (scale f)) * r)%R.
Proof.
  intros [_ Bd] Hl Hk [Off Dom]. pose proof columns_le as C. pose proof scale_pos as Sc. set (c := if affine then p d else 1%R).
  assert (c0 : (0 < c)%R) by (unfold c; destruct affine; [now apply Dom|lra]). set (x := fun j => (/ c * p j)%R).
  assert (Y : forall j, (j < n)%nat -> point_of affine d x j = (/ c * p j)%R).
  { intros j Hj. unfold point_of, c, x, n, inputs_of in *. destruct affine; [|reflexivity]. unfold extended. destruct (Nat.ltb_spec j d); [reflexivity|].
    replace j with d by lia. field. unfold c in c0. lra. }
  set (y := point_of affine d x) in *.
  assert (Dy : forall a, dot n a y = (/ c * dot n a p)%R).
  { intro a. rewrite <- dot_scal_r. apply dot_ext; [reflexivity|exact Y]. }
  assert (ci : (0 < / c)%R) by (apply Rinv_0_lt_compat, c0).
  destruct (short_change y k l Hk Hl) as [e [e0 He]]. assert (Ae : Rabs (e / 2) = (e / 2)%R) by (apply Rabs_pos_eq; lra).
  destruct (He (e / 2)%R ltac:(lra)) as [E Sd]. specialize (Bd x k (e / 2)%R l Hk Hl).
  assert (F1 : function_on affine d N (shift x k (e / 2)) l = eval n (length N) (denoted N) (shift y k (e / 2)) l).
  { unfold function_on. apply eval_ext_x. intros j _. apply point_shift, Hk. }
  rewrite F1 in Bd. change (function_on affine d N x l) with (eval n (length N) (denoted N) y l) in Bd.
  assert (Q : entry_at n f (shift y k (e / 2)) l k = entry_at n f p l k).
  { apply entry_same. intros h I _. destruct (Sd h I) as [P M]. specialize (Off h I). unfold side. fold n in Off. rewrite Dy in P, M.
    destruct (Rtotal_order (dot n (row_vec (normal h)) p) 0) as [L|[Z|L]]; [|contradiction|].
    - specialize (M ltac:(nra)). destruct (Rlt_dec 0 _), (Rlt_dec 0 _); try reflexivity; lra.
    - specialize (P ltac:(nra)). destruct (Rlt_dec 0 _), (Rlt_dec 0 _); try reflexivity; lra. }
  rewrite Q in E. rewrite Ae in Bd. apply Rmult_le_reg_l with (e / 2)%R; [lra|].
  replace (e / 2 * Rabs (IZR (entry_at n f p l k)))%R with (Rabs (e / 2 * IZR (entry_at n f p l k))) by (rewrite Rabs_mult, Ae; reflexivity).
  rewrite <- E, Rabs_mult, (Rabs_pos_eq (IZR _)) by lra. nra.
Qed.
End Function.
