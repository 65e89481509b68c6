(** The regions of hyperplanes with integer normals inside an open cone, as lists of sides, + as true: all have inner points, and they are all.

    That none is missing is seen by their number ([Regions_count]), or because across every hyperplane of every region lies a listed one, or nothing
    by a circuit ([Walks]). Interface: [cells_b], [cells_sound]. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool FMapPositive.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Trees Canonical Walks Regions_count.
Import ListNotations.
Open Scope Z_scope.

(** circuits of hyperplanes and sides of the cone, numbered from 1 in this order; of which of them one member is odd at a region, one list a region *)
Inductive completeness := By_number | Around (circuits : list circuit) (redundant : list (list positive)).

(** * Sets of lists of sides *)
Fixpoint key (c : list bool) : positive := match c with [] => xH | true :: c => xI (key c) | false :: c => xO (key c) end.
Fixpoint gather (L : list (list bool)) : option (PositiveMap.t unit) :=
  match L with
  | [] => Some (PositiveMap.empty unit)
  | c :: r => match gather r with
    | None => None
    | Some m => match find (key c) m with Some _ => None | None => Some (put (key c) tt m) end
    end
  end.
Definition member (m : PositiveMap.t unit) (c : list bool) : bool := match find (key c) m with Some _ => true | None => false end.

Lemma key_inj c : forall c', key c = key c' -> c = c'.
Proof. induction c as [|[|] c IH]; intros [|[|] c'] E; cbn [key] in E; try discriminate; try reflexivity; injection E as E; f_equal; now apply IH. Qed.

Lemma gather_sound L : forall m, gather L = Some m -> NoDup L /\ forall c, member m c = true <-> In c L.
Proof.
  induction L as [|c L IH]; intros m E; cbn [gather] in E.
  - injection E as <-. split; [constructor|]. intro c. unfold member. rewrite PositiveMap.gempty. split; [discriminate|intros []].
  - destruct (gather L) as [m'|]; [|discriminate]. destruct (find (key c) m') eqn:F; [discriminate|]. injection E as <-.
    destruct (IH m' eq_refl) as [D M]. split.
    + constructor; [|exact D]. intro I. apply M in I. unfold member in I. rewrite F in I. discriminate.
    + intro c'. unfold member. destruct (Pos.eq_dec (key c') (key c)) as [K|K].
      * rewrite K, PositiveMap.gss. apply key_inj in K. subst. split; [now left|reflexivity].
      * rewrite PositiveMap.gso by exact K. change (member m' c' = true <-> In c' (c :: L)). rewrite M. split; [now right|].
        intros [<-|I]; [now elim K|exact I].
Qed.

(** * Points *)
Fixpoint zdot (a b : list Z) : Z := match a, b with x :: a, y :: b => x * y + zdot a b | _, _ => 0 end.
(** a positive multiple in integers *)
Definition whole (q : list Q) : option (list Z) := each (integer (denominator q)) q.
Definition on_side (b : bool) (t : Z) : bool := if b then 0 <? t else t <? 0.
Fixpoint on_sides (rows : list (list Z)) (c : list bool) (z : list Z) : bool :=
  match rows, c with
  | [], [] => true
  | r :: rows, b :: c => on_side b (zdot r z) && on_sides rows c z
  | _, _ => false
  end.
Definition point_in (n : nat) (rows cone : list (list Z)) (c : list bool) (p : list Q) : bool :=
  match whole p with
  | Some z => Nat.eqb (length z) n && on_sides rows c z && forallb (fun g => 0 <? zdot g z) cone
  | None => false
  end.

Lemma zdot_value n a b : length a = n -> length b = n -> dot n (row_vec a) (row_vec b) = IZR (zdot a b).
Proof.
  revert n b. induction a as [|x a IH]; intros n [|y b] <- L; cbn [length] in L; try discriminate; [reflexivity|]. injection L as L.
  cbn [length zdot]. unfold dot. rewrite Networks.sum_first. rewrite plus_IZR, mult_IZR, <- (IH (length a) b eq_refl L). reflexivity.
Qed.

Lemma on_side_sound b t : on_side b t = true -> signed_by b (IZR t).
Proof. unfold on_side, signed_by. destruct b; rewrite Z.ltb_lt; intro H; apply IZR_lt in H; exact H. Qed.

Lemma on_sides_sound n rows z : (forall r, In r rows -> length r = n) -> length z = n -> forall c, on_sides rows c z = true ->
  fits n rows c (row_vec z).
Proof.
  intros W L. induction rows as [|r rows IH]; intros [|b c] H; cbn [on_sides fits] in *; try discriminate; [exact I|].
  rewrite andb_true_iff in H. destruct H as [S H]. split.
  - rewrite zdot_value; [exact (on_side_sound b _ S)|apply W; now left|exact L].
  - apply IH; [intros; apply W; now right|exact H].
Qed.

(** * What is meant *)
Section Cells.
Variables (n : nat) (rows cone : list (list Z)).
Definition side_of (i : nat) : vec := row_vec (nth i rows []).
Definition cone_of (j : nat) : vec := row_vec (nth j cone []).
Definition inside (c : list bool) (x : vec) : Prop :=
  length c = length rows /\ lies n (length rows) (length cone) side_of cone_of (fun i => nth i c false) x.

Lemma fits_nth rs : forall c x, fits n rs c x <-> length c = length rs /\
  forall i, (i < length rs)%nat -> signed_by (nth i c false) (dot n (row_vec (nth i rs [])) x).
Proof.
  induction rs as [|r rs IH]; intros [|b c] x; cbn [fits length].
  - split; [intros _; split; [reflexivity|intros; lia]|trivial].
  - split; [intros []|intros [E _]; discriminate].
  - split; [intros []|intros [E _]; discriminate].
  - rewrite IH. split.
    + intros [S [E H]]. split; [lia|]. intros [|i] Hi; [exact S|]. cbn [nth]. apply H. lia.
    + intros [E H]. split; [exact (H O ltac:(lia))|]. split; [lia|]. intros i Hi. exact (H (S i) ltac:(lia)).
Qed.

Lemma inside_fits c x : inside c x <-> fits n rows c x /\ forall g, In g cone -> (0 < dot n (row_vec g) x)%R.
Proof.
  unfold inside, lies, side_of, cone_of. rewrite fits_nth. split.
  - intros [L [S D]]. split; [tauto|]. intros g I. destruct (In_nth _ _ [] I) as [j [Hj <-]]. exact (D j Hj).
  - intros [[L S] D]. split; [exact L|]. split; [exact S|]. intros j Hj. apply D, nth_In, Hj.
Qed.

(** * Closed under crossing *)
Definition wall_of (r : list Z) : wall := Wall r (match first_entry r with Some (_, v) => Z.to_pos (Z.abs v) | _ => xH end) [].
Definition walls_of : list wall := map wall_of rows ++ map wall_of cone.
Fixpoint flip_at (j : nat) (c : list bool) : list bool :=
  match c, j with [], _ => [] | b :: c, O => negb b :: c | b :: c, S j => b :: flip_at j c end.
(** the member h is odd: it alone agrees with the region, or it alone does not *)
Definition odd_at (signs : PositiveMap.t bool) (k : kept) (h : positive) : bool :=
  let all b := forallb (fun m : bool * positive => match find (snd m) signs with
    | Some e => Bool.eqb (Bool.eqb (fst m) e) (Bool.eqb (Pos.eqb (snd m) h) b) | None => false end) k in
  all true || all false.
Definition odd_members (signs : PositiveMap.t bool) (k : kept) : list positive :=
  let those b := map snd (filter (fun m : bool * positive => match find (snd m) signs with Some e => Bool.eqb (Bool.eqb (fst m) e) b | None => false
    end) k) in
  filter (odd_at signs k) (match those true with [h] => [h] | _ => [] end ++ match those false with [h] => [h] | _ => [] end).
Definition closed_at (m : PositiveMap.t unit) (ks : PositiveMap.t kept) (c : list bool) (redundant : list positive) : bool :=
  let signs := indexed (numbered 1 (c ++ repeat true (length cone))) in
  let odd := flat_map (fun i => match find i ks with Some k => odd_members signs k | None => [] end) redundant in
  forallb (fun j => member m (flip_at j c) || existsb (Pos.eqb (Pos.of_succ_nat j)) odd) (seq 0 (length rows)).
(** no row is a multiple of another, and none is zero *)
Definition apart_rows (r r' : list Z) : bool :=
  match first_entry r with None => false | Some (p, v) => negb (all_zero (row_combination (nth p r' 0) (- v) r r')) end.
Fixpoint pairwise (l : list (list Z)) : bool :=
  match l with [] => true | r :: rest => forallb (fun r' => apart_rows r r' && apart_rows r' r) rest && pairwise rest end.
Fixpoint forall2b {A B} (f : A -> B -> bool) (l : list A) (l' : list B) : bool :=
  match l, l' with [], [] => true | a :: l, b :: l' => f a b && forall2b f l l' | _, _ => false end.

Definition all_b (m : PositiveMap.t unit) (cells : list (list bool)) (why : completeness) : bool :=
  match why with
  | By_number => match cone with
    | [] => Nat.leb (count (length rows) rows) (length cells)
    | [g] => Nat.leb (count (S (length rows)) (rows ++ [g])) (2 * length cells)
    | _ => false
    end
  | Around circuits redundant =>
    match cells with [] => false | _ => true end && pairwise rows &&
    match dependences n (indexed (numbered 1 walls_of)) circuits with
    | Some ks => let ks := indexed (numbered 1 ks) in forall2b (closed_at m ks) cells redundant
    | None => false
    end
  end.
Definition cells_b (m : PositiveMap.t unit) (cells : list (list bool)) (points : list (list Q)) (why : completeness) : bool :=
  forallb (fun r => Nat.eqb (length r) n) rows && forallb (fun r => Nat.eqb (length r) n) cone &&
  forall2b (point_in n rows cone) cells points && all_b m cells why.

Lemma forall2b_in {A B} (f : A -> B -> bool) l : forall l', forall2b f l l' = true -> forall a, In a l -> exists b, f a b = true.
Proof.
  induction l as [|a l IH]; intros [|b l'] H c I; cbn [forall2b] in H; try discriminate; [destruct I|]. rewrite andb_true_iff in H.
  destruct H as [F H]. destruct I as [<-|I]; [eauto|exact (IH l' H c I)].
Qed.

Lemma numbered_nth {A} (l : list A) : forall s h a, In (h, a) (numbered (Pos.of_succ_nat s) l) ->
  exists i, h = Pos.of_succ_nat (s + i) /\ nth_error l i = Some a.
Proof.
  induction l as [|b l IH]; intros s h a I; cbn [numbered] in I; [destruct I|]. destruct I as [E|I].
  - injection E as <- <-. exists O. split; [f_equal; lia|reflexivity].
  - change (Pos.succ (Pos.of_succ_nat s)) with (Pos.of_succ_nat (S s)) in I. destruct (IH (S s) h a I) as [i [-> E]]. exists (S i).
    split; [f_equal; lia|exact E].
Qed.

Lemma found {A} (l : list A) h a : find h (indexed (numbered 1 l)) = Some a -> exists i, h = Pos.of_succ_nat i /\ nth_error l i = Some a.
Proof. intro F. exact (numbered_nth l 0 h a (indexed_in _ _ _ F)). Qed.

Lemma flip_at_length j c : length (flip_at j c) = length c.
Proof. revert j. induction c; intros [|j]; cbn [flip_at length]; try reflexivity. f_equal. apply IHc. Qed.

Lemma flip_at_nth j c : forall i, (j < length c)%nat -> nth i (flip_at j c) false = crossed j (fun i => nth i c false) i.
Proof.
  revert j. induction c as [|b c IH]; intros j i H; cbn [length] in H; [lia|]. destruct j, i; cbn [flip_at nth]; try reflexivity.
  rewrite IH by lia. reflexivity.
Qed.

Lemma apart_sound r r' l : length r = n -> length r' = n -> apart_rows r r' = true -> ~ multiple n l (row_vec r) (row_vec r').
Proof.
  intros L L' H M. unfold apart_rows in H. destruct (first_entry r) as [[p v]|] eqn:E; [|discriminate]. apply negb_true_iff in H.
  destruct (first_entry_value _ _ _ E) as [V P]. assert (Hp : (p < n)%nat).
  { destruct (Nat.lt_ge_cases p n) as [C|C]; [exact C|]. rewrite nth_overflow in P by lia. congruence. }
  assert (Z : all_zero (row_combination (nth p r' 0) (- v) r r') = true); [|congruence]. unfold all_zero. apply forallb_forall. intros z I.
  destruct (In_nth _ _ 0 I) as [k [Hk Ek]]. unfold row_combination in Hk, Ek. rewrite zip_length in Hk by lia. rewrite zip_nth in Ek by lia.
  subst z. apply Z.eqb_eq. apply eq_IZR. rewrite plus_IZR, !mult_IZR, opp_IZR. pose proof (M p Hp) as Mp. pose proof (M k ltac:(lia)) as Mk.
  unfold row_vec in *. rewrite Mp, Mk, P. ring.
Qed.

Lemma pairwise_sound l : (forall r, In r l -> length r = n) -> pairwise l = true -> forall i j, (i < length l)%nat -> (j < length l)%nat -> i <> j ->
  ~ exists f, multiple n f (row_vec (nth i l [])) (row_vec (nth j l [])).
Proof.
  induction l as [|r l IH]; intros W P i j Hi Hj N [f M]; cbn [length] in *; [lia|]. cbn [pairwise] in P. rewrite andb_true_iff, forallb_forall in P.
  destruct P as [A P]. assert (W' : forall r', In r' l -> length r' = n) by (intros; apply W; now right).
  destruct i as [|i], j as [|j]; cbn [nth] in M; [lia| | |].
  - specialize (A _ (nth_In l [] (n := j) ltac:(lia))). rewrite andb_true_iff in A. revert M. apply apart_sound; [apply W; now left| |tauto].
    apply W', nth_In. lia.
  - specialize (A _ (nth_In l [] (n := i) ltac:(lia))). rewrite andb_true_iff in A. revert M. apply apart_sound; [|apply W; now left|tauto].
    apply W', nth_In. lia.
  - apply (IH W' P i j ltac:(lia) ltac:(lia) ltac:(lia)). now exists f.
Qed.

(** what the walls of circuits are *)
Lemma wall_found h w : find h (indexed (numbered 1 walls_of)) = Some w -> exists i, h = Pos.of_succ_nat i /\
  (((i < length rows)%nat /\ line w = nth i rows []) \/ ((length rows <= i < length rows + length cone)%nat /\ line w = nth (i - length rows) cone [])).
Proof.
  intro F. destruct (found _ _ _ F) as [i [-> E]]. exists i. split; [reflexivity|]. unfold walls_of in E.
  destruct (Nat.lt_ge_cases i (length rows)) as [C|C].
  - left. split; [exact C|]. rewrite nth_error_app1 in E by (rewrite map_length; exact C). rewrite nth_error_map in E.
    destruct (nth_error rows i) as [r|] eqn:R; [|discriminate]. injection E as <-. cbn [line]. symmetry. exact (nth_error_nth _ _ _ R).
  - right. rewrite nth_error_app2 in E by (rewrite map_length; exact C). rewrite map_length in E. rewrite nth_error_map in E.
    destruct (nth_error cone (i - length rows)) as [r|] eqn:R; [|discriminate]. injection E as <-. cbn [line]. split.
    + assert (i - length rows < length cone)%nat by (apply nth_error_Some; congruence). lia.
    + symmetry. exact (nth_error_nth _ _ _ R).
Qed.

Lemma sign_found c h b : length c = length rows -> find h (indexed (numbered 1 (c ++ repeat true (length cone)))) = Some b ->
  exists i, h = Pos.of_succ_nat i /\ (((i < length rows)%nat /\ nth i c false = b) \/
    ((length rows <= i < length rows + length cone)%nat /\ b = true)).
Proof.
  intros L F. destruct (found _ _ _ F) as [i [-> E]]. exists i. split; [reflexivity|]. destruct (Nat.lt_ge_cases i (length rows)) as [C|C].
  - left. split; [exact C|]. rewrite nth_error_app1 in E by lia. exact (nth_error_nth _ _ _ E).
  - right. rewrite nth_error_app2 in E by lia. rewrite L in E. assert (B : (i - length rows < length (repeat true (length cone)))%nat) by
      (apply nth_error_Some; congruence). rewrite repeat_length in B. split; [lia|].
    apply nth_error_In in E. exact (repeat_spec _ _ _ E).
Qed.

(** A circuit whose odd member is j: no region lies across j. *)
Lemma nothing_across c k j x : length c = length rows -> (j < length rows)%nat -> sound_circuit n (indexed (numbered 1 walls_of)) k ->
  odd_at (indexed (numbered 1 (c ++ repeat true (length cone)))) k (Pos.of_succ_nat j) = true ->
  ~ lies n (length rows) (length cone) side_of cone_of (crossed j (fun i => nth i c false)) x.
Proof.
  intros L Hj Sk O [S D]. set (signs := indexed _) in O.
  set (sigma := fun h => match find h (indexed (numbered 1 walls_of)) with
    | Some w => if Rlt_dec 0 (dot n (row_vec (line w)) x) then true else false
    | None => if Pos.eqb h (Pos.of_succ_nat j) then match find h signs with Some e => negb e | None => false end
        else match find h signs with Some e => e | None => false end end).
  assert (Re : realises n (indexed (numbered 1 walls_of)) sigma x).
  { intros h w F. split.
    - destruct (wall_found h w F) as [i [_ [[C E]|[C E]]]]; rewrite E.
      + specialize (S i C). unfold signed_by in S. fold (side_of i). destruct (crossed j _ i); lra.
      + specialize (D (i - length rows)%nat ltac:(lia)). fold (cone_of (i - length rows)). lra.
    - unfold sigma. rewrite F. destruct (Rlt_dec _ _); split; intro; try assumption; try reflexivity; try discriminate; contradiction. }
  assert (Sg : forall h e, find h signs = Some e -> sigma h = if Pos.eqb h (Pos.of_succ_nat j) then negb e else e).
  { intros h e F. unfold sigma. destruct (find h (indexed (numbered 1 walls_of))) as [w|] eqn:W; [|rewrite F; destruct (Pos.eqb _ _); reflexivity].
    destruct (wall_found h w W) as [i [E1 Wi]]. destruct (sign_found c h e L F) as [i' [E2 Si]]. assert (i' = i) as -> by (apply SuccNat2Pos.inj;
      congruence). rewrite E1. assert (Eq : Pos.eqb (Pos.of_succ_nat i) (Pos.of_succ_nat j) = Nat.eqb i j).
    { destruct (Nat.eqb_spec i j) as [->|N]; [apply Pos.eqb_refl|]. apply Pos.eqb_neq. intro Q. apply N, SuccNat2Pos.inj, Q. }
    rewrite Eq. destruct Wi as [[C Lw]|[C Lw]], Si as [[C' Se]|[C' Se]]; try lia; rewrite Lw.
    - specialize (S i C). unfold crossed in S. fold (side_of i). rewrite Se in S. unfold signed_by in S.
      destruct (Nat.eqb i j), e; cbn [negb] in *; destruct (Rlt_dec _ _); try reflexivity; lra.
    - specialize (D (i - length rows)%nat ltac:(lia)). fold (cone_of (i - length rows)). subst e.
      replace (Nat.eqb i j) with false by (symmetry; apply Nat.eqb_neq; lia). destruct (Rlt_dec _ _); [reflexivity|lra]. }
  unfold odd_at in O. rewrite orb_true_iff, !forallb_forall in O.
  destruct O as [O|O]; [apply (Sk sigma x false Re)|apply (Sk sigma x true Re)]; intros p h I; specialize (O (p, h) I); cbn [fst snd] in O;
    (destruct (find h signs) as [e|] eqn:F; [|discriminate]); rewrite (Sg h e F); destruct (Pos.eqb h _), p, e; cbn in *; congruence.
Qed.

Lemma listed_function (cells : list (list bool)) (s : nat -> bool) : (forall c, In c cells -> length c = length rows) ->
  In (map s (seq 0 (length rows))) cells -> exists c, In c cells /\ length c = length rows /\ forall i, (i < length rows)%nat -> nth i c false = s i.
Proof.
  intros _ I. exists (map s (seq 0 (length rows))). split; [exact I|split; [rewrite map_length, seq_length; reflexivity|]]. intros i Hi.
  rewrite (nth_indep _ false (s O)) by (rewrite map_length, seq_length; exact Hi). rewrite map_nth, seq_nth by exact Hi. reflexivity.
Qed.

Lemma as_function c : length c = length rows -> c = map (fun i => nth i c false) (seq 0 (length rows)).
Proof.
  intro L. apply nth_ext with (d := false) (d' := nth 0 c false); [rewrite map_length, seq_length; exact L|]. intros i Hi.
  rewrite (map_nth (fun i => nth i c false)), seq_nth by lia. reflexivity.
Qed.

Lemma map_seq_ext (s s' : nat -> bool) k : (forall i, (i < k)%nat -> s i = s' i) -> map s (seq 0 k) = map s' (seq 0 k).
Proof. intro H. apply map_ext_in. intros i I. apply in_seq in I. apply H. lia. Qed.

(** The cells are the regions. *)
Theorem cells_sound cells m points why : gather cells = Some m -> cells_b m cells points why = true ->
  forall c, In c cells <-> exists x, inside c x.
Proof.
  intros G. unfold cells_b. rewrite !andb_true_iff, !forallb_forall. intros [[[Wr Wc] P] A]. destruct (gather_sound _ _ G) as [D Mm].
  assert (Wr' : forall r, In r rows -> length r = n) by (intros r I; apply Nat.eqb_eq, Wr, I).
  assert (Wc' : forall r, In r cone -> length r = n) by (intros r I; apply Nat.eqb_eq, Wc, I).
  assert (In_ : forall c, In c cells -> exists x, inside c x).
  { intros c I. destruct (forall2b_in _ _ _ P c I) as [p Hp]. unfold point_in in Hp. destruct (whole p) as [z|]; [|discriminate].
    rewrite !andb_true_iff, Nat.eqb_eq, forallb_forall in Hp. destruct Hp as [[L S] C]. exists (row_vec z). rewrite inside_fits. split.
    - exact (on_sides_sound n rows z Wr' L c S).
    - intros g Ig. rewrite zdot_value; [apply (IZR_lt 0), Z.ltb_lt, C, Ig|exact (Wc' g Ig)|exact L]. }
  intro c. split; [exact (In_ c)|]. intros [x X]. unfold all_b in A. destruct why as [|circuits redundant].
  - apply inside_fits in X. destruct X as [F C]. destruct cone as [|g [|]] eqn:Ec; [| |discriminate].
    + apply (counted n n rows cells Wr' D) with (x := x); [|apply Nat.leb_le, A|exact F]. intros c' I. destruct (In_ c' I) as [y Y].
      exists y. apply inside_fits in Y. tauto.
    + set (L := map (fun c => c ++ [true]) cells ++ map (fun c => map negb c ++ [false]) cells).
      assert (App : forall rs r c' b y, fits n rs c' y -> signed_by b (dot n (row_vec r) y) -> fits n (rs ++ [r]) (c' ++ [b]) y).
      { induction rs as [|r' rs IH]; intros r [|b' c'] b y H S; cbn [fits app] in *; tauto || (destruct H; split; auto). }
      assert (Neg : forall rs c' y, fits n rs c' y -> fits n rs (map negb c') (fun k => -1 * y k)%R).
      { induction rs as [|r' rs IH]; intros [|b' c'] y H; cbn [fits map] in *; try tauto. destruct H as [S H]. split; [|exact (IH _ _ H)].
        rewrite dot_scal_r. unfold signed_by in *. destruct b'; cbn [negb]; lra. }
      assert (I : In (c ++ [true]) L).
      { apply (counted n n (rows ++ [g]) L) with (x := x).
        - intros r. rewrite in_app_iff. intros [I|[<-|[]]]; [exact (Wr' r I)|exact (Wc' g (or_introl eq_refl))].
        - apply nodup_app.
          + apply FinFun.Injective_map_NoDup; [|exact D]. intros a b E. now apply app_inj_tail in E.
          + apply FinFun.Injective_map_NoDup; [|exact D]. intros a b E. apply app_inj_tail in E. destruct E as [E _].
            rewrite <- (map_id a), <- (map_id b). rewrite <- (map_ext (fun t => negb (negb t)) (fun t => t) negb_involutive a),
              <- (map_ext (fun t => negb (negb t)) (fun t => t) negb_involutive b), <- !(map_map negb negb), E. reflexivity.
          + intros a Ia Ib. apply in_map_iff in Ia, Ib. destruct Ia as [a1 [Ea _]], Ib as [b1 [Eb _]]. rewrite <- Eb in Ea.
            apply app_inj_tail in Ea. destruct Ea; discriminate.
        - intros c' I. unfold L in I. rewrite in_app_iff, !in_map_iff in I. destruct I as [[a [<- I]]|[a [<- I]]]; destruct (In_ a I) as [y Y];
            apply inside_fits in Y; destruct Y as [Fy Cy]; specialize (Cy g ltac:(try rewrite Ec; left; reflexivity)).
          + exists y. now apply App.
          + exists (fun k => -1 * y k)%R. apply App; [exact (Neg _ _ _ Fy)|]. rewrite dot_scal_r. unfold signed_by. lra.
        - unfold L. rewrite !app_length, !map_length. apply Nat.leb_le in A. cbn [length]. replace (length rows + 1)%nat with (S (length rows)) by lia. lia.
        - apply App; [exact F|]. exact (C g ltac:(try rewrite Ec; left; reflexivity)). }
      unfold L in I. rewrite in_app_iff, !in_map_iff in I. destruct I as [[a [E I]]|[a [E I]]]; apply app_inj_tail in E; destruct E as [E1 E2];
        [subst; exact I|discriminate].
  - rewrite !andb_true_iff in A. destruct A as [[Ne Pw] A]. destruct (dependences n _ circuits) as [ks|] eqn:Dk; [|discriminate].
    assert (Len : forall c', In c' cells -> length c' = length rows) by (intros c' I; destruct (In_ c' I) as [y [E _]]; exact E).
    destruct cells as [|c0 rest] eqn:Ecs; [discriminate|]. rewrite <- Ecs in *. assert (I0 : In c0 cells) by (rewrite Ecs; now left).
    set (Lf := fun s : nat -> bool => In (map s (seq 0 (length rows))) cells).
    destruct (In_ c0 I0) as [y [E0 Y]]. destruct X as [Ex X]. rewrite (as_function c Ex).
    apply (walked n (length rows) (length cone) side_of cone_of Lf) with (s := fun i => nth i c0 false) (p := y) (x := x); try assumption.
    + intros s s' E I. unfold Lf in *. rewrite <- (map_seq_ext s s' _ E). exact I.
    + intros i j Hi Hj N. exact (pairwise_sound rows Wr' Pw i j Hi Hj N).
    + intros s h I Hh. destruct (listed_function cells s Len I) as [c1 [I1 [L1 S1]]]. destruct (forall2b_in _ _ _ A c1 I1) as [red Cl].
      unfold closed_at in Cl. cbv zeta in Cl. rewrite forallb_forall in Cl. specialize (Cl h ltac:(apply in_seq; lia)). rewrite orb_true_iff in Cl.
      destruct Cl as [Cl|Cl].
      * left. apply Mm in Cl. unfold Lf. rewrite (map_seq_ext (crossed h s) (fun i => nth i (flip_at h c1) false)).
        -- rewrite <- as_function; [exact Cl|]. rewrite flip_at_length. exact L1.
        -- intros i Hi. rewrite flip_at_nth by lia. unfold crossed. rewrite (S1 i Hi). reflexivity.
      * right. intros z Lz. apply existsb_exists in Cl. destruct Cl as [h' [Ih E]]. apply Pos.eqb_eq in E. subst h'.
        apply in_flat_map in Ih. destruct Ih as [idx [_ Ih]]. destruct (find idx (indexed (numbered 1 ks))) as [k|] eqn:Fk; [|destruct Ih].
        unfold odd_members in Ih. apply filter_In in Ih. destruct Ih as [_ Odd].
        apply (nothing_across c1 k h z L1 Hh); [|exact Odd|].
        -- apply (dependences_sound n _ circuits ks Dk). exact (numbered_in _ _ _ _ (indexed_in _ _ _ Fk)).
        -- destruct Lz as [Sz Dz]. split; [|exact Dz]. intros i Hi. specialize (Sz i Hi). unfold crossed in *. rewrite (S1 i Hi). exact Sz.
    + unfold Lf. rewrite <- as_function; [exact I0|exact E0].
Qed.
End Cells.
