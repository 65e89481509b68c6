//! Where a window of the plane is on the canvas, with its frame and the numbers at its corners.

use crate::exact::{Rational, Surd};

use super::canvas::{Anchor, Canvas, Shape, Spot, Tone};
use super::plane::{Point, Window};

/// Points around what is drawn.
const MARGIN: u32 = 52;
/// Points from side to side of what is drawn.
const SIDE: u32 = 280;

/// A window, as it is put on a square of the canvas.
pub(super) struct Frame<'a> {
    pub(super) window: &'a Window,
}

impl Frame<'_> {
    /// An empty canvas of this frame's size.
    pub(super) fn canvas(&self, title: &str) -> Canvas {
        Canvas {
            width: SIDE + 2 * MARGIN,
            height: SIDE + 2 * MARGIN,
            title: title.to_owned(),
            ..Canvas::default()
        }
    }

    /// Where a point of the plane is.
    pub(super) fn spot(&self, x: &Point) -> Spot {
        let [across, up] = &self.window.sides;
        let part =
            |value: &Rational, side: &(Rational, Rational)| (value - &side.0) / (&side.1 - &side.0);
        let long = Rational::from_integer(SIDE.into());
        let margin = Rational::from_integer(MARGIN.into());
        [
            &margin + &long * part(&x[0], across),
            &margin + &long * (Rational::from_integer(1.into()) - part(&x[1], up)),
        ]
    }

    /// The frame, the title above it, and the window's sides in numbers.
    pub(super) fn draw(&self, canvas: &mut Canvas, title: &str) {
        let [(left, right), (bottom, top)] = &self.window.sides;
        let corner = |x: &Rational, y: &Rational| self.spot(&[x.clone(), y.clone()]);
        canvas.shapes.push(Shape::Line {
            spots: vec![
                corner(left, bottom),
                corner(right, bottom),
                corner(right, top),
                corner(left, top),
                corner(left, bottom),
            ],
            tone: Tone::Faint,
            width: 8,
            note: String::new(),
        });
        let moved = |spot: Spot, x: i64, y: i64| {
            [
                &spot[0] + Rational::from_integer(x.into()),
                &spot[1] + Rational::from_integer(y.into()),
            ]
        };
        let text = |value: &Rational| Surd::from(value.clone()).approx(4);
        canvas.write(
            moved(corner(left, bottom), 0, 14),
            Anchor::Middle,
            text(left),
        );
        canvas.write(
            moved(corner(right, bottom), 0, 14),
            Anchor::Middle,
            text(right),
        );
        canvas.write(
            moved(corner(left, bottom), -6, 0),
            Anchor::End,
            text(bottom),
        );
        canvas.write(moved(corner(left, top), -6, 8), Anchor::End, text(top));
        let middle = (left + right) / Rational::from_integer(2.into());
        canvas.write(moved(corner(&middle, top), 0, -14), Anchor::Middle, title);
    }
}
