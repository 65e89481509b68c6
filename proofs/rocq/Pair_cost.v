(** N5: a neuron (a', c') can be rescaled to within V of (a, c) iff finitely many numbers are at most V. Each entry of a' bounds the scale l
    to an interval [L_k, U_k], each of c' the inverse 1/l; intervals meet if they meet in pairs, and then l is the largest lower bound. *)
From Coq Require Import Reals Arith Lra Lia.
From relucert Require Import Statements Further Sums Rearranging.
Open Scope R_scope.

(** * One entry, two entries *)
(** |l b - a| <= V is an interval for l, of centre a/b. *)
Lemma entry_interval : forall l a b V, b <> 0 -> (Rabs (l * b - a) <= V <-> a / b - V / Rabs b <= l <= a / b + V / Rabs b).
Proof.
  intros l a b V Hb. assert (P : 0 < Rabs b) by now apply Rabs_pos_lt.
  assert (E : Rabs (l * b - a) = Rabs (l - a / b) * Rabs b) by (rewrite <- Rabs_mult; f_equal; field; exact Hb).
  rewrite E. split.
  - intros H. assert (Q : Rabs (l - a / b) <= V / Rabs b).
    { apply Rmult_le_reg_r with (Rabs b); [exact P |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
    revert Q. unfold Rabs at 1. destruct (Rcase_abs (l - a / b)); lra.
  - intros H. apply Rle_trans with (V / Rabs b * Rabs b); [| right; field; lra].
    apply Rmult_le_compat_r; [lra |]. apply Rabs_le. lra.
Qed.

(** Two such intervals meet iff the centres are no further apart than the radii's sum. *)
Lemma intervals_meet : forall p q u v V, 0 < u -> 0 < v ->
  (Rabs (p - q) / (/ u + / v) <= V <-> p - V / u <= q + V / v /\ q - V / v <= p + V / u).
Proof.
  intros p q u v V Hu Hv. assert (Iu := Rinv_0_lt_compat u Hu). assert (Iv := Rinv_0_lt_compat v Hv). unfold Rdiv. split.
  - intros H. apply Rmult_le_compat_r with (r := / u + / v) in H; [| lra]. rewrite Rmult_assoc, Rinv_l, Rmult_1_r in H by lra.
    revert H. unfold Rabs. destruct (Rcase_abs (p - q)); lra.
  - intros H. apply Rmult_le_reg_r with (/ u + / v); [lra |]. rewrite Rmult_assoc, Rinv_l, Rmult_1_r by lra. apply Rabs_le. lra.
Qed.

(** The roots of (V + A)(V + C) = p and of (V - A)(V - C) = p. *)
Lemma larger_root : forall A C p V, 0 < p -> ((- (A + C) + sqrt ((A - C) ^ 2 + 4 * p)) / 2 <= V <-> 0 < V + A /\ 0 < V + C /\ p <= (V + A) * (V + C)).
Proof.
  intros A C p V Hp. set (s := sqrt ((A - C) ^ 2 + 4 * p)). assert (Q : 0 <= (A - C) ^ 2) by apply pow2_ge_0.
  assert (S : s * s = (A - C) ^ 2 + 4 * p) by (apply sqrt_sqrt; lra). assert (P : 0 <= s) by apply sqrt_pos.
  assert (G : Rabs (A - C) < s).
  { rewrite <- (sqrt_Rsqr_abs (A - C)). apply sqrt_lt_1_alt. unfold Rsqr. simpl in *. lra. }
  apply Rabs_def2 in G. split.
  - intros H. split; [lra | split; [lra |]]. assert (s <= 2 * V + A + C) by lra. simpl in S. nra.
  - intros [H1 [H2 H3]]. apply Rnot_lt_le. intros H. assert (2 * V + A + C < s) by lra. simpl in S. nra.
Qed.

Lemma smaller_root : forall A C p V, 0 < p -> ((A + C - sqrt ((A - C) ^ 2 + 4 * p)) / 2 <= V <-> (0 < A - V -> 0 < C - V -> (A - V) * (C - V) <= p)).
Proof.
  intros A C p V Hp. set (s := sqrt ((A - C) ^ 2 + 4 * p)). assert (Q : 0 <= (A - C) ^ 2) by apply pow2_ge_0.
  assert (S : s * s = (A - C) ^ 2 + 4 * p) by (apply sqrt_sqrt; lra). assert (P : 0 <= s) by apply sqrt_pos. simpl in S. split.
  - intros H H1 H2. assert (A + C - 2 * V <= s) by lra. nra.
  - intros H. apply Rnot_lt_le. intros L. assert (s < A + C - 2 * V) by lra.
    destruct (Rlt_dec 0 (A - V)), (Rlt_dec 0 (C - V)); try (specialize (H ltac:(assumption) ltac:(assumption))); nra.
Qed.

(** The interval of l = 1/mu for the entries (A, u) inside and (C, v) outside, u, v > 0. *)
Lemma inside_outside_upper : forall A C u v V, 0 < u -> 0 < v -> 0 < V + C -> u * v <= (V + A) * (V + C) -> / (C / v + V / v) <= A / u + V / u.
Proof.
  intros A C u v V Hu Hv HC H. replace (C / v + V / v) with ((V + C) / v) by (field; lra). replace (A / u + V / u) with ((V + A) / u) by (field; lra).
  apply Rmult_le_reg_r with (u * (V + C)); [now apply Rmult_lt_0_compat |].
  replace (/ ((V + C) / v) * (u * (V + C))) with (u * v) by (field; lra).
  replace ((V + A) / u * (u * (V + C))) with ((V + A) * (V + C)) by (field; lra).
  exact H.
Qed.

(** * The largest of finitely many *)
Lemma finite_largest : forall n (Q : nat -> Prop) f, (forall i, {Q i} + {~ Q i}) -> (exists i, (i < n)%nat /\ Q i) ->
  exists i, (i < n)%nat /\ Q i /\ forall j, (j < n)%nat -> Q j -> f j <= f i.
Proof.
  intros n Q f dec. induction n as [| n IH]; intros [i [Hi HQ]]; [lia |].
  destruct (find_index Q dec n) as [Hex | Hno].
  - destruct IH as [b [Hb [Qb Lb]]]; [destruct Hex as [j Hj]; now exists j |].
    destruct (dec n) as [Y | N]; [destruct (Rle_dec (f n) (f b)) as [L | L] |].
    + exists b. split; [lia | split; [exact Qb |]]. intros j Hj Qj. destruct (Nat.eq_dec j n) as [-> |]; [exact L | apply Lb; [lia | exact Qj]].
    + exists n. split; [lia | split; [exact Y |]]. intros j Hj Qj. destruct (Nat.eq_dec j n) as [-> |]; [lra |].
      assert (B := Lb j ltac:(lia) Qj). lra.
    + exists b. split; [lia | split; [exact Qb |]]. intros j Hj Qj.
      destruct (Nat.eq_dec j n) as [-> |]; [now destruct N | apply Lb; [lia | exact Qj]].
  - exists i. split; [exact Hi | split; [exact HQ |]]. intros j Hj Qj. destruct (Nat.eq_dec j n) as [-> |]; [| now destruct (Hno j ltac:(lia))].
    destruct (Nat.eq_dec i n) as [-> |]; [lra | now destruct (Hno i ltac:(lia))].
Qed.

(** * The statement *)
Definition nonzero_dec : forall (b : vec) k, {b k <> 0} + {~ b k <> 0}.
Proof. intros b k. destruct (Req_EM_T (b k) 0) as [E | E]; [right; lra | now left]. Defined.

(** The least scale inside, the inverse of the largest outside, and the product of two entries. *)
Definition signed (x y : R) : R := x * y / Rabs y.

Lemma signed_ratio : forall x y, y <> 0 -> x / y = signed x y / Rabs y.
Proof. intros x y Hy. unfold signed, Rabs. destruct (Rcase_abs y); field; exact Hy. Qed.

Lemma nonzero_entry : forall d a, ~ zero d a -> exists k, (k < d)%nat /\ a k <> 0.
Proof. intros d a H. destruct (zero_or_not d a) as [Z | E]; [now destruct H | exact E]. Qed.

(** What l must satisfy, entry by entry. *)
Lemma scale_iff : forall d D a c a' c' V l, ~ zero d a' -> 0 < l ->
  (top d (fun k => l * a' k - a k) <= V /\ top D (fun o => c' o / l - c o) <= V <->
   0 <= V /\ (forall k, (k < d)%nat -> Rabs (l * a' k - a k) <= V) /\ (forall o, (o < D)%nat -> Rabs (/ l * c' o - c o) <= V)).
Proof.
  intros d D a c a' c' V l Ha Hl. split.
  - intros [H1 H2]. split; [apply Rle_trans with (2 := H1), top_nonneg | split].
    + intros k Hk. apply Rle_trans with (2 := H1). exact (top_upper d (fun k => l * a' k - a k) k Hk).
    + intros o Ho. apply Rle_trans with (2 := H2). replace (/ l * c' o) with (c' o / l) by (unfold Rdiv; ring).
      exact (top_upper D (fun o => c' o / l - c o) o Ho).
  - intros [H0 [H1 H2]]. split; apply top_le; try assumption.
    intros o Ho. replace (c' o / l) with (/ l * c' o) by (unfold Rdiv; ring). now apply H2.
Qed.

Theorem pair_cost_holds : pair_cost.
Proof.
  intros d D a c a' c' V Ha Hc. destruct (nonzero_entry d a' Ha) as [k0 [Hk0 Nk0]]. destruct (nonzero_entry D c' Hc) as [o0 [Ho0 No0]]. split.
  - intros [l [Hl H]]. apply scale_iff in H; [| exact Ha | exact Hl]. destruct H as [H0 [H1 H2]]. assert (Il := Rinv_0_lt_compat l Hl).
    split; [| split; [| split; [| split]]].
    + intros k Hk Z. specialize (H1 k Hk). rewrite Z, Rmult_0_r, Rminus_0_l, Rabs_Ropp in H1. exact H1.
    + intros o Ho Z. specialize (H2 o Ho). rewrite Z, Rmult_0_r, Rminus_0_l, Rabs_Ropp in H2. exact H2.
    + intros k k' Hk Hk' N N'. apply intervals_meet; try now apply Rabs_pos_lt.
      assert (E := proj1 (entry_interval l (a k) (a' k) V N) (H1 k Hk)). assert (E' := proj1 (entry_interval l (a k') (a' k') V N') (H1 k' Hk')). lra.
    + intros o o' Ho Ho' N N'. apply intervals_meet; try now apply Rabs_pos_lt.
      assert (E := proj1 (entry_interval (/ l) (c o) (c' o) V N) (H2 o Ho)).
      assert (E' := proj1 (entry_interval (/ l) (c o') (c' o') V N') (H2 o' Ho')). lra.
    + intros k o Hk Ho N N'. cbv zeta. rewrite Rabs_mult.
      assert (Pu : 0 < Rabs (a' k)) by now apply Rabs_pos_lt. assert (Pv : 0 < Rabs (c' o)) by now apply Rabs_pos_lt.
      assert (E := proj1 (entry_interval l (a k) (a' k) V N) (H1 k Hk)). assert (E' := proj1 (entry_interval (/ l) (c o) (c' o) V N') (H2 o Ho)).
      rewrite (signed_ratio (a k) (a' k) N) in E. rewrite (signed_ratio (c o) (c' o) N') in E'. fold (signed (a k) (a' k)) (signed (c o) (c' o)).
      set (A := signed (a k) (a' k)) in *. set (C := signed (c o) (c' o)) in *. set (u := Rabs (a' k)) in *. set (v := Rabs (c' o)) in *.
      assert (LU : A - V <= l * u <= A + V).
      { split; [apply Rle_trans with ((A / u - V / u) * u) | apply Rle_trans with ((A / u + V / u) * u)];
          try (right; field; lra); apply Rmult_le_compat_r; lra. }
      assert (MU : C - V <= / l * v <= C + V).
      { split; [apply Rle_trans with ((C / v - V / v) * v) | apply Rle_trans with ((C / v + V / v) * v)];
          try (right; field; lra); apply Rmult_le_compat_r; lra. }
      assert (X : 0 < l * u) by now apply Rmult_lt_0_compat. assert (Y : 0 < / l * v) by now apply Rmult_lt_0_compat.
      assert (XY : l * u * (/ l * v) = u * v) by (field; lra). assert (UV : 0 < u * v) by now apply Rmult_lt_0_compat.
      split; [apply (proj2 (larger_root A C (u * v) V UV)); split; [lra | split; [lra |]] |
        apply (proj2 (smaller_root A C (u * v) V UV)); intros PA PC];
        rewrite <- XY; apply Rmult_le_compat; lra.
  - intros [Zi [Zo [Ii [Io IO]]]].
    assert (H0 : 0 <= V).
    { specialize (Ii k0 k0 Hk0 Hk0 Nk0 Nk0). unfold Rminus, Rdiv in Ii. rewrite Rplus_opp_r, Rabs_R0, Rmult_0_l in Ii. exact Ii. }
    (* the conditions in terms of intervals *)
    assert (X : forall k o, (k < d)%nat -> (o < D)%nat -> a' k <> 0 -> c' o <> 0 ->
      let A := signed (a k) (a' k) in let C := signed (c o) (c' o) in 0 < V + A /\ 0 < V + C /\ Rabs (a' k) * Rabs (c' o) <= (V + A) * (V + C) /\
      (0 < A - V -> 0 < C - V -> (A - V) * (C - V) <= Rabs (a' k) * Rabs (c' o))).
    { intros k o Hk Ho N N'. cbv zeta. specialize (IO k o Hk Ho N N'). cbv zeta in IO. rewrite Rabs_mult in IO.
      fold (signed (a k) (a' k)) (signed (c o) (c' o)) in IO. destruct IO as [I1 I2].
      assert (UV : 0 < Rabs (a' k) * Rabs (c' o)) by (apply Rmult_lt_0_compat; now apply Rabs_pos_lt).
      assert (J1 := proj1 (larger_root _ _ _ _ UV) I1). assert (J2 := proj1 (smaller_root _ _ _ _ UV) I2). tauto. }
    set (L := fun k => a k / a' k - V / Rabs (a' k)). set (W := fun o => / (c o / c' o + V / Rabs (c' o))).
    destruct (finite_largest d (fun k => a' k <> 0) L (nonzero_dec a')) as [k1 [Hk1 [Nk1 Lk1]]]; [now exists k0 |].
    destruct (finite_largest D (fun o => c' o <> 0) W (nonzero_dec c')) as [o1 [Ho1 [No1 Lo1]]]; [now exists o0 |].
    assert (WP : forall o, (o < D)%nat -> c' o <> 0 -> 0 < c o / c' o + V / Rabs (c' o)).
    { intros o Ho N. destruct (X k0 o Hk0 Ho Nk0 N) as [_ [P _]]. rewrite signed_ratio by exact N.
      replace (_ + _) with ((V + signed (c o) (c' o)) * / Rabs (c' o)) by (unfold Rdiv; ring).
      apply Rmult_lt_0_compat; [exact P |]. now apply Rinv_0_lt_compat, Rabs_pos_lt. }
    set (l := Rmax (L k1) (W o1)). assert (Hl : 0 < l).
    { apply Rlt_le_trans with (2 := Rmax_r _ _). apply Rinv_0_lt_compat. now apply WP. }
    exists l. split; [exact Hl |]. apply scale_iff; [exact Ha | exact Hl | split; [exact H0 | split]].
    + intros k Hk. destruct (Req_EM_T (a' k) 0) as [Z | N].
      { rewrite Z, Rmult_0_r, Rminus_0_l, Rabs_Ropp. now apply Zi. }
      apply entry_interval; [exact N |]. split; [apply Rle_trans with (L k1); [now apply Lk1 | apply Rmax_l] |]. apply Rmax_lub.
      * apply (proj1 (intervals_meet (a k1 / a' k1) (a k / a' k) (Rabs (a' k1)) (Rabs (a' k)) V (Rabs_pos_lt _ Nk1) (Rabs_pos_lt _ N))). now apply Ii.
      * destruct (X k o1 Hk Ho1 N No1) as [_ [P [Q _]]]. unfold W. rewrite (signed_ratio (a k)), (signed_ratio (c o1)) by assumption.
        apply inside_outside_upper; (now apply Rabs_pos_lt) || assumption.
    + intros o Ho. destruct (Req_EM_T (c' o) 0) as [Z | N].
      { rewrite Z, Rmult_0_r, Rminus_0_l, Rabs_Ropp. now apply Zo. }
      apply entry_interval; [exact N |]. split.
      * (* 1/l is at least the lower bound, if that is positive *)
        destruct (Rle_dec (c o / c' o - V / Rabs (c' o)) 0) as [S | S]; [apply Rle_trans with 0; [exact S | left; now apply Rinv_0_lt_compat] |].
        assert (S' : 0 < c o / c' o - V / Rabs (c' o)) by lra. rewrite <- (Rinv_inv (c o / c' o - V / Rabs (c' o))).
        apply Rinv_le_contravar; [exact Hl |]. apply Rmax_lub.
        -- destruct (X k1 o Hk1 Ho Nk1 N) as [_ [_ [_ Q]]]. rewrite signed_ratio in S' by exact N.
           unfold L. rewrite (signed_ratio (a k1)), (signed_ratio (c o)) by assumption.
           set (A := signed (a k1) (a' k1)) in *. set (C := signed (c o) (c' o)) in *.
           assert (Pu : 0 < Rabs (a' k1)) by now apply Rabs_pos_lt. assert (Pv : 0 < Rabs (c' o)) by now apply Rabs_pos_lt.
           set (u := Rabs (a' k1)) in *. set (v := Rabs (c' o)) in *.
           replace (A / u - V / u) with ((A - V) / u) by (field; lra). replace (C / v - V / v) with ((C - V) / v) in * by (field; lra).
           assert (PC : 0 < C - V).
           { apply Rmult_lt_reg_r with (/ v); [now apply Rinv_0_lt_compat |]. rewrite Rmult_0_l. exact S'. }
           replace (/ ((C - V) / v)) with (v / (C - V)) by (field; lra).
           apply Rmult_le_reg_r with (u * (C - V)); [now apply Rmult_lt_0_compat |].
           replace ((A - V) / u * (u * (C - V))) with ((A - V) * (C - V)) by (field; lra).
           replace (v / (C - V) * (u * (C - V))) with (u * v) by (field; lra).
           destruct (Rlt_dec 0 (A - V)) as [PA | PA]; [now apply Q |]. assert (0 < u * v) by now apply Rmult_lt_0_compat. nra.
        -- apply Rinv_le_contravar; [exact S' |].
           apply (proj1 (intervals_meet (c o / c' o) (c o1 / c' o1) (Rabs (c' o)) (Rabs (c' o1)) V (Rabs_pos_lt _ N) (Rabs_pos_lt _ No1))).
           now apply Io.
      * rewrite <- (Rinv_inv (c o / c' o + V / Rabs (c' o))). apply Rinv_le_contravar; [now apply Rinv_0_lt_compat, WP |].
        apply Rle_trans with (W o1); [now apply Lo1 | apply Rmax_r].
Qed.
