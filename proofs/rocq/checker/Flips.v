(** Which neurons can be flipped together (N3), and when a network is the only one with its function up to order and scaling.

    For the list of functions that are to be plugged in:
      check_flips  : nat (d) -> nat (D) -> list neuron -> list (list nat) (the non-empty sets) -> exhaustion -> bool     [check_flips_sound]
      check_unique : nat (d) -> nat (D) -> list neuron -> exhaustion -> bool                                           [check_unique_sound]
    what they show:
      flips_are d m D T sets  and  is_unique d m D T. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums Parametrizations.
From relucert.checker Require Import Numbers Networks Distances Directions Bindings Exhaustion.
Import ListNotations.
Open Scope R_scope.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** Σ_F c_i a_i^T = 0 *)
Definition flippable (d m D : nat) (T : net) (F : nat -> bool) : Prop :=
  forall k l, (k < d)%nat -> (l < D)%nat -> sum m (fun i => if F i then outer T i l * inner T i k else 0) = 0.
(** What the claim `flips` says: one kink a neuron, and the empty set and these are all that can be flipped. *)
Definition flips_are (d m D : nat) (T : net) (sets : list (list nat)) : Prop :=
  m_kinks d m D T /\ forall F, flippable d m D T F <-> exists s, In s ([] :: sets) /\ forall i, (i < m)%nat -> F i = member i s.
(** What the claim `unique` says. *)
Definition is_unique (d m D : nat) (T : net) : Prop := forall P, same d m m D P T -> permutation_and_scaling d m D P T.

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

(** * By functionals: nothing can be flipped *)
(** Where the c_i a_iᵀ are linearly independent: one functional a neuron, a D × d matrix by rows: 0 on the c_h a_hᵀ of all others, not 0 on its own. *)
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

(** * The equations, one an entry of Σ_F c_i a_i^T *)
Fixpoint collect {A B : Type} (f : A -> option B) (l : list A) : option (list B) :=
  match l with
  | [] => Some []
  | a :: r => match f a with None => None | Some b => match collect f r with None => None | Some r => Some (b :: r) end end
  end.
Definition entries (d D : nat) : list (nat * nat) := flat_map (fun l => map (fun k => (l, k)) (seq 0 d)) (seq 0 D).
Definition coefficients (N : list neuron) (lk : nat * nat) : option (list Q) :=
  collect (fun n => as_rational (times (at_ (snd n) (fst lk)) (at_ (fst n) (snd lk)))) N.
Definition equations (d D : nat) (N : list neuron) : option (list equation) :=
  match collect (coefficients N) (entries d D) with None => None | Some rows => Some (map (fun r => (r, 0%Q)) rows) end.

Lemma collect_in {A B : Type} (f : A -> option B) l l' : collect f l = Some l' ->
  (forall a, In a l -> exists b, f a = Some b /\ In b l') /\ (forall b, In b l' -> exists a, In a l /\ f a = Some b).
Proof.
  revert l'. induction l as [|a l IH]; intros l' H; cbn [collect] in H; [injection H as <-; split; intros ? []|].
  destruct (f a) as [b|] eqn:E; [|discriminate]. destruct (collect f l) as [r|]; [|discriminate]. injection H as <-.
    destruct (IH r eq_refl) as [I J]. split.
  - intros x [<-|X]; [exists b; split; [exact E|now left]|]. destruct (I x X) as [c [? ?]]. exists c. split; [assumption|now right].
  - intros c [<-|C]; [exists a; split; [now left|exact E]|]. destruct (J c C) as [x [? ?]]. exists x. split; [now right|assumption].
Qed.

Lemma in_entries d D l k : In (l, k) (entries d D) <-> (l < D)%nat /\ (k < d)%nat.
Proof.
  unfold entries. rewrite in_flat_map. split.
  - intros [l' [L I]]. apply in_map_iff in I. destruct I as [k' [[= <- <-] K]]. apply in_seq in L, K. lia.
  - intros [L K]. exists l. split; [apply in_seq; lia|]. apply in_map_iff. exists k. split; [reflexivity|apply in_seq; lia].
Qed.

Lemma coefficients_sound N lk row F : coefficients N lk = Some row -> forall i, applied F i row =
  sum (length N) (fun j => if F (i + j)%nat then outer (denoted N) j (fst lk) * inner (denoted N) j (snd lk) else 0).
Proof.
  revert row. induction N as [|n N IH]; intros row H i; unfold coefficients in H; cbn [collect] in H; [injection H as <-; reflexivity|].
  destruct (as_rational _) as [q|] eqn:E; [|discriminate]. fold (coefficients N lk) in H. destruct (coefficients N lk) as [r|] eqn:C; [|discriminate].
  injection H as <-. cbn [applied length]. rewrite sum_first, (IH r eq_refl (S i)), Nat.add_0_r. f_equal.
  - apply as_rational_sound in E. rewrite times_value in E. cbn [denoted inner outer nth]. unfold vector. rewrite E.
    destruct (F i); cbn [unit_of]; ring.
  - apply sum_ext. intros j _. replace (S i + j)%nat with (i + S j)%nat by lia. reflexivity.
Qed.

Lemma equations_sound d D N es F : equations d D N = Some es ->
  (flippable d (length N) D (denoted N) F <-> forall e, In e es -> holds F e).
Proof.
  unfold equations. destruct (collect _ _) as [rows|] eqn:C; [|discriminate]. intros [= <-]. destruct (collect_in _ _ _ C) as [I J]. split.
  - intros H e E. apply in_map_iff in E. destruct E as [r [<- R]]. destruct (J r R) as [[l k] [LK CO]]. apply in_entries in LK.
    unfold holds. cbn [fst snd]. rewrite (coefficients_sound _ _ _ F CO 0), Q2R_0. exact (H k l (proj2 LK) (proj1 LK)).
  - intros H k l Hk Hl. destruct (I (l, k)) as [r [CO R]]; [now apply in_entries|].
    assert (E := H (r, 0%Q) (in_map (fun r => (r, 0%Q)) _ _ R)). unfold holds in E. cbn [fst snd] in E.
      rewrite (coefficients_sound _ _ _ F CO 0), Q2R_0 in E. exact E.
Qed.

(** * The checker *)
Definition state_of (n : nat) (s : list nat) : state := map (fun i => Some (member i s)) (seq 0 n).
Definition is_set (n : nat) (y : state) (s : list nat) : bool := below n (fun i => Bool.eqb (chosen y i) (member i s)).
Fixpoint increasing (l : list nat) : bool := match l with i :: ((j :: _) as r) => Nat.ltb i j && increasing r | _ => true end.
Definition listed (n : nat) (es : list equation) (sets : list (list nat)) (y : state) : bool :=
  whole n y && (negb (forallb (solved y) es) || existsb (is_set n y) ([] :: sets)).
Definition proper (n : nat) (s : list nat) : bool := negb (Nat.eqb (length s) 0) && increasing s && forallb (fun i => Nat.ltb i n) s.
(** The sets that solve the equations are these. *)
Definition check_sets (d D : nat) (N : list neuron) (sets : list (list nat)) (x : exhaustion) : bool :=
  let m := length N in
  match equations d D N with
  | None => false
  | Some es =>
    forallb (fun s => proper m s && forallb (solved (state_of m s)) es) sets &&
    exhaust es x (repeat None m) (listed m es sets)
  end.
Definition check_flips (d D : nat) (N : list neuron) (sets : list (list nat)) (x : exhaustion) : bool :=
  one_kink_each d D N && check_sets d D N sets x.

Lemma agrees_nothing F n : agrees F (repeat None n).
Proof. intros i b. rewrite nth_repeat. discriminate. Qed.

Lemma chosen_state_of n s i : (i < n)%nat -> chosen (state_of n s) i = member i s.
Proof.
  intro Hi. unfold chosen, state_of. rewrite nth_indep with (d' := Some (member 0 s)) by (rewrite map_length, seq_length; exact Hi).
  rewrite (map_nth (fun i => Some (member i s)) (seq 0 n) 0%nat i), seq_nth by exact Hi. cbn [Nat.add]. destruct (member i s); reflexivity.
Qed.

Lemma flippable_ext d m D T F F' : (forall i, (i < m)%nat -> F i = F' i) -> flippable d m D T F -> flippable d m D T F'.
Proof. intros E H k l Hk Hl. etransitivity; [|exact (H k l Hk Hl)]. apply sum_ext. intros i Hi. now rewrite (E i Hi). Qed.

Lemma check_sets_sound d D N sets x : check_sets d D N sets x = true -> forall F,
  flippable d (length N) D (denoted N) F <-> exists s, In s ([] :: sets) /\ forall i, (i < length N)%nat -> F i = member i s.
Proof.
  unfold check_sets. cbv zeta. intros H F.
  destruct (equations d D N) as [es|] eqn:E; [|discriminate]. rewrite andb_true_iff, forallb_forall in H. destruct H as [S X]. split.
  - intros FL. pose proof (proj1 (equations_sound _ _ _ _ F E) FL) as HE.
    destruct (exhaust_sound F _ _ _ _ X HE (agrees_nothing F _)) as [y [L A]].
    unfold listed in L. rewrite andb_true_iff, orb_true_iff, negb_true_iff in L. destruct L as [W L].
    assert (C : forall i, (i < length N)%nat -> F i = chosen y i) by (intros; now apply whole_agrees with (1 := W)).
    destruct L as [L|L].
    + exfalso. assert (V : forallb (solved y) es = true); [|congruence]. apply forallb_forall. intros e I. apply solved_sound.
      apply (equations_sound d D N es (chosen y) E); [|exact I]. exact (flippable_ext _ _ _ _ _ _ C FL).
    + apply existsb_exists in L. destruct L as [s [I Z]]. exists s. split; [exact I|]. intros i Hi.
      pose proof (below_sound _ _ Z i Hi) as B. cbv beta in B. apply eqb_prop in B. rewrite (C i Hi). exact B.
  - intros [s [[<-|I] M]].
    + intros k l _ _. apply sum_zero. intros i Hi. now rewrite (M i Hi).
    + specialize (S s I). rewrite andb_true_iff, forallb_forall in S. apply (flippable_ext _ _ _ _ (chosen (state_of (length N) s))).
      * intros i Hi. rewrite chosen_state_of by exact Hi. symmetry. exact (M i Hi).
      * apply (equations_sound _ _ _ _ _ E). intros e J. apply solved_sound, (proj2 S e J).
Qed.

Theorem check_flips_sound d D N sets x : check_flips d D N sets x = true -> flips_are d (length N) D (denoted N) sets.
Proof.
  unfold check_flips. rewrite andb_true_iff. intros [K H]. split; [exact (one_kink_each_sound _ _ _ K)|exact (check_sets_sound _ _ _ _ _ H)].
Qed.

Definition check_unique (d D : nat) (N : list neuron) (x : exhaustion) : bool := check_flips d D N [] x.

Lemma permutation_of_same_entries d m D P T T' : (forall i k, (i < m)%nat -> (k < d)%nat -> inner T i k = inner T' i k) ->
  (forall i l, (i < m)%nat -> (l < D)%nat -> outer T i l = outer T' i l) -> permutation_and_scaling d m D P T -> permutation_and_scaling d m D P T'.
Proof.
  intros A C [p [l [Hp [Inj H]]]]. exists p, l. split; [exact Hp|split; [exact Inj|]]. intros i Hi. destruct (H i Hi) as [L [HA HC]].
  split; [exact L|split]; intros k Hk; [rewrite (HA k Hk), (A (p i) k (Hp i Hi) Hk)|rewrite (HC k Hk), (C (p i) k (Hp i Hi) Hk)]; reflexivity.
Qed.

Theorem check_unique_sound d D N x : check_unique d D N x = true -> is_unique d (length N) D (denoted N).
Proof.
  intros H P S. destruct (check_flips_sound _ _ _ _ _ H) as [K FL]. destruct (proj1 (all_parametrizations_holds _ _ _ _ P K) S) as [F [F0 HP]].
  destruct (proj1 (FL F) F0) as [s [[<-|[]] M]]. apply (permutation_of_same_entries d (length N) D P (flip F (denoted N))); [|reflexivity|exact HP].
  intros i k Hi _. cbn [flip inner]. now rewrite (M i Hi).
Qed.
End Over_numbers.
