//! Compares the parameters of an operation.

use std::collections::{BTreeMap, HashMap};

use super::check as c;
use super::operation::Pair;
use super::reach::{Found, Owner};
use super::schema::{Schemas, Subject};
use super::shape::shape;
use crate::model::spec::Call;
use crate::model::spec::message::Parameter;
use crate::model::spec::read;

impl<'a> Pair<'_, 'a> {
    /// Compares the parameters.
    pub(super) fn parameters(&self, found: &mut Found, schemas: &mut Schemas<'a>) {
        // Parameters of the path are matched by their place in it.
        let renamed: HashMap<&str, &str> =
            names(&self.old.path).into_iter().zip(names(&self.new.path)).collect();
        let identity = |it: &Parameter<'a>, is_old: bool| {
            let (name, location) = (it.name().into_owned(), it.location().into_owned());
            match location.as_str() {
                "path" if is_old => {
                    (location, renamed.get(name.as_str()).map_or(name.clone(), |it| (*it).to_owned()))
                }
                "header" => (location, name.to_ascii_lowercase()),
                _ => (location, name),
            }
        };
        let list = |call: &Call<'a>, is_old| -> BTreeMap<(String, String), Parameter<'a>> {
            let form = call.body().into_iter().flat_map(|it| it.content).flat_map(|it| it.form);
            call.parameters().into_iter().chain(form).map(|it| (identity(&it, is_old), it)).collect()
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
                    let words = words.each_ref().map(|it| it.as_ref());
                    self.say(found, &c::PARAMETER_MOVED, words, (Some(before.node), Some(after.node)));
                }
                // A path says itself which parameters it has.
                None if key.0 == "path" => {}
                None => {
                    let late = before.node.reads_true("deprecated");
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
            let needed = after.is_required() && after.node.read("default").is_none();
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
        let is_deprecated = |it: &Parameter<'a>| it.node.reads_true("deprecated");
        if !is_deprecated(old) && is_deprecated(new) {
            self.say(found, &c::PARAMETER_DEPRECATED, [subject, "", ""], nodes);
        }
        let description =
            |it: &Parameter<'a>| it.node.read_text("description").into_owned().trim().to_owned();
        if description(old) != description(new) {
            let places = (old.node.read("description"), new.node.read("description"));
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
            let types = it.schema().and_then(|it| shape(it).known_types());
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
}

/// The names of the parameters of a template, in order.
fn names(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|it| it.split_once('}')).map(|(name, _)| name).collect()
}
