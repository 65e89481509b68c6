//! Family networks: R(x) = Σ c_i ρ(⟨a_i,x⟩ + b_i) + e with entries that depend on k.

use super::expression::Expression;
use super::text;
use crate::certificate::{self, FamilyNetwork, Surd};
use crate::network::file::{Cell, FileError, Format, Problem, Source};
use crate::network::{self, TwoLayer};

/// One neuron c ρ(⟨a,x⟩).
pub type Neuron = network::Neuron<Expression>;

/// A network with one hidden layer whose entries are functions of k. Its neurons have scale 1: a root stands in the weights themselves.
pub type Family = TwoLayer<Expression>;

impl Family {
    /// Whether a JSON text describes a family: an object with a field `parameter`, as far as it can be read.
    pub fn is_family(json: &str) -> bool {
        source("", json).is_ok_and(|source| source.is_family())
    }

    /// Reads `{"parameter": "k", "a": [["k","0"],["k","-1/k^2"]], "c": [["k"],["-k"]]}`; `name` is the file's name for messages.
    /// Without `parameter` it is a network that does not depend on k.
    ///
    /// # Errors
    /// As [`Family::read`].
    pub fn from_json(name: &str, json: &str) -> Result<Self, FileError> {
        Family::read(&source(name, json)?)
    }

    /// Reads a family, or a network as one that does not depend on k.
    ///
    /// # Errors
    /// [`FileError`] with name, place, field, what stands there and what was expected.
    pub fn read(source: &Source) -> Result<Self, FileError> {
        let texts = source.family_text()?;
        let fault = |at, field, problem| FileError {
            file: source.name().to_owned(),
            position: at,
            field,
            problem: Box::new(problem),
        };
        let number = |cell: &Cell, name: &dyn Fn() -> String| {
            let at = Some(source.position(cell.at));
            text::parse(&cell.text).map_err(|error| fault(at, Some(name()), error.into()))
        };
        let row = |letter: &str, row: &[Cell]| {
            let cells = row.iter().enumerate();
            cells
                .map(|(j, cell)| number(cell, &|| format!("{letter}[{j}]")))
                .collect::<Result<Vec<_>, FileError>>()
        };
        let biased = texts.b.is_some() || texts.e.is_some();
        let rows = texts.a.iter().zip(&texts.c).enumerate();
        let neurons = rows.map(|(i, (a, c))| {
            let mut inner = row(&format!("a[{i}]"), a)?;
            match &texts.b {
                Some(b) => inner.push(number(&b[i], &|| format!("b[{i}]"))?),
                None if biased => inner.push(Expression::zero()),
                None => {}
            }
            Ok(Neuron::of(inner, row(&format!("c[{i}]"), c)?))
        });
        let neurons = neurons.collect::<Result<Vec<_>, FileError>>()?;
        let offset = match &texts.e {
            Some(e) => {
                let offset = row("e", e)?;
                let roots = offset.iter().position(|e| e.to_quotient().is_none());
                if let Some(j) = roots {
                    let expected =
                        "a quotient of polynomials in k: an output bias has no square roots";
                    let problem = Problem::wrong(format!("'{}'", e[j].text), expected);
                    let at = Some(source.position(e[j].at));
                    return Err(fault(at, Some(format!("e[{j}]")), problem));
                }
                offset
            }
            None => vec![Expression::zero(); texts.c.first().map_or(0, Vec::len)],
        };
        Family::new(neurons, biased.then_some(offset))
            .map_err(|error| fault(None, None, Problem::Other(error.to_string())))
    }

    /// One output alone; `None` if there is none of that index.
    pub fn output(&self, output: usize) -> Option<Self> {
        let neuron = |n: &Neuron| Some(n.with_outer(vec![n.outer().get(output)?.clone()]));
        let offset = match &self.offset {
            Some(offset) => Some(vec![offset.get(output)?.clone()]),
            None => None,
        };
        Some(Family {
            outputs: 1,
            neurons: self.neurons.iter().map(neuron).collect::<Option<_>>()?,
            offset,
            ..*self
        })
    }

    /// All entries, neuron by neuron, inner before outer weights; the output bias comes last.
    pub fn entries(&self) -> impl Iterator<Item = &Expression> {
        let neurons = self.neurons.iter();
        let weights = neurons.flat_map(|n| n.inner().iter().chain(n.outer()));
        weights.chain(self.offset.iter().flatten())
    }

    fn map(&self, f: impl Fn(&Expression) -> Option<Expression>) -> Option<Self> {
        let row = |row: &[Expression]| row.iter().map(&f).collect::<Option<Vec<_>>>();
        let neuron = |n: &Neuron| Some(Neuron::of(row(n.inner())?, row(n.outer())?));
        Some(Family {
            neurons: self.neurons.iter().map(neuron).collect::<Option<_>>()?,
            offset: match &self.offset {
                Some(offset) => Some(row(offset)?),
                None => None,
            },
            ..*self
        })
    }

    /// The network at an integer k, as a family that does not depend on k; `None` if an entry is not defined there.
    pub fn fixed(&self, k: u64) -> Option<Self> {
        self.map(|entry| entry.fixed(k))
    }

    /// A network of numbers, as a family that does not depend on k; `None` for a deep one.
    pub fn of_network(network: &network::Network) -> Option<Self> {
        let network = TwoLayer::of(network)?;
        let row = |row: &[crate::exact::Surd]| row.iter().map(Expression::from).collect();
        let neuron =
            |n: &network::Neuron| Neuron::of(row(&n.inner_weights()), row(&n.outer_weights()));
        let offset = network.offset.as_ref();
        Some(Family {
            neurons: network.neurons.iter().map(neuron).collect(),
            inputs: network.inputs,
            outputs: network.outputs,
            offset: offset.map(|e| e.iter().cloned().map(Expression::from).collect()),
        })
    }

    /// The first entry that has no value at some integer k ≥ 1, where it stands, and that k; see [`Expression::undefined_at`].
    pub fn pole(&self) -> Option<(String, &Expression, u64)> {
        let place = |letter: &str, i: usize, j: usize| format!("{letter}[{i}][{j}]");
        let mut entries: Vec<(String, &Expression)> = Vec::new();
        for (i, neuron) in self.neurons.iter().enumerate() {
            for (j, entry) in neuron.inner().iter().enumerate() {
                let name = match j < self.inputs {
                    true => place("a", i, j),
                    false => format!("b[{i}]"),
                };
                entries.push((name, entry));
            }
            let outer = neuron.outer().iter().enumerate();
            entries.extend(outer.map(|(l, entry)| (place("c", i, l), entry)));
        }
        let offset = self.offset.iter().flatten().enumerate();
        entries.extend(offset.map(|(l, entry)| (format!("e[{l}]"), entry)));
        let mut entries = entries.into_iter();
        entries.find_map(|(name, entry)| Some((name, entry, entry.undefined_at()?)))
    }

    /// As certificate data.
    pub fn to_certificate(&self) -> FamilyNetwork {
        let texts = |row: &[Expression]| row.iter().map(Expression::to_certificate).collect();
        let neurons = || self.neurons.iter();
        let bias = |n: &Neuron| n.inner()[self.inputs].to_certificate();
        FamilyNetwork {
            d: self.inputs,
            m: self.neurons.len(),
            outputs: self.outputs,
            a: neurons()
                .map(|n| texts(&n.inner()[..self.inputs]))
                .collect(),
            b: self.offset.is_some().then(|| neurons().map(bias).collect()),
            c: neurons().map(|n| texts(n.outer())).collect(),
            e: self.offset.as_deref().map(texts),
        }
    }

    /// The network at an integer k, as certificate data; `None` if an entry is not defined there.
    pub fn instance(&self, k: u64) -> Option<certificate::StatedNetwork> {
        let row = |row: &[Expression]| {
            let entries = row
                .iter()
                .map(|entry| entry.at(k).map(|value| Surd::from(&value)));
            entries.collect::<Option<Vec<_>>>()
        };
        let neurons = self.neurons.iter();
        let (mut a, mut b, mut c) = (Vec::new(), Vec::new(), Vec::new());
        for neuron in neurons {
            let mut inner = row(neuron.inner())?;
            b.extend(inner.drain(self.inputs..));
            a.push(inner);
            c.push(row(neuron.outer())?);
        }
        let e = match &self.offset {
            Some(offset) => {
                let e = offset.iter().map(|e| e.to_quotient()?.at(k));
                Some(e.map(|e| Some(e?.into())).collect::<Option<_>>()?)
            }
            None => None,
        };
        Some(certificate::StatedNetwork {
            d: self.inputs,
            m: self.neurons.len(),
            outputs: self.outputs,
            a,
            b: e.is_some().then_some(b),
            c,
            e,
        })
    }
}

fn source(name: &str, json: &str) -> Result<Source, FileError> {
    Source::new(name, Format::Json, json.as_bytes().to_vec())
}
