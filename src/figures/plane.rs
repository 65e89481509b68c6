//! A function of two variables on a rectangle, or of one on an interval: its regions there, with gradients, exactly.

use num_bigint::BigInt;
use num_traits::{One as _, Zero as _};

use super::cone::{Ray, is_inside};
use super::function::{Function, Piece, Seen};
use super::refused::NotDrawn;
use super::told::Neurons;
use crate::exact::Rational;
use crate::exact::gcd::reduced;
use crate::exact::rows::{clear_denominators, direction};
use crate::network::Network;
use crate::watch::Watch;

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

/// One output of a network on a plane.
#[derive(Clone, Debug)]
pub struct Plane {
    function: Function,
    watch: Watch,
}

/// A region in the window: of networks with more layers one on which every neuron is active or every one is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its corners in order.
    pub corners: Vec<Point>,
    /// On which side of what goes into each neuron it lies, first layer first; of networks with two layers, of each kink.
    pub signs: String,
    /// The gradient there.
    pub gradient: Point,
    /// The value is ⟨gradient, x⟩ plus this.
    pub constant: Rational,
    /// The cone over it.
    pub(super) rays: Vec<Ray>,
}

impl Cell {
    /// A point inside, of few digits.
    pub fn inside(&self) -> Point {
        let count = Rational::from_integer(self.corners.len().max(1).into());
        let mean = [0, 1].map(|i| self.corners.iter().map(|x| &x[i]).sum::<Rational>() / &count);
        let half = Rational::new(1.into(), 2.into());
        // The mean is inside, and so is what is near it.
        let rounded = (0..).map(|bits: u32| {
            let one = BigInt::one() << bits;
            let near = |x: &Rational| (x * Rational::from_integer(one.clone()) + &half).floor();
            [
                near(&mean[0]).to_integer(),
                near(&mean[1]).to_integer(),
                one,
            ]
        });
        let mut inside = rounded.filter(|ray| is_inside(&self.rays, ray));
        match inside.next() {
            Some([x, y, one]) => [reduced(x, one.clone()), reduced(y, one)],
            None => mean,
        }
    }

    /// The function's value, by the formula of this region.
    pub fn value(&self, x: &Point) -> Rational {
        &self.gradient[0] * &x[0] + &self.gradient[1] * &x[1] + &self.constant
    }

    fn of(piece: Piece) -> Option<Self> {
        let corner = |ray: &Ray| {
            let [x, y, one] = ray.as_slice() else {
                return None;
            };
            Some([x, y].map(|x| reduced(x.clone(), one.clone())))
        };
        let [x, y, constant] = <[Rational; 3]>::try_from(piece.form).ok()?;
        Some(Cell {
            corners: piece.rays.iter().map(corner).collect::<Option<_>>()?,
            signs: piece.signs,
            gradient: [x, y],
            constant,
            rays: piece.rays,
        })
    }
}

impl Plane {
    /// One output of a network with two inputs, of any depth; or with more, on the plane through `at` along two axes, whose two coordinates of `at` then
    /// do not matter.
    ///
    /// # Errors
    /// [`NotDrawn`] where output, axes or point do not fit the function.
    pub fn of(
        network: &Network,
        output: usize,
        slice: Option<(&[usize; 2], &[Rational])>,
    ) -> Result<Self, NotDrawn> {
        let seen = match slice {
            None if network.inputs() == 2 => Seen::All,
            None => return Err(NotDrawn::Inputs(network.inputs())),
            Some((axes, at)) => Seen::Slice(axes, at),
        };
        Ok(Plane {
            function: Function::of(network, output, &seen)?,
            watch: Watch::none(),
        })
    }

    /// With limits on the time it takes to find the regions.
    #[must_use]
    pub fn within(mut self, watch: Watch) -> Self {
        self.watch = watch;
        self
    }

    /// Which neuron of which layer each sign of a cell is of: of networks with two layers, which kink.
    pub(super) fn neurons(&self) -> Neurons {
        self.function.neurons()
    }

    /// The regions in the window, those further along `view` first: of two, the one behind the first crease that separates them. Those of a
    /// network of any depth are found neuron by neuron: each is a line on every region of the layers before.
    ///
    /// Cost: one cut of every region for each neuron, and for every region on the way there a product a weight.
    ///
    /// # Errors
    /// [`NotDrawn::Cells`] if there are more than 20,000; [`NotDrawn::Stopped`] at a limit.
    pub fn cells(&self, window: &Window, view: &Point) -> Result<Vec<Cell>, NotDrawn> {
        let [x, y] = &window.sides;
        let one = Rational::one;
        let corner = |x: &Rational, y: &Rational| direction(&[x.clone(), y.clone(), one()]);
        let rectangle = vec![
            corner(&x.0, &y.0),
            corner(&x.1, &y.0),
            corner(&x.1, &y.1),
            corner(&x.0, &y.1),
        ];
        let mut view = clear_denominators(view).entries;
        view.push(BigInt::zero());
        let pieces = self.function.pieces(vec![rectangle], &view, &self.watch)?;
        Ok(pieces.into_iter().filter_map(Cell::of).collect())
    }
}

/// One output of a network with one input.
#[derive(Clone, Debug)]
pub struct Line {
    function: Function,
    watch: Watch,
}

impl Line {
    /// One output of a network of any depth.
    ///
    /// # Errors
    /// [`NotDrawn`] where there is not one input, or not this output.
    pub fn of(network: &Network, output: usize) -> Result<Self, NotDrawn> {
        match network.inputs() {
            1 => Ok(Line {
                function: Function::of(network, output, &Seen::All)?,
                watch: Watch::none(),
            }),
            inputs => Err(NotDrawn::NoLine(inputs)),
        }
    }

    /// With limits on the time it takes to find the kinks.
    #[must_use]
    pub fn within(mut self, watch: Watch) -> Self {
        self.watch = watch;
        self
    }

    /// The points of the graph at both ends of an interval and at every kink between, in order: x and the value there. Where a neuron changes sides
    /// and the slope stays, there is no kink.
    ///
    /// Cost: that of [`Plane::cells`].
    ///
    /// # Errors
    /// As [`Plane::cells`].
    pub fn points(&self, side: &(Rational, Rational)) -> Result<Vec<Point>, NotDrawn> {
        let end = |x: &Rational| direction(&[x.clone(), Rational::one()]);
        let ends = vec![end(&side.0), end(&side.1)];
        // From the least on.
        let view = [-BigInt::one(), BigInt::zero()];
        let pieces = self.function.pieces(vec![ends], &view, &self.watch)?;
        let mut points: Vec<Point> = Vec::with_capacity(pieces.len() + 1);
        let mut slope = None;
        for piece in &pieces {
            let place = |ray: &Ray| reduced(ray[0].clone(), ray[1].clone());
            let mut ends: Vec<Rational> = piece.rays.iter().map(place).collect();
            ends.sort();
            let value = |x: &Rational| &piece.form[0] * x + &piece.form[1];
            let at = |x: &Rational| [x.clone(), value(x)];
            // A piece begins where the one before ends: that is a kink where the slope is another one.
            if slope == Some(&piece.form[0]) {
                points.pop();
            }
            if points.is_empty() {
                points.push(at(&ends[0]));
            }
            points.push(at(&ends[1]));
            slope = Some(&piece.form[0]);
        }
        Ok(points)
    }
}
