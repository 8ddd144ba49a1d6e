//! The commands as scripts use them: a real binary, a real vault, documented JSON, one line when it does not work.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

#[path = "support/place.rs"]
mod place;

use std::{fs, path::Path};

use place::{Place, SUMMARY};
use serde_json::Value;

#[test]
fn a_typed_summary_becomes_a_note_that_is_found_exported_and_deleted() {
    let place = Place::with_vault();
    let id = place.captured();
    let queue = place.json(&["queue"]);
    assert_eq!(queue["queue"][0]["id"], id.as_str());
    assert_eq!(queue["queue"][0]["state"], "in_review");

    let approved = place.json(&["approve", &id[..6]]);
    assert_eq!(approved["content_hash"].as_str().unwrap().len(), 64);
    let id = approved["id"].as_str().unwrap().to_owned();
    assert_eq!(place.json(&["queue"])["queue"].as_array().unwrap().len(), 0);

    let list = place.json(&["notes", "list"]);
    assert_eq!(
        (list["total"].as_u64(), list["notes"][0]["client"].as_str()),
        (Some(1), Some("A7"))
    );
    assert_eq!(
        place.json(&["notes", "search", "grounding"])["notes"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(
        place.json(&["notes", "search", "marigold"])["notes"]
            .as_array()
            .unwrap()
            .len(),
        0
    );

    let note = place.json(&["notes", "show", &id]);
    assert_eq!(note["risk"][0]["state"], "denied");
    assert_eq!(note["content_hash"], approved["content_hash"]);
    let dap = place.json(&["notes", "show", &id, "--format", "dap"]);
    assert_eq!(
        (dap["shown_as"].as_str(), dap["format"].as_str()),
        (Some("dap"), Some("soap"))
    );

    for kind in ["text", "pdf", "json", "fhir"] {
        let left = place.json(&["notes", "export", &id, "--kind", kind]);
        let size = fs::metadata(left["file"].as_str().unwrap()).unwrap().len();
        assert_eq!(left["size_bytes"], size, "{kind}");
    }
    let shown = place.run(&["notes", "export", "--all", "--kind", "json", "--out", "-"]);
    assert!(serde_json::from_slice::<Value>(&shown.stdout).is_ok());

    let (code, _) = place.fails(&["notes", "delete", &id]);
    assert_eq!(code, 2, "the retention duty must be considered");
    let deleted = place.json(&["notes", "delete", &id, "--retention-considered"]);
    assert_eq!(deleted["receipts"][0]["what"], "note");
    assert_eq!(place.json(&["notes"])["total"], 0);
    let checked = place.json(&["vault", "verify"]);
    assert_eq!(
        (checked["clean"].as_bool(), checked["deleted_alive"].as_u64()),
        (Some(true), Some(0))
    );
}

#[test]
fn a_private_note_is_read_alone_never_exported_and_deleted_alone() {
    let place = Place::with_vault();
    let text = "Client discussed work stress. Private note: I felt irritated, take it to supervision.";
    let review = place.json(&["capture", "--text", text]);
    let approved = place.json(&["approve", review["id"].as_str().unwrap()]);
    let id = approved["id"].as_str().unwrap();
    let kept = place.json(&["notes", "private", id]);
    assert!(kept["private"][0]["text"].as_str().unwrap().contains("irritated"));
    for kind in ["text", "json", "fhir"] {
        let left = place.run(&["notes", "export", id, "--kind", kind, "--out", "-"]);
        assert!(
            left.status.success() && !String::from_utf8_lossy(&left.stdout).contains("irritated"),
            "{kind}"
        );
    }
    assert_eq!(place.json(&["notes", "private", id, "--delete"])["deleted"], 1);
    assert_eq!(place.json(&["notes", "private", id])["private"], serde_json::json!([]));
    assert_eq!(place.json(&["notes"])["total"], 1);
    let checked = place.json(&["vault", "verify"]);
    assert_eq!(
        (checked["clean"].as_bool(), checked["deleted_alive"].as_u64()),
        (Some(true), Some(0))
    );
}

#[test]
fn a_draft_is_changed_by_place_and_every_change_can_be_taken_back() {
    let place = Place::with_vault();
    let id = place.captured();
    let id = id.as_str();
    let first = place.json(&["review", id]);
    let section = (1..)
        .zip(first["draft"]["sections"].as_array().unwrap())
        .find(|(_, s)| s["sentences"][0].is_object())
        .unwrap()
        .0;
    let at = section.to_string();
    let edited = place.json(&["review", id, "edit", &at, "1", "Slept well, ä 🌿."]);
    let sentence = |review: &Value| review["draft"]["sections"][section - 1]["sentences"][0].clone();
    assert_eq!(sentence(&edited)["text"], "Slept well, ä 🌿.");
    assert_eq!(sentence(&edited)["edited"], true);
    let undone = place.json(&["review", id, "undo"]);
    assert_eq!(sentence(&undone), sentence(&first));
    assert_eq!(sentence(&place.json(&["review", id, "redo"])), sentence(&edited));
    place.json(&["review", id, "undo"]);

    let source = place.json(&["review", id, "source", &at, "1"]);
    let fact = source["facts"][0]["index"].as_u64().unwrap().to_string();
    assert!(SUMMARY.contains(source["facts"][0]["text"].as_str().unwrap().trim()));
    let moved = place.json(&["review", id, "role", &fact, "plan"]);
    assert_eq!(moved["draft"]["facts"][fact.parse::<usize>().unwrap()]["role"], "plan");
    assert_eq!(place.json(&["review", id, "format", "birp"])["draft"]["format"], "birp");
    assert_eq!(place.json(&["review", id, "detail", "detailed"])["detail"], "detailed");
    assert_eq!(place.json(&["review", id, "client", "B2"])["client"], "B2");

    assert_eq!(place.fails(&["review", id, "edit", "9", "1", "x"]).0, 1);
    assert_eq!(place.fails(&["review", id, "remove", "1", "0"]).0, 1);
    assert_eq!(place.fails(&["review", id, "format", "haiku"]).0, 2);
    assert_eq!(place.fails(&["review", "ffffffff"]).0, 1);
    place.json(&["review", id, "discard"]);
    assert_eq!(place.fails(&["approve", id]).0, 1);
}

#[test]
fn a_passcode_opens_what_it_closed_and_the_recovery_words_open_it_too() {
    let place = Place::new();
    let made = place.run_with(&["vault", "create", "--age-16", "--json"], "", Some("correct horse"));
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let made: Value = serde_json::from_slice(&made.stdout).unwrap();
    let words: Vec<&str> = made["recovery_words"]
        .as_array()
        .unwrap()
        .iter()
        .map(|word| word.as_str().unwrap())
        .collect();

    assert_eq!(place.fails(&["vault", "unlock"]).0, 1, "without a passcode");
    assert_eq!(
        place.run_with(&["vault", "unlock"], "", Some("wrong")).status.code(),
        Some(1)
    );
    assert!(
        place
            .run_with(&["vault", "unlock"], "", Some("correct horse"))
            .status
            .success()
    );
    let file = place.path("new");
    fs::write(&file, "battery staple\n").unwrap();
    let recovered = place.run_with(
        &["vault", "recover", "--new-passcode-file", &file],
        &words.join(" "),
        None,
    );
    assert!(
        recovered.status.success(),
        "{}",
        String::from_utf8_lossy(&recovered.stderr)
    );
    assert!(
        place
            .run_with(&["vault", "unlock"], "", Some("battery staple"))
            .status
            .success()
    );
    let by_file = place.run(&["vault", "unlock", "--passcode-file", &file]);
    assert!(by_file.status.success());
    assert!(place.run_with(&["vault", "recover"], "not words", None).status.code() == Some(1));
}

#[test]
fn rules_and_settings_are_kept_and_bad_values_are_refused() {
    let place = Place::with_vault();
    assert_eq!(place.json(&["rules"])["keep_days"], Value::Null);
    assert_eq!(place.json(&["rules", "set", "keep", "90"])["keep_days"], 90);
    assert_eq!(
        place.json(&["rules", "set", "transcript_days", "2"])["transcript_days"],
        2
    );
    assert_eq!(place.fails(&["rules", "set", "transcript_days", "8"]).0, 2);
    assert_eq!(place.json(&["rules", "sweep"])["swept"], true);
    assert_eq!(
        place.json(&["settings", "set", "author", "J. Doe, LCSW"])["author"],
        "J. Doe, LCSW"
    );
    assert_eq!(place.json(&["settings", "get", "author"])["author"], "J. Doe, LCSW");
    let wishes = place.json(&["settings", "set", "instructions", "No abbreviations. Make it rhyme"]);
    assert_eq!(wishes["not_understood"], serde_json::json!(["Make it rhyme"]));
    let file = place.path("words.txt");
    fs::write(&file, "EMDR\nBrainspotting\n\nEMDR\n").unwrap();
    assert_eq!(place.json(&["settings", "vocabulary", "import", &file])["added"], 2);
    assert_eq!(
        place.json(&["settings"])["vocabulary"],
        serde_json::json!(["EMDR", "Brainspotting"])
    );
    assert_eq!(place.fails(&["settings", "set", "colour", "red"]).0, 2);
}

#[test]
fn notes_travel_by_export_and_import_and_keep_their_hash() {
    let here = Place::with_vault();
    let id = here.captured();
    let id = here.json(&["approve", &id])["id"].as_str().unwrap().to_owned();
    let note = here.json(&["notes", "addendum", &id, "She called to say that she slept."]);
    assert_eq!(note["addenda"].as_array().unwrap().len(), 1);
    let held = here.json(&["notes", "hold", &id]);
    assert_eq!(held["held"], true);
    assert_eq!(
        here.fails(&["notes", "delete", &id, "--retention-considered"]).0,
        1,
        "a held note stays"
    );
    let file = here.path("all.json");
    here.json(&["notes", "export", "--all", "--kind", "json", "--out", &file]);
    assert_eq!(
        here.fails(&["notes", "export", "--all", "--kind", "json", "--out", &file])
            .0,
        1,
        "nothing is overwritten"
    );
    here.json(&["notes", "export", "--all", "--kind", "json", "--out", &file, "--force"]);

    let there = Place::with_vault();
    assert_eq!(there.json(&["import", &file])["taken"], 1);
    assert_eq!(there.json(&["import", &file])["there"], 1);
    let same = there.json(&["notes", "show", &id]);
    assert_eq!(
        (&same["content_hash"], &same["addenda"]),
        (&note["content_hash"], &note["addenda"])
    );
    assert_eq!(there.fails(&["import", "/nonexistent"]).0, 1);
}

#[test]
fn what_is_asked_in_a_wrong_way_gets_one_line_and_exit_code_2() {
    let place = Place::new();
    for args in [
        &["frobnicate"][..],
        &["notes", "show"],
        &["notes", "export"],
        &["vault", "erase"],
        &["--nonsense"],
    ] {
        assert_eq!(place.fails(args).0, 2, "{args:?}");
    }
    assert_eq!(place.fails(&["queue"]).0, 1, "there is no vault yet");
    assert_eq!(place.fails(&["transcribe", "/nonexistent.wav"]).0, 1);
    assert_eq!(
        place.fails(&["vault", "create", "--no-passcode"]).0,
        2,
        "the age must be stated"
    );
}

#[test]
fn erasing_leaves_nothing_behind() {
    let place = Place::with_vault();
    place.captured();
    assert_eq!(place.json(&["vault", "erase", "--yes"])["erased"], true);
    let left = |path: &str| Path::new(&place.path(path)).exists();
    assert!(!left("data/keystore") || fs::read_dir(place.path("data/keystore")).unwrap().next().is_none());
    assert_eq!(place.fails(&["queue"]).0, 1);
}

#[test]
fn limits_samples_and_the_audit_log_are_there_for_machines() {
    let place = Place::with_vault();
    assert!(place.json(&["limits"])["markdown"].as_str().unwrap().starts_with('#'));
    assert!(place.json(&["samples"])["markdown"].is_string());
    let audit = place.json(&["audit"]);
    assert_eq!(
        audit["lines"].as_array().unwrap().len() as u64,
        audit["total"].as_u64().unwrap()
    );
    let file = place.path("audit.jsonl");
    let exported = place.json(&["audit", "--export", &file])["lines"].as_u64().unwrap();
    let text = fs::read_to_string(&file).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(
        lines.len() as u64 == exported && lines[0]["number"] == 1,
        "oldest first, and all of them"
    );
    assert!(
        place.json(&["models"])["models"]
            .as_array()
            .unwrap()
            .iter()
            .all(|model| model["here"] == false)
    );
}

#[test]
fn the_plain_mode_goes_the_whole_way_line_by_line() {
    let place = Place::new();
    let input = "b\n1\n2\nl\ny\nt\nClient discussed work stress.\nPlan is to meet next week.\n.\nc\nA7\nA\ny\nback\nn\nback\nq\n";
    let output = place.run_with(&["--plain"], input, None);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(said.contains("[DRAFT]") && said.contains("Signed."), "{said}");
    assert!(!said.contains('\u{1b}'), "no escape sequences");
    assert_eq!(place.json(&["notes"])["notes"][0]["client"], "A7");
}
