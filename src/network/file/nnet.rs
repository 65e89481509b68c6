//! Networks from `.nnet` files, the text format of the ACAS Xu networks (Kyle Julian, Stanford 2016).
//!
//! Comments `// …`; a line `layers,inputs,outputs,largest`; the sizes of inputs and layers; a flag that is 0; smallest and largest inputs; means and
//! ranges, one for each input and one for all outputs; then, layer by layer, a row of weights a line and a bias a line. Numbers end in commas,
//! the last one of a line perhaps not.

use num_traits::{One as _, Zero as _};

use super::error::{FileError, Position, Problem};
use super::layout::{Layout, Reading};
use super::limits::MOST_NUMBERS;
use super::precision::Precision;
use super::round::nearest;
use crate::exact::{Rational, Surd, text};
use crate::network::{Layer, Network};

/// What the decimals of a text stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimals {
    /// Themselves: 0.1 is 1/10.
    Exact,
    /// The nearest binary floats of this format, ties to even.
    Nearest(Precision),
}

/// How a `.nnet` file is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Options {
    /// What decimals stand for, which the file does not say.
    pub decimals: Option<Decimals>,
    /// Whether means and ranges of the header are folded into the layers.
    pub normalize: bool,
}

/// Reads a network; `name` is used in messages.
pub(super) fn read(name: &str, text: &str, options: Options) -> Result<Reading, FileError> {
    let Some(decimals) = options.decimals else {
        let reason = "its decimals stand for floats, and it does not say for which: give --decimals exact, f32 or f64";
        return Err(FileError::whole(name, Problem::Other(reason.to_owned())));
    };
    let mut lines = Lines {
        name,
        lines: text.lines().enumerate(),
        decimals,
    };
    let header = header(&mut lines)?;
    let mut layers = layers(&mut lines, &header.sizes)?;
    if let Some(line) = lines.next() {
        let found = format!("'{}'", shortened(line.text));
        let problem = Problem::wrong(found, "nothing after the last layer");
        return Err(lines.fault(line.position(0), None, problem));
    }
    let said = match (options.normalize, header.is_plain()) {
        (true, true) => "means are 0 and ranges 1: --normalize changes nothing",
        (true, false) => {
            header.fold(name, &mut layers)?;
            "means and ranges are folded into the first and the last layer, exactly; that inputs are cut off at the header's smallest and largest \
             values is no part of the network"
        }
        (false, false) => {
            "means and ranges of the header are not applied: inputs and outputs are the normalised ones (--normalize folds them in)"
        }
        (false, true) => "",
    };
    let said = Some(said.to_owned()).filter(|said| !said.is_empty());
    let network = Network::from_layers(layers, true);
    Ok(Reading {
        network: network.map_err(|error| FileError::whole(name, error))?,
        layout: Layout::Layers,
        remarks: said.into_iter().collect(),
    })
}

/// What stands before the layers.
struct Header {
    /// The number of inputs, and each layer's of outputs.
    sizes: Vec<usize>,
    /// Of each input, and last of all outputs.
    means: Vec<Rational>,
    /// The same.
    ranges: Vec<Rational>,
    /// The line of the ranges.
    at: Position,
}

impl Header {
    /// Whether normalising changes nothing.
    fn is_plain(&self) -> bool {
        self.means.iter().all(Rational::is_zero) && self.ranges.iter().all(Rational::is_one)
    }

    /// The network on inputs and outputs as they are: x ↦ (x − mean) / range before the first layer, y ↦ range · y + mean after the last one.
    fn fold(&self, name: &str, layers: &mut [Layer]) -> Result<(), FileError> {
        let (inputs, output) = (self.sizes[0], self.sizes[0]);
        if let Some(zero) = self.ranges[..inputs].iter().position(Rational::is_zero) {
            let problem = Problem::wrong(
                "the range 0",
                "what an input can be divided by (--normalize)",
            );
            return Err(FileError {
                position: Some(self.at),
                field: Some(format!("ranges[{zero}]")),
                ..FileError::whole(name, problem)
            });
        }
        if let Some(first) = layers.first_mut() {
            for (row, bias) in first.weights.iter_mut().zip(&mut first.biases) {
                let scales = self.means.iter().zip(&self.ranges);
                for (weight, (mean, range)) in row.iter_mut().zip(scales) {
                    *weight = &*weight / range;
                    *bias = &*bias - &*weight * mean;
                }
            }
        }
        if let Some(last) = layers.last_mut() {
            let (mean, range) = (&self.means[output], &self.ranges[output]);
            for weight in last.weights.iter_mut().flatten() {
                *weight = &*weight * range;
            }
            for bias in &mut last.biases {
                *bias = &*bias * range + mean;
            }
        }
        Ok(())
    }
}

fn header(lines: &mut Lines) -> Result<Header, FileError> {
    let line = lines.after_comments()?;
    let [count, inputs, outputs, largest] = lines.integers(&line, "sizes", 4)?[..] else {
        return Err(lines.fault(
            line.position(0),
            None,
            Problem::wrong("no sizes", "4 of them"),
        ));
    };
    let line = lines.line("the sizes of inputs and layers")?;
    // As many as the line has room for, whatever the first line says.
    if count == 0 || count > line.text.len() {
        let problem = Problem::wrong(
            format!("{count} layers"),
            "as many as the next line has sizes",
        );
        return Err(lines.fault(line.position(0), Some("layers".to_owned()), problem));
    }
    let sizes = lines.integers(&line, "sizes", count + 1)?;
    for (place, found, expected, said) in [
        (0, sizes[0], inputs, "inputs"),
        (count, sizes[count], outputs, "outputs"),
    ] {
        if found != expected {
            let expected = format!("{expected}, the {said} of the line before");
            let field = Some(format!("sizes[{place}]"));
            return Err(lines.fault(
                line.position(0),
                field,
                Problem::wrong(found.to_string(), expected),
            ));
        }
    }
    let found = sizes.iter().max().copied().unwrap_or(0);
    if found != largest {
        let problem = Problem::wrong(
            format!("{found} as the largest size"),
            format!("{largest}, the last number of the line before"),
        );
        return Err(lines.fault(line.position(0), Some("sizes".to_owned()), problem));
    }
    if let Some(zero) = sizes.iter().position(|size| *size == 0) {
        let field = Some(format!("sizes[{zero}]"));
        return Err(lines.fault(line.position(0), field, Problem::wrong("0", "at least 1")));
    }
    let numbers = sizes.iter().zip(&sizes[1..]);
    let numbers = numbers.fold(0usize, |sum, (inputs, outputs)| {
        sum.saturating_add(inputs.saturating_add(1).saturating_mul(*outputs))
    });
    if numbers > MOST_NUMBERS {
        let problem = Problem::Limit {
            found: format!("{numbers} numbers"),
            limit: format!("{MOST_NUMBERS} numbers a file"),
        };
        return Err(lines.fault(line.position(0), None, problem));
    }
    let line = lines.line("the flag 0")?;
    if lines.integers(&line, "flag", 1)? != [0] {
        let problem = Problem::wrong(
            format!("'{}'", shortened(line.text)),
            "0: networks that mirror some of their inputs first, which 1 stands for, are not read",
        );
        return Err(lines.fault(line.position(0), Some("flag".to_owned()), problem));
    }
    for name in ["minima", "maxima"] {
        let line = lines.line(name)?;
        lines.numbers(&line, name, inputs)?;
    }
    let line = lines.line("means")?;
    let means = lines.numbers(&line, "means", inputs + 1)?;
    let line = lines.line("ranges")?;
    let ranges = lines.numbers(&line, "ranges", inputs + 1)?;
    Ok(Header {
        sizes,
        means,
        ranges,
        at: line.position(0),
    })
}

fn layers(lines: &mut Lines, sizes: &[usize]) -> Result<Vec<Layer>, FileError> {
    let mut layers = Vec::new();
    for (l, (inputs, outputs)) in sizes.iter().zip(&sizes[1..]).enumerate() {
        let (mut weights, mut biases) = (Vec::new(), Vec::new());
        for i in 0..*outputs {
            let field = format!("layers[{l}].weights[{i}]");
            let line = lines.line(&field)?;
            weights.push(lines.numbers(&line, &field, *inputs)?);
        }
        for i in 0..*outputs {
            let field = format!("layers[{l}].biases[{i}]");
            let line = lines.line(&field)?;
            biases.extend(lines.numbers(&line, &field, 1)?);
        }
        layers.push(Layer { weights, biases });
    }
    Ok(layers)
}

/// A line of the file.
#[derive(Clone, Copy)]
struct Line<'a> {
    number: usize,
    text: &'a str,
}

impl<'a> Line<'a> {
    /// The place of a byte of it.
    fn position(&self, at: usize) -> Position {
        Position {
            line: self.number,
            column: at + 1,
        }
    }

    /// What stands between commas, each with the byte it starts at; nothing after the last comma is no part.
    fn parts(&self) -> Vec<(usize, &'a str)> {
        let mut at = 0;
        let mut parts = Vec::new();
        for part in self.text.split(',') {
            let space = part.len() - part.trim_ascii_start().len();
            parts.push((at + space, part.trim_ascii()));
            at += part.len() + 1;
        }
        if parts.len() > 1 {
            parts.pop_if(|(_, last)| last.is_empty());
        }
        parts
    }
}

/// The lines of a file that are not blank.
struct Lines<'a> {
    name: &'a str,
    lines: std::iter::Enumerate<std::str::Lines<'a>>,
    decimals: Decimals,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let (index, text) = self.lines.find(|(_, text)| !text.trim_ascii().is_empty())?;
        let number = index + 1;
        Some(Line { number, text })
    }
}

impl<'a> Lines<'a> {
    fn fault(&self, position: Position, field: Option<String>, problem: Problem) -> FileError {
        FileError {
            position: Some(position),
            field,
            ..FileError::whole(self.name, problem)
        }
    }

    /// The next line, which should be what `expected` says.
    fn line(&mut self, expected: &str) -> Result<Line<'a>, FileError> {
        let ended = FileError {
            field: Some(expected.to_owned()),
            ..FileError::whole(
                self.name,
                Problem::wrong("the end of the file", "another line"),
            )
        };
        self.next().ok_or(ended)
    }

    /// The first line that is no comment.
    fn after_comments(&mut self) -> Result<Line<'a>, FileError> {
        loop {
            let line = self.line("sizes")?;
            if !line.text.trim_ascii_start().starts_with("//") {
                return Ok(line);
            }
        }
    }

    /// The parts of a line, as many as expected.
    fn parts<'l>(
        &self,
        line: &Line<'l>,
        field: &str,
        count: usize,
    ) -> Result<Vec<(usize, &'l str)>, FileError> {
        let parts = line.parts();
        if parts.len() == count {
            return Ok(parts);
        }
        let of = |count: usize| format!("{count} number{}", if count == 1 { "" } else { "s" });
        let problem = Problem::wrong(of(parts.len()), of(count));
        Err(self.fault(line.position(0), Some(field.to_owned()), problem))
    }

    fn integers(&self, line: &Line, field: &str, count: usize) -> Result<Vec<usize>, FileError> {
        let parts = self.parts(line, field, count)?.into_iter().enumerate();
        let read = |(index, (at, text)): (usize, (usize, &str))| {
            text.parse().map_err(|_| {
                let problem = Problem::wrong(format!("'{}'", shortened(text)), "a whole number");
                self.fault(
                    line.position(at),
                    Some(format!("{field}[{index}]")),
                    problem,
                )
            })
        };
        parts.map(read).collect()
    }

    fn numbers(&self, line: &Line, field: &str, count: usize) -> Result<Vec<Rational>, FileError> {
        let parts = self.parts(line, field, count)?.into_iter().enumerate();
        let read = |(index, (at, text)): (usize, (usize, &str))| {
            self.number(text).map_err(|problem| {
                self.fault(
                    line.position(at),
                    Some(format!("{field}[{index}]")),
                    problem,
                )
            })
        };
        parts.map(read).collect()
    }

    fn number(&self, text: &str) -> Result<Rational, Problem> {
        let value = text::parse_rational(text)?;
        if !text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
        {
            let found = format!("'{}'", shortened(text));
            return Err(Problem::wrong(found, "a decimal such as -0.25 or 1.5e-3"));
        }
        match self.decimals {
            Decimals::Exact => Ok(value),
            Decimals::Nearest(precision) => Ok(nearest(&Surd::from(value), precision)?.value),
        }
    }
}

fn shortened(text: &str) -> String {
    let mut short: String = text.trim_ascii().chars().take(60).collect();
    if short.len() < text.trim_ascii().len() {
        short.push('…');
    }
    short
}
