//! How long the preview takes from a page's write to the event, and to the page made anew, beside the time until it
//! listens: the whole book read and planned once. `cargo bench --bench preview`.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "a benchmark has a clock and prints"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long nothing happens before an edit: checking the one before has ended.
const REST: Duration = Duration::from_millis(700);

fn page(pages: usize, at: usize, words: &str) -> String {
    let section = |it: usize| {
        let link = |line: usize| {
            let other = (at * 31 + it + line) % pages;
            format!("The queue of region {line} drains into [page {other}](p{other}.md).")
        };
        let links: Vec<String> = (0..6).map(link).collect();
        format!("## Section {it}\n\n{}\n\n```sh\nkubectl get pods -n ledger\n```\n\n", links.join("\n"))
    };
    format!("# Page {at}\n\n{words}\n\n{}", (0..8).map(section).collect::<String>())
}

/// A running preview, ended with the benchmark.
struct Preview {
    child: Child,
    port: u16,
}

impl Preview {
    fn of(root: &Path) -> Preview {
        let mut child = Command::new(env!("CARGO_BIN_EXE_docwright"))
            .args(["serve", "--port", "0", "--root"])
            .arg(root)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("docwright starts");
        let mut said = BufReader::new(child.stderr.take().expect("piped"));
        let mut line = String::new();
        while !line.contains("http://localhost:") {
            line.clear();
            assert!(said.read_line(&mut line).expect("it speaks") > 0, "it ended");
        }
        // Nobody reads what it says later; a full pipe would stop it.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        let port = line.split(['/', ':']).find_map(|it| it.trim().parse().ok()).expect("a port");
        Preview { child, port }
    }

    fn asked(&self, path: &str, more: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        let head = format!("GET {path} HTTP/1.1\r\nHost: localhost:{}\r\n{more}\r\n", self.port);
        stream.write_all(head.as_bytes()).expect("it reads");
        stream
    }

    fn get(&self, path: &str) -> String {
        let mut all = Vec::new();
        self.asked(path, "Connection: close\r\n").read_to_end(&mut all).expect("it answers");
        String::from_utf8_lossy(&all).into_owned()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn main() {
    let is_bench = std::env::args().any(|it| it == "--bench");
    let (pages, edits) = if is_bench { (1_000, 50) } else { (20, 2) };
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(dir.path().join("docs")).expect("a folder");
    let write = |at: usize, words: &str| {
        std::fs::write(dir.path().join(format!("docs/p{at}.md")), page(pages, at, words))
            .expect("it is written");
    };
    (0..pages).for_each(|at| write(at, "As it was."));
    let start = Instant::now();
    let preview = Preview::of(dir.path());
    let first = start.elapsed();
    let mut events = BufReader::new(preview.asked("/_docwright/events", ""));
    preview.get("/p0.html");
    let (mut told, mut shown) = (Vec::new(), Vec::new());
    for edit in 0..edits {
        std::thread::sleep(REST);
        let (at, words) = (edit * 17 % pages, format!("Edited for the {edit}th time."));
        let start = Instant::now();
        write(at, &words);
        let mut line = String::new();
        while !(line.starts_with("data: ") && line.contains(&format!("p{at}.md"))) {
            line.clear();
            assert!(events.read_line(&mut line).expect("it speaks") > 0, "the stream ended");
        }
        told.push(start.elapsed());
        let body = preview.get(&format!("/p{at}.html"));
        shown.push(start.elapsed());
        assert!(body.contains(&words), "the page of {words}");
    }
    println!("preview of {pages} pages, {edits} edits; it listens after {first:.0?}");
    for (name, mut all) in [("event", told), ("page", shown)] {
        all.sort();
        let (median, worst) = (all[all.len() / 2], all[all.len() - 1]);
        let ratio = median.as_secs_f64() / first.as_secs_f64();
        println!("{name:>8} {ratio:>6.3} of that: median {median:.1?}, worst {worst:.1?}");
    }
}
