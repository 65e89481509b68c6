//! The lines on which a function of two variables has one value.

use num_bigint::BigInt;
use num_traits::{Signed as _, Zero as _};

use super::canvas::{Anchor, Canvas, Shape, Tone};
use super::frame::Frame;
use super::plane::{Cell, Plane, Point, Window};
use super::refused::NotDrawn;
use super::regions::Words;
use crate::exact::{Rational, Surd};

/// At least so many levels, where the function is not constant; less than three times as many.
const LEVELS: i64 = 8;

/// The contour lines in the window over its regions, which are colored by gradient: at multiples of one, two or five times a power of ten, the line of
/// value 0 thicker than the others.
///
/// # Errors
/// Those of [`Plane::cells`].
pub fn contours(plane: &Plane, window: &Window, title: &str) -> Result<Canvas, NotDrawn> {
    let one = || Rational::from_integer(1.into());
    let cells = plane.cells(window, &[one(), one()])?;
    let frame = Frame { window };
    let mut canvas = frame.canvas(title);
    let words = Words::of(plane, &cells);
    canvas.legend.clone_from(&words.changing.legend);
    for (index, cell) in cells.iter().enumerate() {
        let corners = cell.corners.iter().map(|x| frame.spot(x)).collect();
        let fill = words.colors.tone(&cell.gradient);
        canvas
            .shapes
            .push(words.told(index, cell).polygon(corners, fill));
    }
    let values = cells
        .iter()
        .flat_map(|cell| cell.corners.iter().map(|x| cell.value(x)));
    let (mut least, mut most) = (None::<Rational>, None::<Rational>);
    for value in values {
        least = Some(least.map_or(value.clone(), |least| least.min(value.clone())));
        most = Some(most.map_or(value.clone(), |most| most.max(value)));
    }
    let (Some(least), Some(most)) = (least, most) else {
        return Ok(canvas);
    };
    let text = |value: &Rational| Surd::from(value.clone()).approx(4);
    let mut told = format!("values from {} to {}", text(&least), text(&most));
    if let Some(step) = step(&(&most - &least)) {
        told.push_str(&format!(", a line every {}", text(&step)));
        for cell in &cells {
            for (level, ends) in lines(cell, &step) {
                canvas.shapes.push(Shape::Line {
                    spots: ends.iter().map(|x| frame.spot(x)).collect(),
                    tone: Tone::Ink,
                    width: if level.is_zero() { 16 } else { 7 },
                    note: format!("value {level}"),
                });
            }
        }
    }
    frame.draw(&mut canvas, title);
    let whole = |n: u32| Rational::from_integer(n.into());
    let below = [whole(canvas.width / 2), whole(canvas.height - 8)];
    canvas.write(below, Anchor::Middle, told);
    Ok(canvas)
}

/// How far levels are apart, for values so far apart; none if they are all the same.
fn step(range: &Rational) -> Option<Rational> {
    if !range.is_positive() {
        return None;
    }
    let ten = Rational::from_integer(10.into());
    let most = range / Rational::from_integer(LEVELS.into());
    let mut power = Rational::from_integer(1.into());
    while power > most {
        power /= &ten;
    }
    while &power * &ten <= most {
        power *= &ten;
    }
    let steps = [5, 2, 1].map(|n| &power * Rational::from_integer(n.into()));
    steps.into_iter().find(|step| *step <= most)
}

/// The lines of a region: the value, and both ends.
fn lines(cell: &Cell, step: &Rational) -> Vec<(Rational, [Point; 2])> {
    let values: Vec<Rational> = cell.corners.iter().map(|x| cell.value(x)).collect();
    let (Some(least), Some(most)) = (values.iter().min(), values.iter().max()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut number: BigInt = (least / step).ceil().to_integer();
    loop {
        let level = step * Rational::from_integer(number.clone());
        if level > *most {
            return found;
        }
        let mut ends: Vec<Point> = Vec::new();
        for (index, corner) in cell.corners.iter().enumerate() {
            let next = (index + 1) % cell.corners.len();
            let (here, there) = (&values[index] - &level, &values[next] - &level);
            if here.is_zero() {
                ends.push(corner.clone());
            } else if here.is_positive() && there.is_negative()
                || here.is_negative() && there.is_positive()
            {
                let part = &here / (&here - &there);
                let other = &cell.corners[next];
                ends.push([0, 1].map(|i| &corner[i] + &part * (&other[i] - &corner[i])));
            }
        }
        // One end alone is a corner that the line touches; more than two are a region of one value.
        if let Ok(ends) = <[Point; 2]>::try_from(ends) {
            found.push((level, ends));
        }
        number += 1;
    }
}
