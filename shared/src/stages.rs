//! Record, draft, review, save, auto-delete: the product's sentence, one small state machine each, handed the time.

pub mod auto_delete;
pub mod browse;
pub mod desk;
pub mod draft;
pub mod leave;
pub mod record;
pub mod review;
pub mod save;
pub mod take_in;
