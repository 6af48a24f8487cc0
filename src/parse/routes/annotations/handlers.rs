//! Prefixes for the classes that a predicate chooses: `configurer.addPathPrefix("/api", it -> …)`.

use super::application::{Holds, Prefix};
use super::bound::{Given, bound_calls};
use super::engine::Engine;
use super::settings::module_folder;
use super::types::{Scope, TypeId, dotted};
use super::value::Value;
use crate::parse::routes::ir::{Arg, Call, Expr, ExprKind, Node, Pattern, Stmt, walk, walk_expr};
use crate::parse::routes::text::Text;

/// The base of what makes paths of annotations, and the method of it that an application overrides to make others.
const MAPPING: (&str, &str) = ("RequestMappingHandlerMapping", "getMappingForMethod");

/// What a predicate on classes asks for; all of it must hold.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) annotations: Vec<String>,
    /// Annotations that a class must not have.
    pub(super) without: Vec<String>,
    pub(super) packages: Vec<String>,
    /// Parts of the names of packages.
    pub(super) within: Vec<String>,
    /// Patterns of the names of packages: `**.api.*`.
    pub(super) patterns: Vec<String>,
    /// Classes, and what is derived from them.
    pub(super) classes: Vec<String>,
    /// Whether it asks for something else, too.
    pub(super) unsure: bool,
}

impl Engine<'_, '_> {
    /// The prefixes that the code of a class gives to those that predicates choose.
    pub(super) fn chosen_prefixes(&mut self, id: TypeId) -> Vec<Prefix> {
        let class = self.types.types[id].class.clone();
        let scope = self.types.scope(id);
        let mut guarded: Vec<*const Call> = Vec::new();
        walk(&class.body, &mut |node| {
            if let Node::Stmt(Stmt::Branch(body)) = node {
                walk(body, &mut |node| {
                    if let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node {
                        guarded.push(&raw const **call);
                    }
                });
            }
        });
        let mut calls = bound_calls(&class.body, &|it| prefixes(it).is_some());
        // A map that is filled before it is set: `prefixes.put("/api", it -> …)`.
        if calls.iter().any(|(it, _)| is_map(it)) {
            let filled = bound_calls(&class.body, &|it| entry(it).is_some());
            if !filled.is_empty() {
                calls.retain(|(it, _)| !is_map(it));
                calls.extend(filled);
            }
        }
        let mut found = Vec::new();
        for (call, given) in calls {
            let pairs = prefixes(call).or_else(|| Some(vec![entry(call)?])).unwrap_or_default();
            for pair in pairs {
                let (path, asked) = match pair {
                    [path, predicate] => (
                        self.chosen_path(&path.value, scope, &given),
                        self.asked(&predicate.value, scope, &given),
                    ),
                    _ => (Text::hole("prefix"), Asked::default()),
                };
                let constant = matches!(pair, [path, _] if matches!(path.value.kind, ExprKind::Str(_)));
                let guard = constant && guarded.contains(&std::ptr::from_ref(call));
                let path = if asked.unsure || guard { path.unsure() } else { path };
                found.push(self.prefix(id, path, Holds::Chosen(asked)));
            }
        }
        let (base, method) = MAPPING;
        let derived = class.bases.iter().filter_map(dotted).any(|it| it.rsplit('.').next() == Some(base));
        let overrides = class.body.iter().any(|it| matches!(it, Stmt::Def(func) if &*func.name == method));
        if derived && overrides {
            found.push(self.prefix(id, Text::known("").unsure(), Holds::All));
        }
        found
    }

    /// A prefix that a class gives.
    pub(super) fn prefix(&self, id: TypeId, path: Text, holds: Holds) -> Prefix {
        let file = self.types.types[id].file;
        let module = module_folder(self.types.store.sources.path(file)).to_owned();
        Prefix { path, module, package: self.types.package(file).to_owned(), holds }
    }

    fn chosen_path(&mut self, path: &Expr, scope: Scope, given: &Given<'_>) -> Text {
        self.given_text(path, scope, given).unwrap_or_else(|| Text::hole("prefix"))
    }

    /// A text that is a constant, is assigned to a field or is a setting.
    fn given_text(&mut self, expr: &Expr, scope: Scope, given: &Given<'_>) -> Option<Text> {
        let expr = match &expr.kind {
            ExprKind::Name(name) => given.iter().find(|(it, _)| **it == **name).map_or(expr, |(_, it)| it),
            _ => expr,
        };
        let text = match self.types.value(expr, scope, &[]) {
            Value::Text(text) => Some(text),
            _ => self.assigned_in(expr, scope).or_else(|| self.types.property(expr, given)),
        };
        text.map(|it| self.configuration.expand(&it, scope.file))
    }

    /// What a constructor assigns to the field that an expression names.
    fn assigned_in(&mut self, expr: &Expr, scope: Scope) -> Option<Text> {
        let (ExprKind::Name(name) | ExprKind::Attr(_, name)) = &expr.kind else { return None };
        let class = self.types.types[scope.within?].class.clone();
        let mut assigned = None;
        walk(&class.body, &mut |node| {
            if let Node::Expr(Expr { kind: ExprKind::Assigned(it), .. }) = node
                && matches!(&it.0, Pattern::Name(it) | Pattern::Attr(_, it) if it == name)
            {
                assigned = Some(&it.1);
            }
        });
        match self.types.value(assigned?, scope, &[]) {
            Value::Text(text) => Some(text),
            _ => self.types.property(assigned?, &Vec::new()),
        }
    }

    /// What a predicate on classes asks for.
    fn asked(&mut self, predicate: &Expr, scope: Scope, given: &Given<'_>) -> Asked {
        let mut asked = Asked::default();
        let (mut calls, mut negated): (Vec<&Call>, Vec<*const Call>) = (Vec::new(), Vec::new());
        let mut always = false;
        walk_expr(predicate, &mut |node| match node {
            Node::Expr(expr @ Expr { kind: ExprKind::Call(call), .. }) => {
                if is_negation(expr) {
                    negated.extend(call.args.iter().filter_map(|it| match &it.value.kind {
                        ExprKind::Call(inner) => Some(&raw const **inner),
                        _ => None,
                    }));
                }
                calls.push(call);
            }
            Node::Expr(Expr { kind: ExprKind::Bool(true), .. }) => always = true,
            _ => {}
        });
        if let ExprKind::Other(inner) = &predicate.kind
            && let [Expr { kind: ExprKind::Attr(of, name), .. }] = inner.as_slice()
            && &**name == "isAssignableFrom"
        {
            asked.classes.extend(dotted(of).and_then(|it| Some(it.rsplit('.').next()?.to_owned())));
        }
        for call in calls {
            let not = negated.contains(&std::ptr::from_ref(call));
            let pattern = self.package_pattern(call, scope, given).filter(|_| !not);
            match pattern {
                Some(pattern) => asked.patterns.push(pattern),
                None => self.read_asked(call, not, scope, &mut asked, &mut always),
            }
        }
        let something = [
            &asked.annotations,
            &asked.without,
            &asked.packages,
            &asked.within,
            &asked.patterns,
            &asked.classes,
        ];
        asked.unsure |= !always && something.iter().all(|it| it.is_empty());
        asked
    }

    /// `matcher.match("**.api.*", it.getPackage().getName())`
    fn package_pattern(&mut self, call: &Call, scope: Scope, given: &Given<'_>) -> Option<String> {
        let ExprKind::Attr(_, name) = &call.callee.kind else { return None };
        let [pattern, _] = call.args.as_slice() else { return None };
        let text = self.given_text(&pattern.value, scope, given).filter(|_| &**name == "match")?;
        text.as_known().filter(|it| it.contains('*'))
    }

    fn read_asked(&mut self, call: &Call, not: bool, scope: Scope, asked: &mut Asked, always: &mut bool) {
        let (ExprKind::Attr(_, name) | ExprKind::Name(name)) = &call.callee.kind else { return };
        // Kotlin's grammar takes `!it.has(…)` for `(!it).has(…)`.
        let not = not || matches!(&call.callee.kind, ExprKind::Attr(of, _) if is_negation(of));
        let values: Vec<Value> = call.args.iter().map(|it| self.types.value(&it.value, scope, &[])).collect();
        let names = || {
            values.iter().filter_map(|it| if let Value::Name(it) = it { Some(it.to_string()) } else { None })
        };
        let texts =
            || values.iter().filter_map(|it| if let Value::Text(it) = it { it.as_known() } else { None });
        let kept = match &**name {
            "forAnnotation" | "isAnnotationPresent" | "getAnnotation" | "hasAnnotation" if not => {
                return asked.without.extend(names());
            }
            "forAnnotation" | "isAnnotationPresent" | "getAnnotation" | "hasAnnotation" => {
                return asked.annotations.extend(names());
            }
            "forBasePackage" | "startsWith" => {
                asked.packages.extend(texts());
                !not
            }
            "contains" | "endsWith" => {
                asked.within.extend(texts());
                !not
            }
            "forAssignableType" | "isAssignableFrom" => {
                asked.classes.extend(names());
                !not
            }
            "forBasePackageClass" => {
                for argument in &call.args {
                    let of = dotted(&argument.value).and_then(|it| self.types.find(&it, scope));
                    let package = of.map(|it| self.types.package(self.types.types[it].file).to_owned());
                    asked.packages.extend(package);
                }
                !not
            }
            "forAnyHandlerType" => {
                *always = true;
                true
            }
            "negate" | "or" | "match" | "matches" => false,
            _ => true,
        };
        asked.unsure |= !kept;
    }

    /// Whether a class is one of those that are asked for.
    pub(super) fn is_asked(&mut self, id: TypeId, asked: &Asked) -> bool {
        let package = self.types.package(self.types.types[id].file).to_owned();
        let own = self.written(id);
        let any = |all: &[String], test: &dyn Fn(&String) -> bool| all.is_empty() || all.iter().any(test);
        any(&asked.annotations, &|it| own.contains(it))
            && !asked.without.iter().any(|it| own.contains(it))
            && any(&asked.packages, &|it| package.starts_with(it.as_str()))
            && any(&asked.within, &|it| package.contains(it.trim_end_matches('.')))
            && any(&asked.patterns, &|it| {
                let (pattern, parts): (Vec<&str>, Vec<&str>) =
                    (it.split('.').collect(), package.split('.').collect());
                matches(&pattern, &parts)
            })
            && (asked.classes.is_empty() || {
                let line = self.types.line(id);
                let bases = line.iter().flat_map(|&it| {
                    let class = &self.types.types[it].class;
                    class.bases.iter().filter_map(dotted).chain([class.name.to_string()])
                });
                let bases: Vec<String> = bases.collect();
                asked.classes.iter().any(|it| bases.iter().any(|base| base.rsplit('.').next() == Some(it)))
            })
    }

    /// The names of a class's annotations, with those that they carry.
    fn written(&mut self, id: TypeId) -> Vec<String> {
        let known = self.class_annotations(id).into_iter().map(|it| it.name.to_string());
        let mut names: Vec<String> = known.collect();
        let class = self.types.types[id].class.clone();
        names.extend(class.decorators.iter().filter_map(|it| match &it.kind {
            ExprKind::Call(call) => Some(dotted(&call.callee)?.rsplit('.').next()?.to_owned()),
            _ => None,
        }));
        names
    }
}

fn is_negation(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Call(call) if matches!(&call.callee.kind, ExprKind::Name(it) if &**it == "!"))
}

/// The pairs of a path and a predicate that a call is told; a pair of nothing for what cannot be read.
fn prefixes(call: &Call) -> Option<Vec<&[Arg]>> {
    let ExprKind::Attr(_, name) = &call.callee.kind else { return None };
    match (&**name, call.args.as_slice()) {
        ("addPathPrefix", [_, _]) => Some(vec![&call.args]),
        // A map of them: `Map.of("/api", it -> true)`.
        ("setPathPrefixes", [one]) => match &one.value.kind {
            ExprKind::Call(map)
                if map.args.len() % 2 == 0
                    && matches!(&map.callee.kind, ExprKind::Attr(_, it) if matches!(&**it, "of" | "singletonMap")) =>
            {
                Some(map.args.chunks(2).collect())
            }
            _ => Some(vec![&[]]),
        },
        _ => None,
    }
}

/// Whether a call sets a map that stands elsewhere.
fn is_map(call: &Call) -> bool {
    prefixes(call).is_some_and(|it| it.iter().all(|it| it.is_empty()))
}

/// What a call puts into a map of prefixes.
fn entry(call: &Call) -> Option<&[Arg]> {
    let ExprKind::Attr(_, name) = &call.callee.kind else { return None };
    match call.args.as_slice() {
        [_, predicate] if &**name == "put" && matches!(predicate.value.kind, ExprKind::Func(_)) => {
            Some(&call.args)
        }
        _ => None,
    }
}

/// Whether the parts of a name fit a pattern; `**` stands for any number of them.
fn matches(pattern: &[&str], parts: &[&str]) -> bool {
    match (pattern, parts) {
        ([], []) => true,
        (["**", rest @ ..], _) => (0..=parts.len()).any(|it| matches(rest, &parts[it..])),
        (["*", rest @ ..], [_, others @ ..]) => matches(rest, others),
        ([first, rest @ ..], [part, others @ ..]) => first == part && matches(rest, others),
        _ => false,
    }
}
