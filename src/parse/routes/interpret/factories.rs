//! Functions and classes that make an application and that a server calls by their names.

use std::collections::HashSet;
use std::sync::Arc;

use super::class::is_decorated;
use super::value::{Args, ClassValue, EnvId, ModuleId};
use super::{Interpreter, Value};
use crate::parse::routes::framework::Made;
use crate::parse::routes::ir::{Expr, ExprKind, Func, Node, Stmt, walk};
use crate::parse::routes::lower::Language;
use crate::source::SourceId;

/// Wrappers around wrappers of a framework.
const MAX_WRAPPERS: usize = 2;

/// Bases of bases.
const MAX_BASES: usize = 4;

/// Functions of a Rust program that pass on what another one makes.
const MAX_PASSES: usize = 8;

/// Names by which the command of Flask finds a factory.
const FACTORIES: [&str; 2] = ["create_app", "make_app"];

/// Methods that start a server.
const STARTS: [&str; 4] = ["start", "listen", "serve", "run"];

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
                // What only inherits the method waits for whoever makes one.
                Value::Class(it)
                    if self.has_maker(&it.class.body, self.modules[module].env, 0)
                        || self.is_application_class(&it) =>
                {
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
        if language == Language::Python {
            for method in self.outermost_makers(class) {
                self.relevance.insert(&method);
                let method = self.closure(&method, class.env);
                self.call_function(&method, Some(object.clone()), Args::default());
            }
        }
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
                // What a script without a suffix calls on the server that it makes.
                _ => STARTS.contains(&&*func.name) || self.makes_application(func, class.env, 0),
            };
            if is_new && makes {
                let method = self.closure(func, class.env);
                self.call_function(&method, Some(object.clone()), Args::default());
            }
        }
    }

    /// The methods that nobody has called and that make an application, or the outermost of those that call these:
    /// what makes it may need what others have made before.
    fn outermost_makers(&mut self, class: &ClassValue) -> Vec<Arc<Func>> {
        let methods = class.class.body.iter().filter_map(|it| match it {
            Stmt::Def(method) if !self.called.contains(&Arc::as_ptr(method)) => Some(method),
            _ => None,
        });
        let own: Vec<Arc<Func>> = methods.filter(|it| !is_of_class(it)).cloned().collect();
        let mut reaching: Vec<usize> =
            (0..own.len()).filter(|&at| self.makes_application(&own[at], class.env, 0)).collect();
        let calls: Vec<HashSet<Box<str>>> = own.iter().map(|it| own_calls(it)).collect();
        let mut next = 0;
        while let Some(&inner) = reaching.get(next) {
            let callers = (0..own.len()).filter(|at| calls[*at].contains(&own[inner].name));
            let callers: Vec<usize> = callers.filter(|it| !reaching.contains(it)).collect();
            reaching.extend(callers);
            next += 1;
        }
        let is_called = |at: usize| reaching.iter().any(|it| *it != at && calls[*it].contains(&own[at].name));
        reaching.iter().filter(|it| !is_called(**it)).map(|it| Arc::clone(&own[*it])).collect()
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
                !made
                    && (self.has_maker(&it.class.body, env, 0)
                        || self.is_application_class(it)
                        || (self.is_python(env) && self.inherits_maker(it, 0)))
            }
            _ => false,
        });
        found
    }

    /// Whether a class of Python is an application itself, which its constructor sets up.
    fn is_application_class(&self, class: &ClassValue) -> bool {
        let sets_up = |it: &Stmt| matches!(it, Stmt::Def(method) if &*method.name == "__init__");
        self.is_python(class.env)
            && class.class.body.iter().any(sets_up)
            && self.construct_of(class, 0).is_some_and(|(_, it)| it.makes == Made::App)
    }

    /// Whether a class or one of its bases has a method that makes an application.
    fn inherits_maker(&mut self, class: &ClassValue, bases: usize) -> bool {
        let env = self.modules[self.envs[class.env].module].env;
        self.has_maker(&class.class.body, env, 0)
            || (bases < MAX_BASES
                && class
                    .bases
                    .iter()
                    .any(|it| matches!(it, Value::Class(base) if self.inherits_maker(base, bases + 1))))
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
        let may_pass_on =
            matches!(language, Language::Rust | Language::JavaScript) || FACTORIES.contains(&&*func.name);
        if !may_pass_on && !self.relevance.of(func, language) {
            return false;
        }
        let address = Arc::as_ptr(func);
        if let Some(&known) = self.makers.get(&address) {
            return known;
        }
        // A function that calls itself by others says nothing new.
        self.makers.insert(address, false);
        let mut callees = Vec::new();
        walk(&func.body, &mut |node| match node {
            Node::Expr(Expr { kind: ExprKind::Call(call), .. }) => callees.push(&call.callee),
            // `class Shop(Flask)` within the function that makes one.
            Node::Stmt(Stmt::Class(class)) => callees.extend(&class.bases),
            _ => {}
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
            Value::Class(it)
                if self.is_python(env)
                    && self.construct_of(&it, 0).is_some_and(|(_, it)| it.makes == Made::App) =>
            {
                true
            }
            // `new App()` of the project, whose other methods set it up.
            Value::Class(it) if hops < MAX_WRAPPERS => self.has_maker(&it.class.body, it.env, hops + 1),
            _ => false,
        }
    }
}

/// The methods that a method calls on its own object.
fn own_calls(func: &Func) -> HashSet<Box<str>> {
    let mut found = HashSet::new();
    walk(&func.body, &mut |node| {
        if let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node
            && let ExprKind::Attr(of, name) = &call.callee.kind
            && matches!(&of.kind, ExprKind::Name(it) if &**it == "self")
        {
            found.insert(name.clone());
        }
    });
    found
}

/// Whether a method belongs to its class and not to an object.
fn is_of_class(func: &Func) -> bool {
    is_decorated(func, "classmethod") || is_decorated(func, "staticmethod")
}
