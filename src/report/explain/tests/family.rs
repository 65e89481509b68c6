use super::*;
use crate::family::parse;
use crate::report::{Format, explain};

/// Every proof for all k in proofs/, retold.
fn retold() -> Vec<(String, Certificate, String)> {
    let proofs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("proofs");
    let mut all = Vec::new();
    for entry in std::fs::read_dir(proofs).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with("all_k.rcert") {
            let certificate = Certificate::read(&std::fs::read_to_string(&path).unwrap()).unwrap();
            let text = explain(&certificate).render(Format::Text);
            all.push((name, certificate, text));
        }
    }
    all
}

/// Every binding of every `apart` step is retold with its coordinates and an inequality between numbers in t, which is true.
#[test]
fn bindings_are_retold_with_inequalities_that_hold() {
    let (mut bindings, mut shown) = (0, 0);
    for (name, certificate, text) in retold() {
        for step in &certificate.steps {
            if let Step::Section(step) = step
                && let SectionFact::Apart { bindings: rows, .. } = &step.by
            {
                bindings += rows.iter().map(Vec::len).sum::<usize>();
            }
        }
        for line in text.lines().filter(|line| line.contains(" of Γ, by ")) {
            let inequality = [(", but ", " ≥ 0."), (", as ", " ≥ 0."), (", as ", " ≤ 0.")];
            let found = inequality.iter().find_map(|(start, end)| {
                let number = line.split_once(start)?.1.split_once(end)?.0;
                Some((number, end.contains('≥')))
            });
            if let Some((_, limits)) = line.split_once("must be more than ")
                && let Some(limits) = limits.strip_suffix(", which are equal.")
            {
                let (lower, upper) = limits.split_once(" and less than ").unwrap();
                let apart = parse(lower).unwrap().sub(&parse(upper).unwrap());
                assert!(apart.is_zero(), "{name}: {line}");
                shown += 1;
                continue;
            }
            let (number, above) = found.unwrap_or_else(|| panic!("{name}: {line}"));
            let value = parse(&number.replace('t', "k").replace("sqrk", "sqrt")).unwrap();
            for t in [1, 2, 9, 1000] {
                let sign = value.at(t).unwrap().sign();
                assert!(
                    if above { sign.is_ge() } else { sign.is_le() },
                    "{name}: {line}"
                );
            }
            shown += 1;
        }
    }
    assert!(bindings >= 19, "{bindings}");
    assert_eq!(shown, bindings);
}

/// What is not there is not spoken of.
#[test]
fn nothing_vacuous_is_said() {
    let all = retold();
    assert!(all.len() > 10);
    for (name, _, text) in &all {
        for empty in [
            "At x = (0, 0, 0) no",
            "The 1 matrices",
            "with 1 nodes",
            "but []",
            "⟨a_H,x⟩ of the kinks are, in t, :",
        ] {
            assert!(!text.contains(empty), "{name}: {empty}");
        }
    }
    let text = |wanted: &str| &all.iter().find(|(name, _, _)| name == wanted).unwrap().2;
    assert!(text("example_2_5_seminorm_all_k.rcert").contains(
        "There are no kinks, so everywhere entry (0, 2) of the Jacobian has absolute value 3."
    ));
    assert!(
        text("example_2_2_nearest_all_k.rcert").contains("The matrix c_0 a_0ᵀ of Θ is 0 for no k")
    );
}
