//! The seminorm r = |f|_{W^{1,∞}}: the largest entry of the Jacobian over all regions, exactly or as a proved bracket.
//!
//! The lower end is attained at a point; the upper end is proved by branch and bound over the sides of hyperplanes, or, where that is not worth it,
//! ignores which sign vectors occur. Whatever the limits, both ends are answered.

use super::bounded::{BoundedSeminorm, SeminormLimits};
use super::canonical::CanonicalForm;
use super::lower::LowerSearch;
use super::problem::Problem;
use super::search::{Found, follow_rays, search};

/// The seminorm by branch and bound with circuit packing, over R^d; `affine` if the function has biases.
///
/// Exact unless a limit is reached; then the ends of the bracket are the best point found and the largest bound left open. If the
/// normals are linearly independent every sign vector occurs, and there is nothing to search: only the point must be found.
///
/// Source: (21); the bound by packed circuits is the dual of the weighted maximum feasible subsystem. Cost: one tree for each of the d·D entries (and
/// both signs, with offsets) that the first points do not settle. A node packs circuits, with a linear program in floats each; there are 2^h nodes in
/// the worst case, h the number of kinks, and at most `limits.nodes`. Memory: some thousand nodes, and 32 MB of finished trees, the rest of
/// which goes to a temporary file. Where there may be more than `limits.regions` regions nothing is searched.
pub fn branch_and_bound(
    form: &CanonicalForm,
    affine: bool,
    limits: &SeminormLimits,
) -> BoundedSeminorm {
    let problem = Problem::new(form, affine);
    let mut lower = LowerSearch::new(&problem.table, &limits.watch);
    if !problem.begin(&mut lower, limits) {
        let nothing = Found {
            upper: problem.most(),
            trees: Vec::new(),
            kept: true,
            nodes: 0,
        };
        return problem.answer(nothing, lower);
    }
    let setting = problem.setting(limits);
    let mut goals = problem.goals(&lower.value);
    follow_rays(&setting, &goals, &mut lower);
    goals.retain(|goal| goal.ideal > lower.value);
    let best = lower.value.clone();
    let found = search(&setting, &goals, best, &mut lower);
    problem.answer(found, lower)
}
