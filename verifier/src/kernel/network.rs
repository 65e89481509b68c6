//! Networks as lists of neurons (s, c, a): inner weights √s·a, outer weights √s·c, contribution s·c·ρ(⟨a,x⟩).

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One as _, Signed as _, Zero as _};

use super::budget::{Budget, size};
use super::cost;
use super::number::{Q, integers, largest, longest};
use super::surd::Sum;
use super::verdict::{Stop, entry, equal, reject};
use relucert_format::{Part, StatedNetwork, Surd, common_divisor};

/// The ray of a non-zero vector: ± a primitive integer vector whose first non-zero entry is positive.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Direction {
    /// The hyperplane's normal as a primitive integer vector.
    pub(crate) line: Vec<BigInt>,
    /// Whether the vector points to the side of `line`.
    pub(crate) positive: bool,
}

/// One neuron. Its numbers are √s times rationals, so its contribution is rational.
#[derive(Clone, Debug)]
pub(crate) struct Neuron {
    /// Positive.
    pub(crate) s: Q,
    /// Outer weights without √s.
    pub(crate) c: Vec<Q>,
    /// Inner weights without √s.
    pub(crate) a: Vec<Q>,
    /// The ray of a; none where a = 0.
    pub(crate) direction: Option<Direction>,
    /// μ and 1/μ, which inner and outer weights are to be multiplied with besides.
    pub(crate) stretch: Option<Box<[Sum; 2]>>,
}

/// A shallow network without biases: of numbers, or of [functions of k](super::family).
#[derive(Clone, Debug)]
pub(crate) struct Network<N = Neuron> {
    /// The neurons; never empty.
    pub(crate) neurons: Vec<N>,
    /// Number of inputs.
    pub(crate) inputs: usize,
    /// Number of outputs.
    pub(crate) outputs: usize,
}

impl Direction {
    /// None for the zero vector.
    pub(crate) fn of(vector: &[Q], limits: &Budget) -> Result<Option<Direction>, Stop> {
        let mut line = integers(vector, limits)?;
        let positive = first(&line).is_positive();
        let mut divisor = BigInt::ZERO;
        for entry in &line {
            let bits = if divisor.is_zero() { 0 } else { entry.bits() };
            limits.charge(cost::divisor(bits.max(divisor.bits())))?;
            divisor = common_divisor(&divisor, entry);
            if divisor.is_one() {
                break; // The slow gcd is done with.
            }
        }
        if divisor.is_zero() {
            return Ok(None);
        }
        if !positive {
            divisor = -divisor;
        }
        let bits = line.iter().map(BigInt::bits).max().unwrap_or(0);
        limits.charge(cost::times(line.len(), cost::product(bits, divisor.bits())))?;
        line.iter_mut().for_each(|entry| *entry /= &divisor);
        Ok(Some(Direction { line, positive }))
    }
}

/// The first non-zero entry of a vector, or 0.
pub(crate) fn first(vector: &[BigInt]) -> &BigInt {
    static NONE: BigInt = BigInt::ZERO;
    vector
        .iter()
        .find(|entry| !entry.is_zero())
        .unwrap_or(&NONE)
}

impl Neuron {
    /// The neuron with these weights: all rational or rational multiples of one root, or else inner weights μ·a and outer weights c/μ with
    /// rational a and c.
    pub(crate) fn stated(
        inner: &[Surd],
        outer: &[Surd],
        i: usize,
        limits: &Budget,
    ) -> Result<Neuron, Stop> {
        let mut radicand = None;
        let rows = [inner, outer].map(|row| rationals(row, &mut radicand));
        if let [Some(a), Some(c)] = rows {
            let s = radicand.map_or_else(Q::one, Q::from);
            return Neuron::new(s, c, a, limits);
        }
        let (a, mu) = ray(inner, i, limits)?;
        let (mut c, nu) = ray(outer, i, limits)?;
        let one = || Sum::from(Q::one());
        let stretch = match (mu, nu) {
            (Some(mu), Some(nu)) => {
                let product = mu.mul(&nu, limits)?;
                let share = product.to_plain();
                let Some((share, inverse)) = share.and_then(|x| x.inverse().map(|y| (x, y))) else {
                    return reject(format!("neuron {i}: its contribution is not rational"));
                };
                for c in &mut c {
                    *c = &*c * share;
                    limits.check(c.bits())?;
                }
                // μν = share, so 1/μ = ν/share.
                [mu, nu.mul(&Sum::from(inverse), limits)?]
            }
            (mu, nu) => [mu.unwrap_or_else(one), nu.unwrap_or_else(one)],
        };
        let mut neuron = Neuron::new(Q::one(), c, a, limits)?;
        neuron.stretch = Some(Box::new(stretch));
        Ok(neuron)
    }

    pub(crate) fn new(s: Q, c: Vec<Q>, a: Vec<Q>, limits: &Budget) -> Result<Neuron, Stop> {
        let direction = Direction::of(&a, limits)?;
        Ok(Neuron {
            s,
            c,
            a,
            direction,
            stretch: None,
        })
    }

    /// a = 0 and c = 0, with so many inputs and outputs.
    pub(crate) fn zero(inputs: usize, outputs: usize) -> Neuron {
        Neuron {
            s: Q::one(),
            c: vec![Q::zero(); outputs],
            a: vec![Q::zero(); inputs],
            direction: None,
            stretch: None,
        }
    }

    /// Whether a = 0 and c = 0.
    pub(crate) fn is_zero(&self) -> bool {
        self.direction.is_none() && self.c.iter().all(Q::is_zero)
    }

    /// Whether c ≠ 0 and the first `columns` entries of a are not all 0.
    pub(crate) fn is_live(&self, columns: usize) -> bool {
        self.a.iter().take(columns).any(|a| !a.is_zero()) && self.c.iter().any(|c| !c.is_zero())
    }

    /// s·λ·c where a = λ·line, so that the neuron jumps by this times lineᵀ; the sign of λ apart.
    pub(crate) fn weight(&self) -> Vec<Q> {
        let scale = self.scale();
        self.c.iter().map(|c| c * &scale).collect()
    }

    /// ⟨a,x⟩ without √s; a bias comes after the weights, and is there where points are shorter.
    pub(crate) fn at(&self, point: &[Q], limits: &Budget) -> Result<Q, Stop> {
        let mut sum = Q::zero();
        for (a, x) in self.a.iter().zip(point.iter().chain([&Q::one()])) {
            let product = a * x;
            limits.check(product.bits())?;
            sum = &sum + &product;
            limits.check(sum.bits())?;
        }
        Ok(sum)
    }

    /// A real inner or outer weight, of one without √s.
    pub(crate) fn real(&self, part: Part, weight: &Q, limits: &Budget) -> Result<Sum, Stop> {
        let weight = match self.s.is_one() {
            true => Sum::of(weight.clone()),
            false => Sum::zero().plus_root(weight, &self.s, limits)?,
        };
        match (self.stretch.as_deref(), part) {
            (None, _) => Ok(weight),
            (Some([inner, _]), Part::Inner) => weight.mul(inner, limits),
            (Some([_, outer]), Part::Outer) => weight.mul(outer, limits),
        }
    }

    /// The real inner or outer weights.
    pub(crate) fn weights(
        &self,
        part: Part,
        limits: &Budget,
    ) -> impl Iterator<Item = Result<Sum, Stop>> {
        let weights = self.part(part).iter();
        weights.map(move |weight| self.real(part, weight, limits))
    }

    /// Outer or inner weights without √s.
    pub(crate) fn part(&self, part: Part) -> &[Q] {
        match part {
            Part::Inner => &self.a,
            Part::Outer => &self.c,
        }
    }

    /// s·λ, where a = ±λ·line and λ > 0, so that the neuron is s λ c ρ(⟨±line,x⟩); 0 if a = 0.
    pub(crate) fn scale(&self) -> Q {
        let line = self.direction.iter().flat_map(|direction| &direction.line);
        let ratio = |(entry, unit): (&Q, &BigInt)| {
            let unit = Q::from(unit.clone()).inverse()?;
            Some(&self.s * &(entry * &unit).abs())
        };
        self.a
            .iter()
            .zip(line)
            .find_map(ratio)
            .unwrap_or_else(Q::zero)
    }

    /// ‖c‖_∞·‖a‖_∞ of the real weights, which is rational.
    pub(crate) fn size(&self) -> Q {
        &self.s * &(&largest(&self.c) * &largest(&self.a))
    }

    /// The largest weight without √s.
    pub(crate) fn largest_part(&self) -> Q {
        largest(&self.c).max(largest(&self.a))
    }

    /// The largest weight, max(‖c‖_∞, ‖a‖_∞).
    pub(crate) fn largest_weight(&self, limits: &Budget) -> Result<Sum, Stop> {
        Sum::zero().plus_root(&self.largest_part(), &self.s, limits)
    }

    /// Bytes it takes.
    pub(crate) fn memory(&self) -> u64 {
        let line = self.direction.iter().flat_map(|direction| &direction.line);
        let line = line.map(|entry| 64 + entry.bits() / 8).sum::<u64>();
        let stretch = self.stretch.iter().flat_map(|pair| pair.iter());
        let stretch = stretch.map(Sum::memory).sum::<u64>();
        let numbers = self.a.len() + self.c.len() + 2;
        line + stretch
            + size(
                numbers,
                longest(self.a.iter().chain(&self.c).chain([&self.s])),
            )
    }
}

impl<N> Network<N> {
    /// Neuron i, or a rejection.
    pub(crate) fn neuron(&self, i: usize) -> Result<&N, Stop> {
        entry(&self.neurons, i, "neuron")
    }

    /// Numbers of inputs, neurons and outputs.
    pub(crate) fn shape(&self) -> [usize; 3] {
        [self.inputs, self.neurons.len(), self.outputs]
    }
}

impl Network {
    /// Limb operations to look at every number once, and to multiply it by one of so many bits.
    pub(crate) fn work(&self, bits: u64) -> u64 {
        let numbers = self.neurons.iter().flat_map(|n| n.a.iter().chain(&n.c));
        numbers
            .map(|number| cost::product(number.bits(), bits))
            .fold(cost::ANY, u64::saturating_add)
    }

    /// The direction of every neuron whose a is not 0, with the neuron's index.
    pub(crate) fn directions(&self) -> impl Iterator<Item = (usize, &Direction)> {
        let all = self.neurons.iter().enumerate();
        all.filter_map(|(i, neuron)| Some((i, neuron.direction.as_ref()?)))
    }

    /// The same function with one root a neuron: a positive rescaling of every stretched one.
    pub(crate) fn unstretched(&self) -> Network {
        let mut network = self.clone();
        for neuron in &mut network.neurons {
            neuron.stretch = None;
        }
        network
    }

    /// Rejects neurons with sums of square roots, where a claim speaks of sizes.
    pub(crate) fn check_one_root(&self, name: &str) -> Result<(), Stop> {
        match self.neurons.iter().position(|n| n.stretch.is_some()) {
            Some(i) => reject(format!(
                "neuron {i} of {name} has sums of square roots: this claim speaks of one root a neuron"
            )),
            None => Ok(()),
        }
    }

    /// This network at (x, 1, −1) (Lemma A.6), homogenised, with as many inputs as Θ.
    pub(crate) fn lowered(&self, theta: &Network, limits: &Budget) -> Result<Network, Stop> {
        let mut neurons = Vec::with_capacity(self.neurons.len() + 1);
        for neuron in &self.neurons {
            let mut a = neuron.a.clone();
            let (last, first) = (a.pop(), a.pop());
            let (last, first) = (last.unwrap_or_else(Q::zero), first.unwrap_or_else(Q::zero));
            a.push(&first - &last);
            neurons.push(Neuron::new(neuron.s.clone(), neuron.c.clone(), a, limits)?);
        }
        // The last neuron is the output bias.
        neurons.push(Neuron::zero(theta.inputs, theta.outputs));
        Ok(Network {
            neurons,
            inputs: theta.inputs,
            outputs: theta.outputs,
        })
    }

    /// The network of the statement; with (x, 1) as input and the output bias as one more neuron if `homogenised`.
    pub(crate) fn stated(
        stated: &StatedNetwork,
        homogenised: bool,
        limits: &Budget,
    ) -> Result<Network, Stop> {
        // A Jacobian takes more room than its network where both sides are long.
        limits.room(stated.d.saturating_mul(stated.outputs), 64)?;
        check_shape(stated)?;
        let (mut inputs, outputs) = (stated.d, stated.outputs);
        let mut neurons = Vec::with_capacity(stated.m);
        for (i, (a, c)) in stated.a.iter().zip(&stated.c).enumerate() {
            limits.charge(cost::times(a.len() + c.len() + 1, 8 * cost::ANY))?;
            let mut a = a.clone();
            match stated.b.as_ref().and_then(|b| b.get(i)) {
                Some(bias) => a.push(bias.clone()),
                None if homogenised => a.push(Surd::from(BigRational::zero())),
                None => {}
            }
            let neuron = Neuron::stated(&a, c, i, limits)?;
            // The steps rewrite a copy.
            limits.keep(2 * neuron.memory())?;
            neurons.push(neuron);
        }
        if homogenised {
            let mut a = vec![Q::zero(); inputs];
            a.push(Q::one());
            let c = match &stated.e {
                Some(e) => e.iter().map(Q::from).collect(),
                None => vec![Q::zero(); outputs],
            };
            neurons.push(Neuron::new(Q::one(), c, a, limits)?);
            inputs += 1;
        }
        Ok(Network {
            neurons,
            inputs,
            outputs,
        })
    }
}

/// Rejects a network of the wrong shape, and declines numbers that are too long. Its weights may be any sums of square roots.
pub(crate) fn check_stated(stated: &StatedNetwork, limits: &Budget) -> Result<(), Stop> {
    check_shape(stated)?;
    for number in stated.a.iter().chain(&stated.c).flatten() {
        limits.charge(8 * cost::ANY)?;
        Sum::stated(number, limits)?;
    }
    Ok(())
}

/// x·√s, for messages.
pub(crate) fn weight_text(x: &Q, s: &Q) -> String {
    match s.is_one() || x.is_zero() {
        true => x.to_string(),
        false => format!("{x}*sqrt({s})"),
    }
}

fn check_shape(stated: &StatedNetwork) -> Result<(), Stop> {
    let StatedNetwork { d, m, outputs, .. } = *stated;
    if d == 0 || m == 0 || outputs == 0 {
        return reject("d, m and D must be at least 1");
    }
    for (name, rows, width) in [("a", &stated.a, d), ("c", &stated.c, outputs)] {
        equal(format!("rows of {name}"), rows.len(), m)?;
        for (i, row) in rows.iter().enumerate() {
            equal(format!("length of row {i} of {name}"), row.len(), width)?;
        }
    }
    match (&stated.b, &stated.e) {
        (None, None) => Ok(()),
        (Some(b), Some(e)) => {
            equal("length of b", b.len(), m)?;
            equal("length of e", e.len(), outputs)
        }
        _ => reject("b and e must both be there or both be absent"),
    }
}

/// Takes the common root out of numbers of a neuron: 1, or the one radicand that all of its non-zero numbers share, if they do.
fn rationals(row: &[Surd], common: &mut Option<BigInt>) -> Option<Vec<Q>> {
    let mut rationals = Vec::with_capacity(row.len());
    for number in row {
        let (value, radicand) = match number.terms.as_slice() {
            [] => (&number.rational, BigInt::from(1)),
            [(coefficient, radicand)] if number.rational.is_zero() => {
                (coefficient, radicand.clone())
            }
            _ => return None,
        };
        if !value.is_zero() && *common.get_or_insert_with(|| radicand.clone()) != radicand {
            return None;
        }
        rationals.push(Q::from(value));
    }
    Some(rationals)
}

/// row = factor·rational row with factor > 0, the size of the first weight that is not 0; none for the zero row. With w = q·v, w·v = q·v², and
/// the rational part of v² is not 0.
fn ray(row: &[Surd], i: usize, limits: &Budget) -> Result<(Vec<Q>, Option<Sum>), Stop> {
    let row = row.iter().map(|weight| Sum::stated(weight, limits));
    let row: Vec<Sum> = row.collect::<Result<_, Stop>>()?;
    let mut factor = Sum::zero();
    for weight in &row {
        factor = match weight.sign(limits)? {
            Ordering::Equal => continue,
            Ordering::Less => weight.neg(),
            Ordering::Greater => weight.clone(),
        };
        break;
    }
    let Some(square) = factor.mul(&factor, limits)?.plain.inverse() else {
        return Ok((vec![Q::zero(); row.len()], None));
    };
    let mut rationals = Vec::with_capacity(row.len());
    for weight in row {
        let quotient = &weight.mul(&factor, limits)?.plain * &square;
        limits.check(quotient.bits())?;
        let multiple = factor.mul(&Sum::from(quotient.clone()), limits)?;
        if weight.compare(&multiple, limits)?.is_ne() {
            return reject(format!(
                "neuron {i}: {weight} is no rational multiple of {factor}, an other weight of the same row"
            ));
        }
        rationals.push(quotient);
    }
    Ok((rationals, Some(factor)))
}
