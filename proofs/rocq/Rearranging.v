(** The preparation of Theta in the proofs of Theorems 3.1 and 3.3 (THEORY.md, section 5, steps 1 and 2): positive multiples are merged,
    and each neuron goes to the index of the parallel neuron of Gamma, if there is one. The number of neurons stays m. *)
From Coq Require Import Reals List Arith Lra Lia Psatz.
From relucert Require Import Statements Sums.
Open Scope R_scope.

(** * Finite searches and choices *)
Definition find_index : forall (P : nat -> Prop), (forall i, {P i} + {~ P i}) -> forall n,
  {i | (i < n)%nat /\ P i} + {forall i, (i < n)%nat -> ~ P i}.
Proof.
  intros P dec n. induction n as [|n [[i [Hi H]]|H]].
  - right. intros; lia.
  - left. exists i. split; [lia | exact H].
  - destruct (dec n) as [Y|N].
    + left. exists n. split; [lia | exact Y].
    + right. intros i Hi. destruct (Nat.eq_dec i n) as [->|E]; [exact N | apply H; lia].
Defined.

Lemma finite_choice : forall (A : Type) (a : A) n (P : nat -> A -> Prop), (forall i, (i < n)%nat -> exists y, P i y) ->
  exists f, forall i, (i < n)%nat -> P i (f i).
Proof.
  intros A a n P. induction n; intros H.
  - exists (fun _ => a). intros; lia.
  - destruct IHn as [f Hf]; [intros; apply H; lia|]. destruct (H n ltac:(lia)) as [y Hy].
    exists (fun i => if Nat.eq_dec i n then y else f i). intros i Hi.
    destruct (Nat.eq_dec i n) as [->|E]; [exact Hy | apply Hf; lia].
Qed.

(** a positive multiple, as a test *)
Definition parallel_test : forall d a, ~ zero d a -> forall b, {parallel d a b} + {~ parallel d a b}.
Proof.
  intros d a Ha b. destruct (parallel_dec d a b Ha) as [P|N]; [left; now exists (ratio d a b) | now right].
Defined.

(** * Permutations of [m] *)
Definition permutes (m : nat) (p : nat -> nat) : Prop :=
  (forall i, (i < m)%nat -> (p i < m)%nat) /\ (forall i j, (i < m)%nat -> (j < m)%nat -> p i = p j -> i = j) /\
  (forall j, (j < m)%nat -> exists i, (i < m)%nat /\ p i = j) /\ forall f, sum m (fun i => f (p i)) = sum m f.

Definition swapped (a b i : nat) : nat := if Nat.eqb i a then b else if Nat.eqb i b then a else i.

Lemma swapped_twice : forall a b i, swapped a b (swapped a b i) = i.
Proof.
  intros. unfold swapped. destruct (Nat.eqb_spec i a) as [->|E].
  - destruct (Nat.eqb_spec b a); [congruence|]. now rewrite Nat.eqb_refl.
  - destruct (Nat.eqb_spec i b) as [->|E']; [now rewrite Nat.eqb_refl|].
    apply Nat.eqb_neq in E. apply Nat.eqb_neq in E'. now rewrite E, E'.
Qed.

Lemma swapped_lt : forall m a b i, (a < m)%nat -> (b < m)%nat -> (i < m)%nat -> (swapped a b i < m)%nat.
Proof. intros. unfold swapped. destruct (Nat.eqb i a); [assumption|]. destruct (Nat.eqb i b); assumption. Qed.

Lemma swapped_other : forall a b i, i <> a -> i <> b -> swapped a b i = i.
Proof. intros a b i Ha Hb. unfold swapped. apply Nat.eqb_neq in Ha. apply Nat.eqb_neq in Hb. now rewrite Ha, Hb. Qed.

Lemma swapped_left : forall a b, swapped a b a = b.
Proof. intros. unfold swapped. now rewrite Nat.eqb_refl. Qed.

Lemma sum_swapped : forall m a b f, (a < m)%nat -> (b < m)%nat -> sum m (fun i => f (swapped a b i)) = sum m f.
Proof.
  intros m a b f Ha Hb. destruct (Nat.eq_dec a b) as [->|N].
  - apply sum_ext. intros i _. f_equal. unfold swapped. destruct (Nat.eqb_spec i b); [congruence | reflexivity].
  - rewrite (sum_ext m _ (fun i => f i + (if Nat.eqb i a then f b - f a else 0) + (if Nat.eqb i b then f a - f b else 0))).
    + rewrite !sum_plus, (sum_delta m (fun _ => f b - f a) a Ha), (sum_delta m (fun _ => f a - f b) b Hb). ring.
    + intros i _. unfold swapped. destruct (Nat.eqb_spec i a) as [->|Ea].
      * destruct (Nat.eqb_spec a b); [congruence|]. ring.
      * destruct (Nat.eqb_spec i b) as [->|Eb]; ring.
Qed.

Lemma permutes_id : forall m, permutes m (fun i => i).
Proof. intros m. repeat split; auto. intros j Hj. now exists j. Qed.

Lemma permutes_swapped : forall m p a b, permutes m p -> (a < m)%nat -> (b < m)%nat -> permutes m (fun i => p (swapped a b i)).
Proof.
  intros m p a b [R [I [S F]]] Ha Hb. split; [|split; [|split]].
  - intros i Hi. apply R. now apply swapped_lt.
  - intros i j Hi Hj E. apply I in E; try now apply swapped_lt. now rewrite <- (swapped_twice a b i), E, swapped_twice.
  - intros j Hj. destruct (S j Hj) as [i [Hi E]]. exists (swapped a b i). split; [now apply swapped_lt|]. now rewrite swapped_twice.
  - intros f. rewrite (sum_swapped m a b (fun i => f (p i)) Ha Hb). apply F.
Qed.

(** the network whose neuron i is neuron p i of N has the same function *)
Definition permuted (p : nat -> nat) (N : net) : net := Net (fun i => inner N (p i)) (fun i => outer N (p i)).

Lemma permuted_same : forall d m D p N, permutes m p -> same d m m D (permuted p N) N.
Proof. intros d m D p N [_ [_ [_ F]]] x l _. unfold eval. exact (F (fun i => outer N i l * relu (dot d (inner N i) x))). Qed.

(** * Matching *)
(** neuron i of G gets the parallel neuron of T, if there is one; C.2 for G makes that possible *)
Lemma align : forall d m G T, C2 d m G -> exists p, permutes m p /\ forall i j, (i < m)%nat -> (j < m)%nat -> ~ zero d (inner G i) ->
  parallel d (inner G i) (inner T j) -> parallel d (inner G i) (inner T (p i)).
Proof.
  intros d m G T H2.
  assert (K : forall k, (k <= m)%nat -> exists p, permutes m p /\ forall i j, (i < k)%nat -> (j < m)%nat -> ~ zero d (inner G i) ->
    parallel d (inner G i) (inner T j) -> parallel d (inner G i) (inner T (p i))); [|now apply K].
  induction k; intros Hk.
  - exists (fun i => i). split; [apply permutes_id | intros; lia].
  - destruct IHk as [p [P H]]; [lia|]. destruct (zero_dec d (inner G k)) as [Z|Z].
    { exists p. split; [exact P|]. intros i j Hi Hj Zi Q. destruct (Nat.eq_dec i k) as [->|N]; [tauto|]. apply (H i j); auto; lia. }
    destruct (find_index (fun j => parallel d (inner G k) (inner T (p j))) (fun j => parallel_test d _ Z _) m) as [[j [Hj Q]]|N].
    + exists (fun i => p (swapped k j i)). split; [apply permutes_swapped; auto; lia|].
      intros i j' Hi Hj' Zi Q'. destruct (Nat.eq_dec i k) as [->|Nk]; [now rewrite swapped_left|].
      assert (Qi : parallel d (inner G i) (inner T (p i))) by (apply (H i j'); auto; lia).
      rewrite swapped_other; [exact Qi | exact Nk|]. intros ->.
      apply (H2 j k ltac:(lia) ltac:(lia) Nk Zi Z). apply parallel_trans with (inner T (p j)); [exact Qi | now apply parallel_sym].
    + exists p. split; [exact P|]. intros i j Hi Hj Zi Q. destruct (Nat.eq_dec i k) as [->|Nk]; [exfalso | apply (H i j); auto; lia].
      destruct P as [_ [_ [S _]]]. destruct (S j Hj) as [i [Hi' <-]]. now apply (N i Hi').
Qed.

(** * Merging *)
(** positive multiples are added to the first of them; what is left has C.2, its directions are among T's *)
Lemma merge : forall d m D T, exists T', same d m m D T' T /\ C2 d m T' /\
  forall j, (j < m)%nat -> ~ zero d (inner T' j) -> inner T' j = inner T j.
Proof.
  intros d m D T.
  assert (K : forall k, (k <= m)%nat -> exists T', same d m m D T' T /\
    (forall i j, (i < k)%nat -> (j < k)%nat -> i <> j -> ~ zero d (inner T' i) -> ~ zero d (inner T' j) -> ~ parallel d (inner T' i) (inner T' j)) /\
    forall j, (j < m)%nat -> ~ zero d (inner T' j) -> inner T' j = inner T j).
  { induction k; intros Hk.
    - exists T. split; [apply same_refl|]. split; [intros; lia | reflexivity].
    - destruct IHk as [T' [Same [C E]]]; [lia|].
      assert (keep : (forall i, (i < k)%nat -> ~ zero d (inner T' i) -> ~ zero d (inner T' k) -> ~ parallel d (inner T' i) (inner T' k)) ->
        forall i j, (i < S k)%nat -> (j < S k)%nat -> i <> j ->
          ~ zero d (inner T' i) -> ~ zero d (inner T' j) -> ~ parallel d (inner T' i) (inner T' j)).
      { intros N i j Hi Hj Hij Zi Zj. destruct (Nat.eq_dec i k) as [->|Ni].
        - intros Q. apply (N j ltac:(lia) Zj Zi). now apply parallel_sym.
        - destruct (Nat.eq_dec j k) as [->|Nj]; [apply N; auto; lia | apply C; auto; lia]. }
      destruct (zero_dec d (inner T' k)) as [Z|Z]; [exists T'; split; [exact Same|]; split; [apply keep; tauto | exact E]|].
      destruct (find_index (fun i => parallel d (inner T' k) (inner T' i)) (fun i => parallel_test d _ Z _) k) as [[i [Hi Q]]|N].
      2: { exists T'. split; [exact Same|]. split; [apply keep | exact E]. intros i Hi _ _ Q. apply (N i Hi). now apply parallel_sym. }
      apply parallel_sym in Q. destruct Q as [mu [Hmu M]].
      exists (Net (fun j => if Nat.eqb j k then (fun _ => 0) else inner T' j)
                  (fun j l => outer T' j l + (if Nat.eqb j i then mu * outer T' k l else 0))).
      split; [|split]; simpl.
      + intros x l Hl. rewrite <- (Same x l Hl). unfold eval; simpl.
        rewrite (sum_ext m _ (fun j => outer T' j l * relu (dot d (inner T' j) x) +
          (if Nat.eqb j i then mu * outer T' k l * relu (dot d (inner T' i) x) else 0) -
          (if Nat.eqb j k then outer T' k l * relu (dot d (inner T' k) x) else 0))).
        * rewrite sum_minus, sum_plus.
          rewrite (sum_delta m (fun _ => mu * outer T' k l * relu (dot d (inner T' i) x)) i) by lia.
          rewrite (sum_delta m (fun _ => outer T' k l * relu (dot d (inner T' k) x)) k) by lia.
          rewrite (dot_multiple d mu _ _ x M), relu_scale by lra. ring.
        * intros j _. destruct (Nat.eqb_spec j k) as [->|Nk].
          -- destruct (Nat.eqb_spec k i) as [->|_]; [lia|]. rewrite dot_zero_l, relu_0 by (intros ? ?; reflexivity). ring.
          -- destruct (Nat.eqb_spec j i) as [->|_]; ring.
      + intros a b Ha Hb Hab. destruct (Nat.eqb_spec a k) as [->|Na]; [intros Za; exfalso; apply Za; intros ? ?; reflexivity|].
        destruct (Nat.eqb_spec b k) as [->|Nb]; [intros _ Zb; exfalso; apply Zb; intros ? ?; reflexivity|]. apply C; auto; lia.
      + intros j Hj. destruct (Nat.eqb_spec j k) as [->|Nk]; [intros Za; exfalso; apply Za; intros ? ?; reflexivity|]. now apply E. }
  destruct (K m (Nat.le_refl m)) as [T' [Same [C E]]]. exists T'. split; [exact Same|]. split; [|exact E].
  intros i j Hi Hj. now apply C.
Qed.
