//! The graph of a function of one variable.

use num_traits::{One as _, Signed as _, Zero as _};

use super::canvas::{Canvas, Shape, Tone};
use super::frame::Frame;
use super::plane::Window;
use crate::exact::Rational;
use crate::realization::CanonicalForm;

/// The graph of one output over [from, to]: its kinks there, exactly; `None` if there are not one input and this output.
pub fn graph(
    form: &CanonicalForm,
    output: usize,
    side: &(Rational, Rational),
    title: &str,
) -> Option<Canvas> {
    if form.inputs() != 1 || output >= form.outputs() {
        return None;
    }
    let (from, to) = side;
    let kinks = form
        .kinks()
        .iter()
        .map(|kink| -&kink.offset / &kink.normal[0]);
    let mut places: Vec<Rational> = kinks.filter(|x| from < x && x < to).collect();
    places.extend([from.clone(), to.clone()]);
    places.sort();
    let points = places.into_iter().map(|x| {
        let value = form.eval(std::slice::from_ref(&x)).ok()?[output].clone();
        Some([x, value])
    });
    let points: Vec<[Rational; 2]> = points.collect::<Option<_>>()?;
    let top = points.iter().map(|point| point[1].abs()).max()?;
    let top = if top.is_zero() { Rational::one() } else { top };
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
    Some(canvas)
}
