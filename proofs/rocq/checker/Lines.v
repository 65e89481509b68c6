(** The jump of a concrete network across a line, and lines that are pairwise different. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums Jumps.
From relucert.checker Require Import Numbers Networks Distances Directions.
Import ListNotations.
Open Scope R_scope.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** b is no multiple of a *)
Definition off_line (d p : nat) (a b : list surd) : bool :=
  somewhere (fun k => definite (minus (times (at_ a p) (at_ b k)) (times (at_ b p) (at_ a k)))) (seq 0 d).
Definition on (d p : nat) (a : list surd) (n : neuron) : bool := alike d p (a, []) n && known (entry p n).
(** Each neuron is on the line or seen to be off it. *)
Definition sorted_out (d p : nat) (a : list surd) (N : list neuron) : bool := forallb (fun n => on d p a n || off_line d p a (fst n)) N.
(** |a_p| times the jump of output l *)
Definition jump_by (d p : nat) (a : list surd) (N : list neuron) (l : nat) : surd :=
  weighed (filter (on d p a) N) (fun n => absolute (entry p n)) l.

Lemma off_line_sound d p a b : (p < d)%nat -> off_line d p a b = true -> forall l, ~ multiple d l (vector a) (vector b).
Proof.
  unfold off_line. rewrite somewhere_exists. intros P [k [K H]] l M. apply in_seq in K. apply definite_sound in H.
    rewrite minus_value, !times_value in H.
  pose proof (M k ltac:(lia)) as Mk. pose proof (M p P) as Mp. unfold vector in Mk, Mp. apply H. rewrite Mk, Mp. ring.
Qed.

Lemma on_sound d p a n : vector a p <> 0 -> on d p a n = true ->
  multiple d (vector (fst n) p / vector a p) (vector a) (vector (fst n)) /\ value (absolute (entry p n)) = Rabs (vector (fst n) p).
Proof.
  unfold on. rewrite andb_true_iff. intros P [A K]. split; [exact (on_line_sound d p a (fst n) P A)|exact (absolute_sound _ K)].
Qed.

Lemma nonzero_at d (a : vec) p : (p < d)%nat -> a p <> 0 -> ~ zero d a.
Proof. intros P H Z. exact (H (Z p P)). Qed.

Lemma jump_by_sound d p a N l : (p < d)%nat -> vector a p <> 0 -> sorted_out d p a N = true ->
  value (jump_by d p a N l) = Rabs (vector a p) * jump d (length N) (denoted N) (vector a) l.
Proof.
  intros P A H. assert (S : jump d (length N) (denoted N) (vector a) l = added (map (fun n => jump_term d (vector a) (vector (fst n)) * vector (snd
    n) l) N))
    by exact (sum_neurons (fun n => jump_term d (vector a) (vector (fst n)) * vector (snd n) l) N).
  rewrite S. unfold jump_by. rewrite weighed_value. clear S. unfold sorted_out in H. induction N as [|n N IH]; [unfold added; simpl; ring|].
  cbn [forallb] in H. rewrite andb_true_iff in H. destruct H as [Hn H]. rewrite added_cons. cbn [filter].
  destruct (on d p a n) eqn:O.
  - rewrite added_cons, (IH H). destruct (on_sound d p a n A O) as [M V]. rewrite V, (jump_term_multiple d _ _ _ (nonzero_at d _ p P A) M).
    unfold Rdiv. rewrite Rabs_mult, Rabs_inv. unfold weight. pose proof (Rabs_no_R0 _ A). field. assumption.
  - rewrite (IH H). cbn [orb] in Hn. rewrite (jump_term_none d _ _ (off_line_sound d p a _ P Hn)). ring.
Qed.

(** The function has a kink on this line. *)
Definition has_kink (d D : nat) (N : list neuron) (a : list surd) : bool :=
  match pivot d a with
  | None => false
  | Some p => sorted_out d p a N && existsb (fun l => definite (jump_by d p a N l)) (seq 0 D)
  end.

Lemma has_kink_sound d D N a : has_kink d D N a = true -> ~ zero d (vector a) /\ exists l,
  (l < D)%nat /\ jump d (length N) (denoted N) (vector a) l <> 0.
Proof.
  unfold has_kink. destruct (pivot d a) as [p|] eqn:P; [|discriminate]. apply pivot_sound in P. destruct P as [P A].
  rewrite andb_true_iff, existsb_exists. intros [S [l [L J]]]. apply in_seq in L. split; [exact (nonzero_at d _ p P A)|]. exists l. split; [lia|].
  intro Z. apply definite_sound in J. rewrite (jump_by_sound d p a N l P A S), Z, Rmult_0_r in J. now apply J.
Qed.

(** So every network with this function has a neuron there. *)
Lemma neuron_on_kink d m D N a P : has_kink d D N a = true -> same d m (length N) D P (denoted N) ->
  exists i mu, (i < m)%nat /\ ~ zero d (inner P i) /\ multiple d mu (vector a) (inner P i).
Proof.
  intros H S. destruct (has_kink_sound _ _ _ _ H) as [A [l [L J]]].
  destruct (Classical_Prop.classic (exists i mu, (i < m)%nat /\ ~ zero d (inner P i) /\ multiple d mu (vector a) (inner P i))) as [E|E]; [exact E|].
  exfalso. apply J. rewrite <- (same_jumps d m (length N) D P (denoted N) (vector a) l S A L). apply jump_none; [exact A|].
  intros i Hi Z mu M. apply E. now exists i, mu.
Qed.

(** Lines that are not 0 and pairwise different. *)
Definition line_differs (d : nat) (a b : list surd) : bool := match pivot d a with None => false | Some p => off_line d p a b end.
Fixpoint lines_differ (d : nat) (lines : list (list surd)) : bool :=
  match lines with [] => true | a :: r => forallb (line_differs d a) r && lines_differ d r end.

Lemma line_differs_sound d a b l : line_differs d a b = true -> ~ multiple d l (vector a) (vector b).
Proof.
  unfold line_differs. destruct (pivot d a) as [p|] eqn:P; [|discriminate]. apply pivot_sound in P. intro H.
    exact (off_line_sound d p a b (proj1 P) H l).
Qed.

Lemma lines_differ_sound d lines : lines_differ d lines = true -> forall i j l, (i < j < length lines)%nat ->
  ~ multiple d l (vector (nth i lines [])) (vector (nth j lines [])).
Proof.
  induction lines as [|a r IH]; intros H i j l Hij; [simpl in Hij; lia|]. cbn [lines_differ] in H. rewrite andb_true_iff, forallb_forall in H.
  destruct j as [|j]; [lia|]. destruct i as [|i]; cbn [nth length] in *.
  - apply line_differs_sound, (proj1 H), nth_In. lia.
  - apply IH; [exact (proj2 H)|lia].
Qed.

(** One neuron is on two of them only if they are the same. *)
Lemma lines_meet d lines b i j l l' : lines_differ d lines = true -> (i < length lines)%nat -> (j < length lines)%nat -> ~ zero d b ->
  multiple d l (vector (nth i lines [])) b -> multiple d l' (vector (nth j lines [])) b -> i = j.
Proof.
  intros H Hi Hj B M M'. destruct (Nat.lt_trichotomy i j) as [L|[E|L]]; [exfalso|exact E|exfalso].
  - apply (lines_differ_sound d lines H i j (/ l' * l)); [lia|]. apply multiple_trans with b; [exact M|].
    apply multiple_sym; [|exact M']. exact (multiple_nonzero d l' _ b M' B).
  - apply (lines_differ_sound d lines H j i (/ l * l')); [lia|]. apply multiple_trans with b; [exact M'|].
    apply multiple_sym; [|exact M]. exact (multiple_nonzero d l _ b M B).
Qed.
End Over_numbers.
