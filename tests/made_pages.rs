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

#[test]
fn a_site_has_the_colours_and_the_logo_of_its_owner() {
    let logo =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 60 20\"><path d=\"M0 0h60v20z\"/></svg>";
    let dir = made(&[
        (
            "book.toml",
            "[book]\nsrc = \"docs\"\n[site]\nlogo = \"brand/logo.svg\"\nlogo-dark = \"brand/night.svg\"\nfavicon = \"brand/logo.svg\"\n\
             [site.colors.light]\naccent = \"#8a1538\"\n[site.colors.dark]\npaper = \"#101014\"\n",
        ),
        ("brand/logo.svg", logo),
        ("brand/night.svg", logo),
        ("docs/index.md", "# Harbour\n\nSee the [quays](quays.md).\n"),
        ("docs/quays.md", "# Quays\n\nThere are four.\n"),
    ]);
    let root = dir.path();
    let (code, out, err) = run(root, &["check", "--format", "concise"]);
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert_eq!(run(root, &["build"]).0, 0);
    let read =
        |path: &str| std::fs::read_to_string(root.join("book").join(path)).expect("a file of the site");
    let page = read("quays.html");
    for part in [
        "<img class=\"logo day\" src=\"_files/brand/logo.svg\" alt=\"\" width=\"84\" height=\"28\">",
        "<img class=\"logo night\" src=\"_files/brand/night.svg\" alt=\"\" width=\"84\" height=\"28\">",
        "<link rel=\"icon\" type=\"image/svg+xml\" href=\"_files/brand/logo.svg\">",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("style=") && root.join("book/_files/brand/night.svg").exists());
    let style =
        page.split("rel=\"stylesheet\" href=\"").nth(1).and_then(|it| it.split('"').next()).expect("a style");
    let style = read(style);
    let own = style.rsplit(":root {").next().expect("a rule");
    assert!(
        own.contains("--accent: light-dark(#8a1538, #")
            && own.contains("--paper: light-dark(#ffffff, #101014)")
    );

    let config = |text: &str| std::fs::write(root.join("book.toml"), text).expect("a file");
    config(
        "[book]\nsrc = \"docs\"\n[site]\nlogo = \"brand/gone.png\"\n[site.colors.light]\naccent = \"#f2a900\"\n",
    );
    let (_, out, _) = run(root, &["check", "--format", "concise"]);
    assert!(out.contains("error[book/missing-asset] `brand/gone.png` does not exist"), "{out}");
    assert!(out.contains("warning[book/low-contrast] `#f2a900` and"), "{out}");
    for (text, said) in [
        ("[site.colors.light]\naccent = \"red; } body { display: none\"\n", "this is no colour"),
        ("[site.colors.light]\naccent = 12\n", "this is no colour"),
        ("[site.colors.light]\naccnt = \"#fff\"\n", "did you mean `accent`?"),
        ("[site.colors]\naccent = \"#fff\"\n", "unknown key `site.colors.accent`"),
        ("[site]\nlogo = \"docs/index.md\"\n", "this is no picture"),
    ] {
        config(text);
        let (code, _, err) = run(root, &["check"]);
        assert!(code == 2 && err.contains(said), "{text}: {err}");
    }
}

#[test]
fn lines_begin_where_the_language_or_the_configuration_says() {
    let dir = made(&[("docs/index.md", "# Quay\n\nWords.\n")]);
    let page = |config: &str| {
        std::fs::write(dir.path().join("book.toml"), config).expect("a file");
        assert_eq!(run(dir.path(), &["build"]).0, 0, "{config}");
        std::fs::read_to_string(dir.path().join("book/index.html")).expect("a page")
    };
    assert!(page("[book]\nlanguage = \"he-IL\"\n").contains("<html lang=\"he-IL\" dir=\"rtl\">"));
    assert!(page("[book]\nlanguage = \"az-Arab\"\n").contains("dir=\"rtl\""));
    assert!(page("[book]\nlanguage = \"ku-Latn\"\n").contains("<html lang=\"ku-Latn\">"));
    assert!(page("[book]\nlanguage = \"ar\"\ntext-direction = \"ltr\"\n").contains("<html lang=\"ar\">"));
    assert!(page("[book]\ntext-direction = \"rtl\"\n").contains("<html lang=\"en\" dir=\"rtl\">"));
}

#[test]
fn formulas_are_laid_out_when_the_site_is_built() {
    let text = "# Lag\n\nPay $5 to $10 for $HOME/$USER. It is $x^2 \\le y$.\n\n```math\n\\frac{lag}{rate}\n```\n\nBroken $\\nope$ here.\n";
    let dir = made(&[("book.toml", "[book]\nsrc = \"docs\"\n"), ("docs/index.md", text)]);
    let root = dir.path();
    let page = || std::fs::read_to_string(root.join("book/index.html")).expect("the page");
    assert_eq!(run(root, &["build"]).0, 0);
    let plain = page();
    assert!(plain.contains("<span class=\"math\" tabindex=\"0\"><math display=\"block\">"), "{plain}");
    assert!(plain.contains("It is $x^2 \\le y$.") && plain.matches("<math").count() == 1, "{plain}");
    std::fs::write(root.join("book.toml"), "[book]\nsrc = \"docs\"\n[site]\nmath = true\n").expect("a file");
    let (_, out, _) = run(root, &["check", "--format", "concise"]);
    assert!(out.contains("docs/index.md:9:9: warning[math/unreadable] the formula cannot be shown: unknown command `\\nope`"), "{out}");
    assert_eq!(run(root, &["build"]).0, 0);
    let page = page();
    assert!(page.contains("Pay $5 to $10 for $HOME/$USER. It is <math>"), "{page}");
    assert!(page.contains("<annotation encoding=\"application/x-tex\">x^2 \\le y</annotation>"), "{page}");
    assert!(page.contains("Broken <code class=\"language-math\">\\nope</code> here."), "{page}");
    let found = std::fs::read_dir(root.join("book/search")).expect("the search").flatten();
    let texts: String = found.filter_map(|it| std::fs::read_to_string(it.path()).ok()).collect();
    assert!(texts.contains("lag") && texts.contains("x^2"), "the source is found");
}
