//! What a document's text becomes, and that hostile text stays text.

use html5gum::{Token, Tokenizer};

use crate::render::Settings;
use crate::render::tests::{Built, build, html};

fn site(markdown: &str) -> Built {
    let files = [
        ("docs/a.md", markdown),
        ("docs/b.md", "# Other\n\n## Part two\n"),
        ("docs/img.png", ""),
        ("deploy/restore.sh", ""),
        ("images/logo.svg", ""),
    ];
    build(&files, &Settings::default())
}

/// The body of a page with this text, without the page's title.
fn body(markdown: &str) -> String {
    let site = site(markdown);
    let page = html(&site, "a.html");
    let start = page.find("<article>").expect("a page has an article") + "<article>".len();
    let end = page.rfind("</article>").expect("it ends");
    let body = page[start..end].trim();
    let body = body.strip_prefix("<h1>A</h1>").unwrap_or(body).trim();
    body.split("<p class=\"page-findings\">").next().unwrap_or_default().trim().to_owned()
}

/// Every element ends where it should, and nothing on the page runs or loads from elsewhere.
fn assert_harmless(html: &str, what: &str) {
    const VOID: &[&str] = &["br", "col", "hr", "img", "input", "link", "meta", "rect", "wbr"];
    let mut open: Vec<String> = Vec::new();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                for (key, value) in &tag.attributes {
                    let (key, value) = (String::from_utf8_lossy(key), String::from_utf8_lossy(&value.value));
                    assert!(!key.starts_with("on") && key != "style" && key != "srcdoc", "{key} in {what:?}");
                    let value = value.trim().to_lowercase();
                    assert!(!value.contains("javascript:") || key == "title", "{key}={value} in {what:?}");
                    if key == "src" {
                        assert!(!value.contains("//") && !value.contains(':'), "{key}={value} in {what:?}");
                    }
                }
                let script = name == "script" && tag.attributes.contains_key(b"src".as_slice());
                assert!(script || !matches!(name.as_str(), "script" | "style" | "iframe" | "object" | "svg"));
                if !VOID.contains(&name.as_str()) {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert_eq!(open.pop().as_deref(), Some(name.as_str()), "unbalanced: {what:?}\n{html}");
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "left open: {open:?} in {what:?}");
}

#[test]
fn blocks() {
    assert_eq!(
        body("Hello *you* & **them** <3"),
        "<p>Hello <em>you</em> &amp; <strong>them</strong> &lt;3</p>"
    );
    assert_eq!(
        body("# Wir\n\n## Über uns"),
        "<h1 id=\"wir\">Wir <a class=\"permalink\" href=\"#wir\" aria-label=\"Link to “Wir”\">#</a></h1>\n<h2 id=\"über-uns\">Über uns <a class=\"permalink\" href=\"#%C3%BCber-uns\" \
         aria-label=\"Link to “Über uns”\">#</a></h2>"
    );
    assert_eq!(body("- a\n- b"), "<ul>\n<li>a</li>\n<li>b</li>\n</ul>");
    assert_eq!(body("- a\n\n- b"), "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>");
    assert_eq!(
        body("- x\n\n  3. a"),
        "<ul>\n<li><p>x</p>\n<ol start=\"3\">\n<li>a</li>\n</ol>\n</li>\n</ul>"
    );
    assert_eq!(
        body("- [x] done"),
        "<ul>\n<li class=\"task\"><input type=\"checkbox\" disabled checked aria-label=\"done\"> done</li>\n</ul>"
    );
    assert_eq!(
        body("> [!WARNING]\n> Hot."),
        concat!(
            "<div class=\"alert warning\" role=\"note\"><p class=\"alert-title\">Warning</p>\n",
            "<p>Hot.</p>\n</div>"
        )
    );
    assert_eq!(body("Word\n: Meaning"), "<dl>\n<dt>Word</dt>\n<dd>Meaning</dd>\n</dl>");
}

#[test]
fn tables_scroll_by_themselves() {
    assert_eq!(
        body("| a | b |\n|:-:|--:|\n| `1|2` | x |"),
        concat!(
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table: A\"><table>\n",
            "<thead><tr><th scope=\"col\" class=\"center\">a</th><th scope=\"col\" class=\"right\">b</th>",
            "</tr></thead>\n<tbody>\n",
            "<tr><td class=\"center\">`1</td><td class=\"right\">2`</td></tr>\n",
            "</tbody></table></div>"
        )
    );
}

#[test]
fn code_has_its_language_and_title() {
    assert_eq!(
        body("```Bash title=\"run <me>\"\necho \"$A\" && b\n```"),
        concat!(
            "<figure class=\"code\"><figcaption>run &lt;me&gt; <span class=\"lang\">bash</span></figcaption>",
            "<pre tabindex=\"0\"><code class=\"language-bash\">",
            "<span class=\"tok-f\">echo</span> <span class=\"tok-s\">&quot;</span><span class=\"tok-v\">$A</span>",
            "<span class=\"tok-s\">&quot;</span> <span class=\"tok-o\">&amp;&amp;</span> ",
            "<span class=\"tok-f\">b</span>\n</code></pre></figure>"
        )
    );
    assert!(body("    plain").starts_with("<figure class=\"code\"><pre tabindex=\"0\"><code>plain"));
}

#[test]
fn lines_of_code_have_elements_where_they_are_told_apart() {
    let html = body("```json {2} linenums=\"9\"\n{\n\"a\":\n1}\n```");
    assert!(
        html.contains("<span class=\"ln\" data-n=\"9\">{\n</span><span class=\"ln hl\" data-n=\"10\">"),
        "{html}"
    );
    let html = body("```diff\n-a\n+b\n```");
    assert!(html.contains("<span class=\"ln del\"><span class=\"tok-del\">-a\n</span></span>"), "{html}");
    let html = body("```rust,should_panic\n# fn main() {\nx();\n# }\n#[y]\n```");
    assert!(html.contains("<span class=\"ln boring\"><span class=\"tok-k\">fn</span>"), "{html}");
    assert!(html.contains("rust <span class=\"note\">panics</span>"), "{html}");
    assert_eq!(html.matches("boring").count(), 2, "{html}");
}

#[test]
fn steps_have_links_that_last() {
    let html = body("## Go\n\n1. a\n2. b\n   1. c\n\n[x](#go-step-2) [y](#go-step-9)");
    let step = "<li id=\"go-step-2\"><a class=\"permalink step\" href=\"#go-step-2\" aria-label=\"Link to this step\">#</a>b";
    assert!(html.contains(step), "{html}");
    assert!(html.contains("<li>c</li>"), "{html}");
    assert!(html.contains("<a href=\"#go-step-2\">x</a>"), "{html}");
    assert!(html.contains("class=\"dead\""), "{html}");
}

#[test]
fn tabs_need_no_script() {
    let expected = |inside: [&str; 2]| {
        let tab = |at: usize, name: &str, checked: &str, inside: &str| {
            format!(
                "<input type=\"radio\" name=\"dw-tabs-1\" id=\"dw-tab-1-{at}\"{checked}>\
                 <label for=\"dw-tab-1-{at}\">{name}</label>\n<div class=\"panel\"><p class=\"tab-title\">{name}</p>\n{inside}</div>\n"
            )
        };
        let tabs = tab(1, "A", " checked", inside[0]) + &tab(2, "B", "", inside[1]);
        format!("<fieldset class=\"tabs\"><legend>A, B</legend>\n{tabs}</fieldset>")
    };
    let code = |words: &str| {
        format!("<figure class=\"code\"><pre tabindex=\"0\"><code>{words}\n</code></pre></figure>\n")
    };
    assert_eq!(
        body("=== \"A\"\n\n    ```\n    x\n\n    y\n    ```\n\n=== \"B\"\n    *z*\n"),
        expected([&code("x\n\ny"), "<p><em>z</em></p>\n"])
    );
    let html = body("``` tab=\"A\"\nx\n```\n``` tab=\"B\"\ny\n```\n\nz");
    assert!(html.contains("<label for=\"dw-tab-1-2\">B</label>"), "{html}");
    assert!(html.ends_with("</fieldset>\n<p>z</p>"), "{html}");
}

#[test]
fn boxes_of_mkdocs_are_alerts() {
    assert_eq!(
        body("!!! danger \"Hot\"\n    One\n    two.\n\n    - a\n\nafter"),
        "<div class=\"alert caution\" role=\"note\"><p class=\"alert-title\">Hot</p>\n<p>One\ntwo.</p>\n<ul>\n<li>a</li>\n</ul>\n</div>\n<p>after</p>"
    );
    assert_eq!(
        body("??? tip\n    a\n"),
        "<details class=\"alert tip\"><summary class=\"alert-title\">Tip</summary>\n<p>a</p>\n</details>"
    );
    assert_eq!(body("!!! tip\nno body"), "<p>!!! tip\nno body</p>");
    let html = body("1. a\n\n    !!! note\n        | x |\n        |---|\n        | y |\n\n2. b");
    assert!(html.contains("<p class=\"alert-title\">Note</p>\n<div class=\"table\""), "{html}");
    assert!(html.contains("id=\"step-2\""), "{html}");
}

#[test]
fn footnotes_lead_there_and_back() {
    let html = body("One[^a] two[^b] one again[^a].\n\n[^b]: Second.\n[^a]: First.\n[^c]: Nobody asks.");
    assert!(html.contains("<a id=\"fnref-a\" href=\"#fn-a\" role=\"doc-noteref\">1</a>"), "{html}");
    assert!(html.contains("<a id=\"fnref-a-2\" href=\"#fn-a\" role=\"doc-noteref\">1</a>"), "{html}");
    assert!(html.contains("<li id=\"fn-a\"><p>First. <a class=\"backref\" href=\"#fnref-a\""), "{html}");
    assert!(html.find("id=\"fn-a\"") < html.find("id=\"fn-b\""), "{html}");
    assert!(html.contains("Nobody asks."), "{html}");
}

#[test]
fn links_go_where_the_resolver_says() {
    for (markdown, expected) in [
        ("[x](b.md#part-two)", "<a href=\"b.html#part-two\">x</a>"),
        ("[x](b.md#Part-Two)", "<a href=\"b.html#part-two\">x</a>"),
        (
            "[x](b.md#three)",
            "<a href=\"b.html#three\" class=\"dead\" title=\"dead link: that page has no section “three”\">x</a>",
        ),
        ("[x](../deploy/restore.sh)", "<span class=\"path\" title=\"deploy/restore.sh\">x</span>"),
        (
            "<https://a.example/?q=1&r=2>",
            "<a href=\"https://a.example/?q=1&amp;r=2\" rel=\"noopener\">https://a.example/?q=1&amp;r=2</a>",
        ),
        ("<me@a.example>", "<a href=\"mailto:me@a.example\" rel=\"noopener\">me@a.example</a>"),
        ("`docs/nope.md` `b.md`", "<code>docs/nope.md</code> <a href=\"b.html\"><code>b.md</code></a>"),
        (
            "![alt](img.png \"T\")",
            "<img src=\"img.png\" alt=\"alt\" title=\"T\" loading=\"lazy\" decoding=\"async\">",
        ),
        (
            "![l](../images/logo.svg)",
            "<img src=\"_files/images/logo.svg\" alt=\"l\" loading=\"lazy\" decoding=\"async\">",
        ),
        (
            "![badge](https://x.example/b.svg)",
            "<a class=\"picture\" href=\"https://x.example/b.svg\" rel=\"noopener\">badge</a>",
        ),
        ("[![badge](https://x.example/b.svg)](b.md)", "<a href=\"b.html\">badge</a>"),
    ] {
        assert_eq!(body(markdown), format!("<p>{expected}</p>"), "{markdown}");
    }
}

#[test]
fn tags_that_html_does_not_know_are_words() {
    assert_eq!(body("Use <your-token> here"), "<p>Use &lt;your-token&gt; here</p>");
    assert_eq!(
        body("<info added on 2025-09-11T12:00Z>\nText.\n</info added on 2025-09-11T12:00Z>"),
        "<p>&lt;info added on 2025-09-11T12:00Z&gt;\nText.\n&lt;/info added on 2025-09-11T12:00Z&gt;</p>"
    );
    assert_eq!(
        body("<kbd>Ctrl</kbd> <!-- note --> H<sub>2</sub>O"),
        "<p><kbd>Ctrl</kbd>  H<sub>2</sub>O</p>"
    );
}

#[test]
fn details_hold_markdown() {
    let html = body("<details open>\n<summary>Why</summary>\n\n- *a*\n\n</details>");
    assert_eq!(
        html,
        "<details open=\"\">\n<summary>Why</summary>\n<ul>\n<li><em>a</em></li>\n</ul>\n</details>"
    );
}

#[test]
fn raw_links_and_images_are_resolved_too() {
    assert_eq!(body("<a href=\"b.md\" onclick=x>b</a>"), "<p><a href=\"b.html\">b</a></p>");
    assert_eq!(
        body("<img src=\"img.png\" width=40 onerror=x>"),
        "<img src=\"img.png\" alt=\"\" width=\"40\" loading=\"lazy\" decoding=\"async\">"
    );
}

/// Inputs that try to run something, to load something, or to end what they did not begin.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "text <script src=//evil.example/x.js></script> text",
    "<img src=x onerror=alert(1)>",
    "<IMG SRC=\"javascript:alert(1)\">",
    "<svg onload=alert(1)><a xlink:href=\"javascript:1\">x</a></svg>",
    "<math><mtext><img src onerror=1></mtext></math>",
    "[x](javascript:alert(1))",
    "[x](  JaVaScRiPt:alert(1) )",
    "[x](java&#x73;cript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](&#1;javascript:alert(1))",
    "[x](javascript%3Aalert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x) ![y](data:image/svg+xml,x)",
    "<a href=\" &#14; javascript:alert(1)\">x</a>",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<iframe srcdoc=\"<script>1</script>\"></iframe>",
    "<style>@import url(//evil.example)</style>",
    "<p style=\"background:url(//evil.example)\">x</p>",
    "<form action=//evil.example><input type=image src=x><button formaction=javascript:1>",
    "<base href=//evil.example><meta http-equiv=refresh content=0>",
    "</article></main></div></body></html>after",
    "<div><div><div>",
    "<details><summary>never closed",
    "# <b>never closed\n\n- <i>item\n- </li></ul><u>\n\n| <td> | </table> |\n|---|---|\n| <tr> | <div> |",
    "<table><tr><td>\n\n# Heading\n\n</table>",
    "<a href=b.md>one <a href=b.md>two [three](b.md)</a>",
    "[one <a href=b.md>two</a> `b.md`](b.md)",
    "<textarea><title><xmp><plaintext>\n\nnext",
    "<!-- never closed\n\n<script>1</script>",
    "<![CDATA[ <script>1</script> ]]>",
    "<?php echo 1 ?><!DOCTYPE html>",
    "<div class=\"never closed\n\ntext",
    "`<script>` ```<script>```\n\n    <script>\n",
    "<p>one<p>two\n\n> <blockquote>\n\n</p>",
    "[^1]: <div>\n\nx[^1]<details>\n\n[^1]",
    "![<script>](b.md) ![](\"onerror=\"x)",
    "[a](b.md \"\\\" onmouseover=\\\"x\")",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
    "<a title='\"><script>1</script>' href=b.md>x</a>",
    "\0<\0script>\u{feff}</scr\0ipt>",
];

#[test]
fn hostile_text_stays_text() {
    for markdown in HOSTILE {
        let site = site(markdown);
        assert_harmless(html(&site, "a.html"), markdown);
    }
}

#[test]
fn any_prefix_of_any_page_is_balanced() {
    let page = HOSTILE.join("\n\n")
        + "\n\n=== \"T\"\n\n    x\n=== \"U\"\n    <b>\n\n!!! note\n    *y*\n    - z\n\n``` tab=a\n<\n```\n\n1. a\n   ```sh\n   b\n   ```\n   > [!NOTE]\n   > <div>\n\nT\n: <dd>\n";
    for (end, _) in page.char_indices().step_by(3).filter(|it| it.0 > 0) {
        let prefix = &page[..end];
        assert_harmless(&body(prefix), prefix);
    }
}

#[test]
fn depth_costs_no_stack() {
    let html = body(&format!("{}x", "> ".repeat(3000)));
    assert_harmless(&html, "deep quotes");
    assert_harmless(&body(&"<div>".repeat(3000)), "deep divisions");
}
