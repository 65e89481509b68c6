(** The seminorm by lines: from above by trees that split by the sides of lines, from below at a point. With biases on (x, 1). *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums Hyperplanes Jumps Gradients.
From relucert.checker Require Import Numbers Networks Biases Differences.
From relucert.families Require Import Seminorm_by_lines Affine_gradients.
Import ListNotations.
Open Scope R_scope.

(** a bound; a combination of rows that are all decided is 0, where it would have a sign; a split *)
Inductive tree_of (T : Type) := Small_enough | Circuit (c : list (nat * list T)) | Branch (h : nat) (plus minus : tree_of T).
Arguments Small_enough {T}. Arguments Circuit {T}. Arguments Branch {T}.
Notation tree := (tree_of term).

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** * Bounds of gradients *)
Definition inside (affine : bool) (d : nat) (z : vec) : Prop := affine = true -> 0 < z d.
Lemma bounded_by_gradients affine d D N r : 0 <= r ->
  (forall z l k, (l < D)%nat -> (k < d)%nat -> generic (inputs_of affine d) (length N) (denoted N) z -> inside affine d z ->
    Rabs (gradient (inputs_of affine d) (length N) (denoted N) z l k) <= r) -> bounded_by d D (function_on affine d N) r.
Proof.
  intros P H. destruct affine.
  - apply (gradients_bound d (length N) D (denoted N) r P). intros z l k Hl Hk G Z. apply H; [exact Hl|exact Hk|exact G|]. intros _. exact Z.
  - apply (seminorm_is_gradient_holds d (length N) D (denoted N) r P). intros z l k Hl Hk G. apply H; [exact Hl|exact Hk|exact G|]. discriminate.
Qed.

Lemma gradients_of_bounded affine d D N r z l k : bounded_by d D (function_on affine d N) r -> (l < D)%nat -> (k < d)%nat ->
  generic (inputs_of affine d) (length N) (denoted N) z -> inside affine d z ->
  Rabs (gradient (inputs_of affine d) (length N) (denoted N) z l k) <= r.
Proof.
  intros B Hl Hk G Z. destruct affine.
  - exact (bound_gives_gradients d (length N) D (denoted N) r z l k B Hl Hk G (Z eq_refl)).
  - exact (proj1 (seminorm_is_gradient_holds d (length N) D (denoted N) r (proj1 B)) B z l k Hl Hk G).
Qed.

(** * Trees *)
Definition row (h : line) : list surd := match snd h with n :: _ => fst n | [] => [] end.
(** where the last entry is 0; the function does not bend there *)
Definition wall (d : nat) : line := (d, [(repeat [] d ++ [one], [])]).
Definition bends (d D : nat) (h : line) : bool := existsb (fun l => existsb (fun k => negb (is_zero (jump_entry l k h))) (seq 0 d)) (seq 0 D).
(** the kinks, and the wall *)
Definition sides (affine : bool) (d D : nat) (L : list line) : list line := filter (bends d D) L ++ if affine then [wall d] else [].
Definition decided_at (dec : list (nat * bool)) (i : nat) : option bool :=
  match find (fun p => Nat.eqb (fst p) i) dec with Some p => Some (snd p) | None => None end.
Definition signed (b : bool) (h : line) (e : surd) : surd := if Bool.eqb b (is_positive (at_ (row h) (fst h))) then e else opp e.
Fixpoint settled (l k i : nat) (dec : list (nat * bool)) (hs : list line) : surd :=
  match hs with
  | [] => []
  | h :: hs => plus (match decided_at dec i with Some b => signed b h (jump_entry l k h) | None => [] end) (settled l k (S i) dec hs)
  end.
Fixpoint loose (l k i : nat) (dec : list (nat * bool)) (hs : list line) : surd :=
  match hs with
  | [] => []
  | h :: hs => plus (match decided_at dec i with Some _ => [] | None => absolute (jump_entry l k h) end) (loose l k (S i) dec hs)
  end.
Fixpoint sure (l k i : nat) (dec : list (nat * bool)) (hs : list line) : bool :=
  match hs with
  | [] => true
  | h :: hs => match decided_at dec i with Some _ => definite (at_ (row h) (fst h)) | None => known (jump_entry l k h) end && sure l k (S i) dec hs
  end.
Definition leaf_b (d D : nat) (N : list neuron) (hs : list line) (r : surd) (dec : list (nat * bool)) : bool :=
  below D (fun l => below d (fun k =>
    let s := plus (linear_entry l k N) (settled l k 0 dec hs) in let u := loose l k 0 dec hs in
    sure l k 0 dec hs && at_most (plus s u) (plus r r) && at_most (plus (opp s) u) (plus r r))).
Definition row_of (d : nat) (hs : list line) (i : nat) : list surd := row (nth i hs (wall d)).
Definition consistent (d : nat) (hs : list line) (dec : list (nat * bool)) (flip : bool) (q : nat * surd) : bool :=
  Nat.ltb (fst q) (length hs) && definite (snd q) &&
  match decided_at dec (fst q) with Some b => Bool.eqb (is_positive (snd q)) (xorb flip b) | None => false end.
Definition circuit_b (n d : nat) (hs : list line) (dec : list (nat * bool)) (c : list (nat * surd)) : bool :=
  negb (Nat.eqb (length c) 0) && (forallb (consistent d hs dec false) c || forallb (consistent d hs dec true) c) &&
  below n (fun j => is_zero (fold_right (fun q s => plus (times (snd q) (at_ (row_of d hs (fst q)) j)) s) [] c)).
Fixpoint walk_b (n d D : nat) (N : list neuron) (hs : list line) (r : surd) (t : tree) (dec : list (nat * bool)) : bool :=
  match t with
  | Small_enough => leaf_b d D N hs r dec
  | Circuit c => circuit_b n d hs dec c
  | Branch h p m => walk_b n d D N hs r p ((h, true) :: dec) && walk_b n d D N hs r m ((h, false) :: dec)
  end.
Definition bounded_b (affine : bool) (d D : nat) (N : list neuron) (r : surd) (t : tree) : bool :=
  let n := inputs_of affine d in
  match lines (length N) n N with
  | None => false
  | Some L => at_most [] r &&
    walk_b n d D N (sides affine d D L) r t (if affine then [(length (filter (bends d D) L), true)] else [])
  end.

Definition above (n : nat) (x : vec) (h : line) : bool := if Rlt_dec 0 (dot n (vector (row h)) x) then true else false.
Definition agrees (n d : nat) (x : vec) (hs : list line) (dec : list (nat * bool)) : Prop := forall i b, (i < length hs)%nat ->
  decided_at dec i = Some b -> above n x (nth i hs (wall d)) = b.

Lemma agrees_more n d x hs dec h b : agrees n d x hs dec -> above n x (nth h hs (wall d)) = b -> agrees n d x hs ((h, b) :: dec).
Proof.
  intros A B i b' Hi. unfold decided_at. cbn [find fst]. destruct (Nat.eqb_spec h i) as [->|_]; [intros [= <-]; exact B|exact (A i b' Hi)].
Qed.

Lemma signed_value n x h l k b : definite (at_ (row h) (fst h)) = true -> above n x h = b ->
  value (signed b h (jump_entry l k h)) = line_sign n x h * value (jump_entry l k h).
Proof.
  intros D A. unfold signed, line_sign, above, row in *. destruct (snd h) as [|nu rest].
  - exfalso. apply definite_sound in D. apply D. unfold at_. destruct (fst h); exact value_nil.
  - unfold sg at 1. change (vector (fst nu) (fst h)) with (value (at_ (fst nu) (fst h))). rewrite (definite_sg _ D).
    destruct (Rlt_dec 0 (dot n (vector (fst nu)) x)); subst b; destruct (is_positive (at_ (fst nu) (fst h))); cbn [Bool.eqb];
      rewrite ?opp_value; ring.
Qed.

Lemma parts_bound n d x l k dec all : agrees n d x all dec -> forall hs before, all = before ++ hs -> sure l k (length before) dec hs = true ->
  Rabs (signed_sum (line_sign n x) l k hs - value (settled l k (length before) dec hs)) <= value (loose l k (length before) dec hs).
Proof.
  intros A. induction hs as [|h hs IH]; intros before E S; cbn [signed_sum settled loose sure] in *.
  - rewrite value_nil, Rminus_0_r, Rabs_R0. lra.
  - rewrite andb_true_iff in S. destruct S as [S1 S]. rewrite !plus_value.
    specialize (IH (before ++ [h])). rewrite app_length in IH. cbn [length] in IH. rewrite Nat.add_1_r in IH.
    specialize (IH ltac:(rewrite <- app_assoc; exact E) S).
    destruct (decided_at dec (length before)) as [b|] eqn:Dc.
    + assert (B : above n x h = b).
      { specialize (A (length before) b). rewrite E, app_length, app_nth2, Nat.sub_diag in A by lia. cbn [nth length] in A. apply A; [lia|exact Dc]. }
      rewrite (signed_value n x h l k b S1 B), value_nil. match goal with |- Rabs (?u + ?v - (?u + ?w)) <= _ =>
        replace (u + v - (u + w)) with (v - w) by ring end. lra.
    + rewrite value_nil, (absolute_sound _ S1). match goal with |- Rabs (?u + ?v - (0 + ?w)) <= _ =>
        replace (u + v - (0 + w)) with (u + (v - w)) by ring end.
      eapply Rle_trans; [apply Rabs_triang|]. rewrite Rabs_mult. pose proof (line_sign_bound n x h).
      pose proof (Rabs_pos (value (jump_entry l k h))). nra.
Qed.

Lemma jump_of_wall d l k : value (jump_entry l k (wall d)) = 0.
Proof.
  unfold jump_entry, wall. cbn [fst snd summed fold_right]. unfold summed. cbn [fold_right]. rewrite plus_value, value_nil. unfold oriented. cbn [snd fst].
  assert (Z : value (at_ [] l) = 0) by (unfold at_; destruct l; exact value_nil).
  destruct (is_positive _); [rewrite times_value, Z; ring|]. destruct (is_negative _); rewrite ?opp_value, ?times_value, ?Z, ?value_nil; ring.
Qed.

Lemma signed_sum_app s l k L L' : signed_sum s l k (L ++ L') = signed_sum s l k L + signed_sum s l k L'.
Proof. induction L as [|h L IH]; cbn [app signed_sum]; [ring|]. rewrite IH. ring. Qed.

Lemma signed_sum_sides affine d D s L l k : (l < D)%nat -> (k < d)%nat -> signed_sum s l k (sides affine d D L) = signed_sum s l k L.
Proof.
  intros Hl Hk. unfold sides. rewrite signed_sum_app.
  assert (W : signed_sum s l k (if affine then [wall d] else []) = 0).
  { destruct affine; cbn [signed_sum]; [rewrite jump_of_wall|]; ring. }
  rewrite W, Rplus_0_r. induction L as [|h L IH]; [reflexivity|]. cbn [filter signed_sum]. destruct (bends d D h) eqn:B; cbn [signed_sum]; rewrite IH;
    [reflexivity|].
  assert (Z : value (jump_entry l k h) = 0); [|rewrite Z; ring]. apply is_zero_sound. destruct (is_zero (jump_entry l k h)) eqn:E; [reflexivity|].
  assert (X : bends d D h = true); [|congruence]. unfold bends. apply existsb_exists. exists l. split; [apply in_seq; lia|]. apply existsb_exists.
  exists k. split; [apply in_seq; lia|]. now rewrite E.
Qed.

(** * Circuits *)
Lemma circuit_dot n d hs c x : (forall j, (j < n)%nat -> value (fold_right (fun q s => plus (times (snd q) (at_ (row_of d hs (fst q)) j)) s) [] c) = 0) ->
  added (map (fun q => value (snd q) * dot n (vector (row_of d hs (fst q))) x) c) = 0.
Proof.
  intro Z. transitivity (sum n (fun j => value (fold_right (fun q s => plus (times (snd q) (at_ (row_of d hs (fst q)) j)) s) [] c) * x j)).
  - clear Z. induction c as [|q c IH]; cbn [map fold_right].
    + unfold added. cbn [fold_right]. symmetry. apply sum_zero. intros. rewrite value_nil. ring.
    + unfold added in *. cbn [fold_right]. rewrite IH. unfold dot. rewrite <- sum_scal, <- sum_plus. apply sum_ext. intros j _.
      rewrite plus_value, times_value. unfold vector. ring.
  - apply sum_zero. intros j Hj. rewrite (Z j Hj). ring.
Qed.

Lemma consistent_terms n d hs dec flip c x : agrees n d x hs dec -> (forall h, In h hs -> dot n (vector (row h)) x <> 0) ->
  forallb (consistent d hs dec flip) c = true -> c <> [] ->
  0 < (if flip then -1 else 1) * added (map (fun q => value (snd q) * dot n (vector (row_of d hs (fst q))) x) c).
Proof.
  intros A G. assert (T : forall q, consistent d hs dec flip q = true ->
    0 < (if flip then -1 else 1) * (value (snd q) * dot n (vector (row_of d hs (fst q))) x)).
  { intros q H. unfold consistent in H. rewrite !andb_true_iff, Nat.ltb_lt in H. destruct H as [[Hq Df] H].
    destruct (decided_at dec (fst q)) as [b|] eqn:Dc; [|discriminate]. pose proof (A _ _ Hq Dc) as B. unfold above in B.
    fold (row_of d hs (fst q)) in B. specialize (G _ (nth_In hs (wall d) Hq)). fold (row_of d hs (fst q)) in G.
    set (v := dot n (vector (row_of d hs (fst q))) x) in *. apply eqb_prop in H.
    assert (M : (is_positive (snd q) = true /\ 0 < value (snd q)) \/ (is_positive (snd q) = false /\ value (snd q) < 0)).
    { unfold definite in Df. destruct (is_positive (snd q)) eqn:P; [left; split; [reflexivity|exact (is_positive_sound _ P)]|right].
      split; [reflexivity|exact (is_negative_sound _ Df)]. }
    destruct (Rlt_dec 0 v) as [V|V]; subst b; destruct M as [[M1 M2]|[M1 M2]]; rewrite M1 in H; destruct flip; try discriminate; nra. }
  induction c as [|q c IH]; intros H Ne; [congruence|]. cbn [forallb] in H. rewrite andb_true_iff in H. destruct H as [H1 H].
  specialize (T q H1). unfold added in *. cbn [map fold_right]. destruct c as [|q' c]; [cbn [map fold_right]; destruct flip; lra|].
  specialize (IH H ltac:(discriminate)). destruct flip; lra.
Qed.

Lemma circuit_b_sound n d hs dec c x : circuit_b n d hs dec c = true -> agrees n d x hs dec ->
  (forall h, In h hs -> dot n (vector (row h)) x <> 0) -> False.
Proof.
  unfold circuit_b. rewrite !andb_true_iff, orb_true_iff, negb_true_iff, Nat.eqb_neq. intros [[Ne C] Z] A G.
  assert (Ne' : c <> []) by (intros ->; now apply Ne).
  assert (S := circuit_dot n d hs c x (fun j Hj => is_zero_sound _ (below_sound _ _ Z j Hj))).
  destruct C as [C|C]; pose proof (consistent_terms n d hs dec _ c x A G C Ne') as P; rewrite S in P; lra.
Qed.

(** * From above *)
Theorem walk_b_sound affine d D N L r x l k : let n := inputs_of affine d in let hs := sides affine d D L in
  lines (length N) n N = Some L -> generic n (length N) (denoted N) x -> (forall h, In h hs -> dot n (vector (row h)) x <> 0) ->
  (l < D)%nat -> (k < d)%nat -> forall t dec, walk_b n d D N hs r t dec = true -> agrees n d x hs dec ->
  Rabs (gradient n (length N) (denoted N) x l k) <= value r.
Proof.
  intros n hs E Gx G Hl Hk. assert (W : (k < n)%nat) by (unfold n, inputs_of; destruct affine; lia).
  induction t as [|c|h p IHp m IHm]; intros dec H A; cbn [walk_b] in H.
  - pose proof (below_sound _ _ (below_sound _ _ H l Hl) k Hk) as B. cbv beta zeta in B. rewrite !andb_true_iff in B. destruct B as [[S U] V].
    pose proof (gradient_by_lines _ n N L x l k E W Gx) as Gr. rewrite <- (signed_sum_sides affine d D _ L l k Hl Hk) in Gr. fold hs in Gr.
    pose proof (parts_bound n d x l k dec hs A hs [] eq_refl S) as P. cbn [length] in P.
    apply at_most_sound in U, V. rewrite !plus_value in U. rewrite !plus_value, opp_value, plus_value in V.
    assert (T : Rabs (2 * gradient n (length N) (denoted N) x l k) <= 2 * value r).
    { rewrite Gr. apply Rabs_le. assert (Q := Rle_abs (signed_sum (line_sign n x) l k hs - value (settled l k 0 dec hs))).
      assert (Q' := Rle_abs (- (signed_sum (line_sign n x) l k hs - value (settled l k 0 dec hs)))). rewrite Rabs_Ropp in Q'. lra. }
    rewrite Rabs_mult, (Rabs_pos_eq 2) in T by lra. lra.
  - destruct (circuit_b_sound n d hs dec c x H A G).
  - rewrite andb_true_iff in H. destruct H as [Hp Hm]. destruct (above n x (nth h hs (wall d))) eqn:B.
    + exact (IHp _ Hp (agrees_more _ _ _ _ _ _ _ A B)).
    + exact (IHm _ Hm (agrees_more _ _ _ _ _ _ _ A B)).
Qed.

Lemma wall_dot d x : dot (S d) (vector (row (wall d))) x = x d.
Proof.
  unfold wall, row. cbn [snd fst]. unfold dot. cbn [sum]. rewrite sum_zero by (intros k Hk; rewrite zeros_vector by exact Hk; ring).
  rewrite vector_extended_last by apply repeat_length. unfold one. rewrite rational_value, Q2R_1. ring.
Qed.

Lemma row_off n N L x h : lines (length N) n N = Some L -> generic n (length N) (denoted N) x -> In h L -> dot n (vector (row h)) x <> 0.
Proof.
  intros E G I. destruct (lines_sound _ n N L E) as [H1 [H2 _]]. destruct (H1 h I) as [nu [rest [S [Hp [NZ _]]]]].
  assert (J : In nu (snd h)) by (rewrite S; now left). destruct (In_nth _ _ ([], []) (H2 h nu I J)) as [i [Hi Ei]].
  unfold row. rewrite S. specialize (G i Hi). cbn [denoted inner] in G. rewrite Ei in G. apply G. intro Z. exact (NZ (Z _ Hp)).
Qed.

Theorem bounded_b_sound affine d D N r t : bounded_b affine d D N r t = true -> bounded_by d D (function_on affine d N) (value r).
Proof.
  unfold bounded_b. cbv zeta. destruct (lines _ _ N) as [L|] eqn:E; [|discriminate]. rewrite andb_true_iff. intros [P H].
  apply at_most_sound in P. rewrite value_nil in P. apply bounded_by_gradients; [exact P|]. intros z l k Hl Hk G Z.
  refine (walk_b_sound affine d D N L r z l k E G _ Hl Hk t _ H _).
  - intros h I. apply in_app_or in I. destruct I as [I|I]; [apply filter_In in I; exact (row_off _ N L z h E G (proj1 I))|].
    destruct affine; [|destruct I]. destruct I as [<-|[]]. cbn [inputs_of]. rewrite wall_dot. specialize (Z eq_refl). lra.
  - destruct affine; [|intros i b _; discriminate]. intros i b Hi. unfold decided_at. cbn [find fst].
    destruct (Nat.eqb_spec (length (filter (bends d D) L)) i) as [<-|_]; [|discriminate]. intros [= <-]. unfold sides.
    rewrite app_nth2, Nat.sub_diag by lia. cbn [nth]. unfold above. cbn [inputs_of]. rewrite wall_dot. specialize (Z eq_refl).
    destruct (Rlt_dec 0 (z d)); [reflexivity|lra].
Qed.

(** * From below *)
Definition reaches_b (affine : bool) (d D : nat) (N : list neuron) (x : list surd) (l k : nat) (r : surd) : bool :=
  let n := inputs_of affine d in
  Nat.ltb l D && Nat.ltb k d && (if affine then is_positive (at_ x d) else true) &&
  match lines (length N) n N with
  | None => false
  | Some L => match gradient_at n l k x L with
    | None => false
    | Some s => let t := plus (linear_entry l k N) s in equal_numbers t (plus r r) || equal_numbers (opp t) (plus r r)
    end
  end.

Theorem reaches_b_sound affine d D N x l k r : reaches_b affine d D N x l k r = true -> forall r', bounded_by d D (function_on affine d N) r' ->
  value r <= r'.
Proof.
  unfold reaches_b. cbv zeta. rewrite !andb_true_iff, !Nat.ltb_lt. intros [[[Hl Hk] Ps] H] r' B. set (n := inputs_of affine d) in *.
  destruct (lines (length N) n N) as [L|] eqn:E; [|discriminate]. destruct (gradient_at n l k x L) as [s|] eqn:Gs; [|discriminate].
  destruct (lines_sound _ n N L E) as [_ [H2 _]]. assert (W : (k < n)%nat) by (unfold n, inputs_of; destruct affine; lia).
  assert (Y : exists y, generic n (length N) (denoted N) y /\ inside affine d y /\ forall i, (i < length N)%nat ->
    dot n (inner (denoted N) i) (vector x) <> 0 -> (0 < dot n (inner (denoted N) i) (vector x) <-> 0 < dot n (inner (denoted N) i) y)).
  { destruct affine.
    - destruct (generic_above d (length N) (denoted N) (vector x)) as [y [G [Z S]]]; [exact (is_positive_sound _ Ps)|].
      exists y. split; [exact G|split; [intros _; exact Z|exact S]].
    - destruct (generic_near n (length N) (denoted N) (vector x)) as [y [G S]]. exists y. split; [exact G|split; [discriminate|exact S]]. }
  destruct Y as [y [Gy [Z Near]]]. pose proof (gradients_of_bounded affine d D N r' y l k B Hl Hk Gy Z) as Gr. fold n in Gr.
  pose proof (gradient_by_lines _ n N L y l k E W Gy) as T. rewrite (gradient_at_sound n l k x L y s Gs) in T.
  - cbv zeta in H. rewrite orb_true_iff in H. assert (V : 2 * value r <= Rabs (2 * gradient n (length N) (denoted N) y l k)).
    { rewrite T. destruct H as [H|H]; apply equal_numbers_sound in H; rewrite ?opp_value, !plus_value in H;
        [|rewrite <- Rabs_Ropp]; (eapply Rle_trans; [|apply Rle_abs]); lra. }
    rewrite Rabs_mult, (Rabs_pos_eq 2) in V by lra. lra.
  - intros h nu I J NZ. destruct (In_nth _ _ ([], []) (H2 h nu I J)) as [i [Hi Ei]]. rewrite <- Ei in NZ |- *.
    assert (Nr := Near i Hi NZ). cbn [denoted inner] in Nr. unfold sg.
    match goal with |- (if ?u then _ else _) = (if ?v then _ else _) => destruct u as [A|A], v as [C|C] end; try reflexivity; exfalso;
      [apply C; exact (proj2 Nr A)|apply A; exact (proj1 Nr C)].
Qed.
End Over_numbers.
