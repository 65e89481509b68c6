//! Retellings and tables as documents; pages; what the command line says of itself.

mod support;

use std::path::Path;
use std::process::Command;

use support::cli::{Files, example, examples, ok, relucert, shell};

const PROOFS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proofs");

fn proofs() -> Vec<String> {
    let entries = std::fs::read_dir(PROOFS).expect("proofs");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let paths = paths.filter(|path| {
        path.extension()
            .is_some_and(|extension| extension == "rcert")
    });
    let mut names: Vec<String> = paths
        .map(|path| path.to_str().expect("UTF-8").to_owned())
        .collect();
    names.sort();
    names
}

/// Every tag is closed, in order; the tags that need no closing apart.
fn well_formed(page: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        let end = at + rest[at..].find('>').expect("a tag ends");
        let tag = &rest[at + 1..end];
        let name = tag
            .split([' ', '/', '\n'])
            .find(|name| !name.is_empty())
            .expect("a name");
        rest = &rest[end + 1..];
        match tag {
            _ if name.starts_with('!') || matches!(name, "meta" | "input") => {}
            _ if tag.ends_with('/') => {}
            _ if tag.starts_with('/') => assert_eq!(open.pop(), Some(name), "{tag}"),
            _ => open.push(name),
        }
        // What stands in these is no markup.
        if matches!(name, "style" | "script") && !tag.starts_with('/') {
            let close = rest.find(&format!("</{name}>")).expect("it is closed");
            rest = &rest[close..];
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

/// Braces and dollar signs of LaTeX are balanced.
fn balanced(text: &str) {
    let (mut depth, mut dollars, mut escaped) = (0_i64, 0, false);
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            '}' => depth -= 1,
            '$' => dollars += 1,
            _ => {}
        }
        assert!(depth >= 0);
    }
    assert_eq!((depth, dollars % 2), (0, 0));
    assert!(
        text.is_ascii() || text.chars().all(|c| c < '\u{100}'),
        "a letter that LaTeX does not have"
    );
}

#[test]
fn every_proof_is_a_document() {
    for certificate in proofs() {
        let html = ok(&["explain", &certificate, "--format", "html"]).stdout;
        well_formed(&html);
        assert!(
            !html.contains("http"),
            "{certificate}: a page asks nothing of any server"
        );
        let latex = ok(&["explain", &certificate, "--format", "latex"]).stdout;
        balanced(&latex);
        assert!(
            latex.starts_with("\\documentclass{article}\n") && latex.ends_with("\\end{document}\n")
        );
    }
}

fn compiles(files: &Files, name: &str, text: &str) {
    files.write(&format!("{name}.tex"), text);
    let ran = Command::new("pdflatex")
        .args([
            "-interaction=nonstopmode",
            "-halt-on-error",
            &format!("{name}.tex"),
        ])
        .current_dir(files.folder())
        .output()
        .expect("it runs");
    let log = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{name}: {log}");
    assert!(files.exists(&format!("{name}.pdf")), "{log}");
}

#[test]
fn latex_compiles_where_it_is_installed() {
    if Command::new("pdflatex").arg("--version").output().is_err() {
        eprintln!("skipped: pdflatex is not installed");
        return;
    }
    let files = Files::new();
    for name in [
        "theorem_3_1_sharp",
        "example_2_5_seminorm_all_k",
        "example_2_4_k1_nearest",
    ] {
        let certificate = format!("{PROOFS}/{name}.rcert");
        if Path::new(&certificate).exists() {
            compiles(
                &files,
                name,
                &ok(&["explain", &certificate, "--format", "latex"]).stdout,
            );
        }
    }
    compiles(
        &files,
        "claim",
        &ok(&["audit", "D04", "--format", "latex"]).stdout,
    );
}

#[test]
fn the_table_of_claims_is_a_document() {
    let html = ok(&["audit", "3.1", "--format", "html"]).stdout;
    well_formed(&html);
    assert!(html.contains("<td>D04</td>"), "{html}");
    let latex = ok(&["audit", "3.1", "--format", "latex"]).stdout;
    balanced(&latex);
    assert!(latex.contains("\\begin{longtable}"));
    let markdown = ok(&["audit", "C05", "--format", "markdown"]).stdout;
    assert!(markdown.starts_with("# C05 (Example 2.5)"), "{markdown}");
    let object = ok(&["audit", "C05", "--format", "markdown", "--json"]).json();
    assert_eq!(object["document"].as_str(), Some(markdown.as_str()));
}

#[test]
fn the_page_of_every_proof_is_one_page() {
    let files = Files::new();
    let page = files.name("page.html");
    for certificate in proofs() {
        ok(&["report", &certificate, "-o", &page]);
        let text = files.text("page.html").expect("a page");
        well_formed(&text);
        let addresses = text.matches("http").count();
        assert_eq!(
            addresses,
            text.matches("http://www.w3.org/2000/svg").count(),
            "{certificate}"
        );
        assert!(
            text.contains("The verifier says: s VERIFIED"),
            "{certificate}"
        );
    }
    let text = std::fs::read_to_string(format!("{PROOFS}/theorem_3_1_sharp.rcert"))
        .expect("a certificate");
    let damaged = files.write("damaged.rcert", text.replace("51/5", "52/5"));
    ok(&["report", &damaged, "-o", &page]);
    let text = files.text("page.html").expect("a page");
    assert!(text.contains("The verifier says: s REJECTED") && !text.contains("s VERIFIED"));
}

/// With biases the steps speak of homogenised networks; the last frame is Φ, as far from Γ as is claimed.
#[test]
fn the_weights_of_networks_with_biases_are_shown_step_by_step() {
    let files = Files::new();
    let net = |name: &str, c: &str| {
        let text = format!(
            r#"{{"a": [["1","2"],["3","-1"]], "b": ["1/2","2"], "c": [["1"],["{c}"]], "e": ["0"]}}"#
        );
        files.write(name, text)
    };
    let (gamma, theta) = (net("gamma.json", "1"), net("theta.json", "3/2"));
    let certificate = files.name("pair.rcert");
    let answer = ok(&[
        "reparametrize",
        &gamma,
        &theta,
        "-o",
        &certificate,
        "--json",
    ])
    .json();
    let page = files.name("page.html");
    ok(&["report", &certificate, "-o", &page]);
    let text = files.text("page.html").expect("a page");
    well_formed(&text);
    let frames: Vec<&str> = text.split("<div class=\"frame\"").skip(1).collect();
    assert!(frames.len() > 1, "{text}");
    // The bars of both neurons and of the output bias.
    let last = frames[frames.len() - 1];
    assert_eq!(last.matches("<rect").count(), 3, "{last}");
    let distance = answer["distance"].as_str().expect("a distance");
    assert!(
        last.contains(&format!("<title>{distance}</title>")),
        "{distance} in {last}"
    );
}

#[test]
fn the_page_of_networks_ranks_what_is_redundant() {
    let files = Files::new();
    let page = files.name("page.html");
    let net = files.write(
        "net.json",
        r#"{"a": [["1","0"],["2","0"],["-1","0"],["3","1"],["0","0"]], "c": [["1"],["1"],["1"],["0"],["1"]]}"#,
    );
    ok(&["report", &net, "-o", &page]);
    let text = files.text("page.html").expect("a page");
    well_formed(&text);
    let order = [
        "<td>3</td><td>dead</td>",
        "<td>0 and 1</td><td>parallel</td>",
        "<td>0 and 2</td><td>opposite</td>",
    ];
    let places: Vec<usize> = order
        .iter()
        .map(|row| text.find(row).unwrap_or_else(|| panic!("{row}: {text}")))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    let gamma = example("paper/sharp_gamma");
    ok(&["report", &gamma, &example("paper/sharp_theta"), "-o", &page]);
    let text = files.text("page.html").expect("a page");
    assert!(text.contains("They are not the same function."));
    assert!(
        text.contains(
            "Which neuron of the second network goes into the place of each of the first"
        )
    );
    for (arguments, message) in [
        (
            vec!["report", &gamma, "proofs/n1_differ.rcert", "-o", &page],
            "report takes one certificate, or one network or two",
        ),
        (vec!["report", &gamma, &gamma, &gamma, "-o", &page], "FILE"),
        (vec!["report", &gamma], "-o"),
    ] {
        let ran = relucert(&arguments);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
    }
}

/// A page with something done in it, as a browser leaves it; none where there is no browser.
fn browsed(files: &Files, page: &str, script: &str) -> Option<String> {
    let text = files.text(page).expect("a page");
    let done = text.replace(
        "</body>",
        &format!("<script>addEventListener(\"load\", () => {{ {script} }});</script></body>"),
    );
    let done = files.write("done.html", done);
    let browsers = ["chromium", "chromium-browser", "google-chrome"];
    let mut ran = browsers.iter().filter_map(|browser| {
        Command::new(browser)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--virtual-time-budget=2000",
                "--dump-dom",
            ])
            .arg(format!("file://{done}"))
            .output()
            .ok()
    });
    let dom = ran
        .next()
        .map(|ran| String::from_utf8_lossy(&ran.stdout).into_owned());
    if dom.is_none() {
        eprintln!("skipped: no browser is installed");
    }
    dom
}

#[test]
fn parts_open_regions_tell_and_the_slider_moves() {
    let files = Files::new();
    let page = files.name("page.html");
    ok(&[
        "report",
        &format!("{PROOFS}/theorem_3_1_sharp.rcert"),
        "-o",
        &page,
    ]);
    let script = r#"
        const said = [];
        window.addEventListener("error", (event) => said.push("error " + event.message));
        document.querySelector('button[data-open="no"]').click();
        said.push("open " + document.querySelectorAll("details[open]").length);
        document.querySelector('button[data-open="yes"]').click();
        said.push("closed " + document.querySelectorAll("details:not([open])").length);
        const slider = document.querySelector(".frames input");
        slider.value = 0;
        slider.dispatchEvent(new Event("input"));
        said.push("shown " + document.querySelector(".frame:not([hidden]) p").textContent);
        const figure = document.querySelector("figure.told");
        const regions = figure.querySelectorAll("polygon");
        regions[0].dispatchEvent(new MouseEvent("click", { bubbles: true }));
        said.push("told " + figure.querySelector(".telling").textContent);
        regions[1].dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
        said.push("chosen " + [...regions].findIndex((region) => region.classList.contains("chosen")));
        document.body.dataset.said = said.join("|");
    "#;
    if let Some(dom) = browsed(&files, "page.html", script) {
        let (_, said) = dom
            .split_once("data-said=\"")
            .unwrap_or_else(|| panic!("{dom}"));
        let said = said.split('"').next().expect("an end");
        let lines: Vec<&str> = said.split('|').collect();
        assert_eq!(
            lines[..3],
            ["open 0", "closed 0", "shown Θ as it is given"],
            "{said}"
        );
        assert!(
            lines[3].starts_with("told signs ") && lines[3].contains("; beside it: "),
            "{said}"
        );
        assert_eq!(lines[4..], ["chosen 1"], "{said}");
    }
}

/// What the script in a browser says, line by line; none where there is no browser.
fn said(files: &Files, page: &str, script: &str) -> Option<Vec<String>> {
    let script = format!(
        r#"const said = [];
        window.addEventListener("error", (event) => said.push("error " + event.message));
        {script}
        document.body.dataset.said = said.join("|");"#
    );
    let dom = browsed(files, page, &script)?;
    let (_, said) = dom
        .split_once("data-said=\"")
        .unwrap_or_else(|| panic!("{dom}"));
    let said = said.split('"').next().expect("an end");
    Some(said.split('|').map(str::to_owned).collect())
}

#[test]
fn the_sphere_turns_tells_and_leads_to_neighbours() {
    let files = Files::new();
    let page = files.name("page.html");
    let net = files.write(
        "three.json",
        r#"{"a": [["1","0","0"],["0","1","0"],["0","0","1"],["1","1","1"]], "c": [["1"],["1"],["-1"],["2"]]}"#,
    );
    ok(&["report", &net, "-o", &page]);
    let text = files.text("page.html").expect("a page");
    well_formed(&text);
    assert_eq!(text.matches("data-rays=").count(), 14);
    let script = r#"
        const figure = document.querySelector("figure.ball");
        const regions = [...figure.querySelectorAll("polygon")];
        const shown = () => regions.filter((region) => region.getAttribute("points")).length;
        const telling = figure.querySelector(".telling");
        said.push("regions " + regions.length + ", in front " + shown());
        const before = regions.map((region) => region.getAttribute("points")).join();
        figure.querySelector('button[data-turn="ArrowLeft"]').click();
        const turned = regions.map((region) => region.getAttribute("points")).join();
        said.push("turned " + (turned !== before));
        const region = regions.find((region) => region.dataset.signs === "++++");
        region.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", bubbles: true }));
        said.push("by keys " + (turned !== regions.map((region) => region.getAttribute("points")).join()));
        const svg = figure.querySelector("svg");
        const now = regions.map((region) => region.getAttribute("points")).join();
        svg.dispatchEvent(new PointerEvent("pointerdown", { clientX: 0, clientY: 0 }));
        dispatchEvent(new PointerEvent("pointermove", { clientX: 40, clientY: 10 }));
        dispatchEvent(new PointerEvent("pointerup", {}));
        said.push("dragged " + (now !== regions.map((region) => region.getAttribute("points")).join()));
        region.dispatchEvent(new MouseEvent("click", { bubbles: true }));
        said.push("told " + telling.textContent);
        const buttons = () => [...telling.querySelectorAll("button")].map((button) => button.textContent).join(" ");
        said.push("buttons " + buttons());
        said.push("chosen " + figure.querySelectorAll(".chosen").length + ", beside " + figure.querySelectorAll(".beside").length);
        // By neighbours to the other side.
        for (const signs of ["-+++", "--++", "---+", "----"]) {
          const button = [...telling.querySelectorAll("button")].find((button) => button.textContent === signs);
          if (button) button.click(); else said.push("no " + signs + " among " + buttons());
        }
        const last = figure.querySelector(".chosen");
        said.push("reached " + last.dataset.signs + ", in front " + (last.getAttribute("points") !== ""));
    "#;
    if let Some(lines) = said(&files, "page.html", script) {
        assert!(lines[0].starts_with("regions 14, in front 1"), "{lines:?}");
        assert_eq!(
            lines[1..4],
            ["turned true", "by keys true", "dragged true"],
            "{lines:?}"
        );
        assert!(
            lines[4].starts_with("told signs ++++; gradient (3, 3, 1); value ⟨gradient, x⟩; inside, for example, (1, 1, 1); beside it: "),
            "{lines:?}"
        );
        // The fourth plane, the first of the signs' order, does not touch the octant.
        assert_eq!(lines[5], "buttons -+++ +-++ ++-+ copy", "{lines:?}");
        assert_eq!(lines[6], "chosen 1, beside 3");
        assert_eq!(
            lines[7..],
            [
                "no ---+ among -+++ +-++ --+- copy",
                "no ---- among -+++ +-++ --+- copy",
                "reached --++, in front true"
            ],
            "{lines:?}"
        );
    }
}

/// A network of three layers: neuron 1 is twice neuron 0, nothing reads neuron 2, neuron 3 is never positive on [−1, 1]²; and one with its neurons
/// in another order and scale.
fn deep_pair(files: &Files) -> [String; 2] {
    let one = files.write(
        "one.json",
        r#"{"layers": [
            {"weights": [["1","1"],["2","2"],["1","0"],["1","1"],["1","-2"]], "biases": ["0","0","0","-3","1"]},
            {"weights": [["1","1","0","1","2"],["-1","2","0","0","1"]], "biases": ["1/3","0"]},
            {"weights": [["1","-1"]], "biases": ["1/2"]}]}"#,
    );
    let other = files.write(
        "other.json",
        r#"{"layers": [
            {"weights": [["2","-4"],["2","2"],["1","1"],["1","0"],["3","3"]], "biases": ["2","0","0","0","-9"]},
            {"weights": [["1","4","-2","0","0"],["3","3","3","0","1"]], "biases": ["0","1"]},
            {"weights": [["-1/2","1/3"]], "biases": ["1/2"]}]}"#,
    );
    [one, other]
}

#[test]
fn the_page_of_deep_networks_has_findings_matching_and_pictures() {
    let files = Files::new();
    let page = files.name("page.html");
    let [one, _] = deep_pair(&files);
    ok(&["report", &one, "-o", &page]);
    let text = files.text("page.html").expect("a page");
    well_formed(&text);
    for words in [
        "3 layers; inputs and outputs of each: 2 → 5 → 2 → 1.",
        // One is dead, one is merged, and their weights with them.
        "saves 2 of 7 neurons, and 10 of 30 weights and biases",
        "<td>2</td><td>dead</td><td>nothing reads it</td>",
        "<td>0 and 1</td><td>parallel</td>",
        "<td>3</td><td>never active</td>",
        "<h3>Layer 1: 2 neurons</h3>",
        "change of any output",
        "histogram of imbalance",
        "Regions of R(one) in [−1, 1]², one color a gradient",
        "Contour lines of R(one)",
        "R(one) on all of R²",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let one = files.write(
        "first.json",
        r#"{"layers": [
            {"weights": [["1","2"],["3","-1"],["1","-2"]], "biases": ["1","0","1/2"]},
            {"weights": [["1","-1","2"],["2","1","-3"]], "biases": ["1/3","0"]},
            {"weights": [["1","-1"]], "biases": ["1/2"]}]}"#,
    );
    let other = files.write(
        "second.json",
        r#"{"layers": [
            {"weights": [["2","-4"],["3","6"],["3","-1"]], "biases": ["1","3","0"]},
            {"weights": [["-3","4/3","2"],["3","1","-3"]], "biases": ["0","1"]},
            {"weights": [["-1/2","1/3"]], "biases": ["1/2"]}]}"#,
    );
    ok(&["report", &one, &other, "-o", &page]);
    let text = files.text("page.html").expect("a page");
    well_formed(&text);
    assert!(
        text.contains("They are the same function, everywhere"),
        "{text}"
    );
    // Layer 0: 0 + 4 + 1/2 in the neuron, through 2 and −3, then 1 and −1. Layer 1, which reads at most 4, 4, 7/2 and 1: 2 + 10 + 21 + 1/2.
    for (pair, change) in [("0 and 2", "45/2"), ("0 and 1", "67/2")] {
        let found = text.split("<tr><td>").any(|row| {
            row.starts_with(pair) && row.contains(&format!("<td>at most {change}</td>"))
        });
        assert!(found, "{pair}: {change}: {text}");
    }
    for (layer, expected) in [
        (0, &["0 1 1/3", "1 2 1", "2 0 1/2"][..]),
        (1, &["0 1 1/3", "1 0 1/2"]),
    ] {
        let caption = format!("of each of the first, in layer {layer}</caption>");
        let (_, table) = text.rsplit_once(&caption).expect("a table");
        let table = table.split("</table>").next().expect("an end");
        let cells = |row: &str| {
            let cells: Vec<&str> = row.split("</td>").take(3).collect();
            cells.join(" ").replace("<td>", "")
        };
        let rows: Vec<String> = table.split("<tr><td>").skip(1).map(cells).collect();
        assert_eq!(rows, expected, "{text}");
    }
}

/// The certificate that both are one function: their weights as tiles, until they are the same.
#[test]
fn the_weights_of_deep_networks_are_shown_step_by_step() {
    let files = Files::new();
    let page = files.name("page.html");
    let [one, other] = deep_pair(&files);
    let certificate = files.name("equal.rcert");
    ok(&["equal", &one, &other, "-o", &certificate]);
    ok(&["report", &certificate, "-o", &page]);
    let text = files.text("page.html").expect("a page");
    well_formed(&text);
    let frames: Vec<&str> = text.split("<div class=\"frame\"").skip(1).collect();
    assert!(frames.len() > 3, "{text}");
    assert!(frames[0].contains("Both as they are given"));
    // 15 + 12 + 3 weights and biases of each.
    assert_eq!(frames[0].matches("<rect").count(), 60);
    let last = frames[frames.len() - 1];
    assert!(
        last.contains("Both are the same, number by number."),
        "{last}"
    );
    assert!(text.contains("Regions of R(Γ) in [−1, 1]²"));
    // Steps of a certificate that is rejected are not taken.
    let text = files.text("equal.rcert").expect("a certificate");
    let damaged = files.write("damaged.rcert", text.replace("\"layer\":1", "\"layer\":7"));
    ok(&["report", &damaged, "-o", &page]);
    let text = files.text("page.html").expect("a page");
    assert!(
        text.contains("s REJECTED") && !text.contains("class=\"frame\""),
        "{text}"
    );
}

#[test]
#[cfg(unix)]
fn every_example_of_the_help_runs() {
    let files = Files::project();
    for line in examples().iter().flat_map(|(_, lines)| lines) {
        // `audit` of everything is a test of its own.
        let ran = shell(files.folder(), line);
        assert!(matches!(ran.code, 0 | 1), "{line}: {ran:?}");
        let _ = std::fs::remove_dir_all(files.name("cells"));
    }
}

#[test]
fn shells_and_readers_of_manuals_have_theirs() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = ok(&["completions", shell]).stdout;
        assert!(script.contains("reparametrize"), "{shell}");
    }
    let files = Files::new();
    let pages = files.name("pages");
    let object = ok(&["man", &pages, "--json"]).json();
    let written = object["files"].as_array().expect("files").len();
    let page = std::fs::read_to_string(format!("{pages}/relucert-nearest.1")).expect("a page");
    assert!(
        page.contains(".TH relucert\\-nearest 1") || page.contains(".TH relucert-nearest 1"),
        "{page}"
    );
    assert!(page.contains("Examples:") && written > 20, "{written}");
}

#[test]
fn colors_are_for_terminals_or_where_they_are_asked_for() {
    let red = "\u{1b}[1;31mrelucert:";
    let plain = relucert(&["equal", "nowhere.json", "nowhere.json"]);
    assert!(plain.stderr.starts_with("relucert:"), "{plain:?}");
    let always = relucert(&["--color", "always", "equal", "nowhere.json", "nowhere.json"]);
    assert!(always.stderr.starts_with(red), "{always:?}");
    let never = relucert(&["equal", "--color=never", "nowhere.json", "nowhere.json"]);
    assert!(never.stderr.starts_with("relucert:"));
    assert!(
        relucert(&["--color=always", "--help"])
            .stdout
            .contains('\u{1b}')
    );
    assert!(!relucert(&["--help"]).stdout.contains('\u{1b}'));
    assert_eq!(relucert(&["--color", "blue", "audit"]).code, 2);
}

#[test]
fn a_file_of_nearly_the_same_name_is_named() {
    let files = Files::new();
    files.write("gamma.json", "{}");
    files.write("theta.json", "{}");
    let ran = relucert(&["inspect", &files.name("gama.json")]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("did you mean") && ran.stderr.contains("gamma.json?"),
        "{ran:?}"
    );
    let ran = relucert(&["inspect", &files.name("other.json")]);
    assert!(!ran.stderr.contains("did you mean"), "{ran:?}");
}
