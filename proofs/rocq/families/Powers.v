(** Sums of rational multiples of integer powers of k > 0, and their signs for all real k of a range: k = a + t, or k = (a + b t)/(1 + t), t >= 0,
    makes them polynomials in t, whose sign is seen from its coefficients. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Psatz Bool.
From relucert.checker Require Import Numbers.
Import ListNotations.
Open Scope R_scope.

(** * Ranges *)
(** those of claims; and without their first k, which checks may look at by itself *)
Inductive range := From (a : positive) | Between (a b : positive) | At (a : positive) | After (a : positive) | Inside (a b : positive).
Definition is_open (r : range) : bool := match r with After _ | Inside _ _ => true | _ => false end.
Definition in_range (r : range) (k : R) : Prop :=
  match r with
  | From a => IZR (Zpos a) <= k
  | Between a b => IZR (Zpos a) <= k < IZR (Zpos b)
  | At a => k = IZR (Zpos a)
  | After a => IZR (Zpos a) < k
  | Inside a b => IZR (Zpos a) < k < IZR (Zpos b)
  end.

Lemma at_least_1 p : 1 <= IZR (Zpos p).
Proof. apply (IZR_le 1). lia. Qed.

Lemma in_range_1 r k : in_range r k -> 1 <= k.
Proof. destruct r as [a|a b|a|a|a b]; simpl; pose proof (at_least_1 a); lra. Qed.

(** * Sums of powers *)
Definition powers := list (Q * Z).
Definition pval (k : R) (p : powers) : R := fold_right (fun t s => Q2R (fst t) * powerRZ k (snd t) + s) 0 p.
Fixpoint add_power (t : Q * Z) (p : powers) : powers :=
  match p with
  | [] => if Qeq_bool (fst t) 0 then [] else [t]
  | u :: r => if Z.eqb (snd t) (snd u) then (let q := Qred (fst t + fst u) in if Qeq_bool q 0 then r else (q, snd u) :: r) else u :: add_power t r
  end.
Definition add (p q : powers) : powers := fold_right add_power q p.
Definition scale (t : Q * Z) (p : powers) : powers := map (fun u => (Qred (fst t * fst u), (snd t + snd u)%Z)) p.
Definition mul (p q : powers) : powers := fold_right (fun t s => add (scale t q) s) [] p.
Definition neg (p : powers) : powers := map (fun t => (Qopp (fst t), snd t)) p.

Section At.
Variable k : R.
Hypothesis K : 0 < k.

Lemma add_power_value t p : pval k (add_power t p) = Q2R (fst t) * powerRZ k (snd t) + pval k p.
Proof.
  induction p as [|u r IH]; cbn [add_power].
  - destruct (Qeq_bool (fst t) 0) eqn:E; cbn [pval fold_right]; [rewrite (Qeq_bool_0 _ E)|]; ring.
  - destruct (Z.eqb_spec (snd t) (snd u)) as [E|E].
    + cbv zeta. change (pval k (u :: r)) with (Q2R (fst u) * powerRZ k (snd u) + pval k r). destruct (Qeq_bool (Qred (fst t + fst u)) 0) eqn:Z0.
      * apply Qeq_bool_0 in Z0. rewrite Q2R_red, Q2R_plus in Z0. rewrite E. replace (Q2R (fst t)) with (- Q2R (fst u)) by lra. ring.
      * change (pval k ((Qred (fst t + fst u), snd u) :: r)) with (Q2R (Qred (fst t + fst u)) * powerRZ k (snd u) + pval k r).
        rewrite Q2R_red, Q2R_plus, E. ring.
    + change (pval k (u :: add_power t r)) with (Q2R (fst u) * powerRZ k (snd u) + pval k (add_power t r)). rewrite IH.
      change (pval k (u :: r)) with (Q2R (fst u) * powerRZ k (snd u) + pval k r). ring.
Qed.

Lemma pval_cons t p : pval k (t :: p) = Q2R (fst t) * powerRZ k (snd t) + pval k p.
Proof. reflexivity. Qed.

Lemma add_value p q : pval k (add p q) = pval k p + pval k q.
Proof. induction p as [|t p IH]; [simpl; ring|]. unfold add in *. cbn [fold_right]. rewrite add_power_value, IH, pval_cons. ring. Qed.

Lemma scale_value t p : pval k (scale t p) = Q2R (fst t) * powerRZ k (snd t) * pval k p.
Proof.
  induction p as [|u p IH]; [simpl; ring|]. unfold scale in *. cbn [map]. rewrite !pval_cons, IH. cbn [fst snd].
  rewrite Q2R_red, Q2R_mult, powerRZ_add by lra. ring.
Qed.

Lemma mul_value p q : pval k (mul p q) = pval k p * pval k q.
Proof. induction p as [|t p IH]; [simpl; ring|]. unfold mul in *. cbn [fold_right]. rewrite add_value, scale_value, IH, pval_cons. ring. Qed.

Lemma neg_value p : pval k (neg p) = - pval k p.
Proof. induction p as [|t p IH]; [simpl; ring|]. unfold neg in *. cbn [map]. rewrite !pval_cons, IH. cbn [fst snd]. rewrite Q2R_opp. ring. Qed.
End At.

(** * Polynomials by coefficients, the constant first *)
Fixpoint poly (p : list Q) (t : R) : R := match p with [] => 0 | c :: p => Q2R c + t * poly p t end.
Fixpoint add_poly (p q : list Q) : list Q := match p, q with x :: p, y :: q => Qred (x + y) :: add_poly p q | [], q => q | p, [] => p end.
Definition scale_poly (c : Q) (p : list Q) : list Q := map (fun x => Qred (c * x)) p.
(** times u + v t *)
Definition times_linear (u v : Q) (p : list Q) : list Q := add_poly (scale_poly u p) (0%Q :: scale_poly v p).
Fixpoint power_of (u v : Q) (n : nat) : list Q := match n with O => [1%Q] | S n => times_linear u v (power_of u v n) end.
(** den^(degree) times the polynomial at (u + v t) / (1 + w t) *)
Fixpoint composed (u v w : Q) (p : list Q) : list Q :=
  match p with [] => [] | c :: r => add_poly (scale_poly c (power_of 1 w (length r))) (times_linear u v (composed u v w r)) end.

Lemma add_poly_value p : forall q t, poly (add_poly p q) t = poly p t + poly q t.
Proof.
  induction p as [|x p IH]; intros [|y q] t; cbn [add_poly poly]; try ring. rewrite IH, Q2R_red, Q2R_plus. ring.
Qed.

Lemma scale_poly_value c p t : poly (scale_poly c p) t = Q2R c * poly p t.
Proof. induction p as [|x p IH]; [simpl; ring|]. unfold scale_poly in *. cbn [map poly]. rewrite IH, Q2R_red, Q2R_mult. ring. Qed.

Lemma times_linear_value u v p t : poly (times_linear u v p) t = (Q2R u + Q2R v * t) * poly p t.
Proof. unfold times_linear. rewrite add_poly_value. cbn [poly]. rewrite !scale_poly_value, Q2R_0. ring. Qed.

Lemma power_of_value u v n t : poly (power_of u v n) t = (Q2R u + Q2R v * t) ^ n.
Proof. induction n; cbn [power_of pow]; [simpl; rewrite Q2R_1; ring|]. rewrite times_linear_value, IHn. ring. Qed.

Lemma composed_value u v w p t x : x * (1 + Q2R w * t) = Q2R u + Q2R v * t ->
  (1 + Q2R w * t) * poly (composed u v w p) t = (1 + Q2R w * t) ^ length p * poly p x.
Proof.
  intro E. induction p as [|c p IH]; [simpl; ring|]. cbn [composed poly length pow].
  rewrite add_poly_value, scale_poly_value, power_of_value, times_linear_value, Q2R_1.
  replace ((1 + Q2R w * t) * (Q2R c * (1 + Q2R w * t) ^ length p + (Q2R u + Q2R v * t) * poly (composed u v w p) t)) with
    (Q2R c * ((1 + Q2R w * t) * (1 + Q2R w * t) ^ length p) + (Q2R u + Q2R v * t) * ((1 + Q2R w * t) * poly (composed u v w p) t)) by ring.
  rewrite IH, <- E. ring.
Qed.

(** no coefficient negative; the constant positive too *)
Definition none_negative (p : list Q) : bool := forallb (fun c => Qle_bool 0 c) p.
Definition constant_positive (p : list Q) : bool := match p with c :: _ => negb (Qle_bool c 0) | [] => false end.

Lemma none_negative_sound p t : none_negative p = true -> 0 <= t -> 0 <= poly p t.
Proof.
  unfold none_negative. induction p as [|c p IH]; intros H T; cbn [poly forallb] in *; [lra|]. rewrite andb_true_iff in H. destruct H as [C H].
  apply Qle_bool_R in C. rewrite Q2R_0 in C. specialize (IH H T). nra.
Qed.

Lemma constant_positive_sound p t : none_negative p = true -> constant_positive p = true -> 0 <= t -> 0 < poly p t.
Proof.
  destruct p as [|c p]; [discriminate|]. unfold none_negative, constant_positive. cbn [forallb poly]. rewrite andb_true_iff, negb_true_iff.
  intros [_ H] C T. apply Qle_bool_false in C. rewrite Q2R_0 in C. pose proof (none_negative_sound p t H T). nra.
Qed.

(** * Signs on a range *)
Definition on_range (r : range) (p : list Q) : list Q :=
  match r with
  | From a | After a => composed (inject_Z (Zpos a)) 1 0 p
  | Between a b | Inside a b => composed (inject_Z (Zpos a)) (inject_Z (Zpos b)) 1 p
  | At a => composed (inject_Z (Zpos a)) 0 0 p
  end.

(** what it is at k: up to a positive factor, a value at some t >= 0, or > 0 *)
Lemma on_range_value r p k : in_range r k -> exists t f, 0 <= t /\ (is_open r = true -> 0 < t) /\ 0 < f /\ poly (on_range r p) t = f * poly p k.
Proof.
  intro H. pose proof (in_range_1 r k H) as K.
  assert (G : forall u v w t (o : bool), 0 <= t -> (o = true -> 0 < t) -> 0 <= Q2R w -> k * (1 + Q2R w * t) = Q2R u + Q2R v * t ->
    exists t f, 0 <= t /\ (o = true -> 0 < t) /\ 0 < f /\ poly (composed u v w p) t = f * poly p k).
  { intros u v w t o T O W E. assert (D : 0 < 1 + Q2R w * t) by nra. pose proof (composed_value u v w p t k E) as C.
    exists t, (/ (1 + Q2R w * t) * (1 + Q2R w * t) ^ length p). split; [exact T|]. split; [exact O|]. split.
    - apply Rmult_lt_0_compat; [apply Rinv_0_lt_compat, D|apply pow_lt, D].
    - rewrite Rmult_assoc, <- C. field. lra. }
  assert (Q : forall a b, IZR (Zpos a) <= k < IZR (Zpos b) -> 0 <= (k - IZR (Zpos a)) / (IZR (Zpos b) - k)).
  { intros a b R. apply Rmult_le_pos; [lra|]. left. apply Rinv_0_lt_compat. lra. }
  destruct r as [a|a b|a|a|a b]; cbn [on_range in_range is_open] in *.
  - apply (G _ _ _ (k - IZR (Zpos a))); [lra|discriminate|rewrite Q2R_0; lra|]. rewrite Q2R_inject, Q2R_0, Q2R_1. ring.
  - apply (G _ _ _ ((k - IZR (Zpos a)) / (IZR (Zpos b) - k))); [exact (Q a b H)|discriminate|rewrite Q2R_1; lra|].
    rewrite !Q2R_inject, Q2R_1. field. lra.
  - apply (G _ _ _ 0); [lra|discriminate|rewrite Q2R_0; lra|]. rewrite Q2R_inject, Q2R_0, H. ring.
  - apply (G _ _ _ (k - IZR (Zpos a))); [lra|intros _; lra|rewrite Q2R_0; lra|]. rewrite Q2R_inject, Q2R_0, Q2R_1. ring.
  - apply (G _ _ _ ((k - IZR (Zpos a)) / (IZR (Zpos b) - k))); [apply Q; lra| |rewrite Q2R_1; lra|].
    + intros _. apply Rmult_lt_0_compat; [lra|]. apply Rinv_0_lt_compat. lra.
    + rewrite !Q2R_inject, Q2R_1. field. lra.
Qed.

(** coefficients of p k^(-m) *)
Fixpoint add_at (n : nat) (q : Q) (p : list Q) : list Q :=
  match n, p with
  | O, [] => [q]
  | O, c :: p => Qred (q + c) :: p
  | S n, [] => 0%Q :: add_at n q []
  | S n, c :: p => c :: add_at n q p
  end.
Fixpoint dense (m : Z) (p : powers) : option (list Q) :=
  match p with
  | [] => Some []
  | (q, z) :: r => if Z.leb m z then match dense m r with Some l => Some (add_at (Z.to_nat (z - m)) q l) | None => None end else None
  end.
Definition least_power (p : powers) : Z := fold_right (fun t m => Z.min (snd t) m) (match p with t :: _ => snd t | [] => 0%Z end) p.

Lemma add_at_value n : forall q p t, poly (add_at n q p) t = Q2R q * t ^ n + poly p t.
Proof.
  induction n; intros q [|c p] t; cbn [add_at poly pow]; rewrite ?IHn; cbn [poly]; rewrite ?Q2R_0, ?Q2R_red, ?Q2R_plus; ring.
Qed.

Lemma dense_value m k p : 0 < k -> forall l, dense m p = Some l -> pval k p = powerRZ k m * poly l k.
Proof.
  intro K. induction p as [|[q z] p IH]; intros l E; cbn [dense] in E; [injection E as <-; simpl; ring|].
  destruct (Z.leb_spec m z) as [L|]; [|discriminate]. destruct (dense m p) as [l'|]; [|discriminate]. injection E as <-.
  rewrite pval_cons, (IH l' eq_refl), add_at_value. cbn [fst snd]. rewrite pow_powerRZ, Z2Nat.id by lia.
  replace z with (m + (z - m))%Z at 1 by lia. rewrite powerRZ_add by lra. ring.
Qed.

(** tested on the range, and, if need be, on parts of it *)
Fixpoint by_parts (fuel : nat) (test : bool -> list Q -> bool) (r : range) (p : list Q) : bool :=
  test (is_open r) (on_range r p) || match fuel with
    | O => false
    | S fuel =>
      let two r1 r2 := by_parts fuel test r1 p && by_parts fuel test r2 p in
      let halves a b first := let c := Z.to_pos ((Zpos a + Zpos b) / 2) in
        if (Zpos a <? Zpos c)%Z && (Zpos c <? Zpos b)%Z then two (first c) (Between c b) else false in
      match r with
      | From a => two (Between a (2 * a)) (From (2 * a))
      | After a => two (Inside a (2 * a)) (From (2 * a))
      | Between a b => halves a b (Between a)
      | Inside a b => halves a b (Inside a)
      | At _ => false
      end
    end.
Definition parts := 4%nat.
Definition some_positive (p : list Q) : bool := existsb (fun c => negb (Qle_bool c 0)) p.
Definition seen_positive (open : bool) (p : list Q) : bool := none_negative p && (constant_positive p || (open && some_positive p)).
Definition not_negative (r : range) (p : powers) : bool :=
  match dense (least_power p) p with Some l => by_parts parts (fun _ => none_negative) r l | None => false end.
Definition positive_on (r : range) (p : powers) : bool :=
  match dense (least_power p) p with Some l => by_parts parts seen_positive r l | None => false end.

Lemma by_parts_sound test (P : R -> Prop) p : (forall r k, in_range r k -> test (is_open r) (on_range r p) = true -> P k) ->
  forall fuel r k, by_parts fuel test r p = true -> in_range r k -> P k.
Proof.
  intro T. induction fuel as [|fuel IH]; intros r k H I; cbn [by_parts] in H; rewrite orb_true_iff in H; (destruct H as [H|H]; [exact (T r k I H)|]);
    [discriminate|].
  assert (Two : forall r1 r2, by_parts fuel test r1 p && by_parts fuel test r2 p = true -> in_range r1 k \/ in_range r2 k -> P k).
  { intros r1 r2 B [J|J]; rewrite andb_true_iff in B; [exact (IH r1 k (proj1 B) J)|exact (IH r2 k (proj2 B) J)]. }
  destruct r as [a|a b|a|a|a b]; cbn [in_range] in I; cbv zeta in H; [| |discriminate| |].
  - apply (Two _ _ H). destruct (Rlt_or_le k (IZR (Zpos (2 * a)))); [left|right]; simpl in *; lra.
  - set (c := Z.to_pos _) in *. destruct (_ && _) eqn:E in H; [|discriminate]. apply (Two _ _ H).
    destruct (Rlt_or_le k (IZR (Zpos c))); [left|right]; simpl; lra.
  - apply (Two _ _ H). destruct (Rlt_or_le k (IZR (Zpos (2 * a)))); [left|right]; simpl in *; lra.
  - set (c := Z.to_pos _) in *. destruct (_ && _) eqn:E in H; [|discriminate]. apply (Two _ _ H).
    destruct (Rlt_or_le k (IZR (Zpos c))); [left|right]; simpl; lra.
Qed.

Lemma some_positive_sound p t : none_negative p = true -> some_positive p = true -> 0 < t -> 0 < poly p t.
Proof.
  unfold none_negative, some_positive. induction p as [|c p IH]; intros H E T; cbn [forallb existsb poly] in *; [discriminate|].
  rewrite andb_true_iff in H. destruct H as [C H]. apply Qle_bool_R in C. rewrite Q2R_0 in C. rewrite orb_true_iff, negb_true_iff in E.
  pose proof (none_negative_sound p t H ltac:(lra)) as N. destruct E as [E|E].
  - apply Qle_bool_false in E. rewrite Q2R_0 in E. nra.
  - specialize (IH H E T). nra.
Qed.

Lemma not_negative_sound r p k : in_range r k -> not_negative r p = true -> 0 <= pval k p.
Proof.
  intros I H. pose proof (in_range_1 r k I) as K. unfold not_negative in H. destruct (dense (least_power p) p) as [l|] eqn:D; [|discriminate].
  rewrite (dense_value _ k p ltac:(lra) l D). apply Rmult_le_pos; [apply powerRZ_le; lra|].
  apply (by_parts_sound (fun _ => none_negative) (fun k => 0 <= poly l k) l) with (fuel := parts) (r := r); [|exact H|exact I].
  intros r' k' I' T. destruct (on_range_value r' l k' I') as [t [f [T0 [_ [F E]]]]]. pose proof (none_negative_sound _ t T T0) as S. rewrite E in S. nra.
Qed.

Lemma positive_on_sound r p k : in_range r k -> positive_on r p = true -> 0 < pval k p.
Proof.
  intros I H. pose proof (in_range_1 r k I) as K. unfold positive_on in H. destruct (dense (least_power p) p) as [l|] eqn:D; [|discriminate].
  rewrite (dense_value _ k p ltac:(lra) l D). apply Rmult_lt_0_compat; [apply powerRZ_lt; lra|].
  apply (by_parts_sound seen_positive (fun k => 0 < poly l k) l) with (fuel := parts) (r := r); [|exact H|exact I].
  intros r' k' I' T. destruct (on_range_value r' l k' I') as [t [f [T0 [O [F E]]]]]. unfold seen_positive in T.
  rewrite andb_true_iff, orb_true_iff, andb_true_iff in T. destruct T as [N T].
  assert (S : 0 < poly (on_range r' l) t).
  { destruct T as [C|[Op C]]; [exact (constant_positive_sound _ t N C T0)|exact (some_positive_sound _ t N C (O Op))]. }
  rewrite E in S. nra.
Qed.
