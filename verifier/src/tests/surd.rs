use std::cmp::Ordering;

use num_bigint::BigInt;
use proptest::prelude::*;

use super::*;

/// Signs in the tower Q(√n_1)(√n_2)…, by isolating the last root and squaring: slow, and independent of enclosures.
/// An element is its 2^k coefficients.
fn tower_sign(coefficients: &[i128], radicands: &[i128]) -> Ordering {
    let Some((&n, rest)) = radicands.split_last() else {
        return coefficients[0].cmp(&0);
    };
    let (u, v) = coefficients.split_at(coefficients.len() / 2);
    let (su, sv) = (tower_sign(u, rest), tower_sign(v, rest));
    if sv == Ordering::Equal || su == sv {
        return if su == Ordering::Equal { sv } else { su };
    }
    if su == Ordering::Equal {
        return sv;
    }
    // u and v√n have opposite signs: compare the squares.
    let square = |x: &[i128]| times(x, x, rest);
    let difference: Vec<i128> = square(u)
        .iter()
        .zip(square(v))
        .map(|(a, b)| a - b * n)
        .collect();
    match tower_sign(&difference, rest) {
        Ordering::Equal => Ordering::Equal,
        Ordering::Greater => su,
        Ordering::Less => sv,
    }
}

fn times(x: &[i128], y: &[i128], radicands: &[i128]) -> Vec<i128> {
    let mut product = vec![0; x.len()];
    for (i, a) in x.iter().enumerate() {
        for (j, b) in y.iter().enumerate() {
            let common = i & j;
            let factor: i128 = radicands
                .iter()
                .enumerate()
                .map(|(bit, n)| if common >> bit & 1 == 1 { *n } else { 1 })
                .product();
            product[i ^ j] += a * b * factor;
        }
    }
    product
}

fn sum(rational: i128, roots: &[(i128, i128)]) -> Sum {
    let sum = Sum::from(Q::from(BigInt::from(rational)));
    roots.iter().fold(sum, |sum, (coefficient, n)| {
        let [coefficient, n] = [coefficient, n].map(|x| Q::from(BigInt::from(*x)));
        let limits = Budget::default();
        sum.plus_root(&coefficient, &n, &limits).ok().unwrap()
    })
}

fn sign(rational: i128, roots: &[(i128, i128)]) -> Ordering {
    sum(rational, roots).sign(&Budget::default()).ok().unwrap()
}

#[test]
fn known_signs() {
    for (name, rational, roots, expected) in [
        ("nothing", 0, &[][..], Ordering::Equal),
        (
            "sqrt 2 + sqrt 3 < sqrt 10",
            0,
            &[(1, 2), (1, 3), (-1, 10)],
            Ordering::Less,
        ),
        ("sqrt 8 = 2 sqrt 2", 0, &[(1, 8), (-2, 2)], Ordering::Equal),
        ("a perfect square", -3, &[(1, 9)], Ordering::Equal),
        (
            "sqrt 2 + sqrt 8 = sqrt 18",
            0,
            &[(1, 2), (1, 8), (-1, 18)],
            Ordering::Equal,
        ),
        (
            "1 + sqrt 12 = 1 + 2 sqrt 3",
            0,
            &[(1, 12), (-2, 3)],
            Ordering::Equal,
        ),
        (
            "1 away from sqrt 12 = 2 sqrt 3",
            1,
            &[(1, 12), (-2, 3)],
            Ordering::Greater,
        ),
        (
            "the same root cancels",
            -1,
            &[(5, 7), (-5, 7)],
            Ordering::Less,
        ),
        ("root 0", -1, &[(5, 0)], Ordering::Less),
        // p² − 2q² = −1 for p/q = 768398401/543339720·…: close, and never equal.
        ("Pell", -768_398_401, &[(543_339_720, 2)], Ordering::Less),
        (
            "Pell, other side",
            -318_281_039,
            &[(225_058_681, 2)],
            Ordering::Greater,
        ),
    ] {
        assert_eq!(sign(rational, roots), expected, "{name}");
        let negative: Vec<_> = roots.iter().map(|(c, n)| (-c, *n)).collect();
        assert_eq!(
            sign(-rational, &negative),
            expected.reverse(),
            "minus {name}"
        );
    }
}

#[test]
fn very_close_sums_are_told_apart() {
    // (√2 − 1)^1000 expanded as p + q√2 is about 10^-383, and p > 0; in the next power p < 0.
    let (mut p, mut q) = (BigInt::from(1), BigInt::from(0));
    let mut close = Sum::zero();
    for power in 1..=1001 {
        (p, q) = (-&p + &q * 2, &p - &q);
        if power < 1000 {
            continue;
        }
        let root = &Q::from(BigInt::from(2));
        let [p, q] = [&p, &q].map(|x| Q::from(x.clone()));
        close = Sum::from(p)
            .plus_root(&q, root, &Budget::default())
            .ok()
            .unwrap();
        assert_eq!(
            close.clone().sign(&Budget::default()).ok(),
            Some(Ordering::Greater)
        );
    }
    let few = Budget::new(&crate::Limits {
        work: 10_000,
        ..crate::Limits::default()
    });
    assert!(matches!(close.sign(&few), Err(Stop::Decline(_))));
}

/// No number that is stated is so long that one product takes long, and products of many roots cost the most.
#[test]
fn products_are_counted() {
    let sum = |count: usize, digits: usize| {
        let root = |p: &u32| format!("{}*sqrt({p})", "3".repeat(digits));
        let primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53];
        let text: Vec<_> = primes[..count].iter().map(root).collect();
        Sum::stated(&text.join("+").parse().unwrap(), &Budget::default())
    };
    let work = |count| {
        let (x, budget) = (sum(count, 1).ok().unwrap(), Budget::default());
        assert!(
            x.mul(&x, &budget)
                .is_ok_and(|square| square.sign(&budget).is_ok_and(Ordering::is_gt))
        );
        budget.work()
    };
    assert!(work(16) > 30 * work(2));
    assert!(sum(1, 3000).is_ok() && sum(16, 300).is_ok());
    assert!(matches!(sum(16, 3000), Err(Stop::Decline(_))));
}

/// √0 is no root: a sum that kept it would have no sign at any precision, only the end of the budget. A bound β + k·√r with r = 0 has one.
#[test]
fn the_root_of_0_is_none() {
    let limits = Budget::default();
    for (rational, roots) in [
        (0, &[(1, 0)][..]),
        (3, &[(1, 0), (-2, 0)]),
        (0, &[(1, 2), (1, 0)]),
    ] {
        let with = sum(rational, roots);
        let rest: Vec<_> = roots.iter().copied().filter(|(_, n)| *n != 0).collect();
        assert_eq!(with.root_count(), rest.len());
        let without = sum(rational, &rest);
        assert_eq!(with.compare(&without, &limits).ok(), Some(Ordering::Equal));
        let product = with.mul(&sum(0, &[(1, 0)]), &limits).ok().unwrap();
        assert_eq!(product.sign(&limits).ok(), Some(Ordering::Equal));
    }
    let zero = Sum::zero().root(false, &limits).ok().unwrap();
    assert!(zero.root_count() == 0 && limits.work() < 1_000_000);
}

/// Roots that are multiples of each other are one, whatever adds or multiplies them.
#[test]
fn roots_are_independent() {
    for (roots, left) in [
        (&[(1, 2), (1, 8), (-3, 2)][..], 0),
        (&[(1, 8), (1, 18), (1, 3)], 2),
        (&[(2, 12), (1, 75), (1, 27)], 1),
    ] {
        assert_eq!(sum(0, roots).root_count(), left, "{roots:?}");
    }
    let (x, y) = (sum(1, &[(1, 2), (1, 3)]), sum(0, &[(1, 6)]));
    let product = x.mul(&y, &Budget::default()).ok().unwrap();
    assert_eq!(product.to_string(), "1*sqrt(6) + 1*sqrt(12) + 1*sqrt(18)");
}

#[test]
fn fractions_under_a_root() {
    let third = Q::fraction(1.into(), 3.into()).unwrap();
    let limits = Budget::default();
    let root = |coefficient: &Q, square: &Q| {
        let root = Sum::zero().plus_root(coefficient, square, &limits);
        root.ok().unwrap()
    };
    let (left, right) = (
        root(&Q::one(), &third),
        root(&third, &Q::from(BigInt::from(3))),
    );
    assert_eq!(left.compare(&right, &limits).ok(), Some(Ordering::Equal));
}

#[test]
fn more_radicals_than_any_claim_needs_are_declined() {
    let roots = |count: usize| {
        let primes = [
            2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59,
        ];
        let text: Vec<_> = primes[..count]
            .iter()
            .map(|p| format!("sqrt({p})"))
            .collect();
        Sum::stated(&text.join("+").parse().unwrap(), &Budget::default())
    };
    assert!(roots(MAX_RADICALS).is_ok());
    assert!(matches!(roots(MAX_RADICALS + 1), Err(Stop::Decline(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn signs_agree_with_the_tower(
        rational in -30_i128..30,
        roots in prop::collection::vec((-9_i128..9, 2_i128..40), 0..4),
    ) {
        let radicands: Vec<i128> = roots.iter().map(|(_, n)| *n).collect();
        let mut coefficients = vec![0; 1 << roots.len()];
        coefficients[0] = rational;
        for (bit, (coefficient, _)) in roots.iter().enumerate() {
            coefficients[1 << bit] = *coefficient;
        }
        prop_assert_eq!(sign(rational, &roots), tower_sign(&coefficients, &radicands));
    }
}
