(** How many regions hyperplanes cut a space into, at most: the last hyperplane cuts in two those regions of the others that it meets, and these are
    the regions into which the others cut it. [count_bound]: no more sign vectors than [count] are realised. *)
From Coq Require Import Reals List ZArith Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Trees Walks.
Import ListNotations.
Open Scope Z_scope.

(** x is off all hyperplanes, on the sides c *)
Fixpoint fits (n : nat) (rows : list (list Z)) (c : list bool) (x : vec) : Prop :=
  match rows, c with
  | [], [] => True
  | r :: rows, b :: c => signed_by b (dot n (row_vec r) x) /\ fits n rows c x
  | _, _ => False
  end.

(** place and value of the first entry that is not 0 *)
Fixpoint first_entry (r : list Z) : option (nat * Z) :=
  match r with
  | [] => None
  | x :: r => if Z.eqb x 0 then match first_entry r with Some (p, v) => Some (S p, v) | None => None end else Some (O, x)
  end.
Definition row_combination (s t : Z) (a b : list Z) : list Z := zip (fun x y => s * x + t * y) a b.
(** a multiple that is not 0; p and v: place and value of r's first entry that is not 0 *)
Definition parallel_row (p : nat) (v : Z) (r r' : list Z) : bool :=
  let w := nth p r' 0 in negb (Z.eqb w 0) && all_zero (row_combination w (- v) r r').
(** on r = 0 the same as |v| r' *)
Definition restricted_row (p : nat) (v : Z) (r r' : list Z) : list Z := row_combination (Z.abs v) (- (Z.sgn v * nth p r' 0)) r' r.
Fixpoint count (fuel : nat) (rows : list (list Z)) : nat :=
  match rows with
  | [] => 1
  | r :: rest => match fuel, first_entry r with
    | S fuel, Some (p, v) =>
      if existsb (parallel_row p v r) rest then count fuel rest else (count fuel rest + count fuel (map (restricted_row p v r) rest))%nat
    | _, _ => 0
    end
  end.

Lemma first_entry_value r p v : first_entry r = Some (p, v) -> v <> 0 /\ nth p r 0 = v.
Proof.
  revert p. induction r as [|x r IH]; intros p E; cbn [first_entry] in E; [discriminate|]. destruct (Z.eqb_spec x 0) as [->|N].
  - destruct (first_entry r) as [[p' v']|]; [|discriminate]. injection E as <- <-. exact (IH p' eq_refl).
  - injection E as <- <-. split; [exact N|reflexivity].
Qed.

Lemma first_entry_none n r x : first_entry r = None -> dot n (row_vec r) x = 0%R.
Proof.
  intro E. apply dot_zero_l. intros k _. unfold row_vec. assert (H : nth k r 0 = 0); [|rewrite H; reflexivity]. clear n x. revert k.
  induction r as [|y r IH]; intro k; [destruct k; reflexivity|]. cbn [first_entry] in E. destruct (Z.eqb_spec y 0) as [->|]; [|discriminate].
  destruct (first_entry r) as [[]|]; [discriminate|]. destruct k; [reflexivity|exact (IH eq_refl k)].
Qed.

Lemma combination_length s t a b : length b = length a -> length (row_combination s t a b) = length a.
Proof. apply zip_length. Qed.

Lemma combination_dot n s t a b x : length b = length a ->
  dot n (row_vec (row_combination s t a b)) x = (IZR s * dot n (row_vec a) x + IZR t * dot n (row_vec b) x)%R.
Proof.
  intro L. rewrite <- !dot_scal_l, <- dot_plus_l. apply dot_ext; [|reflexivity]. intros k _. unfold row_vec, row_combination.
  destruct (Nat.lt_ge_cases k (length a)) as [H|H].
  - rewrite zip_nth by assumption. rewrite plus_IZR, !mult_IZR. reflexivity.
  - rewrite !nth_overflow by (rewrite ?zip_length; lia). ring.
Qed.

Lemma parallel_sound n p v r r' x : length r' = length r -> v <> 0 -> parallel_row p v r r' = true ->
  (IZR v * dot n (row_vec r') x = IZR (nth p r' 0%Z) * dot n (row_vec r) x)%R /\ nth p r' 0 <> 0.
Proof.
  unfold parallel_row. cbv zeta. rewrite andb_true_iff, negb_true_iff, Z.eqb_neq. intros L _ [N E]. split; [|exact N].
  pose proof (combination_dot n (nth p r' 0) (- v) r r' x L) as D. rewrite dot_zero_l in D.
  - rewrite opp_IZR in D. lra.
  - intros k _. unfold row_vec. rewrite (all_zero_nth _ k E). reflexivity.
Qed.

Lemma restricted_sound n p v r r' x : length r' = length r -> v <> 0 -> dot n (row_vec r) x = 0%R ->
  exists f, (0 < f)%R /\ dot n (row_vec (restricted_row p v r r')) x = (f * dot n (row_vec r') x)%R.
Proof.
  intros L N E. exists (IZR (Z.abs v)). split; [apply (IZR_lt 0); lia|]. unfold restricted_row. rewrite combination_dot by congruence. rewrite E. ring.
Qed.

Lemma fits_length n rows : forall c x, fits n rows c x -> length c = length rows.
Proof. induction rows; intros [|b c] x H; simpl in *; try reflexivity; try destruct H. f_equal. eauto. Qed.

Lemma fits_in n rows r : In r rows -> forall c x c' x', fits n rows c x -> fits n rows c' x' -> c = c' ->
  exists b, signed_by b (dot n (row_vec r) x) /\ signed_by b (dot n (row_vec r) x').
Proof.
  induction rows as [|r' rows IH]; intros I c x c' x' F F' E; [destruct I|]. subst c'. destruct c as [|b c]; [destruct F|]. cbn [fits] in *.
  destruct I as [->|I]; [exists b; tauto|]. apply (IH I c x c x'); tauto.
Qed.

(** On the hyperplane, between a point on one side and a point on the other, are the same sides of the others. *)
Lemma fits_between n p v r rest c x y : v <> 0 -> (forall r', In r' rest -> length r' = length r) -> fits n rest c x -> fits n rest c y ->
  (0 < dot n (row_vec r) x)%R -> (dot n (row_vec r) y < 0)%R -> exists z, fits n (map (restricted_row p v r) rest) c z.
Proof.
  intros N L Fx Fy X Y. set (a := dot n (row_vec r) x) in *. set (b := dot n (row_vec r) y) in *. exists (fun k => - b * x k + a * y k)%R.
  assert (Dot : forall w, dot n w (fun k => - b * x k + a * y k)%R = (- b * dot n w x + a * dot n w y)%R).
  { intro w. rewrite dot_plus_r, !dot_scal_r. reflexivity. }
  assert (Z : dot n (row_vec r) (fun k => - b * x k + a * y k)%R = 0%R) by (rewrite Dot; fold a b; ring).
  revert c Fx Fy. induction rest as [|r' rest IH]; intros [|s c] Fx Fy; cbn [fits map] in *; try tauto. destruct Fx as [Sx Fx], Fy as [Sy Fy].
  split; [|apply IH; [intros; apply L; now right|exact Fx|exact Fy]].
  destruct (restricted_sound n p v r r' _ (L r' (or_introl eq_refl)) N Z) as [f [P E]]. rewrite E, Dot. unfold signed_by in *. destruct s.
  - apply Rmult_lt_0_compat; [exact P|]. nra.
  - rewrite <- (Rmult_0_r f). apply Rmult_lt_compat_l; [exact P|]. nra.
Qed.

(** what is a multiple of something with one sign has one sign *)
Lemma not_both b v q tx ty ux uy : (v <> 0 -> q <> 0 -> v * tx = q * ux -> v * ty = q * uy -> signed_by b tx -> signed_by b ty ->
  signed_by true ux -> signed_by false uy -> False)%R.
Proof.
  unfold signed_by. intros V Q E F X Y U W. assert (N : (0 < (q * ux) * - (q * uy))%R).
  { replace ((q * ux) * - (q * uy))%R with ((q * q) * (ux * - uy))%R by ring. apply Rmult_lt_0_compat; [nra|]. apply Rmult_lt_0_compat; lra. }
  rewrite <- E, <- F in N. assert (P : (0 < tx * ty)%R) by (destruct b; nra). replace (v * tx * - (v * ty))%R with (- ((v * v) * (tx * ty)))%R in N by
    ring. assert (0 < (v * v) * (tx * ty))%R by (apply Rmult_lt_0_compat; [nra|exact P]). lra.
Qed.

(** sign vectors that begin with b, without it *)
Definition beginning (b : bool) (L : list (list bool)) : list (list bool) :=
  flat_map (fun c => match c with b' :: c => if Bool.eqb b b' then [c] else [] | [] => [] end) L.
Definition listed (c : list bool) (L : list (list bool)) : bool := if in_dec (list_eq_dec bool_dec) c L then true else false.

Lemma beginning_in b L c : In c (beginning b L) <-> In (b :: c) L.
Proof.
  unfold beginning. rewrite in_flat_map. split.
  - intros [[|b' c'] [I J]]; [destruct J|]. destruct (Bool.eqb b b') eqn:E; [|destruct J]. apply eqb_prop in E. destruct J as [->|[]]. now subst.
  - intro I. exists (b :: c). split; [exact I|]. rewrite eqb_reflx. now left.
Qed.

Lemma beginning_nodup b L : NoDup L -> NoDup (beginning b L).
Proof.
  induction 1 as [|c L N D IH]; [constructor|]. unfold beginning in *. cbn [flat_map]. destruct c as [|b' c]; [exact IH|].
  destruct (Bool.eqb b b') eqn:E; [|exact IH]. apply eqb_prop in E. subst b'. cbn [app]. constructor; [|exact IH]. intro I. apply N.
  now apply (beginning_in b L c).
Qed.

Lemma beginning_both L : (forall c, In c L -> c <> []) -> length L = (length (beginning true L) + length (beginning false L))%nat.
Proof.
  induction L as [|c L IH]; intro H; [reflexivity|]. unfold beginning in *. cbn [flat_map length]. rewrite !app_length, IH by (intros; apply H; now
    right). destruct c as [|[|] c]; [elim (H [] (or_introl eq_refl) eq_refl)| |]; cbn; lia.
Qed.

Lemma listed_spec c L : listed c L = true <-> In c L.
Proof. unfold listed. destruct (in_dec _ c L); split; intro; auto; discriminate. Qed.

Lemma split_lengths {A} (f : A -> bool) l : length l = (length (filter f l) + length (filter (fun a => negb (f a)) l))%nat.
Proof. induction l as [|a l IH]; [reflexivity|]. cbn [filter length]. destruct (f a); cbn [negb length]; lia. Qed.

Lemma nodup_app {A} (l l' : list A) : NoDup l -> NoDup l' -> (forall a, In a l -> In a l' -> False) -> NoDup (l ++ l').
Proof.
  induction 1 as [|a l N D IH]; intros D' H; [exact D'|]. cbn [app]. constructor.
  - rewrite in_app_iff. intros [I|I]; [exact (N I)|exact (H a (or_introl eq_refl) I)].
  - apply IH; [exact D'|]. intros b I. apply H. now right.
Qed.

Theorem count_bound n w fuel : forall rows L, (length rows <= fuel)%nat -> (forall r, In r rows -> length r = w) -> NoDup L ->
  (forall c, In c L -> exists x, fits n rows c x) -> (length L <= count fuel rows)%nat.
Proof.
  induction fuel as [|fuel IH]; intros rows L F W D H.
  - destruct rows as [|r rows]; [|cbn [length] in F; lia]. cbn [count]. destruct L as [|c [|c' L]]; cbn [length]; try lia.
    destruct (H c (or_introl eq_refl)) as [x X]. destruct (H c' (or_intror (or_introl eq_refl))) as [x' X']. destruct c, c'; cbn [fits] in *; try tauto.
    inversion D; subst. elim H2. now left.
  - destruct rows as [|r rest].
    { cbn [count]. destruct L as [|c [|c' L]]; cbn [length]; try lia.
      destruct (H c (or_introl eq_refl)) as [x X]. destruct (H c' (or_intror (or_introl eq_refl))) as [x' X']. destruct c, c'; cbn [fits] in *; try tauto.
      inversion D; subst. elim H2. now left. }
    cbn [count length] in *. assert (Wr : length r = w) by (apply W; now left). assert (Wrest : forall r', In r' rest -> length r' = w) by (intros;
      apply W; now right).
    assert (Cons : forall c, In c L -> exists b c', c = b :: c').
    { intros c I. destruct (H c I) as [x X]. destruct c as [|b c']; [destruct X|eauto]. }
    assert (Tails : forall b c, In c (beginning b L) -> exists x, fits n rest c x /\ signed_by b (dot n (row_vec r) x)).
    { intros b c I. apply beginning_in in I. destruct (H _ I) as [x [S X]]. eauto. }
    rewrite (beginning_both L) by (intros c I E; destruct (Cons c I) as [b [c' E']]; congruence).
    pose proof (beginning_nodup true L D) as Dt. pose proof (beginning_nodup false L D) as Df.
    set (Lt := beginning true L) in *. set (Lf := beginning false L) in *.
    destruct (first_entry r) as [[p v]|] eqn:Fe.
    + destruct (first_entry_value r p v Fe) as [V Vp]. destruct (existsb (parallel_row p v r) rest) eqn:X.
      * apply existsb_exists in X. destruct X as [r' [I' Pr]]. rewrite <- app_length. apply IH; [lia|exact Wrest| |].
        -- apply nodup_app; [exact Dt|exact Df|]. intros c It If_. destruct (Tails true c It) as [x [Fx Sx]]. destruct (Tails false c If_) as [y [Fy Sy]].
           destruct (fits_in n rest r' I' c x c y Fx Fy eq_refl) as [b [Bx By]].
           destruct (parallel_sound n p v r r' x (eq_trans (Wrest _ I') (eq_sym Wr)) V Pr) as [Ex Nz].
           destruct (parallel_sound n p v r r' y (eq_trans (Wrest _ I') (eq_sym Wr)) V Pr) as [Ey _].
           apply (not_both b (IZR v) (IZR (nth p r' 0)) _ _ _ _ (not_0_IZR _ V) (not_0_IZR _ Nz) Ex Ey Bx By Sx Sy).
        -- intros c I. rewrite in_app_iff in I. destruct I as [I|I]; destruct (Tails _ c I) as [x [Fx _]]; eauto.
      * set (only := filter (fun c => negb (listed c Lt)) Lf). set (twice := filter (fun c => listed c Lt) Lf).
        assert (E : (length Lt + length Lf = length (Lt ++ only) + length twice)%nat).
        { rewrite app_length. assert (S : length Lf = (length twice + length only)%nat) by exact (split_lengths (fun c => listed c Lt) Lf). lia. }
        rewrite E. apply Nat.add_le_mono.
        -- apply IH; [lia|exact Wrest| |].
           ++ apply nodup_app; [exact Dt|apply NoDup_filter, Df|]. intros c It Io. unfold only in Io. rewrite filter_In, negb_true_iff in Io.
              destruct Io as [_ Io]. apply listed_spec in It. congruence.
           ++ intros c I. rewrite in_app_iff in I. destruct I as [I|I]; [destruct (Tails true c I) as [x [Fx _]]; eauto|].
              unfold only in I. rewrite filter_In in I. destruct (Tails false c (proj1 I)) as [x [Fx _]]; eauto.
        -- apply IH with (L := twice); [rewrite map_length; lia| | |].
           ++ intros r' I. apply in_map_iff in I. destruct I as [r0 [<- I]]. unfold restricted_row. rewrite combination_length; [exact (Wrest _ I)|].
              rewrite Wr. symmetry. exact (Wrest _ I).
           ++ apply NoDup_filter, Df.
           ++ intros c I. unfold twice in I. rewrite filter_In, listed_spec in I. destruct I as [If_ It].
              destruct (Tails true c It) as [x [Fx Sx]]. destruct (Tails false c If_) as [y [Fy Sy]].
              apply (fits_between n p v r rest c x y V); try assumption. intros r' I. rewrite Wr. exact (Wrest _ I).
    + assert (None_ : forall b c, ~ In c (beginning b L)).
      { intros b c I. destruct (Tails b c I) as [x [_ S]]. rewrite (first_entry_none n r x Fe) in S. unfold signed_by in S. destruct b; lra. }
      assert (Lt = []) as -> by (unfold Lt; destruct (beginning true L) as [|c l] eqn:B; [reflexivity|elim (None_ true c); rewrite B; now left]).
      assert (Lf = []) as -> by (unfold Lf; destruct (beginning false L) as [|c l] eqn:B; [reflexivity|elim (None_ false c); rewrite B; now left]).
      cbn. lia.
Qed.

(** As many regions as there can be are all. *)
Theorem counted n w rows L : (forall r, In r rows -> length r = w) -> NoDup L -> (forall c, In c L -> exists x, fits n rows c x) ->
  (count (length rows) rows <= length L)%nat -> forall c x, fits n rows c x -> In c L.
Proof.
  intros W D H C c x X. destruct (in_dec (list_eq_dec bool_dec) c L) as [I|N]; [exact I|]. exfalso.
  assert (B : (length (c :: L) <= count (length rows) rows)%nat).
  { apply (count_bound n w); [lia|exact W|now constructor|]. intros c' [<-|I]; [eauto|exact (H c' I)]. }
  cbn [length] in B. lia.
Qed.
