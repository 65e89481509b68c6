//! The canonical form R(x) = M x + q + ½ Σ_H κ_H |⟨n_H,x⟩ + β_H| (N1), a complete invariant of the function.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::{One, Signed, Zero};
use sha2::{Digest as _, Sha256};

use crate::exact::Rational;
use crate::exact::dyads::Dyads;
use crate::exact::gcd::{lcm, product, reduced};
use crate::exact::rows::{clear_denominators, line, over};
use crate::exact::scalar::{Order, Scalar};
use crate::network::{Biased, Network, Neuron, Shallow, ShapeError, TwoLayer, check_point, dot};

/// One hyperplane ⟨n,x⟩ + β = 0 across which the gradient jumps by κ nᵀ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kink<S = Rational> {
    /// n, first non-zero entry 1.
    pub normal: Vec<S>,
    /// β; 0 in networks without biases.
    pub offset: S,
    /// κ ≠ 0, one entry an output.
    pub jump: Vec<S>,
}

/// The canonical form. Two networks are equal as functions on R^d iff their canonical forms are equal.
///
/// Over functions of k it is one for all k of a range; its hyperplanes are not sorted then, since functions of k are not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanonicalForm<S = Rational> {
    pub(crate) inputs: usize,
    /// M, one row an output.
    pub(crate) linear: Vec<Vec<S>>,
    /// q; zeros in networks without biases.
    pub(crate) constant: Vec<S>,
    /// By increasing (normal, offset).
    pub(crate) kinks: Vec<Kink<S>>,
}

/// Sums of integer rows, each with a rational weight, over one denominator.
struct WeightedSum {
    weights: Vec<(BigInt, BigInt)>,
    denominator: BigInt,
}

impl WeightedSum {
    /// Weights u_i/v_i with v_i > 0.
    fn new(weights: Vec<(BigInt, BigInt)>) -> Self {
        let denominator = weights
            .iter()
            .fold(BigInt::one(), |all, (_, v)| lcm(&all, v));
        WeightedSum {
            weights,
            denominator,
        }
    }

    /// The integer factor of row i: u_i·V/v_i.
    fn factor(&self, i: usize) -> BigInt {
        let (u, v) = &self.weights[i];
        u * (&self.denominator / v)
    }
}

impl<S: Scalar> CanonicalForm<S> {
    /// The number of inputs d.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// The number of outputs D.
    pub fn outputs(&self) -> usize {
        self.linear.len()
    }

    /// The linear part M, D rows of d numbers.
    pub fn linear(&self) -> &[Vec<S>] {
        &self.linear
    }

    /// The constant q, D numbers; 0 without biases.
    pub fn constant(&self) -> &[S] {
        &self.constant
    }

    /// The hyperplanes with κ ≠ 0; those of numbers by increasing (normal, offset).
    pub fn kinks(&self) -> &[Kink<S>] {
        &self.kinks
    }

    /// That of a network without dead and constant neurons over any numbers, but for the normals, which are those of the first neurons on their
    /// hyperplanes.
    pub(crate) fn of_live<O: Order<S>>(
        order: &mut O,
        network: &TwoLayer<S>,
    ) -> Result<Self, O::Undecided> {
        let half: S = Rational::new(1.into(), 2.into()).into();
        let (inputs, outputs) = (network.inputs, network.outputs);
        let mut form = CanonicalForm {
            inputs,
            linear: vec![vec![S::nil(); inputs]; outputs],
            constant: network
                .offset
                .clone()
                .unwrap_or_else(|| vec![S::nil(); outputs]),
            kinks: Vec::new(),
        };
        let rows: Vec<&[S]> = network.neurons.iter().map(Neuron::inner).collect();
        for group in order.parallel(&rows, true)? {
            let row = rows[group[0]];
            let mut jump = vec![S::nil(); outputs];
            for &i in &group {
                let factor = order.factor(rows[i], row)?;
                let size = order.size(&factor)?;
                for (output, c) in network.neurons[i].factors().iter().enumerate() {
                    jump[output] = jump[output].plus(&c.times(&size));
                    let c = c.times(&half);
                    for (sum, a) in form.linear[output].iter_mut().zip(rows[i]) {
                        *sum = sum.plus(&c.times(a));
                    }
                    if let Some(bias) = rows[i].get(inputs) {
                        let sum = &mut form.constant[output];
                        *sum = sum.plus(&c.times(bias));
                    }
                }
            }
            if !order.all_vanish(&jump)? {
                form.kinks.push(Kink {
                    normal: row[..inputs].to_vec(),
                    offset: row.get(inputs).cloned().unwrap_or_else(S::nil),
                    jump,
                });
            }
        }
        Ok(form)
    }
}

impl CanonicalForm {
    /// The canonical form of a shallow network, with or without biases; `None` for a deep one.
    ///
    /// Cost: that of [`of_shallow`](Self::of_shallow).
    pub fn of(network: &Network) -> Option<Self> {
        Self::with_activation(network, &Rational::zero())
    }

    /// The canonical form with the activation max(a·t, t), a ≥ 0, instead of ReLU (a = 0): since it is
    /// (1 + a)/2·t + |1 − a|/2·|t|, the linear part is multiplied by 1 + a and every κ by |1 − a| (F13). `None` for a deep network.
    pub fn with_activation(network: &Network, a: &Rational) -> Option<Self> {
        let (rows, offset) = match network {
            Network::Shallow(network) => (network, vec![Rational::zero(); network.outputs()]),
            Network::Biased(network) => (network.rows(), network.offset().to_vec()),
            Network::Deep(_) => return None,
        };
        Some(Self::of_rows(
            rows.neurons(),
            network.inputs(),
            network.outputs(),
            offset,
            a,
        ))
    }

    /// The canonical form of a network without biases.
    ///
    /// Cost, for m neurons, d inputs, D outputs: m·(d + D) greatest common divisors, m·d·D products over one common
    /// denominator, and a sort of the hyperplanes. The common denominator is as long as all those of the weights together in
    /// the worst case; weights that were floats share theirs.
    ///
    /// ```
    /// use relucert::exact::Rational;
    /// use relucert::network::{Neuron, Shallow};
    /// use relucert::realization::CanonicalForm;
    /// let q = |n: i64| Rational::from_integer(n.into());
    /// let neuron = |a: &[i64], c: i64| Neuron::rational(a.iter().map(|x| q(*x)).collect(), vec![q(c)]);
    /// // 3ρ(⟨(1,2),x⟩) − 3ρ(−⟨(1,2),x⟩) is linear.
    /// let net = Shallow::new(vec![neuron(&[1, 2], 3), neuron(&[-1, -2], -3)]).unwrap();
    /// let form = CanonicalForm::of_shallow(&net);
    /// assert!(form.kinks().is_empty());
    /// assert_eq!(form.linear(), [[q(3), q(6)]]);
    /// ```
    pub fn of_shallow(network: &Shallow) -> Self {
        let (inputs, outputs) = (network.inputs(), network.outputs());
        let zero = vec![Rational::zero(); outputs];
        Self::of_rows(network.neurons(), inputs, outputs, zero, &Rational::zero())
    }

    /// The canonical form of a network with biases.
    ///
    /// Cost: that of [`of_shallow`](Self::of_shallow) with d + 1 inputs.
    pub fn of_biased(network: &Biased) -> Self {
        let rows = network.rows();
        let (inputs, outputs) = (network.inputs(), network.outputs());
        Self::of_rows(
            rows.neurons(),
            inputs,
            outputs,
            network.offset().to_vec(),
            &Rational::zero(),
        )
    }

    /// Rows of `inputs` weights, possibly followed by a bias.
    fn of_rows(
        neurons: &[Neuron],
        inputs: usize,
        outputs: usize,
        mut constant: Vec<Rational>,
        a: &Rational,
    ) -> Self {
        let bend = (Rational::one() - a).abs();
        let mut groups: BTreeMap<Vec<BigInt>, Vec<Rational>> = BTreeMap::new();
        let (mut weights, mut inner_rows, mut outer_rows) = (Vec::new(), Vec::new(), Vec::new());
        for neuron in neurons {
            let inner = clear_denominators(neuron.inner());
            // The integer rows are at hand, for keys and for one denominator: `Order::lines` and products of rationals would cost twice as much.
            let Some(first) = inner.entries[..inputs].iter().find(|x| !x.is_zero()) else {
                // a_i = 0: the constant s·c·max(a·b, b).
                if let Some(bias) = neuron.inner().get(inputs) {
                    let value = bias.clone().max(a * bias) * neuron.scale();
                    for (sum, outer) in constant.iter_mut().zip(neuron.outer()) {
                        *sum += outer * &value;
                    }
                }
                continue;
            };
            let size = reduced(first.abs(), inner.denominator.clone());
            let size = product(&product(&size, neuron.scale()), &bend);
            let jump = groups
                .entry(line(&inner.entries).0)
                .or_insert_with(|| vec![Rational::zero(); outputs]);
            for (sum, outer) in jump.iter_mut().zip(neuron.outer()) {
                let change = product(&size, outer);
                if sum.is_zero() {
                    *sum = change;
                } else {
                    *sum += change;
                }
            }
            let outer = clear_denominators(neuron.outer());
            let slope = neuron.scale() * (Rational::one() + a);
            weights.push((
                slope.numer().clone(),
                slope.denom() * &inner.denominator * &outer.denominator,
            ));
            inner_rows.push(inner.entries);
            outer_rows.push(outer.entries);
        }
        // (1 + a)/2 Σ s c (a_i, b_i)ᵀ, over one denominator.
        let sum = WeightedSum::new(weights);
        let width = inner_rows.first().map_or(inputs, Vec::len);
        let zeros = vec![BigInt::zero(); width * outputs];
        let pairs = inner_rows.into_iter().zip(outer_rows).enumerate();
        let scaled = pairs.map(|(i, (inner, mut outer))| {
            let factor = sum.factor(i);
            outer.iter_mut().for_each(|c| *c *= &factor);
            (outer, inner)
        });
        let half = Dyads::new(zeros, scaled.collect()).sum(std::iter::repeat(true));
        let denominator: BigInt = sum.denominator * 2;
        let mut linear = Vec::with_capacity(outputs);
        for (l, constant) in constant.iter_mut().enumerate() {
            let mut row = over(&half[l * width..][..width], &denominator);
            if let Some(bias) = row.get(inputs) {
                *constant += bias;
            }
            row.truncate(inputs);
            linear.push(row);
        }
        let mut kinks: Vec<Kink> = groups
            .into_iter()
            .filter(|(_, jump)| jump.iter().any(|value| !value.is_zero()))
            .filter_map(|(key, jump)| Kink::from_integers(&key, inputs, jump))
            .collect();
        kinks.sort();
        CanonicalForm {
            inputs,
            linear,
            constant,
            kinks,
        }
    }

    /// self − other as functions; `None` if they have different numbers of inputs or outputs.
    ///
    /// Cost: one merge of the sorted kinks, and d·D differences.
    pub fn minus(&self, other: &Self) -> Option<Self> {
        if self.inputs != other.inputs || self.linear.len() != other.linear.len() {
            return None;
        }
        let less = |x: &[Rational], y: &[Rational]| -> Vec<Rational> {
            x.iter().zip(y).map(|(x, y)| x - y).collect()
        };
        let mut kinks: BTreeMap<(&Vec<Rational>, &Rational), Vec<Rational>> = BTreeMap::new();
        for kink in &self.kinks {
            kinks.insert((&kink.normal, &kink.offset), kink.jump.clone());
        }
        for kink in &other.kinks {
            let jump = kinks
                .entry((&kink.normal, &kink.offset))
                .or_insert_with(|| vec![Rational::zero(); kink.jump.len()]);
            *jump = less(jump, &kink.jump);
        }
        let kinks = kinks.into_iter();
        Some(CanonicalForm {
            inputs: self.inputs,
            linear: self
                .linear
                .iter()
                .zip(&other.linear)
                .map(|(x, y)| less(x, y))
                .collect(),
            constant: less(&self.constant, &other.constant),
            kinks: kinks
                .filter(|(_, jump)| jump.iter().any(|value| !value.is_zero()))
                .map(|((normal, offset), jump)| Kink {
                    normal: normal.clone(),
                    offset: offset.clone(),
                    jump,
                })
                .collect(),
        })
    }

    /// Hyperplanes for which `side` answers a side (true for +) become part of the linear part and the constant.
    pub(super) fn fold(&self, side: impl Fn(&Kink) -> Option<bool>) -> Self {
        let mut folded = CanonicalForm {
            kinks: Vec::new(),
            ..self.clone()
        };
        let half = Rational::new(1.into(), 2.into());
        for kink in &self.kinks {
            let Some(plus) = side(kink) else {
                folded.kinks.push(kink.clone());
                continue;
            };
            let half = if plus { half.clone() } else { -&half };
            let outputs = folded.linear.iter_mut().zip(&mut folded.constant);
            for ((row, constant), jump) in outputs.zip(&kink.jump) {
                let factor = jump * &half;
                *constant += &factor * &kink.offset;
                for (entry, n) in row.iter_mut().zip(&kink.normal) {
                    *entry += &factor * n;
                }
            }
        }
        folded
    }

    /// One output alone; `None` unless `output` is below D.
    pub fn output(&self, output: usize) -> Option<Self> {
        let (linear, constant) = (self.linear.get(output)?, self.constant.get(output)?);
        let kinks = self
            .kinks
            .iter()
            .filter(|kink| !kink.jump[output].is_zero());
        Some(CanonicalForm {
            inputs: self.inputs,
            linear: vec![linear.clone()],
            constant: vec![constant.clone()],
            kinks: kinks
                .map(|kink| Kink {
                    jump: vec![kink.jump[output].clone()],
                    ..kink.clone()
                })
                .collect(),
        })
    }

    /// SHA-256, in hexadecimal, of the form as text: a fingerprint of the function on R^d, equal for equal functions however they
    /// are parametrized.
    ///
    /// Cost: linear in that text, which has (h + D)·(d + D) numbers or fewer for h kinks.
    pub fn fingerprint(&self) -> String {
        use std::fmt::Write as _;
        let mut text = format!("relucert function/1 {} {}\n", self.inputs, self.outputs());
        let mut line = |name: &str, rows: &[&[Rational]]| {
            text.push_str(name);
            for value in rows.iter().copied().flatten() {
                // Writing to a String cannot fail.
                let _ = write!(text, " {value}");
            }
            text.push('\n');
        };
        for row in &self.linear {
            line("M", &[row]);
        }
        line("q", &[&self.constant]);
        for kink in &self.kinks {
            line(
                "H",
                &[&kink.normal, std::slice::from_ref(&kink.offset), &kink.jump],
            );
        }
        let digest = Sha256::digest(text.as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether the function is 0.
    pub fn is_zero(&self) -> bool {
        let constant = self.constant.iter();
        self.kinks.is_empty()
            && (self.linear.iter().flatten().chain(constant)).all(|value| value.is_zero())
    }

    /// The jump norm J = max_H ‖κ_H‖_∞·‖n_H‖_∞ (N10): the largest entry of a jump of the gradient, at most twice the seminorm.
    /// 0 without kinks.
    ///
    /// Cost: one product a kink.
    pub fn jump_norm(&self) -> Rational {
        let sizes = self.kinks.iter().map(Kink::size);
        sizes.max().unwrap_or_else(Rational::zero)
    }

    /// The value at a point.
    ///
    /// Cost: h·(d + D) + d·D products for h kinks.
    ///
    /// # Errors
    /// [`ShapeError`] if `x` has not d coordinates.
    pub fn eval(&self, x: &[Rational]) -> Result<Vec<Rational>, ShapeError> {
        check_point(x, self.inputs)?;
        Ok(self.value(x))
    }

    /// The value at a point of d coordinates.
    pub(super) fn value(&self, x: &[Rational]) -> Vec<Rational> {
        let mut value: Vec<Rational> = self.linear.iter().map(|row| dot(row, x)).collect();
        let two = Rational::from_integer(2.into());
        for kink in &self.kinks {
            let half = kink.value(x).abs() / &two;
            for (sum, jump) in value.iter_mut().zip(&kink.jump) {
                *sum += jump * &half;
            }
        }
        value
            .iter()
            .zip(&self.constant)
            .map(|(v, q)| v + q)
            .collect()
    }
}

impl Kink {
    /// From an integer row (normal, maybe offset) whose normal part is not zero.
    fn from_integers(row: &[BigInt], inputs: usize, jump: Vec<Rational>) -> Option<Self> {
        let first = row[..inputs].iter().find(|entry| !entry.is_zero())?.clone();
        let mut normal = over(row, &first);
        let offset = match normal.len() > inputs {
            true => normal.pop()?,
            false => Rational::zero(),
        };
        Some(Kink {
            normal,
            offset,
            jump,
        })
    }

    /// ⟨n,x⟩ + β.
    pub(super) fn value(&self, x: &[Rational]) -> Rational {
        dot(&self.normal, x) + &self.offset
    }

    /// ‖κ nᵀ‖_∞, the largest entry of the jump.
    pub fn size(&self) -> Rational {
        let largest = crate::network::largest;
        largest(&self.jump) * largest(&self.normal)
    }
}
