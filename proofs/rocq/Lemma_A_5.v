(** Lemma A.5 (D34): reversing every inner weight changes nothing if the sum of c_i a_i^T is zero. *)
From Coq Require Import Reals Arith Lra.
From relucert Require Import Statements Sums.
Open Scope R_scope.

(** The sum of c_i <a_i, x> is the linear map with matrix sum c_i a_i^T. *)
Lemma linear_map : forall d m (c : nat -> R) (a : nat -> vec) x,
  sum m (fun i => c i * dot d (a i) x) = sum d (fun k => sum m (fun i => c i * a i k) * x k).
Proof.
  intros. rewrite (sum_ext m _ (fun i => sum d (fun k => c i * a i k * x k))).
  - rewrite sum_swap. apply sum_ext. intros. apply sum_scal_r.
  - intros i _. unfold dot. rewrite <- sum_scal. apply sum_ext. intros. lra.
Qed.

Lemma linear_map_zero : forall d m (c : nat -> R) (a : nat -> vec) x,
  (forall k, (k < d)%nat -> sum m (fun i => c i * a i k) = 0) -> sum m (fun i => c i * dot d (a i) x) = 0.
Proof. intros d m c a x H. rewrite linear_map. apply sum_zero. intros k Hk. rewrite H by assumption. lra. Qed.

(** relu t - relu (-t) = t, neuron by neuron. *)
Theorem lemma_A_5_holds : lemma_A_5.
Proof.
  intros d m D T H x l Hl. apply Rminus_diag_uniq. unfold eval; simpl. rewrite <- sum_minus.
  rewrite (sum_ext m _ (fun i => outer T i l * dot d (inner T i) x)).
  - apply linear_map_zero. intros k Hk. now apply H.
  - intros i _. rewrite dot_opp_l. rewrite <- (relu_opp (dot d (inner T i) x)) at 3. lra.
Qed.
