(** Why no multiple of a neuron is near to a place (N5), and Hall's theorem: more sources than places that they may be near to.

    A source (a, c) may become (mu a, c / mu). A binding names one entry, or two: at level v the first one's lower limit of mu is at least the
    second one's upper limit. [check_hall] asks a binding for every source and every place outside [places], in every way to take the source. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Distances.
Import ListNotations.
Open Scope R_scope.

Inductive coordinate := In_a (k : nat) | In_c (l : nat).
Inductive binding := Single (x : coordinate) | Double (lower upper : coordinate).
(** mu > 0; any mu; mu = 1 *)
Inductive multiples := Positive | Any | Unit.
(** sources and the only places that they may be near to, at a level *)
Record hall_of (T : Type) := Hall { level : list T; sources : list nat; places : list nat; bindings : list (list binding) }.
Arguments Hall {T}. Arguments level {T}. Arguments sources {T}. Arguments places {T}. Arguments bindings {T}.
Notation hall := (hall_of term).

Section Over_numbers.
Context {Num : numbers} {Val : values}.

Definition entry_of (n : neuron) (x : coordinate) : surd := match x with In_a k => at_ (fst n) k | In_c l => at_ (snd n) l end.
Definition in_range (d D : nat) (x : coordinate) : bool := match x with In_a k => Nat.ltb k d | In_c l => Nat.ltb l D end.
Definition allows (mode : multiples) (mu : R) : Prop := match mode with Positive => 0 < mu | Any => True | Unit => mu = 1 end.
(** what a source's entry becomes *)
Definition scaled (mu : R) (x : coordinate) (alpha : R) : R := match x with In_a _ => mu * alpha | In_c _ => / mu * alpha end.
Definition gap (mu : R) (source place : neuron) (x : coordinate) : R :=
  Rabs (scaled mu x (value (entry_of source x)) - value (entry_of place x)).

(** * The entries, with the source's positive *)
Definition both_positive (source place : neuron) (x : coordinate) : option (surd * surd) :=
  let alpha := entry_of source x in let beta := entry_of place x in
  if is_positive alpha then Some (alpha, beta) else if is_negative alpha then Some (opp alpha, opp beta) else None.

Lemma both_positive_sound source place x alpha beta mu : both_positive source place x = Some (alpha, beta) ->
  0 < value alpha /\ gap mu source place x = Rabs (scaled mu x (value alpha) - value beta).
Proof.
  unfold both_positive, gap. cbv zeta. destruct (is_positive (entry_of source x)) eqn:P.
  - intros [= <- <-]. split; [apply is_positive_sound, P|reflexivity].
  - destruct (is_negative (entry_of source x)) eqn:N; [|discriminate]. intros [= <- <-]. apply is_negative_sound in N. rewrite !opp_value.
    split; [lra|]. rewrite <- Rabs_Ropp. f_equal. destruct x; cbn [scaled]; ring.
Qed.

(** p / q < mu, q positive; mu < r / s, s positive; no mu at all *)
Definition lower_limit (v : surd) (source place : neuron) (x : coordinate) : option (surd * surd) :=
  match both_positive source place x with
  | None => None
  | Some (alpha, beta) =>
    match x with In_a _ => Some (minus beta v, alpha) | In_c _ => let u := plus beta v in if is_positive u then Some (alpha, u) else None end
  end.
Definition upper_limit (v : surd) (source place : neuron) (x : coordinate) : option (surd * surd) :=
  match both_positive source place x with
  | None => None
  | Some (alpha, beta) =>
    match x with In_a _ => Some (plus beta v, alpha) | In_c _ => let w := minus beta v in if is_positive w then Some (alpha, w) else None end
  end.
Definition impossible (v : surd) (source place : neuron) (x : coordinate) : bool :=
  match both_positive source place x with None => false | Some (_, beta) => at_most (plus beta v) [] end.

(** Outer entries say something of positive mu alone. *)
Definition inner_only (x : coordinate) : bool := match x with In_a _ => true | In_c _ => false end.

Lemma near_bounds t b v : Rabs (t - b) < v -> b - v < t < b + v.
Proof. intro H. apply Rabs_def2 in H. lra. Qed.

Lemma lower_limit_sound v source place x p q mu : lower_limit v source place x = Some (p, q) -> 0 < mu \/ inner_only x = true ->
  gap mu source place x < value v -> 0 < value q /\ value p < mu * value q.
Proof.
  unfold lower_limit. destruct (both_positive source place x) as [[alpha beta]|] eqn:B; [|discriminate].
  destruct (both_positive_sound _ _ _ _ _ mu B) as [A ->]. intros L M G. apply near_bounds in G. destruct x as [k|l]; cbn [scaled] in G.
  - injection L as <- <-. rewrite minus_value. lra.
  - destruct M as [M|]; [|discriminate]. cbv zeta in L. destruct (is_positive (plus beta v)) eqn:U; [|discriminate]. injection L as <- <-.
    apply is_positive_sound in U. split; [exact U|]. rewrite plus_value in *. apply Rmult_lt_reg_l with (/ mu); [now apply Rinv_0_lt_compat|].
    replace (/ mu * (mu * (value beta + value v))) with (value beta + value v) by (field; lra). lra.
Qed.

Lemma upper_limit_sound v source place x r s mu : upper_limit v source place x = Some (r, s) -> 0 < mu \/ inner_only x = true ->
  gap mu source place x < value v -> 0 < value s /\ mu * value s < value r.
Proof.
  unfold upper_limit. destruct (both_positive source place x) as [[alpha beta]|] eqn:B; [|discriminate].
  destruct (both_positive_sound _ _ _ _ _ mu B) as [A ->]. intros L M G. apply near_bounds in G. destruct x as [k|l]; cbn [scaled] in G.
  - injection L as <- <-. rewrite plus_value. lra.
  - destruct M as [M|]; [|discriminate]. cbv zeta in L. destruct (is_positive (minus beta v)) eqn:U; [|discriminate]. injection L as <- <-.
    apply is_positive_sound in U. split; [exact U|]. rewrite minus_value in *. apply Rmult_lt_reg_l with (/ mu); [now apply Rinv_0_lt_compat|].
    replace (/ mu * (mu * (value beta - value v))) with (value beta - value v) by (field; lra). lra.
Qed.

Lemma impossible_sound v source place x mu : impossible v source place x = true -> 0 < mu -> value v <= gap mu source place x.
Proof.
  unfold impossible. destruct (both_positive source place x) as [[alpha beta]|] eqn:B; [|discriminate]. intros H M.
  destruct (both_positive_sound _ _ _ _ _ mu B) as [A ->]. apply at_most_sound in H. rewrite plus_value in H. rewrite value_nil in H.
  assert (0 < scaled mu x (value alpha)) by (destruct x; cbn [scaled]; apply Rmult_lt_0_compat; try apply Rinv_0_lt_compat; assumption).
  apply Rle_trans with (2 := Rle_abs _). lra.
Qed.

(** * One binding *)
(** The intervals of x and of y do not meet. *)
Definition crossed (v : surd) (source place : neuron) (x y : coordinate) : bool :=
  match lower_limit v source place x, upper_limit v source place y with
  | Some (p, q), Some (r, s) => at_most (times r q) (times p s)
  | _, _ => false
  end.
Definition is_apart (mode : multiples) (v : surd) (source place : neuron) (b : binding) : bool :=
  match b with
  | Single x =>
    let alpha := entry_of source x in let beta := entry_of place x in
    match mode with
    | Unit => at_most v (minus beta alpha) || at_most v (minus alpha beta)
    | _ => is_zero alpha && (at_most v beta || at_most v (opp beta))
    end
  | Double x y =>
    match mode with
    | Any => inner_only x && inner_only y && (crossed v source place x y || crossed v source place y x)
    | _ => impossible v source place x || impossible v source place y || crossed v source place x y
    end
  end.
Definition named (d D : nat) (b : binding) : bool :=
  match b with Single x => in_range d D x | Double x y => in_range d D x && in_range d D y end.

(** some entry is at least v away *)
Definition away (d D : nat) (v : R) (mu : R) (source place : neuron) : Prop :=
  exists x, in_range d D x = true /\ v <= gap mu source place x.

Lemma crossed_sound v source place x y mu : crossed v source place x y = true -> 0 < mu \/ (inner_only x = true /\ inner_only y = true) ->
  value v <= gap mu source place x \/ value v <= gap mu source place y.
Proof.
  unfold crossed. destruct (lower_limit v source place x) as [[p q]|] eqn:L; [|discriminate].
  destruct (upper_limit v source place y) as [[r s]|] eqn:U; [|discriminate]. intros H M. apply at_most_sound in H. rewrite !times_value in H.
  destruct (Rle_or_lt (value v) (gap mu source place x)) as [|X]; [now left|].
  destruct (Rle_or_lt (value v) (gap mu source place y)) as [|Y]; [now right|]. exfalso.
  destruct (lower_limit_sound _ _ _ _ _ _ mu L ltac:(tauto) X) as [Q PQ]. destruct (upper_limit_sound _ _ _ _ _ _ mu U ltac:(tauto) Y) as [S RS].
  assert (value p * value s < mu * value q * value s) by (apply Rmult_lt_compat_r; assumption).
  assert (mu * value s * value q < value r * value q) by (apply Rmult_lt_compat_r; assumption).
  lra.
Qed.

Theorem is_apart_sound d D mode v source place b mu : named d D b = true -> is_apart mode v source place b = true -> allows mode mu ->
  away d D (value v) mu source place.
Proof.
  intros N H M. destruct b as [x|x y]; cbn [named is_apart] in *.
  - exists x. split; [exact N|]. unfold gap. cbv zeta in H. destruct mode; cbn [allows] in M.
    1,2: rewrite andb_true_iff, orb_true_iff in H; destruct H as [Z H]; apply is_zero_sound in Z; rewrite Z;
      replace (scaled mu x 0 - value (entry_of place x)) with (- value (entry_of place x)) by (destruct x; cbn [scaled]; ring);
      rewrite Rabs_Ropp; destruct H as [H|H]; apply at_most_sound in H; [|rewrite opp_value in H; rewrite <- Rabs_Ropp];
      exact (Rle_trans _ _ _ H (Rle_abs _)).
    subst mu. replace (scaled 1 x (value (entry_of source x))) with (value (entry_of source x)) by (destruct x; cbn [scaled]; field).
    rewrite orb_true_iff in H. destruct H as [H|H]; apply at_most_sound in H; rewrite minus_value in H.
    + rewrite <- Rabs_Ropp. eapply Rle_trans; [|apply Rle_abs]. lra.
    + eapply Rle_trans; [|apply Rle_abs]. lra.
  - rewrite andb_true_iff in N. destruct N as [NX NY].
    assert (E : value v <= gap mu source place x \/ value v <= gap mu source place y).
    { destruct mode; cbn [allows] in M; [|rewrite !andb_true_iff in H; destruct H as [[IX IY] H]|assert (0 < mu) by lra];
        rewrite ?orb_true_iff in H.
      2: { destruct H as [H|H]; [|apply or_comm]; eapply crossed_sound; eauto. }
      all: destruct H as [[H|H]|H]; [left; now apply impossible_sound|right; now apply impossible_sound|now apply crossed_sound with (1 := H); left].
        }
    destruct E; [now exists x|now exists y].
Qed.

(** * Hall's theorem *)
Fixpoint for_all_2 {A B : Type} (f : A -> B -> bool) (l : list A) (l' : list B) : bool :=
  match l, l' with [], [] => true | a :: r, b :: r' => f a b && for_all_2 f r r' | _, _ => false end.

Lemma for_all_2_sound {A B : Type} (f : A -> B -> bool) l l' : for_all_2 f l l' = true -> forall a, In a l -> exists b, f a b = true.
Proof.
  revert l'. induction l as [|a l IH]; intros [|b l'] H x I; try discriminate; [destruct I|]. cbn [for_all_2] in H. rewrite andb_true_iff in H.
  destruct I as [<-|I]; [exists b; exact (proj1 H)|exact (IH _ (proj2 H) x I)].
Qed.

Definition member (i : nat) (l : list nat) : bool := existsb (Nat.eqb i) l.
Fixpoint distinct (l : list nat) : bool := match l with [] => true | i :: r => negb (member i r) && distinct r end.

Lemma member_sound i l : member i l = true <-> In i l.
Proof.
  unfold member. rewrite existsb_exists. split; [intros [j [I E]]; apply Nat.eqb_eq in E; now subst|intro I; exists i; now rewrite Nat.eqb_refl].
Qed.

Lemma distinct_sound l : distinct l = true -> NoDup l.
Proof.
  induction l as [|i l IH]; [constructor|]. cbn [distinct]. rewrite andb_true_iff, negb_true_iff. intros [M D].
  constructor; [|exact (IH D)]. rewrite <- member_sound, M. discriminate.
Qed.

(** More pigeons than holes: one is elsewhere. *)
Lemma one_elsewhere (sources places : list nat) (q : nat -> nat) : NoDup sources -> (length places < length sources)%nat ->
  (forall i j, In i sources -> In j sources -> q i = q j -> i = j) -> exists j, In j sources /\ member (q j) places = false.
Proof.
  intros ND L Inj. destruct (existsb (fun j => negb (member (q j) places)) sources) eqn:E.
  - apply existsb_exists in E. destruct E as [j [I E]]. apply negb_true_iff in E. now exists j.
  - exfalso. assert (A : forall j, In j sources -> In (q j) places).
    { intros j I. apply member_sound. destruct (member (q j) places) eqn:M; [reflexivity|].
      assert (existsb (fun j => negb (member (q j) places)) sources = true) by (apply existsb_exists; exists j; now rewrite M). congruence. }
    assert (N : NoDup (map q sources)).
    { clear L A E. induction sources as [|i r IH]; [constructor|]. inversion_clear ND. cbn [map]. constructor.
      - intro I. apply in_map_iff in I. destruct I as [j [Q I]]. apply H. rewrite (Inj i j); [exact I|now left|now right|now symmetry].
      - apply IH; [assumption|]. intros. apply Inj; [now right|now right|assumption]. }
    apply (NoDup_incl_length (l' := places)) in N; [rewrite map_length in N; lia|]. intros k I. apply in_map_iff in I. destruct I as [j [<- I]].
      now apply A.
Qed.

(** What is placed, the places that it may be near to, and one row of bindings a source: for every other place in increasing order, one a way. *)
Definition others (m : nat) (l : list nat) : list nat := filter (fun i => negb (member i l)) (seq 0 m).
Definition ways_and_places (ways : list neuron) (l : list nat) : list (neuron * nat) := flat_map (fun i => map (fun w => (w, i)) ways) l.
Definition check_hall (d D : nat) (mode : multiples) (ways : nat -> list neuron) (G : list neuron) (h : hall) : bool :=
  distinct (sources h) && Nat.ltb (length (places h)) (length (sources h)) &&
  for_all_2 (fun j row =>
    for_all_2 (fun w b => named d D b && is_apart mode (level h) (fst w) (nth_neuron G (snd w)) b)
      (ways_and_places (ways j) (others (length G) (places h))) row) (sources h) (bindings h).

Theorem check_hall_sound d D mode ways G h (q : nat -> nat) : check_hall d D mode ways G h = true ->
  (forall j, In j (sources h) -> (q j < length G)%nat) ->
  (forall i j, In i (sources h) -> In j (sources h) -> q i = q j -> i = j) ->
  exists j, In j (sources h) /\ forall w mu, In w (ways j) -> allows mode mu -> away d D (value (level h)) mu w (nth_neuron G (q j)).
Proof.
  unfold check_hall. rewrite !andb_true_iff, Nat.ltb_lt. intros [[ND L] H] Q Inj. apply distinct_sound in ND.
  destruct (one_elsewhere _ _ q ND L Inj) as [j [I E]]. exists j. split; [exact I|]. intros w mu W M.
  destruct (for_all_2_sound _ _ _ H j I) as [row R]. cbv beta in R.
  assert (WI : In (w, q j) (ways_and_places (ways j) (others (length G) (places h)))).
  { apply in_flat_map. exists (q j). split; [|apply in_map_iff; now exists w]. apply filter_In. split; [|now rewrite E].
    apply in_seq. specialize (Q j I). lia. }
  destruct (for_all_2_sound _ _ _ R _ WI) as [b B]. cbv beta in B. rewrite andb_true_iff in B. cbn [fst snd] in B.
  exact (is_apart_sound d D mode _ _ _ b mu (proj1 B) (proj2 B) M).
Qed.

(** What is away in one entry of one neuron is away. *)
Lemma away_distance d m D v mu w place P G i : (i < m)%nat -> away d D v mu w place ->
  (forall k, (k < d)%nat -> inner P i k = mu * vector (fst w) k) -> (forall l, (l < D)%nat -> outer P i l = / mu * vector (snd w) l) ->
  (forall k, (k < d)%nat -> inner G i k = vector (fst place) k) -> (forall l, (l < D)%nat -> outer G i l = vector (snd place) l) ->
  v <= distance d m D P G.
Proof.
  intros Hi [[k|l] [R V]] PA PC GA GC; cbn [in_range] in R; apply Nat.ltb_lt in R; apply Rle_trans with (1 := V); unfold gap; cbn [scaled entry_of].
  - apply Rle_trans with (2 := distance_inner d m D P G i k Hi R). rewrite PA, GA by exact R. right. reflexivity.
  - apply Rle_trans with (2 := distance_outer d m D P G i l Hi R). rewrite PC, GC by exact R. right. reflexivity.
Qed.
End Over_numbers.
