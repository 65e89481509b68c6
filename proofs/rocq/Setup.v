(** Of the setup: a last layer of zeros (A04), R is locally Lipschitz into C(K) (A05), and the sup norm by the seminorm (A11). *)
From Coq Require Import Reals Arith Lra Lia.
From relucert Require Import Statements Sums Further.
Open Scope R_scope.

Theorem zero_last_layer_holds : zero_last_layer.
Proof.
  intros d m D B Hc He x l Hl. unfold eval_biased. rewrite He, sum_zero by assumption || (intros; rewrite Hc by assumption; ring). ring.
Qed.

(** Hölder's inequality for the largest entry and the sum. *)
Lemma dot_norm1 : forall d a x B, 0 <= B -> (forall k, (k < d)%nat -> Rabs (x k) <= B) -> Rabs (dot d a x) <= B * norm1 d a.
Proof.
  intros d a x B HB Hx. unfold norm1. rewrite <- sum_scal. apply Rle_trans with (1 := sum_abs d _). apply sum_le. intros k Hk.
  rewrite Rabs_mult, Rmult_comm. apply Rmult_le_compat_r; [apply Rabs_pos | now apply Hx].
Qed.

(** One neuron: c relu s - c' relu s' = c (relu s - relu s') + (c - c') relu s'. *)
Lemma neuron_lipschitz : forall c c' s s', Rabs (c * relu s - c' * relu s') <= Rabs c * Rabs (s - s') + Rabs (c - c') * Rabs s'.
Proof.
  intros. replace (c * relu s - c' * relu s') with (c * (relu s - relu s') + (c - c') * relu s') by ring.
  apply Rle_trans with (1 := Rabs_triang _ _). rewrite !Rabs_mult. apply Rplus_le_compat; apply Rmult_le_compat_l; try apply Rabs_pos.
  - apply relu_lipschitz.
  - rewrite (Rabs_pos_eq (relu s')) by apply relu_nonneg. apply relu_le_abs.
Qed.

Theorem lipschitz_in_weights_holds : lipschitz_in_weights.
Proof.
  intros d m D G P B x l HB Hx Hl. unfold eval. rewrite <- sum_minus, <- sum_scal. apply Rle_trans with (1 := sum_abs m _).
  apply sum_le. intros i _. apply Rle_trans with (1 := neuron_lipschitz _ _ _ _). rewrite <- dot_minus_l, Rmult_plus_distr_l.
  assert (H1 := dot_norm1 d (minus (inner G i) (inner P i)) x B HB Hx). assert (H2 := dot_norm1 d (inner P i) x B HB Hx).
  assert (H3 := top_upper D (outer G i) l Hl). assert (H4 := top_upper D (minus (outer G i) (outer P i)) l Hl).
  unfold minus in *. apply Rplus_le_compat.
  - apply Rle_trans with (top D (outer G i) * (B * norm1 d (fun k => inner G i k - inner P i k))); [| right; ring].
    apply Rmult_le_compat; (apply Rabs_pos || assumption).
  - apply Rle_trans with (top D (fun k => outer G i k - outer P i k) * (B * norm1 d (inner P i))); [| right; ring].
    apply Rmult_le_compat; (apply Rabs_pos || assumption).
Qed.

(** * The sup norm *)
(** From 0 to x one coordinate after the other. *)
Lemma eval_norm1 : forall d m D N r x l, bounded_by d D (eval d m N) r -> (l < D)%nat -> Rabs (eval d m N x l) <= r * norm1 d x.
Proof.
  intros d m D N r x l [Hr HB] Hl.
  set (part := fun n : nat => (fun k => if Nat.ltb k n then x k else 0) : vec).
  assert (H : forall n, (n <= d)%nat -> Rabs (eval d m N (part n) l) <= r * sum n (fun k => Rabs (x k))).
  { induction n as [| n IH]; intros Hn.
    - simpl. rewrite Rmult_0_r. unfold eval. rewrite sum_zero; [rewrite Rabs_R0; lra |]. intros i _.
      rewrite (dot_comm d (inner N i)), dot_zero_l by (intros k _; reflexivity). rewrite relu_0. ring.
    - assert (E : eval d m N (part (S n)) l = eval d m N (shift (part n) n (x n)) l).
      { apply eval_ext_x. intros k _. unfold part, shift.
        destruct (Nat.eqb_spec k n) as [-> | Hne].
        - rewrite (proj2 (Nat.ltb_lt n (S n))), (Nat.ltb_irrefl n) by lia. ring.
        - destruct (Nat.ltb_spec k n); [now rewrite (proj2 (Nat.ltb_lt k (S n))) by lia | now rewrite (proj2 (Nat.ltb_ge k (S n))) by lia]. }
      rewrite E. specialize (IH ltac:(lia)). assert (Hs := HB (part n) n (x n) l ltac:(lia) Hl).
      simpl. rewrite Rmult_plus_distr_l.
      replace (eval d m N (shift (part n) n (x n)) l)
        with ((eval d m N (shift (part n) n (x n)) l - eval d m N (part n) l) + eval d m N (part n) l) by ring.
      apply Rle_trans with (1 := Rabs_triang _ _). lra. }
  rewrite (eval_ext_x d m N x (part d)); [now apply H |]. intros k Hk. unfold part. now rewrite (proj2 (Nat.ltb_lt k d)).
Qed.

(** Cauchy-Schwarz: the sum of (|x_k| - s)² is not negative for s = ‖x‖_1 / d. *)
Lemma norm1_square : forall d x, norm1 d x * norm1 d x <= INR d * dot d x x.
Proof.
  intros d x. destruct d as [| d]; [unfold norm1, dot; simpl; lra |]. set (n := S d). set (u := norm1 n x / INR n).
  assert (Hn : 0 < INR n) by (apply lt_0_INR; unfold n; lia).
  assert (E : sum n (fun k => x k * x k - 2 * u * Rabs (x k) + u * u) = dot n x x - 2 * u * norm1 n x + INR n * (u * u)).
  { rewrite sum_plus, sum_const, sum_minus, sum_scal. reflexivity. }
  assert (P : 0 <= dot n x x - 2 * u * norm1 n x + INR n * (u * u)).
  { rewrite <- E. apply sum_nonneg. intros k _. assert (Q : Rabs (x k) * Rabs (x k) = x k * x k) by (unfold Rabs; destruct (Rcase_abs (x k)); ring).
    rewrite <- Q. replace (_ + _) with ((Rabs (x k) - u) * (Rabs (x k) - u)) by ring. apply Rle_0_sqr. }
  apply Rmult_le_compat_l with (r := INR n) in P; [| lra]. rewrite Rmult_0_r in P.
  replace (INR n * (dot n x x - 2 * u * norm1 n x + INR n * (u * u))) with (INR n * dot n x x - norm1 n x * norm1 n x) in P by (unfold u; field; lra).
  lra.
Qed.

Lemma norm1_nonneg : forall d x, 0 <= norm1 d x.
Proof. intros. apply sum_nonneg. intros. apply Rabs_pos. Qed.

Lemma norm1_sqrt : forall d x, norm1 d x <= sqrt (INR d) * sqrt (dot d x x).
Proof.
  intros d x. rewrite <- sqrt_mult by (apply pos_INR || apply dot_self_nonneg).
  rewrite <- (sqrt_square (norm1 d x)) by apply norm1_nonneg. apply sqrt_le_1_alt, norm1_square.
Qed.

Theorem sup_by_seminorm_holds : sup_by_seminorm.
Proof.
  intros d m D N r U diameter x l HB H0 Hdiam Hx Hl. apply Rle_trans with (1 := eval_norm1 d m D N r x l HB Hl).
  rewrite Rmult_comm. apply Rmult_le_compat_r; [apply HB |]. apply Rle_trans with (1 := norm1_sqrt d x).
  apply Rmult_le_compat_l; [apply sqrt_pos |].
  rewrite (dot_ext d x (minus x (fun _ => 0)) x (minus x (fun _ => 0))) by (intros; unfold minus; ring). now apply Hdiam.
Qed.
