//! How a C# application finds its own classes: by the types of an assembly, by the services that implement an
//! interface.

use std::rc::Rc;

use super::value::{Args, ClassValue, Closure, EnvId, Instance};
use super::{Interpreter, Value};
use crate::parse::routes::ir::{Call, ClassKind, Expr, ExprKind, Node, walk, walk_expr};

/// Bases of bases.
const MAX_BASES: usize = 8;

/// Classes that one question may find.
const MAX_FOUND: usize = 400;

/// Methods of a list that are the list, as far as which items it has goes.
const SAME: [&str; 12] = [
    "Cast",
    "OfType",
    "ToList",
    "ToArray",
    "ToImmutableArray",
    "AsEnumerable",
    "Distinct",
    "OrderBy",
    "OrderByDescending",
    "ThenBy",
    "ToHashSet",
    "AsReadOnly",
];

impl Interpreter<'_> {
    /// What a method of reflection, of a list of types or of a container of services returns; none where it is
    /// something else.
    pub(super) fn reflect(&mut self, call: &Call, args: &Args, env: EnvId) -> Option<Value> {
        let ExprKind::Attr(of, name) = &call.callee.kind else { return None };
        let name = &**name;
        match name {
            "CreateInstance" => return self.new_object_of(args, env),
            "GetRequiredService" | "GetService" | "GetServices" => {
                return self.new_object_of(args, env).or_else(|| self.services(call, name, env));
            }
            "Where" | "Select" | "GetMethod" | "GetProperty" | "GetField" | "GetValue" | "Invoke"
            | "ForEach" => {}
            _ if SAME.contains(&name) => {}
            _ => return None,
        }
        let first = args.positional.first().map(|it| it.value.clone());
        match (self.eval(of, env), name, first) {
            (
                of @ (Value::List(_) | Value::Unknown | Value::External(_)),
                "Where",
                Some(Value::Func(test)),
            ) => {
                let asked = self.class_asked_of(&test.func.body, test.env);
                match (of, asked) {
                    (Value::List(id), Some(base)) => {
                        let items = self.lists[id].clone().into_iter();
                        let items = items.filter(|it| match it {
                            Value::Class(class) => derives(class, &base, 0),
                            _ => true,
                        });
                        let items = items.collect();
                        Some(self.new_list(items))
                    }
                    (of @ Value::List(_), None) => Some(of),
                    (_, Some(base)) => {
                        let found: Vec<Value> =
                            self.implementers(&base).into_iter().map(Value::Class).collect();
                        (!found.is_empty()).then(|| self.new_list(found))
                    }
                    _ => None,
                }
            }
            (of @ Value::List(_), "Select" | "ForEach", Some(function)) => {
                let items = self.items(&of).unwrap_or_default();
                let makes = matches!(&function, Value::External(it) if &**it == "Activator.CreateInstance");
                let values = items.into_iter().map(|it| match (makes, it) {
                    (true, Value::Class(class)) => self.instantiate(&class, Args::default(), 0..0, env),
                    (_, it) => self.call_value(function.clone(), Args::of([it]), 0..0, env),
                });
                let values = values.collect();
                Some(self.new_list(values))
            }
            (of @ Value::List(_), _, _) if SAME.contains(&name) => Some(of),
            (Value::Class(class), "GetMethod", Some(Value::Text(method))) => {
                match self.class_attr(&class, &method.as_known()?, 0)? {
                    Value::Func(closure) => Some(Value::Bound(Rc::new((Value::Class(class), closure)))),
                    _ => None,
                }
            }
            (Value::Class(class), "GetProperty" | "GetField", Some(Value::Text(property))) => {
                // Nothing is there, which is what `??` asks for.
                Some(self.class_attr(&class, &property.as_known()?, 0).unwrap_or(Value::Bool(false)))
            }
            (of @ (Value::Text(_) | Value::Bool(false)), "GetValue", _) => Some(of),
            (Value::Bound(method), "Invoke", _) => {
                let given = args.positional.get(1).and_then(|it| self.items(&it.value)).unwrap_or_default();
                Some(self.call_function(&method.1, Some(method.0.clone()), Args::of(given)))
            }
            _ => None,
        }
    }

    /// An object of the class among the arguments.
    fn new_object_of(&mut self, args: &Args, env: EnvId) -> Option<Value> {
        let class = args.positional.iter().find_map(|it| match &it.value {
            Value::Class(class) => Some(class.clone()),
            _ => None,
        })?;
        Some(self.instantiate(&class, Args::default(), 0..0, env))
    }

    /// `services.GetRequiredService<IEnumerable<IEndpoint>>()`: an object of each class that implements it.
    fn services(&mut self, call: &Call, name: &str, env: EnvId) -> Option<Value> {
        let types = call.args.iter().find(|it| it.name.as_deref() == Some("<>"))?;
        let mut names: Vec<&str> = Vec::new();
        walk_expr(&types.value, &mut |node| {
            if let Node::Expr(Expr { kind: ExprKind::Name(name), .. }) = node {
                names.push(name);
            }
        });
        if name != "GetServices" && !names.contains(&"IEnumerable") {
            return None;
        }
        let base = match self.lookup(env, names.last()?) {
            Value::Class(base) => base,
            _ => return None,
        };
        let found = self.implementers(&base);
        if found.is_empty() {
            return None;
        }
        let objects = found.into_iter().map(|it| self.instantiate(&it, Args::default(), 0..0, env));
        let objects = objects.collect();
        Some(self.new_list(objects))
    }

    /// The interface or abstract class that a test on types names.
    fn class_asked_of(&mut self, body: &[crate::parse::routes::ir::Stmt], env: EnvId) -> Option<ClassValue> {
        let mut names: Vec<&str> = Vec::new();
        walk(body, &mut |node| {
            if let Node::Expr(Expr { kind: ExprKind::Name(name), .. }) = node {
                names.push(name);
            }
        });
        names.into_iter().find_map(|it| match self.lookup(env, it) {
            Value::Class(class) if class.class.kind != ClassKind::Enum => Some(class),
            _ => None,
        })
    }

    /// A value that is said to be of a class or interface of the project: whichever object it is where nothing
    /// else is known of it.
    pub(super) fn cast(&mut self, value: &Expr, of: &Expr, env: EnvId) -> Value {
        let value = self.eval(value, env);
        if !matches!(value, Value::Unknown | Value::External(_)) {
            return value;
        }
        match self.eval(of, env) {
            Value::Class(class) if is_abstract(&class) => self.any_object(&class),
            _ => value,
        }
    }

    /// Stands for whichever object of the classes that are derived from an abstract one.
    fn any_object(&mut self, class: &ClassValue) -> Value {
        self.instances.push(Instance { class: class.clone(), fields: Vec::new(), router: None });
        Value::Instance(self.instances.len() - 1)
    }

    /// Calls a method of whichever object: of one of each class that it may be of. Whether it is such an object.
    pub(super) fn call_derived(
        &mut self,
        bound: &(Value, Closure),
        name: &str,
        args: &Args,
        env: EnvId,
    ) -> bool {
        let Value::Instance(id) = bound.0 else { return false };
        let class = self.instances[id].class.clone();
        if !is_abstract(&class) || !bound.1.func.body.is_empty() {
            return false;
        }
        for class in self.implementers(&class) {
            if let Some(Value::Func(closure)) = self.class_attr(&class, name, 0) {
                let this = self.instantiate(&class, Args::default(), 0..0, env);
                self.call_function(&closure, Some(this), args.clone());
            }
        }
        true
    }

    /// The concrete classes that are derived from a class or an interface.
    fn implementers(&self, base: &ClassValue) -> Vec<ClassValue> {
        let all = self.methods.derived.iter();
        all.filter(|it| derives(it, base, 0)).take(MAX_FOUND).cloned().collect()
    }
}

/// Whether only classes derived from it have objects.
fn is_abstract(class: &ClassValue) -> bool {
    matches!(class.class.kind, ClassKind::Interface | ClassKind::Abstract)
}

/// Whether a class is derived from another.
fn derives(class: &ClassValue, base: &ClassValue, depth: usize) -> bool {
    class.bases.iter().any(|it| match it {
        Value::Class(it) => it == base || (depth < MAX_BASES && derives(it, base, depth + 1)),
        _ => false,
    })
}
