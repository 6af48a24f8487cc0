//! What Go chooses between: the cases of a switch, and the returns of a function.

use std::rc::Rc;

use crate::parse::routes::interpret::value::EnvId;
use crate::parse::routes::interpret::{Interpreter, Value};
use crate::parse::routes::ir::{Case, Stmt};

impl Interpreter<'_> {
    /// Runs the arms of a switch: where the subject is known, only the one that it chooses.
    pub(in crate::parse::routes::interpret) fn go_switch(
        &mut self,
        subject: &Value,
        cases: &[Case],
        env: EnvId,
    ) -> Option<Value> {
        let known = match subject {
            Value::Text(text) if text.sure => text.as_known(),
            _ => None,
        };
        let mut chosen = match subject {
            Value::Bool(it) => {
                Some(cases.iter().position(|case| case.value.is_some() == *it).into_iter().collect())
            }
            _ => None,
        };
        if let Some(known) = known {
            for (i, case) in cases.iter().enumerate() {
                let Some(value) = &case.value else { continue };
                let value = self.eval(value, env);
                let all = self.items(&value).unwrap_or_else(|| vec![value]);
                let texts: Vec<Option<String>> = all.iter().map(Value::known_text).collect();
                if texts.iter().any(|it| it.as_deref() == Some(&known)) {
                    chosen = Some(vec![i]);
                    break;
                }
                if texts.iter().any(Option::is_none) {
                    chosen = Some((0..cases.len()).collect());
                    break;
                }
            }
            let default = || cases.iter().position(|it| it.value.is_none()).into_iter().collect();
            chosen = chosen.or_else(|| Some(default()));
        }
        let alone = chosen.as_ref().filter(|it| it.len() == 1).and_then(|it| cases.get(it[0]));
        let mut returned = None;
        for i in chosen.unwrap_or_else(|| (0..cases.len()).collect::<Vec<_>>()) {
            let own = self.new_env(env);
            let value = cases.get(i).and_then(|case| self.exec_all(&case.body, own, true));
            returned = match (returned, value) {
                (Some(old), Some(new)) => Some(self.better_return(old, new)),
                (old, new) => old.or(new),
            };
        }
        // A text that is returned for certain is what the function answers.
        let is_text = matches!(&returned, Some(Value::Text(_)));
        self.returned = is_text && alone.is_some_and(|it| matches!(it.body.last(), Some(Stmt::Return(_))));
        returned
    }

    /// Of two returns the one that says more, value by value.
    pub(in crate::parse::routes::interpret) fn better_return(&mut self, old: Value, new: Value) -> Value {
        if let (Value::List(a), Value::List(b)) = (&old, &new) {
            let (a, b) = (self.lists[*a].clone(), self.lists[*b].clone());
            if a.len() == b.len() {
                let both = a.into_iter().zip(b);
                let best = both.map(|(a, b)| if self.says_more(&a, &b) { b } else { a }).collect();
                return self.new_list(best);
            }
        }
        match (&old, &new) {
            // Which of two texts it is the program decides when it runs; the last is that of the usual case.
            (Value::Text(a), Value::Text(b))
                if a != b && old.known_text().and(new.known_text()).is_some() =>
            {
                let said = if b.is_empty() { a } else { b };
                Value::Text(Rc::new((**said).clone().unsure()))
            }
            _ if self.says_more(&old, &new) => new,
            _ => old,
        }
    }

    /// Whether a later return says more than an earlier one, which is often that of a failure.
    fn says_more(&self, old: &Value, new: &Value) -> bool {
        match (old, new) {
            (Value::Instance(a), Value::Instance(b)) => {
                self.instances[*a].fields.len() <= self.instances[*b].fields.len()
            }
            // Nothing is no better than something that nobody knows.
            (_, Value::Text(text)) if text.is_empty() => false,
            _ => old.certainty() < new.certainty(),
        }
    }
}
