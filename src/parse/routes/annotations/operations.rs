//! The operations of resources: `#[ApiResource(operations: [new Get(), new Post(uriTemplate: "/orders/import")])]`.
//!
//! API Platform makes the paths itself: the name of the resource in the plural, and `{id}` for one of them.

use std::sync::LazyLock;

use regex::Regex;

use super::declared::Declared;
use super::engine::Engine;
use super::inflection::segment;
use super::routing::Routing;
use super::types::{Scope, TypeId, dotted};
use super::value::{Value, verbs};
use crate::parse::routes::ir::{Arg, Call, Expr, ExprKind, Property};
use crate::parse::routes::text::Text;
use crate::pattern::compiled;
use crate::source::{Sources, Span};

/// The operations of the library, each with its verb and whether it is about the whole collection.
const KINDS: [(&str, &str, bool); 6] = [
    ("GetCollection", "GET", true),
    ("Post", "POST", true),
    ("Get", "GET", false),
    ("Put", "PUT", false),
    ("Patch", "PATCH", false),
    ("Delete", "DELETE", false),
];

/// `"api-platform/core": "^4.0"`
static VERSION: LazyLock<Regex> = LazyLock::new(|| compiled(r#""api-platform/[\w-]+"\s*:\s*"[^"\d]*(\d+)"#));

/// How a project configures the library.
#[derive(Debug, Default)]
pub(super) struct Style {
    /// Whether a resource that names no operations has this one.
    put: bool,
    patch: bool,
    /// Names of more than one word are written `order-items`.
    dashes: bool,
}

impl Style {
    pub(super) fn read(sources: &Sources) -> Style {
        let version = sources
            .iter()
            .filter(|(_, it)| it.path.ends_with("composer.json"))
            .find_map(|(_, it)| VERSION.captures(&it.text)?[1].parse::<u32>().ok());
        let configured = |words: &str| {
            let mut files = sources.iter().filter(|(_, it)| it.path.contains("api_platform."));
            files.any(|(_, it)| it.text.contains(words))
        };
        Style {
            put: version.is_some_and(|it| it < 4),
            patch: version.is_none_or(|it| it > 2) || configured("merge-patch"),
            dashes: configured("path_segment_name_generator.dash"),
        }
    }
}

/// A resource of a class.
struct Resource {
    settings: Settings,
    /// None where the library's own ones hold.
    operations: Option<Vec<Operation>>,
    span: Span,
}

struct Operation {
    verb: String,
    of_collection: bool,
    settings: Settings,
    span: Span,
}

/// What a resource or an operation says of its path.
#[derive(Default, Clone)]
struct Settings {
    template: Option<Text>,
    prefix: Option<Text>,
    name: Option<String>,
}

impl Engine<'_, '_> {
    /// What the resources of a class serve.
    pub(super) fn operations(&mut self, id: TypeId, style: &Style, routing: &Routing) -> Vec<Declared> {
        let class = self.types.types[id].class.clone();
        let scope = self.types.scope(id);
        let mut resources: Vec<Resource> = Vec::new();
        for decorator in &class.decorators {
            let ExprKind::Call(call) = &decorator.kind else { continue };
            let Some(name) = self.kind(&call.callee, scope) else { continue };
            let span = Span { source: scope.file, start: decorator.start, end: decorator.end };
            if name == "ApiResource" {
                let settings = self.settings(&call.args, scope);
                let operations = self.operations_of(call, scope, style);
                resources.push(Resource { settings, operations, span });
            } else if let Some(operation) = self.operation(decorator, scope) {
                if resources.is_empty() {
                    resources.push(Resource { settings: Settings::default(), operations: None, span });
                }
                if let Some(last) = resources.last_mut() {
                    last.operations.get_or_insert_default().push(operation);
                }
            }
        }
        let prefixes = routing.resource_prefixes(self.types.store.sources.path(scope.file));
        let mut found = Vec::new();
        for resource in resources {
            let span = resource.span;
            let operations = resource.operations.unwrap_or_else(|| usual(style, span));
            for operation in operations {
                let own = path(&operation, &resource.settings, &class.name, style);
                for prefix in &prefixes {
                    let mut path = prefix.clone();
                    path.join(&own);
                    let methods = vec![operation.verb.clone()];
                    let span = operation.span;
                    found.push(Declared { methods, path, hidden: false, span, conventional: false });
                }
            }
        }
        found
    }

    /// The name that a class has in the library.
    fn kind(&mut self, callee: &Expr, scope: Scope) -> Option<String> {
        let path = dotted(callee)?.replace('\\', ".");
        self.library_name(&path, scope)
    }

    /// `new Post(uriTemplate: "/orders/{id}/cancel")`, or the same as an attribute.
    fn operation(&mut self, expr: &Expr, scope: Scope) -> Option<Operation> {
        let ExprKind::Call(call) = &expr.kind else { return None };
        let name = self.kind(&call.callee, scope)?;
        let (_, verb, of_collection) = KINDS.into_iter().find(|it| it.0 == name)?;
        let settings = self.settings(&call.args, scope);
        let said = argument(&call.args, "method").map(|it| self.types.value(it, scope, &[]));
        let verb = said.iter().flat_map(verbs).next().unwrap_or_else(|| verb.to_owned());
        let span = Span { source: scope.file, start: expr.start, end: expr.end };
        Some(Operation { verb, of_collection, settings, span })
    }

    fn settings(&mut self, args: &[Arg], scope: Scope) -> Settings {
        let mut text = |name: &str| match self.types.value(argument(args, name)?, scope, &[]) {
            Value::Text(text) => Some(text),
            Value::Bool(_) => None,
            _ => Some(Text::hole("path")),
        };
        let first = args.first().filter(|it| it.name.is_none());
        let template = text("uriTemplate").or_else(|| match &first?.value.kind {
            ExprKind::Str(template) if template.starts_with('/') => Some(Text::known(template)),
            _ => None,
        });
        Settings {
            template,
            prefix: text("routePrefix"),
            name: text("shortName").and_then(|it| it.as_known()),
        }
    }

    /// The operations that a resource names, in the newer way or in the older one.
    fn operations_of(&mut self, call: &Call, scope: Scope, style: &Style) -> Option<Vec<Operation>> {
        if let Some(list) = argument(&call.args, "operations") {
            let items: Vec<&Expr> = match &list.kind {
                ExprKind::List(items) => items.iter().collect(),
                ExprKind::Object(entries) => entries.iter().map(|it| &it.value).collect(),
                _ => Vec::new(),
            };
            return Some(items.into_iter().filter_map(|it| self.operation(it, scope)).collect());
        }
        let [of_collection, of_item] =
            ["collectionOperations", "itemOperations"].map(|it| argument(&call.args, it));
        if of_collection.is_none() && of_item.is_none() {
            return None;
        }
        let span = Span { source: scope.file, start: call.callee.start, end: call.callee.end };
        let mut found = Vec::new();
        for (list, is_collection) in [(of_collection, true), (of_item, false)] {
            match list.map(|it| &it.kind) {
                Some(ExprKind::List(items)) => {
                    found.extend(items.iter().filter_map(|it| older(None, it, is_collection, span)));
                }
                Some(ExprKind::Object(entries)) => found.extend(
                    entries.iter().filter_map(|it| older(it.key.as_deref(), &it.value, is_collection, span)),
                ),
                _ => {
                    let usual = usual(style, span).into_iter();
                    found.extend(usual.filter(|it| it.of_collection == is_collection));
                }
            }
        }
        Some(found)
    }
}

/// An operation of the older way: `"get"`, `"import" => ["method" => "POST", "path" => "/orders/import"]`.
fn older(key: Option<&str>, value: &Expr, of_collection: bool, span: Span) -> Option<Operation> {
    let (name, entries): (&str, &[Property]) = match (key, &value.kind) {
        (None, ExprKind::Str(name)) => (name, &[]),
        (Some(name), ExprKind::Object(entries)) => (name, entries),
        (Some(name), _) => (name, &[]),
        _ => return None,
    };
    let said = |name: &str| {
        let entry = entries.iter().find(|it| it.key.as_deref() == Some(name))?;
        match &entry.value.kind {
            ExprKind::Str(text) => Some(text.to_string()),
            _ => None,
        }
    };
    if said("route_name").is_some() {
        return None;
    }
    let is_usual = ["get", "post", "put", "patch", "delete"].contains(&name);
    let verb = said("method").unwrap_or_else(|| if is_usual { name.to_owned() } else { "get".to_owned() });
    let template = said("path").map(|it| Text::known(&it));
    let template = template.or_else(|| {
        let name = if of_collection { format!("{{name}}/{name}") } else { format!("{{name}}/{{id}}/{name}") };
        (!is_usual).then(|| Text::known(&name))
    });
    let settings = Settings { template, ..Settings::default() };
    Some(Operation { verb: verb.to_ascii_uppercase(), of_collection, settings, span })
}

/// The operations of a resource that names none.
fn usual(style: &Style, span: Span) -> Vec<Operation> {
    let holds = |name: &str| match name {
        "Put" => style.put,
        "Patch" => style.patch,
        _ => true,
    };
    let kinds = KINDS.into_iter().filter(|it| holds(it.0));
    kinds
        .map(|(_, verb, of_collection)| Operation {
            verb: verb.to_owned(),
            of_collection,
            settings: Settings::default(),
            span,
        })
        .collect()
}

/// The path of an operation below the prefix of all of them.
fn path(operation: &Operation, resource: &Settings, class: &str, style: &Style) -> Text {
    let own = &operation.settings;
    let name = own.name.as_deref().or(resource.name.as_deref()).unwrap_or(class);
    let segment = segment(name, style.dashes);
    let template = match own.template.as_ref().or(resource.template.as_ref()) {
        Some(template) => template.map(|it| {
            let it = it.replace("{._format}", "").replace(".{_format}", "");
            it.strip_prefix("{name}").map_or(it.clone(), |rest| format!("/{segment}{rest}"))
        }),
        None if operation.of_collection => Text::known(&format!("/{segment}")),
        None => Text::known(&format!("/{segment}/{{id}}")),
    };
    let mut path = own.prefix.clone().or_else(|| resource.prefix.clone()).unwrap_or_else(|| Text::known(""));
    path.join(&template);
    path
}

fn argument<'c>(args: &'c [Arg], name: &str) -> Option<&'c Expr> {
    args.iter().find(|it| it.name.as_deref() == Some(name)).map(|it| &it.value)
}
