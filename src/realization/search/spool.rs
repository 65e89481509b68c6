//! Nodes of finished trees, encoded, in memory while they are few and then in a temporary file.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::certificate::Node;

/// Bytes that stay in memory.
const MEMORY: usize = 32 << 20;
/// Bytes read at a time.
const BLOCK: u64 = 1 << 20;

/// Where encoded nodes are kept.
#[derive(Debug, Default)]
pub struct Spool(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    memory: Vec<u8>,
    file: Option<File>,
    length: u64,
}

impl Spool {
    /// Keeps some bytes, and answers where.
    ///
    /// # Errors
    /// If the temporary file cannot be written.
    pub(crate) fn keep(&self, bytes: &[u8]) -> io::Result<Range<u64>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let start = kept.length;
        if kept.file.is_none() && kept.memory.len() + bytes.len() <= MEMORY {
            kept.memory.extend_from_slice(bytes);
        } else {
            let in_memory = kept.memory.len() as u64;
            let file = match kept.file.take() {
                Some(file) => file,
                None => tempfile::tempfile()?,
            };
            let file = kept.file.insert(file);
            file.seek(SeekFrom::Start(start - in_memory))?;
            file.write_all(bytes)?;
        }
        kept.length += bytes.len() as u64;
        Ok(start..kept.length)
    }

    fn read(&self, range: Range<u64>) -> io::Result<Vec<u8>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let in_memory = kept.memory.len() as u64;
        if range.end <= in_memory {
            return Ok(kept.memory[range.start as usize..range.end as usize].to_vec());
        }
        let mut bytes = Vec::new();
        if range.start < in_memory {
            bytes.extend_from_slice(&kept.memory[range.start as usize..]);
        }
        let start = range.start.max(in_memory) - in_memory;
        let left = range.end - in_memory - start;
        let Some(file) = &mut kept.file else {
            return Err(io::ErrorKind::UnexpectedEof.into());
        };
        file.seek(SeekFrom::Start(start))?;
        file.take(left).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// The nodes of a tree in preorder, wherever they are kept.
#[derive(Clone, Debug)]
pub struct TreeNodes {
    spool: Arc<Spool>,
    parts: Vec<Range<u64>>,
}

impl TreeNodes {
    pub(crate) fn new(spool: Arc<Spool>, parts: Vec<Range<u64>>) -> Self {
        TreeNodes { spool, parts }
    }

    /// How many bytes they take where they are kept.
    pub(crate) fn bytes(&self) -> u64 {
        self.parts.iter().map(|part| part.end - part.start).sum()
    }

    /// All nodes, about a megabyte at a time in memory.
    ///
    /// Each item is an error where the temporary file cannot be read.
    pub fn iter(&self) -> impl Iterator<Item = io::Result<Node>> + '_ {
        Reader {
            nodes: self,
            part: 0,
            at: self.parts.first().map_or(0, |part| part.start),
            bytes: Vec::new(),
            used: 0,
        }
    }
}

struct Reader<'a> {
    nodes: &'a TreeNodes,
    part: usize,
    /// The next byte of the part that is not read.
    at: u64,
    bytes: Vec<u8>,
    used: usize,
}

impl Reader<'_> {
    /// Reads on; false at the end of all parts.
    fn fill(&mut self) -> io::Result<bool> {
        loop {
            let Some(part) = self.nodes.parts.get(self.part) else {
                return Ok(false);
            };
            if self.at < part.end {
                let end = part.end.min(self.at + BLOCK);
                self.bytes.drain(..self.used);
                self.used = 0;
                self.bytes.extend(self.nodes.spool.read(self.at..end)?);
                self.at = end;
                return Ok(true);
            }
            self.part += 1;
            self.at = self.nodes.parts.get(self.part).map_or(0, |part| part.start);
        }
    }
}

impl Iterator for Reader<'_> {
    type Item = io::Result<Node>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut rest = &self.bytes[self.used..];
            if let Some((node, _)) = decode(&mut rest) {
                self.used = self.bytes.len() - rest.len();
                return Some(Ok(node));
            }
            match self.fill() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => {
                    self.part = self.nodes.parts.len();
                    self.bytes.clear();
                    self.used = 0;
                    return Some(Err(error));
                }
            }
        }
    }
}

fn push(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 128 {
        bytes.push(number as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn pull(bytes: &mut &[u8]) -> Option<usize> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= usize::from(byte & 127) << shift;
        if *byte < 128 {
            return Some(number);
        }
        shift += 7;
    }
}

/// A split, the branch with this side first.
pub(crate) fn encode_split(bytes: &mut Vec<u8>, hyperplane: usize, plus: bool) {
    bytes.push(u8::from(!plus));
    push(bytes, hyperplane);
}

/// A leaf with its circuits, perhaps none; `open` if a subtree is to come in its place.
pub(crate) fn encode_leaf(bytes: &mut Vec<u8>, circuits: &[Vec<usize>], open: bool) {
    bytes.push(if open { 3 } else { 2 });
    push(bytes, circuits.len());
    for members in circuits {
        push(bytes, members.len());
        let mut last = 0;
        for member in members {
            push(bytes, member - last);
            last = *member;
        }
    }
}

/// The next node, and whether it is an open leaf.
pub(crate) fn decode(bytes: &mut &[u8]) -> Option<(Node, bool)> {
    let kind = pull(bytes)?;
    let node = match kind {
        0 => Node::Split(pull(bytes)?),
        1 => Node::SplitMinus(pull(bytes)?),
        _ => {
            let mut circuits = Vec::new();
            for _ in 0..pull(bytes)? {
                let mut last = 0;
                let mut members = Vec::new();
                for _ in 0..pull(bytes)? {
                    last += pull(bytes)?;
                    members.push(last);
                }
                circuits.push(members);
            }
            match circuits.is_empty() {
                true => Node::Bound,
                false => Node::Circuits(circuits),
            }
        }
    };
    Some((node, kind == 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again() {
        let spool = Arc::new(Spool::default());
        let mut expected = Vec::new();
        let mut parts = Vec::new();
        // More than stays in memory.
        for round in 0..40 {
            let mut bytes = Vec::new();
            encode_split(&mut bytes, round * 100, round % 2 == 0);
            expected.push(match round % 2 {
                0 => Node::Split(round * 100),
                _ => Node::SplitMinus(round * 100),
            });
            let circuits: Vec<Vec<usize>> = (0..1000 * round)
                .map(|i| (0..30).map(|k| k * 131 + i % 131).collect())
                .collect();
            encode_leaf(&mut bytes, &circuits, false);
            expected.push(match circuits.is_empty() {
                true => Node::Bound,
                false => Node::Circuits(circuits),
            });
            parts.push(spool.keep(&bytes).unwrap());
        }
        assert!(spool.0.lock().unwrap().file.is_some());
        let nodes = TreeNodes::new(spool, parts);
        assert!(nodes.iter().map(Result::unwrap).eq(expected));
    }
}
