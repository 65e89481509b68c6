(** The gradient of a network, line by line: it is M + ½ Σ ± E over the lines of its neurons, at all points off the hyperplanes. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums Hyperplanes Jumps Gradients.
From relucert.checker Require Import Numbers Networks.
Import ListNotations.
Open Scope R_scope.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** * Lines: the entry by which their neurons are oriented, and the neurons *)
Definition line := (nat * list neuron)%type.
Fixpoint lines (fuel d : nat) (N : list neuron) : option (list line) :=
  match N with
  | [] => Some []
  | n :: r => match fuel with
    | O => None
    | S fuel => match pivot d (fst n) with
      | None => if null d (fst n) then lines fuel d r else None
      | Some p =>
        let l := n :: fst (partition (alike d p n) r) in
        if forallb (fun n' => known (entry p n')) l then
          match lines fuel d (snd (partition (alike d p n) r)) with Some L => Some ((p, l) :: L) | None => None end
        else None
      end
    end
  end.
(** c_l a_k, with the sign of a_p *)
Definition oriented (p l k : nat) (n : neuron) : surd :=
  let v := times (at_ (snd n) l) (at_ (fst n) k) in
  if is_positive (entry p n) then v else if is_negative (entry p n) then opp v else [].
Definition summed (f : neuron -> surd) (N : list neuron) : surd := fold_right (fun n s => plus (f n) s) [] N.
(** E of a line, in entry (l, k), and twice M *)
Definition jump_entry (l k : nat) (h : line) : surd := summed (oriented (fst h) l k) (snd h).
Definition linear_entry (l k : nat) (N : list neuron) : surd := summed (fun n => times (at_ (snd n) l) (at_ (fst n) k)) N.

(** what lines are *)
Definition is_line (d : nat) (h : line) : Prop := exists n rest, snd h = n :: rest /\ (fst h < d)%nat /\ vector (fst n) (fst h) <> 0 /\
  forall n', In n' (snd h) -> known (entry (fst h) n') = true /\
    multiple d (vector (fst n') (fst h) / vector (fst n) (fst h)) (vector (fst n)) (vector (fst n')).
Fixpoint over_lines (g : line -> neuron -> R) (L : list line) : R :=
  match L with [] => 0 | h :: L => added (map (g h) (snd h)) + over_lines g L end.

Lemma summed_value f N : value (summed f N) = added (map (fun n => value (f n)) N).
Proof. unfold summed. induction N as [|n N IH]; [exact value_nil|]. cbn [fold_right]. rewrite plus_value, IH. reflexivity. Qed.

Lemma lines_sound fuel d : forall N L, lines fuel d N = Some L -> (forall h, In h L -> is_line d h) /\
  (forall h n, In h L -> In n (snd h) -> In n N) /\
  forall g : neuron -> R, (forall n, zero d (vector (fst n)) -> g n = 0) -> added (map g N) = over_lines (fun _ => g) L.
Proof.
  induction fuel as [|fuel IH]; intros [|n r] L E; cbn [lines] in E; try discriminate;
    try (injection E as <-; split; [intros h []|split; [intros h n []|reflexivity]]).
  destruct (pivot d (fst n)) as [p|] eqn:P.
  - destruct (pivot_sound _ _ _ P) as [Hp NZ]. cbv zeta in E. set (l := n :: fst (partition (alike d p n) r)) in *.
    destruct (forallb _ l) eqn:K; [|discriminate]. destruct (lines fuel d (snd (partition (alike d p n) r))) as [L'|] eqn:E'; [|discriminate].
    injection E as <-. destruct (IH _ _ E') as [H1 [H2 H3]]. rewrite forallb_forall in K. split; [|split].
    + intros h [<-|I]; [|exact (H1 h I)]. exists n, (fst (partition (alike d p n) r)). cbn [fst snd]. split; [reflexivity|]. split; [exact Hp|].
      split; [exact NZ|]. intros n' I. split; [exact (K n' I)|]. destruct I as [<-|I].
      * intros k _. field. exact NZ.
      * apply on_line_sound; [exact NZ|]. exact (proj2 (partition_in _ _ _ I)).
    + intros h n' [<-|I] J; cbn [snd] in J.
      * destruct J as [<-|J]; [now left|right; exact (proj1 (partition_in _ _ _ J))].
      * right. exact (partition_in_rest _ _ _ (H2 h n' I J)).
    + intros g Z. rewrite added_cons, (partition_added (alike d p n) g r), (H3 g Z). cbn [over_lines snd]. unfold l. rewrite added_cons. ring.
  - destruct (null d (fst n)) eqn:Nl; [|discriminate]. destruct (IH _ _ E) as [H1 [H2 H3]]. split; [exact H1|]. split.
    + intros h n' I J. right. exact (H2 h n' I J).
    + intros g Z. rewrite added_cons, (H3 g Z), (Z n (null_sound _ _ Nl)). ring.
Qed.

(** * The gradient *)
Definition sg (t : R) : R := if Rlt_dec 0 t then 1 else -1.

(** which of the two signs a line's E has *)
Definition line_sign (d : nat) (x : vec) (h : line) : R :=
  match snd h with n :: _ => sg (dot d (vector (fst n)) x) * sg (vector (fst n) (fst h)) | [] => 0 end.

Lemma sg_cases t : (0 < t /\ sg t = 1) \/ (t <= 0 /\ sg t = -1).
Proof. unfold sg. destruct (Rlt_dec 0 t); [left|right]; split; lra. Qed.

Lemma oriented_term d x h n' l k : (k < d)%nat -> is_line d h -> In n' (snd h) ->
  (forall n, In n (snd h) -> ~ zero d (vector (fst n)) -> dot d (vector (fst n)) x <> 0) ->
  sg (dot d (vector (fst n')) x) * (weight n' l * vector (fst n') k) = line_sign d x h * value (oriented (fst h) l k n').
Proof.
  intros Hk [n [rest [E [Hp [NZ M]]]]] I G. unfold line_sign. rewrite E. destruct (M n' I) as [Kn Mu].
  assert (Gn : dot d (vector (fst n)) x <> 0).
  { apply G; [rewrite E; now left|]. intro Z. exact (NZ (Z _ Hp)). }
  set (p := fst h) in *. set (ap := vector (fst n) p) in *. set (bp := vector (fst n') p) in *. set (u := dot d (vector (fst n)) x) in *.
  assert (Du : dot d (vector (fst n')) x = bp / ap * u) by (apply dot_multiple; exact Mu). rewrite Du.
  unfold oriented. cbv zeta. pose proof (Mu k Hk) as Mk. unfold known in Kn.
  assert (Ve : value (entry p n') = bp) by reflexivity.
  unfold is_positive, is_negative. destruct (sign (entry p n')) as [c|] eqn:S; [|discriminate]. pose proof (sign_sound _ _ S) as B. rewrite Ve in B.
  assert (T : value (times (at_ (snd n') l) (at_ (fst n') k)) = weight n' l * vector (fst n') k) by (rewrite times_value; reflexivity).
  destruct c; cbn [Surds.has_sign] in B.
  - rewrite value_nil. rewrite Mk, B. unfold Rdiv. ring.
  - rewrite opp_value, T. destruct (sg_cases u) as [[U ->]|[U ->]], (sg_cases ap) as [[A ->]|[A ->]].
    + assert (bp / ap * u < 0). { assert (0 < - bp / ap) by (apply Rmult_lt_0_compat; [lra|apply Rinv_0_lt_compat, A]).
        replace (bp / ap * u) with (- (- bp / ap * u)) by (field; lra). nra. } destruct (sg_cases (bp / ap * u)) as [[C ->]|[C ->]]; [lra|ring].
    + assert (0 < bp / ap * u). { assert (0 < bp / ap) by (replace (bp / ap) with (- bp * / - ap) by (field; lra); apply Rmult_lt_0_compat;
        [lra|apply Rinv_0_lt_compat; lra]). nra. } destruct (sg_cases (bp / ap * u)) as [[C ->]|[C ->]]; [ring|lra].
    + assert (0 < bp / ap * u). { assert (0 < - bp / ap) by (apply Rmult_lt_0_compat; [lra|apply Rinv_0_lt_compat, A]).
        replace (bp / ap * u) with (- bp / ap * - u) by (field; lra). nra. } destruct (sg_cases (bp / ap * u)) as [[C ->]|[C ->]]; [ring|lra].
    + assert (bp / ap * u < 0). { assert (0 < bp / ap) by (replace (bp / ap) with (- bp * / - ap) by (field; lra); apply Rmult_lt_0_compat;
        [lra|apply Rinv_0_lt_compat; lra]). nra. } destruct (sg_cases (bp / ap * u)) as [[C ->]|[C ->]]; [lra|ring].
  - rewrite T. destruct (sg_cases u) as [[U ->]|[U ->]], (sg_cases ap) as [[A ->]|[A ->]].
    + assert (0 < bp / ap * u). { assert (0 < bp / ap) by (apply Rmult_lt_0_compat; [lra|apply Rinv_0_lt_compat, A]). nra. }
      destruct (sg_cases (bp / ap * u)) as [[C ->]|[C ->]]; [ring|lra].
    + assert (bp / ap * u < 0). { assert (0 < bp / - ap) by (apply Rmult_lt_0_compat; [lra|apply Rinv_0_lt_compat; lra]).
        replace (bp / ap * u) with (- (bp / - ap * u)) by (field; lra). nra. } destruct (sg_cases (bp / ap * u)) as [[C ->]|[C ->]]; [lra|ring].
    + assert (bp / ap * u < 0). { assert (0 < bp / ap) by (apply Rmult_lt_0_compat; [lra|apply Rinv_0_lt_compat, A]). nra. }
      destruct (sg_cases (bp / ap * u)) as [[C ->]|[C ->]]; [lra|ring].
    + assert (0 < bp / ap * u). { assert (0 < bp / - ap) by (apply Rmult_lt_0_compat; [lra|apply Rinv_0_lt_compat; lra]).
        replace (bp / ap * u) with (bp / - ap * - u) by (field; lra). nra. } destruct (sg_cases (bp / ap * u)) as [[C ->]|[C ->]]; [ring|lra].
Qed.

Fixpoint signed_sum (s : line -> R) (l k : nat) (L : list line) : R :=
  match L with [] => 0 | h :: L => s h * value (jump_entry l k h) + signed_sum s l k L end.

Lemma over_lines_sum d x l k L : (k < d)%nat -> (forall h, In h L -> is_line d h) ->
  (forall h n, In h L -> In n (snd h) -> ~ zero d (vector (fst n)) -> dot d (vector (fst n)) x <> 0) ->
  over_lines (fun _ n => sg (dot d (vector (fst n)) x) * (weight n l * vector (fst n) k)) L = signed_sum (line_sign d x) l k L.
Proof.
  intros Hk H G. induction L as [|h L IH]; [reflexivity|]. cbn [over_lines signed_sum]. rewrite IH.
  - f_equal. unfold jump_entry. rewrite summed_value, <- added_scal. apply added_ext. intros n I.
    apply oriented_term; [exact Hk|apply H; now left|exact I|]. intros n' I'. apply G with (h := h); [now left|exact I'].
  - intros. apply H. now right.
  - intros h' n I. apply G. now right.
Qed.

Theorem gradient_by_lines fuel d N L x l k : lines fuel d N = Some L -> (k < d)%nat -> generic d (length N) (denoted N) x ->
  2 * gradient d (length N) (denoted N) x l k = value (linear_entry l k N) + signed_sum (line_sign d x) l k L.
Proof.
  intros E Hk G. destruct (lines_sound fuel d N L E) as [H1 [H2 H3]].
  assert (Gen : forall n, In n N -> ~ zero d (vector (fst n)) -> dot d (vector (fst n)) x <> 0).
  { intros n I Z. destruct (In_nth _ _ ([], []) I) as [i [Hi <-]]. exact (G i Hi Z). }
  assert (S : gradient d (length N) (denoted N) x l k =
    added (map (fun n : neuron => if Rlt_dec 0 (dot d (vector (fst n)) x) then weight n l * vector (fst n) k else 0) N)).
  { exact (sum_neurons (fun n : neuron => if Rlt_dec 0 (dot d (vector (fst n)) x) then weight n l * vector (fst n) k else 0) N). }
  rewrite S, <- added_scal. unfold linear_entry. rewrite summed_value.
  rewrite <- (over_lines_sum d x l k L Hk H1); [|intros h n I J; apply Gen; exact (H2 h n I J)].
  rewrite <- (H3 (fun n => sg (dot d (vector (fst n)) x) * (weight n l * vector (fst n) k))).
  - rewrite <- added_plus. apply added_ext. intros n _. rewrite times_value. change (value (at_ (snd n) l)) with (weight n l).
    change (value (at_ (fst n) k)) with (vector (fst n) k). unfold sg. destruct (Rlt_dec 0 (dot d (vector (fst n)) x)); ring.
  - intros n Z. rewrite (Z k Hk). ring.
Qed.

Lemma line_sign_bound d x h : Rabs (line_sign d x h) <= 1.
Proof.
  unfold line_sign. destruct (snd h) as [|n r]; [rewrite Rabs_R0; lra|]. destruct (sg_cases (dot d (vector (fst n)) x)) as [[_ ->]|[_ ->]],
    (sg_cases (vector (fst n) (fst h))) as [[_ ->]|[_ ->]]; unfold Rabs; destruct (Rcase_abs _); lra.
Qed.

(** * At a point *)
(** twice the entry of the gradient near the point, if the signs of all that counts there are seen *)
Fixpoint gradient_at (d l k : nat) (x : list surd) (L : list line) : option surd :=
  match L with
  | [] => Some []
  | h :: L => match gradient_at d l k x L with
    | None => None
    | Some s =>
      let e := jump_entry l k h in
      if is_zero e then Some s else match snd h with
      | n :: _ => let u := product d (fst n) x in
        if definite u && definite (entry (fst h) n) then Some (plus (if Bool.eqb (is_positive u) (is_positive (entry (fst h) n)) then e else opp e) s)
        else None
      | [] => None
      end
    end
  end.
Lemma definite_sg s : definite s = true -> sg (value s) = if is_positive s then 1 else -1.
Proof.
  unfold definite. rewrite orb_true_iff. intro H. destruct (is_positive s) eqn:P.
  - apply is_positive_sound in P. unfold sg. destruct (Rlt_dec 0 (value s)); [reflexivity|lra].
  - destruct H as [H|H]; [discriminate|]. apply is_negative_sound in H. unfold sg. destruct (Rlt_dec 0 (value s)); [lra|reflexivity].
Qed.

Lemma gradient_at_sound d l k x L y : forall s, gradient_at d l k x L = Some s ->
  (forall h n, In h L -> In n (snd h) -> dot d (vector (fst n)) (vector x) <> 0 ->
    sg (dot d (vector (fst n)) y) = sg (dot d (vector (fst n)) (vector x))) ->
  signed_sum (line_sign d y) l k L = value s.
Proof.
  induction L as [|h L IH]; intros s E Near; cbn [gradient_at signed_sum] in *; [injection E as <-; symmetry; exact value_nil|].
  destruct (gradient_at d l k x L) as [s'|]; [|discriminate]. cbv zeta in E.
  rewrite (IH s' eq_refl) by (intros h' n I; apply Near; now right). destruct (is_zero (jump_entry l k h)) eqn:Z.
  - injection E as <-. rewrite (is_zero_sound _ Z). ring.
  - unfold line_sign. pose proof (fun n => Near h n (or_introl eq_refl)) as Nr. destruct (snd h) as [|n rest]; [discriminate|].
    destruct (definite (product d (fst n) x)) eqn:D1; [|discriminate]. destruct (definite (entry (fst h) n)) eqn:D2; [|discriminate].
    cbn [andb] in E. injection E as <-. rewrite (Nr n (or_introl eq_refl)).
    2: { rewrite <- product_value. exact (definite_sound _ D1). }
    rewrite <- product_value, (definite_sg _ D1). change (vector (fst n) (fst h)) with (value (entry (fst h) n)). rewrite (definite_sg _ D2).
    rewrite plus_value. destruct (is_positive (product d (fst n) x)), (is_positive (entry (fst h) n)); cbn [Bool.eqb]; rewrite ?opp_value; ring.
Qed.
End Over_numbers.
