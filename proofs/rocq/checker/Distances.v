(** ‖P − G‖, attained or at most a number. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks.
Import ListNotations.
Open Scope R_scope.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

Definition nth_neuron (N : list neuron) (i : nat) : neuron := nth i N ([], []).
(** |s| <= v; |s| = v *)
Definition small (v s : surd) : bool := at_most s v && at_most (opp s) v.
Definition of_size (v s : surd) : bool := equal_numbers s v || equal_numbers (opp s) v.
Definition inner_change (P G : list neuron) (i k : nat) : surd := minus (at_ (fst (nth_neuron P i)) k) (at_ (fst (nth_neuron G i)) k).
Definition outer_change (P G : list neuron) (i l : nat) : surd := minus (at_ (snd (nth_neuron P i)) l) (at_ (snd (nth_neuron G i)) l).
Definition within (d D : nat) (P G : list neuron) (v : surd) : bool :=
  Nat.eqb (length P) (length G) &&
  below (length G) (fun i => below d (fun k => small v (inner_change P G i k)) && below D (fun l => small v (outer_change P G i l))).
Definition attained (d D : nat) (P G : list neuron) (v : surd) : bool :=
  existsb (fun i => existsb (fun k => of_size v (inner_change P G i k)) (seq 0 d) || existsb (fun l => of_size v (outer_change P G i l)) (seq 0 D))
    (seq 0 (length G)).
Definition distance_is (d D : nat) (P G : list neuron) (v : surd) : bool := within d D P G v && attained d D P G v && at_most [] v.

Lemma small_sound v s : small v s = true -> Rabs (value s) <= value v.
Proof.
  unfold small. rewrite andb_true_iff. intros [L U]. apply at_most_sound in L, U. rewrite opp_value in U. apply Rabs_le. lra.
Qed.

Lemma of_size_sound v s : 0 <= value v -> of_size v s = true -> Rabs (value s) = value v.
Proof.
  unfold of_size. rewrite orb_true_iff. intros V [H|H]; apply equal_numbers_sound in H; rewrite ?opp_value in H.
  - rewrite H. apply Rabs_pos_eq, V.
  - replace (value s) with (- value v) by lra. rewrite Rabs_Ropp. apply Rabs_pos_eq, V.
Qed.

Lemma within_sound d D P G v : 0 <= value v -> within d D P G v = true -> distance d (length G) D (denoted P) (denoted G) <= value v.
Proof.
  unfold within. rewrite andb_true_iff. intros V [_ H]. pose proof (below_sound _ _ H) as B. cbv beta in B. apply distance_le; [exact V| |].
  - intros i k Hi Hk. specialize (B i Hi). rewrite andb_true_iff in B. pose proof (below_sound _ _ (proj1 B) k Hk) as S. apply small_sound in S.
    unfold inner_change in S. rewrite minus_value in S. exact S.
  - intros i l Hi Hl. specialize (B i Hi). rewrite andb_true_iff in B. pose proof (below_sound _ _ (proj2 B) l Hl) as S. apply small_sound in S.
    unfold outer_change in S. rewrite minus_value in S. exact S.
Qed.

Theorem distance_is_sound d D P G v : distance_is d D P G v = true -> distance d (length G) D (denoted P) (denoted G) = value v.
Proof.
  unfold distance_is. rewrite !andb_true_iff. intros [[W A] V]. apply at_most_sound in V. rewrite value_nil in V. apply Rle_antisym; [apply within_sound;
    assumption|].
  unfold attained in A. rewrite existsb_exists in A. destruct A as [i [Hi A]]. apply in_seq in Hi.
  rewrite orb_true_iff, !existsb_exists in A. destruct A as [[k [Hk A]]|[l [Hl A]]].
  - apply in_seq in Hk. apply of_size_sound in A; [|exact V]. rewrite <- A. unfold inner_change. rewrite minus_value.
    apply (distance_inner d (length G) D (denoted P) (denoted G) i k); lia.
  - apply in_seq in Hl. apply of_size_sound in A; [|exact V]. rewrite <- A. unfold outer_change. rewrite minus_value.
    apply (distance_outer d (length G) D (denoted P) (denoted G) i l); lia.
Qed.
End Over_numbers.
