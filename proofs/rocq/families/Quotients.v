(** Numbers with k whose denominators are sums of powers of k too: quotients are only added up, and brought to one denominator for a sign. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert.checker Require Import Numbers.
From relucert.families Require Import Powers.
From relucert.families Require Family_number.
Import ListNotations.
Open Scope R_scope.

(** denominator, numerator *)
Definition term := (powers * list Family_number.term)%type.
Definition quotient_at (k : R) (t : term) : R := Family_number.fval k (snd t) / pval k (fst t).
Definition number_at (k : R) (s : list term) : R := fold_right (fun t x => quotient_at k t + x) 0 s.

Fixpoint same_powers (p q : powers) : bool :=
  match p, q with
  | [], [] => true
  | (a, z) :: p, (b, w) :: q => Qeq_bool a b && Z.eqb z w && same_powers p q
  | _, _ => false
  end.
Definition one : powers := [(1%Q, 0%Z)].
Fixpoint put (t : term) (s : list term) : list term :=
  match s with
  | [] => match snd t with [] => [] | _ => [t] end
  | u :: r => if same_powers (fst t) (fst u) then (match Family_number.plus (snd t) (snd u) with [] => r | n => (fst u, n) :: r end) else u :: put t r
  end.
Definition plus (s t : list term) : list term := fold_right put t s.
Definition times_one (t : list term) (u : term) (acc : list term) : list term :=
  fold_right (fun v => put (mul (fst u) (fst v), Family_number.times (snd u) (snd v))) acc t.
Definition times (s t : list term) : list term := fold_right (times_one t) [] s.
Definition opp (s : list term) : list term := map (fun t => (fst t, Family_number.opp (snd t))) s.
Definition rational (q : Q) : list term := [(one, Family_number.rational q)].

(** * Over one denominator *)
Definition as_number (p : powers) : list Family_number.term := [(p, Family_number.unit)].
Definition join (t acc : term) : term :=
  (mul (fst t) (fst acc), Family_number.plus (Family_number.times (snd t) (as_number (fst acc))) (Family_number.times (snd acc) (as_number (fst t)))).
(** the numerator over a denominator that is positive on the range *)
Definition numerator (r : range) (s : list term) : option (list Family_number.term) :=
  match s with
  | [] => Some []
  | t :: l => if forallb (fun u => positive_on r (fst u)) s then Some (snd (fold_right join t l)) else None
  end.
Definition zero_on (r : range) (s : list term) : bool := match numerator r (plus s []) with Some n => Family_number.zero_on r n | None => false end.
Definition sign_on (r : range) (s : list term) : option comparison :=
  match numerator r (plus s []) with Some n => Family_number.sign_on r n | None => None end.
Definition at_most (r : range) (s t : list term) : bool :=
  match numerator r (plus t (opp s)) with Some n => Family_number.at_most r [] n | None => false end.
Definition constant (s : list term) : option Q :=
  match plus s [] with
  | [] => Some 0%Q
  | [(h, n)] => if same_powers h one then Family_number.constant n else None
  | _ => None
  end.

Section At.
Variable k : R.
Hypothesis K : 0 < k.

Lemma same_powers_value p : forall q, same_powers p q = true -> pval k p = pval k q.
Proof.
  induction p as [|[a z] p IH]; intros [|[b w] q] H; cbn [same_powers] in H; try discriminate; [reflexivity|].
  rewrite !andb_true_iff, Z.eqb_eq in H. destruct H as [[A ->] H]. rewrite !pval_cons, (IH q H). cbn [fst snd].
  apply Qeq_bool_eq, Qeq_eqR in A. rewrite A. reflexivity.
Qed.

Lemma one_value : pval k one = 1.
Proof. unfold one. rewrite pval_cons. cbn [fst snd powerRZ pval fold_right]. rewrite Q2R_1. ring. Qed.

Lemma number_cons t s : number_at k (t :: s) = quotient_at k t + number_at k s.
Proof. reflexivity. Qed.

Lemma quotient_nil h : quotient_at k (h, []) = 0.
Proof. unfold quotient_at. cbn [snd]. unfold Family_number.fval. simpl. unfold Rdiv. ring. Qed.

Lemma put_value t s : number_at k (put t s) = quotient_at k t + number_at k s.
Proof.
  induction s as [|u r IH]; cbn [put].
  - destruct t as [h [|x n]]; cbn [snd]; [rewrite quotient_nil; simpl; ring|rewrite number_cons; reflexivity].
  - destruct (same_powers (fst t) (fst u)) eqn:E.
    + apply same_powers_value in E. rewrite number_cons. pose proof (Family_number.plus_value k K (snd t) (snd u)) as P.
      assert (A : quotient_at k t + quotient_at k u = Family_number.fval k (Family_number.plus (snd t) (snd u)) / pval k (fst u)).
      { unfold quotient_at. rewrite P, E. unfold Rdiv. ring. }
      destruct (Family_number.plus (snd t) (snd u)) as [|x n]; [|rewrite number_cons; unfold quotient_at at 1; cbn [fst snd]; lra].
      change (Family_number.fval k []) with 0 in A. unfold Rdiv in A. lra.
    + rewrite !number_cons, IH. ring.
Qed.

Lemma plus_value s t : number_at k (plus s t) = number_at k s + number_at k t.
Proof. induction s as [|u s IH]; [simpl; ring|]. unfold plus in *. cbn [fold_right]. rewrite put_value, IH, number_cons. ring. Qed.

Lemma times_value s t : number_at k (times s t) = number_at k s * number_at k t.
Proof.
  assert (One : forall u acc, number_at k (times_one t u acc) = quotient_at k u * number_at k t + number_at k acc).
  { intros u acc. unfold times_one. induction t as [|v t IH]; cbn [fold_right]; [simpl; ring|]. rewrite put_value, IH, number_cons.
    unfold quotient_at. cbn [fst snd]. rewrite Family_number.times_value, mul_value by exact K. unfold Rdiv. rewrite Rinv_mult. ring. }
  unfold times. induction s as [|u s IH]; cbn [fold_right]; [simpl; ring|]. rewrite One, IH, number_cons. ring.
Qed.

Lemma opp_value s : number_at k (opp s) = - number_at k s.
Proof.
  induction s as [|t s IH]; [simpl; ring|]. unfold opp in *. cbn [map]. rewrite !number_cons, IH. unfold quotient_at. cbn [fst snd].
  rewrite Family_number.opp_value. unfold Rdiv. ring.
Qed.

Lemma rational_value q : number_at k (rational q) = Q2R q.
Proof.
  unfold rational. rewrite number_cons. unfold quotient_at. cbn [fst snd]. rewrite Family_number.rational_value, one_value.
  unfold number_at. cbn [fold_right]. field.
Qed.

Lemma plus_nil s : number_at k (plus s []) = number_at k s.
Proof. rewrite plus_value. simpl. ring. Qed.

Lemma as_number_value p : Family_number.fval k (as_number p) = pval k p.
Proof.
  unfold as_number, Family_number.fval. cbn [fold_right]. unfold Family_number.tval. cbn [fst snd]. rewrite Family_number.root_unit. ring.
Qed.

Lemma constant_sound s q : constant s = Some q -> number_at k s = Q2R q.
Proof.
  unfold constant. rewrite <- (plus_nil s). destruct (plus s []) as [|[h n] [|u l]]; [intros [= <-]; simpl; now rewrite Q2R_0| |discriminate].
  destruct (same_powers h one) eqn:E; [|discriminate]. intro H. apply same_powers_value in E. apply (Family_number.constant_sound k K) in H.
  rewrite number_cons. unfold quotient_at. cbn [fst snd]. rewrite E, one_value, H. unfold number_at. cbn [fold_right]. field.
Qed.

Variable r : range.
Hypothesis I : in_range r k.

Lemma numerator_sound s n : numerator r s = Some n -> exists h, 0 < h /\ Family_number.fval k n = number_at k s * h.
Proof.
  unfold numerator. destruct s as [|t l]; [intros [= <-]; exists 1; split; [lra|simpl; ring]|].
  destruct (forallb _ _) eqn:P; [|discriminate]. intros [= <-]. cbn [forallb] in P. rewrite andb_true_iff in P. destruct P as [Pt P].
  apply (positive_on_sound r _ k I) in Pt.
  assert (J : 0 < pval k (fst (fold_right join t l)) /\
    Family_number.fval k (snd (fold_right join t l)) = number_at k (t :: l) * pval k (fst (fold_right join t l))).
  { induction l as [|u l IH]; cbn [fold_right].
    - split; [exact Pt|]. rewrite number_cons. unfold quotient_at. simpl number_at. field. lra.
    - cbn [forallb] in P. rewrite andb_true_iff in P. destruct P as [Pu P]. apply (positive_on_sound r _ k I) in Pu. destruct (IH P) as [A B].
      cbn [join fst snd]. rewrite mul_value by exact K. split; [now apply Rmult_lt_0_compat|].
      rewrite Family_number.plus_value, !Family_number.times_value, !as_number_value, B by exact K. rewrite !number_cons. unfold quotient_at. field.
      lra. }
  exists (pval k (fst (fold_right join t l))). exact J.
Qed.

Lemma zero_on_sound s : zero_on r s = true -> number_at k s = 0.
Proof.
  unfold zero_on. destruct (numerator r (plus s [])) as [n|] eqn:E; [|discriminate]. intro H. apply (Family_number.zero_on_sound k K r I) in H.
  destruct (numerator_sound _ _ E) as [h [P V]]. rewrite H, plus_nil in V. nra.
Qed.

Lemma sign_on_sound s c : sign_on r s = Some c -> has_sign c (number_at k s).
Proof.
  unfold sign_on. destruct (numerator r (plus s [])) as [n|] eqn:E; [|discriminate]. intro H. apply (Family_number.sign_on_sound k K r I) in H.
  destruct (numerator_sound _ _ E) as [h [P V]]. rewrite V, plus_nil in H. destruct c; unfold Surds.has_sign in *; nra.
Qed.

Lemma at_most_sound s t : at_most r s t = true -> number_at k s <= number_at k t.
Proof.
  unfold at_most. destruct (numerator r (plus t (opp s))) as [n|] eqn:E; [|discriminate]. intro H. apply (Family_number.at_most_sound k K r I) in H.
  destruct (numerator_sound _ _ E) as [h [P V]]. rewrite V, plus_value, opp_value in H. change (Family_number.fval k []) with 0 in H. nra.
Qed.
End At.

(** * As numbers *)
Definition on (r : range) : numbers := Numbers term plus times opp rational (zero_on r) (sign_on r) (at_most r) constant.
Lemma range_pos r k : in_range r k -> 0 < k.
Proof. intro H. pose proof (in_range_1 r k H). lra. Qed.
(** at a k of the range *)
Definition at_k (r : range) (k : R) (I : in_range r k) : @values (on r) :=
  let K := range_pos r k I in
  @Values (on r) (number_at k) eq_refl eq_refl (plus_value k K) (times_value k K) (opp_value k) (rational_value k)
    (zero_on_sound k K r I) (sign_on_sound k K r I) (at_most_sound k K r I) (constant_sound k K).
