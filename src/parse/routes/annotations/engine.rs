//! Reads the annotations of classes and methods as a framework's table says.

use std::collections::{BTreeSet, HashMap};

use super::conventional::Pattern as RoutePattern;
use super::conventions::Convention;
use super::settings::Configuration;
use super::table::Annotations;
use super::types::{Scope, TypeId, Types, dotted, imported, position, stars};
use super::value::{Annotation, Value};
use crate::parse::routes::framework::{Framework, Place};
use crate::parse::routes::ir::{Class, ClassKind, Expr, ExprKind, Pattern, Stmt};
use crate::parse::routes::lower::Language;
use crate::parse::routes::query::Named;
use crate::parse::routes::text::Text;
use crate::source::Span;

/// Annotations on annotations.
const MAX_META: usize = 5;

/// Reads the classes of one framework.
pub(super) struct Engine<'e, 'a> {
    pub(super) types: &'e mut Types<'a>,
    pub(super) framework: &'e Framework,
    pub(super) table: &'e Annotations,
    pub(super) configuration: &'e Configuration,
    /// What the application puts before the routes of its controllers.
    pub(super) conventions: Vec<Convention>,
    /// The patterns of the application that stand for the actions of many controllers.
    pub(super) patterns: Vec<RoutePattern>,
    /// Every name of an annotation that the table knows.
    known: BTreeSet<&'e str>,
    /// Whether somebody asks for query parameters, and what methods name, by the places of their routes.
    pub(super) query: bool,
    pub(super) named: HashMap<Span, Vec<Named>>,
}

impl<'e, 'a> Engine<'e, 'a> {
    /// For a framework with an annotation table.
    pub(super) fn new(
        types: &'e mut Types<'a>,
        framework: &'e Framework,
        table: &'e Annotations,
        configuration: &'e Configuration,
    ) -> Engine<'e, 'a> {
        let lists = [&table.serves, &table.clients, &table.excludes];
        let mut known: BTreeSet<&str> = lists.into_iter().flatten().map(String::as_str).collect();
        known.extend(
            table.class.keys().chain(table.method.keys()).chain(table.hides.keys()).map(String::as_str),
        );
        known.extend(table.applications.iter().map(String::as_str));
        known.extend(table.repositories.as_deref());
        known.insert("RestResource");
        known.extend(table.functional.as_ref().map(|it| it.serves.as_str()));
        known.extend(["AliasFor", "ActionName", "Area", "ApiVersion", "MapToApiVersion", "Profile"]);
        Engine {
            types,
            framework,
            table,
            configuration,
            conventions: Vec::new(),
            patterns: Vec::new(),
            known,
            query: false,
            named: HashMap::new(),
        }
    }

    /// What these annotations say, each followed by those that it carries itself.
    pub(super) fn annotations(&mut self, decorators: &[Expr], scope: Scope) -> Vec<Annotation> {
        let mut found = Vec::new();
        for decorator in decorators {
            self.annotation(decorator, scope, 0, &mut found);
        }
        found
    }

    /// The annotations of a class itself.
    pub(super) fn class_annotations(&mut self, id: TypeId) -> Vec<Annotation> {
        let class = self.types.types[id].class.clone();
        let scope = self.types.scope(id);
        self.annotations(&class.decorators, scope)
    }

    fn annotation(&mut self, decorator: &Expr, scope: Scope, depth: usize, found: &mut Vec<Annotation>) {
        let ExprKind::Call(call) = &decorator.kind else { return };
        let Some(path) = dotted(&call.callee).filter(|_| depth < MAX_META) else { return };
        let span = Span { source: scope.file, start: decorator.start, end: decorator.end };
        let mut read = Annotation {
            name: "".into(),
            positional: Vec::new(),
            named: Vec::new(),
            span,
            varargs: self.table.varargs,
        };
        if self.table.derived {
            let own = self.attribute_class(&path, scope);
            let last = path.rsplit('.').next().unwrap_or(&path);
            read.name = last.strip_suffix("Attribute").unwrap_or(last).into();
            if own.is_some() || self.known.contains(&*read.name) {
                self.read_arguments(&call.args, scope, &mut read);
            }
            match own {
                Some(id) => self.derived(id, read, depth, found),
                None if self.known.contains(&*read.name) => found.push(read),
                None => {}
            }
            return;
        }
        let own = self.types.find(&path, scope);
        let own = own.filter(|&id| self.types.types[id].class.kind == ClassKind::Annotation);
        if let Some(id) = own {
            read.name = self.types.types[id].class.name.clone();
            self.read_arguments(&call.args, scope, &mut read);
            self.composed(id, &read, depth, found);
            if self.known.contains(&*read.name) {
                found.push(read);
            }
        } else if let Some(name) = self.library_name(&path, scope)
            && self.known.contains(name.as_str())
        {
            read.name = name.into();
            self.read_arguments(&call.args, scope, &mut read);
            if read.named.iter().all(|(name, _)| !self.table.unless.iter().any(|it| **it == **name)) {
                found.push(read);
            }
        }
    }

    fn read_arguments(
        &mut self,
        args: &[crate::parse::routes::ir::Arg],
        scope: Scope,
        read: &mut Annotation,
    ) {
        for arg in args {
            let value = self.types.value(&arg.value, scope, &[]);
            match (&arg.name, value) {
                (Some(name), value) => read.named.push((name.clone(), value)),
                (None, Value::List(all)) if matches!(arg.value.kind, ExprKind::Spread(_)) => {
                    read.positional.extend(all);
                }
                (None, value) => read.positional.push(value),
            }
        }
    }

    /// The name that an annotation has in the framework's library; none when it comes from somewhere else.
    pub(super) fn library_name(&mut self, path: &str, scope: Scope) -> Option<String> {
        let prefixes = &self.framework.detect.import;
        let ours = |module: &str| {
            prefixes.iter().any(|it| {
                module.strip_prefix(it.as_str()).is_some_and(|it| it.is_empty() || it.starts_with('.'))
            })
        };
        let module = self.types.load(scope.file);
        let whole = self.types.whole_name(path, &module);
        let path = whole.as_deref().unwrap_or(path);
        let (before, last) = path.rsplit_once('.').map_or(("", path), |it| it);
        if !before.is_empty() {
            return ours(before).then(|| last.to_owned());
        }
        match imported(&module, last) {
            Some((from, outer)) => ours(from).then(|| outer.to_owned()),
            None => stars(&module).any(ours).then(|| last.to_owned()),
        }
    }

    /// The annotations that an annotation of the project carries, given the arguments that are meant for them.
    fn composed(&mut self, id: TypeId, outer: &Annotation, depth: usize, found: &mut Vec<Annotation>) {
        let class = self.types.types[id].class.clone();
        let scope = self.types.scope(id);
        let mut inner = Vec::new();
        for decorator in &class.decorators {
            self.annotation(decorator, scope, depth + 1, &mut inner);
        }
        for stmt in &class.body {
            let Stmt::Def(element) = stmt else { continue };
            let given = outer
                .named(&element.name)
                .or_else(|| outer.positional.first().filter(|_| &*element.name == "value"));
            let default = || match element.body.first() {
                Some(Stmt::Return(Some(value))) => Some(self.types.value(value, scope, &[])),
                _ => None,
            };
            let Some(given) = given.cloned().or_else(default).filter(|it| !it.is_empty()) else { continue };
            for alias in self.annotations(&element.decorators, scope) {
                let Some(Value::Name(target)) = alias.named("annotation") else { continue };
                let attribute = ["attribute", "value"].iter().find_map(|it| alias.named(it));
                let attribute = match attribute.or(alias.positional.first()) {
                    Some(Value::Text(text)) => text.as_known().unwrap_or_default(),
                    _ => element.name.to_string(),
                };
                let targets = inner.iter_mut().filter(|it| it.name == *target);
                targets.for_each(|it| it.named.push((attribute.clone().into(), given.clone())));
            }
        }
        for meta in &mut inner {
            meta.span = outer.span;
        }
        found.append(&mut inner);
    }

    /// A project's own attribute class: `ApiRouteAttribute` for `[ApiRoute]`.
    fn attribute_class(&mut self, path: &str, scope: Scope) -> Option<TypeId> {
        if path.ends_with("Attribute") {
            return self.types.find(path, scope);
        }
        let found = self.types.find(&format!("{path}Attribute"), scope);
        found.or_else(|| self.types.find(path, scope).filter(|&it| is_attribute(&self.types.types[it].class)))
    }

    /// What a derived attribute hands to the attribute that the framework knows.
    fn derived(&mut self, id: TypeId, given: Annotation, depth: usize, found: &mut Vec<Annotation>) {
        if depth >= MAX_META {
            return;
        }
        let class = self.types.types[id].class.clone();
        let scope = self.types.scope(id);
        let constructors = class.body.iter().filter_map(|it| match it {
            Stmt::Def(func) if &*func.name == "constructor" => Some(func),
            _ => None,
        });
        let fitting = constructors.filter(|it| it.params.len() >= given.positional.len());
        let mut next = Annotation { positional: Vec::new(), ..given.clone() };
        let mut template = None;
        if let Some(constructor) = fitting.min_by_key(|it| it.params.len()) {
            let mut locals = Vec::new();
            for (i, param) in constructor.params.iter().enumerate() {
                let Pattern::Name(name) = &param.pattern else { continue };
                let value = given.positional.get(i).or_else(|| given.named(name)).cloned();
                let value = match (value, &param.default) {
                    (Some(value), _) => value,
                    (None, Some(default)) => self.types.value(default, scope, &[]),
                    (None, None) => Value::Unknown,
                };
                locals.push((name.clone(), value));
            }
            if let Some(Stmt::Expr(Expr { kind: ExprKind::Call(call), .. })) = constructor.body.first()
                && matches!(&call.callee.kind, ExprKind::Name(name) if &**name == "super")
            {
                next.positional =
                    call.args.iter().map(|it| self.types.value(&it.value, scope, &locals)).collect();
            }
            for stmt in &constructor.body {
                if let Stmt::Assign(Pattern::Name(name) | Pattern::Attr(_, name), value) = stmt {
                    let value = self.types.value(value, scope, &locals);
                    locals.push((name.clone(), value));
                }
            }
            // What a property computes counts more than what is assigned to it.
            let computed = position(&class.body, "Template").and_then(|it| match class.body.get(it) {
                Some(Stmt::Assign(_, value)) => Some(self.types.value(value, scope, &locals)),
                _ => None,
            });
            let assigned = || locals.iter().find(|(it, _)| &**it == "Template").map(|(_, it)| it.clone());
            template = computed.filter(|it| matches!(it, Value::Text(_))).or_else(assigned);
        }
        for base in &class.bases {
            let Some(path) = dotted(base) else { continue };
            let last = path.rsplit('.').next().unwrap_or(&path);
            let name = last.strip_suffix("Attribute").unwrap_or(last);
            if name == "IActionHttpMethodProvider" {
                let methods = self.types.field(id, "HttpMethods", 0).unwrap_or(Value::Unknown);
                let template = template.clone().or_else(|| self.types.field(id, "Template", 0));
                let positional = [methods].into_iter().chain(template).collect();
                found.push(Annotation { name: "HttpMethod".into(), positional, ..given.clone() });
            } else if name == "IRouteTemplateProvider" {
                if class.bases.iter().filter_map(dotted).any(|it| it.ends_with("IActionHttpMethodProvider")) {
                    continue;
                }
                let template = template.clone().or_else(|| self.types.field(id, "Template", 0));
                let positional = vec![template.unwrap_or(Value::Unknown)];
                found.push(Annotation { name: "Route".into(), positional, ..given.clone() });
            } else if let Some(base) = self.attribute_class(&path, scope).filter(|it| *it != id) {
                self.derived(base, next.clone(), depth + 1, found);
            } else if self.known.contains(name) {
                found.push(Annotation { name: name.into(), ..next.clone() });
            }
        }
    }

    /// Whether the framework serves a class.
    pub(super) fn serves(&mut self, id: TypeId, line: &[TypeId]) -> bool {
        let class = self.types.types[id].class.clone();
        if class.kind != ClassKind::Concrete {
            return false;
        }
        let own = self.class_annotations(id);
        let has = |list: &[String]| own.iter().any(|it| list.iter().any(|name| **name == *it.name));
        if has(&self.table.clients) || own.iter().any(is_of_development) {
            return false;
        }
        if self.table.serves_any
            || has(&self.table.serves)
            || self.table.serves_endings.iter().any(|it| without_ending(&class.name, it).is_some())
        {
            return true;
        }
        let bases: BTreeSet<String> = line
            .iter()
            .flat_map(|&it| self.types.types[it].class.bases.iter().filter_map(dotted))
            .map(|it| it.rsplit('.').next().unwrap_or(&it).to_owned())
            .collect();
        if self.table.serves_bases.iter().any(|it| bases.contains(it)) {
            return true;
        }
        self.table.serves_paths
            && line.iter().any(|&it| {
                let annotations = self.class_annotations(it);
                let client =
                    annotations.iter().any(|it| self.table.clients.iter().any(|name| **name == *it.name));
                !client && annotations.iter().any(|it| self.table.class.contains_key(&*it.name))
            })
    }

    /// Whether annotations keep something out of the generated spec.
    pub(super) fn hides(&self, annotations: &[Annotation]) -> bool {
        annotations.iter().any(|it| match self.table.hides.get(&*it.name).map(String::as_str) {
            None => false,
            Some("") => true,
            Some(key) => it.named(key) == Some(&Value::Bool(true)),
        })
    }

    /// Whether the language has namespaces and attributes like C#.
    pub(super) fn is_csharp(&self) -> bool {
        self.framework.language == Language::CSharp
    }
}

/// Whether a class of C# is an attribute by what it is derived from.
fn is_attribute(class: &Class) -> bool {
    let mut bases = class.bases.iter().filter_map(dotted);
    bases.any(|it| it.ends_with("Attribute") || it.ends_with("IRouteTemplateProvider"))
}

/// A name without its ending, in any case: `OrdersController`, `Orderscontroller`.
pub(super) fn without_ending<'n>(name: &'n str, ending: &str) -> Option<&'n str> {
    let (start, end) = name.split_at_checked(name.len().checked_sub(ending.len())?)?;
    end.eq_ignore_ascii_case(ending).then_some(start)
}

/// `@Profile("dev")`: what is there only while somebody works on the program.
fn is_of_development(annotation: &Annotation) -> bool {
    let profiles = annotation.paths(&[Place::Key("value".to_owned()), Place::Index(0)]);
    let dev = |it: &Text| matches!(it.as_known().as_deref(), Some("dev" | "development" | "test" | "local"));
    &*annotation.name == "Profile" && !profiles.is_empty() && profiles.iter().all(dev)
}
