//! Family networks on one range of k, and the difference of two.

use super::number::Number;
use crate::limits::{Limits, hold};
use crate::verdict::{Locate as _, Stop, equal, reject};
use relucert_format::{FamilyNetwork, Formula, Range};

/// One neuron c ρ(⟨a,x⟩).
#[derive(Clone, Debug)]
pub(super) struct Neuron {
    pub(super) a: Vec<Number>,
    pub(super) c: Vec<Number>,
}

/// A network whose entries are functions of k on a range.
#[derive(Clone, Debug)]
pub(super) struct Network {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    pub(super) neurons: Vec<Neuron>,
}

/// Numbers as stated, on a range.
pub(super) fn row(row: &[Formula], range: Range, limits: &Limits) -> Result<Vec<Number>, Stop> {
    row.iter()
        .map(|text| Number::stated(text, range, limits))
        .collect()
}

impl Network {
    pub(super) fn stated(
        network: &FamilyNetwork,
        range: Range,
        limits: &Limits,
    ) -> Result<Network, Stop> {
        let FamilyNetwork {
            d,
            m,
            outputs,
            a,
            c,
        } = network;
        hold("neurons of a family", *m, limits.neurons, "neurons")?;
        if *d == 0 || *m == 0 || *outputs == 0 {
            return reject("a family has no inputs, neurons or outputs");
        }
        equal("rows of a against m", a.len(), *m)?;
        equal("rows of c against m", c.len(), *m)?;
        let mut neurons = Vec::with_capacity(a.len());
        for (i, (inner, outer)) in a.iter().zip(c).enumerate() {
            let part = || format!("neuron {i}");
            equal("length of a row of a against d", inner.len(), *d).in_part(part)?;
            equal("length of a row of c against D", outer.len(), *outputs).in_part(part)?;
            let a = row(inner, range, limits).in_part(part)?;
            let c = row(outer, range, limits).in_part(part)?;
            neurons.push(Neuron { a, c });
        }
        Ok(Network {
            inputs: *d,
            outputs: *outputs,
            neurons,
        })
    }

    pub(super) fn shape(&self) -> [usize; 3] {
        [self.inputs, self.neurons.len(), self.outputs]
    }
}

/// Whether every number is identically zero.
pub(super) fn all_zero(row: &[Number], limits: &Limits) -> Result<bool, Stop> {
    for number in row {
        if !number.is_zero(limits)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The sign of the first number that has one, everywhere the same and nowhere zero.
pub(super) fn some_definite(row: &[Number], limits: &Limits) -> Result<Option<bool>, Stop> {
    for number in row {
        if let Some(sign) = number.signs(limits)?.definite() {
            return Ok(Some(sign));
        }
    }
    Ok(None)
}

/// All 2 × 2 minors.
pub(super) fn minors(a: &[Number], b: &[Number], limits: &Limits) -> Result<Vec<Number>, Stop> {
    let mut minors = Vec::new();
    for (i, (x, y)) in a.iter().zip(b).enumerate() {
        for (z, w) in a.iter().zip(b).skip(i + 1) {
            minors.push(x.mul(w, limits)?.sub(&z.mul(y, limits)?, limits)?);
        }
    }
    Ok(minors)
}

/// Text for messages.
pub(super) fn shown(row: &[Number]) -> String {
    let texts: Vec<String> = row.iter().map(Number::to_string).collect();
    format!("({}), in t", texts.join(", "))
}

/// A kink: a_H, and J_H by rows.
#[derive(Clone, Debug)]
pub(super) struct Kink {
    pub(super) normal: Vec<Number>,
    pub(super) jump: Vec<Number>,
}

/// M x + ½ Σ_H J_H x sgn⟨a_H,x⟩.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    /// 2M by rows.
    pub(super) twice_linear: Vec<Number>,
    pub(super) kinks: Vec<Kink>,
}

impl Difference {
    pub(super) fn new(
        plus: &Network,
        minus: Option<&Network>,
        limits: &Limits,
    ) -> Result<Difference, Stop> {
        let mut twice_linear = vec![Number::zero(); plus.inputs * plus.outputs];
        let mut kinks: Vec<Kink> = Vec::new();
        let plus_neurons = plus.neurons.iter().map(|n| (n, false));
        let minus_neurons = minus.into_iter().flat_map(|network| &network.neurons);
        for (neuron, negate) in plus_neurons.chain(minus_neurons.map(|n| (n, true))) {
            if all_zero(&neuron.a, limits)? || all_zero(&neuron.c, limits)? {
                continue;
            }
            let mut jump = Vec::with_capacity(twice_linear.len());
            for c in &neuron.c {
                for a in &neuron.a {
                    let product = c.mul(a, limits)?;
                    jump.push(if negate { product.neg() } else { product });
                }
            }
            for (sum, entry) in twice_linear.iter_mut().zip(&jump) {
                *sum = sum.add(entry, limits)?;
            }
            let mut class = None;
            for kink in &mut kinks {
                if all_zero(&minors(&kink.normal, &neuron.a, limits)?, limits)? {
                    class = Some(kink);
                    break;
                }
            }
            let Some(kink) = class else {
                kinks.push(Kink {
                    normal: neuron.a.clone(),
                    jump,
                });
                continue;
            };
            let mut products = Vec::new();
            for (x, y) in kink.normal.iter().zip(&neuron.a) {
                products.push(x.mul(y, limits)?);
            }
            let Some(same) = some_definite(&products, limits)? else {
                return reject(format!(
                    "parallel neurons are not oriented alike for all k of the range: the products of entries are {}",
                    shown(&products)
                ));
            };
            for (sum, entry) in kink.jump.iter_mut().zip(&jump) {
                *sum = if same {
                    sum.add(entry, limits)?
                } else {
                    sum.sub(entry, limits)?
                };
            }
        }
        let mut kept = Vec::new();
        for kink in kinks {
            if all_zero(&kink.jump, limits)? {
                continue;
            }
            if some_definite(&kink.normal, limits)?.is_none() {
                return reject(format!(
                    "the normal of a kink may be 0: {}",
                    shown(&kink.normal)
                ));
            }
            kept.push(kink);
        }
        let (inputs, outputs) = (plus.inputs, plus.outputs);
        Ok(Difference {
            inputs,
            outputs,
            twice_linear,
            kinks: kept,
        })
    }

    /// The kinks are kinks at every k, on different hyperplanes.
    pub(super) fn distinct(&self, limits: &Limits) -> Result<(), Stop> {
        for (h, kink) in self.kinks.iter().enumerate() {
            if some_definite(&kink.jump, limits)?.is_none() {
                return reject(format!(
                    "kink {h} may vanish: its jump is {}",
                    shown(&kink.jump)
                ));
            }
            for (other, earlier) in self.kinks.iter().take(h).enumerate() {
                let minors = minors(&kink.normal, &earlier.normal, limits)?;
                if some_definite(&minors, limits)?.is_none() {
                    return reject(format!(
                        "kinks {other} and {h} may be parallel: the minors are {}",
                        shown(&minors)
                    ));
                }
            }
        }
        Ok(())
    }

    /// No kinks and no linear part.
    pub(super) fn vanishes(&self, limits: &Limits) -> Result<(), Stop> {
        if let Some(kink) = self.kinks.first() {
            return reject(format!(
                "the functions differ: there is a kink with normal {} and jump {}",
                shown(&kink.normal),
                shown(&kink.jump)
            ));
        }
        match all_zero(&self.twice_linear, limits)? {
            true => Ok(()),
            false => reject(format!(
                "the functions differ by a linear function: twice it is {}",
                shown(&self.twice_linear)
            )),
        }
    }
}
