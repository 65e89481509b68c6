//! Whether a verifier with its default limits takes a certificate on: what a producer can see of the text before it writes it.

use super::statement::{Networks, Shallow};
use super::write::StatementLine;

/// The verifier's default limits on what a file holds, before anything is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefaultLimits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Bytes of a line.
    pub line_bytes: usize,
    /// Decimal digits in a row.
    pub digits: usize,
    /// Neurons of a network.
    pub neurons: usize,
    /// Inputs times outputs.
    pub dimensions: usize,
    /// Steps.
    pub steps: usize,
}

impl DefaultLimits {
    /// The defaults. They let a certificate of 50 MB with a tree of a million nodes pass, and numbers as long as networks may have
    /// them.
    pub const VALUES: DefaultLimits = DefaultLimits {
        bytes: 1 << 28,
        line_bytes: 1 << 27,
        digits: 40_000,
        neurons: 100_000,
        dimensions: 1_000_000,
        steps: 1_000_000,
    };
}

/// Why a verifier with its default limits would not verify a certificate, whatever it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unacceptable {
    /// Over a limit.
    #[error("it has {found} {what}, and the verifier takes at most {limit} by default ({flag})")]
    Large {
        /// What there is too much of.
        what: &'static str,
        /// How much there is.
        found: usize,
        /// How much there may be.
        limit: usize,
        /// The verifier's flag that allows more.
        flag: &'static str,
    },
    /// A network without inputs, neurons or outputs.
    #[error("certificates are for networks with at least one input, neuron and output")]
    Empty,
    /// Not a certificate.
    #[error("it has no statement on its second line")]
    NoStatement,
}

fn hold(
    what: &'static str,
    found: usize,
    limit: usize,
    flag: &'static str,
) -> Result<(), Unacceptable> {
    if found <= limit {
        return Ok(());
    }
    Err(Unacceptable::Large {
        what,
        found,
        limit,
        flag,
    })
}

/// Whether a whole certificate is of a size and shape that a verifier with its default limits takes on. Nothing is verified.
///
/// # Errors
/// The first limit that is exceeded.
pub fn acceptable(text: &str) -> Result<(), Unacceptable> {
    let limits = DefaultLimits::VALUES;
    hold("bytes", text.len(), limits.bytes, "--limit-bytes")?;
    // All lines but header, statement, conclusion and the last one.
    let steps = text.lines().count().saturating_sub(4);
    hold("steps", steps, limits.steps, "--limit-steps")?;
    for line in text.lines() {
        let (found, limit) = (line.len(), limits.line_bytes);
        hold("bytes in a line", found, limit, "--limit-line-bytes")?;
    }
    let digits = longest_number(text);
    hold("digits in a row", digits, limits.digits, "--limit-digits")?;

    let statement = text.lines().nth(1).map(serde_json::from_str);
    let Some(Ok(StatementLine { statement })) = statement else {
        return Err(Unacceptable::NoStatement);
    };
    let Networks { gamma, theta, phi } = &statement.networks;
    for network in [Some(gamma), theta.as_ref(), phi.as_ref()] {
        let Some(&Shallow { d, m, outputs, .. }) = network else {
            continue;
        };
        if d == 0 || m == 0 || outputs == 0 {
            return Err(Unacceptable::Empty);
        }
        hold("neurons", m, limits.neurons, "--limit-neurons")?;
        let (found, limit) = (d.saturating_mul(outputs), limits.dimensions);
        hold("inputs times outputs", found, limit, "--limit-dimensions")?;
    }
    Ok(())
}

/// How many digits the longest run of digits has.
pub fn longest_number(text: &str) -> usize {
    let runs = text.as_bytes().split(|byte| !byte.is_ascii_digit());
    runs.map(<[u8]>::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A certificate's text with this network, these steps and this producer.
    fn text(d: usize, m: usize, outputs: usize, steps: usize, number: &str) -> String {
        let network =
            format!(r#"{{"d":{d},"m":{m},"D":{outputs},"a":[["{number}"]],"c":[["1"]]}}"#);
        let statement = format!(
            r#"{{"statement":{{"networks":{{"gamma":{network}}},"claim":{{"unique":{{}}}}}}}}"#
        );
        format!("{{}}\n{statement}\n{}{{}}\n{{}}\n", "{}\n".repeat(steps))
    }

    #[test]
    fn limits_are_those_of_the_verifier() {
        let limits = DefaultLimits::VALUES;
        let number = |digits: usize| "7".repeat(digits);
        for good in [
            text(1, 1, 1, 0, "1"),
            text(1, limits.neurons, 1, limits.steps, "1"),
            text(1000, 1, 1000, 0, &number(limits.digits)),
        ] {
            assert_eq!(acceptable(&good), Ok(()));
        }
        let long = |count: usize| "x".repeat(count);
        for (bad, expected) in [
            (
                text(1, limits.neurons + 1, 1, 0, "1"),
                "100001 neurons, and the verifier takes at most 100000 by default (--limit-neurons)",
            ),
            (text(1001, 1, 1000, 0, "1"), "1001000 inputs times outputs"),
            (text(1, 1, 1, limits.steps + 1, "1"), "1000001 steps"),
            (
                text(1, 1, 1, 0, &number(limits.digits + 1)),
                "40001 digits in a row",
            ),
            (long(limits.line_bytes + 1), "134217729 bytes in a line"),
            (long(limits.bytes + 1), "268435457 bytes, and"),
            (
                text(0, 1, 1, 0, "1"),
                "at least one input, neuron and output",
            ),
            (
                text(1, 0, 1, 0, "1"),
                "at least one input, neuron and output",
            ),
            (
                text(1, 1, 0, 0, "1"),
                "at least one input, neuron and output",
            ),
            ("{}\n".to_owned(), "no statement"),
            ("{}\n{}\n".to_owned(), "no statement"),
        ] {
            let found = acceptable(&bad).unwrap_err().to_string();
            assert!(found.contains(expected), "{found}");
        }
    }
}
