//! The settings that an application holds itself: `app.config.from_object("shop.settings.Production")`, then
//! `app.config["PREFIX"]`.

use super::value::{Args, EnvId};
use super::{Interpreter, Value};

impl Interpreter<'_> {
    /// Whether a value is the settings of an application.
    pub(super) fn is_app_config(&self, value: &Value) -> bool {
        match value {
            Value::Method(method) => self.router_of(&method.0).is_some_and(|id| {
                let table = &self.store.tables[self.graph.routers[id].framework];
                table.settings.iter().any(|it| **it == *method.1)
            }),
            Value::External(name) => {
                self.store.tables.iter().any(|table| table.settings.iter().any(|it| **it == **name))
            }
            _ => false,
        }
    }

    /// Calls a method of the settings: one that fills them, or one that asks for a setting.
    pub(super) fn call_app_config(&mut self, name: &str, args: &Args, env: EnvId) -> Value {
        let first = args.positional.first().map(|it| it.value.clone());
        match (name, first) {
            ("get", Some(key)) => {
                let default = args.positional.get(1).map_or(Value::Unknown, |it| it.value.clone());
                let key = key.known_text();
                match key.map_or(Value::Unknown, |it| self.app_setting(&it)) {
                    Value::Unknown => default,
                    value => value,
                }
            }
            ("from_object", Some(source)) => {
                let source = match source.known_text() {
                    Some(name) => self.named_settings(&name, env),
                    None => source,
                };
                self.app_configs.push(source);
                Value::Unknown
            }
            ("from_pyfile", Some(file)) => {
                let name = file.known_text().unwrap_or_default();
                if let Some(name) = name.strip_suffix(".py") {
                    let module = self.import_module(env, &name.replace('/', "."));
                    self.app_configs.push(module);
                }
                Value::Unknown
            }
            ("from_mapping" | "update" | "setdefault", first) => {
                self.app_configs.extend(first.filter(|it| matches!(it, Value::Object(_))));
                let named = args.named.iter().map(|(key, it)| (key.clone(), it.value.clone())).collect();
                let named = self.new_object(named);
                self.app_configs.push(named);
                Value::Unknown
            }
            _ => Value::Unknown,
        }
    }

    /// A setting, as the last source says that knows it.
    pub(super) fn app_setting(&mut self, key: &str) -> Value {
        for at in (0..self.app_configs.len()).rev() {
            match self.attr(self.app_configs[at].clone(), key) {
                Value::Unknown | Value::Method(_) | Value::External(_) => {}
                value => return value,
            }
        }
        Value::Unknown
    }

    /// Sets one setting.
    pub(super) fn set_app_setting(&mut self, key: &str, value: Value) {
        let entry = self.new_object(vec![(key.into(), value)]);
        self.app_configs.push(entry);
    }

    /// The module or the class of a dotted name.
    fn named_settings(&mut self, name: &str, env: EnvId) -> Value {
        match self.import_module(env, name) {
            it @ Value::Module(_) => it,
            _ => match name.rsplit_once('.') {
                Some((module, class)) => match self.import_module(env, module) {
                    Value::Module(id) => self.module_attr(id, class),
                    _ => Value::Unknown,
                },
                None => Value::Unknown,
            },
        }
    }
}
