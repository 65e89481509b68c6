(** The steps of the published proof of Theorem 3.1, each on its own (D05, D06, D13, D15-D18), and C.1 of balanced networks (D22, D23). *)
From Coq Require Import Reals List Arith Lra Lia Psatz.
From relucert Require Import Statements Sums Hyperplanes Jumps Matching Rearranging Theorem_3_1 Further.
Open Scope R_scope.

(** D05: the point lies on one hyperplane and off the other *)
Theorem hyperplanes_differ_holds : hyperplanes_differ.
Proof.
  intros d m G i j H2 H3 Hi Hj Hij Zi Zj. destruct (on_one_off_all d 1 (inner G i) (fun _ => inner G j) Zi) as [x [Hx H]].
  exists x. split; [exact Hx|]. apply (H 0%nat); [lia|]. intros [l M].
  now apply (conditions_lines_differ d m G H2 H3 i j l Hi Hj Hij Zi Zj).
Qed.

(** D06 *)
Theorem merging_holds : merging.
Proof.
  intros d a a' c c' Za [l [Hl M]] x. pose proof (top_pos d a Za).
  rewrite (top_multiple d l a a' M), (dot_multiple d l a a' x M), relu_scale, Rabs_pos_eq by lra. field. lra.
Qed.

(** D13: two neurons of T parallel to the same one of G are the same by C.2 *)
Theorem matching_exists_holds : matching_exists.
Proof.
  intros d m G T HG HT. destruct (align d m G T HG) as [p [[R [I _]] A]]. exists p. split; [exact R|]. split; [exact I|].
  intros i j Hi Hj Zi Zj Q. pose proof (A i j Hi Hj Zi Q) as Q'. destruct (Nat.eq_dec (p i) j) as [E|N]; [exact E | exfalso].
  apply (HT (p i) j (R i Hi) Hj N); [|exact Zj|].
  - destruct Q' as [l [Hl M]]. apply (multiple_nonzero_r d l (inner G i)); [exact M | lra | exact Zi].
  - apply parallel_trans with (inner G i); [now apply parallel_sym | exact Q].
Qed.

(** a rescaled or balanced neuron is near: the two formulations *)
Lemma near_of : forall d a c b e s, top d (fun k => b k - a k) <= s -> Rabs (e - c) <= s -> near d a c b e s.
Proof. intros. now split. Qed.

(** D15 *)
Theorem case_I_1_holds : case_I_1.
Proof.
  intros d a c a' c' r beta Hc Ha H. destruct (neuron_unmatched d a c a' c' (2 * r) beta Ha Hc H) as [b [e [S [A C]]]].
  exists b, e. split; [exact S|]. now apply near_of.
Qed.

(** (54) as a bound of weights: with a' = l a *)
Lemma pair_weights : forall d a c a' c' l B, multiple d l a a' -> top d (fun k => c * a k - c' * a' k) <= B -> Rabs (l * c' - c) * top d a <= B.
Proof.
  intros d a c a' c' l B M H. rewrite Rabs_minus_sym, <- top_scal. eapply Rle_trans; [|exact H]. right.
  apply top_ext. intros k Hk. rewrite (M k Hk). ring.
Qed.

(** D16 *)
Theorem case_A_holds : case_A.
Proof.
  intros d a c a' c' l r beta Hl M Hc Ha H. apply (pair_weights d a c a' c' l _ M) in H.
  assert (Hb : 0 <= beta) by (pose proof (Rabs_pos c); lra). destruct (zero_dec d a) as [Z|Z].
  - destruct (neuron_unmatched d a c a' c' (2 * r) beta Ha Hc) as [b [e [S [A C]]]].
    + rewrite (top_multiple d l a a' M). rewrite (proj2 (top_zero_iff d a) Z) in *. lra.
    + exists b, e. split; [exact S|]. now apply near_of.
  - destruct (neuron_matched d a c a' c' l (2 * r) beta Z Hl M H Hb ltac:(auto)) as [b [e [S [A C]]]].
    exists b, e. split; [exact S|]. now apply near_of.
Qed.

(** D17: a large weight keeps its sign *)
Theorem case_B_holds : case_B.
Proof.
  intros d a c a' c' l r Hl M Hlarge H. apply (pair_weights d a c a' c' l _ M) in H.
  pose proof (top_nonneg d a) as Ta. assert (Ha : 0 < top d a) by (destruct (Rle_lt_or_eq_dec 0 _ Ta) as [L|E]; [exact L | rewrite <- E in *; lra]).
  assert (Hcq : 0 < c * (l * c')).
  { apply Rnot_le_lt. intros N. destruct (opposite_signs c (l * c') N). nra. }
  destruct (pair_sign (top d a) c (l * c') (2 * r) Ha Hcq H) as [s [Hs [A B]]].
  exists (fun k => s * a k), (l * c' / s). split; [|split].
  - intros x. rewrite (rescaled d a (l * c') s Hs x), (dot_multiple d l a a' x M), relu_scale by lra. ring.
  - exists s. split; [exact Hs|]. intros k _. reflexivity.
  - apply near_of; [|exact B]. rewrite (top_ext d _ (fun k => (s - 1) * a k)) by (intros; ring). now rewrite top_scal.
Qed.

(** D18 (67) *)
Theorem square_roots_holds : square_roots.
Proof.
  intros x y Hx Hy. rewrite <- (sqrt_square (Rabs (x - y))) by apply Rabs_pos. apply sqrt_le_1_alt.
  replace (x ^ 2 - y ^ 2) with ((x - y) * (x + y)) by ring. rewrite Rabs_mult. apply Rmult_le_compat_l; [apply Rabs_pos|].
  rewrite (Rabs_pos_eq (x + y)) by lra. apply Rabs_le. lra.
Qed.

(** D22 *)
Theorem balanced_C1_holds : balanced_C1.
Proof.
  intros d m D G r bal i Hi H. rewrite (bal i Hi) in *. pose proof (top_nonneg d (inner G i)) as P.
  rewrite <- (sqrt_square (top d (inner G i))) by exact P. split; now apply sqrt_le_1_alt.
Qed.

(** * D23 *)
Lemma power_nonneg : forall x p, 0 <= power x p.
Proof. intros. unfold power. destruct (Rlt_dec 0 x); [left; apply exp_pos | lra]. Qed.

Lemma power_pos : forall x p, 0 < x -> power x p = Rpower x p.
Proof. intros x p H. unfold power. destruct (Rlt_dec 0 x); [reflexivity | lra]. Qed.

Lemma power_zero : forall p, power 0 p = 0.
Proof. intros. unfold power. destruct (Rlt_dec 0 0); [lra | reflexivity]. Qed.

Lemma power_mono : forall x y p, 0 <= p -> x <= y -> power x p <= power y p.
Proof.
  intros x y p Hp H. unfold power at 1. destruct (Rlt_dec 0 x) as [P|N]; [|apply power_nonneg].
  rewrite power_pos by lra. apply Rle_Rpower_l; lra.
Qed.

(** below 1 a smaller exponent gives more *)
Lemma power_exponent : forall x p q, 0 <= x <= 1 -> p <= q -> power x q <= power x p.
Proof.
  intros x p q [Hx H1] Hpq. unfold power. destruct (Rlt_dec 0 x) as [P|N]; [|lra]. unfold Rpower.
  assert (L : ln x <= 0). { rewrite <- ln_1. destruct (Rle_lt_or_eq_dec x 1 H1) as [L|E]; [left; now apply ln_increasing | rewrite E; lra]. }
  destruct (Rle_lt_or_eq_dec (q * ln x) (p * ln x)) as [A|A]; [nra | left; now apply exp_increasing | rewrite A; lra].
Qed.

Lemma power_product : forall x y p, 0 < x -> 0 <= y -> power (x * y) p = power x p * power y p.
Proof.
  intros x y p Hx Hy. destruct (Rle_lt_or_eq_dec 0 y Hy) as [P|<-].
  - rewrite !power_pos by (try assumption; now apply Rmult_lt_0_compat). symmetry. now apply Rpower_mult_distr.
  - rewrite Rmult_0_r, power_zero. ring.
Qed.

Lemma power_half : forall x, 0 <= x -> power x (1 / 2) = sqrt x.
Proof.
  intros x Hx. destruct (Rle_lt_or_eq_dec 0 x Hx) as [P|<-].
  - rewrite power_pos by exact P. replace (1 / 2) with (/ 2) by field. now apply Rpower_sqrt.
  - now rewrite power_zero, sqrt_0.
Qed.

Theorem relaxed_balance_holds : relaxed_balance.
Proof.
  intros d m G T r K g H B Hr1 HK Hg size_bound. pose proof (proj1 B) as Hr.
  assert (HS : forall p q, 0 <= p -> 0 <= q -> 0 <= p * q) by (intros; now apply Rmult_le_pos).
  destruct (theorem_3_1_sharp_holds d m G T r (K * power (2 * r) g) H) as [P [S D]]; [|apply HS; [exact HK | apply power_nonneg] | exact B |].
  - intros i Hi Hc. rewrite top_1. destruct (size_bound i Hi) as [A1 A2].
    assert (M : K * power (size d 1 G i) g <= K * power (2 * r) g) by (apply Rmult_le_compat_l; [exact HK | apply power_mono; [lra | exact Hc]]).
    split; lra.
  - exists P. split; [exact S|]. eapply Rle_trans; [exact D|].
    rewrite power_product, <- (power_half r), Rmult_plus_distr_r by lra. apply Rplus_le_compat.
    + rewrite <- Rmult_assoc. apply Rmult_le_compat_l; [apply HS; [exact HK | apply power_nonneg]|].
      apply power_exponent; [lra | apply Rmin_l].
    + apply Rmult_le_compat_l; [apply sqrt_pos|]. apply power_exponent; [lra | apply Rmin_r].
Qed.
