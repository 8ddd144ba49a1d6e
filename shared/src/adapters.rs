//! What answers in Rust: keys, sealed storage, clock, random. Nothing here decides; it does what an operation says, wholly or
//! not at all, and speaks of its own world (`Full`, `Locked`, `Damaged`).

pub mod clock;
pub mod documents;
pub mod envelope;
pub mod random;
pub mod seal;
pub mod storage;
pub mod vault;
pub mod worker;
