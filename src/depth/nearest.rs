//! Near one network of any depth: another one's neurons in another order and rescaled, layer by layer, exactly.

use num_bigint::BigInt;
use num_traits::{One as _, Signed as _, ToPrimitive as _, Zero as _};

use super::canonical::{Canonical, canonical};
use super::rewriting::times;
use crate::exact::{Rational, Surd};
use crate::nearest::{place, rows_apart};
use crate::network::{Deep, Layer, Neuron, ShapeError, largest};
use crate::watch::{Stop, Watch};

/// Φ, and how far it is from Γ.
#[derive(Clone, Debug)]
pub struct DeepNearest {
    /// Θ with its hidden neurons in another order and rescaled; neurons that contribute nothing have other weights.
    pub phi: Deep,
    /// For every place of every hidden layer of Φ the neuron of Θ that is there, with the factor of its row; `None` where it contributes nothing, and
    /// may be any.
    pub places: Vec<Vec<Place>>,
    /// ‖Φ − Γ‖_∞.
    pub distance: Rational,
    /// The same of Θ as it is.
    pub before: Rational,
    /// How often a layer was improved.
    pub improved: usize,
    /// Why it was not tried again, if not because nothing changed.
    pub stopped: Option<Stop>,
    /// No order and positive scales of Θ's hidden neurons make it nearer than this: the rows of the first layer are so far from Γ's, whatever their
    /// order and
    /// factors. Other parametrizations of its function are not spoken of. `None` where a limit was met before, or a row is 0.
    pub class_lower: Option<Surd>,
    /// The forms of Θ and of Φ, which are the same: a proof that R(Φ) = R(Θ).
    pub forms: Box<[Canonical; 2]>,
}

/// Layers, and which neuron of one of them went where.
type Moved = (Vec<Layer>, Vec<Place>);

/// A neuron of Θ, and the factor of its row.
pub type Place = Option<(usize, Rational)>;

/// Most rounds through the layers.
const MOST_ROUNDS: usize = 6;
/// Bits of the entries that neurons are first compared by.
const BITS: u32 = 24;

/// Looks for the order and positive scales of Θ's hidden neurons with which it is near Γ. First neurons go where their rows, up to scale, are like
/// those of Γ, from
/// the first layer on; then, one layer at a time, they are assigned and rescaled exactly so that no other choice for this layer has a smaller
/// largest entry, again
/// and again while the distance shrinks. Whether another choice for several layers together is nearer is not known, but for distance 0.
///
/// # Errors
/// [`ShapeError`] if the networks have not as many layers of the same widths.
pub fn nearest(gamma: &Deep, theta: &Deep, watch: &Watch) -> Result<DeepNearest, ShapeError> {
    check_shapes(gamma, theta)?;
    let mut phi = theta.layers().to_vec();
    let target = gamma.layers();
    let before = distance(&phi, target);
    let hidden = target.len() - 1;
    let as_given = || -> Vec<Vec<Place>> {
        let layers = theta.layers()[..hidden].iter();
        let own = |i| Some((i, Rational::one()));
        layers
            .map(|layer| (0..layer.weights.len()).map(own).collect())
            .collect()
    };
    let mut places = as_given();
    let mut stopped = None;
    for (l, places) in places.iter_mut().enumerate() {
        if watch.check().is_err() {
            break;
        }
        *places = align(&mut phi, target, l);
    }
    if distance(&phi, target) > before {
        phi = theta.layers().to_vec();
        places = as_given();
    }
    let mut improved = 0;
    'rounds: for _ in 0..MOST_ROUNDS {
        let start = improved;
        for (l, places) in places.iter_mut().enumerate() {
            let here = around(&phi, target, l);
            if here.is_zero() {
                continue;
            }
            match better(&phi, target, l, &here, watch) {
                Ok(Some((layers, moved))) => {
                    phi = layers;
                    let now = |place: Place| {
                        let (from, factor) = place?;
                        let (neuron, before) = places[from].as_ref()?;
                        Some((*neuron, before * factor))
                    };
                    *places = moved.into_iter().map(now).collect();
                    improved += 1;
                }
                Ok(None) => {}
                Err(stop) => {
                    stopped = Some(stop);
                    break 'rounds;
                }
            }
        }
        if improved == start {
            break;
        }
    }
    let distance = distance(&phi, target);
    let class_lower = match hidden {
        // One layer has no hidden neurons.
        0 => Some(distance.clone().into()),
        _ if distance.is_zero() => Some(Surd::zero()),
        _ => {
            let rows = neurons(theta.layers(), 0);
            let rows = rows.iter().map(|neuron| neuron.inner().to_vec());
            let rows: Vec<Vec<Rational>> = rows.collect();
            let is_zero = |row: &Vec<Rational>| row.iter().all(Rational::is_zero);
            match rows.iter().any(is_zero) {
                true => None,
                false => rows_apart(rows, neurons(target, 0), watch).ok(),
            }
        }
    };
    let phi = Deep::new(phi)?;
    let forms = Box::new([canonical(theta), canonical(&phi)]);
    Ok(DeepNearest {
        phi,
        places,
        distance,
        before,
        improved,
        class_lower,
        stopped: stopped.or_else(|| watch.check().err()),
        forms,
    })
}

fn check_shapes(gamma: &Deep, theta: &Deep) -> Result<(), ShapeError> {
    let wrong = |place: String, found: usize, expected: usize| {
        Err(ShapeError {
            place,
            found,
            expected,
        })
    };
    let (one, other) = (gamma.layers(), theta.layers());
    if other.len() != one.len() {
        return wrong("layers of Θ".to_owned(), other.len(), one.len());
    }
    if theta.inputs() != gamma.inputs() {
        return wrong("inputs of Θ".to_owned(), theta.inputs(), gamma.inputs());
    }
    for (l, (one, other)) in one.iter().zip(other).enumerate() {
        let (expected, found) = (one.weights.len(), other.weights.len());
        if found != expected {
            return wrong(format!("outputs of layer {l} of Θ"), found, expected);
        }
    }
    Ok(())
}

/// The largest absolute entry of the difference.
fn distance(phi: &[Layer], gamma: &[Layer]) -> Rational {
    let mut most = Rational::zero();
    for (phi, gamma) in phi.iter().zip(gamma) {
        most = most.max(apart(phi, gamma));
    }
    most
}

fn apart(phi: &Layer, gamma: &Layer) -> Rational {
    let all = |layer: &Layer| -> Vec<Rational> {
        let numbers = layer.weights.iter().flatten().chain(&layer.biases);
        numbers.cloned().collect()
    };
    let mut most = Rational::zero();
    for (x, y) in all(phi).iter().zip(&all(gamma)) {
        if x != y {
            most = most.max((x - y).abs());
        }
    }
    most
}

/// The same of the rows of a layer and the columns that read it: what its order and scales change.
fn around(phi: &[Layer], gamma: &[Layer], l: usize) -> Rational {
    let mut most = apart(&phi[l], &gamma[l]);
    let rows = phi[l + 1].weights.iter().zip(&gamma[l + 1].weights);
    for (x, y) in rows.flat_map(|(one, other)| one.iter().zip(other)) {
        if x != y {
            most = most.max((x - y).abs());
        }
    }
    most
}

/// Neurons of a layer: the row with its bias, and the column that reads it.
fn neurons(layers: &[Layer], l: usize) -> Vec<Neuron> {
    let (layer, next) = (&layers[l], &layers[l + 1]);
    let rows = layer.weights.iter().zip(&layer.biases).enumerate();
    rows.map(|(i, (row, bias))| {
        let inner = row.iter().chain([bias]).cloned().collect();
        let outer = next.weights.iter().map(|row| row[i].clone()).collect();
        Neuron::rational(inner, outer)
    })
    .collect()
}

/// Puts neurons in the places of a layer.
fn put(layers: &mut [Layer], l: usize, neurons: &[Neuron]) {
    for (i, neuron) in neurons.iter().enumerate() {
        let (bias, row) = neuron.inner().split_last().expect("a row with its bias");
        layers[l].weights[i] = row.to_vec();
        layers[l].biases[i] = bias.clone();
        for (row, weight) in layers[l + 1].weights.iter_mut().zip(neuron.outer()) {
            row[i] = weight.clone();
        }
    }
}

fn scaled(neuron: &Neuron, factor: &Rational) -> Neuron {
    let inverse = factor.recip();
    let inner = neuron.inner().iter().map(|x| times(x, factor)).collect();
    let outer = neuron.outer().iter().map(|x| times(x, &inverse)).collect();
    Neuron::rational(inner, outer)
}

/// The row over its largest entry, rounded down to so many bits: the same for all positive multiples.
fn shape(neuron: &Neuron, size: &Rational) -> Vec<i64> {
    let one = Rational::from_integer(BigInt::one() << BITS);
    let entry = |x: &Rational| match size.is_zero() {
        true => 0,
        false => (x * &one / size).floor().to_integer().to_i64().unwrap_or(0),
    };
    neuron.inner().iter().map(entry).collect()
}

/// Puts the neurons of a layer where rows are alike up to scale, the most alike first, each scaled to have as large a row as its place. Answers
/// which went where.
fn align(phi: &mut [Layer], gamma: &[Layer], l: usize) -> Vec<Place> {
    let (own, places) = (neurons(phi, l), neurons(gamma, l));
    let size = |neurons: &[Neuron]| -> Vec<Rational> {
        neurons
            .iter()
            .map(|neuron| largest(neuron.inner()))
            .collect()
    };
    let (own_sizes, place_sizes) = (size(&own), size(&places));
    let shapes = |neurons: &[Neuron], sizes: &[Rational]| -> Vec<Vec<i64>> {
        let pairs = neurons.iter().zip(sizes);
        pairs.map(|(neuron, size)| shape(neuron, size)).collect()
    };
    let (rows, targets) = (shapes(&own, &own_sizes), shapes(&places, &place_sizes));
    let mut pairs = Vec::with_capacity(rows.len() * targets.len());
    for (i, row) in rows.iter().enumerate() {
        for (j, target) in targets.iter().enumerate() {
            let differences = row.iter().zip(target).map(|(x, y)| (x - y).abs());
            pairs.push((differences.sum::<i64>(), i, j));
        }
    }
    pairs.sort_unstable();
    let mut placed: Vec<Option<Neuron>> = vec![None; places.len()];
    let mut moved: Vec<Place> = vec![None; places.len()];
    let mut taken = vec![false; own.len()];
    for (_, i, j) in pairs {
        if taken[i] || placed[j].is_some() {
            continue;
        }
        taken[i] = true;
        let factor = match own_sizes[i].is_zero() || place_sizes[j].is_zero() {
            true => Rational::one(),
            false => &place_sizes[j] / &own_sizes[i],
        };
        placed[j] = Some(scaled(&own[i], &factor));
        moved[j] = Some((i, factor));
    }
    let placed: Vec<Neuron> = placed.into_iter().flatten().collect();
    put(phi, l, &placed);
    moved
}

/// The layers with one of them assigned and rescaled as well as it can be, and which neuron went where, if that is nearer than now.
fn better(
    phi: &[Layer],
    gamma: &[Layer],
    l: usize,
    here: &Rational,
    watch: &Watch,
) -> Result<Option<Moved>, Stop> {
    let (own, places) = (neurons(phi, l), neurons(gamma, l));
    let Some(found) = place(&own, places.clone(), watch)? else {
        return Ok(None);
    };
    if found.value.compare(&Surd::from(here.clone())).is_ge() {
        return Ok(None);
    }
    let mut placed = places.clone();
    let mut moved: Vec<Place> = vec![None; places.len()];
    for (i, ((neuron, j), factor)) in own
        .iter()
        .zip(&found.places)
        .zip(&found.factors)
        .enumerate()
    {
        let place = &places[*j];
        moved[*j] = factor.clone().map(|factor| (i, factor));
        placed[*j] = match factor {
            Some(factor) => scaled(neuron, factor),
            // It contributes nothing: what is larger of the place stays.
            None => {
                let zeros = |row: &[Rational]| vec![Rational::zero(); row.len()];
                match place.inner_norm() >= place.outer_norm() {
                    true => Neuron::rational(place.inner().to_vec(), zeros(place.outer())),
                    false => Neuron::rational(zeros(place.inner()), place.outer().to_vec()),
                }
            }
        };
    }
    let mut layers = phi.to_vec();
    put(&mut layers, l, &placed);
    let nearer = around(&layers, gamma, l) < *here;
    Ok(nearer.then_some((layers, moved)))
}
