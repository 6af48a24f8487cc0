//! Compares what schemas say about objects and arrays.

use super::Side;
use super::check as c;
use super::keyword::Comparison;
use super::reach::{Found, Owner, Places};
use super::schema::{Schemas, Subject};
use super::shape::{Property, Shape};
use crate::model::spec::Node;

impl<'a> Comparison<'a> {
    /// Compares the properties, and what else an object may hold.
    pub(super) fn properties(&self, schemas: &mut Schemas<'a>, found: &mut Found) {
        // Properties of what is no object say nothing.
        if self.new.known_types().is_some_and(|it| !it.contains("object")) {
            return;
        }
        let is_closed = |it: &Shape<'a>| {
            it.get("additionalProperties").is_some_and(|it| it.view.as_bool() == Some(false))
        };
        let (was_closed, is_closed) = (is_closed(&self.old), is_closed(&self.new));
        if was_closed != is_closed {
            let check = if is_closed { &c::CLOSED } else { &c::OPENED };
            self.say(found, check, "", "", self.at("additionalProperties"));
        }
        for (name, old) in &self.old.properties {
            match self.new.properties.get(name) {
                None => self.removed(name, old, is_closed, found),
                Some(new) => self.kept(name, old, new, schemas, found),
            }
        }
        for (name, new) in &self.new.properties {
            if !self.old.properties.contains_key(name) && !self.is_hidden(new) {
                let is_required = self.new.required.contains_key(name);
                let check = match is_required {
                    true if new.schema.read("default").is_some() => &c::PROPERTY_DEFAULT_ADDED,
                    true => &c::PROPERTY_REQUIRED_ADDED,
                    false => &c::PROPERTY_ADDED,
                };
                let places = Places { new: Some(new.key.span()), ..Places::default() };
                self.say_of(found, check, [&self.property(name, new), "", ""], places, new.owner.as_deref());
            }
        }
        let values = |it: &Shape<'a>| it.get("additionalProperties").filter(|it| it.view.is_mapping());
        if let (Some(old), Some(new)) = (values(&self.old), values(&self.new)) {
            schemas.enter(old, new, self.side, Owner::Pair(self.at), self.subject.below("*"));
        }
    }

    /// What a property is called.
    fn property(&self, name: &str, property: &Property<'a>) -> String {
        format!("property {}", self.below(name, property).text())
    }

    fn below(&self, name: &str, property: &Property<'a>) -> Subject {
        match &property.owner {
            Some(owner) => Subject::named(owner).below(name),
            None => self.subject.below(name),
        }
    }

    /// Whether a property is never there on this side.
    fn is_hidden(&self, property: &Property<'a>) -> bool {
        property.schema.reads_true(if self.side == Side::Request { "readOnly" } else { "writeOnly" })
    }

    fn removed(&self, name: &str, old: &Property<'a>, is_closed: bool, found: &mut Found) {
        if self.is_hidden(old) {
            return;
        }
        let check = if old.schema.reads_true("deprecated") {
            &c::PROPERTY_REMOVED_LATE
        } else if is_closed && self.side == Side::Request {
            &c::PROPERTY_CLOSED_REMOVED
        } else if self.old.required.contains_key(name) {
            &c::PROPERTY_REQUIRED_REMOVED
        } else {
            &c::PROPERTY_REMOVED
        };
        let places = Places { old: Some(old.key.span()), ..Places::default() };
        self.say_of(found, check, [&self.property(name, old), "", ""], places, old.owner.as_deref());
    }

    fn kept(
        &self,
        name: &str,
        old: &Property<'a>,
        new: &Property<'a>,
        schemas: &mut Schemas<'a>,
        found: &mut Found,
    ) {
        let (was_hidden, is_hidden) = (self.is_hidden(old), self.is_hidden(new));
        if was_hidden && is_hidden {
            return;
        }
        let subject = self.property(name, new);
        let places = Places { old: Some(old.key.span()), new: Some(new.key.span()) };
        for (key, added, removed) in [
            ("readOnly", &c::READ_ONLY_ADDED, Some(&c::READ_ONLY_REMOVED)),
            ("writeOnly", &c::WRITE_ONLY_ADDED, Some(&c::WRITE_ONLY_REMOVED)),
            ("deprecated", &c::PROPERTY_DEPRECATED, None),
        ] {
            let check = match (old.schema.reads_true(key), new.schema.reads_true(key)) {
                (false, true) => Some(added),
                (true, false) => removed,
                _ => None,
            };
            if let Some(check) = check {
                self.say_of(found, check, [&subject, "", ""], places, new.owner.as_deref());
            }
        }
        if was_hidden || is_hidden {
            return;
        }
        let check = match (self.old.required.get(name), self.new.required.get(name)) {
            (None, Some(_)) => Some(&c::PROPERTY_REQUIRED),
            (Some(_), None) => Some(&c::PROPERTY_OPTIONAL),
            _ => None,
        };
        if let Some(check) = check {
            self.say_of(found, check, [&subject, "", ""], places, new.owner.as_deref());
        }
        schemas.enter(old.schema, new.schema, self.side, Owner::Pair(self.at), self.below(name, new));
    }

    /// Puts the items of arrays on the list.
    pub(super) fn items(&self, schemas: &mut Schemas<'a>) {
        if let (Some(old), Some(new)) = (self.old.get("items"), self.new.get("items")) {
            schemas.enter(old, new, self.side, Owner::Pair(self.at), self.subject.below("[]"));
        }
        let parts = |it: &Shape<'a>| -> Vec<Node<'a>> {
            it.get("prefixItems").map(|it| it.items().collect()).unwrap_or_default()
        };
        for (at, (old, new)) in parts(&self.old).into_iter().zip(parts(&self.new)).enumerate() {
            let subject = self.subject.below(&format!("[{at}]"));
            schemas.enter(old, new, self.side, Owner::Pair(self.at), subject);
        }
    }
}
