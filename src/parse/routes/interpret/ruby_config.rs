//! What a Rails application configures: `Rails.configuration.api_path` is what `config.api_path = "/api"` says.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use regex::Regex;

use super::{Interpreter, Value};
use crate::parse::routes::text::Text;
use crate::pattern::compiled;
use crate::source::Sources;

/// `config.api_path = "/api"`, `config.x.paths.api = ENV.fetch("API", "/api")`, `config.api = ENV["API"] || "/api"`
static SAID: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r#"(?m)^\s*(?:Rails\.application\.)?config\.([\w.]+)\s*=\s*(?:ENV(?:\.fetch\([^,\n]*,|\[[^\]\n]*\]\s*\|\|)\s*)?["']([^"'#\n]*)["']"#,
    )
});

impl Interpreter<'_> {
    /// The text of a setting that a name of the framework stands for.
    pub(super) fn ruby_config(&mut self, of: &str, name: &str) -> Option<Value> {
        let rest =
            ["Rails.configuration", "Rails.application.config"].iter().find_map(|it| of.strip_prefix(it))?;
        let key = format!("{}.{name}", rest.trim_start_matches('.'));
        let sources = self.store.sources;
        let said = self.ruby_configs.get_or_insert_with(|| read(sources));
        said.get(key.trim_start_matches('.')).map(|it| Value::Text(Rc::new(it.clone())))
    }
}

/// What is said once; another value in another file makes it unsure.
fn read(sources: &Sources) -> HashMap<String, Text> {
    let mut found: HashMap<String, Text> = HashMap::new();
    let configuration =
        |path: &str| path.ends_with(".rb") && (path.starts_with("config/") || path.contains("/config/"));
    for (_, source) in sources.iter().filter(|(_, it)| configuration(&it.path)) {
        for hit in SAID.captures_iter(&source.text) {
            let text = Text::known(&hit[2]);
            let other = found.get(&hit[1]).is_some_and(|it| *it != text);
            found.insert(hit[1].to_owned(), if other { text.unsure() } else { text });
        }
    }
    found
}
