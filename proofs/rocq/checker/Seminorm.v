(** The fact seminorm of certificates, for R(N) where N is one list of neurons: that of Γ, or [apart G T] for R(T) − R(G). Stated.v says the same of
    networks as statements have them; that is the file to import.

    [affine]: the networks have biases and N is homogenised ([homogenised_rows], or apart of two of them); R(N) is looked at on (x, 1). Interface:
    - [form_of affine d D N : option form]: the canonical form, computed once for all facts; d inputs without the homogenising one;
    - [low]: a fact `at-least`, field by field (the signs as booleans); [upper]: a fact `at-most` ([aim] its target) with the nodes of all its `further`
      steps appended; [node], [circuit] of Trees.v as in certificates, with numbers of hyperplanes and of circuits plus one (positive), and with a
      list of multipliers for a circuit that stands in a leaf, which may be empty;
    - [at_least_b affine d D f (fact : low)], [at_most_b affine d D f (r : Q) (shared : list circuit) (trees : list upper)] : bool, where [shared]
      are the circuits of earlier `circuits` steps;
    - [at_least_b_sound]: bounded_by d D (function_on affine d N) r implies Q2R (low_value fact) <= r;
    - [at_most_b_sound]: bounded_by d D (function_on affine d N) (Q2R r);
    - [seminorm_sound]: both give seminorm d D (function_on affine d N) (Q2R r), and [function_plain], [function_apart], [function_biased],
      [function_biased_apart] say what function_on is: eval, difference, eval_biased, the difference of two. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool FMapPositive.
From relucert Require Import Statements Sums Hyperplanes Jumps Gradients.
From relucert.checker Require Import Numbers Networks Biases Differences Trees Canonical.
Import ListNotations.
Open Scope Z_scope.

(** * What is looked at *)
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

Lemma scale_pos f : (0 < IZR (Zpos (scale f)))%R.
Proof. apply (IZR_lt 0). reflexivity. Qed.

(** (0, …, 0, 1), which is positive in the domain *)
Definition domain_row (d : nat) : list Z := repeat 0 d ++ [1].
Lemma domain_dot affine d z : affine = true -> dot (inputs_of affine d) (row_vec (domain_row d)) z = z d.
Proof.
  intros ->. cbn [inputs_of]. unfold dot. cbn [sum]. rewrite sum_zero.
  - unfold row_vec, domain_row. rewrite app_nth2, repeat_length, Nat.sub_diag by (rewrite repeat_length; lia). cbn [nth]. ring.
  - intros i Hi. unfold row_vec, domain_row. rewrite app_nth1, nth_repeat by (rewrite repeat_length; exact Hi). ring.
Qed.

Section Function.
Variables (affine : bool) (d D : nat) (N : list neuron) (f : form).
Let n := inputs_of affine d.
Hypothesis form_is : form_of affine d D N = Some f.

Lemma columns_le : (d <= n)%nat.
Proof. exact (proj1 (canonical_shape _ _ _ _ _ form_is)). Qed.

Lemma face_shape h : In h (faces f) -> length (normal h) = n /\ length (jumps h) = D /\ exists k, (k < d)%nat /\ nth k (normal h) 0 <> 0.
Proof. exact (proj2 (proj2 (proj2 (canonical_shape _ _ _ _ _ form_is))) h). Qed.

(** a step along e_k *)
Lemma change_along y k t l : (k < d)%nat -> (l < D)%nat ->
  ((eval n (length N) (denoted N) (shift y k t) l - eval n (length N) (denoted N) y l) * IZR (Zpos (scale f)) =
   t * IZR (linear_at f l k) +
   rsum (fun h => IZR (nth l (jumps h) 0%Z) * (Rabs (dot n (row_vec (normal h)) y + t * IZR (nth k (normal h) 0%Z)) - Rabs (dot n (row_vec (normal
     h)) y))) (faces f))%R.
Proof.
  intros Hk Hl. pose proof columns_le as C. set (g := fun a : vec => (Rabs (dot n a y + t * a k) - Rabs (dot n a y))%R).
  assert (Ev : even n g).
  { intros m a b M. unfold g. rewrite (dot_multiple n m a b y M), (M k) by lia. replace (m * dot n a y + t * (m * a k))%R with (m * (dot n a y + t *
    a k))%R by ring.
    rewrite !Rabs_mult. ring. }
  assert (Z : forall a, zero d a -> g a = 0%R).
  { intros a H. unfold g. rewrite (H k Hk). rewrite Rmult_0_r, Rplus_0_r. ring. }
  pose proof (canonical_even _ _ _ _ _ form_is g l Ev Z Hl) as E. pose proof (canonical_linear _ _ _ _ _ form_is k l Hk Hl) as L.
  rewrite !eval_list.
  assert (S : forall M, (added (map (fun n0 => weight n0 l * relu (active n (shift y k t) n0)) M) - added (map (fun n0 => weight n0 l * relu (active
    n y n0)) M) =
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
Definition rows_all : list (list Z) := map normal (faces f) ++ (if affine then [domain_row d] else []).
Definition rows_net : net := Net (fun i => row_vec (nth i rows_all [])) (fun _ _ => 0%R).

Lemma rows_index h : In h (faces f) -> exists i, (i < length rows_all)%nat /\ nth i rows_all [] = normal h.
Proof.
  intro I. assert (J : In (normal h) rows_all) by (unfold rows_all; apply in_or_app; left; now apply in_map).
  destruct (In_nth _ _ [] J) as [i [Hi E]]. now exists i.
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
  { intros h I. destruct (rows_index h I) as [i [Hi E]]. specialize (gen i Hi). cbn [inner rows_net] in gen. rewrite E in gen.
    apply gen, face_not_zero, I. }
  split; [split; [exact Nz|]|].
  - intro A. assert (J : In (domain_row d) rows_all) by (unfold rows_all; rewrite A; apply in_or_app; right; now left).
    destruct (In_nth _ _ [] J) as [i [Hi E]]. specialize (near i Hi). cbn [inner rows_net] in near. unfold n in near.
      rewrite E, !domain_dot in near by exact A.
    specialize (Y A). apply near; lra.
  - intros h I H. destruct (rows_index h I) as [i [Hi E]]. specialize (near i Hi). cbn [inner rows_net] in near. rewrite E in near.
    specialize (near H).
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
Lemma entry_same y z l k : (forall h, In h (faces f) -> nth k (normal h) 0 <> 0 -> side n (normal h) y = side n (normal h) z) ->
  entry_at n f y l k = entry_at n f z l k.
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
  intros B0 H. split; [exact B0|]. intros x k t l Hk Hl. pose proof columns_le as C. pose proof (scale_pos f) as Sc.
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
  intros [_ Bd] Hl Hk [Off Dom]. pose proof columns_le as C. pose proof (scale_pos f) as Sc. set (c := if affine then p d else 1%R).
  assert (c0 : (0 < c)%R) by (unfold c; destruct affine; [now apply Dom|lra]). set (x := fun j => (/ c * p j)%R).
  assert (Y : forall j, (j < n)%nat -> point_of affine d x j = (/ c * p j)%R).
  { intros j Hj. unfold point_of, c, x, n, inputs_of in *. destruct affine; [|reflexivity]. unfold extended.
    destruct (Nat.ltb_spec j d); [reflexivity|].
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

(** * The fact r >= value: a point with its signs, and an entry *)
Record low := Low { point : list Q; signs : list bool; low_output : nat; low_input : nat; low_value : Q }.
Fixpoint product (a b : list Z) : Z := match a, b with x :: a, y :: b => x * y + product a b | _, _ => 0 end.
(** integer coordinates of a positive multiple *)
Definition coordinates (p : list Q) : list Z := let l := common p in map (over l) p.
Fixpoint sides (p : list Z) (fs : list face) : option (list bool) :=
  match fs with
  | [] => Some []
  | h :: r => match Z.compare (product (normal h) p) 0, sides p r with
    | Gt, Some l => Some (true :: l)
    | Lt, Some l => Some (false :: l)
    | _, _ => None
    end
  end.
Fixpoint same_signs (a b : list bool) : bool :=
  match a, b with [], [] => true | x :: a, y :: b => Bool.eqb x y && same_signs a b | _, _ => false end.
Fixpoint signed_sum (l k : nat) (s : list bool) (fs : list face) : Z :=
  match s, fs with b :: s, h :: fs => signed b (jump_entry l k h) + signed_sum l k s fs | _, _ => 0 end.
(** |e| / scale = q *)
Definition is_size (f : form) (e : Z) (q : Q) : bool := Z.eqb (Z.abs e * Zpos (Qden q)) (Qnum q * Zpos (scale f)).
Definition at_least_b (affine : bool) (d D : nat) (f : form) (fact : low) : bool :=
  let p := coordinates (point fact) in
  Nat.eqb (length p) (inputs_of affine d) && Nat.ltb (low_output fact) D && Nat.ltb (low_input fact) d &&
  (negb affine || (0 <? nth d p 0)) &&
  match sides p (faces f) with
  | None => false
  | Some s => same_signs (signs fact) s &&
    is_size f (linear_at f (low_output fact) (low_input fact) + signed_sum (low_output fact) (low_input fact) s (faces f)) (low_value fact)
  end.

Lemma product_dot a p : length p = length a -> IZR (product a p) = dot (length a) (row_vec a) (row_vec p).
Proof.
  revert p. induction a as [|x a IH]; intros [|y p] L; cbn [length] in *; try lia; [reflexivity|]. cbn [product].
    rewrite plus_IZR, mult_IZR, IH by lia.
  unfold dot. rewrite sum_first. reflexivity.
Qed.

Lemma sides_sound n p fs : length p = n -> (forall h, In h fs -> length (normal h) = n) -> forall s, sides p fs = Some s -> forall l k,
  (forall h, In h fs -> dot n (row_vec (normal h)) (row_vec p) <> 0%R) /\
  signed_sum l k s fs = zsum (fun h => signed (side n (normal h) (row_vec p)) (jump_entry l k h)) fs.
Proof.
  intros L. induction fs as [|h fs IH]; intros Ls s E l k; cbn [sides] in E; [injection E as <-; split; [intros h []|reflexivity]|].
  pose proof (Ls h (or_introl eq_refl)) as Lh. pose proof (product_dot (normal h) p ltac:(lia)) as P. rewrite Lh in P.
  assert (C : exists b s', sides p fs = Some s' /\ s = b :: s' /\ dot n (row_vec (normal h)) (row_vec p) <> 0%R /\ side n (normal h) (row_vec p) = b).
  { unfold side. rewrite <- P. destruct (Z.compare_spec (product (normal h) p) 0) as [Z|Z|Z]; [discriminate| |];
      (destruct (sides p fs) as [s'|]; [|discriminate]); injection E as <-; apply IZR_lt in Z.
    - exists false, s'. repeat split; [lra|]. destruct (Rlt_dec 0 _); [lra|reflexivity].
    - exists true, s'. repeat split; [lra|]. destruct (Rlt_dec 0 _); [reflexivity|lra]. }
  destruct C as [b [s' [Es [-> [NZ Sd]]]]]. destruct (IH (fun g I => Ls g (or_intror I)) s' Es l k) as [A B]. split.
  - intros g [<-|I]; [exact NZ|exact (A g I)].
  - cbn [signed_sum zsum]. rewrite B, Sd. reflexivity.
Qed.

Lemma is_size_sound f e q : is_size f e q = true -> (Rabs (IZR e) = IZR (Zpos (scale f)) * Q2R q)%R.
Proof.
  unfold is_size. intro H. apply Z.eqb_eq in H. apply (f_equal IZR) in H. rewrite !mult_IZR, <- (Rabs_Zabs e) in H || rewrite !mult_IZR, abs_IZR in H.
  assert (P : (0 < IZR (Zpos (Qden q)))%R) by (apply (IZR_lt 0); lia). unfold Q2R. apply Rmult_eq_reg_r with (IZR (Zpos (Qden q))); [|lra].
  rewrite H. field. lra.
Qed.

Theorem at_least_b_sound affine d D N f fact r : form_of affine d D N = Some f -> at_least_b affine d D f fact = true ->
  bounded_by d D (function_on affine d N) r -> (Q2R (low_value fact) <= r)%R.
Proof.
  intros F H B. unfold at_least_b in H. cbv zeta in H. set (p := coordinates (point fact)) in *. rewrite !andb_true_iff, Nat.eqb_eq, !Nat.ltb_lt in H.
  destruct H as [[[[Lp Ho] Hi] Dom] H]. destruct (sides p (faces f)) as [s|] eqn:E; [|discriminate]. rewrite andb_true_iff in H. destruct H as [_ H].
  apply is_size_sound in H.
  destruct (sides_sound (inputs_of affine d) p (faces f) Lp (fun h I => proj1 (face_shape affine d D N f F h I)) s E (low_output fact) (low_input
    fact)) as [Off S].
  rewrite S in H. fold (entry_at (inputs_of affine d) f (row_vec p) (low_output fact) (low_input fact)) in H.
  assert (I : inner_point affine d f (row_vec p)).
  { split; [exact Off|]. intros ->. cbn [negb orb] in Dom. apply Z.ltb_lt in Dom. apply IZR_lt in Dom. exact Dom. }
  pose proof (bounded_gives affine d D N f F (row_vec p) r _ _ B Ho Hi I) as G. rewrite H in G. apply Rmult_le_reg_l with (IZR (Zpos (scale f)));
    [apply scale_pos|exact G].
Qed.

(** * The fact r <= bound: trees, each for all entries or for ± one of them *)
Record target := Target { output : nat; input : nat; negative : bool }.
Record upper := Upper { aim : option target; most : Q; own : list circuit; nodes : list node }.
Definition entry_row (d : nat) (h : face) : list Z := let r := firstn d (normal h) in flat_map (fun w => map (Z.mul w) r) (jumps h).
Definition turned (minus : bool) (z : Z) : Z := if minus then - z else z.
Definition walls_for (d : nat) (f : form) (aim : option target) : list wall :=
  map (fun h => Wall (normal h) (front h) (match aim with
    | None => entry_row d h
    | Some t => [turned (negative t) (jump_entry (output t) (input t) h)]
    end)) (faces f).
Definition base_for (d : nat) (f : form) (aim : option target) : list Z :=
  match aim with None => flat_map (firstn d) (linear f) | Some t => [turned (negative t) (linear_at f (output t) (input t))] end.
Definition entries_for (d D : nat) (aim : option target) : nat := match aim with None => D * d | Some _ => 1 end.
Definition domain_wall (d entries : nat) : wall := Wall (domain_row d) 1 (repeat 0 entries).
Fixpoint number_after {A : Type} (p : positive) (l : list A) : positive := match l with [] => p | _ :: r => number_after (Pos.succ p) r end.
Definition floor_of (f : form) (q : Q) : Z := (Zpos (scale f) * Qnum q) / Zpos (Qden q).
Definition upper_b (affine : bool) (d D : nat) (f : form) (shared : list circuit) (u : upper) : bool :=
  let entries := entries_for d D (aim u) in
  let ws := walls_for d f (aim u) ++ (if affine then [domain_wall d entries] else []) in
  match dependences (inputs_of affine d) (indexed (numbered 1 ws)) (shared ++ own u) with
  | None => false
  | Some ks =>
    match aim u with None => 0 <=? Qnum (most u) | Some t => Nat.ltb (output t) D && Nat.ltb (input t) d end &&
    tree (inputs_of affine d) entries (match aim u with None => true | Some _ => false end) (floor_of f (most u)) (base_for d f (aim u)) ws
      (if affine then Some (number_after 1 (walls_for d f (aim u))) else None) ks (nodes u)
  end.
(** which tree bounds ± entry (l, k) *)
Definition shows (r : Q) (l k : nat) (minus : bool) (u : upper) : bool :=
  Qle_bool (most u) r && match aim u with None => true | Some t => Nat.eqb (output t) l && Nat.eqb (input t) k && Bool.eqb (negative t) minus end.
Definition slack_at (f : form) (l k : nat) : Z := zsum (fun h => Z.abs (jump_entry l k h)) (faces f).
(** one tree bounds it, or one of its negative where that is at least as large at the opposite point, or it is small whatever the signs *)
Definition covered (affine : bool) (f : form) (r : Q) (us : list upper) (l k : nat) : bool :=
  let limit := floor_of f r in
  let linear := linear_at f l k in
  let shown minus := existsb (shows r l k minus) us in
  let one minus := let linear := turned minus linear in
    shown minus || (negb affine && (linear <=? 0) && shown (negb minus)) || (linear + slack_at f l k <=? limit) in
  one false && one true.
Definition at_most_b (affine : bool) (d D : nat) (f : form) (r : Q) (shared : list circuit) (us : list upper) : bool :=
  (0 <=? Qnum r) && forallb (upper_b affine d D f shared) us &&
  (existsb (fun u => match aim u with None => Qle_bool (most u) r | _ => false end) us || below D (fun l => below d (fun k => covered affine f r us
    l k))).

Lemma floor_sound f e q : e <= floor_of f q -> (IZR e <= IZR (Zpos (scale f)) * Q2R q)%R.
Proof.
  unfold floor_of. intro H. assert (M : e * Zpos (Qden q) <= Zpos (scale f) * Qnum q).
  { pose proof (Z.mul_div_le (Zpos (scale f) * Qnum q) (Zpos (Qden q)) ltac:(lia)). nia. }
  apply IZR_le in M. rewrite !mult_IZR in M. assert (P : (0 < IZR (Zpos (Qden q)))%R) by (apply (IZR_lt 0); lia).
  unfold Q2R. apply Rmult_le_reg_r with (IZR (Zpos (Qden q))); [exact P|]. eapply Rle_trans; [exact M|]. right. field. lra.
Qed.

Lemma number_after_in {A} (l : list A) a : forall p, In (number_after p l, a) (numbered p (l ++ [a])).
Proof. induction l as [|b l IH]; intro p; cbn [number_after numbered app]; [now left|right; apply IH]. Qed.

Lemma zsum_numbered {A} (g : A -> Z) l : forall p, zsum (fun q => g (snd q)) (numbered p l) = zsum g l.
Proof. induction l as [|a l IH]; intro p; cbn [numbered zsum]; [reflexivity|]. cbn [snd]. now rewrite IH. Qed.

Lemma zsum_map {A B} (h : A -> B) (g : B -> Z) l : zsum g (map h l) = zsum (fun a => g (h a)) l.
Proof. induction l as [|a l IH]; cbn [map zsum]; [reflexivity|]. now rewrite IH. Qed.

Lemma zsum_app {A} (g : A -> Z) l m : zsum g (l ++ m) = zsum g l + zsum g m.
Proof. induction l as [|a l IH]; cbn [app zsum]; [reflexivity|]. lia. Qed.

Lemma flat_nth d {A} (g : A -> list Z) (da : A) : forall l, (forall a, In a l -> length (g a) = d) -> forall o k, (o < length l)%nat -> (k < d)%nat ->
  nth (o * d + k) (flat_map g l) 0 = nth k (g (nth o l da)) 0.
Proof.
  induction l as [|a l IH]; intros L o k Ho Hk; cbn [length] in Ho; [lia|]. cbn [flat_map]. pose proof (L a (or_introl eq_refl)) as La. destruct o.
  - rewrite app_nth1 by lia. reflexivity.
  - rewrite app_nth2 by (cbn; lia). replace (S o * d + k - length (g a))%nat with (o * d + k)%nat by (cbn; lia). cbn [nth]. apply IH; [|lia|exact Hk].
    intros b I. apply L. now right.
Qed.

(** the signs of the walls at a point *)
Definition signs_at (n : nat) (M : PositiveMap.t wall) (z : vec) (h : positive) : bool := match find h M with Some w => side n (line w) z | None =>
  true end.

Lemma realised affine d D f a z : inner_point affine d f z ->
  let n := inputs_of affine d in
  let ws := walls_for d f a ++ (if affine then [domain_wall d (entries_for d D a)] else []) in
  let M := indexed (numbered 1 ws) in
  realises n M (signs_at n M z) z /\ match (if affine then Some (number_after 1 (walls_for d f a)) else None) with None => True | Some h => signs_at
    n M z h = true end.
Proof.
  intros [Off Dom] n ws M. split.
  - intros h w F. unfold signs_at. rewrite F. pose proof (numbered_in _ _ _ _ (indexed_in _ _ _ F)) as I. unfold ws in I. apply in_app_or in I.
    assert (NZ : dot n (row_vec (line w)) z <> 0%R).
    { destruct I as [I|I].
      - apply in_map_iff in I. destruct I as [g [<- I]]. exact (Off g I).
      - destruct affine; [|destruct I]. destruct I as [<-|[]]. cbn [line domain_wall]. unfold n. rewrite (domain_dot true d z eq_refl).
        specialize (Dom eq_refl). lra. }
    split; [exact NZ|]. unfold side. destruct (Rlt_dec 0 _); split; intros; try assumption; try reflexivity; try discriminate. contradiction.
  - destruct affine; [|exact Logic.I].
    assert (F : find (number_after 1 (walls_for d f a)) M = Some (domain_wall d (entries_for d D a))).
    { apply indexed_find; [apply numbered_nodup|]. apply number_after_in. }
    unfold signs_at. rewrite F. unfold side. cbn [line domain_wall]. unfold n. rewrite (domain_dot true d z eq_refl). specialize (Dom eq_refl).
    destruct (Rlt_dec 0 (z d)); [reflexivity|lra].
Qed.

Section Above.
Variables (affine : bool) (d D : nat) (N : list neuron) (f : form).
Let n := inputs_of affine d.
Hypothesis form_is : form_of affine d D N = Some f.

(** what a tree bounds: the entries of the Jacobian *)
Lemma total_entry a z e : let ws := walls_for d f a ++ (if affine then [domain_wall d (entries_for d D a)] else []) in
  total_at ws (base_for d f a) (signs_at n (indexed (numbered 1 ws)) z) e = nth e (base_for d f a) 0 +
  zsum (fun h => signed (side n (normal h) z) (nth e (match a with None => entry_row d h | Some t => [turned (negative t) (jump_entry (output t)
    (input t) h)] end) 0)) (faces f).
Proof.
  intro ws. unfold total_at. f_equal.
  rewrite (zsum_ext _ (fun p => signed (side n (line (snd p)) z) (nth e (gains (snd p)) 0))).
  - rewrite (zsum_numbered (fun w => signed (side n (line w) z) (nth e (gains w) 0))). unfold ws. rewrite zsum_app. unfold walls_for.
    rewrite zsum_map. cbn [line gains].
    destruct affine; cbn [zsum]; [|lia]. cbn [gains domain_wall]. rewrite nth_repeat. unfold signed. destruct (side _ _ _); lia.
  - intros [h w] I. unfold gain_at. cbn [fst snd]. unfold signs_at. rewrite (indexed_find _ h w (numbered_nodup _ _) I). reflexivity.
Qed.

Lemma upper_sound shared u z : upper_b affine d D f shared u = true -> inner_point affine d f z -> forall l k, (l < D)%nat -> (k < d)%nat ->
  match aim u with
  | None => Z.abs (entry_at n f z l k) <= floor_of f (most u)
  | Some t => output t = l -> input t = k -> turned (negative t) (entry_at n f z l k) <= floor_of f (most u)
  end.
Proof.
  intros H I l k Hl Hk. unfold upper_b in H. cbv zeta in H. fold n in H. destruct (dependences _ _ _) as [ks|] eqn:Dp; [|discriminate].
  rewrite andb_true_iff in H. destruct H as [_ T]. destruct (realised affine d D f (aim u) z I) as [R In_].
  pose proof (tree_sound _ _ _ _ _ _ _ _ _ T (dependences_sound _ _ _ _ Dp) _ z R In_) as S. destruct (aim u) as [t|] eqn:A; cbn [entries_for] in S.
  - intros <- <-. destruct (S 0%nat ltac:(lia)) as [S1 _]. rewrite (total_entry (Some t)) in S1. cbn [base_for nth] in S1. unfold entry_at.
    unfold turned in *. destruct (negative t); [|exact S1].
    rewrite (zsum_ext _ (fun h => -1 * signed (side n (normal h) z) (jump_entry (output t) (input t) h))) in S1 by (intros; unfold signed;
      destruct (side _ _ _); lia).
    rewrite zsum_scal in S1. lia.
  - destruct (S (l * d + k)%nat ltac:(nia)) as [S1 S2]. specialize (S2 eq_refl). rewrite (total_entry None) in S1, S2.
    destruct (canonical_shape _ _ _ _ _ form_is) as [C [Ll [Lr _]]].
    assert (B : nth (l * d + k) (base_for d f None) 0 = linear_at f l k).
    { cbn [base_for]. rewrite (flat_nth d (firstn d) []) by (try lia; intros r J; rewrite firstn_length, (Lr r J); lia). unfold linear_at.
      rewrite <- (firstn_skipn d (nth l (linear f) [])) at 2. rewrite app_nth1; [reflexivity|]. rewrite firstn_length, (Lr (nth l (linear f) []));
        [lia|]. apply nth_In. lia. }
    rewrite B in S1, S2. unfold entry_at.
    rewrite (zsum_ext _ (fun h => signed (side n (normal h) z) (jump_entry l k h))) in S1, S2; [lia| |]; intros h J; f_equal;
      destruct (face_shape affine d D N f form_is h J) as [L1 [L2 _]]; unfold entry_row; cbv zeta; fold n in L1;
      rewrite (flat_nth d (fun w => map (Z.mul w) (firstn d (normal h))) 0) by (try lia; intros; rewrite map_length, firstn_length; lia);
      unfold jump_entry; rewrite (nth_indep _ 0 (nth l (jumps h) 0 * 0)) by (rewrite map_length, firstn_length; lia); rewrite map_nth; f_equal;
      rewrite <- (firstn_skipn d (normal h)) at 2; rewrite app_nth1; [reflexivity|rewrite firstn_length; lia|reflexivity|rewrite firstn_length; lia].
Qed.

Lemma slack_bounds z l k minus : turned minus (entry_at n f z l k) <= turned minus (linear_at f l k) + slack_at f l k.
Proof.
  unfold entry_at, slack_at. assert (A : forall c, c = 1 \/ c = -1 -> c * zsum (fun h => signed (side n (normal h) z) (jump_entry l k h)) (faces f) <=
    zsum (fun h => Z.abs (jump_entry l k h)) (faces f)).
  { intros c Hc. rewrite <- zsum_scal. apply zsum_le. intros h _. unfold signed. destruct (side _ _ _), Hc as [-> | ->]; lia. }
  pose proof (A 1 (or_introl eq_refl)). pose proof (A (-1) (or_intror eq_refl)). unfold turned. destruct minus; lia.
Qed.

(** the opposite point *)
Lemma opposite_entry z l k : affine = false -> inner_point affine d f z ->
  inner_point affine d f (fun j => - z j)%R /\ entry_at n f (fun j => - z j)%R l k = 2 * linear_at f l k - entry_at n f z l k.
Proof.
  intros A [Off _]. split; [split|].
  - intros h I. rewrite dot_opp_r. specialize (Off h I). lra.
  - congruence.
  - unfold entry_at. rewrite (zsum_ext _ (fun h => -1 * signed (side n (normal h) z) (jump_entry l k h))); [rewrite zsum_scal; lia|].
    intros h I. specialize (Off h I). unfold side. rewrite dot_opp_r. fold n in Off. unfold signed. destruct (Rlt_dec 0 _), (Rlt_dec 0 _); try lia;
      lra.
Qed.

Lemma shown_sound r us shared z l k minus : forallb (upper_b affine d D f shared) us = true -> existsb (shows r l k minus) us = true ->
  inner_point affine d f z -> (l < D)%nat -> (k < d)%nat -> (IZR (turned minus (entry_at n f z l k)) <= IZR (Zpos (scale f)) * Q2R r)%R.
Proof.
  intros Us E I Hl Hk. apply existsb_exists in E. destruct E as [u [J S]]. rewrite forallb_forall in Us.
    pose proof (upper_sound shared u z (Us u J) I l k Hl Hk) as B.
  unfold shows in S. rewrite andb_true_iff in S. destruct S as [Le S]. apply Qle_bool_R in Le. pose proof (scale_pos f) as Sc.
  apply Rle_trans with (IZR (Zpos (scale f)) * Q2R (most u))%R; [|nra]. apply floor_sound. destruct (aim u) as [t|].
  - rewrite !andb_true_iff, !Nat.eqb_eq in S. destruct S as [[S1 S2] S3]. apply eqb_prop in S3. rewrite <- S3. exact (B S1 S2).
  - unfold turned. destruct minus; lia.
Qed.

Theorem bounded_by_trees r shared us : at_most_b affine d D f r shared us = true -> bounded_by d D (function_on affine d N) (Q2R r).
Proof.
  unfold at_most_b. rewrite !andb_true_iff, orb_true_iff. intros [[R0 Us] Cov]. apply (bounded_if affine d D N f form_is).
  - apply Z.leb_le in R0. unfold Q2R. apply IZR_le in R0. assert (P : (0 < / IZR (Zpos (Qden r)))%R) by (apply Rinv_0_lt_compat, (IZR_lt 0); lia).
    nra.
  - intros z l k I Hl Hk. fold n.
    assert (Both : forall minus, (IZR (turned minus (entry_at n f z l k)) <= IZR (Zpos (scale f)) * Q2R r)%R).
    { intro minus. destruct Cov as [Cov|Cov].
      - apply existsb_exists in Cov. destruct Cov as [u [J A]]. apply (shown_sound r us shared z l k minus Us); try assumption.
        apply existsb_exists. exists u. split; [exact J|].
        unfold shows. destruct (aim u); [discriminate|]. rewrite A. reflexivity.
      - pose proof (below_sound _ _ (below_sound _ _ Cov l Hl) k Hk) as C. cbv beta in C. unfold covered in C. cbv zeta in C.
        rewrite andb_true_iff in C.
        assert (One : existsb (shows r l k minus) us || (negb affine && (turned minus (linear_at f l k) <=? 0) &&
          existsb (shows r l k (negb minus)) us)
          || (turned minus (linear_at f l k) + slack_at f l k <=? floor_of f r) = true) by (destruct minus; [exact (proj2 C)|exact (proj1 C)]).
        rewrite !orb_true_iff in One. destruct One as [[S|S]|S].
        + exact (shown_sound r us shared z l k minus Us S I Hl Hk).
        + rewrite !andb_true_iff, negb_true_iff in S. destruct S as [[A L] S]. apply Z.leb_le in L. destruct (opposite_entry z l k A I) as [I' E].
          pose proof (shown_sound r us shared _ l k (negb minus) Us S I' Hl Hk) as B. eapply Rle_trans; [|exact B]. apply IZR_le. rewrite E.
            unfold turned in *. destruct minus; cbn [negb]; lia.
        + apply Z.leb_le in S. apply floor_sound. pose proof (slack_bounds z l k minus). lia. }
    pose proof (Both false) as B1. pose proof (Both true) as B2. unfold turned in B1, B2. rewrite opp_IZR in B2. apply Rabs_le. lra.
Qed.
End Above.

Theorem at_most_b_sound affine d D N f r shared us : form_of affine d D N = Some f -> at_most_b affine d D f r shared us = true ->
  bounded_by d D (function_on affine d N) (Q2R r).
Proof. intros F H. exact (bounded_by_trees affine d D N f F r shared us H). Qed.

(** Both bounds meet. *)
Theorem seminorm_sound affine d D N f r fact shared us : form_of affine d D N = Some f -> at_least_b affine d D f fact = true -> low_value fact = r ->
  at_most_b affine d D f r shared us = true -> seminorm d D (function_on affine d N) (Q2R r).
Proof.
  intros F L <- U. split; [exact (at_most_b_sound _ _ _ _ _ _ _ _ F U)|]. intros r' B. exact (at_least_b_sound _ _ _ _ _ _ _ F L B).
Qed.
