(** Networks with as few neurons as a function has kinks, or one more (N4): the orientations of their neurons fit the linear part.
    With biases, d counts their column, and the linear part is that of the first dk = d - 1 columns, the slopes; without, dk = d. *)
From Coq Require Import Reals List ZArith Lia Lra Bool Classical.
From relucert Require Import Statements Sums Jumps Rearranging Parametrizations Least_neurons.
Open Scope R_scope.

Section Orientations.
Variables (d dk D m' h : nat) (T : net) (n : nat -> vec).
Hypothesis wide : (dk <= d)%nat.
(** h different lines, and the function bends on each of them *)
Hypothesis differ : forall i j l, (i < h)%nat -> (j < h)%nat -> multiple d l (n i) (n j) -> i = j.
Hypothesis bends : forall j, (j < h)%nat -> ~ zero dk (n j) /\ exists l, (l < D)%nat /\ jump d m' T (n j) l <> 0.
(** and on no other *)
Definition no_others : Prop := forall v l, ~ zero dk v -> (forall j s, (j < h)%nat -> ~ multiple d s (n j) v) -> (l < D)%nat -> jump d m' T v l = 0.

(** What P has in common with T: jumps and the linear part. *)
Definition agree (m : nat) (P : net) : Prop := (forall v l, ~ zero dk v -> (l < D)%nat -> jump d m P v l = jump d m' T v l) /\
  forall k l, (k < dk)%nat -> (l < D)%nat -> linear_part d m P k l = linear_part d m' T k l.

Lemma nonzero_wide v : ~ zero dk v -> ~ zero d v.
Proof. intros N Z. apply N. intros k Hk. apply Z. lia. Qed.

Lemma nonzero_line j : (j < h)%nat -> ~ zero d (n j).
Proof. intros Hj. apply nonzero_wide, bends, Hj. Qed.

(** A neuron without a slope is on no line. *)
Lemma flat_term v a : ~ zero dk v -> zero dk a -> jump_term d v a = 0.
Proof.
  intros V A. destruct (collinear_dec d v a) as [C|C]; [|exact (jump_term_none d v a C)].
  rewrite (jump_term_multiple d v a _ (nonzero_wide v V) C). destruct (zero_or_not dk v) as [O|[k [Hk NZ]]]; [contradiction|].
  pose proof (C k ltac:(lia)) as E. rewrite (A k Hk) in E. symmetry in E. apply Rmult_integral in E. destruct E as [E|E]; [|contradiction].
  rewrite E. apply Rabs_R0.
Qed.

Lemma lines_meet_once b i j l l' : (i < h)%nat -> (j < h)%nat -> ~ zero d b -> multiple d l (n i) b -> multiple d l' (n j) b -> i = j.
Proof.
  intros Hi Hj B M M'. apply (differ i j (/ l' * l) Hi Hj). apply multiple_trans with b; [exact M|].
  apply multiple_sym; [exact (multiple_nonzero d l' _ b M' B)|exact M'].
Qed.

(** q j is a neuron on line j. *)
Definition carries (m : nat) (P : net) (q : nat -> nat) : Prop :=
  (forall j, (j < h)%nat -> (q j < m)%nat /\ ~ zero d (inner P (q j)) /\ exists s, multiple d s (n j) (inner P (q j))) /\
  forall i j, (i < h)%nat -> (j < h)%nat -> q i = q j -> i = j.

Lemma carriers m P : agree m P -> exists q, carries m P q.
Proof.
  intros S.
  assert (E : forall j, (j < h)%nat -> exists i, (i < m)%nat /\ ~ zero d (inner P i) /\ exists s, multiple d s (n j) (inner P i)).
  { intros j Hj. destruct (bends j Hj) as [Z [l [Hl J]]]. apply NNPP. intros N. apply J. rewrite <- (proj1 S (n j) l Z Hl).
    apply jump_none; [exact (nonzero_wide _ Z)|]. intros i Hi ZI s M. apply N. exists i. repeat split; [assumption..|now exists s]. }
  destruct (finite_choice nat 0%nat h _ E) as [q Q]. exists q. split; [exact Q|]. intros i j Hi Hj EQ.
  destruct (Q i Hi) as [_ [Z [s M]]], (Q j Hj) as [_ [_ [s' M']]]. rewrite <- EQ in M'. exact (lines_meet_once _ i j s s' Hi Hj Z M M').
Qed.

(** h kinks need h neurons. *)
Lemma at_least m P : agree m P -> (h <= m)%nat.
Proof. intros S. destruct (carriers m P S) as [q [Q I]]. apply (injection_le h m q); [intros j Hj; apply Q, Hj|exact I]. Qed.

(** What the neurons add to the linear part, oriented by F. *)
Definition turned (F : nat -> bool) (k l : nat) : R := sum h (fun j => (if F j then -1 else 1) * (jump d m' T (n j) l * n j k)).
Definition fits (F : nat -> bool) : Prop := forall k l, (k < dk)%nat -> (l < D)%nat -> linear_part d m' T k l = turned F k l.
(** the same but for multiples of one line *)
Definition fits_but (j0 : nat) (F : nat -> bool) : Prop := F j0 = false /\
  forall l, (l < D)%nat -> exists t, forall k, (k < dk)%nat -> linear_part d m' T k l - turned F k l = t * n j0 k.

Lemma own_part mu c J x : J = Rabs mu * c -> c * (mu * x) = (if negative mu then -1 else 1) * (J * x).
Proof. intros ->. unfold negative. destruct (Rlt_dec mu 0); [rewrite Rabs_left by assumption|rewrite Rabs_pos_eq by lra]; ring. Qed.

Lemma carried_ratio m P q j : carries m P q -> (j < h)%nat -> multiple d (ratio d (n j) (inner P (q j))) (n j) (inner P (q j)).
Proof.
  intros [Q _] Hj. destruct (Q j Hj) as [_ [_ [s M]]]. now rewrite (ratio_multiple d _ _ s (nonzero_line j Hj) M).
Qed.

(** The neuron of another line does not bend on this one. *)
Lemma other_carrier m P q i j : carries m P q -> (i < h)%nat -> (j < h)%nat -> i <> j -> jump_term d (n j) (inner P (q i)) = 0.
Proof.
  intros [Q _] Hi Hj Hne. apply jump_term_none. intros s M. destruct (Q i Hi) as [_ [Z [s' M']]].
    exact (Hne (lines_meet_once _ i j s' s Hi Hj Z M' M)).
Qed.

Lemma own_carrier m P q j : carries m P q -> (j < h)%nat -> jump_term d (n j) (inner P (q j)) = Rabs (ratio d (n j) (inner P (q j))).
Proof. intros C Hj. exact (jump_term_multiple d _ _ _ (nonzero_line j Hj) (carried_ratio m P q j C Hj)). Qed.

Lemma carried_jump m P q j l : carries m P q -> (j < h)%nat ->
  sum h (fun i => jump_term d (n j) (inner P (q i)) * outer P (q i) l) = Rabs (ratio d (n j) (inner P (q j))) * outer P (q j) l.
Proof.
  intros C Hj. rewrite (sum_single h _ j Hj); [now rewrite (own_carrier m P q j C Hj)|]. intros i Hi Hne.
    rewrite (other_carrier m P q i j C Hi Hj Hne). ring.
Qed.

(** * h neurons *)
Theorem with_as_many P : agree h P -> exists F, fits F.
Proof.
  intros S. destruct (carriers h P S) as [q C]. exists (fun j => negative (ratio d (n j) (inner P (q j)))). intros k l Hk Hl.
  rewrite <- (proj2 S k l Hk Hl). unfold linear_part, turned.
  assert (perm : forall f, sum h (fun j => f (q j)) = sum h f) by (intros f; apply sum_permute; [intros j Hj; apply C, Hj|apply C]).
  rewrite <- (perm (fun i => outer P i l * inner P i k)). apply sum_ext. intros j Hj.
  rewrite (carried_ratio h P q j C Hj k ltac:(lia)). apply own_part.
  rewrite <- (proj1 S (n j) l (proj1 (bends j Hj)) Hl), <- (carried_jump h P q j l C Hj). unfold jump.
  symmetry. exact (perm (fun i => jump_term d (n j) (inner P i) * outer P i l)).
Qed.

(** * One more *)
(** the neuron that carries no line *)
Lemma other_neuron P q : carries (S h) P q -> exists e, (e < S h)%nat /\ forall j, (j < h)%nat -> q j <> e.
Proof.
  intros [Q I]. apply NNPP. intros N.
  assert (E : forall i, (i < S h)%nat -> exists j, (j < h)%nat /\ q j = i).
  { intros i Hi. apply NNPP. intros M. apply N. exists i. split; [exact Hi|]. intros j Hj E. apply M. now exists j. }
  destruct (finite_choice nat 0%nat (S h) _ E) as [f Hf].
  assert (L : (S h <= h)%nat); [|lia]. apply (injection_le (S h) h f); [intros i Hi; apply Hf, Hi|].
  intros i j Hi Hj EQ. destruct (Hf i Hi) as [_ <-], (Hf j Hj) as [_ <-]. now rewrite EQ.
Qed.

Lemma sum_with_other P q e f : carries (S h) P q -> (e < S h)%nat -> (forall j, (j < h)%nat -> q j <> e) ->
  sum (S h) f = sum h (fun j => f (q j)) + f e.
Proof.
  intros [Q I] He Ne. set (p := fun i => if Nat.ltb i h then q i else e).
  assert (P1 : forall i, (i < h)%nat -> p i = q i) by (intros i Hi; unfold p; now apply Nat.ltb_lt in Hi as ->).
  assert (P2 : p h = e) by (unfold p; now rewrite Nat.ltb_irrefl).
  rewrite <- (sum_permute (S h) p f).
  - cbn [sum]. rewrite P2. f_equal. apply sum_ext. intros j Hj. now rewrite P1.
  - intros i Hi. destruct (Nat.eq_dec i h) as [->|Hne]; [now rewrite P2|]. rewrite P1 by lia. apply Q. lia.
  - intros i j Hi Hj E. destruct (Nat.eq_dec i h) as [->|Hi'], (Nat.eq_dec j h) as [->|Hj'].
    + reflexivity.
    + rewrite P2, P1 in E by lia. symmetry in E. now apply Ne in E; [|lia].
    + rewrite P2, P1 in E by lia. now apply Ne in E; [|lia].
    + rewrite !P1 in E by lia. apply I; [lia|lia|exact E].
Qed.

Theorem with_one_more P : no_others -> agree (S h) P -> exists F, fits F \/ exists j0, (j0 < h)%nat /\ fits_but j0 F.
Proof.
  intros none S. destruct (carriers (Datatypes.S h) P S) as [q C]. destruct (other_neuron P q C) as [e [He Ne]].
  set (mu := fun j => ratio d (n j) (inner P (q j))).
  assert (J : forall j l, (j < h)%nat -> (l < D)%nat -> jump d m' T (n j) l = Rabs (mu j) * outer P (q j) l + jump_term d (n j) (inner P e) * outer P
    e l).
  { intros j l Hj Hl. rewrite <- (proj1 S (n j) l (proj1 (bends j Hj)) Hl). unfold jump.
    rewrite (sum_with_other P q e _ C He Ne), (carried_jump _ P q j l C Hj). reflexivity. }
  assert (L : forall k l, (k < dk)%nat -> (l < D)%nat -> linear_part d m' T k l =
    sum h (fun j => outer P (q j) l * (mu j * n j k)) + outer P e l * inner P e k).
  { intros k l Hk Hl. rewrite <- (proj2 S k l Hk Hl). unfold linear_part.
    rewrite (sum_with_other P q e _ C He Ne). f_equal. apply sum_ext. intros j Hj. now rewrite (carried_ratio _ P q j C Hj k ltac:(lia)). }
  assert (dead : (zero dk (inner P e) \/ forall l, (l < D)%nat -> outer P e l = 0) -> fits (fun j => negative (mu j))).
  { intros Z k l Hk Hl. rewrite (L k l Hk Hl). unfold turned.
    replace (outer P e l * inner P e k) with 0 by (destruct Z as [Z|Z]; [rewrite (Z k Hk)|rewrite (Z l Hl)]; ring). rewrite Rplus_0_r.
    apply sum_ext. intros j Hj. apply own_part. rewrite (J j l Hj Hl).
    replace (jump_term d (n j) (inner P e) * outer P e l) with 0; [ring|].
    destruct Z as [Z|Z]; [rewrite (flat_term _ _ (proj1 (bends j Hj)) Z)|rewrite (Z l Hl)]; ring. }
  destruct (classic (zero dk (inner P e))) as [Z|Z]; [exists (fun j => negative (mu j)); left; apply dead; now left|].
  destruct (classic (exists j0, (j0 < h)%nat /\ exists s, multiple d s (n j0) (inner P e))) as [[j0 [Hj0 [s M]]]|N].
  - (* on a line that is there *)
    exists (fun j => if Nat.eqb j j0 then false else negative (mu j)). right. exists j0. split; [exact Hj0|]. split; [now rewrite Nat.eqb_refl|].
    intros l Hl. exists (outer P (q j0) l * mu j0 - jump d m' T (n j0) l + outer P e l * s). intros k Hk. rewrite (L k l Hk Hl), (M k ltac:(lia)).
    unfold turned. match goal with |- ?A + ?B - ?C = _ => replace (A + B - C) with (A - C + B) by ring end.
    rewrite <- sum_minus, (sum_single h _ j0 Hj0); [rewrite Nat.eqb_refl; ring|].
    intros j Hj Hne. rewrite (proj2 (Nat.eqb_neq j j0) Hne). rewrite (own_part (mu j) (outer P (q j) l) (jump d m' T (n j) l)); [ring|].
    rewrite (J j l Hj Hl), (jump_term_none d (n j) (inner P e)); [ring|]. intros s' M'.
      exact (Hne (lines_meet_once _ j j0 s' s Hj Hj0 (nonzero_wide _ Z) M' M)).
  - (* on another one, where the function does not bend *)
    exists (fun j => negative (mu j)). left. apply dead. right. intros l Hl.
    assert (V : jump d m' T (inner P e) l = 0) by (apply none; [exact Z| |exact Hl]; intros j s Hj M; apply N; exists j; split;
      [exact Hj|now exists s]).
    rewrite <- (proj1 S (inner P e) l Z Hl) in V. unfold jump in V. rewrite (sum_with_other P q e _ C He Ne) in V.
    rewrite (jump_term_multiple d (inner P e) (inner P e) 1 (nonzero_wide _ Z) (multiple_refl d _)), Rabs_R1, sum_zero in V; [lra|].
    intros j Hj. rewrite jump_term_none; [ring|]. intros s M. apply N. exists j. split; [exact Hj|].
    destruct C as [Q _]. destruct (Q j Hj) as [_ [Zj [s' M']]]. exists (/ s * s'). apply multiple_trans with (inner P (q j)); [exact M'|].
    apply multiple_sym; [exact (multiple_nonzero d s _ _ M Zj)|exact M].
Qed.
End Orientations.
