//! Whether a verifier with its default limits takes a certificate on: what a producer can see of the text before it writes it.

use super::statement::{Networks, Shallow};
use super::weight::weigh;
use super::write::StatementLine;

/// The verifier's default limits, each a flag of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefaultLimits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Limb operations, beside those for every byte read.
    pub work: u64,
    /// Bytes held at one time.
    pub memory: u64,
}

impl DefaultLimits {
    /// The defaults: a certificate is verified or declined in about ten seconds, or in a time that grows like its length, within a gigabyte. They let a
    /// certificate of 50 MB with a tree of a million nodes pass.
    pub const VALUES: DefaultLimits = DefaultLimits {
        bytes: 1 << 28,
        work: 4_000_000_000,
        memory: 1_000_000_000,
    };

    /// What the limit on work comes to where so many bytes are read: as much again for every 16 MiB. So reading alone never exhausts it.
    pub fn work_for(limit: u64, bytes: u64) -> u64 {
        let more = (u128::from(limit) * u128::from(bytes)) >> 24;
        limit.saturating_add(u64::try_from(more).unwrap_or(u64::MAX))
    }
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
        found: u64,
        /// How much there may be.
        limit: u64,
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
    found: u64,
    limit: u64,
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

/// Whether a whole certificate is of a size and shape that a verifier with its default limits takes on. Nothing is verified: what the steps cost is not
/// known here.
///
/// # Errors
/// The first limit that is exceeded.
pub fn acceptable(text: &str) -> Result<(), Unacceptable> {
    let limits = DefaultLimits::VALUES;
    let bytes = text.len() as u64;
    hold("bytes", bytes, limits.bytes as u64, "--limit-bytes")?;
    // The statement is kept; of the other lines one is held at a time, and something of each is left.
    let (mut work, mut kept, mut most) = (0_u64, bytes, 0);
    for (index, line) in text.lines().enumerate() {
        let weight = weigh(line);
        work = work.saturating_add(weight.work);
        kept += match index {
            1 => STATED * weight.memory,
            _ => weight.left(),
        };
        most = most.max(weight.memory);
    }
    let allowed = DefaultLimits::work_for(limits.work, bytes);
    hold("limb operations to read", work, allowed, "--limit-work")?;
    let memory = "bytes of memory to read";
    hold(memory, kept + most, limits.memory, "--limit-memory")?;

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
        let jacobian = (d as u64).saturating_mul(outputs as u64);
        let found = kept.saturating_add(jacobian.saturating_mul(ENTRY));
        hold("bytes of memory", found, limits.memory, "--limit-memory")?;
    }
    Ok(())
}

/// How often the verifier has the numbers of the statement: as they are stated, and in the networks that are computed with.
const STATED: u64 = 3;
/// Bytes for an entry of a Jacobian.
const ENTRY: u64 = 180;

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
            text(1, 100_000, 1, 1_000_000, "1"),
            text(1000, 1, 1000, 0, &number(100_000)),
        ] {
            assert_eq!(acceptable(&good), Ok(()));
        }
        let many = vec!["\"1\""; 1_500_000].join(",");
        for (bad, expected) in [
            ("x".repeat(limits.bytes + 1), "268435457 bytes, and"),
            (
                text(1, 1, 1, 0, &format!("1/{}", number(2_000_000))),
                "limb operations to read, and the verifier takes at most 4",
            ),
            (format!("{{}}\n[{many}]\n"), "(--limit-memory)"),
            (text(4000, 1, 4000, 0, "1"), "(--limit-memory)"),
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
