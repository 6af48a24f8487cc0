//! Templates and assets: built in, and overridable by name.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, Value};
use xxhash_rust::xxh3::xxh3_64;

use super::html::escape::escape;
use super::texts::{self, Texts};
use super::{RenderError, Settings};
use crate::model::colour::{Declared, Palette};

/// Every template of the built-in theme.
const TEMPLATES: &[(&str, &str)] = &[
    ("404.html", include_str!("../../templates/404.html")),
    ("alerts.html", include_str!("../../templates/alerts.html")),
    ("authentication.html", include_str!("../../templates/authentication.html")),
    ("changelog.html", include_str!("../../templates/changelog.html")),
    ("contacts.html", include_str!("../../templates/contacts.html")),
    ("findings.html", include_str!("../../templates/findings.html")),
    ("freshness.html", include_str!("../../templates/freshness.html")),
    ("layout.html", include_str!("../../templates/layout.html")),
    ("media.html", include_str!("../../templates/media.html")),
    ("nav.html", include_str!("../../templates/nav.html")),
    ("operation-page.html", include_str!("../../templates/operation-page.html")),
    ("operation.html", include_str!("../../templates/operation.html")),
    ("page.html", include_str!("../../templates/page.html")),
    ("recovery.html", include_str!("../../templates/recovery.html")),
    ("redirect.html", include_str!("../../templates/redirect.html")),
    ("routes.html", include_str!("../../templates/routes.html")),
    ("schema.html", include_str!("../../templates/schema.html")),
    ("schemas.html", include_str!("../../templates/schemas.html")),
    ("schemes.html", include_str!("../../templates/schemes.html")),
    ("servers.html", include_str!("../../templates/servers.html")),
    ("spec.html", include_str!("../../templates/spec.html")),
    ("specs.html", include_str!("../../templates/specs.html")),
    ("start.html", include_str!("../../templates/start.html")),
    ("tag.html", include_str!("../../templates/tag.html")),
    ("print.html", include_str!("../../templates/print.html")),
    ("topic.html", include_str!("../../templates/topic.html")),
    ("topics.html", include_str!("../../templates/topics.html")),
    ("toc.html", include_str!("../../templates/toc.html")),
    ("untranslated.html", include_str!("../../templates/untranslated.html")),
    ("try.html", include_str!("../../templates/try.html")),
];

/// Every asset of the built-in theme: name, text.
const ASSETS: &[(&str, &str)] = &[
    ("docwright.css", include_str!("../../templates/docwright.css")),
    ("docwright.js", include_str!("../../templates/docwright.js")),
    ("icon.svg", include_str!("../../templates/icon.svg")),
    ("redirect.js", include_str!("../../templates/redirect.js")),
    ("search.js", include_str!("../../templates/search.js")),
    ("theme.js", include_str!("../../templates/theme.js")),
];

/// Stem and extension of every asset; its name on the site has a hash between them.
pub(super) fn asset_names() -> impl Iterator<Item = (&'static str, &'static str)> {
    ASSETS.iter().filter_map(|(name, _)| name.rsplit_once('.'))
}

/// The templates, ready to render, and the assets with their names on the site.
pub(super) struct Theme {
    tera: Tera,
    assets: BTreeMap<&'static str, (String, String)>,
}

impl Theme {
    /// The built-in theme with what the settings and the declared colours put in its place; `up` leads to the root of
    /// the site.
    pub(super) fn new(
        settings: &Settings,
        colours: &[Declared],
        says: &Texts,
        up: &str,
    ) -> Result<Theme, RenderError> {
        let mut texts: BTreeMap<&str, &str> = TEMPLATES.iter().copied().collect();
        let own = settings.theme.iter().filter(|(name, _)| name.ends_with(".html"));
        texts.extend(own.map(|(name, text)| (name.as_str(), text.as_str())));
        let mut tera = Tera::default();
        tera.register_filter("breakable", breakable);
        texts::register(&mut tera, says);
        tera.add_raw_templates(texts).map_err(|error| RenderError { message: error.to_string() })?;
        let assets = ASSETS.iter().map(|&(name, built_in)| {
            let mut text = settings.theme.get(name).map_or(built_in, String::as_str).to_owned();
            match name {
                "docwright.css" => text.push_str(&own_colours(colours)),
                "docwright.js" => text.insert_str(0, &says.script()),
                _ => {}
            }
            let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
            let hash = xxh3_64(text.as_bytes());
            (name, (format!("{up}assets/{stem}-{hash:016x}.{extension}"), text))
        });
        Ok(Theme { tera, assets: assets.collect() })
    }

    /// The path of an asset on the site.
    pub(super) fn asset(&self, name: &str) -> &str {
        self.assets.get(name).map_or("", |(path, _)| path)
    }

    /// Name and path of every asset.
    pub(super) fn assets(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.assets.iter().map(|(name, (path, _))| (*name, path.as_str()))
    }

    /// The text of an asset.
    pub(super) fn text(&self, name: &str) -> &str {
        self.assets.get(name).map_or("", |(_, text)| text)
    }

    /// A view as HTML.
    pub(super) fn render(&self, template: &str, view: &impl Serialize) -> Result<Vec<u8>, RenderError> {
        let html = Context::from_serialize(view).and_then(|context| self.tera.render(template, &context));
        html.map(String::into_bytes).map_err(|error| RenderError { message: error.to_string() })
    }
}

/// A path that may go on in the next line behind each folder.
fn breakable(path: &str, _: Kwargs, _: &State) -> Value {
    Value::safe_string(&escape(path).replace('/', "/<wbr>"))
}

/// The colours that the configuration sets, and those that follow from them, as a rule of the style sheet.
fn own_colours(colours: &[Declared]) -> String {
    let changes = Palette::of(colours).changes();
    if changes.is_empty() {
        return String::new();
    }
    let set = changes
        .iter()
        .map(|(name, day, night)| format!("  --{name}: light-dark({}, {});\n", day.hex(), night.hex()));
    format!("\n:root {{\n{}}}\n", set.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(name: &str) -> &'static str {
        ASSETS.iter().find(|it| it.0 == name).expect("the asset exists").1
    }

    /// Compressed they are a quarter of that: 12 KB of style and 10 KB of script are the most a page may cost.
    #[test]
    fn assets_stay_small() {
        assert!(asset("docwright.css").len() < 48_000);
        assert!(asset("docwright.js").len() + asset("theme.js").len() < 30_000);
    }
}
