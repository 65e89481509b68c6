(** Proposition 1.2 (B04): under inverse stability a local minimum of radius r is one of its realization, with radius (r/s)^(1/alpha). *)
From Coq Require Import Reals Lra.
From relucert Require Import Statements.
Open Scope R_scope.

(** The rate is undone by its inverse: s * power y al <= r wherever y <= (r/s)^(1/al). *)
Lemma power_le (s al r y : R) : 0 < s -> 0 < al -> 0 < r -> y <= power (r / s) (/ al) -> s * power y al <= r.
Proof.
  intros Hs Hal Hr Hy. unfold power in *.
  assert (Hq : 0 < r / s) by (apply Rdiv_lt_0_compat; assumption).
  destruct (Rlt_dec 0 (r / s)) as [_ | H]; [| contradiction].
  destruct (Rlt_dec 0 y) as [Hpos | _]; [| lra].
  assert (H : Rpower y al <= r / s).
  { replace (r / s) with (Rpower (Rpower (r / s) (/ al)) al).
    - apply Rle_Rpower_l; lra.
    - rewrite Rpower_mult. replace (/ al * al) with 1 by (field; lra). apply Rpower_1; assumption. }
  apply Rle_trans with (s * (r / s)).
  - apply Rmult_le_compat_l; lra.
  - right; field; lra.
Qed.

Theorem proposition_1_2_holds : proposition_1_2.
Proof.
  intros P F dp df real Om L s al Hs Hal _ Hstable G r HG Hr Hmin T HT Hclose.
  destruct (Hstable G T HG HT) as [Q [HQ [Hreal Hdist]]].
  rewrite <- Hreal. apply Hmin; [assumption |].
  apply Rle_trans with (1 := Hdist). now apply power_le.
Qed.
