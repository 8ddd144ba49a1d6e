//! Reading the repository's own sources: files, code without comments and strings, names of tests.

pub mod witness;
pub mod world;

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this package lies in the repository")
        .to_path_buf()
}

/// Every Rust file below a folder of the repository, with its path from the root, in order.
pub fn rust_files(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() && !name.starts_with('.') && name != "target" {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file is UTF-8");
                let short = path
                    .strip_prefix(root())
                    .expect("below the root")
                    .to_string_lossy()
                    .replace('\\', "/");
                found.push((short, text));
            }
        }
    }
    found.sort();
    found
}

/// The code of a file with comments blanked out and strings emptied; line breaks stay where they are.
pub fn code(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('/')) => {
                while at < chars.len() && chars[at] != '\n' {
                    at += 1;
                }
            }
            ('/', Some('*')) => {
                let mut depth = 0;
                while at < chars.len() {
                    match (chars[at], chars.get(at + 1)) {
                        ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
                        ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
                        ('\n', _) => {
                            out.push('\n');
                            at += 1;
                        }
                        _ => at += 1,
                    }
                    if depth == 0 {
                        break;
                    }
                }
            }
            ('r', Some('"' | '#')) if at == 0 || !chars[at - 1].is_alphanumeric() && chars[at - 1] != '_' => {
                let hashes = chars[at + 1..].iter().take_while(|c| **c == '#').count();
                if chars.get(at + 1 + hashes) == Some(&'"') {
                    at += 2 + hashes;
                    while at < chars.len()
                        && !(chars[at] == '"'
                            && chars[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes)
                    {
                        out.extend((chars[at] == '\n').then_some('\n'));
                        at += 1;
                    }
                    at += 1 + hashes;
                    out.push_str("\"\"");
                } else {
                    out.push('r');
                    at += 1;
                }
            }
            ('"', _) => {
                at += 1;
                while at < chars.len() && chars[at] != '"' {
                    out.extend((chars[at] == '\n').then_some('\n'));
                    at += if chars[at] == '\\' { 2 } else { 1 };
                }
                at += 1;
                out.push_str("\"\"");
            }
            ('\'', Some('\\')) => {
                at += 3;
                while at < chars.len() && chars[at] != '\'' {
                    at += 1;
                }
                at += 1;
                out.push_str("' '");
            }
            ('\'', Some(_)) if chars.get(at + 2) == Some(&'\'') => {
                at += 3;
                out.push_str("' '");
            }
            (c, _) => {
                out.push(c);
                at += 1;
            }
        }
    }
    out
}

/// The code of a file before its inline tests.
pub fn without_tests(code: &str) -> &str {
    let end = code.match_indices("#[cfg(test)]").map(|(at, _)| at).find(|at| {
        let after = code[*at..].trim_start_matches("#[cfg(test)]").trim_start();
        after.starts_with("mod ")
            && after
                .split(['{', ';'])
                .next()
                .is_some_and(|head| after[head.len()..].starts_with('{'))
    });
    end.map_or(code, |end| &code[..end])
}

/// Names of the tests in a file, each with whether it runs without being asked for.
pub fn tests_in(code: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let (mut is_test, mut runs) = (false, true);
    for line in code.lines().map(str::trim) {
        if line.starts_with("#[") {
            is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
            runs &= !line.contains("ignore");
            // an attribute may share its line with the function
            let Some((_, rest)) = line.split_once("] fn ") else {
                continue;
            };
            found.extend(is_test.then(|| (name_of(rest), runs)));
        } else if let Some(rest) = line.strip_prefix("fn ").or_else(|| line.strip_prefix("async fn ")) {
            found.extend(is_test.then(|| (name_of(rest), runs)));
        } else if line.is_empty() {
            continue;
        }
        (is_test, runs) = (false, true);
    }
    found
}

fn name_of(rest: &str) -> String {
    rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

mod reading {
    use super::*;

    #[test]
    fn comments_and_strings_are_not_code() {
        let text = "use a; // crate::x\nlet s = \"crate::y \\\" \"; /* crate::z\n */ let c = '\"'; let r = r#\"crate::w \" \"#; 'a: loop {}";
        let code = code(text);
        assert!(!code.contains("crate"), "{code}");
        assert_eq!(code.lines().count(), text.lines().count());
        assert!(code.contains("'a: loop {}"));
    }

    #[test]
    fn a_test_that_is_ignored_is_known_as_one() {
        let code = "#[test]\nfn one() {}\n#[test]\n#[ignore = \"\"]\nfn two() {}\nfn three() {}\n";
        assert_eq!(tests_in(code), [("one".to_owned(), true), ("two".to_owned(), false)]);
    }

    #[test]
    fn inline_tests_are_cut_off_and_test_files_are_not() {
        assert_eq!(
            without_tests("a\n#[cfg(test)]\nmod samples;\nb\n#[cfg(test)]\nmod tests {\nc}"),
            "a\n#[cfg(test)]\nmod samples;\nb\n"
        );
    }
}
