//! Rules of the group `link/`, and what they share: which links are judged, and how a path is replaced.

pub(crate) mod dead_external;
pub(crate) mod directory_without_index;
pub(crate) mod empty;
pub(crate) mod escapes_project;
pub(crate) mod extensionless;
pub(crate) mod file_case;
pub(crate) mod line_out_of_range;
pub(crate) mod machine_path;
pub(crate) mod missing_file;
pub(crate) mod needs_mailto;
pub(crate) mod own_repository;
pub(crate) mod redirected_external;
pub(crate) mod rendered_extension;
pub(crate) mod root_relative;
pub(crate) mod unchecked_external;
pub(crate) mod undefined_reference;
pub(crate) mod unreachable_external;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::super::Context;
use crate::finding::{Edit, Fix, Safety};
use crate::model::page::{Link, LinkKind, Page};
use crate::model::resolve::relative;

/// The links of a page that stand for themselves: a reference link is judged at its definition.
pub(super) fn judged(page: &Page) -> impl Iterator<Item = &Link> {
    page.links
        .iter()
        .filter(|it| !matches!(it.kind, LinkKind::Reference | LinkKind::ImageReference | LinkKind::Email))
}

/// What a path cannot hold in a link.
const ESCAPED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'(').add(b')').add(b'<').add(b'>').add(b'#').add(b'?').add(b'%');

/// The path that the link should have: the file's, relative to the page, with the query and fragment as written.
pub(super) fn corrected(cx: &Context<'_>, page: &Page, link: &Link, path: &str) -> String {
    let path = relative(cx.project.sources.path(page.source), path);
    let rest = link.dest.find(['?', '#']).map_or("", |at| &link.dest[at..]);
    utf8_percent_encode(&path, ESCAPED).to_string() + rest
}

/// A safe fix that writes another destination; none where the destination is not written as it was read.
pub(super) fn rewrite(cx: &Context<'_>, link: &Link, to: &str) -> Option<Fix> {
    let plain = cx.project.sources.text(link.dest_span) == link.dest;
    let edits = vec![Edit { span: link.dest_span, text: to.to_owned() }];
    plain.then_some(Fix { safety: Safety::Safe, edits })
}
