//! Runs the programs of a project from their `main`, then what no call has reached although a program names it.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::parse::routes::interpret::mentions::{name_in, reached_from};
use crate::parse::routes::interpret::value::{Args, Closure, EnvId};
use crate::parse::routes::interpret::{Interpreter, Value};
use crate::parse::routes::ir::{Expr, ExprKind, Func, Node, Pattern, Stmt, walk};
use crate::parse::routes::lower::Language;
use crate::source::SourceId;

/// A function or method that somebody could call.
struct Candidate {
    value: Value,
    closure: Closure,
}

impl Interpreter<'_> {
    /// Runs `main` of each of these packages, then looks for what else makes or takes routers in these files.
    pub(in crate::parse::routes) fn run_go(&mut self, mains: &[SourceId], files: &[SourceId]) {
        for &file in mains {
            let package = self.go_package_of(file);
            self.evaluate(package);
            if let Value::Func(main) = self.go_attr(package, "main") {
                self.call_function(&main, None, Args::default());
            }
            self.run_callbacks();
        }
        let mut packages: Vec<usize> = files.iter().map(|&it| self.go_package_of(it)).collect();
        packages.sort_unstable();
        packages.dedup();
        // A library has no program that could name its functions.
        let named = (!mains.is_empty()).then(|| self.named_functions());
        let is_named = |it: &Func| named.as_ref().is_none_or(|all| all.contains(&*it.name));
        let mut waiting: Vec<Candidate> = packages
            .into_iter()
            .flat_map(|it| self.candidates(it))
            .filter(|it| is_named(&it.closure.func))
            .collect();
        waiting.retain(|it| !self.called.contains(&Arc::as_ptr(&it.closure.func)));
        for candidate in &waiting {
            if self.makes_application(&candidate.closure.func, candidate.closure.env, 0) {
                self.run_candidate(candidate);
                self.run_callbacks();
            }
        }
        // Who hands a group on comes before who takes it.
        waiting.retain(|it| self.takes_router(&it.closure) || self.uses_default_router(&it.closure));
        let inner = mentioned(waiting.iter().map(|it| &*it.closure.func));
        let (inner, outer): (Vec<_>, Vec<_>) =
            waiting.into_iter().partition(|it| inner.contains(&it.closure.func.name));
        for candidate in outer.iter().chain(&inner) {
            self.run_candidate(candidate);
        }
        for router in self.default_routers.clone().into_values() {
            if let Some(&file) = mains.first().or(files.first()) {
                self.served.push((file, Value::Router(router)));
            }
        }
    }

    fn run_candidate(&mut self, candidate: &Candidate) {
        if self.called.contains(&Arc::as_ptr(&candidate.closure.func)) {
            return;
        }
        // The router of `http.HandleFunc` is the same for all.
        self.graph.frozen =
            if self.uses_default_router(&candidate.closure) { 0 } else { self.graph.routers.len() };
        let this = match &candidate.value {
            Value::Class(class) => Some(self.go_instance(class, Vec::new())),
            _ => None,
        };
        self.call_function(&candidate.closure, this, Args::default());
        self.graph.frozen = 0;
    }

    /// The functions of a package, and the methods of its types.
    fn candidates(&mut self, package: usize) -> Vec<Candidate> {
        self.evaluate(package);
        let mut found = Vec::new();
        for value in self.module_values(package) {
            match &value {
                Value::Func(closure) => {
                    found.push(Candidate { value: Value::Unknown, closure: closure.clone() });
                }
                Value::Class(class) => {
                    let methods: BTreeMap<_, _> = self.envs[class.env].vars.iter().collect();
                    found.extend(methods.into_values().filter_map(|it| match it {
                        Value::Func(closure) => {
                            Some(Candidate { value: value.clone(), closure: closure.clone() })
                        }
                        _ => None,
                    }));
                }
                _ => {}
            }
        }
        found
    }

    /// Whether a function takes a router as a parameter, or in a field of what it is a method of.
    fn takes_router(&mut self, closure: &Closure) -> bool {
        self.relevance.of(&closure.func, Language::Go)
            && closure
                .func
                .params
                .iter()
                .any(|it| it.default.as_ref().is_some_and(|it| self.is_router_type(it, closure.env, true)))
    }

    fn is_router_type(&mut self, default: &Expr, env: EnvId, fields: bool) -> bool {
        let ExprKind::Call(call) = &default.kind else { return false };
        let Some(of) = call.args.first() else { return false };
        match self.eval(&of.value, env) {
            Value::External(name) => {
                self.store.tables.iter().any(|it| it.types.iter().any(|it| **it == *name))
            }
            Value::Class(class) if fields => {
                let own = self.envs[class.env].parent.unwrap_or(class.env);
                let class = Arc::clone(&class.class);
                class.body.iter().any(|stmt| match stmt {
                    Stmt::Assign(Pattern::Name(_), default) => self.is_router_type(default, own, false),
                    _ => false,
                })
            }
            _ => false,
        }
    }

    /// Whether a function calls one that needs no router to be named.
    fn uses_default_router(&self, closure: &Closure) -> bool {
        let mut found = false;
        walk(&closure.func.body, &mut |node| {
            let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node else { return };
            let ExprKind::Attr(of, name) = &call.callee.kind else { return };
            let ExprKind::Name(package) = &of.kind else { return };
            let mut all = self.store.tables.iter().flat_map(|it| &it.function).filter(|it| !it.given);
            found |= all.any(|it| it.names.iter().any(|it| it.ends_with(&format!("/{package}.{name}"))));
        });
        found
    }

    /// The names of the functions that a program may reach: what `main`, `init` and the variables of packages
    /// mention, what the functions of these names mention, and so on.
    fn named_functions(&self) -> HashSet<Box<str>> {
        let modules: Vec<_> = self.store.read(Language::Go);
        let mut functions: Vec<&Func> = Vec::new();
        let mut waiting: Vec<Box<str>> = vec!["main".into(), "init".into()];
        for module in &modules {
            for stmt in &module.body {
                match stmt {
                    Stmt::Def(func)
                    | Stmt::Assign(Pattern::Attr(..), Expr { kind: ExprKind::Func(func), .. }) => {
                        functions.push(func);
                    }
                    Stmt::Assign(_, value) => {
                        crate::parse::routes::ir::walk_expr(value, &mut |node| waiting.extend(name_in(node)));
                    }
                    _ => {}
                }
            }
        }
        reached_from(&functions, waiting)
    }
}

/// The names in the bodies of functions, each function's own left out.
fn mentioned<'f>(functions: impl Iterator<Item = &'f Func>) -> HashSet<Box<str>> {
    let mut found = HashSet::new();
    for func in functions {
        walk(&func.body, &mut |node| found.extend(name_in(node).filter(|it| *it != func.name)));
    }
    found
}
