//! Routing files in PHP: `$routes->import("../src/Controller/", "attribute")->prefix("/api")`.

use std::collections::HashMap;

use super::{Around, Entry, Routing};
use crate::parse::routes::annotations::types::{Scope, Types};
use crate::parse::routes::annotations::value::{Value, verbs};
use crate::parse::routes::ir::{Arg, Call, Class, Expr, ExprKind, Func, Pattern, Stmt};
use crate::parse::routes::text::Text;
use crate::source::{SourceId, Span};

/// The type of the object that the function of a routing file is given.
const CONFIGURATOR: &str = "RoutingConfigurator";

/// Calls of calls; statements in statements.
const MAX_DEPTH: usize = 64;

/// The object that a call is made on.
#[derive(Clone)]
enum On {
    /// The configurator, or a collection of routes below a prefix.
    Routes {
        prefix: Text,
        methods: Vec<String>,
    },
    Import(Entry),
    Route {
        span: Span,
        paths: Vec<Text>,
        methods: Vec<String>,
        of: Box<On>,
    },
}

/// A function that is given the configurator.
struct Reader<'r, 't, 's> {
    routing: &'r mut Routing,
    types: &'t mut Types<'s>,
    file: SourceId,
    around: &'r Around,
    /// What its variables are.
    objects: HashMap<Box<str>, On>,
    texts: Vec<(Box<str>, Value)>,
}

impl Routing {
    pub(super) fn php(&mut self, types: &mut Types<'_>, id: SourceId, around: &Around) {
        if !types.store.sources.get(id).text.contains(CONFIGURATOR) {
            return;
        }
        let module = types.store.module(id);
        for func in module.body.iter().flat_map(functions) {
            let Some(Pattern::Name(name)) = func.params.first().map(|it| &it.pattern) else { continue };
            let routes = On::Routes { prefix: Text::known(""), methods: Vec::new() };
            let objects = HashMap::from([(name.clone(), routes)]);
            let mut reader = Reader { routing: self, types, file: id, around, objects, texts: Vec::new() };
            reader.statements(&func.body, 0);
        }
    }
}

/// The function that the file returns, or the methods of the kernel that are given the configurator.
fn functions(stmt: &Stmt) -> Vec<&Func> {
    match stmt {
        Stmt::Return(Some(Expr { kind: ExprKind::Func(func), .. })) => vec![func],
        Stmt::Class(class) => configuring(class),
        _ => Vec::new(),
    }
}

fn configuring(class: &Class) -> Vec<&Func> {
    let is_given = |func: &Func| {
        let of = func.params.first().and_then(|it| it.of.as_ref()).map(|it| &it.kind);
        matches!(of, Some(ExprKind::Name(of)) if of.rsplit('\\').next() == Some(CONFIGURATOR))
    };
    let methods = class.body.iter().filter_map(|it| match it {
        Stmt::Def(func) if is_given(func) => Some(&**func),
        _ => None,
    });
    methods.collect()
}

impl Reader<'_, '_, '_> {
    fn statements(&mut self, body: &[Stmt], depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for stmt in body {
            match stmt {
                Stmt::Expr(expr) | Stmt::Return(Some(expr)) => drop(self.chain(expr, 0)),
                Stmt::Assign(Pattern::Name(name), expr) => match self.chain(expr, 0) {
                    Some(object) => drop(self.objects.insert(name.clone(), object)),
                    None => {
                        let value = self.value(expr);
                        self.texts.retain(|(it, _)| it != name);
                        self.texts.push((name.clone(), value));
                    }
                },
                Stmt::Branch(body) | Stmt::For(_, _, body) => self.statements(body, depth + 1),
                _ => {}
            }
        }
    }

    /// Runs a chain of calls and says what its end is; what it has declared by then is kept.
    fn chain(&mut self, expr: &Expr, depth: usize) -> Option<On> {
        let (object, finished) = self.link(expr, depth)?;
        if !finished {
            self.finish(object.clone());
        }
        Some(object)
    }

    /// The object after a call, and whether it is one of the variables, with nothing that could be kept.
    fn link(&mut self, expr: &Expr, depth: usize) -> Option<(On, bool)> {
        if depth > MAX_DEPTH {
            return None;
        }
        match &expr.kind {
            ExprKind::Name(name) => Some((self.objects.get(name).cloned()?, true)),
            ExprKind::Call(call) => {
                let ExprKind::Attr(of, method) = &call.callee.kind else { return None };
                let (on, _) = self.link(of, depth + 1)?;
                Some((self.call(on, method, call), false))
            }
            _ => None,
        }
    }

    fn call(&mut self, on: On, method: &str, call: &Call) -> On {
        let span = call.args.first().map_or(0..0, |it| it.value.start..it.value.end);
        let span = Span { source: self.file, start: span.start, end: span.end };
        match (method, on) {
            ("import", on) => {
                self.finish(on);
                On::Import(Entry {
                    resources: self.argument(call, 0, "resource"),
                    kind: self.argument(call, 1, "type").into_iter().next().unwrap_or_default(),
                    excludes: self.argument(call, 3, "exclude"),
                    ..Entry::default()
                })
            }
            ("collection", on) => self.routes_of(on),
            ("add", on) => {
                let of = self.routes_of(on);
                let paths = self.argument(call, 1, "path");
                let paths = paths.iter().map(|it| Text::known(it)).collect();
                On::Route { span, paths, methods: Vec::new(), of: Box::new(of) }
            }
            ("prefix", On::Import(entry)) => {
                On::Import(Entry { prefixes: self.argument(call, 0, "prefix"), ..entry })
            }
            ("namePrefix", On::Import(entry)) => {
                let names = self.argument(call, 0, "namePrefix").concat();
                On::Import(Entry { names, ..entry })
            }
            ("prefix", On::Routes { mut prefix, methods }) => {
                let own = self.argument(call, 0, "prefix");
                prefix.join(&own.first().map_or_else(|| Text::hole("prefix"), |it| Text::known(it)));
                On::Routes { prefix, methods }
            }
            ("methods", On::Routes { prefix, .. }) => On::Routes { prefix, methods: self.methods(call) },
            ("methods", On::Route { span, paths, of, .. }) => {
                On::Route { span, paths, methods: self.methods(call), of }
            }
            (_, on) => on,
        }
    }

    /// The routes that something belongs to; it is finished.
    fn routes_of(&mut self, on: On) -> On {
        let of = match &on {
            On::Route { of, .. } => (**of).clone(),
            On::Routes { .. } => return on,
            On::Import(_) => On::Routes { prefix: Text::known(""), methods: Vec::new() },
        };
        self.finish(on);
        of
    }

    /// Keeps what a chain has declared.
    fn finish(&mut self, on: On) {
        match on {
            On::Import(entry) => {
                let span = Span { source: self.file, start: 0, end: 0 };
                self.routing.import(self.types, span, entry, self.around);
            }
            On::Route { span, paths, mut methods, of } => {
                let mut paths = paths;
                if let On::Routes { prefix, methods: around } = *of {
                    for path in &mut paths {
                        let mut whole = prefix.clone();
                        whole.join(path);
                        *path = whole;
                    }
                    if methods.is_empty() {
                        methods = around;
                    }
                }
                self.routing.route(self.types.store.sources, span, &paths, methods, self.around);
            }
            On::Routes { .. } => {}
        }
    }

    fn methods(&mut self, call: &Call) -> Vec<String> {
        call.args.first().map(|it| self.value(&it.value)).iter().flat_map(verbs).collect()
    }

    /// The known texts of an argument: one, those of a list, or one for each language.
    fn argument(&mut self, call: &Call, at: usize, name: &str) -> Vec<String> {
        let is_named = |it: &&Arg| it.name.as_deref() == Some(name);
        let unnamed = call.args.get(at).filter(|it| it.name.is_none());
        let Some(argument) = call.args.iter().find(is_named).or(unnamed) else { return Vec::new() };
        let mut found = Vec::new();
        collect(&self.value(&argument.value), &mut found);
        found
    }

    fn value(&mut self, expr: &Expr) -> Value {
        // `dirname(__DIR__)` is the folder above.
        if let ExprKind::Concat(parts) = &expr.kind {
            let mut whole = Text::known("");
            for part in parts {
                match self.value(part) {
                    Value::Text(text) => whole.push(&text),
                    _ => whole.push(&Text::hole("value")),
                }
            }
            return Value::Text(whole);
        }
        if let ExprKind::Call(call) = &expr.kind
            && matches!(&call.callee.kind, ExprKind::Name(name) if &**name == "dirname")
            && let Some(Value::Text(mut folder)) = call.args.first().map(|it| self.value(&it.value))
        {
            folder.push(&Text::known("/.."));
            return Value::Text(folder);
        }
        let scope = Scope { file: self.file, within: None };
        self.types.value(expr, scope, &self.texts)
    }
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Text(text) => found.extend(text.as_known()),
        Value::List(all) => all.iter().for_each(|it| collect(it, found)),
        Value::Name(_) | Value::Bool(_) | Value::Unknown => {}
    }
}
