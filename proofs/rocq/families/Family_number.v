(** The numbers of families: sums of f √g with sums f, g of powers of k, the coefficients of g positive; on a range of k. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Psatz Bool.
From relucert.checker Require Import Numbers.
From relucert.families Require Import Powers.
Import ListNotations.
Open Scope R_scope.

(** * Terms *)
Definition radicand := list (positive * Z).
Definition term := (powers * radicand)%type.
Definition radicand_powers (g : radicand) : powers := map (fun t => (inject_Z (Zpos (fst t)), snd t)) g.
Definition root_at (k : R) (g : radicand) : R := sqrt (pval k (radicand_powers g)).
Definition tval (k : R) (t : term) : R := pval k (fst t) * root_at k (snd t).
Definition fval (k : R) (s : list term) : R := fold_right (fun t x => tval k t + x) 0 s.
Definition unit : radicand := [(1%positive, 0%Z)].
Fixpoint radicand_eqb (g h : radicand) : bool :=
  match g, h with
  | [], [] => true
  | (a, z) :: g, (b, w) :: h => Pos.eqb a b && Z.eqb z w && radicand_eqb g h
  | _, _ => false
  end.
(** √(c k^z) = k^(z/2) √(c k^(z mod 2)), and √c where c is a square *)
Definition simple (t : term) : term :=
  match snd t with
  | [(c, z)] =>
    let h := (z / 2)%Z in let s := Z.sqrt (Zpos c) in
    if Z.eqb (s * s) (Zpos c) then (Powers.scale (inject_Z s, h) (fst t), [(1%positive, (z - 2 * h)%Z)])
    else (Powers.scale (1%Q, h) (fst t), [(c, (z - 2 * h)%Z)])
  | _ => t
  end.
Fixpoint put (t : term) (s : list term) : list term :=
  match s with
  | [] => match fst t with [] => [] | _ => [t] end
  | u :: r => if radicand_eqb (snd t) (snd u) then (match add (fst t) (fst u) with [] => r | f => (f, snd u) :: r end) else u :: put t r
  end.
Definition plus (s t : list term) : list term := fold_right (fun u => put (simple (add (fst u) [], snd u))) t s.
(** products of radicands, by powers in the order in which they come *)
Fixpoint add_positive (t : positive * Z) (g : radicand) : radicand :=
  match g with
  | [] => [t]
  | u :: r => if Z.eqb (snd t) (snd u) then ((fst t + fst u)%positive, snd u) :: r else if Z.ltb (snd t) (snd u) then t :: u :: r
    else u :: add_positive t r
  end.
Definition mul_one (h : radicand) (t : positive * Z) (s : radicand) : radicand :=
  fold_right (fun u => add_positive ((fst t * fst u)%positive, (snd t + snd u)%Z)) s h.
Definition mul_radicand (g h : radicand) : radicand := fold_right (mul_one h) [] g.
Definition times_term (t u : term) : term :=
  let f := mul (fst t) (fst u) in
  if radicand_eqb (snd t) unit then (f, snd u) else if radicand_eqb (snd u) unit then (f, snd t)
  else if radicand_eqb (snd t) (snd u) then (mul f (radicand_powers (snd t)), unit) else (f, mul_radicand (snd t) (snd u)).
Definition times_one (t : list term) (u : term) (acc : list term) : list term := fold_right (fun v => put (simple (times_term u v))) acc t.
Definition times (s t : list term) : list term := fold_right (times_one t) [] s.
Definition opp (s : list term) : list term := map (fun t => (neg (fst t), snd t)) s.
Definition rational (q : Q) : list term := [([(q, 0%Z)], unit)].
Definition is_zero (s : list term) : bool := match plus s [] with [] => true | _ => false end.

(** one that does not depend on k *)
Definition constant (s : list term) : option Q :=
  match plus s [] with
  | [] => Some 0%Q
  | [([(q, z)], g)] => if Z.eqb z 0 && radicand_eqb g unit then Some q else None
  | _ => None
  end.

(** * Signs on a range *)
Definition square (t : term) : powers := mul (mul (fst t) (fst t)) (radicand_powers (snd t)).
Definition proper (t : term) : bool := match snd t with [] => false | _ => true end.
Definition sign_of (r : range) (p : powers) : option comparison :=
  match p with [] => Some Eq | _ => if positive_on r p then Some Gt else if positive_on r (neg p) then Some Lt else None end.
Definition sign (r : range) (s : list term) : option comparison :=
  match plus s [] with
  | [] => Some Eq
  | [t] => if proper t then sign_of r (fst t) else None
  | [t; u] =>
    if proper t && proper u then
      match sign_of r (fst t), sign_of r (fst u) with
      | Some Gt, Some Gt => Some Gt
      | Some Lt, Some Lt => Some Lt
      | Some Gt, Some Lt => if positive_on r (add (square t) (neg (square u))) then Some Gt
        else if positive_on r (add (square u) (neg (square t))) then Some Lt else None
      | Some Lt, Some Gt => if positive_on r (add (square t) (neg (square u))) then Some Lt
        else if positive_on r (add (square u) (neg (square t))) then Some Gt else None
      | _, _ => None
      end
    else None
  | _ => None
  end.
Definition at_most (r : range) (s t : list term) : bool :=
  match plus t (plus (opp s) []) with
  | [] => true
  | [u] => not_negative r (fst u)
  | [u; v] =>
    (not_negative r (fst u) && not_negative r (fst v)) ||
    (not_negative r (fst u) && not_negative r (add (square u) (neg (square v)))) ||
    (not_negative r (fst v) && not_negative r (add (square v) (neg (square u))))
  | _ => false
  end.

(** at one k numbers can be 0 without being so everywhere *)
Definition zero_on (r : range) (s : list term) : bool :=
  is_zero s || match r with At _ => at_most r s [] && at_most r [] s | _ => false end.
Definition sign_on (r : range) (s : list term) : option comparison :=
  match sign r s with Some c => Some c | None => if zero_on r s then Some Eq else None end.

Section At.
Variable k : R.
Hypothesis K : 0 < k.

Lemma radicand_nonneg g : 0 <= pval k (radicand_powers g).
Proof.
  induction g as [|[c z] g IH]; [simpl; lra|]. unfold radicand_powers in *. cbn [map]. rewrite pval_cons. cbn [fst snd]. rewrite Q2R_inject.
  pose proof (powerRZ_lt k z K). assert (0 < IZR (Zpos c)) by (apply (IZR_lt 0); lia). nra.
Qed.

Lemma radicand_pos g : g <> [] -> 0 < pval k (radicand_powers g).
Proof.
  destruct g as [|[c z] g]; [congruence|]. intros _. unfold radicand_powers. cbn [map]. rewrite pval_cons. cbn [fst snd]. rewrite Q2R_inject.
  pose proof (radicand_nonneg g). pose proof (powerRZ_lt k z K). assert (0 < IZR (Zpos c)) by (apply (IZR_lt 0); lia).
  unfold radicand_powers in *. nra.
Qed.

Lemma root_unit : root_at k unit = 1.
Proof.
  unfold root_at, unit, radicand_powers. cbn [map fst snd pval fold_right powerRZ]. rewrite Q2R_inject, Rmult_1_r, Rplus_0_r. exact sqrt_1.
Qed.

Lemma root_square g : root_at k g * root_at k g = pval k (radicand_powers g).
Proof. apply sqrt_sqrt, radicand_nonneg. Qed.

Lemma root_pos g : g <> [] -> 0 < root_at k g.
Proof. intro H. apply sqrt_lt_R0, radicand_pos, H. Qed.

Lemma root_nonneg g : 0 <= root_at k g.
Proof. apply sqrt_pos. Qed.

Lemma radicand_eqb_sound g : forall h, radicand_eqb g h = true -> g = h.
Proof.
  induction g as [|[a z] g IH]; intros [|[b w] h] H; cbn [radicand_eqb] in H; try discriminate; [reflexivity|].
  rewrite !andb_true_iff, Pos.eqb_eq, Z.eqb_eq in H. destruct H as [[-> ->] H]. f_equal. now apply IH.
Qed.

Lemma simple_value t : tval k (simple t) = tval k t.
Proof.
  unfold simple. destruct t as [f g]. cbn [fst snd]. destruct g as [|[c z] [|u g]]; try reflexivity. cbv zeta. set (h := (z / 2)%Z).
  assert (Sq : forall h, sqrt (powerRZ k h * powerRZ k h) = powerRZ k h) by (intro; apply sqrt_square, powerRZ_le, K).
  assert (Split : pval k (radicand_powers [(c, z)]) = (powerRZ k h * powerRZ k h) * (IZR (Zpos c) * powerRZ k (z - 2 * h))).
  { unfold radicand_powers. cbn [map fst snd pval fold_right]. rewrite Q2R_inject, Rplus_0_r. replace z with (h + h + (z - 2 * h))%Z at 1 by lia.
    rewrite !powerRZ_add by lra. ring. }
  assert (P : 0 < powerRZ k (z - 2 * h)) by (apply powerRZ_lt, K). assert (C : 0 < IZR (Zpos c)) by (apply (IZR_lt 0); lia).
  unfold tval, root_at. cbn [fst snd]. rewrite Split. rewrite (sqrt_mult_alt (powerRZ k h * powerRZ k h)), Sq by
    (apply Rmult_le_pos; apply powerRZ_le, K).
  destruct (Z.eqb_spec (Z.sqrt (Zpos c) * Z.sqrt (Zpos c)) (Zpos c)) as [E|_]; cbn [fst snd]; rewrite scale_value by exact K; cbn [fst snd];
    unfold radicand_powers; cbn [map fst snd pval fold_right]; rewrite ?Q2R_inject, ?Q2R_1, Rplus_0_r.
  - rewrite <- E, mult_IZR. rewrite (sqrt_mult_alt (IZR (Z.sqrt (Zpos c)) * IZR (Z.sqrt (Zpos c)))) by
      (apply Rmult_le_pos; apply (IZR_le 0), Z.sqrt_nonneg). rewrite sqrt_square by (apply (IZR_le 0), Z.sqrt_nonneg).
    rewrite Rmult_1_l. rewrite E. ring.
  - ring.
Qed.

Lemma put_value t s : fval k (put t s) = tval k t + fval k s.
Proof.
  induction s as [|u r IH]; cbn [put].
  - destruct t as [[|x f] g]; cbn [fst]; unfold fval; cbn [fold_right]; unfold tval; cbn [fst snd pval fold_right]; ring.
  - destruct (radicand_eqb (snd t) (snd u)) eqn:E.
    + apply radicand_eqb_sound in E. assert (A := add_value k (fst t) (fst u)).
      change (fval k (u :: r)) with (tval k u + fval k r). destruct (add (fst t) (fst u)) as [|x f] eqn:F.
      * unfold tval. rewrite E. cbn [pval fold_right] in A. replace (pval k (fst t)) with (- pval k (fst u)) by lra. ring.
      * change (fval k ((x :: f, snd u) :: r)) with (tval k (x :: f, snd u) + fval k r). unfold tval. cbn [fst snd]. rewrite A, E. ring.
    + change (fval k (u :: put t r)) with (tval k u + fval k (put t r)). rewrite IH. change (fval k (u :: r)) with (tval k u + fval k r). ring.
Qed.

Lemma plus_value s t : fval k (plus s t) = fval k s + fval k t.
Proof.
  induction s as [|u s IH]; [simpl; ring|]. unfold plus in *. cbn [fold_right]. rewrite put_value, simple_value, IH.
  change (fval k (u :: s)) with (tval k u + fval k s). unfold tval. cbn [fst snd]. rewrite add_value. simpl (pval k []). ring.
Qed.

Lemma add_positive_value t g : pval k (radicand_powers (add_positive t g)) = pval k (radicand_powers [t]) + pval k (radicand_powers g).
Proof.
  unfold radicand_powers. induction g as [|u g IH]; cbn [add_positive map]; [rewrite !pval_cons; simpl; ring|].
  destruct (Z.eqb_spec (snd t) (snd u)) as [E|_]; [|destruct (Z.ltb (snd t) (snd u))]; cbn [map]; rewrite !pval_cons; cbn [fst snd]; rewrite
    ?Q2R_inject.
  - rewrite E, Pos2Z.inj_add, plus_IZR. simpl (pval k []). ring.
  - simpl (pval k []). ring.
  - rewrite IH. cbn [map]. rewrite pval_cons. cbn [fst snd]. rewrite Q2R_inject. simpl (pval k []). ring.
Qed.

Lemma mul_radicand_value g h : pval k (radicand_powers (mul_radicand g h)) = pval k (radicand_powers g) * pval k (radicand_powers h).
Proof.
  assert (One : forall t s, pval k (radicand_powers (mul_one h t s)) = pval k (radicand_powers [t]) * pval k (radicand_powers h) + pval k
    (radicand_powers s)).
  { intros t s. unfold mul_one. induction h as [|u h IH]; cbn [fold_right]; [simpl; ring|]. rewrite add_positive_value, IH.
    unfold radicand_powers. cbn [map]. rewrite !pval_cons. cbn [fst snd]. rewrite !Q2R_inject, Pos2Z.inj_mul, mult_IZR, powerRZ_add by lra.
    simpl (pval k []). ring. }
  unfold mul_radicand. induction g as [|t g IH]; cbn [fold_right]; [simpl; ring|]. rewrite One, IH.
  unfold radicand_powers. cbn [map]. rewrite !pval_cons. simpl (pval k []). ring.
Qed.

Lemma times_term_value t u : tval k (times_term t u) = tval k t * tval k u.
Proof.
  unfold times_term. cbv zeta. unfold tval.
  destruct (radicand_eqb (snd t) unit) eqn:E1.
  { apply radicand_eqb_sound in E1. rewrite E1. cbn [fst snd]. rewrite mul_value, root_unit by exact K. ring. }
  destruct (radicand_eqb (snd u) unit) eqn:E2.
  { apply radicand_eqb_sound in E2. rewrite E2. cbn [fst snd]. rewrite mul_value, root_unit by exact K. ring. }
  destruct (radicand_eqb (snd t) (snd u)) eqn:E3.
  - apply radicand_eqb_sound in E3. cbn [fst snd]. rewrite !mul_value, root_unit by exact K. rewrite <- root_square. rewrite <- E3. ring.
  - cbn [fst snd]. rewrite mul_value by exact K. unfold root_at. rewrite mul_radicand_value, sqrt_mult_alt by apply radicand_nonneg. ring.
Qed.

Lemma times_value s t : fval k (times s t) = fval k s * fval k t.
Proof.
  assert (One : forall u acc, fval k (times_one t u acc) = tval k u * fval k t + fval k acc).
  { intros u acc. unfold times_one. induction t as [|v t IH]; cbn [fold_right]; [simpl; ring|]. rewrite put_value, simple_value, times_term_value, IH.
    change (fval k (v :: t)) with (tval k v + fval k t). ring. }
  unfold times. induction s as [|u s IH]; cbn [fold_right]; [simpl; ring|]. rewrite One, IH.
  change (fval k (u :: s)) with (tval k u + fval k s). ring.
Qed.

Lemma opp_value s : fval k (opp s) = - fval k s.
Proof.
  induction s as [|t s IH]; [simpl; ring|]. unfold opp in *. cbn [map]. change (fval k (t :: s)) with (tval k t + fval k s).
  match goal with |- fval k (?a :: ?b) = _ => change (fval k (a :: b)) with (tval k a + fval k b) end. rewrite IH. unfold tval. cbn [fst snd].
  rewrite neg_value. ring.
Qed.

Lemma rational_value q : fval k (rational q) = Q2R q.
Proof. unfold rational, fval. cbn [fold_right]. unfold tval. cbn [fst snd pval fold_right powerRZ]. rewrite root_unit. ring. Qed.

Lemma plus_nil s : fval k (plus s []) = fval k s.
Proof. rewrite plus_value. simpl. ring. Qed.

Lemma is_zero_sound s : is_zero s = true -> fval k s = 0.
Proof. unfold is_zero. rewrite <- (plus_nil s). destruct (plus s []); [reflexivity|discriminate]. Qed.

Lemma constant_sound s q : constant s = Some q -> fval k s = Q2R q.
Proof.
  unfold constant. rewrite <- (plus_nil s). destruct (plus s []) as [|[f g] l]; [intros [= <-]; simpl; now rewrite Q2R_0|].
  destruct f as [|[c z] f]; [discriminate|]. destruct f; [|discriminate]. destruct l; [|discriminate].
  destruct (Z.eqb_spec z 0) as [->|]; [|discriminate]. destruct (radicand_eqb g unit) eqn:E; [|discriminate]. intros [= <-].
  apply radicand_eqb_sound in E. subst g. exact (rational_value c).
Qed.

Lemma square_value t : pval k (square t) = tval k t * tval k t.
Proof. unfold square, tval. rewrite !mul_value by exact K. rewrite <- root_square. ring. Qed.

Lemma difference_value t u : pval k (add (square t) (neg (square u))) = tval k t * tval k t - tval k u * tval k u.
Proof. rewrite add_value, neg_value, !square_value. ring. Qed.

Variable r : range.
Hypothesis I : in_range r k.

Lemma sign_of_sound p c : sign_of r p = Some c -> has_sign c (pval k p).
Proof.
  unfold sign_of. destruct p as [|t p]; [intros [= <-]; reflexivity|]. set (f := t :: p).
  destruct (positive_on r f) eqn:P; [intros [= <-]; exact (positive_on_sound r f k I P)|].
  destruct (positive_on r (neg f)) eqn:Q; [|discriminate]. intros [= <-]. apply (positive_on_sound r (neg f) k I) in Q. rewrite neg_value in Q.
  unfold has_sign. lra.
Qed.

Lemma term_sign t c : proper t = true -> sign_of r (fst t) = Some c -> has_sign c (tval k t).
Proof.
  unfold proper, tval. intros P S. apply sign_of_sound in S. assert (0 < root_at k (snd t)) by (apply root_pos; intro Z; rewrite Z in P; discriminate).
  destruct c; unfold has_sign in *; [rewrite S; ring|nra|nra].
Qed.

Lemma sign_sound s c : sign r s = Some c -> has_sign c (fval k s).
Proof.
  unfold sign. rewrite <- (plus_nil s). destruct (plus s []) as [|t [|u [|w l]]]; [intros [= <-]; reflexivity| | |discriminate].
  - destruct (proper t) eqn:P; [|discriminate]. intro S. pose proof (term_sign t c P S) as T. unfold fval. cbn [fold_right].
    rewrite Rplus_0_r. exact T.
  - destruct (proper t) eqn:Pt; [|discriminate]. destruct (proper u) eqn:Pu; [|discriminate]. cbn [andb].
    destruct (sign_of r (fst t)) as [a|] eqn:St; [|discriminate]. destruct (sign_of r (fst u)) as [b|] eqn:Su; [|destruct a; discriminate].
    pose proof (term_sign t a Pt St) as T. pose proof (term_sign u b Pu Su) as U.
    assert (V : fval k [t; u] = tval k t + tval k u) by (unfold fval; cbn [fold_right]; ring). rewrite V.
    pose proof (difference_value t u) as D. pose proof (difference_value u t) as D'.
    destruct a, b; try discriminate; cbn [has_sign] in T, U.
    + intros [= <-]. unfold has_sign. lra.
    + destruct (positive_on r (add (square t) (neg (square u)))) eqn:A; [|destruct (positive_on r (add (square u) (neg (square t)))) eqn:B;
        [|discriminate]]; intros [= <-]; unfold has_sign;
        [apply (positive_on_sound r _ k I) in A; rewrite D in A|apply (positive_on_sound r _ k I) in B; rewrite D' in B]; nra.
    + destruct (positive_on r (add (square t) (neg (square u)))) eqn:A; [|destruct (positive_on r (add (square u) (neg (square t)))) eqn:B;
        [|discriminate]]; intros [= <-]; unfold has_sign;
        [apply (positive_on_sound r _ k I) in A; rewrite D in A|apply (positive_on_sound r _ k I) in B; rewrite D' in B]; nra.
    + intros [= <-]. unfold has_sign. lra.
Qed.

(** x >= 0 and x² >= y²: x + y >= 0 *)
Lemma larger_square x y : 0 <= x -> 0 <= x * x - y * y -> 0 <= x + y.
Proof. intros X S. destruct (Rle_or_lt 0 (x + y)) as [|L]; [assumption|]. exfalso. nra. Qed.

Lemma at_most_sound s t : at_most r s t = true -> fval k s <= fval k t.
Proof.
  unfold at_most. assert (V : fval k (plus t (plus (opp s) [])) = fval k t - fval k s).
  { rewrite plus_value, plus_nil, opp_value. ring. }
  assert (N : forall u, not_negative r (fst u) = true -> 0 <= tval k u).
  { intros u H. apply (not_negative_sound r _ k I) in H. apply Rmult_le_pos; [exact H|apply root_nonneg]. }
  destruct (plus t (plus (opp s) [])) as [|u [|v [|w l]]]; unfold fval at 1 in V; cbn [fold_right] in V; [intros _; lra| | |discriminate].
  - intro H. specialize (N u H). lra.
  - rewrite !orb_true_iff, !andb_true_iff. intros [[[A B]|[A B]]|[A B]].
    + pose proof (N u A). pose proof (N v B). lra.
    + apply (not_negative_sound r _ k I) in B. rewrite difference_value in B. pose proof (larger_square _ _ (N u A) B). lra.
    + apply (not_negative_sound r _ k I) in B. rewrite difference_value in B. pose proof (larger_square _ _ (N v A) B). lra.
Qed.
Lemma zero_on_sound s : zero_on r s = true -> fval k s = 0.
Proof.
  unfold zero_on. rewrite orb_true_iff. intros [H|H]; [exact (is_zero_sound s H)|].
  assert (B : at_most r s [] && at_most r [] s = true -> fval k s = 0).
  { rewrite andb_true_iff. intros [U L]. apply at_most_sound in U, L. change (fval k []) with 0 in U, L. lra. }
  destruct r; try discriminate. exact (B H).
Qed.

Lemma sign_on_sound s c : sign_on r s = Some c -> has_sign c (fval k s).
Proof.
  unfold sign_on. destruct (sign r s) as [c'|] eqn:S; [intros [= <-]; exact (sign_sound s c' S)|].
  destruct (zero_on r s) eqn:Z; [|discriminate]. intros [= <-]. exact (zero_on_sound s Z).
Qed.
End At.
