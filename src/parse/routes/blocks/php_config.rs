//! What the configuration files of a PHP application say: `config('shop.prefix')` is `'prefix'` in `config/shop.php`.

use super::chains::Reader;
use super::last;
use crate::parse::routes::interpret::Value;
use crate::parse::routes::ir::{Expr, ExprKind, Stmt};
use crate::parse::routes::lower::lower;
use crate::parse::routes::resolve::{join, parent};
use crate::parse::routes::text::Text;

impl Reader<'_, '_, '_> {
    /// The text that a call of `config` stands for.
    pub(super) fn configured(&self, value: &Value) -> Option<Text> {
        let Value::Noted(id) = value else { return None };
        let note = self.interpreter.noted(*id);
        if last(&note.name) != "config" {
            return None;
        }
        let key = note.args.positional.first()?.value.known_text()?;
        let (file, rest) = key.split_once('.')?;
        let name = format!("config/{file}.php");
        let mut folder = parent(self.sources.path(note.span.source));
        let source = loop {
            if let Some(id) = self.sources.id(&join(folder, &name)) {
                break self.sources.get(id);
            }
            if folder.is_empty() {
                return None;
            }
            folder = parent(folder);
        };
        let module = lower(&source.path, &source.text);
        let returned = module.body.iter().find_map(|it| match it {
            Stmt::Return(Some(it)) => Some(it),
            _ => None,
        })?;
        rest.split('.').try_fold(returned, entry).and_then(text)
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
