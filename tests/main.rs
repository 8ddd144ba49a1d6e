//! One binary for every test that needs more than one part of the product.

mod auto_delete;
mod life;
mod support;
