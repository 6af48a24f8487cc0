//! What the client at the other end can do.

use std::path::PathBuf;

use serde_json::Value;

use super::position::Encoding;
use super::uri;

/// The part of a client's capabilities that makes a difference. Read by name out of the JSON: no client is turned away
/// for something that docwright does not look at.
#[derive(Debug, Default)]
pub(super) struct Client {
    /// The folder that is open, the first where there are several.
    pub(super) folder: Option<PathBuf>,
    /// How many folders are open.
    pub(super) folders: usize,
    pub(super) encoding: Encoding,
    /// It shows other places that explain a finding.
    pub(super) related_information: bool,
    /// It tells of changed files if asked to.
    pub(super) watches_files: bool,
    /// It shows web pages.
    pub(super) shows_documents: bool,
    /// It takes edits that name the version of the document.
    pub(super) versioned_edits: bool,
    /// It takes edits with places to fill in.
    pub(super) snippet_edits: bool,
    /// It takes code actions, not only commands.
    pub(super) code_actions: bool,
    /// It takes trees of symbols.
    pub(super) symbol_trees: bool,
}

impl Client {
    /// From the parameters of `initialize`.
    pub(super) fn of(params: &Value) -> Client {
        let can = |path: &str| params.pointer(&format!("/capabilities/{path}"));
        let yes = |path: &str| can(path).and_then(Value::as_bool).unwrap_or(false);
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let opened = params.get("workspaceFolders").and_then(Value::as_array);
        let first = opened.and_then(|it| it.first()).and_then(|it| it.get("uri"));
        let root = first.or_else(|| params.get("rootUri")).and_then(text);
        let path = params.get("rootPath").and_then(text).map(PathBuf::from);
        let encodings = can("general/positionEncodings").and_then(Value::as_array);
        let utf8 = encodings.is_some_and(|it| it.iter().any(|it| it == "utf-8"));
        Client {
            folder: root.and_then(|it| uri::file(&it.into())).or(path),
            folders: opened.map_or(1, Vec::len),
            encoding: if utf8 { Encoding::Utf8 } else { Encoding::Utf16 },
            related_information: yes("textDocument/publishDiagnostics/relatedInformation"),
            watches_files: yes("workspace/didChangeWatchedFiles/dynamicRegistration"),
            shows_documents: yes("window/showDocument/support"),
            versioned_edits: yes("workspace/workspaceEdit/documentChanges"),
            snippet_edits: yes("workspace/workspaceEdit/snippetEditSupport"),
            code_actions: can("textDocument/codeAction/codeActionLiteralSupport")
                .is_some_and(Value::is_object),
            symbol_trees: yes("textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_first_folder_counts_however_it_is_named() {
        let folders = json!({"workspaceFolders": [{"uri": "file:///a%20b"}, {"uri": "file:///c"}], "rootUri": "file:///d"});
        let client = Client::of(&folders);
        assert_eq!((client.folder, client.folders), (Some("/a b".into()), 2));
        assert_eq!(Client::of(&json!({"rootUri": "file:///d", "rootPath": "/e"})).folder, Some("/d".into()));
        assert_eq!(
            Client::of(&json!({"rootUri": null, "workspaceFolders": null, "rootPath": "/e"})).folder,
            Some("/e".into())
        );
        assert_eq!(Client::of(&json!({"rootUri": "ssh://x/y", "capabilities": 7})).folder, None);
    }
}
