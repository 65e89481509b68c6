//! The checker that is proved right, beside the verifier: what it says of what `relucert export` writes.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use relucert::export;
use relucert::report::{Certificate, is_deep};

use crate::judge::{Doubt, Judged};
use crate::trial::Fate;

/// How long it may take for one certificate.
const LONGEST: Duration = Duration::from_secs(20);

/// What it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// The text is no certificate, or its claim is not covered.
    NotExported,
    Accepted,
    Rejected,
    /// The tokens are not of its grammar.
    Malformed,
    /// Too large, or too slow.
    Declined,
}

/// Exports a certificate, and lets the program decide.
pub fn ask(program: &Path, text: &str) -> Says {
    let tokens = match is_deep(text) {
        true => Certificate::read(text).map(|certificate| export::deep_tokens(&certificate)),
        false => Certificate::read(text).map(|certificate| export::tokens(&certificate)),
    };
    let Ok(Ok(tokens)) = tokens else {
        return Says::NotExported;
    };
    decided(program, &tokens).unwrap_or(Says::Declined)
}

fn decided(program: &Path, tokens: &str) -> std::io::Result<Says> {
    let start = Instant::now();
    let mut command = Command::new(program);
    command
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = command.spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(tokens.as_bytes())?;
    }
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(match status.code() {
                Some(0) => Says::Accepted,
                Some(1) => Says::Rejected,
                Some(2) => Says::Malformed,
                _ => Says::Declined,
            });
        }
        if start.elapsed() > LONGEST {
            child.kill()?;
            child.wait()?;
            return Ok(Says::Declined);
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// How the judge begins what it says of a statement that is not of the form: what the proved checker is told may be true all the same.
const FORM: [&str; 9] = [
    "a network of no shape",
    "a family of no shape",
    "beta is negative",
    "the size is another",
    "side ",
    "no section begins",
    "other networks than",
    "Γ and Θ of different shapes",
    "the networks are",
];

/// Whether what was judged false is the form of the statement.
pub fn of_form(reason: &str) -> bool {
    FORM.iter().any(|form| reason.starts_with(form))
}

/// The counts of one kind of claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Exported.
    pub exported: usize,
    /// Both accept; both refuse.
    pub agree: [usize; 2],
    /// The verifier alone accepts: the program rejects it, or cannot read it, or declines.
    pub verifier_alone: [usize; 2],
    /// The program alone accepts what is true, not decided, not of the form, false.
    pub program_alone: [usize; 4],
}

impl Beside {
    /// Counts a mutant.
    pub fn add(&mut self, fate: Fate, says: Says, judged: &Judged) {
        if says == Says::NotExported {
            return;
        }
        self.exported += 1;
        match (fate == Fate::Accepted, says) {
            (true, Says::Accepted) => self.agree[0] += 1,
            (true, Says::Declined) => self.verifier_alone[1] += 1,
            (true, _) => self.verifier_alone[0] += 1,
            (false, Says::Accepted) => {
                self.program_alone[match judged {
                    Ok(()) => 0,
                    Err(Doubt::Undecided(_)) => 1,
                    Err(Doubt::False(reason)) if of_form(reason) => 2,
                    Err(Doubt::False(_)) => 3,
                }] += 1;
            }
            (false, _) => self.agree[1] += 1,
        }
    }

    fn numbers(&self) -> [usize; 9] {
        let ([accept, refuse], [rejected, declined]) = (self.agree, self.verifier_alone);
        let [true_, undecided, form, false_] = self.program_alone;
        [
            self.exported,
            accept,
            refuse,
            rejected,
            declined,
            true_,
            undecided,
            form,
            false_,
        ]
    }
}

/// The table.
pub fn table<'a>(rows: impl Iterator<Item = (&'a str, &'a Beside)>) -> String {
    let columns = [
        "exported",
        "both",
        "neither",
        "P:rejects",
        "P:decl",
        "P:true",
        "P:undec",
        "P:form",
        "P:FALSE",
    ];
    let mut text = format!("{:<46}", "proved checker");
    for column in columns {
        // Writing to a String cannot fail.
        let _ = write!(text, " {column:>9}");
    }
    text.push('\n');
    let mut total = [0; 9];
    let mut line = |name: &str, numbers: [usize; 9]| {
        let _ = write!(text, "{name:<46}");
        for number in numbers {
            let _ = write!(text, " {number:>9}");
        }
        text.push('\n');
    };
    for (name, row) in rows {
        let numbers = row.numbers();
        total
            .iter_mut()
            .zip(numbers)
            .for_each(|(sum, number)| *sum += number);
        line(name, numbers);
    }
    line("all", total);
    text
}
