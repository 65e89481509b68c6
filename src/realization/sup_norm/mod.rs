//! The supremum norm on a box, exactly or as a proved bracket: branch and bound over halves of the box and sides of kinks.
//!
//! On a part, kinks that bend the function upward lie below chords, and what is left is concave: its largest value is a linear program. Machine floats propose
//! which ends and kinks that is at; multipliers and points are computed from there exactly, and any multipliers give a bound. Parts are halved while many kinks
//! cross them, then kinks are decided, and in the end a linear program is the function itself. (Horst and Tuy, *Global Optimization*, 1996.)

mod answer;
mod look;
mod place;
mod scaled;
mod search;

use num_traits::{Signed, Zero};

use super::canonical::CanonicalForm;
use super::domain::Domain;
use super::vertices::binomial;
use crate::exact::Rational;
use crate::network::ShapeError;
use scaled::Scaled;
use search::Search;

pub use answer::{HeightTree, SupNorm, SupNormLimits};

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
