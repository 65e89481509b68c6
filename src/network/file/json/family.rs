//! The numbers of a family as texts; what they mean is the business of `family`.

use super::assemble::check_sizes;
use super::fields::{Fields, Matrix, Row};
use super::reader::{Reader, fault, within};
use crate::network::file::error::{FileError, Problem};
use crate::network::file::limits::{MOST_FAMILY_ENTRIES, MOST_FAMILY_NEURONS};
use crate::network::file::scan::{Fault, Scalar};

/// One number of a family file.
pub(crate) struct Cell {
    /// Its text, escapes resolved.
    pub text: String,
    /// Its first byte in the file.
    pub at: usize,
}

/// The rows of a family file, of shapes that fit: one row a neuron in both.
pub(crate) struct FamilyText {
    /// Inner weights.
    pub a: Vec<Vec<Cell>>,
    /// Biases, if there are any: one a neuron.
    pub b: Option<Vec<Cell>>,
    /// Outer weights.
    pub c: Vec<Vec<Cell>>,
    /// The output bias, if there is one: one number an output.
    pub e: Option<Vec<Cell>>,
}

/// Whether the file has the field `parameter`, as far as it can be read.
pub(in crate::network::file) fn is_family(bytes: &[u8]) -> bool {
    let mut reader = Reader::new(bytes);
    let mut fields = Fields::default();
    // What is wrong is said when the file is read.
    let _ = reader.fields(&mut fields);
    fields.parameter.is_some()
}

/// The texts of a family, or of a network without `layers`.
pub(in crate::network::file) fn family_text(
    name: &str,
    bytes: &[u8],
) -> Result<FamilyText, FileError> {
    let mut reader = Reader::new(bytes);
    reader.family().map_err(|fault| reader.located(name, fault))
}

impl Reader<'_> {
    fn family(&mut self) -> Result<FamilyText, Fault> {
        let start = self.scanner.position();
        let fields = self.whole()?;
        if let Some((at, name)) = fields.parameter.filter(|(_, name)| name != "k") {
            let name: String = name.chars().take(60).collect();
            return Err(fault(
                at,
                "parameter",
                Problem::wrong(format!("'{name}'"), "k"),
            ));
        }
        let (Some(a), Some(c), None) = (fields.a, fields.c, fields.layers) else {
            let expected = "a family such as {\"parameter\": \"k\", \"a\": [[\"k\",\"0\"]], \"c\": [[\"1/k\"]]}";
            return Err(Fault::new(
                start,
                Problem::wrong("not both of the fields a and c, or others", expected),
            ));
        };
        if c.rows.len() != a.rows.len() {
            let found = format!("{} rows", c.rows.len());
            let expected = format!("{}, one a neuron as in a", a.rows.len());
            return Err(fault(c.at, "c", Problem::wrong(found, expected)));
        }
        let lengths = [
            ("b", &fields.b, a.rows.len(), "one a neuron"),
            ("e", &fields.e, c.width(), "one an output"),
        ];
        for (field, row, length, each) in lengths {
            if let Some(row) = row.as_ref().filter(|row| row.entries.len() != length) {
                let found = format!("{} numbers", row.entries.len());
                let expected = format!("{length}, {each}");
                return Err(fault(row.at, field, Problem::wrong(found, expected)));
            }
        }
        let (neurons, entries) = (a.rows.len(), a.rows.len() * (a.width() + c.width()));
        for (found, most, what) in [
            (neurons, MOST_FAMILY_NEURONS, "neurons of a family"),
            (entries, MOST_FAMILY_ENTRIES, "entries of a family"),
        ] {
            if found > most {
                let problem = Problem::Limit {
                    found: format!("{found} {what}"),
                    limit: most.to_string(),
                };
                return Err(fault(a.at, "a", problem));
            }
        }
        let sizes = [a.width(), neurons, c.width()];
        check_sizes(&fields.sizes, sizes.map(Some))?;
        Ok(FamilyText {
            a: self.cells("a", &a)?,
            b: self.biases("b", fields.b.as_ref())?,
            c: self.cells("c", &c)?,
            e: self.biases("e", fields.e.as_ref())?,
        })
    }

    fn biases(&self, letter: &str, row: Option<&Row>) -> Result<Option<Vec<Cell>>, Fault> {
        let cells = row.map(|row| self.texts(row, |j| format!("{letter}[{j}]")));
        cells.transpose()
    }

    fn cells(&self, letter: &str, matrix: &Matrix) -> Result<Vec<Vec<Cell>>, Fault> {
        let rows = matrix.rows.iter().enumerate();
        rows.map(|(i, row)| self.texts(row, |j| format!("{letter}[{i}][{j}]")))
            .collect()
    }

    fn texts(&self, row: &Row, name: impl Fn(usize) -> String) -> Result<Vec<Cell>, Fault> {
        let cell = |(j, scalar): (usize, &Scalar)| {
            let text = within(self.scanner.text(scalar), || name(j))?;
            Ok(Cell {
                text: text.into_owned(),
                at: scalar.first_byte(),
            })
        };
        row.entries.iter().enumerate().map(cell).collect()
    }
}
