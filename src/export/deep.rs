//! Claims about networks of any depth: their networks and rewritings, as tokens or as terms of the proof assistant.

use std::fmt::Write as _;

use num_rational::BigRational;

use crate::certificate::{
    Deep, DeepClaim, DeepStatement, DeepStep, Differ, NumberError, Row, Side, StatedRational, Step,
};
use crate::report::Certificate;

use super::refusal::{NotCovered, not_covered};
use super::rocq;
use super::terms::{indices_of, list, q};
use super::tokens;

/// A row of weights with its bias.
type Affine = (Vec<BigRational>, BigRational);

/// A network in numbers.
struct Layers {
    inputs: usize,
    layers: Vec<Vec<Affine>>,
}

/// A rewriting of one layer.
enum Move<'a> {
    Permute(usize, &'a [usize]),
    Scale(usize, Vec<BigRational>),
    Drop(usize, &'a [usize]),
    Merge(usize, &'a [[usize; 2]]),
    Shorten(usize),
}

/// Why it is so.
enum Evidence<'a> {
    /// How two networks become one, with their names.
    Rewritten([(&'static str, Vec<Move<'a>>); 2]),
    Point(&'a [StatedRational]),
}

/// What of a certificate is exported.
pub(super) struct Exported<'a> {
    kind: &'static str,
    /// Γ, Θ, and Φ where the claim has one.
    networks: Vec<(&'static str, Layers)>,
    distance: Option<&'a StatedRational>,
    evidence: Evidence<'a>,
}

impl<'a> Exported<'a> {
    pub(super) fn new(certificate: &'a Certificate<DeepStatement>) -> Result<Self, NotCovered> {
        let DeepStatement { networks, claim } = &certificate.statement;
        let Some(theta) = &networks.theta else {
            return not_covered(format!("the claim '{}'", claim.kind()));
        };
        let mut whole = vec![
            ("gamma", layers(&networks.gamma)?),
            ("theta", layers(theta)?),
        ];
        let both = |sides: [Side; 2]| -> Result<Evidence<'a>, NotCovered> {
            let [one, other] = sides;
            let upto = certificate.steps.iter().position(|step| match step {
                Step::Deep(step) => match &**step {
                    DeepStep::Same(same) => {
                        [[same.one, same.other], [same.other, same.one]].contains(&sides)
                    }
                    _ => false,
                },
                _ => false,
            });
            let Some(steps) = upto.and_then(|upto| certificate.steps.get(..upto)) else {
                return not_covered("a certificate without a fact that its claim needs");
            };
            Ok(Evidence::Rewritten([
                (becomes(one), moves(steps, one)?),
                (becomes(other), moves(steps, other)?),
            ]))
        };
        let on_a_box = match claim {
            DeepClaim::Equal(claim) => claim.domain.is_some(),
            DeepClaim::Differ(claim) => claim.domain.is_some(),
            _ => false,
        };
        if on_a_box {
            return not_covered(format!("the claim '{}' on a box", claim.kind()));
        }
        match (claim, &networks.phi) {
            (DeepClaim::Equal(_), None) => Ok(Exported {
                kind: "deep-equal",
                networks: whole,
                distance: None,
                evidence: both([Side::Gamma, Side::Theta])?,
            }),
            (DeepClaim::Differ(_), None) => {
                let point = certificate.steps.iter().find_map(|step| match step {
                    Step::Deep(step) => match &**step {
                        DeepStep::Differ(Differ { point, .. }) => Some(&point[..]),
                        _ => None,
                    },
                    _ => None,
                });
                let Some(point) = point else {
                    return not_covered("a claim 'deep-differ' without a point");
                };
                Ok(Exported {
                    kind: "deep-differ",
                    networks: whole,
                    distance: None,
                    evidence: Evidence::Point(point),
                })
            }
            (DeepClaim::Reparametrization(claim), Some(phi)) => {
                whole.push(("phi", layers(phi)?));
                Ok(Exported {
                    kind: "deep-reparametrization",
                    networks: whole,
                    distance: Some(&claim.distance),
                    evidence: both([Side::Phi, Side::Theta])?,
                })
            }
            _ => not_covered(format!("the claim '{}'", claim.kind())),
        }
    }

    /// The whole file of tokens.
    pub(super) fn tokens(&self) -> String {
        let mut text = format!("{}\nclaim {}\n", tokens::FIRST, self.kind);
        for (name, network) in &self.networks {
            network.tokens(name, &mut text);
        }
        if let Some(distance) = self.distance {
            line(&mut text, &["distance".to_owned(), distance.to_string()]);
        }
        match &self.evidence {
            Evidence::Point(point) => {
                let words = std::iter::once("point".to_owned());
                let words = words.chain(point.iter().map(ToString::to_string));
                line(&mut text, &words.collect::<Vec<_>>());
            }
            Evidence::Rewritten(both) => {
                for (name, moves) in both {
                    line(&mut text, &[(*name).to_owned(), moves.len().to_string()]);
                    moves.iter().for_each(|of| line(&mut text, &of.words()));
                }
            }
        }
        text + "end\n"
    }

    /// The whole file for the proof assistant.
    pub(super) fn rocq(&self) -> String {
        let (name, says) = match self.kind {
            "deep-equal" => ("Deep_equal", "Deep.deep_equal"),
            "deep-differ" => ("Deep_differ", "Deep.deep_differ"),
            _ => ("Deep_reparametrization", "Deep.deep_reparametrization"),
        };
        let mut of: Vec<String> = self
            .networks
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect();
        of.extend(self.distance.map(|x| format!("({})%Q", q(&x.0))));
        let of = of.join(" ");
        let evidence = match &self.evidence {
            Evidence::Point(point) => {
                let point = point.iter().map(|x| format!("({})%Q", q(&x.0)));
                format!("Deep_point {}", list(point))
            }
            Evidence::Rewritten(both) => {
                let [one, other] = both
                    .each_ref()
                    .map(|(_, moves)| list(moves.iter().map(Move::term)));
                format!("Rewritten {one} {other}")
            }
        };
        let definitions = self
            .networks
            .iter()
            .map(|(name, network)| (*name, network.term()));
        rocq::file(
            definitions,
            &format!("{name} {of}"),
            &evidence,
            &format!("{says} {of}"),
        )
    }
}

fn becomes(side: Side) -> &'static str {
    match side {
        Side::Gamma => "gamma-becomes",
        Side::Theta => "theta-becomes",
        Side::Phi => "phi-becomes",
    }
}

/// What is done to the network of this side.
fn moves(steps: &[Step], side: Side) -> Result<Vec<Move<'_>>, NotCovered> {
    let mut moves = Vec::new();
    for step in steps {
        let Step::Deep(step) = step else { continue };
        let (of, this) = match &**step {
            DeepStep::Permute(step) => (step.of, Move::Permute(step.layer, &step.order)),
            DeepStep::Scale(step) => (step.of, Move::Scale(step.layer, numbers(&step.factors)?)),
            DeepStep::Drop(step) => (step.of, Move::Drop(step.layer, &step.neurons)),
            DeepStep::Merge(step) => (step.of, Move::Merge(step.layer, &step.pairs)),
            DeepStep::Shorten(step) => (step.of, Move::Shorten(step.layer)),
            DeepStep::Same(_)
            | DeepStep::Differ(_)
            | DeepStep::Near(_)
            | DeepStep::Tree(_)
            | DeepStep::More(_)
            | DeepStep::Peak(_)
            | DeepStep::Slope(_)
            | DeepStep::Rank(_) => continue,
        };
        if of == side {
            moves.push(this);
        }
    }
    Ok(moves)
}

fn numbers(row: &Row) -> Result<Vec<BigRational>, NotCovered> {
    let numbers: Result<Vec<StatedRational>, NumberError> = row.numbers().collect();
    match numbers {
        Ok(numbers) => Ok(numbers.into_iter().map(|x| x.0).collect()),
        Err(_) => not_covered("a row that is not of numbers"),
    }
}

/// As it is stated; its shape is for the checker to see.
fn layers(network: &Deep) -> Result<Layers, NotCovered> {
    let Some(inputs) = network.inputs() else {
        return not_covered("a network of no shape");
    };
    let (mut width, mut layers) = (inputs, Vec::new());
    for layer in &network.layers {
        let rows = layer.weights.iter().map(numbers);
        let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
        let biases = numbers(&layer.biases)?;
        if biases.len() != rows.len() || rows.iter().any(|row| row.len() != width) {
            return not_covered("a network of no shape");
        }
        width = rows.len();
        layers.push(rows.into_iter().zip(biases).collect());
    }
    Ok(Layers { inputs, layers })
}

/// Words with spaces between, as a line.
fn line(text: &mut String, words: &[String]) {
    text.push_str(&words.join(" "));
    text.push('\n');
}

fn counted(name: &str, layer: usize, words: impl ExactSizeIterator<Item = String>) -> Vec<String> {
    let first = [name.to_owned(), layer.to_string(), words.len().to_string()];
    first.into_iter().chain(words).collect()
}

impl Move<'_> {
    fn words(&self) -> Vec<String> {
        match self {
            Move::Permute(layer, order) => {
                counted("permute", *layer, order.iter().map(ToString::to_string))
            }
            Move::Scale(layer, factors) => {
                counted("scale", *layer, factors.iter().map(ToString::to_string))
            }
            Move::Drop(layer, neurons) => {
                counted("drop", *layer, neurons.iter().map(ToString::to_string))
            }
            Move::Merge(layer, pairs) => counted(
                "merge",
                *layer,
                pairs.iter().map(|[i, j]| format!("{i} {j}")),
            ),
            Move::Shorten(layer) => vec!["shorten".to_owned(), layer.to_string()],
        }
    }

    fn term(&self) -> String {
        let (layer, what) = match self {
            Move::Permute(layer, order) => (layer, format!("Deep.Permuted {}", indices_of(order))),
            Move::Scale(layer, factors) => {
                let factors = list(factors.iter().map(|x| format!("({})%Q", q(x))));
                (layer, format!("Deep.Scaled {factors}"))
            }
            Move::Drop(layer, neurons) => (layer, format!("Deep.Dropped {}", indices_of(neurons))),
            Move::Merge(layer, pairs) => {
                let pairs = list(pairs.iter().map(|[i, j]| format!("({i}%nat, {j}%nat)")));
                (layer, format!("Deep.Merged {pairs}"))
            }
            Move::Shorten(layer) => return format!("Deep_claims.Shorten {layer}"),
        };
        format!("Deep_claims.At_layer {layer} ({what})")
    }
}

impl Layers {
    fn tokens(&self, name: &str, text: &mut String) {
        let shape = [self.inputs, self.layers.len()].map(|n| n.to_string());
        line(text, &[format!("{name} deep"), shape.join(" ")]);
        for layer in &self.layers {
            line(text, &[layer.len().to_string()]);
            for (row, bias) in layer {
                for x in row {
                    // Writing to a String cannot fail.
                    let _ = write!(text, "{x} ");
                }
                line(text, &[bias.to_string()]);
            }
        }
    }

    fn term(&self) -> String {
        let row = |(row, bias): &Affine| {
            let row = list(row.iter().map(|x| format!("({})%Q", q(x))));
            format!("({row}, ({})%Q)", q(bias))
        };
        let layers = self.layers.iter().map(|rows| list(rows.iter().map(row)));
        format!("Deep.Deep {}\n  {}", self.inputs, list(layers))
    }
}
