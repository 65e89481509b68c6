use super::*;
use crate::exact::Surd;
use proptest::prelude::*;

fn q(numerator: i64, denominator: i64) -> Rational {
    Rational::new(numerator.into(), denominator.into())
}

/// The formula of N5 over all pairs of constraints, in sums of square roots.
fn by_all_pairs(
    a: &[Rational],
    c: &[Rational],
    place_a: &[Rational],
    place_c: &[Rational],
) -> Surd {
    let signed = |source: &[Rational], place: &[Rational]| -> Vec<(Rational, Rational)> {
        let pairs = source.iter().zip(place);
        pairs
            .map(|(s, p)| (s.abs(), if s.is_negative() { -p } else { p.clone() }))
            .collect()
    };
    let (inner, outer) = (signed(a, place_a), signed(c, place_c));
    let mut largest = Surd::zero();
    let mut consider = |value: Surd| {
        if value.compare(&largest).is_gt() {
            largest = value;
        }
    };
    for side in [&inner, &outer] {
        for (s, p) in side {
            if s.is_zero() {
                consider(p.abs().into());
            }
            for (t, r) in side {
                if !s.is_zero() && !t.is_zero() {
                    consider(((p / s - r / t).abs() / (s.recip() + t.recip())).into());
                }
            }
        }
    }
    for (alpha, beta) in inner.iter().filter(|(alpha, _)| !alpha.is_zero()) {
        for (gamma, epsilon) in outer.iter().filter(|(gamma, _)| !gamma.is_zero()) {
            let difference = beta - epsilon;
            let discriminant = &difference * &difference + alpha * gamma * q(4, 1);
            let root = Surd::sqrt(&discriminant).unwrap();
            let sum = Surd::from(beta + epsilon);
            consider(root.sub(&sum).scale(&q(1, 2)));
            consider(sum.sub(&root).scale(&q(1, 2)));
        }
    }
    largest
}

fn entries() -> impl Strategy<Value = Rational> {
    prop_oneof![
        2 => Just(q(0, 1)),
        6 => (-6i64..7, 1i64..4).prop_map(|(n, d)| q(n, d)),
        1 => (-900i64..900, 1i64..3).prop_map(|(n, d)| q(n, d)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn the_loop_agrees_with_all_pairs(
        mut a in proptest::collection::vec(entries(), 1..4),
        mut c in proptest::collection::vec(entries(), 1..3),
        place_a in proptest::collection::vec(entries(), 3),
        place_c in proptest::collection::vec(entries(), 2),
    ) {
        if a.iter().all(Zero::is_zero) { a[0] = q(2, 3); }
        if c.iter().all(Zero::is_zero) { c[0] = q(-3, 2); }
        let (place_a, place_c) = (&place_a[..a.len()], &place_c[..c.len()]);
        let constraints = Constraints::new((&a, &c), (place_a, place_c), false);
        let cost = constraints.cost();
        prop_assert_eq!(cost.level.to_surd(), by_all_pairs(&a, &c, place_a, place_c));
        prop_assert_eq!(cost.binding.is_none(), cost.level == Quadratic::zero() && constraints.constant.is_none()
            && constraints.cost().binding.is_none());
        // Some scaling attains the level: the interval is not empty, and below the level it is.
        let (low, high) = constraints.interval(&cost.level).unwrap();
        prop_assert!(low.compare_same_root(&high).is_le());
        prop_assert!(low.sign().is_gt());
        let below = cost.level.plus(&q(-1, 1000));
        prop_assert!(below.sign().is_lt() || constraints.interval(&below).is_none());
        let negated: Vec<Rational> = a.iter().map(|x| -x).collect();
        let flipped = Constraints::new((&a, &c), (place_a, place_c), true).cost();
        let by_hand = Constraints::new((&negated, &c), (place_a, place_c), false).cost();
        prop_assert_eq!(flipped.level, by_hand.level);
    }

    #[test]
    fn lines_are_the_distance_to_a_line(
        mut normal in proptest::collection::vec(entries(), 1..5),
        place in proptest::collection::vec(entries(), 4),
    ) {
        if normal.iter().all(Zero::is_zero) { normal[0] = q(1, 1); }
        let place = &place[..normal.len()];
        let cost = Constraints::new((&normal, &[]), (place, &[]), false).cost();
        let expected = crate::stability::distance_to_line(place, &normal);
        prop_assert_eq!(cost.level.to_rational(), Some(&expected));
    }
}
