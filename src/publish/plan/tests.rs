//! What is written and deleted, in which order, and what stays.

use std::path::PathBuf;

use super::*;

fn site(files: &[(&str, &str)]) -> Vec<SiteFile> {
    let file = |(path, hash): &(&str, &str)| SiteFile {
        path: (*path).to_owned(),
        file: PathBuf::from(format!("/site/{path}")),
        size: 1,
        hash: (*hash).to_owned(),
    };
    files.iter().map(file).collect()
}

fn edition(version: &str, aliases: &[&str]) -> Edition {
    Edition {
        version: (!version.is_empty()).then(|| version.to_owned()),
        aliases: aliases.iter().map(|it| (*it).to_owned()).collect(),
        ..Edition::default()
    }
}

fn paths(plan: &Plan) -> Vec<&str> {
    plan.changed().map(|it| it.path.as_str()).collect()
}

#[test]
fn what_pages_need_is_written_before_them() {
    let files = [
        ("a.html", "1"),
        ("a.md", "1"),
        ("assets/docwright-0123456789abcdef.css", "1"),
        ("index.html", "1"),
        ("z/b.html", "1"),
    ];
    let plan = plan(None, &site(&files), &edition("", &[])).expect("a plan");
    assert_eq!(
        paths(&plan),
        ["assets/docwright-0123456789abcdef.css", "a.md", "a.html", "z/b.html", "index.html"]
    );
    assert!(plan.after.root && plan.delete.is_empty());
    assert!(plan.during.files.values().all(Option::is_none));
    assert!(plan.after.files.values().all(Option::is_some));
}

#[test]
fn only_what_was_published_before_is_deleted_and_only_changes_are_written() {
    let first = plan(None, &site(&[("a.html", "1"), ("b.html", "1")]), &edition("", &[])).expect("a plan");
    let site = site(&[("a.html", "1"), ("c.html", "1")]);
    let second = plan(Some(&first.after), &site, &edition("", &[])).expect("a plan");
    assert_eq!(paths(&second), ["c.html"]);
    assert_eq!(second.delete, ["b.html"]);
    let third = plan(Some(&second.after), &site, &edition("", &[])).expect("a plan");
    assert!(third.is_done(Some(&second.after)));
    // A run that was stopped half way: what it may have written is not taken for what it should be.
    let resumed = plan(Some(&second.during), &site, &edition("", &[])).expect("a plan");
    assert_eq!(paths(&resumed), ["c.html"]);
    assert_eq!(resumed.delete, ["b.html"]);
    assert_eq!(resumed.after, second.after);
}

#[test]
fn versions_stand_beside_each_other_and_aliases_move() {
    let one = plan(None, &site(&[("index.html", "1"), ("old.html", "1")]), &edition("1.0", &["latest"]))
        .expect("1.0");
    assert_eq!(
        one.after.files.keys().collect::<Vec<_>>(),
        [
            "1.0/index.html",
            "1.0/old.html",
            "index.html",
            "latest/index.html",
            "latest/old.html",
            "versions.html",
            "versions.json"
        ]
    );
    let two =
        plan(Some(&one.after), &site(&[("index.html", "2")]), &edition("2.0", &["latest"])).expect("2.0");
    assert_eq!(
        paths(&two),
        ["2.0/index.html", "latest/index.html", "index.html", "versions.html", "versions.json"]
    );
    assert_eq!(two.delete, ["latest/old.html"]);
    assert!(two.after.versions["1.0"].is_empty());
    // The alias was moved away, then published without: the folder stays with the version that has it.
    let again =
        plan(Some(&two.after), &site(&[("index.html", "3")]), &edition("1.0", &[])).expect("1.0 again");
    assert_eq!(paths(&again), ["1.0/index.html"]);
    assert_eq!(again.delete, ["1.0/old.html"]);
}

#[test]
fn a_version_goes_with_its_aliases_and_nothing_else() {
    let one = plan(None, &site(&[("index.html", "1")]), &edition("1.0", &[])).expect("1.0");
    let two =
        plan(Some(&one.after), &site(&[("index.html", "2")]), &edition("2.0", &["latest"])).expect("2.0");
    let remove = |version: &str| Edition { remove: Some(version.to_owned()), ..Edition::default() };
    let gone = plan(Some(&two.after), &[], &remove("2.0")).expect("a plan");
    assert_eq!(gone.delete, ["2.0/index.html", "latest/index.html"]);
    assert_eq!(paths(&gone), ["index.html", "versions.html", "versions.json"]);
    assert_eq!(gone.after, one.after);
    let last = plan(Some(&gone.after), &[], &remove("1.0")).expect("a plan");
    assert_eq!(last.delete, ["1.0/index.html", "index.html", "versions.html", "versions.json"]);
    assert!(last.after.files.is_empty());
    for wrong in ["latest", "3.0"] {
        assert!(plan(Some(&two.after), &[], &remove(wrong)).is_err(), "{wrong}");
    }
    let root = plan(Some(&two.after), &site(&[("index.html", "3"), ("a.html", "3")]), &edition("", &[]))
        .expect("root");
    let without = plan(Some(&root.after), &[], &remove("2.0")).expect("a plan");
    assert_eq!(without.delete, ["2.0/index.html", "latest/index.html"]);
}

#[test]
fn a_version_that_was_never_completed_is_not_listed_and_can_be_completed() {
    let one = plan(None, &site(&[("index.html", "1")]), &edition("1.0", &["latest"])).expect("1.0");
    let stopped =
        plan(Some(&one.after), &site(&[("index.html", "2"), ("a.html", "2")]), &edition("2.0", &["latest"]))
            .expect("2.0");
    assert!(!stopped.during.versions.contains_key("2.0"));
    let other =
        plan(Some(&stopped.during), &site(&[("index.html", "3")]), &edition("1.1", &[])).expect("1.1");
    assert_eq!(other.after.versions.keys().collect::<Vec<_>>(), ["1.0", "1.1"]);
    assert!(other.delete.is_empty());
    let again =
        plan(Some(&other.after), &site(&[("index.html", "2")]), &edition("2.0", &["latest"])).expect("2.0");
    assert_eq!(again.delete, ["2.0/a.html", "latest/a.html"]);
    assert!(again.after.files.values().all(Option::is_some));
}

#[test]
fn a_site_at_the_root_and_versions_do_not_touch_each_other() {
    let root = plan(None, &site(&[("index.html", "1"), ("a.html", "1")]), &edition("", &[])).expect("root");
    let versioned =
        plan(Some(&root.after), &site(&[("index.html", "2")]), &edition("2.0", &[])).expect("2.0");
    assert_eq!(paths(&versioned), ["2.0/index.html", "versions.html", "versions.json"]);
    assert!(versioned.delete.is_empty());
    let next = plan(Some(&versioned.after), &site(&[("index.html", "3")]), &edition("", &[])).expect("root");
    assert_eq!(paths(&next), ["index.html"]);
    assert_eq!(next.delete, ["a.html"]);
    for (files, edition) in [
        (vec![("2.0/x.html", "1")], edition("", &[])),
        (vec![("2.0", "1")], edition("", &[])),
        (vec![("versions.json", "1")], edition("", &[])),
        (vec![("index.html", "1")], edition("3.0", &["2.0"])),
        (vec![("index.html", "1")], edition("3.0", &["3.0"])),
        (vec![(".docwright-publish.json", "1")], edition("", &[])),
        (vec![("a/.git/config", "1")], edition("", &[])),
    ] {
        assert!(plan(Some(&next.after), &site(&files), &edition).is_err(), "{files:?}");
    }
    let aliased = plan(None, &site(&[("index.html", "1")]), &edition("1.0", &["latest"])).expect("1.0");
    assert!(plan(Some(&aliased.after), &site(&[]), &edition("latest", &[])).is_err());
    let folder = plan(None, &site(&[("ops/a.html", "1")]), &edition("", &[])).expect("root");
    assert!(plan(Some(&folder.after), &site(&[]), &edition("ops", &[])).is_err());
}

#[test]
fn the_rules_about_assets_hold_in_every_folder() {
    let text = "/*\n  A: b\n\n/assets/x-*\n  Cache-Control: y\n";
    let all = headers_for_folders(text, &["2.1".to_owned()].into());
    assert_eq!(all, "/*\n  A: b\n\n/assets/x-*\n  Cache-Control: y\n\n/2.1/assets/x-*\n  Cache-Control: y\n");
}
