//! What the configuration files of a PHP application say: `config('shop.prefix')` is `'prefix'` in `config/shop.php`.

use std::rc::Rc;

use super::value::{Args, EnvId};
use super::{Interpreter, Value};
use crate::parse::routes::ir::{Expr, ExprKind, Stmt};
use crate::parse::routes::lower::Language;
use crate::parse::routes::resolve::{join, parent};
use crate::parse::routes::text::Text;

impl Interpreter<'_> {
    /// The text that a call of `config` stands for; none in other languages.
    pub(super) fn php_config(&self, args: &Args, env: EnvId) -> Option<Value> {
        let module = &self.modules[self.envs[env].module];
        if module.language != Language::Php {
            return None;
        }
        let key = args.positional.first()?.value.known_text()?;
        let (file, rest) = key.split_once('.')?;
        let name = format!("config/{file}.php");
        let sources = self.store.sources;
        let mut folder = parent(sources.path(module.target.file?));
        let id = loop {
            if let Some(id) = sources.id(&join(folder, &name)) {
                break id;
            }
            if folder.is_empty() {
                return None;
            }
            folder = parent(folder);
        };
        let module = self.store.module(id);
        let returned = module.body.iter().find_map(|it| match it {
            Stmt::Return(Some(it)) => Some(it),
            _ => None,
        })?;
        let value = rest.split('.').try_fold(returned, entry)?;
        text(value).map(|it| Value::Text(Rc::new(it)))
    }
}

fn entry<'e>(of: &'e Expr, key: &str) -> Option<&'e Expr> {
    let ExprKind::Object(entries) = &of.kind else { return None };
    entries.iter().find(|it| it.key.as_deref() == Some(key)).map(|it| &it.value)
}

/// A text, or what stands there where the environment says nothing.
fn text(value: &Expr) -> Option<Text> {
    match &value.kind {
        ExprKind::Str(text) => Some(Text::known(text)),
        ExprKind::Call(call) if matches!(&call.callee.kind, ExprKind::Name(name) if &**name == "env") => {
            text(&call.args.get(1)?.value).map(Text::unsure)
        }
        _ => None,
    }
}
