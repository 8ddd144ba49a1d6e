//! Large figures for a timer, five lines tall.

const FIGURES: [[&str; 5]; 11] = [
    ["█▀▀█", "█  █", "█  █", "█  █", "█▄▄█"],
    ["  ▄█", "   █", "   █", "   █", "   █"],
    ["▀▀▀█", "   █", "█▀▀▀", "█   ", "█▄▄▄"],
    ["▀▀▀█", "   █", " ▀▀█", "   █", "▄▄▄█"],
    ["█  █", "█  █", "▀▀▀█", "   █", "   █"],
    ["█▀▀▀", "█   ", "▀▀▀█", "   █", "▄▄▄█"],
    ["█▀▀▀", "█   ", "█▀▀█", "█  █", "█▄▄█"],
    ["▀▀▀█", "   █", "   █", "   █", "   █"],
    ["█▀▀█", "█  █", "█▀▀█", "█  █", "█▄▄█"],
    ["█▀▀█", "█  █", "▀▀▀█", "   █", "▄▄▄█"],
    [" ", "▀", " ", "▀", " "],
];

/// The lines of a time such as `1:05`.
pub(super) fn large(time: &str) -> Vec<String> {
    let figure = |c: char| c.to_digit(10).map_or(10, |digit| digit as usize);
    (0..5)
        .map(|row| {
            time.chars()
                .map(|c| FIGURES[figure(c)][row])
                .collect::<Vec<_>>()
                .join("  ")
        })
        .collect()
}
