(** What claims for all k say of Γ and Θ at one k, over numbers of any kind, and a checker of it. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums Gradients Optimisation.
From relucert.checker Require Import Numbers Networks Distances Directions Biases Differences Boxes Jump_bounds Nearest Affine
  Nearest_affine Lift Sup_norms Minima.
From relucert.families Require Import Seminorm_trees Choices Flips_by_choices Minimal_by_choices.
Import ListNotations.
Open Scope R_scope.

Inductive stated_of (T : Type) :=
(** on all of R^d, or on a box *)
| F_equal (on : option box)
| F_seminorm (r : list T)
| F_sup_norm (b : box) (most : list T)
(** all that compete are at least [least] away, which is more than [above]; P is a nearest of them *)
| F_separated (least : list T) (above : option (list T))
| F_nearest (star : bool) (P : network_of T) (dist : list T) (above : option (list T))
| F_reparametrization (P : network_of T) (dist : list T)
| F_lift (P : network_of T)
| F_jump_norm (j : list T)
| F_flips (sets : list (list nat))
(** P has the same function, and no network with fewer than [lower] neurons has it *)
| F_minimal (P : network_of T) (lower : nat)
| F_local_minimum (samples : list (list (list T) * list (list T))) (loss radius : list T).
Arguments F_equal {T}. Arguments F_seminorm {T}. Arguments F_sup_norm {T}. Arguments F_separated {T}. Arguments F_nearest {T}.
Arguments F_reparametrization {T}. Arguments F_lift {T}. Arguments F_jump_norm {T}. Arguments F_flips {T}. Arguments F_minimal {T}. Arguments F_local_minimum {T}.
Notation stated := (stated_of term).
(** a point; one with an entry (output, input) of the gradient, and a tree for a seminorm; why nothing is nearer; why no other sets can be flipped;
    why fewer neurons are not enough *)
Inductive seen_of (T : Type) := F_nothing | F_point (x : list (list T))
| F_bracket (x : list (list T)) (l k : nat) (t : tree_of T) | F_why (e : far_affine_of T) | F_chosen (c : choices_of T)
| F_few (e : few_of T).
Arguments F_nothing {T}. Arguments F_point {T}. Arguments F_bracket {T}. Arguments F_why {T}. Arguments F_chosen {T}. Arguments F_few {T}.
Notation seen := (seen_of term).

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** * What is said *)
Definition of_shape (P G : network) : Prop := inputs P = inputs G /\ outputs P = outputs G.
(** those with R(Θ) = R(Q) that compete for being nearest to Γ; with biases they have them too *)
Definition all_away (star : bool) (G T : network) (least : R) : Prop :=
  let d := inputs G in let D := outputs G in
  if any_biases G (Some T)
  then star = false /\ forall Q, same_biased d (size G) (size T) D Q (with_biases T) -> least <= biased_distance d (size G) D Q (with_biases G)
  else forall Q, competes star d (size G) (size T) D (plain T) Q -> least <= distance d (size G) D Q (plain G).
(** R(P) = R(Θ) and ‖P − Γ‖ is this *)
Definition is_at (P G T : network) (dist : R) : Prop :=
  of_shape P G /\ size P = size G /\ same_functions P T /\
  if any_biases G (Some T) then biased_distance (inputs G) (size G) (outputs G) (with_biases P) (with_biases G) = dist
  else has_biases P = false /\ distance (inputs G) (size G) (outputs G) (plain P) (plain G) = dist.
Definition more_than (dist : surd) (above : option surd) : Prop := match above with Some a => value a < value dist | None => True end.

Definition says (G : network) (T : option network) (s : stated) : Prop :=
  match s, T with
  | F_equal None, Some T => of_shape T G /\ same_functions G T
  | F_equal (Some b), Some T => same_on b G T
  | F_seminorm r, _ => seminorm (inputs G) (outputs G) (stated_function G T) (value r)
  | F_sup_norm b most, _ => sup_norm_holds G T b most
  | F_separated least above, Some T => of_shape T G /\ all_away false G T (value least) /\ more_than least above
  | F_nearest star P dist above, Some T => of_shape T G /\ all_away star G T (value dist) /\ is_at P G T (value dist) /\
    (if star then in_Nstar (inputs P) (size P) (outputs P) (plain P) else True) /\ more_than dist above
  | F_reparametrization P dist, Some T => of_shape T G /\ is_at P G T (value dist)
  | F_lift P, None => lift_holds P G
  | F_jump_norm j, _ => jump_norm_is G T (value j)
  | F_flips sets, None => flips_said G sets
  | F_minimal P lower, None => of_shape P G /\ same_functions P G /\ minimal_said G lower
  | F_local_minimum samples loss radius, None => minimum_holds G samples loss radius
  | _, _ => False
  end.

(** * The checker *)
Definition of_shape_b (P G : network) : bool := Nat.eqb (inputs P) (inputs G) && Nat.eqb (outputs P) (outputs G).
Definition all_away_b (star : bool) (G T : network) (e : far_affine) (least : surd) : bool :=
  if any_biases G (Some T) then negb star && check_away_affine G T e least
  else match e with
    | Far e => (if star then check_far_star else check_far) (inputs G) (outputs G) (rows G) (rows T) e least
    | _ => false
    end.
Definition is_at_b (P G T : network) (dist : surd) : bool :=
  well_formed P && of_shape_b P G && Nat.eqb (size P) (size G) && equal_functions P T &&
  if any_biases G (Some T) then at_most [] dist && close P G dist && reached P G dist
  else negb (has_biases P) && distance_is (inputs G) (outputs G) (rows P) (rows G) dist.
Definition more_than_b (dist : surd) (above : option surd) : bool := match above with Some a => is_positive (minus dist a) | None => true end.
Definition seminorm_b (G : network) (T : option network) (x : list surd) (l k : nat) (t : tree) (r : surd) : bool :=
  let affine := any_biases G T in let N := stated_rows G T in
  same_shape G T && bounded_b affine (inputs G) (outputs G) N r t && reaches_b affine (inputs G) (outputs G) N x l k r.

Definition says_b (G : network) (T : option network) (s : stated) (e : seen) : bool :=
  match s, T, e with
  | F_equal None, Some T, F_nothing => of_shape_b T G && equal_functions G T
  | F_equal (Some b), Some T, F_nothing => equal_on b G T
  | F_seminorm r, _, F_bracket x l k t => seminorm_b G T x l k t r
  | F_sup_norm b most, _, F_point x => check_sup_norm G T b most x
  | F_separated least above, Some T, F_why e => of_shape_b T G && all_away_b false G T e least && more_than_b least above
  | F_nearest star P dist above, Some T, F_why e => of_shape_b T G && all_away_b star G T e dist && is_at_b P G T dist &&
    (if star then in_Nstar_b (inputs P) (outputs P) (rows P) else true) && more_than_b dist above
  | F_reparametrization P dist, Some T, F_nothing => of_shape_b T G && is_at_b P G T dist
  | F_lift P, None, F_nothing => well_formed P && check_lift P G
  | F_jump_norm j, _, F_nothing => same_shape G T && jump_norm_b G T j
  | F_flips sets, None, F_chosen c => flips_by G sets c
  | F_minimal P lower, None, F_few e => well_formed P && of_shape_b P G && equal_functions P G && minimal_by G lower e
  | F_local_minimum samples loss radius, None, F_nothing => check_minimum G samples loss radius
  | _, _, _ => false
  end.

(** * Soundness *)
Lemma of_shape_sound P G : of_shape_b P G = true -> of_shape P G.
Proof. unfold of_shape_b, of_shape. rewrite andb_true_iff, !Nat.eqb_eq. auto. Qed.

Lemma more_than_sound dist above : more_than_b dist above = true -> more_than dist above.
Proof. unfold more_than, more_than_b. destruct above; [|trivial]. intro H. apply is_positive_sound in H. rewrite minus_value in H. lra. Qed.

Lemma all_away_sound star G T e least : of_shape T G -> all_away_b star G T e least = true -> all_away star G T (value least).
Proof.
  intros [I _]. unfold all_away_b, all_away. cbv zeta. destruct (any_biases G (Some T)).
  - rewrite andb_true_iff, negb_true_iff. intros [S H]. split; [exact S|]. intros Q E. exact (check_away_affine_sound G T e least H I Q E).
  - intros H Q [N E]. destruct e as [e| |]; [|discriminate|discriminate]. destruct star.
    + exact (check_far_star_sound _ _ _ _ _ _ H Q N E).
    + exact (check_far_sound _ _ _ _ _ _ H Q E).
Qed.

Lemma is_at_sound P G T dist : is_at_b P G T dist = true -> is_at P G T (value dist).
Proof.
  unfold is_at_b, is_at. rewrite !andb_true_iff, Nat.eqb_eq. intros [[[[_ S] L] F] D]. apply of_shape_sound in S.
  split; [exact S|split; [exact L|split; [exact (equal_functions_sound _ _ F)|]]]. destruct S as [I _]. destruct (any_biases G (Some T)).
  - rewrite !andb_true_iff in D. destruct D as [[V C] R]. apply at_most_sound in V. rewrite value_nil in V.
    apply Rle_antisym; [exact (close_sound P G dist I L V C)|exact (reached_sound P G dist I L V R)].
  - rewrite andb_true_iff, negb_true_iff in D. split; [exact (proj1 D)|exact (distance_is_sound _ _ _ _ _ (proj2 D))].
Qed.

Lemma seminorm_b_sound G T x l k t r : seminorm_b G T x l k t r = true -> seminorm (inputs G) (outputs G) (stated_function G T) (value r).
Proof.
  unfold seminorm_b. cbv zeta. rewrite !andb_true_iff. intros [[S U] L].
  assert (S' : match T with Some T => inputs T = inputs G /\ outputs T = outputs G | None => True end).
  { destruct T as [T|]; [|trivial]. cbn [same_shape] in S. rewrite andb_true_iff, !Nat.eqb_eq in S. exact S. }
  assert (E := fun x l => stated_is G T x l S'). split.
  - apply (bounded_by_ext _ _ _ _ _ E). exact (bounded_b_sound _ _ _ _ _ _ U).
  - intros r' H. apply (reaches_b_sound _ _ _ _ _ _ _ _ L). apply (bounded_by_ext _ _ (stated_function G T)); [|exact H].
    intros. symmetry. now apply E.
Qed.

Theorem says_b_sound G T s e : says_b G T s e = true -> says G T s.
Proof.
  intro H. destruct s as [[b|]|r|b most|least above|star P dist above|P dist|P|j|sets|P lower|samples loss radius], T as [T|], e as [|x|x l k t|e|c|e];
    try discriminate H; cbn [says says_b] in *.
  - exact (equal_on_sound _ _ _ H).
  - rewrite andb_true_iff in H. split; [exact (of_shape_sound _ _ (proj1 H))|exact (equal_functions_sound _ _ (proj2 H))].
  - exact (seminorm_b_sound _ _ _ _ _ _ _ H).
  - exact (seminorm_b_sound _ _ _ _ _ _ _ H).
  - exact (check_sup_norm_sound _ _ _ _ _ H).
  - exact (check_sup_norm_sound _ _ _ _ _ H).
  - rewrite !andb_true_iff in H. destruct H as [[S A] M]. apply of_shape_sound in S.
    split; [exact S|split; [exact (all_away_sound _ _ _ _ _ S A)|exact (more_than_sound _ _ M)]].
  - rewrite !andb_true_iff in H. destruct H as [[[[S A] P'] N] M]. apply of_shape_sound in S.
    split; [exact S|split; [exact (all_away_sound _ _ _ _ _ S A)|split; [exact (is_at_sound _ _ _ _ P')|split; [|exact (more_than_sound _ _ M)]]]].
    destruct star; [|trivial]. exact (proj2 (in_Nstar_sound _ _ _ N)).
  - rewrite andb_true_iff in H. split; [exact (of_shape_sound _ _ (proj1 H))|exact (is_at_sound _ _ _ _ (proj2 H))].
  - rewrite andb_true_iff in H. exact (check_lift_sound _ _ (proj2 H)).
  - rewrite andb_true_iff in H. exact (jump_norm_b_sound _ _ _ (proj2 H)).
  - rewrite andb_true_iff in H. exact (jump_norm_b_sound _ _ _ (proj2 H)).
  - exact (flips_by_sound _ _ _ H).
  - rewrite !andb_true_iff in H. destruct H as [[[_ S] E] M].
    split; [exact (of_shape_sound _ _ S)|split; [exact (equal_functions_sound _ _ E)|exact (minimal_by_sound _ _ _ M)]].
  - exact (check_minimum_sound _ _ _ _ H).
Qed.
End Over_numbers.
