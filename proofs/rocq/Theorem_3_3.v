(** Theorem 3.3 (D27, N7): inverse stability on N*, for any number of outputs, with the constant 2 sqrt 2. In N* the last two entries of all a_i
    are positive, so no two are opposite, and the network of the other function need only be permuted (D31). *)
From Coq Require Import Reals Arith Lia Lra Psatz Classical.
From relucert Require Import Statements Further Sums Jumps Matching Rearranging Gradients.
Open Scope R_scope.

(** * N*: no zero vectors, no opposite ones *)

Lemma Nstar_nonzero d m D G i : (2 <= d)%nat -> in_Nstar d m D G -> (i < m)%nat -> ~ zero d (inner G i).
Proof. intros Hd [_ pos] Hi Z. specialize (pos i Hi). rewrite (Z (d - 1)%nat) in pos by lia. lra. Qed.

(** The last entries are positive, so multiples are positive ones. *)
Lemma Nstar_positive d m D G T i j l : (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> (i < m)%nat -> (j < m)%nat ->
  multiple d l (inner G i) (inner T j) -> 0 < l.
Proof.
  intros Hd [_ posG] [_ posT] Hi Hj M. destruct (posG i Hi) as [_ g], (posT j Hj) as [_ t]. rewrite (M (d - 1)%nat) in t by lia. nra.
Qed.

Lemma Nstar_C3b d m D G T : (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> C3b d m G T.
Proof. intros Hd HG HT i j Hi Hj _ _ [l [l0 M]]. assert (P := Nstar_positive d m D G T i j l Hd HG HT Hi Hj M). lra. Qed.

Lemma Nstar_C3a d m D G : (2 <= d)%nat -> in_Nstar d m D G -> C3a d m G.
Proof. intros Hd HG i j Hi Hj _. apply (Nstar_C3b d m D); assumption. Qed.

Lemma Nstar_lines d m D G : (2 <= d)%nat -> in_Nstar d m D G -> lines_differ d m G.
Proof. intros Hd HG. apply conditions_lines_differ; [apply HG|apply (Nstar_C3a d m D); assumption]. Qed.

(** A hyperplane of N* has one neuron; here T has neuron j on the hyperplane of a_i, here none. *)
Lemma Nstar_jump d m D G T i j l x : (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> (i < m)%nat -> (j < m)%nat ->
  0 < l -> multiple d l (inner G i) (inner T j) -> jump d m T (inner G i) x = l * outer T j x.
Proof. intros. apply jump_matched; try assumption; [apply (Nstar_lines d m D)|apply (Nstar_nonzero d m D)]; assumption. Qed.

Lemma Nstar_jump_own d m D G i x : (2 <= d)%nat -> in_Nstar d m D G -> (i < m)%nat -> jump d m G (inner G i) x = outer G i x.
Proof. intros. apply jump_own; [apply (Nstar_lines d m D)| |apply (Nstar_nonzero d m D)]; assumption. Qed.

Lemma Nstar_jump_none d m D G T i x : (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> (i < m)%nat ->
  (forall j, (j < m)%nat -> ~ parallel d (inner G i) (inner T j)) -> jump d m T (inner G i) x = 0.
Proof.
  intros Hd HG HT Hi none. apply jump_unmatched; [apply (Nstar_nonzero d m D); assumption|].
  intros j Hj nz. split; [apply none, Hj|]. apply (Nstar_C3b d m D G T); try assumption. apply (Nstar_nonzero d m D); assumption.
Qed.

(** Balanced and not zero: there are outputs, and one of them is the largest entry. *)
Lemma balanced_output d D a (c : nat -> R) : ~ zero d a -> top D c = top d a ->
  0 < top d a /\ (forall l, (l < D)%nat -> Rabs (c l) <= top d a) /\ exists l, (l < D)%nat /\ Rabs (c l) = top d a.
Proof.
  intros nz bal. assert (A := top_pos d a nz). rewrite <- bal in *. repeat split; [exact A|intros; apply top_upper; assumption|].
  destruct D as [|D]; [simpl in A; lra|]. destruct (top_attained (S D) c) as [l [Hl ->]]; [lia|]. eauto.
Qed.

Lemma Nstar_output d m D G i : (2 <= d)%nat -> in_Nstar d m D G -> (i < m)%nat ->
  0 < top d (inner G i) /\ (forall l, (l < D)%nat -> Rabs (outer G i l) <= top d (inner G i)) /\
  exists l, (l < D)%nat /\ Rabs (outer G i l) = top d (inner G i).
Proof. intros Hd HG Hi. apply balanced_output; [apply (Nstar_nonzero d m D); assumption|apply HG, Hi]. Qed.

(** * The two cases of the proof *)

Lemma abs_le_inv x a : Rabs x <= a -> - a <= x <= a.
Proof. unfold Rabs. destruct (Rcase_abs x); lra. Qed.

(** Two vectors of entries at most h are nearer than 2 h. *)
Lemma top_minus d a a' h : top d a <= h -> top d a' <= h -> top d (minus a' a) <= 2 * h.
Proof.
  intros A A'. assert (P := top_nonneg d a). apply top_le; [lra|]. intros k Hk. unfold minus. apply Rabs_le.
  assert (B := Rle_trans _ _ _ (top_upper d a k Hk) A). assert (B' := Rle_trans _ _ _ (top_upper d a' k Hk) A').
  apply abs_le_inv in B. apply abs_le_inv in B'. lra.
Qed.

(** D28: balanced neurons of size at most 2 r have no weight above sqrt (2 r). *)
Theorem star_unmatched_holds : star_unmatched.
Proof.
  intros d D a c a' c' r bal bal' small small'. rewrite bal in small. rewrite bal' in small'.
  assert (root : forall x, 0 <= x -> x * x <= 2 * r -> x <= sqrt (2 * r)).
  { intros x x0 xr. rewrite <- (sqrt_square x x0). apply sqrt_le_1_alt, xr. }
  split; apply top_minus; rewrite ?bal, ?bal'; apply root; (assumption || apply top_nonneg).
Qed.

(** Two numbers whose squares differ by at most h^2 differ by at most h (67). *)
Lemma squares_close a b h : 0 <= a -> 0 <= b -> 0 <= h -> a * a <= b * b + h * h -> a <= b + h.
Proof. intros. apply Rnot_lt_le; intro. nra. Qed.

(** Outputs u, w of a pair of lengths a, b (N7), of one sign: if u + h < w <= b then b w - a u > b h - (a - b) u >= b h - h (b - h) = h^2. *)
Lemma outputs_close_same_sign a b u w h : 0 < b -> 0 <= h -> 0 <= u -> w <= b -> b * w - a * u <= h * h -> a <= b + h -> w - u <= h.
Proof.
  intros b0 h0 u0 wb close ab. apply Rnot_lt_le; intro far.
  assert (b * (u + h) < b * w) by (apply Rmult_lt_compat_l; lra).
  assert (a * u <= (b + h) * u) by (apply Rmult_le_compat_r; lra).
  assert (h * u <= h * (b - h)) by (apply Rmult_le_compat_l; lra). lra.
Qed.

(** Of different signs: u^2 + w^2 <= a |u| + b |w| <= h^2, hence |u| + |w| <= s = sqrt 2 h. *)
Lemma outputs_close_from a b u w h s : 0 < a -> 0 < b -> 0 <= h <= s -> s * s = 2 * (h * h) -> Rabs u <= a -> Rabs w <= b ->
  Rabs (b * w - a * u) <= h * h -> a <= b + h -> b <= a + h -> w - u <= s.
Proof.
  intros a0 b0 h0 ss ua wb close ab ba. apply abs_le_inv in close. apply abs_le_inv in ua. apply abs_le_inv in wb.
  destruct (Rle_or_lt 0 u) as [u0|u0]; [apply Rle_trans with h; [apply (outputs_close_same_sign a b)|]; lra|].
  destruct (Rle_or_lt w 0) as [w0|w0].
  { replace (w - u) with (- u - - w) by ring. apply Rle_trans with h; [apply (outputs_close_same_sign b a)|]; lra. }
  assert (w * w <= b * w) by (apply Rmult_le_compat_r; lra).
  assert (- u * - u <= a * - u) by (apply Rmult_le_compat_r; lra).
  assert (0 <= (w + u) * (w + u)) by apply Rle_0_sqr. apply Rnot_lt_le; intro. nra.
Qed.

Lemma outputs_close a b u w h s : 0 < a -> 0 < b -> 0 <= h <= s -> s * s = 2 * (h * h) -> Rabs u <= a -> Rabs w <= b ->
  Rabs (b * w - a * u) <= h * h -> a <= b + h -> b <= a + h -> Rabs (w - u) <= s.
Proof.
  intros a0 b0 h0 ss ua wb close ab ba. apply Rabs_le. split; [|apply (outputs_close_from a b u w h s); assumption].
  assert (u - w <= s); [|lra]. apply (outputs_close_from b a w u h s); try assumption. rewrite Rabs_minus_sym. exact close.
Qed.

(** The longer vector is no longer than the other by more than h: compare at its largest output. *)
Lemma lengths_close D a b (c c' : nat -> R) h : 0 < a -> 0 < b -> 0 <= h -> (exists l, (l < D)%nat /\ Rabs (c l) = a) ->
  (forall l, (l < D)%nat -> Rabs (c' l) <= b) -> (forall l, (l < D)%nat -> Rabs (b * c' l - a * c l) <= h * h) -> a <= b + h.
Proof.
  intros a0 b0 h0 [l [Hl E]] out close. apply squares_close; try lra. specialize (out l Hl). specialize (close l Hl).
  assert (T := Rabs_triang_inv (a * c l) (b * c' l)). rewrite Rabs_minus_sym, !Rabs_mult, (Rabs_right a), (Rabs_right b), E in T by lra. nra.
Qed.

(** D29, D30: neurons of one direction are close, inside by sqrt (2 r) and outside by 2 sqrt r. *)
Theorem star_matched_holds : star_matched.
Proof.
  intros d D a c a' c' q r q0 M bal bal' differ. assert (tops := top_multiple d q a a' M). rewrite Rabs_right in tops by lra.
  destruct (zero_dec d a) as [Z|nz].
  { apply top_zero_iff in Z. rewrite Z, Rmult_0_r in tops. rewrite Z in bal. rewrite tops in bal'.
    split; (eapply Rle_trans; [apply (top_minus _ _ _ 0); lra|]); assert (P1 := sqrt_pos (2 * r)); assert (P2 := sqrt_pos r); lra. }
  assert (nz' : ~ zero d a') by (apply (multiple_nonzero_r d q a); [exact M|lra|exact nz]).
  destruct (balanced_output d D a c nz bal) as [a0 [outG [u [Hu Eu]]]].
  destruct (balanced_output d D a' c' nz' bal') as [b0 [outT attained]].
  assert (r0 : 0 <= r) by (assert (P := Rle_trans _ _ _ (top_nonneg d _) (differ u Hu)); lra).
  set (h := sqrt (2 * r)). assert (h0 : 0 <= h) by apply sqrt_pos. assert (hh : h * h = 2 * r) by (apply sqrt_def; lra).
  set (s := 2 * sqrt r). assert (s0 : 0 <= s) by (assert (P := sqrt_pos r); unfold s; lra).
  assert (ss : s * s = 2 * (h * h)) by (assert (P := sqrt_def r r0); rewrite hh; unfold s; lra).
  assert (hs : h <= s) by (apply Rnot_lt_le; intro; nra).
  assert (close : forall l, (l < D)%nat -> Rabs (top d a' * c' l - top d a * c l) <= h * h).
  { intros l Hl. rewrite hh. eapply Rle_trans; [right|exact (differ l Hl)].
    rewrite (top_ext d (fun k => c l * a k - c' l * a' k) (fun k => (c l - q * c' l) * a k))
      by (intros k Hk; rewrite (M k Hk); ring). rewrite top_scal, tops.
    replace (q * top d a * c' l - top d a * c l) with (- ((c l - q * c' l) * top d a)) by ring.
    rewrite Rabs_Ropp, Rabs_mult, (Rabs_right (top d a)) by lra. reflexivity. }
  assert (ab : top d a <= top d a' + h) by (apply (lengths_close D _ _ c c'); eauto).
  assert (ba : top d a' <= top d a + h).
  { apply (lengths_close D _ _ c' c); try assumption. intros l Hl. rewrite Rabs_minus_sym. apply close, Hl. }
  split.
  - rewrite (top_ext d _ (fun k => (q - 1) * a k)) by (intros k Hk; unfold minus; rewrite (M k Hk); ring). rewrite top_scal.
    rewrite <- (Rabs_right (top d a)) by lra. rewrite <- Rabs_mult. replace ((q - 1) * top d a) with (top d a' - top d a) by (rewrite tops; ring).
    apply Rabs_le. lra.
  - apply top_le; [exact s0|]. intros l Hl. apply (outputs_close (top d a) (top d a') _ _ h s); auto.
Qed.

(** (53) on N* *)
Lemma Nstar_unmatched d m D G T r i : (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> bounded_by d D (difference d m m G T) r ->
  (i < m)%nat -> (forall j, (j < m)%nat -> ~ parallel d (inner G i) (inner T j)) -> top D (outer G i) * top d (inner G i) <= 2 * r.
Proof.
  intros Hd HG HT B Hi none. destruct (Nstar_output d m D G i Hd HG Hi) as [A [_ [l [Hl E]]]].
  rewrite (proj1 (proj1 HG) i Hi), <- E at 1.
  apply (unmatched_small_outputs d m D G T r i l); try assumption; [apply HG|apply (Nstar_C3a d m D)|apply (Nstar_C3b d m D)|
    apply (Nstar_nonzero d m D)|intros j Hj _; apply none]; assumption.
Qed.

(** (54) on N* *)
Lemma Nstar_matched d m D G T r i j : (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> bounded_by d D (difference d m m G T) r ->
  (i < m)%nat -> (j < m)%nat -> parallel d (inner G i) (inner T j) ->
  top d (minus (inner T j) (inner G i)) <= sqrt (2 * r) /\ top D (minus (outer T j) (outer G i)) <= 2 * sqrt r.
Proof.
  intros Hd HG HT B Hi Hj [q [q0 M]]. apply (star_matched_holds d D _ _ _ _ q); [exact q0|exact M|apply HG, Hi|apply HT, Hj|].
  intros l Hl. apply (matched_close_outputs d m D G T r i j q l); try assumption;
    [apply (Nstar_lines d m D)..|apply (Nstar_nonzero d m D)]; assumption.
Qed.

(** * The theorem *)

Lemma permuted_Nstar d m D p N : permutes m p -> in_Nstar d m D N -> in_Nstar d m D (permuted p N).
Proof.
  intros [R [I _]] [[bal c2] pos]. split; [split|].
  - intros i Hi. apply bal, R, Hi.
  - intros i j Hi Hj different. apply c2; auto.
  - intros i Hi. apply pos, R, Hi.
Qed.

(** Neuron i goes beside its partner, if it has one; then all pairs are near: 2 sqrt (2 r) = 2 sqrt 2 sqrt r bounds both cases. *)
Lemma Nstar_stable d m D G T r : (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> bounded_by d D (difference d m m G T) r ->
  exists p, permutes m p /\ distance d m D (permuted p T) G <= 2 * sqrt 2 * sqrt r.
Proof.
  intros Hd HG HT B. destruct (align d m G T) as [p [perm partners]]; [apply HG|]. exists p. split; [exact perm|].
  assert (HP := permuted_Nstar d m D p T perm HT). destruct perm as [R [I [S F]]].
  assert (r0 : 0 <= r) by apply B. assert (P2 := sqrt_pos (2 * r)). assert (root := sqrt_mult 2 r ltac:(lra) r0).
  assert (Rle1 : sqrt r <= sqrt (2 * r)) by (apply sqrt_le_1_alt; lra).
  assert (pair : forall i, (i < m)%nat -> top d (minus (inner T (p i)) (inner G i)) <= 2 * sqrt (2 * r) /\
    top D (minus (outer T (p i)) (outer G i)) <= 2 * sqrt (2 * r)).
  { intros i Hi. destruct (classic (parallel d (inner G i) (inner T (p i)))) as [par|apart].
    - destruct (Nstar_matched d m D G T r i (p i) Hd HG HT B Hi (R i Hi) par) as [In Out]. lra.
    - apply star_unmatched_holds; [apply HG, Hi|apply HT, R, Hi|..].
      + apply (Nstar_unmatched d m D G T r i); try assumption. intros j Hj par. apply apart, (partners i j Hi Hj); [|exact par].
        apply (Nstar_nonzero d m D); assumption.
      + apply (Nstar_unmatched d m D T G r (p i)); auto using bounded_by_swap. intros j Hj par. apply parallel_sym in par.
        assert (nz := Nstar_nonzero d m D G j Hd HG Hj). assert (par_j := partners j (p i) Hj (R i Hi) nz par).
        destruct (Nat.eq_dec i j) as [<-|different]; [exact (apart par)|].
        apply (proj2 (proj1 HT) (p i) (p j)); auto; try (apply (Nstar_nonzero d m D); auto).
        apply parallel_trans with (inner G j); [apply parallel_sym, par|exact par_j]. }
  rewrite Rmult_assoc, <- root. apply distance_le; [lra|intros i k Hi Hk|intros i l Hi Hl]; destruct (pair i Hi) as [In Out].
  - eapply Rle_trans; [apply (top_upper d (minus (inner T (p i)) (inner G i)) k Hk)|exact In].
  - eapply Rle_trans; [apply (top_upper D (minus (outer T (p i)) (outer G i)) l Hl)|exact Out].
Qed.

Theorem theorem_3_3_holds : theorem_3_3.
Proof.
  intros d m D G T r Hd HG HT B. destruct (Nstar_stable d m D G T r Hd HG HT B) as [p [perm near_]].
  exists (permuted p T). split; [apply permuted_Nstar; assumption|]. split; [apply permuted_same, perm|exact near_].
Qed.

(** D31: one output, and what the network is: a permutation. *)
Theorem corollary_3_3_holds : corollary_3_3.
Proof.
  intros d m G T r Hd HG HT B. destruct (Nstar_stable d m 1 G T r Hd HG HT B) as [p [perm near_]].
  exists p, (permuted p T). split; [apply perm|]. split; [apply perm|]. split; [intros; split; reflexivity|].
  split; [apply permuted_Nstar; assumption|]. split; [apply permuted_same, perm|exact near_].
Qed.

(** With r = 0 (N8): on N* a function has one network, up to the order of its neurons. *)
Lemma Nstar_rigid d m D P T i : (2 <= d)%nat -> in_Nstar d m D P -> in_Nstar d m D T -> same d m m D P T -> (i < m)%nat ->
  exists j, (j < m)%nat /\ multiple d 1 (inner T j) (inner P i) /\ multiple D 1 (outer T j) (outer P i).
Proof.
  intros Hd HP HT same_ Hi.
  assert (B : bounded_by d D (difference d m m P T) 0).
  { split; [lra|]. intros x k t l _ Hl. unfold difference. rewrite !(same_ _ l Hl).
    replace (_ - _) with 0 by ring. rewrite Rabs_R0. lra. }
  assert (h0 : sqrt (2 * 0) = 0) by (rewrite Rmult_0_r; apply sqrt_0).
  destruct (classic (exists j, (j < m)%nat /\ parallel d (inner P i) (inner T j))) as [[j [Hj par]]|none].
  - exists j. split; [exact Hj|]. destruct (Nstar_matched d m D P T 0 i j Hd HP HT B Hi Hj par) as [In Out].
    rewrite h0 in In. rewrite sqrt_0 in Out. split.
    + intros k Hk. assert (E := Rle_trans _ _ _ (top_upper d _ k Hk) In). apply abs_le_inv in E. unfold minus in E. lra.
    + intros l Hl. assert (E := Rle_trans _ _ _ (top_upper D _ l Hl) Out). apply abs_le_inv in E. unfold minus in E. lra.
  - assert (small := Nstar_unmatched d m D P T 0 i Hd HP HT B Hi ltac:(eauto)).
    destruct (Nstar_output d m D P i Hd HP Hi) as [large _]. rewrite (proj1 (proj1 HP) i Hi) in small. nra.
Qed.
