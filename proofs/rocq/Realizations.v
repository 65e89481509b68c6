(** Sets of realizations (F02, F03, F05, F07, F12, F13): what is said of one hidden layer with biases. Kinks are counted by bends: second
    differences at a point, to which only the neurons contribute whose hyperplane contains it. *)
From Coq Require Import Reals List Arith FinFun Lra Lia.
From relucert Require Import Statements Further Sums Seminorms.
Import ListNotations.
Open Scope R_scope.

(** F13 *)
Theorem parametric_relu_holds : parametric_relu.
Proof.
  intros a t; destruct (relu_cases t) as [[? ->] | [? ->]]; unfold Rmax, Rmin; destruct (Rle_dec _ _), (Rle_dec a 1);
    unfold Rabs; destruct (Rcase_abs _); nra.
Qed.

(** F03: scale the outer weights and the output bias. *)
Theorem star_shaped_holds : star_shaped.
Proof.
  intros d m B t; exists (Biased (Net (inner (weights B)) (fun i l => t * outer (weights B) i l)) (bias B) (fun l => t * output_bias B l)).
  intros x l; unfold eval_biased; cbn [weights inner outer bias output_bias]; rewrite Rmult_plus_distr_l, <- sum_scal.
  f_equal; apply sum_ext; intros; ring.
Qed.

(** ** Bends of networks with biases *)
Definition biased_bend (d m : nat) (B : biased) (x n : vec) (l : nat) : R :=
  sum m (fun i => outer (weights B) i l * bend (dot d (inner (weights B) i) x + bias B i) (dot d (inner (weights B) i) n)).

(** It is the second difference divided by the step, for small steps. *)
Lemma biased_bend_spec : forall d m B x n l, exists e, 0 < e /\ forall t, 0 <= t < e ->
  eval_biased d m B (fun j => x j + t * n j) l + eval_biased d m B (fun j => x j - t * n j) l - 2 * eval_biased d m B x l
  = t * biased_bend d m B x n l.
Proof.
  intros d m B x n l; unfold eval_biased, biased_bend; induction m as [| m [e [E H]]].
  - exists 1; split; [lra |]; intros t _; simpl; lra.
  - destruct (relu_bend (dot d (inner (weights B) m) x + bias B m) (dot d (inner (weights B) m) n)) as [e' [E' H']].
    exists (Rmin e e'); split; [apply Rmin_pos; assumption |]; intros t [T0 T1].
    assert (T2 := Rlt_le_trans _ _ _ T1 (Rmin_l e e')); assert (T3 := Rlt_le_trans _ _ _ T1 (Rmin_r e e')).
    specialize (H t (conj T0 T2)); specialize (H' t (conj T0 T3)); cbn [sum]; rewrite dot_move, dot_move_back.
    replace (dot d (inner (weights B) m) x + t * dot d (inner (weights B) m) n + bias B m)
      with (dot d (inner (weights B) m) x + bias B m + t * dot d (inner (weights B) m) n) by ring.
    replace (dot d (inner (weights B) m) x - t * dot d (inner (weights B) m) n + bias B m)
      with (dot d (inner (weights B) m) x + bias B m - t * dot d (inner (weights B) m) n) by ring.
    set (f := fun i => outer (weights B) i l * bend (dot d (inner (weights B) i) x + bias B i) (dot d (inner (weights B) i) n)) in *.
    transitivity (t * sum m f + outer (weights B) m l * (t * bend (dot d (inner (weights B) m) x + bias B m) (dot d (inner (weights B) m) n)));
      [| unfold f; ring].
    rewrite <- H, <- H'; ring.
Qed.

(** Functions equal on the cube have equal bends in it, in any direction of entries at most 1. *)
Lemma bend_on_cube : forall d m m' A B x n l, on_cube d x -> (forall k, (k < d)%nat -> Rabs (n k) <= 1) ->
  (forall y, on_cube d y -> eval_biased d m A y l = eval_biased d m' B y l) -> biased_bend d m A x n l = biased_bend d m' B x n l.
Proof.
  intros d m m' A B x n l Hx Hn E.
  assert (Room : exists e, 0 < e /\ forall k, (k < d)%nat -> Rabs (x k) <= 1 - e).
  { clear - Hx; induction d; [exists 1; split; [lra | intros; lia] |].
    destruct IHd as [e [P H]]; [intros k Hk; apply Hx; lia |]; assert (X := Hx d ltac:(lia)).
    assert (Q : 0 < 1 - Rabs (x d)) by absolute.
    exists (Rmin e (1 - Rabs (x d))); split; [apply Rmin_pos; assumption |]; intros k Hk.
    assert (L := Rmin_l e (1 - Rabs (x d))); assert (L' := Rmin_r e (1 - Rabs (x d))).
    destruct (Nat.eq_dec k d) as [-> | N]; [lra | specialize (H k ltac:(lia)); lra]. }
  destruct Room as [e0 [E0 R0]].
  destruct (biased_bend_spec d m A x n l) as [e1 [E1 H1]]; destruct (biased_bend_spec d m' B x n l) as [e2 [E2 H2]].
  assert (M : 0 < Rmin e0 (Rmin e1 e2)) by (repeat apply Rmin_pos; assumption).
  assert (L0 := Rmin_l e0 (Rmin e1 e2)); assert (L := Rmin_r e0 (Rmin e1 e2)); assert (L1 := Rmin_l e1 e2); assert (L2 := Rmin_r e1 e2).
  set (t := Rmin e0 (Rmin e1 e2) / 2) in *; assert (T : 0 < t < e0 /\ t < e1 /\ t < e2) by (unfold t; lra).
  assert (In : forall s, Rabs s <= t -> on_cube d (fun j => x j + s * n j)).
  { intros s Hs k Hk; specialize (R0 k Hk); specialize (Hn k Hk).
    assert (S : Rabs (s * n k) <= t) by (rewrite Rabs_mult; assert (P := Rabs_pos s); assert (P' := Rabs_pos (n k)); nra).
    assert (Tr := Rabs_triang (x k) (s * n k)); assert (In1 : Rabs (x k + s * n k) < 1) by lra; apply Rabs_def2 in In1; lra. }
  specialize (H1 t ltac:(lra)); specialize (H2 t ltac:(lra)).
  assert (I1 := E _ (In t ltac:(rewrite Rabs_pos_eq; lra))); assert (I2 := E _ (In (- t) ltac:(rewrite Rabs_Ropp, Rabs_pos_eq; lra))).
  assert (I3 := E x Hx); apply Rmult_eq_reg_l with t; [| lra]; rewrite <- H1, <- H2, I1, I3; f_equal; f_equal.
  assert (Q : forall m B, eval_biased d m B (fun j => x j - t * n j) l = eval_biased d m B (fun j => x j + - t * n j) l).
  { intros m0 B0; unfold eval_biased; f_equal; apply sum_ext; intros i _; do 3 f_equal; apply dot_ext; intros; ring. }
  rewrite !Q; exact I2.
Qed.

(** ** Hinges along the first coordinate *)
Definition point (p : R) : vec := fun k => if Nat.eqb k 0 then p else 0.
Definition hinges (p c : nat -> R) : biased := Biased (Net (fun _ => point 1) (fun i _ => c i)) (fun i => - p i) (fun _ => 0).

Lemma dot_point : forall d a p, (0 < d)%nat -> dot d a (point p) = a 0%nat * p.
Proof.
  intros d a p Hd; unfold dot, point; rewrite (sum_single d _ 0 Hd); [reflexivity |].
  intros k _ N; destruct k; [lia | simpl; ring].
Qed.

(** Hinges at different places: the bend at p_j is c_j. *)
Lemma hinges_bend : forall d m p c j, (0 < d)%nat -> (j < m)%nat -> (forall i, (i < m)%nat -> i <> j -> p i <> p j) ->
  biased_bend d m (hinges p c) (point (p j)) (point 1) 0 = c j.
Proof.
  intros d m p c j Hd Hj D; unfold biased_bend, hinges; cbn [weights inner outer bias].
  rewrite (sum_single m _ j Hj); intros; rewrite !dot_point by exact Hd; unfold point; simpl.
  - replace (1 * p j + - p j) with 0 by ring; rewrite bend_on, Rmult_1_r, Rabs_R1; ring.
  - rewrite bend_off; [ring |]; specialize (D i H H0); lra.
Qed.

(** A bend at a point comes from a neuron with its hinge there. *)
Lemma bend_has_neuron : forall d m B p l, (0 < d)%nat -> biased_bend d m B (point p) (point 1) l <> 0 ->
  exists i, (i < m)%nat /\ p = - bias B i / inner (weights B) i 0%nat.
Proof.
  intros d m B p l Hd H; destruct (sum_nonzero _ _ H) as [i [Hi F]]; exists i; split; [exact Hi |].
  cbv beta in F; rewrite !dot_point in F by exact Hd; unfold bend in F.
  destruct (Req_EM_T _ 0) as [Z | Z]; [| rewrite Rmult_0_r in F; lra].
  assert (N : inner (weights B) i 0%nat <> 0) by (intro C; rewrite C, Rmult_0_l, Rabs_R0, Rmult_0_r in F; lra).
  apply Rmult_eq_reg_l with (inner (weights B) i 0%nat); [| exact N]; field_simplify; [lra | exact N].
Qed.

(** Infinitely many places in the cube. *)
Definition place (i : nat) : R := / INR (i + 2).
Lemma place_inside : forall i, 0 < place i < 1.
Proof.
  intro i; unfold place; assert (H : 2 <= INR (i + 2)) by (change 2 with (INR 2); apply le_INR; lia).
  split; [apply Rinv_0_lt_compat; lra |]; rewrite <- Rinv_1; apply Rinv_lt_contravar; lra.
Qed.
Lemma place_injective : forall i j, place i = place j -> i = j.
Proof. intros i j H; unfold place in H; apply (f_equal Rinv) in H; rewrite !Rinv_inv in H; apply INR_eq in H; lia. Qed.
Lemma place_on_cube : forall d i, on_cube d (point (place i)).
Proof. intros d i k _; assert (H := place_inside i); unfold point; destruct (Nat.eqb k 0); lra. Qed.
Lemma unit_entries : forall k, Rabs (point 1 k) <= 1.
Proof. intro k; unfold point; destruct (Nat.eqb k 0); rewrite ?Rabs_R1, ?Rabs_R0; lra. Qed.

(** F02: hinges at different places are independent. *)
Theorem independent_realizations_holds : independent_realizations.
Proof.
  intros d n Hd; exists (fun i => hinges (fun _ => place i) (fun _ => 1)); intros w H i Hi.
  rewrite <- (hinges_bend d n place w i Hd Hi) by (intros j _ N C; apply N, place_injective, C).
  (* the sum is a network of n neurons with the values of the one without neurons *)
  rewrite (bend_on_cube d n 0 (hinges place w) (hinges place w)); [reflexivity | apply place_on_cube | intros; apply unit_entries |].
  intros y Hy; transitivity 0; [| unfold eval_biased; simpl; ring].
  rewrite <- (H y Hy); unfold eval_biased, hinges; cbn [weights inner outer bias output_bias sum]; rewrite Rplus_0_r.
  apply sum_ext; intros; ring.
Qed.

(** F05: two networks with m hinges each, all different, have an average with 2m hinges. *)
Theorem not_convex_holds : not_convex.
Proof.
  intros d m Hd Hm; exists (hinges place (fun _ => 2)), (hinges (fun i => place (m + i)) (fun _ => 2)); intros P H.
  (* the average is a network of 2m neurons with outer weights 1 *)
  assert (E : forall y, on_cube d y -> eval_biased d m P y 0%nat = eval_biased d (m + m) (hinges place (fun _ => 1)) y 0%nat).
  { intros y Hy; rewrite (H y Hy); unfold eval_biased, hinges; cbn [weights inner outer bias output_bias].
    rewrite sum_split, !sum_scal; field. }
  set (root := fun i => - bias P i / inner (weights P) i 0%nat).
  assert (R : incl (map place (seq 0 (m + m))) (map root (seq 0 m))).
  { intros q Q; apply in_map_iff in Q; destruct Q as [j [<- J]]; apply in_seq in J.
    destruct (bend_has_neuron d m P (place j) 0 Hd) as [i [Hi Z]].
    - rewrite (bend_on_cube d m (m + m) P (hinges place (fun _ => 1))); [| apply place_on_cube | intros; apply unit_entries | exact E].
      rewrite hinges_bend; [lra | exact Hd | lia | intros i _ N C; apply N, place_injective, C].
    - rewrite Z; apply in_map_iff; exists i; split; [reflexivity | apply in_seq; lia]. }
  apply NoDup_incl_length in R; [rewrite !map_length, !seq_length in R; lia |].
  apply Injective_map_NoDup; [intros i j; apply place_injective | apply seq_NoDup].
Qed.

(** ** Ramps (F07) *)
(** An antiderivative of (1 - kx)^p. *)
Definition ramp_primitive (k : R) (p : nat) (x : R) : R := - / (k * (INR p + 1)) * (1 - k * x) ^ (p + 1).

Lemma ramp_primitive_derivative : forall k p x, 1 <= k -> derivable_pt_lim (ramp_primitive k p) x ((1 - k * x) ^ p).
Proof.
  intros k p x Hk; assert (P := pos_INR p).
  replace ((1 - k * x) ^ p) with (- / (k * (INR p + 1)) * ((INR (p + 1) * (1 - k * x) ^ pred (p + 1)) * (0 - k * 1))).
  - apply derivable_pt_lim_scal with (f := fun x => (1 - k * x) ^ (p + 1)).
    apply derivable_pt_lim_comp with (f1 := fun x => 1 - k * x) (f2 := fun y => y ^ (p + 1)); [| apply derivable_pt_lim_pow].
    apply derivable_pt_lim_minus with (f1 := fun _ => 1) (f2 := fun x => k * x); [apply derivable_pt_lim_const |].
    apply derivable_pt_lim_scal with (f := fun x => x); apply derivable_pt_lim_id.
  - rewrite plus_INR, Nat.add_1_r; simpl pred; simpl INR; field; split; lra.
Qed.

(** The integral of (1 - kx)^p over [0, 1/k], by the fundamental theorem. *)
Lemma ramp_integral : forall k p (pr : Riemann_integrable (fun x => (1 - k * x) ^ p) 0 (/ k)), 1 <= k -> RiemannInt pr = / (k * (INR p + 1)).
Proof.
  intros k p pr Hk; set (F := ramp_primitive k p).
  assert (Fd : derivable F) by (intro x; exists ((1 - k * x) ^ p); apply ramp_primitive_derivative; exact Hk).
  assert (Fe : forall x, derive F Fd x = (1 - k * x) ^ p) by (intro x; apply derive_pt_eq_0, ramp_primitive_derivative; exact Hk).
  assert (Fc : continuity (derive F Fd)).
  { apply (derivable_continuous _); intro x; exists (INR p * (1 - k * x) ^ pred p * (0 - k * 1)).
    assert (D : derivable_pt_lim (fun x => (1 - k * x) ^ p) x (INR p * (1 - k * x) ^ pred p * (0 - k * 1))).
    { apply derivable_pt_lim_comp with (f1 := fun x => 1 - k * x) (f2 := fun y => y ^ p); [| apply derivable_pt_lim_pow].
      apply derivable_pt_lim_minus with (f1 := fun _ => 1) (f2 := fun x => k * x); [apply derivable_pt_lim_const |].
      apply derivable_pt_lim_scal with (f := fun x => x); apply derivable_pt_lim_id. }
    intros e He; destruct (D e He) as [delta Q]; exists delta; intros h; rewrite !Fe; apply Q. }
  destruct (inverse_of_large k Hk) as [[K0 _] KK]; assert (P := pos_INR p).
  assert (pr' : Riemann_integrable (derive F Fd) 0 (/ k)) by (apply continuity_implies_RiemannInt; [lra | intros x _; apply Fc]).
  rewrite (RiemannInt_P18 pr pr') by (try lra; intros; symmetry; apply Fe).
  transitivity (F (/ k) - F 0); [exact (FTC_Riemann (mkC1 Fc) pr') | unfold F, ramp_primitive].
  rewrite KK, Rmult_0_r, Rminus_0_r, pow1, Rminus_eq_0, pow_i by lia.
  ring.
Qed.

Theorem ramps_holds : ramps.
Proof.
  intros k Hk; destruct (inverse_of_large k Hk) as [[K0 _] KK]; unfold ramp; split; [| split].
  - intros x Hx; rewrite !relu_neg by lra; ring.
  - intros x Hx; rewrite !relu_pos by lra; rewrite <- KK; ring.
  - intros p pr.
    assert (pr' : Riemann_integrable (fun x => (1 - k * x) ^ p) 0 (/ k)).
    { apply continuity_implies_RiemannInt; [lra |]; intros x _.
      apply continuity_pt_comp with (f1 := fun x => 1 - k * x) (f2 := fun y => y ^ p); [| apply derivable_continuous_pt, derivable_pt_pow].
      apply continuity_pt_minus with (f1 := fun _ => 1) (f2 := fun x => k * x); [apply continuity_pt_const; intros ? ?; reflexivity |].
      apply derivable_continuous_pt, derivable_pt_scal, derivable_pt_id. }
    rewrite (RiemannInt_P18 pr pr'), ramp_integral; [reflexivity | exact Hk | lra |].
    intros x Hx; rewrite relu_pos, relu_neg by lra; f_equal; ring.
Qed.

(** ** No inverse stability in the sup norm, with two neurons (F12) *)
(** k relu(kx) - k relu(kx - 1/(2k^2)): at most 1/(2k), with bends k^2 and -k^2 at 0 and 1/(2k^3). *)
Definition steep (k : R) : biased :=
  Biased (of_list [(point k, k); (point k, - k)]) (fun i => match i with O => 0 | _ => - / (2 * k ^ 2) end) (fun _ => 0).

Lemma steep_values : forall k, 1 <= k ->
  0 < / (2 * k ^ 2) <= / 2 /\ k * / (2 * k ^ 2) <= / k /\ 0 < / (2 * k ^ 3) < 1 /\ k * / (2 * k ^ 3) = / (2 * k ^ 2).
Proof.
  intros k Hk; destruct (inverse_of_large k Hk) as [[K0 K1] _]; set (q := / k) in *.
  replace (/ (2 * k ^ 2)) with (q * q / 2) by (unfold q; field; lra); replace (/ (2 * k ^ 3)) with (q * (q * q) / 2) by (unfold q; field; lra).
  assert (E : k * q = 1) by (unfold q; field; lra); assert (S : 0 < q * q <= 1) by nra.
  repeat split; try nra; transitivity (k * q * (q * q) / 2); try (rewrite E); field.
Qed.

Lemma steep_bends : forall k, 1 <= k -> biased_bend 1 2 (steep k) (point 0) (point 1) 0 = k ^ 2 /\
  biased_bend 1 2 (steep k) (point (/ (2 * k ^ 3))) (point 1) 0 = - k ^ 2.
Proof.
  intros k Hk; destruct (steep_values k Hk) as [[A B] [C [[D D'] E]]]; unfold biased_bend, steep; cbn [weights bias sum].
  rewrite !dot_point by lia; cbn [of_list inner outer nth fst snd]; unfold one; change (point k 0%nat) with k; rewrite E, Rmult_0_r, Rmult_1_r; split.
  - rewrite (bend_off (0 + - _)), Rplus_0_r, bend_on, Rabs_pos_eq by lra; ring.
  - rewrite (bend_off (_ + 0)), Rplus_opp_r, bend_on, Rabs_pos_eq by lra; ring.
Qed.

Theorem no_stability_in_sup_holds : no_stability_in_sup.
Proof.
  intros k Hk; destruct (steep_values k Hk) as [[A B] [C [[D D'] E]]]; destruct (steep_bends k Hk) as [B1 B2]; exists (steep k); split.
  - intros x _; unfold eval_biased, steep; cbn [weights bias output_bias sum of_list inner outer nth fst snd]; unfold one, dot; cbn [sum];
      unfold point; simpl.
    replace (0 + _ + _ + 0) with (k * (relu (0 + k * x 0%nat + 0) - relu (0 + k * x 0%nat + - / (2 * (k * (k * 1)))))) by ring.
    rewrite Rabs_mult, (Rabs_pos_eq k) by lra; assert (L := relu_lipschitz (0 + k * x 0%nat + 0) (0 + k * x 0%nat + - / (2 * (k * (k * 1))))).
    replace (_ - (_ + _)) with (/ (2 * k ^ 2)) in L by (simpl; ring); rewrite (Rabs_pos_eq (/ _)) in L by lra; nra.
  - intros P S; set (d := biased_distance _ _ _ _ _).
    assert (M : forall i, (i < 2)%nat -> Rabs (inner (weights P) i 0%nat) <= d /\ Rabs (outer (weights P) i 0%nat) <= d).
    { intros i Hi; assert (D0 := distance_inner 1 2 1 (weights P) zero_net i 0 Hi ltac:(lia)).
      assert (D1 := distance_outer 1 2 1 (weights P) zero_net i 0 Hi ltac:(lia)); destruct (zero_net_entries i 0) as [Z0 Z1].
      rewrite Z0, Rminus_0_r in D0; rewrite Z1, Rminus_0_r in D1; assert (L := Rmax_l (distance 1 2 1 (weights P) zero_net)
        (Rmax (top 2 (fun i => bias P i - 0)) (top 1 (fun l => output_bias P l - 0)))); fold d in L.
      change (distance 1 2 1 (weights P) zero_net <= d) in L; lra. }
    assert (Same : forall y, on_cube 1 y -> eval_biased 1 2 (steep k) y 0%nat = eval_biased 1 2 P y 0%nat)
      by (intros y Hy; symmetry; apply S; [exact Hy | lia]).
    assert (In : forall p, -1 < p < 1 -> on_cube 1 (point p)) by (intros p Hp j _; unfold point; destruct (Nat.eqb j 0); lra).
    rewrite (bend_on_cube 1 2 2 _ P _ _ _ (In 0 ltac:(lra)) (fun j _ => unit_entries j) Same) in B1.
    rewrite (bend_on_cube 1 2 2 _ P _ _ _ (In (/ (2 * k ^ 3)) ltac:(lra)) (fun j _ => unit_entries j) Same) in B2.
    (* one neuron has its hinge at 1/(2k^3), so the other one bends by k^2 alone *)
    set (b := fun i => outer (weights P) i 0%nat * bend (dot 1 (inner (weights P) i) (point 0) + bias P i) (dot 1 (inner (weights P) i) (point 1))).
    assert (T : forall i, (i < 2)%nat -> Rabs (b i) <= d ^ 2).
    { unfold b; intros i Hi; destruct (M i Hi) as [Mi Mo]; rewrite !dot_point, Rmult_1_r, Rabs_mult by lia.
      assert (A0 := Rabs_pos (inner (weights P) i 0%nat)); assert (C0 := Rabs_pos (outer (weights P) i 0%nat)).
      unfold bend; destruct (Req_EM_T _ 0); rewrite ?Rabs_Rabsolu, ?Rabs_R0; nra. }
    assert (NZ : biased_bend 1 2 P (point (/ (2 * k ^ 3))) (point 1) 0 <> 0) by (rewrite B2; nra).
    destruct (sum_nonzero _ _ NZ) as [i [Hi N]]; cbv beta in N.
    assert (Z : b i = 0).
    { unfold b; rewrite !dot_point, Rmult_1_r in N |- * by lia; unfold bend in *.
      destruct (Req_EM_T (_ + _) 0) as [Q | Q] in N; [| rewrite Rmult_0_r in N; lra].
      destruct (Req_EM_T _ 0) as [Q' | Q']; [| apply Rmult_0_r].
      exfalso; apply N; replace (inner (weights P) i 0%nat) with 0 by nra; rewrite Rabs_R0; ring. }
    assert (T0 := T 0%nat ltac:(lia)); assert (T1 := T 1%nat ltac:(lia)); destruct (M 0%nat ltac:(lia)) as [M0 _].
    assert (P0 := Rabs_pos (inner (weights P) 0%nat 0%nat)).
    change (0 + b 0%nat + b 1%nat = k ^ 2) in B1; assert (k ^ 2 <= d ^ 2); [| nra].
    rewrite <- B1, <- (Rabs_pos_eq (_ + _)) by (rewrite B1; nra); below Hi; rewrite Z.
    + rewrite Rplus_0_l, Rplus_0_r; exact T0.
    + rewrite !Rplus_0_l; exact T1.
Qed.
