//! The filters with which templates put words and numbers into texts.

use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::{Texts, filled};

/// Gives templates the texts, as `say`, and the filters for them: once, so that no page carries them along.
pub(in crate::render) fn register(tera: &mut Tera, says: &Texts) {
    tera.global_context().insert("say", &says.for_templates());
    tera.register_filter("fill", fill);
    let none_is_one = says.is_one(0);
    tera.register_filter("counted", move |count: usize, texts: Kwargs, _: &State| -> TeraResult<String> {
        let is_one = count == 1 || (count == 0 && none_is_one);
        let text = texts.must_get::<&str>(if is_one { "one" } else { "many" })?;
        Ok(filled(text, &[&count.to_string()]))
    });
}

/// `{{ say.line | fill(with=path, and=line) }}`: a text with words in the place of its `{}`.
fn fill(text: &str, words: Kwargs, _: &State) -> TeraResult<String> {
    let first = words.must_get::<Value>("with")?.to_string();
    let second = words.get::<Value>("and")?.map(|it| it.to_string());
    let words: Vec<&str> = std::iter::once(first.as_str()).chain(second.as_deref()).collect();
    Ok(filled(text, &words))
}
