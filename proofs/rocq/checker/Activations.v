(** Networks of an activation max(a t, t), a >= 0, are ReLU networks with twice as many neurons: max(a, 1) relu(t) − min(a, 1) relu(−t).

    [as_relu a N] has the function [function_with a N]: [as_relu_function]. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Biases Differences Boxes.
Import ListNotations.
Open Scope R_scope.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** R(N) with the activation max(a t, t); biases are 0 where there are none *)
Definition activation (a : Q) (t : R) : R := Rmax (Q2R a * t) t.
Definition function_with (a : Q) (N : network) (x : vec) (l : nat) : R :=
  sum (size N) (fun i => outer (plain N) i l * activation a (dot (inputs N) (inner (plain N) i) x + vector (bias_of N) i)) +
  vector (output_bias_of N) l.

Definition more (a : Q) : Q := if Qle_bool a 1 then 1%Q else a.
Definition less (a : Q) : Q := if Qle_bool a 1 then a else 1%Q.
Definition scaled (q : Q) (l : list surd) : list surd := map (times (rational q)) l.
Definition ahead_of (a : Q) (n : neuron) : neuron := (fst n, scaled (more a) (snd n)).
Definition behind (a : Q) (n : neuron) : neuron := (map opp (fst n), scaled (- less a) (snd n)).
Definition as_relu (a : Q) (N : network) : network :=
  Network (inputs N) (outputs N) (map (ahead_of a) (rows N) ++ map (behind a) (rows N))
    (match biases N with None => None | Some (b, e) => Some (b ++ map opp b, e) end).

Lemma activation_parts a t : Qle_bool 0 a = true -> activation a t = Q2R (more a) * relu t - Q2R (less a) * relu (- t).
Proof.
  intro A. apply Qle_bool_R in A. rewrite Q2R_0 in A. unfold activation, more, less. destruct (Qle_bool a 1) eqn:E.
  - apply Qle_bool_R in E. rewrite Q2R_1 in *. destruct (Rle_dec 0 t).
    + rewrite relu_pos, relu_neg, Rmax_right by nra. ring.
    + rewrite relu_neg, relu_pos, Rmax_left by nra. ring.
  - apply Qle_bool_false in E. rewrite Q2R_1 in *. destruct (Rle_dec 0 t).
    + rewrite relu_pos, relu_neg, Rmax_left by nra. ring.
    + rewrite relu_neg, relu_pos, Rmax_right by nra. ring.
Qed.

Lemma vector_scaled q l : forall k, vector (scaled q l) k = Q2R q * vector l k.
Proof.
  induction l as [|s l IH]; intros [|k]; unfold scaled in *; cbn [map]; try (unfold vector, at_; cbn [nth]; rewrite value_nil; ring).
  - unfold vector, at_. cbn [nth]. rewrite times_value, rational_value. reflexivity.
  - exact (IH k).
Qed.

(** a sum over the neurons, with their places *)
Lemma doubled_sum (A B C : nat -> R) m : (forall i, (i < m)%nat -> A i = C i) -> (forall i, (i < m)%nat -> A (m + i)%nat = B i) ->
  sum (m + m) A = sum m (fun i => C i + B i).
Proof. intros E F. rewrite sum_split, sum_plus. f_equal; apply sum_ext; assumption. Qed.

Lemma bias_ahead N i : well_formed N = true -> (i < size N)%nat -> vector (bias_of (as_relu 0 N)) i = vector (bias_of N) i.
Proof.
  unfold well_formed, bias_of, as_relu. cbn [biases]. destruct (biases N) as [[b e]|]; [|reflexivity].
  rewrite !andb_true_iff, !Nat.eqb_eq. intros [_ [L _]] Hi. unfold vector, at_. rewrite app_nth1 by lia. reflexivity.
Qed.

Lemma bias_behind N i : well_formed N = true -> (i < size N)%nat -> vector (bias_of (as_relu 0 N)) (size N + i)%nat = - vector (bias_of N) i.
Proof.
  unfold well_formed, bias_of, as_relu. cbn [biases]. destruct (biases N) as [[b e]|].
  - rewrite !andb_true_iff, !Nat.eqb_eq. intros [_ [L _]] Hi. rewrite <- vector_opp. unfold vector, at_.
    rewrite app_nth2 by lia. f_equal. f_equal. lia.
  - intros _ _. unfold vector, at_. destruct (size N + i)%nat, i; cbn [nth]; rewrite value_nil; ring.
Qed.

Lemma rows_ahead a N i : (i < size N)%nat -> nth i (rows (as_relu a N)) ([], []) = ahead_of a (nth i (rows N) ([], [])).
Proof.
  unfold size, as_relu. cbn [rows]. intro H. rewrite app_nth1 by (rewrite map_length; exact H). exact (map_nth (ahead_of a) (rows N) ([], []) i).
Qed.

Lemma rows_behind a N i : (i < size N)%nat -> nth (size N + i) (rows (as_relu a N)) ([], []) = behind a (nth i (rows N) ([], [])).
Proof.
  unfold size, as_relu. cbn [rows]. intro H. rewrite app_nth2 by (rewrite map_length; lia). rewrite map_length.
  replace (length (rows N) + i - length (rows N))%nat with i by lia. exact (map_nth (behind a) (rows N) ([], []) i).
Qed.

Theorem as_relu_function a N x l : well_formed N = true -> Qle_bool 0 a = true ->
  function_of (as_relu a N) x l = function_with a N x l.
Proof.
  intros W A. rewrite function_of_biased. unfold eval_biased, function_with. cbn [as_relu inputs with_biases weights bias output_bias].
  assert (S : size (as_relu a N) = (size N + size N)%nat) by (unfold size, as_relu; cbn [rows]; now rewrite app_length, !map_length).
  assert (O : output_bias_of (as_relu a N) = output_bias_of N).
  { unfold output_bias_of, as_relu. cbn [biases]. destruct (biases N) as [[b e]|]; reflexivity. }
  change (bias_of (as_relu a N)) with (bias_of (as_relu 0 N)). rewrite S, O. f_equal.
  rewrite (doubled_sum _
    (fun i => - (Q2R (less a) * outer (plain N) i l * relu (- (dot (inputs N) (inner (plain N) i) x + vector (bias_of N) i))))
    (fun i => Q2R (more a) * outer (plain N) i l * relu (dot (inputs N) (inner (plain N) i) x + vector (bias_of N) i))).
  - apply sum_ext. intros i _. rewrite (activation_parts a _ A). ring.
  - intros i Hi. rewrite (bias_ahead N i W Hi). cbn [plain denoted inner outer]. rewrite (rows_ahead a N i Hi). cbn [ahead_of fst snd].
    rewrite vector_scaled. reflexivity.
  - intros i Hi. rewrite (bias_behind N i W Hi). cbn [plain denoted inner outer]. rewrite (rows_behind a N i Hi). cbn [behind fst snd].
    rewrite vector_scaled, Q2R_opp, dot_vector_opp.
    set (t := dot (inputs N) (vector (fst (nth i (rows N) ([], [])))) x). replace (- t + - vector (bias_of N) i) with (- (t + vector (bias_of N) i))
      by ring. ring.
Qed.
End Over_numbers.
