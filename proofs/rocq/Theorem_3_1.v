(** Theorem 3.1: first in jump form (N10), then with the sharp constant sqrt 2 (N6), then as published with the constant 2. *)
From Coq Require Import Reals List Arith Lra Lia Psatz.
From relucert Require Import Statements Sums Hyperplanes Jumps Matching Rearranging.
Open Scope R_scope.

(** * One neuron *)
(** [c'] relu <a', .> is the function of [c] relu <a, .> *)
Definition same_neuron (d : nat) (a' : vec) (c' : R) (a : vec) (c : R) : Prop := forall x, c' * relu (dot d a' x) = c * relu (dot d a x).

(** rescaling by s > 0 *)
Lemma rescaled : forall d a c s, 0 < s -> same_neuron d (fun k => s * a k) (c / s) a c.
Proof. intros d a c s Hs x. rewrite dot_scal_l, relu_scale by lra. field. lra. Qed.

(** balancing: both weights at most the root of the product; a dead neuron becomes zero *)
Lemma balance : forall d a c J, Rabs c * top d a <= J ->
  exists a' c', same_neuron d a' c' a c /\ top d a' <= sqrt J /\ Rabs c' <= sqrt J.
Proof.
  intros d a c J H. pose proof (top_nonneg d a) as Ta. pose proof (Rabs_pos c) as Pc.
  assert (HJ : 0 <= J) by nra.
  assert (dead : (forall x, c * relu (dot d a x) = 0) -> exists a' c', same_neuron d a' c' a c /\ top d a' <= sqrt J /\ Rabs c' <= sqrt J).
  { intros Z. exists (fun _ => 0), 0. split; [intros x; rewrite Z; ring|]. rewrite top_zero, Rabs_R0 by reflexivity.
    split; apply sqrt_pos. }
  destruct (zero_dec d a) as [Z|Z]; [apply dead; intros x; rewrite dot_zero_l, relu_0 by exact Z; ring|].
  destruct (Req_EM_T c 0) as [->|Hc]; [apply dead; intros x; ring|].
  pose proof (top_pos d a Z) as Ha. apply Rabs_pos_lt in Hc.
  set (p := Rabs c * top d a) in *. assert (Hp : 0 < p) by (unfold p; nra).
  assert (Sp : 0 < sqrt p) by now apply sqrt_lt_R0.
  assert (Sq : sqrt p * sqrt p = p) by (apply sqrt_sqrt; lra).
  assert (Le : sqrt p <= sqrt J) by now apply sqrt_le_1_alt.
  set (s := sqrt p / top d a). assert (Hs : 0 < s) by (now apply Rdiv_lt_0_compat).
  exists (fun k => s * a k), (c / s). split; [now apply rescaled|]. split.
  - rewrite top_scal, Rabs_pos_eq by lra. unfold s. replace (sqrt p / top d a * top d a) with (sqrt p) by (field; lra). exact Le.
  - unfold Rdiv. rewrite Rabs_mult, Rabs_inv, (Rabs_pos_eq s) by lra. unfold s.
    replace (Rabs c * / (sqrt p / top d a)) with (p / sqrt p); [|unfold p at 1; field; lra].
    rewrite <- Sq at 1. replace (sqrt p * sqrt p / sqrt p) with (sqrt p) by (field; lra). exact Le.
Qed.

(** the pair lemma (N6): c, q > 0; neuron of product q lam rescaled to within sqrt J of (lam, c) *)
Lemma pair_positive : forall lam c q J, 0 < lam -> 0 < c -> 0 < q -> Rabs (q - c) * lam <= J ->
  exists s, 0 < s /\ Rabs (s - 1) * lam <= sqrt J /\ Rabs (q / s - c) <= sqrt J.
Proof.
  intros lam c q J Hl Hc Hq H. assert (HJ : 0 <= J) by (pose proof (Rabs_pos (q - c)); nra).
  pose proof (sqrt_pos J) as Ht. pose proof (sqrt_sqrt J HJ) as Hsq. set (t := sqrt J) in *.
  assert (keep_c : Rabs (q - c) * lam <= t * c -> exists s, 0 < s /\ Rabs (s - 1) * lam <= t /\ Rabs (q / s - c) <= t).
  { intros K. exists (q / c). split; [now apply Rdiv_lt_0_compat|]. split.
    - apply Rmult_le_reg_r with c; [exact Hc|]. replace (q / c - 1) with ((q - c) * / c) by (field; lra).
      rewrite Rabs_mult, (Rabs_pos_eq (/ c)) by (left; now apply Rinv_0_lt_compat).
      replace (Rabs (q - c) * / c * lam * c) with (Rabs (q - c) * lam) by (field; lra). exact K.
    - replace (q / (q / c) - c) with 0 by (field; lra). rewrite Rabs_R0. exact Ht. }
  destruct (Rle_dec c q) as [G|L].
  - rewrite (Rabs_pos_eq (q - c)) in H, keep_c by lra. destruct (Rle_dec (q * lam) ((lam + t) * c)) as [A|A]; [apply keep_c; nra|].
    exists ((lam + t) / lam). split; [apply Rdiv_lt_0_compat; lra|]. split.
    + replace ((lam + t) / lam - 1) with (t / lam) by (field; lra).
      rewrite Rabs_pos_eq by (apply Rmult_le_pos; [exact Ht | left; now apply Rinv_0_lt_compat]). right. field. lra.
    + assert (E : q / ((lam + t) / lam) - c = (q * lam - (lam + t) * c) / (lam + t)) by (field; lra).
      assert (P : 0 < / (lam + t)) by (apply Rinv_0_lt_compat; lra).
      rewrite E, Rabs_pos_eq by (apply Rmult_le_pos; lra).
      apply Rmult_le_reg_r with (lam + t); [lra|]. unfold Rdiv. rewrite Rmult_assoc, Rinv_l by lra. nra.
  - rewrite (Rabs_minus_sym q c), (Rabs_pos_eq (c - q)) in H, keep_c by lra. destruct (Rle_dec lam c) as [A|A].
    + apply keep_c. destruct (Rle_dec lam t) as [B|B]; nra.
    + exists 1. split; [lra|]. replace (1 - 1) with 0 by ring. rewrite Rabs_R0. split; [lra|].
      replace (q / 1 - c) with (q - c) by field. rewrite Rabs_minus_sym, Rabs_pos_eq by lra.
      destruct (Rle_dec c t) as [B|B]; [lra|]. apply Rmult_le_reg_r with lam; [exact Hl|]. nra.
Qed.

(** weights of equal sign, either sign *)
Lemma pair_sign : forall lam c q J, 0 < lam -> 0 < c * q -> Rabs (q - c) * lam <= J ->
  exists s, 0 < s /\ Rabs (s - 1) * lam <= sqrt J /\ Rabs (q / s - c) <= sqrt J.
Proof.
  intros lam c q J Hl Hcq H. destruct (Rlt_dec 0 c) as [P|N].
  - apply pair_positive; try assumption. nra.
  - assert (Hc : c < 0) by (destruct (Req_dec c 0) as [->|E]; lra). assert (Hq : q < 0) by nra.
    destruct (pair_positive lam (- c) (- q) J) as [s [Hs [A B]]]; [exact Hl | lra | lra | |].
    + replace (- q - - c) with (- (q - c)) by ring. now rewrite Rabs_Ropp.
    + exists s. split; [exact Hs|]. split; [exact A|]. replace (q / s - c) with (- (- q / s - - c)) by (field; lra). now rewrite Rabs_Ropp.
Qed.

(** weights of opposite signs differ by at least each of them *)
Lemma opposite_signs : forall c q, c * q <= 0 -> Rabs c <= Rabs (q - c) /\ Rabs q <= Rabs (q - c).
Proof.
  intros c q H. destruct (Rle_dec 0 c), (Rle_dec 0 q); unfold Rabs; repeat destruct Rcase_abs; split; nra.
Qed.

(** a neuron within sqrt J of zero is within beta + sqrt J of one of size beta *)
Lemma near_small : forall d a c a' c' B b, top d a <= b -> Rabs c <= b -> top d a' <= B -> Rabs c' <= B ->
  top d (fun k => a' k - a k) <= b + B /\ Rabs (c' - c) <= b + B.
Proof.
  intros d a c a' c' B b Ha Hc Ha' Hc'. split.
  - pose proof (top_triangle d a' (fun k => - a k)) as T. rewrite top_opp in T. unfold Rminus. lra.
  - unfold Rminus. eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_Ropp. lra.
Qed.

(** the unmatched neurons of G, zero ones included *)
Lemma neuron_unmatched : forall d a c a0 c0 J beta, top d a <= beta -> Rabs c <= beta -> Rabs c0 * top d a0 <= J ->
  exists a' c', same_neuron d a' c' a0 c0 /\ top d (fun k => a' k - a k) <= beta + sqrt J /\ Rabs (c' - c) <= beta + sqrt J.
Proof.
  intros d a c a0 c0 J beta Ha Hc H0. destruct (balance d a0 c0 J H0) as [a' [c' [S [A C]]]].
  exists a', c'. split; [exact S|]. now apply near_small.
Qed.

(** the matched ones: cases A and B of the proof *)
Lemma neuron_matched : forall d a c a0 c0 mu J beta, ~ zero d a -> 0 < mu -> multiple d mu a a0 -> Rabs (mu * c0 - c) * top d a <= J -> 0 <= beta ->
  (Rabs c * top d a <= J -> Rabs c <= beta /\ top d a <= beta) ->
  exists a' c', same_neuron d a' c' a0 c0 /\ top d (fun k => a' k - a k) <= beta + sqrt J /\ Rabs (c' - c) <= beta + sqrt J.
Proof.
  intros d a c a0 c0 mu J beta Z Hmu M H Hb C1. pose proof (top_pos d a Z) as Ha.
  assert (S0 : same_neuron d a (mu * c0) a0 c0) by (intros x; rewrite (dot_multiple d mu a a0 x M), relu_scale by lra; ring).
  assert (tr : forall a' c', same_neuron d a' c' a (mu * c0) -> same_neuron d a' c' a0 c0) by (intros a' c' S x; now rewrite S, S0).
  set (q := mu * c0) in *. destruct (Rlt_dec 0 (c * q)) as [P|N].
  - destruct (pair_sign (top d a) c q J Ha P H) as [s [Hs [A B]]].
    exists (fun k => s * a k), (q / s). split; [apply tr; now apply rescaled|]. split; [|lra].
    rewrite (top_ext d _ (fun k => (s - 1) * a k)) by (intros; ring). rewrite top_scal. lra.
  - destruct (opposite_signs c q ltac:(lra)) as [Bc Bq].
    destruct C1 as [Hc Ht]; [nra|].
    destruct (balance d a q J ltac:(nra)) as [a' [c' [S [A C]]]].
    exists a', c'. split; [now apply tr|]. now apply near_small.
Qed.

(** * All neurons *)
(** what is known of neuron i after merging and matching: with its partner, (54), or without one, (53) *)
Definition has_partner (d m : nat) (G T T' : net) (J : R) (i : nat) : Prop := ~ zero d (inner G i) /\ exists mu, 0 < mu /\
  multiple d mu (inner G i) (inner T' i) /\ mu * outer T' i 0%nat = jump d m T (inner G i) 0%nat /\
  Rabs (mu * outer T' i 0%nat - outer G i 0%nat) * top d (inner G i) <= J.
Definition has_none (d m : nat) (G T T' : net) (J : R) (i : nat) : Prop :=
  (~ zero d (inner G i) -> jump d m T (inner G i) 0%nat = 0) /\
  Rabs (outer G i 0%nat) * top d (inner G i) <= J /\ Rabs (outer T' i 0%nat) * top d (inner T' i) <= J.

(** merged and matched, T has a partner for each neuron of G or both are small *)
Lemma arrangement : forall d m G T J, hypotheses d m G T -> 0 <= J ->
  (forall n, ~ zero d n -> Rabs (jump d m T n 0%nat - jump d m G n 0%nat) * top d n <= J) ->
  exists T', same d m m 1 T' T /\ forall i, (i < m)%nat -> has_partner d m G T T' J i \/ has_none d m G T T' J i.
Proof.
  intros d m G T J [H2 [H3G [H3T H3b]]] HJ Jd0.
  pose proof (conditions_lines_differ d m G H2 H3G) as LG.
  (* Theta merged, and moved to Gamma's indices *)
  destruct (merge d m 1 T) as [T1 [S1 [C2T1 E1]]].
  destruct (align d m G T1 H2) as [p [Pp A]].
  pose proof Pp as [Rp [Ip [Sp Fp]]].
  set (T2 := permuted p T1).
  assert (S2 : same d m m 1 T2 T) by (apply same_trans with m T1; [now apply permuted_same | exact S1]).
  assert (C3T1 : C3a d m T1) by (intros i j Hi Hj Hij Zi Zj; rewrite E1, E1 by assumption; apply H3T; auto; now rewrite <- E1).
  assert (L1 : lines_differ d m T1) by now apply conditions_lines_differ.
  assert (L2 : lines_differ d m T2).
  { intros i j l Hi Hj Hij. apply L1; [now apply Rp | now apply Rp |]. intros E. apply Hij. now apply Ip. }
  assert (C3b2 : C3b d m G T2).
  { intros i j Hi Hj Zi Zj. unfold T2, permuted in *; simpl in *. specialize (Rp j Hj).
    rewrite E1 by assumption. apply H3b; auto. now rewrite <- E1. }
  (* its jumps *)
  assert (JT : forall n, ~ zero d n -> jump d m T2 n 0%nat = jump d m T n 0%nat) by (intros n Zn; apply (same_jumps d m m 1); auto).
  assert (Jd : forall n, ~ zero d n -> Rabs (jump d m T2 n 0%nat - jump d m G n 0%nat) * top d n <= J).
  { intros n Zn. rewrite JT by exact Zn. now apply Jd0. }
  exists T2. split; [exact S2|]. intros i Hi.
  assert (unmatched : (~ zero d (inner G i) -> ~ parallel d (inner G i) (inner T2 i)) -> has_none d m G T T2 J i).
  { intros N.
    assert (none : ~ zero d (inner G i) -> jump d m T2 (inner G i) 0%nat = 0).
    { intros Z. apply jump_unmatched; [exact Z|]. intros j Hj Zj. split; [|now apply C3b2].
      intros Q. apply (N Z). now apply (A i (p j)); auto. }
    split; [|split].
    - intros Z. rewrite <- JT by exact Z. now apply none.
    - destruct (zero_dec d (inner G i)) as [Z|Z]; [rewrite (proj2 (top_zero_iff d _) Z); lra|].
      specialize (Jd _ Z). rewrite (jump_own d m G i 0%nat LG Hi Z), (none Z) in Jd. now rewrite Rminus_0_l, Rabs_Ropp in Jd.
    - destruct (zero_dec d (inner T2 i)) as [Z|Z]; [rewrite (proj2 (top_zero_iff d _) Z); lra|].
      specialize (Jd _ Z). rewrite (jump_own d m T2 i 0%nat L2 Hi Z) in Jd. rewrite (jump_unmatched d m G) in Jd.
      + now rewrite Rminus_0_r in Jd.
      + exact Z.
      + intros j Hj Zj. split; [|intros O; apply (C3b2 j i Hj Hi Zj Z); now apply opposite_sym].
        intros Q. apply parallel_sym in Q. assert (Q' : parallel d (inner G j) (inner T2 j)) by (now apply (A j (p i)); auto).
        destruct (Nat.eq_dec i j) as [->|Nij]; [now apply N|].
        destruct (parallel_trans d _ _ _ (parallel_sym d _ _ Q) Q') as [l [Hl M]].
        apply (L2 i j l Hi Hj Nij Z); [|exact M]. apply (multiple_nonzero_r d l (inner T2 i)); [exact M | lra | exact Z]. }
  destruct (zero_dec d (inner G i)) as [Z|Z]; [right; apply unmatched; tauto|].
  destruct (parallel_dec d (inner G i) (inner T2 i) Z) as [[Hmu M]|N]; [left | right; apply unmatched; tauto].
  split; [exact Z|]. exists (ratio d (inner G i) (inner T2 i)). split; [exact Hmu|]. split; [exact M|].
  rewrite <- (jump_matched d m T2 _ i _ 0%nat L2 Z Hi Hmu M). split; [now apply JT|].
  rewrite <- (jump_own d m G i 0%nat LG Hi Z) at 1. now apply Jd.
Qed.

(** neurons replaced one by one by others of the same functions *)
Lemma assemble : forall d m G T B, 0 <= B ->
  (forall i, (i < m)%nat -> exists a' c', same_neuron d a' c' (inner T i) (outer T i 0%nat) /\
    top d (fun k => a' k - inner G i k) <= B /\ Rabs (c' - outer G i 0%nat) <= B) ->
  exists P, same d m m 1 P T /\ distance d m 1 P G <= B.
Proof.
  intros d m G T B HB each.
  destruct (finite_choice (vec * R) ((fun _ => 0), 0) m (fun i ac => same_neuron d (fst ac) (snd ac) (inner T i) (outer T i 0%nat) /\
    top d (fun k => fst ac k - inner G i k) <= B /\ Rabs (snd ac - outer G i 0%nat) <= B)) as [f Hf].
  { intros i Hi. destruct (each i Hi) as [a' [c' H]]. now exists (a', c'). }
  exists (Net (fun i => fst (f i)) (fun i _ => snd (f i))). split.
  - intros x l Hl. replace l with 0%nat by lia. unfold eval. apply sum_ext. intros i Hi. apply (Hf i Hi).
  - apply distance_le; [exact HB | |].
    + intros i k Hi Hk. simpl. destruct (Hf i Hi) as [_ [Q _]]. eapply Rle_trans; [|exact Q].
      exact (top_upper d (fun k => fst (f i) k - inner G i k) k Hk).
    + intros i l Hi Hl. simpl. replace l with 0%nat by lia. now destruct (Hf i Hi) as [_ [_ Q]].
Qed.

(** * The theorem *)
Theorem theorem_3_1_jump_holds : theorem_3_1_jump.
Proof.
  intros d m G T J beta H HJ Jumps C1 Hb.
  destruct (arrangement d m G T J H HJ) as [T' [S A]].
  { intros n Zn. apply Jumps; auto using jump_at_jump. }
  destruct (assemble d m G T' (beta + sqrt J)) as [P [SP D]].
  - pose proof (sqrt_pos J). lra.
  - intros i Hi. destruct (A i Hi) as [[Z [mu [Hmu [M [_ Q]]]]]|[_ [U1 U2]]].
    + now apply (neuron_matched d _ _ _ _ mu); auto.
    + destruct (C1 i Hi U1). now apply neuron_unmatched.
  - exists P. split; [now apply same_trans with m T' | exact D].
Qed.

(** J <= 2 r *)
Lemma jumps_bounded : forall d m m' G T r, bounded_by d 1 (difference d m m' G T) r -> jumps_at_most d m m' G T (2 * r).
Proof.
  intros d m m' G T r B n k1 k2 Zn K1 K2. rewrite (jump_at_unique _ _ _ _ _ Zn K1), (jump_at_unique _ _ _ _ _ Zn K2).
  apply (jump_difference_bound d m m' 1); auto.
Qed.

Theorem theorem_3_1_sharp_holds : theorem_3_1_sharp.
Proof.
  intros d m G T r beta H C Hb B. rewrite <- sqrt_mult_alt by lra.
  apply theorem_3_1_jump_holds; auto using jumps_bounded.
  - destruct B. lra.
  - intros i Hi Hc. specialize (C i Hi). rewrite top_1 in C. auto.
Qed.

(** as published: sqrt 2 <= 2 *)
Theorem theorem_3_1_holds : theorem_3_1.
Proof.
  intros d m G T r beta H C Hb B. destruct (theorem_3_1_sharp_holds d m G T r beta H C Hb B) as [P [S D]].
  exists P. split; [exact S|]. eapply Rle_trans; [exact D|]. apply Rplus_le_compat_l, Rmult_le_compat_r; [apply sqrt_pos|].
  rewrite <- (sqrt_square 2) at 2 by lra. apply sqrt_le_1_alt. lra.
Qed.
