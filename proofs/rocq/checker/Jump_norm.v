(** The fact jump-norm of certificates: the largest entry of a jump of the gradient of R(N), and that it is attained. Without biases.

    Interface, for N = [apart G T] or N = G, and f with form_of false d D N = Some f:
    - [jump_is_b D f j] : bool;
    - [jump_is_sound]: the jumps of R(N) are within j, and j is the least such number. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums Hyperplanes Jumps.
From relucert.checker Require Import Numbers Networks Biases Differences Jump_bounds Trees Canonical Seminorm.
Import ListNotations.
Open Scope Z_scope.

Fixpoint some_minor (x y : Z) (a b : list Z) : bool :=
  match a, b with u :: a, v :: b => if Z.eqb (u * y) (x * v) then some_minor x y a b else true | _, _ => false end.
Fixpoint crossing (a b : list Z) : bool :=
  match a, b with x :: a, y :: b => if Z.eqb x 0 && Z.eqb y 0 then crossing a b else some_minor x y a b | _, _ => false end.
Fixpoint all_crossing (fs : list face) : bool :=
  match fs with [] => true | h :: r => forallb (fun g => crossing (normal h) (normal g)) r && all_crossing r end.
Fixpoint largest (a : list Z) : Z := match a with [] => 0 | x :: r => Z.max (Z.abs x) (largest r) end.
Definition size_of (h : face) : Z := largest (jumps h) * largest (normal h).
Definition jump_is_b (f : form) (j : Q) : bool :=
  let m := fold_right (fun h => Z.max (size_of h)) 0 (faces f) in
  all_crossing (faces f) && Z.eqb (2 * m * Zpos (Qden j)) (Qnum j * Zpos (scale f)).

Lemma some_minor_sound x y a : forall b, some_minor x y a b = true -> exists k, nth k a 0 * y <> x * nth k b 0.
Proof.
  induction a as [|u a IH]; intros [|v b] H; cbn [some_minor] in H; try discriminate.
  destruct (Z.eqb_spec (u * y) (x * v)) as [_|E]; [|exists 0%nat; exact E]. destruct (IH b H) as [k K]. exists (S k). exact K.
Qed.

Lemma crossing_sound a : forall b, crossing a b = true -> exists i k, nth k a 0 * nth i b 0 <> nth i a 0 * nth k b 0.
Proof.
  induction a as [|x a IH]; intros [|y b] H; cbn [crossing] in H; try discriminate. destruct (Z.eqb x 0 && Z.eqb y 0).
  - destruct (IH b H) as [i [k K]]. exists (S i), (S k). exact K.
  - destruct (some_minor_sound x y a b H) as [k K]. exists 0%nat, (S k). exact K.
Qed.

(** crossing normals are no multiples of one vector *)
Lemma crossing_apart d n a b mu nu : length a = d -> length b = d -> crossing a b = true ->
  multiple d mu n (row_vec a) -> multiple d nu n (row_vec b) -> False.
Proof.
  intros La Lb C A B. destruct (crossing_sound a b C) as [i [k K]]. apply K.
  destruct (Nat.lt_ge_cases i d) as [Hi|Hi]; [|rewrite (nth_overflow b (n:=i)), (nth_overflow a (n:=i)) by lia; ring].
  destruct (Nat.lt_ge_cases k d) as [Hk|Hk]; [|rewrite (nth_overflow a (n:=k)), (nth_overflow b (n:=k)) by lia; ring].
  apply eq_IZR. rewrite !mult_IZR. pose proof (A i Hi). pose proof (A k Hk). pose proof (B i Hi). pose proof (B k Hk). unfold row_vec in *.
  rewrite H, H0, H1, H2. ring.
Qed.

Lemma largest_nonneg a : 0 <= largest a.
Proof. induction a; simpl; lia. Qed.

Lemma largest_upper a : forall k, Z.abs (nth k a 0) <= largest a.
Proof. induction a as [|x a IH]; intros [|k]; cbn [nth largest]; try lia. specialize (IH k). lia. Qed.

Lemma largest_attained a : a <> [] -> exists k, (k < length a)%nat /\ largest a = Z.abs (nth k a 0).
Proof.
  induction a as [|x a IH]; intro NE; [contradiction|]. cbn [largest length]. destruct a as [|y a].
  - exists 0%nat. cbn [nth largest length]. split; lia.
  - destruct (IH ltac:(discriminate)) as [k [Hk E]]. destruct (Z.le_gt_cases (largest (y :: a)) (Z.abs x)) as [L|L].
    + exists 0%nat. split; [lia|]. change (nth 0 (x :: y :: a) 0) with x. lia.
    + exists (S k). split; [lia|]. change (nth (S k) (x :: y :: a) 0) with (nth k (y :: a) 0). lia.
Qed.

Lemma largest_top a d : length a = d -> (0 < d)%nat -> top d (row_vec a) = IZR (largest a).
Proof.
  intros L P. apply Rle_antisym.
  - apply top_le; [apply (IZR_le 0), largest_nonneg|]. intros k _. unfold row_vec. rewrite <- abs_IZR. apply IZR_le, largest_upper.
  - destruct (largest_attained a) as [k [Hk E]]; [destruct a; [simpl in L; lia|discriminate]|]. rewrite E, abs_IZR.
    apply (top_upper d (row_vec a)). lia.
Qed.

Lemma even_jump_term d n : ~ zero d n -> even d (jump_term d n).
Proof.
  intros NZ l a b M. destruct (Req_dec l 0) as [->|L].
  - rewrite Rabs_R0, Rmult_0_l. apply jump_term_zero; [exact NZ|]. intros k Hk. rewrite (M k Hk). ring.
  - unfold jump_term at 2. destruct (collinear_dec d n a) as [C|C].
    + rewrite (jump_term_multiple d n b (l * ratio d n a) NZ (multiple_trans d _ _ _ _ _ C M)). apply Rabs_mult.
    + rewrite Rmult_0_r. apply jump_term_none. intros m Hm. apply (C (/ l * m)%R). exact (multiple_trans d _ _ _ _ _ Hm (multiple_sym d _ _ _ L M)).
Qed.

(** at most one of the kinks is on the hyperplane of n *)
Lemma one_kink d n l fs : ~ zero d n -> (forall h, In h fs -> length (normal h) = d) -> all_crossing fs = true ->
  rsum (face_term l (jump_term d n)) fs = 0%R \/
  exists h mu, In h fs /\ multiple d mu n (row_vec (normal h)) /\ rsum (face_term l (jump_term d n)) fs = (IZR (nth l (jumps h) 0%Z) * Rabs mu)%R.
Proof.
  intros NZ. induction fs as [|h fs IH]; intros L C; [now left|]. cbn [all_crossing rsum] in *. rewrite andb_true_iff, forallb_forall in C.
    destruct C as [C1 C2].
  destruct (collinear_dec d n (row_vec (normal h))) as [M|M].
  - right. exists h, (ratio d n (row_vec (normal h))). split; [now left|split; [exact M|]].
    assert (Z : rsum (face_term l (jump_term d n)) fs = 0%R).
    { transitivity (rsum (fun _ : face => 0%R) fs); [|clear; induction fs; simpl; lra]. apply rsum_ext. intros g I. unfold face_term.
      rewrite jump_term_none; [ring|]. intros nu B. exact (crossing_apart d n _ _ _ _ (L h (or_introl eq_refl)) (L g (or_intror I)) (C1 g I) M B). }
    rewrite Z. unfold face_term. rewrite (jump_term_multiple d n _ _ NZ M). ring.
  - unfold face_term at 1 3. rewrite (jump_term_none d n _ M), Rmult_0_r, Rplus_0_l. destruct (IH (fun g I => L g (or_intror I)) C2) as [Z|[g [mu [I
    [B E]]]]]; [now left|].
    right. exists g, mu. split; [now right|split; assumption].
Qed.

(** and that of its own normal *)
Lemma own_kink d l h fs : ~ zero d (row_vec (normal h)) -> (forall g, In g fs -> length (normal g) = d) -> all_crossing fs = true -> In h fs ->
  rsum (face_term l (jump_term d (row_vec (normal h)))) fs = IZR (nth l (jumps h) 0).
Proof.
  intros NZ. induction fs as [|g fs IH]; intros L C I; [destruct I|]. cbn [all_crossing rsum] in *. rewrite andb_true_iff, forallb_forall in C.
    destruct C as [C1 C2].
  destruct I as [->|I].
  - assert (Z : rsum (face_term l (jump_term d (row_vec (normal h)))) fs = 0%R).
    { transitivity (rsum (fun _ : face => 0%R) fs); [|clear; induction fs; simpl; lra]. apply rsum_ext. intros g I. unfold face_term.
      rewrite jump_term_none; [ring|]. intros nu B.
      exact (crossing_apart d _ _ _ _ _ (L h (or_introl eq_refl)) (L g (or_intror I)) (C1 g I) (multiple_refl d _) B). }
    rewrite Z. unfold face_term. rewrite (jump_term_multiple d _ _ 1 NZ (multiple_refl d _)), Rabs_R1. ring.
  - rewrite (IH (fun k K => L k (or_intror K)) C2 I). unfold face_term. rewrite jump_term_none; [ring|]. intros nu B.
    exact (crossing_apart d _ _ _ _ _ (L g (or_introl eq_refl)) (L h (or_intror I)) (C1 h I) B (multiple_refl d _)).
Qed.

Lemma max_upper h fs : In h fs -> size_of h <= fold_right (fun h => Z.max (size_of h)) 0 fs.
Proof. induction fs as [|g fs IH]; intro I; [destruct I|]. cbn [fold_right]. destruct I as [->|I]; [lia|]. specialize (IH I). lia. Qed.

Lemma max_attained fs : fold_right (fun h => Z.max (size_of h)) 0 fs = 0 \/ exists h, In h fs /\ fold_right (fun h => Z.max (size_of h)) 0 fs =
  size_of h.
Proof.
  induction fs as [|g fs IH]; [now left|]. cbn [fold_right]. set (m := fold_right _ 0 fs) in *. destruct (Z.le_gt_cases m (size_of g)) as [L|L].
  - right. exists g. split; [now left|]. lia.
  - destruct IH as [Z|[h [I E]]]; [left; assert (0 <= size_of g) by (unfold size_of; pose proof (largest_nonneg (jumps g));
    pose proof (largest_nonneg (normal g)); nia); lia|].
    right. exists h. split; [now right|]. lia.
Qed.

(** the jump of R(N) is the sum over the kinks *)
Lemma jump_canonical d D N f n l : form_of false d D N = Some f -> ~ zero d n -> (l < D)%nat ->
  (jump d (length N) (denoted N) n l * IZR (Zpos (scale f)) = 2 * rsum (face_term l (jump_term d n)) (faces f))%R.
Proof.
  intros F NZ Hl. rewrite <- (canonical_even _ _ _ _ _ F (jump_term d n) l (even_jump_term d n NZ) (fun a Z => jump_term_zero d n a NZ Z) Hl).
    f_equal.
  unfold jump. rewrite <- (sum_neurons (fun nu => (weight nu l * jump_term d n (vector (fst nu)))%R) N). apply sum_ext. intros i _. apply Rmult_comm.
Qed.

Theorem jump_is_sound d D N f j : form_of false d D N = Some f -> jump_is_b f j = true ->
  jumps_within d D N (Q2R j) /\ forall J, (0 <= J)%R -> jumps_within d D N J -> (Q2R j <= J)%R.
Proof.
  intros F H. unfold jump_is_b in H. cbv zeta in H. rewrite andb_true_iff, Z.eqb_eq in H. destruct H as [C E].
  pose proof (scale_pos f) as Sc. set (m := fold_right _ 0 (faces f)) in *.
  assert (Jm : (Q2R j * IZR (Zpos (scale f)) = 2 * IZR m)%R).
  { apply (f_equal IZR) in E. rewrite !mult_IZR in E. assert (P : (0 < IZR (Zpos (Qden j)))%R) by (apply (IZR_lt 0); reflexivity).
    unfold Q2R. apply Rmult_eq_reg_r with (IZR (Zpos (Qden j))); [|lra]. rewrite E. field. lra. }
  assert (Sh : forall h, In h (faces f) -> length (normal h) = d /\ length (jumps h) = D /\ (0 < d)%nat).
  { intros h I. destruct (face_shape false d D N f F h I) as [A [B [k [Hk _]]]]. cbn [inputs_of] in A. repeat split; [exact A|exact B|lia]. }
  assert (Ln : forall h, In h (faces f) -> length (normal h) = d) by (intros h I; exact (proj1 (Sh h I))). split.
  - intros l n Hl NZ. apply Rmult_le_reg_r with (IZR (Zpos (scale f))); [exact Sc|]. rewrite Jm.
    replace (Rabs (jump d (length N) (denoted N) n l) * top d n * IZR (Zpos (scale f)))%R with (Rabs (jump d (length N) (denoted N) n l * IZR (Zpos
      (scale f))) * top d n)%R
      by (rewrite Rabs_mult, (Rabs_pos_eq (IZR _)) by lra; ring).
    rewrite (jump_canonical d D N f n l F NZ Hl), Rabs_mult, (Rabs_pos_eq 2) by lra. destruct (one_kink d n l (faces f) NZ Ln C) as [Z|[h [mu [I [M
      T]]]]].
    + rewrite Z, Rabs_R0. assert (0 <= m) by (destruct (max_attained (faces f)) as [A|[h [I A]]]; fold m in A; [lia|rewrite A; unfold size_of;
        pose proof (largest_nonneg (jumps h)); pose proof (largest_nonneg (normal h)); nia]). apply IZR_le in H. lra.
    + rewrite T, Rabs_mult, Rabs_Rabsolu. rewrite <- abs_IZR. destruct (Sh h I) as [L1 [L2 L3]]. pose proof (top_multiple d mu n _ M) as Tm.
      rewrite (largest_top (normal h) d L1 L3) in Tm. pose proof (max_upper h (faces f) I) as U. fold m in U. apply IZR_le in U.
        unfold size_of in U. rewrite mult_IZR in U.
      pose proof (largest_upper (jumps h) l) as V. apply IZR_le in V. pose proof (largest_nonneg (normal h)) as W. apply IZR_le in W.
      replace (2 * (IZR (Z.abs (nth l (jumps h) 0%Z)) * Rabs mu) * top d n)%R with (2 * (IZR (Z.abs (nth l (jumps h) 0%Z)) * IZR (largest (normal
        h))))%R by (rewrite Tm; ring).
      apply Rmult_le_compat_l; [lra|]. eapply Rle_trans; [|exact U]. apply Rmult_le_compat_r; assumption.
  - intros J J0 W. apply Rmult_le_reg_r with (IZR (Zpos (scale f))); [exact Sc|]. rewrite Jm. destruct (max_attained (faces f)) as [A|[h [I A]]];
    fold m in A; rewrite A; [nra|].
    destruct (Sh h I) as [L1 [L2 L3]]. destruct (jumps h) as [|w ws] eqn:Jh; [unfold size_of; rewrite Jh; cbn [largest]; rewrite Z.mul_0_l; nra|].
    destruct (largest_attained (jumps h)) as [l [Hl El]]; [rewrite Jh; discriminate|]. rewrite Jh, L2 in Hl.
    pose proof (face_not_zero false d D N f F h I) as NZ. cbn [inputs_of] in NZ. specialize (W l (row_vec (normal h)) Hl NZ).
    pose proof (jump_canonical d D N f (row_vec (normal h)) l F NZ Hl) as E1.
    rewrite (own_kink d l h (faces f) NZ Ln C I) in E1. rewrite (largest_top (normal h) d L1 L3) in W.
    assert (E2 : (IZR (size_of h) = Rabs (IZR (nth l (jumps h) 0%Z)) * IZR (largest (normal h)))%R) by (unfold size_of;
      rewrite El, mult_IZR, abs_IZR; reflexivity).
    rewrite E2. pose proof (largest_nonneg (normal h)) as P. apply IZR_le in P.
    assert (E3 : (Rabs (jump d (length N) (denoted N) (row_vec (normal h)) l) * IZR (Zpos (scale f)) = 2 * Rabs (IZR (nth l (jumps h) 0%Z)))%R).
    { rewrite <- (Rabs_pos_eq (IZR (Zpos (scale f)))) by lra. rewrite <- Rabs_mult, E1, Rabs_mult, (Rabs_pos_eq 2) by lra. reflexivity. }
    rewrite <- Rmult_assoc, <- E3. nra.
Qed.
