//! Watches the folders of the project: those that reading it walks through, so that what `.gitignore` leaves out and
//! the site's own folder cost nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Instant;

use miette::miette;
use notify::event::ModifyKind;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::gather::{Batch, Event, Gather};

/// Watches until it is dropped.
pub(crate) struct Watcher {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
}

impl Watcher {
    /// Calls `send` with each batch from a thread of its own, which ends when `send` says `false`.
    pub(crate) fn new(send: impl Fn(Batch) -> bool + Send + 'static) -> miette::Result<Watcher> {
        let (events, incoming) = mpsc::channel::<(PathBuf, Event)>();
        let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            let kind = match event.kind {
                // Reading is no change, and it is docwright that reads.
                EventKind::Access(_) => return,
                EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Metadata(_)) => Event::Content,
                _ => Event::Existence,
            };
            for path in event.paths {
                let _ = events.send((path, kind));
            }
        })
        .map_err(|error| miette!("cannot watch files: {error}"))?;
        thread::spawn(move || gather(&incoming, &send));
        Ok(Watcher { watcher, watched: BTreeSet::new() })
    }

    /// Watches exactly these folders; says whether any of them is new. A folder in or below which something of
    /// `batch` came or went may be another one than before, so it counts as new.
    pub(crate) fn follow(&mut self, folders: &BTreeSet<PathBuf>, batch: &Batch) -> bool {
        let moved = |it: &Path| {
            it.ancestors().any(|above| batch.get(above).is_some_and(|event| *event == Event::Existence))
        };
        let gone: Vec<PathBuf> =
            self.watched.iter().filter(|it| !folders.contains(*it) || moved(it)).cloned().collect();
        for folder in gone {
            let _ = self.watcher.unwatch(&folder);
            self.watched.remove(&folder);
        }
        let mut any = false;
        // FSEvents and Windows watch whole trees at no cost, and start anew for each further folder.
        let mode =
            if cfg!(target_os = "linux") { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };
        for folder in folders {
            let covered =
                || mode == RecursiveMode::Recursive && self.watched.iter().any(|it| folder.starts_with(it));
            if !self.watched.contains(folder) && !covered() && self.watcher.watch(folder, mode).is_ok() {
                self.watched.insert(folder.clone());
                any = true;
            }
        }
        any
    }
}

#[expect(clippy::disallowed_methods, reason = "how long nothing happened is told by a clock only")]
fn gather(incoming: &mpsc::Receiver<(PathBuf, Event)>, send: &impl Fn(Batch) -> bool) {
    let start = Instant::now();
    let mut gather = Gather::default();
    loop {
        let next = match gather.due() {
            None => incoming.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(due) => incoming.recv_timeout(due.saturating_sub(start.elapsed())),
        };
        match next {
            Ok((path, event)) => gather.add(path, event, start.elapsed()),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        if let Some(batch) = gather.take(start.elapsed())
            && !send(batch)
        {
            return;
        }
    }
}
