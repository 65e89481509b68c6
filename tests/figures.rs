//! Figures: what is drawn is what the function is, cells and all; the same bytes every time.

mod support;

use std::process::Command;

use num_traits::Zero as _;
use relucert::certificate::Surd as Written;
use relucert::exact::{Rational, Surd};
use relucert::figures::{
    Canvas, Cell, FIGURES, Half, Line, NotDrawn, Plane, Shape, Sphere, Vectors, Window, contours,
    graph, regions, sphere, surface, to_pdf, to_svg, weights,
};
use relucert::network::file::network_from_bytes;
use relucert::network::{Biased, Deep, Layer, Neuron, Shallow};
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
        for output in 0..2 {
            let plane = Plane::of(&network, output, None).expect("a plane");
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
    let at = [q(1, 2), q(7, 1), q(2, 1)];
    let plane = Plane::of(&network, 0, Some((&[2, 0], &at))).expect("a plane");
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
        (None, NotDrawn::Inputs(3)),
        (Some((&[1, 1], &at[..])), NotDrawn::Axes(1, 1, 3)),
        (Some((&[0, 3], &at[..])), NotDrawn::Axes(0, 3, 3)),
        (Some((&[0, 1], &at[..2])), NotDrawn::Point(2, 3)),
    ] {
        assert_eq!(Plane::of(&network, 0, slice).err(), Some(error));
    }
    assert_eq!(
        Plane::of(&network, 1, Some((&[0, 1], &at))).err(),
        Some(NotDrawn::Output(1, 1))
    );
}

#[test]
fn the_same_figure_has_the_same_bytes_and_is_well_formed() {
    let plane = Plane::of(&random(3), 0, None).expect("a plane");
    let window = Window::square(1);
    for draw in [regions, surface, contours] {
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
    let line = Line::of(&line, 0).expect("one input");
    let canvas = graph(&line, &(q(-1, 1), q(3, 1)), "f").expect("a graph");
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
    // The poster's: both functions and both parametrizations.
    assert!(drawn[7].contains("a parametrization of g_3, neuron 0: a = "));
    assert!(drawn[8].contains("Γ, neuron 5: a = "), "{}", drawn[8]);
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
    let four = files.write("four.json", r#"{"a": [["1","2","3","4"]], "c": [["1"]]}"#);
    let biased = files.write(
        "biased.json",
        r#"{"a": [["1","2","3"]], "b": ["1"], "c": [["1"]]}"#,
    );
    let line = files.write("line.json", r#"{"a": [["1"]], "c": [["1"]]}"#);
    let net = files.write("net.json", r#"{"a": [["1","2"]], "c": [["1"]]}"#);
    let svg = files.name("x.svg");
    for (arguments, message) in [
        (
            vec!["plot", &four, "-o", &svg],
            "four: found 4 inputs, expected 2, or two axes and a point",
        ),
        (
            vec!["plot", &four, "-o", &svg, "--what", "sphere"],
            "four: found 4 inputs, expected 3, or 2 with the bias as the third",
        ),
        (
            vec!["plot", &biased, "-o", &svg],
            "biased: has biases and 3 inputs",
        ),
        (
            vec!["plot", &wide, "-o", &svg, "--domain", "0:1"],
            "--domain: a sphere shows all directions",
        ),
        (
            vec![
                "plot", &net, "-o", &svg, "--what", "weights", "--domain", "0:1",
            ],
            "--domain: weight vectors are all drawn",
        ),
        (
            vec!["plot", &line, "-o", &svg, "--what", "contours"],
            "use --what realization",
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
            "output 1 does not exist: there are 1",
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

/// A random network of these widths, with biases or without.
fn deep(seed: u64, widths: &[usize], biased: bool) -> Deep {
    let mut random = Random::new(seed);
    let layers = widths.windows(2).map(|pair| Layer {
        weights: (0..pair[1]).map(|_| random.row(pair[0])).collect(),
        biases: match biased {
            true => random.row(pair[1]),
            false => vec![Rational::zero(); pair[1]],
        },
    });
    Deep::new(layers.collect()).expect("layers that fit")
}

/// The sides of all neurons at a point, first layer first, each by its own network.
fn sides(network: &Deep, x: &[Rational]) -> String {
    let mut all = String::new();
    for l in 1..network.layers().len() {
        let below = Deep::new(network.layers()[..l].to_vec()).expect("fewer layers");
        let values = below.eval(x).expect("inputs");
        all.extend(
            values
                .iter()
                .map(|value| match value.cmp(&Rational::zero()) {
                    std::cmp::Ordering::Greater => '+',
                    std::cmp::Ordering::Equal => '0',
                    std::cmp::Ordering::Less => '-',
                }),
        );
    }
    all
}

#[test]
fn cells_of_deep_networks_tile_the_window_and_no_neuron_changes_sides_inside() {
    let mut seen = 0;
    for seed in 0..12 {
        let widths: &[usize] = [&[2, 4, 4, 2][..], &[2, 3, 3, 3, 2], &[2, 2]][seed as usize % 3];
        let network = deep(seed, widths, true);
        let any = Network::Deep(network.clone());
        for output in 0..2 {
            let plane = Plane::of(&any, output, None).expect("a plane");
            let window = Window {
                sides: [(q(-1, 1), q(3, 2)), (q(-2, 1), q(1, 3))],
            };
            let cells = plane.cells(&window, &[q(1, 1), q(1, 1)]).expect("cells");
            let whole: Rational = cells.iter().map(area).sum();
            assert_eq!(whole, q(2, 1) * q(5, 2) * q(7, 3), "seed {seed}");
            for cell in &cells {
                let inside = cell.inside();
                assert_eq!(cell.signs, sides(&network, &inside), "seed {seed}");
                for x in cell.corners.iter().chain([&inside]) {
                    let value = network.eval(x).expect("two inputs");
                    assert_eq!(cell.value(x), value[output], "seed {seed}");
                    // Between the point inside and a corner too.
                    let near = [0, 1].map(|i| &inside[i] + q(99, 100) * (&x[i] - &inside[i]));
                    assert_eq!(cell.signs, sides(&network, &near), "seed {seed}");
                }
            }
            seen += cells.len();
        }
    }
    assert!(seen > 150, "only {seen} cells");
}

/// What a figure's script is told of a region, by name.
fn data<'a>(shape: &'a Shape, name: &str) -> Option<&'a str> {
    let Shape::Polygon { data, .. } = shape else {
        return None;
    };
    let mut found = data.iter().filter(|(other, _)| *other == name);
    found.next().map(|(_, value)| value.as_str())
}

fn neighbours(canvas: &Canvas) -> Vec<(usize, Vec<usize>, String)> {
    let shapes = canvas.shapes.iter();
    let regions = shapes.filter_map(|shape| {
        let beside = data(shape, "beside")?.split(' ');
        let beside = beside.filter(|n| !n.is_empty());
        Some((
            data(shape, "region")?.parse().expect("a number"),
            beside.map(|n| n.parse().expect("a number")).collect(),
            data(shape, "signs")?.to_owned(),
        ))
    });
    regions.collect()
}

/// How much of one segment another one covers is more than a point.
fn overlap([a, b]: [&[Rational; 2]; 2], [c, d]: [&[Rational; 2]; 2]) -> bool {
    let along = [&b[0] - &a[0], &b[1] - &a[1]];
    let off = |x: &[Rational; 2]| (&x[0] - &a[0]) * &along[1] - (&x[1] - &a[1]) * &along[0];
    if !off(c).is_zero() || !off(d).is_zero() {
        return false;
    }
    let place = |x: &[Rational; 2]| (&x[0] - &a[0]) * &along[0] + (&x[1] - &a[1]) * &along[1];
    let (c, d) = (place(c), place(d));
    let (from, to) = if c < d { (c, d) } else { (d, c) };
    from.max(Rational::zero()) < to.min(place(b))
}

/// By all pairs of edges; and in arrangements, by signs.
#[test]
fn regions_beside_each_other_share_a_part_of_an_edge() {
    let mut unequal = 0;
    for seed in 0..8 {
        let network = match seed % 2 {
            0 => random(seed),
            _ => Network::Deep(deep(seed, &[2, 4, 3, 1], true)),
        };
        let plane = Plane::of(&network, 0, None).expect("a plane");
        let window = Window::square(2);
        let found = neighbours(&regions(&plane, &window, "f").expect("a figure"));
        let cells = plane.cells(&window, &[q(1, 1), q(1, 1)]).expect("cells");
        assert_eq!(cells.len(), found.len());
        let edges = |cell: &Cell| -> Vec<[[Rational; 2]; 2]> {
            let next = cell.corners.iter().cycle().skip(1);
            let edges = cell.corners.iter().zip(next);
            edges.map(|(u, v)| [u.clone(), v.clone()]).collect()
        };
        let edges: Vec<_> = cells.iter().map(edges).collect();
        for (i, (number, beside, signs)) in found.iter().enumerate() {
            assert_eq!(i, *number);
            for (j, (_, _, other)) in found.iter().enumerate().filter(|(j, _)| *j != i) {
                let shared = edges[i]
                    .iter()
                    .any(|[a, b]| edges[j].iter().any(|[c, d]| overlap([a, b], [c, d])));
                assert_eq!(shared, beside.contains(&j), "seed {seed}: {i} and {j}");
                let apart = signs
                    .chars()
                    .zip(other.chars())
                    .filter(|(x, y)| x != y)
                    .count();
                match seed % 2 {
                    0 => assert_eq!(shared, apart == 1, "seed {seed}"),
                    _ => unequal += usize::from(shared != (apart == 1)),
                }
            }
        }
    }
    // In deep networks signs do not say it.
    assert!(unequal > 0);
}

#[test]
fn the_graph_of_a_deep_network_has_its_kinks_and_no_others() {
    let mut kinks = 0;
    for seed in 0..20 {
        let network = match seed % 4 {
            0 => Network::Biased(
                Biased::new(Random::new(seed).shallow(2, 5, 1), vec![q(1, 3)]).expect("one output"),
            ),
            _ => Network::Deep(deep(seed, &[1, 4, 4, 1], true)),
        };
        let line = Line::of(&network, 0).expect("one input");
        let points = line.points(&(q(-3, 1), q(2, 1))).expect("points");
        assert_eq!(
            (&points[0][0], &points[points.len() - 1][0]),
            (&q(-3, 1), &q(2, 1))
        );
        let value = |x: &Rational| {
            network
                .eval(std::slice::from_ref(x))
                .expect("one input")
                .remove(0)
        };
        let slope =
            |pair: &[[Rational; 2]]| (&pair[1][1] - &pair[0][1]) / (&pair[1][0] - &pair[0][0]);
        for pair in points.windows(2) {
            assert!(pair[0][0] < pair[1][0], "seed {seed}");
            for part in [q(0, 1), q(1, 7), q(1, 2), q(5, 6), q(1, 1)] {
                let x = &pair[0][0] + &part * (&pair[1][0] - &pair[0][0]);
                let expected = &pair[0][1] + slope(pair) * (&x - &pair[0][0]);
                assert_eq!(value(&x), expected, "seed {seed}");
            }
        }
        for pair in points.windows(3) {
            assert_ne!(
                slope(&pair[..2]),
                slope(&pair[1..]),
                "seed {seed}: no kink at {}",
                pair[1][0]
            );
            kinks += 1;
        }
    }
    assert!(kinks > 40, "only {kinks} kinks");
    // Where a neuron changes sides and nothing reads it there is no kink.
    let text = r#"{"layers": [{"weights": [["1"],["1"]], "biases": ["0","-1"]}, {"weights": [["1","0"]], "biases": ["0"]}, {"weights": [["2"]], "biases": ["0"]}]}"#;
    let network = network_from_bytes("kink.json", text.as_bytes()).expect("a network");
    let line = Line::of(&network, 0).expect("one input");
    let points = line.points(&(q(-1, 1), q(3, 1))).expect("points");
    assert_eq!(
        points,
        [[q(-1, 1), q(0, 1)], [q(0, 1), q(0, 1)], [q(3, 1), q(6, 1)]]
    );
}

fn determinant(
    u: &[num_bigint::BigInt],
    v: &[num_bigint::BigInt],
    x: &[num_bigint::BigInt],
) -> num_bigint::BigInt {
    let minor = |i: usize, j: usize| &u[i] * &v[j] - &u[j] * &v[i];
    minor(1, 2) * &x[0] + minor(2, 0) * &x[1] + minor(0, 1) * &x[2]
}

#[test]
fn the_sphere_has_the_regions_of_the_arrangement() {
    let files = Files::new();
    let mut compared = 0;
    for seed in 0..10 {
        // Shallow networks, with few and with many neurons, and deep ones.
        let network = match seed {
            0..6 => Network::Shallow(Random::new(seed).shallow(3, seed as usize + 1, 1)),
            _ => Network::Deep(deep(seed, &[3, 4, 3, 1], false)),
        };
        let faces = Sphere::of(&network, 0)
            .and_then(|sphere| sphere.faces())
            .expect("faces");
        let kinks = CanonicalForm::of(&network).map(|form| form.kinks().len());
        // Where neurons are dead, or cancel, there are fewer kinks than neurons.
        if kinks == Some(seed as usize + 1) {
            let file = files.write("net.json", relucert::network::file::to_json(&network));
            let count = ok(&["regions", &file, "--count", "--json"]).json()["count"].to_string();
            assert_eq!(
                count.trim_matches('"'),
                faces.len().to_string(),
                "seed {seed}"
            );
            compared += 1;
        }
        for (i, face) in faces.iter().enumerate() {
            let inside: Vec<Rational> = face
                .inside()
                .into_iter()
                .map(Rational::from_integer)
                .collect();
            let value: Rational = face.gradient.iter().zip(&inside).map(|(g, x)| g * x).sum();
            assert_eq!(
                vec![value],
                network.eval(&inside).expect("three inputs"),
                "seed {seed}"
            );
            // Every cone is convex, and the first one has the point inside.
            for cone in &face.cones {
                let next = cone.iter().cycle().skip(1);
                let sides: Vec<_> = cone
                    .iter()
                    .zip(next)
                    .map(|(u, v)| determinant(u, v, &face.inside()).sign())
                    .collect();
                assert!(
                    cone != &face.cones[0] || sides.iter().all(|sign| *sign == sides[0]),
                    "seed {seed}"
                );
            }
            match &network {
                Network::Deep(network) => assert_eq!(face.signs, sides(network, &inside)),
                _ => {
                    let apart = |other: &&(usize, &str)| {
                        face.signs
                            .chars()
                            .zip(other.1.chars())
                            .filter(|(x, y)| x != y)
                            .count()
                            == 1
                    };
                    let signs: Vec<(usize, &str)> = faces
                        .iter()
                        .map(|face| face.signs.as_str())
                        .enumerate()
                        .collect();
                    let near: Vec<usize> = signs.iter().filter(apart).map(|(j, _)| *j).collect();
                    assert_eq!(near, face.beside, "seed {seed}");
                }
            }
            assert!(
                face.beside.iter().all(|j| faces[*j].beside.contains(&i)),
                "seed {seed}"
            );
        }
    }
    assert!(compared > 2, "{compared} compared");
    // In general position there are m (m − 1) + 2; where all kinks go through one line, two a kink.
    let count = |text: &str| {
        let network = network_from_bytes("net.json", text.as_bytes()).expect("a network");
        let faces = Sphere::of(&network, 0)
            .and_then(|sphere| sphere.faces())
            .expect("faces");
        (
            faces.len(),
            faces.iter().map(|face| face.beside.len()).sum::<usize>(),
        )
    };
    assert_eq!(
        count(
            r#"{"a": [["1","0","0"],["0","1","0"],["0","0","1"],["1","1","1"]], "c": [["1"],["1"],["1"],["1"]]}"#
        ),
        (14, 48)
    );
    assert_eq!(
        count(r#"{"a": [["1","0","0"],["0","1","0"],["1","1","0"]], "c": [["1"],["1"],["1"]]}"#),
        (6, 12)
    );
    assert_eq!(count(r#"{"a": [["1","2","0"]], "c": [["1"]]}"#), (2, 2));
    assert_eq!(count(r#"{"a": [["1","2","0"]], "c": [["0"]]}"#), (1, 0));
    // Two inputs and a bias: three lines have seven regions, and as many on the other side.
    assert_eq!(
        count(
            r#"{"a": [["1","0"],["0","1"],["1","1"]], "b": ["0","0","-1"], "c": [["1"],["1"],["1"]], "e": ["0"]}"#
        ),
        (8, 24)
    );
}

/// What is drawn of the sphere is on the sphere, and the front and the back together are all of it.
#[test]
fn the_sphere_is_drawn_from_both_sides() {
    let network = Network::Shallow(Random::new(4).shallow(3, 5, 1));
    let directions = Sphere::of(&network, 0).expect("three inputs");
    let canvas = sphere(&directions, Half::Both, "f").expect("a figure");
    let mut areas = [Rational::zero(), Rational::zero()];
    for shape in &canvas.shapes {
        let Shape::Polygon { corners, .. } = shape else {
            continue;
        };
        let back = usize::from(corners[0][0] > q(360, 1));
        let middle = [q(180 + 360 * back as i64, 1), q(200, 1)];
        let next = corners.iter().cycle().skip(1);
        let twice: Rational = corners
            .iter()
            .zip(next)
            .map(|(a, b)| &a[0] * &b[1] - &a[1] * &b[0])
            .sum();
        areas[back] += if twice < Rational::zero() {
            -twice
        } else {
            twice
        };
        for x in corners {
            let far: Rational = (0..2)
                .map(|i| (&x[i] - &middle[i]) * (&x[i] - &middle[i]))
                .sum();
            assert!(far < q(22_501, 1), "outside of the disc");
        }
    }
    // Twice the disc's area is 2 π 150² = 141,371.67, and polygons with short edges come near.
    for area in areas {
        assert!(q(141_300, 1) < area && area < q(141_372, 1), "{area}");
    }
    let front = sphere(&directions, Half::Front, "f").expect("a figure");
    assert!(
        front
            .shapes
            .iter()
            .all(|shape| data(shape, "region").is_none() || data(shape, "rays").is_some())
    );
    assert!(to_pdf(&front).starts_with(b"%PDF-1.4\n"));
    let pdf = String::from_utf8(to_pdf(&canvas)).expect("ASCII");
    assert!(
        pdf.contains("(x3)") && pdf.contains("(-x1)"),
        "names of axes"
    );
}

#[test]
fn the_function_has_one_value_on_a_contour_line() {
    let mut lines = 0;
    for seed in 0..6 {
        let network = match seed % 2 {
            0 => random(seed),
            _ => Network::Deep(deep(seed, &[2, 4, 3, 1], true)),
        };
        let plane = Plane::of(&network, 0, None).expect("a plane");
        let canvas = contours(&plane, &Window::square(1), "f").expect("a figure");
        for shape in &canvas.shapes {
            let Shape::Line { spots, note, .. } = shape else {
                continue;
            };
            let Some(level) = note.strip_prefix("value ") else {
                continue;
            };
            let level: Rational = level.parse().expect("a number");
            for spot in spots {
                let x = [
                    (&spot[0] - q(52, 1)) / q(140, 1) - q(1, 1),
                    q(1, 1) - (&spot[1] - q(52, 1)) / q(140, 1),
                ];
                assert_eq!(
                    network.eval(&x).expect("two inputs")[0],
                    level,
                    "seed {seed}"
                );
            }
            lines += 1;
        }
    }
    assert!(lines > 60, "only {lines} lines");
}

#[test]
fn too_many_regions_are_refused_and_a_limit_is_said() {
    // Tangents of a parabola: two of them meet where no other one goes.
    let row = |i: i64| Neuron::rational(vec![q(i, 1), q(1, 1), q(i * i, 1)], vec![q(1, 1)]);
    let rows = Shallow::new((1..=230).map(row).collect()).expect("rows");
    let network = Network::Biased(Biased::new(rows, vec![q(0, 1)]).expect("one output"));
    let plane = Plane::of(&network, 0, None).expect("a plane");
    let window = Window::square(100_000);
    let view = [q(1, 1), q(1, 1)];
    let none = relucert::watch::Watch::none().for_at_most(std::time::Duration::ZERO);
    let stopped = plane.clone().within(none).cells(&window, &view);
    assert!(matches!(stopped, Err(NotDrawn::Stopped(_))));
    let refused = plane.cells(&window, &view).err();
    assert_eq!(refused, Some(NotDrawn::Cells(20_000)));
}
