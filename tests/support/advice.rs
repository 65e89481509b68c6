//! Advice that is bad, for those who must not believe it.

use num_bigint::BigInt;
use relucert::advice::{Advice, Advisor, Corner, Floats, Guide, Proposal, Ray, Wanted};
use relucert::watch::Watch;

use super::Random;

const SEED: u64 = 1905;

/// Advice that is bad in one way or another.
#[derive(Clone, Copy, Debug)]
pub enum Bad {
    /// No proposal at all.
    Silent,
    /// Everything is possible, on any sides.
    Hopeful,
    /// All rows, in reverse order, with one that does not exist.
    Reversed,
    /// Any rows, and any sides.
    Random,
    /// What floats propose, every other time with a member left out, or on another side.
    Spoilt,
    /// What floats propose about other rows, of which some are 0 and some beyond all floats.
    Foreign,
}

struct BadAdvisor {
    kind: Bad,
    rows: usize,
    random: Random,
    floats: Box<dyn Advisor>,
}

impl Advice for Bad {
    fn advisor(&self, rows: &[Vec<BigInt>], watch: &Watch) -> Box<dyn Advisor> {
        Box::new(BadAdvisor {
            kind: *self,
            rows: rows.len(),
            random: Random::new(SEED),
            floats: match self {
                Bad::Foreign => Floats.advisor(&foreign(rows), watch),
                _ => Floats.advisor(rows, watch),
            },
        })
    }

    fn guide(&self, rows: &[Vec<BigInt>], watch: &Watch) -> Box<dyn Guide> {
        Floats.guide(rows, watch)
    }

    fn large(
        &self,
        rows: &[Vec<BigInt>],
        weights: &[BigInt],
        effort: u64,
        seed: u64,
        watch: &Watch,
    ) -> Vec<Ray> {
        let mut rays = Floats.large(rows, weights, effort.min(10_000), seed, watch);
        for ray in &mut rays {
            ray.tight.push(rows.len() + 7);
            ray.sides.pop();
            ray.ahead += rows.len();
        }
        rays
    }
}

impl Advisor for BadAdvisor {
    fn fresh(&self, order: &[usize]) -> Box<dyn Advisor> {
        Box::new(BadAdvisor {
            kind: self.kind,
            rows: self.rows,
            random: Random::new(SEED),
            floats: self.floats.fresh(order),
        })
    }

    fn want(&mut self, row: usize, side: Wanted) {
        self.floats.want(row, side);
    }

    fn propose(&mut self) -> Proposal {
        match self.kind {
            Bad::Silent => Proposal::Nothing,
            Bad::Hopeful => Proposal::Possible,
            Bad::Reversed => Proposal::Circuit((0..=self.rows).rev().collect()),
            Bad::Random => {
                let mut chosen: Vec<usize> = (0..self.rows).collect();
                chosen.retain(|_| self.random.below(3) == 0);
                Proposal::Circuit(chosen)
            }
            Bad::Foreign => self.floats.propose(),
            Bad::Spoilt => match self.floats.propose() {
                Proposal::Circuit(mut members) if self.random.below(2) == 0 => {
                    members.remove(self.random.below(members.len()));
                    Proposal::Circuit(members)
                }
                proposal => proposal,
            },
        }
    }

    fn sides(&self) -> Vec<bool> {
        vec![true; self.rows]
    }

    fn corner(&self) -> Option<Corner> {
        let beyond = (0..=self.rows).rev();
        match self.kind {
            Bad::Silent | Bad::Hopeful => None,
            Bad::Reversed | Bad::Random => Some(Corner {
                level: beyond.clone().map(|row| (row, true)).collect(),
                below: beyond.clone().map(|row| (row, false)).collect(),
                ends: beyond.collect(),
                unit: false,
            }),
            Bad::Foreign => self.floats.corner(),
            Bad::Spoilt => {
                let mut corner = self.floats.corner()?;
                let turned = corner.level.iter_mut().step_by(2);
                turned.for_each(|(_, plus)| *plus = !*plus);
                if corner.level.len() % 2 == 0 {
                    corner.ends.push(self.rows);
                    corner.level.pop();
                }
                Some(corner)
            }
        }
    }
}

/// The rows in reverse order, every third one 0, every third one shifted far.
fn foreign(rows: &[Vec<BigInt>]) -> Vec<Vec<BigInt>> {
    let factor = |at: usize| BigInt::from(at % 3) << (2000 * (at % 3));
    let rows = rows.iter().rev().enumerate();
    rows.map(|(at, row)| row.iter().map(|x| x * factor(at)).collect())
        .collect()
}
