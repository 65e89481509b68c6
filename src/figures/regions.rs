//! The regions of a function of two variables, colored by gradient.

use std::collections::BTreeSet;

use super::canvas::{Canvas, Shape, Tone};
use super::color::ramp;
use super::frame::Frame;
use super::plane::{Cell, NotAPlane, Plane, Point, Window};
use crate::exact::{Rational, Surd};

/// The regions in the window, one color a gradient: equal gradients have equal colors.
///
/// # Errors
/// [`NotAPlane::Cells`] if there are too many.
pub fn regions(plane: &Plane, window: &Window, title: &str) -> Result<Canvas, NotAPlane> {
    let view = [
        Rational::from_integer(1.into()),
        Rational::from_integer(1.into()),
    ];
    let cells = plane.cells(window, &view)?;
    let frame = Frame { window };
    let mut canvas = frame.canvas(title);
    let colors = Colors::of(&cells);
    for cell in &cells {
        canvas.shapes.push(Shape::Polygon {
            corners: cell.corners.iter().map(|x| frame.spot(x)).collect(),
            fill: colors.tone(cell),
            note: told(cell),
            signs: cell.signs.clone(),
        });
    }
    frame.draw(&mut canvas, title);
    Ok(canvas)
}

/// What is said of a region: sides, gradient and a point inside, exactly where that is no longer than a line.
pub(super) fn told(cell: &Cell) -> String {
    let [gradient, inside] = [&cell.gradient, &cell.inside()].map(|point| {
        let [x, y] = point.each_ref().map(short);
        format!("({x}, {y})")
    });
    format!(
        "signs {}; gradient {gradient}; inside, for example, {inside}",
        cell.signs
    )
}

/// The number, or where that would fill a line, a decimal.
fn short(value: &Rational) -> String {
    let exact = value.to_string();
    match exact.len() {
        ..=40 => exact,
        _ => format!("≈ {}", Surd::from(value.clone()).approx(8)),
    }
}

/// The color of every gradient that occurs, in their order.
pub(super) struct Colors<'a> {
    gradients: Vec<&'a Point>,
}

impl<'a> Colors<'a> {
    pub(super) fn of(cells: &'a [Cell]) -> Self {
        let gradients: BTreeSet<&Point> = cells.iter().map(|cell| &cell.gradient).collect();
        Colors {
            gradients: gradients.into_iter().collect(),
        }
    }

    pub(super) fn tone(&self, cell: &Cell) -> Tone {
        let index = self.gradients.binary_search(&&cell.gradient).unwrap_or(0);
        ramp(index, self.gradients.len())
    }
}
