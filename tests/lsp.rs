//! `docwright lsp` over its pipes, driven as an editor does it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::commands::{made, run};
use crate::golden::command;

/// Longer than anything takes on a busy machine; a test that fails waits so long, others do not.
const PATIENCE: Duration = Duration::from_secs(60);

/// An editor with a language server.
struct Editor {
    server: Child,
    pipe: Option<ChildStdin>,
    incoming: Receiver<Value>,
    root: std::path::PathBuf,
    next_id: i32,
    versions: BTreeMap<String, i32>,
    /// What is shown, by path.
    diagnostics: BTreeMap<String, Vec<Value>>,
    /// All other notifications and requests of the server.
    said: Vec<Value>,
}

fn spawned(root: &Path, capabilities: &Value) -> Editor {
    let mut server = command(&["lsp", "--as-of", "2026-06-30"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .expect("docwright starts");
    let mut out = BufReader::new(server.stdout.take().expect("piped"));
    let (send, incoming) = channel();
    std::thread::spawn(move || {
        while let Some(value) = message(&mut out) {
            if send.send(value).is_err() {
                return;
            }
        }
    });
    let pipe = server.stdin.take();
    let root = root.canonicalize().expect("a folder");
    let mut editor = Editor {
        server,
        pipe,
        incoming,
        root,
        next_id: 0,
        versions: BTreeMap::new(),
        diagnostics: BTreeMap::new(),
        said: Vec::new(),
    };
    let folders = json!([{"uri": editor.uri(""), "name": "it"}]);
    let params = json!({"processId": null, "rootUri": null, "workspaceFolders": folders, "capabilities": capabilities});
    let result = editor.ask("initialize", params);
    assert_eq!(result["serverInfo"]["name"], "docwright");
    editor.tell("initialized", json!({}));
    editor
}

/// What most clients can do.
fn usual() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-16"]},
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
        },
        "workspace": {
            "workspaceEdit": {"documentChanges": true},
            "didChangeWatchedFiles": {"dynamicRegistration": true},
        },
        "window": {"showDocument": {"support": true}},
    })
}

fn message(stream: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        let (name, value) = line.split_once(": ").expect("nothing but the protocol stands there");
        assert_eq!(name, "Content-Length");
        length = value.trim().parse().expect("a number");
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).expect("JSON"))
}

impl Editor {
    fn of(root: &Path) -> Editor {
        spawned(root, &usual())
    }

    fn uri(&self, path: &str) -> String {
        format!("file://{}/{path}", self.root.display()).trim_end_matches('/').to_owned()
    }

    fn raw(&mut self, text: &str) {
        let pipe = self.pipe.as_mut().expect("it is open");
        pipe.write_all(text.as_bytes()).expect("it reads");
        pipe.flush().expect("it reads");
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        self.raw(&format!("Content-Length: {}\r\n\r\n{text}", text.len()));
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn begin(&mut self, method: &str, params: Value) -> i32 {
        self.next_id += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.next_id, "method": method, "params": params}));
        self.next_id
    }

    /// The next message, if it is an answer.
    #[track_caller]
    fn next(&mut self) -> Option<Value> {
        let message = self.incoming.recv_timeout(PATIENCE).expect("it speaks");
        assert_eq!(message["jsonrpc"], "2.0");
        if message.get("method").is_none() {
            return Some(message);
        }
        if message["method"] == "textDocument/publishDiagnostics" {
            let uri = message["params"]["uri"].as_str().expect("a name").to_owned();
            let path = uri.strip_prefix(&format!("{}/", self.uri(""))).unwrap_or(&uri).to_owned();
            let list = message["params"]["diagnostics"].as_array().expect("a list").clone();
            if let (Some(said), Some(version)) =
                (message["params"]["version"].as_i64(), self.versions.get(&path))
            {
                assert_eq!(said, i64::from(*version), "diagnostics are of the newest text");
            }
            self.diagnostics.insert(path, list);
        } else {
            if message.get("id").is_some() {
                self.send(&json!({"jsonrpc": "2.0", "id": message["id"], "result": null}));
            }
            self.said.push(message);
        }
        None
    }

    #[track_caller]
    fn answer(&mut self, id: i32) -> Value {
        loop {
            if let Some(answer) = self.next() {
                assert_eq!(answer["id"], id, "{answer}");
                return answer;
            }
        }
    }

    #[track_caller]
    fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    #[track_caller]
    fn refused(&mut self, method: &str, params: Value) -> (i64, String) {
        let id = self.begin(method, params);
        let answer = self.answer(id);
        let error = &answer["error"];
        (error["code"].as_i64().expect("an error"), error["message"].as_str().expect("a message").to_owned())
    }

    fn open(&mut self, path: &str, text: &str) {
        self.versions.insert(path.to_owned(), 1);
        let document = json!({"uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    fn change(&mut self, path: &str, changes: Value) {
        let version = self.versions.get_mut(path).expect("it is open");
        *version += 1;
        let document = json!({"uri": format!("file://{}/{path}", self.root.display()), "version": *version});
        self.tell("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}));
    }

    fn text(&mut self, path: &str, text: &str) {
        self.change(path, json!([{"text": text}]));
    }

    fn file_events(&mut self, events: &[(&str, u32)]) {
        let changes: Vec<Value> =
            events.iter().map(|(path, kind)| json!({"uri": self.uri(path), "type": kind})).collect();
        self.tell("workspace/didChangeWatchedFiles", json!({"changes": changes}));
    }

    fn at(&self, path: &str, line: u32, character: u32) -> Value {
        json!({"textDocument": {"uri": self.uri(path)}, "position": {"line": line, "character": character}})
    }

    /// Waits until exactly these rules are said about a file.
    #[track_caller]
    fn until(&mut self, path: &str, rules: &[&str]) {
        let start = Instant::now();
        while self.rules(path) != rules {
            assert!(start.elapsed() < PATIENCE, "{path}: {:?}", self.diagnostics.get(path));
            assert!(self.next().is_none());
        }
    }

    fn rules(&self, path: &str) -> Vec<&str> {
        let list = self.diagnostics.get(path).map_or(&[][..], Vec::as_slice);
        list.iter().map(|it| it["code"].as_str().unwrap_or("none")).collect()
    }

    /// Waits for a message of the server.
    #[track_caller]
    fn heard(&mut self, method: &str) -> Value {
        loop {
            if let Some(at) = self.said.iter().position(|it| it["method"] == method) {
                return self.said.remove(at);
            }
            assert!(self.next().is_none());
        }
    }

    /// Where the definition of something is: `path:line`, both as shown.
    #[track_caller]
    fn places(&mut self, method: &str, path: &str, line: u32, character: u32) -> Vec<String> {
        let mut params = self.at(path, line, character);
        params["context"] = json!({"includeDeclaration": true});
        let found = self.ask(method, params);
        let root = self.uri("");
        let place = |it: &Value| {
            let uri = it["uri"].as_str().expect("a name");
            let line = it["range"]["start"]["line"].as_u64().expect("a line") + 1;
            format!("{}:{line}", uri.strip_prefix(&format!("{root}/")).unwrap_or(uri))
        };
        found.as_array().map(|it| it.iter().map(place).collect()).unwrap_or_default()
    }

    #[track_caller]
    fn hover(&mut self, path: &str, line: u32, character: u32) -> String {
        let params = self.at(path, line, character);
        let found = self.ask("textDocument/hover", params);
        found["contents"]["value"].as_str().unwrap_or_default().to_owned()
    }

    #[track_caller]
    fn completions(&mut self, path: &str, line: u32, character: u32) -> Vec<String> {
        let params = self.at(path, line, character);
        let found = self.ask("textDocument/completion", params);
        let text = |it: &Value| it["textEdit"]["newText"].as_str().expect("a text").to_owned();
        found["items"].as_array().expect("a list").iter().map(text).collect()
    }

    #[track_caller]
    fn actions(&mut self, path: &str, line: u32, only: Option<&str>) -> Vec<Value> {
        let range =
            json!({"start": {"line": line, "character": 0}, "end": {"line": line, "character": 9999}});
        let mut context = json!({"diagnostics": []});
        if let Some(only) = only {
            context["only"] = json!([only]);
        }
        let params = json!({"textDocument": {"uri": self.uri(path)}, "range": range, "context": context});
        self.ask("textDocument/codeAction", params).as_array().expect("a list").clone()
    }

    fn end(mut self) -> i32 {
        self.ask("shutdown", Value::Null);
        assert_eq!(self.refused("textDocument/hover", json!({})).0, -32600, "nothing is asked after the end");
        self.tell("exit", Value::Null);
        self.server.wait().expect("it ends").code().expect("a code")
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The files after an edit of the workspace, of the texts before.
fn edited(editor: &Editor, edit: &Value, texts: &[(&str, &str)]) -> BTreeMap<String, String> {
    let mut after: BTreeMap<String, String> =
        texts.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let mut files: Vec<(String, Vec<Value>)> = Vec::new();
    for change in edit["documentChanges"].as_array().into_iter().flatten() {
        let uri = change["textDocument"]["uri"].as_str().expect("a name").to_owned();
        files.push((uri, change["edits"].as_array().expect("a list").clone()));
    }
    for (uri, edits) in edit["changes"].as_object().into_iter().flatten() {
        files.push((uri.clone(), edits.as_array().expect("a list").clone()));
    }
    for (uri, mut edits) in files {
        let path = uri.strip_prefix(&format!("{}/", editor.uri(""))).expect("in the project").to_owned();
        let text = after.get_mut(&path).expect("a known file");
        let offset = |text: &str, at: &Value| {
            let line = at["line"].as_u64().expect("a line") as usize;
            let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
            let mut units = at["character"].as_u64().expect("a column") as usize;
            let mut offset = start;
            for c in text[start..].chars().take_while(|c| *c != '\n') {
                if units == 0 {
                    break;
                }
                units -= c.len_utf16();
                offset += c.len_utf8();
            }
            offset
        };
        edits.sort_by_key(|it| std::cmp::Reverse(offset(text, &it["range"]["start"])));
        for it in edits {
            let (from, to) = (offset(text, &it["range"]["start"]), offset(text, &it["range"]["end"]));
            text.replace_range(from..to, it["newText"].as_str().expect("a text"));
        }
    }
    after
}

const RESTORE: &str = "# Restore the ledger\n\nSee [promote](failover.md#promote-the-standby) and [gone](gone.md).\n\n\
                       Ask `GET /orders/{id}` first.\n\n## Check the copy\n\nRun `scripts/check.sh`.\n";
const FAILOVER: &str =
    "# Failover\n\nBack to [the restore](restore.md#check-the-copy).\n\n## Promote the standby\n\nRun it.\n";
const SPEC: &str = "openapi: 3.0.3\ninfo: {title: Orders, version: '1'}\npaths:\n  /orders/{id}:\n    get:\n      \
                    operationId: getOrder\n      summary: One order\n      parameters:\n        - {name: id, in: path, required: true, schema: {type: string}}\n      \
                    responses:\n        '200': {description: The order}\n        '404': {description: None}\n";
const ALERTS: &str = "groups:\n  - name: ledger\n    rules:\n      - alert: LedgerLag\n        expr: lag > 5\n        for: 5m\n        \
                      labels: {severity: page}\n        annotations:\n          summary: The ledger lags\n          runbook_url: docs/failover.md#promote-the-standby\n";

fn project() -> tempfile::TempDir {
    made(&[
        (
            "book.toml",
            "[book]\nsrc = \"docs\"\n[lint]\nrule-pages = \"https://rules.example/\"\n[lint.rules]\n\"api\" = \"off\"\n\"api/unreadable\" = \"error\"\n\"route\" = \"off\"\n\"alert/name-mismatch\" = \"off\"\n\"document\" = \"off\"\n",
        ),
        (
            "docs/index.md",
            "# Orders\n\n- [Restore](restore.md)\n- [Failover](failover.md)\n\nOn `LedgerLag` see there.\n",
        ),
        ("docs/restore.md", RESTORE),
        ("docs/failover.md", FAILOVER),
        ("api/openapi.yaml", SPEC),
        ("alerts/ledger.yaml", ALERTS),
        ("scripts/check.sh", "#!/bin/sh\n"),
        ("other.txt", "x"),
    ])
}

#[test]
fn a_whole_editing_session() {
    let dir = project();
    let mut editor = Editor::of(dir.path());
    editor.until("docs/restore.md", &["link/missing-file"]);
    let shown = editor.diagnostics["docs/restore.md"][0].clone();
    assert_eq!(shown["range"]["start"], json!({"line": 2, "character": 58}));
    assert_eq!((&shown["severity"], &shown["source"]), (&json!(1), &json!("docwright")));
    assert_eq!(shown["codeDescription"]["href"], "https://rules.example/link/missing-file.html");
    let registered = editor.heard("client/registerCapability");
    assert_eq!(registered["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");

    // Typing: nothing is saved.
    editor.open("docs/restore.md", RESTORE);
    let start = json!({"line": 2, "character": 65});
    editor.change("docs/restore.md", json!([
        {"range": {"start": {"line": 2, "character": 58}, "end": start}, "text": "failover.md"},
        {"range": {"start": {"line": 8, "character": 0}, "end": {"line": 8, "character": 0}}, "text": "é😀 [x](#nowhere)\n"},
    ]));
    editor.until("docs/restore.md", &["anchor/missing"]);
    let shown = editor.diagnostics["docs/restore.md"][0].clone();
    assert_eq!(shown["range"]["start"], json!({"line": 8, "character": 8}), "UTF-16: {shown}");
    assert!(shown["message"].as_str().unwrap().contains("help: "), "{shown}");

    // Links, requests, scripts, alerts.
    let definition = "textDocument/definition";
    assert_eq!(editor.places(definition, "docs/restore.md", 2, 20), ["docs/failover.md:5"]);
    assert_eq!(editor.places(definition, "docs/restore.md", 4, 8), ["api/openapi.yaml:5"]);
    assert_eq!(editor.places(definition, "docs/restore.md", 9, 10), ["scripts/check.sh:1"]);
    assert_eq!(editor.places(definition, "alerts/ledger.yaml", 3, 20), ["docs/failover.md:5"]);
    assert_eq!(editor.places(definition, "docs/index.md", 5, 6), ["alerts/ledger.yaml:4"]);
    assert_eq!(editor.places(definition, "docs/restore.md", 5, 0), [""; 0]);
    assert_eq!(editor.places(definition, "other.txt", 0, 0), [""; 0]);
    let hover = editor.hover("docs/restore.md", 4, 8);
    for words in [
        "**GET /orders/{id}**",
        "One order",
        "`getOrder`",
        "`id` (path)",
        "`200`, `404`",
        "api/openapi.yaml:5",
    ] {
        assert!(hover.contains(words), "{words} in {hover}");
    }
    let hover = editor.hover("docs/restore.md", 2, 20);
    assert!(hover.contains("**Promote the standby**") && hover.contains("docs/failover.md"), "{hover}");
    let hover = editor.hover("alerts/ledger.yaml", 3, 20);
    for words in ["LedgerLag", "`page`", "`5m`", "docs/failover.md"] {
        assert!(hover.contains(words), "{words} in {hover}");
    }
    assert!(editor.hover("docs/failover.md", 4, 5).contains("LedgerLag"));
    assert!(editor.hover("api/openapi.yaml", 4, 5).contains("One order"));

    // Who speaks of it.
    let references = "textDocument/references";
    assert_eq!(
        editor.places(references, "docs/failover.md", 4, 6),
        ["docs/failover.md:5", "docs/restore.md:3"]
    );
    assert_eq!(
        editor.places(references, "docs/restore.md", 2, 20),
        ["docs/failover.md:5", "docs/restore.md:3"]
    );
    assert_eq!(
        editor.places(references, "api/openapi.yaml", 4, 5),
        ["api/openapi.yaml:5", "docs/restore.md:5"]
    );
    assert_eq!(
        editor.places(references, "docs/failover.md", 0, 3).len(),
        3,
        "the title, and links to the page"
    );

    // The outline.
    let symbols = editor
        .ask("textDocument/documentSymbol", json!({"textDocument": {"uri": editor.uri("docs/restore.md")}}));
    assert_eq!(symbols[0]["name"], "Restore the ledger");
    assert_eq!(symbols[0]["children"][0]["name"], "Check the copy");
    let symbols = editor
        .ask("textDocument/documentSymbol", json!({"textDocument": {"uri": editor.uri("api/openapi.yaml")}}));
    assert_eq!(symbols[0]["name"], "GET /orders/{id}");

    // A second editor's window: the other page changes, and the first one's findings with it.
    editor.open("docs/failover.md", FAILOVER);
    editor.text("docs/failover.md", &FAILOVER.replace("## Promote the standby", "## Promote it"));
    editor.until("docs/restore.md", &["anchor/missing", "anchor/missing"]);
    editor.until("alerts/ledger.yaml", &["alert/anchor-not-found"]);
    // Closed without saving.
    let document = json!({"textDocument": {"uri": editor.uri("docs/failover.md")}});
    editor.tell("textDocument/didClose", document);
    editor.versions.clear();
    editor.until("docs/restore.md", &["anchor/missing"]);
    editor.until("alerts/ledger.yaml", &[]);
    assert_eq!(editor.end(), 0);
}

#[test]
fn completion_knows_paths_anchors_and_operations() {
    let dir = project();
    let mut editor = Editor::of(dir.path());
    editor.until("docs/restore.md", &["link/missing-file"]);
    editor.open("docs/restore.md", RESTORE);
    let mut line = |text: &str| {
        editor.text("docs/restore.md", &format!("# Restore the ledger\n\n{text}\n\n## Check the copy\n"));
        editor.completions("docs/restore.md", 2, text.encode_utf16().count() as u32)
    };
    assert_eq!(line("é [x](")[..2], ["failover.md", "index.md"]);
    assert!(line("[x](").contains(&"../scripts/check.sh".to_owned()));
    assert_eq!(line("[x](fail"), ["failover.md"]);
    assert_eq!(line("[x](Failover"), ["failover.md"], "by its title");
    assert_eq!(line("[x](failover.md#"), ["failover", "promote-the-standby"]);
    assert_eq!(line("[x](failover.md#prom"), ["promote-the-standby"]);
    assert_eq!(line("[x](#"), ["restore-the-ledger", "check-the-copy"]);
    assert_eq!(line("[x]: failover.md#s"), ["promote-the-standby"]);
    assert_eq!(line("<a href=\"fail"), ["failover.md"]);
    assert_eq!(line("Ask GET /or"), ["/orders/{id}"]);
    assert_eq!(line("Ask POST /or"), [""; 0]);
    assert_eq!(line("Ask `getOr"), ["GET /orders/{id}"]);
    assert_eq!(line("Ask [getOr"), ["`GET /orders/{id}`"]);
    assert_eq!(line("<!-- docwright-disable-line link/missing-f"), ["link/missing-file"]);
    let links = format!("{SPEC}          links:\n            next:\n              operationId: ");
    editor.open("api/openapi.yaml", &links);
    assert_eq!(editor.completions("api/openapi.yaml", links.matches('\n').count() as u32, 27), ["getOrder"]);
    let mut line = |text: &str| {
        editor.text("docs/restore.md", &format!("# Restore the ledger\n\n{text}\n"));
        editor.completions("docs/restore.md", 2, text.encode_utf16().count() as u32)
    };
    for nothing in ["", "plain words", "[x](https://a.example/", "[x](failover.md) and", "[^no", "- [ ] x"] {
        assert_eq!(line(nothing), [""; 0], "{nothing}");
    }
}

#[test]
fn renaming_a_heading_takes_its_links_along() {
    let steps = "# Steps\n\n## Step\n\n[a](#step) [b](#step-1) [c](#own) [d]\n\n## Step\n\n## Kept {#own}\n\n[d]: #step 'x'\n";
    let other = "# Other\n\n[a](steps.md#step), [b](steps.md#Step-1 \"t\") <a href=\"steps.md#step\">c</a> [z](#other) [y](steps.md#own)\n";
    let spec = SPEC.replace("summary: One order", "description: See [it](../docs/steps.md#step).");
    let dir = made(&[
        ("docs/steps.md", steps),
        ("docs/other.md", other),
        ("api/openapi.yaml", &spec),
        ("alerts/a.yaml", &ALERTS.replace("failover.md#promote-the-standby", "steps.md#step")),
    ]);
    let mut editor = Editor::of(dir.path());
    editor.open("docs/steps.md", steps);
    let params = editor.at("docs/steps.md", 2, 4);
    let prepared = editor.ask("textDocument/prepareRename", params);
    assert_eq!(
        (&prepared["placeholder"], &prepared["range"]["start"]["character"]),
        (&json!("Step"), &json!(3))
    );
    let mut rename = |line, name: &str| {
        let mut params = editor.at("docs/steps.md", line, 4);
        params["newName"] = json!(name);
        let edit = editor.ask("textDocument/rename", params);
        let files = [
            ("docs/steps.md", steps),
            ("docs/other.md", other),
            ("api/openapi.yaml", spec.as_str()),
            ("alerts/a.yaml", ALERTS),
        ];
        let alerts = ALERTS.replace("failover.md#promote-the-standby", "steps.md#step");
        let files =
            files.map(|(path, text)| (path, if path == "alerts/a.yaml" { alerts.as_str() } else { text }));
        edited(&editor, &edit, &files)
    };
    let after = rename(2, "Größe & more");
    assert_eq!(
        after["docs/steps.md"],
        "# Steps\n\n## Größe & more\n\n[a](#größe--more) [b](#step) [c](#own) [d]\n\n## Step\n\n## Kept {#own}\n\n[d]: #größe--more 'x'\n",
        "the second `Step` is the first now"
    );
    assert_eq!(
        after["docs/other.md"],
        "# Other\n\n[a](steps.md#größe--more), [b](steps.md#step \"t\") <a href=\"steps.md#größe--more\">c</a> [z](#other) [y](steps.md#own)\n"
    );
    assert!(after["alerts/a.yaml"].contains("steps.md#größe--more\n"), "{}", after["alerts/a.yaml"]);
    assert!(after["api/openapi.yaml"].contains("steps.md#größe--more)."), "{}", after["api/openapi.yaml"]);
    let after = rename(8, "Other");
    assert!(after["docs/steps.md"].contains("## Other {#own}") && after["docs/other.md"] == other);
    // What is no name, and what is no heading.
    for (line, name) in [(2, "a\nb"), (2, "  "), (4, "x"), (99, "x")] {
        let mut params = editor.at("docs/steps.md", line, 4);
        params["newName"] = json!(name);
        assert_eq!(editor.refused("textDocument/rename", params).0, -32803, "{name:?}");
    }
    let params = editor.at("docs/steps.md", 4, 4);
    assert_eq!(editor.ask("textDocument/prepareRename", params), Value::Null);
}

#[test]
fn findings_can_be_fixed_silenced_and_explained() {
    let page = "# A\n\nSee [b](B.md) and [c](no.md).\n\n## Empty\n";
    let dir = made(&[("docs/a.md", page), ("docs/b.md", "# B\n\n[a](a.md)\n")]);
    let mut editor = Editor::of(dir.path());
    editor.open("docs/a.md", page);
    let actions = editor.actions("docs/a.md", 2, None);
    let titles: Vec<&str> = actions.iter().map(|it| it["title"].as_str().unwrap()).collect();
    assert_eq!(
        titles,
        [
            "Replace `B.md` with `b.md`",
            "Silence link/file-case here, with a reason",
            "Silence link/file-case in this file, with a reason",
            "Explain link/file-case",
            "Silence link/missing-file here, with a reason",
            "Silence link/missing-file in this file, with a reason",
            "Explain link/missing-file",
        ]
    );
    assert_eq!(actions[0]["isPreferred"], true);
    assert_eq!(actions[0]["diagnostics"][0]["code"], "link/file-case");
    let after = edited(&editor, &actions[0]["edit"], &[("docs/a.md", page)]);
    assert_eq!(after["docs/a.md"], page.replace("B.md", "b.md"));
    assert_eq!(actions[0]["edit"]["documentChanges"][0]["textDocument"]["version"], 1);
    let all = editor.actions("docs/a.md", 0, Some("source.fixAll"));
    assert_eq!(
        edited(&editor, &all[0]["edit"], &[("docs/a.md", page)])["docs/a.md"],
        page.replace("B.md", "b.md")
    );
    assert!(editor.actions("docs/a.md", 2, Some("refactor")).is_empty());
    // A message where there is no page for the rule.
    let params = json!({"command": actions[3]["command"], "arguments": actions[3]["arguments"]});
    let text = editor.ask("workspace/executeCommand", params);
    assert!(text.as_str().unwrap().contains("## Flagged"), "{text}");
    let said = editor.heard("window/showMessage");
    assert!(said["params"]["message"].as_str().unwrap().starts_with("link/file-case: "), "{said}");
    assert_eq!(editor.refused("workspace/executeCommand", json!({"command": "rm"})).0, -32602);
    // Hovering over a directive says what the rule is for.
    let silenced = edited(&editor, &actions[4]["edit"], &[("docs/a.md", page)])["docs/a.md"].clone();
    assert!(
        silenced.contains("[c](no.md). <!-- docwright-disable-line link/missing-file --  -->\n"),
        "{silenced}"
    );
    editor.text("docs/a.md", &silenced);
    let hover = editor.hover("docs/a.md", 2, 60);
    assert!(hover.contains("**link/missing-file**"), "{hover}");
    editor.until(
        "docs/a.md",
        &["link/file-case", "meta/suppression-without-reason", "placeholder/empty-section"],
    );

    let dir = project();
    let mut editor = Editor::of(dir.path());
    editor.until("docs/restore.md", &["link/missing-file"]);
    editor.ask(
        "workspace/executeCommand",
        json!({"command": "docwright.explain", "arguments": ["link/empty"]}),
    );
    let shown = editor.heard("window/showDocument");
    assert_eq!(shown["params"], json!({"uri": "https://rules.example/link/empty.html", "external": true}));
}

#[test]
fn silencing_works_wherever_a_finding_stands() {
    let page = "---\ntitle: x\n---\n# A [q](no1.md)\n\nwords [q](no2.md)  \nmore\n[q](no3.md)\\\nend\n\n- item [q](no4.md)\n  - [q](no5.md)\n\n> quote [q](no6.md)\n\n\
                | a | b |\n|---|---|\n| [q](no7.md) | x |\n\n[q][r]\n\n[s]: no8.md\n[r]: no9.md\n\n<p><a href=\"no10.md\">x</a>\n</p>\n\n`two\nlines` [q](no11.md)\n\n[a\nb](no12.md)\n";
    let dir = made(&[("docs/a.md", page)]);
    let count = |text: &str| {
        std::fs::write(dir.path().join("docs/a.md"), text).unwrap();
        let (_, out, _) = run(dir.path(), &["check", "--select", "link/missing-file", "--format", "concise"]);
        out.lines().count()
    };
    let before = count(page);
    assert_eq!(before, 12);
    for snippets in [false, true] {
        let mut can = usual();
        can["workspace"]["workspaceEdit"]["snippetEditSupport"] = json!(snippets);
        count(page);
        let mut editor = spawned(dir.path(), &can);
        editor.open("docs/a.md", page);
        for line in 0..page.lines().count() as u32 {
            let here = editor.actions("docs/a.md", line, None).into_iter().filter(|it| {
                let title = it["title"].as_str().unwrap();
                title.starts_with("Silence link/missing-file")
            });
            for mut action in here {
                if snippets {
                    let edit = &mut action["edit"]["documentChanges"][0]["edits"][0];
                    let snippet =
                        edit["snippet"]["value"].as_str().unwrap().replace("${1:reason}", "because");
                    edit["newText"] = json!(snippet);
                }
                let after = edited(&editor, &action["edit"], &[("docs/a.md", page)])["docs/a.md"].clone();
                assert!(after.contains(" -- because") == snippets, "{after}");
                assert!(count(&after) < before, "line {line}: {after}");
            }
        }
    }
}

#[test]
fn silencing_works_in_yaml_and_code_too() {
    let spec = "openapi: 3.0.3\ninfo:\n  title: Orders\n  version: '1'\n  description: |\n    See [it](gone.md).\npaths:\n  /orders/:\n    get:\n      responses:\n        '200': {description: OK}\n";
    let dir = made(&[("api/openapi.yaml", spec), ("docs/a.md", "# A\n\nx\n")]);
    let mut editor = Editor::of(dir.path());
    editor.open("api/openapi.yaml", spec);
    let mut tried = 0;
    for line in 0..spec.lines().count() as u32 {
        for action in editor.actions("api/openapi.yaml", line, None) {
            let title = action["title"].as_str().unwrap().to_owned();
            let Some(rule) = title.strip_prefix("Silence ").and_then(|it| it.split(' ').next()) else {
                continue;
            };
            let after =
                edited(&editor, &action["edit"], &[("api/openapi.yaml", spec)])["api/openapi.yaml"].clone();
            std::fs::write(dir.path().join("api/openapi.yaml"), &after).unwrap();
            let (_, out, _) = run(dir.path(), &["check", "--select", rule, "--format", "concise"]);
            std::fs::write(dir.path().join("api/openapi.yaml"), spec).unwrap();
            let (_, before, _) = run(dir.path(), &["check", "--select", rule, "--format", "concise"]);
            assert!(out.lines().count() < before.lines().count(), "{title}\n{after}\n{out}");
            assert!(!after.contains("|\n    #"), "no comment goes into a text: {after}");
            tried += 1;
        }
    }
    assert!(tried > 4, "{tried}");
}

#[test]
fn files_come_and_go_behind_its_back() {
    let dir = project();
    let mut editor = Editor::of(dir.path());
    editor.until("docs/restore.md", &["link/missing-file"]);
    // A file is deleted while another page that links to it is open and edited.
    editor.open("docs/restore.md", RESTORE);
    std::fs::remove_file(dir.path().join("docs/failover.md")).unwrap();
    editor.file_events(&[("docs/failover.md", 3)]);
    editor.until("docs/restore.md", &["link/missing-file", "link/missing-file"]);
    assert_eq!(editor.places("textDocument/definition", "docs/restore.md", 2, 20), [""; 0]);
    assert_eq!(editor.places("textDocument/definition", "docs/failover.md", 0, 3), [""; 0]);
    // A new document that is not saved yet is there already.
    editor.open("docs/failover.md", "# Failover\n\n[r](restore.md)\n\n## Promote the standby\n\nx\n");
    editor.until("docs/restore.md", &["link/missing-file"]);
    assert_eq!(editor.places("textDocument/definition", "docs/restore.md", 2, 20), ["docs/failover.md:5"]);
    // It is open in the editor and deleted on disk: what is on the screen counts until it is closed.
    std::fs::write(dir.path().join("docs/failover.md"), "# Other\n").unwrap();
    editor.file_events(&[("docs/failover.md", 1)]);
    std::fs::remove_file(dir.path().join("docs/failover.md")).unwrap();
    editor.file_events(&[("docs/failover.md", 3)]);
    assert_eq!(editor.places("textDocument/definition", "docs/restore.md", 2, 20), ["docs/failover.md:5"]);
    let document = json!({"textDocument": {"uri": editor.uri("docs/failover.md")}});
    editor.tell("textDocument/didClose", document);
    editor.until("docs/restore.md", &["link/missing-file", "link/missing-file"]);
    // Files of folders that git ignores are nobody's business.
    std::fs::create_dir_all(dir.path().join("node_modules/x")).unwrap();
    std::fs::write(dir.path().join("node_modules/x/a.md"), "[x](gone.md)").unwrap();
    editor.file_events(&[("node_modules/x/a.md", 1)]);
    // A document outside the project gets nothing.
    let outside = json!({"uri": "file:///nowhere/a.md", "languageId": "markdown", "version": 1, "text": "[x](gone.md)"});
    editor.tell("textDocument/didOpen", json!({"textDocument": outside}));
    let at =
        json!({"textDocument": {"uri": "file:///nowhere/a.md"}, "position": {"line": 0, "character": 1}});
    assert_eq!(editor.ask("textDocument/hover", at), Value::Null);
    assert!(editor.diagnostics.keys().all(|it| !it.contains("nowhere") && !it.contains("node_modules")));
    // A spec that is being typed: its finding stands in it, and it heals.
    editor.open("api/openapi.yaml", SPEC);
    editor.text("api/openapi.yaml", &format!("{SPEC}  bad: [\n"));
    editor.until("api/openapi.yaml", &["api/unreadable"]);
    editor.text("api/openapi.yaml", SPEC);
    editor.until("api/openapi.yaml", &[]);
}

#[test]
fn a_client_that_watches_nothing_hears_of_changes_all_the_same() {
    let dir = project();
    let mut editor = spawned(dir.path(), &json!({}));
    editor.until("docs/restore.md", &["link/missing-file"]);
    std::fs::write(dir.path().join("docs/gone.md"), "# Gone\n\n[r](restore.md)\n").unwrap();
    editor.until("docs/restore.md", &[]);
    std::fs::write(dir.path().join("docs/restore.md"), "# Restore\n\n[x](nothing.md)\n").unwrap();
    editor.until("docs/restore.md", &["link/missing-file"]);
    assert!(editor.said.is_empty(), "{:?}", editor.said);
    // It takes plain lists and plain edits.
    let document = json!({"textDocument": {"uri": editor.uri("docs/failover.md")}});
    let symbols = editor.ask("textDocument/documentSymbol", document);
    assert_eq!(
        (&symbols[1]["name"], &symbols[1]["containerName"]),
        (&json!("Promote the standby"), &json!("Failover"))
    );
    let mut params = editor.at("docs/failover.md", 4, 5);
    params["newName"] = json!("Promote it");
    let edit = editor.ask("textDocument/rename", params);
    assert!(edit["changes"].is_object() && edit.get("documentChanges").is_none(), "{edit}");
    let actions = editor.actions("docs/restore.md", 2, None);
    assert!(actions.iter().all(|it| it["command"] == "docwright.explain"), "{actions:?}");
}

#[test]
fn a_broken_configuration_is_said_and_the_last_good_state_stays() {
    let dir = project();
    let mut editor = Editor::of(dir.path());
    editor.until("docs/restore.md", &["link/missing-file"]);
    let good = std::fs::read_to_string(dir.path().join("book.toml")).unwrap();
    std::fs::write(dir.path().join("book.toml"), format!("{good}\n[lint]\nfail_on = 1\n")).unwrap();
    editor.file_events(&[("book.toml", 2)]);
    editor.until("book.toml", &["none"]);
    let said = editor.heard("window/showMessage");
    assert!(said["params"]["message"].as_str().unwrap().contains("book.toml"), "{said}");
    // The pages go on.
    editor.open("docs/restore.md", RESTORE);
    editor.text("docs/restore.md", &RESTORE.replace("gone.md", "failover.md"));
    editor.until("docs/restore.md", &[]);
    assert_eq!(editor.rules("book.toml"), ["none"]);
    std::fs::write(dir.path().join("book.toml"), &good).unwrap();
    editor.file_events(&[("book.toml", 2)]);
    editor.until("book.toml", &[]);

    // Broken from the beginning.
    std::fs::write(dir.path().join("book.toml"), "[book]\nsrc = \"docs\"\nx = 1\n").unwrap();
    let mut editor = Editor::of(dir.path());
    editor.until("book.toml", &["none"]);
    assert_eq!(editor.hover("docs/index.md", 2, 4), "");
    std::fs::write(dir.path().join("book.toml"), &good).unwrap();
    editor.file_events(&[("book.toml", 2)]);
    editor.until("book.toml", &[]);
    editor.until("docs/restore.md", &["link/missing-file"]);
    assert_eq!(editor.end(), 0);
}

#[test]
fn what_is_no_message_does_no_harm() {
    let dir = project();
    let mut editor = Editor::of(dir.path());
    let framed = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
    for (body, code) in
        [("{\"jsonrpc\": oops", -32700), ("[]", -32600), ("{\"id\": 5}", -32600), ("\"x\"", -32600)]
    {
        editor.raw(&framed(body));
        let answer = loop {
            if let Some(answer) = editor.next() {
                break answer;
            }
        };
        assert_eq!(answer["error"]["code"], code, "{body}");
    }
    assert_eq!(editor.refused("textDocument/unheardOf", json!({})).0, -32601);
    assert_eq!(editor.refused("textDocument/hover", json!({"position": 7})).0, -32602);
    assert_eq!(editor.refused("initialize", json!({})).0, -32600);
    for method in ["textDocument/didChange", "textDocument/didOpen", "$/unheardOf", "$/cancelRequest"] {
        editor.tell(method, json!({"textDocument": 7}));
    }
    let unopened = json!({"textDocument": {"uri": editor.uri("docs/index.md"), "version": 2}, "contentChanges": [{"text": "x"}]});
    editor.tell("textDocument/didChange", unopened);
    for (line, character) in [(u32::MAX, u32::MAX), (0, u32::MAX), (u32::MAX, 0)] {
        editor.hover("docs/index.md", line, character);
        editor.completions("docs/index.md", line, character);
        editor.places("textDocument/references", "docs/index.md", line, character);
    }
    assert!(editor.hover("docs/index.md", 2, 4).contains("Restore"));
    // What is cancelled while it waits for the findings is answered all the same.
    editor.open("docs/restore.md", RESTORE);
    editor.text("docs/restore.md", "# Restore\n");
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
    let document = json!({"uri": editor.uri("docs/restore.md")});
    let params = json!({"textDocument": document, "range": range, "context": {"diagnostics": []}});
    let id = editor.begin("textDocument/codeAction", params);
    editor.tell("$/cancelRequest", json!({"id": id}));
    let answer = editor.answer(id);
    assert!(answer["error"]["code"] == -32800 || answer.get("result").is_some(), "{answer}");
    assert_eq!(editor.end(), 0);
}

#[test]
fn columns_count_bytes_where_both_sides_want_it() {
    let dir = made(&[("docs/a.md", "# A\n\né😀 [x](gone.md)\n")]);
    let mut can = usual();
    can["general"]["positionEncodings"] = json!(["utf-8", "utf-16"]);
    let mut editor = spawned(dir.path(), &can);
    editor.until("docs/a.md", &["link/missing-file"]);
    assert_eq!(editor.diagnostics["docs/a.md"][0]["range"]["start"], json!({"line": 2, "character": 11}));
}

#[test]
fn the_session_ends_with_the_client() {
    let dir = project();
    // Without a word.
    let mut editor = Editor::of(dir.path());
    editor.pipe = None;
    assert!(editor.server.wait().unwrap().code().is_some());
    // Goodbye without asking for the end first.
    let mut editor = Editor::of(dir.path());
    editor.tell("exit", Value::Null);
    assert_eq!(editor.server.wait().unwrap().code(), Some(1));
    // Nobody reads any more.
    let mut server = command(&["lsp"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(server.stdout.take());
    let mut pipe = server.stdin.take().unwrap();
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {"capabilities": {}, "rootUri": format!("file://{}", dir.path().display())}}).to_string();
    let _ = pipe.write_all(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    let output = server.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    // The first request has to be the right one.
    let mut server = command(&["lsp"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let body = json!({"jsonrpc": "2.0", "id": 1, "method": "shutdown"}).to_string();
    let mut pipe = server.stdin.take().unwrap();
    write!(pipe, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
    drop(pipe);
    let answer = message(&mut BufReader::new(server.stdout.take().unwrap())).unwrap();
    assert_eq!(answer["error"]["code"], -32002);
    let _ = server.wait();
}

#[test]
fn a_page_of_a_megabyte_does_not_keep_anybody_waiting() {
    let mut page = "# Big\n\n".to_owned();
    for at in 0..9_000 {
        page += &format!(
            "## Part {at}\n\nSee [the next](#part-{}) and `GET /orders/{at}`, then wait for the é.\n\n",
            at + 1
        );
    }
    assert!(page.len() > 750_000);
    page += &"filler ".repeat((1_100_000 - page.len()) / 7);
    let dir = made(&[
        ("docs/big.md", &page),
        ("docs/index.md", "# Start\n\n[b](big.md)\n"),
        ("api/openapi.yaml", SPEC),
    ]);
    let mut editor = Editor::of(dir.path());
    editor.until("docs/big.md", &["anchor/missing"]);
    editor.open("docs/big.md", &page);
    let mut slowest = Duration::ZERO;
    for at in 0..30 {
        let range = json!({"start": {"line": 4 + 4 * at, "character": 0}, "end": {"line": 4 + 4 * at, "character": 0}});
        editor.change("docs/big.md", json!([{"range": range, "text": "é"}]));
        let start = Instant::now();
        assert!(!editor.completions("docs/big.md", 4 + 4 * at, 18).is_empty());
        slowest = slowest.max(start.elapsed());
    }
    println!("completion while typing in a page of a megabyte: {slowest:?} at most");
    let start = Instant::now();
    assert!(editor.hover("docs/big.md", 40_000, 10).is_empty());
    assert!(editor.hover("docs/big.md", 4 + 4 * 7, 10).contains("Part 8"));
    println!("hover right after typing: {:?}", start.elapsed());
    let start = Instant::now();
    editor.text("docs/big.md", &page.replace("# Big", "# Big\n\n[x](gone.md)"));
    editor.until("docs/big.md", &["link/missing-file", "anchor/missing"]);
    println!("findings after typing: {:?}", start.elapsed());
    assert_eq!(editor.end(), 0);
}
