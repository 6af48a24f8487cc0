//! The kinds of operations documents, as data.

use std::sync::LazyLock;

use serde::Deserialize;

/// One kind of document.
#[derive(Debug, Deserialize)]
pub struct DocumentType {
    /// Its name in front matter and in `docwright new`.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// The folder of the book in which a new one is written.
    pub place: String,
    folders: Vec<String>,
    files: Vec<String>,
    titles: Vec<String>,
    /// Headings with the hint that stands below each in a new page.
    pub sections: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Types {
    r#type: Vec<DocumentType>,
}

static TYPES: LazyLock<Vec<DocumentType>> = LazyLock::new(|| {
    toml::from_str::<Types>(include_str!("document_types.toml")).map(|it| it.r#type).unwrap_or_default()
});

/// Every kind, those that are told most surely first.
pub fn all() -> &'static [DocumentType] {
    &TYPES
}

/// The kind of this name; `disaster-recovery` and other names of the same thing count too.
pub fn find(name: &str) -> Option<&'static DocumentType> {
    let words = words(name);
    let name = match words.as_str() {
        "disaster recovery" | "disaster recovery plan" | "dr" => "dr-plan",
        "backup" => "backup-policy",
        "incident response" => "incident",
        "oncall" => "on-call",
        "decision" | "decision record" => "adr",
        "playbook" => "runbook",
        _ => return TYPES.iter().find(|it| self::words(&it.name) == words),
    };
    TYPES.iter().find(|it| it.name == name)
}

/// The kind that a path tells, and whether a folder told it. A folder's index page is no document of its kind.
pub fn from_path(path: &str) -> Option<(&'static DocumentType, bool)> {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = words(file.rsplit_once('.').map_or(file, |(stem, _)| stem));
    let by_file = TYPES.iter().find(|it| it.files.iter().any(|name| holds(&stem, name)));
    if let Some(found) = by_file {
        return Some((found, false));
    }
    if matches!(stem.as_str(), "index" | " index" | "readme") {
        return None;
    }
    // The innermost folder says most: `runbooks/alerts/x.md` is about an alert.
    let mut names = folders.rsplit('/').map(words);
    names.find_map(|folder| TYPES.iter().find(|it| it.folders.contains(&folder))).map(|it| (it, true))
}

/// The kind that a title tells.
pub fn from_title(title: &str) -> Option<&'static DocumentType> {
    let title = title.to_lowercase();
    TYPES.iter().find(|it| it.titles.iter().any(|words| holds(&title, words)))
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

    fn path(path: &str) -> Option<&'static str> {
        from_path(path).map(|(it, _)| it.name.as_str())
    }

    #[test]
    fn the_data_is_read() {
        assert_eq!(all().len(), 10);
        assert!(all().iter().all(|it| !it.sections.is_empty()));
    }

    #[test]
    fn paths_tell_the_kind() {
        assert_eq!(path("docs/operations/DR_RUNBOOK.md"), Some("dr-plan"));
        assert_eq!(path("docs/disaster-recovery/regions.md"), Some("dr-plan"));
        assert_eq!(path("docs/runbooks/disaster_recovery.md"), Some("dr-plan"));
        assert_eq!(path("docs/runbooks/high-latency.md"), Some("runbook"));
        assert_eq!(path("docs/runbooks/alerts/QueueLag.md"), Some("alert"));
        assert_eq!(path("docs/BACKUP_RECOVERY.md"), Some("backup-policy"));
        assert_eq!(path("docs/adr/0001-queue.md"), Some("adr"));
        assert_eq!(path("docs/runbooks/README.md"), None);
        assert_eq!(path("docs/drivers.md"), None);
    }

    #[test]
    fn reports_about_a_drill_are_no_plan() {
        assert_eq!(path("docs/disaster-recovery-drill-2031.md"), None);
        assert_eq!(from_title("What the disaster recovery drill taught us").map(|it| it.name.as_str()), None);
    }

    #[test]
    fn titles_tell_the_kind() {
        assert_eq!(from_title("Acme Disaster Recovery Plan").map(|it| it.name.as_str()), Some("dr-plan"));
        assert_eq!(from_title("Runbook: drain a node").map(|it| it.name.as_str()), Some("runbook"));
        assert_eq!(from_title("Recovering from a flat tyre").map(|it| it.name.as_str()), None);
    }
}
