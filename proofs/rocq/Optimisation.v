(** Local minima: Theorem A.2 as repaired (B07), Theorem 1.3 as repaired on N* (N9), what compactness gives for it (B08), and that biases are
    weights of one more input (B14). *)
From Coq Require Import Reals List Arith Lra Lia Classical.
From relucert Require Import Statements Further Sums Theorem_3_3 Corollary_1_4 Lemma_A_6.
Import ListNotations.
Open Scope R_scope.

(** * Theorem A.2 *)
(** From t' L(g0) <= t' L(g) + c η for the weight t' = r/(2 dist) follows the bound. *)
Lemma divide_weight : forall a b c eta r D, 0 < r -> 0 < D -> r / (2 * D) * a <= r / (2 * D) * b + c * eta -> a <= b + 2 * c / r * D * eta.
Proof.
  intros a b c eta r D Hr HD H. assert (W : 0 < r / (2 * D)) by (apply Rdiv_lt_0_compat; lra).
  apply Rmult_le_reg_l with (r / (2 * D)); [exact W |].
  replace (r / (2 * D) * (b + 2 * c / r * D * eta)) with (r / (2 * D) * b + c * eta) by (field; lra). exact H.
Qed.

Theorem theorem_A_2_holds : theorem_A_2.
Proof.
  intros F dist between S L c eta r g0 Hpos Htri Hseg Hconv Hlip Hc Heta Hr Hr2 H0 Hmin Happ g Hg.
  destruct (Rle_dec (dist g g0) r) as [Hn | Hf].
  { assert (A := Hmin g Hg Hn). assert (0 <= 2 * c / r * dist g g0 * eta); [| lra].
    apply Rmult_le_pos; [apply Rmult_le_pos; [apply Rle_mult_inv_pos; lra | apply Hpos] | lra]. }
  set (D := dist g g0) in *. assert (HD : 0 < D) by lra. set (t := r / (2 * D)).
  assert (Ht : 0 <= t <= 1).
  { split; [apply Rle_mult_inv_pos; lra |]. apply Rmult_le_reg_r with (2 * D); [lra |]. unfold t, Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  destruct (Happ t g Ht Hg) as [h [Hh Hd]]. assert (E := Hseg t g0 g Ht). fold D in E.
  assert (E2 : t * D = r / 2) by (unfold t; field; lra). rewrite E2 in E.
  assert (M := Hmin h Hh ltac:(assert (T := Htri h (between t g0 g) g0); lra)).
  assert (A := Hlip h (between t g0 g)). assert (B := Rle_abs (L h - L (between t g0 g))). assert (C := Hconv t g0 g Ht).
  assert (P : c * dist h (between t g0 g) <= c * eta) by (apply Rmult_le_compat_l; assumption).
  apply divide_weight; [assumption .. |]. fold t. lra.
Qed.

(** * Theorem 1.3 on N* *)
Lemma bounded_weaken : forall d D f r s, r <= s -> bounded_by d D f r -> bounded_by d D f s.
Proof.
  intros d D f r s H [H0 HB]. split; [lra |]. intros x k t l Hk Hl. apply Rle_trans with (1 := HB x k t l Hk Hl).
  apply Rmult_le_compat_r; [apply Rabs_pos | exact H].
Qed.

(** f + t g *)
Lemma bounded_combination : forall d D (f g h : vec -> nat -> R) r s t, 0 <= t -> (forall x l, h x l = f x l + t * g x l) ->
  bounded_by d D f r -> bounded_by d D g s -> bounded_by d D h (r + t * s).
Proof.
  intros d D f g h r s t Ht E [Hr HF] [Hs HG]. split; [assert (A := Rmult_le_pos t s Ht Hs); lra |].
  intros x k u l Hk Hl. rewrite !E. assert (A := HF x k u l Hk Hl). assert (B := HG x k u l Hk Hl).
  replace (_ - _) with ((f (shift x k u) l - f x l) + t * (g (shift x k u) l - g x l)) by ring.
  apply Rle_trans with (1 := Rabs_triang _ _). rewrite Rabs_mult, (Rabs_pos_eq t Ht).
  apply Rmult_le_compat_l with (r := t) in B; [lra | exact Ht].
Qed.

(** A local minimum over Ω* of radius r is one among realizations, of radius r²/8: the nearest network has the same Λ. *)
Lemma Omega_minimum : forall d m D Lambda L C G r, (2 <= d)%nat -> extensional D Lambda -> extensional D L -> 0 < r -> in_Omega d m D Lambda C G ->
  (forall P, in_Omega d m D Lambda C P -> distance d m D P G <= r -> L (eval d m G) <= L (eval d m P)) ->
  forall T, in_Omega d m D Lambda C T -> bounded_by d D (difference d m m G T) (r ^ 2 / 8) -> L (eval d m G) <= L (eval d m T).
Proof.
  intros d m D Lambda L C G r Hd HLam HL Hr [HG _] Hmin T [HT HC] HB.
  destruct (theorem_3_3_holds d m D G T (r ^ 2 / 8) Hd HG HT HB) as [P [HP [HS Hn]]]. rewrite radius in Hn by exact Hr.
  rewrite <- (HL (eval d m P) (eval d m T) HS). apply Hmin; [| exact Hn]. split; [exact HP |]. now rewrite (HLam _ (eval d m T) HS).
Qed.

Theorem theorem_1_3_repaired_holds : theorem_1_3_repaired.
Proof.
  intros d D Lambda L C c diameter eta Hd HLam HL Hc Hconv Hlip Hdiam Happ Heta r e Hr He.
  set (s := r ^ 2 / 8). set (K := Rabs diameter + 1).
  assert (Hs : 0 < s) by (unfold s; assert (0 < r ^ 2) by (apply pow_lt; exact Hr); lra).
  assert (HK : 0 < K) by (unfold K; assert (P := Rabs_pos diameter); lra).
  assert (Hdk : diameter <= K) by (unfold K; assert (P := Rle_abs diameter); lra).
  assert (Hgoal : 0 < Rmin (s / 2) (e * s / (2 * (c + 1) * K))).
  { apply Rmin_pos; [lra |]. apply Rdiv_lt_0_compat; [now apply Rmult_lt_0_compat |]. apply Rmult_lt_0_compat; lra. }
  destruct (Heta _ Hgoal) as [n Hn]. exists n. intros m G Hm HG Hmin T HT.
  assert (Hball := Omega_minimum d m D Lambda L C G r Hd HLam HL Hr HG Hmin). fold s in Hball.
  assert (HB := Hdiam m G T HG HT). specialize (Hn m Hm).
  assert (N1 := Rle_trans _ _ _ Hn (Rmin_l _ _)). assert (N2 := Rle_trans _ _ _ Hn (Rmin_r _ _)). clear Hn.
  destruct (Rle_dec K s) as [Hk | Hk].
  { apply Rle_trans with (L (eval d m T)); [| lra]. apply Hball; [exact HT |]. apply bounded_weaken with diameter; [lra | exact HB]. }
  set (t := s / (2 * K)). assert (Ht : 0 <= t <= 1).
  { split; [apply Rle_mult_inv_pos; lra |]. apply Rmult_le_reg_r with (2 * K); [lra |]. unfold t, Rdiv. rewrite Rmult_assoc, Rinv_l; lra. }
  assert (E : t * K = s / 2) by (unfold t; field; lra).
  destruct (Happ m G T t HG HT Ht) as [P [HP HPB]].
  assert (M : L (eval d m G) <= L (eval d m P)).
  { apply Hball; [exact HP |]. apply bounded_weaken with (eta m + t * diameter).
    - assert (t * diameter <= t * K) by (apply Rmult_le_compat_l; lra). lra.
    - apply bounded_combination with (3 := HPB) (4 := HB); [lra |]. intros x l. unfold difference, subtract, segment. ring. }
  assert (A := Hlip _ _ _ HPB). assert (B := Rle_abs (L (eval d m P) - L (segment t (eval d m G) (eval d m T)))).
  assert (V := Hconv (eval d m G) (eval d m T) t Ht).
  assert (Q : L (eval d m G) <= L (eval d m T) + 2 * c / s * K * eta m) by (apply divide_weight; [assumption .. | fold t; lra]).
  assert (W : 2 * c / s * K * eta m <= e); [| lra].
  assert (X : 0 <= 2 * c / s * K) by (apply Rmult_le_pos; [apply Rle_mult_inv_pos; lra | lra]).
  apply Rle_trans with (1 := Rmult_le_compat_l _ _ _ X N2).
  replace (2 * c / s * K * (e * s / (2 * (c + 1) * K))) with (e * (c / (c + 1))) by (field; lra).
  rewrite <- (Rmult_1_r e) at 2. apply Rmult_le_compat_l; [lra |].
  apply Rmult_le_reg_r with (c + 1); [lra |]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l; lra.
Qed.

(** * Approximants *)
(** Finitely many balls: from some n on all that are met are met in X n. *)
Lemma balls_met : forall (F : Type) (dist : F -> F -> R) (X : nat -> F -> Prop) e, (forall n f, X n f -> X (S n) f) -> forall net : list F,
  exists n, forall g, In g net -> (exists n' f, X n' f /\ dist f g <= e) -> exists h, X n h /\ dist h g <= e.
Proof.
  intros F dist X e Hnest. assert (Hmono : forall n n' f, (n <= n')%nat -> X n f -> X n' f) by (induction 1; auto).
  induction net as [| g net [n Hn]]; [exists 0%nat; intros g [] |].
  destruct (classic (exists n' f, X n' f /\ dist f g <= e)) as [[n' [f [Hf Hd]]] | Hno].
  - exists (Nat.max n n'). intros g' [<- | Hg] Hex.
    + exists f. split; [| exact Hd]. apply Hmono with n'; [lia | exact Hf].
    + destruct (Hn g' Hg Hex) as [h [Hh Hd']]. exists h. split; [| exact Hd']. apply Hmono with n; [lia | exact Hh].
  - exists n. intros g' [<- | Hg] Hex; [now destruct Hno | now apply Hn].
Qed.

Theorem approximants_holds : approximants.
Proof.
  intros F dist X Hsym Htri Hnest Hnet e He. destruct (Hnet (e / 2)) as [net H]; [lra |].
  destruct (balls_met F dist X (e / 2) Hnest net) as [n Hn]. exists n. intros n' f Hf. destruct (H n' f Hf) as [g [Hg Hd]].
  destruct (Hn g Hg) as [h [Hh Hd']]; [now exists n', f |]. exists h. split; [exact Hh |].
  apply Rle_trans with (1 := Htri h g f). rewrite (Hsym g f). lra.
Qed.

(** * Biases as weights *)
(** The weights (a, b), and (0, 1) with outer weights e for the output bias. *)
Definition with_bias (d : nat) (a : vec) (b : R) : vec := fun k => if Nat.ltb k d then a k else b.

Lemma dot_with_bias : forall d a b x, dot (S d) (with_bias d a b) (homogenised d x) = dot d a x + b.
Proof.
  intros. unfold dot, with_bias, homogenised; simpl. rewrite Nat.ltb_irrefl, Rmult_1_r. f_equal. apply sum_ext.
  intros k Hk. now rewrite (proj2 (Nat.ltb_lt k d)).
Qed.

Lemma homogenise : forall d m D B, exists G, forall x l, (l < D)%nat -> eval (d + 1) (m + 1) G (homogenised d x) l = eval_biased d m B x l.
Proof.
  intros d m D B. replace (d + 1)%nat with (S d) by lia. replace (m + 1)%nat with (S m) by lia.
  exists (Net (fun i => if Nat.eqb i m then with_bias d (fun _ => 0) 1 else with_bias d (inner (weights B) i) (bias B i))
              (fun i => if Nat.eqb i m then output_bias B else outer (weights B) i)).
  intros x l _. unfold eval, eval_biased; cbn [sum inner outer]. rewrite Nat.eqb_refl, dot_with_bias, dot_zero_l by (intros k _; reflexivity).
  rewrite (relu_pos (0 + 1)) by lra. f_equal; [| ring]. apply sum_ext. intros i Hi.
  rewrite (proj2 (Nat.eqb_neq i m)), dot_with_bias by lia. reflexivity.
Qed.

(** In N* the last weight of every neuron is positive, so that no two are opposite. *)
Lemma Nstar_not_opposite : forall d m D G T i j, (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> (i < m)%nat -> (j < m)%nat ->
  ~ opposite d (inner G i) (inner T j).
Proof.
  intros d m D G T i j Hd [_ HG] [_ HT] Hi Hj [l [Hl HM]]. specialize (HM (d - 1)%nat ltac:(lia)).
  destruct (HG i Hi) as [_ A], (HT j Hj) as [_ B]. nra.
Qed.

Theorem biases_as_weights_holds : biases_as_weights.
Proof.
  split; [exact homogenise | split; [| exact lemma_A_6_holds]]. intros d m D G T Hd HG HT.
  split; [apply HG | split; [| split]]; intros i j Hi Hj; intros; apply Nstar_not_opposite with m D; assumption.
Qed.
