//! What the client shows: findings, and why the project cannot be read.

use gen_lsp_types as lsp;
use serde_json::json;

use super::Server;
use crate::live::{Loaded, Problem};
use crate::lsp::view::{Counted, View};
use crate::lsp::{Loader, diagnostic};

impl<L: Loader> Server<L> {
    /// Says why the project cannot be read, once, and shows it in the file; or takes that back.
    pub(super) fn set_problem(&mut self, problem: Option<Problem>) {
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
    pub(super) fn publish(&mut self, loaded: &Loaded) {
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
}
