(** Networks as certificates state them, with or without biases, and their homogenised form on (x, 1). *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks.
Import ListNotations.
Open Scope R_scope.

(** d, D, one pair of inner and outer weights a neuron, and perhaps b and e *)
Record network_of (T : Type) := Network { inputs : nat; outputs : nat; rows : list (list (list T) * list (list T));
  biases : option (list (list T) * list (list T)) }.
Arguments Network {T}. Arguments inputs {T}. Arguments outputs {T}. Arguments rows {T}. Arguments biases {T}.
Notation network := (network_of term).
Definition size {T} (N : network_of T) : nat := length (rows N).
Definition has_biases {T} (N : network_of T) : bool := match biases N with Some _ => true | None => false end.
Definition bias_of {T} (N : network_of T) : list (list T) := match biases N with Some (b, _) => b | None => [] end.
Definition output_bias_of {T} (N : network_of T) : list (list T) := match biases N with Some (_, e) => e | None => [] end.
(** Every list is as long as it should be: nothing that is printed is ignored. *)
Definition well_formed {T} (N : network_of T) : bool :=
  forallb (fun n => Nat.eqb (length (fst n)) (inputs N) && Nat.eqb (length (snd n)) (outputs N)) (rows N) &&
  match biases N with None => true | Some (b, e) => Nat.eqb (length b) (size N) && Nat.eqb (length e) (outputs N) end.

Section Over_numbers.
Context {Num : numbers} {Val : values}.
Definition plain (N : network) : net := denoted (rows N).
Definition with_biases (N : network) : biased := Biased (plain N) (vector (bias_of N)) (vector (output_bias_of N)).

(** R(N), where some network of the claim has biases as one with biases *)
Definition same_functions (G T : network) : Prop :=
  if has_biases G || has_biases T
  then forall x l, (l < outputs G)%nat -> eval_biased (inputs G) (size G) (with_biases G) x l = eval_biased (inputs G) (size T) (with_biases T) x l
  else same (inputs G) (size G) (size T) (outputs G) (plain G) (plain T).

(** * Homogenised: a_i followed by b_i, and the output bias as one more, last neuron *)
Definition first (d : nat) (a : list surd) : list surd := map (at_ a) (seq 0 d).
Definition one : surd := rational 1.
Fixpoint lengthened (d i : nat) (b : list surd) (N : list neuron) : list neuron :=
  match N with [] => [] | n :: r => (first d (fst n) ++ [at_ b i], snd n) :: lengthened d (S i) b r end.
Definition homogenised_rows (N : network) : list neuron :=
  lengthened (inputs N) 0 (bias_of N) (rows N) ++ [(repeat [] (inputs N) ++ [one], first (outputs N) (output_bias_of N))].
Definition homogenised (also : bool) (N : network) : network :=
  if also then Network (S (inputs N)) (outputs N) (homogenised_rows N) None else N.

(** (x, 1) *)
Definition extended (d : nat) (x : vec) : vec := fun k => if Nat.ltb k d then x k else 1.

Lemma at_first d a k : (k < d)%nat -> at_ (first d a) k = at_ a k.
Proof.
  intro H. unfold at_ at 1, first. rewrite nth_indep with (d' := at_ a 0) by (rewrite map_length, seq_length; exact H).
  rewrite map_nth, seq_nth by exact H. reflexivity.
Qed.

Lemma vector_extended_first d a s k : (k < d)%nat -> vector (first d a ++ [s]) k = vector a k.
Proof.
  intro H. unfold vector, at_. rewrite app_nth1 by (unfold first; rewrite map_length, seq_length; exact H).
  fold (at_ (first d a) k). rewrite at_first by exact H. reflexivity.
Qed.

Lemma vector_extended_last d l s : length l = d -> vector (l ++ [s]) d = value s.
Proof. intros <-. unfold vector, at_. rewrite app_nth2, Nat.sub_diag by lia. reflexivity. Qed.

Lemma first_length d a : length (first d a) = d.
Proof. unfold first. rewrite map_length, seq_length. reflexivity. Qed.

(** <(a, b), (x, 1)> *)
Lemma dot_extended d v x : dot (S d) v (extended d x) = dot d v x + v d.
Proof.
  unfold dot. cbn [sum]. unfold extended at 2. rewrite Nat.ltb_irrefl, Rmult_1_r. f_equal. apply sum_ext. intros k Hk. unfold extended.
  apply Nat.ltb_lt in Hk. rewrite Hk. reflexivity.
Qed.

Lemma active_lengthened d a s c x : active (S d) (extended d x) (first d a ++ [s], c) = dot d (vector a) x + value s.
Proof.
  unfold active. cbn [fst]. rewrite dot_extended, (vector_extended_last d _ _ (first_length d a)). f_equal.
  apply dot_ext; intros; [apply vector_extended_first; assumption|reflexivity].
Qed.

Lemma eval_lengthened d b N x l : forall i, added (map (fun n => weight n l * relu (active (S d) (extended d x) n)) (lengthened d i b N)) =
  sum (length N) (fun j => vector (snd (nth j N ([], []))) l * relu (dot d (vector (fst (nth j N ([], [])))) x + vector b (i + j)%nat)).
Proof.
  induction N as [|n N IH]; intro i; [reflexivity|]. cbn [lengthened length]. rewrite added_cons, IH, sum_first, active_lengthened, Nat.add_0_r.
  cbn [nth]. unfold weight. cbn [snd]. f_equal. apply sum_ext. intros j _. replace (S i + j)%nat with (i + S j)%nat by lia. reflexivity.
Qed.

Lemma zeros_vector d s k : (k < d)%nat -> vector (repeat [] d ++ [s]) k = 0.
Proof.
  intro H. unfold vector, at_. rewrite app_nth1 by (rewrite repeat_length; exact H). rewrite nth_repeat. exact value_nil.
Qed.

(** on (x, 1) the homogenised network is R(N) *)
Theorem homogenised_eval N x l : (l < outputs N)%nat ->
  eval (S (inputs N)) (length (homogenised_rows N)) (denoted (homogenised_rows N)) (extended (inputs N) x) l =
  eval_biased (inputs N) (size N) (with_biases N) x l.
Proof.
  intro Hl. unfold homogenised_rows. rewrite eval_list, map_app, added_app, eval_lengthened. unfold eval_biased. f_equal.
  rewrite added_cons. unfold active, weight. cbn [fst snd map added fold_right]. rewrite dot_extended.
  rewrite (vector_extended_last (inputs N)) by apply repeat_length. rewrite dot_zero_l by (intros k Hk; apply zeros_vector; exact Hk).
  unfold one. rewrite rational_value, Q2R_1, relu_pos by lra. unfold vector. rewrite at_first by exact Hl. cbn [output_bias with_biases].
    unfold vector. ring.
Qed.

(** Where the last input is 1, a neuron that sees no other input is constant, and so is a linear function of it. *)
Definition folded_neuron (d : nat) (n : neuron) : list neuron :=
  if null d (fst n) then
    match sign (at_ (fst n) d) with
    | None => [n]
    | Some Gt => [n; (map opp (fst n), map opp (snd n))]
    | _ => []
    end
  else [n].
Definition folded (d : nat) (N : list neuron) : list neuron := flat_map (folded_neuron d) N.

Lemma folded_eval d N x l : added (map (fun n => weight n l * relu (active (S d) (extended d x) n)) (folded d N)) =
  added (map (fun n => weight n l * relu (active (S d) (extended d x) n)) N).
Proof.
  induction N as [|n N IH]; [reflexivity|]. unfold folded in *. cbn [flat_map]. rewrite map_app, added_app, IH, added_cons. f_equal. clear IH.
  unfold folded_neuron.
  destruct (null d (fst n)) eqn:Z; [|rewrite added_cons; unfold added; cbn [map fold_right]; ring].
  apply null_sound in Z. assert (A : active (S d) (extended d x) n = value (at_ (fst n) d)).
  { unfold active. rewrite dot_extended, dot_zero_l by exact Z. unfold vector. ring. }
  destruct (sign (at_ (fst n) d)) as [[| |]|] eqn:S; try (pose proof (sign_sound _ _ S) as V; simpl in V).
  - unfold added; cbn [map fold_right]. rewrite A, V, relu_0. ring.
  - unfold added; cbn [map fold_right]. rewrite A, relu_neg by lra. ring.
  - rewrite !added_cons. unfold added; cbn [map fold_right]. unfold active at 2. cbn [fst].
    rewrite dot_extended, (vector_opp (fst n) d), dot_zero_l.
    2: { intros k Hk. rewrite vector_opp, (Z k Hk). ring. }
    rewrite (relu_neg (0 + _)) by (unfold vector; lra). ring.
  - rewrite added_cons. unfold added; cbn [map fold_right]. ring.
Qed.

(** * R(G) = R(T) *)
Definition equal_functions (G T : network) : bool :=
  Nat.eqb (inputs G) (inputs T) && Nat.eqb (outputs G) (outputs T) &&
  if has_biases G || has_biases T
  then vanishes (S (inputs G)) (outputs G) (folded (inputs G) (apart (homogenised_rows T) (homogenised_rows G)))
  else same_function (inputs G) (outputs G) (rows G) (rows T).

Theorem equal_functions_sound G T : equal_functions G T = true -> same_functions G T.
Proof.
  unfold equal_functions, same_functions. rewrite !andb_true_iff, !Nat.eqb_eq. intros [[Hd HD] H].
  destruct (has_biases G || has_biases T).
  - intros x l Hl. pose proof (vanishes_sound _ _ _ H (extended (inputs G) x) l Hl) as E.
    rewrite eval_list, folded_eval, <- eval_list, eval_apart in E. rewrite (homogenised_eval G x l Hl) in E.
    rewrite Hd in E |- *. rewrite (homogenised_eval T x l) in E by lia. lra.
  - exact (same_function_sound _ _ _ _ H).
Qed.

(** * R(G) and R(T) differ at a point *)
Definition differ_at (G T : network) (x : list surd) : bool :=
  Nat.eqb (inputs G) (inputs T) && Nat.eqb (outputs G) (outputs T) && Nat.eqb (length x) (inputs G) &&
  if has_biases G || has_biases T
  then let x := x ++ [one] in let d := S (inputs G) in
    decided d (homogenised_rows G) x && decided d (homogenised_rows T) x &&
    existsb (fun l => definite (minus (value_at d (homogenised_rows G) x l) (value_at d (homogenised_rows T) x l))) (seq 0 (outputs G))
  else decided (inputs G) (rows G) x && decided (inputs G) (rows T) x &&
    existsb (fun l => definite (minus (value_at (inputs G) (rows G) x l) (value_at (inputs G) (rows T) x l))) (seq 0 (outputs G)).

Lemma vector_extended d x : length x = d -> forall k, (k < S d)%nat -> vector (x ++ [one]) k = extended d (vector x) k.
Proof.
  intros L k Hk. unfold extended. destruct (Nat.ltb_spec k d) as [H|H].
  - unfold vector, at_. rewrite app_nth1 by lia. reflexivity.
  - replace k with d by lia. rewrite (vector_extended_last d x one L). unfold one. rewrite rational_value. exact Q2R_1.
Qed.

Theorem differ_at_sound G T x : differ_at G T x = true -> ~ same_functions G T.
Proof.
  unfold differ_at, same_functions. rewrite !andb_true_iff, !Nat.eqb_eq. intros [[[Hd HD] L] H] S.
  destruct (has_biases G || has_biases T); rewrite !andb_true_iff, existsb_exists in H; destruct H as [[KG KT] [l [Hl N]]]; apply in_seq in Hl;
    apply definite_sound in N; rewrite minus_value, !value_at_sound in N by assumption; apply N; clear N.
  - rewrite !(eval_ext_x _ _ _ _ _ _ (vector_extended _ _ L)). rewrite (homogenised_eval G) by lia. rewrite (S (vector x) l) by lia.
    rewrite Hd, (homogenised_eval T) by lia. ring.
  - unfold same in S. unfold plain, size in S. rewrite (S (vector x) l) by lia. ring.
Qed.
End Over_numbers.
