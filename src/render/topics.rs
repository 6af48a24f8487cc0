//! The lists of pages by what their front matter says of them: whom they are for, and what they are about. Decided
//! before anything is written, so that pages can link to them.

use std::collections::{BTreeMap, HashMap};

use super::Settings;
use super::operations::slug;
use super::url::Urls;
use crate::model::Project;
use crate::model::page::Page;
use crate::model::tree::View;

/// A file of a list holds so many pages.
const A_FILE: usize = 500;
/// A page counts for so many names of a kind; more is a mistake.
const MOST_NAMES: usize = 50;
/// A longer name is a mistake too, in characters.
const LONGEST_NAME: usize = 80;

/// What pages are listed by: key of the front matter, names of the texts for one and for all.
pub(super) const KINDS: [(&str, &str, &str); 2] =
    [("audience", "audience", "audiences"), ("tags", "tags", "tags")];

/// The lists of one kind.
#[derive(Debug)]
pub(super) struct Topics {
    /// Its place in [`KINDS`].
    pub kind: usize,
    /// The page that leads to all.
    pub index: String,
    /// By name.
    pub all: Vec<Topic>,
    /// Name in lower case → place in `all`.
    by_name: HashMap<String, usize>,
}

/// The pages with one name.
#[derive(Debug)]
pub(super) struct Topic {
    /// As the first of them writes it.
    pub name: String,
    /// Indices of pages, in the order of their titles.
    pub pages: Vec<usize>,
    /// The files of the list, one after the other.
    pub paths: Vec<String>,
}

impl Topics {
    /// Plans the lists of every kind that some page of the book uses and that is not switched off.
    pub(super) fn of(project: &Project, settings: &Settings, urls: &mut Urls) -> Vec<Topics> {
        let mut kinds = Vec::new();
        for (kind, folder) in settings.topics.iter().enumerate() {
            let Some(folder) = folder else { continue };
            let mut named: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
            for (at, page) in project.pages.iter().enumerate() {
                if !page.in_book || urls.page(page.source).is_none() {
                    continue;
                }
                for name in names(page, &project.sources.get(page.source).text, KINDS[kind].0) {
                    let entry = named.entry(name.to_lowercase()).or_insert_with(|| (name, Vec::new()));
                    entry.1.push(at);
                }
            }
            if !named.is_empty() {
                kinds.push(Topics::planned(kind, folder, named, project, urls));
            }
        }
        kinds
    }

    fn planned(
        kind: usize,
        folder: &str,
        named: BTreeMap<String, (String, Vec<usize>)>,
        project: &Project,
        urls: &mut Urls,
    ) -> Topics {
        let index = urls.claim(&format!("{folder}/index.html"));
        let mut by_name = HashMap::new();
        let mut all = Vec::new();
        for (key, (name, mut pages)) in named {
            pages.sort_by_cached_key(|&it| project.pages[it].title.to_lowercase());
            let stem = format!("{folder}/{}", slug(&name));
            let file = |at: usize| {
                if at == 0 { format!("{stem}.html") } else { format!("{stem}-part-{}.html", at + 1) }
            };
            let paths = (0..pages.len().div_ceil(A_FILE)).map(|at| urls.claim(&file(at))).collect();
            by_name.insert(key, all.len());
            all.push(Topic { name, pages, paths });
        }
        Topics { kind, index, all, by_name }
    }

    /// The names on a page with the lists they lead to.
    pub(super) fn on_page(&self, page: &Page, text: &str) -> Vec<&Topic> {
        let names = names(page, text, KINDS[self.kind].0);
        names.iter().filter_map(|it| self.all.get(*self.by_name.get(&it.to_lowercase())?)).collect()
    }

    /// The paths of all its pages, each with what it is.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, File)> {
        let parts = self.all.iter().enumerate().flat_map(|(topic, it)| {
            it.paths.iter().enumerate().map(move |(part, path)| (path.as_str(), File::Topic { topic, part }))
        });
        std::iter::once((self.index.as_str(), File::Index)).chain(parts)
    }
}

impl Topic {
    /// The first file of the list.
    pub(super) fn path(&self) -> &str {
        self.paths.first().map_or("", String::as_str)
    }

    /// The pages of a file of the list.
    pub(super) fn part(&self, part: usize) -> &[usize] {
        self.pages.chunks(A_FILE).nth(part).unwrap_or_default()
    }
}

/// A file of the lists of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum File {
    /// The page that leads to all lists.
    Index,
    /// A part of a list.
    Topic { topic: usize, part: usize },
}

/// What a key of the front matter names, each name once: a list, or words with commas.
fn names(page: &Page, text: &str, key: &str) -> Vec<String> {
    let Some(value) = page.front_matter.as_ref().and_then(|it| it.root(text)).and_then(|it| it.get(key))
    else {
        return Vec::new();
    };
    let words = |it: View<'_>| it.as_str().filter(|_| !it.is_null()).map(|it| it.into_owned());
    let written: Vec<String> = if value.is_sequence() {
        value.items().filter_map(words).collect()
    } else {
        let line = words(value).unwrap_or_default();
        line.split(',').map(str::to_owned).collect()
    };
    let mut names: Vec<String> = Vec::new();
    for name in written {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_new = !names.iter().any(|it| it.to_lowercase() == name.to_lowercase());
        if !name.is_empty() && name.chars().count() <= LONGEST_NAME && is_new && names.len() < MOST_NAMES {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::tests::project;

    fn planned(pages: &[(&str, &str)]) -> Vec<(String, usize)> {
        let project = project(pages);
        let mut urls = Urls::of_pages(&project, None);
        let topics = Topics::of(&project, &Settings::default(), &mut urls);
        let all = topics.iter().flat_map(|it| &it.all);
        all.map(|it| (format!("{} {}", it.name, it.path()), it.pages.len())).collect()
    }

    #[test]
    fn pages_are_listed_by_whatever_case_a_name_is_written_in() {
        let page = |front: &str| format!("---\n{front}\n---\n# Page\n");
        let (a, b, c) = (
            page("tags: [Database, 'on call', database]\naudience: operators, Developers"),
            page("tags:\n- database\n- C++\n- C\n-\n- 7"),
            page("audience: []\ntags: {a: b}"),
        );
        let found =
            planned(&[("docs/a.md", &a), ("docs/b.md", &b), ("docs/c.md", &c), ("docs/tags/c.md", "# C\n")]);
        let found: Vec<(&str, usize)> = found.iter().map(|it| (it.0.as_str(), it.1)).collect();
        assert_eq!(
            found,
            [
                ("Developers audience/developers.html", 1),
                ("operators audience/operators.html", 1),
                ("7 tags/7.html", 1),
                ("C tags/c-1.html", 1),
                ("C++ tags/c-2.html", 1),
                ("Database tags/database.html", 2),
                ("on call tags/on-call.html", 1),
            ]
        );
        assert!(planned(&[("docs/a.md", "# A\n")]).is_empty());
    }

    #[test]
    fn a_huge_list_is_cut_into_files() {
        let pages: Vec<(String, String)> = (0..501)
            .map(|at| (format!("docs/{at}.md"), format!("---\ntags: x\n---\n# Page {at}\n")))
            .collect();
        let pages: Vec<(&str, &str)> = pages.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
        let project = project(&pages);
        let mut urls = Urls::of_pages(&project, None);
        let topics = Topics::of(&project, &Settings::default(), &mut urls);
        assert_eq!(topics[0].all[0].paths, ["tags/x.html", "tags/x-part-2.html"]);
        assert_eq!(topics[0].all[0].part(1).len(), 1);
    }
}
