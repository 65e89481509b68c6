(** Trees of splits over hyperplanes, in integers: whatever the signs of the hyperplanes at a point, sums of ± gains are at most a limit.

    A wall is a hyperplane: its integer normal, and for each of the sums that are looked at what it adds on its + side and takes away on the other.
    Walls are numbered from 1, as are circuits. Interface:
    - [wall]; [node] := Split (plus_first : bool) h | Bound | Farkas c | Circuits (members and multipliers of each, perhaps none); the nodes of a tree
      are one list in preorder; [circuit] := list (positive * Q), the factors of normals over their leading entries;
    - [dependences n M circuits]: what is kept of them, if all are dependences; [tree n entries is_both max base walls inside kept nodes] : bool;
    - [tree_sound]: where [tree] answers true, the sums keep the limit for all signs that some point off all walls has. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool FMapPositive.
From relucert Require Import Statements Sums.
Import ListNotations.
Open Scope Z_scope.

Notation find := PositiveMap.find.
Notation put := PositiveMap.add.

(** * Rows of integers *)
Fixpoint zip (f : Z -> Z -> Z) (a b : list Z) : list Z :=
  match a, b with x :: a, y :: b => f x y :: zip f a b | _, _ => [] end.
(** acc + s a; missing entries of a are 0 *)
Fixpoint add_multiple (s : Z) (a acc : list Z) : list Z :=
  match a, acc with x :: a, y :: acc => s * x + y :: add_multiple s a acc | _, _ => acc end.
Definition all_zero (a : list Z) : bool := forallb (Z.eqb 0) a.
Definition row_vec (a : list Z) : vec := fun k => IZR (nth k a 0).
Fixpoint zsum {A : Type} (f : A -> Z) (l : list A) : Z := match l with [] => 0 | a :: r => f a + zsum f r end.

Lemma zip_length f a : forall b, length b = length a -> length (zip f a b) = length a.
Proof. induction a; intros [|y b] H; simpl in *; try lia. f_equal. apply IHa. lia. Qed.

Lemma zip_nth f a : forall b e, length b = length a -> (e < length a)%nat -> nth e (zip f a b) 0 = f (nth e a 0) (nth e b 0).
Proof. induction a; intros [|y b] e H L; simpl in *; try lia. destruct e; [reflexivity|]. apply IHa; lia. Qed.

Lemma add_multiple_length s a : forall acc, length (add_multiple s a acc) = length acc.
Proof. induction a; intros [|y acc]; simpl; try reflexivity. f_equal. apply IHa. Qed.

Lemma add_multiple_nth s a : forall acc k, (k < length acc)%nat -> nth k (add_multiple s a acc) 0 = s * nth k a 0 + nth k acc 0.
Proof.
  induction a; intros [|y acc] k L; simpl in *; try lia; destruct k; try lia.
  apply IHa. lia.
Qed.

Lemma all_zero_nth a k : all_zero a = true -> nth k a 0 = 0.
Proof.
  unfold all_zero. rewrite forallb_forall. intro H. destruct (Nat.lt_ge_cases k (length a)) as [L|L]; [|apply nth_overflow, L].
  specialize (H _ (nth_In a 0 L)). apply Z.eqb_eq in H. lia.
Qed.

Lemma zsum_ext {A} (f g : A -> Z) l : (forall a, In a l -> f a = g a) -> zsum f l = zsum g l.
Proof. induction l; intro H; simpl; [reflexivity|]. rewrite IHl, H; simpl; auto. intros; apply H; simpl; auto. Qed.

Lemma zsum_le {A} (f g : A -> Z) l : (forall a, In a l -> f a <= g a) -> zsum f l <= zsum g l.
Proof. induction l; intro H; simpl; [lia|]. pose proof (H a (or_introl eq_refl)). assert (zsum f l <= zsum g l) by (apply IHl; intros; apply H;
  simpl; auto). lia. Qed.

Lemma zsum_plus {A} (f g : A -> Z) l : zsum (fun a => f a + g a) l = zsum f l + zsum g l.
Proof. induction l; simpl; lia. Qed.

Lemma zsum_scal {A} c (f : A -> Z) l : zsum (fun a => c * f a) l = c * zsum f l.
Proof. induction l; simpl; lia. Qed.

Lemma zsum_0 {A} (l : list A) : zsum (fun _ => 0) l = 0.
Proof. induction l; simpl; lia. Qed.

(** one term changes *)
Lemma zsum_update {A} (f g : positive * A -> Z) l h a : NoDup (map fst l) -> In (h, a) l ->
  (forall p, In p l -> fst p <> h -> g p = f p) -> zsum g l = zsum f l + (g (h, a) - f (h, a)).
Proof.
  induction l as [|p l IH]; intros N I H; [destruct I|]. simpl in N. inversion N; subst. simpl. destruct I as [->|I].
  - rewrite (zsum_ext g f l); [lia|]. intros q Q. apply H; [now right|]. intro E. apply H2. cbn [fst]. rewrite <- E. now apply in_map.
  - rewrite IH; [|assumption|exact I|intros; apply H; [now right|assumption]]. rewrite (H p); [lia|now left|]. intro E. apply H2. rewrite E.
    exact (in_map fst l (h, a) I).
Qed.

(** * Walls and their numbers *)
Record wall := Wall { line : list Z; leading : positive; gains : list Z }.
Fixpoint numbered {A : Type} (p : positive) (l : list A) : list (positive * A) :=
  match l with [] => [] | a :: r => (p, a) :: numbered (Pos.succ p) r end.
Definition indexed {A : Type} (l : list (positive * A)) : PositiveMap.t A := fold_right (fun p m => put (fst p) (snd p) m) (PositiveMap.empty A) l.

Lemma numbered_above {A} (l : list A) : forall p h a, In (h, a) (numbered p l) -> (p <= h)%positive.
Proof. induction l; intros p h b I; simpl in I; [destruct I|]. destruct I as [[= -> _]|I]; [lia|]. apply IHl in I. lia. Qed.

Lemma numbered_nodup {A} (l : list A) : forall p, NoDup (map fst (numbered p l)).
Proof.
  induction l; intro p; simpl; constructor; [|apply IHl]. intro I. apply in_map_iff in I. destruct I as [[h b] [E I]].
  simpl in E. subst. apply numbered_above in I. lia.
Qed.

Lemma numbered_in {A} (l : list A) : forall p h a, In (h, a) (numbered p l) -> In a l.
Proof. induction l; intros p h b I; simpl in *; [destruct I|]. destruct I as [[= _ ->]|I]; [now left|right; exact (IHl _ _ _ I)]. Qed.

Lemma in_numbered {A} (l : list A) : forall p a, In a l -> exists h, In (h, a) (numbered p l).
Proof.
  induction l; intros p b I; simpl in *; [destruct I|]. destruct I as [->|I]; [exists p; now left|]. destruct (IHl (Pos.succ p) b I) as [h J].
    exists h. now right.
Qed.

Lemma indexed_in {A} (l : list (positive * A)) h a : find h (indexed l) = Some a -> In (h, a) l.
Proof.
  induction l as [|[k b] l IH]; cbn [indexed fold_right fst snd]; [rewrite PositiveMap.gempty; discriminate|].
  destruct (Pos.eq_dec h k) as [->|NE]; [rewrite PositiveMap.gss; intros [= ->]; now left|]. rewrite PositiveMap.gso by exact NE. right. now apply IH.
Qed.

Lemma indexed_find {A} (l : list (positive * A)) h a : NoDup (map fst l) -> In (h, a) l -> find h (indexed l) = Some a.
Proof.
  induction l as [|[k b] l IH]; cbn [indexed fold_right fst snd map]; intros N I; [destruct I|]. inversion N; subst.
  destruct I as [[= -> ->]|I]; [apply PositiveMap.gss|]. rewrite PositiveMap.gso; [now apply IH|]. intros ->. apply H1. exact (in_map fst l (k, a) I).
Qed.

(** * Points and signs *)

(** The point z is off all walls, and sigma says on which sides it is. *)
Definition realises (n : nat) (M : PositiveMap.t wall) (sigma : positive -> bool) (z : vec) : Prop :=
  forall h w, find h M = Some w -> dot n (row_vec (line w)) z <> 0%R /\ (sigma h = true <-> (0 < dot n (row_vec (line w)) z)%R).

(** sum of multiples of normals *)
Fixpoint combined (n : nat) (M : PositiveMap.t wall) (ms : list (Z * positive)) : option (list Z) :=
  match ms with
  | [] => Some (repeat 0 n)
  | (s, h) :: r => match find h M, combined n M r with Some w, Some acc => Some (add_multiple s (line w) acc) | _, _ => None end
  end.
(** not empty, no factor 0, and the sum vanishes *)
Definition dependent (n : nat) (M : PositiveMap.t wall) (ms : list (Z * positive)) : bool :=
  match ms with [] => false | _ => true end && forallb (fun m => negb (Z.eqb (fst m) 0)) ms &&
  match combined n M ms with Some v => all_zero v | None => false end.

Lemma combined_length n M ms v : combined n M ms = Some v -> length v = n.
Proof.
  revert v. induction ms as [|[s h] r IH]; simpl; intros v; [intros [= <-]; apply repeat_length|].
  destruct (find h M); [|discriminate]. destruct (combined n M r) as [acc|]; [|discriminate]. intros [= <-]. rewrite add_multiple_length.
    now apply IH.
Qed.

(** All the products of the multiples with z have the same sign as b says, or their sum is a sum of such terms: it cannot be 0. *)
Lemma combined_dot n M sigma z b ms v : realises n M sigma z -> combined n M ms = Some v -> forallb (fun m => negb (Z.eqb (fst m) 0)) ms = true ->
  (forall s h, In (s, h) ms -> Bool.eqb (0 <? s) (sigma h) = b) ->
  (ms = [] /\ dot n (row_vec v) z = 0%R) \/ (if b then (0 < dot n (row_vec v) z)%R else (dot n (row_vec v) z < 0)%R).
Proof.
  intro R. revert v. induction ms as [|[s h] r IH]; intros v C NZ A.
  - left. split; [reflexivity|]. simpl in C. injection C as <-. apply dot_zero_l. intros k _. unfold row_vec. rewrite nth_repeat. reflexivity.
  - right. cbn [combined forallb fst] in *. rewrite andb_true_iff in NZ. destruct NZ as [S0 NZ]. destruct (find h M) as [w|] eqn:F; [|discriminate].
    destruct (combined n M r) as [acc|] eqn:G; [|discriminate]. injection C as <-.
    assert (E : dot n (row_vec (add_multiple s (line w) acc)) z = (IZR s * dot n (row_vec (line w)) z + dot n (row_vec acc) z)%R).
    { rewrite <- dot_scal_l, <- dot_plus_l. apply dot_ext; [|reflexivity]. intros k Hk. unfold row_vec.
      rewrite add_multiple_nth by (rewrite (combined_length _ _ _ _ G); exact Hk). rewrite plus_IZR, mult_IZR. reflexivity. }
    rewrite E. destruct (R h w F) as [T0 TS]. pose proof (A s h (or_introl eq_refl)) as As.
    set (t := dot n (row_vec (line w)) z) in *. apply negb_true_iff, Z.eqb_neq in S0.
    assert (P : if b then (0 < IZR s * t)%R else (IZR s * t < 0)%R).
    { apply eqb_prop in As || idtac. destruct (Z.ltb_spec 0 s) as [S|S]; [apply IZR_lt in S|assert (S' : (s < 0)%Z) by lia; apply IZR_lt in S'];
        destruct (sigma h) eqn:SG; cbn in As; subst b.
      - assert (0 < t)%R by (now apply TS). nra.
      - assert (~ (0 < t)%R) by (intro; assert (false = true) by (now apply TS); discriminate). assert (t < 0)%R by lra. nra.
      - assert (0 < t)%R by (now apply TS). nra.
      - assert (~ (0 < t)%R) by (intro; assert (false = true) by (now apply TS); discriminate). assert (t < 0)%R by lra. nra. }
    destruct (IH acc eq_refl NZ) as [[_ Z]|Z]; [intros; apply A; now right| |]; destruct b; lra.
Qed.

(** At no point off the walls have the members of a dependence all the signs of its multipliers, or all the opposite ones. *)
Lemma dependent_sound n M ms sigma z b : dependent n M ms = true -> realises n M sigma z ->
  ~ (forall s h, In (s, h) ms -> Bool.eqb (0 <? s) (sigma h) = b).
Proof.
  unfold dependent. rewrite !andb_true_iff. intros [[NE NZ] C] R A. destruct (combined n M ms) as [v|] eqn:E; [|discriminate].
  assert (Z : dot n (row_vec v) z = 0%R).
  { apply dot_zero_l. intros k _. unfold row_vec. rewrite (all_zero_nth v k C). reflexivity. }
  destruct (combined_dot n M sigma z b ms v R E NZ A) as [[-> _]|P]; [discriminate|]. rewrite Z in P. destruct b; lra.
Qed.

(** * Circuits of earlier steps: pairs of a wall and a factor of its normal over its leading entry; what is kept is the signs *)
Definition circuit := list (positive * Q).
Definition kept := list (bool * positive).
Fixpoint increasing (hs : list positive) : bool :=
  match hs with h :: (k :: _) as r => Pos.ltb h k && increasing r | _ => true end.
Fixpoint integral (M : PositiveMap.t wall) (c : circuit) : option (list (Q * positive)) :=
  match c with
  | [] => Some []
  | (h, q) :: r => match find h M, integral M r with Some w, Some l => Some ((Qred (q * (1 # leading w)), h) :: l) | _, _ => None end
  end.
Definition common (qs : list Q) : Z := fold_right (fun q l => Z.lcm (Zpos (Qden q)) l) 1 qs.
Definition over (l : Z) (q : Q) : Z := Qnum q * (l / Zpos (Qden q)).
Definition dependence (n : nat) (M : PositiveMap.t wall) (c : circuit) : option kept :=
  match integral M c with
  | None => None
  | Some qs =>
    let l := common (map fst qs) in
    let ms := map (fun qh => (over l (fst qh), snd qh)) qs in
    if increasing (map snd ms) && dependent n M ms then Some (map (fun m => (0 <? fst m, snd m)) ms) else None
  end.
Fixpoint dependences (n : nat) (M : PositiveMap.t wall) (cs : list circuit) : option (list kept) :=
  match cs with
  | [] => Some []
  | c :: r => match dependence n M c, dependences n M r with Some k, Some l => Some (k :: l) | _, _ => None end
  end.
(** what a kept circuit is good for *)
Definition sound_circuit (n : nat) (M : PositiveMap.t wall) (k : kept) : Prop :=
  forall sigma z b, realises n M sigma z -> ~ (forall p h, In (p, h) k -> Bool.eqb p (sigma h) = b).

Lemma dependence_sound n M c k : dependence n M c = Some k -> sound_circuit n M k.
Proof.
  unfold dependence. destruct (integral M c) as [qs|]; [|discriminate]. cbv zeta.
  destruct (increasing _ && dependent n M _) eqn:E; [|discriminate]. intros [= <-]. rewrite andb_true_iff in E. destruct E as [_ E].
  intros sigma z b R A. apply (dependent_sound n M _ sigma z b E R). intros s h I. apply (A (0 <? s) h). apply in_map_iff. exists (s, h).
    split; [reflexivity|exact I].
Qed.

Lemma dependences_sound n M cs ks : dependences n M cs = Some ks -> forall k, In k ks -> sound_circuit n M k.
Proof.
  revert ks. induction cs as [|c cs IH]; simpl; intros ks; [intros [= <-] k []|]. destruct (dependence n M c) as [k0|] eqn:E; [|discriminate].
  destruct (dependences n M cs) as [l|]; [|discriminate]. intros [= <-] k [<-|I]; [exact (dependence_sound _ _ _ _ E)|exact (IH l eq_refl k I)].
Qed.

(** * Multipliers of a circuit that stands in a leaf: by elimination, nothing about which has to be proved, as they are tried *)

(** one step of elimination without fractions, in columns: rows used before stay in front *)
Definition eliminate (p : Z) (pivot : list Z) (prev : Z) (r : list Z) : list Z :=
  match r with [] => [] | x :: r => if Z.eqb x 0 then (if Z.eqb p prev then r else map (fun y => p * y / prev) r) else zip (fun y q => (p * y - x *
    q) / prev) r pivot end.
Fixpoint pivot_row (before rows : list (list Z)) : option (Z * list Z * list (list Z)) :=
  match rows with
  | [] => None
  | r :: rows => match r with
    | x :: t => if Z.eqb x 0 then pivot_row (r :: before) rows else Some (x, t, rev_append before rows)
    | [] => None
    end
  end.
(** [columns]: one less than there are columns *)
Fixpoint eliminated (columns : nat) (prev : Z) (used rows : list (list Z)) : option (Z * list (list Z)) :=
  match columns with
  | O => Some (prev, used)
  | S columns => match pivot_row [] rows with
    | None => None
    | Some (p, t, rows) => eliminated columns p (map (eliminate p t prev) used ++ [t]) (map (eliminate p t prev) rows)
    end
  end.
Fixpoint transposed (n : nat) (rows : list (list Z)) : list (list Z) :=
  match n with O => [] | S n => map (hd 0) rows :: transposed n (map (@tl Z) rows) end.
Definition multipliers (n : nat) (vectors : list (list Z)) : list Z :=
  match eliminated (Nat.pred (length vectors)) 1 [] (transposed n vectors) with
  | None => []
  | Some (p, used) => let s := Z.sgn p in map (fun r => - s * hd 0 r) used ++ [Z.abs p]
  end.

(** * The tree *)
(** The circuits of a leaf: their members, and perhaps multipliers of the normals with their signs; without any they are found. *)
Inductive node :=
  | Split (plus_first : bool) (h : positive)
  | Bound
  | Farkas (c : positive)
  | Circuits (cs : list (list positive * list Z)).
(** the signs on the way to a node, for each sum what is certain, and how much the walls without a sign may add *)
Record state := State { decided : PositiveMap.t bool; sums : list Z; slack : list Z }.
Definition decide (M : PositiveMap.t wall) (s : state) (h : positive) : option (state * state) :=
  match find h (decided s), find h M with
  | None, Some w =>
    let rest := zip (fun a g => a - Z.abs g) (slack s) (gains w) in
    Some (State (put h true (decided s)) (zip Z.add (sums s) (gains w)) rest, State (put h false (decided s)) (zip Z.sub (sums s) (gains w)) rest)
  | _, _ => None
  end.
(** all sums, and with [both] their negatives, are at most the limit *)
Fixpoint within (both : bool) (limit : Z) (a b : list Z) : bool :=
  match a, b with x :: a, y :: b => if (if both then Z.abs x else x) + y <=? limit then within both limit a b else false | _, _ => true end.
Definition excluded (s : state) (k : kept) : bool :=
  let all b := forallb (fun m : bool * positive => match find (snd m) (decided s) with Some e => Bool.eqb (Bool.eqb (fst m) e) b | None => false
    end) k in
  all true || all false.
(** the sign that the wall prefers *)
Definition gain (w : wall) : Z := hd 0 (gains w).
(** members with their decided or preferred signs, and those that are not decided *)
Fixpoint signed_members (M : PositiveMap.t wall) (s : state) (hs : list positive) : option (kept * list positive) :=
  match hs with
  | [] => Some ([], [])
  | h :: r => match signed_members M s r, find h M with
    | Some (ms, us), Some w => match find h (decided s) with
      | Some b => Some ((b, h) :: ms, us)
      | None => if Z.eqb (gain w) 0 then None else Some ((0 <? gain w, h) :: ms, h :: us)
      end
    | _, _ => None
    end
  end.
Fixpoint weighted (ms : kept) (mus : list Z) : option (list (Z * positive)) :=
  match ms, mus with
  | [], [] => Some []
  | (b, h) :: ms, mu :: mus => if 0 <? mu then match weighted ms mus with Some l => Some ((if b then mu else - mu,
    h) :: l) | None => None end else None
  | _, _ => None
  end.
Definition vectors (M : PositiveMap.t wall) (ms : kept) : list (list Z) :=
  map (fun m : bool * positive => match find (snd m) M with Some w => if fst m then line w else map Z.opp (line w) | None => [] end) ms.
Definition impossible (n : nat) (M : PositiveMap.t wall) (ms : kept) (mus : list Z) : bool :=
  match weighted ms (match mus with [] => multipliers n (vectors M ms) | _ => mus end) with Some l => dependent n M l | None => false end.
(** what a wall can still pay *)
Definition left_over (M : PositiveMap.t wall) (touched : PositiveMap.t Z) (h : positive) : option Z :=
  match find h M with None => None | Some w => match find h touched with Some x => Some x | None => Some (Z.abs (gain w)) end end.
Fixpoint least (M : PositiveMap.t wall) (touched : PositiveMap.t Z) (us : list positive) : option Z :=
  match us with
  | [] => None
  | h :: r => match left_over M touched h with None => None | Some x => match least M touched r with None => Some x | Some y => Some (Z.min x y) end
    end
  end.
Fixpoint spend (M : PositiveMap.t wall) (y : Z) (us : list positive) (touched : PositiveMap.t Z) : option (PositiveMap.t Z) :=
  match us with
  | [] => Some touched
  | h :: r => match left_over M touched h with
    | Some x => if y <=? x then spend M y r (put h (x - y) touched) else None
    | None => None
    end
  end.
(** how much is lost for sure; [Some None]: no point has these signs *)
Fixpoint paid (n : nat) (M : PositiveMap.t wall) (s : state) (cs : list (list positive * list Z)) (touched : PositiveMap.t Z) (lost : Z) : option
  (option Z) :=
  match cs with
  | [] => Some (Some lost)
  | (hs, mus) :: cs => match signed_members M s hs with
    | None => None
    | Some (ms, us) =>
      if increasing hs && impossible n M ms mus then
        match us with
        | [] => match cs with [] => Some None | _ => None end
        | _ => match least M touched us with
          | None => None
          | Some y => if 0 <? y then match spend M y us touched with Some touched => paid n M s cs touched (lost + y) | None => None end else None
          end
        end
      else None
    end
  end.
Record ground := Ground { dimension : nat; walls : PositiveMap.t wall; both : bool; limit : Z; circuits : PositiveMap.t kept }.
Definition closed (g : ground) (s : state) (leaf : node) : bool :=
  match leaf with
  | Split _ _ => false
  | Bound => within (both g) (limit g) (sums s) (slack s)
  | Farkas c => match find c (circuits g) with Some k => excluded s k | None => false end
  | Circuits cs => negb (both g) && match cs with [] => false | _ => true end &&
    match paid (dimension g) (walls g) s cs (PositiveMap.empty Z) 0 with
    | None => false
    | Some None => true
    | Some (Some lost) => within false (limit g + 2 * lost) (sums s) (slack s)
    end
  end.
(** nodes in preorder, where [pending] are the branches to come *)
Fixpoint walk (g : ground) (nodes : list node) (s : state) (pending : list state) : bool :=
  match nodes with
  | [] => false
  | Split plus h :: nodes => match decide (walls g) s h with
    | None => false
    | Some (sp, sm) => if plus then walk g nodes sp (sm :: pending) else if both g then false else walk g nodes sm (sp :: pending)
    end
  | leaf :: nodes =>
    if closed g s leaf then match pending with
      | [] => match nodes with [] => true | _ => false end
      | s :: pending => walk g nodes s pending
      end
    else false
  end.
Definition root (entries : nat) (base : list Z) (ws : list wall) : state :=
  State (PositiveMap.empty bool) base (fold_right (fun w acc => zip (fun g a => Z.abs g + a) (gains w) acc) (repeat 0 entries) ws).
(** the tree over these walls, one of which is perhaps on its + side everywhere *)
Definition tree (n entries : nat) (is_both : bool) (max : Z) (base : list Z) (ws : list wall) (inside : option positive) (ks : list kept)
    (nodes : list node) : bool :=
  let g := Ground n (indexed (numbered 1 ws)) is_both max (indexed (numbered 1 ks)) in
  forallb (fun w => Nat.eqb (length (gains w)) entries) ws && Nat.eqb (length base) entries && (is_both || Nat.eqb entries 1) &&
  match inside with
  | None => walk g nodes (root entries base ws) []
  | Some h => match decide (walls g) (root entries base ws) h with Some (s, _) => walk g nodes s [] | None => false end
  end.

(** * It is sound *)
Section Soundness.
Variables (n entries : nat) (ws : list wall) (base : list Z) (g : ground).
Hypothesis walls_are : walls g = indexed (numbered 1 ws).
Hypothesis dimension_is : dimension g = n.
Hypothesis gains_length : forall w, In w ws -> length (gains w) = entries.
Hypothesis base_length : length base = entries.
Hypothesis one_entry : both g = false -> entries = 1%nat.
Hypothesis circuits_sound : forall c k, find c (circuits g) = Some k -> sound_circuit n (walls g) k.

Let all := numbered 1 ws.
Definition signed (b : bool) (x : Z) : Z := if b then x else - x.
Definition gain_at (e : nat) (p : positive * wall) : Z := nth e (gains (snd p)) 0.
(** the sum e at signs sigma *)
Definition total_at (sigma : positive -> bool) (e : nat) : Z := nth e base 0 + zsum (fun p => signed (sigma (fst p)) (gain_at e p)) all.
Definition known_at (s : state) (e : nat) (p : positive * wall) : Z :=
  match find (fst p) (decided s) with Some b => signed b (gain_at e p) | None => 0 end.
Definition open_at (s : state) (e : nat) (p : positive * wall) : Z :=
  match find (fst p) (decided s) with Some _ => 0 | None => Z.abs (gain_at e p) end.
Definition right_state (s : state) : Prop := length (sums s) = entries /\ length (slack s) = entries /\
  forall e, (e < entries)%nat -> nth e (sums s) 0 = nth e base 0 + zsum (known_at s e) all /\ nth e (slack s) 0 = zsum (open_at s e) all.
Definition agrees (sigma : positive -> bool) (s : state) : Prop := forall h b, find h (decided s) = Some b -> sigma h = b.
Definition kept_by (sigma : positive -> bool) : Prop := forall e, (e < entries)%nat ->
  total_at sigma e <= limit g /\ (both g = true -> - total_at sigma e <= limit g).

Lemma wall_in (h : positive) w : find h (walls g) = Some w -> In (h, w) all.
Proof. rewrite walls_are. apply indexed_in. Qed.

Lemma decide_right s (h : positive) sp sm : decide (walls g) s h = Some (sp, sm) -> right_state s ->
  right_state sp /\ right_state sm /\ (forall sigma, agrees sigma s -> if sigma h then agrees sigma sp else agrees sigma sm).
Proof.
  unfold decide. destruct (find h (decided s)) eqn:D; [discriminate|]. destruct (find h (walls g)) as [w|] eqn:F; [|discriminate].
  intros [= <- <-] [Ls [Lk H]]. pose proof (wall_in h w F) as I. pose proof (gains_length w (numbered_in _ _ _ _ I)) as Lw.
  assert (N : NoDup (map fst all)) by apply numbered_nodup.
  assert (U : forall b e (f : state -> nat -> positive * wall -> Z) v, (f = known_at /\ v = signed b (gain_at e (h, w))) \/ (f = open_at /\
    v = - Z.abs (gain_at e (h, w))) ->
    forall x y, zsum (f (State (put h b (decided s)) x y) e) all = zsum (f s e) all + v).
  { intros b e f v Hf x y. rewrite (zsum_update (f s e) _ all h w N I).
    - f_equal. destruct Hf as [[-> ->]|[-> ->]]; unfold known_at, open_at; cbn [fst decided]; rewrite D, PositiveMap.gss; lia.
    - intros p _ P. destruct Hf as [[-> _]|[-> _]]; unfold known_at, open_at; cbn [decided]; rewrite PositiveMap.gso by exact P; reflexivity. }
  assert (G : forall e, gain_at e (h, w) = nth e (gains w) 0) by reflexivity.
  split; [|split].
  - split; [cbn [sums]; rewrite zip_length; lia|split; [cbn [slack]; rewrite zip_length; lia|]]. intros e He. destruct (H e He) as [H1 H2].
    cbn [sums slack].
    rewrite !zip_nth by lia. rewrite (U true e known_at _ (or_introl (conj eq_refl eq_refl))), (U true e open_at _ (or_intror (conj eq_refl
      eq_refl))), H1, H2, G.
    unfold signed. lia.
  - split; [cbn [sums]; rewrite zip_length; lia|split; [cbn [slack]; rewrite zip_length; lia|]]. intros e He. destruct (H e He) as [H1 H2].
    cbn [sums slack].
    rewrite !zip_nth by lia. rewrite (U false e known_at _ (or_introl (conj eq_refl eq_refl))), (U false e open_at _ (or_intror (conj eq_refl
      eq_refl))), H1, H2, G.
    unfold signed. lia.
  - intros sigma A. destruct (sigma h) eqn:S; intros k b; cbn [decided]; (destruct (Pos.eq_dec k h) as [->|NE];
      [rewrite PositiveMap.gss; intros [= <-]; exact S|rewrite PositiveMap.gso by exact NE; apply A]).
Qed.

Lemma root_right : right_state (root entries base ws).
Proof.
  unfold root. set (f := fun w acc => zip (fun g a => Z.abs g + a) (gains w) acc).
  assert (S : forall (l : list wall) p, (forall w, In w l -> length (gains w) = entries) -> length (fold_right f (repeat 0 entries) l) = entries /\
    forall e, (e < entries)%nat -> nth e (fold_right f (repeat 0 entries) l) 0 = zsum (fun p => Z.abs (gain_at e p)) (numbered p l)).
  { induction l as [|w l IH]; intros p L; cbn [fold_right numbered zsum].
    - split; [apply repeat_length|]. intros. apply nth_repeat.
    - destruct (IH (Pos.succ p)) as [I1 I2]; [intros; apply L; now right|]. pose proof (L w (or_introl eq_refl)) as Lw. unfold f at 1 3.
      split; [rewrite zip_length; lia|]. intros e He. rewrite zip_nth by lia. rewrite I2 by exact He. reflexivity. }
  destruct (S ws 1%positive gains_length) as [S1 S2]. split; [exact base_length|split; [exact S1|]]. intros e He. cbn [sums slack]. split.
  - rewrite (zsum_ext _ (fun _ => 0)), zsum_0; [lia|]. intros p _. unfold known_at. cbn [decided]. rewrite PositiveMap.gempty. reflexivity.
  - rewrite (S2 e He). apply zsum_ext. intros p _. unfold open_at. cbn [decided]. rewrite PositiveMap.gempty. reflexivity.
Qed.

(** what the known signs say, the others may change by the slack at most *)
Lemma total_bounds s sigma e : right_state s -> agrees sigma s -> (e < entries)%nat -> Z.abs (total_at sigma e - nth e (sums s) 0) <= nth e (slack
  s) 0.
Proof.
  intros [_ [_ H]] A He. destruct (H e He) as [-> ->]. unfold total_at.
  assert (B : forall c, (c = 1 \/ c = -1) -> c * zsum (fun p => signed (sigma (fst p)) (gain_at e p)) all + - c * zsum (known_at s e) all <= zsum
    (open_at s e) all).
  { intros c Hc. rewrite <- !zsum_scal, <- zsum_plus. apply zsum_le. intros p _. unfold known_at, open_at.
    destruct (find (fst p) (decided s)) as [b|] eqn:F; [rewrite (A _ _ F)|]; unfold signed; destruct Hc as [-> | ->]; try destruct (sigma (fst p));
      try destruct b; lia. }
  pose proof (B 1 (or_introl eq_refl)). pose proof (B (-1) (or_intror eq_refl)). lia.
Qed.

Lemma within_nth is_both l a : forall b e, within is_both l a b = true -> length b = length a -> (e < length a)%nat ->
  (if is_both then Z.abs (nth e a 0) else nth e a 0) + nth e b 0 <= l.
Proof.
  induction a as [|x a IH]; intros [|y b] e W L He; simpl in *; try lia. destruct (_ <=? l) eqn:Q; [|discriminate]. apply Z.leb_le in Q.
  destruct e; [exact Q|]. apply IH; [exact W|lia|lia].
Qed.

Lemma bound_kept s sigma : right_state s -> agrees sigma s -> within (both g) (limit g) (sums s) (slack s) = true -> kept_by sigma.
Proof.
  intros R A W e He. pose proof (total_bounds s sigma e R A He) as T. destruct R as [L1 [L2 _]].
  pose proof (within_nth _ _ _ _ e W ltac:(lia) ltac:(lia)) as B. destruct (both g); split; try discriminate; intros; lia.
Qed.

(** ** Payments *)
(** walls without a decided sign that are on the side they do not prefer *)
Definition flipped (sigma : positive -> bool) (s : state) (p : positive * wall) : bool :=
  match find (fst p) (decided s) with Some _ => false | None => negb (Bool.eqb (sigma (fst p)) (0 <? gain (snd p))) end.
Definition rest (touched : PositiveMap.t Z) (p : positive * wall) : Z := match find (fst p) touched with Some x => x | None => Z.abs (gain (snd p))
  end.
(** what these have left *)
Definition potential (sigma : positive -> bool) (s : state) (touched : PositiveMap.t Z) : Z :=
  zsum (fun p => if flipped sigma s p then rest touched p else 0) all.
Definition not_negative (touched : PositiveMap.t Z) : Prop := forall h x, find h touched = Some x -> 0 <= x.

Lemma potential_nonneg sigma s touched : not_negative touched -> 0 <= potential sigma s touched.
Proof.
  intro P. rewrite <- (zsum_0 all) at 1. apply zsum_le. intros p _. destruct (flipped sigma s p); [|lia]. unfold rest.
  destruct (find (fst p) touched) eqn:F; [exact (P _ _ F)|lia].
Qed.

Lemma potential_put sigma s touched (h : positive) w x y : find h (walls g) = Some w -> left_over (walls g) touched h = Some x -> 0 <= y ->
  potential sigma s (put h (x - y) touched) = potential sigma s touched - (if flipped sigma s (h, w) then y else 0).
Proof.
  intros F L Y. pose proof (wall_in h w F) as I. unfold potential.
  rewrite (zsum_update (fun p => if flipped sigma s p then rest touched p else 0) _ all h w (numbered_nodup _ _) I).
  - unfold left_over in L. rewrite F in L. set (total := zsum _ all). unfold rest. cbn [fst snd]. rewrite PositiveMap.gss.
    destruct (flipped sigma s (h, w)); destruct (find h touched); injection L as <-; lia.
  - intros p _ P. unfold rest. rewrite PositiveMap.gso by exact P. reflexivity.
Qed.

Lemma spend_sound sigma s y us : 0 <= y -> forall touched touched', spend (walls g) y us touched = Some touched' -> not_negative touched ->
  not_negative touched' /\ potential sigma s touched' <= potential sigma s touched /\
  forall h w, In h us -> find h (walls g) = Some w -> flipped sigma s (h, w) = true -> potential sigma s touched' <= potential sigma s touched - y.
Proof.
  intro Y. induction us as [|k us IH]; intros touched touched' S P; simpl in S.
  - injection S as <-. split; [exact P|split; [lia|intros h w []]].
  - destruct (left_over (walls g) touched k) as [x|] eqn:L; [|discriminate]. destruct (y <=? x) eqn:Q; [|discriminate]. apply Z.leb_le in Q.
    assert (exists w, find k (walls g) = Some w) as [w F] by (unfold left_over in L; destruct (find k (walls g)) as [w|];
      [now exists w|discriminate]).
    assert (P' : not_negative (put k (x - y) touched)).
    { intros h v. destruct (Pos.eq_dec h k) as [->|NE]; [rewrite PositiveMap.gss; intros [= <-]; lia|rewrite PositiveMap.gso by exact NE; apply P]. }
    destruct (IH _ _ S P') as [N [M1 M2]]. pose proof (potential_put sigma s touched k w x y F L Y) as E.
    split; [exact N|]. split; [destruct (flipped sigma s (k, w)); lia|]. intros h v [->|I] Fh Fl.
    + rewrite F in Fh. injection Fh as ->. rewrite Fl in E. lia.
    + specialize (M2 h v I Fh Fl). destruct (flipped sigma s (k, w)); lia.
Qed.

Lemma signed_members_in s hs : forall ms us, signed_members (walls g) s hs = Some (ms, us) -> forall b h, In (b, h) ms ->
  exists w, find h (walls g) = Some w /\ (find h (decided s) = Some b \/ (find h (decided s) = None /\ In h us /\ b = (0 <? gain w))).
Proof.
  induction hs as [|k hs IH]; intros ms us E b h I; simpl in E; [injection E as <- _; destruct I|].
  destruct (signed_members (walls g) s hs) as [[ms' us']|]; [|discriminate]. destruct (find k (walls g)) as [w|] eqn:F; [|discriminate].
  destruct (find k (decided s)) as [c|] eqn:D.
  - injection E as <- <-. destruct I as [[= -> ->]|I]; [exists w; auto|]. exact (IH _ _ eq_refl _ _ I).
  - destruct (Z.eqb (gain w) 0); [discriminate|]. injection E as <- <-. destruct I as [[= <- ->]|I].
    + exists w. split; [exact F|right; split; [exact D|split; [now left|reflexivity]]].
    + destruct (IH _ _ eq_refl _ _ I) as [v [Fv [Dv|[Dv [Iv Ev]]]]]; exists v; (split; [exact Fv|]); [now left|right; split; [exact Dv|split;
      [now right|exact Ev]]].
Qed.

Lemma weighted_in ms : forall mus l, weighted ms mus = Some l -> forall s h, In (s, h) l -> In (0 <? s, h) ms.
Proof.
  induction ms as [|[b k] ms IH]; intros [|mu mus] l W s h I; simpl in W; try discriminate; [injection W as <-; destruct I|].
  destruct (0 <? mu) eqn:P; [|discriminate]. destruct (weighted ms mus) as [l'|] eqn:E; [|discriminate]. injection W as <-. apply Z.ltb_lt in P.
  destruct I as [[= <- ->]|I]; [|right; exact (IH _ _ E _ _ I)]. left. destruct b; f_equal; symmetry; [apply Z.ltb_lt|apply Z.ltb_ge]; lia.
Qed.

(** A circuit: some member is not on its side, one without a decided sign. *)
Lemma impossible_sound s hs ms us mus sigma z : signed_members (walls g) s hs = Some (ms, us) -> impossible n (walls g) ms mus = true ->
  realises n (walls g) sigma z -> agrees sigma s -> exists h w, In h us /\ find h (walls g) = Some w /\ flipped sigma s (h, w) = true.
Proof.
  intros S I R A. unfold impossible in I. destruct (weighted ms _) as [l|] eqn:W; [|discriminate].
  set (bad := fun m : bool * positive => negb (Bool.eqb (fst m) (sigma (snd m)))). destruct (existsb bad ms) eqn:X.
  - apply existsb_exists in X. destruct X as [[b h] [J B]]. unfold bad in B. cbn [fst snd] in B. apply negb_true_iff in B.
    destruct (signed_members_in s hs ms us S b h J) as [w [F [D|[D [U E]]]]].
    + rewrite (A _ _ D), eqb_reflx in B. discriminate.
    + exists h, w. split; [exact U|split; [exact F|]]. unfold flipped. cbn [fst snd]. rewrite D, <- E. apply negb_true_iff.
      destruct b, (sigma h); simpl in *; congruence.
  - exfalso. apply (dependent_sound n (walls g) l sigma z true I R). intros c h J. pose proof (weighted_in _ _ _ W _ _ J) as K.
    destruct (Bool.eqb (0 <? c) (sigma h)) eqn:Q; [reflexivity|]. assert (existsb bad ms = true); [|congruence].
    apply existsb_exists. exists (0 <? c, h). split; [exact K|]. unfold bad. cbn [fst snd]. rewrite Q. reflexivity.
Qed.

Lemma paid_sound s sigma z : realises n (walls g) sigma z -> agrees sigma s -> forall cs touched lost answer, not_negative touched ->
  paid n (walls g) s cs touched lost = Some answer -> match answer with None => False | Some total => total - lost <= potential sigma s touched end.
Proof.
  intros R A. induction cs as [|[hs mus] cs IH]; intros touched lost answer P E; simpl in E.
  - injection E as <-. pose proof (potential_nonneg sigma s touched P). lia.
  - destruct (signed_members (walls g) s hs) as [[ms us]|] eqn:S; [|discriminate].
    destruct (increasing hs && impossible n (walls g) ms mus) eqn:I; [|discriminate]. rewrite andb_true_iff in I. destruct I as [_ I].
    destruct (impossible_sound s hs ms us mus sigma z S I R A) as [h [w [U [F Fl]]]]. destruct us as [|k us]; [destruct U|].
    destruct (least (walls g) touched (k :: us)) as [y|]; [|discriminate]. destruct (0 <? y) eqn:Y; [|discriminate]. apply Z.ltb_lt in Y.
    destruct (spend (walls g) y (k :: us) touched) as [touched'|] eqn:T; [|discriminate].
    destruct (spend_sound sigma s y (k :: us) ltac:(lia) touched touched' T P) as [N [_ M]]. specialize (M h w U F Fl).
    specialize (IH touched' (lost + y) answer N E). destruct answer as [total|]; [lia|exact IH].
Qed.

(** What flipped walls have to give is missing from sum and slack, twice. *)
Lemma flipped_cost s sigma : right_state s -> agrees sigma s -> (0 < entries)%nat ->
  total_at sigma 0 + 2 * potential sigma s (PositiveMap.empty Z) <= nth 0 (sums s) 0 + nth 0 (slack s) 0.
Proof.
  intros [_ [_ H]] A He. destruct (H O He) as [-> ->]. unfold total_at, potential. rewrite <- zsum_scal.
  assert (T : zsum (fun p => signed (sigma (fst p)) (gain_at 0 p)) all + zsum (fun p => 2 * (if flipped sigma s p then rest (PositiveMap.empty Z) p
    else 0)) all
    <= zsum (known_at s 0) all + zsum (open_at s 0) all); [|lia].
  rewrite <- !zsum_plus. apply zsum_le. intros p _. unfold known_at, open_at, flipped, rest. rewrite PositiveMap.gempty.
  assert (G : gain (snd p) = gain_at 0 p) by (unfold gain, gain_at; destruct (gains (snd p)); reflexivity). rewrite G.
  destruct (find (fst p) (decided s)) as [b|] eqn:F; [rewrite (A _ _ F); lia|]. unfold signed.
  destruct (Z.ltb_spec 0 (gain_at 0 p)), (sigma (fst p)); cbn [Bool.eqb negb]; lia.
Qed.

Lemma closed_sound s leaf sigma z : right_state s -> closed g s leaf = true -> realises n (walls g) sigma z -> agrees sigma s -> kept_by sigma.
Proof.
  intros Rs C R A. destruct leaf as [plus h| |c|cs]; cbn [closed] in C; [discriminate|exact (bound_kept s sigma Rs A C)| |].
  - destruct (find c (circuits g)) as [k|] eqn:F; [|discriminate]. exfalso. unfold excluded in C. rewrite orb_true_iff, !forallb_forall in C.
    destruct C as [C|C]; [apply (circuits_sound c k F sigma z true R)|apply (circuits_sound c k F sigma z false R)]; intros p h I;
      specialize (C (p, h) I); cbn [fst snd] in C;
      (destruct (find h (decided s)) as [e|] eqn:D; [|discriminate]); apply eqb_prop in C; rewrite (A _ _ D); exact C.
  - rewrite !andb_true_iff, negb_true_iff in C. destruct C as [[B _] C]. rewrite dimension_is in C. pose proof (one_entry B) as One.
    destruct (paid n (walls g) s cs (PositiveMap.empty Z) 0) as [answer|] eqn:P; [|discriminate].
    pose proof (paid_sound s sigma z R A cs (PositiveMap.empty Z) 0 answer) as S.
    assert (N : not_negative (PositiveMap.empty Z)) by (intros h x H; rewrite PositiveMap.gempty in H; discriminate).
    specialize (S N P). destruct answer as [lost|]; [|destruct S]. pose proof (flipped_cost s sigma Rs A ltac:(lia)) as T. destruct Rs as [L1 [L2 _]].
    pose proof (within_nth _ _ _ _ 0%nat C ltac:(lia) ltac:(lia)) as W. cbv beta iota in W. intros e He. assert (e = 0%nat) as -> by lia.
      split; [lia|rewrite B; discriminate].
Qed.

Lemma walk_sound nodes : forall s pending, walk g nodes s pending = true -> (forall t, t = s \/ In t pending -> right_state t) ->
  forall t sigma z, t = s \/ In t pending -> realises n (walls g) sigma z -> agrees sigma t -> kept_by sigma.
Proof.
  induction nodes as [|node nodes IH]; intros s pending W Rs; [discriminate|].
  assert (Leaf : closed g s node = true -> match pending with [] => match nodes with [] => true | _ => false end | u :: pending => walk g nodes u
    pending end = true ->
    forall t sigma z, t = s \/ In t pending -> realises n (walls g) sigma z -> agrees sigma t -> kept_by sigma).
  { intros C N t sigma z [->|I] R A; [exact (closed_sound s node sigma z (Rs s (or_introl eq_refl)) C R A)|].
    destruct pending as [|u pending]; [destruct I|]. apply (IH u pending N) with (t := t) (z := z); try assumption.
    - intros v [->|V]; apply Rs; right; [now left|now right].
    - destruct I as [->|I]; [now left|now right]. }
  destruct node as [plus h| | |]; cbn [walk] in W; try (destruct (closed g s _) eqn:C; [exact (Leaf eq_refl W)|discriminate]). clear Leaf.
  destruct (decide (walls g) s h) as [[sp sm]|] eqn:D; [|discriminate].
  destruct (decide_right s h sp sm D (Rs s (or_introl eq_refl))) as [Rp [Rm Ag]].
  assert (Go : forall s1 s2, walk g nodes s1 (s2 :: pending) = true -> right_state s1 -> right_state s2 ->
    (forall sigma, agrees sigma s -> agrees sigma s1 \/ agrees sigma s2) ->
    forall t sigma z, t = s \/ In t pending -> realises n (walls g) sigma z -> agrees sigma t -> kept_by sigma).
  { intros s1 s2 W' R1 R2 A' t sigma z I R A.
    assert (Rall : forall v, v = s1 \/ In v (s2 :: pending) -> right_state v) by (intros v [->|[<-|V]]; [exact R1|exact R2|apply Rs; now right]).
    pose proof (IH s1 (s2 :: pending) W' Rall) as K. destruct I as [->|I]; [|exact (K t sigma z (or_intror (or_intror I)) R A)].
    destruct (A' sigma A) as [A1|A2]; [exact (K s1 sigma z (or_introl eq_refl) R A1)|exact (K s2 sigma z (or_intror (or_introl eq_refl)) R A2)]. }
  destruct plus; [|destruct (both g); [discriminate|]].
  - apply (Go sp sm W Rp Rm). intros sigma A. specialize (Ag sigma A). destruct (sigma h); [now left|now right].
  - apply (Go sm sp W Rm Rp). intros sigma A. specialize (Ag sigma A). destruct (sigma h); [now right|now left].
Qed.
End Soundness.

(** The sums keep the limit at the signs of all points off the walls that are inside. *)
Theorem tree_sound n entries is_both max base ws inside ks nodes : tree n entries is_both max base ws inside ks nodes = true ->
  (forall k, In k ks -> sound_circuit n (indexed (numbered 1 ws)) k) ->
  forall sigma z, realises n (indexed (numbered 1 ws)) sigma z -> match inside with None => True | Some h => sigma h = true end ->
  forall e, (e < entries)%nat -> total_at ws base sigma e <= max /\ (is_both = true -> - total_at ws base sigma e <= max).
Proof.
  unfold tree. cbv zeta. set (g := Ground n (indexed (numbered 1 ws)) is_both max (indexed (numbered 1 ks))).
  rewrite !andb_true_iff, forallb_forall, Nat.eqb_eq. intros [[[Lw Lb] One] W] Ks sigma z R Ins.
  assert (Lw' : forall w, In w ws -> length (gains w) = entries) by (intros w I; apply Nat.eqb_eq, Lw, I).
  assert (One' : both g = false -> entries = 1%nat) by (cbn [both g]; intros ->; apply Nat.eqb_eq; exact One).
  assert (Ks' : forall c k, find c (circuits g) = Some k -> sound_circuit n (walls g) k).
  { intros c k F. apply Ks. exact (numbered_in _ _ _ _ (indexed_in _ _ _ F)). }
  assert (Root : right_state entries ws base (root entries base ws)) by (apply (root_right n entries ws base g); assumption || reflexivity).
  assert (A : agrees sigma (root entries base ws)) by (intros h b; cbn [root decided]; rewrite PositiveMap.gempty; discriminate).
  assert (From : forall s, right_state entries ws base s -> agrees sigma s -> walk g nodes s [] = true -> kept_by entries ws base g sigma).
  { intros s Rs As Ws. eapply (walk_sound n entries ws base g); try eassumption; try reflexivity; [|left; reflexivity].
    intros t [->|[]]. exact Rs. }
  destruct inside as [h|]; [|exact (From _ Root A W)].
  destruct (decide (walls g) (root entries base ws) h) as [[s s']|] eqn:D; [|discriminate].
  assert (right_state entries ws base s /\ right_state entries ws base s' /\ (forall tau, agrees tau (root entries base ws) ->
    if tau h then agrees tau s else agrees tau s'))
    as [Rs [_ Ag]] by (eapply (decide_right n entries ws base g); eassumption || reflexivity).
  specialize (Ag sigma A). rewrite Ins in Ag. exact (From s Rs Ag W).
Qed.
