//! Who answers in machine floats.

use num_bigint::BigInt;

use super::advisor::{Advice, Advisor, Guide, Ray};
use super::circuits::FloatAdvisor;
use super::peaks::FloatGuide;
use super::rays::Rays;
use super::rows::UnitRows;
use crate::watch::Watch;

/// Advice in machine floats.
#[derive(Clone, Copy, Debug, Default)]
pub struct Floats;

impl Advice for Floats {
    fn advisor(&self, rows: &[Vec<BigInt>], _: &Watch) -> Box<dyn Advisor> {
        let order: Vec<usize> = (0..rows.len()).collect();
        Box::new(FloatAdvisor::new(UnitRows::new(rows), &order))
    }

    fn guide(&self, rows: &[Vec<BigInt>], _: &Watch) -> Box<dyn Guide> {
        Box::new(FloatGuide::new(rows))
    }

    fn large(
        &self,
        rows: &[Vec<BigInt>],
        weights: &[BigInt],
        effort: u64,
        seed: u64,
        watch: &Watch,
    ) -> Vec<Ray> {
        let unit = UnitRows::new(rows);
        match Rays::new(&unit, weights, seed) {
            Some(mut rays) => rays.search(effort, watch),
            None => Vec::new(),
        }
    }
}
