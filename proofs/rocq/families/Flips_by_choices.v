(** The claim `flips` where what the sets have to solve may depend on k. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Biases Bindings Exhaustion Flips Nearest_affine Vertices.
From relucert.families Require Import Choices.
Import ListNotations.
Open Scope R_scope.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** c_i a_iᵀ by rows, of the first d columns *)
Definition matrix (d D : nat) (n : neuron) : list surd := map (fun e => times (at_ (snd n) (e / d)) (at_ (fst n) (e mod d))) (seq 0 (D * d)).
Definition sets_by (d D : nat) (N : list neuron) (sets : list (list nat)) (c : choices) : bool :=
  let vs := map (matrix d D) N in
  only_sets (D * d) vs [] c ([] :: sets) && forallb (set_solves (D * d) vs []) sets.
Definition flips_by (N : network) (sets : list (list nat)) (c : choices) : bool :=
  let d := inputs N in let D := outputs N in
  if has_biases N then one_slope_each d D (columns N) && sets_by d D (columns N) sets c
  else one_kink_each d D (rows N) && sets_by d D (rows N) sets c.
Definition flips_said (N : network) (sets : list (list nat)) : Prop :=
  if has_biases N then flips_affine_are N sets else flips_are (inputs N) (size N) (outputs N) (plain N) sets.

Lemma matrix_entry d D n l k : (k < d)%nat -> (l < D)%nat -> vector (matrix d D n) (l * d + k)%nat = weight n l * vector (fst n) k.
Proof.
  intros Hk Hl. unfold vector at 1, matrix. rewrite at_map by nia. rewrite times_value.
  replace ((l * d + k) / d)%nat with l by (rewrite Nat.div_add_l, Nat.div_small by lia; lia).
  replace ((l * d + k) mod d)%nat with k by (rewrite Nat.add_comm, Nat.mod_add, Nat.mod_small by lia; reflexivity). reflexivity.
Qed.

Lemma solves_flippable d D N F : solves (D * d) (map (matrix d D) N) [] F <-> flippable d (length N) D (denoted N) F.
Proof.
  assert (E : forall l k, (k < d)%nat -> (l < D)%nat ->
    sum (length (map (matrix d D) N)) (fun i => if F i then vector (nth i (map (matrix d D) N) []) (l * d + k)%nat else 0) =
    sum (length N) (fun i => if F i then outer (denoted N) i l * inner (denoted N) i k else 0)).
  { intros l k Hk Hl. rewrite map_length. apply sum_ext. intros i Hi. destruct (F i); [|reflexivity].
    rewrite nth_indep with (d' := matrix d D ([], [])) by (rewrite map_length; exact Hi). rewrite map_nth. exact (matrix_entry d D _ l k Hk Hl). }
  assert (Z : forall e, vector [] e = 0) by (intros [|e]; exact value_nil). split; intro S.
  - intros k l Hk Hl. rewrite <- (E l k Hk Hl), (S (l * d + k)%nat) by nia. apply Z.
  - intros e He. rewrite Z. assert (d <> 0)%nat by nia. rewrite (Nat.div_mod e d) by assumption. rewrite (Nat.mul_comm d).
    rewrite E; [apply S| |]; try (apply Nat.mod_upper_bound; assumption); apply Nat.div_lt_upper_bound; nia.
Qed.

Theorem sets_by_sound d D N sets c : sets_by d D N sets c = true -> forall F, flippable d (length N) D (denoted N) F <->
  exists s, In s ([] :: sets) /\ forall i, (i < length N)%nat -> F i = member i s.
Proof.
  unfold sets_by. cbv zeta. rewrite andb_true_iff, forallb_forall. intros [O S] F. rewrite <- solves_flippable. split.
  - intro H. destruct (only_sets_sound _ _ _ _ _ F O H) as [s [I E]]. rewrite map_length in E. now exists s.
  - intros [s [[<-|I] E]].
    + intros e _. rewrite sum_zero; [symmetry; destruct e; exact value_nil|]. rewrite map_length. intros i Hi. now rewrite (E i Hi).
    + apply (solves_ext _ _ _ (fun i => member i s)); [|exact (set_solves_sound _ _ _ s (S s I))]. rewrite map_length.
      intros i Hi. symmetry. exact (E i Hi).
Qed.

Theorem flips_by_sound N sets c : flips_by N sets c = true -> flips_said N sets.
Proof.
  unfold flips_by, flips_said. cbv zeta. destruct (has_biases N); rewrite andb_true_iff; intros [K H].
  - exact (flips_affine_from N sets K (sets_by_sound _ _ _ _ _ H)).
  - split; [exact (one_kink_each_sound _ _ _ K)|exact (sets_by_sound _ _ _ _ _ H)].
Qed.
End Over_numbers.
