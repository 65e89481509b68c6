(** Networks with biases: no parametrization is nearer, the claim `nearest`; the claims `flips` and `unique`.

    For the list of functions that are to be plugged in (networks as in Biases.v; one of them with biases at least, all of the same shape d, D):
      check_nearest_affine G T C P e lower upper : bool, C the network that the evidence is about;
        claim: nearest_affine_is [check_nearest_affine_sound]
      check_flips_affine N sets x, check_unique_affine N x : bool; claims: flips_affine_are, is_unique_affine
    Evidence (type far_affine): Far (Both h) and Far (Lines normals h), entry a_d of a neuron being its bias and the normals having d + 1 entries,
      with a slope that is not 0; Sets sets x rs, rs one reason a set of [] :: sets in order: Hall_of h, or Bias_of output (the step `bias`,
      whose value is checked to be at least lower); Unflipped fs r, where functionals show that nothing can be flipped. Functionals are D × d
      matrices, without the column of biases. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums Jumps Rearranging Parametrizations Least_neurons.
From relucert.checker Require Import Numbers Networks Distances Directions Biases Bindings Exhaustion Flips Lines Nearest Affine Affine_flips.
Import ListNotations.
Open Scope R_scope.

(** evidence for one set that is flipped: as in [Nearest], or the output bias; for all parametrizations *)
Inductive reason_of (T : Type) := Hall_of (h : hall_of T) | Bias_of (output : nat).
Inductive far_affine_of (T : Type) :=
| Far (e : far_of T)
| Sets (sets : list (list nat)) (x : exhaustion) (reasons : list (reason_of T))
| Unflipped (functionals : list (list (list T))) (r : reason_of T).
Arguments Hall_of {T}. Arguments Bias_of {T}. Arguments Far {T}. Arguments Sets {T}. Arguments Unflipped {T}.
Notation reason := (reason_of term).
Notation far_affine := (far_affine_of term).

Section Over_numbers.
Context {Num : numbers} {Val : values}.
(** (a_i, b_i), without the output bias *)
Definition columns (N : network) : list neuron := lengthened (inputs N) 0 (bias_of N) (rows N).

Lemma lengthened_length d b N : forall i, length (lengthened d i b N) = length N.
Proof. induction N as [|n N IH]; intro i; [reflexivity|]. cbn [lengthened length]. now rewrite IH. Qed.

Lemma lengthened_nth d b N : forall i j, (j < length N)%nat ->
  nth j (lengthened d i b N) ([], []) = (first d (fst (nth j N ([], []))) ++ [at_ b (i + j)], snd (nth j N ([], []))).
Proof.
  induction N as [|n N IH]; intros i j Hj; [inversion Hj|]. cbn [lengthened]. destruct j as [|j]; cbn [nth]; [now rewrite Nat.add_0_r|].
  rewrite IH by (cbn [length] in Hj; lia). now replace (S i + j)%nat with (i + S j)%nat by lia.
Qed.

Lemma columns_size N : length (columns N) = size N.
Proof. apply lengthened_length. Qed.

(** They stand for the columns of the network with biases. *)
Lemma columns_inner N i k : (i < size N)%nat -> (k < S (inputs N))%nat ->
  inner (denoted (columns N)) i k = inner (with_bias_column (inputs N) (with_biases N)) i k.
Proof.
  intros Hi Hk. cbn [denoted inner with_bias_column with_biases weights bias plain]. unfold columns. rewrite lengthened_nth by exact Hi.
    cbn [fst Nat.add].
  destruct (Nat.ltb_spec k (inputs N)) as [L|L]; [exact (vector_extended_first _ _ _ k L)|].
  replace k with (inputs N) by lia. rewrite vector_extended_last by apply first_length. reflexivity.
Qed.

Lemma columns_outer N i l : (i < size N)%nat -> outer (denoted (columns N)) i l = outer (with_bias_column (inputs N) (with_biases N)) i l.
Proof.
  intros Hi. cbn [denoted outer with_bias_column with_biases weights plain]. unfold columns. rewrite lengthened_nth by exact Hi. reflexivity.
Qed.

Lemma columns_eval N x l : eval (S (inputs N)) (size N) (denoted (columns N)) x l = eval (S (inputs N)) (size N) (with_bias_column (inputs N)
  (with_biases N)) x l.
Proof. apply eval_ext; intros; [now apply columns_inner|now apply columns_outer]. Qed.

(** P has N's function. *)
Lemma same_columns d m D P N : inputs N = d -> same_biased d m (size N) D P (with_biases N) ->
  same_but_constant d m (length (columns N)) D (with_bias_column d P) (denoted (columns N)).
Proof.
  intros <- S. destruct (same_biased_columns _ _ _ _ _ _ S) as [e E]. exists e. intros x l Hl. rewrite (E x l Hl), columns_size, columns_eval.
    reflexivity.
Qed.

(** What is far in (a_i, b_i) is far. *)
Lemma biased_distance_columns D P G v : v <= distance (S (inputs G)) (size G) D (with_bias_column (inputs G) P) (denoted (columns G)) ->
  v <= biased_distance (inputs G) (size G) D P (with_biases G).
Proof.
  intros H. apply Rle_trans with (1 := H). unfold biased_distance.
  set (A := distance (inputs G) (size G) D (weights P) (weights (with_biases G))).
    set (B := top (size G) (fun i => bias P i - bias (with_biases G) i)).
  assert (MA : A <= Rmax A (Rmax B (top D (fun l => output_bias P l - output_bias (with_biases G) l)))) by apply Rmax_l.
  assert (MB : B <= Rmax A (Rmax B (top D (fun l => output_bias P l - output_bias (with_biases G) l)))) by (eapply Rle_trans;
    [apply Rmax_l|apply Rmax_r]).
  assert (B0 : 0 <= B) by apply top_nonneg.
  apply distance_le; [lra| |].
  - intros i k Hi Hk. rewrite columns_inner by assumption. cbn [with_bias_column inner]. destruct (Nat.ltb_spec k (inputs G)) as [L|L].
    + apply Rle_trans with (2 := MA). exact (distance_inner (inputs G) (size G) D (weights P) (weights (with_biases G)) i k Hi L).
    + apply Rle_trans with (2 := MB). exact (top_upper (size G) (fun i => bias P i - bias (with_biases G) i) i Hi).
  - intros i l Hi Hl. rewrite columns_outer by assumption. apply Rle_trans with (2 := MA).
    exact (distance_outer (inputs G) (size G) D (weights P) (weights (with_biases G)) i l Hi Hl).
Qed.

(** * No parametrization is nearer *)
Definition slope_on_kink (d D : nat) (T : list neuron) (a : list surd) : bool := has_entry d a && has_kink (S d) D T a.
Definition check_far_affine (d D : nat) (G T : list neuron) (e : far) (lower : surd) : bool :=
  match e with
  | Both h => forallb (fun n => has_entry d (fst n)) T && one_kink_each (S d) D T && places_neurons (S d) D Positive (both_ways T) G T h lower
  | Lines normals h =>
    lines_differ (S d) normals && forallb (slope_on_kink d D T) normals && sources_below (length normals) h &&
    check_hall (S d) 0 Any (line_alone normals) G h && at_most lower (level h)
  | _ => false
  end.

Lemma slope_on_kink_sound d m D P T a : slope_on_kink d D T a = true -> same_but_constant d m (length T) D P (denoted T) ->
  exists i, (i < m)%nat /\ ~ zero (S d) (inner P i) /\ exists mu, multiple (S d) mu (vector a) (inner P i).
Proof.
  unfold slope_on_kink. rewrite andb_true_iff. intros [H K] S. destruct (has_kink_sound _ _ _ _ K) as [_ [l [Hl J]]].
  exact (present_affine d m (length T) D P (denoted T) (vector a) l S (has_entry_sound _ _ H) Hl J).
Qed.

Lemma check_far_affine_sound d D G T e lower P : check_far_affine d D G T e lower = true ->
  same_but_constant d (length G) (length T) D P (denoted T) -> value lower <= distance (S d) (length G) D P (denoted G).
Proof.
  intros H S. destruct e as [h|sets x hs|normals h|h|fs h]; cbn [check_far_affine] in H; [|discriminate| |discriminate|discriminate].
  - rewrite !andb_true_iff, forallb_forall in H. destruct H as [[SL K] H]. assert (L : length T = length G).
    { unfold places_neurons in H. rewrite !andb_true_iff, Nat.eqb_eq in H. tauto. }
    rewrite <- L in S. destruct (parametrization_affine d (length T) D (denoted T) P (one_kink_each_sound _ _ _ K)) as [F HP].
    + intros j Hj. exact (has_entry_sound _ _ (SL _ (nth_In T ([], []) Hj))).
    + exact S.
    + apply (flip_away _ D (both_ways T) G T h lower P F H); [|exact HP]. intros j _. unfold both_ways. destruct (F j); [now right; left|now left].
  - rewrite !andb_true_iff, forallb_forall in H. destruct H as [[[[D1 K] B] H] V].
    apply (lines_away _ D G normals h lower P D1 B H V). intros j Hj.
    exact (slope_on_kink_sound d (length G) D P T _ (K _ (nth_In _ _ Hj)) S).
Qed.

(** * After flips, set by set *)
Definition one_slope_each (d D : nat) (T : list neuron) : bool := forallb (fun n => has_entry d (fst n)) T && one_kink_each (S d) D T.

Lemma one_slope_each_sound d D T : one_slope_each d D T = true ->
  m_kinks (S d) (length T) D (denoted T) /\ forall j, (j < length T)%nat -> ~ zero d (inner (denoted T) j).
Proof.
  unfold one_slope_each. rewrite andb_true_iff, forallb_forall. intros [SL K]. split; [exact (one_kink_each_sound _ _ _ K)|].
  intros j Hj. exact (has_entry_sound _ _ (SL _ (nth_In T ([], []) Hj))).
Qed.

(** the output bias after flipping s, less Γ's *)
Definition flipped_bias (C : network) (s : list nat) (l : nat) : surd :=
  plus (at_ (output_bias_of C) l)
    (total (size C) (fun i => if member i s then times (at_ (snd (nth_neuron (rows C) i)) l) (at_ (bias_of C) i) else [])).
Definition reason_holds (G C : network) (lower : surd) (s : list nat) (r : reason) : bool :=
  match r with
  | Hall_of h => places_neurons (S (inputs G)) (outputs G) Positive (one_way (columns C) s) (columns G) (columns C) h lower
  | Bias_of l =>
    let gap := minus (flipped_bias C s l) (at_ (output_bias_of G) l) in Nat.ltb l (outputs G) && (at_most lower gap || at_most lower (opp gap))
  end.
Definition check_away_affine (G C : network) (e : far_affine) (lower : surd) : bool :=
  match e with
  | Far e => check_far_affine (inputs G) (outputs G) (columns G) (columns C) e lower
  | Sets sets x rs =>
    Nat.eqb (size C) (size G) && one_slope_each (inputs G) (outputs G) (columns C) && check_sets (inputs G) (outputs G) (columns C) sets x &&
    for_all_2 (reason_holds G C lower) ([] :: sets) rs
  | Unflipped fs r =>
    Nat.eqb (size C) (size G) && one_slope_each (inputs G) (outputs G) (columns C) && independent (inputs G) (outputs G) (columns C) fs &&
    reason_holds G C lower [] r
  end.

Lemma relu_flip t : relu (- t) = relu t - t.
Proof. pose proof (relu_opp t). lra. Qed.

(** P's output bias. *)
Lemma output_bias_flipped d D C P F s l : inputs C = d -> same_biased d (size C) (size C) D P (with_biases C) ->
  same (S d) (size C) (size C) D (with_bias_column d P) (flip F (denoted (columns C))) -> (l < D)%nat ->
  (forall i, (i < size C)%nat -> F i = member i s) -> output_bias P l = value (flipped_bias C s l).
Proof.
  intros <- S FL Hl M. pose proof (S (fun _ => 0) l Hl) as E. rewrite <- !column_eval in E. rewrite (FL _ l Hl), <- columns_eval in E.
  assert (Q : eval (Datatypes.S (inputs C)) (size C) (denoted (columns C)) (extended (inputs C) (fun _ => 0)) l -
    eval (Datatypes.S (inputs C)) (size C) (flip F (denoted (columns C))) (extended (inputs C) (fun _ => 0)) l =
    sum (size C) (fun i => if member i s then outer (plain C) i l * vector (bias_of C) i else 0)).
  { unfold eval. rewrite <- sum_minus. apply sum_ext. intros i Hi. cbn [flip inner outer]. rewrite (M i Hi). destruct (member i s).
    - rewrite dot_opp_l. change (fun k => inner (denoted (columns C)) i k) with (inner (denoted (columns C)) i). rewrite relu_flip.
      rewrite dot_extended, (dot_comm (inputs C) _ (fun _ => 0)), (dot_zero_l _ (fun _ => 0)) by (intros k _; reflexivity).
      rewrite columns_inner by lia. cbn [with_bias_column inner]. rewrite Nat.ltb_irrefl, (columns_outer C i l Hi).
      cbn [with_bias_column outer with_biases weights bias]. ring.
    - change (fun k => inner (denoted (columns C)) i k) with (inner (denoted (columns C)) i). ring. }
  unfold flipped_bias. rewrite plus_value, total_value. cbn [with_biases output_bias] in E.
  rewrite (sum_ext (size C) (fun i => value _) (fun i => if member i s then outer (plain C) i l * vector (bias_of C) i else 0)).
  - unfold vector in E at 1. lra.
  - intros i Hi. destruct (member i s); [apply times_value|exact value_nil].
Qed.

(** P is C with the neurons of s flipped, and that is not near. *)
Lemma reason_holds_sound G C lower s r F P : reason_holds G C lower s r = true -> inputs C = inputs G -> size C = size G ->
  same_biased (inputs G) (size G) (size C) (outputs G) P (with_biases C) ->
  permutation_and_scaling (S (inputs G)) (size C) (outputs G) (with_bias_column (inputs G) P) (flip F (denoted (columns C))) ->
  (forall i, (i < size C)%nat -> F i = member i s) ->
  value lower <= biased_distance (inputs G) (size G) (outputs G) P (with_biases G).
Proof.
  intros Hr EC L S HP M. destruct r as [h|l]; cbn [reason_holds] in Hr.
  - apply biased_distance_columns. rewrite <- (columns_size G).
    apply (flip_away _ (outputs G) (one_way (columns C) s) (columns G) (columns C) h lower _ F Hr).
    + intros j Hj. rewrite columns_size in Hj. unfold one_way. rewrite (M j Hj). now left.
    + rewrite columns_size. exact HP.
  - cbv zeta in Hr. rewrite andb_true_iff, orb_true_iff, Nat.ltb_lt in Hr. destruct Hr as [Hl Hr]. rewrite <- L in S.
    pose proof (output_bias_flipped _ _ C P F s l EC S (permutation_same _ _ _ _ _ HP) Hl M) as E.
    apply Rle_trans with (Rabs (output_bias P l - output_bias (with_biases G) l)).
    + rewrite E. cbn [with_biases output_bias]. unfold vector.
      destruct Hr as [Hr|Hr]; apply at_most_sound in Hr; rewrite ?opp_value, minus_value in Hr; [|rewrite <- Rabs_Ropp];
        (apply Rle_trans with (2 := Rle_abs _); exact Hr).
    + unfold biased_distance. eapply Rle_trans; [|apply Rmax_r]. eapply Rle_trans; [|apply Rmax_r].
      exact (top_upper (outputs G) (fun l => output_bias P l - output_bias (with_biases G) l) l Hl).
Qed.

Theorem check_away_affine_sound G C e lower : check_away_affine G C e lower = true -> inputs C = inputs G -> forall P,
  same_biased (inputs G) (size G) (size C) (outputs G) P (with_biases C) -> value lower <= biased_distance (inputs G) (size G) (outputs G) P
    (with_biases G).
Proof.
  intros H EC P S. pose proof (same_columns _ _ _ _ _ EC S) as SC. destruct e as [e|sets x rs|fs r]; cbn [check_away_affine] in H.
  - apply biased_distance_columns. rewrite <- (columns_size G) in *. exact (check_far_affine_sound _ _ _ _ _ _ _ H SC).
  - rewrite !andb_true_iff, Nat.eqb_eq in H. destruct H as [[[L K] CS] R]. apply one_slope_each_sound in K. destruct K as [K SL].
    rewrite columns_size in K, SL, SC. rewrite <- L in SC.
    destruct (all_parametrizations_affine _ _ _ _ _ K SL SC) as [F [F0 HP]].
    pose proof (check_sets_sound _ _ _ _ _ CS F) as FL. rewrite columns_size in FL. destruct (proj1 FL F0) as [s [I M]].
    destruct (for_all_2_sound _ _ _ R s I) as [r Hr]. exact (reason_holds_sound G C lower s r F P Hr EC L S HP M).
  - rewrite !andb_true_iff, Nat.eqb_eq in H. destruct H as [[[L K] I] R]. apply one_slope_each_sound in K. destruct K as [K SL].
    rewrite columns_size in K, SL, SC. rewrite <- L in SC.
    destruct (all_parametrizations_affine _ _ _ _ _ K SL SC) as [F [F0 HP]]. rewrite <- (columns_size C) in F0.
    apply (reason_holds_sound G C lower [] r F P R EC L S HP). intros i Hi. rewrite <- (columns_size C) in Hi.
    exact (independent_sound _ _ _ fs F I F0 i Hi).
Qed.

(** * The claims `flips` and `unique` *)
Definition flips_affine_are (N : network) (sets : list (list nat)) : Prop :=
  (forall F, flippable (inputs N) (size N) (outputs N) (plain N) F <-> exists s, In s ([] :: sets) /\ forall i, (i < size N)%nat ->
    F i = member i s) /\
  m_kinks (S (inputs N)) (size N) (outputs N) (with_bias_column (inputs N) (with_biases N)) /\
  forall j, (j < size N)%nat -> ~ zero (inputs N) (inner (plain N) j).
(** up to order and positive scaling, biases with the inner weights *)
Definition is_unique_affine (N : network) : Prop := forall P, same_biased (inputs N) (size N) (size N) (outputs N) P (with_biases N) ->
  permutation_and_scaling (S (inputs N)) (size N) (outputs N) (with_bias_column (inputs N) P) (with_bias_column (inputs N) (with_biases N)).
Definition check_flips_affine (N : network) (sets : list (list nat)) (x : exhaustion) : bool :=
  one_slope_each (inputs N) (outputs N) (columns N) && check_sets (inputs N) (outputs N) (columns N) sets x.
Definition check_unique_affine (N : network) (x : exhaustion) : bool := check_flips_affine N [] x.

Lemma m_kinks_ext d m D T T' : (forall i k, (i < m)%nat -> (k < d)%nat -> inner T i k = inner T' i k) ->
  (forall i l, (i < m)%nat -> outer T i l = outer T' i l) -> m_kinks d m D T -> m_kinks d m D T'.
Proof.
  intros A C [H2 [H3 H]].
  assert (Z : forall i, (i < m)%nat -> ~ zero d (inner T' i) -> ~ zero d (inner T i)).
  { intros i Hi N Z. apply N. intros k Hk. rewrite <- (A i k Hi Hk). exact (Z k Hk). }
  assert (M : forall i j s, (i < m)%nat -> (j < m)%nat -> multiple d s (inner T' i) (inner T' j) -> multiple d s (inner T i) (inner T j)).
  { intros i j s Hi Hj M k Hk. rewrite (A i k Hi Hk), (A j k Hj Hk). exact (M k Hk). }
  split; [|split].
  - intros i j Hi Hj Ne Zi Zj [s [S Ms]]. apply (H2 i j Hi Hj Ne (Z i Hi Zi) (Z j Hj Zj)). exists s. split; [exact S|now apply M].
  - intros i j Hi Hj Ne Zi Zj [s [S Ms]]. apply (H3 i j Hi Hj Ne (Z i Hi Zi) (Z j Hj Zj)). exists s. split; [exact S|now apply M].
  - intros i Hi. destruct (H i Hi) as [HA HC]. split; intros N; [apply HA|apply HC]; intros k Hk; [rewrite (A i k Hi Hk)|rewrite (C i k Hi)];
    exact (N k Hk).
Qed.

(** what the columns show of the networks *)
Lemma flips_affine_from N sets : one_slope_each (inputs N) (outputs N) (columns N) = true ->
  (forall F, flippable (inputs N) (length (columns N)) (outputs N) (denoted (columns N)) F <->
    exists s, In s ([] :: sets) /\ forall i, (i < length (columns N))%nat -> F i = member i s) -> flips_affine_are N sets.
Proof.
  intros K H. apply one_slope_each_sound in K. rewrite columns_size in K. destruct K as [K SL].
  assert (IN : forall i k, (i < size N)%nat -> (k < inputs N)%nat -> inner (denoted (columns N)) i k = inner (plain N) i k).
  { intros i k Hi Hk. rewrite columns_inner by lia. cbn [with_bias_column inner with_biases weights]. apply Nat.ltb_lt in Hk. now rewrite Hk. }
  split; [|split].
  - intros F. pose proof (H F) as FL. rewrite columns_size in FL. rewrite <- FL.
    assert (E : forall k l, (k < inputs N)%nat -> sum (size N) (fun i => if F i then outer (plain N) i l * inner (plain N) i k else 0) =
      sum (size N) (fun i => if F i then outer (denoted (columns N)) i l * inner (denoted (columns N)) i k else 0)).
    { intros k l Hk. apply sum_ext. intros i Hi. rewrite (IN i k Hi Hk), (columns_outer N i l Hi). reflexivity. }
    split; intros Z k l Hk Hl; [rewrite <- E by exact Hk|rewrite E by exact Hk]; exact (Z k l Hk Hl).
  - apply (m_kinks_ext _ _ _ (denoted (columns N))); [intros; now apply columns_inner|intros; now apply columns_outer|exact K].
  - intros j Hj Z. apply (SL j Hj). intros k Hk. rewrite (IN j k Hj Hk). exact (Z k Hk).
Qed.

Theorem check_flips_affine_sound N sets x : check_flips_affine N sets x = true -> flips_affine_are N sets.
Proof.
  unfold check_flips_affine. rewrite andb_true_iff. intros [K H]. exact (flips_affine_from N sets K (check_sets_sound _ _ _ _ _ H)).
Qed.

Theorem check_unique_affine_sound N x : check_unique_affine N x = true -> is_unique_affine N.
Proof.
  unfold check_unique_affine, check_flips_affine. rewrite andb_true_iff. intros [K H] P S. apply one_slope_each_sound in K. destruct K as [K SL].
  pose proof (same_columns _ _ _ _ _ eq_refl S) as SC. rewrite columns_size in *.
  destruct (all_parametrizations_affine _ _ _ _ _ K SL SC) as [F [F0 HP]].
  pose proof (check_sets_sound _ _ _ _ _ H F) as FL. rewrite columns_size in FL. destruct (proj1 FL F0) as [s [[<-|[]] M]].
  apply (permutation_of_same_entries _ _ _ _ (flip F (denoted (columns N)))); [| |exact HP].
  - intros i k Hi Hk. cbn [flip inner]. rewrite (M i Hi). exact (columns_inner N i k Hi Hk).
  - intros i l Hi _. exact (columns_outer N i l Hi).
Qed.

(** * The claim `nearest` *)
Definition nearest_affine_is (d m m' p D : nat) (G T P : biased) (lower upper : R) : Prop :=
  (forall Q, same_biased d m m' D Q T -> lower <= biased_distance d m D Q G) /\ same_biased d p m' D P T /\ p = m /\ biased_distance d m D P G =
    upper.

Definition close (N N' : network) (v : surd) : bool :=
  within (S (inputs N')) (outputs N') (columns N) (columns N') v &&
  below (outputs N') (fun l => small v (minus (at_ (output_bias_of N) l) (at_ (output_bias_of N') l))).

Lemma close_sound N N' v : inputs N = inputs N' -> size N = size N' -> 0 <= value v -> close N N' v = true ->
  biased_distance (inputs N') (size N') (outputs N') (with_biases N) (with_biases N') <= value v.
Proof.
  unfold close. rewrite andb_true_iff. intros EI ES V [W E]. apply (within_sound _ _ _ _ _ V) in W. rewrite columns_size in W.
  assert (EQ : forall i k, (i < size N')%nat -> (k < S (inputs N'))%nat -> Rabs (inner (with_bias_column (inputs N') (with_biases N)) i k -
    inner (with_bias_column (inputs N') (with_biases N')) i k) <= value v).
  { intros i k Hi Hk. apply Rle_trans with (2 := W). rewrite <- (columns_inner N' i k Hi Hk). rewrite <- EI at 1.
    rewrite <- (columns_inner N i k) by lia. exact (distance_inner _ _ _ _ _ i k Hi Hk). }
  unfold biased_distance. apply Rmax_lub; [|apply Rmax_lub].
  - apply distance_le; [exact V| |].
    + intros i k Hi Hk. specialize (EQ i k Hi ltac:(lia)). cbn [with_bias_column inner] in EQ. pose proof Hk as Hk'. apply Nat.ltb_lt in Hk'.
      rewrite Hk' in EQ. exact EQ.
    + intros i l Hi Hl. apply Rle_trans with (2 := W). pose proof (distance_outer (S (inputs N')) (size N') (outputs N') (denoted (columns N))
      (denoted (columns N')) i l Hi Hl) as O.
      rewrite !columns_outer in O by lia. exact O.
  - apply top_le; [exact V|]. intros i Hi. specialize (EQ i (inputs N') Hi ltac:(lia)). cbn [with_bias_column inner] in EQ.
    rewrite Nat.ltb_irrefl in EQ. exact EQ.
  - apply top_le; [exact V|]. intros l Hl. pose proof (below_sound _ _ E l Hl) as B. cbv beta in B. apply small_sound in B. rewrite minus_value in B.
    exact B.
Qed.

(** and some entry, or an output bias, is as far *)
Definition reached (N N' : network) (v : surd) : bool :=
  attained (S (inputs N')) (outputs N') (columns N) (columns N') v ||
  existsb (fun l => of_size v (minus (at_ (output_bias_of N) l) (at_ (output_bias_of N') l))) (seq 0 (outputs N')).

Lemma attained_reaches d D P G v : 0 <= value v -> attained d D P G v = true -> value v <= distance d (length G) D (denoted P) (denoted G).
Proof.
  intros V A. unfold attained in A. rewrite existsb_exists in A. destruct A as [i [Hi A]]. apply in_seq in Hi.
  rewrite orb_true_iff, !existsb_exists in A. destruct A as [[k [Hk A]]|[l [Hl A]]].
  - apply in_seq in Hk. apply of_size_sound in A; [|exact V]. rewrite <- A. unfold inner_change. rewrite minus_value.
    apply (distance_inner d (length G) D (denoted P) (denoted G) i k); lia.
  - apply in_seq in Hl. apply of_size_sound in A; [|exact V]. rewrite <- A. unfold outer_change. rewrite minus_value.
    apply (distance_outer d (length G) D (denoted P) (denoted G) i l); lia.
Qed.

Lemma reached_sound N N' v : inputs N = inputs N' -> size N = size N' -> 0 <= value v -> reached N N' v = true ->
  value v <= biased_distance (inputs N') (size N') (outputs N') (with_biases N) (with_biases N').
Proof.
  intros EI ES V H. unfold reached in H. rewrite orb_true_iff in H. destruct H as [H|H].
  - apply biased_distance_columns. apply (attained_reaches _ _ _ _ _ V) in H. rewrite columns_size in H. apply Rle_trans with (1 := H).
    apply distance_le; [apply top_nonneg| |].
    + intros i k Hi Hk. rewrite <- EI at 1. rewrite (columns_inner N i k) by lia. rewrite EI.
      exact (distance_inner _ (size N') (outputs N') (with_bias_column (inputs N') (with_biases N)) (denoted (columns N')) i k Hi Hk).
    + intros i l Hi Hl. rewrite (columns_outer N) by lia. rewrite EI.
      exact (distance_outer (S (inputs N')) (size N') _ (with_bias_column (inputs N') (with_biases N)) (denoted (columns N')) i l Hi Hl).
  - rewrite existsb_exists in H. destruct H as [l [Hl H]]. apply in_seq in Hl. apply of_size_sound in H; [|exact V]. rewrite <- H, minus_value.
    unfold biased_distance. eapply Rle_trans; [|apply Rmax_r]. eapply Rle_trans; [|apply Rmax_r].
    exact (top_upper (outputs N') (fun l => output_bias (with_biases N) l - output_bias (with_biases N') l) l ltac:(lia)).
Qed.

Definition affine_shapes (G N : network) : bool := has_biases N && Nat.eqb (inputs N) (inputs G) && Nat.eqb (outputs N) (outputs G).
Definition check_nearest_affine (G T C P : network) (e : far_affine) (lower upper : surd) : bool :=
  forallb (affine_shapes G) [T; C; P] && Nat.eqb (size P) (size G) && equal_functions T C && equal_functions P T &&
  at_most [] upper && close P G upper && reached P G upper && (at_most lower [] || check_away_affine G C e lower).

Lemma equal_functions_biased G T d D : equal_functions G T = true -> has_biases G = true -> inputs G = d -> outputs G = D ->
  same_biased d (size G) (size T) D (with_biases G) (with_biases T).
Proof.
  intros H B <- <-. apply equal_functions_sound in H. unfold same_functions in H. rewrite B in H. exact H.
Qed.

Theorem check_nearest_affine_sound G T C P e lower upper : check_nearest_affine G T C P e lower upper = true ->
  nearest_affine_is (inputs G) (size G) (size T) (size P) (outputs G) (with_biases G) (with_biases T) (with_biases P) (value lower) (value upper).
Proof.
  unfold check_nearest_affine, affine_shapes. cbn [forallb]. rewrite !andb_true_iff, orb_true_iff, !Nat.eqb_eq.
  intros [[[[[[[[[[HT ET] ET'] [[[HC EC] EC'] [[[HP EP] EP'] _]]] SP] TC] PT] V] CL] RE] F]. apply at_most_sound in V. rewrite value_nil in V.
  pose proof (equal_functions_biased T C _ _ TC HT ET ET') as STC.
  split; [|split; [exact (equal_functions_biased P T _ _ PT HP EP EP')|split; [exact SP|apply Rle_antisym; [exact (close_sound P G upper EP SP V CL)|exact (reached_sound P G upper EP SP V RE)]]]].
  intros Q S. destruct F as [F|F].
  { apply at_most_sound in F. rewrite value_nil in F. apply Rle_trans with (1 := F). unfold biased_distance. eapply Rle_trans; [|apply Rmax_l]. apply top_nonneg. }
  apply (check_away_affine_sound G C e lower F EC Q). intros x l Hl. rewrite (S x l Hl). exact (STC x l Hl).
Qed.
End Over_numbers.
