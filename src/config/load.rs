//! TOML text → [`Config`], with an error that shows the place when something is off.

use miette::{LabeledSpan, NamedSource, miette};
use toml::de::{DeTable, DeValue};

use super::environment::Override;
use super::keys::{COLOUR, Known, PERCENT, PICTURE, has_options, lookup, nearest, nearest_of};
use super::{Config, Origin, Origins};

/// A configuration file that was read.
#[derive(Debug, Clone)]
pub struct ConfigFile {
    /// Relative to the root.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// Reads `book.toml` and `docwright.toml` into one configuration.
///
/// # Errors
/// Bad TOML, an unknown key (with the nearest known one), a value of the wrong form, or a table that stands in
/// both files.
pub fn load(files: &[ConfigFile]) -> miette::Result<Config> {
    load_with(files, &[])
}

/// Reads the files and puts what mdBook's variables of the environment say in the place of their values.
///
/// # Errors
/// As [`load`], and a variable that sets an unknown key or a value of the wrong form.
pub fn load_with(files: &[ConfigFile], variables: &[(String, String)]) -> miette::Result<Config> {
    let mut merged = toml::Table::new();
    let mut origins = Origins::default();
    if let Some(first) = files.first() {
        origins.base = first.path.rsplit_once('/').map_or(String::new(), |(base, _)| base.to_owned());
    }
    for file in files {
        let spanned =
            DeTable::parse(&file.text).map_err(|error| at(file, error.span(), error.message(), None))?;
        walk(file, spanned.get_ref(), &mut Vec::new(), &mut origins)?;
        // Typed once per file, so that a wrong value is shown in the file where it stands.
        toml::from_str::<Config>(&file.text)
            .map_err(|error| at(file, error.span(), error.message(), None))?;
        let table: toml::Table =
            toml::from_str(&file.text).map_err(|error| at(file, error.span(), error.message(), None))?;
        for (name, value) in table {
            if merged.contains_key(&name) {
                let span = spanned.get_ref().iter().find(|(key, _)| key.get_ref() == &name);
                return Err(at(
                    file,
                    span.map(|(key, _)| key.span()),
                    &format!("the table `{name}` stands in both files"),
                    Some("keep it in one of book.toml and docwright.toml".to_owned()),
                ));
            }
            merged.insert(name, value);
        }
        origins.files.push(file.path.clone());
    }
    for (name, value) in variables {
        if let Some(it) = Override::of(name, value) {
            check_override(&it, &mut origins)?;
            it.apply(&mut merged);
        }
    }
    let mut config: Config =
        merged.try_into().map_err(|error: toml::de::Error| miette!("{}", error.message()))?;
    config.origins = origins;
    Ok(config)
}

/// Whether a variable sets a key that there is to a value of its form; notes where the value came from.
fn check_override(it: &Override, origins: &mut Origins) -> miette::Result<()> {
    let file = ConfigFile { path: it.variable.clone(), text: it.document().to_string() };
    let spanned =
        DeTable::parse(&file.text).map_err(|error| at(&file, error.span(), error.message(), None))?;
    let mut own = Origins::default();
    walk(&file, spanned.get_ref(), &mut Vec::new(), &mut own)?;
    toml::from_str::<Config>(&file.text).map_err(|error| at(&file, error.span(), error.message(), None))?;
    // What stood below the key is gone.
    let key = it.key.join(".");
    origins.places.retain(|path, _| path != &key && !path.starts_with(&format!("{key}.")));
    let set =
        own.places.into_iter().map(|(path, origin)| (path, Origin { place: it.variable.clone(), ..origin }));
    origins.places.extend(set);
    Ok(())
}

fn walk(
    file: &ConfigFile,
    table: &DeTable<'_>,
    path: &mut Vec<String>,
    origins: &mut Origins,
) -> miette::Result<()> {
    for (key, value) in table {
        path.push(key.get_ref().to_string());
        let parts: Vec<&str> = path.iter().map(String::as_str).collect();
        match (lookup(&parts), value.get_ref()) {
            (Known::No, _) => {
                let help = nearest(&parts).map(|it| format!("did you mean `{it}`?"));
                let message = format!("unknown key `{}`", parts.join("."));
                return Err(at(file, Some(key.span()), &message, help));
            }
            (_, _) if parts == ["variables", "docwright"] => {
                let help = "choose another name: `docwright.` begins the counts".to_owned();
                return Err(at(file, Some(key.span()), "this name is docwright's own", Some(help)));
            }
            (Known::Table, DeValue::Table(inner)) => walk(file, inner, path, origins)?,
            (Known::Table, _) => {
                let message = format!("`{}` is a table, not a value", parts.join("."));
                return Err(at(file, Some(value.span()), &message, None));
            }
            (Known::Value(_), DeValue::Table(inner)) if has_options(&parts) => {
                walk(file, inner, path, origins)?
            }
            (Known::Value(_), DeValue::Array(_)) if parts[0] == "variables" => {
                let help = "write a string, a number or a boolean".to_owned();
                return Err(at(file, Some(value.span()), "a variable has one value", Some(help)));
            }
            (Known::Value(known), written) => {
                let choices = known.choices().unwrap_or_default();
                let chosen = written.as_str().is_none_or(|it| choices.is_empty() || choices.contains(&it));
                if !chosen {
                    let help = match nearest_of(&choices, written.as_str().unwrap_or_default()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("write one of {}", choices.join(", ")),
                    };
                    let message = format!("`{}` does not take this value", parts.join("."));
                    return Err(at(file, Some(value.span()), &message, Some(help)));
                }
                let age = |it: &DeValue<'_>| it.as_str().and_then(super::age::age);
                if matches!(parts.as_slice(), ["lint", "rules", _, "max-age"]) && age(written).is_none() {
                    let help = "write `\"180d\"`, `\"26w\"`, `\"6 months\"` or `\"1 year\"`".to_owned();
                    return Err(at(file, Some(value.span()), "this is no age", Some(help)));
                }
                let number = || file.text.get(value.span())?.trim().parse::<f64>().ok();
                if known.kind == PERCENT && !number().is_some_and(|it| (0.0..=100.0).contains(&it)) {
                    let help = "write a number from 0 to 100".to_owned();
                    return Err(at(file, Some(value.span()), "this is no percentage", Some(help)));
                }
                if known.kind == COLOUR && !written.as_str().is_some_and(is_colour) {
                    let help = "write it as `\"#0b5f6b\"`: red, green and blue, two digits each".to_owned();
                    return Err(at(file, Some(value.span()), "this is no colour", Some(help)));
                }
                if known.kind == PICTURE && !written.as_str().is_some_and(|it| is_picture(it, &parts)) {
                    let help = "name an SVG, PNG, JPEG, GIF, WebP or AVIF file of the project".to_owned();
                    return Err(at(file, Some(value.span()), "this is no picture", Some(help)));
                }
                let line = file.text.get(..key.span().start).map_or(1, |it| it.matches('\n').count() + 1);
                let value = file.text.get(value.span()).unwrap_or_default().to_owned();
                let place = format!("{}:{line}", file.path);
                origins.places.insert(parts.join("."), Origin { place, value });
            }
        }
        path.pop();
    }
    Ok(())
}

fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
    digits.is_some_and(|it| matches!(it.len(), 3 | 6))
}

fn is_picture(path: &str, key: &[&str]) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, it)| it).to_ascii_lowercase();
    matches!(extension.as_str(), "svg" | "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif")
        || (extension == "ico" && key == ["site", "favicon"])
}

fn at(
    file: &ConfigFile,
    span: Option<std::ops::Range<usize>>,
    message: &str,
    help: Option<String>,
) -> miette::Report {
    let mut diagnostic = miette::MietteDiagnostic::new(message.trim().to_owned());
    diagnostic.help = help;
    diagnostic.labels = span.map(|it| vec![LabeledSpan::underline(it)]);
    miette::Report::new(diagnostic).with_source_code(NamedSource::new(&file.path, file.text.clone()))
}
