(** Theorem 3.3 (D27, N7): inverse stability on N*, for any number of outputs, with the constant 2 sqrt 2. In N* the last two entries of all a_i
    are positive, so no two are opposite, and the network of the other function need only be permuted. *)
From Coq Require Import Reals Arith Lia Lra Psatz Classical.
From relucert Require Import Statements Sums Hyperplanes Jumps Gradients.
Open Scope R_scope.

(** * N*: no zero vectors, no opposite ones *)

Lemma Nstar_nonzero d m D G i : (2 <= d)%nat -> in_Nstar d m D G -> (i < m)%nat -> ~ zero d (inner G i).
Proof. intros Hd [_ pos] Hi Z. specialize (pos i Hi). rewrite (Z (d - 1)%nat) in pos by lia. lra. Qed.

(** The last entries are positive, so multiples are positive ones. *)
Lemma Nstar_multiple d m D G T i j l : (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> (i < m)%nat -> (j < m)%nat ->
  multiple d l (inner G i) (inner T j) -> parallel d (inner G i) (inner T j).
Proof.
  intros Hd [_ posG] [_ posT] Hi Hj M. exists l. split; [|exact M].
  destruct (posG i Hi) as [_ g], (posT j Hj) as [_ t]. rewrite (M (d - 1)%nat) in t by lia. nra.
Qed.

(** A hyperplane of N* has one neuron; here T has neuron j on the hyperplane of n = a_i. *)
Lemma Nstar_jump d m D G T i j l x : (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> (i < m)%nat -> (j < m)%nat ->
  0 < l -> multiple d l (inner G i) (inner T j) -> jump d m T (inner G i) x = l * outer T j x.
Proof.
  intros Hd HG HT Hi Hj l0 M. rewrite (jump_single d m T (inner G i) x j l); [|apply (Nstar_nonzero d m D); assumption|assumption..|].
  - rewrite Rabs_right by lra. reflexivity.
  - intros j' Hj' different nz l' M'. apply (proj2 (proj1 HT) j j' Hj Hj'); [auto|apply (Nstar_nonzero d m D T); assumption|exact nz|].
    apply parallel_trans with (inner G i); [apply parallel_sym; exists l; auto|].
    apply (Nstar_multiple d m D G T i j' l'); assumption.
Qed.

Lemma Nstar_jump_own d m D G i x : (2 <= d)%nat -> in_Nstar d m D G -> (i < m)%nat -> jump d m G (inner G i) x = outer G i x.
Proof. intros Hd HG Hi. rewrite (Nstar_jump d m D G G i i 1) by (auto using multiple_refl; lra). ring. Qed.

Lemma Nstar_jump_none d m D G T i x : (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> (i < m)%nat ->
  (forall j, (j < m)%nat -> ~ parallel d (inner G i) (inner T j)) -> jump d m T (inner G i) x = 0.
Proof.
  intros Hd HG HT Hi none. apply jump_none; [apply (Nstar_nonzero d m D); assumption|].
  intros j Hj _ l' M. apply (none j Hj), (Nstar_multiple d m D G T i j l'); assumption.
Qed.

(** Balanced and not zero: there are outputs, and one of them is the largest entry. *)
Lemma Nstar_output d m D G i : (2 <= d)%nat -> in_Nstar d m D G -> (i < m)%nat ->
  0 < top d (inner G i) /\ (forall l, (l < D)%nat -> Rabs (outer G i l) <= top d (inner G i)) /\
  exists l, (l < D)%nat /\ Rabs (outer G i l) = top d (inner G i).
Proof.
  intros Hd HG Hi. assert (A := top_pos d _ (Nstar_nonzero d m D G i Hd HG Hi)). destruct HG as [[bal _] _]. rewrite <- (bal i Hi) in *.
  repeat split; [exact A|intros; apply top_upper; assumption|].
  destruct D as [|D]; [simpl in A; lra|]. destruct (top_attained (S D) (outer G i)) as [l [Hl ->]]; [lia|]. eauto.
Qed.

(** * The two cases of the proof *)

Lemma abs_le_inv x a : Rabs x <= a -> - a <= x <= a.
Proof. unfold Rabs. destruct (Rcase_abs x); lra. Qed.

Lemma difference_sym d m D G T r : bounded_by d D (difference d m m G T) r -> bounded_by d D (difference d m m T G) r.
Proof.
  intros [r0 H]. split; [exact r0|]. intros x k t l Hk Hl. specialize (H x k t l Hk Hl). unfold difference in *.
  rewrite Rabs_minus_sym. eapply Rle_trans; [|exact H]. right. f_equal. ring.
Qed.

(** (53) on N*: what has no partner is small, inside and outside. *)
Lemma Nstar_unmatched d m D G T r i : (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> bounded_by d D (difference d m m G T) r ->
  (i < m)%nat -> (forall j, (j < m)%nat -> ~ parallel d (inner G i) (inner T j)) -> top d (inner G i) <= sqrt (2 * r).
Proof.
  intros Hd HG HT B Hi none. destruct (Nstar_output d m D G i Hd HG Hi) as [A [_ [l [Hl E]]]].
  assert (J := jump_difference_bound d m m D G T r (inner G i) l B (Nstar_nonzero d m D G i Hd HG Hi) Hl).
  rewrite (Nstar_jump_none d m D G T), (Nstar_jump_own d m D), Rminus_0_l, Rabs_Ropp, E in J by assumption.
  rewrite <- (sqrt_square (top d (inner G i))) by lra. apply sqrt_le_1_alt, J.
Qed.

(** Two numbers whose squares differ by at most h^2 differ by at most h (67). *)
Lemma squares_close a b h : 0 <= a -> 0 <= b -> 0 <= h -> a * a <= b * b + h * h -> a <= b + h.
Proof. intros. apply Rnot_lt_le; intro. nra. Qed.

(** Outputs u, w of a pair of lengths a, b (N7), of one sign: if u + 2 h < w then b w - a u > b (u + 2 h) - (b + h) u >= h b >= h^2. *)
Lemma outputs_close_same_sign a b u w h : 0 < b -> 0 <= h -> 0 <= u -> w <= b -> b * w - a * u <= h * h -> a <= b + h -> w - u <= 2 * h.
Proof.
  intros b0 h0 u0 wb close ab. apply Rnot_lt_le; intro far.
  assert (a * u <= (b + h) * u) by (apply Rmult_le_compat_r; lra).
  assert (b * (u + 2 * h) < b * w) by (apply Rmult_lt_compat_l; lra).
  assert (h * (u + 2 * h) <= h * b) by (apply Rmult_le_compat_l; lra).
  assert (0 <= h * h) by nra. nra.
Qed.

(** Of different signs: a |u| + b |w| <= h^2, so both are at most h. *)
Lemma outputs_close_from a b u w h : 0 < a -> 0 < b -> 0 <= h -> Rabs u <= a -> Rabs w <= b ->
  Rabs (b * w - a * u) <= h * h -> a <= b + h -> b <= a + h -> w - u <= 2 * h.
Proof.
  intros a0 b0 h0 ua wb close ab ba. apply abs_le_inv in close. apply abs_le_inv in ua. apply abs_le_inv in wb.
  destruct (Rle_or_lt 0 u) as [u0|u0]; [apply (outputs_close_same_sign a b); lra|].
  destruct (Rle_or_lt w 0) as [w0|w0]; [replace (w - u) with (- u - - w) by ring; apply (outputs_close_same_sign b a); lra|].
  assert (w * w <= b * w) by (apply Rmult_le_compat_r; lra).
  assert (- u * - u <= a * - u) by (apply Rmult_le_compat_r; lra).
  assert (w <= h) by (apply Rnot_lt_le; intro; nra). assert (- u <= h) by (apply Rnot_lt_le; intro; nra). lra.
Qed.

Lemma outputs_close a b u w h : 0 < a -> 0 < b -> 0 <= h -> Rabs u <= a -> Rabs w <= b ->
  Rabs (b * w - a * u) <= h * h -> a <= b + h -> b <= a + h -> Rabs (w - u) <= 2 * h.
Proof.
  intros a0 b0 h0 ua wb close ab ba. apply Rabs_le. split; [|apply (outputs_close_from a b); assumption].
  assert (u - w <= 2 * h); [|lra]. apply (outputs_close_from b a); try assumption. rewrite Rabs_minus_sym. exact close.
Qed.

(** (54) on N*: neurons of one direction are close, inside by h = sqrt (2 r) and outside by 2 h. *)
Lemma Nstar_matched d m D G T r i j : (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> bounded_by d D (difference d m m G T) r ->
  (i < m)%nat -> (j < m)%nat -> parallel d (inner G i) (inner T j) ->
  (forall k, (k < d)%nat -> Rabs (inner T j k - inner G i k) <= sqrt (2 * r)) /\
  (forall l, (l < D)%nat -> Rabs (outer T j l - outer G i l) <= 2 * sqrt (2 * r)).
Proof.
  intros Hd HG HT B Hi Hj [q [q0 M]]. set (h := sqrt (2 * r)). assert (h0 : 0 <= h) by apply sqrt_pos.
  assert (hh : h * h = 2 * r) by (apply sqrt_def; destruct B; lra).
  destruct (Nstar_output d m D G i Hd HG Hi) as [a0 [outG [u [Hu Eu]]]].
  destruct (Nstar_output d m D T j Hd HT Hj) as [b0 [outT [w [Hw Ew]]]].
  assert (tops := top_multiple d q _ _ M). rewrite Rabs_right in tops by lra.
  set (a := top d (inner G i)) in *. set (b := top d (inner T j)) in *.
  assert (close : forall l, (l < D)%nat -> Rabs (b * outer T j l - a * outer G i l) <= h * h).
  { intros l Hl. assert (J := jump_difference_bound d m m D G T r (inner G i) l B (Nstar_nonzero d m D G i Hd HG Hi) Hl).
    rewrite (Nstar_jump d m D G T i j q), (Nstar_jump_own d m D) in J by assumption. fold a in J.
    rewrite <- (Rabs_right a) in J by lra. rewrite <- Rabs_mult in J. rewrite hh.
    replace (b * outer T j l - a * outer G i l) with ((q * outer T j l - outer G i l) * a) by (rewrite tops; ring). exact J. }
  assert (ab : a <= b + h).
  { apply squares_close; try lra. assert (C := close u Hu). specialize (outT u Hu). rewrite <- Eu.
    apply abs_le_inv in C. assert (T1 := Rabs_triang_inv (a * outer G i u) (b * outer T j u)).
    rewrite Rabs_minus_sym in T1. specialize (close u Hu). rewrite !Rabs_mult, (Rabs_right a), (Rabs_right b) in T1 by lra.
    rewrite Eu in *. nra. }
  assert (ba : b <= a + h).
  { apply squares_close; try lra. specialize (outG w Hw). assert (T1 := Rabs_triang_inv (b * outer T j w) (a * outer G i w)).
    specialize (close w Hw). rewrite !Rabs_mult, (Rabs_right a), (Rabs_right b) in T1 by lra. rewrite Ew in *. nra. }
  split.
  - intros k Hk. rewrite (M k Hk). replace (q * inner G i k - inner G i k) with ((q - 1) * inner G i k) by ring. rewrite Rabs_mult.
    apply Rle_trans with (Rabs (q - 1) * a); [apply Rmult_le_compat_l; [apply Rabs_pos|apply top_upper; exact Hk]|].
    rewrite <- (Rabs_right a) by lra. rewrite <- Rabs_mult. replace ((q - 1) * a) with (b - a) by (rewrite tops; ring).
    apply Rabs_le. lra.
  - intros l Hl. apply (outputs_close a b); auto.
Qed.

(** * Permuting *)

(** i and j change places *)
Definition exchange (i j k : nat) : nat := if Nat.eqb k i then j else if Nat.eqb k j then i else k.
Definition swap (i j : nat) (N : net) : net := Net (fun k => inner N (exchange i j k)) (fun k => outer N (exchange i j k)).

Lemma exchange_lt i j k m : (i < m)%nat -> (j < m)%nat -> (k < m)%nat -> (exchange i j k < m)%nat.
Proof. unfold exchange. destruct (Nat.eqb k i), (Nat.eqb k j); auto. Qed.

Lemma exchange_twice i j k : exchange i j (exchange i j k) = k.
Proof.
  unfold exchange. destruct (Nat.eqb_spec k i) as [->|ki].
  - rewrite Nat.eqb_refl. destruct (Nat.eqb_spec j i); congruence.
  - destruct (Nat.eqb_spec k j) as [->|kj]; [rewrite Nat.eqb_refl; reflexivity|].
    rewrite (proj2 (Nat.eqb_neq k i) ki), (proj2 (Nat.eqb_neq k j) kj). reflexivity.
Qed.

Lemma exchange_injective i j k k' : k <> k' -> exchange i j k <> exchange i j k'.
Proof. intros N E. apply N. rewrite <- (exchange_twice i j k), <- (exchange_twice i j k'), E. reflexivity. Qed.

Lemma sum_exchange i j m f : (i < m)%nat -> (j < m)%nat -> sum m (fun k => f (exchange i j k)) = sum m f.
Proof.
  intros Hi Hj.
  rewrite (sum_ext m _ (fun k => f k + ((if Nat.eqb k i then f j - f k else 0) + (if Nat.eqb k j then f i - f k else 0)))).
  - rewrite !sum_plus, (sum_delta m (fun k => f j - f k) i Hi), (sum_delta m (fun k => f i - f k) j Hj). ring.
  - intros k _. unfold exchange. destruct (Nat.eqb_spec k i), (Nat.eqb_spec k j); subst; ring.
Qed.

Lemma swap_same d m D i j N : (i < m)%nat -> (j < m)%nat -> same d m m D (swap i j N) N.
Proof. intros Hi Hj x l _. exact (sum_exchange i j m (fun k => outer N k l * relu (dot d (inner N k) x)) Hi Hj). Qed.

Lemma swap_Nstar d m D i j N : (i < m)%nat -> (j < m)%nat -> in_Nstar d m D N -> in_Nstar d m D (swap i j N).
Proof.
  intros Hi Hj [[bal c2] pos]. repeat split.
  - intros k Hk. apply bal, exchange_lt; assumption.
  - intros k k' Hk Hk' different. apply c2; try (apply exchange_lt; assumption). apply exchange_injective, different.
  - apply pos, exchange_lt; assumption.
  - apply pos, exchange_lt; assumption.
Qed.

(** (55)-(58): T can be permuted so that neuron i stands beside its partner, for all i < n that have one. *)
Lemma arrange d m D G T n : (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> (n <= m)%nat ->
  exists Q, in_Nstar d m D Q /\ same d m m D Q T /\
    forall i j, (i < n)%nat -> (j < m)%nat -> parallel d (inner G i) (inner Q j) -> parallel d (inner G i) (inner Q i).
Proof.
  intros Hd HG HT. induction n as [|n IH]; intro Hn; [exists T; split; [exact HT|]; split; [apply same_refl|intros; lia]|].
  destruct IH as [Q [HQ [same_ arranged]]]; [lia|].
  destruct (classic (exists j, (j < m)%nat /\ parallel d (inner G n) (inner Q j))) as [[j [Hj par]]|none].
  - exists (swap n j Q). split; [apply swap_Nstar; assumption|].
    split; [apply same_trans with (1 := swap_same d m D n j Q Hn Hj); exact same_|].
    intros i j' Hi Hj' par'. change (parallel d (inner G i) (inner Q (exchange n j i))).
    change (parallel d (inner G i) (inner Q (exchange n j j'))) in par'. unfold exchange at 1.
    destruct (Nat.eqb_spec i n) as [->|different]; [exact par|].
    assert (par_i := arranged i _ ltac:(lia) (exchange_lt n j j' m Hn Hj Hj') par').
    destruct (Nat.eqb_spec i j) as [->|_]; [|exact par_i].
    exfalso. apply (proj2 (proj1 HG) j n); try (exact different || lia); try (apply (Nstar_nonzero d m D); auto; lia).
    apply parallel_trans with (inner Q j); [exact par_i|apply parallel_sym, par].
  - exists Q. split; [exact HQ|]. split; [exact same_|]. intros i j Hi Hj par.
    destruct (Nat.eq_dec i n) as [->|]; [exfalso; eauto|]. apply arranged with j; [lia|assumption..].
Qed.

(** * The theorem *)

Theorem theorem_3_3_holds : theorem_3_3.
Proof.
  intros d m D G T r Hd HG HT B.
  destruct (arrange d m D G T m Hd HG HT (le_n m)) as [P [HP [same_ arranged]]].
  exists P. split; [exact HP|]. split; [exact same_|].
  assert (BP : bounded_by d D (difference d m m G P) r).
  { apply (bounded_by_ext d D (difference d m m G T)); [|exact B]. intros x l Hl. unfold difference. rewrite (same_ x l Hl). reflexivity. }
  replace (2 * sqrt 2 * sqrt r) with (2 * sqrt (2 * r)) by (rewrite sqrt_mult by (destruct B; lra); ring).
  assert (h0 := sqrt_pos (2 * r)).
  assert (pair : forall i, (i < m)%nat -> (forall k, (k < d)%nat -> Rabs (inner P i k - inner G i k) <= 2 * sqrt (2 * r)) /\
    (forall l, (l < D)%nat -> Rabs (outer P i l - outer G i l) <= 2 * sqrt (2 * r))).
  { intros i Hi. destruct (classic (parallel d (inner G i) (inner P i))) as [par|apart].
    - destruct (Nstar_matched d m D G P r i i) as [In Out]; try assumption.
      split; [intros k Hk; specialize (In k Hk); lra|exact Out].
    - assert (smallG : top d (inner G i) <= sqrt (2 * r)).
      { apply (Nstar_unmatched d m D G P r); try assumption. intros j Hj par. apply apart, (arranged i j); assumption. }
      assert (smallP : top d (inner P i) <= sqrt (2 * r)).
      { apply (Nstar_unmatched d m D P G r); try assumption; [apply difference_sym, BP|]. intros j Hj par. apply parallel_sym in par.
        assert (par_j := arranged j i Hj Hi par). destruct (Nat.eq_dec i j) as [<-|different]; [exact (apart par)|].
        apply (proj2 (proj1 HP) i j); try assumption; try (apply (Nstar_nonzero d m D); assumption).
        apply parallel_trans with (inner G j); [apply parallel_sym, par|exact par_j]. }
      assert (far : forall s t, Rabs s <= sqrt (2 * r) -> Rabs t <= sqrt (2 * r) -> Rabs (s - t) <= 2 * sqrt (2 * r)).
      { intros s t Hs Ht. apply abs_le_inv in Hs. apply abs_le_inv in Ht. apply Rabs_le. lra. }
      destruct (Nstar_output d m D G i Hd HG Hi) as [_ [outG _]]. destruct (Nstar_output d m D P i Hd HP Hi) as [_ [outP _]].
      split; intros; apply far.
      + eapply Rle_trans; [apply top_upper; eassumption|exact smallP].
      + eapply Rle_trans; [apply top_upper; eassumption|exact smallG].
      + eapply Rle_trans; [apply outP; assumption|exact smallP].
      + eapply Rle_trans; [apply outG; assumption|exact smallG]. }
  apply distance_le; [lra|intros; apply pair; assumption|intros; apply pair; assumption].
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
  - exists j. split; [exact Hj|]. destruct (Nstar_matched d m D P T 0 i j Hd HP HT B Hi Hj par) as [In Out]. rewrite h0 in In, Out. split.
    + intros k Hk. specialize (In k Hk). apply abs_le_inv in In. lra.
    + intros l Hl. specialize (Out l Hl). apply abs_le_inv in Out. lra.
  - assert (small : top d (inner P i) <= sqrt (2 * 0)) by (apply (Nstar_unmatched d m D P T 0 i); eauto).
    destruct (Nstar_output d m D P i Hd HP Hi) as [large _]. lra.
Qed.
