//! Decides what is over, and destroys one thing after the other, each with a turn of the local vault key.

use crate::{
    capabilities::{
        clock::NowOperation,
        storage::{Doomed, DueItem, StorageAnswer, StorageOperation},
        vault::LocalKey,
    },
    model::{Answered, Cmd, Context, Model, Stage, keys::Notice, turns::After},
    note::{
        Id, Secret,
        capture::{Capture, CaptureState},
        record::{Keep, Settings},
        time::{DAY, HOUR, Millis},
    },
    stages::desk,
};

/// When a capture in this state destroys itself, if it entered the state at `since`.
///
/// Audio: 24 hours or less. Transcript and draft: 7 days or less. Settings can shorten both, never lengthen them.
#[must_use]
pub fn capture_end(state: CaptureState, since: Millis, settings: &Settings) -> Millis {
    if state.has_audio() {
        since.plus(i64::from(settings.audio_hours.clamp(1, 24)) * HOUR)
    } else {
        since.plus(i64::from(settings.transcript_days.clamp(1, 7)) * DAY)
    }
}

/// Captures that end sooner under these settings than they were to: a shorter time counts for what is there already, too.
#[must_use]
pub fn sooner(captures: &[Capture], settings: &Settings) -> Vec<(Id, CaptureState, Millis)> {
    let end = |capture: &Capture| capture_end(capture.state, capture.started_at, settings);
    captures
        .iter()
        .filter(|capture| capture.state != CaptureState::Recording && end(capture) < capture.expires_at)
        .map(|capture| (capture.id, capture.state, end(capture)))
        .collect()
}

/// When a note approved at `approved_at` deletes itself; `None` for kept.
#[must_use]
pub fn note_end(keep: Keep, approved_at: Millis) -> Option<Millis> {
    keep.days().map(|days| approved_at.plus(days * DAY))
}

/// What is over at `now`: whatever ends at that very millisecond or before.
#[must_use]
pub fn over(due: &[DueItem], now: Millis) -> Vec<Doomed> {
    due.iter()
        .filter(|item| item.at <= now)
        .map(|item| item.doomed)
        .collect()
}

/// How many captures end within the next two days: what the notice of day five counts.
#[must_use]
pub fn ending_soon(due: &[DueItem], now: Millis) -> u32 {
    let soon = |item: &&DueItem| item.at > now && item.at.since(now) <= 2 * DAY;
    let counted = due
        .iter()
        .filter(soon)
        .filter(|item| matches!(item.doomed, Doomed::Capture(_)))
        .count();
    u32::try_from(counted).unwrap_or(u32::MAX)
}

/// The time, never earlier than any time seen before.
pub async fn now(ctx: &Context) -> Millis {
    let clock = ctx.request_from_shell(NowOperation).await;
    match ctx.request_from_shell(StorageOperation::SeeTime { now: clock }).await {
        StorageAnswer::Time(seen) => seen,
        _ => clock,
    }
}

/// Looks at the clock and at everything with an end.
#[must_use]
pub fn tick() -> Cmd {
    Cmd::new(|ctx| async move {
        let now = now(&ctx).await;
        let due = match ctx.request_from_shell(StorageOperation::Due).await {
            StorageAnswer::Due(due) => due,
            _ => Vec::new(),
        };
        ctx.send_event(Answered::TimeSeen { now, due }.into());
    })
}

/// The time is known: sweep what is over, lock when nobody is there.
pub fn time_seen(now: Millis, due: &[DueItem], model: &mut Model) -> Cmd {
    model.now = model.now.max(now);
    if model.touched_at == Millis::default() {
        model.touched_at = model.now;
    }
    let doomed: Vec<Doomed> = over(due, model.now)
        .into_iter()
        .filter(|item| !model.turns.dooms(*item))
        .collect();
    let mut command = crux_core::render::render();
    if !doomed.is_empty() {
        let operation = StorageOperation::Destroy {
            doomed,
            why: "expired",
            at: model.now,
            turn: LocalKey {
                epoch: 0,
                key: Secret::default(),
            },
        };
        command = command.and(model.turns.push(operation, After::Swept));
    }
    let idle = i64::from(model.desk.settings.lock_minutes) * 60_000;
    let quiet =
        !matches!(model.stage, Stage::Record(_) | Stage::Transcribe | Stage::Unlock(_)) && model.desk.running.is_none();
    if model.unlocked && quiet && idle > 0 && model.now.since(model.touched_at) >= idle {
        command = command.and(crate::account::unlock::lock());
    }
    command
}

/// Expired things are gone.
pub fn swept(answer: &StorageAnswer, model: &mut Model) -> Cmd {
    let StorageAnswer::Destroyed(receipts) = answer else {
        return Cmd::done();
    };
    let gone = |id: &crate::note::Id| receipts.iter().any(|receipt| receipt.id == *id);
    let count =
        u32::try_from(model.desk.captures.iter().filter(|capture| gone(&capture.id)).count()).unwrap_or(u32::MAX);
    let on_screen = match &model.stage {
        Stage::Review(stage) => gone(&stage.id),
        Stage::Record(stage) => gone(&stage.capture.id),
        Stage::Note(stage) => gone(&stage.note.id),
        _ => false,
    };
    if count > 0 {
        model.desk.notice = Some(Notice::Expired { count });
    }
    if on_screen {
        model.stage = Stage::Deleted(receipts.clone());
    }
    desk::read(model.unlocked).and(crux_core::render::render())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::capture::CaptureSource;

    fn item(at: i64) -> DueItem {
        DueItem {
            doomed: Doomed::Capture(Id::from_bytes([1; 16])),
            at: Millis(at),
        }
    }

    #[test]
    fn an_unsigned_transcript_dies_on_day_seven() {
        let end = capture_end(CaptureState::InReview, Millis(0), &Settings::default());
        let due = [DueItem { at: end, ..item(0) }];
        assert_eq!(over(&due, Millis(7 * DAY - 60_000)), vec![]);
        assert_eq!(over(&due, Millis(7 * DAY)).len(), 1);
    }

    #[test]
    fn settings_shorten_but_never_lengthen() {
        let wide = Settings {
            audio_hours: 999,
            transcript_days: 999,
            ..Settings::default()
        };
        let tight = Settings {
            audio_hours: 0,
            transcript_days: 2,
            ..Settings::default()
        };
        assert_eq!(capture_end(CaptureState::Recorded, Millis(0), &wide), Millis(24 * HOUR));
        assert_eq!(capture_end(CaptureState::Recorded, Millis(0), &tight), Millis(HOUR));
        assert_eq!(
            capture_end(CaptureState::Transcribed, Millis(0), &wide),
            Millis(7 * DAY)
        );
        assert_eq!(
            capture_end(CaptureState::Transcribed, Millis(0), &tight),
            Millis(2 * DAY)
        );
    }

    #[test]
    fn a_shorter_time_counts_for_what_is_there_and_a_longer_one_does_not() {
        let capture = Capture {
            id: Id::from_bytes([1; 16]),
            state: CaptureState::InReview,
            source: CaptureSource::Typed,
            started_at: Millis(0),
            expires_at: Millis(3 * DAY),
            audio_ms: 0,
        };
        let days = |transcript_days| Settings {
            transcript_days,
            ..Settings::default()
        };
        let wanted = vec![(capture.id, capture.state, Millis(DAY))];
        assert_eq!(sooner(std::slice::from_ref(&capture), &days(1)), wanted);
        assert_eq!(sooner(&[capture], &days(7)), vec![]);
    }

    #[test]
    fn day_five_is_noticed() {
        let due = [item(7 * DAY)];
        assert_eq!(ending_soon(&due, Millis(5 * DAY - 1)), 0);
        assert_eq!(ending_soon(&due, Millis(5 * DAY)), 1);
        assert_eq!(ending_soon(&due, Millis(7 * DAY)), 0);
    }

    #[test]
    fn notes_are_kept_unless_a_rule_says_otherwise() {
        assert_eq!(note_end(Keep::UntilDeleted, Millis(5)), None);
        assert_eq!(note_end(Keep::Days30, Millis(0)), Some(Millis(30 * DAY)));
        assert_eq!(note_end(Keep::Days90, Millis(0)), Some(Millis(90 * DAY)));
    }
}
