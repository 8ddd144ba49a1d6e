//! Titles, labels and sentences of the screens.

/// What this is.
pub const WHAT_IT_IS: &str = "A private companion for the time after a session. You speak or type a brief summary of your own; it becomes a structured draft; you review and sign it.";
/// What it is not.
pub const WHAT_IT_IS_NOT: &str =
    "It never records a session. It makes no diagnosis and no decision. Nobody watches it: it is not emergency care.";
/// Where it happens.
pub const WHERE_IT_STAYS: &str =
    "Everything stays on this device, encrypted. There is no account and nothing is sent anywhere.";
/// Above the record act.
pub const YOUR_SUMMARY: &str = "Your summary, not the session.";
/// Empty section.
pub const NOT_MENTIONED: &str = "Not mentioned";
/// Retention.
pub const RETENTION: &str = "In many places records must be kept for years. Only you can know whether that is over.";
/// Help about moving about, for the full screen.
pub const HELP_MOVING: [&str; 5] = [
    "↑ ↓         move, or read on",
    "PgUp PgDn   a screen at a time",
    "Enter       the thing under the cursor",
    "Esc         back; nothing is lost by leaving",
    "Ctrl-C      end (it asks where words could get lost)",
];
/// How the plain mode is used.
pub const HELP_PLAIN: &str =
    "Type a number to pick, a letter for an act, a letter and a number for an act on that line (e 3), or ? for help.";
/// Nothing queued, nothing kept.
pub const HOME_EMPTY: &str = "Nothing waits. After a session, press r and speak for a minute or two, or t to type.";
/// No model.
pub const HOME_NO_MODEL: &str =
    "There is no speech model here yet, so a recording would wait. Typing works. Settings (s) get one.";
/// Erase.
pub const ERASE_LINES: [&str; 3] = [
    "Goes: every note, draft, transcript, recording and setting of this vault, keys first.",
    "Stays: documents you exported, and the speech models.",
    "It cannot be undone, also not with the recovery words.",
];
/// Removing the passcode.
pub const PASSCODE_REMOVE_LINES: [&str; 2] = [
    "Whoever can use your account on this computer can then open the vault.",
    "The vault stays encrypted; the key lies in the key store of this device.",
];
