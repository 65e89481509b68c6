(** The claim theorem-3.1-refined of certificates (N6): conditions for live neurons alone, and beta over the neurons of Γ without a partner of their
  sign.

    Interface: [check_refined G T P x dist bound other] with [check_refined_sound]; what it says is [holds_refined]. Networks without biases. *)
From Coq Require Import Reals List ZArith QArith Qreals Qabs Lia Lra Bool.
From relucert Require Import Statements Sums Jumps Further.
From relucert.checker Require Import Numbers Networks Trees Canonical Seminorm Jump_bounds Jump_norm Stated Equality Distances Directions Cases Biases Differences Theorems.
Import ListNotations.
Open Scope R_scope.

(** * Live neurons *)
Definition dead (d : nat) (n : neuron) : bool := is_zero (at_ (snd n) 0) || null d (fst n).
Definition live_pairs (positive : bool) (d : nat) (distinct : bool) (G T : list neuron) : bool :=
  pairs (length G) (length T) (fun i j => (distinct && Nat.eqb i j) || dead d (nth_neuron G i) || dead d (nth_neuron T j) || no_multiple positive d
    (row G i) (row T j)).
Definition live_hypotheses_b (d : nat) (G T : list neuron) : bool :=
  Nat.eqb (length T) (length G) && live_pairs true d true G G && live_pairs false d false G G && live_pairs false d false T T &&
    live_pairs false d false G T.

Lemma dead_sound d N i m : dead d (nth_neuron N i) = true -> ~ live d m (denoted N) i.
Proof.
  unfold dead, live. rewrite orb_true_iff. intros [H|H] [_ [C A]]; [exact (C (is_zero_sound _ H))|exact (A (null_sound _ _ H))].
Qed.

Lemma live_pairs_sound positive d distinct G T m : live_pairs positive d distinct G T = true -> m = length G -> length T = m -> forall i j,
  live d m (denoted G) i -> live d m (denoted T) j -> (distinct = true -> i <> j) ->
  forall l, multiple d l (inner (denoted G) i) (inner (denoted T) j) -> if positive then l <= 0 else 0 <= l.
Proof.
  intros H -> L i j Li Lj Ne l M. pose proof (below_sound _ _ (below_sound _ _ H i (proj1 Li)) j ltac:(destruct Lj; lia)) as E. cbv beta in E.
  rewrite !orb_true_iff, andb_true_iff, Nat.eqb_eq in E. destruct E as [[[[E1 E2]|E]|E]|E].
  - destruct (Ne E1 E2).
  - destruct (dead_sound d G i _ E Li).
  - destruct (dead_sound d T j _ E Lj).
  - exact (no_multiple_sound positive d _ _ E (proj2 (proj2 Li)) (proj2 (proj2 Lj)) l M).
Qed.

Lemma live_hypotheses_sound d G T : live_hypotheses_b d G T = true -> live_hypotheses d (length G) (denoted G) (denoted T).
Proof.
  unfold live_hypotheses_b, live_hypotheses. rewrite !andb_true_iff, Nat.eqb_eq. intros [[[[L A] B] C] D].
  split; [|split; [|split]]; intros i j Li Lj.
  - intros Ne [l [P M]]. pose proof (live_pairs_sound true d true G G _ A eq_refl eq_refl i j Li Lj (fun _ => Ne) l M) as Q. cbv iota in Q. lra.
  - intros [l [P M]]. pose proof (live_pairs_sound false d false G G _ B eq_refl eq_refl i j Li Lj ltac:(discriminate) l M) as Q. cbv iota in Q. lra.
  - intros [l [P M]]. pose proof (live_pairs_sound false d false T T _ C (eq_sym L) L i j Li Lj ltac:(discriminate) l M) as Q. cbv iota in Q. lra.
  - intros [l [P M]]. pose proof (live_pairs_sound false d false G T _ D eq_refl L i j Li Lj ltac:(discriminate) l M) as Q. cbv iota in Q. lra.
Qed.

(** * Partners: the jump of R(T) on the hyperplane of a neuron of Γ *)
(** the neuron is live, and R(T) jumps there with its sign *)
Definition has_partner (d m m' : nat) (G T : net) (i : nat) : Prop := live d m G i /\ 0 < outer G i 0%nat * jump d m' T (inner G i) 0%nat.

Definition minor_b (d k : nat) (a b : list surd) : bool :=
  existsb (fun j => definite (minus (times (at_ b j) (at_ a k)) (times (at_ b k) (at_ a j)))) (seq 0 d).
(** the outer weights on the line of a, times |entry k|; none where it is not seen whether a neuron is on it *)
Fixpoint line_weight (d k : nat) (a : list surd) (T : list neuron) : option surd :=
  match T with
  | [] => Some []
  | n :: r => match line_weight d k a r with
    | None => None
    | Some s => if on_line d k a (fst n) then if known (at_ (fst n) k) then Some (plus (times (at_ (snd n) 0) (absolute (at_ (fst n) k))) s) else None
      else if minor_b d k a (fst n) then Some s else None
    end
  end.
Definition partner (d : nat) (T : list neuron) (n : neuron) : option bool :=
  if dead d n then Some false else match pivot d (fst n) with
    | None => None
    | Some k => match line_weight d k (fst n) T with
      | None => None
      | Some w => match sign (times (at_ (snd n) 0) w) with Some Gt => Some true | Some _ => Some false | None => None end
      end
    end.

Lemma minor_sound d k a b : (k < d)%nat -> minor_b d k a b = true -> forall l, ~ multiple d l (vector a) (vector b).
Proof.
  intros Hk H l M. unfold minor_b in H. apply existsb_exists in H. destruct H as [j [Hj D]]. apply in_seq in Hj. apply definite_sound in D.
  rewrite minus_value, !times_value in D. fold (vector a j) (vector b j) (vector a k) (vector b k) in D. apply D.
  pose proof (M j ltac:(lia)) as Mj. pose proof (M k Hk) as Mk. unfold vector in *. rewrite Mj, Mk. ring.
Qed.

(** [injection] would look inside of the numbers *)
Lemma some_is {A} (x y : A) : Some x = Some y -> x = y.
Proof. congruence. Qed.

Lemma line_weight_sound d k a : (k < d)%nat -> vector a k <> 0 -> forall T w, line_weight d k a T = Some w ->
  value w = Rabs (vector a k) * jump d (length T) (denoted T) (vector a) 0%nat.
Proof.
  intros Hk NZ. assert (A : ~ zero d (vector a)) by (intro Z; exact (NZ (Z k Hk))).
  assert (J : forall M, jump d (length M) (denoted M) (vector a) 0%nat = added (map (fun nu : neuron => jump_term d (vector a) (vector (fst nu)) *
    weight nu 0%nat)%R M)).
  { intro M. rewrite <- sum_neurons. reflexivity. }
  intros T w. rewrite J. revert w. induction T as [|n T IH]; intros w H; cbn [line_weight] in H.
  - apply some_is in H. subst w. rewrite value_nil. unfold added. simpl. ring.
  - destruct (line_weight d k a T) as [s|]; [|discriminate]. specialize (IH s eq_refl). rewrite added_cons, Rmult_plus_distr_l, <- IH.
    destruct (on_line d k a (fst n)) eqn:O.
    + destruct (known (at_ (fst n) k)) eqn:K; [|discriminate]. apply some_is in H. subst w. apply (on_line_sound d k a (fst n) NZ) in O.
      rewrite (jump_term_multiple d _ _ _ A O), plus_value, times_value, (absolute_sound _ K). f_equal. unfold weight, Rdiv.
        rewrite Rabs_mult, Rabs_inv.
      fold (vector (fst n) k) (vector (snd n) 0%nat). field. exact (Rabs_no_R0 _ NZ).
    + destruct (minor_b d k a (fst n)) eqn:Mi; [|discriminate]. apply some_is in H. subst w. rewrite jump_term_none by (exact (minor_sound d k a (fst n) Hk
      Mi)). ring.
Qed.

Lemma partner_sound d G T i b : (i < length G)%nat -> partner d T (nth_neuron G i) = Some b ->
  if b then has_partner d (length G) (length T) (denoted G) (denoted T) i else ~ has_partner d (length G) (length T) (denoted G) (denoted T) i.
Proof.
  intros Hi H. unfold partner in H. destruct (dead d (nth_neuron G i)) eqn:Dd.
  { injection H as <-. intros [L _]. exact (dead_sound d G i _ Dd L). }
  destruct (pivot d (fst (nth_neuron G i))) as [k|] eqn:P; [|discriminate]. apply pivot_sound in P. destruct P as [Hk NZ].
  destruct (line_weight d k (fst (nth_neuron G i)) T) as [w|] eqn:W; [|discriminate]. apply (line_weight_sound d k _ Hk NZ) in W.
  assert (A : 0 < Rabs (vector (fst (nth_neuron G i)) k)) by (apply Rabs_pos_lt, NZ).
  set (j := jump d (length T) (denoted T) (vector (fst (nth_neuron G i))) 0%nat) in *.
  assert (S : forall c, sign (times (at_ (snd (nth_neuron G i)) 0) w) = Some c -> has_sign c (vector (snd (nth_neuron G i)) 0%nat * j * Rabs (vector
    (fst (nth_neuron G i)) k))).
  { intros c E. apply sign_sound in E. rewrite times_value, W in E. fold (vector (snd (nth_neuron G i)) 0%nat) in E.
    replace (vector (snd (nth_neuron G i)) 0%nat * j * Rabs (vector (fst (nth_neuron G i)) k))
      with (vector (snd (nth_neuron G i)) 0%nat * (Rabs (vector (fst (nth_neuron G i)) k) * j)) by ring. exact E. }
  destruct (sign _) as [[| |]|]; [| | |discriminate]; injection H as <-; specialize (S _ eq_refl); cbn [has_sign] in S; unfold has_partner, live;
    cbn [inner outer denoted];
    fold (nth_neuron G i); fold j.
  - intros [_ Q]. nra.
  - intros [_ Q]. nra.
  - assert (Q : 0 < vector (snd (nth_neuron G i)) 0%nat * j) by nra. split; [split; [exact Hi|split]|exact Q].
    + intro Z. rewrite Z in Q. lra.
    + intro Z. exact (NZ (Z k Hk)).
Qed.

(** * The largest weight of the neurons without a partner *)
Definition is_largest_apart (d m m' : nat) (G T : net) (b : R) : Prop := 0 <= b /\
  (forall i, (i < m)%nat -> ~ has_partner d m m' G T i -> Rabs (outer G i 0%nat) <= b /\ top d (inner G i) <= b) /\
  (b = 0 \/ exists i, (i < m)%nat /\ ~ has_partner d m m' G T i /\ (Rabs (outer G i 0%nat) = b \/ b <= top d (inner G i))).
Definition largest_apart (d : nat) (G T : list neuron) : surd :=
  fold_right (fun n b => match partner d T n with Some true => b | _ => fold_right (fun w => larger (absolute w)) b (weights_of d 1 n) end) [] G.
Definition largest_apart_b (d : nat) (G T : list neuron) (b : surd) : bool :=
  at_most [] b &&
  below (length G) (fun i => match partner d T (nth_neuron G i) with Some true => true | Some false => all_small d 1 (nth_neuron G i) b | None =>
    false end) &&
  (is_zero b || existsb (fun i => match partner d T (nth_neuron G i) with
    | Some false => of_size b (at_ (snd (nth_neuron G i)) 0) || existsb (fun k => of_size b (at_ (fst (nth_neuron G i)) k)) (seq 0 d)
    | _ => false end) (seq 0 (length G))).

Lemma largest_apart_sound d G T b : largest_apart_b d G T b = true -> is_largest_apart d (length G) (length T) (denoted G) (denoted T) (value b).
Proof.
  unfold largest_apart_b. rewrite !andb_true_iff, orb_true_iff. intros [[B S] E]. apply at_most_sound in B. cbn [value] in B. split; [exact B|split].
  - intros i Hi NP. pose proof (below_sound _ _ S i Hi) as Q. cbv beta in Q. destruct (partner d T (nth_neuron G i)) as [[|]|] eqn:Pa;
    [|clear NP|discriminate].
    + destruct (NP (partner_sound d G T i true Hi Pa)).
    + destruct (all_small_sound d 1 _ b B Q) as [Q1 Q2]. rewrite top_1 in Q1. split; assumption.
  - destruct E as [E|E]; [left; exact (is_zero_sound _ E)|right]. apply existsb_exists in E. destruct E as [i [Hi E]]. apply in_seq in Hi.
    exists i. split; [lia|].
    destruct (partner d T (nth_neuron G i)) as [[|]|] eqn:Pa; try discriminate. split; [exact (partner_sound d G T i false ltac:(lia) Pa)|].
    rewrite orb_true_iff, existsb_exists in E. destruct E as [E|[k [Hk E]]]; apply of_size_sound in E; try exact B; [left; exact E|right].
    rewrite <- E. apply in_seq in Hk. apply (top_upper d (vector (fst (nth_neuron G i)))). lia.
Qed.

(** * The claim *)
Definition holds_refined (G T P : network) (x : difference_facts) (dist bound : surd) : Prop :=
  let d := inputs G in let m := size G in
  outputs G = 1%nat /\ difference_holds G T x /\
  (exists S, same d m (size T) 1 S (plain T) /\ live_hypotheses d m (plain G) S) /\
  same d m (size T) 1 (plain P) (plain T) /\ distance d m 1 (plain P) (plain G) = value dist /\ value dist <= value bound /\
  exists b, is_largest_apart d m (size T) (plain G) (plain T) b /\
    value bound = b + sqrt (if jump_form x then Q2R (jump_value x) else 2 * Q2R (r_lower x)).
Definition check_refined (G T P : network) (x : difference_facts) (dist bound : surd) (other : list neuron) : bool :=
  let d := inputs G in let b := largest_apart d (rows G) (rows T) in
  Nat.eqb (outputs G) 1 && negb (has_biases G) && negb (has_biases T) && negb (has_biases P) && Nat.eqb (length other) (size G) &&
    Nat.eqb (size P) (size G) &&
  check_difference G T x && same_somehow d 1 other (rows T) && live_hypotheses_b d (rows G) other &&
  same_somehow d 1 (rows P) (rows T) && distance_is d 1 (rows P) (rows G) dist && at_most dist bound &&
  largest_apart_b d (rows G) (rows T) b && equal_numbers bound (plus b (root_of (threshold_of x))).

Theorem check_refined_sound G T P x dist bound other : check_refined G T P x dist bound other = true -> holds_refined G T P x dist bound.
Proof.
  unfold check_refined. cbv zeta. rewrite !andb_true_iff, !Nat.eqb_eq. intros [[[[[[[[[[[[[O _] _] _] Lo] Lp] Df] So] H] Sp] Ds] M] La] E].
  apply check_difference_sound in Df. pose proof Df as [R0 [J0 _]].
  assert (T0 : (0 <= threshold_of x)%Q) by (apply Q_nonneg; rewrite threshold_value; destruct (jump_form x); lra).
  apply same_somehow_sound in So, Sp. apply live_hypotheses_sound in H. apply distance_is_sound in Ds. apply at_most_sound in M.
    apply largest_apart_sound in La.
  apply equal_numbers_sound in E. rewrite plus_value, (root_of_sound _ T0), threshold_value in E.
  unfold holds_refined. cbv zeta. unfold size, plain in *. rewrite Lo in So. rewrite Lp in Sp.
  split; [exact O|split; [exact Df|split; [exists (denoted other); split; assumption|split; [exact Sp|split; [exact Ds|split; [exact M|]]]]]].
  exists (value (largest_apart (inputs G) (rows G) (rows T))). split; [exact La|exact E].
Qed.
