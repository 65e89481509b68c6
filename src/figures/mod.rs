//! Figures: regions, realizations and weight vectors, drawn from exact numbers. What is drawn is computed in rationals to the last step,
//! where coordinates are cut to hundredths of a point.

mod beside;
mod canvas;
mod color;
mod cone;
mod contours;
mod frame;
mod function;
mod graph;
mod paper;
mod pdf;
mod plane;
mod refused;
mod regions;
mod sphere;
mod surface;
mod svg;
mod told;
mod weights;

pub use canvas::{Anchor, Canvas, Shape, Tone};
pub use contours::contours;
pub use graph::graph;
pub use paper::{FIGURES, PaperFigure};
pub use pdf::to_pdf;
pub use plane::{Cell, Line, Plane, Point, Window};
pub use refused::NotDrawn;
pub use regions::regions;
pub use sphere::{Face, Half, Sphere, sphere};
pub use surface::surface;
pub use svg::to_svg;
pub use weights::{Vectors, longest, weights, weights_within};
