(** Local minima of the mean squared error, of networks with biases: the intervals of [Minima] on (x, 1), and one around each
    output bias. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Psatz Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Biases Affine Nearest_affine Minima.
Import ListNotations.
Open Scope R_scope.

(** times the number of samples *)
Definition total_error_biased (d m D : nat) (B : biased) (samples : list (vec * vec)) : R :=
  fold_right (fun s e => Minima.square_error D (eval_biased d m B (fst s)) (snd s) + e) 0 samples.
(** The mean squared error of G is [loss], and no network at most [radius] away has less; distances count biases. *)
Definition local_minimum_biased (d m D : nat) (G : biased) (samples : list (vec * vec)) (loss radius : R) : Prop :=
  samples <> [] /\ total_error_biased d m D G samples = INR (length samples) * loss /\
  forall P, biased_distance d m D P G <= radius -> INR (length samples) * loss <= total_error_biased d m D P samples.

Section Over_numbers.
Context {Num : numbers} {Val : values}.
Definition minimum_biased_holds (G : network) (s : samples) (loss radius : surd) : Prop :=
  local_minimum_biased (inputs G) (size G) (outputs G) (with_biases G) (meant s) (value loss) (value radius).

(** * The check *)
Definition output_interval (G : network) (r : surd) (x : list surd) (l : nat) : option (surd * surd) :=
  option_map (fun i => Minima.sum_of i (Minima.around (at_ (output_bias_of G) l) r))
    (Minima.value_interval r (x ++ [one]) l (columns G)).
Fixpoint gaps (G : network) (r : surd) (x y : list surd) (D : nat) : option surd :=
  match D with
  | O => Some []
  | S l => match gaps G r x y l, output_interval G r x l with
           | Some s, Some i => Some (plus s (Minima.gap i (at_ y l)))
           | _, _ => None
           end
  end.
Fixpoint least_error (G : network) (r : surd) (s : samples) : option surd :=
  match s with
  | [] => Some []
  | (x, y) :: s => match gaps G r x y (outputs G), least_error G r s with Some g, Some t => Some (plus g t) | _, _ => None end
  end.
Definition own_error (G : network) (s : samples) : surd :=
  fold_right (fun p e => plus (total (outputs G) (fun l =>
    let g := minus (value_at (S (inputs G)) (homogenised_rows G) (fst p ++ [one]) l) (at_ (snd p) l) in times g g)) e) [] s.
Definition check_minimum_biased (G : network) (s : samples) (loss radius : surd) : bool :=
  let all := times (rational (inject_Z (Z.of_nat (length s)))) loss in
  match s with [] => false | _ => true end &&
  forallb (fun p => Nat.eqb (length (fst p)) (inputs G) && Nat.eqb (length (snd p)) (outputs G)) s &&
  forallb (fun p => decided (S (inputs G)) (homogenised_rows G) (fst p ++ [one])) s &&
  equal_numbers (own_error G s) all &&
  match least_error G radius s with Some e => at_most all e | None => false end.

(** * Why *)
Lemma lengthened_wide d b N : forall i n, In n (lengthened d i b N) -> length (fst n) = S d.
Proof.
  induction N as [|n N IH]; intros i n' H; [destruct H|]. cbn [lengthened] in H. destruct H as [<-|H]; [|exact (IH _ _ H)].
  cbn [fst]. rewrite app_length, first_length. cbn [length]. lia.
Qed.

(** near G, bias by bias *)
Lemma near_biased G P r : biased_distance (inputs G) (size G) (outputs G) P (with_biases G) <= value r ->
  Minima.near (S (inputs G)) (outputs G) (value r) (columns G) (with_bias_column (inputs G) P) 0 /\
  forall l, (l < outputs G)%nat -> Rabs (output_bias P l - value (at_ (output_bias_of G) l)) <= value r.
Proof.
  unfold biased_distance. intros H.
  assert (W : distance (inputs G) (size G) (outputs G) (weights P) (plain G) <= value r) by (eapply Rle_trans; [apply Rmax_l|exact H]).
  assert (B : top (size G) (fun i => bias P i - vector (bias_of G) i) <= value r)
    by (eapply Rle_trans; [|exact H]; eapply Rle_trans; [apply Rmax_l|apply Rmax_r]).
  assert (E : top (outputs G) (fun l => output_bias P l - vector (output_bias_of G) l) <= value r)
    by (eapply Rle_trans; [|exact H]; eapply Rle_trans; [apply Rmax_r|apply Rmax_r]).
  split; [|intros l Hl; eapply Rle_trans; [|exact E]; exact (top_upper _ (fun l => output_bias P l - vector (output_bias_of G) l) l Hl)].
  intros i Hi. unfold columns in *. rewrite lengthened_length in Hi. rewrite (lengthened_nth _ _ _ 0 i Hi). cbn [Nat.add fst snd with_bias_column inner outer].
  split.
  - intros k Hk. destruct (Nat.ltb_spec k (inputs G)) as [L|L].
    + change (Rabs (inner (weights P) i k - vector (first (inputs G) (fst (nth i (rows G) ([], []))) ++ [at_ (bias_of G) i]) k) <= value r).
      rewrite vector_extended_first by exact L. eapply Rle_trans; [|exact W]. exact (distance_inner _ _ _ (weights P) (plain G) i k Hi L).
    + assert (k = inputs G) as -> by lia.
      change (Rabs (bias P i - vector (first (inputs G) (fst (nth i (rows G) ([], []))) ++ [at_ (bias_of G) i]) (inputs G)) <= value r).
      rewrite (vector_extended_last _ _ _ (first_length _ _)). eapply Rle_trans; [|exact B].
      exact (top_upper _ (fun i => bias P i - vector (bias_of G) i) i Hi).
  - intros l Hl. eapply Rle_trans; [|exact W]. exact (distance_outer _ _ _ (weights P) (plain G) i l Hi Hl).
Qed.

Lemma output_interval_sound G r x l P i : length x = inputs G -> (l < outputs G)%nat -> output_interval G r x l = Some i ->
  biased_distance (inputs G) (size G) (outputs G) P (with_biases G) <= value r ->
  Minima.holds_in i (eval_biased (inputs G) (size G) P (vector x) l).
Proof.
  unfold output_interval. intros L Hl E H. destruct (near_biased G P r H) as [N O].
  destruct (Minima.value_interval r (x ++ [one]) l (columns G)) as [j|] eqn:J; [|discriminate]. injection E as <-.
  rewrite <- column_eval. apply Minima.sum_of_sound.
  - pose proof (Minima.value_interval_sound (S (inputs G)) (outputs G) r (x ++ [one]) l (columns G) Hl
      (lengthened_wide _ _ _ 0) j (with_bias_column (inputs G) P) 0 J N) as V.
    replace (eval (S (inputs G)) (size G) (with_bias_column (inputs G) P) (extended (inputs G) (vector x)) l) with
      (sum (length (columns G)) (fun j => outer (with_bias_column (inputs G) P) (0 + j)%nat l *
        relu (dot (S (inputs G)) (inner (with_bias_column (inputs G) P) (0 + j)%nat) (vector (x ++ [one]))))); [exact V|].
    unfold columns. rewrite lengthened_length. unfold eval, size. apply sum_ext. intros q _. cbn [Nat.add]. f_equal. f_equal.
    apply dot_ext; [reflexivity|]. intros k Hk. exact (vector_extended _ _ L k Hk).
  - apply Minima.around_sound. exact (O l Hl).
Qed.

Lemma gaps_sound G r x y P : length x = inputs G -> biased_distance (inputs G) (size G) (outputs G) P (with_biases G) <= value r ->
  forall D s, (D <= outputs G)%nat -> gaps G r x y D = Some s ->
  value s <= Minima.square_error D (eval_biased (inputs G) (size G) P (vector x)) (vector y).
Proof.
  intros L H. induction D as [|l IH]; intros s Hl E; cbn [gaps] in E; [injection E as <-; rewrite value_nil; unfold Minima.square_error; simpl; lra|].
  destruct (gaps G r x y l) as [t|] eqn:T; [|discriminate]. destruct (output_interval G r x l) as [i|] eqn:V; [|discriminate]. injection E as <-.
  rewrite plus_value. unfold Minima.square_error in *. cbn [sum]. apply Rplus_le_compat; [exact (IH t ltac:(lia) eq_refl)|].
  apply Minima.gap_sound. exact (output_interval_sound G r x l P i L Hl V H).
Qed.

Lemma least_error_sound G r P s : forallb (fun p => Nat.eqb (length (fst p)) (inputs G) && Nat.eqb (length (snd p)) (outputs G)) s = true ->
  biased_distance (inputs G) (size G) (outputs G) P (with_biases G) <= value r -> forall e, least_error G r s = Some e ->
  value e <= total_error_biased (inputs G) (size G) (outputs G) P (meant s).
Proof.
  intros W H. induction s as [|[x y] s IH]; intros e E; cbn [least_error] in E; [injection E as <-; rewrite value_nil; simpl; lra|].
  cbn [forallb fst snd] in W. rewrite !andb_true_iff, !Nat.eqb_eq in W. destruct W as [[Lx _] W].
  destruct (gaps G r x y (outputs G)) as [g|] eqn:GA; [|discriminate]. destruct (least_error G r s) as [t|]; [|discriminate]. injection E as <-.
  rewrite plus_value. cbn [meant map total_error_biased fold_right fst snd]. apply Rplus_le_compat; [|exact (IH W t eq_refl)].
  exact (gaps_sound G r x y P Lx H _ g (Nat.le_refl _) GA).
Qed.

Lemma own_error_value G s : forallb (fun p => Nat.eqb (length (fst p)) (inputs G) && Nat.eqb (length (snd p)) (outputs G)) s = true ->
  forallb (fun p => decided (S (inputs G)) (homogenised_rows G) (fst p ++ [one])) s = true ->
  value (own_error G s) = total_error_biased (inputs G) (size G) (outputs G) (with_biases G) (meant s).
Proof.
  induction s as [|[x y] s IH]; intros W K; [exact value_nil|]. cbn [forallb fst snd own_error fold_right meant map total_error_biased] in *.
  rewrite !andb_true_iff, !Nat.eqb_eq in *. destruct W as [[Lx _] W], K as [K1 K]. rewrite plus_value, total_value. f_equal; [|exact (IH W K)].
  unfold Minima.square_error. apply sum_ext. intros l Hl. cbv zeta.
  rewrite times_value, minus_value, (value_at_sound _ _ _ _ K1), (eval_ext_x _ _ _ _ _ _ (vector_extended _ _ Lx)), homogenised_eval by exact Hl.
  reflexivity.
Qed.

Theorem check_minimum_biased_sound G s loss radius : check_minimum_biased G s loss radius = true -> minimum_biased_holds G s loss radius.
Proof.
  unfold check_minimum_biased. cbv zeta. rewrite !andb_true_iff. intros [[[[Ne W] K] O] L].
  assert (V : value (times (rational (inject_Z (Z.of_nat (length s)))) loss) = INR (length (meant s)) * value loss).
  { rewrite times_value, rational_value, Q2R_inject. unfold meant. rewrite map_length, INR_IZR_INZ. reflexivity. }
  split; [intro Z; destruct s; discriminate|]. split.
  - apply equal_numbers_sound in O. rewrite V, own_error_value in O by assumption. exact O.
  - intros P H. destruct (least_error G radius s) as [e|] eqn:E; [|discriminate]. apply at_most_sound in L. rewrite V in L.
    apply Rle_trans with (1 := L). exact (least_error_sound G radius P s W H e E).
Qed.
End Over_numbers.
