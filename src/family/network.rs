//! Family networks: R(x) = Σ c_i ρ(⟨a_i,x⟩) with entries that depend on k.

use num_traits::{One as _, Zero as _};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

use super::expression::Expression;
use super::text;
use crate::certificate::{self, FamilyNetwork, Surd};
use crate::exact::Rational;

/// Most neurons of a family.
const MOST_NEURONS: usize = 64;
/// Most entries of a family.
const MOST_ENTRIES: usize = 4096;

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

/// Why a text is not a family.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}, field {field}: {reason}")]
pub struct FamilyError {
    /// The file's name.
    pub name: String,
    /// Where in it.
    pub field: String,
    /// What is wrong, and what was expected.
    pub reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    parameter: Option<String>,
    a: Vec<Vec<Value>>,
    c: Vec<Vec<Value>>,
    d: Option<usize>,
    m: Option<usize>,
    #[serde(rename = "D")]
    outputs: Option<usize>,
    #[serde(rename = "name")]
    _name: Option<IgnoredAny>,
    b: Option<IgnoredAny>,
    e: Option<IgnoredAny>,
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

    /// Whether a JSON text describes a family: an object with a field `parameter`.
    pub fn is_family(json: &str) -> bool {
        let value: Result<Value, _> = serde_json::from_str(json);
        value.is_ok_and(|value| value.get("parameter").is_some())
    }

    /// Reads `{"parameter": "k", "a": [["k","0"],["k","-1/k^2"]], "c": [["k"],["-k"]]}`; `name` is the file's name for messages.
    /// Without `parameter` it is a network that does not depend on k.
    ///
    /// # Errors
    /// [`FamilyError`] with field and reason.
    pub fn from_json(name: &str, json: &str) -> Result<Self, FamilyError> {
        let refuse = |field: &str, reason: String| FamilyError {
            name: name.to_owned(),
            field: field.to_owned(),
            reason,
        };
        let file: File =
            serde_json::from_str(json).map_err(|e| refuse("(whole file)", e.to_string()))?;
        if let Some(name) = file.parameter.filter(|name| name != "k") {
            let reason = format!("'{name}': the parameter is called k");
            return Err(refuse("parameter", reason));
        }
        if file.b.is_some() || file.e.is_some() {
            return Err(refuse(
                "b, e",
                "families have no biases; add an input that is 1".to_owned(),
            ));
        }
        let entries = |rows: &[Vec<Value>]| rows.iter().map(Vec::len).sum::<usize>();
        if file.a.len() > MOST_NEURONS || entries(&file.a) + entries(&file.c) > MOST_ENTRIES {
            let reason = format!("more than {MOST_NEURONS} neurons or {MOST_ENTRIES} entries");
            return Err(refuse("a", reason));
        }
        let number = |field: String, value: &Value| {
            let text = match value {
                Value::String(text) => text.clone(),
                Value::Number(number) => number.to_string(),
                other => {
                    return Err(refuse(
                        &field,
                        format!("found {other}, expected a number as text"),
                    ));
                }
            };
            text::parse(&text).map_err(|error| refuse(&field, error.to_string()))
        };
        let rows = |letter: &str, rows: &[Vec<Value>]| {
            let row = |(i, row): (usize, &Vec<Value>)| {
                let entry = |(j, value)| number(format!("{letter}[{i}][{j}]"), value);
                row.iter()
                    .enumerate()
                    .map(entry)
                    .collect::<Result<Vec<_>, _>>()
            };
            rows.iter()
                .enumerate()
                .map(row)
                .collect::<Result<Vec<_>, _>>()
        };
        let (a, c) = (rows("a", &file.a)?, rows("c", &file.c)?);
        if a.len() != c.len() {
            let reason = format!(
                "{} rows, but a has {}: one row a neuron in both",
                c.len(),
                a.len()
            );
            return Err(refuse("c", reason));
        }
        let neurons = a
            .into_iter()
            .zip(c)
            .map(|(inner, outer)| Neuron { inner, outer });
        let family = Family::new(neurons.collect());
        let family = family
            .ok_or_else(|| refuse("a, c", "the rows are empty or differ in length".to_owned()))?;
        for (field, stated, found) in [
            ("d", file.d, family.inputs),
            ("m", file.m, family.neurons.len()),
            ("D", file.outputs, family.outputs),
        ] {
            if let Some(stated) = stated.filter(|stated| *stated != found) {
                return Err(refuse(
                    field,
                    format!("{stated}, but the weights say {found}"),
                ));
            }
        }
        Ok(family)
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
