(** Corollary 1.4.1 with the sharp radius r^2 / 8 (B10): by Theorem 3.3 a function of N* within r^2 / 8 has a network within r. *)
From Coq Require Import Reals Lra.
From relucert Require Import Statements Theorem_3_3.
Open Scope R_scope.

(** 2 sqrt 2 sqrt (r^2 / 8) = r *)
Lemma radius r : 0 < r -> 2 * sqrt 2 * sqrt (r ^ 2 / 8) = r.
Proof.
  intro r0. rewrite Rmult_assoc, <- sqrt_mult by nra. replace (2 * (r ^ 2 / 8)) with (r / 2 * (r / 2)) by field.
  rewrite sqrt_square by lra. field.
Qed.

Theorem corollary_1_4_holds : corollary_1_4.
Proof.
  intros d m D L G r Hd HG r0 L_ext minimum T HT B.
  destruct (theorem_3_3_holds d m D G T (r ^ 2 / 8) Hd HG HT B) as [P [HP [same_ near]]]. rewrite radius in near by exact r0.
  rewrite <- (L_ext (eval d m P) (eval d m T) same_). apply minimum; assumption.
Qed.
