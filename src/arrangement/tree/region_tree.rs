//! The hyperplanes of a tree, and the order in which they are decided.

use std::collections::HashMap;
use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::Signed;

use crate::advice::Floats;
use crate::arrangement::error::ArrangementError;
use crate::exact::gcd::gcd_all;
use crate::exact::lp::RowTable;
use crate::sides::Ground;

/// The tree of sides of the hyperplanes ⟨a_i, x⟩ = 0, possibly within a domain ⟨g_k, x⟩ > 0.
#[derive(Clone, Debug)]
pub struct RegionTree {
    pub(super) ground: Arc<Ground>,
    pub(super) hyperplanes: usize,
    pub(super) domain: usize,
    /// The order of decision; non-zero rows only.
    pub(super) order: Vec<usize>,
    /// For each row, a parallel row earlier in the order, and whether it has the same orientation.
    pub(super) follows: Vec<Option<(usize, bool)>>,
}

impl RegionTree {
    /// The tree of `normals` in Q^`dimension`, decided in the order given.
    ///
    /// Any normals will do: zero normals are not decided and have sign 0, and parallel ones are decided without a test.
    ///
    /// # Errors
    /// [`ArrangementError::Shape`] if a normal has not `dimension` entries.
    pub fn new(normals: &[Vec<BigInt>], dimension: usize) -> Result<Self, ArrangementError> {
        Self::with_domain(normals, &[], dimension)
    }

    /// As [`RegionTree::new`], but with only the regions that meet the interior of the cone ⟨g, x⟩ > 0 for all g in `domain`.
    ///
    /// A polyhedron ⟨a, x⟩ + b ≥ 0 becomes such a cone by appending b to a, and the row (0, …, 0, 1) to the domain.
    ///
    /// # Errors
    /// [`ArrangementError::Shape`] if a row of `normals` or `domain` has not `dimension` entries.
    pub fn with_domain(
        normals: &[Vec<BigInt>],
        domain: &[Vec<BigInt>],
        dimension: usize,
    ) -> Result<Self, ArrangementError> {
        let rows: Vec<Vec<BigInt>> = normals.iter().chain(domain).cloned().collect();
        for (row, normal) in rows.iter().enumerate() {
            if normal.len() != dimension {
                return Err(ArrangementError::Shape {
                    row,
                    expected: dimension,
                    found: normal.len(),
                });
            }
        }
        let table = Arc::new(RowTable::new(&rows, dimension));
        Ok(Self::on(Ground::new(table, &Floats), normals.len()))
    }

    /// The tree of the first rows within the domain that the other rows describe.
    pub(in crate::arrangement) fn on(ground: Ground, hyperplanes: usize) -> Self {
        let mut tree = Self {
            follows: Vec::new(),
            order: (0..hyperplanes).collect(),
            hyperplanes,
            domain: ground.table().len() - hyperplanes,
            ground: Arc::new(ground),
        };
        tree.order.retain(|&row| {
            tree.ground
                .table()
                .row(row)
                .iter()
                .any(|x| *x != BigInt::ZERO)
        });
        tree.find_parallels();
        tree
    }

    /// The same tree with the hyperplanes decided in another order. Rows that `order` leaves out come last, as they were;
    /// repetitions, zero normals and indices that do not exist are ignored.
    pub fn in_order(mut self, order: &[usize]) -> Self {
        let mut present = vec![false; self.hyperplanes];
        for &row in &self.order {
            present[row] = true;
        }
        let wanted = order.iter().chain(&self.order).copied();
        self.order = wanted
            .filter(|&row| row < self.hyperplanes && std::mem::take(&mut present[row]))
            .collect();
        self.find_parallels();
        self
    }

    /// The number of normals, zero normals included.
    pub fn hyperplanes(&self) -> usize {
        self.hyperplanes
    }

    /// The order in which the hyperplanes are decided.
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    fn find_parallels(&mut self) {
        let mut seen: HashMap<Vec<BigInt>, (usize, bool)> = HashMap::new();
        self.follows = vec![None; self.hyperplanes];
        for &row in &self.order {
            let entries = self.ground.table().row(row);
            let mut content = gcd_all(entries);
            let plus = entries
                .iter()
                .find(|x| **x != BigInt::ZERO)
                .is_some_and(|x| x.is_positive());
            if !plus {
                content = -content;
            }
            let direction = entries.iter().map(|x| x / &content).collect();
            match seen.get(&direction) {
                Some(&(earlier, orientation)) => {
                    self.follows[row] = Some((earlier, orientation == plus))
                }
                None => {
                    seen.insert(direction, (row, plus));
                }
            }
        }
    }
}
