//! A summary in, a grounded draft out. Pure: no clock, no file, no network, no randomness.

pub mod tag;
