//! What an application says about all its routes: a prefix, versions, the settings that these come from.

use super::super::value::{Args, EnvId};
use super::super::{Interpreter, Value};
use crate::parse::routes::framework::{Framework, Place};
use crate::parse::routes::text::Text;

/// Begins the name of a setting, which a deployment may change as it does an environment variable.
const SETTING: &str = "process.env.settings:";

/// What an application says about all its routes.
#[derive(Default)]
pub(super) struct Common {
    pub(super) prefix: Option<Text>,
    /// Paths that the prefix does not stand before.
    excluded: Vec<String>,
    /// What stands before a version in a path, where versions stand there.
    version_prefix: Option<String>,
    pub(super) default_versions: Vec<Option<Text>>,
}

impl Interpreter<'_> {
    /// Reads the prefix of all routes; `near` is the file that makes the application.
    pub(super) fn read_prefix(&mut self, args: &Args, near: &str, common: &mut Common) {
        let Some(first) = args.positional.first() else { return };
        let value = self.setting(&first.value);
        common.prefix = Some(match &value {
            Value::Text(text) => (**text).clone(),
            value => self
                .variable(value, near)
                .or_else(|| self.variable(&first.value, near))
                .unwrap_or_else(|| Text::hole("prefix")),
        });
        if let Some(excluded) = self.at(args, &Place::Key("exclude".to_owned())) {
            for item in self.items(&excluded.value).unwrap_or_default() {
                let path = match item {
                    Value::Object(_) => self.attr(item, "path"),
                    item => item,
                };
                common.excluded.extend(path.known_text());
            }
        }
    }

    /// The value of an environment variable, or of a setting that is called as one.
    fn variable(&self, value: &Value, near: &str) -> Option<Text> {
        let Value::External(name) = value else { return None };
        let name = name.strip_prefix(SETTING).or_else(|| name.strip_prefix("process.env."))?;
        super::environment::value(self.store.sources, name.rsplit('.').next().unwrap_or(name), near)
    }

    /// Calls a function of a library that is about modules or settings.
    pub(in crate::parse::routes::interpret) fn call_of_modules(
        &mut self,
        name: &str,
        args: &Args,
    ) -> Option<Value> {
        let all = || self.store.tables.iter().filter_map(|it| it.annotation.as_ref()?.modules.as_ref());
        if all().any(|it| it.register.iter().any(|it| it == name)) {
            self.registered.push(args.clone());
            return Some(Value::Unknown);
        }
        if all().any(|it| it.settings.iter().any(|it| it == name)) {
            let [group, function, ..] = args.positional.as_slice() else { return None };
            self.settings.push((group.value.known_text()?.into(), function.value.clone()));
            return Some(function.value.clone());
        }
        if all().any(|it| it.load.iter().any(|it| it == name)) {
            let load = self.at(args, &Place::Key("load".to_owned()))?;
            for function in self.items(&load.value).unwrap_or_default() {
                if !self.settings.iter().any(|(_, it)| *it == function) {
                    self.settings.push(("".into(), function));
                }
            }
        }
        None
    }

    /// A setting that an application is asked for; it is looked up when all files are read.
    pub(in crate::parse::routes::interpret) fn setting_asked(
        &mut self,
        table: &Framework,
        name: &str,
        args: &Args,
        env: EnvId,
    ) -> Option<Value> {
        let modules = table.annotation.as_ref()?.modules.as_ref()?;
        let asked = modules.setting.iter().any(|it| it == name);
        let first = args.positional.first().filter(|_| asked)?.value.clone();
        // An object of a class of the project: `app.get(Settings)`.
        if let Value::Class(class) = &first {
            return Some(self.instantiate(class, Args::default(), 0..0, env));
        }
        let key = first.known_text()?;
        match args.positional.get(1).map(|it| &it.value) {
            Some(default @ Value::Text(_)) => Some(default.clone()),
            _ => Some(Value::External(format!("{SETTING}{key}").into())),
        }
    }

    /// The value of a setting that was asked for before.
    pub(super) fn setting(&mut self, value: &Value) -> Value {
        let Value::External(name) = value else { return value.clone() };
        let Some(key) = name.strip_prefix(SETTING) else { return value.clone() };
        let mut variable = Value::Unknown;
        for (group, function) in self.settings.clone() {
            let path = match key.split_once('.') {
                _ if group.is_empty() => key,
                Some((first, rest)) if *first == *group => rest,
                _ => continue,
            };
            let mut found = self.call_value(function, Args::default(), 0..0, 0);
            for part in path.split('.') {
                found = self.attr(found, part);
            }
            match found {
                Value::Text(_) => return found,
                Value::External(_) => variable = found,
                _ => {}
            }
        }
        variable
    }

    pub(super) fn read_versioning(&mut self, args: &Args, common: &mut Common) {
        let at = |it: &Self, key: &str| it.at(args, &Place::Key(key.to_owned())).map(|it| it.value);
        let by_path = match at(self, "type") {
            Some(Value::External(name)) => name.ends_with(".URI"),
            None => true,
            Some(_) => false,
        };
        if by_path {
            let prefix = match at(self, "prefix") {
                Some(Value::Bool(false)) => String::new(),
                Some(value) => value.known_text().unwrap_or_else(|| "v".to_owned()),
                None => "v".to_owned(),
            };
            common.version_prefix = Some(prefix);
            if let Some(default) = at(self, "defaultVersion") {
                common.default_versions = self.versions(&default);
            }
        }
    }

    /// The versions that a value names; none for what has no version on purpose.
    pub(super) fn versions(&self, value: &Value) -> Vec<Option<Text>> {
        match value {
            Value::List(_) => {
                self.items(value).unwrap_or_default().iter().flat_map(|it| self.versions(it)).collect()
            }
            Value::Text(text) => vec![Some((**text).clone())],
            Value::External(name) if name.ends_with("NEUTRAL") => vec![None],
            _ => vec![Some(Text::hole("version"))],
        }
    }
}

impl Common {
    /// Every path of a controller's path: with each version, the module's path and the prefix of the application.
    pub(super) fn paths(&self, module: &Text, below: &Text, versions: &[Option<Text>]) -> Vec<Text> {
        let mut path = Text::known("");
        path.join(module);
        path.join(below);
        let mut whole = match &self.prefix {
            Some(prefix) if !self.excludes(&path) => {
                let mut whole = Text::known("");
                whole.join(prefix);
                whole
            }
            _ => Text::known(""),
        };
        let Some(version_prefix) = self.version_prefix.as_ref().filter(|_| !versions.is_empty()) else {
            whole.join(&path);
            return vec![whole];
        };
        let with = versions.iter().map(|version| {
            let mut whole = whole.clone();
            if let Some(version) = version {
                let mut segment = Text::known(version_prefix);
                segment.push(version);
                whole.join(&segment);
            }
            whole.join(&path);
            whole
        });
        with.collect()
    }

    pub(super) fn excludes(&self, path: &Text) -> bool {
        let Some(path) = path.as_known() else { return false };
        let path = path.trim_matches('/');
        self.excluded.iter().any(|it| {
            let it = it.trim_matches('/');
            match it.find(['*', '(', '{']) {
                Some(at) => path.starts_with(it[..at].trim_end_matches('/')),
                None => it == path,
            }
        })
    }
}
