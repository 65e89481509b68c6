//! A function of two variables on a rectangle: its regions there, with gradients, exactly.

use num_traits::{Signed as _, Zero as _};

use crate::exact::Rational;
use crate::realization::CanonicalForm;

/// A point of the plane.
pub type Point = [Rational; 2];

/// A rectangle: the first variable from, to, the second from, to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// From where to where, for each variable; from is less than to.
    pub sides: [(Rational, Rational); 2],
}

impl Window {
    /// The square [−size, size]².
    pub fn square(size: i64) -> Self {
        let side = (
            Rational::from_integer((-size).into()),
            Rational::from_integer(size.into()),
        );
        Window {
            sides: [side.clone(), side],
        }
    }
}

/// Why a function cannot be drawn over a plane.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotAPlane {
    /// Too few or too many inputs, and no plane through them was given.
    #[error("found {0} inputs, expected 2, or two axes and a point")]
    Inputs(usize),
    /// An axis that is none, or the same twice.
    #[error("axes {0} and {1} are not two of {2} inputs")]
    Axes(usize, usize, usize),
    /// A point with another number of coordinates.
    #[error("found a point of {0} coordinates, expected {1}")]
    Point(usize, usize),
    /// No such output.
    #[error("output {0} does not exist: there are {1}")]
    Output(usize, usize),
    /// More cells than can be seen.
    #[error("more than {0} regions in the window: choose a smaller one")]
    Cells(usize),
}

/// A kink restricted to the plane: where ⟨normal, x⟩ + offset = 0, one output's jump along `normal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Crease {
    pub(super) normal: Point,
    pub(super) offset: Rational,
    pub(super) jump: Rational,
    /// Its number in the canonical form.
    pub(super) number: usize,
}

/// One output of a function on a plane: M x + e + ½ Σ κ |⟨n,x⟩ + o| (N1), restricted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plane {
    pub(super) linear: Point,
    pub(super) constant: Rational,
    pub(super) creases: Vec<Crease>,
}

/// A region in the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its corners in order.
    pub corners: Vec<Point>,
    /// On which side of each crease it lies.
    pub signs: String,
    /// The gradient there.
    pub gradient: Point,
    /// The value is ⟨gradient, x⟩ plus this.
    pub constant: Rational,
}

impl Cell {
    /// A point inside: the mean of the corners.
    pub fn inside(&self) -> Point {
        let count = Rational::from_integer(self.corners.len().max(1).into());
        [0, 1].map(|i| self.corners.iter().map(|x| &x[i]).sum::<Rational>() / &count)
    }

    /// The function's value, by the formula of this region.
    pub fn value(&self, x: &Point) -> Rational {
        &self.gradient[0] * &x[0] + &self.gradient[1] * &x[1] + &self.constant
    }
}

/// Figures with more regions are refused.
const MOST_CELLS: usize = 20_000;

impl Plane {
    /// One output of a function of two variables; or of more, on the plane through `at` along two axes, whose two coordinates of `at` then
    /// do not matter.
    ///
    /// # Errors
    /// [`NotAPlane`] where output, axes or point do not fit the function.
    pub fn of(
        form: &CanonicalForm,
        output: usize,
        slice: Option<(&[usize; 2], &[Rational])>,
    ) -> Result<Self, NotAPlane> {
        let inputs = form.inputs();
        if output >= form.outputs() {
            return Err(NotAPlane::Output(output, form.outputs()));
        }
        let zeros = vec![Rational::zero(); inputs];
        let (axes, at) = match slice {
            None if inputs == 2 => (&[0, 1], zeros.as_slice()),
            None => return Err(NotAPlane::Inputs(inputs)),
            Some((axes, at)) => (axes, at),
        };
        if axes[0] == axes[1] || axes.iter().any(|axis| *axis >= inputs) {
            return Err(NotAPlane::Axes(axes[0], axes[1], inputs));
        }
        if at.len() != inputs {
            return Err(NotAPlane::Point(at.len(), inputs));
        }
        let rest = |row: &[Rational]| -> Rational {
            let others = row.iter().zip(at).enumerate();
            let others = others.filter(|(axis, _)| !axes.contains(axis));
            others
                .map(|(_, (weight, coordinate))| weight * coordinate)
                .sum()
        };
        let pick = |row: &[Rational]| axes.map(|axis| row[axis].clone());
        let row = &form.linear()[output];
        let mut plane = Plane {
            linear: pick(row),
            constant: &form.constant()[output] + rest(row),
            creases: Vec::new(),
        };
        for (number, kink) in form.kinks().iter().enumerate() {
            let crease = Crease {
                normal: pick(&kink.normal),
                offset: &kink.offset + rest(&kink.normal),
                jump: kink.jump[output].clone(),
                number,
            };
            if crease.normal.iter().all(Rational::is_zero) {
                // Constant on the plane: ½ κ |o|.
                plane.constant +=
                    &crease.jump * crease.offset.abs() / Rational::from_integer(2.into());
            } else {
                plane.creases.push(crease);
            }
        }
        Ok(plane)
    }

    /// The regions in the window, those further along `view` first: of two, the one behind the first crease that separates them.
    ///
    /// Cost: one cut of every region for each crease.
    ///
    /// # Errors
    /// [`NotAPlane::Cells`] if there are more than 20,000.
    pub fn cells(&self, window: &Window, view: &Point) -> Result<Vec<Cell>, NotAPlane> {
        let [x, y] = &window.sides;
        let corner = |x: &Rational, y: &Rational| [x.clone(), y.clone()];
        let rectangle = vec![
            corner(&x.0, &y.0),
            corner(&x.1, &y.0),
            corner(&x.1, &y.1),
            corner(&x.0, &y.1),
        ];
        let mut cells = vec![Cell {
            corners: rectangle,
            signs: String::new(),
            gradient: self.linear.clone(),
            constant: self.constant.clone(),
        }];
        for crease in &self.creases {
            let behind = &crease.normal[0] * &view[0] + &crease.normal[1] * &view[1];
            let order = match behind.is_negative() {
                true => ['-', '+'],
                false => ['+', '-'],
            };
            let mut cut = Vec::with_capacity(cells.len() + 8);
            for cell in &cells {
                cut.extend(order.iter().filter_map(|sign| crease.side(cell, *sign)));
            }
            if cut.len() > MOST_CELLS {
                return Err(NotAPlane::Cells(MOST_CELLS));
            }
            cells = cut;
        }
        Ok(cells)
    }
}

impl Crease {
    /// ⟨normal, x⟩ + offset.
    pub(super) fn height(&self, x: &Point) -> Rational {
        &self.normal[0] * &x[0] + &self.normal[1] * &x[1] + &self.offset
    }

    /// The part of a cell on one side, if it has an interior.
    fn side(&self, cell: &Cell, sign: char) -> Option<Cell> {
        let heights: Vec<Rational> = cell.corners.iter().map(|x| self.height(x)).collect();
        let inside = |height: &Rational| match sign {
            '+' => height.is_positive(),
            _ => height.is_negative(),
        };
        if !heights.iter().any(inside) {
            return None;
        }
        let mut corners = Vec::with_capacity(cell.corners.len() + 1);
        for (index, corner) in cell.corners.iter().enumerate() {
            let next = (index + 1) % cell.corners.len();
            let (here, there) = (&heights[index], &heights[next]);
            if here.is_zero() || inside(here) {
                corners.push(corner.clone());
            }
            if here.is_positive() && there.is_negative()
                || here.is_negative() && there.is_positive()
            {
                let part = here / (here - there);
                let other = &cell.corners[next];
                let between = |i: usize| &corner[i] + &part * (&other[i] - &corner[i]);
                corners.push([between(0), between(1)]);
            }
        }
        let half = &self.jump / Rational::from_integer(if sign == '+' { 2 } else { -2 }.into());
        Some(Cell {
            corners,
            signs: format!("{}{sign}", cell.signs),
            gradient: [0, 1].map(|i| &cell.gradient[i] + &half * &self.normal[i]),
            constant: &cell.constant + &half * &self.offset,
        })
    }
}
