//! Random pairs of families of which theorems are asked.

use super::Random;

/// An entry a/b·k^e, or a + b·k.
fn entry(numbers: &mut Random) -> String {
    let mut small = |most: i64| numbers.below(2 * most as usize + 1) as i64 - most;
    match small(3) {
        -3 | 3 => format!("({})/k", small(3)),
        2 => format!("({})*k", small(2)),
        -2 => format!("({})+({})*k", small(3), small(1)),
        1 => format!("({})/k^2", small(3)),
        _ => format!("({})", small(3)),
    }
}

fn positive(numbers: &mut Random) -> &'static str {
    ["1", "2", "k", "1/k", "1/3", "(k+1)/k"][numbers.below(6)]
}

/// Texts of Γ and Θ.
pub type Make = fn(&mut Random) -> [String; 2];

/// a, b and c of a neuron.
type Row = (Vec<String>, String, Vec<String>);

/// Γ, and a Θ that is Γ in another order and scale with some outer weights changed, or with some neuron on another hyperplane. In refined form some
/// neurons of Γ are dead, and some of Θ have the other sign or are two of one direction.
pub fn pair(numbers: &mut Random, biased: bool, refined: bool) -> [String; 2] {
    let (m, d) = (
        numbers.below(3) + 2,
        numbers.below(2) + 1 + usize::from(!biased),
    );
    let mut rows: Vec<Row> = Vec::new();
    for _ in 0..m {
        let a = (0..d).map(|_| entry(numbers)).collect();
        rows.push((a, entry(numbers), vec![entry(numbers)]));
    }
    let e = [entry(numbers), entry(numbers)];
    let mut other = rows.clone();
    for (a, b, c) in &mut other {
        if numbers.below(5) == 0 {
            a[0] = entry(numbers);
        }
        if numbers.below(2) == 0 {
            c[0] = format!("{}+({})/k", c[0], numbers.below(3) as i64 - 1);
        }
        if refined && numbers.below(3) == 0 {
            c[0] = format!("-({})", c[0]);
        }
        let factor = positive(numbers);
        scale(a, factor);
        *b = format!("({b})*({factor})");
        c[0] = format!("({})/({factor})", c[0]);
    }
    if refined {
        let dead = numbers.below(m);
        rows[dead].2[0] = "0".to_owned();
        let (twin, sign) = (numbers.below(m), ["1", "-1"][numbers.below(2)]);
        if numbers.below(2) == 0 {
            let (a, b, c) = rows[0].clone();
            other[twin] = (a.clone(), b.clone(), c);
            other[(twin + 1) % m] = (a, b, vec![format!("{sign}*({})", rows[0].2[0])]);
        }
    }
    let shift = numbers.below(m);
    other.rotate_left(shift);
    [(rows, &e[0]), (other, &e[1])].map(|(rows, e)| text_of(&rows, biased.then_some(e)))
}

fn scale(row: &mut [String], factor: &str) {
    row.iter_mut()
        .for_each(|x| *x = format!("({x})*({factor})"));
}

/// Γ in N*, and a Θ that is Γ in another order, with some neurons of another size, direction or sign; at times not in N*.
pub fn star_pair(numbers: &mut Random) -> [String; 2] {
    let (m, d, outputs) = (
        numbers.below(3) + 1,
        numbers.below(2) + 2,
        numbers.below(2) + 1,
    );
    let share = |numbers: &mut Random, last: bool| -> String {
        let all = [
            "1/2", "1/3", "1/(k+1)", "k/(k+1)", "0", "-1/2", "-1", "-1/(2*k)",
        ];
        all[numbers.below(if last { 4 } else { 8 })].to_owned()
    };
    let one = |numbers: &mut Random| -> Row {
        let mut a: Vec<String> = (0..d).map(|j| share(numbers, j + 2 >= d)).collect();
        a[numbers.below(d)] = "1".to_owned();
        let mut c: Vec<String> = (0..outputs).map(|_| share(numbers, false)).collect();
        c[numbers.below(outputs)] = ["1", "-1"][numbers.below(2)].to_owned();
        (a, String::new(), c)
    };
    let mut rows: Vec<Row> = Vec::new();
    for _ in 0..m {
        let (mut a, b, mut c) = one(numbers);
        let size = positive(numbers);
        scale(&mut a, size);
        scale(&mut c, size);
        rows.push((a, b, c));
    }
    let mut other = rows.clone();
    for row in &mut other {
        match numbers.below(5) {
            0 => *row = one(numbers),
            1 | 2 => {
                let size = ["1+1/k", "1-1/(2*k)", "2", "1/k"][numbers.below(4)];
                scale(&mut row.0, size);
                scale(&mut row.2, size);
            }
            3 if numbers.below(4) == 0 => scale(&mut row.0, positive(numbers)),
            _ => {}
        }
    }
    let shift = numbers.below(m);
    other.rotate_left(shift);
    [rows, other].map(|rows| text_of(&rows, None))
}

/// Γ, and a Θ in which three neurons with Σ c_i a_i = 0, or so it seems, are turned round, and a fourth is another one.
pub fn flipped_pair(numbers: &mut Random) -> [String; 2] {
    let d = numbers.below(2) + 2;
    let number = |numbers: &mut Random| ["1", "2", "-1", "k", "1/k", "-k"][numbers.below(6)];
    let mut rows: Vec<Row> = Vec::new();
    for _ in 0..2 {
        let a = (0..d).map(|_| entry(numbers)).collect();
        rows.push((a, String::new(), vec![number(numbers).to_owned()]));
    }
    let c = number(numbers);
    let sum = |j: usize| {
        let [one, two] = [0, 1].map(|i| format!("({})*({})", rows[i].2[0], rows[i].0[j]));
        format!("-({one}+{two})/({c})")
    };
    let third: Vec<String> = (0..d).map(sum).collect();
    rows.push((third, String::new(), vec![c.to_owned()]));
    let a = (0..d).map(|_| entry(numbers)).collect();
    rows.push((a, String::new(), vec![entry(numbers)]));
    let mut other = rows.clone();
    let odd = numbers.below(12);
    for (i, (a, _, c)) in other.iter_mut().enumerate() {
        let factor = positive(numbers);
        let turned = i < 3 && i != odd;
        scale(
            a,
            &if turned {
                format!("-({factor})")
            } else {
                factor.to_owned()
            },
        );
        c[0] = format!("({})/({factor})", c[0]);
    }
    match numbers.below(3) {
        0 => other[3].2[0] = format!("{}+1/k", other[3].2[0]),
        1 => other[3].0[0] = entry(numbers),
        _ => {}
    }
    if numbers.below(3) == 0 {
        // Γ forces one orientation less.
        rows[numbers.below(3)].0[0] = entry(numbers);
    }
    let shift = numbers.below(4);
    other.rotate_left(shift);
    [rows, other].map(|rows| text_of(&rows, None))
}

/// The text of a family, with biases if there is an output bias.
fn text_of(rows: &[Row], e: Option<&String>) -> String {
    let quoted = |text: &String| format!("\"{text}\"");
    let list = |texts: Vec<String>| format!("[{}]", texts.join(","));
    let row = |texts: &Vec<String>| list(texts.iter().map(quoted).collect());
    let a = list(rows.iter().map(|(a, ..)| row(a)).collect());
    let c = list(rows.iter().map(|(.., c)| row(c)).collect());
    let mut text = format!(r#"{{"parameter":"k","a":{a},"c":{c}"#);
    if let Some(e) = e {
        let b = rows.iter().map(|(_, b, _)| quoted(b)).collect();
        text += &format!(r#","b":{},"e":[{}]"#, list(b), quoted(e));
    }
    text + "}"
}
