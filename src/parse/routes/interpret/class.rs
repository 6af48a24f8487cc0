//! Classes and their objects: what `new` makes, what an attribute of one is, what `super` means.

use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use super::note::NOTE_FIELD;
use super::value::{Args, Argument, ClassValue, EnvId, Instance};
use super::{Interpreter, Value};
use crate::parse::routes::ir::{Call, Expr, ExprKind, Func, Pattern, Stmt};

/// Bases of bases.
const MAX_BASES: usize = 8;

impl<'a> Interpreter<'a> {
    /// Makes an object of a class, a router where the class is a kind of router.
    pub(super) fn instantiate(
        &mut self,
        class: &ClassValue,
        args: Args,
        range: Range<u32>,
        env: EnvId,
    ) -> Value {
        if self.is_go(class.env) {
            // A conversion: `Path("/orders")`.
            return args.positional.into_iter().next().map_or(Value::Unknown, |it| it.value);
        }
        let construct = self.construct_of(class, 0);
        let id = self.instances.len();
        self.instances.push(Instance { class: class.clone(), fields: Vec::new(), router: None });
        let this = Value::Instance(id);
        let own = ["__init__", "constructor"].iter().find_map(|it| self.class_attr(class, it, 0));
        if let Some((framework, construct)) = construct {
            let first = if own.is_some() { Args::default() } else { shallow(&args) };
            let router = self.construct(framework, construct, &first, range.clone(), env);
            self.instances[id].router = Some(router);
        }
        if let Some(library) = self.library_base(class, 0).filter(|_| self.noting) {
            let note = self.note(&library, None, shallow(&args), range, env);
            self.instances[id].fields.push((NOTE_FIELD.into(), note));
        }
        if !self.is_python(class.env) {
            self.initialize_fields(class, &this, 0);
        }
        match own {
            Some(Value::Func(closure)) => drop(self.call_function(&closure, Some(this.clone()), args)),
            // A data class: its arguments are its fields.
            _ => {
                let names = self.data_fields(class, 0);
                let positional = names.into_iter().zip(args.positional);
                let fields = &mut self.instances[id].fields;
                fields.extend(positional.chain(args.named).map(|(name, it)| (name, it.value)));
            }
        }
        this
    }

    /// The fields of a data class, those of its bases first.
    fn data_fields(&self, class: &ClassValue, depth: usize) -> Vec<Box<str>> {
        let mut fields: Vec<Box<str>> = Vec::new();
        for base in class.bases.iter() {
            if let (Value::Class(base), true) = (base, depth < MAX_BASES) {
                fields.extend(self.data_fields(base, depth + 1));
            }
        }
        for field in &class.class.fields {
            if let Pattern::Name(name) = &field.pattern
                && !fields.contains(name)
            {
                fields.push(name.clone());
            }
        }
        fields
    }

    /// Evaluates the fields of a JavaScript class for one object.
    fn initialize_fields(&mut self, class: &ClassValue, this: &Value, depth: usize) {
        for base in class.bases.iter() {
            if let (Value::Class(base), true) = (base, depth < MAX_BASES) {
                self.initialize_fields(base, this, depth + 1);
            }
        }
        let env = self.new_env(class.env);
        self.bind(env, "this", this.clone());
        for stmt in &class.class.body {
            if let (Stmt::Assign(Pattern::Name(name), value), Value::Instance(id)) = (stmt, this) {
                let value = self.eval(value, env);
                self.instances[*id].fields.push((name.clone(), value));
            }
        }
    }

    /// The framework's construct that a class is derived from.
    pub(super) fn construct_of(
        &self,
        class: &ClassValue,
        depth: usize,
    ) -> Option<(usize, &'a super::Construct)> {
        class.bases.iter().find_map(|base| match base {
            Value::External(name) => self.construct_named(name),
            Value::Class(base) if depth < MAX_BASES => self.construct_of(base, depth + 1),
            _ => None,
        })
    }

    /// An attribute of a class or its bases.
    pub(super) fn class_attr(&mut self, class: &ClassValue, name: &str, depth: usize) -> Option<Value> {
        if let Some(value) = self.envs[class.env].vars.get(name).cloned() {
            return Some(self.force(value));
        }
        class.bases.iter().find_map(|base| match base {
            Value::Class(base) if depth < MAX_BASES => self.class_attr(base, name, depth + 1),
            _ => None,
        })
    }

    /// A field, property or method of an object.
    pub(super) fn instance_attr(&mut self, id: usize, name: &str) -> Value {
        // The last one assigned.
        if let Some((_, value)) = self.instances[id].fields.iter().rev().find(|(key, _)| &**key == name) {
            return match value {
                Value::Func(closure) if self.is_made_by_function(&self.instances[id].class) => {
                    Value::Bound(Rc::new((Value::Instance(id), closure.clone())))
                }
                value => value.clone(),
            };
        }
        let class = self.instances[id].class.clone();
        match self.class_attr(&class, name, 0) {
            Some(Value::Func(closure)) if closure.func.getter => {
                self.call_function(&closure, Some(Value::Instance(id)), Args::default())
            }
            Some(Value::Func(closure)) if is_decorated(&closure.func, "staticmethod") => Value::Func(closure),
            Some(Value::Func(closure)) if is_decorated(&closure.func, "classmethod") => {
                Value::Bound(Rc::new((Value::Class(class), closure)))
            }
            Some(Value::Func(closure)) => Value::Bound(Rc::new((Value::Instance(id), closure))),
            Some(value) => value,
            None if self.is_go(class.env) => self.go_field(id, name),
            None => match self.instances[id].router {
                Some(router) => self.attr(Value::Router(router), name),
                None if self.note_of_instance(id).is_some() => {
                    Value::Method(Rc::new((Value::Instance(id), name.into())))
                }
                None => match self.method_elsewhere(&class, name) {
                    Some(method) => Value::Bound(Rc::new((Value::Instance(id), method))),
                    None => self.field_by_type(id, name).unwrap_or(Value::Unknown),
                },
            },
        }
    }

    /// `super().method(…)`, `super(…)`: a method of a base, for the object at hand.
    pub(super) fn call_super(&mut self, method: &str, args: Args, range: Range<u32>, env: EnvId) -> Value {
        let this = ["self", "this"]
            .iter()
            .map(|it| self.lookup(env, it))
            .find(|it| matches!(it, Value::Instance(_)));
        let Some(Value::Instance(id)) = this else {
            // `super().register(app)` in a class method.
            if let Value::Class(class) = self.lookup(env, "cls")
                && let Some(table) = self.class_views(&class, 0).filter(|it| it.register == method)
            {
                self.register_views(&class, table, &args, &range, env);
            }
            return Value::Unknown;
        };
        // Seen from the class that says so, which the object's may be derived from.
        let class = self.instances[id].class.clone();
        let speaker = self.stack.last().and_then(|it| declaring(&class, *it, 0));
        let class = speaker.unwrap_or(class);
        let method = if method == "super" { "constructor" } else { method };
        for base in class.bases.iter() {
            if let Value::Class(base) = base
                && let Some(Value::Func(closure)) = self.class_attr(base, method, 0)
            {
                return self.call_function(&closure, Some(Value::Instance(id)), args);
            }
        }
        if let (Some(router), true) =
            (self.instances[id].router, matches!(method, "__init__" | "constructor"))
        {
            let derived = self.instances[id].class.clone();
            if let Some((framework, construct)) = self.construct_of(&derived, 0) {
                self.set_up(router, framework, construct, &args, env);
            }
            return Value::Unknown;
        }
        match self.instances[id].router {
            Some(router) => self.call_router(router, method, args, range, env),
            None => match self.note_of_instance(id) {
                Some(note) => self.note(method, Some(note), args, range, env),
                None => Value::Unknown,
            },
        }
    }
}

/// Whether a function has a decorator of this name.
pub(super) fn is_decorated(func: &Func, name: &str) -> bool {
    // Django's own kind of class method.
    let is_it = |word: &str| word == name || (name == "classmethod" && word == "classonlymethod");
    func.decorators.iter().any(|it| matches!(&it.kind, ExprKind::Name(word) if is_it(word)))
}

/// The class that a method stands in: this one or a base.
fn declaring(class: &ClassValue, method: *const Func, depth: usize) -> Option<ClassValue> {
    let is_method = |it: &Stmt| matches!(it, Stmt::Def(func) if Arc::as_ptr(func) == method);
    if class.class.body.iter().any(is_method) {
        return Some(class.clone());
    }
    class.bases.iter().find_map(|base| match base {
        Value::Class(base) if depth < MAX_BASES => declaring(base, method, depth + 1),
        _ => None,
    })
}

/// The same arguments for a second use.
fn shallow(args: &Args) -> Args {
    let named = args.named.iter().map(|(name, it)| (name.clone(), Argument::clone(it)));
    Args { positional: args.positional.clone(), named: named.collect() }
}

/// The method that a call on `super` names.
pub(super) fn super_method(call: &Call) -> Option<&str> {
    let is_super = |expr: &Expr| matches!(&expr.kind, ExprKind::Name(name) if &**name == "super");
    match &call.callee.kind {
        ExprKind::Name(name) if &**name == "super" && !call.args.is_empty() => Some("super"),
        ExprKind::Attr(of, name) => match &of.kind {
            ExprKind::Call(inner) if is_super(&inner.callee) => Some(name),
            _ if is_super(of) => Some(name),
            _ => None,
        },
        _ => None,
    }
}
