//! Anchors of the numbered steps: `#failover-step-3` is the third item of a list below the heading `failover`.

use std::collections::HashMap;

use crate::model::document::Kind;
use crate::model::page::{Anchor, Page};

/// Gives every item of the numbered lists at the top of a page an anchor. The number is the one that a reader
/// sees, so that a list which goes on behind a table keeps counting; what comes a second time gets `-2`.
pub(super) fn read(page: &mut Page) {
    let mut above = String::new();
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut found = Vec::new();
    for id in page.document.roots() {
        match &page.document.node(id).kind {
            Kind::Heading(index) => {
                above.clear();
                above.extend(page.headings.get(*index as usize).map(|it| format!("{}-", it.anchor)));
            }
            Kind::List(Some(first)) => {
                for (number, item) in (*first..).zip(page.document.children(id)) {
                    let base = format!("{above}step-{number}");
                    let times = seen.entry(base.clone()).or_default();
                    *times += 1;
                    found.push((if *times > 1 { format!("{base}-{times}") } else { base }, item));
                }
            }
            _ => {}
        }
    }
    for (anchor, item) in found {
        page.anchors.entry(anchor).or_insert(Anchor::Step(item));
    }
}

#[cfg(test)]
mod tests {
    use crate::model::page::Anchor;
    use crate::parse::markdown::parse;
    use crate::source::SourceId;

    #[test]
    fn steps_are_counted_below_their_heading() {
        let text =
            "1. a\n2. b\n\n## Fail over\n\n1. c\n   1. inner\n\ntext\n\n2. d\n\ntext\n\n1. e\n\n- no step\n";
        let page = parse(SourceId(0), "a.md", text, true);
        let steps = page.anchors.iter().filter(|it| matches!(it.1, Anchor::Step(_)));
        let mut steps: Vec<_> = steps.map(|it| it.0.as_str()).collect();
        steps.sort_unstable();
        assert_eq!(steps, ["fail-over-step-1", "fail-over-step-1-2", "fail-over-step-2", "step-1", "step-2"]);
    }
}
