(** Bounds of the seminorm of a concrete network: from below by a point, from above by trees for the entries of the gradient. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Kinks Packings.
Import ListNotations.
Open Scope R_scope.

(** * From below *)
Definition on_side (d : nat) (x : list surd) (K : kink) (l k : nat) : surd :=
  if is_positive (product d (normal K) x) then twice_gain K l k else opp (twice_gain K l k).
Definition twice_entry (d : nat) (ks : list kink) (N : list neuron) (x : list surd) (l k : nat) : surd :=
  plus (twice_linear N l k) (fold_right (fun K s => plus (on_side d x K l k) s) [] ks).
Definition check_lower (d D : nat) (ns : list (list Q)) (N : list neuron) (x : list surd) (l k : nat) (q : Q) : bool :=
  let ks := fst (split_lines d ns N) in
  covers d D ns N && Nat.ltb k d && Nat.ltb l D && forallb (fun K => definite (product d (normal K) x)) ks &&
  (let s := twice_entry d ks N x l k in at_most (rational (q + q)) s || at_most (rational (q + q)) (opp s)).

Lemma on_side_value d x K l k : definite (product d (normal K) x) = true ->
  value (on_side d x K l k) = line_side d (vector x) K * value (twice_gain K l k).
Proof.
  unfold definite, on_side, line_side, side. rewrite orb_true_iff. pose proof (product_value d (normal K) x) as P. intros [H|H].
  - rewrite H. apply is_positive_sound in H. destruct (Rlt_dec 0 _); [ring|lra].
  - assert (F : is_positive (product d (normal K) x) = false).
    { unfold is_positive, is_negative in *. destruct (sign (product d (normal K) x)) as [[| |]|]; easy. }
    rewrite F, opp_value. apply is_negative_sound in H. destruct (Rlt_dec 0 _); [lra|]. destruct (Rlt_dec _ 0); [ring|lra].
Qed.

Theorem check_lower_sound d D ns N x l k q r : check_lower d D ns N x l k q = true ->
  bounded_by d D (eval d (length N) (denoted N)) r -> Q2R q <= r.
Proof.
  unfold check_lower. cbv zeta. rewrite !andb_true_iff, !Nat.ltb_lt, orb_true_iff, forallb_forall. intros [[[[C Hk] Hl] S] E] B.
  assert (off : forall K, In K (fst (split_lines d ns N)) -> dot d (vector (normal K)) (vector x) <> 0).
  { intros K HK. rewrite <- product_value. apply definite_sound, S, HK. }
  pose proof (below_at_point d D ns N (vector x) l k r C Hk Hl off B) as U.
  assert (V : value (twice_entry d (fst (split_lines d ns N)) N x l k) = value (twice_linear N l k) + gains (fst (split_lines d ns N)) (vector x) d l
    k).
  { unfold twice_entry. rewrite plus_value. f_equal. unfold gains. clear - S. induction (fst (split_lines d ns N)) as [|K ks IH]; [reflexivity|].
    cbn [fold_right map added]. rewrite plus_value, on_side_value by (apply S; now left). unfold added in IH. rewrite IH by (intros; apply S;
      now right). reflexivity. }
  rewrite <- V in U. destruct E as [E|E]; apply at_most_sound in E; rewrite rational_value, Q2R_plus, ?opp_value in E.
  - pose proof (Rle_abs (value (twice_entry d (fst (split_lines d ns N)) N x l k))). lra.
  - pose proof (Rle_abs (- value (twice_entry d (fst (split_lines d ns N)) N x l k))) as A. rewrite Rabs_Ropp in A. lra.
Qed.

(** * From above *)
Fixpoint rationals (l : list surd) : option (list Q) :=
  match l with
  | [] => Some []
  | s :: l => match as_rational s, rationals l with Some q, Some v => Some (q :: v) | _, _ => None end
  end.

Lemma rationals_sound l v : rationals l = Some v -> length v = length l /\ forall h, value (nth h l []) = Q2R (nth h v 0%Q).
Proof.
  revert v. induction l as [|s l IH]; intros v H; cbn [rationals] in H.
  - injection H as <-. split; [reflexivity|]. intros [|h]; symmetry; exact Q2R_0.
  - destruct (as_rational s) as [q|] eqn:A; [|discriminate]. destruct (rationals l) as [w|]; [|discriminate]. injection H as <-.
    destruct (IH w eq_refl) as [L V]. split; [cbn [length]; now rewrite L|]. intros [|h]; cbn [nth]; [exact (as_rational_sound _ _ A)|exact (V h)].
Qed.

(** A tree for one entry and sign (negative: true), or for all. *)
Definition target := option (nat * nat * bool).
Definition applies (o : target) (l k : nat) (negative : bool) : bool :=
  match o with None => true | Some (l', k', n) => Nat.eqb l l' && Nat.eqb k k' && Bool.eqb negative n end.
Definition one_side (d : nat) (ns : list (list Q)) (trees : list (target * tree)) (l k : nat) (negative : bool) (M : Q) (v : list Q) (most_ : Q) :
  bool :=
  let M := if negative then (- M)%Q else M in
  let v := if negative then map Qopp v else v in
  existsb (fun p => applies (fst p) l k negative && check_tree d ns v M most_ [] (snd p)) ((None, Leaf []) :: trees).
(** The other sign follows where the linear part has this one: gradients at x and -x. *)
Definition both_sides (d : nat) (ns : list (list Q)) (trees : list (target * tree)) (l k : nat) (M : Q) (v : list Q) (most_ : Q) : bool :=
  if Qle_bool 0 M then one_side d ns trees l k false M v most_ || (Qle_bool M 0 && one_side d ns trees l k true M v most_)
  else one_side d ns trees l k true M v most_.
Definition check_upper (d D : nat) (ns : list (list Q)) (N : list neuron) (trees : list (target * tree)) (q : Q) : bool :=
  let ks := fst (split_lines d ns N) in
  covers d D ns N && Qle_bool 0 q &&
  below D (fun l => below d (fun k =>
    match as_rational (twice_linear N l k), rationals (map (fun K => twice_gain K l k) ks) with
    | Some M, Some v => both_sides d ns trees l k M v (q + q)
    | _, _ => false
    end)).

Definition swing (d : nat) (ns : list (list Q)) (v : list Q) (x : vec) : R := sum (length v) (fun h => side (t d ns x h) * Q2R (gain v h)).
Definition off_normals (d : nat) (ns : list (list Q)) (v : list Q) (x : vec) : Prop := forall h, (h < length v)%nat -> t d ns x h <> 0.

Lemma one_side_sound d ns trees l k negative M v most_ : one_side d ns trees l k negative M v most_ = true ->
  forall x, off_normals d ns v x -> (if negative then -1 else 1) * (Q2R M + swing d ns v x) <= Q2R most_.
Proof.
  unfold one_side. cbv zeta. rewrite existsb_exists. intros [[o tr] [_ H]] x off. rewrite andb_true_iff in H. destruct H as [_ H]. cbn [snd] in H.
  assert (A : forall w, agrees d ns w x []) by (intros w h b _ D; destruct h; discriminate).
  destruct negative.
  - assert (O : forall h, (h < length (map Qopp v))%nat -> t d ns x h <> 0) by (rewrite map_length; exact off).
    pose proof (check_tree_sound d ns (map Qopp v) x O (- M) most_ tr [] (A _) H) as B. rewrite Q2R_opp, map_length in B. unfold swing.
    rewrite (sum_ext _ (fun h => side (t d ns x h) * Q2R (gain (map Qopp v) h)) (fun h => - (side (t d ns x h) * Q2R (gain v h)))) in B.
    + rewrite sum_opp in B. lra.
    + intros h _. unfold gain. change 0%Q with (Qopp 0) at 1. rewrite map_nth, Q2R_opp. ring.
  - pose proof (check_tree_sound d ns v x off M most_ tr [] (A _) H) as B. unfold swing. lra.
Qed.

Lemma swing_opp d ns v x : swing d ns v (fun k => - x k) = - swing d ns v x.
Proof. unfold swing. rewrite <- sum_opp. apply sum_ext. intros h _. unfold t. rewrite dot_opp_r, side_opp. ring. Qed.

Lemma off_opp d ns v x : off_normals d ns v x -> off_normals d ns v (fun k => - x k).
Proof. intros O h Hh. unfold t. rewrite dot_opp_r. specialize (O h Hh). unfold t in O. lra. Qed.

Lemma both_sides_sound d ns trees l k M v most_ : both_sides d ns trees l k M v most_ = true ->
  forall x, off_normals d ns v x -> Rabs (Q2R M + swing d ns v x) <= Q2R most_.
Proof.
  unfold both_sides. intros B x off. pose proof (off_opp d ns v x off) as off'.
  apply Rabs_le. destruct (Qle_bool 0 M) eqn:S.
  - apply Qle_bool_R in S. rewrite Q2R_0 in S. rewrite orb_true_iff, andb_true_iff in B. destruct B as [B|[Z B]].
    + pose proof (one_side_sound _ _ _ _ _ _ _ _ _ B x off). pose proof (one_side_sound _ _ _ _ _ _ _ _ _ B _ off') as C. rewrite swing_opp in C. lra.
    + apply Qle_bool_R in Z. rewrite Q2R_0 in Z.
      pose proof (one_side_sound _ _ _ _ _ _ _ _ _ B x off). pose proof (one_side_sound _ _ _ _ _ _ _ _ _ B _ off') as C. rewrite swing_opp in C. lra.
  - apply Qle_bool_false in S. rewrite Q2R_0 in S.
    pose proof (one_side_sound _ _ _ _ _ _ _ _ _ B x off). pose proof (one_side_sound _ _ _ _ _ _ _ _ _ B _ off') as C. rewrite swing_opp in C. lra.
Qed.

Lemma sum_list {A} (f : A -> R) a l : sum (length l) (fun i => f (nth i l a)) = added (map f l).
Proof. induction l as [|x l IH]; [reflexivity|]. cbn [length map added fold_right]. rewrite sum_first. cbn [nth]. unfold added in IH. rewrite IH.
  reflexivity. Qed.

Definition no_kink : kink := Kink [] 0 [].

Lemma split_length d ns : forall N, length (fst (split_lines d ns N)) = length ns.
Proof. induction ns as [|n ns IH]; intro N; [reflexivity|]. cbn [split_lines]. cbv zeta. cbn [fst length]. rewrite IH. reflexivity. Qed.

Lemma split_normal d ns : forall N h, normal (nth h (fst (split_lines d ns N)) no_kink) = normal_row (nth h ns []).
Proof. induction ns as [|n ns IH]; intros N [|h]; try reflexivity. cbn [split_lines]. cbv zeta. cbn [fst nth]. apply IH. Qed.

Lemma normal_row_value n k : vector (normal_row n) k = Q2R (nth k n 0%Q).
Proof.
  unfold vector, at_, normal_row. revert k. induction n as [|q n IH]; intros [|k]; cbn [map nth]; try (symmetry; exact Q2R_0).
  - apply rational_value.
  - apply IH.
Qed.

Theorem check_upper_sound d D ns N trees q : check_upper d D ns N trees q = true -> bounded_by d D (eval d (length N) (denoted N)) (Q2R q).
Proof.
  unfold check_upper. cbv zeta. rewrite !andb_true_iff. intros [[C P] H]. apply Qle_bool_R in P. rewrite Q2R_0 in P.
  apply (above d D ns N (Q2R q) C P). intros x l k Hl Hk off.
  pose proof (below_sound _ _ (below_sound _ _ H l Hl) k Hk) as E. cbv beta in E.
  destruct (as_rational (twice_linear N l k)) as [M|] eqn:EM; [|discriminate]. apply as_rational_sound in EM.
  destruct (rationals (map (fun K => twice_gain K l k) (fst (split_lines d ns N)))) as [v|] eqn:EV; [|discriminate].
  destruct (rationals_sound _ _ EV) as [L V]. rewrite map_length in L.
  assert (T : forall h, t d ns x h = dot d (vector (normal (nth h (fst (split_lines d ns N)) no_kink))) x).
  { intro h. unfold t. rewrite split_normal. apply dot_ext; [|reflexivity]. intros j _. rewrite normal_row_value. reflexivity. }
  assert (O : off_normals d ns v x).
  { intros h Hh. rewrite T. apply off, nth_In. rewrite L in Hh. exact Hh. }
  pose proof (both_sides_sound _ _ _ _ _ _ _ _ E x O) as B. rewrite Q2R_plus in B. rewrite EM.
  replace (gains (fst (split_lines d ns N)) x d l k) with (swing d ns v x); [lra|].
  unfold swing, gains. rewrite L, <- (sum_list _ no_kink). apply sum_ext. intros h Hh. unfold line_side. rewrite <- T. unfold gain. f_equal.
    rewrite <- V.
  change (@nil term) with (twice_gain no_kink l k) at 1. rewrite (map_nth (fun K => twice_gain K l k)). reflexivity.
Qed.
