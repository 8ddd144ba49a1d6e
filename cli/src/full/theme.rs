//! The colours of the design, where the terminal has them; shapes and weights alone where it has none.

use std::env;

use ratatui::style::{Color, Modifier, Style};

use crate::page::Tone;

/// How many colours there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    None,
    Sixteen,
    True,
}

/// Colours for tones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    depth: Depth,
    light: bool,
}

const fn rgb(hex: u32) -> Color {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color::Rgb(red, green, blue)
}

impl Theme {
    /// What the environment says of the terminal.
    #[must_use]
    pub fn of_terminal() -> Self {
        let variable = |name| env::var(name).unwrap_or_default();
        let no_color = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self::choose(
            no_color,
            &variable("TERM"),
            &variable("COLORTERM"),
            &variable("COLORFGBG"),
        )
    }

    /// Without colour.
    #[must_use]
    pub const fn plain() -> Self {
        Self {
            depth: Depth::None,
            light: false,
        }
    }

    /// The dark set in full colour.
    #[must_use]
    pub const fn dark() -> Self {
        Self {
            depth: Depth::True,
            light: false,
        }
    }

    fn choose(no_color: bool, term: &str, colorterm: &str, colorfgbg: &str) -> Self {
        let depth = if no_color || term == "dumb" {
            Depth::None
        } else if colorterm == "truecolor" || colorterm == "24bit" || term.ends_with("-direct") {
            Depth::True
        } else {
            Depth::Sixteen
        };
        // "15;0" is white on black; the last number is the background.
        let light = matches!(colorfgbg.rsplit(';').next(), Some("7" | "15"));
        Self { depth, light }
    }

    const fn pick(self, light: u32, dark: u32) -> Color {
        rgb(if self.light { light } else { dark })
    }

    /// The screen behind everything.
    #[must_use]
    pub const fn screen(self) -> Style {
        match self.depth {
            Depth::True => Style::new()
                .bg(self.pick(0xFA_F8F4, 0x14_181B))
                .fg(self.pick(0x1F_2933, 0xE8_E6E1)),
            _ => Style::new(),
        }
    }

    /// The surface of a question.
    #[must_use]
    pub const fn surface(self) -> Style {
        match self.depth {
            Depth::True => Style::new()
                .bg(self.pick(0xFF_FFFF, 0x1C_2226))
                .fg(self.pick(0x1F_2933, 0xE8_E6E1)),
            _ => Style::new(),
        }
    }

    /// A tone.
    #[must_use]
    pub const fn style(self, tone: Tone) -> Style {
        match self.depth {
            Depth::True => self.full(tone),
            Depth::Sixteen => Self::sixteen(tone),
            Depth::None => Self::weight(tone),
        }
    }

    const fn full(self, tone: Tone) -> Style {
        let bold = Modifier::BOLD;
        match tone {
            Tone::Ink => Style::new().fg(self.pick(0x1F_2933, 0xE8_E6E1)),
            Tone::Strong => Style::new().fg(self.pick(0x1F_2933, 0xE8_E6E1)).add_modifier(bold),
            Tone::Heading | Tone::Accent => Style::new().fg(self.pick(0x1F_6F6B, 0x7F_D1C7)).add_modifier(bold),
            Tone::Quiet => Style::new().fg(self.pick(0x52_606D, 0xA9_B4BC)),
            Tone::Risk | Tone::Mark => Style::new()
                .bg(self.pick(0xFC_EFD9, 0x3A_2A12))
                .fg(self.pick(0x8A_4B00, 0xF2_B872))
                .add_modifier(bold),
            Tone::Error => Style::new()
                .bg(self.pick(0xFB_E3E2, 0x3D_1A1B))
                .fg(self.pick(0xA3_262A, 0xF2_A3A0))
                .add_modifier(bold),
        }
    }

    const fn sixteen(tone: Tone) -> Style {
        let bold = Modifier::BOLD;
        match tone {
            Tone::Ink => Style::new(),
            Tone::Strong => Style::new().add_modifier(bold),
            Tone::Heading | Tone::Accent => Style::new().fg(Color::Cyan).add_modifier(bold),
            Tone::Quiet => Style::new().add_modifier(Modifier::DIM),
            Tone::Risk => Style::new().fg(Color::Yellow).add_modifier(bold),
            Tone::Mark => Style::new()
                .fg(Color::Yellow)
                .add_modifier(bold.union(Modifier::REVERSED)),
            Tone::Error => Style::new().fg(Color::Red).add_modifier(bold),
        }
    }

    const fn weight(tone: Tone) -> Style {
        match tone {
            Tone::Ink => Style::new(),
            Tone::Quiet => Style::new().add_modifier(Modifier::DIM),
            Tone::Heading => Style::new().add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED)),
            Tone::Mark => Style::new().add_modifier(Modifier::BOLD.union(Modifier::REVERSED)),
            Tone::Strong | Tone::Accent | Tone::Risk | Tone::Error => Style::new().add_modifier(Modifier::BOLD),
        }
    }

    /// The bar beside the row under the cursor.
    #[must_use]
    pub const fn cursor(self) -> Style {
        self.style(Tone::Accent)
    }

    /// What a row under the cursor looks like, over its tones.
    #[must_use]
    pub const fn picked(self) -> Style {
        match self.depth {
            Depth::True => Style::new().bg(self.pick(0xD6_ECE9, 0x1E_4A47)),
            _ => Style::new().add_modifier(Modifier::BOLD),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terminal_decides_how_much_colour_there_is() {
        assert_eq!(Theme::choose(true, "xterm", "truecolor", ""), Theme::plain());
        assert_eq!(Theme::choose(false, "xterm-256color", "truecolor", ""), Theme::dark());
        assert_eq!(Theme::choose(false, "xterm", "", "").depth, Depth::Sixteen);
        assert!(Theme::choose(false, "xterm", "truecolor", "0;15").light);
    }

    #[test]
    fn without_colour_every_tone_but_text_still_differs_from_text() {
        for tone in [
            Tone::Strong,
            Tone::Heading,
            Tone::Quiet,
            Tone::Accent,
            Tone::Risk,
            Tone::Error,
            Tone::Mark,
        ] {
            assert_ne!(Theme::plain().style(tone), Theme::plain().style(Tone::Ink), "{tone:?}");
            assert_eq!(
                (Theme::plain().style(tone).fg, Theme::plain().style(tone).bg),
                (None, None),
                "{tone:?}"
            );
        }
    }
}
