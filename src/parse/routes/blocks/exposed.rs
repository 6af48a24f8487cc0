//! Classes whose methods say their paths, and which an application is told of: `appbuilder.add_api(BoatApi)`.

use std::collections::{BTreeMap, HashMap};

use super::last;
use super::table::{Exposed, ExposedBase};
use super::views::verb_list;
use crate::parse::routes::decoy::is_test;
use crate::parse::routes::framework::Made;
use crate::parse::routes::graph::{Declared, RouterId};
use crate::parse::routes::interpret::{ClassValue, EnvId, Interpreter, Value};
use crate::parse::routes::ir::{Call, Expr, ExprKind, Func, Imported, Node, Pattern, Stmt, walk};
use crate::parse::routes::lower::Language;
use crate::parse::routes::store::Store;
use crate::parse::routes::text::Text;
use crate::source::{SourceId, Span};

/// Bases of bases.
const MAX_DEPTH: usize = 12;

/// The methods of a class by their names, with what each of them serves.
type Methods = BTreeMap<String, Vec<Way>>;

/// A path of a method, below that of its class.
#[derive(Clone)]
struct Way {
    verbs: Vec<String>,
    path: Text,
    span: Option<Span>,
}

/// Reads every class that an application of such a framework is told of.
pub(super) fn evaluate(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<RouterId> {
    let mut roots = Vec::new();
    for (framework, described) in interpreter.store.tables.iter().enumerate() {
        let Some(table) = &described.exposed else { continue };
        let files = store.written_in(&[Language::Python]);
        let files = files.filter(|(_, it)| wanted(&it.path) && !is_test(&it.path));
        let files: Vec<SourceId> = files.map(|(id, _)| id).collect();
        let says = |id: &SourceId, words: &[String]| {
            let text = &store.sources.get(*id).text;
            words.iter().any(|it| text.contains(it.as_str()))
        };
        if !files.iter().any(|it| says(it, &described.detect.markers)) {
            continue;
        }
        let words: Vec<String> = table.register.iter().map(|it| format!(".{it}(")).collect();
        let telling: Vec<SourceId> = files
            .into_iter()
            .filter(|it| says(it, &words) || says(it, std::slice::from_ref(&table.index)))
            .collect();
        let Some(&place) = telling.first() else { continue };
        let root = interpreter.graph.add(framework, Made::App, Span::new(place, 0..0));
        for file in telling {
            for (name, span) in told(store, file, table) {
                if let Some(class) = class_named(interpreter, store, file, &name) {
                    Reader { interpreter, table }.class(&class, root, span);
                }
            }
        }
        if !interpreter.graph.routers[root].routes.is_empty() {
            roots.push(root);
        }
    }
    roots
}

/// The names of the classes that a file tells an application of.
fn told(store: &Store<'_>, file: SourceId, table: &Exposed) -> Vec<(Box<str>, Span)> {
    let module = store.module(file);
    let mut found = Vec::new();
    let mut note = |expr: &Expr| {
        // A class, or an object of it.
        let named = match &expr.kind {
            ExprKind::Call(call) => &call.callee,
            _ => expr,
        };
        if let ExprKind::Name(name) = &named.kind {
            found.push((name.clone(), Span { source: file, start: expr.start, end: expr.end }));
        }
    };
    walk(&module.body, &mut |node| match node {
        Node::Expr(Expr { kind: ExprKind::Call(call), .. }) => {
            let index = call.args.iter().find(|it| it.name.as_deref() == Some(&*table.index));
            index.into_iter().for_each(|it| note(&it.value));
            if registers(call, table)
                && let Some(first) = call.args.first()
            {
                note(&first.value);
            }
        }
        Node::Stmt(Stmt::Assign(Pattern::Attr(_, name), value)) if **name == *table.index => note(value),
        _ => {}
    });
    found
}

/// `appbuilder.add_api(…)`, `self.app.appbuilder.add_view(…)`
fn registers(call: &Call, table: &Exposed) -> bool {
    let ExprKind::Attr(of, method) = &call.callee.kind else { return false };
    let (ExprKind::Name(of) | ExprKind::Attr(_, of)) = &of.kind else { return false };
    table.register.iter().any(|it| **it == **method) && of.to_ascii_lowercase().contains("builder")
}

/// The class that a name of a file stands for, wherever in the file it is imported.
fn class_named(
    interpreter: &mut Interpreter<'_>,
    store: &Store<'_>,
    file: SourceId,
    name: &str,
) -> Option<ClassValue> {
    let module = store.module(file);
    let mut imported: HashMap<&str, (&str, &str)> = HashMap::new();
    walk(&module.body, &mut |node| {
        if let Node::Stmt(Stmt::Import(import)) = node {
            for it in &import.names {
                if let Imported::Name(outer, alias) = it {
                    imported.insert(alias, (&import.module, outer));
                }
            }
        }
    });
    let value = match imported.get(name) {
        Some((module, outer)) => {
            let env = interpreter.env_of_file(file);
            let module = interpreter.module_named(env, module)?;
            interpreter.name_of_module(module, outer)
        }
        None => interpreter.name_of_file(file, name),
    };
    match value {
        Value::Class(class) => Some(class),
        _ => None,
    }
}

struct Reader<'r, 'a, 't> {
    interpreter: &'r mut Interpreter<'a>,
    table: &'t Exposed,
}

impl Reader<'_, '_, '_> {
    /// Declares what a class serves.
    fn class(&mut self, class: &ClassValue, root: RouterId, place: Span) {
        let bases: Vec<&ExposedBase> = super::views::library_bases(class, 0)
            .iter()
            .filter_map(|it| self.table.base.get(last(it)))
            .collect();
        if bases.is_empty() {
            return;
        }
        let mut methods = Methods::new();
        self.methods(class, 0, &mut methods);
        let before = self.base_path(class, &bases);
        let included = self.names(class, &self.table.include, 0);
        let excluded = self.names(class, &self.table.exclude, 0).unwrap_or_default();
        for (name, ways) in methods {
            if included.as_ref().is_some_and(|it| !it.contains(&name)) || excluded.contains(&name) {
                continue;
            }
            for way in ways {
                let mut path = before.clone();
                path.join(&way.path);
                let span = way.span.unwrap_or(place);
                let route = Declared { methods: way.verbs, path, hidden: false, span };
                self.interpreter.graph.declare(root, route);
            }
        }
    }

    /// The methods of a class and of its bases; one that is defined again stands for itself.
    fn methods(&mut self, class: &ClassValue, depth: usize, found: &mut Methods) {
        for stmt in &class.class.body {
            if let Stmt::Def(func) = stmt
                && !found.contains_key(&*func.name)
            {
                let ways = self.ways(func, class.env);
                found.insert(func.name.to_string(), ways);
            }
        }
        for base in class.bases.iter().filter(|_| depth < MAX_DEPTH) {
            match base {
                Value::Class(base) => self.methods(base, depth + 1, found),
                Value::External(name) => {
                    let mut own = Methods::new();
                    for method in self.table.base.get(last(name)).into_iter().flat_map(|it| &it.methods) {
                        let mut words = method.split(' ');
                        let (Some(name), Some(verbs), Some(path)) =
                            (words.next(), words.next(), words.next())
                        else {
                            continue;
                        };
                        let verbs = verbs.split(',').map(str::to_owned).collect();
                        let way = Way { verbs, path: Text::known(path), span: None };
                        own.entry(name.to_owned()).or_default().push(way);
                    }
                    for (name, ways) in own {
                        found.entry(name).or_insert(ways);
                    }
                }
                _ => {}
            }
        }
    }

    /// `@expose("/<int:pk>", methods=("GET",))`
    fn ways(&mut self, func: &Func, env: EnvId) -> Vec<Way> {
        let mut found = Vec::new();
        for decorator in &func.decorators {
            let ExprKind::Call(call) = &decorator.kind else { continue };
            let (ExprKind::Name(name) | ExprKind::Attr(_, name)) = &call.callee.kind else { continue };
            if **name != *self.table.decorator {
                continue;
            }
            let argument = |at: usize, name: &str| {
                let unnamed = call.args.get(at).filter(|it| it.name.is_none());
                call.args.iter().find(|it| it.name.as_deref() == Some(name)).or(unnamed).map(|it| &it.value)
            };
            let path = match argument(0, "url") {
                Some(url) => match self.interpreter.value_of(url, env) {
                    Value::Text(text) => (*text).clone(),
                    _ => Text::hole("path"),
                },
                None => Text::known("/"),
            };
            let verbs = argument(1, "methods").map(|it| self.interpreter.value_of(it, env));
            let verbs = verbs.and_then(|it| verb_list(self.interpreter, &it));
            let span = self.interpreter.span(env, call.callee.start..decorator.end);
            let verbs = verbs.unwrap_or_else(|| vec!["GET".to_owned()]);
            found.push(Way { verbs, path, span: Some(span) });
        }
        found
    }

    /// What stands before the paths of a class: what it says, or what the library makes of its name.
    fn base_path(&mut self, class: &ClassValue, bases: &[&ExposedBase]) -> Text {
        let table = self.table;
        let name = class.class.name.to_ascii_lowercase();
        match self.interpreter.attr_of_class(class, &table.base_path) {
            Some(Value::Text(text)) => return (*text).clone(),
            Some(Value::Bool(_)) | None => {}
            Some(_) => return Text::hole("prefix"),
        }
        if let Some(said) = bases.iter().find_map(|it| it.base_path.as_deref()) {
            return Text::known(said);
        }
        if !bases.iter().any(|it| it.api) {
            return Text::known(&format!("/{name}"));
        }
        let mut said =
            |name: &str| self.interpreter.attr_of_class(class, name).and_then(|it| it.known_text());
        let [version, usual] = &table.version;
        let version = said(version).unwrap_or_else(|| usual.clone());
        let name = said(&table.name).map_or(name, |it| it.to_ascii_lowercase());
        Text::known(&format!("/api/{version}/{name}"))
    }

    /// The names of methods that an attribute lists; none where no class says so.
    fn names(&mut self, class: &ClassValue, attribute: &str, depth: usize) -> Option<Vec<String>> {
        let is_it = |it: &&Stmt| matches!(it, Stmt::Assign(Pattern::Name(name), _) if **name == *attribute);
        if let Some(Stmt::Assign(_, value)) = class.class.body.iter().rev().find(is_it) {
            return self.listed(value, class.env);
        }
        let bases = class.bases.iter().filter(|_| depth < MAX_DEPTH);
        bases.cloned().find_map(|base| match base {
            Value::Class(base) => self.names(&base, attribute, depth + 1),
            _ => None,
        })
    }

    /// `RouteMethod.CRUD_SET | {"related"}`
    fn listed(&mut self, value: &Expr, env: EnvId) -> Option<Vec<String>> {
        if let ExprKind::Other(parts) = &value.kind {
            let parts: Option<Vec<Vec<String>>> = parts.iter().map(|it| self.listed(it, env)).collect();
            return parts.filter(|it| !it.is_empty()).map(|it| it.concat());
        }
        let value = self.interpreter.value_of(value, env);
        let items = self.interpreter.items_of(&value).or_else(|| value.known_text().map(|_| vec![value]))?;
        Some(items.iter().filter_map(Value::known_text).collect())
    }
}
