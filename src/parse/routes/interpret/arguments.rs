//! Reads the arguments of calls on routers: paths, verbs, whether a route is hidden.

use super::value::{Args, Argument};
use super::{Interpreter, Value};
use crate::parse::routes::framework::{Framework, Place};
use crate::parse::routes::text::Text;

pub(super) const VERBS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

/// The method for reading with a body, which OpenAPI knows from 3.2 on.
const QUERY: &str = "QUERY";

impl Interpreter<'_> {
    /// The argument at a place.
    pub(super) fn at(&self, args: &Args, place: &Place) -> Option<Argument> {
        match place {
            Place::Index(at) => args.positional.get(*at).cloned(),
            Place::Key(key) => args.get(key).cloned().or_else(|| {
                // A handler may stand after the object that describes the route.
                args.positional.iter().rev().find_map(|it| {
                    let mut value = &it.value;
                    for key in key.split('.') {
                        let Value::Object(id) = value else { return None };
                        value = self.objects[*id].iter().find(|(it, _)| **it == *key).map(|it| &it.1)?;
                    }
                    Some(Argument { value: value.clone(), ..it.clone() })
                })
            }),
        }
    }

    /// The arguments at a place; `*` is every positional one.
    pub(super) fn all_at(&self, args: &Args, place: &Place) -> Vec<Argument> {
        match place {
            Place::Key(key) if key == "*" => args.positional.clone(),
            place => self.at(args, place).into_iter().collect(),
        }
    }

    /// The texts of the first argument that is there; a list gives several.
    pub(super) fn texts_at(&self, args: &Args, places: &[Place]) -> Vec<(Text, Argument)> {
        if places.contains(&Place::Key("*".to_owned()))
            && args.positional.iter().any(|it| matches!(it.value, Value::Text(_)))
        {
            let all = args.positional.iter().filter_map(|it| match &it.value {
                Value::Text(text) => Some(((**text).clone(), it.clone())),
                _ => None,
            });
            return all.collect();
        }
        let given = || places.iter().filter_map(|it| Some((it, self.at(args, it)?)));
        let is_text = |it: &Argument| !matches!(it.value, Value::Object(_));
        let Some((place, argument)) = given().find(|it| is_text(&it.1)).or_else(|| given().next()) else {
            return Vec::new();
        };
        match &argument.value {
            Value::Text(text) => vec![((**text).clone(), argument.clone())],
            Value::List(id) => {
                let texts = self.lists[*id].iter().filter_map(|it| match it {
                    Value::Text(text) => Some(((**text).clone(), argument.clone())),
                    _ => None,
                });
                texts.collect()
            }
            // A prefix that is given by name and not known is a prefix all the same.
            Value::Unknown if *place == Place::Key("prefix".to_owned()) => {
                vec![(Text::hole("prefix"), argument)]
            }
            _ => Vec::new(),
        }
    }

    /// The verbs that an argument names; `ANY` where it cannot be read.
    pub(super) fn methods(&mut self, args: &Args, places: &[Place], default: &[String]) -> Vec<String> {
        if let Some(argument) = places.iter().find_map(|it| self.at(args, it))
            && argument.value != Value::Bool(false)
        {
            let items = self.items(&argument.value).unwrap_or_else(|| vec![argument.value.clone()]);
            let mut found: Vec<String> =
                items.iter().filter_map(|it| verb(it).or_else(|| query(it))).collect();
            found.dedup();
            return if found.is_empty() { vec!["ANY".to_owned()] } else { found };
        }
        // A class of handlers, one method a verb.
        let class = args.all().find_map(|it| match &it.value {
            Value::Class(class) => Some(class.clone()),
            _ => None,
        });
        if let Some(class) = class {
            if let Some(Value::List(id)) = self.class_attr(&class, "methods", 0) {
                let found: Vec<String> = self.lists[id].iter().filter_map(verb).collect();
                if !found.is_empty() {
                    return found;
                }
            }
            let verbs = VERBS.iter().filter(|it| self.class_attr(&class, &it.to_lowercase(), 0).is_some());
            let found: Vec<String> = verbs.map(|it| (*it).to_owned()).collect();
            if !found.is_empty() {
                return found;
            }
        }
        default.to_vec()
    }

    /// The verbs whose methods an object has: `on_get`, `on_post_batch`.
    pub(super) fn handler_methods(&mut self, args: &Args, before: &str) -> Vec<String> {
        let class = args.all().find_map(|it| match &it.value {
            Value::Class(class) => Some(class.clone()),
            Value::Instance(id) => Some(self.instances[*id].class.clone()),
            _ => None,
        });
        let Some(class) = class else { return vec!["ANY".to_owned()] };
        let suffix = args.get("suffix").and_then(|it| it.value.known_text());
        let suffix = suffix.map_or(String::new(), |it| format!("_{it}"));
        let name = |verb: &str| format!("{before}{}{suffix}", verb.to_lowercase());
        let verbs = VERBS.iter().filter(|it| self.class_attr(&class, &name(it), 0).is_some());
        verbs.map(|it| (*it).to_owned()).collect()
    }
}

/// A verb by its text, or as the member of an enumeration: `HTTPMethod.GET`.
fn verb(value: &Value) -> Option<String> {
    let word = match value {
        Value::External(name) => name.rsplit('.').next()?.to_owned(),
        value => value.known_text()?,
    };
    let word = word.strip_prefix("Method").unwrap_or(&word).to_ascii_uppercase();
    VERBS.contains(&word.as_str()).then_some(word)
}

/// `QUERY` where it is named as a method.
fn query(value: &Value) -> Option<String> {
    value.known_text().map(|it| it.to_ascii_uppercase()).filter(|it| it == QUERY)
}

/// Whether an argument keeps a route out of the generated spec.
pub(super) fn is_hidden(table: &Framework, args: &Args) -> bool {
    let visible = table.visible.as_deref().and_then(|it| args.get(it));
    visible.is_some_and(|it| it.value == Value::Bool(false))
}
