(** No parametrization is nearer (N5), and the claim `nearest`.

    For the list of functions that are to be plugged in, T a network without biases equal to Θ as a function, G the network Γ:
      check_far d D G T e lower : bool        evidence e that all parametrizations of R(T) with as many neurons as Γ are at least lower away
      check_far_sound:      … = true -> forall P, same d m m' D P T -> value lower <= distance d m D P G
      check_far_star d D G T e lower : bool   the same for parametrizations in N*, T being in N*
      check_far_star_sound: … = true -> forall P, in_Nstar d m D P -> same d m m' D P T -> value lower <= distance d m D P G
      check_nearest star d D G T C P e lower upper : bool   C the network that the evidence is about, P = Φ; claim: nearest_is [check_nearest_sound]
    Evidence (type far): Both h, every neuron of T in both orientations (two bindings a place: as it is, flipped);
      Flipped sets x hs, hs one a set of [] :: sets in order (the sets and x as in the fact `flips`; the neurons of the set are flipped);
      Lines normals h, sources are positions in normals (several kinks of R(T), all with non-zero normals, different from each other),
        places neurons of Γ;
      Fixed h, for N* alone. A hall h has its own level, which is at least lower. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Further Sums Jumps Rearranging Parametrizations Rigidity.
From relucert.checker Require Import Numbers Networks Distances Directions Bindings Exhaustion Flips Lines.
Import ListNotations.
Open Scope R_scope.

Inductive far_of (T : Type) :=
| Both (h : hall_of T)
| Flipped (sets : list (list nat)) (x : exhaustion) (hs : list (hall_of T))
| Lines (normals : list (list (list T))) (h : hall_of T)
| Fixed (h : hall_of T)
| As_they_are (functionals : list (list (list T))) (h : hall_of T).
Arguments Both {T}. Arguments Flipped {T}. Arguments Lines {T}. Arguments Fixed {T}. Arguments As_they_are {T}.
Notation far := (far_of term).

Section Over_numbers.
Context {Num : numbers} {Val : values}.

Definition sources_below (n : nat) (h : hall) : bool := forallb (fun j => Nat.ltb j n) (sources h).
Definition flipped_neuron (n : neuron) : neuron := (map opp (fst n), snd n).
Definition taken (b : bool) (n : neuron) : neuron := if b then flipped_neuron n else n.
Definition both_ways (T : list neuron) (j : nat) : list neuron := [nth_neuron T j; flipped_neuron (nth_neuron T j)].
Definition one_way (T : list neuron) (s : list nat) (j : nat) : list neuron := [taken (member j s) (nth_neuron T j)].
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

(** * All evidence for all parametrizations *)
Definition check_far (d D : nat) (G T : list neuron) (e : far) (lower : surd) : bool :=
  match e with
  | Both h => one_kink_each d D T && places_neurons d D Positive (both_ways T) G T h lower
  | Flipped sets x hs => check_flips d D T sets x && for_all_2 (fun s h => places_neurons d D Positive (one_way T s) G T h lower) ([] :: sets) hs
  | Lines normals h =>
    lines_differ d normals && forallb (has_kink d D T) normals && sources_below (length normals) h &&
    check_hall d 0 Any (line_alone normals) G h && at_most lower (level h)
  | As_they_are fs h => one_kink_each d D T && independent d D T fs && places_neurons d D Positive (as_it_is T) G T h lower
  | Fixed _ => false
  end.

Theorem check_far_sound d D G T e lower : check_far d D G T e lower = true -> forall P, same d (length G) (length T) D P (denoted T) ->
  value lower <= distance d (length G) D P (denoted G).
Proof.
  intros H P S. destruct e as [h|sets x hs|normals h|h|fs h]; cbn [check_far] in H; [| | |discriminate|].
  - rewrite andb_true_iff in H. destruct H as [K H]. assert (L : length T = length G).
    { unfold places_neurons in H. rewrite !andb_true_iff, Nat.eqb_eq in H. tauto. }
    rewrite <- L in S. destruct (proj1 (all_parametrizations_holds _ _ _ _ P (one_kink_each_sound _ _ _ K)) S) as [F [_ HP]].
    apply (flip_away d D (both_ways T) G T h lower P F H); [|exact HP]. intros j _. unfold both_ways. destruct (F j); [now right; left|now left].
  - rewrite andb_true_iff in H. destruct H as [C H]. destruct (check_flips_sound _ _ _ _ _ C) as [K FL].
    assert (L : length T = length G).
    { destruct hs as [|h hs]; [discriminate|]. cbn [for_all_2] in H. rewrite andb_true_iff in H. destruct H as [H _].
      unfold places_neurons in H. rewrite !andb_true_iff, Nat.eqb_eq in H. tauto. }
    rewrite <- L in S. destruct (proj1 (all_parametrizations_holds _ _ _ _ P K) S) as [F [F0 HP]].
    destruct (proj1 (FL F) F0) as [s [I M]]. destruct (for_all_2_sound _ _ _ H s I) as [h Hh]. cbv beta in Hh.
    apply (flip_away d D (one_way T s) G T h lower P F Hh); [|exact HP]. intros j Hj. unfold one_way. rewrite (M j Hj). now left.
  - rewrite !andb_true_iff, forallb_forall in H. destruct H as [[[[D1 K] B] H] V].
    apply (lines_away d D G normals h lower P D1 B H V). intros j Hj.
    destruct (neuron_on_kink d (length G) D T (nth j normals []) P (K _ (nth_In _ _ Hj)) S) as [i [mu [Hi [Z M]]]].
    exists i. split; [exact Hi|split; [exact Z|now exists mu]].
  - rewrite !andb_true_iff in H. destruct H as [[K I] H]. assert (L : length T = length G).
    { unfold places_neurons in H. rewrite !andb_true_iff, Nat.eqb_eq in H. tauto. }
    rewrite <- L in S. destruct (proj1 (all_parametrizations_holds _ _ _ _ P (one_kink_each_sound _ _ _ K)) S) as [F [F0 HP]].
    apply (flip_away d D (as_it_is T) G T h lower P F H); [|exact HP]. intros j Hj. rewrite (independent_sound d D T fs F I F0 j Hj). now left.
Qed.

(** * In N*: another order of T's neurons alone *)
Definition check_far_star (d D : nat) (G T : list neuron) (e : far) (lower : surd) : bool :=
  match e with
  | Fixed h => in_Nstar_b d D T && places_neurons d D Unit (as_it_is T) G T h lower
  | _ => check_far d D G T e lower
  end.

Theorem check_far_star_sound d D G T e lower : check_far_star d D G T e lower = true ->
  forall P, in_Nstar d (length G) D P -> same d (length G) (length T) D P (denoted T) -> value lower <= distance d (length G) D P (denoted G).
Proof.
  intros H P N S. destruct e as [h|sets x hs|normals h|h|fs h]; cbn [check_far_star] in H; try exact (check_far_sound _ _ _ _ _ _ H P S).
  rewrite andb_true_iff in H. destruct H as [C H]. assert (L : length T = length G).
  { unfold places_neurons in H. rewrite !andb_true_iff, Nat.eqb_eq in H. tauto. }
  destruct (in_Nstar_sound _ _ _ C) as [Hd NT]. rewrite L in NT, S.
  destruct (unique_in_Nstar_holds d (length G) D (denoted T) P Hd NT N S) as [p [R [Inj M]]].
  apply (places_neurons_sound d D Unit (as_it_is T) G T h lower P p (fun _ => 1) H R Inj). intros i Hi. split; [reflexivity|].
  exists (nth_neuron T (p i)). split; [now left|]. rewrite Rinv_1. exact (M i Hi).
Qed.

(** * The claim *)
(** Among the parametrizations of R(T), or those of them in N*, P's distance from G is at most upper, and all are at least lower away. *)
Definition competes (star : bool) (d m m' D : nat) (T P : net) : Prop := (if star then in_Nstar d m D P else True) /\ same d m m' D P T.
Definition nearest_is (star : bool) (d m m' D : nat) (G T P : net) (lower upper : R) : Prop :=
  (forall Q, competes star d m m' D T Q -> lower <= distance d m D Q G) /\ competes star d m m' D T P /\ distance d m D P G = upper.

(** T is Θ; the evidence is about C, which has the same function; none is needed for a lower end that is not positive. *)
Definition check_nearest (star : bool) (d D : nat) (G T C P : list neuron) (e : far) (lower upper : surd) : bool :=
  Nat.eqb (length P) (length G) && same_function d D T C && same_function d D P T && distance_is d D P G upper &&
  (if star then in_Nstar_b d D P else true) &&
  (at_most lower [] || if star then check_far_star d D G C e lower else check_far d D G C e lower).

Theorem check_nearest_sound star d D G T C P e lower upper : check_nearest star d D G T C P e lower upper = true ->
  nearest_is star d (length G) (length T) D (denoted G) (denoted T) (denoted P) (value lower) (value upper).
Proof.
  unfold check_nearest. rewrite !andb_true_iff, orb_true_iff, Nat.eqb_eq. intros [[[[[L TC] PT] U] N] F]. apply same_function_sound in TC, PT.
    rewrite L in PT.
  assert (DI := distance_is_sound _ _ _ _ _ U).
  split; [|split; [split; [|exact PT]|exact DI]].
  - intros Q [NQ S]. assert (SC := same_trans _ _ _ _ _ _ _ _ S TC). destruct F as [F|F].
    + apply at_most_sound in F. rewrite value_nil in F. apply Rle_trans with (1 := F). apply top_nonneg.
    + destruct star; [exact (check_far_star_sound _ _ _ _ _ _ F Q NQ SC)|exact (check_far_sound _ _ _ _ _ _ F Q SC)].
  - destruct star; [|exact Logic.I]. rewrite <- L. exact (proj2 (in_Nstar_sound _ _ _ N)).
Qed.
End Over_numbers.
