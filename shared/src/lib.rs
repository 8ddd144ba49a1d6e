//! Afterword's core. Where to start:
//!
//! - [`note`]: the nouns
//! - [`stages`]: record, draft, review, save, auto-delete: the product's sentence, one small state machine each
//! - [`drafting`]: a summary in, a grounded draft out; pure
//! - [`capabilities`]: what the core asks for, one file a thing
//! - [`adapters`]: what answers in Rust: storage, keys, speech, clock, random
//! - [`export`]: text, PDF and JSON documents
//! - [`view`]: what people see, one variant a screen
//! - [`app`], [`model`], [`runtime`], [`ffi`]: the Crux core and its two doors

#[cfg(feature = "adapters")]
pub mod adapters;
pub mod capabilities;
pub mod note;
