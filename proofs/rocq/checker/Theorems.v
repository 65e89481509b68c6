(** The claims theorem-3.1 and theorem-3.3 of certificates in full: r bracketed or exact, the jump norm J, both forms of the threshold (2 r or J),
  the case
    of every neuron, and the bounds as published, sharp, and in jump form. Networks without biases: homogenised before.

    Interface: [check_31 G T P c other cases] and [check_33 G T P c cases] with [check_31_sound], [check_33_sound]; what they say is [holds_31],
    [holds_33]. [difference_facts] is what is claimed of R(T) − R(G), with its evidence. *)
From Coq Require Import Reals List ZArith QArith Qreals Qabs Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Trees Canonical Seminorm Jump_bounds Jump_norm Stated Equality Integer_conditions Distances Directions Cases Biases Differences.
Import ListNotations.
Open Scope R_scope.

(** * What is claimed of the difference *)
Record difference_facts := DifferenceFacts { jump_form : bool; r_lower : Q; r_upper : Q; jump_value : Q;
  low_fact : low; shared_circuits : list circuit; upper_trees : list upper }.
(** the threshold T of the case analysis *)
Definition threshold_of (x : difference_facts) : Q := if jump_form x then jump_value x else (2 # 1) * r_lower x.
Definition difference_holds (G T : network) (x : difference_facts) : Prop :=
  let f := stated_function G (Some T) in
  0 <= Q2R (r_lower x) /\ 0 <= Q2R (jump_value x) /\
  (forall r, bounded_by (inputs G) (outputs G) f r -> Q2R (r_lower x) <= r) /\ bounded_by (inputs G) (outputs G) f (Q2R (r_upper x)) /\
  (jump_form x = false -> seminorm (inputs G) (outputs G) f (Q2R (r_lower x))) /\ jump_norm_is G (Some T) (Q2R (jump_value x)).
Definition check_difference (G T : network) (x : difference_facts) : bool :=
  match stated_form G (Some T) with
  | None => false
  | Some f => Qle_bool 0 (r_lower x) && Qle_bool 0 (jump_value x) && (jump_form x || Qeq_bool (r_lower x) (r_upper x)) &&
    Qeq_bool (low_value (low_fact x)) (r_lower x) && lower_b G (Some T) f (low_fact x) &&
    upper_b_ G (Some T) f (r_upper x) (shared_circuits x) (upper_trees x) && jump_b G (Some T) f (jump_value x)
  end.

Lemma check_difference_sound G T x : check_difference G T x = true -> difference_holds G T x.
Proof.
  unfold check_difference. destruct (stated_form G (Some T)) as [f|] eqn:F; [|discriminate]. rewrite !andb_true_iff.
    intros [[[[[[L0 J0] Ex] V] L] U] J].
  apply Qle_bool_R in L0, J0. rewrite Q2R_0 in L0, J0. apply Qeq_bool_eq, Qeq_eqR in V.
  pose proof (lower_b_sound G (Some T) f _ F L) as Lo. rewrite V in Lo. pose proof (upper_b_sound G (Some T) f _ _ _ F U) as Up.
  unfold difference_holds. cbv zeta. split; [exact L0|split; [exact J0|split; [exact Lo|split; [exact Up|split;
    [|exact (jump_b_sound _ _ _ _ F J)]]]]].
  intro S. rewrite S in Ex. apply Qeq_bool_eq, Qeq_eqR in Ex. split; [rewrite Ex; exact Up|exact Lo].
Qed.

(** * The least beta of C.1 *)
Definition is_least_beta (d m D : nat) (N : net) (t b : R) : Prop := balanced_at d m D N t b /\ forall b', balanced_at d m D N t b' -> b <= b'.
Definition larger (s t : surd) : surd := if at_most s t then t else s.
Definition weights_of (d D : nat) (n : neuron) : list surd := map (at_ (fst n)) (seq 0 d) ++ map (at_ (snd n)) (seq 0 D).
(** found, and then tried *)
Definition least_beta (d D : nat) (N : list neuron) (t : surd) : surd :=
  fold_right (fun n b => if large_product d D n t then b else fold_right (fun w => larger (absolute w)) b (weights_of d D n)) [] N.
Definition small_product (d D : nat) (n : neuron) (t : surd) : bool := below D (fun l => below d (fun k => small t (times (at_ (snd n) l) (at_ (fst
  n) k)))).
Definition is_least_b (d D : nat) (N : list neuron) (t b : surd) : bool :=
  holds_C1 d D N t b && at_most [] t &&
  (is_zero b || existsb (fun i => let n := nth_neuron N i in small_product d D n t &&
    (existsb (fun k => of_size b (at_ (fst n) k)) (seq 0 d) || existsb (fun l => of_size b (at_ (snd n) l)) (seq 0 D))) (seq 0 (length N))).

Lemma small_product_sound d D n t : 0 <= value t -> small_product d D n t = true -> top D (vector (snd n)) * top d (vector (fst n)) <= value t.
Proof.
  intros P H. destruct D as [|D]; [simpl; lra|]. destruct d as [|d]; [simpl; lra|].
  destruct (top_attained (S D) (vector (snd n))) as [l [Hl El]]; [lia|]. destruct (top_attained (S d) (vector (fst n))) as [k [Hk Ek]]; [lia|].
  rewrite El, Ek, <- Rabs_mult. pose proof (small_sound _ _ (below_sound _ _ (below_sound _ _ H l Hl) k Hk)) as B. rewrite times_value in B. exact B.
Qed.

Lemma is_least_b_sound d D N t b : is_least_b d D N t b = true -> is_least_beta d (length N) D (denoted N) (value t) (value b).
Proof.
  unfold is_least_b. rewrite !andb_true_iff, orb_true_iff. intros [[C T] L]. apply at_most_sound in T. cbn [value] in T. apply holds_C1_sound in C.
  split; [exact C|]. destruct C as [B0 _]. intros b' [B0' B]. destruct L as [Z|L]; [apply is_zero_sound in Z; lra|].
  apply existsb_exists in L. destruct L as [i [Hi L]]. apply in_seq in Hi. cbv zeta in L. rewrite andb_true_iff, orb_true_iff,
    !existsb_exists in L. destruct L as [S W].
  pose proof (small_product_sound d D _ t T S) as P. destruct (B i ltac:(lia) P) as [B1 B2].
  destruct W as [[k [Hk E]]|[l [Hl E]]]; apply in_seq in Hk || apply in_seq in Hl; apply of_size_sound in E; try assumption; rewrite <- E.
  - eapply Rle_trans; [|exact B2]. apply (top_upper d (vector (fst (nth_neuron N i)))). lia.
  - eapply Rle_trans; [|exact B1]. apply (top_upper D (vector (snd (nth_neuron N i)))). lia.
Qed.

(** * Bounds: each that is stated is its formula, and not exceeded *)
Definition bound_holds (dist : R) (bound : option surd) (formula : R) : Prop := match bound with None => True | Some v => value v = formula /\
  dist <= value v end.
Definition bound_b (dist : surd) (bound : option surd) (formula : surd) : bool := match bound with None => true | Some v => equal_numbers v formula
  && at_most dist v end.

Lemma bound_b_sound dist bound formula x : bound_b dist bound formula = true -> value formula = x -> bound_holds (value dist) bound x.
Proof.
  destruct bound as [v|]; [|intros; exact I]. cbn [bound_b bound_holds]. rewrite andb_true_iff. intros [E L] <-.
    split; [exact (equal_numbers_sound _ _ E)|exact (at_most_sound _ _ L)].
Qed.

Definition scaled (k : Q) (s : surd) : surd := times (rational k) s.
Lemma scaled_root k q x : (0 <= q)%Q -> Q2R k * sqrt (Q2R q) = x -> value (scaled k (root_of q)) = x.
Proof. intros P <-. unfold scaled. rewrite times_value, rational_value, (root_of_sound q P). reflexivity. Qed.

Lemma Q2R_2 : Q2R (2 # 1) = 2.
Proof. unfold Q2R. simpl. field. Qed.

Lemma root_double q : (0 <= q)%Q -> sqrt (Q2R ((2 # 1) * q)) = sqrt 2 * sqrt (Q2R q).
Proof. intro P. rewrite Q2R_mult, Q2R_2. apply sqrt_mult_alt. lra. Qed.

(** * Theorem 3.1 *)
Record claim_31 := Claim31 { diff_31 : difference_facts; beta_31 : list Surds.term; dist_31 : list Surds.term; paper_31 : option (list Surds.term); sharp_31 : option (list Surds.term);
  jump_31 : option (list Surds.term) }.
(** beta for a threshold: the stated one where it is that of the form, else the least *)
Definition beta_for (G : network) (T : network) (c : claim_31) (jumps : bool) : surd :=
  if Bool.eqb jumps (jump_form (diff_31 c)) then beta_31 c
  else least_beta (inputs G) 1 (rows G) (rational (if jumps then jump_value (diff_31 c) else (2 # 1) * r_lower (diff_31 c))).
Definition holds_31 (G T P : network) (c : claim_31) (facts : list case_fact) : Prop :=
  let d := inputs G in let m := size G in let x := diff_31 c in
  let r := Q2R (r_lower x) in let J := Q2R (jump_value x) in
  outputs G = 1%nat /\ difference_holds G T x /\
  balanced_at d m 1 (plain G) (if jump_form x then J else 2 * r) (value (beta_31 c)) /\
  (exists S, length S = m /\ same d m (size T) 1 (denoted S) (plain T) /\ hypotheses d m (plain G) (denoted S) /\
    forall i, (i < m)%nat -> exists f, In f facts /\ of_neuron f = i /\ Q2R (threshold f) = (if jump_form x then J else 2 * r) /\
      star f = false /\ in_case d 1 (rows G) S f) /\
  same d m (size T) 1 (plain P) (plain T) /\ distance d m 1 (plain P) (plain G) = value (dist_31 c) /\
  exists beta_r beta_J,
    (if jump_form x then beta_J = value (beta_31 c) /\ ((paper_31 c = None /\ sharp_31 c = None) \/ is_least_beta d m 1 (plain G) (2 * r) beta_r)
     else beta_r = value (beta_31 c) /\ (jump_31 c = None \/ is_least_beta d m 1 (plain G) J beta_J)) /\
    bound_holds (value (dist_31 c)) (paper_31 c) (beta_r + 2 * sqrt r) /\
    bound_holds (value (dist_31 c)) (sharp_31 c) (beta_r + sqrt 2 * sqrt r) /\
    bound_holds (value (dist_31 c)) (jump_31 c) (beta_J + sqrt J).
Definition unstated (b : option surd) : bool := match b with None => true | Some _ => false end.
Definition check_31 (G T P : network) (c : claim_31) (other : list neuron) (facts : list case_fact) : bool :=
  let d := inputs G in let x := diff_31 c in
  let beta_r := beta_for G T c false in let beta_J := beta_for G T c true in
  let r := r_lower x in let J := jump_value x in
  Nat.eqb (outputs G) 1 && negb (has_biases G) && negb (has_biases T) && negb (has_biases P) && Nat.eqb (length other) (size G) &&
    Nat.eqb (size P) (size G) &&
  check_difference G T x && holds_C1 d 1 (rows G) (rational (threshold_of x)) (beta_31 c) &&
  same_somehow d 1 other (rows T) && hypotheses_somehow d 1 (rows G) other && cases_b d 1 (rows G) other (threshold_of x) false facts &&
  same_somehow d 1 (rows P) (rows T) && distance_is d 1 (rows P) (rows G) (dist_31 c) &&
  (if jump_form x then (unstated (paper_31 c) && unstated (sharp_31 c)) || is_least_b d 1 (rows G) (rational ((2 # 1) * r)) beta_r
   else unstated (jump_31 c) || is_least_b d 1 (rows G) (rational J) beta_J) &&
  bound_b (dist_31 c) (paper_31 c) (plus beta_r (scaled (2 # 1) (root_of r))) &&
  bound_b (dist_31 c) (sharp_31 c) (plus beta_r (root_of ((2 # 1) * r))) &&
  bound_b (dist_31 c) (jump_31 c) (plus beta_J (root_of J)).

Lemma threshold_value x : Q2R (threshold_of x) = if jump_form x then Q2R (jump_value x) else 2 * Q2R (r_lower x).
Proof. unfold threshold_of. destruct (jump_form x); [reflexivity|]. rewrite Q2R_mult, Q2R_2. reflexivity. Qed.

Lemma Q_nonneg q : 0 <= Q2R q -> (0 <= q)%Q.
Proof. intro H. apply Rle_Qle. rewrite Q2R_0. exact H. Qed.

Theorem check_31_sound G T P c other facts : check_31 G T P c other facts = true -> holds_31 G T P c facts.
Proof.
  unfold check_31. cbv zeta. rewrite !andb_true_iff, !Nat.eqb_eq.
  intros [[[[[[[[[[[[[[[[O _] _] _] Lo] Lp] Df] B] So] H] Cs] Sp] Ds] Be] B1] B2] B3].
  apply check_difference_sound in Df. pose proof Df as [R0 [J0 _]]. apply Q_nonneg in R0, J0.
  assert (R2 : (0 <= (2 # 1) * r_lower (diff_31 c))%Q) by (apply Qmult_le_0_compat; [discriminate|exact R0]).
  apply holds_C1_sound in B. rewrite rational_value, threshold_value in B. pose proof (cases_b_sound _ _ _ _ _ _ _ Cs) as Ca.
    rewrite threshold_value in Ca.
  apply same_somehow_sound in So, Sp. apply hypotheses_somehow_sound in H. apply distance_is_sound in Ds.
  unfold holds_31. cbv zeta. unfold size, plain in *. rewrite Lo in So. rewrite Lp in Sp.
  split; [exact O|split; [exact Df|split; [exact B|split; [|split; [exact Sp|split; [exact Ds|]]]]]].
  - exists other. split; [exact Lo|split; [exact So|split; [exact H|exact Ca]]].
  - exists (value (beta_for G T c false)), (value (beta_for G T c true)). split; [|split; [|split]].
    + unfold beta_for in *. destruct (jump_form (diff_31 c)); cbn [Bool.eqb] in *; (split; [reflexivity|]); rewrite orb_true_iff in Be;
      destruct Be as [U|U].
      * left. rewrite andb_true_iff in U. destruct U as [U1 U2]. destruct (paper_31 c), (sharp_31 c); try discriminate. now split.
      * right. apply is_least_b_sound in U. rewrite (rational_value ((2 # 1) * _)), Q2R_mult, Q2R_2 in U. exact U.
      * left. destruct (jump_31 c); [discriminate|reflexivity].
      * right. apply is_least_b_sound in U. rewrite (rational_value (jump_value _)) in U. exact U.
    + apply (bound_b_sound _ _ _ _ B1). rewrite plus_value. f_equal. apply scaled_root; [exact R0|]. rewrite Q2R_2. reflexivity.
    + apply (bound_b_sound _ _ _ _ B2). rewrite plus_value, (root_of_sound _ R2), root_double by exact R0. reflexivity.
    + apply (bound_b_sound _ _ _ _ B3). rewrite plus_value, (root_of_sound _ J0). reflexivity.
Qed.

(** * Theorem 3.3 *)
Record claim_33 := Claim33 { diff_33 : difference_facts; dist_33 : list Surds.term; paper_33 : option (list Surds.term); sharp_33 : option (list Surds.term); jump_33 : option (list Surds.term) }.
Definition holds_33 (G T P : network) (c : claim_33) (facts : list case_fact) : Prop :=
  let d := inputs G in let m := size G in let D := outputs G in let x := diff_33 c in
  let r := Q2R (r_lower x) in let J := Q2R (jump_value x) in
  (2 <= d)%nat /\ in_Nstar d m D (plain G) /\ in_Nstar d (size T) D (plain T) /\ in_Nstar d m D (plain P) /\ difference_holds G T x /\
  (forall i, (i < m)%nat -> exists f, In f facts /\ of_neuron f = i /\ Q2R (threshold f) = (if jump_form x then J else 2 * r) /\ star f = true /\
    in_case d D (rows G) (rows P) f) /\
  same d m (size T) D (plain P) (plain T) /\ distance d m D (plain P) (plain G) = value (dist_33 c) /\
  bound_holds (value (dist_33 c)) (paper_33 c) (4 * sqrt r) /\
  bound_holds (value (dist_33 c)) (sharp_33 c) (2 * sqrt 2 * sqrt r) /\
  bound_holds (value (dist_33 c)) (jump_33 c) (2 * sqrt J).
Definition check_33 (G T P : network) (c : claim_33) (facts : list case_fact) : bool :=
  let d := inputs G in let D := outputs G in let x := diff_33 c in let r := r_lower x in let J := jump_value x in
  negb (has_biases G) && negb (has_biases T) && negb (has_biases P) && Nat.eqb (size P) (size G) &&
  in_Nstar_b d D (rows G) && in_Nstar_b d D (rows T) && in_Nstar_b d D (rows P) && check_difference G T x &&
  cases_b d D (rows G) (rows P) (threshold_of x) true facts &&
  same_somehow d D (rows P) (rows T) && distance_is d D (rows P) (rows G) (dist_33 c) &&
  bound_b (dist_33 c) (paper_33 c) (scaled (4 # 1) (root_of r)) &&
  bound_b (dist_33 c) (sharp_33 c) (scaled (2 # 1) (root_of ((2 # 1) * r))) &&
  bound_b (dist_33 c) (jump_33 c) (scaled (2 # 1) (root_of J)).

Theorem check_33_sound G T P c facts : check_33 G T P c facts = true -> holds_33 G T P c facts.
Proof.
  unfold check_33. cbv zeta. rewrite !andb_true_iff, !Nat.eqb_eq. intros [[[[[[[[[[[[[_ _] _] Lp] NG] NT] NP] Df] Cs] Sp] Ds] B1] B2] B3].
  apply check_difference_sound in Df. pose proof Df as [R0 [J0 _]]. apply Q_nonneg in R0, J0.
  assert (R2 : (0 <= (2 # 1) * r_lower (diff_33 c))%Q) by (apply Qmult_le_0_compat; [discriminate|exact R0]).
  pose proof (cases_b_sound _ _ _ _ _ _ _ Cs) as Ca. rewrite threshold_value in Ca. apply same_somehow_sound in Sp. apply distance_is_sound in Ds.
  apply in_Nstar_sound in NG, NT, NP. unfold holds_33. cbv zeta. unfold size, plain in *. rewrite Lp in Sp, NP.
  split; [exact (proj1 NG)|split; [exact (proj2 NG)|split; [exact (proj2 NT)|split; [exact (proj2 NP)|split; [exact Df|split; [exact Ca|split;
    [exact Sp|split; [exact Ds|]]]]]]]].
  split; [|split].
  - apply (bound_b_sound _ _ _ _ B1). apply scaled_root; [exact R0|]. replace (Q2R (4 # 1)) with 4 by (unfold Q2R; simpl; field). reflexivity.
  - apply (bound_b_sound _ _ _ _ B2). apply scaled_root; [exact R2|]. rewrite Q2R_2, root_double by exact R0. ring.
  - apply (bound_b_sound _ _ _ _ B3). apply scaled_root; [exact J0|]. rewrite Q2R_2. reflexivity.
Qed.
