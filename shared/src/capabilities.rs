//! What the core asks of the world: operation, answer and builders, one file a thing.
//!
//! Operations answered in Rust carry no serde, so a key among them can never be serialised by accident.

pub mod clock;
pub mod documents;
pub mod drafter;
pub mod keys;
pub mod microphone;
pub mod random;
pub mod share;
pub mod speech;
pub mod storage;
pub mod vault;
