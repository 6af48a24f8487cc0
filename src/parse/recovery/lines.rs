//! Inline text, line by line: statements, and labels whose value stands below.

use super::blocks::Walk;
use super::cell::Cell;
use super::governor::{Governor, governor};
use super::mention::{self, Label};
use super::statement::{self, Above, Stated};
use super::tokens::Token;
use super::{inline, subject, table};

/// A label whose value has not come yet.
pub(super) struct Pending {
    /// The label's line.
    pub(super) tokens: Vec<Token>,
    /// What it states if nothing follows.
    pub(super) stated: Vec<Stated>,
    /// What it is about.
    pub(super) path: Vec<String>,
    /// The label.
    pub(super) label: Label,
}

impl Walk<'_, '_> {
    /// Reads inline text; gives what it says about the blocks below, and a label whose value may come there.
    pub(super) fn text(
        &mut self,
        tokens: Vec<Token>,
        current: &Governor,
        outer: &Governor,
    ) -> (Option<Governor>, Option<Pending>) {
        self.abbreviations.note(&tokens);
        let bold = !tokens.is_empty() && tokens.iter().all(|it| it.bold || it.is(':'));
        let segments = inline::segments(tokens);
        let dismissed = self.is_dismissed(current);
        let base = self.above(current);
        let from = self.sheet.found.len();
        let mut path = self.path(current);
        let depth = path.len();
        let mut pending: Option<Pending> = None;
        for segment in &segments {
            if dismissed || is_comment(segment) {
                continue;
            }
            if segment[0].is('|') {
                self.loose_row(segment, &base, &path);
                continue;
            }
            let mut above = base.clone();
            if let Some(open) = &pending {
                above = Above {
                    kinds: open.label.kinds.clone(),
                    scopes: true,
                    role: open.label.role.or(base.role),
                    unit: open.label.unit,
                };
            }
            let statement = statement::read(segment, &above);
            let named = !mention::mentions(segment).is_empty();
            if named {
                // The label before has had no value on its lines.
                let waiting = pending.take().filter(|it| {
                    // "RTO/RPO:" is a title over "RTO: 4 hours".
                    let stated = statement.stated.iter().any(|stated| it.label.kinds.contains(&stated.kind));
                    !stated && (statement.open.is_some() || !statement.stated.is_empty())
                });
                self.state(waiting);
            } else if !statement.stated.is_empty() {
                pending = None;
            }
            for stated in statement.stated {
                self.sheet.add(segment, stated, &path);
            }
            if let Some((place, label)) = statement.open {
                let stated = label
                    .kinds
                    .iter()
                    .map(|&kind| Stated::unset(kind, label.role.or(above.role), place.clone(), true))
                    .collect();
                pending = Some(Pending { tokens: segment.clone(), stated, path: path.clone(), label });
            } else if !named && segments.len() > 1 && segment.last().is_some_and(|it| it.is(':')) {
                path.truncate(depth);
                path.extend(subject::name(segment, self.sheet.text));
            }
        }
        let stated = self.sheet.is_sure_since(from);
        let below = self.below(&segments, bold, stated, outer);
        (below, pending)
    }

    /// What inline text says about the blocks that follow it, when it is a label.
    pub(super) fn below(
        &self,
        segments: &[Vec<Token>],
        bold: bool,
        stated: bool,
        outer: &Governor,
    ) -> Option<Governor> {
        let last = segments.last()?;
        let naming = segments.iter().find(|it| !mention::mentions(it).is_empty());
        let ends = last.last().is_some_and(|it| it.is_any(&[':', '?']));
        let tokens = if stated { last } else { naming.unwrap_or(last) };
        let head =
            tokens.iter().position(|it| it.is(':')).filter(|_| naming.is_some()).unwrap_or(tokens.len());
        let mut says = governor(&tokens[..head], self.sheet.text);
        let labels = bold || ends || says.label.as_ref().is_some_and(|it| it.pure);
        if !labels || segments.len() > 3 {
            return None;
        }
        if stated {
            says.label = None;
            // The role of "Current RPO: 24 hours" is that value's own.
            if !mention::mentions(last).is_empty() {
                says.role = None;
            }
        }
        says.ends = says.label.is_none();
        says.dismissed |= outer.dismissed;
        says.role = says.role.or(outer.role);
        says.subject.splice(0..0, outer.subject.iter().cloned());
        Some(says)
    }

    pub(super) fn loose_row(&mut self, segment: &[Token], above: &Above, path: &[String]) {
        let inner = segment.strip_suffix(&[segment[0].clone()]).unwrap_or(segment);
        let inner = if inner.last().is_some_and(|it| it.is('|')) { &inner[..inner.len() - 1] } else { inner };
        let cells =
            inner[1.min(inner.len())..].split(|it| it.is('|')).map(|it| Cell::new(it.to_vec())).collect();
        table::loose_row(cells, above, path, self.sheet);
    }
}

/// Lines of code that were commented out.
fn is_comment(segment: &[Token]) -> bool {
    matches!(segment, [first, second, ..] if first.is('/') && (second.is('/') || second.is('*')))
}
