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
