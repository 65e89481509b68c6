use super::number::Number;
use super::*;

/// What is made of a text, with radicands as they come.
fn value(text: &str) -> Result<String, String> {
    match Number::read(text, &Budget::default()) {
        Ok(number) => Ok(number.value().to_string()),
        Err(Fault::Wrong(reason)) => Err(reason),
        Err(Fault::Limit(reason)) => Err(format!("limit: {reason}")),
    }
}

#[test]
fn numbers_of_files() {
    for (text, expected) in [
        ("0", "0"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("--3", "3"),
        ("+3", "3"),
        ("6/4", "3/2"),
        ("0.125", "1/8"),
        (".5", "1/2"),
        ("5.", "5"),
        ("007", "7"),
        ("1e-3", "1/1000"),
        ("-1.5E+2", "-150"),
        ("12.5e1", "125"),
        ("0x1.8p-3", "3/16"),
        ("-0X.8P1", "-1"),
        ("0xff", "255"),
        ("1/2+1/3", "5/6"),
        ("2^-2", "1/4"),
        ("(1-3)*2", "-4"),
        ("-2^2", "-4"),
        ("2-3-4", "-5"),
        ("8/2/2", "2"),
        ("1/-2", "-1/2"),
        (" ( 1 + 2 ) ^ 3\t", "27"),
        ("0^0", "1"),
        ("sqrt(2)", "1*sqrt(2)"),
        ("-√2", "-1*sqrt(2)"),
        ("√(1/2)", "1/2*sqrt(2)"),
        ("2*sqrt(2)", "2*sqrt(2)"),
        ("sqrt(4)", "2"),
        ("sqrt(0)", "0"),
        ("sqrt(2)/2", "1/2*sqrt(2)"),
        ("-2/5*sqrt(102)", "-2/5*sqrt(102)"),
        ("sqrt(2)*sqrt(3)", "1*sqrt(6)"),
        ("3/sqrt(3)", "1*sqrt(3)"),
        ("sqrt(2)^4", "4"),
        ("sqrt(2+2)", "2"),
        ("sqrt(8)-2*sqrt(2)", "0"),
        ("(1+sqrt(2))/(sqrt(2)-1)", "3 + 2*sqrt(2)"),
        ("1/(1+sqrt(2)+sqrt(3))", "1/2 + 1/4*sqrt(2) + -1/4*sqrt(6)"),
        ("(1+sqrt(2))*(1-sqrt(2))", "-1"),
    ] {
        assert_eq!(value(text).as_deref(), Ok(expected), "{text}");
    }
    for (text, expected) in [
        ("", "it ends where a number is expected"),
        ("-", "it ends where a number is expected"),
        (".", "expected digits"),
        ("1.2.3", "unexpected '.'"),
        ("1e", "expected digits"),
        ("1e2.5", "unexpected '.'"),
        ("nan", "unexpected 'n'"),
        ("-inf", "unexpected 'i'"),
        ("k", "unexpected 'k'"),
        ("sqrt(sqrt(2))", "a square root inside a square root"),
        ("sqrt(2", "a closing parenthesis is missing"),
        ("sqrt()", "unexpected ')'"),
        ("sqrt (2)", "unexpected 's'"),
        ("1_000", "unexpected '_'"),
        ("1 000", "unexpected '0'"),
        ("1,5", "unexpected ','"),
        ("½", "unexpected '½'"),
        ("0x", "expected digits"),
        ("0x1g", "unexpected 'g'"),
        ("１", "unexpected '１'"),
        ("1//2", "unexpected '/'"),
        ("1/", "it ends where a number is expected"),
        ("2**2", "unexpected '*'"),
        ("2^3^2", "unexpected '^'"),
        ("2^(1/2)", "expected digits"),
        ("3√2", "unexpected '√'"),
        ("\u{a0}1", "unexpected '\\u{a0}'"),
        ("1/0", "division by zero"),
        ("0^-1", "division by zero"),
        ("1/(sqrt(8)-2*sqrt(2))", "division by zero"),
        ("sqrt(1/0)", "division by zero"),
        ("1/sqrt(0)", "division by zero"),
        ("sqrt(-2)", "the square root of a negative number"),
        ("1e1000000000000", "limit: "),
        ("1e20001", "an exponent beyond ±20000"),
        ("0x1p-4294967297", "limit: "),
        ("1e20000*1e20000", "a value of more than 100000 bits"),
        ("2^20001", "a power above 20000"),
        ("2^20000^2", "unexpected '^'"),
    ] {
        let found = value(text).expect_err(text);
        assert!(found.contains(expected), "{text}: {found}");
    }
    let nested = |depth: usize| format!("{}1{}", "(".repeat(depth), ")".repeat(depth));
    assert!(value(&nested(64)).is_ok());
    assert!(value(&nested(65)).unwrap_err().starts_with("limit: "));
    assert!(value(&"7".repeat(30_000)).is_ok());
    let long = value(&"7".repeat(30_001)).unwrap_err();
    assert!(long.starts_with("limit: "), "{long}");
}
