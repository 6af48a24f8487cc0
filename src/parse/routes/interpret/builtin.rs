//! What the languages and their libraries bring along, as far as prefixes and lists of routers need it.

use std::ops::Range;
use std::rc::Rc;

use super::decision::decided;
use super::known_methods::NAMED_TUPLE;
use super::value::{Args, EnvId};
use super::{Interpreter, Value};
use crate::parse::routes::framework::Made;
use crate::parse::routes::ir::{EQUAL, LOGIC, NOTHING};
use crate::parse::routes::lower::Language;
use crate::parse::routes::text::Text;

/// Stands before the end of a module's name whose beginning is unknown. Behind it stands a colon, then its attributes.
pub(in crate::parse::routes) const ANY_MODULE: &str = "*.";

/// Names that every module knows.
pub(super) fn global(name: &str) -> Value {
    match name {
        "getattr" | "sprintf" | "str" | "list" | "tuple" | "set" | "sorted" | "reversed" | "enumerate"
        | "sum" | "dict" | "zip" | "require" | "Object" | "process" | "String" | "Promise" | "URL" => {
            Value::External(name.into())
        }
        NOTHING | EQUAL => Value::External(name.into()),
        _ if LOGIC.contains(&name) => Value::External(name.into()),
        _ => Value::Unknown,
    }
}

/// Functions of JavaScript's libraries that call another with every value and its key.
const EACH: [&str; 8] = [
    "lodash.each",
    "lodash.forEach",
    "lodash.forIn",
    "lodash.forOwn",
    "lodash.map",
    "underscore.each",
    "underscore.forEach",
    "underscore.map",
];

impl Interpreter<'_> {
    /// Calls a name of a library.
    pub(super) fn call_library(&mut self, name: &str, args: Args, range: Range<u32>, env: EnvId) -> Value {
        if let Some((framework, construct)) = self.construct_named(name) {
            if construct.makes == Made::Object {
                return Value::External(format!("{name}()").into());
            }
            return Value::Router(self.construct(framework, construct, &args, range, env));
        }
        if self.language(env) == Language::Rust
            && let Some(value) = self.call_filter_library(name, &args, range.clone(), env)
        {
            return value;
        }
        let language = self.language(env);
        if matches!(language, Language::Python | Language::Go)
            && let Some(known) = decided(name, &args, language)
        {
            return known;
        }
        if let Some(value) = self.call_path(name, &args).or_else(|| self.call_of_modules(name, &args)) {
            return value;
        }
        let first = args.positional.first().map_or(Value::Unknown, |it| it.value.clone());
        if self.store.tables.iter().any(|it| it.wrappers.iter().any(|wrapper| wrapper == name)) {
            return first;
        }
        if self.store.tables.iter().any(|it| it.serve.iter().any(|serve| serve == name)) {
            let router = args.all().map(|it| &it.value).find(|it| self.router_of(it).is_some());
            let app = args.get("app").map(|it| &it.value).or(router).cloned().unwrap_or(first);
            let file = self.file(env);
            self.served.push((file, app));
            return Value::Unknown;
        }
        if self.store.tables.iter().any(|it| it.pairs.iter().any(|it| it == name)) {
            return self.new_list(args.positional.into_iter().map(|it| it.value).collect());
        }
        if self.is_python(env)
            && let Some(framework) = self
                .store
                .tables
                .iter()
                .position(|it| it.function.iter().any(|it| it.names.iter().any(|it| it == name)))
        {
            let router = self.default_router(framework, range.clone(), env);
            let method = name.rsplit('.').next().unwrap_or(name);
            return self.call_router(router, method, args, range, env);
        }
        if self.is_go(env) {
            let known = self.call_go_library(name, &args, range, env);
            return known.unwrap_or_else(|| self.call_unknown_go(name, &args, env));
        }
        if self.language(env) == Language::Php
            && let Some(value) = self.call_php_library(name, &args, env)
        {
            return value;
        }
        match (name, first) {
            ("getattr", of) => match args.positional.get(1).and_then(|it| it.value.known_text()) {
                Some(name) => match self.attr(of, &name) {
                    value if value.is_vague() => {
                        args.positional.get(2).map_or(value, |default| default.value.clone())
                    }
                    value => value,
                },
                None => Value::Unknown,
            },
            ("require" | "importlib.import_module", of) => {
                let Some(name) = of.known_text() else { return any_module(&of) };
                let name = self.relative_import(&name, env).unwrap_or(name);
                self.import_module(env, &name)
            }
            // `guard::Post()` names a verb.
            (name, _) if name.starts_with("actix_web.guard.") && args.positional.is_empty() => {
                Value::text(name.rsplit('.').next().unwrap_or_default())
            }
            ("std.env.var", _) => Value::External("process.env.".into()),
            (
                "os.getenv" | "os.environ.get" | "getenv" | "environ.get" | "decouple.config" | "config"
                | "env" | "ENV.fetch",
                _,
            ) => {
                if let Some(said) = (name == "config").then(|| self.php_config(&args, env)).flatten() {
                    return said;
                }
                // What is served unless a deployment says otherwise, as with a field of a settings class.
                let default = args.get("default").or_else(|| args.positional.get(1));
                default.map_or(Value::External("process.env.".into()), |it| it.value.clone())
            }
            ("functools.partial", of) if args.positional.len() + args.named.len() > 1 => {
                let positional = args.positional.get(1..).unwrap_or_default().to_vec();
                Value::Partial(Rc::new((of, Args { positional, ..args })))
            }
            ("list" | "tuple" | "sorted", Value::List(id)) if self.is_python(env) => {
                let items = self.lists[id].clone();
                self.new_list(items)
            }
            (
                "str" | "String" | "list" | "tuple" | "set" | "sorted" | "reversed" | "functools.partial",
                of,
            )
            | ("Object.freeze" | "Object.seal", of) => of,
            ("util.inherits" | "inherits", Value::Func(closure)) => {
                if let Some(base) = args.positional.get(1) {
                    self.inherit(&closure, base.value.clone());
                }
                Value::Unknown
            }
            ("Object.create", of) => of,
            ("Object.assign", of) => {
                for source in args.positional.iter().skip(1) {
                    let Value::Object(id) = source.value else { continue };
                    let entries = self.objects[id].clone();
                    match &of {
                        Value::Class(class) => {
                            entries.into_iter().for_each(|(key, it)| self.bind(class.env, &key, it));
                        }
                        Value::Object(id) => self.objects[*id].extend(entries),
                        _ => {}
                    }
                }
                of
            }
            // `namedtuple("Row", "path handler")`: what it makes has these fields.
            ("collections.namedtuple", _) => match args.positional.get(1).map(|it| it.value.clone()) {
                Some(Value::Text(names)) => {
                    let names = names.as_known().unwrap_or_default();
                    let words = names.split([',', ' ']).filter(|it| !it.is_empty());
                    let words = words.map(Value::text).collect();
                    let names = self.new_list(words);
                    Value::Method(Rc::new((names, NAMED_TUPLE.into())))
                }
                Some(names @ Value::List(_)) => Value::Method(Rc::new((names, NAMED_TUPLE.into()))),
                _ => Value::Unknown,
            },
            ("enumerate", of) => {
                let items = self.items(&of).unwrap_or_default();
                let pairs = items.into_iter().map(|it| self.new_list(vec![Value::Unknown, it])).collect();
                self.new_list(pairs)
            }
            ("dict", _) => {
                self.new_object(args.named.into_iter().map(|(name, it)| (name, it.value)).collect())
            }
            ("Object.values" | "Object.entries" | "Object.keys", of) => {
                // `import * as controllers`
                let of = match of {
                    Value::Module(id) => self.exports_of(id),
                    of => of,
                };
                self.call_known_method(of, name.trim_start_matches("Object."), Args::default(), env)
            }
            (name, of @ (Value::List(_) | Value::Object(_) | Value::Module(_))) if EACH.contains(&name) => {
                let function = args.positional.get(1).map_or(Value::Unknown, |it| it.value.clone());
                self.call_each(of, &function, env)
            }
            // `prefix: str = Field("/api", description=…)`
            (_, first) if name.ends_with(".Field") || name == "Field" || name == "traitlets.Unicode" => {
                args.get("default").map_or(first, |it| it.value.clone())
            }
            ("sprintf" | "format", Value::Text(format)) => {
                let values = args.positional.iter().skip(1).map(|it| it.value.clone());
                let values: Vec<Value> = match values.clone().next() {
                    // `"%s/%s" % both`
                    Some(Value::List(id)) if values.len() == 1 => self.lists[id].clone(),
                    _ => values.collect(),
                };
                formatted(&format, &values)
            }
            // The rest of a division.
            ("sprintf", _) if self.is_python(env) => Value::Unknown,
            _ if self.noting => self.note(name, None, args, range, env),
            (_, first) => {
                self.call_inline(&args);
                match first {
                    Value::Router(id) | Value::Wrapped(id) => Value::Wrapped(id),
                    _ => Value::Unknown,
                }
            }
        }
    }
}

/// The modules that end so where the beginning is unknown: `import_module(plugin.name + ".urls")`.
fn any_module(name: &Value) -> Value {
    match name {
        Value::Text(name) => name.unknown_before().map_or(Value::Unknown, |tail| {
            let is_name =
                |it: &str| it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'.');
            match tail.strip_prefix('.') {
                Some(rest) if !rest.is_empty() && is_name(rest) => {
                    Value::External(format!("{ANY_MODULE}{rest}:").into())
                }
                _ => Value::Unknown,
            }
        }),
        _ => Value::Unknown,
    }
}

/// `sprintf('routes/%s.php', $group)`
fn formatted(format: &Text, values: &[Value]) -> Value {
    let Some(known) = format.as_known() else { return Value::Unknown };
    let mut values = values.iter();
    let mut text = Text::known("");
    let mut rest = known.as_str();
    while let Some((before, after)) = rest.split_once('%') {
        text.push(&Text::known(before));
        if after.starts_with(['s', 'd']) {
            match values.next() {
                Some(Value::Text(value)) => text.push(value),
                _ => text.push(&Text::hole("value")),
            }
        }
        rest = after.get(1..).unwrap_or_default();
    }
    text.push(&Text::known(rest));
    Value::Text(Rc::new(text))
}
