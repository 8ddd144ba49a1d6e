//! `docs/PROMISES.md` against the sources: every promise has one row, and what is called true has a test that runs.
//!
//! Checked: each number from P01 to P96 has exactly one row, or stands once among the numbers that are not used; its state is
//! `true` or `not yet`; a row that says `true` names at least one test; each test named anywhere exists as a `#[test]` in a file
//! that its crate reaches, and is not ignored. `script/test` builds with every feature and runs all tests, so what exists
//! there has run. Not checked: that the test shows the whole promise. That is for people to judge.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::{code, root, rust_files, tests_in};

const LAST: u32 = 96;

struct Row {
    id: u32,
    state: String,
    tests: Vec<String>,
}

fn document() -> String {
    std::fs::read_to_string(root().join("docs/PROMISES.md")).expect("the promises are written down")
}

fn rows(document: &str) -> Vec<Row> {
    document
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line
                .strip_prefix("| P")?
                .trim_end()
                .trim_end_matches('|')
                .split('|')
                .map(str::trim)
                .collect();
            let [id, _, state, shown] = cells[..] else {
                panic!("a row of the promises has four cells: {line}")
            };
            let id = id
                .parse()
                .unwrap_or_else(|_| panic!("a row begins with a number: {line}"));
            let tests = shown.split('`').skip(1).step_by(2).map(str::to_owned).collect();
            Some(Row {
                id,
                state: state.to_owned(),
                tests,
            })
        })
        .collect()
}

/// Numbers of the line that begins with "Not used:".
fn unused(document: &str) -> Vec<u32> {
    let line = document
        .lines()
        .find_map(|line| line.strip_prefix("Not used:"))
        .unwrap_or_default();
    line.split(|c: char| !c.is_ascii_alphanumeric())
        .filter_map(|word| word.strip_prefix('P')?.parse().ok())
        .collect()
}

/// Every test of the workspace that runs by default, and those that do not.
fn all_tests() -> (BTreeSet<String>, BTreeSet<String>) {
    let files: Vec<(String, String)> = ["shared", "cli", "server", "tests"]
        .into_iter()
        .flat_map(rust_files)
        .collect();
    let codes: BTreeMap<&str, String> = files.iter().map(|(path, text)| (path.as_str(), code(text))).collect();
    let mut run = BTreeSet::new();
    let mut idle = BTreeSet::new();
    for (path, code) in &codes {
        let reached = is_reached(path, &codes);
        for (name, runs) in tests_in(code) {
            if reached && runs {
                run.insert(name)
            } else {
                idle.insert(name)
            };
        }
    }
    (run, idle)
}

/// Whether a chain of `mod` lines leads from a crate's first file to this one.
fn is_reached(path: &str, codes: &BTreeMap<&str, String>) -> bool {
    let Some((folder, file)) = path.rsplit_once('/') else {
        return false;
    };
    let stem = file.trim_end_matches(".rs");
    let is_first = matches!(stem, "lib" | "main")
        || path == "tests/whole.rs"
        || folder.ends_with("/tests") && !folder.contains("/src/");
    if is_first {
        return true;
    }
    let own_file = format!("{folder}.rs");
    let parents = [
        own_file,
        format!("{folder}/lib.rs"),
        format!("{folder}/main.rs"),
        format!("{folder}/whole.rs"),
    ];
    parents.iter().any(|parent| {
        let declares = codes.get(parent.as_str()).is_some_and(|code| {
            code.split("mod ")
                .skip(1)
                .any(|rest| rest.starts_with(stem) && rest[stem.len()..].trim_start().starts_with(';'))
        });
        declares && is_reached(parent, codes)
    })
}

#[test]
fn every_promise_has_one_row() {
    let document = document();
    let mut seen: Vec<u32> = rows(&document)
        .iter()
        .map(|row| row.id)
        .chain(unused(&document))
        .collect();
    seen.sort_unstable();
    assert_eq!(seen, (1..=LAST).collect::<Vec<u32>>());
}

#[test]
fn a_promise_is_true_or_not_yet() {
    for row in rows(&document()) {
        assert!(
            matches!(row.state.as_str(), "true" | "not yet"),
            "P{:02} is `{}`",
            row.id,
            row.state
        );
    }
}

#[test]
fn a_promise_that_is_called_true_has_a_test_that_runs() {
    let (run, idle) = all_tests();
    let mut wrong = Vec::new();
    for row in rows(&document()) {
        if row.state == "true" && row.tests.is_empty() {
            wrong.push(format!("P{:02} is called true and names no test", row.id));
        }
        for test in row.tests.iter().filter(|test| !run.contains(*test)) {
            let why = if idle.contains(test) {
                "never runs"
            } else {
                "does not exist"
            };
            wrong.push(format!("P{:02}: the test `{test}` {why}", row.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_that_no_module_names_is_not_reached() {
    let codes = BTreeMap::from([
        ("a/src/lib.rs", "pub mod one;\nmod two_more;".to_owned()),
        ("a/src/one.rs", "mod deep;".to_owned()),
        ("a/src/one/deep.rs", String::new()),
        ("a/src/two.rs", String::new()),
    ]);
    assert!(is_reached("a/src/one/deep.rs", &codes));
    assert!(!is_reached("a/src/two.rs", &codes));
}
