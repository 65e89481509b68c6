//! Which name someone may have meant: one rule for files, verbs, flags and their values, and fields of files.

/// The name that a word is nearest to, if it is near enough to have been meant: of equally near ones the first as it is given. Cost: the length of the word
/// times that of all names.
///
/// Near enough is, upper and lower case being alike, one change, and one more for every four letters, and at least half of the letters stay: letters changed,
/// left out, put in between, or two beside each other exchanged. What comes after the last dot is not counted where both have it.
pub(crate) fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let far = names.into_iter().filter_map(|name| {
        let (word, other) = without_common_end(word, name);
        let (letters, other) = (lower(word), lower(other));
        let most = letters.len().max(other.len());
        let far = changes(&letters, &other);
        (far <= 1 + letters.len() / 4 && 2 * far <= most).then_some((far, name))
    });
    let nearest = far.min_by_key(|(far, _)| *far);
    nearest.map(|(_, name)| name)
}

/// `; did you mean NAME?`, where there is one.
pub(crate) fn did_you_mean<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(word, names) {
        Some(name) => format!("; did you mean {name}?"),
        None => String::new(),
    }
}

/// Both without their extension, where it is the same.
fn without_common_end<'a>(word: &'a str, name: &'a str) -> (&'a str, &'a str) {
    match (word.rsplit_once('.'), name.rsplit_once('.')) {
        (Some((word, end)), Some((name, other))) if end == other => (word, name),
        _ => (word, name),
    }
}

/// Longer words are no slips of names.
const MOST_LETTERS: usize = 200;

fn lower(word: &str) -> Vec<char> {
    let letters = word.chars().flat_map(char::to_lowercase);
    letters.take(MOST_LETTERS).collect()
}

/// The least number of letters that are changed, left out, put in between or exchanged with the next one (Damerau and Levenshtein, no letter being changed twice).
fn changes(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut next = vec![i];
        for j in 1..=b.len() {
            let change = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            next.push(least);
        }
        (before, row) = (row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_other_words() {
        let fields = [
            "a",
            "b",
            "c",
            "e",
            "layers",
            "parameter",
            "d",
            "m",
            "D",
            "name",
            "weights",
            "biases",
        ];
        for (word, expected) in [
            ("wieghts", Some("weights")),
            ("weight", Some("weights")),
            ("bias", Some("biases")),
            ("Layers", Some("layers")),
            ("paramter", Some("parameter")),
            ("A", Some("a")),
            ("aa", Some("a")),
            ("w", None),
            ("", None),
            ("activation", None),
            ("nmae", Some("name")),
        ] {
            assert_eq!(nearest(word, fields), expected, "{word}");
        }
        let counted = |a: &str, b: &str| changes(&lower(a), &lower(b));
        for (a, b, expected) in [
            ("", "abc", 3),
            ("abc", "", 3),
            ("abcd", "abdc", 1),
            ("kitten", "sitting", 3),
            ("ca", "abc", 3),
        ] {
            assert_eq!(counted(a, b), expected, "{a} {b}");
        }
        assert_eq!(
            did_you_mean("nrom", ["norm", "nearest"]),
            "; did you mean norm?"
        );
        assert_eq!(did_you_mean("x", ["norm"]), "");
        let files = ["theta.json", "gamma.json"];
        assert_eq!(nearest("gama.json", files), Some("gamma.json"));
        assert_eq!(nearest("gamma.josn", files), Some("gamma.json"));
        assert_eq!(nearest("other.json", files), None);
    }
}
