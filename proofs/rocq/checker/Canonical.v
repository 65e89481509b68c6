(** The canonical form (N1) of a concrete network, in integers over one denominator 2 L: half its linear part and half the sum of its kinks.

    Neurons are multiples of rational vectors (each entry of a over the first that is not 0), with rational products of outer weights and that
    entry; kinks stand in lexicographic order of n_H = a_i over its first entry, as certificates number them, those with no jump left out.
    [columns]: the inputs of the Jacobian, all n or, for networks with biases on (x, 1), all but the last. Interface:
    - [canonical n D columns N : option form];
    - [canonical_even], [canonical_linear], [canonical_shape]: what it is of N. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool Mergesort Permutation Orders.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Trees.
Import ListNotations.
Open Scope Z_scope.

(** * Lists *)
Fixpoint each {A B : Type} (f : A -> option B) (l : list A) : option (list B) :=
  match l with
  | [] => Some []
  | a :: r => match f a with None => None | Some b => match each f r with None => None | Some m => Some (b :: m) end end
  end.
Fixpoint rsum {A : Type} (f : A -> R) (l : list A) : R := match l with [] => 0%R | a :: r => (f a + rsum f r)%R end.

Lemma each_length {A B} (f : A -> option B) l : forall m, each f l = Some m -> length m = length l.
Proof.
  induction l as [|a l IH]; intros m E; cbn [each] in E; [injection E as <-; reflexivity|].
  destruct (f a); [|discriminate]. destruct (each f l) as [m'|]; [|discriminate]. injection E as <-. cbn [length]. f_equal. now apply IH.
Qed.

Lemma each_nth {A B} (f : A -> option B) (da : A) (db : B) l : forall m k, each f l = Some m -> (k < length l)%nat ->
  f (nth k l da) = Some (nth k m db).
Proof.
  induction l as [|a l IH]; intros m k E L; cbn [each length] in *; [lia|].
  destruct (f a) as [b|] eqn:F; [|discriminate]. destruct (each f l) as [m'|]; [|discriminate]. injection E as <-.
  destruct k; [exact F|]. exact (IH m' k eq_refl ltac:(lia)).
Qed.

Lemma rsum_ext {A} (f g : A -> R) l : (forall a, In a l -> f a = g a) -> rsum f l = rsum g l.
Proof. induction l; intro H; simpl; [reflexivity|]. rewrite IHl, H; [reflexivity|now left|]. intros. apply H. now right. Qed.

Lemma rsum_scal {A} c (f : A -> R) l : rsum (fun a => c * f a)%R l = (c * rsum f l)%R.
Proof. induction l; simpl; [ring|]. rewrite IHl. ring. Qed.

Lemma rsum_permutation {A} (f : A -> R) l l' : Permutation l l' -> rsum f l = rsum f l'.
Proof. induction 1; simpl; lra. Qed.

Lemma rsum_zsum {A} (f : A -> Z) l : IZR (zsum f l) = rsum (fun a => IZR (f a)) l.
Proof. induction l; simpl; [reflexivity|]. rewrite plus_IZR, IHl. reflexivity. Qed.

(** * One neuron *)
(** q · u where that is an integer *)
Definition integer (u : positive) (q : Q) : option Z :=
  let z := Qnum q * (Zpos u / Zpos (Qden q)) in if Z.eqb (z * Zpos (Qden q)) (Qnum q * Zpos u) then Some z else None.
Definition denominator (qs : list Q) : positive := Z.to_pos (common qs).
(** the rational part *)
Definition rational_part (s : surd) : Q := fold_right (fun t q => if Pos.eqb (snd t) 1 then Qred (fst t + q) else q) 0%Q s.
(** s over lead, where that is rational; [inverse] is one over the rational part of lead² *)
Definition quotient_of_sums (lead : surd) (inverse : Q) (s : surd) : option Q :=
  let q := Qred (rational_part (times s lead) * inverse) in if equal_numbers s (times (rational q) lead) then Some q else None.
(** the same at once, where both are multiples of one root *)
Definition quotient (lead : surd) (inverse : Q) (s : surd) : option Q :=
  match s, lead with
  | [], _ => Some 0%Q
  | [(q, n)], [(p, m)] => if Pos.eqb n m && negb (Qeq_bool p 0) then Some (Qred (q / p)) else quotient_of_sums lead inverse s
  | _, _ => quotient_of_sums lead inverse s
  end.

(** A neuron with a = ± f n for an integer vector n that begins with [ahead] > 0 after zeros, f > 0, and f c. *)
Record bend := Bend { direction : list Z; ahead : positive; strength : list Q; forward : bool }.
Definition bend_of (a c : list surd) (lead : surd) (positive : bool) : option bend :=
  match each (quotient lead (Qinv (rational_part (times lead lead)))) a with
  | None => None
  | Some qs =>
    let u := denominator qs in
    match each (integer u) qs, each (fun s => as_rational (times s (absolute lead))) c with
    | Some line, Some kappa => Some (Bend line u (map (fun k => Qred (k * (1 # u))) kappa) positive)
    | _, _ => None
    end
  end.
(** [Some None]: the neuron sees no input of the Jacobian *)
Definition read_neuron (n D columns : nat) (nu : neuron) : option (option bend) :=
  let (a, c) := nu in
  if Nat.eqb (length a) n && Nat.eqb (length c) D then
    if forallb is_zero (firstn columns a) then Some None
    else match List.find (fun s => negb (is_zero s)) a with
      | None => None
      | Some lead => match sign lead with
        | Some Gt => option_map Some (bend_of a c lead true)
        | Some Lt => option_map Some (bend_of a c lead false)
        | _ => None
        end
      end
  else None.

Lemma integer_value u q z : integer u q = Some z -> IZR z = (Q2R q * IZR (Zpos u))%R.
Proof.
  unfold integer. cbv zeta. destruct (Z.eqb_spec (Qnum q * (Zpos u / Zpos (Qden q)) * Zpos (Qden q)) (Qnum q * Zpos u)) as [E|]; [|discriminate].
  intros [= <-]. set (z := Qnum q * _) in *. unfold Q2R. apply (f_equal IZR) in E. rewrite !mult_IZR in E.
  assert (P : (0 < IZR (Zpos (Qden q)))%R) by (apply (IZR_lt 0); lia).
  apply Rmult_eq_reg_r with (IZR (Zpos (Qden q))); [|lra]. rewrite E. field. lra.
Qed.

Lemma quotient_of_sums_value lead i s q : quotient_of_sums lead i s = Some q -> value s = (Q2R q * value lead)%R.
Proof.
  unfold quotient_of_sums. cbv zeta. destruct (equal_numbers s _) eqn:E; [|discriminate]. intros [= <-]. apply equal_numbers_sound in E.
  rewrite times_value, rational_value in E. exact E.
Qed.

Lemma quotient_value lead i s q : quotient lead i s = Some q -> value s = (Q2R q * value lead)%R.
Proof.
  destruct s as [|[r n] [|t s]]; cbn [quotient]; [intros [= <-]; rewrite Q2R_0, value_nil; ring| |apply quotient_of_sums_value].
  destruct lead as [|[p m] [|t s]]; try apply quotient_of_sums_value.
  destruct (Pos.eqb n m && negb (Qeq_bool p 0)) eqn:C; [|apply quotient_of_sums_value]. intro E.
  assert (Q : q = Qred (r / p)) by congruence. clear E. subst q. rewrite andb_true_iff, negb_true_iff in C.
  destruct C as [N P]. apply Pos.eqb_eq in N. subst. apply Qeq_bool_neq in P. rewrite Q2R_red, Q2R_div by exact P.
  assert (Q2R p <> 0)%R by (intro Z; apply P, eqR_Qeq; rewrite Z, Q2R_0; reflexivity). change (@value surds reals) with Surds.value. cbn [Surds.value].
    unfold Surds.term_value. cbn [fst snd]. field.
    assumption.
Qed.

Lemma Q2R_over k u : Q2R (Qred (k * (1 # u))) = (Q2R k / IZR (Zpos u))%R.
Proof. rewrite Q2R_red, Q2R_mult. unfold Q2R at 2. cbn [Qnum Qden]. field. apply not_0_IZR. lia. Qed.

Definition direction_sign (b : bool) : R := if b then 1%R else (-1)%R.

Lemma bend_of_sound a c lead p b : bend_of a c lead p = Some b -> has_sign (if p then Gt else Lt) (value lead) -> known lead = true ->
  forward b = p /\ length (direction b) = length a /\ length (strength b) = length c /\ exists f, (0 < f)%R /\
  (forall k, (k < length a)%nat -> vector a k = (direction_sign p * f * IZR (nth k (direction b) 0%Z))%R) /\
  (forall l, (l < length c)%nat -> (vector c l * f)%R = Q2R (nth l (strength b) 0%Q)).
Proof.
  unfold bend_of. destruct (each _ a) as [qs|] eqn:Eq; [|discriminate]. cbv zeta. set (u := denominator qs).
  destruct (each (integer u) qs) as [line|] eqn:El; [|discriminate]. destruct (each _ c) as [kappa|] eqn:Ek; [|discriminate].
  intros [= <-] S K. cbn [forward direction strength]. pose proof (each_length _ _ _ Eq) as Lq. pose proof (each_length _ _ _ El) as Ll.
    pose proof (each_length _ _ _ Ek) as Lk.
  assert (U : (0 < IZR (Zpos u))%R) by (apply (IZR_lt 0); lia). pose proof (absolute_sound _ K) as Abs.
  assert (V : (0 < Rabs (value lead))%R) by (apply Rabs_pos_lt; destruct p; simpl in S; lra).
  assert (Vs : value lead = (direction_sign p * Rabs (value lead))%R).
  { destruct p; simpl in *; [rewrite Rabs_pos_eq by lra|rewrite Rabs_left by lra]; ring. }
  split; [reflexivity|]. split; [lia|]. split; [rewrite map_length; lia|]. exists (Rabs (value lead) / IZR (Zpos u))%R. split; [|split].
  - apply Rmult_lt_0_compat; [exact V|]. apply Rinv_0_lt_compat, U.
  - intros k Hk. pose proof (each_nth _ [] 0%Q _ _ k Eq Hk) as R. pose proof (each_nth _ 0%Q 0 _ _ k El ltac:(lia)) as I.
    apply quotient_value in R. apply integer_value in I. change (vector a k = Q2R (nth k qs 0%Q) * value lead)%R in R. rewrite R, I.
      rewrite Vs at 1. field. lra.
  - intros l Hl. pose proof (each_nth _ [] 0%Q _ _ l Ek Hl) as R. apply as_rational_sound in R. rewrite times_value, Abs in R.
    change (vector c l * Rabs (value lead) = Q2R (nth l kappa 0%Q))%R in R.
    rewrite (nth_indep _ 0%Q (Qred (0%Q * (1 # u)))) by (rewrite map_length; lia).
    rewrite (map_nth (fun k => Qred (k * (1 # u)))), Q2R_over, <- R. field. lra.
Qed.

Lemma read_neuron_dead n D columns nu : (columns <= n)%nat -> read_neuron n D columns nu = Some None -> zero columns (vector (fst nu)).
Proof.
  intro C. destruct nu as [a c]. unfold read_neuron. destruct (_ && _) eqn:L; [|discriminate]. rewrite andb_true_iff, !Nat.eqb_eq in L.
  destruct (forallb is_zero (firstn columns a)) eqn:Z.
  - intros _ k Hk. rewrite forallb_forall in Z. cbn [fst]. unfold vector, at_. apply is_zero_sound, Z.
    rewrite <- (firstn_skipn columns a) at 1. rewrite app_nth1 by (rewrite firstn_length; lia). apply nth_In. rewrite firstn_length. lia.
  - destruct (List.find _ a) as [lead|]; [|discriminate]. destruct (sign lead) as [[| |]|]; try discriminate; destruct (bend_of a c lead _);
    discriminate.
Qed.

Lemma read_neuron_bend n D columns nu b : read_neuron n D columns nu = Some (Some b) -> length (direction b) = n /\ length (strength b) = D /\
  exists f, (0 < f)%R /\ multiple n (direction_sign (forward b) * f) (row_vec (direction b)) (vector (fst nu)) /\
  forall l, (l < D)%nat -> (weight nu l * f)%R = Q2R (nth l (strength b) 0%Q).
Proof.
  destruct nu as [a c]. unfold read_neuron. destruct (_ && _) eqn:L; [|discriminate]. rewrite andb_true_iff, !Nat.eqb_eq in L. destruct L as [La Lc].
  destruct (forallb _ _); [discriminate|]. destruct (List.find _ a) as [lead|]; [|discriminate].
  assert (G : forall p : bool, sign lead = Some (if p then Gt else Lt) -> option_map Some (bend_of a c lead p) = Some (Some b) ->
    length (direction b) = n /\ length (strength b) = D /\
    exists f, (0 < f)%R /\ multiple n (direction_sign (forward b) * f) (row_vec (direction b)) (vector (fst (a, c))) /\
    forall l, (l < D)%nat -> (weight (a, c) l * f)%R = Q2R (nth l (strength b) 0%Q)).
  { intros p S E. destruct (bend_of a c lead p) as [b'|] eqn:B; [|discriminate]. injection E as ->.
    destruct (bend_of_sound a c lead p b B (sign_sound _ _ S)) as [F [L1 [L2 [f [P [V W]]]]]]; [unfold known; rewrite S; reflexivity|].
    rewrite F. split; [lia|split; [lia|]]. exists f. split; [exact P|split].
    - intros k Hk. cbn [fst]. rewrite V by lia. reflexivity.
    - intros l Hl. unfold weight. cbn [snd]. apply W. lia. }
  destruct (sign lead) as [[| |]|]; try discriminate; [exact (G false eq_refl)|exact (G true eq_refl)].
Qed.

(** * All neurons *)
Fixpoint bends (n D columns : nat) (N : list neuron) : option (list bend) :=
  match N with
  | [] => Some []
  | nu :: r => match read_neuron n D columns nu, bends n D columns r with
    | Some None, Some l => Some l
    | Some (Some b), Some l => Some (b :: l)
    | _, _ => None
    end
  end.

Definition bend_term (l : nat) (g : vec -> R) (b : bend) : R := (Q2R (nth l (strength b) 0%Q) * g (row_vec (direction b)))%R.
Definition linear_term (l k : nat) (b : bend) : R := (Q2R (nth l (strength b) 0%Q) * (direction_sign (forward b) * IZR (nth k (direction b) 0%Z)))%R.

Lemma bends_shape n D columns N : forall bs, bends n D columns N = Some bs -> forall b, In b bs -> length (direction b) = n /\
  length (strength b) = D.
Proof.
  induction N as [|nu N IH]; intros bs E b I; cbn [bends] in E; [injection E as <-; destruct I|].
  destruct (read_neuron n D columns nu) as [[b'|]|] eqn:O.
  - destruct (bends n D columns N) as [l|]; [|discriminate]. injection E as <-. destruct I as [->|I]; [|exact (IH l eq_refl b I)].
    destruct (read_neuron_bend _ _ _ _ _ O) as [A [B _]]. now split.
  - destruct (bends n D columns N) as [l|]; [|discriminate]. injection E as <-. exact (IH l eq_refl b I).
  - discriminate.
Qed.

Lemma bends_even n D columns N : (columns <= n)%nat -> forall bs, bends n D columns N = Some bs -> forall g l, even n g ->
  (forall a, zero columns a -> g a = 0%R) -> (l < D)%nat -> added (map (fun nu => weight nu l * g (vector (fst nu)))%R N) = rsum (bend_term l g) bs.
Proof.
  intro C. induction N as [|nu N IH]; intros bs E g l Ev Z Hl; cbn [bends] in E; [injection E as <-; reflexivity|].
  rewrite added_cons. destruct (read_neuron n D columns nu) as [[b|]|] eqn:O; [| |discriminate]; destruct (bends n D columns N) as [m|];
    try discriminate; injection E as <-.
  - rewrite (IH m eq_refl g l Ev Z Hl). cbn [rsum]. f_equal. destruct (read_neuron_bend _ _ _ _ _ O) as [_ [_ [f [P [M W]]]]].
    unfold bend_term. rewrite <- W by exact Hl. rewrite (Ev _ _ _ M).
    assert (A : Rabs (direction_sign (forward b) * f) = f).
    { rewrite Rabs_mult, (Rabs_pos_eq f) by lra. destruct (forward b); cbn [direction_sign]; rewrite ?Rabs_R1; [|rewrite Rabs_left by lra]; ring. }
    rewrite A. ring.
  - rewrite (IH m eq_refl g l Ev Z Hl), (Z _ (read_neuron_dead _ _ _ _ C O)). ring.
Qed.

Lemma bends_linear n D columns N : (columns <= n)%nat -> forall bs, bends n D columns N = Some bs -> forall k l, (k < columns)%nat -> (l < D)%nat ->
  added (map (fun nu => weight nu l * vector (fst nu) k)%R N) = rsum (linear_term l k) bs.
Proof.
  intro C. induction N as [|nu N IH]; intros bs E k l Hk Hl; cbn [bends] in E; [injection E as <-; reflexivity|].
  rewrite added_cons. destruct (read_neuron n D columns nu) as [[b|]|] eqn:O; [| |discriminate]; destruct (bends n D columns N) as [m|];
    try discriminate; injection E as <-.
  - rewrite (IH m eq_refl k l Hk Hl). cbn [rsum]. f_equal. destruct (read_neuron_bend _ _ _ _ _ O) as [_ [_ [f [P [M W]]]]].
    unfold linear_term. rewrite <- W by exact Hl. rewrite (M k) by lia. unfold row_vec. ring.
  - rewrite (IH m eq_refl k l Hk Hl), (read_neuron_dead _ _ _ _ C O k Hk). ring.
Qed.

(** * In integers *)
(** a kink: its normal, the first entry of it that is not 0, and L times its jump over that *)
Record face := Face { normal : list Z; front : positive; jumps : list Z }.
Definition face_of (l : positive) (b : bend) : option (bool * face) :=
  match each (integer l) (strength b) with Some w => Some (forward b, Face (direction b) (ahead b) w) | None => None end.
Fixpoint spread (forwards : bool) (line : list Z) (ws : list Z) (rows : list (list Z)) : list (list Z) :=
  match ws, rows with
  | w :: ws, r :: rows => (if Z.eqb w 0 then r else add_multiple (if forwards then w else - w) line r) :: spread forwards line ws rows
  | _, _ => rows
  end.
Definition linear_rows (n D : nat) (fs : list (bool * face)) : list (list Z) :=
  fold_right (fun f => spread (fst f) (normal (snd f)) (jumps (snd f))) (repeat (repeat 0 n) D) fs.

(** lexicographic order of normals over their first entries *)
Fixpoint before (s t : Z) (a b : list Z) : bool :=
  match a, b with x :: a, y :: b => match Z.compare (x * t) (y * s) with Lt => true | Gt => false | Eq => before s t a b end | _, _ => true end.
Lemma before_total s t a : forall b, before s t a b = true \/ before t s b a = true.
Proof.
  induction a as [|x a IH]; intros [|y b]; simpl; auto. rewrite (Z.compare_antisym (x * t)). destruct (x * t ?= y * s); simpl; auto.
Qed.
Module Order <: TotalLeBool.
  Definition t := face.
  Definition leb (f g : face) : bool := before (Zpos (front f)) (Zpos (front g)) (normal f) (normal g).
  Lemma leb_total f g : leb f g = true \/ leb g f = true.
  Proof. apply before_total. Qed.
End Order.
Module Import Sorting := Sort Order.

Fixpoint same_row (a b : list Z) : bool :=
  match a, b with [], [] => true | x :: a, y :: b => Z.eqb x y && same_row a b | _, _ => false end.
(** neighbours with the same normal become one *)
Fixpoint gathered (fs : list face) : list face :=
  match fs with
  | [] => []
  | f :: r => match gathered r with
    | [] => [f]
    | g :: s => if same_row (normal f) (normal g) then Face (normal g) (front g) (zip Z.add (jumps f) (jumps g)) :: s else f :: g :: s
    end
  end.

Record form := Form { scale : positive; linear : list (list Z); faces : list face }.
Definition shaped (n D columns : nat) (f : form) : bool :=
  forallb (fun h => Nat.eqb (length (normal h)) n && Nat.eqb (length (jumps h)) D && negb (all_zero (firstn columns (normal h)))) (faces f) &&
  Nat.eqb (length (linear f)) D && forallb (fun r => Nat.eqb (length r) n) (linear f).
Definition canonical (n D columns : nat) (N : list neuron) : option form :=
  match bends n D columns N with
  | None => None
  | Some bs =>
    let l := denominator (flat_map strength bs) in
    match each (face_of l) bs with
    | None => None
    | Some fs =>
      let f := Form (2 * l) (linear_rows n D fs) (filter (fun h => negb (all_zero (jumps h))) (gathered (sort (map snd fs)))) in
      if Nat.leb columns n && shaped n D columns f then Some f else None
    end
  end.

Definition face_term (l : nat) (g : vec -> R) (h : face) : R := (IZR (nth l (jumps h) 0%Z) * g (row_vec (normal h)))%R.

Lemma same_row_eq a : forall b, same_row a b = true -> a = b.
Proof. induction a as [|x a IH]; intros [|y b]; simpl; try discriminate; [reflexivity|]. rewrite andb_true_iff, Z.eqb_eq. intros [-> H]. f_equal.
  now apply IH. Qed.

Lemma gathered_shape D fs : (forall h, In h fs -> length (jumps h) = D) -> forall h, In h (gathered fs) -> length (jumps h) = D.
Proof.
  induction fs as [|f fs IH]; intros L h I; cbn [gathered] in I; [destruct I|]. assert (L' : forall h, In h (gathered fs) ->
    length (jumps h) = D) by (apply IH; intros; apply L; now right).
  destruct (gathered fs) as [|g s]; [destruct I as [<-|[]]; apply L; now left|]. destruct (same_row _ _).
  - destruct I as [<-|I]; [|apply L'; now right]. cbn [jumps]. rewrite zip_length; [apply L; now left|].
    rewrite (L f), (L' g); [reflexivity|now left|now left].
  - destruct I as [<-|I]; [apply L; now left|]. apply L'. exact I.
Qed.

Lemma gathered_sum D l g fs : (forall h, In h fs -> length (jumps h) = D) -> (l < D)%nat -> rsum (face_term l g) (gathered fs) = rsum (face_term l
  g) fs.
Proof.
  intros L Hl. induction fs as [|f fs IH]; [reflexivity|]. cbn [gathered rsum]. specialize (IH (fun h I => L h (or_intror I))).
  pose proof (gathered_shape D fs (fun h I => L h (or_intror I))) as S. rewrite <- IH. destruct (gathered fs) as [|h s]; [reflexivity|].
  destruct (same_row (normal f) (normal h)) eqn:E; [|reflexivity]. apply same_row_eq in E. cbn [rsum]. unfold face_term. cbn [jumps normal].
  pose proof (L f (or_introl eq_refl)). pose proof (S h (or_introl eq_refl)). rewrite zip_nth by lia. rewrite E, plus_IZR. ring.
Qed.

Lemma filter_sum l g fs : rsum (face_term l g) (filter (fun h => negb (all_zero (jumps h))) fs) = rsum (face_term l g) fs.
Proof.
  induction fs as [|f fs IH]; [reflexivity|]. cbn [filter rsum]. destruct (all_zero (jumps f)) eqn:Z; cbn [negb rsum]; rewrite IH; [|reflexivity].
  unfold face_term at 2. rewrite (all_zero_nth _ l Z). ring.
Qed.

Lemma face_of_sound l b fwd h : face_of l b = Some (fwd, h) -> fwd = forward b /\ normal h = direction b /\ length (jumps h) = length (strength b) /\
  forall o, (o < length (strength b))%nat -> IZR (nth o (jumps h) 0) = (Q2R (nth o (strength b) 0%Q) * IZR (Zpos l))%R.
Proof.
  unfold face_of. destruct (each (integer l) (strength b)) as [w|] eqn:E; [|discriminate]. intros [= <- <-]. cbn [normal jumps].
  split; [reflexivity|split; [reflexivity|split; [exact (each_length _ _ _ E)|]]]. intros o Ho. apply integer_value.
    exact (each_nth _ 0%Q 0 _ _ o E Ho).
Qed.

Lemma faces_sum l bs : forall fs D, each (face_of l) bs = Some fs -> (forall b, In b bs -> length (strength b) = D) ->
  (forall h, In h (map snd fs) -> length (jumps h) = D) /\
  forall g o, (o < D)%nat -> rsum (face_term o g) (map snd fs) = (IZR (Zpos l) * rsum (bend_term o g) bs)%R.
Proof.
  induction bs as [|b bs IH]; intros fs D E L; cbn [each] in E.
  - injection E as <-. split; [intros h []|intros; simpl; ring].
  - destruct (face_of l b) as [[fwd h]|] eqn:F; [|discriminate]. destruct (each (face_of l) bs) as [fs'|]; [|discriminate]. injection E as <-.
    destruct (IH fs' D eq_refl (fun c I => L c (or_intror I))) as [S T]. destruct (face_of_sound l b fwd h F) as [_ [Nh [Lh W]]].
    pose proof (L b (or_introl eq_refl)) as Lb. split.
    + intros h' [<-|I]; [cbn [snd]; lia|exact (S h' I)].
    + intros g o Ho. cbn [map rsum snd]. rewrite (T g o Ho). unfold face_term at 1, bend_term at 2. rewrite Nh, W by lia. ring.
Qed.

Lemma spread_shape fwd line ws : forall rows n, (forall r, In r rows -> length r = n) -> length (spread fwd line ws rows) = length rows /\
  forall r, In r (spread fwd line ws rows) -> length r = n.
Proof.
  induction ws as [|w ws IH]; intros [|r rows] n L; cbn [spread]; try (split; [reflexivity|exact L]).
  destruct (IH rows n (fun q I => L q (or_intror I))) as [A B]. split; [cbn [length]; now rewrite A|]. intros q [<-|I]; [|exact (B q I)].
  pose proof (L r (or_introl eq_refl)). destruct (Z.eqb w 0); rewrite ?add_multiple_length; assumption.
Qed.

Lemma spread_nth fwd line ws : forall rows n o k, (forall r, In r rows -> length r = n) -> length ws = length rows -> (o < length ws)%nat ->
  (k < n)%nat ->
  nth k (nth o (spread fwd line ws rows) []) 0 = (if fwd then nth o ws 0 else - nth o ws 0) * nth k line 0 + nth k (nth o rows []) 0.
Proof.
  induction ws as [|w ws IH]; intros [|r rows] n o k L E Ho Hk; cbn [spread length] in *; try lia.
  destruct o; [|cbn [nth]; rewrite (IH rows n o k (fun q I => L q (or_intror I))) by lia; reflexivity]. cbn [nth].
  pose proof (L r (or_introl eq_refl)). destruct (Z.eqb_spec w 0) as [->|_]; [destruct fwd; lia|]. rewrite add_multiple_nth by lia.
    destruct fwd; reflexivity.
Qed.

Lemma linear_rows_sum l n bs : forall fs D, each (face_of l) bs = Some fs -> (forall b, In b bs -> length (strength b) = D) ->
  (length (linear_rows n D fs) = D /\ forall r, In r (linear_rows n D fs) -> length r = n) /\
  forall o k, (o < D)%nat -> (k < n)%nat -> IZR (nth k (nth o (linear_rows n D fs) []) 0) = (IZR (Zpos l) * rsum (linear_term o k) bs)%R.
Proof.
  induction bs as [|b bs IH]; intros fs D E L; cbn [each] in E.
  - injection E as <-. cbn [linear_rows fold_right rsum]. split.
    + split; [apply repeat_length|]. intros r I. apply repeat_spec in I. subst. apply repeat_length.
    + intros o k Ho Hk. rewrite (nth_indep _ [] (repeat 0 n)) by (rewrite repeat_length; exact Ho). rewrite !nth_repeat. ring.
  - destruct (face_of l b) as [[fwd h]|] eqn:F; [|discriminate]. destruct (each (face_of l) bs) as [fs'|]; [|discriminate]. injection E as <-.
    destruct (IH fs' D eq_refl (fun c I => L c (or_intror I))) as [[S1 S2] T]. destruct (face_of_sound l b fwd h F) as [Fw [Nh [Lh W]]].
    pose proof (L b (or_introl eq_refl)) as Lb. cbn [linear_rows fold_right fst snd]. fold (linear_rows n D fs'). split.
    + destruct (spread_shape fwd (normal h) (jumps h) _ n S2) as [A B]. split; [lia|exact B].
    + intros o k Ho Hk. rewrite (spread_nth fwd (normal h) (jumps h) _ n o k S2) by lia. rewrite plus_IZR, mult_IZR, T by assumption.
      cbn [rsum]. unfold linear_term at 2. rewrite Fw, Nh.
      assert (V : IZR (if forward b then nth o (jumps h) 0 else - nth o (jumps h) 0) = (direction_sign (forward b) * (Q2R (nth o (strength b) 0%Q) *
        IZR (Zpos l)))%R).
      { rewrite <- W by lia. destruct (forward b); cbn [direction_sign]; rewrite ?opp_IZR; ring. }
      rewrite V. ring.
Qed.

(** * What the canonical form is of *)
Theorem canonical_shape n D columns N f : canonical n D columns N = Some f -> (columns <= n)%nat /\ length (linear f) = D /\
  (forall r, In r (linear f) -> length r = n) /\
  forall h, In h (faces f) -> length (normal h) = n /\ length (jumps h) = D /\ exists k, (k < columns)%nat /\ nth k (normal h) 0 <> 0.
Proof.
  unfold canonical. destruct (bends n D columns N) as [bs|]; [|discriminate]. cbv zeta. destruct (each _ bs) as [fs|]; [|discriminate].
  set (g := Form _ _ _). destruct (_ && shaped n D columns g) eqn:S; [|discriminate]. intros [= <-]. rewrite andb_true_iff, Nat.leb_le in S.
    destruct S as [C S].
  unfold shaped in S. rewrite !andb_true_iff, !forallb_forall, Nat.eqb_eq in S. destruct S as [[A B] R]. split; [exact C|]. split; [exact B|]. split.
  - intros r I. apply Nat.eqb_eq, R, I.
  - intros h I. specialize (A h I). rewrite !andb_true_iff, !Nat.eqb_eq in A. destruct A as [[A1 A2] A3]. split; [exact A1|split; [exact A2|]].
    apply negb_true_iff in A3. unfold all_zero in A3. assert (X : existsb (fun z => negb (Z.eqb 0 z)) (firstn columns (normal h)) = true).
    { destruct (existsb _ _) eqn:X; [reflexivity|]. rewrite <- A3. apply forallb_forall. intros z I'. destruct (0 =? z) eqn:Q; [reflexivity|].
      assert (existsb (fun z => negb (0 =? z)) (firstn columns (normal h)) = true); [|congruence]. apply existsb_exists. exists z. rewrite Q. auto. }
    apply existsb_exists in X. destruct X as [z [I' Z]]. destruct (In_nth _ _ 0 I') as [k [Hk E]]. rewrite firstn_length in Hk. exists k.
      split; [lia|].
    rewrite <- (firstn_skipn columns (normal h)), app_nth1 by (rewrite firstn_length; lia). rewrite E. intros ->. discriminate.
Qed.

(** For all that scales like a length and does not see what is left out: twice the kinks. *)
Theorem canonical_even n D columns N f : canonical n D columns N = Some f -> forall g l, even n g -> (forall a, zero columns a -> g a = 0%R) ->
  (l < D)%nat ->
  (added (map (fun nu => weight nu l * g (vector (fst nu)))%R N) * IZR (Zpos (scale f)))%R = (2 * rsum (face_term l g) (faces f))%R.
Proof.
  unfold canonical. destruct (bends n D columns N) as [bs|] eqn:B; [|discriminate]. cbv zeta. set (l := denominator _).
    destruct (each _ bs) as [fs|] eqn:E; [|discriminate].
  set (q := Form _ _ _). destruct (_ && shaped n D columns q) eqn:S; [|discriminate]. intros [= <-] g o Ev Z Ho.
    rewrite andb_true_iff, Nat.leb_le in S. destruct S as [C _].
  destruct (faces_sum l bs fs D E (fun b I => proj2 (bends_shape n D columns N bs B b I))) as [L T]. unfold q. cbn [scale faces].
  rewrite filter_sum, (gathered_sum D o g), <- (rsum_permutation _ _ _ (Permuted_sort (map snd fs))), (T g o Ho),
    (bends_even n D columns N C bs B g o Ev Z Ho).
  - rewrite Pos2Z.inj_mul, mult_IZR. ring.
  - intros h I. apply L. exact (Permutation_in h (Permutation_sym (Permuted_sort (map snd fs))) I).
  - exact Ho.
Qed.

(** Twice the linear part. *)
Theorem canonical_linear n D columns N f : canonical n D columns N = Some f -> forall k l, (k < columns)%nat -> (l < D)%nat ->
  (added (map (fun nu => weight nu l * vector (fst nu) k)%R N) * IZR (Zpos (scale f)))%R = (2 * IZR (nth k (nth l (linear f) []) 0%Z))%R.
Proof.
  unfold canonical. destruct (bends n D columns N) as [bs|] eqn:B; [|discriminate]. cbv zeta. set (l := denominator _).
    destruct (each _ bs) as [fs|] eqn:E; [|discriminate].
  set (q := Form _ _ _). destruct (_ && shaped n D columns q) eqn:S; [|discriminate]. intros [= <-] k o Hk Ho.
    rewrite andb_true_iff, Nat.leb_le in S. destruct S as [C _].
  destruct (linear_rows_sum l n bs fs D E (fun b I => proj2 (bends_shape n D columns N bs B b I))) as [_ T]. unfold q. cbn [scale linear].
  rewrite (bends_linear n D columns N C bs B k o Hk Ho), T by lia. rewrite Pos2Z.inj_mul, mult_IZR. ring.
Qed.
