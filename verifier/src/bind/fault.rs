//! What is wrong with a file.

use crate::kernel::verdict::Stop;

/// What is wrong with a part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is malformed.
    Wrong(String),
    /// It is beyond a limit.
    Limit(String),
}

impl Fault {
    /// Says where.
    pub(super) fn within(self, place: impl FnOnce() -> String) -> Fault {
        match self {
            Fault::Wrong(reason) => Fault::Wrong(format!("{}: {reason}", place())),
            Fault::Limit(reason) => Fault::Limit(format!("{}: {reason}", place())),
        }
    }
}

impl From<Stop> for Fault {
    fn from(stop: Stop) -> Fault {
        match stop {
            Stop::Reject(rejection) => Fault::Wrong(rejection.to_string()),
            Stop::Decline(declined) => Fault::Limit(declined.to_string()),
            Stop::Unreadable(error) => Fault::Wrong(error.to_string()),
        }
    }
}

pub(super) fn wrong<T>(reason: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::Wrong(reason.into()))
}

pub(super) fn limit<T>(reason: impl Into<String>) -> Result<T, Fault> {
    Err(Fault::Limit(reason.into()))
}

/// The text of a file, without a byte order mark.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Fault> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes)
        .or_else(|error| wrong(format!("not UTF-8 text from byte {}", error.valid_up_to())))
}
