//! Two networks of any depth that are near each other on a box: which neuron stands for which.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::number::StatedRational;

/// |R(Θ)(x) − R(Γ)(x)| ≤ the claim's bound at every x of the claim's box, in every output. Both current networks have as many layers, the same inputs and outputs;
/// `images` has, for every layer but the last, one [`Image`] a neuron of Γ: what stands for it in Θ. The verifier computes, layer by layer, intervals that hold
/// what differs, in exact numbers and one look at each weight, as follows; that the last ones lie in [−bound, bound] is what it is obliged to see.
///
/// At x let h_k be what Γ's layer reads (the inputs, or ρ of the layer before), h′_l what Θ's reads, and g_k what stands for h_k: t_k h′_l if l is its image with
/// the factor t_k, and 0 if it has none. D_k = h_k − g_k is what differs; inputs stand for themselves, so that theirs is 0. With the row (w, b) of neuron i of Γ
/// and (w′, b′) of its image, with factor t > 0, the sums z = ⟨w, h⟩ + b and z′ = ⟨w′, h′⟩ + b′ satisfy
///
/// z − t z′ = Σ_k w_k D_k + Σ_l (Σ_{k with image l} w_k t_k − t w′_l) h′_l + (b − t b′),
///
/// because w_k h_k = w_k D_k + w_k g_k. So it lies in an interval E, made of those of D and of h′. Let Z and Z′ be the intervals of z and z′, each from its own network,
/// and ρ of an interval that of its ends. Then D_i = ρ(z) − t ρ(z′) lies in both of these, and in their intersection:
///
/// - E if neither Z nor Z′ has negative numbers; else E extended to 0, as D_i lies between 0 and z − t z′;
/// - ρ(Z) − t ρ(Z′).
///
/// For a neuron without image D_i lies in ρ(Z). Outputs stand for themselves, with factor 1, and without ρ: there E is the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepNear {
    /// Layer by layer, without the last one, neuron by neuron of Γ.
    pub images: Vec<Vec<Image>>,
}

/// What stands for a neuron, as text `3`, `3 5/4` or `-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Image {
    /// A neuron of the other network's layer, times a factor > 0, which is not written where it is 1.
    Neuron(usize, Option<StatedRational>),
    /// Nothing: what reads it has its share, about, in a bias (`-`).
    Nothing,
}

impl fmt::Display for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Image::Neuron(neuron, None) => write!(f, "{neuron}"),
            Image::Neuron(neuron, Some(factor)) => write!(f, "{neuron} {factor}"),
            Image::Nothing => f.write_str("-"),
        }
    }
}

impl Image {
    /// What this text says; one text for every image.
    pub fn parse(text: &str) -> Option<Image> {
        let index = |digits: &str| {
            let canonical = digits == "0" || !digits.starts_with(['0', '+']);
            digits.parse::<usize>().ok().filter(|_| canonical)
        };
        match text.split_once(' ') {
            None if text == "-" => Some(Image::Nothing),
            None => Some(Image::Neuron(index(text)?, None)),
            Some((_, "1")) => None,
            Some((neuron, factor)) => {
                Some(Image::Neuron(index(neuron)?, Some(factor.parse().ok()?)))
            }
        }
    }
}

impl Serialize for Image {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Image {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Image::parse(&text)
            .ok_or_else(|| serde::de::Error::custom("an image is '<i>', '<i> <factor>' or '-'"))
    }
}
