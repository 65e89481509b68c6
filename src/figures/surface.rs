//! The graph of a function of two variables, seen from above at an angle.

use num_traits::{Signed as _, Zero as _};

use super::canvas::{Anchor, Canvas, Shape, Spot, Tone};
use super::plane::{Plane, Point, Window};
use super::refused::NotDrawn;
use super::regions::Words;
use crate::exact::{Rational, Surd};

/// Points across and down.
const WIDTH: u32 = 360;
const HEIGHT: u32 = 410;

/// How the three directions are seen: points to the right and down for the first variable's length, the second's, and the value's.
struct View<'a> {
    window: &'a Window,
    /// The largest absolute value, or 1.
    top: Rational,
}

impl View<'_> {
    fn spot(&self, x: &Point, value: &Rational) -> Spot {
        let part = |i: usize| {
            let (from, to) = &self.window.sides[i];
            (&x[i] - from) / (to - from)
        };
        let whole = |n: i64| Rational::from_integer(n.into());
        let (across, along) = (part(0), part(1));
        let height = value / &self.top;
        // The first variable to the lower right, the second to the upper right, the value upwards.
        [
            whole(40) + whole(160) * &across + whole(120) * &along,
            whole(220) + whole(50) * &across - whole(70) * &along - whole(100) * height,
        ]
    }
}

/// The graph over the window, one color a gradient, with the plane of value 0 behind it.
///
/// # Errors
/// Those of [`Plane::cells`].
pub fn surface(plane: &Plane, window: &Window, title: &str) -> Result<Canvas, NotDrawn> {
    surface_with(plane, window, title, &[])
}

/// A point that is marked, with its value and what it is.
pub(super) type Mark<'a> = (Point, Rational, &'a str);

/// The same with points marked.
pub(super) fn surface_with(
    plane: &Plane,
    window: &Window,
    title: &str,
    marks: &[Mark<'_>],
) -> Result<Canvas, NotDrawn> {
    // Seen from where the first variable is large and the second small: behind is the other way.
    let behind = [
        Rational::from_integer((-1).into()),
        Rational::from_integer(1.into()),
    ];
    let cells = plane.cells(window, &behind)?;
    let values = cells
        .iter()
        .flat_map(|cell| cell.corners.iter().map(|x| cell.value(x).abs()));
    let values = values.chain(marks.iter().map(|(_, value, _)| value.abs()));
    let top = values.max().filter(|top| !top.is_zero());
    let top = top.unwrap_or_else(|| Rational::from_integer(1.into()));
    let view = View { window, top };
    let mut canvas = Canvas {
        width: WIDTH,
        height: HEIGHT,
        title: title.to_owned(),
        ..Canvas::default()
    };
    let [(left, right), (bottom, up)] = &window.sides;
    let zero = Rational::zero();
    let ground = |x: &Rational, y: &Rational| view.spot(&[x.clone(), y.clone()], &zero);
    canvas.shapes.push(Shape::Line {
        spots: vec![
            ground(left, bottom),
            ground(right, bottom),
            ground(right, up),
            ground(left, up),
            ground(left, bottom),
        ],
        tone: Tone::Faint,
        width: 8,
        note: "value 0".to_owned(),
    });
    let words = Words::of(plane, &cells);
    canvas.legend.clone_from(&words.changing.legend);
    for (index, cell) in cells.iter().enumerate() {
        let corners = cell.corners.iter();
        let corners = corners.map(|x| view.spot(x, &cell.value(x))).collect();
        let told = words.told(index, cell);
        canvas
            .shapes
            .push(told.polygon(corners, words.colors.tone(&cell.gradient)));
    }
    for (point, value, note) in marks {
        canvas.shapes.push(Shape::Disc {
            at: view.spot(point, value),
            radius: 35,
            tone: Tone::Ink,
            note: (*note).to_owned(),
        });
    }
    let whole = |n: u32| Rational::from_integer(n.into());
    let text = |value: &Rational| Surd::from(value.clone()).approx(4);
    canvas.write([whole(WIDTH / 2), whole(24)], Anchor::Middle, title);
    let caption = format!(
        "x₁ in [{}, {}], x₂ in [{}, {}], values within ±{}",
        text(left),
        text(right),
        text(bottom),
        text(up),
        text(&view.top)
    );
    canvas.write(
        [whole(WIDTH / 2), whole(HEIGHT - 12)],
        Anchor::Middle,
        caption,
    );
    Ok(canvas)
}
