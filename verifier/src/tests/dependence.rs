use num_rational::BigRational;
use num_traits::{One as _, Signed as _, Zero as _};
use proptest::prelude::*;

use super::super::difference::Kink;
use super::*;

/// A difference with these normals and nothing else.
fn difference(normals: &[Vec<BigInt>]) -> Difference {
    let kink = |line: &Vec<BigInt>| Kink {
        line: line.clone(),
        weight: Vec::new(),
    };
    let inputs = normals[0].len();
    Difference {
        denominator: BigInt::one(),
        linear: Vec::new(),
        kinks: normals.iter().map(kink).collect(),
        inputs,
        columns: inputs,
    }
}

/// The same by rational elimination.
fn plainly(vectors: &[Vec<BigInt>]) -> Found {
    let Some((solved, rest)) = solved(vectors) else {
        return Found::Short;
    };
    match (rest, solved.iter().all(|x| x.is_negative())) {
        (true, _) => Found::Independent,
        (false, true) => Found::Positive,
        (false, false) => Found::Mixed,
    }
}

/// The last vector as the combination of the others, where these are independent, and whether something is left.
fn solved(vectors: &[Vec<BigInt>]) -> Option<(Vec<BigRational>, bool)> {
    let (width, last) = (vectors.len(), vectors.len() - 1);
    let entry = |k: usize| move |vector: &Vec<BigInt>| BigRational::from(vector[k].clone());
    let rows = (0..vectors[0].len()).map(|k| vectors.iter().map(entry(k)).collect());
    let mut rows: Vec<Vec<BigRational>> = rows.collect();
    for column in 0..width - 1 {
        let pivot = (column..rows.len()).find(|row| !rows[*row][column].is_zero())?;
        rows.swap(column, pivot);
        let leading = rows[column].iter().map(|x| x / &rows[column][column]);
        let leading: Vec<_> = leading.collect();
        for (index, row) in rows.iter_mut().enumerate() {
            let factor = row[column].clone();
            let pairs = row.iter_mut().zip(&leading);
            pairs.for_each(|(x, y)| match index == column {
                true => *x = y.clone(),
                false => *x = &*x - y * &factor,
            });
        }
    }
    let rest = rows.split_off(width - 1);
    let rest = rest.iter().any(|row| !row[last].is_zero());
    Some((rows.iter().map(|row| row[last].clone()).collect(), rest))
}

/// Small numbers, multiples of the first primes, long ones.
fn number() -> impl Strategy<Value = BigInt> {
    let small = -3_i64..4;
    let prime = (1_u64 << 61) - 1;
    prop_oneof![
        6 => small.clone().prop_map(BigInt::from),
        1 => small.clone().prop_map(move |x| BigInt::from(x) * prime),
        1 => (small.clone(), small).prop_map(move |(x, y)| (BigInt::from(x) << 90) + y),
        1 => any::<i128>().prop_map(BigInt::from),
    ]
}

prop_compose! {
    /// Vectors, the last of which is perhaps a combination of the others.
    fn vectors()(inputs in 1_usize..6)(
        mut vectors in prop::collection::vec(prop::collection::vec(number(), inputs), 1..inputs + 3),
        combined in any::<bool>(),
        coefficients in prop::collection::vec(-9_i64..4, inputs + 3),
    ) -> Vec<Vec<BigInt>> {
        if combined && let Some((last, others)) = vectors.split_last_mut() {
            last.fill(BigInt::zero());
            for (vector, coefficient) in others.iter().zip(coefficients) {
                last.iter_mut().zip(vector).for_each(|(sum, x)| *sum += x * coefficient);
            }
        }
        vectors
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]
    /// Modulo primes and by approximations the same is found as in fractions, whatever the signs.
    #[test]
    fn dependences_are_those_of_fractions(vectors in vectors(), signs in prop::collection::vec(any::<bool>(), 8), all in any::<bool>()) {
        prop_assume!(vectors.iter().all(|vector| vector.iter().any(|x| !x.is_zero())));
        let members: Vec<_> = (0..vectors.len()).map(|h| (h, all || signs[h])).collect();
        let oriented = |(h, plus): &(usize, bool)| vectors[*h].iter().map(|x| if *plus { x.clone() } else { -x }).collect();
        let oriented: Vec<Vec<BigInt>> = members.iter().map(oriented).collect();
        let (difference, limits) = (difference(&vectors), Budget::default());
        let found = Normals::default().dependence(&members, &difference, &limits).unwrap();
        prop_assert_eq!(found, plainly(&oriented));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    /// What is seen from short approximations is so.
    #[test]
    fn what_is_seen_is_so(
        inputs in 1_usize..9,
        numbers in prop::collection::vec(-(1_i64 << 53)..1 << 53, 90),
        near in prop::option::of(0_u32..60),
    ) {
        let mut vectors: Vec<Vec<BigInt>> = numbers.chunks(inputs).take(inputs + 1).map(|row| row.iter().map(|x| BigInt::from(*x)).collect()).collect();
        // The last one may be almost in the span of all but the first.
        if let (Some(shift), true) = (near, inputs > 1) {
            let middle = vectors[1..inputs].iter();
            let sum = middle.fold(vec![BigInt::zero(); inputs], |sum, row| sum.iter().zip(row).map(|(x, y)| x - y).collect());
            vectors[inputs] = sum.iter().zip(&vectors[0]).map(|(x, y)| (x << 60) - (y << shift)).collect();
        }
        prop_assume!(vectors.iter().all(|vector| vector.iter().any(|x| !x.is_zero())));
        let mut enclosure = Enclosure::default();
        vectors.iter().for_each(|vector| enclosure.push(vector));
        // The signs that make a circuit of it, if it has all its members.
        if let Some((solved, _)) = solved(&vectors) {
            let mut members: Vec<_> = solved.iter().map(|x| x.is_negative()).enumerate().collect();
            members.push((inputs, true));
            let positive = solved.iter().all(|x| !x.is_zero());
            let seen = enclosure.sees(&members, inputs);
            prop_assert!(positive || !seen);
            members[0].1 = !members[0].1;
            prop_assert!(!enclosure.sees(&members, inputs));
        }
    }
}

/// Simplices of every length of numbers are seen, as they are and with vectors reversed; none where a coefficient is 0 or less.
#[test]
fn simplices_are_seen() {
    for (inputs, shift) in [
        (1, 0),
        (2, 0),
        (5, 0),
        (8, 3),
        (2, 30),
        (5, 48),
        (5, 52),
        (8, 90),
    ] {
        let entry = |i: usize, j: usize| if i == j { 9 } else { (i * j) as i64 % 3 - 1 };
        let row = |i| {
            (0..inputs)
                .map(|j| BigInt::from(entry(i, j)) << shift)
                .collect()
        };
        let vectors: Vec<Vec<BigInt>> = (0..inputs).map(row).collect();
        let sum = |j: usize| vectors.iter().map(|vector| &vector[j]).sum::<BigInt>();
        for (reversed, less) in (0..=inputs).flat_map(|k| [(k, 0), (k, 1), (k, 2)]) {
            // The coefficient of the first vector is 1, 0 or −1.
            let last = (0..inputs)
                .map(|j| &vectors[0][j] * less - sum(j))
                .collect();
            let mut enclosure = Enclosure::default();
            let mut members = Vec::new();
            for (k, vector) in vectors.iter().chain([&last]).enumerate() {
                members.push((k, k != reversed));
                let turned = |x: &BigInt| if k == reversed { -x } else { x.clone() };
                enclosure.push(&vector.iter().map(turned).collect::<Vec<_>>());
            }
            assert_eq!(
                enclosure.sees(&members, inputs),
                less == 0,
                "{inputs} {shift} {reversed}"
            );
        }
    }
}
