(** The realization map is not continuous into W^{1,inf} (A05b, E17): between the hyperplanes of (1,0) and (1,e) lies a sliver where the
    gradients differ by 1, however small e is. *)
From Coq Require Import Reals List Arith Lia Lra Psatz.
From relucert Require Import Statements Sums Seminorms Gradients.
Import ListNotations.
Open Scope R_scope.

Theorem not_continuous_holds : not_continuous.
Proof.
  intros e He.
  apply (seminorm_values 2 1 (eval 2 2 (of_list [(row2 1 0, -1); (row2 1 e, 1)]))).
  { intros x l _. write_out. ring. }
  apply (seminorm_attained 2 1 _ 1 (row2 (- e / 2) 1) 0 (e / 4) 0); [lia|lia|lra|..].
  - apply seminorm_is_gradient_holds; [lra|]. intros x l k Hl Hk _. unfold gradient, dot. apply Rabs_le.
    below Hk; cbn [of_list sum inner outer nth fst snd row2]; unfold one; repeat destruct (Rlt_dec _ _); lra.
  - write_out. repeat match goal with |- context [relu ?t] => first [rewrite (relu_pos t) by lra | rewrite (relu_neg t) by lra] end.
    rewrite !Rabs_right; lra.
Qed.
