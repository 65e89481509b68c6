(** Trees of splits that bound a sum of signed numbers: leaves are paid by circuits. *)
From Coq Require Import Reals List ZArith QArith Qreals Qabs Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Kinks.
Import ListNotations.
Open Scope R_scope.

(** hyperplanes with factors whose combination of normals is 0 *)
Definition circuit := list (nat * Q).
Inductive tree := Leaf (paid : list (Q * circuit)) | Split (h : nat) (plus minus : tree).

Definition gain (v : list Q) (h : nat) : Q := nth h v 0%Q.
Definition decision (dec : list (option bool)) (h : nat) : option bool := nth h dec None.
(** the sign that a hyperplane has, or prefers *)
Definition preferred (v : list Q) (dec : list (option bool)) (h : nat) : option bool :=
  match decision dec h with
  | Some b => Some b
  | None => match Qcompare (gain v h) 0 with Gt => Some true | Lt => Some false | Eq => None end
  end.
Definition undecided (dec : list (option bool)) (h : nat) : bool := match decision dec h with None => true | Some _ => false end.
Definition q_entry (normals : list (list Q)) (h k : nat) : Q := nth k (nth h normals []) 0%Q.
Definition combination (normals : list (list Q)) (c : circuit) (k : nat) : Q :=
  fold_right (fun m q => Qred (snd m * q_entry normals (fst m) k + q)%Q) 0%Q c.
Definition positive_q (q : Q) : bool := negb (Qle_bool q 0).
(** The combination is 0, and every factor has the sign of its hyperplane. *)
Definition valid (d : nat) (normals : list (list Q)) (v : list Q) (dec : list (option bool)) (c : circuit) : bool :=
  match c with [] => false | _ => true end &&
  forallb (fun m => Nat.ltb (fst m) (length v) &&
    match preferred v dec (fst m) with Some true => positive_q (snd m) | Some false => positive_q (- snd m) | None => false end) c &&
  below d (fun k => Qeq_bool (combination normals c k) 0).
Fixpoint take_at (h : nat) (y : Q) (w : list Q) : list Q :=
  match w, h with [], _ => [] | q :: w, O => Qred (q - y)%Q :: w | q :: w, S h => q :: take_at h y w end.
Definition take (dec : list (option bool)) (y : Q) (c : circuit) (w : list Q) : list Q :=
  fold_right (fun m w => if undecided dec (fst m) then take_at (fst m) y w else w) w c.
(** the most a hyperplane adds *)
Definition most (v : list Q) (dec : list (option bool)) (h : nat) : Q :=
  match decision dec h with Some true => gain v h | Some false => (- gain v h)%Q | None => Qabs (gain v h) end.
Definition purse (v : list Q) (dec : list (option bool)) : list Q :=
  map (fun h => if undecided dec h then Qabs (gain v h) else 0%Q) (seq 0 (length v)).
Fixpoint q_total (n : nat) (f : nat -> Q) : Q := match n with O => 0%Q | S n => Qred (q_total n f + f n)%Q end.
Definition paid_sum (ps : list (Q * circuit)) : Q := fold_right (fun p q => Qred (fst p + q)%Q) 0%Q ps.
Definition pay (dec : list (option bool)) (ps : list (Q * circuit)) (w : list Q) : list Q := fold_right (fun p => take dec (fst p) (snd p)) w ps.
Definition check_leaf (d : nat) (normals : list (list Q)) (v : list Q) (base most_ : Q) (dec : list (option bool)) (ps : list (Q * circuit)) : bool :=
  forallb (fun p => valid d normals v dec (snd p)) ps &&
  (existsb (fun p => forallb (fun m => negb (undecided dec (fst m))) (snd p)) ps ||
   (forallb (fun p => Qle_bool 0 (fst p)) ps && forallb (Qle_bool 0) (pay dec ps (purse v dec)) &&
    Qle_bool (base + q_total (length v) (most v dec) - (paid_sum ps + paid_sum ps)) most_)).
Fixpoint decide (h : nat) (b : bool) (dec : list (option bool)) : list (option bool) :=
  match dec, h with
  | [], O => [Some b]
  | [], S h => None :: decide h b []
  | _ :: dec, O => Some b :: dec
  | o :: dec, S h => o :: decide h b dec
  end.
Fixpoint check_tree (d : nat) (normals : list (list Q)) (v : list Q) (base most_ : Q) (dec : list (option bool)) (t : tree) : bool :=
  match t with
  | Leaf ps => check_leaf d normals v base most_ dec ps
  | Split h plus minus =>
    Nat.ltb h (length v) && check_tree d normals v base most_ (decide h true dec) plus && check_tree d normals v base most_ (decide h false dec) minus
  end.

Lemma decide_same h b dec : decision (decide h b dec) h = Some b.
Proof. revert dec. induction h as [|h IH]; intros [|o dec]; try reflexivity; exact (IH _). Qed.

Lemma decide_other h b dec h' : h' <> h -> decision (decide h b dec) h' = decision dec h'.
Proof.
  revert dec h'. induction h as [|h IH]; intros [|o dec] [|h'] H; try reflexivity; try congruence.
  - unfold decision. destruct h'; reflexivity.
  - unfold decision in *. cbn [decide nth]. rewrite IH by congruence. destruct h'; reflexivity.
  - unfold decision in *. cbn [decide nth]. apply IH. congruence.
Qed.

Lemma positive_q_sound q : positive_q q = true -> 0 < Q2R q.
Proof. unfold positive_q. rewrite negb_true_iff. intro H. apply Qle_bool_false in H. rewrite Q2R_0 in H. exact H. Qed.

Lemma Q2R_abs q : Q2R (Qabs q) = Rabs (Q2R q).
Proof.
  destruct (Qlt_le_dec q 0) as [L|L].
  - rewrite (Qeq_eqR _ _ (Qabs_neg q (Qlt_le_weak _ _ L))), Q2R_opp. apply Qlt_Rlt in L. rewrite Q2R_0 in L. rewrite Rabs_left by exact L.
    reflexivity.
  - rewrite (Qeq_eqR _ _ (Qabs_pos q L)). apply Qle_Rle in L. rewrite Q2R_0 in L. rewrite Rabs_pos_eq by exact L. reflexivity.
Qed.

Lemma q_total_value n f : Q2R (q_total n f) = sum n (fun i => Q2R (f i)).
Proof. induction n; cbn [q_total sum]; [apply Q2R_0|]. rewrite Q2R_red, Q2R_plus, IHn. reflexivity. Qed.

Definition sign_of (b : bool) : R := if b then 1 else -1.

Section Point.
Variables (d : nat) (normals : list (list Q)) (v : list Q) (x : vec).
Definition q_vector (h : nat) : vec := fun k => Q2R (q_entry normals h k).
Definition t (h : nat) : R := dot d (q_vector h) x.
Hypothesis off : forall h, (h < length v)%nat -> t h <> 0.

(** the point has the decided signs *)
Definition agrees (dec : list (option bool)) : Prop := forall h b, (h < length v)%nat -> decision dec h = Some b -> side (t h) = sign_of b.
(** 1 if the hyperplane has not the sign it prefers *)
Definition wrong (dec : list (option bool)) (h : nat) : R :=
  match preferred v dec h with Some b => if Req_EM_T (side (t h)) (sign_of b) then 0 else 1 | None => 0 end.

Lemma wrong_nonneg dec h : 0 <= wrong dec h.
Proof. unfold wrong. destruct (preferred v dec h) as [b|]; [destruct (Req_EM_T _ _)|]; lra. Qed.

Lemma wrong_decided dec h : agrees dec -> (h < length v)%nat -> undecided dec h = false -> wrong dec h = 0.
Proof.
  unfold undecided, wrong, preferred. intros A Hh. destruct (decision dec h) as [b|] eqn:E; [|discriminate]. intros _.
  destruct (Req_EM_T (side (t h)) (sign_of b)) as [_|N]; [reflexivity|]. destruct (N (A h b Hh E)).
Qed.

Lemma combination_value c : forall y : vec, sum d (fun k => Q2R (combination normals c k) * y k) =
  fold_right (fun m s => Q2R (snd m) * dot d (q_vector (fst m)) y + s) 0 c.
Proof.
  intro y. induction c as [|m c IH].
  - apply sum_zero. intros. cbn [combination fold_right]. rewrite Q2R_0. ring.
  - cbn [fold_right]. rewrite <- IH. unfold dot. rewrite <- sum_scal, <- sum_plus. apply sum_ext. intros k _.
    change (combination normals (m :: c) k) with (Qred (snd m * q_entry normals (fst m) k + combination normals c k)).
    rewrite Q2R_red, Q2R_plus, Q2R_mult. unfold q_vector. ring.
Qed.

(** If all signs were as preferred, a combination that is 0 would be positive: some member is wrong, and it is undecided. *)
Lemma circuit_wrong dec c : agrees dec -> valid d normals v dec c = true ->
  exists m, In m c /\ (fst m < length v)%nat /\ wrong dec (fst m) = 1 /\ undecided dec (fst m) = true.
Proof.
  unfold valid. intros A H. rewrite !andb_true_iff in H. destruct H as [[NE F] Z]. rewrite forallb_forall in F.
  assert (S : fold_right (fun m s => Q2R (snd m) * t (fst m) + s) 0 c = 0).
  { unfold t. rewrite <- combination_value. apply sum_zero. intros k Hk. pose proof (below_sound _ _ Z k Hk) as E. cbv beta in E.
    rewrite (Qeq_bool_0 _ E). ring. }
  destruct (Exists_dec (fun m => wrong dec (fst m) = 1) c (fun m => Req_EM_T _ _)) as [E|N].
  - rewrite Exists_exists in E. destruct E as [m [I W]]. exists m. specialize (F m I). rewrite andb_true_iff, Nat.ltb_lt in F. destruct F as [L _].
    split; [exact I|split; [exact L|split; [exact W|]]]. destruct (undecided dec (fst m)) eqn:U; [reflexivity|].
    rewrite (wrong_decided dec _ A L U) in W. lra.
  - exfalso. assert (P : forall m, In m c -> 0 < Q2R (snd m) * t (fst m)).
    { intros m I. specialize (F m I). rewrite andb_true_iff, Nat.ltb_lt in F. destruct F as [L F]. pose proof (off _ L) as O.
      assert (W : wrong dec (fst m) <> 1) by (intro W; apply N; rewrite Exists_exists; exists m; split; assumption).
      unfold wrong in W. destruct (preferred v dec (fst m)) as [b|]; [|discriminate].
      destruct (Req_EM_T (side (t (fst m))) (sign_of b)) as [E|]; [|destruct (W eq_refl)].
      unfold side, sign_of in E. destruct b; apply positive_q_sound in F; rewrite ?Q2R_opp in F;
        destruct (Rlt_dec 0 (t (fst m))), (Rlt_dec (t (fst m)) 0); try lra; nra. }
    destruct c as [|m c]; [discriminate NE|]. cbn [fold_right] in S.
    assert (Q : 0 <= fold_right (fun m s => Q2R (snd m) * t (fst m) + s) 0 c).
    { assert (P' : forall m', In m' c -> 0 < Q2R (snd m') * t (fst m')) by (intros; apply P; now right). clear - P'.
      induction c as [|m' c IH]; cbn [fold_right]; [lra|]. pose proof (P' m' (or_introl eq_refl)).
      assert (0 <= fold_right (fun m s => Q2R (snd m) * t (fst m) + s) 0 c) by (apply IH; intros; apply P'; now right). lra. }
    pose proof (P m (or_introl eq_refl)). lra.
Qed.

Definition loss (dec : list (option bool)) (w : list Q) : R := sum (length v) (fun h => wrong dec h * Q2R (nth h w 0%Q)).

Lemma take_at_nth h y w h' : nth h' (take_at h y w) 0%Q = nth h' w 0%Q \/ (h' = h /\ (h < length w)%nat /\ nth h' (take_at h y w) 0%Q = Qred (nth h w
  0 - y)%Q).
Proof.
  revert h h'. induction w as [|q w IH]; intros [|h] [|h']; cbn [take_at nth length]; try (now left).
  - right. repeat split. lia.
  - destruct (IH h h') as [E|[-> [L E]]]; [now left|right; repeat split; [lia|exact E]].
Qed.

Lemma take_at_length h y w : length (take_at h y w) = length w.
Proof. revert h. induction w as [|q w IH]; intros [|h]; cbn [take_at length]; try reflexivity. now rewrite IH. Qed.

Lemma take_at_same h y w : (h < length w)%nat -> nth h (take_at h y w) 0%Q = Qred (nth h w 0 - y)%Q.
Proof. revert h. induction w as [|q w IH]; intros [|h] L; cbn [take_at nth length] in *; try lia; [reflexivity|]. apply IH. lia. Qed.

Lemma take_at_other h y w h' : h' <> h -> nth h' (take_at h y w) 0%Q = nth h' w 0%Q.
Proof. intro N. destruct (take_at_nth h y w h') as [E|[E _]]; [exact E|contradiction]. Qed.

Lemma loss_take_at dec h y w : (h < length v)%nat -> length w = length v -> loss dec (take_at h y w) = loss dec w - wrong dec h * Q2R y.
Proof.
  intros Hh L. unfold loss. rewrite <- (sum_delta (length v) (fun i => wrong dec i * Q2R y) h Hh), <- sum_minus. apply sum_ext. intros i _.
  destruct (Nat.eqb_spec i h) as [->|N].
  - rewrite take_at_same by lia. rewrite Q2R_red, Q2R_minus. ring.
  - rewrite take_at_other by exact N. ring.
Qed.

Lemma take_length dec y c w : length (take dec y c w) = length w.
Proof. unfold take. induction c as [|m c IH]; cbn [fold_right]; [reflexivity|]. destruct (undecided dec (fst m)); [rewrite take_at_length|];
  exact IH. Qed.

Lemma loss_take dec y c w : 0 <= Q2R y -> length w = length v -> (forall m, In m c -> (fst m < length v)%nat) ->
  loss dec (take dec y c w) <= loss dec w /\
  ((exists m, In m c /\ wrong dec (fst m) = 1 /\ undecided dec (fst m) = true) -> loss dec (take dec y c w) <= loss dec w - Q2R y).
Proof.
  intros Y L I. induction c as [|m c IH]; [split; [unfold take; simpl; lra|intros [m [[] _]]]|].
  destruct IH as [IH1 IH2]; [intros; apply I; now right|].
  assert (E : undecided dec (fst m) = true -> loss dec (take dec y (m :: c) w) = loss dec (take dec y c w) - wrong dec (fst m) * Q2R y).
  { intro U. unfold take at 1. cbn [fold_right]. rewrite U. apply loss_take_at; [apply I; now left|]. fold (take dec y c w). rewrite take_length.
    exact L. }
  assert (E' : undecided dec (fst m) = false -> loss dec (take dec y (m :: c) w) = loss dec (take dec y c w)).
  { intro U. unfold take at 1. cbn [fold_right]. rewrite U. reflexivity. }
  pose proof (wrong_nonneg dec (fst m)) as W. destruct (undecided dec (fst m)) eqn:U.
  - rewrite (E eq_refl). split; [nra|]. intros [m' [[<-|I'] [W' U']]]; [rewrite W'; lra|].
    assert (loss dec (take dec y c w) <= loss dec w - Q2R y) by (apply IH2; exists m'; repeat split; assumption). nra.
  - rewrite (E' eq_refl). split; [exact IH1|]. intros [m' [[<-|I'] [W' U']]]; [congruence|]. apply IH2. exists m'. repeat split; assumption.
Qed.

Lemma pay_length dec ps w : length (pay dec ps w) = length w.
Proof. unfold pay. induction ps as [|p ps IH]; cbn [fold_right]; [reflexivity|]. rewrite take_length. exact IH. Qed.

Lemma valid_members dec c : valid d normals v dec c = true -> forall m, In m c -> (fst m < length v)%nat.
Proof.
  unfold valid. rewrite !andb_true_iff, forallb_forall. intros [[_ F] _] m I. specialize (F m I). rewrite andb_true_iff, Nat.ltb_lt in F.
    exact (proj1 F).
Qed.

Lemma loss_pay dec ps w : agrees dec -> forallb (fun p => valid d normals v dec (snd p)) ps = true -> forallb (fun p => Qle_bool 0 (fst p)) ps = true
  ->
  length w = length v -> loss dec (pay dec ps w) <= loss dec w - Q2R (paid_sum ps).
Proof.
  intros A V Y L. induction ps as [|p ps IH]; [unfold pay, paid_sum; cbn [fold_right]; rewrite Q2R_0; lra|].
  cbn [forallb] in V, Y. rewrite andb_true_iff in V, Y. destruct V as [V1 V], Y as [Y1 Y]. specialize (IH V Y).
  apply Qle_bool_R in Y1. rewrite Q2R_0 in Y1. destruct (circuit_wrong dec (snd p) A V1) as [m [I [_ [W U]]]].
  change (pay dec (p :: ps) w) with (take dec (fst p) (snd p) (pay dec ps w)).
  change (paid_sum (p :: ps)) with (Qred (fst p + paid_sum ps)). rewrite Q2R_red, Q2R_plus.
  destruct (loss_take dec (fst p) (snd p) (pay dec ps w) Y1) as [_ B]; [rewrite pay_length; exact L|exact (valid_members dec _ V1)|].
  assert (loss dec (take dec (fst p) (snd p) (pay dec ps w)) <= loss dec (pay dec ps w) - Q2R (fst p)) by (apply B; exists m; repeat split;
    assumption).
  lra.
Qed.

Lemma purse_nth dec h : (h < length v)%nat -> nth h (purse v dec) 0%Q = if undecided dec h then Qabs (gain v h) else 0%Q.
Proof.
  intro H. unfold purse. rewrite nth_indep with (d' := if undecided dec 0 then Qabs (gain v 0) else 0%Q) by (rewrite map_length, seq_length; exact H).
  rewrite (map_nth (fun h => if undecided dec h then Qabs (gain v h) else 0%Q)), seq_nth by exact H. reflexivity.
Qed.

(** what a hyperplane adds: the most, less twice what is lost if its sign is wrong *)
Lemma added_by dec h : agrees dec -> (h < length v)%nat ->
  side (t h) * Q2R (gain v h) = Q2R (most v dec h) - 2 * (wrong dec h * Q2R (nth h (purse v dec) 0%Q)).
Proof.
  intros A H. rewrite (purse_nth dec h H). pose proof (off h H) as O. unfold most, undecided, wrong, preferred. pose proof (A h) as Ah.
  destruct (decision dec h) as [[|]|].
  - rewrite (Ah true H eq_refl), Q2R_0. simpl. ring.
  - rewrite (Ah false H eq_refl), Q2R_0, Q2R_opp. simpl. ring.
  - rewrite Q2R_abs. pose proof (Qcompare_sign (gain v h)) as C. destruct (Qcompare (gain v h) 0); simpl in C.
    + rewrite C, Rabs_R0. ring.
    + rewrite Rabs_left by exact C. destruct (side_cases _ O) as [E|E]; rewrite E; unfold sign_of; destruct (Req_EM_T _ _); lra.
    + rewrite Rabs_pos_eq by lra. destruct (side_cases _ O) as [E|E]; rewrite E; unfold sign_of; destruct (Req_EM_T _ _); lra.
Qed.

Lemma check_leaf_sound base most_ dec ps : agrees dec -> check_leaf d normals v base most_ dec ps = true ->
  Q2R base + sum (length v) (fun h => side (t h) * Q2R (gain v h)) <= Q2R most_.
Proof.
  unfold check_leaf. rewrite andb_true_iff, orb_true_iff. intros A [V [E|H]].
  - exfalso. rewrite existsb_exists in E. destruct E as [p [I F]]. rewrite forallb_forall in V, F.
    destruct (circuit_wrong dec (snd p) A (V p I)) as [m [Im [_ [_ U]]]]. specialize (F m Im). rewrite U in F. discriminate.
  - rewrite !andb_true_iff in H. destruct H as [[Y P] B].
    assert (L : length (purse v dec) = length v) by (unfold purse; rewrite map_length, seq_length; reflexivity).
    pose proof (loss_pay dec ps _ A V Y L) as LP.
    assert (0 <= loss dec (pay dec ps (purse v dec))).
    { apply sum_nonneg. intros h Hh. apply Rmult_le_pos; [apply wrong_nonneg|]. rewrite forallb_forall in P.
      assert (I : In (nth h (pay dec ps (purse v dec)) 0%Q) (pay dec ps (purse v dec))) by (apply nth_In; rewrite pay_length, L; exact Hh).
      specialize (P _ I). apply Qle_bool_R in P. rewrite Q2R_0 in P. exact P. }
    apply Qle_bool_R in B. rewrite Q2R_minus, !Q2R_plus, q_total_value in B.
    rewrite (sum_ext _ _ (fun h => Q2R (most v dec h) - 2 * (wrong dec h * Q2R (nth h (purse v dec) 0%Q)))) by (intros; apply added_by; assumption).
    rewrite sum_minus, sum_scal. unfold loss in *. lra.
Qed.

Lemma agrees_decide dec h b : agrees dec -> side (t h) = sign_of b -> agrees (decide h b dec).
Proof.
  intros A E h' b' H' D. destruct (Nat.eq_dec h' h) as [->|N].
  - rewrite decide_same in D. injection D as <-. exact E.
  - rewrite decide_other in D by exact N. exact (A h' b' H' D).
Qed.

Theorem check_tree_sound base most_ tr : forall dec, agrees dec -> check_tree d normals v base most_ dec tr = true ->
  Q2R base + sum (length v) (fun h => side (t h) * Q2R (gain v h)) <= Q2R most_.
Proof.
  induction tr as [ps|h plus IHp minus IHm]; intros dec A H; [exact (check_leaf_sound base most_ dec ps A H)|].
  cbn [check_tree] in H. rewrite !andb_true_iff, Nat.ltb_lt in H. destruct H as [[Hh P] M].
  destruct (side_cases _ (off h Hh)) as [E|E]; [apply (IHp _ (agrees_decide dec h true A E) P)|apply (IHm _ (agrees_decide dec h false A E) M)].
Qed.
End Point.
