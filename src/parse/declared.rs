//! What the configuration says of the book, read once more with places.

use percent_encoding::percent_decode_str;
use toml::de::{DeTable, DeValue};

use crate::config::Config;
use crate::model::Files;
use crate::model::colour::{self, Rgb, Scheme};
use crate::model::declared::{Asset, Declared, Destination, Preprocessor, Redirect};
use crate::model::resolve::{has_scheme, join};
use crate::source::{SourceId, Sources, Span};

/// mdBook's own preprocessors, which docwright has too.
const BUILT_IN: [&str; 2] = ["links", "index"];

/// Reads the configuration's files. One that cannot be read has been refused before.
pub(super) fn read(config: &Config, sources: &Sources, files: &Files) -> Declared {
    let mut declared = Declared::default();
    for id in config.origins.files.iter().filter_map(|it| sources.id(it)) {
        let Ok(document) = DeTable::parse(&sources.get(id).text) else { continue };
        let document = document.get_ref();
        let html = table(document, "output").and_then(|it| table(it, "html"));
        if let Some(redirects) = html.and_then(|it| table(it, "redirect")) {
            read_redirects(id, redirects, config.site_path(), &mut declared.redirects);
        }
        for key in ["additional-css", "additional-js"] {
            let paths = html.and_then(|it| value(it, key)).and_then(DeValue::as_array);
            for path in paths.into_iter().flatten() {
                let Some(written) = path.get_ref().as_str() else { continue };
                let (path, span) = (config.project_path(written), inner(id, path.span()));
                let exists = files.get(&path).is_some_and(|it| !it.is_dir);
                declared.assets.push(Asset { path, exists, span });
            }
        }
        let site = table(document, "site");
        for key in ["logo", "logo-dark", "favicon"] {
            let picture = site.and_then(|it| it.iter().find(|(name, _)| name.get_ref() == key));
            let Some((written, span)) = picture.and_then(|(_, it)| Some((it.get_ref().as_str()?, it.span())))
            else {
                continue;
            };
            let path = config.project_path(written);
            let exists = files.get(&path).is_some_and(|it| !it.is_dir);
            declared.assets.push(Asset { path, exists, span: inner(id, span) });
        }
        if let Some(colours) = site.and_then(|it| table(it, "colors")) {
            read_colours(id, colours, &mut declared.colours);
        }
        for (name, _) in table(document, "preprocessor").into_iter().flatten() {
            if !BUILT_IN.contains(&name.get_ref().as_ref()) {
                let span = inner(id, name.span());
                declared.preprocessors.push(Preprocessor { name: name.get_ref().to_string(), span });
            }
        }
    }
    declared.redirects.sort_by_key(|it| it.from_span);
    declared.preprocessors.sort_by_key(|it| it.span);
    declared.assets.sort_by_key(|it| it.span);
    declared.colours.sort_by_key(|it| it.span);
    declared
}

fn value<'t, 'a>(table: &'t DeTable<'a>, key: &str) -> Option<&'t DeValue<'a>> {
    table.iter().find(|(name, _)| name.get_ref() == key).map(|(_, it)| it.get_ref())
}

fn table<'t, 'a>(above: &'t DeTable<'a>, key: &str) -> Option<&'t DeTable<'a>> {
    match value(above, key)? {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

fn inner(id: SourceId, range: std::ops::Range<usize>) -> Span {
    Span::new(id, range)
}

fn read_redirects(id: SourceId, table: &DeTable<'_>, site: Option<&str>, into: &mut Vec<Redirect>) {
    for (from, to) in table {
        let Some(destination) = to.get_ref().as_str() else { continue };
        let written: &str = from.get_ref();
        let (path, fragment) = split(written);
        // The leading slash means the root of the book.
        let Some(path) = join("", path.trim_start_matches('/')) else { continue };
        let path = file(&path, written.ends_with('/'));
        into.push(Redirect {
            to: self::destination(&path, destination, site),
            from: path,
            fragment,
            from_span: inner(id, from.span()),
            to_span: inner(id, to.span()),
        });
    }
}

fn read_colours(id: SourceId, schemes: &DeTable<'_>, into: &mut Vec<colour::Declared>) {
    for (key, scheme) in [("light", Scheme::Light), ("dark", Scheme::Dark)] {
        for (name, value) in table(schemes, key).into_iter().flatten() {
            let name = colour::NAMES.into_iter().find(|it| it == name.get_ref());
            if let Some((name, colour)) = name.zip(value.get_ref().as_str().and_then(Rgb::parse)) {
                into.push(colour::Declared { scheme, name, colour, span: inner(id, value.span()) });
            }
        }
    }
}

/// Path and fragment of an address, decoded.
fn split(address: &str) -> (String, Option<String>) {
    let decode = |it: &str| percent_decode_str(it).decode_utf8_lossy().into_owned();
    let (path, fragment) = address.split_once('#').map_or((address, None), |(path, it)| (path, Some(it)));
    let path = path.split('?').next().unwrap_or_default();
    (decode(path), fragment.map(decode).filter(|it| !it.is_empty()))
}

/// The file that stands behind a path: a folder has an index page, and so has a name without an extension.
fn file(path: &str, is_folder: bool) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    match (path.is_empty(), is_folder || !name.contains('.')) {
        (true, _) => "index.html".to_owned(),
        (false, true) => format!("{}/index.html", path.trim_end_matches('/')),
        (false, false) => path.to_owned(),
    }
}

/// What a new address means, as a browser reads it on the page at `from`. `site` is the path of the site on its
/// server.
fn destination(from: &str, written: &str, site: Option<&str>) -> Destination {
    let elsewhere = || Destination::Elsewhere(written.to_owned());
    if has_scheme(written) || written.starts_with("//") {
        return elsewhere();
    }
    let (path, fragment) = split(written);
    if path.is_empty() {
        return Destination::Own { path: from.to_owned(), fragment };
    }
    let joined = match path.strip_prefix('/') {
        Some(path) => match site.map(|it| it.trim_matches('/')).filter(|it| !it.is_empty()) {
            Some(site) => match path.strip_prefix(site) {
                Some("") => Some(String::new()),
                below => below.and_then(|it| join("", it.strip_prefix('/')?)),
            },
            None => join("", path),
        },
        None => join(from.rsplit_once('/').map_or("", |(folder, _)| folder), &path),
    };
    match joined {
        Some(joined) => Destination::Own { path: file(&joined, path.ends_with('/')), fragment },
        None => elsewhere(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_read_as_browsers_read_them() {
        let own = |path: &str, fragment: Option<&str>| Destination::Own {
            path: path.into(),
            fragment: fragment.map(str::to_owned),
        };
        let elsewhere = |it: &str| Destination::Elsewhere(it.into());
        for (from, written, site, expected) in [
            ("a/b.html", "c.html", None, own("a/c.html", None)),
            ("a/b.html", "../c.html#x%20y", None, own("c.html", Some("x y"))),
            ("a/b.html", "/c/", None, own("c/index.html", None)),
            ("a/b.html", "/book/c.html", Some("/book/"), own("c.html", None)),
            ("a/b.html", "/bookshop/c.html", Some("/book/"), elsewhere("/bookshop/c.html")),
            ("a/b.html", "../../std/x.html", None, elsewhere("../../std/x.html")),
            ("a/b.html", "https://tide.example/x", None, elsewhere("https://tide.example/x")),
            ("a/b.html", "#ebb", None, own("a/b.html", Some("ebb"))),
        ] {
            assert_eq!(destination(from, written, site), expected, "{from} {written}");
        }
        assert_eq!(file("a/b", false), "a/b/index.html");
        assert_eq!(split("/a%20b.html#c"), ("/a b.html".to_owned(), Some("c".to_owned())));
    }
}
