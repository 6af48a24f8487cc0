//! Compares `oneOf` and `anyOf`: alternatives are recognised by name, title or form, not by their order.

use super::check as c;
use super::keyword::Comparison;
use super::reach::{Found, Owner, Places};
use super::schema::Schemas;
use super::shape::{Shape, shape};
use crate::model::spec::Node;
use crate::model::spec::read;

impl<'a> Comparison<'a> {
    /// Compares the alternatives; says whether that was all there is to compare.
    pub(super) fn alternatives(&self, schemas: &mut Schemas<'a>, found: &mut Found) -> bool {
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
        let title = || Some(it.read_text("title").into_owned()).filter(|it| !it.is_empty());
        read::reference_name(it).or_else(title).unwrap_or_else(|| shape(it).key())
    };
    all.iter().map(|&it| (key(it), it)).collect()
}

/// What an alternative is called in a message.
fn title(alternative: Node<'_>) -> String {
    let title = || Some(alternative.read_text("title").into_owned()).filter(|it| !it.is_empty());
    match read::reference_name(alternative).or_else(title) {
        Some(name) => format!("`{name}`"),
        None => format!("`{}`", shape(alternative).key()),
    }
}
