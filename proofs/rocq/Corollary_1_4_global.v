(** Corollary 1.4.2, (18) (B11): over N* with two more inputs and one more neuron every value of the loss over biased networks is reached. *)
From Coq Require Import Reals.
From relucert Require Import Statements Lemma_A_6.

Theorem corollary_1_4_global_holds : corollary_1_4_global.
Proof.
  intros d m D L B Hm HD Hext. destruct (lemma_A_6_holds d m D B Hm HD) as [G [HG HE]].
  exists G. split; [exact HG |]. apply Hext. exact HE.
Qed.
