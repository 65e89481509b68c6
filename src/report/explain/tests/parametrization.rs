use crate::certificate::{Statement, Writer};
use crate::report::{Certificate, Format, explain};

/// What is said of a certificate with these steps.
fn retold(statement: &str, steps: &[&str]) -> String {
    let statement: crate::certificate::Statement = serde_json::from_str(statement).unwrap();
    let mut writer = Writer::new("a test", statement);
    for step in steps {
        writer.step(serde_json::from_str(step).unwrap());
    }
    let text = writer.finish();
    explain(&Certificate::read(&text).unwrap()).render(Format::Text)
}

const NETWORK: &str = r#"{"d":2,"m":1,"D":1,"a":[["1","2"]],"c":[["2"]]}"#;

fn says(claim: &str, steps: &[&str], expected: &[&str]) {
    let statement = format!(
        r#"{{"networks":{{"gamma":{NETWORK},"theta":{NETWORK},"phi":{NETWORK}}},"claim":{claim}}}"#
    );
    let text = retold(&statement, steps);
    for words in expected {
        assert!(text.contains(words), "{words} in {text}");
    }
}

const DISTANCE: &str = r#"{"distance":{"value":"1","neuron":0,"part":"inner","index":1}}"#;
const JUMP: &str = r#"{"jump-norm":{"value":"4"}}"#;

#[test]
fn theorems() {
    says(
        r#"{"theorem-3.3":{"form":"jump","r":{"lower":"1","upper":"2"},"jump":"4","distance":"1","bounds":{"sharp":"2*sqrt(2)","jump":"4"}}}"#,
        &[
            JUMP,
            r#"{"condition":{"member":{"network":"gamma","set":"n-star"}}}"#,
            r#"{"permute":{"order":[0]}}"#,
            r#"{"case":{"neuron":0,"case":"1","threshold":"4","star":true,"p":"4","q":"4","facets":[{"point":["2","-1"],"jump":"4"},{"point":["1","0"],"jump":"3"}]}}"#,
            r#"{"case":{"neuron":0,"case":"A.2","threshold":"4","star":true,"p":"6","q":"4","facets":[{"point":["4","-2"],"jump":"2"}]}}"#,
            DISTANCE,
        ],
        &[
            "is between 1 and 2",
            "the sharp 2√2·√r (N7) at the lower end of r, so at most its true value = 2*sqrt(2)",
            "the jump form's 2√J (N7, N10) = 4",
            "Γ is in N*: balanced",
            "the neurons are put in the order π = [0]",
            "p = 4, q = 4, J = 4",
            "p, q ≤ J, so all weights are at most √T",
            "x = (2, -1) on Γ's hyperplane alone, (53): ‖c^Γ a^Γ‖ = 4",
            "x = (1, 0) on Θ's hyperplane alone, (53) for Θ: ‖c^Θ a^Θ‖ = 3",
            "same hyperplane, q ≤ J < p",
            "x = (4, -2) on the common hyperplane, (54): ‖c^Γ a^Γ − c^Θ a^Θ‖ = 2",
            "‖Φ − Γ‖_∞ = 1, attained at neuron 0, entry 1 of a",
        ],
    );
    says(
        r#"{"theorem-3.1-refined":{"form":"seminorm","r":{"lower":"2","upper":"2"},"jump":"4","distance":"1","bound":"7"}}"#,
        &[
            r#"{"rewrite":{"replaces":[0],"a":[["0","1"]],"c":[["0"]],"why":"revive"}}"#,
            DISTANCE,
        ],
        &[
            "= 7, with T = 2r",
            "neuron 0 becomes a = (0, 1), c = (0) (the producer calls this a revival: a zero neuron gets weights that contribute nothing)",
        ],
    );
    says(r#"{"lift":{}}"#, &[], &["(Lemma A.6)"]);
}

#[test]
fn flips_and_least_numbers() {
    says(
        r#"{"flips":{"sets":[[0,1],[2,3]]}}"#,
        &[
            r#"{"flips":{"sets":[[0,1],[2,3]],"exhaustion":{"functionals":[["1","1"]],"free":[1,3]}}}"#,
        ],
        &[
            "F = [2, 3]",
            "Exactly these sets of neurons can be flipped: [0, 1], [2, 3]: 1 functional(s)",
            "each of the 2^2 choices",
        ],
    );
    says(
        r#"{"unique":{}}"#,
        &[r#"{"flips":{"sets":[],"exhaustion":{"free":[]}}}"#],
        &["No set of neurons can be flipped: those left are linearly independent"],
    );
    let orientations = r#"{"no-orientation":{"exhaustion":{"free":[]}}}"#;
    let line = r#"{"no-orientation":{"line":2,"exhaustion":{"free":[0]}}}"#;
    says(
        r#"{"minimal":{"lower":3,"upper":3}}"#,
        &[orientations, line],
        &[
            "3 neurons are needed, and enough",
            "No orientation of the kinks fits:",
            "With two neurons on kink 2 no orientation",
        ],
    );
    says(
        r#"{"minimal":{"lower":2,"upper":3}}"#,
        &[],
        &["At least 2 neurons are needed, and 3 are enough"],
    );
    says(
        r#"{"condition":{"name":"C.3","violation":{"no-orientation":{}}}}"#,
        &[r#"{"no-orientation":{"forced":true,"exhaustion":{"free":[]}}}"#],
        &[
            "does not hold",
            "No orientation of the kinks on no hyperplane of Γ fits",
        ],
    );
}

#[test]
fn nearest() {
    says(
        r#"{"nearest":{"among":"all","lower":"1","upper":"1"}}"#,
        &[
            r#"{"rewrite":{"replaces":[1],"a":[["0","0"]],"c":[["0"]],"why":"fold"}}"#,
            r#"{"rewrite":{"replaces":[1,2],"a":[],"c":[],"why":"resize"}}"#,
            r#"{"rewrite":{"replaces":[],"a":[["0","0"]],"c":[["0"]],"why":"resize"}}"#,
            r#"{"rewrite":{"replaces":[0,1],"a":[["1","2"],["2","4"]],"c":[["1"],["1/2"]],"why":"split"}}"#,
            r#"{"rewrite":{"replaces":[0],"a":[["1+sqrt(2)","2+2*sqrt(2)"]],"c":[["-1+sqrt(2)"]],"why":"stretch"}}"#,
            r#"{"apart":{"hall":{"value":"1","against":{"flipped":[0]},"sources":[0,1],"places":[1],"bindings":[["a0"],["a0>c0"]]}}}"#,
            r#"{"apart":{"hall":{"value":"1","against":"lines","sources":[0],"places":[],"bindings":[["a0"]]}}}"#,
            r#"{"apart":{"bias":{"flipped":[],"output":0,"value":"3"}}}"#,
            DISTANCE,
        ],
        &[
            "The parametrization of g = R(Θ) nearest to Γ",
            "Step 1: neuron 1 becomes zero (the producer calls this a fold: a constant neuron goes into the output bias)",
            "Step 2: the neurons [1, 2] are removed (the producer calls this a resizing",
            "Step 3: 1 zero neuron is added at the end (the producer calls this a resizing",
            "Step 4: the neurons [0, 1] become a = (1, 2), c = (1) and a = (2, 4), c = (1/2) (the producer calls this a split",
            "Step 5: neuron 0 becomes a = (1+sqrt(2), 2+2*sqrt(2)), c = (-1+sqrt(2)) (the producer calls this a stretch",
            "there are 2 neurons of the rewritten Θ, [0, 1] (with [0] flipped, however they are rescaled), that can only be near to the 1 neuron(s) [1]",
            "there is 1 kink of g, [0] (of which some neuron's a is a multiple), that are near to no neuron of Γ",
            "kept apart are 0 from neuron 0 of Γ: by a0 alone, 1 from neuron 0 of Γ: by a0, which bounds the scale from below, and c0, from above.",
            "with no neuron flipped the output bias is 3 away from Γ's in entry 0",
        ],
    );
    says(
        r#"{"nearest":{"among":"n-star","lower":"0","upper":"1"}}"#,
        &[r#"{"condition":{"member":{"network":"phi","set":"n-prime"}}}"#],
        &[
            "A parametrization of g = R(Θ) near Γ",
            "in N* with as many neurons",
            "Φ is in N′",
            "0 is a lower bound",
        ],
    );
}

/// A violation is retold with its pair and factor, and denies no more than it shows.
#[test]
fn violated_conditions() {
    let networks = r#"{"gamma":{"d":1,"m":2,"D":1,"a":[["1"],["2"]],"b":["1","2"],"c":[["1"],["1"]],"e":["0"]},
        "theta":{"d":1,"m":2,"D":1,"a":[["-1"],["1/2"]],"b":["-1","1/2"],"c":[["1"],["1"]],"e":["0"]}}"#;
    for (claim, title, rows, asked) in [
        (
            r#"{"name":"C.2","network":"gamma","violation":{"multiple":{"i":0,"j":1,"factor":"2"}}}"#,
            "C.2 (no parallel weight vectors in Γ) does not hold",
            ["a_0 of Γ = (1, 1)", "a_1 of Γ = (2, 2) = (2)·a_0"],
            false,
        ),
        (
            r#"{"name":"C.3a","network":"theta","violation":{"multiple":{"i":0,"j":1,"factor":"-1/2"}}}"#,
            "Θ as stated violates C.3a",
            ["a_0 of Θ = (-1, -1)", "a_1 of Θ = (1/2, 1/2) = (-1/2)·a_0"],
            true,
        ),
        (
            r#"{"name":"C.3b","violation":{"multiple":{"i":1,"j":0,"factor":"-1/2"}}}"#,
            "Θ as stated violates C.3b",
            ["a_1 of Γ = (2, 2)", "a_0 of Θ = (-1, -1) = (-1/2)·a_1"],
            true,
        ),
    ] {
        let statement = format!(r#"{{"networks":{networks},"claim":{{"condition":{claim}}}}}"#);
        let text = retold(&statement, &[]);
        assert!(text.starts_with(title), "{text}");
        for row in rows {
            assert!(text.contains(&format!("  * {row}\n")), "{row} in {text}");
        }
        let some = "The theorem asks for some Θ′ with R(Θ′) = R(Θ) (D03).";
        assert_eq!(text.contains(some), asked, "{text}");
    }
}

/// A tree is retold by what it has, not by what it has not.
#[test]
fn trees_of_a_seminorm() {
    let claim = r#"{"seminorm":{"upper":"1"}}"#;
    for (nodes, expected) in [
        (
            r#"["b"]"#,
            "every entry of the Jacobian is at most 1: by |M| + ½ Σ_H |κ_H n_Hᵀ|, whatever the signs of the kinks\n",
        ),
        (
            r#"["f0"]"#,
            "every entry of the Jacobian is at most 1: no region is there at all\n",
        ),
        (
            r#"["s0","b","f0"]"#,
            "every entry of the Jacobian is at most 1: a tree over the sides of kinks has 1 splits, 1 leaves where the decided signs bound it, 1 that no region meets, by linear",
        ),
        (
            r#"["s0","b","b"]"#,
            "every entry of the Jacobian is at most 1: a tree over the sides of kinks has 1 splits, 2 leaves where the decided signs bound it\n",
        ),
    ] {
        let step = format!(
            r#"{{"seminorm":{{"at-most":{{"bound":"1","circuits":[],"nodes":{nodes}}}}}}}"#
        );
        says(claim, &[&step], &[expected]);
    }
}

/// A certificate may hold any text; what would steer a terminal is shown.
#[test]
fn texts_do_not_steer_the_terminal() {
    let point = r#"{"seminorm":{"at-least":{"point":["1","1"],"signs":"\u001b[2J\u202e","output":0,"input":0,"value":"1"}}}"#;
    let statement =
        format!(r#"{{"networks":{{"gamma":{NETWORK}}},"claim":{{"seminorm":{{"lower":"1"}}}}}}"#);
    let text = retold(&statement, &[point]);
    assert!(text.contains(r"(signs \u{1b}[2J\u{202e})"), "{text}");
    assert!(!text.contains(['\u{1b}', '\u{202e}']));
}

/// Theorem 3.1: the cases tell the inequality that selects them, where the jumps are read, and what each neuron is replaced by, though all
/// cases come before; what is replaced together is told after them.
#[test]
fn cases_of_the_main_theorem() {
    let claim = r#"{"theorem-3.1":{"form":"seminorm","beta":"3","r":{"lower":"2","upper":"2"},"jump":"4","distance":"1","bounds":{"jump":"5"}}}"#;
    let case = |neuron: usize, case: &str, facets: &str| {
        format!(
            r#"{{"case":{{"neuron":{neuron},"case":"{case}","threshold":"4","p":"5","q":"-2","facets":[{facets}]}}}}"#
        )
    };
    let facet = r#"{"point":["2","-1"],"jump":"4"}"#;
    says(
        claim,
        &[
            r#"{"rewrite":{"replaces":[0,2],"a":[["1","2"],["0","0"]],"c":[["5"],["0"]],"why":"merge"}}"#,
            r#"{"condition":{"holds":{"name":"C.3"}}}"#,
            &case(0, "B.1", facet),
            &case(1, "1", facet),
            r#"{"rewrite":{"replaces":[1],"a":[["7","7"]],"c":[["7"]],"why":"radical"}}"#,
            r#"{"rewrite":{"replaces":[0],"a":[["8","8"]],"c":[["8"]],"why":"scale"}}"#,
            r#"{"rewrite":{"replaces":[0,1],"a":[],"c":[],"why":"kill"}}"#,
        ],
        &[
            "* the neurons [0, 2] become a = (1, 2), c = (5) and zero (the producer calls this a merge (43)/(87)",
            "* C.3 (some Θ of g without opposite weight vectors): Γ and the Θ′",
            "* p = 5, q = -2, 2r = 4\n  * same hyperplane, |p − q| ≤ 2r < |p| and |c^Γ| > ‖a^Γ‖, so c^Θ has the sign of c^Γ (65)\n  * |p − q| = 7\n  * x = (2, -1) on the common hyperplane, (54)",
            "* c := c^Γ, a := (q/c^Γ)·e (69)/(109): neuron 0 becomes a = (8, 8), c = (8) (the producer calls this a scaling",
            "x = (2, -1) on Γ's hyperplane alone, (53): ‖c^Γ a^Γ‖ = 4",
            "balanced (60)/(104): neuron 1 becomes a = (7, 7), c = (7) (the producer calls this a radical",
            "* after that the neurons [0, 1] are removed (the producer calls this a kill",
        ],
    );
}

/// A certificate of the format before is not read, and its format is named.
#[test]
fn version_1_is_declined() {
    let text = format!(
        "{}\n{}\n",
        r#"{"relucert":"certificate/1","producer":"relucert 0.1.0"}"#, "{}"
    );
    assert_eq!(
        Certificate::<Statement>::read(&text)
            .unwrap_err()
            .to_string(),
        "line 1: this is a file of format 'certificate/1'; this program reads 'certificate/2'"
    );
}
