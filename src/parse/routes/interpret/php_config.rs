//! What the configuration files of a PHP application say: `config('shop.prefix')` is `'prefix'` in `config/shop.php`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::php_library::php_candidates;
use super::value::{Args, EnvId};
use super::{Interpreter, Value};
use crate::parse::routes::ir::{Expr, ExprKind, Stmt};
use crate::parse::routes::lower::Language;
use crate::parse::routes::resolve::{join, parent};
use crate::pattern::compiled;
use crate::source::{SourceId, Sources};

/// `$this->mergeConfigFrom(__DIR__.'/../config/blog.php', 'blog')`
static MERGES: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r#"mergeConfigFrom\(\s*([^,;]*?)["']([^"']+\.php)["']\s*\)?\s*,\s*["']([\w.\-]+)["']"#)
});

impl Interpreter<'_> {
    /// The value that a call of `config` stands for; none in other languages.
    pub(super) fn php_config(&mut self, args: &Args, env: EnvId) -> Option<Value> {
        let module = &self.modules[self.envs[env].module];
        if module.language != Language::Php {
            return None;
        }
        let from = module.target.file?;
        let key = args.positional.first()?.value.known_text()?;
        let (file, rest) = self.config_file(from, &key)?;
        let module = self.store.module(file);
        let returned = module.body.iter().find_map(|it| match it {
            Stmt::Return(Some(it)) => Some(it),
            _ => None,
        })?;
        let value = rest.split('.').filter(|it| !it.is_empty()).try_fold(returned, entry)?;
        let module = self.module_of_file(file);
        let env = self.modules[module].env;
        match self.eval(value, env) {
            it @ (Value::Text(_) | Value::Bool(_) | Value::List(_) | Value::Object(_)) => Some(it),
            _ => None,
        }
    }

    /// The file that has a key, and what is left of the key in it.
    fn config_file<'k>(&mut self, from: SourceId, key: &'k str) -> Option<(SourceId, &'k str)> {
        let (file, rest) = key.split_once('.').unwrap_or((key, ""));
        let name = format!("config/{file}.php");
        let sources = self.store.sources;
        let mut folder = parent(sources.path(from));
        loop {
            if let Some(id) = sources.id(&join(folder, &name)) {
                return Some((id, rest));
            }
            if folder.is_empty() {
                break;
            }
            folder = parent(folder);
        }
        let merged = self.merged_configs.get_or_insert_with(|| merged(sources));
        let of = |it: &str| match key.strip_prefix(it) {
            Some("") => Some(""),
            Some(rest) => rest.strip_prefix('.'),
            None => None,
        };
        let longest = merged.iter().filter_map(|(it, id)| Some((*id, of(it)?)));
        longest.min_by_key(|(_, rest)| rest.len()).map(|(id, rest)| (id, &key[key.len() - rest.len()..]))
    }
}

/// The configuration files of packages, by the key that their providers give them.
fn merged(sources: &Sources) -> BTreeMap<String, SourceId> {
    let mut found = BTreeMap::new();
    let php =
        sources.iter().filter(|(_, it)| it.path.ends_with(".php") && it.text.contains("mergeConfigFrom"));
    for (_, source) in php {
        for hit in MERGES.captures_iter(&source.text) {
            let beside = hit[1].contains("__DIR__") && !hit[1].contains("dirname");
            let path = if beside {
                format!("__DIR__{}", &hit[2])
            } else {
                hit[2].trim_start_matches('/').to_owned()
            };
            let file = php_candidates(&source.path, &path).iter().find_map(|it| sources.id(it));
            if let Some(file) = file {
                found.entry(hit[3].to_owned()).or_insert(file);
            }
        }
    }
    found
}

fn entry<'e>(of: &'e Expr, key: &str) -> Option<&'e Expr> {
    let ExprKind::Object(entries) = &of.kind else { return None };
    entries.iter().find(|it| it.key.as_deref() == Some(key)).map(|it| &it.value)
}
