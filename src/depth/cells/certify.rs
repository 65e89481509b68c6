//! Certificates about functions and regions on a box.

use std::io::{self, Write};

use super::answer::{Bracket, CellCount};
use super::ask::Difference;
use crate::certificate::{
    CellGoal, Cut, Deep as Stated, DeepClaim, DeepEqual, DeepMore, DeepNetworks, DeepPeak,
    DeepRegions, DeepSeminorm, DeepSlope, DeepStatement, DeepStep, DeepSupNorm, DeepTree, PRODUCER,
    StatedRational as Number, Step, Writer,
};
use crate::exact::Rational;
use crate::realization::Domain;

/// Bytes or so of a line with nodes.
const LINE: usize = 1 << 16;

fn number(x: &Rational) -> Number {
    Number(x.clone())
}

fn numbers(point: &[Rational]) -> Vec<Number> {
    point.iter().map(number).collect()
}

/// The box as a claim has it.
pub(in crate::depth) fn sides(domain: &Domain) -> Vec<(Number, Number)> {
    let sides = domain.sides().iter();
    sides
        .map(|(low, high)| (number(low), number(high)))
        .collect()
}

fn deep(step: DeepStep) -> Step {
    Step::Deep(Box::new(step))
}

/// A tree over as many steps as it takes.
fn write_tree<W: Write>(writer: &mut Writer<W>, goal: CellGoal, nodes: &[Cut]) -> io::Result<()> {
    let mut goal = Some(goal);
    let mut rest = nodes;
    while goal.is_some() || !rest.is_empty() {
        let mut bytes = 0;
        let count = rest.iter().take_while(|node| {
            let fits = bytes < LINE;
            bytes += node.to_string().len() + 3;
            fits
        });
        let (now, later) = rest.split_at(count.count());
        let nodes = now.to_vec();
        writer.step(deep(match goal.take() {
            Some(goal) => DeepStep::Tree(DeepTree { goal, nodes }),
            None => DeepStep::More(DeepMore { nodes }),
        }))?;
        rest = later;
    }
    Ok(())
}

impl Difference<'_> {
    fn writer<W: Write>(&self, sink: W, claim: DeepClaim) -> io::Result<Writer<W>> {
        let statement = DeepStatement {
            networks: DeepNetworks {
                gamma: Stated::from(self.first),
                theta: self.second.map(Stated::from),
                phi: None,
            },
            claim,
        };
        Writer::to(sink, PRODUCER, statement)
    }

    /// Writes the claim `deep-sup-norm`, line by line, none of them long. `found` must be what [`sup_norm`](Self::sup_norm) answered, with its tree kept.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn write_sup_norm<W: Write>(&self, sink: W, found: &Bracket) -> io::Result<()> {
        let claim = DeepClaim::SupNorm(DeepSupNorm {
            domain: sides(self.domain),
            lower: number(&found.lower),
            upper: number(&found.upper),
        });
        let mut writer = self.writer(sink, claim)?;
        writer.step(deep(DeepStep::Peak(DeepPeak {
            point: numbers(found.point.as_deref().unwrap_or_default()),
            value: number(&found.lower),
        })))?;
        let goal = CellGoal::Height(number(&found.upper));
        write_tree(&mut writer, goal, &found.tree)?;
        writer.finish().map(drop)
    }

    /// Writes the claim `deep-seminorm`, likewise, of what [`seminorm`](Self::seminorm) answered with a point.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn write_seminorm<W: Write>(&self, sink: W, found: &Bracket) -> io::Result<()> {
        let claim = DeepClaim::Seminorm(DeepSeminorm {
            domain: sides(self.domain),
            lower: number(&found.lower),
            upper: number(&found.upper),
        });
        let mut writer = self.writer(sink, claim)?;
        writer.step(deep(DeepStep::Slope(DeepSlope {
            point: numbers(found.point.as_deref().unwrap_or_default()),
            output: found.output,
            input: found.input,
            value: number(&found.lower),
        })))?;
        let goal = CellGoal::Slope(number(&found.upper));
        write_tree(&mut writer, goal, &found.tree)?;
        writer.finish().map(drop)
    }

    /// Writes the claim `deep-equal` on the box, likewise, of what [`zero`](Self::zero) answered with the upper end 0.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn write_equal<W: Write>(&self, sink: W, found: &Bracket) -> io::Result<()> {
        let domain = Some(sides(self.domain));
        let mut writer = self.writer(sink, DeepClaim::Equal(DeepEqual { domain }))?;
        let goal = CellGoal::Height(Number(Rational::default()));
        write_tree(&mut writer, goal, &found.tree)?;
        writer.finish().map(drop)
    }

    /// Writes the claim `deep-regions` of the first network, likewise, of what [`regions`](Self::regions) answered with its tree kept.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn write_regions<W: Write>(&self, sink: W, found: &CellCount) -> io::Result<()> {
        let claim = DeepClaim::Regions(DeepRegions {
            domain: sides(self.domain),
            regions: usize::try_from(found.regions).unwrap_or(usize::MAX),
            exact: found.is_exact(),
        });
        let mut writer = self.writer(sink, claim)?;
        write_tree(&mut writer, CellGoal::Regions, &found.tree)?;
        writer.finish().map(drop)
    }
}
