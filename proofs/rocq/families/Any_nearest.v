(** No parametrization is nearer (N5), for any numbers: as [checker/Nearest.v], where nothing can be flipped because the c_i a_iᵀ are linearly
    independent. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Further Sums Jumps Rearranging Parametrizations Rigidity.
From relucert.families Require Import Any_number Any_networks Any_distances Any_directions Any_bindings Any_lines.
Import ListNotations.
Open Scope R_scope.

Section Any.
Context {Num : numbers} {Val : values}.
(** Σ_F c_i a_i^T = 0 *)
Definition flippable (d m D : nat) (T : net) (F : nat -> bool) : Prop :=
  forall k l, (k < d)%nat -> (l < D)%nat -> sum m (fun i => if F i then outer T i l * inner T i k else 0) = 0.

(** * One kink a neuron *)
Definition has_entry (n : nat) (a : list surd) : bool := match pivot n a with Some _ => true | None => false end.
Definition one_kink_each (d D : nat) (N : list neuron) : bool :=
  forallb (fun n => has_entry d (fst n) && has_entry D (snd n)) N && holds_C2 d N && holds_C3a d N.

Lemma has_entry_sound n a : has_entry n a = true -> ~ zero n (vector a).
Proof. unfold has_entry. destruct (pivot n a) as [p|] eqn:P; [|discriminate]. intros _ Z. destruct (pivot_sound _ _ _ P) as [H NZ].
  exact (NZ (Z p H)). Qed.

Lemma one_kink_each_sound d D N : one_kink_each d D N = true -> m_kinks d (length N) D (denoted N).
Proof.
  unfold one_kink_each. rewrite !andb_true_iff, forallb_forall. intros [[L H2] H3].
  split; [apply holds_C2_sound, H2|split; [apply holds_C3a_sound, H3|]]. intros i Hi.
  specialize (L _ (nth_In N ([], []) Hi)). rewrite andb_true_iff in L. split; apply has_entry_sound; tauto.
Qed.

(** One functional a neuron, a D × d matrix by rows: 0 on the c_h a_hᵀ of all others, not 0 on its own. *)
Definition applied_to (d D : nat) (f : list surd) (n : neuron) : surd :=
  total D (fun l => total d (fun k => times (at_ f (l * d + k)) (times (at_ (snd n) l) (at_ (fst n) k)))).
Definition independent (d D : nat) (T : list neuron) (fs : list (list surd)) : bool :=
  Nat.eqb (length fs) (length T) &&
  below (length T) (fun i => below (length T) (fun h => let v := applied_to d D (nth i fs []) (nth_neuron T h) in
    if Nat.eqb i h then definite v else is_zero v)).

Lemma applied_to_value d D f n : value (applied_to d D f n) =
  sum D (fun l => sum d (fun k => value (at_ f (l * d + k)) * (vector (snd n) l * vector (fst n) k))).
Proof.
  unfold applied_to. rewrite total_value. apply sum_ext. intros l _. rewrite total_value. apply sum_ext. intros k _. rewrite !times_value. reflexivity.
Qed.

Lemma independent_sound d D T fs F : independent d D T fs = true -> flippable d (length T) D (denoted T) F ->
  forall i, (i < length T)%nat -> F i = false.
Proof.
  unfold independent. rewrite andb_true_iff. intros [_ H] Fl i Hi. destruct (F i) eqn:E; [|reflexivity]. exfalso.
  set (f := nth i fs []).
  assert (Z : sum (length T) (fun h => if F h then value (applied_to d D f (nth_neuron T h)) else 0) = 0).
  { transitivity (sum D (fun l => sum d (fun k => value (at_ f (l * d + k)) *
      sum (length T) (fun h => if F h then outer (denoted T) h l * inner (denoted T) h k else 0)))).
    - rewrite (sum_ext _ _ (fun h => sum D (fun l => sum d (fun k => value (at_ f (l * d + k)) *
        (if F h then outer (denoted T) h l * inner (denoted T) h k else 0))))).
      + rewrite sum_swap. apply sum_ext. intros l _. rewrite sum_swap. apply sum_ext. intros k _. rewrite sum_scal. reflexivity.
      + intros h _. destruct (F h).
        * rewrite applied_to_value. reflexivity.
        * symmetry. apply sum_zero. intros l _. apply sum_zero. intros k _. ring.
    - apply sum_zero. intros l Hl. apply sum_zero. intros k Hk. rewrite (Fl k l Hk Hl). ring. }
  rewrite (sum_single _ _ i Hi) in Z.
  - rewrite E in Z. pose proof (below_sound _ _ (below_sound _ _ H i Hi) i Hi) as S. cbv beta zeta in S. rewrite Nat.eqb_refl in S.
    apply definite_sound in S. contradiction.
  - intros h Hh N. destruct (F h); [|reflexivity]. pose proof (below_sound _ _ (below_sound _ _ H i Hi) h Hh) as S. cbv beta zeta in S.
    replace (Nat.eqb i h) with false in S by (symmetry; apply Nat.eqb_neq; congruence). exact (is_zero_sound _ S).
Qed.

Definition sources_below (n : nat) (h : hall) : bool := forallb (fun j => Nat.ltb j n) (sources h).
Definition flipped_neuron (n : neuron) : neuron := (map opp (fst n), snd n).
Definition taken (b : bool) (n : neuron) : neuron := if b then flipped_neuron n else n.
Definition both_ways (T : list neuron) (j : nat) : list neuron := [nth_neuron T j; flipped_neuron (nth_neuron T j)].
Definition as_it_is (T : list neuron) (j : nat) : list neuron := [nth_neuron T j].
Definition line_alone (normals : list (list surd)) (j : nat) : list neuron := [(nth j normals [], [])].

(** * One neuron a kink, and positive multiples of them *)
(** every source is a neuron of the list, which has as many as Γ *)
Definition places_neurons (d D : nat) (mode : multiples) (ways : nat -> list neuron) (G T : list neuron) (h : hall) (lower : surd) : bool :=
  Nat.eqb (length T) (length G) && sources_below (length T) h && check_hall d D mode ways G h && at_most lower (level h).

Lemma sources_below_sound n h j : sources_below n h = true -> In j (sources h) -> (j < n)%nat.
Proof. unfold sources_below. rewrite forallb_forall. intros H I. apply Nat.ltb_lt, (H j I). Qed.

(** P's neuron i is neuron p i of T, taken in one of the ways and scaled. *)
Lemma places_neurons_sound d D mode ways G T h lower P (p : nat -> nat) (mu : nat -> R) :
  places_neurons d D mode ways G T h lower = true ->
  (forall i, (i < length G)%nat -> (p i < length G)%nat) ->
  (forall i j, (i < length G)%nat -> (j < length G)%nat -> p i = p j -> i = j) ->
  (forall i, (i < length G)%nat -> allows mode (mu i) /\ exists w, In w (ways (p i)) /\
    multiple d (mu i) (vector (fst w)) (inner P i) /\ multiple D (/ mu i) (vector (snd w)) (outer P i)) ->
  value lower <= distance d (length G) D P (denoted G).
Proof.
  unfold places_neurons. rewrite !andb_true_iff, Nat.eqb_eq. intros [[[L B] H] V] R Inj W.
  destruct (finite_choice nat 0%nat (length G) _ (injective_onto (length G) p R Inj)) as [q Q].
  assert (IS : forall j, In j (sources h) -> (q j < length G)%nat /\ p (q j) = j).
  { intros j I. apply Q. rewrite <- L. exact (sources_below_sound _ _ _ B I). }
  destruct (check_hall_sound d D mode ways G h q H) as [j [I A]].
  - intros j I. apply IS, I.
  - intros i j I J E. destruct (IS i I) as [_ E1], (IS j J) as [_ E2]. congruence.
  - destruct (IS j I) as [Hq E]. destruct (W (q j) Hq) as [M [w [Iw [MA MC]]]]. rewrite E in Iw.
    apply Rle_trans with (1 := at_most_sound _ _ V). apply (away_distance d (length G) D (value (level h)) (mu (q j)) w (nth_neuron G (q j)) P
      (denoted G) (q j) Hq).
    + exact (A w (mu (q j)) Iw M).
    + exact MA.
    + exact MC.
    + reflexivity.
    + reflexivity.
Qed.

Lemma taken_multiple d D (b : bool) (n : neuron) mu (a c : vec) : multiple d mu (if b then fun k => - vector (fst n) k else vector (fst n)) a ->
  multiple D (/ mu) (vector (snd n)) c -> multiple d mu (vector (fst (taken b n))) a /\ multiple D (/ mu) (vector (snd (taken b n))) c.
Proof.
  intros A C. destruct b; cbn [taken flipped_neuron fst snd]; (split; [|exact C]); [|exact A].
  intros k Hk. rewrite vector_opp. exact (A k Hk).
Qed.

(** What comes from flipping F. *)
Lemma flip_away d D ways G T h lower P F : places_neurons d D Positive ways G T h lower = true ->
  (forall j, (j < length T)%nat -> In (taken (F j) (nth_neuron T j)) (ways j)) ->
  permutation_and_scaling d (length T) D P (flip F (denoted T)) -> value lower <= distance d (length G) D P (denoted G).
Proof.
  intros H W [p [l [R [Inj S]]]]. assert (L : length T = length G).
  { unfold places_neurons in H. rewrite !andb_true_iff, Nat.eqb_eq in H. tauto. }
  rewrite L in *. apply (places_neurons_sound d D Positive ways G T h lower P p l H R Inj). intros i Hi. destruct (S i Hi) as [M [A C]].
  split; [exact M|]. exists (taken (F (p i)) (nth_neuron T (p i))). split; [apply W, R, Hi|].
  apply taken_multiple; [|exact C]. intros k Hk. rewrite (A k Hk). cbn [flip inner denoted]. unfold nth_neuron. now destruct (F (p i)).
Qed.

(** What has a neuron on each of some lines. *)
Lemma lines_away d D G normals h lower P : lines_differ d normals = true -> sources_below (length normals) h = true ->
  check_hall d 0 Any (line_alone normals) G h = true -> at_most lower (level h) = true ->
  (forall j, (j < length normals)%nat -> exists i, (i < length G)%nat /\ ~ zero d (inner P i) /\ exists mu,
    multiple d mu (vector (nth j normals [])) (inner P i)) ->
  value lower <= distance d (length G) D P (denoted G).
Proof.
  intros D1 B H V E. destruct (finite_choice nat 0%nat (length normals) _ E) as [q Q].
  destruct (check_hall_sound d 0 Any (line_alone normals) G h q H) as [j [I A]].
  - intros j I. apply Q. exact (sources_below_sound _ _ _ B I).
  - intros i j I J EQ. destruct (Q i (sources_below_sound _ _ _ B I)) as [_ [Z [l M]]].
    destruct (Q j (sources_below_sound _ _ _ B J)) as [_ [_ [l' M']]].
    rewrite <- EQ in M'. exact (lines_meet d normals _ i j l l' D1 (sources_below_sound _ _ _ B I) (sources_below_sound _ _ _ B J) Z M M').
  - destruct (Q j (sources_below_sound _ _ _ B I)) as [Hq [_ [mu M]]]. apply Rle_trans with (1 := at_most_sound _ _ V).
    destruct (A _ mu (or_introl eq_refl) Logic.I) as [[k|l] [RK AW]]; [|discriminate]. apply Rle_trans with (1 := AW).
    cbn [in_range] in RK. apply Nat.ltb_lt in RK.
    apply Rle_trans with (2 := distance_inner d (length G) D P (denoted G) (q j) k Hq RK). rewrite (M k RK). right. reflexivity.
Qed.

(** * Evidence for all parametrizations *)
Inductive far :=
| Both (h : hall)
| As_they_are (functionals : list (list surd)) (h : hall)
| Lines (normals : list (list surd)) (h : hall).
Definition check_far (d D : nat) (G T : list neuron) (e : far) (lower : surd) : bool :=
  match e with
  | Both h => one_kink_each d D T && places_neurons d D Positive (both_ways T) G T h lower
  | As_they_are fs h => one_kink_each d D T && independent d D T fs && places_neurons d D Positive (as_it_is T) G T h lower
  | Lines normals h =>
    lines_differ d normals && forallb (has_kink d D T) normals && sources_below (length normals) h &&
    check_hall d 0 Any (line_alone normals) G h && at_most lower (level h)
  end.

Theorem check_far_sound d D G T e lower : check_far d D G T e lower = true -> forall P, same d (length G) (length T) D P (denoted T) ->
  value lower <= distance d (length G) D P (denoted G).
Proof.
  intros H P S. assert (L : forall ways h, places_neurons d D Positive ways G T h lower = true -> length T = length G).
  { intros ways h P0. unfold places_neurons in P0. rewrite !andb_true_iff, Nat.eqb_eq in P0. tauto. }
  destruct e as [h|fs h|normals h]; cbn [check_far] in H.
  - rewrite andb_true_iff in H. destruct H as [K H]. rewrite <- (L _ _ H) in S.
    destruct (proj1 (all_parametrizations_holds _ _ _ _ P (one_kink_each_sound _ _ _ K)) S) as [F [_ HP]].
    apply (flip_away d D (both_ways T) G T h lower P F H); [|exact HP]. intros j _. unfold both_ways. destruct (F j); [now right; left|now left].
  - rewrite !andb_true_iff in H. destruct H as [[K I] H]. rewrite <- (L _ _ H) in S.
    destruct (proj1 (all_parametrizations_holds _ _ _ _ P (one_kink_each_sound _ _ _ K)) S) as [F [F0 HP]].
    apply (flip_away d D (as_it_is T) G T h lower P F H); [|exact HP]. intros j Hj. rewrite (independent_sound d D T fs F I F0 j Hj). now left.
  - rewrite !andb_true_iff, forallb_forall in H. destruct H as [[[[D1 K] B] H] V0].
    apply (lines_away d D G normals h lower P D1 B H V0). intros j Hj.
    destruct (neuron_on_kink d (length G) D T (nth j normals []) P (K _ (nth_In _ _ Hj)) S) as [i [mu [Hi [Z M]]]].
    exists i. split; [exact Hi|split; [exact Z|now exists mu]].
Qed.
End Any.
