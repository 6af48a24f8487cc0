//! What a handler for all verbs asks for: what it compares the request's method with, the keys of a table of
//! handlers, the methods called on a small router, the verbs that a guard is told.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::exports;
use super::handler::is_verb;
use super::ir::{Call, Export, Expr, ExprKind, Imported, Module, Node, Pattern, Property, Stmt, walk};

/// The packages of small routers that such handlers use.
const ROUTERS: [&str; 2] = ["next-connect", "next-api-route-middleware"];

/// The verbs that a module asks for; `handler` is the name of the function that handles, where it has one.
pub(super) fn verbs(module: &Module, handler: Option<&str>) -> BTreeSet<String> {
    Scan::new(module, handler).verbs()
}

/// The names of the parameters of all functions of a module.
pub(super) fn parameters(module: &Module) -> HashSet<&str> {
    let mut found = HashSet::new();
    walk(&module.body, &mut |node| {
        let func = match node {
            Node::Stmt(Stmt::Def(func)) | Node::Expr(Expr { kind: ExprKind::Func(func), .. }) => func,
            _ => return,
        };
        found.extend(func.params.iter().filter_map(|it| match &it.pattern {
            Pattern::Name(name) => Some(&**name),
            _ => None,
        }));
    });
    found
}

struct Scan<'m> {
    module: &'m Module,
    /// Names of small routers: the exported handler, and what a router package makes.
    routers: Vec<&'m str>,
    /// Functions that make a small router.
    makers: Vec<&'m str>,
    /// Names that the request's method is bound to.
    methods: Vec<&'m str>,
    /// Names that may hold a request: those of parameters.
    requests: HashSet<&'m str>,
    /// What names are bound to, also inside functions.
    bound: HashMap<&'m str, &'m Expr>,
    /// Names of objects that are read by the request's method, or that the handler is made of.
    tables: Vec<&'m str>,
    found: BTreeSet<String>,
    allowed: BTreeSet<String>,
}

impl<'m> Scan<'m> {
    fn new(module: &'m Module, handler: Option<&'m str>) -> Scan<'m> {
        let imports = module.body.iter().filter_map(|stmt| match stmt {
            Stmt::Import(import) if ROUTERS.contains(&&*import.module) => Some(&import.names),
            _ => None,
        });
        let makers: Vec<&str> = imports
            .flatten()
            .filter_map(|it| match it {
                Imported::Name(_, alias) | Imported::Module(alias) => Some(&**alias),
                _ => None,
            })
            .collect();
        let mut routers: Vec<&str> = handler.into_iter().collect();
        let mut bound = HashMap::new();
        walk(&module.body, &mut |node| {
            if let Node::Stmt(Stmt::Assign(Pattern::Name(name), value)) = node {
                bound.entry(&**name).or_insert(value);
                if makers.contains(&base_name(value)) {
                    routers.push(name);
                }
            }
        });
        // `export default router.handler(…)`, whoever made the router
        routers.extend(module.body.iter().filter_map(|stmt| match stmt {
            Stmt::Export(Export::Default(Expr { kind: ExprKind::Call(call), .. })) => match &call.callee.kind
            {
                ExprKind::Attr(of, name) if &**name == "handler" => Some(base_name(of)),
                _ => None,
            },
            _ => None,
        }));
        let (found, allowed, tables) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
        let requests = parameters(module);
        let mut scan =
            Scan { module, routers, makers, methods: Vec::new(), requests, bound, tables, found, allowed };
        scan.methods =
            scan.bound.iter().filter(|(_, value)| scan.is_method(value)).map(|(name, _)| *name).collect();
        scan
    }

    fn verbs(mut self) -> BTreeSet<String> {
        walk(&self.module.body, &mut |node| {
            if let Node::Expr(Expr { kind: ExprKind::Index(of, at), .. }) = node
                && let (ExprKind::Name(name), true) = (&of.kind, self.is_method(at))
            {
                self.tables.push(name);
            }
        });
        for stmt in &self.module.body {
            self.handler_table(stmt);
        }
        walk(&self.module.body, &mut |node| match node {
            Node::Expr(expr) => self.expr(expr),
            Node::Stmt(Stmt::Switch(subject, cases)) if self.is_method(subject) => {
                cases.iter().filter_map(|it| it.value.as_ref()).for_each(|it| self.add(it));
            }
            Node::Stmt(Stmt::Assign(Pattern::Name(name), Expr { kind: ExprKind::Object(entries), .. }))
                if self.tables.contains(&&**name) =>
            {
                self.add_keys(entries);
            }
            Node::Stmt(_) => {}
        });
        if self.found.is_empty() { self.allowed } else { self.found }
    }

    /// `export default handlers({ get: …, post: … })`, also by the name of a constant.
    fn handler_table(&mut self, stmt: &'m Stmt) {
        let value = match stmt {
            Stmt::Export(Export::Default(value)) => value,
            Stmt::Assign(Pattern::Name(name), value) if self.routers.contains(&&**name) => value,
            _ => return,
        };
        let mut calls = vec![value];
        while let Some(next) = calls.pop() {
            let ExprKind::Call(call) = &next.kind else { continue };
            // `allow(["GET"])(handler)`, `withSession(handlers({ get }))`
            calls.push(&call.callee);
            for arg in &call.args {
                match &arg.value.kind {
                    ExprKind::Object(entries) => {
                        self.add_keys(entries);
                        let told = entries
                            .iter()
                            .filter(|it| matches!(it.key.as_deref(), Some("method" | "methods")));
                        told.for_each(|it| self.add_all(&it.value));
                    }
                    ExprKind::Name(name) => self.tables.push(name),
                    ExprKind::List(items) if items.iter().all(is_verb_text) => {
                        items.iter().for_each(|it| self.add(it));
                    }
                    ExprKind::Str(_) if is_verb_text(&arg.value) => self.add(&arg.value),
                    ExprKind::Call(_) => calls.push(&arg.value),
                    _ => {}
                }
            }
        }
    }

    fn expr(&mut self, expr: &'m Expr) {
        match &expr.kind {
            ExprKind::Compare(a, b) if self.is_method(a) => self.add(b),
            ExprKind::Compare(a, b) if self.is_method(b) => self.add(a),
            ExprKind::Object(entries)
                if entries.iter().all(|it| is_upper_verb(it) && is_handler(&it.value)) =>
            {
                self.add_keys(entries);
            }
            ExprKind::Object(entries) => self.found.extend(keyed(entries)),
            ExprKind::Call(call) => self.call(call),
            _ => {}
        }
    }

    fn call(&mut self, call: &'m Call) {
        // `allow(req, res, ["GET", "POST"])`, `assertMethod(event, "POST")`
        if call.args.iter().any(|it| self.is_request(&it.value)) {
            for arg in &call.args {
                match &arg.value.kind {
                    ExprKind::List(items) if items.iter().all(is_verb_text) => self.add_all(&arg.value),
                    ExprKind::Str(_) if is_verb_text(&arg.value) => self.add(&arg.value),
                    _ => {}
                }
            }
        }
        let ExprKind::Attr(of, name) = &call.callee.kind else { return };
        let first = call.args.first().map(|it| &it.value);
        match (&**name, first) {
            // `["GET", "POST"].includes(req.method)`
            ("includes" | "indexOf" | "has", Some(method)) if self.is_method(method) => self.add_all(of),
            // `match(req.method).with("GET", () => …)`
            ("with", Some(verb)) if is_verb_text(verb) && self.is_matched(of) => self.add(verb),
            ("setHeader", Some(Expr { kind: ExprKind::Str(header), .. }))
                if header.eq_ignore_ascii_case("allow") =>
            {
                let listed =
                    call.args.get(1).map(|it| exports::texts(self.module, &it.value)).unwrap_or_default();
                let words =
                    listed.iter().flat_map(|it| it.split(',')).map(|it| it.trim().to_ascii_uppercase());
                self.allowed.extend(words.filter(|it| is_verb(it)));
            }
            (verb, Some(_)) if self.is_router(of) => match verb.to_ascii_uppercase().as_str() {
                "ALL" => drop(self.found.insert("ANY".to_owned())),
                verb if is_verb(verb) => drop(self.found.insert(verb.to_owned())),
                _ => {}
            },
            _ => {}
        }
    }

    /// Whether an expression is the request's method: `req.method`, `method`, `req.method?.toUpperCase()`,
    /// `getMethod(event)`.
    fn is_method(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Name(name) => {
                matches!(&**name, "method" | "httpMethod") || self.methods.contains(&&**name)
            }
            ExprKind::Attr(of, name) => {
                matches!(&**name, "method" | "httpMethod") && !self.is_something_else(of)
            }
            ExprKind::Call(call) => match &call.callee.kind {
                ExprKind::Attr(of, name) => {
                    matches!(&**name, "toUpperCase" | "toLowerCase") && self.is_method(of)
                }
                ExprKind::Name(name) => &**name == "getMethod",
                _ => false,
            },
            ExprKind::Either(all) => all.iter().any(|it| self.is_method(it)),
            ExprKind::Other(all) if all.len() == 1 => self.is_method(&all[0]),
            _ => false,
        }
    }

    /// Whether a name has nothing to do with the request: `payment` in `payment.method`.
    fn is_something_else(&self, expr: &Expr) -> bool {
        let ExprKind::Name(name) = &expr.kind else { return false };
        let lower = name.to_ascii_lowercase();
        !self.requests.contains(&**name)
            && !["req", "event", "ctx", "context"].iter().any(|it| lower.contains(it))
    }

    /// Whether an expression is a request that a function was given.
    fn is_request(&self, expr: &Expr) -> bool {
        matches!(&expr.kind, ExprKind::Name(name) if self.requests.contains(&**name)
            && (name.to_ascii_lowercase().contains("req") || matches!(&**name, "event" | "ctx" | "context")))
    }

    /// Whether a chain of calls starts with `match(req.method)`.
    fn is_matched(&self, expr: &Expr) -> bool {
        let mut at = expr;
        while let ExprKind::Call(call) = &at.kind {
            match &call.callee.kind {
                ExprKind::Attr(of, _) => at = of,
                ExprKind::Name(name) => {
                    return &**name == "match" && call.args.iter().any(|it| self.is_method(&it.value));
                }
                _ => return false,
            }
        }
        false
    }

    fn is_router(&self, expr: &Expr) -> bool {
        let name = base_name(expr);
        let is_call = matches!(expr.kind, ExprKind::Call(_));
        self.routers.contains(&name) || (is_call && self.makers.contains(&name))
    }

    fn add(&mut self, expr: &Expr) {
        if let ExprKind::Str(text) = &expr.kind {
            let verb = text.to_ascii_uppercase();
            if is_verb(&verb) {
                self.found.insert(verb);
            }
        }
    }

    fn add_all(&mut self, list: &Expr) {
        let named = match &list.kind {
            ExprKind::Name(name) => self.bound.get(&**name).copied(),
            _ => None,
        };
        for text in exports::texts(self.module, named.unwrap_or(list)) {
            let verb = text.to_ascii_uppercase();
            if is_verb(&verb) {
                self.found.insert(verb);
            }
        }
    }

    /// The keys of a table of handlers; one that is no verb makes it something else, unless a function has a verb
    /// for its name.
    fn add_keys(&mut self, entries: &[Property]) {
        // `PUT: methodNotAllowed()`
        let refused = |it: &&Property| base_name(&it.value).to_ascii_lowercase().contains("notallowed");
        let served = entries.iter().filter(|it| !refused(it));
        let keys = served.filter_map(|it| Some((it.key.as_deref()?.to_ascii_uppercase(), it)));
        let (verbs, others): (Vec<_>, Vec<_>) = keys.partition(|it| is_verb(&it.0));
        let function = |it: &(String, &Property)| matches!(it.1.value.kind, ExprKind::Func(_));
        if others.is_empty() || (verbs.iter().any(function) && verbs.iter().all(|it| is_handler(&it.1.value)))
        {
            self.found.extend(verbs.into_iter().map(|it| it.0));
        }
    }
}

/// The verbs of a table with keys of verb and path, `"GET /"`: those that end here, else all.
fn keyed(entries: &[Property]) -> Vec<String> {
    let key = |it: &'_ Property| -> Option<(String, bool)> {
        let (verb, path) = it.key.as_deref()?.split_once(" /")?;
        (is_verb(verb) && is_handler(&it.value)).then(|| (verb.to_owned(), path.is_empty()))
    };
    let all: Vec<(String, bool)> = entries.iter().filter_map(key).collect();
    if all.len() < entries.len() {
        return Vec::new();
    }
    let ends = all.iter().any(|it| it.1);
    all.into_iter().filter(|it| it.1 || !ends).map(|it| it.0).collect()
}

fn is_upper_verb(property: &Property) -> bool {
    property.key.as_deref().is_some_and(is_verb)
}

fn is_verb_text(value: &Expr) -> bool {
    matches!(&value.kind, ExprKind::Str(text) if is_verb(text))
}

fn is_handler(value: &Expr) -> bool {
    matches!(value.kind, ExprKind::Func(_) | ExprKind::Name(_) | ExprKind::Attr(..) | ExprKind::Call(_))
}

/// The name at the start of a chain of calls: `nc` in `nc().get(…).post(…)`.
fn base_name(expr: &Expr) -> &str {
    let mut at = expr;
    loop {
        at = match &at.kind {
            ExprKind::Call(call) => &call.callee,
            ExprKind::Attr(of, _) => of,
            ExprKind::Name(name) => return name,
            _ => return "",
        }
    }
}
