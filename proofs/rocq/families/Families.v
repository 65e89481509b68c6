(** Claims about families of networks without biases: what holds for all k of the ranges of a list, which leave no k out. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums Gradients.
From relucert.checker Require Import Bindings.
From relucert.checker Require Biases.
From relucert.families Require Import Powers Family_number.
From relucert.families Require Any_number Any_networks Any_distances Any_bindings Any_nearest Any_seminorm Any_box.
Import ListNotations.
Open Scope R_scope.

Definition number := list term.
(** d, D, one pair of inner and outer weights a neuron *)
Record family := Family { f_inputs : nat; f_outputs : nat; f_rows : list (list number * list number) }.
Definition f_size (F : family) : nat := length (f_rows F).
(** the network at k *)
Definition entry_at (k : R) (l : list number) : vec := fun j => fval k (nth j l []).
Definition net_at (k : R) (F : family) : net :=
  Net (fun i => entry_at k (fst (nth i (f_rows F) ([], [])))) (fun i => entry_at k (snd (nth i (f_rows F) ([], [])))).

(** What a section says. *)
Inductive stated :=
| F_equal
| F_seminorm (r : number)
| F_separated (least : number) (above : option number)
| F_nearest (P : family) (dist : number) (above : option number)
| F_reparametrization (P : family) (dist : number)
| F_sup_norm (box : list (Q * Q)) (most : number).

Definition f_function (k : R) (G : family) (T : option family) : vec -> nat -> R :=
  match T with
  | Some T => difference (f_inputs G) (f_size G) (f_size T) (net_at k G) (net_at k T)
  | None => eval (f_inputs G) (f_size G) (net_at k G)
  end.
(** R(P) = R(T) *)
Definition f_same (k : R) (P T : family) : Prop := same (f_inputs P) (f_size P) (f_size T) (f_outputs P) (net_at k P) (net_at k T).
Definition f_distance (k : R) (P G : family) : R := distance (f_inputs G) (f_size G) (f_outputs G) (net_at k P) (net_at k G).
Definition f_far (k : R) (G T : family) (least : number) : Prop := forall Q,
  same (f_inputs G) (f_size G) (f_size T) (f_outputs G) Q (net_at k T) ->
  fval k least <= distance (f_inputs G) (f_size G) (f_outputs G) Q (net_at k G).
Definition f_above (k : R) (dist : number) (above : option number) : Prop := match above with Some a => fval k a < fval k dist | None => True end.
Definition same_shape (P G : family) : Prop := f_inputs P = f_inputs G /\ f_outputs P = f_outputs G.

Definition holds_at (k : R) (G : family) (T : option family) (s : stated) : Prop :=
  match s, T with
  | F_seminorm r, _ => seminorm (f_inputs G) (f_outputs G) (f_function k G T) (fval k r)
  | F_sup_norm box most, _ => length box = f_inputs G /\ Any_box.sup_norm_is box (f_outputs G) (f_function k G T) (fval k most)
  | F_equal, Some T => same_shape T G /\ f_same k G T
  | F_separated least above, Some T => same_shape T G /\ f_far k G T least /\ f_above k least above
  | F_nearest P dist above, Some T => same_shape T G /\ same_shape P G /\ f_size P = f_size G /\
    f_far k G T dist /\ f_same k P T /\ f_distance k P G = fval k dist /\ f_above k dist above
  | F_reparametrization P dist, Some T => same_shape T G /\ same_shape P G /\ f_size P = f_size G /\
    f_same k P T /\ f_distance k P G = fval k dist
  | _, None => False
  end.

(** An integer from 1 on is in some range, and so is every real number from [real] on. *)
Definition meant (real : option positive) (k : R) : Prop :=
  (exists z, (1 <= z)%Z /\ k = IZR z) \/ match real with Some a => IZR (Zpos a) <= k | None => False end.
Definition for_all_k (G : family) (T : option family) (sections : list (range * stated)) (real : option positive) : Prop :=
  (forall k, meant real k -> exists r s, In (r, s) sections /\ in_range r k) /\
  forall r s k, In (r, s) sections -> in_range r k -> holds_at k G T s.

(** * Evidence *)
Record f_hall := FHall { f_level : number; f_sources : list nat; f_places : list nat; f_bindings : list (list binding) }.
Inductive f_apart :=
| F_both (h : f_hall)
| F_as_they_are (functionals : list (list number)) (h : f_hall)
| F_lines (normals : list (list number)) (h : f_hall).
(** a point with an entry (output, input); why nothing is nearer *)
Inductive f_evidence := F_nothing | F_point (x : list number) (l k : nat) | F_why (e : f_apart).

Definition hall_on (r : range) (h : f_hall) : @Any_bindings.hall (on r) :=
  @Any_bindings.Hall (on r) (f_level h) (f_sources h) (f_places h) (f_bindings h).
Definition far_on (r : range) (e : f_apart) : @Any_nearest.far (on r) :=
  match e with
  | F_both h => @Any_nearest.Both (on r) (hall_on r h)
  | F_as_they_are fs h => @Any_nearest.As_they_are (on r) fs (hall_on r h)
  | F_lines ns h => @Any_nearest.Lines (on r) ns (hall_on r h)
  end.

(** * The checker *)
Definition f_well_formed (F : family) : bool :=
  forallb (fun n => Nat.eqb (length (fst n)) (f_inputs F) && Nat.eqb (length (snd n)) (f_outputs F)) (f_rows F).
Definition shape_b (P G : family) : bool := Nat.eqb (f_inputs P) (f_inputs G) && Nat.eqb (f_outputs P) (f_outputs G).
Definition phi_b (r : range) (P G T : family) (dist : number) : bool :=
  f_well_formed P && shape_b P G && Nat.eqb (f_size P) (f_size G) &&
  @Any_networks.same_function (on r) (f_inputs P) (f_outputs P) (f_rows P) (f_rows T) &&
  @Any_distances.distance_is (on r) (f_inputs G) (f_outputs G) (f_rows P) (f_rows G) dist.
Definition above_b (r : range) (dist : number) (above : option number) : bool :=
  match above with Some a => @Any_number.is_positive (on r) (@Any_number.minus (on r) dist a) | None => true end.
Definition far_b (r : range) (G T : family) (e : f_apart) (least : number) : bool :=
  @Any_nearest.check_far (on r) (f_inputs G) (f_outputs G) (f_rows G) (f_rows T) (far_on r e) least.
Definition f_apart_rows (r : range) (G : family) (T : option family) : list (list number * list number) :=
  match T with Some T => @Any_networks.apart (on r) (f_rows G) (f_rows T) | None => f_rows G end.
Definition check_section (G : family) (T : option family) (r : range) (s : stated) (e : f_evidence) : bool :=
  match s, T, e with
  | F_seminorm v, _, F_point x l j =>
    match T with Some T => shape_b T G | None => true end &&
    @Any_seminorm.bounded_b (on r) (f_inputs G) (f_outputs G) (f_apart_rows r G T) v &&
    @Any_seminorm.reaches_b (on r) (f_inputs G) (f_outputs G) (f_apart_rows r G T) x l j v
  | F_sup_norm box v, _, F_point x _ _ =>
    match T with Some T => shape_b T G | None => true end && Nat.eqb (length box) (f_inputs G) &&
    @Any_box.sup_norm_b (on r) box (f_outputs G) (map (@Any_box.on_one (on r) (f_inputs G)) (f_apart_rows r G T)) x v
  | F_equal, Some T, F_nothing =>
    shape_b T G && @Any_networks.same_function (on r) (f_inputs G) (f_outputs G) (f_rows G) (f_rows T)
  | F_separated least above, Some T, F_why e => shape_b T G && far_b r G T e least && above_b r least above
  | F_nearest P dist above, Some T, F_why e => shape_b T G && phi_b r P G T dist && far_b r G T e dist && above_b r dist above
  | F_reparametrization P dist, Some T, F_nothing => shape_b T G && phi_b r P G T dist
  | _, _, _ => false
  end.
(** where something happens at the first k alone, that is looked at by itself *)
Definition check_range (G : family) (T : option family) (r : range) (s : stated) (e : f_evidence) : bool :=
  check_section G T r s e || match r with
    | From a => check_section G T (At a) s e && check_section G T (After a) s e
    | Between a b => check_section G T (At a) s e && check_section G T (Inside a b) s e
    | _ => false
    end.
(** the ranges leave out no integer from [next] on, and no real number from there and [real] on *)
Fixpoint covers (next : positive) (real : option positive) (ranges : list range) : bool :=
  match ranges with
  | [] => false
  | From a :: _ => Pos.leb a next
  | Between a b :: l => Pos.leb a next && covers b real l
  | After _ :: _ | Inside _ _ :: _ => false
  | At a :: l => Pos.eqb a next && match real with Some x => Pos.ltb a x | None => true end && covers (Pos.succ a) real l
  end.
Fixpoint sections_b (G : family) (T : option family) (sections : list (range * stated)) (es : list f_evidence) : bool :=
  match sections, es with
  | [], [] => true
  | (r, s) :: sections, e :: es => check_range G T r s e && sections_b G T sections es
  | _, _ => false
  end.
Definition check_for_all_k (G : family) (T : option family) (sections : list (range * stated)) (real : option positive) (es : list f_evidence) : bool :=
  f_well_formed G && match T with Some T => f_well_formed T | None => true end && covers 1 real (map fst sections) && sections_b G T sections es.

(** * Soundness *)
Lemma covers_sound real ranges : forall next k, covers next real ranges = true -> IZR (Zpos next) <= k ->
  ((exists z, k = IZR z) \/ match real with Some a => IZR (Zpos a) <= k | None => False end) -> exists r, In r ranges /\ in_range r k.
Proof.
  induction ranges as [|r l IH]; intros next k H N M; [discriminate|]. destruct r as [a|a b|a|a|a b]; cbn [covers] in H; try discriminate.
  - exists (From a). split; [now left|]. apply Pos.leb_le in H. simpl. assert (IZR (Zpos a) <= IZR (Zpos next)) by (apply IZR_le; lia). lra.
  - rewrite andb_true_iff, Pos.leb_le in H. destruct H as [A H]. destruct (Rlt_or_le k (IZR (Zpos b))) as [L|L].
    + exists (Between a b). split; [now left|]. simpl. assert (IZR (Zpos a) <= IZR (Zpos next)) by (apply IZR_le; lia). lra.
    + destruct (IH b k H L M) as [r [I R]]. exists r. split; [now right|exact R].
  - rewrite !andb_true_iff, Pos.eqb_eq in H. destruct H as [[<- X] H]. destruct (Req_EM_T k (IZR (Zpos a))) as [E|E].
    + exists (At a). split; [now left|exact E].
    + assert (L : IZR (Zpos (Pos.succ a)) <= k).
      { rewrite Pos2Z.inj_succ, succ_IZR. destruct M as [[z ->]|M].
        - assert (IZR (Zpos a) < IZR z) by lra. apply lt_IZR in H0. rewrite <- succ_IZR. apply IZR_le. lia.
        - destruct real as [x|]; [|contradiction]. apply Pos.ltb_lt in X. apply Rle_trans with (2 := M). rewrite <- succ_IZR. apply IZR_le. lia. }
      destruct (IH (Pos.succ a) k H L M) as [r [I R]]. exists r. split; [now right|exact R].
Qed.

Lemma shape_sound P G : shape_b P G = true -> same_shape P G.
Proof. unfold shape_b, same_shape. rewrite andb_true_iff, !Nat.eqb_eq. auto. Qed.

Lemma phi_sound r k P G T dist : in_range r k -> phi_b r P G T dist = true ->
  same_shape P G /\ f_size P = f_size G /\ f_same k P T /\ f_distance k P G = fval k dist.
Proof.
  intros I. unfold phi_b. rewrite !andb_true_iff, Nat.eqb_eq. intros [[[[_ S] L] F] D]. split; [exact (shape_sound _ _ S)|]. split; [exact L|].
  split; [exact (@Any_networks.same_function_sound (on r) (at_k r k I) _ _ _ _ F)|].
  exact (@Any_distances.distance_is_sound (on r) (at_k r k I) _ _ _ _ _ D).
Qed.

Lemma far_sound r k G T e least : in_range r k -> far_b r G T e least = true -> f_far k G T least.
Proof. intros I H Q S. exact (@Any_nearest.check_far_sound (on r) (at_k r k I) _ _ _ _ _ _ H Q S). Qed.

Lemma above_sound r k dist above : in_range r k -> above_b r dist above = true -> f_above k dist above.
Proof.
  intro I. unfold above_b, f_above. destruct above as [a|]; [|trivial]. intro H.
  apply (@Any_number.is_positive_sound (on r) (at_k r k I)) in H. rewrite Any_number.minus_value in H.
  change (0 < fval k dist - fval k a) in H. lra.
Qed.

Lemma seminorm_sound r k G T v x l j : in_range r k -> match T with Some T => shape_b T G | None => true end = true ->
  @Any_seminorm.bounded_b (on r) (f_inputs G) (f_outputs G) (f_apart_rows r G T) v = true ->
  @Any_seminorm.reaches_b (on r) (f_inputs G) (f_outputs G) (f_apart_rows r G T) x l j v = true ->
  seminorm (f_inputs G) (f_outputs G) (f_function k G T) (fval k v).
Proof.
  intros I S U L. pose proof (@Any_seminorm.bounded_b_sound (on r) (at_k r k I) _ _ _ _ U) as B.
  pose proof (@Any_seminorm.reaches_b_sound (on r) (at_k r k I) _ _ _ _ _ _ _ L) as R.
  set (N := f_apart_rows r G T) in *.
  assert (E : forall y o, eval (f_inputs G) (length N) (@Any_networks.denoted (on r) (at_k r k I) N) y o = f_function k G T y o).
  { intros y o. unfold N, f_apart_rows. destruct T as [T|]; [|reflexivity].
    exact (@Any_networks.eval_apart (on r) (at_k r k I) (f_inputs G) (f_rows G) (f_rows T) y o). }
  split.
  - apply (bounded_by_ext _ _ _ _ _ (fun y o _ => E y o)). exact B.
  - intros r' B'. apply R. apply (bounded_by_ext _ _ (f_function k G T)); [intros; symmetry; apply E|exact B'].
Qed.

Lemma sup_norm_sound r k G T box v x : in_range r k -> length box = f_inputs G ->
  @Any_box.sup_norm_b (on r) box (f_outputs G) (map (@Any_box.on_one (on r) (f_inputs G)) (f_apart_rows r G T)) x v = true ->
  Any_box.sup_norm_is box (f_outputs G) (f_function k G T) (fval k v).
Proof.
  intros I L H. apply (@Any_box.sup_norm_b_sound (on r) (at_k r k I)) in H. set (N := f_apart_rows r G T) in *.
  assert (E : forall y o, eval (S (length box)) (length (map (@Any_box.on_one (on r) (f_inputs G)) N)) (@Any_networks.denoted (on r) (at_k r k I)
    (map (@Any_box.on_one (on r) (f_inputs G)) N)) (Biases.extended (length box) y) o = f_function k G T y o).
  { intros y o. rewrite L. etransitivity; [exact (@Any_box.on_one_eval (on r) (at_k r k I) (f_inputs G) N y o)|].
    unfold N, f_apart_rows. destruct T as [T|]; [|reflexivity].
    exact (@Any_networks.eval_apart (on r) (at_k r k I) (f_inputs G) (f_rows G) (f_rows T) y o). }
  destruct H as [U [z [l [B [Hl A]]]]]. split.
  - intros y Y o Ho. rewrite <- E. exact (U y Y o Ho).
  - exists z, l. rewrite E in A. auto.
Qed.

Lemma check_section_sound G T r s e k : check_section G T r s e = true -> in_range r k -> holds_at k G T s.
Proof.
  intros H I. unfold check_section in H. destruct s as [|v|least above|P dist above|P dist|box v]; cbn [holds_at].
  - destruct T as [T|]; [|discriminate]. destruct e; try discriminate. rewrite andb_true_iff in H. destruct H as [S H].
    split; [exact (shape_sound _ _ S)|]. exact (@Any_networks.same_function_sound (on r) (at_k r k I) _ _ _ _ H).
  - destruct e as [|x l j|]; try (destruct T; discriminate).
    assert (H' : (match T with Some T => shape_b T G | None => true end &&
      @Any_seminorm.bounded_b (on r) (f_inputs G) (f_outputs G) (f_apart_rows r G T) v &&
      @Any_seminorm.reaches_b (on r) (f_inputs G) (f_outputs G) (f_apart_rows r G T) x l j v)%bool = true) by (destruct T; exact H).
    rewrite !andb_true_iff in H'. destruct H' as [[S U] L]. exact (seminorm_sound r k G T v x l j I S U L).
  - destruct T as [T|]; [|discriminate]. destruct e; try discriminate. rewrite !andb_true_iff in H. destruct H as [[S F] A].
    split; [exact (shape_sound _ _ S)|split; [exact (far_sound r k G T _ _ I F)|exact (above_sound r k _ _ I A)]].
  - destruct T as [T|]; [|discriminate]. destruct e; try discriminate. rewrite !andb_true_iff in H. destruct H as [[[S Ph] F] A].
    destruct (phi_sound r k P G T dist I Ph) as [S' [L [F' D]]]. split; [exact (shape_sound _ _ S)|]. split; [exact S'|]. split; [exact L|].
    split; [exact (far_sound r k G T _ _ I F)|]. split; [exact F'|]. split; [exact D|exact (above_sound r k _ _ I A)].
  - destruct T as [T|]; [|discriminate]. destruct e; try discriminate. rewrite !andb_true_iff in H. destruct H as [S Ph].
    destruct (phi_sound r k P G T dist I Ph) as [S' [L [F' D]]]. split; [exact (shape_sound _ _ S)|]. auto.
  - destruct e as [|x l j|]; try (destruct T; discriminate).
    assert (H' : (match T with Some T => shape_b T G | None => true end && Nat.eqb (length box) (f_inputs G) &&
      @Any_box.sup_norm_b (on r) box (f_outputs G) (map (@Any_box.on_one (on r) (f_inputs G)) (f_apart_rows r G T)) x v)%bool = true) by
      (destruct T; exact H).
    rewrite !andb_true_iff, Nat.eqb_eq in H'. destruct H' as [[_ L] S]. split; [exact L|exact (sup_norm_sound r k G T box v x I L S)].
Qed.

Lemma check_range_sound G T r s e k : check_range G T r s e = true -> in_range r k -> holds_at k G T s.
Proof.
  unfold check_range. rewrite orb_true_iff. intros [H|H] I; [exact (check_section_sound G T r s e k H I)|].
  destruct r as [a|a b|a|a|a b]; try discriminate; rewrite andb_true_iff in H; destruct H as [H1 H2]; cbn [in_range] in I;
    (destruct (Req_EM_T k (IZR (Zpos a))) as [E|E]; [exact (check_section_sound G T (At a) s e k H1 E)|]).
  - apply (check_section_sound G T (After a) s e k H2). simpl. lra.
  - apply (check_section_sound G T (Inside a b) s e k H2). simpl. lra.
Qed.

Theorem check_for_all_k_sound G T sections real es : check_for_all_k G T sections real es = true -> for_all_k G T sections real.
Proof.
  unfold check_for_all_k. rewrite !andb_true_iff. intros [[_ C] H]. split.
  - intros k M. assert (E : exists r, In r (map fst sections) /\ in_range r k).
    { destruct M as [[z [Z ->]]|M].
      - apply (covers_sound real _ 1%positive _ C); [apply IZR_le; lia|left; now exists z].
      - destruct real as [a|]; [|contradiction]. apply (covers_sound (Some a) _ 1%positive _ C); [|right; exact M].
        pose proof (at_least_1 a). simpl. lra. }
    destruct E as [r [I R]]. apply in_map_iff in I. destruct I as [[r' s] [E I]]. cbn [fst] in E. subst r'. exists r, s. auto.
  - intros r s k I R. clear C. revert es H. induction sections as [|[r' s'] l IH]; intros es H; [destruct I|]. destruct es as [|e es]; [discriminate|].
    cbn [sections_b] in H. rewrite andb_true_iff in H. destruct H as [H1 H2]. destruct I as [[= -> ->]|I]; [exact (check_range_sound G T r s e k H1 R)|].
    exact (IH I es H2).
Qed.
