//! Functions that set up routes and that no code in sight calls: who calls them may be in a file that never names
//! the framework, or nobody.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::value::{Args, ClassValue, Closure, ModuleId};
use super::{Interpreter, Value};
use crate::parse::routes::framework::Made;
use crate::parse::routes::ir::{Call, Expr, ExprKind, Func, Node, Pattern, Stmt, walk};
use crate::parse::routes::lower::Language;
use crate::source::{SourceId, Span};

/// Functions that a command line calls by their names.
const ENTRIES: [&str; 3] = ["main", "run", "cli"];

/// Methods of routers that mount others and of nothing else.
const MOUNTS: [&str; 4] = ["include_router", "register_blueprint", "add_routes", "add_subapp"];

impl Interpreter<'_> {
    /// Whether a file has set-up that no code has called yet.
    pub(in crate::parse::routes) fn waits(&mut self, file: SourceId) -> bool {
        let module = self.module_of_file(file);
        self.has_factory(file) || !self.setups(module).is_empty()
    }

    /// Calls what a command line starts: `main`, and functions that are decorated as commands.
    pub(in crate::parse::routes) fn run_entries(&mut self, file: SourceId) {
        let module = self.module_of_file(file);
        if self.modules[module].language != Language::Python {
            return;
        }
        self.evaluate(module);
        for value in self.module_values(module) {
            let Value::Func(it) = value else { continue };
            let is_own = self.file(it.env) == file;
            if is_own && is_entry(&it.func) && !self.called.contains(&Arc::as_ptr(&it.func)) {
                self.relevance.insert(&it.func);
                self.call_function(&it, None, Args::default());
            }
        }
    }

    /// Calls all set-up of a file although nobody does; what it declares is assumed.
    pub(in crate::parse::routes) fn run_setups(&mut self, file: SourceId, framework: usize) {
        let module = self.module_of_file(file);
        let setups = self.setups(module);
        self.graph.guessing = true;
        for setup in &setups {
            match setup {
                Value::Func(it) => self.guess(it, None, framework, file),
                Value::Class(it) => self.guess_methods(it, framework, file),
                _ => {}
            }
        }
        self.graph.guessing = false;
    }

    /// The functions and classes of a module that set up routes and that nobody has used.
    fn setups(&mut self, module: ModuleId) -> Vec<Value> {
        if !matches!(self.modules[module].language, Language::Python | Language::JavaScript) {
            return Vec::new();
        }
        let mut all = self.values_and_members(module);
        all.retain(|value| match value {
            Value::Func(it) => {
                self.modules[module].target.file == Some(self.file(it.env)) && self.is_setup(&it.func)
            }
            Value::Class(it) => {
                self.modules[module].target.file == Some(self.file(it.env))
                    && methods(it).any(|method| self.is_setup(method))
                    && !self.instances.iter().any(|instance| instance.class == *it)
            }
            _ => false,
        });
        all
    }

    /// What a module binds and exports, and the members of objects among it.
    pub(super) fn values_and_members(&self, module: ModuleId) -> Vec<Value> {
        let values = self.module_values(module).into_iter().flat_map(|value| match value {
            Value::Object(id) => self.objects[id].iter().map(|(_, it)| it.clone()).collect(),
            value => vec![value],
        });
        values.collect()
    }

    fn is_setup(&self, func: &Arc<Func>) -> bool {
        !self.called.contains(&Arc::as_ptr(func)) && !receivers(func).is_empty()
    }

    fn guess_methods(&mut self, class: &ClassValue, framework: usize, file: SourceId) {
        let object = self.instantiate(class, Args::default(), 0..0, class.env);
        let class = class.clone();
        for method in methods(&class) {
            if self.is_setup(method) {
                let closure = self.closure(method, class.env);
                self.guess(&closure, Some(object.clone()), framework, file);
            }
        }
    }

    /// Calls a function with a new router for each parameter that is used as one.
    fn guess(&mut self, closure: &Closure, this: Option<Value>, framework: usize, file: SourceId) {
        let receivers = receivers(&closure.func);
        let place = Span { source: file, start: 0, end: 0 };
        let router = Value::Router(self.graph.add(framework, Made::Router, place));
        let own = usize::from(this.is_some() && self.is_python(closure.env));
        let params = closure.func.params.iter().skip(own).map(|it| match &it.pattern {
            Pattern::Name(name) if receivers.contains(&(name, "")) => router.clone(),
            Pattern::Name(name) => match receivers.iter().find(|it| *it.0 == **name) {
                Some((_, field)) => self.new_object(vec![((*field).into(), router.clone())]),
                None => Value::Unknown,
            },
            Pattern::Object(all) => {
                let fields = all.iter().filter(|(key, _)| receivers.contains(&(key, "")));
                let fields = fields.map(|(key, _)| (key.clone(), router.clone())).collect();
                self.new_object(fields)
            }
            _ => Value::Unknown,
        });
        let args = Args::of(params.collect::<Vec<_>>());
        self.call_function(closure, this, args);
    }
}

fn methods(class: &ClassValue) -> impl Iterator<Item = &Arc<Func>> {
    class.class.body.iter().filter_map(|it| match it {
        Stmt::Def(method) => Some(method),
        _ => None,
    })
}

/// Whether a command line calls a function by its name, or it is decorated as a command.
fn is_entry(func: &Func) -> bool {
    let is_command = |it: &Expr| {
        let callee = match &it.kind {
            ExprKind::Call(call) => &call.callee,
            _ => it,
        };
        matches!(&callee.kind, ExprKind::Attr(_, name) if matches!(&**name, "command" | "callback"))
    };
    ENTRIES.contains(&&*func.name) || func.decorators.iter().any(is_command)
}

/// The names, each perhaps with a field, on which a function declares routes.
fn receivers(func: &Func) -> BTreeSet<(&str, &str)> {
    let mut found = BTreeSet::new();
    walk(&func.body, &mut |node| match node {
        Node::Expr(Expr { kind: ExprKind::Call(call), .. }) => {
            let mounts = matches!(&call.callee.kind, ExprKind::Attr(_, name) if MOUNTS.contains(&&**name));
            found.extend(if mounts { named(call) } else { receiver(call).filter(|_| call.args.len() > 1) });
        }
        Node::Stmt(Stmt::Def(inner)) => {
            found.extend(inner.decorators.iter().filter_map(|it| match &it.kind {
                ExprKind::Call(call) => receiver(call),
                _ => None,
            }));
        }
        _ => {}
    });
    found
}

/// The receiver of `app.get("/orders", …)`.
fn receiver(call: &Call) -> Option<(&str, &str)> {
    let is_path = |it: &Expr| match &it.kind {
        ExprKind::Str(text) => text.starts_with('/'),
        ExprKind::Concat(parts) => parts
            .iter()
            .any(|it| matches!(&it.kind, ExprKind::Str(text) if text.starts_with('/') && text.len() > 1)),
        _ => false,
    };
    call.args.iter().take(2).any(|it| is_path(&it.value)).then(|| named(call)).flatten()
}

/// The name, perhaps with a field, whose method is called.
fn named(call: &Call) -> Option<(&str, &str)> {
    let ExprKind::Attr(of, _) = &call.callee.kind else { return None };
    match &of.kind {
        ExprKind::Name(name) => Some((name, "")),
        ExprKind::Attr(of, field) => match &of.kind {
            ExprKind::Name(name) => Some((name, field)),
            _ => None,
        },
        _ => None,
    }
}
