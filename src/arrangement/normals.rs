//! From any normals to the ones worth working on: integer, non-zero, pairwise non-parallel, of full rank, split into summands.

use std::collections::HashMap;
use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::Signed;

use super::error::ArrangementError;
use crate::exact::Rational;
use crate::exact::gcd::{gcd_all, lcm};
use crate::exact::linear::echelon;
use crate::exact::lp::RowTable;
use crate::exact::modular;
use crate::watch::{Stop, Watch};

/// The normals of hyperplanes that coincide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class {
    /// The rows, ascending, each with whether it points the same way as the first.
    pub members: Vec<(usize, bool)>,
}

impl Class {
    /// The first row, which stands for the class.
    pub fn row(&self) -> usize {
        self.members[0].0
    }
}

/// A central hyperplane arrangement {⟨a_i, x⟩ = 0}, prepared for the enumeration of its regions.
///
/// Any normals are accepted. Zero normals bound nothing and have the sign 0 everywhere; parallel normals share a [`Class`].
/// Classes are numbered by their first rows, so that the lexicographic order of regions by their signs on all rows is the one by
/// the signs on the classes.
#[derive(Clone, Debug)]
pub struct Arrangement {
    pub(super) dimension: usize,
    pub(super) rank: usize,
    pub(super) rows: RowTable,
    pub(super) domain: RowTable,
    /// What the given normals were multiplied by.
    pub(super) scales: Vec<BigInt>,
    /// Whether the last coordinate is the additional one of an affine arrangement.
    pub(super) affine: bool,
    pub(super) classes: Vec<Class>,
    pub(super) class_of: Vec<Option<(usize, bool)>>,
    /// As many coordinates as the normals and the domain have rank, and which determine their values.
    pub(super) coordinates: Vec<usize>,
    /// The primitive normals of the classes, oriented like their first rows, and the rows of the domain; in those coordinates.
    pub(super) reduced: Arc<RowTable>,
    /// The classes of each direct summand, ascending; summands by first class.
    pub(super) summands: Vec<Vec<usize>>,
    /// The rank of each direct summand.
    pub(super) ranks: Vec<usize>,
}

impl Arrangement {
    /// The arrangement of rational normals with `dimension` entries each.
    ///
    /// Cost, for m normals in dimension d: O(m·d) greatest common divisors for the classes, and one elimination of the d × m
    /// matrix for rank and summands, modulo a prime, and exactly ([`echelon`](crate::exact::linear::echelon)) where that leaves
    /// doubt.
    ///
    /// # Errors
    /// [`ArrangementError::Shape`] if a normal has another number of entries.
    ///
    /// ```
    /// use relucert::arrangement::Arrangement;
    /// use relucert::exact::text::parse_rational;
    ///
    /// let row = |texts: [&str; 2]| texts.map(|text| parse_rational(text).unwrap()).to_vec();
    /// let normals = [row(["1", "-1/2"]), row(["0", "0"]), row(["-2", "1"]), row(["0.5", "1"])];
    /// let arrangement = Arrangement::new(&normals, 2)?;
    /// assert_eq!((arrangement.len(), arrangement.classes().len(), arrangement.rank()), (4, 2, 2));
    /// # Ok::<(), relucert::arrangement::ArrangementError>(())
    /// ```
    pub fn new(normals: &[Vec<Rational>], dimension: usize) -> Result<Self, ArrangementError> {
        Self::new_within(normals, dimension, &Watch::none())
    }

    /// As [`Arrangement::new`]: large normals may take long to prepare.
    ///
    /// # Errors
    /// [`ArrangementError::Shape`], or [`ArrangementError::Stopped`] if a limit of `watch` was met.
    pub fn new_within(
        normals: &[Vec<Rational>],
        dimension: usize,
        watch: &Watch,
    ) -> Result<Self, ArrangementError> {
        let (integers, scales) = clear_denominators(normals);
        let mut arrangement = Self::in_domain(&integers, &[], dimension, watch)?;
        arrangement.scales = scales;
        Ok(arrangement)
    }

    /// As [`Arrangement::new`], for integer normals.
    ///
    /// # Errors
    /// [`ArrangementError::Shape`] if a normal has not `dimension` entries.
    pub fn from_integers(
        normals: &[Vec<BigInt>],
        dimension: usize,
    ) -> Result<Self, ArrangementError> {
        Self::in_domain(normals, &[], dimension, &Watch::none())
    }

    /// The arrangement within the open cone {⟨g, x⟩ > 0 for all g in `domain`}: only regions that meet it count, and witnesses
    /// lie in it.
    ///
    /// Rows of `normals` and `domain` have `dimension` entries; [`ArrangementError::Shape`] counts the domain's on from the
    /// normals'. Cost: that of [`Arrangement::new`], a second elimination if there is a domain.
    ///
    /// # Errors
    /// [`ArrangementError::Shape`], or [`ArrangementError::Stopped`] if a limit of `watch` was met.
    pub fn in_domain(
        normals: &[Vec<BigInt>],
        domain: &[Vec<BigInt>],
        dimension: usize,
        watch: &Watch,
    ) -> Result<Self, ArrangementError> {
        for (row, normal) in normals.iter().chain(domain).enumerate() {
            if normal.len() != dimension {
                return Err(ArrangementError::Shape {
                    row,
                    expected: dimension,
                    found: normal.len(),
                });
            }
        }
        let (classes, class_of, directions) = classes(normals);
        let own = Structure::new(&directions, dimension, watch)?;
        let mut all = directions;
        all.extend_from_slice(domain);
        let rank = own.coordinates.len();
        let coordinates = match domain.is_empty() {
            true => own.coordinates,
            false => Structure::new(&all, dimension, watch)?.coordinates,
        };
        let reduced: Vec<Vec<BigInt>> = all
            .iter()
            .map(|normal| {
                let row: Vec<BigInt> = coordinates
                    .iter()
                    .map(|&column| normal[column].clone())
                    .collect();
                let content = gcd_all(&row).max(BigInt::from(1));
                row.into_iter().map(|entry| entry / &content).collect()
            })
            .collect();
        Ok(Self {
            dimension,
            rank,
            rows: RowTable::new(normals, dimension),
            domain: RowTable::new(domain, dimension),
            scales: vec![BigInt::from(1); normals.len()],
            affine: false,
            reduced: Arc::new(RowTable::new(&reduced, coordinates.len())),
            coordinates,
            classes,
            class_of,
            summands: own.summands,
            ranks: own.ranks,
        })
    }

    /// The number of entries of a normal.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// The rank of the normals.
    pub fn rank(&self) -> usize {
        self.rank
    }

    /// The number of normals, zero and parallel ones included.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no normals.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The normals with cleared denominators: positive multiples of those given.
    pub fn rows(&self) -> &RowTable {
        &self.rows
    }

    /// The positive integer by which a given normal was multiplied to give the integer row; 1 for rows that do not exist.
    pub fn scale(&self, row: usize) -> BigInt {
        self.scales
            .get(row)
            .cloned()
            .unwrap_or_else(|| BigInt::from(1))
    }

    /// The rows of the domain; none if it is the whole space.
    pub fn domain(&self) -> &RowTable {
        &self.domain
    }

    /// The classes of coinciding hyperplanes, ordered by their first rows.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// The class of a row and whether the row points the same way as the first of its class; `None` for zero rows and rows
    /// that do not exist.
    pub fn class_of(&self, row: usize) -> Option<(usize, bool)> {
        self.class_of.get(row).copied().flatten()
    }

    /// The classes of each direct summand: the arrangement is a product of arrangements in independent subspaces, and this is
    /// the finest such decomposition. Each is ascending, and they are ordered by their first classes.
    pub fn summands(&self) -> &[Vec<usize>] {
        &self.summands
    }
}

/// The rows with their denominators cleared, and what each was multiplied by.
pub(super) fn clear_denominators(rows: &[Vec<Rational>]) -> (Vec<Vec<BigInt>>, Vec<BigInt>) {
    rows.iter()
        .map(|row| {
            let denominators = row.iter().map(Rational::denom);
            let common = denominators.fold(BigInt::from(1), |common, next| lcm(&common, next));
            let cleared = row
                .iter()
                .map(|entry| entry.numer() * (&common / entry.denom()));
            (cleared.collect(), common)
        })
        .unzip()
}

type Classes = (Vec<Class>, Vec<Option<(usize, bool)>>, Vec<Vec<BigInt>>);

/// The classes, the class of each row, and the primitive normal of each class.
fn classes(normals: &[Vec<BigInt>]) -> Classes {
    let mut known: HashMap<Vec<BigInt>, usize> = HashMap::new();
    let mut classes: Vec<Class> = Vec::new();
    let mut signs: Vec<bool> = Vec::new();
    let mut directions = Vec::new();
    let mut class_of = Vec::with_capacity(normals.len());
    for (row, normal) in normals.iter().enumerate() {
        let content = gcd_all(normal);
        let Some(lead) = normal.iter().find(|entry| **entry != BigInt::ZERO) else {
            class_of.push(None);
            continue;
        };
        let positive = lead.is_positive();
        let signed = if positive { content.clone() } else { -&content };
        let key: Vec<BigInt> = normal.iter().map(|entry| entry / &signed).collect();
        let class = *known.entry(key).or_insert_with(|| {
            classes.push(Class {
                members: Vec::new(),
            });
            signs.push(positive);
            directions.push(normal.iter().map(|entry| entry / &content).collect());
            classes.len() - 1
        });
        let same = signs[class] == positive;
        classes[class].members.push((row, same));
        class_of.push(Some((class, same)));
    }
    (classes, class_of, directions)
}

/// How vectors depend on each other.
struct Structure {
    /// Independent coordinates, as many as the rank.
    coordinates: Vec<usize>,
    /// The classes of each direct summand.
    summands: Vec<Vec<usize>>,
    /// The rank of each.
    ranks: Vec<usize>,
}

/// Where the non-zero entries of an echelon form are: its pivot rows, its pivot columns, and each row's columns.
type Pattern = (Vec<usize>, Vec<usize>, Vec<Vec<usize>>);

impl Structure {
    fn new(directions: &[Vec<BigInt>], dimension: usize, watch: &Watch) -> Result<Self, Stop> {
        let columns: Vec<Vec<BigInt>> = (0..dimension)
            .map(|column| {
                let normals = directions.iter();
                normals.map(|normal| normal[column].clone()).collect()
            })
            .collect();
        // Modulo a prime first: what is not 0 there is not 0, and that may be all that is to know.
        let slices = columns.iter().map(Vec::as_slice);
        let quick = modular::echelon(slices, directions.len(), watch)?;
        let pattern = (
            quick.pivot_rows,
            quick.pivot_columns,
            supports(&quick.rows, |x| *x != 0),
        );
        let rank = pattern.1.len();
        let structure = Self::of(pattern, directions.len());
        let zero = |row: &Vec<BigInt>| row.iter().all(|x| *x == BigInt::ZERO);
        let lines = columns.iter().filter(|row| !zero(row)).count();
        let independent = rank == directions.len();
        if independent || (rank == lines && structure.summands.len() <= 1) {
            return Ok(structure);
        }
        let exact = echelon(&columns, directions.len(), watch)?;
        let supports = supports(&exact.rows, |x| *x != BigInt::ZERO);
        let pattern = (exact.pivot_rows, exact.pivot_columns, supports);
        Ok(Self::of(pattern, directions.len()))
    }

    /// From the echelon form of the transpose, which has a column for each class. Its pivot rows are independent coordinates, and
    /// its non-pivot columns express a class by a basis of classes: fundamental circuits, which connect the summands.
    fn of((mut coordinates, pivots, supports): Pattern, classes: usize) -> Self {
        coordinates.sort_unstable();
        let mut leader: Vec<usize> = (0..classes).collect();
        fn find(leader: &mut [usize], mut class: usize) -> usize {
            while leader[class] != class {
                leader[class] = leader[leader[class]];
                class = leader[class];
            }
            class
        }
        for (support, &pivot) in supports.iter().zip(&pivots) {
            for &class in support {
                let (one, other) = (find(&mut leader, class), find(&mut leader, pivot));
                leader[one.max(other)] = one.min(other);
            }
        }
        let (mut summands, mut ranks): (Vec<Vec<usize>>, Vec<usize>) = Default::default();
        let mut summand_of = HashMap::new();
        for class in 0..classes {
            let leader = find(&mut leader, class);
            let summand = *summand_of.entry(leader).or_insert_with(|| {
                summands.push(Vec::new());
                ranks.push(0);
                summands.len() - 1
            });
            summands[summand].push(class);
            ranks[summand] += usize::from(pivots.binary_search(&class).is_ok());
        }
        Structure {
            coordinates,
            summands,
            ranks,
        }
    }
}

fn supports<T>(rows: &[Vec<T>], is_there: impl Fn(&T) -> bool) -> Vec<Vec<usize>> {
    let support = |row: &Vec<T>| {
        let entries = row.iter().enumerate();
        entries
            .filter(|(_, x)| is_there(x))
            .map(|(k, _)| k)
            .collect()
    };
    rows.iter().map(support).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrangement(rows: &[&[i64]], dimension: usize) -> Arrangement {
        let rows: Vec<Vec<BigInt>> = rows
            .iter()
            .map(|row| row.iter().map(|&x| x.into()).collect())
            .collect();
        Arrangement::from_integers(&rows, dimension).expect("rows of equal length")
    }

    #[test]
    fn classes_keep_the_orientation_of_their_first_row() {
        let a = arrangement(
            &[&[0, 0], &[-2, 4], &[1, -2], &[3, 0], &[-1, 2], &[0, 0]],
            2,
        );
        assert_eq!(a.class_of(1), Some((0, true)));
        assert_eq!(a.class_of(2), Some((0, false)));
        assert_eq!(a.class_of(4), Some((0, true)));
        assert_eq!(
            (a.class_of(0), a.class_of(5), a.class_of(9)),
            (None, None, None)
        );
        assert_eq!(a.reduced.row(0), [(-1).into(), 2.into()]);
        assert_eq!(a.reduced.row(1), [1.into(), BigInt::ZERO]);
        assert_eq!(
            a.classes().iter().map(Class::row).collect::<Vec<_>>(),
            [1, 3]
        );
    }

    #[test]
    fn rank_and_summands() {
        let a = arrangement(
            &[&[1, 1, 0, 0], &[0, 0, 1, 1], &[2, 2, 1, 1], &[0, 0, 0, 0]],
            4,
        );
        assert_eq!((a.rank(), a.summands()), (2, &[vec![0, 1, 2]][..]));
        let b = arrangement(&[&[1, 0, 0], &[0, 1, 0], &[1, 1, 0], &[0, 0, 7]], 3);
        assert_eq!(b.summands(), [vec![0, 1, 2], vec![3]]);
        let c = arrangement(
            &[&[0, 0, 1], &[1, 0, 0], &[1, 0, 1], &[0, 1, 0], &[0, -1, 0]],
            3,
        );
        assert_eq!(c.summands(), [vec![0, 1, 2], vec![3]]);
        let none = arrangement(&[], 3);
        assert_eq!((none.rank(), none.len(), none.summands().len()), (0, 0, 0));
        assert_eq!(arrangement(&[&[], &[]], 0).rank(), 0);
    }

    #[test]
    fn a_normal_of_the_wrong_length_is_refused() {
        let error =
            Arrangement::from_integers(&[vec![1.into()], vec![]], 1).expect_err("too short");
        assert_eq!(error.to_string(), "normal 1 has 0 entries, expected 1");
    }
}
