//! Whether a network is, near its parameters, the only one with its function up to rescaling.
//!
//! A *parametrization* θ of an architecture of any depth is all its P weights (and biases, where the network has them). A hidden neuron's incoming weights and bias
//! may be multiplied by λ > 0 and its outgoing weights divided by it: these *rescalings* leave the function R_θ as it is. θ is *locally identifiable* if it has a
//! neighbourhood in which every θ′ with R_θ′ = R_θ is a rescaling of θ. (Permutations of neurons that differ lead out of a small neighbourhood.)
//!
//! **Theorem (rank).** Let x_1, …, x_N be points at which no hidden neuron of θ has pre-activation 0, N ≥ 1, and h the number of hidden neurons. The derivative of
//! F(θ) = (R_θ(x_1), …, R_θ(x_N)) has rank at most P − h, and if it is P − h, then θ is locally identifiable, even from the values at these points.
//!
//! *Proof.* For a hidden neuron j let v_j be the direction of its rescaling: its incoming weights and bias, less its outgoing weights. F is a polynomial near θ, because signs of
//! pre-activations stay; F does not change along rescalings, so DF·v_j = 0. The v_j are independent: in Σ t_j v_j = 0 take the first layer with a neuron i with t_i ≠ 0. In the
//! coordinate of a weight w_ij, j one layer before, stands (t_i − t_j) w_ij = t_i w_ij, and t_i b_i in that of the bias; so all of them are 0, and the
//! pre-activation of i is 0 everywhere, which it is not at x_1. Hence rank DF ≤ P − h, and this is so for θ′ near θ too, where it cannot fall below the rank at θ. If that is P − h,
//! the rank is constant near θ, and by the theorem of constant rank F⁻¹(F(θ)) is, near θ, a manifold of dimension h. The map
//! t ↦ exp(t)·θ of rescalings goes into it, and its derivative at 0 has the h independent columns v_j: so it is onto a neighbourhood of θ in the manifold. ∎
//!
//! A minor that is not 0 modulo a prime is not 0; so the rank is only ever shown from below, modulo 2^61 − 1, and a rank that falls short proves nothing.
//!
//! **How the rank is found** (`local` and `rest`). Eliminating a P × P matrix would take P³ operations. But where points x, y lie in regions whose signs differ at the
//! hidden neuron j alone, the difference of the two affine maps (Jacobian and constant) is u ⊗ n, n the affine form of j's pre-activation, which depends on layers before j alone, and u the weights
//! from j to the outputs, which depend on layers behind it alone. All rows of DF at points of these two regions span that of u ⊗ n. If δθ is in the kernel of all of them, δu ⊗ n + u ⊗ δn = 0, so that δn is a
//! multiple of n if u ≠ 0. Layer by layer: in the first, n is all of j's incoming weights; so, up to its rescaling, their variation is 0. Behind it, if the variations
//! of all neurons that n rests on are 0, δn = Σ δw_ji n_i + δb_j is linear in j's own incoming weights, and several such pairs of points leave but their multiples: j is *settled*.
//! A settled neuron of the last hidden layer has δu = 0, too. Of others a basis of variations is left; where these do not change the form of a neuron at a pair of regions, the pair is of use
//! to what rests on it. In the directions that are left at the end the derivative at the regions met is eliminated.
//!
//! **No.** That θ is not locally identifiable is only said with a [`Family`]: a direction δ and parameters θ + tδ with the same function for all t ≥ 0. Unless δ is in the
//! span of the v_j these are no rescalings of θ for small t ≠ 0: if they were, log(1 + t δ_e/θ_e), over the parameters θ_e ≠ 0, would be in the linear space of the logarithms of
//! rescalings, hence (divided by t, t → 0) δ_e/θ_e too, and δ_e = 0 where θ_e = 0.

mod answer;
mod certify;
mod change;
mod family;
mod layers;
mod line;
mod local;
mod rescaling;
mod rest;
mod search;

pub use answer::{Answer, Options, Place};
pub use certify::identifiable_certificate;
pub use change::Change;
pub use family::{Family, Reason};
pub use search::identify;
