//! What a recovery objective is about, as a key that can be compared.

use std::collections::BTreeSet;

use super::fact::Fact;

/// The scope of a fact. Empty: the whole system.
///
/// Two facts speak of the same thing when their scopes are equal; a scope that differs in one word is another.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// The words that name a service, scenario or anything else, in the singular, lower case.
    pub words: BTreeSet<String>,
    /// The environment, by its common name.
    pub environment: Option<&'static str>,
    /// The class of importance: `1` of "Tier 1", `gold`, `critical`.
    pub tier: Option<String>,
}

/// One name in a scope.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Name {
    /// A service, a component, a scenario.
    Word(String),
    /// An environment, by its common name.
    Environment(&'static str),
    /// A class of importance.
    Tier(String),
}

/// Environments by their common name, with the other names that they have.
const ENVIRONMENTS: &[(&str, &[&str])] = &[
    (
        "production",
        &[
            "production",
            "prod",
            "prd",
            "live",
            "produccion",
            "producción",
            "produção",
            "produktion",
            "produzione",
            "生产",
            "本番",
        ],
    ),
    ("staging", &["staging", "stage", "stg", "preprod", "preproduction", "preproducción"]),
    ("acceptance", &["uat", "acceptance"]),
    ("test", &["qa", "test"]),
    ("development", &["development", "dev", "desarrollo", "développement", "entwicklung", "开发"]),
    ("sandbox", &["sandbox"]),
    ("demo", &["demo"]),
];

/// Words before the name of a tier.
const TIERS: &[&str] =
    &["tier", "priority", "class", "level", "tiers", "criticality", "prioridad", "priorität", "priorité"];

/// Words whose number tells nothing where a name follows: "Scenario 3: region outage".
const NUMBERED: &[&str] =
    &["scenario", "section", "part", "appendix", "step", "case", "escenario", "scénario", "szenario"];

/// Tiers that have a name of their own.
const NAMED_TIERS: &[&str] =
    &["platinum", "gold", "silver", "bronze", "p0", "p1", "p2", "p3", "p4", "t0", "t1", "t2", "t3", "t4"];

/// Words that tell nothing apart: what every such page is about, and grammar.
const GENERAL: &[&str] = &[
    "disaster",
    "recovery",
    "backup",
    "restore",
    "restoration",
    "continuity",
    "business",
    "dr",
    "drp",
    "bcp",
    "plan",
    "planning",
    "runbook",
    "playbook",
    "guide",
    "manual",
    "handbook",
    "procedure",
    "policy",
    "strategy",
    "document",
    "documentation",
    "doc",
    "overview",
    "summary",
    "introduction",
    "general",
    "objective",
    "target",
    "requirement",
    "goal",
    "metric",
    "sla",
    "slo",
    "service",
    "system",
    "application",
    "app",
    "component",
    "platform",
    "environment",
    "env",
    "scenario",
    "section",
    "appendix",
    "rto",
    "rpo",
    "bia",
    "analysis",
    "mtd",
    "mtpd",
    "mtpod",
    "mto",
    "mao",
    "wrt",
    "tolerable",
    "time",
    "point",
    "total",
    "overall",
    "full",
    "complete",
    "all",
    "and",
    "or",
    "of",
    "the",
    "for",
    "a",
    "an",
    "to",
    "by",
    "per",
    "in",
    "on",
    "with",
    "our",
    "key",
    "feature",
    "impact",
    "detail",
    "information",
    "report",
    "status",
    "test",
    "testing",
    "drill",
    "exercise",
    "evidence",
    "history",
    "result",
    "note",
    "current",
    "state",
    "measured",
    "actual",
    "value",
    "matrix",
    "table",
    "de",
    "del",
    "la",
    "el",
    "y",
    "des",
    "du",
    "le",
    "les",
    "et",
    "und",
    "der",
    "die",
    "das",
    "für",
    "para",
    "pour",
    "e",
    "di",
    "i",
];

impl Fact {
    /// What the fact is about. `system` is what the whole is called, the book's title or its first heading:
    /// its words tell nothing apart.
    pub fn scope(&self, system: &str) -> Scope {
        Scope::of(&self.subject, system)
    }

    /// Whether both say a number about the same thing in the same sense, and not the same number.
    pub fn contradicts(&self, other: &Fact, system: &str) -> bool {
        self.kind == other.kind
            && self.role.is_actual() == other.role.is_actual()
            && matches!((self.seconds, other.seconds), (Some(one), Some(two)) if (one - two).abs() > 0.5)
            && self.scope(system) == other.scope(system)
    }
}

impl Scope {
    /// The scope of a subject, told in any words.
    pub fn of(subject: &[String], system: &str) -> Scope {
        let system: BTreeSet<String> = words(system).map(|it| singular(&it)).collect();
        let mut scope = Scope::default();
        for element in subject {
            scope.add(element, &system);
        }
        scope
    }

    /// Everything that it names. Two scopes that share a name may be about one thing.
    pub fn names(&self) -> impl Iterator<Item = Name> {
        let words = self.words.iter().cloned().map(Name::Word);
        words.chain(self.environment.map(Name::Environment)).chain(self.tier.clone().map(Name::Tier))
    }

    /// Whether it is the whole system.
    pub fn is_empty(&self) -> bool {
        *self == Scope::default()
    }

    fn add(&mut self, element: &str, system: &BTreeSet<String>) {
        let words: Vec<String> = words(element).collect();
        let mut rest = words.iter().enumerate().peekable();
        while let Some((at, word)) = rest.next() {
            let next = words.get(at + 1);
            if TIERS.contains(&word.as_str())
                && let Some(name) = next.filter(|it| it.len() < 3 || *it == "critical")
            {
                self.tier = Some(name.clone());
                rest.next();
            } else if NAMED_TIERS.contains(&word.as_str()) {
                self.tier = Some(word.trim_start_matches(['p', 't']).to_owned())
                    .filter(|it| it.len() == 1)
                    .or(Some(word.clone()));
            } else if let Some(environment) = environment(word, &words) {
                self.environment = Some(environment);
            } else {
                let word = singular(word);
                let number = at > 0 && NUMBERED.contains(&words[at - 1].as_str()) && words.len() > 2;
                let number = number && word.chars().all(|it| it.is_ascii_digit());
                // A list of proofs is a list; a ledger alone is a service.
                let listed = word == "ledger" && words.iter().any(|it| it == "evidence");
                let known = listed || GENERAL.contains(&word.as_str()) || system.contains(&word);
                if !number && !known {
                    self.words.insert(word);
                }
            }
        }
    }
}

/// The environment that a word names. "test" is one only beside "environment", or alone.
fn environment(word: &str, beside: &[String]) -> Option<&'static str> {
    let (name, _) = ENVIRONMENTS.iter().find(|(_, names)| names.contains(&word))?;
    let doubtful = *name == "test" && word != "qa";
    let said = beside.len() == 1 || beside.iter().any(|it| it == "environment" || it == "env");
    (!doubtful || said).then_some(name)
}

/// The words of a text in lower case; what is glued by `-` or `_` is taken apart.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).map(str::to_lowercase)
}

/// Without the `s` of the English plural.
fn singular(word: &str) -> String {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 3 && !stem.ends_with(['s', 'i', 'u']) => stem.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fact::{Objective, Role, Status};
    use crate::source::{SourceId, Span};

    fn fact(role: Role, hours: f64, subject: &[&str]) -> Fact {
        Fact {
            kind: Objective::Rto,
            role,
            seconds: Some(hours * 3600.0),
            raw: format!("{hours} h"),
            subject: subject.iter().map(|&it| it.to_owned()).collect(),
            status: Status::Set,
            span: Span::new(SourceId(0), 0..0),
        }
    }

    fn contradict(one: (Role, f64, &[&str]), two: (Role, f64, &[&str])) -> bool {
        fact(one.0, one.1, one.2).contradicts(&fact(two.0, two.1, two.2), "Lantern Orders")
    }

    const BARE: Role = Role::Unspecified;

    #[test]
    fn the_same_environment_under_other_headings_is_one_scope() {
        assert!(contradict((BARE, 4.0, &["Production"]), (BARE, 1.0, &["Recovery objectives", "prod"])));
        assert!(!contradict((BARE, 4.0, &["Production"]), (BARE, 1.0, &["Staging"])));
        assert!(!contradict((BARE, 4.0, &["Production"]), (BARE, 4.0, &["prod"])));
    }

    #[test]
    fn a_service_differs_from_another_and_from_the_whole() {
        assert!(contradict(
            (BARE, 0.5, &["Workflow Service"]),
            (BARE, 2.0, &["Disaster recovery", "Workflow services"])
        ));
        assert!(!contradict((BARE, 1.0, &["Database"]), (BARE, 0.5, &["Frontend"])));
        assert!(!contradict((BARE, 1.0, &["Database"]), (BARE, 0.5, &[])));
        assert!(contradict((BARE, 1.0, &[]), (BARE, 0.5, &["Disaster Recovery Plan", "Overview"])));
        assert!(!contradict((BARE, 1.0, &["SQLite"]), (BARE, 0.1, &["PostgreSQL"])));
    }

    #[test]
    fn what_should_be_and_what_was_measured_do_not_contradict() {
        assert!(!contradict((Role::Target, 1.0, &[]), (Role::Actual, 2.0, &[])));
        assert!(contradict((Role::Target, 1.0, &[]), (BARE, 2.0, &[])));
    }

    #[test]
    fn the_name_of_the_system_tells_nothing_apart() {
        assert!(contradict((BARE, 1.0, &["Lantern orders platform"]), (BARE, 2.0, &[])));
        assert!(!contradict((BARE, 1.0, &["Redis failover"]), (BARE, 2.0, &[])));
    }

    #[test]
    fn a_limit_beside_the_target_is_another_statement() {
        assert!(!contradict((Role::Target, 0.25, &[]), (BARE, 1.0, &["Maximum acceptable"])));
    }

    #[test]
    fn tiers_are_told_apart_however_they_are_written() {
        let scope = |subject: &[&str]| fact(BARE, 1.0, subject).scope("");
        assert_eq!(scope(&["Tier 1"]).tier.as_deref(), Some("1"));
        assert_eq!(scope(&["Tier 1"]), scope(&["P1"]));
        assert_ne!(scope(&["Tier 1"]), scope(&["Tier 2"]));
        assert_eq!(scope(&["Gold"]).tier.as_deref(), Some("gold"));
        assert_eq!(scope(&["Test environment"]).environment, Some("test"));
        assert_eq!(scope(&["Restore test"]).environment, None);
    }
}
