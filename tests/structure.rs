//! No circles among files: what each file of the three packages imports, or names by a path, read from the sources.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A file by the path of its module: `["exact", "lp"]` for `exact/lp/mod.rs`; empty for `lib.rs`.
type Module = Vec<String>;

/// The files below a folder, without tests and without programs.
fn files(folder: &Path, module: &[String], found: &mut BTreeMap<Module, String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().and_then(|name| name.to_str());
        let name = name.expect("UTF-8").to_owned();
        let inner = [module, std::slice::from_ref(&name)].concat();
        match name.as_str() {
            "tests" | "main" | "bin" => {}
            _ if path.is_dir() => files(&path, &inner, found),
            "lib" | "mod" => drop(found.insert(module.to_vec(), read(&path))),
            _ if path.extension().is_some_and(|end| end == "rs") => {
                found.insert(inner, read(&path));
            }
            _ => {}
        }
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("UTF-8")
}

/// Names and signs, `::` as one; without comments, texts, visibilities and the tests at the end.
fn split(source: &str) -> Vec<String> {
    let end = source
        .match_indices("#[cfg(test)]")
        .find(|(at, attribute)| {
            let rest = source[at + attribute.len()..].trim_start();
            rest.starts_with("mod ") || rest.starts_with("#[path")
        });
    let mut rest = &source[..end.map_or(source.len(), |(at, _)| at)];
    let mut tokens: Vec<String> = Vec::new();
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        let word = &rest[..word.unwrap_or(rest.len())];
        let after = |start: &str, end: &str| {
            let close = rest[start.len()..].find(end);
            close.map_or(rest.len(), |at| start.len() + at + end.len())
        };
        let skip = match first {
            '/' if rest.starts_with("//") => after("//", "\n"),
            '/' if rest.starts_with("/*") => after("/*", "*/"),
            'r' if rest.starts_with("r#\"") => after("r#\"", "\"#"),
            'r' if rest.starts_with("r\"") => after("r\"", "\""),
            '"' => text(rest),
            '\'' if rest.starts_with("'\\") => after("'\\", "'"),
            '\'' if rest.chars().nth(2) == Some('\'') => {
                rest.char_indices().nth(3).map_or(rest.len(), |(at, _)| at)
            }
            'p' if word == "pub" && rest[3..].starts_with('(') => after("pub(", ")"),
            ':' if rest.starts_with("::") => 2,
            // What a macro names of its own package is imported where the macro is used.
            '$' if rest.starts_with("$crate::") => 8,
            _ => word.len().max(first.len_utf8()),
        };
        let token = &rest[..skip];
        let kept = token == "::" || token == word || token.len() == 1 && !first.is_whitespace();
        tokens.extend(kept.then(|| token.to_owned()));
        rest = &rest[skip..];
    }
    tokens
}

/// The length of the text in quotes that a source begins with.
fn text(source: &str) -> usize {
    let mut escaped = false;
    let end = source.char_indices().skip(1).find(|(_, c)| {
        let ends = *c == '"' && !escaped;
        escaped = *c == '\\' && !escaped;
        ends
    });
    end.map_or(source.len(), |(at, _)| at + 1)
}

/// The paths that begin at a token: one, or in braces several. Answers where they end too.
fn paths(tokens: &[String], mut at: usize, before: &[String], found: &mut Vec<Module>) -> usize {
    let mut path = before.to_vec();
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "{" => {
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = paths(tokens, at + 1, &path, found);
                }
                return at + 1;
            }
            "::" => at += 1,
            "," | "}" | ";" => break,
            "as" => at += 2,
            _ => {
                path.push(token.clone());
                at += 1;
                if tokens
                    .get(at)
                    .is_none_or(|next| next != "::" && next != "as")
                {
                    break;
                }
            }
        }
    }
    // A comma may stand before the brace that closes.
    if path.len() > before.len() {
        found.push(path);
    }
    at
}

/// The files that a file names.
fn named(module: &Module, source: &str, files: &BTreeMap<Module, String>) -> BTreeSet<Module> {
    let tokens = split(source);
    let mut all = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begins = tokens.get(at + 1).is_some_and(|next| next == "::");
        at = match tokens[at].as_str() {
            "use" => paths(&tokens, at + 1, &[], &mut all),
            _ if begins => paths(&tokens, at, &[], &mut all),
            _ => at + 1,
        };
    }
    let root = files.get(&[][..]);
    let root = root.map(|root| split(root)).unwrap_or_default();
    let foreign: BTreeSet<&String> = root
        .windows(2)
        .filter(|pair| pair[0] == "as")
        .map(|pair| &pair[1])
        .collect();
    let file = |path: Module| {
        let up = path.iter().take_while(|name| *name == "super").count();
        let (mut base, mut rest) = (module.clone(), &path[up..]);
        base.truncate(module.len().saturating_sub(up));
        let is_file = |names: &[String]| files.contains_key(&[module.as_slice(), names].concat());
        match rest.first().map(String::as_str) {
            Some("crate") => {
                (base, rest) = (Module::new(), &rest[1..]);
                // Other packages under a name of the root's are no files of this one.
                if rest.first().is_none_or(|name| foreign.contains(name)) {
                    return None;
                }
            }
            Some("self") => rest = &rest[1..],
            Some(_) if up > 0 || is_file(&rest[..1]) => {}
            _ => return None,
        }
        base.extend(rest.iter().cloned());
        while !files.contains_key(&base) && base.pop().is_some() {}
        Some(base)
    };
    let all = all.into_iter().filter_map(file);
    all.filter(|other| other != module).collect()
}

/// A circle of files, each of which names the next; if there is one.
fn circle(files: &BTreeMap<Module, String>) -> Option<Vec<String>> {
    let names =
        |(module, source): (&Module, &String)| (module.clone(), named(module, source, files));
    let mut graph: BTreeMap<Module, BTreeSet<Module>> = files.iter().map(names).collect();
    // What names nothing that is left lies on no circle.
    while let Some(end) = graph.iter().find(|(_, to)| to.is_empty()) {
        let end = end.0.clone();
        graph.remove(&end);
        for to in graph.values_mut() {
            to.remove(&end);
        }
    }
    let mut way: Vec<&Module> = vec![graph.keys().next()?];
    loop {
        let next = graph[way[way.len() - 1]].first()?;
        if let Some(from) = way.iter().position(|module| *module == next) {
            let circle = way[from..].iter().chain([&next]);
            let name = |module: &Module| match module.is_empty() {
                true => "lib".to_owned(),
                false => module.join("/"),
            };
            return Some(circle.map(|module| name(module)).collect());
        }
        way.push(next);
    }
}

#[test]
fn files_import_in_no_circle() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let packages = [
        ("src", 200),
        ("verifier/src", 50),
        ("verifier/format/src", 25),
    ];
    let circles = packages.iter().filter_map(|(source, least)| {
        let mut found = BTreeMap::new();
        files(&package.join(source), &[], &mut found);
        assert!(found.len() > *least, "{source}: {} files", found.len());
        let edges = found
            .iter()
            .map(|(module, text)| named(module, text, &found).len());
        assert!(
            edges.sum::<usize>() > found.len(),
            "{source}: hardly any imports"
        );
        Some(format!("{source}: {}", circle(&found)?.join(" -> ")))
    });
    let circles: Vec<String> = circles.collect();
    assert!(circles.is_empty(), "{}", circles.join("\n"));
}

#[test]
fn a_circle_is_found() {
    let files = |change: &str| -> BTreeMap<Module, String> {
        let all = [
            (
                "",
                "//! crate::a is what this is about.\nmod a;\npub use a::Top;\npub use other as b;",
            ),
            (
                "a",
                "mod inner;\nmod user;\npub use inner::{self, deep::{A, B as C}};",
            ),
            (
                "a/inner",
                "pub(in crate::a) struct A;\nuse crate::b::Foreign;\nconst X: &str = \"crate::a::user\";",
            ),
            ("a/inner/deep", "fn f<'a>() -> char { 'x' }"),
            (
                "a/user",
                "use super::inner;\n#[cfg(test)]\nmod tests { use crate::a::C; }",
            ),
        ];
        let module = |name: &str| -> Module {
            name.split('/')
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect()
        };
        let mut files: BTreeMap<Module, String> = all
            .iter()
            .map(|(name, text)| (module(name), (*text).to_owned()))
            .collect();
        let deep = files.get_mut(&module("a/inner/deep")).expect("there");
        *deep += change;
        files
    };
    assert_eq!(circle(&files("")), None);
    let exported = "macro_rules! m { () => { [$crate::Top, $crate::a::f()] } }";
    assert_eq!(circle(&files(exported)), None);
    let way = |names: &[&str]| {
        Some(
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<Vec<_>>(),
        )
    };
    let long = way(&["a", "a/inner/deep", "a"]);
    assert_eq!(circle(&files("\nuse crate::{a::C, b};")), long);
    assert_eq!(circle(&files("\nfn g() { super::super::C::new() }")), long);
    let root = way(&["lib", "a", "a/inner/deep", "lib"]);
    assert_eq!(circle(&files("\nuse crate::Top;")), root);
    assert_eq!(circle(&files("\nuse crate::a::user::{D, E};\n")), None);
}
