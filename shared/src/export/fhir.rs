//! FHIR R4: each note as a document Bundle that opens with a Composition, as an EHR's import expects it.
//!
//! Nothing is added that the note does not say. Codes are LOINC's, and only where a section has an exact one.

use ring::digest;
use serde_json::{Value, json};

use super::{Document, NOT_MENTIONED, dates, paragraphs, text::ADDENDUM};
use crate::note::{
    Id, Words,
    draft::Section,
    record::{Addendum, Note},
};

const LOINC: &str = "http://loinc.org";

/// One note and its addenda as a document Bundle; pretty-printed JSON.
#[must_use]
pub fn fhir(note: &Note, addenda: &[Addendum]) -> String {
    pretty(&document(note, addenda))
}

/// Several notes: a collection Bundle of document Bundles. A single note is just its document.
#[must_use]
pub fn fhirs(notes: &[(Note, Vec<Addendum>)]) -> String {
    if let [(note, addenda)] = notes {
        return fhir(note, addenda);
    }
    let entries: Vec<Value> = notes
        .iter()
        .map(|(note, addenda)| json!({ "fullUrl": urn(derived(note.id, "bundle")), "resource": document(note, addenda) }))
        .collect();
    let mut bundle = json!({ "resourceType": "Bundle", "type": "collection" });
    if !entries.is_empty() {
        bundle["entry"] = Value::Array(entries);
    }
    pretty(&bundle)
}

fn document(note: &Note, addenda: &[Addendum]) -> Value {
    let id = |part: &str| urn(derived(note.id, part));
    let changed_at = addenda
        .iter()
        .map(|addendum| addendum.written_at)
        .fold(note.approved_at, Ord::max);
    let mut sections: Vec<Value> = note.sections.iter().map(section).collect();
    sections.extend(addenda.iter().map(addendum_section));

    let mut composition = json!({
        "resourceType": "Composition",
        "id": uuid(note.id),
        "meta": { "tag": [{ "system": "urn:afterword:content-sha256", "code": note.content_hash }] },
        "identifier": { "system": "urn:ietf:rfc:3986", "value": urn(note.id) },
        "status": if addenda.is_empty() { "final" } else { "amended" },
        "type": { "coding": [{ "system": LOINC, "code": "11506-3" }], "text": "Progress note" },
        "date": dates::instant(changed_at, 0),
        "author": [author(&note.author, &id("author"))],
        "title": Document::Note { note, addenda }.title(),
        "attester": [{ "mode": "professional", "time": dates::instant(note.approved_at, 0) }],
        "event": [{ "period": { "start": dates::instant(note.session_at, 0) } }],
    });
    if note.content_hash.is_empty() {
        composition.as_object_mut().map(|fields| fields.remove("meta"));
    }
    let mut entries = Vec::new();
    if let Some(label) = clean(note.client.as_str()) {
        composition["subject"] = json!({ "reference": id("client") });
        entries.push(json!({
            "fullUrl": id("client"),
            "resource": { "resourceType": "Patient", "id": uuid(derived(note.id, "client")), "name": [{ "text": label }] },
        }));
    }
    if let Some(name) = clean(note.author.as_str()) {
        composition["attester"][0]["party"] = json!({ "reference": id("author") });
        entries.push(json!({
            "fullUrl": id("author"),
            "resource": {
                "resourceType": "Practitioner", "id": uuid(derived(note.id, "author")), "name": [{ "text": name }],
            },
        }));
    }
    if !sections.is_empty() {
        composition["section"] = Value::Array(sections);
    }
    entries.insert(0, json!({ "fullUrl": urn(note.id), "resource": composition }));
    json!({
        "resourceType": "Bundle",
        "id": uuid(derived(note.id, "bundle")),
        "identifier": { "system": "urn:ietf:rfc:3986", "value": id("bundle") },
        "type": "document",
        "timestamp": dates::instant(changed_at, 0),
        "entry": entries,
    })
}

fn author(author: &Words, reference: &str) -> Value {
    match clean(author.as_str()) {
        Some(_) => json!({ "reference": reference }),
        None => json!({ "display": "Author not stated" }),
    }
}

fn section(section: &Section) -> Value {
    let said = paragraphs(section);
    let mut out = json!({ "text": narrative(&said) });
    if let Some(title) = clean(&section.title) {
        out["title"] = title.into();
    }
    if let Some(code) = loinc(&section.key) {
        out["code"] = json!({ "coding": [{ "system": LOINC, "code": code }] });
    }
    if said.is_empty() {
        out["emptyReason"] = json!({ "text": NOT_MENTIONED });
    }
    out
}

fn addendum_section(addendum: &Addendum) -> Value {
    let mut said = vec![dates::minute(addendum.written_at, 0)];
    said.extend(super::lines(addendum.text.as_str()));
    let by = clean(addendum.author.as_str()).unwrap_or_else(|| "Author not stated".to_owned());
    json!({ "title": ADDENDUM, "author": [{ "display": by }], "text": narrative(&said) })
}

/// LOINC's code of a section, where one says exactly this.
fn loinc(key: &str) -> Option<&'static str> {
    match key {
        "subjective" => Some("61150-9"),
        "objective" => Some("61149-1"),
        "assessment" => Some("51848-0"),
        "plan" => Some("18776-5"),
        _ => None,
    }
}

/// A narrative: XHTML with one paragraph a line. An empty one says so, since R4 wants some text in each.
fn narrative(paragraphs: &[String]) -> Value {
    let mut div = String::from("<div xmlns=\"http://www.w3.org/1999/xhtml\">");
    for paragraph in paragraphs.iter().filter_map(|paragraph| clean(paragraph)) {
        div.push_str("<p>");
        for c in paragraph.chars() {
            match c {
                '&' => div.push_str("&amp;"),
                '<' => div.push_str("&lt;"),
                '>' => div.push_str("&gt;"),
                c => div.push(c),
            }
        }
        div.push_str("</p>");
    }
    if div.ends_with("xhtml\">") {
        div.push_str("<p>");
        div.push_str(NOT_MENTIONED);
        div.push_str("</p>");
    }
    div.push_str("</div>");
    json!({ "status": "generated", "div": div })
}

/// A FHIR string: never blank, and without the characters neither FHIR nor XML allows (they show as U+FFFD).
fn clean(text: &str) -> Option<String> {
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let allowed = |c: char| !is_control(c) && !matches!(c, '\u{fffe}' | '\u{ffff}');
    let cleaned: String = text
        .trim()
        .chars()
        .map(|c| if allowed(c) { c } else { '\u{fffd}' })
        .collect();
    (!cleaned.is_empty()).then_some(cleaned)
}

/// A name for a part of a note's document, always the same one.
fn derived(note: Id, part: &str) -> Id {
    let hash = digest::digest(&digest::SHA256, format!("afterword/1/fhir/{part}/{note}").as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.as_ref()[..16]);
    Id::from_bytes(bytes)
}

fn uuid(id: Id) -> String {
    let hex = id.to_string();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

fn urn(id: Id) -> String {
    format!("urn:uuid:{}", uuid(id))
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use crate::export::samples;

    /// The rules of R4 for a document Bundle that a reader without a terminology server can check.
    fn check(bundle: &Value) {
        assert_eq!(bundle["resourceType"], "Bundle");
        assert_eq!(bundle["type"], "document");
        assert!(
            bundle["identifier"]["system"].is_string() && bundle["identifier"]["value"].is_string(),
            "bdl-9"
        );
        assert!(bundle["timestamp"].is_string(), "bdl-10");
        let entries = bundle["entry"].as_array().expect("a document has entries");
        assert_eq!(entries[0]["resource"]["resourceType"], "Composition", "bdl-11");
        let urls: BTreeSet<&str> = entries
            .iter()
            .map(|entry| entry["fullUrl"].as_str().expect("a fullUrl"))
            .collect();
        assert_eq!(urls.len(), entries.len(), "bdl-7: names are unique");
        assert!(urls.iter().all(|url| url.len() == 45 && url.starts_with("urn:uuid:")));
        let composition = &entries[0]["resource"];
        for required in ["status", "type", "date", "author", "title"] {
            assert!(!composition[required].is_null(), "Composition.{required} is required");
        }
        for reference in references(bundle) {
            assert!(
                urls.contains(reference.as_str()),
                "a reference leads out of the document"
            );
        }
        for section in composition["section"].as_array().into_iter().flatten() {
            assert!(
                section["text"]["div"].as_str().is_some_and(|div| div.contains("<p>")),
                "cmp-1, txt-2"
            );
            assert!(section["entry"].is_null(), "cmp-2");
        }
        assert_no_empties(bundle);
    }

    fn references(value: &Value) -> Vec<String> {
        match value {
            Value::Object(fields) => fields
                .iter()
                .flat_map(|(key, value)| match value {
                    Value::String(to) if key == "reference" => vec![to.clone()],
                    value => references(value),
                })
                .collect(),
            Value::Array(values) => values.iter().flat_map(references).collect(),
            _ => Vec::new(),
        }
    }

    /// FHIR JSON has no null, no empty string, no empty list and no empty object.
    fn assert_no_empties(value: &Value) {
        match value {
            Value::Null => panic!("null"),
            Value::String(text) => assert!(!text.trim().is_empty(), "an empty string"),
            Value::Array(values) => {
                assert!(!values.is_empty(), "an empty list");
                values.iter().for_each(assert_no_empties);
            }
            Value::Object(fields) => {
                assert!(!fields.is_empty(), "an empty object");
                fields.values().for_each(assert_no_empties);
            }
            _ => {}
        }
    }

    #[test]
    fn a_note_becomes_a_document_bundle() {
        let (note, addenda) = samples::note();
        let text = fhir(&note, &addenda);
        check(&serde_json::from_str(&text).expect("JSON"));
        insta::assert_snapshot!(text);
    }

    #[test]
    fn several_notes_become_a_collection() {
        let first = samples::note();
        let mut second = samples::note();
        second.0.id = Id::from_bytes([8; 16]);
        let all: Value = serde_json::from_str(&fhirs(&[first, second])).expect("JSON");
        assert_eq!(all["type"], "collection");
        all["entry"]
            .as_array()
            .expect("entries")
            .iter()
            .for_each(|entry| check(&entry["resource"]));
    }

    #[test]
    fn facts_and_process_notes_stay_behind() {
        let (note, addenda) = samples::note();
        assert!(
            !fhir(&note, &addenda).contains("work stress had eased\"") && !fhir(&note, &addenda).contains("confidence")
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_words_make_a_valid_bundle(words in any::<String>(), label in any::<String>(), at in any::<i64>()) {
            let (mut note, mut addenda) = samples::note();
            note.sections[0].sentences[0].text = words.as_str().into();
            note.sections[0].title.clone_from(&label);
            note.client = label.as_str().into();
            note.author = label.into();
            note.approved_at = crate::note::time::Millis(at);
            addenda[0].text = words.into();
            check(&serde_json::from_str(&fhir(&note, &addenda)).expect("JSON"));
        }
    }
}
