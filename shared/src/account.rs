//! The vault from the outside: made, opened, locked, recovered, erased.

pub mod unlock;
