//! `afterword settings …`: read and change settings by name.

use std::fs;

use serde_json::json;
use shared::{
    model::Event,
    note::{Words, record::Settings},
    view::{ViewModel, settings::SettingsView},
};

use super::Session;
use crate::{
    args::{Common, SettingsAct, VocabularyAct},
    fields::{FIELDS, Field, Kind, shown},
    output::CommandError,
    words,
};

pub(super) fn run(common: &Common, act: Option<SettingsAct>) -> Result<(), CommandError> {
    let session = Session::open(common)?;
    match act.unwrap_or(SettingsAct::Get { key: None }) {
        SettingsAct::Get { key: None } => {
            let settings = read(&session)?;
            session
                .out
                .say(|| crate::json::settings(&settings), || table(&settings));
        }
        SettingsAct::Get { key: Some(key) } => say(&session, &key)?,
        SettingsAct::Set { key, value } => {
            change(&session, &key, &value)?;
            say(&session, &key)?;
        }
        SettingsAct::Vocabulary {
            act: VocabularyAct::Import { file },
        } => {
            let text = fs::read_to_string(file).map_err(|_| CommandError::failed(words::FILE_MISSING))?;
            let mut settings = read(&session)?;
            let known = settings.preferences.vocabulary.len();
            for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
                let entry = Words::from(line);
                if !settings.preferences.vocabulary.contains(&entry) {
                    settings.preferences.vocabulary.push(entry);
                }
            }
            let total = settings.preferences.vocabulary.len();
            save(&session, settings)?;
            session.out.say(
                || json!({ "added": total - known, "total": total }),
                || format!("{} added, {total} in all.", total - known),
            );
        }
    }
    Ok(())
}

fn open(session: &Session) -> Result<Box<SettingsView>, CommandError> {
    match session.act(Event::SettingsTapped)? {
        ViewModel::Settings(view) => Ok(view),
        _ => Err(CommandError::failed(words::NO_ANSWER)),
    }
}

pub(super) fn read(session: &Session) -> Result<Settings, CommandError> {
    open(session).map(|view| view.settings)
}

pub(super) fn change(session: &Session, key: &str, value: &str) -> Result<(), CommandError> {
    let field = named(key)?;
    let mut settings = read(session)?;
    if !(field.set)(&mut settings, value) {
        return Err(CommandError::usage(words::BAD_VALUE));
    }
    save(session, settings)
}

pub(super) fn save(session: &Session, settings: Settings) -> Result<(), CommandError> {
    session.act(Event::SettingsChanged { settings }).map(drop)
}

fn named(key: &str) -> Result<&'static Field, CommandError> {
    Field::named(key).ok_or_else(|| CommandError::usage(words::NO_SUCH_SETTING))
}

fn say(session: &Session, key: &str) -> Result<(), CommandError> {
    let field = named(key)?;
    let view = open(session)?;
    let value = (field.get)(&view.settings);
    let missed = if field.key == "instructions" {
        &view.not_understood[..]
    } else {
        &[]
    };
    session.out.say(
        || {
            let mut said = json!({ field.key: crate::json::setting(field.kind, &value) });
            if field.key == "instructions" {
                said["not_understood"] = json!(missed);
            }
            said
        },
        || {
            let missed = missed.iter().map(|wish| words::not_understood(wish.as_str()));
            std::iter::once(value.clone())
                .chain(missed)
                .collect::<Vec<_>>()
                .join("\n")
        },
    );
    Ok(())
}

/// Every setting: its name, its value, and what it can be.
fn table(settings: &Settings) -> String {
    let line = |field: &Field| {
        let can_be = match field.kind {
            Kind::Choice(choices) => choices.join(" | "),
            Kind::Number(from, to) => format!("{from} to {to}"),
            Kind::Line | Kind::Lines => "text".to_owned(),
            Kind::List => "list".to_owned(),
        };
        format!("{:<16} {:<28} ({can_be})", field.key, shown(field, settings))
    };
    FIELDS.iter().map(line).collect::<Vec<_>>().join("\n")
}
