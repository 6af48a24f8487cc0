//! Conventions of a C# application that put a prefix before the routes of its controllers.

use super::engine::Engine;
use super::types::{Scope, TypeId, dotted};
use super::value::Value;
use crate::parse::routes::decoy::is_test;
use crate::parse::routes::ir::{Call, Expr, ExprKind, Func, Node, Pattern, Stmt, walk, walk_expr};
use crate::parse::routes::lower::Language;
use crate::parse::routes::text::Text;
use crate::source::SourceId;

/// What such a convention implements.
const BASES: [&str; 3] =
    ["IApplicationModelConvention", "IControllerModelConvention", "IActionModelConvention"];

/// Extension methods that call extension methods.
const MAX_DEPTH: usize = 4;

/// A prefix that holds for many controllers.
#[derive(Debug)]
pub(super) struct Convention {
    path: Text,
    /// Whether it holds for controllers without a route of their own, too.
    all: bool,
    /// The controllers that it is about; none for all of them.
    only: Vec<String>,
}

impl Convention {
    /// Puts the prefix before the routes of a controller.
    pub(super) fn before(&self, routes: &mut [Text], controller: &str, has_route: bool) {
        let meant = self.only.is_empty() || self.only.iter().any(|it| it == controller);
        if meant && (has_route || self.all) {
            for route in routes.iter_mut().filter(|it| !it.starts_with("/") && !it.starts_with("~/")) {
                let mut whole = self.path.clone();
                whole.join(route);
                *route = whole;
            }
        }
    }
}

/// Where an expression stands.
#[derive(Clone, Copy)]
struct Place<'p> {
    scope: Scope,
    func: Option<&'p Func>,
}

impl Engine<'_, '_> {
    /// The conventions that some code of the application adds.
    pub(super) fn conventions(&mut self) -> Vec<Convention> {
        let mut found = Vec::new();
        for file in self.files_with("CombineAttributeRouteModel") {
            self.types.load(file);
            let own = (0..self.types.types.len()).filter(|&it| self.types.types[it].file == file);
            for id in own.collect::<Vec<_>>() {
                let class = &self.types.types[id].class;
                let mut bases = class.bases.iter().filter_map(dotted);
                if bases.any(|it| BASES.contains(&it.rsplit('.').next().unwrap_or_default())) {
                    found.extend(self.convention(id));
                }
            }
        }
        found
    }

    fn convention(&mut self, id: TypeId) -> Option<Convention> {
        let class = self.types.types[id].class.clone();
        let file = self.types.types[id].file;
        let scope = self.types.scope(id);
        let (mut templates, mut all, mut names) = (Vec::new(), false, Vec::new());
        walk(&class.body, &mut |node| match node {
            Node::Expr(Expr { kind: ExprKind::Call(call), .. }) => templates.extend(template(call)),
            Node::Expr(Expr { kind: ExprKind::Assigned(it), .. }) => all |= replaces(&it.0, &it.1),
            Node::Expr(Expr { kind: ExprKind::Name(name), .. }) if name.ends_with("Controller") => {
                names.push(name.to_string());
            }
            Node::Stmt(Stmt::Assign(pattern, value)) => all |= replaces(pattern, value),
            _ => {}
        });
        let known = templates.into_iter().find_map(|it| match self.types.value(it, scope, &[]) {
            Value::Text(text) if text.as_known().is_some() => Some(text),
            _ => None,
        });
        let uses = self.uses(&class.name);
        let given = match (known, uses.is_empty()) {
            (_, true) => return None,
            (Some(known), _) => known,
            (None, _) => uses.into_iter().next()?,
        };
        let chooses = self.types.store.sources.get(file).text.contains("ControllerType");
        let path = if chooses && names.is_empty() { given.unsure() } else { given };
        Some(Convention { path, all, only: if chooses { names } else { Vec::new() } })
    }

    /// The first argument of every call or construction of this name.
    fn uses(&mut self, name: &str) -> Vec<Text> {
        self.arguments_of(name, 0, 0)
    }

    fn arguments_of(&mut self, name: &str, at: usize, depth: usize) -> Vec<Text> {
        let mut found = Vec::new();
        for file in self.files_with(&format!("{name}(")) {
            let module = self.types.load(file);
            let top = Place { scope: Scope { file, within: None }, func: None };
            let mut places: Vec<(Place<'_>, &Call)> = Vec::new();
            let statements = module.body.iter().filter(|it| !matches!(it, Stmt::Class(_)));
            for stmt in statements {
                calls(std::slice::from_ref(stmt), name, &mut |call| places.push((top, call)));
            }
            let own = (0..self.types.types.len()).filter(|&it| self.types.types[it].file == file);
            let classes: Vec<_> = own.map(|it| (it, self.types.types[it].class.clone())).collect();
            for (id, class) in &classes {
                for stmt in &class.body {
                    let Stmt::Def(func) = stmt else { continue };
                    let place = Place { scope: self.types.scope(*id), func: Some(&**func) };
                    calls(&func.body, name, &mut |call| places.push((place, call)));
                }
            }
            for (place, call) in places {
                let args = call.args.iter().filter(|it| it.name.as_deref() != Some("<>"));
                let text = match args.map(|it| &it.value).nth(at) {
                    Some(value) => self.argument(value, place, &module.body, depth),
                    None => Some(Text::known("")),
                };
                found.push(text.unwrap_or_else(|| Text::hole("prefix")));
            }
        }
        found
    }

    /// The text that an argument is: itself, inside `new RouteAttribute(…)`, or given by a caller.
    fn argument(&mut self, expr: &Expr, place: Place<'_>, file: &[Stmt], depth: usize) -> Option<Text> {
        if depth > MAX_DEPTH {
            return None;
        }
        if let ExprKind::Call(call) = &expr.kind
            && let Some(inner) = template(call)
        {
            return self.argument(inner, place, file, depth + 1);
        }
        if let Value::Text(text) = self.types.value(expr, place.scope, &[]) {
            return Some(text);
        }
        let ExprKind::Name(name) = &expr.kind else { return None };
        let is_it = |it: &Pattern| matches!(it, Pattern::Name(it) | Pattern::Attr(_, it) if it == name);
        if let Some(func) = place.func {
            let params = func.params.iter().filter(|it| !it.receiver);
            if let Some(at) = params.clone().position(|it| is_it(&it.pattern)) {
                return self.arguments_of(&func.name, at, depth + 1).into_iter().next();
            }
        }
        let mut assigned = None;
        walk(file, &mut |node| {
            if let Node::Stmt(Stmt::Assign(pattern, value)) = node
                && is_it(pattern)
            {
                assigned.get_or_insert(value);
            }
        });
        self.argument(assigned?, place, file, depth + 1)
    }

    pub(super) fn files_with(&self, words: &str) -> Vec<SourceId> {
        let files = self.types.store.sources.iter();
        let files = files.filter(|(_, it)| Language::of(&it.path) == Some(Language::CSharp));
        files.filter(|(_, it)| !is_test(&it.path) && it.text.contains(words)).map(|(id, _)| id).collect()
    }
}

/// Shows every call or construction of a name.
fn calls<'p>(body: &'p [Stmt], name: &str, found: &mut dyn FnMut(&'p Call)) {
    walk(body, &mut |node| {
        if let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node {
            let called = match &call.callee.kind {
                ExprKind::Attr(_, last) => **last == *name,
                _ => dotted(&call.callee).is_some_and(|it| it.rsplit('.').next() == Some(name)),
            };
            if called {
                found(call);
            }
        }
    });
}

/// What `new RouteAttribute("x")` and `new AttributeRouteModel { Template = "x" }` are told.
fn template(call: &Call) -> Option<&Expr> {
    let name = dotted(&call.callee)?;
    let value = match name.rsplit('.').next()? {
        "RouteAttribute" => call.args.first(),
        "AttributeRouteModel" => call.args.iter().find(|it| it.name.as_deref() == Some("Template")),
        _ => None,
    };
    value.map(|it| &it.value)
}

/// Whether an assignment gives a route to what has none.
fn replaces(pattern: &Pattern, value: &Expr) -> bool {
    let mut combines = false;
    walk_expr(value, &mut |node| {
        if let Node::Expr(Expr { kind: ExprKind::Attr(_, name), .. }) = node {
            combines |= &**name == "CombineAttributeRouteModel";
        }
    });
    let chooses = matches!(value.kind, ExprKind::Either(_));
    matches!(pattern, Pattern::Attr(_, name) if &**name == "AttributeRouteModel") && (chooses || !combines)
}
