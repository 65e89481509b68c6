(** N4 (values due to Dereich and Kassing, arXiv 2108.05643): a function with h kinks needs h neurons, and h + 2 suffice: one a kink, and two,
    v and -v, for the linear function that remains. *)
From Coq Require Import Reals Arith Lra Lia Classical.
From relucert Require Import Statements Further Sums Jumps Rearranging Parametrizations.
Open Scope R_scope.

(** * Changing one neuron *)
(** Of m neurons, the i-th with inner weights a and outer weights c instead. *)
Definition put (N : net) (i : nat) (a c : vec) : net :=
  Net (fun j => if Nat.eqb j i then a else inner N j) (fun j => if Nat.eqb j i then c else outer N j).

Lemma sum_put : forall m i (f g : nat -> R) v, (i < m)%nat -> (forall j, g j = if Nat.eqb j i then f i + v else f j) ->
  sum m g = sum m f + v.
Proof.
  intros m i f g v Hi H. rewrite <- (sum_delta m (fun _ => v) i Hi), <- sum_plus. apply sum_ext.
  intros j _. rewrite H. destruct (Nat.eqb_spec j i) as [-> | _]; lra.
Qed.

(** One neuron more behind the others. *)
Lemma eval_put_last : forall d m N a c x l, eval d (S m) (put N m a c) x l = eval d m N x l + c l * relu (dot d a x).
Proof.
  intros. unfold eval; simpl. rewrite Nat.eqb_refl. f_equal. apply sum_ext. intros i Hi.
  rewrite (proj2 (Nat.eqb_neq i m)) by lia. reflexivity.
Qed.

Lemma eval_put_outer : forall d m N i c x l, (i < m)%nat ->
  eval d m (put N i (inner N i) c) x l = eval d m N x l + (c l - outer N i l) * relu (dot d (inner N i) x).
Proof.
  intros. apply sum_put with (i := i); [assumption |]. intros j. simpl. destruct (Nat.eqb_spec j i) as [-> | _]; lra.
Qed.

(** * h kinks and a linear function *)
Definition kinks (d h : nat) (N : net) : Prop := (forall i, (i < h)%nat -> ~ zero d (inner N i) /\ outer N i 0%nat <> 0) /\
  forall i j l, (i < h)%nat -> (j < h)%nat -> i <> j -> ~ multiple d l (inner N i) (inner N j).

Lemma kinks_m_kinks : forall d h N, kinks d h N -> m_kinks d h 1 N.
Proof.
  intros d h N [H HM]. split; [| split].
  - intros i j Hi Hj Hne _ _ [l [_ M]]. exact (HM i j l Hi Hj Hne M).
  - intros i j Hi Hj Hne _ _ [l [_ M]]. exact (HM i j l Hi Hj Hne M).
  - intros i Hi. destruct (H i Hi) as [A C]. split; [exact A |]. intros Z. apply C, Z. lia.
Qed.

(** Neurons with the hyperplanes of some of N's. *)
Lemma kinks_among : forall d h N h' N' q, kinks d h N -> (forall i, (i < h')%nat -> (q i < h)%nat) ->
  (forall i j, (i < h')%nat -> (j < h')%nat -> q i = q j -> i = j) ->
  (forall i, (i < h')%nat -> inner N' i = inner N (q i) /\ outer N' i 0%nat <> 0) -> kinks d h' N'.
Proof.
  intros d h N h' N' q [H HM] Hq Hinj HE. split.
  - intros i Hi. destruct (HE i Hi) as [-> C]. split; [apply H, Hq, Hi | exact C].
  - intros i j l Hi Hj Hne. destruct (HE i Hi) as [-> _], (HE j Hj) as [-> _].
    apply HM; [now apply Hq | now apply Hq |]. intros E. apply Hne. now apply Hinj.
Qed.

(** relu (l t) is |l| relu t and, for negative l, a linear function. *)
Lemma relu_multiple : forall l t, relu (l * t) = Rabs l * relu t + Rmin l 0 * t.
Proof.
  intros l t. destruct (Rle_dec 0 l) as [H | H].
  - rewrite relu_scale, Rabs_pos_eq, Rmin_right by lra. ring.
  - rewrite Rabs_left, Rmin_left by lra. replace (l * t) with (- l * - t) by ring. rewrite relu_scale by lra.
    assert (E := relu_opp t). replace (relu (- t)) with (relu t - t) by lra. ring.
Qed.

(** One neuron of the kinks is dropped; the last takes its place. *)
Lemma drop_eval : forall d h N i x, (i < S h)%nat ->
  eval d h (put N i (inner N h) (outer N h)) x 0%nat = eval d (S h) N x 0%nat - outer N i 0%nat * relu (dot d (inner N i) x).
Proof.
  intros d h N i x Hi. destruct (Nat.eq_dec i h) as [-> | Hne].
  - unfold eval; simpl. rewrite (sum_ext h _ (fun j => outer N j 0%nat * relu (dot d (inner N j) x))); [ring |].
    intros j Hj. now rewrite (proj2 (Nat.eqb_neq j h)) by lia.
  - unfold eval. rewrite (sum_put h i (fun j => outer N j 0%nat * relu (dot d (inner N j) x)) _
      (outer N h 0%nat * relu (dot d (inner N h) x) - outer N i 0%nat * relu (dot d (inner N i) x))) by
      (lia || (intros j; simpl; destruct (Nat.eqb_spec j i) as [-> |]; ring)). simpl. ring.
Qed.

Lemma reduce : forall d m T, exists h N v, (h <= m)%nat /\ kinks d h N /\ forall x, eval d m T x 0%nat = eval d h N x 0%nat + dot d v x.
Proof.
  intros d m T. induction m as [| m [h [N [v [Hh [HN HE]]]]]].
  { exists 0%nat, T, (fun _ => 0). split; [lia | split; [split; intros; lia |]]. intros x.
    rewrite dot_zero_l by (intros k _; reflexivity). unfold eval; simpl. ring. }
  set (a := inner T m). set (c := outer T m 0%nat).
  assert (HS : forall x, eval d (S m) T x 0%nat = eval d h N x 0%nat + dot d v x + c * relu (dot d a x)) by (intros x; rewrite <- HE; reflexivity).
  destruct (classic (zero d a \/ c = 0)) as [Z | Z].
  { exists h, N, v. split; [lia | split; [exact HN |]]. intros x. rewrite HS.
    destruct Z as [Z | ->]; [rewrite (dot_zero_l d a x Z), relu_0 |]; ring. }
  destruct (classic (exists i, (i < h)%nat /\ exists l, multiple d l (inner N i) a)) as [[i [Hi [l Hl]]] | Hno].
  - (* on a hyperplane that is there *)
    set (c' := outer N i 0%nat + Rabs l * c). set (v' := fun k => v k + c * Rmin l 0 * inner N i k).
    assert (HS' : forall x, eval d (S m) T x 0%nat = eval d h N x 0%nat + (c' - outer N i 0%nat) * relu (dot d (inner N i) x) + dot d v' x).
    { intros x. rewrite HS. unfold v', c'. rewrite dot_plus_l, dot_scal_l, (dot_multiple d l _ _ x Hl), relu_multiple. ring. }
    destruct (Req_EM_T c' 0) as [Z' | Z'].
    + destruct h as [| h]; [lia |]. exists h, (put N i (inner N h) (outer N h)), v'. split; [lia | split].
      * apply (kinks_among d (S h) N h _ (fun j => if Nat.eqb j i then h else j) HN).
        -- intros j Hj. destruct (Nat.eqb_spec j i); lia.
        -- intros j j' Hj Hj'. destruct (Nat.eqb_spec j i), (Nat.eqb_spec j' i); lia.
        -- intros j Hj. simpl. destruct (Nat.eqb_spec j i); (split; [reflexivity | apply HN; lia]).
      * intros x. rewrite HS', drop_eval by exact Hi. rewrite Z'. ring.
    + exists h, (put N i (inner N i) (fun _ => c')), v'. split; [lia | split].
      * apply (kinks_among d h N h _ (fun j => j) HN); [intros; assumption | intros; assumption |].
        intros j Hj. simpl. destruct (Nat.eqb_spec j i) as [-> |]; (split; [reflexivity | exact Z' || now apply HN]).
      * intros x. rewrite HS', eval_put_outer by exact Hi. reflexivity.
  - (* on a new one *)
    exists (S h), (put N h a (fun _ => c)), v. split; [lia | split].
    + assert (Hin : forall j, (j < h)%nat -> inner (put N h a (fun _ => c)) j = inner N j /\ outer (put N h a (fun _ => c)) j = outer N j).
      { intros j Hj. simpl. rewrite (proj2 (Nat.eqb_neq j h)) by lia. now split. }
      assert (Hlast : inner (put N h a (fun _ => c)) h = a /\ outer (put N h a (fun _ => c)) h 0%nat = c) by (simpl; now rewrite Nat.eqb_refl).
      split.
      * intros j Hj. destruct (Nat.eq_dec j h) as [-> | Hne]; [destruct Hlast as [-> ->]; tauto |].
        destruct (Hin j) as [-> ->]; [lia |]. apply HN. lia.
      * intros i j l Hi Hj Hne HM. destruct (Nat.eq_dec i h) as [-> | Ni], (Nat.eq_dec j h) as [-> | Nj]; try lia.
        -- rewrite (proj1 Hlast), (proj1 (Hin j ltac:(lia))) in HM. assert (Zj := proj1 (proj1 HN j ltac:(lia))).
           apply Hno. exists j. split; [lia |]. exists (/ l). apply multiple_sym; [| exact HM]. now apply multiple_nonzero with (1 := HM).
        -- rewrite (proj1 Hlast), (proj1 (Hin i ltac:(lia))) in HM. apply Hno. exists i. split; [lia | now exists l].
        -- rewrite (proj1 (Hin i ltac:(lia))), (proj1 (Hin j ltac:(lia))) in HM. revert HM. apply HN; lia.
    + intros x. rewrite eval_put_last, HS. ring.
Qed.

(** * h + 2 neurons *)
Definition with_linear (h : nat) (N : net) (v : vec) : net := put (put N h v (fun _ => 1)) (S h) (fun k => - v k) (fun _ => -1).

Lemma with_linear_eval : forall d h N v x, eval d (S (S h)) (with_linear h N v) x 0%nat = eval d h N x 0%nat + dot d v x.
Proof. intros. unfold with_linear. rewrite !eval_put_last, dot_opp_l. rewrite <- (relu_opp (dot d v x)) at 3. ring. Qed.

Lemma jump_term_opp : forall d n a, ~ zero d n -> jump_term d n (fun k => - a k) = jump_term d n a.
Proof.
  intros d n a Hn. destruct (collinear_dec d n a) as [M | M].
  - rewrite (jump_term_multiple d n a _ Hn M), <- Rabs_Ropp. apply jump_term_multiple; [exact Hn |]. intros k Hk. rewrite (M k Hk). ring.
  - rewrite (jump_term_none d n a M). apply jump_term_none. intros l HM. apply (M (- l)). intros k Hk. specialize (HM k Hk). simpl in HM. lra.
Qed.

(** The two do not bend. *)
Lemma with_linear_jump : forall d h N v n, ~ zero d n -> jump d (S (S h)) (with_linear h N v) n 0%nat = jump d h N n 0%nat.
Proof.
  intros d h N v n Hn. unfold jump, with_linear, put; cbn [sum inner outer]. rewrite !Nat.eqb_refl, (proj2 (Nat.eqb_neq h (S h))) by lia.
  rewrite jump_term_opp by exact Hn.
  rewrite (sum_ext h _ (fun i => jump_term d n (inner N i) * outer N i 0%nat)); [ring |]. intros i Hi.
  now rewrite (proj2 (Nat.eqb_neq i (S h))), (proj2 (Nat.eqb_neq i h)) by lia.
Qed.

(** * No fewer than h *)
Lemma injection_le : forall h m q, (forall i, (i < h)%nat -> (q i < m)%nat) ->
  (forall i j, (i < h)%nat -> (j < h)%nat -> q i = q j -> i = j) -> (h <= m)%nat.
Proof.
  intros h m q Hq Hinj. destruct (le_lt_dec h m) as [L | L]; [exact L | exfalso].
  destruct (injective_onto h q (fun i Hi => Nat.lt_trans _ _ _ (Hq i Hi) L) Hinj m L) as [i [Hi E]]. specialize (Hq i Hi). lia.
Qed.

Theorem least_neurons_holds : least_neurons.
Proof.
  intros d m T. destruct (reduce d m T) as [h [N [v [Hh [HN HE]]]]]. assert (HK := kinks_m_kinks d h N HN). exists h, (inner N).
  assert (HS : same d (S (S h)) m 1 (with_linear h N v) T) by (intros x l Hl; replace l with 0%nat by lia; now rewrite with_linear_eval, HE).
  split; [exact Hh | split; [intros i Hi; now apply HN | split; [| split]]].
  - intros i j Hi Hj Hne [l HM]. revert HM. now apply HN.
  - intros m' P HP.
    assert (Hex : forall i, (i < h)%nat -> exists j, (j < m')%nat /\ ~ zero d (inner P j) /\ exists l, multiple d l (inner N i) (inner P j)).
    { intros i Hi. destruct (proj1 HN i Hi) as [Z C]. apply NNPP. intros Hno. apply C.
      rewrite <- (kinks_jump d h 1 N i 0 HK Hi), <- (with_linear_jump d h N v _ Z).
      rewrite <- (same_jumps d m' (S (S h)) 1 P _ (inner N i) 0 (same_trans _ _ _ _ _ _ _ _ HP (same_sym _ _ _ _ _ _ HS)) Z) by lia.
      apply jump_none; [exact Z |]. intros j Hj Zj l HM. apply Hno. exists j. split; [exact Hj | split; [exact Zj | now exists l]]. }
    destruct (finite_choice nat 0%nat h _ Hex) as [q Hq]. apply (injection_le h m' q); [intros i Hi; now apply Hq |].
    intros i j Hi Hj E. destruct (Hq i Hi) as [_ [Z [l Hl]]], (Hq j Hj) as [_ [_ [l' Hl']]]. rewrite <- E in Hl'.
    now apply (kinks_meet d h 1 N (inner P (q i)) i j l l').
  - replace (h + 2)%nat with (S (S h)) by lia. exists (with_linear h N v). exact HS.
Qed.
