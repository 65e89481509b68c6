(** All parametrizations of a function with as many kinks as neurons (N3): permutations and positive rescalings, after flips of a set F with
    sum_F c_i a_i^T = 0. Each kink needs a neuron on its hyperplane, so each has just one; jumps give its outer weights, linear parts F. *)
From Coq Require Import Reals Arith Lra Lia Classical FinFun.
From relucert Require Import Statements Sums Jumps Rearranging Lemma_A_5.
Open Scope R_scope.

(** * Finite permutations *)
Lemma injective_onto : forall n p, (forall i, (i < n)%nat -> (p i < n)%nat) ->
  (forall i j, (i < n)%nat -> (j < n)%nat -> p i = p j -> i = j) -> forall j, (j < n)%nat -> exists i, (i < n)%nat /\ p i = j.
Proof. intros n p Hp Hinj. apply (proj1 (bInjective_bSurjective Hp)). exact Hinj. Qed.

Lemma sum_permute : forall n p f, (forall i, (i < n)%nat -> (p i < n)%nat) ->
  (forall i j, (i < n)%nat -> (j < n)%nat -> p i = p j -> i = j) -> sum n (fun i => f (p i)) = sum n f.
Proof.
  intros n p f Hp Hinj. transitivity (sum n (fun i => sum n (fun j => if Nat.eqb j (p i) then f j else 0))).
  - apply sum_ext. intros i Hi. symmetry. apply sum_delta. now apply Hp.
  - rewrite sum_swap. apply sum_ext. intros j Hj. destruct (injective_onto n p Hp Hinj j Hj) as [i [Hi E]].
    rewrite (sum_single n _ i Hi); [now rewrite E, Nat.eqb_refl |].
    intros i' Hi' Hne. destruct (Nat.eqb_spec j (p i')) as [E' |]; [| reflexivity]. exfalso. apply Hne, Hinj; congruence.
Qed.

(** * These are parametrizations *)
Lemma permutation_same : forall d m D P T, permutation_and_scaling d m D P T -> same d m m D P T.
Proof.
  intros d m D P T [p [s [Hp [Hinj H]]]] x l Hl. unfold eval.
  rewrite <- (sum_permute m p (fun j => outer T j l * relu (dot d (inner T j) x)) Hp Hinj). apply sum_ext.
  intros i Hi. destruct (H i Hi) as [Hs [Ha Hc]]. rewrite (Hc l Hl), (dot_multiple d _ _ _ x Ha), relu_scale by lra. field. lra.
Qed.

(** A flip of F changes a sum over neurons by the sum over F (D34). *)
Lemma flip_same : forall d m D (F : nat -> bool) T,
  (forall k l, (k < d)%nat -> (l < D)%nat -> sum m (fun i => if F i then outer T i l * inner T i k else 0) = 0) -> same d m m D (flip F T) T.
Proof.
  intros d m D F T H x l Hl. apply Rminus_diag_uniq_sym. unfold eval. rewrite <- sum_minus.
  rewrite (sum_ext m _ (fun i => (if F i then outer T i l else 0) * dot d (inner T i) x)).
  - apply linear_map_zero. intros k Hk. etransitivity; [| exact (H k l Hk Hl)]. apply sum_ext. intros i _. destruct (F i); ring.
  - intros i _. simpl. destruct (F i); [| change (fun k => inner T i k) with (inner T i); ring]. rewrite dot_opp_l.
    rewrite <- (relu_opp (dot d (inner T i) x)) at 3. ring.
Qed.

(** The linear part says that F is as it must be. *)
Lemma flip_linear : forall d m D (F : nat -> bool) T, same d m m D (flip F T) T ->
  forall k l, (k < d)%nat -> (l < D)%nat -> sum m (fun i => if F i then outer T i l * inner T i k else 0) = 0.
Proof.
  intros d m D F T H k l Hk Hl. assert (E := same_linear_parts d m m D _ _ k l H Hk Hl). unfold linear_part in E.
  apply Rminus_diag_eq in E. rewrite <- sum_minus in E. apply Rmult_eq_reg_l with (-2); [| lra].
  rewrite Rmult_0_r, <- sum_scal. etransitivity; [| exact E].
  apply sum_ext. intros i _. simpl. destruct (F i); ring.
Qed.

(** * There are no others *)
(** The hyperplanes of T are different. *)
Lemma kinks_distinct : forall d m D T i j l, m_kinks d m D T -> (i < m)%nat -> (j < m)%nat -> multiple d l (inner T i) (inner T j) -> i = j.
Proof.
  intros d m D T i j l [HC2 [HC3 Hlive]] Hi Hj HM. destruct (Nat.eq_dec i j) as [E | E]; [exact E | exfalso].
  destruct (Hlive i Hi) as [Zi _], (Hlive j Hj) as [Zj _].
  destruct (multiple_sign d l _ _ Zj HM) as [Hp | Ho]; [revert Hp; now apply HC2 | revert Ho; now apply HC3].
Qed.

(** The jump of T across its j-th hyperplane is c_j. *)
Lemma kinks_jump : forall d m D T j l, m_kinks d m D T -> (j < m)%nat -> jump d m T (inner T j) l = outer T j l.
Proof.
  intros d m D T j l HT Hj. rewrite (jump_single d m T (inner T j) l j 1); [rewrite Rabs_R1; ring | | exact Hj | apply multiple_refl |].
  - apply HT, Hj.
  - intros i Hi Hne _ l' HM. apply Hne. symmetry. now apply (kinks_distinct d m D T j i l').
Qed.

(** So every parametrization has a neuron there. *)
Lemma kink_present : forall d m D T P j, m_kinks d m D T -> same d m m D P T -> (j < m)%nat ->
  exists i, (i < m)%nat /\ ~ zero d (inner P i) /\ exists l, multiple d l (inner T j) (inner P i).
Proof.
  intros d m D T P j HT HS Hj. apply NNPP. intros Hno. assert (Hlive := proj2 (proj2 HT) j Hj). apply Hlive.
  intros l Hl. rewrite <- (kinks_jump d m D T j l HT Hj), <- (same_jumps d m m D P T (inner T j) l HS (proj1 Hlive) Hl).
  apply jump_none; [apply Hlive |]. intros i Hi Hz l' HM. apply Hno. exists i. repeat split; [assumption .. | now exists l'].
Qed.

(** Two hyperplanes of T with one neuron of P on both are the same. *)
Lemma kinks_meet : forall d m D T b i j l l', m_kinks d m D T -> (i < m)%nat -> (j < m)%nat -> ~ zero d b ->
  multiple d l (inner T i) b -> multiple d l' (inner T j) b -> i = j.
Proof.
  intros d m D T b i j l l' HT Hi Hj Hb Hl Hl'. apply (kinks_distinct d m D T i j (/ l' * l)); [assumption .. |].
  apply multiple_trans with b; [exact Hl |]. apply multiple_sym; [| exact Hl']. now apply multiple_nonzero with (2 := Hb) in Hl'.
Qed.

(** A multiple by a negative factor is a positive one of the flipped neuron. *)
Definition negative (mu : R) : bool := if Rlt_dec mu 0 then true else false.

Lemma multiple_flip : forall d mu (a b : vec), multiple d mu a b -> multiple d (Rabs mu) (fun k => if negative mu then - a k else a k) b.
Proof.
  intros d mu a b H k Hk. rewrite (H k Hk). unfold negative. destruct (Rlt_dec mu 0).
  - rewrite Rabs_left by assumption. ring.
  - rewrite Rabs_pos_eq by lra. ring.
Qed.

Lemma parametrization_is_flip : forall d m D T P, m_kinks d m D T -> same d m m D P T -> exists F, permutation_and_scaling d m D P (flip F T).
Proof.
  intros d m D T P HT HS.
  destruct (finite_choice nat 0%nat m _ (fun j Hj => kink_present d m D T P j HT HS Hj)) as [q Hq].
  assert (Hinj : forall j j', (j < m)%nat -> (j' < m)%nat -> q j = q j' -> j = j').
  { intros j j' Hj Hj' E. destruct (Hq j Hj) as [_ [Hz [l Hl]]], (Hq j' Hj') as [_ [_ [l' Hl']]]. rewrite <- E in Hl'.
    now apply (kinks_meet d m D T (inner P (q j)) j j' l l'). }
  destruct (finite_choice nat 0%nat m _ (injective_onto m q (fun j Hj => proj1 (Hq j Hj)) Hinj)) as [p Hp].
  set (mu := fun j => ratio d (inner T j) (inner P (q j))).
  assert (Hmu : forall j, (j < m)%nat -> multiple d (mu j) (inner T j) (inner P (q j)) /\ 0 < Rabs (mu j)).
  { intros j Hj. destruct (Hq j Hj) as [_ [Hz [l Hl]]]. unfold mu. rewrite (ratio_multiple d _ _ l (multiple_nonzero_l d _ _ _ Hl Hz) Hl).
    split; [exact Hl |]. apply Rabs_pos_lt. now apply multiple_nonzero with (1 := Hl). }
  exists (fun j => negative (mu j)), p, (fun i => Rabs (mu (p i))). split; [| split].
  - intros i Hi. now apply Hp.
  - intros i i' Hi Hi' E. destruct (Hp i Hi) as [_ E1], (Hp i' Hi') as [_ E2]. congruence.
  - intros i Hi. destruct (Hp i Hi) as [Hj E]. destruct (Hmu (p i) Hj) as [HM Hpos]. rewrite E in HM. split; [exact Hpos | split].
    + exact (multiple_flip d _ _ _ HM).
    + intros l Hl. simpl. rewrite <- (kinks_jump d m D T (p i) l HT Hj).
      rewrite <- (same_jumps d m m D P T (inner T (p i)) l HS (proj1 (proj2 (proj2 HT) (p i) Hj)) Hl).
      rewrite (jump_single d m P _ l i (mu (p i))); [field; lra | apply HT, Hj | exact Hi | exact HM |].
      intros i' Hi' Hne Hz l' Hl'. apply Hne. destruct (Hp i' Hi') as [Hj' E'].
      destruct (Hq (p i') Hj') as [_ [_ [l'' Hl'']]]. rewrite E' in Hl''. rewrite <- E, <- E'. f_equal.
      now apply (kinks_meet d m D T (inner P i') (p i') (p i) l'' l').
Qed.

Theorem all_parametrizations_holds : all_parametrizations.
Proof.
  intros d m D T P HT. split.
  - intros HS. destruct (parametrization_is_flip d m D T P HT HS) as [F HF]. exists F. split; [| exact HF].
    apply flip_linear. apply same_trans with (2 := HS). now apply same_sym, permutation_same.
  - intros [F [H0 HF]]. apply same_trans with (1 := permutation_same d m D P _ HF). now apply flip_same.
Qed.
