//! The kinds of operations documents, as data: `document_types.toml`, and what a project adds to it.

use globset::GlobSet;
use serde::Deserialize;

/// Every kind of document that a project knows.
#[derive(Debug, Clone)]
pub struct DocumentTypes {
    all: Vec<DocumentType>,
}

/// One kind of document.
#[derive(Debug, Clone, Deserialize)]
pub struct DocumentType {
    /// Its name in front matter and in `docwright new`.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Whether the project calls it so.
    #[serde(skip)]
    pub is_titled: bool,
    /// The folder of the book in which a new one is written.
    pub place: String,
    /// Whether the name of a file or a title is proof enough that a page is one.
    #[serde(default)]
    pub named: bool,
    /// Whether somebody must be reachable: the page needs a real contact.
    #[serde(default)]
    pub contacts: bool,
    /// What it is made of, in order.
    #[serde(rename = "section", default)]
    pub sections: Vec<Section>,
    /// The files that the project says are of this kind.
    #[serde(skip)]
    pub paths: GlobSet,
    #[serde(default)]
    folders: Vec<String>,
    #[serde(default)]
    files: Vec<String>,
    #[serde(default)]
    titles: Vec<String>,
}

/// A section that a kind of document has.
#[derive(Debug, Clone, Deserialize)]
pub struct Section {
    /// What it is called in a new page.
    pub heading: String,
    /// What stands below the heading in a new page.
    #[serde(default)]
    pub hint: String,
    /// Whether a document without it is incomplete.
    #[serde(default = "yes")]
    pub required: bool,
    /// What other teams call it, in lower case.
    #[serde(default)]
    pub synonyms: Vec<String>,
}

/// What told a page's kind, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ToldBy {
    /// `type` in its front matter, or the configuration.
    Author,
    /// The name of its file.
    File,
    /// Its title.
    Title,
    /// A folder on its path.
    Folder,
}

#[derive(Deserialize)]
struct Document {
    r#type: Vec<DocumentType>,
}

fn yes() -> bool {
    true
}

impl Default for DocumentTypes {
    fn default() -> DocumentTypes {
        let read = toml::from_str::<Document>(include_str!("document_types.toml"));
        DocumentTypes { all: read.map(|it| it.r#type).unwrap_or_default() }
    }
}

impl DocumentTypes {
    /// Every kind, those that are told most surely first.
    pub fn all(&self) -> &[DocumentType] {
        &self.all
    }

    /// The kind of this name, made first where there is none.
    pub fn entry(&mut self, name: &str) -> &mut DocumentType {
        let at = match self.all.iter().position(|it| it.name == name) {
            Some(at) => at,
            None => {
                self.all.push(DocumentType {
                    name: name.to_owned(),
                    title: name.replace('-', " "),
                    is_titled: true,
                    place: String::new(),
                    named: false,
                    contacts: false,
                    sections: Vec::new(),
                    paths: GlobSet::empty(),
                    folders: Vec::new(),
                    files: Vec::new(),
                    titles: Vec::new(),
                });
                self.all.len() - 1
            }
        };
        &mut self.all[at]
    }

    /// The kind of this name; `disaster-recovery` and other names of the same thing count too.
    pub fn find(&self, name: &str) -> Option<&DocumentType> {
        let words = words(name);
        if let Some(found) = self.all.iter().find(|it| self::words(&it.name) == words) {
            return Some(found);
        }
        let name = match words.as_str() {
            "disaster recovery" | "disaster recovery plan" | "dr" => "dr-plan",
            "backup" => "backup-policy",
            "incident response" => "incident",
            "oncall" => "on-call",
            "decision" | "decision record" => "adr",
            "playbook" => "runbook",
            _ => return None,
        };
        self.all.iter().find(|it| it.name == name)
    }

    /// The kind of a page, and what told it. `declared` is the `type` of its front matter. A folder's index page
    /// is no document of the folder's kind.
    pub fn of(&self, path: &str, title: &str, declared: Option<&str>) -> Option<(&DocumentType, ToldBy)> {
        let by_author = declared.and_then(|it| self.find(it));
        if let Some(found) = by_author.or_else(|| self.all.iter().find(|it| it.paths.is_match(path))) {
            return Some((found, ToldBy::Author));
        }
        let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = words(file.rsplit_once('.').map_or(file, |(stem, _)| stem));
        let title = title.to_lowercase();
        // The manual of a program teaches how to recover, whoever runs it: that is no plan of theirs.
        let how_to = |it: &str| matches!(words(it).as_str(), "howto" | "how to" | "howtos" | "how tos");
        let teaches = title.starts_with("how to ") || folders.split('/').any(how_to);
        let all = || self.all.iter().filter(|it| !(teaches && it.named));
        if let Some(found) = all().find(|it| it.files.iter().any(|name| holds(&stem, name))) {
            return Some((found, ToldBy::File));
        }
        // The innermost folder says most: `runbooks/alerts/x.md` is about an alert.
        let by_folder = || {
            let of = |folder: String| self.all.iter().find(|it| it.folders.contains(&folder));
            let found = folders.rsplit('/').map(words).find_map(of)?;
            (!matches!(stem.as_str(), "index" | " index" | "readme")).then_some((found, ToldBy::Folder))
        };
        // The README of a project is titled by what the project is: a program for backups is no policy.
        let is_project = folders.is_empty() && stem == "readme";
        let by_title = || {
            let fits = |words: &String| {
                holds(&title, words) && (!is_project || title.starts_with(words.trim_start_matches('=')))
            };
            let found = all().find(|it| it.titles.iter().any(fits))?;
            Some((found, ToldBy::Title))
        };
        by_folder().or_else(by_title)
    }
}

impl Section {
    /// Whether words of a document are a name of this section and nothing more. `words` come from [`plain_words`].
    pub fn is_called(&self, words: &str) -> bool {
        let words = words.trim();
        plain_words(&self.heading).trim() == words || self.synonyms.iter().any(|it| it == words)
    }

    /// Whether words of a document announce this section: a heading, a label, the text of a link. `words` come
    /// from [`plain_words`].
    pub fn is_announced_by(&self, words: &str) -> bool {
        let announces = |name: &str| words.contains(&format!(" {name} "));
        announces(plain_words(&self.heading).trim()) || self.synonyms.iter().any(|it| announces(it))
    }
}

/// Words in lower case with one space before, between and behind them; numbers, marks and emoji are gone.
pub fn plain_words(text: &str) -> String {
    let mut words = String::from(" ");
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()) {
        words.push_str(&word.to_lowercase());
        words.push(' ');
    }
    words
}

fn words(name: &str) -> String {
    name.to_lowercase().replace(['-', '_'], " ")
}

/// Whether whole words stand in a text; words after `=` must be all of it.
fn holds(text: &str, words: &str) -> bool {
    if let Some(words) = words.strip_prefix('=') {
        return text.trim() == words;
    }
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, title: &str, declared: Option<&str>) -> Option<(String, ToldBy)> {
        DocumentTypes::default().of(path, title, declared).map(|(it, by)| (it.name.clone(), by))
    }

    fn path(path: &str) -> Option<String> {
        told(path, "", None).map(|(name, _)| name)
    }

    fn title(title: &str) -> Option<String> {
        told("x.md", title, None).map(|(name, _)| name)
    }

    #[test]
    fn the_data_is_read() {
        let types = DocumentTypes::default();
        assert_eq!(types.all().len(), 10);
        assert!(types.all().iter().all(|it| !it.sections.is_empty()));
        let lower = |it: &Section| it.synonyms.iter().all(|it| plain_words(it).trim() == it);
        assert!(types.all().iter().flat_map(|it| &it.sections).all(lower), "synonyms are plain words");
    }

    #[test]
    fn paths_tell_the_kind() {
        assert_eq!(path("docs/operations/DR_RUNBOOK.md").as_deref(), Some("dr-plan"));
        assert_eq!(path("docs/disaster-recovery/regions.md").as_deref(), Some("dr-plan"));
        assert_eq!(path("docs/runbooks/disaster_recovery.md").as_deref(), Some("dr-plan"));
        assert_eq!(path("docs/runbooks/high-latency.md").as_deref(), Some("runbook"));
        assert_eq!(path("docs/runbooks/alerts/QueueLag.md").as_deref(), Some("alert"));
        assert_eq!(path("docs/BACKUP_RECOVERY.md").as_deref(), Some("backup-policy"));
        assert_eq!(path("docs/adr/0001-queue.md").as_deref(), Some("adr"));
        assert_eq!(path("docs/runbooks/README.md"), None);
        assert_eq!(path("docs/drivers.md"), None);
    }

    #[test]
    fn reports_about_a_drill_are_no_plan() {
        assert_eq!(path("docs/disaster-recovery-drill-2031.md"), None);
        assert_eq!(title("What the disaster recovery drill taught us"), None);
    }

    #[test]
    fn what_teaches_everybody_is_no_plan() {
        assert_eq!(told("README.md", "Quay: reliable backup & restore", None), None);
        assert!(told("README.md", "Disaster recovery plan of the harbour", None).is_some());
        assert_eq!(path("docs/howto/disaster_recovery.md"), None);
        assert_eq!(title("How to make a disaster recovery plan"), None);
        let runbook = told("runbooks/drain.md", "How to drain a berth", None);
        assert_eq!(runbook.map(|it| it.1), Some(ToldBy::Folder));
    }

    #[test]
    fn titles_tell_the_kind() {
        assert_eq!(title("Acme Disaster Recovery Plan").as_deref(), Some("dr-plan"));
        assert_eq!(title("Runbook: drain a node").as_deref(), Some("runbook"));
        assert_eq!(title("Recovering from a flat tyre"), None);
        assert_eq!(told("runbooks/a.md", "A", Some("oncall")), Some(("on-call".into(), ToldBy::Author)));
    }

    #[test]
    fn sections_have_many_names() {
        let types = DocumentTypes::default();
        let alert = types.find("alert").expect("a kind");
        let section = |label: &str| {
            let words = plain_words(label);
            alert
                .sections
                .iter()
                .filter(|it| it.is_announced_by(&words))
                .map(|it| it.heading.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(section("3. 🔧 **Possible Resolutions**"), ["Mitigation"]);
        assert_eq!(section("User impact:"), ["Impact"]);
        assert_eq!(section("Impacted"), Vec::<&str>::new());
    }
}
