(** The hypotheses of Theorems 3.1 and 3.3 for concrete networks: that they hold, and neurons that violate them. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Distances.
Import ListNotations.
Open Scope R_scope.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

Definition row (N : list neuron) (i : nat) : list surd := fst (nth_neuron N i).
Definition outer_row (N : list neuron) (i : nat) : list surd := snd (nth_neuron N i).

(** b is no multiple of a with a factor of this sign, or one of them is 0; [if] stands for disjunctions, as in [somewhere] *)
Definition no_multiple (positive : bool) (d : nat) (a b : list surd) : bool :=
  if null d a then true else if null d b then true else
  match pivot d a with
  | None => false
  | Some p =>
    if somewhere (fun k => definite (minus (times (at_ a p) (at_ b k)) (times (at_ b p) (at_ a k)))) (seq 0 d) then true
    else (if positive then is_negative else is_positive) (times (at_ a p) (at_ b p))
  end.
Definition pairs (m m' : nat) (f : nat -> nat -> bool) : bool := below m (fun i => below m' (fun j => f i j)).
Definition holds_C2 (d : nat) (N : list neuron) : bool :=
  pairs (length N) (length N) (fun i j => Nat.eqb i j || no_multiple true d (row N i) (row N j)).
Definition holds_C3a (d : nat) (N : list neuron) : bool :=
  pairs (length N) (length N) (fun i j => Nat.eqb i j || no_multiple false d (row N i) (row N j)).
Definition holds_C3b (d : nat) (G T : list neuron) : bool :=
  pairs (length G) (length T) (fun i j => no_multiple false d (row G i) (row T j)).

Lemma no_multiple_sound positive d a b : no_multiple positive d a b = true -> ~ zero d (vector a) -> ~ zero d (vector b) ->
  forall l, multiple d l (vector a) (vector b) -> (if positive then l <= 0 else 0 <= l).
Proof.
  replace (no_multiple positive d a b) with (null d a || null d b || match pivot d a with None => false | Some p =>
    existsb (fun k => definite (minus (times (at_ a p) (at_ b k)) (times (at_ b p) (at_ a k)))) (seq 0 d) ||
    (if positive then is_negative else is_positive) (times (at_ a p) (at_ b p)) end)
    by (unfold no_multiple; destruct (null d a), (null d b); reflexivity).
  rewrite !orb_true_iff. intros [[Z|Z]|H] A B l M; [destruct (A (null_sound _ _ Z))|destruct (B (null_sound _ _ Z))|].
  destruct (pivot d a) as [p|] eqn:P; [|discriminate]. apply pivot_sound in P. destruct P as [Hp NZ]. pose proof (M p Hp) as Mp.
  rewrite orb_true_iff, existsb_exists in H. destruct H as [[k [Hk H]]|H].
  - apply in_seq in Hk. apply definite_sound in H. rewrite minus_value, !times_value in H.
    pose proof (M k ltac:(lia)) as Mk. unfold vector in *. exfalso. apply H. rewrite Mk, Mp. ring.
  - unfold vector in *. destruct positive; [apply is_negative_sound in H|apply is_positive_sound in H]; rewrite times_value, Mp in H; nra.
Qed.

Lemma holds_C2_sound d N : holds_C2 d N = true -> C2 d (length N) (denoted N).
Proof.
  intros H i j Hi Hj ij A B [l [L M]]. pose proof (below_sound _ _ (below_sound _ _ H i Hi) j Hj) as E. cbv beta in E.
  rewrite orb_true_iff, Nat.eqb_eq in E. destruct E as [E|E]; [contradiction|]. pose proof (no_multiple_sound true d _ _ E A B l M). simpl in *. lra.
Qed.

Lemma holds_C3a_sound d N : holds_C3a d N = true -> C3a d (length N) (denoted N).
Proof.
  intros H i j Hi Hj ij A B [l [L M]]. pose proof (below_sound _ _ (below_sound _ _ H i Hi) j Hj) as E. cbv beta in E.
  rewrite orb_true_iff, Nat.eqb_eq in E. destruct E as [E|E]; [contradiction|]. pose proof (no_multiple_sound false d _ _ E A B l M). simpl in *. lra.
Qed.

Lemma holds_C3b_sound d G T : holds_C3b d G T = true -> length T = length G -> C3b d (length G) (denoted G) (denoted T).
Proof.
  intros H L i j Hi Hj A B [l [l0 M]]. rewrite <- L in Hj. pose proof (below_sound _ _ (below_sound _ _ H i Hi) j Hj) as E. cbv beta in E.
  pose proof (no_multiple_sound false d _ _ E A B l M). simpl in *. lra.
Qed.

(** all hypotheses but C.1 *)
Definition holds_hypotheses (d : nat) (G T : list neuron) : bool :=
  Nat.eqb (length T) (length G) && holds_C2 d G && holds_C3a d G && holds_C3a d T && holds_C3b d G T.

Theorem holds_hypotheses_sound d G T : holds_hypotheses d G T = true -> hypotheses d (length G) (denoted G) (denoted T).
Proof.
  unfold holds_hypotheses, hypotheses. rewrite !andb_true_iff, Nat.eqb_eq. intros [[[[L H2] HG] HT] Hb].
  pose proof (holds_C3a_sound d T HT) as CT. rewrite L in CT.
  split; [apply holds_C2_sound, H2|split; [apply holds_C3a_sound, HG|split; [exact CT|apply holds_C3b_sound; assumption]]].
Qed.

(** * C.1 with the threshold t = 2 r: a product is more, or all weights are at most beta *)
Definition large_product (d D : nat) (n : neuron) (t : surd) : bool :=
  existsb (fun l => existsb (fun k => let p := times (at_ (snd n) l) (at_ (fst n) k) in
    is_positive (minus p t) || is_positive (minus (opp p) t)) (seq 0 d)) (seq 0 D).
Definition all_small (d D : nat) (n : neuron) (beta : surd) : bool :=
  below d (fun k => small beta (at_ (fst n) k)) && below D (fun l => small beta (at_ (snd n) l)).
Definition holds_C1 (d D : nat) (N : list neuron) (t beta : surd) : bool :=
  at_most [] beta && below (length N) (fun i => large_product d D (nth_neuron N i) t || all_small d D (nth_neuron N i) beta).

Lemma all_small_sound d D n beta : 0 <= value beta -> all_small d D n beta = true ->
  top D (vector (snd n)) <= value beta /\ top d (vector (fst n)) <= value beta.
Proof.
  unfold all_small. rewrite andb_true_iff. intros B [A C].
  split; (apply top_le; [exact B|]; intros i Hi; apply small_sound); [exact (below_sound _ _ C i Hi)|exact (below_sound _ _ A i Hi)].
Qed.

Lemma large_product_sound d D n t : large_product d D n t = true -> value t < top D (vector (snd n)) * top d (vector (fst n)).
Proof.
  unfold large_product. rewrite existsb_exists. intros [l [Hl H]]. rewrite existsb_exists in H. destruct H as [k [Hk H]].
  apply in_seq in Hl, Hk. apply Rlt_le_trans with (Rabs (vector (snd n) l) * Rabs (vector (fst n) k)).
  - rewrite <- Rabs_mult. unfold vector. rewrite orb_true_iff in H.
    destruct H as [H|H]; apply is_positive_sound in H; rewrite minus_value, ?opp_value, times_value in H.
    + eapply Rlt_le_trans; [|apply Rle_abs]. lra.
    + rewrite <- Rabs_Ropp. eapply Rlt_le_trans; [|apply Rle_abs]. lra.
  - apply Rmult_le_compat; try apply Rabs_pos; apply top_upper; lia.
Qed.

(** Below the threshold t both norms are at most beta. *)
Definition balanced_at (d m D : nat) (N : net) (t beta : R) : Prop := 0 <= beta /\ forall i, (i < m)%nat ->
  top D (outer N i) * top d (inner N i) <= t -> top D (outer N i) <= beta /\ top d (inner N i) <= beta.

Theorem holds_C1_sound d D N t beta : holds_C1 d D N t beta = true -> balanced_at d (length N) D (denoted N) (value t) (value beta).
Proof.
  unfold holds_C1. rewrite andb_true_iff. intros [B H]. apply at_most_sound in B. rewrite value_nil in B. split; [exact B|]. intros i Hi L.
  pose proof (below_sound _ _ H i Hi) as E. cbv beta in E. rewrite orb_true_iff in E. destruct E as [E|E].
  - apply large_product_sound in E. unfold nth_neuron in E. simpl in L. lra.
  - exact (all_small_sound d D _ beta B E).
Qed.

(** * N' and N* *)
Definition balanced (d D : nat) (n : neuron) : bool :=
  existsb (fun k => let v := absolute (at_ (fst n) k) in
    known (at_ (fst n) k) && all_small d D n v && existsb (fun l => of_size v (at_ (snd n) l)) (seq 0 D)) (seq 0 d).
Definition in_N'_b (d D : nat) (N : list neuron) : bool := forallb (balanced d D) N && holds_C2 d N.
Definition in_Nstar_b (d D : nat) (N : list neuron) : bool :=
  Nat.leb 2 d && in_N'_b d D N && forallb (fun n => is_positive (at_ (fst n) (d - 2)) && is_positive (at_ (fst n) (d - 1))) N.

Lemma balanced_sound d D n : balanced d D n = true -> top D (vector (snd n)) = top d (vector (fst n)).
Proof.
  unfold balanced. rewrite existsb_exists. intros [k [Hk H]]. apply in_seq in Hk. rewrite !andb_true_iff, existsb_exists in H.
  destruct H as [[K S] [l [Hl H]]]. apply in_seq in Hl. pose proof (absolute_sound _ K) as V.
  assert (P : 0 <= value (absolute (at_ (fst n) k))) by (rewrite V; apply Rabs_pos).
  apply of_size_sound in H; [|exact P]. pose proof (all_small_sound d D n _ P S) as [C A].
  pose proof (top_upper D (vector (snd n)) l ltac:(lia)) as L. pose proof (top_upper d (vector (fst n)) k ltac:(lia)) as U.
  unfold vector in L at 1, U at 1. lra.
Qed.

Theorem in_Nstar_sound d D N : in_Nstar_b d D N = true -> (2 <= d)%nat /\ in_Nstar d (length N) D (denoted N).
Proof.
  unfold in_Nstar_b, in_N'_b, in_Nstar, in_N'. rewrite !andb_true_iff, !forallb_forall. intros [[L [B C]] P]. apply Nat.leb_le in L.
  split; [exact L|]. repeat split.
  - intros i Hi. apply balanced_sound, B, nth_In, Hi.
  - apply holds_C2_sound, C.
  - specialize (P _ (nth_In N ([], []) H)). rewrite andb_true_iff in P. exact (is_positive_sound _ (proj1 P)).
  - specialize (P _ (nth_In N ([], []) H)). rewrite andb_true_iff in P. exact (is_positive_sound _ (proj2 P)).
Qed.

(** * Violations *)

(** a_j of M is f times a_i of N, which is not 0 *)
Definition is_multiple (d : nat) (a b : list surd) (f : surd) : bool :=
  match pivot d a with Some _ => true | None => false end && below d (fun k => equal_numbers (at_ b k) (times f (at_ a k))).

Lemma is_multiple_sound d a b f : is_multiple d a b f = true -> ~ zero d (vector a) /\ multiple d (value f) (vector a) (vector b).
Proof.
  unfold is_multiple. destruct (pivot d a) as [p|] eqn:P; [|discriminate]. apply pivot_sound in P. intro H. split.
  - intro Z. destruct P as [Hp NZ]. exact (NZ (Z p Hp)).
  - intros k Hk. pose proof (below_sound _ _ H k Hk) as E. apply equal_numbers_sound in E. rewrite times_value in E. exact E.
Qed.

Definition violates_C2 (d : nat) (N : list neuron) (i j : nat) (f : surd) : bool :=
  Nat.ltb i (length N) && Nat.ltb j (length N) && negb (Nat.eqb i j) && is_positive f && is_multiple d (row N i) (row N j) f.
Definition violates_C3a (d : nat) (N : list neuron) (i j : nat) (f : surd) : bool :=
  Nat.ltb i (length N) && Nat.ltb j (length N) && negb (Nat.eqb i j) && is_negative f && is_multiple d (row N i) (row N j) f.
Definition violates_C3b (d : nat) (G T : list neuron) (i j : nat) (f : surd) : bool :=
  Nat.ltb i (length G) && Nat.ltb j (length T) && Nat.eqb (length T) (length G) && is_negative f && is_multiple d (row G i) (row T j) f.

Lemma violates_C2_sound d N i j f : violates_C2 d N i j f = true -> ~ C2 d (length N) (denoted N).
Proof.
  unfold violates_C2. rewrite !andb_true_iff, !Nat.ltb_lt, negb_true_iff, Nat.eqb_neq. intros [[[[Hi Hj] ij] F] M] H.
  apply is_positive_sound in F. apply is_multiple_sound in M. destruct M as [Z M].
  apply (H i j Hi Hj ij Z); [|exists (value f); split; assumption]. apply (multiple_nonzero_r d (value f) _ _ M); [lra|exact Z].
Qed.

Lemma violates_C3a_sound d N i j f : violates_C3a d N i j f = true -> ~ C3a d (length N) (denoted N).
Proof.
  unfold violates_C3a. rewrite !andb_true_iff, !Nat.ltb_lt, negb_true_iff, Nat.eqb_neq. intros [[[[Hi Hj] ij] F] M] H.
  apply is_negative_sound in F. apply is_multiple_sound in M. destruct M as [Z M].
  apply (H i j Hi Hj ij Z); [|exists (value f); split; assumption]. apply (multiple_nonzero_r d (value f) _ _ M); [lra|exact Z].
Qed.

Lemma violates_C3b_sound d G T i j f : violates_C3b d G T i j f = true -> ~ C3b d (length G) (denoted G) (denoted T).
Proof.
  unfold violates_C3b. rewrite !andb_true_iff, !Nat.ltb_lt, Nat.eqb_eq. intros [[[[Hi Hj] L] F] M] H. rewrite L in Hj.
  apply is_negative_sound in F. apply is_multiple_sound in M. destruct M as [Z M].
  apply (H i j Hi Hj Z); [|exists (value f); split; assumption]. apply (multiple_nonzero_r d (value f) _ _ M); [lra|exact Z].
Qed.
End Over_numbers.
