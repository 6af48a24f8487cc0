//! What the methods of a C# object know without being told: its fields, its methods, the names of types.

use std::rc::Rc;

use super::value::EnvId;
use super::{Interpreter, Value};

impl Interpreter<'_> {
    /// The object whose method is run.
    fn this(&self, env: EnvId) -> Option<usize> {
        let mut at = Some(env);
        while let Some(id) = at {
            let env = self.envs.get(id)?;
            if let Some(Value::Instance(id)) = env.vars.get("this") {
                return Some(*id);
            }
            at = env.parent;
        }
        None
    }

    /// The field of the object whose method is run, which needs no `this`.
    pub(super) fn field_of_this(&self, env: EnvId, name: &str) -> Option<Value> {
        let mut fields = self.instances[self.this(env)?].fields.iter().rev();
        fields.find(|(key, _)| &**key == name).map(|(_, value)| value.clone())
    }

    /// A method of the object whose method is run, which needs no `this` either.
    pub(super) fn method_of_this(&mut self, callee: &Value, env: EnvId) -> Option<Value> {
        let Value::Func(closure) = callee else { return None };
        let this = self.this(env)?;
        let class = self.instances[this].class.clone();
        let own = self.class_attr(&class, &closure.func.name, 0);
        (own.as_ref() == Some(callee))
            .then(|| Value::Bound(Rc::new((Value::Instance(this), closure.clone()))))
    }

    /// `GetType()` and `Name`, which paths are made of.
    pub(super) fn type_name(&self, of: &Value, name: &str) -> Option<Value> {
        match (of, name) {
            (Value::Instance(id), "GetType") => {
                let class = self.instances[*id].class.clone();
                self.is_csharp(class.env).then(|| Value::Method(Rc::new((Value::Class(class), name.into()))))
            }
            // The name of a handler: `handler.Method.Name`
            (Value::Func(closure), "Method") if self.is_csharp(closure.env) => Some(of.clone()),
            (Value::Func(closure), "Name")
                if self.is_csharp(closure.env) && !closure.func.name.is_empty() =>
            {
                Some(Value::text(&closure.func.name))
            }
            (Value::Bound(bound), "Method") if self.is_csharp(bound.1.env) => {
                Some(Value::Func(bound.1.clone()))
            }
            (Value::Class(class), "Name")
                if self.is_csharp(class.env) && !self.envs[class.env].vars.contains_key("Name") =>
            {
                Some(Value::text(&class.class.name))
            }
            _ => None,
        }
    }
}
