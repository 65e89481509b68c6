(** Lemma A.6 as repaired (D26, E2): every biased network with d inputs and m neurons is one of N* with two inputs and one neuron more,
    evaluated at (x, 1, -1).

    A neuron (a, b; c) becomes (a, b + s, s; c), which has the same value there for every s. Let T > 0 be the largest absolute entry of
    (a, b), and s = (i + 2) T for the i-th neuron: then b + s > 0 and s > 0, and of two parallel neurons the last entries and the T have
    the same ratio, so that they have the same i: nothing need be merged. A neuron with c = 0 or (a, b) = 0 is first replaced by the
    dead neuron (0, -1; 1), and the output bias e by the neuron (0, 1; e). *)
From Coq Require Import Reals Arith Lra Lia.
From relucert Require Import Statements Sums N_prime.
Open Scope R_scope.

(** The largest absolute entry of (a, b). *)
Definition size (d : nat) (a : vec) (b : R) : R := Rmax (top d a) (Rabs b).

Lemma size_nonneg : forall d a b, 0 <= size d a b.
Proof. intros. apply Rle_trans with (1 := top_nonneg d a). apply Rmax_l. Qed.

Lemma size_bias : forall d a b, - size d a b <= b <= size d a b.
Proof. intros. assert (H := Rmax_r (top d a) (Rabs b)). fold (size d a b) in H. unfold Rabs in H. destruct (Rcase_abs b); lra. Qed.

Lemma size_zero : forall d a b, size d a b = 0 -> zero d a /\ b = 0.
Proof.
  intros d a b H. split.
  - apply top_zero_iff. apply Rle_antisym; [rewrite <- H; apply Rmax_l | apply top_nonneg].
  - assert (L := size_bias d a b). rewrite H in L. lra.
Qed.

Lemma size_scal : forall d l a b a' b', 0 <= l -> multiple d l a a' -> b' = l * b -> size d a' b' = l * size d a b.
Proof.
  intros d l a b a' b' Hl Ha ->. unfold size. rewrite (top_multiple d l a a' Ha), Rabs_mult, (Rabs_pos_eq l Hl). now apply RmaxRmult.
Qed.

(** * Step 1: no dead neurons, and the output bias as a neuron *)
Record neuron := Neuron { weight : vec; offset : R; out : vec }.
Definition live_neuron (d D : nat) (n : neuron) : neuron :=
  if Req_EM_T (top D (out n) * size d (weight n) (offset n)) 0 then Neuron (fun _ => 0) (-1) (fun _ => 1) else n.
Definition value (d : nat) (n : neuron) (x : vec) (l : nat) : R := out n l * relu (dot d (weight n) x + offset n).

Lemma live_size : forall d D n, (0 < D)%nat ->
  0 < top D (out (live_neuron d D n)) /\ 0 < size d (weight (live_neuron d D n)) (offset (live_neuron d D n)).
Proof.
  intros d D n HD. unfold live_neuron. assert (A := top_nonneg D (out n)). assert (B := size_nonneg d (weight n) (offset n)).
  destruct (Req_EM_T (top D (out n) * size d (weight n) (offset n)) 0) as [Z | Z]; [| split; nra]. simpl. split.
  - apply Rlt_le_trans with (2 := top_upper D (fun _ => 1) 0%nat HD). rewrite Rabs_R1. lra.
  - apply Rlt_le_trans with (2 := Rmax_r _ _). rewrite Rabs_left; lra.
Qed.

Lemma live_value : forall d D n x l, (l < D)%nat -> value d (live_neuron d D n) x l = value d n x l.
Proof.
  intros d D n x l Hl. unfold live_neuron.
  destruct (Req_EM_T (top D (out n) * size d (weight n) (offset n)) 0) as [Z | Z]; [| reflexivity]. unfold value; simpl.
  rewrite dot_zero_l by (intros k _; reflexivity). rewrite (relu_neg (0 + -1)) by lra. apply Rmult_integral in Z as [Z | Z].
  - rewrite (proj1 (top_zero_iff D (out n)) Z l Hl). ring.
  - destruct (size_zero _ _ _ Z) as [Ha Hb]. rewrite dot_zero_l by assumption. rewrite Hb, (relu_neg (0 + 0)) by lra. ring.
Qed.

(** The i-th of m + 1 neurons; the last one is the output bias. *)
Definition neurons (d m D : nat) (B : biased) (i : nat) : neuron := live_neuron d D
  (if Nat.eqb i m then Neuron (fun _ => 0) 1 (output_bias B) else Neuron (inner (weights B) i) (bias B i) (outer (weights B) i)).

Lemma neurons_value : forall d m D B x l, (l < D)%nat -> sum (S m) (fun i => value d (neurons d m D B i) x l) = eval_biased d m B x l.
Proof.
  intros d m D B x l Hl. unfold neurons, eval_biased. simpl. f_equal.
  - apply sum_ext. intros i Hi. rewrite live_value, (proj2 (Nat.eqb_neq i m)) by lia. reflexivity.
  - rewrite live_value, Nat.eqb_refl by assumption. unfold value; simpl.
    rewrite dot_zero_l by (intros k _; reflexivity). rewrite relu_pos by lra. ring.
Qed.

(** * Step 2: the lift *)
Definition lift (d : nat) (a : vec) (b s : R) : vec := fun k => if Nat.ltb k d then a k else if Nat.eqb k d then b + s else s.

Lemma lift_low : forall d a b s k, (k < d)%nat -> lift d a b s k = a k.
Proof. intros. unfold lift. now rewrite (proj2 (Nat.ltb_lt k d)). Qed.

Lemma lift_one : forall d a b s, lift d a b s d = b + s.
Proof. intros. unfold lift. now rewrite Nat.ltb_irrefl, Nat.eqb_refl. Qed.

Lemma lift_two : forall d a b s, lift d a b s (S d) = s.
Proof. intros. unfold lift. now rewrite (proj2 (Nat.ltb_ge (S d) d)), (proj2 (Nat.eqb_neq (S d) d)) by lia. Qed.

Lemma dot_lift : forall d a b s x, dot (S (S d)) (lift d a b s) (lifted d x) = dot d a x + b.
Proof.
  intros. unfold dot; simpl. rewrite lift_one, lift_two. rewrite (sum_ext d _ (fun k => a k * x k)).
  - unfold lifted. rewrite Nat.ltb_irrefl, Nat.eqb_refl, (proj2 (Nat.ltb_ge (S d) d)), (proj2 (Nat.eqb_neq (S d) d)) by lia. ring.
  - intros k Hk. rewrite lift_low by assumption. unfold lifted. now rewrite (proj2 (Nat.ltb_lt k d)).
Qed.

Definition slack (d i : nat) (n : neuron) : R := (INR i + 2) * size d (weight n) (offset n).
Definition lifted_net (d m D : nat) (B : biased) : net :=
  Net (fun i => let n := neurons d m D B i in lift d (weight n) (offset n) (slack d i n)) (fun i => out (neurons d m D B i)).

(** Both new entries are positive. *)
Lemma lifted_positive : forall d m D B i, (0 < D)%nat -> 0 < inner (lifted_net d m D B) i d /\ 0 < inner (lifted_net d m D B) i (S d).
Proof.
  intros d m D B i HD. simpl. rewrite lift_one, lift_two. unfold slack. set (n := neurons d m D B i).
  assert (H : 0 < size d (weight n) (offset n)) by exact (proj2 (live_size d D _ HD)).
  assert (L := size_bias d (weight n) (offset n)). assert (P := pos_INR i). split; nra.
Qed.

(** Parallel neurons have the same index. *)
Lemma lifted_C2 : forall d m D B, (0 < D)%nat -> C2 (S (S d)) (S m) (lifted_net d m D B).
Proof.
  intros d m D B HD i j _ _ Hne _ _ [l [Hl Hp]]. simpl in Hp.
  set (n := neurons d m D B i) in *. set (n' := neurons d m D B j) in *.
  assert (Pi := proj2 (lifted_positive d m D B i HD)). simpl in Pi. fold n in Pi. rewrite lift_two in Pi.
  assert (E1 := Hp d ltac:(lia)). rewrite !lift_one in E1. assert (E2 := Hp (S d) ltac:(lia)). rewrite !lift_two in E2.
  assert (ES : size d (weight n') (offset n') = l * size d (weight n) (offset n)).
  { apply size_scal; [lra | | lra]. intros k Hk. assert (E := Hp k ltac:(lia)). now rewrite !lift_low in E. }
  unfold slack in E2, Pi. rewrite ES in E2. apply Hne, INR_eq.
  assert (P := pos_INR i). assert (0 < size d (weight n) (offset n)) by nra.
  assert (0 < l * size d (weight n) (offset n)) by nra.
  apply Rmult_eq_reg_r with (l * size d (weight n) (offset n)); [nra | lra].
Qed.

(** * Step 3: balanced, it lies in N* *)
Lemma balance_positive : forall d D N i k, (k < d)%nat -> 0 < top D (outer N i) -> 0 < inner N i k -> 0 < inner (balance d D N) i k.
Proof.
  intros d D N i k Hk Hc Ha. assert (Hn : 0 < top d (inner N i)).
  { apply Rlt_le_trans with (2 := top_upper d _ k Hk). rewrite Rabs_pos_eq; lra. }
  unfold balance; simpl. destruct (Req_EM_T (top D (outer N i) * top d (inner N i)) 0) as [Z | Z]; [exfalso; nra |].
  destruct (balance_factor _ _ (Rlt_le _ _ Hc) (Rlt_le _ _ Hn) Z) as [Hs _]. nra.
Qed.

Theorem lemma_A_6_holds : lemma_A_6.
Proof.
  intros d m D B Hm HD. replace (d + 2)%nat with (S (S d)) by lia. replace (m + 1)%nat with (S m) by lia.
  exists (balance (S (S d)) D (lifted_net d m D B)). split; [split; [split |] |].
  - intros i _. apply balanced.
  - apply balance_C2. now apply lifted_C2.
  - intros i _. replace (S (S d) - 2)%nat with d by lia. replace (S (S d) - 1)%nat with (S d) by lia.
    destruct (lifted_positive d m D B i HD) as [H1 H2].
    assert (Hc : 0 < top D (outer (lifted_net d m D B) i)) by exact (proj1 (live_size d D _ HD)).
    split; apply balance_positive; (assumption || lia).
  - intros x l Hl. rewrite (balance_same _ _ _ _ (lifted d x) l Hl). rewrite <- (neurons_value d m D B x l Hl).
    unfold eval. apply sum_ext. intros i _. simpl inner. rewrite dot_lift. reflexivity.
Qed.
