(** The regions of a network's hyperplanes <a_i,x> + b_i = 0, one sign a neuron, and which of them are adjacent. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool FMapPositive.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Biases Trees Canonical Walks Regions_count Cells.
Import ListNotations.
Open Scope R_scope.

(** * What is meant *)
(** <a_i,x> + b_i, with b_i = 0 where there are no biases *)
Definition side (G : network) (i : nat) (x : vec) : R := dot (inputs G) (inner (plain G) i) x + vector (bias_of G) i.
Definition zero_row (G : network) (i : nat) : Prop := zero (inputs G) (inner (plain G) i) /\ vector (bias_of G) i = 0.
(** rows i and j, not zero, are multiples of each other *)
Definition one_line (G : network) (i j : nat) : Prop := exists l, l <> 0 /\
  multiple (inputs G) l (inner (plain G) i) (inner (plain G) j) /\ vector (bias_of G) j = l * vector (bias_of G) i.
(** <g,x> > 0, or with biases <g,(x,1)> > 0, for all rows g of the domain *)
Definition in_domain (G : network) (domain : list (list Q)) (x : vec) : Prop := forall g, In g domain ->
  0 < dot (inputs G) (fun k => Q2R (nth k g 0%Q)) x + (if has_biases G then Q2R (nth (inputs G) g 0%Q) else 0).
Definition sign_at (s : list comparison) (i : nat) : comparison := nth i s Eq.
(** The signs s, one a neuron, are those at some point of the domain, 0 only where a row is zero. *)
Definition is_region (G : network) (domain : list (list Q)) (s : list comparison) : Prop := length s = size G /\
  exists x, in_domain G domain x /\ forall i, (i < size G)%nat -> has_sign (sign_at s i) (side G i x) /\ (sign_at s i = Eq -> zero_row G i).
(** They differ on exactly one class of parallel hyperplanes. *)
Definition adjacent (G : network) (s s' : list comparison) : Prop := exists i, (i < size G)%nat /\ ~ zero_row G i /\
  forall j, (j < size G)%nat -> (sign_at s j <> sign_at s' j <-> one_line G i j).
(** The regions are those of the list, none is there twice; as many unordered pairs of them are adjacent as [edges]. *)
Definition regions_are (G : network) (domain : list (list Q)) (regions : list (list comparison)) (edges : nat) : Prop :=
  NoDup regions /\ (forall s, In s regions <-> is_region G domain s) /\
  exists pairs, NoDup pairs /\ length pairs = (2 * edges)%nat /\
    forall s s', In (s, s') pairs <-> In s regions /\ In s' regions /\ adjacent G s s'.

(** * The checker *)
Definition width (G : network) : nat := if has_biases G then S (inputs G) else inputs G.
Definition rows_of (G : network) : list (list surd) :=
  map fst (if has_biases G then lengthened (inputs G) 0 (bias_of G) (rows G) else rows G).
(** a class of parallel rows by its integer normal, and whether the row points its way *)
Definition read_row (n : nat) (a : list surd) : option (option (list Z * bool)) :=
  match read_neuron n 0 n (a, []) with
  | Some None => Some None
  | Some (Some b) => Some (Some (direction b, forward b))
  | None => None
  end.
Fixpoint classes_of (l : list (option (list Z * bool))) : list (list Z) :=
  match l with
  | [] => []
  | None :: r => classes_of r
  | Some (a, _) :: r => a :: filter (fun a' => negb (same_row a a')) (classes_of r)
  end.
Fixpoint place (a : list Z) (classes : list (list Z)) : option nat :=
  match classes with
  | [] => None
  | a' :: r => if same_row a a' then Some O else match place a r with Some j => Some (S j) | None => None end
  end.
Definition member_of (classes : list (list Z)) (r : option (list Z * bool)) : option (option (nat * bool)) :=
  match r with
  | None => Some None
  | Some (a, b) => match place a classes with Some j => Some (Some (j, b)) | None => None end
  end.
Definition expanded (members : list (option (nat * bool))) (c : list bool) : list comparison :=
  map (fun m : option (nat * bool) => match m with None => Eq | Some (j, b) => if Bool.eqb (nth j c false) b then Gt else Lt end) members.
Definition sign_eqb (s t : comparison) : bool := match s, t with Eq, Eq | Lt, Lt | Gt, Gt => true | _, _ => false end.
Fixpoint signs_eqb (s t : list comparison) : bool :=
  match s, t with [], [] => true | x :: s, y :: t => sign_eqb x y && signs_eqb s t | _, _ => false end.
(** the sides of the classes, of which the next to come is [next] *)
Fixpoint contracted (next : nat) (s : list comparison) (members : list (option (nat * bool))) : list bool :=
  match s, members with
  | x :: s, Some (j, b) :: members =>
    if Nat.eqb j next then Bool.eqb (sign_eqb x Gt) b :: contracted (S next) s members else contracted next s members
  | _ :: s, None :: members => contracted next s members
  | _, _ => []
  end.
Definition neighbours (m : PositiveMap.t unit) (k : nat) (c : list bool) : list (list bool) :=
  filter (member m) (map (fun j => flip_at j c) (seq 0 k)).
Definition pairs_of (m : PositiveMap.t unit) (k : nat) (cells : list (list bool)) : list (list bool * list bool) :=
  flat_map (fun c => map (fun c' => (c, c')) (neighbours m k c)) cells.
Definition starts_at_infinity (G : network) (domain : list (list Q)) : bool :=
  negb (has_biases G) || match domain with
    | g :: _ => forallb (fun q => Qeq_bool q 0) (firstn (inputs G) g) && Qeq_bool (nth (inputs G) g 0%Q) 1
    | [] => false
    end.
Definition check_regions (G : network) (domain : list (list Q)) (regions : list (list comparison)) (edges : nat) (points : list (list Q))
  (why : completeness) : bool :=
  let n := width G in
  starts_at_infinity G domain && forallb (fun g => Nat.eqb (length g) n) domain &&
  match each (read_row n) (rows_of G), each whole domain with
  | Some read, Some cone =>
    let classes := classes_of read in
    match each (member_of classes) read with
    | None => false
    | Some members =>
      let cells := map (fun s => contracted 0 s members) regions in
      forallb (fun c => Nat.eqb (length c) (length classes)) cells &&
      forall2b (fun s c => signs_eqb s (expanded members c)) regions cells &&
      pairwise classes && forallb (fun a => match first_entry a with Some _ => true | None => false end) classes &&
      match gather cells with
      | None => false
      | Some m => cells_b n classes cone m cells points why && Nat.eqb (length (pairs_of m (length classes) cells)) (2 * edges)
      end
    end
  | _, _ => false
  end.

(** * Rows and the classes they belong to *)
Lemma map_nodup {A B} (f : A -> B) l : NoDup l -> (forall a b, In a l -> In b l -> f a = f b -> a = b) -> NoDup (map f l).
Proof.
  induction 1 as [|a l N D IH]; intro H; cbn [map]; constructor.
  - intro I. apply in_map_iff in I. destruct I as [b [E I]]. apply N. rewrite (H a b); [exact I|now left|now right|now symmetry].
  - apply IH. intros; apply H; try assumption; now right.
Qed.

Lemma has_sign_unique s t x : has_sign s x -> has_sign t x -> s = t.
Proof. destruct s, t; simpl; intros; try reflexivity; lra. Qed.

Lemma signs_eqb_sound s : forall t, signs_eqb s t = true -> s = t.
Proof.
  induction s as [|x s IH]; intros [|y t] H; cbn [signs_eqb] in H; try discriminate; [reflexivity|]. rewrite andb_true_iff in H. destruct H as [E H].
  f_equal; [destruct x, y; simpl in E; congruence|exact (IH t H)].
Qed.

Section Members.
Variables (n m : nat) (row : nat -> vec) (members : list (option (nat * bool))) (classes cone : list (list Z)).
Let k := length classes.
Let class (j : nat) : vec := row_vec (nth j classes []).
Hypothesis count_members : length members = m.
Hypothesis no_member : forall i, (i < m)%nat -> nth i members None = None -> zero n (row i).
Hypothesis is_member : forall i j b, (i < m)%nat -> nth i members None = Some (j, b) -> (j < k)%nat /\
  exists f, 0 < f /\ multiple n (direction_sign b * f) (class j) (row i).
Hypothesis has_member : forall j, (j < k)%nat -> exists i b, (i < m)%nat /\ nth i members None = Some (j, b).
Hypothesis no_multiples : forall i j, (i < k)%nat -> (j < k)%nat -> i <> j -> ~ exists f, multiple n f (class i) (class j).
Hypothesis not_zero : forall j, (j < k)%nat -> ~ zero n (class j).

Lemma expanded_at c i : sign_at (expanded members c) i = match nth i members None with None => Eq | Some (j, b) => if Bool.eqb (nth j c false) b
  then Gt else Lt end.
Proof.
  set (f := fun mm : option (nat * bool) => match mm with None => Eq | Some (j, b) => if Bool.eqb (nth j c false) b then Gt else Lt end).
  change (nth i (map f members) (f None) = f (nth i members None)). apply map_nth.
Qed.

Lemma factor_not_0 b f : 0 < f -> direction_sign b * f <> 0.
Proof. intro F. destruct b; unfold direction_sign; lra. Qed.

Lemma row_not_zero i j b : (i < m)%nat -> nth i members None = Some (j, b) -> ~ zero n (row i).
Proof.
  intros Hi E Z. destruct (is_member i j b Hi E) as [Hj [f [F M]]]. apply (not_zero j Hj). intros e He. specialize (Z e He). rewrite (M e He) in Z.
  apply Rmult_integral in Z. destruct Z as [Z|Z]; [|exact Z]. elim (factor_not_0 b f F Z).
Qed.

Lemma signs_of c x : inside n classes cone c x -> forall i, (i < m)%nat ->
  has_sign (sign_at (expanded members c) i) (dot n (row i) x) /\ (sign_at (expanded members c) i = Eq -> zero n (row i)).
Proof.
  intros [L [S _]] i Hi. rewrite expanded_at. destruct (nth i members None) as [[j b]|] eqn:E.
  - destruct (is_member i j b Hi E) as [Hj [f [F M]]]. specialize (S j Hj). rewrite (dot_multiple n _ _ _ x M). fold (class j).
    unfold side_of in S. fold (class j) in S. unfold signed_by in S.
    destruct (nth j c false), b; unfold direction_sign; cbn [Bool.eqb has_sign]; (split; [nra|discriminate]).
  - pose proof (no_member i Hi E) as Z. split; [|intros _; exact Z]. cbn [has_sign]. apply dot_zero_l. exact Z.
Qed.

Lemma cell_of s x : length s = m -> (forall g, In g cone -> 0 < dot n (row_vec g) x) ->
  (forall i, (i < m)%nat -> has_sign (sign_at s i) (dot n (row i) x) /\ (sign_at s i = Eq -> zero n (row i))) ->
  exists c, inside n classes cone c x /\ expanded members c = s.
Proof.
  intros L C S. set (c := map (fun j => if Rlt_dec 0 (dot n (class j) x) then true else false) (seq 0 k)).
  assert (Lc : length c = k) by (unfold c; rewrite map_length, seq_length; reflexivity).
  assert (Nc : forall j, (j < k)%nat -> nth j c false = if Rlt_dec 0 (dot n (class j) x) then true else false).
  { intros j Hj. unfold c. rewrite (nth_indep _ false ((fun j => if Rlt_dec 0 (dot n (class j) x) then true else false) O)) by (fold c; lia).
    rewrite (map_nth (fun j => if Rlt_dec 0 (dot n (class j) x) then true else false)), seq_nth by exact Hj. reflexivity. }
  assert (Ins : inside n classes cone c x).
  { split; [exact Lc|]. split.
    - intros j Hj. rewrite (Nc j Hj). unfold side_of. fold (class j). assert (dot n (class j) x <> 0).
      { intro Z. destruct (has_member j Hj) as [i [b [Hi E]]]. destruct (S i Hi) as [Si Zi]. destruct (is_member i j b Hi E) as [_ [f [F M]]].
        rewrite (dot_multiple n _ _ _ x M), Z, Rmult_0_r in Si. apply (row_not_zero i j b Hi E), Zi.
        destruct (sign_at s i); simpl in Si; [reflexivity|lra|lra]. }
      unfold signed_by. destruct (Rlt_dec _ _); lra.
    - intros j Hj. apply C. unfold cone_of. apply nth_In. exact Hj. }
  exists c. split; [exact Ins|]. apply nth_ext with (d := Eq) (d' := Eq); [unfold expanded; rewrite map_length; congruence|].
  intros i Hi. unfold expanded in Hi. rewrite map_length, count_members in Hi. apply (has_sign_unique _ _ (dot n (row i) x)).
  - exact (proj1 (signs_of c x Ins i Hi)).
  - exact (proj1 (S i Hi)).
Qed.

Lemma differs_at c c' i j b : nth i members None = Some (j, b) ->
  (sign_at (expanded members c) i <> sign_at (expanded members c') i <-> nth j c false <> nth j c' false).
Proof. intro E. rewrite !expanded_at, E. destruct (nth j c false), (nth j c' false), b; cbn; split; congruence. Qed.

Definition on_one_line (i i' : nat) : Prop := exists l, l <> 0 /\ multiple n l (row i) (row i').

Lemma one_class i j b i' j' b' : (i < m)%nat -> nth i members None = Some (j, b) -> (i' < m)%nat -> nth i' members None = Some (j', b') ->
  (on_one_line i i' <-> j' = j).
Proof.
  intros Hi E Hi' E'. destruct (is_member i j b Hi E) as [Hj [f [F M]]]. destruct (is_member i' j' b' Hi' E') as [Hj' [f' [F' M']]].
  pose proof (factor_not_0 b f F) as Nf. pose proof (factor_not_0 b' f' F') as Nf'. split.
  - intros [l [Nl Ml]]. destruct (Nat.eq_dec j' j) as [|N]; [assumption|]. elim (no_multiples j j' Hj Hj' (not_eq_sym N)).
    exists (l * (direction_sign b * f) / (direction_sign b' * f')). intros e He. specialize (Ml e He). rewrite (M e He), (M' e He) in Ml.
    apply Rmult_eq_reg_l with (direction_sign b' * f'); [|exact Nf']. rewrite Ml. field. destruct b'; unfold direction_sign in *; lra.
  - intros ->. exists (direction_sign b' * f' / (direction_sign b * f)). split.
    + apply Rmult_integral_contrapositive_currified; [exact Nf'|apply Rinv_neq_0_compat, Nf].
    + intros e He. rewrite (M' e He), (M e He). field. destruct b; unfold direction_sign in *; lra.
Qed.

(** a line through no row of zeros *)
Lemma adjacent_flipped c c' : length c = k -> length c' = k ->
  ((exists i, (i < m)%nat /\ ~ zero n (row i) /\ forall i', (i' < m)%nat ->
    (sign_at (expanded members c) i' <> sign_at (expanded members c') i' <-> on_one_line i i')) <->
   exists j, (j < k)%nat /\ c' = flip_at j c).
Proof.
  intros L L'. split.
  - intros [i [Hi [Z H]]]. destruct (nth i members None) as [[j b]|] eqn:E; [|elim (Z (no_member i Hi E))].
    destruct (is_member i j b Hi E) as [Hj _]. exists j. split; [exact Hj|].
    apply nth_ext with (d := false) (d' := false); [rewrite flip_at_length; congruence|]. intros j' Hj'. rewrite L' in Hj'.
    rewrite flip_at_nth by lia. unfold crossed. destruct (has_member j' Hj') as [i' [b' [Hi' E']]]. specialize (H i' Hi').
    rewrite (differs_at c c' i' j' b' E'), (one_class i j b i' j' b' Hi E Hi' E') in H. destruct (Nat.eqb_spec j' j) as [Q|Q].
    + destruct H as [_ H]. specialize (H Q). destruct (nth j' c false), (nth j' c' false); try reflexivity; now elim H.
    + destruct (nth j' c false), (nth j' c' false); try reflexivity; elim Q; apply H; discriminate.
  - intros [j [Hj ->]]. destruct (has_member j Hj) as [i [b [Hi E]]]. exists i. split; [exact Hi|]. split; [exact (row_not_zero i j b Hi E)|].
    intros i' Hi'. destruct (nth i' members None) as [[j' b']|] eqn:E'.
    + rewrite (differs_at c _ i' j' b' E'), (one_class i j b i' j' b' Hi E Hi' E'), flip_at_nth by lia. unfold crossed.
      destruct (Nat.eqb_spec j' j) as [Q|Q]; split; intro H; try assumption; [destruct (nth j' c false); discriminate|now elim H|contradiction].
    + rewrite !expanded_at, E'. split; intro H; [now elim H|]. exfalso. destruct H as [l [Nl Ml]].
      apply (row_not_zero i j b Hi E). intros e He. pose proof (no_member i' Hi' E' e He) as Z. rewrite (Ml e He) in Z.
      apply Rmult_integral in Z. destruct Z; [contradiction|assumption].
Qed.

Lemma expanded_inj c c' : length c = k -> length c' = k -> expanded members c = expanded members c' -> c = c'.
Proof.
  intros L L' E. apply nth_ext with (d := false) (d' := false); [congruence|]. intros j Hj. rewrite L in Hj.
  destruct (has_member j Hj) as [i [b [Hi Ei]]]. destruct (Bool.bool_dec (nth j c false) (nth j c' false)) as [|N]; [assumption|].
  apply (differs_at c c' i j b Ei) in N. elim N. now rewrite E.
Qed.
End Members.

(** ** Pairs *)
Lemma flip_inj c : forall i j, (i < length c)%nat -> (j < length c)%nat -> flip_at i c = flip_at j c -> i = j.
Proof.
  induction c as [|b c IH]; intros [|i] [|j] Hi Hj E; cbn [length flip_at] in *; try lia.
  - destruct b; discriminate.
  - destruct b; discriminate.
  - injection E as E. f_equal. apply IH; [lia|lia|exact E].
Qed.

Lemma neighbours_spec cells m k c : (forall c', member m c' = true <-> In c' cells) -> length c = k ->
  NoDup (neighbours m k c) /\ forall c', In c' (neighbours m k c) <-> In c' cells /\ exists j, (j < k)%nat /\ c' = flip_at j c.
Proof.
  intros M L. unfold neighbours. split.
  - apply NoDup_filter, map_nodup; [apply seq_NoDup|]. intros i j Hi Hj. apply in_seq in Hi, Hj. apply flip_inj; lia.
  - intro c'. rewrite filter_In, M, in_map_iff. split.
    + intros [[j [<- I]] C]. apply in_seq in I. split; [exact C|]. exists j. split; [lia|reflexivity].
    + intros [C [j [Hj ->]]]. split; [|exact C]. exists j. split; [reflexivity|apply in_seq; lia].
Qed.

Lemma pairs_spec all m k cells : (forall c', member m c' = true <-> In c' all) -> NoDup cells -> (forall c, In c cells -> length c = k) ->
  NoDup (pairs_of m k cells) /\ forall c c', In (c, c') (pairs_of m k cells) <-> In c cells /\ In c' all /\ exists j, (j < k)%nat /\ c' = flip_at j c.
Proof.
  intros M D L. split.
  - induction D as [|c cells N D IH]; [constructor|]. unfold pairs_of in *. cbn [flat_map]. apply nodup_app.
    + apply map_nodup; [exact (proj1 (neighbours_spec all m k c M (L c (or_introl eq_refl))))|]. intros a b _ _ E. now injection E.
    + apply IH. intros; apply L; now right.
    + intros [a b] I J. apply in_map_iff in I. destruct I as [c' [E _]]. injection E as -> ->. apply in_flat_map in J. destruct J as [c1 [I1 J]].
      apply in_map_iff in J. destruct J as [c2 [E _]]. injection E as -> _. exact (N I1).
  - intros c c'. unfold pairs_of. rewrite in_flat_map. split.
    + intros [c1 [I1 J]]. apply in_map_iff in J. destruct J as [c2 [E J]]. injection E as -> ->.
      apply (neighbours_spec all m k c M (L c I1)) in J. tauto.
    + intros [I [I' F]]. exists c. split; [exact I|]. apply in_map_iff. exists c'. split; [reflexivity|].
      apply (neighbours_spec all m k c M (L c I)). tauto.
Qed.

(** ** What is read of rows *)
Lemma place_sound a classes j : place a classes = Some j -> (j < length classes)%nat /\ nth j classes [] = a.
Proof.
  revert j. induction classes as [|a' r IH]; intros j E; cbn [place length nth] in *; [discriminate|].
  destruct (same_row a a') eqn:S; [injection E as <-; apply same_row_eq in S; split; [lia|now symmetry]|].
  destruct (place a r) as [j'|]; [|discriminate]. injection E as <-. destruct (IH j' eq_refl). split; [lia|assumption].
Qed.

Lemma classes_from l a : In a (classes_of l) -> exists i b, (i < length l)%nat /\ nth i l None = Some (a, b).
Proof.
  induction l as [|[[a' b']|] l IH]; cbn [classes_of length]; [intros []| |].
  - intros [<-|I]; [exists O, b'; split; [lia|reflexivity]|]. apply filter_In in I. destruct (IH (proj1 I)) as [i [b [Hi E]]].
    exists (S i), b. split; [lia|exact E].
  - intro I. destruct (IH I) as [i [b [Hi E]]]. exists (S i), b. split; [lia|exact E].
Qed.

Lemma read_row_sound n a r : length a = n -> read_row n a = Some r -> match r with
  | None => zero n (vector a)
  | Some (line, b) => length line = n /\ exists f, 0 < f /\ multiple n (direction_sign b * f) (row_vec line) (vector a) end.
Proof.
  intros L. unfold read_row. destruct (read_neuron n 0 n (a, [])) as [[b|]|] eqn:E; [| |discriminate]; intros [= <-].
  - destruct (read_neuron_bend _ _ _ _ _ E) as [A [_ [f [F [M _]]]]]. split; [exact A|]. exists f. split; [exact F|exact M].
  - exact (read_neuron_dead n 0 n (a, []) (Nat.le_refl n) E).
Qed.

Definition at_point (G : network) (x : vec) : vec := if has_biases G then extended (inputs G) x else x.
Definition row_at (G : network) (i : nat) : vec := vector (nth i (rows_of G) []).

Lemma lengthened_nth d b N : forall s i, (i < length N)%nat ->
  nth i (map fst (lengthened d s b N)) [] = first d (fst (nth i N ([], []))) ++ [at_ b (s + i)].
Proof.
  induction N as [|nu N IH]; intros s i H; cbn [length lengthened map] in *; [lia|]. destruct i; [cbn [nth fst]; now rewrite Nat.add_0_r|].
  cbn [nth]. rewrite IH by lia. do 3 f_equal. lia.
Qed.

Lemma lengthened_length d b N : forall s, length (lengthened d s b N) = length N.
Proof. induction N; intro s; cbn [lengthened length]; [reflexivity|]. f_equal. apply IHN. Qed.

Lemma rows_length G : length (rows_of G) = size G.
Proof. unfold rows_of, size. rewrite map_length. destruct (has_biases G); [apply lengthened_length|reflexivity]. Qed.

Lemma row_plain G i : has_biases G = false -> nth i (rows_of G) [] = fst (nth i (rows G) ([], [])).
Proof. intro B. unfold rows_of. rewrite B. change (@nil surd) with (fst (@nil surd, @nil surd)) at 1. apply map_nth. Qed.

Lemma no_bias G i : has_biases G = false -> vector (bias_of G) i = 0.
Proof. unfold has_biases, bias_of. destruct (biases G); [discriminate|]. intros _. destruct i; reflexivity. Qed.

Lemma row_inner G i e : (i < size G)%nat -> (e < inputs G)%nat -> row_at G i e = inner (plain G) i e.
Proof.
  intros Hi He. unfold row_at. destruct (has_biases G) eqn:B; [|rewrite row_plain by exact B; reflexivity].
  unfold rows_of. rewrite B, lengthened_nth by exact Hi. apply vector_extended_first. exact He.
Qed.

Lemma row_bias G i : (i < size G)%nat -> has_biases G = true -> row_at G i (inputs G) = vector (bias_of G) i.
Proof.
  intros Hi B. unfold row_at, rows_of. rewrite B, lengthened_nth by exact Hi. apply vector_extended_last. apply first_length.
Qed.

Lemma side_row G i x : (i < size G)%nat -> dot (width G) (row_at G i) (at_point G x) = side G i x.
Proof.
  intro Hi. unfold width, at_point, side. destruct (has_biases G) eqn:B.
  - rewrite dot_extended, (row_bias G i Hi B). f_equal. apply dot_ext; intros; [apply row_inner; assumption|reflexivity].
  - rewrite (no_bias G i B), Rplus_0_r. apply dot_ext; intros; [apply row_inner; assumption|reflexivity].
Qed.

Lemma entries G (P : nat -> Prop) : (forall e, (e < width G)%nat -> P e) <->
  ((forall e, (e < inputs G)%nat -> P e) /\ (has_biases G = true -> P (inputs G))).
Proof.
  unfold width. destruct (has_biases G); split.
  - intro H. split; [intros; apply H; lia|intros _; apply H; lia].
  - intros [H B] e He. destruct (Nat.eq_dec e (inputs G)) as [->|N]; [now apply B|apply H; lia].
  - intro H. split; [exact H|discriminate].
  - tauto.
Qed.

Lemma zero_row_at G i : (i < size G)%nat -> (zero_row G i <-> zero (width G) (row_at G i)).
Proof.
  intro Hi. unfold zero. rewrite entries. unfold zero_row. split; intros [H B]; split.
  - intros e He. rewrite row_inner by assumption. exact (H e He).
  - intro HB. rewrite row_bias by assumption. exact B.
  - intros e He. rewrite <- row_inner by assumption. exact (H e He).
  - destruct (has_biases G) eqn:Q; [rewrite <- row_bias by assumption; exact (B eq_refl)|exact (no_bias G i Q)].
Qed.

Lemma one_line_at G i j : (i < size G)%nat -> (j < size G)%nat -> (one_line G i j <-> on_one_line (width G) (row_at G) i j).
Proof.
  intros Hi Hj. unfold one_line, on_one_line. split; intros [l [N M]]; exists l; (split; [exact N|]).
  - destruct M as [M B]. unfold multiple. rewrite entries. split.
    + intros e He. rewrite !row_inner by assumption. exact (M e He).
    + intro Q. rewrite !row_bias by assumption. exact B.
  - unfold multiple in M. rewrite entries in M. destruct M as [M B]. split.
    + intros e He. rewrite <- !row_inner by assumption. exact (M e He).
    + destruct (has_biases G) eqn:Q; [rewrite <- !row_bias by assumption; exact (B eq_refl)|rewrite !no_bias by assumption; ring].
Qed.

(** ** The domain *)
Lemma whole_value q z : whole q = Some z -> length z = length q /\ exists u, 0 < u /\ forall e, row_vec z e = u * Q2R (nth e q 0%Q).
Proof.
  intro E. unfold whole in E. pose proof (each_length _ _ _ E) as L. split; [exact L|]. exists (IZR (Zpos (denominator q))).
  split; [apply (IZR_lt 0); lia|]. intro e. unfold row_vec. destruct (Nat.lt_ge_cases e (length q)) as [H|H].
  - pose proof (each_nth _ 0%Q 0%Z _ _ e E H) as I. apply integer_value in I. rewrite I. ring.
  - rewrite !nth_overflow by lia. rewrite Q2R_0. ring.
Qed.

Lemma each_in {A B} (f : A -> option B) l : forall m, each f l = Some m -> (forall a, In a l -> exists b, f a = Some b /\ In b m) /\
  forall b, In b m -> exists a, In a l /\ f a = Some b.
Proof.
  induction l as [|a l IH]; intros m E; cbn [each] in E; [injection E as <-; split; intros c []|].
  destruct (f a) as [b|] eqn:F; [|discriminate]. destruct (each f l) as [m'|]; [|discriminate]. injection E as <-.
  destruct (IH m' eq_refl) as [H1 H2]. split.
  - intros c [<-|I]; [exists b; split; [exact F|now left]|]. destruct (H1 c I) as [d [Fd Id]]. exists d. split; [exact Fd|now right].
  - intros c [<-|I]; [exists a; split; [now left|exact F]|]. destruct (H2 c I) as [d [Id Fd]]. exists d. split; [now right|exact Fd].
Qed.

(** a row of the domain at (x, 1), or at x *)
Lemma domain_row G g x : dot (inputs G) (fun k => Q2R (nth k g 0%Q)) x + (if has_biases G then Q2R (nth (inputs G) g 0%Q) else 0) =
  dot (width G) (fun k => Q2R (nth k g 0%Q)) (at_point G x).
Proof. unfold width, at_point. destruct (has_biases G); [rewrite dot_extended; reflexivity|ring]. Qed.

Lemma cone_at G domain cone : each whole domain = Some cone -> forall x, in_domain G domain x <->
  forall g, In g cone -> 0 < dot (width G) (row_vec g) (at_point G x).
Proof.
  intros E x. destruct (each_in _ _ _ E) as [H1 H2].
  assert (V : forall g z, whole g = Some z -> exists u, 0 < u /\ forall y, dot (width G) (row_vec z) y = u * dot (width G) (fun k => Q2R (nth k g 0%Q)) y).
  { intros g z W. destruct (whole_value g z W) as [_ [u [P U]]]. exists u. split; [exact P|]. intro y. rewrite <- dot_scal_l.
    apply dot_ext; [intros; apply U|reflexivity]. }
  unfold in_domain. split.
  - intros H z I. destruct (H2 z I) as [g [Ig W]]. destruct (V g z W) as [u [P U]]. rewrite U. specialize (H g Ig). rewrite domain_row in H. nra.
  - intros H g I. destruct (H1 g I) as [z [W Iz]]. destruct (V g z W) as [u [P U]]. specialize (H z Iz). rewrite U in H. rewrite domain_row. nra.
Qed.

(** A point of the cone is, up to a positive factor, (x, 1) or x. *)
Lemma scaled_point G domain cone y : starts_at_infinity G domain = true -> each whole domain = Some cone ->
  (forall g, In g cone -> 0 < dot (width G) (row_vec g) y) -> exists x t, 0 < t /\ forall w, dot (width G) w (at_point G x) = t * dot (width G) w y.
Proof.
  intros S E C. unfold starts_at_infinity in S. rewrite orb_true_iff, negb_true_iff in S. unfold width, at_point in *.
  destruct (has_biases G) eqn:B.
  2: { exists y, 1. split; [lra|]. intro w. ring. }
  destruct S as [S|S]; [discriminate|]. destruct domain as [|g domain]; [discriminate|]. rewrite andb_true_iff, forallb_forall in S.
  destruct S as [Z O]. destruct (each_in _ _ _ E) as [H1 _]. destruct (H1 g (or_introl eq_refl)) as [z [W Iz]]. specialize (C z Iz).
  destruct (whole_value g z W) as [_ [u [P U]]]. set (d := inputs G) in *.
  assert (Dz : dot (S d) (row_vec z) y = u * y d).
  { unfold dot. cbn [sum]. rewrite sum_zero.
    - rewrite U. apply Qeq_bool_eq, Qeq_eqR in O. rewrite O, Q2R_1. ring.
    - intros e He. rewrite U. assert (Q : Q2R (nth e g 0%Q) = 0); [|rewrite Q; ring]. destruct (Nat.lt_ge_cases e (length g)) as [H|H].
      + apply Qeq_bool_0, Z. rewrite <- (firstn_skipn d g) at 1. rewrite app_nth1 by (rewrite firstn_length; lia). apply nth_In. rewrite firstn_length. lia.
      + rewrite nth_overflow by lia. exact Q2R_0. }
  rewrite Dz in C. assert (Y : 0 < y d) by nra. exists (fun e => / y d * y e), (/ y d). split; [apply Rinv_0_lt_compat, Y|]. intro w.
  rewrite dot_extended, dot_scal_r. unfold dot at 2. cbn [sum]. fold (dot d w y). field. lra.
Qed.

Lemma scaled_sign c t x : 0 < t -> has_sign c x -> has_sign c (t * x).
Proof. intros T H. destruct c; simpl in *; nra. Qed.

Lemma regions_expanded members regions :
  forall2b (fun s c => signs_eqb s (expanded members c)) regions (map (fun s => contracted 0 s members) regions) = true ->
  regions = map (expanded members) (map (fun s => contracted 0 s members) regions).
Proof.
  induction regions as [|s r IH]; intro E; [reflexivity|]. cbn [map forall2b] in *. rewrite andb_true_iff in E. destruct E as [E Er].
  f_equal; [exact (signs_eqb_sound _ _ E)|exact (IH Er)].
Qed.

(** * The check is right *)
Theorem check_regions_sound G domain regions edges points why : well_formed G = true ->
  check_regions G domain regions edges points why = true -> regions_are G domain regions edges.
Proof.
  intros Wf. unfold check_regions. cbv zeta. set (n := width G). rewrite !andb_true_iff. intros [[Inf _] H].
  destruct (each (read_row n) (rows_of G)) as [read|] eqn:Er; [|discriminate]. destruct (each whole domain) as [cone|] eqn:Ed; [|discriminate].
  set (classes := classes_of read) in *. destruct (each (member_of classes) read) as [members|] eqn:Em; [|discriminate].
  set (cells := map (fun s => contracted 0 s members) regions) in *. rewrite !andb_true_iff, !forallb_forall in H.
  destruct H as [[[[Lc Ex] Pw] Nz] H]. destruct (gather cells) as [m|] eqn:Eg; [|discriminate]. rewrite andb_true_iff, Nat.eqb_eq in H.
  destruct H as [Cb Ec]. destruct (gather_sound _ _ Eg) as [Dc Mm].
  assert (Lr : length read = size G) by (rewrite (each_length _ _ _ Er); apply rows_length).
  assert (Lm : length members = size G) by (rewrite (each_length _ _ _ Em); exact Lr).
  assert (Width : forall i, (i < size G)%nat -> length (nth i (rows_of G) []) = n).
  { intros i Hi. unfold well_formed in Wf. rewrite andb_true_iff, forallb_forall in Wf. destruct Wf as [Wf _].
    unfold n, width. destruct (has_biases G) eqn:B.
    - unfold rows_of. rewrite B, lengthened_nth, app_length, first_length by exact Hi. cbn [length]. lia.
    - rewrite row_plain by exact B. specialize (Wf _ (nth_In (rows G) ([], []) Hi)). rewrite andb_true_iff, !Nat.eqb_eq in Wf. tauto. }
  assert (Rd : forall i, (i < size G)%nat -> match nth i read None with
    | None => zero n (row_at G i)
    | Some (line, b) => length line = n /\ exists f, 0 < f /\ multiple n (direction_sign b * f) (row_vec line) (row_at G i) end).
  { intros i Hi. apply (read_row_sound n _ _ (Width i Hi)). apply (each_nth (read_row n) [] None _ _ i Er). rewrite rows_length. exact Hi. }
  assert (Mb : forall i, (i < size G)%nat -> member_of classes (nth i read None) = Some (nth i members None)).
  { intros i Hi. apply (each_nth (member_of classes) None None _ _ i Em). lia. }
  assert (Lcl : forall a, In a classes -> length a = n).
  { intros a I. destruct (classes_from read a I) as [i [b [Hi E]]]. specialize (Rd i ltac:(lia)). rewrite E in Rd. tauto. }
  assert (F0 : forall i, (i < size G)%nat -> nth i members None = None -> zero n (row_at G i)).
  { intros i Hi E. specialize (Rd i Hi). specialize (Mb i Hi). rewrite E in Mb. destruct (nth i read None) as [[a b]|]; [|exact Rd].
    cbn [member_of] in Mb. destruct (place a classes); discriminate. }
  assert (F1 : forall i j b, (i < size G)%nat -> nth i members None = Some (j, b) -> (j < length classes)%nat /\
    exists f, 0 < f /\ multiple n (direction_sign b * f) (row_vec (nth j classes [])) (row_at G i)).
  { intros i j b Hi E. specialize (Rd i Hi). specialize (Mb i Hi). rewrite E in Mb. destruct (nth i read None) as [[a b']|]; [|discriminate].
    cbn [member_of] in Mb. destruct (place a classes) as [j'|] eqn:P; [|discriminate]. injection Mb as -> ->.
    destruct (place_sound a classes j P) as [Hj Ej]. split; [exact Hj|]. rewrite Ej. exact (proj2 Rd). }
  assert (F3 : forall i j, (i < length classes)%nat -> (j < length classes)%nat -> i <> j ->
    ~ exists f, multiple n f (row_vec (nth i classes [])) (row_vec (nth j classes []))).
  { intros i j. exact (pairwise_sound n classes Lcl Pw i j). }
  assert (F2 : forall j, (j < length classes)%nat -> exists i b, (i < size G)%nat /\ nth i members None = Some (j, b)).
  { intros j Hj. destruct (classes_from read (nth j classes []) (nth_In classes [] Hj)) as [i [b [Hi E]]]. exists i, b. split; [lia|].
    specialize (Mb i ltac:(lia)). rewrite E in Mb. cbn [member_of] in Mb. destruct (place (nth j classes []) classes) as [j'|] eqn:P; [|discriminate].
    destruct (place_sound _ _ _ P) as [Hj' Ej']. destruct (Nat.eq_dec j' j) as [->|N]; [congruence|]. elim (F3 j' j Hj' Hj N). exists 1.
    intros e He. rewrite Ej'. ring. }
  assert (F4 : forall j, (j < length classes)%nat -> ~ zero n (row_vec (nth j classes []))).
  { intros j Hj Z. specialize (Nz _ (nth_In classes [] Hj)). destruct (first_entry (nth j classes [])) as [[p v]|] eqn:Fe; [|discriminate].
    destruct (first_entry_value _ _ _ Fe) as [V P]. destruct (Nat.lt_ge_cases p n) as [C|C].
    - specialize (Z p C). unfold row_vec in Z. rewrite P in Z. apply V, eq_IZR, Z.
    - rewrite nth_overflow in P by (rewrite (Lcl _ (nth_In classes [] Hj)); exact C). congruence. }
  pose proof (cells_sound n classes cone cells m points why Eg Cb) as Sound.
  assert (Lcells : forall c, In c cells -> length c = length classes) by (intros c I; apply Nat.eqb_eq, Lc, I).
  assert (Reg : regions = map (expanded members) cells).
  { exact (regions_expanded members regions Ex). }
  assert (Inj : forall c c', length c = length classes -> length c' = length classes -> expanded members c = expanded members c' -> c = c').
  { exact (expanded_inj (size G) members classes F2). }
  split; [|split].
  - rewrite Reg. apply map_nodup; [exact Dc|]. intros a b Ia Ib. apply Inj; apply Lcells; assumption.
  - intro s. split.
    + intro I. rewrite Reg in I. apply in_map_iff in I. destruct I as [c [<- I]]. apply Sound in I. destruct I as [y Y].
      split; [unfold expanded; rewrite map_length; exact Lm|]. pose proof (proj2 (proj1 (inside_fits n classes cone c y) Y)) as Cy.
      destruct (scaled_point G domain cone y Inf Ed Cy) as [x [t [T St]]]. exists x. split.
      * apply (cone_at G domain cone Ed). intros g Ig. rewrite St. specialize (Cy g Ig). unfold n in Cy. apply Rmult_lt_0_compat; assumption.
      * intros i Hi. destruct (signs_of n (size G) (row_at G) members classes cone F0 F1 c y Y i Hi) as [Sg Zg].
        rewrite zero_row_at by exact Hi. split; [|exact Zg]. rewrite <- side_row by exact Hi. unfold n in *. rewrite St. apply scaled_sign; assumption.
    + intros [L [x [Dx S]]]. destruct (cell_of n (size G) (row_at G) members classes cone Lm F0 F1 F2 F4 s (at_point G x) L) as [c [Ic Ec']].
      * exact (proj1 (cone_at G domain cone Ed x) Dx).
      * intros i Hi. destruct (S i Hi) as [Si Zi]. unfold n. rewrite side_row by exact Hi. split; [exact Si|].
        intro E. apply zero_row_at; [exact Hi|exact (Zi E)].
      * rewrite Reg, <- Ec'. apply in_map. apply Sound. now exists (at_point G x).
  - pose proof (pairs_spec cells m (length classes) cells Mm Dc Lcells) as [Dp Sp].
    exists (map (fun p => (expanded members (fst p), expanded members (snd p))) (pairs_of m (length classes) cells)). split; [|split].
    + apply map_nodup; [exact Dp|]. intros [a b] [a' b'] I I' E. cbn [fst snd] in E. injection E as E1 E2. apply Sp in I, I'.
      destruct I as [Ia [Ib _]], I' as [Ia' [Ib' _]]. rewrite (Inj a a'), (Inj b b'); auto.
    + rewrite map_length. exact Ec.
    + assert (Adj : forall c c', In c cells -> In c' cells -> (adjacent G (expanded members c) (expanded members c') <->
        exists j, (j < length classes)%nat /\ c' = flip_at j c)).
      { intros c c' I I'. rewrite <- (adjacent_flipped n (size G) (row_at G) members classes Lm F0 F1 F2 F3 F4 c c' (Lcells c I) (Lcells c' I')).
        unfold adjacent. split; intros [i [Hi [Z H]]]; exists i; (split; [exact Hi|]); (split; [rewrite zero_row_at in * by exact Hi; exact Z|]);
          intros j Hj; specialize (H j Hj); rewrite one_line_at in * by assumption; exact H. }
      intros s s'. rewrite in_map_iff. split.
      * intros [[c c'] [E I]]. cbn [fst snd] in E. injection E as <- <-. apply Sp in I. destruct I as [Ia [Ib F]].
        split; [rewrite Reg; now apply in_map|]. split; [rewrite Reg; now apply in_map|]. apply Adj; assumption.
      * intros [I [I' A]]. rewrite Reg in I, I'. apply in_map_iff in I, I'. destruct I as [c [<- I]], I' as [c' [<- I']].
        exists (c, c'). split; [reflexivity|]. apply Sp. split; [exact I|]. split; [exact I'|]. now apply Adj.
Qed.
