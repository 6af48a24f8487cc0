//! What arms of a program leave behind of which one is run.

use super::value::EnvId;
use super::{Interpreter, Value};
use crate::parse::routes::framework::Made;
use crate::parse::routes::graph::{Mounted, RouterId};
use crate::parse::routes::text::Text;

impl Interpreter<'_> {
    /// Whether a value is certainly there, so that what is done without it is not done.
    pub(super) fn is_something(&self, value: &Value) -> bool {
        match value {
            Value::Text(text) => text.sure && text.as_known().is_some_and(|it| !it.is_empty()),
            Value::List(id) => !self.lists[*id].is_empty(),
            Value::Router(_) | Value::Func(_) | Value::Class(_) | Value::Instance(_) => true,
            _ => false,
        }
    }

    /// The names of an environment that stand for routers, each with its router.
    pub(super) fn routers_bound(&self, env: EnvId) -> Vec<(Box<str>, RouterId)> {
        let routers = self.envs[env].vars.iter().filter_map(|(name, value)| match value {
            Value::Router(id) => Some((name.clone(), *id)),
            _ => None,
        });
        routers.collect()
    }

    /// Binds each name to all routers that the arms of a `switch` made for it: which one it is nobody knows.
    pub(super) fn bind_all(&mut self, mut made: Vec<(Box<str>, RouterId)>, env: EnvId) {
        made.sort();
        made.dedup();
        for same in made.chunk_by(|a, b| a.0 == b.0).filter(|it| it.len() > 1) {
            let first = &self.graph.routers[same[0].1];
            let all = self.graph.add(first.framework, Made::Router, first.place);
            for &(_, child) in same {
                let path = Text::known("");
                self.graph.mount(all, Mounted { child, path, hidden: false, replaces: false });
            }
            self.bind(env, &same[0].0, Value::Router(all));
        }
    }
}
