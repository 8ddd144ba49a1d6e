//! Answers to what only a shell can answer, one file a capability.

pub mod keys;
pub mod microphone;
pub mod share;
