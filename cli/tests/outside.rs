//! What reaches beyond the program: a real voice file through the real speech model, and the clipboard of the desktop.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops here")]
#![cfg(unix)]

#[path = "support/place.rs"]
mod place;

use std::{
    env, fs,
    os::unix::fs::{PermissionsExt as _, symlink},
    path::Path,
    thread,
    time::{Duration, Instant},
};

use place::Place;
use serde_json::Value;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The folder of speech models becomes the one that `script/bootstrap` fills.
fn with_model(place: &Place) {
    let models = repository().join(".models");
    assert!(
        models.join("ggml-tiny.en-q8_0.bin").is_file(),
        "no speech model: run script/speech-model"
    );
    symlink(models, place.path("models")).unwrap();
}

fn files(folder: &Path, found: &mut Vec<Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            files(&entry.path(), found);
        } else {
            found.push(fs::read(entry.path()).unwrap());
        }
    }
}

#[test]
fn a_voice_file_becomes_a_signed_note_and_nothing_else_remains() {
    let place = Place::with_vault();
    with_model(&place);
    let voice = repository().join("shared/samples/th2_rms.wav");
    let review = place.json(&["capture", &voice.to_string_lossy(), "--client", "A7"]);
    let id = review["id"].as_str().unwrap();
    let queue = place.json(&["queue"]);
    assert_eq!(queue["queue"][0]["state"], "in_review");
    let text = review["draft"].to_string().to_lowercase();
    assert!(
        text.contains("thought record") && text.contains("muscle relaxation"),
        "{text}"
    );
    assert_eq!(review["draft"]["risk"][0]["state"], "denied");

    let approved = place.json(&["approve", id]);
    let note = place.json(&["notes", "show", approved["id"].as_str().unwrap()]);
    assert_eq!(note["risk"][0]["topic"], "si");
    assert!(place.json(&["queue"])["queue"].as_array().unwrap().is_empty());
    assert_eq!(place.json(&["vault", "verify"])["clean"], true);
    let mut left = Vec::new();
    files(Path::new(&place.path("data")), &mut left);
    let sound = fs::read(&voice).unwrap();
    for part in [&sound[40_000..40_032], b"muscle relaxation"] {
        assert!(
            !left
                .iter()
                .any(|file| file.windows(part.len()).any(|window| window == part))
        );
    }
}

#[test]
fn the_sample_reaches_a_signed_note_in_two_minutes_and_four_taps() {
    let place = Place::new();
    with_model(&place);
    let done = place.json(&["--sample"]);
    let steps: Vec<&str> = done["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["step"].as_str().unwrap())
        .collect();
    let wanted = [
        "vault made",
        "recorded",
        "transcribed",
        "audio destroyed",
        "draft",
        "approved",
        "destroyed",
        "checked",
    ];
    assert_eq!(steps, wanted);
    let approved = done["steps"]
        .as_array()
        .unwrap()
        .iter()
        .find(|step| step["step"] == "approved");
    assert!(approved.unwrap()["at_ms"].as_u64().unwrap() < 120_000);
    assert!(done["taps"].as_u64().unwrap() <= 4);
    assert_eq!(done["verify"]["clean"], true);
    assert!(
        done["note"]["sections"]
            .as_array()
            .is_some_and(|sections| !sections.is_empty())
    );
}

#[test]
fn the_clipboard_is_cleared_after_a_minute() {
    let place = Place::with_vault();
    let id = place.captured();
    let approved: Value = place.json(&["approve", &id]);
    // a desktop's tool, as the program sees it
    let (tools, held) = (place.path("tools"), place.path("held"));
    fs::create_dir(&tools).unwrap();
    let tool = Path::new(&tools).join("xclip");
    fs::write(
        &tool,
        format!("#!/bin/sh\n[ \"$3\" = -o ] && exec cat '{held}'\nexec cat > '{held}'\n"),
    )
    .unwrap();
    fs::set_permissions(&tool, fs::Permissions::from_mode(0o700)).unwrap();
    let begun = Instant::now();
    let mut copy = place
        .command(&["notes", "copy", approved["id"].as_str().unwrap()])
        .env("PATH", format!("{tools}:{}", env::var("PATH").unwrap()))
        .env("DISPLAY", ":none")
        .env_remove("WAYLAND_DISPLAY")
        .spawn()
        .unwrap();
    let held = || fs::read_to_string(&held).unwrap_or_default();
    while held().is_empty() && begun.elapsed() < Duration::from_secs(50) {
        thread::sleep(Duration::from_millis(50));
    }
    let copied = Instant::now();
    assert!(held().contains("Grounding techniques"));
    assert!(copy.wait().unwrap().success());
    assert!(copied.elapsed() > Duration::from_secs(55), "it stays for a minute");
    assert_eq!(held(), "");
}
