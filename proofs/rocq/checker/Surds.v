(** The numbers of certificates that have no k: sums of rational multiples of square roots, with a zero test and a sign that are sound.

    A term (q, n) is q √n. Roots whose radicands have a square as product are merged, so that a number is 0 iff no term is left; that there
    are no further zeros is not used. Signs of sums of several roots are read off from rational bounds. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Psatz.
From relucert Require Import Statements Sums.
Import ListNotations.
Open Scope R_scope.

Definition term := (Q * positive)%type.
Definition surd := list term.
Definition root (n : positive) : R := sqrt (IZR (Zpos n)).
Definition term_value (t : term) : R := Q2R (fst t) * root (snd t).
Fixpoint value (s : surd) : R := match s with [] => 0 | t :: r => term_value t + value r end.

(** * Addition and multiplication *)

(** q q' √n √n' with a rational part where n n' is a square *)
Definition times_term (t u : term) : term :=
  let q := (fst t * fst u)%Q in
  if Pos.eqb (snd t) 1 then (Qred q, snd u)
  else if Pos.eqb (snd u) 1 then (Qred q, snd t)
  else let p := (snd t * snd u)%positive in let k := Z.sqrt (Zpos p) in
    if Z.eqb (k * k) (Zpos p) then (Qred (q * inject_Z k)%Q, 1%positive) else (Qred q, p).
(** s + t *)
Fixpoint plus_term (t : term) (s : surd) : surd :=
  match s with
  | [] => if Qeq_bool (fst t) 0 then [] else [t]
  | u :: r =>
    let merged q := if Qeq_bool q 0 then r else (Qred q, snd u) :: r in
    if Pos.eqb (snd t) (snd u) then merged (fst u + fst t)%Q
    else let p := (snd t * snd u)%positive in let k := Z.sqrt (Zpos p) in
      if Z.eqb (k * k) (Zpos p) then merged (fst u + fst t * (inject_Z k / inject_Z (Zpos (snd u))))%Q else u :: plus_term t r
  end.
Definition plus (s t : surd) : surd := fold_right plus_term t s.
Definition times_one (t : term) (s acc : surd) : surd := fold_right (fun u => plus_term (times_term t u)) acc s.
Definition times (s t : surd) : surd := fold_right (fun u => times_one u t) [] s.
Definition opp (s : surd) : surd := map (fun t => (Qopp (fst t), snd t)) s.
Definition minus (s t : surd) : surd := plus s (opp t).
Definition rational (q : Q) : surd := [(q, 1%positive)].

Lemma root_pos n : 0 < root n.
Proof. apply sqrt_lt_R0. apply (IZR_lt 0). lia. Qed.

Lemma root_1 : root 1 = 1.
Proof. exact sqrt_1. Qed.

Lemma root_square n : root n * root n = IZR (Zpos n).
Proof. apply sqrt_sqrt. apply (IZR_le 0). lia. Qed.

Lemma root_times n p : root n * root p = root (n * p).
Proof. unfold root. rewrite Pos2Z.inj_mul, mult_IZR, sqrt_mult; [reflexivity| |]; apply (IZR_le 0); lia. Qed.

(** the root of a square *)
Lemma root_of_square p : (Z.sqrt (Zpos p) * Z.sqrt (Zpos p) = Zpos p)%Z -> root p = IZR (Z.sqrt (Zpos p)).
Proof.
  intro H. unfold root. rewrite <- H at 1. rewrite mult_IZR. apply sqrt_square. apply (IZR_le 0), Z.sqrt_nonneg.
Qed.

Lemma Q2R_inject z : Q2R (inject_Z z) = IZR z.
Proof. unfold Q2R, inject_Z. simpl. field. Qed.

Lemma Q2R_red q : Q2R (Qred q) = Q2R q.
Proof. apply Qeq_eqR, Qred_correct. Qed.

Lemma Q2R_0 : Q2R 0 = 0.
Proof. apply (Q2R_inject 0). Qed.

Lemma Q2R_1 : Q2R 1 = 1.
Proof. apply (Q2R_inject 1). Qed.

Lemma Qeq_bool_0 q : Qeq_bool q 0 = true -> Q2R q = 0.
Proof. intro H. apply Qeq_bool_eq in H. rewrite (Qeq_eqR _ _ H). exact Q2R_0. Qed.

Lemma times_term_value t u : term_value (times_term t u) = term_value t * term_value u.
Proof.
  unfold times_term, term_value. destruct (Pos.eqb_spec (snd t) 1) as [->|_].
  { cbn [fst snd]. rewrite Q2R_red, Q2R_mult, root_1. ring. }
  destruct (Pos.eqb_spec (snd u) 1) as [->|_].
  { cbn [fst snd]. rewrite Q2R_red, Q2R_mult, root_1. ring. }
  replace (Q2R (fst t) * root (snd t) * (Q2R (fst u) * root (snd u))) with (Q2R (fst t) * Q2R (fst u) * (root (snd t) * root (snd u))) by ring.
  rewrite root_times. cbv zeta. destruct (Z.eqb_spec (Z.sqrt (Zpos (snd t * snd u)) * Z.sqrt (Zpos (snd t * snd u))) (Zpos (snd t * snd u))) as [E|_].
  - rewrite (root_of_square _ E). cbn [fst snd]. rewrite Q2R_red, !Q2R_mult, Q2R_inject, root_1. ring.
  - cbn [fst snd]. rewrite Q2R_red, Q2R_mult. reflexivity.
Qed.

(** what a merged term is worth *)
Lemma merged_value q n r : value (if Qeq_bool q 0 then r else (Qred q, n) :: r) = Q2R q * root n + value r.
Proof.
  destruct (Qeq_bool q 0) eqn:E.
  - rewrite (Qeq_bool_0 _ E). ring.
  - cbn [value]. unfold term_value. cbn [fst snd]. rewrite Q2R_red. reflexivity.
Qed.

Lemma plus_term_value t s : value (plus_term t s) = term_value t + value s.
Proof.
  induction s as [|u r IH].
  - simpl. destruct (Qeq_bool (fst t) 0) eqn:E; simpl; [|ring]. unfold term_value. rewrite (Qeq_bool_0 _ E). ring.
  - cbn [plus_term value]. destruct (Pos.eqb_spec (snd t) (snd u)) as [E|_].
    + rewrite merged_value, Q2R_plus. unfold term_value. rewrite E. ring.
    + destruct (Z.eqb_spec (Z.sqrt (Zpos (snd t * snd u)) * Z.sqrt (Zpos (snd t * snd u))) (Zpos (snd t * snd u))) as [E|_].
      * rewrite merged_value, Q2R_plus, Q2R_mult, Q2R_div, !Q2R_inject.
        2: { intro H. unfold Qeq in H. simpl in H. lia. }
        rewrite <- (root_of_square _ E), <- root_times, <- root_square. unfold term_value. pose proof (root_pos (snd u)). field. lra.
      * cbn [value]. rewrite IH. ring.
Qed.

Lemma plus_value s t : value (plus s t) = value s + value t.
Proof. induction s as [|u r IH]; simpl; [ring|]. unfold plus in *. simpl. rewrite plus_term_value, IH. ring. Qed.

Lemma times_one_value t s acc : value (times_one t s acc) = term_value t * value s + value acc.
Proof. induction s as [|u r IH]; simpl; [ring|]. rewrite plus_term_value, times_term_value, IH. ring. Qed.

Lemma times_value s t : value (times s t) = value s * value t.
Proof. unfold times. induction s as [|u r IH]; simpl; [ring|]. rewrite times_one_value, IH. ring. Qed.

Lemma opp_value s : value (opp s) = - value s.
Proof.
  induction s as [|u r IH]; [simpl; ring|]. change (opp (u :: r)) with ((Qopp (fst u), snd u) :: opp r). cbn [value]. rewrite IH.
  unfold term_value. cbn [fst snd]. rewrite Q2R_opp. ring.
Qed.

Lemma minus_value s t : value (minus s t) = value s - value t.
Proof. unfold minus. rewrite plus_value, opp_value. ring. Qed.

Lemma rational_value q : value (rational q) = Q2R q.
Proof. simpl. unfold term_value. simpl. rewrite root_1. ring. Qed.

(** * Zero and signs *)
Definition is_zero (s : surd) : bool := match plus s [] with [] => true | _ => false end.

Lemma is_zero_sound s : is_zero s = true -> value s = 0.
Proof.
  unfold is_zero. intro H. rewrite <- (Rplus_0_r (value s)). change 0 with (value []) at 1. rewrite <- plus_value.
  destruct (plus s []); [reflexivity|discriminate].
Qed.

(** rational bounds of q √n at p binary digits: from below, or from above *)
Definition bound (up : bool) (p : positive) (t : term) : Q :=
  let scale := (2 ^ Zpos p)%Z in
  let k := Z.sqrt (Zpos (snd t) * (scale * scale)) in
  let k := if Bool.eqb up (Qle_bool 0 (fst t)) then (k + 1)%Z else k in
  (fst t * (inject_Z k / inject_Z scale))%Q.
Definition bounds (up : bool) (p : positive) (s : surd) : Q := fold_right (fun t q => Qred (bound up p t + q)%Q) 0%Q s.
Fixpoint signs_at (ps : list positive) (s : surd) : option comparison :=
  match ps with
  | [] => None
  | p :: ps =>
    if Qle_bool (bounds false p s) 0 then if Qle_bool 0 (bounds true p s) then signs_at ps s else Some Lt else Some Gt
  end.
Definition sign (s : surd) : option comparison :=
  match plus s [] with
  | [] => Some Eq
  | [t] => Some (Qcompare (fst t) 0)
  | s => signs_at [8; 32; 128; 512; 4096]%positive s
  end.

Lemma root_bounds n p : let scale := (2 ^ Zpos p)%Z in let k := Z.sqrt (Zpos n * (scale * scale)) in
  0 < IZR scale /\ IZR k / IZR scale <= root n <= IZR (k + 1) / IZR scale.
Proof.
  intros scale k. assert (S : (0 < scale)%Z) by (apply Z.pow_pos_nonneg; lia).
  assert (R : 0 < IZR scale) by (apply (IZR_lt 0); exact S). split; [exact R|].
  assert (N : (0 <= Zpos n * (scale * scale))%Z) by nia.
  pose proof (Z.sqrt_spec _ N) as [L U]. fold k in L, U. pose proof (Z.sqrt_nonneg (Zpos n * (scale * scale))) as K. fold k in K.
  assert (E : root n * IZR scale = sqrt (IZR (Zpos n * (scale * scale)))).
  { rewrite mult_IZR, mult_IZR, sqrt_mult; [|apply (IZR_le 0); lia | apply Rmult_le_pos; lra]. rewrite sqrt_square; [reflexivity|lra]. }
  assert (A : IZR k <= root n * IZR scale <= IZR (k + 1)).
  { rewrite E. split.
    - rewrite <- (sqrt_square (IZR k)) by (apply (IZR_le 0); exact K). apply sqrt_le_1_alt. rewrite <- mult_IZR. apply IZR_le. exact L.
    - rewrite <- (sqrt_square (IZR (k + 1))) by (apply (IZR_le 0); lia). apply sqrt_le_1_alt. rewrite <- mult_IZR. apply IZR_le. lia. }
  split; apply Rmult_le_reg_r with (IZR scale); try exact R.
  - replace (IZR k / IZR scale * IZR scale) with (IZR k) by (field; lra). lra.
  - replace (IZR (k + 1) / IZR scale * IZR scale) with (IZR (k + 1)) by (field; lra). lra.
Qed.

Lemma Qle_bool_R q q' : Qle_bool q q' = true -> Q2R q <= Q2R q'.
Proof. intro H. apply Qle_Rle, Qle_bool_iff, H. Qed.

Lemma Qle_bool_false q q' : Qle_bool q q' = false -> Q2R q' < Q2R q.
Proof. intro H. apply Qlt_Rlt. apply Qnot_le_lt. intro L. apply Qle_bool_iff in L. congruence. Qed.

Lemma bound_sound p t : Q2R (bound false p t) <= term_value t <= Q2R (bound true p t).
Proof.
  unfold bound, term_value. pose proof (root_bounds (snd t) p) as B. cbv zeta in *. destruct B as [S [L U]].
  assert (NZ : ~ (inject_Z (2 ^ Zpos p) == 0)%Q).
  { intro H. apply Qeq_eqR in H. rewrite Q2R_inject, Q2R_0 in H. lra. }
  rewrite !Q2R_mult, !Q2R_div, !Q2R_inject by exact NZ. destruct (Qle_bool 0 (fst t)) eqn:E; cbn [Bool.eqb].
  - apply Qle_bool_R in E. rewrite Q2R_0 in E. split; apply Rmult_le_compat_l; assumption.
  - apply Qle_bool_false in E. rewrite Q2R_0 in E. split; apply Rmult_le_compat_neg_l; lra.
Qed.

Lemma bounds_sound p s : Q2R (bounds false p s) <= value s <= Q2R (bounds true p s).
Proof.
  induction s as [|t r IH]; [simpl; rewrite Q2R_0; lra|]. pose proof (bound_sound p t).
  unfold bounds in *. cbn [fold_right value]. rewrite !Q2R_red, !Q2R_plus. lra.
Qed.

(** what a sign says *)
Definition has_sign (c : comparison) (x : R) : Prop := match c with Eq => x = 0 | Lt => x < 0 | Gt => 0 < x end.

Lemma signs_at_sound ps s c : signs_at ps s = Some c -> has_sign c (value s).
Proof.
  induction ps as [|p ps IH]; simpl; [discriminate|]. pose proof (bounds_sound p s) as [L U].
  destruct (Qle_bool (bounds false p s) 0) eqn:E.
  - destruct (Qle_bool 0 (bounds true p s)) eqn:F; [exact IH|]. intros [= <-]. simpl. apply Qle_bool_false in F. rewrite Q2R_0 in F. lra.
  - intros [= <-]. simpl. apply Qle_bool_false in E. rewrite Q2R_0 in E. lra.
Qed.

Lemma Qcompare_sign q : has_sign (Qcompare q 0) (Q2R q).
Proof.
  destruct (Qcompare_spec q 0) as [E|L|G]; simpl; rewrite <- ?Q2R_0; [apply Qeq_eqR, E|apply Qlt_Rlt, L|apply Qlt_Rlt, G].
Qed.

Lemma sign_sound s c : sign s = Some c -> has_sign c (value s).
Proof.
  unfold sign. assert (V : value s = value (plus s [])) by (rewrite plus_value; simpl; ring). rewrite V. clear V.
  destruct (plus s []) as [|t [|u r]].
  - intros [= <-]. reflexivity.
  - intros [= <-]. cbn [value]. unfold term_value. pose proof (root_pos (snd t)) as P. pose proof (Qcompare_sign (fst t)) as C.
    destruct (Qcompare (fst t) 0); unfold has_sign in *; [rewrite C; ring| |]; nra.
  - apply signs_at_sound.
Qed.

(** * Comparisons *)
Definition at_most (s t : surd) : bool := match sign (minus s t) with Some Gt | None => false | _ => true end.
(** √q, for q not negative *)
Definition root_of (q : Q) : surd :=
  match Qnum q with Zpos n => [((1 # Qden q)%Q, (n * Qden q)%positive)] | _ => [] end.
(** as a rational, if no root is left *)
Definition as_rational (s : surd) : option Q :=
  match plus s [] with [] => Some 0%Q | [t] => if Pos.eqb (snd t) 1 then Some (fst t) else None | _ => None end.

Lemma at_most_sound s t : at_most s t = true -> value s <= value t.
Proof.
  unfold at_most. pose proof (minus_value s t) as V. destruct (sign (minus s t)) as [[| |]|] eqn:E; try discriminate; intros _;
    pose proof (sign_sound _ _ E) as S; simpl in S; lra.
Qed.

Lemma root_of_sound q : (0 <= q)%Q -> value (root_of q) = sqrt (Q2R q).
Proof.
  intro H. destruct q as [[|n|n] b]; unfold root_of, Q2R; cbn [Qnum Qden].
  - rewrite Rmult_0_l, sqrt_0. reflexivity.
  - cbn [value]. unfold term_value. cbn [fst snd]. unfold Q2R. cbn [Qnum Qden]. rewrite <- root_times, <- (root_square b).
    pose proof (root_pos b) as P. rewrite sqrt_mult_alt by (apply (IZR_le 0); lia). fold (root n).
    replace (sqrt (/ (root b * root b))) with (/ root b); [field; lra|].
    rewrite Rinv_mult. symmetry. apply sqrt_square. left. apply Rinv_0_lt_compat, P.
  - unfold Qle in H. simpl in H. lia.
Qed.

Lemma as_rational_sound s q : as_rational s = Some q -> value s = Q2R q.
Proof.
  unfold as_rational. assert (V : value s = value (plus s [])) by (rewrite plus_value; simpl; ring). rewrite V. clear V.
  destruct (plus s []) as [|t [|u r]]; [intros [= <-]; simpl; rewrite Q2R_0; reflexivity| |discriminate].
  destruct (Pos.eqb_spec (snd t) 1) as [E|]; [|discriminate]. intros [= <-]. simpl. unfold term_value. rewrite E, root_1. ring.
Qed.
