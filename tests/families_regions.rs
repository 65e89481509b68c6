//! Families on boxes and the regions of families, for all k, against their instances at k = 1 … 12; every certificate is verified.

mod support;

use std::collections::BTreeSet;

use relucert::arrangement::{Affine, Arrangement, Options, box_facets};
use relucert::certificate::{Range, StatedNetwork};
use relucert::exact::{Rational, Surd, text::parse_rational};
use relucert::family::{
    Expression, Family, FamilyRegions, count_regions, list_regions, prove_equal_on, prove_sup_norm,
};
use relucert::network::from_certificate;
use relucert::realization::{CanonicalForm, Domain, nonzero_point, sup_norm};
use relucert::watch::Watch;
use support::Random;
use support::certificates::{accepted, lines, rejected, sealed};
use support::cli::{Files, example, relucert, verified};

/// Random families for each question.
const TRIED: usize = 500;
/// Instances looked at.
const MOST_K: u64 = 12;

fn entry(random: &mut Random) -> String {
    const ENTRIES: [&str; 18] = [
        "0", "0", "1", "-1", "2", "k", "-k", "1/k", "k-3", "2-k", "k^2", "-1/k", "5-k", "2*k",
        "1/2", "k+1", "-1/k^2", "-2",
    ];
    random.pick(&ENTRIES).to_owned()
}

fn rows(random: &mut Random, rows: usize, columns: usize) -> Vec<Vec<String>> {
    let mut row = || (0..columns).map(|_| entry(random)).collect();
    (0..rows).map(|_| row()).collect()
}

/// A box of integers and halves.
fn random_box(random: &mut Random, inputs: usize) -> Domain {
    let mut side = || {
        let lower = Rational::new((random.below(9) as i64 - 6).into(), 2.into());
        let upper = &lower + Rational::new((1 + random.below(6) as i64).into(), 2.into());
        (lower, upper)
    };
    Domain::new((0..inputs).map(|_| side()).collect()).unwrap()
}

fn family(a: &[Vec<String>], b: Option<&[String]>, c: &[Vec<String>]) -> Family {
    let mut object = serde_json::json!({"parameter": "k", "a": a, "c": c});
    if let Some(b) = b {
        object["b"] = serde_json::json!(b);
        object["e"] = serde_json::json!(vec!["0"; c[0].len()]);
    }
    Family::from_json("random", &object.to_string()).unwrap()
}

fn named(name: &str) -> Family {
    let text = std::fs::read_to_string(example(&format!("families/{name}"))).unwrap();
    Family::from_json(name, &text).unwrap()
}

fn form(family: &Family, k: u64) -> CanonicalForm {
    let network = from_certificate(&family.instance(k).unwrap()).unwrap();
    CanonicalForm::of(&network).unwrap()
}

fn difference(gamma: &Family, theta: Option<&Family>, k: u64) -> CanonicalForm {
    match theta {
        None => form(gamma, k),
        Some(theta) => form(theta, k).minus(&form(gamma, k)).unwrap(),
    }
}

fn contains(range: Range, k: u64) -> bool {
    range.first() <= k && range.end().is_none_or(|end| k < end)
}

fn square(inputs: usize) -> Domain {
    let one = |text| parse_rational(text).unwrap();
    Domain::new(vec![(one("-1"), one("1")); inputs]).unwrap()
}

#[test]
fn sup_norms_of_the_examples_for_all_k() {
    for (gamma, g, value) in [
        ("ex2.1-gamma", Some("ex2.1-g"), "1/k"),
        ("ex2.1-g", None, "1/k"),
        ("exA.1-g", None, "2/k"),
        ("ex2.2-gamma", Some("ex2.2-g"), "1/k"),
        ("ex2.5-gamma", Some("ex2.5-theta"), "3"),
    ] {
        let theta = g.map(named);
        let gamma = named(gamma);
        let domain = square(gamma.inputs());
        let proved = prove_sup_norm(
            &gamma,
            theta.as_ref(),
            &Rational::default(),
            &domain,
            &Watch::none(),
        )
        .unwrap();
        accepted(&proved.certificate);
        let found: Vec<String> = proved
            .values()
            .into_iter()
            .map(|(_, value)| value)
            .collect();
        assert_eq!(found, [value], "{g:?}");
        assert_eq!(proved.real, Some(1));
    }
}

#[test]
fn sup_norms_of_random_families_are_those_of_their_instances() {
    let mut random = Random::new(1);
    let (mut sections, mut kinks) = (0, 0);
    for case in 0..TRIED {
        let (d, outputs) = (1 + random.below(2), 1 + random.below(2));
        let mut network = |m| {
            let (a, c) = (rows(&mut random, m, d), rows(&mut random, m, outputs));
            family(&a, None, &c)
        };
        let gamma = network(1 + case % 3);
        let theta = (case % 2 == 0).then(|| network(1 + case % 2));
        let domain = random_box(&mut random, d);
        let proved = prove_sup_norm(
            &gamma,
            theta.as_ref(),
            &Rational::default(),
            &domain,
            &Watch::none(),
        );
        let proved = proved.unwrap_or_else(|error| panic!("case {case}: {error}"));
        accepted(&proved.certificate);
        sections += proved.parts.len();
        for k in 1..=MOST_K {
            let part = proved.parts.iter().find(|part| contains(part.range, k));
            let value = part.unwrap().draft.value.as_ref().unwrap().at(k).unwrap();
            let form = difference(&gamma, theta.as_ref(), k);
            kinks += form.kinks().len();
            let expected = sup_norm(&form, &domain, &Default::default()).unwrap();
            assert_eq!(
                value.to_rational(),
                expected.exact(),
                "case {case}, k = {k}"
            );
        }
    }
    assert!(sections > TRIED && kinks > 1000, "{sections} {kinks}");
}

/// On a box of positive points ρ(⟨a,x⟩) + ρ(⟨b,x⟩) − ρ(⟨a+b,x⟩) is 0 for positive a and b; some of them are positive from some k on.
#[test]
fn equality_of_random_families_on_boxes_is_that_of_their_instances() {
    const POSITIVE: [&str; 6] = ["1", "k", "1/k", "k+1", "2", "k^2"];
    let mut random = Random::new(2);
    let (mut equal, mut differ) = (0, 0);
    for case in 0..TRIED {
        let d = 1 + random.below(2);
        let (mut a, mut c) = (rows(&mut random, 2, d), rows(&mut random, 2, 1));
        let gamma = family(&a, None, &c);
        let mut positive = || random.pick(&POSITIVE).to_owned();
        let (one, mut other): (Vec<String>, Vec<String>) =
            (0..d).map(|_| (positive(), positive())).unzip();
        if case % 4 == 0 {
            // Negative for small k.
            other[0] = "k-3".to_owned();
        }
        let sum = one.iter().zip(&other).map(|(x, y)| format!("{x}+{y}"));
        let sum: Vec<String> = sum.collect();
        let factor = entry(&mut random);
        a.extend([one, other, sum]);
        c.extend([vec![factor.clone()], vec![factor.clone()]]);
        c.push(vec![match case % 5 {
            0 => entry(&mut random),
            _ => format!("-({factor})"),
        }]);
        let theta = family(&a, None, &c);
        let lower = Rational::new((random.below(2) as i64).into(), 2.into());
        let sides = vec![(lower.clone(), lower + Rational::new(3.into(), 2.into())); d];
        let domain = Domain::new(sides).unwrap();
        let differs = |k| {
            let difference = difference(&gamma, Some(&theta), k);
            nonzero_point(&difference, Some(&domain)).unwrap().is_some()
        };
        match prove_equal_on(
            &gamma,
            &theta,
            &Rational::default(),
            &domain,
            &Watch::none(),
        ) {
            Ok(proved) => {
                accepted(&proved.certificate);
                assert!(!(1..=MOST_K).any(differs), "case {case}");
                equal += 1;
            }
            Err(reason) => {
                assert!((1..=MOST_K).any(differs), "case {case}: {reason}");
                differ += 1;
            }
        }
    }
    assert!(equal > 150 && differ > 50, "{equal} {differ}");
}

/// The regions at one k, listed without the family.
struct Instance {
    rows: Vec<(Vec<Rational>, Rational)>,
    signs: Vec<String>,
    adjacency: BTreeSet<(String, String, usize)>,
}

impl Instance {
    fn new(stated: &StatedNetwork, domain: Option<&Domain>) -> Self {
        let number = |entry| Surd::from(entry).to_rational().unwrap().clone();
        let row = |i: usize| -> (Vec<Rational>, Rational) {
            let offset = stated
                .b
                .as_ref()
                .map_or_else(Rational::default, |b| number(&b[i]));
            (stated.a[i].iter().map(number).collect(), offset)
        };
        let rows: Vec<_> = (0..stated.m).map(row).collect();
        let functions: Vec<Affine> = rows
            .iter()
            .cloned()
            .map(|(normal, offset)| Affine { normal, offset })
            .collect();
        let facets = domain.map_or_else(Vec::new, |domain| {
            let (lower, upper): (Vec<_>, Vec<_>) = domain.sides().iter().cloned().unzip();
            box_facets(&lower, &upper)
        });
        let normals: Vec<Vec<Rational>> = rows.iter().map(|(normal, _)| normal.clone()).collect();
        let arrangement = match (&stated.b, domain) {
            (None, None) => Arrangement::new(&normals, stated.d),
            _ => Arrangement::affine(&functions, &facets, stated.d, &Watch::none()),
        };
        let arrangement = arrangement.unwrap();
        let found = arrangement.regions(&Options::default()).unwrap();
        let mut signs = Vec::new();
        for region in 0..found.len() {
            let mut text = String::new();
            found.write_signs(region, &mut text);
            signs.push(text);
        }
        let edges = found.adjacency(&Watch::none()).unwrap();
        let adjacency = edges.iter().map(|e| edge(&signs, e)).collect();
        Instance {
            rows,
            adjacency,
            signs,
        }
    }

    /// What a family has at this k.
    fn check(&self, found: &FamilyRegions, domain: Option<&Domain>, k: u64) {
        let listed: Vec<String> = found.regions.iter().map(|r| r.signs.clone()).collect();
        let set = |signs: &[String]| signs.iter().cloned().collect::<BTreeSet<String>>();
        assert_eq!(listed.len(), self.signs.len());
        assert_eq!(set(&listed), set(&self.signs));
        let edges: BTreeSet<_> = found.adjacency.iter().map(|e| edge(&listed, e)).collect();
        assert_eq!(edges, self.adjacency);
        for region in &found.regions {
            let at = |x: &Expression| x.at(k).unwrap().to_rational().unwrap().clone();
            let point: Vec<Rational> = region.witness.iter().map(at).collect();
            assert!(domain.is_none_or(|domain| domain.contains(&point)));
            let side = |(normal, offset): &(Vec<Rational>, Rational)| {
                let products = normal.iter().zip(&point).map(|(a, x)| a * x);
                let zero = normal
                    .iter()
                    .chain([offset])
                    .all(|x| *x == Rational::default());
                match products.fold(offset.clone(), |sum, p| sum + p) {
                    value if value > Rational::default() => '+',
                    value if value < Rational::default() => '-',
                    _ if zero => '0',
                    _ => panic!("a point on a hyperplane"),
                }
            };
            let sides: String = self.rows.iter().map(side).collect();
            assert_eq!(sides, region.signs, "{point:?}");
        }
    }
}

fn edge(signs: &[String], (i, j, row): &(usize, usize, usize)) -> (String, String, usize) {
    let (one, other) = (signs[*i].clone(), signs[*j].clone());
    match one < other {
        true => (one, other, *row),
        false => (other, one, *row),
    }
}

#[test]
fn regions_of_random_families_are_those_of_their_instances() {
    let mut random = Random::new(3);
    let (mut several, mut most) = (0, 0);
    for case in 0..TRIED {
        let d = 1 + random.below(3);
        let m = 1 + random.below(4);
        let (a, c) = (rows(&mut random, m, d), rows(&mut random, m, 1));
        let b = rows(&mut random, 1, m).remove(0);
        let biased = case % 3 == 1;
        let family = family(&a, biased.then_some(&b[..]), &c);
        let domain = (case % 4 == 0).then(|| random_box(&mut random, d));
        let domain = domain.as_ref();
        let found = list_regions(&family, domain, None, &Watch::none());
        let found = found.unwrap_or_else(|error| panic!("case {case}: {error}"));
        let counted = count_regions(&family, domain, &Watch::none()).unwrap();
        several += usize::from(found.len() > 1);
        for k in 1..=MOST_K {
            let section = |range: &Range| contains(*range, k);
            let (_, regions) = found.iter().find(|(range, _)| section(range)).unwrap();
            let (_, count) = counted.iter().find(|(range, _)| section(range)).unwrap();
            assert!(regions.is_complete);
            assert_eq!(*count, regions.regions.len().to_string(), "case {case}");
            most = most.max(regions.regions.len());
            let instance = Instance::new(&family.instance(k).unwrap(), domain);
            instance.check(regions, domain, k);
        }
    }
    assert!(several > 100 && most > 10, "{several} {most}");
}

/// An instance's lists of sides, and rows with roots.
#[test]
fn regions_of_example_2_5_have_points_for_all_k() {
    let found = list_regions(&named("ex2.5-gamma"), None, None, &Watch::none()).unwrap();
    let [(Range::From(1), regions)] = &found[..] else {
        panic!("{found:?}");
    };
    assert_eq!((regions.regions.len(), regions.adjacency.len()), (8, 12));
    let limited = list_regions(&named("ex2.5-gamma"), None, Some(3), &Watch::none()).unwrap();
    assert!(!limited[0].1.is_complete && limited[0].1.regions.len() == 3);
}

#[test]
fn the_program_measures_families_on_boxes() {
    let files = Files::new();
    let path = &files.name("sup.rcert");
    let g = &example("families/ex2.1-g");
    let gamma = &example("families/ex2.1-gamma");
    let found = relucert(&[
        "distance",
        gamma,
        g,
        "--sup",
        "--domain",
        "-1:1",
        "--sup-certificate",
        path,
    ]);
    assert_eq!(found.code, 0, "{}", found.stderr);
    let line = "sup norm       1/k at x = (0, -1)\n";
    assert!(found.stdout.contains(line), "{}", found.stdout);
    let said = verified(path, &[]);
    let words = "the largest absolute value of R(Θ) − R(Γ) on the box [-1, 1] × [-1, 1], over all outputs, is 1/k";
    assert!(said.stdout.contains(words), "{}", said.stdout);
    let told = relucert(&["explain", path]);
    for words in [
        "The largest |f| of f = R(Θ) − R(Γ) on [-1, 1] × [-1, 1] is 1/k.",
        "where d hyperplanes or facets meet",
    ] {
        assert!(told.stdout.contains(words), "{}", told.stdout);
    }
    let json = relucert(&["norm", g, "--sup", "--domain", "-1:1", "--json"]).json();
    assert_eq!(json["sup"]["value"], "1/k");
    assert_eq!(json["sup"]["sections"][0]["range"], "k >= 1");
    let refused = relucert(&["norm", g, "--sup", "--domain", "-1:1,0:1,0:1"]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains("found 3 sides, expected 2"),
        "{}",
        refused.stderr
    );
}

#[test]
fn the_program_compares_families_on_boxes() {
    let files = Files::new();
    let path = &files.name("equal.rcert");
    let one = r#"{"parameter": "k", "a": [["k","0"],["0","1"]], "c": [["1"],["k"]]}"#;
    let other = r#"{"parameter": "k", "a": [["k","k"]], "c": [["1"]]}"#;
    let (one, other) = (
        &files.write("one.json", one),
        &files.write("other.json", other),
    );
    let equal = relucert(&["equal", one, other, "--domain", "0:1", "-o", path]);
    assert_eq!(equal.code, 0, "{}", equal.stderr);
    assert!(
        equal
            .stdout
            .contains("equal on the box 0:1\nfor all        integers k >= 1")
    );
    let said = verified(path, &[]);
    let words = "k >= 1: R(Γ) = R(Θ) on the box [0, 1] × [0, 1]";
    assert!(said.stdout.contains(words), "{}", said.stdout);
    let told = relucert(&["explain", path]).stdout;
    assert!(told.contains("R(Γ) = R(Θ) on [0, 1] × [0, 1]."), "{told}");
    let differ = relucert(&["equal", one, other, "--domain", "-1:1", "-o", path]);
    assert_eq!(differ.code, 1, "{}", differ.stderr);
    assert!(differ.stdout.contains("not equal: at k = 1, x = ("));
    verified(path, &[]);
}

#[test]
fn the_program_lists_the_regions_of_families() {
    let files = Files::new();
    let text = r#"{"parameter": "k", "a": [["1","0"],["k-3","1"]], "c": [["1"],["1"]]}"#;
    let net = &files.write("net.json", text);
    let all = relucert(&["regions", net, "--witness", "--adjacency"]);
    assert_eq!(all.code, 0, "{}", all.stderr);
    let head = "regions  4\n++  (1, ";
    assert!(all.stdout.starts_with(head), "{}", all.stdout);
    let certificate = &files.name("regions.rcert");
    let counted = relucert(&["regions", net, "--count", "-o", certificate]);
    assert_eq!(counted.code, 0, "{}", counted.stderr);
    let said = verified(
        certificate,
        &["--gamma", net, "--expect", "for-all-k=regions"],
    );
    let words = "k >= 4: the hyperplanes ⟨a_i,x⟩ = 0 of Γ's neurons with a_i ≠ 0 cut R^d into exactly 4 regions";
    assert!(said.stdout.contains(words), "{}", said.stdout);
    let told = relucert(&["explain", certificate]).stdout;
    assert!(
        told.contains("a tree over the hyperplanes with 7 nodes"),
        "{told}"
    );
    assert!(
        all.stdout
            .contains("adjacent regions (numbered from 0) and the row between\n0 1 ")
    );
    assert!(all.stdout.contains("for all        integers k >= 1"));
    let json = relucert(&["regions", net, "--json"]).json();
    assert_eq!(json["relucert"], "regions/1");
    assert_eq!(json["count"], 4);
    assert_eq!(json["regions"][0]["signs"], "++");
    assert_eq!(
        json["sections"][0]["adjacency"].as_array().unwrap().len(),
        4
    );
    let turning =
        r#"{"parameter": "k", "a": [["1","0"],["0","1"],["k-2","1"]], "c": [["1"],["1"],["1"]]}"#;
    let turning = &files.write("turning.json", turning);
    let parts = relucert(&["regions", turning]);
    assert!(
        parts.stdout.contains("for k = 2\nregions  4\n"),
        "{}",
        parts.stdout
    );
    assert!(
        parts.stdout.contains("for k >= 3\nregions  6\n"),
        "{}",
        parts.stdout
    );
    let only = relucert(&["regions", turning, "--list-only", "--domain", "1:2"]);
    assert!(
        only.stdout.contains("regions        1   for k = 1") || only.stdout.contains("regions")
    );
    let limited = relucert(&["regions", net, "--limit", "2"]);
    assert_eq!(limited.code, 3);
    assert!(
        limited
            .stderr
            .contains("the limit of 2 regions was reached")
    );
    assert!(
        limited
            .stdout
            .starts_with("regions  at least 2 (incomplete)\n")
    );
    let refused = relucert(&["regions", net, "--method", "rc"]);
    assert_eq!(refused.code, 2);
    let reason = "--method is not for families";
    assert!(refused.stderr.contains(reason), "{}", refused.stderr);
}

#[test]
fn regions_on_a_box_are_certified_for_all_k() {
    let files = Files::new();
    let text = r#"{"parameter": "k", "a": [["1","0"],["0","1"]], "b": ["-2","-k"], "c": [["1"],["1"]], "e": ["0"]}"#;
    let net = &files.write("net.json", text);
    let certificate = &files.name("regions.rcert");
    let arguments = [
        "regions",
        net,
        "--domain",
        "0:3",
        "-o",
        certificate,
        "--count",
    ];
    let counted = relucert(&arguments);
    assert_eq!(counted.code, 0, "{}", counted.stderr);
    let expected = ["--gamma", net, "--expect", "for-all-k=regions"];
    let said = verified(
        certificate,
        &[&expected[..], &["--expect", "box=[0,3]x[0,3]"]].concat(),
    );
    // From k = 3 on the second line misses the inside of the box.
    for words in [
        "k = 1: the hyperplanes ⟨a_i,x⟩ + b_i = 0 of Γ's neurons with a_i ≠ 0 cut the inside of the box [0, 3] × [0, 3] into exactly 4 regions",
        "cut the inside of the box [0, 3] × [0, 3] into exactly 2 regions",
    ] {
        assert!(said.stdout.contains(words), "{}", said.stdout);
    }
    let told = relucert(&["explain", certificate]).stdout;
    assert!(
        told.contains("2 regions, counting what meets the interior of the domain"),
        "{told}"
    );
    let unexpected = relucert(&[&["verify", certificate][..], &expected].concat());
    assert_eq!(unexpected.code, 1);
    assert!(
        unexpected.stdout.contains("box=[0,3]x[0,3]"),
        "{}",
        unexpected.stdout
    );
    let sides = relucert(&["regions", net, "--domain", "0:1,0:1,0:1", "-o", certificate]);
    assert_eq!(sides.code, 2, "{}", sides.stderr);
}

/// What makes a sup norm false is seen, and said.
#[test]
fn false_sup_norms_are_rejected() {
    let g = named("ex2.1-g");
    let proved =
        prove_sup_norm(&g, None, &Rational::default(), &square(2), &Watch::none()).unwrap();
    let forged = |from: &str, to: &str| {
        let lines = lines(&proved.certificate);
        let forged: Vec<String> = lines.iter().map(|line| line.replace(from, to)).collect();
        sealed(&forged)
    };
    rejected(
        &forged(r#""value":"1/k""#, r#""value":"1/k^2""#),
        "no output has the absolute value",
    );
    rejected(
        &forged(r#"["-1","1"]"#, r#"["-2","1"]"#),
        "twice the sup norm",
    );
    rejected(
        &forged(r#"["-1","1"]"#, r#"["1","1"]"#),
        "side 0 of the box",
    );
}
