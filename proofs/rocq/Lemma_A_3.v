(** Lemma A.3 (D32): with independent inner weights and no outer weights zero, a parametrization is unique up to permutation and positive scaling.
    No flip is possible because sum_F c_i a_i^T is then zero for no set F but the empty one (E15). *)
From Coq Require Import Reals Arith Lra Lia.
From relucert Require Import Statements Sums Parametrizations.
Open Scope R_scope.

Lemma independent_nonzero : forall d m T i, independent d m T -> (i < m)%nat -> ~ zero d (inner T i).
Proof.
  intros d m T i H Hi Hz. assert (E : (if Nat.eqb i i then 1 else 0) = 0).
  { apply (H (fun j => if Nat.eqb j i then 1 else 0)); [| exact Hi]. intros k Hk. apply sum_zero. intros j _.
    destruct (Nat.eqb_spec j i) as [-> |]; [rewrite (Hz k Hk) |]; ring. }
  rewrite Nat.eqb_refl in E. lra.
Qed.

Lemma independent_multiple : forall d m T i j l, independent d m T -> (i < m)%nat -> (j < m)%nat -> i <> j -> ~ multiple d l (inner T i) (inner T j).
Proof.
  intros d m T i j l H Hi Hj Hne HM. set (w := fun n => (if Nat.eqb n i then l else 0) + (if Nat.eqb n j then -1 else 0)).
  assert (E : w j = 0).
  { apply H; [| exact Hj]. intros k Hk. unfold w.
    rewrite (sum_ext m _ (fun n => (if Nat.eqb n i then l * inner T i k else 0) + (if Nat.eqb n j then - inner T j k else 0))).
    - rewrite sum_plus, !sum_delta by assumption. rewrite (HM k Hk). ring.
    - intros n _. destruct (Nat.eqb_spec n i) as [E1 |], (Nat.eqb_spec n j) as [E2 |]; [congruence | rewrite E1; ring | rewrite E2; ring | ring]. }
  unfold w in E. rewrite Nat.eqb_refl, (proj2 (Nat.eqb_neq j i)) in E by congruence. lra.
Qed.

Lemma independent_kinks : forall d m D T, independent d m T -> (forall i, (i < m)%nat -> ~ zero D (outer T i)) -> m_kinks d m D T.
Proof.
  intros d m D T H Hc. split; [| split].
  - intros i j Hi Hj Hne _ _ [l [_ HM]]. now apply (independent_multiple d m T i j l).
  - intros i j Hi Hj Hne _ _ [l [_ HM]]. now apply (independent_multiple d m T i j l).
  - intros i Hi. split; [now apply independent_nonzero with m | now apply Hc].
Qed.

Theorem lemma_A_3_holds : lemma_A_3.
Proof.
  intros d m D T P H Hc HS.
  destruct (proj1 (all_parametrizations_holds d m D T P (independent_kinks d m D T H Hc)) HS) as [F [H0 [p [s [Hp [Hinj HF]]]]]].
  assert (N : forall i, (i < m)%nat -> F i = false).
  { intros i Hi. destruct (F i) eqn:E; [exfalso | reflexivity]. apply (Hc i Hi). intros l Hl.
    assert (W : (if F i then outer T i l else 0) = 0).
    { apply (H (fun i => if F i then outer T i l else 0)); [| exact Hi]. intros k Hk. etransitivity; [| exact (H0 k l Hk Hl)].
      apply sum_ext. intros j _. destruct (F j); ring. }
    now rewrite E in W. }
  exists p, s. split; [exact Hp | split; [exact Hinj |]]. intros i Hi. destruct (HF i Hi) as [Hs [Ha Ho]].
  split; [exact Hs | split; [| exact Ho]]. intros k Hk. rewrite (Ha k Hk). simpl. now rewrite N by now apply Hp.
Qed.
