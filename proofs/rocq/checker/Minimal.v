(** No fewer neurons have this function (N4), and the claim `minimal`.

    For the list of functions that are to be plugged in, N = Γ without biases:
      check_minimal d D N normals lower x xs : bool
      check_minimal_sound: … = true -> forall m P, same d m (length N) D P (denoted N) -> (lower <= m)%nat
    with biases, N a network of Biases.v, normals with d + 1 entries, functionals without the column of biases:
      check_minimal_affine N normals lower x xs : bool; claim: no_fewer [check_minimal_affine_sound]
    normals: the kinks' lines, as rationals, not 0, pairwise different (in any order; for h + 2 all of them);
    x: the exhaustion of the fact `no-orientation` without a line, if lower > h = length normals;
    xs: one for each line in the order of normals, if lower = h + 2; the functionals are D × d matrices by rows, as in certificates.
    The equations are Σ_F 2 κ_j n_j^T = Σ_j κ_j n_j^T - M with M the linear part Σ c_i a_i^T; with a line n every row x is asked as n_p x - x_p n
    with p the first entry of n that is not 0. That is the Rust verifier's system up to positive factors when its lines are primitive and its p
    is n's first non-zero entry; functionals for another scale of the rows or items force the same only if they are positive multiples. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums Jumps.
From relucert.checker Require Import Numbers Networks Distances Directions Biases Bindings Exhaustion Flips Lines Orientations Kinks Affine
  Affine_flips Nearest_affine.
Import ListNotations.
Open Scope R_scope.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** * The kinks: a normal and the jump of each output *)
Definition normal_row (n : list Q) : list surd := map rational n.
Definition size_of (q : Q) : Q := if Qle_bool 0 q then q else (- q)%Q.
Definition kink_of (d D : nat) (N : list neuron) (a : list Q) : option (list Q * list Q) :=
  let s := normal_row a in
  match pivot d s with
  | None => None
  | Some p =>
    if sorted_out d p s N
    then match collect (fun l => match as_rational (jump_by d p s N l) with None => None | Some j => Some (Qred (j / size_of (nth p a 0%Q))) end)
      (seq 0 D)
         with None => None | Some js => Some (a, js) end
    else None
  end.

Lemma collect_nth {A B : Type} (f : A -> option B) da db l l' : collect f l = Some l' ->
  length l' = length l /\ forall j, (j < length l)%nat -> f (nth j l da) = Some (nth j l' db).
Proof.
  revert l'. induction l as [|a l IH]; intros l' H; cbn [collect] in H; [injection H as <-; split; [reflexivity|intros j Hj; inversion Hj]|].
  destruct (f a) as [b|] eqn:E; [|discriminate]. destruct (collect f l) as [r|]; [|discriminate]. injection H as <-. destruct (IH r eq_refl) as [L N].
  split; [cbn [length]; lia|]. intros [|j] Hj; cbn [nth]; [exact E|]. apply N. cbn [length] in Hj. lia.
Qed.

Lemma normal_value a k : vector (normal_row a) k = Q2R (nth k a 0%Q).
Proof.
  unfold vector, at_, normal_row. destruct (Nat.lt_ge_cases k (length a)) as [L|L].
  - rewrite nth_indep with (d' := rational 0) by (rewrite map_length; exact L). rewrite map_nth. apply rational_value.
  - rewrite !nth_overflow by (try rewrite map_length; exact L). rewrite Q2R_0. exact value_nil.
Qed.

Lemma size_of_value q : Q2R (size_of q) = Rabs (Q2R q).
Proof.
  unfold size_of. destruct (Qle_bool 0 q) eqn:E; [apply Qle_bool_R in E|apply Qle_bool_false in E; rewrite Q2R_opp]; rewrite Q2R_0 in E.
  - symmetry. apply Rabs_pos_eq, E.
  - symmetry. apply Rabs_left, E.
Qed.

Lemma kink_of_sound d D N a K : kink_of d D N a = Some K ->
  fst K = a /\ forall l, (l < D)%nat -> jump d (length N) (denoted N) (vector (normal_row a)) l = Q2R (nth l (snd K) 0%Q).
Proof.
  unfold kink_of. cbv zeta. destruct (pivot d (normal_row a)) as [p|] eqn:P; [|discriminate]. destruct (sorted_out _ _ _ _) eqn:S; [|discriminate].
  destruct (collect _ _) as [js|] eqn:C; [|discriminate]. intros [= <-]. split; [reflexivity|]. intros l Hl. cbn [snd].
  apply pivot_sound in P. destruct P as [P NZ]. destruct (collect_nth _ 0%nat 0%Q _ _ C) as [_ H]. rewrite seq_length in H. specialize (H l Hl).
  rewrite seq_nth in H by exact Hl. cbn [Nat.add] in H. destruct (as_rational _) as [j|] eqn:E; [|discriminate].
  assert (EQ : nth l js 0%Q = Qred (j / size_of (nth p a 0%Q))) by congruence. rewrite EQ. clear H EQ.
  apply as_rational_sound in E. rewrite (jump_by_sound d p _ N l P NZ S) in E. rewrite normal_value in E, NZ.
  pose proof (Rabs_no_R0 _ NZ) as V. rewrite <- size_of_value in E, V. rewrite Q2R_red, Q2R_div.
  - rewrite <- E. field. exact V.
  - intro Z. apply V. rewrite (Qeq_eqR _ _ Z). exact Q2R_0.
Qed.

(** * The equations *)
Definition part (k l : nat) (K : list Q * list Q) : Q := (nth l (snd K) 0 * nth k (fst K) 0)%Q.
Definition equation_at (N : list neuron) (table : list (list Q * list Q)) (k l : nat) : option equation :=
  match as_rational (weighed N (entry k) l) with
  | None => None
  | Some t => Some (map (fun K => Qred (2 * part k l K)) table, Qred (fold_right (fun K s => Qred (part k l K + s)) 0 table - t))%Q
  end.
(** by how much it fails *)
Definition defect (F : nat -> bool) (e : equation) : R := applied F 0 (fst e) - Q2R (snd e).

Lemma defect_add F q e f : defect F (add q e f) = defect F e + Q2R q * defect F f.
Proof. unfold defect, add. cbn [fst snd]. rewrite applied_add, Q2R_red, Q2R_plus, Q2R_mult. ring. Qed.

Lemma defect_nothing F : defect F nothing = 0.
Proof. unfold defect. simpl. rewrite Q2R_0. ring. Qed.

Lemma defect_holds F e : defect F e = 0 <-> holds F e.
Proof. unfold defect, holds. split; intro; lra. Qed.

Lemma table_defect F k l table : forall i,
  applied F i (map (fun K => Qred (2 * part k l K)%Q) table) - Q2R (fold_right (fun K s => Qred (part k l K + s)%Q) 0%Q table) =
  - sum (length table) (fun j => (if F (i + j)%nat then -1 else 1) * Q2R (part k l (nth j table ([], [])))).
Proof.
  induction table as [|K table IH]; intro i; [cbn [map applied fold_right length sum]; rewrite Q2R_0; ring|].
  cbn [map applied fold_right length]. rewrite sum_first. cbn [nth]. rewrite Nat.add_0_r.
  rewrite (sum_ext (length table) _ (fun j => (if F (S i + j)%nat then -1 else 1) * Q2R (part k l (nth j table ([], []))))).
  2: { intros j _. now replace (i + S j)%nat with (S i + j)%nat by lia. }
  specialize (IH (S i)). rewrite !Q2R_red, Q2R_plus, Q2R_mult. replace (Q2R 2) with 2 by (symmetry; apply (Q2R_inject 2)).
  destruct (F i); cbn [unit_of]; lra.
Qed.

Definition line (normals : list (list Q)) : nat -> vec := lines_of (map normal_row normals).
Lemma line_is normals j : line normals j = vector (normal_row (nth j normals [])).
Proof. unfold line, lines_of. change (@nil surd) with (normal_row []). now rewrite map_nth. Qed.

Lemma equation_at_sound d D N normals table F k l e : collect (kink_of d D N) normals = Some table -> equation_at N table k l = Some e ->
  (l < D)%nat ->
  defect F e = linear_part d (length N) (denoted N) k l - turned d (length N) (length normals) (denoted N) (line normals) F k l.
Proof.
  unfold equation_at. intros T E Hl. destruct (as_rational _) as [t|] eqn:A; [|discriminate].
  apply (f_equal (fun o => match o with Some e => e | None => nothing end)) in E. cbv beta iota in E. subst e. apply as_rational_sound in A.
  rewrite weighed_value in A. destruct (collect_nth _ [] ([], []) _ _ T) as [L K].
  unfold defect. cbn [fst snd]. rewrite Q2R_red, Q2R_minus. pose proof (table_defect F k l table 0) as TD.
  assert (LP : linear_part d (length N) (denoted N) k l = Q2R t).
  { rewrite <- A. symmetry. exact (eq_sym (sum_neurons (fun n => weight n l * value (entry k n)) N)). }
  assert (TU : turned d (length N) (length normals) (denoted N) (line normals) F k l =
    sum (length table) (fun j => (if F (0 + j)%nat then -1 else 1) * Q2R (part k l (nth j table ([], []))))).
  { unfold turned. rewrite L. apply sum_ext. intros j Hj. cbn [Nat.add]. f_equal. destruct (kink_of_sound _ _ _ _ _ (K j Hj)) as [EA EJ].
    unfold part. rewrite line_is, Q2R_mult, EA, <- (EJ l Hl), normal_value. reflexivity. }
  rewrite LP, TU. lra.
Qed.

(** all of them; or modulo the multiples of a normal u with u_p not 0 *)
Definition all_equations (dk D : nat) (N : list neuron) (table : list (list Q * list Q)) : option (list equation) :=
  collect (fun lk => equation_at N table (snd lk) (fst lk)) (entries dk D).
Definition all_modulo (dk D : nat) (N : list neuron) (table : list (list Q * list Q)) (u : list Q) (p : nat) : option (list equation) :=
  collect (fun lk =>
    match equation_at N table (snd lk) (fst lk), equation_at N table p (fst lk) with
    | Some e, Some f => Some (add (- nth (snd lk) u 0) (add (nth p u 0) nothing e) f)%Q
    | _, _ => None
    end) (entries dk D).

(** no state solves them *)
Definition unsolved (h : nat) (es : list equation) (y : state) : bool := Nat.leb (length y) h && whole h y && negb (forallb (solved y) es).

Lemma holds_ext F G e : (forall i, F i = G i) -> holds F e -> holds G e.
Proof.
  unfold holds. intros E <-. generalize 0%nat. induction (fst e) as [|q r IH]; intro i; [reflexivity|]. cbn [applied]. now rewrite (E i), (IH (S i)).
Qed.

Lemma unsolved_sound h es x y F : exhaust es x y (unsolved h es) = true -> (forall e, In e es -> holds F e) -> agrees F y ->
  (forall i, (h <= i)%nat -> F i = false) -> False.
Proof.
  intros X H A B. destruct (exhaust_sound F es x y _ X H A) as [y' [U A']]. unfold unsolved in U. rewrite !andb_true_iff, negb_true_iff in U.
  destruct U as [[L W] U]. apply Nat.leb_le in L.
  assert (C : forall i, F i = chosen y' i).
  { intro i. destruct (Nat.lt_ge_cases i h) as [I|I]; [exact (whole_agrees h F y' i W A' I)|]. rewrite (B i I). unfold chosen.
    rewrite nth_overflow by lia. reflexivity. }
  assert (V : forallb (solved y') es = true); [|congruence]. apply forallb_forall. intros e I. apply solved_sound. exact (holds_ext F _ e C (H e I)).
Qed.

(** F on the first h alone *)
Definition cut (h : nat) (F : nat -> bool) (i : nat) : bool := Nat.ltb i h && F i.

Lemma cut_beyond h F i : (h <= i)%nat -> cut h F i = false.
Proof. intros H. unfold cut. apply Nat.ltb_ge in H. now rewrite H. Qed.

Lemma turned_cut d m' h T n F k l : turned d m' h T n (cut h F) k l = turned d m' h T n F k l.
Proof. unfold turned. apply sum_ext. intros j Hj. unfold cut. apply Nat.ltb_lt in Hj. now rewrite Hj. Qed.

Definition no_fit (dk D : nat) (N : list neuron) (table : list (list Q * list Q)) (x : exhaustion) : bool :=
  match all_equations dk D N table with
  | None => false
  | Some es => exhaust es x (repeat None (length table)) (unsolved (length table) es)
  end.
Definition no_fit_but (dk D : nat) (N : list neuron) (table : list (list Q * list Q)) (j : nat) (x : exhaustion) : bool :=
  let u := fst (nth j table ([], [])) in
  match pivot dk (normal_row u) with
  | None => false
  | Some p =>
    match all_modulo dk D N table u p with
    | None => false
    | Some es => exhaust es x (put j false (repeat None (length table))) (unsolved (length table) es)
    end
  end.

Lemma no_fit_sound d dk D N normals table x F : collect (kink_of d D N) normals = Some table -> no_fit dk D N table x = true ->
  ~ fits d dk D (length N) (length normals) (denoted N) (line normals) F.
Proof.
  unfold no_fit. intros T X Fit. destruct (all_equations dk D N table) as [es|] eqn:E; [|discriminate].
  destruct (collect_nth _ [] ([], []) _ _ T) as [L _].
  refine (unsolved_sound _ es x _ (cut (length table) F) X _ (agrees_nothing _ _) (cut_beyond _ F)).
  intros e I. apply defect_holds. destruct (proj2 (collect_in _ _ _ E) e I) as [[l k] [LK EQ]]. apply in_entries in LK. cbn [fst snd] in EQ.
  rewrite (equation_at_sound d D N normals table _ k l e T EQ (proj1 LK)), L, turned_cut, (Fit k l (proj2 LK) (proj1 LK)). ring.
Qed.

Lemma no_fit_but_sound d dk D N normals table j x F : collect (kink_of d D N) normals = Some table -> (j < length normals)%nat ->
  no_fit_but dk D N table j x = true -> ~ fits_but d dk D (length N) (length normals) (denoted N) (line normals) j F.
Proof.
  unfold no_fit_but. cbv zeta. intros T Hj X [F0 Fit]. destruct (collect_nth _ [] ([], []) _ _ T) as [L K].
  destruct (kink_of_sound _ _ _ _ _ (K j Hj)) as [U _]. rewrite U in X.
  destruct (pivot dk _) as [p|] eqn:P; [|discriminate]. apply pivot_sound in P. destruct P as [P _].
  destruct (all_modulo _ _ _ _ _ _) as [es|] eqn:E; [|discriminate].
  refine (unsolved_sound _ es x _ (cut (length table) F) X _ _ (cut_beyond _ F)).
  - intros e I. apply defect_holds. destruct (proj2 (collect_in _ _ _ E) e I) as [[l k] [LK EQ]]. apply in_entries in LK. cbn [fst snd] in EQ.
    destruct (equation_at N table k l) as [e1|] eqn:E1; [|discriminate]. destruct (equation_at N table p l) as [e2|] eqn:E2; [|discriminate].
    apply (f_equal (fun o => match o with Some e => e | None => nothing end)) in EQ. cbv beta iota in EQ. subst e.
      rewrite !defect_add, defect_nothing.
    rewrite (equation_at_sound d D N normals table _ k l e1 T E1 (proj1 LK)), (equation_at_sound d D N normals table _ p l e2 T E2 (proj1 LK)), L,
      !turned_cut.
    destruct (Fit l (proj1 LK)) as [t Ft]. rewrite (Ft k (proj2 LK)), (Ft p P). rewrite !line_is, !normal_value, Q2R_opp. ring.
  - assert (C : cut (length table) F j = false) by (unfold cut; rewrite F0; apply andb_false_r). rewrite <- C at 1. apply agrees_put, agrees_nothing.
Qed.

(** * The claim *)
(** d counts the column of biases, dk = d - 1, where there are biases; dk = d where there are none. *)
Definition check_columns (d dk D : nat) (N : list neuron) (normals : list (list Q)) (lower : nat) (x : option exhaustion) (xs : list exhaustion) :
  bool :=
  let h := length normals in
  kinks_b d dk D N (map normal_row normals) &&
  (Nat.leb lower h ||
   match x, collect (kink_of d D N) normals with
   | Some x, Some table =>
     no_fit dk D N table x &&
     (Nat.leb lower (h + 1) ||
      (Nat.leb lower (h + 2) && all_kinks d D N (map normal_row normals) && for_all_2 (fun j x => no_fit_but dk D N table j x) (seq 0 h) xs))
   | _, _ => false
   end).

Theorem check_columns_sound d dk D N normals lower x xs m P : check_columns d dk D N normals lower x xs = true ->
  agree d dk D (length N) (denoted N) m P -> (lower <= m)%nat.
Proof.
  unfold check_columns. cbv zeta. rewrite andb_true_iff. intros [K H] S. apply (least_by_kinks d dk D N (map normal_row normals) lower m P K S).
  rewrite map_length. rewrite orb_true_iff in H. destruct H as [H|H]; [left; now apply Nat.leb_le in H|right].
  destruct x as [x|]; [|discriminate]. destruct (collect (kink_of d D N) normals) as [table|] eqn:T; [|discriminate].
  rewrite andb_true_iff, orb_true_iff in H. destruct H as [NF H]. split; [intro F; exact (no_fit_sound d dk D N normals table x F T NF)|].
  destruct H as [H|H]; [left; now apply Nat.leb_le in H|right]. rewrite !andb_true_iff in H. destruct H as [[H AK] NB]. apply Nat.leb_le in H.
  split; [exact H|split; [exact AK|]]. intros j F Hj. destruct (for_all_2_sound _ _ _ NB j) as [xj Xj]; [apply in_seq; lia|].
  exact (no_fit_but_sound d dk D N normals table j xj F T Hj Xj).
Qed.

Definition check_minimal (d D : nat) (N : list neuron) (normals : list (list Q)) (lower : nat) (x : option exhaustion) (xs : list exhaustion) : bool
  :=
  check_columns d d D N normals lower x xs.

Theorem check_minimal_sound d D N normals lower x xs : check_minimal d D N normals lower x xs = true ->
  forall m P, same d m (length N) D P (denoted N) -> (lower <= m)%nat.
Proof.
  intros H m P S. apply (check_columns_sound _ _ _ _ _ _ _ _ m P H). split; intros.
  - now apply same_jumps with (1 := S).
  - now apply same_linear_parts with (1 := S).
Qed.

(** With biases; the output bias is not counted. *)
Definition no_fewer (d m' D : nat) (N : biased) (lower : nat) : Prop := forall m P, same_biased d m m' D P N -> (lower <= m)%nat.
Definition check_minimal_affine (N : network) (normals : list (list Q)) (lower : nat) (x : option exhaustion) (xs : list exhaustion) : bool :=
  check_columns (S (inputs N)) (inputs N) (outputs N) (columns N) normals lower x xs.

Theorem check_minimal_affine_sound N normals lower x xs : check_minimal_affine N normals lower x xs = true ->
  no_fewer (inputs N) (size N) (outputs N) (with_biases N) lower.
Proof.
  intros H m P S. apply (check_columns_sound _ _ _ _ _ _ _ _ m (with_bias_column (inputs N) P) H).
  pose proof (same_columns _ m _ P N eq_refl S) as SC. split; intros.
  - now apply same_jumps_affine with (1 := SC).
  - now apply same_linear_parts_affine with (1 := SC).
Qed.
End Over_numbers.
