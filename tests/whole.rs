//! What holds across the whole: the direction of imports, and a test behind every promise that is called true.

mod auto_delete;
mod layers;
mod life;
mod promises;
mod support;
