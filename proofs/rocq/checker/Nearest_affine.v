(** Networks with biases: no parametrization is nearer, the claim `nearest`; no fewer neurons (as many as kinks), the claim `minimal`.

    For the list of functions that are to be plugged in (networks as in Biases.v; one of them with biases at least, all of the same shape d, D):
      check_nearest_affine G T C P e lower upper : bool, C the network that the evidence is about; claim: nearest_affine_is [check_nearest_affine_sound]
      check_minimal_affine N normals lower : bool, lower <= length normals; claim: no_fewer [check_minimal_affine_sound]
    Evidence: Both h and Lines normals h, entry a_d of a neuron being its bias and the normals having d + 1 entries, with a slope that is not 0; what
    depends on flips (Flipped) is not covered, nor is the step `bias`. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums Jumps Rearranging Parametrizations Least_neurons.
From relucert.checker Require Import Numbers Networks Distances Directions Biases Bindings Exhaustion Flips Lines Nearest Affine.
Import ListNotations.
Open Scope R_scope.

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
  intros Hi Hk. cbn [denoted inner with_bias_column with_biases weights bias plain]. unfold columns. rewrite lengthened_nth by exact Hi. cbn [fst Nat.add].
  destruct (Nat.ltb_spec k (inputs N)) as [L|L]; [exact (vector_extended_first _ _ _ k L)|].
  replace k with (inputs N) by lia. rewrite vector_extended_last by apply first_length. reflexivity.
Qed.

Lemma columns_outer N i l : (i < size N)%nat -> outer (denoted (columns N)) i l = outer (with_bias_column (inputs N) (with_biases N)) i l.
Proof.
  intros Hi. cbn [denoted outer with_bias_column with_biases weights plain]. unfold columns. rewrite lengthened_nth by exact Hi. reflexivity.
Qed.

Lemma columns_eval N x l : eval (S (inputs N)) (size N) (denoted (columns N)) x l = eval (S (inputs N)) (size N) (with_bias_column (inputs N) (with_biases N)) x l.
Proof. apply eval_ext; intros; [now apply columns_inner|now apply columns_outer]. Qed.

(** P has N's function. *)
Lemma same_columns d m D P N : inputs N = d -> same_biased d m (size N) D P (with_biases N) ->
  same_but_constant d m (length (columns N)) D (with_bias_column d P) (denoted (columns N)).
Proof.
  intros <- S. destruct (same_biased_columns _ _ _ _ _ _ S) as [e E]. exists e. intros x l Hl. rewrite (E x l Hl), columns_size, columns_eval. reflexivity.
Qed.

(** What is far in (a_i, b_i) is far. *)
Lemma biased_distance_columns D P G v : v <= distance (S (inputs G)) (size G) D (with_bias_column (inputs G) P) (denoted (columns G)) ->
  v <= biased_distance (inputs G) (size G) D P (with_biases G).
Proof.
  intros H. apply Rle_trans with (1 := H). unfold biased_distance.
  set (A := distance (inputs G) (size G) D (weights P) (weights (with_biases G))). set (B := top (size G) (fun i => bias P i - bias (with_biases G) i)).
  assert (MA : A <= Rmax A (Rmax B (top D (fun l => output_bias P l - output_bias (with_biases G) l)))) by apply Rmax_l.
  assert (MB : B <= Rmax A (Rmax B (top D (fun l => output_bias P l - output_bias (with_biases G) l)))) by (eapply Rle_trans; [apply Rmax_l|apply Rmax_r]).
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
  intros H S. destruct e as [h|sets x hs|normals h|h]; cbn [check_far_affine] in H; [|discriminate| |discriminate].
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

(** * The claim `nearest` *)
Definition nearest_affine_is (d m m' p D : nat) (G T P : biased) (lower upper : R) : Prop :=
  (forall Q, same_biased d m m' D Q T -> lower <= biased_distance d m D Q G) /\ same_biased d p m' D P T /\ p = m /\ biased_distance d m D P G <= upper.

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
    + intros i k Hi Hk. specialize (EQ i k Hi ltac:(lia)). cbn [with_bias_column inner] in EQ. pose proof Hk as Hk'. apply Nat.ltb_lt in Hk'. rewrite Hk' in EQ. exact EQ.
    + intros i l Hi Hl. apply Rle_trans with (2 := W). pose proof (distance_outer (S (inputs N')) (size N') (outputs N') (denoted (columns N)) (denoted (columns N')) i l Hi Hl) as O.
      rewrite !columns_outer in O by lia. exact O.
  - apply top_le; [exact V|]. intros i Hi. specialize (EQ i (inputs N') Hi ltac:(lia)). cbn [with_bias_column inner] in EQ. rewrite Nat.ltb_irrefl in EQ. exact EQ.
  - apply top_le; [exact V|]. intros l Hl. pose proof (below_sound _ _ E l Hl) as B. cbv beta in B. apply small_sound in B. rewrite minus_value in B. exact B.
Qed.

Definition affine_shapes (G N : network) : bool := has_biases N && Nat.eqb (inputs N) (inputs G) && Nat.eqb (outputs N) (outputs G).
Definition check_nearest_affine (G T C P : network) (e : far) (lower upper : surd) : bool :=
  forallb (affine_shapes G) [T; C; P] && Nat.eqb (size P) (size G) && equal_functions T C && equal_functions P T &&
  at_most [] upper && close P G upper && check_far_affine (inputs G) (outputs G) (columns G) (columns C) e lower.

Lemma equal_functions_biased G T d D : equal_functions G T = true -> has_biases G = true -> inputs G = d -> outputs G = D ->
  same_biased d (size G) (size T) D (with_biases G) (with_biases T).
Proof.
  intros H B <- <-. apply equal_functions_sound in H. unfold same_functions in H. rewrite B in H. exact H.
Qed.

Theorem check_nearest_affine_sound G T C P e lower upper : check_nearest_affine G T C P e lower upper = true ->
  nearest_affine_is (inputs G) (size G) (size T) (size P) (outputs G) (with_biases G) (with_biases T) (with_biases P) (value lower) (value upper).
Proof.
  unfold check_nearest_affine, affine_shapes. cbn [forallb]. rewrite !andb_true_iff, !Nat.eqb_eq.
  intros [[[[[[[[[HT ET] ET'] [[[HC EC] EC'] [[[HP EP] EP'] _]]] SP] TC] PT] V] CL] F]. apply at_most_sound in V. change (value []) with 0 in V.
  pose proof (equal_functions_biased T C _ _ TC HT ET ET') as STC.
  split; [|split; [exact (equal_functions_biased P T _ _ PT HP EP EP')|split; [exact SP|exact (close_sound P G upper EP SP V CL)]]].
  intros Q S. apply biased_distance_columns. rewrite <- (columns_size G).
  apply (check_far_affine_sound (inputs G) (outputs G) (columns G) (columns C) e lower (with_bias_column (inputs G) Q) F).
  apply same_columns; [exact EC|]. rewrite columns_size. intros x l Hl. rewrite (S x l Hl). exact (STC x l Hl).
Qed.

(** * The claim `minimal`, as many neurons as kinks *)
Definition no_fewer (d m' D : nat) (N : biased) (lower : nat) : Prop := forall m P, same_biased d m m' D P N -> (lower <= m)%nat.
Definition check_minimal_affine (N : network) (normals : list (list surd)) (lower : nat) : bool :=
  Nat.leb lower (length normals) && lines_differ (S (inputs N)) normals && forallb (slope_on_kink (inputs N) (outputs N) (columns N)) normals.

Theorem check_minimal_affine_sound N normals lower : check_minimal_affine N normals lower = true ->
  no_fewer (inputs N) (size N) (outputs N) (with_biases N) lower.
Proof.
  unfold check_minimal_affine. rewrite !andb_true_iff, forallb_forall. intros [[L LD] K] m P S. apply Nat.leb_le in L.
  assert (E : forall j, (j < length normals)%nat -> exists i, (i < m)%nat /\ ~ zero (Datatypes.S (inputs N)) (inner (with_bias_column (inputs N) P) i) /\
    exists mu, multiple (Datatypes.S (inputs N)) mu (vector (nth j normals [])) (inner (with_bias_column (inputs N) P) i)).
  { intros j Hj. apply (slope_on_kink_sound (inputs N) m (outputs N) _ (columns N) _ (K _ (nth_In _ _ Hj))). exact (same_columns _ m _ P N eq_refl S). }
  destruct (finite_choice nat 0%nat (length normals) _ E) as [q Q]. apply Nat.le_trans with (1 := L). apply (injection_le (length normals) m q).
  - intros j Hj. apply Q, Hj.
  - intros i j Hi Hj EQ. destruct (Q i Hi) as [_ [Z [l M]]], (Q j Hj) as [_ [_ [l' M']]]. rewrite <- EQ in M'.
    exact (lines_meet _ normals _ i j l l' LD Hi Hj Z M M').
Qed.
