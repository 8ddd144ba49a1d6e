//! Destructions in their order, each with a new local key: the old one dies with what was destroyed.

use std::collections::VecDeque;

use crate::{
    capabilities::{
        keys::{KeysAnswer, KeysOperation},
        random::RandomOperation,
        storage::{Doomed, StorageAnswer, StorageError, StorageOperation},
        vault::LocalKey,
    },
    model::{Answered, Cmd},
};

/// Name of a local vault key in the key store.
#[must_use]
pub fn local_key_name(epoch: u32) -> String {
    format!("local-key.{epoch}")
}

/// What follows a destruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// [`Answered::TranscriptSaved`]
    TranscriptSaved,
    /// [`Answered::Approved`]
    Approved,
    /// [`Answered::Destroyed`]
    Destroyed,
    /// [`Answered::Swept`]
    Swept,
}

impl After {
    fn event(self, answer: StorageAnswer) -> Answered {
        match self {
            Self::TranscriptSaved => Answered::TranscriptSaved(answer),
            Self::Approved => Answered::Approved(answer),
            Self::Destroyed => Answered::Destroyed(answer),
            Self::Swept => Answered::Swept(answer),
        }
    }
}

/// A destruction that is through.
#[derive(Clone, Debug, PartialEq)]
pub struct Finished {
    /// The epoch of the local key that was to come.
    pub epoch: u32,
    /// What storage said.
    pub answer: StorageAnswer,
    /// What follows.
    pub after: After,
}

/// Destructions in their order. One at a time: each makes a new local key, and the old one dies with what was destroyed.
#[derive(Debug, Default)]
pub struct Turns {
    epoch: u32,
    highest: u32,
    busy: Option<StorageOperation>,
    queue: VecDeque<(StorageOperation, After)>,
}

impl Turns {
    /// The epoch in use.
    #[must_use]
    pub const fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Takes over the epoch that the vault names.
    pub fn start_at(&mut self, epoch: u32) {
        *self = Self {
            epoch,
            highest: epoch,
            ..Self::default()
        };
    }

    /// Whether something is on its way out already.
    #[must_use]
    pub fn dooms(&self, item: Doomed) -> bool {
        let names = |operation: &StorageOperation| match operation {
            StorageOperation::Destroy { doomed, .. } => doomed.contains(&item),
            StorageOperation::Approve { capture, .. } => item == Doomed::Capture(*capture),
            _ => false,
        };
        self.busy
            .iter()
            .chain(self.queue.iter().map(|(operation, _)| operation))
            .any(names)
    }

    /// Queues a destruction; `turn` inside it is filled in when it is due.
    pub fn push(&mut self, operation: StorageOperation, after: After) -> Cmd {
        self.queue.push_back((operation, after));
        self.next()
    }

    /// One is through: on success its epoch is the one in use.
    pub fn finished(&mut self, finished: Finished) -> Cmd {
        self.busy = None;
        if !matches!(finished.answer, StorageAnswer::Failed(_)) {
            self.epoch = finished.epoch;
        }
        let follow = Cmd::event(finished.after.event(finished.answer).into());
        follow.and(self.next())
    }

    fn next(&mut self) -> Cmd {
        if self.busy.is_some() {
            return Cmd::done();
        }
        let Some((operation, after)) = self.queue.pop_front() else {
            return Cmd::done();
        };
        self.busy = Some(operation.clone());
        self.highest += 1;
        turn(self.epoch, self.highest, operation, after)
    }
}

/// New key into the key store; destruction; old key out of the key store. After a failure both keys stay until the vault is
/// opened again, which then says which of them is in use: better a key too many than a vault that cannot be opened.
fn turn(old: u32, new: u32, operation: StorageOperation, after: After) -> Cmd {
    Cmd::new(move |ctx| async move {
        let key = ctx.request_from_shell(RandomOperation { count: 32 }).await;
        let put = KeysOperation::Put {
            name: local_key_name(new),
            value: key.expose().to_vec(),
        };
        let kept = ctx.request_from_shell(put).await;
        let answer = if kept == KeysAnswer::Done {
            let operation = with_turn(operation, LocalKey { epoch: new, key });
            ctx.request_from_shell(operation).await
        } else {
            StorageAnswer::Failed(StorageError::Vault(kept.not_written()))
        };
        if !matches!(answer, StorageAnswer::Failed(_)) {
            ctx.request_from_shell(KeysOperation::Delete {
                name: local_key_name(old),
            })
            .await;
        }
        ctx.send_event(
            Answered::Turned(Finished {
                epoch: new,
                answer,
                after,
            })
            .into(),
        );
    })
}

fn with_turn(mut operation: StorageOperation, key: LocalKey) -> StorageOperation {
    if let StorageOperation::SaveTranscript { turn, .. }
    | StorageOperation::Approve { turn, .. }
    | StorageOperation::Destroy { turn, .. } = &mut operation
    {
        *turn = key;
    }
    operation
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::note::{Id, Secret, time::Millis};

    #[test]
    fn one_destruction_at_a_time_and_what_is_doomed_is_not_doomed_twice() {
        let mut turns = Turns::default();
        turns.start_at(4);
        let doomed = Doomed::Note(Id::from_bytes([9; 16]));
        let operation = || StorageOperation::Destroy {
            doomed: vec![doomed],
            why: "deleted",
            at: Millis(0),
            turn: LocalKey {
                epoch: 0,
                key: Secret::default(),
            },
        };
        let _first = turns.push(operation(), After::Destroyed);
        let mut second = turns.push(operation(), After::Swept);
        assert!(second.is_done(), "the second waits");
        assert!(turns.dooms(doomed));
        let _next = turns.finished(Finished {
            epoch: 5,
            answer: StorageAnswer::Done,
            after: After::Destroyed,
        });
        assert_eq!(turns.epoch(), 5);
        let _last = turns.finished(Finished {
            epoch: 6,
            answer: StorageAnswer::Failed(StorageError::Missing),
            after: After::Swept,
        });
        assert_eq!(turns.epoch(), 5, "a failed turn changes nothing");
        assert!(!turns.dooms(doomed));
    }
}
