(** Theorem 3.1 refined (N6): C.2 and C.3 for live neurons alone, and beta for those neurons of Gamma alone whose partner is missing, dead or of
    another sign. Dead neurons have the zero function, so their inner weights may be replaced by zero before the networks are compared. *)
From Coq Require Import Reals List Arith Lra Lia Psatz.
From relucert Require Import Statements Further Sums Hyperplanes Jumps Matching Rearranging Theorem_3_1.
Open Scope R_scope.

(** inner weights of dead neurons are zero *)
Definition lively (N : net) : net := Net (fun i => if Req_EM_T (outer N i 0%nat) 0 then (fun _ => 0) else inner N i) (outer N).

Lemma lively_same : forall d m N, same d m m 1 (lively N) N.
Proof.
  intros d m N x l Hl. replace l with 0%nat by lia. unfold eval. apply sum_ext. intros i _. simpl.
  destruct (Req_EM_T (outer N i 0%nat) 0) as [E|E]; [rewrite E; ring | reflexivity].
Qed.

Lemma lively_live : forall d m N i, (i < m)%nat -> ~ zero d (inner (lively N) i) -> live d m N i /\ inner (lively N) i = inner N i.
Proof.
  intros d m N i Hi. simpl. destruct (Req_EM_T (outer N i 0%nat) 0) as [E|E]; intros Z.
  - exfalso. apply Z. intros k _. reflexivity.
  - repeat split; assumption.
Qed.

Lemma live_lively : forall N i, outer N i 0%nat <> 0 -> inner (lively N) i = inner N i.
Proof. intros N i H. simpl. destruct (Req_EM_T (outer N i 0%nat) 0); [tauto | reflexivity]. Qed.

Lemma lively_hypotheses : forall d m G T, live_hypotheses d m G T -> hypotheses d m (lively G) (lively T).
Proof.
  intros d m G T [H2 [H3G [H3T H3b]]].
  split; [|split; [|split]].
  - intros i j Hi Hj Hij Zi Zj. destruct (lively_live d m G i Hi Zi) as [Li ->], (lively_live d m G j Hj Zj) as [Lj ->]. auto.
  - intros i j Hi Hj Hij Zi Zj. destruct (lively_live d m G i Hi Zi) as [Li ->], (lively_live d m G j Hj Zj) as [Lj ->]. auto.
  - intros i j Hi Hj Hij Zi Zj. destruct (lively_live d m T i Hi Zi) as [Li ->], (lively_live d m T j Hj Zj) as [Lj ->]. auto.
  - intros i j Hi Hj Zi Zj. destruct (lively_live d m G i Hi Zi) as [Li ->], (lively_live d m T j Hj Zj) as [Lj ->]. auto.
Qed.

(** the merged outer weight is the jump: opposite neurons of T are dead *)
Lemma merged_outer_jump : forall d m T a t, ~ zero d a -> (forall j, live d m T j -> ~ opposite d a (inner T j)) -> merged_outer d m T a t ->
  t = jump d m T a 0%nat.
Proof.
  intros d m T a t Za none [l [-> H]]. apply sum_ext. intros j Hj. destruct (H j Hj) as [[Hl M]|[E N]].
  - now rewrite (jump_term_multiple d a _ _ Za M), Rabs_pos_eq by lra.
  - rewrite E. destruct (Req_EM_T (outer T j 0%nat) 0) as [Z|Z]; [rewrite Z; ring|].
    destruct (zero_dec d (inner T j)) as [Zj|Zj]; [rewrite (jump_term_zero d a _ Za Zj); ring|].
    rewrite jump_term_none; [ring|]. intros l'. apply no_multiple; [exact Zj | exact N | apply none; now split].
Qed.

(** so a partner of the same sign is one whose jump has it *)
Lemma partner_jump : forall d m G T i, live_hypotheses d m G T -> (i < m)%nat -> partner_of_same_sign d m G T i ->
  0 < outer G i 0%nat * jump d m T (inner G i) 0%nat.
Proof.
  intros d m G T i [_ [_ [_ H3b]]] Hi [Zi [t [Mt P]]]. rewrite <- (merged_outer_jump d m T (inner G i) t Zi); [exact P | | exact Mt].
  intros j Lj. apply H3b; [|exact Lj]. repeat split; try assumption. intros E. rewrite E in P. lra.
Qed.

Theorem theorem_3_1_refined_holds : theorem_3_1_refined.
Proof.
  intros d m G T r beta H B small. pose proof (proj1 B) as Hr.
  assert (JT : forall n, ~ zero d n -> jump d m (lively T) n 0%nat = jump d m T n 0%nat)
    by (intros; apply (same_jumps d m m 1); auto using lively_same).
  destruct (arrangement d m (lively G) (lively T) (2 * r)) as [T' [S A]]; [now apply lively_hypotheses | lra | |].
  { intros n Zn. rewrite JT, (same_jumps d m m 1 (lively G) G) by auto using lively_same. apply (jump_difference_bound d m m 1); auto. }
  destruct (assemble d m G T' (Rmax (sqrt (2 * r)) (beta + sqrt (2 * r)))) as [P [SP D]].
  - eapply Rle_trans; [apply sqrt_pos | apply Rmax_l].
  - assert (wide : forall B0, B0 <= sqrt (2 * r) \/ B0 <= beta + sqrt (2 * r) -> B0 <= Rmax (sqrt (2 * r)) (beta + sqrt (2 * r))).
    { intros B0 [L|L]; eapply Rle_trans; [exact L | apply Rmax_l | exact L | apply Rmax_r]. }
    (* without a partner of the same sign: beta, and a small function to put there *)
    assert (alone : forall i a0 c0, (i < m)%nat -> ~ partner_of_same_sign d m G T i -> Rabs c0 * top d a0 <= 2 * r ->
      exists a' c', same_neuron d a' c' a0 c0 /\ top d (fun k => a' k - inner G i k) <= Rmax (sqrt (2 * r)) (beta + sqrt (2 * r)) /\
        Rabs (c' - outer G i 0%nat) <= Rmax (sqrt (2 * r)) (beta + sqrt (2 * r))).
    { intros i a0 c0 Hi N H0. destruct (small i Hi N) as [Bc Ba].
      destruct (neuron_unmatched d (inner G i) (outer G i 0%nat) a0 c0 (2 * r) beta Ba Bc H0) as [a' [c' [S0 [A0 C0]]]].
      exists a', c'. split; [exact S0|]. split; apply wide; now right. }
    intros i Hi. destruct (A i Hi) as [[Z [mu [Hmu [M [E Q]]]]]|[E [_ U2]]].
    + destruct (lively_live d m G i Hi Z) as [[_ [Hc Zi]] Ei]. rewrite Ei in M, E, Q. rewrite JT in E by exact Zi.
      set (q := mu * outer T' i 0%nat) in *. change (outer (lively G) i 0%nat) with (outer G i 0%nat) in Q.
      assert (S0 : same_neuron d (inner G i) q (inner T' i) (outer T' i 0%nat))
        by (intros x; unfold q; rewrite (dot_multiple d mu _ _ x M), relu_scale by lra; ring).
      pose proof (top_pos d _ Zi) as pos. destruct (Rlt_dec 0 (outer G i 0%nat * q)) as [P|N].
      * destruct (pair_sign _ _ q (2 * r) pos P Q) as [s [Hs [A0 C0]]].
        exists (fun k => s * inner G i k), (q / s). split; [|split].
        -- intros x. rewrite <- S0. now apply rescaled.
        -- apply wide. left. rewrite (top_ext d _ (fun k => (s - 1) * inner G i k)) by (intros; ring). now rewrite top_scal.
        -- apply wide. now left.
      * destruct (opposite_signs (outer G i 0%nat) q ltac:(lra)) as [_ Bq].
        destruct (alone i (inner G i) q Hi) as [a' [c' [S1 R1]]]; [| nra |].
        -- intros partner. apply partner_jump in partner; [|exact H | exact Hi]. rewrite <- E in partner. lra.
        -- exists a', c'. split; [|exact R1]. intros x. now rewrite S1, S0.
    + apply alone; [exact Hi | | exact U2]. intros partner. pose proof partner as [Zi [t [_ Pt]]].
      apply partner_jump in partner; [|exact H | exact Hi].
      assert (Ei : inner (lively G) i = inner G i) by (apply live_lively; intros E0; rewrite E0 in Pt; lra).
      rewrite Ei in E. rewrite <- JT, E in partner by exact Zi. lra.
  - exists P. split; [|exact D]. apply same_trans with m T'; [exact SP|]. apply same_trans with m (lively T); [exact S | apply lively_same].
Qed.
