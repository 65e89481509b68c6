(** Tools for the definitions of Statements.v: finite sums, the largest entry, inner products, relu, and what is decidable of vectors. *)
From Coq Require Import Reals List Arith Lra Lia Psatz.
From relucert Require Import Statements.
Open Scope R_scope.

(** * Sums *)
Lemma sum_ext : forall n f g, (forall i, (i < n)%nat -> f i = g i) -> sum n f = sum n g.
Proof.
  induction n; intros f g H; simpl; [reflexivity|].
  rewrite (IHn f g) by (intros; apply H; lia). rewrite H by lia. reflexivity.
Qed.

Lemma sum_plus : forall n f g, sum n (fun i => f i + g i) = sum n f + sum n g.
Proof. induction n; intros; simpl; [lra|]. rewrite IHn. lra. Qed.

Lemma sum_minus : forall n f g, sum n (fun i => f i - g i) = sum n f - sum n g.
Proof. induction n; intros; simpl; [lra|]. rewrite IHn. lra. Qed.

Lemma sum_scal : forall n c f, sum n (fun i => c * f i) = c * sum n f.
Proof. induction n; intros; simpl; [lra|]. rewrite IHn. lra. Qed.

Lemma sum_scal_r : forall n c f, sum n (fun i => f i * c) = sum n f * c.
Proof. induction n; intros; simpl; [lra|]. rewrite IHn. lra. Qed.

Lemma sum_opp : forall n f, sum n (fun i => - f i) = - sum n f.
Proof. induction n; intros; simpl; [lra|]. rewrite IHn. lra. Qed.

Lemma sum_zero : forall n f, (forall i, (i < n)%nat -> f i = 0) -> sum n f = 0.
Proof.
  induction n; intros f H; simpl; [reflexivity|].
  rewrite (IHn f) by (intros; apply H; lia). rewrite H by lia. lra.
Qed.

Lemma sum_swap : forall n p (f : nat -> nat -> R), sum n (fun i => sum p (fun j => f i j)) = sum p (fun j => sum n (fun i => f i j)).
Proof.
  induction n; intros; simpl.
  - symmetry. apply sum_zero. reflexivity.
  - rewrite IHn, sum_plus. reflexivity.
Qed.

(** only one term may be nonzero *)
Lemma sum_single : forall n f j, (j < n)%nat -> (forall i, (i < n)%nat -> i <> j -> f i = 0) -> sum n f = f j.
Proof.
  induction n; intros f j Hj H; simpl; [lia|].
  destruct (Nat.eq_dec j n) as [->|Hn].
  - rewrite sum_zero by (intros; apply H; lia). lra.
  - rewrite (IHn f j) by (intros; try apply H; lia). rewrite (H n) by lia. lra.
Qed.

Lemma sum_delta : forall n f j, (j < n)%nat -> sum n (fun i => if Nat.eqb i j then f i else 0) = f j.
Proof.
  intros n f j Hj. rewrite (sum_single n _ j Hj).
  - now rewrite Nat.eqb_refl.
  - intros i _ Hi. apply Nat.eqb_neq in Hi. now rewrite Hi.
Qed.

Lemma sum_split : forall n p f, sum (n + p) f = sum n f + sum p (fun i => f (n + i)%nat).
Proof.
  induction p; intros; simpl.
  - rewrite Nat.add_0_r. lra.
  - rewrite Nat.add_succ_r. simpl. rewrite IHp. lra.
Qed.

Lemma sum_le : forall n f g, (forall i, (i < n)%nat -> f i <= g i) -> sum n f <= sum n g.
Proof.
  induction n; intros f g H; simpl; [lra|].
  apply Rplus_le_compat; [apply IHn; intros; apply H; lia | apply H; lia].
Qed.

Lemma sum_nonneg : forall n f, (forall i, (i < n)%nat -> 0 <= f i) -> 0 <= sum n f.
Proof.
  intros n f H. rewrite <- (sum_zero n (fun _ => 0)) by reflexivity. now apply sum_le.
Qed.

(** a sum of nonnegative terms is at least each of them *)
Lemma sum_term_le : forall n f j, (j < n)%nat -> (forall i, (i < n)%nat -> 0 <= f i) -> f j <= sum n f.
Proof.
  intros n f j Hj H. rewrite <- (sum_delta n f j Hj). apply sum_le.
  intros i Hi. specialize (H i Hi). destruct (Nat.eqb i j); lra.
Qed.

Lemma sum_abs : forall n f, Rabs (sum n f) <= sum n (fun i => Rabs (f i)).
Proof.
  induction n; intros; simpl; [rewrite Rabs_R0; lra|].
  eapply Rle_trans; [apply Rabs_triang|]. specialize (IHn f). lra.
Qed.

Lemma sum_const : forall n c, sum n (fun _ => c) = INR n * c.
Proof. induction n; intros; [simpl; lra|]. rewrite S_INR. simpl sum. rewrite IHn. lra. Qed.

(** * The largest absolute entry *)
Lemma top_nonneg : forall n f, 0 <= top n f.
Proof. destruct n; intros; simpl; [lra|]. eapply Rle_trans; [apply Rabs_pos | apply Rmax_r]. Qed.

Lemma top_upper : forall n f i, (i < n)%nat -> Rabs (f i) <= top n f.
Proof.
  induction n; intros f i Hi; [lia|]. simpl. destruct (Nat.eq_dec i n) as [->|Hn]; [apply Rmax_r|].
  eapply Rle_trans; [apply IHn; lia | apply Rmax_l].
Qed.

Lemma top_le : forall n f B, 0 <= B -> (forall i, (i < n)%nat -> Rabs (f i) <= B) -> top n f <= B.
Proof.
  induction n; intros f B HB H; simpl; [assumption|].
  apply Rmax_lub; [apply IHn; [assumption | intros; apply H; lia] | apply H; lia].
Qed.

Lemma top_lt : forall n f B, 0 < B -> (forall i, (i < n)%nat -> Rabs (f i) < B) -> top n f < B.
Proof.
  induction n; intros f B HB H; simpl; [assumption|].
  apply Rmax_lub_lt; [apply IHn; [assumption | intros; apply H; lia] | apply H; lia].
Qed.

Lemma top_attained : forall n f, (0 < n)%nat -> exists i, (i < n)%nat /\ top n f = Rabs (f i).
Proof.
  induction n; intros f Hn; [lia|]. simpl. destruct n.
  - exists 0%nat. split; [lia|]. simpl. apply Rmax_right, Rabs_pos.
  - destruct (IHn f) as [i [Hi E]]; [lia|]. unfold Rmax. destruct (Rle_dec (top (S n) f) (Rabs (f (S n)))).
    + exists (S n). split; [lia | reflexivity].
    + exists i. split; [lia | exact E].
Qed.

Lemma top_ext : forall n f g, (forall i, (i < n)%nat -> f i = g i) -> top n f = top n g.
Proof.
  induction n; intros f g H; simpl; [reflexivity|].
  rewrite (IHn f g) by (intros; apply H; lia). rewrite H by lia. reflexivity.
Qed.

Lemma top_zero : forall n f, (forall i, (i < n)%nat -> f i = 0) -> top n f = 0.
Proof.
  intros n f H. apply Rle_antisym; [|apply top_nonneg].
  apply top_le; [lra|]. intros. rewrite H, Rabs_R0 by assumption. lra.
Qed.

Lemma top_scal : forall n c f, top n (fun i => c * f i) = Rabs c * top n f.
Proof.
  induction n; intros; simpl; [lra|]. rewrite IHn, Rabs_mult. apply RmaxRmult, Rabs_pos.
Qed.

Lemma top_opp : forall n f, top n (fun i => - f i) = top n f.
Proof. induction n; intros; simpl; [reflexivity|]. rewrite IHn, Rabs_Ropp. reflexivity. Qed.

Lemma top_1 : forall f, top 1 f = Rabs (f 0%nat).
Proof. intros. simpl. apply Rmax_right, Rabs_pos. Qed.

Lemma top_triangle : forall n f g, top n (fun i => f i + g i) <= top n f + top n g.
Proof.
  intros. apply top_le.
  - pose proof (top_nonneg n f). pose proof (top_nonneg n g). lra.
  - intros i Hi. eapply Rle_trans; [apply Rabs_triang|].
    pose proof (top_upper n f i Hi). pose proof (top_upper n g i Hi). lra.
Qed.

Lemma top_zero_iff : forall d a, top d a = 0 <-> zero d a.
Proof.
  intros d a. split; intros H; [|now apply top_zero].
  intros k Hk. pose proof (top_upper d a k Hk). pose proof (Rabs_pos (a k)).
  destruct (Req_dec (a k) 0) as [E|E]; [exact E|]. apply Rabs_no_R0 in E. lra.
Qed.

Lemma top_pos : forall d a, ~ zero d a -> 0 < top d a.
Proof.
  intros d a H. destruct (Rle_lt_or_eq_dec 0 (top d a) (top_nonneg d a)) as [L|E]; [exact L|].
  exfalso. apply H, top_zero_iff. now rewrite <- E.
Qed.

Lemma top_multiple : forall d l a b, multiple d l a b -> top d b = Rabs l * top d a.
Proof. intros d l a b H. rewrite <- top_scal. apply top_ext. exact H. Qed.

(** * Inner products *)
Lemma dot_ext : forall d a b x y, (forall k, (k < d)%nat -> a k = b k) -> (forall k, (k < d)%nat -> x k = y k) -> dot d a x = dot d b y.
Proof. intros. unfold dot. apply sum_ext. intros i Hi. rewrite H, H0 by assumption. reflexivity. Qed.

Lemma dot_comm : forall d a x, dot d a x = dot d x a.
Proof. intros. unfold dot. apply sum_ext. intros. lra. Qed.

Lemma dot_plus_r : forall d a x y, dot d a (fun k => x k + y k) = dot d a x + dot d a y.
Proof. intros. unfold dot. rewrite <- sum_plus. apply sum_ext. intros. lra. Qed.

Lemma dot_minus_r : forall d a x y, dot d a (fun k => x k - y k) = dot d a x - dot d a y.
Proof. intros. unfold dot. rewrite <- sum_minus. apply sum_ext. intros. lra. Qed.

Lemma dot_scal_r : forall d c a x, dot d a (fun k => c * x k) = c * dot d a x.
Proof. intros. unfold dot. rewrite <- sum_scal. apply sum_ext. intros. lra. Qed.

Lemma dot_opp_r : forall d a x, dot d a (fun k => - x k) = - dot d a x.
Proof. intros. unfold dot. rewrite <- sum_opp. apply sum_ext. intros. lra. Qed.

Lemma dot_plus_l : forall d a b x, dot d (fun k => a k + b k) x = dot d a x + dot d b x.
Proof. intros. unfold dot. rewrite <- sum_plus. apply sum_ext. intros. lra. Qed.

Lemma dot_minus_l : forall d a b x, dot d (fun k => a k - b k) x = dot d a x - dot d b x.
Proof. intros. unfold dot. rewrite <- sum_minus. apply sum_ext. intros. lra. Qed.

Lemma dot_scal_l : forall d c a x, dot d (fun k => c * a k) x = c * dot d a x.
Proof. intros. unfold dot. rewrite <- sum_scal. apply sum_ext. intros. lra. Qed.

Lemma dot_opp_l : forall d a x, dot d (fun k => - a k) x = - dot d a x.
Proof. intros. unfold dot. rewrite <- sum_opp. apply sum_ext. intros. lra. Qed.

Lemma dot_multiple : forall d l a b x, multiple d l a b -> dot d b x = l * dot d a x.
Proof. intros d l a b x H. rewrite <- dot_scal_l. apply dot_ext; [exact H | reflexivity]. Qed.

Lemma dot_zero_l : forall d a x, zero d a -> dot d a x = 0.
Proof. intros d a x H. apply sum_zero. intros. rewrite H by assumption. lra. Qed.

(** [x + t e_k] *)
Lemma dot_shift : forall d a x k t, (k < d)%nat -> dot d a (shift x k t) = dot d a x + t * a k.
Proof.
  intros d a x k t Hk. unfold dot, shift.
  rewrite (sum_ext d _ (fun j => a j * x j + (if Nat.eqb j k then t * a j else 0))).
  - rewrite sum_plus, sum_delta by assumption. reflexivity.
  - intros j _. destruct (Nat.eqb j k); lra.
Qed.

(** the unit vector picks an entry *)
Definition unit_vec (k : nat) : vec := fun j => if Nat.eqb j k then 1 else 0.
Lemma dot_unit_vec : forall d a k, (k < d)%nat -> dot d a (unit_vec k) = a k.
Proof.
  intros d a k Hk. unfold dot, unit_vec. rewrite (sum_ext d _ (fun j => if Nat.eqb j k then a j else 0)).
  - now apply sum_delta.
  - intros j _. destruct (Nat.eqb j k); lra.
Qed.

Lemma dot_self_nonneg : forall d n, 0 <= dot d n n.
Proof. intros. apply sum_nonneg. intros. nra. Qed.

Lemma dot_self_pos : forall d n, ~ zero d n -> 0 < dot d n n.
Proof.
  intros d n H. destruct (Rle_lt_or_eq_dec 0 (dot d n n) (dot_self_nonneg d n)) as [L|E]; [exact L|].
  exfalso. apply H. intros k Hk.
  pose proof (sum_term_le d (fun k => n k * n k) k Hk ltac:(intros; simpl; nra)) as B. simpl in B.
  unfold dot in E. rewrite <- E in B. nra.
Qed.

(** * relu *)
Lemma relu_abs : forall t, relu t = (t + Rabs t) / 2.
Proof. intros. unfold relu, Rmax, Rabs. destruct (Rle_dec 0 t), (Rcase_abs t); lra. Qed.

Lemma relu_pos : forall t, 0 <= t -> relu t = t.
Proof. intros. unfold relu. now apply Rmax_right. Qed.

Lemma relu_neg : forall t, t <= 0 -> relu t = 0.
Proof. intros. unfold relu. now apply Rmax_left. Qed.

Lemma relu_0 : relu 0 = 0.
Proof. apply relu_pos. lra. Qed.

Lemma relu_scale : forall l t, 0 <= l -> relu (l * t) = l * relu t.
Proof.
  intros l t Hl. destruct (Rle_dec 0 t).
  - rewrite !relu_pos by nra. reflexivity.
  - rewrite !relu_neg by nra. lra.
Qed.

Lemma relu_opp : forall t, relu t - relu (- t) = t.
Proof. intros. rewrite !relu_abs, Rabs_Ropp. lra. Qed.

Lemma relu_nonneg : forall t, 0 <= relu t.
Proof. intros. apply Rmax_l. Qed.

Lemma relu_le_abs : forall t, relu t <= Rabs t.
Proof. intros. rewrite relu_abs. pose proof (RRle_abs t). lra. Qed.

Lemma relu_lipschitz : forall s t, Rabs (relu s - relu t) <= Rabs (s - t).
Proof.
  intros. unfold relu, Rmax. destruct (Rle_dec 0 s), (Rle_dec 0 t); unfold Rabs; repeat destruct Rcase_abs; lra.
Qed.

(** * What is decidable: equality of reals is, so zero and being a multiple are *)
Definition zero_dec : forall d a, {zero d a} + {~ zero d a}.
Proof.
  intros d a. destruct (Req_EM_T (top d a) 0) as [E|E].
  - left. now apply top_zero_iff.
  - right. intros H. apply E. now apply top_zero_iff.
Defined.

Lemma zero_or_not : forall d a, zero d a \/ exists k, (k < d)%nat /\ a k <> 0.
Proof.
  intros d a. destruct (zero_dec d a) as [H|H]; [now left|right].
  destruct d; [exfalso; apply H; intros k Hk; lia|].
  destruct (top_attained (S d) a) as [i [Hi E]]; [lia|].
  exists i. split; [exact Hi|]. intros Z. apply H, top_zero_iff. rewrite E, Z. apply Rabs_R0.
Qed.

Definition multiple_dec : forall d l a b, {multiple d l a b} + {~ multiple d l a b}.
Proof.
  intros d l a b. destruct (zero_dec d (fun k => b k - l * a k)) as [H|H].
  - left. intros k Hk. specialize (H k Hk). simpl in H. lra.
  - right. intros M. apply H. intros k Hk. rewrite (M k Hk). lra.
Defined.

Lemma multiple_one : forall d l a b, multiple d l a b -> forall c e, (forall k, (k < d)%nat -> e k = c * b k) -> multiple d (c * l) a e.
Proof. intros d l a b H c e E k Hk. rewrite E, H by assumption. lra. Qed.

Lemma multiple_refl : forall d a, multiple d 1 a a.
Proof. intros d a k Hk. lra. Qed.

Lemma multiple_trans : forall d l l' a b c, multiple d l a b -> multiple d l' b c -> multiple d (l' * l) a c.
Proof. intros d l l' a b c H H' k Hk. rewrite H', H by assumption. lra. Qed.

Lemma multiple_sym : forall d l a b, l <> 0 -> multiple d l a b -> multiple d (/ l) b a.
Proof. intros d l a b Hl H k Hk. rewrite H by assumption. field. exact Hl. Qed.

Lemma multiple_nonzero : forall d l a b, multiple d l a b -> ~ zero d b -> l <> 0.
Proof. intros d l a b H Hb E. apply Hb. intros k Hk. rewrite H by assumption. rewrite E. lra. Qed.

Lemma multiple_nonzero_l : forall d l a b, multiple d l a b -> ~ zero d b -> ~ zero d a.
Proof. intros d l a b H Hb Ha. apply Hb. intros k Hk. rewrite H, Ha by assumption. lra. Qed.

Lemma multiple_nonzero_r : forall d l a b, multiple d l a b -> l <> 0 -> ~ zero d a -> ~ zero d b.
Proof.
  intros d l a b H Hl Ha Hb. apply Ha. intros k Hk. specialize (H k Hk). rewrite (Hb k Hk) in H.
  symmetry in H. apply Rmult_integral in H. tauto.
Qed.

(** the factor of a as a multiple of n, meaningful if there is one *)
Definition ratio (d : nat) (n a : vec) : R := dot d a n / dot d n n.

Lemma ratio_multiple : forall d n a l, ~ zero d n -> multiple d l n a -> ratio d n a = l.
Proof.
  intros d n a l Hn H. unfold ratio. rewrite (dot_multiple d l n a n H). field.
  apply Rgt_not_eq, dot_self_pos, Hn.
Qed.

Lemma multiple_unique : forall d l l' n a, ~ zero d n -> multiple d l n a -> multiple d l' n a -> l = l'.
Proof. intros. rewrite <- (ratio_multiple d n a l), <- (ratio_multiple d n a l') by assumption. reflexivity. Qed.

Definition collinear_dec : forall d n a, {multiple d (ratio d n a) n a} + {forall l, ~ multiple d l n a}.
Proof.
  intros d n a. destruct (multiple_dec d (ratio d n a) n a) as [H|H]; [now left|right].
  intros l M. apply H. destruct (zero_dec d n) as [Z|Z].
  - intros k Hk. rewrite (M k Hk), (Z k Hk). lra.
  - now rewrite (ratio_multiple d n a l Z M).
Defined.

(** positive multiples *)
Definition parallel_dec : forall d a b, ~ zero d a -> {0 < ratio d a b /\ multiple d (ratio d a b) a b} + {~ parallel d a b}.
Proof.
  intros d a b Ha. destruct (collinear_dec d a b) as [M|N].
  - destruct (Rlt_dec 0 (ratio d a b)) as [P|P]; [left; now split|right].
    intros [l [Hl H]]. apply P. now rewrite (ratio_multiple d a b l Ha H).
  - right. intros [l [_ H]]. exact (N l H).
Defined.

Lemma parallel_sym : forall d a b, parallel d a b -> parallel d b a.
Proof.
  intros d a b [l [Hl H]]. exists (/ l). split; [now apply Rinv_0_lt_compat|].
  apply multiple_sym; [lra | exact H].
Qed.

Lemma parallel_trans : forall d a b c, parallel d a b -> parallel d b c -> parallel d a c.
Proof.
  intros d a b c [l [Hl H]] [l' [Hl' H']]. exists (l' * l). split; [nra|]. now apply multiple_trans with b.
Qed.

Lemma multiple_sign : forall d l a b, ~ zero d b -> multiple d l a b -> parallel d a b \/ opposite d a b.
Proof.
  intros d l a b Hb H. pose proof (multiple_nonzero d l a b H Hb) as Hl.
  destruct (Rlt_dec 0 l); [left | right]; exists l; split; try lra; exact H.
Qed.

(** * Evaluation *)
Lemma eval_ext_x : forall d m N x y l, (forall k, (k < d)%nat -> x k = y k) -> eval d m N x l = eval d m N y l.
Proof.
  intros d m N x y l H. unfold eval. apply sum_ext. intros i _. rewrite (dot_ext d (inner N i) (inner N i) x y); auto.
Qed.

Lemma eval_ext : forall d m N N' x l, (forall i k, (i < m)%nat -> (k < d)%nat -> inner N i k = inner N' i k) ->
  (forall i, (i < m)%nat -> outer N i l = outer N' i l) -> eval d m N x l = eval d m N' x l.
Proof.
  intros d m N N' x l Hi Ho. unfold eval. apply sum_ext. intros i Hm. rewrite Ho by assumption.
  rewrite (dot_ext d (inner N i) (inner N' i) x x); auto.
Qed.

Lemma same_refl : forall d m D N, same d m m D N N.
Proof. intros d m D N x l _. reflexivity. Qed.

Lemma same_sym : forall d m m' D N N', same d m m' D N N' -> same d m' m D N' N.
Proof. intros d m m' D N N' H x l Hl. symmetry. now apply H. Qed.

Lemma same_trans : forall d m m' m'' D N N' N'', same d m m' D N N' -> same d m' m'' D N' N'' -> same d m m'' D N N''.
Proof. intros d m m' m'' D N N' N'' H H' x l Hl. rewrite H by assumption. now apply H'. Qed.

(** * The distance of networks, entry by entry *)
Lemma distance_le : forall d m D N N' B, 0 <= B ->
  (forall i k, (i < m)%nat -> (k < d)%nat -> Rabs (inner N i k - inner N' i k) <= B) ->
  (forall i l, (i < m)%nat -> (l < D)%nat -> Rabs (outer N i l - outer N' i l) <= B) -> distance d m D N N' <= B.
Proof.
  intros d m D N N' B HB Hi Ho. unfold distance. apply top_le; [exact HB|]. intros i Hm.
  rewrite Rabs_pos_eq.
  - apply Rmax_lub; apply top_le; auto.
  - eapply Rle_trans; [apply top_nonneg | apply Rmax_l].
Qed.

Lemma distance_inner : forall d m D N N' i k, (i < m)%nat -> (k < d)%nat -> Rabs (inner N i k - inner N' i k) <= distance d m D N N'.
Proof.
  intros d m D N N' i k Hi Hk. unfold distance. eapply Rle_trans; [|apply top_upper with (i := i); exact Hi].
  cbv beta. eapply Rle_trans; [|apply RRle_abs]. eapply Rle_trans; [|apply Rmax_l].
  exact (top_upper d (fun k => inner N i k - inner N' i k) k Hk).
Qed.

Lemma distance_outer : forall d m D N N' i l, (i < m)%nat -> (l < D)%nat -> Rabs (outer N i l - outer N' i l) <= distance d m D N N'.
Proof.
  intros d m D N N' i l Hi Hl. unfold distance. eapply Rle_trans; [|apply top_upper with (i := i); exact Hi].
  cbv beta. eapply Rle_trans; [|apply RRle_abs]. eapply Rle_trans; [|apply Rmax_r].
  exact (top_upper D (fun l => outer N i l - outer N' i l) l Hl).
Qed.
