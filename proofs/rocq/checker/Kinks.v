(** The gradient of a concrete network: its linear part, and for each named normal what the neurons on that line add on the two sides. *)
From Coq Require Import Reals List ZArith QArith Qreals Lia Lra Bool.
From relucert Require Import Statements Sums Hyperplanes Gradients.
From relucert.checker Require Import Numbers Networks.
Import ListNotations.
Open Scope R_scope.

Definition normal_row (n : list Q) : list surd := map rational n.
(** a normal, an entry of it that is not 0, and the neurons on its line *)
Record kink := Kink { normal : list surd; place : nat; members : list neuron }.
Fixpoint split_lines (d : nat) (ns : list (list Q)) (N : list neuron) : list kink * list neuron :=
  match ns with
  | [] => ([], N)
  | n :: ns =>
    let a := normal_row n in
    let p := match pivot d a with Some p => p | None => O end in
    let parts := partition (alike d p (a, [])) N in
    let rest := split_lines d ns (snd parts) in
    (Kink a p (fst parts) :: fst rest, snd rest)
  end.
(** Its members are on the line, one of them really. *)
Definition good (d : nat) (K : kink) : bool :=
  Nat.ltb (place K) d && definite (at_ (normal K) (place K)) &&
  forallb (fun n => known (entry (place K) n) && alike d (place K) (normal K, []) n) (members K) &&
  existsb (fun n => definite (entry (place K) n)) (members K).
(** entry k of a_i, oriented like the normal *)
Definition oriented (K : kink) (k : nat) (n : neuron) : surd :=
  if xorb (is_negative (entry (place K) n)) (is_negative (at_ (normal K) (place K))) then opp (entry k n) else entry k n.
(** Twice what the kink adds to entry (l, k) on the normal's side, and twice the linear part. *)
Definition twice_gain (K : kink) (l k : nat) : surd := weighed (members K) (oriented K k) l.
Definition twice_linear (N : list neuron) (l k : nat) : surd := weighed N (entry k) l.

Definition side (t : R) : R := if Rlt_dec 0 t then 1 else if Rlt_dec t 0 then -1 else 0.

Lemma side_scale l t : l * side (l * t) = Rabs l * side t.
Proof.
  destruct (Rtotal_order l 0) as [L|[->|L]].
  - rewrite (Rabs_left l L). unfold side. destruct (Rlt_dec 0 t), (Rlt_dec t 0), (Rlt_dec 0 (l * t)), (Rlt_dec (l * t) 0); try nra.
  - rewrite Rabs_R0. ring.
  - rewrite (Rabs_pos_eq l) by lra. unfold side. destruct (Rlt_dec 0 t), (Rlt_dec t 0), (Rlt_dec 0 (l * t)), (Rlt_dec (l * t) 0); try nra.
Qed.

Lemma side_opp t : side (- t) = - side t.
Proof. unfold side. destruct (Rlt_dec 0 t), (Rlt_dec t 0), (Rlt_dec 0 (- t)), (Rlt_dec (- t) 0); lra. Qed.

Lemma side_cases t : t <> 0 -> side t = 1 \/ side t = -1.
Proof. intro H. unfold side. destruct (Rlt_dec 0 t), (Rlt_dec t 0); try (now left); try (now right). lra. Qed.

Lemma side_eq s t : s <> 0 -> (0 < s <-> 0 < t) -> t <> 0 -> side s = side t.
Proof. intros S H T. unfold side. destruct (Rlt_dec 0 s), (Rlt_dec 0 t), (Rlt_dec s 0), (Rlt_dec t 0); try lra; tauto. Qed.

Lemma even_side d x k : (k < d)%nat -> even d (fun a => a k * side (dot d a x)).
Proof.
  intros Hk l a b M. rewrite (dot_multiple d l a b x M), (M k Hk). rewrite <- Rmult_assoc, (Rmult_comm (Rabs l)), (Rmult_comm l (a k)).
  rewrite Rmult_assoc, side_scale. ring.
Qed.

(** what one neuron adds to twice an entry *)
Lemma gradient_neuron d (n : neuron) x l k : (k < d)%nat -> (~ zero d (vector (fst n)) -> dot d (vector (fst n)) x <> 0) ->
  2 * (if Rlt_dec 0 (dot d (vector (fst n)) x) then vector (snd n) l * vector (fst n) k else 0) =
    weight n l * value (entry k n) + weight n l * (vector (fst n) k * side (active d x n)).
Proof.
  intros Hk off. unfold weight, active, entry. change (value (at_ (fst n) k)) with (vector (fst n) k).
  destruct (zero_dec d (vector (fst n))) as [Z|Z].
  - rewrite (Z k Hk). destruct (Rlt_dec 0 _); ring.
  - specialize (off Z). unfold side. destruct (Rlt_dec 0 _); [ring|]. destruct (Rlt_dec _ 0); [ring|lra].
Qed.

(** what the active neurons add *)
Lemma gradient_list d N x l k : generic d (length N) (denoted N) x -> (k < d)%nat ->
  2 * gradient d (length N) (denoted N) x l k =
    value (twice_linear N l k) + added (map (fun n => weight n l * (vector (fst n) k * side (active d x n))) N).
Proof.
  intros gen Hk. unfold twice_linear. rewrite weighed_value, <- added_plus. rewrite <- sum_neurons. unfold gradient. rewrite <- sum_scal.
  apply sum_ext. intros i Hi. exact (gradient_neuron d (nth i N ([], [])) x l k Hk (gen i Hi)).
Qed.

Definition line_side (d : nat) (x : vec) (K : kink) : R := side (dot d (vector (normal K)) x).

Lemma good_sound d K : good d K = true -> (place K < d)%nat /\ vector (normal K) (place K) <> 0 /\
  (forall n, In n (members K) -> known (entry (place K) n) = true /\
    multiple d (vector (fst n) (place K) / vector (normal K) (place K)) (vector (normal K)) (vector (fst n))) /\
  exists n, In n (members K) /\ vector (fst n) (place K) <> 0.
Proof.
  unfold good. rewrite !andb_true_iff, Nat.ltb_lt, forallb_forall, existsb_exists. intros [[[P N] A] [n [I D]]].
  apply definite_sound in N. apply definite_sound in D. split; [exact P|split; [exact N|split]].
  - intros m Hm. specialize (A m Hm). rewrite andb_true_iff in A. destruct A as [Kn A]. split; [exact Kn|].
    exact (on_line_sound d (place K) (normal K) (fst m) N A).
  - exists n. split; [exact I|exact D].
Qed.

Lemma known_negative s : known s = true -> (is_negative s = true /\ value s < 0) \/ (is_negative s = false /\ 0 <= value s).
Proof.
  unfold known, is_negative. destruct (sign s) as [[| |]|] eqn:E; try discriminate; intros _; pose proof (sign_sound _ _ E) as S; simpl in S;
    [right; split; [reflexivity|lra]|now left|right; split; [reflexivity|lra]].
Qed.

Lemma definite_known s : definite s = true -> known s = true.
Proof. unfold definite, is_positive, is_negative, known. destruct (sign s) as [[| |]|]; easy. Qed.

Lemma oriented_value d K k n : good d K = true -> In n (members K) -> (k < d)%nat ->
  value (oriented K k n) = Rabs (vector (fst n) (place K) / vector (normal K) (place K)) * vector (normal K) k.
Proof.
  intros G I Hk. pose proof (good_sound d K G) as [_ [P [A _]]]. destruct (A n I) as [Kn M]. pose proof (M k Hk) as E.
  assert (KP : known (at_ (normal K) (place K)) = true).
  { unfold good in G. rewrite !andb_true_iff in G. apply definite_known, (proj2 (proj1 (proj1 G))). }
  unfold oriented, vector, entry in *.
  set (s := at_ (fst n) (place K)) in *. set (t := at_ (normal K) (place K)) in *.
  set (mu := value s / value t) in *.
  assert (MU : (xorb (is_negative s) (is_negative t) = true /\ mu <= 0) \/ (xorb (is_negative s) (is_negative t) = false /\ 0 <= mu)).
  { assert (Q : mu * value t = value s) by (unfold mu; field; exact P).
    destruct (known_negative s Kn) as [[-> S]|[-> S]], (known_negative t KP) as [[-> T]|[-> T]]; cbn [xorb]; [right|left|left|right];
      (split; [reflexivity|]); try nra; destruct (Req_dec (value t) 0); try contradiction; nra. }
  destruct MU as [[-> MU]|[-> MU]].
  - rewrite opp_value, E, Rabs_left1 by exact MU. ring.
  - rewrite E, Rabs_pos_eq by exact MU. reflexivity.
Qed.

Lemma kink_sum d K x l k : good d K = true -> (k < d)%nat ->
  added (map (fun n => weight n l * (vector (fst n) k * side (active d x n))) (members K)) = line_side d x K * value (twice_gain K l k).
Proof.
  intros G Hk. unfold twice_gain. rewrite weighed_value, <- added_scal. apply added_ext. intros n I.
  pose proof (good_sound d K G) as [_ [_ [A _]]]. destruct (A n I) as [_ M]. rewrite (oriented_value d K k n G I Hk). unfold active.
  pose proof (even_side d x k Hk _ _ _ M) as E. cbv beta in E. rewrite E. unfold line_side. ring.
Qed.

Definition gains (ks : list kink) (x : vec) (d l k : nat) : R := added (map (fun K => line_side d x K * value (twice_gain K l k)) ks).

Lemma split_sum d ns : forall N x l k, forallb (good d) (fst (split_lines d ns N)) = true -> (k < d)%nat ->
  added (map (fun n => weight n l * (vector (fst n) k * side (active d x n))) N) = gains (fst (split_lines d ns N)) x d l k +
  added (map (fun n => weight n l * (vector (fst n) k * side (active d x n))) (snd (split_lines d ns N))).
Proof.
  induction ns as [|n ns IH]; intros N x l k G Hk; [unfold gains, added; simpl; ring|]. cbn [split_lines] in *. cbv zeta in *.
  cbn [fst snd forallb] in *. rewrite andb_true_iff in G. destruct G as [G1 G].
  set (p := match pivot d (normal_row n) with Some p => p | None => O end) in *.
  rewrite (partition_added (alike d p (normal_row n, [])) _ N), (IH _ x l k G Hk).
  pose proof (kink_sum d _ x l k G1 Hk) as S. cbn [members] in S. rewrite S. unfold gains, added. cbn [map fold_right]. ring.
Qed.

(** all kinks are named, or cancel *)
Definition covers (d D : nat) (ns : list (list Q)) (N : list neuron) : bool :=
  forallb (good d) (fst (split_lines d ns N)) && no_kinks (length N) d D (snd (split_lines d ns N)).

Theorem gradient_kinks d D ns N x l k : covers d D ns N = true -> generic d (length N) (denoted N) x -> (k < d)%nat -> (l < D)%nat ->
  2 * gradient d (length N) (denoted N) x l k = value (twice_linear N l k) + gains (fst (split_lines d ns N)) x d l k.
Proof.
  unfold covers. rewrite andb_true_iff. intros [G Z] gen Hk Hl. rewrite (gradient_list d N x l k gen Hk), (split_sum d ns N x l k G Hk).
  unfold active. rewrite (no_kinks_sound _ _ _ _ Z _ l (even_side d x k Hk) Hl). ring.
Qed.

(** generic points are on no line of a member *)
Lemma split_members d ns : forall N K n, In K (fst (split_lines d ns N)) -> In n (members K) -> In n N.
Proof.
  induction ns as [|m ns IH]; intros N K n HK Hn; [destruct HK|]. cbn [split_lines fst] in HK. destruct HK as [<-|HK].
  - cbn [members] in Hn. exact (proj1 (partition_in _ _ _ Hn)).
  - exact (partition_in_rest _ _ _ (IH _ _ _ HK Hn)).
Qed.

Lemma off_lines d D ns N K : covers d D ns N = true -> In K (fst (split_lines d ns N)) -> exists i mu, (i < length N)%nat /\ mu <> 0 /\
  ~ zero d (inner (denoted N) i) /\ forall x, dot d (inner (denoted N) i) x = mu * dot d (vector (normal K)) x.
Proof.
  unfold covers. rewrite andb_true_iff, forallb_forall. intros [G _] HK. pose proof (good_sound d K (G K HK)) as [P [NZ [A [n [I Hn]]]]].
  destruct (A n I) as [_ M]. pose proof (split_members _ _ _ _ _ HK I) as IN. destruct (In_nth N n ([], []) IN) as [i [Hi E]].
  exists i, (vector (fst n) (place K) / vector (normal K) (place K)). split; [exact Hi|]. cbn [inner denoted]. rewrite E.
  assert (MU : vector (fst n) (place K) / vector (normal K) (place K) <> 0).
  { apply Rmult_integral_contrapositive_currified; [exact Hn|apply Rinv_neq_0_compat, NZ]. }
  split; [exact MU|]. split; [intro Z; exact (Hn (Z _ P))|]. intro x. apply dot_multiple, M.
Qed.

Lemma generic_off d D ns N K x : covers d D ns N = true -> In K (fst (split_lines d ns N)) -> generic d (length N) (denoted N) x ->
  dot d (vector (normal K)) x <> 0.
Proof.
  intros C HK gen Z. destruct (off_lines d D ns N K C HK) as [i [mu [Hi [_ [NZ E]]]]]. apply (gen i Hi NZ). rewrite E, Z. ring.
Qed.

(** * From below: the gradient beside a point *)
Theorem below_at_point d D ns N x l k r : covers d D ns N = true -> (k < d)%nat -> (l < D)%nat ->
  (forall K, In K (fst (split_lines d ns N)) -> dot d (vector (normal K)) x <> 0) ->
  bounded_by d D (eval d (length N) (denoted N)) r ->
  Rabs (value (twice_linear N l k) + gains (fst (split_lines d ns N)) x d l k) <= 2 * r.
Proof.
  intros C Hk Hl off B. destruct (generic_near d (length N) (denoted N) x) as [z [gen near]].
  pose proof (bound_gives_gradient d (length N) D (denoted N) r z l k B Hl Hk gen) as G.
  assert (E : gains (fst (split_lines d ns N)) x d l k = gains (fst (split_lines d ns N)) z d l k).
  { unfold gains. f_equal. apply map_ext_in. intros K HK. f_equal. unfold line_side.
    destruct (off_lines d D ns N K C HK) as [i [mu [Hi [MU [NZ E]]]]]. pose proof (off K HK) as O.
      pose proof (generic_off d D ns N K z C HK gen) as OZ.
    assert (A : dot d (inner (denoted N) i) x <> 0) by (rewrite E; apply Rmult_integral_contrapositive_currified; assumption).
    specialize (near i Hi A). rewrite !E in near. apply side_eq; [exact O| |exact OZ].
    destruct (Rtotal_order mu 0) as [L|[->|L]]; [|easy|]; split; intro S.
    - destruct (Rtotal_order (dot d (vector (normal K)) z) 0) as [T|[T|T]]; [|contradiction|exact T]. exfalso.
      assert (0 < mu * dot d (vector (normal K)) z) by nra. apply near in H. nra.
    - destruct (Rtotal_order (dot d (vector (normal K)) x) 0) as [T|[T|T]]; [|contradiction|exact T]. exfalso.
      assert (0 < mu * dot d (vector (normal K)) x) by nra. apply near in H. nra.
    - assert (H : 0 < mu * dot d (vector (normal K)) x) by nra. apply near in H. nra.
    - assert (H : 0 < mu * dot d (vector (normal K)) z) by nra. apply near in H. nra. }
  rewrite E, <- (gradient_kinks d D ns N z l k C gen Hk Hl), Rabs_mult, Rabs_pos_eq by lra. lra.
Qed.

(** * From above: all generic points *)
Theorem above d D ns N r : covers d D ns N = true -> 0 <= r ->
  (forall x l k, (l < D)%nat -> (k < d)%nat -> (forall K, In K (fst (split_lines d ns N)) -> dot d (vector (normal K)) x <> 0) ->
    Rabs (value (twice_linear N l k) + gains (fst (split_lines d ns N)) x d l k) <= 2 * r) ->
  bounded_by d D (eval d (length N) (denoted N)) r.
Proof.
  intros C R H. apply seminorm_is_gradient_holds; [exact R|]. intros x l k Hl Hk gen.
  specialize (H x l k Hl Hk (fun K HK => generic_off d D ns N K x C HK gen)).
  rewrite <- (gradient_kinks d D ns N x l k C gen Hk Hl), Rabs_mult, Rabs_pos_eq in H by lra. lra.
Qed.
