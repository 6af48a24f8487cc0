//! What Go and its standard library bring along.

use std::ops::Range;
use std::rc::Rc;

use crate::parse::routes::interpret::value::{Args, Closure, EnvId};
use crate::parse::routes::interpret::{Interpreter, Value};
use crate::parse::routes::ir::{EQUAL, Expr, ExprKind, LOGIC, NOTHING, PUT, SUM};
use crate::parse::routes::text::Text;

/// Names that every file of Go knows, the keywords of the lowered form among them.
pub(in crate::parse::routes::interpret) fn global(name: &str) -> Value {
    match name {
        "new" | "make" | "append" | "string" | "var" | "range" | "default" | SUM | PUT => {
            Value::External(format!("builtin.{name}").into())
        }
        NOTHING | EQUAL => Value::External(name.into()),
        _ if LOGIC.contains(&name) => Value::External(name.into()),
        _ => Value::Unknown,
    }
}

impl Interpreter<'_> {
    /// Calls a name of a library; none where it is not one that Go code has.
    pub(in crate::parse::routes::interpret) fn call_go_library(
        &mut self,
        name: &str,
        args: &Args,
        range: Range<u32>,
        env: EnvId,
    ) -> Option<Value> {
        let value = |at: usize| args.positional.get(at).map_or(Value::Unknown, |it| it.value.clone());
        let first = value(0);
        if let Some(found) = self.call_function_of_router(name, args, range.clone(), env) {
            return Some(found);
        }
        if let Some(setting) = super::flags::kingpin(name, &first) {
            return Some(setting);
        }
        let place = Expr { kind: ExprKind::Bool(false), start: range.start, end: range.end };
        Some(match name {
            "builtin.var" => self.go_value_of(&first, &place, env),
            "builtin.new" => match &first {
                Value::External(of) if self.construct_named(of).is_some() => {
                    return Some(self.call_library(of, Args::default(), range, env));
                }
                of => self.go_value_of(of, &place, env),
            },
            "builtin.make" => match &first {
                Value::List(id) if self.lists[*id].len() == 2 => self.new_object(Vec::new()),
                Value::List(_) => self.new_list(Vec::new()),
                _ => Value::Unknown,
            },
            "builtin.append" => {
                let old = self.go_items(&first);
                let mut items = self.items(&old).unwrap_or_default();
                items.extend(args.positional.iter().skip(1).map(|it| it.value.clone()));
                self.new_list(items)
            }
            "builtin.range" => {
                let items = self.go_items(&first);
                self.pairs(&items)
            }
            "builtin.(sum)" => super::tables::sum(&first, &value(1)),
            "builtin.(put)" => {
                self.put(&first, &value(1), value(2));
                Value::Unknown
            }
            "builtin.default" => match first {
                Value::Text(text) if text.is_empty() => value(1),
                it if it.is_vague() => value(1),
                it => it,
            },
            "builtin.string" | "strings.Clone" => first,
            "strings.TrimSpace" => match first {
                Value::Text(text) => {
                    Value::Text(Rc::new(text.map_end(str::trim_end).map_start(str::trim_start)))
                }
                it => it,
            },
            "strings.Split" => {
                let parts =
                    first.known_text()?.split(value(1).known_text()?.as_str()).map(Value::text).collect();
                self.new_list(parts)
            }
            "strings.Contains" | "strings.HasPrefix" | "strings.HasSuffix" => asked(name, &first, &value(1))?,
            "fmt.Sprintf" => self.sprintf(args),
            "fmt.Sprint" => self.joined(&values(args), "", false),
            "path.Join" | "path/filepath.Join" => self.joined(&values(args), "/", true),
            "net/url.JoinPath" => {
                let joined = self.joined(&values(args), "/", true);
                self.new_list(vec![joined, Value::Unknown])
            }
            "path.Clean" => first,
            "strings.Join" => {
                let items = self.items(&first).unwrap_or_default();
                self.joined(&items, &value(1).known_text()?, false)
            }
            "strings.TrimSuffix" | "strings.TrimPrefix" | "strings.TrimRight" | "strings.TrimLeft"
            | "strings.Trim" | "strings.ToLower" | "strings.ToUpper" | "strings.ReplaceAll"
            | "strings.Replace" => {
                let cut = value(1).known_text();
                let put = value(2).known_text();
                match (first, first_change(name, cut, put)) {
                    (Value::Text(text), Some(change)) => Value::Text(Rc::new(change(&text))),
                    _ => Value::Unknown,
                }
            }
            "go.uber.org/fx.Annotate" => first,
            "flag.String" | "github.com/spf13/pflag.String" => match value(1) {
                Value::Text(text) if text.is_empty() => Value::Unknown,
                default => default,
            },
            "net/http.StripPrefix" => {
                let Value::Text(prefix) = first else { return Some(value(1)) };
                match self.nested_router(&value(1)) {
                    Some(router) => self.below(router, (*prefix).clone(), range, env),
                    None => value(1),
                }
            }
            _ if is_conversion(name) => first,
            _ => return None,
        })
    }

    /// `huma.Get(api, …)`, `http.HandleFunc(…)`
    fn call_function_of_router(
        &mut self,
        name: &str,
        args: &Args,
        range: Range<u32>,
        env: EnvId,
    ) -> Option<Value> {
        let (framework, function) = self.store.tables.iter().enumerate().find_map(|(i, table)| {
            Some((i, table.function.iter().find(|it| it.names.iter().any(|it| it == name))?))
        })?;
        let method = name.rsplit('.').next()?;
        let mut args = Args { positional: args.positional.clone(), named: Vec::new() };
        let router = if function.given {
            if args.positional.is_empty() {
                return None;
            }
            let given = args.positional.remove(0).value;
            self.router_of(&given)?
        } else {
            self.default_router(framework, range.clone(), env)
        };
        Some(self.call_router(router, method, args, range, env))
    }

    fn sprintf(&self, args: &Args) -> Value {
        let mut values = args.positional.iter();
        let Some(format) = values.next().and_then(|it| it.value.known_text()) else { return Value::Unknown };
        let mut text = Text::known("");
        let mut chars = format.chars();
        let mut literal = String::new();
        while let Some(char) = chars.next() {
            if char != '%' {
                literal.push(char);
                continue;
            }
            let verb = chars.by_ref().find(|it| it.is_alphabetic() || *it == '%');
            if verb == Some('%') {
                literal.push('%');
                continue;
            }
            text.push(&Text::known(&std::mem::take(&mut literal)));
            match values.next().map(|it| &it.value) {
                Some(Value::Text(it)) => text.push(it),
                _ => text.push(&Text::hole("value")),
            }
        }
        text.push(&Text::known(&literal));
        Value::Text(Rc::new(text))
    }

    /// Texts with something between; as a path without empty parts and with single slashes.
    fn joined(&self, parts: &[Value], between: &str, path: bool) -> Value {
        let mut text = Text::known("");
        let mut first = true;
        for part in parts {
            let part = match part {
                Value::Text(it) if path && it.is_empty() => continue,
                Value::Text(it) => (**it).clone(),
                _ => Text::hole("value"),
            };
            if !first {
                text.push(&Text::known(between));
            }
            first = false;
            text.push(&part);
        }
        if path {
            text = text.map(|it| {
                let mut single = String::with_capacity(it.len());
                for char in it.chars() {
                    if char != '/' || !single.ends_with('/') {
                        single.push(char);
                    }
                }
                single
            });
        }
        Value::Text(Rc::new(text))
    }

    /// Notes that something is served.
    pub(super) fn serve(&mut self, handler: Value, env: EnvId) {
        match self.nested_router(&handler) {
            Some(router) => {
                let file = self.file(env);
                self.served.push((file, Value::Router(router)));
            }
            None => self.serve_dispatched(&handler, env),
        }
    }

    /// A call that nobody knows: of a library, or of a value that was not found out. Functions that it is given
    /// it may call; a router that it is given it may wrap.
    pub(in crate::parse::routes::interpret) fn call_unknown_go(
        &mut self,
        name: &str,
        args: &Args,
        env: EnvId,
    ) -> Value {
        let last = name.rsplit('.').next().unwrap_or(name);
        let starts =
            ["ListenAndServe", "Serve", "Run", "Start", "Listen"].iter().any(|it| last.starts_with(it))
                || name.contains("aws-lambda-go-api-proxy");
        if self.provide(name, args) {
            return Value::Unknown;
        }
        self.call_inline(args);
        for argument in args.positional.iter().filter(|it| !it.inline) {
            if matches!(argument.value, Value::Func(_) | Value::Bound(_)) {
                self.callbacks.push(argument.value.clone());
            }
        }
        let wrapped = args.positional.iter().find_map(|it| self.nested_router(&it.value));
        match wrapped {
            Some(router) => {
                if starts {
                    let file = self.file(env);
                    self.served.push((file, Value::Router(router)));
                }
                Value::Wrapped(router)
            }
            None => {
                if starts {
                    args.positional.iter().for_each(|it| self.serve_dispatched(&it.value, env));
                }
                self.touch(&args.positional);
                Value::Unknown
            }
        }
    }

    /// Calls what was handed to libraries and what nobody has called since.
    pub(in crate::parse::routes::interpret) fn run_callbacks(&mut self) {
        // A callback may hand over others.
        for _ in 0..8 {
            let waiting = std::mem::take(&mut self.callbacks);
            if waiting.is_empty() {
                return;
            }
            for value in waiting {
                let (closure, this): (Closure, Option<Value>) = match value {
                    Value::Func(it) => (it, None),
                    Value::Bound(it) => (it.1.clone(), Some(it.0.clone())),
                    _ => continue,
                };
                if !self.called.contains(&std::sync::Arc::as_ptr(&closure.func)) {
                    self.call_function(&closure, this, Args::default());
                }
            }
        }
    }
}

fn values(args: &Args) -> Vec<Value> {
    args.positional.iter().map(|it| it.value.clone()).collect()
}

/// `http.HandlerFunc(f)` is `f`.
fn is_conversion(name: &str) -> bool {
    name.ends_with("HandlerFunc") || name.ends_with(".MiddlewareFunc") || name.ends_with(".Handler")
}

/// A change of a text.
type Change = Box<dyn Fn(&Text) -> Text>;

/// What a question about a text is answered, where both are known well enough.
fn asked(name: &str, of: &Value, what: &Value) -> Option<Value> {
    let (Value::Text(text), what) = (of, what.known_text()?) else { return None };
    let whole = text.as_known().filter(|_| text.sure);
    Some(Value::Bool(match (name, whole) {
        ("strings.Contains", Some(whole)) => whole.contains(&what),
        ("strings.HasPrefix", Some(whole)) => whole.starts_with(&what),
        ("strings.HasSuffix", Some(whole)) => whole.ends_with(&what),
        // What is known of it may be enough.
        ("strings.Contains", None) if text.contains(&what) => true,
        ("strings.HasPrefix", None) if text.starts_with(&what) => true,
        _ => return None,
    }))
}

/// How a function of `strings` changes a text.
fn first_change(name: &str, cut: Option<String>, put: Option<String>) -> Option<Change> {
    let change = name.rsplit('.').next()?;
    if change == "ToLower" {
        return Some(Box::new(|it| it.map(str::to_lowercase)));
    }
    if change == "ToUpper" {
        return Some(Box::new(|it| it.map(str::to_uppercase)));
    }
    let cut = cut?;
    let chars: Vec<char> = cut.chars().collect();
    Some(match change {
        "TrimSuffix" => Box::new(move |it| it.map_end(|it| it.strip_suffix(&*cut).unwrap_or(it))),
        "TrimPrefix" => Box::new(move |it| it.map_start(|it| it.strip_prefix(&*cut).unwrap_or(it))),
        "TrimRight" => Box::new(move |it| it.map_end(|it| it.trim_end_matches(&chars[..]))),
        "TrimLeft" => Box::new(move |it| it.map_start(|it| it.trim_start_matches(&chars[..]))),
        "Trim" => Box::new(move |it| {
            it.map_end(|it| it.trim_end_matches(&chars[..])).map_start(|it| it.trim_start_matches(&chars[..]))
        }),
        _ => {
            let put = put?;
            Box::new(move |it| it.map(|it| it.replace(&cut, &put)))
        }
    })
}
