//! The one thread that owns the project: it takes in what is typed and what changes on disk, has the rules run, and
//! answers.
//!
//! A state of the project lasts from one change that was taken in to the next. While it lasts the rules run on it beside
//! the answers; what they find is shown only if nothing was typed since.

mod change;
mod protocol;
mod shown;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Instant;

use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde_json::{Value, json};

use super::Loader;
use super::answer::{self, Answer};
use super::client::Client;
use super::documents::Documents;
use super::uri::Place;
use super::view::{Counted, View};
use crate::disk;
use crate::finding::Finding;
use crate::lint::{self, Outcome};
use crate::live::{Batch, Live, Loaded, Problem, Watcher};
use change::Opened;

/// What the server hears of.
pub(super) enum Event {
    /// The client says something.
    Message(Message),
    /// The client is gone.
    Closed,
    /// Files changed.
    Changed(Batch),
    /// The project was read.
    Read(Box<miette::Result<Loaded>>),
    /// The rules ran on the state of this number.
    Checked(u64, Outcome),
}

/// Why a state of the project ended.
enum Next {
    /// The client is gone, or said goodbye.
    Stop,
    /// What changed is to be taken in.
    Settle,
    /// The project was read anew.
    Read(Box<miette::Result<Loaded>>),
}

/// How far the session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// The client has not introduced itself.
    Before,
    Running,
    /// The client has asked for the end and is to say goodbye.
    ShutDown,
}

/// What outlives a state of the project.
pub(super) struct Server<L> {
    loader: Arc<L>,
    to_itself: Sender<Event>,
    client_pipe: Sender<Option<String>>,
    phase: Phase,
    client: Client,
    place: Place,
    documents: Documents,
    /// The paths of documents that were typed in, opened or closed since the last time that this was taken in.
    typed: BTreeSet<String>,
    /// What changed on disk since then.
    changed: Batch,
    /// When both are taken in.
    due: Option<Instant>,
    /// The number of the state.
    state: u64,
    /// The findings of the last check, and whether that was of this state.
    findings: Vec<Finding>,
    checked: bool,
    /// Whether the project is being read, and whether it has to be read once more after that.
    reading: bool,
    read_again: bool,
    /// The paths of the documents that were open when reading began.
    read_with: BTreeSet<String>,
    /// The changed paths for which it is read.
    read_for: BTreeSet<String>,
    /// Requests that wait for the project, or for its findings.
    waiting: VecDeque<Request>,
    /// What the client shows, by path.
    published: BTreeMap<String, Vec<lsp::Diagnostic>>,
    /// Why the newest state on disk cannot be read.
    problem: Option<Problem>,
    watcher: Option<Watcher>,
    next_id: i32,
}

impl<L: Loader> Server<L> {
    pub(super) fn new(loader: L, to_itself: Sender<Event>, client_pipe: Sender<Option<String>>) -> Server<L> {
        Server {
            loader: Arc::new(loader),
            to_itself,
            client_pipe,
            phase: Phase::Before,
            client: Client::default(),
            place: Place::default(),
            documents: Documents::new(),
            typed: BTreeSet::new(),
            changed: Batch::new(),
            due: None,
            state: 0,
            findings: Vec::new(),
            checked: false,
            reading: false,
            read_again: false,
            read_with: BTreeSet::new(),
            read_for: BTreeSet::new(),
            waiting: VecDeque::new(),
            published: BTreeMap::new(),
            problem: None,
            watcher: None,
            next_id: 0,
        }
    }

    /// Works until the client is gone; whether it said goodbye as it should.
    pub(super) fn run(mut self, events: &Receiver<Event>) -> bool {
        let mut live: Option<Live<Opened<L>>> = None;
        loop {
            match self.one_state(live.as_ref(), events) {
                Next::Stop => break,
                Next::Settle => self.settle(&mut live),
                Next::Read(result) => self.take_in(&mut live, *result),
            }
        }
        let _ = self.client_pipe.send(None);
        self.phase == Phase::ShutDown
    }

    /// Answers while the project stays what it is.
    fn one_state(&mut self, live: Option<&Live<Opened<L>>>, events: &Receiver<Event>) -> Next {
        let wanted = AtomicBool::new(true);
        thread::scope(|scope| {
            let check = live.filter(|_| !self.checked && self.typed.is_empty()).map(|live| {
                let (number, to_itself, wanted) = (self.state, self.to_itself.clone(), &wanted);
                scope.spawn(move || {
                    let Loaded { project, config, selection, .. } = &live.loaded;
                    let still = || wanted.load(Ordering::Relaxed);
                    let outcome = lint::run_while(project, config, selection, &still);
                    if still() {
                        let _ = to_itself.send(Event::Checked(number, outcome));
                    }
                })
            });
            let next = self.listen(live.map(|it| &it.loaded), events, &wanted);
            wanted.store(false, Ordering::Relaxed);
            // A check that failed has said so on standard error; the session goes on without its findings.
            let _ = check.map(thread::ScopedJoinHandle::join);
            next
        })
    }

    #[expect(clippy::disallowed_methods, reason = "how long nothing was typed is told by a clock only")]
    fn listen(&mut self, loaded: Option<&Loaded>, events: &Receiver<Event>, wanted: &AtomicBool) -> Next {
        self.answer_waiting(loaded);
        loop {
            let event = match self.due {
                None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => events.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            match event {
                Ok(Event::Message(message)) => {
                    if let Some(next) = self.hear(message, loaded) {
                        return next;
                    }
                }
                Ok(Event::Changed(batch)) => self.files_changed(batch),
                Ok(Event::Read(result)) => return Next::Read(result),
                Ok(Event::Checked(number, outcome)) => {
                    if let Some(loaded) = loaded.filter(|_| number == self.state && self.typed.is_empty()) {
                        self.findings = outcome.findings;
                        self.checked = true;
                        self.publish(loaded);
                        self.answer_waiting(Some(loaded));
                    }
                }
                Err(RecvTimeoutError::Timeout) => return Next::Settle,
                Ok(Event::Closed) | Err(RecvTimeoutError::Disconnected) => return Next::Stop,
            }
            if !self.typed.is_empty() {
                wanted.store(false, Ordering::Relaxed);
            }
        }
    }

    /// Answers what can be answered; the rest goes on waiting.
    fn answer_waiting(&mut self, loaded: Option<&Loaded>) {
        for request in std::mem::take(&mut self.waiting) {
            let Some(loaded) = loaded else {
                if self.reading {
                    self.waiting.push_back(request);
                } else {
                    // There is no project, and the client has been told why.
                    self.respond(request.id, Ok(Value::Null));
                }
                continue;
            };
            let early = answer::may_be_early(&request.method);
            let behind = !early && self.is_behind(loaded, &request.params);
            if behind || (answer::needs_findings(&request.method) && !self.checked) {
                self.waiting.push_back(request);
                continue;
            }
            let counted = Counted::default();
            let (documents, client, place) = (&self.documents, &self.client, &self.place);
            let view = View { loaded, place, documents, client, counted: &counted };
            let findings = if self.checked { self.findings.as_slice() } else { &[] };
            // Whatever is wrong with one request, the next one is to be answered.
            let result = catch_unwind(AssertUnwindSafe(|| {
                answer::answer(view, &request.method, request.params, findings)
            }));
            let failed = |_| Err(answer::of(ErrorCode::InternalError, "this request failed".to_owned()));
            let result = result.unwrap_or_else(failed);
            self.respond(request.id, result);
        }
    }

    /// Whether the project does not know yet what is typed in the document of a request, and will soon.
    fn is_behind(&self, loaded: &Loaded, params: &Value) -> bool {
        if !self.typed.is_empty() {
            return true;
        }
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
        let path = uri.and_then(|it| self.place.inside(&it.into()));
        self.reading && path.is_some_and(|it| self.differs(loaded, &it))
    }

    /// Whether an open document is another text than the project has, or is not part of it yet.
    fn differs(&self, loaded: &Loaded, path: &str) -> bool {
        let Some(document) = self.documents.get(path) else { return false };
        let project = &loaded.project;
        match project.sources.id(path) {
            Some(id) => {
                let unread = project.unread.binary_search_by_key(&id, |it| it.source).is_ok();
                !unread && **project.sources.get(id).raw() != *document.text
            }
            None => {
                disk::reads(path)
                    && project.files.get(path).is_none()
                    && !disk::exists(&self.place.root.join(path))
            }
        }
    }

    fn respond(&self, id: RequestId, result: Answer) {
        self.send(&Message::Response(Response { id, response_result: result }));
    }

    fn notify(&self, method: &str, params: impl Serialize) {
        self.send(&Message::Notification(Notification { method: method.to_owned(), params: json!(params) }));
    }

    fn request(&mut self, method: &str, params: Value) {
        self.next_id += 1;
        let id = RequestId::from(self.next_id);
        self.send(&Message::Request(Request { id, method: method.to_owned(), params }));
    }

    fn send(&self, message: &Message) {
        let mut value = json!(message);
        if let Some(object) = value.as_object_mut() {
            object.insert("jsonrpc".to_owned(), json!("2.0"));
        }
        let _ = self.client_pipe.send(Some(value.to_string()));
    }
}
