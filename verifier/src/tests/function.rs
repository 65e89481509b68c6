use super::*;
use crate::kernel::roots::Scalar as _;

fn number(text: &str, range: Range) -> Function {
    match Function::stated(&text.parse().unwrap(), range, &Budget::default()) {
        Ok(number) => number,
        Err(stop) => panic!("{text}: {stop:?}"),
    }
}

/// The signs as text: some of `-0+`.
fn signs(text: &str, range: Range) -> String {
    let signs = number(text, range).signs(&Budget::default());
    let Ok(signs) = signs else { panic!("{text}") };
    let shown = [(signs.minus, '-'), (signs.zero, '0'), (signs.plus, '+')];
    shown
        .into_iter()
        .filter(|(may, _)| *may)
        .map(|(_, c)| c)
        .collect()
}

#[test]
fn signs_of_polynomials() {
    for (text, range, expected) in [
        ("0", Range::From(1), "0"),
        ("k-1", Range::From(1), "0+"),
        ("k-2", Range::From(1), "-0+"),
        ("k-2", Range::Between(1, 2), "-"),
        ("k-2", Range::At(2), "0"),
        ("k-2", Range::At(5), "+"),
        // No real root, mixed coefficients in t: Sturm.
        ("k^2-6*k+10", Range::From(1), "+"),
        ("-k^2+6*k-10", Range::From(2), "-"),
        // Roots 2 and 4; a double root 3.
        ("k^2-6*k+8", Range::From(5), "+"),
        ("k^2-6*k+8", Range::Between(2, 4), "-0"),
        ("k^2-6*k+9", Range::From(1), "0+"),
        // (2k − 5)² alone, times −(k + 1), times k − 4; its cube; with (3k − 8)².
        ("4*k^2-20*k+25", Range::From(1), "0+"),
        ("4*k^2-20*k+25", Range::From(3), "+"),
        ("-4*k^3+16*k^2-5*k-25", Range::Between(2, 3), "-0"),
        ("4*k^3-36*k^2+105*k-100", Range::From(1), "-0+"),
        ("4*k^3-36*k^2+105*k-100", Range::Between(1, 4), "-0"),
        ("8*k^3-60*k^2+150*k-125", Range::From(1), "-0+"),
        ("36*k^4-372*k^3+1441*k^2-2480*k+1600", Range::From(1), "0+"),
        ("k^2-6*k+9", Range::Between(1, 3), "+"),
        ("k^3-6*k^2+9*k", Range::From(4), "+"),
        // A root at the beginning, and none after it.
        ("k^3-7*k^2+16*k-10", Range::From(1), "0+"),
        ("(k-3)/(k+1)", Range::From(4), "+"),
    ] {
        assert_eq!(signs(text, range), expected, "{text} for {range}");
    }
}

#[test]
fn signs_of_roots() {
    let from = Range::From(1);
    for (text, expected) in [
        ("-1+sqrt(2)", "+"),
        ("3-2*sqrt(2)", "+"),
        ("-3+2*sqrt(2)", "-"),
        ("3-sqrt(2)-sqrt(8)", "-"),
        ("-k+sqrt(k^2+1)", "+"),
        ("1-sqrt(k)", "-0"),
        ("k-k*sqrt(2)", "-"),
        ("sqrt(2)+sqrt(3)-sqrt(10)", "-"),
        ("-sqrt(2)-sqrt(3)+sqrt(10)", "+"),
        ("2*sqrt(2)-sqrt(8)", "0"),
        ("5-sqrt(k)", "-0+"),
    ] {
        assert_eq!(signs(text, from), expected, "{text}");
    }
}

/// √6 = √2·√3 comes back with every squaring: declined, or seen, but not tried for ever.
#[test]
fn dependent_roots_end() {
    let number = number("2-sqrt(2)-sqrt(3)+1/2*sqrt(6)", Range::From(1));
    if let Ok(signs) = number.signs(&Budget::default()) {
        assert!(signs.plus);
    }
}

#[test]
fn poles_and_negative_radicands_are_refused() {
    let stated =
        |text: &str, range| Function::stated(&text.parse().unwrap(), range, &Budget::default());
    assert!(
        stated("1/(k-2)", Range::From(1)).is_err() && stated("1/(k-2)", Range::From(3)).is_ok()
    );
    assert!(
        stated("sqrt(k-2)", Range::From(1)).is_err() && stated("sqrt(k-2)", Range::From(2)).is_ok()
    );
}

/// A radicand that is 0 for all k of the range adds nothing.
#[test]
fn the_root_of_a_function_that_vanishes_is_none() {
    let number = number("k+3*sqrt(k-2)", Range::At(2));
    assert_eq!(number.to_string(), "(2)");
    let range = Range::From(1);
    let zero = Function::zero().root(false, &Budget::default());
    assert!(zero.is_ok_and(|zero| zero.root_count() == 0));
    assert_eq!(signs("sqrt(k-1)", range), "0+");
}

#[test]
fn products_merge_roots() {
    let limits = Budget::default();
    let range = Range::From(1);
    let (x, y) = (
        number("k+sqrt(k^2+1)", range),
        number("-k+sqrt(k^2+1)", range),
    );
    let product = x.mul(&y, &limits).unwrap_or_else(|stop| panic!("{stop:?}"));
    assert_eq!(product.to_string(), "(1)");
}

/// Texts of one number have no difference, and none of its terms is left, whatever multiplies it; texts that differ somewhere have one.
#[test]
fn roots_that_are_multiples_are_one() {
    let from = Range::From;
    for (x, y, range, expected) in [
        ("sqrt(k)", "k*sqrt(1/k)", from(1), true),
        ("sqrt(1/k)", "1/k*sqrt(k)", Range::Between(2, 5), true),
        ("sqrt(k/(k+1))", "1/(k+1)*sqrt(k^2+k)", from(1), true),
        ("sqrt(8*k)", "2*sqrt(2*k)", from(1), true),
        ("sqrt(k^3)", "k*sqrt(k)", from(1), true),
        // One of both is a multiple of the other at k = 1 too, where √(k − 1) = 0.
        ("sqrt(k^3-3*k^2+3*k-1)", "(k-1)*sqrt(k-1)", from(1), true),
        ("(k-1)*sqrt(k-1)", "sqrt(k^3-3*k^2+3*k-1)", from(1), true),
        // |3 − k| is k − 3 or 3 − k, according to the range.
        ("sqrt(k^3-6*k^2+9*k)", "(k-3)*sqrt(k)", from(3), true),
        (
            "sqrt(k^3-6*k^2+9*k)",
            "-(k-3)*sqrt(k)",
            Range::Between(1, 3),
            true,
        ),
        ("sqrt(k^3-6*k^2+9*k)", "-(k-3)*sqrt(k)", from(4), false),
        (
            "sqrt((k-4)/(k^2-2*k-24))",
            "1/(k+4)*sqrt((k^2-16)/(k-6))",
            Range::Between(1, 4),
            true,
        ),
        ("sqrt(k)", "2", Range::At(4), true),
        ("sqrt(2*k)", "2*sqrt(2)", Range::At(4), true),
        ("sqrt(k)", "sqrt(k+1)", from(1), false),
        ("sqrt(2*k)", "2*sqrt(k)", from(1), false),
    ] {
        let limits = Budget::default();
        let text = |text: &str| match text.parse() {
            Ok(formula) => Function::stated(&formula, range, &limits)
                .unwrap_or_else(|stop| panic!("{text}: {stop:?}")),
            Err(fault) => panic!("{text}: {fault}"),
        };
        let difference = text(x).sub(&text(y), &limits).unwrap();
        for factor in ["1", "k-3", "-3+sqrt(k+2)"] {
            let product = difference.mul(&text(factor), &limits).unwrap();
            assert_eq!(
                product.plain.is_zero() && product.root_count() == 0,
                expected,
                "{x} less {y} for {range}, times {factor}: {product}"
            );
        }
    }
}

/// Three roots or more, as sums of parts: by refinement, in little work. What vanishes at an end of the range, once or twice, is seen too.
#[test]
fn signs_of_many_roots() {
    for (text, range, expected) in [
        (
            "-9*k sqrt(k^2+1) 2*sqrt(k^2+k) 3*sqrt(4*k^2+1)",
            Range::From(3),
            "+",
        ),
        // Squares of this took minutes.
        (
            "(3*k^4+6*k^3+8*k^2+8*k+8)/(8*k^4+8*k^3+2*k^2+2*k+2) (8*k^4+6*k^3+8*k^2+2*k+5)/(4*k^4+3*k^3+5*k^2+7*k+2)*sqrt(3*k^4+4*k^3+5*k^2+3*k+3) -sqrt(5*k^4+6*k^3+4*k^2+4*k+3) -(3*k^4+6*k^3+6*k^2+3*k+4)/(3*k^4+4*k^3+2*k^2+7*k+5)*sqrt(6*k^4+4*k^3+7*k^2+4*k+8)",
            Range::From(1),
            "-",
        ),
        // A second difference, that is k^(-3/2) for large k.
        ("sqrt(k+1) -2*sqrt(k+2) sqrt(k+3)", Range::From(1), "-"),
        // A third one.
        (
            "sqrt(k+1) -3*sqrt(k+2) 3*sqrt(k+3) -sqrt(k+4)",
            Range::From(1),
            "-",
        ),
        // It changes its sign; it is 0 at 3, where the range begins, or ends before it, or is.
        ("-7 sqrt(k+1) sqrt(k+6) sqrt(4*k-11)", Range::From(3), "-0+"),
        ("-6 sqrt(k+1) sqrt(k+6) sqrt(k-2)", Range::From(3), "0+"),
        (
            "-6 sqrt(k+1) sqrt(k+6) sqrt(k-2)",
            Range::Between(2, 3),
            "-",
        ),
        ("-6 sqrt(k+1) sqrt(k+6) sqrt(k-2)", Range::At(3), "0"),
        ("1 sqrt(2) sqrt(3) -sqrt(17)", Range::From(1), "+"),
        // It touches 0 at 9/4, or crosses it there and at another place, or is less everywhere.
        (
            "(284*k+2511)/420 -sqrt(k) -sqrt(k+4) -sqrt(k+10)",
            Range::From(1),
            "0+",
        ),
        (
            "(284*k+2511)/420 -sqrt(k) -sqrt(k+4) -sqrt(k+10)",
            Range::Between(1, 5),
            "0+",
        ),
        (
            "(284*k+2511)/420 -sqrt(k) -sqrt(k+4) -sqrt(k+10)",
            Range::From(3),
            "+",
        ),
        (
            "(284*k+2511)/420 -1/100000 -sqrt(k) -sqrt(k+4) -sqrt(k+10)",
            Range::From(1),
            "-0+",
        ),
        (
            "(284*k+2511)/420 1/100000 -sqrt(k) -sqrt(k+4) -sqrt(k+10)",
            Range::From(1),
            "+",
        ),
        // (√(k + 1) + √(2k + 5) − 5)²: 0 at a place that is no rational number.
        (
            "3*k+31 2*sqrt(2*k^2+7*k+5) -10*sqrt(k+1) -10*sqrt(2*k+5)",
            Range::From(1),
            "0+",
        ),
        (
            "-1229*k-770 (61*k+13)*sqrt(289*k+811) -(3*k+51)*sqrt(97*k+1) (17*k+5)*sqrt(31*k+7) -(29*k+1)*sqrt(113*k+5) -(7*k+3)*sqrt(53*k+11)",
            Range::From(1),
            "-0+",
        ),
    ] {
        let limits = Budget::default();
        let parts = text.split(' ').map(|part| number(part, range));
        let sum = parts.fold(Function::zero(), |sum, part| {
            sum.add(&part, &limits).unwrap()
        });
        let found = sum.signs(&limits).unwrap();
        let shown = [(found.minus, '-'), (found.zero, '0'), (found.plus, '+')];
        let shown: String = shown
            .iter()
            .filter(|(may, _)| *may)
            .map(|(_, c)| c)
            .collect();
        println!("{} limb operations: {text} for {range}", limits.work());
        assert_eq!(shown, expected, "{text} for {range}");
        assert!(limits.work() < 300_000_000, "{}: {text}", limits.work());
    }
}
