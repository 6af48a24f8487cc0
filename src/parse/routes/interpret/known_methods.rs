//! Methods of texts, lists and objects, as far as prefixes and lists of routers need them.

use std::rc::Rc;

use super::value::{Args, EnvId};
use super::{Interpreter, Value};
use crate::parse::routes::lower::Language;
use crate::parse::routes::text::Text;

/// The method by which the names of a named tuple make one.
pub(super) const NAMED_TUPLE: &str = "namedtuple()";

/// The method that stands for calling an item which nobody knows the index of.
pub(super) const ANY_ITEM: &str = "[]";

impl Interpreter<'_> {
    /// Whether any item of a list or an object can be called or mounted.
    pub(super) fn holds_functions(&mut self, of: &Value) -> bool {
        self.all_items(of).into_iter().any(|it| self.is_function(it))
    }

    fn is_function(&mut self, value: Value) -> bool {
        matches!(self.default_of(value), Value::Func(_) | Value::Bound(_) | Value::Router(_))
    }

    /// The items of a list, the values of an object.
    pub(super) fn all_items(&self, of: &Value) -> Vec<Value> {
        match of {
            Value::List(id) => self.lists[*id].clone(),
            Value::Object(id) => self.objects[*id].iter().map(|(_, value)| value.clone()).collect(),
            _ => Vec::new(),
        }
    }

    /// Calls every item of a list or an object; the value that is known best.
    fn call_items(&mut self, of: &Value, args: &Args, env: EnvId) -> Value {
        let mut best = Value::Unknown;
        for function in self.all_items(of) {
            if !self.is_function(function.clone()) {
                continue;
            }
            let value = self.call_value(function, args.clone(), 0..0, env);
            if value.certainty() > best.certainty() {
                best = value;
            }
        }
        best
    }

    /// The items, those of a list in place of the list.
    fn flattened(&self, items: Vec<Value>) -> Vec<Value> {
        let flat = items.into_iter().flat_map(|it| match it {
            Value::List(id) => self.lists[id].clone(),
            it => vec![it],
        });
        flat.collect()
    }

    /// Calls a method of a text, a list or an object.
    pub(super) fn call_known_method(&mut self, of: Value, name: &str, args: Args, env: EnvId) -> Value {
        let first = args.positional.first().map(|it| it.value.clone());
        match of {
            Value::List(_) | Value::Object(_) if name == ANY_ITEM => self.call_items(&of, &args, env),
            Value::Text(text) if name == "split" => {
                let (Some(text), Some(cut)) = (text.as_known(), first.and_then(|it| it.known_text())) else {
                    return Value::Unknown;
                };
                let parts = text.split(cut.as_str()).map(Value::text).collect();
                self.new_list(parts)
            }
            // A setting of the command line whose default is known.
            Value::Text(_)
                if self.is_go(env) && matches!(name, "String" | "Envar" | "Short" | "PlaceHolder") =>
            {
                of
            }
            Value::Text(text) if name == "format" && self.is_python(env) => filled(&text, &args),
            Value::Text(text) if name == "join" => match first {
                Some(Value::List(id)) => joined(&text, &self.lists[id]),
                _ => Value::Unknown,
            },
            Value::Text(text) => {
                let second = args.positional.get(1).and_then(|it| it.value.known_text());
                text_method(&text, name, first.as_ref(), second.as_deref())
            }
            Value::Class(_) => of,
            Value::List(id) => match (name, first) {
                (NAMED_TUPLE, _) => {
                    let names = self.lists[id].clone().into_iter().filter_map(|it| it.known_text());
                    let names = names.map(String::into_boxed_str);
                    let fields = names.zip(args.positional).chain(args.named);
                    let fields = fields.map(|(name, it)| (name, it.value)).collect();
                    self.new_object(fields)
                }
                ("append" | "push" | "add", Some(_)) => {
                    self.grow_list(id, args.positional.into_iter().map(|it| it.value));
                    Value::Unknown
                }
                ("pop", None) if self.language(env) == Language::JavaScript => {
                    self.lists[id].pop().unwrap_or(Value::Unknown)
                }
                ("sort" | "reverse" | "toSorted", _) if self.language(env) == Language::JavaScript => of,
                ("join", Some(Value::Text(between))) => joined(&between, &self.lists[id]),
                ("values", None) => of,
                ("entries", None) => {
                    let items = self.lists[id].clone().into_iter();
                    let pairs = items.map(|it| self.new_list(vec![Value::Unknown, it])).collect();
                    self.new_list(pairs)
                }
                ("insert", Some(_)) => {
                    self.grow_list(id, args.positional.get(1).map(|it| it.value.clone()));
                    Value::Unknown
                }
                // `urlpatterns.extend(router.urls)`
                ("extend", Some(more @ (Value::Noted(_) | Value::Method(_)))) if self.noting => {
                    self.grow_list(id, [more]);
                    Value::Unknown
                }
                ("extend", Some(more)) => {
                    let more = self.items(&more).unwrap_or_default();
                    self.grow_list(id, more);
                    Value::Unknown
                }
                ("forEach" | "map" | "flatMap" | "each", Some(function)) => {
                    let items = self.items(&Value::List(id)).unwrap_or_default();
                    let values = items
                        .into_iter()
                        .map(|it| self.call_value(function.clone(), Args::of([it]), 0..0, env));
                    let values: Vec<Value> = values.collect();
                    let values = if name == "flatMap" { self.flattened(values) } else { values };
                    self.new_list(values)
                }
                ("flat", _) => {
                    let items = self.flattened(self.lists[id].clone());
                    self.new_list(items)
                }
                ("concat", Some(Value::List(more))) => {
                    let items = [self.lists[id].as_slice(), self.lists[more].as_slice()].concat();
                    self.new_list(items)
                }
                // Rust's `fold` is told first where to start.
                ("reduce" | "fold", Some(first)) => {
                    let items = self.items(&Value::List(id)).unwrap_or_default();
                    let second = args.positional.get(1).map_or(Value::Unknown, |it| it.value.clone());
                    let (function, start) = if name == "fold" { (second, first) } else { (first, second) };
                    items.into_iter().fold(start, |sum, it| {
                        self.call_value(function.clone(), Args::of([sum, it]), 0..0, env)
                    })
                }
                ("filter" | "concat" | "slice" | "copy", _) => Value::List(id),
                _ => Value::Unknown,
            },
            // `collect([…])->each(fn ($value, $key) => …)`
            Value::Object(_) if matches!(name, "each" | "map") && self.language(env) == Language::Php => {
                first.map_or(Value::Unknown, |function| self.call_each(of, &function, env))
            }
            Value::Object(id) => {
                let entries = self.objects[id].clone();
                let items: Vec<Value> = match name {
                    "keys" => entries.iter().map(|(key, _)| Value::of_key(key)).collect(),
                    "values" => entries.into_iter().map(|(_, value)| value).collect(),
                    "items" | "entries" => entries
                        .into_iter()
                        .map(|(key, value)| self.new_list(vec![Value::of_key(&key), value]))
                        .collect(),
                    // `options.slice(:only)`, `options.except(:path)`
                    "slice" | "except" => {
                        let named: Vec<String> =
                            args.positional.iter().filter_map(|it| it.value.known_text()).collect();
                        let kept = entries
                            .into_iter()
                            .filter(|(key, _)| named.iter().any(|it| **it == **key) == (name == "slice"));
                        return self.new_object(kept.collect());
                    }
                    // `options.merge(only: :index)`, `{ only: :index }.merge(options)`
                    "merge" | "reverse_merge" => {
                        let mut more: Vec<(Box<str>, Value)> =
                            args.named.into_iter().map(|(key, it)| (key, it.value)).collect();
                        if let Some(Value::Object(id)) = first {
                            more.extend(self.objects[id].clone());
                        }
                        let (mut merged, over) =
                            if name == "merge" { (entries, more) } else { (more, entries) };
                        merged.retain(|(key, _)| !over.iter().any(|(it, _)| it == key));
                        merged.extend(over);
                        return self.new_object(merged);
                    }
                    "get" | "pop" | "setdefault" | "fetch" => {
                        let Some(key) = first.and_then(|it| it.known_text()) else { return Value::Unknown };
                        let at = entries.iter().position(|(it, _)| **it == *key);
                        let default = args.positional.get(1).map_or(Value::Unknown, |it| it.value.clone());
                        match (name, at) {
                            ("pop", Some(at)) => drop(self.objects[id].remove(at)),
                            ("setdefault", None) => self.objects[id].push((key.into(), default.clone())),
                            _ => {}
                        }
                        return at.map_or(default, |at| entries[at].1.clone());
                    }
                    "update" => {
                        if let Some(Value::Object(more)) = first {
                            let more = self.objects[more].clone();
                            self.objects[id].retain(|(key, _)| !more.iter().any(|(it, _)| it == key));
                            self.objects[id].extend(more);
                        }
                        self.objects[id].extend(args.named.into_iter().map(|(key, it)| (key, it.value)));
                        return Value::Unknown;
                    }
                    _ => return Value::Unknown,
                };
                self.new_list(items)
            }
            _ => Value::Unknown,
        }
    }
}

/// `"/".join(parts)`, `parts.join("/")`
fn joined(between: &Text, parts: &[Value]) -> Value {
    let mut text = Text::known("");
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            text.push(between);
        }
        match part {
            Value::Text(part) => text.push(part),
            _ => text.push(&Text::hole("value")),
        }
    }
    Value::Text(Rc::new(text))
}

/// `"orders/{}/{kind}".format(id, kind=kind)`
fn filled(format: &Text, args: &Args) -> Value {
    let Some(known) = format.as_known() else { return Value::Unknown };
    let mut positional = args.positional.iter();
    let mut text = Text::known("");
    let mut rest = known.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        text.push(&Text::known(before));
        if let Some(literal) = after.strip_prefix('{') {
            text.push(&Text::known("{"));
            rest = literal;
            continue;
        }
        let Some((name, after)) = after.split_once('}') else { return Value::Unknown };
        let name = name.split([':', '!']).next().unwrap_or(name);
        let value = match name.parse::<usize>() {
            Ok(at) => args.positional.get(at),
            Err(_) if name.is_empty() => positional.next(),
            Err(_) => args.get(name),
        };
        match value.map(|it| &it.value) {
            Some(Value::Text(value)) => text.push(value),
            _ => text.push(&Text::hole(if name.is_empty() { "value" } else { name })),
        }
        rest = after;
    }
    text.push(&Text::known(&rest.replace("}}", "}")));
    Value::Text(Rc::new(text))
}

fn text_method(text: &Text, name: &str, argument: Option<&Value>, second: Option<&str>) -> Value {
    let cut = argument.and_then(Value::known_text).unwrap_or_default();
    let chars: Vec<char> = if cut.is_empty() { vec![' '] } else { cut.chars().collect() };
    let chars = chars.as_slice();
    let changed = match name {
        "Trim" => text.map(|it| it.trim_matches(chars).to_owned()),
        "TrimEnd" => text.map_end(|it| it.trim_end_matches(chars)),
        "TrimStart" => text.map_start(|it| it.trim_start_matches(chars)),
        "ToLower" | "ToLowerInvariant" => text.map(str::to_lowercase),
        "ToString" => text.clone(),
        "strip" => text.map(|it| it.trim_matches(chars).to_owned()),
        "rstrip" => text.map(|it| it.trim_end_matches(chars).to_owned()),
        "lstrip" => text.map(|it| it.trim_start_matches(chars).to_owned()),
        "lower" | "toLowerCase" => text.map(str::to_lowercase),
        "upper" | "toUpperCase" => text.map(str::to_uppercase),
        "trim" | "toString" => text.clone(),
        "replace" | "replaceAll" | "Replace" => match second {
            Some(by) if !cut.is_empty() => text.map(|it| it.replace(&cut, by)),
            _ => return Value::Unknown,
        },
        // `file.slice(0, -3)`
        "slice" => match second.and_then(|it| it.strip_prefix('-')).and_then(|it| it.parse::<usize>().ok()) {
            Some(end) if cut == "0" => {
                text.map(|it| it.get(..it.len().saturating_sub(end)).unwrap_or_default().to_owned())
            }
            _ => return Value::Unknown,
        },
        _ => return Value::Unknown,
    };
    Value::Text(Rc::new(changed))
}
