//! Whether a verifier with its default limits takes a certificate on: what a producer can see of the text, line by line.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::weight::weigh;

/// The verifier's default limits, each a flag of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefaultLimits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Limb operations, beside those for every byte read.
    pub work: u64,
    /// Bytes held at one time.
    pub memory: u64,
}

impl DefaultLimits {
    /// The defaults: a certificate is verified or declined in about ten seconds, or in a time that grows like its length, within a gigabyte. Memory
    /// does not grow with the length of a file whose lines are not long.
    pub const VALUES: DefaultLimits = DefaultLimits {
        bytes: 1 << 32,
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

/// What a certificate comes to, by its lines from the first one on; none is kept.
#[derive(Clone, Debug, Default)]
pub struct Extent {
    lines: u64,
    bytes: u64,
    work: u64,
    /// Bytes that the verifier keeps: the statement, and something of each line.
    kept: u64,
    /// The most bytes for one line beside that.
    most: u64,
    /// Inputs, neurons and outputs of the statement's networks, once it is read.
    shapes: Option<Vec<[usize; 3]>>,
}

impl Extent {
    /// Adds the next line, with its line end or without.
    pub fn line(&mut self, line: &str) {
        let text = line.strip_suffix('\n').unwrap_or(line);
        let weight = weigh(text);
        let bytes = text.len() as u64 + 1;
        self.bytes = self.bytes.saturating_add(bytes);
        self.work = self.work.saturating_add(weight.work);
        // The place for a line grows by doubling.
        self.most = self.most.max(weight.memory + 2 * bytes);
        let left = match self.lines {
            1 => STATED * weight.memory,
            _ => weight.left(),
        };
        self.kept = self.kept.saturating_add(left);
        if self.lines == 1 {
            // Where reading takes seconds it is left to the verifier.
            self.shapes = match weight.work > DefaultLimits::VALUES.work {
                true => Some(Vec::new()),
                false => {
                    let outline = serde_json::from_str::<Outline>(text);
                    outline
                        .ok()
                        .and_then(|line| line.statement.networks.shapes())
                }
            };
        }
        self.lines += 1;
    }

    /// Whether it is of a size and shape that a verifier with its default limits takes on. Nothing is verified: what the steps cost is not known here.
    ///
    /// # Errors
    /// The first limit that is exceeded.
    pub fn check(&self) -> Result<(), Unacceptable> {
        let limits = DefaultLimits::VALUES;
        hold("bytes", self.bytes, limits.bytes, "--limit-bytes")?;
        let allowed = DefaultLimits::work_for(limits.work, self.bytes);
        let work = "limb operations to read";
        hold(work, self.work, allowed, "--limit-work")?;
        let memory = "bytes of memory to read";
        let read = self.kept.saturating_add(self.most);
        hold(memory, read, limits.memory, "--limit-memory")?;
        let Some(shapes) = &self.shapes else {
            return Err(Unacceptable::NoStatement);
        };
        for &[d, m, outputs] in shapes {
            if d == 0 || m == 0 || outputs == 0 {
                return Err(Unacceptable::Empty);
            }
            let jacobian = (d as u64).saturating_mul(outputs as u64);
            let found = self.kept.saturating_add(jacobian.saturating_mul(ENTRY));
            hold("bytes of memory", found, limits.memory, "--limit-memory")?;
        }
        Ok(())
    }
}

/// What is looked at of a statement's line: numbers, of which there may be very many, are left unread.
#[derive(Deserialize)]
struct Outline {
    statement: Stated,
}

#[derive(Deserialize)]
struct Stated {
    networks: Networks,
}

#[derive(Deserialize)]
struct Networks {
    gamma: Shape,
    theta: Option<Shape>,
    phi: Option<Shape>,
}

/// Of a network of any depth, which has `layers` instead, all that takes memory is written out.
#[derive(Deserialize)]
struct Shape {
    d: Option<usize>,
    m: Option<usize>,
    #[serde(rename = "D")]
    outputs: Option<usize>,
    layers: Option<IgnoredAny>,
}

impl Networks {
    /// Inputs, neurons and outputs of each shallow network; none if one is no network.
    fn shapes(&self) -> Option<Vec<[usize; 3]>> {
        let all = [Some(&self.gamma), self.theta.as_ref(), self.phi.as_ref()];
        let shallow = all.into_iter().flatten().filter(|it| it.layers.is_none());
        let shape = |network: &Shape| Some([network.d?, network.m?, network.outputs?]);
        shallow.map(shape).collect()
    }
}

/// The same of a whole certificate: see [`Extent::check`].
///
/// # Errors
/// The first limit that is exceeded.
pub fn acceptable(text: &str) -> Result<(), Unacceptable> {
    let mut extent = Extent::default();
    text.lines().for_each(|line| extent.line(line));
    extent.check()
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
        let mut long = Extent {
            bytes: limits.bytes - 2,
            ..Extent::default()
        };
        long.line("x\n");
        assert_eq!(long.check(), Err(Unacceptable::NoStatement));
        long.line("");
        let found = long.check().unwrap_err().to_string();
        assert!(found.contains("4294967297 bytes, and"), "{found}");
    }
}
