//! Taking in what changes: what is typed at once, what needs the whole project beside everything else.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::{Event, Server};
use crate::disk;
use crate::live::{self, Batch, Buffers, Live, Loaded, Problem, Settings};
use crate::lsp::Loader;
use crate::lsp::documents::buffers;

/// How long nothing must be typed before it is taken in.
const PAUSE: Duration = Duration::from_millis(150);

/// The way to the project of the folder that is open.
pub(super) struct Opened<L> {
    loader: Arc<L>,
    folder: Option<PathBuf>,
}

impl<L: Loader> live::Loader for Opened<L> {
    fn load(&self, buffers: &Buffers) -> miette::Result<Loaded> {
        self.loader.load(self.folder.as_deref(), buffers)
    }

    fn settings(&self, loaded: &Loaded) -> miette::Result<Settings> {
        Ok(loaded.settings.clone())
    }
}

impl<L: Loader> Server<L> {
    #[expect(clippy::disallowed_methods, reason = "how long nothing was typed is told by a clock only")]
    pub(super) fn was_typed(&mut self, path: String) {
        self.typed.insert(path);
        self.due = Some(Instant::now() + PAUSE);
    }

    #[expect(clippy::disallowed_methods, reason = "how long nothing happened is told by a clock only")]
    pub(super) fn files_changed(&mut self, batch: Batch) {
        // What is open counts as it is on the screen.
        let open = |it: &PathBuf| {
            let inside = it.strip_prefix(&self.place.root).ok().map(disk::slashes);
            inside.is_some_and(|it| self.documents.contains_key(&it)) && !configures(it)
        };
        let others: Vec<_> = batch.into_iter().filter(|(path, _)| !open(path)).collect();
        for (path, event) in others {
            let strongest = self.changed.entry(path).or_insert(event);
            *strongest = event.max(*strongest);
        }
        if !self.changed.is_empty() && self.due.is_none() {
            self.due = Some(Instant::now() + PAUSE);
        }
    }

    /// Takes in what was typed and what changed on disk.
    pub(super) fn settle(&mut self, live: &mut Option<Live<Opened<L>>>) {
        self.due = None;
        let (typed, mut changed) = (std::mem::take(&mut self.typed), std::mem::take(&mut self.changed));
        let Some(live) = live else {
            if !changed.is_empty() {
                self.read();
            }
            return;
        };
        // What is being read may have been read before it changed.
        self.read_again |= self.reading && !changed.is_empty();
        let (open, closed): (BTreeSet<String>, BTreeSet<String>) =
            typed.into_iter().partition(|it| self.documents.contains_key(it));
        // A closed document is again what its file says.
        changed.extend(closed.into_iter().map(|it| (self.place.root.join(it), live::Event::Existence)));
        changed.retain(|path, _| self.is_near(&live.loaded, path));
        let plan = live.plan(&changed, false);
        let mut all = plan.all || (self.problem.is_some() && !changed.is_empty());
        let mut texts = plan.texts;
        for path in open.into_iter().filter(|it| self.differs(&live.loaded, it)) {
            let project = &live.loaded.project;
            let id = project.sources.id(&path);
            let page = id.filter(|it| project.pages.binary_search_by_key(it, |page| page.source).is_ok());
            match (page, self.documents.get(&path)) {
                (Some(id), Some(document)) => {
                    all |= live.names_new_part(&path, &document.text);
                    texts.push((id, document.text.clone()));
                }
                _ => all = true,
            }
        }
        if !texts.is_empty() {
            live.set(texts);
            self.new_state();
        } else if !self.checked {
            // The check of this state was given up when something was typed.
            self.state += 1;
        }
        if all {
            // Those that turn out not to belong to the project are not read for again.
            let inside = changed.keys().filter_map(|it| it.strip_prefix(&self.place.root).ok());
            self.read_for.extend(inside.map(disk::slashes));
            self.read();
        }
    }

    /// Whether something of the project lies beside a path: what a client tells of folders that git ignores is not
    /// looked at.
    fn is_near(&self, loaded: &Loaded, path: &Path) -> bool {
        let Ok(inside) = path.strip_prefix(&self.place.root) else { return true };
        let folder = inside.parent().map(disk::slashes).unwrap_or_default();
        loaded.project.files.get(&folder).is_some_and(|it| it.is_dir)
    }

    fn new_state(&mut self) {
        self.state += 1;
        self.checked = false;
    }

    /// Has the project read, beside whatever else happens.
    pub(super) fn read(&mut self) {
        if self.reading {
            self.read_again = true;
            return;
        }
        self.reading = true;
        self.read_with = self.documents.keys().cloned().collect();
        let (loader, folder) = (Arc::clone(&self.loader), self.client.folder.clone());
        let (buffers, to_itself) = (buffers(&self.documents), self.to_itself.clone());
        thread::spawn(move || {
            let read = || loader.load(folder.as_deref(), &buffers);
            let failed = |_| Err(miette::miette!("reading the project failed"));
            let result = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(failed);
            let _ = to_itself.send(Event::Read(Box::new(result)));
        });
    }

    pub(super) fn take_in(&mut self, live: &mut Option<Live<Opened<L>>>, result: miette::Result<Loaded>) {
        self.reading = false;
        match result {
            Ok(loaded) => {
                let changed = std::mem::take(&mut self.read_for);
                match live {
                    Some(live) => {
                        live.replace(loaded, changed);
                    }
                    None => {
                        let (loader, folder) = (Arc::clone(&self.loader), self.client.folder.clone());
                        *live = Some(Live::of(Opened { loader, folder }, loaded));
                    }
                }
                self.new_state();
                self.set_problem(None);
                if let (Some(live), Some(watcher)) = (live.as_ref(), &mut self.watcher) {
                    watcher.follow(&live.folders(), &Batch::new());
                }
                // What was typed, opened and closed while the files were read.
                let closed = std::mem::take(&mut self.read_with).into_iter();
                let mut behind: Vec<String> = closed.filter(|it| !self.documents.contains_key(it)).collect();
                if let Some(live) = live {
                    let open = self.documents.keys().filter(|it| self.differs(&live.loaded, it));
                    behind.extend(open.cloned());
                }
                behind.into_iter().for_each(|it| self.was_typed(it));
            }
            Err(error) => self.set_problem(Some(Problem::of(&error))),
        }
        if std::mem::take(&mut self.read_again) {
            self.read();
        }
    }
}

/// Whether a file is part of the configuration, which counts as it is on disk.
fn configures(path: &Path) -> bool {
    let name = path.file_name().and_then(|it| it.to_str());
    name.is_some_and(|it| matches!(it, "book.toml" | "docwright.toml" | ".gitignore" | ".ignore"))
}
