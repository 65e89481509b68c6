(** Networks of any depth, R = W_L ∘ ρ ∘ … ∘ ρ ∘ W_1 with rational weights: their functions over the reals, and rewritings of one layer that do not
    change them. Vectors here are lists of reals. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool Permutation.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers.
Import ListNotations.
Open Scope R_scope.
(** not to be unfolded by simplifications in proofs *)
#[local] Opaque Qred.

(** * What is meant *)

(** an affine map: a row of weights and a bias for each output *)
Definition layer := list (list Q * Q).
Record deep := Deep { deep_inputs : nat; deep_layers : list layer }.
Fixpoint inner_product (a : list Q) (x : list R) : R := match a, x with q :: a, t :: x => Q2R q * t + inner_product a x | _, _ => 0 end.
Definition affine (L : layer) (x : list R) : list R := map (fun r => inner_product (fst r) x + Q2R (snd r)) L.
(** R(x): ρ stands between two layers *)
Fixpoint realized (Ls : list layer) (x : list R) : list R :=
  match Ls with
  | [] => x
  | L :: rest => match rest with [] => affine L x | _ => realized rest (map relu (affine L x)) end
  end.
Definition deep_function (N : deep) : list R -> list R := realized (deep_layers N).
Definition deep_outputs (N : deep) : nat := length (last (deep_layers N) []).
(** All weights and biases, first to last, and the largest absolute difference of those of two networks *)
Definition entries (N : deep) : list Q := flat_map (fun L => flat_map (fun r => fst r ++ [snd r]) L) (deep_layers N).
Fixpoint largest_gap (a b : list Q) : R := match a, b with p :: a, q :: b => Rmax (Rabs (Q2R p - Q2R q)) (largest_gap a b) | _, _ => 0 end.
Definition deep_distance (P G : deep) : R := largest_gap (entries P) (entries G).
(** inputs, and in each layer the lengths of the rows *)
Definition widths (N : deep) : nat * list (list nat) := (deep_inputs N, map (map (fun r => length (fst r))) (deep_layers N)).

Definition deep_equal (G T : deep) : Prop := deep_inputs T = deep_inputs G /\ deep_outputs T = deep_outputs G /\
  forall x, length x = deep_inputs G -> deep_function G x = deep_function T x.
Definition deep_differ (G T : deep) : Prop := deep_inputs T = deep_inputs G /\ deep_outputs T = deep_outputs G /\
  exists x, length x = deep_inputs G /\ deep_function G x <> deep_function T x.
Definition deep_reparametrization (G T P : deep) (v : Q) : Prop := deep_equal P T /\ widths P = widths G /\ deep_distance P G = Q2R v.

(** Each row is as long as there are outputs before it; no layer is empty, and there is one: nothing that is printed is ignored. *)
Fixpoint shaped_layers (w : nat) (Ls : list layer) : bool :=
  match Ls with
  | [] => true
  | L :: rest => negb (Nat.eqb (length L) 0) && forallb (fun r => Nat.eqb (length (fst r)) w) L && shaped_layers (length L) rest
  end.
Definition shaped (N : deep) : bool := negb (Nat.eqb (length (deep_layers N)) 0) && negb (Nat.eqb (deep_inputs N) 0) && shaped_layers (deep_inputs N) (deep_layers N).

(** * Rewritings: what one says of a layer's neurons and of the layer that reads them *)
Inductive rewriting :=
| Permuted (order : list nat)
| Scaled (factors : list Q)
| Dropped (out : list nat)
| Merged (pairs : list (nat * nat)).

Definition zeros (row : list Q) : bool := forallb (fun q => Qeq_bool q 0) row.
Definition nowhere_positive (row : list Q) : bool := forallb (fun q => Qle_bool q 0) row.
Definition positive_q (q : Q) : Q := if Qle_bool 0 q then q else 0%Q.

(** What becomes of a neuron: it stays, it has one value, or nothing reads it *)
Inductive fate := Stays | Has (v : Q) | Unread.
Definition fate_of (positive : bool) (out : bool) (r : list Q * Q) : fate :=
  if out then
    if positive && nowhere_positive (fst r) && Qle_bool (snd r) 0 then Has 0
    else if zeros (fst r) then Has (positive_q (snd r)) else Unread
  else Stays.
Definition marks (n : nat) (out : list nat) : list bool := map (fun i => existsb (Nat.eqb i) out) (seq 0 n).
Fixpoint fates (positive : bool) (out : list bool) (L : layer) : option (list fate) :=
  match out, L with
  | [], [] => Some []
  | o :: out, r :: L => option_map (cons (fate_of positive o r)) (fates positive out L)
  | _, _ => None
  end.
Fixpoint staying {A : Type} (fs : list fate) (l : list A) : list A :=
  match fs, l with Stays :: fs, a :: l => a :: staying fs l | _ :: fs, _ :: l => staying fs l | _, _ => [] end.
(** the weights that are left, and what comes to the bias *)
Fixpoint less (fs : list fate) (row : list Q) : option (list Q * Q) :=
  match fs, row with
  | [], [] => Some ([], 0%Q)
  | f :: fs, q :: row =>
    match less fs row with
    | None => None
    | Some (r, s) => match f with
      | Stays => Some (q :: r, s)
      | Has v => Some (r, if Qeq_bool v 0 then s else Qred (s + q * v)%Q)
      | Unread => if Qeq_bool q 0 then Some (r, s) else None
      end
    end
  | _, _ => None
  end.
Fixpoint all_of {A B : Type} (f : A -> option B) (l : list A) : option (list B) :=
  match l with [] => Some [] | a :: l => match f a, all_of f l with Some b, Some r => Some (b :: r) | _, _ => None end end.
Definition without (fs : list fate) (L N : layer) : option (layer * layer) :=
  option_map (fun N' => (staying fs L, N'))
    (all_of (fun r => match less fs (fst r) with None => None | Some (row, s) => Some (row, if Qeq_bool s 0 then snd r else Qred (snd r + s)%Q) end) N).

(** row i with its bias is f > 0 times row j *)
Fixpoint ratio_of (a b : list Q) : Q := match a, b with p :: a, q :: b => if Qeq_bool q 0 then ratio_of a b else Qred (p / q)%Q | _, _ => 0%Q end.
Fixpoint times_as (f : Q) (a b : list Q) : bool :=
  match a, b with [], [] => true | p :: a, q :: b => Qeq_bool p (f * q)%Q && times_as f a b | _, _ => false end.
Definition factor_of (r s : list Q * Q) : option Q :=
  let (a, b) := (snd r :: fst r, snd s :: fst s) in let f := ratio_of a b in
  if negb (Qle_bool f 0) && times_as f a b then Some f else None.
Fixpoint replaced {A : Type} (i : nat) (a : A) (l : list A) : list A :=
  match l, i with [], _ => [] | _ :: l, O => a :: l | b :: l, S i => b :: replaced i a l end.
(** f times weight i goes to weight j *)
Definition moved (ijf : nat * nat * Q) (row : list Q) : list Q :=
  let '(i, j, f) := ijf in let q := nth i row 0%Q in
  if Qeq_bool q 0 then row else replaced i 0%Q (replaced j (Qred (nth j row 0 + f * q)%Q) row).
Definition shares (L : layer) (pairs : list (nat * nat)) : option (list (nat * nat * Q)) :=
  all_of (fun ij => let '(i, j) := ij in
    if negb (Nat.eqb i j) && Nat.ltb i (length L) && Nat.ltb j (length L)
    then option_map (fun f => (i, j, f)) (factor_of (nth i L ([], 0%Q)) (nth j L ([], 0%Q))) else None) pairs.

Fixpoint scaled_rows (fs : list Q) (L : layer) : option layer :=
  match fs, L with
  | [], [] => Some []
  | f :: fs, (a, b) :: L =>
    if Qle_bool f 0 then None else option_map (cons (map (fun q => Qred (f * q)) a, Qred (f * b))%Q) (scaled_rows fs L)
  | _, _ => None
  end.
Fixpoint divided (fs row : list Q) : option (list Q) :=
  match fs, row with
  | [], [] => Some []
  | f :: fs, q :: row => option_map (cons (Qred (q / f)%Q)) (divided fs row)
  | _, _ => None
  end.

Definition permutes (n : nat) (order : list nat) : bool :=
  Nat.eqb (length order) n && forallb (fun i => existsb (Nat.eqb i) order) (seq 0 n).
Definition rewritten (positive : bool) (m : rewriting) (L N : layer) : option (layer * layer) :=
  match m with
  | Permuted order =>
    if permutes (length L) order && forallb (fun r => Nat.eqb (length (fst r)) (length L)) N
    then Some (map (fun i => nth i L ([], 0%Q)) order, map (fun r => (map (fun i => nth i (fst r) 0%Q) order, snd r)) N) else None
  | Scaled fs =>
    match scaled_rows fs L, all_of (fun r => option_map (fun row => (row, snd r)) (divided fs (fst r))) N with
    | Some L', Some N' => Some (L', N')
    | _, _ => None
    end
  | Dropped out => match fates positive (marks (length L) out) L with Some fs => without fs L N | None => None end
  | Merged pairs =>
    match shares L pairs with
    | None => None
    | Some ms =>
      if forallb (fun r => Nat.eqb (length (fst r)) (length L)) N
      then match fates false (marks (length L) (map fst pairs)) (map (fun _ => ([1%Q], 0%Q)) L) with
           | Some fs => without fs L (map (fun r => (fold_left (fun row m => moved m row) ms (fst r), snd r)) N)
           | None => None
           end
      else None
    end
  end.

(** * Sums *)
Lemma inner_nil a : inner_product a [] = 0.
Proof. now destruct a. Qed.

Lemma inner_zeros a : forall x, zeros a = true -> inner_product a x = 0.
Proof.
  induction a as [|q a IH]; intros [|t x] H; try reflexivity. cbn [zeros forallb inner_product] in *. rewrite andb_true_iff in H. destruct H as [Z H].
  rewrite (Qeq_bool_0 _ Z), (IH x H). ring.
Qed.

Lemma inner_nowhere_positive a : forall x, nowhere_positive a = true -> Forall (Rle 0) x -> inner_product a x <= 0.
Proof.
  induction a as [|q a IH]; intros [|t x] H P; cbn [inner_product]; try lra. cbn [nowhere_positive forallb] in H. rewrite andb_true_iff in H.
  destruct H as [Z H]. inversion P as [|t' x' T P']; subst. specialize (IH x H P'). apply Qle_bool_R in Z. rewrite Q2R_0 in Z. nra.
Qed.

Lemma positive_q_value q : Q2R (positive_q q) = relu (Q2R q).
Proof.
  unfold positive_q. destruct (Qle_bool 0 q) eqn:E; [apply Qle_bool_R in E|apply Qle_bool_false in E]; rewrite Q2R_0 in *.
  - symmetry. apply relu_pos. exact E.
  - symmetry. apply relu_neg. lra.
Qed.

Lemma all_of_map {A B C : Type} (f : A -> option B) (g : A -> C) (h : B -> C) l : (forall a b, f a = Some b -> g a = h b) ->
  forall r, all_of f l = Some r -> map g l = map h r.
Proof.
  intros E. induction l as [|a l IH]; intros r H; cbn [all_of] in H; [now injection H as <-|]. destruct (f a) as [b|] eqn:F; [|discriminate].
  destruct (all_of f l) as [s|]; [|discriminate]. injection H as <-. cbn [map]. now rewrite (E a b F), (IH s eq_refl).
Qed.

(** * Leaving neurons out *)
Definition has_fate (f : fate) (t : R) : Prop := match f with Has v => t = Q2R v | _ => True end.

Lemma fates_hold positive x : (positive = true -> Forall (Rle 0) x) -> forall out L fs, fates positive out L = Some fs ->
  Forall2 has_fate fs (map relu (affine L x)).
Proof.
  intros P. induction out as [|o out IH]; intros [|r L] fs H; cbn [fates] in H; try discriminate; [injection H as <-; constructor|].
  destruct (fates positive out L) as [gs|] eqn:E; [|discriminate]. injection H as <-. cbn [affine map]. constructor; [|exact (IH L gs E)].
  unfold fate_of. destruct o; [|exact I].
  destruct (positive && nowhere_positive (fst r) && Qle_bool (snd r) 0) eqn:S.
  - rewrite !andb_true_iff in S. destruct S as [[S1 S2] S3]. apply Qle_bool_R in S3. cbn [has_fate]. rewrite Q2R_0 in *.
    pose proof (inner_nowhere_positive _ x S2 (P S1)). apply relu_neg. lra.
  - destruct (zeros (fst r)) eqn:Z; [|exact I]. cbn [has_fate]. rewrite (inner_zeros _ x Z), positive_q_value, Rplus_0_l. reflexivity.
Qed.

Lemma less_sound fs : forall row r s y, less fs row = Some (r, s) -> Forall2 has_fate fs y ->
  inner_product row y = inner_product r (staying fs y) + Q2R s.
Proof.
  induction fs as [|f fs IH]; intros [|q row] r s y H F; cbn [less] in H; try discriminate.
  - injection H as <- <-. inversion F; subst. cbn. rewrite Q2R_0. ring.
  - destruct (less fs row) as [[r' s']|] eqn:E; [|discriminate]. inversion F as [|f' t fs' y' Ft Fy]; subst. cbn [inner_product].
    rewrite (IH row r' s' y' E Fy). destruct f as [|v|].
    + injection H as <- <-. cbn [staying inner_product]. ring.
    + assert (S : (if Qeq_bool v 0 then s' else Qred (s' + q * v)%Q) = s /\ r' = r) by (split; congruence).
      destruct S as [<- <-]. cbn [staying has_fate] in *. subst t. destruct (Qeq_bool v 0) eqn:V.
      * rewrite (Qeq_bool_0 _ V). ring.
      * rewrite Q2R_red, Q2R_plus, Q2R_mult. ring.
    + destruct (Qeq_bool q 0) eqn:Z; [|discriminate]. injection H as <- <-. cbn [staying]. rewrite (Qeq_bool_0 _ Z). ring.
Qed.

Lemma staying_map {A B : Type} (f : A -> B) fs : forall l, map f (staying fs l) = staying fs (map f l).
Proof. induction fs as [|g fs IH]; intros [|a l]; try reflexivity; destruct g; cbn [staying map]; rewrite ?IH; reflexivity. Qed.

Lemma without_sound fs L N L' N' x : without fs L N = Some (L', N') -> Forall2 has_fate fs (map relu (affine L x)) ->
  affine N (map relu (affine L x)) = affine N' (map relu (affine L' x)).
Proof.
  unfold without. intros H F. destruct (all_of _ N) as [M|] eqn:E; [|discriminate]. injection H as <- <-. unfold affine at 1 3.
  refine (all_of_map _ _ _ N _ M E). clear E. intros r r' H. destruct (less fs (fst r)) as [[row s]|] eqn:S; [|discriminate].
  injection H as <-. cbn [fst snd]. rewrite (less_sound _ _ _ _ _ S F). unfold affine at 2. rewrite !staying_map. fold (affine L x).
  destruct (Qeq_bool s 0) eqn:Z; [rewrite (Qeq_bool_0 _ Z)|rewrite Q2R_red, Q2R_plus]; ring.
Qed.

(** * Merging *)
Lemma inner_replaced a x : forall i q, (i < length a)%nat -> (length a = length x)%nat ->
  inner_product (replaced i q a) x = inner_product a x + (Q2R q - Q2R (nth i a 0%Q)) * nth i x 0.
Proof.
  revert x. induction a as [|p a IH]; intros [|t x] [|i] q Hi L; cbn [length] in *; try lia; cbn [replaced inner_product nth]; [ring|].
  rewrite IH by lia. ring.
Qed.

Lemma replaced_length {A : Type} (a : A) l : forall i, length (replaced i a l) = length l.
Proof. induction l as [|b l IH]; intros [|i]; cbn [replaced length]; congruence. Qed.

Lemma replaced_other {A : Type} (a d : A) l : forall i j, i <> j -> nth i (replaced j a l) d = nth i l d.
Proof. induction l as [|b l IH]; intros [|i] [|j] H; cbn [replaced nth]; try reflexivity; try congruence. apply IH. congruence. Qed.

Lemma moved_sound i j f row y : i <> j -> (i < length row)%nat -> (j < length row)%nat -> length row = length y -> nth i y 0 = Q2R f * nth j y 0 ->
  inner_product (moved (i, j, f) row) y = inner_product row y /\ length (moved (i, j, f) row) = length row.
Proof.
  intros ij Hi Hj L E. unfold moved. destruct (Qeq_bool _ 0); [split; reflexivity|]. split.
  - rewrite inner_replaced by (rewrite replaced_length; lia). rewrite inner_replaced by lia. rewrite replaced_other by exact ij.
    rewrite E, Q2R_0, Q2R_red, Q2R_plus, Q2R_mult. ring.
  - rewrite !replaced_length. reflexivity.
Qed.

Lemma times_as_sound f a : forall b x, times_as f a b = true -> inner_product a x = Q2R f * inner_product b x.
Proof.
  induction a as [|p a IH]; intros [|q b] x H; cbn [times_as] in H; try discriminate; [cbn; ring|]. rewrite andb_true_iff in H. destruct H as [E H].
  destruct x as [|t x]; cbn [inner_product]; [ring|]. rewrite (IH b x H). apply Qeq_bool_eq, Qeq_eqR in E. rewrite E, Q2R_mult. ring.
Qed.

Lemma factor_of_sound r s f x : factor_of r s = Some f ->
  relu (inner_product (fst r) x + Q2R (snd r)) = Q2R f * relu (inner_product (fst s) x + Q2R (snd s)).
Proof.
  unfold factor_of. cbv zeta. set (f' := ratio_of _ _). destruct (negb (Qle_bool f' 0) && _) eqn:E; [|discriminate]. intros [= <-].
  rewrite andb_true_iff, negb_true_iff in E. destruct E as [P T]. apply Qle_bool_false in P. rewrite Q2R_0 in P.
  pose proof (times_as_sound f' _ _ (1 :: x) T) as I. cbn [inner_product] in I.
  rewrite <- relu_scale by lra. f_equal. lra.
Qed.

Lemma shares_sound L x pairs ms : shares L pairs = Some ms -> Forall (fun m => let '(i, j, f) := m in i <> j /\ (i < length L)%nat /\ (j < length L)%nat /\
  nth i (map relu (affine L x)) 0 = Q2R f * nth j (map relu (affine L x)) 0) ms.
Proof.
  revert ms. induction pairs as [|[i j] pairs IH]; intros ms H; unfold shares in H; cbn [all_of] in H; [injection H as <-; constructor|].
  destruct (negb (Nat.eqb i j) && Nat.ltb i (length L) && Nat.ltb j (length L)) eqn:B; [|discriminate].
  destruct (factor_of _ _) as [f|] eqn:F; [|discriminate]. cbn [option_map] in H. fold (shares L pairs) in H.
  destruct (shares L pairs) as [r|]; [|discriminate]. injection H as <-. constructor; [|exact (IH r eq_refl)].
  rewrite !andb_true_iff, negb_true_iff, Nat.eqb_neq, !Nat.ltb_lt in B. destruct B as [[ij Hi] Hj]. repeat split; try assumption.
  pose proof (factor_of_sound _ _ f x F) as E. unfold affine. rewrite map_map.
  rewrite !(nth_indep (map _ L) 0 (relu (inner_product (fst (@nil Q, 0%Q)) x + Q2R (snd (@nil Q, 0%Q))))) by (rewrite map_length; assumption).
  rewrite !(map_nth (fun r => relu (inner_product (fst r) x + Q2R (snd r)))). exact E.
Qed.

Lemma moves_sound y : forall ms row, Forall (fun m => let '(i, j, f) := m in i <> j /\ (i < length y)%nat /\ (j < length y)%nat /\
  nth i y 0 = Q2R f * nth j y 0) ms -> length row = length y ->
  inner_product (fold_left (fun row m => moved m row) ms row) y = inner_product row y.
Proof.
  induction ms as [|[[i j] f] ms IH]; intros row F L; [reflexivity|]. pose proof (Forall_inv F) as M. pose proof (Forall_inv_tail F) as F'. cbn beta iota in M.
  destruct M as [ij [Hi [Hj E]]]. cbn [fold_left].
  destruct (moved_sound i j f row y ij ltac:(lia) ltac:(lia) L E) as [V W]. rewrite IH; [exact V|exact F'|congruence].
Qed.

(** nothing has one value here, whatever the values *)
Lemma no_values y : forall out (L : layer) fs, fates false out (map (fun _ => ([1%Q], 0%Q)) L) = Some fs -> length y = length L -> Forall2 has_fate fs y.
Proof.
  revert y. intros y out. revert y. induction out as [|o out IH]; intros y [|r L] fs H E; cbn [fates map] in H; try discriminate.
  - injection H as <-. destruct y; [constructor|discriminate].
  - destruct (fates false out _) as [gs|] eqn:G; [|discriminate]. injection H as <-. destruct y as [|t y]; [discriminate|].
    constructor; [destruct o; exact I|]. apply (IH y L gs G). cbn [length] in E. lia.
Qed.

(** * Order and scale *)
Lemma inner_places row y : length row = length y ->
  inner_product row y = fold_right Rplus 0 (map (fun i => Q2R (nth i row 0%Q) * nth i y 0) (seq 0 (length y))).
Proof.
  revert y. induction row as [|q row IH]; intros [|t y] L; cbn [length] in *; try lia; [reflexivity|]. cbn [inner_product seq map fold_right nth].
  rewrite (IH y) by lia. f_equal. rewrite <- seq_shift, map_map. reflexivity.
Qed.

Lemma sum_permuted l l' : Permutation l l' -> fold_right Rplus 0 l = fold_right Rplus 0 l'.
Proof. induction 1; cbn [fold_right]; lra. Qed.

Lemma inner_mapped row y order : inner_product (map (fun i => nth i row 0%Q) order) (map (fun i => nth i y 0) order) =
  fold_right Rplus 0 (map (fun i => Q2R (nth i row 0%Q) * nth i y 0) order).
Proof. induction order as [|i order IH]; cbn [map inner_product fold_right]; [reflexivity|]. now rewrite IH. Qed.

Lemma permutes_sound n order : permutes n order = true -> Permutation (seq 0 n) order.
Proof.
  unfold permutes. rewrite andb_true_iff, Nat.eqb_eq, forallb_forall. intros [L H]. apply NoDup_Permutation_bis; [apply seq_NoDup|rewrite seq_length; lia|].
  intros i I. specialize (H i I). apply existsb_exists in H. destruct H as [j [J E]]. apply Nat.eqb_eq in E. now subst.
Qed.

Lemma scaled_sound fs : forall L L' row row' x, scaled_rows fs L = Some L' -> divided fs row = Some row' ->
  inner_product row (map relu (affine L x)) = inner_product row' (map relu (affine L' x)).
Proof.
  induction fs as [|f fs IH]; intros [|[a b] L] L' [|q row] row' x S D; cbn [scaled_rows divided] in *; try discriminate.
  - injection D as <-. reflexivity.
  - destruct (Qle_bool f 0) eqn:P; [discriminate|]. destruct (scaled_rows fs L) as [M|] eqn:EM; [|discriminate].
    destruct (divided fs row) as [r|] eqn:ER; [|discriminate]. injection S as <-. injection D as <-.
    specialize (IH L M row r x EM ER). unfold affine in *. cbn [map inner_product fst snd]. rewrite IH. f_equal.
    apply Qle_bool_false in P. rewrite Q2R_0 in P.
    assert (A : inner_product (map (fun q => Qred (f * q)) a) x = Q2R f * inner_product a x).
    { clear. revert x. induction a as [|p a IH]; intros [|t x]; cbn [map inner_product]; try ring. rewrite IH, Q2R_red, Q2R_mult. ring. }
    rewrite A, !Q2R_red, Q2R_mult, Q2R_div by (intro Z; apply Qeq_eqR in Z; rewrite Q2R_0 in Z; lra).
    replace (Q2R f * inner_product a x + Q2R f * Q2R b) with (Q2R f * (inner_product a x + Q2R b)) by ring.
    rewrite relu_scale by lra. field. lra.
Qed.

(** * A rewriting does not change what the two layers do together *)
Theorem rewritten_sound positive m L N L' N' x : rewritten positive m L N = Some (L', N') -> (positive = true -> Forall (Rle 0) x) ->
  affine N (map relu (affine L x)) = affine N' (map relu (affine L' x)).
Proof.
  intros H P. assert (Ly : length (map relu (affine L x)) = length L) by (unfold affine; rewrite !map_length; reflexivity).
  destruct m as [order|fs|out|pairs]; cbn [rewritten] in H.
  - destruct (permutes (length L) order && _) eqn:B; [|discriminate]. injection H as <- <-. rewrite andb_true_iff, forallb_forall in B.
    destruct B as [B W]. apply permutes_sound in B. unfold affine at 1 3. rewrite map_map. apply map_ext_in. intros r I. cbn [fst snd].
    specialize (W r I). apply Nat.eqb_eq in W. f_equal. rewrite (inner_places _ _ (eq_trans W (eq_sym Ly))), Ly.
    replace (map relu (affine (map (fun i => nth i L ([], 0%Q)) order) x)) with (map (fun i => nth i (map relu (affine L x)) 0) order).
    + rewrite inner_mapped. apply sum_permuted, Permutation_map, B.
    + unfold affine. rewrite !map_map. apply map_ext_in. intros i O. apply (Permutation_in _ (Permutation_sym B)), in_seq in O.
      rewrite (nth_indep _ 0 (relu (inner_product (fst (@nil Q, 0%Q)) x + Q2R (snd (@nil Q, 0%Q))))) by (rewrite map_length; lia).
      exact (map_nth (fun r => relu (inner_product (fst r) x + Q2R (snd r))) L _ i).
  - destruct (scaled_rows fs L) as [M|] eqn:S; [|discriminate]. destruct (all_of _ N) as [N1|] eqn:E; [|discriminate]. injection H as <- <-.
    unfold affine at 1 3. refine (all_of_map _ _ _ N _ N1 E). intros r r' H. destruct (divided fs (fst r)) as [row|] eqn:D; [|discriminate].
    injection H as <-. cbn [fst snd]. f_equal. exact (scaled_sound _ _ _ _ _ x S D).
  - destruct (fates positive _ L) as [fs|] eqn:F; [|discriminate]. exact (without_sound fs L N L' N' x H (fates_hold positive x P _ L fs F)).
  - destruct (shares L pairs) as [ms|] eqn:S; [|discriminate]. destruct (forallb _ N) eqn:W; [|discriminate]. rewrite forallb_forall in W.
    destruct (fates false _ _) as [fs|] eqn:F; [|discriminate].
    rewrite <- (without_sound fs L _ L' N' x H (no_values _ _ L fs F Ly)). unfold affine at 1 3. rewrite map_map. apply map_ext_in.
    intros r I. cbn [fst snd]. f_equal. symmetry. specialize (W r I). apply Nat.eqb_eq in W. apply moves_sound; [|congruence].
    pose proof (shares_sound L x pairs ms S) as A. rewrite <- Ly in A. exact A.
Qed.
