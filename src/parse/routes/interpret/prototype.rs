//! Functions of JavaScript that make objects: `function Server() { this.start = … }`, `Server.prototype.stop = …`.

use std::rc::Rc;
use std::sync::Arc;

use super::value::{Args, ClassValue, Closure, Instance};
use super::{Interpreter, Value};
use crate::parse::routes::ir::{Class, Expr, ExprKind, Pattern, Stmt};
use crate::parse::routes::lower::Language;

/// What hangs on a function.
#[derive(Debug)]
pub(super) struct FunctionFields {
    /// The methods of the objects that it makes.
    pub(super) prototype: ClassValue,
    /// Its own fields, as an object.
    own: usize,
}

impl Interpreter<'_> {
    /// Whether a function is one that `new` makes objects with.
    pub(super) fn makes_objects(&mut self, closure: &Closure) -> bool {
        if self.language(closure.env) != Language::JavaScript {
            return false;
        }
        let known = self.function_fields.contains_key(&(Arc::as_ptr(&closure.func), closure.env));
        // The `this` of an arrow function is the one around it.
        (known || sets_this(&closure.func.body))
            && !matches!(self.lookup(closure.env, "this"), Value::Instance(_))
    }

    /// Makes an object with a function; what the function returns, if that is something.
    pub(super) fn construct_with(&mut self, closure: &Closure, args: Args) -> Value {
        let class = self.fields_of(closure).prototype.clone();
        self.instances.push(Instance { class, fields: Vec::new(), router: None });
        let this = Value::Instance(self.instances.len() - 1);
        match self.call_function(closure, Some(this.clone()), args) {
            made if made.is_vague() => this,
            made => made,
        }
    }

    /// A field of a function.
    pub(super) fn function_attr(&mut self, closure: &Closure, name: &str) -> Value {
        if self.language(closure.env) != Language::JavaScript {
            return Value::Unknown;
        }
        if matches!(name, "call" | "apply" | "bind") {
            return Value::Method(Rc::new((Value::Func(closure.clone()), name.into())));
        }
        if name == "prototype" {
            return Value::Class(self.fields_of(closure).prototype.clone());
        }
        let Some(fields) = self.function_fields.get(&(Arc::as_ptr(&closure.func), closure.env)) else {
            return Value::Unknown;
        };
        let field = self.objects[fields.own].iter().find(|(key, _)| &**key == name);
        field.map_or(Value::Unknown, |(_, value)| value.clone())
    }

    /// `Server.prototype = {…}`, `Server.defaults = {…}`
    pub(super) fn assign_function_attr(&mut self, closure: &Closure, name: &str, value: Value) {
        if self.language(closure.env) != Language::JavaScript {
            return;
        }
        let own = self.fields_of(closure).own;
        match (name, value) {
            ("prototype", Value::Object(id)) => {
                let env = self.fields_of(closure).prototype.env;
                for (key, value) in self.objects[id].clone() {
                    self.bind(env, &key, value);
                }
            }
            ("prototype", base @ Value::Class(_)) => self.inherit(closure, base),
            (_, value) => {
                self.objects[own].retain(|(key, _)| &**key != name);
                self.objects[own].push((name.into(), value));
            }
        }
    }

    /// `util.inherits(Server, Service)`
    pub(super) fn inherit(&mut self, closure: &Closure, base: Value) {
        let base = match self.default_of(base) {
            Value::Func(base) => Value::Class(self.fields_of(&base).prototype.clone()),
            base => base,
        };
        self.fields_of(closure).prototype.bases = Rc::new([base]);
    }

    /// `Base.call(this, options)`, `handler.bind(this)`
    pub(super) fn call_function_method(&mut self, closure: &Closure, name: &str, args: Args) -> Value {
        let this = args.positional.first().map(|it| it.value.clone());
        let rest = args.positional.get(1..).unwrap_or_default().to_vec();
        match (name, this) {
            ("bind", Some(this @ Value::Instance(_))) => Value::Bound(Rc::new((this, closure.clone()))),
            ("bind", _) => Value::Func(closure.clone()),
            ("apply", this) => {
                let items = rest.first().and_then(|it| self.items(&it.value)).unwrap_or_default();
                self.call_function(closure, this, Args::of(items))
            }
            (_, this) => self.call_function(closure, this, Args { positional: rest, ..Args::default() }),
        }
    }

    /// Whether objects of a class are made by a function.
    pub(super) fn is_made_by_function(&self, class: &ClassValue) -> bool {
        self.language(class.env) == Language::JavaScript && class.class.body.is_empty()
    }

    fn fields_of(&mut self, closure: &Closure) -> &mut FunctionFields {
        let key = (Arc::as_ptr(&closure.func), closure.env);
        if !self.function_fields.contains_key(&key) {
            let env = self.new_env(closure.env);
            let class = Arc::new(Class { name: closure.func.name.clone(), ..Class::default() });
            let prototype = ClassValue { class, env, bases: Rc::new([]) };
            self.objects.push(Vec::new());
            let own = self.objects.len() - 1;
            self.function_fields.insert(key, FunctionFields { prototype, own });
        }
        self.function_fields.get_mut(&key).expect("it has just been put there")
    }
}

/// Whether a function gives `this` fields.
fn sets_this(body: &[Stmt]) -> bool {
    let is_this = |it: &Pattern| matches!(it, Pattern::Attr(Expr { kind: ExprKind::Name(name), .. }, _) if &**name == "this");
    body.iter().any(|stmt| match stmt {
        Stmt::Assign(pattern, _) => is_this(pattern),
        Stmt::Expr(Expr { kind: ExprKind::Assigned(assigned), .. }) => is_this(&assigned.0),
        Stmt::Branch(body) | Stmt::Unless(_, body) => sets_this(body),
        _ => false,
    })
}
