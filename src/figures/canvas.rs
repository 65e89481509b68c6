//! What a figure consists of, whatever the file it is written to.

use num_traits::ToPrimitive as _;

use crate::exact::Rational;

/// A point on the canvas: to the right and downwards, in points of 1/72 inch.
pub type Spot = [Rational; 2];

/// The color of a shape: what it means, not what it looks like, so that a page can be light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// What is spoken of: axes, hyperplanes, words.
    Ink,
    /// What stays behind: frames, the network compared with.
    Faint,
    /// One of the colors of regions, red, green and blue.
    Color([u8; 3]),
}

/// On which side of its spot a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// A part of a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A filled polygon with thin edges.
    Polygon {
        /// Corners in order.
        corners: Vec<Spot>,
        /// What it is filled with.
        fill: Tone,
        /// What a reader who points at it is told.
        note: String,
        /// What a page's script is told of it, by name.
        data: Vec<(&'static str, String)>,
    },
    /// A line through spots, of a width in tenths of a point.
    Line {
        /// Spots in order.
        spots: Vec<Spot>,
        /// Its color.
        tone: Tone,
        /// Tenths of a point.
        width: u32,
        /// What a reader who points at it is told.
        note: String,
    },
    /// A disc.
    Disc {
        /// Its middle.
        at: Spot,
        /// Its radius in tenths of a point.
        radius: u32,
        /// Its color.
        tone: Tone,
        /// What a reader who points at it is told.
        note: String,
    },
    /// Words.
    Text {
        /// Where.
        at: Spot,
        /// On which side of it.
        anchor: Anchor,
        /// The words.
        words: String,
    },
}

/// A figure of a size in points.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Canvas {
    /// Points to the right.
    pub width: u32,
    /// Points downwards.
    pub height: u32,
    /// What the figure shows, for those who do not see it.
    pub title: String,
    /// What else there is to know to read it; nothing where it speaks for itself.
    pub legend: String,
    /// From the back to the front.
    pub shapes: Vec<Shape>,
}

impl Canvas {
    /// Another canvas put to the right of this one.
    pub fn beside(mut self, other: Canvas) -> Canvas {
        let by = Rational::from_integer(self.width.into());
        let shift = |spot: &Spot| [&spot[0] + &by, spot[1].clone()];
        let all = |spots: &[Spot]| spots.iter().map(shift).collect();
        self.shapes
            .extend(other.shapes.into_iter().map(|shape| match shape {
                Shape::Polygon {
                    corners,
                    fill,
                    note,
                    data,
                } => Shape::Polygon {
                    corners: all(&corners),
                    fill,
                    note,
                    data,
                },
                Shape::Line {
                    spots,
                    tone,
                    width,
                    note,
                } => Shape::Line {
                    spots: all(&spots),
                    tone,
                    width,
                    note,
                },
                Shape::Disc {
                    at,
                    radius,
                    tone,
                    note,
                } => Shape::Disc {
                    at: shift(&at),
                    radius,
                    tone,
                    note,
                },
                Shape::Text { at, anchor, words } => Shape::Text {
                    at: shift(&at),
                    anchor,
                    words,
                },
            }));
        self.width += other.width;
        self.height = self.height.max(other.height);
        self.title = match self.title.is_empty() {
            true => other.title,
            false => format!("{}; {}", self.title, other.title),
        };
        if self.legend.is_empty() {
            self.legend = other.legend;
        }
        self
    }

    /// A line of words at a spot.
    pub fn write(&mut self, at: Spot, anchor: Anchor, words: impl Into<String>) {
        let words = words.into();
        self.shapes.push(Shape::Text { at, anchor, words });
    }

    /// An arrow between spots: its head is of a fixed size, or a third of the arrow's length if that is less.
    pub fn arrow(&mut self, from: &Spot, to: &Spot, tone: Tone, note: &str) {
        let along = [&to[0] - &from[0], &to[1] - &from[1]];
        let length = hundredths(&(&along[0] * &along[0] + &along[1] * &along[1])).max(0);
        // The square root of hundredths is in tenths.
        let length = length.unsigned_abs().isqrt().max(1);
        let share = Rational::new(70.into(), length.max(210).into());
        let line = |spots: Vec<Spot>| Shape::Line {
            spots,
            tone,
            width: 12,
            note: note.to_owned(),
        };
        self.shapes.push(line(vec![from.clone(), to.clone()]));
        let side = |sign: i64| {
            let turn = Rational::new(sign.into(), 3.into());
            [
                &to[0] - &share * (&along[0] - &turn * &along[1]),
                &to[1] - &share * (&along[1] + &turn * &along[0]),
            ]
        };
        self.shapes.push(line(vec![side(1), to.clone(), side(-1)]));
    }
}

/// A number in hundredths, cut towards minus infinity; what does not fit is as far away as fits.
pub(super) fn hundredths(value: &Rational) -> i64 {
    let scaled = (value * Rational::from_integer(100.into()))
        .floor()
        .to_integer();
    let far = if scaled.sign() == num_bigint::Sign::Minus {
        i64::MIN / 4
    } else {
        i64::MAX / 4
    };
    scaled.to_i64().unwrap_or(far)
}

/// The same as text: `12.5`, `-0.04`.
pub(super) fn text(value: &Rational) -> String {
    let all = hundredths(value);
    let sign = if all < 0 { "-" } else { "" };
    let (whole, rest) = (all.unsigned_abs() / 100, all.unsigned_abs() % 100);
    match (rest, rest % 10) {
        (0, _) => format!("{sign}{whole}"),
        (_, 0) => format!("{sign}{whole}.{}", rest / 10),
        _ => format!("{sign}{whole}.{rest:02}"),
    }
}
