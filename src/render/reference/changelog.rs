//! What changed in a spec from one revision to the next.

use std::collections::HashMap;

use super::Reference;
use crate::api::diff::{Change, Level};
use crate::render::operations::{Names, slug};
use crate::render::pages::findings::with_code;
use crate::render::shell::About;
use crate::render::url::Place;
use crate::render::view::{ChangeGroup, ChangeView, ChangelogPage, OperationLink, RevisionView, Section};
use crate::render::{Html, Revision};

/// More operations that a change reaches are counted only.
const NAMED: usize = 3;

/// The levels with the names of their titles and how they look.
const GROUPS: [(Level, &str, &str); 4] = [
    (Level::Breaking, "breaking", "bad"),
    (Level::Warning, "to-look-at", "warn"),
    (Level::NonBreaking, "other-changes", "ok"),
    (Level::Documentation, "wording", "plain"),
];

impl Reference<'_, '_> {
    pub(super) fn changelog(&self, path: &str) -> Html {
        let place = Place::at(path);
        let source = self.cx.project.sources.path(self.spec.source);
        let revisions = self.cx.settings.changelogs.get(source).map(Vec::as_slice).unwrap_or_default();
        let operations = self.operations_by_name();
        let mut names = Names::default();
        let views: Vec<RevisionView> = revisions
            .iter()
            .map(|it| self.revision(it, names.free(slug(&it.name)), &operations, &place))
            .collect();
        let sections = views.iter().map(|it| Section {
            title: it.name.clone(),
            href: place.to_fragment(&place.path, &it.anchor),
            level: 2,
        });
        let title = format!("{} · {}", self.cx.says.get("changes"), self.spec.title);
        let shell = self.cx.shell(About {
            sections: sections.collect(),
            crumbs: self.crumbs(&place, true),
            nav: self.nav(&place, None),
            ..About::made(place.clone(), &title)
        });
        self.cx.html("changelog.html", &ChangelogPage { shell, revisions: views })
    }

    /// The shown operations by what the comparison calls them.
    fn operations_by_name(&self) -> HashMap<String, usize> {
        let all = self.spec.operations.iter().enumerate();
        all.map(|(at, it)| (format!("{} {}", it.method, it.path), at)).collect()
    }

    fn revision(
        &self,
        revision: &Revision,
        anchor: String,
        operations: &HashMap<String, usize>,
        place: &Place,
    ) -> RevisionView {
        let groups = GROUPS.iter().filter_map(|(level, key, tone)| {
            let all = revision.changes.iter().filter(|it| it.level == *level);
            let changes: Vec<ChangeView> = all.map(|it| self.change(it, operations, place)).collect();
            let is_open = *level != Level::Documentation;
            (!changes.is_empty()).then(|| {
                let title = self.cx.says.get(key).to_owned();
                ChangeGroup { title, tone, is_open, changes }
            })
        });
        RevisionView {
            anchor,
            name: revision.name.clone(),
            since: revision.since.clone(),
            problem: revision.problem.as_deref().map(with_code),
            groups: groups.collect(),
        }
    }

    fn change(&self, change: &Change, operations: &HashMap<String, usize>, place: &Place) -> ChangeView {
        let link = |name: &String| {
            let (method, path) = name.split_once(' ').unwrap_or(("", name));
            let known = operations.get(name).and_then(|&it| self.operation_link(it, place));
            known.unwrap_or_else(|| OperationLink {
                method: method.to_owned(),
                tone: crate::render::pages::routes::method_tone(method),
                path: path.to_owned(),
                summary: String::new(),
                deprecated: false,
                href: String::new(),
            })
        };
        let more = change.operations.len().saturating_sub(NAMED);
        ChangeView {
            message: with_code(&change.message),
            check: change.check,
            component: change.component.clone(),
            operations: change.operations.iter().take(NAMED).map(link).collect(),
            more: match more {
                0 => String::new(),
                more => self.cx.says.counted(more, "and-operation", "and-operations"),
            },
        }
    }
}
