//! The regions of a family's hyperplanes for all k: on a range where all maximal minors of their normals keep their signs the oriented matroid is the same at
//! every k, and with it the sign vectors of the regions and which of them are adjacent. They are those of the network at the range's first k; inner points are sums of
//! cocircuits, which are functions of k.

use num_traits::{One as _, Zero as _};

use super::describe::{alone, is_zero, joined, vanishes};
use super::difference::direction;
use super::domain::{check, facets, positive};
use super::expression::Expression;
use super::linear::pivot_columns;
use super::network::Family;
use super::polynomial::{Place, Polynomial};
use super::quotient::Quotient;
use super::sections::cover;
use super::sketch::Sketch;
use super::unproved::{Contradiction, Misfit, TooMany, Unproved};
use super::wedge::{MOST_COLUMNS, Wedge, choices};
use crate::arrangement::{Affine, Arrangement, Options};
use crate::certificate::Range;
use crate::exact::Rational;
use crate::exact::gcd::gcd_all;
use crate::exact::rows::clear_denominators;
use crate::exact::scalar::minors;
use crate::realization::Domain;
use crate::watch::Watch;

/// Most determinants looked at for the regions on one range.
const MOST_DETERMINANTS: usize = 20_000;

/// One region on a range of k.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyRegion {
    /// The sides of the neurons' hyperplanes: `+`, `-`, and `0` for a zero vector.
    pub signs: String,
    /// A point inside at every k of the range.
    pub witness: Vec<Expression>,
}

/// The regions on a range of k.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyRegions {
    /// The regions; the first ones, if not complete.
    pub regions: Vec<FamilyRegion>,
    /// Pairs of adjacent regions, and the neuron between.
    pub adjacency: Vec<(usize, usize, usize)>,
    /// Whether these are all.
    pub is_complete: bool,
}

/// The number of regions of the arrangement of the hyperplanes ⟨a_i,x⟩ + b_i = 0, that meet the box if there is one, for all integers k ≥ 1, by ranges.
///
/// Cost: all C(m, r) maximal minors of rank r, of which there may be at most 20,000, and one count of the arrangement a range.
///
/// # Errors
/// What could not be proved or counted.
pub fn count_regions(
    family: &Family,
    domain: Option<&Domain>,
    watch: &Watch,
) -> Result<Vec<(Range, String)>, Unproved> {
    let options = options(watch, None);
    let counted = grounds(family, domain, watch)?
        .into_iter()
        .map(|(range, ground)| {
            let arrangement = ground.instance(range.first(), domain, watch)?;
            let count = arrangement.count(&options).map_err(Unproved::Uncounted)?;
            Ok((range, count.to_string()))
        });
    Ok(joined(counted.collect::<Result<Vec<_>, Unproved>>()?))
}

/// The same regions listed, with points that are functions of k, and adjacency; the first `limit` ones if that is given.
///
/// Cost: that of [`count_regions`], one list a range, and for every region a look at all C(m, r − 1) cocircuits.
///
/// # Errors
/// What could not be proved or listed.
pub fn list_regions(
    family: &Family,
    domain: Option<&Domain>,
    limit: Option<u64>,
    watch: &Watch,
) -> Result<Vec<(Range, FamilyRegions)>, Unproved> {
    let options = options(watch, limit);
    let listed = grounds(family, domain, watch)?
        .into_iter()
        .map(|(range, ground)| Ok((range, ground.list(range, domain, &options)?)));
    Ok(joined(listed.collect::<Result<Vec<_>, Unproved>>()?))
}

fn options(watch: &Watch, limit: Option<u64>) -> Options {
    Options {
        watch: watch.clone(),
        limit,
        ..Options::default()
    }
}

fn grounds(
    family: &Family,
    domain: Option<&Domain>,
    watch: &Watch,
) -> Result<Vec<(Range, Ground)>, Unproved> {
    if let Some(domain) = domain {
        check(domain, family)?;
    }
    cover(
        &alone(family, &Rational::default(), watch),
        &|pair, _, mut sketch| {
            let ground = Ground::new(&mut sketch, &pair.gamma, domain)?;
            Ok(vec![(ground, sketch)])
        },
    )
}

/// A vector that is orthogonal to as many rows as a hyperplane of rank r has, and its sides of all classes.
#[derive(Clone, Debug)]
struct Cocircuit {
    /// In the columns of the ground.
    vector: Vec<Quotient>,
    /// −1, 0 or 1 a class.
    sides: Vec<i8>,
}

/// The rows of an arrangement on a range.
#[derive(Clone, Debug)]
struct Ground {
    inputs: usize,
    /// Whether rows have an offset, after the inputs.
    affine: bool,
    /// One row of each class of parallel ones, freed from roots.
    classes: Vec<Vec<Quotient>>,
    /// The class of each neuron's row, and whether it has the same orientation; none for 0.
    neurons: Vec<Option<(usize, bool)>>,
    /// The classes of what is positive in the domain, with orientations.
    domain: Vec<(usize, bool)>,
    /// Columns that carry the rank.
    columns: Vec<usize>,
    cocircuits: Vec<Cocircuit>,
}

impl Ground {
    fn new(
        sketch: &mut Sketch,
        family: &Family,
        domain: Option<&Domain>,
    ) -> Result<Self, Unproved> {
        let affine = domain.is_some() || family.offset().is_some();
        let width = family.inputs() + usize::from(affine);
        let mut ground = Ground {
            inputs: family.inputs(),
            affine,
            classes: Vec::new(),
            neurons: Vec::new(),
            domain: Vec::new(),
            columns: Vec::new(),
            cocircuits: Vec::new(),
        };
        let mut kept: Vec<Vec<Expression>> = Vec::new();
        for neuron in family.neurons() {
            let mut row = neuron.inner().to_vec();
            row.resize(width, Expression::zero());
            let class = ground.add(sketch, row, &mut kept)?;
            ground.neurons.push(class);
        }
        for row in positive(ground.inputs, affine, domain) {
            let row = row.into_iter().map(|e| Quotient::constant(e).into());
            let class = ground.add(sketch, row.collect(), &mut kept)?;
            ground.domain.extend(class);
        }
        ground.columns = pivot_columns(&ground.classes);
        ground.oriented_matroid(sketch)?;
        Ok(ground)
    }

    /// The class of a row, a new one if it is parallel to none.
    fn add(
        &mut self,
        sketch: &mut Sketch,
        row: Vec<Expression>,
        kept: &mut Vec<Vec<Expression>>,
    ) -> Result<Option<(usize, bool)>, Unproved> {
        if vanishes(sketch, &row)? {
            return Ok(None);
        }
        let parallel = |other: &Vec<Expression>| {
            let minors = minors(other, &row);
            minors.iter().all(|m| sketch.is_zero(m))
        };
        if let Some(class) = kept.iter().position(parallel) {
            let pairs = kept[class].iter().zip(&row);
            let products: Vec<Expression> = pairs.map(|(x, y)| x.mul(y)).collect();
            let opposite = products.iter().any(|p| sketch.signs(p).negative);
            sketch.some_definite(products)?;
            return Ok(Some((class, !opposite)));
        }
        let (freed, _) = direction(&row).ok_or(Misfit::Normal)?;
        let shown: Vec<Expression> = freed.iter().cloned().map(Expression::from).collect();
        sketch.written(&shown)?;
        self.classes.push(freed);
        kept.push(row);
        Ok(Some((self.classes.len() - 1, true)))
    }

    /// The proof needs all determinants of as many classes as the rank, in columns that carry the rank, to keep their signs. Then the rank is that over Q(k) at
    /// every k: one of them is nowhere 0.
    fn oriented_matroid(&mut self, sketch: &mut Sketch) -> Result<(), Unproved> {
        let (rank, count) = (self.columns.len(), self.classes.len());
        let most = MOST_DETERMINANTS;
        let too_many = |size| choices(count, size) > most as u128;
        if rank > MOST_COLUMNS || too_many(rank) || too_many(rank.saturating_sub(1)) {
            return Err(TooMany::Determinants { most }.into());
        }
        if rank == 0 {
            return Ok(());
        }
        let columns = &self.columns;
        let short = |row: &Vec<Quotient>| columns.iter().map(|&j| row[j].clone()).collect();
        let rows: Vec<Vec<Quotient>> = self.classes.iter().map(short).collect();
        gather(
            sketch,
            &rows,
            (0, 0),
            rank,
            &Wedge::none(),
            &mut self.cocircuits,
        )
    }

    /// The arrangement at one k.
    fn instance(
        &self,
        k: u64,
        domain: Option<&Domain>,
        watch: &Watch,
    ) -> Result<Arrangement, Unproved> {
        let width = self.inputs + usize::from(self.affine);
        let row = |class: &Option<(usize, bool)>| {
            let Some((class, same)) = class else {
                return Some(vec![Rational::zero(); width]);
            };
            let entries = self.classes[*class].iter().map(|e| e.at(k));
            entries
                .map(|e| if *same { e } else { e.map(|e| -e) })
                .collect()
        };
        let rows = self.neurons.iter().map(row);
        let rows = rows.collect::<Option<Vec<Vec<Rational>>>>();
        let rows = rows.ok_or(Unproved::Undefined { k })?;
        if !self.affine {
            return Ok(Arrangement::new_within(&rows, self.inputs, watch)?);
        }
        let functions: Vec<Affine> = rows
            .into_iter()
            .map(|mut normal| {
                let offset = normal.pop().unwrap_or_default();
                Affine { normal, offset }
            })
            .collect();
        let facets = facets(domain);
        Ok(Arrangement::affine(
            &functions,
            &facets,
            self.inputs,
            watch,
        )?)
    }

    fn list(
        &self,
        range: Range,
        domain: Option<&Domain>,
        options: &Options,
    ) -> Result<FamilyRegions, Unproved> {
        let watch = &options.watch;
        let arrangement = self.instance(range.first(), domain, watch)?;
        let found = arrangement.regions(options).map_err(Unproved::Uncounted)?;
        if let (false, Some(limit)) = (found.is_complete(), found.stopped()) {
            return Err(Unproved::Unlisted(limit));
        }
        let mut sketch = Sketch::new(Place::On(range), watch);
        let mut regions = Vec::with_capacity(found.len());
        for region in 0..found.len() {
            let mut signs = String::new();
            found.write_signs(region, &mut signs);
            let witness = self.witness(&mut sketch, &found.signs(region))?;
            regions.push(FamilyRegion { signs, witness });
        }
        Ok(FamilyRegions {
            regions,
            adjacency: found.adjacency(watch)?,
            is_complete: found.is_complete(),
        })
    }

    /// The side of each class in a region.
    fn sides(&self, signs: &[i8]) -> Vec<i8> {
        let mut sides = vec![0; self.classes.len()];
        for (class, sign) in self.neurons.iter().zip(signs) {
            if let Some((class, same)) = class {
                sides[*class] = if *same { *sign } else { -sign };
            }
        }
        for (class, same) in &self.domain {
            sides[*class] = if *same { 1 } else { -1 };
        }
        sides
    }

    /// A point on these sides at every k of a range: a sum of cocircuits on these sides or 0, not all 0 on any class.
    fn witness(&self, sketch: &mut Sketch, signs: &[i8]) -> Result<Vec<Expression>, Unproved> {
        let sides = self.sides(signs);
        let conform = |(way, cocircuit): &(i8, &Cocircuit)| {
            let pairs = cocircuit.sides.iter().zip(&sides);
            let mut pairs = pairs.map(|(own, side)| (own * way, *side));
            pairs.all(|(own, side)| own == 0 || own == side)
        };
        let both = self.cocircuits.iter().flat_map(|c| [(1, c), (-1, c)]);
        let mut fitting: Vec<(i8, &Cocircuit)> = both.filter(conform).collect();
        let mut open: Vec<bool> = vec![true; sides.len()];
        let mut sum = vec![Quotient::zero(); self.columns.len()];
        while open.contains(&true) {
            let closes = |(_, cocircuit): &(i8, &Cocircuit)| {
                let pairs = cocircuit.sides.iter().zip(&open);
                pairs.filter(|(side, open)| **side != 0 && **open).count()
            };
            // The first of those that close most.
            let best = (0..fitting.len())
                .rev()
                .max_by_key(|&i| closes(&fitting[i]));
            let best = best.filter(|&i| closes(&fitting[i]) > 0);
            let (way, cocircuit) = fitting.swap_remove(best.ok_or(Contradiction::NoRegion)?);
            for (entry, x) in sum.iter_mut().zip(&cocircuit.vector) {
                *entry = if way > 0 { entry.add(x) } else { entry.sub(x) };
            }
            for (open, side) in open.iter_mut().zip(&cocircuit.sides) {
                *open &= *side == 0;
            }
        }
        let mut point = vec![Quotient::zero(); self.inputs + usize::from(self.affine)];
        for (&column, entry) in self.columns.iter().zip(sum) {
            point[column] = entry;
        }
        for (row, side) in self.classes.iter().zip(&sides) {
            let product = dot(row, &point);
            let product = if *side > 0 { product } else { product.neg() };
            sketch.positive(product.into())?;
        }
        if self.affine {
            let last = point.pop().and_then(|last| last.inverse());
            let last = last.ok_or(Contradiction::NoRegion)?;
            point = point.iter().map(|x| x.mul(&last)).collect();
        }
        Ok(point.into_iter().map(Expression::from).collect())
    }
}

/// Goes on with all sets of independent rows, of one less than the rank, that have `taken` rows before `first`.
fn gather(
    sketch: &mut Sketch,
    rows: &[Vec<Quotient>],
    (first, taken): (usize, usize),
    rank: usize,
    wedge: &Wedge,
    found: &mut Vec<Cocircuit>,
) -> Result<(), Unproved> {
    sketch.watch().check()?;
    if taken + 1 == rank {
        found.extend(cocircuit(sketch, rows, wedge.cofactors(rank), first)?);
        return Ok(());
    }
    for (index, row) in rows.iter().enumerate().skip(first) {
        let more = wedge.with(row);
        if !more.is_zero() {
            gather(sketch, rows, (index + 1, taken + 1), rank, &more, found)?;
        }
    }
    Ok(())
}

fn dot(row: &[Quotient], point: &[Quotient]) -> Quotient {
    let products = row.iter().zip(point).map(|(a, x)| a.mul(x));
    products.fold(Quotient::zero(), |sum, p| sum.add(&p))
}

/// The cocircuit of a vector, if it is not 0. Its products with later rows are the determinants whose signs the proof needs.
fn cocircuit(
    sketch: &mut Sketch,
    rows: &[Vec<Quotient>],
    vector: Vec<Quotient>,
    after: usize,
) -> Result<Option<Cocircuit>, Unproved> {
    if vector.iter().all(Quotient::is_zero) {
        return Ok(None);
    }
    let mut sides = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let product = Expression::from(dot(row, &vector));
        if index >= after {
            is_zero(sketch, &product)?;
        }
        sides.push(
            match (sketch.is_zero(&product), sketch.signs(&product).negative) {
                (true, _) => 0,
                (_, true) => -1,
                _ => 1,
            },
        );
    }
    let Some((short, reversed)) = primitive(sketch, &vector) else {
        return Ok(Some(Cocircuit { vector, sides }));
    };
    if reversed {
        sides.iter_mut().for_each(|side| *side = -*side);
    }
    Ok(Some(Cocircuit {
        vector: short,
        sides,
    }))
}

/// The vector as polynomials without a common factor, and whether it is then reversed at the place. A common factor is 0 where the vector is, which is nowhere.
fn primitive(sketch: &Sketch, vector: &[Quotient]) -> Option<(Vec<Quotient>, bool)> {
    let one = Polynomial::constant(Rational::one());
    let multiple = vector.iter().fold(one.clone(), |multiple, entry| {
        let common = multiple.gcd(&entry.denominator);
        multiple.mul(&entry.denominator.div_rem(&common).0)
    });
    let multiple = Quotient::new(&multiple, &one)?;
    let whole: Vec<Quotient> = vector.iter().map(|entry| entry.mul(&multiple)).collect();
    let mut entries = whole.iter().filter(|entry| !entry.is_zero());
    let first = entries.next()?.numerator.monic();
    let common = entries.fold(first, |common, entry| common.gcd(&entry.numerator));
    let inverse = Quotient::new(&one, &common)?;
    let short: Vec<Quotient> = whole.iter().map(|entry| entry.mul(&inverse)).collect();
    let coefficients = short.iter().flat_map(|e| e.numerator.coefficients());
    let coefficients: Vec<Rational> = coefficients.cloned().collect();
    let cleared = clear_denominators(&coefficients);
    let content = Rational::new(cleared.denominator, gcd_all(&cleared.entries));
    let short: Vec<Quotient> = short.iter().map(|entry| entry.scale(&content)).collect();
    let place = short.iter().position(|entry| !entry.is_zero())?;
    let product = Expression::from(short[place].mul(&vector[place]));
    Some((short, sketch.signs(&product).negative))
}
