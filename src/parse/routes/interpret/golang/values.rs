//! Structures and other types of Go: literals, fields, embedded fields, and values that nobody gave.

use crate::parse::routes::framework::Made;
use crate::parse::routes::graph::RouterId;
use crate::parse::routes::interpret::value::{Args, Argument, ClassValue, EnvId, Instance};
use crate::parse::routes::interpret::{Interpreter, Value};
use crate::parse::routes::ir::{Expr, ExprKind, Literal, Pattern, Stmt};

/// Embedded fields in embedded fields.
const MAX_EMBEDDED: usize = 6;

/// The field that holds the items of a named slice or map with methods.
const ITEMS: &str = "[]";

impl Interpreter<'_> {
    /// A value of a type that nobody gave: a structure without fields, a router where one must come from.
    pub(super) fn go_value_of(&mut self, of: &Value, place: &Expr, env: EnvId) -> Value {
        if let Some(injected) = self.injected(of) {
            return injected;
        }
        match of {
            Value::Class(class) => match underlying(class) {
                Underlying::Structure => self.go_instance(class, Vec::new()),
                Underlying::Type(inner) => {
                    let inner_env = self.envs[class.env].parent.unwrap_or(class.env);
                    let inner = self.eval(inner, inner_env);
                    self.deeper(|it| it.go_value_of(&inner, place, env))
                }
                Underlying::Interface => {
                    let own = self.envs[class.env].parent.unwrap_or(class.env);
                    let bases: Vec<Value> = class.class.bases.iter().map(|it| self.eval(it, own)).collect();
                    let values = bases.iter().map(|it| self.deeper(|me| me.go_value_of(it, place, env)));
                    let values: Vec<Value> = values.collect();
                    values.into_iter().find(|it| matches!(it, Value::Router(_))).unwrap_or(Value::Unknown)
                }
            },
            Value::External(name) => match self.typed_router(name, place, env) {
                Some(router) => Value::Router(router),
                None => Value::Unknown,
            },
            _ => Value::Unknown,
        }
    }

    /// A router for a type of a framework.
    fn typed_router(&mut self, name: &str, place: &Expr, env: EnvId) -> Option<RouterId> {
        let framework = self.store.tables.iter().position(|it| it.types.iter().any(|it| it == name))?;
        let place = self.span(env, place.start..place.end);
        Some(self.graph.add(framework, Made::Router, place))
    }

    pub(super) fn go_instance(&mut self, class: &ClassValue, fields: Vec<(Box<str>, Value)>) -> Value {
        self.instances.push(Instance { class: class.clone(), fields, router: None });
        Value::Instance(self.instances.len() - 1)
    }

    /// A literal of its own type, or of the type that the literal around it gives.
    pub(in crate::parse::routes::interpret) fn go_literal(
        &mut self,
        literal: &Literal,
        around: Option<&Value>,
        expr: &Expr,
        env: EnvId,
    ) -> Value {
        let of = match (&literal.of, around) {
            (Some(of), _) => self.eval(of, env),
            (None, Some(of)) => of.clone(),
            (None, None) => Value::Unknown,
        };
        match of {
            Value::External(name) => {
                let object = self.go_map(literal, &Value::Unknown, env);
                let Value::Object(id) = object else { return object };
                let named: Vec<(Box<str>, Value)> = self.objects[id].clone();
                if self.construct_named(&name).is_some() {
                    let args = Args::default();
                    return self.call_library(&name, args, expr.start..expr.end, env);
                }
                // What a library is given it calls: the command of a program, a server's handler.
                for (key, value) in &named {
                    match value {
                        Value::Func(_) | Value::Bound(_) => self.callbacks.push(value.clone()),
                        value if &**key == "Handler" => self.serve(value.clone(), env),
                        _ => {}
                    }
                }
                object
            }
            of => self.go_literal_of(literal, &of, env),
        }
    }

    /// A literal of a type of the project.
    fn go_literal_of(&mut self, literal: &Literal, of: &Value, env: EnvId) -> Value {
        match of {
            Value::List(id) => {
                let parts = self.lists[*id].clone();
                match parts.as_slice() {
                    [_, element] => self.go_map(literal, element, env),
                    parts => {
                        let element = parts.first().cloned().unwrap_or(Value::Unknown);
                        let items = literal.entries.iter();
                        let items = items.map(|(_, value)| self.element(value, &element, env)).collect();
                        self.new_list(items)
                    }
                }
            }
            Value::Class(class) => match underlying(class) {
                Underlying::Structure => self.go_structure(class, literal, env),
                Underlying::Type(inner) => {
                    let own = self.envs[class.env].parent.unwrap_or(class.env);
                    let inner = self.eval(inner, own);
                    let value = self.deeper(|it| it.go_literal_of(literal, &inner, env));
                    if self.envs[class.env].vars.is_empty() {
                        return value;
                    }
                    self.go_instance(class, vec![(ITEMS.into(), value)])
                }
                Underlying::Interface => Value::Unknown,
            },
            _ => self.go_map(literal, &Value::Unknown, env),
        }
    }

    fn element(&mut self, value: &Expr, of: &Value, env: EnvId) -> Value {
        match &value.kind {
            ExprKind::Literal(literal) if literal.of.is_none() => {
                self.deeper(|it| it.go_literal(literal, Some(of), value, env))
            }
            _ => self.eval(value, env),
        }
    }

    fn go_map(&mut self, literal: &Literal, element: &Value, env: EnvId) -> Value {
        let mut entries = Vec::with_capacity(literal.entries.len());
        for (i, (key, value)) in literal.entries.iter().enumerate() {
            let value = self.element(value, element, env);
            let key: Box<str> = match key {
                Some(key) => match (self.eval(key, env).known_text(), &key.kind) {
                    (Some(text), _) => text.into(),
                    (None, ExprKind::Name(name)) => name.clone(),
                    _ => format!("?{i}").into(),
                },
                None => i.to_string().into(),
            };
            entries.push((key, value));
        }
        self.new_object(entries)
    }

    fn go_structure(&mut self, class: &ClassValue, literal: &Literal, env: EnvId) -> Value {
        let declared: Vec<(&str, &Expr)> = fields(class).collect();
        let own = self.envs[class.env].parent.unwrap_or(class.env);
        let mut given: Vec<(Box<str>, Value)> = Vec::with_capacity(declared.len());
        for (i, (key, value)) in literal.entries.iter().enumerate() {
            let field = match key.as_ref().map(|it| &it.kind) {
                Some(ExprKind::Name(name)) => declared.iter().find(|(it, _)| *it == &**name),
                Some(_) => None,
                None => declared.get(i),
            };
            let Some((name, default)) = field else {
                self.eval(value, env);
                continue;
            };
            // `{"/x", list}` in a field of a structure has the field's type.
            let value = match (&value.kind, &default.kind) {
                (ExprKind::Literal(inner), ExprKind::Call(call)) if inner.of.is_none() => {
                    let of = call.args.first().map(|it| self.eval(&it.value, own));
                    self.deeper(|it| it.go_literal(inner, of.as_ref(), value, env))
                }
                _ => self.eval(value, env),
            };
            if value != Value::Unknown || !is_struct_type(default) {
                given.push(((*name).into(), value));
            }
        }
        if !literal.entries.is_empty() {
            // What a literal leaves out is empty.
            for (name, default) in declared {
                if is_string(default) && !given.iter().any(|(it, _)| **it == *name) {
                    given.push((name.into(), Value::text("")));
                }
            }
        }
        self.go_instance(class, given)
    }

    /// A field that was declared and never set, or one of what is embedded.
    pub(in crate::parse::routes::interpret) fn go_field(&mut self, id: usize, name: &str) -> Value {
        let class = self.instances[id].class.clone();
        let own = self.envs[class.env].parent.unwrap_or(class.env);
        if let Some((_, default)) = fields(&class).find(|(it, _)| *it == name) {
            let value = self.eval(default, own);
            if value != Value::Unknown {
                self.instances[id].fields.push((name.into(), value.clone()));
            }
            return value;
        }
        if self.embedding >= MAX_EMBEDDED {
            return Value::Unknown;
        }
        self.embedding += 1;
        let mut found = Value::Unknown;
        for base in &class.class.bases {
            let (ExprKind::Name(field) | ExprKind::Attr(_, field)) = &base.kind else { continue };
            let holder = match self.instance_attr(id, field) {
                Value::Unknown => continue,
                holder => holder,
            };
            let value = match &holder {
                // A router has any method; the project's own types are asked first.
                Value::Router(_) if found != Value::Unknown => continue,
                _ => self.attr(holder, name),
            };
            let is_router = |it: &Value| matches!(it, Value::Method(of) if matches!(of.0, Value::Router(_)));
            if value != Value::Unknown && (found == Value::Unknown || is_router(&found)) {
                found = value;
            }
        }
        self.embedding -= 1;
        found
    }

    /// The items of a named slice.
    pub(super) fn go_items(&self, value: &Value) -> Value {
        match value {
            Value::Instance(id) => {
                let items = self.instances[*id].fields.iter().find(|(key, _)| &**key == ITEMS);
                items.map_or(Value::Unknown, |(_, it)| it.clone())
            }
            other => other.clone(),
        }
    }

    /// The items of a value of a type that is a list; any other value as it is.
    pub(in crate::parse::routes::interpret) fn go_items_of(&self, value: Value) -> Value {
        match self.go_items(&value) {
            Value::Unknown => value,
            items => items,
        }
    }

    /// A library may fill in what it is given: empty texts are not known to be empty any more.
    pub(super) fn touch(&mut self, args: &[Argument]) {
        for argument in args {
            if let Value::Instance(id) = argument.value {
                for (_, value) in &mut self.instances[id].fields {
                    if matches!(value, Value::Text(text) if text.is_empty()) {
                        *value = Value::Unknown;
                    }
                }
            }
        }
    }
}

enum Underlying<'c> {
    Structure,
    Interface,
    /// Another type.
    Type(&'c Expr),
}

fn underlying(class: &ClassValue) -> Underlying<'_> {
    match class.class.body.first() {
        Some(Stmt::Return(Some(of))) => Underlying::Type(of),
        Some(Stmt::Return(None)) => Underlying::Interface,
        _ => Underlying::Structure,
    }
}

/// The fields of a structure with their `var(T)`, or the default that a tag gives.
fn fields(class: &ClassValue) -> impl Iterator<Item = (&str, &Expr)> {
    class.class.body.iter().filter_map(|stmt| match stmt {
        Stmt::Assign(Pattern::Name(name), value) => Some((&**name, value)),
        _ => None,
    })
}

fn is_string(default: &Expr) -> bool {
    let ExprKind::Call(call) = &default.kind else { return false };
    matches!(call.args.first().map(|it| &it.value.kind), Some(ExprKind::Name(it)) if &**it == "string")
}

/// Whether a field may hold something that its type alone says enough about.
fn is_struct_type(default: &Expr) -> bool {
    matches!(&default.kind, ExprKind::Call(_)) && !is_string(default)
}
