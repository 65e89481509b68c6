//! Small statements, hand-made proofs, and ways to forge them.

use num_bigint::BigInt;
use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::network::Network;
use super::number::Q;
use super::proof::Proof;
use super::verdict::Stop;
use super::{Bindings, Budget, Limits, Verdict, verify_text};
use relucert_format::{Rule, Shallow, Statement, Writer};

/// A hand-made certificate: the statement and the rules as JSON.
#[derive(Clone)]
pub(crate) struct Example {
    pub(crate) networks: String,
    pub(crate) claim: String,
    pub(crate) rules: Vec<String>,
    pub(crate) rests_on: Vec<usize>,
}

impl Example {
    pub(crate) fn statement(&self) -> Statement {
        let (networks, claim) = (&self.networks, &self.claim);
        serde_json::from_str(&format!(r#"{{"networks":{networks},"claim":{claim}}}"#)).unwrap()
    }

    /// The whole file.
    pub(crate) fn text(&self) -> String {
        let mut writer = Writer::new("a test", self.statement());
        for rule in &self.rules {
            writer.step(serde_json::from_str(rule).unwrap());
        }
        let kind = self.claim.split('"').nth(1).unwrap();
        writer.finish(kind, self.rests_on.clone())
    }

    /// Checks the rules alone, in order; the reason of the last one's rejection.
    pub(crate) fn steps(&self, rules: &[&str]) -> Result<(), String> {
        let (statement, limits) = (self.statement(), Budget::default());
        let mut proof = Proof::new(&statement, &limits).map_err(reason)?;
        for (index, rule) in rules.iter().enumerate() {
            let rule: Rule = serde_json::from_str(rule).unwrap_or_else(|e| panic!("{rule}: {e}"));
            let checked = proof.step(&rule).map_err(reason);
            if index + 1 == rules.len() {
                return checked;
            }
            checked.unwrap_or_else(|e| panic!("{rule:?} before the last rule: {e}"));
        }
        Ok(())
    }

    /// The example with a text that occurs once in its networks, claim and rules replaced.
    pub(crate) fn with(&self, old: &str, new: &str) -> Example {
        let mut changed = self.clone();
        let texts = [&mut changed.networks, &mut changed.claim];
        let mut found = 0;
        for text in texts.into_iter().chain(&mut changed.rules) {
            found += text.matches(old).count();
            *text = text.replace(old, new);
        }
        assert_eq!(found, 1, "{old}");
        changed
    }

    /// The whole certificate is verified with each of the replacements.
    pub(crate) fn stays_verified(&self, table: &[(&str, &str, &str)]) {
        for (name, old, new) in table {
            let verdict = verdict(&self.with(old, new).text());
            assert!(
                matches!(verdict, Verdict::Verified(_)),
                "{name}: {verdict:?}"
            );
        }
    }

    /// The whole certificate is rejected with each of the replacements, for the named reason.
    pub(crate) fn is_rejected(&self, table: &[(&str, &str, &str, &str)]) {
        for (name, old, new, expected) in table {
            let found = rejection(&self.with(old, new).text());
            assert!(found.contains(expected), "{name}: {found}, not {expected}");
        }
    }

    /// Every list of rules is accepted.
    pub(crate) fn accepts(&self, table: &[(&str, &[&str])]) {
        for (name, rules) in table {
            self.steps(rules).unwrap_or_else(|e| panic!("{name}: {e}"));
        }
    }

    /// Every list of rules is rejected at its last rule, for the named reason.
    pub(crate) fn rejects(&self, table: &[(&str, &[&str], &str)]) {
        for (name, rules, expected) in table {
            match self.steps(rules) {
                Ok(()) => panic!("{name}: accepted"),
                Err(found) => {
                    assert!(found.contains(expected), "{name}: {found}, not {expected}");
                }
            }
        }
    }
}

pub(crate) fn reason(stop: Stop) -> String {
    match stop {
        Stop::Reject(rejection) => rejection.to_string(),
        Stop::Decline(declined) => format!("declined: {declined}"),
    }
}

pub(crate) fn verdict(text: &str) -> Verdict {
    verify_text(text.as_bytes(), &Limits::default(), &Bindings::default())
}

/// The reason of a rejection.
pub(crate) fn rejection(text: &str) -> String {
    match verdict(text) {
        Verdict::Rejected(rejection) => rejection.to_string(),
        other => panic!("{other:?}"),
    }
}

/// Changes the lines above the last one and writes a last line that fits, so that the hash is not what rejects.
pub(crate) fn forge(text: &str, change: impl FnOnce(&mut Vec<String>)) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    lines.pop();
    change(&mut lines);
    seal(&lines)
}

/// Replaces text that occurs exactly once in line `number`, from 1, and reseals.
pub(crate) fn forge_line(text: &str, number: usize, old: &str, new: &str) -> String {
    forge(text, |lines| {
        let line = &mut lines[number - 1];
        assert_eq!(line.matches(old).count(), 1, "{old} in {line}");
        *line = line.replace(old, new);
    })
}

/// Appends the last line.
pub(crate) fn seal(lines: &[String]) -> String {
    let body: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let hash = Sha256::digest(body.as_bytes());
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let steps = lines.len() - 3;
    format!("{body}{{\"end\":{{\"steps\":{steps},\"sha256\":\"{hash}\"}}}}\n")
}

pub(crate) fn strings(rules: &[&str]) -> Vec<String> {
    rules.iter().map(|rule| (*rule).to_owned()).collect()
}

/// Γ = 9ρ(x) + ρ(y), g = 4ρ(2x) + 2ρ(x): r = 1, J = 1, one merge, cases B.1 and 1.
pub(crate) fn merge_example() -> Example {
    Example {
        networks: r#"{
            "gamma":{"d":2,"m":2,"D":1,"a":[["1","0"],["0","1"]],"c":[["9"],["1"]]},
            "theta":{"d":2,"m":2,"D":1,"a":[["2","0"],["1","0"]],"c":[["4"],["2"]]},
            "phi":{"d":2,"m":2,"D":1,"a":[["10/9","0"],["0","0"]],"c":[["9"],["0"]]}}"#
            .to_owned(),
        claim: r#"{"theorem-3.1":{"form":"seminorm","beta":"1","r":{"lower":"1","upper":"1"},
            "jump":"1","distance":"1",
            "bounds":{"paper":"3","sharp":"1+sqrt(2)","jump":"2"}}}"#
            .to_owned(),
        rules: strings(&[
            r#"{"point":{"point":["1","-1"],"signs":"-+","output":0,"input":0,"value":"1"}}"#,
            r#"{"branch":{"bound":"1","circuits":[],"nodes":["b"]}}"#,
            r#"{"jump":{"value":"1"}}"#,
            r#"{"condition":{"name":"C.1","beta":"1","threshold":"2"}}"#,
            r#"{"condition":{"name":"C.2"}}"#,
            r#"{"condition":{"name":"C.3a"}}"#,
            r#"{"condition":{"name":"C.3b"}}"#,
            r#"{"merge":{"into":0,"from":[1]}}"#,
            r#"{"facet":{"gamma":0,"theta":0,"point":["0","1"],"jump":"1"}}"#,
            r#"{"facet":{"gamma":1,"point":["1","0"],"jump":"1"}}"#,
            r#"{"case":{"neuron":0,"case":"B.1","p":"9","q":"10","facets":[9]}}"#,
            r#"{"case":{"neuron":1,"case":"1","p":"1","q":"0","facets":[10]}}"#,
            r#"{"scale":{"neuron":0,"factor":"5/9"}}"#,
            r#"{"bound":{"distance":"1","neuron":1,"part":"inner","index":1}}"#,
        ]),
        rests_on: vec![1, 2, 3, 4, 5, 6, 7, 11, 12, 14],
    }
}

/// The example in which the constant √2 is attained: r = 2, J = 4, radicals in Φ, a tree with four splits.
pub(crate) fn sharp_example() -> Example {
    Example {
        networks: r#"{
            "gamma":{"d":2,"m":3,"D":1,"a":[["10","1"],["2","2/5"],["-10","1"]],"c":[["10"],["2"],["10"]]},
            "theta":{"d":2,"m":3,"D":1,"a":[["10","1"],["-2","2/5"],["-10","1"]],"c":[["51/5"],["-2"],["51/5"]]},
            "phi":{"d":2,"m":3,"D":1,"a":[["sqrt(102)","1/10*sqrt(102)"],["-2","2/5"],["-sqrt(102)","1/10*sqrt(102)"]],
                "c":[["sqrt(102)"],["-2"],["sqrt(102)"]]}}"#
            .to_owned(),
        claim: r#"{"theorem-3.1":{"form":"jump","beta":"2","r":{"lower":"2","upper":"2"},
            "jump":"4","distance":"4",
            "bounds":{"paper":"2+2*sqrt(2)","sharp":"4","jump":"4"}}}"#
            .to_owned(),
        rules: strings(&[
            // Hyperplanes (1,-1/5), (1,-1/10), (1,1/10), (1,1/5) with jumps -4, 2, 2, -4.
            SHARP_POINT,
            SHARP_TREE,
            r#"{"jump":{"value":"4"}}"#,
            r#"{"condition":{"name":"C.1","beta":"2","threshold":"4"}}"#,
            r#"{"condition":{"name":"C.2"}}"#,
            r#"{"condition":{"name":"C.3a"}}"#,
            r#"{"condition":{"name":"C.3b"}}"#,
            r#"{"facet":{"gamma":0,"theta":0,"point":["1","-10"],"jump":"2"}}"#,
            r#"{"facet":{"gamma":1,"point":["1","-5"],"jump":"4"}}"#,
            r#"{"facet":{"theta":1,"point":["1","5"],"jump":"4"}}"#,
            r#"{"facet":{"gamma":2,"theta":2,"point":["1","10"],"jump":"2"}}"#,
            r#"{"case":{"neuron":0,"case":"B.3","p":"100","q":"102","facets":[8]}}"#,
            r#"{"case":{"neuron":1,"case":"1","p":"4","q":"-4","facets":[9,10]}}"#,
            r#"{"case":{"neuron":2,"case":"B.3","p":"100","q":"102","facets":[11]}}"#,
            r#"{"scale":{"neuron":0,"factor":"1/10"}}"#,
            r#"{"radical":{"neuron":0,"factor":"102"}}"#,
            r#"{"radical":{"neuron":2,"factor":"51/50"}}"#,
            r#"{"bound":{"distance":"4","neuron":1,"part":"inner","index":0}}"#,
        ]),
        rests_on: vec![1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 18],
    }
}

/// r ≥ 2 in the sharp example.
pub(crate) const SHARP_POINT: &str =
    r#"{"point":{"point":["3","20"],"signs":"-+++","output":0,"input":0,"value":"2"}}"#;

/// r ≤ 2 in the sharp example.
pub(crate) const SHARP_TREE: &str = r#"{"branch":{"bound":"2",
    "circuits":[[[0,"1/10"],[2,"-2/5"],[3,"3/10"]],[[0,"3/10"],[1,"-2/5"],[3,"1/10"]]],
    "nodes":["s0","s3","s1","s2","b","f0","f1","b","s3","b","s1","f1","s2","f0","b"]}}"#;

/// Γ and Θ with the same three neurons in other orders and scales, two of them balanced by radicals: R(Θ) = R(Γ).
/// Φ = Γ. Both networks have biases and two outputs.
pub(crate) fn biased_example() -> Example {
    Example {
        networks: r#"{
            "gamma":{"d":1,"m":2,"D":2,"a":[["1"],["sqrt(2)"]],"b":["1/2","0"],"c":[["1","-1"],["0","sqrt(2)"]],"e":["3","1/3"]},
            "theta":{"d":1,"m":2,"D":2,"a":[["2"],["2"]],"b":["0","1"],"c":[["0","1"],["1/2","-1/2"]],"e":["3","1/3"]},
            "phi":{"d":2,"m":3,"D":2,"a":[["1","1/2"],["sqrt(2)","0"],["0","1"]],"c":[["1","-1"],["0","sqrt(2)"],["3","1/3"]]}}"#
            .to_owned(),
        claim: r#"{"reparametrization":{"distance":"0","bound":"sqrt(2)"}}"#.to_owned(),
        rules: strings(&[
            r#"{"permute":{"order":[1,0,2]}}"#,
            r#"{"scale":{"neuron":0,"factor":"1/2"}}"#,
            r#"{"radical":{"neuron":1,"factor":"1/2"}}"#,
            r#"{"bound":{"distance":"0","neuron":2,"part":"outer","index":1}}"#,
        ]),
        rests_on: vec![4],
    }
}

/// C.2 fails for Γ: a_2 = √2 times a_0, in neurons with different radicals. No Θ is needed.
pub(crate) fn violation_example() -> Example {
    let violation = r#"{"multiple":{"i":0,"j":2,"factor":"3/2*sqrt(2)"}}"#;
    Example {
        networks: r#"{"gamma":{"d":2,"m":3,"D":1,
            "a":[["1","-2"],["1","0"],["3/2*sqrt(2)","-3*sqrt(2)"]],"c":[["1"],["1"],["0"]]}}"#
            .to_owned(),
        claim: format!(
            r#"{{"condition":{{"name":"C.2","network":"gamma","violation":{violation}}}}}"#
        ),
        rules: vec![format!(r#"{{"violation":{violation}}}"#)],
        rests_on: vec![1],
    }
}

/// C.1 with β = 2 fails for Γ: ‖c a‖ = 0 ≤ 2r, but ‖a‖ = 3.
pub(crate) fn unbalanced_example() -> Example {
    let violation = r#"{"unbalanced":{"i":1,"beta":"2","size":"3","r_lower":"1/2"}}"#;
    Example {
        networks: r#"{
            "gamma":{"d":1,"m":2,"D":1,"a":[["1"],["3"]],"c":[["1"],["0"]]},
            "theta":{"d":1,"m":1,"D":1,"a":[["1/2"]],"c":[["1"]]}}"#
            .to_owned(),
        claim: format!(r#"{{"condition":{{"name":"C.1","violation":{violation}}}}}"#),
        rules: vec![
            r#"{"point":{"point":["1"],"signs":"+","output":0,"input":0,"value":"1/2"}}"#
                .to_owned(),
            format!(r#"{{"violation":{violation}}}"#),
        ],
        rests_on: vec![1, 2],
    }
}

/// f = R(Γ) = 2ρ(x−y) − ρ(x) + 3ρ(x+y), without Θ. Hyperplanes (1,−1), (1,0), (1,1) with jumps 2, −1, 3; M = (2, 1/2).
///
/// Entry (0,0) would be largest, 5, with the signs +-+, and least, −1, with -+-; both contradict the circuit n_0 − 2n_1 + n_2 = 0.
pub(crate) fn seminorm_example() -> Example {
    Example {
        networks: r#"{"gamma":{"d":2,"m":3,"D":1,"a":[["1","-1"],["1","0"],["1","1"]],"c":[["2"],["-1"],["3"]]}}"#
            .to_owned(),
        claim: r#"{"seminorm":{"lower":"4","upper":"4"}}"#.to_owned(),
        rules: strings(&[
            r#"{"circuits":{"circuits":[[[0,"1"],[1,"-2"],[2,"1"]]]}}"#,
            r#"{"point":{"point":["1","0"],"signs":"+++","output":0,"input":0,"value":"4"}}"#,
            r#"{"branch":{"bound":"4","target":{"output":0,"input":0},"circuits":[],"packings":[[[0,"1"]]],"nodes":["p0"]}}"#,
            r#"{"branch":{"bound":"0","target":{"output":0,"input":0,"negative":true},"circuits":[],"packings":[[[0,"1"]]],"nodes":["p0"]}}"#,
            r#"{"branch":{"bound":"3","target":{"output":0,"input":1},"circuits":[],"nodes":["b"]}}"#,
            r#"{"branch":{"bound":"2","target":{"output":0,"input":1,"negative":true},"circuits":[],"nodes":["b"]}}"#,
        ]),
        rests_on: vec![2, 3, 4, 5, 6],
    }
}

/// With biases: f = ρ(x+1) − 2ρ(x−1) + 5ρ(2) + 3 has the slopes 0, 1, −1. Hyperplane 0 is (1,−1), 1 is (1,1), 2 is (0,1).
pub(crate) fn affine_example() -> Example {
    Example {
        networks: r#"{"gamma":{"d":1,"m":3,"D":1,"a":[["1"],["1"],["0"]],"b":["1","-1","2"],"c":[["1"],["-2"],["5"]],"e":["3"]}}"#
            .to_owned(),
        claim: r#"{"seminorm":{"lower":"1","upper":"1"}}"#.to_owned(),
        rules: strings(&[
            r#"{"point":{"point":["0","1"],"signs":"-+","output":0,"input":0,"value":"1"}}"#,
            r#"{"branch":{"bound":"1","circuits":[[[0,"1"],[1,"-1"],[2,"2"]]],"nodes":["s0","s1","b","f0","b"]}}"#,
        ]),
        rests_on: vec![1, 2],
    }
}

/// With biases and the activation max(t/3, t): f = ϱ(2x+1) − ϱ(1) − (ϱ(x) + 5). The jump norm is that of 2/3·2.
pub(crate) fn jump_example() -> Example {
    Example {
        networks: r#"{"gamma":{"d":1,"m":1,"D":1,"a":[["1"]],"c":[["1"]]},
            "theta":{"d":1,"m":2,"D":1,"a":[["2"],["0"]],"b":["1","1"],"c":[["1"],["-1"]],"e":["-5"]}}"#
            .to_owned(),
        claim: r#"{"jump-norm":{"value":"4/3"}},"activation":"1/3""#.to_owned(),
        rules: strings(&[r#"{"jump":{"value":"4/3"}}"#]),
        rests_on: vec![1],
    }
}

/// max(x, 0) in two ways on [−1, 2] × [0, 1]: Θ has a bias, another width, and a kink outside the box, y = −1.
pub(crate) fn equal_example() -> Example {
    Example {
        networks: r#"{
            "gamma":{"d":2,"m":1,"D":1,"a":[["1","0"]],"c":[["1"]]},
            "theta":{"d":2,"m":3,"D":1,"a":[["2","0"],["0","1"],["0","1"]],"b":["0","1","0"],"c":[["1/2"],["1"],["-1"]],"e":["-1"]}}"#
            .to_owned(),
        claim: r#"{"equal":{"box":[["-1","2"],["0","1"]]}}"#.to_owned(),
        rules: strings(&[r#"{"equal":{}}"#]),
        rests_on: vec![1],
    }
}

/// The same two networks, which are not equal where y < 0.
pub(crate) fn differ_example() -> Example {
    Example {
        claim: r#"{"differ":{"box":[["-1","2"],["-1","1"]]}}"#.to_owned(),
        rules: strings(&[r#"{"values":{"point":["1","-1/2"],"gamma":["1"],"theta":["1/2"]}}"#]),
        ..equal_example()
    }
}

/// The lines x = 0, y = 0, x + y = 0 of the plane, the first of them twice, and a zero row.
pub(crate) fn arrangement_example() -> Example {
    Example {
        networks:
            r#"{"gamma":{"d":2,"m":5,"D":1,"a":[["0","0"],["1","0"],["0","1"],["-2","0"],["1","1"]],
            "c":[["0"],["0"],["0"],["0"],["0"]]}}"#
                .to_owned(),
        claim: r#"{"arrangement":{"count":6,"edges":6,
            "regions":["0++-+","0+--+","0+---","0-+++","0-++-","0--+-"]}}"#
            .to_owned(),
        rules: strings(&[
            r#"{"witnesses":{"first":0,"points":[["1","1"],["2","-1"],["1/3","-2"]]}}"#,
            r#"{"circuits":{"circuits":[[[1,"1"],[2,"1"],[4,"-1"]]]}}"#,
            r#"{"closure":{"first":0,"redundant":[[0],[0],[0]]}}"#,
        ]),
        rests_on: vec![1, 3],
    }
}

/// With biases, so on x_2 = 1: the points −1 and 1 of the line, and a constant neuron. The list is complete by the count.
pub(crate) fn biased_arrangement_example() -> Example {
    Example {
        networks: r#"{"gamma":{"d":1,"m":3,"D":1,"a":[["1"],["0"],["3"]],"b":["1","-2","-3"],"c":[["1"],["1"],["1"]],"e":["0"]}}"#
            .to_owned(),
        claim: r#"{"arrangement":{"domain":[["0","1"]],"count":3,"edges":2,"regions":["+-+","+--","---"]}}"#
            .to_owned(),
        rules: strings(&[
            r#"{"witnesses":{"first":0,"points":[["3","1"],["0","2"],["-2","1"]]}}"#,
            r#"{"count":{"regions":3}}"#,
        ]),
        rests_on: vec![1, 2],
    }
}

/// Evaluates Σ s c ρ(⟨a,x⟩) at an integer point.
pub(crate) fn evaluate(network: &Network, x: &[BigInt]) -> Vec<Q> {
    let mut sum = vec![Q::zero(); network.outputs];
    for neuron in &network.neurons {
        let inner = neuron.a.iter().zip(x).map(|(a, x)| a * &Q::from(x.clone()));
        let inner = inner.fold(Q::zero(), |sum, part| &sum + &part);
        if inner.is_positive() {
            let inner = &inner * &neuron.s;
            sum = sum
                .iter()
                .zip(&neuron.c)
                .map(|(sum, c)| sum + &(c * &inner))
                .collect();
        }
    }
    sum
}

prop_compose! {
    pub(crate) fn network()(
        numbers in prop::collection::vec((-3_i32..4, 1_i32..4), 4 * 5),
        roots in prop::collection::vec(prop::sample::select(vec!["", "2", "3", "8"]), 4),
    ) -> Network {
        let text = |(p, q): (i32, i32), root: &str| {
            let value = Q::fraction(p.into(), q.into()).unwrap();
            match (value.is_zero(), root) {
                (true, _) | (_, "") => format!("{value:}"),
                (_, root) if value.is_one() => format!("sqrt({root})"),
                (_, root) if (-&value).is_one() => format!("-sqrt({root})"),
                (_, root) => format!("{value}*sqrt({root})"),
            }
        };
        let mut rows = numbers.chunks(5).zip(&roots).map(|(row, root)| {
            row.iter().map(|number| text(*number, root)).collect::<Vec<_>>()
        });
        let (mut a, mut c) = (Vec::new(), Vec::new());
        for row in rows.by_ref() {
            a.push(row[..3].to_vec());
            c.push(row[3..].to_vec());
        }
        let json = format!(r#"{{"d":3,"m":4,"D":2,"a":{a:?},"c":{c:?}}}"#);
        let stated: Shallow = serde_json::from_str(&json).unwrap();
        Network::stated(&stated, false, &Budget::default()).ok().unwrap()
    }
}
