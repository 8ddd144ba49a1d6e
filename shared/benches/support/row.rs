//! The lines that `script/bench` gathers into one table: part, case, ours, beside it, ratio, aim, parted by tabs.

use std::{
    io::Write,
    time::{Duration, Instant},
};

/// What a figure is held against.
#[allow(dead_code, reason = "not every bench has something to stand beside")]
pub enum Beside {
    /// Nothing: the figure stands alone.
    Nothing,
    /// The same work done barely: its name, and microseconds.
    Bare(&'static str, f64),
}

/// Prints one line. `ours` and what is beside it are microseconds.
pub fn row(part: &str, case: &str, ours: f64, beside: &Beside, aim: &str) {
    let (other, ratio) = match beside {
        Beside::Nothing => (String::new(), String::new()),
        Beside::Bare(name, micros) => (format!("{name} {}", time(*micros)), format!("{:.2}", ours / micros)),
    };
    let mut out = std::io::stdout();
    drop(writeln!(out, "{part}\t{case}\t{}\t{other}\t{ratio}\t{aim}", time(ours)));
    drop(out.flush());
}

/// Microseconds, in the unit that reads best.
pub fn time(micros: f64) -> String {
    if micros < 1_000.0 {
        format!("{micros:.1} us")
    } else if micros < 1_000_000.0 {
        format!("{:.1} ms", micros / 1e3)
    } else {
        format!("{:.2} s", micros / 1e6)
    }
}

/// Microseconds of each of `times` runs, in order of length.
pub fn sorted(times: u32, mut work: impl FnMut(u32)) -> Vec<f64> {
    let run = |number| {
        let begun = Instant::now();
        work(number);
        begun.elapsed()
    };
    let mut taken: Vec<Duration> = (0..times).map(run).collect();
    taken.sort_unstable();
    taken.into_iter().map(|time| time.as_secs_f64() * 1e6).collect()
}

/// The value that `percent` of the others do not exceed.
pub fn percentile(sorted: &[f64], percent: usize) -> f64 {
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}
