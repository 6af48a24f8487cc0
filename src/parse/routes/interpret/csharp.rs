//! What C# needs beside modules: classes known by their names, extension methods, methods that are called by
//! what they implement, entry points that the host calls.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::pipelines::is_branch;
use super::value::{Args, Argument, ClassValue, Closure, EnvId};
use super::{Interpreter, Value};
use crate::parse::routes::annotations::{Scope, Types, dotted};
use crate::parse::routes::framework::{Framework, Made, RouteModules};
use crate::parse::routes::graph::{Declared, RouterId};
use crate::parse::routes::ir::{ClassKind, ExprKind, Func, Param, Pattern, Stmt};
use crate::parse::routes::lower::Language;
use crate::parse::routes::text::Text;
use crate::source::SourceId;

/// Classes that one call may mean.
const MAX_IMPLEMENTERS: usize = 400;

/// Bases of bases.
const MAX_BASES: usize = 8;

/// Methods of the C# files that are read.
#[derive(Debug, Default)]
pub(super) struct Methods {
    /// Extension methods by name.
    extensions: HashMap<Box<str>, Vec<Closure>>,
    /// Methods of concrete classes that implement or derive from something, by name.
    members: HashMap<Box<str>, Vec<(ClassValue, Closure)>>,
    /// Concrete classes that implement or derive from something.
    pub(super) derived: Vec<ClassValue>,
    /// Methods that the host calls, with their classes.
    entries: Vec<(ClassValue, Closure)>,
}

impl<'a> Interpreter<'a> {
    /// Reads the classes of C# files, then calls what the host of each application calls.
    pub(in crate::parse::routes) fn read_csharp(&mut self, files: &[SourceId]) {
        let path = |it: SourceId| self.store.sources.path(it);
        let files: Vec<SourceId> =
            files.iter().copied().filter(|&it| Language::of(path(it)) == Some(Language::CSharp)).collect();
        if files.is_empty() {
            return;
        }
        self.types = Some(Types::new(self.store, &[Language::CSharp]));
        // Top-level statements are a program: every class must be known before one runs.
        for &file in &files {
            let module = self.store.module(file);
            let id = self.module_of_file(file);
            let env = self.declarations(id, &module.body);
            for stmt in &module.body {
                if let Stmt::Class(class) = stmt
                    && let Some(Value::Class(class)) = self.envs[env].vars.get(&class.name).cloned()
                {
                    self.index_methods(&class, 0);
                }
            }
        }
    }

    /// Calls `Main`, `Configure` and what else nobody but the host calls.
    pub(in crate::parse::routes) fn call_entries(&mut self) {
        for (class, closure) in std::mem::take(&mut self.methods.entries) {
            if self.called.contains(&Arc::as_ptr(&closure.func)) {
                continue;
            }
            let this = Value::Class(class.clone());
            let mut args = Args::default();
            for param in &closure.func.params {
                let named = param.of.as_ref().and_then(dotted).unwrap_or_default();
                let value = match typed(self.store.tables, &closure.func.name, &named) {
                    Some(framework) => {
                        let place = self.span(class.env, 0..0);
                        let start = param.of.as_ref().map_or(0, |it| it.start);
                        let place = crate::source::Span { start, end: start, ..place };
                        Value::Router(self.graph.add(framework, Made::App, place))
                    }
                    None => Value::Unknown,
                };
                args.positional.push(argument(value));
            }
            self.call_function(&closure, Some(this), args);
        }
    }

    fn index_methods(&mut self, class: &ClassValue, depth: usize) {
        if class.class.kind == ClassKind::Concrete && !class.class.bases.is_empty() {
            self.methods.derived.push(class.clone());
        }
        for stmt in class.class.body.iter() {
            match stmt {
                Stmt::Def(func) => {
                    let closure = self.closure(func, class.env);
                    let typed = func.params.iter().any(|param| {
                        param
                            .of
                            .as_ref()
                            .and_then(dotted)
                            .is_some_and(|it| typed(self.store.tables, &func.name, &it).is_some())
                    });
                    if &*func.name == "Main" || (typed && class.class.kind == ClassKind::Concrete) {
                        self.methods.entries.push((class.clone(), closure.clone()));
                    }
                    if func.params.first().is_some_and(|it| it.receiver) {
                        self.methods.extensions.entry(func.name.clone()).or_default().push(closure);
                    } else if class.class.kind == ClassKind::Concrete && !class.class.bases.is_empty() {
                        let member = (class.clone(), closure);
                        self.methods.members.entry(func.name.clone()).or_default().push(member);
                    }
                }
                Stmt::Class(inner) if depth < 6 => {
                    if let Some(Value::Class(inner)) = self.envs[class.env].vars.get(&inner.name).cloned() {
                        self.index_methods(&inner, depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    /// The class that a name means in C#; a name of a library where the project has none.
    pub(super) fn global_type(&mut self, env: EnvId, name: &str) -> Value {
        let file = self.file(env);
        if !name.starts_with(char::is_uppercase) {
            return Value::Unknown;
        }
        let Some(types) = &mut self.types else { return Value::Unknown };
        let Some(id) = types.find(name, Scope { file, within: None }) else {
            return Value::External(name.into());
        };
        let found = types.types[id].clone();
        if found.outer.is_some() {
            return Value::External(name.into());
        }
        let module = self.module_of_file(found.file);
        let body = self.store.module(found.file);
        let env = self.declarations(module, &body.body);
        self.envs[env].vars.get(name).cloned().unwrap_or(Value::Unknown)
    }

    /// Calls an extension method of the project; none where there is none of this name for these arguments.
    pub(super) fn call_extension(&mut self, of: Value, name: &str, args: &Args) -> Option<Value> {
        let candidates = self.methods.extensions.get(name)?;
        let given = args.positional.len() + args.named.iter().filter(|(it, _)| !it.starts_with('<')).count();
        let fits = |func: &Func| {
            let own: Vec<_> = func.params.iter().skip(1).filter(|it| !is_type(it)).collect();
            let needed = own.iter().filter(|it| it.default.is_none()).count();
            needed <= given && given <= own.len()
        };
        let fitting = candidates.iter().filter(|it| fits(&it.func));
        // Of overloads the one whose parameters have the types of the objects that it is given.
        let closure = fitting.rev().max_by_key(|it| self.typed_alike(&it.func, args))?.clone();
        let mut whole = args.clone();
        let types: Vec<Value> = match whole.get("<>").map(|it| it.value.clone()) {
            Some(list) => self.items(&list).unwrap_or_default(),
            None => Vec::new(),
        };
        whole.named.retain(|(it, _)| &**it != "<>");
        for (param, value) in closure.func.params.iter().filter(|it| is_type(it)).zip(types) {
            if let Pattern::Name(name) = &param.pattern {
                whole.named.push((name.clone(), argument(value)));
            }
        }
        whole.positional.insert(0, argument(of.clone()));
        let value = self.call_function(&closure, None, whole);
        Some(if value == Value::Unknown { of } else { value })
    }

    /// How many parameters of an extension method have the types of the objects that it is given.
    fn typed_alike(&self, func: &Func, args: &Args) -> usize {
        let given = args.positional.iter().map(|it| &it.value);
        let pairs = func.params.iter().skip(1).filter(|it| !is_type(it)).zip(given);
        let alike = |(param, value): (&Param, &Value)| {
            let named = param.of.as_ref().and_then(dotted);
            let last = named.as_deref().and_then(|it| it.rsplit('.').next());
            match value {
                Value::Instance(id) => last.is_some_and(|it| is_a(&self.instances[*id].class, it, 0)),
                Value::Func(_) | Value::Bound(_) => {
                    matches!(last, Some("Delegate" | "RequestDelegate" | "Func"))
                }
                Value::Text(_) => matches!(last, Some("string" | "String")),
                _ => false,
            }
        };
        pairs.filter(|it| alike(*it)).count()
    }

    /// What a router does with a method that its framework does not know, or that the project overloads.
    pub(super) fn call_csharp(
        &mut self,
        router: RouterId,
        name: &str,
        args: &Args,
        range: &Range<u32>,
        env: EnvId,
    ) -> Option<Value> {
        let table: &'a Framework = &self.store.tables[self.graph.routers[router].framework];
        let by_path = args.positional.first().is_some_and(|it| matches!(it.value, Value::Text(_)));
        let known = table.verbs.contains_key(name)
            || table.group.iter().any(|it| it.names.iter().any(|it| it == name))
            || table.route.iter().any(|it| it.names.iter().any(|it| it == name));
        // Of two methods with one name: what a branch of the pipeline serves lies below the path.
        if let Some(group) = table.group.iter().find(|it| it.names.iter().any(|it| it == name))
            && !group.calls.is_empty()
            && is_branch(args)
        {
            return Some(self.call_group(router, group, args, range.clone(), env));
        }
        // The library's own need a handler, and have no types for arguments.
        let handled = args.positional.len() > 1 || !table.verbs.contains_key(name);
        if known && by_path && handled && args.get("<>").is_none() {
            return None;
        }
        if let Some(value) = self.call_extension(Value::Router(router), name, args) {
            return Some(value);
        }
        if table.hosts.iter().any(|it| it == name) {
            let place = self.span(env, range.clone());
            self.graph.host(router, place);
        }
        if let Some(provided) = table.provided.get(name) {
            let span = self.span(env, range.clone());
            for (method, path) in provided.iter().filter_map(|it| it.split_once(' ')) {
                let (methods, path) = (vec![method.to_owned()], Text::known(path));
                self.graph.provided.insert(span);
                self.graph.declare(router, Declared { methods, path, hidden: false, span });
            }
        }
        for modules in table.modules.iter().filter(|it| it.call == name) {
            self.call_modules(router, modules, env);
        }
        if known {
            return None;
        }
        // `app.UseEndpoints(endpoints => …)`
        for function in args.all().filter(|it| it.inline).map(|it| it.value.clone()).collect::<Vec<_>>() {
            if matches!(&function, Value::Func(it) if it.func.params.len() == 1) {
                self.call_value(function, Args::of([Value::Router(router)]), 0..0, env);
            }
        }
        Some(Value::Router(router))
    }

    /// Calls the modules of a library that finds them by their base.
    fn call_modules(&mut self, router: RouterId, modules: &RouteModules, env: EnvId) {
        let all = self.methods.members.get(modules.method.as_str()).cloned().unwrap_or_default();
        for (class, closure) in all {
            let based = class.class.bases.iter().filter_map(dotted).any(|it| modules.bases.contains(&it));
            if !based {
                continue;
            }
            // `base("/orders")`
            let prefix = class.class.body.iter().find_map(|it| match it {
                Stmt::Def(func) if &*func.name == "constructor" => match func.body.first() {
                    Some(Stmt::Expr(expr)) => match &expr.kind {
                        ExprKind::Call(call) if matches!(&call.callee.kind, ExprKind::Name(it) if &**it == "super") => {
                            call.args.first()
                        }
                        _ => None,
                    },
                    _ => None,
                },
                _ => None,
            });
            let mut target = router;
            if let Some(prefix) = prefix {
                let path = match self.eval(&prefix.value, class.env) {
                    Value::Text(text) => (*text).clone(),
                    _ => Text::hole("prefix"),
                };
                let place = self.span(class.env, 0..0);
                target = self.graph.add(self.graph.routers[router].framework, Made::Router, place);
                let mount = crate::parse::routes::graph::Mounted {
                    child: target,
                    path,
                    hidden: false,
                    replaces: false,
                };
                self.graph.mount(router, mount);
            }
            let this = self.instantiate(&class, Args::default(), 0..0, env);
            self.call_function(&closure, Some(this), Args::of([Value::Router(target)]));
        }
    }

    /// A method of something unknown that is handed a router: whatever implements it is called.
    pub(super) fn call_implementers(&mut self, name: &str, args: &Args, env: EnvId) {
        if !args.positional.iter().any(|it| matches!(it.value, Value::Router(_))) {
            return;
        }
        let all = self.methods.members.get(name).cloned().unwrap_or_default();
        for (class, closure) in all.into_iter().take(MAX_IMPLEMENTERS) {
            if closure.func.params.len() == args.positional.len() {
                let this = self.instantiate(&class, Args::default(), 0..0, env);
                self.call_function(&closure, Some(this), args.clone());
            }
        }
    }

    /// Whether the code around is C#.
    pub(super) fn is_csharp(&self, env: EnvId) -> bool {
        self.modules[self.envs[env].module].language == Language::CSharp
    }
}

fn argument(value: Value) -> Argument {
    Argument { value, start: 0, end: 0, inline: false }
}

/// Whether a class is of a name or derived from what is.
fn is_a(class: &ClassValue, name: &str, depth: usize) -> bool {
    *class.class.name == *name
        || (depth < MAX_BASES
            && class.bases.iter().any(|it| matches!(it, Value::Class(it) if is_a(it, name, depth + 1))))
}

/// Whether a parameter stands for a type.
fn is_type(param: &Param) -> bool {
    matches!(param.of.as_ref().map(|it| &it.kind), Some(ExprKind::Name(name)) if &**name == "<>")
}

/// The framework whose host calls a method of this name with an application of this type.
fn typed(tables: &[Framework], method: &str, of: &str) -> Option<usize> {
    tables.iter().position(|it| {
        it.typed
            .as_ref()
            .is_some_and(|it| it.methods.iter().any(|it| it == method) && it.types.iter().any(|it| it == of))
    })
}
