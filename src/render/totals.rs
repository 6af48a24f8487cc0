//! What is said about the made pages in a line with counts, on the start page and in the search. The counts are those
//! of the whole project; the words are those of the language that asks.

use std::collections::HashSet;

use super::operations::Counts;
use super::texts::Texts;
use crate::finding::Finding;
use crate::model::Project;

/// What the made pages hold.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Totals {
    objectives: usize,
    /// How many documents state them.
    objective_documents: usize,
    specs: usize,
    operations: usize,
    /// Routes that should be in a spec.
    routes: usize,
    /// Of these, those that are.
    documented: usize,
    alerts: usize,
    /// Of these, those whose runbook is there.
    with_runbook: usize,
    /// Documents that say whom to call.
    contact_documents: usize,
    dated_pages: usize,
    findings: Counts,
}

impl Totals {
    /// Counts what a project has.
    pub(super) fn of(project: &Project, findings: &[Finding]) -> Totals {
        let documents: HashSet<_> = project.facts.iter().map(|it| it.span.source).collect();
        let (routes, alerts) = (project.coverage.totals, project.alerts.totals());
        Totals {
            objectives: project.facts.len(),
            objective_documents: documents.len(),
            specs: project.specs.len(),
            operations: project.specs.iter().map(|it| it.operations.len()).sum(),
            routes: routes.served,
            documented: routes.documented,
            alerts: alerts.alerts,
            with_runbook: alerts.found,
            contact_documents: project.contacts.iter().filter(|it| !it.sections.is_empty()).count(),
            dated_pages: project.dates.len(),
            findings: Counts::of(findings),
        }
    }

    /// The line about the page whose title has a name; empty for a page without one.
    pub(super) fn about(&self, key: &str, says: &Texts) -> String {
        let share = |part: usize, all: usize, one, many| {
            let text = says.with(if says.is_one(all) { one } else { many }, &part.to_string());
            text.replacen("{}", &all.to_string(), 1)
        };
        match key {
            "recovery" => {
                let objectives = says.counted(self.objectives, "objective-count", "objectives-count");
                let documents = says.counted(self.objective_documents, "in-document", "in-documents");
                format!("{objectives} {documents}")
            }
            "api" => {
                let operations = says.counted(self.operations, "operation-count", "operations-count");
                format!("{operations} {}", says.counted(self.specs, "in-spec", "in-specs"))
            }
            "routes" => share(self.documented, self.routes, "route-in-spec", "routes-in-spec"),
            "alerts" => share(self.with_runbook, self.alerts, "alert-with-runbook", "alerts-with-runbook"),
            "contacts" => says.counted(self.contact_documents, "from-document", "from-documents"),
            "freshness" => says.counted(self.dated_pages, "dated-page", "dated-pages"),
            "findings" => match self.findings.words(says) {
                none if none.is_empty() => says.get("found-nothing").to_owned(),
                words => words,
            },
            _ => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn a_line_has_the_words_of_whoever_asks() {
        let totals =
            Totals { objectives: 1, objective_documents: 2, routes: 7, documented: 3, ..Totals::default() };
        let about = |language, key| totals.about(key, &Texts::of(language, &BTreeMap::new()));
        assert_eq!(about("en", "recovery"), "1 objective in 2 documents");
        assert_eq!(about("de", "recovery"), "1 Ziel in 2 Dokumenten");
        assert_eq!(about("fr", "routes"), "3 routes sur 7 dans une spécification");
        assert_eq!(about("es", "findings"), "El linter no ha encontrado nada");
    }
}
