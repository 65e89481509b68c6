//! Arrangements: the statement's list of regions, their inner points, what lies around them, their number.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::Range;

use num_bigint::BigInt;

use crate::kernel::budget::Budget;
use crate::kernel::circuits::Signs;
use crate::kernel::network::{Direction, Network, first};
use crate::kernel::number::{Integers, Q, coordinates};
use crate::kernel::verdict::{Locate as _, Stop, differ, entry, equal, reject};
use crate::kernel::{cost, count};
use relucert_format::{Around, ArrangementClaim, Inside, StatedRational};

/// The normal of a class of parallel rows, or a row of the domain.
struct Normal {
    /// How circuits call it: the lowest neuron of the class, or m + k.
    name: usize,
    /// The row, divided by the factor.
    row: Integers,
    /// Positive.
    factor: Q,
}

/// The hyperplanes of Γ and the stated regions.
///
/// The signs of a region are bits, one a class, set for −, the first class in the highest bit of the first word: so the order of
/// the regions' texts is that of their words.
pub(crate) struct Arrangement {
    /// The classes, by their lowest neuron, and the rows of the domain.
    normals: Vec<Normal>,
    /// How many of the normals are classes.
    classes: usize,
    /// The class of each neuron, and whether it points the way of the lowest; none for a zero row.
    neurons: Vec<Option<(usize, bool)>>,
    /// Number of inputs.
    inputs: usize,
    /// Words a region has, at least one.
    words: usize,
    signs: Vec<u64>,
    /// In the same way, but only for the regions below `needed`: bits of the classes across which lies a stated region.
    crossed: Vec<u64>,
    /// How many regions are stated.
    count: usize,
    /// Regions from here on are negations of earlier ones, of region count − 1 − i: what holds there holds here too.
    pub(crate) needed: usize,
}

/// The word and the bit in it of a class.
fn place(class: usize) -> (usize, u64) {
    (class / 64, 1 << (63 - class % 64))
}

fn is_set(words: &[u64], class: usize) -> bool {
    let (word, bit) = place(class);
    words.get(word).is_some_and(|word| word & bit != 0)
}

fn set(words: &mut [u64], class: usize, to: bool) {
    let (word, bit) = place(class);
    if let Some(word) = words.get_mut(word) {
        *word = if to { *word | bit } else { *word & !bit };
    }
}

impl Arrangement {
    /// Checks the statement: texts that fit the rows, in increasing order, with the stated numbers of regions and edges.
    pub(crate) fn new(
        claim: &ArrangementClaim,
        gamma: &Network,
        homogenised: bool,
        limits: &Budget,
    ) -> Result<Arrangement, Stop> {
        let mut normals: Vec<Normal> = Vec::new();
        let mut lines: BTreeMap<&[BigInt], (usize, bool)> = BTreeMap::new();
        let mut neurons = Vec::new();
        // The last neuron of a homogenised network is the output bias.
        let stated = gamma.neurons.len() - usize::from(homogenised);
        for (i, neuron) in gamma.neurons.iter().take(stated).enumerate() {
            let Some(direction) = &neuron.direction else {
                neurons.push(None);
                continue;
            };
            let (class, lowest) = *lines.entry(&direction.line).or_insert_with(|| {
                normals.push(Normal::new(i, &neuron.a, direction));
                (normals.len() - 1, direction.positive)
            });
            neurons.push(Some((class, lowest == direction.positive)));
        }
        let classes = normals.len();
        for (k, row) in claim.domain.iter().flatten().enumerate() {
            equal(
                format!("length of row {k} of the domain"),
                row.len(),
                gamma.inputs,
            )?;
            let row: Vec<Q> = row.iter().map(Q::from).collect();
            let Some(direction) = Direction::of(&row, limits)? else {
                return reject(format!("row {k} of the domain is zero"));
            };
            normals.push(Normal::new(stated + k, &row, &direction));
        }
        if claim.domain.as_ref().is_some_and(Vec::is_empty) {
            return reject("a domain has at least one row");
        }
        if homogenised && !starts_at_infinity(claim.domain.as_deref()) {
            return reject("with biases the first row of the domain is (0, …, 0, 1)");
        }
        equal("number of regions", claim.count, claim.regions.len())?;
        if claim.regions.is_empty() {
            return reject("an arrangement has at least one region");
        }
        let mut arrangement = Arrangement {
            normals,
            classes,
            neurons,
            inputs: gamma.inputs,
            words: classes.div_ceil(64).max(1),
            signs: Vec::new(),
            crossed: Vec::new(),
            count: claim.count,
            needed: claim.count,
        };
        // The bits of the regions, and of what lies across.
        let words = arrangement.words as u64;
        limits.keep(cost::times(claim.count, 32 * words))?;
        for (r, text) in claim.regions.iter().enumerate() {
            limits.charge(cost::times(text.len(), 8) + words)?;
            let region = arrangement.read(text).in_part(|| format!("region {r}"))?;
            if r > 0 && arrangement.region(r - 1) >= region.as_slice() {
                return reject(format!("region {r} does not come after region {}", r - 1));
            }
            arrangement.signs.extend(region);
        }
        // Negations, and a search in halves across every class.
        let search = 8 + u64::from(claim.count.checked_ilog2().unwrap_or(0)) * (3 + words);
        limits.charge(cost::times(claim.count.saturating_mul(classes), search))?;
        if claim.domain.is_none() && classes > 0 {
            arrangement.check_negations()?;
        }
        let pairs = arrangement.cross();
        equal("pairs of adjacent regions", claim.edges, pairs)?;
        Ok(arrangement)
    }

    /// The bits of a region's text.
    fn read(&self, text: &str) -> Result<Vec<u64>, Stop> {
        equal("number of signs", text.len(), self.neurons.len())?;
        let mut region = vec![0; self.words];
        for (i, (sign, neuron)) in text.bytes().zip(&self.neurons).enumerate() {
            let (class, alike) = match (neuron, sign) {
                (None, b'0') => continue,
                (Some(neuron), b'+' | b'-') => *neuron,
                (None, _) => {
                    return reject(format!("the row of neuron {i} is zero, so its sign is 0"));
                }
                (Some(_), _) => {
                    return reject(format!("the sign of neuron {i} is neither + nor -"));
                }
            };
            let minus = (sign == b'-') == alike;
            if self
                .normals
                .get(class)
                .is_some_and(|normal| normal.name == i)
            {
                set(&mut region, class, minus);
            } else if is_set(&region, class) != minus {
                return reject(format!(
                    "the sign of neuron {i} does not fit a parallel one"
                ));
            }
        }
        Ok(region)
    }

    fn region(&self, r: usize) -> &[u64] {
        self.signs
            .get(r * self.words..(r + 1) * self.words)
            .unwrap_or_default()
    }

    /// Whether region r is on the − side of a class. The bits after those of the classes are never set, so it is on the + side of
    /// the rows of the domain.
    fn minus(&self, r: usize, class: usize) -> bool {
        is_set(self.region(r), class)
    }

    fn contains(&self, region: &[u64]) -> bool {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low + (high - low) / 2;
            match self.region(middle).cmp(region) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return true,
                Ordering::Greater => high = middle,
            }
        }
        false
    }

    /// The negation of every region is listed. In increasing order it comes as far from the end as the region from the start.
    fn check_negations(&mut self) -> Result<(), Stop> {
        for r in 0..self.count {
            let negated = self.count - 1 - r;
            if (0..self.classes).any(|class| self.minus(r, class) == self.minus(negated, class)) {
                return reject(format!(
                    "the negation of region {r} is not region {negated}"
                ));
            }
        }
        self.needed = self.count / 2;
        Ok(())
    }

    /// Finds what lies across each class; the number of unordered pairs of adjacent regions.
    fn cross(&mut self) -> usize {
        let mut crossings = 0;
        for r in 0..self.needed {
            let mut region = self.region(r).to_vec();
            let mut crossed = vec![0; self.words];
            for class in 0..self.classes {
                let minus = self.minus(r, class);
                set(&mut region, class, !minus);
                if self.contains(&region) {
                    crossings += 1;
                    set(&mut crossed, class, true);
                }
                set(&mut region, class, minus);
            }
            self.crossed.extend(crossed);
        }
        // Each pair was found from both ends, or, if only half the regions were looked at, it or its negation was.
        match self.needed < self.count {
            true => crossings,
            false => crossings / 2,
        }
    }

    /// The normal that a circuit means: its position, row and factor.
    pub(crate) fn normal(&self, index: usize) -> Result<(usize, &[BigInt], Q), Stop> {
        let position = match self.neurons.get(index) {
            Some(None) => return reject(format!("the row of neuron {index} is zero")),
            Some(Some((class, _))) => *class,
            None => self.classes + (index - self.neurons.len()),
        };
        let normal = entry(&self.normals, position, "row")?;
        if normal.name != index {
            let lowest = normal.name;
            return reject(format!(
                "neuron {index} is parallel to neuron {lowest}, which must be named instead"
            ));
        }
        Ok((position, normal.row.big(), normal.factor.clone()))
    }

    /// Every point lies in its region; the regions that have one.
    pub(crate) fn inside(&self, step: &Inside, limits: &Budget) -> Result<Range<usize>, Stop> {
        let range = self.range(step.first, step.points.len())?;
        for (r, point) in range.clone().zip(&step.points) {
            let checked = self.check_witness(r, point, limits);
            checked.in_part(|| format!("region {r}"))?;
        }
        Ok(range)
    }

    fn check_witness(
        &self,
        r: usize,
        point: &[StatedRational],
        limits: &Budget,
    ) -> Result<(), Stop> {
        let point = Integers::new(coordinates(point, self.inputs, limits)?);
        for (position, normal) in self.normals.iter().enumerate() {
            limits.charge(normal.row.work(&point))?;
            let expected = if self.minus(r, position) {
                "< 0"
            } else {
                "> 0"
            };
            let found = match normal.row.side(&point) {
                Ordering::Less => "< 0",
                Ordering::Equal => "= 0",
                Ordering::Greater => "> 0",
            };
            if found != expected {
                let name = self.name(position);
                return differ(format!("the point at {name}"), found, expected);
            }
        }
        Ok(())
    }

    /// Across every class of each region lies a listed region, or none.
    pub(crate) fn around(
        &self,
        step: &Around,
        circuits: &[Signs],
        limits: &Budget,
    ) -> Result<Range<usize>, Stop> {
        let range = self.range(step.first, step.redundant.len())?;
        for (r, redundant) in range.clone().zip(&step.redundant) {
            let lengths = redundant.iter().filter_map(|index| circuits.get(*index));
            let length = self.classes + lengths.map(Vec::len).sum::<usize>();
            limits.charge(cost::times(length, 8) + cost::ANY)?;
            let checked = self.check_around(r, redundant, circuits);
            checked.in_part(|| format!("region {r}"))?;
        }
        Ok(range)
    }

    fn check_around(&self, r: usize, redundant: &[usize], circuits: &[Signs]) -> Result<(), Stop> {
        let known = if r < self.needed {
            r
        } else {
            self.count - 1 - r
        };
        let crossed = self.crossed.chunks(self.words).nth(known);
        let mut closed = crossed.unwrap_or_default().to_vec();
        for &index in redundant {
            // Where all signs of a circuit but one agree, or all but one differ, that one cannot change.
            let (mut agree, mut differ) = ((0, 0), (0, 0));
            for &(position, positive) in entry(circuits, index, "circuit")? {
                let (count, last) = if self.minus(r, position) == positive {
                    &mut differ
                } else {
                    &mut agree
                };
                *count += 1;
                *last = position;
            }
            let mut found = false;
            for (count, class) in [agree, differ] {
                if count == 1 && class < self.classes {
                    found = true;
                    set(&mut closed, class, true);
                }
            }
            if !found {
                return reject(format!("circuit {index} has no odd class there"));
            }
        }
        match (0..self.classes).find(|class| !is_set(&closed, *class)) {
            None => Ok(()),
            Some(class) => reject(format!(
                "what lies across {} is neither listed nor excluded",
                self.name(class)
            )),
        }
    }

    fn range(&self, first: usize, length: usize) -> Result<Range<usize>, Stop> {
        let end = first.saturating_add(length);
        if end > self.count {
            let most = format!("at most {}", self.count);
            return differ("regions that the step speaks of end at", end, most);
        }
        Ok(first..end)
    }

    fn name(&self, position: usize) -> String {
        let name = self.normals.get(position).map_or(0, |normal| normal.name);
        match position < self.classes {
            true => format!("neuron {name}"),
            false => format!("row {} of the domain", name - self.neurons.len()),
        }
    }

    /// How many regions the claim lists.
    pub(crate) fn stated(&self) -> usize {
        self.count
    }

    /// The number of regions. With a domain of one row g, half of the regions that the hyperplanes and ⟨g,x⟩ = 0 cut R^d into: the
    /// other half are their negations.
    pub(crate) fn number(&self, limits: &Budget) -> Result<usize, Stop> {
        let rows: Vec<&[BigInt]> = self.normals.iter().map(|normal| normal.row.big()).collect();
        match rows.len() - self.classes {
            0 => count::regions(&rows, limits),
            1 => Ok(count::regions(&rows, limits)? / 2),
            _ => reject("regions are counted only without a domain, or in a domain of one row"),
        }
    }
}

impl Normal {
    fn new(name: usize, row: &[Q], Direction { line, positive }: &Direction) -> Normal {
        let oriented = line.iter().map(|v| if *positive { v.clone() } else { -v });
        // The first entries that are not 0 show the factor.
        let size = row.iter().find(|entry| !entry.is_zero()).map(Q::abs);
        let unit = Q::from(first(line).clone()).inverse();
        let factor = size.zip(unit).map(|(size, unit)| &size * &unit);
        Normal {
            name,
            row: Integers::new(oriented.collect()),
            factor: factor.unwrap_or_else(Q::zero),
        }
    }
}

/// The first row is (0, …, 0, 1).
fn starts_at_infinity(domain: Option<&[Vec<StatedRational>]>) -> bool {
    let Some((last, others)) = domain.and_then(|rows| rows.first()?.split_last()) else {
        return false;
    };
    Q::from(last).is_one() && others.iter().all(|entry| Q::from(entry).is_zero())
}
