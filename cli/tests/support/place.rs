//! A folder of its own for each test, and the program run in it.

#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

use std::{
    io::Write as _,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

pub const SUMMARY: &str = "Client discussed work stress, practiced grounding techniques, assigned journaling homework. Client denied suicidal ideation. Follow up on sleep next session.";

pub struct Place {
    pub folder: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub fn with_vault() -> Self {
        let place = Self::new();
        let words = place.json(&["vault", "create", "--no-passcode", "--age-16"]);
        assert_eq!(words["recovery_words"].as_array().unwrap().len(), 24);
        place
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }

    /// The program, with the folders of this place.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
        command
            .args(["--vault", &self.path("data"), "--models", &self.path("models")])
            .args(args);
        command
            .current_dir(self.folder.path())
            .env_remove("AFTERWORD_PASSCODE")
            .env_remove("AFTERWORD_MODELS")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run_with(&self, args: &[&str], input: &str, passcode: Option<&str>) -> Output {
        let mut command = self.command(args);
        if let Some(passcode) = passcode {
            command.env("AFTERWORD_PASSCODE", passcode);
        }
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.run_with(args, "", None)
    }

    pub fn json(&self, args: &[&str]) -> Value {
        let output = self.run(&[args, &["--json"]].concat());
        assert!(
            output.status.success(),
            "{args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        assert!(
            output.stderr.is_empty(),
            "{args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Exit code and the one line on standard error.
    pub fn fails(&self, args: &[&str]) -> (i32, String) {
        let output = self.run(args);
        let line = String::from_utf8(output.stderr).unwrap();
        assert!(output.stdout.is_empty(), "{args:?} speaks on standard output");
        assert_eq!(line.lines().count(), 1, "{args:?}: {line}");
        assert!(line.starts_with("afterword: "), "{line}");
        (output.status.code().unwrap(), line)
    }

    pub fn captured(&self) -> String {
        let review = self.json(&["capture", "--text", SUMMARY, "--client", "A7"]);
        review["id"].as_str().unwrap().to_owned()
    }
}
