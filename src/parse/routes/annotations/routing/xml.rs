//! Routing files in XML, as bundles and older applications have them.

use std::sync::LazyLock;

use regex::Regex;

use super::{Around, Entry, Routing, words};
use crate::parse::routes::annotations::types::Types;
use crate::parse::routes::text::Text;
use crate::pattern::compiled;
use crate::source::{SourceId, Span};

/// A comment, or the tag of a route or of an import with its attributes; also where what is for one environment begins
/// and ends.
static TAG: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?s)<!--.*?-->|<(route|import|when)\b([^>]*)>|</when>|<(path|prefix)\b[^>]*>([^<]*)<")
});

static ATTRIBUTE: LazyLock<Regex> = LazyLock::new(|| compiled(r#"([\w-]+)\s*=\s*["']([^"']*)["']"#));

/// Whether the path of an XML file is that of a routing file: `config/routes.xml`, `Resources/config/routing/shop.xml`.
pub(in crate::parse::routes::annotations) fn is_routing(path: &str) -> bool {
    path.ends_with(".xml") && (path.contains("routing") || path.contains("routes"))
}

/// An entry whose tag has been read.
enum Read<'t> {
    Route { span: Span, paths: Vec<&'t str>, methods: &'t str },
    Import(Span, Entry),
}

impl Routing {
    pub(super) fn xml(&mut self, types: &mut Types<'_>, id: SourceId, around: &Around) {
        let text = &types.store.sources.get(id).text;
        let mut all: Vec<Read<'_>> = Vec::new();
        let mut elsewhere = false;
        for tag in TAG.captures_iter(text) {
            let whole = tag.get(0).map_or("", |it| it.as_str());
            elsewhere &= whole != "</when>";
            let attributes = tag.get(2).map_or("", |it| it.as_str());
            let attribute = |name: &str| {
                let mut all = ATTRIBUTE.captures_iter(attributes);
                all.find_map(|it| (&it[1] == name).then(|| it.get(2).map_or("", |it| it.as_str())))
            };
            let at = tag.get(2).map_or(0..0, |it| it.range());
            let span = Span { source: id, start: at.start as u32, end: at.end as u32 };
            match tag.get(1).map(|it| it.as_str()) {
                Some("when") => elsewhere = attribute("env") != Some("prod"),
                _ if elsewhere => {}
                Some("route") => {
                    let paths = attribute("path").into_iter().collect();
                    all.push(Read::Route { span, paths, methods: attribute("methods").unwrap_or_default() });
                }
                Some("import") => all.push(Read::Import(
                    span,
                    Entry {
                        resources: attribute("resource").map(str::to_owned).into_iter().collect(),
                        kind: attribute("type").unwrap_or_default().to_owned(),
                        prefixes: attribute("prefix").map(str::to_owned).into_iter().collect(),
                        names: attribute("name-prefix").unwrap_or_default().to_owned(),
                        excludes: attribute("exclude").map(str::to_owned).into_iter().collect(),
                    },
                )),
                _ => match (tag.get(3).map(|it| it.as_str()), tag.get(4), all.last_mut()) {
                    // `<path locale="en">`
                    (Some("path"), Some(own), Some(Read::Route { paths, .. })) => paths.push(own.as_str()),
                    (Some("prefix"), Some(own), Some(Read::Import(_, entry))) => {
                        entry.prefixes.push(own.as_str().to_owned());
                    }
                    _ => {}
                },
            }
        }
        for it in all {
            match it {
                Read::Route { span, paths, methods } => {
                    let paths: Vec<Text> = paths.into_iter().map(Text::known).collect();
                    self.route(types.store.sources, span, &paths, words(methods), around);
                }
                Read::Import(span, entry) => self.import(types, span, entry, around),
            }
        }
    }
}
