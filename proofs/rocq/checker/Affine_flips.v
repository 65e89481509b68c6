(** Networks with biases: the linear part, on the inputs alone, is determined by the function;
    so only sets with Σ_F c_i a_i^T = 0 there can be flipped. *)
From Coq Require Import Reals List ZArith Lia Lra Bool.
From relucert Require Import Statements Sums Jumps Parametrizations.
From relucert.checker Require Import Numbers Networks Biases Flips Affine.
Import ListNotations.
Open Scope R_scope.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** neurons without a slope become 0 *)
Definition sloped (d : nat) (M : net) : net := Net (fun i => if zero_dec d (inner M i) then (fun _ => 0) else inner M i) (outer M).

Lemma sloped_jump d m M n l : (~ zero d n -> jump (S d) m M n l = 0) -> ~ zero (S d) n -> jump (S d) m (sloped d M) n l = 0.
Proof.
  intros J N. destruct (zero_dec d n) as [Z|Z].
  - apply jump_none; [exact N|]. intros i Hi ZI s E. apply ZI. cbn [sloped inner] in *.
    destruct (zero_dec d (inner M i)) as [ZM|ZM]; [intros k _; reflexivity|].
    destruct ZM. intros k Hk. rewrite (E k ltac:(lia)), (Z k Hk). ring.
  - rewrite <- (J Z). unfold jump. apply sum_ext. intros i Hi. cbn [sloped inner outer]. destruct (zero_dec d (inner M i)) as [ZM|ZM]; [|reflexivity].
    f_equal. rewrite (jump_term_zero (S d) n (fun _ => 0) N) by (intros k _; reflexivity).
    destruct (collinear_dec (S d) n (inner M i)) as [C|C]; [|now rewrite (jump_term_none _ _ _ C)].
    rewrite (jump_term_multiple _ n _ _ N C). destruct (zero_or_not d n) as [O|[k [Hk NZ]]]; [contradiction|].
    pose proof (C k ltac:(lia)) as E. rewrite (ZM k Hk) in E. symmetry in E. apply Rmult_integral in E. destruct E as [E|E]; [|contradiction].
    rewrite E. symmetry. apply Rabs_R0.
Qed.

(** they are constant where the last input is 1 *)
Lemma sloped_eval d m M x l : eval (S d) m M (extended d x) l =
  eval (S d) m (sloped d M) (extended d x) l + sum m (fun i => if zero_dec d (inner M i) then outer M i l * relu (inner M i d) else 0).
Proof.
  unfold eval. rewrite <- sum_plus. apply sum_ext. intros i _. cbn [sloped inner outer]. destruct (zero_dec d (inner M i)) as [Z|Z]; [|ring].
  rewrite !dot_extended, (dot_zero_l d _ x Z), (dot_zero_l d (fun _ => 0) x) by (intros k _; reflexivity). rewrite !Rplus_0_l, relu_0. ring.
Qed.

Lemma sloped_linear_part d m M k l : (k < d)%nat -> linear_part (S d) m (sloped d M) k l = linear_part (S d) m M k l.
Proof.
  intros Hk. unfold linear_part. apply sum_ext. intros i _. cbn [sloped inner outer]. destruct (zero_dec d (inner M i)) as [Z|Z]; [|reflexivity].
    now rewrite (Z k Hk).
Qed.

Theorem same_linear_parts_affine d m m' D N N' k l : same_but_constant d m m' D N N' -> (k < d)%nat -> (l < D)%nat ->
  linear_part (S d) m N k l = linear_part (S d) m' N' k l.
Proof.
  intros S Hk Hl. set (M := join m N N'). set (W := sloped d M).
  assert (J : forall n, ~ zero (Datatypes.S d) n -> jump (Datatypes.S d) (m + m') W n l = 0).
  { intros n N0. apply sloped_jump; [|exact N0]. intros Z. unfold M. rewrite join_jump, (same_jumps_affine d m m' D N N' n l S Z Hl). ring. }
  destruct S as [e S]. set (L := fun k => linear_part (Datatypes.S d) (m + m') W k l).
  assert (C : forall x, / 2 * (dot d L x + L d) = e l - sum (m + m') (fun i => if zero_dec d (inner M i) then outer M i l * relu (inner M i d) else
    0)).
  { intros x. rewrite <- dot_extended. pose proof (eval_parts (Datatypes.S d) (m + m') W (extended d x) l) as P.
    rewrite even_part_zero in P by exact J.
    fold L in P. pose proof (sloped_eval d (m + m') M x l) as Q. fold W in Q. unfold M at 1 in Q. rewrite join_eval, (S x l Hl) in Q. lra. }
  pose proof (C (unit_vec k)) as C1. pose proof (C (fun _ => 0)) as C0. rewrite (dot_unit_vec d L k Hk) in C1.
  rewrite (dot_comm d L (fun _ => 0)), (dot_zero_l d (fun _ => 0) L) in C0 by (intros j _; reflexivity).
  assert (Z : L k = 0) by lra. unfold L, W in Z. rewrite (sloped_linear_part d _ M k l Hk) in Z. unfold M in Z. rewrite join_linear_part in Z. lra.
Qed.

(** Hence flips, as in N3, with the inputs' columns. *)
Theorem all_parametrizations_affine d m D T P : m_kinks (S d) m D T -> (forall j, (j < m)%nat -> ~ zero d (inner T j)) ->
  same_but_constant d m m D P T ->
  exists F, flippable d m D T F /\ permutation_and_scaling (S d) m D P (flip F T).
Proof.
  intros K SL S. destruct (parametrization_affine d m D T P K SL S) as [F HF]. exists F. split; [|exact HF]. intros k l Hk Hl.
  assert (SF : same_but_constant d m m D (flip F T) T).
  { destruct S as [e S]. exists e. intros x l' Hl'. rewrite <- (permutation_same _ m D P (flip F T) HF _ l' Hl'). exact (S x l' Hl'). }
  pose proof (same_linear_parts_affine d m m D _ _ k l SF Hk Hl) as E. unfold linear_part in E. apply Rminus_diag_eq in E. rewrite <- sum_minus in E.
  apply Rmult_eq_reg_l with (-2); [|lra]. rewrite Rmult_0_r, <- sum_scal. etransitivity; [|exact E].
  apply sum_ext. intros i _. cbn [flip inner outer]. destruct (F i); ring.
Qed.
End Over_numbers.
