(** The function of a statement: R(Γ), or R(Θ) − R(Γ), with or without biases; and one list of neurons that has it, on (x, 1) with biases. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums Gradients.
From relucert.checker Require Import Numbers Networks Biases.
Import ListNotations.
Open Scope R_scope.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

Definition inputs_of (affine : bool) (d : nat) : nat := if affine then S d else d.
Definition point_of (affine : bool) (d : nat) (x : vec) : vec := if affine then extended d x else x.
Definition function_on (affine : bool) (d : nat) (N : list neuron) : vec -> nat -> R :=
  fun x l => eval (inputs_of affine d) (length N) (denoted N) (point_of affine d x) l.

Definition any_biases (G : network) (T : option network) : bool := has_biases G || match T with Some T => has_biases T | None => false end.
Definition stated_function (G : network) (T : option network) : vec -> nat -> R :=
  let d := inputs G in
  match T with
  | None => if any_biases G None then eval_biased d (size G) (with_biases G) else eval d (size G) (plain G)
  | Some T => if any_biases G (Some T)
    then fun x l => eval_biased d (size T) (with_biases T) x l - eval_biased d (size G) (with_biases G) x l
    else difference d (size G) (size T) (plain G) (plain T)
  end.
Definition rows_for (also : bool) (N : network) : list neuron := if also then homogenised_rows N else rows N.
Definition stated_rows (G : network) (T : option network) : list neuron :=
  let also := any_biases G T in match T with None => rows_for also G | Some T => apart (rows_for also G) (rows_for also T) end.
Definition same_shape (G : network) (T : option network) : bool :=
  match T with None => true | Some T => Nat.eqb (inputs T) (inputs G) && Nat.eqb (outputs T) (outputs G) end.

Lemma function_plain d N x l : function_on false d N x l = eval d (length N) (denoted N) x l.
Proof. reflexivity. Qed.

Lemma function_apart d G T x l : function_on false d (apart G T) x l = difference d (length G) (length T) (denoted G) (denoted T) x l.
Proof. unfold function_on, difference. cbn [inputs_of point_of]. rewrite eval_apart. reflexivity. Qed.

Lemma function_biased N x l : (l < outputs N)%nat -> function_on true (inputs N) (homogenised_rows N) x l = eval_biased (inputs N) (size N)
  (with_biases N) x l.
Proof. exact (homogenised_eval N x l). Qed.

Lemma function_biased_apart G T x l : inputs T = inputs G -> (l < outputs G)%nat -> (l < outputs T)%nat ->
  function_on true (inputs G) (apart (homogenised_rows G) (homogenised_rows T)) x l =
  (eval_biased (inputs G) (size T) (with_biases T) x l - eval_biased (inputs G) (size G) (with_biases G) x l)%R.
Proof.
  intros E Hg Ht. unfold function_on. cbn [inputs_of point_of]. rewrite eval_apart, (homogenised_eval G x l Hg). rewrite <- E.
  rewrite (homogenised_eval T x l Ht). reflexivity.
Qed.

Lemma stated_is G T x l : match T with None => True | Some T => inputs T = inputs G /\ outputs T = outputs G end -> (l < outputs G)%nat ->
  function_on (any_biases G T) (inputs G) (stated_rows G T) x l = stated_function G T x l.
Proof.
  intros S Hl. unfold stated_function, stated_rows. destruct T as [T|].
  - destruct S as [Hd HD]. unfold rows_for. destruct (any_biases G (Some T)).
    + exact (function_biased_apart G T x l Hd Hl ltac:(lia)).
    + exact (function_apart (inputs G) (rows G) (rows T) x l).
  - unfold rows_for. destruct (any_biases G None); [exact (function_biased G x l Hl)|reflexivity].
Qed.

(** * R(N) *)
Definition function_of (N : network) (x : vec) (l : nat) : R :=
  if has_biases N then eval_biased (inputs N) (size N) (with_biases N) x l else eval (inputs N) (size N) (plain N) x l.

Lemma function_of_biased N x l : function_of N x l = eval_biased (inputs N) (size N) (with_biases N) x l.
Proof.
  unfold function_of, has_biases, with_biases, bias_of, output_bias_of. destruct (biases N) as [[b e]|]; [reflexivity|].
  assert (Z : forall k, vector [] k = 0) by (intros [|k]; exact value_nil).
  unfold eval_biased, eval. cbn [weights bias output_bias]. rewrite Z, Rplus_0_r. apply sum_ext. intros i _. now rewrite Z, Rplus_0_r.
Qed.

Lemma has_biases_false N x l : has_biases N = false -> eval (inputs N) (size N) (plain N) x l = function_of N x l.
Proof. unfold function_of. now intros ->. Qed.

Lemma same_functions_of G T : inputs T = inputs G ->
  (same_functions G T <-> forall x l, (l < outputs G)%nat -> function_of G x l = function_of T x l).
Proof.
  intros E. unfold same_functions. destruct (has_biases G || has_biases T) eqn:B.
  - split; intros H x l Hl; specialize (H x l Hl); rewrite !function_of_biased, E in *; exact H.
  - rewrite orb_false_iff in B. destruct B as [BG BT]. unfold same, function_of. rewrite BG, BT, E. tauto.
Qed.

Lemma stated_function_of G T x l : match T with None => True | Some T => inputs T = inputs G end ->
  stated_function G T x l = match T with None => function_of G x l | Some T => function_of T x l - function_of G x l end.
Proof.
  unfold stated_function, any_biases. destruct T as [T|]; intro E.
  - destruct (has_biases G || has_biases T) eqn:B; [rewrite !function_of_biased, E; reflexivity|]. rewrite orb_false_iff in B.
    unfold difference, function_of. destruct B as [-> ->]. rewrite E. reflexivity.
  - rewrite orb_false_r. unfold function_of. destruct (has_biases G); reflexivity.
Qed.
End Over_numbers.
