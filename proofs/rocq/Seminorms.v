(** Tools for the examples: the seminorm and the distances of small concrete networks, and what every network with the same
    function must contain.  The main tool is the bend of a function at a point x in direction n: its second difference
    f(x + tn) + f(x - tn) - 2 f(x) divided by t, for small t > 0; only neurons whose hyperplane contains x take part (N1). *)
From Coq Require Import Reals List Arith Lra Lia.
From relucert Require Import Statements Sums.
Import ListNotations.
Open Scope R_scope.

(** The two cases of relu, for case analysis. *)
Lemma relu_cases : forall t, (0 <= t /\ relu t = t) \/ (t <= 0 /\ relu t = 0).
Proof. intro t; destruct (Rle_dec 0 t); [left; split; [| apply relu_pos] | right; split; [| apply relu_neg]]; lra. Qed.

Lemma distance_nonneg : forall d m D N N', 0 <= distance d m D N N'.
Proof. intros; apply top_nonneg. Qed.

Lemma zero_net_entries : forall i k, inner zero_net i k = 0 /\ outer zero_net i k = 0.
Proof. intros [| i] k; split; reflexivity. Qed.

(** * Seminorms *)
(** A bound that one pair of points attains is the seminorm. *)
Lemma seminorm_attained : forall d D f r x k t l, (k < d)%nat -> (l < D)%nat -> t <> 0 ->
  bounded_by d D f r -> r * Rabs t <= Rabs (f (shift x k t) l - f x l) -> seminorm d D f r.
Proof.
  intros d D f r x k t l Hk Hl Ht B A; split; [exact B |]; intros r' [_ B'].
  specialize (B' x k t l Hk Hl); apply Rmult_le_reg_r with (Rabs t); [apply Rabs_pos_lt; exact Ht | lra].
Qed.

(** The seminorm depends on the values only. *)
Lemma seminorm_values : forall d D f g r, (forall x l, (l < D)%nat -> f x l = g x l) -> seminorm d D f r -> seminorm d D g r.
Proof.
  intros d D f g r E [[P B] M]; split; [split; [exact P |] |].
  - intros x k t l Hk Hl; rewrite <- !E by exact Hl; auto.
  - intros r' [P' B']; apply M; split; [exact P' |]; intros x k t l Hk Hl; rewrite !E by exact Hl; auto.
Qed.

(** A ridge c relu <v,x> with c >= 0 and largest entry 1 of v: its seminorm is c. *)
Lemma seminorm_ridge : forall d v c, 0 <= c -> top d v = 1 -> (0 < d)%nat -> seminorm d 1 (fun x _ => c * relu (dot d v x)) c.
Proof.
  intros d v c Hc Hv Hd; destruct (top_attained d v Hd) as [j [Hj E]]; rewrite Hv in E.
  assert (U : Rabs (v j) = 1) by lra; assert (V : v j * v j = 1) by (unfold Rabs in U; destruct (Rcase_abs _) in U; nra).
  apply seminorm_attained with (x := fun _ => 0) (k := j) (t := v j) (l := 0%nat); [exact Hj | lia | nra | |].
  - split; [exact Hc |]; intros x k t l Hk _; rewrite dot_shift by exact Hk; rewrite <- Rmult_minus_distr_l, Rabs_mult, (Rabs_pos_eq c) by exact Hc.
    apply Rmult_le_compat_l; [exact Hc |]; eapply Rle_trans; [apply relu_lipschitz |].
    replace (_ - _) with (t * v k) by ring; rewrite Rabs_mult.
    assert (B := top_upper d v k Hk); rewrite Hv in B; assert (P := Rabs_pos t); nra.
  - rewrite dot_shift by exact Hj; replace (dot d v (fun _ => 0)) with 0 by (symmetry; apply sum_zero; intros; ring).
    rewrite V, relu_0, relu_pos, U, Rabs_pos_eq by lra; lra.
Qed.

(** * Bends *)
(** The second difference of relu at s with step tu, divided by t. *)
Definition bend (s u : R) : R := if Req_EM_T s 0 then Rabs u else 0.

Lemma bend_on : forall u, bend 0 u = Rabs u.
Proof. intro u; unfold bend; destruct (Req_EM_T 0 0); lra. Qed.

Lemma bend_off : forall s u, s <> 0 -> bend s u = 0.
Proof. intros s u H; unfold bend; destruct (Req_EM_T s 0); lra. Qed.

(** Near 0 the hinge shows, elsewhere relu is linear on an interval. *)
Lemma relu_bend : forall s u, exists e, 0 < e /\ forall t, 0 <= t < e ->
  relu (s + t * u) + relu (s - t * u) - 2 * relu s = t * bend s u.
Proof.
  intros s u; destruct (Req_EM_T s 0) as [-> | N].
  - exists 1; split; [lra |]; intros t Ht; rewrite bend_on, (relu_pos 0) by lra.
    destruct (Rle_dec 0 u) as [P | P].
    + rewrite Rabs_pos_eq, relu_pos, relu_neg; nra.
    + rewrite Rabs_left, relu_neg, relu_pos; nra.
  - assert (S : 0 < Rabs s) by (apply Rabs_pos_lt; exact N); assert (U : 0 <= Rabs u) by apply Rabs_pos.
    exists (Rabs s / (Rabs u + 1)); split; [apply Rdiv_lt_0_compat; lra |]; intros t [T0 T1].
    rewrite bend_off by exact N; assert (B : Rabs (t * u) < Rabs s).
    { rewrite Rabs_mult, (Rabs_pos_eq t) by exact T0.
      apply Rmult_lt_compat_r with (r := Rabs u + 1) in T1; [| lra].
      unfold Rdiv in T1; rewrite Rmult_assoc, Rinv_l in T1; nra. }
    apply Rabs_def2 in B; unfold Rabs in B; destruct (Rcase_abs s) as [C | C].
    + rewrite !relu_neg; lra.
    + rewrite !relu_pos; lra.
Qed.

(** The bend of a network: a sum over its neurons. *)
Definition net_bend (d m : nat) (N : net) (x n : vec) (l : nat) : R :=
  sum m (fun i => outer N i l * bend (dot d (inner N i) x) (dot d (inner N i) n)).

Lemma dot_move : forall d a x n t, dot d a (fun j => x j + t * n j) = dot d a x + t * dot d a n.
Proof. unfold dot; induction d; intros a x n t; simpl; [lra | rewrite IHd; lra]. Qed.

Lemma dot_move_back : forall d a x n t, dot d a (fun j => x j - t * n j) = dot d a x - t * dot d a n.
Proof. unfold dot; induction d; intros a x n t; simpl; [lra | rewrite IHd; lra]. Qed.

(** It is the second difference of the function, for small t. *)
Lemma net_bend_spec : forall d m N x n l, exists e, 0 < e /\ forall t, 0 <= t < e ->
  eval d m N (fun j => x j + t * n j) l + eval d m N (fun j => x j - t * n j) l - 2 * eval d m N x l = t * net_bend d m N x n l.
Proof.
  intros d m N x n l; unfold eval, net_bend; induction m as [| m [e [E H]]].
  - exists 1; split; [lra |]; intros t _; simpl; lra.
  - destruct (relu_bend (dot d (inner N m) x) (dot d (inner N m) n)) as [e' [E' H']].
    exists (Rmin e e'); split; [apply Rmin_pos; assumption |]; intros t [T0 T1].
    assert (T2 := Rlt_le_trans _ _ _ T1 (Rmin_l e e')); assert (T3 := Rlt_le_trans _ _ _ T1 (Rmin_r e e')).
    specialize (H t (conj T0 T2)); specialize (H' t (conj T0 T3)).
    cbn [sum]; rewrite dot_move, dot_move_back.
    replace (t * (sum m _ + outer N m l * bend _ _)) with
      (t * sum m (fun i => outer N i l * bend (dot d (inner N i) x) (dot d (inner N i) n))
       + outer N m l * (t * bend (dot d (inner N m) x) (dot d (inner N m) n))) by ring.
    rewrite <- H, <- H'; ring.
Qed.

(** Equal functions have equal bends. *)
Lemma same_bend : forall d m m' D N N', same d m m' D N N' -> forall x n l, (l < D)%nat ->
  net_bend d m N x n l = net_bend d m' N' x n l.
Proof.
  intros d m m' D N N' S x n l Hl.
  destruct (net_bend_spec d m N x n l) as [e [E H]]; destruct (net_bend_spec d m' N' x n l) as [e' [E' H']].
  assert (M : 0 < Rmin e e') by (apply Rmin_pos; assumption).
  assert (L := Rmin_l e e'); assert (L' := Rmin_r e e'); set (t := Rmin e e' / 2).
  assert (T : 0 < t) by (unfold t; lra).
  assert (H1 := H t); assert (H2 := H' t); rewrite !S in H1 by exact Hl.
  apply Rmult_eq_reg_l with t; [rewrite <- H1, <- H2 | lra]; unfold t; lra.
Qed.

Lemma sum_nonzero : forall m f, sum m f <> 0 -> exists i, (i < m)%nat /\ f i <> 0.
Proof.
  induction m; intros f H; simpl in H; [lra |].
  destruct (Req_EM_T (f m) 0) as [Z | Z]; [| exists m; split; [lia | exact Z]].
  destruct (IHm f) as [i [Hi Hf]]; [lra | exists i; split; [lia | exact Hf]].
Qed.

(** A bend comes from a neuron whose hyperplane contains the point and is crossed by the direction. *)
Lemma net_bend_nonzero : forall d m N x n l, net_bend d m N x n l <> 0 ->
  exists i, (i < m)%nat /\ dot d (inner N i) x = 0 /\ dot d (inner N i) n <> 0 /\ outer N i l <> 0.
Proof.
  intros d m N x n l H; destruct (sum_nonzero _ _ H) as [i [Hi Hf]]; cbv beta in Hf.
  exists i; unfold bend in Hf; destruct (Req_EM_T (dot d (inner N i) x) 0) as [Z | Z]; [| rewrite Rmult_0_r in Hf; lra].
  repeat split; [exact Hi | exact Z | |]; intro C; rewrite C in Hf.
  - rewrite Rabs_R0, Rmult_0_r in Hf; lra.
  - rewrite Rmult_0_l in Hf; lra.
Qed.

(** * Concrete networks *)
(** Writes everything out: sums over neurons and coordinates, rows, outputs. *)
Ltac write_out := unfold same, difference, eval, net_bend, dot, zero_net, of_list, one, row2, row3, shift in *;
  cbn [sum nth fst snd inner outer Nat.eqb] in *.
(** The numbers below a numeral, one goal each. *)
Lemma below_cases : forall i n, (i < S n)%nat -> i = n \/ (i < n)%nat.
Proof. intros; lia. Qed.
Ltac below H := match type of H with
  | (_ < 0)%nat => exfalso; lia
  | (_ < S _)%nat => apply below_cases in H; destruct H as [-> | H]; [| below H] end.
(** Goals |x| <= y between terms that lra or nra compare. *)
Ltac absolute := unfold Rabs; repeat destruct (Rcase_abs _); try lra; try nra.

(** 1/k for k >= 1, and that it is not a variable of its own. *)
Lemma inverse_of_large : forall k, 1 <= k -> 0 < / k <= 1 /\ k * / k = 1.
Proof.
  intros k H; split; [split |]; [apply Rinv_0_lt_compat; lra | | apply Rinv_r; lra].
  rewrite <- Rinv_1; apply Rinv_le_contravar; lra.
Qed.
