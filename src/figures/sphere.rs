//! A function of three variables without biases, or of two with them and the bias as the third, as it is on the sphere of directions: kinks are great
//! circles, and regions are parts between them.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::{One as _, ToPrimitive as _, Zero as _};

use super::beside::beside;
use super::canvas::{Anchor, Canvas, Shape, Spot, Tone};
use super::color::Colors;
use super::cone::{Cut, Ray, cross, cut, eight, height, is_inside};
use super::function::{Function, Piece, Seen};
use super::refused::NotDrawn;
use super::told::{Changing, changing, numbers};
use crate::exact::Rational;
use crate::exact::rows::primitive;
use crate::network::Network;
use crate::watch::Watch;

/// One output of a network, as it is on the sphere.
#[derive(Clone, Debug)]
pub struct Sphere {
    function: Function,
    /// Whether the third direction is the bias.
    biased: bool,
    watch: Watch,
}

/// A region of the sphere: the cone over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Face {
    /// The cones it consists of, each by its rays in order: one, unless all kinks go through one line.
    pub cones: Vec<Vec<Vec<BigInt>>>,
    /// On which side of each neuron or kink it lies, as of a [`Cell`](super::Cell).
    pub signs: String,
    /// The gradient there: the value is ⟨gradient, x⟩.
    pub gradient: Vec<Rational>,
    /// Which faces share an arc with it.
    pub beside: Vec<usize>,
}

impl Face {
    /// A direction inside, in small integers.
    pub fn inside(&self) -> Vec<BigInt> {
        let Some(cone) = self.cones.first() else {
            return Vec::new();
        };
        // The sum of unit vectors along the rays is inside, and so is what is near it.
        let rays: Vec<Unit> = cone.iter().map(|ray| unit(ray)).collect();
        let sum = |i: usize| -> i64 { rays.iter().map(|ray| ray[i]).sum() };
        let sum = [0, 1, 2].map(sum);
        let long = sum.iter().map(|x| x.abs()).max().unwrap_or(1).max(1);
        let rounded = (1..=64_i64).map(|steps| {
            let near = |x: i64| i128::from(x) * i128::from(steps * 2) + i128::from(long);
            let near = |x: i64| near(x).div_euclid(i128::from(long) * 2);
            sum.map(|x| BigInt::from(near(x))).to_vec()
        });
        let mut inside = rounded.filter(|ray| is_inside(cone, ray));
        let exact = || {
            let sum = |i: usize| cone.iter().map(|ray| &ray[i]).sum();
            primitive(&[sum(0), sum(1), sum(2)])
        };
        inside.next().map_or_else(exact, |ray| primitive(&ray))
    }
}

/// What of the sphere a figure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// The half in front, and beside it the other one, seen through the first.
    Both,
    /// The half in front; what is behind is there without corners, for a page that turns it.
    Front,
}

impl Sphere {
    /// One output of a network of any depth with three inputs and without biases; or with two inputs, and then the third direction is that of the
    /// biases: the plane is what is seen of the half where it is positive, from the middle.
    ///
    /// # Errors
    /// [`NotDrawn`] where inputs are neither two nor three, where three have biases, or where there is not this output.
    pub fn of(network: &Network, output: usize) -> Result<Self, NotDrawn> {
        let (seen, biased) = match network.inputs() {
            3 => (Seen::Directions, false),
            2 => (Seen::All, true),
            inputs => return Err(NotDrawn::Directions(inputs)),
        };
        Ok(Sphere {
            function: Function::of(network, output, &seen)?,
            biased,
            watch: Watch::none(),
        })
    }

    /// With limits on the time it takes to find the regions.
    #[must_use]
    pub fn within(mut self, watch: Watch) -> Self {
        self.watch = watch;
        self
    }

    /// The regions of the sphere, with their neighbours.
    ///
    /// Cost: that of [`Plane::cells`](super::Plane::cells); and that of sorting the ends of all arcs.
    ///
    /// # Errors
    /// As [`Plane::cells`](super::Plane::cells).
    pub fn faces(&self) -> Result<Vec<Face>, NotDrawn> {
        let view = vec![BigInt::zero(); 3];
        let start = eight(&three(&self.function.first()));
        let pieces = self.function.pieces(start, &view, &self.watch)?;
        let mut faces: Vec<Face> = Vec::new();
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for Piece { rays, signs, form } in pieces {
            let at = *known.entry(signs).or_insert_with_key(|signs| {
                faces.push(Face {
                    cones: Vec::new(),
                    signs: signs.clone(),
                    gradient: form,
                    beside: Vec::new(),
                });
                faces.len() - 1
            });
            faces[at].cones.push(rays);
        }
        let cones = faces.iter().enumerate().flat_map(|(index, face)| {
            let cones = face.cones.iter();
            cones.map(move |cone| (index, cone.as_slice()))
        });
        let found = beside(cones, faces.len());
        for (face, beside) in faces.iter_mut().zip(found) {
            face.beside = beside;
        }
        Ok(faces)
    }
}

/// Three independent forms: the first ones there are, and unit vectors for those that are missing.
fn three(forms: &[Vec<BigInt>]) -> [Ray; 3] {
    let unit = |i: usize| -> Ray {
        let mut unit = vec![BigInt::zero(); 3];
        unit[i] = BigInt::one();
        unit
    };
    let is_zero = |ray: &Ray| ray.iter().all(BigInt::is_zero);
    let units: Vec<Ray> = (0..3).map(unit).collect();
    let all = || forms.iter().chain(&units).map(|form| primitive(form));
    let one = all().find(|form| !is_zero(form)).unwrap_or_else(|| unit(0));
    let two = all().find(|form| !is_zero(&cross(&one, form)));
    let two = two.unwrap_or_else(|| unit(1));
    let normal = cross(&one, &two);
    let three = all().find(|form| !height(&normal, form).is_zero());
    [one, two, three.unwrap_or_else(|| unit(2))]
}

/// A unit vector, in parts of 2^30.
type Unit = [i64; 3];
const BITS: u32 = 30;

/// The unit vector along a ray, to the last part or two.
fn unit(ray: &[BigInt]) -> Unit {
    let square: BigInt = ray.iter().map(|x| x * x).sum();
    let length = (square << (2 * BITS)).sqrt();
    let part = |x: &BigInt| -> BigInt { (x << (2 * BITS)) / &length };
    [0, 1, 2].map(|i| part(&ray[i]).to_i64().unwrap_or(0))
}

/// Points along the shorter arc from one unit vector to another, without the last: none further from the next than a thirtieth.
fn arc(from: Unit, to: Unit, found: &mut Vec<Unit>) {
    let apart: i128 = (0..3).map(|i| i128::from(from[i] - to[i]).pow(2)).sum();
    let sum = [0, 1, 2].map(|i| i128::from(from[i] + to[i]));
    let square: i128 = sum.iter().map(|x| x * x).sum();
    if apart * 900 <= 1_i128 << (2 * BITS) || square == 0 {
        found.push(from);
        return;
    }
    let length = square.unsigned_abs().isqrt().max(1);
    let part = |x: i128| (x << BITS) / i128::try_from(length).unwrap_or(1);
    let middle = sum.map(|x| i64::try_from(part(x)).unwrap_or(0));
    arc(from, middle, found);
    arc(middle, to, found);
}

/// How the sphere is seen: to the right, upwards, towards the reader; in parts of 25. The third direction points upwards.
const RIGHT: [i64; 3] = [-15, 20, 0];
const UP: [i64; 3] = [-12, -9, 20];
const TOWARDS: [i64; 3] = [16, 12, 15];
/// Points from the middle of the sphere to its rim, and around it.
const RADIUS: i64 = 150;
const MARGIN: i64 = 30;

fn along(axis: [i64; 3], x: Unit) -> Rational {
    let sum: i64 = (0..3).map(|i| axis[i] * x[i]).sum();
    Rational::new(sum.into(), BigInt::from(25) << BITS)
}

/// Where a point of the sphere is.
fn spot(x: Unit, middle: &Spot) -> Spot {
    let radius = Rational::from_integer(RADIUS.into());
    [
        &middle[0] + &radius * along(RIGHT, x),
        &middle[1] - &radius * along(UP, x),
    ]
}

/// The sphere, one color a gradient.
///
/// # Errors
/// Those of [`Sphere::faces`].
pub fn sphere(sphere: &Sphere, half: Half, title: &str) -> Result<Canvas, NotDrawn> {
    let faces = sphere.faces()?;
    let whole = |n: i64| Rational::from_integer(n.into());
    let wide = 2 * (RADIUS + MARGIN);
    let down = whole(RADIUS + 50);
    let mut canvas = Canvas {
        width: u32::try_from(if half == Half::Both { 2 * wide } else { wide }).unwrap_or(0),
        height: u32::try_from(2 * RADIUS + if half == Half::Both { 90 } else { 65 }).unwrap_or(0),
        title: title.to_owned(),
        ..Canvas::default()
    };
    let signs = faces.iter().map(|face| face.signs.as_str());
    let changing = changing(signs, &sphere.function.neurons());
    canvas.legend.clone_from(&changing.legend);
    let colors = Colors::of(faces.iter().map(|face| face.gradient.as_slice()));
    let middles = [0, 1].map(|n| [whole(wide / 2 + n * wide), down.clone()]);
    for (index, face) in faces.iter().enumerate() {
        sphere.watch.check().map_err(NotDrawn::Stopped)?;
        for cone in &face.cones {
            let told = told(face, index, cone, &changing);
            let drawn =
                |corners: Vec<Spot>| told.clone().polygon(corners, colors.tone(&face.gradient));
            let front = seen(cone, TOWARDS);
            let corners = front.iter().map(|x| spot(*x, &middles[0])).collect();
            if half == Half::Front || !front.is_empty() {
                canvas.shapes.push(drawn(corners));
            }
            let back = match half {
                Half::Both => seen(cone, TOWARDS.map(|x| -x)),
                Half::Front => Vec::new(),
            };
            if !back.is_empty() {
                let corners = back.iter().map(|x| spot(*x, &middles[1])).collect();
                canvas.shapes.push(drawn(corners));
            }
        }
    }
    axes(&mut canvas, sphere.biased, &middles[0], 1);
    if half == Half::Both {
        axes(&mut canvas, sphere.biased, &middles[1], -1);
        let below = whole(2 * RADIUS + 80);
        for (middle, words) in middles
            .iter()
            .zip(["in front", "behind, seen through the front"])
        {
            let at = [middle[0].clone(), below.clone()];
            canvas.write(at, Anchor::Middle, words);
        }
    }
    let middle = [whole(i64::from(canvas.width) / 2), whole(24)];
    canvas.write(middle, Anchor::Middle, title);
    Ok(canvas)
}

/// What is said of a face, and what a page that turns it needs.
fn told(face: &Face, index: usize, cone: &[Ray], changing: &Changing) -> super::told::Told {
    let inside: Vec<Rational> = face
        .inside()
        .into_iter()
        .map(Rational::from_integer)
        .collect();
    let mut told = changing.told(&face.signs, index, &face.beside);
    told.say("gradient", &face.gradient);
    told.add("value ⟨gradient, x⟩");
    told.say("inside, for example,", &inside);
    let rays: Vec<String> = cone.iter().map(|ray| thousandths(unit(ray))).collect();
    told.keep("rays", rays.join(" "));
    told.keep("inside", numbers(&inside).0);
    told
}

/// A unit vector in parts of 10,000.
fn thousandths(x: Unit) -> String {
    let part = |x: i64| (i128::from(x) * 20_000 + (1 << BITS)).div_euclid(2 << BITS);
    let parts = x.map(|x| part(x).to_string());
    parts.join(",")
}

/// The boundary of what is seen of a cone from a direction, in small steps; nothing where it is not seen.
fn seen(cone: &[Ray], towards: [i64; 3]) -> Vec<Unit> {
    let form = towards.map(BigInt::from);
    let rays = match cut(cone, &form) {
        Cut::Whole('+') => cone.to_vec(),
        Cut::Whole(_) => return Vec::new(),
        Cut::Parts { plus, .. } => plus,
    };
    let units: Vec<Unit> = rays.iter().map(|ray| unit(ray)).collect();
    let mut found = Vec::new();
    for (from, to) in units.iter().zip(units.iter().cycle().skip(1)) {
        arc(*from, *to, &mut found);
    }
    found
}

/// The ends of the axes that are on this side.
fn axes(canvas: &mut Canvas, biased: bool, middle: &Spot, side: i64) {
    let third = if biased { "bias" } else { "x₃" };
    for (axis, name) in ["x₁", "x₂", third].iter().enumerate() {
        for sign in [1, -1] {
            let mut ray: Ray = vec![BigInt::zero(); 3];
            ray[axis] = BigInt::from(sign);
            if (TOWARDS[axis] * sign * side).is_negative() {
                continue;
            }
            let name = if sign < 0 {
                format!("−{name}")
            } else {
                (*name).to_owned()
            };
            let at = spot(unit(&ray), middle);
            let beside = [&at[0] + Rational::from_integer(6.into()), at[1].clone()];
            canvas.shapes.push(Shape::Disc {
                at,
                radius: 25,
                tone: Tone::Ink,
                note: name.clone(),
            });
            canvas.write(beside, Anchor::Start, name);
        }
    }
}
