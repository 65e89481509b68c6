//! The walk.

use std::cmp::Ordering;
use std::ops::ControlFlow;

use super::region_tree::RegionTree;
use super::visitor::{Reason, Refutation, TreeRegion, TreeVisitor, Visit};
use crate::exact::lp::Decision;
use crate::sides::{Place, Solver};
use crate::watch::{Stop, Watch};

impl RegionTree {
    /// Walks the tree; answers `Break` if the visitor stopped the walk.
    ///
    /// Cost: one warm-started linear program, or the establishing of what advice proposes, for every node that has two children or is infeasible: at most
    /// m a region. Memory: O(m·d²) integers.
    ///
    /// # Errors
    /// The limit of `watch` that was met within a linear program; visitors may ask between them.
    pub fn walk<V: TreeVisitor>(
        &self,
        visitor: &mut V,
        watch: &Watch,
    ) -> Result<ControlFlow<()>, Stop> {
        self.walk_below(&[], visitor, watch)
    }

    /// Walks the part of the tree below one node, as [`walk`](Self::walk) would: the node itself is entered first.
    ///
    /// The decisions of the node must be about the first hyperplanes of the [order](Self::order), as those a visitor is shown
    /// are.
    ///
    /// # Errors
    /// The limit of `watch` that was met.
    ///
    /// # Panics
    /// If they are not.
    pub fn walk_below<V: TreeVisitor>(
        &self,
        node: &[Decision],
        visitor: &mut V,
        watch: &Watch,
    ) -> Result<ControlFlow<()>, Stop> {
        let rows = node.iter().map(|(row, _)| row);
        assert!(
            rows.eq(self.order.iter().take(node.len())),
            "the node decides the first hyperplanes of the order"
        );
        let domain = (self.hyperplanes..self.hyperplanes + self.domain).map(|row| (row, true));
        let mut walk = Walk {
            tree: self,
            watch,
            decided: domain.chain(node.iter().copied()).collect(),
            sides: vec![false; self.hyperplanes],
            solver: Solver::new(&self.ground),
            places: Vec::new(),
            current: 0,
            open: Vec::new(),
        };
        for &(row, plus) in node {
            walk.sides[row] = plus;
        }
        let mut root = Place::Nowhere;
        let found = walk
            .solver
            .find(&Place::Nowhere, &walk.decided, &mut root, watch)?;
        if !found {
            let refutation = Refutation {
                tree: self,
                all_decided: &walk.decided,
                reason: Reason::Circuit(&root),
            };
            return Ok(visitor.infeasible(node, &refutation));
        }
        walk.places.push(root);
        if walk.arrive(visitor).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        while let Some(node) = walk.open.last_mut() {
            let Some(plus) = node.next_child else {
                walk.open.pop();
                continue;
            };
            node.next_child = plus.then_some(false);
            let (depth, place) = (node.depth, node.place);
            walk.decided.truncate(self.domain + depth);
            walk.current = place;
            if walk.child(plus, visitor)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// A node whose children are being visited.
struct Open {
    /// How many hyperplanes are decided at the node.
    depth: usize,
    /// Which place holds its point.
    place: usize,
    /// The side of the next child to visit.
    next_child: Option<bool>,
}

struct Walk<'a> {
    tree: &'a RegionTree,
    watch: &'a Watch,
    decided: Vec<Decision>,
    /// The side decided for each row; meaningful for decided rows only.
    sides: Vec<bool>,
    solver: Solver<'a>,
    /// Places on the path, and old ones whose memory is used again.
    places: Vec<Place>,
    /// The place of the current node.
    current: usize,
    open: Vec<Open>,
}

impl Walk<'_> {
    /// Visits the current node, which has an interior point.
    fn arrive<V: TreeVisitor>(&mut self, visitor: &mut V) -> ControlFlow<()> {
        let decided = &self.decided[self.tree.domain..];
        let place = self.current;
        if decided.len() == self.tree.order.len() {
            return visitor.region(&TreeRegion {
                tree: self.tree,
                decided,
                place: &self.places[place],
            });
        }
        match visitor.enter(decided) {
            Visit::Stop => return ControlFlow::Break(()),
            Visit::Prune => {}
            Visit::Descend => self.open.push(Open {
                depth: decided.len(),
                place,
                next_child: Some(true),
            }),
        }
        ControlFlow::Continue(())
    }

    /// Tries one side of the next hyperplane.
    fn child<V: TreeVisitor>(
        &mut self,
        plus: bool,
        visitor: &mut V,
    ) -> Result<ControlFlow<()>, Stop> {
        let tree = self.tree;
        let depth = self.decided.len() - tree.domain;
        let row = tree.order[depth];
        self.decided.push((row, plus));
        self.sides[row] = plus;
        if let Some((earlier, same)) = tree.follows[row] {
            if (self.sides[earlier] == plus) == same {
                return Ok(self.arrive(visitor));
            }
            let refutation = Refutation {
                tree,
                all_decided: &self.decided,
                reason: Reason::Parallel(earlier, row),
            };
            return Ok(visitor.infeasible(&self.decided[tree.domain..], &refutation));
        }
        let wanted = if plus {
            Ordering::Greater
        } else {
            Ordering::Less
        };
        if self.places[self.current].side(&tree.ground, row) == wanted {
            return Ok(self.arrive(visitor));
        }
        let next = self.current + 1;
        if next == self.places.len() {
            self.places.push(Place::Nowhere);
        }
        let (before, after) = self.places.split_at_mut(next);
        let (from, to) = (&before[self.current], &mut after[0]);
        if self.solver.find(from, &self.decided, to, self.watch)? {
            self.current = next;
            return Ok(self.arrive(visitor));
        }
        let refutation = Refutation {
            tree,
            all_decided: &self.decided,
            reason: Reason::Circuit(to),
        };
        Ok(visitor.infeasible(&self.decided[tree.domain..], &refutation))
    }
}

#[cfg(test)]
mod tests {
    use num_bigint::BigInt;
    use num_traits::Signed as _;

    use super::*;

    fn big(rows: &[&[i64]]) -> Vec<Vec<BigInt>> {
        rows.iter()
            .map(|row| row.iter().map(|&x| BigInt::from(x)).collect())
            .collect()
    }

    /// Checks every node and collects the sign strings.
    struct Checker {
        rows: Vec<Vec<BigInt>>,
        hyperplanes: usize,
        regions: Vec<String>,
        refutations: usize,
        limit: usize,
    }

    impl TreeVisitor for Checker {
        fn region(&mut self, region: &TreeRegion<'_>) -> ControlFlow<()> {
            let witness = region.witness();
            let mut text = String::new();
            for (row, (normal, &sign)) in self.rows.iter().zip(region.signs().iter()).enumerate() {
                let product: BigInt = normal.iter().zip(&witness).map(|(a, x)| a * x).sum();
                assert_eq!(product.sign(), BigInt::from(sign).sign(), "row {row}");
                text.push(['-', '0', '+'][(sign + 1) as usize]);
            }
            self.regions.push(text);
            if self.regions.len() == self.limit {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        }

        fn infeasible(
            &mut self,
            decided: &[Decision],
            refutation: &Refutation<'_>,
        ) -> ControlFlow<()> {
            self.refutations += 1;
            let multipliers = refutation.multipliers();
            assert!(!multipliers.is_empty());
            let mut sum = vec![BigInt::ZERO; self.rows.first().map_or(0, Vec::len)];
            for (row, multiplier) in &multipliers {
                assert!(multiplier.is_positive());
                let side = decided.iter().find(|(decided, _)| decided == row);
                let plus = side.map_or(*row >= self.hyperplanes, |&(_, plus)| plus);
                assert!(side.is_some() || *row >= self.hyperplanes);
                for (sum, entry) in sum.iter_mut().zip(&self.rows[*row]) {
                    *sum += if plus {
                        entry * multiplier
                    } else {
                        -(entry * multiplier)
                    };
                }
            }
            assert!(sum.iter().all(|x| *x == BigInt::ZERO));
            ControlFlow::Continue(())
        }
    }

    fn regions(normals: &[&[i64]], domain: &[&[i64]], dimension: usize) -> Checker {
        let (normals, domain) = (big(normals), big(domain));
        let tree =
            RegionTree::with_domain(&normals, &domain, dimension).expect("rows of equal length");
        let mut checker = Checker {
            hyperplanes: normals.len(),
            rows: normals.into_iter().chain(domain).collect(),
            regions: Vec::new(),
            refutations: 0,
            limit: usize::MAX,
        };
        assert_eq!(
            tree.walk(&mut checker, &Watch::none()),
            Ok(ControlFlow::Continue(()))
        );
        checker
    }

    #[test]
    fn preorder_with_plus_first() {
        let found = regions(&[&[1, 0], &[0, 1], &[1, 1]], &[], 2);
        assert_eq!(found.regions, ["+++", "+-+", "+--", "-++", "-+-", "---"]);
        assert_eq!(found.refutations, 2);
    }

    #[test]
    fn degenerate_input() {
        assert_eq!(regions(&[], &[], 0).regions, [""]);
        assert_eq!(regions(&[], &[], 3).regions, [""]);
        assert_eq!(regions(&[&[0, 0]], &[], 2).regions, ["0"]);
        assert_eq!(regions(&[&[], &[]], &[], 0).regions, ["00"]);
        let parallel = regions(&[&[2, -4], &[0, 0], &[-1, 2], &[3, -6]], &[], 2);
        assert_eq!(parallel.regions, ["+0-+", "-0+-"]);
        assert_eq!(parallel.refutations, 4);
    }

    #[test]
    fn domains_restrict() {
        // x > 0 within the unit square around the origin, in coordinates (x, y, 1).
        let square: &[&[i64]] = &[&[0, 0, 1], &[1, 0, 1], &[-1, 0, 1], &[0, 1, 1], &[0, -1, 1]];
        let found = regions(&[&[2, 0, -1], &[2, 2, 5], &[0, 1, 0]], square, 3);
        assert_eq!(found.regions, ["+++", "++-", "-++", "-+-"]);
        let empty = regions(&[&[1, 0]], &[&[0, 1], &[0, -1]], 2);
        assert!(empty.regions.is_empty());
        assert_eq!(empty.refutations, 1);
    }

    #[test]
    fn order_and_early_stop() {
        let normals = big(&[&[1, 0], &[0, 1], &[1, 1]]);
        let tree = RegionTree::new(&normals, 2)
            .expect("rows of equal length")
            .in_order(&[2, 2, 9]);
        assert_eq!(tree.order(), [2, 0, 1]);
        let mut checker = Checker {
            hyperplanes: 3,
            rows: normals,
            regions: Vec::new(),
            refutations: 0,
            limit: 3,
        };
        assert_eq!(
            tree.walk(&mut checker, &Watch::none()),
            Ok(ControlFlow::Break(()))
        );
        assert_eq!(checker.regions, ["+++", "+-+", "-++"]);
    }

    #[test]
    fn coxeter_arrangement_of_type_b3() {
        let rows: &[&[i64]] = &[
            &[1, 0, 0],
            &[0, 1, 0],
            &[0, 0, 1],
            &[1, 1, 0],
            &[1, -1, 0],
            &[1, 0, 1],
            &[1, 0, -1],
            &[0, 1, 1],
            &[0, 1, -1],
        ];
        assert_eq!(regions(rows, &[], 3).regions.len(), 48);
    }
}
