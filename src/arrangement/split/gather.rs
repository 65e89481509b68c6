//! The tree of a statement with segments in the places of open nodes, every leaf of it seen again.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::path::Path;

use num_bigint::{BigInt, BigUint};
use num_traits::{Signed as _, Zero as _};

use super::folder::{Folder, root};
use super::lines::{Asked, SEGMENT, SegmentHead, Token, sides, signs};
use crate::arrangement::normals::Arrangement;
use crate::certificate::Circuit;
use crate::exact::Rational;
use crate::jobs::{SplitError, check_statement, read, text};

/// A segment that was read, its tree not looked at.
pub(super) struct Segment {
    pub file: String,
    pub head: SegmentHead,
    pub hash: String,
    lines: Vec<String>,
}

/// An open node without a segment.
#[derive(Clone, Debug)]
pub(super) struct OpenNode {
    pub job: String,
    pub prefix: Vec<bool>,
}

/// A whole tree, but for what its open nodes may hide.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// How many regions there are in it; of an arrangement that is halved, in one half.
    pub regions: BigUint,
    pub open: Vec<OpenNode>,
    /// All jobs whose places were seen.
    pub seen: BTreeSet<String>,
}

impl Segment {
    /// Reads a segment of this statement.
    pub fn open(path: &Path, folder: &Folder) -> Result<Segment, SplitError> {
        let file = path.display().to_string();
        let wrong = |reason: String| SplitError::wrong(&file, reason);
        let text = text(path)?;
        let found = read::<SegmentHead>(&file, &text, SEGMENT)?;
        let (head, lines, hash) = (found.head, found.lines, found.hash);
        check_statement(&file, &head.statement, &folder.hash)?;
        let lines: Vec<String> = lines.map(str::to_owned).collect();
        let counted = folder.question.asked == Asked::Count;
        if counted && !lines.is_empty() || !counted && head.next.is_some() {
            return Err(wrong("regions are listed and counted at once".to_owned()));
        }
        Ok(Segment {
            file,
            head,
            hash,
            lines,
        })
    }
}

/// A file whose tree is being read.
struct Reading {
    file: String,
    /// `7.` for the segment of job 7.
    prefix: String,
    tokens: Box<dyn Iterator<Item = Result<Token, String>>>,
    /// Decisions above its root.
    depth: usize,
    circuits: Vec<Circuit>,
    regions: u64,
    open: usize,
    /// What a segment says of itself: regions and open nodes.
    stated: Option<(u64, usize)>,
}

/// Puts the segments that `find` has into their places, and shows the regions in their order, by the sides of the classes.
pub(super) fn gather(
    folder: &Folder,
    find: &mut dyn FnMut(&str) -> Result<Option<Segment>, SplitError>,
    found: &mut dyn FnMut(&[bool]),
) -> Result<Gathered, SplitError> {
    let arrangement = &folder.arrangement;
    let mut all = Gathered::default();
    let mut place = root(arrangement);
    let lines = folder.lines.clone().into_iter();
    let mut files = vec![Reading {
        file: folder.place.statement_name(),
        prefix: String::new(),
        tokens: Box::new(lines.flat_map(|line| Token::of_line(&line))),
        depth: place.len(),
        circuits: Vec::new(),
        regions: 0,
        open: 0,
        stated: None,
    }];
    while let Some(file) = files.last_mut() {
        let wrong = |reason: String| SplitError::wrong(&file.file, reason);
        let Some(token) = file.tokens.next() else {
            return Err(wrong("the tree is not complete".to_owned()));
        };
        match token.map_err(wrong)? {
            Token::Circuits(circuits) => {
                for circuit in circuits {
                    check_circuit(arrangement, &circuit)
                        .map_err(|e| SplitError::wrong(&file.file, e))?;
                    file.circuits.push(circuit);
                }
                continue;
            }
            Token::Split if place.len() == arrangement.classes().len() => {
                return Err(wrong(format!("{}: every side is decided", signs(&place))));
            }
            Token::Split => {
                place.push(true);
                continue;
            }
            Token::Empty(index) => {
                let circuit = file.circuits.get(index);
                if !circuit.is_some_and(|circuit| refutes(arrangement, circuit, &place)) {
                    return Err(wrong(format!(
                        "'c{index}', below {}: there is no such circuit, or it leaves room there",
                        signs(&place)
                    )));
                }
            }
            Token::Region(point) => {
                if !is_inside(arrangement, &point, &place) {
                    return Err(wrong(format!("{}: the point is not inside", signs(&place))));
                }
                file.regions += 1;
                all.regions += 1u32;
                found(&place);
            }
            Token::Counted => {}
            Token::Open => {
                file.open += 1;
                let job = format!("{}{}", file.prefix, file.open);
                all.seen.insert(job.clone());
                let segment = find(&job)?;
                if let Some(segment) = segment {
                    let counted = folder.question.asked == Asked::Count;
                    if counted {
                        all.regions += segment.head.regions;
                    }
                    files.push(begin(segment, &job, &place, counted)?);
                    continue;
                }
                let prefix = place.clone();
                all.open.push(OpenNode { job, prefix });
            }
        }
        leave(&mut files, &mut place)?;
    }
    Ok(all)
}

/// Begins a segment in the place of an open node.
fn begin(
    segment: Segment,
    job: &str,
    place: &[bool],
    counted: bool,
) -> Result<Reading, SplitError> {
    let Segment {
        file, head, lines, ..
    } = segment;
    let wrong = |reason: String| SplitError::wrong(&file, reason);
    if head.job != job || head.below != signs(place) {
        return Err(wrong(format!(
            "is not what job {job} is about: regions below {}",
            signs(place)
        )));
    }
    let tokens: Box<dyn Iterator<Item = Result<Token, String>>> = if counted {
        let next = head.next.as_deref().map(|text| {
            let next = sides(text).filter(|next| next.starts_with(place));
            next.ok_or_else(|| wrong(format!("'{text}' is not below {}", head.below)))
        });
        let tokens = Token::of_count(place, next.transpose()?.as_deref());
        Box::new(tokens.into_iter().map(Ok))
    } else {
        Box::new(lines.into_iter().flat_map(|line| Token::of_line(&line)))
    };
    Ok(Reading {
        prefix: format!("{job}."),
        tokens,
        depth: place.len(),
        circuits: Vec::new(),
        regions: if counted { head.regions } else { 0 },
        open: 0,
        stated: Some((head.regions, head.open)),
        file,
    })
}

/// Goes to the next node, out of all files whose trees end here.
fn leave(files: &mut Vec<Reading>, place: &mut Vec<bool>) -> Result<(), SplitError> {
    while let Some(file) = files.last_mut() {
        while place.len() > file.depth {
            if let Some(last @ true) = place.last_mut() {
                *last = false;
                return Ok(());
            }
            place.pop();
        }
        let wrong = |reason: String| SplitError::wrong(&file.file, reason);
        if file.tokens.next().is_some() {
            return Err(wrong(
                "there are nodes after the end of the tree".to_owned(),
            ));
        }
        let is = (file.regions, file.open);
        if let Some(stated) = file.stated.filter(|stated| *stated != is) {
            return Err(wrong(format!(
                "says that it has {} regions and {} open nodes, and has {} and {}",
                stated.0, stated.1, is.0, is.1
            )));
        }
        files.pop();
    }
    Ok(())
}

/// A circuit is a sum of rows, of classes and of sides of the domain, that is 0.
fn check_circuit(arrangement: &Arrangement, circuit: &Circuit) -> Result<(), String> {
    let table = &arrangement.reduced;
    let classes = arrangement.classes().len();
    let fail = |reason: &str| {
        let text = serde_json::to_string(circuit).unwrap_or_default();
        Err(format!("circuit {text}: {reason}"))
    };
    let known = circuit.last().is_some_and(|(row, _)| *row < table.len());
    if !known || !circuit.is_sorted_by(|x, y| x.0 < y.0) {
        return fail("members must increase, and be hyperplanes or sides of the domain");
    }
    let mut inside = circuit.iter().filter(|(row, _)| *row >= classes);
    if !circuit.iter().all(|(_, x)| x.0.is_integer()) || !inside.all(|(_, x)| x.0.is_positive()) {
        return fail("multipliers must be integers, and positive for sides of the domain");
    }
    let sum = |column: usize| -> BigInt {
        let terms = circuit.iter();
        terms
            .map(|(row, x)| x.0.numer() * &table.row(*row)[column])
            .sum()
    };
    match (0..table.dimension()).all(|column| sum(column).is_zero()) {
        true => Ok(()),
        false => fail("the rows do not add up to 0"),
    }
}

/// Whether no point has these sides: all members pull the same way.
fn refutes(arrangement: &Arrangement, circuit: &Circuit, place: &[bool]) -> bool {
    let classes = arrangement.classes().len();
    let pull = |(row, x): &(usize, crate::certificate::StatedRational)| {
        let plus = match *row < classes {
            true => *place.get(*row)?,
            false => true,
        };
        let zero = Rational::from_integer(BigInt::ZERO);
        (x.0 != zero).then(|| x.0.is_positive() == plus)
    };
    let first = circuit.first().and_then(pull);
    first.is_some() && circuit.iter().all(|member| pull(member) == first)
}

/// Whether a point has these sides, of all classes, and is inside the domain.
fn is_inside(arrangement: &Arrangement, point: &[BigInt], place: &[bool]) -> bool {
    let table = &arrangement.reduced;
    let wanted = |row: usize| match place.get(row) {
        Some(false) => Ordering::Less,
        _ => Ordering::Greater,
    };
    place.len() == arrangement.classes().len()
        && point.len() == table.dimension()
        && (0..table.len()).all(|row| table.side(row, point) == wanted(row))
}
