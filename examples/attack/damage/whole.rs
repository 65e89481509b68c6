//! Damage to the file as a whole, which the last line gives away.

use relucert::audit::Random;

use crate::draft::Draft;

/// The text above the last line, and that.
fn parts(draft: &Draft) -> Option<(String, String)> {
    let text = draft.sealed();
    let (body, end) = text.trim_end().rsplit_once('\n')?;
    Some((format!("{body}\n"), format!("{end}\n")))
}

pub fn unsealed(draft: &Draft, _: &mut Random) -> Option<String> {
    Some(parts(draft)?.0)
}

pub fn flipped(draft: &Draft, random: &mut Random) -> Option<String> {
    let (body, end) = parts(draft)?;
    let mut bytes = body.into_bytes();
    let at = random.below(bytes.len() - 1);
    bytes[at] ^= 1;
    Some(String::from_utf8(bytes).ok()? + &end)
}

pub fn cut(draft: &Draft, random: &mut Random) -> Option<String> {
    let text = draft.sealed();
    let at = random.below(text.len() - 1);
    text.get(..at).map(str::to_owned)
}

pub fn counted(draft: &Draft, random: &mut Random) -> Option<String> {
    let (body, end) = parts(draft)?;
    let steps = draft.steps.len();
    let other = random.below(steps + 3);
    let new = end.replace(
        &format!("\"steps\":{steps},"),
        &format!("\"steps\":{other},"),
    );
    (other != steps).then_some(body + &new)
}
