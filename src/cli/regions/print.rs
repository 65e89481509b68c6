//! Regions and edges on standard output, one after another.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};

use crate::cli::failure::Failure;
use crate::exact::Rational;

/// How regions are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Lines to read
    Text,
    /// One object
    Json,
    /// One object a region, then one an edge, then one with the count
    Jsonl,
    /// A header, then one line a region; with --adjacency an empty line and a table of edges
    Csv,
}

/// What is known at the end.
#[derive(Clone, Debug)]
pub(super) struct Total {
    /// The number of regions, or of those known.
    pub(super) count: String,
    pub(super) complete: bool,
    /// Where not complete.
    pub(super) at_most: Option<String>,
}

impl Total {
    fn fields(&self, verb: &str) -> String {
        let mut text = format!(
            "\"relucert\":\"{verb}/1\",\"count\":{},\"complete\":{}",
            self.count, self.complete
        );
        if let Some(at_most) = &self.at_most {
            let _ = write!(text, ",\"at_most\":{at_most}");
        }
        text
    }

    fn words(&self) -> String {
        match &self.at_most {
            _ if self.complete => format!("regions  {}\n", self.count),
            Some(at_most) => format!(
                "regions  at least {}, at most {at_most} (incomplete)\n",
                self.count
            ),
            None => format!("regions  at least {} (incomplete)\n", self.count),
        }
    }
}

/// Writes regions in a format; the reader may go away at any time.
pub(super) struct Printer {
    /// Whose answer it is.
    verb: &'static str,
    out: BufWriter<io::StdoutLock<'static>>,
    format: Format,
    line: String,
    printed: usize,
    edges: usize,
    gone: bool,
}

impl Printer {
    pub(super) fn new(verb: &'static str, format: Format) -> Self {
        Printer {
            verb,
            out: BufWriter::with_capacity(1 << 16, io::stdout().lock()),
            format,
            line: String::new(),
            printed: 0,
            edges: 0,
            gone: false,
        }
    }

    /// Whether nobody reads any more.
    pub(super) fn is_gone(&self) -> bool {
        self.gone
    }

    /// Only how many.
    pub(super) fn total_alone(&mut self, total: &Total) -> Result<(), Failure> {
        let text = match self.format {
            Format::Text => total.words(),
            Format::Json | Format::Jsonl => format!("{{{}}}\n", total.fields(self.verb)),
            Format::Csv => format!("count,complete\n{},{}\n", total.count, total.complete),
        };
        self.write(&text)?;
        self.flush()
    }

    /// How many, and one thing more for those who read JSON.
    pub(super) fn total_of_parts(
        &mut self,
        total: &Total,
        (name, value): (&str, &str),
    ) -> Result<(), Failure> {
        let text = match self.format {
            Format::Json => format!("{{{},\"{name}\":{value}}}\n", total.fields(self.verb)),
            _ => total.words(),
        };
        self.write(&text)?;
        self.flush()
    }

    /// Before the regions; the total is known then unless they are streamed.
    pub(super) fn begin(
        &mut self,
        total: Option<&Total>,
        witness: Option<usize>,
    ) -> Result<(), Failure> {
        let text = match (self.format, total) {
            (Format::Text, Some(total)) => total.words(),
            (Format::Json, Some(total)) => format!("{{{},\"regions\":[", total.fields(self.verb)),
            (Format::Csv, _) => {
                let mut header = "signs".to_owned();
                for coordinate in 0..witness.unwrap_or(0) {
                    let _ = write!(header, ",x{coordinate}");
                }
                header + "\n"
            }
            _ => String::new(),
        };
        self.write(&text)
    }

    pub(super) fn region(
        &mut self,
        signs: impl FnOnce(&mut String),
        witness: Option<&[Rational]>,
    ) -> Result<(), Failure> {
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        let json = matches!(self.format, Format::Json | Format::Jsonl);
        if json {
            line.push_str(match self.format {
                Format::Json if self.printed > 0 => ",{\"signs\":\"",
                _ => "{\"signs\":\"",
            });
        }
        signs(&mut line);
        if json {
            line.push('"');
        }
        if let Some(point) = witness {
            let (open, separator, close) = match self.format {
                Format::Json | Format::Jsonl => (",\"witness\":[\"", "\",\"", "\"]"),
                Format::Csv => (",", ",", ""),
                Format::Text => ("  (", ", ", ")"),
            };
            match point {
                [] if json => line.push_str(",\"witness\":[]"),
                [] if self.format == Format::Csv => {}
                _ => {
                    line.push_str(open);
                    for (index, value) in point.iter().enumerate() {
                        // Writing to a String cannot fail.
                        let _ = match index {
                            0 => write!(line, "{value}"),
                            _ => write!(line, "{separator}{value}"),
                        };
                    }
                    line.push_str(close);
                }
            }
        }
        line.push_str(match self.format {
            Format::Json => "}",
            Format::Jsonl => "}\n",
            Format::Csv | Format::Text => "\n",
        });
        let written = self.write(&line);
        self.line = line;
        self.printed += 1;
        written
    }

    /// Before the edges.
    pub(super) fn begin_edges(&mut self) -> Result<(), Failure> {
        match self.format {
            Format::Json => self.write("],\"adjacency\":["),
            Format::Csv => self.write("\ni,j,hyperplane\n"),
            Format::Text => self.write("adjacent regions (numbered from 0) and the row between\n"),
            Format::Jsonl => Ok(()),
        }
    }

    pub(super) fn edge(&mut self, i: usize, j: usize, hyperplane: usize) -> Result<(), Failure> {
        let mut line = std::mem::take(&mut self.line);
        line.clear();
        // Writing to a String cannot fail.
        let _ = match self.format {
            Format::Json if self.edges > 0 => write!(line, ",[{i},{j},{hyperplane}]"),
            Format::Json => write!(line, "[{i},{j},{hyperplane}]"),
            Format::Jsonl => writeln!(line, "{{\"edge\":[{i},{j},{hyperplane}]}}"),
            Format::Csv => writeln!(line, "{i},{j},{hyperplane}"),
            Format::Text => writeln!(line, "{i} {j} {hyperplane}"),
        };
        let written = self.write(&line);
        self.line = line;
        self.edges += 1;
        written
    }

    /// After everything; `streamed` if the total was not known at the beginning.
    pub(super) fn end(&mut self, total: &Total, streamed: bool) -> Result<(), Failure> {
        match self.format {
            Format::Json => self.write("]}\n")?,
            Format::Jsonl => self.write(&format!("{{{}}}\n", total.fields(self.verb)))?,
            Format::Text if streamed => self.write(&total.words())?,
            Format::Text | Format::Csv => {}
        }
        self.flush()
    }

    fn write(&mut self, text: &str) -> Result<(), Failure> {
        if self.gone {
            return Ok(());
        }
        let written = self.out.write_all(text.as_bytes());
        self.check(written)
    }

    fn flush(&mut self) -> Result<(), Failure> {
        if self.gone {
            return Ok(());
        }
        let flushed = self.out.flush();
        self.check(flushed)
    }

    fn check(&mut self, written: io::Result<()>) -> Result<(), Failure> {
        match written {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.gone = true;
                Ok(())
            }
            Err(error) => Err(Failure::Output(error)),
        }
    }
}
