(** All 0-1 solutions of linear equations with rational coefficients: some are decided by functionals whose least value is reached, a few
    are free and gone through, the others follow by elimination. What elimination answers is not trusted: it only adds up equations. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks.
Import ListNotations.
Open Scope R_scope.

(** Σ q_i x_i = t *)
Definition equation := (list Q * Q)%type.
(** Forcing functionals, combinations of the equations, and the free indices. *)
Record exhaustion := Exhaustion { functionals : list (list Q); free : list nat }.

Definition unit_of (b : bool) : R := if b then 1 else 0.
Fixpoint applied (F : nat -> bool) (i : nat) (row : list Q) : R :=
  match row with [] => 0 | q :: r => Q2R q * unit_of (F i) + applied F (S i) r end.
Definition holds (F : nat -> bool) (e : equation) : Prop := applied F 0 (fst e) = Q2R (snd e).

(** * Adding equations *)
(** a + q b *)
Fixpoint add_row (q : Q) (a b : list Q) : list Q :=
  match a, b with
  | x :: a, y :: b => Qred (x + q * y) :: add_row q a b
  | _, [] => a
  | [], _ => map (fun y => Qred (q * y)) b
  end.
Definition add (q : Q) (e f : equation) : equation := (add_row q (fst e) (fst f), Qred (snd e + q * snd f)).
Definition nothing : equation := ([], 0%Q).

Lemma applied_scaled F q b : forall i, applied F i (map (fun y => Qred (q * y)) b) = Q2R q * applied F i b.
Proof. induction b as [|y b IH]; intro i; cbn [map applied]; [ring|]. rewrite IH, Q2R_red, Q2R_mult. ring. Qed.

Lemma applied_add F q a b : forall i, applied F i (add_row q a b) = applied F i a + Q2R q * applied F i b.
Proof.
  revert b. induction a as [|x a IH]; intros [|y b] i; cbn [add_row applied]; try ring.
  - change (applied F i (map (fun y => Qred (q * y)) (y :: b)) = 0 + Q2R q * applied F i (y :: b)). rewrite applied_scaled. ring.
  - rewrite IH, Q2R_red, Q2R_plus, Q2R_mult. ring.
Qed.

Lemma holds_add F q e f : holds F e -> holds F f -> holds F (add q e f).
Proof. unfold holds, add. cbn [fst snd]. intros E G. rewrite applied_add, E, G, Q2R_red, Q2R_plus, Q2R_mult. ring. Qed.

Lemma holds_nothing F : holds F nothing.
Proof. unfold holds. simpl. now rewrite Q2R_0. Qed.

Fixpoint combination (l : list Q) (es : list equation) : equation :=
  match l, es with q :: l, e :: es => if Qeq_bool q 0 then combination l es else add q (combination l es) e | _, _ => nothing end.

Lemma holds_combination F l es : (forall e, In e es -> holds F e) -> holds F (combination l es).
Proof.
  revert es. induction l as [|q l IH]; intros [|e es] H; try apply holds_nothing. cbn [combination].
  assert (R : holds F (combination l es)) by (apply IH; intros; apply H; now right). destruct (Qeq_bool q 0); [exact R|].
  apply holds_add; [exact R|apply H; now left].
Qed.

(** Elimination: pairs of a column and an equation with 1 there, the newest first. *)
Definition coefficient (e : equation) (j : nat) : Q := nth j (fst e) 0%Q.
Definition reduce (basis : list (nat * equation)) (e : equation) : equation :=
  fold_right (fun b e => let q := coefficient e (fst b) in if Qeq_bool q 0 then e else add (- q) e (snd b)) e basis.
Definition without (j : nat) (l : list nat) : list nat := filter (fun i => negb (Nat.eqb i j)) l.
Fixpoint echelon (columns : list nat) (es : list equation) (basis : list (nat * equation)) : list (nat * equation) :=
  match columns, es with
  | [], _ | _, [] => basis
  | _, e :: r =>
    let e := reduce basis e in
    match find (fun j => negb (Qeq_bool (coefficient e j) 0)) columns with
    | None => echelon columns r basis
    | Some j => echelon (without j columns) r ((j, add (/ coefficient e j) nothing e) :: basis)
    end
  end.

Definition all_hold (F : nat -> bool) (basis : list (nat * equation)) : Prop := forall b, In b basis -> holds F (snd b).

Lemma holds_reduce F basis e : all_hold F basis -> holds F e -> holds F (reduce basis e).
Proof.
  unfold reduce. induction basis as [|b basis IH]; intros A E; [exact E|]. cbn [fold_right]. cbv zeta.
  assert (R := IH (fun c I => A c (or_intror I)) E). destruct (Qeq_bool _ 0); [exact R|]. apply holds_add; [exact R|apply A; now left].
Qed.

Lemma holds_echelon F es : forall columns basis, (forall e, In e es -> holds F e) -> all_hold F basis -> all_hold F (echelon columns es basis).
Proof.
  induction es as [|e es IH]; intros [|c columns] basis H A; try exact A. cbn [echelon]. cbv zeta.
  assert (R : holds F (reduce basis e)) by (apply holds_reduce; [exact A|apply H; now left]).
  destruct (find _ _) as [j|]; apply IH; try exact A; try (intros; apply H; now right).
  intros b [<-|I]; [|exact (A b I)]. cbn [snd]. apply holds_add; [apply holds_nothing|exact R].
Qed.

(** * What is known of a solution *)
Definition state := list (option bool).
Definition agrees (F : nat -> bool) (y : state) : Prop := forall i b, nth i y None = Some b -> F i = b.
Fixpoint put (i : nat) (b : bool) (y : state) : state :=
  match y, i with [], _ => [] | _ :: y, O => Some b :: y | x :: y, S i => x :: put i b y end.

Lemma put_nth i b y : forall j c, nth j (put i b y) None = Some c -> nth j y None = Some c \/ (j = i /\ c = b).
Proof.
  revert i. induction y as [|x y IH]; intros [|i] [|j] c; cbn [put nth]; intro H; try now left.
  - right. split; congruence.
  - destruct (IH i j c H) as [H'|[-> ->]]; [now left|now right].
Qed.

Lemma agrees_put F i y : agrees F y -> agrees F (put i (F i) y).
Proof. intros A j c H. destruct (put_nth _ _ _ _ _ H) as [H'|[-> ->]]; [exact (A j c H')|reflexivity]. Qed.

(** what is known adds up to, and the coefficients of the others *)
Fixpoint known_part (row : list Q) (y : state) : Q :=
  match row, y with
  | q :: r, o :: y => match o with Some true => Qred (q + known_part r y) | _ => known_part r y end
  | _, _ => 0%Q
  end.
Fixpoint unknowns (i : nat) (row : list Q) (y : state) : list (nat * Q) :=
  match row with
  | [] => []
  | q :: r =>
    let rest := unknowns (S i) r (tl y) in
    match hd None y with Some _ => rest | None => if Qeq_bool q 0 then rest else (i, q) :: rest end
  end.
Fixpoint unknown_part (F : nat -> bool) (u : list (nat * Q)) : R :=
  match u with [] => 0 | (i, q) :: u => Q2R q * unit_of (F i) + unknown_part F u end.

Lemma applied_parts F row : forall y i, (forall j b, nth j y None = Some b -> F (i + j)%nat = b) ->
  applied F i row = Q2R (known_part row y) + unknown_part F (unknowns i row y).
Proof.
  induction row as [|q r IH]; intros y i A; [simpl; rewrite Q2R_0; ring|]. cbn [applied unknowns]. cbv zeta.
  rewrite (IH (tl y) (S i)).
  2: { intros j b H. replace (S i + j)%nat with (i + S j)%nat by lia. apply A. destruct y as [|o y]; [destruct j; discriminate|exact H]. }
  destruct y as [|o y]; cbn [hd tl known_part].
  - replace (known_part r []) with 0%Q by (destruct r; reflexivity). rewrite Q2R_0.
    destruct (Qeq_bool q 0) eqn:E; [rewrite (Qeq_bool_0 _ E)|cbn [unknown_part]]; ring.
  - destruct o as [b|].
    + pose proof (A 0%nat b eq_refl) as E. rewrite Nat.add_0_r in E. rewrite E. destruct b; cbn [unit_of]; rewrite ?Q2R_red, ?Q2R_plus; ring.
    + destruct (Qeq_bool q 0) eqn:E; [rewrite (Qeq_bool_0 _ E)|cbn [unknown_part]]; ring.
Qed.

(** the least that the unknown can add, and where it is reached *)
Definition least (u : list (nat * Q)) : Q := fold_right (fun p s => if Qle_bool 0 (snd p) then s else Qred (snd p + s)%Q) 0%Q u.
Definition put_least (u : list (nat * Q)) (y : state) : state := fold_right (fun p y => put (fst p) (negb (Qle_bool 0 (snd p))) y) y u.
(** What an equation says of what is not known; None if it has no solution. *)
Definition propagate (e : equation) (y : state) : option state :=
  let s := Qred (snd e - known_part (fst e) y) in
  match unknowns 0 (fst e) y with
  | [] => if Qeq_bool s 0 then Some y else None
  | [(i, q)] => if Qeq_bool s 0 then Some (put i false y) else if Qeq_bool s q then Some (put i true y) else None
  | u => if Qle_bool (least u) s then if Qle_bool s (least u) then Some (put_least u y) else Some y else None
  end.

Lemma least_sound F u : Q2R (least u) <= unknown_part F u.
Proof.
  induction u as [|[i q] u IH]; [simpl; rewrite Q2R_0; lra|]. unfold least in *. cbn [fold_right snd unknown_part].
  destruct (Qle_bool 0 q) eqn:E; [apply Qle_bool_R in E|apply Qle_bool_false in E; rewrite Q2R_red, Q2R_plus]; rewrite Q2R_0 in E;
    destruct (F i); cbn [unit_of]; lra.
Qed.

Lemma unknowns_nonzero row : forall y i j q, In (j, q) (unknowns i row y) -> Q2R q <> 0.
Proof.
  induction row as [|q' r IH]; intros y i j q; [intros []|]. cbn [unknowns]. cbv zeta.
  destruct (hd None y); [apply IH|]. destruct (Qeq_bool q' 0) eqn:E; [apply IH|]. intros [[= <- <-]|I]; [|exact (IH _ _ _ _ I)].
  intro Z. assert (Q : (q' == 0)%Q) by (apply eqR_Qeq; rewrite Z, Q2R_0; reflexivity). apply Qeq_bool_iff in Q. congruence.
Qed.

Lemma put_least_sound F u y : (forall j q, In (j, q) u -> Q2R q <> 0) -> unknown_part F u <= Q2R (least u) -> agrees F y -> agrees F (put_least u y).
Proof.
  intros NZ. induction u as [|[i q] u IH]; intros L A; [exact A|]. unfold put_least, least in *. cbn [fold_right fst snd unknown_part] in *.
  pose proof (least_sound F u) as LU. unfold least in LU. pose proof (NZ i q (or_introl eq_refl)) as Q.
  assert (IH' := IH (fun j r I => NZ j r (or_intror I))). clear IH NZ.
  destruct (Qle_bool 0 q) eqn:E; [apply Qle_bool_R in E|apply Qle_bool_false in E; rewrite Q2R_red, Q2R_plus in L]; rewrite Q2R_0 in E; cbn [negb].
  - destruct (F i) eqn:B; cbn [unit_of] in L; [lra|]. rewrite <- B. apply agrees_put, IH'; [lra|exact A].
  - destruct (F i) eqn:B; cbn [unit_of] in L; [|lra]. rewrite <- B. apply agrees_put, IH'; [lra|exact A].
Qed.

Lemma Qeq_bool_R q q' : Qeq_bool q q' = true <-> Q2R q = Q2R q'.
Proof. rewrite Qeq_bool_iff. split; [apply Qeq_eqR|apply eqR_Qeq]. Qed.

Lemma propagate_sound F e y : holds F e -> agrees F y -> exists y', propagate e y = Some y' /\ agrees F y'.
Proof.
  intros H A. unfold holds in H. rewrite (applied_parts F (fst e) y 0) in H by exact A.
  unfold propagate. cbv zeta. set (s := Qred (snd e - known_part (fst e) y)%Q).
  assert (S : unknown_part F (unknowns 0 (fst e) y) = Q2R s) by (unfold s; rewrite Q2R_red, Q2R_minus; lra).
  pose proof (unknowns_nonzero (fst e) y 0) as NZ. destruct (unknowns 0 (fst e) y) as [|[i q] [|p u]].
  - exists y. split; [|exact A]. cbn [unknown_part] in S. replace (Qeq_bool s 0) with true; [reflexivity|]. symmetry. apply Qeq_bool_R.
    rewrite Q2R_0. lra.
  - cbn [unknown_part] in S. pose proof (NZ i q (or_introl eq_refl)) as Q. destruct (F i) eqn:B; cbn [unit_of] in S.
    + replace (Qeq_bool s 0) with false.
      2: { symmetry. apply not_true_is_false. intro Z. apply Qeq_bool_R in Z. rewrite Q2R_0 in Z. lra. }
      replace (Qeq_bool s q) with true by (symmetry; apply Qeq_bool_R; lra). exists (put i true y). split; [reflexivity|]. rewrite <- B.
        now apply agrees_put.
    + replace (Qeq_bool s 0) with true by (symmetry; apply Qeq_bool_R; rewrite Q2R_0; lra).
      exists (put i false y). split; [reflexivity|]. rewrite <- B. now apply agrees_put.
  - set (v := (i, q) :: p :: u) in *. pose proof (least_sound F v) as L. rewrite S in L.
    replace (Qle_bool (least v) s) with true by (symmetry; apply Qle_bool_iff, Rle_Qle, L).
    destruct (Qle_bool s (least v)) eqn:E; [|exists y; now split]. exists (put_least v y). split; [reflexivity|].
    apply put_least_sound; [exact NZ| |exact A]. rewrite S. now apply Qle_bool_R.
Qed.

(** * Going through *)
Fixpoint run (es : list equation) (y : state) : option state :=
  match es with [] => Some y | e :: r => match propagate e y with None => None | Some y => run r y end end.
Fixpoint explore (frees : list nat) (es : list equation) (accept : state -> bool) (y : state) : bool :=
  match frees with
  | [] => match run es y with None => true | Some y => accept y end
  | i :: r => explore r es accept (put i true y) && explore r es accept (put i false y)
  end.

Lemma run_sound F es : (forall e, In e es -> holds F e) -> forall y, agrees F y -> exists y', run es y = Some y' /\ agrees F y'.
Proof.
  induction es as [|e es IH]; intros H y A; [exists y; now split|]. cbn [run].
  destruct (propagate_sound F e y (H e (or_introl eq_refl)) A) as [y' [-> A']]. apply IH; [|exact A']. intros; apply H; now right.
Qed.

Lemma explore_sound F es accept : (forall e, In e es -> holds F e) -> forall frees y, explore frees es accept y = true -> agrees F y ->
  exists y', accept y' = true /\ agrees F y'.
Proof.
  intros H. induction frees as [|i r IH]; intros y E A; cbn [explore] in E.
  - destruct (run_sound F es H y A) as [y' [R A']]. rewrite R in E. now exists y'.
  - rewrite andb_true_iff in E. pose proof (agrees_put F i y A) as P. destruct (F i); [exact (IH _ (proj1 E) P)|exact (IH _ (proj2 E) P)].
Qed.

(** Every solution agrees with a state that is accepted. *)
Definition undecided (y : state) (frees : list nat) : list nat :=
  filter (fun i => match nth i y None with None => negb (existsb (Nat.eqb i) frees) | Some _ => false end) (seq 0 (length y)).
Definition exhaust (es : list equation) (x : exhaustion) (y : state) (accept : state -> bool) : bool :=
  match run (map (fun l => combination l es) (functionals x)) y with
  | None => true
  | Some y => explore (free x) (map snd (echelon (undecided y (free x)) es [])) accept y
  end.

Theorem exhaust_sound F es x y accept : exhaust es x y accept = true -> (forall e, In e es -> holds F e) -> agrees F y ->
  exists y', accept y' = true /\ agrees F y'.
Proof.
  unfold exhaust. intros H E A. destruct (run_sound F (map (fun l => combination l es) (functionals x))) with (y := y) as [y' [R A']]; [|exact A|].
  { intros e I. apply in_map_iff in I. destruct I as [l [<- I]]. apply holds_combination, E. }
  rewrite R in H. apply explore_sound with (2 := H) (3 := A'). intros e I. apply in_map_iff in I. destruct I as [b [<- I]].
  revert b I. apply holds_echelon; [exact E|]. intros b [].
Qed.

(** * Whole states *)
Definition whole (n : nat) (y : state) : bool := below n (fun i => match nth i y None with Some _ => true | None => false end).
Definition chosen (y : state) (i : nat) : bool := match nth i y None with Some true => true | _ => false end.
Definition solved (y : state) (e : equation) : bool := Qeq_bool (known_part (fst e) y) (snd e).

Lemma whole_agrees n F y i : whole n y = true -> agrees F y -> (i < n)%nat -> F i = chosen y i.
Proof.
  intros W A Hi. pose proof (below_sound _ _ W i Hi) as S. cbv beta in S. unfold chosen.
  destruct (nth i y None) as [b|] eqn:E; [|discriminate]. rewrite (A i b E). now destruct b.
Qed.

Lemma known_part_chosen row : forall y i, applied (fun j => chosen y (j - i)) i row = Q2R (known_part row y).
Proof.
  induction row as [|q r IH]; intros y i; [simpl; now rewrite Q2R_0|]. cbn [applied]. rewrite Nat.sub_diag.
  assert (X : forall F G j, (forall k, (j <= k)%nat -> F k = G k) -> applied F j r = applied G j r).
  { clear. induction r as [|q r IH]; intros F G j E; [reflexivity|]. cbn [applied]. rewrite (E j) by lia. rewrite (IH F G); [reflexivity|]. intros.
    apply E. lia. }
  rewrite (X _ (fun j => chosen (tl y) (j - S i)) (S i)).
  2: { intros k Hk. unfold chosen. replace (k - i)%nat with (S (k - S i)) by lia. destruct y; [|reflexivity]. cbn [nth tl].
    now destruct (k - S i)%nat. }
  rewrite IH. destruct y as [|o y]; cbn [known_part tl].
  - replace (known_part r []) with 0%Q by (destruct r; reflexivity). unfold chosen. cbn [nth unit_of]. rewrite Q2R_0. ring.
  - unfold chosen. cbn [nth]. destruct o as [[|]|]; cbn [unit_of]; rewrite ?Q2R_red, ?Q2R_plus; ring.
Qed.

Lemma solved_sound y e : solved y e = true <-> holds (chosen y) e.
Proof.
  unfold solved, holds. rewrite Qeq_bool_R, <- (known_part_chosen (fst e) y 0).
  assert (X : forall r F G j, (forall k, F k = G k) -> applied F j r = applied G j r).
  { clear. induction r as [|q r IH]; intros F G j E; [reflexivity|]. cbn [applied]. now rewrite (E j), (IH F G). }
  rewrite (X (fst e) (fun j => chosen y (j - 0)) (chosen y)); [tauto|]. intro k. now rewrite Nat.sub_0_r.
Qed.
