//! `afterword rules …`: what is kept how long.

use serde_json::json;
use shared::{model::Event, note::record::Settings};

use super::{Session, settings};
use crate::{
    args::{Common, RulesAct},
    fields::{Field, shown},
    output::CommandError,
    words,
};

/// The settings that are rules.
const RULES: [&str; 3] = ["keep", "transcript_days", "audio_hours"];

pub(super) fn run(common: &Common, act: Option<RulesAct>) -> Result<(), CommandError> {
    let session = Session::open(common)?;
    match act.unwrap_or(RulesAct::Show) {
        RulesAct::Show => say(&session, &settings::read(&session)?),
        RulesAct::Set { key, value } => {
            if !RULES.contains(&key.replace('-', "_").as_str()) {
                return Err(CommandError::usage(words::NO_SUCH_SETTING));
            }
            settings::change(&session, &key, &value)?;
            say(&session, &settings::read(&session)?);
        }
        RulesAct::Sweep => {
            let before = session.home()?.queue.len();
            session.act(Event::Ticked)?;
            let after = session.home()?.queue.len();
            session.out.say(
                || json!({ "swept": true, "unfinished_before": before, "unfinished_after": after }),
                || words::SWEPT.to_owned(),
            );
        }
    }
    Ok(())
}

fn say(session: &Session, settings: &Settings) {
    session.out.say(
        || {
            json!({
                "keep": settings.keep,
                "keep_days": settings.keep.days(),
                "transcript_days": settings.transcript_days,
                "audio_hours": settings.audio_hours,
            })
        },
        || {
            let line =
                |key: &&str| Field::named(key).map(|field| format!("{:<28} {}", field.label, shown(field, settings)));
            RULES.iter().filter_map(line).collect::<Vec<_>>().join("\n")
        },
    );
}
