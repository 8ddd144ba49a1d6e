//! `afterword`, the terminal shell.

use std::process::ExitCode;

use clap::{Parser as _, error::ErrorKind};
use cli::{
    args::{Args, Command},
    commands,
    output::{CommandError, complain, write},
};

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            write(error.render().to_string().as_bytes());
            return ExitCode::SUCCESS;
        }
        Err(error) => return end(&usage(&error)),
    };
    if let Some(Command::Draft(draft)) = &args.command {
        return cli::draft::run(draft);
    }
    match commands::run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => end(&error),
    }
}

/// The first sentence of what clap says, in one line.
fn usage(error: &clap::Error) -> CommandError {
    let whole = error.render().to_string();
    let about: Vec<&str> = whole
        .lines()
        .take_while(|line| !line.starts_with("Usage:"))
        .map(str::trim)
        .collect();
    let line = about.join(" ").trim().trim_start_matches("error: ").to_owned();
    CommandError::usage(format!("{line}. See: afterword --help"))
}

fn end(error: &CommandError) -> ExitCode {
    complain(error);
    ExitCode::from(error.code)
}
