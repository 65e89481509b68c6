(** On N* a function determines its parametrization up to order, and functions near enough have the same hyperplanes (N8). *)
From Coq Require Import Reals List Arith Lra Lia Psatz.
From relucert Require Import Statements Sums Hyperplanes Jumps Matching Rearranging Theorem_3_3 Further.
Open Scope R_scope.

(** r < half of each size: an unmatched neuron would be smaller, (53) *)
Theorem rigidity_holds : rigidity.
Proof.
  intros d m D G T r Hd HG HT B large. destruct (align d m G T (proj2 (proj1 HG))) as [p [[R [I _]] A]].
  exists p. split; [exact R|]. split; [exact I|]. intros i Hi. pose proof (Nstar_nonzero d m D G i Hd HG Hi) as Zi.
  destruct (find_index (fun j => parallel d (inner G i) (inner T j)) (fun j => parallel_test d _ Zi _) m)
    as [[j [Hj Q]]|none]; [now apply (A i j)|exfalso].
  specialize (large i Hi). apply (Rlt_irrefl (2 * r)). eapply Rlt_le_trans; [exact large|]. unfold size.
  rewrite Rmult_comm, <- (Rabs_pos_eq (top d (inner G i))) by apply top_nonneg. rewrite <- top_scal.
  apply top_le; [destruct B; lra|]. intros l Hl. rewrite Rabs_mult, (Rabs_pos_eq (top d (inner G i))) by apply top_nonneg.
  pose proof (jump_difference_bound d m m D G T r (inner G i) l B Zi Hl) as J.
  rewrite (Nstar_jump_none d m D G T i l Hd HG HT Hi none), (Nstar_jump_own d m D G i l Hd HG Hi), Rminus_0_l, Rabs_Ropp in J. lra.
Qed.

(** equal jumps: each neuron of P has a partner, and balance leaves no factor *)
Theorem unique_in_Nstar_holds : unique_in_Nstar.
Proof.
  intros d m D T P Hd HT HP Same. destruct (align d m P T (proj2 (proj1 HP))) as [p [[R [I _]] A]].
  exists p. split; [exact R|]. split; [exact I|]. intros i Hi. pose proof (Nstar_nonzero d m D P i Hd HP Hi) as Zi.
  pose proof (fun l Hl => same_jumps d m m D P T (inner P i) l Same Zi Hl) as J.
  assert (partner : parallel d (inner P i) (inner T (p i))).
  { destruct (find_index (fun j => parallel d (inner P i) (inner T j)) (fun j => parallel_test d _ Zi _) m)
    as [[j [Hj Q]]|none]; [now apply (A i j)|exfalso].
    destruct (Nstar_output d m D P i Hd HP Hi) as [pos [_ [l [Hl E]]]]. specialize (J l Hl).
    rewrite (Nstar_jump_none d m D P T i l Hd HP HT Hi none), (Nstar_jump_own d m D P i l Hd HP Hi) in J.
    rewrite J, Rabs_R0 in E. lra. }
  destruct partner as [mu [Hmu M]].
  assert (C : multiple D mu (outer T (p i)) (outer P i)).
  { intros l Hl. specialize (J l Hl). rewrite (Nstar_jump_own d m D P i l Hd HP Hi) in J.
    now rewrite (Nstar_jump d m D P T i (p i) mu l Hd HP HT Hi (R i Hi) Hmu M) in J. }
  pose proof (top_multiple d mu _ _ M) as EA. pose proof (top_multiple D mu _ _ C) as EC. rewrite Rabs_pos_eq in EA, EC by lra.
  rewrite (proj1 (proj1 HP) i Hi), (proj1 (proj1 HT) (p i) (R i Hi)) in EC. pose proof (top_pos d _ Zi) as pos.
  assert (E1 : mu = 1).
  { rewrite EA in EC. assert (Q : (mu - 1) * ((mu + 1) * top d (inner P i)) = 0) by lra.
    apply Rmult_integral in Q. destruct Q as [Q|Q]; [lra | nra]. }
  rewrite E1 in *. split; [|exact C]. intros k Hk. rewrite (M k Hk). ring.
Qed.
