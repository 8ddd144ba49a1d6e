//! Afterword in a terminal: a shell over the same core as the phones. It holds no rules and no second view model.
//!
//! - [`shell`]: owns the core and answers what it asks; every command and every integration test goes through it
//! - [`handlers`]: the key store, the microphone and the way out, one file each
//! - [`screens`]: each variant of the view model as a page of rows and acts
//! - [`full`] and [`plain`]: two ways to show pages, full-screen and line by line
//! - [`commands`]: what scripts use
//! - [`words`]: every sentence a person reads

pub mod args;
pub mod commands;
pub mod draft;
pub mod fields;
pub mod folders;
pub mod full;
pub mod handlers;
pub mod json;
pub mod output;
pub mod page;
pub mod passcode;
pub mod plain;
pub mod screens;
pub mod shell;
pub mod words;

pub use folders::Folders;
pub use shell::{Shell, ShellOptions};
