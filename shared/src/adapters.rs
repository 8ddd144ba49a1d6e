//! What answers in Rust: storage, keys, speech, clock, random. Only the runtime knows these by name.

#[cfg(feature = "speech")]
pub mod intake;
#[cfg(feature = "speech")]
pub mod models;
#[cfg(feature = "speech")]
pub mod speech;
