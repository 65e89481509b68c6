//! Why a theorem cannot be asked of two networks.

use crate::network::Shallow;

/// Why a theorem cannot be asked of two networks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StabilityError {
    /// More than one output.
    #[error(
        "Theorem 3.1 is about networks with one output (D = 1), but {network} has D = {outputs}"
    )]
    Outputs {
        /// Γ or Θ.
        network: &'static str,
        /// Its number of outputs.
        outputs: usize,
    },
    /// Different numbers of inputs, outputs or neurons.
    #[error("Γ and Θ must have the same shape, but Γ has {gamma} {what} and Θ has {theta}{}", other_verb(.what))]
    Shapes {
        /// `inputs`, `outputs` or `neurons`.
        what: &'static str,
        /// Γ's number.
        gamma: usize,
        /// Θ's number.
        theta: usize,
    },
    /// Weights of a neuron that are sums of square roots.
    #[error(
        "the theorems are about the sizes of weights with one square root a neuron, but neuron {neuron} of {network} has sums of square roots"
    )]
    Sums {
        /// Γ or Θ.
        network: &'static str,
        /// The neuron.
        neuron: usize,
    },
    /// The jump form was not what was asked, and r is not known exactly.
    #[error(
        "the form 'seminorm' needs r exactly, but it is only known that {lower} <= r <= {upper}; \
         raise the limits or use the form 'jump'"
    )]
    SeminormUnknown {
        /// Lower end.
        lower: String,
        /// Upper end.
        upper: String,
    },
    /// Something the theorem proves impossible happened: a mistake in this program.
    #[error("internal error: {0}")]
    Impossible(Contradiction),
}

/// What a theorem proves impossible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Contradiction {
    /// Φ is further from Γ than a theorem allows whose hypotheses hold.
    #[error("the construction exceeds the theorem's bound")]
    Bound,
    /// No point lies on a neuron's hyperplane and off all others, though they are different.
    #[error("no generic point was found")]
    GenericPoint,
    /// Networks of the same shape have functions of different shapes.
    #[error("shapes differ after checking")]
    Checked,
    /// Flipped neurons make no network.
    #[error("flipping changed the shape")]
    Flipped,
    /// What is left without dead neurons is no network.
    #[error("dropping dead neurons changed the shape")]
    Dropped,
    /// Permuted neurons make no network.
    #[error("a permuted shape changed")]
    Permuted,
    /// Rewritten neurons make no network.
    #[error("rewriting changed the shape")]
    Rewritten,
    /// Φ cannot be compared with Γ.
    #[error("Φ has another shape than Γ")]
    Phi,
}

/// D = 1, and the same numbers of inputs and neurons.
pub(crate) fn check_one_output(gamma: &Shallow, theta: &Shallow) -> Result<(), StabilityError> {
    for (network, outputs) in [("Γ", gamma.outputs()), ("Θ", theta.outputs())] {
        if outputs != 1 {
            return Err(StabilityError::Outputs { network, outputs });
        }
    }
    check_shapes(gamma, theta)
}

/// The same numbers of inputs, outputs and neurons.
pub(super) fn check_shapes(gamma: &Shallow, theta: &Shallow) -> Result<(), StabilityError> {
    let counts = [
        ("outputs", gamma.outputs(), theta.outputs()),
        ("inputs", gamma.inputs(), theta.inputs()),
        ("neurons", gamma.neurons().len(), theta.neurons().len()),
    ];
    for (what, gamma, theta) in counts {
        if gamma != theta {
            return Err(StabilityError::Shapes { what, gamma, theta });
        }
    }
    Ok(())
}

/// Where something else answers.
fn other_verb(what: &str) -> &'static str {
    match what {
        "neurons" => "; the nearest parametrization is there for any number of neurons",
        _ => "",
    }
}
