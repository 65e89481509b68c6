(** Claims about families of networks: what holds for all k of the ranges of a list, which leave no k out. *)
From Coq Require Import Reals List ZArith QArith Lia Lra Bool.
From relucert Require Import Statements Sums.
From relucert.checker Require Import Biases.
From relucert.families Require Import Powers Quotients Sections.
Import ListNotations.
Open Scope R_scope.

(** networks whose numbers depend on k *)
Definition family := network_of term.
Definition section := (range * stated_of term)%type.

(** An integer from 1 on is in some range, and so is every real number from [real] on. *)
Definition meant (real : option positive) (k : R) : Prop :=
  (exists z, (1 <= z)%Z /\ k = IZR z) \/ match real with Some a => IZR (Zpos a) <= k | None => False end.
(** What each section says is so of the networks at every k of its range. *)
Definition for_all_k (G : family) (T : option family) (sections : list section) (real : option positive) : Prop :=
  (forall k, meant real k -> exists r s, In (r, s) sections /\ in_range r k) /\
  forall r s k (I : in_range r k), In (r, s) sections -> @says (on r) (at_k r k I) G T s.

(** * The checker *)
(** where something happens at the first k alone, that is looked at by itself *)
Definition check_range (G : family) (T : option family) (r : range) (s : stated_of term) (e : seen_of term) : bool :=
  @says_b (on r) G T s e || match r with
    | From a => @says_b (on (At a)) G T s e && @says_b (on (After a)) G T s e
    | Between a b => @says_b (on (At a)) G T s e && @says_b (on (Inside a b)) G T s e
    | _ => false
    end.
(** the ranges leave out no integer from [next] on, and no real number from there and [real] on *)
Fixpoint covers (next : positive) (real : option positive) (ranges : list range) : bool :=
  match ranges with
  | [] => false
  | From a :: _ => Pos.leb a next
  | Between a b :: l => Pos.leb a next && covers b real l
  | After _ :: _ | Inside _ _ :: _ => false
  | At a :: l => Pos.eqb a next && match real with Some x => Pos.ltb a x | None => true end && covers (Pos.succ a) real l
  end.
Fixpoint sections_b (G : family) (T : option family) (sections : list section) (es : list (seen_of term)) : bool :=
  match sections, es with
  | [], [] => true
  | (r, s) :: sections, e :: es => check_range G T r s e && sections_b G T sections es
  | _, _ => false
  end.
Definition check_for_all_k (G : family) (T : option family) (sections : list section) (real : option positive) (es : list (seen_of term)) : bool :=
  well_formed G && match T with Some T => well_formed T | None => true end && covers 1 real (map fst sections) && sections_b G T sections es.

(** * Soundness *)
Lemma covers_sound real ranges : forall next k, covers next real ranges = true -> IZR (Zpos next) <= k ->
  ((exists z, k = IZR z) \/ match real with Some a => IZR (Zpos a) <= k | None => False end) -> exists r, In r ranges /\ in_range r k.
Proof.
  induction ranges as [|r l IH]; intros next k H N M; [discriminate|]. destruct r as [a|a b|a|a|a b]; cbn [covers] in H; try discriminate.
  - exists (From a). split; [now left|]. apply Pos.leb_le in H. simpl. assert (IZR (Zpos a) <= IZR (Zpos next)) by (apply IZR_le; lia). lra.
  - rewrite andb_true_iff, Pos.leb_le in H. destruct H as [A H]. destruct (Rlt_or_le k (IZR (Zpos b))) as [L|L].
    + exists (Between a b). split; [now left|]. simpl. assert (IZR (Zpos a) <= IZR (Zpos next)) by (apply IZR_le; lia). lra.
    + destruct (IH b k H L M) as [r [I R]]. exists r. split; [now right|exact R].
  - rewrite !andb_true_iff, Pos.eqb_eq in H. destruct H as [[<- X] H]. destruct (Req_EM_T k (IZR (Zpos a))) as [E|E].
    + exists (At a). split; [now left|exact E].
    + assert (L : IZR (Zpos (Pos.succ a)) <= k).
      { rewrite Pos2Z.inj_succ, succ_IZR. destruct M as [[z ->]|M].
        - assert (IZR (Zpos a) < IZR z) by lra. apply lt_IZR in H0. rewrite <- succ_IZR. apply IZR_le. lia.
        - destruct real as [x|]; [|contradiction]. apply Pos.ltb_lt in X. apply Rle_trans with (2 := M). rewrite <- succ_IZR. apply IZR_le. lia. }
      destruct (IH (Pos.succ a) k H L M) as [r [I R]]. exists r. split; [now right|exact R].
Qed.

(** What is said is about the values at k, whatever the range. *)
Lemma says_at r r' k (I : in_range r k) (I' : in_range r' k) G T s : @says (on r') (at_k r' k I') G T s -> @says (on r) (at_k r k I) G T s.
Proof. exact (fun H => H). Qed.

Lemma check_range_sound G T r s e k (I : in_range r k) : check_range G T r s e = true -> @says (on r) (at_k r k I) G T s.
Proof.
  unfold check_range. rewrite orb_true_iff. intros [H|H]; [exact (@says_b_sound (on r) (at_k r k I) _ _ _ _ H)|].
  assert (X : forall r' (I' : in_range r' k), @says_b (on r') G T s e = true -> @says (on r) (at_k r k I) G T s).
  { intros r' I' H'. apply (says_at r r' k I I'). exact (@says_b_sound (on r') (at_k r' k I') _ _ _ _ H'). }
  destruct r as [a|a b|a|a|a b]; try discriminate; rewrite andb_true_iff in H; destruct H as [H1 H2];
    (destruct (Req_EM_T k (IZR (Zpos a))) as [E|E]; [exact (X (At a) E H1)|]).
  - apply (X (After a)); [simpl in *; lra|exact H2].
  - apply (X (Inside a b)); [simpl in *; lra|exact H2].
Qed.

Theorem check_for_all_k_sound G T sections real es : check_for_all_k G T sections real es = true -> for_all_k G T sections real.
Proof.
  unfold check_for_all_k. rewrite !andb_true_iff. intros [[_ C] H]. split.
  - intros k M. assert (E : exists r, In r (map fst sections) /\ in_range r k).
    { destruct M as [[z [Z ->]]|M].
      - apply (covers_sound real _ 1%positive _ C); [apply IZR_le; lia|left; now exists z].
      - destruct real as [a|]; [|contradiction]. apply (covers_sound (Some a) _ 1%positive _ C); [|right; exact M].
        pose proof (at_least_1 a). simpl. lra. }
    destruct E as [r [I R]]. apply in_map_iff in I. destruct I as [[r' s] [E I]]. cbn [fst] in E. subst r'. exists r, s. auto.
  - intros r s k R I. clear C. revert es H. induction sections as [|[r' s'] l IH]; intros es H; [destruct I|]. destruct es as [|e es]; [discriminate|].
    cbn [sections_b] in H. rewrite andb_true_iff in H. destruct H as [H1 H2]. destruct I as [[= -> ->]|I]; [exact (check_range_sound G T r s e k R H1)|].
    exact (IH I es H2).
Qed.
