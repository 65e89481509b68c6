//! Statements for all k, about the paper's examples changed and about random families.

use relucert::audit::Random;
use relucert::certificate::Form;
use relucert::family::{
    EXAMPLES, Expression, Family, Neuron, Question, TheoremQuestion, parse, prove_distance,
    prove_equal, prove_jump, prove_local_minimum, prove_nearest, prove_reparametrization,
    prove_separated, theorem,
};
use relucert::stability::Theorem;
use relucert::watch::Watch;

use crate::networks::{one_of, pick_mut, shuffle};

/// Entries of random families.
const ENTRIES: [&str; 14] = [
    "0", "1", "-1", "2", "1/2", "k", "-k", "1/k", "-1/k", "k^2", "1/(k+1)", "k-3", "sqrt(k)",
    "2/k^2",
];
/// Factors of inner weights, nowhere zero for k ≥ 1.
const FACTORS: [&str; 5] = ["1", "k", "2", "1/k", "k+1"];

pub fn formula(text: &str) -> Expression {
    parse(text).expect("a formula of the table")
}

pub fn entry(random: &mut Random) -> Expression {
    formula(one_of(random, &ENTRIES))
}

/// Γ and Θ; Θ may be any function, one that is near, or R(Γ).
fn pair(random: &mut Random, large: bool) -> Option<(Family, Family)> {
    let (gamma, theta) = match large {
        false if random.chance(1, 2) => random.pick(&EXAMPLES).networks()?,
        _ => {
            let (d, m) = match large {
                true => (2, 4),
                false => (1 + random.below(2), 1 + random.below(3)),
            };
            let one = |random: &mut Random| -> Option<Family> {
                let neurons = (0..m).map(|_| {
                    let inner = (0..d).map(|_| entry(random)).collect();
                    Neuron::of(inner, vec![entry(random)])
                });
                Family::new(neurons.collect(), None).ok()
            };
            (one(random)?, one(random)?)
        }
    };
    let theta = match random.below(3) {
        0 => rewritten(random, &gamma)?,
        _ => rewritten(random, &theta)?,
    };
    if random.chance(1, 3) {
        return Some((gamma, changed(random, &theta)?));
    }
    Some((gamma, theta))
}

/// The same function: scaled, in another order.
fn rewritten(random: &mut Random, family: &Family) -> Option<Family> {
    let neurons = family.neurons().iter().map(|neuron| {
        let factor = formula(one_of(random, &FACTORS));
        let inverse = factor.inverse()?;
        let inner = neuron.inner().iter().map(|a| a.mul(&factor));
        let outer = neuron.outer().iter().map(|c| c.mul(&inverse));
        Some(Neuron::of(inner.collect(), outer.collect()))
    });
    let mut neurons = neurons.collect::<Option<Vec<_>>>()?;
    shuffle(random, &mut neurons);
    Family::new(neurons, None).ok()
}

/// One outer weight is another.
fn changed(random: &mut Random, family: &Family) -> Option<Family> {
    let mut neurons = family.neurons().to_vec();
    let change = entry(random);
    let neuron = pick_mut(random, &mut neurons);
    let mut outer = neuron.outer().to_vec();
    let weight = pick_mut(random, &mut outer);
    *weight = weight.add(&change);
    *neuron = neuron.with_outer(outer);
    Family::new(neurons, None).ok()
}

pub fn equal(random: &mut Random, large: bool) -> Option<String> {
    let (gamma, _) = pair(random, large)?;
    let theta = rewritten(random, &gamma)?;
    Some(
        prove_equal(&gamma, &theta, &Watch::none())
            .ok()?
            .certificate,
    )
}

pub fn jump_norm(random: &mut Random, large: bool) -> Option<String> {
    let (gamma, theta) = pair(random, large)?;
    let theta = random.chance(3, 4).then_some(theta);
    Some(
        prove_jump(&gamma, theta.as_ref(), &Watch::none())
            .ok()?
            .certificate,
    )
}

pub fn seminorm(random: &mut Random, large: bool) -> Option<String> {
    let (gamma, theta) = pair(random, large)?;
    let theta = random.chance(3, 4).then_some(theta);
    Some(
        prove_distance(&gamma, theta.as_ref(), &Watch::none())
            .ok()?
            .certificate,
    )
}

/// A number that the distance may exceed.
fn above(random: &mut Random) -> Option<Expression> {
    let all = ["0", "1/(k+1)", "1/2", "k-1"];
    random.chance(1, 3).then(|| formula(one_of(random, &all)))
}

pub fn separated(random: &mut Random, large: bool) -> Option<String> {
    let (mut gamma, theta) = pair(random, large)?;
    if random.chance(1, 6) && gamma.neurons().len() > 1 {
        // Sometimes Γ has too few neurons for the function.
        gamma = Family::new(gamma.neurons()[1..].to_vec(), None).ok()?;
    }
    let question = Question {
        above: above(random),
        ..Question::default()
    };
    Some(prove_separated(&gamma, &theta, &question).ok()?.certificate)
}

/// The largest are Example 2.4, six neurons: of larger random families a nearest parametrization is hardly ever found.
pub fn nearest(random: &mut Random, _: bool) -> Option<String> {
    let (gamma, theta) = pair(random, false)?;
    let question = Question {
        above: above(random),
        ..Question::default()
    };
    Some(prove_nearest(&gamma, &theta, &question).ok()?.certificate)
}

pub fn reparametrization(random: &mut Random, large: bool) -> Option<String> {
    let (gamma, theta) = pair(random, large)?;
    let phi = rewritten(random, &theta)?;
    Some(
        prove_reparametrization(&gamma, &theta, &phi, &Watch::none())
            .ok()?
            .certificate,
    )
}

/// A theorem with 2r or J, of Γ and a Θ that is Γ rewritten with an outer weight changed a little.
fn asked(random: &mut Random, which: Theorem, gamma: &Family, theta: &Family) -> Option<String> {
    let question = TheoremQuestion {
        form: Some(match random.chance(1, 2) {
            true => Form::Seminorm,
            false => Form::Jump,
        }),
        ..TheoremQuestion::of(which)
    };
    let found = theorem(gamma, theta, &question).ok()?;
    Some(found.proved?.certificate)
}

fn near(random: &mut Random) -> Option<(Family, Family)> {
    let (gamma, _) = pair(random, false)?;
    let theta = rewritten(random, &gamma)?;
    let theta = match random.chance(2, 3) {
        true => changed(random, &theta)?,
        false => theta,
    };
    Some((gamma, theta))
}

pub fn theorem31(random: &mut Random, _: bool) -> Option<String> {
    let (gamma, theta) = near(random)?;
    asked(random, Theorem::Main, &gamma, &theta)
}

pub fn refined31(random: &mut Random, _: bool) -> Option<String> {
    let (gamma, theta) = near(random)?;
    asked(random, Theorem::Refined, &gamma, &theta)
}

/// Γ in N*, and Θ in another order, with some neurons of another size or direction.
pub fn theorem33(random: &mut Random, _: bool) -> Option<String> {
    let (d, outputs) = (2 + random.below(2), 1 + random.below(2));
    let mut all = Vec::new();
    for _ in 0..1 + random.below(3) {
        all.push(in_n_star(random, d, outputs));
    }
    let gamma = Family::new(all.clone(), None).ok()?;
    for neuron in &mut all {
        match random.below(4) {
            0 => *neuron = in_n_star(random, d, outputs),
            1 => {
                let factor = formula(one_of(random, &["1+1/k", "2", "1/k", "k"]));
                let times = |row: &[Expression]| row.iter().map(|x| x.mul(&factor)).collect();
                *neuron = Neuron::of(times(neuron.inner()), times(neuron.outer()));
            }
            _ => {}
        }
    }
    shuffle(random, &mut all);
    asked(random, Theorem::Star, &gamma, &Family::new(all, None).ok()?)
}

/// A balanced neuron with positive inner weights.
fn in_n_star(random: &mut Random, d: usize, outputs: usize) -> Neuron {
    let size = formula(one_of(random, &FACTORS));
    let mut row = |length: usize, shares: &[&str], largest: &[&str]| {
        let shares = (0..length).map(|_| formula(one_of(random, shares)));
        let mut row: Vec<Expression> = shares.collect();
        *pick_mut(random, &mut row) = formula(one_of(random, largest));
        row.iter().map(|share| share.mul(&size)).collect()
    };
    let inner = row(d, &["1/2", "1/3", "1/(k+1)", "k/(k+1)"], &["1"]);
    Neuron::of(inner, row(outputs, &["0", "1/2", "-1/(2*k)"], &["1", "-1"]))
}

/// Example A.1, with other samples and radii.
pub fn local_minimum(random: &mut Random, _: bool) -> Option<String> {
    let row = |texts: &[&str]| texts.iter().map(|text| formula(text)).collect::<Vec<_>>();
    let gamma = Family::new(vec![Neuron::of(row(&["-1", "0"]), row(&["0"]))], None).ok()?;
    let sizes = ["1/k", "1/(k+1)", "1/2", "1"];
    let sample = [
        one_of(random, &sizes).to_owned(),
        format!("-{}", one_of(random, &sizes)),
    ];
    let samples = [
        (row(&["1/4", "1/2"]), row(&["0"])),
        (sample.iter().map(|x| formula(x)).collect(), row(&["1"])),
    ];
    let radius = formula(one_of(random, &["0", "1/2", "k/(k+1)", "1/(2*k)", "1/4"]));
    let proved = prove_local_minimum(&gamma, &samples, &radius, &Watch::none());
    Some(proved.ok()?.certificate)
}
