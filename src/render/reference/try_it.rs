//! The page on which readers call the API: Swagger UI with the spec beside it, and nothing from elsewhere.
//!
//! The spec is loaded by a script, not fetched, so that the page works from `file://` too.

use serde::Serialize;

use super::Reference;
use crate::render::headers::TRY_IT_POLICY;
use crate::render::url::Place;
use crate::render::{Html, RenderError};

/// Where the files of Swagger UI stand on the site.
const FOLDER: &str = "assets/swagger-ui";

/// The files of Swagger UI that the page needs.
const NEEDED: [&str; 3] = ["dist/swagger-ui-bundle.js", "dist/swagger-ui.css", "LICENSE"];

/// What starts it.
const START: &str = "start.js";

#[derive(Serialize)]
struct TryPage<'a> {
    language: &'a str,
    title: &'a str,
    policy: &'static str,
    /// Where the reference begins.
    reference: String,
    icon: String,
    css: String,
    bundle: String,
    spec: String,
    start: String,
}

/// The files that all such pages share: name and path.
pub(in crate::render) fn assets() -> Vec<(&'static str, String)> {
    let name = |path: &'static str| path.rsplit('/').next().unwrap_or(path);
    let all = NEEDED.into_iter().chain([START]);
    all.map(|it| (it, format!("{FOLDER}/{}", name(it)))).collect()
}

/// The bytes of such a file.
pub(in crate::render) fn file(name: &str) -> Html {
    if name == START {
        return Ok(include_bytes!("../../../templates/try.js").to_vec());
    }
    let broken = || RenderError { message: "the archive of Swagger UI cannot be read".to_owned() };
    archive::file(name).ok_or_else(broken)
}

impl Reference<'_, '_> {
    /// The page.
    pub(super) fn try_it(&self, path: &str) -> Html {
        let place = Place::at(path);
        let asset = |name: &str| place.to(&format!("{FOLDER}/{name}"));
        let script = self.plan.try_it.as_ref().map(|it| place.to(&it.script));
        let view = TryPage {
            language: &self.cx.settings.language,
            title: &self.spec.title,
            policy: TRY_IT_POLICY,
            reference: place.to(&self.plan.index),
            icon: place.to(self.cx.theme.asset("icon.svg")),
            css: asset("swagger-ui.css"),
            bundle: asset("swagger-ui-bundle.js"),
            spec: script.unwrap_or_default(),
            start: asset(START),
        };
        self.cx.html("try.html", &view)
    }

    /// The spec as a script.
    pub(super) fn try_it_spec(&self) -> Vec<u8> {
        let json = self.plan.try_it.as_ref().map_or("null", |it| it.json.trim_end());
        format!("window.docwrightSpec = {json};\n").into_bytes()
    }
}

/// Without the archive there is no such page: the configuration is refused before.
#[cfg(not(feature = "try-it"))]
mod archive {
    pub(super) fn file(_: &str) -> Option<Vec<u8>> {
        None
    }
}

/// The archive that the crate brings along, a ZIP file.
#[cfg(feature = "try-it")]
mod archive {
    use utoipa_swagger_ui_vendored::SWAGGER_UI_VENDORED as ARCHIVE;

    /// The file whose path ends with a name, unpacked.
    pub(super) fn file(name: &str) -> Option<Vec<u8>> {
        // The directory stands at the end; its record is found by its signature.
        let end = memchr::memmem::rfind(ARCHIVE, b"PK\x05\x06")?;
        let mut at = usize::try_from(number(end + 16, 4)?).ok()?;
        for _ in 0..number(end + 10, 2)? {
            let (length, extra, comment) = (number(at + 28, 2)?, number(at + 30, 2)?, number(at + 32, 2)?);
            let path = slice(at + 46, length)?;
            // The paths begin with a folder that names the version.
            if path.iter().position(|&it| it == b'/').and_then(|it| path.get(it + 1..))
                == Some(name.as_bytes())
            {
                return unpacked(at);
            }
            at += 46 + usize::try_from(length + extra + comment).ok()?;
        }
        None
    }

    /// The content of the entry at a place of the directory.
    fn unpacked(entry: usize) -> Option<Vec<u8>> {
        let (method, packed) = (number(entry + 10, 2)?, number(entry + 20, 4)?);
        let local = usize::try_from(number(entry + 42, 4)?).ok()?;
        let names = usize::try_from(number(local + 26, 2)? + number(local + 28, 2)?).ok()?;
        let bytes = slice(local + 30 + names, packed)?;
        match method {
            0 => Some(bytes.to_vec()),
            8 => miniz_oxide::inflate::decompress_to_vec(bytes).ok(),
            _ => None,
        }
    }

    fn slice(at: usize, length: u64) -> Option<&'static [u8]> {
        ARCHIVE.get(at..at.checked_add(usize::try_from(length).ok()?)?)
    }

    /// A number of so many bytes, the lowest first.
    fn number(at: usize, bytes: u64) -> Option<u64> {
        Some(slice(at, bytes)?.iter().rev().fold(0, |all, &it| all << 8 | u64::from(it)))
    }
}
