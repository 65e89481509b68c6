(** The largest absolute value on a box, of networks of certificates: [families/Any_box.v] for the numbers of [Numbers]. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Biases Stated.
From relucert.families Require Any_number Any_networks Any_box.
Import ListNotations.
Open Scope R_scope.

Definition surds : Any_number.numbers := Any_number.Numbers term plus times opp rational is_zero sign at_most.
Definition reals : @Any_number.values surds :=
  @Any_number.Values surds value eq_refl eq_refl plus_value times_value opp_value rational_value is_zero_sound sign_sound at_most_sound.

(** The claim: of R(Θ) − R(Γ), or R(Γ). *)
Definition sup_norm_holds (G : network) (T : option network) (box : list (Q * Q)) (v : surd) : Prop :=
  length box = inputs G /\ Any_box.sup_norm_is box (outputs G) (stated_function G T) (value v).
Definition rows_on_one (G : network) (T : option network) : list neuron :=
  if any_biases G T then stated_rows G T else map (@Any_box.on_one surds (inputs G)) (stated_rows G T).
Definition check_sup_norm (G : network) (T : option network) (box : list (Q * Q)) (v : surd) (x : list surd) : bool :=
  Nat.eqb (length box) (inputs G) && same_shape G T && @Any_box.sup_norm_b surds box (outputs G) (rows_on_one G T) x v.

Lemma rows_on_one_eval G T x l : match T with Some T => inputs T = inputs G /\ outputs T = outputs G | None => True end -> (l < outputs G)%nat ->
  eval (S (inputs G)) (length (rows_on_one G T)) (denoted (rows_on_one G T)) (extended (inputs G) x) l = stated_function G T x l.
Proof.
  intros S Hl. unfold rows_on_one. destruct (any_biases G T) eqn:B.
  - unfold stated_rows, stated_function. destruct T as [T|]; rewrite B; cbn [rows_for].
    + destruct S as [Si So]. rewrite eval_apart. rewrite (homogenised_eval G) by exact Hl. f_equal. rewrite <- Si, homogenised_eval by lia. reflexivity.
    + apply homogenised_eval. exact Hl.
  - etransitivity; [exact (@Any_box.on_one_eval surds reals (inputs G) (stated_rows G T) x l)|].
    change (eval (inputs G) (length (stated_rows G T)) (denoted (stated_rows G T)) x l = stated_function G T x l).
    unfold stated_rows, stated_function. destruct T as [T|]; rewrite B; cbn [rows_for]; [|reflexivity]. apply eval_apart.
Qed.

Theorem check_sup_norm_sound G T box v x : check_sup_norm G T box v x = true -> sup_norm_holds G T box v.
Proof.
  unfold check_sup_norm. rewrite !andb_true_iff, Nat.eqb_eq. intros [[L S] H]. split; [exact L|].
  assert (S' : match T with Some T => inputs T = inputs G /\ outputs T = outputs G | None => True end).
  { destruct T as [T|]; [|trivial]. cbn [same_shape] in S. rewrite andb_true_iff, !Nat.eqb_eq in S. exact S. }
  apply (@Any_box.sup_norm_b_sound surds reals) in H. rewrite L in H.
  assert (E : forall y o, (o < outputs G)%nat -> eval (Datatypes.S (inputs G)) (length (rows_on_one G T)) (@Any_networks.denoted surds reals (rows_on_one G T))
    (extended (inputs G) y) o = stated_function G T y o) by (intros y o Ho; exact (rows_on_one_eval G T y o S' Ho)).
  destruct H as [U [z [l [B [Hl A]]]]]. split.
  - intros y Y o Ho. rewrite <- E by exact Ho. exact (U y Y o Ho).
  - exists z, l. rewrite E in A by exact Hl. auto.
Qed.
