//! Functions and classes that make an application and that a server calls by their names.

use std::sync::Arc;

use super::value::{Args, ClassValue, EnvId, ModuleId};
use super::{Interpreter, Value};
use crate::parse::routes::framework::Made;
use crate::parse::routes::ir::{Expr, ExprKind, Func, Node, Stmt, walk};
use crate::parse::routes::lower::Language;
use crate::source::SourceId;

/// Wrappers around wrappers of a framework.
const MAX_WRAPPERS: usize = 2;

/// Functions of a Rust program that pass on what another one makes.
const MAX_PASSES: usize = 8;

impl Interpreter<'_> {
    /// Whether a file has a factory that no code has called yet.
    pub(in crate::parse::routes) fn has_factory(&mut self, file: SourceId) -> bool {
        let module = self.module_of_file(file);
        !self.factories(module).is_empty()
    }

    /// Calls what nobody has called and what makes an application: a factory that a server calls by its name.
    pub(in crate::parse::routes) fn run_factories(&mut self, file: SourceId) {
        let module = self.module_of_file(file);
        for factory in self.factories(module) {
            let first = self.graph.routers.len();
            self.graph.frozen = first;
            match factory {
                Value::Func(it) => {
                    self.call_function(&it, None, Args::default());
                    self.unasked.insert(Arc::as_ptr(&it.func), first..self.graph.routers.len());
                }
                Value::Class(it) => {
                    let object = self.instantiate(&it, Args::default(), 0..0, it.env);
                    self.run_makers(&it, object);
                }
                _ => {}
            }
            self.graph.frozen = 0;
        }
    }

    /// Calls the methods of a class that make applications, where nobody has called them.
    fn run_makers(&mut self, class: &ClassValue, object: Value) {
        let language = self.language(class.env);
        if !matches!(language, Language::JavaScript | Language::Rust) {
            return;
        }
        if language == Language::Rust {
            for method in self.unreached_makers(class) {
                let method = self.closure(&method, class.env);
                self.call_function(&method, Some(object.clone()), Args::default());
            }
        }
        for stmt in &class.class.body {
            let Stmt::Def(func) = stmt else { continue };
            let is_new = !self.called.contains(&Arc::as_ptr(func));
            // A method of a library's type that starts a server is what that is for.
            let makes = match language {
                Language::Rust => self.starts_filters(func, class.env),
                _ => self.makes_application(func, class.env, 0),
            };
            if is_new && makes {
                let method = self.closure(func, class.env);
                self.call_function(&method, Some(object.clone()), Args::default());
            }
        }
    }

    fn factories(&mut self, module: ModuleId) -> Vec<Value> {
        let env = self.modules[module].env;
        let mut found = match self.language(env) {
            Language::JavaScript => self.values_and_members(module),
            _ => self.module_values(module),
        };
        found.retain(|value| match value {
            Value::Func(it) => {
                !self.called.contains(&Arc::as_ptr(&it.func)) && self.makes_application(&it.func, it.env, 0)
            }
            Value::Class(it) => {
                // Rust has its objects from parsers and channels, where nobody sees what they are.
                let made = self.language(env) != Language::Rust
                    && self.instances.iter().any(|instance| instance.class == *it);
                !made && self.has_maker(&it.class.body, env, 0)
            }
            _ => false,
        });
        found
    }

    fn has_maker(&mut self, class: &[Stmt], env: EnvId, hops: usize) -> bool {
        class.iter().any(|stmt| match stmt {
            Stmt::Def(method) => self.makes_application(method, env, hops),
            _ => false,
        })
    }

    /// Whether a function calls what makes an application, directly or by a function of the project.
    pub(super) fn makes_application(&mut self, func: &Arc<Func>, env: EnvId, hops: usize) -> bool {
        // Elsewhere a function may only pass on what another one makes.
        let language = self.language(env);
        if !matches!(language, Language::Rust | Language::JavaScript) && !self.relevance.of(func, language) {
            return false;
        }
        let address = Arc::as_ptr(func);
        if let Some(&known) = self.makers.get(&address) {
            return known;
        }
        // A function that calls itself by others says nothing new.
        self.makers.insert(address, false);
        let mut callees = Vec::new();
        walk(&func.body, &mut |node| {
            if let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node {
                callees.push(&call.callee);
            }
        });
        let makes = callees.into_iter().any(|it| self.is_application(it, env, hops));
        self.makers.insert(address, makes);
        makes
    }

    fn is_application(&mut self, callee: &Expr, env: EnvId, hops: usize) -> bool {
        // Only names and attributes: nothing is called to find out.
        let mut at = callee;
        while let ExprKind::Attr(of, _) = &at.kind {
            at = of;
        }
        if !matches!(at.kind, ExprKind::Name(_)) {
            return false;
        }
        let value = self.eval(callee, env);
        match self.default_of(value) {
            Value::External(name) => {
                self.construct_named(&name).is_some_and(|(_, it)| it.makes == Made::App)
                    || self.serves_filters(&name)
            }
            // A wrapper of the project: `module.exports = () => express()`.
            Value::Func(it)
                if (hops < MAX_WRAPPERS && it.env != env)
                    || (hops < MAX_PASSES && self.language(env) == Language::Rust) =>
            {
                self.makes_application(&it.func, it.env, hops + 1)
            }
            // `new App()` of the project, whose other methods set it up.
            Value::Class(it) if hops < MAX_WRAPPERS => self.has_maker(&it.class.body, it.env, hops + 1),
            _ => false,
        }
    }
}
