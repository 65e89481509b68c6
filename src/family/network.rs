//! Family networks: R(x) = Σ c_i ρ(⟨a_i,x⟩) with entries that depend on k.

use num_traits::{One as _, Zero as _};

use super::expression::Expression;
use super::text;
use crate::certificate::{self, FamilyNetwork, Surd};
use crate::exact::Rational;
use crate::network::file::{Cell, FileError, Format, Problem, Source};

/// One neuron c ρ(⟨a,x⟩).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neuron {
    /// a, d entries.
    pub inner: Vec<Expression>,
    /// c, D entries.
    pub outer: Vec<Expression>,
}

/// A shallow network without biases whose entries are functions of k.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    inputs: usize,
    outputs: usize,
    neurons: Vec<Neuron>,
}

impl Family {
    /// A family of these neurons; `None` if there are none, or their shapes differ or are empty.
    pub fn new(neurons: Vec<Neuron>) -> Option<Self> {
        let first = neurons.first()?;
        let (inputs, outputs) = (first.inner.len(), first.outer.len());
        let alike = neurons
            .iter()
            .all(|n| n.inner.len() == inputs && n.outer.len() == outputs);
        (alike && inputs > 0 && outputs > 0).then_some(Family {
            inputs,
            outputs,
            neurons,
        })
    }

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

    /// Reads a family, or a network without biases as one that does not depend on k.
    ///
    /// # Errors
    /// [`FileError`] with name, place, field, what stands there and what was expected.
    pub fn read(source: &Source) -> Result<Self, FileError> {
        let texts = source.family_text()?;
        let number = |letter: &str, i: usize, j: usize, cell: &Cell| {
            text::parse(&cell.text).map_err(|error| FileError {
                file: source.name().to_owned(),
                position: Some(source.position(cell.at)),
                field: Some(format!("{letter}[{i}][{j}]")),
                problem: Box::new(error.into()),
            })
        };
        let row = |letter: &str, i: usize, row: &[Cell]| {
            let cells = row.iter().enumerate();
            cells
                .map(|(j, cell)| number(letter, i, j, cell))
                .collect::<Result<Vec<_>, FileError>>()
        };
        let neurons = texts.a.iter().zip(&texts.c).enumerate();
        let neurons = neurons
            .map(|(i, (a, c))| {
                Ok(Neuron {
                    inner: row("a", i, a)?,
                    outer: row("c", i, c)?,
                })
            })
            .collect::<Result<Vec<_>, FileError>>()?;
        Family::new(neurons).ok_or_else(|| FileError {
            file: source.name().to_owned(),
            position: None,
            field: None,
            problem: Box::new(Problem::Other(
                "rows are empty or differ in length".to_owned(),
            )),
        })
    }

    /// d.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// D.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// The neurons.
    pub fn neurons(&self) -> &[Neuron] {
        &self.neurons
    }

    /// The same function with ReLU instead of the activation max(a·t, t), a ≥ 0, which this family is meant with: max(a·t, t) is
    /// ρ(t) − a·ρ(−t) for a ≤ 1 and a·ρ(t) − ρ(−t) otherwise, so every neuron becomes two. For a = 0 it is this family.
    pub fn from_activation(&self, a: &Rational) -> Self {
        if a.is_zero() {
            return self.clone();
        }
        let (larger, smaller) = match *a < Rational::one() {
            true => (Rational::one(), a.clone()),
            false => (a.clone(), Rational::one()),
        };
        let (plus, minus) = (Expression::from(larger), Expression::from(smaller));
        let times =
            |factor: &Expression, row: &[Expression]| row.iter().map(|e| e.mul(factor)).collect();
        let pair = |n: &Neuron| {
            [
                Neuron {
                    inner: n.inner.clone(),
                    outer: times(&plus, &n.outer),
                },
                Neuron {
                    inner: n.inner.iter().map(Expression::neg).collect(),
                    outer: times(&minus.neg(), &n.outer),
                },
            ]
        };
        Family {
            neurons: self.neurons.iter().flat_map(pair).collect(),
            ..*self
        }
    }

    /// One output alone; `None` if there is none of that index.
    pub fn output(&self, output: usize) -> Option<Self> {
        let neuron = |n: &Neuron| {
            Some(Neuron {
                inner: n.inner.clone(),
                outer: vec![n.outer.get(output)?.clone()],
            })
        };
        Some(Family {
            outputs: 1,
            neurons: self.neurons.iter().map(neuron).collect::<Option<_>>()?,
            ..*self
        })
    }

    /// All entries, neuron by neuron, inner before outer weights.
    pub fn entries(&self) -> impl Iterator<Item = &Expression> {
        self.neurons
            .iter()
            .flat_map(|n| n.inner.iter().chain(&n.outer))
    }

    fn map(&self, f: impl Fn(&Expression) -> Option<Expression>) -> Option<Self> {
        let row = |row: &[Expression]| row.iter().map(&f).collect::<Option<Vec<_>>>();
        let neuron = |n: &Neuron| {
            Some(Neuron {
                inner: row(&n.inner)?,
                outer: row(&n.outer)?,
            })
        };
        Some(Family {
            neurons: self.neurons.iter().map(neuron).collect::<Option<_>>()?,
            ..*self
        })
    }

    /// The network at an integer k, as a family that does not depend on k; `None` if an entry is not defined there.
    pub fn fixed(&self, k: u64) -> Option<Self> {
        self.map(|entry| entry.fixed(k))
    }

    /// As certificate data.
    pub fn to_certificate(&self) -> FamilyNetwork {
        let rows = |part: fn(&Neuron) -> &[Expression]| {
            let row = |n: &Neuron| part(n).iter().map(Expression::to_certificate).collect();
            self.neurons.iter().map(row).collect()
        };
        FamilyNetwork {
            d: self.inputs,
            m: self.neurons.len(),
            outputs: self.outputs,
            a: rows(|n| &n.inner),
            c: rows(|n| &n.outer),
        }
    }

    /// The network at an integer k, as certificate data; `None` if an entry is not defined there.
    pub fn instance(&self, k: u64) -> Option<certificate::Shallow> {
        let row = |row: &[Expression]| {
            let entries = row
                .iter()
                .map(|entry| entry.at(k).map(|value| Surd::from(&value)));
            entries.collect::<Option<Vec<_>>>()
        };
        let rows = |part: fn(&Neuron) -> &[Expression]| {
            self.neurons
                .iter()
                .map(|n| row(part(n)))
                .collect::<Option<Vec<_>>>()
        };
        Some(certificate::Shallow {
            d: self.inputs,
            m: self.neurons.len(),
            outputs: self.outputs,
            a: rows(|n| &n.inner)?,
            b: None,
            c: rows(|n| &n.outer)?,
            e: None,
        })
    }
}

fn source(name: &str, json: &str) -> Result<Source, FileError> {
    Source::new(name, Format::Json, json.as_bytes().to_vec())
}
