//! What Apache CXF puts before the paths of the classes that one of its servers serves: the address of
//! `<jaxrs:server>` in a Spring context, or of a `JAXRSServerFactoryBean` in the code.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::engine::Engine;
use super::settings::module_folder;
use super::types::{Scope, TypeId};
use super::value::Value;
use crate::parse::routes::decoy::is_test;
use crate::parse::routes::ir::{Call, Expr, ExprKind, Node, walk};
use crate::parse::routes::lower::Language;
use crate::parse::routes::text::Text;
use crate::pattern::compiled;

/// The class that makes a server in code.
const FACTORY: &str = "JAXRSServerFactoryBean";

/// Words in the names of files that hold a context.
const CONTEXTS: [&str; 7] = ["context", "beans", "cxf", "spring", "rest", "blueprint", "servlet"];

static SERVER: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?s)<(?:\w+:)?server\b([^>]*[^>/])>(.*?)</(?:\w+:)?server>"));

static BEAN: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?s)<bean\b([^>]*)>"));

static ATTRIBUTE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r#"\b(address|class|id|name|bean|component-id)\s*=\s*"([^"]*)""#));

/// The addresses of the servers of a project.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    /// By the name of a class, or of its bean.
    served: BTreeMap<String, String>,
    /// Those that code gives, by its module.
    modules: BTreeMap<String, BTreeSet<String>>,
}

/// Whether a file may be a Spring context.
pub(super) fn is_context(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let placed = path.contains("WEB-INF/") || path.contains("src/main/resources/");
    placed && name.ends_with(".xml") && CONTEXTS.iter().any(|it| name.contains(it))
}

impl Engine<'_, '_> {
    /// Reads the addresses of every server.
    pub(super) fn addresses(&mut self) -> Addresses {
        let mut found = Addresses::default();
        if self.table.servlets.is_none() || self.table.applications.is_empty() {
            return found;
        }
        let sources = self.types.store.sources;
        let real = || sources.iter().filter(|(_, it)| !is_test(&it.path));
        for (_, source) in real().filter(|(_, it)| is_context(&it.path) && it.text.contains("address")) {
            found.served.extend(served(&source.text));
        }
        let is_code = |path: &str| matches!(Language::of(path), Some(Language::Java | Language::Kotlin));
        let code: Vec<_> = real().filter(|(_, it)| is_code(&it.path) && it.text.contains(FACTORY)).collect();
        for (file, source) in code {
            let module = self.types.load(file);
            let scope = Scope { file, within: self.types.types.iter().position(|it| it.file == file) };
            let mut calls: Vec<&Call> = Vec::new();
            walk(&module.body, &mut |node| {
                if let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node
                    && matches!(&call.callee.kind, ExprKind::Attr(_, name) if &**name == "setAddress")
                {
                    calls.push(call);
                }
            });
            for call in calls.into_iter().filter_map(|it| it.args.first()) {
                if let Value::Text(text) = self.types.value(&call.value, scope, &[]) {
                    let address = text.as_known().map(|it| path_of(&it));
                    let folder = module_folder(&source.path).to_owned();
                    found.modules.entry(folder).or_default().extend(address);
                }
            }
        }
        found
    }

    /// The address of the server that serves a class.
    pub(super) fn address(&self, id: TypeId, addresses: &Addresses) -> Text {
        let name = &self.types.types[id].class.name;
        let mut chars = name.chars();
        let bean = chars.next().map_or_else(String::new, |it| it.to_lowercase().chain(chars).collect());
        if let Some(address) = [self.types.qualified(id), bean].iter().find_map(|it| addresses.served.get(it))
        {
            return Text::known(address);
        }
        let module = module_folder(self.types.store.sources.path(self.types.types[id].file));
        match addresses.modules.get(module).map(|it| it.iter().collect::<Vec<_>>()).as_deref() {
            Some([one]) => Text::known(one),
            Some([_, _, ..]) => Text::hole("address"),
            _ => Text::known(""),
        }
    }
}

/// The classes and beans that the servers of a context serve, each with the address.
fn served(text: &str) -> BTreeMap<String, String> {
    let attributes = |text: &str| -> Vec<(String, String)> {
        ATTRIBUTE.captures_iter(text).map(|it| (it[1].to_owned(), it[2].to_owned())).collect()
    };
    let value = |all: &[(String, String)], names: &[&str]| {
        all.iter().find(|(it, _)| names.contains(&it.as_str())).map(|(_, it)| it.clone())
    };
    let beans = BEAN.captures_iter(text).filter_map(|it| {
        let all = attributes(&it[1]);
        Some((value(&all, &["id", "name"])?, value(&all, &["class"])?))
    });
    let beans: BTreeMap<String, String> = beans.collect();
    let mut found = BTreeMap::new();
    for server in SERVER.captures_iter(text) {
        let Some(address) = value(&attributes(&server[1]), &["address"]) else { continue };
        for (key, name) in attributes(&server[2]) {
            let class = match key.as_str() {
                "class" => name,
                "bean" | "component-id" => beans.get(&name).cloned().unwrap_or(name),
                _ => continue,
            };
            found.insert(class, path_of(&address));
        }
    }
    found
}

/// The path of an address, which may be a whole URI.
fn path_of(address: &str) -> String {
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => address,
    };
    path.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_name_beans_and_classes() {
        let text = r#"<bean class="net.Oven" id="oven"/>
            <jaxrs:server id="a" address="/bake"><jaxrs:serviceBeans><ref bean="oven"/><ref bean="tin"/></jaxrs:serviceBeans></jaxrs:server>
            <jaxrs:server address="http://0.0.0.0:1/sell/"><bean class="net.Till"/></jaxrs:server>"#;
        let wanted = [("net.Oven", "/bake"), ("net.Till", "/sell"), ("tin", "/bake")];
        assert_eq!(served(text), wanted.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
        assert!(is_context("src/main/webapp/WEB-INF/cxf-servlet.xml") && !is_context("pom.xml"));
    }
}
