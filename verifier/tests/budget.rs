//! Certificates made to exhaust the verifier end with a verdict after no more work and memory than they are allowed: asserted by what is counted, which
//! is the same on every machine.

use std::fmt::Write as _;
use std::path::PathBuf;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed as _, Zero as _};
use relucert_verifier::{Bindings, Budget, Limits, Verdict, verify_file_within, verify_within};
use sha2::{Digest as _, Sha256};

/// Enough for every certificate of `proofs/`, and soon spent.
const WORK: u64 = 50_000_000;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The file with these lines below the header, sealed.
fn sealed(lines: &[String]) -> String {
    let mut text = "{\"relucert\":\"certificate/2\",\"producer\":\"forger\"}\n".to_owned();
    for line in lines {
        text += line;
        text.push('\n');
    }
    let digest = Sha256::digest(text.as_bytes());
    let hash = digest.iter().fold(String::new(), |mut hash, byte| {
        let _ = write!(hash, "{byte:02x}");
        hash
    });
    let steps = text.matches('\n').count() - 2;
    text + &format!("{{\"end\":{{\"steps\":{steps},\"sha256\":\"{hash}\"}}}}\n")
}

/// A network with one input and one output, all of whose weights are this number.
fn network(neurons: usize, number: &str) -> String {
    let rows = vec![format!("[\"{number}\"]"); neurons].join(",");
    format!(r#"{{"d":1,"m":{neurons},"D":1,"a":[{rows}],"c":[{rows}]}}"#)
}

fn statement(gamma: &str, claim: &str) -> String {
    format!(r#"{{"statement":{{"networks":{{"gamma":{gamma}}},"claim":{claim}}}}}"#)
}

/// That Γ is unique, by so many steps that say it.
fn unique(gamma: &str, steps: usize, free: &[usize]) -> String {
    let mut lines = vec![statement(gamma, r#"{"unique":{}}"#)];
    for step in 1..=steps {
        lines.push(format!(
            r#"{{"step":{step},"fact":{{"flips":{{"sets":[],"exhaustion":{{"free":{free:?}}}}}}}}}"#
        ));
    }
    sealed(&lines)
}

/// The jump norm of a family that does not depend on k, in so many sections.
fn sections(count: usize, neurons: usize) -> String {
    let gamma = network(neurons, "1");
    let holds = r#"{"jump-norm":{"value":"1"}}"#;
    let mut parts: Vec<String> = (1..count)
        .map(|k| format!(r#"{{"range":"k = {k}","holds":{holds}}}"#))
        .collect();
    parts.push(format!(r#"{{"range":"k >= {count}","holds":{holds}}}"#));
    let claim = format!(
        r#"{{"for-all-k":{{"gamma":{gamma},"sections":[{}]}}}}"#,
        parts.join(",")
    );
    sealed(&[statement(&gamma, &claim)])
}

fn limits(work: u64) -> Limits {
    Limits {
        work,
        ..Limits::default()
    }
}

/// The verdict in a word, the reason, and what was spent.
fn verified(text: &str, limits: &Limits) -> (String, Budget) {
    let budget = Budget::new(limits);
    let found = match verify_within(text.as_bytes(), &budget, &Bindings::default()) {
        Verdict::Verified(_) => "VERIFIED".to_owned(),
        Verdict::Rejected(found) => format!("REJECTED {found}"),
        Verdict::Declined(found) => format!("DECLINED {found}"),
    };
    (found, budget)
}

/// One operation on long numbers may be over the budget, and not more.
fn is_bounded(name: &str, budget: &Budget, limits: &Limits) {
    let work = budget.work();
    assert!(work / 3 <= budget.allowed(), "{name}: {work}");
    assert!(budget.memory() <= limits.memory, "{name}");
}

#[test]
fn forged_files_end() {
    for (name, expected) in [
        ("hang_flips_steps", "(--limit-work)"),
        ("hang_minors", "step 1 (section): for k >= 1"),
        ("hang_polynomial_gcd", "(--limit-work)"),
        ("hang_three_roots", "the radicands must increase"),
        ("hang_vertices_x5", "(--limit-work)"),
        ("malformed_sup_norm_declined", "REJECTED line 2: malformed"),
    ] {
        let path = folder("tests/data/forged").join(format!("{name}.rcert"));
        let text = std::fs::read_to_string(&path).unwrap();
        // The minors of all pairs are many, but are looked at one by one.
        let work = if name == "hang_minors" { 20 } else { 1 };
        let limits = limits(work * WORK);
        let (found, budget) = verified(&text, &limits);
        assert!(found.contains(expected), "{name}: {found}");
        is_bounded(name, &budget, &limits);
    }
}

/// The signs of a sum of three roots of polynomials, with the radicands in their order.
#[test]
fn sums_of_roots_end() {
    let gamma = network(1, "1");
    let claim = format!(
        r#"{{"for-all-k":{{"gamma":{gamma},"theta":{gamma},"sections":[{{"range":"k >= 1","holds":{{"equal":{{}}}}}}]}}}}"#
    );
    let value = "(3*k^4+6*k^3+8*k^2+8*k+8)/(8*k^4+8*k^3+2*k^2+2*k+2)\
        +(8*k^4+6*k^3+8*k^2+2*k+5)/(4*k^4+3*k^3+5*k^2+7*k+2)*sqrt(3*k^4+4*k^3+5*k^2+3*k+3)\
        -sqrt(5*k^4+6*k^3+4*k^2+4*k+3)\
        -(3*k^4+6*k^3+6*k^2+3*k+4)/(3*k^4+4*k^3+2*k^2+7*k+5)*sqrt(6*k^4+4*k^3+7*k^2+4*k+8)";
    let text = sealed(&[
        statement(&gamma, &claim)
            .replace(r#"},"claim""#, &format!(r#","theta":{gamma}}},"claim""#)),
        r#"{"step":1,"fact":{"section":{"section":0,"by":{"equal":{}}}}}"#.to_owned(),
        format!(
            r#"{{"step":2,"fact":{{"section":{{"section":0,"by":{{"positive":{{"value":"{value}"}}}}}}}}}}"#
        ),
    ]);
    let limits = limits(WORK);
    let (found, budget) = verified(&text, &limits);
    assert!(
        found.contains("DECLINED line 4: for k >= 1 (k = 1+t): work"),
        "{found}"
    );
    is_bounded("three roots", &budget, &limits);
}

#[test]
fn what_is_built_from_a_line_is_counted_before() {
    let escaped = "\\u0031".repeat(1_000_000);
    let many: Vec<usize> = (0..60).collect();
    let wide = network(1, "1").replace(r#""d":1"#, r#""d":100000000"#);
    let lines = ["\n".repeat(40_000_000), String::new()];
    let (memory, work) = (
        "DECLINED line 2: memory: more",
        "DECLINED line 2: work: more",
    );
    let default = Limits::default().work;
    for (name, text, allowed, expected) in [
        (
            "a million neurons in 12 MB",
            unique(&network(1_000_000, "1"), 1, &[]),
            default,
            memory,
        ),
        (
            "a million digits as escapes",
            unique(&network(1, &escaped), 1, &[]),
            default,
            "REJECTED line 2: malformed: a text has an escape",
        ),
        (
            "100,000 steps of exhaustion",
            unique(&network(1, "1"), 100_000, &[0]),
            WORK,
            "work: more",
        ),
        (
            "2^60 choices",
            unique(&network(60, "1"), 1, &many),
            WORK,
            "neurons 0 and 1 are on the same hyperplane",
        ),
        (
            "20,000 sections of 2,000 neurons",
            sections(20_000, 2_000),
            WORK,
            work,
        ),
        (
            "200 coefficients for five bytes",
            unique(&network(1, "1").replace(r#""c":["#, &powers()), 1, &[]),
            u64::MAX,
            memory,
        ),
        (
            "a Jacobian of 10^8 entries",
            unique(&wide, 1, &[]),
            WORK,
            memory,
        ),
        (
            "forty million lines",
            sealed(&lines),
            default,
            "REJECTED line 2: malformed",
        ),
    ] {
        let limits = limits(allowed);
        let (found, budget) = verified(&text, &limits);
        assert!(found.contains(expected), "{name}: {found}");
        is_bounded(name, &budget, &limits);
    }
    // Here it is all one number, which is counted and not read.
    let text = unique(&network(1, &"1".repeat(1_000_000)), 1, &[]);
    let (found, _) = verified(&text, &limits(WORK));
    assert!(found.contains(work), "{found}");
}

fn powers() -> String {
    format!(r#""c":[[{}],"#, vec![r#""k^200""#; 100_000].join(","))
}

/// One section at a time: a hundred take hardly more memory than two.
#[test]
fn sections_are_built_one_at_a_time() {
    let memory = |count| {
        let (found, budget) = verified(&sections(count, 50), &limits(u64::MAX));
        assert!(found.contains("no step shows"), "{found}");
        budget.memory()
    };
    let (two, hundred) = (memory(2), memory(100));
    assert!(hundred < two + 1_000_000, "{two} {hundred}");
}

/// Numbers like 1e19999 are counted by what they are, not by their seven bytes.
#[test]
fn long_numbers_of_bound_files_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    for number in ["1e19999", "1e-19999", "0x1p-19999", "(2^19999)", "√2^9999"] {
        let rows = vec![format!("[\"{number}\"]"); 20_000].join(",");
        let path = folder.path().join("g.json");
        std::fs::write(&path, format!(r#"{{"a":[{rows}],"c":[{rows}]}}"#)).unwrap();
        let error = Bindings::read(Some(&path), None, &limits(WORK)).unwrap_err();
        assert!(
            error.is_limit() && error.reason.contains("--limit-work"),
            "{error}"
        );
        let few = Limits {
            memory: 10_000_000,
            ..limits(u64::MAX)
        };
        let error = Bindings::read(Some(&path), None, &few).unwrap_err();
        assert!(
            error.is_limit() && error.reason.contains("--limit-memory"),
            "{error}"
        );
    }
}

/// A short step that looks at a whole network costs that each time it stands there.
#[test]
fn every_step_costs_what_it_looks_at() {
    let (neurons, inputs) = (60, 50);
    let row = |i: usize| {
        let mut row = vec!["\"0\"".to_owned(); inputs];
        (row[0], row[1]) = ("\"1\"".to_owned(), format!("\"{i}\""));
        format!("[{}]", row.join(","))
    };
    let rows: Vec<String> = (1..=neurons).map(row).collect();
    let outer = vec![r#"["1"]"#; neurons].join(",");
    let gamma = format!(
        r#"{{"d":{inputs},"m":{neurons},"D":1,"a":[{}],"c":[{outer}]}}"#,
        rows.join(",")
    );
    let claim = r#"{"seminorm":{"upper":"1000000"}}"#;
    for step in [
        r#"{"jump-norm":{"value":"60"}}"#,
        r#"{"condition":{"holds":{"name":"C.2"}}}"#,
        r#"{"seminorm":{"at-most":{"bound":"1000000","circuits":[],"nodes":["b"]}}}"#,
    ] {
        let work = |steps: usize| {
            let mut lines = vec![statement(&gamma, claim)];
            let numbered = |number| format!(r#"{{"step":{number},"fact":{step}}}"#);
            lines.extend((1..=steps).map(numbered));
            let (found, budget) = verified(&sealed(&lines), &Limits::default());
            let at_the_end = found == "VERIFIED" || found.contains("line 2: no step shows");
            assert!(
                at_the_end || found.contains("no step bounds"),
                "{step}: {found}"
            );
            budget.work()
        };
        let one = (work(20) - work(10)) / 10;
        assert!(one > 10 * (neurons * inputs) as u64, "{step}: {one}");
    }
}

/// A network with circuits of one member more than inputs, no two of which share any: rows are drawn, and the last of each circuit is a negative
/// combination. And hyperplanes to split, which are in no circuit. Answers the network, the circuits and the splits, by index.
fn circuits(
    inputs: usize,
    bits: u32,
    count: usize,
    splits: usize,
) -> (String, Vec<Vec<usize>>, Vec<usize>) {
    let mut state = 7_u128;
    let mut draw = || {
        state = state
            .wrapping_mul(0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645)
            .wrapping_add(1);
        let number = (state >> 64) as i64 >> (64 - bits);
        BigRational::from_integer(BigInt::from(number | 1))
    };
    let mut rows: Vec<Vec<BigRational>> = Vec::new();
    for _ in 0..count {
        let mut last = vec![BigRational::zero(); inputs];
        for _ in 0..inputs {
            let row: Vec<_> = (0..inputs).map(|_| draw()).collect();
            last.iter_mut().zip(&row).for_each(|(sum, x)| *sum -= x);
            rows.push(row);
        }
        rows.push(last);
    }
    let members = rows.len();
    rows.extend((0..splits).map(|_| (0..inputs).map(|_| draw()).collect()));
    // In the order of their normals, whose first entry is 1.
    let normal = |row: &Vec<BigRational>| row.iter().map(|x| x / &row[0]).collect::<Vec<_>>();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|row| normal(&rows[*row]));
    let place = |row: usize| order.iter().position(|other| *other == row).unwrap();
    let circuit = |k: usize| {
        let mut circuit: Vec<_> = (k * (inputs + 1)..(k + 1) * (inputs + 1))
            .map(place)
            .collect();
        circuit.sort_unstable();
        circuit
    };
    let text = |row: &Vec<BigRational>| {
        format!(
            "[{}]",
            row.iter()
                .map(|x| format!("\"{x}\""))
                .collect::<Vec<_>>()
                .join(",")
        )
    };
    let a: Vec<_> = rows.iter().map(text).collect();
    // So that the side that is preferred is that of the row.
    let sign = |row: &Vec<BigRational>| {
        if row[0].is_negative() {
            r#"["-1"]"#
        } else {
            r#"["1"]"#
        }
    };
    let c: Vec<_> = rows.iter().map(sign).collect();
    let network = format!(
        r#"{{"d":{inputs},"m":{},"D":1,"a":[{}],"c":[{}]}}"#,
        rows.len(),
        a.join(","),
        c.join(",")
    );
    (
        network,
        (0..count).map(circuit).collect(),
        (members..rows.len()).map(place).collect(),
    )
}

/// All splits, and the same circuits in every leaf; in steps of so many nodes.
fn tree(circuits: &[Vec<usize>], splits: &[usize], nodes: &mut Vec<String>) {
    match splits.split_first() {
        Some((split, below)) => {
            nodes.push(format!("\"s{split}\""));
            tree(circuits, below, nodes);
            tree(circuits, below, nodes);
        }
        None => {
            let circuits = circuits.iter().map(|circuit| {
                circuit
                    .iter()
                    .map(usize::to_string)
                    .collect::<Vec<_>>()
                    .join(" ")
            });
            nodes.push(format!("\"c{}\"", circuits.collect::<Vec<_>>().join(";")));
        }
    }
}

/// A certificate of such a tree.
fn grown(
    (network, circuits, splits): &(String, Vec<Vec<usize>>, Vec<usize>),
    depth: usize,
) -> String {
    let mut nodes = Vec::new();
    tree(circuits, &splits[..depth], &mut nodes);
    let bound = format!("1{}", "0".repeat(30));
    let mut lines = vec![statement(
        network,
        &format!(r#"{{"seminorm":{{"upper":"{bound}"}}}}"#),
    )];
    for (step, nodes) in nodes.chunks(100).enumerate() {
        let nodes = nodes.join(",");
        let fact = match step {
            0 => format!(
                r#"{{"at-most":{{"bound":"{bound}","target":{{"output":0,"input":0}},"circuits":[],"nodes":[{nodes}]}}}}"#
            ),
            _ => format!(r#"{{"further":{{"nodes":[{nodes}]}}}}"#),
        };
        lines.push(format!(
            r#"{{"step":{},"fact":{{"seminorm":{fact}}}}}"#,
            step + 1
        ));
    }
    sealed(&lines)
}

/// However long a tree is of circuits of nine small rows, or of fifteen rows of 53 bits, its bytes allow the work it takes; and it takes little memory.
#[test]
fn trees_are_verified_however_long() {
    let default = Limits::default();
    let folder = tempfile::tempdir().unwrap();
    for (inputs, bits) in [(8, 5), (14, 53)] {
        let all = circuits(inputs, bits, 4, 8);
        let spent = |depth| {
            let text = grown(&all, depth);
            let budget = Budget::new(&default);
            let path = folder.path().join("tree.rcert");
            std::fs::write(&path, &text).unwrap();
            let found = verify_file_within(&path, &budget, &Bindings::default()).unwrap();
            assert!(matches!(found, Verdict::Verified(_)), "{found:?}");
            (text.len() as u64, budget)
        };
        let ((short, before), (long, after)) = (spent(7), spent(8));
        let (bytes, work) = (long - short, after.work() - before.work());
        assert!(
            work < (default.work >> 24) * bytes,
            "{inputs}: {work} for {bytes} bytes"
        );
        let memory = after.memory() - before.memory();
        assert!(memory < bytes / 4, "{inputs}: {memory} for {bytes} bytes");
    }
}

/// Circuits of long numbers, or of many, are declined for their work, and many short ones in a line for their memory.
#[test]
fn circuits_that_cost_much_are_declined() {
    let long = "7".repeat(10_000);
    let plane = |last: &str| {
        format!(
            r#"{{"d":3,"m":3,"D":1,"a":[["1","-{long}","0"],["1","0","0"],["1","{long}","{last}"]],"c":[["2"],["-1"],["3"]]}}"#
        )
    };
    let at_most = |nodes: &str| {
        format!(
            r#"{{"step":1,"fact":{{"seminorm":{{"at-most":{{"bound":"10000","target":{{"output":0,"input":0}},"circuits":[],"nodes":[{nodes}]}}}}}}}}"#
        )
    };
    let claim = r#"{"seminorm":{"upper":"4"}}"#;
    let (many, all, splits) = circuits(70, 5, 1, 9);
    let mut nodes = Vec::new();
    tree(&all, &splits, &mut nodes);
    let short = format!("\"c{}\"", vec!["0"; 10_000_000].join(";"));
    for (name, network, nodes, expected) in [
        (
            "long numbers",
            &plane("0"),
            "\"c0 1 2\"",
            "DECLINED line 3: at node 0: circuit 0: work: more",
        ),
        (
            "independent, and long",
            &plane("1"),
            "\"c0 1 2\"",
            "REJECTED line 3: step 1 (seminorm): at node 0: circuit 0: its members are linearly independent",
        ),
        (
            "many members",
            &many,
            &nodes.join(","),
            "DECLINED line 3: at node 146: circuit 0: work: more",
        ),
        (
            "many circuits",
            &network(1, "1"),
            &short,
            "DECLINED line 3: memory: more",
        ),
    ] {
        // Reading alone takes work, as much again for every 16 MiB.
        let limits = limits(if nodes.len() > 1_000_000 {
            1 << 28
        } else {
            WORK
        });
        let text = sealed(&[statement(network, claim), at_most(nodes)]);
        let (found, budget) = verified(&text, &limits);
        assert!(found.contains(expected), "{name}: {found}");
        is_bounded(name, &budget, &limits);
    }
}

/// Every certificate of the project is far from the limits.
#[test]
fn proofs_take_less_than_a_tenth() {
    let (default, mut count) = (Limits::default(), 0);
    for entry in std::fs::read_dir(folder("../proofs")).unwrap() {
        let path = entry.unwrap().path();
        if path
            .extension()
            .is_none_or(|extension| extension != "rcert")
        {
            continue;
        }
        count += 1;
        let text = std::fs::read_to_string(&path).unwrap();
        let (found, budget) = verified(&text, &default);
        assert_eq!(found, "VERIFIED", "{path:?}");
        assert!(budget.work() < default.work / 10, "{path:?}");
        assert!(budget.memory() < default.memory / 10, "{path:?}");
    }
    assert!(count > 50, "{count}");
}
