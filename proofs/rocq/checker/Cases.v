(** The facts case of certificates: in which case of the proofs of Theorems 3.1 and 3.3 a neuron of Γ is, with the neuron in its place of another
    network S (for Theorem 3.1 that of C.3, for Theorem 3.3 Φ), and where the jumps of their hyperplanes are read.

    Interface: [case_fact] (as in certificates), [case_b d D G S fact] : bool, [case_b_sound : ... -> in_case d D G S fact];
    [cases_b d D G S t star facts]: one for every neuron, all with the threshold t; [cases_b_sound]. *)
From Coq Require Import Reals List ZArith QArith Qreals Qabs Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Numbers Networks Distances Directions.
Import ListNotations.
Open Scope R_scope.

Inductive label := Unmatched | Small | Outer_larger | Inner_larger | Balanced | Gamma_small | Theta_small | Large.
Record facet := Facet { at_point : list Q; jump_there : Q }.
Record case_fact := Case { of_neuron : nat; named : label; threshold : Q; star : bool; p_of : Q; q_of : Q; facets : list facet }.

(** * What it says *)
(** a is 0, or no multiple of a vector of N that is not 0 *)
Definition on_no_hyperplane (d m : nat) (N : net) (a : vec) : Prop := zero d a \/
  forall j, (j < m)%nat -> ~ zero d (inner N j) -> forall l, ~ multiple d l (inner N j) a.
(** c ‖a‖ for one output, or ‖c‖ ‖a‖ *)
Definition size_in (stars : bool) (d D : nat) (N : net) (i : nat) : R :=
  if stars then top D (outer N i) * top d (inner N i) else outer N i 0%nat * top d (inner N i).
Definition jump_size (d D : nat) (G S : net) (i : nat) : R :=
  top D (fun l => top d (fun k => outer G i l * inner G i k - outer S i l * inner S i k)).
Definition is_on (d : nat) (N : net) (x : vec) (i : option nat) (m : nat) : Prop :=
  forall j, (j < m)%nat -> ~ zero d (inner N j) -> (dot d (inner N j) x = 0 <-> i = Some j).
Definition in_case (d D : nat) (G S : list neuron) (f : case_fact) : Prop :=
  let (i, lab, t, stars, p, q, _) := f in
  let t := Q2R t in let GN := denoted G in let SN := denoted S in let m := length G in
  let p := size_in stars d D GN i in let q := size_in stars d D SN i in
  (i < m)%nat /\ length S = m /\
  match lab with
  | Unmatched => on_no_hyperplane d m SN (inner GN i) /\ on_no_hyperplane d m GN (inner SN i) /\ Rabs p <= t /\ Rabs q <= t
  | _ => ~ zero d (inner GN i) /\ ~ zero d (inner SN i) /\ parallel d (inner GN i) (inner SN i) /\
    (if stars then jump_size d D GN SN i <= t else Rabs (p - q) <= t) /\
    match lab with
    | Unmatched => True
    | Small => stars = false /\ Rabs p <= t
    | Outer_larger => stars = false /\ t < Rabs p /\ top d (inner GN i) < Rabs (outer GN i 0%nat)
    | Inner_larger => stars = false /\ t < Rabs p /\ Rabs (outer GN i 0%nat) < top d (inner GN i)
    | Balanced => stars = false /\ t < Rabs p /\ Rabs (outer GN i 0%nat) = top d (inner GN i)
    | Gamma_small => stars = true /\ p <= t
    | Theta_small => stars = true /\ t < p /\ q <= t
    | Large => stars = true /\ t < p /\ t < q
    end
  end.

(** * The checker *)
(** not on a line of N *)
Definition off_all_lines (d : nat) (N : list neuron) (a : list surd) : bool :=
  null d a || forallb (fun n => null d (fst n) || (no_multiple true d (fst n) a && no_multiple false d (fst n) a &&
    match pivot d a with Some _ => true | None => false end)) N.
(** all are at most v, and one is *)
Definition top_is (n : nat) (f : nat -> surd) (v : surd) : bool := below n (fun k => small v (f k)) && existsb (fun k => of_size v (f k)) (seq 0 n).
Definition has_size (stars : bool) (d D : nat) (n : neuron) (p : Q) : bool :=
  let v := rational (Qabs p) in
  if stars then Qle_bool 0 p && existsb (fun l => top_is d (fun k => times (at_ (snd n) l) (at_ (fst n) k)) v) (seq 0 D) &&
    below D (fun l => below d (fun k => small v (times (at_ (snd n) l) (at_ (fst n) k))))
  else let c := at_ (snd n) 0 in top_is d (fun k => times c (at_ (fst n) k)) v &&
    (if Qle_bool 0 p then at_most [] c || Qle_bool p 0 else at_most c []).
Definition parallel_b (d : nat) (a b : list surd) : bool :=
  match pivot d a with
  | None => false
  | Some k => on_line d k a b && is_positive (times (at_ a k) (at_ b k))
  end.
Definition jump_at_most (d D : nat) (n n' : neuron) (t : Q) : bool :=
  Qle_bool 0 t && below D (fun l => below d (fun k => small (rational t) (minus (times (at_ (snd n) l) (at_ (fst n) k)) (times (at_ (snd n') l) (at_
    (fst n') k))))).
Definition outer_larger (d : nat) (n : neuron) : bool :=
  let c := absolute (at_ (snd n) 0) in known (at_ (snd n) 0) && is_positive c && below d (fun k => is_positive (minus c (at_ (fst n) k)) &&
    is_positive (plus c (at_ (fst n) k))).
Definition inner_larger (d : nat) (n : neuron) : bool :=
  let c := absolute (at_ (snd n) 0) in known (at_ (snd n) 0) &&
  existsb (fun k => is_positive (minus (at_ (fst n) k) c) || is_positive (minus (opp (at_ (fst n) k)) c)) (seq 0 d).
Definition Qlt_bool (p q : Q) : bool := negb (Qle_bool q p).
Definition case_inequalities (d D : nat) (G S : list neuron) (f : case_fact) : bool :=
  let (i, lab, t, stars, p, q, _) := f in
  let n := nth_neuron G i in let n' := nth_neuron S i in
  Nat.ltb i (length G) && Nat.eqb (length S) (length G) && has_size stars d D n p && has_size stars d D n' q &&
  match lab with
  | Unmatched => off_all_lines d S (fst n) && off_all_lines d G (fst n') && Qle_bool (Qabs p) t && Qle_bool (Qabs q) t
  | _ => parallel_b d (fst n) (fst n') && (if stars then jump_at_most d D n n' t else Qle_bool (Qabs (p - q)) t) &&
    match lab with
    | Unmatched => true
    | Small => negb stars && Qle_bool (Qabs p) t
    | Outer_larger => negb stars && Qlt_bool t (Qabs p) && outer_larger d n
    | Inner_larger => negb stars && Qlt_bool t (Qabs p) && inner_larger d n
    | Balanced => negb stars && Qlt_bool t (Qabs p) && balanced d 1 n
    | Gamma_small => stars && Qle_bool p t
    | Theta_small => stars && Qlt_bool t p && Qle_bool q t
    | Large => stars && Qlt_bool t p && Qlt_bool t q
    end
  end.

(** the points of facets: on the hyperplanes of the named neurons and no others; the jump is the size of a neuron, or of the difference *)
Fixpoint on_only (d : nat) (x : list surd) (i : option nat) (j : nat) (N : list neuron) : bool :=
  match N with
  | [] => true
  | n :: r => (null d (fst n) || (let s := product d (fst n) x in
      match i with Some i => if Nat.eqb i j then is_zero s else definite s | None => definite s end)) && on_only d x i (S j) r
  end.
Definition facet_b (d D : nat) (G S : list neuron) (i : nat) (in_G in_S : bool) (f : facet) : bool :=
  let x := map rational (at_point f) in
  let some (b : bool) := if b then Some i else None in
  Nat.eqb (length x) d && on_only d x (some in_G) 0 G && on_only d x (some in_S) 0 S &&
  let term b N l k := let n := nth_neuron N i in if b : bool then times (at_ (snd n) l) (at_ (fst n) k) else [] in
  let entry l k := minus (term in_G G l k) (term in_S S l k) in
  let v := rational (jump_there f) in
  below D (fun l => below d (fun k => small v (entry l k))) && existsb (fun l => existsb (fun k => of_size v (entry l k)) (seq 0 d)) (seq 0 D).
Definition facets_of (d : nat) (G S : list neuron) (f : case_fact) : list (bool * bool) :=
  match named f with
  | Unmatched => (if null d (fst (nth_neuron G (of_neuron f))) then [] else [(true, false)]) ++
    (if null d (fst (nth_neuron S (of_neuron f))) then [] else [(false, true)])
  | _ => [(true, true)]
  end.
Definition case_facets (d D : nat) (G S : list neuron) (f : case_fact) : bool :=
  let of := facets_of d G S f in
  Nat.eqb (length (facets f)) (length of) && forallb (fun p => facet_b d D G S (of_neuron f) (fst (snd p)) (snd (snd p)) (fst p)) (combine (facets
    f) of).
Definition case_b (d D : nat) (G S : list neuron) (f : case_fact) : bool := case_inequalities d D G S f && case_facets d D G S f.

(** * It is sound *)
Lemma off_all_lines_sound d N a : off_all_lines d N a = true -> on_no_hyperplane d (length N) (denoted N) (vector a).
Proof.
  unfold off_all_lines, on_no_hyperplane. rewrite orb_true_iff, forallb_forall. intros [H|H]; [left; exact (null_sound _ _ H)|right].
  intros j Hj NZ l M. specialize (H _ (nth_In N ([], []) Hj)). cbn [inner denoted] in *. rewrite orb_true_iff, !andb_true_iff in H.
  destruct H as [H|[[H1 H2] H3]]; [exact (NZ (null_sound _ _ H))|]. destruct (pivot d a) as [k|] eqn:P; [|discriminate]. apply pivot_sound in P.
    destruct P as [Hk Pk].
  assert (A : ~ zero d (vector a)) by (intro Z; exact (Pk (Z k Hk))).
  pose proof (no_multiple_sound true d _ _ H1 NZ A l M) as L1. pose proof (no_multiple_sound false d _ _ H2 NZ A l M) as L2. cbv iota in L1, L2.
  assert (l = 0) by lra. subst l. apply Pk. rewrite (M k Hk). ring.
Qed.

Lemma top_is_sound n f v : top_is n f v = true -> top n (fun k => value (f k)) = value v.
Proof.
  unfold top_is. rewrite andb_true_iff, existsb_exists. intros [A [k [Hk E]]]. apply in_seq in Hk.
  assert (P : 0 <= value v).
  { pose proof (small_sound _ _ (below_sound _ _ A k ltac:(lia))) as S. pose proof (Rabs_pos (value (f k))). lra. }
  apply Rle_antisym.
  - apply top_le; [exact P|]. intros j Hj. exact (small_sound _ _ (below_sound _ _ A j Hj)).
  - rewrite <- (of_size_sound v (f k) P E). apply (top_upper n (fun k => value (f k))). lia.
Qed.

Lemma Q2R_abs q : Q2R (Qabs q) = Rabs (Q2R q).
Proof.
  destruct (Qlt_le_dec q 0) as [L|L].
  - rewrite (Qeq_eqR _ _ (Qabs_neg q ltac:(now apply Qlt_le_weak))), Q2R_opp. apply Qlt_Rlt in L. rewrite Q2R_0 in L. rewrite Rabs_left by lra.
    reflexivity.
  - rewrite (Qeq_eqR _ _ (Qabs_pos q L)). apply Qle_Rle in L. rewrite Q2R_0 in L. rewrite Rabs_pos_eq by lra. reflexivity.
Qed.

Lemma has_size_sound stars d D N i p : has_size stars d D (nth_neuron N i) p = true -> size_in stars d D (denoted N) i = Q2R p.
Proof.
  unfold has_size, size_in. cbn [inner outer denoted]. fold (nth_neuron N i). set (n := nth_neuron N i).
  assert (T : forall l, top d (fun k => value (times (at_ (snd n) l) (at_ (fst n) k))) = Rabs (vector (snd n) l) * top d (vector (fst n))).
  { intro l. rewrite <- top_scal. apply top_ext. intros k _. rewrite times_value. reflexivity. }
  destruct stars.
  - rewrite !andb_true_iff, existsb_exists. intros [[P [l [Hl E]]] A]. apply in_seq in Hl. apply Qle_bool_R in P. rewrite Q2R_0 in P.
    apply top_is_sound in E. rewrite T, rational_value, Q2R_abs, (Rabs_pos_eq _ P) in E.
    apply Rle_antisym; [|rewrite <- E; apply Rmult_le_compat_r; [apply top_nonneg|apply (top_upper D (vector (snd n))); lia]].
    destruct D as [|D]; [simpl; lra|]. destruct (top_attained (S D) (vector (snd n)) ltac:(lia)) as [o [Ho ->]]. rewrite <- T.
      apply top_le; [exact P|].
    intros k Hk. pose proof (small_sound _ _ (below_sound _ _ (below_sound _ _ A o Ho) k Hk)) as B. rewrite rational_value, Q2R_abs,
      (Rabs_pos_eq _ P) in B. exact B.
  - rewrite andb_true_iff. intros [E S]. apply top_is_sound in E. rewrite T, rational_value, Q2R_abs in E. unfold vector in *.
    pose proof (top_nonneg d (fun k => value (at_ (fst n) k))) as Tn. destruct (Qle_bool 0 p) eqn:P.
    + apply Qle_bool_R in P. rewrite Q2R_0 in P. rewrite (Rabs_pos_eq (Q2R p) P) in E. rewrite orb_true_iff in S. destruct S as [S|S].
      * apply at_most_sound in S. cbn [value] in S. rewrite Rabs_pos_eq in E by exact S. exact E.
      * apply Qle_bool_R in S. rewrite Q2R_0 in S. assert (Z : Q2R p = 0) by lra. rewrite Z in *. pose proof (Rabs_pos (value (at_ (snd n) 0))).
        destruct (Rmult_integral _ _ E) as [E'|E'].
        -- destruct (Req_dec (value (at_ (snd n) 0)) 0) as [->|NZ]; [ring|]. pose proof (Rabs_no_R0 _ NZ). contradiction.
        -- rewrite E'. ring.
    + apply Qle_bool_false in P. rewrite Q2R_0 in P. apply at_most_sound in S. cbn [value] in S. rewrite (Rabs_left1 _ S), (Rabs_left _ P) in E. lra.
Qed.

Lemma parallel_b_sound d a b : parallel_b d a b = true -> ~ zero d (vector a) /\ ~ zero d (vector b) /\ parallel d (vector a) (vector b).
Proof.
  unfold parallel_b. destruct (pivot d a) as [k|] eqn:P; [|discriminate]. apply pivot_sound in P. destruct P as [Hk NZ]. rewrite andb_true_iff.
    intros [L S].
  apply (on_line_sound d k a b NZ) in L. apply is_positive_sound in S. rewrite times_value in S. fold (vector a k) (vector b k) in S.
  assert (B : vector b k <> 0) by (intro Z; rewrite Z in S; lra).
  split; [intro Z; exact (NZ (Z k Hk))|split; [intro Z; exact (B (Z k Hk))|]]. exists (vector b k / vector a k). split; [|exact L].
  replace (vector b k / vector a k) with (vector a k * vector b k * / (vector a k * vector a k)) by (field; exact NZ).
  apply Rmult_lt_0_compat; [exact S|]. apply Rinv_0_lt_compat. nra.
Qed.

Lemma Qlt_bool_R p q : Qlt_bool p q = true -> Q2R p < Q2R q.
Proof. unfold Qlt_bool. rewrite negb_true_iff. apply Qle_bool_false. Qed.

Lemma outer_larger_sound d n : outer_larger d n = true -> top d (vector (fst n)) < Rabs (vector (snd n) 0%nat).
Proof.
  unfold outer_larger. cbv zeta. rewrite !andb_true_iff. intros [[K P] B]. pose proof (absolute_sound _ K) as A. apply is_positive_sound in P.
    rewrite A in P.
  apply top_lt; [exact P|]. intros k Hk. pose proof (below_sound _ _ B k Hk) as E. cbv beta in E. rewrite andb_true_iff in E. destruct E as [E1 E2].
  apply is_positive_sound in E1, E2. rewrite minus_value, A in E1. rewrite plus_value, A in E2. unfold vector. apply Rabs_def1; lra.
Qed.

Lemma inner_larger_sound d n : inner_larger d n = true -> Rabs (vector (snd n) 0%nat) < top d (vector (fst n)).
Proof.
  unfold inner_larger. cbv zeta. rewrite andb_true_iff, existsb_exists. intros [K [k [Hk E]]]. apply in_seq in Hk.
    pose proof (absolute_sound _ K) as A.
  apply Rlt_le_trans with (Rabs (vector (fst n) k)); [|apply top_upper; lia]. unfold vector. rewrite orb_true_iff in E.
    destruct E as [E|E]; apply is_positive_sound in E.
  - rewrite minus_value, A in E. eapply Rlt_le_trans; [|apply Rle_abs]. lra.
  - rewrite minus_value, opp_value, A in E. rewrite <- (Rabs_Ropp (value (at_ (fst n) k))). eapply Rlt_le_trans; [|apply Rle_abs]. lra.
Qed.

Theorem case_b_sound d D G S f : case_b d D G S f = true -> in_case d D G S f.
Proof.
  unfold case_b. rewrite andb_true_iff. intros [H _]. destruct f as [i lab t stars p q fs]. unfold case_inequalities in H. unfold in_case.
    cbv zeta in *.
  rewrite !andb_true_iff, Nat.ltb_lt, Nat.eqb_eq in H. destruct H as [[[[Hi L] Hp] Hq] H]. apply has_size_sound in Hp, Hq. rewrite Hp, Hq.
  split; [exact Hi|split; [exact L|]].
  assert (AP : forall x, Qle_bool (Qabs x) t = true -> Rabs (Q2R x) <= Q2R t) by (intros x E; rewrite <- Q2R_abs; apply Qle_bool_R, E).
  assert (AL : forall x, Qlt_bool t (Qabs x) = true -> Q2R t < Rabs (Q2R x)) by (intros x E; rewrite <- Q2R_abs; apply Qlt_bool_R, E).
  assert (M : forall rest, parallel_b d (fst (nth_neuron G i)) (fst (nth_neuron S i)) && (if stars then jump_at_most d D (nth_neuron G i)
    (nth_neuron S i) t else Qle_bool (Qabs (p - q)) t) && rest = true ->
    forall P : Prop, (rest = true -> P) -> ~ zero d (inner (denoted G) i) /\ ~ zero d (inner (denoted S) i) /\
      parallel d (inner (denoted G) i) (inner (denoted S) i) /\
    (if stars then jump_size d D (denoted G) (denoted S) i <= Q2R t else Rabs (Q2R p - Q2R q) <= Q2R t) /\ P).
  { intros rest E P HP. rewrite !andb_true_iff in E. destruct E as [[E1 E2] E3]. apply parallel_b_sound in E1. destruct E1 as [A [B C]].
    split; [exact A|split; [exact B|split; [exact C|split; [|exact (HP E3)]]]]. destruct stars.
    - unfold jump_at_most in E2. rewrite andb_true_iff in E2. destruct E2 as [T E2]. apply Qle_bool_R in T. rewrite Q2R_0 in T. unfold jump_size.
      apply top_le; [exact T|].
      intros l Hl. rewrite Rabs_pos_eq by apply top_nonneg. apply top_le; [exact T|]. intros k Hk.
      pose proof (small_sound _ _ (below_sound _ _ (below_sound _ _ E2 l Hl) k Hk)) as B'. rewrite rational_value, minus_value, !times_value in B'.
        exact B'.
    - rewrite <- Q2R_minus. exact (AP _ E2). }
  destruct lab; [|apply (M _ H); clear M H; intro E; rewrite ?andb_true_iff, ?negb_true_iff in E..].
  - rewrite !andb_true_iff in H. destruct H as [[[A B] C] E]. apply off_all_lines_sound in A, B. rewrite L in A. auto.
  - destruct E as [A B]. auto.
  - destruct E as [[A B] C]. apply outer_larger_sound in C. auto.
  - destruct E as [[A B] C]. apply inner_larger_sound in C. auto.
  - destruct E as [[A B] C]. apply balanced_sound in C. rewrite top_1 in C. auto.
  - destruct E as [A B]. split; [exact A|apply Qle_bool_R, B].
  - destruct E as [[A B] C]. split; [exact A|split; [apply Qlt_bool_R, B|apply Qle_bool_R, C]].
  - destruct E as [[A B] C]. split; [exact A|split; apply Qlt_bool_R; assumption].
Qed.

(** every neuron has its case, all with one threshold *)
Definition cases_b (d D : nat) (G S : list neuron) (t : Q) (stars : bool) (facts : list case_fact) : bool :=
  forallb (fun f => case_b d D G S f && Qeq_bool (threshold f) t && Bool.eqb (star f) stars) facts &&
  below (length G) (fun i => existsb (fun f => Nat.eqb (of_neuron f) i) facts).

Theorem cases_b_sound d D G S t stars facts : cases_b d D G S t stars facts = true -> forall i, (i < length G)%nat ->
  exists f, In f facts /\ of_neuron f = i /\ Q2R (threshold f) = Q2R t /\ star f = stars /\ in_case d D G S f.
Proof.
  unfold cases_b. rewrite andb_true_iff, forallb_forall. intros [A B] i Hi. pose proof (below_sound _ _ B i Hi) as E. cbv beta in E.
    apply existsb_exists in E.
  destruct E as [f [I E]]. apply Nat.eqb_eq in E. specialize (A f I). rewrite !andb_true_iff in A. destruct A as [[C T] St]. exists f.
  split; [exact I|split; [exact E|split; [apply Qeq_eqR, Qeq_bool_eq, T|split; [apply eqb_prop, St|exact (case_b_sound _ _ _ _ _ C)]]]].
Qed.
