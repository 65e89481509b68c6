//! Every claim as a list of facts that must stand. What a fact obliges to see is said at its step; nothing is checked here.

use relucert_format::{
    Among, Claim, ConditionClaim, ConditionName, Form, Rational, SeminormBracket, Set, Side, Surd,
    Violation,
};

use super::facts::{Fact, least_beta, refined_bound};
use super::kernel::number::Q;
use super::kernel::surd::Sum;
use super::kernel::verdict::{Stop, differ};
use super::scene::Scene;

/// A fact that a claim needs, or several.
pub(crate) enum Wanted {
    /// A step establishes it.
    Is(Fact),
    /// r ≤ the number: one step, or one for every entry of the Jacobian and both signs.
    AtMost(Q),
    /// The largest absolute value on the claim's box, by its vertices or by heights.
    SupNorm(Q),
    /// A case for each neuron, all of one network: of Theorem 3.1, which C.3 holds for; or of Theorem 3.3 (`star`), which is Φ.
    Cases { threshold: Q, star: bool },
    /// No competitor is nearer, whatever is flipped.
    Apart { value: Sum, in_n_star: bool },
    /// The regions of the claim have inner points, and there are no others.
    Regions,
    /// An inequality between numbers.
    Order { less: Sum, more: Sum, what: String },
    /// A number of the statement is what a formula says.
    Formula { stated: Sum, is: Sum, what: String },
    /// Something in the statement itself.
    Stated(bool, &'static str),
}

fn sum(number: &Surd) -> Result<Sum, Stop> {
    Sum::stated(number)
}

/// The facts that must stand for the scene's claim.
pub(crate) fn facts(scene: &mut Scene) -> Result<Vec<Wanted>, Stop> {
    Ok(match scene.claim {
        Claim::Equal(_) => vec![Wanted::Is(Fact::Equal)],
        Claim::Differ(_) => vec![Wanted::Is(Fact::Differ)],
        Claim::JumpNorm(claim) => vec![Wanted::Is(Fact::JumpNorm(Q::from(&claim.value)))],
        Claim::SupNorm(claim) => vec![Wanted::SupNorm(Q::from(&claim.value))],
        Claim::LocalMinimum(claim) => vec![
            order(
                Sum::zero(),
                Sum::from(Q::from(&claim.radius)),
                "the radius is not negative",
            ),
            Wanted::Is(Fact::LocalMinimum),
        ],
        Claim::Seminorm(claim) => {
            let (lower, upper) = (&claim.lower, &claim.upper);
            let stated = lower.is_some() || upper.is_some();
            let stated = Wanted::Stated(stated, "the claim names no end of the bracket");
            let lower = lower.iter().map(|r| Wanted::Is(Fact::AtLeast(Q::from(r))));
            let upper = upper.iter().map(|r| Wanted::AtMost(Q::from(r)));
            std::iter::once(stated).chain(lower).chain(upper).collect()
        }
        Claim::Arrangement(_) => vec![Wanted::Regions],
        Claim::Injective(_) => vec![Wanted::Regions, Wanted::Is(Fact::Spans)],
        Claim::NotInjective(_) => vec![Wanted::Is(Fact::Collides)],
        Claim::Condition(claim) => violation(claim),
        Claim::Reparametrization(claim) => {
            let (value, bound) = (sum(&claim.distance)?, sum(&claim.bound)?);
            vec![
                Wanted::Is(Fact::Distance(claim.distance.clone(), 0)),
                order(value, bound, "the distance is at most the bound"),
            ]
        }
        Claim::Theorem31(claim) => {
            let threshold = threshold(claim.form, &claim.r, &claim.jump);
            let beta = sum(&claim.beta)?;
            let mut wanted = of_difference(claim.form, &claim.r, &claim.jump)?;
            wanted.extend([
                order(Sum::zero(), beta.clone(), "beta is not negative"),
                Wanted::Is(Fact::Balanced(claim.beta.clone(), threshold.clone())),
                Wanted::Is(Fact::Holds(ConditionName::NoParallel, false, 0)),
                Wanted::Cases {
                    threshold,
                    star: false,
                },
            ]);
            // With r only bracketed, `paper` and `sharp` are taken at its lower end, with the least β there: both terms grow with r.
            let (r, jump) = (Q::from(&claim.r.lower), Q::from(&claim.jump));
            let [at_r, at_jump] = match claim.form {
                Form::Seminorm => [beta, least_beta(&scene.gamma, &jump)],
                Form::Jump => [least_beta(&scene.gamma, &r.double()), beta],
            };
            let root = |beta: Sum, square: &Q| beta.plus_root(&Q::one(), square);
            let bounds = &claim.bounds;
            wanted.extend(distance(
                &claim.distance,
                [
                    (
                        &bounds.paper,
                        root(at_r.clone(), &r.double().double()),
                        "beta + 2 sqrt(r)",
                    ),
                    (&bounds.sharp, root(at_r, &r.double()), "beta + sqrt(2r)"),
                    (&bounds.jump, root(at_jump, &jump), "beta_J + sqrt(J)"),
                ],
            )?);
            wanted
        }
        Claim::Refined31(claim) => {
            let threshold = threshold(claim.form, &claim.r, &claim.jump);
            let mut wanted = of_difference(claim.form, &claim.r, &claim.jump)?;
            wanted.push(Wanted::Is(Fact::Holds(ConditionName::NoParallel, true, 0)));
            wanted.push(Wanted::Is(Fact::Holds(
                ConditionName::NoOppositePossible,
                true,
                0,
            )));
            let formula = refined_bound(&scene.gamma, scene.theta()?, &threshold);
            let bound = Some(claim.bound.clone());
            wanted.extend(distance(
                &claim.distance,
                [(&bound, formula, "of the refined form")],
            )?);
            wanted
        }
        Claim::Theorem33(claim) => {
            let threshold = threshold(claim.form, &claim.r, &claim.jump);
            let mut wanted = of_difference(claim.form, &claim.r, &claim.jump)?;
            wanted.extend([
                Wanted::Is(Fact::Member(Side::Gamma, Set::NStar)),
                Wanted::Is(Fact::Member(Side::Theta, Set::NStar)),
                Wanted::Cases {
                    threshold,
                    star: true,
                },
            ]);
            let (r, jump) = (Q::from(&claim.r.lower), Q::from(&claim.jump));
            let root = |square: &Q| Sum::zero().plus_root(&Q::one().double(), square);
            let bounds = &claim.bounds;
            wanted.extend(distance(
                &claim.distance,
                [
                    (&bounds.paper, root(&r.double().double()), "4 sqrt(r)"),
                    (&bounds.sharp, root(&r.double()), "2 sqrt(2r)"),
                    (&bounds.jump, root(&jump), "2 sqrt(J)"),
                ],
            )?);
            wanted
        }
        Claim::Lift(_) => vec![
            Wanted::Is(Fact::Equal),
            Wanted::Is(Fact::Member(Side::Gamma, Set::NStar)),
        ],
        Claim::Flips(claim) => vec![
            Wanted::Stated(!claim.sets.is_empty(), "the claim names no set"),
            Wanted::Is(Fact::Flips(claim.sets.clone(), 0)),
        ],
        Claim::Unique(_) => vec![Wanted::Is(Fact::Flips(Vec::new(), 0))],
        Claim::Minimal(claim) => {
            let upper = match scene.movable(&scene.gamma) {
                [neuron] if neuron.is_zero() && claim.upper == 0 => 0,
                neurons => neurons.len(),
            };
            // Every network of the function has a live neuron on each of its h kinks. With h neurons there is one on each, and an
            // orientation fits. With h + 1 the other one is on some kink too, since alone on another hyperplane it would make a
            // kink, or it does nothing: an orientation fits with that kink left out.
            let kinks = scene.function()?.kinks.len();
            let left_out = (claim.lower == kinks + 2).then_some(0..kinks);
            let left_out = left_out.into_iter().flatten().map(Some);
            let none = (claim.lower > kinks).then_some(None);
            let number = |n: usize| Sum::from(Q::from(num_bigint::BigInt::from(n)));
            let mut wanted = vec![
                Wanted::Is(Fact::Equal),
                Wanted::Formula {
                    stated: number(claim.upper),
                    is: number(upper),
                    what: "upper end against the neurons of Γ".to_owned(),
                },
                order(
                    number(claim.lower),
                    number(upper),
                    "the lower end is at most the upper one",
                ),
                order(
                    number(claim.lower),
                    number(kinks + 2),
                    "the lower end is at most 2 more than the number of kinks",
                ),
            ];
            let orientations = left_out.chain(none);
            wanted.extend(orientations.map(|line| Wanted::Is(Fact::NoOrientation(line, false))));
            wanted
        }
        Claim::Nearest(claim) => {
            let in_n_star = claim.among == Among::NStar;
            let (lower, upper) = (sum(&claim.lower)?, sum(&claim.upper)?);
            let mut wanted = vec![order(
                lower.clone(),
                upper.clone(),
                "the lower end is at most the upper one",
            )];
            wanted.push(Wanted::Is(Fact::Distance(claim.upper.clone(), 0)));
            if in_n_star {
                wanted.push(Wanted::Is(Fact::Member(Side::Phi, Set::NStar)));
            }
            if lower.clone().sign(scene.limits)?.is_gt() {
                wanted.push(Wanted::Apart {
                    value: lower,
                    in_n_star,
                });
            }
            wanted
        }
        // `family` has its own facts.
        Claim::ForAllK(_) => vec![Wanted::Stated(
            false,
            "not a claim about networks of numbers",
        )],
    })
}

fn order(less: Sum, more: Sum, what: &str) -> Wanted {
    Wanted::Order {
        less,
        more,
        what: what.to_owned(),
    }
}

/// T of the cases and of C.1: 2r where r is exact, or J.
fn threshold(form: Form, r: &SeminormBracket, jump: &Rational) -> Q {
    match form {
        Form::Seminorm => Q::from(&r.lower).double(),
        Form::Jump => Q::from(jump),
    }
}

/// The bracket of r, exact in the form of the seminorm, and J.
fn of_difference(form: Form, r: &SeminormBracket, jump: &Rational) -> Result<Vec<Wanted>, Stop> {
    let (lower, upper) = (Q::from(&r.lower), Q::from(&r.upper));
    let jump = Q::from(jump);
    // The bounds are made of their roots.
    for (name, value) in [("r", &lower), ("J", &jump)] {
        if value.is_negative() {
            return differ(format!("{name} must not be negative"), value, ">= 0");
        }
    }
    let exact = form != Form::Seminorm || lower == upper;
    Ok(vec![
        Wanted::Stated(exact, "the seminorm form needs r exactly"),
        Wanted::Is(Fact::AtLeast(lower)),
        Wanted::AtMost(upper),
        Wanted::Is(Fact::JumpNorm(jump)),
    ])
}

/// Φ is reached, every stated bound is its formula, and the distance is at most each; at least one is stated.
fn distance<const N: usize>(
    value: &Surd,
    bounds: [(&Option<Surd>, Sum, &str); N],
) -> Result<Vec<Wanted>, Stop> {
    let stated = bounds.iter().any(|(bound, ..)| bound.is_some());
    let mut wanted = vec![
        Wanted::Stated(stated, "the claim names no bound"),
        Wanted::Is(Fact::Distance(value.clone(), 0)),
    ];
    for (bound, formula, name) in bounds {
        let Some(bound) = bound else { continue };
        wanted.push(Wanted::Formula {
            stated: sum(bound)?,
            is: formula.clone(),
            what: format!("bound {name}"),
        });
        let what = format!("the distance is at most the bound {name}");
        wanted.push(order(sum(value)?, formula, &what));
    }
    Ok(wanted)
}

fn violation(claim: &ConditionClaim) -> Vec<Wanted> {
    let also = match &claim.violation {
        Violation::Unbalanced { r_lower, .. } => Some(Wanted::Is(Fact::AtLeast(Q::from(r_lower)))),
        Violation::NoOrientation {} => Some(Wanted::Is(Fact::NoOrientation(None, true))),
        Violation::Multiple { .. } => None,
    };
    std::iter::once(Wanted::Is(Fact::Violated))
        .chain(also)
        .collect()
}
