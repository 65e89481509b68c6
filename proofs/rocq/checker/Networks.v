(** Concrete networks as lists of numbers, the networks of Statements.v they stand for, and when their functions vanish. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers.
Import ListNotations.
Open Scope R_scope.

(** inner weights, outer weights *)
Notation neuron := (list (list term) * list (list term))%type.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** * Lists of neurons *)

Definition at_ (l : list surd) (k : nat) : surd := nth k l [].
Definition vector (l : list surd) : vec := fun k => value (at_ l k).
Definition denoted (N : list neuron) : net :=
  Net (fun i => vector (fst (nth i N ([], [])))) (fun i => vector (snd (nth i N ([], [])))).
Definition added (l : list R) : R := fold_right Rplus 0 l.

Lemma sum_first n f : sum (S n) f = f 0%nat + sum n (fun i => f (S i)).
Proof. change (S n) with (1 + n)%nat. rewrite sum_split. replace (sum 1 f) with (f 0%nat) by (simpl; ring). reflexivity. Qed.

(** a sum over the neurons of a list *)
Lemma sum_neurons (f : neuron -> R) N : sum (length N) (fun i => f (nth i N ([], []))) = added (map f N).
Proof.
  induction N as [|n N IH]; [reflexivity|]. cbn [length map added fold_right]. rewrite sum_first. cbn [nth]. unfold added in IH. rewrite IH.
    reflexivity.
Qed.

Lemma added_cons (f : neuron -> R) n N : added (map f (n :: N)) = f n + added (map f N).
Proof. reflexivity. Qed.

Lemma added_app l l' : added (l ++ l') = added l + added l'.
Proof. unfold added. induction l as [|x l IH]; cbn [fold_right app]; [ring|]. rewrite IH. ring. Qed.

Lemma added_ext (f g : neuron -> R) N : (forall n, In n N -> f n = g n) -> added (map f N) = added (map g N).
Proof. intro H. rewrite (map_ext_in f g N H). reflexivity. Qed.

Lemma added_scal c (f : neuron -> R) N : added (map (fun n => c * f n) N) = c * added (map f N).
Proof. unfold added. induction N as [|n N IH]; cbn [fold_right map]; [ring|]. rewrite IH. ring. Qed.

Lemma added_plus (f g : neuron -> R) N : added (map (fun n => f n + g n) N) = added (map f N) + added (map g N).
Proof. unfold added. induction N as [|n N IH]; cbn [fold_right map]; [ring|]. rewrite IH. ring. Qed.

Lemma added_zero (f : neuron -> R) N : (forall n, In n N -> f n = 0) -> added (map f N) = 0.
Proof.
  intro H. induction N as [|n N IH]; [reflexivity|].
  rewrite added_cons, IH, (H n (or_introl eq_refl)) by (intros; apply H; now right). ring.
Qed.

Definition weight (n : neuron) (l : nat) : R := vector (snd n) l.
Definition active (d : nat) (x : vec) (n : neuron) : R := dot d (vector (fst n)) x.

Lemma eval_list d N x l : eval d (length N) (denoted N) x l = added (map (fun n => weight n l * relu (active d x n)) N).
Proof. exact (sum_neurons (fun n => weight n l * relu (active d x n)) N). Qed.

Lemma eval_app d N N' x l : eval d (length (N ++ N')) (denoted (N ++ N')) x l = eval d (length N) (denoted N) x l + eval d (length N') (denoted N') x
  l.
Proof. rewrite !eval_list, map_app, added_app. reflexivity. Qed.

(** the same neurons with opposite outer weights *)
Definition negated (N : list neuron) : list neuron := map (fun n => (fst n, map opp (snd n))) N.

Lemma vector_opp l k : vector (map opp l) k = - vector l k.
Proof.
  unfold vector, at_. rewrite <- opp_nil at 1. rewrite map_nth. apply opp_value.
Qed.

Lemma eval_negated d N x l : eval d (length (negated N)) (denoted (negated N)) x l = - eval d (length N) (denoted N) x l.
Proof.
  rewrite !eval_list. unfold negated. rewrite map_map. replace (- added _) with (-1 * added (map (fun n => weight n l * relu (active d x n)) N)) by
    ring.
  rewrite <- added_scal. apply added_ext. intros n _. unfold weight, active. cbn [fst snd]. rewrite vector_opp. ring.
Qed.

(** R(T) - R(G) as one list *)
Definition apart (G T : list neuron) : list neuron := T ++ negated G.

Lemma eval_apart d G T x l :
  eval d (length (apart G T)) (denoted (apart G T)) x l = eval d (length T) (denoted T) x l - eval d (length G) (denoted G) x l.
Proof. unfold apart. rewrite eval_app, eval_negated. ring. Qed.

(** * Directions *)
(** [forallb] and [existsb] that stop where they are decided, in Coq's virtual machine too, which evaluates both sides of [&&] and [||] *)
Definition everywhere (f : nat -> bool) : list nat -> bool :=
  fix go l := match l with [] => true | k :: l => if f k then go l else false end.
Definition somewhere (f : nat -> bool) : list nat -> bool :=
  fix go l := match l with [] => false | k :: l => if f k then true else go l end.
Definition below (n : nat) (f : nat -> bool) : bool := everywhere f (seq 0 n).

Lemma somewhere_exists f l : somewhere f l = true <-> exists k, In k l /\ f k = true.
Proof. exact (existsb_exists f l). Qed.

Lemma below_sound n f : below n f = true -> forall k, (k < n)%nat -> f k = true.
Proof. change (below n f) with (forallb f (seq 0 n)). rewrite forallb_forall. intros H k Hk. apply H, in_seq. lia. Qed.

(** all entries are 0 *)
Definition null (d : nat) (a : list surd) : bool := below d (fun k => is_zero (at_ a k)).

Lemma null_sound d a : null d a = true -> zero d (vector a).
Proof. intros H k Hk. apply is_zero_sound. exact (below_sound _ _ H k Hk). Qed.

(** an entry that is not 0 *)
Definition definite (s : surd) : bool := is_positive s || is_negative s.
Definition pivot (d : nat) (a : list surd) : option nat := find (fun k => definite (at_ a k)) (seq 0 d).

Lemma definite_sound s : definite s = true -> value s <> 0.
Proof.
  unfold definite. rewrite Bool.orb_true_iff. intros [H|H]; [apply is_positive_sound in H|apply is_negative_sound in H]; lra.
Qed.

Lemma pivot_sound d a p : pivot d a = Some p -> (p < d)%nat /\ vector a p <> 0.
Proof.
  intro H. apply find_some in H. destruct H as [I D]. apply in_seq in I. split; [lia|]. exact (definite_sound _ D).
Qed.

(** b is b_p / a_p times a *)
Definition on_line (d p : nat) (a b : list surd) : bool :=
  below d (fun k => equal_numbers (times (at_ b k) (at_ a p)) (times (at_ b p) (at_ a k))).

Lemma on_line_sound d p a b : vector a p <> 0 -> on_line d p a b = true -> multiple d (vector b p / vector a p) (vector a) (vector b).
Proof.
  intros P H k Hk. pose proof (below_sound _ _ H k Hk) as E. cbv beta in E. apply equal_numbers_sound in E. rewrite !times_value in E.
  unfold vector in *. apply Rmult_eq_reg_r with (value (at_ a p)); [|exact P]. rewrite E. field. exact P.
Qed.

Definition alike (d p : nat) (n n' : neuron) : bool := on_line d p (fst n) (fst n').
Definition entry (p : nat) (n : neuron) : surd := at_ (fst n) p.

(** * When a function vanishes *)

(** sums of outer weights times something of the inner ones *)
Definition weighed (N : list neuron) (f : neuron -> surd) (l : nat) : surd :=
  fold_right (fun n s => plus (times (at_ (snd n) l) (f n)) s) [] N.

Lemma weighed_cons n N f l : value (weighed (n :: N) f l) = weight n l * value (f n) + value (weighed N f l).
Proof. unfold weighed. cbn [fold_right]. rewrite plus_value, times_value. reflexivity. Qed.

Lemma weighed_value N f l : value (weighed N f l) = added (map (fun n => weight n l * value (f n)) N).
Proof.
  induction N as [|n N IH]; [exact value_nil|]. rewrite weighed_cons, added_cons, IH. reflexivity.
Qed.

Lemma partition_added (f : neuron -> bool) (g : neuron -> R) N :
  added (map g N) = added (map g (fst (partition f N))) + added (map g (snd (partition f N))).
Proof.
  unfold added. induction N as [|n N IH]; [simpl; ring|]. cbn [partition map fold_right]. rewrite IH. destruct (partition f N) as [N1 N2].
  destruct (f n); cbn [fst snd map fold_right]; ring.
Qed.

Lemma partition_in (f : neuron -> bool) N n : In n (fst (partition f N)) -> In n N /\ f n = true.
Proof.
  revert n. induction N as [|m N IH]; intros n; [simpl; tauto|]. cbn [partition]. destruct (partition f N) as [N1 N2]. cbn [fst snd] in *.
  destruct (f m) eqn:E; cbn [fst]; intro H.
  - destruct H as [<-|H]; [split; [now left|exact E]|]. destruct (IH n H). split; [now right|assumption].
  - destruct (IH n H). split; [now right|assumption].
Qed.

Lemma partition_in_rest (f : neuron -> bool) N n : In n (snd (partition f N)) -> In n N.
Proof.
  revert n. induction N as [|m N IH]; intros n; [simpl; tauto|]. cbn [partition]. destruct (partition f N) as [N1 N2]. cbn [fst snd] in *.
  destruct (f m) eqn:E; cbn [snd]; intro H; [right; now apply IH|]. destruct H as [<-|H]; [now left|right; now apply IH].
Qed.

(** what scales like the length of a vector, whatever its orientation *)
Definition even (d : nat) (g : vec -> R) : Prop := forall l a b, multiple d l a b -> g b = Rabs l * g a.

Lemma even_zero d g a : even d g -> zero d a -> g a = 0.
Proof. intros E Z. rewrite (E 0 a a); [rewrite Rabs_R0; ring|]. intros k Hk. rewrite (Z k Hk). ring. Qed.

(** one line after another: the outer weights, each with the length of the inner ones, add up to 0 *)
Fixpoint no_kinks (fuel d D : nat) (N : list neuron) : bool :=
  match N with
  | [] => true
  | n :: r =>
    match fuel with
    | O => false
    | S fuel =>
      match pivot d (fst n) with
      | None => null d (fst n) && no_kinks fuel d D r
      | Some p =>
        let line := n :: fst (partition (alike d p n) r) in
        forallb (fun n' => known (entry p n')) line &&
        below D (fun l => is_zero (weighed line (fun n' => absolute (entry p n')) l)) &&
        no_kinks fuel d D (snd (partition (alike d p n) r))
      end
    end
  end.

(** On a line all that scales like a length is the same up to its factor. *)
Lemma line_sum d g (n : neuron) p line l : even d g -> vector (fst n) p <> 0 -> (forall n', In n' line -> alike d p n n' = true) ->
  forallb (fun n' => known (entry p n')) line = true ->
  added (map (fun n' => weight n' l * g (vector (fst n'))) line) =
    value (weighed line (fun n' => absolute (entry p n')) l) * (/ Rabs (vector (fst n) p) * g (vector (fst n))).
Proof.
  intros E P H K. rewrite weighed_value, Rmult_comm, <- added_scal. apply added_ext. intros n' I.
  rewrite forallb_forall in K. specialize (K n' I). cbv beta in K. rewrite (absolute_sound _ K). pose proof (on_line_sound d p _ _ P (H n' I)) as M.
  rewrite (E _ _ _ M). unfold Rdiv. rewrite Rabs_mult, Rabs_inv. unfold entry. fold (vector (fst n') p). ring.
Qed.

Theorem no_kinks_sound fuel d D N : no_kinks fuel d D N = true -> forall g l, even d g -> (l < D)%nat ->
  added (map (fun n => weight n l * g (vector (fst n))) N) = 0.
Proof.
  revert N. induction fuel as [|fuel IH]; intros [|n r] H g l E Hl; try reflexivity; cbn [no_kinks] in H; [discriminate|].
  destruct (pivot d (fst n)) as [p|] eqn:P.
  - destruct (pivot_sound _ _ _ P) as [Hp NZ]. rewrite !Bool.andb_true_iff in H. destruct H as [[K Z] H].
    set (line := fst (partition (alike d p n) r)) in *.
    rewrite added_cons, (partition_added (alike d p n) (fun n => weight n l * g (vector (fst n))) r).
    rewrite (IH _ H g l E Hl). pose proof (below_sound _ _ Z l Hl) as Zl. cbv beta in Zl. apply is_zero_sound in Zl. rewrite weighed_cons in Zl.
    cbn [forallb] in K. rewrite Bool.andb_true_iff in K. destruct K as [K1 K]. rewrite (absolute_sound _ K1) in Zl. fold line.
    rewrite (line_sum d g n p line l E NZ); [|intros n' I; exact (proj2 (partition_in _ _ _ I))|exact K].
    assert (A : Rabs (vector (fst n) p) <> 0) by (apply Rabs_no_R0; exact NZ).
    replace (value (weighed line _ l)) with (- (weight n l * Rabs (vector (fst n) p))) by (unfold entry in *; unfold vector; lra). field. exact A.
  - rewrite Bool.andb_true_iff in H. destruct H as [Z H]. rewrite added_cons, (IH r H g l E Hl), (even_zero d g _ E (null_sound _ _ Z)). ring.
Qed.

(** Σ c_i a_i^T = 0 *)
Definition no_linear_part (d D : nat) (N : list neuron) : bool :=
  below d (fun k => below D (fun l => is_zero (weighed N (entry k) l))).
(** R(N) = 0 on the d inputs *)
Definition vanishes (d D : nat) (N : list neuron) : bool := no_linear_part d D N && no_kinks (length N) d D N.

Lemma even_abs d x : even d (fun a => Rabs (dot d a x)).
Proof. intros l a b H. rewrite (dot_multiple d l a b x H). apply Rabs_mult. Qed.

Lemma no_linear_part_sound d D N : no_linear_part d D N = true -> forall k l, (k < d)%nat -> (l < D)%nat ->
  added (map (fun n => weight n l * vector (fst n) k) N) = 0.
Proof.
  intros H k l Hk Hl. pose proof (below_sound _ _ (below_sound _ _ H k Hk) l Hl) as Z. cbv beta in Z. apply is_zero_sound in Z.
  rewrite weighed_value in Z. exact Z.
Qed.

Lemma added_dot d N x l : added (map (fun n => weight n l * active d x n) N) =
  sum d (fun k => added (map (fun n => weight n l * vector (fst n) k) N) * x k).
Proof.
  induction N as [|n N IH].
  - symmetry. apply sum_zero. intros. unfold added. simpl. ring.
  - rewrite added_cons, IH. unfold active, dot. rewrite <- sum_scal, <- sum_plus.
    apply sum_ext. intros. rewrite added_cons. ring.
Qed.

Theorem vanishes_sound d D N : vanishes d D N = true -> forall x l, (l < D)%nat -> eval d (length N) (denoted N) x l = 0.
Proof.
  unfold vanishes. rewrite Bool.andb_true_iff. intros [L K] x l Hl. rewrite eval_list.
  rewrite (added_ext _ (fun n => / 2 * (weight n l * active d x n) + / 2 * (weight n l * Rabs (dot d (vector (fst n)) x)))).
  - rewrite added_plus, !added_scal, (no_kinks_sound _ _ _ _ K _ l (even_abs d x) Hl), added_dot, sum_zero; [ring|].
    intros k Hk. rewrite (no_linear_part_sound _ _ _ L k l Hk Hl). ring.
  - intros n _. rewrite relu_abs. unfold active. field.
Qed.

(** * The same function *)
Definition same_function (d D : nat) (N N' : list neuron) : bool := vanishes d D (apart N' N).

Theorem same_function_sound d D N N' : same_function d D N N' = true -> same d (length N) (length N') D (denoted N) (denoted N').
Proof.
  intros H x l Hl. pose proof (vanishes_sound _ _ _ H x l Hl) as E. rewrite eval_apart in E. lra.
Qed.

(** * Values at a point *)
Definition product (d : nat) (a x : list surd) : surd := total d (fun k => times (at_ a k) (at_ x k)).
Definition positive_part (s : surd) : surd := if is_positive s then s else [].
Definition value_at (d : nat) (N : list neuron) (x : list surd) (l : nat) : surd := weighed N (fun n => positive_part (product d (fst n) x)) l.

Lemma product_value d a x : value (product d a x) = dot d (vector a) (vector x).
Proof. unfold product, dot. rewrite total_value. apply sum_ext. intros. apply times_value. Qed.

Lemma positive_part_value s : known s = true -> value (positive_part s) = relu (value s).
Proof.
  unfold known, positive_part, is_positive. destruct (sign s) as [[| |]|] eqn:E; try discriminate; intros _; pose proof (sign_sound _ _ E) as S;
    simpl in S.
  - rewrite S, relu_0. exact value_nil.
  - rewrite relu_neg by lra. exact value_nil.
  - rewrite relu_pos by lra. reflexivity.
Qed.

Definition decided (d : nat) (N : list neuron) (x : list surd) : bool := forallb (fun n => known (product d (fst n) x)) N.

Lemma value_at_sound d N x l : decided d N x = true -> value (value_at d N x l) = eval d (length N) (denoted N) (vector x) l.
Proof.
  intro H. unfold value_at. rewrite weighed_value, eval_list. apply added_ext. intros n I. unfold decided in H. rewrite forallb_forall in H.
  rewrite (positive_part_value _ (H n I)), product_value. reflexivity.
Qed.
End Over_numbers.
