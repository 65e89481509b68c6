//! Networks and families as JSON, read token by token: nothing recurses on the file, and every number is kept as its text.

use std::borrow::Cow;

use super::expression::LONGEST;
use super::families::FamilyFile;
use super::fault::{Fault, limit, text, wrong};
use super::layers::Affine;
use super::number::Number;
use super::weights::{Contents, Weights};
use crate::kernel::budget::{Budget, Held};

/// Most numbers in one file.
const MOST_NUMBERS: usize = 5_000_000;
/// Bytes of a number's text in a list, not its own: a list grows by doubling, and a row may have one number.
const TEXT: u64 = 120;
/// Most bits of all numbers of one file together.
const MOST_BITS: u64 = 1 << 32;

type Row<'a> = Vec<Cow<'a, str>>;
type Matrix<'a> = Vec<Row<'a>>;

#[derive(Default)]
struct Fields<'a> {
    a: Option<Matrix<'a>>,
    b: Option<Option<Row<'a>>>,
    c: Option<Matrix<'a>>,
    e: Option<Option<Row<'a>>>,
    layers: Option<Vec<Layer<'a>>>,
    parameter: Option<String>,
    name: Option<()>,
    d: Option<Option<usize>>,
    m: Option<Option<usize>>,
    outputs: Option<Option<usize>>,
}

struct Layer<'a> {
    weights: Matrix<'a>,
    biases: Option<Row<'a>>,
}

/// Reads a file.
pub(super) fn read(bytes: &[u8], limits: &Budget) -> Result<Contents, Fault> {
    let text = text(bytes)?;
    let mut scanner = Scanner {
        rest: text,
        numbers: 0,
        held: limits.hold(0)?,
        limits,
    };
    let fields = scanner.whole().map_err(|fault| {
        fault.within(|| {
            let read = text.len() - scanner.rest.len();
            let before = text.get(..read).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1) + 1;
            format!("line {line}, column {column}")
        })
    })?;
    fields.holds(limits)
}

impl<'a> Fields<'a> {
    fn holds(self, limits: &Budget) -> Result<Contents, Fault> {
        let sizes = [self.d, self.m, self.outputs].map(Option::flatten);
        let (b, e) = (self.b.flatten(), self.e.flatten());
        match (self.a, self.c, self.layers, self.parameter) {
            (Some(a), Some(c), None, None) => {
                let family = match FamilyFile::fits(a.len(), entries(&a, &c)).is_ok() {
                    true => family(&a, &b, &c, &e, limits).ok(),
                    false => None,
                };
                let weights = shallow(a, b, c, e, sizes, limits)?;
                Ok(Contents::Network(weights, family))
            }
            (Some(a), Some(c), None, Some(parameter)) => {
                if parameter != "k" {
                    return wrong("the parameter of a family is called k");
                }
                check_shapes(&a, &c, sizes)?;
                FamilyFile::fits(a.len(), entries(&a, &c))?;
                Ok(Contents::Family(family(&a, &b, &c, &e, limits)?))
            }
            (None, None, Some(layers), None) if b.is_none() && e.is_none() => {
                layered(layers, sizes, limits)
            }
            _ => wrong("expected a network with a and c, or with layers"),
        }
    }
}

fn entries(a: &Matrix, c: &Matrix) -> usize {
    a.iter().chain(c).map(Vec::len).sum()
}

/// A family of these texts; where there is b or e, the other is 0.
fn family(
    a: &Matrix,
    b: &Option<Row>,
    c: &Matrix,
    e: &Option<Row>,
    limits: &Budget,
) -> Result<FamilyFile, Fault> {
    let biases = match b.is_some() || e.is_some() {
        false => None,
        true => {
            let row = |row: &Option<Row>, length: usize, name: &str| match row {
                None => Ok(vec!["0".to_owned(); length]),
                Some(row) if row.len() == length => {
                    Ok(row.iter().map(|text| text.to_string()).collect())
                }
                Some(_) => wrong(format!("{name} has not {length} numbers")),
            };
            Some([row(b, a.len(), "b")?, row(e, width(c), "e")?])
        }
    };
    FamilyFile::new(owned(a), owned(c), biases, limits)
}

fn owned(rows: &Matrix) -> Vec<Vec<String>> {
    let row = |row: &Row| row.iter().map(|text| text.to_string()).collect();
    rows.iter().map(row).collect()
}

fn width<T>(rows: &[Vec<T>]) -> usize {
    rows.first().map_or(0, Vec::len)
}

fn check_sizes(stated: [Option<usize>; 3], found: [usize; 3]) -> Result<(), Fault> {
    for ((stated, found), name) in stated.into_iter().zip(found).zip(["d", "m", "D"]) {
        if stated.is_some_and(|stated| stated != found) {
            return wrong(format!("{name} is not {found}, as the weights say"));
        }
    }
    Ok(())
}

fn check_shapes(a: &Matrix, c: &Matrix, sizes: [Option<usize>; 3]) -> Result<(), Fault> {
    if a.len() != c.len() {
        return wrong(format!("a has {} rows, c has {}", a.len(), c.len()));
    }
    check_sizes(sizes, [width(a), a.len(), width(c)])
}

/// Numbers and how many bits they have together.
struct Numbers<'a> {
    bits: u64,
    limits: &'a Budget,
}

impl Numbers<'_> {
    fn row(&mut self, row: &Row, rational: bool) -> Result<Vec<Number>, Fault> {
        let mut numbers = Vec::with_capacity(row.len());
        for text in row {
            let number = match rational {
                true => Number::rational(text, self.limits)?,
                false => Number::read(text, self.limits)?,
            };
            self.limits.keep(number.memory())?;
            self.bits = self.bits.saturating_add(number.bits());
            if self.bits > MOST_BITS {
                return limit(format!("numbers of more than {MOST_BITS} bits in all"));
            }
            numbers.push(number);
        }
        Ok(numbers)
    }

    fn rows(&mut self, rows: &Matrix, rational: bool) -> Result<Vec<Vec<Number>>, Fault> {
        rows.iter().map(|row| self.row(row, rational)).collect()
    }
}

fn shallow(
    a: Matrix,
    b: Option<Row>,
    c: Matrix,
    e: Option<Row>,
    sizes: [Option<usize>; 3],
    limits: &Budget,
) -> Result<Weights, Fault> {
    check_shapes(&a, &c, sizes)?;
    if b.as_ref().is_some_and(|b| b.len() != a.len()) {
        return wrong("b has not one number a neuron");
    }
    if e.as_ref().is_some_and(|e| e.len() != width(&c)) {
        return wrong("e has not one number an output");
    }
    let mut numbers = Numbers { bits: 0, limits };
    let weights = Weights {
        inputs: width(&a),
        outputs: width(&c),
        a: numbers.rows(&a, false)?,
        b: b.map(|b| numbers.row(&b, false)).transpose()?,
        c: numbers.rows(&c, false)?,
        e: e.map(|e| numbers.row(&e, true)).transpose()?,
    };
    weights.contributions_are_rational(limits)?;
    Ok(weights)
}

/// Two layers make a shallow network.
fn layered(
    layers: Vec<Layer>,
    sizes: [Option<usize>; 3],
    limits: &Budget,
) -> Result<Contents, Fault> {
    let mut numbers = Numbers { bits: 0, limits };
    let mut before = None;
    let mut read = Vec::with_capacity(layers.len());
    let neurons = match layers.as_slice() {
        [inner, _] => Some(inner.weights.len()),
        _ => None,
    };
    if neurons.is_none() && sizes.get(1).is_some_and(Option::is_some) {
        return wrong("m is of networks with two layers");
    }
    for (l, layer) in layers.iter().enumerate() {
        let (rows, columns) = (layer.weights.len(), width(&layer.weights));
        if before.is_some_and(|before| before != columns) {
            return wrong(format!(
                "layer {l} takes not the outputs of the one before it"
            ));
        }
        if layer.biases.as_ref().is_some_and(|b| b.len() != rows) {
            return wrong("a layer has not one bias a row of its weights");
        }
        before = Some(rows);
    }
    let inputs = layers.first().map_or(0, |layer| width(&layer.weights));
    let outputs = before.unwrap_or(0);
    let [_, m, _] = sizes;
    check_sizes(sizes, [inputs, neurons.or(m).unwrap_or(0), outputs])?;
    for layer in &layers {
        let biases = layer.biases.as_ref();
        read.push(Affine {
            rows: numbers.rows(&layer.weights, true)?,
            biases: biases.map(|b| numbers.row(b, true)).transpose()?,
        });
    }
    Ok(Contents::of_layers(read))
}

/// What is left of the text.
struct Scanner<'a> {
    rest: &'a str,
    numbers: usize,
    /// The texts that are kept until they are read as numbers.
    held: Held,
    limits: &'a Budget,
}

impl<'a> Scanner<'a> {
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
        self.rest.chars().next()
    }

    fn take(&mut self, token: &str) -> bool {
        self.peek();
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, token: &str) -> Result<(), Fault> {
        match self.take(token) {
            true => Ok(()),
            false => self.unexpected(token),
        }
    }

    fn unexpected<T>(&mut self, expected: &str) -> Result<T, Fault> {
        match self.peek() {
            Some(c) => wrong(format!("found {c:?}, expected {expected}")),
            None => wrong(format!("found the end of the file, expected {expected}")),
        }
    }

    fn whole(&mut self) -> Result<Fields<'a>, Fault> {
        let mut fields = Fields::default();
        self.object(|scanner, key| match key {
            "a" => once(&mut fields.a, scanner.matrix()?),
            "c" => once(&mut fields.c, scanner.matrix()?),
            "b" => once(&mut fields.b, scanner.optional(Scanner::row)?),
            "e" => once(&mut fields.e, scanner.optional(Scanner::row)?),
            "layers" => once(&mut fields.layers, scanner.list(Scanner::layer)?),
            "parameter" => once(&mut fields.parameter, scanner.string()?.into_owned()),
            "name" => {
                scanner.optional(Scanner::string)?;
                once(&mut fields.name, ())
            }
            "d" => once(&mut fields.d, scanner.optional(Scanner::size)?),
            "m" => once(&mut fields.m, scanner.optional(Scanner::size)?),
            "D" => once(&mut fields.outputs, scanner.optional(Scanner::size)?),
            _ => wrong(format!("unknown field {:?}", shortened(key))),
        })?;
        match self.peek() {
            None => Ok(fields),
            Some(_) => self.unexpected("nothing after the network"),
        }
    }

    /// The members of an object, one call each with the key; the scanner then stands before the value.
    fn object(
        &mut self,
        mut member: impl FnMut(&mut Self, &str) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.expect("{")?;
        if self.take("}") {
            return Ok(());
        }
        loop {
            let key = self.string()?;
            self.expect(":")?;
            member(self, &key).map_err(|fault| fault.within(|| shortened(&key)))?;
            if self.take("}") {
                return Ok(());
            }
            self.expect(",")?;
        }
    }

    /// A list of at least one thing.
    fn list<T>(
        &mut self,
        mut item: impl FnMut(&mut Self) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        self.expect("[")?;
        let mut items = vec![item(self)?];
        while !self.take("]") {
            self.expect(",")?;
            items.push(item(self)?);
        }
        Ok(items)
    }

    fn optional<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        match self.take("null") {
            true => Ok(None),
            false => read(self).map(Some),
        }
    }

    fn row(&mut self) -> Result<Row<'a>, Fault> {
        self.list(Scanner::number)
    }

    /// Rows of equal length.
    fn matrix(&mut self) -> Result<Matrix<'a>, Fault> {
        let rows = self.list(Scanner::row)?;
        let length = width(&rows);
        match rows.iter().all(|row| row.len() == length) {
            true => Ok(rows),
            false => wrong("the rows differ in length"),
        }
    }

    fn layer(&mut self) -> Result<Layer<'a>, Fault> {
        let (mut weights, mut biases) = (None, None);
        self.object(|scanner, key| match key {
            "weights" => once(&mut weights, scanner.matrix()?),
            "biases" => once(&mut biases, scanner.optional(Scanner::row)?),
            _ => wrong(format!("unknown field {:?}", shortened(key))),
        })?;
        let biases = biases.flatten();
        match weights {
            Some(weights) => Ok(Layer { weights, biases }),
            None => wrong("a layer without weights"),
        }
    }

    /// A string, escapes resolved.
    fn string(&mut self) -> Result<Cow<'a, str>, Fault> {
        let (token, rest) = self.quoted()?;
        self.rest = rest;
        unquoted(token)
    }

    /// A string with its quotes, and what follows it.
    fn quoted(&mut self) -> Result<(&'a str, &'a str), Fault> {
        if self.peek() != Some('"') {
            return self.unexpected("a string");
        }
        let mut escaped = true;
        let end = self.rest.bytes().position(|byte| {
            let end = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            end
        });
        match end.and_then(|end| self.rest.split_at_checked(end + 1)) {
            Some(parts) => Ok(parts),
            None => wrong("a string without an end"),
        }
    }

    /// A number as JSON writes it, with nothing but white space or punctuation behind it.
    fn bare(&mut self) -> Result<&'a str, Fault> {
        self.peek();
        let end = self.rest.find([' ', '\t', '\n', '\r', ',', ']', '}']);
        let parts = self.rest.split_at_checked(end.unwrap_or(self.rest.len()));
        let (token, rest) = parts.unwrap_or_default();
        if token.len() <= LONGEST && serde_json::from_str::<serde_json::Number>(token).is_err() {
            return self.unexpected("a number");
        }
        self.rest = rest;
        Ok(token)
    }

    /// The text of a number, bare or in quotes.
    fn number(&mut self) -> Result<Cow<'a, str>, Fault> {
        self.numbers += 1;
        self.limits.tick()?;
        self.held.grow(TEXT, self.limits)?;
        if self.numbers > MOST_NUMBERS {
            return limit(format!("more than {MOST_NUMBERS} numbers"));
        }
        let quoted = self.peek() == Some('"');
        let (token, rest) = match quoted {
            true => self.quoted()?,
            false => (self.bare()?, self.rest),
        };
        let length = token.len() - if quoted { 2 } else { 0 };
        if length > LONGEST {
            return limit(format!(
                "a number of {length} characters, more than {LONGEST}"
            ));
        }
        let text = match quoted {
            true => unquoted(token)?,
            false => Cow::Borrowed(token),
        };
        self.rest = rest;
        if let Cow::Owned(text) = &text {
            self.held.grow(text.len() as u64 + 32, self.limits)?;
        }
        self.limits.charge(2 * length as u64)?;
        Ok(text)
    }

    fn size(&mut self) -> Result<usize, Fault> {
        let token = self.bare()?;
        let digits = token.bytes().all(|byte| byte.is_ascii_digit());
        match token.parse() {
            Ok(size) if digits => Ok(size),
            _ => wrong("expected a whole number"),
        }
    }
}

/// The text of a string with its quotes.
fn unquoted(token: &str) -> Result<Cow<'_, str>, Fault> {
    let inside = token.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
    match inside {
        Some(inside) if !inside.contains(|c: char| c == '\\' || c < ' ') => {
            Ok(Cow::Borrowed(inside))
        }
        _ => match serde_json::from_str(token) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(error) => wrong(format!("a malformed string: {error}")),
        },
    }
}

fn shortened(key: &str) -> String {
    key.chars().take(60).collect()
}

/// Sets a field that must not be there twice.
fn once<T>(field: &mut Option<T>, value: T) -> Result<(), Fault> {
    match field.replace(value) {
        None => Ok(()),
        Some(_) => wrong("the field appears twice"),
    }
}
