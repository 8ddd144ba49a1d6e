//! `afterword`, the terminal shell.

fn main() {}
