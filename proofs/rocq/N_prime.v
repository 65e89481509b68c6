(** (36), D24: every network has a parametrization in N', balanced and without parallel neurons, and with as many neurons. *)
From Coq Require Import Reals Arith Lra Lia.
From relucert Require Import Statements Sums Rearranging.
Open Scope R_scope.

(** * Balancing: both norms become their geometric mean (18) *)
Definition balance (d D : nat) (N : net) : net :=
  Net (fun i k => if Req_EM_T (top D (outer N i) * top d (inner N i)) 0 then 0 else sqrt (top D (outer N i) / top d (inner N i)) * inner N i k)
      (fun i l => if Req_EM_T (top D (outer N i) * top d (inner N i)) 0 then 0 else / sqrt (top D (outer N i) / top d (inner N i)) * outer N i l).

(** What a neuron with nonzero weights gives for its norms: a factor t > 0 with t² = ‖c‖/‖a‖. *)
Lemma balance_factor : forall c a, 0 <= c -> 0 <= a -> c * a <> 0 -> 0 < sqrt (c / a) /\ sqrt (c / a) * a = / sqrt (c / a) * c.
Proof.
  intros c a Hc Ha H. assert (0 < c) by nra. assert (0 < a) by nra.
  assert (Hq : 0 < c / a) by (apply Rdiv_lt_0_compat; assumption).
  assert (Hs := sqrt_lt_R0 _ Hq). split; [assumption |].
  assert (E : sqrt (c / a) * sqrt (c / a) = c / a) by (apply sqrt_sqrt; lra).
  apply Rmult_eq_reg_l with (sqrt (c / a)); [| lra].
  rewrite <- Rmult_assoc, E, <- Rmult_assoc, Rinv_r by lra. field. lra.
Qed.

Lemma balanced : forall d D N i, top D (outer (balance d D N) i) = top d (inner (balance d D N) i).
Proof.
  intros. unfold balance; simpl. destruct (Req_EM_T (top D (outer N i) * top d (inner N i)) 0) as [Z | Z].
  - rewrite !top_zero by reflexivity. reflexivity.
  - destruct (balance_factor _ _ (top_nonneg D (outer N i)) (top_nonneg d (inner N i)) Z) as [Hs E].
    rewrite !top_scal, !Rabs_pos_eq; [symmetry; exact E | lra | left; now apply Rinv_0_lt_compat].
Qed.

Lemma balance_same : forall d m D N, same d m m D (balance d D N) N.
Proof.
  intros d m D N x l Hl. unfold eval. apply sum_ext. intros i _. unfold balance; simpl.
  destruct (Req_EM_T (top D (outer N i) * top d (inner N i)) 0) as [Z | Z].
  - apply Rmult_integral in Z as [Z | Z].
    + rewrite (proj1 (top_zero_iff D (outer N i)) Z l Hl). ring.
    + rewrite (dot_zero_l d (inner N i)) by now apply top_zero_iff. rewrite relu_0. ring.
  - destruct (balance_factor _ _ (top_nonneg D (outer N i)) (top_nonneg d (inner N i)) Z) as [Hs _].
    rewrite dot_scal_l, relu_scale by lra. field. lra.
Qed.

(** Balanced inner weights are positive multiples of the given ones, or zero. *)
Lemma balance_inner : forall d D N i, ~ zero d (inner (balance d D N) i) ->
  ~ zero d (inner N i) /\ parallel d (inner N i) (inner (balance d D N) i).
Proof.
  intros d D N i. unfold balance; simpl. destruct (Req_EM_T (top D (outer N i) * top d (inner N i)) 0) as [Z | Z]; intros H.
  - exfalso. apply H. intros k _. reflexivity.
  - split.
    + intros HN. apply H. intros k Hk. rewrite (HN k Hk). ring.
    + destruct (balance_factor _ _ (top_nonneg D (outer N i)) (top_nonneg d (inner N i)) Z) as [Hs _].
      exists (sqrt (top D (outer N i) / top d (inner N i))). split; [assumption | intros k _; reflexivity].
Qed.

Lemma balance_C2 : forall d m D N, C2 d m N -> C2 d m (balance d D N).
Proof.
  intros d m D N H i j Hi Hj Hne Zi Zj Hp.
  destruct (balance_inner d D N i Zi) as [Yi Pi], (balance_inner d D N j Zj) as [Yj Pj].
  apply (H i j Hi Hj Hne Yi Yj). apply parallel_trans with (1 := Pi). apply parallel_trans with (1 := Hp). now apply parallel_sym.
Qed.

Theorem N'_suffices_holds : N'_suffices.
Proof.
  intros d m D T. destruct (merge d m D T) as [P [HS [HC _]]]. exists (balance d D P). split; [split |].
  - intros i _. apply balanced.
  - now apply balance_C2.
  - apply same_trans with (2 := HS). apply balance_same.
Qed.
