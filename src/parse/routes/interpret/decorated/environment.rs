//! What an environment variable holds unless a deployment says otherwise: files with variables that lie in the
//! project, defaults of the schemas that check them.

use regex::Regex;

use crate::parse::routes::decoy::is_test;
use crate::parse::routes::lower::Language;
use crate::parse::routes::resolve::parent;
use crate::parse::routes::text::Text;
use crate::source::Sources;

/// Whether a file sets environment variables, by its name.
pub(in crate::parse::routes) fn is_environment(name: &str) -> bool {
    name == ".env" || name.starts_with(".env.") || name.ends_with(".env") || name.ends_with("env.example")
}

/// The value of a variable, from the file nearest to `near`. Another one may hold where the program runs.
pub(super) fn value(sources: &Sources, name: &str, near: &str) -> Option<Text> {
    let is_name = name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
    if name.is_empty() || !is_name {
        return None;
    }
    let files = sources.iter().map(|(_, it)| it);
    let files = files
        .filter(|it| is_environment(it.path.rsplit('/').next().unwrap_or(&it.path)) && !is_test(&it.path));
    let mut files: Vec<_> = files.filter_map(|it| Some((&it.path, assigned(&it.text, name)?))).collect();
    let common =
        |path: &str| parent(path).split('/').zip(near.split('/')).take_while(|(a, b)| a == b).count();
    files.sort_by_key(|(path, _)| (std::cmp::Reverse(common(path)), path.len()));
    let said = files.into_iter().next().map(|(_, value)| value);
    said.or_else(|| default(sources, name)).map(|it| Text::known(&it).unsure())
}

/// `NAME=value`
fn assigned(text: &str, name: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let (key, value) = line.trim().trim_start_matches("export ").split_once('=')?;
        let value = value.split(" #").next().unwrap_or_default().trim();
        (key.trim() == name).then(|| value.trim_matches(['"', '\'']).to_owned())
    })
}

/// `NAME: Joi.string().default('value')`
fn default(sources: &Sources, name: &str) -> Option<String> {
    let pattern = format!(
        r#"\b{name}\s*:\s*[A-Za-z]\w*(?:\s*\.\s*\w+\([^()]*\))*?\s*\.\s*default\(\s*['"`]([^'"`]+)['"`]"#
    );
    let pattern = Regex::new(&pattern).ok()?;
    let files = sources.iter().map(|(_, it)| it);
    let files = files.filter(|it| Language::of(&it.path) == Some(Language::JavaScript) && !is_test(&it.path));
    let mut files = files.filter(|it| it.text.contains(name) && it.text.contains("default("));
    files.find_map(|it| Some(pattern.captures(&it.text)?[1].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn the_nearest_file_says_it_then_a_schema() {
        let sources = Sources::new(vec![
            Source::new(".env.example", "export ROOT=outer\n"),
            Source::new("apps/api/.env.example", "# ROOT=no\nROOT = \"inner\" # said\n"),
            Source::new("apps/api/src/schema.ts", "x = { STAGE: Joi.string().trim().default('low') }"),
        ]);
        let value = |name: &str| value(&sources, name, "apps/api/src/main.ts");
        assert_eq!(value("ROOT"), Some(Text::known("inner").unsure()));
        assert_eq!(value("STAGE"), Some(Text::known("low").unsure()));
        assert_eq!(value("NOTHING"), None);
    }
}
