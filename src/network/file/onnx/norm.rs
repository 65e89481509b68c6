//! `BatchNormalization` after training: a factor and a shift for each channel, rounded as a runtime rounds them, or refused.
//!
//! y = (x − mean) · scale / √(var + ε) + B has a square root that is in general irrational, so that no exact network has these weights. A
//! runtime does not have it either: it computes a factor and a shift once, in the format of the model's numbers, and these floats are what is
//! applied. With `--batch-norm f32` or `f64` they are taken, each operation rounded to the nearest float, ties to even, in this order (that of
//! onnxruntime's CPU kernel):
//!
//! 1. v = round(var + ε), 2. r = round(√v), 3. q = round(1/r), 4. factor = round(q · scale),
//! 5. p = round(mean · factor), 6. shift = round(B − p); then y = factor · x + shift, exactly.

use num_traits::{Signed as _, Zero as _};

use super::arithmetic::scaled;
use super::constant::single;
use super::fault::Fault;
use super::machine::{Call, Machine};
use super::tensor::Tensor;
use crate::exact::{Rational, Surd};
use crate::network::file::precision::Precision;
use crate::network::file::round::nearest;

/// Factors and shifts, rounded.
pub(super) fn batch_normalization(
    call: &mut Call<'_, '_>,
    machine: &mut Machine,
) -> Result<Tensor, Fault> {
    call.knows(&["epsilon", "momentum", "spatial", "training_mode"])?;
    call.takes(5, 5)?;
    if call.is_set("training_mode")?
        || call
            .node
            .outputs
            .iter()
            .skip(1)
            .any(|name| !name.is_empty())
    {
        return Err(Fault::wrong(
            "batch normalization in training mode",
            "a model that is exported for inference, after model.eval() in PyTorch",
        ));
    }
    if call.int("spatial")? == Some(0) {
        return Err(Fault::wrong(
            "spatial 0",
            "one mean and variance for each channel",
        ));
    }
    let Some(precision) = machine.batch_norm else {
        return Err(Fault::wrong(
            "a factor scale/sqrt(var + epsilon), whose square root is irrational in general",
            "weights that are numbers of the file: --batch-norm f32 (or f64) takes the factor as the float that a runtime computes; or export the \
             model with its batch normalization folded into the layer before it",
        ));
    };
    let epsilon = match call.float("epsilon")? {
        Some(epsilon) => epsilon,
        // The default is 1e-5, as the float that it is.
        None => single(0x3727_c5ac)?,
    };
    let lists = ["scale", "B", "mean", "var"];
    let mut given = Vec::new();
    for (index, name) in lists.iter().enumerate() {
        let numbers = call.known(index + 1, name)?;
        for number in numbers {
            float(number, precision, name)?;
        }
        given.push(numbers.to_vec());
    }
    let [scale, b, mean, var] = given.as_slice() else {
        return Err(Fault::words("a list is missing"));
    };
    let x = call.take(0)?;
    let channels = x.shape.get(1).copied().unwrap_or(1);
    if given.iter().any(|list| list.len() != channels) {
        let lengths: Vec<usize> = given.iter().map(Vec::len).collect();
        let found = format!("scale, B, mean and var of lengths {lengths:?}");
        return Err(Fault::wrong(
            found,
            format!("{channels}, one number for each channel"),
        ));
    }
    let (mut factors, mut shifts) = (Vec::new(), Vec::new());
    for channel in 0..channels {
        let round = |number: Rational| rounded(&Surd::from(number), precision);
        let v = round(&var[channel] + &epsilon)?;
        if !v.is_positive() {
            let found = format!("var + epsilon = {v} in channel {channel}");
            return Err(Fault::wrong(found, "a positive number"));
        }
        let root = Surd::sqrt(&v).ok_or_else(|| Fault::words("no square root"))?;
        let r = rounded(&root, precision)?;
        let factor = round(round(r.recip())? * &scale[channel])?;
        let p = round(&mean[channel] * &factor)?;
        shifts.push(round(&b[channel] - p)?);
        factors.push(factor);
    }
    machine.remarks.push(format!(
        "{}: factor and shift are {} floats as a runtime computes them, six operations rounded one after the other",
        call.node.place(),
        precision.name()
    ));
    scaled(x, &factors, &shifts, machine)
}

fn rounded(number: &Surd, precision: Precision) -> Result<Rational, Fault> {
    if number.sign().is_eq() {
        return Ok(Rational::zero());
    }
    nearest(number, precision)
        .map(|nearest| nearest.value)
        .map_err(Fault::whole)
}

/// The number must be one of the format.
fn float(number: &Rational, precision: Precision, name: &str) -> Result<(), Fault> {
    match nearest(&Surd::from(number.clone()), precision) {
        Ok(nearest) if nearest.exact => Ok(()),
        _ => Err(Fault::wrong(
            format!("{name} with a number that is not {}", precision.name()),
            "the format that the model has: --batch-norm f64 takes double precision",
        )),
    }
}
