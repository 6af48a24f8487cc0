//! `docwright serve` and `check --watch` over real sockets, files and a real browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::browser::browser;
use crate::commands::made;
use crate::devtools::Tab;
use crate::golden::command;

/// Longer than anything takes on a busy machine; a test that fails waits so long, others do not.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running preview.
struct Preview {
    child: Child,
    port: u16,
    said: BufReader<std::process::ChildStderr>,
}

impl Preview {
    fn of(root: &Path, more: &[&str]) -> Preview {
        let mut args =
            vec!["serve", "--as-of", "2026-06-30", "--root", root.to_str().expect("a path of text")];
        args.extend(if more.is_empty() { &["--port", "0"] } else { more });
        let mut child =
            command(&args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("docwright starts");
        let mut said = BufReader::new(child.stderr.take().expect("piped"));
        let mut line = String::new();
        while !line.contains("http://localhost:") {
            line.clear();
            assert!(said.read_line(&mut line).expect("it speaks") > 0, "it ended");
        }
        let port = line.split(['/', ':']).find_map(|it| it.trim().parse().ok()).expect("a port");
        Preview { child, port, said }
    }

    /// Status, head and body of a request with exactly these lines.
    fn raw(&self, head: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        let head = head.replace("PORT", &self.port.to_string());
        stream.write_all(format!("{head}\r\nConnection: close\r\n\r\n").as_bytes()).expect("it reads");
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        let all = String::from_utf8_lossy(&all).into_owned();
        let (head, body) = all.split_once("\r\n\r\n").unwrap_or((&all, ""));
        let status = head.split(' ').nth(1).and_then(|it| it.parse().ok()).unwrap_or(0);
        (status, head.to_ascii_lowercase(), body.to_owned())
    }

    fn get(&self, path: &str) -> (u16, String) {
        let (status, _, body) = self.raw(&format!("GET {path} HTTP/1.1\r\nHost: localhost:PORT"));
        (status, body)
    }

    fn events(&self) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
        let head = format!("GET /_docwright/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        stream.write_all(head.as_bytes()).expect("it reads");
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        while !line.starts_with("retry:") {
            line.clear();
            assert!(reader.read_line(&mut line).expect("it speaks") > 0);
        }
        reader
    }

    /// Waits until a page is as wanted.
    #[track_caller]
    fn until(&self, path: &str, wanted: impl Fn(u16, &str) -> bool) -> String {
        let start = Instant::now();
        loop {
            let (status, body) = self.get(path);
            if wanted(status, &body) {
                return body;
            }
            assert!(start.elapsed() < PATIENCE, "{path} stays {status}: {body}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The next event that tells of changed files.
fn next_change(events: &mut impl BufRead) -> Value {
    loop {
        let mut line = String::new();
        assert!(events.read_line(&mut line).expect("it speaks") > 0, "the stream ended");
        let Some(data) = line.strip_prefix("data: ") else { continue };
        let value: Value = serde_json::from_str(data).expect("JSON");
        if value["paths"].as_array().is_some_and(|it| !it.is_empty()) {
            return value;
        }
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
    std::fs::write(path, text).expect("it is written");
}

fn small() -> tempfile::TempDir {
    made(&[
        ("book.toml", "[book]\nsrc = \"docs\"\n[site]\ntheme = \"theme\"\n"),
        ("docs/index.md", "# Harbour\n\nSee [quays](quays.md).\n"),
        ("docs/quays.md", "# Quays\n\nThere are four.\n"),
        ("docs/plan.png", "not really"),
        ("theme/404.html", include_str!("../templates/404.html")),
        ("secret.txt", "nobody's business"),
    ])
}

#[test]
fn only_the_site_is_served_and_only_to_this_machine() {
    let dir = small();
    let preview = Preview::of(dir.path(), &[]);
    let (status, head, body) = preview.raw("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT");
    assert_eq!(status, 200);
    assert!(head.contains("text/html; charset=utf-8") && head.contains("cache-control: no-store"), "{head}");
    assert!(head.contains("nosniff") && !head.contains("etag") && !head.contains("last-modified"), "{head}");
    assert!(body.contains("Harbour") && body.contains("/_docwright/preview.js"));
    assert_eq!(preview.raw("GET /quays.md HTTP/1.1\r\nHost: [::1]:PORT").0, 200);
    let (status, head, body) = preview.raw("HEAD /quays.html HTTP/1.1\r\nHost: localhost:PORT");
    assert_eq!((status, body.as_str()), (200, ""));
    assert!(head.contains("content-length"), "{head}");
    for target in [
        "/../secret.txt",
        "/quays/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/a%00.html",
        "http://localhost:PORT/quays.html",
        "http://evil.example/",
    ] {
        let (status, _, body) = preview.raw(&format!("GET {target} HTTP/1.1\r\nHost: localhost:PORT"));
        assert_eq!(status, 400, "{target}");
        assert!(!body.contains("business"));
    }
    for target in ["/secret.txt", "/book.toml", "/%252e%252e/secret.txt", "//secret.txt", "/docs/quays.md"] {
        assert_eq!(preview.get(target).0, 404, "{target}");
    }
    for host in ["evil.example", "evil.example:PORT", "localhost", "localhost:1", "0.0.0.0:PORT"] {
        assert_eq!(preview.raw(&format!("GET / HTTP/1.1\r\nHost: {host}")).0, 421, "{host}");
        assert_eq!(preview.raw(&format!("GET /_docwright/events HTTP/1.1\r\nHost: {host}")).0, 421);
    }
    assert_eq!(preview.raw("POST / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 0").0, 405);
    let missing = preview.get("/nothing.html");
    assert!(missing.0 == 404 && missing.1.contains("Page not found"));
    assert!(!dir.path().join("book").exists(), "nothing is written");
}

#[test]
fn a_taken_port_is_said_and_the_next_one_used() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    if port > u16::MAX - 40 {
        return;
    }
    let dir = small();
    let preview = Preview::of(dir.path(), &["--port", &port.to_string()]);
    assert!(preview.port > port && preview.port < port + 20);
    assert_eq!(preview.get("/").0, 200);
}

#[test]
fn pages_follow_their_files() {
    let dir = small();
    let root = dir.path();
    let preview = Preview::of(root, &[]);
    let mut events = preview.events();
    write(root, "docs/quays.md", "# Quays\n\nThere are five. [x](nowhere.md)\n");
    let event = next_change(&mut events);
    assert_eq!(event["paths"], serde_json::json!(["docs/quays.md"]));
    assert!(preview.get("/quays.html").1.contains("There are five."));
    preview.until("/quays.html", |_, body| body.contains("&quot;rule&quot;:&quot;link/missing-file&quot;"));
    write(root, "docs/quays.md", "---\ndraft: true\n---\n# Quays\n\nThere are six.\n");
    let body = preview.until("/quays.html", |_, body| body.contains("There are six."));
    assert!(body.contains("&quot;draft&quot;:true"), "{body}");
    preview.until("/quays.html", |_, body| !body.contains("link/missing-file"));
    // The file gets another name.
    std::fs::rename(root.join("docs/quays.md"), root.join("docs/berths.md")).unwrap();
    // What is told of the edits before comes first.
    let moved = loop {
        let event = next_change(&mut events);
        if event["paths"].as_array().is_some_and(|it| it.contains(&"docs/berths.md".into())) {
            break event["moved"].clone();
        }
    };
    assert_eq!(moved, serde_json::json!({"quays.html": "berths.html"}));
    assert_eq!(preview.get("/quays.html").0, 404);
    assert!(preview.get("/").1.contains("berths.html"));
    // A folder comes, goes, and comes again.
    for words in ["one", "two"] {
        write(root, "docs/night/watch.md", &format!("# Watch {words}\n"));
        preview.until("/night/watch.html", |_, body| body.contains(&format!("Watch {words}")));
        write(root, "docs/night/watch.md", &format!("# Watch {words} again\n"));
        preview.until("/night/watch.html", |_, body| body.contains(&format!("Watch {words} again")));
        std::fs::remove_dir_all(root.join("docs/night")).unwrap();
        preview.until("/night/watch.html", |status, _| status == 404);
    }
}

#[test]
fn pages_follow_what_they_include() {
    let dir = small();
    let root = dir.path();
    write(root, "docs/hours.md", "# Hours\n\n{{#include parts/noon.md}}\n\n{{ docwright.pages }} pages\n");
    write(root, "docs/parts/noon.md", "Closed at noon.\n");
    write(root, "bell.txt", "one bell\n");
    let preview = Preview::of(root, &[]);
    assert!(preview.get("/hours.html").1.contains("Closed at noon."));
    write(root, "docs/parts/noon.md", "Open at noon.\n");
    preview.until("/hours.html", |_, body| body.contains("Open at noon."));
    // A file that no page had before.
    write(root, "docs/parts/noon.md", "Open: {{#include ../../bell.txt}}\n");
    preview.until("/hours.html", |_, body| body.contains("Open: one bell"));
    write(root, "bell.txt", "two bells\n");
    preview.until("/hours.html", |_, body| body.contains("Open: two bells"));
    write(root, "docs/parts/noon.md", "Open: {{#include ../../gong.txt}}\n");
    preview
        .until("/hours.html", |_, body| body.contains("include/missing-file") || body.contains("gong.txt"));
    write(root, "gong.txt", "a gong\n");
    preview.until("/hours.html", |_, body| body.contains("Open: a gong"));
}

#[test]
fn what_is_broken_is_shown_over_the_last_good_page() {
    let dir = small();
    let root = dir.path();
    let spec = "openapi: 3.1.0\ninfo: {title: Quays, version: '1'}\npaths: {}\n";
    write(root, "api/openapi.yaml", spec);
    let preview = Preview::of(root, &[]);
    let healed = |status: u16, body: &str| {
        status == 200 && body.contains("Harbour") && body.contains("&quot;problem&quot;:null")
    };
    preview.until("/", healed);
    let broken = |words: &'static str| {
        move |status: u16, body: &str| {
            status == 200
                && body.contains("Harbour")
                && body.contains(words)
                && !body.contains("problem&quot;:null")
        }
    };
    write(root, "theme/404.html", "{% extends \"layout.html\" %}\n{% block content %}\n{{ broken\n");
    preview.until("/", broken("&quot;path&quot;:&quot;theme/404.html&quot;"));
    write(root, "theme/404.html", include_str!("../templates/404.html"));
    preview.until("/", healed);
    write(
        root,
        "theme/page.html",
        "{% extends \"layout.html\" %}\n{% block content %}{{ nothing.here }}{% endblock content %}\n",
    );
    preview.until("/", broken("theme/page.html"));
    std::fs::remove_file(root.join("theme/page.html")).unwrap();
    preview.until("/", healed);
    write(root, "book.toml", "[book]\nsrc = \"docs\"\n[site]\nthem = \"theme\"\n");
    preview.until("/", broken("&quot;path&quot;:&quot;book.toml&quot;,&quot;line&quot;:4"));
    write(root, "book.toml", "[book]\nsrc = \"docs\"\n[site]\ntheme = \"theme\"\n");
    preview.until("/", healed);
    write(root, "api/openapi.yaml", "openapi: 3.1.0\ninfo: {title: Quays, version: '1'}\npaths: {a: [\n");
    preview.until("/", broken("&quot;path&quot;:&quot;api/openapi.yaml&quot;"));
    write(root, "api/openapi.yaml", spec);
    preview.until("/", healed);
}

#[test]
fn watching_checks_again_and_says_what_changed() {
    let dir = small();
    let root = dir.path();
    let args = ["check", "--watch", "--as-of", "2026-06-30", "--root", root.to_str().unwrap()];
    let mut child = command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    // The first check has been when its counts are there, also when there is nothing to report.
    while !line.contains("0 errors, 0 warnings, 0 hints") {
        line.clear();
        assert!(said.read_line(&mut line).unwrap() > 0, "it ended");
    }
    write(root, "docs/quays.md", "# Quays\n\n[x](nowhere.md)\n");
    line.clear();
    out.read_line(&mut line).unwrap();
    assert!(line.starts_with("+ docs/quays.md:3:") && line.contains("link/missing-file"), "{line}");
    #[cfg(unix)]
    {
        let killed = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(killed.unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(1));
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_cleanly() {
    let dir = small();
    let mut preview = Preview::of(dir.path(), &[]);
    let _open = preview.events();
    let id = preview.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(preview.child.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    preview.said.read_to_string(&mut rest).unwrap();
    assert!(!rest.contains("panicked"), "{rest}");
}

#[test]
fn an_open_page_changes_in_place() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser (./test installs one)");
        return;
    };
    let dir = small();
    let root = dir.path();
    let page = |words: &str| {
        let sections: Vec<String> =
            (0..60).map(|at| format!("## Section {at}\n\n{}\n\n", "Some words. ".repeat(40))).collect();
        format!(
            "# Long\n\n<details><summary>More</summary>\n\nFolded.\n\n</details>\n\n{}## End\n\n{words}\n",
            sections.concat()
        )
    };
    write(root, "docs/long.md", &page("The old end."));
    let preview = Preview::of(root, &[]);
    let mut tab = Tab::open(&browser, dir.path(), &format!("http://localhost:{}/long.html", preview.port));
    tab.until("document.readyState === 'complete' && !!document.getElementById('dw-preview')");
    tab.until("(document.querySelector('article details').open = true, document.getElementById('end').scrollIntoView({behavior: 'instant'}), window.scrollY > 1000)");
    tab.until("(window.marked = true)");
    let before = tab.eval("Math.round(window.scrollY)");
    write(root, "docs/long.md", &page("The new end."));
    tab.until("document.querySelector('article').textContent.includes('The new end.')");
    assert_eq!(tab.eval("Math.round(window.scrollY)"), before);
    assert_eq!(
        tab.eval("document.querySelector('article details').open && window.marked"),
        Value::Bool(true)
    );
    // A template breaks and is mended; the page stays.
    write(
        root,
        "theme/page.html",
        "{% extends \"layout.html\" %}\n{% block content %}{{ nothing.here }}{% endblock content %}\n",
    );
    tab.until("!document.getElementById('dw-problem').hidden && document.getElementById('dw-problem').textContent.includes('theme/page.html')");
    assert_eq!(
        tab.eval("document.querySelector('article').textContent.includes('The new end.')"),
        Value::Bool(true)
    );
    std::fs::remove_file(root.join("theme/page.html")).unwrap();
    tab.until("document.getElementById('dw-problem').hidden");
    assert_eq!(tab.eval("window.marked && Math.round(window.scrollY)"), before);
    // A finding is shown in the corner, and leads to its place.
    write(root, "docs/long.md", &page("The new end, see [x](nowhere.md)."));
    tab.until("document.querySelector('#dw-preview summary').textContent.includes('1 error')");
    tab.until("(document.querySelector('#dw-preview li button').click(), !!document.querySelector('#end.dw-jumped'))");
    // Another page is renamed: the navigation follows. Then this one is: the browser follows.
    std::fs::rename(root.join("docs/quays.md"), root.join("docs/berths.md")).unwrap();
    tab.until("!!document.querySelector('.tree a[href=\"berths.html\"]') && !document.querySelector('.tree a[href=\"quays.html\"]')");
    assert_eq!(tab.eval("window.marked"), Value::Bool(true));
    std::fs::rename(root.join("docs/long.md"), root.join("docs/longer.md")).unwrap();
    tab.until("location.pathname === '/longer.html'");
}
