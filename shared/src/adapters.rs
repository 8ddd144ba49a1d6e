//! What answers in Rust: keys, sealed storage, speech, documents, clock, random. Nothing here decides; it does what an operation
//! says, wholly or not at all, and speaks of its own world (`Full`, `Locked`, `Damaged`).

pub mod clock;
pub mod documents;
pub mod envelope;
#[cfg(feature = "speech")]
pub mod intake;
#[cfg(feature = "speech")]
pub mod models;
pub mod random;
pub mod seal;
#[cfg(feature = "speech")]
pub mod speech;
pub mod storage;
pub mod vault;
pub mod worker;
