//! Compares two schemas keyword by keyword: types, values, formats and bounds.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Side;
use super::check as c;
use super::check::Check;
use super::reach::{About, Found, Owner, Places};
use super::schema::{Schemas, Subject};
use super::shape::{Shape, json};
use crate::model::spec::Node;
use crate::model::spec::read;

/// How many values or names a message holds.
const SHOWN: usize = 8;

/// A pair in work.
pub(super) struct Comparison<'a> {
    /// The pair.
    pub(super) at: u32,
    pub(super) side: Side,
    pub(super) subject: Subject,
    pub(super) nodes: (Node<'a>, Node<'a>),
    pub(super) old: Shape<'a>,
    pub(super) new: Shape<'a>,
}

impl<'a> Comparison<'a> {
    /// Says what differs, and puts the pairs inside on the list.
    pub(super) fn run(&self, schemas: &mut Schemas<'a>, found: &mut Found) {
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

    pub(super) fn say(&self, found: &mut Found, check: &'static Check, old: &str, new: &str, places: Places) {
        let subject = self.subject.text();
        self.say_of(found, check, [&subject, old, new], places, None);
    }

    pub(super) fn say_of(
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
    pub(super) fn at(&self, keyword: &str) -> Places {
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
            node.text()
                .map(|it| it.into_owned())
                .or_else(|| Some(node.read_text("propertyName").into_owned()))
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
