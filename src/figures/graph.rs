//! The graph of a function of one variable.

use num_traits::{One as _, Signed as _, Zero as _};

use super::canvas::{Canvas, Shape, Tone};
use super::frame::Frame;
use super::plane::{Line, Window};
use super::refused::NotDrawn;
use crate::exact::Rational;

/// The graph over [from, to]: its kinks there, exactly.
///
/// # Errors
/// Those of [`Line::points`].
pub fn graph(line: &Line, side: &(Rational, Rational), title: &str) -> Result<Canvas, NotDrawn> {
    let points = line.points(side)?;
    let (from, to) = side;
    let top = points.iter().map(|point| point[1].abs()).max();
    let top = top.filter(|top| !top.is_zero());
    let top = top.unwrap_or_else(Rational::one);
    let window = Window {
        sides: [side.clone(), (-&top, top)],
    };
    let frame = Frame { window: &window };
    let mut canvas = frame.canvas(title);
    let line = |spots, tone, width, note: &str| Shape::Line {
        spots,
        tone,
        width,
        note: note.to_owned(),
    };
    let zero = [from, to].map(|x| frame.spot(&[x.clone(), Rational::zero()]));
    canvas
        .shapes
        .push(line(zero.to_vec(), Tone::Faint, 5, "value 0"));
    let spots = points.iter().map(|point| frame.spot(point)).collect();
    canvas.shapes.push(line(spots, Tone::Ink, 14, title));
    for [x, value] in &points {
        canvas.shapes.push(Shape::Disc {
            at: frame.spot(&[x.clone(), value.clone()]),
            radius: 20,
            tone: Tone::Ink,
            note: format!("R({x}) = {value}"),
        });
    }
    frame.draw(&mut canvas, title);
    Ok(canvas)
}
