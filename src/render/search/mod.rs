//! Site search: an index of sections in small files that `templates/search.js` loads as it needs them.
//!
//! The files are classic scripts that call one function, so they load from `file://` and below a policy that allows
//! the site's own scripts only. A query loads the manifest, the posting lists of its words and the text of what it
//! shows, never the whole index. How many files there are is decided when the site is planned; what stands in them
//! is balanced when the index is built, at the first question for one of them.

mod documents;
mod index;
mod shard;
mod words;

use std::sync::OnceLock;

use self::documents::Origin;
use self::index::Index;
use super::SearchWeights;
use super::operations::Operations;
use super::shell::Context;
use super::url::Urls;
use crate::model::Project;

pub(super) use self::documents::Made;

/// Sections whose text lies in one file.
const GROUP: usize = 32;
/// The text of a site that makes one file of posting lists, in bytes; at most 16 KB come of it.
const TEXT_A_SHARD: usize = 48 * 1024;
/// The text that makes one file of the list of words.
const TEXT_A_LEXICON: usize = 768 * 1024;
/// More files of words would be too small.
const MOST_LEXICONS: usize = 48;

/// What is searched, and how many files it takes.
pub(super) struct SearchPlan {
    /// Where the files lie.
    folder: String,
    weights: SearchWeights,
    /// Where sections come from, in their order, with the number of the first.
    origins: Vec<(Origin, u32)>,
    /// The first section of each kind, and their number.
    kinds: [u32; Kind::ALL.len() + 1],
    /// Documents about the pages that docwright makes.
    made: Vec<Made>,
    shards: usize,
    lexicons: usize,
}

/// What readers tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Steps for a known situation.
    Runbook,
    /// Operations and schemas.
    Api,
    /// Alerting rules.
    Alert,
    /// Everything else.
    Guide,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Runbook, Kind::Api, Kind::Alert, Kind::Guide];
}

/// A file of the search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// What is loaded first: how the rest is divided.
    Manifest,
    /// Posting lists.
    Shard(usize),
    /// Words, to find the nearest of one that is not there.
    Lexicon(usize),
    /// Titles and text.
    Details(usize),
}

impl SearchPlan {
    /// Plans the files; none where the site has no search.
    pub(super) fn of(
        project: &Project,
        operations: &Operations,
        urls: &Urls,
        weights: Option<SearchWeights>,
    ) -> Option<SearchPlan> {
        let weights = weights?;
        let made = documents::made(project, operations);
        let (origins, kinds) = documents::origins(project, operations, urls, &made);
        let pages = project.pages.iter().filter(|it| it.in_book);
        let written: usize = pages.map(|it| project.sources.get(it.source).text.len()).sum();
        let text = written + origins.len() * 256;
        Some(SearchPlan {
            folder: urls.free_folder("search"),
            weights,
            origins,
            kinds,
            made,
            shards: text.div_ceil(TEXT_A_SHARD).max(1),
            lexicons: text.div_ceil(TEXT_A_LEXICON).clamp(1, MOST_LEXICONS),
        })
    }

    /// The path of the file that is loaded first.
    pub(super) fn manifest(&self) -> String {
        self.path(Part::Manifest)
    }

    /// Every file.
    pub(super) fn parts(&self) -> impl Iterator<Item = (String, Part)> {
        let groups = self.sections().div_ceil(GROUP);
        let shards = (0..self.shards).map(Part::Shard);
        let lexicons = (0..self.lexicons).map(Part::Lexicon);
        let parts = std::iter::once(Part::Manifest).chain(shards).chain(lexicons);
        parts.chain((0..groups).map(Part::Details)).map(|it| (self.path(it), it))
    }

    fn path(&self, part: Part) -> String {
        let folder = &self.folder;
        match part {
            Part::Manifest => format!("{folder}/index.js"),
            Part::Shard(at) => format!("{folder}/t{at}.js"),
            Part::Lexicon(at) => format!("{folder}/w{at}.js"),
            Part::Details(at) => format!("{folder}/d{at}.js"),
        }
    }

    fn sections(&self) -> usize {
        self.kinds.last().map_or(0, |it| *it as usize)
    }
}

/// The index, built when it is first needed.
#[derive(Default)]
pub(super) struct Search {
    index: OnceLock<Index>,
}

impl Search {
    /// A file.
    pub(super) fn file(&self, cx: &Context<'_>, plan: &SearchPlan, part: Part) -> String {
        if let Part::Details(at) = part {
            return shard::details(cx, plan, at);
        }
        let index = self.index.get_or_init(|| Index::of(cx, plan));
        match part {
            Part::Shard(at) => index.shards.get(at).cloned().unwrap_or_default(),
            Part::Lexicon(at) => index.lexicons.get(at).cloned().unwrap_or_default(),
            Part::Manifest | Part::Details(_) => index.manifest.clone(),
        }
    }
}
