//! What operators work with: arguments and attributes of one node, and what a model has made so far.

use std::rc::Rc;

use super::budget::Budget;
use super::constant;
use super::fault::{Fault, short};
use super::model::{Node, Setting, TensorData};
use super::row::Row;
use super::tensor::{Elements, Tensor};
use crate::exact::Rational;
use crate::network::file::precision::Precision;

/// What a model has made so far.
#[derive(Debug)]
pub(super) struct Machine {
    pub(super) budget: Budget,
    /// The version of the standard operators.
    pub(super) opset: i64,
    /// The format in which factors of BatchNormalization are computed, if they are taken.
    pub(super) batch_norm: Option<Precision>,
    /// Something was added to what is computed.
    pub(super) biased: bool,
    /// Neurons, a block for each ReLU.
    pub(super) blocks: Vec<Block>,
    /// Inputs and neurons so far.
    pub(super) numbered: u32,
    pub(super) remarks: Vec<String>,
    /// Nodes whose activations are written as differences of neurons.
    pub(super) leaky: Vec<String>,
    /// Nodes that are unrolled to matrices.
    pub(super) unrolled: Vec<String>,
}

/// Neurons that stand side by side: ReLUs of these affine functions.
#[derive(Debug)]
pub(super) struct Block {
    /// The number of the first one.
    pub(super) first: u32,
    /// The layer they are in, from 1.
    pub(super) level: usize,
    /// What goes in.
    pub(super) rows: Vec<Row>,
}

impl Machine {
    /// New neurons in the layer behind `level`: their numbers.
    pub(super) fn neurons(&mut self, rows: Vec<Row>, level: usize) -> Result<Vec<u32>, Fault> {
        self.budget.numbers(rows.len().checked_mul(2))?;
        let first = self.numbered;
        let many = || Fault::limit("more neurons than can be counted", "4294967295");
        let count = u32::try_from(rows.len()).map_err(|_| many())?;
        self.numbered = first.checked_add(count).ok_or_else(many)?;
        self.blocks.push(Block {
            first,
            level: level + 1,
            rows,
        });
        Ok((first..self.numbered).collect())
    }
}

/// A node's attributes and arguments.
pub(super) struct Call<'a, 'm> {
    pub(super) node: &'a Node<'m>,
    /// Left out inputs are `None`.
    pub(super) arguments: Vec<Option<Rc<Tensor>>>,
}

impl<'a, 'm> Call<'a, 'm> {
    /// Refuses attributes that are not known, since they may change what the node does.
    pub(super) fn knows(&self, names: &[&str]) -> Result<(), Fault> {
        let mut unknown = self.node.attributes.iter();
        match unknown.find(|attribute| !names.contains(&attribute.name)) {
            None => Ok(()),
            Some(attribute) => Err(Fault::wrong(
                format!("the attribute '{}'", short(attribute.name)),
                match names {
                    [] => "none".to_owned(),
                    names => format!("only {}", names.join(", ")),
                },
            )),
        }
    }

    /// Refuses other numbers of arguments.
    pub(super) fn takes(&self, least: usize, most: usize) -> Result<(), Fault> {
        let found = self.arguments.len();
        let given = self.arguments.iter().take(least).all(Option::is_some);
        match found >= least && found <= most && given {
            true => Ok(()),
            false => Err(Fault::wrong(
                format!("{found} inputs"),
                match least == most {
                    true => format!("{least}"),
                    false => format!("{least} to {most}"),
                },
            )),
        }
    }

    fn attribute(&self, name: &str) -> Result<Option<&'a Setting<'m>>, Fault> {
        let mut all = self
            .node
            .attributes
            .iter()
            .filter(|attribute| attribute.name == name);
        let found = all.next().map(|attribute| &attribute.value);
        match all.next() {
            None => Ok(found),
            Some(_) => Err(Fault::words(format!(
                "the attribute '{name}' stands there twice"
            ))),
        }
    }

    fn other<T>(name: &str, given: &Setting<'_>, expected: &str) -> Result<T, Fault> {
        let found = match given {
            Setting::Other(what) => format!("the attribute '{name}', {what}"),
            _ => format!("another kind of attribute '{name}'"),
        };
        Err(Fault::wrong(found, expected))
    }

    /// A whole number.
    pub(super) fn int(&self, name: &str) -> Result<Option<i64>, Fault> {
        match self.attribute(name)? {
            None => Ok(None),
            Some(Setting::Int(value)) => Ok(Some(*value)),
            Some(other) => Self::other(name, other, "a whole number"),
        }
    }

    /// Whether a whole number is not 0.
    pub(super) fn is_set(&self, name: &str) -> Result<bool, Fault> {
        Ok(self.int(name)?.unwrap_or_default() != 0)
    }

    /// Whole numbers.
    pub(super) fn ints(&self, name: &str) -> Result<Option<Vec<i64>>, Fault> {
        match self.attribute(name)? {
            None => Ok(None),
            Some(Setting::Ints(values)) => {
                Ok(Some(values.iter().map(|v| v.cast_signed()).collect()))
            }
            Some(other) => Self::other(name, other, "a list of whole numbers"),
        }
    }

    /// A number in single precision, bit for bit.
    pub(super) fn float(&self, name: &str) -> Result<Option<Rational>, Fault> {
        match self.attribute(name)? {
            None => Ok(None),
            Some(Setting::Float(bits)) => Ok(Some(constant::single((*bits).into())?)),
            Some(other) => Self::other(name, other, "a number"),
        }
    }

    /// Numbers in single precision, bit for bit.
    pub(super) fn floats(&self, name: &str) -> Result<Option<Vec<Rational>>, Fault> {
        match self.attribute(name)? {
            None => Ok(None),
            Some(Setting::Floats(bits)) => {
                let values = bits.iter().map(|bits| constant::single(*bits));
                values.collect::<Result<_, _>>().map(Some)
            }
            Some(other) => Self::other(name, other, "a list of numbers"),
        }
    }

    /// A word.
    pub(super) fn text(&self, name: &str) -> Result<Option<&'a str>, Fault> {
        match self.attribute(name)? {
            None => Ok(None),
            Some(Setting::Text(bytes)) => Ok(Some(std::str::from_utf8(bytes).unwrap_or("?"))),
            Some(other) => Self::other(name, other, "a word"),
        }
    }

    /// A tensor.
    pub(super) fn tensor(&self, name: &str) -> Result<Option<&'a TensorData<'m>>, Fault> {
        match self.attribute(name)? {
            None => Ok(None),
            Some(Setting::Tensor(tensor)) => Ok(Some(tensor)),
            Some(other) => Self::other(name, other, "a tensor"),
        }
    }

    /// An argument, as its own where nothing else needs it.
    pub(super) fn take(&mut self, index: usize) -> Result<Tensor, Fault> {
        let argument = self.arguments.get_mut(index).and_then(Option::take);
        let missing = || Fault::wrong("no input", format!("input {index}"));
        argument.map(Rc::unwrap_or_clone).ok_or_else(missing)
    }

    /// An argument that may be left out.
    pub(super) fn optional(&self, index: usize) -> Option<&Tensor> {
        self.arguments.get(index)?.as_deref()
    }

    /// An argument, looked at.
    pub(super) fn look(&self, index: usize) -> Result<&Tensor, Fault> {
        let missing = || Fault::wrong("no input", format!("input {index}"));
        self.optional(index).ok_or_else(missing)
    }

    /// The numbers of an argument that must be known; `what` it is is said where it is not.
    pub(super) fn known(&self, index: usize, what: &str) -> Result<&[Rational], Fault> {
        let computed = || {
            Fault::wrong(
                format!("{what} that the model computes from its input"),
                "constants: only then is the network piecewise linear",
            )
        };
        self.look(index)?.constant().ok_or_else(computed)
    }

    /// Whole numbers that older versions have as an attribute, newer ones as an argument.
    pub(super) fn whole_numbers(
        &self,
        name: &str,
        index: usize,
    ) -> Result<Option<Vec<i64>>, Fault> {
        match (self.ints(name)?, self.optional(index)) {
            (Some(values), None) => Ok(Some(values)),
            (None, Some(tensor)) => tensor.whole_numbers(name).map(Some),
            (None, None) => Ok(None),
            (Some(_), Some(_)) => Err(Fault::words(format!(
                "'{name}' is an attribute and an input"
            ))),
        }
    }
}

impl Tensor {
    /// The same shape and type with other elements.
    pub(super) fn with(&self, elements: Elements) -> Tensor {
        Tensor {
            shape: self.shape.clone(),
            kind: self.kind,
            elements,
        }
    }
}
