//! Mermaid diagrams as SVG, drawn by `mermaid-rs-renderer`: no browser, no script.
//!
//! A drawing that lost words of its source would mislead whoever follows it at night, so it is compared with them;
//! a diagram that cannot be drawn whole stays text, which everybody can read.

mod chain;
mod labels;
mod svg;

use mermaid_rs_renderer::{RenderOptions, render_with_options};

use crate::parse::apart::apart;

/// Larger diagrams stay text: the layout takes a time that grows with the square of the lines.
const MAX_LINES: usize = 120;
const MAX_LENGTH: usize = 8 * 1024;

/// The kinds whose drawings hold what their sources say. Others come out without their times or values.
const DRAWN: [&str; 10] = [
    "classDiagram",
    "classDiagram-v2",
    "erDiagram",
    "flowchart",
    "flowchart-elk",
    "flowchart-v2",
    "graph",
    "sequenceDiagram",
    "stateDiagram",
    "stateDiagram-v2",
];

/// Draws a diagram without faults. Ids in it begin with `prefix`.
///
/// # Errors
/// Why it stays text, in the style of a finding's message.
pub(super) fn draw(source: &str, prefix: &str) -> Result<String, String> {
    let plain = labels::plain(source);
    let kind =
        plain.split(|c: char| c.is_whitespace() || c == ';').find(|it| !it.is_empty()).unwrap_or_default();
    if !DRAWN.contains(&kind) {
        return Err(format!("diagrams of the kind `{kind}` are not drawn"));
    }
    if plain.len() > MAX_LENGTH || plain.lines().count() > MAX_LINES {
        return Err(format!("it is larger than {MAX_LINES} lines or {} KB", MAX_LENGTH / 1024));
    }
    let drawn = draw_apart(plain.clone())?;
    let drawing = svg::clean(&drawn, prefix).ok_or("the drawing is broken")?;
    if drawing.hides {
        return Err("the drawing would put words on words".to_owned());
    }
    match labels::missing(&plain, kind, &drawing.words) {
        Some(word) => Err(format!("the drawing would lose `{word}`")),
        None => Ok(drawing.svg),
    }
}

fn draw_apart(source: String) -> Result<String, String> {
    let drawn = apart(move || {
        let mut options = RenderOptions::mermaid_default();
        // The fonts of one machine are not those of another.
        options.layout.fast_text_metrics = true;
        render_with_options(&source, options).map_err(|error| one_line(&error.to_string()))
    });
    drawn.map_or_else(
        || Err("it cannot be drawn".to_owned()),
        |it| it.map_err(|error| format!("it cannot be drawn ({error})")),
    )
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(120).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flowchart_is_drawn_in_the_colours_of_the_page() {
        let source = "flowchart LR\n  a[Queue grows] -->|yes| b{Restart?}\n  style a fill:#f00\n";
        let svg = draw(source, "dw-d3-").expect("a drawing");
        assert!(
            svg.starts_with("<svg ") && svg.contains("Queue grows") && svg.contains("var(--ink)"),
            "{svg}"
        );
        assert!(!svg.contains("style=") && !svg.contains("#f") && !svg.contains("xlink"), "{svg}");
        assert!(svg.contains("id=\"dw-d3-") && !svg.contains("url(#arrow"), "{svg}");
        assert_eq!(draw(source, "dw-d3-"), Ok(svg), "the same bytes every time");
    }

    #[test]
    fn the_words_of_a_chain_are_drawn() {
        let svg =
            draw("flowchart LR\n  a[Ask] -->|first| b[Wait] -->|second| c[Go]\n", "p").expect("a drawing");
        assert!(["first", "second", "Wait"].iter().all(|it| svg.contains(it)), "{svg}");
    }

    #[test]
    fn what_would_lose_words_stays_text() {
        let lost = "sequenceDiagram\n  A->>B: ask\n  alt ok\n    B-->>A: fine\n  else broken\n    B--xA: nothing\n  end\n";
        if let Err(reason) = draw(lost, "p") {
            assert!(reason.starts_with("the drawing would lose `"), "{reason}");
        }
        assert_eq!(
            draw("gantt\n  a: 00:00, 5m\n", "p"),
            Err("diagrams of the kind `gantt` are not drawn".to_owned())
        );
        let large = format!("graph TD\n{}", "a --> b\n".repeat(MAX_LINES));
        assert!(draw(&large, "p").is_err_and(|it| it.starts_with("it is larger")));
    }

    #[test]
    fn hostile_text_is_words_or_no_drawing() {
        for source in [
            "graph LR\n a[\"<script>alert(1)</script>\"] --> b[\"<img src=x onerror=alert(1)>\"]\n",
            "graph LR\n a --> b\n click a \"javascript:alert(1)\"\n",
            "graph LR\n a[\"\u{0}\u{1}\"] --> b\n",
            "graph LR\n subgraph a\n subgraph b\n",
            "sequenceDiagram\n A->>B: </text><script>x</script>\n",
            "graph",
            "",
        ] {
            let svg = draw(source, "p").unwrap_or_default();
            for bad in ["<script", "<img", "javascript:", "onerror=\"", "<a "] {
                assert!(!svg.contains(bad), "{source}: {svg}");
            }
        }
    }
}
