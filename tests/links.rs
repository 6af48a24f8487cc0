//! `docwright links` against a server made here: every kind of answer, and what is asked how often. No test
//! reaches beyond this machine, and none depends on how fast it is.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::commands::{made, run};

/// `GET /path` → how often it was asked for.
type Asked = Arc<Mutex<BTreeMap<String, usize>>>;

struct Server {
    origin: String,
    asked: Asked,
}

impl Server {
    fn start() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = Asked::default();
        let shared = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let asked = Arc::clone(&shared);
                std::thread::spawn(move || answer(stream, &asked));
            }
        });
        Server { origin, asked }
    }

    fn asked(&self, request: &str) -> usize {
        self.asked.lock().expect("a lock").get(request).copied().unwrap_or(0)
    }

    fn asked_at_all(&self) -> usize {
        self.asked.lock().expect("a lock").values().sum()
    }
}

fn answer(mut stream: TcpStream, asked: &Asked) {
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let mut first = String::new();
    if reader.read_line(&mut first).is_err() || !first.contains(" HTTP/1.1") {
        // Whoever speaks TLS to a server without it gets this.
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        return;
    }
    let mut header = String::new();
    while reader.read_line(&mut header).is_ok_and(|it| it > 2) {
        header.clear();
    }
    let request = first.trim_end().trim_end_matches(" HTTP/1.1").to_owned();
    let (method, path) = request.split_once(' ').expect("a method and a path");
    let times = {
        let mut held = asked.lock().expect("a lock");
        let times = held.entry(request.clone()).or_default();
        *times += 1;
        *times
    };
    let page = "<!doctype html><h2 id=\"restore\">Restore</h2>";
    let (status, headers, body) = match (path, times) {
        ("/ok" | "/new" | "/deep/new", _) => (200, "", ""),
        ("/page", _) => (200, "Content-Type: text/html; charset=utf-8\r\n", page),
        ("/gone", _) => (410, "", ""),
        ("/head-refused", _) => (if method == "HEAD" { 405 } else { 200 }, "", ""),
        ("/limited", 1) => (429, "Retry-After: 0\r\n", ""),
        ("/limited", _) => (200, "", ""),
        ("/limited-long", _) => (429, "Retry-After: 86400\r\n", ""),
        ("/busy", _) => {
            let all: usize = ["HEAD", "GET"]
                .iter()
                .filter_map(|it| asked.lock().expect("a lock").get(&format!("{it} /busy")).copied())
                .sum();
            (if all <= 2 { 503 } else { 200 }, "", "")
        }
        ("/broken", _) => (500, "", ""),
        ("/wall", _) => (403, "", ""),
        ("/circle", _) => (302, "Location: /circle/2\r\n", ""),
        ("/circle/2", _) => (302, "Location: ../circle\r\n", ""),
        ("/moved", _) => (301, "Location: deep/new\r\n", ""),
        ("/elsewhere", _) => (302, "Location: /new\r\n", ""),
        ("/cut", _) => {
            let _ = stream.write_all(b"HTTP/1.1 200 O");
            return;
        }
        ("/never", _) => {
            // Until the other side gives up.
            let _ = reader.read(&mut [0]);
            return;
        }
        ("/huge", _) => {
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999999\r\n\r\n";
            let _ = stream.write_all(head.as_bytes());
            let block = [b'x'; 65_536];
            while method == "GET" && stream.write_all(&block).is_ok() {}
            return;
        }
        _ => (404, "", ""),
    };
    let length = body.len();
    let body = if method == "HEAD" { "" } else { body };
    let text = format!(
        "HTTP/1.1 {status} X\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    let _ = stream.write_all(text.as_bytes());
}

const CONFIG: &str = "[links]\nbackoff = \"1ms\"\ndelay = \"0ms\"\nretries = 3\ntimeout = \"60s\"\n";

fn links(root: &Path, more: &[&str]) -> (i32, String, String) {
    let mut args = vec!["links", "--allow-private", "--format", "concise"];
    args.extend(more);
    run(root, &args)
}

/// The findings as `rule why`, ordered.
fn said(out: &str) -> Vec<String> {
    let mut said: Vec<String> = out
        .lines()
        .map(|line| {
            let rule = line.split(['[', ']']).nth(1).unwrap_or_default();
            let after = line.splitn(3, '`').nth(2).unwrap_or_default();
            let why = after.split_once(": ").map_or("", |(_, why)| why);
            format!("{rule} {why}").trim_end().to_owned()
        })
        .collect();
    said.sort();
    said
}

#[test]
fn every_kind_of_answer_has_its_finding() {
    let server = Server::start();
    let refused = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let cases = [
        ("/ok", ""),
        ("/head-refused", ""),
        ("/limited", ""),
        ("/busy", ""),
        ("/elsewhere", ""),
        ("/huge", ""),
        ("/missing", "link/dead-external the server answers 404"),
        ("/gone", "link/dead-external the server answers 410"),
        ("/broken", "link/unreachable-external the server answers 500"),
        ("/cut", "link/unreachable-external the connection ends before the answer"),
        ("/circle", "link/unreachable-external it redirects in a circle, again to `ORIGIN/circle`"),
        (
            "/limited-long",
            "link/unchecked-external the server wants no more requests for 86400 seconds (429)",
        ),
        ("/wall", "link/unchecked-external the server lets no program in (403)"),
        ("/moved", "link/redirected-external"),
    ];
    for (path, expected) in cases {
        let page = format!("# A\n\n[x]({}{path})\n", server.origin);
        let dir = made(&[("docs/a.md", &page), ("book.toml", CONFIG)]);
        let (code, out, err) = links(dir.path(), &[]);
        let expected = expected.replace("ORIGIN", &server.origin);
        let expected: Vec<String> = Some(expected).filter(|it| !it.is_empty()).into_iter().collect();
        assert_eq!(said(&out), expected, "{path}: {out}{err}");
        assert_eq!(code, i32::from(out.contains("dead-external")), "{path}: {err}");
    }
    assert_eq!((server.asked("HEAD /head-refused"), server.asked("GET /head-refused")), (1, 1));
    assert_eq!((server.asked("HEAD /ok"), server.asked("GET /ok")), (1, 0));
    let secure = server.origin.replace("http:", "https:");
    for (url, why) in [
        (format!("http://{refused}/"), "no connection, it is refused"),
        (format!("{secure}/"), "no secure connection, "),
    ] {
        let dir = made(&[("docs/a.md", &format!("[x]({url})\n")), ("book.toml", CONFIG)]);
        let (code, out, _) = links(dir.path(), &[]);
        assert!(out.contains("warning[link/unreachable-external]") && out.contains(why), "{out}");
        assert_eq!(code, 0);
        assert_eq!(links(dir.path(), &["--fail-on", "warning", "--no-cache"]).0, 1);
    }
}

#[test]
fn a_server_that_never_answers_is_left_after_the_time_out() {
    let server = Server::start();
    let config = "[links]\ntimeout = \"50ms\"\nretries = 0\n";
    let dir = made(&[("docs/a.md", &format!("<{}/never>\n", server.origin)), ("book.toml", config)]);
    let (_, out, _) = links(dir.path(), &[]);
    assert_eq!(said(&out), ["link/unreachable-external no answer in time"]);
}

#[test]
fn places_in_pages_are_looked_up_when_asked() {
    let server = Server::start();
    let origin = &server.origin;
    let page = format!(
        "# A\n\n[a]({origin}/page#restore) [b]({origin}/page#rollback) [c]({origin}/huge#x) [d]({origin}/ok#L10)\n"
    );
    let dir = made(&[("docs/a.md", &page), ("book.toml", CONFIG)]);
    assert_eq!(links(dir.path(), &[]).1, "");
    // A connection that a busy machine drops makes the second attempt a GET, so it is counted from here.
    let before = server.asked("GET /page");
    let (code, out, err) = links(dir.path(), &["--fragments"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(said(&out), ["anchor/missing-external"], "{out}");
    assert!(out.contains("has no place `rollback`"), "{out}");
    assert_eq!(server.asked("GET /page"), before + 1);
}

#[test]
fn an_address_is_asked_once_and_then_remembered() {
    let server = Server::start();
    let origin = &server.origin;
    let page =
        format!("# A\n\n[a]({origin}/ok) [b]({origin}/ok#x)\n\n[c]: {origin}/ok\n\n[d]({origin}/missing)\n");
    let dir = made(&[("docs/a.md", &page), ("docs/b.md", &page), ("book.toml", CONFIG)]);
    let first = links(dir.path(), &[]);
    assert_eq!((first.0, said(&first.1).len()), (1, 2), "{}", first.1);
    assert!(first.2.contains("Looked at 2 addresses, 0 of them as remembered."), "{}", first.2);
    assert_eq!(server.asked("HEAD /ok"), 1);
    let cache = dir.path().join(".docwright-links.json");
    let text = std::fs::read_to_string(&cache).expect("the cache");
    let value: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value["answers"][format!("{origin}/missing")]["verdict"], "dead");
    let before = server.asked_at_all();
    let second = links(dir.path(), &[]);
    assert_eq!((second.0, &second.1), (1, &first.1));
    assert!(second.2.contains("2 of them as remembered"), "{}", second.2);
    assert_eq!(server.asked_at_all(), before);
    assert_eq!(std::fs::read_to_string(&cache).expect("the cache"), text);
    // The check itself asks nobody and knows nothing of the answers.
    assert!(!run(dir.path(), &["check", "--format", "concise"]).1.contains("external"));
    links(dir.path(), &["--no-cache"]);
    assert!(server.asked_at_all() > before);
    assert_eq!(std::fs::read_to_string(&cache).expect("the cache"), text);
    std::fs::write(&cache, "no answers").expect("the cache");
    assert_eq!(links(dir.path(), &[]).0, 2);
}

#[test]
fn private_hosts_examples_and_exclusions_are_not_asked() {
    let server = Server::start();
    let origin = &server.origin;
    let page = format!("[a]({origin}/ok) <https://docs.example.com/x> <http://169.254.169.254/latest/>\n");
    let dir = made(&[("docs/a.md", &page), ("book.toml", CONFIG)]);
    let (code, out, _) = run(dir.path(), &["links", "--format", "concise"]);
    let private = "link/unchecked-external its host lies in a private network";
    assert_eq!((code, said(&out)), (0, vec![private.to_owned(), private.to_owned()]), "{out}");
    assert_eq!(server.asked_at_all(), 0);
    let glob = format!("{origin}/**");
    let args = ["links", "--exclude", &glob, "--exclude", "http://169.*/**", "--format", "concise"];
    assert_eq!(run(dir.path(), &args).1, "");
    assert_eq!(run(dir.path(), &["links", "--exclude", "a[", "--format", "concise"]).0, 2);
}

#[test]
fn levels_paths_and_formats_are_those_of_the_check() {
    let server = Server::start();
    let page = format!("# A\n\n[x]({}/missing)\n", server.origin);
    let config = format!("{CONFIG}[lint.rules]\n\"link/dead-external\" = \"info\"\n");
    let dir = made(&[("docs/a.md", &page), ("docs/sub/b.md", &page), ("book.toml", &config)]);
    let (code, out, err) = run(dir.path(), &["links", "--allow-private", "--format", "json"]);
    assert_eq!(code, 0, "{err}");
    let value: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(value["summary"]["findings"]["info"], 2);
    assert_eq!(value["findings"][0]["span"]["start"]["column"], 5);
    let sub = dir.path().join("docs/sub");
    let (_, out, _) = links(dir.path(), &[sub.to_str().expect("a path")]);
    assert!(
        out.starts_with("docs/sub/b.md:3:5: info[link/dead-external]") && out.lines().count() == 1,
        "{out}"
    );
    assert_eq!(links(made(&[("x.bin", "")]).path(), &[]).0, 2);
}

#[test]
fn a_silenced_link_is_silent_and_the_check_does_not_call_that_unused() {
    let server = Server::start();
    let page = format!(
        "# A\n\n<!-- docwright-disable-next-line link/dead-external -- it comes back in May -->\n[x]({}/missing)\n",
        server.origin
    );
    let dir = made(&[("docs/a.md", &page), ("book.toml", CONFIG)]);
    assert_eq!(links(dir.path(), &["--fail-on", "info"]).1, "");
    let (code, out, _) = run(dir.path(), &["check", "--format", "concise", "--fail-on", "info"]);
    assert_eq!((code, out.as_str()), (0, ""));
    // A group stands for the rules that the check runs.
    std::fs::write(dir.path().join("docs/a.md"), page.replace("link/dead-external", "link"))
        .expect("the page");
    assert!(run(dir.path(), &["check", "--format", "concise"]).1.contains("meta/unused-suppression"));
}
