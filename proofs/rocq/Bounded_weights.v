(** Bounded weights (F10, F11): a limit of realizations with bounded weights is a realization. The weights cluster, one after another,
    at the greatest number they frequently exceed (no choice is needed), and realizations depend on weights in a Lipschitz way. *)
From Coq Require Import Reals List Arith Lra Lia Classical.
From relucert Require Import Statements Further Sums Seminorms.
Open Scope R_scope.

(** ** Cluster points *)
(** Q e n: the index n is good to within e. *)
Definition frequent (Q : R -> nat -> Prop) : Prop := forall e N, 0 < e -> exists n, (N <= n)%nat /\ Q e n.
Definition shrinking (Q : R -> nat -> Prop) : Prop := forall e e' n, e <= e' -> Q e n -> Q e' n.

(** A bounded sequence has a cluster point along indices that are frequently good: the supremum of what it frequently exceeds there. *)
Lemma cluster : forall Q u K, shrinking Q -> frequent Q -> (forall n, Rabs (u n) <= K) ->
  exists l, frequent (fun e n => Q e n /\ Rabs (u n - l) <= e).
Proof.
  intros Q u K Sh Fr Bd; set (E := fun s => frequent (fun e n => Q e n /\ s <= u n)).
  assert (InE : E (- K)).
  { intros e N He; destruct (Fr e N He) as [n [Hn Hq]]; exists n; repeat split; [exact Hn | exact Hq |].
    specialize (Bd n); unfold Rabs in Bd; destruct (Rcase_abs _) in Bd; lra. }
  assert (Above : bound E).
  { exists K; intros s Hs; destruct (Hs 1 0%nat ltac:(lra)) as [n [_ [_ L]]]; assert (A := Rle_abs (u n)); specialize (Bd n); lra. }
  destruct (completeness E Above (ex_intro _ _ InE)) as [l [Up Least]]; exists l; intros e N He.
  assert (S : exists s, E s /\ l - e < s).
  { apply NNPP; intro No; assert (l <= l - e); [| lra]; apply Least; intros s Hs; apply Rnot_lt_le; intro; apply No; exists s; split; assumption. }
  destruct S as [s [Hs Ls]].
  assert (T : exists e0 N0, 0 < e0 /\ forall n, (N0 <= n)%nat -> Q e0 n -> u n < l + e).
  { apply NNPP; intro No; assert (l + e <= l); [| lra]; apply Up; intros e0 N0 H0; apply NNPP; intro No'; apply No; exists e0, N0.
    split; [exact H0 |]; intros n Hn Hq; apply Rnot_le_lt; intro; apply No'; exists n; repeat split; assumption. }
  destruct T as [e0 [N0 [H0 T]]]; destruct (Hs (Rmin e e0) (max N N0)) as [n [Hn [Hq Hu]]]; [apply Rmin_pos; assumption |].
  exists n; split; [lia | split; [exact (Sh _ _ n (Rmin_l e e0) Hq) |]].
  specialize (T n ltac:(lia) (Sh _ _ n (Rmin_r e e0) Hq)); apply Rabs_le; lra.
Qed.

(** Finitely many at once: cluster points x_j of the j-th of M sequences, whatever kind of points. *)
Lemma clusters : forall (X : Type) (x0 : X) (near : nat -> X -> R -> nat -> Prop) M,
  (forall j x, (j < M)%nat -> shrinking (near j x)) ->
  (forall j Q, (j < M)%nat -> shrinking Q -> frequent Q -> exists x, frequent (fun e n => Q e n /\ near j x e n)) ->
  forall Q, shrinking Q -> frequent Q -> exists l : nat -> X, frequent (fun e n => Q e n /\ forall j, (j < M)%nat -> near j (l j) e n).
Proof.
  intros X x0 near; induction M; intros Sh Cl Q SQ FQ.
  - exists (fun _ => x0); intros e N He; destruct (FQ e N He) as [n [Hn Hq]]; exists n; split; [exact Hn | split; [exact Hq | intros; lia]].
  - destruct (IHM (fun j x H => Sh j x ltac:(lia)) (fun j Q H => Cl j Q ltac:(lia)) Q SQ FQ) as [l Hl].
    destruct (Cl M (fun e n => Q e n /\ forall j, (j < M)%nat -> near j (l j) e n)) as [x Hx]; [lia | | exact Hl |].
    { intros e e' n L [Hq Hn]; split; [exact (SQ e e' n L Hq) |]; intros j Hj; apply (Sh j (l j) ltac:(lia) e); auto. }
    exists (fun j => if Nat.eqb j M then x else l j); intros e N He; destruct (Hx e N He) as [n [Hn [[Hq H1] H2]]].
    exists n; split; [exact Hn | split; [exact Hq |]]; intros j Hj; destruct (Nat.eqb_spec j M) as [-> | Ne]; [exact H2 | apply H1; lia].
Qed.

Lemma vector_cluster : forall M (u : nat -> vec) K Q, (forall n j, (j < M)%nat -> Rabs (u n j) <= K) -> shrinking Q -> frequent Q ->
  exists l : vec, frequent (fun e n => Q e n /\ forall j, (j < M)%nat -> Rabs (u n j - l j) <= e).
Proof.
  intros M u K Q B SQ FQ; apply (clusters R 0 (fun j x e n => Rabs (u n j - x) <= e) M); [| | exact SQ | exact FQ].
  - intros j x _ e e' n L H; lra.
  - intros j Q' Hj S F; apply cluster with K; auto.
Qed.

Lemma matrix_cluster : forall M p (u : nat -> nat -> vec) K Q, (forall n i j, (i < M)%nat -> (j < p)%nat -> Rabs (u n i j) <= K) ->
  shrinking Q -> frequent Q ->
  exists l : nat -> vec, frequent (fun e n => Q e n /\ forall i, (i < M)%nat -> forall j, (j < p)%nat -> Rabs (u n i j - l i j) <= e).
Proof.
  intros M p u K Q B SQ FQ; apply (clusters vec (fun _ => 0) (fun i v e n => forall j, (j < p)%nat -> Rabs (u n i j - v j) <= e) M);
    [| | exact SQ | exact FQ].
  - intros i v _ e e' n L H j Hj; specialize (H j Hj); lra.
  - intros i Q' Hi S F; apply vector_cluster with K; auto.
Qed.

(** ** Weights *)
Definition no_weights : biased := Biased zero_net (fun _ => 0) (fun _ => 0).
(** A network's weights are within e of another's. *)
Definition close (d m D : nat) (e : R) (A B : biased) : Prop :=
  (forall i, (i < m)%nat -> forall k, (k < d)%nat -> Rabs (inner (weights A) i k - inner (weights B) i k) <= e) /\
  (forall i, (i < m)%nat -> forall l, (l < D)%nat -> Rabs (outer (weights A) i l - outer (weights B) i l) <= e) /\
  (forall i, (i < m)%nat -> Rabs (bias A i - bias B i) <= e) /\ (forall l, (l < D)%nat -> Rabs (output_bias A l - output_bias B l) <= e).

Lemma close_distance : forall d m D e A B, 0 <= e -> (close d m D e A B <-> biased_distance d m D A B <= e).
Proof.
  intros d m D e A B He; unfold biased_distance; split.
  - intros [H1 [H2 [H3 H4]]]; apply Rmax_lub; [apply distance_le; auto | apply Rmax_lub; apply top_le; auto].
  - intro H; assert (L1 := Rle_trans _ _ _ (Rmax_l _ _) H); assert (L2 := Rle_trans _ _ _ (Rmax_r _ _) H).
    assert (L3 := Rle_trans _ _ _ (Rmax_l _ _) L2); assert (L4 := Rle_trans _ _ _ (Rmax_r _ _) L2); repeat split; intros.
    + eapply Rle_trans; [apply distance_inner | exact L1]; assumption.
    + eapply Rle_trans; [apply distance_outer | exact L1]; assumption.
    + eapply Rle_trans; [apply (top_upper m (fun i => bias A i - bias B i)) | exact L3]; assumption.
    + eapply Rle_trans; [apply (top_upper D (fun l => output_bias A l - output_bias B l)) | exact L4]; assumption.
Qed.

(** Within K of zero: all weights are of size at most K. *)
Lemma weights_at_most : forall d m D K B, close d m D K B no_weights ->
  (forall i, (i < m)%nat -> forall k, (k < d)%nat -> Rabs (inner (weights B) i k) <= K) /\
  (forall i, (i < m)%nat -> forall l, (l < D)%nat -> Rabs (outer (weights B) i l) <= K) /\
  (forall i, (i < m)%nat -> Rabs (bias B i) <= K) /\ (forall l, (l < D)%nat -> Rabs (output_bias B l) <= K).
Proof.
  intros d m D K B [H1 [H2 [H3 H4]]]; unfold no_weights in *; cbn [weights bias output_bias] in *; repeat split; intros.
  - rewrite <- (Rminus_0_r (inner _ _ _)), <- (proj1 (zero_net_entries i k)); auto.
  - rewrite <- (Rminus_0_r (outer _ _ _)), <- (proj2 (zero_net_entries i l)); auto.
  - rewrite <- (Rminus_0_r (bias _ _)); auto.
  - rewrite <- (Rminus_0_r (output_bias _ _)); auto.
Qed.

Lemma biased_distance_nonneg : forall d m D A B, 0 <= biased_distance d m D A B.
Proof. intros; unfold biased_distance; eapply Rle_trans; [apply distance_nonneg | apply Rmax_l]. Qed.

(** The weights of networks within K of zero cluster, at a network within K of zero. *)
Lemma weights_cluster : forall d m D (P : nat -> biased) K, (forall n, biased_distance d m D (P n) no_weights <= K) ->
  exists G, biased_distance d m D G no_weights <= K /\ frequent (fun e n => close d m D e (P n) G).
Proof.
  intros d m D P K B; assert (K0 := Rle_trans _ _ _ (biased_distance_nonneg d m D (P 0%nat) no_weights) (B 0%nat)).
  assert (C : forall n, close d m D K (P n) no_weights) by (intro n; apply close_distance; auto).
  destruct (matrix_cluster m d (fun n => inner (weights (P n))) K (fun _ _ => True)) as [a Ha].
  { intros n i k Hi Hk; apply (weights_at_most d m D); auto. }
  { intros e e' n _ H; exact H. }
  { intros e N _; exists N; split; [lia | exact I]. }
  match type of Ha with frequent ?Q => destruct (matrix_cluster m D (fun n => outer (weights (P n))) K Q) as [c Hc]; [| | exact Ha |] end.
  { intros n i k Hi Hk; apply (weights_at_most d m D); auto. }
  { intros e e' n L [_ H]; split; [exact I |]; intros i Hi k Hk; specialize (H i Hi k Hk); lra. }
  match type of Hc with frequent ?Q => destruct (vector_cluster m (fun n => bias (P n)) K Q) as [b Hb]; [| | exact Hc |] end.
  { intros n i Hi; apply (weights_at_most d m D); auto. }
  { intros e e' n L [[_ H] H']; repeat split; intros i Hi k Hk; [specialize (H i Hi k Hk) | specialize (H' i Hi k Hk)]; lra. }
  match type of Hb with frequent ?Q => destruct (vector_cluster D (fun n => output_bias (P n)) K Q) as [o Ho]; [| | exact Hb |] end.
  { intros n i Hi; apply (weights_at_most d m D); auto. }
  { intros e e' n L [[[_ H] H'] H'']; repeat split; intros i Hi; [intros k Hk; specialize (H i Hi k Hk) | intros k Hk; specialize (H' i Hi k Hk) |
      specialize (H'' i Hi)]; lra. }
  set (G := Biased (Net a c) b o).
  assert (F : frequent (fun e n => close d m D e (P n) G)).
  { intros e N He; destruct (Ho e N He) as [n [Hn [[[[_ H1] H2] H3] H4]]]; exists n; split; [exact Hn | repeat split; assumption]. }
  exists G; split; [| exact F].
  (* each weight of G is within e of one of size at most K *)
  apply le_epsilon; intros e He; destruct (F e 0%nat He) as [n [_ [H1 [H2 [H3 H4]]]]]; destruct (C n) as [C1 [C2 [C3 C4]]].
  assert (Tr : forall x y z, Rabs (x - y) <= e -> Rabs (x - z) <= K -> Rabs (y - z) <= K + e).
  { intros x y z X Y; replace (y - z) with (- (x - y) + (x - z)) by ring; eapply Rle_trans; [apply Rabs_triang | rewrite Rabs_Ropp; lra]. }
  apply close_distance; [lra |]; repeat split; intros; eapply Tr; eauto.
Qed.

(** ** Realizations depend on weights in a Lipschitz way *)
Lemma dot_bound : forall d a x A r, (forall k, (k < d)%nat -> Rabs (a k) <= A) -> (forall k, (k < d)%nat -> Rabs (x k) <= r) ->
  Rabs (dot d a x) <= INR d * (A * r).
Proof.
  intros d a x A r Ha Hx; eapply Rle_trans; [apply sum_abs |]; rewrite <- sum_const; apply sum_le; intros k Hk.
  rewrite Rabs_mult; apply Rmult_le_compat; auto using Rabs_pos.
Qed.

Lemma close_realizations : forall d m D A B K r e x l, close d m D K A no_weights -> close d m D K B no_weights -> close d m D e A B ->
  0 <= K -> 0 <= e -> 0 <= r -> (forall k, (k < d)%nat -> Rabs (x k) <= r) -> (l < D)%nat ->
  Rabs (eval_biased d m A x l - eval_biased d m B x l) <= e * (INR m * (2 * K * (INR d * r + 1)) + 1).
Proof.
  intros d m D A B K r e x l CA CB [E1 [E2 [E3 E4]]] K0 e0 r0 Hx Hl; unfold eval_biased.
  assert (d0 := pos_INR d).
  set (f := fun N i => outer (weights N) i l * relu (dot d (inner (weights N) i) x + bias N i)).
  replace (_ - _) with ((sum m (f A) - sum m (f B)) + (output_bias A l - output_bias B l)) by (unfold f; ring).
  eapply Rle_trans; [apply Rabs_triang |]; rewrite Rmult_plus_distr_l, Rmult_1_r; apply Rplus_le_compat; [| apply E4; exact Hl].
  rewrite <- sum_minus; eapply Rle_trans; [apply sum_abs |].
  replace (e * (INR m * (2 * K * (INR d * r + 1)))) with (INR m * (e * (2 * K * (INR d * r + 1)))) by ring.
  rewrite <- sum_const; apply sum_le; intros i Hi; unfold f.
  destruct (weights_at_most _ _ _ _ _ CA) as [A1 [_ [A3 _]]]; destruct (weights_at_most _ _ _ _ _ CB) as [_ [B2 _]].
  set (s := dot d (inner (weights A) i) x + bias A i); set (t := dot d (inner (weights B) i) x + bias B i).
  set (c := outer (weights A) i l); set (c' := outer (weights B) i l).
  assert (Hc : Rabs (c - c') <= e) by (apply E2; assumption).
  assert (Hc' : Rabs c' <= K) by (apply B2; assumption).
  assert (Hs : relu s <= K * (INR d * r + 1)).
  { eapply Rle_trans; [apply relu_le_abs |]; unfold s; eapply Rle_trans; [apply Rabs_triang |].
    assert (Q1 := dot_bound d (inner (weights A) i) x K r); assert (Q2 := A3 i Hi).
    assert (Rabs (dot d (inner (weights A) i) x) <= INR d * (K * r)); [| lra].
    exact (Q1 (A1 i Hi) Hx). }
  assert (Hst : Rabs (relu s - relu t) <= e * (INR d * r + 1)).
  { eapply Rle_trans; [apply relu_lipschitz |]; unfold s, t.
    replace (_ - _) with (dot d (fun k => inner (weights A) i k - inner (weights B) i k) x + (bias A i - bias B i)) by (rewrite dot_minus_l; ring).
    eapply Rle_trans; [apply Rabs_triang |]; assert (Q := dot_bound d _ x e r (E1 i Hi) Hx); specialize (E3 i Hi); lra. }
  replace (c * relu s - c' * relu t) with ((c - c') * relu s + c' * (relu s - relu t)) by ring.
  eapply Rle_trans; [apply Rabs_triang |]; rewrite !Rabs_mult, (Rabs_pos_eq (relu s)) by apply relu_nonneg.
  assert (X1 : Rabs (c - c') * relu s <= e * (K * (INR d * r + 1))) by (apply Rmult_le_compat; auto using Rabs_pos, relu_nonneg).
  assert (X2 : Rabs c' * Rabs (relu s - relu t) <= K * (e * (INR d * r + 1))) by (apply Rmult_le_compat; auto using Rabs_pos); lra.
Qed.

(** The factor is positive, so the bound can be made small. *)
Lemma factor_positive : forall m d K r, 0 <= K -> 0 <= r -> 0 < INR m * (2 * K * (INR d * r + 1)) + 1.
Proof.
  intros m d K r HK Hr; assert (A := pos_INR m); assert (B := pos_INR d); assert (0 <= INR m * (2 * K * (INR d * r + 1))); [| lra].
  apply Rmult_le_pos; [exact A |]; apply Rmult_le_pos; nra.
Qed.

(** F11 *)
Theorem bounded_weights_attain_holds : bounded_weights_attain.
Proof.
  intros d m D P f K B Lim; destruct (weights_cluster d m D P K B) as [G [BG F]]; exists G; intros x l Hl.
  assert (K0 := Rle_trans _ _ _ (biased_distance_nonneg d m D G no_weights) BG); assert (X := top_nonneg d x).
  set (C := INR m * (2 * K * (INR d * top d x + 1)) + 1); assert (C0 : 0 < C) by (apply factor_positive; assumption).
  apply Rminus_diag_uniq; apply NNPP; intro Ne; apply Rabs_pos_lt in Ne; set (g := Rabs _) in *.
  set (e := g / (2 * (C + 1))); assert (E : 0 < e) by (apply Rdiv_lt_0_compat; lra).
  assert (Eg : e * (C + 1) = g / 2) by (unfold e; field; lra).
  destruct (Lim x l Hl e E) as [N HN]; destruct (F e N E) as [n [Hn Cl]]; specialize (HN n Hn).
  assert (Q := close_realizations d m D (P n) G K (top d x) e x l (proj2 (close_distance _ _ _ _ _ _ K0) (B n))
    (proj2 (close_distance _ _ _ _ _ _ K0) BG) Cl K0 (Rlt_le _ _ E) X (fun k => top_upper d x k) Hl); fold C in Q.
  assert (T : g <= Rabs (eval_biased d m (P n) x l - eval_biased d m G x l) + Rabs (eval_biased d m (P n) x l - f x l)).
  { unfold g; replace (eval_biased d m G x l - f x l)
      with (- (eval_biased d m (P n) x l - eval_biased d m G x l) + (eval_biased d m (P n) x l - f x l)) by ring.
    eapply Rle_trans; [apply Rabs_triang | rewrite Rabs_Ropp; lra]. }
  lra.
Qed.

(** F10 *)
Theorem bounded_weights_closed_holds : bounded_weights_closed.
Proof.
  intros d m D K C dist P f HC Sym Tri Sup B Lim; destruct (weights_cluster d m D P K B) as [G [BG F]]; exists G; split; [exact BG |].
  assert (K0 := Rle_trans _ _ _ (biased_distance_nonneg d m D G no_weights) BG).
  set (L := INR m * (2 * K * (INR d * 1 + 1)) + 1); assert (L0 : 0 < L) by (apply factor_positive; lra).
  apply Rnot_lt_le; intro Ne; set (g := dist (eval_biased d m G) f) in *.
  set (e := g / (2 * (C * L + 1))); assert (CL : 0 <= C * L) by nra; assert (E : 0 < e) by (apply Rdiv_lt_0_compat; lra).
  assert (Eg : e * (C * L + 1) = g / 2) by (unfold e; field; lra).
  destruct (Lim e E) as [N HN]; destruct (F e N E) as [n [Hn Cl]]; specialize (HN n Hn).
  assert (Q : dist (eval_biased d m (P n)) (eval_biased d m G) <= C * (e * L)).
  { apply Sup; [nra |]; intros x l Hx Hl.
    apply (close_realizations d m D (P n) G K 1 e x l (proj2 (close_distance _ _ _ _ _ _ K0) (B n))
      (proj2 (close_distance _ _ _ _ _ _ K0) BG) Cl K0 (Rlt_le _ _ E)); [lra | | exact Hl].
    intros k Hk; specialize (Hx k Hk); apply Rabs_le; lra. }
  assert (T := Tri (eval_biased d m G) (eval_biased d m (P n)) f); rewrite (Sym (eval_biased d m G) (eval_biased d m (P n))) in T; fold g in T; lra.
Qed.
