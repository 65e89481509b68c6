(** Numbers of any kind that have a zero test and signs, and the reals that they stand for: sums of terms, [] is 0. The checker's files are
    written over them, and claims without k are about [Surds], claims for all k about [families/Family_number]. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra.
From relucert Require Import Statements Sums.
From relucert.checker Require Surds.
Import ListNotations.
Open Scope R_scope.

Class numbers := Numbers {
  term : Type;
  plus : list term -> list term -> list term;
  times : list term -> list term -> list term;
  opp : list term -> list term;
  rational : Q -> list term;
  is_zero : list term -> bool;
  (** none where it is not seen to be everywhere the same *)
  sign : list term -> option comparison;
  at_most : list term -> list term -> bool;
  (** where it is one *)
  as_rational : list term -> option Q
}.
Notation surd := (list term).
Notation has_sign := Surds.has_sign.

(** What they stand for. *)
Class values {N : numbers} := Values {
  value : surd -> R;
  value_nil : value [] = 0;
  opp_nil : opp [] = [];
  plus_value : forall s t, value (plus s t) = value s + value t;
  times_value : forall s t, value (times s t) = value s * value t;
  opp_value : forall s, value (opp s) = - value s;
  rational_value : forall q, value (rational q) = Q2R q;
  is_zero_sound : forall s, is_zero s = true -> value s = 0;
  sign_sound : forall s c, sign s = Some c -> has_sign c (value s);
  at_most_sound : forall s t, at_most s t = true -> value s <= value t;
  as_rational_sound : forall s q, as_rational s = Some q -> value s = Q2R q
}.
Arguments value {N _} s : simpl never.
Arguments term {_} : simpl never.
Arguments plus {_} s t : simpl never.
Arguments times {_} s t : simpl never.
Arguments opp {_} s : simpl never.
Arguments rational {_} q : simpl never.
Arguments is_zero {_} s : simpl never.
Arguments sign {_} s : simpl never.
Arguments at_most {_} s t : simpl never.
Arguments as_rational {_} s : simpl never.

(** Those without k. *)
#[global] Instance surds : numbers :=
  Numbers Surds.term Surds.plus Surds.times Surds.opp Surds.rational Surds.is_zero Surds.sign Surds.at_most Surds.as_rational.
Canonical surds.
#[global] Instance reals : @values surds :=
  @Values surds Surds.value eq_refl eq_refl Surds.plus_value Surds.times_value Surds.opp_value Surds.rational_value Surds.is_zero_sound
    Surds.sign_sound Surds.at_most_sound Surds.as_rational_sound.
(** √q, for q not negative *)
Definition root_of (q : Q) : list (@term surds) := Surds.root_of q.
Lemma root_of_sound q : (0 <= q)%Q -> value (root_of q) = sqrt (Q2R q).
Proof. exact (Surds.root_of_sound q). Qed.

(** of rationals *)
Notation Q2R_inject := Surds.Q2R_inject.
Notation Q2R_red := Surds.Q2R_red.
Notation Q2R_0 := Surds.Q2R_0.
Notation Q2R_1 := Surds.Q2R_1.
Notation Qeq_bool_0 := Surds.Qeq_bool_0.
Notation Qle_bool_R := Surds.Qle_bool_R.
Notation Qle_bool_false := Surds.Qle_bool_false.
Notation Qcompare_sign := Surds.Qcompare_sign.

Section Over_numbers.
Context {N : numbers}.
Definition minus (s t : surd) : surd := plus s (opp t).
Fixpoint total (n : nat) (f : nat -> surd) : surd := match n with O => [] | S n' => plus (total n' f) (f n') end.
Definition is_positive (s : surd) : bool := match sign s with Some Gt => true | _ => false end.
Definition is_negative (s : surd) : bool := match sign s with Some Lt => true | _ => false end.
Definition equal_numbers (s t : surd) : bool := is_zero (minus s t).
(** the absolute value, where the sign is known *)
Definition absolute (s : surd) : surd := if is_negative s then opp s else s.
Definition known (s : surd) : bool := match sign s with None => false | _ => true end.

Context {V : values}.
Lemma minus_value s t : value (minus s t) = value s - value t.
Proof. unfold minus. rewrite plus_value, opp_value. ring. Qed.

Lemma total_value n f : value (total n f) = sum n (fun i => value (f i)).
Proof. induction n; simpl; [apply value_nil|]. rewrite plus_value, IHn. reflexivity. Qed.

Lemma is_positive_sound s : is_positive s = true -> 0 < value s.
Proof. unfold is_positive. destruct (sign s) as [[| |]|] eqn:E; try discriminate. intros _. exact (sign_sound s Gt E). Qed.

Lemma is_negative_sound s : is_negative s = true -> value s < 0.
Proof. unfold is_negative. destruct (sign s) as [[| |]|] eqn:E; try discriminate. intros _. exact (sign_sound s Lt E). Qed.

Lemma equal_numbers_sound s t : equal_numbers s t = true -> value s = value t.
Proof. intro H. apply is_zero_sound in H. rewrite minus_value in H. lra. Qed.

Lemma absolute_sound s : known s = true -> value (absolute s) = Rabs (value s).
Proof.
  unfold known, absolute, is_negative. destruct (sign s) as [[| |]|] eqn:E; try discriminate; intros _; pose proof (sign_sound _ _ E) as S;
    simpl in S.
  - rewrite S, Rabs_R0. reflexivity.
  - rewrite opp_value, Rabs_left by exact S. reflexivity.
  - rewrite Rabs_pos_eq by lra. reflexivity.
Qed.
End Over_numbers.
