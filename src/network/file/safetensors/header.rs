//! The header of a safetensors file: whether it can be one, and whether every name in it stands there once.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor,
};

use crate::network::file::error::Problem;

/// Longest header that is read, in bytes; the names and shapes of a few layers need a few hundred.
const LONGEST: u64 = 10_000_000;

/// Refuses a file of another kind, and a header in which a name stands twice: which of two entries counts is then nowhere said. Other faults are
/// left to the reader of the format.
pub(super) fn check(bytes: &[u8]) -> Result<(), Problem> {
    let Some((length, rest)) = bytes.split_first_chunk::<8>() else {
        return Ok(());
    };
    let length = u64::from_le_bytes(*length);
    if length > LONGEST {
        return Err(match kind(bytes) {
            Some((found, advice)) => Problem::wrong(found, format!("a safetensors file; {advice}")),
            None => Problem::wrong(
                format!("a header of {length} bytes"),
                format!("at most {LONGEST}; this is not a safetensors file of a network"),
            ),
        });
    }
    let header = usize::try_from(length).ok().and_then(|n| rest.get(..n));
    names_once(header.unwrap_or_default())
        .map_err(|reason| Problem::Other(format!("the header is malformed: {reason}")))
}

/// Refuses JSON that is no object of objects, or has a name twice in one of them; text that is no JSON is left to others.
pub(super) fn names_once(json: &[u8]) -> Result<(), String> {
    let names: Result<Names, _> = serde_json::from_slice(json);
    match names {
        Err(error) if error.is_data() => {
            let reason = error.to_string();
            let reason = reason.split(" at line").next().unwrap_or_default();
            Err(reason.to_owned())
        }
        _ => Ok(()),
    }
}

/// What a file that is none of safetensors seems to be, and what to do.
fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = text.trim_ascii_start();
    if start.starts_with(b"{") || start.starts_with(b"[") {
        Some((
            "what looks like JSON text",
            "if it is, its name should end in .json",
        ))
    } else if bytes.starts_with(b"PK") {
        Some((
            "a zip archive, as .pt and .npz files are",
            "an .npz file's name should end in .npz; the tensors of a .pt file are saved with safetensors.torch.save_file",
        ))
    } else if bytes.starts_with(b"version https://git-lfs") {
        Some((
            "a Git LFS pointer",
            "fetch the file itself with git lfs pull",
        ))
    } else {
        None
    }
}

/// An object whose names are all different, and whose objects' names are, to the depth of a header.
struct Names;

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Object { inner: true })?;
        Ok(Names)
    }
}

struct Object {
    /// Whether the members are looked into too.
    inner: bool,
}

impl<'de> Visitor<'de> for Object {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of names")
    }

    // `"__metadata__": null` is none.
    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut names = BTreeSet::new();
        while let Some(name) = map.next_key::<String>()? {
            match self.inner {
                true => map.next_value_seed(Object { inner: false })?,
                false => drop(map.next_value::<IgnoredAny>()?),
            }
            let short: String = name.chars().take(60).collect();
            if !names.insert(name) {
                let what = if self.inner { "tensor" } else { "entry" };
                return Err(A::Error::custom(format!(
                    "the {what} {short} appears twice"
                )));
            }
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Object {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_option(self)
    }
}
