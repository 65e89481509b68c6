//! What is wrong with a tensor of a file.

use crate::network::file::error::Problem;

/// The tensor concerned, or the entry of one, and what is wrong.
pub(in crate::network::file) type Fault = (Option<String>, Box<Problem>);

/// A fault of one tensor.
pub(in crate::network::file) fn fault<T>(tensor: &str, problem: Problem) -> Result<T, Fault> {
    Err((Some(shortened(tensor, 120)), Box::new(problem)))
}

/// A fault of the file.
pub(in crate::network::file) fn whole(problem: Problem) -> Fault {
    (None, Box::new(problem))
}

/// The first characters of a text.
pub(in crate::network::file) fn shortened(text: &str, most: usize) -> String {
    let mut short: String = text.chars().take(most).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
