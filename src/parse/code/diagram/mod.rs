//! Mermaid diagrams as SVG, drawn by `mermaid-rs-renderer`: no browser, no script.
//!
//! A drawing that lost words of its source would mislead whoever follows it at night, so it is compared with them;
//! a diagram that cannot be drawn whole stays text, which everybody can read.

mod labels;
mod svg;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use mermaid_rs_renderer::{RenderOptions, render_with_options};

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

/// The name of the thread that draws: what it says when it breaks is said by a finding.
const THREAD: &str = "diagram";

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

/// Draws in a thread of its own, so that a renderer that gives up takes nobody along.
fn draw_apart(source: String) -> Result<String, String> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if std::thread::current().name() != Some(THREAD) {
                before(info);
            }
        }));
    });
    let draw = move || {
        let mut options = RenderOptions::mermaid_default();
        // The fonts of one machine are not those of another.
        options.layout.fast_text_metrics = true;
        catch_unwind(AssertUnwindSafe(|| render_with_options(&source, options)))
    };
    let thread = std::thread::Builder::new().name(THREAD.to_owned()).stack_size(16 << 20).spawn(draw);
    match thread.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(Ok(svg)))) => Ok(svg),
        Ok(Ok(Ok(Err(error)))) => Err(format!("it cannot be drawn ({})", one_line(&error.to_string()))),
        _ => Err("it cannot be drawn".to_owned()),
    }
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
