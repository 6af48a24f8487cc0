//! Which functions have to do with routers, so that the rest of a program is not run in vain.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::parse::routes::framework::ALL;
use crate::parse::routes::ir::{Expr, ExprKind, Func, Node, Stmt, walk};

/// Remembers which functions have to do with routers.
#[derive(Debug)]
pub(super) struct Relevance {
    /// The names of what makes, mounts and declares.
    names: HashSet<&'static str>,
    /// `NestFactory.create`: a word that only counts behind the other.
    methods: HashSet<(&'static str, &'static str)>,
    verbs: HashSet<&'static str>,
    known: HashMap<*const Func, bool>,
}

impl Relevance {
    /// The words of every framework.
    pub(super) fn new() -> Relevance {
        let mut names = HashSet::new();
        let mut verbs = HashSet::new();
        let mut methods = HashSet::new();
        for table in ALL.iter() {
            for name in table.construct.iter().flat_map(|it| &it.names) {
                let mut parts = name.rsplit('.');
                let (Some(last), before) = (parts.next(), parts.next()) else { continue };
                let of_class = |it: &&str| it.starts_with(char::is_uppercase) && !it.ends_with("()");
                match before.filter(of_class).filter(|_| last.starts_with(char::is_lowercase)) {
                    Some(class) => drop(methods.insert((class, last))),
                    None => drop(names.insert(last)),
                }
            }
            names.extend(table.route.iter().flat_map(|it| &it.names).map(String::as_str));
            names.extend(table.mount.iter().flat_map(|it| &it.names).map(String::as_str));
            names.extend(table.group.iter().flat_map(|it| &it.names).map(String::as_str));
            names.extend(table.chain.iter().map(String::as_str));
            names.extend(table.serve.iter().filter_map(|it| it.rsplit('.').next()));
            verbs.extend(table.verbs.keys().map(String::as_str));
        }
        Relevance { names, methods, verbs, known: HashMap::new() }
    }

    /// Whether a function has to do with routers, by the names it calls.
    pub(super) fn of(&mut self, func: &Arc<Func>) -> bool {
        let address = Arc::as_ptr(func);
        if let Some(&known) = self.known.get(&address) {
            return known;
        }
        let mut found = false;
        walk(&func.body, &mut |node| found |= self.is_relevant(node));
        self.known.insert(address, found);
        found
    }

    fn is_relevant(&self, node: Node<'_>) -> bool {
        match node {
            Node::Expr(Expr { kind: ExprKind::Call(call), .. }) => match &call.callee.kind {
                ExprKind::Name(name) => self.names.contains(&**name),
                ExprKind::Attr(of, name) => {
                    let made = |it: &str| self.methods.iter().any(|known| *known == (it, &**name));
                    if matches!(&of.kind, ExprKind::Name(class) if made(class)) {
                        return true;
                    }
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
}
