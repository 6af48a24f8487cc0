//! Compares what operations carry: request bodies, responses and their headers.

use std::collections::BTreeMap;

use super::Side;
use super::check as c;
use super::operation::Pair;
use super::reach::{Found, Owner};
use super::schema::{Schemas, Subject};
use super::shape::json;
use crate::model::spec::message::Media;
use crate::model::spec::{Call, Node, read};

impl<'a> Pair<'_, 'a> {
    /// Compares the request bodies.
    pub(super) fn body(&self, found: &mut Found, schemas: &mut Schemas<'a>) {
        let side = Some(self.sent());
        // The fields of a form of 2.0 are compared as parameters.
        let body = |call: &Call<'a>| call.body().filter(|it| !it.is_form());
        let (old, new) = match (body(self.old), body(self.new)) {
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
        if old.node.read_text("description").into_owned().trim()
            != new.node.read_text("description").into_owned().trim()
        {
            self.say_on(found, None, &c::BODY_DESCRIPTION, ["", "", ""], nodes);
        }
        self.content(&old.content, &new.content, "the request body", self.sent(), found, schemas);
    }

    /// Compares the responses.
    pub(super) fn responses(&self, found: &mut Found, schemas: &mut Schemas<'a>) {
        let side = Some(self.got());
        let (before, after) = (self.old.responses(), self.new.responses());
        for old in &before {
            let same = |status: &str| status.eq_ignore_ascii_case(&old.status);
            let Some(new) = after.iter().find(|it| same(&it.status)) else {
                let is_good = old.status.starts_with(['2', '3']);
                let check = if is_good { &c::RESPONSE_REMOVED } else { &c::RESPONSE_ERROR_REMOVED };
                self.say_on(found, side, check, [&old.status, "", ""], (Some(old.key), None));
                continue;
            };
            let description = |node: Node<'_>| node.read_text("description").into_owned().trim().to_owned();
            if description(old.node) != description(new.node) {
                let places = (old.node.read("description"), new.node.read("description"));
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
        for new in &after {
            if !before.iter().any(|it| it.status.eq_ignore_ascii_case(&new.status)) {
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
        let needed = |it: Node<'_>| it.reads_true("required");
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
                if it.read("type").is_some() { Some(it) } else { it.read("schema") }
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
            let value = |it: &Media<'a>, key| it.node.and_then(|it| it.read(key)).map(json);
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
