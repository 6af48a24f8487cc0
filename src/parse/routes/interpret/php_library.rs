//! Functions of PHP and Laravel that name files and go over lists: `base_path('routes/api.php')`, `glob(…)`, `collect(…)`.

use std::rc::Rc;

use globset::GlobBuilder;

use super::value::{Args, EnvId};
use super::{Interpreter, Value};
use crate::parse::routes::ir::{ExprKind, Param, Pattern};
use crate::parse::routes::resolve::{join, parent};
use crate::parse::routes::text::Text;

/// What a provider or a file of routes calls the router that it is given.
const ROUTERS: [&str; 4] = ["$router", "$app", "$api", "$route"];

impl Interpreter<'_> {
    /// What a function of PHP or Laravel returns.
    pub(super) fn call_php_library(&mut self, name: &str, args: &Args, env: EnvId) -> Option<Value> {
        let first = args.positional.first().map(|it| it.value.clone());
        let text = || match &first {
            Some(Value::Text(text)) => Some((**text).clone()),
            None => Some(Text::known("")),
            Some(_) => None,
        };
        let below = |folder: &str| {
            let mut path = Text::known(folder);
            path.join(&text()?.map_start(|it| it.trim_start_matches('/')));
            Some(Value::Text(Rc::new(path)))
        };
        match name.rsplit(['.', '\\']).next()? {
            "base_path" => below(""),
            "app_path" => below("app"),
            "config_path" => below("config"),
            "resource_path" => below("resources"),
            "dirname" => {
                let levels = args.positional.get(1).and_then(|it| it.value.known_text()?.parse().ok());
                let up = "/..".repeat(levels.unwrap_or(1usize).min(16));
                let mut path = text()?;
                path.push(&Text::known(&up));
                Some(Value::Text(Rc::new(path)))
            }
            "isset" if args.positional.len() == 1 => is_nothing(&first?).map(|it| Value::Bool(!it)),
            "is_null" | "empty" => is_nothing(&first?).map(Value::Bool),
            "(not)" => match first? {
                Value::Bool(it) => Some(Value::Bool(!it)),
                _ => Some(Value::Unknown),
            },
            "realpath" => first,
            "basename" => {
                let path = text()?.as_known()?;
                let name = path.rsplit('/').next().unwrap_or_default();
                let end = args.positional.get(1).and_then(|it| it.value.known_text()).unwrap_or_default();
                Some(Value::text(name.strip_suffix(end.as_str()).unwrap_or(name)))
            }
            "resolve" | "app" => self.php_service(args, env),
            "glob" => {
                let pattern = text()?.as_known()?;
                let files = self.php_files(&pattern, env);
                let files = files.iter().map(|it| Value::text(&format!("/{it}"))).collect();
                Some(self.new_list(files))
            }
            "collect" => first.filter(|it| matches!(it, Value::List(_) | Value::Object(_))),
            "array_merge" => self.array_merge(args),
            "array_map" => {
                let items = self.items(&args.positional.get(1)?.value)?;
                let function = first?;
                let values =
                    items.into_iter().map(|it| self.call_value(function.clone(), Args::of([it]), 0..0, env));
                let values = values.collect();
                Some(self.new_list(values))
            }
            "array_walk" => {
                let function = args.positional.get(1)?.value.clone();
                Some(self.call_known_method(first?, "each", Args::of([function]), env))
            }
            _ => None,
        }
    }

    /// An object of the project's class that is asked for by its name: `$this->app->make('Ferry\\Routes\\Orders')`.
    pub(super) fn php_service(&mut self, args: &Args, env: EnvId) -> Option<Value> {
        let name = args.positional.first()?.value.known_text().filter(|it| it.contains('\\'))?;
        let class = self.class_named(&name, env)?;
        Some(self.instantiate(&class, Args::default(), 0..0, env))
    }

    /// One list of several, or one object in which the last value of a key stands.
    fn array_merge(&mut self, args: &Args) -> Option<Value> {
        let mut items = Vec::new();
        let mut entries: Vec<(Box<str>, Value)> = Vec::new();
        for argument in &args.positional {
            match argument.value {
                Value::List(id) => items.extend(self.lists[id].iter().cloned()),
                Value::Object(id) => {
                    let more = &self.objects[id];
                    entries.retain(|(key, _)| !more.iter().any(|(it, _)| it == key));
                    entries.extend(more.iter().cloned());
                }
                _ => return None,
            }
        }
        Some(if entries.is_empty() { self.new_list(items) } else { self.new_object(entries) })
    }

    /// The files of a pattern, seen from the file that asks.
    fn php_files(&self, pattern: &str, env: EnvId) -> Vec<String> {
        let sources = self.store.sources;
        for pattern in php_candidates(sources.path(self.file(env)), pattern) {
            let Ok(glob) = GlobBuilder::new(&pattern).literal_separator(true).build() else { continue };
            let matcher = glob.compile_matcher();
            let found: Vec<String> = sources
                .iter()
                .filter(|(_, it)| it.path.ends_with(".php") && matcher.is_match(&it.path))
                .map(|(_, it)| it.path.clone())
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    /// The router that the framework hands to a parameter nobody gave a value.
    pub(super) fn php_parameter(&self, param: &Param) -> Option<Value> {
        let Pattern::Name(name) = &param.pattern else { return None };
        let of = match param.of.as_ref().map(|it| &it.kind) {
            Some(ExprKind::Name(of)) => of.rsplit('\\').next().unwrap_or(of),
            _ => "",
        };
        if matches!(of, "Router" | "Registrar" | "RouteRegistrar") {
            return Some(Value::External("$router".into()));
        }
        (of.is_empty() && ROUTERS.contains(&&**name)).then(|| Value::External((&**name).into()))
    }
}

/// Whether a value is `null` or not there; none where that is not known.
fn is_nothing(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(it) => Some(!it),
        Value::Text(_) | Value::List(_) | Value::Object(_) | Value::Func(_) => Some(false),
        _ => None,
    }
}

/// Where a path may lead, seen from a file: beside it, or from one of the folders above it.
pub(in crate::parse::routes) fn php_candidates(from: &str, path: &str) -> Vec<String> {
    let folder = parent(from);
    let rest = path.strip_prefix("__DIR__").unwrap_or(path);
    let mut found = Vec::new();
    if path.starts_with('/') {
        found.extend(normalize("", path));
    }
    let mut above = folder.to_owned();
    loop {
        found.extend(normalize(&above, rest));
        if above.is_empty() || path.starts_with("__DIR__") {
            break;
        }
        above = parent(&above).to_owned();
    }
    found
}

/// A relative path from a folder; none where it leaves the project.
fn normalize(folder: &str, path: &str) -> Option<String> {
    let mut at = folder.to_owned();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if at.is_empty() => return None,
            ".." => at = parent(&at).to_owned(),
            part => at = join(&at, part),
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_path_may_lead() {
        assert_eq!(php_candidates("app/Providers/A.php", "__DIR__/../x.php"), ["app/x.php"]);
        let found = php_candidates("app/Providers/A.php", "routes/a.php");
        assert_eq!(found, ["app/Providers/routes/a.php", "app/routes/a.php", "routes/a.php"]);
        assert_eq!(php_candidates("a/b.php", "/c/d.php")[0], "c/d.php");
        assert_eq!(php_candidates("a/b.php", "__DIR__/../../../c.php"), Vec::<String>::new());
    }
}
