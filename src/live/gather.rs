//! Many changes at once become one: a `git checkout` touches hundreds of files, an editor writes a file in several
//! steps. A batch is ready once nothing has happened for a while.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// How long nothing must happen.
const QUIET: Duration = Duration::from_millis(8);

/// How long a batch waits at most, where something happens all the time.
const PATIENCE: Duration = Duration::from_secs(1);

/// What happened to a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Event {
    /// What stands there has other content.
    Content,
    /// Something came or went.
    Existence,
}

/// Paths with the strongest of what happened to each.
pub(crate) type Batch = BTreeMap<PathBuf, Event>;

/// Collects a batch. Times are since any fixed moment.
#[derive(Debug, Default)]
pub(crate) struct Gather {
    batch: Batch,
    first: Duration,
    last: Duration,
}

impl Gather {
    pub(crate) fn add(&mut self, path: PathBuf, event: Event, now: Duration) {
        if self.batch.is_empty() {
            self.first = now;
        }
        self.last = now;
        let strongest = self.batch.entry(path).or_insert(event);
        *strongest = event.max(*strongest);
    }

    /// When the batch is ready; never while it is empty.
    pub(crate) fn due(&self) -> Option<Duration> {
        (!self.batch.is_empty()).then(|| (self.last + QUIET).min(self.first + PATIENCE))
    }

    /// The batch, if it is ready.
    pub(crate) fn take(&mut self, now: Duration) -> Option<Batch> {
        self.due().filter(|due| *due <= now).map(|_| std::mem::take(&mut self.batch))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(count: u64) -> Duration {
        Duration::from_millis(count)
    }

    #[test]
    fn many_files_at_once_are_one_batch() {
        let mut gather = Gather::default();
        for at in 0..300 {
            gather.add(format!("docs/p{at}.md").into(), Event::Content, ms(at / 10));
            assert_eq!(gather.take(ms(at / 10)), None);
        }
        assert_eq!(gather.take(ms(36)), None);
        assert_eq!(gather.take(ms(37)).map(|it| it.len()), Some(300));
        assert_eq!(gather.due(), None);
    }

    #[test]
    fn a_file_that_is_written_all_the_time_holds_nothing_up() {
        let mut gather = Gather::default();
        let ready = (0..400).map(|it| ms(it * 5)).find(|&now| {
            gather.add("app.log".into(), Event::Content, now);
            gather.take(now).is_some()
        });
        assert_eq!(ready, Some(PATIENCE));
    }

    #[test]
    fn coming_and_going_is_stronger_than_content() {
        let mut gather = Gather::default();
        for event in [Event::Content, Event::Existence, Event::Content] {
            gather.add("a.md".into(), event, ms(0));
        }
        assert_eq!(gather.take(ms(50)), Some(Batch::from([("a.md".into(), Event::Existence)])));
    }
}
