//! The facts that the steps of a proof have established, and whether those that a claim needs are among them.

use std::collections::BTreeSet;
use std::ops::Range;

use num_bigint::BigInt;
use num_traits::Signed as _;
use relucert_format::{ConditionName, Form, Formula, Holds, Side, Target};

use super::claims::Wanted;
use super::facts::{Apart, Fact, FactForAllK, name};
use super::kernel::budget::Budget;
use super::kernel::cost;
use super::kernel::function::Function;
use super::kernel::jumps::all_zero;
use super::kernel::number::Q;
use super::kernel::surd::Sum;
use super::kernel::verdict::{Stop, differ, equal, equal_shape, reject};
use super::scene::Scene;
use super::section::Section;

/// One fact a step, in order, and the sentences of all.
#[derive(Debug, Default)]
pub(crate) struct Established {
    facts: Vec<Fact>,
    sentences: BTreeSet<String>,
}

impl Established {
    pub(crate) fn push(&mut self, fact: Fact, limits: &Budget) -> Result<(), Stop> {
        if let Some(sentence) = fact.sentence() {
            limits.charge(cost::converted(sentence.len() as u64))?;
            limits.keep(sentence.len() as u64)?;
            self.sentences.insert(sentence);
        }
        self.facts.push(fact);
        Ok(())
    }

    /// Rejects if a fact that is wanted does not stand.
    pub(crate) fn check(&self, wanted: &Wanted, scene: &mut Scene) -> Result<(), Stop> {
        let limits = scene.limits;
        match wanted {
            Wanted::Is(fact) => {
                let sentence = fact.sentence().unwrap_or_default();
                limits.charge(cost::converted(sentence.len() as u64))?;
                match self.sentences.contains(&sentence) {
                    true => Ok(()),
                    false => reject(format!("no step shows {sentence}")),
                }
            }
            Wanted::AtMost(r) => self.at_most(r, scene),
            Wanted::SupNorm(value) => self.sup_norm(value, scene),
            Wanted::Cases { threshold, star } => self.cases(threshold, *star, scene),
            Wanted::Apart { value, in_n_star } => self.apart(value, *in_n_star, scene),
            Wanted::Regions => self.regions(scene),
            Wanted::Order { less, more, what } => match less.compare(more, limits)?.is_gt() {
                true => differ(
                    format!("it is not so that {what}"),
                    less,
                    format!("at most {more}"),
                ),
                false => Ok(()),
            },
            Wanted::Formula { stated, is, what } => match stated.compare(is, limits)?.is_eq() {
                true => Ok(()),
                false => differ(what, stated, is),
            },
            Wanted::Stated(true, _) => Ok(()),
            Wanted::Stated(false, problem) => reject(*problem),
        }
    }

    /// r ≤ upper: by one step for all entries of the Jacobian, or for every entry and its negative by one that is for it alone, or because it is so
    /// whatever the signs of the kinks. As entries are M + ½ Σ ±v_H, and where the difference is not affine the sum changes its sign with x, a step for
    /// the one of entry and negative that has M ≥ 0 is enough there.
    fn at_most(&self, upper: &Q, scene: &mut Scene) -> Result<(), Stop> {
        let (affine, limits) = (scene.affine(), scene.limits);
        let mut shown = BTreeSet::new();
        for fact in &self.facts {
            let Fact::AtMost(target, bound) = fact else {
                continue;
            };
            let compared = 2 * cost::product(bound.bits(), upper.bits());
            scene.limits.charge(compared)?;
            match target {
                _ if bound > upper => {}
                None => return Ok(()),
                Some(target) => {
                    shown.insert((target.output, target.input, target.negative));
                }
            }
        }
        let difference = scene.difference()?;
        let bound = difference.twice(upper);
        for output in 0..difference.outputs() {
            for input in 0..difference.columns {
                let target = Target {
                    output,
                    input,
                    negative: false,
                };
                // Whatever the signs, the entry is between M less this and M more than this.
                let (linear, gains) = difference.entry(&target, limits)?;
                let slack: BigInt = gains.iter().map(BigInt::abs).sum();
                for (negative, sign) in [(false, ""), (true, "the negative of ")] {
                    let shown = |negative| shown.contains(&(output, input, negative));
                    let linear = if negative { -&linear } else { linear.clone() };
                    let other = !affine && !linear.is_positive() && shown(!negative);
                    if !(shown(negative) || other || linear + &slack <= bound) {
                        return reject(format!(
                            "no step bounds {sign}entry ({output}, {input}) of the Jacobian by {upper}"
                        ));
                    }
                }
            }
        }
        Ok(())
    }

    /// Shown by one step; or reached, and neither an output nor its negative is larger.
    fn sup_norm(&self, value: &Q, scene: &mut Scene) -> Result<(), Stop> {
        let stands = |fact: Fact| {
            fact.sentence()
                .is_some_and(|it| self.sentences.contains(&it))
        };
        let limits = scene.limits;
        limits.charge(2 * cost::converted(value.bits()))?;
        if stands(Fact::SupNorm(value.clone())) {
            return Ok(());
        }
        if !stands(Fact::Reached(value.clone())) {
            return reject(format!(
                "no step shows the sup norm {value}, or that it is reached"
            ));
        }
        let mut below = BTreeSet::new();
        for fact in &self.facts {
            if let Fact::Below(output, negative, bound) = fact {
                limits.charge(2 * cost::product(bound.bits(), value.bits()))?;
                if bound <= value {
                    below.insert((*output, *negative));
                }
            }
        }
        for output in 0..scene.difference()?.outputs() {
            for (negative, sign) in [(false, ""), (true, "the negative of ")] {
                if !below.contains(&(output, negative)) {
                    return reject(format!(
                        "no step bounds {sign}output {output} on the box by {value}"
                    ));
                }
            }
        }
        Ok(())
    }

    /// A case for every neuron, all of one network.
    fn cases(&self, threshold: &Q, star: bool, scene: &Scene) -> Result<(), Stop> {
        let networks: BTreeSet<usize> = self
            .facts
            .iter()
            .filter_map(|fact| match fact {
                Fact::Holds(ConditionName::NoOppositePossible, false, at) if !star => Some(*at),
                Fact::Distance(_, at) if star => Some(*at),
                _ => None,
            })
            .collect();
        let mut missing = match star {
            false => "no step shows C.3".to_owned(),
            true => "no step shows that Φ is reached".to_owned(),
        };
        for at in networks {
            let all = self.facts.len() + scene.gamma.neurons.len();
            scene.limits.charge(cost::times(all, 2 * cost::ANY))?;
            let of_this = |fact: &Fact| match fact {
                Fact::Case(case)
                    if case.moves == at && case.star == star && case.threshold == *threshold =>
                {
                    Some(case.neuron)
                }
                _ => None,
            };
            let cased: BTreeSet<usize> = self.facts.iter().filter_map(of_this).collect();
            match (0..scene.gamma.neurons.len()).find(|neuron| !cased.contains(neuron)) {
                None => return Ok(()),
                Some(neuron) => {
                    let of = if star {
                        "Φ"
                    } else {
                        "the network that C.3 holds for"
                    };
                    missing = format!(
                        "no step shows the case of neuron {neuron} with the threshold {threshold} in {of}"
                    );
                }
            }
        }
        reject(missing)
    }

    /// A lower bound for all competitors, or one for each set that can be flipped, and for none flipped.
    fn apart(&self, value: &Sum, in_n_star: bool, scene: &Scene) -> Result<(), Stop> {
        let mut away: BTreeSet<(&[usize], usize)> = BTreeSet::new();
        for fact in &self.facts {
            if let Fact::Apart(Apart {
                flipped,
                in_n_star: only,
                value: found,
                moves,
            }) = fact
                && (in_n_star || !only)
                && found.compare(value, scene.limits)?.is_ge()
            {
                match flipped {
                    None => return Ok(()),
                    Some(set) => away.insert((set, *moves)),
                };
            }
        }
        let mut missing = format!("no step shows that every competitor is at least {value} away");
        for fact in &self.facts {
            if let Fact::Flips(sets, at) = fact {
                let mut all = std::iter::once(&[][..]).chain(sets.iter().map(Vec::as_slice));
                match all.find(|set| !away.contains(&(*set, *at))) {
                    None => return Ok(()),
                    Some(set) => {
                        missing =
                            format!("no step shows the distance {value} where {set:?} are flipped");
                    }
                }
            }
        }
        reject(missing)
    }

    /// Each of the needed regions has an inner point, and is closed, unless the number of regions shows that none is missing.
    fn regions(&self, scene: &Scene) -> Result<(), Stop> {
        let arrangement = scene.regions()?;
        let count = arrangement.stated();
        let (mut inside, mut around) = (vec![false; count], vec![false; count]);
        let fill = |shown: &mut [bool], range: &Range<usize>| {
            let part = shown.get_mut(range.clone());
            part.unwrap_or_default().fill(true);
        };
        for fact in &self.facts {
            match fact {
                Fact::Inside(range) => fill(&mut inside, range),
                Fact::Around(range) => fill(&mut around, range),
                Fact::Count(found) if *found == count => around.fill(true),
                _ => {}
            }
        }
        for (what, shown) in [("an inner point of", inside), ("what lies around", around)] {
            if let Some(r) = shown
                .iter()
                .take(arrangement.needed)
                .position(|shown| !shown)
            {
                return reject(format!("no step shows {what} region {r}"));
            }
        }
        Ok(())
    }
}

/// The facts of a section for all k of it establish what it says.
pub(crate) fn for_all_k(
    holds: &Holds,
    section: &Section,
    facts: &[FactForAllK],
) -> Result<(), Stop> {
    let limits = section.limits;
    // That a test declines is not that it fails.
    let has = |what: &str, test: &dyn Fn(&FactForAllK) -> Result<bool, Stop>| {
        for fact in facts {
            if test(fact)? {
                return Ok(());
            }
        }
        reject(format!("no step shows {what}"))
    };
    let same = |a: &Function, b: &Function| a.sub(b, limits)?.is_zero(limits);
    let reached = |fact: &FactForAllK| Ok(matches!(fact, FactForAllK::Distance));
    let equal_functions = || {
        has("that the functions are equal", &|fact| {
            Ok(matches!(fact, FactForAllK::Equal))
        })
    };
    let member = |side: Side| {
        has(&format!("that {} is in N*", name(side)), &|fact| {
            Ok(matches!(fact, FactForAllK::Member(of) if *of == side))
        })
    };
    let jump = |value: &Formula| {
        let value = section.number(value)?;
        has("the jump norm", &|fact| match fact {
            FactForAllK::JumpNorm(found) => same(found, &value),
            _ => Ok(false),
        })
    };
    let seminorm = |text: &Formula| {
        let value = section.number(text)?;
        has(&format!("r >= {text}"), &|fact| match fact {
            FactForAllK::AtLeast(found) => same(found, &value),
            _ => Ok(false),
        })?;
        has(&format!("r <= {text}"), &|fact| match fact {
            FactForAllK::AtMost(found) => same(found, &value),
            _ => Ok(false),
        })
    };
    match holds {
        Holds::Equal { .. } => equal_functions(),
        Holds::Lift { .. } => {
            equal_functions()?;
            member(Side::Phi)
        }
        Holds::Regions { .. } => has("that these are the regions", &|fact| {
            Ok(matches!(fact, FactForAllK::Regions))
        }),
        Holds::Flips { sets } => has("that these are the sets that can be flipped", &|fact| {
            Ok(matches!(fact, FactForAllK::Flips(found) if found == sets))
        }),
        Holds::Minimal { lower, upper, .. } => {
            equal_functions()?;
            for line in orientations(*lower, *upper, section)? {
                let out = line.map(|h| format!(" with kink {h} left out"));
                let what = format!("that no orientation fits{}", out.unwrap_or_default());
                has(&what, &|fact| {
                    Ok(matches!(fact, FactForAllK::NoOrientation(found) if *found == line))
                })?;
            }
            Ok(())
        }
        Holds::JumpNorm { value } => jump(value),
        Holds::Seminorm { value } => seminorm(value),
        Holds::SupNorm { value, .. } => {
            let value = section.number(value)?;
            has("the sup norm", &|fact| match fact {
                FactForAllK::SupNorm(found) => same(found, &value),
                _ => Ok(false),
            })
        }
        Holds::Separated { distance, above }
        | Holds::Nearest {
            distance, above, ..
        } => {
            let value = section.number(distance)?;
            let what = format!("that the distance is at least {distance}");
            let star = match holds {
                Holds::Nearest { among, .. } => !among.is_all(),
                _ => false,
            };
            has(&what, &|fact| match fact {
                FactForAllK::Apart(found, in_n_star) if star || !in_n_star => {
                    Ok(!found.sub(&value, limits)?.signs(limits)?.minus)
                }
                _ => Ok(false),
            })?;
            if matches!(holds, Holds::Nearest { .. }) {
                has("that Φ is at this distance", &reached)?;
            }
            if star {
                section.without_biases("N*")?;
                member(Side::Phi)?;
            }
            let Some(above) = above else { return Ok(()) };
            let margin = value.sub(&section.number(above)?, limits)?;
            has(&format!("that {distance} > {above}"), &|fact| match fact {
                FactForAllK::Positive(found) => same(found, &margin),
                _ => Ok(false),
            })
        }
        Holds::Theorem31(of) | Holds::Refined31(of) | Holds::Theorem33(of) => {
            section.without_biases("the theorem")?;
            let theta = section.theta()?;
            equal_shape("Θ", theta.shape(), section.gamma.shape())?;
            let star = section.is_star();
            if !star {
                equal("the number of outputs", theta.outputs, 1)?;
            }
            let value = section.number(&of.measure)?;
            let threshold = match of.form {
                Form::Seminorm => {
                    seminorm(&of.measure)?;
                    value.add(&value, limits)?
                }
                Form::Jump => {
                    jump(&of.measure)?;
                    value
                }
            };
            let beta = match &of.beta {
                Some(beta) if !star => section.number(beta)?,
                None if star => Function::zero(),
                _ => return reject("there is a β in Theorem 3.1, and none in Theorem 3.3"),
            };
            beta.at_least("β", &Function::zero(), limits)?;
            match holds {
                Holds::Theorem31(_) => {
                    has("C.1 to C.3 with this β and threshold", &|fact| match fact {
                        FactForAllK::Conditions(at, of) => {
                            Ok(same(at, &threshold)? && same(of, &beta)?)
                        }
                        _ => Ok(false),
                    })?;
                }
                Holds::Refined31(_) => {
                    let what = "C.2 and C.3 of live neurons with this β";
                    has(what, &|fact| match fact {
                        FactForAllK::LiveConditions(of) => same(of, &beta),
                        _ => Ok(false),
                    })?;
                }
                _ => [Side::Gamma, Side::Theta, Side::Phi]
                    .into_iter()
                    .try_for_each(member)?,
            }
            if !matches!(holds, Holds::Refined31(_)) {
                for neuron in 0..section.gamma.neurons.len() {
                    let what = format!("the case of neuron {neuron} with this threshold");
                    has(&what, &|fact| match fact {
                        FactForAllK::Case(of, at) => Ok(*of == neuron && same(at, &threshold)?),
                        _ => Ok(false),
                    })?;
                }
            }
            has("that Φ is at this distance", &reached)?;
            // β + √T, or 2√T.
            let square = match star {
                false => threshold,
                true => {
                    let twice = threshold.add(&threshold, limits)?;
                    twice.add(&twice, limits)?
                }
            };
            let distance = section.number(&of.distance)?;
            let Some(bound) = &of.bound else {
                // With a T that has roots itself: (distance − β)² ≤ T, where that is not clear from signs.
                let gap = distance.sub(&beta, limits)?;
                return match gap.signs(limits)?.plus {
                    false => Ok(()),
                    true => {
                        let gap = gap.mul(&gap, limits)?;
                        let what = "the threshold less the square of the distance less β";
                        square.at_least(what, &gap, limits).map(drop)
                    }
                };
            };
            let bound = section.number(bound)?;
            let root = bound.sub(&beta, limits)?;
            root.at_least("the bound less β", &Function::zero(), limits)?;
            if !same(&root.mul(&root, limits)?, &square)? {
                return reject("the bound is not β and the root of the threshold");
            }
            let what = "the bound less the distance";
            bound.at_least(what, &distance, limits).map(drop)
        }
        Holds::LocalMinimum { .. } => {
            section.without_biases("a local minimum")?;
            has("the minimum", &|fact| {
                Ok(matches!(fact, FactForAllK::LocalMinimum))
            })
        }
        Holds::Reparametrization { .. } => has("that Φ is at this distance", &reached),
    }
}

/// With which kinks left out no orientation may fit, for a least number of neurons between these ends, the upper one being that of Φ. As in the claim of numbers
/// h + 1 neurons and more are needed where none fits.
fn orientations(lower: usize, upper: usize, section: &Section) -> Result<Vec<Option<usize>>, Stop> {
    let (phi, limits) = (section.phi()?, section.limits);
    let neurons = section.movable(&phi);
    let none = match neurons {
        [neuron] => all_zero(&neuron.a, limits)? && all_zero(&neuron.c, limits)?,
        _ => false,
    };
    let found = if none && upper == 0 { 0 } else { neurons.len() };
    equal("upper end against the neurons of Φ", upper, found)?;
    let function = section.jumps(&section.gamma, None)?;
    function.distinct(limits)?;
    let kinks = function.kinks.len();
    if lower > upper || lower > kinks + 2 {
        return differ(
            "the lower end, against the upper one and 2 more than the kinks",
            lower,
            format!("at most {}", upper.min(kinks + 2)),
        );
    }
    let left_out = if lower > kinks + 1 { 0..kinks } else { 0..0 };
    let none = (lower > kinks).then_some(None);
    Ok(left_out.map(Some).chain(none).collect())
}
