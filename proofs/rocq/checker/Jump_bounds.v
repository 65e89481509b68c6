(** What the jump norm is, of R(Θ) − R(Γ) or R(Γ) without biases, and a check of it neuron by neuron. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums Jumps.
From relucert.checker Require Import Numbers Networks Distances Biases Differences Lines.
Import ListNotations.
Open Scope R_scope.

Section Over_numbers.
Context {Num : numbers} {Val : values}.

(** every output and direction *)
Definition jumps_within (d D : nat) (N : list neuron) (J : R) : Prop := forall l n, (l < D)%nat -> ~ zero d n ->
  (Rabs (jump d (length N) (denoted N) n l) * top d n <= J)%R.

(** * In the words of Statements.v *)
(** one output *)
Definition output_net (l : nat) (N : net) : net := Net (inner N) (fun i _ => outer N i l).

Lemma jump_output d m N n l : jump d m (output_net l N) n 0%nat = jump d m N n l.
Proof. reflexivity. Qed.

Lemma jump_apart d G T n l : jump d (length (apart G T)) (denoted (apart G T)) n l =
  (jump d (length T) (denoted T) n l - jump d (length G) (denoted G) n l)%R.
Proof.
  assert (J : forall M, jump d (length M) (denoted M) n l = added (map (fun nu : neuron => jump_term d n (vector (fst nu)) * weight nu l)%R M)).
  { intro M. rewrite <- sum_neurons. reflexivity. }
  rewrite !J. unfold apart. rewrite map_app, added_app. unfold negated. rewrite map_map.
  rewrite (added_ext _ (fun nu => -1 * (jump_term d n (vector (fst nu)) * weight nu l))%R G).
  - rewrite added_scal. ring.
  - intros nu _. unfold weight. cbn [fst snd]. rewrite vector_opp. ring.
Qed.

Theorem jumps_within_apart d D G T J : jumps_within d D (apart G T) J <->
  forall l, (l < D)%nat -> jumps_at_most d (length G) (length T) (output_net l (denoted G)) (output_net l (denoted T)) J.
Proof.
  split.
  - intros H l Hl n k1 k2 NZ A B. rewrite (jump_at_unique _ _ _ _ _ NZ A), (jump_at_unique _ _ _ _ _ NZ B), !jump_output, <- jump_apart.
    exact (H l n Hl NZ).
  - intros H l n Hl NZ. rewrite jump_apart. exact (H l Hl n _ _ NZ (jump_at_jump _ _ _ _ NZ) (jump_at_jump _ _ _ _ NZ)).
Qed.

(** networks with one output *)
Theorem jumps_within_single d G T J : jumps_within d 1 (apart G T) J <-> jumps_at_most d (length G) (length T) (denoted G) (denoted T) J.
Proof.
  rewrite jumps_within_apart. split.
  - intro H. exact (H 0%nat ltac:(lia)).
  - intros H l Hl. assert (l = 0)%nat as -> by lia. exact H.
Qed.

(** What the jump norm is: for each output the jumps of R(T) − R(G), or of R(G), are at most j, and no smaller number will do. *)
Definition jumps_bounded (G : network) (T : option network) (J : R) : Prop := forall l, (l < outputs G)%nat ->
  match T with
  | Some T => jumps_at_most (inputs G) (size G) (size T) (output_net l (plain G)) (output_net l (plain T)) J
  | None => forall n k, ~ zero (inputs G) n -> jump_at (inputs G) (size G) (output_net l (plain G)) n k -> Rabs k * top (inputs G) n <= J
  end.
Definition jump_norm_is (G : network) (T : option network) (j : R) : Prop :=
  jumps_bounded G T j /\ forall J, 0 <= J -> jumps_bounded G T J -> j <= J.

Lemma jumps_bounded_iff G T J : any_biases G T = false -> (jumps_bounded G T J <-> jumps_within (inputs G) (outputs G) (stated_rows G T) J).
Proof.
  intro B. unfold stated_rows. rewrite B. unfold rows_for. destruct T as [T|].
  - symmetry. exact (jumps_within_apart (inputs G) (outputs G) (rows G) (rows T) J).
  - unfold jumps_bounded, jumps_within, plain, size. split.
    + intros H l n Hl NZ. exact (H l Hl n _ NZ (Jumps.jump_at_jump _ _ _ _ NZ)).
    + intros H l Hl n k NZ A. rewrite (Jumps.jump_at_unique _ _ _ _ _ NZ A), jump_output. exact (H l n Hl NZ).
Qed.

(** * Neuron by neuron *)
Definition entries_at (d D p : nat) (N : list neuron) (a : list surd) (test : surd -> surd -> bool) (J : surd) (l k : nat) : bool :=
  test (times J (absolute (at_ a p))) (times (jump_by d p a N l) (at_ a k)).
Definition jumps_small (d D : nat) (N : list neuron) (J : surd) (n : neuron) : bool :=
  null d (fst n) || match pivot d (fst n) with
    | Some p => sorted_out d p (fst n) N && known (at_ (fst n) p) && below D (fun l => below d (entries_at d D p N (fst n) small J l))
    | None => false
    end.
Definition jump_reached (d D : nat) (N : list neuron) (J : surd) (n : neuron) : bool :=
  match pivot d (fst n) with
  | Some p => sorted_out d p (fst n) N && known (at_ (fst n) p) &&
    existsb (fun l => existsb (entries_at d D p N (fst n) of_size J l) (seq 0 d)) (seq 0 D)
  | None => false
  end.
Definition jump_norm_b (G : network) (T : option network) (J : surd) : bool :=
  let d := inputs G in let D := outputs G in let N := stated_rows G T in
  negb (any_biases G T) && at_most [] J && forallb (jumps_small d D N J) N && (is_zero J || existsb (jump_reached d D N J) N).

Lemma jump_term_line d n a mu x : ~ zero d n -> ~ zero d a -> multiple d mu n a -> jump_term d n x = Rabs mu * jump_term d a x.
Proof.
  intros Zn Za M. destruct (collinear_dec d a x) as [C|C].
  - rewrite (jump_term_multiple d a x _ Za C), <- Rabs_mult. rewrite (jump_term_multiple d n x (mu * ratio d a x) Zn); [reflexivity|].
    intros k Hk. rewrite (C k Hk), (M k Hk). ring.
  - rewrite (jump_term_none d a x C), Rmult_0_r. apply jump_term_none. intros l L.
    assert (U : mu <> 0) by (intros ->; apply Za; intros k Hk; rewrite (M k Hk); ring).
    apply (C (l / mu)). intros k Hk. rewrite (L k Hk), (M k Hk). field. exact U.
Qed.

(** the size of a jump, whatever the length of the normal *)
Lemma jump_size_line d m N n a mu l : ~ zero d n -> ~ zero d a -> multiple d mu n a ->
  Rabs (jump d m N n l) * top d n = Rabs (jump d m N a l) * top d a.
Proof.
  intros Zn Za M. assert (E : jump d m N n l = Rabs mu * jump d m N a l).
  { unfold jump. rewrite <- sum_scal. apply sum_ext. intros i _. rewrite (jump_term_line d n a mu _ Zn Za M). ring. }
  rewrite E, Rabs_mult, Rabs_Rabsolu, (top_multiple d mu n a M). ring.
Qed.

Lemma entries_value d p N a l k : (p < d)%nat -> vector a p <> 0 -> sorted_out d p a N = true ->
  value (times (jump_by d p a N l) (at_ a k)) = Rabs (vector a p) * (jump d (length N) (denoted N) (vector a) l * vector a k).
Proof. intros P A S. rewrite times_value, (jump_by_sound d p a N l P A S). change (value (at_ a k)) with (vector a k). ring. Qed.

Theorem jump_norm_b_sound G T J : jump_norm_b G T J = true -> jump_norm_is G T (value J).
Proof.
  unfold jump_norm_b. cbv zeta. set (d := inputs G). set (D := outputs G). set (N := stated_rows G T).
  rewrite !andb_true_iff, negb_true_iff, forallb_forall, orb_true_iff. intros [[[B P] S] A]. apply at_most_sound in P. rewrite value_nil in P. split.
  - apply (jumps_bounded_iff G T _ B). fold d D N. intros l n Hl Zn.
    destruct (Classical_Prop.classic (exists i mu, (i < length N)%nat /\ ~ zero d (inner (denoted N) i) /\ multiple d mu n (inner (denoted N) i)))
      as [[i [mu [Hi [Za M]]]]|E].
    + rewrite (jump_size_line d _ _ n (inner (denoted N) i) mu l Zn Za M). specialize (S _ (nth_In N ([], []) Hi)). unfold jumps_small in S.
      cbn [denoted inner] in *. set (a := fst (nth i N ([], []))) in *. rewrite orb_true_iff in S. destruct S as [S|S].
      { destruct (Za (null_sound _ _ S)). }
      destruct (pivot d a) as [p|] eqn:Pv; [|discriminate]. destruct (pivot_sound _ _ _ Pv) as [Hp NZ]. rewrite !andb_true_iff in S.
      destruct S as [[So Kn] S]. assert (Ap : 0 < Rabs (vector a p)) by (apply Rabs_pos_lt, NZ).
      rewrite <- (Rabs_Rabsolu (jump _ _ _ _ _)), Rmult_comm. rewrite Rabs_Rabsolu.
      destruct d as [|d']; [lia|]. destruct (top_attained (Datatypes.S d') (vector a)) as [k [Hk ->]]; [lia|].
      pose proof (below_sound _ _ (below_sound _ _ S l Hl) k Hk) as E. unfold entries_at in E. apply small_sound in E.
      rewrite (entries_value _ p N a l k Hp NZ So), times_value, (absolute_sound _ Kn), Rabs_mult, Rabs_Rabsolu, Rabs_mult in E.
      change (value (at_ a p)) with (vector a p) in E. nra.
    + rewrite (jump_none d _ (denoted N) n l Zn).
      * rewrite Rabs_R0. pose proof P. lra.
      * intros i Hi Za mu M. apply E. now exists i, mu.
  - intros J' J0 W. apply (jumps_bounded_iff G T _ B) in W. fold d D N in W. destruct A as [A|A]; [apply is_zero_sound in A; lra|].
    rewrite existsb_exists in A. destruct A as [n [_ A]]. unfold jump_reached in A. destruct (pivot d (fst n)) as [p|] eqn:Pv; [|discriminate].
    destruct (pivot_sound _ _ _ Pv) as [Hp NZ]. rewrite !andb_true_iff, existsb_exists in A. destruct A as [[So Kn] [l [Hl A]]].
    rewrite existsb_exists in A. destruct A as [k [Hk A]]. apply in_seq in Hl, Hk. unfold entries_at in A.
    assert (Ap : 0 < Rabs (vector (fst n) p)) by (apply Rabs_pos_lt, NZ).
    assert (Pp : 0 <= value (times J (absolute (at_ (fst n) p)))).
    { rewrite times_value, (absolute_sound _ Kn). apply Rmult_le_pos; [exact P|apply Rabs_pos]. }
    apply of_size_sound in A; [|exact Pp]. rewrite (entries_value _ p N _ l k Hp NZ So), times_value, (absolute_sound _ Kn), Rabs_mult, Rabs_Rabsolu, Rabs_mult in A.
    change (value (at_ (fst n) p)) with (vector (fst n) p) in A.
    specialize (W l (vector (fst n)) ltac:(lia) (nonzero_at d _ p Hp NZ)). pose proof (top_upper d (vector (fst n)) k ltac:(lia)) as U.
    set (j := jump d (length N) (denoted N) (vector (fst n)) l) in *. apply Rle_trans with (2 := W).
    assert (E : Rabs j * Rabs (vector (fst n) k) = value J).
    { apply Rmult_eq_reg_l with (Rabs (vector (fst n) p)); [|lra]. rewrite <- Rabs_mult. rewrite ?Rabs_mult in *. lra. }
    rewrite <- E. apply Rmult_le_compat_l; [apply Rabs_pos|exact U].
Qed.
End Over_numbers.
