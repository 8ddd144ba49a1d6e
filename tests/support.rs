//! What tests share: a world in which the core runs on real storage, with time, sound and crashes at the test's command.

pub mod world;
