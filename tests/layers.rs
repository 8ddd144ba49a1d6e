//! The direction of imports and the purity of the core, read from the sources themselves.
//!
//! `note ← capabilities ← {stages, account, model, view} ← app ← {runtime, ffi}`, `note ← drafting`, `note ← export`,
//! `capabilities ← adapters`. Tests inside a file may reach further than the file itself.

use std::collections::BTreeMap;

use crate::support::{code, root, rust_files, without_tests};

/// What each folder of `shared/src` may import from its own crate, beside itself.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("note", &[]),
    ("capabilities", &["note"]),
    ("drafting", &["note", "capabilities"]),
    ("export", &["note"]),
    // what is on screen and behind it; the stages decide, the view shows
    ("model", &["note", "capabilities"]),
    ("stages", &["note", "capabilities", "export", "model", "account"]),
    ("account", &["note", "capabilities", "model", "stages"]),
    ("view", &["note", "capabilities", "model", "stages", "drafting"]),
    ("samples", &["note", "capabilities", "model", "view"]),
    ("app", &["note", "capabilities", "stages", "account", "model", "view"]),
    ("adapters", &["note", "capabilities", "drafting", "export"]),
    (
        "runtime",
        &["note", "capabilities", "adapters", "drafting", "app", "model", "view"],
    ),
    (
        "ffi",
        &["note", "capabilities", "adapters", "app", "model", "view", "runtime"],
    ),
];

/// Folders that decide: no clock, no file, no thread, no chance, no output.
const PURE: &[&str] = &[
    "note",
    "capabilities",
    "drafting",
    "export",
    "stages",
    "account",
    "view",
    "model",
    "app",
    "samples",
];

/// What a folder that decides must not reach for.
const IMPURE: &[&str] = &[
    "SystemTime",
    "Instant",
    "Utc::now",
    "Local::now",
    "std::fs",
    "std::thread",
    "std::net",
    "std::process",
    "std::env",
    "thread_rng",
    "rand::",
    "SystemRandom",
    "tokio::",
    "reqwest::",
    "rusqlite::",
    "whisper_rs::",
    "println!",
    "eprintln!",
];

/// Longest file, in lines, tests included.
const LONGEST: usize = 450;

/// The folder of `shared/src` a file belongs to.
fn folder(path: &str) -> &str {
    let inner = path.strip_prefix("shared/src/").unwrap_or(path);
    inner.split('/').next().unwrap_or(inner).trim_end_matches(".rs")
}

/// Whether a file holds nothing but tests or what only tests use.
fn is_only_for_tests(path: &str) -> bool {
    path.split('/')
        .any(|part| matches!(part.trim_end_matches(".rs"), "tests" | "testing"))
        || path == "shared/src/export/samples.rs"
}

/// The first words after each `crate::`, also inside braces.
fn imports(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$')) {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        let word = |text: &str| {
            text.trim()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect::<String>()
        };
        let Some(group) = rest.strip_prefix('{') else {
            found.push(word(rest));
            continue;
        };
        let (mut depth, mut start) = (0_u32, 0);
        for (at, c) in group.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => {
                    found.push(word(&group[start..at]));
                    break;
                }
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    found.push(word(&group[start..at]));
                    start = at + 1;
                }
                _ => {}
            }
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

fn core_files() -> Vec<(String, String)> {
    rust_files("shared/src")
        .into_iter()
        .filter(|(path, _)| path != "shared/src/lib.rs" && !is_only_for_tests(path))
        .map(|(path, text)| (path, without_tests(&code(&text)).to_owned()))
        .collect()
}

#[test]
fn imports_of_the_core_point_one_way() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut wrong = Vec::new();
    for (path, code) in core_files() {
        let own = folder(&path);
        let Some(may) = allowed.get(own) else {
            wrong.push(format!("{path}: no rule says what `{own}` may import"));
            continue;
        };
        wrong.extend(
            imports(&code)
                .into_iter()
                .filter(|to| to != own && !may.contains(&to.as_str()) && allowed.contains_key(to.as_str()))
                .map(|to| format!("{path} imports crate::{to}")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_decides_reaches_for_no_clock_file_thread_or_chance() {
    let mut wrong = Vec::new();
    for (path, code) in core_files()
        .into_iter()
        .filter(|(path, _)| PURE.contains(&folder(path)))
    {
        for (number, line) in code.lines().enumerate() {
            let reached = IMPURE.iter().filter(|word| reaches(line, word));
            wrong.extend(reached.map(|word| format!("{path}:{}: {word}", number + 1)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn reaches(line: &str, word: &str) -> bool {
    line.match_indices(word)
        .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

#[test]
fn the_core_imports_neither_shell_nor_server() {
    for (path, text) in rust_files("shared") {
        let code = code(&text);
        for other in ["cli::", "server::", "ratatui::", "axum::"] {
            assert!(!code.lines().any(|line| reaches(line, other)), "{path} imports {other}");
        }
    }
}

#[test]
fn no_file_is_too_long_and_none_is_named_mod() {
    let mut wrong = Vec::new();
    for (path, text) in ["shared", "cli", "tests"].into_iter().flat_map(rust_files) {
        let lines = text.lines().count();
        if lines > LONGEST {
            wrong.push(format!("{path} has {lines} lines; at most {LONGEST}"));
        }
        if path.ends_with("/mod.rs") {
            wrong.push(format!("{path} should be named after its folder"));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{path} does not open with what it decides"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_of_the_core_has_a_rule() {
    let declared = std::fs::read_to_string(root().join("shared/src/lib.rs")).expect("the core has a first file");
    for name in declared
        .lines()
        .filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';'))
    {
        assert!(
            MAY_IMPORT.iter().any(|(folder, _)| *folder == name),
            "no rule says what `{name}` may import"
        );
    }
}

#[test]
fn imports_are_found_alone_in_groups_and_in_paths() {
    let code = "use crate::note::Id; use crate::{view::{A, B}, capabilities, model::*};\nlet x = crate::stages::f(); $crate::no; mycrate::no;";
    assert_eq!(imports(code), ["note", "view", "capabilities", "model", "stages"]);
}
