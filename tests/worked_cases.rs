//! The worked cases of `tests/cases`, with exact answers made by an independent oracle: a table of kinds and their checkers.
//!
//! `RELUCERT_CASES=DIR cargo test --test worked_cases -- --nocapture` checks another set of cases and prints how many of each
//! kind were checked; kinds without a checker are counted and skipped.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use num_traits::Zero as _;
use relucert::arrangement::{Arrangement, Completeness};
use relucert::audit::ExampleA1;
use relucert::certificate::{ConditionName, MainCase, Networks, ProofCase, StarCase};
use relucert::degeneracy::{
    Multiple, balance_violations, least_beta, membership, opposite_between, opposite_pairs,
    parallel_pairs,
};
use relucert::exact::{Rational, Surd, text};
use relucert::nearest::{Answer, Constraints, nearest};
use relucert::network::file::network_from_bytes;
use relucert::network::{Biased, Network, Neuron, Shallow, to_certificate};
use relucert::parametrizations::{self, C3, Outcome, c3_possible, flippable};
use relucert::realization::{
    CanonicalForm, Domain, Kink, branch_and_bound, inverse_lipschitz, nonzero_point, sup_norm,
};
use relucert::reparametrize::Options;
use relucert::stability::{
    BoundName, Case, Missing, Theorem, distance, distance_to_line, is_lift, lift, lift_certificate,
    published_lift,
};
use relucert::verify::Verdict;
use relucert::watch::Watch;
use serde_json::Value;
use support::ask;
use support::certificates::verdict;

/// Compares the library's answers with `expect`; the first disagreement in words.
type Checker = fn(input: &Value, expect: &Value) -> Result<(), String>;

/// The kinds that are covered. A kind listed here must occur among the cases of this project.
const CHECKERS: &[(&str, Checker)] = &[
    ("eval", eval),
    ("eval_biased", eval),
    ("canonical", canonical),
    ("canonical_biased", canonical),
    ("conditions", conditions),
    ("membership", in_sets),
    ("surd_sign", surd_sign),
    ("surd_ops", surd_ops),
    ("thm31", theorem),
    ("thm33", star),
    ("lemmaA6", lifted),
    ("exA1", example_a_1),
    ("seminorm", norm),
    ("seminorm_diff", norm_of_difference),
    ("equal", equal),
    ("equal_biased", equal),
    ("prelu", prelu),
    ("w1inf", full_norm),
    ("a7_constant", a7_constant),
    ("witness", explicit_phi),
    ("regions", regions),
    ("pair_cost", pair_cost),
    ("optdist", nearest_distance),
    ("ex24", example_2_4),
    ("flips", flips),
    ("c3_exists", c3_exists),
];

#[test]
fn worked_cases_agree() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let chosen = std::env::var_os("RELUCERT_CASES").map(PathBuf::from);
    let directory = chosen.as_ref().unwrap_or(&own);
    let mut files: Vec<PathBuf> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    let mut checked: BTreeMap<&str, usize> = CHECKERS.iter().map(|(kind, _)| (*kind, 0)).collect();
    let mut skipped: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for path in &files {
        let case: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let kind = case["kind"].as_str().unwrap();
        let Some((kind, check)) = CHECKERS.iter().find(|(known, _)| *known == kind) else {
            *skipped.entry(kind.to_owned()).or_default() += 1;
            continue;
        };
        *checked.entry(kind).or_default() += 1;
        if let Err(reason) = check(&case["input"], &case["expect"]) {
            wrong.push(format!("{}: {reason}", path.display()));
        }
    }
    println!("checked: {checked:?}\nskipped: {skipped:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    if chosen.is_none() {
        for (kind, count) in checked {
            assert!(count > 0, "no case of kind {kind}");
        }
    }
}

fn network(value: &Value) -> Network {
    network_from_bytes("case.json", value.to_string().as_bytes()).unwrap()
}

fn shallow(value: &Value) -> Shallow {
    match network(value) {
        Network::Shallow(network) => network,
        other => panic!("a network without biases is expected: {other:?}"),
    }
}

fn number(value: &Value) -> Surd {
    text::parse(value.as_str().unwrap()).unwrap()
}

fn rational(value: &Value) -> Rational {
    text::parse_rational(value.as_str().unwrap()).unwrap()
}

fn rationals(value: &Value) -> Vec<Rational> {
    value.as_array().unwrap().iter().map(rational).collect()
}

fn rows(value: &Value) -> Vec<Vec<Rational>> {
    value.as_array().unwrap().iter().map(rationals).collect()
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: T, expected: T) -> Result<(), String> {
    if found == expected {
        return Ok(());
    }
    Err(format!("{what}: found {found:?}, expected {expected:?}"))
}

fn eval(input: &Value, expect: &Value) -> Result<(), String> {
    let network = network(&input["net"]);
    let points = rows(&input["points"]);
    let values = points.iter().map(|x| network.eval(x).unwrap()).collect();
    same("values", values, rows(&expect["values"]))
}

fn canonical(input: &Value, expect: &Value) -> Result<(), String> {
    let form = CanonicalForm::of(&network(&input["net"])).unwrap();
    same("M", form.linear().to_vec(), rows(&expect["M"]))?;
    if let Some(constant) = expect.get("q") {
        same("q", form.constant().to_vec(), rationals(constant))?;
    }
    let kinks = expect["kinks"].as_array().unwrap().iter();
    let kinks = kinks.map(|kink| Kink {
        normal: rationals(&kink["n"]),
        offset: kink.get("beta").map_or_else(Rational::zero, rational),
        jump: rationals(&kink["kappa"]),
    });
    same("kinks", form.kinks().to_vec(), kinks.collect())?;
    if let Some(minimal) = expect.get("minimal_neurons") {
        let network = network(&input["net"]);
        let found = parametrizations::minimal(&network, &Default::default());
        let least = found
            .map_err(|error| error.to_string())?
            .and_then(|m| m.least());
        same("minimal_neurons", least.map(|n| n as u64), minimal.as_u64())?;
    }
    Ok(())
}

fn conditions(input: &Value, expect: &Value) -> Result<(), String> {
    let (gamma, theta) = (shallow(&input["G"]), shallow(&input["T"]));
    let threshold = rational(&input["r"]) * Rational::from_integer(2.into());
    let violations = balance_violations(&gamma, &threshold, &number(&input["beta"]));
    let indices = |value: &Value| -> Vec<usize> {
        let list = value.as_array().unwrap().iter();
        list.map(|i| i.as_u64().unwrap() as usize).collect()
    };
    let pairs = |value: &Value| -> Vec<Vec<usize>> {
        value.as_array().unwrap().iter().map(indices).collect()
    };
    let found = |multiples: Vec<Multiple>| -> Vec<Vec<usize>> {
        multiples.iter().map(|pair| vec![pair.i, pair.j]).collect()
    };
    same(
        "C1_violations",
        violations,
        indices(&expect["C1_violations"]),
    )?;
    let beta = least_beta(&gamma, &threshold);
    same("beta_min", beta, number(&expect["beta_min"]))?;
    for (name, multiples) in [
        ("C2_pairs", parallel_pairs(&gamma)),
        ("C3a_G_pairs", opposite_pairs(&gamma)),
        ("C3a_T_pairs", opposite_pairs(&theta)),
        ("C3b_pairs", opposite_between(&gamma, &theta)),
    ] {
        same(name, found(multiples), pairs(&expect[name]))?;
    }
    Ok(())
}

fn in_sets(input: &Value, expect: &Value) -> Result<(), String> {
    let sets = membership(&shallow(&input["net"]));
    for (name, found) in [
        ("balanced", sets.unbalanced.is_none()),
        ("C2", sets.parallel.is_none()),
        ("in_Nprime", sets.in_n_prime()),
        ("in_Nstar", sets.in_n_star()),
    ] {
        same(name, Some(found), expect[name].as_bool())?;
    }
    Ok(())
}

fn surd_sign(input: &Value, expect: &Value) -> Result<(), String> {
    let value = number(&input["x"]);
    same("sign", Some(value.sign() as i64), expect["sign"].as_i64())?;
    same(
        "normal_form",
        Some(value.to_string().as_str()),
        expect["normal_form"].as_str(),
    )
}

fn surd_ops(input: &Value, expect: &Value) -> Result<(), String> {
    let (x, y) = (number(&input["x"]), number(&input["y"]));
    let text = |name: &str| expect[name].as_str().map(str::to_owned);
    same("sum", Some(x.add(&y).to_string()), text("sum"))?;
    same("product", Some(x.mul(&y).to_string()), text("product"))?;
    let quotient = y.inverse().map(|inverse| x.mul(&inverse).to_string());
    same("quotient", quotient, text("quotient"))?;
    same(
        "compare",
        Some(x.compare(&y) as i64),
        expect["compare"].as_i64(),
    )
}

/// A case of a proof, as the oracle calls it.
fn label(case: Case) -> &'static str {
    match case {
        // Case 1 of both theorems.
        Case::Proof(ProofCase::Unmatched) => "I1",
        // Case A.
        Case::Proof(ProofCase::Main(MainCase::Small)) => "A",
        // Case B.1.
        Case::Proof(ProofCase::Main(MainCase::OuterLarger)) => "B1",
        // Case B.2.
        Case::Proof(ProofCase::Main(MainCase::InnerLarger)) => "B2",
        // Case B.3.
        Case::Proof(ProofCase::Main(MainCase::Balanced)) => "B3",
        // Case A.1 of Theorem 3.3.
        Case::Proof(ProofCase::Star(StarCase::GammaSmall)) => "A1",
        // Case A.2 of Theorem 3.3.
        Case::Proof(ProofCase::Star(StarCase::ThetaSmall)) => "A2",
        // Case B of Theorem 3.3.
        Case::Proof(ProofCase::Star(StarCase::Large)) => "B",
        Case::Partner => "partner",
        Case::Alone => "U",
    }
}

/// r, β, cases, π, Φ, distance and bound of Theorem 3.1, or the violated hypothesis; and the verifier on the certificate.
fn theorem(input: &Value, expect: &Value) -> Result<(), String> {
    let (gamma, theta) = (shallow(&input["G"]), shallow(&input["T"]));
    let options = Options {
        beta: input.get("beta").map(number),
        ..Options::default()
    };
    let answer = ask(Theorem::Main, &gamma, &theta, options);
    let text = match (answer.construction(), expect.get("violated")) {
        (None, Some(violated)) => {
            let failing = answer.missing().iter().filter_map(|missing| match missing {
                Missing::Condition(violation) => Some(violation),
                _ => None,
            });
            let failing: Vec<_> = failing.collect();
            let name = |name| match name {
                ConditionName::Balance => "C1",
                ConditionName::NoParallel => "C2",
                ConditionName::NoOppositeWithin => "C3a",
                ConditionName::NoOppositeBetween => "C3b",
                ConditionName::NoOppositePossible => "C3",
            };
            let mut names: Vec<&str> = failing.iter().map(|f| name(f.name)).collect();
            names.dedup();
            let expected = violated.as_array().unwrap().iter();
            same(
                "violated",
                names,
                expected.map(|v| v.as_str().unwrap()).collect(),
            )?;
            let text = answer.violation_certificate(failing[0]);
            text.ok_or("no certificate of the violation")?
        }
        (Some(construction), None) => {
            same(
                "r",
                answer.r().exact().cloned(),
                Some(rational(&expect["r"])),
            )?;
            same(
                "beta",
                answer.analysis().and_then(|said| said.beta.clone()),
                Some(number(&expect["beta_used"])),
            )?;
            let cases = construction.cases.iter();
            let labels: Vec<&str> = cases.clone().map(|case| label(case.case)).collect();
            let expected = expect["labels"].as_array().unwrap().iter();
            same(
                "labels",
                labels,
                expected.map(|v| v.as_str().unwrap()).collect(),
            )?;
            let value = construction.distance.value.clone();
            same("dist", value.clone(), number(&expect["dist"]))?;
            let paper = construction.proved(BoundName::Paper).cloned();
            same("bound", paper, Some(number(&expect["bound"])))?;
            let sharp = construction.proved(BoundName::Sharp);
            same("sharp bound", sharp.is_some(), true)?;
            // Φ is one right answer among several: it must realise g at the stated distance.
            same(
                "R(Φ)",
                CanonicalForm::of_shallow(&construction.phi),
                CanonicalForm::of_shallow(&theta),
            )?;
            let measured = distance(&construction.phi, &gamma).map(|d| d.value);
            same("distance of Φ", measured, Some(value))?;
            answer
                .certificate()
                .map_err(|error| error.to_string())?
                .ok_or("no certificate")?
        }
        (found, expected) => {
            return Err(format!(
                "applies: {}, expected violations: {expected:?}",
                found.is_some()
            ));
        }
    };
    verified(&text)
}

fn norm(input: &Value, expect: &Value) -> Result<(), String> {
    exact_seminorm(&CanonicalForm::of_shallow(&shallow(&input["net"])), expect)
}

fn norm_of_difference(input: &Value, expect: &Value) -> Result<(), String> {
    let form = |name: &str| CanonicalForm::of_shallow(&shallow(&input[name]));
    let difference = form("net1").minus(&form("net2")).ok_or("shapes differ")?;
    exact_seminorm(&difference, expect)
}

fn exact_seminorm(form: &CanonicalForm, expect: &Value) -> Result<(), String> {
    let found = branch_and_bound(form, false, &Default::default());
    same(
        "seminorm",
        found.exact().cloned(),
        Some(rational(&expect["seminorm"])),
    )
}

fn regions(input: &Value, expect: &Value) -> Result<(), String> {
    let network = shallow(&input["net"]);
    let normals: Vec<Vec<Rational>> = network
        .neurons()
        .iter()
        .map(|neuron| neuron.inner().to_vec())
        .collect();
    let arrangement = Arrangement::new(&normals, network.inputs()).map_err(|e| e.to_string())?;
    let list = arrangement
        .regions(&Default::default())
        .map_err(|stopped| stopped.to_string())?;
    same("count", Some(list.len() as u64), expect["count"].as_u64())?;
    let found: BTreeSet<String> = (0..list.len())
        .map(|region| {
            let mut text = String::new();
            list.write_signs(region, &mut text);
            text
        })
        .collect();
    let expected = expect["activation_patterns"].as_array().unwrap();
    let expected = expected.iter().map(|v| v.as_str().unwrap().to_owned());
    same("patterns", found, expected.collect())?;
    let edges = list.adjacency(&Watch::none()).expect("no limit").len() as u64;
    same("edges", Some(edges), expect["adjacent_pairs"].as_u64())?;
    let stated = (&network).into();
    let certified = list.certificate(stated, Completeness::Closure, &Watch::none());
    let text = certified.map_err(|error| error.to_string())?;
    verified(&text)
}

/// Equality, decided by canonical forms; where the answer is no, a point must show it.
fn equal(input: &Value, expect: &Value) -> Result<(), String> {
    let networks = [&input["net1"], &input["net2"]].map(network);
    let [one, two] = networks.each_ref().map(|n| CanonicalForm::of(n).unwrap());
    let difference = one.minus(&two).ok_or("shapes differ")?;
    let point = nonzero_point(&difference, None).map_err(|e| e.to_string())?;
    same("equal", point.is_none(), expect["equal"].as_bool().unwrap())?;
    same("equal forms", one == two, point.is_none())?;
    match point {
        Some(x) => {
            let [a, b] = networks.each_ref().map(|n| n.eval(&x).unwrap());
            same("values differ at the witness", a != b, true)
        }
        None => Ok(()),
    }
}

/// Canonical form and values with the activation max(αt, t).
fn prelu(input: &Value, expect: &Value) -> Result<(), String> {
    let network = network(&input["net"]);
    let form = CanonicalForm::with_activation(&network, &rational(&input["alpha"])).unwrap();
    same("M", form.linear().to_vec(), rows(&expect["M"]))?;
    same("q", form.constant().to_vec(), rationals(&expect["q"]))?;
    let kinks = expect["kinks"].as_array().unwrap().iter();
    let kinks = kinks.map(|kink| Kink {
        normal: rationals(&kink["n"]),
        offset: rational(&kink["beta"]),
        jump: rationals(&kink["kappa"]),
    });
    same("kinks", form.kinks().to_vec(), kinks.collect())?;
    let points = rows(&input["points"]);
    let values = points.iter().map(|x| form.eval(x).unwrap()).collect();
    same("values", values, rows(&expect["values"]))
}

/// Example A.1: the exact radius, the losses, and what the first version prints.
fn example_a_1(input: &Value, expect: &Value) -> Result<(), String> {
    let sample = rationals(&input["x2"]);
    let found = ExampleA1::new([&sample[0], &sample[1]], &rational(&input["k"]))
        .ok_or("the sample is not in D_2")?;
    same("radius", found.radius, rational(&expect["radius"]))?;
    same("loss of g_k", found.loss_of_g, rational(&expect["loss_gk"]))?;
    same("loss at zero", found.loss, rational(&expect["loss_zero"]))?;
    same(
        "(100)",
        found.printed,
        rational(&expect["v1_formula_(100)"]),
    )
}

/// The verifier accepts the certificate.
fn verified(text: &str) -> Result<(), String> {
    match verdict(text) {
        Verdict::Verified(_) => Ok(()),
        other => Err(format!("the verifier says {other:?}")),
    }
}

/// Theorem 3.3: r, cases, the distance of the ascending pairing, the optimal one over permutations, and both bounds.
fn star(input: &Value, expect: &Value) -> Result<(), String> {
    let [gamma, theta] = ["G", "T"].map(|name| shallow(&input[name]));
    let answer = ask(Theorem::Star, &gamma, &theta, Options::default());
    let Some(construction) = answer.construction() else {
        let expected = &expect["violated"][0];
        let missing = answer.missing().first();
        let outside = matches!(missing, Some(Missing::Star { .. }));
        return same(
            "not in N*",
            (outside, expected.as_str()),
            (true, Some("not in N*")),
        );
    };
    same(
        "r",
        answer.r().exact().cloned(),
        Some(rational(&expect["r"])),
    )?;
    let labels: Vec<&str> = construction.cases.iter().map(|c| label(c.case)).collect();
    let expected = expect["labels"].as_array().unwrap().iter();
    same(
        "labels",
        labels,
        expected.map(|v| v.as_str().unwrap()).collect(),
    )?;
    let value = construction.distance.value.clone();
    same("dist", value, number(&expect["dist"]))?;
    let order: Vec<usize> = construction.cases.iter().map(|c| c.theta).collect();
    let pi: Vec<usize> = serde_json::from_value(expect["pi"].clone()).unwrap();
    same("pi", order, pi)?;
    for (name, held) in [
        (
            "bound_4_holds",
            construction.proved(BoundName::Paper).is_some(),
        ),
        (
            "bound_2sqrt2_holds",
            construction.proved(BoundName::Sharp).is_some(),
        ),
    ] {
        same(name, held, expect[name].as_bool().unwrap())?;
    }
    verified(
        &answer
            .certificate()
            .map_err(|error| error.to_string())?
            .ok_or("no certificate")?,
    )
}

/// Lemma A.6: the repaired lift is in N* and right, the published one right, and in N* iff the oracle says so.
fn lifted(input: &Value, expect: &Value) -> Result<(), String> {
    let given = network(&input["net"]);
    let theta: Biased = match &given {
        Network::Biased(network) => network.clone(),
        other => panic!("{other:?}"),
    };
    let gamma = lift(&theta).map_err(|e| e.to_string())?;
    same("realises", is_lift(&gamma, &theta), true)?;
    same("in N*", membership(&gamma).in_n_star(), true)?;
    let shape = (gamma.inputs(), gamma.neurons().len());
    let expected = shallow(&expect["repaired_example"]);
    same(
        "shape",
        shape,
        (expected.inputs(), expected.neurons().len()),
    )?;
    let published = published_lift(&theta).map_err(|e| e.to_string())?;
    let literal = shallow(&expect["v1_literal"]);
    same(
        "published",
        distance(&published, &literal).map(|d| d.value),
        Some(Surd::zero()),
    )?;
    let sets = membership(&published);
    same(
        "published in N*",
        sets.in_n_star(),
        expect["v1_in_Nstar"].as_bool().unwrap(),
    )?;
    same(
        "published realises",
        is_lift(&published, &theta),
        expect["v1_realises"].as_bool().unwrap(),
    )?;
    let networks = Networks {
        gamma: (&gamma).into(),
        theta: to_certificate(&given),
        phi: None,
    };
    verified(&lift_certificate(networks))
}

/// Seminorm, sup norm on [−B, B]^d, and the larger of them.
fn full_norm(input: &Value, expect: &Value) -> Result<(), String> {
    let form = CanonicalForm::of(&network(&input["net"])).unwrap();
    let b = rational(&input["B"]);
    let domain = Domain::new(vec![(-b.clone(), b); form.inputs()]).map_err(|e| e.to_string())?;
    let sup = sup_norm(&form, &domain, &Default::default()).map_err(|e| e.to_string())?;
    let sup = sup.exact().cloned().ok_or("not exact")?;
    let found = branch_and_bound(&form, false, &Default::default());
    let seminorm = found.exact().cloned().ok_or("not exact")?;
    same("seminorm", seminorm.clone(), rational(&expect["seminorm"]))?;
    same("linf", sup.clone(), rational(&expect["linf"]))?;
    same("w1inf", sup.max(seminorm), rational(&expect["w1inf"]))
}

/// Lemma A.7's constant for given directions.
fn a7_constant(input: &Value, expect: &Value) -> Result<(), String> {
    let directions = rows(&input["A"]);
    let dimension = directions[0].len();
    let found = inverse_lipschitz(
        &directions,
        dimension,
        &rational(&input["B"]),
        1_000_000,
        &Watch::none(),
    );
    same(
        "Cprime",
        found.map_err(|e| e.to_string())?,
        rational(&expect["Cprime"]),
    )
}

/// An explicit Φ for Example 2.4: it realises g, its distance, and how far Γ's rows are from the line of g's kink.
fn explicit_phi(input: &Value, expect: &Value) -> Result<(), String> {
    let [gamma, g, phi] = ["G", "g", "Phi"].map(|name| shallow(&input[name]));
    let form = CanonicalForm::of_shallow(&g);
    let realises = CanonicalForm::of_shallow(&phi) == form;
    same("realises", realises, expect["realises"].as_bool().unwrap())?;
    let measured = distance(&phi, &gamma).map(|d| d.value);
    same("dist", measured, Some(number(&expect["dist"])))?;
    let lines = gamma
        .neurons()
        .iter()
        .map(|n| distance_to_line(n.inner(), &form.kinks()[0].normal));
    same(
        "line_lower_bound",
        lines.min(),
        Some(rational(&expect["line_lower_bound"])),
    )
}

/// N5: the least distance of one neuron's rescalings from another.
fn pair_cost(input: &Value, expect: &Value) -> Result<(), String> {
    let [aj, cj, ai, ci] = ["aj", "cj", "ai", "ci"].map(|name| rationals(&input[name]));
    let cost = Constraints::new((&aj, &cj), (&ai, &ci), false).cost();
    same("cost", cost.level.to_surd(), number(&expect["cost"]))
}

/// The nearest parametrization: exactly, or an interval that contains the best known.
fn nearest_distance(input: &Value, expect: &Value) -> Result<(), String> {
    let (gamma, theta) = (network(&input["G"]), network(&input["g"]));
    let answer = nearest(&gamma, &theta, &Default::default()).map_err(|e| e.to_string())?;
    let Answer::Nearest(found) = answer else {
        return Err("no parametrization".to_owned());
    };
    let phi = found.phi.as_ref().ok_or("no Φ")?;
    let upper = &phi.distance.value;
    let optimum = number(&expect["opt"]);
    if expect["status"] == "exact" {
        same("distance", found.exact(), Some(&optimum))?;
    } else {
        same(
            "at most the best known",
            upper.compare(&optimum).is_le(),
            true,
        )?;
        same("an interval", found.lower.compare(upper).is_le(), true)?;
        let least = number(&expect["line_lower_bound"]);
        same(
            "at least the line bound",
            found.lower.compare(&least).is_ge(),
            true,
        )?;
    }
    let networks = Networks {
        gamma: relucert::network::to_certificate(&gamma).unwrap(),
        theta: relucert::network::to_certificate(&theta),
        phi: None,
    };
    let text = relucert::nearest::certificate(networks, &found).ok_or("no certificate")?;
    verified(&text)
}

/// C04: the constants of Example 2.4 in both versions of the paper, and the best one of its argument.
fn example_2_4(input: &Value, expect: &Value) -> Result<(), String> {
    let (rows, v) = (rows(&input["A"]), rationals(&input["v"]));
    let product =
        |x: &[Rational], y: &[Rational]| -> Rational { x.iter().zip(y).map(|(x, y)| x * y).sum() };
    let d = Rational::from_integer(v.len().into());
    let least = |value: &dyn Fn(&[Rational]) -> Rational| rows.iter().map(|a| value(a)).min();
    let first = least(&|a| product(a, a) - product(a, &v) * product(a, &v));
    let second = least(&|a| product(a, a) * product(&v, &v) - product(a, &v) * product(a, &v));
    let exact = least(&|a| distance_to_line(a, &v));
    same(
        "v1",
        first.map(|c| c / &d),
        Some(rational(&expect["v1_constant"])),
    )?;
    same(
        "v2",
        second.map(|c| c / (&d * &d)),
        Some(rational(&expect["v2_constant"])),
    )?;
    same(
        "exact",
        exact,
        Some(rational(&expect["exact_line_distance"])),
    )
}

/// All sets of neurons that can be flipped together, the empty one among them.
fn flips(input: &Value, expect: &Value) -> Result<(), String> {
    let network = network(&input["net"]);
    let found = flippable(&network, &Default::default()).ok_or("not shallow")?;
    let unique = expect["unique_up_to_perm_rescale"].as_bool();
    same("unique", found.unique(), unique)?;
    let Outcome::All(solutions) = found.outcome else {
        return Err("not all sets are known".to_owned());
    };
    let stated = to_certificate(&network).ok_or("not shallow")?;
    let text = parametrizations::flips_certificate(stated, &solutions).ok_or("no evidence")?;
    verified(&text)?;
    let index = |value: &Value| value.as_u64().unwrap() as usize;
    let set = |value: &Value| value.as_array().unwrap().iter().map(index).collect();
    let expected: BTreeSet<Vec<usize>> = expect["flip_sets"]
        .as_array()
        .unwrap()
        .iter()
        .map(set)
        .collect();
    let sets = solutions.sets.into_iter().chain([Vec::new()]).collect();
    same("sets", sets, expected)
}

/// Whether some parametrization of g satisfies C.3 with Γ; where one does, it is made and looked at.
fn c3_exists(input: &Value, expect: &Value) -> Result<(), String> {
    let (gamma, theta) = (shallow(&input["G"]), shallow(&input["g"]));
    let exists = expect["exists"].as_bool().unwrap();
    let flip = match c3_possible(&gamma, &theta, false, &Default::default()) {
        C3::Possible { flip } => flip,
        C3::GammaOpposite => return same("exists", false, exists),
        C3::Impossible { evidence } => {
            same("exists", false, exists)?;
            let evidence = evidence.ok_or("no evidence")?;
            let (gamma, theta) = ((&gamma).into(), (&theta).into());
            return verified(&parametrizations::c3_certificate(gamma, theta, &evidence));
        }
        C3::Unknown { .. } => return Err("not known".to_owned()),
    };
    same("exists", true, exists)?;
    let neurons = theta.neurons().iter().enumerate().map(|(i, neuron)| {
        let inner = neuron.inner().iter();
        match flip.contains(&i) {
            true => Neuron::new(
                neuron.scale().clone(),
                neuron.outer().to_vec(),
                inner.map(|x| -x).collect(),
            )
            .unwrap(),
            false => neuron.clone(),
        }
    });
    let turned = Shallow::new(neurons.collect()).unwrap();
    same(
        "R(Θ) after flips",
        CanonicalForm::of_shallow(&turned),
        CanonicalForm::of_shallow(&theta),
    )?;
    same("C.3a", opposite_pairs(&turned), Vec::new())?;
    same("C.3b", opposite_between(&gamma, &turned), Vec::new())
}
