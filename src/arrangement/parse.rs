//! Reading `.arr` files.

use super::error::ArrangementError;
use super::normals::Arrangement;
use crate::exact::Rational;
use crate::exact::text::parse_rational;

/// Reads the text of an `.arr` file: a line `m d`, then m lines with the d entries of a normal, any rational numbers in
/// relucert's notation. Blank lines, what follows a `#` and a byte order mark are skipped. Returns the normals and d.
///
/// Cost: linear in the text; a file may hold any number of normals, each number within the limits of
/// [`text`](crate::exact::text).
///
/// # Errors
/// [`ArrangementError::Text`] with the line, counted from 1, and what was expected there.
///
/// ```
/// let text = "3 2\n1 0\n1/2 -0.5  # twice the next\n 0x1p-2 -0.25\n";
/// let (normals, dimension) = relucert::arrangement::parse_arr(text)?;
/// assert_eq!((normals.len(), dimension), (3, 2));
/// assert_eq!(normals[2][1].to_string(), "-1/4");
/// # Ok::<(), relucert::arrangement::ArrangementError>(())
/// ```
pub fn parse_arr(text: &str) -> Result<(Vec<Vec<Rational>>, usize), ArrangementError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let fail = |line: usize, reason: String| ArrangementError::Text { line, reason };
    let mut lines = text
        .lines()
        .map(|line| line.split_once('#').map_or(line, |(before, _)| before))
        .enumerate()
        .map(|(index, line)| (index + 1, line.split_whitespace().collect::<Vec<_>>()))
        .filter(|(_, fields)| !fields.is_empty());
    let Some((line, head)) = lines.next() else {
        return Err(fail(
            1,
            "expected the number of normals and the dimension, found nothing".into(),
        ));
    };
    let counts: Option<Vec<usize>> = head.iter().map(|field| field.parse().ok()).collect();
    let Some(&[count, dimension]) = counts.as_deref() else {
        let found = head.join(" ").chars().take(60).collect::<String>();
        return Err(fail(
            line,
            format!("expected the number of normals and the dimension, found '{found}'"),
        ));
    };
    if dimension == 0 {
        return match lines.next() {
            Some((line, _)) => Err(fail(line, "normals of dimension 0 have no entries".into())),
            None if count > 1_000_000 => Err(fail(1, format!("{count} normals are too many"))),
            None => Ok((vec![Vec::new(); count], 0)),
        };
    }
    let mut normals = Vec::new();
    let mut last = line;
    for (line, fields) in lines {
        last = line;
        if normals.len() == count {
            return Err(fail(line, format!("expected no more than {count} normals")));
        }
        if fields.len() != dimension {
            let found = fields.len();
            return Err(fail(
                line,
                format!("expected {dimension} entries, found {found}"),
            ));
        }
        let parsed: Result<Vec<Rational>, _> =
            fields.iter().map(|field| parse_rational(field)).collect();
        normals.push(parsed.map_err(|error| fail(line, error.to_string()))?);
    }
    if normals.len() < count {
        let found = normals.len();
        return Err(fail(
            last,
            format!("expected {count} normals, found only {found}"),
        ));
    }
    Ok((normals, dimension))
}

impl Arrangement {
    /// The arrangement an `.arr` file describes; see [`parse_arr`].
    ///
    /// # Errors
    /// As [`parse_arr`], or [`ArrangementError::Shape`].
    pub fn parse(text: &str) -> Result<Self, ArrangementError> {
        let (normals, dimension) = parse_arr(text)?;
        Self::new(&normals, dimension)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_line() {
        let message = |text: &str| match parse_arr(text) {
            Ok(_) => "none".to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(
            message("# nothing\n"),
            "line 1: expected the number of normals and the dimension, found nothing"
        );
        assert_eq!(
            message("\n2 x"),
            "line 2: expected the number of normals and the dimension, found '2 x'"
        );
        assert_eq!(
            message("1 2 3"),
            "line 1: expected the number of normals and the dimension, found '1 2 3'"
        );
        assert_eq!(
            message("2 2\n1 0"),
            "line 2: expected 2 normals, found only 1"
        );
        assert_eq!(
            message("1 2\n\n1 0 0\n"),
            "line 3: expected 2 entries, found 3"
        );
        assert_eq!(
            message("1 2\n1 0\n0 1\n"),
            "line 3: expected no more than 1 normals"
        );
        assert!(message("1 2\n1 1/0\n").starts_with("line 2: '1/0' is not a number"));
        assert!(message("1 2\n1 sqrt(2)\n").starts_with("line 2: 'sqrt(2)' is not a number"));
        assert_eq!(
            message("99999999999999999999 1"),
            "line 1: expected the number of normals and the dimension, found '99999999999999999999 1'"
        );
        assert!(message("9999999999 0").contains("too many"));
        assert_eq!(message("\u{feff}0 7"), "none");
        assert_eq!(message("3 0"), "none");
    }
}
