//! The built site in a real browser, from `file://` and from a server: it is shown and can be searched, and nothing
//! is refused or missing.
//!
//! `./test` installs Chromium and requires it; a plain `cargo test` without one says so and goes on.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::commands::made;
use crate::golden::{docwright, project};

pub(crate) fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|it| it.is_file());
    let required = std::env::var("DOCWRIGHT_BROWSER").is_ok_and(|it| it == "required");
    assert!(found.is_some() || !required, "no chromium in PATH");
    found
}

/// Types what a reader would, and writes down what happens.
const READER: &str = r##"
addEventListener("load", function () {
  var told = [];
  function tell(text) {
    told.push(text);
    document.documentElement.setAttribute("data-told", told.join(" | "));
  }
  document.addEventListener("securitypolicyviolation", function (event) { tell("refused " + event.blockedURI); });
  function key(target, name) {
    target.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
  }
  function when(ready, then, tries) {
    if (ready()) return then();
    if (tries > 200) return tell("never: " + ready);
    setTimeout(function () { when(ready, then, (tries || 0) + 1); }, 20);
  }
  function all(selector) { return Array.from(document.querySelectorAll(".palette " + selector)); }
  function ask(text, then) {
    var input = all("input")[0];
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    when(function () { return all("mark").length || all(".note p").length; }, then);
  }
  var button = document.querySelector("button.find");
  button.focus();
  key(document.body, "/");
  when(function () { return all("input").length; }, function () {
    var input = all("input")[0];
    tell("typing " + (document.activeElement === input));
    key(input, "Escape");
    tell("closed " + !document.querySelector(".palette[open]") + " back " + (document.activeElement === button));
    key(document.body, "/");
    ask("zzqxv", function () {
      tell("nothing " + all(".note a")[0].getAttribute("href"));
      document.querySelector(".palette .note").replaceChildren();
      ask("recovrey procedure", function () {
        tell("first " + all(".hit")[0].textContent);
        key(input, "ArrowDown");
        key(input, "ArrowUp");
        var chosen = all("[aria-selected=true]");
        tell("chosen " + chosen.length + " " + (input.getAttribute("aria-activedescendant") === chosen[0].id));
        var others = performance.getEntriesByType("resource").filter(function (it) {
          return !it.name.startsWith(location.protocol + "//" + location.host);
        });
        tell("elsewhere " + others.length);
        chosen[0].addEventListener("click", function (event) {
          event.preventDefault();
          tell("opened " + chosen[0].getAttribute("href"));
        });
        key(input, "Enter");
      });
    });
  });
});
"##;

/// What the reader is told, on each site.
const TOLD: &str = "typing true | closed true back true | nothing toc.html | first Recovery procedure | chosen 1 true \
                    | elsewhere 0 | opened disaster-recovery/plan.html#recovery-procedure";

/// Answers with the files of a folder until the test ends.
pub(crate) fn serve(folder: PathBuf) -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            std::thread::spawn(move || answer(stream, &folder));
        }
    });
    Ok(address)
}

fn answer(mut stream: TcpStream, folder: &Path) -> std::io::Result<()> {
    let mut head = BufReader::new(stream.try_clone()?).lines();
    let request = head.next().transpose()?.unwrap_or_default();
    while head.next().transpose()?.is_some_and(|it| !it.is_empty()) {}
    let path = request.split(' ').nth(1).unwrap_or("/");
    let path = path.split('?').next().unwrap_or(path).trim_start_matches('/');
    let kind = match path.rsplit('.').next() {
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("svg") => "image/svg+xml",
        _ => "text/html",
    };
    let (status, body) = match std::fs::read(folder.join(path)) {
        Ok(body) => ("200 OK", body),
        Err(_) => ("404 Not Found", Vec::new()),
    };
    let length = body.len();
    let body = if request.starts_with("HEAD") { Vec::new() } else { body };
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(&body)
}

#[test]
fn search_finds_a_heading_in_spite_of_a_typing_error() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser (./test installs one)");
        return;
    };
    let out = tempfile::tempdir().expect("a temporary folder");
    let site = out.path().join("site");
    let root = project();
    let done = docwright(&["build", "--root", &root.to_string_lossy(), "-d", &site.to_string_lossy()]);
    assert!(done.status.success());
    let home = std::fs::read_to_string(site.join("index.html")).expect("a start page");
    let read = home.replace("</head>", "<script src=\"reader.js\"></script></head>");
    std::fs::write(site.join("index.html"), read).expect("the page is written");
    std::fs::write(site.join("reader.js"), READER).expect("the script is written");
    let served = serve(site.clone()).expect("a free port");
    for address in [format!("file://{}", site.display()), served] {
        let done = Command::new(&browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--dump-dom"])
            .args(["--virtual-time-budget=20000"])
            .arg(format!("--user-data-dir={}", out.path().join("profile").display()))
            .arg(format!("{address}/index.html"))
            .output()
            .expect("the browser runs");
        let (dom, log) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        let console: Vec<_> = log.lines().filter(|it| it.contains(":CONSOLE")).collect();
        assert!(console.is_empty(), "{address}: {console:?}");
        let told = dom.split("data-told=\"").nth(1).and_then(|it| it.split('"').next());
        assert_eq!(told, Some(TOLD), "{address}");
    }
}

#[test]
fn pages_are_shown_and_nothing_is_refused() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser (./test installs one)");
        return;
    };
    let out = tempfile::tempdir().expect("a temporary folder");
    let site = out.path().join("site");
    let root = project();
    let done = docwright(&["build", "--root", &root.to_string_lossy(), "-d", &site.to_string_lossy()]);
    assert!(done.status.success());
    let mut kinds = vec!["index.html", "findings.html", "recovery.html", "routes.html", "toc.html"];
    let api = site.join("api");
    let reference = std::fs::read_dir(&api).expect("the reference").flatten().next().expect("a spec");
    let reference = format!("api/{}/index.html", reference.file_name().to_string_lossy());
    kinds.push(&reference);
    for page in kinds {
        let dom = shown(&browser, out.path(), &site.join(page));
        assert!(dom.contains("</main>") && dom.contains("<h1"), "{page} shows nothing");
    }
}

/// What a page becomes in the browser. Nothing may be refused or missing.
fn shown(browser: &Path, folder: &Path, page: &Path) -> String {
    let done = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--dump-dom"])
        // A request to another host fails aloud.
        .args(["--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=5000"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("the browser runs");
    let log = String::from_utf8_lossy(&done.stderr);
    let console: Vec<_> = log.lines().filter(|it| it.contains(":CONSOLE")).collect();
    assert!(console.is_empty(), "{}: {console:?}", page.display());
    String::from_utf8_lossy(&done.stdout).into_owned()
}

#[test]
fn the_page_for_calls_shows_the_operations() {
    let Some(browser) = browser() else {
        eprintln!("skipped: no browser (./test installs one)");
        return;
    };
    let spec = "openapi: 3.1.0\ninfo: {title: Quays, version: '1'}\nservers: [{url: https://quays.example}]\npaths:\n  \
                /quays: {get: {tags: [Quays], operationId: listQuays, summary: List the quays, responses: {'200': {description: all}}}}\n";
    let dir = made(&[("api/openapi.yaml", spec), ("book.toml", "[api]\ntry-it = true\n")]);
    let done = docwright(&["build", "--root", &dir.path().to_string_lossy()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let dom = shown(&browser, dir.path(), &dir.path().join("book/api/quays/try.html"));
    assert!(dom.contains("opblock-summary") && dom.contains("List the quays"), "{dom}");
}
