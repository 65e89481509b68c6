(** All F with Σ_F v_i = t, for numbers that may depend on k: functionals give most of the F_i, the others are free and gone through. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Distances Biases Bindings.
Import ListNotations.
Open Scope R_scope.

(** one functional an index, for those that are not free: 1 on its own v_i, 0 on the others that are not free *)
Record choices_of (T : Type) := Choices { c_free : list nat; c_functionals : list (list (list T)) }.
Arguments Choices {T}. Arguments c_free {T}. Arguments c_functionals {T}.
Notation choices := (choices_of term).

Section Over_numbers.
Context {Num : numbers} {Val : values}.
(** v_i and t have n entries; F is of i < m *)
Definition solves (n : nat) (vs : list (list surd)) (t : list surd) (F : nat -> bool) : Prop := forall e, (e < n)%nat ->
  sum (length vs) (fun i => if F i then vector (nth i vs []) e else 0) = vector t e.
Definition sum_of_set (n : nat) (vs : list (list surd)) (s : nat -> bool) (f : list surd -> surd) : surd :=
  total (length vs) (fun i => if s i then f (nth i vs []) else []).
Definition set_solves (n : nat) (vs : list (list surd)) (t : list surd) (s : list nat) : bool :=
  below n (fun e => equal_numbers (sum_of_set n vs (fun i => member i s) (fun v => at_ v e)) (at_ t e)).

Definition dual (n : nat) (vs : list (list surd)) (c : choices) : bool :=
  below (length vs) (fun i => member i (c_free c) || below (length vs) (fun h => member h (c_free c) ||
    equal_numbers (product n (nth i (c_functionals c) []) (nth h vs [])) (if Nat.eqb i h then one else []))).
(** F_i, if the free ones in F are those of s *)
Definition value_of (n : nat) (vs : list (list surd)) (t : list surd) (c : choices) (s : list nat) (i : nat) : surd :=
  let l := nth i (c_functionals c) [] in
  if member i (c_free c) then (if member i s then one else [])
  else minus (product n l t) (sum_of_set n vs (fun h => member h (c_free c) && member h s) (product n l)).
Definition leaf (n : nat) (vs : list (list surd)) (t : list surd) (c : choices) (sets : list (list nat)) (s : list nat) : bool :=
  let m := length vs in
  let xs := map (value_of n vs t c s) (seq 0 m) in
  existsb (fun i => let x := at_ xs i in definite (times x (minus x one))) (seq 0 m) ||
  existsb (fun e => definite (minus (at_ t e) (total m (fun i => times (at_ xs i) (at_ (nth i vs []) e))))) (seq 0 n) ||
  existsb (fun s => below m (fun i => if member i s then is_zero (minus (at_ xs i) one) else is_zero (at_ xs i))) sets.
Fixpoint explored (n : nat) (vs : list (list surd)) (t : list surd) (c : choices) (sets : list (list nat)) (free s : list nat) : bool :=
  match free with
  | [] => leaf n vs t c sets s
  | i :: free => explored n vs t c sets free s && explored n vs t c sets free (i :: s)
  end.
(** nothing but these sets *)
Definition only_sets (n : nat) (vs : list (list surd)) (t : list surd) (c : choices) (sets : list (list nat)) : bool :=
  dual n vs c && explored n vs t c sets (c_free c) [].

Lemma one_value : value one = 1.
Proof. unfold one. rewrite rational_value. exact Q2R_1. Qed.

Lemma member_in i s : member i s = true <-> In i s.
Proof.
  unfold member. rewrite existsb_exists. split; [intros [j [I E]]; apply Nat.eqb_eq in E; now subst|].
  intro I. exists i. split; [exact I|apply Nat.eqb_refl].
Qed.

Lemma sum_of_set_value n vs s f : value (sum_of_set n vs s f) = sum (length vs) (fun i => if s i then value (f (nth i vs [])) else 0).
Proof. unfold sum_of_set. rewrite total_value. apply sum_ext. intros i _. destruct (s i); [reflexivity|exact value_nil]. Qed.

Lemma set_solves_sound n vs t s : set_solves n vs t s = true -> solves n vs t (fun i => member i s).
Proof.
  intros H e He. pose proof (below_sound _ _ H e He) as E. cbv beta in E. apply equal_numbers_sound in E. rewrite sum_of_set_value in E. exact E.
Qed.

Lemma solves_ext n vs t F F' : (forall i, (i < length vs)%nat -> F i = F' i) -> solves n vs t F -> solves n vs t F'.
Proof. intros E H e He. rewrite <- (H e He). apply sum_ext. intros i Hi. now rewrite (E i Hi). Qed.

(** a functional on both sides *)
Lemma solves_functional n vs t F l : solves n vs t F ->
  sum (length vs) (fun i => if F i then value (product n l (nth i vs [])) else 0) = value (product n l t).
Proof.
  intro S. rewrite product_value. unfold dot.
  rewrite (sum_ext n _ (fun e => sum (length vs) (fun i => vector l e * (if F i then vector (nth i vs []) e else 0)))).
  - rewrite sum_swap. apply sum_ext. intros i _. destruct (F i); [apply product_value|]. symmetry. apply sum_zero. intros. ring.
  - intros e He. rewrite sum_scal, (S e He). reflexivity.
Qed.

Lemma value_of_sound n vs t c s F i : dual n vs c = true -> solves n vs t F -> (forall h, In h (c_free c) -> F h = member h s) ->
  (i < length vs)%nat -> value (value_of n vs t c s i) = if F i then 1 else 0.
Proof.
  intros D S E Hi. unfold value_of. cbv zeta. destruct (member i (c_free c)) eqn:Fr.
  - rewrite (E i (proj1 (member_in _ _) Fr)). destruct (member i s); [exact one_value|exact value_nil].
  - pose proof (below_sound _ _ D i Hi) as R. cbv beta in R. rewrite Fr in R. cbn [orb] in R.
    rewrite minus_value, sum_of_set_value, <- (solves_functional n vs t F _ S), <- sum_minus.
    rewrite (sum_single _ _ i Hi).
    + rewrite Fr. cbn [andb]. pose proof (below_sound _ _ R i Hi) as V. cbv beta in V. rewrite Fr, Nat.eqb_refl in V. cbn [orb] in V.
      apply equal_numbers_sound in V. rewrite one_value in V. rewrite V. destruct (F i); ring.
    + intros h Hh N. destruct (member h (c_free c)) eqn:Fh; cbn [andb].
      * rewrite (E h (proj1 (member_in _ _) Fh)). destruct (member h s); ring.
      * pose proof (below_sound _ _ R h Hh) as V. cbv beta in V. rewrite Fh in V. cbn [orb] in V.
        replace (Nat.eqb i h) with false in V by (symmetry; apply Nat.eqb_neq; congruence). apply equal_numbers_sound in V.
        rewrite value_nil in V. rewrite V. destruct (F h); ring.
Qed.

Lemma leaf_sound n vs t c sets s F : dual n vs c = true -> solves n vs t F -> (forall h, In h (c_free c) -> F h = member h s) ->
  leaf n vs t c sets s = true -> exists s', In s' sets /\ forall i, (i < length vs)%nat -> F i = member i s'.
Proof.
  intros D S E H. unfold leaf in H. cbv zeta in H. set (xs := map _ _) in H.
  assert (X : forall i, (i < length vs)%nat -> value (at_ xs i) = if F i then 1 else 0).
  { intros i Hi. unfold at_, xs. rewrite nth_indep with (d' := value_of n vs t c s 0) by (rewrite map_length, seq_length; exact Hi).
    rewrite map_nth, seq_nth by exact Hi. exact (value_of_sound n vs t c s F i D S E Hi). }
  rewrite !orb_true_iff, !existsb_exists in H. destruct H as [[[i [Hi H]]|[e [He H]]]|[s' [I H]]].
  - exfalso. apply in_seq in Hi. apply definite_sound in H. rewrite times_value, minus_value, one_value, X in H by lia. destruct (F i); lra.
  - exfalso. apply in_seq in He. apply definite_sound in H. rewrite minus_value, total_value in H. apply H.
    change (value (at_ t e)) with (vector t e). rewrite <- (S e) by lia. rewrite <- sum_minus. apply sum_zero. intros i Hi.
    rewrite times_value, (X i Hi). change (value (at_ (nth i vs []) e)) with (vector (nth i vs []) e). destruct (F i); ring.
  - exists s'. split; [exact I|]. intros i Hi. pose proof (below_sound _ _ H i Hi) as V. cbv beta in V. specialize (X i Hi).
    destruct (member i s'); apply is_zero_sound in V; rewrite ?minus_value, ?one_value in V; destruct (F i); (reflexivity || lra).
Qed.

Theorem only_sets_sound n vs t c sets F : only_sets n vs t c sets = true -> solves n vs t F ->
  exists s, In s sets /\ forall i, (i < length vs)%nat -> F i = member i s.
Proof.
  unfold only_sets. rewrite andb_true_iff. intros [D H] S.
  assert (G : forall free s, explored n vs t c sets free s = true -> (forall h, In h (c_free c) -> ~ In h free -> F h = member h s) ->
    (forall h, In h s -> F h = true) -> exists s, In s sets /\ forall i, (i < length vs)%nat -> F i = member i s).
  { induction free as [|i free IH]; intros s X E M; cbn [explored] in X.
    - apply (leaf_sound n vs t c sets s F D S); [|exact X]. intros h I. apply E; [exact I|]. intros [].
    - rewrite andb_true_iff in X. destruct X as [X0 X1]. destruct (F i) eqn:Fi.
      + apply (IH (i :: s) X1).
        * intros h I N. destruct (Nat.eq_dec h i) as [->|Ne].
          { rewrite Fi. symmetry. apply member_in. now left. }
          rewrite (E h I) by (intros [->|J]; [now apply Ne|exact (N J)]). unfold member. cbn [existsb].
          replace (Nat.eqb h i) with false by (symmetry; now apply Nat.eqb_neq). reflexivity.
        * intros h [<-|J]; [exact Fi|exact (M h J)].
      + apply (IH s X0); [|exact M]. intros h I N. destruct (Nat.eq_dec h i) as [->|Ne].
        * rewrite Fi. destruct (member i s) eqn:Mi; [|reflexivity]. apply member_in in Mi. rewrite (M i Mi) in Fi. discriminate.
        * apply (E h I). intros [->|J]; [now apply Ne|exact (N J)]. }
  apply (G (c_free c) [] H); [intros h I N; destruct (N I)|intros h []].
Qed.
End Over_numbers.
