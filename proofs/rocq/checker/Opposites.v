(** Condition C.3 violated by all networks that have a function: without opposite neurons, in themselves and beside Γ, all neurons of a line look
    the same way, so that the linear part says the orientations of the kinks, and Γ some of them: none fit. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool Classical.
From relucert Require Import Statements Sums Jumps Rearranging Parametrizations.
From relucert.checker Require Import Numbers Networks Distances Directions Biases Bindings Exhaustion Flips Lines Orientations Kinks Minimal.
Import ListNotations.
Open Scope R_scope.

(** A neuron of P is a negative multiple of another one, or of one of G. *)
Definition has_opposite (d mG m : nat) (G P : net) : Prop :=
  (exists i j, (i < m)%nat /\ (j < m)%nat /\ i <> j /\ ~ zero d (inner P i) /\ ~ zero d (inner P j) /\ opposite d (inner P i) (inner P j)) \/
  (exists i j, (i < mG)%nat /\ (j < m)%nat /\ ~ zero d (inner G i) /\ ~ zero d (inner P j) /\ opposite d (inner G i) (inner P j)).
(** Every network with the function of T, whatever its number of neurons, has one. *)
Definition violates_C3 (d mG mT D : nat) (G T : net) : Prop := forall m P, same d m mT D P T -> has_opposite d mG m G P.

(** a sum that is 0 off the images of q *)
Lemma sum_image h m f (q : nat -> nat) : (forall j, (j < h)%nat -> (q j < m)%nat) ->
  (forall i j, (i < h)%nat -> (j < h)%nat -> q i = q j -> i = j) ->
  (forall i, (i < m)%nat -> (forall j, (j < h)%nat -> q j <> i) -> f i = 0) -> sum m f = sum h (fun j => f (q j)).
Proof.
  intros Q I Z. rewrite (sum_ext h (fun j => f (q j)) (fun j => sum m (fun i => if Nat.eqb i (q j) then f i else 0))).
  2: { intros j Hj. symmetry. apply (sum_delta m f (q j)), Q, Hj. }
  rewrite <- sum_swap. apply sum_ext. intros i Hi. destruct (classic (exists j, (j < h)%nat /\ q j = i)) as [[j [Hj E]]|N].
  - rewrite (sum_single h _ j Hj); [rewrite E, Nat.eqb_refl; reflexivity|]. intros j' Hj' Ne.
    destruct (Nat.eqb_spec i (q j')) as [E'|_]; [|reflexivity]. exfalso. apply Ne, (I j' j Hj' Hj). congruence.
  - rewrite (Z i Hi) by (intros j Hj E; apply N; now exists j). symmetry. apply sum_zero. intros j Hj.
    destruct (Nat.eqb i (q j)); reflexivity.
Qed.

Section Opposites.
Variables (d D m' h mG : nat) (T G : net) (n : nat -> vec).
Hypothesis differ : forall i j l, (i < h)%nat -> (j < h)%nat -> multiple d l (n i) (n j) -> i = j.
Hypothesis bends : forall j, (j < h)%nat -> ~ zero d (n j) /\ exists l, (l < D)%nat /\ jump d m' T (n j) l <> 0.
Hypothesis none : no_others d d D m' h T n.

(** what the neurons of G say of orientations *)
Definition forces (F : nat -> bool) : Prop := forall i j s, (i < mG)%nat -> (j < h)%nat -> s <> 0 -> multiple d s (n j) (inner G i) -> F j = negative s.

Lemma negative_same s t : s <> 0 -> t <> 0 -> ~ s * t < 0 -> negative s = negative t.
Proof. intros S U H. unfold negative. destruct (Rlt_dec s 0), (Rlt_dec t 0); try reflexivity; exfalso; apply H; nra. Qed.

(** Without opposite and without parallel neurons there is one neuron on each line. *)
Theorem oriented m P : agree d d D m' T m P -> C2 d m P -> ~ has_opposite d mG m G P -> exists F, fits d d D m' h T n F /\ forces F.
Proof.
  intros S H2 NO.
  assert (one : forall i j s, (i < m)%nat -> (j < m)%nat -> ~ zero d (inner P i) -> ~ zero d (inner P j) -> multiple d s (inner P i) (inner P j) -> i = j).
  { intros i j s Hi Hj Zi Zj M. destruct (Nat.eq_dec i j) as [E|E]; [exact E|exfalso]. destruct (Rtotal_order s 0) as [L|[Z|L]].
    - apply NO. left. exists i, j. repeat split; try assumption. now exists s.
    - exact (multiple_nonzero d s _ _ M Zj Z).
    - apply (H2 i j Hi Hj E Zi Zj). now exists s. }
  destruct (carriers d d D m' h T n (Nat.le_refl d) differ bends m P S) as [q C]. set (mu := fun j => ratio d (n j) (inner P (q j))).
  assert (MU : forall j, (j < h)%nat -> multiple d (mu j) (n j) (inner P (q j)) /\ mu j <> 0).
  { intros j Hj. assert (M := carried_ratio d d D m' h T n (Nat.le_refl d) bends m P q j C Hj). split; [exact M|].
    exact (multiple_nonzero d _ _ _ M (proj1 (proj2 (proj1 C j Hj)))). }
  assert (rest : forall i l, (i < m)%nat -> (l < D)%nat -> ~ zero d (inner P i) -> (forall j, (j < h)%nat -> q j <> i) -> outer P i l = 0).
  { intros i l Hi Hl Zi Ni.
    assert (J : jump d m P (inner P i) l = outer P i l).
    { rewrite (jump_single d m P (inner P i) l i 1 Zi Hi (multiple_refl d _)); [rewrite Rabs_R1; ring|].
      intros i' Hi' Ne Zi' s M. exact (Ne (eq_sym (one i i' s Hi Hi' Zi Zi' M))). }
    rewrite <- J, (proj1 S _ l Zi Hl). apply none; [exact Zi| |exact Hl]. intros j s Hj M. apply (Ni j Hj).
    destruct (MU j Hj) as [MJ NZ]. destruct (proj1 C j Hj) as [Hq [Zq _]].
    apply (one (q j) i (s * / mu j) Hq Hi Zq Zi). apply multiple_trans with (n j); [|exact M]. apply multiple_sym; [exact NZ|exact MJ]. }
  exists (fun j => negative (mu j)). split.
  - intros k l Hk Hl. rewrite <- (proj2 S k l Hk Hl). unfold linear_part, turned.
    rewrite (sum_image h m (fun i => outer P i l * inner P i k) q (fun j Hj => proj1 (proj1 C j Hj)) (proj2 C)).
    + apply sum_ext. intros j Hj. rewrite (proj1 (MU j Hj) k Hk). apply own_part. rewrite <- (proj1 S (n j) l (proj1 (bends j Hj)) Hl).
      rewrite (jump_single d m P (n j) l (q j) (mu j) (proj1 (bends j Hj)) (proj1 (proj1 C j Hj)) (proj1 (MU j Hj))); [reflexivity|].
      intros i Hi Ne Zi s M. apply Ne. destruct (MU j Hj) as [MJ NZ]. destruct (proj1 C j Hj) as [Hq [Zq _]]. symmetry.
      apply (one (q j) i (s * / mu j) Hq Hi Zq Zi). apply multiple_trans with (n j); [|exact M]. apply multiple_sym; [exact NZ|exact MJ].
    + intros i Hi Ni. destruct (zero_dec d (inner P i)) as [Z|Z]; [rewrite (Z k Hk); ring|]. rewrite (rest i l Hi Hl Z Ni). ring.
  - intros i j s Hi Hj NS M. destruct (MU j Hj) as [MJ NZ]. apply negative_same; [exact NZ|exact NS|]. intros O. apply NO. right.
    exists i, (q j). destruct (proj1 C j Hj) as [Hq [Zq _]]. repeat split; try assumption.
    + intros Z. apply (proj1 (bends j Hj)). intros k Hk. specialize (M k Hk). rewrite (Z k Hk) in M. symmetry in M. apply Rmult_integral in M. tauto.
    + exists (mu j * / s). split.
      * assert (P2 : 0 < / s * / s) by (pose proof (Rinv_neq_0_compat s NS); nra). replace (mu j * / s) with (mu j * s * (/ s * / s)) by (field; exact NS). nra.
      * apply multiple_trans with (n j); [|exact MJ]. apply multiple_sym; [exact NS|exact M].
Qed.

Theorem all_have_opposites : (forall F, fits d d D m' h T n F -> ~ forces F) -> violates_C3 d mG m' D G T.
Proof.
  intros H m P S. apply NNPP. intros NO. destruct (merge d m D P) as [P' [S' [H2 E]]].
  assert (S2 : same d m m' D P' T) by (intros x l Hl; rewrite (S' x l Hl); exact (S x l Hl)).
  destruct (oriented m P') as [F [Fit Fo]]; [| |intros [[i [j [Hi [Hj [Ne [Zi [Zj O]]]]]]]|[i [j [Hi [Hj [Zi [Zj O]]]]]]]|exact (H F Fit Fo)].
  - split; intros; [now apply same_jumps with (1 := S2)|now apply same_linear_parts with (1 := S2)].
  - exact H2.
  - apply NO. left. exists i, j. rewrite <- (E i Hi Zi), <- (E j Hj Zj). repeat split; assumption.
  - apply NO. right. exists i, j. rewrite <- (E j Hj Zj). repeat split; assumption.
Qed.
End Opposites.

(** * The check *)
Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** on which side of the line of a the neurons of G are, where there is one that is not 0 *)
Definition forced (d : nat) (G : list neuron) (a : list Q) : option bool :=
  let s := normal_row a in
  match pivot d s with
  | None => None
  | Some p =>
    match find (fun n => alike d p (s, []) n && definite (entry p n)) G with
    | None => None
    | Some n => let t := times (entry p n) (at_ s p) in if is_negative t then Some true else if is_positive t then Some false else None
    end
  end.
Definition check_C3 (d D : nat) (G T : list neuron) (normals : list (list Q)) (x : exhaustion) : bool :=
  lines_differ d (map normal_row normals) &&
  forallb (fun a => has_kink d D T (normal_row a)) normals && all_kinks d D T (map normal_row normals) &&
  match collect (kink_of d D T) normals with
  | None => false
  | Some table =>
    match all_equations d D T table with
    | None => false
    | Some es => exhaust es x (map (forced d G) normals) (unsolved (length table) es)
    end
  end.

Lemma forced_sound d G a b F normals j : forces d (length normals) (length G) (denoted G) (line normals) F -> (j < length normals)%nat ->
  nth j normals [] = a -> forced d G a = Some b -> F j = b.
Proof.
  intros Fo Hj E. unfold forced. cbv zeta. destruct (pivot d (normal_row a)) as [p|] eqn:P; [|discriminate]. apply pivot_sound in P. destruct P as [P NZ].
  destruct (find _ G) as [n|] eqn:FI; [|discriminate]. apply find_some in FI. destruct FI as [I A]. rewrite andb_true_iff in A. destruct A as [A _].
  destruct (In_nth G n ([], []) I) as [i [Hi EN]]. pose proof (on_line_sound d p (normal_row a) (fst n) NZ A) as M.
  set (s := vector (fst n) p / vector (normal_row a) p) in *.
  assert (V : value (times (entry p n) (at_ (normal_row a) p)) = s * (vector (normal_row a) p * vector (normal_row a) p)).
  { rewrite times_value. unfold s, entry. fold (vector (fst n) p). fold (vector (normal_row a) p). field. exact NZ. }
  assert (SQ : 0 < vector (normal_row a) p * vector (normal_row a) p) by nra.
  assert (K : s <> 0 -> F j = negative s).
  { intros NS. apply (Fo i j s Hi Hj NS). cbn [denoted inner]. rewrite EN, line_is, E. exact M. }
  intros H. destruct (is_negative _) eqn:N.
  - apply is_negative_sound in N. rewrite V in N. assert (L : s < 0) by nra. injection H as <-. rewrite (K ltac:(lra)). unfold negative.
    destruct (Rlt_dec s 0); [reflexivity|lra].
  - destruct (is_positive _) eqn:Q; [|discriminate]. apply is_positive_sound in Q. rewrite V in Q. assert (L : 0 < s) by nra. injection H as <-.
    rewrite (K ltac:(lra)). unfold negative. destruct (Rlt_dec s 0); [lra|reflexivity].
Qed.

Theorem check_C3_sound d D G T normals x : check_C3 d D G T normals x = true -> violates_C3 d (length G) (length T) D (denoted G) (denoted T).
Proof.
  unfold check_C3. rewrite !andb_true_iff, forallb_forall. intros [[[LD HK] AK] H].
  destruct (collect (kink_of d D T) normals) as [table|] eqn:TB; [|discriminate].
  destruct (all_equations d D T table) as [es|] eqn:E; [|discriminate]. destruct (collect_nth _ [] ([], []) _ _ TB) as [L _].
  apply (all_have_opposites d D (length T) (length normals) (length G) (denoted T) (denoted G) (line normals)).
  - intros i j l Hi Hj M.
    apply (lines_meet d (map normal_row normals) (line normals j) i j l 1 LD); rewrite ?map_length; try assumption.
    + rewrite line_is. exact (proj1 (has_kink_sound _ _ _ _ (HK _ (nth_In normals [] Hj)))).
    + apply multiple_refl.
  - intros j Hj. rewrite line_is. exact (has_kink_sound _ _ _ _ (HK _ (nth_In normals [] Hj))).
  - pose proof (all_kinks_sound d d D T (map normal_row normals) (Nat.le_refl d) AK) as A. rewrite map_length in A. exact A.
  - intros F Fit Fo. refine (unsolved_sound _ es x _ (cut (length table) F) H _ _ (cut_beyond _ F)).
    + intros e I. apply defect_holds. destruct (proj2 (collect_in _ _ _ E) e I) as [[l k] [LK EQ]]. apply in_entries in LK. cbn [fst snd] in EQ.
      rewrite (equation_at_sound d D T normals table _ k l e TB EQ (proj1 LK)), L, turned_cut, (Fit k l (proj2 LK) (proj1 LK)). ring.
    + intros j b A. destruct (Nat.lt_ge_cases j (length normals)) as [Hj|Hj].
      * rewrite (nth_indep _ None (forced d G [])) in A by (rewrite map_length; exact Hj). rewrite map_nth in A.
        unfold cut. rewrite L. pose proof Hj as Hj'. apply Nat.ltb_lt in Hj'. rewrite Hj'. cbn [andb].
        exact (forced_sound d G _ b F normals j Fo Hj eq_refl A).
      * rewrite nth_overflow in A by (rewrite map_length; exact Hj). discriminate.
Qed.
End Over_numbers.
