#![forbid(unsafe_code)]
pub mod certificate;
pub mod exact;
pub mod verify;
