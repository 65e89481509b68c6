(** Theorem 1.3's hypothesis cannot hold for ReLU (E1). Near a parametrization of 0 with inner weights 0 and biases -R every neuron is dead on
    the cube, so that the realization is constant there; so every parametrization of another function has distance more than K, whatever K is. *)
From Coq Require Import Reals Arith Lra Lia.
From relucert Require Import Statements Sums.
Open Scope R_scope.

Definition in_cube (d : nat) (x : vec) : Prop := forall k, (k < d)%nat -> -1 < x k < 1.

(** On the cube an inner product is at most the number of inputs times the largest weight. *)
Lemma dot_cube : forall d a x K, 0 <= K -> in_cube d x -> (forall k, (k < d)%nat -> Rabs (a k) <= K) -> dot d a x <= INR d * K.
Proof.
  intros d a x K HK Hx Ha. rewrite <- sum_const. apply sum_le. intros k Hk. specialize (Hx k Hk). specialize (Ha k Hk).
  unfold Rabs in Ha. destruct (Rcase_abs (a k)); nra.
Qed.

(** All inner weights, outer weights and the output bias are 0, all biases -R. *)
Definition dead (R : R) : biased := Biased (Net (fun _ _ => 0) (fun _ _ => 0)) (fun _ => - R) (fun _ => 0).

Lemma dead_zero : forall d m R x l, eval_biased d m (dead R) x l = 0.
Proof. intros. unfold eval_biased; simpl. rewrite sum_zero; [ring |]. intros i _. ring. Qed.

(** Whatever lies within K of it is constant on the cube. *)
Lemma near_dead_constant : forall d m D P K R x l, 0 <= K -> INR d * K + K <= R -> biased_distance d m D P (dead R) <= K ->
  in_cube d x -> (l < D)%nat -> eval_biased d m P x l = output_bias P l.
Proof.
  intros d m D P K R x l HK HR HP Hx Hl. unfold eval_biased. rewrite sum_zero; [ring |]. intros i Hi.
  rewrite relu_neg; [ring |].
  assert (Hw : distance d m D (weights P) (weights (dead R)) <= K) by (apply Rle_trans with (2 := HP); apply Rmax_l).
  assert (Hb : Rabs (bias P i - bias (dead R) i) <= K).
  { apply Rle_trans with (2 := HP), Rle_trans with (2 := Rmax_r _ _), Rle_trans with (2 := Rmax_l _ _).
    exact (top_upper m (fun i => bias P i - bias (dead R) i) i Hi). }
  assert (Ha : dot d (inner (weights P) i) x <= INR d * K).
  { apply dot_cube; [assumption .. |]. intros k Hk. apply Rle_trans with (2 := Hw).
    replace (inner (weights P) i k) with (inner (weights P) i k - inner (weights (dead R)) i k) by (simpl; ring).
    now apply distance_inner. }
  simpl in Hb. unfold Rabs in Hb. destruct (Rcase_abs (bias P i - - R)); lra.
Qed.

Theorem E1_holds : E1.
Proof.
  intros d m g K _ _ Hg. set (R := INR d * Rabs K + Rabs K). exists (dead R). split; [intros x _; apply dead_zero |].
  intros P HP. apply Rnot_le_lt. intros HD. apply Hg. exists (output_bias P 0%nat). intros x Hx.
  rewrite <- (HP x Hx 0%nat) by lia. apply near_dead_constant with (D := 1%nat) (K := Rabs K) (R := R).
  - apply Rabs_pos.
  - apply Rle_refl.
  - apply Rle_trans with (1 := HD). apply RRle_abs.
  - exact Hx.
  - lia.
Qed.

(** The parametrization of 0 above lies in every set that holds all parametrizations of 0, and its function is as far from g as 0 is. *)
Theorem E1_literal_holds : E1_literal.
Proof.
  intros d m Om dist rate g Z Hd Hm Hsat Hext HZ HZ0 Hg Hconst Hstable.
  destruct (E1_holds d m g (rate (dist g Z)) Hd Hm Hconst) as [G [HG0 Hfar]].
  assert (E : agree_on_cube d m 1 Z G).
  { intros x Hx l Hl. replace l with 0%nat by lia. now rewrite HZ0, HG0. }
  destruct (Hstable G g (Hsat Z G E HZ) Hg) as [P [_ [HP Hnear]]].
  rewrite <- (Hext Z G g E) in Hnear. specialize (Hfar P HP). lra.
Qed.
