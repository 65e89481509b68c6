(** The largest absolute value on a box: along a coordinate the function is affine up to the next hyperplane or side of the box, so it is
    enough to look at these, where the coordinate is eliminated; at the end are the vertices. Rows act on (x, 1). *)
From Coq Require Import Reals List ZArith QArith Lia Lra Psatz Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks.
Import ListNotations.
Open Scope R_scope.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** * Rows *)
Definition row := list surd.
(** on r = 0 the same as |r_j| a, with 0 at j *)
Definition eliminated (n j : nat) (r a : row) : row :=
  let s := at_ r j in
  map (fun k => if is_positive s then minus (times s (at_ a k)) (times (at_ a j) (at_ r k)) else minus (times (at_ a j) (at_ r k)) (times s (at_ a k)))
    (seq 0 n).
Definition rows_dot (n : nat) (a : row) (y : vec) : R := dot n (vector a) y.

Lemma at_map (f : nat -> surd) n k : (k < n)%nat -> at_ (map f (seq 0 n)) k = f k.
Proof.
  intro H. unfold at_. rewrite nth_indep with (d' := f 0%nat) by (rewrite map_length, seq_length; exact H).
  rewrite map_nth, seq_nth by exact H. reflexivity.
Qed.

Lemma eliminated_dot n j r a y : definite (at_ r j) = true -> rows_dot n r y = 0 ->
  rows_dot n (eliminated n j r a) y = Rabs (value (at_ r j)) * rows_dot n a y.
Proof.
  intros D Z. unfold rows_dot in *. set (s := at_ r j) in *. assert (E : forall k, (k < n)%nat -> vector (eliminated n j r a) k =
    (if is_positive s then 1 else -1) * (value s * vector a k - value (at_ a j) * vector r k)).
  { intros k Hk. unfold eliminated. cbv zeta. fold s. unfold vector at 1. rewrite at_map by exact Hk.
    destruct (is_positive s); rewrite minus_value, !times_value; unfold vector; ring. }
  rewrite (dot_ext n _ (fun k => (if is_positive s then 1 else -1) * (value s * vector a k - value (at_ a j) * vector r k)) y y E) by reflexivity.
  rewrite dot_scal_l, dot_minus_l, !dot_scal_l, Z. unfold definite in D. rewrite orb_true_iff in D. destruct (is_positive s) eqn:P.
  - apply is_positive_sound in P. rewrite Rabs_pos_eq by lra. ring.
  - destruct D as [D|D]; [discriminate|]. apply is_negative_sound in D. rewrite Rabs_left by exact D. ring.
Qed.

(** * The check *)
(** neurons and sides of the box, the sides >= 0 inside; [factor]: by how much everything has been multiplied *)
Definition bend_sum (N : list neuron) (last l : nat) : surd := weighed N (fun n => positive_part (at_ (fst n) last)) l.
Definition small_at (N : list neuron) (sides : list row) (d D : nat) (most : surd) : bool :=
  forallb (fun n => null d (fst n)) N && forallb (null d) sides &&
  (existsb (fun g => is_negative (at_ g d)) sides ||
   (forallb (fun n => known (at_ (fst n) d)) N &&
    below D (fun l => at_most (bend_sum N d l) most && at_most (opp (bend_sum N d l)) most))).
Fixpoint small_on (levels j d D : nat) (N : list neuron) (sides : list row) (most : surd) : bool :=
  match levels with
  | O => small_at N sides d D most
  | S levels =>
    existsb (fun g => is_positive (at_ g j)) sides && existsb (fun g => is_negative (at_ g j)) sides &&
    forallb (fun r => is_zero (at_ r j) ||
      (definite (at_ r j) &&
       small_on levels (S j) d D (map (fun n => (eliminated (S d) j r (fst n), snd n)) N) (map (eliminated (S d) j r) sides)
         (times (absolute (at_ r j)) most)))
      (map fst N ++ sides)
  end.

(** what it shows: of all y with last entry 1 inside *)
Definition small_inside (d D : nat) (N : list neuron) (sides : list row) (most : R) : Prop := forall y, y d = 1 ->
  (forall g, In g sides -> 0 <= rows_dot (S d) g y) ->
  forall l, (l < D)%nat -> Rabs (added (map (fun n => weight n l * relu (rows_dot (S d) (fst n) y)) N)) <= most.

Lemma null_dot d a y : null d a = true -> y d = 1 -> rows_dot (S d) a y = value (at_ a d).
Proof. intros Z Y. unfold rows_dot, dot. cbn [sum]. fold (dot d (vector a) y). rewrite (dot_zero_l d _ y (null_sound _ _ Z)), Y. unfold vector. ring. Qed.

Lemma small_at_sound d D N sides most : small_at N sides d D most = true -> small_inside d D N sides (value most).
Proof.
  unfold small_at. rewrite !andb_true_iff, orb_true_iff, !forallb_forall. intros [[Nn Ns] H] y Y In_ l Hl. destruct H as [H|H].
  - exfalso. apply existsb_exists in H. destruct H as [g [I H]]. apply is_negative_sound in H. specialize (In_ g I).
    rewrite null_dot in In_ by auto. lra.
  - rewrite andb_true_iff, forallb_forall in H. destruct H as [K H]. pose proof (below_sound _ _ H l Hl) as B. cbv beta in B.
    rewrite andb_true_iff in B. destruct B as [U L]. apply at_most_sound in U, L. rewrite opp_value in L.
    assert (E : value (bend_sum N d l) = added (map (fun n => weight n l * relu (rows_dot (S d) (fst n) y)) N)).
    { unfold bend_sum. rewrite weighed_value. apply added_ext. intros n I. rewrite (positive_part_value _ (K n I)), null_dot by auto. reflexivity. }
    rewrite <- E. apply Rabs_le. lra.
Qed.

(** ** Along a coordinate *)
Definition moved (j : nat) (y : vec) (t : R) : vec := fun k => y k + (if Nat.eqb k j then t else 0).

Lemma moved_dot n j a y t : (j < n)%nat -> rows_dot n a (moved j y t) = rows_dot n a y + t * value (at_ a j).
Proof.
  intro H. unfold rows_dot, moved. rewrite dot_plus_r. f_equal. unfold dot.
  rewrite (sum_single n _ j H); [rewrite Nat.eqb_refl; unfold vector; ring|]. intros i _ N. apply Nat.eqb_neq in N. rewrite N. ring.
Qed.

(** the first zero in a direction of finitely many affine functions u + t v, all different from 0 at t = 0 *)
Lemma first_zero (L : list (R * R)) : (forall p, In p L -> fst p <> 0) -> (exists p, In p L /\ fst p * snd p < 0) ->
  exists t p, 0 < t /\ In p L /\ fst p + t * snd p = 0 /\ snd p <> 0 /\ forall q s, In q L -> 0 <= s <= t -> 0 <= fst q * (fst q + s * snd q).
Proof.
  intros NZ [p0 [I0 H0]].
  assert (G : forall L, (forall p, In p L -> fst p <> 0) -> (exists p, In p L /\ fst p * snd p < 0) ->
    exists p, In p L /\ fst p * snd p < 0 /\ forall q, In q L -> fst q * snd q < 0 -> - fst p / snd p <= - fst q / snd q).
  { clear. induction L as [|a L IH]; intros NZ [p [I H]]; [destruct I|].
    destruct (Rlt_dec (fst a * snd a) 0) as [A|A].
    - destruct (Classical_Prop.classic (exists p, In p L /\ fst p * snd p < 0)) as [E|E].
      + destruct (IH (fun p I => NZ p (or_intror I)) E) as [m [Im [Hm Lm]]].
        destruct (Rle_dec (- fst a / snd a) (- fst m / snd m)) as [C|C].
        * exists a. split; [now left|split; [exact A|]]. intros q [<-|Iq] Hq; [lra|]. specialize (Lm q Iq Hq). lra.
        * exists m. split; [now right|split; [exact Hm|]]. intros q [<-|Iq] Hq; [lra|]. exact (Lm q Iq Hq).
      + exists a. split; [now left|split; [exact A|]]. intros q [<-|Iq] Hq; [lra|]. elim E. now exists q.
    - destruct I as [<-|I]; [contradiction|]. destruct (IH (fun p I => NZ p (or_intror I))) as [m [Im [Hm Lm]]]; [now exists p|].
      exists m. split; [now right|split; [exact Hm|]]. intros q [<-|Iq] Hq; [contradiction|]. exact (Lm q Iq Hq). }
  destruct (G L NZ (ex_intro _ p0 (conj I0 H0))) as [p [Ip [Hp Lp]]]. assert (Sp : snd p <> 0) by (intro Z; rewrite Z in Hp; lra).
  assert (T : 0 < - fst p / snd p).
  { replace (- fst p / snd p) with (- (fst p * snd p) * / (snd p * snd p)) by (field; exact Sp). apply Rmult_lt_0_compat; [lra|].
    apply Rinv_0_lt_compat. nra. }
  exists (- fst p / snd p), p. split; [exact T|]. split; [exact Ip|]. split; [field; exact Sp|]. split; [exact Sp|].
  intros q s Iq [S0 S1]. destruct (Rlt_dec (fst q * snd q) 0) as [C|C]; [|nra]. specialize (Lp q Iq C).
  assert (Sq : snd q <> 0) by (intro Z; rewrite Z in C; lra). assert (S2 : s <= - fst q / snd q) by lra.
  assert (E : s * - (fst q * snd q) <= fst q * fst q).
  { apply Rle_trans with (- fst q / snd q * - (fst q * snd q)); [apply Rmult_le_compat_r; lra|]. right. field. exact Sq. }
  nra.
Qed.
(** ** Towards the vertices *)
Definition total_at (d : nat) (N : list neuron) (l : nat) (y : vec) : R := added (map (fun n => weight n l * relu (rows_dot (S d) (fst n) y)) N).

(** at a point on a row *)
Lemma on_row d D N sides most j r y l : (j < d)%nat -> definite (at_ r j) = true ->
  small_inside d D (map (fun n => (eliminated (S d) j r (fst n), snd n)) N) (map (eliminated (S d) j r) sides) (Rabs (value (at_ r j)) * most) ->
  rows_dot (S d) r y = 0 -> y d = 1 -> (forall g, In g sides -> 0 <= rows_dot (S d) g y) -> (l < D)%nat -> Rabs (total_at d N l y) <= most.
Proof.
  intros Hj Df H Z Y In_ Hl. set (f := Rabs (value (at_ r j))) in *. assert (F : 0 < f) by (apply Rabs_pos_lt, definite_sound, Df).
  assert (B : Rabs (f * total_at d N l y) <= f * most).
  { assert (S : f * total_at d N l y = added (map (fun n => weight n l * relu (rows_dot (S d) (fst n) y)) (map (fun n => (eliminated (S d) j r (fst n),
      snd n)) N))).
    { unfold total_at. rewrite <- added_scal, map_map. apply added_ext. intros n _. cbn [fst snd].
      change (weight (eliminated (S d) j r (fst n), snd n) l) with (weight n l). rewrite eliminated_dot by assumption. fold f.
      rewrite relu_scale by lra. match goal with |- f * (?w * ?u) = _ => transitivity (w * (f * u)); [ring|reflexivity] end. }
    rewrite S. apply H; [exact Y| |exact Hl]. intros g I. apply in_map_iff in I. destruct I as [g' [<- I]].
    rewrite eliminated_dot by assumption. fold f. specialize (In_ g' I). nra. }
  rewrite Rabs_mult, (Rabs_pos_eq f) in B by lra. nra.
Qed.

(** between the next zeros the sum is affine *)
Lemma relu_kept u v s : (v = 0 \/ u <> 0 /\ 0 <= u * (u + s * v)) -> relu (u + s * v) = (if Rlt_dec 0 u then u else 0) + s * (if Rlt_dec 0 u then v else 0).
Proof.
  intros [->|[N K]].
  - rewrite !Rmult_0_r, Rplus_0_r. destruct (Rlt_dec 0 u); [rewrite relu_pos by lra|rewrite relu_neg by lra]; ring.
  - destruct (Rlt_dec 0 u); [rewrite relu_pos by nra; ring|rewrite relu_neg by nra; ring].
Qed.

Theorem small_on_sound d D levels : forall j N sides most, (j + levels = d)%nat -> small_on levels j d D N sides most = true ->
  small_inside d D N sides (value most).
Proof.
  induction levels as [|levels IH]; intros j N sides most J H; [exact (small_at_sound d D N sides most H)|].
  cbn [small_on] in H. rewrite !andb_true_iff, !existsb_exists, forallb_forall in H. destruct H as [[[gp [Ip Pp]] [gn [In_n Pn]]] H].
  apply is_positive_sound in Pp. apply is_negative_sound in Pn. intros y Y Ins l Hl. change (Rabs (total_at d N l y) <= value most).
  assert (Hj : (j < d)%nat) by lia.
  assert (On : forall r z, In r (map fst N ++ sides) -> value (at_ r j) <> 0 -> rows_dot (S d) r z = 0 -> z d = 1 ->
    (forall g, In g sides -> 0 <= rows_dot (S d) g z) -> Rabs (total_at d N l z) <= value most).
  { intros r z I V Z Zd Zs. specialize (H r I). rewrite orb_true_iff, andb_true_iff in H. destruct H as [H|[Df H]]; [elim V; exact (is_zero_sound _ H)|].
    apply (on_row d D N sides (value most) j r z l Hj Df); try assumption. pose proof (IH (S j) _ _ _ ltac:(lia) H) as K.
    rewrite times_value, absolute_sound in K; [exact K|]. unfold definite, is_positive, is_negative in Df. unfold known.
    destruct (sign (at_ r j)) as [[| |]|]; try reflexivity; discriminate. }
  set (rows := filter (fun r => negb (is_zero (at_ r j))) (map fst N ++ sides)).
  destruct (Classical_Prop.classic (exists r, In r (map fst N ++ sides) /\ value (at_ r j) <> 0 /\ rows_dot (S d) r y = 0)) as [[r [I [V Z]]]|Off].
  { exact (On r y I V Z Y Ins). }
  assert (Off' : forall r, In r (map fst N ++ sides) -> value (at_ r j) = 0 \/ rows_dot (S d) r y <> 0).
  { intros r I. destruct (Req_EM_T (value (at_ r j)) 0) as [E|E]; [now left|right]. intro Z. apply Off. exists r. auto. }
  set (live := filter (fun r => if Req_EM_T (value (at_ r j)) 0 then false else true) (map fst N ++ sides)).
  assert (Live : forall r, In r live <-> In r (map fst N ++ sides) /\ value (at_ r j) <> 0).
  { intro r. unfold live. rewrite filter_In. destruct (Req_EM_T (value (at_ r j)) 0); intuition discriminate. }
  assert (Ig : forall g, In g sides -> In g (map fst N ++ sides)) by (intros; apply in_or_app; now right).
  (* one end, in the direction e *)
  assert (End_ : forall e, (exists g, In g sides /\ e * value (at_ g j) < 0) -> e * e = 1 ->
    exists t, 0 < t /\ Rabs (total_at d N l (moved j y (e * t))) <= value most /\
      forall r s, In r live -> 0 <= s <= t -> 0 <= rows_dot (S d) r y * (rows_dot (S d) r y + s * (e * value (at_ r j)))).
  { intros e [g [I G]] E1. destruct (first_zero (map (fun r => (rows_dot (S d) r y, e * value (at_ r j))) live)) as [t [p [T [Ipp [Zp [_ K]]]]]].
    - intros p Ipp. apply in_map_iff in Ipp. destruct Ipp as [r [<- Ir]]. cbn [fst]. apply Live in Ir. destruct (Off' r (proj1 Ir)); tauto.
    - assert (Lg : In g live) by (apply Live; split; [exact (Ig g I)|intro Z; rewrite Z in G; lra]).
      exists (rows_dot (S d) g y, e * value (at_ g j)). split; [exact (in_map (fun r => (rows_dot (S d) r y, e * value (at_ r j))) live g Lg)|]. cbn [fst snd].
      specialize (Ins g I). destruct (Off' g (Ig g I)) as [Z|Z]; [rewrite Z in G; lra|]. nra.
    - exists t. split; [exact T|]. apply in_map_iff in Ipp. destruct Ipp as [r [<- Ir]]. cbn [fst snd] in Zp.
      assert (K' : forall r s, In r live -> 0 <= s <= t -> 0 <= rows_dot (S d) r y * (rows_dot (S d) r y + s * (e * value (at_ r j)))).
      { intros r' s I' S'. exact (K _ s (in_map (fun r => (rows_dot (S d) r y, e * value (at_ r j))) live r' I') S'). }
      split; [|exact K']. pose proof (proj1 (Live r) Ir) as [Ir' Vr]. apply (On r _ Ir' Vr).
      + rewrite moved_dot by lia. lra.
      + unfold moved. replace (Nat.eqb d j) with false by (symmetry; apply Nat.eqb_neq; lia). lra.
      + intros g' I'. rewrite moved_dot by lia. pose proof (Ins g' I') as P. destruct (Req_EM_T (value (at_ g' j)) 0) as [E0|E0]; [rewrite E0; lra|].
        assert (Lg : In g' live) by (apply Live; split; [exact (Ig g' I')|exact E0]). pose proof (K' g' t Lg ltac:(lra)) as Kg.
        destruct (Off' g' (Ig g' I')) as [Z|Z]; [contradiction|]. assert (0 < rows_dot (S d) g' y) by lra.
        replace (e * t * value (at_ g' j)) with (t * (e * value (at_ g' j))) by ring. nra. }
  destruct (End_ 1) as [t1 [T1 [B1 K1]]]; [exists gn; split; [exact In_n|lra]|lra|].
  destruct (End_ (-1)) as [t2 [T2 [B2 K2]]]; [exists gp; split; [exact Ip|lra]|lra|].
  (* affine in between *)
  set (A := added (map (fun n => weight n l * (if Rlt_dec 0 (rows_dot (S d) (fst n) y) then rows_dot (S d) (fst n) y else 0)) N)).
  set (B := added (map (fun n => weight n l * (if Rlt_dec 0 (rows_dot (S d) (fst n) y) then value (at_ (fst n) j) else 0)) N)).
  assert (Aff : forall s, - t2 <= s <= t1 -> total_at d N l (moved j y s) = A + s * B).
  { intros s [S1 S2]. unfold total_at, A, B. rewrite <- added_scal, <- added_plus. apply added_ext. intros n I. rewrite moved_dot by lia.
    rewrite (relu_kept (rows_dot (S d) (fst n) y) (value (at_ (fst n) j)) s); [ring|].
    destruct (Req_EM_T (value (at_ (fst n) j)) 0) as [E0|E0]; [now left|right].
    assert (If : In (fst n) (map fst N ++ sides)) by (apply in_or_app; left; exact (in_map fst N n I)).
    assert (Lf : In (fst n) live) by (apply Live; auto). split; [destruct (Off' _ If); tauto|].
    destruct (Rle_dec 0 s) as [P|P].
    - pose proof (K1 _ s Lf ltac:(lra)) as Kn. replace (s * value (at_ (fst n) j)) with (s * (1 * value (at_ (fst n) j))) by ring. exact Kn.
    - pose proof (K2 _ (- s) Lf ltac:(lra)) as Kn. replace (s * value (at_ (fst n) j)) with (- s * (-1 * value (at_ (fst n) j))) by ring. exact Kn. }
  assert (Here : total_at d N l y = A).
  { rewrite <- (Rplus_0_r A). rewrite <- (Rmult_0_l B). rewrite <- Aff by lra. unfold total_at. apply added_ext. intros n _. rewrite moved_dot by lia.
    do 2 f_equal. ring. }
  rewrite Here. rewrite Aff in B1 by lra. rewrite Aff in B2 by lra.
  apply Rabs_le. assert (P1 := Rle_abs (A + 1 * t1 * B)). assert (P2 := Rle_abs (- (A + 1 * t1 * B))). rewrite Rabs_Ropp in P2.
  assert (Q1 := Rle_abs (A + -1 * t2 * B)). assert (Q2 := Rle_abs (- (A + -1 * t2 * B))). rewrite Rabs_Ropp in Q2.
  destruct (Rle_dec 0 B) as [C|C]; split; nra.
Qed.
End Over_numbers.
