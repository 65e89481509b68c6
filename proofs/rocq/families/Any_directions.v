(** C.2 and C.3a: as [checker/Directions.v], for any numbers. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.families Require Import Any_number Any_networks Any_distances.
Import ListNotations.
Open Scope R_scope.

Section Any.
Context {Num : numbers} {Val : values}.

Definition row (N : list neuron) (i : nat) : list surd := fst (nth_neuron N i).
Definition outer_row (N : list neuron) (i : nat) : list surd := snd (nth_neuron N i).

(** b is no multiple of a with a factor of this sign, or one of them is 0 *)
Definition no_multiple (positive : bool) (d : nat) (a b : list surd) : bool :=
  null d a || null d b ||
  match pivot d a with
  | None => false
  | Some p =>
    existsb (fun k => definite (minus (times (at_ a p) (at_ b k)) (times (at_ b p) (at_ a k)))) (seq 0 d) ||
    (if positive then is_negative else is_positive) (times (at_ a p) (at_ b p))
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
  unfold no_multiple. rewrite !orb_true_iff. intros [[Z|Z]|H] A B l M; [destruct (A (null_sound _ _ Z))|destruct (B (null_sound _ _ Z))|].
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
End Any.
