//! The permanent vectors of envelope v1, `tests/vectors/envelope/v1.json`: these bytes must be made and opened for ever.
//!
//! `tests/vectors/check_envelope.py` opens the same file with code of its own. A new version gets a new file beside it; to write one,
//! set `AFTERWORD_WRITE_VECTORS`.

use std::path::Path;

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Class, Envelope, Header, seal};
use crate::{
    adapters::{
        random::SeededSource,
        seal::{AeadKey, Key, hex, sign::Signer},
    },
    note::{Id, capture::Transcript, record::Addendum, time::Millis},
};

#[derive(Serialize, Deserialize, PartialEq, Debug)]
struct Vector {
    name: String,
    record_key: String,
    device_public: String,
    kind: String,
    fields: serde_json::Value,
    env_hash: String,
    envelope: String,
}

const RECORD_KEY: [u8; 32] = [0x5a; 32];

fn signer() -> Signer {
    Signer::new(&Key::new([0x42; 32]))
}

fn vector<T: Serialize>(name: &str, header: Header, kind: &str, fields: &T, seed: u64) -> Vector {
    let is_record = header.class == Class::Record;
    let mut random = SeededSource::new(seed);
    let sealed = seal(
        header,
        &AeadKey::new(&RECORD_KEY),
        Some(&signer()),
        kind,
        fields,
        &mut random,
    )
    .unwrap();
    Vector {
        name: name.to_owned(),
        record_key: hex(&RECORD_KEY),
        device_public: if is_record {
            hex(&signer().public())
        } else {
            String::new()
        },
        kind: kind.to_owned(),
        fields: serde_json::to_value(fields).unwrap(),
        env_hash: hex(&sealed.env_hash),
        envelope: hex(&sealed.bytes),
    }
}

fn addendum() -> Addendum {
    Addendum {
        id: Id::from_bytes([9; 16]),
        note: Id::from_bytes([7; 16]),
        author: "Robin Example".into(),
        written_at: Millis(1_795_516_200_000),
        text: "The sleep diary was brought a day later \u{2013} \u{201c}na\u{ef}ve\u{201d}.".into(),
    }
}

fn transcript() -> Transcript {
    Transcript {
        text: "work stress had eased ".repeat(40).into(),
        ..Transcript::default()
    }
}

fn all() -> Vec<Vector> {
    let header = |class, rev| Header {
        class,
        account: [1; 16],
        record: Id::from_bytes([9; 16]),
        rev,
        device: [2; 8],
        key_epoch: 1,
        ..Header::default()
    };
    let chained = Header {
        parent_hash: [3; 32],
        dseq: 7,
        prev_dev_hash: [4; 32],
        exp_day: 20_780,
        ..header(Class::Record, 2)
    };
    vec![
        vector("a signed record", header(Class::Record, 1), "addendum", &addendum(), 1),
        vector("a record with all its chains", chained, "addendum", &addendum(), 2),
        vector(
            "a transcript on the workbench",
            header(Class::Workbench, 1),
            "transcript",
            &transcript(),
            3,
        ),
        vector("a local line", header(Class::Local, 0), "test", &"marigold", 4),
    ]
}

fn opens<T: DeserializeOwned + PartialEq>(vector: &Vector, fields: &T) -> bool {
    let bytes: Vec<u8> = (0..vector.envelope.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&vector.envelope[at..at + 2], 16).unwrap())
        .collect();
    let envelope = Envelope::parse(&bytes).unwrap();
    assert_eq!(hex(&envelope.env_hash()), vector.env_hash);
    if !vector.device_public.is_empty() {
        envelope.check_signature(&signer().public()).unwrap();
    }
    envelope.open::<T>(&AeadKey::new(&RECORD_KEY), &vector.kind).unwrap() == *fields
}

#[test]
fn the_vectors_of_envelope_v1_are_made_and_opened_for_ever() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/envelope/v1.json");
    if std::env::var_os("AFTERWORD_WRITE_VECTORS").is_some() {
        std::fs::write(&path, serde_json::to_string_pretty(&all()).unwrap() + "\n").unwrap();
    }
    let stored: Vec<Vector> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(stored, all());
    assert!(opens(&stored[0], &addendum()) && opens(&stored[1], &addendum()));
    assert!(opens(&stored[2], &transcript()));
    assert!(opens(&stored[3], &"marigold".to_owned()));
}
