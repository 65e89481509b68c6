(** A layer x ↦ (relu(<a_i, x> + b_i))_i is injective if in every region the a_i of the neurons that are positive there span R^d. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums Jumps Gradients.
From relucert.checker Require Import Numbers Networks Biases Canonical Nearest_affine Layer Cells Regions.
Import ListNotations.
Open Scope R_scope.

Definition layer_injective (N : network) : Prop := forall x y, same_layer N x y -> forall k, (k < inputs N)%nat -> x k = y k.

(** * Rows that span *)
Definition row_of (r : list Q) : vec := fun k => Q2R (nth k r 0%Q).
Fixpoint less_multiple (q : Q) (p r : list Q) : list Q :=
  match p, r with x :: p, y :: r => Qred (y - q * x) :: less_multiple q p r | _, _ => [] end.
(** what is left of a row without its first entry, which p takes away *)
Definition reduced (x : Q) (p r : list Q) : list Q := match r with [] => [] | y :: r => less_multiple (Qred (y / x)) p r end.
Fixpoint spans (d : nat) (rows : list (list Q)) : bool :=
  match d with
  | O => true
  | S d =>
    match find (fun r => match r with x :: _ => negb (Qeq_bool x 0) | [] => false end) rows with
    | Some (x :: p) => spans d (map (reduced x p) rows)
    | _ => false
    end
  end.

Lemma less_multiple_value q p : forall r k, length r = length p ->
  Q2R (nth k (less_multiple q p r) 0%Q) = Q2R (nth k r 0%Q) - Q2R q * Q2R (nth k p 0%Q).
Proof.
  induction p as [|x p IH]; intros [|y r] [|k] L; try discriminate; cbn [less_multiple nth]; rewrite ?Q2R_0; try ring.
  - rewrite Q2R_red, Q2R_minus, Q2R_mult. reflexivity.
  - apply IH. simpl in L. lia.
Qed.

Lemma less_multiple_length q p : forall r, length r = length p -> length (less_multiple q p r) = length p.
Proof. induction p; intros [|y r] L; try discriminate; cbn [less_multiple length]; [reflexivity|]. f_equal. apply IHp. simpl in L. lia. Qed.

Lemma spans_sound d : forall rows v, (forall r, In r rows -> length r = d) -> spans d rows = true ->
  (forall r, In r rows -> dot d (row_of r) v = 0) -> forall k, (k < d)%nat -> v k = 0.
Proof.
  induction d as [|d IH]; intros rows v L H Z k Hk; [lia|]. cbn [spans] in H.
  destruct (find _ rows) as [[|x p]|] eqn:F; try discriminate. apply find_some in F. destruct F as [I NX].
  rewrite negb_true_iff in NX. apply Qeq_bool_neq in NX.
  assert (X : Q2R x <> 0) by (intro E; apply NX, eqR_Qeq; rewrite E, Q2R_0; reflexivity).
  assert (Lp : length p = d) by (specialize (L _ I); simpl in L; lia).
  assert (first : forall (r : list Q) y, dot (S d) (row_of (y :: r)) v = Q2R y * v 0%nat + dot d (row_of r) (fun k => v (S k))).
  { intros r y. unfold dot. rewrite sum_first. reflexivity. }
  pose proof (Z _ I) as Zp. rewrite first in Zp.
  assert (T : forall k, (k < d)%nat -> v (S k) = 0).
  { apply (IH (map (reduced x p) rows) (fun k => v (S k))).
    - intros r R. apply in_map_iff in R. destruct R as [[|y r'] [<- R]]; specialize (L _ R); simpl in L; [lia|].
      cbn [reduced]. rewrite less_multiple_length; lia.
    - exact H.
    - intros r R. apply in_map_iff in R. destruct R as [[|y r'] [<- R]]; pose proof (L _ R) as Lr; simpl in Lr; [lia|].
      pose proof (Z _ R) as Zr. rewrite first in Zr. cbn [reduced].
      assert (E : dot d (row_of (less_multiple (Qred (y / x)) p r')) (fun k => v (S k)) =
        dot d (row_of r') (fun k => v (S k)) - Q2R (Qred (y / x)) * dot d (row_of p) (fun k => v (S k))).
      { unfold dot. rewrite <- sum_scal, <- sum_minus. apply sum_ext. intros j _. unfold row_of.
        rewrite less_multiple_value by lia. ring. }
      rewrite E, Q2R_red, Q2R_div by exact NX. replace (dot d (row_of p) _) with (- (Q2R x * v 0%nat)) by lra.
      replace (dot d (row_of r') _) with (- (Q2R y * v 0%nat)) by lra. field. exact X. }
  assert (Zt : dot d (row_of p) (fun k => v (S k)) = 0).
  { apply sum_zero. intros j Hj. rewrite (T j Hj). ring. }
  destruct k as [|k]; [|apply T; lia]. rewrite Zt in Zp. apply Rmult_eq_reg_l with (Q2R x); [lra|exact X].
Qed.

(** * A row over its first entry that is not 0 *)
Definition rational_row (a : list surd) : option (list Q) :=
  match List.find definite a with
  | Some lead => each (quotient lead (Qinv (rational_part (times lead lead)))) a
  | None => None
  end.

Lemma rational_row_sound d a r : rational_row a = Some r -> length a = d ->
  length r = d /\ forall v, dot d (vector a) v = 0 -> dot d (row_of r) v = 0.
Proof.
  unfold rational_row. destruct (List.find definite a) as [lead|] eqn:F; [|discriminate]. intros E L.
  apply find_some in F. destruct F as [_ NZ]. apply definite_sound in NZ. pose proof (each_length _ _ _ E) as Lr. split; [lia|].
  intros v Z. apply Rmult_eq_reg_l with (value lead); [|exact NZ]. rewrite Rmult_0_r, <- Z. unfold dot. rewrite <- sum_scal.
  apply sum_ext. intros k Hk. assert (Hl : (k < length a)%nat) by (rewrite L; exact Hk).
  pose proof (each_nth _ [] 0%Q a r k E Hl) as Q. apply quotient_value in Q.
  change (value (at_ a k) = Q2R (nth k r 0%Q) * value lead) in Q. unfold row_of, vector. cbv beta. rewrite Q. ring.
Qed.

(** * The claim *)
Definition whole_domain (N : network) : list (list Q) := if has_biases N then [repeat 0%Q (inputs N) ++ [1%Q]] else [].
Fixpoint positive_rows (N : list neuron) (s : list comparison) : option (list (list Q)) :=
  match N, s with
  | [], [] => Some []
  | n :: N, c :: s => match positive_rows N s with
    | None => None
    | Some l => match c with Gt => match rational_row (fst n) with Some r => Some (r :: l) | None => Some l end | _ => Some l end
    end
  | _, _ => None
  end.
Definition spans_in (N : network) (s : list comparison) : bool :=
  match positive_rows (rows N) s with Some l => spans (inputs N) l | None => false end.
Definition check_injective (N : network) (regions : list (list comparison)) (edges : nat) (points : list (list Q)) (why : completeness) : bool :=
  check_regions N (whole_domain N) regions edges points why && forallb (spans_in N) regions.

Lemma in_whole_domain N x : in_domain N (whole_domain N) x.
Proof.
  unfold in_domain, whole_domain. destruct (has_biases N); [|intros g []]. intros g [<-|[]].
  rewrite dot_zero_l.
  - rewrite app_nth2 by (rewrite repeat_length; lia). rewrite repeat_length, Nat.sub_diag. cbn [nth]. rewrite Q2R_1. lra.
  - intros k Hk. rewrite app_nth1 by (rewrite repeat_length; lia). rewrite nth_repeat. exact Q2R_0.
Qed.

Lemma positive_rows_sound N : forall s l r, positive_rows N s = Some l -> In r l ->
  exists i, (i < length N)%nat /\ nth i s Eq = Gt /\ rational_row (fst (nth i N ([], []))) = Some r.
Proof.
  induction N as [|n N IH]; intros [|c s] l r E I; cbn [positive_rows] in E; try discriminate; [injection E as <-; destruct I|].
  destruct (positive_rows N s) as [l'|] eqn:P; [|discriminate].
  assert (rest : In r l' -> exists i, (i < length (n :: N))%nat /\ nth i (c :: s) Eq = Gt /\ rational_row (fst (nth i (n :: N) ([], []))) = Some r).
  { intro I'. destruct (IH s l' r P I') as [i [Hi [G R]]]. exists (S i). cbn [length nth]. split; [lia|split; assumption]. }
  destruct c; try (injection E as <-; exact (rest I)). destruct (rational_row (fst n)) as [r0|] eqn:R; injection E as <-; [|exact (rest I)].
  destruct I as [<-|I]; [|exact (rest I)]. exists 0%nat. cbn [length nth]. split; [lia|split; [reflexivity|exact R]].
Qed.

(** Near every point is one that is off all hyperplanes, on the same sides of those that the point is not on. *)
Lemma off_hyperplanes N x : exists p, forall i, (i < size N)%nat ->
  (zero_row N i \/ side N i p <> 0) /\ (side N i x <> 0 -> (0 < side N i x <-> 0 < side N i p)).
Proof.
  set (d := inputs N). set (M := denoted (homogenised_rows N)).
  destruct (generic_near (S d) (S (size N)) M (extended d x)) as [z [G S]].
  assert (Len : length (lengthened d 0 (bias_of N) (rows N)) = size N) by apply Nearest_affine.lengthened_length.
  assert (last : forall v, dot (Datatypes.S d) (inner M (size N)) v = v d).
  { intro v. unfold M, homogenised_rows. cbn [denoted inner]. rewrite app_nth2 by (fold d; lia). fold d. rewrite Len, Nat.sub_diag. cbn [nth fst].
    unfold dot. cbn [sum]. rewrite sum_zero.
    - rewrite (vector_extended_last d _ _ (repeat_length [] d)). unfold Biases.one. rewrite rational_value, Q2R_1. ring.
    - intros k Hk. rewrite zeros_vector by exact Hk. ring. }
  assert (row : forall i v, (i < size N)%nat -> dot (Datatypes.S d) (inner M i) v = dot d (inner (plain N) i) v + vector (bias_of N) i * v d).
  { intros i v Hi. unfold M, homogenised_rows. cbn [denoted inner]. rewrite app_nth1 by (fold d; lia). fold d.
    rewrite Nearest_affine.lengthened_nth by exact Hi. cbn [fst Nat.add]. unfold dot. cbn [sum].
    rewrite (vector_extended_last d _ _ (first_length d _)). f_equal. apply sum_ext. intros k Hk. rewrite vector_extended_first by exact Hk.
    reflexivity. }
  assert (at_x : forall i, (i < size N)%nat -> dot (Datatypes.S d) (inner M i) (extended d x) = side N i x).
  { intros i Hi. rewrite row by exact Hi. unfold side. fold d. unfold extended at 2. rewrite Nat.ltb_irrefl, Rmult_1_r. f_equal.
    apply dot_ext; [reflexivity|]. intros k Hk. unfold extended. apply Nat.ltb_lt in Hk. now rewrite Hk. }
  assert (P : 0 < z d).
  { specialize (S (size N) ltac:(lia)). rewrite !last in S. unfold extended in S. rewrite Nat.ltb_irrefl in S. apply S; lra. }
  exists (fun k => / z d * z k).
  assert (at_p : forall i, (i < size N)%nat -> side N i (fun k => / z d * z k) = / z d * dot (Datatypes.S d) (inner M i) z).
  { intros i Hi. rewrite row by exact Hi. unfold side. fold d. rewrite dot_scal_r. field. lra. }
  assert (I : 0 < / z d) by (apply Rinv_0_lt_compat; exact P).
  intros i Hi. rewrite at_p by exact Hi. split.
  - destruct (zero_dec (Datatypes.S d) (inner M i)) as [Z|Z].
    + left. split.
      * intros k Hk. specialize (Z k ltac:(fold d in Hk; lia)). unfold M, homogenised_rows in Z. cbn [denoted inner] in Z.
        rewrite app_nth1 in Z by (fold d; lia). fold d in Z. rewrite Nearest_affine.lengthened_nth in Z by exact Hi. cbn [fst] in Z.
        rewrite vector_extended_first in Z by exact Hk. exact Z.
      * specialize (Z d ltac:(lia)). unfold M, homogenised_rows in Z. cbn [denoted inner] in Z.
        rewrite app_nth1 in Z by (fold d; lia). fold d in Z. rewrite Nearest_affine.lengthened_nth in Z by exact Hi. cbn [fst Nat.add] in Z.
        rewrite (vector_extended_last d _ _ (first_length d _)) in Z. exact Z.
    + right. apply Rmult_integral_contrapositive_currified; [lra|]. exact (G i ltac:(lia) Z).
  - intro X. rewrite <- at_x by exact Hi. rewrite <- at_x in X by exact Hi. specialize (S i ltac:(lia) X). rewrite S. split; intro H; nra.
Qed.

Definition sign_of (t : R) : comparison := if Rlt_dec t 0 then Lt else if Rlt_dec 0 t then Gt else Eq.
Lemma sign_of_sound t : has_sign (sign_of t) t.
Proof. unfold sign_of. destruct (Rlt_dec t 0); [exact r|]. destruct (Rlt_dec 0 t); [exact r|]. simpl. lra. Qed.

(** Where two points have the same values, whoever is not negative at their middle does not change between them. *)
Lemma same_value_between s t : relu s = relu t -> (s + t) / 2 >= 0 -> s - t = 0.
Proof.
  intros E H. destruct (Rle_dec 0 s), (Rle_dec 0 t); try rewrite !relu_pos in E by lra; try rewrite (relu_neg s) in E by lra;
    try rewrite (relu_neg t) in E by lra; try rewrite (relu_pos s) in E by lra; try rewrite (relu_pos t) in E by lra; lra.
Qed.

Theorem check_injective_sound N regions edges points why : well_formed N = true ->
  check_injective N regions edges points why = true -> layer_injective N.
Proof.
  intros W H. unfold check_injective in H. rewrite andb_true_iff, forallb_forall in H. destruct H as [R Sp].
  destruct (check_regions_sound _ _ _ _ _ _ W R) as [_ [Rg _]]. intros x y E.
  set (mid := fun k => / 2 * x k + / 2 * y k). destruct (off_hyperplanes N mid) as [p Hp].
  set (s := map (fun i => sign_of (side N i p)) (seq 0 (size N))).
  assert (at_s : forall i, (i < size N)%nat -> sign_at s i = sign_of (side N i p)).
  { intros i Hi. unfold sign_at, s. rewrite nth_indep with (d' := sign_of (side N 0 p)) by (rewrite map_length, seq_length; exact Hi).
    rewrite (map_nth (fun i => sign_of (side N i p)) (seq 0 (size N)) 0%nat i), seq_nth by exact Hi. reflexivity. }
  assert (I : In s regions).
  { apply Rg. split; [unfold s; rewrite map_length, seq_length; reflexivity|]. exists p. split; [apply in_whole_domain|]. intros i Hi.
    rewrite at_s by exact Hi. split; [apply sign_of_sound|]. intro Q. destruct (proj1 (Hp i Hi)) as [Z|NZ]; [exact Z|].
    pose proof (sign_of_sound (side N i p)) as V. rewrite Q in V. simpl in V. contradiction. }
  specialize (Sp s I). unfold spans_in in Sp. destruct (positive_rows (rows N) s) as [l|] eqn:P; [|discriminate].
  assert (mids : forall i, side N i mid = (side N i x + side N i y) / 2).
  { intro i. unfold side, mid. rewrite dot_plus_r, !dot_scal_r. field. }
  assert (K : forall k, (k < inputs N)%nat -> x k - y k = 0).
  { apply (spans_sound (inputs N) l (fun k => x k - y k)); [|exact Sp|].
    - intros r Ir. destruct (positive_rows_sound _ _ _ _ P Ir) as [i [Hi [_ Rr]]]. refine (proj1 (rational_row_sound _ _ _ Rr _)).
      unfold well_formed in W. rewrite andb_true_iff, forallb_forall in W. destruct W as [W _]. specialize (W _ (nth_In _ ([], []) Hi)).
      rewrite andb_true_iff, !Nat.eqb_eq in W. exact (proj1 W).
    - intros r Ir. destruct (positive_rows_sound _ _ _ _ P Ir) as [i [Hi [G Rr]]]. refine (proj2 (rational_row_sound (inputs N) _ _ Rr _) _ _).
      + unfold well_formed in W. rewrite andb_true_iff, forallb_forall in W. destruct W as [W _]. specialize (W _ (nth_In _ ([], []) Hi)).
        rewrite andb_true_iff, !Nat.eqb_eq in W. exact (proj1 W).
      + change (nth i s Eq) with (sign_at s i) in G. rewrite at_s in G by exact Hi. pose proof (sign_of_sound (side N i p)) as V. rewrite G in V.
        simpl in V. assert (NN : side N i mid >= 0).
        { destruct (Rlt_dec (side N i mid) 0) as [L|L]; [|lra]. assert (X : side N i mid <> 0) by lra. pose proof (proj2 (Hp i Hi) X). lra. }
        rewrite mids in NN. pose proof (same_value_between _ _ (E i Hi) NN) as D. unfold side in D.
        change (vector (fst (nth i (rows N) ([], [])))) with (inner (plain N) i). replace (fun k => x k - y k) with (fun k => x k + - y k) by reflexivity. rewrite dot_plus_r, dot_opp_r. lra. }
  intros k Hk. specialize (K k Hk). lra.
Qed.
