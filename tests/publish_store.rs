//! Publishing to an object store: a real server that speaks S3's protocol, from the Python package `moto`.
//!
//! `./test` installs it and requires it; a plain `cargo test` without it says so and goes on.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::publish::{kill_after, moments, project, publishing, rewrite, said};
use crate::publish_servers::program;

/// A running store with one bucket.
struct Store {
    child: Child,
    port: u16,
}

impl Drop for Store {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Store {
    fn start() -> Option<Store> {
        let server = program("moto_server")?;
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|it| it.local_addr()).expect("a port").port();
        let child = Command::new(server)
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("moto starts");
        let store = Store { child, port };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(60), "moto does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
        let (head, _) = store.ask("PUT", "/pages", "");
        assert!(head.starts_with("http/1.1 200"), "{head}");
        Some(store)
    }

    /// The head of an answer, in small letters, and its body.
    fn ask(&self, method: &str, path: &str, body: &str) -> (String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time limit");
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: AWS4-HMAC-SHA256 \
             Credential=test/20260101/us-east-1/s3/aws4_request\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        let all = String::from_utf8_lossy(&all).into_owned();
        let (head, body) = all.split_once("\r\n\r\n").unwrap_or((&all, ""));
        (head.to_ascii_lowercase(), body.to_owned())
    }

    fn keys(&self) -> BTreeSet<String> {
        let (_, body) = self.ask("GET", "/pages?list-type=2", "");
        body.split("<Key>").skip(1).filter_map(|it| Some(it.split_once("</Key>")?.0.to_owned())).collect()
    }

    fn publishing(&self, project: &Path, to: &str, more: &[&str]) -> Command {
        let endpoint = format!("http://127.0.0.1:{}", self.port);
        let mut command = publishing(project, to, &[&["--endpoint", &endpoint], more].concat());
        command.env("AWS_ACCESS_KEY_ID", "test").env("AWS_SECRET_ACCESS_KEY", "test");
        command.env("AWS_REGION", "us-east-1").env_remove("AWS_ENDPOINT");
        command
    }

    fn publish(&self, project: &Path, to: &str, more: &[&str]) -> Output {
        self.publishing(project, to, more).output().expect("docwright runs")
    }
}

#[test]
fn a_bucket_holds_the_site_with_types_and_ages() {
    let Some(store) = Store::start() else {
        eprintln!("skipped: no moto_server (./test installs one)");
        return;
    };
    let project = project();
    let to = "s3://pages/desk";
    let (head, _) = store.ask("PUT", "/pages/desk-notes.txt", "mine");
    assert!(head.starts_with("http/1.1 200"));
    let done = store.publish(project.path(), to, &["--dry-run"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    assert_eq!(store.keys().len(), 1);
    let done = store.publish(project.path(), to, &[]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    assert!(said(&store.publish(project.path(), to, &[])).contains("up to date"));
    let keys = store.keys();
    let style = keys.iter().find(|it| it.ends_with(".css")).expect("a style");
    for (key, kind, cache) in [
        ("desk/index.html", "text/html; charset=utf-8", "no-cache"),
        ("desk/depot.md", "text/markdown; charset=utf-8", "no-cache"),
        (style.as_str(), "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
    ] {
        let (head, _) = store.ask("GET", &format!("/pages/{key}"), "");
        assert!(head.starts_with("http/1.1 200"), "{key}: {head}");
        assert!(head.contains(&format!("content-type: {kind}\r\n")), "{key}: {head}");
        assert!(head.contains(&format!("cache-control: {cache}")), "{key}: {head}");
    }
    rewrite(project.path(), "river");
    let done = store.publish(project.path(), to, &["--version", "2.0", "--alias", "latest"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let done = store.publish(project.path(), to, &[]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let keys = store.keys();
    assert!(keys.contains("desk/2.0/river.html") && keys.contains("desk/latest/river.html"), "{keys:?}");
    assert!(keys.contains("desk/river.html") && !keys.contains("desk/depot.html"), "{keys:?}");
    assert!(keys.contains("desk-notes.txt"), "what is not docwright's stays");
    let done = store.publish(project.path(), "s3://pages", &[]);
    assert!(
        said(&done).contains("`s3://pages` holds files that docwright did not publish"),
        "{}",
        said(&done)
    );
    let done = store.publish(project.path(), "s3://nowhere", &[]);
    assert!(said(&done).contains("NoSuchBucket"), "{}", said(&done));
}

#[test]
fn a_bucket_serves_whole_pages_however_often_publishing_is_killed() {
    let Some(store) = Store::start() else {
        eprintln!("skipped: no moto_server (./test installs one)");
        return;
    };
    let (first, second) = (project(), project());
    rewrite(second.path(), "river");
    // Another style gets another name, which the pages of the other site do not know.
    for (path, text) in
        [("book.toml", "[site]\ntheme = \"look\"\n"), ("look/docwright.css", "body { color: #123 }\n")]
    {
        let path = second.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let to = "s3://pages";
    let begun = Instant::now();
    let done = store.publish(first.path(), to, &[]);
    let whole = begun.elapsed();
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let one = store.keys();
    for (turn, moment) in moments(20, whole).enumerate() {
        let project = if turn % 2 == 0 { &second } else { &first };
        kill_after(store.publishing(project.path(), to, &[]), moment);
        let (head, page) = store.ask("GET", "/pages/index.html", "");
        assert!(
            head.starts_with("http/1.1 200") && page.trim_end().ends_with("</html>"),
            "turn {turn}: {head}"
        );
        let style =
            page.split("href=\"").find(|it| it.contains(".css\"")).and_then(|it| it.split('"').next());
        let style = style.expect("a style");
        assert!(store.keys().contains(style), "turn {turn}: {style}");
    }
    let done = store.publish(first.path(), to, &[]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    assert_eq!(store.keys(), one, "nothing of the other site is left");
}
