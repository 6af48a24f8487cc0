//! The one thread that owns the project: it makes the pages that are asked for, takes changes in, and checks once
//! the changed page is on the screen.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::clients::Clients;
use super::delta::Known;
use super::page::{self, State};
use super::{News, Say};
use crate::disk;
use crate::finding::Finding;
use crate::lint;
use crate::live::{Batch, Event, Live, Loaded, Loader, Problem, Watcher};
use crate::model::Project;
use crate::render::{Content, Settings, Site};
use crate::source::Span;

/// How long a page may take to be asked for before checking begins, which needs all processors.
const HEAD_START: Duration = Duration::from_millis(40);

/// What the engine is asked.
pub(super) enum Ask {
    /// A file of the site.
    File(String, oneshot::Sender<Answer>),
    /// To take changes in.
    Changed(Batch),
    /// To take the findings in that it was waiting for.
    Checked,
    /// To end.
    Stop,
}

/// A file of the site, or why there is none.
#[derive(Debug)]
pub(super) enum Answer {
    /// Its content, and whether it is what was asked for, not the page that says that there is none.
    Found { path: String, bytes: Vec<u8>, exact: bool },
    /// The folder of an index page was named without its slash.
    Folder,
    /// It cannot be made.
    Failed(String),
    /// The site has no such file.
    Missing,
}

/// Why a generation of the site ended.
enum Next {
    Stop,
    Changed(Batch, Option<lint::Outcome>),
    Checked(lint::Outcome),
}

/// What outlives a generation.
struct Engine<'s> {
    findings: Vec<Finding>,
    known: Known,
    /// Why the newest change is not shown.
    problem: Option<Problem>,
    /// Each page as it was last made without an error.
    last_good: HashMap<String, Vec<u8>>,
    /// Pages that could not be made when they were last asked for.
    failing: BTreeSet<String>,
    /// Files of the project that the site shows as they are.
    copied: BTreeSet<String>,
    generation: u64,
    clients: Clients,
    say: Say<'s>,
}

/// Works until it is told to stop.
pub(super) fn run<L: Loader>(
    mut live: Live<L>,
    asks: &Receiver<Ask>,
    to_itself: &Sender<Ask>,
    mut watcher: Watcher,
    clients: Clients,
    say: Say<'_>,
) {
    let mut engine = Engine {
        findings: Vec::new(),
        known: Known::default(),
        problem: None,
        last_good: HashMap::new(),
        failing: BTreeSet::new(),
        copied: BTreeSet::new(),
        generation: 0,
        clients,
        say,
    };
    let mut checked = false;
    loop {
        match engine.generation(&live.loaded, checked, asks, to_itself) {
            Next::Stop => return,
            Next::Checked(outcome) => {
                engine.check(&live.loaded.project, outcome);
                checked = true;
                engine.generation += 1;
                engine.clients.send(&page::event(
                    engine.generation,
                    &Default::default(),
                    &Default::default(),
                ));
            }
            Next::Changed(batch, outcome) => {
                if let Some(outcome) = outcome {
                    engine.check(&live.loaded.project, outcome);
                    checked = true;
                }
                checked &= !engine.change(&mut live, &batch, &mut watcher);
            }
        }
    }
}

impl Engine<'_> {
    /// Takes changed files in and tells the browsers; whether the model is another one now.
    fn change<L: Loader>(&mut self, live: &mut Live<L>, batch: &Batch, watcher: &mut Watcher) -> bool {
        let before = live.loaded.settings.theme.clone();
        let had_problem = self.problem.is_some();
        // What could not be taken in before is tried again with the next change.
        let mut updated = live.update(batch, had_problem);
        // What came into a new folder before it was watched is seen by reading once more.
        let mut batch = batch.clone();
        while let Ok(change) = &mut updated
            && change.whole
            && watcher.follow(&live.folders(), &batch)
        {
            let root = live.loaded.root.clone();
            let again = Batch::from([(root.join(".gitignore"), Event::Existence)]);
            match live.update(&again, true) {
                Ok(more) => change.moved.extend(more.moved),
                Err(problem) => updated = Err(problem),
            }
            batch.clear();
        }
        let change = match updated {
            Ok(change) => change,
            Err(problem) => {
                self.trouble(Some(problem));
                return false;
            }
        };
        if !change.model && !change.paths.iter().any(|it| self.copied.contains(it)) {
            return false;
        }
        let themed = live.loaded.settings.theme != before;
        if change.whole {
            self.findings.clear();
        }
        if themed || change.whole || had_problem {
            let problem = template_problem(&live.loaded, &self.findings);
            if problem.is_some() {
                live.loaded.settings.theme = before;
            }
            let failed = problem.is_some();
            self.trouble(problem);
            if failed {
                return false;
            }
        }
        self.findings.iter_mut().for_each(|it| it.span = inside(&live.loaded.project, it.span));
        self.generation += 1;
        self.clients.send(&page::event(self.generation, &change.paths, &moved(&live.loaded, &change.moved)));
        change.model
    }

    /// Shows a problem, or that there is none any more.
    fn trouble(&mut self, problem: Option<Problem>) {
        if self.problem == problem {
            return;
        }
        match &problem {
            Some(problem) => (self.say)(News::Broken(problem)),
            None => (self.say)(News::Healed),
        }
        let is_new = problem.is_some();
        self.problem = problem;
        if is_new {
            self.generation += 1;
            self.clients.send(&page::event(self.generation, &Default::default(), &Default::default()));
        }
    }

    fn check(&mut self, project: &Project, outcome: lint::Outcome) {
        let delta = self.known.update(project, &outcome);
        (self.say)(News::Findings(&delta));
        self.findings = outcome.findings;
    }

    /// Serves one state of the project until there is another.
    fn generation(
        &mut self,
        loaded: &Loaded,
        checked: bool,
        asks: &Receiver<Ask>,
        to_itself: &Sender<Ask>,
    ) -> Next {
        let findings = std::mem::take(&mut self.findings);
        let site = match Site::new(&loaded.project, &findings, &loaded.settings) {
            Ok(site) => Some(site),
            Err(error) => {
                self.trouble(Some(Problem::of_template(&error, theme(loaded).as_deref())));
                None
            }
        };
        #[expect(
            clippy::disallowed_methods,
            reason = "a browser that asks without end does not put checking off"
        )]
        let begun = Instant::now();
        let next = thread::scope(|scope| {
            let mut check: Option<thread::ScopedJoinHandle<'_, lint::Outcome>> = None;
            loop {
                let ask = if checked || check.is_some() {
                    asks.recv().map_err(|_| RecvTimeoutError::Disconnected)
                } else {
                    asks.recv_timeout(HEAD_START.saturating_sub(begun.elapsed()))
                };
                match ask {
                    Ok(Ask::File(path, reply)) => {
                        let answer = match &site {
                            Some(site) => self.answer(loaded, site, &findings, &path),
                            None => self.without_site(&path),
                        };
                        let _ = reply.send(answer);
                    }
                    Ok(Ask::Changed(batch)) => {
                        break Next::Changed(batch, check.and_then(|it| it.join().ok()));
                    }
                    Ok(Ask::Checked) => {
                        if let Some(outcome) = check.take().and_then(|it| it.join().ok()) {
                            break Next::Checked(outcome);
                        }
                    }
                    Err(RecvTimeoutError::Timeout) => {
                        check = Some(scope.spawn(|| {
                            let outcome = lint::run(&loaded.project, &loaded.config, &loaded.selection);
                            let _ = to_itself.send(Ask::Checked);
                            outcome
                        }));
                    }
                    Ok(Ask::Stop) | Err(RecvTimeoutError::Disconnected) => break Next::Stop,
                }
            }
        });
        self.copied = site.iter().flat_map(Site::copied).map(str::to_owned).collect();
        drop(site);
        self.findings = findings;
        next
    }

    fn answer(&mut self, loaded: &Loaded, site: &Site<'_>, findings: &[Finding], asked: &str) -> Answer {
        let index = format!("{asked}index.html");
        let asked = if asked.is_empty() || asked.ends_with('/') { index.as_str() } else { asked };
        let has = |path: &str| site.paths().any(|it| it == path);
        let (path, exact) = match site.file(asked) {
            Ok(None) if has(&format!("{asked}/index.html")) => return Answer::Folder,
            Ok(None) if asked.ends_with(".html") || !asked.contains('.') => ("404.html", false),
            Ok(None) => return Answer::Missing,
            _ => (asked, true),
        };
        let (bytes, problem) = match site.file(path) {
            Ok(Some(Content::Bytes(bytes))) => (bytes, self.problem.clone()),
            Ok(Some(Content::CopyOf(from))) => match disk::bytes(&loaded.root, &from) {
                Some(bytes) => return Answer::Found { path: path.to_owned(), bytes, exact },
                None => return Answer::Missing,
            },
            Ok(None) => return Answer::Missing,
            Err(error) => {
                let problem = Problem::of_template(&error, theme(loaded).as_deref());
                if self.failing.insert(path.to_owned()) {
                    (self.say)(News::Broken(&problem));
                }
                (self.last_good.get(path).cloned().unwrap_or_else(page::empty), Some(problem))
            }
        };
        if !path.ends_with(".html") {
            return Answer::Found { path: path.to_owned(), bytes, exact };
        }
        if problem.is_none() {
            if self.failing.remove(path) {
                (self.say)(News::Healed);
            }
            self.last_good.insert(path.to_owned(), bytes.clone());
        }
        let state = State::of(&loaded.project, site, findings, path, self.generation, problem.as_ref());
        Answer::Found { path: path.to_owned(), bytes: page::with_preview(bytes, &state), exact }
    }

    /// There was never a site to show: the templates are broken from the beginning.
    fn without_site(&self, path: &str) -> Answer {
        let path = if path.is_empty() || path.ends_with('/') {
            format!("{path}index.html")
        } else {
            path.to_owned()
        };
        let Some(problem) = self.problem.as_ref().filter(|_| path.ends_with(".html")) else {
            return Answer::Failed("the templates are broken".to_owned());
        };
        let state = State::broken(self.generation, problem);
        Answer::Found { path, bytes: page::with_preview(page::empty(), &state), exact: true }
    }
}

/// Whether the templates can be read, and the start page be made of them.
fn template_problem(loaded: &Loaded, findings: &[Finding]) -> Option<Problem> {
    let broken = |error| Problem::of_template(&error, theme(loaded).as_deref());
    let site = match Site::new(&loaded.project, findings, &loaded.settings) {
        Ok(site) => site,
        Err(error) => return Some(broken(error)),
    };
    let first = site.paths().find(|it| site.page(it).is_some()).unwrap_or("index.html").to_owned();
    ["404.html", &first].into_iter().find_map(|path| site.file(path).err()).map(broken)
}

/// The folder of the project's own templates, with a slash at its end.
fn theme(loaded: &Loaded) -> Option<String> {
    let folder = loaded.config.site.theme.as_ref()?;
    Some(format!("{}/", loaded.config.project_path(folder).trim_end_matches('/')))
}

/// The paths on the site of pages that moved.
fn moved(loaded: &Loaded, moved: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    if moved.is_empty() {
        return Default::default();
    }
    let settings = Settings::default();
    let Ok(site) = Site::new(&loaded.project, &[], &settings) else { return Default::default() };
    let folder = match loaded.project.book.src.as_str() {
        "" => String::new(),
        src => format!("{src}/"),
    };
    let url = |path: &str| {
        let inside = path.strip_prefix(&folder)?;
        let (stem, _) = inside.rsplit_once('.')?;
        Some(match stem.strip_suffix("README") {
            Some(folder) => format!("{folder}index.html"),
            None => format!("{stem}.html"),
        })
    };
    let pairs = moved.iter().filter_map(|(old, new)| {
        let id = loaded.project.sources.id(new)?;
        Some((url(old)?, site.path_of(id)?.to_owned()))
    });
    pairs.collect()
}

/// A span of an older text, cut to what is there now.
fn inside(project: &Project, span: Span) -> Span {
    let text = &project.sources.get(span.source).text;
    let cut = |at: u32| {
        let mut at = (at as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at as u32
    };
    Span { start: cut(span.start), end: cut(span.end), ..span }
}
