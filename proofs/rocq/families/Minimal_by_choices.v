(** The claim `minimal` where kinks and what their orientations have to solve may depend on k. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums Jumps Parametrizations.
From relucert.checker Require Import Numbers Networks Distances Directions Biases Bindings Exhaustion Flips Lines Orientations Kinks Affine
  Affine_flips Nearest_affine Minimal Vertices.
From relucert.families Require Import Choices.
Import ListNotations.
Open Scope R_scope.

(** the normals of kinks, why no orientations of them fit, and why none fit but for one kink *)
Record few_of (T : Type) := Few { f_normals : list (list (list T)); f_all : option (choices_of T); f_but_one : list (choices_of T) }.
Arguments Few {T}. Arguments f_normals {T}. Arguments f_all {T}. Arguments f_but_one {T}.
Notation few := (few_of term).

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** the jump of output l times entry k of the normal a *)
Definition turned_by (s : surd) (x : surd) : surd := if is_positive s then x else opp x.
Definition part_of (d : nat) (N : list neuron) (a : list surd) (l k : nat) : surd :=
  match pivot d a with
  | None => []
  | Some p => turned_by (at_ a p) (weighed (filter (on d p a) N) (fun n => if is_zero (entry p n) then [] else turned_by (entry p n) (at_ (fst n) k)) l)
  end.
Definition entries_by (dk D : nat) (f : nat -> nat -> surd) : list surd := map (fun e => f (e / dk)%nat (e mod dk)%nat) (seq 0 (D * dk)).
Definition twice_part (d : nat) (N : list neuron) (a : list surd) (l k : nat) : surd := let s := part_of d N a l k in plus s s.
(** Σ J_H − 2M, where Σ c_i a_iᵀ is 2M *)
Definition rest_of (d : nat) (N : list neuron) (normals : list (list surd)) (l k : nat) : surd :=
  minus (total (length normals) (fun j => part_of d N (nth j normals []) l k)) (weighed N (entry k) l).
(** modulo multiples of u *)
Definition modulo (p : nat) (u : list surd) (f : nat -> nat -> surd) (l k : nat) : surd :=
  minus (times (f l k) (at_ u p)) (times (f l p) (at_ u k)).

Definition no_fit_by (d dk D : nat) (N : list neuron) (normals : list (list surd)) (c : choices) : bool :=
  forallb (fun a => match pivot d a with Some p => sorted_out d p a N | None => false end) normals &&
  only_sets (D * dk) (map (fun a => entries_by dk D (twice_part d N a)) normals) (entries_by dk D (rest_of d N normals)) c [].
Definition no_fit_but_by (d dk D : nat) (N : list neuron) (normals : list (list surd)) (j : nat) (c : choices) : bool :=
  let u := nth j normals [] in
  forallb (fun a => match pivot d a with Some p => sorted_out d p a N | None => false end) normals &&
  match pivot dk u with
  | None => false
  | Some p => only_sets (D * dk) (map (fun a => entries_by dk D (modulo p u (twice_part d N a))) normals)
    (entries_by dk D (modulo p u (rest_of d N normals))) c []
  end.
Definition few_b (d dk D : nat) (N : list neuron) (lower : nat) (e : few) : bool :=
  let h := length (f_normals e) in
  kinks_b d dk D N (f_normals e) &&
  (Nat.leb lower h ||
   match f_all e with
   | None => false
   | Some c => no_fit_by d dk D N (f_normals e) c &&
     (Nat.leb lower (h + 1) ||
      (Nat.leb lower (h + 2) && all_kinks d D N (f_normals e) && for_all_2 (no_fit_but_by d dk D N (f_normals e)) (seq 0 h) (f_but_one e)))
   end).
Definition minimal_by (N : network) (lower : nat) (e : few) : bool :=
  if has_biases N then few_b (S (inputs N)) (inputs N) (outputs N) (columns N) lower e
  else few_b (inputs N) (inputs N) (outputs N) (rows N) lower e.
Definition minimal_said (N : network) (lower : nat) : Prop :=
  if has_biases N then no_fewer (inputs N) (size N) (outputs N) (with_biases N) lower
  else forall m P, same (inputs N) m (size N) (outputs N) P (plain N) -> (lower <= m)%nat.

Lemma turned_by_value s x : value s <> 0 -> (is_positive s = true \/ known s = true) -> value (turned_by s x) = value s / Rabs (value s) * value x.
Proof.
  intros NZ K. unfold turned_by. destruct (is_positive s) eqn:P.
  - apply is_positive_sound in P. rewrite Rabs_pos_eq by lra. field. lra.
  - destruct K as [K|K]; [discriminate|]. unfold known, is_positive in *. destruct (sign s) as [[| |]|] eqn:S; try discriminate;
      apply sign_sound in S; simpl in S; [contradiction|]. rewrite opp_value, Rabs_left by exact S. field. lra.
Qed.

Lemma definite_known s : definite s = true -> is_positive s = true \/ known s = true.
Proof.
  unfold definite. rewrite orb_true_iff. intros [H|H]; [now left|right]. unfold is_negative in H. unfold known. destruct (sign s); [reflexivity|discriminate].
Qed.

Lemma part_of_value d N a p l k : pivot d a = Some p -> sorted_out d p a N = true -> (k < d)%nat ->
  value (part_of d N a l k) = jump d (length N) (denoted N) (vector a) l * vector a k.
Proof.
  intros P S Hk. unfold part_of. rewrite P. pose proof (pivot_sound _ _ _ P) as [Hp NZ].
  assert (Df : definite (at_ a p) = true) by (apply find_some in P; exact (proj2 P)).
  rewrite (turned_by_value (at_ a p) _ NZ (definite_known _ Df)).
  assert (J := jump_by_sound d p a N l Hp NZ S). unfold jump_by in J. rewrite weighed_value in J |- *.
  change (value (at_ a p)) with (vector a p).
  apply Rmult_eq_reg_l with (Rabs (vector a p)); [|apply Rabs_no_R0, NZ].
  replace (Rabs (vector a p) * (jump d (length N) (denoted N) (vector a) l * vector a k)) with
    (Rabs (vector a p) * jump d (length N) (denoted N) (vector a) l * vector a k) by ring. rewrite <- J.
  rewrite (added_ext _ (fun n => vector a k / vector a p * (weight n l * value (absolute (entry p n))))).
  - rewrite added_scal. field. split; [exact NZ|apply Rabs_no_R0, NZ].
  - intros n I. apply filter_In in I. destruct I as [_ O]. destruct (on_sound d p a n NZ O) as [M V]. rewrite V.
    unfold on in O. rewrite andb_true_iff in O. destruct O as [_ K]. change (vector (fst n) p) with (value (entry p n)) in *.
    pose proof (M k Hk) as Mk. change (value (at_ (fst n) k)) with (vector (fst n) k).
    destruct (is_zero (entry p n)) eqn:Z.
    + apply is_zero_sound in Z. rewrite value_nil, Z, Rabs_R0. ring.
    + destruct (Req_EM_T (value (entry p n)) 0) as [E|NE].
      * unfold turned_by. rewrite E, Rabs_R0.
        assert (X : vector (fst n) k = 0) by (rewrite Mk, E; unfold Rdiv; ring).
        destruct (is_positive (entry p n)); rewrite ?opp_value; change (value (at_ (fst n) k)) with (vector (fst n) k); rewrite X; ring.
      * rewrite (turned_by_value _ _ NE (or_intror K)). change (value (at_ (fst n) k)) with (vector (fst n) k). rewrite Mk.
        assert (Sq : Rabs (value (entry p n)) * Rabs (value (entry p n)) = value (entry p n) * value (entry p n)).
        { rewrite <- Rabs_mult. apply Rabs_pos_eq. nra. }
        assert (A : Rabs (value (entry p n)) <> 0) by now apply Rabs_no_R0.
        apply Rmult_eq_reg_l with (Rabs (value (entry p n))); [|exact A]. unfold Rdiv.
        replace (Rabs (value (entry p n)) * (weight n l * (value (entry p n) * / Rabs (value (entry p n)) * (value (entry p n) * / vector a p * vector a k))))
          with (weight n l * (value (entry p n) * value (entry p n)) * / vector a p * vector a k) by (field; split; assumption).
        rewrite <- Sq. ring.
Qed.

Lemma entries_by_value dk D f l k : (k < dk)%nat -> (l < D)%nat -> vector (entries_by dk D f) (l * dk + k)%nat = value (f l k).
Proof.
  intros Hk Hl. unfold vector, entries_by. rewrite at_map by nia.
  replace ((l * dk + k) / dk)%nat with l by (rewrite Nat.div_add_l, Nat.div_small by lia; lia).
  replace ((l * dk + k) mod dk)%nat with k by (rewrite Nat.add_comm, Nat.mod_add, Nat.mod_small by lia; reflexivity). reflexivity.
Qed.

(** entry by entry *)
Lemma solves_entries dk D (A : Type) (as_ : list A) (d0 : A) (f : A -> nat -> nat -> surd) (t : nat -> nat -> surd) (F : nat -> bool) :
  (forall l k : nat, (k < dk)%nat -> (l < D)%nat ->
    sum (length as_) (fun i => if F i then value (f (nth i as_ d0) l k) else 0) = value (t l k)) ->
  solves (D * dk) (map (fun a => entries_by dk D (f a)) as_) (entries_by dk D t) F.
Proof.
  intros H e He. assert (dk <> 0)%nat by nia. rewrite (Nat.div_mod e dk) by assumption. rewrite (Nat.mul_comm dk).
  assert (K : (e mod dk < dk)%nat) by (apply Nat.mod_upper_bound; assumption).
  assert (L : (e / dk < D)%nat) by (apply Nat.div_lt_upper_bound; nia).
  rewrite (entries_by_value dk D t _ _ K L), <- (H _ _ K L), map_length. apply sum_ext. intros i Hi. destruct (F i); [|reflexivity].
  rewrite nth_indep with (d' := entries_by dk D (f d0)) by (rewrite map_length; exact Hi).
  rewrite (map_nth (fun a => entries_by dk D (f a))). exact (entries_by_value dk D _ _ _ K L).
Qed.

Lemma nothing_solves n vs t c F : only_sets n vs t c [] = true -> ~ solves n vs t F.
Proof. intros H S. destruct (only_sets_sound _ _ _ _ _ _ H S) as [s [[] _]]. Qed.

Definition all_sorted (d : nat) (N : list neuron) (normals : list (list surd)) : Prop := forall l k j, (k < d)%nat -> (j < length normals)%nat ->
  value (part_of d N (nth j normals []) l k) = jump d (length N) (denoted N) (lines_of normals j) l * lines_of normals j k.
Lemma all_sorted_sound d N normals :
  forallb (fun a => match pivot d a with Some p => sorted_out d p a N | None => false end) normals = true -> all_sorted d N normals.
Proof.
  rewrite forallb_forall. intros H l k j Hk Hj. specialize (H _ (nth_In normals [] Hj)). cbv beta in H.
  destruct (pivot d (nth j normals [])) as [p|] eqn:P; [|discriminate]. exact (part_of_value d N _ p l k P H Hk).
Qed.

(** Σ_F 2 J_H − (Σ J_H − 2M) is what F leaves of the linear part *)
Lemma orientation_sum d N normals (F : nat -> bool) l k : all_sorted d N normals -> (k < d)%nat ->
  sum (length normals) (fun i => if F i then value (twice_part d N (nth i normals []) l k) else 0) - value (rest_of d N normals l k) =
  linear_part d (length N) (denoted N) k l - turned d (length N) (length normals) (denoted N) (lines_of normals) F k l.
Proof.
  intros S Hk. unfold rest_of, turned. rewrite minus_value, total_value, weighed_value.
  assert (LP : linear_part d (length N) (denoted N) k l = added (map (fun n => weight n l * value (entry k n)) N)).
  { exact (sum_neurons (fun n => weight n l * value (entry k n)) N). }
  rewrite LP. set (L := added _).
  assert (E : sum (length normals) (fun i => if F i then value (twice_part d N (nth i normals []) l k) else 0) -
    sum (length normals) (fun i => value (part_of d N (nth i normals []) l k)) =
    - sum (length normals) (fun j => (if F j then -1 else 1) * (jump d (length N) (denoted N) (lines_of normals j) l * lines_of normals j k))).
  { replace (- sum _ _) with (-1 * sum (length normals) (fun j => (if F j then -1 else 1) *
      (jump d (length N) (denoted N) (lines_of normals j) l * lines_of normals j k))) by ring.
    rewrite <- sum_minus, <- sum_scal. apply sum_ext. intros j Hj. unfold twice_part. cbv zeta. rewrite plus_value, (S l k j Hk Hj).
    destruct (F j); ring. }
  lra.
Qed.

Lemma no_fit_by_sound d dk D N normals c F : (dk <= d)%nat -> no_fit_by d dk D N normals c = true ->
  ~ fits d dk D (length N) (length normals) (denoted N) (lines_of normals) F.
Proof.
  unfold no_fit_by. rewrite andb_true_iff. intros W [S O] Fit. apply all_sorted_sound in S. refine (nothing_solves _ _ _ _ F O _).
  apply (solves_entries dk D _ normals []). intros l k Hk Hl. pose proof (orientation_sum d N normals F l k S ltac:(lia)) as E.
  rewrite (Fit k l Hk Hl) in E. lra.
Qed.

Lemma no_fit_but_by_sound d dk D N normals j c F : (dk <= d)%nat -> (j < length normals)%nat -> no_fit_but_by d dk D N normals j c = true ->
  ~ fits_but d dk D (length N) (length normals) (denoted N) (lines_of normals) j F.
Proof.
  unfold no_fit_but_by. cbv zeta. rewrite andb_true_iff. intros W Hj [S O] [_ Fit]. apply all_sorted_sound in S.
  destruct (pivot dk (nth j normals [])) as [p|] eqn:P; [|discriminate]. apply pivot_sound in P. destruct P as [P _].
  refine (nothing_solves _ _ _ _ F O _). apply (solves_entries dk D _ normals []). intros l k Hk Hl. destruct (Fit l Hl) as [t T].
  pose proof (orientation_sum d N normals F l k S ltac:(lia)) as E. pose proof (orientation_sum d N normals F l p S ltac:(lia)) as E'.
  rewrite (T k Hk) in E. rewrite (T p P) in E'. unfold modulo at 2. rewrite minus_value, !times_value.
  change (value (at_ (nth j normals []) p)) with (lines_of normals j p). change (value (at_ (nth j normals []) k)) with (lines_of normals j k).
  rewrite (sum_ext _ _ (fun i => lines_of normals j p * (if F i then value (twice_part d N (nth i normals []) l k) else 0) -
    lines_of normals j k * (if F i then value (twice_part d N (nth i normals []) l p) else 0))).
  - rewrite sum_minus, !sum_scal. nra.
  - intros i _. destruct (F i); [|ring]. unfold modulo. rewrite minus_value, !times_value.
    change (value (at_ (nth j normals []) p)) with (lines_of normals j p). change (value (at_ (nth j normals []) k)) with (lines_of normals j k). ring.
Qed.

Theorem few_b_sound d dk D N lower e m P : few_b d dk D N lower e = true -> agree d dk D (length N) (denoted N) m P -> (lower <= m)%nat.
Proof.
  unfold few_b. cbv zeta. rewrite andb_true_iff, orb_true_iff. intros [K H] S. apply (least_by_kinks d dk D N (f_normals e) lower m P K S).
  assert (W : (dk <= d)%nat) by (unfold kinks_b in K; rewrite !andb_true_iff in K; apply Nat.leb_le; tauto).
  destruct H as [H|H]; [left; now apply Nat.leb_le in H|right]. destruct (f_all e) as [c|]; [|discriminate].
  rewrite andb_true_iff, orb_true_iff in H. destruct H as [NF H]. split; [intro F; exact (no_fit_by_sound d dk D N _ c F W NF)|].
  destruct H as [H|H]; [left; now apply Nat.leb_le in H|right]. rewrite !andb_true_iff in H. destruct H as [[H AK] NB]. apply Nat.leb_le in H.
  split; [exact H|split; [exact AK|]]. intros j F Hj. destruct (for_all_2_sound _ _ _ NB j) as [cj Cj]; [apply in_seq; lia|].
  exact (no_fit_but_by_sound d dk D N _ j cj F W Hj Cj).
Qed.

Theorem minimal_by_sound N lower e : minimal_by N lower e = true -> minimal_said N lower.
Proof.
  unfold minimal_by, minimal_said. destruct (has_biases N); intros H m P S.
  - apply (few_b_sound _ _ _ _ _ _ m (with_bias_column (inputs N) P) H).
    pose proof (same_columns _ m _ P N eq_refl S) as SC. split; intros.
    + now apply same_jumps_affine with (1 := SC).
    + now apply same_linear_parts_affine with (1 := SC).
  - apply (few_b_sound _ _ _ _ _ _ m P H). split; intros.
    + now apply same_jumps with (1 := S).
    + now apply same_linear_parts with (1 := S).
Qed.
End Over_numbers.
