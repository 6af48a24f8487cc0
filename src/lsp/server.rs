//! The one thread that owns the project: it takes in what is typed and what changes on disk, has the rules run, and
//! answers.
//!
//! A state of the project lasts from one change that was taken in to the next. While it lasts the rules run on it beside
//! the answers; what they find is shown only if nothing was typed since.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use serde::Serialize;
use serde_json::{Value, json};

use super::Loader;
use super::answer::{self, Answer};
use super::client::Client;
use super::documents::{Document, Documents, buffers};
use super::uri::Place;
use super::view::{Counted, View};
use super::{action, diagnostic, hover};
use crate::disk;
use crate::finding::Finding;
use crate::lint::{self, Outcome, rules};
use crate::live::{self, Batch, Buffers, Live, Loaded, Problem, Settings, Watcher};

/// How long nothing must be typed before it is taken in.
const PAUSE: Duration = Duration::from_millis(150);

/// What the server hears of.
pub(super) enum Event {
    /// The client says something.
    Message(Message),
    /// The client is gone.
    Closed,
    /// Files changed.
    Changed(Batch),
    /// The project was read, with these texts in the place of files.
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

/// The way to the project of the folder that is open.
struct Opened<L> {
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

    fn hear(&mut self, message: Message, loaded: Option<&Loaded>) -> Option<Next> {
        match message {
            Message::Request(request) => return self.asked(request, loaded),
            Message::Notification(it) if it.method == "exit" => return Some(Next::Stop),
            Message::Notification(it) if self.phase == Phase::Running => self.told(it),
            // Answers to what was asked of the client change nothing.
            Message::Notification(_) | Message::Response(_) => {}
        }
        None
    }

    fn asked(&mut self, request: Request, loaded: Option<&Loaded>) -> Option<Next> {
        match (self.phase, request.method.as_str()) {
            (Phase::Before, "initialize") => self.initialize(request),
            (Phase::Before, _) => {
                let error =
                    answer::of(ErrorCode::ServerNotInitialized, "`initialize` comes first".to_owned());
                self.respond(request.id, Err(error));
            }
            (Phase::ShutDown, _) | (_, "initialize") => {
                let error =
                    answer::of(ErrorCode::InvalidRequest, format!("no time for `{}`", request.method));
                self.respond(request.id, Err(error));
            }
            (Phase::Running, "shutdown") => {
                self.phase = Phase::ShutDown;
                for request in std::mem::take(&mut self.waiting) {
                    self.respond(request.id, Err(cancelled()));
                }
                self.respond(request.id, Ok(Value::Null));
            }
            (Phase::Running, "workspace/executeCommand") => {
                let result = self.execute(request.params, loaded);
                self.respond(request.id, result);
            }
            (Phase::Running, method) if !answer::is_known(method) => {
                let error = answer::unknown(method);
                self.respond(request.id, Err(error));
            }
            (Phase::Running, _) => {
                self.waiting.push_back(request);
                self.answer_waiting(loaded);
                // Who asks about a place means what is on the screen.
                if !self.waiting.is_empty() && !self.typed.is_empty() {
                    return Some(Next::Settle);
                }
            }
        }
        None
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

    fn initialize(&mut self, request: Request) {
        self.client = Client::of(&request.params);
        let folder = self.client.folder.clone();
        match self.loader.root(folder.as_deref()) {
            Ok(root) => self.place = Place::new(root.clone(), folder.as_deref().unwrap_or(&root)),
            Err(error) => {
                let error = answer::of(ErrorCode::RequestFailed, error.to_string());
                return self.respond(request.id, Err(error));
            }
        }
        let utf8 = self.client.encoding == super::position::Encoding::Utf8;
        let result = json!({
            "capabilities": answer::capabilities(utf8),
            "serverInfo": {"name": "docwright", "version": env!("CARGO_PKG_VERSION")},
        });
        self.respond(request.id, Ok(result));
        self.phase = Phase::Running;
        self.read();
    }

    fn told(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        match method.as_str() {
            "initialized" => self.initialized(),
            "textDocument/didOpen" => {
                let Ok(it) = answer::read::<lsp::DidOpenTextDocumentParams>(params) else { return };
                let lsp::TextDocumentItem { uri, version, text, .. } = it.text_document;
                if let Some(path) = self.place.inside(&uri) {
                    self.documents.insert(path.clone(), Document { uri, version, text });
                    self.was_typed(path);
                }
            }
            "textDocument/didChange" => {
                let Ok(it) = answer::read::<lsp::DidChangeTextDocumentParams>(params) else { return };
                let uri = it.text_document.text_document_identifier.uri;
                let Some(path) = self.place.inside(&uri) else { return };
                let Some(document) = self.documents.get_mut(&path) else { return };
                document.version = it.text_document.version;
                document.change(it.content_changes, self.client.encoding);
                self.was_typed(path);
            }
            "textDocument/didClose" => {
                let Ok(it) = answer::read::<lsp::DidCloseTextDocumentParams>(params) else { return };
                if let Some(path) = self.place.inside(&it.text_document.uri)
                    && self.documents.remove(&path).is_some()
                {
                    self.was_typed(path);
                }
            }
            "textDocument/didSave" => {
                let Ok(it) = answer::read::<lsp::DidSaveTextDocumentParams>(params) else { return };
                let path = self.place.inside(&it.text_document.uri);
                let event = |it: String| (self.place.root.join(it), live::Event::Content);
                let batch: Batch = path.into_iter().map(event).collect();
                self.files_changed(batch);
            }
            "workspace/didChangeWatchedFiles" => {
                let Ok(it) = answer::read::<lsp::DidChangeWatchedFilesParams>(params) else { return };
                let event = |it: lsp::FileEvent| {
                    let path = self.place.root.join(self.place.inside(&it.uri)?);
                    let changed = it.kind == lsp::FileChangeType::Changed;
                    Some((path, if changed { live::Event::Content } else { live::Event::Existence }))
                };
                let batch: Batch = it.changes.into_iter().filter_map(event).collect();
                self.files_changed(batch);
            }
            "$/cancelRequest" => {
                let Some(id) =
                    params.get("id").and_then(|it| serde_json::from_value::<RequestId>(it.clone()).ok())
                else {
                    return;
                };
                if let Some(at) = self.waiting.iter().position(|it| it.id == id) {
                    self.waiting.remove(at);
                    self.respond(id, Err(cancelled()));
                }
            }
            _ => {}
        }
    }

    fn initialized(&mut self) {
        if self.client.folders > 1 {
            let message = "docwright looks at the first folder of the workspace only";
            self.notify("window/logMessage", json!({"type": lsp::MessageType::Warning, "message": message}));
        }
        if self.client.watches_files {
            let options = json!({"watchers": [{"globPattern": "**/*"}]});
            let method = "workspace/didChangeWatchedFiles";
            let registration = json!({"id": "files", "method": method, "registerOptions": options});
            self.request("client/registerCapability", json!({"registrations": [registration]}));
        } else {
            let to_itself = self.to_itself.clone();
            // Without a watcher what changes behind the editor's back is seen when something is saved.
            self.watcher = Watcher::new(move |batch| to_itself.send(Event::Changed(batch)).is_ok()).ok();
        }
    }

    #[expect(clippy::disallowed_methods, reason = "how long nothing was typed is told by a clock only")]
    fn was_typed(&mut self, path: String) {
        self.typed.insert(path);
        self.due = Some(Instant::now() + PAUSE);
    }

    #[expect(clippy::disallowed_methods, reason = "how long nothing happened is told by a clock only")]
    fn files_changed(&mut self, batch: Batch) {
        // What is open counts as it is on the screen.
        let open = |it: &PathBuf| {
            let inside = it.strip_prefix(&self.place.root).ok().map(disk::slashes);
            inside.is_some_and(|it| self.documents.contains_key(&it)) && !configures(it)
        };
        self.changed.extend(batch.into_iter().filter(|(path, _)| !open(path)));
        if !self.changed.is_empty() && self.due.is_none() {
            self.due = Some(Instant::now() + PAUSE);
        }
    }

    /// Takes in what was typed and what changed on disk.
    fn settle(&mut self, live: &mut Option<Live<Opened<L>>>) {
        self.due = None;
        let (typed, mut changed) = (std::mem::take(&mut self.typed), std::mem::take(&mut self.changed));
        let Some(live) = live else {
            if !changed.is_empty() {
                self.read();
            }
            return;
        };
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
                (Some(id), Some(document)) => texts.push((id, document.text.clone())),
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
            self.read();
        }
    }

    /// Whether something of the project lies beside a path: what a client tells of folders that git ignores is not
    /// looked at.
    fn is_near(&self, loaded: &Loaded, path: &std::path::Path) -> bool {
        let Ok(inside) = path.strip_prefix(&self.place.root) else { return true };
        let folder = inside.parent().map(disk::slashes).unwrap_or_default();
        loaded.project.files.get(&folder).is_some_and(|it| it.is_dir)
    }

    fn new_state(&mut self) {
        self.state += 1;
        self.checked = false;
    }

    /// Has the project read, beside whatever else happens.
    fn read(&mut self) {
        if self.reading {
            self.read_again = true;
            return;
        }
        self.reading = true;
        let (loader, folder) = (Arc::clone(&self.loader), self.client.folder.clone());
        let (buffers, to_itself) = (buffers(&self.documents), self.to_itself.clone());
        thread::spawn(move || {
            let read = || loader.load(folder.as_deref(), &buffers);
            let failed = |_| Err(miette::miette!("reading the project failed"));
            let result = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(failed);
            let _ = to_itself.send(Event::Read(Box::new(result)));
        });
    }

    fn take_in(&mut self, live: &mut Option<Live<Opened<L>>>, result: miette::Result<Loaded>) {
        self.reading = false;
        match result {
            Ok(loaded) => {
                match live {
                    Some(live) => {
                        live.replace(loaded, BTreeSet::new());
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
                // What was typed while the files were read.
                let open: Vec<String> = self.documents.keys().cloned().collect();
                if let Some(live) = live {
                    let behind: Vec<String> =
                        open.into_iter().filter(|it| self.differs(&live.loaded, it)).collect();
                    behind.into_iter().for_each(|it| self.was_typed(it));
                }
            }
            Err(error) => self.set_problem(Some(Problem::of(&error))),
        }
        if std::mem::take(&mut self.read_again) {
            self.read();
        }
    }

    /// Says why the project cannot be read, once, and shows it in the file; or takes that back.
    fn set_problem(&mut self, problem: Option<Problem>) {
        if problem == self.problem {
            return;
        }
        let at =
            |it: &Option<Problem>| it.as_ref().map(|it| it.path.clone().unwrap_or("book.toml".to_owned()));
        let (old, new) = (at(&self.problem), at(&problem));
        if let Some(old) = old.filter(|it| new.as_ref() != Some(it)) {
            self.show(&old, Vec::new());
        }
        if let (Some(problem), Some(path)) = (&problem, new) {
            let message = format!("docwright keeps the last good state: {}", problem.line());
            self.notify("window/showMessage", json!({"type": lsp::MessageType::Error, "message": message}));
            self.show(&path, vec![diagnostic::of_problem(problem)]);
        }
        self.problem = problem;
    }

    /// Shows the findings where they are others than before.
    fn publish(&mut self, loaded: &Loaded) {
        let counted = Counted::default();
        let (documents, client, place) = (&self.documents, &self.client, &self.place);
        let view = View { loaded, place, documents, client, counted: &counted };
        let mut all = diagnostic::all(view, &self.findings);
        if let Some(problem) = &self.problem {
            let path = problem.path.clone().unwrap_or("book.toml".to_owned());
            all.entry(path).or_default().push(diagnostic::of_problem(problem));
        }
        let gone: Vec<String> = self.published.keys().filter(|it| !all.contains_key(*it)).cloned().collect();
        gone.iter().for_each(|it| self.show(it, Vec::new()));
        for (path, diagnostics) in all {
            if self.published.get(&path) != Some(&diagnostics) {
                self.show(&path, diagnostics);
            }
        }
    }

    fn show(&mut self, path: &str, diagnostics: Vec<lsp::Diagnostic>) {
        let open = self.documents.get(path);
        let uri = open.map_or_else(|| self.place.uri(path), |it| it.uri.clone());
        let version = open.map(|it| it.version);
        let params = lsp::PublishDiagnosticsParams { uri, version, diagnostics: diagnostics.clone() };
        self.notify("textDocument/publishDiagnostics", params);
        if diagnostics.is_empty() {
            self.published.remove(path);
        } else {
            self.published.insert(path.to_owned(), diagnostics);
        }
    }

    /// Runs a command: explains a rule, in the browser where it has a page, else in a message.
    fn execute(&mut self, params: Value, loaded: Option<&Loaded>) -> Answer {
        let it: lsp::ExecuteCommandParams = answer::read(params)?;
        if it.command != action::EXPLAIN {
            return Err(answer::of(
                ErrorCode::InvalidParams,
                format!("there is no command `{}`", it.command),
            ));
        }
        let name =
            it.arguments.as_ref().and_then(|it| it.first()).and_then(Value::as_str).unwrap_or_default();
        let no_rule = || answer::of(ErrorCode::InvalidParams, format!("there is no rule `{name}`"));
        let rule = rules::find(name).ok_or_else(no_rule)?;
        let pages = loaded.and_then(|it| it.config.lint.rule_pages.as_deref());
        match diagnostic::rule_page(pages, name).filter(|_| self.client.shows_documents) {
            Some(uri) => self.request("window/showDocument", json!({"uri": uri, "external": true})),
            None => {
                let message = hover::plain_reason(rule);
                self.notify(
                    "window/showMessage",
                    json!({"type": lsp::MessageType::Info, "message": message}),
                );
            }
        }
        Ok(json!(rule.documentation()))
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

fn cancelled() -> ResponseError {
    answer::of(ErrorCode::RequestCanceled, "cancelled".to_owned())
}

/// Whether a file is part of the configuration, which counts as it is on disk.
fn configures(path: &std::path::Path) -> bool {
    let name = path.file_name().and_then(|it| it.to_str());
    name.is_some_and(|it| matches!(it, "book.toml" | "docwright.toml" | ".gitignore" | ".ignore"))
}
