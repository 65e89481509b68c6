(** Claims of certificates, what they say in the words of Statements.v, and a checker of them that is proved right. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Biases Distances Directions.
Import ListNotations.
Open Scope R_scope.

Inductive claim :=
| Equal (G T : network)
| Differ (G T : network)
| Reparametrization (G T P : network) (dist most : surd)
| Violates_C2 (G : network) (i j : nat) (factor : surd)
| Violates_C3a (N : network) (i j : nat) (factor : surd)
| Violates_C3b (G T : network) (i j : nat) (factor : surd)
| Lift (G T : network).

(** What the checker does not see itself: a point. *)
Inductive evidence := Nothing | Point (x : list surd).
Record certificate := Certificate { about : claim; because : evidence }.

(** A pair is homogenised if one of them has biases. *)
Definition homogenise (G T : network) : network -> network := homogenised (has_biases G || has_biases T).

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
  end.

(** * Lifted networks, on (x, 1): the last two entries act as their difference *)
Definition lowered (d : nat) (N : list neuron) : list neuron :=
  map (fun n => (first d (fst n) ++ [minus (at_ (fst n) d) (at_ (fst n) (S d))], snd n)) N.

Lemma dot_lifted d v x : dot (d + 2) v (lifted d x) = dot d v x + (v d - v (S d)).
Proof.
  replace (d + 2)%nat with (S (S d)) by lia. unfold dot. cbn [sum]. unfold lifted at 2 3. rewrite Nat.ltb_irrefl, Nat.eqb_refl.
  replace (Nat.ltb (S d) d) with false by (symmetry; apply Nat.ltb_ge; lia). replace (Nat.eqb (S d) d) with false by (symmetry; apply Nat.eqb_neq; lia).
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

Definition networks_of (c : claim) : list network :=
  match c with
  | Equal G T | Differ G T | Violates_C3b G T _ _ _ | Lift G T => [G; T]
  | Reparametrization G T P _ _ => [G; T; P]
  | Violates_C2 N _ _ _ | Violates_C3a N _ _ _ => [N]
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
Qed.
