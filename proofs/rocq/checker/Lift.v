(** The claim `lift` (Lemma A.6): a network in N* that has the function of one with biases on (x, 1, −1). *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Directions Biases.
Import ListNotations.
Open Scope R_scope.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** G is in N*, and R(G)(x, 1, −1) = R(T)(x). *)
Definition lift_holds (G T : network) : Prop := in_Nstar (inputs T + 2) (size G) (outputs G) (plain G) /\
  forall x l, (l < outputs G)%nat ->
    eval (inputs T + 2) (size G) (plain G) (lifted (inputs T) x) l = eval_biased (inputs T) (size T) (with_biases T) x l.

(** * On (x, 1): the last two entries act as their difference *)
Definition lowered (d : nat) (N : list neuron) : list neuron :=
  map (fun n => (first d (fst n) ++ [minus (at_ (fst n) d) (at_ (fst n) (S d))], snd n)) N.

Lemma dot_lifted d v x : dot (d + 2) v (lifted d x) = dot d v x + (v d - v (S d)).
Proof.
  replace (d + 2)%nat with (S (S d)) by lia. unfold dot. cbn [sum]. unfold lifted at 2 3. rewrite Nat.ltb_irrefl, Nat.eqb_refl.
  replace (Nat.ltb (S d) d) with false by (symmetry; apply Nat.ltb_ge; lia). replace (Nat.eqb (S d) d) with false by (symmetry; apply Nat.eqb_neq;
    lia).
  rewrite (sum_ext d _ (fun k => v k * x k)); [ring|]. intros k Hk. unfold lifted. apply Nat.ltb_lt in Hk. rewrite Hk. reflexivity.
Qed.

Lemma lowered_eval d N x l :
  eval (d + 2) (length N) (denoted N) (lifted d x) l = eval (S d) (length (lowered d N)) (denoted (lowered d N)) (extended d x) l.
Proof.
  rewrite !eval_list. unfold lowered. rewrite map_map. apply added_ext. intros n _. unfold weight. cbn [snd]. f_equal. f_equal.
  rewrite active_lengthened, minus_value. unfold active. rewrite dot_lifted. reflexivity.
Qed.

Definition check_lift (G T : network) : bool :=
  Nat.eqb (inputs G) (inputs T + 2) && Nat.eqb (outputs G) (outputs T) && negb (has_biases G) &&
  in_Nstar_b (inputs T + 2) (outputs G) (rows G) &&
  vanishes (S (inputs T)) (outputs T) (folded (inputs T) (apart (homogenised_rows T) (lowered (inputs T) (rows G)))).

Lemma check_lift_sound G T : check_lift G T = true -> lift_holds G T.
Proof.
  unfold check_lift. rewrite !andb_true_iff, !Nat.eqb_eq. intros [[[[Hd HD] _] N] V]. apply in_Nstar_sound in N. split; [exact (proj2 N)|].
  intros x l Hl. pose proof (vanishes_sound _ _ _ V (extended (inputs T) x) l ltac:(lia)) as E.
  rewrite eval_list, folded_eval, <- eval_list, eval_apart, homogenised_eval in E by lia.
  unfold plain, size in *. rewrite lowered_eval. lra.
Qed.
End Over_numbers.
