//! Producer against verifier: certificates of random pairs are accepted, and damaged ones are rejected with their place named,
//! or their statement is shown to be still true by the engine itself. The seed is printed.

mod support;

use std::collections::BTreeMap;

use relucert::certificate::{Claim, Form, Networks, Statement, StatementLine};
use relucert::degeneracy::{balance_violations, least_beta};
use relucert::exact::{Rational, Surd};
use relucert::network::{Network, Shallow, from_certificate, to_certificate};
use relucert::realization::{CanonicalForm, seminorm};
use relucert::stability::{Options, certificate, distance, theorem31, violation_certificate};
use relucert::verify::{Rejection, Verdict};
use serde_json::Value;
use support::Random;
use support::certificates::{accepted, lines, sealed, verdict};

const SEED: u64 = 20_190_524;
const CERTIFICATES: usize = 200;

fn as_stated(network: &Shallow) -> relucert::certificate::Shallow {
    to_certificate(&Network::Shallow(network.clone())).expect("shallow")
}

/// A certificate for a random pair: of the theorem if its hypotheses hold, else of a violated one. `jump` asks for that form.
fn produce(random: &mut Random, jump: bool) -> Option<String> {
    let (gamma, theta) = random.pair();
    let options = Options {
        form: jump.then_some(Form::Jump),
        beta: None,
        ..Options::default()
    };
    let analysis = theorem31(&gamma, &theta, &options).expect("one output, same shape");
    let mut networks = Networks {
        gamma: as_stated(&gamma),
        theta: Some(as_stated(&theta)),
        phi: None,
    };
    match &analysis.construction {
        Some(construction) => {
            networks.phi = Some(as_stated(&construction.phi));
            Some(certificate(networks, &analysis, construction))
        }
        None => {
            let failure = analysis.hypotheses.failures().remove(0);
            violation_certificate(networks, &gamma, &analysis, &failure)
        }
    }
}

/// The numbers (as text) inside a JSON value, with the paths to them.
fn leaves(value: &mut Value, keep: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::Object(map) => map.values_mut().for_each(|v| leaves(v, keep)),
        Value::Array(list) => list.iter_mut().for_each(|v| leaves(v, keep)),
        other => keep(other),
    }
}

/// Changes one number of a line, chosen at random; `None` if it has none.
fn other_number(line: &str, random: &mut Random) -> Option<String> {
    let mut value: Value = serde_json::from_str(line).expect("a line of a certificate");
    let mut count = 0;
    let is_number = |v: &Value| {
        v.is_number()
            || v.as_str()
                .is_some_and(|s| s.parse::<relucert::certificate::Surd>().is_ok())
    };
    leaves(&mut value, &mut |v| count += usize::from(is_number(v)));
    if count == 0 {
        return None;
    }
    let (chosen, mut at) = (random.below(count), 0);
    let change = random.below(4);
    leaves(&mut value, &mut |v| {
        if is_number(v) {
            if at == chosen {
                *v = match v.as_str().map(|s| s.parse::<relucert::certificate::Surd>()) {
                    Some(Ok(number)) => {
                        let number = Surd::from(&number);
                        let one = Surd::from(Rational::from_integer(1.into()));
                        let changed = match change {
                            0 => number.add(&one),
                            1 => number.neg(),
                            2 => number.scale(&Rational::new(101.into(), 100.into())),
                            _ => number.sub(&one),
                        };
                        Value::String(changed.to_string())
                    }
                    _ => Value::from(v.as_u64().unwrap_or(0) + 1),
                };
            }
            at += 1;
        }
    });
    // Key order does not matter to the reader.
    Some(value.to_string())
}

/// The steps renumbered 1, 2, 3, ….
fn renumber(lines: &mut [String]) {
    let mut n = 0;
    for line in lines
        .iter_mut()
        .filter(|line| line.starts_with(r#"{"step""#))
    {
        n += 1;
        let rest = line.split_once(",\"fact\"").expect("a step").1.to_owned();
        *line = format!(r#"{{"step":{n},"fact"{rest}"#);
    }
}

/// A kind of damage: what it does to the lines above the last one, if it applies; the whole damaged text.
type Damage = fn(&[String], &mut Random) -> Option<String>;

/// All kinds of damage; each may or may not apply to a certificate.
fn damages() -> Vec<(&'static str, Damage)> {
    fn steps(lines: &[String]) -> Vec<usize> {
        let is_step = |i: &usize| lines[*i].starts_with(r#"{"step""#);
        (0..lines.len()).filter(is_step).collect()
    }
    fn pick(lines: &[String], random: &mut Random) -> usize {
        let steps = steps(lines);
        steps[random.below(steps.len())]
    }
    /// A step whose fact begins like this.
    fn of_fact(lines: &[String], begins: &str, random: &mut Random) -> Option<usize> {
        let tag = format!(r#""fact":{{{begins}"#);
        let found: Vec<usize> = (0..lines.len())
            .filter(|i| lines[*i].contains(&tag))
            .collect();
        (!found.is_empty()).then(|| found[random.below(found.len())])
    }
    /// A number of a part of a line, at a JSON pointer, changed.
    fn change_part(
        lines: &[String],
        at: Option<usize>,
        pointer: &str,
        random: &mut Random,
    ) -> Option<String> {
        let mut lines = lines.to_vec();
        let at = at?;
        let mut line: Value = serde_json::from_str(&lines[at]).expect("a line");
        let part = line.pointer_mut(pointer)?;
        *part = serde_json::from_str(&other_number(&part.to_string(), random)?).expect("JSON");
        lines[at] = line.to_string();
        Some(sealed(&lines))
    }
    /// The steps that rewrite, after the last case.
    fn rescalings(lines: &[String]) -> Vec<usize> {
        let cases = |i: &usize| lines[*i].contains(r#""fact":{"case""#);
        let last = (0..lines.len()).rfind(cases).unwrap_or(lines.len());
        let rewrites = |i: &usize| lines[*i].contains(r#""fact":{"rewrite""#);
        (last..lines.len()).filter(rewrites).collect()
    }
    fn change(lines: &[String], at: Option<usize>, random: &mut Random) -> Option<String> {
        let mut lines = lines.to_vec();
        let at = at?;
        lines[at] = other_number(&lines[at], random)?;
        Some(sealed(&lines))
    }
    vec![
        ("a number of the statement changed", |lines, random| {
            change(lines, Some(1), random)
        }),
        ("a number of some step changed", |lines, random| {
            let at = pick(lines, random);
            change(lines, Some(at), random)
        }),
        ("a witness point changed", |lines, random| {
            let at = of_fact(lines, r#""seminorm":{"at-least""#, random);
            change(lines, at, random)
        }),
        ("a region tree changed", |lines, random| {
            let at = of_fact(lines, r#""seminorm":{"at-most""#, random);
            change(lines, at, random)
        }),
        ("a tree node changed", |lines, random| {
            let at = of_fact(lines, r#""seminorm":{"at-most""#, random)?;
            let mut lines = lines.to_vec();
            let (head, nodes) = lines[at].split_once(r#""nodes":["#)?;
            let nodes = nodes.replacen(["\"b\"", "\"s0\"", "\"f0\""][random.below(3)], "\"s1\"", 1);
            lines[at] = format!(r#"{head}"nodes":[{nodes}"#);
            Some(sealed(&lines))
        }),
        ("a facet changed", |lines, random| {
            let at = of_fact(lines, r#""case""#, random);
            change_part(lines, at, "/fact/case/facets", random)
        }),
        ("a case's numbers changed", |lines, random| {
            let at = of_fact(lines, r#""case""#, random);
            change(lines, at, random)
        }),
        ("a case's threshold changed", |lines, random| {
            let at = of_fact(lines, r#""case""#, random);
            change_part(lines, at, "/fact/case/threshold", random)
        }),
        ("a case's label changed", |lines, random| {
            let at = of_fact(lines, r#""case""#, random)?;
            let mut lines = lines.to_vec();
            let label = ["1", "A", "B.1", "B.2", "B.3"][random.below(5)];
            let (head, tail) = lines[at].split_once(r#""case":""#)?;
            let tail = tail.split_once('"')?.1;
            lines[at] = format!(r#"{head}"case":"{label}"{tail}"#);
            Some(sealed(&lines))
        }),
        ("a weight of a rewriting changed", |lines, random| {
            let at = of_fact(lines, r#""rewrite""#, random);
            let part = ["/fact/rewrite/a", "/fact/rewrite/c"][random.below(2)];
            change_part(lines, at, part, random)
        }),
        ("a rewriting of other neurons", |lines, random| {
            let at = of_fact(lines, r#""rewrite""#, random);
            change_part(lines, at, "/fact/rewrite/replaces", random)
        }),
        ("a rewriting called otherwise", |lines, random| {
            let at = of_fact(lines, r#""rewrite""#, random)?;
            let mut lines = lines.to_vec();
            let (head, _) = lines[at].split_once(r#""why":""#)?;
            let word = ["kill", "merge", "flip", "fold", "resize"][random.below(5)];
            lines[at] = format!(r#"{head}"why":"{word}"}}}}}}"#);
            Some(sealed(&lines))
        }),
        ("a rescaling before its case", |lines, random| {
            let rescalings = rescalings(lines);
            let case = of_fact(lines, r#""case""#, random)?;
            let mut moved = lines.to_vec();
            if rescalings.is_empty() {
                return None;
            }
            let step = moved.remove(rescalings[random.below(rescalings.len())]);
            moved.insert(case, step);
            renumber(&mut moved);
            Some(sealed(&moved))
        }),
        ("the permutation changed", |lines, random| {
            let at = of_fact(lines, r#""permute""#, random);
            change(lines, at, random)
        }),
        ("the distance changed", |lines, random| {
            let at = of_fact(lines, r#""distance""#, random);
            change(lines, at, random)
        }),
        ("a condition changed", |lines, random| {
            let at = of_fact(lines, r#""condition":{"holds""#, random);
            change(lines, at, random)
        }),
        ("a violation changed", |lines, random| {
            change_part(
                lines,
                Some(1),
                "/statement/claim/condition/violation",
                random,
            )
        }),
        ("a step dropped", |lines, random| {
            let mut kept = lines.to_vec();
            kept.remove(pick(lines, random));
            Some(sealed(&kept))
        }),
        ("a step dropped and the rest renumbered", |lines, random| {
            let mut kept = lines.to_vec();
            kept.remove(pick(lines, random));
            renumber(&mut kept);
            Some(sealed(&kept))
        }),
        ("two steps swapped and renumbered", |lines, random| {
            let mut swapped = lines.to_vec();
            let (x, y) = (pick(lines, random), pick(lines, random));
            swapped.swap(x, y);
            renumber(&mut swapped);
            Some(sealed(&swapped))
        }),
        ("a step doubled and renumbered", |lines, random| {
            let mut doubled = lines.to_vec();
            let at = pick(lines, random);
            doubled.insert(at, lines[at].clone());
            renumber(&mut doubled);
            Some(sealed(&doubled))
        }),
        ("all steps gone", |lines, _| {
            let kept: Vec<String> = lines
                .iter()
                .filter(|line| !line.starts_with(r#"{"step""#))
                .cloned()
                .collect();
            Some(sealed(&kept))
        }),
        ("the last line missing", |lines, _| {
            Some(lines.join("\n") + "\n")
        }),
        ("one byte flipped under the old hash", |lines, random| {
            let text = sealed(lines);
            let (body, end) = text.trim_end().rsplit_once('\n')?;
            let mut bytes = body.as_bytes().to_vec();
            let at = random.below(bytes.len());
            bytes[at] ^= 1;
            let body = String::from_utf8(bytes).ok()?;
            Some(format!("{body}\n{end}\n"))
        }),
        ("cut off somewhere", |lines, random| {
            let text = sealed(lines);
            let at = random.below(text.len() - 1);
            text.get(..at).map(str::to_owned)
        }),
        ("an unknown field", |lines, random| {
            let mut more = lines.to_vec();
            let at = random.below(more.len());
            more[at] = more[at].replacen('{', r#"{"extra":1,"#, 1);
            Some(sealed(&more))
        }),
        ("the claim made stronger", |lines, _| {
            let mut lines = lines.to_vec();
            let tag = r#""bounds":{"#;
            let (head, _) = lines[1].split_once(tag)?;
            lines[1] = format!(r#"{head}{tag}"jump":"0"}}}}}}}}}}"#);
            Some(sealed(&lines))
        }),
    ]
}

fn engine(network: &relucert::certificate::Shallow) -> Option<Shallow> {
    match from_certificate(network).ok()? {
        Network::Shallow(network) => Some(network),
        _ => None,
    }
}

/// Whether a statement is true, by the engine alone.
fn is_true(statement: &Statement) -> Option<bool> {
    let gamma = engine(&statement.networks.gamma)?;
    let theta = engine(statement.networks.theta.as_ref()?)?;
    let theta_form = CanonicalForm::of_shallow(&theta);
    let difference = theta_form.minus(&CanonicalForm::of_shallow(&gamma))?;
    let bracket = seminorm(&difference, &Default::default()).ok()?;
    let r = bracket.exact()?.clone();
    let analysis = theorem31(&gamma, &theta, &Options::default()).ok()?;
    match &statement.claim {
        Claim::Condition(claim) => Some(
            analysis
                .hypotheses
                .failures()
                .iter()
                .any(|f| f.name == claim.name && f.network == claim.network),
        ),
        Claim::Theorem31(claim) => {
            let phi = engine(statement.networks.phi.as_ref()?)?;
            let distance = distance(&phi, &gamma)?.value;
            let beta: Surd = (&claim.beta).into();
            let twice = |x: &Rational| x + x;
            let threshold = match claim.form {
                Form::Seminorm => twice(&r),
                Form::Jump => difference.jump_norm(),
            };
            let root = |x: &Rational| Surd::sqrt(x);
            let (beta_r, at) = match claim.form {
                Form::Seminorm => (beta.clone(), r.clone()),
                Form::Jump => {
                    let lower = claim.r.lower.0.clone();
                    (least_beta(&gamma, &twice(&lower)), lower)
                }
            };
            let beta_j = match claim.form {
                Form::Seminorm => least_beta(&gamma, &difference.jump_norm()),
                Form::Jump => beta.clone(),
            };
            let two = Rational::from_integer(2.into());
            let bounds = [
                (&claim.bounds.paper, beta_r.add(&root(&at)?.scale(&two))),
                (&claim.bounds.sharp, beta_r.add(&root(&twice(&at))?)),
                (
                    &claim.bounds.jump,
                    beta_j.add(&root(&difference.jump_norm())?),
                ),
            ];
            let bounds_hold = bounds.iter().all(|(stated, value)| {
                stated.as_ref().is_none_or(|stated| {
                    Surd::from(stated).compare(value).is_eq() && distance.compare(value).is_le()
                })
            });
            let hypotheses = &analysis.hypotheses;
            Some(
                CanonicalForm::of_shallow(&phi) == theta_form
                    && distance.compare(&(&claim.distance).into()).is_eq()
                    && claim.r.lower.0 <= r
                    && r <= claim.r.upper.0
                    && claim.jump.0 == difference.jump_norm()
                    && balance_violations(&gamma, &threshold, &beta).is_empty()
                    && hypotheses.parallel.is_empty()
                    && hypotheses.opposite_gamma.is_empty()
                    && hypotheses.opposite_theta.is_empty()
                    && hypotheses.opposite_between.is_empty()
                    && bounds_hold,
            )
        }
        _ => None,
    }
}

#[test]
fn damaged_certificates_are_rejected_or_still_true() {
    let mut random = Random::new(SEED);
    println!("seed {SEED}");
    let (mut made, mut theorems, mut still_true) = (0, 0, 0);
    let mut rejected: BTreeMap<&str, usize> = BTreeMap::new();
    while made < CERTIFICATES {
        // Three in four certificates are of the theorem.
        let Some(text) = produce(&mut random, made % 2 == 1) else {
            continue;
        };
        let of_theorem = text.contains(r#""claim":{"theorem-3.1":"#);
        if !of_theorem && made - theorems >= CERTIFICATES / 4 {
            continue;
        }
        accepted(&text);
        made += 1;
        theorems += usize::from(of_theorem);
        let lines = lines(&text);
        let mut kinds = 0;
        for (kind, damage) in damages() {
            let Some(damaged) = damage(&lines, &mut random) else {
                continue;
            };
            if damaged == text {
                continue;
            }
            kinds += 1;
            match verdict(&damaged) {
                Verdict::Rejected(Rejection { line, step, .. }) => {
                    *rejected.entry(kind).or_default() += 1;
                    let at_step = line.and_then(|l| damaged.lines().nth(l - 1));
                    let in_step = at_step.is_some_and(|l| l.starts_with(r#"{"step""#));
                    // A file cut short, or with a wrong hash, is refused as a whole, before its steps are read.
                    let whole = !kind.contains("cut off")
                        && !kind.contains("hash")
                        && !kind.contains("last line");
                    assert!(!whole || line.is_some(), "{kind}: no line named");
                    assert!(
                        !whole || !in_step || step.is_some(),
                        "{kind}: no step named"
                    );
                }
                Verdict::Declined(declined) => panic!("{kind}: declined: {declined}"),
                Verdict::Verified(_) => {
                    let line = damaged.lines().nth(1).expect("a statement");
                    let line: StatementLine = serde_json::from_str(line).expect("a statement");
                    assert_eq!(
                        is_true(&line.statement),
                        Some(true),
                        "{kind}: FALSE ACCEPT\n{damaged}"
                    );
                    still_true += 1;
                }
            }
        }
        assert!(kinds >= 10, "only {kinds} kinds of damage apply");
    }
    println!(
        "{made} certificates ({theorems} of the theorem), {still_true} damaged ones still true"
    );
    for (kind, count) in rejected {
        println!("{count:5} rejected: {kind}");
    }
}
