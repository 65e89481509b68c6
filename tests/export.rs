//! `relucert export`, and the checker that is proved right: it agrees with the verifier on every certificate of `proofs/` that it covers, and refuses
//! what is damaged. Skipped, and said so, where Coq or OCaml with zarith is not there.

mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use support::cli::{Files, Ran, ok, relucert};

/// Claims of `proofs/` that are covered: file names by how they are exported.
const LEAST_COVERED: usize = 80;

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The checker's program, built once; none where it cannot be.
fn checker() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        let there = |program: &str, arguments: &[&str]| {
            let ended = Command::new(program).args(arguments).output();
            ended.is_ok_and(|ended| ended.status.success())
        };
        let sources = folder("proofs/rocq/checker");
        if !sources.join("Makefile").exists()
            || !there("coqc", &["--version"])
            || !there("ocamlfind", &["query", "zarith"])
        {
            println!("skipped: there is no Coq, or no OCaml with zarith, to build the proved checker with");
            return None;
        }
        let made = Command::new("make").arg("-C").arg(&sources).output();
        let made = made.expect("make is there");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Some(sources.join("build/relucert-checker"))
    });
    built.as_deref()
}

/// What the checker says of a token file.
fn check(program: &Path, tokens: &str) -> Ran {
    let files = Files::new();
    let name = files.name("tokens");
    std::fs::write(&name, tokens).expect("written");
    let ended = Command::new(program).arg(&name).output();
    Ran::from(ended.expect("it runs"))
}

/// The certificates of `proofs/`, with what `export` says of each.
fn exported(flags: &[&str]) -> BTreeMap<String, Ran> {
    let files = std::fs::read_dir(folder("proofs")).expect("a folder");
    let paths = files.map(|file| file.expect("readable").path());
    let paths = paths.filter(|path| path.extension().is_some_and(|end| end == "rcert"));
    let each = paths.map(|path| {
        let name = path
            .file_stem()
            .expect("named")
            .to_string_lossy()
            .into_owned();
        let path = path.to_string_lossy().into_owned();
        let ran = relucert(&[&["export", &path], flags].concat());
        (name, ran)
    });
    each.collect()
}

#[test]
fn every_certificate_is_covered_or_declined_by_name() {
    let mut covered = 0;
    for flags in [&[][..], &["--rocq"]] {
        for (name, ran) in exported(flags) {
            match ran.code {
                0 => covered += 1,
                3 => assert!(
                    ran.stderr.contains("the proved checker does not cover"),
                    "{name}: {ran:?}"
                ),
                _ => panic!("{name}: {ran:?}"),
            }
        }
    }
    assert!(covered >= 2 * LEAST_COVERED, "{covered}");
}

#[test]
fn the_proved_checker_agrees_with_the_verifier() {
    let Some(program) = checker() else { return };
    for (name, tokens) in exported(&[]) {
        if tokens.code != 0 {
            continue;
        }
        let verified = relucert(&["verify", &format!("proofs/{name}.rcert")]);
        let checked = check(program, &tokens.stdout);
        assert_eq!((verified.code, checked.code), (0, 0), "{name}: {checked:?}");
        assert!(
            checked.stdout.ends_with("s VERIFIED\n"),
            "{name}: {checked:?}"
        );
    }
}

/// Files that are cut short or out of form, claims that are not known, and claims that are not true.
#[test]
fn the_proved_checker_refuses_what_is_damaged() {
    let Some(program) = checker() else { return };
    let tokens = |name: &str| ok(&["export", &format!("proofs/{name}.rcert")]).stdout;
    let equal = tokens("lemma_a_5_equal");
    let seminorm = tokens("example_2_3_k5_seminorm");
    let tree = tokens("example_2_4_k2_seminorm");
    let theorem = tokens("theorem_3_1_sharp");
    let refined = tokens("theorem_3_1_refined");
    let star = tokens("theorem_3_3_sharp");
    let nearest = tokens("example_2_1_k3_nearest");
    let flips = tokens("n3_flips");
    let jump = tokens("example_2_5_k3_jump");
    let replaced = |text: &str, old: &str, new: &str| {
        assert!(text.contains(old), "{old} in {text}");
        text.replacen(old, new, 1)
    };
    for (damaged, code) in [
        (String::new(), 2),
        (equal.replace("end\n", ""), 2),
        (equal.clone() + "end\n", 2),
        (equal[..equal.len() / 2].to_owned(), 2),
        (replaced(&equal, "checker 1", "checker 2"), 2),
        (replaced(&equal, "claim equal", "claim unheard-of"), 3),
        (replaced(&equal, "claim equal", "claim differ"), 2),
        (replaced(&equal, "-3 1 1", "-3 1/0 1"), 2),
        (replaced(&equal, "-3 1 1", "-3 01 1"), 2),
        (replaced(&equal, "-3 1 1", "-3 1@0 1"), 2),
        (replaced(&equal, "-3 1 1", "-3 2 1"), 1),
        (replaced(&equal, "-3 1 1", "-3 1 1@2"), 1),
        (replaced(&seminorm, "lower some 1/5", "lower some 2/5"), 1),
        (replaced(&seminorm, "upper some 1/5", "upper some 1/6"), 1),
        (replaced(&seminorm, "0 1 .+ 0 1", "0 1 .- 0 1"), 1),
        (replaced(&seminorm, "0 1 .+ 0 1", "0 1 + 0 1"), 2),
        (replaced(&seminorm, "nodes 1\nb", "nodes 0"), 1),
        (replaced(&seminorm, "nodes 1\nb", "nodes 1\nf 0"), 2),
        (replaced(&tree, "upper some 1/2", "upper some 2/5"), 1),
        (replaced(&theorem, "distance 4", "distance 5"), 1),
        (replaced(&theorem, "beta 2", "beta 1"), 1),
        (replaced(&theorem, "r 2 2", "r 2 3"), 1),
        (replaced(&theorem, "r 2 2", "r 1 2"), 1),
        (replaced(&theorem, "jump 4", "jump 3"), 1),
        (replaced(&theorem, "sharp some 4", "sharp some 3"), 1),
        (replaced(&theorem, "paper some 2,2@2", "paper some 5"), 1),
        (replaced(&theorem, "0 B.3 one 4", "0 B.1 one 4"), 1),
        (replaced(&theorem, "1 1 one 4", "1 A.3 one 4"), 2),
        (replaced(&theorem, "0 B.3 one 4", "0 B.3 one 5"), 1),
        (replaced(&theorem, "2 1 -10 2", "2 1 -9 2"), 1),
        (replaced(&refined, "bound 4\nother", "bound 5\nother"), 1),
        (replaced(&refined, "distance 4", "distance 3"), 1),
        (replaced(&star, "by-jump some 4", "by-jump some 5"), 1),
        (replaced(&star, "0 B norm", "0 A.1 norm"), 1),
        (replaced(&star, "bound 2", "bound 3/2"), 1),
        (replaced(&nearest, "lower 3", "lower 4"), 1),
        (replaced(&nearest, "upper 3", "upper 2"), 1),
        (replaced(&nearest, "c0>a0", "c0>b0"), 2),
        (replaced(&nearest, "c0>a0", "a0>a0"), 1),
        (replaced(&flips, "sets 1\n3 0 1 2", "sets 0"), 1),
        (replaced(&flips, "3 0 1 2", "3 0 1 3"), 1),
        (replaced(&jump, "value 0", "value 1"), 1),
    ] {
        let ran = check(program, &damaged);
        assert_eq!(ran.code, code, "{damaged}\n{ran:?}");
        assert!(!ran.stdout.contains("VERIFIED"), "{ran:?}");
    }
}

/// Lists of regions, closed under crossings or counted; not with a region less, one that is not there, or another number of adjacent pairs.
#[test]
fn regions_are_checked() {
    let Some(program) = checker() else { return };
    let folder = "verifier/tests/facts/";
    for (name, old, new) in [
        ("claims/accept/arrangement", ".0++-+\n", ".0++++\n"),
        (
            "claims/accept/arrangement-in-a-half-plane",
            "domain 1\n0 3",
            "domain 1\n0 -3",
        ),
        ("claims/accept/biased-arrangement", "edges 2", "edges 1"),
        (
            "regions/accept/four-planes",
            "redundant 1 1\n",
            "redundant 0\n",
        ),
        (
            "regions/accept/domains-1",
            "domain 2\n1 0",
            "domain 2\n-1 0",
        ),
        (
            "regions/accept/radicals-do-not-matter-1",
            "edges ",
            "edges 1",
        ),
        ("regions/accept/more-than-64-classes", "edges ", "edges 1"),
    ] {
        let path = format!("{folder}{name}.rcert");
        let tokens = ok(&["export", &path]).stdout;
        let verified = relucert(&["verify", &path]);
        let checked = check(program, &tokens);
        assert_eq!((verified.code, checked.code), (0, 0), "{name}: {checked:?}");
        assert!(tokens.contains(old), "{name}: {tokens}");
        let damaged = check(program, &tokens.replacen(old, new, 1));
        assert_eq!(damaged.code, 1, "{name}: {damaged:?}");
    }
}

/// Networks with biases, boxes, activations: accepted by both; not with another number, a point outside, or less evidence.
#[test]
fn biases_boxes_and_activations_are_checked() {
    let Some(program) = checker() else { return };
    let folder = "verifier/tests/facts/";
    for (name, old, new) in [
        (
            "claims/accept/affine-flips",
            "sets 1\n2 0 1",
            "sets 1\n2 0 2",
        ),
        ("claims/accept/affine-flips", "biased 0 1 5", "biased 0 0 5"),
        ("claims/accept/affine-minimal", "lower 3", "lower 4"),
        ("claims/accept/affine-minimal", "1 1\nall", "1 2\nall"),
        (
            "claims/accept/affine-minimal",
            "biased 2 0 0 2",
            "biased 2 0 0 3",
        ),
        ("claims/accept/bias", "lower 4", "lower 5"),
        ("claims/accept/bias", "upper 4", "upper 5"),
        ("claims/accept/bias", "biased 0 -1 1\n", "biased 0 -1 0\n"),
        (
            "claims/accept/bias",
            "current network 1 2 1\n1 1",
            "current network 1 2 1\n1 2",
        ),
        (
            "equal/accept/a-ramp-and-0-on-x-below-0",
            "box 1 -9 0",
            "box 1 -9 1",
        ),
        ("equal/accept/a-corner", "point 2 -1", "point 3 -1"),
        ("equal/accept/a-corner", "point 2 -1", "point 0 0"),
        ("layer/accept/a-ramp", "y -2", "y 2"),
        ("layer/accept/a-ramp", "y -2", "y -1"),
        (
            "equal/accept/a-leaky-activation",
            "with-activation 1/4",
            "with-activation -1/4",
        ),
        ("equal/accept/a-leaky-activation", "point -1/2", "point 0"),
        (
            "layer/accept/both-signs-in-the-plane",
            "0 -1 1\nplain",
            "-1 -1 1\nplain",
        ),
        (
            "layer/accept/both-signs-in-the-plane",
            ".-+-+\nedges",
            ".-+--\nedges",
        ),
        (
            "layer/accept/a-constant-neuron",
            "biased 0 0 2 1",
            "biased 0 1 2 1",
        ),
        ("jump_norm/accept/constant-neuron", "value 1", "value 50"),
        (
            "jump_norm/accept/steep-bias-does-not-count",
            "value 1",
            "value 5",
        ),
        (
            "jump_norm/accept/with-and-without-biases",
            "value 0",
            "value 1",
        ),
        (
            "local_minimum/accept/output-bias-of-the-right-value",
            "loss 0",
            "loss 1",
        ),
        ("flips/accept/violation", "-1 0 0", "1 0 0"),
        ("flips/accept/x-is-opposite", "1\n-1 1", "1\n1 1"),
        (
            "deep/accept/merged",
            "merge 0 2 2 0 3 1",
            "merge 0 2 2 1 3 1",
        ),
        ("deep/accept/scaled", "scale 0 2", "scale 1 2"),
        ("deep/accept/reparametrization", "distance ", "distance 1"),
    ] {
        let path = format!("{folder}{name}.rcert");
        let tokens = ok(&["export", &path]).stdout;
        let verified = relucert(&["verify", &path]);
        let checked = check(program, &tokens);
        assert_eq!((verified.code, checked.code), (0, 0), "{name}: {checked:?}");
        assert!(tokens.contains(old), "{name}: {tokens}");
        let damaged = check(program, &tokens.replacen(old, new, 1));
        assert_eq!(damaged.code, 1, "{name}, {new}: {damaged:?}");
    }
}

/// What the verifier accepts in its own tests of networks of any depth, jump norms, local minima and sets that are flipped, the checker accepts where it
/// covers it.
#[test]
fn the_verifiers_examples_are_checked() {
    let Some(program) = checker() else { return };
    for fact in ["deep", "jump_norm", "local_minimum", "flips"] {
        let files = std::fs::read_dir(folder("verifier/tests/facts").join(fact).join("accept"));
        for file in files.expect("a folder") {
            let path = file.expect("readable").path();
            let path = path.to_string_lossy();
            let exported = relucert(&["export", &path]);
            let is_declined = ["/identifiable", "/activation", "/near"]
                .iter()
                .any(|name| path.contains(name));
            assert_eq!(
                exported.code,
                if is_declined { 3 } else { 0 },
                "{path}: {exported:?}"
            );
            if !is_declined {
                let checked = check(program, &exported.stdout);
                assert_eq!(checked.code, 0, "{path}: {checked:?}");
            }
        }
    }
}

/// Of networks of any depth the checker rejects what the verifier rejects, and what is out of form.
#[test]
fn deep_networks_that_are_damaged_are_refused() {
    let Some(program) = checker() else { return };
    let mut rejected = 0;
    let files = std::fs::read_dir(folder("verifier/tests/facts/deep/reject"));
    for file in files.expect("a folder") {
        let path = file.expect("readable").path();
        if path.extension().is_none_or(|end| end != "rcert") {
            continue;
        }
        let path = path.to_string_lossy();
        let exported = relucert(&["export", &path]);
        if exported.code != 0 {
            continue;
        }
        let checked = check(program, &exported.stdout);
        // What is stated beside a point, and what is said twice, is not exported; these statements are true.
        let is_true = ["/differ-with-a", "/dropped-twice", "/a-step-of-a-shallow"];
        let code = match path.as_ref() {
            path if is_true.iter().any(|name| path.contains(name)) => 0,
            path if path.contains("/differ-at-a-short-point") => 2,
            _ => 1,
        };
        assert_eq!(checked.code, code, "{path}: {checked:?}");
        rejected += usize::from(code == 1);
    }
    assert!(rejected > 20, "{rejected}");
}

/// Claims for all k, and sup norms; not with another number, a range that leaves out some k, or evidence for another k.
#[test]
fn families_are_checked() {
    let Some(program) = checker() else { return };
    for (name, old, new) in [
        (
            "example_2_1_seminorm_all_k",
            "seminorm 1^2@1^0",
            "seminorm 2^2@1^0",
        ),
        (
            "example_2_1_seminorm_all_k",
            "seminorm 1^2@1^0",
            "seminorm 1/2^2@1^0",
        ),
        (
            "example_2_1_seminorm_all_k",
            "section from 1",
            "section from 2",
        ),
        (
            "example_2_1_nearest_all_k",
            "distance 1^1@1^0",
            "distance 1^2@1^0",
        ),
        ("example_2_2_nearest_all_k", "between 1 4", "between 1 3"),
        (
            "example_2_2_nearest_all_k",
            "section between 1 4",
            "section from 1",
        ),
        (
            "example_2_5_nearest_all_k",
            "level 1^1@2^0",
            "level 1^1@3^0",
        ),
        (
            "example_2_4_nearest_all_k",
            "bindings 6 a1",
            "bindings 6 a0",
        ),
        (
            "remark_sign_nearest_all_k",
            "above some 1^1@1^0",
            "above some 2^1@1^0",
        ),
        (
            "example_2_1_sup_norm_all_k",
            "sup-norm 1^-1@1^0",
            "sup-norm 1^-2@1^0",
        ),
        (
            "example_a_1_sup_norm_all_k",
            "sup-norm 2^-1@1^0",
            "sup-norm 1^-1@1^0",
        ),
        (
            "example_a_1_radius_all_k",
            "radius 1^1@1^0%1^0;1^1",
            "radius 1^1@1^0",
        ),
        (
            "example_a_1_radius_all_k",
            "loss 1/2^0@1^0",
            "loss 1/3^0@1^0",
        ),
        ("example_a_1_radius", "radius 9/17", "radius 10/17"),
        ("example_a_1_radius", "loss 1/2", "loss 1/3"),
        ("e7_sup_norm", "value 1/10", "value 1/9"),
        ("e7_sup_norm", "value 1/10", "value 1/11"),
        ("e7_sup_norm", "box 2 -1 1", "box 2 0 1"),
        ("remark_sign_nearest_all_k", "real some 1", "real some 0"),
    ] {
        let tokens = ok(&["export", &format!("proofs/{name}.rcert")]).stdout;
        assert!(tokens.contains(old), "{name}: {tokens}");
        let damaged = check(program, &tokens.replacen(old, new, 1));
        let code = if new == "real some 0" { 2 } else { 1 };
        assert_eq!(damaged.code, code, "{name}, {new}: {damaged:?}");
    }
}

/// The same of networks with biases, on boxes, in N*, of jumps and flips: accepted by both; not with another number or less evidence.
#[test]
fn families_of_all_kinds_are_checked() {
    let Some(program) = checker() else { return };
    for (name, old, new) in [
        (
            "biased-nearest-by-the-output-bias",
            "phi network 1 1 1\n1^0@1^0 1^0@1^0\nbiased 0 1^1@1^0",
            "phi network 1 1 1\n1^0@1^0 1^0@1^0\nbiased 0 0",
        ),
        (
            "biased-nearest-by-the-output-bias",
            "distance 1^1@1^0",
            "distance 1^0@1^0",
        ),
        (
            "biased-equal",
            "biased 1^0@1^0 1^1@1^0",
            "biased 1^0@1^0 1^0@1^0",
        ),
        ("equal-on-a-box", "box 2 0 1 0 1", "box 2 -1 1 0 1"),
        (
            "family-denominator-that-vanishes-elsewhere",
            "1^0@1^0%1^0;1^1 1^0@1^0",
            "1^0@1^0%2^0;1^1 1^0@1^0",
        ),
        ("lift", "0 1^0@2^0 1/2^0@2^0", "0 1^0@2^0 1/3^0@2^0"),
        ("jump-norm", "jump-norm 3^1@1^0", "jump-norm 4^1@1^0"),
        ("jump-norm", "jump-norm 3^1@1^0", "jump-norm 2^1@1^0"),
        ("nearest-in-n-star", "among n-star", "among all"),
        ("nearest-in-n-star", "level 1^1@1^0", "level 1^0@1^0"),
        ("flips-biased", "sets 1\n3 0 1 2", "sets 0"),
        ("flips-biased", "biased 1^0@1^0 0 1^1", "biased 0 0 1^1"),
        ("flips-one", "3 0 1 2", "2 0 1"),
        ("minimal-one-more", "lower 2", "lower 3"),
        ("biased-seminorm", "seminorm ", "seminorm 1"),
        ("minimal-one-more", "1^0@1^0%2^0;2^1 0", "1^0@1^0%1^0;2^1 0"),
        ("minimal-two-more", "lower 3", "lower 4"),
        ("minimal-biased", "lower ", "lower 1"),
        ("flips-one", "-1^0@1^0%1^0;1^2", "1^0@1^0%1^0;1^2"),
    ] {
        let path = format!("verifier/tests/facts/section/accept/{name}.rcert");
        let tokens = ok(&["export", &path]).stdout;
        let verified = relucert(&["verify", &path]);
        let checked = check(program, &tokens);
        assert_eq!((verified.code, checked.code), (0, 0), "{name}: {checked:?}");
        assert!(tokens.contains(old), "{name}: {tokens}");
        let damaged = check(program, &tokens.replacen(old, new, 1));
        assert_eq!(damaged.code, 1, "{name}, {new}: {damaged:?}");
    }
}

/// The kernel accepts exported theorems, and refuses a damaged one.
#[test]
fn theorems_are_accepted_by_the_kernel() {
    let Some(_) = checker() else { return };
    let files = Files::new();
    let accepted = |name: &str, text: &str| {
        let file = files.name(name);
        std::fs::write(&file, text).expect("written");
        let mut coqc = Command::new("coqc");
        coqc.args(["-q", "-Q"]).arg(folder("proofs/rocq"));
        let ended = coqc.args(["relucert", &file]).output().expect("it runs");
        ended.status.success()
    };
    for name in [
        "example_2_3_k5_seminorm",
        "lemma_a_6_published_equal",
        "theorem_3_1_sharp",
        "theorem_3_1_refined",
        "theorem_3_3_sharp",
        "example_2_3_k5_nearest",
        "example_2_5_k3_unique",
        "remark_sign_nearest_all_k",
        "example_2_5_no_c3",
        "example_a_1_radius_all_k",
    ] {
        let text = ok(&["export", "--rocq", &format!("proofs/{name}.rcert")]).stdout;
        assert!(accepted(&format!("{name}.v"), &text), "{text}");
    }
    let merged = "verifier/tests/facts/deep/accept/merged.rcert";
    let text = ok(&["export", "--rocq", merged]).stdout;
    assert!(accepted("merged.v", &text), "{text}");
    let text = ok(&["export", "--rocq", "proofs/example_2_3_k5_seminorm.rcert"]).stdout;
    let damaged = text.replace("1 # 5", "1 # 6").replacen("1 # 6", "1 # 5", 1);
    assert!(!accepted("damaged.v", &damaged), "{damaged}");
}

#[test]
fn what_is_no_certificate_is_refused() {
    let files = Files::new();
    let name = files.name("none.rcert");
    std::fs::write(
        &name,
        "{\"relucert\":\"certificate/1\",\"producer\":\"x\"}\n",
    )
    .expect("written");
    let ran = relucert(&["export", &name]);
    assert_eq!(ran.code, 2, "{ran:?}");
}
