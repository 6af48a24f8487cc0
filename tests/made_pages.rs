//! Pages that are made beside those that people wrote: the whole book on one page, and the feed of changes.

use crate::commands::{made, run};
use crate::gate::git;

#[test]
fn pages_say_when_they_were_changed_and_a_feed_tells() {
    let dir = made(&[
        (
            "book.toml",
            "[site]\nurl = \"https://docs.harbour.example/\"\nlast-updated = true\n[book]\nsrc = \"docs\"\n",
        ),
        ("docs/index.md", "# Harbour\n\nSee the [quays](quays.md).\n"),
        ("docs/quays.md", "# Quays\n\nThere are four.\n"),
    ]);
    let root = dir.path();
    let (code, _, err) = run(root, &["build"]);
    assert!(code == 0 && err.contains("warning: `site.last-updated`"), "{err}");
    git(root, &["init", "--quiet"]);
    git(root, &["add", "docs"]);
    git(root, &["commit", "--quiet", "-m", "Describe <the> quays"]);
    assert_eq!(run(root, &["build"]).0, 0);
    let read =
        |path: &str| std::fs::read_to_string(root.join("book").join(path)).expect("a file of the site");
    let day = git(root, &["log", "-1", "--format=%cs"]);
    let day = day.trim();
    let page = read("quays.html");
    assert!(page.contains(&format!("datetime=\"{day}\"")) && page.contains("by Ida Storm"), "{page}");
    assert!(page.contains("<link rel=\"alternate\" type=\"application/atom+xml\""));
    let feed = read("feed.xml");
    assert!(feed.contains("<id>https://docs.harbour.example/quays.html</id>"), "{feed}");
    assert!(feed.contains("<summary>Describe &lt;the&gt; quays</summary>"), "{feed}");
    assert!(read("sitemap.xml").contains(&format!("<lastmod>{day}</lastmod>")));
}

#[test]
fn the_whole_book_is_on_one_page_whose_links_stay_there() {
    let dir = made(&[
        (
            "docs/index.md",
            "# Harbour\n\nSee the [quays](quays.md#north), or [below](#words).\n\n## Words\n\nx\n",
        ),
        ("docs/quays.md", "# Quays\n\n## North\n\nBack to the [start](index.md).\n"),
    ]);
    let root = dir.path();
    assert_eq!(run(root, &["build"]).0, 0);
    let print = std::fs::read_to_string(root.join("book/print.html")).expect("the page");
    for words in [
        "<section class=\"print-part\" id=\"p1\"",
        "href=\"#p2-north\"",
        "href=\"#p1-words\"",
        "<h2 id=\"p2-north\">",
        "href=\"#p1\"",
    ] {
        assert!(print.contains(words), "{words}: {print}");
    }
    std::fs::write(root.join("book.toml"), "[output.html.print]\nenable = false\n").expect("a file");
    assert_eq!(run(root, &["build"]).0, 0);
    assert!(!root.join("book/print.html").exists());
}

#[test]
fn what_pages_say_of_themselves_is_shown_with_values_in_the_place_of_names() {
    let dir = made(&[
        ("book.toml", "[variables]\nteam = \"Quay team\"\nnumber = \"+47 555 0199\"\n"),
        (
            "docs/runbooks/lamp.md",
            "# Lamp\n\n**Owner**: {{ team }}\n\n## Steps\n\n1. Look.\n\n## Escalation of the {{ team }}\n\n\
             | Who | How |\n|---|---|\n| {{ team }} | {{ number }} |\n\n## After\n\nSleep.\n",
        ),
    ]);
    assert_eq!(run(dir.path(), &["build"]).0, 0);
    let read = |path: &str| std::fs::read_to_string(dir.path().join("book").join(path)).expect("a page");
    let contacts = read("contacts.html");
    assert!(!contacts.contains("{{"), "{contacts}");
    assert!(contacts.contains("<td>Quay team</td>") && contacts.contains("+47 555 0199"), "{contacts}");
    assert!(contacts.contains("Escalation of the Quay team") && !contacts.contains("Sleep"), "{contacts}");
}

#[test]
fn pages_are_listed_by_audience_and_by_tag() {
    let page = |front: &str, title: &str| format!("---\n{front}\n---\n# {title}\n\nWords of {title}.\n");
    let dir = made(&[
        ("docs/index.md", "# Harbour\n\n[a](quays.md) [b](lamps.md)\n"),
        ("docs/quays.md", &page("audience: [Operators]\ntags: [winter, ice]", "Quays")),
        ("docs/lamps.md", &page("audience: operators, support\ntags: ice", "Lamps")),
    ]);
    let root = dir.path();
    assert_eq!(run(root, &["build"]).0, 0);
    let read = |path: &str| std::fs::read_to_string(root.join("book").join(path)).expect("a page");
    let list = read("tags/ice.html");
    assert!(list.contains("<li><a href=\"../lamps.html\">Lamps</a><p>Words of Lamps.</p></li>"), "{list}");
    assert!(list.find("Lamps</a>") < list.find("Quays</a>"));
    assert!(read("audience/index.html").contains("<a href=\"operators.html\">operators</a><p>2 pages</p>"));
    let quays = read("quays.html");
    assert!(quays.contains("<dt>Tags</dt><dd><a href=\"tags/winter.html\">winter</a></dd>"), "{quays}");
    assert!(quays.contains("<p class=\"by\"><a href=\"audience/index.html\">Audiences</a></p>"));
    assert!(read("search/d0.js").contains("audience/support.html"));
    std::fs::write(root.join("book.toml"), "[site]\naudiences = \"roles\"\ntags = false\n").expect("written");
    assert_eq!(run(root, &["build"]).0, 0);
    assert!(root.join("book/roles/operators.html").exists() && !root.join("book/tags").exists());
    assert!(!read("quays.html").contains("winter"));
    for wrong in ["\"../x\"", "\"a b\"", "3"] {
        std::fs::write(root.join("book.toml"), format!("[site]\ntags = {wrong}\n")).expect("written");
        let (code, _, err) = run(root, &["build"]);
        assert!(code == 2, "{wrong}: {err}");
    }
}
