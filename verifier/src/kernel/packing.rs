//! Packings: circuits with what each of them costs, stated once and shared by the leaves of a tree.

use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{One as _, Zero as _};

use super::budget::Budget;
use super::circuits::{Signs, agrees};
use super::cost;
use super::number::{Q, common_denominator, over};
use super::verdict::{Locate as _, Stop, differ, entry, reject};
use relucert_format::Packing;

/// Pairs (circuit, L·y).
pub(crate) type Spent = Vec<(usize, BigInt)>;

/// The packings over a refined denominator, a multiple of the one given, for which all L·y are integers; and by how much it is refined.
pub(crate) fn refined(
    packings: &[Packing],
    denominator: &BigInt,
    limits: &Budget,
) -> Result<(Vec<Spent>, BigInt), Stop> {
    let denominator = Q::from(denominator.clone());
    let mut spent = Vec::with_capacity(packings.len());
    let mut refined = BigInt::one();
    for (index, packing) in packings.iter().enumerate() {
        let numbers =
            numbers(packing, &denominator, limits).in_part(|| format!("packing {index}"))?;
        refined = refined.lcm(&common_denominator(&numbers, limits)?);
        limits.check(refined.bits())?;
        spent.push(numbers);
    }
    let packings = packings.iter().zip(&spent);
    let pairs = |(packing, numbers): (&Packing, &Vec<Q>)| {
        let circuits = packing.iter().map(|(circuit, _)| *circuit);
        circuits.zip(over(numbers, &refined)).collect()
    };
    Ok((packings.map(pairs).collect(), refined))
}

/// L·y for each circuit of a packing, which must be positive, no circuit twice.
fn numbers(packing: &Packing, denominator: &Q, limits: &Budget) -> Result<Vec<Q>, Stop> {
    let mut seen = std::collections::BTreeSet::new();
    let mut numbers = Vec::with_capacity(packing.len());
    for (circuit, y) in packing {
        let y = Q::from(y);
        if !y.is_positive() {
            return differ(format!("y of circuit {circuit}"), y, "> 0");
        }
        if !seen.insert(circuit) {
            return reject(format!("circuit {circuit} is listed twice"));
        }
        let number = &y * denominator;
        limits.check(number.bits())?;
        numbers.push(number);
    }
    Ok(numbers)
}

/// How much is lost at least, L·Σ y: in each circuit some undecided H has the sign it does not prefer, which loses |v_H|, and no H gives more than that.
///
/// `gains` are the L·v_H, and `half` turns twice such a number into what it stands for.
pub(crate) fn lost(
    packing: &Spent,
    circuits: &[Signs],
    signs: &[Option<bool>],
    gains: &[BigInt],
    half: impl Fn(BigInt) -> Q,
    limits: &Budget,
) -> Result<BigInt, Stop> {
    let decided = |hyperplane: usize| signs.get(hyperplane).copied().flatten();
    let mut load = std::collections::BTreeMap::<usize, BigInt>::new();
    let mut lost = BigInt::zero();
    for (circuit, y) in packing {
        let members = entry(circuits, *circuit, "circuit")?;
        let each = 2 * cost::sum(y.bits()) + 4 * cost::ANY;
        limits.charge(cost::times(members.len() + 1, each))?;
        let sign = |hyperplane: usize| match (decided(hyperplane), gains.get(hyperplane)) {
            (Some(sign), _) => Ok(sign),
            (None, Some(gain)) if !gain.is_zero() => Ok(gain.sign() == num_bigint::Sign::Plus),
            _ => reject(format!(
                "circuit {circuit} names hyperplane {hyperplane}, which is undecided there and prefers no sign"
            )),
        };
        if !agrees(members, sign)? {
            return reject(format!(
                "circuit {circuit} costs nothing: its signs neither all agree nor all differ"
            ));
        }
        for &(hyperplane, _) in members {
            if decided(hyperplane).is_none() {
                *load.entry(hyperplane).or_default() += y;
            }
        }
        lost += y;
    }
    for (hyperplane, load) in load {
        let Some(gain) = gains.get(hyperplane) else {
            continue; // Circuits name hyperplanes that exist.
        };
        if load.magnitude() > gain.magnitude() {
            let most = BigInt::from(gain.magnitude().clone());
            return differ(
                format!("the packing overspends hyperplane {hyperplane}"),
                half(load * 2),
                format!("at most {}", half(most * 2)),
            );
        }
    }
    Ok(lost)
}
