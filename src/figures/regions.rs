//! The regions of a function of two variables, colored by gradient.

use super::beside::beside;
use super::canvas::Canvas;
use super::color::Colors;
use super::frame::Frame;
use super::plane::{Cell, Plane, Window};
use super::refused::NotDrawn;
use super::told::{Changing, Told, changing};
use crate::exact::Rational;

/// The regions in the window, one color a gradient: equal gradients have equal colors.
///
/// # Errors
/// Those of [`Plane::cells`].
pub fn regions(plane: &Plane, window: &Window, title: &str) -> Result<Canvas, NotDrawn> {
    let view = [
        Rational::from_integer(1.into()),
        Rational::from_integer(1.into()),
    ];
    let cells = plane.cells(window, &view)?;
    let frame = Frame { window };
    let mut canvas = frame.canvas(title);
    let words = Words::of(plane, &cells);
    canvas.legend.clone_from(&words.changing.legend);
    for (index, cell) in cells.iter().enumerate() {
        let corners = cell.corners.iter().map(|x| frame.spot(x)).collect();
        let told = words.told(index, cell);
        canvas
            .shapes
            .push(told.polygon(corners, words.colors.tone(&cell.gradient)));
    }
    frame.draw(&mut canvas, title);
    Ok(canvas)
}

/// What is said of regions, and their colors.
pub(super) struct Words<'a> {
    pub(super) changing: Changing,
    pub(super) colors: Colors<'a>,
    beside: Vec<Vec<usize>>,
}

impl<'a> Words<'a> {
    pub(super) fn of(plane: &Plane, cells: &'a [Cell]) -> Self {
        let signs = cells.iter().map(|cell| cell.signs.as_str());
        let cones = cells.iter().map(|cell| cell.rays.as_slice()).enumerate();
        Words {
            changing: changing(signs, &plane.neurons()),
            colors: Colors::of(cells.iter().map(|cell| cell.gradient.as_slice())),
            beside: beside(cones, cells.len()),
        }
    }

    /// Sides, gradient, the value, and a point inside.
    pub(super) fn told(&self, index: usize, cell: &Cell) -> Told {
        let mut told = self.changing.told(&cell.signs, index, &self.beside[index]);
        told.say("gradient", &cell.gradient);
        told.say(
            "value ⟨gradient, x⟩ +",
            std::slice::from_ref(&cell.constant),
        );
        told.say("inside, for example,", &cell.inside());
        told
    }
}
