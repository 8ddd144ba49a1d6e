//! One thread that owns an adapter and does its work in order; never answers on the calling thread.

use std::{sync::mpsc, thread};

type Job<T> = Box<dyn FnOnce(&mut T) + Send>;

/// A thread with something only it touches. Work already given is finished before the thread ends.
pub struct Worker<T> {
    jobs: Option<mpsc::Sender<Job<T>>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl<T: 'static> Worker<T> {
    /// Starts the thread; what it owns is made there.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(name: &str, make: impl FnOnce() -> T + Send + 'static) -> std::io::Result<Self> {
        let (jobs, queue) = mpsc::channel::<Job<T>>();
        let thread = thread::Builder::new().name(name.to_owned()).spawn(move || {
            let mut owned = make();
            for job in queue {
                job(&mut owned);
            }
        })?;
        Ok(Self {
            jobs: Some(jobs),
            thread: Some(thread),
        })
    }

    /// Gives it work; false when the thread has died and will not do it.
    pub fn give(&self, job: impl FnOnce(&mut T) + Send + 'static) -> bool {
        self.jobs.as_ref().is_some_and(|jobs| jobs.send(Box::new(job)).is_ok())
    }
}

impl<T> Drop for Worker<T> {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self
            .thread
            .take()
            .filter(|it| it.thread().id() != thread::current().id())
        {
            // A panic of the worker was reported when it happened; there is nothing to add here.
            drop(thread.join());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_in_order_on_another_thread_and_finished_before_the_end() {
        let (answers, heard) = mpsc::channel();
        let worker = Worker::start("test", Vec::new).unwrap();
        for number in 0..100 {
            let answers = answers.clone();
            assert!(worker.give(move |seen: &mut Vec<i32>| {
                seen.push(number);
                answers.send((thread::current().id(), seen.len())).unwrap();
            }));
        }
        drop(worker);
        let heard: Vec<_> = heard.try_iter().collect();
        assert_eq!(
            heard.iter().map(|(_, len)| *len).collect::<Vec<_>>(),
            (1..=100).collect::<Vec<_>>()
        );
        assert!(heard.iter().all(|(id, _)| *id != thread::current().id()));
    }
}
