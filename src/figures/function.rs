//! One output of a network, as what figures are drawn of: positively homogeneous in the coordinates of cones. The last coordinate is 1 on the line or
//! plane that is drawn; on the sphere all of them are inputs.

use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::{One as _, Signed as _, Zero as _};

use super::cone::{Cut, Ray, cut};
use super::refused::NotDrawn;
use super::told::Neurons;
use crate::exact::Rational;
use crate::exact::gcd::gcd_all;
use crate::exact::rows::{clear_denominators, over};
use crate::network::{Deep, Network};
use crate::realization::CanonicalForm;
use crate::watch::Watch;

/// Linear forms over a common denominator, which is positive.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Forms {
    rows: Vec<Vec<BigInt>>,
    denominator: BigInt,
}

/// Rows over the values before and 1, all over one denominator.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Layer {
    rows: Vec<Vec<BigInt>>,
    denominator: BigInt,
    /// So many of its last rows go on without ρ.
    through: usize,
}

/// Which inputs vary, and what the others are.
#[derive(Clone, Debug)]
pub(super) enum Seen<'a> {
    /// All of them: on the plane or line whose points are (x, 1).
    All,
    /// Two, through a point.
    Slice(&'a [usize; 2], &'a [Rational]),
    /// All of them, as coordinates of the sphere: the function must have no biases.
    Directions,
}

/// One output of a function of few variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Function {
    inputs: Forms,
    /// What is constant; 0 where there are only directions.
    one: Vec<BigInt>,
    layers: Vec<Layer>,
    /// Whether its one hidden layer is of kinks.
    kinks: bool,
}

/// A cone on which the function is linear, with the sides of all neurons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) rays: Vec<Ray>,
    /// One sign a neuron, first layer first.
    pub(super) signs: String,
    /// The function's form there.
    pub(super) form: Vec<Rational>,
}

/// What is cut: a cone with the signs so far, and the values of the layer on it.
struct Part {
    rays: Vec<Ray>,
    signs: String,
    values: Arc<Forms>,
}

/// More pieces are refused.
pub(super) const MOST_PIECES: usize = 20_000;

impl Function {
    /// Of a network: one with two layers by its kinks, any other one by its neurons.
    pub(super) fn of(network: &Network, output: usize, seen: &Seen<'_>) -> Result<Self, NotDrawn> {
        if output >= network.outputs() {
            return Err(NotDrawn::Output(output, network.outputs()));
        }
        match (CanonicalForm::of(network), network) {
            (Some(form), _) => Function::shallow(&form, output, seen),
            (None, Network::Deep(network)) => Function::deep(network, output, seen),
            (None, _) => unreachable!("shallow networks have canonical forms"),
        }
    }

    /// ½ κ |t| = κ ρ(t) − ½ κ t for every kink.
    fn shallow(form: &CanonicalForm, output: usize, seen: &Seen<'_>) -> Result<Self, NotDrawn> {
        let half = Rational::new(1.into(), 2.into());
        let mut straight = form.linear()[output].clone();
        straight.push(form.constant()[output].clone());
        let mut hidden = Vec::new();
        let mut last = Vec::new();
        for kink in form.kinks() {
            let row: Vec<Rational> = kink.normal.iter().chain([&kink.offset]).cloned().collect();
            let share = &kink.jump[output] * &half;
            for (sum, x) in straight.iter_mut().zip(&row) {
                *sum -= &share * x;
            }
            hidden.push(row);
            last.push(kink.jump[output].clone());
        }
        hidden.push(straight);
        last.extend([Rational::one(), Rational::zero()]);
        let layers = vec![Layer::new(&hidden, 1), Layer::new(&[last], 1)];
        let kinks = true;
        Ok(Function {
            kinks,
            ..Function::new(layers, form.inputs(), seen)?
        })
    }

    fn deep(network: &Deep, output: usize, seen: &Seen<'_>) -> Result<Self, NotDrawn> {
        let last = network.layers().len() - 1;
        let layers = network.layers().iter().enumerate().map(|(l, layer)| {
            let rows = layer.weights.iter().zip(&layer.biases);
            let rows = rows.map(|(row, bias)| row.iter().chain([bias]).cloned().collect());
            let rows: Vec<Vec<Rational>> = rows.collect();
            match l == last {
                true => Layer::new(&rows[output..=output], 1),
                false => Layer::new(&rows, 0),
            }
        });
        Function::new(layers.collect(), network.inputs(), seen)
    }

    fn new(layers: Vec<Layer>, inputs: usize, seen: &Seen<'_>) -> Result<Self, NotDrawn> {
        let unit = |place: usize, count: usize| -> Vec<Rational> {
            let mut unit = vec![Rational::zero(); count];
            unit[place] = Rational::one();
            unit
        };
        let biased = |layer: &Layer| {
            let biases = layer.rows.iter().map(|row| row.last());
            biases.flatten().any(|bias| !bias.is_zero())
        };
        let (rows, one): (Vec<Vec<Rational>>, _) = match seen {
            Seen::Directions if layers.iter().any(biased) => return Err(NotDrawn::Biases(inputs)),
            Seen::Directions => {
                let rows = (0..inputs).map(|i| unit(i, inputs)).collect();
                (rows, vec![BigInt::zero(); inputs])
            }
            Seen::All => {
                let rows = (0..inputs).map(|i| unit(i, inputs + 1)).collect();
                let mut one = vec![BigInt::zero(); inputs + 1];
                one[inputs] = BigInt::one();
                (rows, one)
            }
            Seen::Slice(axes, at) => {
                if axes[0] == axes[1] || axes.iter().any(|axis| *axis >= inputs) {
                    return Err(NotDrawn::Axes(axes[0], axes[1], inputs));
                }
                if at.len() != inputs {
                    return Err(NotDrawn::Point(at.len(), inputs));
                }
                let row = |i: usize| match axes.iter().position(|axis| *axis == i) {
                    Some(place) => unit(place, 3),
                    None => vec![Rational::zero(), Rational::zero(), at[i].clone()],
                };
                let one = vec![BigInt::zero(), BigInt::zero(), BigInt::one()];
                ((0..inputs).map(row).collect(), one)
            }
        };
        Ok(Function {
            inputs: Forms::of(&rows),
            one,
            layers,
            kinks: false,
        })
    }

    /// What goes into the neurons of the first layer.
    pub(super) fn first(&self) -> Vec<Vec<BigInt>> {
        match self.layers.split_last() {
            Some((_, [first, ..])) => {
                let mut rows = first.on(&self.inputs, &self.one).rows;
                rows.truncate(first.rows.len() - first.through);
                rows
            }
            _ => Vec::new(),
        }
    }

    /// What each sign is of.
    pub(super) fn neurons(&self) -> Neurons {
        let layers = self.layers.split_last().map_or(&[][..], |(_, all)| all);
        let neurons = layers.iter().enumerate();
        let neurons =
            neurons.map(|(l, layer)| (0..layer.rows.len() - layer.through).map(move |i| [l, i]));
        Neurons {
            all: neurons.flatten().collect(),
            word: if self.kinks { "kinks" } else { "neurons" },
            deep: layers.len() > 1,
        }
    }

    /// The pieces within cones, cut neuron by neuron, layer by layer, exactly. Of two parts of a cut the one further along `view` comes first, and
    /// so do its pieces.
    ///
    /// Cost: for every piece, on the way there, a product a weight, and one a neuron, ray and coordinate.
    pub(super) fn pieces(
        &self,
        cones: Vec<Vec<Ray>>,
        view: &[BigInt],
        watch: &Watch,
    ) -> Result<Vec<Piece>, NotDrawn> {
        let inputs = Arc::new(self.inputs.clone());
        let part = |rays| Part {
            rays,
            signs: String::new(),
            values: Arc::clone(&inputs),
        };
        let mut parts: Vec<Part> = cones.into_iter().map(part).collect();
        let Some((last, hidden)) = self.layers.split_last() else {
            return Ok(Vec::new());
        };
        for layer in hidden {
            let mut next: Vec<Part> = Vec::with_capacity(parts.len());
            // Parts of one cone of the layer before have the same values.
            let mut known: Option<(Arc<Forms>, Forms)> = None;
            for part in parts {
                watch.check().map_err(NotDrawn::Stopped)?;
                let values = match known.take() {
                    Some((of, values)) if Arc::ptr_eq(&of, &part.values) => values,
                    _ => layer.on(&part.values, &self.one),
                };
                layer.split(part.rays, &part.signs, &values, view, &mut next, watch)?;
                known = Some((part.values, values));
            }
            parts = next;
        }
        let piece = |part: Part| {
            let forms = last.on(&part.values, &self.one);
            Piece {
                form: over(&forms.rows[0], &forms.denominator),
                rays: part.rays,
                signs: part.signs,
            }
        };
        Ok(parts.into_iter().map(piece).collect())
    }
}

impl Forms {
    fn of(rows: &[Vec<Rational>]) -> Self {
        let all = clear_denominators(&rows.concat());
        let width = rows.first().map_or(1, Vec::len);
        Forms {
            rows: all.entries.chunks(width).map(<[_]>::to_vec).collect(),
            denominator: all.denominator,
        }
    }

    /// Without what numerators and denominator have in common.
    fn reduced(mut self) -> Self {
        let all = std::iter::once(&self.denominator).chain(self.rows.iter().flatten());
        let common = gcd_all(all);
        if !common.is_one() {
            for x in self.rows.iter_mut().flatten() {
                *x /= &common;
            }
            self.denominator /= common;
        }
        self
    }
}

impl Layer {
    fn new(rows: &[Vec<Rational>], through: usize) -> Self {
        let Forms { rows, denominator } = Forms::of(rows);
        Layer {
            rows,
            denominator,
            through,
        }
    }

    /// Its forms, where the values it reads have these.
    fn on(&self, values: &Forms, one: &[BigInt]) -> Forms {
        let row = |weights: &Vec<BigInt>| {
            let mut sum = vec![BigInt::zero(); one.len()];
            let read = weights.iter().zip(&values.rows);
            for (weight, value) in read.filter(|(weight, _)| !weight.is_zero()) {
                for (sum, x) in sum.iter_mut().zip(value).filter(|(_, x)| !x.is_zero()) {
                    *sum += weight * x;
                }
            }
            if let Some(bias) = weights.last().filter(|bias| !bias.is_zero()) {
                let bias = bias * &values.denominator;
                for (sum, x) in sum.iter_mut().zip(one).filter(|(_, x)| !x.is_zero()) {
                    *sum += &bias * x;
                }
            }
            sum
        };
        let forms = Forms {
            rows: self.rows.iter().map(row).collect(),
            denominator: &self.denominator * &values.denominator,
        };
        forms.reduced()
    }

    /// Cuts a cone by all neurons, whose forms on it are these.
    fn split(
        &self,
        rays: Vec<Ray>,
        signs: &str,
        forms: &Forms,
        view: &[BigInt],
        next: &mut Vec<Part>,
        watch: &Watch,
    ) -> Result<(), NotDrawn> {
        let neurons = forms.rows.len() - self.through;
        let mut pieces = vec![(rays, String::new())];
        for form in &forms.rows[..neurons] {
            let mut after = Vec::with_capacity(pieces.len() + 8);
            let behind: BigInt = form.iter().zip(view).map(|(f, x)| f * x).sum();
            for (rays, own) in pieces {
                match cut(&rays, form) {
                    Cut::Whole(sign) => after.push((rays, format!("{own}{sign}"))),
                    Cut::Parts { plus, minus } => {
                        let both = [(plus, format!("{own}+")), (minus, format!("{own}-"))];
                        match behind.is_negative() {
                            true => after.extend(both.into_iter().rev()),
                            false => after.extend(both),
                        }
                    }
                }
            }
            if next.len() + after.len() > MOST_PIECES {
                return Err(NotDrawn::Cells(MOST_PIECES));
            }
            watch.check().map_err(NotDrawn::Stopped)?;
            pieces = after;
        }
        for (rays, own) in pieces {
            let active = own.chars().chain(std::iter::repeat_n('+', self.through));
            let rows = forms
                .rows
                .iter()
                .zip(active)
                .map(|(form, sign)| match sign {
                    '+' => form.clone(),
                    _ => vec![BigInt::zero(); form.len()],
                });
            next.push(Part {
                rays,
                signs: format!("{signs}{own}"),
                values: Arc::new(Forms {
                    rows: rows.collect(),
                    denominator: forms.denominator.clone(),
                }),
            });
        }
        Ok(())
    }
}
