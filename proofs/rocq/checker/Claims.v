(** Claims of certificates, what they say in the words of Statements.v, and a checker of them that is proved right. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums Gradients.
From relucert.checker Require Import Cells Regions Boxes Activations Layer Injective.
From relucert.checker Require Import Numbers Networks Biases Differences Distances Directions Exhaustion Flips Nearest Nearest_affine Minimal Trees Seminorm Jump_bounds Stated Cases Theorems Refined Lift.
From relucert.families Require Sections Quotients Families.
From relucert.checker Require Import Equality.
From relucert.checker Require Surds Sup_norms Minima Deep Deep_claims Opposites Minima_biased Jump_norm_biased.
Import ListNotations.
Open Scope R_scope.

(** Claims without k, in numbers that the program which reads them knows. *)
Section Claims.
Notation surd := (list Surds.term).
Notation network := (network_of Surds.term).

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
| Theorem_3_1 (G T P : network) (c : claim_31) (cases : list case_fact)
| Theorem_3_1_refined (G T P : network) (x : difference_facts) (dist bound : surd)
| Theorem_3_3 (G T P : network) (c : claim_33) (cases : list case_fact)
| Flips_are (G : network) (sets : list (list nat))
| Unique (G : network)
| Nearest (star : bool) (G T P : network) (lower upper : surd)
| Jump_norm (G : network) (T : option network) (value : Q)
| Minimal (G T : network) (lower : nat)
| Regions_are (G : network) (domain : list (list Q)) (regions : list (list comparison)) (edges : nat)
| Is_injective (G : network) (regions : list (list comparison)) (edges : nat)
| Equal_on (b : box) (G T : network)
| Differ_on (b : box) (G T : network)
| Not_injective (G : network)
| With_activation (a : Q) (c : claim)
| For_all_k (G : Families.family) (T : option Families.family) (sections : list Families.section) (real : option positive)
| Sup_norm (G : network) (T : option network) (box : list (Q * Q)) (value : surd)
| Local_minimum (G : network) (samples : list (list surd * list surd)) (loss radius : surd)
| Deep_equal (G T : Deep.deep)
| Deep_differ (G T : Deep.deep)
| Deep_reparametrization (G T P : Deep.deep) (dist : Q)
| Violates_C3 (G T : network).

(** What the checker does not see itself: a point; a point with an entry (output, input), and trees with their circuits;
    a network with the function of T for C.3; how few sets of neurons are gone through; why nothing is nearer, of a network with the function of T;
    the normals of the kinks, and why no orientations of them fit, or of them but one; points inside regions, and why there are no others.
    what is seen of each section of a family; rewritings of two networks of any depth into one, and a point for two of them. What is seen of a difference in a theorem is in its claim. *)
Inductive evidence :=
| Nothing
| Point (x : list surd)
| Two_points (x y : list surd)
| Bracket (shared : list circuit) (least : option low) (trees : list upper)
| Like (other : network)
| Exhausted (x : exhaustion)
| Apart (C : network) (e : far_of Surds.term)
| Apart_biased (C : network) (e : far_affine_of Surds.term)
| No_orientation (normals : list (list Q)) (all : option exhaustion) (but_one : list exhaustion)
| Regions_seen (points : list (list Q)) (why : completeness)
| Sections_seen (es : list (Sections.seen_of Quotients.term))
| Rewritten (one other : list Deep_claims.move)
| Deep_point (x : list Q).
Record certificate := Certificate { about : claim; because : evidence }.
End Claims.

(** A pair is homogenised if one of them has biases. *)
Definition homogenise (G T : network) : network -> network := homogenised (has_biases G || has_biases T).

(** One that stands alone is homogenised if it has biases. *)
Definition alone (N : network) : network := homogenised (has_biases N) N.

(** the seminorm exactly, or what is known of it *)
Definition seminorm_within (d D : nat) (f : vec -> nat -> R) (lower upper : option Q) : Prop :=
  match lower, upper with
  | Some a, Some b => if Qeq_bool a b then seminorm d D f (Q2R b) else (forall r, bounded_by d D f r -> Q2R a <= r) /\ bounded_by d D f (Q2R b)
  | Some a, None => forall r, bounded_by d D f r -> Q2R a <= r
  | None, Some b => bounded_by d D f (Q2R b)
  | None, None => True
  end.

(** * Of the activation max(a t, t) *)
Definition stated_with (a : Q) (G : network) (T : option network) (x : vec) (l : nat) : R :=
  match T with None => function_with a G x l | Some T => function_with a T x l - function_with a G x l end.
Definition alike (G T : network) : Prop := inputs T = inputs G /\ outputs T = outputs G.
Definition holds_with (a : Q) (c : claim) : Prop :=
  match c with
  | Equal G T => alike G T /\ forall x l, (l < outputs G)%nat -> function_with a G x l = function_with a T x l
  | Differ G T => alike G T /\ ~ forall x l, (l < outputs G)%nat -> function_with a G x l = function_with a T x l
  | Equal_on b G T => alike G T /\ inputs G = length b /\
    forall x l, in_box b x -> (l < outputs G)%nat -> function_with a G x l = function_with a T x l
  | Differ_on b G T => alike G T /\ inputs G = length b /\
    exists x l, in_box b x /\ (l < outputs G)%nat /\ function_with a G x l <> function_with a T x l
  | Seminorm G T lower upper => seminorm_within (inputs G) (outputs G) (stated_with a G T) lower upper
  | _ => False
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
  | Violates_C2 G i j f => let N := alone G in
    multiple (inputs N) (value f) (inner (plain N) i) (inner (plain N) j) /\ ~ C2 (inputs N) (size N) (plain N)
  | Violates_C3a G i j f => let N := alone G in
    multiple (inputs N) (value f) (inner (plain N) i) (inner (plain N) j) /\ ~ C3a (inputs N) (size N) (plain N)
  | Violates_C3b G T i j f => let G' := homogenise G T G in let T' := homogenise G T T in
    multiple (inputs G') (value f) (inner (plain G') i) (inner (plain T') j) /\ ~ C3b (inputs G') (size G') (plain G') (plain T')
  | Lift G T => lift_holds G T
  | Seminorm G T lower upper => seminorm_within (inputs G) (outputs G) (stated_function G T) lower upper
  | Violates_C1 G T i beta lower => let G' := homogenise G T G in let T' := homogenise G T T in
    forall r, seminorm (inputs G') (outputs G') (difference (inputs G') (size G') (size T') (plain G') (plain T')) r ->
    Q2R lower <= r /\ ~ C1 (inputs G') (size G') (outputs G') (plain G') r (value beta)
  | Theorem_3_1 G T P c cases => holds_31 (homogenise G T G) (homogenise G T T) P c cases
  | Theorem_3_1_refined G T P x dist bound => holds_refined (homogenise G T G) (homogenise G T T) P x dist bound
  | Theorem_3_3 G T P c cases => holds_33 (homogenise G T G) (homogenise G T T) P c cases
  | Flips_are G sets => if has_biases G then flips_affine_are G sets else flips_are (inputs G) (size G) (outputs G) (plain G) sets
  | Unique G => if has_biases G then is_unique_affine G else is_unique (inputs G) (size G) (outputs G) (plain G)
  | Nearest star G T P lower upper =>
    if has_biases P then star = false /\ nearest_affine_is (inputs G) (size G) (size T) (size P) (outputs G)
      (with_biases G) (with_biases T) (with_biases P) (value lower) (value upper)
    else nearest_is star (inputs G) (size G) (size T) (outputs G) (plain G) (plain T) (plain P) (value lower) (value upper)
  | Jump_norm G T j => if any_biases G T then Jump_norm_biased.jump_norm_biased_is G T (Q2R j) else jump_norm_is G T (Q2R j)
  | Minimal G T lower => same_functions G T /\
    if has_biases G then no_fewer (inputs G) (size G) (outputs G) (with_biases G) lower
    else forall m P, same (inputs G) m (size G) (outputs G) P (plain G) -> (lower <= m)%nat
  | Regions_are G domain regions edges => regions_are G domain regions edges
  | Is_injective G regions edges => regions_are G (whole_domain G) regions edges /\ layer_injective G
  | Equal_on b G T => same_on b G T
  | Differ_on b G T => differ_somewhere b G T
  | Not_injective G => layer_not_injective G
  | With_activation a c => 0 <= Q2R a /\ holds_with a c
  | For_all_k G T sections real => Families.for_all_k G T sections real
  | Sup_norm G T box v => Sup_norms.sup_norm_holds G T box v
  | Local_minimum G samples loss radius =>
    if has_biases G then Minima_biased.minimum_biased_holds G samples loss radius else Minima.minimum_holds G samples loss radius
  | Deep_equal G T => Deep.deep_equal G T
  | Deep_differ G T => Deep.deep_differ G T
  | Deep_reparametrization G T P v => Deep.deep_reparametrization G T P v
  | Violates_C3 G T => let G' := homogenise G T G in let T' := homogenise G T T in
    Opposites.violates_C3 (inputs G') (size G') (size T') (outputs G') (plain G') (plain T')
  end.

(** * The checker *)
Definition check_reparametrization (G T P : network) (dist most : surd) : bool :=
  let G' := homogenise G T G in let T' := homogenise G T T in
  negb (has_biases P) && Nat.eqb (inputs P) (inputs G') && Nat.eqb (inputs P) (inputs T') &&
  Nat.eqb (outputs P) (outputs G') && Nat.eqb (outputs P) (outputs T') && Nat.eqb (size P) (size G') &&
  same_somehow (inputs P) (outputs P) (rows P) (rows T') && distance_is (inputs P) (outputs P) (rows P) (rows G') dist && at_most dist most.

(** a lower end, and an upper end *)
Definition at_least (G : network) (T : option network) (f : Canonical.form) (q : Q) (least : option low) : bool :=
  match least with Some fact => Qeq_bool (low_value fact) q && lower_b G T f fact | None => false end.
Definition check_seminorm (G : network) (T : option network) (lower upper : option Q)
  (shared : list circuit) (least : option low) (trees : list Seminorm.upper) : bool :=
  match stated_form G T with
  | None => false
  | Some f => match lower with None => true | Some q => at_least G T f q least end &&
    match upper with None => true | Some q => upper_b_ G T f q shared trees end
  end.

Definition exceeds (beta s : surd) : bool := is_positive (minus s beta) || is_positive (minus (opp s) beta).
Definition check_C1 (G T : network) (i : nat) (beta : surd) (lower : Q) (least : option low) : bool :=
  let n := nth_neuron (rows G) i in
  negb (any_biases G (Some T)) && Nat.eqb (inputs T) (inputs G) && Nat.eqb (outputs T) (outputs G) && Nat.ltb i (size G) && Qle_bool 0 lower &&
  match stated_form G (Some T) with Some f => at_least G (Some T) f lower least | None => false end &&
  below (outputs G) (fun l => below (inputs G) (fun k => small (rational (lower + lower)) (times (at_ (snd n) l) (at_ (fst n) k)))) &&
  (existsb (fun l => exceeds beta (at_ (snd n) l)) (seq 0 (outputs G)) || existsb (fun k => exceeds beta (at_ (fst n) k)) (seq 0 (inputs G))).

(** Φ of a theorem, or a network with the function of Θ, beside the networks as the theorem takes them *)
Definition fits (G T P : network) : bool :=
  let G' := homogenise G T G in well_formed P && negb (has_biases P) && Nat.eqb (inputs P) (inputs G') && Nat.eqb (outputs P) (outputs G').

Definition check_jump_norm (G : network) (T : option network) (j : Q) : bool :=
  if any_biases G T then Jump_norm_biased.check_jump_norm_biased G T j
  else match stated_form G T with Some f => jump_b G T f j | None => false end.

Definition check_violates_C3 (G T : network) (normals : list (list Q)) (all : option exhaustion) (but_one : list exhaustion) : bool :=
  let G' := homogenise G T G in let T' := homogenise G T T in
  Nat.eqb (inputs G) (inputs T) && Nat.eqb (outputs G) (outputs T) &&
  match all, but_one with Some x, [] => Opposites.check_C3 (inputs G') (outputs G') (rows G') (rows T') normals x | _, _ => false end.

Fixpoint networks_of (c : claim) : list network :=
  match c with
  | With_activation _ c => networks_of c
  | Equal_on _ G T | Differ_on _ G T | Equal G T | Differ G T | Minimal G T _ | Violates_C3b G T _ _ _ | Violates_C3 G T | Lift G T => [G; T]
  | Reparametrization G T P _ _ | Nearest _ G T P _ _ | Theorem_3_1 G T P _ _ | Theorem_3_1_refined G T P _ _ _ | Theorem_3_3 G T P _ _ => [G; T; P]
  | Violates_C2 N _ _ _ | Violates_C3a N _ _ _ | Seminorm N None _ _ | Jump_norm N None _ | Flips_are N _ | Unique N | Local_minimum N _ _ _ | Regions_are N _ _ _ | Is_injective N _ _ | Not_injective N => [N]
  | Seminorm G (Some T) _ _ | Jump_norm G (Some T) _ | Violates_C1 G T _ _ _ => [G; T]
  | For_all_k _ _ _ _ | Deep_equal _ _ | Deep_differ _ _ | Deep_reparametrization _ _ _ _ => []
  | Sup_norm G T _ _ => G :: match T with Some T => [T] | None => [] end
  end.

(** Networks of the activation max(a t, t) as ReLU networks *)
Definition check_with (a : Q) (c : claim) (e : evidence) : bool :=
  Qle_bool 0 a &&
  match c, e with
  | Equal G T, Nothing => equal_functions (as_relu a G) (as_relu a T)
  | Differ G T, Point x => differ_at (as_relu a G) (as_relu a T) x
  | Equal_on b G T, Nothing => equal_on b (as_relu a G) (as_relu a T)
  | Differ_on b G T, Point x => differ_on b (as_relu a G) (as_relu a T) x
  | Seminorm G T lower upper, Bracket shared least trees => check_seminorm (as_relu a G) (option_map (as_relu a) T) lower upper shared least trees
  | _, _ => false
  end.

Definition check (c : certificate) : bool :=
  forallb well_formed (networks_of (about c)) &&
  match about c, because c with
  | Equal G T, Nothing => equal_somehow G T
  | Differ G T, Point x => differ_at G T x
  | Reparametrization G T P dist most, Nothing => check_reparametrization G T P dist most
  | Violates_C2 G i j f, Nothing => violates_C2 (inputs (alone G)) (rows (alone G)) i j f
  | Violates_C3a G i j f, Nothing => violates_C3a (inputs (alone G)) (rows (alone G)) i j f
  | Violates_C3b G T i j f, Nothing =>
    Nat.eqb (inputs G) (inputs T) && violates_C3b (inputs (homogenise G T G)) (rows (homogenise G T G)) (rows (homogenise G T T)) i j f
  | Lift G T, Nothing => check_lift G T
  | Seminorm G T lower upper, Bracket shared least trees => check_seminorm G T lower upper shared least trees
  | Violates_C1 G T i beta lower, Bracket _ least _ => check_C1 (homogenise G T G) (homogenise G T T) i beta lower least
  | Theorem_3_1 G T P c cases, Like other =>
    fits G T P && fits G T other && check_31 (homogenise G T G) (homogenise G T T) P c (rows other) cases
  | Theorem_3_1_refined G T P x dist bound, Like other =>
    fits G T P && fits G T other && check_refined (homogenise G T G) (homogenise G T T) P x dist bound (rows other)
  | Theorem_3_3 G T P c cases, Nothing => fits G T P && check_33 (homogenise G T G) (homogenise G T T) P c cases
  | Flips_are G sets, Exhausted x => if has_biases G then check_flips_affine G sets x else check_flips (inputs G) (outputs G) (rows G) sets x
  | Unique G, Exhausted x => if has_biases G then check_unique_affine G x else check_unique (inputs G) (outputs G) (rows G) x
  | Nearest star G T P lower upper, Apart_biased C e =>
    negb star && has_biases P && well_formed C && check_nearest_affine G T C P e lower upper
  | Nearest star G T P lower upper, Apart C e =>
    negb (has_biases G) && negb (has_biases T) && negb (has_biases P) && Nat.eqb (inputs P) (inputs G) && Nat.eqb (outputs P) (outputs G) &&
    Nat.eqb (inputs T) (inputs G) && Nat.eqb (outputs T) (outputs G) && well_formed C &&
    check_nearest star (inputs G) (outputs G) (rows G) (rows T) (rows C) (rows P) e lower upper
  | Jump_norm G T j, Nothing => check_jump_norm G T j
  | Minimal G T lower, No_orientation normals all but_one =>
    equal_functions G T && if has_biases G then check_minimal_affine G normals lower all but_one
    else negb (has_biases T) && check_minimal (inputs G) (outputs G) (rows G) normals lower all but_one
  | Equal_on b G T, Nothing => equal_on b G T
  | Differ_on b G T, Point x => differ_on b G T x
  | Not_injective G, Two_points x y => check_collides G x y
  | With_activation a c, e => check_with a c e
  | Regions_are G domain regions edges, Regions_seen points why => check_regions G domain regions edges points why
  | Is_injective G regions edges, Regions_seen points why => check_injective G regions edges points why
  | For_all_k G T sections real, Sections_seen es => Families.check_for_all_k G T sections real es
  | Sup_norm G T box v, Point x => Sup_norms.check_sup_norm G T box v x
  | Local_minimum G samples loss radius, Nothing =>
    if has_biases G then Minima_biased.check_minimum_biased G samples loss radius else Minima.check_minimum G samples loss radius
  | Violates_C3 G T, No_orientation normals all but_one => check_violates_C3 G T normals all but_one
  | Deep_equal G T, Rewritten one other => Deep_claims.check_deep_equal G T one other
  | Deep_differ G T, Deep_point x => Deep_claims.check_deep_differ G T x
  | Deep_reparametrization G T P v, Rewritten one other => Deep_claims.check_deep_reparametrization G T P v one other
  | _, _ => false
  end.

Lemma check_reparametrization_sound G T P dist most :
  check_reparametrization G T P dist most = true -> claim_holds (Reparametrization G T P dist most).
Proof.
  unfold check_reparametrization. cbv zeta. rewrite !andb_true_iff, !Nat.eqb_eq. intros [[[[[[[[_ _] _] _] _] S] F] D] M].
  split; [exact (same_somehow_sound _ _ _ _ F)|split; [|exact (at_most_sound _ _ M)]].
  change (@size Surds.term P) with (@size (@term surds) P). rewrite S. exact (distance_is_sound _ _ _ _ _ D).
Qed.

Lemma at_least_sound G T f q least : stated_form G T = Some f -> at_least G T f q least = true ->
  forall r, bounded_by (inputs G) (outputs G) (stated_function G T) r -> Q2R q <= r.
Proof.
  intros F H r B. unfold at_least in H. destruct least as [fact|]; [|discriminate]. rewrite andb_true_iff in H. destruct H as [E H].
  apply Qeq_bool_eq, Qeq_eqR in E. rewrite <- E. exact (lower_b_sound G T f fact F H r B).
Qed.

Lemma check_seminorm_sound G T lower upper shared least trees :
  check_seminorm G T lower upper shared least trees = true -> claim_holds (Seminorm G T lower upper).
Proof.
  unfold check_seminorm. destruct (stated_form G T) as [f|] eqn:F; [|discriminate]. rewrite andb_true_iff. intros [L U].
  cbn [claim_holds]. unfold seminorm_within.
  assert (from_below : forall q, lower = Some q -> forall r, bounded_by (inputs G) (outputs G) (stated_function G T) r -> Q2R q <= r).
  { intros q -> r B. exact (at_least_sound G T f q least F L r B). }
  assert (from_above : forall q, upper = Some q -> bounded_by (inputs G) (outputs G) (stated_function G T) (Q2R q)).
  { intros q ->. exact (upper_b_sound G T f q shared trees F U). }
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

Lemma check_C1_sound G T i beta lower least : check_C1 G T i beta lower least = true ->
  forall r, seminorm (inputs G) (outputs G) (difference (inputs G) (size G) (size T) (plain G) (plain T)) r ->
  Q2R lower <= r /\ ~ C1 (inputs G) (size G) (outputs G) (plain G) r (value beta).
Proof.
  unfold check_C1. cbv zeta. rewrite !andb_true_iff, Nat.ltb_lt, negb_true_iff. intros [[[[[[[N _] _] Hi] P] L] S] X] r [B _].
  apply Qle_bool_R in P. rewrite Q2R_0 in P. destruct (stated_form G (Some T)) as [f|] eqn:F; [|discriminate].
  assert (R : Q2R lower <= r).
  { apply (at_least_sound G (Some T) f lower least F L r). unfold stated_function. rewrite N. exact B. }
  split; [exact R|]. intro C.
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

Lemma check_jump_norm_sound G T j : check_jump_norm G T j = true -> claim_holds (Jump_norm G T j).
Proof.
  unfold check_jump_norm. cbn [claim_holds]. destruct (any_biases G T); [exact (Jump_norm_biased.check_jump_norm_biased_sound G T j)|].
  destruct (stated_form G T) as [f|] eqn:F; [|discriminate]. exact (jump_b_sound G T f j F).
Qed.

Lemma check_violates_C3_sound G T normals all but_one : check_violates_C3 G T normals all but_one = true -> claim_holds (Violates_C3 G T).
Proof.
  unfold check_violates_C3. cbv zeta. rewrite !andb_true_iff. intros [_ H]. destruct all as [x|]; [|discriminate]. destruct but_one; [|discriminate].
  exact (Opposites.check_C3_sound _ _ _ _ _ _ H).
Qed.

(** * Activations *)
Lemma seminorm_within_ext d D f g lower upper : (forall x l, (l < D)%nat -> f x l = g x l) ->
  seminorm_within d D f lower upper -> seminorm_within d D g lower upper.
Proof.
  intros E. assert (B : forall r, bounded_by d D f r -> bounded_by d D g r) by (intros r H; exact (bounded_by_ext _ _ _ _ _ E H)).
  assert (B' : forall r, bounded_by d D g r -> bounded_by d D f r).
  { intros r H. refine (bounded_by_ext _ _ _ _ _ _ H). intros x l Hl. symmetry. exact (E x l Hl). }
  unfold seminorm_within, seminorm. destruct lower as [p|], upper as [q|]; [destruct (Qeq_bool p q)| | |]; intuition.
Qed.

Lemma check_with_sound a c e : forallb well_formed (networks_of c) = true -> check_with a c e = true -> 0 <= Q2R a /\ holds_with a c.
Proof.
  unfold check_with. rewrite andb_true_iff. intros W [A H]. split; [apply Qle_bool_R in A; rewrite Q2R_0 in A; exact A|].
  assert (F : forall N, In N (networks_of c) -> forall x l, function_of (as_relu a N) x l = function_with a N x l).
  { intros N I x l. rewrite forallb_forall in W. exact (as_relu_function a N x l (W N I) A). }
  destruct c, e; try discriminate H; cbn [holds_with networks_of] in *.
  - assert (S : alike G T). { unfold equal_functions in H. rewrite !andb_true_iff, !Nat.eqb_eq in H. split; symmetry; tauto. }
    split; [exact S|]. apply equal_functions_sound in H. rewrite (same_functions_of (as_relu a G) (as_relu a T) (proj1 S)) in H.
    intros x l Hl. rewrite <- !F by (simpl; tauto). exact (H x l Hl).
  - assert (S : alike G T). { unfold differ_at in H. rewrite !andb_true_iff, !Nat.eqb_eq in H. split; symmetry; tauto. }
    split; [exact S|]. apply differ_at_sound in H. rewrite (same_functions_of (as_relu a G) (as_relu a T) (proj1 S)) in H. intro E. apply H.
    intros y l Hl. rewrite !F by (simpl; tauto). exact (E y l Hl).
  - assert (S : match T with None => True | Some T => inputs T = inputs G end).
    { unfold check_seminorm in H. destruct (stated_form _ _) as [f|] eqn:Q; [|discriminate]. destruct (stated_form_sound _ _ _ Q) as [_ S].
      destruct T; [exact (proj1 S)|exact Logic.I]. }
    apply check_seminorm_sound in H. cbn [claim_holds as_relu inputs outputs] in H. revert H. apply seminorm_within_ext. intros x l _.
    rewrite stated_function_of by (destruct T; exact S). destruct T as [T|]; cbn [option_map stated_with]; rewrite !F by (simpl; tauto); reflexivity.
  - apply equal_on_sound in H. destruct H as [HG [HT [HD H]]]. cbn [as_relu inputs outputs] in *.
    split; [split; congruence|split; [exact HG|]]. intros x l B Hl. rewrite <- !F by (simpl; tauto). exact (H x l B Hl).
  - apply differ_on_sound in H. destruct H as [HG [HT [HD [y [l [B [Hl N]]]]]]]. cbn [as_relu inputs outputs] in *.
    split; [split; congruence|split; [exact HG|]]. exists y, l. rewrite !F in N by (simpl; tauto). tauto.
Qed.

(** What the checker accepts is true. *)
Theorem check_sound : forall c, check c = true -> claim_holds (about c).
Proof.
  intros [c e]. unfold check. cbn [about because]. rewrite andb_true_iff. intros [W H]. destruct c, e; try discriminate H;
    try match type of W with forallb well_formed (networks_of (With_activation ?a ?c)) = true => exact (check_with_sound a c _ W H) end.
  - exact (equal_somehow_sound _ _ H).
  - exact (differ_at_sound _ _ _ H).
  - exact (check_reparametrization_sound _ _ _ _ _ H).
  - split; [|exact (violates_C2_sound _ _ _ _ _ H)].
    unfold violates_C2 in H. rewrite !andb_true_iff in H. exact (proj2 (is_multiple_sound _ _ _ _ (proj2 H))).
  - split; [|exact (violates_C3a_sound _ _ _ _ _ H)].
    unfold violates_C3a in H. rewrite !andb_true_iff in H. exact (proj2 (is_multiple_sound _ _ _ _ (proj2 H))).
  - rewrite !andb_true_iff in H. destruct H as [_ H]. split; [|exact (violates_C3b_sound _ _ _ _ _ _ H)].
    unfold violates_C3b in H. rewrite !andb_true_iff in H. exact (proj2 (is_multiple_sound _ _ _ _ (proj2 H))).
  - exact (check_lift_sound _ _ H).
  - exact (check_seminorm_sound _ _ _ _ _ _ _ H).
  - exact (check_C1_sound _ _ _ _ _ _ H).
  - rewrite !andb_true_iff in H. exact (check_31_sound _ _ _ _ _ _ (proj2 H)).
  - rewrite !andb_true_iff in H. exact (check_refined_sound _ _ _ _ _ _ _ (proj2 H)).
  - rewrite !andb_true_iff in H. exact (check_33_sound _ _ _ _ _ (proj2 H)).
  - cbn [claim_holds]. destruct (has_biases G); [exact (check_flips_affine_sound _ _ _ H)|exact (check_flips_sound _ _ _ _ _ H)].
  - cbn [claim_holds]. destruct (has_biases G); [exact (check_unique_affine_sound _ _ H)|exact (check_unique_sound _ _ _ _ H)].
  - rewrite !andb_true_iff, !negb_true_iff in H. cbn [claim_holds].
    assert (has_biases P = false) as -> by tauto. exact (check_nearest_sound _ _ _ _ _ _ _ _ _ _ (proj2 H)).
  - rewrite !andb_true_iff, negb_true_iff in H. destruct H as [[[S B] _] H]. cbn [claim_holds]. rewrite B.
    split; [exact S|exact (check_nearest_affine_sound _ _ _ _ _ _ _ H)].
  - exact (check_jump_norm_sound _ _ _ H).
  - rewrite andb_true_iff in H. destruct H as [F M]. cbn [claim_holds]. split; [exact (equal_functions_sound _ _ F)|].
    destruct (has_biases G); [exact (check_minimal_affine_sound _ _ _ _ _ M)|]. rewrite andb_true_iff in M.
    exact (check_minimal_sound _ _ _ _ _ _ _ (proj2 M)).
  - cbn [networks_of forallb] in W. rewrite andb_true_r in W. exact (check_regions_sound _ _ _ _ _ _ W H).
  - cbn [networks_of forallb] in W. rewrite andb_true_r in W. split; [|exact (check_injective_sound _ _ _ _ _ W H)].
    unfold check_injective in H. rewrite andb_true_iff in H. exact (check_regions_sound _ _ _ _ _ _ W (proj1 H)).
  - exact (equal_on_sound _ _ _ H).
  - exact (differ_on_sound _ _ _ _ H).
  - exact (check_collides_sound _ _ _ H).
  - exact (Families.check_for_all_k_sound _ _ _ _ _ H).
  - exact (Sup_norms.check_sup_norm_sound _ _ _ _ _ H).
  - cbn [claim_holds]. destruct (has_biases G); [exact (Minima_biased.check_minimum_biased_sound _ _ _ _ H)|exact (Minima.check_minimum_sound _ _ _ _ H)].
  - exact (Deep_claims.check_deep_equal_sound _ _ _ _ H).
  - exact (Deep_claims.check_deep_differ_sound _ _ _ H).
  - exact (Deep_claims.check_deep_reparametrization_sound _ _ _ _ _ _ H).
  - exact (check_violates_C3_sound _ _ _ _ _ H).
Qed.
