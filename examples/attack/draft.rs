//! A certificate as JSON values that can be damaged, and sealed again: number of steps and SHA-256.

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// Header, statement, steps; the last line is made anew.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// First line.
    pub header: Value,
    /// Second line.
    pub statement: Value,
    /// The other lines but the last.
    pub steps: Vec<Value>,
}

impl Draft {
    /// Of a certificate the engine wrote.
    pub fn read(text: &str) -> Option<Self> {
        let mut lines = text.lines().map(|line| serde_json::from_str(line).ok());
        let (header, statement) = (lines.next()??, lines.next()??);
        let mut steps = lines.collect::<Option<Vec<Value>>>()?;
        steps.pop();
        Some(Draft {
            header,
            statement,
            steps,
        })
    }

    /// Numbers the steps 1, 2, 3, ….
    pub fn renumber(&mut self) {
        for (index, step) in self.steps.iter_mut().enumerate() {
            if let Some(number) = step.get_mut("step") {
                *number = json!(index + 1);
            }
        }
    }

    /// The networks and the claim.
    pub fn networks(&mut self) -> Option<&mut Value> {
        self.statement.pointer_mut("/statement/networks")
    }

    /// The claim with its name.
    pub fn claim(&mut self) -> Option<&mut Value> {
        self.statement.pointer_mut("/statement/claim")
    }

    /// What the claim says, and its name.
    pub fn claimed(&mut self) -> Option<(String, &mut Value)> {
        let claim = self.claim()?.as_object_mut()?;
        let (name, content) = claim.iter_mut().next()?;
        Some((name.clone(), content))
    }

    /// The indices of the steps whose fact has this name.
    pub fn steps_of(&self, name: &str) -> Vec<usize> {
        let is = |i: &usize| {
            self.steps[*i]
                .pointer("/fact")
                .and_then(|fact| fact.get(name))
                .is_some()
        };
        (0..self.steps.len()).filter(is).collect()
    }

    /// The whole certificate.
    pub fn sealed(&self) -> String {
        let lines = [&self.header, &self.statement]
            .into_iter()
            .chain(&self.steps);
        let text: String = lines.map(|line| format!("{line}\n")).collect();
        seal(text, self.steps.len())
    }
}

/// Puts the last line under a text.
pub fn seal(text: String, steps: usize) -> String {
    let hash = Sha256::digest(text.as_bytes());
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{text}{{\"end\":{{\"steps\":{steps},\"sha256\":\"{hash}\"}}}}\n")
}
