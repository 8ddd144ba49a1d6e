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

pub mod account;
#[cfg(feature = "adapters")]
pub mod adapters;
pub mod app;
pub mod capabilities;
pub mod drafting;
pub mod export;
#[cfg(feature = "ffi")]
pub mod ffi;
pub mod model;
pub mod note;
#[cfg(feature = "adapters")]
pub mod runtime;
#[cfg(any(test, feature = "samples"))]
pub mod samples;
pub mod stages;
pub mod view;

#[cfg(feature = "ffi")]
uniffi::setup_scaffolding!();
