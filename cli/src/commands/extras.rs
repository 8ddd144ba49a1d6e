//! Short commands: the queue, the audit log, import, known limits, samples.

use std::path::Path;

use serde_json::json;
use shared::{
    capabilities::share::ShareOperation,
    model::Event,
    view::{ViewModel, home::CaptureRow, keys::Notice, settings},
};

use super::Session;
use crate::{
    args::Common,
    folders::absolute,
    handlers::share::{Left, Share, ShareOptions},
    output::{CommandError, Out},
    screens::{self, Ui},
    words,
};

pub(super) fn queue(common: &Common) -> Result<(), CommandError> {
    let session = Session::open(common)?;
    let home = session.home()?;
    session.out.say(
        || json!({ "queue": home.queue.iter().map(crate::json::capture).collect::<Vec<_>>() }),
        || {
            if home.queue.is_empty() {
                return words::QUEUE_EMPTY.to_owned();
            }
            let line = |row: &CaptureRow| {
                let id: String = row.id.to_string().chars().take(8).collect();
                format!(
                    "{id}  {}  {}, {}  → {}  gone {}",
                    words::this_week(row.started_at),
                    words::capture_source(row.source),
                    words::capture_state(row.state),
                    words::next_step(row.next),
                    words::in_time(row.expires_in_ms)
                )
            };
            home.queue.iter().map(line).collect::<Vec<_>>().join("\n")
        },
    );
    Ok(())
}

pub(super) fn audit(common: &Common, export: Option<&Path>) -> Result<(), CommandError> {
    let session = Session::open(common)?;
    let ViewModel::Audit(view) = session.act(Event::AuditTapped)? else {
        return Err(CommandError::failed(words::NO_ANSWER));
    };
    let Some(file) = export else {
        session.out.say(
            || json!({ "lines": view.lines.iter().map(crate::json::audit_line).collect::<Vec<_>>(), "total": view.total }),
            || screens::page(&ViewModel::Audit(view.clone()), &Ui::default()).text(),
        );
        return Ok(());
    };
    let lines: Vec<String> = view
        .lines
        .iter()
        .rev()
        .map(|line| crate::json::audit_line(line).to_string())
        .collect();
    let left = std::sync::Arc::default();
    let share = Share::new(ShareOptions::default(), std::sync::Arc::clone(&left));
    let name = absolute(file).to_string_lossy().into_owned();
    let content = format!("{}\n", lines.join("\n")).into_bytes();
    let _answer = share.answer(&ShareOperation::File { name, content });
    let left = left.lock().ok().and_then(|left| left.clone());
    match left {
        Some(Left::File(path)) => {
            session.out.say(
                || json!({ "file": path, "lines": lines.len() }),
                || path.display().to_string(),
            );
            Ok(())
        }
        Some(Left::Exists(path)) => Err(CommandError::failed(words::exists(&path))),
        _ => Err(CommandError::failed(words::not_written(file))),
    }
}

pub(super) fn import(common: &Common, file: &Path) -> Result<(), CommandError> {
    let session = Session::open(common)?;
    let path = absolute(file).to_string_lossy().into_owned();
    let home = match session.act(Event::ImportChosen { path })? {
        ViewModel::Home(home) => home,
        _ => session.home()?,
    };
    match home.notice {
        Some(Notice::Imported { taken, there }) => {
            session.out.say(
                || json!({ "taken": taken, "there": there }),
                || words::notice(&Notice::Imported { taken, there }),
            );
            Ok(())
        }
        _ => Err(CommandError::failed(words::NO_ANSWER)),
    }
}

pub(super) fn limits(common: &Common) -> Result<(), CommandError> {
    text(common, &settings::limits().text)
}

pub(super) fn samples(common: &Common) -> Result<(), CommandError> {
    text(common, &settings::samples().text)
}

/// Both are part of the program; no vault is opened for them.
#[allow(clippy::unnecessary_wraps, reason = "every command gives a result")]
fn text(common: &Common, markdown: &str) -> Result<(), CommandError> {
    Out { json: common.json }.say(|| json!({ "markdown": markdown }), || markdown.to_owned());
    Ok(())
}
