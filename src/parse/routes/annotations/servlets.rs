//! The path below which a servlet container hands requests to a framework: what `web.xml` or the code that
//! registers the framework's servlet says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::engine::Engine;
use super::settings::module_folder;
use super::table::Servlets;
use super::types::{Scope, dotted};
use super::value::Value;
use crate::parse::routes::decoy::is_test;
use crate::parse::routes::framework::Syntax;
use crate::parse::routes::ir::{Expr, ExprKind, Node, Pattern, Stmt, walk, walk_expr};
use crate::parse::routes::lower::Language;
use crate::parse::routes::text::Text;
use crate::pattern::compiled;
use crate::source::SourceId;

/// Calls of calls.
const MAX_DEPTH: usize = 8;

static COMMENT: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?s)<!--.*?-->"));

static ELEMENT: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"(?s)<(servlet|servlet-mapping)>(.*?)</(?:servlet|servlet-mapping)>";
    compiled(pattern)
});

static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r"<(servlet-name|servlet-class|url-pattern|param-value)>\s*([^<]*?)\s*</";
    compiled(pattern)
});

/// Calls that are told the pattern of a servlet.
const REGISTERS: [&str; 8] = [
    "addServlet",
    "addMapping",
    "addServletMapping",
    "addServletMappingDecoded",
    "addUrlMappings",
    "serve",
    "ServletRegistrationBean",
    "DispatcherServletRegistrationBean",
];

/// Calls that are told the whole URI of a server.
const SERVERS: [&str; 4] = ["createHttpServer", "createHttpContainer", "createHttp2Server", "createServer"];

/// What holds servlets, and may be made with the path below which it does.
const HANDLERS: [&str; 2] = ["ServletContextHandler", "WebAppContext"];

/// Whether a file describes the servlets of an application.
pub(super) fn is_descriptor(path: &str) -> bool {
    path.rsplit('/').next() == Some("web.xml")
}

/// The prefixes of a framework, by the module that says so.
#[derive(Debug, Default)]
pub(super) struct Mounted(BTreeMap<String, BTreeSet<String>>);

impl Mounted {
    /// The prefix for the files of a module: its own, else, for a library, the one that all modules say.
    pub(super) fn prefix(&self, module: &str, is_application: bool) -> Text {
        let all = || match is_application {
            true => BTreeSet::new(),
            false => self.0.values().flatten().collect::<BTreeSet<&String>>(),
        };
        let prefixes = self.0.get(module).map_or_else(all, |it| it.iter().collect());
        match prefixes.into_iter().collect::<Vec<_>>().as_slice() {
            [] => Text::known(""),
            [one] => Text::known(one),
            _ => Text::hole("servlet"),
        }
    }
}

impl Engine<'_, '_> {
    /// Reads what descriptors and code say about the servlets of this framework.
    pub(super) fn servlets(&mut self) -> Mounted {
        let Some(table) = &self.table.servlets else { return Mounted::default() };
        let sources = self.types.store.sources;
        let mut found = Mounted::default();
        for (_, source) in sources.iter().filter(|(_, it)| is_descriptor(&it.path) && !is_test(&it.path)) {
            let module = module_folder(&source.path).to_owned();
            found.0.entry(module).or_default().extend(described(&source.text, table));
        }
        let words = table.classes.iter().chain(&table.methods).chain(&table.patterns);
        let words: Vec<String> = words.map(|it| regex::escape(it)).collect();
        let Ok(words) = Regex::new(&words.join("|")) else { return found };
        let code = sources
            .iter()
            .filter(|(_, it)| matches!(Language::of(&it.path), Some(Language::Java | Language::Kotlin)))
            .filter(|(_, it)| !is_test(&it.path) && words.is_match(&it.text));
        let code: Vec<SourceId> = code.map(|(id, _)| id).collect();
        for file in code {
            let prefixes = self.registered(file, table);
            let module = module_folder(sources.path(file)).to_owned();
            found.0.entry(module).or_default().extend(prefixes);
        }
        found.0.retain(|_, it| !it.is_empty());
        found
    }

    /// The prefixes that the code of a file gives to the framework.
    fn registered(&mut self, file: SourceId, table: &Servlets) -> BTreeSet<String> {
        let module = self.types.load(file);
        let scope = Scope { file, within: self.types.types.iter().position(|it| it.file == file) };
        let text = &self.types.store.sources.get(file).text;
        let has_class = table.classes.iter().any(|it| text.contains(it.as_str()));
        let (mut calls, mut returned, mut handlers) = (Vec::new(), Vec::new(), Vec::new());
        // Names of the framework's servlets, and variables that hold one.
        let mut names: BTreeSet<String> = table.classes.iter().map(|it| it.to_lowercase()).collect();
        walk(&module.body, &mut |node| match node {
            Node::Stmt(Stmt::Assign(Pattern::Name(name), value)) => {
                if mentions(value, &names) {
                    names.insert(name.to_lowercase());
                }
                if let ExprKind::Call(call) = &value.kind
                    && HANDLERS.contains(&&*last_name(&call.callee))
                {
                    handlers.push((name.to_string(), &**call));
                }
            }
            Node::Expr(Expr { kind: ExprKind::Call(call), .. }) => calls.push(&**call),
            Node::Stmt(Stmt::Def(func)) if table.methods.iter().any(|it| **it == *func.name) => {
                walk(&func.body, &mut |node| {
                    if let Node::Stmt(Stmt::Return(Some(value))) = node {
                        returned.push(value);
                    }
                });
            }
            _ => {}
        });
        let mut found = BTreeSet::new();
        // Each with the variable that it is said of.
        let mut contexts: Vec<(Option<String>, String)> = Vec::new();
        let mut patterns: Vec<(bool, Option<String>, String)> = Vec::new();
        for value in returned {
            for text in self.texts_in(value, scope) {
                found.extend(prefix(&text));
            }
        }
        for call in calls {
            let name = last_name(&call.callee);
            if table.patterns.contains(&name) {
                found.extend(
                    call.args
                        .iter()
                        .flat_map(|it| self.texts_in(&it.value, scope))
                        .filter_map(|it| prefix(&it)),
                );
            } else if has_class && SERVERS.contains(&&*name) {
                let path = call.args.first().and_then(|it| self.uri_path(&it.value, scope, 0));
                found.extend(path);
            } else if let ("with", ExprKind::Attr(of, _)) = (name.as_str(), &call.callee.kind)
                && let ExprKind::Call(serve) = &of.kind
                && call.args.iter().any(|it| mentions(&it.value, &names))
            {
                // Guice: `serve("/api/*").with(GuiceContainer.class)`
                let texts = serve.args.iter().flat_map(|it| self.texts_in(&it.value, scope));
                patterns.extend(texts.map(|it| (true, None, it)));
            } else if has_class && REGISTERS.contains(&&*name) {
                let own = call.args.iter().any(|it| mentions(&it.value, &names));
                let on = receiver(&call.callee);
                for arg in &call.args {
                    let texts = self.texts_in(&arg.value, scope).into_iter();
                    patterns.extend(texts.map(|it| (own, on.clone(), it)));
                }
            } else if has_class && name == "setContextPath" {
                let on = receiver(&call.callee);
                let texts = call.args.iter().flat_map(|it| self.texts_in(&it.value, scope));
                contexts.extend(texts.map(|it| (on.clone(), it.trim_end_matches('/').to_owned())));
            }
        }
        let mut made: Vec<(Option<String>, String)> = Vec::new();
        for (name, call) in handlers {
            let texts = call.args.iter().flat_map(|it| self.texts_in(&it.value, scope));
            made.extend(texts.map(|it| (Some(name.clone()), it.trim_end_matches('/').to_owned())));
        }
        let of = |on: &Option<String>| contexts.iter().chain(&made).find(|(it, _)| it.is_some() && it == on);
        // Where a call names the servlet the others are about something else.
        let named = patterns.iter().any(|(own, on, it)| *own && (prefix(it).is_some() || of(on).is_some()));
        patterns.retain(|(own, ..)| *own || !named);
        let all: BTreeSet<&str> = contexts.iter().map(|(_, it)| it.as_str()).collect();
        let only = all.first().copied().filter(|_| all.len() == 1).unwrap_or_default();
        let mut found: BTreeSet<String> = found.into_iter().map(|it| format!("{only}{it}")).collect();
        found.extend(patterns.iter().filter_map(|(own, on, it)| match (of(on), prefix(it)) {
            (Some((_, context)), path) if *own || path.is_some() => {
                Some(format!("{context}{}", path.unwrap_or_default()))
            }
            (None, Some(path)) => Some(format!("{only}{path}")),
            _ => None,
        }));
        found
    }

    fn texts_in(&mut self, expr: &Expr, scope: Scope) -> Vec<String> {
        let known = |it: Value| match it {
            Value::Text(text) => text.as_known(),
            _ => None,
        };
        match self.types.value(expr, scope, &[]) {
            Value::List(all) => all.into_iter().filter_map(known).collect(),
            value => known(value).into_iter().collect(),
        }
    }

    /// The path of a URI: `URI.create("http://localhost:8080/api/")`.
    fn uri_path(&mut self, expr: &Expr, scope: Scope, depth: usize) -> Option<String> {
        if depth > MAX_DEPTH {
            return None;
        }
        if let ExprKind::Call(call) = &expr.kind {
            let name = last_name(&call.callee);
            let first = call.args.first().map(|it| &it.value);
            return match (name.as_str(), &call.callee.kind, first) {
                ("create" | "URI" | "fromUri" | "format", _, Some(first)) => {
                    self.uri_path(first, scope, depth + 1)
                }
                ("path", ExprKind::Attr(of, _), Some(first)) => {
                    let before = self.uri_path(of, scope, depth + 1)?;
                    let path = self.texts_in(first, scope).into_iter().next()?;
                    Some(format!("{}/{}", before.trim_end_matches('/'), path.trim_matches('/')))
                }
                ("port" | "scheme" | "host" | "build" | "toURI", ExprKind::Attr(of, _), _) => {
                    self.uri_path(of, scope, depth + 1)
                }
                _ => None,
            };
        }
        if let Value::Text(text) = self.types.value(expr, scope, &[]) {
            let (uri, _) = text.to_path(Syntax::Colon);
            let (_, rest) = uri.split_once("://")?;
            let path = rest.find('/').map_or("", |at| &rest[at..]);
            return Some(path.trim_end_matches('/').to_owned());
        }
        // A constant that is made by a call.
        let name = dotted(expr)?;
        let id = scope.within?;
        let class = self.types.types[id].class.clone();
        let at = super::types::position(&class.body, &name)?;
        let Stmt::Assign(_, value) = class.body.get(at)? else { return None };
        matches!(value.kind, ExprKind::Call(_)).then(|| self.uri_path(value, scope, depth + 1))?
    }
}

/// The variable that a method is called on.
fn receiver(callee: &Expr) -> Option<String> {
    match &callee.kind {
        ExprKind::Attr(of, _) => dotted(of),
        _ => None,
    }
}

/// The last name of what is called, type arguments left out.
fn last_name(callee: &Expr) -> String {
    match &callee.kind {
        ExprKind::Attr(_, name) => name.to_string(),
        _ => {
            dotted(callee).map_or_else(String::new, |it| it.rsplit('.').next().unwrap_or_default().to_owned())
        }
    }
}

/// Whether an expression has one of these names in it, in lower case.
fn mentions(expr: &Expr, names: &BTreeSet<String>) -> bool {
    let mut found = false;
    walk_expr(expr, &mut |node| {
        if let Node::Expr(Expr { kind: ExprKind::Name(name) | ExprKind::Attr(_, name), .. }) = node {
            found |= names.contains(&name.to_lowercase());
        }
    });
    found
}

/// The prefixes that a descriptor gives to the framework's servlets.
fn described(text: &str, table: &Servlets) -> BTreeSet<String> {
    let text = COMMENT.replace_all(text, "");
    let mut ours: BTreeSet<String> = BTreeSet::new();
    let mut mapped: Vec<(String, String)> = Vec::new();
    for element in ELEMENT.captures_iter(&text) {
        let fields: Vec<(String, String)> =
            FIELD.captures_iter(&element[2]).map(|it| (it[1].to_owned(), it[2].to_owned())).collect();
        let name = fields.iter().find(|(it, _)| it == "servlet-name").map(|(_, it)| it.clone());
        let Some(name) = name else { continue };
        if &element[1] == "servlet" {
            let class = fields.iter().find(|(it, _)| it == "servlet-class").map_or(&name, |(_, it)| it);
            let told = |it: &String| element[2].contains(it.as_str());
            if is_ours(class, table) || table.parameters.iter().any(told) {
                ours.insert(name);
            }
        } else {
            let patterns = fields.iter().filter(|(it, _)| it == "url-pattern");
            mapped.extend(patterns.map(|(_, it)| (name.clone(), it.clone())));
        }
    }
    let patterns = mapped.iter().filter(|(name, _)| ours.contains(name) || is_ours(name, table));
    patterns.filter_map(|(_, it)| prefix(it)).collect()
}

fn is_ours(class: &str, table: &Servlets) -> bool {
    table.classes.iter().any(|it| class.rsplit('.').next() == Some(it.as_str()))
        || table.names.iter().any(|it| it == class)
}

/// The prefix that a pattern of a servlet means; none for a suffix as `*.do`.
fn prefix(pattern: &str) -> Option<String> {
    let pattern = pattern.trim();
    if pattern.is_empty() || pattern.contains("*.") || !pattern.starts_with('/') {
        return None;
    }
    Some(pattern.trim_end_matches('*').trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn descriptors_name_servlets_and_their_patterns() {
        let table = Servlets {
            classes: vec!["ServletContainer".to_owned()],
            names: vec!["javax.ws.rs.core.Application".to_owned()],
            ..Servlets::default()
        };
        let read = |text: &str| described(text, &table).into_iter().collect::<Vec<_>>();
        let servlet = "<servlet><servlet-name>s</servlet-name><servlet-class>\n org.x.ServletContainer </servlet-class></servlet>";
        let mapping = "<servlet-mapping><servlet-name>s</servlet-name><url-pattern>/rest/*</url-pattern></servlet-mapping>";
        assert_eq!(read(&format!("{servlet}{mapping}")), ["/rest"]);
        assert!(read(mapping).is_empty());
        let standard = "<servlet-mapping><servlet-name>javax.ws.rs.core.Application</servlet-name><url-pattern>/*</url-pattern></servlet-mapping>";
        assert_eq!(read(standard), [""]);
        assert!(read(&format!("<!-- {standard} -->")).is_empty());
        assert_eq!(prefix("*.do"), None);
    }
}
