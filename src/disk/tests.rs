//! What may be read, and what survives a write.

use std::fs;

use miette::miette;

use super::*;
use crate::model::WhyUnread;

fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    dir
}

#[test]
fn what_git_ignores_is_not_there() {
    let dir = project(&[
        (".gitignore", "secret.md\nout/\n"),
        ("a.md", "# A"),
        ("secret.md", "x"),
        ("out/b.md", "x"),
        ("node_modules/c.md", "x"),
        ("book/index.md", "x"),
        ("run.bin", "ls"),
    ]);
    let loaded = read(&folder(dir.path()).expect("a folder"), "book", &[]);
    let paths: Vec<_> = loaded.sources.iter().map(|(_, it)| it.path.as_str()).collect();
    assert_eq!(paths, [".gitignore", "a.md"]);
    assert!(loaded.files.get("run.bin").is_some_and(|it| !it.is_dir && !it.executable));
    assert!(loaded.files.get("out").is_none());
}

#[test]
fn text_in_another_encoding_is_told_not_read() {
    let dir = project(&[]);
    fs::write(dir.path().join("a.md"), b"Zur\xfcck").expect("a file");
    fs::write(dir.path().join("b.md"), b"\xff\xfeA\0").expect("a file");
    let loaded = read(&folder(dir.path()).expect("a folder"), "book", &[]);
    let why: Vec<_> = loaded.unread.iter().map(|it| &it.why).collect();
    assert_eq!(
        why,
        [
            &WhyUnread::Encoding { at: 3, looks_like: "Windows-1252" },
            &WhyUnread::Encoding { at: 0, looks_like: "UTF-16" }
        ]
    );
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_out_of_the_root() {
    let outside = project(&[("secret.md", "x"), ("dir/deep.md", "x")]);
    let dir = project(&[("real.md", "# R")]);
    for (from, to) in [
        (outside.path().join("secret.md"), "out.md"),
        (outside.path().join("dir"), "outdir"),
        (dir.path().join("real.md"), "alias.md"),
        (dir.path().to_owned(), "loop"),
    ] {
        std::os::unix::fs::symlink(from, dir.path().join(to)).expect("a link");
    }
    let loaded = read(&folder(dir.path()).expect("a folder"), "book", &[]);
    let paths: Vec<_> = loaded.sources.iter().map(|(_, it)| it.path.as_str()).collect();
    assert_eq!(paths, ["alias.md", "real.md"]);
    assert!(loaded.files.get("out.md").is_none());
}

#[test]
fn a_site_is_swapped_in_whole_and_only_over_its_own_kind() {
    let dir = project(&[("img/x.png", "png"), ("foreign/keep.txt", "mine")]);
    let root = folder(dir.path()).expect("a folder");
    let target = root.join("site");
    let make = |path: &str, text: &str| match path.ends_with(".png") {
        true => Ok(SiteSource::Copy(path.to_owned())),
        false => Ok(SiteSource::Bytes(text.as_bytes().to_vec())),
    };
    let one = |path: &str| make(path, "one");
    write_site(&root, &target, &["index.html", "img/x.png"], &one).expect("a first site");
    assert_eq!(fs::read_to_string(target.join("img/x.png")).expect("a copy"), "png");

    // The next builds fail half way: the first site stays.
    let two = |path: &str| make(path, "two");
    assert!(write_site(&root, &target, &["index.html", "nothing.png"], &two).is_err());
    let fails =
        |path: &str| if path == "b.html" { Err(miette!("a bad template")) } else { make(path, "two") };
    let error = write_site(&root, &target, &["index.html", "b.html"], &fails).expect_err("a bad template");
    assert_eq!(error.chain().map(|it| it.to_string()).last().as_deref(), Some("a bad template"));
    assert_eq!(fs::read_to_string(target.join("index.html")).expect("the old page"), "one");

    write_site(&root, &target, &["index.html"], &two).expect("a second site");
    assert_eq!(fs::read_to_string(target.join("index.html")).expect("the new page"), "two");
    assert!(!target.join("img").exists(), "pages of the old site are gone");
    let left = fs::read_dir(&root).expect("the root").flatten();
    assert!(left.into_iter().all(|it| !it.file_name().to_string_lossy().starts_with(".docwright-")));

    assert!(write_site(&root, &root.join("foreign"), &["index.html"], &two).is_err());
    assert!(write_site(&root, &root, &["index.html"], &two).is_err());
    assert_eq!(fs::read_to_string(root.join("foreign/keep.txt")).expect("untouched"), "mine");
}

#[test]
fn the_root_is_the_repository_and_the_nearest_configuration_counts() {
    let dir = project(&[
        (".git/HEAD", ""),
        ("sub/book.toml", "[book]\n"),
        ("sub/docs/a.md", ""),
        ("book.toml", "[book]\n"),
    ]);
    let place = locate(&dir.path().join("sub/docs"), None, None).expect("a place");
    assert_eq!(place.root, folder(dir.path()).expect("a folder"));
    assert_eq!(place.config.iter().map(|it| it.path.as_str()).collect::<Vec<_>>(), ["sub/book.toml"]);
    let rooted = locate(Path::new("/"), Some(&dir.path().join("sub")), None).expect("a place");
    assert_eq!(rooted.config[0].path, "book.toml");
    assert!(locate(&dir.path().join("nowhere"), None, None).is_err());
}

#[test]
fn the_remote_gives_a_web_address_without_credentials() {
    for (remote, expected) in [
        ("git@git.example.com:acme/orders.git", Some("https://git.example.com/acme/orders")),
        ("https://ann:secret@git.example.com/acme/orders.git", Some("https://git.example.com/acme/orders")),
        ("ssh://git@git.example.com:2222/acme/orders", Some("https://git.example.com/acme/orders")),
        ("/srv/git/orders.git", None),
        ("../orders", None),
    ] {
        let config = format!("[core]\n\tbare = false\n[remote \"origin\"]\n\turl = {remote}\n");
        let dir = project(&[(".git/config", &config)]);
        assert_eq!(git_remote(dir.path()).as_deref(), expected, "{remote}");
    }
}
