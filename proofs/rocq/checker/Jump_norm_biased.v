(** The jump norm of networks with biases: jumps of the gradient across the hyperplanes <n,x> + b = 0, where n is not 0; gradients have an entry
    for each input. On (x, 1) they are the jumps across (n, b). *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums Hyperplanes Jumps.
From relucert.checker Require Import Numbers Networks Biases Differences Trees Canonical Seminorm Jump_bounds Jump_norm Affine Nearest_affine Stated.
Import ListNotations.
Open Scope R_scope.

(** * What is meant *)
(** The jump of output l of R(B) across <n,x> + b = 0: off all other hyperplanes the gradient changes by kappa n there; as [jump_at] has it. *)
Definition jump_at_biased (d m : nat) (B : biased) (l : nat) (n : vec) (b kappa : R) : Prop :=
  forall x, dot d n x + b = 0 ->
    (forall i, (i < m)%nat -> ~ zero d (inner (weights B) i) ->
      (exists s, multiple d s n (inner (weights B) i) /\ bias B i = s * b) \/ dot d (inner (weights B) i) x + bias B i <> 0) ->
    exists e, 0 < e /\ forall t, 0 <= t < e ->
      eval_biased d m B (fun j => x j + t * n j) l + eval_biased d m B (fun j => x j - t * n j) l - 2 * eval_biased d m B x l
      = t * kappa * dot d n n.
(** for each output the jumps of R(T) − R(G), or of R(G), are at most J *)
Definition jumps_bounded_biased (G : network) (T : option network) (J : R) : Prop := forall l n b, (l < outputs G)%nat -> ~ zero (inputs G) n ->
  match T with
  | Some T => forall k1 k2, jump_at_biased (inputs G) (size G) (with_biases G) l n b k1 -> jump_at_biased (inputs G) (size T) (with_biases T) l n b k2 ->
    Rabs (k2 - k1) * top (inputs G) n <= J
  | None => forall k, jump_at_biased (inputs G) (size G) (with_biases G) l n b k -> Rabs k * top (inputs G) n <= J
  end.
Definition jump_norm_biased_is (G : network) (T : option network) (j : R) : Prop :=
  jumps_bounded_biased G T j /\ forall J, 0 <= J -> jumps_bounded_biased G T J -> j <= J.

(** * The jump on (x, 1) *)
Definition with_last (d : nat) (n : vec) (b : R) : vec := fun k => if Nat.ltb k d then n k else b.

Lemma with_last_before d n b k : (k < d)%nat -> with_last d n b k = n k.
Proof. intros H. unfold with_last. apply Nat.ltb_lt in H. now rewrite H. Qed.

Lemma with_last_nonzero d n b : ~ zero d n -> ~ zero d (with_last d n b).
Proof. intros N Z. apply N. intros k Hk. rewrite <- (with_last_before d n b k Hk). exact (Z k Hk). Qed.

Lemma wide_nonzero d n : ~ zero d n -> ~ zero (S d) n.
Proof. intros N Z. apply N. intros k Hk. apply Z. lia. Qed.

Lemma dot_with_last d n b x : dot (S d) (with_last d n b) (extended d x) = dot d n x + b.
Proof.
  rewrite dot_extended. unfold with_last at 2. rewrite Nat.ltb_irrefl. f_equal. apply dot_ext; [|reflexivity]. intros k Hk. exact (with_last_before d n b k Hk).
Qed.

Lemma dot_column d B i x : dot (S d) (inner (with_bias_column d B) i) (extended d x) = dot d (inner (weights B) i) x + bias B i.
Proof. exact (dot_with_last d (inner (weights B) i) (bias B i) x). Qed.

(** the sides of a hyperplane, seen on (x, 1) *)
Lemma step_extended d x n t : forall k, (k < S d)%nat -> extended d x k + t * with_last d n 0 k = extended d (fun j => x j + t * n j) k.
Proof. intros k _. unfold extended, with_last. destruct (Nat.ltb k d); ring. Qed.

Lemma second_difference_biased d m B l n b x : ~ zero d n -> dot d n x + b = 0 ->
  (forall i, (i < m)%nat -> ~ zero d (inner (weights B) i) ->
    (exists s, multiple d s n (inner (weights B) i) /\ bias B i = s * b) \/ dot d (inner (weights B) i) x + bias B i <> 0) ->
  exists e, 0 < e /\ forall t, 0 <= t < e ->
    eval_biased d m B (fun j => x j + t * n j) l + eval_biased d m B (fun j => x j - t * n j) l - 2 * eval_biased d m B x l =
    t * jump (S d) m (with_bias_column d B) (with_last d n b) l * dot d n n.
Proof.
  intros N X Off. set (C := with_bias_column d B).
  destruct (second_difference (S d) m C (with_last d n b) (extended d x) (with_last d n 0)) as [e [He H]].
  - apply wide_nonzero, with_last_nonzero, N.
  - rewrite dot_with_last. exact X.
  - intros i Hi Z. destruct (zero_dec d (inner (weights B) i)) as [Zi|Zi].
    + right. unfold C. rewrite dot_column, (dot_zero_l d _ x Zi), Rplus_0_l. intros E. apply Z. intros k Hk. unfold C. cbn [with_bias_column inner].
      destruct (Nat.ltb_spec k d) as [L|L]; [exact (Zi k L)|exact E].
    + destruct (Off i Hi Zi) as [[s [M E]]|O]; [left; exists s|right; unfold C; rewrite dot_column; exact O].
      intros k Hk. unfold C, with_last. cbn [with_bias_column inner]. destruct (Nat.ltb_spec k d) as [L|L]; [exact (M k L)|exact E].
  - exists e. split; [exact He|]. intros t Ht. specialize (H t l ltac:(rewrite Rabs_pos_eq; lra)).
    rewrite (eval_ext_x _ _ _ _ _ l (step_extended d x n t)) in H.
    rewrite (eval_ext_x _ _ _ (fun j => extended d x j - t * with_last d n 0 j) (extended d (fun j => x j - t * n j)) l) in H.
    2: { intros k Hk. unfold extended, with_last. destruct (Nat.ltb k d); ring. }
    rewrite <- !column_eval. fold C.
    assert (V : dot (S d) (with_last d n b) (with_last d n 0) = dot d n n).
    { unfold dot. cbn [sum]. unfold with_last at 3 4. rewrite Nat.ltb_irrefl, Rmult_0_r, Rplus_0_r. apply sum_ext. intros k Hk.
      now rewrite !with_last_before by exact Hk. }
    rewrite V, Rabs_pos_eq in H; [lra|]. pose proof (dot_self_pos d n N). nra.
Qed.

Lemma jump_at_biased_jump d m B l n b : ~ zero d n -> jump_at_biased d m B l n b (jump (S d) m (with_bias_column d B) (with_last d n b) l).
Proof. intros N x X Off. exact (second_difference_biased d m B l n b x N X Off). Qed.

Lemma jump_at_biased_unique d m B l n b k : ~ zero d n -> jump_at_biased d m B l n b k ->
  k = jump (S d) m (with_bias_column d B) (with_last d n b) l.
Proof.
  intros N H. destruct (point_at_one d m m (with_bias_column d B) (with_bias_column d B) (with_last d n b) (with_last_nonzero d n b N)) as [y [Y [X [O _]]]].
  assert (E : forall v, dot (S d) v y = dot (S d) v (extended d y)).
  { intros v. apply dot_ext; [reflexivity|]. intros k' Hk. unfold extended. destruct (Nat.ltb_spec k' d) as [L|L]; [reflexivity|].
    now replace k' with d by lia. }
  assert (X' : dot d n y + b = 0) by (rewrite <- (dot_with_last d n b y), <- E; exact X).
  assert (O' : forall i, (i < m)%nat -> ~ zero d (inner (weights B) i) ->
    (exists s, multiple d s n (inner (weights B) i) /\ bias B i = s * b) \/ dot d (inner (weights B) i) y + bias B i <> 0).
  { intros i Hi Z. destruct (O i Hi) as [[s M]|Q].
    - apply wide_nonzero. intros W. apply Z. intros k' Hk. specialize (W k' Hk). cbn [with_bias_column inner] in W. apply Nat.ltb_lt in Hk. now rewrite Hk in W.
    - left. exists s. split.
      + intros k' Hk. specialize (M k' ltac:(lia)). rewrite with_last_before in M by exact Hk. cbn [with_bias_column inner] in M.
        apply Nat.ltb_lt in Hk. now rewrite Hk in M.
      + specialize (M d ltac:(lia)). unfold with_last in M. cbn [with_bias_column inner] in M. now rewrite Nat.ltb_irrefl in M.
    - right. rewrite <- dot_column, <- E. exact Q. }
  destruct (H y X' O') as [e [He K]]. destruct (second_difference_biased d m B l n b y N X' O') as [e' [He' K']].
  set (t := Rmin e e' / 2). assert (T : 0 < t /\ t < e /\ t < e') by (unfold t, Rmin; destruct (Rle_dec e e'); lra).
  specialize (K t ltac:(lra)). specialize (K' t ltac:(lra)). rewrite K in K'. pose proof (dot_self_pos d n N) as P.
  assert (0 < t * dot d n n) by nra. nra.
Qed.

(** the rows of the checker, with the output bias as one more neuron, which does not bend *)
Lemma flat_jump_term d n a : ~ zero d n -> zero d a -> jump_term (S d) n a = 0.
Proof.
  intros N A. destruct (collinear_dec (S d) n a) as [C|C]; [|exact (jump_term_none (S d) n a C)].
  rewrite (jump_term_multiple (S d) n a _ (wide_nonzero d n N) C). destruct (zero_or_not d n) as [O|[k [Hk NZ]]]; [contradiction|].
  pose proof (C k ltac:(lia)) as E. rewrite (A k Hk) in E. symmetry in E. apply Rmult_integral in E. destruct E as [E|E]; [|contradiction].
  rewrite E. apply Rabs_R0.
Qed.

Lemma jump_term_ext d n a a' : (forall k, (k < d)%nat -> a k = a' k) -> ~ zero d n -> jump_term d n a = jump_term d n a'.
Proof.
  intros E N. destruct (collinear_dec d n a) as [C|C].
  - rewrite (jump_term_multiple d n a _ N C). symmetry. apply jump_term_multiple; [exact N|]. intros k Hk. rewrite <- (E k Hk). exact (C k Hk).
  - rewrite (jump_term_none d n a C). symmetry. apply jump_term_none. intros s M. apply (C s). intros k Hk. rewrite (E k Hk). exact (M k Hk).
Qed.

Lemma homogenised_jump N n l : ~ zero (inputs N) n ->
  jump (S (inputs N)) (length (homogenised_rows N)) (denoted (homogenised_rows N)) n l =
  jump (S (inputs N)) (size N) (with_bias_column (inputs N) (with_biases N)) n l.
Proof.
  intros NZ. unfold homogenised_rows. rewrite app_length, Nat.add_1_r. unfold jump. cbn [sum].
  set (const := (repeat [] (inputs N) ++ [one], first (outputs N) (output_bias_of N))).
  rewrite lengthened_length. cbn [denoted inner outer]. rewrite app_nth2 by (rewrite lengthened_length; lia).
  rewrite lengthened_length, Nat.sub_diag. cbn [nth].
  match goal with |- ?A + ?B = _ => replace B with 0 end.
  2: { symmetry. apply Rmult_eq_0_compat_r. apply flat_jump_term; [exact NZ|]. intros k Hk. exact (zeros_vector (inputs N) one k Hk). }
  rewrite Rplus_0_r. unfold size. apply sum_ext. intros i Hi. rewrite app_nth1 by (rewrite lengthened_length; exact Hi).
  rewrite (lengthened_nth _ _ _ 0 i Hi). cbn [fst snd Nat.add with_bias_column with_biases weights plain denoted inner outer]. f_equal.
  apply jump_term_ext; [|apply wide_nonzero, NZ]. intros k Hk. destruct (Nat.ltb_spec k (inputs N)) as [L|L].
  - exact (vector_extended_first _ _ _ k L).
  - replace k with (inputs N) by lia. exact (vector_extended_last _ _ _ (first_length _ _)).
Qed.

Lemma with_last_self d n : forall k, (k < S d)%nat -> with_last d n (n d) k = n k.
Proof. intros k Hk. unfold with_last. destruct (Nat.ltb_spec k d) as [L|L]; [reflexivity|]. now replace k with d by lia. Qed.

Lemma jump_ext_n d m N n n' l : (forall k, (k < d)%nat -> n k = n' k) -> ~ zero d n -> jump d m N n l = jump d m N n' l.
Proof.
  intros E Z. assert (Z' : ~ zero d n') by (intros H; apply Z; intros k Hk; rewrite (E k Hk); exact (H k Hk)).
  unfold jump. apply sum_ext. intros i _. f_equal. destruct (collinear_dec d n (inner N i)) as [C|C].
  - rewrite (jump_term_multiple d n _ _ Z C). symmetry. apply jump_term_multiple; [exact Z'|]. intros k Hk. rewrite <- (E k Hk). exact (C k Hk).
  - rewrite (jump_term_none d n _ C). symmetry. apply jump_term_none. intros s M. apply (C s). intros k Hk. rewrite (E k Hk). exact (M k Hk).
Qed.

(** * The check *)
Definition size_on (d : nat) (h : face) : Z := (largest (jumps h) * largest (firstn d (normal h)))%Z.
Definition jump_is_on (d : nat) (f : form) (j : Q) : bool :=
  let m := fold_right (fun h => Z.max (size_on d h)) 0%Z (faces f) in
  all_crossing (faces f) && Z.eqb (2 * m * Zpos (Qden j)) (Qnum j * Zpos (scale f)).
(** the jumps across (n, b), of all rows of a homogenised difference *)
Definition jumps_within_on (d D : nat) (N : list neuron) (J : R) : Prop := forall l n, (l < D)%nat -> ~ zero d n ->
  Rabs (jump (S d) (length N) (denoted N) n l) * top d n <= J.

Lemma largest_at_least (sz : face -> Z) h fs : In h fs -> (sz h <= fold_right (fun h => Z.max (sz h)) 0 fs)%Z.
Proof. induction fs as [|g fs IH]; intro I; [destruct I|]. cbn [fold_right]. destruct I as [->|I]; [lia|]. specialize (IH I). lia. Qed.

Lemma largest_is (sz : face -> Z) fs : (forall h, (0 <= sz h)%Z) ->
  fold_right (fun h => Z.max (sz h)) 0%Z fs = 0%Z \/ exists h, In h fs /\ fold_right (fun h => Z.max (sz h)) 0%Z fs = sz h.
Proof.
  intros P. induction fs as [|g fs IH]; [now left|]. cbn [fold_right]. set (m := fold_right _ 0%Z fs) in *. destruct (Z.le_gt_cases m (sz g)) as [L|L].
  - right. exists g. split; [now left|]. lia.
  - destruct IH as [Z|[h [I E]]]; [pose proof (P g); lia|]. right. exists h. split; [now right|]. lia.
Qed.

Lemma size_on_nonneg d h : (0 <= size_on d h)%Z.
Proof. unfold size_on. pose proof (largest_nonneg (jumps h)). pose proof (largest_nonneg (firstn d (normal h))). nia. Qed.

Lemma firstn_top d a : length a = S d -> (0 < d)%nat -> top d (row_vec a) = IZR (largest (firstn d a)).
Proof.
  intros L P. rewrite <- (largest_top (firstn d a) d) by (try rewrite firstn_length; lia). apply top_ext. intros k Hk. unfold row_vec.
  f_equal. rewrite <- (firstn_skipn d a) at 1. rewrite app_nth1 by (rewrite firstn_length; lia). reflexivity.
Qed.

Lemma jump_canonical_on d D N f n l : form_of true d D N = Some f -> ~ zero d n -> (l < D)%nat ->
  jump (S d) (length N) (denoted N) n l * IZR (Zpos (scale f)) = 2 * rsum (face_term l (jump_term (S d) n)) (faces f).
Proof.
  intros F NZ Hl.
  rewrite <- (canonical_even _ _ _ _ _ F (jump_term (S d) n) l (even_jump_term (S d) n (wide_nonzero d n NZ)) (fun a Z => flat_jump_term d n a NZ Z) Hl).
  f_equal. unfold jump. rewrite <- (sum_neurons (fun nu => weight nu l * jump_term (S d) n (vector (fst nu))) N). apply sum_ext. intros i _. apply Rmult_comm.
Qed.

Theorem jump_is_on_sound d D N f j : form_of true d D N = Some f -> jump_is_on d f j = true ->
  jumps_within_on d D N (Q2R j) /\ forall J, 0 <= J -> jumps_within_on d D N J -> Q2R j <= J.
Proof.
  intros F H. unfold jump_is_on in H. cbv zeta in H. rewrite andb_true_iff, Z.eqb_eq in H. destruct H as [C E].
  pose proof (scale_pos f) as Sc. pose proof (largest_is (size_on d) (faces f) (size_on_nonneg d)) as ATT.
  pose proof (fun h => largest_at_least (size_on d) h (faces f)) as UP.
  set (m := fold_right _ 0%Z (faces f)) in *.
  assert (Jm : Q2R j * IZR (Zpos (scale f)) = 2 * IZR m).
  { apply (f_equal IZR) in E. rewrite !mult_IZR in E. assert (P : 0 < IZR (Zpos (Qden j))) by (apply (IZR_lt 0); reflexivity).
    unfold Q2R. apply Rmult_eq_reg_r with (IZR (Zpos (Qden j))); [|lra]. rewrite E. field. lra. }
  assert (M0 : 0 <= IZR m) by (apply (IZR_le 0); destruct ATT as [A|[h [_ A]]]; [lia|rewrite A; apply size_on_nonneg]).
  assert (Sh : forall h, In h (faces f) -> length (normal h) = S d /\ length (jumps h) = D /\ (0 < d)%nat /\ ~ zero d (row_vec (normal h))).
  { intros h I. destruct (face_shape true d D N f F h I) as [A [B [k [Hk NZ]]]]. cbn [inputs_of] in A. repeat split; [exact A|exact B|lia|].
    intros Z. specialize (Z k Hk). unfold row_vec in Z. apply eq_IZR in Z. contradiction. }
  assert (Ln : forall h, In h (faces f) -> length (normal h) = S d) by (intros h I; exact (proj1 (Sh h I))). split.
  - intros l n Hl NZ. apply Rmult_le_reg_r with (IZR (Zpos (scale f))); [exact Sc|]. rewrite Jm.
    replace (Rabs (jump (S d) (length N) (denoted N) n l) * top d n * IZR (Zpos (scale f))) with
      (Rabs (jump (S d) (length N) (denoted N) n l * IZR (Zpos (scale f))) * top d n) by (rewrite Rabs_mult, (Rabs_pos_eq (IZR _)) by lra; ring).
    rewrite (jump_canonical_on d D N f n l F NZ Hl), Rabs_mult, (Rabs_pos_eq 2) by lra.
    destruct (one_kink (S d) n l (faces f) (wide_nonzero d n NZ) Ln C) as [Z|[h [mu [I [M T]]]]].
    + rewrite Z, Rabs_R0. lra.
    + rewrite T, Rabs_mult, Rabs_Rabsolu. rewrite <- abs_IZR. destruct (Sh h I) as [L1 [L2 [L3 _]]].
      assert (M' : multiple d mu n (row_vec (normal h))) by (intros k Hk; apply M; lia).
      pose proof (top_multiple d mu n _ M') as Tm. rewrite (firstn_top d (normal h) L1 L3) in Tm. pose proof (UP h I) as U. apply IZR_le in U.
      unfold size_on in U. rewrite mult_IZR in U. pose proof (largest_upper (jumps h) l) as V. apply IZR_le in V.
      pose proof (largest_nonneg (firstn d (normal h))) as W. apply IZR_le in W.
      replace (2 * (IZR (Z.abs (nth l (jumps h) 0%Z)) * Rabs mu) * top d n) with
        (2 * (IZR (Z.abs (nth l (jumps h) 0%Z)) * IZR (largest (firstn d (normal h))))) by (rewrite Tm; ring).
      apply Rmult_le_compat_l; [lra|]. eapply Rle_trans; [|exact U]. apply Rmult_le_compat_r; assumption.
  - intros J J0 W. apply Rmult_le_reg_r with (IZR (Zpos (scale f))); [exact Sc|]. rewrite Jm. destruct ATT as [A|[h [I A]]]; rewrite A; [nra|].
    destruct (Sh h I) as [L1 [L2 [L3 NZ]]]. destruct (jumps h) as [|w ws] eqn:Jh; [unfold size_on; rewrite Jh; cbn [largest]; rewrite Z.mul_0_l; nra|].
    destruct (largest_attained (jumps h)) as [l [Hl El]]; [rewrite Jh; discriminate|]. rewrite Jh, L2 in Hl.
    specialize (W l (row_vec (normal h)) Hl NZ). pose proof (jump_canonical_on d D N f (row_vec (normal h)) l F NZ Hl) as E1.
    rewrite (own_kink (S d) l h (faces f) (wide_nonzero d _ NZ) Ln C I) in E1. rewrite (firstn_top d (normal h) L1 L3) in W.
    assert (E2 : IZR (size_on d h) = Rabs (IZR (nth l (jumps h) 0%Z)) * IZR (largest (firstn d (normal h))))
      by (unfold size_on; rewrite El, mult_IZR, abs_IZR; reflexivity).
    rewrite E2. pose proof (largest_nonneg (firstn d (normal h))) as P. apply IZR_le in P.
    assert (E3 : Rabs (jump (S d) (length N) (denoted N) (row_vec (normal h)) l) * IZR (Zpos (scale f)) = 2 * Rabs (IZR (nth l (jumps h) 0%Z))).
    { rewrite <- (Rabs_pos_eq (IZR (Zpos (scale f)))) by lra. rewrite <- Rabs_mult, E1, Rabs_mult, (Rabs_pos_eq 2) by lra. reflexivity. }
    rewrite <- Rmult_assoc, <- E3. nra.
Qed.

(** * In the words above *)
Definition check_jump_norm_biased (G : network) (T : option network) (j : Q) : bool :=
  any_biases G T && match stated_form G T with Some f => jump_is_on (inputs G) f j | None => false end.

(** jumps of the rows are those of the networks *)
Lemma stated_jump G T n l : any_biases G T = true -> match T with None => True | Some T => inputs T = inputs G end -> ~ zero (inputs G) n ->
  jump (S (inputs G)) (length (stated_rows G T)) (denoted (stated_rows G T)) n l =
  match T with None => 0 | Some T => jump (S (inputs G)) (size T) (with_bias_column (inputs G) (with_biases T)) n l end +
  match T with None => 1 | Some _ => -1 end * jump (S (inputs G)) (size G) (with_bias_column (inputs G) (with_biases G)) n l.
Proof.
  intros B S NZ. unfold stated_rows. rewrite B. unfold rows_for. destruct T as [T|].
  - rewrite jump_apart, (homogenised_jump G n l NZ). pose proof (homogenised_jump T n l) as HT. rewrite S in HT. rewrite (HT NZ). ring.
  - rewrite (homogenised_jump G n l NZ). ring.
Qed.

Lemma jumps_bounded_biased_iff G T J : any_biases G T = true -> match T with None => True | Some T => inputs T = inputs G end ->
  (jumps_bounded_biased G T J <-> jumps_within_on (inputs G) (outputs G) (stated_rows G T) J).
Proof.
  intros B S. split.
  - intros H l n Hl NZ. rewrite (stated_jump G T n l B S NZ). specialize (H l n (n (inputs G)) Hl NZ).
    assert (E : forall m N, jump (Datatypes.S (inputs G)) m N (with_last (inputs G) n (n (inputs G))) l = jump (Datatypes.S (inputs G)) m N n l).
    { intros m N. symmetry. apply jump_ext_n; [|apply wide_nonzero, NZ]. intros k Hk. symmetry. exact (with_last_self _ n k Hk). }
    destruct T as [T|].
    + specialize (H _ _ (jump_at_biased_jump _ _ _ l n _ NZ) (jump_at_biased_jump _ _ _ l n _ NZ)). rewrite !E in H.
      match goal with |- Rabs ?a * _ <= _ => match type of H with Rabs ?b * _ <= _ => replace a with b by ring end end. exact H.
    + specialize (H _ (jump_at_biased_jump _ _ _ l n _ NZ)). rewrite E in H.
      match goal with |- Rabs ?a * _ <= _ => match type of H with Rabs ?b * _ <= _ => replace a with b by ring end end. exact H.
  - intros H l n b Hl NZ. pose proof (H l (with_last (inputs G) n b) Hl (with_last_nonzero _ n b NZ)) as K.
    rewrite (stated_jump G T _ l B S (with_last_nonzero _ n b NZ)) in K.
    assert (TP : top (inputs G) (with_last (inputs G) n b) = top (inputs G) n) by (apply top_ext; intros k Hk; f_equal; exact (with_last_before _ n b k Hk)).
    rewrite TP in K. destruct T as [T|].
    + intros k1 k2 A1 A2. rewrite (jump_at_biased_unique _ _ _ l n b k1 NZ A1), (jump_at_biased_unique _ _ _ l n b k2 NZ A2).
      match goal with |- Rabs ?a * _ <= _ => match type of K with Rabs ?b * _ <= _ => replace a with b by ring end end. exact K.
    + intros k A. rewrite (jump_at_biased_unique _ _ _ l n b k NZ A).
      match goal with |- Rabs ?a * _ <= _ => match type of K with Rabs ?b * _ <= _ => replace a with b by ring end end. exact K.
Qed.

Theorem check_jump_norm_biased_sound G T j : check_jump_norm_biased G T j = true -> jump_norm_biased_is G T (Q2R j).
Proof.
  unfold check_jump_norm_biased. rewrite andb_true_iff. intros [B H]. destruct (stated_form G T) as [f|] eqn:F; [|discriminate].
  destruct (stated_form_sound G T f F) as [F' S]. rewrite B in F'.
  assert (S' : match T with None => True | Some T => inputs T = inputs G end) by (destruct T; [exact (proj1 S)|exact I]).
  destruct (jump_is_on_sound _ _ _ _ _ F' H) as [W L]. split.
  - apply jumps_bounded_biased_iff; assumption.
  - intros J J0 K. apply (L J J0). apply jumps_bounded_biased_iff; assumption.
Qed.
