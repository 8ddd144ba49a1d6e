//! Settings: how notes read, speech models, how long things live, and the vault itself.

use shared::{
    model::Event,
    note::record::Settings,
    view::settings::{ModelRow, SettingsView, VerifyView},
};

use super::{note, said, welcome};
use crate::{
    fields::{FIELDS, Field, Kind, shown},
    page::{Key, Page, Row, Step, Tone},
    words,
};

pub(super) fn page(view: &SettingsView) -> Page {
    let mut page = Page::new("Settings");
    page.notice = said(view.notice.as_ref());
    for (heading, from, to) in [
        ("How notes read", 0, 11),
        ("Speech", 11, 12),
        ("Auto-delete", 12, 15),
        ("This device", 15, 18),
    ] {
        page.heading(heading);
        for field in FIELDS[from..to].iter().filter(|field| field.key != "model") {
            page.row(field_row(field, &view.settings));
            if field.key == "instructions" {
                for wish in &view.not_understood {
                    page.row(Row::new(words::not_understood(wish.as_str()), Tone::Quiet).indented(4));
                }
            }
        }
        if heading == "Speech" {
            model_rows(view, &mut page);
        }
    }
    vault_rows(view, &mut page);
    page.act(Key::Char('v'), "check the vault", Step::Send(Event::VerifyTapped));
    page.act(Key::Char('o'), "audit log", Step::Send(Event::AuditTapped));
    page.act(Key::Char('k'), "known limits", Step::Send(Event::LimitsTapped));
    page.act(Key::Char('E'), "export all", note::export(true));
    page.act(Key::Char('L'), "lock", Step::Send(Event::LockTapped));
    page.act(Key::Esc, "back", Step::Send(Event::BackTapped));
    page
}

fn field_row(field: &'static Field, settings: &Settings) -> Row {
    Row::new(format!("{:<29}", field.label), Tone::Quiet)
        .and(shown(field, settings), Tone::Ink)
        .indented(2)
        .picks(change(field, settings))
}

fn change(field: &'static Field, settings: &Settings) -> Step {
    let settings = settings.clone();
    let now = (field.get)(&settings);
    let put = move |mut settings: Settings, value: &str| {
        if (field.set)(&mut settings, value) {
            Step::Send(Event::SettingsChanged { settings })
        } else {
            Step::tell(field.label, vec![words::BAD_VALUE_HERE.to_owned()])
        }
    };
    match field.kind {
        Kind::Choice(choices) => {
            let option = |choice: &&str| {
                let mut would = settings.clone();
                (field.set)(&mut would, choice);
                (shown(field, &would), put(settings.clone(), choice))
            };
            Step::choose(field.label, choices.iter().map(option).collect())
        }
        Kind::Lines => Step::lines(field.label, "", &now, move |value| put(settings, value.as_str())),
        Kind::Number(from, to) => Step::text(
            field.label,
            &format!("A number from {from} to {to}."),
            &now,
            move |value| put(settings, value.as_str()),
        ),
        Kind::List => Step::text(field.label, "With commas between.", &now, move |value| {
            put(settings, value.as_str())
        }),
        Kind::Line => Step::text(field.label, "", &now, move |value| put(settings, value.as_str())),
    }
}

fn model_rows(view: &SettingsView, page: &mut Page) {
    if let Some(percent) = view.fetching {
        page.row(
            Row::new(
                format!("{}  {percent} %", super::capture::bar(u64::from(percent), 100)),
                Tone::Accent,
            )
            .indented(2),
        );
    }
    for model in &view.models {
        let state = match (model.in_use, model.here) {
            (true, _) => "in use",
            (false, true) => "here",
            (false, false) => "not here",
        };
        page.row(
            Row::new(format!("{:<29}", model.name), Tone::Quiet)
                .and(format!("{state}, {}", words::size(model.size_bytes)), Tone::Ink)
                .indented(2)
                .picks(model_step(model, &view.settings)),
        );
    }
}

fn model_step(model: &ModelRow, settings: &Settings) -> Step {
    let name = model.name.clone();
    if !model.here {
        let size = format!(
            "{} come from the network. Nothing of yours is sent.",
            words::size(model.size_bytes)
        );
        return Step::confirm(
            &format!("Get {name}?"),
            &[&size, "It is checked against a known hash before it is used."],
            "get it",
            Step::Send(Event::ModelWanted { name }),
        );
    }
    let mut with = settings.clone();
    with.model.clone_from(&name);
    let mut options = Vec::new();
    if !model.in_use {
        options.push((
            "Use it".to_owned(),
            Step::Send(Event::SettingsChanged { settings: with }),
        ));
    }
    options.push((
        "Delete its file".to_owned(),
        Step::Send(Event::ModelDeleted { name: name.clone() }),
    ));
    Step::choose(&name, options)
}

fn vault_rows(view: &SettingsView, page: &mut Page) {
    page.heading("Vault");
    let set = || welcome::passcode(|passcode| Step::Send(Event::PasscodeChanged { passcode }));
    let passcode = if view.passcode {
        let remove = Step::confirm(
            "Remove the passcode?",
            &words::PASSCODE_REMOVE_LINES,
            "remove it",
            Step::Send(Event::PasscodeChanged {
                passcode: shared::note::Words::default(),
            }),
        );
        Step::choose(
            "Passcode",
            vec![("Change it".to_owned(), set()), ("Remove it".to_owned(), remove)],
        )
    } else {
        set()
    };
    let state = if view.passcode {
        "set"
    } else {
        "none; this device opens the vault"
    };
    let row = |label: &str, value: &str, step: Step| {
        Row::new(format!("{label:<29}"), Tone::Quiet)
            .and(value, Tone::Ink)
            .indented(2)
            .picks(step)
    };
    page.row(row("Passcode", state, passcode));
    let checked = view.verified.as_ref().map_or_else(
        || "not yet, since it was opened".to_owned(),
        |found| {
            if is_clean(found) {
                words::VERIFY_CLEAN.to_owned()
            } else {
                "something was found; see below".to_owned()
            }
        },
    );
    page.row(row("Check the vault", &checked, Step::Send(Event::VerifyTapped)));
    if let Some(found) = &view.verified {
        for line in verify_lines(found) {
            page.row(Row::new(line, Tone::Quiet).indented(4));
        }
    }
    page.row(row(
        "Audit log",
        "what happened, never what was said",
        Step::Send(Event::AuditTapped),
    ));
    page.row(row("Erase everything", "keys first; cannot be undone", erase()));
}

fn erase() -> Step {
    Step::confirm(
        "Erase everything?",
        &words::ERASE_LINES,
        "erase",
        Step::text("Erase everything", "Type the word erase to do it.", "", |typed| {
            if typed.as_str().trim().eq_ignore_ascii_case("erase") {
                Step::Send(Event::EraseTapped { confirmed: true })
            } else {
                Step::Nothing
            }
        }),
    )
}

/// Whether a check found nothing.
#[must_use]
pub(crate) const fn is_clean(found: &VerifyView) -> bool {
    found.damaged == 0
        && found.orphans == 0
        && found.deleted_alive == 0
        && found.plaintext_found == 0
        && found.audit_unbroken
}

/// What a check found, a line each.
#[must_use]
pub(crate) fn verify_lines(found: &VerifyView) -> Vec<String> {
    let line = |label: &str, value: u64, good: bool| format!("{} {label:<42} {value}", if good { "✓" } else { "!" });
    vec![
        line("sealed things that opened", found.opened, true),
        line("sealed things that did not open", found.damaged, found.damaged == 0),
        line("keys without a body, or the reverse", found.orphans, found.orphans == 0),
        line("deleted things whose key is gone", found.deleted_confirmed, true),
        line(
            "deleted things whose key is still there",
            found.deleted_alive,
            found.deleted_alive == 0,
        ),
        line(
            "lines of the audit log, chain unbroken",
            found.audit_lines,
            found.audit_unbroken,
        ),
        line(
            "words of notes found in the open on disk",
            found.plaintext_found,
            found.plaintext_found == 0,
        ),
    ]
}
