//! Words of libraries that declare many routes at once: `devise_for :users`, `use_doorkeeper`.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::drawn::is_ruby_test;
use super::scopes::{Reader, Scope, Word, text_of};
use super::segments::singular;
use super::table::Library;
use crate::parse::routes::interpret::{Args, Value};
use crate::parse::routes::text::Text;
use crate::pattern::compiled;

/// Models that are derived from models.
const MAX_BASES: usize = 8;

/// `class Keeper < Sailor`
static DERIVED: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?m)^\s*class\s+[A-Z][\w:]*\s*<\s*(?:::)?([A-Z][\w:]*)"));

/// A symbol, and whether it is the key of an option.
static SYMBOL: LazyLock<Regex> = LazyLock::new(|| compiled(r":([a-z]\w*)|\b([a-z]\w*):"));

/// `config.sign_out_via = [:get, :delete]`
static SIGN_OUT: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?m)^\s*config\.sign_out_via\s*=\s*([^#\n]+)"));

static VERB: LazyLock<Regex> = LazyLock::new(|| compiled(r"\b(?:get|post|put|patch|delete)\b"));

/// `%i[harbour buoy]`
static SYMBOLS: LazyLock<Regex> = LazyLock::new(|| compiled(r"%i[\[({]([^\])}]*)[\])}]"));

/// What a model says about the library: the parts it uses and the providers it lets people sign in with.
#[derive(Default)]
struct Said {
    parts: Vec<String>,
    providers: Vec<String>,
}

impl Reader<'_, '_, '_> {
    /// Declares what a word of a library does, below the place where it stands.
    pub(super) fn library(&mut self, word: &Word, scope: &Scope, library: &Library) {
        let place = self.place(word.id);
        self.interpreter.graph.provided.insert(place);
        let mut skipped = word.option("skip").map(|it| self.texts(it)).unwrap_or_default();
        skipped.extend(self.skipped_in_block(word));
        let only = word.option("only").map(|it| self.texts(it));
        let names: Vec<String> = match &library.model {
            Some(_) => word.positional.iter().flat_map(|it| self.texts(it)).collect(),
            None => vec![String::new()],
        };
        let renamed = word.option("path_names").and_then(|it| self.interpreter.entries_of(it));
        let renamed: Vec<(String, String)> = renamed
            .unwrap_or_default()
            .iter()
            .filter_map(|(key, it)| Some((key.to_string(), it.known_text()?)))
            .collect();
        let sign_out = self.sign_out(word);
        for name in names {
            let said = library.model.as_deref().map(|call| self.model(word, &name, call).ok_or(()));
            let mut path = self.opened(scope).path;
            let usual = if library.path.is_empty() { &name } else { &library.path };
            path.join(&word.option(&library.path_option).map_or_else(|| Text::known(usual), text_of));
            if matches!(said, Some(Err(()))) {
                path = path.unsure();
            }
            for part in &library.part {
                let has = match &said {
                    None => true,
                    Some(Err(())) => part.usual,
                    Some(Ok(said)) => said.parts.iter().any(|it| *it == part.name || part.also.contains(it)),
                };
                // The library takes both numbers: `skip: :registration`.
                let is_it = |it: &String| singular(it) == singular(&part.skip);
                let left_out = skipped.iter().any(|it| is_it(it) || it == "all")
                    || only.as_ref().is_some_and(|it| !it.iter().any(is_it));
                if !has || left_out {
                    continue;
                }
                let providers = match &said {
                    Some(Ok(said)) => said.providers.clone(),
                    _ => Vec::new(),
                };
                for route in &part.routes {
                    let Some((verb, own)) = route.split_once(' ') else { continue };
                    let verbs = if own == "{sign_out}" { sign_out.clone() } else { vec![verb.to_owned()] };
                    let own = rename(own, &renamed);
                    let all = match own.contains("{provider}") {
                        true => providers.iter().map(|it| own.replace("{provider}", it)).collect(),
                        false => vec![own],
                    };
                    for own in all {
                        let mut path = path.clone();
                        path.join(&Text::known(&own));
                        self.declare(&path, &verbs, word.id);
                    }
                }
            }
        }
    }

    /// The verbs that sign somebody out: what the word says, else the library's configuration.
    fn sign_out(&self, word: &Word) -> Vec<String> {
        let said = word.option("sign_out_via").map(|it| self.texts(it)).or_else(|| {
            let files = self.sources.iter().filter(|(_, it)| it.path.contains("config/initializers/"));
            let line = files.filter_map(|(_, it)| SIGN_OUT.captures(&it.text)).next()?;
            Some(VERB.find_iter(line.get(1)?.as_str()).map(|it| it.as_str().to_owned()).collect())
        });
        let verbs = said.unwrap_or_else(|| vec!["delete".to_owned()]);
        verbs.iter().map(|it| it.to_ascii_uppercase()).collect()
    }

    /// `use_doorkeeper do skip_controllers :applications end`
    fn skipped_in_block(&mut self, word: &Word) -> Vec<String> {
        let Some(block) = &word.block else { return Vec::new() };
        let (notes, _) = self.interpreter.notes_of_call(block, Args::default(), word.env);
        let skips = |id: &usize| &*self.interpreter.noted(*id).name == "skip_controllers";
        let values: Vec<Value> = notes
            .into_iter()
            .filter(skips)
            .flat_map(|id| {
                self.interpreter.noted(id).args.all().map(|it| it.value.clone()).collect::<Vec<_>>()
            })
            .collect();
        values.iter().flat_map(|it| self.texts(it)).collect()
    }

    /// What the class of a model is told by a call, and those that it is derived from; none where no class says it.
    fn model(&self, word: &Word, name: &str, call: &str) -> Option<Said> {
        let class = word.option("class_name").and_then(Value::known_text);
        let mut class = class.unwrap_or_else(|| singular(name));
        let start = Regex::new(&format!(r"(?m)^\s*{}\b[ (]", regex::escape(call))).ok()?;
        let mut said = Said::default();
        let mut found = false;
        for _ in 0..MAX_BASES {
            let own = class.rsplit("::").next().unwrap_or(&class);
            let file = format!("/{}.rb", underscored(own));
            let models = self.sources.iter().filter(|(_, it)| {
                it.path.ends_with(&file) && it.path.contains("models/") && !is_ruby_test(&it.path)
            });
            let mut base = None;
            for (_, source) in models {
                for hit in start.find_iter(&source.text) {
                    found = true;
                    read_call(source.text.get(hit.end()..).unwrap_or_default(), &mut said);
                }
                base = base.or_else(|| Some(DERIVED.captures(&source.text)?[1].to_owned()));
            }
            let Some(next) = base else { break };
            class = next;
        }
        found.then_some(said)
    }
}

/// The symbols of a call that goes on as long as its lines end with a comma.
fn read_call(text: &str, said: &mut Said) {
    let mut is_provider = false;
    for line in text.lines() {
        let line = line.split(" #").next().unwrap_or(line).trim_end();
        if line.trim_start().starts_with('#') {
            continue;
        }
        let listed =
            |hit: &Captures<'_>| hit[1].split_whitespace().map(|it| format!(" :{it}")).collect::<String>();
        for symbol in SYMBOL.captures_iter(&SYMBOLS.replace_all(line, listed)) {
            match (symbol.get(1), symbol.get(2)) {
                (_, Some(key)) => is_provider = key.as_str() == "omniauth_providers",
                (Some(value), _) if is_provider => said.providers.push(value.as_str().to_owned()),
                (Some(value), _) => said.parts.push(value.as_str().to_owned()),
                _ => {}
            }
        }
        if !line.is_empty() && !line.ends_with([',', '\\', '[']) {
            break;
        }
    }
}

/// `{sign_in}` under the name that the application gives it.
fn rename(path: &str, renamed: &[(String, String)]) -> String {
    let segment = |it: &str| match it.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
        Some(name) if name != "provider" => {
            let own = renamed.iter().find(|(key, _)| key == name);
            own.map_or_else(|| name.to_owned(), |(_, to)| to.clone())
        }
        _ => it.to_owned(),
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

fn underscored(name: &str) -> String {
    let mut found = String::new();
    for (at, char) in name.char_indices() {
        if char.is_uppercase() && at > 0 {
            found.push('_');
        }
        found.extend(char.to_lowercase());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_of_models() {
        let mut said = Said::default();
        let text = ":confirmable, :lockable, # both\n  :registerable,\n  omniauth_providers: %i[\n";
        read_call(text, &mut said);
        assert_eq!(said.parts, ["confirmable", "lockable", "registerable"]);
        let mut said = Said::default();
        read_call(":omniauthable, omniauth_providers: [:harbour, :buoy]\nhas_many :boats\n", &mut said);
        assert_eq!((said.parts.len(), said.providers), (1, vec!["harbour".to_owned(), "buoy".to_owned()]));
    }

    #[test]
    fn renamed_parts() {
        let renamed = [("sign_in".to_owned(), "enter".to_owned())];
        assert_eq!(rename("{sign_in}", &renamed), "enter");
        assert_eq!(rename("{password}/new", &renamed), "password/new");
    }
}
