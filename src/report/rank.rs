//! Local identifiability in words, of networks of any depth.

use crate::certificate::RankFact;

/// Why the rank says so.
pub(super) fn identifiable(rank: usize) -> String {
    format!(
        "Multiplying a hidden neuron's incoming weights by λ > 0 and dividing its outgoing ones by it leaves the function as it is. So the derivative of \
         θ ↦ (R_θ(x_1), …, R_θ(x_N)), at points where no pre-activation is 0, has at most the rank P − h, for P parameters and h hidden neurons. Here it is that, {rank}; then \
         by the theorem of constant rank the networks near Γ with the same values at the points are an h-dimensional manifold, and those are the rescalings of Γ."
    )
}

/// How the points show the rank.
pub(super) fn rank(step: &RankFact) -> String {
    let points: usize = step.lines.iter().map(|line| line.stops.len()).sum();
    format!(
        "The points are those of the regions of {points} stops on {} line{}. Where two stops, one after the other, differ in the sign of one neuron j alone, the affine maps of \
         their regions differ by u ⊗ n, with n the affine form of j and u the weights from it to the outputs: a variation that changes no value multiplies n by a number. \
         Layer by layer this determines a neuron's incoming weights up to its rescaling. What it leaves open is eliminated by the derivatives in all these regions, modulo {}: \
         a minor that is not 0 modulo a prime is not 0.",
        step.lines.len(),
        if step.lines.len() == 1 { "" } else { "s" },
        step.prime.0
    )
}
