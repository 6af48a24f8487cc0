//! Compares operations: what goes in, what comes out, who may call them.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;

use super::check as c;
use super::check::Check;
use super::document;
use super::reach::{About, Found, Owner, Places};
use super::schema::{Schemas, Subject};
use super::shape::json;
use super::{Side, Version};
use crate::api::call::{Call, Media, Parameter, calls};
use crate::api::read;
use crate::model::spec::Node;

/// Compares all operations; their schemas are put on the list.
pub(super) fn compare<'a>(
    old: Version<'a>,
    new: Version<'a>,
    as_of: Option<Date>,
    found: &mut Found,
    schemas: &mut Schemas<'a>,
) {
    let (before, after) = (calls(old.spec, old.sources), calls(new.spec, new.sources));
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

type Key = (bool, String, String);

/// What operations are matched by: the names of parameters make no difference, nor does a slash at the end.
fn key(call: &Call<'_>) -> Key {
    if call.is_webhook {
        return (true, call.path.clone(), call.method.clone());
    }
    (false, erased(&call.path), call.method.clone())
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

/// The names of the parameters of a template, in order.
fn names(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|(name, _)| name).collect()
}

/// The day after which an operation may go.
fn sunset(call: &Call<'_>) -> Option<Date> {
    read::text(call.node, "x-sunset").get(..10)?.parse().ok()
}

/// How bad it is that an operation is gone: not at all when it was announced.
fn removal(old: &Call<'_>, as_of: Option<Date>) -> (&'static Check, String) {
    if !read::flag(old.node, "deprecated") {
        return (&c::ENDPOINT_REMOVED, String::new());
    }
    match sunset(old) {
        Some(day) if as_of.is_none_or(|today| today < day) => (&c::ENDPOINT_REMOVED_EARLY, day.to_string()),
        _ => (&c::ENDPOINT_REMOVED_LATE, String::new()),
    }
}

/// An operation in both versions.
struct Pair<'p, 'a> {
    old: &'p Call<'a>,
    new: &'p Call<'a>,
    at: u32,
    /// The documents.
    global: (Option<Node<'a>>, Option<Node<'a>>),
}

/// A key with its value in both versions, as far as it is there.
type Both<'a> = (Option<Node<'a>>, Option<Node<'a>>);

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
        let servers = |call: &Call<'a>| {
            [call.node, call.item].into_iter().find(|it| read::get(*it, "servers").is_some())
        };
        if let (Some(old), Some(new)) = (servers(self.old), servers(self.new)) {
            document::servers(self.about(None), old, new, found);
        }
    }

    fn about(&self, side: Option<Side>) -> About<'static> {
        About { owner: Owner::Operation(self.at), side, component: None }
    }

    fn say(&self, found: &mut Found, check: &'static Check, words: [&str; 3], both: Both<'a>) {
        self.say_on(found, None, check, words, both);
    }

    fn say_on(
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

    /// The side of what a call carries: the API itself calls a webhook.
    fn sent(&self) -> Side {
        if self.new.is_webhook { Side::Response } else { Side::Request }
    }

    /// The side of what comes back.
    fn got(&self) -> Side {
        if self.new.is_webhook { Side::Request } else { Side::Response }
    }

    fn itself(&self, found: &mut Found) {
        let both = |key| (read::get(self.old.node, key), read::get(self.new.node, key));
        let texts = |key| (read::text(self.old.node, key), read::text(self.new.node, key));
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
        let deprecated = |call: &Call<'a>| read::flag(call.node, "deprecated");
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

    fn parameters(&self, found: &mut Found, schemas: &mut Schemas<'a>) {
        // Parameters of the path are matched by their place in it.
        let renamed: HashMap<&str, &str> =
            names(&self.old.path).into_iter().zip(names(&self.new.path)).collect();
        let identity = |it: &Parameter<'a>, is_old: bool| {
            let (name, location) = (it.name(), it.location());
            match location.as_str() {
                "path" if is_old => {
                    (location, renamed.get(name.as_str()).map_or(name.clone(), |it| (*it).to_owned()))
                }
                "header" => (location, name.to_ascii_lowercase()),
                _ => (location, name),
            }
        };
        let list = |call: &Call<'a>, is_old| -> BTreeMap<(String, String), Parameter<'a>> {
            call.parameters.iter().map(|it| (identity(it, is_old), *it)).collect()
        };
        let (old, new) = (list(self.old, true), list(self.new, false));
        let subject = |it: &Parameter<'a>| format!("{} parameter `{}`", it.location(), it.name());
        for (key, before) in &old {
            if let Some(after) = new.get(key) {
                self.parameter(before, after, &subject(after), found, schemas);
                continue;
            }
            let moved = new.iter().find(|((place, name), _)| {
                *name == key.1 && !old.contains_key(&(place.clone(), name.clone()))
            });
            match moved {
                Some((_, after)) => {
                    let words = [before.name(), before.location(), after.location()];
                    let words = words.each_ref().map(String::as_str);
                    self.say(found, &c::PARAMETER_MOVED, words, (Some(before.node), Some(after.node)));
                }
                // A path says itself which parameters it has.
                None if key.0 == "path" => {}
                None => {
                    let late = read::flag(before.node, "deprecated");
                    let check = if late { &c::PARAMETER_REMOVED_LATE } else { &c::PARAMETER_REMOVED };
                    self.say(found, check, [&subject(before), "", ""], (Some(before.node), None));
                }
            }
        }
        for (key, after) in &new {
            let moved = old.keys().any(|(place, name)| {
                *name == key.1 && *place != key.0 && !new.contains_key(&(place.clone(), name.clone()))
            });
            if old.contains_key(key) || moved || key.0 == "path" {
                continue;
            }
            let needed = after.is_required() && read::get(after.node, "default").is_none();
            let check = if needed { &c::PARAMETER_REQUIRED_ADDED } else { &c::PARAMETER_ADDED };
            self.say(found, check, [&subject(after), "", ""], (None, Some(after.node)));
        }
    }

    fn parameter(
        &self,
        old: &Parameter<'a>,
        new: &Parameter<'a>,
        subject: &str,
        found: &mut Found,
        schemas: &mut Schemas<'a>,
    ) {
        let nodes = (Some(read::real(old.node)), Some(read::real(new.node)));
        if old.location() == "path" && old.name() != new.name() {
            self.say(found, &c::PARAMETER_RENAMED, ["", &old.name(), &new.name()], nodes);
        }
        match (old.is_required(), new.is_required()) {
            (false, true) => self.say(found, &c::PARAMETER_REQUIRED, [subject, "", ""], nodes),
            (true, false) => self.say(found, &c::PARAMETER_OPTIONAL, [subject, "", ""], nodes),
            _ => {}
        }
        let is_deprecated = |it: &Parameter<'a>| read::flag(it.node, "deprecated");
        if !is_deprecated(old) && is_deprecated(new) {
            self.say(found, &c::PARAMETER_DEPRECATED, [subject, "", ""], nodes);
        }
        let description = |it: &Parameter<'a>| read::text(it.node, "description").trim().to_owned();
        if description(old) != description(new) {
            let places = (read::get(old.node, "description"), read::get(new.node, "description"));
            self.say(
                found,
                &c::PARAMETER_DESCRIPTION,
                [subject, "", ""],
                (places.0.or(nodes.0), places.1.or(nodes.1)),
            );
        }
        let style = |it: &Parameter<'a>| match it.media() {
            Some((media_type, _)) => format!("`{}`", media_type.text().unwrap_or_default()),
            None => {
                let (style, explode) = it.style();
                format!("`{style}`{}", if explode { ", exploded" } else { "" })
            }
        };
        let holds_several = |it: &Parameter<'a>| {
            let types = it.schema().and_then(|it| super::shape::shape(it).known_types());
            types.is_none_or(|it| it.contains("array") || it.contains("object"))
        };
        let (before, after) = (style(old), style(new));
        if before != after && (holds_several(old) || holds_several(new) || new.media().is_some()) {
            self.say(found, &c::PARAMETER_STYLE, [subject, &before, &after], nodes);
        }
        if let (Some(old), Some(new)) = (old.schema(), new.schema()) {
            schemas.enter(old, new, self.sent(), Owner::Operation(self.at), Subject::base(subject));
        }
    }

    fn body(&self, found: &mut Found, schemas: &mut Schemas<'a>) {
        let side = Some(self.sent());
        let (old, new) = match (&self.old.body, &self.new.body) {
            (None, None) => return,
            (None, Some(new)) => {
                let check = if new.is_required { &c::BODY_REQUIRED_ADDED } else { &c::BODY_ADDED };
                return self.say_on(found, side, check, ["", "", ""], (None, Some(new.node)));
            }
            (Some(old), None) => {
                return self.say_on(found, side, &c::BODY_REMOVED, ["", "", ""], (Some(old.node), None));
            }
            (Some(old), Some(new)) => (old, new),
        };
        let nodes = (Some(read::real(old.node)), Some(read::real(new.node)));
        match (old.is_required, new.is_required) {
            (false, true) => self.say_on(found, side, &c::BODY_REQUIRED, ["", "", ""], nodes),
            (true, false) => self.say_on(found, side, &c::BODY_OPTIONAL, ["", "", ""], nodes),
            _ => {}
        }
        if read::text(old.node, "description").trim() != read::text(new.node, "description").trim() {
            self.say_on(found, None, &c::BODY_DESCRIPTION, ["", "", ""], nodes);
        }
        self.content(&old.content, &new.content, "the request body", self.sent(), found, schemas);
    }

    fn responses(&self, found: &mut Found, schemas: &mut Schemas<'a>) {
        let side = Some(self.got());
        for old in &self.old.responses {
            let same = |status: &str| status.eq_ignore_ascii_case(&old.status);
            let Some(new) = self.new.responses.iter().find(|it| same(&it.status)) else {
                let is_good = old.status.starts_with(['2', '3']);
                let check = if is_good { &c::RESPONSE_REMOVED } else { &c::RESPONSE_ERROR_REMOVED };
                self.say_on(found, side, check, [&old.status, "", ""], (Some(old.key), None));
                continue;
            };
            let description = |node| read::text(node, "description").trim().to_owned();
            if description(old.node) != description(new.node) {
                let places = (read::get(old.node, "description"), read::get(new.node, "description"));
                let check = &c::RESPONSE_DESCRIPTION;
                self.say_on(
                    found,
                    None,
                    check,
                    [&new.status, "", ""],
                    (places.0.or(Some(old.key)), places.1.or(Some(new.key))),
                );
            }
            let subject = format!("response `{}`", new.status);
            self.content(&old.content, &new.content, &subject, self.got(), found, schemas);
            self.headers(old.node, new.node, &new.status, found, schemas);
        }
        for new in &self.new.responses {
            if !self.old.responses.iter().any(|it| it.status.eq_ignore_ascii_case(&new.status)) {
                self.say_on(found, side, &c::RESPONSE_ADDED, [&new.status, "", ""], (None, Some(new.key)));
            }
        }
    }

    fn headers(
        &self,
        old: Node<'a>,
        new: Node<'a>,
        status: &str,
        found: &mut Found,
        schemas: &mut Schemas<'a>,
    ) {
        type Headers<'a> = BTreeMap<String, (Node<'a>, Node<'a>)>;
        let list = |it| -> Headers<'a> {
            let all = read::members_at(it, "headers").into_iter();
            all.filter_map(|(key, value)| Some((key.text()?.to_ascii_lowercase(), (key, value)))).collect()
        };
        let side = Some(self.got());
        let (before, after) = (list(old), list(new));
        let subject =
            |key: Node<'a>| format!("header `{}` of response `{status}`", key.text().unwrap_or_default());
        let needed = |it| read::flag(it, "required");
        for (name, (key, old)) in &before {
            let Some((place, new)) = after.get(name) else {
                let check = if needed(*old) { &c::HEADER_REQUIRED_REMOVED } else { &c::HEADER_REMOVED };
                self.say_on(found, side, check, [&subject(*key), "", ""], (Some(*key), None));
                continue;
            };
            let check = match (needed(*old), needed(*new)) {
                (false, true) => Some(&c::HEADER_REQUIRED),
                (true, false) => Some(&c::HEADER_OPTIONAL),
                _ => None,
            };
            if let Some(check) = check {
                self.say_on(found, side, check, [&subject(*place), "", ""], (Some(*key), Some(*place)));
            }
            let schema = |it: Node<'a>| {
                if read::get(it, "type").is_some() { Some(it) } else { read::get(it, "schema") }
            };
            if let (Some(old), Some(new)) = (schema(*old), schema(*new)) {
                let subject = Subject::base(subject(*place));
                schemas.enter(old, new, self.got(), Owner::Operation(self.at), subject);
            }
        }
        for (name, (key, _)) in &after {
            if !before.contains_key(name) {
                self.say_on(found, side, &c::HEADER_ADDED, [&subject(*key), "", ""], (None, Some(*key)));
            }
        }
    }

    fn content(
        &self,
        old: &[Media<'a>],
        new: &[Media<'a>],
        subject: &str,
        side: Side,
        found: &mut Found,
        schemas: &mut Schemas<'a>,
    ) {
        let name = |it: &Media<'a>| it.media_type.replace(' ', "").to_ascii_lowercase();
        for before in old {
            let Some(after) = new.iter().find(|it| name(it) == name(before)) else {
                let words = [subject, &before.media_type, ""];
                self.say_on(found, Some(side), &c::MEDIA_TYPE_REMOVED, words, (Some(before.place), None));
                continue;
            };
            let places = (Some(before.place), Some(after.place));
            let value = |it: &Media<'a>, key| it.node.and_then(|it| read::get(it, key)).map(json);
            let examples = |it: &Media<'a>| {
                let named = it.node.map(|it| read::members_at(it, "examples")).unwrap_or_default();
                let named: Vec<String> = named
                    .into_iter()
                    .map(|(key, it)| format!("{} {}", key.text().unwrap_or_default(), json(read::real(it))))
                    .collect();
                (value(it, "example"), it.example.map(json), named)
            };
            if examples(before) != examples(after) {
                self.say_on(found, None, &c::EXAMPLES, [subject, "", ""], places);
            }
            if value(before, "encoding") != value(after, "encoding") {
                self.say_on(found, Some(side), &c::ENCODING, [subject, "", ""], places);
            }
            match (before.schema, after.schema) {
                (Some(old), Some(new)) => {
                    schemas.enter(old, new, side, Owner::Operation(self.at), Subject::base(subject));
                }
                (None, Some(_)) => {
                    self.say_on(found, Some(side), &c::SCHEMA_ADDED, [subject, "", ""], places)
                }
                (Some(_), None) => {
                    self.say_on(found, Some(side), &c::SCHEMA_REMOVED, [subject, "", ""], places);
                }
                (None, None) => {}
            }
        }
        for after in new.iter().filter(|after| !old.iter().any(|it| name(it) == name(after))) {
            // The first media type of what had none is no widening of anything.
            let words = [subject, "", &after.media_type];
            self.say_on(found, Some(side), &c::MEDIA_TYPE_ADDED, words, (None, Some(after.place)));
        }
    }
}
