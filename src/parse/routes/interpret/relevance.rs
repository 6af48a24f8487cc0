//! Which functions have to do with routers, so that the rest of a program is not run in vain.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use memchr::memmem::Finder;

use super::value::ModuleId;
use crate::parse::routes::framework::Framework;
use crate::parse::routes::ir::{Expr, ExprKind, Func, Module, Node, Stmt, walk};
use crate::parse::routes::lower::Language;
use crate::source::Sources;

/// Functions that call functions that call what has to do with routers, in one module.
const MAX_ROUNDS: usize = 6;

/// Remembers which functions have to do with routers.
#[derive(Debug)]
pub(super) struct Relevance<'a> {
    words: HashMap<Language, Words<'a>>,
    known: HashMap<*const Func, bool>,
    /// The functions of each module that has been asked for which call one of its relevant functions.
    callers: HashMap<ModuleId, HashSet<*const Func>>,
}

/// The words of the frameworks of one language.
#[derive(Debug, Default)]
struct Words<'a> {
    /// The names of what makes, mounts and declares.
    names: HashSet<&'a str>,
    /// A type and its function that makes: `Router`, `new`.
    makers: HashSet<(&'a str, &'a str)>,
    verbs: HashSet<&'a str>,
}

impl<'a> Relevance<'a> {
    /// The words of every framework; in Go, where verbs are words of every day, only the verbs of those that the project
    /// names.
    pub(super) fn new(tables: &'a [Framework], sources: &Sources) -> Relevance<'a> {
        let mut words: HashMap<Language, Words<'a>> = HashMap::new();
        for table in tables {
            let words = words.entry(table.language).or_default();
            for name in table.construct.iter().flat_map(|it| &it.names) {
                let mut parts = name.rsplit('.');
                match (parts.next(), parts.next()) {
                    // `new` alone says nothing.
                    (Some(last), Some(of))
                        if of.starts_with(char::is_uppercase)
                            && !of.ends_with("()")
                            && last.starts_with(char::is_lowercase) =>
                    {
                        words.makers.insert((of, last));
                    }
                    (Some(last), _) if !table.verbs.contains_key(last) => drop(words.names.insert(last)),
                    _ => {}
                }
            }
            words.names.extend(table.route.iter().flat_map(|it| &it.names).map(String::as_str));
            words.names.extend(table.mount.iter().flat_map(|it| &it.names).map(String::as_str));
            words.names.extend(table.group.iter().flat_map(|it| &it.names).map(String::as_str));
            words.names.extend(table.chain.iter().map(String::as_str));
            let filters =
                table.filters.iter().flat_map(|it| it.path.iter().chain(&it.parameter).chain(&it.serve));
            words.names.extend(filters.filter_map(|it| it.rsplit('.').next()));
            words.names.extend(table.serve.iter().filter_map(|it| it.rsplit('.').next()));
            if table.language != Language::Go || is_named(table, sources) {
                words.verbs.extend(table.verbs.keys().map(String::as_str));
            }
        }
        Relevance { words, known: HashMap::new(), callers: HashMap::new() }
    }

    /// Says that a function has to do with routers, whatever it calls.
    pub(super) fn insert(&mut self, func: &Arc<Func>) {
        self.known.insert(Arc::as_ptr(func), true);
    }

    /// Whether a function has to do with routers, by the names it calls.
    pub(super) fn of(&mut self, func: &Arc<Func>, language: Language) -> bool {
        let address = Arc::as_ptr(func);
        if let Some(&known) = self.known.get(&address) {
            return known;
        }
        let mut found = false;
        if let Some(words) = self.words.get(&language) {
            walk(&func.body, &mut |node| found |= words.are_in(node));
        }
        self.known.insert(address, found);
        found
    }
}

/// Whether a file has one of a framework's markers.
fn is_named(table: &Framework, sources: &Sources) -> bool {
    let markers: Vec<Finder<'_>> = table.detect.markers.iter().map(Finder::new).collect();
    sources
        .iter()
        .filter(|(_, it)| it.path.ends_with(".go"))
        .any(|(_, it)| markers.iter().any(|marker| marker.find(it.text.as_bytes()).is_some()))
}

impl Relevance<'_> {
    /// Whether a function calls one of its module that has to do with routers, directly or by others.
    pub(super) fn of_callees(
        &mut self,
        func: &Arc<Func>,
        id: ModuleId,
        module: impl FnOnce() -> Arc<Module>,
        language: Language,
    ) -> bool {
        if !self.callers.contains_key(&id) {
            let callers = self.callers_in(&module(), language);
            self.callers.insert(id, callers);
        }
        self.callers.get(&id).is_some_and(|it| it.contains(&Arc::as_ptr(func)))
    }

    fn callers_in(&mut self, module: &Module, language: Language) -> HashSet<*const Func> {
        let mut functions: Vec<&Arc<Func>> = Vec::new();
        walk(&module.body, &mut |node| match node {
            Node::Stmt(Stmt::Def(func)) if !func.name.is_empty() => functions.push(func),
            _ => {}
        });
        let (relevant, mut others): (Vec<_>, Vec<_>) =
            functions.into_iter().partition(|it| self.of(it, language));
        let mut names: HashSet<&str> = relevant.iter().map(|it| &*it.name).collect();
        let mut found = HashSet::new();
        for _ in 0..MAX_ROUNDS {
            let (callers, rest): (Vec<_>, Vec<_>) = others.into_iter().partition(|it| calls(it, &names));
            others = rest;
            if names.is_empty() || callers.is_empty() {
                break;
            }
            names = callers.iter().map(|it| &*it.name).collect();
            found.extend(callers.into_iter().map(Arc::as_ptr));
        }
        found
    }
}

/// Whether a function calls another of its module or its class by one of these names.
fn calls(func: &Func, names: &HashSet<&str>) -> bool {
    let mut found = false;
    walk(&func.body, &mut |node| {
        let Node::Expr(Expr { kind: ExprKind::Call(call), .. }) = node else { return };
        found |= match &call.callee.kind {
            ExprKind::Name(name) => names.contains(&**name),
            ExprKind::Attr(of, name) => {
                matches!(&of.kind, ExprKind::Name(it) if matches!(&**it, "self" | "this" | "cls"))
                    && names.contains(&**name)
            }
            _ => false,
        };
    });
    found
}

impl Words<'_> {
    fn are_in(&self, node: Node<'_>) -> bool {
        match node {
            Node::Expr(Expr { kind: ExprKind::Call(call), .. }) => match &call.callee.kind {
                ExprKind::Name(name) => self.names.contains(&**name),
                ExprKind::Attr(of, name) if self.makes(of, name) => true,
                ExprKind::Attr(_, name) => {
                    // `map.get(key)` is everywhere; a route has a handler, too.
                    self.names.contains(&**name) || (call.args.len() > 1 && self.verbs.contains(&**name))
                }
                _ => false,
            },
            Node::Stmt(Stmt::Def(func)) => func.decorators.iter().any(|it| match &it.kind {
                ExprKind::Call(call) => {
                    matches!(&call.callee.kind, ExprKind::Attr(_, name) if self.verbs.contains(&**name))
                }
                _ => false,
            }),
            Node::Expr(_) | Node::Stmt(_) => false,
        }
    }

    fn makes(&self, of: &Expr, name: &str) -> bool {
        let of = match &of.kind {
            ExprKind::Name(of) | ExprKind::Attr(_, of) => of,
            _ => return false,
        };
        self.makers.contains(&(&**of, name))
    }
}
