(** The largest absolute value on a closed box, of R(Γ) or R(Θ) − R(Γ): a bound at all points, attained at one. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Distances Biases Differences Boxes Vertices.
Import ListNotations.
Open Scope R_scope.

Definition sup_norm_is (b : box) (D : nat) (f : vec -> nat -> R) (v : R) : Prop :=
  (forall x, in_box b x -> forall l, (l < D)%nat -> Rabs (f x l) <= v) /\ exists x l, in_box b x /\ (l < D)%nat /\ Rabs (f x l) = v.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** s x_k + b on (x, 1) *)
Definition unit_row (d k : nat) (s b : Q) : list surd :=
  map (fun i => if Nat.eqb i k then rational s else if Nat.eqb i d then rational b else []) (seq 0 (S d)).
Definition sides_of (box : list (Q * Q)) : list (list surd) :=
  flat_map (fun k => let e := nth k box (0%Q, 0%Q) in [unit_row (length box) k 1 (- fst e); unit_row (length box) k (-1) (snd e)]) (seq 0 (length box)).
(** neurons on x, on (x, 1) *)
Definition on_one (d : nat) (n : neuron) : neuron := (map (at_ (fst n)) (seq 0 d) ++ [[]], snd n).
(** the rows act on (x, 1) *)
Definition sup_norm_b (box : list (Q * Q)) (D : nat) (N : list neuron) (x : list surd) (v : surd) : bool :=
  let d := length box in let y := x ++ [rational 1] in
  small_on d 0 d D N (sides_of box) v &&
  Nat.eqb (length x) d && below d (fun k => let e := nth k box (0%Q, 0%Q) in at_most (rational (fst e)) (at_ x k) && at_most (at_ x k) (rational (snd e))) &&
  decided (S d) N y && at_most [] v && existsb (fun l => of_size v (value_at (S d) N y l)) (seq 0 D).

Lemma unit_row_dot d k s b x : (k < d)%nat -> rows_dot (S d) (unit_row d k s b) (extended d x) = Q2R s * x k + Q2R b.
Proof.
  intro H. unfold rows_dot. rewrite dot_extended. unfold dot, unit_row. rewrite (sum_single d _ k H).
  - unfold vector at 1 2. rewrite !at_map by lia. rewrite !Nat.eqb_refl. replace (Nat.eqb d k) with false by (symmetry; apply Nat.eqb_neq; lia).
    rewrite !rational_value. ring.
  - intros i Hi N. unfold vector. rewrite at_map by lia. replace (Nat.eqb i k) with false by (symmetry; now apply Nat.eqb_neq).
    replace (Nat.eqb i d) with false by (symmetry; apply Nat.eqb_neq; lia). rewrite value_nil. ring.
Qed.

Lemma sides_inside box x g : in_box box x -> In g (sides_of box) -> 0 <= rows_dot (S (length box)) g (extended (length box) x).
Proof.
  intros B I. unfold sides_of in I. apply in_flat_map in I. destruct I as [k [Ik I]]. apply in_seq in Ik. cbv zeta in I. specialize (B k ltac:(lia)).
  destruct I as [<-|[<-|[]]]; rewrite unit_row_dot by lia.
  - rewrite Q2R_opp. replace (Q2R 1) with 1 by (unfold Q2R; simpl; field). lra.
  - replace (Q2R (-1)) with (-1) by (unfold Q2R; simpl; field). lra.
Qed.

Theorem sup_norm_b_sound box D N x v : sup_norm_b box D N x v = true ->
  sup_norm_is box D (fun x l => eval (S (length box)) (length N) (denoted N) (extended (length box) x) l) (value v).
Proof.
  unfold sup_norm_b. cbv zeta. rewrite !andb_true_iff, Nat.eqb_eq, existsb_exists. intros [[[[[S L] B] Dc] P] [l [Hl A]]]. apply in_seq in Hl.
  set (d := length box) in *. split.
  - intros z Z o Ho. pose proof (small_on_sound d D d 0 N (sides_of box) v ltac:(lia) S) as K. rewrite eval_list. apply K; [| |exact Ho].
    + unfold extended. rewrite Nat.ltb_irrefl. reflexivity.
    + intros g I. exact (sides_inside box z g Z I).
  - exists (vector x), l. split; [|split; [lia|]].
    + intros k Hk. pose proof (below_sound _ _ B k Hk) as E. cbv beta zeta in E. rewrite andb_true_iff in E. destruct E as [E1 E2].
      apply at_most_sound in E1, E2. rewrite rational_value in E1, E2. unfold vector. lra.
    + apply at_most_sound in P. rewrite value_nil in P. apply of_size_sound in A; [|exact P]. rewrite <- A, (value_at_sound _ _ _ _ Dc).
      f_equal. apply eval_ext_x. intros k Hk. symmetry. exact (vector_extended d x L k Hk).
Qed.

Lemma on_one_eval d N x l : eval (S d) (length (map (on_one d) N)) (denoted (map (on_one d) N)) (extended d x) l =
  eval d (length N) (denoted N) x l.
Proof.
  rewrite !eval_list, map_map. apply added_ext. intros n _. change (weight (on_one d n) l) with (weight n l). do 2 f_equal. unfold active.
  rewrite dot_extended. unfold on_one. cbn [fst]. unfold vector at 2, at_.
  rewrite app_nth2 by (rewrite map_length, seq_length; lia). rewrite map_length, seq_length, Nat.sub_diag. cbn [nth]. rewrite value_nil, Rplus_0_r.
  apply dot_ext; [|reflexivity]. intros k Hk. unfold vector. f_equal.
  change (nth k (map (at_ (fst n)) (seq 0 d) ++ [[]]) [] = at_ (fst n) k). rewrite app_nth1 by (rewrite map_length, seq_length; exact Hk).
  exact (at_map (at_ (fst n)) d k Hk).
Qed.

(** The claim: of R(Θ) − R(Γ), or R(Γ). *)
Definition sup_norm_holds (G : network) (T : option network) (box : list (Q * Q)) (v : surd) : Prop :=
  length box = inputs G /\ sup_norm_is box (outputs G) (stated_function G T) (value v).
Definition rows_on_one (G : network) (T : option network) : list neuron :=
  if any_biases G T then stated_rows G T else map (on_one (inputs G)) (stated_rows G T).
Definition check_sup_norm (G : network) (T : option network) (box : list (Q * Q)) (v : surd) (x : list surd) : bool :=
  Nat.eqb (length box) (inputs G) && same_shape G T && sup_norm_b box (outputs G) (rows_on_one G T) x v.

Lemma rows_on_one_eval G T x l : match T with Some T => inputs T = inputs G /\ outputs T = outputs G | None => True end -> (l < outputs G)%nat ->
  eval (S (inputs G)) (length (rows_on_one G T)) (denoted (rows_on_one G T)) (extended (inputs G) x) l = stated_function G T x l.
Proof.
  intros S Hl. unfold rows_on_one. destruct (any_biases G T) eqn:B.
  - unfold stated_rows, stated_function. destruct T as [T|]; rewrite B; cbn [rows_for].
    + destruct S as [Si So]. rewrite eval_apart. rewrite (homogenised_eval G) by exact Hl. f_equal. rewrite <- Si, homogenised_eval by lia. reflexivity.
    + apply homogenised_eval. exact Hl.
  - etransitivity; [exact (on_one_eval (inputs G) (stated_rows G T) x l)|].
    change (eval (inputs G) (length (stated_rows G T)) (denoted (stated_rows G T)) x l = stated_function G T x l).
    unfold stated_rows, stated_function. destruct T as [T|]; rewrite B; cbn [rows_for]; [|reflexivity]. apply eval_apart.
Qed.

Theorem check_sup_norm_sound G T box v x : check_sup_norm G T box v x = true -> sup_norm_holds G T box v.
Proof.
  unfold check_sup_norm. rewrite !andb_true_iff, Nat.eqb_eq. intros [[L S] H]. split; [exact L|].
  assert (S' : match T with Some T => inputs T = inputs G /\ outputs T = outputs G | None => True end).
  { destruct T as [T|]; [|trivial]. cbn [same_shape] in S. rewrite andb_true_iff, !Nat.eqb_eq in S. exact S. }
  apply sup_norm_b_sound in H. rewrite L in H.
  assert (E := fun y o => rows_on_one_eval G T y o S').
  destruct H as [U [z [l [B [Hl A]]]]]. split.
  - intros y Y o Ho. rewrite <- E by exact Ho. exact (U y Y o Ho).
  - exists z, l. rewrite E in A by exact Hl. auto.
Qed.
End Over_numbers.
