//! The budget by the name that callers know it by.

pub(super) use super::budget::Budget as Limits;
