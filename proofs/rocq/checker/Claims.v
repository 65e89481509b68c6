(** Claims of certificates, what they say in the words of Statements.v, and a checker of them that is proved right. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums Gradients.
From relucert.checker Require Import Numbers Networks Biases Distances Directions Packings Brackets Exhaustion Flips Nearest Minimal.
From relucert.checker Require Canonical Seminorm Jump_norm.
Import ListNotations.
Open Scope R_scope.

Inductive claim :=
| Equal (G T : network)
| Differ (G T : network)
| Reparametrization (G T P : network) (dist most : surd)
| Violates_C2 (G : network) (i j : nat) (factor : surd)
| Violates_C3a (N : network) (i j : nat) (factor : surd)
| Violates_C3b (G T : network) (i j : nat) (factor : surd)
| Lift (G T : network)
| Seminorm (G : network) (T : option network) (lower upper : option Q)
| Violates_C1 (G T : network) (i : nat) (beta : surd) (lower : Q)
| Theorem_3_1 (G T P : network) (r : Q) (beta dist : surd)
| Theorem_3_3 (G T P : network) (r : Q) (dist : surd)
| Flips_are (G : network) (sets : list (list nat))
| Unique (G : network)
| Nearest (star : bool) (G T P : network) (lower upper : surd)
| Jump_norm (G : network) (T : option network) (value : Q)
| Minimal (G T : network) (lower : nat).

(** What the checker does not see itself: a point; the normals of the kinks, a point with an entry (output, input), and trees;
    and a network with the function of T for C.3; how few sets of neurons are gone through; why nothing is nearer,
    of a network with the function of T; the normals of the kinks, and why no orientations of them fit, or of them but one. *)
Inductive evidence :=
| Nothing
| Point (x : list surd)
| Bracket (normals : list (list Q)) (low : option (list surd * nat * nat)) (trees : list (target * tree))
| Bracket_with (normals : list (list Q)) (low : option (list surd * nat * nat)) (trees : list (target * tree)) (other : network)
| Exhausted (x : exhaustion)
| Apart (C : network) (e : far)
| No_orientation (normals : list (list Q)) (all : option exhaustion) (but_one : list exhaustion).
Record certificate := Certificate { about : claim; because : evidence }.

(** A pair is homogenised if one of them has biases. *)
Definition homogenise (G T : network) : network -> network := homogenised (has_biases G || has_biases T).

(** R(T) - R(G), or R(G) alone *)
Definition function_of (G : network) (T : option network) : vec -> nat -> R :=
  match T with
  | Some T => difference (inputs G) (size G) (size T) (plain G) (plain T)
  | None => eval (inputs G) (size G) (plain G)
  end.
(** the seminorm exactly, or what is known of it *)
Definition seminorm_within (d D : nat) (f : vec -> nat -> R) (lower upper : option Q) : Prop :=
  match lower, upper with
  | Some a, Some b => if Qeq_bool a b then seminorm d D f (Q2R b) else (forall r, bounded_by d D f r -> Q2R a <= r) /\ bounded_by d D f (Q2R b)
  | Some a, None => forall r, bounded_by d D f r -> Q2R a <= r
  | None, Some b => bounded_by d D f (Q2R b)
  | None, None => True
  end.

(** No jump of the gradient of R(T) - R(G), or of R(G) alone, has a larger entry. *)
Definition jumps_bounded (G : network) (T : option network) (J : R) : Prop :=
  match T with
  | Some T => forall l, (l < outputs G)%nat ->
    jumps_at_most (inputs G) (size G) (size T) (Jump_norm.output_net l (plain G)) (Jump_norm.output_net l (plain T)) J
  | None => Jump_norm.jumps_within (inputs G) (outputs G) (rows G) J
  end.

(** * What a claim says *)
Definition claim_holds (c : claim) : Prop :=
  match c with
  | Equal G T => same_functions G T
  | Differ G T => ~ same_functions G T
  | Reparametrization G T P dist most =>
    let G' := homogenise G T G in let T' := homogenise G T T in
    same (inputs P) (size P) (size T') (outputs P) (plain P) (plain T') /\
    distance (inputs P) (size P) (outputs P) (plain P) (plain G') = value dist /\ value dist <= value most
  | Violates_C2 G i j f => multiple (inputs G) (value f) (inner (plain G) i) (inner (plain G) j) /\ ~ C2 (inputs G) (size G) (plain G)
  | Violates_C3a N i j f => multiple (inputs N) (value f) (inner (plain N) i) (inner (plain N) j) /\ ~ C3a (inputs N) (size N) (plain N)
  | Violates_C3b G T i j f =>
    multiple (inputs G) (value f) (inner (plain G) i) (inner (plain T) j) /\ ~ C3b (inputs G) (size G) (plain G) (plain T)
  | Lift G T => in_Nstar (inputs T + 2) (size G) (outputs G) (plain G) /\
    forall x l, (l < outputs G)%nat ->
      eval (inputs T + 2) (size G) (plain G) (lifted (inputs T) x) l = eval_biased (inputs T) (size T) (with_biases T) x l
  | Seminorm G T lower upper => seminorm_within (inputs G) (outputs G) (function_of G T) lower upper
  | Violates_C1 G T i beta lower => forall r, seminorm (inputs G) (outputs G) (function_of G (Some T)) r ->
    Q2R lower <= r /\ ~ C1 (inputs G) (size G) (outputs G) (plain G) r (value beta)
  | Theorem_3_1 G T P r beta dist =>
    let d := inputs G in let m := size G in
    seminorm d 1 (function_of G (Some T)) (Q2R r) /\ C1 d m 1 (plain G) (Q2R r) (value beta) /\ 0 <= value beta /\
    (exists T', same d m (size T) 1 T' (plain T) /\ hypotheses d m (plain G) T') /\
    same d m (size T) 1 (plain P) (plain T) /\ distance d m 1 (plain P) (plain G) = value dist /\
    value dist <= value beta + sqrt 2 * sqrt (Q2R r)
  | Theorem_3_3 G T P r dist =>
    let d := inputs G in let m := size G in let D := outputs G in
    (2 <= d)%nat /\ in_Nstar d m D (plain G) /\ in_Nstar d (size T) D (plain T) /\ in_Nstar d m D (plain P) /\
    seminorm d D (function_of G (Some T)) (Q2R r) /\
    same d m (size T) D (plain P) (plain T) /\ distance d m D (plain P) (plain G) = value dist /\
    value dist <= 2 * (sqrt 2 * sqrt (Q2R r))
  | Flips_are G sets => flips_are (inputs G) (size G) (outputs G) (plain G) sets
  | Unique G => is_unique (inputs G) (size G) (outputs G) (plain G)
  | Nearest star G T P lower upper =>
    nearest_is star (inputs G) (size G) (size T) (outputs G) (plain G) (plain T) (plain P) (value lower) (value upper)
  | Jump_norm G T j => jumps_bounded G T (Q2R j) /\ forall J, 0 <= J -> jumps_bounded G T J -> Q2R j <= J
  | Minimal G T lower => same (inputs G) (size G) (size T) (outputs G) (plain G) (plain T) /\
    forall m P, same (inputs G) m (size G) (outputs G) P (plain G) -> (lower <= m)%nat
  end.

(** * Lifted networks, on (x, 1): the last two entries act as their difference *)
Definition lowered (d : nat) (N : list neuron) : list neuron :=
  map (fun n => (first d (fst n) ++ [minus (at_ (fst n) d) (at_ (fst n) (S d))], snd n)) N.

Lemma dot_lifted d v x : dot (d + 2) v (lifted d x) = dot d v x + (v d - v (S d)).
Proof.
  replace (d + 2)%nat with (S (S d)) by lia. unfold dot. cbn [sum]. unfold lifted at 2 3. rewrite Nat.ltb_irrefl, Nat.eqb_refl.
  replace (Nat.ltb (S d) d) with false by (symmetry; apply Nat.ltb_ge; lia). replace (Nat.eqb (S d) d) with false by (symmetry; apply Nat.eqb_neq;
    lia).
  rewrite (sum_ext d _ (fun k => v k * x k)); [ring|]. intros k Hk. unfold lifted. apply Nat.ltb_lt in Hk. rewrite Hk. reflexivity.
Qed.

Lemma lowered_eval d N x l :
  eval (d + 2) (length N) (denoted N) (lifted d x) l = eval (S d) (length (lowered d N)) (denoted (lowered d N)) (extended d x) l.
Proof.
  rewrite !eval_list. unfold lowered. rewrite map_map. apply added_ext. intros n _. unfold weight. cbn [snd]. f_equal. f_equal.
  rewrite active_lengthened, minus_value. unfold active. rewrite dot_lifted. reflexivity.
Qed.

(** * The checker *)
Definition check_lift (G T : network) : bool :=
  Nat.eqb (inputs G) (inputs T + 2) && Nat.eqb (outputs G) (outputs T) && negb (has_biases G) &&
  in_Nstar_b (inputs T + 2) (outputs G) (rows G) &&
  vanishes (S (inputs T)) (outputs T) (folded (inputs T) (apart (homogenised_rows T) (lowered (inputs T) (rows G)))).

Definition check_reparametrization (G T P : network) (dist most : surd) : bool :=
  let G' := homogenise G T G in let T' := homogenise G T T in
  negb (has_biases P) && Nat.eqb (inputs P) (inputs G') && Nat.eqb (inputs P) (inputs T') &&
  Nat.eqb (outputs P) (outputs G') && Nat.eqb (outputs P) (outputs T') && Nat.eqb (size P) (size G') &&
  same_function (inputs P) (outputs P) (rows P) (rows T') && distance_is (inputs P) (outputs P) (rows P) (rows G') dist && at_most dist most.

Definition rows_of (G : network) (T : option network) : list neuron :=
  match T with Some T => apart (rows G) (rows T) | None => rows G end.
Definition alike_shapes (G : network) (T : option network) : bool :=
  negb (has_biases G) &&
  match T with Some T => Nat.eqb (inputs G) (inputs T) && Nat.eqb (outputs G) (outputs T) && negb (has_biases T) | None => true end.
Definition check_seminorm (G : network) (T : option network) (lower upper : option Q)
  (normals : list (list Q)) (low : option (list surd * nat * nat)) (trees : list (target * tree)) : bool :=
  alike_shapes G T &&
  match lower with
  | None => true
  | Some q => match low with Some (x, l, k) => check_lower (inputs G) (outputs G) normals (rows_of G T) x l k q | None => false end
  end &&
  match upper with None => true | Some q => check_upper (inputs G) (outputs G) normals (rows_of G T) trees q end.

Definition exceeds (beta s : surd) : bool := is_positive (minus s beta) || is_positive (minus (opp s) beta).
Definition check_C1 (G T : network) (i : nat) (beta : surd) (lower : Q) (normals : list (list Q)) (low : option (list surd * nat * nat)) : bool :=
  let n := nth_neuron (rows G) i in
  alike_shapes G (Some T) && Nat.ltb i (size G) && Qle_bool 0 lower &&
  match low with Some (x, l, k) => check_lower (inputs G) (outputs G) normals (rows_of G (Some T)) x l k lower | None => false end &&
  below (outputs G) (fun l => below (inputs G) (fun k => small (rational (lower + lower)) (times (at_ (snd n) l) (at_ (fst n) k)))) &&
  (existsb (fun l => exceeds beta (at_ (snd n) l)) (seq 0 (outputs G)) || existsb (fun k => exceeds beta (at_ (fst n) k)) (seq 0 (inputs G))).

Definition check_theorem_3_1 (G T P : network) (r : Q) (beta dist : surd)
  (normals : list (list Q)) (low : option (list surd * nat * nat)) (trees : list (target * tree)) (T' : network) : bool :=
  Nat.eqb (outputs G) 1 && Nat.eqb (inputs P) (inputs G) && Nat.eqb (outputs P) 1 && Nat.eqb (size P) (size G) && negb (has_biases P) &&
  Nat.eqb (size T') (size G) && well_formed T' && Qle_bool 0 r &&
  check_seminorm G (Some T) (Some r) (Some r) normals low trees && holds_C1 (inputs G) 1 (rows G) (rational (r + r)) beta &&
  holds_hypotheses (inputs G) (rows G) (rows T') && same_function (inputs G) 1 (rows T') (rows T) &&
  same_function (inputs G) 1 (rows P) (rows T) && distance_is (inputs G) 1 (rows P) (rows G) dist && at_most dist (plus beta (root_of ((2 # 1) * r))).

Definition check_theorem_3_3 (G T P : network) (r : Q) (dist : surd)
  (normals : list (list Q)) (low : option (list surd * nat * nat)) (trees : list (target * tree)) : bool :=
  Nat.eqb (inputs P) (inputs G) && Nat.eqb (outputs P) (outputs G) && Nat.eqb (size P) (size G) && negb (has_biases P) && Qle_bool 0 r &&
  in_Nstar_b (inputs G) (outputs G) (rows G) && in_Nstar_b (inputs G) (outputs G) (rows T) && in_Nstar_b (inputs G) (outputs G) (rows P) &&
  check_seminorm G (Some T) (Some r) (Some r) normals low trees &&
  same_function (inputs G) (outputs G) (rows P) (rows T) && distance_is (inputs G) (outputs G) (rows P) (rows G) dist &&
  at_most dist (times (rational (2 # 1)) (root_of ((2 # 1) * r))).

Definition check_jump_norm (G : network) (T : option network) (j : Q) : bool :=
  alike_shapes G T &&
  match Seminorm.form_of false (inputs G) (outputs G) (rows_of G T) with Some f => Jump_norm.jump_is_b f j | None => false end.

Definition networks_of (c : claim) : list network :=
  match c with
  | Equal G T | Differ G T | Minimal G T _ | Violates_C3b G T _ _ _ | Lift G T => [G; T]
  | Reparametrization G T P _ _ | Nearest _ G T P _ _ | Theorem_3_1 G T P _ _ _ | Theorem_3_3 G T P _ _ => [G; T; P]
  | Violates_C2 N _ _ _ | Violates_C3a N _ _ _ | Seminorm N None _ _ | Jump_norm N None _ | Flips_are N _ | Unique N => [N]
  | Seminorm G (Some T) _ _ | Jump_norm G (Some T) _ | Violates_C1 G T _ _ _ => [G; T]
  end.

Definition check (c : certificate) : bool :=
  forallb well_formed (networks_of (about c)) &&
  match about c, because c with
  | Equal G T, Nothing => equal_functions G T
  | Differ G T, Point x => differ_at G T x
  | Reparametrization G T P dist most, Nothing => check_reparametrization G T P dist most
  | Violates_C2 G i j f, Nothing => negb (has_biases G) && violates_C2 (inputs G) (rows G) i j f
  | Violates_C3a N i j f, Nothing => negb (has_biases N) && violates_C3a (inputs N) (rows N) i j f
  | Violates_C3b G T i j f, Nothing =>
    negb (has_biases G) && negb (has_biases T) && Nat.eqb (inputs G) (inputs T) && violates_C3b (inputs G) (rows G) (rows T) i j f
  | Lift G T, Nothing => check_lift G T
  | Seminorm G T lower upper, Bracket normals low trees => check_seminorm G T lower upper normals low trees
  | Violates_C1 G T i beta lower, Bracket normals low _ => check_C1 G T i beta lower normals low
  | Theorem_3_1 G T P r beta dist, Bracket_with normals low trees other => check_theorem_3_1 G T P r beta dist normals low trees other
  | Theorem_3_3 G T P r dist, Bracket normals low trees => check_theorem_3_3 G T P r dist normals low trees
  | Flips_are G sets, Exhausted x => negb (has_biases G) && check_flips (inputs G) (outputs G) (rows G) sets x
  | Unique G, Exhausted x => negb (has_biases G) && check_unique (inputs G) (outputs G) (rows G) x
  | Nearest star G T P lower upper, Apart C e =>
    negb (has_biases G) && negb (has_biases T) && negb (has_biases P) && Nat.eqb (inputs P) (inputs G) && Nat.eqb (outputs P) (outputs G) &&
    Nat.eqb (inputs T) (inputs G) && Nat.eqb (outputs T) (outputs G) && well_formed C &&
    check_nearest star (inputs G) (outputs G) (rows G) (rows T) (rows C) (rows P) e lower upper
  | Jump_norm G T j, Nothing => check_jump_norm G T j
  | Minimal G T lower, No_orientation normals all but_one =>
    negb (has_biases G) && negb (has_biases T) && Nat.eqb (inputs G) (inputs T) && Nat.eqb (outputs G) (outputs T) &&
    same_function (inputs G) (outputs G) (rows G) (rows T) && check_minimal (inputs G) (outputs G) (rows G) normals lower all but_one
  | _, _ => false
  end.

Lemma check_lift_sound G T : check_lift G T = true -> claim_holds (Lift G T).
Proof.
  unfold check_lift. rewrite !andb_true_iff, !Nat.eqb_eq. intros [[[[Hd HD] _] N] V]. apply in_Nstar_sound in N. split; [exact (proj2 N)|].
  intros x l Hl. pose proof (vanishes_sound _ _ _ V (extended (inputs T) x) l ltac:(lia)) as E.
  rewrite eval_list, folded_eval, <- eval_list, eval_apart, homogenised_eval in E by lia.
  unfold plain, size in *. rewrite lowered_eval. lra.
Qed.

Lemma check_reparametrization_sound G T P dist most :
  check_reparametrization G T P dist most = true -> claim_holds (Reparametrization G T P dist most).
Proof.
  unfold check_reparametrization. cbv zeta. rewrite !andb_true_iff, !Nat.eqb_eq. intros [[[[[[[[_ _] _] _] _] S] F] D] M].
  split; [exact (same_function_sound _ _ _ _ F)|split; [|exact (at_most_sound _ _ M)]].
  rewrite S. exact (distance_is_sound _ _ _ _ _ D).
Qed.

Lemma rows_of_eval G T x l : eval (inputs G) (length (rows_of G T)) (denoted (rows_of G T)) x l = function_of G T x l.
Proof. destruct T as [T|]; [exact (eval_apart (inputs G) (rows G) (rows T) x l)|reflexivity]. Qed.

Lemma bounded_rows_of G T r : bounded_by (inputs G) (outputs G) (eval (inputs G) (length (rows_of G T)) (denoted (rows_of G T))) r <->
  bounded_by (inputs G) (outputs G) (function_of G T) r.
Proof. split; apply bounded_by_ext; intros x l _; [|symmetry]; apply rows_of_eval. Qed.

Lemma check_seminorm_sound G T lower upper normals low trees :
  check_seminorm G T lower upper normals low trees = true -> claim_holds (Seminorm G T lower upper).
Proof.
  unfold check_seminorm. rewrite !andb_true_iff. intros [[_ L] U]. cbn [claim_holds]. unfold seminorm_within.
  assert (from_below : forall q, lower = Some q -> forall r, bounded_by (inputs G) (outputs G) (function_of G T) r -> Q2R q <= r).
  { intros q -> r B. destruct low as [[[x l] k]|]; [|discriminate]. exact (check_lower_sound _ _ _ _ _ _ _ _ _ L (proj2 (bounded_rows_of G T r) B)). }
  assert (from_above : forall q, upper = Some q -> bounded_by (inputs G) (outputs G) (function_of G T) (Q2R q)).
  { intros q ->. apply bounded_rows_of. exact (check_upper_sound _ _ _ _ _ _ U). }
  destruct lower as [a|], upper as [b|]; auto. destruct (Qeq_bool a b) eqn:E; [|auto].
  apply Qeq_bool_eq, Qeq_eqR in E. split; [auto|]. intros r B. rewrite <- E. exact (from_below a eq_refl r B).
Qed.

Lemma exceeds_sound beta s : exceeds beta s = true -> value beta < Rabs (value s).
Proof.
  unfold exceeds. rewrite orb_true_iff. intros [H|H]; apply is_positive_sound in H; rewrite minus_value, ?opp_value in H.
  - eapply Rlt_le_trans; [|apply Rle_abs]. lra.
  - rewrite <- Rabs_Ropp. eapply Rlt_le_trans; [|apply Rle_abs]. lra.
Qed.

Lemma product_of_tops D d c a t : 0 <= t -> (forall l k, (l < D)%nat -> (k < d)%nat -> Rabs (c l * a k) <= t) -> top D c * top d a <= t.
Proof.
  intros P H. destruct D as [|D]; [simpl; lra|]. destruct d as [|d]; [simpl; lra|].
  destruct (top_attained (S D) c) as [l [Hl El]]; [lia|]. destruct (top_attained (S d) a) as [k [Hk Ek]]; [lia|].
  rewrite El, Ek, <- Rabs_mult. apply H; assumption.
Qed.

Lemma check_C1_sound G T i beta lower normals low : check_C1 G T i beta lower normals low = true -> claim_holds (Violates_C1 G T i beta lower).
Proof.
  unfold check_C1. cbv zeta. rewrite !andb_true_iff, Nat.ltb_lt. intros [[[[[_ Hi] P] L] S] X] r [B _].
  apply Qle_bool_R in P. rewrite Q2R_0 in P. destruct low as [[[x l] k]|]; [|discriminate].
  pose proof (check_lower_sound _ _ _ _ _ _ _ _ _ L (proj2 (bounded_rows_of G (Some T) r) B)) as R. split; [exact R|]. intro C.
  assert (M : top (outputs G) (outer (plain G) i) * top (inputs G) (inner (plain G) i) <= 2 * r).
  { apply Rle_trans with (2 * Q2R lower); [|lra]. apply product_of_tops; [lra|]. intros l' k' Hl Hk.
    pose proof (below_sound _ _ (below_sound _ _ S l' Hl) k' Hk) as E. cbv beta in E. apply small_sound in E.
    rewrite times_value, rational_value, Q2R_plus in E. unfold nth_neuron in E. cbn [plain inner outer denoted]. unfold vector. lra. }
  destruct (C i Hi M) as [CO CI]. rewrite orb_true_iff, !existsb_exists in X. destruct X as [[l' [Hl E]]|[k' [Hk E]]];
    apply exceeds_sound in E; unfold nth_neuron in E.
  - apply in_seq in Hl. pose proof (top_upper (outputs G) (outer (plain G) i) l' ltac:(lia)) as U. cbn [plain outer denoted] in U, CO.
    unfold vector in U at 1. lra.
  - apply in_seq in Hk. pose proof (top_upper (inputs G) (inner (plain G) i) k' ltac:(lia)) as U. cbn [plain inner denoted] in U, CI.
    unfold vector in U at 1. lra.
Qed.

Lemma root_of_double r : (0 <= r)%Q -> value (root_of ((2 # 1) * r)) = sqrt 2 * sqrt (Q2R r).
Proof.
  intro P. rewrite root_of_sound by (apply Qmult_le_0_compat; [discriminate|exact P]). rewrite Q2R_mult.
  replace (Q2R (2 # 1)) with 2 by (unfold Q2R; simpl; field). apply sqrt_mult_alt. lra.
Qed.

Lemma seminorm_of_bracket G T r normals low trees : check_seminorm G T (Some r) (Some r) normals low trees = true ->
  seminorm (inputs G) (outputs G) (function_of G T) (Q2R r).
Proof. intro H. apply check_seminorm_sound in H. cbn [claim_holds seminorm_within] in H. rewrite Qeq_bool_refl in H. exact H. Qed.

Lemma check_theorem_3_1_sound G T P r beta dist normals low trees other :
  check_theorem_3_1 G T P r beta dist normals low trees other = true -> claim_holds (Theorem_3_1 G T P r beta dist).
Proof.
  unfold check_theorem_3_1. rewrite !andb_true_iff, !Nat.eqb_eq. intros [[[[[[[[[[[[[[HD _] _] HP] _] HO] _] R] S] B] H] HT] F] D] M].
  apply seminorm_of_bracket in S. rewrite HD in S. apply holds_C1_sound in B. destruct B as [B0 B]. rewrite rational_value, Q2R_plus in B.
  apply at_most_sound in M. rewrite plus_value, root_of_double in M by (apply Qle_bool_iff; exact R).
  apply same_function_sound in HT, F. cbn [claim_holds]. cbv zeta. unfold plain, size in *.
  split; [exact S|split; [|split; [exact B0|split; [|split; [|split; [exact (distance_is_sound _ _ _ _ _ D)|exact M]]]]]].
  - intros i Hi L. apply B; [exact Hi|lra].
  - exists (denoted (rows other)). rewrite HO in HT. split; [exact HT|]. exact (holds_hypotheses_sound _ _ _ H).
  - rewrite HP in F. exact F.
Qed.

Lemma check_theorem_3_3_sound G T P r dist normals low trees :
  check_theorem_3_3 G T P r dist normals low trees = true -> claim_holds (Theorem_3_3 G T P r dist).
Proof.
  unfold check_theorem_3_3. rewrite !andb_true_iff, !Nat.eqb_eq. intros [[[[[[[[[[[_ _] HP] _] R] NG] NT] NP] S] F] D] M].
  apply seminorm_of_bracket in S. apply in_Nstar_sound in NG, NT, NP. apply at_most_sound in M.
  rewrite times_value, rational_value, root_of_double in M by (apply Qle_bool_iff; exact R).
  replace (Q2R (2 # 1)) with 2 in M by (unfold Q2R; simpl; field).
  apply same_function_sound in F. cbn [claim_holds]. cbv zeta. unfold plain, size in *. rewrite HP in F, NP.
  split; [exact (proj1 NG)|split; [exact (proj2 NG)|split; [exact (proj2 NT)|split; [exact (proj2 NP)|split; [exact S|split; [exact F|]]]]]].
  split; [exact (distance_is_sound _ _ _ _ _ D)|exact M].
Qed.

Lemma jumps_bounded_rows G T J : jumps_bounded G T J <-> Jump_norm.jumps_within (inputs G) (outputs G) (rows_of G T) J.
Proof. destruct T as [T|]; [|reflexivity]. symmetry. exact (Jump_norm.jumps_within_apart (inputs G) (outputs G) (rows G) (rows T) J). Qed.

Lemma check_jump_norm_sound G T j : check_jump_norm G T j = true -> claim_holds (Jump_norm G T j).
Proof.
  unfold check_jump_norm. rewrite andb_true_iff. intros [_ H]. cbn [claim_holds].
  destruct (Seminorm.form_of false (inputs G) (outputs G) (rows_of G T)) as [f|] eqn:F; [|discriminate].
  destruct (Jump_norm.jump_is_sound _ _ _ _ _ F H) as [U L]. split; [apply jumps_bounded_rows, U|]. intros J P B.
    exact (L J P (proj1 (jumps_bounded_rows G T J) B)).
Qed.

(** What the checker accepts is true. *)
Theorem check_sound : forall c, check c = true -> claim_holds (about c).
Proof.
  intros [c e]. unfold check. cbn [about because]. rewrite andb_true_iff. intros [_ H]. destruct c, e; try discriminate H.
  - exact (equal_functions_sound _ _ H).
  - exact (differ_at_sound _ _ _ H).
  - exact (check_reparametrization_sound _ _ _ _ _ H).
  - rewrite andb_true_iff in H. destruct H as [_ H]. split; [|exact (violates_C2_sound _ _ _ _ _ H)].
    unfold violates_C2 in H. rewrite !andb_true_iff in H. exact (proj2 (is_multiple_sound _ _ _ _ (proj2 H))).
  - rewrite andb_true_iff in H. destruct H as [_ H]. split; [|exact (violates_C3a_sound _ _ _ _ _ H)].
    unfold violates_C3a in H. rewrite !andb_true_iff in H. exact (proj2 (is_multiple_sound _ _ _ _ (proj2 H))).
  - rewrite !andb_true_iff in H. destruct H as [_ H]. split; [|exact (violates_C3b_sound _ _ _ _ _ _ H)].
    unfold violates_C3b in H. rewrite !andb_true_iff in H. exact (proj2 (is_multiple_sound _ _ _ _ (proj2 H))).
  - exact (check_lift_sound _ _ H).
  - exact (check_seminorm_sound _ _ _ _ _ _ _ H).
  - exact (check_C1_sound _ _ _ _ _ _ _ H).
  - exact (check_theorem_3_1_sound _ _ _ _ _ _ _ _ _ _ H).
  - exact (check_theorem_3_3_sound _ _ _ _ _ _ _ _ H).
  - rewrite andb_true_iff in H. exact (check_flips_sound _ _ _ _ _ (proj2 H)).
  - rewrite andb_true_iff in H. exact (check_unique_sound _ _ _ _ (proj2 H)).
  - rewrite andb_true_iff in H. exact (check_nearest_sound _ _ _ _ _ _ _ _ _ _ (proj2 H)).
  - exact (check_jump_norm_sound _ _ _ H).
  - rewrite !andb_true_iff in H. destruct H as [[_ F] M]. split; [exact (same_function_sound _ _ _ _ F)|exact (check_minimal_sound _ _ _ _ _ _ _ M)].
Qed.
