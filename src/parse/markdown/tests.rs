//! What the parser's traps must not do to a page.

use super::*;
use crate::model::document::Kind;
use crate::model::page::LinkKind;

fn page(text: &str) -> Page {
    parse(SourceId(0), "docs/a.md", text, true)
}

fn words(text: &str, span: Span) -> &str {
    &text[span.range()]
}

#[test]
fn a_path_parameter_at_the_end_of_a_heading_stays() {
    let text = "## GET /orders/{id}\n\n## Named {#own .x}\n\n## Plain\n";
    let page = page(text);
    let headings: Vec<_> = page.headings.iter().map(|it| (it.text.as_str(), it.anchor.as_str())).collect();
    assert_eq!(headings, [("GET /orders/{id}", "get-ordersid"), ("Named", "own"), ("Plain", "plain")]);
    assert_eq!(words(text, page.headings[1].span), "Named");
}

#[test]
fn attributes_of_python_markdown_are_no_text() {
    let page =
        page("## Tide (*ebb*) ## {: #tide .x }\n\n### Flood {:#flood}\n\n## C# {#c}\n\n## Moor {: moor}\n");
    let headings: Vec<_> = page.headings.iter().map(|it| (it.text.as_str(), it.anchor.as_str())).collect();
    assert_eq!(headings, [("Tide (ebb)", "tide"), ("Flood", "flood"), ("C#", "c"), ("Moor", "moor")]);
    let page = self::page("{{< code file=\"berths.md\" >}}\n---\n");
    assert_eq!(page.headings[0].text, "{{< code file=\"berths.md\" >}}");
}

#[test]
fn heading_text_is_what_github_counts() {
    let page = page("# A <!-- c --> B\n\n# Use `x` ![alt](i.png) *now*\n\nSetext & more\n---\n");
    let anchors: Vec<_> = page.headings.iter().map(|it| it.anchor.as_str()).collect();
    assert_eq!(anchors, ["a--b", "use-x--now", "setext--more"]);
}

#[test]
fn destinations_are_underlined_where_they_stand() {
    let text = "[a](one.md \"t\") ![i](<two words.png>) [r][Label] <https://x.example> <me@x.example>\n\n[label]: three.md#x\n";
    let page = page(text);
    let found: Vec<_> = page.links.iter().map(|it| (it.kind, words(text, it.dest_span))).collect();
    assert_eq!(
        found,
        [
            (LinkKind::Inline, "one.md"),
            (LinkKind::Image, "two words.png"),
            (LinkKind::Reference, "three.md#x"),
            (LinkKind::Autolink, "https://x.example"),
            (LinkKind::Email, "me@x.example"),
            (LinkKind::Definition, "three.md#x"),
        ]
    );
    assert_eq!(page.links[0].title, "t");
}

#[test]
fn bare_urls_are_links_but_not_in_code_or_links() {
    let text = "See https://x.example/a_(b). And `https://y.example` or [https://z.example](q.md).\n";
    let page = page(text);
    let found: Vec<_> = page.links.iter().map(|it| it.dest.as_str()).collect();
    assert_eq!(found, ["https://x.example/a_(b)", "q.md"]);
    assert_eq!(
        page.document.plain_text(0, text),
        text.replace('`', "").replace("[", "").replace("](q.md)", "").trim()
    );
}

#[test]
fn raw_html_gives_ids_and_targets_but_comments_do_not() {
    let text = "<div id=\"top\">\n<a\n  href='x.md'>x</a>\n<!-- <a id=\"no\" href=\"no.md\"> -->\n</div>\n\nText <img src=\"i.png\"> <a name=here></a>\n";
    let page = page(text);
    let found: Vec<_> = page.links.iter().map(|it| (it.kind, words(text, it.dest_span))).collect();
    assert_eq!(found, [(LinkKind::HtmlLink, "x.md"), (LinkKind::HtmlImage, "i.png")]);
    let mut anchors: Vec<_> = page.anchors.keys().map(String::as_str).collect();
    anchors.sort_unstable();
    assert_eq!(anchors, ["here", "top"]);
}

#[test]
fn text_events_are_joined() {
    let text = "Owner [TBD] now\n";
    let page = page(text);
    let texts: Vec<_> = page
        .document
        .nodes
        .iter()
        .filter(|it| matches!(it.kind, Kind::Text(_)))
        .map(|it| &text[it.range()])
        .collect();
    assert_eq!(texts, ["Owner [TBD] now"]);
}

#[test]
fn code_blocks_know_their_language_and_whether_they_are_closed() {
    let text = "```Bash {1,2} title=x\nls\n```\n\n    indented\n\n~~~rust,ignore\nfn\n";
    let page = page(text);
    let found: Vec<_> =
        page.code_blocks.iter().map(|it| (it.language.as_str(), it.fenced, it.closed)).collect();
    assert_eq!(found, [("bash", true, true), ("", false, true), ("rust", true, false)]);
    assert_eq!(words(text, page.code_blocks[0].info_span), "Bash {1,2} title=x");
    assert_eq!(page.code(&page.code_blocks[0], text), "ls\n");
}

#[test]
fn code_in_a_list_loses_its_indentation() {
    let text = "1. Do\n\n   ```sh\n   a\n     b\n   ```\n";
    let page = page(text);
    assert_eq!(page.code(&page.code_blocks[0], text), "a\n  b\n");
}

#[test]
fn titles_come_from_headings_or_the_path() {
    assert_eq!(page("text\n\n## Two\n\n# One\n").title, "One");
    assert_eq!(parse(SourceId(0), "docs/api/README.md", "text", true).title, "Api");
    assert_eq!(title_from_path("high-latency.md"), "High latency");
}

#[test]
fn any_prefix_parses_with_spans_on_character_boundaries() {
    let text = "---\ntitle: Ü\n---\n# Ä [x](y \"z\") {#q}\n\n| a | b |\n|---|---|\n| ü `c` | <b id=\"é\">|\n\n> [!NOTE]\n> ```sh\n> ls é\n> ```\n\n- [ ] a[^1]\n\n[^1]: note https://é.example/x).\n\n[d]: <é> 't'\n";
    for end in (0..=text.len()).filter(|&it| text.is_char_boundary(it)) {
        let text = &text[..end];
        let page = page(text);
        for node in &page.document.nodes {
            assert!(text.get(node.range()).is_some(), "{end}: {node:?}");
        }
        for link in &page.links {
            assert!(text.get(link.dest_span.range()).is_some(), "{end}: {link:?}");
        }
        for block in &page.code_blocks {
            assert!(text.get(block.info_span.range()).is_some(), "{end}: {block:?}");
        }
    }
}

/// The kinds of a page's blocks with the words of each leaf, indented by depth.
fn outline(text: &str) -> String {
    let page = parse(SourceId(0), "a.md", text, true);
    let mut lines = String::new();
    for (id, node) in page.document.nodes.iter().enumerate() {
        if matches!(node.kind, Kind::Text(_) | Kind::SoftBreak) {
            continue;
        }
        let above = page.document.nodes[..id].iter().filter(|it| it.subtree_end as usize > id).count();
        let name = format!("{:?}", node.kind);
        let words = text[node.range()].lines().next().unwrap_or_default();
        lines.push_str(&format!("{:1$}{name} {words}\n", "", above * 2));
    }
    lines
}

#[test]
fn boxes_and_tabs_are_containers_of_blocks() {
    let text = "!!! note \"Tide *high*\"\n    Wait for `ebb`.\n    - a\n\n=== \"One\"\n\n    x\n\n=== \"Two\"\n\n    1. y\n\n1. z\n";
    assert_eq!(
        outline(text),
        "\
Container !!! note \"Tide *high*\"
  ContainerTitle !!! note \"Tide *high*\"
  Paragraph Wait for `ebb`.
    Code(\"ebb\") `ebb`
  List(None) - a
    Item - a
Container === \"One\"
  ContainerTitle === \"One\"
  Paragraph x
Container === \"Two\"
  ContainerTitle === \"Two\"
  List(Some(1)) 1. y
    Item 1. y
List(Some(1)) 1. z
  Item 1. z
"
    );
}

#[test]
fn a_list_that_a_container_cuts_stays_a_list() {
    let text = "1) a\n\n!!! tip\n    b\n\n1) c\n";
    let kinds = outline(text);
    let names: Vec<&str> = kinds.lines().filter_map(|it| it.split_whitespace().next()).collect();
    let expected = [
        "List(Some(1))",
        "Item",
        "Paragraph",
        "Container",
        "ContainerTitle",
        "Paragraph",
        "List(Some(1))",
        "Item",
        "Paragraph",
    ];
    assert_eq!(names, expected);
}
