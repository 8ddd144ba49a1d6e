//! The PDF as a whole: PDF/A by the writer's own validator, the same bytes each time, and no input that breaks it.

use proptest::prelude::*;

use super::*;
use crate::{
    export::samples,
    note::{Words, draft::Section, record::Note},
};

fn with_body(paragraph: &str, sections: usize) -> Note {
    let (mut note, _) = samples::note();
    let one: Section = note.sections[0].clone();
    note.sections = vec![one; sections];
    for section in &mut note.sections {
        section.sentences[0].text = paragraph.into();
    }
    note
}

fn pages(bytes: &[u8]) -> usize {
    let count = bytes
        .windows(6)
        .filter(|at| at == b"/Page\n" || at == b"/Page/" || at == b"/Page ")
        .count();
    count.max(bytes.windows(12).filter(|at| at == b"/Type /Page\n").count())
}

#[test]
fn a_note_and_a_draft_become_archival_pdfs() {
    let (note, addenda) = samples::note();
    let draft = samples::draft();
    let client = Words::from("AB-12");
    for page in [PageSize::Letter, PageSize::A4] {
        let options = Options {
            page,
            ..samples::options()
        };
        for document in [
            Document::Note {
                note: &note,
                addenda: &addenda,
            },
            Document::Draft {
                draft: &draft,
                client: &client,
                session_at: samples::SESSION,
            },
        ] {
            let bytes = pdf(&[document], &options).expect("valid PDF/A");
            assert!(bytes.starts_with(b"%PDF-1.7"));
            if let Ok(folder) = std::env::var("AFTERWORD_PDF_SAMPLES") {
                let kind = if document.is_draft() { "draft" } else { "note" };
                std::fs::write(format!("{folder}/{kind}-{page:?}.pdf"), bytes).expect("a folder to write to");
            }
        }
    }
}

#[test]
fn the_same_note_gives_the_same_bytes() {
    let (note, addenda) = samples::note();
    let make = || {
        pdf(
            &[Document::Note {
                note: &note,
                addenda: &addenda,
            }],
            &samples::options(),
        )
    };
    assert_eq!(make(), make());
}

#[test]
fn a_long_note_and_an_endless_word_take_more_pages() {
    let long = "Client talked about the garden, the neighbours and the long way home. ".repeat(60) + &"W".repeat(700);
    let note = with_body(&long, 4);
    let bytes = pdf(
        &[Document::Note {
            note: &note,
            addenda: &[],
        }],
        &samples::options(),
    )
    .expect("valid PDF/A");
    assert!(pages(&bytes) > 4, "{}", pages(&bytes));
    if let Ok(folder) = std::env::var("AFTERWORD_PDF_SAMPLES") {
        std::fs::write(format!("{folder}/long.pdf"), bytes).expect("a folder to write to");
    }
}

#[test]
fn several_notes_share_one_file() {
    let (note, addenda) = samples::note();
    let one = Document::Note {
        note: &note,
        addenda: &addenda,
    };
    let bytes = pdf(&[one, one, one], &samples::options()).expect("valid PDF/A");
    assert_eq!(pages(&bytes), 3);
}

#[test]
fn nothing_to_print_is_said() {
    assert_eq!(pdf(&[], &Options::default()), Err(ExportError::Nothing));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_words_give_a_valid_pdf(
        words in any::<String>(), title in any::<String>(), name in any::<String>(), head in any::<String>(), at in any::<i64>(),
    ) {
        let mut note = with_body(&words, 2);
        note.sections[1].title = title;
        note.author = name.as_str().into();
        note.client = name.as_str().into();
        note.approved_at = crate::note::time::Millis(at);
        note.content_hash = name;
        let options = Options { letterhead: head.into(), ..Options::default() };
        let made = pdf(&[Document::Note { note: &note, addenda: &[] }], &options);
        prop_assert!(made.is_ok(), "{:?}", made.err());
    }
}
