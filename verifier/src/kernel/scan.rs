//! The first look at a file: how many bytes and lines it has, where the last one is, and the hash of those above it. Nothing is kept of the lines.

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use sha2::{Digest as _, Sha256};

use super::budget::{Budget, Held, Limits};
use super::verdict::{Stop, reject};

/// What is read more than once, from its beginning: a file, or bytes in memory.
pub(crate) trait Source: BufRead + Seek {}

impl<S: BufRead + Seek> Source for S {}

/// Reads a file whole, but only one byte more than the limits allow.
pub(crate) fn read_bounded(file: impl Read, limits: &Limits) -> io::Result<Vec<u8>> {
    let most = limits.bytes.min(limits.memory);
    let mut text = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut text)?;
    Ok(text)
}

/// What is said of a certificate whose last line is missing.
pub(crate) const CUT_OFF: &str = "the file ends before its last line: it is cut off";

/// What was seen of a file.
pub(crate) struct Scan {
    /// Its first bytes, as many as a certificate's first line always has.
    pub(crate) start: Vec<u8>,
    /// How many bytes it has.
    bytes: u64,
    /// How many line ends it has.
    ends: u64,
    last: LineEnd,
    /// The one before.
    previous: LineEnd,
}

/// A line end.
#[derive(Clone, Default)]
struct LineEnd {
    /// The number of bytes up to it, with it; 0 if there is no such line end.
    bytes: u64,
    /// Has hashed all of these.
    hasher: Sha256,
}

/// How much is looked at in one piece.
const PIECE: usize = 1 << 16;

impl Scan {
    /// Reads a source to its end; rejects what is not UTF-8. Its work is counted by the caller.
    pub(crate) fn new(source: &mut dyn Source, start: usize) -> Result<Scan, Stop> {
        let mut scan = Scan {
            start: Vec::new(),
            bytes: 0,
            ends: 0,
            last: LineEnd::default(),
            previous: LineEnd::default(),
        };
        let mut hasher = Sha256::new();
        source.rewind()?;
        let mut piece = vec![0; PIECE];
        // Bytes at the beginning that are the first ones of a character.
        let mut kept = 0;
        loop {
            let read = match source.read(piece.get_mut(kept..).unwrap_or_default()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            if read == 0 {
                break;
            }
            let known = piece.get(..kept + read).unwrap_or_default();
            let whole = match std::str::from_utf8(known) {
                Ok(_) => known.len(),
                Err(error) if error.error_len().is_none() => error.valid_up_to(),
                Err(error) => {
                    let at = scan.bytes + error.valid_up_to() as u64;
                    return reject(format!("not UTF-8 from byte {at}"));
                }
            };
            let (whole, rest) = known.split_at_checked(whole).unwrap_or_default();
            let missing = start.saturating_sub(scan.start.len());
            scan.start.extend(whole.iter().take(missing));
            scan.look(whole, &mut hasher);
            kept = rest.len();
            let from = whole.len();
            piece.copy_within(from..from + kept, 0);
        }
        match kept {
            0 => Ok(scan),
            // The last character is not whole.
            _ => reject(CUT_OFF),
        }
    }

    /// Goes on by a piece; the last two line ends in it are found, the others counted.
    fn look(&mut self, piece: &[u8], hasher: &mut Sha256) {
        self.ends += piece.iter().filter(|byte| **byte == b'\n').count() as u64;
        let end = |text: &[u8]| text.iter().rposition(|byte| *byte == b'\n');
        let last = end(piece);
        let previous = last.and_then(|last| end(piece.get(..last)?));
        let mut rest = piece;
        let mut hashed = 0;
        for end in [previous, last].into_iter().flatten() {
            let (upto, after) = rest.split_at_checked(end + 1 - hashed).unwrap_or_default();
            hasher.update(upto);
            (rest, hashed) = (after, end + 1);
            let bytes = self.bytes + hashed as u64;
            let hasher = hasher.clone();
            self.previous = std::mem::replace(&mut self.last, LineEnd { bytes, hasher });
        }
        hasher.update(rest);
        self.bytes += piece.len() as u64;
    }

    /// Whether there are no bytes.
    pub(crate) fn is_empty(&self) -> bool {
        self.bytes == 0
    }

    /// Whether the last line is ended.
    pub(crate) fn is_ended(&self) -> bool {
        self.last.bytes == self.bytes
    }

    /// How many lines are above the last one.
    pub(crate) fn above(&self) -> u64 {
        self.ends.saturating_sub(u64::from(self.is_ended()))
    }

    /// The last line, read again, without its line end; with the memory it takes.
    pub(crate) fn last_line(
        &self,
        source: &mut dyn Source,
        limits: &Budget,
    ) -> Result<(String, Held), Stop> {
        let start = match self.is_ended() {
            true => self.previous.bytes,
            false => self.last.bytes,
        };
        let length = self.bytes - start - u64::from(self.is_ended());
        let held = limits.hold(length)?;
        source.seek(SeekFrom::Start(start))?;
        let mut line = String::new();
        match source.take(length).read_to_string(&mut line) {
            Err(error) if error.kind() == io::ErrorKind::InvalidData => reject(CHANGED),
            read => {
                read?;
                Ok((line, held))
            }
        }
    }

    /// The hash of all lines above the last one, which is ended.
    pub(crate) fn hash(&self) -> String {
        hex(self.previous.hasher.clone())
    }
}

/// What is said of a file that is not the same when it is read again.
pub(crate) const CHANGED: &str = "the file changed while it was read";

/// Lower-case hexadecimal SHA-256.
pub(crate) fn hex(hasher: Sha256) -> String {
    let digest = hasher.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
