//! `docs/schema`: what every verb prints with `--json`, and every line of a certificate, is as the schemas say, and damaged it is not.

#![cfg(unix)]

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use boon::{Compiler, SchemaIndex};
use relucert::certificate::{Claim, DeepClaim, DeepStep, Step};
use serde_json::{Map, Value};
use support::cli::{Files, examples, shell};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema")
}

/// What a schema's file says.
fn text(name: &str) -> Value {
    let path = folder().join(format!("{name}.json"));
    let text = std::fs::read_to_string(&path);
    let text = text.unwrap_or_else(|error| panic!("docs/schema/{name}.json: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("docs/schema/{name}.json: {error}"))
}

/// The names of all schemas but the one that has what they share.
fn names() -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder()).expect("docs/schema");
    let names = entries.map(|entry| entry.expect("an entry").path());
    let names = names.map(|path| {
        path.file_stem()
            .and_then(|name| name.to_str())
            .expect("UTF-8")
            .to_owned()
    });
    names.filter(|name| name != "common").collect()
}

/// One schema, compiled; that it is one of draft 2020-12 is seen here.
struct Schema {
    name: String,
    all: boon::Schemas,
    index: SchemaIndex,
}

impl Schema {
    fn of(name: &str) -> Self {
        let (mut all, mut compiler) = (boon::Schemas::new(), Compiler::new());
        let path = folder().join(format!("{name}.json"));
        let index = compiler.compile(path.to_str().expect("UTF-8"), &mut all);
        let index = index.unwrap_or_else(|error| panic!("docs/schema/{name}.json: {error:#}"));
        Schema {
            name: name.to_owned(),
            all,
            index,
        }
    }

    fn fits(&self, value: &Value) -> bool {
        self.all.validate(value, self.index).is_ok()
    }

    /// What is printed, or stands in a certificate, is as the schema says.
    fn check(&self, whence: &str, value: &Value) {
        let Err(error) = self.all.validate(value, self.index) else {
            return;
        };
        let mut shown = value.to_string();
        if shown.len() > 2000 {
            shown = shown.chars().take(2000).collect::<String>() + " …";
        }
        let name = &self.name;
        panic!(
            "{whence} is not as docs/schema/{name}.json says: mend it, or the output\n{shown}\n{error:#}"
        );
    }
}

/// Networks of any depth beside the examples, which are shallow.
const DEEP: &str = r#"{"layers": [{"weights": [["1","2"],["2","4"],["-1","3"],["0","0"]], "biases": ["0","0","1/2","1"]},
    {"weights": [["1","0","2","1"],["-1","-1","-1","0"],["0","1","1","1"]], "biases": ["1","-1","0"]}, {"weights": [["1","-1","0"]], "biases": ["2"]}]}"#;

/// What examples do not show: families, networks of any depth, what is known at a limit, answers of no, errors.
const FURTHER: &[&str] = &[
    "relucert eval examples/paper/sharp_gamma.json --at 1,1/2 --at 2,3",
    "relucert eval examples/families/ex2.1-g.json --at 1,-1 --at k,2",
    "relucert inspect examples/paper/sharp_gamma.json --injective",
    "relucert inspect examples/families/ex2.1-g.json",
    "relucert inspect deep.json",
    "relucert inspect deep.json --domain 0:1",
    "relucert canonical examples/families/ex2.1-g.json --hash",
    "relucert canonical deep.json --hash",
    "relucert equal examples/families/ex2.1-g.json examples/families/ex2.1-gamma.json",
    "relucert equal examples/families/ex2.1-g.json examples/families/ex2.1-g.json",
    "relucert equal examples/paper/sharp_gamma.json examples/paper/sharp_theta.json",
    "relucert equal deep.json other.json",
    "relucert equal deep.json deep.json",
    "relucert distance examples/families/ex2.1-gamma.json examples/families/ex2.1-g.json --sup --domain 0:1 --per-output",
    "relucert distance examples/networks/diabetes_gamma.safetensors examples/networks/diabetes_theta.safetensors --time-limit 1",
    "relucert norm examples/paper/sharp_theta.json --per-output --jump",
    "relucert norm examples/paper/sharp_theta.json --split 2 -o parts && relucert job parts 1 && relucert join parts",
    "relucert regions examples/paper/sharp_gamma.json --split 2 -o list && relucert job list 1 2 && relucert join list",
    "relucert regions examples/networks/wine_a.safetensors --limit 4",
    "relucert regions examples/networks/wine_a.safetensors --count --limit 4",
    "relucert regions examples/paper/sharp_gamma.json --list-only",
    "relucert regions examples/families/ex2.1-g.json",
    "relucert regions examples/families/ex2.1-g.json --count",
    "relucert inverse-lipschitz examples/paper/sharp_gamma.json --box 1 --time-limit 0",
    "relucert reparametrize examples/families/ex2.5-gamma.json examples/families/ex2.5-theta.json",
    "relucert reparametrize examples/families/ex2.4-gamma.json examples/families/ex2.4-g.json",
    "relucert reparametrize examples/paper/sharp_gamma.json examples/paper/sharp_theta.json --theorem 3.3",
    "relucert reparametrize examples/paper/example_2_3_gamma.json examples/paper/example_2_3_k1.json",
    "relucert reparametrize examples/paper/example_2_5_gamma_k1.json examples/paper/example_2_5_theta_k1.json",
    "relucert reparametrize examples/paper/sharp_gamma.json examples/paper/sharp_theta.json --phi-out phi.safetensors --round f32",
    "relucert lift examples/families/ex2.1-g.json",
    "relucert lift examples/paper/example_2_3_k1.json --published",
    "relucert nearest examples/paper/sharp_gamma.json examples/paper/sharp_theta.json --in-n-star",
    "relucert nearest examples/families/ex2.1-gamma.json examples/families/ex2.1-g.json --in-n-star",
    "relucert nearest deep.json other.json",
    "relucert separated examples/families/ex2.5-gamma.json examples/families/ex2.5-theta.json --at-least 2*k",
    "relucert flips examples/families/ex2.1-g.json",
    "relucert minimal examples/families/ex2.1-g.json",
    "relucert simplify examples/families/ex2.1-g.json",
    "relucert simplify examples/networks/wine_b_equal.safetensors --round f32 --output rounded.safetensors",
    "relucert simplify deep.json",
    "relucert identify deep.json",
    "relucert identify examples/paper/lemma_a_5_plus.json",
    "relucert verify proofs/theorem_3_1_sharp.rcert proofs/n1_differ.rcert",
    "relucert verify examples/paper/sharp_gamma.json",
    "relucert verify nowhere.rcert",
    "relucert audit --theorem 3.1 --trials 20",
    "relucert audit --theorem 3.3 --trials 10 --search 5",
    "relucert eval nowhere.json --at 1",
    "relucert eval examples/paper/sharp_gamma.json --at 1",
    "relucert eval examples/paper/sharp_gamma.json --nonsense",
];

/// Every object that a line of commands prints with `--json`, and the verb that it was asked of.
fn answers(files: &Files, line: &str) -> Vec<(String, Value)> {
    let line = line.split(" > ").next().expect("a command");
    let commands: Vec<&str> = line.split(" && ").collect();
    let verb = |command: &&str| {
        let mut words = command.split(' ').skip(1);
        let verb = words.find(|word| !word.starts_with('-'));
        verb.expect("a verb").to_owned()
    };
    let verbs = commands.iter().map(verb);
    let json = commands
        .iter()
        .map(|command| match command.contains("--json") {
            true => format!("{command};"),
            false => format!("{command} --json;"),
        });
    let ran = shell(files.folder(), &json.collect::<Vec<_>>().join(" "));
    let objects: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(objects.len(), commands.len(), "{line}: {ran:?}");
    let objects = objects.into_iter().map(|object| {
        let object = serde_json::from_str(object);
        object.unwrap_or_else(|error| panic!("{line}: {error}: {ran:?}"))
    });
    verbs.zip(objects).collect()
}

/// The same value with one thing wrong in it, in every way and place: a field that nobody knows, and a value of another type.
fn damaged(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(fields) => {
            let mut unknown: Map<String, Value> = fields.clone();
            unknown.insert("nobody knows this".to_owned(), Value::Bool(true));
            let inside = fields.iter().flat_map(|(name, inner)| {
                damaged(inner).into_iter().map(|inner| {
                    let mut fields = fields.clone();
                    fields.insert(name.clone(), inner);
                    Value::Object(fields)
                })
            });
            [Value::Object(unknown), Value::Bool(false)]
                .into_iter()
                .chain(inside)
                .collect()
        }
        // One entry of each list stands for all of them.
        Value::Array(items) => {
            let inside = items.first().into_iter().flat_map(damaged).map(|first| {
                let rest = items.iter().skip(1).cloned();
                std::iter::once(first).chain(rest).collect()
            });
            std::iter::once(Value::Bool(false)).chain(inside).collect()
        }
        Value::Bool(_) => vec![Value::String("true".to_owned())],
        _ => vec![Value::Bool(false)],
    }
}

/// Objects whose fields have names that no schema can know: counts by name.
fn is_open(damaged: &Value) -> bool {
    let counts = ["counts", "verdicts"].iter().any(|name| {
        let field = &damaged[name]["nobody knows this"];
        *field == Value::Bool(true)
    });
    counts || damaged["worst"]["nobody knows this"] == Value::Bool(true)
}

#[test]
fn every_answer_is_as_its_schema_says() {
    let files = Files::project();
    files.write("deep.json", DEEP);
    files.write("other.json", DEEP.replace("\"-1\",\"3\"", "\"-1\",\"4\""));
    let examples = examples();
    let verbs: BTreeSet<String> = examples.iter().map(|(verb, _)| verb.clone()).collect();
    let mut expected = verbs.clone();
    expected.insert("certificate".to_owned());
    assert_eq!(names(), expected, "docs/schema has one file a verb");
    let lines = examples.iter().flat_map(|(_, lines)| lines);
    // A slice takes long to draw, and is answered like every figure.
    let lines = lines.filter(|line| !line.contains(" --axes "));
    let lines = lines.map(String::as_str).chain(FURTHER.iter().copied());
    let mut met: BTreeSet<String> = BTreeSet::new();
    let schemas: Vec<Schema> = verbs.iter().map(|verb| Schema::of(verb)).collect();
    let mut refused = 0;
    for line in lines {
        for (verb, object) in answers(&files, line) {
            let schema = schemas.iter().find(|schema| schema.name == verb);
            let schema = schema.unwrap_or_else(|| panic!("{line}: {verb} is no verb"));
            let tag = object["relucert"].as_str().expect("a text").to_owned();
            assert!(
                tag == format!("{verb}/1") || tag == "error/1",
                "{line}: {tag}"
            );
            schema.check(line, &object);
            met.insert(tag);
            // Long answers have nothing that short ones have not.
            if object.to_string().len() < 20_000 {
                for wrong in damaged(&object).iter().filter(|wrong| !is_open(wrong)) {
                    assert!(!schema.fits(wrong), "{line}: accepted damaged: {wrong}");
                    refused += 1;
                }
            }
        }
        let _ = std::fs::remove_dir_all(files.name("cells"));
    }
    let tags: BTreeSet<String> = verbs.iter().map(|verb| format!("{verb}/1")).collect();
    let unmet: Vec<&String> = tags.difference(&met).collect();
    assert!(unmet.is_empty() && refused > 1000, "{unmet:?} {refused}");
}

/// The certificates below a folder.
fn certificates(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            // What is to be rejected, or declined, need not be one.
            let name = path.file_name().and_then(|name| name.to_str());
            if !matches!(name, Some("reject" | "decline")) {
                certificates(&path, found);
            }
        } else if path.extension().is_some_and(|end| end == "rcert") {
            found.push(path);
        }
    }
}

/// Whether the verifier reads numbers, so that the schema need not: the place of a text is what is asked.
#[test]
fn every_certificate_is_as_the_schema_says() {
    let schema = Schema::of("certificate");
    let mut paths = Vec::new();
    for folder in ["proofs", "verifier/tests/facts"] {
        certificates(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut paths,
        );
    }
    let (mut facts, mut refused) = (BTreeSet::new(), 0);
    for path in &paths {
        let text = std::fs::read_to_string(path).expect("UTF-8");
        for (number, line) in text.lines().enumerate() {
            let whence = format!("{}, line {}", path.display(), number + 1);
            let value: Value = serde_json::from_str(line).expect("JSON");
            schema.check(&whence, &value);
            let fact = value["fact"]
                .as_object()
                .and_then(|fact| fact.keys().next());
            facts.extend(fact.cloned());
            if line.len() < 2_000 {
                for wrong in damaged(&value) {
                    assert!(!schema.fits(&wrong), "{whence}: accepted damaged: {wrong}");
                    refused += 1;
                }
            }
        }
    }
    let known: BTreeSet<String> = Step::KINDS.iter().map(|kind| (*kind).to_owned()).collect();
    assert_eq!(facts, known, "each kind of fact has a certificate");
    assert!(paths.len() > 100 && refused > 10_000, "{refused}");
}

#[test]
fn every_kind_of_claim_and_fact_has_a_schema() {
    let schema = text("certificate");
    for (name, kinds) in [
        ("claim", Claim::KINDS),
        ("deepClaim", DeepClaim::KINDS),
        ("step", Step::KINDS),
        ("deepStep", DeepStep::KINDS),
    ] {
        let known = schema["$defs"][name]["properties"].as_object();
        let known = known.expect("one property a kind");
        for kind in kinds {
            assert!(
                known.contains_key(*kind),
                "'{kind}' has no schema: extend docs/schema/certificate.json, a line in $defs/{name}/properties and what it refers to in $defs"
            );
        }
        let names: BTreeSet<&str> = kinds.iter().copied().collect();
        let gone: Vec<&String> = known
            .keys()
            .filter(|kind| !names.contains(kind.as_str()))
            .collect();
        assert!(
            gone.is_empty(),
            "docs/schema/certificate.json, $defs/{name}: {gone:?} is no kind"
        );
    }
}

/// Every object is closed, says which fields it needs, and every field says what it is.
fn complete(whence: &str, value: &Value) {
    if let Value::Object(fields) = value {
        if fields.get("type") == Some(&Value::String("object".to_owned())) {
            assert!(
                fields.contains_key("additionalProperties"),
                "{whence} is open"
            );
            let needs = ["required", "minProperties"];
            let properties = fields.get("properties").and_then(Value::as_object);
            let named = properties.is_none_or(|properties| {
                properties.is_empty() || needs.iter().any(|name| fields.contains_key(*name))
            });
            assert!(
                named
                    || whence.ends_with("/reasons")
                    || OPTIONAL.iter().any(|end| whence.ends_with(end)),
                "{whence} needs no field"
            );
        }
        if let Some(Value::Object(properties)) = fields.get("properties") {
            for (name, field) in properties {
                let said = field["description"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty());
                let said =
                    said || field.is_boolean() || field["$ref"] == "common.json#/$defs/notes";
                assert!(
                    said || whence.contains("/allOf"),
                    "{whence}: {name} has no description"
                );
            }
        }
        for (name, inner) in fields {
            complete(&format!("{whence}/{name}"), inner);
        }
    }
    for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
        complete(&format!("{whence}/{index}"), inner);
    }
}

/// Objects all of whose fields may be missing.
const OPTIONAL: &[&str] = &[
    "/bounds",
    "/equalClaim",
    "/differClaim",
    "/seminormClaim",
    "/properties/equal",
    "/properties/member",
];

#[test]
fn schemas_are_closed_and_say_what_every_field_is() {
    for name in names().iter().map(String::as_str).chain(["common"]) {
        complete(&format!("docs/schema/{name}.json"), &text(name));
    }
}
