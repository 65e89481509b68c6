(** Regions of hyperplanes inside a cone: a list that is closed under crossing hyperplanes has all of them.

    From a point of a listed region to any other point: the endpoint is moved a little, so that the segment crosses one hyperplane at a time;
    behind the first crossing is a region, so it is listed, and it differs on one hyperplane less. *)
From Coq Require Import Reals List Arith Lia Lra Bool.
From relucert Require Import Statements Sums Hyperplanes.
Import ListNotations.
Open Scope R_scope.

Definition signed_by (b : bool) (t : R) : Prop := if b then 0 < t else t < 0.

Section Walk.
Variables (n k q : nat) (a g : nat -> vec).
(** x lies in the cone, and on the sides s of the hyperplanes *)
Definition lies (s : nat -> bool) (x : vec) : Prop :=
  (forall i, (i < k)%nat -> signed_by (s i) (dot n (a i) x)) /\ forall j, (j < q)%nat -> 0 < dot n (g j) x.
Definition crossed (h : nat) (s : nat -> bool) : nat -> bool := fun i => if Nat.eqb i h then negb (s i) else s i.

(** how many sides differ *)
Fixpoint differing (m : nat) (s s' : nat -> bool) : nat :=
  match m with O => O | S m => (differing m s s' + if Bool.eqb (s m) (s' m) then 0 else 1)%nat end.

Lemma differing_0 m s s' : differing m s s' = O -> forall i, (i < m)%nat -> s i = s' i.
Proof.
  induction m; intros E i Hi; [lia|]. cbn [differing] in E. destruct (Bool.eqb (s m) (s' m)) eqn:B; [|lia].
  destruct (Nat.eq_dec i m) as [->|N]; [exact (eqb_prop _ _ B)|]. apply IHm; lia.
Qed.

Lemma differing_some m s s' : differing m s s' <> O -> exists i, (i < m)%nat /\ s i <> s' i.
Proof.
  induction m; intro E; [now elim E|]. cbn [differing] in E. destruct (Bool.eqb (s m) (s' m)) eqn:B.
  - destruct IHm as [i [Hi D]]; [lia|]. exists i. split; [lia|exact D].
  - exists m. split; [lia|]. intro C. rewrite C, eqb_reflx in B. discriminate.
Qed.

Lemma differing_same m h s s' : (m <= h)%nat -> differing m (crossed h s) s' = differing m s s'.
Proof.
  induction m; intro H; [reflexivity|]. cbn [differing]. rewrite IHm by lia. unfold crossed.
  replace (Nat.eqb m h) with false by (symmetry; apply Nat.eqb_neq; lia). reflexivity.
Qed.

Lemma differing_crossed m h s s' : (h < m)%nat -> s h <> s' h -> differing m s s' = S (differing m (crossed h s) s').
Proof.
  induction m; intros H D; [lia|]. cbn [differing]. destruct (Nat.eq_dec h m) as [->|N].
  - rewrite differing_same by lia. replace (crossed m s m) with (negb (s m)) by (unfold crossed; now rewrite Nat.eqb_refl).
    destruct (s m), (s' m); cbn [Bool.eqb negb]; try (now elim D); lia.
  - rewrite IHm by (assumption || lia).
    replace (crossed h s m) with (s m) by (unfold crossed; replace (Nat.eqb m h) with false by (symmetry; apply Nat.eqb_neq; lia); reflexivity).
    destruct (Bool.eqb _ _); lia.
Qed.

(** among finitely many one is least *)
Lemma least_of m (P : nat -> bool) (f : nat -> R) : (exists i, (i < m)%nat /\ P i = true) ->
  exists i, (i < m)%nat /\ P i = true /\ forall j, (j < m)%nat -> P j = true -> f i <= f j.
Proof.
  induction m; intros [i [Hi Pi]]; [lia|]. destruct (existsb P (seq 0 m)) eqn:E.
  - apply existsb_exists in E. destruct E as [j [Ij Pj]]. apply in_seq in Ij. destruct IHm as [h [Hh [Ph L]]]; [exists j; split; [lia|exact Pj]|].
    destruct (P m) eqn:Pm; [destruct (Rle_dec (f h) (f m)) as [C|C]|].
    + exists h. split; [lia|split; [exact Ph|]]. intros l Hl Pl. destruct (Nat.eq_dec l m) as [->|N]; [exact C|apply L; [lia|exact Pl]].
    + exists m. split; [lia|split; [exact Pm|]]. intros l Hl Pl. destruct (Nat.eq_dec l m) as [->|N]; [lra|].
      assert (f h <= f l) by (apply L; [lia|exact Pl]). lra.
    + exists h. split; [lia|split; [exact Ph|]]. intros l Hl Pl. destruct (Nat.eq_dec l m) as [->|N]; [congruence|apply L; [lia|exact Pl]].
  - assert (No : forall j, (j < m)%nat -> P j = false).
    { intros j Hj. destruct (P j) eqn:C; [|reflexivity]. rewrite <- E. symmetry. apply existsb_exists. exists j. split; [apply in_seq; lia|exact C]. }
    assert (i = m) as -> by (destruct (Nat.eq_dec i m) as [|N]; [assumption|]; rewrite No in Pi by lia; discriminate).
    exists m. split; [lia|split; [exact Pi|]]. intros l Hl Pl. destruct (Nat.eq_dec l m) as [->|N]; [lra|]. rewrite No in Pl by lia. discriminate.
Qed.

(** and there is room above c, below finitely many numbers that are larger *)
Lemma room_above m (P : nat -> bool) (f : nat -> R) c e : c < e -> (forall j, (j < m)%nat -> P j = true -> c < f j) ->
  exists t, c < t < e /\ forall j, (j < m)%nat -> P j = true -> t < f j.
Proof.
  induction m; intros C H; [exists ((c + e) / 2); split; [lra|intros; lia]|].
  destruct (IHm C) as [t [T B]]; [intros; apply H; [lia|assumption]|]. destruct (P m) eqn:Pm.
  - assert (c < f m) by (apply H; [lia|exact Pm]). exists ((c + Rmin t (f m)) / 2). unfold Rmin. destruct (Rle_dec t (f m)); (split; [lra|]);
      intros j Hj Pj; (destruct (Nat.eq_dec j m) as [->|N]; [lra|]); (assert (t < f j) by (apply B; [lia|exact Pj])); lra.
  - exists t. split; [exact T|]. intros j Hj Pj. destruct (Nat.eq_dec j m) as [->|N]; [congruence|]. apply B; [lia|exact Pj].
Qed.

(** A point with the same sides from which the segment to p crosses no two hyperplanes at once. *)
Lemma moved s x p : (forall i j, (i < k)%nat -> (j < k)%nat -> i <> j -> ~ exists l, multiple n l (a i) (a j)) ->
  (forall i, (i < k)%nat -> dot n (a i) p <> 0) -> lies s x ->
  exists y, lies s y /\ forall i j, (i < k)%nat -> (j < k)%nat -> i <> j -> dot n (a i) p * dot n (a j) y <> dot n (a j) p * dot n (a i) y.
Proof.
  intros NP P0 [S D]. set (w := fun i j e => dot n (a i) p * a j e - dot n (a j) p * a i e).
  set (b := fun i => if (i <? k)%nat then a i else if (i <? k + q)%nat then g (i - k)%nat else
    w ((i - (k + q)) / k)%nat ((i - (k + q)) mod k)%nat).
  set (m := (k + q + k * k)%nat). destruct (off_all n m b) as [z Hz]. destruct (small_step n m b x z) as [e [He H]].
  assert (St : Rabs (e / 2) < e) by (rewrite Rabs_pos_eq; lra).
  assert (Ba : forall i, (i < k)%nat -> b i = a i) by (intros i Hi; unfold b; apply Nat.ltb_lt in Hi; now rewrite Hi).
  assert (Bg : forall j, (j < q)%nat -> b (k + j)%nat = g j).
  { intros j Hj. unfold b. replace (k + j <? k)%nat with false by (symmetry; apply Nat.ltb_ge; lia).
    replace (k + j <? k + q)%nat with true by (symmetry; apply Nat.ltb_lt; lia). f_equal. lia. }
  assert (Bw : forall i j, (i < k)%nat -> (j < k)%nat -> b (k + q + (i * k + j))%nat = w i j).
  { intros i j Hi Hj. unfold b. replace (_ <? k)%nat with false by (symmetry; apply Nat.ltb_ge; lia).
    replace (_ <? k + q)%nat with false by (symmetry; apply Nat.ltb_ge; lia).
    replace (k + q + (i * k + j) - (k + q))%nat with (j + i * k)%nat by lia.
    rewrite Nat.div_add, Nat.mod_add, Nat.div_small, Nat.mod_small by lia. reflexivity. }
  exists (fun c => x c + e / 2 * z c). split; [split|].
  - intros i Hi. specialize (S i Hi). destruct (H i (e / 2) ltac:(unfold m; lia) St) as [U V]. rewrite Ba in U, V by exact Hi.
    unfold signed_by in *. destruct (s i); [exact (U S)|exact (V S)].
  - intros j Hj. destruct (H (k + j)%nat (e / 2) ltac:(unfold m; lia) St) as [U _]. rewrite Bg in U by exact Hj. exact (U (D j Hj)).
  - intros i j Hi Hj Hn E. assert (L : (i * k + j < k * k)%nat) by nia.
    assert (Nz : ~ zero n (w i j)).
    { intro Z. apply (NP i j Hi Hj Hn). exists (dot n (a j) p / dot n (a i) p). intros c Hc. specialize (Z c Hc). unfold w in Z.
      specialize (P0 i Hi). apply Rmult_eq_reg_l with (dot n (a i) p); [|exact P0]. field_simplify; [lra|exact P0]. }
    assert (W : forall v, dot n (w i j) v = dot n (a i) p * dot n (a j) v - dot n (a j) p * dot n (a i) v).
    { intro v. unfold w. rewrite dot_minus_l, !dot_scal_l. reflexivity. }
    set (at_ij := (k + q + (i * k + j))%nat) in *. destruct (H at_ij (e / 2) ltac:(unfold m, at_ij; lia) St) as [U V].
    pose proof (Hz at_ij ltac:(unfold m, at_ij; lia)) as Z. unfold at_ij in *. rewrite Bw in U, V, Z by assumption. specialize (Z Nz).
    pose proof (W (fun c => x c + e / 2 * z c)) as Wy. rewrite E in Wy.
    destruct (Rtotal_order (dot n (w i j) x) 0) as [C|[C|C]]; [specialize (V C); lra| |specialize (U C); lra].
    rewrite dot_plus_r, dot_scal_r, C in Wy. assert (e / 2 * dot n (w i j) z = 0) by lra. apply Rmult_integral in H0. destruct H0; [lra|now apply Z].
Qed.

(** The first hyperplane on the way. *)
Lemma first_crossing s s' p x : (forall i j, (i < k)%nat -> (j < k)%nat -> i <> j -> ~ exists l, multiple n l (a i) (a j)) ->
  lies s p -> lies s' x -> (exists i, (i < k)%nat /\ s i <> s' i) -> exists h y, (h < k)%nat /\ s h <> s' h /\ lies (crossed h s) y.
Proof.
  intros NP L Lx Ex.
  assert (P0 : forall i, (i < k)%nat -> dot n (a i) p <> 0).
  { intros i Hi. pose proof (proj1 L i Hi) as S. unfold signed_by in S. destruct (s i); lra. }
  destruct (moved s' x p NP P0 Lx) as [x' [L' Apart]]. clear x Lx. destruct L as [S D], L' as [S' D'].
  set (u := fun i => dot n (a i) p) in *. set (v := fun i => dot n (a i) x') in *.
  set (time := fun i => u i / (u i - v i)). set (P := fun i => negb (Bool.eqb (s i) (s' i))).
  assert (Pspec : forall i, P i = true <-> s i <> s' i).
  { intro i. unfold P. destruct (s i), (s' i); cbn; split; intro; try reflexivity; try discriminate; try (now elim H). }
  assert (Opp : forall i, (i < k)%nat -> P i = true -> (0 < u i /\ v i < 0) \/ (u i < 0 /\ 0 < v i)).
  { intros i Hi Pi. apply Pspec in Pi. specialize (S i Hi). specialize (S' i Hi). unfold signed_by in *. fold (u i) in S. fold (v i) in S'.
    destruct (s i), (s' i); try (now elim Pi); auto. }
  assert (Tm : forall i, (i < k)%nat -> P i = true -> time i * (u i - v i) = u i /\ 0 < time i < 1).
  { intros i Hi Pi. pose proof (Opp i Hi Pi) as O. assert (u i - v i <> 0) by lra. assert (E : time i * (u i - v i) = u i) by (unfold time; field;
      assumption). split; [exact E|]. destruct O; split; nra. }
  destruct (least_of k P time) as [h [Hh [Ph Least]]].
  { destruct Ex as [i [Hi E]]. exists i. split; [exact Hi|now apply Pspec]. }
  destruct (room_above k (fun i => P i && negb (Nat.eqb i h)) time (time h) 1) as [t [T Room]].
  { apply (Tm h Hh Ph). }
  { intros j Hj Pj. rewrite andb_true_iff, negb_true_iff, Nat.eqb_neq in Pj. destruct Pj as [Pj N]. destruct (Rle_lt_or_eq_dec _ _ (Least j Hj Pj))
      as [C|C]; [exact C|]. exfalso. apply (Apart j h Hj Hh N). fold (u j) (v h) (u h) (v j).
    destruct (Tm j Hj Pj) as [E1 _]. destruct (Tm h Hh Ph) as [E2 _]. rewrite C in E2.
    assert (A : u j * (1 - time j) = - (time j * v j)) by lra. assert (B : u h * (1 - time j) = - (time j * v h)) by lra.
    destruct (Tm j Hj Pj) as [_ [T0 T1]]. apply Rmult_eq_reg_l with (time j); [|lra].
    replace (time j * (u j * v h)) with (u j * - - (time j * v h)) by ring. rewrite <- B.
    replace (time j * (u h * v j)) with (u h * - - (time j * v j)) by ring. rewrite <- A. ring. }
  exists h, (fun c => p c + t * (x' c - p c)). split; [exact Hh|]. split; [now apply Pspec|].
  assert (Dot : forall b, dot n b (fun c => p c + t * (x' c - p c)) = (1 - t) * dot n b p + t * dot n b x').
  { intro b. rewrite dot_plus_r, dot_scal_r, dot_minus_r. ring. }
  destruct (Tm h Hh Ph) as [Eh [Th0 Th1]].
  split.
  - intros i Hi. rewrite Dot. fold (u i) (v i). specialize (S i Hi). specialize (S' i Hi). fold (u i) in S. fold (v i) in S'. unfold crossed.
    destruct (P i) eqn:Pi.
    + destruct (Tm i Hi Pi) as [E [T0 T1]]. pose proof (Opp i Hi Pi) as O. destruct (Nat.eqb_spec i h) as [->|N].
      * unfold signed_by in *. destruct (s h); cbn [negb]; nra.
      * assert (t < time i). { apply Room; [exact Hi|]. rewrite Pi. apply negb_true_iff, Nat.eqb_neq. exact N. }
        unfold signed_by in *. destruct (s i); nra.
    + assert (Same : s i = s' i) by (unfold P in Pi; apply negb_false_iff in Pi; exact (eqb_prop _ _ Pi)).
      destruct (Nat.eqb_spec i h) as [->|N]; [congruence|]. rewrite Same in *. unfold signed_by in *. destruct (s' i); nra.
  - intros j Hj. rewrite Dot. specialize (D j Hj). specialize (D' j Hj). nra.
Qed.

(** What is closed under crossings, and has a region, has all. *)
Theorem walked (listed : (nat -> bool) -> Prop) :
  (forall s s', (forall i, (i < k)%nat -> s i = s' i) -> listed s -> listed s') ->
  (forall i j, (i < k)%nat -> (j < k)%nat -> i <> j -> ~ exists l, multiple n l (a i) (a j)) ->
  (forall s h, listed s -> (h < k)%nat -> listed (crossed h s) \/ forall x, ~ lies (crossed h s) x) ->
  forall s p, listed s -> lies s p -> forall s' x, lies s' x -> listed s'.
Proof.
  intros Ext NP Closed. assert (G : forall N s p, listed s -> lies s p -> forall s' x, lies s' x -> differing k s s' = N -> listed s').
  { induction N as [|N IH]; intros s p Ls Lp s' x Lx E.
    - apply (Ext s); [|exact Ls]. apply differing_0. exact E.
    - destruct (first_crossing s s' p x NP Lp Lx) as [h [y [Hh [Dh Ly]]]]; [apply differing_some; lia|].
      destruct (Closed s h Ls Hh) as [C|C]; [|elim (C y Ly)].
      apply (IH _ y C Ly s' x Lx). rewrite (differing_crossed k h s s' Hh Dh) in E. lia. }
  intros s p Ls Lp s' x Lx. exact (G _ s p Ls Lp s' x Lx eq_refl).
Qed.
End Walk.
