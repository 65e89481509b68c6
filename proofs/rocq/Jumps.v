(** The canonical form (N1): a network is half its linear part plus half the sum of its jumps times |<n,x>|, and both are
    determined by the function. Second differences give the jumps, first differences x, -x the linear part. *)
From Coq Require Import Reals List Arith Lra Lia Psatz.
From relucert Require Import Statements Sums Hyperplanes.
Open Scope R_scope.

(** * Jumps and linear parts *)
(** the jump across the hyperplane of n, as in (53): |mu_i| c_il summed over the neurons a_i = mu_i n *)
Definition jump_term (d : nat) (n a : vec) : R := if collinear_dec d n a then Rabs (ratio d n a) else 0.
Definition jump (d m : nat) (N : net) (n : vec) (l : nat) : R := sum m (fun i => jump_term d n (inner N i) * outer N i l).
(** twice the linear part M of the canonical form *)
Definition linear_part (d m : nat) (N : net) (k l : nat) : R := sum m (fun i => outer N i l * inner N i k).

(** along any direction v, at a point on the hyperplane of n and off all others *)
Lemma second_difference : forall d m N n x v, ~ zero d n -> dot d n x = 0 ->
  (forall i, (i < m)%nat -> ~ zero d (inner N i) -> (exists l, multiple d l n (inner N i)) \/ dot d (inner N i) x <> 0) ->
  exists e, 0 < e /\ forall t l, Rabs t < e ->
    eval d m N (fun j => x j + t * v j) l + eval d m N (fun j => x j - t * v j) l - 2 * eval d m N x l = Rabs (t * dot d n v) * jump d m N n l.
Admitted.

(** the jump in the sense of Statements.v exists and is ours *)
Lemma jump_at_jump : forall d m N n, ~ zero d n -> jump_at d m N n (jump d m N n 0%nat).
Admitted.
Lemma jump_at_unique : forall d m N n kappa, ~ zero d n -> jump_at d m N n kappa -> kappa = jump d m N n 0%nat.
Admitted.

(** the jump norm is at most twice the seminorm, for each output: second differences along the coordinates *)
Lemma jump_difference_bound : forall d m m' D G T r n l, bounded_by d D (difference d m m' G T) r -> ~ zero d n -> (l < D)%nat ->
  Rabs (jump d m' T n l - jump d m G n l) * top d n <= 2 * r.
Admitted.

Lemma linear_part_odd : forall d m N x l, eval d m N x l - eval d m N (fun k => - x k) l = dot d (fun k => linear_part d m N k l) x.
Admitted.

(** * Equal functions: equal jumps and equal linear parts *)
Lemma same_jumps : forall d m m' D N N' n l, same d m m' D N N' -> ~ zero d n -> (l < D)%nat -> jump d m N n l = jump d m' N' n l.
Admitted.
Lemma same_linear_parts : forall d m m' D N N' k l, same d m m' D N N' -> (k < d)%nat -> (l < D)%nat ->
  linear_part d m N k l = linear_part d m' N' k l.
Admitted.
Lemma same_if : forall d m m' D N N', (forall k l, (k < d)%nat -> (l < D)%nat -> linear_part d m N k l = linear_part d m' N' k l) ->
  (forall n l, ~ zero d n -> (l < D)%nat -> jump d m N n l = jump d m' N' n l) -> same d m m' D N N'.
Admitted.

(** * The jump of networks whose directions differ *)
(** of two terms only multiples count *)
Lemma jump_term_multiple : forall d n a mu, ~ zero d n -> multiple d mu n a -> jump_term d n a = Rabs mu.
Admitted.
Lemma jump_term_none : forall d n a, (forall l, ~ multiple d l n a) -> jump_term d n a = 0.
Admitted.
Lemma jump_term_zero : forall d n a, ~ zero d n -> zero d a -> jump_term d n a = 0.
Admitted.
(** one neuron only on the hyperplane *)
Lemma jump_single : forall d m N n l j mu, ~ zero d n -> (j < m)%nat -> multiple d mu n (inner N j) ->
  (forall i, (i < m)%nat -> i <> j -> ~ zero d (inner N i) -> forall l', ~ multiple d l' n (inner N i)) ->
  jump d m N n l = Rabs mu * outer N j l.
Admitted.
(** none on the hyperplane *)
Lemma jump_none : forall d m N n l, ~ zero d n ->
  (forall i, (i < m)%nat -> ~ zero d (inner N i) -> forall l', ~ multiple d l' n (inner N i)) -> jump d m N n l = 0.
Admitted.
Theorem vanishes_iff_holds : vanishes_iff.
Admitted.
