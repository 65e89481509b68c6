//! Figures: what is drawn is what the function is, cells and all; the same bytes every time.

mod support;

use std::process::Command;

use num_traits::Zero as _;
use relucert::certificate::Surd as Written;
use relucert::exact::{Rational, Surd};
use relucert::figures::{
    Cell, FIGURES, NotAPlane, Plane, Vectors, Window, graph, regions, surface, to_pdf, to_svg,
    weights,
};
use relucert::network::Biased;
use relucert::network::file::network_from_bytes;
use relucert::{CanonicalForm, Network};
use support::Random;
use support::cli::{Files, example, ok, relucert};

fn q(n: i64, d: i64) -> Rational {
    Rational::new(n.into(), d.into())
}

/// A random network with two inputs, two outputs, and biases.
fn random(seed: u64) -> Network {
    let mut random = Random::new(seed);
    let rows = random.shallow(3, 5, 2);
    let offset = random.row(2);
    Network::Biased(Biased::new(rows, offset).expect("two outputs"))
}

/// Twice the area of a polygon (shoelace formula).
fn area(cell: &Cell) -> Rational {
    let corners = &cell.corners;
    let next = corners.iter().cycle().skip(1);
    corners
        .iter()
        .zip(next)
        .map(|(a, b)| &a[0] * &b[1] - &a[1] * &b[0])
        .sum()
}

#[test]
fn cells_tile_the_window_and_have_the_functions_values() {
    let mut cells_seen = 0;
    for seed in 0..40 {
        let network = random(seed);
        let form = CanonicalForm::of(&network).expect("shallow");
        for output in 0..2 {
            let plane = Plane::of(&form, output, None).expect("a plane");
            let window = Window {
                sides: [(q(-1, 1), q(3, 2)), (q(-2, 1), q(1, 3))],
            };
            let cells = plane.cells(&window, &[q(1, 1), q(1, 1)]).expect("cells");
            let whole: Rational = cells.iter().map(area).sum();
            assert_eq!(whole, q(2, 1) * q(5, 2) * q(7, 3), "seed {seed}");
            for cell in &cells {
                assert!(
                    area(cell) > Rational::zero(),
                    "seed {seed}: a cell without an interior"
                );
                for x in cell.corners.iter().chain([&cell.inside()]) {
                    let value = network.eval(x).expect("two inputs");
                    assert_eq!(cell.value(x), value[output], "seed {seed}");
                }
            }
            cells_seen += cells.len();
            let domain = format!("{},{}", "-1:3/2", "-2:1/3");
            if output == 0 && seed < 6 {
                // The regions of all kinks, as another method counts them.
                let files = Files::new();
                let text = relucert::network::file::to_json(&network);
                let file = files.write("net.json", text);
                let ran = ok(&["regions", &file, "--count", "--json", "--domain", &domain]);
                assert_eq!(
                    ran.json()["count"].to_string().trim_matches('"'),
                    cells.len().to_string(),
                    "seed {seed}"
                );
            }
        }
    }
    assert!(cells_seen > 400, "only {cells_seen} cells");
}

#[test]
fn a_slice_is_the_function_on_the_plane() {
    let text = r#"{"a": [["1","2","3"],["0","0","1"],["-1","1","0"]], "b": ["1","-1","0"], "c": [["2"],["3"],["-1"]], "e": ["5"]}"#;
    let network = network_from_bytes("three.json", text.as_bytes()).expect("a network");
    let form = CanonicalForm::of(&network).expect("shallow");
    let at = [q(1, 2), q(7, 1), q(2, 1)];
    let plane = Plane::of(&form, 0, Some((&[2, 0], &at))).expect("a plane");
    let cells = plane
        .cells(&Window::square(3), &[q(1, 1), q(0, 1)])
        .expect("cells");
    for cell in cells {
        let [z, x] = cell.inside();
        let value = network
            .eval(&[x.clone(), at[1].clone(), z.clone()])
            .expect("three inputs");
        assert_eq!(cell.value(&[z, x]), value[0]);
    }
    for (slice, error) in [
        (None, NotAPlane::Inputs(3)),
        (Some((&[1, 1], &at[..])), NotAPlane::Axes(1, 1, 3)),
        (Some((&[0, 3], &at[..])), NotAPlane::Axes(0, 3, 3)),
        (Some((&[0, 1], &at[..2])), NotAPlane::Point(2, 3)),
    ] {
        assert_eq!(Plane::of(&form, 0, slice), Err(error));
    }
    assert_eq!(
        Plane::of(&form, 1, Some((&[0, 1], &at))),
        Err(NotAPlane::Output(1, 1))
    );
}

#[test]
fn the_same_figure_has_the_same_bytes_and_is_well_formed() {
    let form = CanonicalForm::of(&random(3)).expect("shallow");
    let plane = Plane::of(&form, 0, None).expect("a plane");
    let window = Window::square(1);
    for draw in [regions, surface] {
        let canvas = draw(&plane, &window, "a < b & \"c\"").expect("a figure");
        let svg = to_svg(&canvas);
        assert_eq!(svg, to_svg(&canvas));
        assert!(
            svg.contains("a &lt; b &amp; &quot;c&quot;") && !svg.contains("a < b"),
            "{svg}"
        );
        assert_eq!(
            svg.matches("<polygon").count(),
            svg.matches("</polygon>").count()
        );
        let pdf = to_pdf(&canvas);
        assert!(pdf.starts_with(b"%PDF-1.4\n") && pdf.ends_with(b"%%EOF\n"));
        // Every object stands where the table says.
        let text = String::from_utf8(pdf).expect("ASCII");
        let (_, table) = text
            .rsplit_once("xref\n0 7\n0000000000 65535 f \n")
            .expect("a table");
        for (index, line) in table.lines().take(6).enumerate() {
            let place: usize = line[..10].parse().expect("a place");
            assert!(
                text[place..].starts_with(&format!("{} 0 obj", index + 1)),
                "{line}"
            );
        }
    }
    let root = Surd::from(&"sqrt(2)".parse::<Written>().expect("a number"));
    let vectors = [Vectors {
        name: "Γ".to_owned(),
        faint: false,
        vectors: vec![[root.clone(), Surd::from(q(1, 1))]],
    }];
    // The longest coordinate reaches the side: 180 + 130 to the right, 130/√2 = 91.92 up.
    assert!(
        to_svg(&weights(&vectors, "w")).contains("310,88.07"),
        "{}",
        to_svg(&weights(&vectors, "w"))
    );
    let line = r#"{"a": [["1"],["1"]], "b": ["0","-1"], "c": [["1"],["-2"]], "e": ["0"]}"#;
    let line = network_from_bytes("line.json", line.as_bytes()).expect("a network");
    let canvas = graph(
        &CanonicalForm::of(&line).expect("shallow"),
        0,
        &(q(-1, 1), q(3, 1)),
        "f",
    )
    .expect("a graph");
    let svg = to_svg(&canvas);
    for note in ["R(0) = 0", "R(1) = 1", "R(3) = -1"] {
        assert!(svg.contains(note), "{note}: {svg}");
    }
}

#[test]
fn the_papers_figures_show_what_the_paper_says() {
    let drawn: Vec<String> = FIGURES
        .iter()
        .map(|figure| to_svg(&figure.draw().unwrap_or_else(|| panic!("{}", figure.name))))
        .collect();
    // Figure 1: g_k has the gradients (0, 0), (0, 1/k) and (k², 0) or (k², 1/k) in its pieces.
    assert!(
        drawn[0].contains("gradient (4, 0)")
            || drawn[0].contains("gradient (-4, 0)")
            || drawn[0].contains("(0, 1/2)"),
        "{}",
        drawn[0]
    );
    // Figure 4: R(Γ) = 0, one region.
    assert!(drawn[3].contains("gradient (0, 0)"));
    // Figure 5: the vectors of Γ_2 and Θ_2.
    assert!(
        drawn[4].contains("Θ_2, neuron 2: a = (0, -2*sqrt(2))"),
        "{}",
        drawn[4]
    );
    // Figure 6: both samples.
    assert!(drawn[5].contains("x¹ with y¹ = 0") && drawn[5].contains("x² with y² = 1"));
    let files = Files::new();
    let folder = files.name("figures");
    ok(&["plot", "--paper", &folder]);
    let written = std::fs::read_dir(&folder).expect("a folder").count();
    assert_eq!(written, 2 * FIGURES.len());
}

#[test]
fn pdf_files_open_where_there_is_a_reader() {
    let files = Files::new();
    let figure = files.name("figure.pdf");
    ok(&["plot", &example("paper/sharp_gamma"), "-o", &figure]);
    match Command::new("pdftotext").args([&figure, "-"]).output() {
        Err(_) => eprintln!("skipped: pdftotext is not installed"),
        Ok(read) => {
            assert!(read.status.success(), "{read:?}");
            assert!(String::from_utf8_lossy(&read.stdout).contains("sharp_gamma"));
        }
    }
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let files = Files::new();
    let wide = files.write("wide.json", r#"{"a": [["1","2","3"]], "c": [["1"]]}"#);
    let line = files.write("line.json", r#"{"a": [["1"]], "c": [["1"]]}"#);
    let net = files.write("net.json", r#"{"a": [["1","2"]], "c": [["1"]]}"#);
    let svg = files.name("x.svg");
    for (arguments, message) in [
        (
            vec!["plot", &wide, "-o", &svg],
            "wide: found 3 inputs, expected 2, or two axes and a point",
        ),
        (
            vec!["plot", &wide, "-o", &svg, "--axes", "0,3", "--at", "0,0,0"],
            "axes 0 and 3 are not two of 3 inputs",
        ),
        (
            vec!["plot", &wide, "-o", &svg, "--axes", "0", "--at", "0,0,0"],
            "--axes: found 1 inputs, expected 2, such as 0,1",
        ),
        (
            vec!["plot", &wide, "-o", &svg, "--axes", "0,1", "--at", "0,0"],
            "found 2 coordinates, expected 3",
        ),
        (vec!["plot", &wide, "-o", &svg, "--axes", "0,1"], "--at"),
        (
            vec!["plot", &wide, "-o", &svg, "--what", "weights"],
            "found 3 inputs, expected 2: weight vectors are drawn in the plane",
        ),
        (
            vec!["plot", &line, "-o", &svg, "--what", "regions"],
            "use --what realization",
        ),
        (
            vec!["plot", &net, "-o", &svg, "--component", "1"],
            "output 1 does not exist: there are 1",
        ),
        (
            vec!["plot", &line, "-o", &svg, "--component", "1"],
            "there is no output 1",
        ),
        (
            vec!["plot", &net, "-o", &svg, "--domain", "1:0"],
            "the lower end must be below the upper one",
        ),
        (
            vec!["plot", &net, "-o", "figure.png"],
            "figures are written to .svg and .pdf files",
        ),
        (vec!["plot", &net], "-o"),
        (vec!["plot"], "<NET>"),
    ] {
        let ran = relucert(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {ran:?}");
        assert!(
            ran.stderr.contains(message),
            "{arguments:?}: {}",
            ran.stderr
        );
        assert!(!files.exists("x.svg"));
    }
}
