//! The query parameters that the body of a handler asks for by a constant name.
//!
//! Every expression that comes from a parameter of the handler is written as a dotted name that begins with `*`:
//! `*.query`, `URL(*.url).searchParams`. The table says which of these hold query parameters. Functions that are
//! handed the request are read, too.

use std::collections::{HashMap, HashSet};

use super::path::{leaves, path, turned_by, turned_by_method};
use super::table::{Query, Read};
use super::types::scalar;
use super::{Around, Handler, MAX_DEPTH, Named, Site, last_name};
use crate::model::route::ParameterType;
use crate::parse::routes::ir::{Call, Expr, ExprKind, Func, Module, Node, Param, Pattern, Stmt, walk};

/// Functions that are read for one handler.
const MAX_FUNCTIONS: usize = 40;

/// Adds what the body of a handler reads.
pub(super) fn read(handler: &Handler<'_>, table: &Query, around: &mut dyn Around, found: &mut Vec<Named>) {
    if table.read.is_empty() {
        return;
    }
    let mut reader = Reader { table, around, found, seen: HashSet::new() };
    let own = |(i, param): (usize, &Param)| {
        let is_self = (i == 0 && handler.method)
            || matches!(&param.pattern, Pattern::Name(name) if matches!(&**name, "self" | "this"));
        Some(if is_self { "self" } else { "*" }.to_owned())
    };
    let given = handler.func.params.iter().enumerate().map(own).collect();
    reader.function(handler.func, handler.site, given, 0);
}

struct Reader<'r> {
    table: &'r Query,
    around: &'r mut dyn Around,
    found: &'r mut Vec<Named>,
    seen: HashSet<*const Func>,
}

/// What is known inside of one function.
pub(super) struct Scope<'f> {
    pub(super) module: &'f Module,
    /// The names of values that come from the request, with where they come from.
    pub(super) names: HashMap<&'f str, String>,
    /// The variables that hold a parameter, by its index in what was found.
    holds: HashMap<&'f str, usize>,
    /// The variable that an expression is assigned to, and what the value of one is turned into.
    targets: HashMap<*const Expr, &'f str>,
    turned: HashMap<*const Expr, ParameterType>,
    /// Methods that are no fields.
    methods: HashSet<*const Expr>,
}

/// The call of a function that is handed something of the request.
type HandedOn<'f> = (&'f Call, Vec<Option<String>>);

impl Reader<'_> {
    /// Reads a function whose parameters are given these.
    fn function(&mut self, func: &Func, site: Site, given: Vec<Option<String>>, depth: usize) {
        if self.seen.len() >= MAX_FUNCTIONS || !self.seen.insert(std::ptr::from_ref(func)) {
            return;
        }
        let module = self.around.module(site);
        let mut scope = Scope {
            module: &module,
            names: HashMap::new(),
            holds: HashMap::new(),
            targets: HashMap::new(),
            turned: HashMap::new(),
            methods: HashSet::new(),
        };
        for (param, given) in func.params.iter().zip(given) {
            if let Some(given) = given {
                self.bind(&param.pattern, &given, &mut scope);
            }
        }
        let mut calls = Vec::new();
        walk(&func.body, &mut |node| match node {
            Node::Stmt(Stmt::Assign(pattern, value)) => self.assign(pattern, value, &mut scope),
            Node::Stmt(_) => {}
            Node::Expr(expr) => self.expression(expr, &mut scope, &mut calls),
        });
        for (call, mut given) in calls.into_iter().filter(|_| depth < MAX_DEPTH) {
            let Some((func, site)) = self.around.function(&call.callee, site) else { continue };
            if matches!(func.params.first().map(|it| &it.pattern), Some(Pattern::Name(name)) if &**name == "self")
            {
                given.insert(0, None);
            }
            self.function(&func, site, given, depth + 1);
        }
    }

    fn expression<'f>(&mut self, expr: &'f Expr, scope: &mut Scope<'f>, calls: &mut Vec<HandedOn<'f>>) {
        let table = self.table;
        match &expr.kind {
            ExprKind::Assigned(assigned) => self.assign(&assigned.0, &assigned.1, scope),
            // The names of an inner function hide those outside.
            ExprKind::Func(inner) => inner.params.iter().for_each(|it| {
                if let Pattern::Name(name) = &it.pattern {
                    scope.names.remove(&**name);
                }
            }),
            ExprKind::Attr(of, name) if !scope.methods.contains(&std::ptr::from_ref(expr)) => {
                // `params[:page].to_i`
                if let Some(turned) = turned_by_method(name) {
                    self.turn(of, turned, scope);
                }
                if let Some(read) = place(table, of, scope, |it| it.fields) {
                    self.add(name, false, read, Value::default(), expr, scope);
                }
            }
            ExprKind::Index(of, at) => {
                if let ExprKind::Str(name) = &at.kind
                    && let Some(read) = place(table, of, scope, |it| it.items)
                {
                    self.add(name, read.required, read, Value::default(), expr, scope);
                }
            }
            ExprKind::Call(call) => {
                self.call(call, expr, scope);
                let ours = |it: &String| it.starts_with('*') || it.starts_with("self.");
                let given = call.args.iter().map(|it| path(&it.value, scope, 0).filter(ours));
                let given: Vec<Option<String>> = given.collect();
                if given.iter().any(Option::is_some) {
                    calls.push((call, given));
                }
            }
            _ => {}
        }
    }

    /// A method that is told a name, or a function that turns a text into something else.
    fn call<'f>(&mut self, call: &'f Call, expr: &'f Expr, scope: &mut Scope<'f>) {
        let table = self.table;
        let first = call.args.first().map(|it| &it.value);
        if let ExprKind::Attr(of, name) = &call.callee.kind {
            if place(table, of, scope, |it| it.fields).is_some() {
                scope.methods.insert(&raw const call.callee);
            }
            if let Some(of_method) = turned_by_method(name) {
                self.turn(of, of_method, scope);
            }
            let path = path(of, scope, 0);
            let read = path.and_then(|path| {
                table.read.iter().find(|it| {
                    it.of.contains(&path)
                        && (it.methods.contains_key(&**name) || it.lists.iter().any(|it| **it == **name))
                })
            });
            if let (Some(read), Some(Expr { kind: ExprKind::Str(key), .. })) = (read, first) {
                let array = read.lists.iter().any(|it| **it == **name);
                let told = call.args.iter().find(|it| it.name.as_deref() == Some("type"));
                let told = told.and_then(|it| scalar(last_name(&it.value)?));
                let of = told.or_else(|| read.methods.get(&**name).copied()).unwrap_or_default();
                self.add(key, false, read, Value { of, array }, expr, scope);
            }
        }
        if let (Some(of), Some(first)) = (turned_by(&call.callee), first) {
            self.turn(first, of, scope);
        }
    }

    /// A text is turned into something else.
    fn turn<'f>(&mut self, expr: &'f Expr, of: ParameterType, scope: &mut Scope<'f>) {
        for leaf in leaves(expr) {
            scope.turned.insert(std::ptr::from_ref(leaf), of);
            if let ExprKind::Name(name) = &leaf.kind
                && let Some(found) = scope.holds.get(&**name).and_then(|it| self.found.get_mut(*it))
                && found.parameter.of == ParameterType::Text
            {
                found.parameter.of = of;
            }
        }
    }

    fn assign<'f>(&mut self, pattern: &'f Pattern, value: &'f Expr, scope: &mut Scope<'f>) {
        let target = match pattern {
            Pattern::Name(name) => Some(name),
            // `page, given := c.GetQuery("page")`
            Pattern::List(all) => match all.first() {
                Some(Pattern::Name(name)) => Some(name),
                _ => None,
            },
            _ => None,
        };
        if let Some(name) = target {
            scope.names.remove(&**name);
            scope.holds.remove(&**name);
            scope.targets.extend(leaves(value).into_iter().map(|it| (std::ptr::from_ref(it), &**name)));
        }
        if let Some(path) = path(value, scope, 0).filter(|it| it.contains('*') || it.starts_with("self.")) {
            self.bind(pattern, &path, scope);
        }
    }

    /// Binds the names of a pattern to something of the request.
    fn bind<'f>(&mut self, pattern: &'f Pattern, path: &str, scope: &mut Scope<'f>) {
        match pattern {
            Pattern::Name(name) => drop(scope.names.insert(name, path.to_owned())),
            Pattern::Object(entries) => {
                let read = self.table.read.iter().find(|it| it.fields && it.of.iter().any(|it| it == path));
                for (key, inner) in entries {
                    match (read, inner) {
                        (_, Pattern::Rest(_)) => {}
                        (Some(read), inner) => {
                            let at = self.put(key, false, read, Value::default());
                            if let Pattern::Name(name) = inner {
                                scope.holds.insert(name, at);
                            }
                        }
                        (None, inner) => self.bind(inner, &format!("{path}.{key}"), scope),
                    }
                }
            }
            _ => {}
        }
    }

    /// Adds what an expression reads.
    fn add<'f>(
        &mut self,
        name: &str,
        required: bool,
        read: &Read,
        value: Value,
        expr: &'f Expr,
        scope: &mut Scope<'f>,
    ) {
        let address = std::ptr::from_ref(expr);
        let of = if value.of == ParameterType::Text { scope.turned.get(&address).copied() } else { None };
        let at = self.put(name, required, read, Value { of: of.unwrap_or(value.of), ..value });
        if let Some(target) = scope.targets.get(&address) {
            scope.holds.insert(target, at);
        }
    }

    /// The index of a parameter, which is added where it is new.
    fn put(&mut self, name: &str, required: bool, read: &Read, Value { of, array }: Value) -> usize {
        if let Some(at) = self.found.iter().position(|it| it.parameter.name == name) {
            let known = &mut self.found[at];
            known.get_only &= read.get_only;
            if known.parameter.of == ParameterType::Text {
                known.parameter.of = of;
            }
            return at;
        }
        self.found.push(Named { get_only: read.get_only, ..Named::new(name, required, of, array) });
        self.found.len() - 1
    }
}

/// What is known of the value that is read.
#[derive(Debug, Clone, Copy, Default)]
struct Value {
    of: ParameterType,
    array: bool,
}

/// What holds parameters, where an expression is such a thing.
fn place<'t>(table: &'t Query, of: &Expr, scope: &Scope<'_>, fits: fn(&Read) -> bool) -> Option<&'t Read> {
    let path = path(of, scope, 0)?;
    table.read.iter().find(|it| fits(it) && it.of.contains(&path))
}
