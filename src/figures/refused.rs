//! Why something is not drawn.

use crate::watch::Stop;

/// Why a function is not drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotDrawn {
    /// Too few or too many inputs, and no plane through them was given.
    #[error("found {0} inputs, expected 2, or two axes and a point")]
    Inputs(usize),
    /// A sphere has three directions.
    #[error(
        "found {0} inputs, expected 3, or 2 with the bias as the third: a sphere shows the directions of space"
    )]
    Directions(usize),
    /// Of a function with biases there is no sphere.
    #[error(
        "has biases and {0} inputs: a sphere shows functions that are positively homogeneous, whose kinks all go through the origin; --axes and --at show a plane"
    )]
    Biases(usize),
    /// A graph has one variable.
    #[error("found {0} inputs, expected 1")]
    NoLine(usize),
    /// An axis that is none, or the same twice.
    #[error("axes {0} and {1} are not two of {2} inputs")]
    Axes(usize, usize, usize),
    /// A point with another number of coordinates.
    #[error("found a point of {0} coordinates, expected {1}")]
    Point(usize, usize),
    /// No such output.
    #[error("output {0} does not exist: there are {1}")]
    Output(usize, usize),
    /// More regions than can be seen.
    #[error("more than {0} regions in the window: choose a smaller one")]
    Cells(usize),
    /// A limit was met before.
    #[error("{0} before all regions were found")]
    Stopped(Stop),
}
