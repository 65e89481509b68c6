(** Claims about networks of any depth: rewritings of whole networks, values at a point, distances. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Deep.
Import ListNotations.
Open Scope R_scope.
(** not to be unfolded by simplifications in proofs *)
#[local] Opaque Qred.

(** * Networks *)
Fixpoint at_layer (positive : bool) (k : nat) (m : rewriting) (Ls : list layer) : option (list layer) :=
  match k, Ls with
  | O, L :: N :: rest => option_map (fun p => fst p :: snd p :: rest) (rewritten positive m L N)
  | S k, L :: rest => option_map (cons L) (at_layer true k m rest)
  | _, _ => None
  end.
(** A layer without neurons, and all before it, are left out: the next one reads w inputs, with weights 0. *)
Fixpoint shortened (w k : nat) (Ls : list layer) : option (list layer) :=
  match k, Ls with
  | O, [] :: N :: rest => Some (map (fun r => (repeat 0%Q w, snd r)) N :: rest)
  | S k, _ :: rest => shortened w k rest
  | _, _ => None
  end.

Inductive move := At_layer (k : nat) (m : rewriting) | Shorten (k : nat).
Definition step (w : nat) (m : move) (Ls : list layer) : option (list layer) :=
  match m with At_layer k m => at_layer false k m Ls | Shorten k => shortened w k Ls end.
Fixpoint steps (w : nat) (ms : list move) (Ls : list layer) : option (list layer) :=
  match ms with [] => Some Ls | m :: ms => match step w m Ls with Some Ls => steps w ms Ls | None => None end end.

Lemma realized_cons L N rest x : realized (L :: N :: rest) x = realized (N :: rest) (map relu (affine L x)).
Proof. reflexivity. Qed.

(** the layers after the first two see only what these do together *)
Lemma realized_two N N' rest y y' : affine N y = affine N' y' -> realized (N :: rest) y = realized (N' :: rest) y'.
Proof. intros E. destruct rest as [|M rest]; [exact E|]. rewrite !realized_cons, E. reflexivity. Qed.

Lemma relus_positive l : Forall (Rle 0) (map relu l).
Proof. induction l; constructor; [apply relu_nonneg|assumption]. Qed.

Lemma at_layer_some positive k m Ls Ls' : at_layer positive k m Ls = Some Ls' -> Ls <> [] /\ Ls' <> [].
Proof.
  destruct k, Ls as [|L [|N rest]]; cbn [at_layer]; try discriminate.
  - destruct (rewritten _ _ _ _); [|discriminate]. intros [= <-]. split; discriminate.
  - destruct (at_layer _ _ _ _); [|discriminate]. intros [= <-]. split; discriminate.
  - destruct (at_layer _ _ _ _); [|discriminate]. intros [= <-]. split; discriminate.
Qed.

Lemma at_layer_sound k m : forall positive Ls Ls' x, at_layer positive k m Ls = Some Ls' -> (positive = true -> Forall (Rle 0) x) ->
  realized Ls x = realized Ls' x.
Proof.
  induction k as [|k IH]; intros positive Ls Ls' x H P.
  - destruct Ls as [|L [|N rest]]; cbn [at_layer] in H; try discriminate. destruct (rewritten positive m L N) as [[L' N']|] eqn:E; [|discriminate].
    injection H as <-. cbn [fst snd]. rewrite !realized_cons. apply realized_two. exact (rewritten_sound positive m L N L' N' x E P).
  - destruct Ls as [|L rest]; cbn [at_layer] in H; [discriminate|]. destruct (at_layer true k m rest) as [rest'|] eqn:E; [|discriminate].
    injection H as <-. destruct (at_layer_some _ _ _ _ _ E) as [A B]. destruct rest as [|M rest]; [contradiction|].
    destruct rest' as [|M' rest']; [contradiction|]. rewrite !realized_cons. apply (IH true _ _ _ E). intros _. apply relus_positive.
Qed.

Lemma inner_repeat w x : inner_product (repeat 0%Q w) x = 0.
Proof. apply inner_zeros. unfold zeros. induction w; [reflexivity|exact IHw]. Qed.

Lemma shortened_sound w k : forall Ls Ls' x x', shortened w k Ls = Some Ls' -> realized Ls x = realized Ls' x' /\ Ls <> [].
Proof.
  induction k as [|k IH]; intros Ls Ls' x x' H.
  - destruct Ls as [|[|] [|N rest]]; cbn [shortened] in H; try discriminate. injection H as <-. split; [|discriminate].
    rewrite realized_cons. apply realized_two. change (map relu (affine [] x)) with (@nil R). unfold affine. rewrite map_map. apply map_ext.
    intros r. cbn [fst snd].
    rewrite inner_repeat, inner_nil. reflexivity.
  - destruct Ls as [|L rest]; cbn [shortened] in H; [discriminate|]. split; [|discriminate].
    destruct (IH rest Ls' (map relu (affine L x)) x' H) as [E Ne]. destruct rest as [|M rest]; [contradiction|]. rewrite realized_cons. exact E.
Qed.

Theorem steps_sound w x ms : forall Ls Ls', steps w ms Ls = Some Ls' -> realized Ls x = realized Ls' x.
Proof.
  induction ms as [|m ms IH]; intros Ls Ls' H; cbn [steps] in H; [now injection H as <-|]. destruct (step w m Ls) as [Ms|] eqn:E; [|discriminate].
  rewrite <- (IH Ms Ls' H). destruct m as [k m|k]; cbn [step] in E.
  - exact (at_layer_sound k m false Ls Ms x E ltac:(discriminate)).
  - exact (proj1 (shortened_sound w k Ls Ms x x E)).
Qed.

(** * Two networks with the same numbers *)
Fixpoint pairwise {A : Type} (f : A -> A -> bool) (a b : list A) : bool :=
  match a, b with [], [] => true | x :: a, y :: b => f x y && pairwise f a b | _, _ => false end.
Definition alike_rows (r s : list Q * Q) : bool := pairwise Qeq_bool (fst r) (fst s) && Qeq_bool (snd r) (snd s).
Definition alike_layers : list layer -> list layer -> bool := pairwise (pairwise alike_rows).

Lemma pairwise_map {A B : Type} (f : A -> A -> bool) (g : A -> B) : (forall x y, f x y = true -> g x = g y) ->
  forall a b, pairwise f a b = true -> map g a = map g b.
Proof.
  intros E. induction a as [|x a IH]; intros [|y b] H; cbn [pairwise] in H; try discriminate; [reflexivity|]. rewrite andb_true_iff in H.
  destruct H as [F H]. cbn [map]. now rewrite (E x y F), (IH b H).
Qed.

Lemma inner_values a : forall b x, map Q2R a = map Q2R b -> inner_product a x = inner_product b x.
Proof.
  induction a as [|p a IH]; intros [|q b] x E; try discriminate; [reflexivity|]. injection E as E F. destruct x as [|t x]; [reflexivity|].
  cbn [inner_product]. now rewrite E, (IH b x F).
Qed.

Lemma Qeq_bool_R p q : Qeq_bool p q = true -> Q2R p = Q2R q.
Proof. intro H. apply Qeq_bool_eq in H. exact (Qeq_eqR _ _ H). Qed.

Lemma alike_affine L L' x : pairwise alike_rows L L' = true -> affine L x = affine L' x.
Proof.
  apply (pairwise_map alike_rows (fun r => inner_product (fst r) x + Q2R (snd r))). intros r s H. unfold alike_rows in H. rewrite andb_true_iff in H.
  destruct H as [A B]. rewrite (Qeq_bool_R _ _ B). f_equal. apply inner_values. exact (pairwise_map _ _ Qeq_bool_R _ _ A).
Qed.

Lemma alike_realized Ls : forall Ls' x, alike_layers Ls Ls' = true -> realized Ls x = realized Ls' x.
Proof.
  unfold alike_layers. induction Ls as [|L Ls IH]; intros [|L' Ls'] x H; cbn [pairwise] in H; try discriminate; [reflexivity|].
  rewrite andb_true_iff in H. destruct H as [A H]. destruct Ls as [|M Ls], Ls' as [|M' Ls']; cbn [pairwise] in H; try discriminate.
  - exact (alike_affine L L' x A).
  - rewrite !realized_cons, (alike_affine L L' x A). exact (IH (M' :: Ls') _ H).
Qed.

(** * The claims *)
Definition fit (G T : deep) : bool := shaped G && shaped T && Nat.eqb (deep_inputs T) (deep_inputs G) && Nat.eqb (deep_outputs T) (deep_outputs G).
(** by what each of the two is rewritten into *)
Definition check_deep_equal (G T : deep) (of_g of_t : list move) : bool :=
  fit G T && match steps (deep_inputs G) of_g (deep_layers G), steps (deep_inputs G) of_t (deep_layers T) with
             | Some Ls, Some Ls' => alike_layers Ls Ls'
             | _, _ => false
             end.

Theorem check_deep_equal_sound G T of_g of_t : check_deep_equal G T of_g of_t = true -> deep_equal G T.
Proof.
  unfold check_deep_equal, fit, deep_equal. rewrite !andb_true_iff, !Nat.eqb_eq. intros [[[_ I] O] H]. split; [exact I|split; [exact O|]].
  intros x _. unfold deep_function. destruct (steps _ of_g _) as [Ls|] eqn:A; [|discriminate]. destruct (steps _ of_t _) as [Ls'|] eqn:B; [|discriminate].
  rewrite (steps_sound _ x _ _ _ A), (steps_sound _ x _ _ _ B). exact (alike_realized Ls Ls' x H).
Qed.

(** values at a point *)
Fixpoint product_q (a x : list Q) : Q := match a, x with q :: a, t :: x => if Qeq_bool q 0 then product_q a x else Qred (q * t + product_q a x)%Q | _, _ => 0%Q end.
Definition affine_q (L : layer) (x : list Q) : list Q := map (fun r => Qred (product_q (fst r) x + snd r)%Q) L.
Fixpoint realized_q (Ls : list layer) (x : list Q) : list Q :=
  match Ls with
  | [] => x
  | L :: rest => match rest with [] => affine_q L x | _ => realized_q rest (map positive_q (affine_q L x)) end
  end.

Lemma product_q_value a : forall x, Q2R (product_q a x) = inner_product a (map Q2R x).
Proof.
  induction a as [|q a IH]; intros [|t x]; cbn [product_q inner_product map]; try exact Q2R_0. rewrite <- IH. destruct (Qeq_bool q 0) eqn:Z.
  - rewrite (Qeq_bool_0 _ Z). ring.
  - rewrite Q2R_red, Q2R_plus, Q2R_mult. reflexivity.
Qed.

Lemma affine_q_value L x : map Q2R (affine_q L x) = affine L (map Q2R x).
Proof. unfold affine_q, affine. rewrite map_map. apply map_ext. intro r. now rewrite Q2R_red, Q2R_plus, product_q_value. Qed.

Lemma realized_q_value Ls : forall x, map Q2R (realized_q Ls x) = realized Ls (map Q2R x).
Proof.
  induction Ls as [|L Ls IH]; intro x; [reflexivity|]. destruct Ls as [|M Ls]; [exact (affine_q_value L x)|]. rewrite realized_cons.
  rewrite <- affine_q_value, map_map. rewrite (map_ext (fun q => relu (Q2R q)) (fun q => Q2R (positive_q q))) by (intro; symmetry; apply positive_q_value).
  rewrite <- (map_map positive_q Q2R). exact (IH _).
Qed.

Lemma same_values a : forall b, map Q2R a = map Q2R b -> pairwise Qeq_bool a b = true.
Proof.
  induction a as [|p a IH]; intros [|q b] E; try discriminate; [reflexivity|]. injection E as E F. cbn [pairwise]. rewrite (IH b F), andb_true_r.
  apply Qeq_eq_bool, eqR_Qeq, E.
Qed.

Definition check_deep_differ (G T : deep) (x : list Q) : bool :=
  fit G T && Nat.eqb (length x) (deep_inputs G) && negb (pairwise Qeq_bool (realized_q (deep_layers G) x) (realized_q (deep_layers T) x)).

Theorem check_deep_differ_sound G T x : check_deep_differ G T x = true -> deep_differ G T.
Proof.
  unfold check_deep_differ, fit, deep_differ. rewrite !andb_true_iff, !Nat.eqb_eq, negb_true_iff. intros [[[[_ I] O] W] H].
  split; [exact I|split; [exact O|]]. exists (map Q2R x). split; [now rewrite map_length|]. unfold deep_function. rewrite <- !realized_q_value.
  intro E. apply same_values in E. congruence.
Qed.

(** the distance *)
Fixpoint largest_gap_q (a b : list Q) : Q :=
  match a, b with
  | p :: a, q :: b =>
    let rest := largest_gap_q a b in if Qeq_bool p q then rest else
    let g := Qred (p - q)%Q in let g := if Qle_bool 0 g then g else (- g)%Q in if Qle_bool g rest then rest else g
  | _, _ => 0%Q
  end.

Lemma largest_gap_q_value a : forall b, Q2R (largest_gap_q a b) = largest_gap a b /\ 0 <= largest_gap a b.
Proof.
  induction a as [|p a IH]; intros [|q b]; cbn [largest_gap_q largest_gap]; try (split; [exact Q2R_0|lra]). destruct (IH b) as [E P]. cbv zeta.
  assert (P' : 0 <= Rmax (Rabs (Q2R p - Q2R q)) (largest_gap a b)) by (eapply Rle_trans; [exact P|apply Rmax_r]). split; [|exact P'].
  destruct (Qeq_bool p q) eqn:Z.
  - rewrite (Rminus_diag_eq _ _ (Qeq_bool_R _ _ Z)), Rabs_R0, Rmax_right by exact P. exact E.
  - assert (A : Q2R (if Qle_bool 0 (Qred (p - q)) then Qred (p - q) else (- Qred (p - q))%Q) = Rabs (Q2R p - Q2R q)).
    { destruct (Qle_bool 0 (Qred (p - q))) eqn:S; [apply Qle_bool_R in S|apply Qle_bool_false in S]; rewrite Q2R_0, Q2R_red, Q2R_minus in S.
      - rewrite Q2R_red, Q2R_minus, Rabs_pos_eq by exact S. reflexivity.
      - rewrite Q2R_opp, Q2R_red, Q2R_minus, Rabs_left by exact S. reflexivity. }
    destruct (Qle_bool (if Qle_bool 0 (Qred (p - q)) then Qred (p - q) else (- Qred (p - q))%Q) (largest_gap_q a b)) eqn:S.
    + apply Qle_bool_R in S. rewrite A, E in S. rewrite E. symmetry. apply Rmax_right. exact S.
    + apply Qle_bool_false in S. rewrite A, E in S. rewrite A. symmetry. apply Rmax_left. lra.
Qed.

Definition same_widths (P G : deep) : bool :=
  Nat.eqb (deep_inputs P) (deep_inputs G) && pairwise (pairwise Nat.eqb) (snd (widths P)) (snd (widths G)).
Definition check_deep_reparametrization (G T P : deep) (v : Q) (of_p of_t : list move) : bool :=
  shaped G && check_deep_equal P T of_p of_t && same_widths P G && Qeq_bool (largest_gap_q (entries P) (entries G)) v.

Lemma pairwise_equal {A : Type} (f : A -> A -> bool) : (forall x y, f x y = true -> x = y) -> forall a b, pairwise f a b = true -> a = b.
Proof. intros E a b H. rewrite <- (map_id a), <- (map_id b). exact (pairwise_map f (fun x => x) E a b H). Qed.

Theorem check_deep_reparametrization_sound G T P v of_p of_t : check_deep_reparametrization G T P v of_p of_t = true -> deep_reparametrization G T P v.
Proof.
  unfold check_deep_reparametrization, same_widths, deep_reparametrization. rewrite !andb_true_iff. intros [[[_ E] [I W]] D].
  split; [exact (check_deep_equal_sound _ _ _ _ E)|split].
  - apply Nat.eqb_eq in I. unfold widths in *. cbn [snd] in W. f_equal; [exact I|].
    apply (pairwise_equal _ (pairwise_equal Nat.eqb (fun x y => proj1 (Nat.eqb_eq x y))) _ _ W).
  - unfold deep_distance. rewrite <- (proj1 (largest_gap_q_value _ _)). apply Qeq_bool_R, D.
Qed.
