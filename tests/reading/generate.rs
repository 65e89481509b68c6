//! Files of every format, with what is awkward in each.

use std::fmt::Write as _;

use relucert::network::file::Format;

/// A file, and if it is one that can be bound, the same with one number changed.
pub struct File {
    pub format: Format,
    pub bytes: Vec<u8>,
    pub changed: Option<Vec<u8>>,
}

/// A seeded source (splitmix64).
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// True once in so many times.
    fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

/// Texts that are no numbers, or numbers beyond a limit.
const NO_NUMBERS: [&str; 40] = [
    "",
    " ",
    "-",
    "+",
    ".",
    "1.2.3",
    "1e",
    "1e+",
    "1e2.5",
    "0x",
    "0x1g",
    "0x1p",
    "nan",
    "NaN",
    "inf",
    "-Infinity",
    "∞",
    "1_000",
    "1 000",
    "1,5",
    "½",
    "１",
    "2³",
    "2×3",
    "–3",
    "1\u{a0}",
    "1//2",
    "2**3",
    "2^3^2",
    "2^(1/2)",
    "1/0",
    "0^-1",
    "sqrt(-2)",
    "sqrt(sqrt(2))",
    "sqrt 2",
    "sqrt(2",
    "(1",
    "1)",
    "1e20001",
    "k",
];

/// A rational number in one of many spellings.
fn rational(random: &mut Random) -> String {
    let (p, q) = (random.below(200), 1 + random.below(30));
    let sign = random.of(&["", "", "", "-", "−", "+", "--", "- ", "-+"]);
    let text = match random.below(22) {
        0..5 => p.to_string(),
        5..9 => format!("{p}/{q}"),
        9 => format!("{p} / {q}"),
        10 => format!("{}.{}", p, q),
        11 => format!(".{q}"),
        12 => format!("{p}."),
        13 => format!("{p}e-{q}"),
        14 => format!("{p}.{q}E+{}", q % 5),
        15 => format!("0x{p:x}.{q:X}p-{q}"),
        16 => format!("0X{p:x}"),
        17 => format!("({p}+1/{q})"),
        18 => format!("({p}-{q})*{q}"),
        19 => format!("{q}^-{}", q % 4),
        20 => format!("(1/{q})^{}", p % 5),
        _ => format!("00{p}/{q}/{q}"),
    };
    format!("{sign}{text}")
}

/// A rational multiple of √n, or n = 1: of a rational number.
fn multiple(random: &mut Random, n: usize) -> String {
    let factor = rational(random);
    if n == 1 {
        return match random.below(12) {
            0 => format!("({factor})*sqrt(9/4)"),
            1 => format!("(1+sqrt(2))*(1-sqrt(2))*({factor})"),
            2 => format!("√4*({factor})"),
            3 => format!("({factor})+sqrt(2)-√2"),
            _ => factor,
        };
    }
    let q = 1 + random.below(6);
    match random.below(7) {
        0 => "0".to_owned(),
        1 => format!("sqrt({n})"),
        2 => format!("-√{n}"),
        3 => format!("({factor})*sqrt({})", n * q * q),
        4 => format!("({factor})/sqrt({n})"),
        5 => format!("√({n}/{q}^2)*{q}"),
        _ => format!("sqrt({n})+2*sqrt({n})/{q}"),
    }
}

/// As a JSON value; bare where JSON allows it, now and then.
fn json_value(random: &mut Random, text: &str) -> String {
    let bare = random.once_in(3) && text.parse::<f64>().is_ok_and(f64::is_finite);
    if bare {
        // What is no number in JSON, such as 007, is a fault both must see.
        return text.to_owned();
    }
    let escaped = match random.once_in(12) {
        true => text.replacen('1', "\\u0031", 1).replacen('/', "\\/", 1),
        false => text.to_owned(),
    };
    format!("\"{escaped}\"")
}

/// A JSON row.
fn json_row(values: &[String]) -> String {
    format!("[{}]", values.join(","))
}

/// A value that is none, now and then.
const NO_VALUES: [&str; 9] = [
    "null",
    "true",
    "{}",
    "[]",
    "[1]",
    "01",
    "1.",
    "{\"$serde_json::private::Number\":\"5\"}",
    "+1",
];

/// A matrix of numbers as JSON; the first number, as text, is kept aside.
fn matrix(
    random: &mut Random,
    [rows, columns]: [usize; 2],
    roots: &dyn Fn(usize, usize) -> usize,
    number: fn(&mut Random, usize) -> String,
) -> Vec<Vec<String>> {
    let mut matrix = Vec::new();
    for i in 0..rows {
        let mut row = Vec::new();
        for j in 0..columns {
            let text = number(random, roots(i, j));
            row.push(json_value(random, &text));
        }
        matrix.push(row);
    }
    matrix
}

/// One fault, or something unusual that is none.
fn disturb(random: &mut Random, rows: &mut [Vec<String>]) {
    let i = random.below(rows.len());
    let j = random.below(rows[i].len());
    match random.below(60) {
        0..4 => rows[i][j] = format!("\"{}\"", random.of(&NO_NUMBERS)),
        4..6 => rows[i][j] = random.of(&NO_VALUES).to_owned(),
        6 => rows[i].push("\"1\"".to_owned()),
        7 => rows[i].clear(),
        8 => rows[i][j] = format!("\"{}1{}\"", "(".repeat(65), ")".repeat(65)),
        9 => rows[i][j] = "\"sqrt(2)\"".to_owned(),
        10 => rows[i][j] = "\"1+sqrt(2)\"".to_owned(),
        11 => rows[i][j] = format!("1e-{}", 19_000 + random.below(2000)),
        12 => rows[i][j] = format!("\"{}\"", "9".repeat(29_000 + random.below(2000))),
        13 => rows[i][j] = "\"1\\n\"".to_owned(),
        14 => rows[i][j] = "\"\\q\"".to_owned(),
        15 => rows[i][j] = "\"1".to_owned(),
        _ => {}
    }
}

fn join(rows: &[Vec<String>]) -> String {
    let rows: Vec<String> = rows.iter().map(|row| json_row(row)).collect();
    json_row(&rows)
}

/// Field texts in some order, with white space, sizes, names and faults.
fn object(random: &mut Random, mut fields: Vec<String>, sizes: [usize; 3]) -> Vec<u8> {
    for (name, size) in ["d", "m", "D"].iter().zip(sizes) {
        match random.below(24) {
            0..6 => fields.push(format!("\"{name}\": {size}")),
            6 => fields.push(format!("\"{name}\": {}", size + 1)),
            7 => fields.push(format!("\"{name}\": null")),
            8 if random.once_in(3) => fields.push(format!("\"{name}\": {size}.0")),
            9 if random.once_in(3) => fields.push(format!("\"{name}\": \"{size}\"")),
            _ => {}
        }
    }
    match random.below(40) {
        0..8 => fields.push("\"name\": \"n\\u00e9t\"".to_owned()),
        8 => fields.push("\"name\": null".to_owned()),
        9 => fields.push("\"name\": 5".to_owned()),
        10 => fields.push("\"name\": \"\\x\"".to_owned()),
        11 => fields.push("\"nmae\": \"x\"".to_owned()),
        12 => {
            let again = fields[random.below(fields.len())].clone();
            fields.push(again);
        }
        13 => fields.push("\"\\u0061\": [[1]]".to_owned()),
        14 => fields.push("\"layers\": null".to_owned()),
        15 => fields.push("\"c\": null".to_owned()),
        _ => {}
    }
    for i in (1..fields.len()).rev() {
        fields.swap(i, random.below(i + 1));
    }
    let comma = random.of(&[",", ", ", ",\n ", " ,\r\n\t", ","]);
    let mut text = format!("{{{}}}", fields.join(comma));
    match random.below(40) {
        0 => text.push_str(" x"),
        1 => text.push(','),
        2 => {
            text.pop();
        }
        3 => text = text.replacen(']', ",]", 1),
        4 => text = text.replacen(':', " ", 1),
        5 => text.push_str("{}"),
        6..12 => text.push_str(" \r\n\t"),
        _ => {}
    }
    let mut bytes = Vec::new();
    if random.once_in(8) {
        bytes.extend(b"\xef\xbb\xbf");
    }
    bytes.extend(text.as_bytes());
    if random.once_in(60) {
        let at = random.below(bytes.len());
        bytes[at] = random.next() as u8;
    }
    bytes
}

/// `{"a", "c"}` with or without `b` and `e`, or `layers`.
pub fn json_network(random: &mut Random) -> File {
    let (d, m, outputs) = (
        1 + random.below(3),
        1 + random.below(3),
        1 + random.below(2),
    );
    let layered = random.once_in(3);
    let root = |random: &mut Random| [1, 1, 1, 2, 3, 5][random.below(6)];
    let roots: Vec<usize> = match layered {
        true => vec![1; m],
        false => (0..m).map(|_| root(random)).collect(),
    };
    let of_neuron = |i: usize, _: usize| roots[i];
    let mut a = matrix(random, [m, d], &of_neuron, multiple);
    let mut b = matrix(random, [m, 1], &of_neuron, multiple).concat();
    let mut e = matrix(random, [1, outputs], &|_, _| 1, multiple).concat();
    let mut c = match layered {
        true => matrix(random, [outputs, m], &|_, _| 1, multiple),
        false => matrix(random, [m, outputs], &of_neuron, multiple),
    };
    // Another number in one place, whatever stood there.
    let (i, j) = (random.below(m), random.below(d));
    let change = |a: &[Vec<String>]| {
        let mut changed = a.to_vec();
        let text = changed[i][j].trim_matches('"').to_owned();
        changed[i][j] = match roots[i] {
            1 => format!("\"({text})+1\""),
            n => format!("\"({text})+sqrt({n})\""),
        };
        changed
    };
    let changed = change(&a);
    if random.once_in(2) {
        disturb(random, &mut a);
        disturb(random, &mut c);
    }
    let (b_there, e_there) = (random.once_in(2), random.once_in(2));
    if random.once_in(30) {
        b.push("1".to_owned());
    }
    if random.once_in(30) {
        e.pop();
    }
    let seed = random.next();
    let write = |a: &[Vec<String>]| {
        let random = &mut Random(seed);
        let mut fields = Vec::new();
        if layered {
            let biases = |there: bool, row: &[String]| match there {
                true => format!(", \"biases\": {}", json_row(row)),
                false => random_null(seed),
            };
            let mut layers = vec![
                format!("{{\"weights\": {}{}}}", join(a), biases(b_there, &b)),
                format!("{{\"weights\": {}{}}}", join(&c), biases(e_there, &e)),
            ];
            match random.below(12) {
                0 => layers.push(format!(
                    "{{\"weights\": [{}]}}",
                    json_row(&vec!["1".to_owned(); outputs])
                )),
                1 => drop(layers.pop()),
                2 if random.once_in(3) => layers.swap(0, 1),
                _ => {}
            }
            fields.push(format!("\"layers\": [{}]", layers.join(", ")));
        } else {
            fields.push(format!("\"a\": {}", join(a)));
            fields.push(format!("\"c\": {}", join(&c)));
            for (name, there, row) in [("b", b_there, &b), ("e", e_there, &e)] {
                match (there, random.below(8)) {
                    (true, _) => fields.push(format!("\"{name}\": {}", json_row(row))),
                    (false, 0) => fields.push(format!("\"{name}\": null")),
                    _ => {}
                }
            }
            if random.once_in(40) {
                fields.push("\"layers\": [{\"weights\": [[1]]}]".to_owned());
            }
        }
        object(random, fields, [d, m, outputs])
    };
    // Where the first number was disturbed, what is changed would be another fault.
    let bytes = write(&a);
    File {
        format: Format::Json,
        changed: changeable(&bytes, write(&changed), &a, &changed),
        bytes,
    }
}

/// `biases` absent or null.
fn random_null(seed: u64) -> String {
    let random = &mut Random(seed ^ 1);
    random.of(&["", ", \"biases\": null"]).to_owned()
}

/// The changed file, if it differs from the file in one number alone.
fn changeable(
    bytes: &[u8],
    changed: Vec<u8>,
    a: &[Vec<String>],
    other: &[Vec<String>],
) -> Option<Vec<u8>> {
    let differ: usize = a
        .iter()
        .zip(other)
        .map(|(x, y)| x.iter().zip(y).filter(|(x, y)| x != y).count() + x.len().abs_diff(y.len()))
        .sum();
    let text = String::from_utf8(bytes.to_vec()).ok()?;
    let marks = |text: &str| text.matches('"').count().is_multiple_of(2);
    (differ == 1 && marks(&text)).then_some(changed)
}

/// A number of a family in one of many spellings.
fn in_k(random: &mut Random, root: usize) -> String {
    let n = random.below(9);
    let power = 1 + random.below(3);
    match random.below(22) {
        0..3 => "k".to_owned(),
        3 => format!("{n}*k^{power}"),
        4 => format!("-{}/k^{power}", n + 1),
        5 => format!("k^-{power}"),
        6 => format!("(k^2-1)/(k+1)+{n}"),
        7 => format!("k^(-1/2)*k^(1/2)*{n}"),
        8 => format!("sqrt({root})*k"),
        9 => format!("√k/√(k*{})", (n + 1) * (n + 1)),
        10 => format!("{n}/(sqrt({root})*k)"),
        11 => format!("1/(k+{n})-k"),
        12 => "√(k^2)".to_owned(),
        13 => format!("k^{power} − {n}"),
        14 => "1/(1+√2*k)".to_owned(),
        15 => format!("0.{n}*k"),
        _ => rational(random),
    }
}

/// Texts that are no functions of k.
const NO_FUNCTIONS: [&str; 12] = [
    "n",
    "2k",
    "k k",
    "1/(k-k)",
    "k^",
    "k^(1/3)",
    "sqrt(sqrt(k))",
    "√-k",
    "sqrt(-1)",
    "k^101",
    "1/0*k",
    "kk",
];

/// `{"parameter": "k", …}`.
pub fn family(random: &mut Random) -> File {
    let (d, m, outputs) = (1 + random.below(2), 1 + random.below(2), 1);
    let mut a = matrix(random, [m, d], &|i, _| i + 2, in_k);
    let mut c = matrix(random, [m, outputs], &|i, _| i + 2, in_k);
    let (i, j) = (random.below(m), random.below(d));
    let mut changed = a.clone();
    let text = changed[i][j].trim_matches('"').to_owned();
    // The same at k = 1.
    changed[i][j] = format!("\"({text})+k-1\"");
    match random.below(8) {
        0 => a[i][j] = format!("\"{}\"", random.of(&NO_FUNCTIONS)),
        1 => disturb(random, &mut c),
        2 => disturb(random, &mut a),
        _ => {}
    }
    let parameter = random.of(&["\"k\""; 12][..]).to_owned();
    let parameter = match random.below(24) {
        0 => "\"n\"".to_owned(),
        1 => "null".to_owned(),
        _ => parameter,
    };
    let bias = random.below(24);
    let seed = random.next();
    let write = |a: &[Vec<String>]| {
        let random = &mut Random(seed);
        let mut fields = vec![
            format!("\"parameter\": {parameter}"),
            format!("\"a\": {}", join(a)),
            format!("\"c\": {}", join(&c)),
        ];
        match bias {
            0 => fields.push("\"b\": [\"1\"]".to_owned()),
            1 => fields.push("\"e\": null".to_owned()),
            _ => {}
        }
        object(random, fields, [d, m, outputs])
    };
    let bytes = write(&a);
    File {
        format: Format::Json,
        changed: changeable(&bytes, write(&changed), &a, &changed),
        bytes,
    }
}

/// An `.arr` file.
pub fn normals(random: &mut Random) -> File {
    let (m, d) = (random.below(4), random.below(4));
    let head = match random.below(24) {
        0 => format!("{} {d}", m + 1),
        1 => format!("{m} {}", d + 1),
        2 => format!("{m} {d} 1"),
        3 => format!("{m} x"),
        4 => format!("+{m} {d}"),
        _ => format!("{m} {d}"),
    };
    let mut rows: Vec<Vec<String>> = (0..if d == 0 { 0 } else { m })
        .map(|_| (0..d).map(|_| rational(random).replace(' ', "")).collect())
        .collect();
    let mut changed = rows.clone();
    if let Some(first) = changed.first_mut().and_then(|row| row.first_mut()) {
        *first = format!("({first})+1/7");
    }
    let mut faulty = false;
    if !rows.is_empty() && random.once_in(4) {
        let i = random.below(rows.len());
        faulty = true;
        match random.below(4) {
            0 => rows[i][0] = random.of(&NO_NUMBERS).to_owned(),
            1 => rows[i].push("1".to_owned()),
            2 => rows[i][0] = "sqrt(2)".to_owned(),
            _ => drop(rows.remove(i)),
        }
    }
    let (mark, end) = (
        random.once_in(4),
        random.of(&["\n", "\r\n", "\n\n", " # c\n"]),
    );
    let write = |rows: &[Vec<String>]| {
        let mut text = String::from(if mark { "\u{feff}" } else { "" });
        write!(text, "{head}{end}").unwrap();
        for row in rows {
            write!(text, " {}{end}", row.join(" \t")).unwrap();
        }
        text.into_bytes()
    };
    File {
        format: Format::Arr,
        bytes: write(&rows),
        changed: (!faulty && d > 0 && m > 0).then(|| write(&changed)),
    }
}

/// One tensor of a file that is being made.
struct Tensor {
    name: String,
    dtype: &'static str,
    shape: Vec<usize>,
    data: Vec<u8>,
}

fn tensor(random: &mut Random, name: String, dtype: &'static str, shape: Vec<usize>) -> Tensor {
    let size = match dtype {
        "F64" | "I64" => 8,
        "F32" => 4,
        _ => 2,
    };
    let mut data: Vec<u8> = Vec::new();
    for _ in 0..shape.iter().product::<usize>() {
        let word = match random.below(8) {
            // Any bits: also subnormal, huge, negative zero, and now and then no number.
            0 => random.next(),
            1 => 0,
            n => {
                let value = n as f64 - 4.5 + random.below(100) as f64 / 8.0;
                match dtype {
                    "F64" => value.to_bits(),
                    "F32" => u64::from((value as f32).to_bits()),
                    "BF16" => u64::from((value as f32).to_bits() >> 16),
                    // 1.x · 2^e
                    _ => random.next() & 0x3fff,
                }
            }
        };
        data.extend(&word.to_le_bytes()[..size]);
    }
    Tensor {
        name,
        dtype,
        shape,
        data,
    }
}

/// The bytes of a file with these tensors, in this order, with `extra` in the header.
fn tensor_file(tensors: &[Tensor], extra: &str) -> Vec<u8> {
    let (mut header, mut data) = (format!("{{{extra}"), Vec::<u8>::new());
    for (index, tensor) in tensors.iter().enumerate() {
        let (start, end) = (data.len(), data.len() + tensor.data.len());
        let comma = if index + 1 < tensors.len() { "," } else { "" };
        let (name, dtype, shape) = (&tensor.name, tensor.dtype, &tensor.shape);
        write!(
            header,
            "\"{name}\":{{\"dtype\":\"{dtype}\",\"shape\":{shape:?},\"data_offsets\":[{start},{end}]}}{comma}"
        )
        .unwrap();
        data.extend(&tensor.data);
    }
    header.push('}');
    while header.len() % 8 != 0 {
        header.push(' ');
    }
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.as_bytes());
    bytes.extend(data);
    bytes
}

/// Names of the layers of networks, first to last, as people write them; some have no order.
const NAMES: [[&str; 3]; 14] = [
    ["0", "2", "4"],
    ["0", "1", "2"],
    ["2", "10", "11"],
    ["net.0", "net.2", "net.10"],
    ["fc1", "fc2", "fc3"],
    ["fc9", "fc10", "fc11"],
    ["module.l1.lin", "module.l2.lin", "module.l03.lin"],
    ["features.0", "classifier.0", "classifier.2"],
    ["body", "head", "tail"],
    ["out", "in", "mid"],
    ["fc1", "fc01", "fc001"],
    ["fc", "fc1", "fc2"],
    ["", "1", "2"],
    ["0.0", "1.0", "1.1"],
];

/// A safetensors file.
pub fn tensors(random: &mut Random) -> File {
    let layers = [2, 2, 2, 2, 2, 2, 2, 2, 1, 3][random.below(10)];
    let names = NAMES[random.below(NAMES.len())];
    let widths: Vec<usize> = (0..=layers).map(|_| 1 + random.below(3)).collect();
    let mut tensors = Vec::new();
    let dtype = |random: &mut Random| {
        let one = ["F32", "F64", "F16", "BF16"][random.below(4)];
        if random.once_in(60) { "I64" } else { one }
    };
    for layer in 0..layers {
        let (columns, rows) = (widths[layer], widths[layer + 1]);
        let dot = if names[layer].is_empty() { "" } else { "." };
        let name = |kind: &str| format!("{}{dot}{kind}", names[layer]);
        let shape = match random.below(50) {
            0 => vec![columns, rows],
            1 => vec![rows * columns],
            2 => vec![rows, columns + 1],
            3 => vec![0, columns],
            _ => vec![rows, columns],
        };
        let this = dtype(random);
        tensors.push(tensor(random, name("weight"), this, shape));
        if random.once_in(2) {
            let length = if random.once_in(30) { rows + 1 } else { rows };
            let this = dtype(random);
            tensors.push(tensor(random, name("bias"), this, vec![length]));
        }
    }
    for i in (1..tensors.len()).rev() {
        tensors.swap(i, random.below(i + 1));
    }
    match random.below(60) {
        0 => tensors[0].name = "0.running_mean".to_owned(),
        1 => tensors[0].name = ".weight".to_owned(),
        2 => drop(tensors.remove(0)),
        3 | 4 => {
            // A second tensor of the same name, of which one would count.
            let (name, dtype, shape) = (
                tensors[0].name.clone(),
                tensors[0].dtype,
                tensors[0].shape.clone(),
            );
            let again = tensor(random, name.replacen('w', "\\u0077", 1), dtype, shape);
            tensors.push(again);
        }
        _ => {}
    }
    let extra = match random.below(24) {
        0..4 => "\"__metadata__\":{\"format\":\"pt\"},",
        4 => "\"__metadata__\":null,",
        5 => "\"__metadata__\":{},",
        6 => "\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"},",
        7 => "\"__metadata__\":{\"a\":1},",
        _ => "",
    };
    let mut bytes = match tensors.is_empty() {
        true => tensor_file(&[], ""),
        false => tensor_file(&tensors, extra),
    };
    let mut changed = tensors;
    let place = changed
        .iter()
        .position(|t| t.name.ends_with("weight") && !t.data.is_empty());
    let changed = place.map(|place| {
        // The lowest bit of the first number.
        changed[place].data[0] ^= 1;
        tensor_file(&changed, extra)
    });
    match random.below(40) {
        0 => bytes.push(0),
        1 => drop(bytes.pop()),
        2 => bytes.truncate(random.below(bytes.len())),
        3 => bytes[random.below(16)] ^= 1 << random.below(8),
        _ => {}
    }
    File {
        format: Format::Safetensors,
        bytes,
        changed,
    }
}
