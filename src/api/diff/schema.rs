//! Compares schemas, each pair once for each side. What is left to do stands in a list, so circles and deep
//! nesting do no harm.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Side;
use super::check as c;
use super::check::Check;
use super::reach::{About, Found, Owner, Places};
use super::shape::{Property, Shape, json, shape};
use crate::api::read;
use crate::model::spec::Node;
use crate::model::tree::TreeId;

/// More pairs come out of specs that are made for it only.
const MAX_PAIRS: usize = 400_000;

/// How many values or names a message holds.
const SHOWN: usize = 8;

type Identity = (u32, TreeId);

/// The pairs of schemas.
#[derive(Default)]
pub(super) struct Schemas<'a> {
    pairs: Vec<Pair<'a>>,
    known: HashMap<(Identity, Identity, Side), u32>,
    waiting: Vec<u32>,
}

struct Pair<'a> {
    old: Node<'a>,
    new: Node<'a>,
    side: Side,
    subject: Subject,
    parents: Vec<u32>,
    operations: Vec<u32>,
}

/// What a schema is called in messages.
#[derive(Debug, Clone, Default)]
pub(super) struct Subject {
    /// The shared schema.
    component: Option<String>,
    /// What it is when it is no shared schema: `the request body`.
    base: String,
    /// The way from there: `lines[].price`.
    path: String,
}

impl Subject {
    /// A schema that is not shared.
    pub(super) fn base(words: impl Into<String>) -> Subject {
        Subject { component: None, base: words.into(), path: String::new() }
    }

    fn named(name: &str) -> Subject {
        Subject { component: Some(name.to_owned()), ..Subject::default() }
    }

    fn below(&self, step: &str) -> Subject {
        let gap = if self.path.is_empty() || step.starts_with('[') { "" } else { "." };
        Subject { path: format!("{}{gap}{step}", self.path), ..self.clone() }
    }

    fn text(&self) -> String {
        match (&self.component, self.path.is_empty()) {
            (Some(name), true) => format!("`{name}`"),
            (Some(name), false) if self.path.starts_with('[') => format!("`{name}{}`", self.path),
            (Some(name), false) => format!("`{name}.{}`", self.path),
            (None, true) => self.base.clone(),
            (None, false) => format!("`{}` of {}", self.path, self.base),
        }
    }
}

impl<'a> Schemas<'a> {
    /// Puts a pair on the list, and remembers who needs it.
    pub(super) fn enter(&mut self, old: Node<'a>, new: Node<'a>, side: Side, from: Owner, subject: Subject) {
        let (name, former) = (read::reference_name(new), read::reference_name(old));
        let subject = match name.filter(|it| former.as_ref() == Some(it)) {
            Some(name) => Subject::named(&name),
            None => subject,
        };
        let (old, new) = (bare(old), bare(new));
        let key = (old.identity(), new.identity(), side);
        let at = match self.known.get(&key) {
            Some(&at) => at,
            None if self.pairs.len() >= MAX_PAIRS => return,
            None => {
                let at = self.pairs.len() as u32;
                let (parents, operations) = (Vec::new(), Vec::new());
                self.pairs.push(Pair { old, new, side, subject, parents, operations });
                self.known.insert(key, at);
                self.waiting.push(at);
                at
            }
        };
        let pair = &mut self.pairs[at as usize];
        match from {
            Owner::Pair(it) => pair.parents.push(it),
            Owner::Operation(it) => pair.operations.push(it),
            Owner::Api => {}
        }
    }

    /// Compares all pairs, and those that they lead to.
    pub(super) fn run(&mut self, found: &mut Found) {
        let mut next = 0;
        // In the order in which they were met, so that names come from the nearest.
        while let Some(&at) = self.waiting.get(next) {
            next += 1;
            let pair = &self.pairs[at as usize];
            let (old, new) = (shape(pair.old), shape(pair.new));
            let comparison = Comparison {
                at,
                side: pair.side,
                subject: pair.subject.clone(),
                nodes: (pair.old, pair.new),
                old,
                new,
            };
            comparison.run(self, found);
        }
        self.waiting.clear();
    }

    /// The operations that a pair belongs to.
    pub(super) fn operations(&self, pair: u32) -> BTreeSet<u32> {
        let mut seen = HashSet::from([pair]);
        let mut open = vec![pair];
        let mut operations = BTreeSet::new();
        while let Some(at) = open.pop() {
            let pair = &self.pairs[at as usize];
            operations.extend(&pair.operations);
            open.extend(pair.parents.iter().copied().filter(|it| seen.insert(*it)));
        }
        operations
    }

    /// The shared schema that a pair is a part of.
    pub(super) fn component(&self, pair: u32) -> Option<String> {
        self.pairs[pair as usize].subject.component.clone()
    }
}

/// The schema that a reference without siblings leads to.
fn bare(schema: Node<'_>) -> Node<'_> {
    schema.chain().find(|it| !(it.view.len() == 1 && it.is_reference())).unwrap_or_else(|| read::real(schema))
}

/// A pair in work.
struct Comparison<'a> {
    at: u32,
    side: Side,
    subject: Subject,
    nodes: (Node<'a>, Node<'a>),
    old: Shape<'a>,
    new: Shape<'a>,
}

impl<'a> Comparison<'a> {
    fn run(&self, schemas: &mut Schemas<'a>, found: &mut Found) {
        self.words(found);
        if self.old.is_never || self.new.is_never || self.alternatives(schemas, found) {
            return;
        }
        self.null(found);
        if !self.types(found) {
            return;
        }
        self.values(found);
        self.text(found);
        self.bounds(found);
        self.others(found);
        self.properties(schemas, found);
        self.items(schemas);
    }

    fn say(&self, found: &mut Found, check: &'static Check, old: &str, new: &str, places: Places) {
        let subject = self.subject.text();
        self.say_of(found, check, [&subject, old, new], places, None);
    }

    fn say_of(
        &self,
        found: &mut Found,
        check: &'static Check,
        words: [&str; 3],
        places: Places,
        component: Option<&str>,
    ) {
        let around = Places::of(Some(self.nodes.0), Some(self.nodes.1));
        let about = About { owner: Owner::Pair(self.at), side: Some(self.side), component };
        found.say_in(about, check, words, places, around);
    }

    /// The places of a keyword.
    fn at(&self, keyword: &str) -> Places {
        let place = |shape: &Shape<'a>| shape.get(keyword).map(Node::place);
        Places { old: place(&self.old), new: place(&self.new) }
    }

    /// Text and examples, which say nothing about values.
    fn words(&self, found: &mut Found) {
        let text = |shape: &Shape<'a>, key| shape.get(key).and_then(|it| it.text()).unwrap_or_default();
        for (key, check) in [("title", &c::SCHEMA_TITLE), ("description", &c::SCHEMA_DESCRIPTION)] {
            if text(&self.old, key).trim() != text(&self.new, key).trim() {
                self.say(found, check, "", "", self.at(key));
            }
        }
        for key in ["example", "examples"] {
            let value = |shape: &Shape<'a>| shape.get(key).map(json);
            if value(&self.old) != value(&self.new) {
                self.say(found, &c::EXAMPLES, "", "", self.at(key));
            }
        }
        if self.old.get("xml").map(json) != self.new.get("xml").map(json) {
            self.say(found, &c::XML, "", "", self.at("xml"));
        }
    }

    fn null(&self, found: &mut Found) {
        let any = |it: &Shape<'a>| it.known_types().is_none() && it.values().is_none();
        if self.old.nullable != self.new.nullable && !any(&self.old) && !any(&self.new) {
            let check = if self.new.nullable { &c::NULL_ALLOWED } else { &c::NULL_FORBIDDEN };
            self.say(found, check, "", "", Places::default());
        }
    }

    /// Compares the types; says whether the rest can be compared.
    fn types(&self, found: &mut Found) -> bool {
        let (old, new) = (self.old.known_types(), self.new.known_types());
        let words = |it: &Option<BTreeSet<String>>| match it {
            Some(types) => format!("`{}`", types.iter().map(String::as_str).collect::<Vec<_>>().join(" or ")),
            None => "any type".to_owned(),
        };
        let place = |shape: &Shape<'a>| shape.type_node.map(Node::place);
        let places = Places { old: place(&self.old), new: place(&self.new) };
        let (widened, narrowed) = match (&old, &new) {
            (Some(old), Some(new)) => (covers(new, old), covers(old, new)),
            // Which values an untyped enumeration allows is said by the values.
            (None, Some(_)) if self.old.values().is_none() => (false, true),
            (Some(_), None) if self.new.values().is_none() => (true, false),
            _ => (true, true),
        };
        let check = match (widened, narrowed) {
            (true, true) => return true,
            (true, false) => &c::TYPE_WIDENED,
            (false, true) => &c::TYPE_NARROWED,
            (false, false) => &c::TYPE_CHANGED,
        };
        self.say(found, check, &words(&old), &words(&new), places);
        widened || narrowed
    }

    fn values(&self, found: &mut Found) {
        match (self.old.values(), self.new.values()) {
            (None, Some(new)) => {
                self.say(found, &c::ENUM_ADDED, "", &list(&new), self.at("enum"));
            }
            (Some(old), None) => {
                self.say(found, &c::ENUM_REMOVED, &list(&old), "", self.at("enum"));
            }
            (Some(old), Some(new)) => {
                let texts = |all: &[(String, Node<'a>)]| -> HashSet<String> {
                    all.iter().map(|(text, _)| text.clone()).collect()
                };
                let (before, after) = (texts(&old), texts(&new));
                let gone: Vec<_> = old.into_iter().filter(|(text, _)| !after.contains(text)).collect();
                let added: Vec<_> = new.into_iter().filter(|(text, _)| !before.contains(text)).collect();
                if let Some((_, first)) = gone.first() {
                    let places = Places { old: Some(first.place()), ..self.at("enum") };
                    self.say(found, &c::VALUES_REMOVED, &list(&gone), "", places);
                }
                if let Some((_, first)) = added.first() {
                    let places = Places { new: Some(first.place()), ..self.at("enum") };
                    self.say(found, &c::VALUES_ADDED, "", &list(&added), places);
                }
            }
            (None, None) => {}
        }
        let default = |shape: &Shape<'a>| shape.get("default").map(|it| (json(it), it));
        let (old, new) = (default(&self.old), default(&self.new));
        if old.as_ref().map(|it| &it.0) != new.as_ref().map(|it| &it.0) {
            let word =
                |it: Option<(String, Node<'a>)>| it.map_or_else(|| "none".to_owned(), |it| list(&[it]));
            self.say(found, &c::DEFAULT_CHANGED, &word(old), &word(new), self.at("default"));
        }
    }

    /// `format` and `pattern`.
    fn text(&self, found: &mut Found) {
        let text =
            |shape: &Shape<'a>, key| shape.get(key).and_then(|it| it.text()).unwrap_or_default().into_owned();
        let (old, new) = (text(&self.old, "format"), text(&self.new, "format"));
        let wider = [("int32", "int64"), ("float", "double")];
        let check = match (old.as_str(), new.as_str()) {
            (old, new) if old == new => None,
            ("", _) => Some(&c::FORMAT_ADDED),
            (_, "") => Some(&c::FORMAT_REMOVED),
            pair if wider.contains(&pair) => Some(&c::FORMAT_WIDENED),
            (old, new) if wider.contains(&(new, old)) => Some(&c::FORMAT_NARROWED),
            _ => Some(&c::FORMAT_CHANGED),
        };
        if let Some(check) = check {
            self.say(found, check, &old, &new, self.at("format"));
        }
        let (old, new) = (text(&self.old, "pattern"), text(&self.new, "pattern"));
        let check = match (old.is_empty(), new.is_empty()) {
            _ if old == new => return,
            (true, _) => &c::PATTERN_ADDED,
            (_, true) => &c::PATTERN_REMOVED,
            _ => &c::PATTERN_CHANGED,
        };
        self.say(found, check, &old, &new, self.at("pattern"));
    }

    fn bounds(&self, found: &mut Found) {
        let range: (&'static Check, &'static Check) = (&c::RANGE_NARROWED, &c::RANGE_WIDENED);
        let length: (&'static Check, &'static Check) = (&c::LENGTH_NARROWED, &c::LENGTH_WIDENED);
        let count: (&'static Check, &'static Check) = (&c::COUNT_NARROWED, &c::COUNT_WIDENED);
        for (keyword, exclusive, is_lower, checks) in [
            ("minimum", "exclusiveMinimum", true, range),
            ("maximum", "exclusiveMaximum", false, range),
            ("minLength", "", true, length),
            ("maxLength", "", false, length),
            ("minItems", "", true, count),
            ("maxItems", "", false, count),
            ("minProperties", "", true, count),
            ("maxProperties", "", false, count),
        ] {
            let bound = |shape: &Shape<'a>| bound(shape, keyword, exclusive, is_lower);
            let (old, new) = (bound(&self.old), bound(&self.new));
            if old == new {
                continue;
            }
            let tighter = |(a, a_beyond): (f64, bool), (b, b_beyond): (f64, bool)| {
                if a == b { a_beyond && !b_beyond } else { (a > b) == is_lower }
            };
            let narrowed = match (old, new) {
                (_, None) => false,
                (None, Some(_)) => true,
                (Some(old), Some(new)) => tighter(new, old),
            };
            let word = |it: Option<(f64, bool)>| match it {
                None => "none".to_owned(),
                Some((value, false)) => value.to_string(),
                Some((value, true)) => format!("{value} (exclusive)"),
            };
            let words = format!("from {} to {}", word(old), word(new));
            let places = self.at(keyword);
            self.say(found, if narrowed { checks.0 } else { checks.1 }, keyword, &words, places);
        }
        let (old, new) = (self.old.number("multipleOf"), self.new.number("multipleOf"));
        if old != new {
            let word = |it: Option<f64>| it.map_or_else(|| "none".to_owned(), |it| it.to_string());
            self.say(found, &c::MULTIPLE_OF, &word(old), &word(new), self.at("multipleOf"));
        }
        if self.old.flag("uniqueItems") != self.new.flag("uniqueItems") {
            let check = if self.new.flag("uniqueItems") { &c::UNIQUE_ADDED } else { &c::UNIQUE_REMOVED };
            self.say(found, check, "", "", self.at("uniqueItems"));
        }
    }

    /// Keywords that are compared as they stand.
    fn others(&self, found: &mut Found) {
        for keyword in [
            "not",
            "if",
            "then",
            "else",
            "contains",
            "minContains",
            "maxContains",
            "propertyNames",
            "patternProperties",
            "dependentRequired",
            "dependentSchemas",
            "unevaluatedItems",
            "unevaluatedProperties",
            "contentEncoding",
            "contentMediaType",
        ] {
            let value = |shape: &Shape<'a>| shape.get(keyword).map(json);
            if value(&self.old) != value(&self.new) {
                self.say(found, &c::CONSTRAINT, "", keyword, self.at(keyword));
            }
        }
        let name = |shape: &Shape<'a>| {
            let node = shape.get("discriminator")?;
            node.text().map(|it| it.into_owned()).or_else(|| Some(read::text(node, "propertyName")))
        };
        if let (Some(old), Some(new)) = (name(&self.old), name(&self.new)) {
            if old != new {
                self.say(found, &c::DISCRIMINATOR, &old, &new, self.at("discriminator"));
            }
            let mapping = |shape: &Shape<'a>| {
                shape.get("discriminator").map(|it| read::members_at(it, "mapping")).unwrap_or_default()
            };
            let before: HashMap<String, String> = mapping(&self.old)
                .into_iter()
                .filter_map(|(key, value)| Some((key.text()?.into_owned(), value.text()?.into_owned())))
                .collect();
            for (key, value) in mapping(&self.new) {
                let (Some(key), Some(target)) = (key.text(), value.text()) else { continue };
                if before.get(&*key).is_some_and(|it| read::target_name(it) != read::target_name(&target)) {
                    let places = Places { new: Some(value.place()), ..self.at("discriminator") };
                    self.say(found, &c::DISCRIMINATOR_MAPPING, "", &key, places);
                }
            }
        }
    }

    fn properties(&self, schemas: &mut Schemas<'a>, found: &mut Found) {
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
                    true if read::get(new.schema, "default").is_some() => &c::PROPERTY_DEFAULT_ADDED,
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
        read::flag(property.schema, if self.side == Side::Request { "readOnly" } else { "writeOnly" })
    }

    fn removed(&self, name: &str, old: &Property<'a>, is_closed: bool, found: &mut Found) {
        if self.is_hidden(old) {
            return;
        }
        let check = if read::flag(old.schema, "deprecated") {
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
            let check = match (read::flag(old.schema, key), read::flag(new.schema, key)) {
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

    fn items(&self, schemas: &mut Schemas<'a>) {
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

    /// Compares the alternatives; says whether that was all there is to compare.
    fn alternatives(&self, schemas: &mut Schemas<'a>, found: &mut Found) -> bool {
        let (old, new) = (&self.old.alternatives, &self.new.alternatives);
        let is_single = old.is_empty() != new.is_empty();
        let (mut left, mut added) = match (old.is_empty(), new.is_empty()) {
            (true, true) => return false,
            (false, false) => (named(old), named(new)),
            (true, false) => (vec![(self.single(&self.old, new), self.nodes.0)], named(new)),
            (false, true) => (named(old), vec![(self.single(&self.new, old), self.nodes.1)]),
        };
        let mut pairs = Vec::new();
        left.retain(|(key, old)| match added.iter().position(|(other, _)| other == key) {
            Some(at) => {
                pairs.push((key.clone(), *old, added.remove(at).1));
                false
            }
            None => true,
        });
        if is_single && pairs.is_empty() {
            let places = Places::of(old.first().copied(), new.first().copied());
            self.say(found, &c::CONSTRAINT, "", "oneOf", places);
            return true;
        }
        // One on each side that nothing else fits is taken for the same with changes.
        if let ([(key, old)], [(_, new)]) = (left.as_slice(), added.as_slice()) {
            let both_named = read::reference_name(*old).is_some() && read::reference_name(*new).is_some();
            if !both_named {
                pairs.push((key.clone(), *old, *new));
                left.clear();
                added.clear();
            }
        }
        for (_, it) in &left {
            let places = Places { old: Some(it.place()), ..Places::default() };
            self.say(found, &c::ALTERNATIVE_REMOVED, &title(*it), "", places);
        }
        for (_, it) in &added {
            let places = Places { new: Some(it.place()), ..Places::default() };
            self.say(found, &c::ALTERNATIVE_ADDED, "", &title(*it), places);
        }
        for (key, old, new) in pairs {
            // A schema that stands for itself would be this pair again.
            let is_self =
                (old.identity(), new.identity()) == (self.nodes.0.identity(), self.nodes.1.identity());
            if !is_self {
                let subject = self.subject.below(&format!("[{key}]"));
                schemas.enter(old, new, self.side, Owner::Pair(self.at), subject);
            }
        }
        is_single
    }

    /// The key of a schema without alternatives among those of the other side.
    fn single(&self, shape: &Shape<'a>, others: &[Node<'a>]) -> String {
        let name = |it: &Node<'a>| read::reference_name(*it).filter(|it| shape.names.contains(it));
        let own = self.subject.component.clone();
        let named = || others.iter().find_map(name);
        let same = own.filter(|own| others.iter().any(|it| read::reference_name(*it).as_ref() == Some(own)));
        same.or_else(named).unwrap_or_else(|| shape.key())
    }
}

/// Alternatives with the keys by which they are recognised.
fn named<'a>(all: &[Node<'a>]) -> Vec<(String, Node<'a>)> {
    let key = |it: Node<'a>| {
        let title = || Some(read::text(it, "title")).filter(|it| !it.is_empty());
        read::reference_name(it).or_else(title).unwrap_or_else(|| shape(it).key())
    };
    all.iter().map(|&it| (key(it), it)).collect()
}

/// What an alternative is called in a message.
fn title(alternative: Node<'_>) -> String {
    let title = || Some(read::text(alternative, "title")).filter(|it| !it.is_empty());
    match read::reference_name(alternative).or_else(title) {
        Some(name) => format!("`{name}`"),
        None => format!("`{}`", shape(alternative).key()),
    }
}

/// Whether each of the second types is one of the first.
fn covers(wide: &BTreeSet<String>, narrow: &BTreeSet<String>) -> bool {
    narrow.iter().all(|it| wide.contains(it) || (it == "integer" && wide.contains("number")))
}

fn list(values: &[(String, Node<'_>)]) -> String {
    let plain = |it: &Node<'_>| it.string().map_or_else(|| json(*it), |it| it.into_owned());
    let mut words: Vec<String> =
        values.iter().take(SHOWN).map(|(_, node)| format!("`{}`", plain(node))).collect();
    if values.len() > SHOWN {
        words.push(format!("{} more", values.len() - SHOWN));
    }
    words.join(", ")
}

/// A bound, and whether the value itself is out of bounds. Before 3.1 the exclusive keyword is a flag.
fn bound(shape: &Shape<'_>, keyword: &str, exclusive: &str, is_lower: bool) -> Option<(f64, bool)> {
    let at = shape.number(keyword).map(|it| (it, shape.flag(exclusive)));
    let beyond = shape.number(exclusive).map(|it| (it, true));
    match (at, beyond) {
        (Some(at), Some(beyond)) => {
            let is_beyond = if is_lower { beyond.0 >= at.0 } else { beyond.0 <= at.0 };
            Some(if is_beyond { beyond } else { at })
        }
        (at, beyond) => at.or(beyond),
    }
    // No lower bound of a count says the same as zero.
    .filter(|it| !(is_lower && exclusive.is_empty() && it.0 == 0.0))
}
