//! What stands behind the outputs of a network and is passed over: labels and probabilities that are made of them.

/// Operators that begin such a tail.
const BEGIN: &[(&str, &str)] = &[
    ("", "ArgMax"),
    ("", "ArgMin"),
    ("", "Hardmax"),
    ("", "LogSoftmax"),
    ("", "Sigmoid"),
    ("", "Softmax"),
    ("", "Tanh"),
    ("", "TopK"),
    ("ai.onnx.ml", "Binarizer"),
    ("ai.onnx.ml", "ZipMap"),
];

/// Operators that may stand in one, but are the network's own before it.
const GO_ON: &[(&str, &str)] = &[
    ("", "Cast"),
    ("", "Concat"),
    ("", "Flatten"),
    ("", "Identity"),
    ("", "Reshape"),
    ("", "Squeeze"),
    ("", "Sub"),
    ("", "Transpose"),
    ("", "Unsqueeze"),
    ("ai.onnx.ml", "ArrayFeatureExtractor"),
    ("ai.onnx.ml", "LabelEncoder"),
];

/// Whether the operator begins a tail.
pub(super) fn begins(domain: &str, op: &str) -> bool {
    BEGIN.contains(&(domain, op))
}

/// Whether the operator may stand in a tail.
pub(super) fn goes_on(domain: &str, op: &str) -> bool {
    begins(domain, op) || GO_ON.contains(&(domain, op))
}
