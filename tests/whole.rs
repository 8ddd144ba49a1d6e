//! What holds across the whole: the direction of imports, and a test behind every promise that is called true.

mod layers;
mod promises;
mod support;
