(** The conditions C.2 and C.3, the jumps under them, and the two cases of the proofs of Theorems 3.1 and 3.3: (53), (54). *)
From Coq Require Import Reals List Arith Lra Lia Psatz.
From relucert Require Import Statements Sums Hyperplanes Jumps.
Open Scope R_scope.

(** * What C.2 and C.3 say of multiples *)
(** C.2 and C.3a: each hyperplane has one neuron at most *)
Definition lines_differ (d m : nat) (N : net) : Prop := forall i j l, (i < m)%nat -> (j < m)%nat -> i <> j ->
  ~ zero d (inner N i) -> ~ zero d (inner N j) -> ~ multiple d l (inner N i) (inner N j).

Lemma conditions_lines_differ : forall d m N, C2 d m N -> C3a d m N -> lines_differ d m N.
Proof.
  intros d m N H2 H3 i j l Hi Hj Hij Zi Zj M. destruct (multiple_sign d l _ _ Zj M) as [P|O].
  - exact (H2 i j Hi Hj Hij Zi Zj P).
  - exact (H3 i j Hi Hj Hij Zi Zj O).
Qed.

(** C.3b with no parallel neuron: nothing of T on the hyperplane *)
Lemma no_multiple : forall d a b l, ~ zero d b -> ~ parallel d a b -> ~ opposite d a b -> ~ multiple d l a b.
Proof. intros d a b l Hb P O M. destruct (multiple_sign d l a b Hb M); tauto. Qed.

Lemma opposite_sym : forall d a b, opposite d a b -> opposite d b a.
Proof. intros d a b [l [Hl H]]. exists (/ l). split; [now apply Rinv_lt_0_compat|]. apply multiple_sym; [lra | exact H]. Qed.

Lemma parallel_opposite : forall d a b c, parallel d a b -> opposite d b c -> opposite d a c.
Proof. intros d a b c [l [Hl H]] [l' [Hl' H']]. exists (l' * l). split; [nra|]. now apply multiple_trans with b. Qed.

(** * Jumps under the conditions *)
(** the own neuron's *)
Lemma jump_own : forall d m N i l, lines_differ d m N -> (i < m)%nat -> ~ zero d (inner N i) -> jump d m N (inner N i) l = outer N i l.
Proof.
  intros d m N i l H Hi Z. rewrite (jump_single d m N (inner N i) l i 1 Z Hi (multiple_refl d _)).
  - rewrite Rabs_R1. ring.
  - intros j Hj Hji Zj l'. apply H; auto.
Qed.

(** that of a positive multiple *)
Lemma jump_matched : forall d m N n j mu l, lines_differ d m N -> ~ zero d n -> (j < m)%nat -> 0 < mu -> multiple d mu n (inner N j) ->
  jump d m N n l = mu * outer N j l.
Proof.
  intros d m N n j mu l H Hn Hj Hmu M. rewrite (jump_single d m N n l j mu Hn Hj M).
  - now rewrite Rabs_pos_eq by lra.
  - intros i Hi Hij Zi l' M'. assert (Zj : ~ zero d (inner N j)) by (apply (multiple_nonzero_r d mu n); [exact M | lra | exact Hn]).
    apply (H j i (l' * / mu) Hj Hi ltac:(auto) Zj Zi). apply multiple_trans with n; [|exact M'].
    apply multiple_sym; [lra | exact M].
Qed.

(** a direction the network has not *)
Lemma jump_unmatched : forall d m N n l, ~ zero d n ->
  (forall j, (j < m)%nat -> ~ zero d (inner N j) -> ~ parallel d n (inner N j) /\ ~ opposite d n (inner N j)) -> jump d m N n l = 0.
Proof.
  intros d m N n l Hn H. apply jump_none; [exact Hn|]. intros i Hi Z l'. destruct (H i Hi Z). now apply no_multiple.
Qed.

(** * (53), (54), for any number of outputs *)
Lemma unmatched_small_outputs : forall d m D G T r i l, C2 d m G -> C3a d m G -> C3b d m G T -> bounded_by d D (difference d m m G T) r ->
  (l < D)%nat -> (i < m)%nat -> ~ zero d (inner G i) ->
  (forall j, (j < m)%nat -> ~ zero d (inner T j) -> ~ parallel d (inner G i) (inner T j)) ->
  Rabs (outer G i l) * top d (inner G i) <= 2 * r.
Proof.
  intros d m D G T r i l H2 H3a H3b B Hl Hi Zi H.
  pose proof (jump_difference_bound d m m D G T r (inner G i) l B Zi Hl) as J.
  rewrite (jump_own d m G i l) in J by (assumption || now apply conditions_lines_differ).
  rewrite (jump_unmatched d m T) in J; [|exact Zi | intros j Hj Zj; split; [now apply H | now apply H3b]].
  now rewrite Rminus_0_l, Rabs_Ropp in J.
Qed.

(** the same with G and T exchanged: C.3b is symmetric, and so is the seminorm *)
Lemma bounded_by_swap : forall d m m' D G T r, bounded_by d D (difference d m m' G T) r -> bounded_by d D (difference d m' m T G) r.
Proof.
  intros d m m' D G T r [Hr H]. split; [exact Hr|]. intros x k t l Hk Hl. specialize (H x k t l Hk Hl). unfold difference in *.
  rewrite <- Rabs_Ropp. eapply Rle_trans; [|exact H]. right. f_equal. ring.
Qed.

Lemma C3b_swap : forall d m G T, C3b d m G T -> C3b d m T G.
Proof. intros d m G T H i j Hi Hj Zi Zj O. exact (H j i Hj Hi Zj Zi (opposite_sym d _ _ O)). Qed.

Lemma matched_close_outputs : forall d m D G T r i j mu l, lines_differ d m G -> lines_differ d m T -> bounded_by d D (difference d m m G T) r ->
  (l < D)%nat -> (i < m)%nat -> (j < m)%nat -> ~ zero d (inner G i) -> 0 < mu -> multiple d mu (inner G i) (inner T j) ->
  top d (fun k => outer G i l * inner G i k - outer T j l * inner T j k) <= 2 * r.
Proof.
  intros d m D G T r i j mu l HG HT B Hl Hi Hj Zi Hmu M.
  pose proof (jump_difference_bound d m m D G T r (inner G i) l B Zi Hl) as J.
  rewrite (jump_own d m G i l HG Hi Zi), (jump_matched d m T (inner G i) j mu l HT Zi Hj Hmu M) in J.
  eapply Rle_trans; [|exact J]. right. clear J.
  transitivity (top d (fun k => (outer G i l - mu * outer T j l) * inner G i k)).
  - apply top_ext. intros k Hk. rewrite (M k Hk). ring.
  - now rewrite top_scal, Rabs_minus_sym.
Qed.

(** (53) *)
Theorem unmatched_small_holds : unmatched_small.
Proof.
  intros d m G T r i [H2 [H3G [H3T H3b]]] B Hi Zi H. now apply (unmatched_small_outputs d m 1 G T r i 0%nat); auto.
Qed.

(** (54) *)
Theorem matched_close_holds : matched_close.
Proof.
  intros d m G T r i j l [H2 [H3G [H3T H3b]]] H2T B Hi Hj Zi Hl M.
  apply (matched_close_outputs d m 1 G T r i j l 0%nat); auto using conditions_lines_differ.
Qed.
