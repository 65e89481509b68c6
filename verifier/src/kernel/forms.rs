//! Pre-activations of a network of any depth as affine functions on a part of a box, layer by layer: exactly where the neurons before are decided, and bounds
//! where they are not.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{Signed as _, Zero as _};

use super::budget::{Budget, Held, size};
use super::cost;
use super::deep::Deep;
use super::height::range;
use super::number::{common_denominator, over};
use super::verdict::Stop;

/// Slopes of bounds are multiples of 2^−SLOPE.
const SLOPE: u32 = 8;

/// Both ends of each coordinate.
pub(crate) type Ends = Vec<[BigInt; 2]>;

/// A layer in integers over one denominator; the bias is the last entry of a row.
pub(crate) struct Map {
    rows: Vec<Vec<BigInt>>,
    denominator: BigInt,
    bits: u64,
}

/// Pre-activations of a layer: rows for the inputs, 1 and coordinates beyond these, over the scale.
#[derive(Debug)]
pub(crate) struct Forms {
    pub(crate) rows: Vec<Vec<BigInt>>,
    pub(crate) scale: BigInt,
    bits: u64,
    _held: Held,
}

/// Bounds of the entries of the Jacobian of a layer's pre-activations, over the scale.
#[derive(Debug)]
pub(crate) struct Slopes {
    pub(crate) rows: Vec<Ends>,
    pub(crate) scale: BigInt,
}

/// What a layer gives, as rows for the next one: none where a neuron is 0.
type Read = Vec<Option<Vec<BigInt>>>;

/// The layers of a network, first to last.
pub(crate) fn maps(network: &Deep, limits: &Budget) -> Result<Vec<Map>, Stop> {
    let mut maps = Vec::with_capacity(network.layers.len());
    for layer in &network.layers {
        let all = || layer.rows.iter().flatten().chain(&layer.biases);
        let denominator = common_denominator(all(), limits)?;
        let mut rows = Vec::with_capacity(layer.rows.len());
        let mut bits = 0;
        for (row, bias) in layer.rows.iter().zip(&layer.biases) {
            let row: Vec<_> = row.iter().chain([bias]).cloned().collect();
            let row = over(&row, &denominator);
            bits = row.iter().map(BigInt::bits).max().unwrap_or(0).max(bits);
            limits.keep(row.iter().map(|x| size(1, x.bits())).sum())?;
            rows.push(row);
        }
        maps.push(Map {
            rows,
            denominator,
            bits,
        });
    }
    Ok(maps)
}

impl Map {
    /// How many outputs it has.
    pub(crate) fn height(&self) -> usize {
        self.rows.len()
    }

    /// As pre-activations of the first layer.
    pub(crate) fn first(&self, limits: &Budget) -> Result<Forms, Stop> {
        limits.charge(cost::times(self.rows.len(), cost::ANY))?;
        Forms::new(self.rows.clone(), self.denominator.clone(), limits)
    }

    /// Pre-activations of what reads a layer; the constant is at the place `inputs`.
    fn of(
        &self,
        read: &Read,
        scale: &BigInt,
        inputs: usize,
        width: usize,
        limits: &Budget,
    ) -> Result<Forms, Stop> {
        let longest = |row: &Vec<BigInt>| row.iter().map(BigInt::bits).max().unwrap_or(0);
        let bits = read.iter().flatten().map(longest).max().unwrap_or(0);
        let each = cost::inner(width, self.bits, bits);
        let mut rows = Vec::with_capacity(self.rows.len());
        for weights in &self.rows {
            limits.room(width, self.bits + bits)?;
            let mut sum = vec![BigInt::zero(); width];
            for (weight, row) in weights.iter().zip(read) {
                let Some(row) = row.as_ref().filter(|_| !weight.is_zero()) else {
                    continue;
                };
                limits.charge(each)?;
                for (sum, x) in sum.iter_mut().zip(row) {
                    *sum += weight * x;
                }
            }
            if let (Some(sum), Some(bias)) = (sum.get_mut(inputs), weights.last()) {
                *sum += bias * scale;
            }
            rows.push(sum);
        }
        limits.charge(cost::times(self.rows.len(), cost::ANY))?;
        Forms::new(rows, scale * &self.denominator, limits)
    }

    /// Bounds of the slopes of what reads a layer, from those of what it gives.
    fn slopes(&self, read: &[Ends], scale: &BigInt, limits: &Budget) -> Result<Slopes, Stop> {
        let width = read.first().map_or(0, Vec::len);
        let bits = read
            .iter()
            .flatten()
            .flatten()
            .map(BigInt::bits)
            .max()
            .unwrap_or(0);
        let each = cost::times(2, cost::inner(width, self.bits, bits));
        let mut rows = Vec::with_capacity(self.rows.len());
        for weights in &self.rows {
            limits.room(2 * width, self.bits + bits)?;
            let mut sum = vec![[BigInt::zero(), BigInt::zero()]; width];
            for (weight, row) in weights.iter().zip(read) {
                if weight.is_zero() {
                    continue;
                }
                limits.charge(each)?;
                for ([low, high], [least, most]) in sum.iter_mut().zip(row) {
                    let (least, most) = match weight.is_negative() {
                        true => (most, least),
                        false => (least, most),
                    };
                    *low += weight * least;
                    *high += weight * most;
                }
            }
            rows.push(sum);
        }
        Ok(Slopes {
            rows,
            scale: scale * &self.denominator,
        })
    }

    /// Pre-activations of what reads a layer whose neurons are all decided.
    pub(crate) fn after(
        &self,
        forms: &Forms,
        on: &[Option<bool>],
        inputs: usize,
        limits: &Budget,
    ) -> Result<Forms, Stop> {
        let rows = forms.rows.iter().zip(on);
        let read = rows.map(|(row, on)| (*on == Some(true)).then(|| row.clone()));
        self.of(&read.collect(), &forms.scale, inputs, inputs + 1, limits)
    }
}

impl Forms {
    fn new(rows: Vec<Vec<BigInt>>, scale: BigInt, limits: &Budget) -> Result<Forms, Stop> {
        let bits = rows
            .iter()
            .flatten()
            .map(BigInt::bits)
            .max()
            .unwrap_or_default();
        let width = rows.first().map_or(0, Vec::len);
        Ok(Forms {
            _held: limits.hold(size(rows.len() * width, bits))?,
            rows,
            scale,
            bits,
        })
    }

    /// The least and the largest value of one of them on a box, times the scales of both.
    pub(crate) fn range(
        &self,
        row: &[BigInt],
        ends: &Ends,
        limits: &Budget,
    ) -> Result<[BigInt; 2], Stop> {
        let longest = ends
            .iter()
            .flatten()
            .map(BigInt::bits)
            .max()
            .unwrap_or_default();
        limits.charge(cost::times(2, cost::inner(row.len(), self.bits, longest)))?;
        Ok(range(row, ends))
    }
}

/// Whether a neuron with this range is on or off, if it is one of these.
pub(crate) fn settled([low, high]: &[BigInt; 2]) -> Option<bool> {
    match (low.is_negative(), high.is_positive()) {
        (_, false) => Some(false),
        (false, true) => Some(true),
        (true, true) => None,
    }
}

/// The outputs of a network, from a layer some of whose neurons may be undecided: affine in more coordinates, whose ends are added; and, where they are asked for,
/// bounds of their slopes.
pub(crate) fn bounded(
    maps: &[Map],
    forms: &Forms,
    on: &[Option<bool>],
    ends: &mut Ends,
    inputs: usize,
    with_slopes: bool,
    limits: &Budget,
) -> Result<(Forms, Slopes), Stop> {
    let mut own = Forms::new(forms.rows.clone(), forms.scale.clone(), limits)?;
    let exact = |row: &Vec<BigInt>| {
        let entries = row.iter().take(inputs);
        entries.map(|x| [x.clone(), x.clone()]).collect()
    };
    let mut slopes = Slopes {
        rows: match with_slopes {
            true => forms.rows.iter().map(exact).collect(),
            false => Vec::new(),
        },
        scale: forms.scale.clone(),
    };
    let mut known = on.to_vec();
    for map in maps {
        let mut ranges = Vec::with_capacity(own.rows.len());
        for (i, row) in own.rows.iter().enumerate() {
            let range = own.range(row, ends, limits)?;
            match known.get_mut(i) {
                Some(Some(_)) => {}
                Some(none) => *none = settled(&range),
                None => known.push(settled(&range)),
            }
            ranges.push(range);
        }
        let is_open = known.iter().any(Option::is_none);
        let more = if is_open { SLOPE } else { 0 };
        let mut read: Read = Vec::with_capacity(own.rows.len());
        let constant = ends.len();
        let mut added = 0;
        for ((row, on), [low, high]) in own.rows.iter().zip(&known).zip(&ranges) {
            limits.charge(cost::times(row.len(), cost::product(own.bits, 8)))?;
            read.push(match on {
                Some(false) => None,
                Some(true) => Some(row.iter().map(|x| x << more).collect()),
                None => {
                    let slope = (high << SLOPE).div_floor(&(high - low));
                    let mut row: Vec<BigInt> = row.iter().map(|x| x * &slope).collect();
                    row.resize(constant + added, BigInt::zero());
                    row.push(1.into());
                    added += 1;
                    let rest = (BigInt::from(1) << SLOPE) - &slope;
                    let most = (rest * high).max(-(slope * low));
                    limits.keep(size(2, most.bits()))?;
                    ends.push([BigInt::zero(), most]);
                    Some(row)
                }
            });
        }
        if with_slopes {
            let mut given = Vec::with_capacity(slopes.rows.len());
            for (row, on) in slopes.rows.into_iter().zip(&known) {
                given.push(match on {
                    Some(true) => row,
                    Some(false) => vec![[BigInt::zero(), BigInt::zero()]; inputs],
                    None => {
                        let with_zero = |[low, high]: [BigInt; 2]| {
                            [low.min(BigInt::zero()), high.max(BigInt::zero())]
                        };
                        row.into_iter().map(with_zero).collect()
                    }
                });
            }
            slopes = map.slopes(&given, &slopes.scale, limits)?;
        }
        own = map.of(&read, &(&own.scale << more), inputs, ends.len(), limits)?;
        known = Vec::new();
    }
    Ok((own, slopes))
}
