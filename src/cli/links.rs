//! `docwright links`: asks other sites whether what the documents link to is there, and reports like `check`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args;
use globset::{Glob, GlobSet, GlobSetBuilder};
use jiff::Timestamp;
use miette::miette;

use super::check::Level;
use super::project::{Loaded, load, now, plural, start, wanted};
use super::report::Outputs;
use super::{Global, Outcome, output, progress};
use crate::config;
use crate::disk;
use crate::finding::Severity;
use crate::links::cache::{self, Ages, Cache, Entry};
use crate::links::fragment;
use crate::links::http::Client;
use crate::links::network::{Reserved, reserved};
use crate::links::queue::{self, Pace};
use crate::links::visit::{Patience, Question};
use crate::lint::{self, Check, Selection, rules};
use crate::model::external::{Address, Answer, External, Mention, Verdict, mentions};
use crate::report::{self, Report};

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Links {
    /// Look only at the links in these files and folders
    paths: Vec<PathBuf>,
    #[command(flatten)]
    outputs: Outputs,
    /// The lowest level that makes the exit code 1 [default: `lint.fail-on`, else error]
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<Level>,
    /// Look up what follows `#` in the page, too
    #[arg(long)]
    fragments: bool,
    /// Do not ask for addresses that this glob matches; beside `links.exclude`
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Ask hosts in private networks and on this machine, too; only where you trust the documents
    #[arg(long)]
    allow_private: bool,
    /// The file that remembers answers [default: `.docwright-links.json` in the project]
    #[arg(long, value_name = "FILE")]
    cache: Option<PathBuf>,
    /// Ask for everything anew and remember nothing
    #[arg(long, conflicts_with = "cache")]
    no_cache: bool,
}

impl Links {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let mut loaded = load(global, start(&self.paths).as_deref())?;
        if loaded.project.pages.is_empty() {
            output::note(&format!("nothing to check: no Markdown below {}", loaded.root.display()));
            return Ok(Outcome::Nothing);
        }
        let mentions = self.mentions(&loaded)?;
        let mut cache = self.remembered(&loaded.root)?;
        let answers = self.answers(global, &loaded.config.links, &mentions, &mut cache)?;
        let file = self.cache_file(&loaded.root);
        if !self.no_cache && (!cache.is_empty() || disk::exists(&file)) {
            disk::write_file(&file, cache::write(&cache).as_bytes())?;
        }
        loaded.project.external = Some(External { mentions, answers });
        self.report(global, &loaded)
    }

    /// The links to ask for: those in the files that were named, without what is excluded and what is there for
    /// examples only.
    fn mentions(&self, loaded: &Loaded) -> miette::Result<Vec<Mention>> {
        let excluded = globs(loaded.config.links.exclude.iter().chain(&self.exclude))?;
        let paths = wanted(&self.paths, &loaded.root)?;
        let sources = &loaded.project.sources;
        let mut mentions = mentions(&loaded.project);
        mentions.retain(|it| {
            let path = Path::new(sources.path(it.span.source));
            (paths.is_empty() || paths.iter().any(|folder| path.starts_with(folder)))
                && reserved(&it.address) != Some(Reserved::Example)
                && !excluded.is_match(it.address.whole())
        });
        Ok(mentions)
    }

    fn cache_file(&self, root: &Path) -> PathBuf {
        self.cache.clone().unwrap_or_else(|| root.join(cache::NAME))
    }

    /// The answers of earlier runs. A file that is something else is not written over.
    fn remembered(&self, root: &Path) -> miette::Result<Cache> {
        let file = self.cache_file(root);
        if self.no_cache || !disk::exists(&file) {
            return Ok(Cache::new());
        }
        cache::read(&disk::read_text(&file)?).ok_or_else(|| {
            miette!(
                help = "delete it, or name another file with `--cache FILE`",
                "`{}` is no file of remembered answers",
                file.display()
            )
        })
    }

    /// Every answer: what the cache holds, and for the rest what the sites say, which the cache then holds, too.
    fn answers(
        &self,
        global: &Global,
        options: &config::Links,
        mentions: &[Mention],
        cache: &mut Cache,
    ) -> miette::Result<BTreeMap<String, Answer>> {
        let now = now();
        let ages = Ages { alive: options.max_age.0, other: options.failure_age.0 };
        let questions = questions(mentions, self.fragments || options.fragments);
        let addresses: BTreeSet<String> = questions.iter().map(|it| it.address.url.clone()).collect();
        cache.retain(|_, entry| entry.holds(now, ages));
        let open: Vec<Question> = questions.into_iter().filter(|it| !self.is_known(it, cache)).collect();
        let asked = open.len();
        let pace =
            Pace { concurrency: options.concurrency, per_host: options.per_host, delay: options.delay.0 };
        let patience =
            Patience { accept: options.accept.clone(), retries: options.retries, backoff: options.backoff.0 };
        let client = Client::new(options.timeout.0, self.allow_private);
        let progress =
            |done: usize| progress::phase(&format!("Asking, {done} of {asked} addresses answered"));
        let outcome = queue::run(open, &pace, &patience, &|it| client.ask(it), &progress);
        if !outcome.reached && outcome.hosts >= HOSTS_OF_A_NETWORK && unreachable(&outcome.answers) {
            return Err(miette!(
                help = "is there a network, and does it need a proxy (HTTPS_PROXY)?",
                "none of {} could be reached",
                plural(outcome.hosts, "host")
            ));
        }
        remember(cache, outcome.answers, now);
        let answers: BTreeMap<String, Answer> = cache
            .iter()
            .filter(|(url, _)| addresses.contains(*url))
            .map(|(url, entry)| (url.clone(), entry.answer.clone()))
            .collect();
        if !global.quiet {
            let known = answers.len().saturating_sub(asked);
            let addresses = match answers.len() {
                1 => "1 address".to_owned(),
                many => format!("{many} addresses"),
            };
            output::note(&format!("Looked at {addresses}, {known} of them as remembered."));
        }
        Ok(answers)
    }

    /// Whether the cache answers a question. That a host is private is no answer once private ones may be asked.
    fn is_known(&self, question: &Question, cache: &Cache) -> bool {
        cache.get(&question.address.url).is_some_and(|entry| {
            let answer = &entry.answer;
            let complete = question.fragments.iter().all(|it| answer.fragments.contains_key(it));
            match answer.verdict {
                Verdict::Alive => complete,
                Verdict::Unchecked => !self.allow_private,
                Verdict::Dead | Verdict::Unreachable => true,
            }
        })
    }

    fn report(&self, global: &Global, loaded: &Loaded) -> miette::Result<Outcome> {
        let (project, config) = (&loaded.project, &loaded.config);
        let others = rules::ALL.iter().filter(|it| !matches!(it.check, Check::External(_)));
        let selection =
            Selection { ignore: others.map(|it| it.id.to_owned()).collect(), ..Selection::default() };
        let found = lint::run(project, config, &selection);
        let fail_on = self.fail_on.map(Severity::from).or(config.lint.fail_on).unwrap_or(Severity::Error);
        let prefix = disk::place_in_repository(&loaded.root);
        let report = Report {
            suppressed: &found.suppressed,
            prefix: &prefix,
            fail_on,
            rule_pages: config.lint.rule_pages.as_deref(),
            ..Report::new(project, &found.findings, &found.fingerprints)
        };
        self.outputs.write_files(&report)?;
        self.outputs.print(&report)?;
        if !global.quiet {
            output::note(&format!("Found {}.", report::counts(&report)));
        }
        let failed = found.findings.iter().any(|it| it.severity >= fail_on);
        Ok(if failed { Outcome::Findings } else { Outcome::Clean })
    }
}

/// From how many hosts on the failure of all of them is one of the network here, not of the links.
const HOSTS_OF_A_NETWORK: usize = 3;

/// Whether all of these failed on the way to their hosts.
fn unreachable(answers: &BTreeMap<String, Answer>) -> bool {
    answers.values().all(|it| matches!(it.verdict, Verdict::Dead | Verdict::Unreachable))
}

fn globs<'a>(patterns: impl Iterator<Item = &'a String>) -> miette::Result<GlobSet> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(Glob::new(pattern).map_err(|error| miette!("`{pattern}` is no glob: {}", error.kind()))?);
    }
    set.build().map_err(|error| miette!("the globs are too large: {}", error.kind()))
}

/// One question for each address, however many places mention it.
fn questions(mentions: &[Mention], with_fragments: bool) -> Vec<Question> {
    let mut questions: BTreeMap<&str, Question> = BTreeMap::new();
    for Mention { address, .. } in mentions {
        let question = questions.entry(&address.url).or_insert_with(|| Question {
            address: Address { url: address.url.clone(), fragment: None },
            fragments: BTreeSet::new(),
        });
        let place = address.fragment.as_ref().filter(|it| with_fragments && fragment::is_place(it));
        question.fragments.extend(place.cloned());
    }
    questions.into_values().collect()
}

/// Puts answers into the cache. Fragments that an earlier answer looked up stay, unless they were looked up anew.
fn remember(cache: &mut Cache, answers: BTreeMap<String, Answer>, at: Timestamp) {
    for (url, mut answer) in answers {
        if let Some(before) = cache.remove(&url).filter(|_| answer.verdict == Verdict::Alive) {
            for (fragment, there) in before.answer.fragments {
                answer.fragments.entry(fragment).or_insert(there);
            }
        }
        cache.insert(url, Entry { at, answer });
    }
}
