//! What the types of a Rust program say where no value is known: objects of its own structures.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use super::mentions::reached_from;
use super::value::{Args, ClassValue, Closure, EnvId, Instance};
use super::{Interpreter, Value};
use crate::parse::routes::decoy::{is_example, is_test};
use crate::parse::routes::ir::{ADDED, Expr, ExprKind, Func, Pattern, Stmt};
use crate::parse::routes::lower::Language;
use crate::source::SourceId;

/// Types inside types: `Arc<RwLock<Option<State>>>`.
const MAX_TYPES: usize = 5;

/// Methods that are added to types of other files, by name: the type, the file and the method.
pub(super) type Added = HashMap<Box<str>, Vec<(Box<str>, SourceId, Arc<Func>)>>;

impl Interpreter<'_> {
    /// An object of the structure of the project that a type names, perhaps inside of `Arc` or `Option`.
    pub(super) fn object_of_type(&mut self, of: &Expr, env: EnvId) -> Option<Value> {
        self.object_within(of, env, 0)
    }

    fn object_within(&mut self, of: &Expr, env: EnvId, depth: usize) -> Option<Value> {
        match &of.kind {
            _ if depth > MAX_TYPES => None,
            ExprKind::Name(_) | ExprKind::Attr(..) => match self.eval(of, env) {
                // What becomes a router by itself is none that a type alone makes.
                Value::Class(class) if self.construct_of(&class, 0).is_none() => {
                    let id = self.instances.len();
                    self.instances.push(Instance { class, fields: Vec::new(), router: None });
                    Some(Value::Instance(id))
                }
                _ => None,
            },
            ExprKind::Index(outer, inner) => {
                self.object_within(outer, env, depth + 1).or_else(|| match &inner.kind {
                    ExprKind::List(all) => self.object_within(all.first()?, env, depth + 1),
                    _ => None,
                })
            }
            _ => None,
        }
    }

    /// The object in a field of an object that nobody has filled, by the type that the structure declares.
    pub(super) fn field_by_type(&mut self, id: usize, name: &str) -> Option<Value> {
        let class = self.instances[id].class.clone();
        if self.language(class.env) != Language::Rust {
            return None;
        }
        let declared =
            class.class.fields.iter().find(|it| matches!(&it.pattern, Pattern::Name(own) if **own == *name));
        let object = self.object_of_type(declared?.of.as_ref()?, class.env)?;
        self.instances[id].fields.push((name.into(), object.clone()));
        Some(object)
    }

    /// The methods of a class that make an application, that nobody has called and whose names the program mentions
    /// on its way from `main`: who calls them does so on a value that nobody knows.
    pub(super) fn unreached_makers(&mut self, class: &ClassValue) -> Vec<Arc<Func>> {
        let named = self.named_in_rust();
        let methods = class.class.body.iter().filter_map(|stmt| match stmt {
            Stmt::Def(method) => Some(method),
            _ => None,
        });
        let waiting: Vec<Arc<Func>> = methods
            .filter(|it| !self.called.contains(&Arc::as_ptr(it)) && named.contains(&*it.name))
            .cloned()
            .collect();
        waiting.into_iter().filter(|it| self.makes_application(it, class.env, 0)).collect()
    }

    /// Calls a method that a trait of the project adds to the routers of a library:
    /// `impl Measured for Router { fn with_metrics(self) -> Self { … } }`.
    pub(super) fn call_added(&mut self, of: Value, name: &str, args: &Args) -> Option<Value> {
        let closure = self.added_method(name, None)?;
        let value = self.call_function(&closure, Some(of.clone()), args.clone());
        Some(if value.is_vague() { of } else { value })
    }

    /// A method of a class of Rust that stands in another file than the class.
    pub(super) fn method_elsewhere(&mut self, class: &ClassValue, name: &str) -> Option<Closure> {
        let is_rust = self.language(class.env) == Language::Rust;
        is_rust.then(|| self.added_method(name, Some(&*class.class.name)))?
    }

    /// The only method of a name that is added to a type of another file, whichever type that is or to this one.
    fn added_method(&mut self, name: &str, of: Option<&str>) -> Option<Closure> {
        let added = self.added_methods();
        let mut fitting = added.get(name)?.iter().filter(|it| of.is_none_or(|of| *it.0 == *of));
        let (_, file, method) = fitting.next().filter(|_| fitting.next().is_none())?;
        let module = self.module_of_file(*file);
        self.evaluate(module);
        Some(Closure { func: Arc::clone(method), env: self.modules[module].env })
    }

    fn added_methods(&mut self) -> Rc<Added> {
        if let Some(known) = &self.rust_added {
            return Rc::clone(known);
        }
        let mut added = Added::new();
        for (file, module) in self.store.read_files(Language::Rust) {
            for stmt in &module.body {
                let Stmt::Class(class) = stmt else { continue };
                let Some((of, _)) = class.name.split_once(ADDED) else { continue };
                for method in &class.body {
                    if let Stmt::Def(method) = method {
                        let method = (of.into(), file, Arc::clone(method));
                        added.entry(method.2.name.clone()).or_default().push(method);
                    }
                }
            }
        }
        Rc::clone(self.rust_added.insert(Rc::new(added)))
    }

    /// What `items.fold(router, |router, item| …)` makes of a router, whatever the items are.
    pub(super) fn fold_unknown(&mut self, name: &str, args: &Args, env: EnvId) -> Option<Value> {
        let [start, function] = args.positional.as_slice() else { return None };
        if name != "fold" || !matches!(start.value, Value::Router(_)) {
            return None;
        }
        let round = Args::of([start.value.clone(), Value::Unknown]);
        let value = self.call_value(function.value.clone(), round, 0..0, env);
        Some(if value.is_vague() { start.value.clone() } else { value })
    }

    /// The names that Rust programs mention on their way from `main`; all names of functions where there is no program.
    fn named_in_rust(&mut self) -> Rc<HashSet<Box<str>>> {
        if let Some(known) = &self.rust_names {
            return Rc::clone(known);
        }
        let modules = self.store.read(Language::Rust);
        let mut functions: Vec<&Func> = Vec::new();
        for stmt in modules.iter().flat_map(|it| &it.body) {
            match stmt {
                Stmt::Def(func) => functions.push(func),
                Stmt::Class(class) => functions.extend(class.body.iter().filter_map(|it| match it {
                    Stmt::Def(func) => Some(&**func),
                    _ => None,
                })),
                _ => {}
            }
        }
        // Of a library every function may be called from outside.
        let starts: Vec<Box<str>> = if self.has_rust_program() {
            vec!["main".into()]
        } else {
            functions.iter().map(|it| it.name.clone()).collect()
        };
        let named = Rc::new(reached_from(&functions, starts));
        Rc::clone(self.rust_names.insert(named))
    }

    /// Whether there is a program, other than examples, tests and what a build runs.
    fn has_rust_program(&self) -> bool {
        self.store.written_in(&[Language::Rust]).any(|(_, it)| {
            let is_beside = is_test(&it.path) || is_example(&it.path) || it.path.ends_with("build.rs");
            !is_beside && it.text.contains("fn main(")
        })
    }
}
