//! Figures: regions, realizations and weight vectors, drawn from exact numbers. What is drawn is computed in rationals to the last step,
//! where coordinates are cut to hundredths of a point.

mod canvas;
mod color;
mod frame;
mod graph;
mod paper;
mod pdf;
mod plane;
mod regions;
mod surface;
mod svg;
mod weights;

pub use canvas::{Anchor, Canvas, Shape, Tone};
pub use graph::graph;
pub use paper::{FIGURES, PaperFigure};
pub use pdf::to_pdf;
pub use plane::{Cell, NotAPlane, Plane, Window};
pub use regions::regions;
pub use surface::surface;
pub use svg::to_svg;
pub use weights::{Vectors, longest, weights, weights_within};
