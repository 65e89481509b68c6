//! The supremum norm on a box, exactly or as a proved bracket: branch and bound over halves of the box and sides of kinks.
//!
//! On a part, kinks that bend the function upward lie below chords, and what is left is concave: its largest value is a linear program. Machine floats propose
//! which ends and kinks that is at; multipliers and points are computed from there exactly, and any multipliers give a bound. Parts are halved while many kinks
//! cross them, then kinks are decided, and in the end a linear program is the function itself. (Horst and Tuy, *Global Optimization*, 1996.)

mod look;
mod place;
mod scaled;
mod search;

use std::sync::Arc;

use num_traits::{Signed, Zero};

use super::canonical::CanonicalForm;
use super::domain::Domain;
use super::vertices::binomial;
use crate::advice::{Advice, Floats};
use crate::certificate::Piece;
use crate::exact::Rational;
use crate::network::ShapeError;
use crate::watch::Watch;
use scaled::Scaled;
use search::Search;

/// When to give up searching and answer a bracket.
#[derive(Clone)]
pub struct SupNormLimits {
    /// Give up after this many nodes.
    pub nodes: Option<u64>,
    /// Give up when a limit is met.
    pub watch: Watch,
    /// Stop when upper − value is at most this.
    pub gap: Rational,
    /// Who proposes where to look.
    pub advice: Arc<dyn Advice>,
    /// Whether trees are kept, for a certificate.
    pub keep: bool,
}

impl Default for SupNormLimits {
    fn default() -> Self {
        SupNormLimits {
            nodes: None,
            watch: Watch::none(),
            gap: Rational::zero(),
            advice: Arc::new(Floats),
            keep: true,
        }
    }
}

impl std::fmt::Debug for SupNormLimits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SupNormLimits")
            .field("nodes", &self.nodes)
            .field("watch", &self.watch)
            .field("gap", &self.gap)
            .field("keep", &self.keep)
            .finish_non_exhaustive()
    }
}

/// The sup norm, or what is known of it: `value` ≤ sup norm ≤ `upper`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupNorm {
    /// The largest value found.
    pub value: Rational,
    /// Where it is attained. Where it is attained more than once, which point that is depends on who advises.
    pub point: Vec<Rational>,
    /// The output.
    pub output: usize,
    /// No value is larger.
    pub upper: Rational,
    /// How many parts of the box were looked at.
    pub nodes: u64,
    /// Why no output is larger, and no negative of one: one tree for each. None where vertices are so few that a verifier goes through them, where trees were not
    /// to be kept, or where both ends do not agree.
    pub trees: Vec<HeightTree>,
}

/// Why ± one output is at most the sup norm; see [`crate::certificate::Below`], whose data this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeightTree {
    /// The output.
    pub output: usize,
    /// Whether its negative is bounded.
    pub negative: bool,
    /// The tree in preorder.
    pub nodes: Vec<Piece>,
}

impl SupNorm {
    /// The sup norm, if it is known.
    pub fn exact(&self) -> Option<&Rational> {
        (self.value == self.upper).then_some(&self.value)
    }
}

/// Sets of d hyperplanes and facets that a verifier goes through rather than a tree.
const FEW_VERTICES: u128 = 20_000;

/// max over the box and the outputs of |f|. Exact unless a limit is reached; then a bracket, between the best point found and the largest bound of a part that is
/// left open.
///
/// Cost: a part costs a linear program in floats with d variables and a row for every kink that crosses it, an exact system with as many equations as coordinates
/// of its solution are inside the box, and d products a kink. How many parts there are grows, in the worst case, exponentially with the number of inputs or of kinks,
/// whichever is less. Memory: the parts that are open, and what is kept of trees.
///
/// # Errors
/// [`ShapeError`] if the box has not one side an input.
///
/// ```
/// use relucert::exact::Rational;
/// use relucert::network::file::network_from_bytes;
/// use relucert::realization::{CanonicalForm, Domain, sup_norm};
/// // |x| − |y| + 1/2
/// let text = r#"{"a": [["1","0"],["-1","0"],["0","1"],["0","-1"]], "b": ["0","0","0","0"], "c": [["1"],["1"],["-1"],["-1"]], "e": ["1/2"]}"#;
/// let form = CanonicalForm::of(&network_from_bytes("net.json", text.as_bytes()).unwrap()).unwrap();
/// let q = |n: i64| Rational::from_integer(n.into());
/// let domain = Domain::new(vec![(q(-3), q(1)), (q(-1), q(2))]).unwrap();
/// let found = sup_norm(&form, &domain, &Default::default()).unwrap();
/// assert_eq!(found.exact().unwrap().to_string(), "7/2");
/// assert_eq!(found.point, [q(-3), q(0)]);
/// ```
pub fn sup_norm(
    form: &CanonicalForm,
    domain: &Domain,
    limits: &SupNormLimits,
) -> Result<SupNorm, ShapeError> {
    domain.check(form)?;
    let scaled = Scaled::new(form, domain);
    let corner = domain.sides().iter().map(|(lower, _)| lower.clone());
    let mut best = largest(form, corner.collect());
    let vertices = binomial(form.kinks().len() + 2 * form.inputs(), form.inputs());
    let keep = limits.keep && vertices > FEW_VERTICES;
    let found = Search::new(&scaled, limits, &best.value, keep).run();
    if let Some(point) = &found.point {
        let higher = largest(form, scaled.in_box(point));
        if higher.value > best.value {
            best = higher;
        }
    }
    let denominator = Rational::from_integer(scaled.denominator.clone());
    best.upper = (found.upper / denominator).max(best.value.clone());
    best.nodes = found.nodes;
    if best.exact().is_some() {
        best.trees = found.trees;
    }
    Ok(best)
}

fn largest(form: &CanonicalForm, point: Vec<Rational>) -> SupNorm {
    let values = form.value(&point);
    let sizes = values.iter().map(Rational::abs).enumerate();
    let (output, value) = sizes.fold((0, Rational::zero()), |best, (output, size)| {
        if size > best.1 { (output, size) } else { best }
    });
    SupNorm {
        upper: value.clone(),
        value,
        point,
        output,
        nodes: 0,
        trees: Vec::new(),
    }
}
