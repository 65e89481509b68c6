(** C.2 and C.3 from the integer directions of canonical forms: quotients are taken once a neuron, not once a pair. For numbers without k; what is
    not seen here is left to [Directions.holds_hypotheses]. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Distances Directions Trees Canonical Jump_norm.
Import ListNotations.
Open Scope R_scope.

Definition directions_of (d D : nat) (N : list neuron) : list (option (option bend)) := map (read_neuron d D d) N.
(** on different lines, or one of them 0; or, where they may, on one line and on the same side *)
Definition apart_lines (also_same : bool) (x y : option (option bend)) : bool :=
  match x, y with
  | Some None, Some _ | Some _, Some None => true
  | Some (Some b), Some (Some c) =>
    if crossing (direction b) (direction c) then true
    else if also_same then if Bool.eqb (forward b) (forward c) then same_row (direction b) (direction c) else false else false
  | _, _ => false
  end.
Definition apart_from_all (also_same : bool) (x : option (option bend)) (l : list (option (option bend))) : bool := forallb (apart_lines also_same x) l.
Fixpoint all_lines_apart (l : list (option (option bend))) : bool :=
  match l with [] => true | x :: r => if apart_from_all false x r then all_lines_apart r else false end.
Definition hypotheses_in_integers (d D : nat) (G T : list neuron) : bool :=
  let g := directions_of d D G in let t := directions_of d D T in
  Nat.eqb (length T) (length G) && all_lines_apart g && all_lines_apart t && forallb (fun x => apart_from_all true x t) g.

(** a is no multiple of the other, or a positive one *)
Lemma apart_lines_sound also d D n m l : apart_lines also (read_neuron d D d n) (read_neuron d D d m) = true ->
  ~ zero d (vector (fst n)) -> ~ zero d (vector (fst m)) -> multiple d l (vector (fst n)) (vector (fst m)) -> also = true /\ 0 < l.
Proof.
  unfold apart_lines. intros H A B M.
  destruct (read_neuron d D d n) as [[b|]|] eqn:Rn; [|destruct (A (read_neuron_dead _ _ _ _ (Nat.le_refl d) Rn))|discriminate].
  destruct (read_neuron d D d m) as [[c|]|] eqn:Rm; [|destruct (B (read_neuron_dead _ _ _ _ (Nat.le_refl d) Rm))|discriminate].
  destruct (read_neuron_bend _ _ _ _ _ Rn) as [Lb [_ [f [Pf [Mb _]]]]]. destruct (read_neuron_bend _ _ _ _ _ Rm) as [Lc [_ [g [Pg [Mc _]]]]].
  assert (NS : forall s, direction_sign s <> 0) by (intros []; unfold direction_sign; lra).
  destruct (crossing (direction b) (direction c)) eqn:C.
  - exfalso. apply (crossing_apart d (vector (fst n)) (direction b) (direction c) (/ (direction_sign (forward b) * f)) (l * / (direction_sign (forward c) * g))
      Lb Lc C).
    + apply multiple_sym; [|exact Mb]. apply Rmult_integral_contrapositive_currified; [apply NS|lra].
    + intros k Hk. specialize (Mc k Hk). specialize (M k Hk). rewrite M in Mc.
      assert (NZ : direction_sign (forward c) * g <> 0) by (apply Rmult_integral_contrapositive_currified; [apply NS|lra]).
      apply Rmult_eq_reg_l with (direction_sign (forward c) * g); [|exact NZ]. rewrite <- Mc. field. split; [lra|exact (NS _)].
  - destruct also; [|discriminate]. split; [reflexivity|]. destruct (Bool.eqb (forward b) (forward c)) eqn:F; [|discriminate]. apply eqb_prop in F.
    apply same_row_eq in H. rewrite <- H, <- F in Mc. destruct (zero_or_not d (vector (fst n))) as [Z|[k [Hk NZ]]]; [contradiction|].
    specialize (Mb k Hk). specialize (Mc k Hk). specialize (M k Hk). set (r := row_vec (direction b) k) in *. set (s := direction_sign (forward b)) in *.
    assert (E : g = l * f).
    { assert (NR : s * r <> 0) by (intros Q; apply NZ; rewrite Mb; replace (s * f * r) with (f * (s * r)) by ring; rewrite Q; ring).
      apply Rmult_eq_reg_r with (s * r); [|exact NR]. rewrite Mc, Mb in M. lra. }
    nra.
Qed.

Lemma apart_from_all_sound also d D n N m l : apart_from_all also (read_neuron d D d n) (directions_of d D N) = true -> In m N ->
  ~ zero d (vector (fst n)) -> ~ zero d (vector (fst m)) -> multiple d l (vector (fst n)) (vector (fst m)) -> also = true /\ 0 < l.
Proof.
  unfold apart_from_all, directions_of. rewrite forallb_forall. intros H I. apply (apart_lines_sound also d D n m l). apply H. now apply in_map.
Qed.

Lemma all_lines_apart_sound d D N : all_lines_apart (directions_of d D N) = true -> forall i j l, (i < j)%nat -> (j < length N)%nat ->
  ~ zero d (inner (denoted N) i) -> ~ zero d (inner (denoted N) j) -> ~ multiple d l (inner (denoted N) i) (inner (denoted N) j).
Proof.
  induction N as [|n N IH]; intros H i j l ij Hj A B M; [cbn [length] in Hj; lia|]. cbn [directions_of map all_lines_apart] in H.
  destruct (apart_from_all false (read_neuron d D d n) (map (read_neuron d D d) N)) eqn:E; [|discriminate]. destruct j as [|j]; [lia|].
  destruct i as [|i].
  - cbn [denoted inner nth] in *. destruct (apart_from_all_sound false d D n N _ l E (nth_In N ([], []) (n := j) ltac:(cbn [length] in Hj; lia)) A B M).
    discriminate.
  - exact (IH H i j l ltac:(lia) ltac:(cbn [length] in Hj; lia) A B M).
Qed.

(** two different neurons, in either order *)
Lemma no_multiples d D N : all_lines_apart (directions_of d D N) = true -> forall i j l, (i < length N)%nat -> (j < length N)%nat -> i <> j ->
  ~ zero d (inner (denoted N) i) -> ~ zero d (inner (denoted N) j) -> ~ multiple d l (inner (denoted N) i) (inner (denoted N) j).
Proof.
  intros H i j l Hi Hj Ne A B M. destruct (Nat.lt_ge_cases i j) as [L|L]; [exact (all_lines_apart_sound d D N H i j l L Hj A B M)|].
  apply (all_lines_apart_sound d D N H j i (/ l) ltac:(lia) Hi B A). apply multiple_sym; [|exact M]. exact (multiple_nonzero d l _ _ M B).
Qed.

Theorem hypotheses_in_integers_sound d D G T : hypotheses_in_integers d D G T = true -> hypotheses d (length G) (denoted G) (denoted T).
Proof.
  unfold hypotheses_in_integers. cbv zeta. rewrite !andb_true_iff, Nat.eqb_eq, forallb_forall. intros [[[L HG] HT] HB].
  pose proof (no_multiples d D G HG) as NG. pose proof (no_multiples d D T HT) as NT. rewrite L in NT. repeat split.
  - intros i j Hi Hj Ne A B [l [_ M]]. exact (NG i j l Hi Hj Ne A B M).
  - intros i j Hi Hj Ne A B [l [_ M]]. exact (NG i j l Hi Hj Ne A B M).
  - intros i j Hi Hj Ne A B [l [_ M]]. exact (NT i j l Hi Hj Ne A B M).
  - intros i j Hi Hj A B [l [N M]]. rewrite <- L in Hj. cbn [denoted inner] in *.
    destruct (apart_from_all_sound true d D (nth i G ([], [])) T (nth j T ([], [])) l
      (HB _ (in_map (read_neuron d D d) G _ (nth_In G ([], []) Hi))) (nth_In T ([], []) Hj) A B M). lra.
Qed.

Definition hypotheses_somehow (d D : nat) (G T : list neuron) : bool := if hypotheses_in_integers d D G T then true else holds_hypotheses d G T.
Theorem hypotheses_somehow_sound d D G T : hypotheses_somehow d D G T = true -> hypotheses d (length G) (denoted G) (denoted T).
Proof.
  unfold hypotheses_somehow. destruct (hypotheses_in_integers d D G T) eqn:E; [intros _; exact (hypotheses_in_integers_sound d D G T E)|].
  exact (holds_hypotheses_sound d G T).
Qed.
