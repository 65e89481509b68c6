//! The paper's Figures 1 to 7 and the poster's, from its examples.

use super::canvas::{Anchor, Canvas, Shape, Spot, Tone};
use super::plane::{Plane, Point, Window};
use super::surface::surface_with;
use super::weights::{Vectors, weights};
use crate::exact::Rational;
use crate::family::{Example, Family};
use crate::network::{Network, Neuron, from_certificate};

/// A figure of the paper.
#[derive(Clone, Copy, Debug)]
pub struct PaperFigure {
    /// The name of its file, without extension.
    pub name: &'static str,
    /// What the paper says it shows.
    pub caption: &'static str,
    draw: fn() -> Option<Canvas>,
}

impl PaperFigure {
    /// The figure. It is there for every one of [`FIGURES`], as tests see.
    pub fn draw(&self) -> Option<Canvas> {
        (self.draw)()
    }
}

/// All of them, in their order, and those of the poster's two failures.
pub const FIGURES: [PaperFigure; 9] = [
    PaperFigure {
        name: "figure_1",
        caption: "Example 2.1: g_k for k = 1, 2",
        draw: || {
            Some(shown("ex2.1", Side::Second, 1, "g_1")?.beside(shown(
                "ex2.1",
                Side::Second,
                2,
                "g_2",
            )?))
        },
    },
    PaperFigure {
        name: "figure_2",
        caption: "Example 2.2: R(Γ) with r = 1/2, and g_3",
        draw: || {
            Some(shown("ex2.2", Side::First, 3, "R(Γ)")?.beside(shown(
                "ex2.2",
                Side::Second,
                3,
                "g_3",
            )?))
        },
    },
    PaperFigure {
        name: "figure_3",
        caption: "Example 2.3: R(Γ) and g_2",
        draw: || {
            Some(shown("ex2.3", Side::First, 2, "R(Γ)")?.beside(shown(
                "ex2.3",
                Side::Second,
                2,
                "g_2",
            )?))
        },
    },
    PaperFigure {
        name: "figure_4",
        caption: "Example 2.4: R(Γ) and g_3, with a_1 = (1, −1/2), a_2 = (−1, −1/2), a_3 = (0, 1), v = (1, 0)",
        draw: || {
            Some(shown("ex2.4", Side::First, 3, "R(Γ)")?.beside(shown(
                "ex2.4",
                Side::Second,
                3,
                "g_3",
            )?))
        },
    },
    PaperFigure {
        name: "figure_5",
        caption: "Example 2.5: the weight vectors of Θ_2 (grey) and Γ_2 (black)",
        draw: figure_5,
    },
    PaperFigure {
        name: "figure_6",
        caption: "Example A.1: two samples, R(Γ_*) at the local minimum of parameters (left) and g_3 (right)",
        draw: figure_6,
    },
    PaperFigure {
        name: "figure_7",
        caption: "Proposition 1.2: from a local minimum g_* a step towards g stays within the radius r′",
        draw: || Some(figure_7()),
    },
    PaperFigure {
        name: "poster_unbalancedness",
        caption: "Poster, Failure - Unbalancedness: Γ = ((r, 0), 0) and g_k = (1/k) ρ(⟨(0, 1), x⟩), k = 3; the weight vectors of both",
        draw: || failure("ex2.2", 3, ["R(Γ)", "g_3"]),
    },
    PaperFigure {
        name: "poster_opposite_weights",
        caption: "Poster, Failure - Opposite Weights: Γ = ([A | −A]ᵀ, (1, −1)) and g_k = (1/k) ρ(⟨v, x⟩), k = 3; the weight vectors of both",
        draw: || failure("ex2.4", 3, ["R(Γ)", "g_3"]),
    },
];

/// Γ, or the parametrization of g.
#[derive(Clone, Copy)]
enum Side {
    First,
    Second,
}

fn instance(family: &Family, k: u64) -> Option<Network> {
    from_certificate(&family.instance(k)?).ok()
}

fn network(example: &str, side: Side, k: u64) -> Option<Network> {
    let (gamma, theta) = Example::named(example)?.networks()?;
    match side {
        Side::First => instance(&gamma, k),
        Side::Second => instance(&theta, k),
    }
}

/// The graph over [−1, 1]².
fn graph_of(network: &Network, title: &str, marks: &[(Point, Rational, &str)]) -> Option<Canvas> {
    let plane = Plane::of(network, 0, None).ok()?;
    surface_with(&plane, &Window::square(1), title, marks).ok()
}

fn shown(example: &str, side: Side, k: u64, title: &str) -> Option<Canvas> {
    graph_of(&network(example, side, k)?, title, &[])
}

/// Both realizations, and the weight vectors of the two parametrizations.
fn failure(example: &str, k: u64, names: [&str; 2]) -> Option<Canvas> {
    let [gamma, theta] = [Side::First, Side::Second].map(|side| network(example, side, k));
    let (gamma, theta) = (gamma?, theta?);
    let set = |name: &str, faint, network: &Network| {
        let Network::Shallow(network) = network else {
            return None;
        };
        let vectors = network.neurons().iter().map(|neuron| {
            let inner = neuron.inner_weights();
            Some([inner.first()?.clone(), inner.get(1)?.clone()])
        });
        Some(Vectors {
            name: name.to_owned(),
            faint,
            vectors: vectors.collect::<Option<_>>()?,
        })
    };
    let sets = [
        set("Γ", false, &gamma)?,
        set("a parametrization of g_3", true, &theta)?,
    ];
    let both = graph_of(&gamma, names[0], &[])?.beside(graph_of(&theta, names[1], &[])?);
    Some(both.beside(weights(&sets, "weight vectors")))
}

fn figure_5() -> Option<Canvas> {
    let vectors = |side| -> Option<Vec<_>> {
        let Network::Shallow(network) = network("ex2.5", side, 2)? else {
            return None;
        };
        // The vectors lie in the plane of the first two coordinates but for a third that is smaller than a point.
        let flat = |neuron: &Neuron| {
            let inner = neuron.inner_weights();
            [inner[0].clone(), inner[1].clone()]
        };
        Some(network.neurons().iter().map(flat).collect())
    };
    let sets = [
        Vectors {
            name: "Θ_2".to_owned(),
            faint: true,
            vectors: vectors(Side::Second)?,
        },
        Vectors {
            name: "Γ_2".to_owned(),
            faint: false,
            vectors: vectors(Side::First)?,
        },
    ];
    Some(weights(&sets, "weight vectors, the first two coordinates"))
}

fn figure_6() -> Option<Canvas> {
    let read = |text| Family::from_json("exA.1", text).ok();
    let gamma = read(include_str!("../../examples/families/exA.1-gamma.json"))?;
    let g = read(include_str!("../../examples/families/exA.1-g.json"))?;
    let half = |n: i64| Rational::new(n.into(), 2.into());
    // x¹ in D_1 with label 0, x² in D_2 with label 1.
    let samples = [
        ([half(0), half(1)], half(0), "x¹ with y¹ = 0"),
        ([half(1), half(0)], half(2), "x² with y² = 1"),
    ];
    let left = graph_of(&instance(&gamma, 3)?, "R(Γ_*)", &samples)?;
    Some(left.beside(graph_of(&instance(&g, 3)?, "g_3", &samples)?))
}

/// The proof of Proposition 1.2 in a picture: r′ = 2, η = 1, ‖g − g_*‖ = 4.
fn figure_7() -> Canvas {
    let mut canvas = Canvas {
        width: 480,
        height: 300,
        title: "Proposition 1.2".to_owned(),
        ..Canvas::default()
    };
    let whole = |n: i64| Rational::from_integer(n.into());
    // 60 points are one unit; g_* is at (150, 150).
    let on_line = |units: i64| -> Spot { [whole(150 + 60 * units), whole(150)] };
    for (middle, radius, note) in [(0, 2, "‖h − g_*‖ ≤ r′"), (1, 1, "‖h − f‖ ≤ η")]
    {
        canvas.shapes.push(Shape::Line {
            spots: circle(&on_line(middle), &whole(60 * radius)),
            tone: Tone::Faint,
            width: 10,
            note: note.to_owned(),
        });
    }
    canvas.shapes.push(Shape::Line {
        spots: vec![on_line(0), on_line(4)],
        tone: Tone::Ink,
        width: 10,
        note: "(1 − λ) g_* + λ g".to_owned(),
    });
    for (units, name) in [(0, "g_*"), (1, "f"), (4, "g")] {
        canvas.shapes.push(Shape::Disc {
            at: on_line(units),
            radius: 30,
            tone: Tone::Ink,
            note: name.to_owned(),
        });
        let [x, y] = on_line(units);
        canvas.write([x, y + whole(18)], Anchor::Middle, name);
    }
    canvas.write(
        [whole(150), whole(24)],
        Anchor::Middle,
        "radius r′ around g_*",
    );
    canvas.write([whole(300), whole(80)], Anchor::Middle, "radius η around f");
    canvas
}

/// A circle through rational points: ((1 − t²)/(1 + t²), 2t/(1 + t²)) for t in quarters of eighths, and their images by quarter turns.
fn circle(middle: &Spot, radius: &Rational) -> Vec<Spot> {
    let steps = 12;
    let quarter = (0..steps).map(|step| {
        let t = Rational::new(step.into(), steps.into());
        let one = Rational::from_integer(1.into());
        let square = &t * &t;
        let below = &one + &square;
        [(&one - &square) / &below, (&t + &t) / below]
    });
    let quarter: Vec<[Rational; 2]> = quarter.collect();
    let mut spots = Vec::with_capacity(4 * quarter.len() + 1);
    for turn in 0..4 {
        spots.extend(quarter.iter().map(|[x, y]| {
            let (x, y) = match turn {
                0 => (x.clone(), y.clone()),
                1 => (-y, x.clone()),
                2 => (-x, -y),
                _ => (y.clone(), -x),
            };
            [&middle[0] + radius * x, &middle[1] + radius * y]
        }));
    }
    spots.push(spots[0].clone());
    spots
}
