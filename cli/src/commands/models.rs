//! `afterword models …`: speech models. Listing, getting and deleting them needs no vault; choosing one does.

use std::sync::atomic::AtomicBool;

use serde_json::json;
use shared::{adapters::models::Models, capabilities::speech::SpeechError, view::keys::Failure};

use super::{Session, settings};
use crate::{
    Folders,
    args::{Common, ModelsAct},
    output::{CommandError, Out},
    words,
};

pub(super) fn run(common: &Common, act: Option<ModelsAct>) -> Result<(), CommandError> {
    let folders = Folders::choose(common.vault.as_deref(), common.models.as_deref());
    let models = Models::new(folders.models.clone());
    let out = Out { json: common.json };
    match act.unwrap_or(ModelsAct::List) {
        ModelsAct::List => list(&models, &folders, out),
        ModelsAct::Fetch { name } => {
            known(&models, &name)?;
            let mut last = 0;
            models
                .fetch(&name, &AtomicBool::new(false), &mut |percent| {
                    if percent >= last + 10 {
                        last = percent;
                        out.remark(&format!("{percent} %"));
                    }
                })
                .map_err(explain)?;
            out.say(|| json!({ "name": name, "here": true }), || format!("{name} is ready."));
        }
        ModelsAct::Delete { name } => {
            known(&models, &name)?;
            models.delete(&name).map_err(explain)?;
            out.say(
                || json!({ "name": name, "here": false }),
                || format!("The file of {name} is deleted."),
            );
        }
        ModelsAct::Use { name } => {
            known(&models, &name)?;
            let session = Session::open(common)?;
            let mut chosen = settings::read(&session)?;
            chosen.model.clone_from(&name);
            settings::save(&session, chosen)?;
            out.say(|| json!({ "model": name }), || format!("{name} is used from now on."));
        }
    }
    Ok(())
}

fn explain(error: SpeechError) -> CommandError {
    CommandError::failed(words::failure(Failure::from(error).key))
}

fn known(models: &Models, name: &str) -> Result<(), CommandError> {
    models
        .list()
        .iter()
        .any(|model| model.name == name)
        .then_some(())
        .ok_or_else(|| CommandError::usage(words::NO_SUCH_MODEL))
}

fn list(models: &Models, folders: &Folders, out: Out) {
    let list = models.list();
    out.say(
        || {
            let rows: Vec<_> = list
                .iter()
                .map(|m| json!({ "name": m.name, "size_bytes": m.size_bytes, "here": m.here, "partial_bytes": m.partial_bytes }))
                .collect();
            json!({ "folder": folders.models, "models": rows })
        },
        || {
            let line = |m: &shared::capabilities::speech::ModelInfo| {
                let here = if m.here { "here" } else { "not here" };
                format!("{:<16} {:>9}  {here}", m.name, words::size(m.size_bytes))
            };
            list.iter().map(line).collect::<Vec<_>>().join("\n")
        },
    );
}
