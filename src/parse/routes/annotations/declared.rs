//! The routes of a class: its prefixes joined with the paths of its methods.

use std::sync::Arc;

use super::engine::{Engine, without_ending};
use super::types::{Scope, TypeId, dotted};
use super::value::{Annotation, Value, verbs};
use crate::parse::routes::ir::{Access, ClassKind, Expr, ExprKind, Func, Node, Stmt, walk};
use crate::parse::routes::text::Text;
use crate::source::Span;

/// Objects that locate objects.
const MAX_LOCATORS: usize = 6;

/// A route before its path is a template.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    pub(super) methods: Vec<String>,
    pub(super) path: Text,
    pub(super) hidden: bool,
    pub(super) span: Span,
    /// Only the convention of a whole application says so.
    pub(super) conventional: bool,
}

/// A method with the annotations that count for it.
struct Method {
    func: Arc<Func>,
    of: TypeId,
    annotations: Vec<Annotation>,
}

impl Engine<'_, '_> {
    /// Every route of a class; `conventional` where actions without a path have one all the same.
    pub(super) fn class_routes(&mut self, id: TypeId, conventional: bool) -> Vec<Declared> {
        let line = self.types.line(id);
        if !self.serves(id, &line) {
            return Vec::new();
        }
        let mut found = Vec::new();
        self.below(id, None, conventional, 0, &mut found);
        found
    }

    /// The routes of a class under a prefix, or under its own.
    fn below(
        &mut self,
        id: TypeId,
        prefix: Option<&Text>,
        conventional: bool,
        depth: usize,
        found: &mut Vec<Declared>,
    ) {
        let mut line = self.types.line(id);
        if !self.table.interfaces {
            line.retain(|&it| self.types.types[it].class.kind != ClassKind::Interface);
        }
        let of_line: Vec<Vec<Annotation>> = line.iter().map(|&it| self.class_annotations(it)).collect();
        let mapped = of_line.iter().find(|all| all.iter().any(|it| self.table.class.contains_key(&*it.name)));
        let class_annotations = mapped.cloned().unwrap_or_default();
        let mut prefixes = Vec::new();
        let mut class_verbs = Vec::new();
        for annotation in &class_annotations {
            if let Some(mapping) = self.table.class.get(&*annotation.name) {
                prefixes.extend(annotation.paths(&mapping.path));
                class_verbs.extend(annotation.at(&mapping.methods).into_iter().flat_map(verbs));
            }
        }
        let has_path = !prefixes.is_empty();
        match prefix {
            Some(prefix) => prefixes = vec![prefix.clone()],
            None if prefixes.is_empty() => prefixes.push(Text::known("")),
            None => {}
        }
        for convention in &self.conventions {
            convention.before(&mut prefixes, &self.types.types[id].class.name, has_path);
        }
        let area =
            of_line.iter().flatten().find(|it| &*it.name == "Area").and_then(|it| it.positional.first());
        let area = area.and_then(text).unwrap_or_default();
        let hidden = self.hides(&of_line.concat());
        let controller = self.types.types[id].class.name.clone();
        let controller = without_ending(&controller, "Controller").unwrap_or(&controller).to_owned();
        let alone = vec![Text::known("")];
        let methods = self.methods(&line);
        if let Some(method) = self.invoked(&methods) {
            let span = self.place(method);
            let methods = if class_verbs.is_empty() { vec!["ANY".to_owned()] } else { class_verbs };
            let span = class_annotations.first().map_or(span, |it| it.span);
            found.extend(prefixes.into_iter().filter(|_| has_path).map(|path| Declared {
                methods: methods.clone(),
                path,
                hidden,
                span,
                conventional: false,
            }));
            return;
        }
        let bare = methods.iter().filter(|it| self.is_bare(it)).count();
        for method in methods {
            let hidden = hidden || self.hides(&method.annotations);
            if method.annotations.iter().any(|it| self.table.excludes.iter().any(|name| **name == *it.name)) {
                continue;
            }
            let mut ways = self.ways(&method, &class_verbs);
            let pathless = !has_path && ways.iter().all(|it| it.1.is_none());
            let mut by_convention = false;
            if self.table.tokens && (ways.is_empty() || pathless) {
                // Nothing but the class, or the convention, says where an action is served.
                let listed = prefixes.iter().any(|it| it.contains("[action]"));
                by_convention = !has_path;
                let reached = if has_path { listed || bare == 1 || !ways.is_empty() } else { conventional };
                if !reached || (ways.is_empty() && !self.is_bare(&method)) {
                    continue;
                }
                if ways.is_empty() {
                    ways.push((vec!["ANY".to_owned()], None, self.place(&method)));
                }
            }
            if ways.is_empty() {
                self.locate(&method, &prefixes, depth, found);
                continue;
            }
            for (methods, own, span) in ways {
                let own = own.unwrap_or_else(|| Text::known(""));
                let absolute = self.table.absolute.iter().any(|it| own.starts_with(it));
                for prefix in if absolute { &alone } else { &prefixes } {
                    let mut path = prefix.clone();
                    path.join(&own.map(|it| it.trim_start_matches('~').to_owned()));
                    if by_convention {
                        path = Text::known(&format!("{area}/[controller]/[action]"));
                    }
                    if self.table.tokens {
                        path = self.tokens(&path, &controller, &action(&method), &area);
                    }
                    let path = self.configuration.expand(&path, span.source);
                    for path in versioned(path, &method, &of_line) {
                        let methods = methods.clone();
                        found.push(Declared { methods, path, hidden, span, conventional: by_convention });
                    }
                }
            }
        }
    }

    /// The verbs and paths that the annotations of a method say.
    fn ways(&self, method: &Method, class_verbs: &[String]) -> Vec<(Vec<String>, Option<Text>, Span)> {
        let mut verbal: Vec<(Vec<String>, Vec<Text>, Span)> = Vec::new();
        let mut paths: Vec<(Text, Span)> = Vec::new();
        for annotation in &method.annotations {
            let Some(mapping) = self.table.method.get(&*annotation.name) else { continue };
            let own = annotation.paths(&mapping.path);
            if !mapping.has_verbs() {
                paths.extend(own.into_iter().map(|it| (it, annotation.span)));
                continue;
            }
            let mut said = mapping.verbs.clone();
            match mapping
                .methods
                .iter()
                .any(|it| *it == crate::parse::routes::framework::Place::Key("*".to_owned()))
            {
                true => said.extend(annotation.positional.iter().flat_map(verbs)),
                false => said.extend(annotation.at(&mapping.methods).into_iter().flat_map(verbs)),
            }
            if said.is_empty() {
                said = if class_verbs.is_empty() {
                    mapping.default_methods.clone()
                } else {
                    class_verbs.to_vec()
                };
            }
            verbal.push((said, own, annotation.span));
        }
        if verbal.is_empty() {
            if self.table.locators {
                return Vec::new();
            }
            return paths
                .into_iter()
                .map(|(path, span)| (vec!["ANY".to_owned()], Some(path), span))
                .collect();
        }
        let mut ways = Vec::new();
        for (said, own, span) in verbal {
            if !own.is_empty() {
                ways.extend(own.into_iter().map(|path| (said.clone(), Some(path), span)));
            } else if paths.is_empty() {
                ways.push((said, None, span));
            } else {
                ways.extend(paths.iter().map(|(path, span)| (said.clone(), Some(path.clone()), *span)));
            }
        }
        ways
    }

    /// The methods of a class and of what it is derived from, each with the nearest annotations that map it.
    fn methods(&mut self, line: &[TypeId]) -> Vec<Method> {
        let mut found: Vec<Method> = Vec::new();
        for &of in line {
            let class = self.types.types[of].class.clone();
            let scope = self.types.scope(of);
            let nearer = found.len();
            for stmt in &class.body {
                let Stmt::Def(func) = stmt else { continue };
                if &*func.name == "constructor" || func.access == Access::Private {
                    continue;
                }
                let annotations = self.annotations(&func.decorators, scope);
                let mut same = found[..nearer]
                    .iter_mut()
                    .filter(|it| it.func.name == func.name && it.func.params.len() == func.params.len())
                    .peekable();
                if same.peek().is_none() {
                    found.push(Method { func: Arc::clone(func), of, annotations });
                    continue;
                }
                let maps =
                    |all: &[Annotation]| all.iter().any(|it| self.table.method.contains_key(&*it.name));
                if let Some(bare) = same.find(|it| !maps(&it.annotations)) {
                    bare.annotations.extend(annotations);
                }
            }
        }
        found
    }

    /// The method that serves the routes of its class.
    fn invoked<'m>(&self, methods: &'m [Method]) -> Option<&'m Method> {
        let name = self.table.invoked.as_deref()?;
        let maps = |it: &Method| it.annotations.iter().any(|it| self.table.method.contains_key(&*it.name));
        let found = methods.iter().find(|it| *it.func.name == *name)?;
        methods.iter().all(|it| !maps(it)).then_some(found)
    }

    /// A public method about whose route nothing is said.
    fn is_bare(&self, method: &Method) -> bool {
        let excluded = |it: &Annotation| self.table.excludes.iter().any(|name| **name == *it.name);
        method.func.access == Access::Public
            && !method.annotations.iter().any(|it| self.table.method.contains_key(&*it.name) || excluded(it))
    }

    fn place(&self, method: &Method) -> Span {
        let class = &self.types.types[method.of];
        let place = method.func.returns.as_ref().or(class.class.bases.first());
        let (start, end) = place.map_or((0, 0), |it| (it.start, it.end));
        Span { source: class.file, start, end }
    }

    /// A method that returns an object whose methods are routes.
    fn locate(&mut self, method: &Method, prefixes: &[Text], depth: usize, found: &mut Vec<Declared>) {
        if !self.table.locators || depth >= MAX_LOCATORS {
            return;
        }
        let paths: Vec<Text> = method
            .annotations
            .iter()
            .filter_map(|it| Some(it.paths(&self.table.method.get(&*it.name)?.path)))
            .flatten()
            .collect();
        let scope = self.types.scope(method.of);
        let declared = method.func.returns.as_ref().and_then(|it| self.located(it, scope));
        // Where the type says nothing, what is made says it.
        let Some(target) = declared.or_else(|| self.made(&method.func, scope)) else { return };
        for prefix in prefixes {
            for path in &paths {
                let mut path_below = prefix.clone();
                path_below.join(path);
                self.below(target, Some(&path_below), false, depth + 1, found);
            }
        }
    }

    /// The class of a located object: `Orders`, `Class<Orders>`.
    fn located(&mut self, returns: &Expr, scope: Scope) -> Option<TypeId> {
        if let Some(found) = self.types.find(&dotted(returns)?, scope) {
            return Some(found);
        }
        let ExprKind::Index(_, arguments) = &returns.kind else { return None };
        let ExprKind::List(arguments) = &arguments.kind else { return None };
        self.types.find(&dotted(arguments.first()?)?, scope)
    }

    /// The class of an object that a method returns as it makes it.
    fn made(&mut self, func: &Func, scope: Scope) -> Option<TypeId> {
        let mut names = Vec::new();
        walk(&func.body, &mut |node| {
            if let Node::Stmt(Stmt::Return(Some(Expr { kind: ExprKind::Call(call), .. }))) = node {
                names.extend(dotted(&call.callee));
                // `context.getResource(Orders.class)`
                names.extend(call.args.iter().filter_map(|it| dotted(&it.value)));
            }
        });
        names.into_iter().find_map(|it| self.types.find(&it, scope))
    }

    /// `[controller]`, `[action]` and `[area]`, in any case.
    fn tokens(&self, path: &Text, controller: &str, action: &str, area: &str) -> Text {
        path.map(|text| {
            let mut out = String::new();
            let mut rest = text;
            while let Some((before, after)) = rest.split_once('[') {
                let Some((token, left)) = after.split_once(']') else { break };
                out.push_str(before);
                let value = match token.to_ascii_lowercase().as_str() {
                    "controller" => controller,
                    "action" => action,
                    "area" => area,
                    _ => token,
                };
                out.push_str(&self.configuration.token(value));
                rest = left;
            }
            out + rest
        })
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => text.as_known(),
        _ => None,
    }
}

/// The name of an action, as `[action]` shows it.
fn action(method: &Method) -> String {
    let given = method.annotations.iter().find(|it| &*it.name == "ActionName");
    given.and_then(|it| text(it.positional.first()?)).unwrap_or_else(|| {
        let name = &*method.func.name;
        name.strip_suffix("Async").unwrap_or(name).to_owned()
    })
}

/// `v{version:apiVersion}` with the versions that the method, else its class, says.
fn versioned(path: Text, method: &Method, of_line: &[Vec<Annotation>]) -> Vec<Text> {
    let Some(known) = path.as_known() else { return vec![path] };
    let Some(end) = known.find(":apiVersion}") else { return vec![path] };
    let Some(start) = known[..end].rfind('{') else { return vec![path] };
    let said = |all: &[Annotation], names: &[&str]| -> Vec<String> {
        let all = all.iter().filter(|it| names.contains(&&*it.name));
        all.filter_map(|it| text(it.positional.first()?)).collect()
    };
    let mut versions = said(&method.annotations, &["MapToApiVersion", "ApiVersion"]);
    let classes = of_line.iter().map(|it| said(it, &["ApiVersion"]));
    if versions.is_empty() {
        versions = classes.into_iter().find(|it| !it.is_empty()).unwrap_or_default();
    }
    if versions.is_empty() {
        return vec![path];
    }
    let after = &known[end + ":apiVersion}".len()..];
    // `1.0` is asked for as `1`.
    let short = |it: &String| it.strip_suffix(".0").unwrap_or(it).to_owned();
    versions.iter().map(|it| path.with(&format!("{}{}{after}", &known[..start], short(it)))).collect()
}
