//! Publishing as servers see it: the headers that they are told to send, and another machine behind rsync.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::commands::{made, run};
use crate::golden::tree;
use crate::publish::{kill_after, moments, project, published, publishing, refused, rewrite};

/// A program in PATH; `./test` installs these and requires them.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let more = ["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from);
    let found = std::env::split_paths(&path).chain(more).map(|it| it.join(name)).find(|it| it.is_file());
    let required = std::env::var("DOCWRIGHT_SERVERS").is_ok_and(|it| it == "required");
    assert!(found.is_some() || !required, "no {name} in PATH");
    found
}

/// The policy that a page carries.
fn policy_of(page: &str) -> &str {
    let (_, rest) = page.split_once("Content-Security-Policy\" content=\"").expect("a policy");
    rest.split('"').next().expect("its end")
}

#[test]
fn the_headers_say_what_the_pages_say() {
    let (project, out) = (project(), tempfile::tempdir().expect("a folder"));
    let to = format!("dir:{}", out.path().join("www").display());
    published(project.path(), &to, &[]);
    let read = |path: &str| std::fs::read_to_string(out.path().join("www").join(path)).expect("a file");
    let page = read("index.html");
    let policy = policy_of(&page);
    let headers = read("_headers");
    assert!(
        headers.starts_with(&format!("/*\n  Content-Security-Policy: {policy}; frame-ancestors 'none'\n"))
    );
    let (code, netlify, _) = run(project.path(), &["publish", "--headers", "netlify"]);
    assert_eq!((code, netlify), (0, headers.clone()));
    // Every file with a hash in its name is named, and no other.
    for path in tree(&out.path().join("www/assets")) {
        let path = path.to_string_lossy().into_owned();
        let (stem, _) = path.rsplit_once('-').expect("a hash");
        assert!(headers.contains(&format!("\n/assets/{stem}-*\n")), "{path}");
    }
    let (_, cloudfront, _) = run(project.path(), &["publish", "--headers", "cloudfront"]);
    let cloudfront: Value = serde_json::from_str(&cloudfront).expect("JSON");
    let said = &cloudfront["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"];
    assert_eq!(said.as_str(), Some(format!("{policy}; frame-ancestors 'none'").as_str()));
    published(project.path(), &to, &["--version", "2.0"]);
    assert!(read("_headers").contains("\n/2.0/assets/docwright-*\n"));
    assert!(!out.path().join("www/2.0/_headers").exists());
    std::fs::write(project.path().join("book.toml"), "[site]\nheaders-file = false\n").expect("a file");
    let bare = format!("dir:{}", out.path().join("bare").display());
    published(project.path(), &bare, &[]);
    assert!(!out.path().join("bare/_headers").exists());
}

/// The head of an answer, in small letters, and its body.
fn get(port: u16, path: &str) -> (String, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time limit");
    let request = format!("GET {path} HTTP/1.1\r\nHost: docs.example.com\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all);
    let all = String::from_utf8_lossy(&all).into_owned();
    let (head, body) = all.split_once("\r\n\r\n").unwrap_or((&all, ""));
    (head.to_ascii_lowercase(), body.to_owned())
}

#[test]
fn nginx_takes_the_snippet_and_sends_the_headers() {
    let Some(nginx) = program("nginx") else {
        eprintln!("skipped: no nginx (./test installs one)");
        return;
    };
    let (project, out) = (project(), tempfile::tempdir().expect("a folder"));
    let www = out.path().join("www");
    published(project.path(), &format!("dir:{}", www.display()), &[]);
    let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|it| it.local_addr()).expect("a port").port();
    let (_, snippet, _) = run(project.path(), &["publish", "--headers", "nginx"]);
    let snippet = snippet
        .replace("listen 80;", &format!("listen 127.0.0.1:{port};"))
        .replace("/srv/docs/site", &www.display().to_string());
    let folder = out.path().display();
    let paths: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|it| format!("  {it}_temp_path {folder}/{it};\n"))
        .collect();
    let all = format!(
        "daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n  access_log off;\n\
         {paths}  types {{ text/html html; text/css css; text/javascript js; image/svg+xml svg; }}\n{snippet}\n}}\n"
    );
    let configuration = out.path().join("nginx.conf");
    std::fs::write(&configuration, all).expect("a file");
    // nginx gives its rights away to a user who may not read the folder; as one process it keeps them.
    let mut server = Command::new(nginx)
        .args(["-e", "stderr", "-p"])
        .arg(out.path())
        .arg("-c")
        .arg(&configuration)
        .stderr(Stdio::inherit())
        .spawn()
        .expect("nginx starts");
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(20), "nginx does not answer");
        std::thread::sleep(Duration::from_millis(20));
    }
    let (head, page) = get(port, "/index.html");
    let policy = policy_of(&page).to_owned() + "; frame-ancestors 'none'";
    let asset = tree(&www.join("assets")).into_iter().next().expect("an asset");
    let (of_asset, _) = get(port, &format!("/assets/{}", asset.display()));
    let (of_missing, _) = get(port, "/nowhere/at/all");
    let (of_source, _) = get(port, "/depot.md");
    let (of_list, _) = get(port, "/.docwright-publish.json");
    let _ = server.kill();
    let _ = server.wait();
    assert!(head.contains(&format!("content-security-policy: {}", policy.to_ascii_lowercase())), "{head}");
    assert!(head.contains("cache-control: no-cache") && head.contains("charset=utf-8"), "{head}");
    assert!(of_asset.contains("cache-control: public, max-age=31536000, immutable"), "{of_asset}");
    assert!(
        of_missing.starts_with("http/1.1 404") && of_missing.contains("content-security-policy"),
        "{of_missing}"
    );
    assert!(
        of_source.contains("text/markdown") && of_source.contains("content-security-policy"),
        "{of_source}"
    );
    assert!(of_list.starts_with("http/1.1 404"), "{of_list}");
}

#[cfg(unix)]
/// In place of `ssh`: runs on this machine what it is to run on another, as a login would, through a shell.
fn fake_ssh(folder: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("remote-shell");
    std::fs::write(&path, "#!/bin/sh\nshift\ncd \"$HOME\" && exec sh -c \"$*\"\n").expect("a file");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("its rights");
    path
}

#[cfg(unix)]
#[test]
fn rsync_sends_what_changed_and_deletes_what_it_sent() {
    if program("rsync").is_none() {
        eprintln!("skipped: no rsync (./test installs one)");
        return;
    }
    let (first, second, out) = (project(), project(), made(&[("foreign/index.html", "mine")]));
    rewrite(second.path(), "river");
    let shell = fake_ssh(out.path());
    let site = out.path().join("deep/the site");
    let to = format!("rsync:docs.example.com:{}", site.display());
    let publishing = |project: &Path, to: &str| {
        let mut command = publishing(project, to, &[]);
        command.env("RSYNC_RSH", &shell);
        command
    };
    let publish = |project: &Path, to: &str| {
        let done = publishing(project, to).output().expect("docwright runs");
        (done.status.code(), crate::publish::said(&done))
    };
    let begun = Instant::now();
    let (code, words) = publish(first.path(), &to);
    let whole = begun.elapsed();
    assert_eq!(code, Some(0), "{words}");
    assert!(publish(first.path(), &to).1.contains("is up to date"));
    std::fs::write(site.join("mine.txt"), "mine").expect("a file");
    let one = tree(&site);
    assert_eq!(publish(second.path(), &to).0, Some(0));
    let two = tree(&site);
    assert!(one.contains(Path::new("depot.html")) && !two.contains(Path::new("depot.html")));
    assert!(two.contains(Path::new("river.html")) && two.contains(Path::new("mine.txt")));
    // Whatever is killed, every page that is there finds its style, and the next run completes it.
    for (turn, moment) in moments(12, whole).enumerate() {
        let project = if turn % 2 == 0 { &first } else { &second };
        kill_after(publishing(project.path(), &to), moment);
        let page = std::fs::read_to_string(site.join("index.html")).expect("the page");
        let style =
            page.split("href=\"").find(|it| it.contains(".css\"")).and_then(|it| it.split('"').next());
        assert!(site.join(style.expect("a style")).is_file());
    }
    assert_eq!(publish(first.path(), &to).0, Some(0));
    // rsync keeps half a file under a name of its own; what was killed just then may be left.
    let is_site = |it: &PathBuf| {
        !it.to_string_lossy()
            .split('/')
            .any(|name| name.starts_with('.') && name != ".docwright-publish.json")
    };
    assert_eq!(
        tree(&site).into_iter().filter(is_site).collect::<Vec<_>>(),
        one.into_iter().filter(is_site).collect::<Vec<_>>()
    );
    let (code, words) =
        publish(first.path(), &format!("rsync:docs.example.com:{}/foreign", out.path().display()));
    assert_eq!(code, Some(2));
    assert!(words.contains("did not publish"), "{words}");
    // A path is no command for the shell of the other side.
    let trap = format!("rsync:docs.example.com:{}/x;touch trap", out.path().display());
    let _ = publish(first.path(), &trap);
    assert!(!out.path().join("trap").exists() && !Path::new("trap").exists());
    refused(first.path(), "rsync:-e:x", &[], "is no target");
}
