//! What the client says: the beginning and the end of a session, documents, commands.

use gen_lsp_types as lsp;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, ResponseError};
use serde_json::{Value, json};

use super::{Event, Next, Phase, Server};
use crate::lint::rules;
use crate::live::{self, Batch, Loaded, Watcher};
use crate::lsp::answer::{self, Answer};
use crate::lsp::client::Client;
use crate::lsp::documents::Document;
use crate::lsp::position::Encoding;
use crate::lsp::uri::Place;
use crate::lsp::{Loader, action, diagnostic, hover};

impl<L: Loader> Server<L> {
    pub(super) fn hear(&mut self, message: Message, loaded: Option<&Loaded>) -> Option<Next> {
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
        let utf8 = self.client.encoding == Encoding::Utf8;
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
}

fn cancelled() -> ResponseError {
    answer::of(ErrorCode::RequestCanceled, "cancelled".to_owned())
}
