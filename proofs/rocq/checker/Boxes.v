(** Functions on a box: a neuron that does not change its sign there is linear, or nothing. Of networks with biases or without.

    - [equal_on box G T], [equal_on_sound]: the same function on the box;
    - [differ_on box G T x], [differ_on_sound]: x is in the box, and the values there differ. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Biases Differences.
Import ListNotations.
Open Scope R_scope.

(** one pair of ends an input *)
Definition box := list (Q * Q).
Definition in_box (b : box) (x : vec) : Prop :=
  forall k, (k < length b)%nat -> Q2R (fst (nth k b (0, 0)%Q)) <= x k <= Q2R (snd (nth k b (0, 0)%Q)).

Section Over_numbers.
Context {Num : numbers} {Val : values}.

Definition same_on (b : box) (G T : network) : Prop :=
  inputs G = length b /\ inputs T = length b /\ outputs T = outputs G /\
  forall x l, in_box b x -> (l < outputs G)%nat -> function_of G x l = function_of T x l.
Definition differ_somewhere (b : box) (G T : network) : Prop :=
  inputs G = length b /\ inputs T = length b /\ outputs T = outputs G /\
  exists x l, in_box b x /\ (l < outputs G)%nat /\ function_of G x l <> function_of T x l.

(** * Ends of an affine function on the box *)
(** a times the end where it is least; known is the sign of a *)
Definition least_term (a : surd) (ends : Q * Q) : option surd :=
  match sign a with
  | None => None
  | Some Lt => Some (times a (rational (snd ends)))
  | Some _ => Some (times a (rational (fst ends)))
  end.
Fixpoint least_on (k : nat) (a : list surd) (b : box) : option surd :=
  match b with
  | [] => Some (at_ a k)
  | ends :: b => match least_term (at_ a k) ends, least_on (S k) a b with Some s, Some t => Some (plus s t) | _, _ => None end
  end.

Lemma least_term_sound a ends s x : least_term a ends = Some s -> Q2R (fst ends) <= x <= Q2R (snd ends) -> value s <= value a * x.
Proof.
  unfold least_term. intros H B. destruct (sign a) as [o|] eqn:S; [|discriminate]. apply sign_sound in S.
  destruct o; injection H as <-; rewrite times_value, rational_value; simpl in S; nra.
Qed.

Lemma least_on_sound a b : forall k s x, least_on k a b = Some s -> (forall j, (j < length b)%nat ->
    Q2R (fst (nth j b (0, 0)%Q)) <= x (k + j)%nat <= Q2R (snd (nth j b (0, 0)%Q))) ->
  value s <= sum (length b) (fun j => vector a (k + j)%nat * x (k + j)%nat) + vector a (k + length b)%nat.
Proof.
  induction b as [|ends b IH]; intros k s x H B; cbn [least_on] in H.
  - injection H as <-. cbn [length sum]. rewrite Nat.add_0_r. unfold vector. lra.
  - destruct (least_term _ ends) as [u|] eqn:T; [|discriminate]. destruct (least_on (S k) a b) as [v|] eqn:L; [|discriminate]. injection H as <-.
    rewrite plus_value. cbn [length]. rewrite sum_first, Nat.add_0_r.
    pose proof (least_term_sound _ _ _ (x k) T) as E. pose proof (B 0%nat ltac:(cbn [length]; lia)) as B0. cbn [nth] in B0.
    rewrite Nat.add_0_r in B0. specialize (E B0).
    assert (I : value v <= sum (length b) (fun j => vector a (S k + j)%nat * x (S k + j)%nat) + vector a (S k + length b)%nat).
    { apply (IH (S k) v x L). intros j Hj. replace (S k + j)%nat with (k + S j)%nat by lia. exact (B (S j) ltac:(cbn [length]; lia)). }
    replace (k + S (length b))%nat with (S k + length b)%nat by lia.
    rewrite (sum_ext _ (fun i => vector a (k + S i)%nat * x (k + S i)%nat) (fun j => vector a (S k + j)%nat * x (S k + j)%nat)).
    2: { intros i _. replace (k + S i)%nat with (S k + i)%nat by lia. reflexivity. }
    unfold vector at 1. lra.
Qed.

(** <a, (x, 1)> is not negative on the box *)
Definition not_negative_on (b : box) (a : list surd) : bool :=
  match least_on 0 a b with Some s => at_most [] s | None => false end.

Lemma not_negative_on_sound b a x : not_negative_on b a = true -> in_box b x -> 0 <= dot (S (length b)) (vector a) (extended (length b) x).
Proof.
  unfold not_negative_on. destruct (least_on 0 a b) as [s|] eqn:L; [|discriminate]. intros H B. apply at_most_sound in H. rewrite value_nil in H.
  pose proof (least_on_sound a b 0 s x L B) as E. rewrite dot_extended. unfold dot. cbn [Nat.add] in E. lra.
Qed.

(** * Neurons without a kink in the box *)
Definition boxed_neuron (b : box) (n : neuron) : list neuron :=
  if not_negative_on b (fst n) then [n; (map opp (fst n), map opp (snd n))]
  else if not_negative_on b (map opp (fst n)) then [] else [n].
Definition boxed (b : box) (N : list neuron) : list neuron := flat_map (boxed_neuron b) N.

Lemma dot_vector_opp d a x : dot d (vector (map opp a)) x = - dot d (vector a) x.
Proof.
  unfold dot. replace (- sum d (fun k => vector a k * x k)) with (-1 * sum d (fun k => vector a k * x k)) by ring. rewrite <- sum_scal.
  apply sum_ext. intros k _. rewrite vector_opp. ring.
Qed.

Lemma boxed_eval b N x l : in_box b x -> let d := S (length b) in let y := extended (length b) x in
  added (map (fun n => weight n l * relu (active d y n)) (boxed b N)) = added (map (fun n => weight n l * relu (active d y n)) N).
Proof.
  intros B d y. induction N as [|n N IH]; [reflexivity|]. unfold boxed in *. cbn [flat_map]. rewrite map_app, added_app, IH, added_cons. f_equal.
  clear IH. unfold boxed_neuron. destruct (not_negative_on b (fst n)) eqn:P.
  - apply (not_negative_on_sound b _ x) in P; [|exact B]. fold d y in P. rewrite !added_cons. unfold active, weight. cbn [fst snd].
    rewrite dot_vector_opp, vector_opp, (relu_neg (- _)) by lra. unfold added. cbn [map fold_right]. ring.
  - destruct (not_negative_on b (map opp (fst n))) eqn:M.
    + apply (not_negative_on_sound b _ x) in M; [|exact B]. fold d y in M. rewrite dot_vector_opp in M. unfold active.
      rewrite relu_neg by lra. unfold added. cbn [map fold_right]. ring.
    + rewrite added_cons. unfold added. cbn [map fold_right]. ring.
Qed.

(** * The claims *)
Definition fit_box (b : box) (G T : network) : bool :=
  forallb (fun ends => Qle_bool (fst ends) (snd ends) && negb (Qeq_bool (fst ends) (snd ends))) b &&
  Nat.eqb (inputs G) (length b) && Nat.eqb (inputs T) (length b) && Nat.eqb (outputs T) (outputs G).
Definition equal_on (b : box) (G T : network) : bool :=
  fit_box b G T && vanishes (S (length b)) (outputs G) (boxed b (apart (homogenised_rows T) (homogenised_rows G))).

Lemma fit_box_sound b G T : fit_box b G T = true -> inputs G = length b /\ inputs T = length b /\ outputs T = outputs G.
Proof. unfold fit_box. rewrite !andb_true_iff, !Nat.eqb_eq. tauto. Qed.

Theorem equal_on_sound b G T : equal_on b G T = true -> same_on b G T.
Proof.
  unfold equal_on. rewrite andb_true_iff. intros [F V]. apply fit_box_sound in F. destruct F as [HG [HT HD]]. repeat split; try assumption.
  intros x l B Hl. rewrite !function_of_biased, <- !homogenised_eval by lia. rewrite HG, HT.
  pose proof (vanishes_sound _ _ _ V (extended (length b) x) l Hl) as E.
  rewrite eval_list, (boxed_eval b _ x l B), <- eval_list, eval_apart in E. lra.
Qed.

(** every coordinate is in its side *)
Fixpoint point_in (b : box) (x : list surd) : bool :=
  match b, x with
  | [], [] => true
  | ends :: b, s :: x => at_most (rational (fst ends)) s && at_most s (rational (snd ends)) && point_in b x
  | _, _ => false
  end.

Lemma point_in_sound b : forall x, point_in b x = true -> length x = length b /\ in_box b (vector x).
Proof.
  induction b as [|ends b IH]; intros [|s x] H; cbn [point_in] in H; try discriminate.
  - split; [reflexivity|]. intros k Hk. cbn [length] in Hk. lia.
  - rewrite !andb_true_iff in H. destruct H as [[L U] H]. destruct (IH x H) as [E B]. split; [cbn [length]; lia|].
    apply at_most_sound in L, U. rewrite rational_value in L, U. intros [|k] Hk.
    + cbn [nth]. unfold vector, at_. cbn [nth]. split; assumption.
    + cbn [nth length] in *. exact (B k ltac:(lia)).
Qed.

Definition differ_on (b : box) (G T : network) (x : list surd) : bool :=
  let y := x ++ [one] in let d := S (length b) in
  fit_box b G T && point_in b x && decided d (homogenised_rows G) y && decided d (homogenised_rows T) y &&
  existsb (fun l => definite (minus (value_at d (homogenised_rows G) y l) (value_at d (homogenised_rows T) y l))) (seq 0 (outputs G)).

Theorem differ_on_sound b G T x : differ_on b G T x = true -> differ_somewhere b G T.
Proof.
  unfold differ_on. cbv zeta. rewrite !andb_true_iff, existsb_exists. intros [[[[F P] KG] KT] [l [Hl N]]].
  apply fit_box_sound in F. destruct F as [HG [HT HD]]. apply in_seq in Hl. apply point_in_sound in P. destruct P as [L B].
  repeat split; try assumption. exists (vector x), l. split; [exact B|split; [lia|]].
  apply definite_sound in N. rewrite minus_value, !value_at_sound in N by assumption. intro E. apply N. clear N.
  rewrite !(eval_ext_x _ _ _ _ _ _ (vector_extended _ _ L)). rewrite !function_of_biased, <- !homogenised_eval, HG, HT in E by lia. lra.
Qed.
End Over_numbers.
