//! Weight vectors in the plane.

use num_traits::{Signed as _, Zero as _};

use super::canvas::{Anchor, Canvas, Shape, Spot, Tone};
use crate::exact::{Rational, Surd};

/// Weight vectors that are drawn alike.
#[derive(Clone, Debug)]
pub struct Vectors {
    /// Whose they are.
    pub name: String,
    /// Grey, not black.
    pub faint: bool,
    /// The vectors, two coordinates each.
    pub vectors: Vec<[Surd; 2]>,
}

/// Points from side to side.
const SIDE: u32 = 360;

/// A rational within 2^-64 of a number, for drawing.
fn near(value: &Surd) -> Rational {
    let (floor, _) = value.floor_over(-64);
    Rational::new(floor, num_bigint::BigInt::from(1) << 64)
}

/// The largest absolute coordinate of all vectors, or 1 if all are 0: what the figure's sides are.
pub fn longest(sets: &[Vectors]) -> Rational {
    let entries = sets.iter().flat_map(|set| set.vectors.iter().flatten());
    let longest = entries.map(|entry| near(entry).abs()).max();
    let longest = longest.filter(|entry| !entry.is_zero());
    longest.unwrap_or_else(|| Rational::from_integer(1.into()))
}

/// All vectors from one origin, the longest coordinate reaching the figure's side.
pub fn weights(sets: &[Vectors], title: &str) -> Canvas {
    weights_within(sets, title, &longest(sets))
}

/// The same, the sides of the figure being as far from the origin as `longest` says, which is positive.
pub fn weights_within(sets: &[Vectors], title: &str, longest: &Rational) -> Canvas {
    let drawn = sets.iter().map(|set| {
        let vectors = set.vectors.iter().map(|v| [near(&v[0]), near(&v[1])]);
        (set, vectors.collect::<Vec<_>>())
    });
    let drawn: Vec<(&Vectors, Vec<[Rational; 2]>)> = drawn.collect();
    let whole = |n: u32| Rational::from_integer(n.into());
    let middle = whole(SIDE / 2);
    let reach = whole(SIDE / 2 - 50);
    let spot = |v: &[Rational; 2]| -> Spot {
        [
            &middle + &reach * &v[0] / longest,
            &middle - &reach * &v[1] / longest,
        ]
    };
    let mut canvas = Canvas {
        width: SIDE,
        height: SIDE,
        title: title.to_owned(),
        ..Canvas::default()
    };
    let axis = |from: Spot, to: Spot| Shape::Line {
        spots: vec![from, to],
        tone: Tone::Faint,
        width: 5,
        note: String::new(),
    };
    let (near_side, far_side) = (whole(40), whole(SIDE - 40));
    canvas.shapes.push(axis(
        [near_side.clone(), middle.clone()],
        [far_side.clone(), middle.clone()],
    ));
    canvas.shapes.push(axis(
        [middle.clone(), near_side],
        [middle.clone(), far_side],
    ));
    let origin = [middle.clone(), middle.clone()];
    for (set, vectors) in &drawn {
        let tone = if set.faint { Tone::Faint } else { Tone::Ink };
        for (neuron, vector) in vectors.iter().enumerate() {
            let exact = &set.vectors[neuron];
            let note = format!(
                "{}, neuron {neuron}: a = ({}, {})",
                set.name, exact[0], exact[1]
            );
            canvas.arrow(&origin, &spot(vector), tone, &note);
        }
    }
    canvas.write([whole(SIDE / 2), whole(24)], Anchor::Middle, title);
    let names: Vec<String> = sets
        .iter()
        .map(|set| format!("{}: {}", set.name, if set.faint { "grey" } else { "black" }))
        .collect();
    canvas.write(
        [whole(SIDE / 2), whole(SIDE - 12)],
        Anchor::Middle,
        names.join(", "),
    );
    canvas
}
