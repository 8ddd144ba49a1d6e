//! `afterword capture`: a summary comes in and becomes a draft.

use std::{
    io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use shared::{
    adapters::intake::intake,
    model::Event,
    note::{Words, draft::Format},
    view::{ViewModel, review::ReviewView},
};

use super::{Session, is_unfiled};
use crate::{
    args::{CaptureArgs, Common},
    folders::absolute,
    handlers::microphone::MicrophoneSource,
    output::CommandError,
    screens::{self, Ui},
    words,
};

pub(super) fn run(common: &Common, args: CaptureArgs) -> Result<(), CommandError> {
    let format = match &args.format {
        Some(name) => Some(Format::parse(name).ok_or_else(|| CommandError::usage(words::NO_SUCH_FORMAT))?),
        None => None,
    };
    let typed = match (args.text, args.stdin) {
        (Some(text), _) => Some(text),
        (None, true) => Some(read_stdin()?),
        (None, false) => None,
    };
    let options = super::options(common);
    let source = options.microphone.clone();
    let session = Session::open_with(common, options)?;
    let view = if let Some(text) = typed {
        if text.trim().is_empty() {
            return Err(CommandError::failed(words::NOTHING_TYPED));
        }
        session.act(Event::SummaryTyped {
            text: Words::from(text),
        })?
    } else if let Some(file) = &args.file {
        session.act(Event::FileChosen {
            path: absolute(file).to_string_lossy().into_owned(),
        })?
    } else {
        record(&session, &source)?
    };
    let ViewModel::Review(mut review) = view else {
        return Err(CommandError::failed(words::NO_ANSWER));
    };
    let unfiled = review.notice.clone().filter(is_unfiled);
    let steps = [
        args.client.map(|label| Event::ClientLabelled { label: label.into() }),
        format.map(|format| Event::FormatChosen { format }),
    ];
    for step in steps.into_iter().flatten() {
        if let ViewModel::Review(changed) = session.act(step)? {
            review = changed;
        }
    }
    review.notice = unfiled;
    say(&session, &review);
    Ok(())
}

/// The draft, with its id.
pub(super) fn say(session: &Session, review: &ReviewView) {
    session.out.say(|| crate::json::review(review), || shown(review));
}

fn shown(review: &ReviewView) -> String {
    let page = screens::page(&ViewModel::Review(Box::new(review.clone())), &Ui::default());
    let notice = review.notice.as_ref().filter(|notice| is_unfiled(notice));
    let notice = notice.map_or_else(String::new, |notice| format!("{}\n", words::notice(notice)));
    format!(
        "DRAFT  {}  {}\n{notice}{}",
        words::format_name(review.draft.format),
        review.id,
        page.text()
    )
}

fn read_stdin() -> Result<String, CommandError> {
    let mut text = String::new();
    io::stdin()
        .read_to_string(&mut text)
        .map_err(|_| CommandError::failed(words::NOTHING_TYPED))?;
    Ok(text)
}

/// Records until Enter, the cap, or the end of the file that stands in for the microphone. A signal stops and keeps.
fn record(session: &Session, source: &MicrophoneSource) -> Result<ViewModel, CommandError> {
    let enough_ms = match source {
        MicrophoneSource::File { path, .. } => Some(file_ms(path)?),
        _ => None,
    };
    let done = Arc::new(AtomicBool::new(false));
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        drop(signal_hook::flag::register(signal, Arc::clone(&done)));
    }
    session.act(Event::RecordTapped)?;
    if enough_ms.is_none() {
        session.out.remark(words::RECORDING_NOW);
        let entered = Arc::clone(&done);
        thread::spawn(move || {
            drop(io::stdin().lock().read_line(&mut String::new()));
            entered.store(true, Ordering::Release);
        });
    }
    let show = !session.out.json && io::stderr().is_terminal();
    while let ViewModel::Capture(view) = session.shell.view() {
        if done.load(Ordering::Acquire) || enough_ms.is_some_and(|ms| view.elapsed_ms >= ms) {
            break;
        }
        if show {
            drop(write!(
                io::stderr(),
                "\r{} of {} ",
                words::clock(view.elapsed_ms),
                words::clock(view.cap_ms)
            ));
        }
        thread::sleep(Duration::from_millis(50));
    }
    if show {
        drop(writeln!(io::stderr()));
    }
    session.act(Event::StopTapped)
}

fn file_ms(path: &Path) -> Result<u64, CommandError> {
    intake(path, u64::MAX)
        .map(|pcm| pcm.duration_ms())
        .map_err(|_| CommandError::failed(words::FILE_MISSING))
}
