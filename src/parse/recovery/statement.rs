//! One segment of text → values bound to the objectives that it names.
//!
//! A value belongs to a name when it follows the name's label ("RTO target: 4 hours", "RTO of 4 hours"), or
//! stands right before it ("4-hour RTO"). A segment without a name may continue what a heading, label or
//! column above it names ("Target: 4 hours").

use std::ops::Range;

use super::items::{self, Item, Place};
use super::lexicon::{self, Class};
use super::mention::{self, Label};
use super::pairs;
use super::reader::Reader;
use super::tokens::Token;
use super::value::{self, Accept, Value};
use crate::model::fact::{Objective, Role, Status};

/// What stands above a segment and is continued by it.
#[derive(Debug, Clone, Default)]
pub(super) struct Above {
    /// The objectives that a segment without a name speaks of.
    pub(super) kinds: Vec<Objective>,
    /// Whether lines with labels of their own ("Tier 1: 4 hours") speak of them too, not only roles.
    pub(super) scopes: bool,
    /// The role that holds where no nearer word says another.
    pub(super) role: Option<Role>,
    /// The unit of bare numbers, in seconds.
    pub(super) unit: Option<f64>,
}

/// A value of an objective, in tokens of the segment.
#[derive(Debug, Clone)]
pub(super) struct Stated {
    /// Which objective.
    pub(super) kind: Objective,
    /// What the nearest word says.
    pub(super) role: Option<Role>,
    /// The value.
    pub(super) value: Value,
    /// The tokens of the value; of the label where there is none.
    pub(super) place: Range<usize>,
    /// Whether there are words for the value.
    pub(super) empty: bool,
    /// Words that say what it is for.
    pub(super) scope: Vec<Range<usize>>,
    /// Counts only beside a statement that is sure.
    pub(super) weak: bool,
}

/// What a segment says.
#[derive(Debug, Default)]
pub(super) struct Statement {
    /// In the order of the text.
    pub(super) stated: Vec<Stated>,
    /// A label at the end whose value may follow below: its place and what it names.
    pub(super) open: Option<(Range<usize>, Label)>,
}

/// Reads a segment.
pub(super) fn read(tokens: &[Token], above: &Above) -> Statement {
    let mentions = mention::mentions(tokens);
    if mentions.is_empty() {
        return Statement { stated: continued(tokens, above), open: None };
    }
    let mut statement = Statement::default();
    let (mut free, mut role) = (0, None);
    for (index, mention) in mentions.iter().enumerate() {
        let limit = mentions.get(index + 1).map_or(tokens.len(), |it| it.start);
        let reader = Reader { tokens, mention, limit, free, above, first: index == 0 };
        if reader.is_condition() {
            free = mention.end;
            continue;
        }
        // In "RPO/RTO: 1 hour RPO, 4 hours RTO" each value is the next name's.
        let follower = mentions.get(index + 1).filter(|next| mention.kinds.len() > next.kinds.len());
        let taken = follower.is_some_and(|next| {
            let limit = mentions.get(index + 2).map_or(tokens.len(), |it| it.start);
            let next = Reader { tokens, mention: next, limit, free: mention.end, above, first: false };
            next.value_first().is_some()
        });
        if taken {
            continue;
        }
        let mut found =
            reader.denied().or_else(|| reader.value_first()).unwrap_or_else(|| reader.after_label());
        // "an actual RTO of 52 minutes and an RPO of 3 minutes"
        if let Some(role) = role.filter(|_| reader.follows()) {
            found.iter_mut().for_each(|it| it.role = it.role.or(Some(role)));
        }
        role = found.last().and_then(|it| it.role);
        free = found.last().map_or(mention.end, |it| it.place.end.max(mention.end));
        if found.is_empty() && limit == tokens.len() {
            statement.open = reader.open();
        }
        statement.stated.extend(found);
    }
    statement
}

/// Reads a segment that names no objective.
fn continued(tokens: &[Token], above: &Above) -> Vec<Stated> {
    if above.kinds.is_empty() {
        return Vec::new();
    }
    let place = if above.scopes { Place::Below } else { Place::RoleBelow };
    let mut found = match above.kinds.len() {
        1 => items::items(tokens, 0, above.unit, Accept::Words, place),
        _ if above.scopes => pairs::pair(tokens, 0, above.unit, Accept::Words),
        _ => Vec::new(),
    };
    if found.is_empty() && above.scopes {
        found.extend(restored_within(tokens));
    }
    if let ([], Some((role, end)), [kind]) = (&found[..], lexicon::role(tokens, 0), &above.kinds[..])
        && tokens.get(end).is_some_and(|it| it.is(':'))
        && end + 1 == tokens.len()
    {
        return vec![Stated::unset(*kind, Some(role), 0..end, true)];
    }
    let assigned = pairs::assign(&above.kinds, found);
    assigned.into_iter().map(|(kind, item)| Stated::new(kind, item, above.role)).collect()
}

/// "Service must be restored within 4 hours."
fn restored_within(tokens: &[Token]) -> Option<Item> {
    if !lexicon::any(tokens, Class::Restored)
        || lexicon::any(tokens, Class::Frequency)
        || lexicon::any(tokens, Class::Condition)
    {
        return None;
    }
    let start = (0..tokens.len()).find(|&at| {
        lexicon::is(tokens, at, Class::Bound).is_some_and(|_| tokens[at].norm.len() > 3)
            && value::value(tokens, at, None, Accept::Numbers).is_some()
    })?;
    items::items(tokens, start, None, Accept::Numbers, Place::After).into_iter().next()
}

impl Stated {
    /// A value among what follows a label.
    pub(super) fn new(kind: Objective, item: Item, role: Option<Role>) -> Stated {
        Stated {
            kind,
            role: item.role.or(role),
            value: item.found.value,
            place: item.found.start..item.found.end,
            empty: false,
            scope: item.scope.into_iter().collect(),
            weak: false,
        }
    }

    /// A label without a value.
    pub(super) fn unset(kind: Objective, role: Option<Role>, place: Range<usize>, empty: bool) -> Stated {
        let value = Value::Words(Status::Unset);
        Stated { kind, role, value, place, empty, scope: Vec::new(), weak: false }
    }
}
