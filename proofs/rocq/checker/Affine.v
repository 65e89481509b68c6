(** Networks with biases: on (x, 1) the jumps across all lines that are not horizontal are those of the function. *)
From Coq Require Import Reals List ZArith Lia Lra Bool Classical.
From relucert Require Import Statements Sums Hyperplanes Jumps Rearranging Parametrizations.
From relucert.checker Require Import Numbers Networks Biases.
Import ListNotations.
Open Scope R_scope.

(** (a_i, b_i), without the output bias *)
Definition with_bias_column (d : nat) (B : biased) : net :=
  Net (fun i k => if Nat.ltb k d then inner (weights B) i k else bias B i) (outer (weights B)).
Definition same_biased (d m m' D : nat) (A B : biased) : Prop := forall x l, (l < D)%nat -> eval_biased d m A x l = eval_biased d m' B x l.

Lemma column_eval d m B x l : eval (S d) m (with_bias_column d B) (extended d x) l + output_bias B l = eval_biased d m B x l.
Proof.
  unfold eval, eval_biased. f_equal. apply sum_ext. intros i _. cbn [with_bias_column inner outer]. f_equal. f_equal. rewrite dot_extended.
  rewrite Nat.ltb_irrefl. f_equal. apply dot_ext; [|reflexivity]. intros k Hk. apply Nat.ltb_lt in Hk. now rewrite Hk.
Qed.

(** two networks that differ by a constant where the last input is 1 *)
Definition same_but_constant (d m m' D : nat) (N N' : net) : Prop :=
  exists e : nat -> R, forall x l, (l < D)%nat -> eval (S d) m N (extended d x) l = eval (S d) m' N' (extended d x) l + e l.

Lemma same_biased_columns d m m' D A B : same_biased d m m' D A B -> same_but_constant d m m' D (with_bias_column d A) (with_bias_column d B).
Proof.
  intros S. exists (fun l => output_bias B l - output_bias A l). intros x l Hl. pose proof (S x l Hl) as E. rewrite <- !column_eval in E. lra.
Qed.

Lemma eval_at_one d m N y l : y d = 1 -> eval (S d) m N y l = eval (S d) m N (extended d y) l.
Proof.
  intros E. apply eval_ext_x. intros k Hk. unfold extended. destruct (Nat.ltb_spec k d) as [L|L]; [reflexivity|]. now replace k with d by lia.
Qed.

(** a point with last entry 1 on the line of n, off all others *)
Lemma point_at_one d m m' N N' n : ~ zero d n -> exists y, y d = 1 /\ dot (S d) n y = 0 /\
  (forall i, (i < m)%nat -> ~ zero (S d) (inner N i) -> (exists l, multiple (S d) l n (inner N i)) \/ dot (S d) (inner N i) y <> 0) /\
  (forall i, (i < m')%nat -> ~ zero (S d) (inner N' i) -> (exists l, multiple (S d) l n (inner N' i)) \/ dot (S d) (inner N' i) y <> 0).
Proof.
  intros Z. assert (Z' : ~ zero (S d) n) by (intros H; apply Z; intros k Hk; apply H; lia).
  destruct (common_point (S d) m (S m') N (Net (fun i => if Nat.ltb i m' then inner N' i else unit_vec d) (outer N')) n Z') as [x [X [H H']]].
  assert (U : x d <> 0).
  { assert (E : dot (S d) (unit_vec d) x = x d) by (rewrite dot_comm; apply dot_unit_vec; lia). rewrite <- E.
    specialize (H' m' ltac:(lia)). cbn [inner] in H'. rewrite Nat.ltb_irrefl in H'. destruct H' as [[l M]|O]; [|exfalso|exact O].
    - intros O. specialize (O d ltac:(lia)). unfold unit_vec in O. rewrite Nat.eqb_refl in O. lra.
    - destruct (zero_or_not d n) as [O|[k [Hk NZ]]]; [exact (Z O)|]. pose proof (M k ltac:(lia)) as Mk. pose proof (M d ltac:(lia)) as Md.
      unfold unit_vec in Mk, Md. rewrite Nat.eqb_refl in Md. rewrite (proj2 (Nat.eqb_neq k d)) in Mk by lia.
      symmetry in Mk. apply Rmult_integral in Mk. destruct Mk as [->|]; [lra|contradiction]. }
  exists (fun k => / x d * x k). split; [field; exact U|]. split; [rewrite dot_scal_r, X; ring|]. split.
  - intros i Hi ZI. destruct (H i Hi ZI) as [L|O]; [now left|right]. rewrite dot_scal_r.
    apply Rmult_integral_contrapositive_currified; [apply Rinv_neq_0_compat, U|exact O].
  - intros i Hi ZI. specialize (H' i ltac:(lia)). cbn [inner] in H'. pose proof Hi as Hi'. apply Nat.ltb_lt in Hi'. rewrite Hi' in H'.
    destruct (H' ZI) as [L|O]; [now left|right]. rewrite dot_scal_r.
    apply Rmult_integral_contrapositive_currified; [apply Rinv_neq_0_compat, U|exact O].
Qed.

(** Second differences along an input show the jump. *)
Theorem same_jumps_affine d m m' D N N' n l : same_but_constant d m m' D N N' -> ~ zero d n -> (l < D)%nat ->
  jump (S d) m N n l = jump (S d) m' N' n l.
Proof.
  intros [e S] Z Hl. assert (Z' : ~ zero (Datatypes.S d) n) by (intros H; apply Z; intros k Hk; apply H; lia).
  destruct (point_at_one d m m' N N' n Z) as [y [Y [DY [O O']]]]. destruct (zero_or_not d n) as [C|[k [Hk NZ]]]; [contradiction|].
  destruct (second_difference _ m N n y (unit_vec k) Z' DY O) as [e1 [E1 J1]]. destruct (second_difference _ m' N' n y (unit_vec k) Z' DY O') as [e2
    [E2 J2]].
  set (t := Rmin e1 e2 / 2). assert (T : 0 < t /\ t < e1 /\ t < e2) by (unfold t, Rmin; destruct (Rle_dec e1 e2); lra).
  specialize (J1 t l ltac:(rewrite Rabs_pos_eq; lra)). specialize (J2 t l ltac:(rewrite Rabs_pos_eq; lra)).
  assert (P : forall u, (fun j => y j + u * unit_vec k j) d = 1).
  { intros u. unfold unit_vec. rewrite (proj2 (Nat.eqb_neq d k)) by lia. lra. }
  assert (Q : forall u, (fun j => y j - u * unit_vec k j) d = 1).
  { intros u. unfold unit_vec. rewrite (proj2 (Nat.eqb_neq d k)) by lia. lra. }
  rewrite (eval_at_one d m N _ l (P t)), (eval_at_one d m N _ l (Q t)), (eval_at_one d m N y l Y), !S in J1 by exact Hl.
  rewrite (eval_at_one d m' N' _ l (P t)), (eval_at_one d m' N' _ l (Q t)), (eval_at_one d m' N' y l Y) in J2.
  rewrite dot_unit_vec in J1, J2 by lia.
  assert (A : 0 < Rabs (t * n k)) by (apply Rabs_pos_lt, Rmult_integral_contrapositive_currified; [lra|exact NZ]).
  apply Rmult_eq_reg_l with (Rabs (t * n k)); [|lra]. rewrite <- J1, <- J2. ring.
Qed.

(** So there is a neuron on each line across which the function bends. *)
Lemma present_affine d m m' D N N' n l : same_but_constant d m m' D N N' -> ~ zero d n -> (l < D)%nat -> jump (S d) m' N' n l <> 0 ->
  exists i, (i < m)%nat /\ ~ zero (S d) (inner N i) /\ exists mu, multiple (S d) mu n (inner N i).
Proof.
  intros S Z Hl J. apply NNPP. intros E. apply J. rewrite <- (same_jumps_affine d m m' D N N' n l S Z Hl).
  apply jump_none; [intros H; apply Z; intros k Hk; apply H; lia|]. intros i Hi ZI mu M. apply E. exists i.
    repeat split; [assumption..|now exists mu].
Qed.

(** With one kink a neuron, all with slopes, there are no other networks but for order, positive scaling and signs. *)
Theorem parametrization_affine d m D T P : m_kinks (S d) m D T -> (forall j, (j < m)%nat -> ~ zero d (inner T j)) -> same_but_constant d m m D P T ->
  exists F, permutation_and_scaling (S d) m D P (flip F T).
Proof.
  intros HT slopes S.
  assert (present : forall j, (j < m)%nat -> exists i, (i < m)%nat /\ ~ zero (Datatypes.S d) (inner P i) /\ exists l,
    multiple (Datatypes.S d) l (inner T j) (inner P i)).
  { intros j Hj. destruct (zero_or_not D (outer T j)) as [C|[l [Hl C]]]; [destruct (proj2 (proj2 (proj2 HT) j Hj) C)|].
    apply (present_affine d m m D P T (inner T j) l S (slopes j Hj) Hl). now rewrite (kinks_jump _ m D T j l HT Hj). }
  destruct (finite_choice nat 0%nat m _ present) as [q Hq].
  assert (Hinj : forall j j', (j < m)%nat -> (j' < m)%nat -> q j = q j' -> j = j').
  { intros j j' Hj Hj' E. destruct (Hq j Hj) as [_ [Hz [l Hl]]], (Hq j' Hj') as [_ [_ [l' Hl']]]. rewrite <- E in Hl'.
    now apply (kinks_meet (Datatypes.S d) m D T (inner P (q j)) j j' l l'). }
  destruct (finite_choice nat 0%nat m _ (injective_onto m q (fun j Hj => proj1 (Hq j Hj)) Hinj)) as [p Hp].
  set (mu := fun j => ratio (Datatypes.S d) (inner T j) (inner P (q j))).
  assert (Hmu : forall j, (j < m)%nat -> multiple (Datatypes.S d) (mu j) (inner T j) (inner P (q j)) /\ 0 < Rabs (mu j)).
  { intros j Hj. destruct (Hq j Hj) as [_ [Hz [l Hl]]]. unfold mu. rewrite (ratio_multiple _ _ _ l (multiple_nonzero_l _ _ _ _ Hl Hz) Hl).
    split; [exact Hl|]. apply Rabs_pos_lt. now apply multiple_nonzero with (1 := Hl). }
  exists (fun j => negative (mu j)), p, (fun i => Rabs (mu (p i))). split; [|split].
  - intros i Hi. now apply Hp.
  - intros i i' Hi Hi' E. destruct (Hp i Hi) as [_ E1], (Hp i' Hi') as [_ E2]. congruence.
  - intros i Hi. destruct (Hp i Hi) as [Hj E]. destruct (Hmu (p i) Hj) as [HM Hpos]. rewrite E in HM. split; [exact Hpos|split].
    + exact (multiple_flip _ _ _ _ HM).
    + intros l Hl. cbn [flip outer]. rewrite <- (kinks_jump _ m D T (p i) l HT Hj), <- (same_jumps_affine d m m D P T _ l S (slopes _ Hj) Hl).
      rewrite (jump_single _ m P _ l i (mu (p i))); [field; lra|apply HT, Hj|exact Hi|exact HM|].
      intros i' Hi' Hne Hz l' Hl'. apply Hne. destruct (Hp i' Hi') as [Hj' E'].
      destruct (Hq (p i') Hj') as [_ [_ [l'' Hl'']]]. rewrite E' in Hl''. rewrite <- E, <- E'. f_equal.
      now apply (kinks_meet (Datatypes.S d) m D T (inner P i') (p i') (p i) l'' l').
Qed.
