(** Further general statements of the ledger, each beside its sentence, in its precise form; proved as those of [Statements].
    Sentences are those of [relucert audit]; hypotheses are no stronger. *)
From Coq Require Import Reals List Arith.
Import ListNotations.
From relucert Require Import Statements.
Open Scope R_scope.

(** Sum of absolute values. *)
Definition norm1 (d : nat) (a : vec) : R := sum d (fun k => Rabs (a k)).
Definition minus (a b : vec) : vec := fun k => a k - b k.
(** largest product of entries of two rows: ‖c aᵀ‖ *)
Definition size (d D : nat) (N : net) (i : nat) : R := top D (outer N i) * top d (inner N i).
(** one neuron of one output: inner weights b, outer weight e, has the same function as a, c *)
Definition same_neuron (d : nat) (a : vec) (c : R) (b : vec) (e : R) : Prop := forall x, e * relu (dot d b x) = c * relu (dot d a x).
Definition near (d : nat) (a : vec) (c : R) (b : vec) (e : R) (s : R) : Prop := top d (minus b a) <= s /\ Rabs (e - c) <= s.

(** * Setup *)
(** A04 (4): a last layer of zeros gives the zero function, whatever the rest. *)
Definition zero_last_layer : Prop := forall d m D B, (forall i l, (i < m)%nat -> (l < D)%nat -> outer (weights B) i l = 0) ->
  (forall l, (l < D)%nat -> output_bias B l = 0) -> forall x l, (l < D)%nat -> eval_biased d m B x l = 0.
(** A05 (§1.1): R is locally Lipschitz into C(K). *)
Definition lipschitz_in_weights : Prop := forall d m D G P B x l, 0 <= B -> (forall k, (k < d)%nat -> Rabs (x k) <= B) -> (l < D)%nat ->
  Rabs (eval d m G x l - eval d m P x l) <=
  B * sum m (fun i => top D (outer G i) * norm1 d (minus (inner G i) (inner P i)) + top D (minus (outer G i) (outer P i)) * norm1 d (inner P i)).
(** A11 (20): ‖R‖_{L^∞(U)} ≤ √d·diam(U)·|R|_{W^{1,∞}} if 0 ∈ U. *)
Definition sup_by_seminorm : Prop := forall d m D N r (U : vec -> Prop) diameter x l, bounded_by d D (eval d m N) r -> U (fun _ => 0) ->
  (forall y z, U y -> U z -> sqrt (dot d (minus y z) (minus y z)) <= diameter) -> U x -> (l < D)%nat ->
  Rabs (eval d m N x l) <= sqrt (INR d) * diameter * r.

(** * Optimisation *)
(** B07, Theorem A.2 repaired, in any space where segments and distances are; only points of segments between realizations need approximants. *)
Definition theorem_A_2 : Prop := forall (F : Type) (dist : F -> F -> R) (between : R -> F -> F -> F) (S : F -> Prop) (L : F -> R) c eta r g0,
  (forall f g, 0 <= dist f g) -> (forall f g h, dist f h <= dist f g + dist g h) ->
  (forall t f g, 0 <= t <= 1 -> dist (between t f g) f = t * dist g f) ->
  (forall t f g, 0 <= t <= 1 -> L (between t f g) <= (1 - t) * L f + t * L g) ->
  (forall f g, Rabs (L f - L g) <= c * dist f g) -> 0 <= c -> 0 <= eta -> 0 < r -> 2 * eta <= r ->
  S g0 -> (forall g, S g -> dist g g0 <= r -> L g0 <= L g) ->
  (forall t g, 0 <= t <= 1 -> S g -> exists h, S h /\ dist h (between t g0 g) <= eta) ->
  forall g, S g -> L g0 <= L g + 2 * c / r * dist g g0 * eta.
(** N9, Theorem 1.3 repaired: on Ω*_N = {Φ in N*_N : Λ(R(Φ)) ≤ C}, for every N. The functions are those on R^d with the seminorm as distance. *)
Definition function := vec -> nat -> R.
Definition subtract (f g : function) : function := fun x l => f x l - g x l.
Definition segment (t : R) (f g : function) : function := fun x l => (1 - t) * f x l + t * g x l.
Definition in_Omega (d m D : nat) (Lambda : function -> R) (C : R) (P : net) : Prop := in_Nstar d m D P /\ Lambda (eval d m P) <= C.
Definition extensional (D : nat) (L : function -> R) : Prop := forall f g, (forall x l, (l < D)%nat -> f x l = g x l) -> L f = L g.
Definition theorem_1_3_repaired : Prop := forall d D (Lambda L : function -> R) C c diameter (eta : nat -> R), (2 <= d)%nat ->
  extensional D Lambda -> extensional D L -> 0 <= c ->
  (forall f g t, 0 <= t <= 1 -> L (segment t f g) <= (1 - t) * L f + t * L g) ->
  (forall f g s, bounded_by d D (subtract f g) s -> Rabs (L f - L g) <= c * s) ->
  (forall m G T, in_Omega d m D Lambda C G -> in_Omega d m D Lambda C T -> bounded_by d D (difference d m m G T) diameter) ->
  (forall m G T t, in_Omega d m D Lambda C G -> in_Omega d m D Lambda C T -> 0 <= t <= 1 ->
     exists P, in_Omega d m D Lambda C P /\ bounded_by d D (subtract (eval d m P) (segment t (eval d m G) (eval d m T))) (eta m)) ->
  (forall e, 0 < e -> exists n, forall m, (n <= m)%nat -> eta m <= e) ->
  forall r e, 0 < r -> 0 < e -> exists n, forall m G, (n <= m)%nat -> in_Omega d m D Lambda C G ->
    (forall P, in_Omega d m D Lambda C P -> distance d m D P G <= r -> L (eval d m G) <= L (eval d m P)) ->
    forall T, in_Omega d m D Lambda C T -> L (eval d m G) <= L (eval d m T) + e.
(** B08: compactness gives (46) for the functions that are used, those of the union of all R(Ω_N), which are nested. *)
Definition approximants : Prop := forall (F : Type) (dist : F -> F -> R) (X : nat -> F -> Prop),
  (forall f g, dist f g = dist g f) -> (forall f g h, dist f h <= dist f g + dist g h) -> (forall n f, X n f -> X (S n) f) ->
  (forall e, 0 < e -> exists net : list F, forall n f, X n f -> exists g, In g net /\ dist f g <= e) ->
  forall e, 0 < e -> exists n, forall n' f, X n' f -> exists h, X n h /\ dist h f <= e.
(** B14 (§1.2): one more dimension recovers biases; on N*, which two more reach (Lemma A.6), C.2 and C.3 hold. *)
Definition homogenised (d : nat) (x : vec) : vec := fun k => if Nat.ltb k d then x k else 1.
Definition biases_as_weights : Prop :=
  (forall d m D B, exists G, forall x l, (l < D)%nat -> eval (d + 1) (m + 1) G (homogenised d x) l = eval_biased d m B x l) /\
  (forall d m D G T, (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> hypotheses d m G T) /\ lemma_A_6.

(** * Examples *)
(** C09, after Example A.4: for fixed k inverse stability holds at Γ_k, with a constant that grows with k, for every function of one neuron. *)
Definition after_example_A_4 : Prop := forall k T r, 1 <= k -> let G := of_list [(row2 k 0, / k ^ 2)] in
  bounded_by 2 1 (difference 2 1 1 G T) r -> exists P, same 2 1 1 1 P T /\ distance 2 1 1 P G <= (2 + k * sqrt (2 * k)) * sqrt r.

(** * The proof of Theorem 3.1 *)
(** D05 (42), (86): C.2 and C.3a make all hyperplanes of Γ different. *)
Definition hyperplanes_differ : Prop := forall d m G i j, C2 d m G -> C3a d m G -> (i < m)%nat -> (j < m)%nat -> i <> j ->
  ~ zero d (inner G i) -> ~ zero d (inner G j) -> exists x, dot d (inner G i) x = 0 /\ dot d (inner G j) x <> 0.
(** D06 (43), (87): c ρ(⟨a,x⟩) + c′ ρ(⟨a′,x⟩) = (c + c′‖a′‖/‖a‖) ρ(⟨a,x⟩) for positive multiples. *)
Definition merging : Prop := forall d a a' c c', ~ zero d a -> parallel d a a' ->
  forall x, c * relu (dot d a x) + c' * relu (dot d a' x) = (c + c' * top d a' / top d a) * relu (dot d a x).
(** D13 (55)–(58): the permutation π exists: matched neurons go to their partners, hence the others (I_1) to others. *)
Definition matching_exists : Prop := forall d m G T, C2 d m G -> C2 d m T -> exists p : nat -> nat,
  (forall i, (i < m)%nat -> (p i < m)%nat) /\ (forall i j, (i < m)%nat -> (j < m)%nat -> p i = p j -> i = j) /\
  forall i j, (i < m)%nat -> (j < m)%nat -> ~ zero d (inner G i) -> ~ zero d (inner T j) -> parallel d (inner G i) (inner T j) -> p i = j.
(** D15 (61)–(63): an unmatched pair; Θ's neuron is balanced, which changes no function. *)
Definition case_I_1 : Prop := forall d a c a' c' r beta, Rabs c <= beta -> top d a <= beta -> Rabs c' * top d a' <= 2 * r ->
  exists b e, same_neuron d a' c' b e /\ near d a c b e (beta + sqrt (2 * r)).
(** D16, case A: a matched pair that is small; the published bound β + 2√r is larger. *)
Definition case_A : Prop := forall d a c a' c' l r beta, 0 < l -> multiple d l a a' -> Rabs c <= beta -> top d a <= beta ->
  top d (fun k => c * a k - c' * a' k) <= 2 * r -> exists b e, same_neuron d a' c' b e /\ near d a c b e (beta + sqrt (2 * r)).
(** D17, cases B.1–B.3: a matched pair that is large; b stays a positive multiple of a. *)
Definition case_B : Prop := forall d a c a' c' l r, 0 < l -> multiple d l a a' -> 2 * r < Rabs c * top d a ->
  top d (fun k => c * a k - c' * a' k) <= 2 * r -> exists b e, same_neuron d a' c' b e /\ parallel d a b /\ near d a c b e (sqrt (2 * r)).
(** D18 (67). *)
Definition square_roots : Prop := forall x y, 0 < x -> 0 < y -> Rabs (x - y) <= sqrt (Rabs (x ^ 2 - y ^ 2)).
(** D22 (34): a balanced Γ satisfies C.1 with β = √(2r). *)
Definition balanced_C1 : Prop := forall d m D G r, (forall i, (i < m)%nat -> top D (outer G i) = top d (inner G i)) -> C1 d m D G r (sqrt (2 * r)).
(** D23: with |c|, ‖a‖ ≤ K‖ca‖^g in place of balancedness the exponent is min(g, 1/2), for r ≤ 1. *)
Definition relaxed_balance : Prop := forall d m G T r K g, hypotheses d m G T -> bounded_by d 1 (difference d m m G T) r -> r <= 1 -> 0 <= K -> 0 < g ->
  (forall i, (i < m)%nat -> Rabs (outer G i 0%nat) <= K * power (size d 1 G i) g /\ top d (inner G i) <= K * power (size d 1 G i) g) ->
  exists P, same d m m 1 P T /\ distance d m 1 P G <= (K * power 2 g + sqrt 2) * power r (Rmin g (1 / 2)).

(** * The proof of Theorem 3.3 *)
(** D28, I_1: unmatched neurons of N* are nearer than 2√(2r). *)
Definition star_unmatched : Prop := forall d D a c a' c' r, top D c = top d a -> top D c' = top d a' -> top D c * top d a <= 2 * r -> top D c' * top d a' <= 2 * r ->
  top d (minus a' a) <= 2 * sqrt (2 * r) /\ top D (minus c' c) <= 2 * sqrt (2 * r).
(** D29, D30 (131), cases A and B at once: matched neurons; inner weights nearer than √(2r), outer ones than 2√r. *)
Definition star_matched : Prop := forall d D a c a' c' l r, 0 < l -> multiple d l a a' -> top D c = top d a -> top D c' = top d a' ->
  (forall o, (o < D)%nat -> top d (fun k => c o * a k - c' o * a' k) <= 2 * r) -> top d (minus a' a) <= sqrt (2 * r) /\ top D (minus c' c) <= 2 * sqrt r.
(** D31, first version, Corollary 3.3: D = 1; Φ is Θ in another order. *)
Definition corollary_3_3 : Prop := forall d m G T r, (2 <= d)%nat -> in_Nstar d m 1 G -> in_Nstar d m 1 T -> bounded_by d 1 (difference d m m G T) r ->
  exists (p : nat -> nat) P, (forall i, (i < m)%nat -> (p i < m)%nat) /\ (forall i j, (i < m)%nat -> (j < m)%nat -> p i = p j -> i = j) /\
    (forall i, (i < m)%nat -> inner P i = inner T (p i) /\ outer P i = outer T (p i)) /\
    in_Nstar d m 1 P /\ same d m m 1 P T /\ distance d m 1 P G <= 2 * sqrt 2 * sqrt r.

(** * Fixed directions *)
(** D35, Lemma A.7: networks of fixed directions, balanced. C is the largest entry of a w with |⟨w,x⟩| ≤ 1 on the part of a cell that lies in the
    box; it is finite, and (2√C, 1/2) inverse stability holds with respect to the sup norm on the box, with Θ itself. *)
Definition in_NA (d m D : nat) (a : nat -> vec) (N : net) : Prop := forall i, (i < m)%nat ->
  top D (outer N i) = top d (inner N i) /\ exists l, 0 <= l /\ multiple d l (a i) (inner N i).
Definition cells_bound (d m : nat) (a : nat -> vec) (B C : R) : Prop := forall y w, (forall i, (i < m)%nat -> dot d (a i) y <> 0) ->
  (forall x, (forall k, (k < d)%nat -> Rabs (x k) < B) -> (forall i, (i < m)%nat -> 0 < dot d (a i) x * dot d (a i) y) -> Rabs (dot d w x) <= 1) -> top d w <= C.
Definition lemma_A_7 : Prop := forall d m D a B, 0 < B -> (forall i, (i < m)%nat -> ~ zero d (a i)) ->
  (forall i j, (i < m)%nat -> (j < m)%nat -> i <> j -> ~ exists l, multiple d l (a i) (a j)) ->
  (exists C, cells_bound d m a B C) /\ forall C G T s, cells_bound d m a B C -> in_NA d m D a G -> in_NA d m D a T ->
    (forall x l, (forall k, (k < d)%nat -> Rabs (x k) < B) -> (l < D)%nat -> Rabs (eval d m T x l - eval d m G x l) <= s) ->
    distance d m D T G <= 2 * sqrt C * sqrt s.

(** * Sets of realizations (the note 002) *)
Definition on_cube (d : nat) (x : vec) : Prop := forall k, (k < d)%nat -> -1 < x k < 1.
(** F02: infinitely many linearly independent functions, with one hidden neuron already. *)
Definition independent_realizations : Prop := forall d n, (0 < d)%nat -> exists B : nat -> biased,
  forall w : nat -> R, (forall x, on_cube d x -> sum n (fun i => w i * eval_biased d 1 (B i) x 0%nat) = 0) -> forall i, (i < n)%nat -> w i = 0.
(** F03: star-shaped with centre 0. *)
Definition star_shaped : Prop := forall d m B t, exists B', forall x l, eval_biased d m B' x l = t * eval_biased d m B x l.
(** F05: not convex, for one hidden layer. *)
Definition not_convex : Prop := forall d m, (0 < d)%nat -> (0 < m)%nat -> exists A B, forall P,
  ~ forall x, on_cube d x -> eval_biased d m P x 0%nat = / 2 * eval_biased d m A x 0%nat + / 2 * eval_biased d m B x 0%nat.
(** F07: ramps of two neurons: 0 before 0, 1 after 1/k, and the p-th power of what lacks integrates to 1/(k(p + 1)). *)
Definition ramp (k x : R) : R := k * relu x - k * relu (x - / k).
Definition ramps : Prop := forall k, 1 <= k -> (forall x, x <= 0 -> ramp k x = 0) /\ (forall x, / k <= x -> ramp k x = 1) /\
  forall p (integrable : Riemann_integrable (fun x => (1 - ramp k x) ^ p) 0 (/ k)), RiemannInt integrable = / (k * (INR p + 1)).
(** F11: weights explode where a limit is approached that no parametrization attains: bounded weights attain it. *)
Definition bounded_weights_attain : Prop := forall d m D (P : nat -> biased) (f : function) K,
  (forall n, biased_distance d m D (P n) (Biased zero_net (fun _ => 0) (fun _ => 0)) <= K) ->
  (forall x l, (l < D)%nat -> forall e, 0 < e -> exists n, forall n', (n <= n')%nat -> Rabs (eval_biased d m (P n') x l - f x l) < e) ->
  exists G, forall x l, (l < D)%nat -> eval_biased d m G x l = f x l.
(** F10: realizations of bounded weights are closed, in every distance that the sup distance on the cube bounds, as those of L^p are. *)
Definition bounded_weights_closed : Prop := forall d m D K C (dist : function -> function -> R) (P : nat -> biased) (f : function), 0 <= C ->
  (forall f g, dist f g = dist g f) -> (forall f g h, dist f h <= dist f g + dist g h) ->
  (forall f g s, 0 <= s -> (forall x l, on_cube d x -> (l < D)%nat -> Rabs (f x l - g x l) <= s) -> dist f g <= C * s) ->
  (forall n, biased_distance d m D (P n) (Biased zero_net (fun _ => 0) (fun _ => 0)) <= K) ->
  (forall e, 0 < e -> exists n, forall n', (n <= n')%nat -> dist (eval_biased d m (P n')) f <= e) ->
  exists G, biased_distance d m D G (Biased zero_net (fun _ => 0) (fun _ => 0)) <= K /\ dist (eval_biased d m G) f <= 0.
(** F13: the a-parametric ReLU is a linear function and a ReLU. *)
Definition parametric_relu : Prop := forall a t, Rmax (a * t) t = Rmin a 1 * t + Rabs (1 - a) * relu t.
(** F12 with two neurons: for every k a function at most 1/k on [−1, 1] whose every parametrization has a weight of size at least k. *)
Definition no_stability_in_sup : Prop := forall k, 1 <= k -> exists B, (forall x, -1 <= x 0%nat <= 1 -> Rabs (eval_biased 1 2 B x 0%nat) <= / k) /\
  forall P, agree_on_cube 1 2 1 P B -> k <= biased_distance 1 2 1 P (Biased zero_net (fun _ => 0) (fun _ => 0)).

(** * New statements *)
(** N4 (values due to Dereich and Kassing, arXiv 2108.05643): with h kinks, h neurons are needed and h + 2 suffice. *)
Definition least_neurons : Prop := forall d m T, exists h (n : nat -> vec),
  (h <= m)%nat /\ (forall i, (i < h)%nat -> ~ zero d (n i)) /\ (forall i j, (i < h)%nat -> (j < h)%nat -> i <> j -> ~ exists l, multiple d l (n i) (n j)) /\
  (forall m' P, same d m' m 1 P T -> (h <= m')%nat) /\ exists P, same d (h + 2) m 1 P T.
(** N5: what a pair costs, the least over l > 0 of max(‖l a′ − a‖, ‖c′/l − c‖), is the largest of finitely many terms. *)
Definition pair_cost : Prop := forall d D a c a' c' V, ~ zero d a' -> ~ zero D c' ->
  ((exists l, 0 < l /\ top d (fun k => l * a' k - a k) <= V /\ top D (fun o => c' o / l - c o) <= V) <->
   (forall k, (k < d)%nat -> a' k = 0 -> Rabs (a k) <= V) /\ (forall o, (o < D)%nat -> c' o = 0 -> Rabs (c o) <= V) /\
   (forall k k', (k < d)%nat -> (k' < d)%nat -> a' k <> 0 -> a' k' <> 0 -> Rabs (a k / a' k - a k' / a' k') / (/ Rabs (a' k) + / Rabs (a' k')) <= V) /\
   (forall o o', (o < D)%nat -> (o' < D)%nat -> c' o <> 0 -> c' o' <> 0 -> Rabs (c o / c' o - c o' / c' o') / (/ Rabs (c' o) + / Rabs (c' o')) <= V) /\
   (forall k o, (k < d)%nat -> (o < D)%nat -> a' k <> 0 -> c' o <> 0 ->
      let A := a k * a' k / Rabs (a' k) in let C := c o * c' o / Rabs (c' o) in let root := sqrt ((A - C) ^ 2 + 4 * Rabs (a' k * c' o)) in
      (- (A + C) + root) / 2 <= V /\ ((A + C) - root) / 2 <= V)).
(** N6: Theorem 3.1 refined: conditions for live neurons alone, β for those alone whose partner is missing, dead or of another sign. *)
Definition live (d m : nat) (N : net) (i : nat) : Prop := (i < m)%nat /\ outer N i 0%nat <> 0 /\ ~ zero d (inner N i).
Definition live_hypotheses (d m : nat) (G T : net) : Prop :=
  (forall i j, live d m G i -> live d m G j -> i <> j -> ~ parallel d (inner G i) (inner G j)) /\
  (forall i j, live d m G i -> live d m G j -> ~ opposite d (inner G i) (inner G j)) /\
  (forall i j, live d m T i -> live d m T j -> ~ opposite d (inner T i) (inner T j)) /\
  (forall i j, live d m G i -> live d m T j -> ~ opposite d (inner G i) (inner T j)).
(** t is the outer weight of all of Θ's neurons parallel to a, merged into one with inner weights a *)
Definition merged_outer (d m : nat) (T : net) (a : vec) (t : R) : Prop := exists l : nat -> R, t = sum m (fun j => l j * outer T j 0%nat) /\
  forall j, (j < m)%nat -> (0 < l j /\ multiple d (l j) a (inner T j)) \/ (l j = 0 /\ ~ parallel d a (inner T j)).
Definition partner_of_same_sign (d m : nat) (G T : net) (i : nat) : Prop := ~ zero d (inner G i) /\
  exists t, merged_outer d m T (inner G i) t /\ 0 < outer G i 0%nat * t.
Definition theorem_3_1_refined : Prop := forall d m G T r beta, live_hypotheses d m G T -> bounded_by d 1 (difference d m m G T) r ->
  (forall i, (i < m)%nat -> ~ partner_of_same_sign d m G T i -> Rabs (outer G i 0%nat) <= beta /\ top d (inner G i) <= beta) ->
  exists P, same d m m 1 P T /\ distance d m 1 P G <= Rmax (sqrt (2 * r)) (beta + sqrt (2 * r)).
(** N8: r < ½ min ‖c_i a_i‖ on N* freezes all hyperplanes, and Φ is unique but for order. *)
Definition rigidity : Prop := forall d m D G T r, (2 <= d)%nat -> in_Nstar d m D G -> in_Nstar d m D T -> bounded_by d D (difference d m m G T) r ->
  (forall i, (i < m)%nat -> 2 * r < size d D G i) -> exists p : nat -> nat,
    (forall i, (i < m)%nat -> (p i < m)%nat) /\ (forall i j, (i < m)%nat -> (j < m)%nat -> p i = p j -> i = j) /\
    forall i, (i < m)%nat -> parallel d (inner G i) (inner T (p i)).
Definition unique_in_Nstar : Prop := forall d m D T P, (2 <= d)%nat -> in_Nstar d m D T -> in_Nstar d m D P -> same d m m D P T -> exists p : nat -> nat,
  (forall i, (i < m)%nat -> (p i < m)%nat) /\ (forall i j, (i < m)%nat -> (j < m)%nat -> p i = p j -> i = j) /\
  forall i, (i < m)%nat -> multiple d 1 (inner T (p i)) (inner P i) /\ multiple D 1 (outer T (p i)) (outer P i).
