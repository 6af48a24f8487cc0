//! Compares operations: what goes in, what comes out, who may call them.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use super::check as c;
use super::check::Check;
use super::document;
use super::reach::{About, Found, Owner, Places};
use super::schema::Schemas;
use super::{Side, Version};
use crate::model::spec::Node;
use crate::model::spec::read;
use crate::model::spec::{Call, Role};

/// Compares all operations; their schemas are put on the list.
pub(super) fn compare<'a>(
    old: Version<'a>,
    new: Version<'a>,
    as_of: Option<Date>,
    found: &mut Found,
    schemas: &mut Schemas<'a>,
) {
    let (before, after) = (old.spec.calls(old.sources), new.spec.calls(new.sources));
    let mut known: HashMap<Key, &Call<'a>> = HashMap::new();
    for it in &before {
        known.entry(key(it)).or_insert(it);
    }
    let mut seen = HashSet::new();
    let global = (old.spec.root(old.sources).map(|it| it.node), new.spec.root(new.sources).map(|it| it.node));
    for new in &after {
        if !seen.insert(key(new)) {
            continue;
        }
        let at = found.operation(new.name());
        let about = About { owner: Owner::Operation(at), side: None, component: None };
        match known.get(&key(new)) {
            None => {
                let places = Places { old: None, new: Some(new.key.span()) };
                found.say(about, &c::ENDPOINT_ADDED, [&new.name(), "", ""], places);
            }
            Some(old) => Pair { old, new, at, global }.compare(found, schemas),
        }
    }
    let mut gone = HashSet::new();
    for old in before.iter().filter(|it| !seen.contains(&key(it))) {
        if !gone.insert(key(old)) {
            continue;
        }
        let at = found.operation(old.name());
        let about = About { owner: Owner::Operation(at), side: None, component: None };
        let (check, sunset) = removal(old, as_of);
        let places = Places { old: Some(old.key.span()), new: None };
        found.say(about, check, [&old.name(), &sunset, ""], places);
    }
}

type Key = (Role, String, String);

/// What operations are matched by: the names of parameters make no difference, nor does a slash at the end.
fn key(call: &Call<'_>) -> Key {
    let path = if call.role == Role::Webhook { call.path.clone().into_owned() } else { erased(&call.path) };
    (call.role, path, call.method.clone().into_owned())
}

/// A template without the names of its parameters.
fn erased(path: &str) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, it)| it);
    }
    out.push_str(rest);
    let trimmed = out.trim_end_matches('/');
    if trimmed.is_empty() { "/".to_owned() } else { trimmed.to_owned() }
}

/// The day after which an operation may go.
fn sunset(call: &Call<'_>) -> Option<Date> {
    call.node.read_text("x-sunset").into_owned().get(..10)?.parse().ok()
}

/// How bad it is that an operation is gone: not at all when it was announced.
fn removal(old: &Call<'_>, as_of: Option<Date>) -> (&'static Check, String) {
    if !old.node.reads_true("deprecated") {
        return (&c::ENDPOINT_REMOVED, String::new());
    }
    match sunset(old) {
        Some(day) if as_of.is_none_or(|today| today < day) => (&c::ENDPOINT_REMOVED_EARLY, day.to_string()),
        _ => (&c::ENDPOINT_REMOVED_LATE, String::new()),
    }
}

/// An operation in both versions.
pub(super) struct Pair<'p, 'a> {
    pub(super) old: &'p Call<'a>,
    pub(super) new: &'p Call<'a>,
    /// The operation.
    pub(super) at: u32,
    /// The documents.
    global: (Option<Node<'a>>, Option<Node<'a>>),
}

/// A key with its value in both versions, as far as it is there.
pub(super) type Both<'a> = (Option<Node<'a>>, Option<Node<'a>>);

impl<'a> Pair<'_, 'a> {
    fn compare(&self, found: &mut Found, schemas: &mut Schemas<'a>) {
        self.itself(found);
        self.parameters(found, schemas);
        self.body(found, schemas);
        self.responses(found, schemas);
        let own = |call: &Call<'a>, root: Option<Node<'a>>| {
            read::entry(call.node, "security").or_else(|| root.and_then(|it| read::entry(it, "security")))
        };
        let (old, new) = (own(self.old, self.global.0), own(self.new, self.global.1));
        document::security(self.about(None), old, new, [self.old.key, self.new.key], found);
        let servers =
            |call: &Call<'a>| [call.node, call.item].into_iter().find(|it| it.read("servers").is_some());
        if let (Some(old), Some(new)) = (servers(self.old), servers(self.new)) {
            document::servers(self.about(None), old, new, found);
        }
    }

    pub(super) fn about(&self, side: Option<Side>) -> About<'static> {
        About { owner: Owner::Operation(self.at), side, component: None }
    }

    pub(super) fn say(&self, found: &mut Found, check: &'static Check, words: [&str; 3], both: Both<'a>) {
        self.say_on(found, None, check, words, both);
    }

    pub(super) fn say_on(
        &self,
        found: &mut Found,
        side: Option<Side>,
        check: &'static Check,
        words: [&str; 3],
        both: Both<'a>,
    ) {
        let places = Places::of(both.0.or(Some(self.old.key)), both.1.or(Some(self.new.key)));
        found.say(self.about(side), check, words, places);
    }

    /// The side of what a call carries: webhooks and callbacks the API calls itself.
    pub(super) fn sent(&self) -> Side {
        if self.new.role == Role::Served { Side::Request } else { Side::Response }
    }

    /// The side of what comes back.
    pub(super) fn got(&self) -> Side {
        if self.new.role == Role::Served { Side::Response } else { Side::Request }
    }

    fn itself(&self, found: &mut Found) {
        let both = |key| (self.old.node.read(key), self.new.node.read(key));
        let texts =
            |key| (self.old.node.read_text(key).into_owned(), self.new.node.read_text(key).into_owned());
        for (key, check) in [("summary", &c::SUMMARY), ("description", &c::OPERATION_DESCRIPTION)] {
            let (old, new) = texts(key);
            if old.trim() != new.trim() {
                self.say(found, check, ["", "", ""], both(key));
            }
        }
        let (old, new) = texts("operationId");
        let check = match (old.is_empty(), new.is_empty()) {
            _ if old == new => None,
            (true, _) => Some(&c::OPERATION_ID_ADDED),
            (_, true) => Some(&c::OPERATION_ID_REMOVED),
            _ => Some(&c::OPERATION_ID),
        };
        if let Some(check) = check {
            self.say(found, check, ["", &old, &new], both("operationId"));
        }
        let tags = |call: &Call<'a>| {
            let mut tags: Vec<String> =
                read::texts(call.node, "tags").iter().map(|it| format!("`{it}`")).collect();
            tags.sort();
            if tags.is_empty() { "none".to_owned() } else { tags.join(", ") }
        };
        let (old, new) = (tags(self.old), tags(self.new));
        if old != new {
            self.say(found, &c::TAGS, ["", &old, &new], both("tags"));
        }
        let deprecated = |call: &Call<'a>| call.node.reads_true("deprecated");
        match (deprecated(self.old), deprecated(self.new)) {
            (false, true) => self.say(found, &c::ENDPOINT_DEPRECATED, ["", "", ""], both("deprecated")),
            (true, false) => self.say(found, &c::ENDPOINT_REACTIVATED, ["", "", ""], both("deprecated")),
            _ => {}
        }
        let (old, new) = (sunset(self.old), sunset(self.new));
        let check = match (old, new) {
            (None, Some(_)) => &c::SUNSET_ADDED,
            (Some(_), None) => &c::SUNSET_REMOVED,
            (Some(old), Some(new)) if new < old => &c::SUNSET_EARLIER,
            (Some(old), Some(new)) if new > old => &c::SUNSET_LATER,
            _ => return,
        };
        let word = |it: Option<Date>| it.map(|it| it.to_string()).unwrap_or_default();
        self.say(found, check, ["", &word(old), &word(new)], both("x-sunset"));
    }
}
