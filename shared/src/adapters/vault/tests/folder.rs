//! The folder: one process, damaged files, newer versions.

use std::fs;

use super::*;
use crate::capabilities::vault::VaultPresence;

#[test]
fn a_second_adapter_is_refused_while_the_first_is_open() {
    let mut bench = Bench::new();
    let mut second = VaultAdapter::new(VaultOptions::for_tests(2));
    let folder = bench.folder.path().join("vault");
    let open = VaultOperation::Open { folder };
    assert_eq!(second.vault(open.clone()), VaultAnswer::Failed(VaultError::InUse));
    bench.restart();
    assert_eq!(second.vault(open.clone()), VaultAnswer::Failed(VaultError::InUse));
    drop(bench.adapter);
    assert!(matches!(second.vault(open), VaultAnswer::Opened { .. }));
}

#[test]
fn a_damaged_database_is_moved_aside_whole_and_told() {
    for damage in [b"not a database at all, far from it".to_vec(), vec![0x5a; 8192]] {
        let mut bench = Bench::new();
        bench.adapter = VaultAdapter::new(VaultOptions::for_tests(2));
        let database = bench.folder.path().join("vault/afterword.db");
        fs::write(&database, &damage).unwrap();
        let VaultAnswer::Opened { presence, moved_aside } = bench.open() else {
            panic!()
        };
        assert_eq!(presence, VaultPresence::New);
        let aside = moved_aside.unwrap();
        assert!(
            aside
                .file_name()
                .unwrap()
                .to_str()
                .unwrap()
                .starts_with("afterword.db.damaged-")
        );
        assert_eq!(fs::read(&aside).unwrap(), damage);
    }
}

#[test]
fn a_vault_of_a_newer_version_is_not_touched() {
    let mut bench = Bench::new();
    bench.adapter = VaultAdapter::new(VaultOptions::for_tests(2));
    let database = bench.folder.path().join("vault/afterword.db");
    let mut bytes = fs::read(&database).unwrap();
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&database, &bytes).unwrap();
    assert_eq!(bench.open(), VaultAnswer::Failed(VaultError::Newer));
    assert_eq!(fs::read(&database).unwrap(), bytes);
}

#[test]
fn a_folder_that_cannot_be_made_is_said_to_be_read_only() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, b"").unwrap();
    let mut adapter = VaultAdapter::new(VaultOptions::for_tests(2));
    let answer = adapter.vault(VaultOperation::Open {
        folder: file.join("vault"),
    });
    assert_eq!(answer, VaultAnswer::Failed(VaultError::ReadOnly));
}
