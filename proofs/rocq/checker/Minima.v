(** A local minimum of the mean squared error, by intervals: no network within the radius has less on the samples. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Psatz Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Distances Biases.
Import ListNotations.
Open Scope R_scope.

(** * What is meant *)
Definition square_error (D : nat) (f : nat -> R) (y : vec) : R := sum D (fun l => (f l - y l) * (f l - y l)).
(** times the number of samples *)
Definition total_error (d m D : nat) (N : net) (samples : list (vec * vec)) : R :=
  fold_right (fun s e => square_error D (eval d m N (fst s)) (snd s) + e) 0 samples.
(** The mean squared error of G is [loss], and no network at most [radius] away has less. *)
Definition local_minimum (d m D : nat) (G : net) (samples : list (vec * vec)) (loss radius : R) : Prop :=
  samples <> [] /\ total_error d m D G samples = INR (length samples) * loss /\
  forall P, distance d m D P G <= radius -> INR (length samples) * loss <= total_error d m D P samples.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** * Intervals *)
Definition interval := (surd * surd)%type.
Definition holds_in (i : interval) (x : R) : Prop := value (fst i) <= x <= value (snd i).
Definition around (s r : surd) : interval := (minus s r, plus s r).
Definition sum_of (i j : interval) : interval := (plus (fst i) (fst j), plus (snd i) (snd j)).
(** times a number *)
Definition times_point (i : interval) (x : surd) : option interval :=
  if at_most [] x then Some (times (fst i) x, times (snd i) x) else if at_most x [] then Some (times (snd i) x, times (fst i) x) else None.
(** the positive part *)
Definition positive_interval (i : interval) : option interval :=
  let low := if at_most [] (fst i) then fst i else [] in
  if at_most [] (snd i) then Some (low, snd i) else if at_most (snd i) [] then Some ([], []) else None.
(** times one that is not negative *)
Definition times_positive (i p : interval) : option interval :=
  let low := if at_most [] (fst i) then Some (times (fst i) (fst p)) else if at_most (fst i) [] then Some (times (fst i) (snd p)) else None in
  let high := if at_most [] (snd i) then Some (times (snd i) (snd p)) else if at_most (snd i) [] then Some (times (snd i) (fst p)) else None in
  match low, high with Some l, Some h => Some (l, h) | _, _ => None end.
(** at most the square of the distance from y *)
Definition gap (i : interval) (y : surd) : surd :=
  if at_most y (fst i) then let g := minus (fst i) y in times g g else if at_most (snd i) y then let g := minus y (snd i) in times g g else [].

Lemma at_most_nil s : at_most [] s = true -> 0 <= value s.
Proof. intro H. apply at_most_sound in H. rewrite value_nil in H. exact H. Qed.

Lemma at_most_nil' s : at_most s [] = true -> value s <= 0.
Proof. intro H. apply at_most_sound in H. rewrite value_nil in H. exact H. Qed.

Lemma times_point_sound i x j t : times_point i x = Some j -> holds_in i t -> holds_in j (t * value x).
Proof.
  unfold times_point, holds_in. intros E [L U]. destruct (at_most [] x) eqn:P.
  - injection E as <-. apply at_most_nil in P. cbn [fst snd]. rewrite !times_value. nra.
  - destruct (at_most x []) eqn:Q; [|discriminate]. injection E as <-. apply at_most_nil' in Q. cbn [fst snd]. rewrite !times_value. nra.
Qed.

Lemma positive_interval_sound i j t : positive_interval i = Some j -> holds_in i t -> holds_in j (relu t) /\ 0 <= value (fst j).
Proof.
  unfold positive_interval, holds_in. cbv zeta. intros E [L U]. pose proof (relu_nonneg t) as N.
  assert (Low : value (if at_most [] (fst i) then fst i else []) <= relu t /\ 0 <= value (if at_most [] (fst i) then fst i else [])).
  { destruct (at_most [] (fst i)) eqn:P; [apply at_most_nil in P; split; [rewrite relu_pos by lra; lra|exact P]|rewrite value_nil; lra]. }
  destruct (at_most [] (snd i)) eqn:Q.
  - injection E as <-. cbn [fst snd]. apply at_most_nil in Q. split; [|tauto]. split; [tauto|].
    destruct (Rle_dec 0 t); [rewrite relu_pos by assumption; exact U|rewrite relu_neg by lra; exact Q].
  - destruct (at_most (snd i) []) eqn:Z; [|discriminate]. injection E as <-. apply at_most_nil' in Z. cbn [fst snd]. rewrite value_nil.
    rewrite relu_neg by lra. lra.
Qed.

Lemma times_positive_sound i p j s t : times_positive i p = Some j -> holds_in i s -> holds_in p t -> 0 <= value (fst p) -> holds_in j (s * t).
Proof.
  unfold times_positive, holds_in. cbv zeta. intros E [L U] [Lp Up] P. assert (T : 0 <= t) by lra.
  assert (Low : forall l, (if at_most [] (fst i) then Some (times (fst i) (fst p)) else if at_most (fst i) [] then Some (times (fst i) (snd p)) else None)
    = Some l -> value l <= s * t).
  { intros l. destruct (at_most [] (fst i)) eqn:A; [|destruct (at_most (fst i) []) eqn:B; [|discriminate]]; intros [= <-]; rewrite times_value;
      [apply at_most_nil in A|apply at_most_nil' in B]; nra. }
  assert (High : forall l, (if at_most [] (snd i) then Some (times (snd i) (snd p)) else if at_most (snd i) [] then Some (times (snd i) (fst p)) else None)
    = Some l -> s * t <= value l).
  { intros l. destruct (at_most [] (snd i)) eqn:A; [|destruct (at_most (snd i) []) eqn:B; [|discriminate]]; intros [= <-]; rewrite times_value;
      [apply at_most_nil in A|apply at_most_nil' in B]; nra. }
  destruct (if at_most [] (fst i) then _ else _) as [l|]; [|discriminate]. destruct (if at_most [] (snd i) then _ else _) as [h|]; [|discriminate].
  injection E as <-. cbn [fst snd]. split; [exact (Low l eq_refl)|exact (High h eq_refl)].
Qed.

Lemma gap_sound i y t : holds_in i t -> value (gap i y) <= (t - value y) * (t - value y).
Proof.
  unfold gap, holds_in. intros [L U]. destruct (at_most y (fst i)) eqn:A; [|destruct (at_most (snd i) y) eqn:B]; cbv zeta;
    rewrite ?times_value, ?minus_value, ?value_nil.
  - apply at_most_sound in A. apply Rmult_le_compat; lra.
  - apply at_most_sound in B. replace ((t - value y) * (t - value y)) with ((value y - t) * (value y - t)) by ring. apply Rmult_le_compat; lra.
  - exact (Rle_0_sqr _).
Qed.

(** * Values of networks near one *)
Fixpoint inner_interval (r : surd) (a x : list surd) : option interval :=
  match a, x with
  | [], [] => Some ([], [])
  | a1 :: a, x1 :: x => match times_point (around a1 r) x1, inner_interval r a x with Some i, Some j => Some (sum_of i j) | _, _ => None end
  | _, _ => None
  end.
Definition neuron_interval (r : surd) (x : list surd) (l : nat) (n : neuron) : option interval :=
  match inner_interval r (fst n) x with
  | Some i => match positive_interval i with Some p => times_positive (around (at_ (snd n) l) r) p | None => None end
  | None => None
  end.
Fixpoint value_interval (r : surd) (x : list surd) (l : nat) (N : list neuron) : option interval :=
  match N with
  | [] => Some ([], [])
  | n :: N => match neuron_interval r x l n, value_interval r x l N with Some i, Some j => Some (sum_of i j) | _, _ => None end
  end.

Lemma sum_of_sound i j s t : holds_in i s -> holds_in j t -> holds_in (sum_of i j) (s + t).
Proof. unfold holds_in, sum_of. cbn [fst snd]. rewrite !plus_value. lra. Qed.

Lemma around_sound s r t : Rabs (t - value s) <= value r -> holds_in (around s r) t.
Proof. unfold holds_in, around. cbn [fst snd]. rewrite minus_value, plus_value. intro H.
  pose proof (Rle_abs (t - value s)). pose proof (Rle_abs (- (t - value s))) as B. rewrite Rabs_Ropp in B. lra. Qed.

Lemma inner_interval_sound r a : forall x i b, inner_interval r a x = Some i -> (forall k, (k < length a)%nat -> Rabs (b k - vector a k) <= value r) ->
  holds_in i (dot (length a) b (vector x)).
Proof.
  induction a as [|a1 a IH]; intros [|x1 x] i b E H; cbn [inner_interval] in E; try discriminate.
  - injection E as <-. unfold holds_in. cbn [fst snd length]. rewrite value_nil. unfold dot. simpl. lra.
  - destruct (times_point (around a1 r) x1) as [i1|] eqn:T; [|discriminate]. destruct (inner_interval r a x) as [j|] eqn:J; [|discriminate].
    injection E as <-. unfold dot. cbn [length]. rewrite sum_first. apply sum_of_sound.
    + apply (times_point_sound _ _ _ _ T). apply around_sound. exact (H O ltac:(cbn [length]; lia)).
    + apply (IH x j (fun k => b (S k)) J). intros k Hk. exact (H (S k) ltac:(cbn [length]; lia)).
Qed.

(** P is neuron by neuron near N *)
Definition near (d D : nat) (r : R) (N : list neuron) (P : net) (from : nat) : Prop := forall i, (i < length N)%nat ->
  (forall k, (k < d)%nat -> Rabs (inner P (from + i)%nat k - vector (fst (nth i N ([], []))) k) <= r) /\
  (forall l, (l < D)%nat -> Rabs (outer P (from + i)%nat l - vector (snd (nth i N ([], []))) l) <= r).

Lemma value_interval_sound d D r x l N : (l < D)%nat -> (forall n, In n N -> length (fst n) = d) -> forall i P from, value_interval r x l N = Some i ->
  near d D (value r) N P from -> holds_in i (sum (length N) (fun j => outer P (from + j)%nat l * relu (dot d (inner P (from + j)%nat) (vector x)))).
Proof.
  intros Hl. induction N as [|n N IH]; intros W i P from E H; cbn [value_interval] in E.
  - injection E as <-. unfold holds_in. cbn [fst snd length sum]. rewrite value_nil. lra.
  - destruct (neuron_interval r x l n) as [i1|] eqn:T; [|discriminate]. destruct (value_interval r x l N) as [j|] eqn:J; [|discriminate].
    injection E as <-. cbn [length]. rewrite sum_first. apply sum_of_sound.
    + rewrite Nat.add_0_r. unfold neuron_interval in T. destruct (inner_interval r (fst n) x) as [u|] eqn:U; [|discriminate].
      destruct (positive_interval u) as [p|] eqn:Pp; [|discriminate]. destruct (H O ltac:(cbn [length]; lia)) as [Ha Hc]. cbn [nth] in Ha, Hc.
      rewrite Nat.add_0_r in Ha, Hc. assert (Ld : length (fst n) = d) by (apply W; now left).
      assert (In_ : holds_in u (dot d (inner P from) (vector x))).
      { rewrite <- Ld. apply (inner_interval_sound r (fst n) x u _ U). intros k Hk. apply Ha. lia. }
      destruct (positive_interval_sound u p _ Pp In_) as [Q Q0]. apply (times_positive_sound _ p i1 _ _ T); [|exact Q|exact Q0].
      apply around_sound. exact (Hc l Hl).
    + rewrite (sum_ext _ _ (fun i0 => outer P (S from + i0)%nat l * relu (dot d (inner P (S from + i0)%nat) (vector x)))).
      * apply (IH (fun n' I => W n' (or_intror I)) j P (S from) eq_refl). intros i Hi. destruct (H (S i) ltac:(cbn [length]; lia)) as [Ha Hc].
        cbn [nth] in Ha, Hc. replace (from + S i)%nat with (S from + i)%nat in Ha, Hc by lia. split; assumption.
      * intros i0 _. replace (from + S i0)%nat with (S from + i0)%nat by lia. reflexivity.
Qed.

(** * The check *)
Fixpoint gap_sum (r : surd) (N : list neuron) (x y : list surd) (D : nat) : option surd :=
  match D with
  | O => Some []
  | S l => match gap_sum r N x y l, value_interval r x l N with Some s, Some i => Some (plus s (gap i (at_ y l))) | _, _ => None end
  end.
Fixpoint least_error (r : surd) (N : list neuron) (D : nat) (samples : list (list surd * list surd)) : option surd :=
  match samples with
  | [] => Some []
  | (x, y) :: l => match gap_sum r N x y D, least_error r N D l with Some s, Some t => Some (plus s t) | _, _ => None end
  end.
Definition own_error (d D : nat) (N : list neuron) (samples : list (list surd * list surd)) : surd :=
  fold_right (fun s e => plus (total D (fun l => let g := minus (value_at d N (fst s) l) (at_ (snd s) l) in times g g)) e) [] samples.
Definition minimum_b (d D : nat) (N : list neuron) (samples : list (list surd * list surd)) (loss radius : surd) : bool :=
  let all := times (rational (inject_Z (Z.of_nat (length samples)))) loss in
  match samples with [] => false | _ => true end && forallb (fun n => Nat.eqb (length (fst n)) d) N &&
  forallb (fun s => decided d N (fst s)) samples && equal_numbers (own_error d D N samples) all &&
  match least_error radius N D samples with Some s => at_most all s | None => false end.
Definition meant (samples : list (list surd * list surd)) : list (vec * vec) := map (fun s => (vector (fst s), vector (snd s))) samples.

Lemma near_of_distance d D r N P : distance d (length N) D P (denoted N) <= r -> near d D r N P 0.
Proof.
  intros H i Hi. split.
  - intros k Hk. apply Rle_trans with (2 := H). exact (distance_inner d (length N) D P (denoted N) i k Hi Hk).
  - intros l Hl. apply Rle_trans with (2 := H). exact (distance_outer d (length N) D P (denoted N) i l Hi Hl).
Qed.

Lemma gap_sum_sound d r N x y P D : (forall n, In n N -> length (fst n) = d) -> forall D' s, (D' <= D)%nat -> gap_sum r N x y D' = Some s ->
  near d D (value r) N P 0 -> value s <= square_error D' (eval d (length N) P (vector x)) (vector y).
Proof.
  intros W. induction D' as [|l IH]; intros s L E H; cbn [gap_sum] in E; [injection E as <-; rewrite value_nil; unfold square_error; simpl; lra|].
  destruct (gap_sum r N x y l) as [t|] eqn:T; [|discriminate]. destruct (value_interval r x l N) as [i|] eqn:V; [|discriminate]. injection E as <-.
  rewrite plus_value. unfold square_error in *. cbn [sum]. apply Rplus_le_compat; [exact (IH t ltac:(lia) eq_refl H)|].
  apply gap_sound. exact (value_interval_sound d D r x l N ltac:(lia) W i P 0 V H).
Qed.

Lemma least_error_sound d D r N P samples : (forall n, In n N -> length (fst n) = d) -> forall s, least_error r N D samples = Some s ->
  near d D (value r) N P 0 -> value s <= total_error d (length N) D P (meant samples).
Proof.
  intros W. induction samples as [|[x y] l IH]; intros s E H; cbn [least_error] in E; [injection E as <-; rewrite value_nil; simpl; lra|].
  destruct (gap_sum r N x y D) as [t|] eqn:T; [|discriminate]. destruct (least_error r N D l) as [u|]; [|discriminate]. injection E as <-.
  rewrite plus_value. cbn [meant map total_error fold_right fst snd]. apply Rplus_le_compat; [|exact (IH u eq_refl H)].
  exact (gap_sum_sound d r N x y P D W D t (Nat.le_refl D) T H).
Qed.

Lemma own_error_value d D N samples : forallb (fun s => decided d N (fst s)) samples = true ->
  value (own_error d D N samples) = total_error d (length N) D (denoted N) (meant samples).
Proof.
  induction samples as [|[x y] l IH]; intro H; cbn [own_error meant map total_error fold_right forallb fst snd] in *; [exact value_nil|].
  rewrite andb_true_iff in H. destruct H as [K H]. rewrite plus_value, total_value. f_equal; [|exact (IH H)].
  unfold square_error. apply sum_ext. intros o _. cbv zeta. rewrite times_value, minus_value, (value_at_sound _ _ _ _ K). reflexivity.
Qed.

Theorem minimum_b_sound d D N samples loss radius : minimum_b d D N samples loss radius = true ->
  local_minimum d (length N) D (denoted N) (meant samples) (value loss) (value radius).
Proof.
  unfold minimum_b. cbv zeta. rewrite !andb_true_iff, forallb_forall. intros [[[[Ne W] K] O] L].
  assert (W' : forall n, In n N -> length (fst n) = d) by (intros n I; apply Nat.eqb_eq, W, I).
  assert (V : value (times (rational (inject_Z (Z.of_nat (length samples)))) loss) = INR (length (meant samples)) * value loss).
  { rewrite times_value, rational_value. unfold meant. rewrite map_length, INR_IZR_INZ. unfold Q2R, inject_Z. simpl (Qnum _). simpl (Qden _). field. }
  split; [intro Z; destruct samples; discriminate|]. split.
  - apply equal_numbers_sound in O. rewrite V, own_error_value in O by exact K. exact O.
  - intros P H. destruct (least_error radius N D samples) as [s|] eqn:E; [|discriminate]. apply at_most_sound in L. rewrite V in L.
    apply Rle_trans with (1 := L). exact (least_error_sound d D radius N P samples W' s E (near_of_distance d D _ N P H)).
Qed.

(** * Of networks without biases *)
(** points and labels *)
Definition samples := list (list surd * list surd).
Definition minimum_holds (G : network) (s : samples) (loss radius : surd) : Prop :=
  local_minimum (inputs G) (size G) (outputs G) (plain G) (map (fun p => (vector (fst p), vector (snd p))) s) (value loss) (value radius).
Definition check_minimum (G : network) (s : samples) (loss radius : surd) : bool :=
  negb (has_biases G) && forallb (fun p => Nat.eqb (length (fst p)) (inputs G) && Nat.eqb (length (snd p)) (outputs G)) s &&
  minimum_b (inputs G) (outputs G) (rows G) s loss radius.

Theorem check_minimum_sound G s loss radius : check_minimum G s loss radius = true -> minimum_holds G s loss radius.
Proof.
  unfold check_minimum. rewrite !andb_true_iff. intros [_ H]. exact (minimum_b_sound _ _ _ _ _ _ H).
Qed.
End Over_numbers.
