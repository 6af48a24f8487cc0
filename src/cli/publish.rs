//! `docwright publish`: puts the site where it is served.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use miette::miette;

use super::build::{settings, write};
use super::check::Level;
use super::project::{configuration, load, plural, today};
use super::{Global, Outcome, TableFormat, baseline, output, progress};
use crate::config::Config;
use crate::disk;
use crate::finding::Severity;
use crate::lint::{self, Selection};
use crate::publish::plan::Edition;
use crate::publish::target::{FORMS, Target};
use crate::publish::versions::check_name;
use crate::publish::{self, Done, Job};
use crate::render::headers::{self, Server};
use crate::report::{Report, counts};

/// The arguments.
#[derive(Debug, Args)]
#[command(disable_version_flag = true)]
pub(super) struct Publish {
    /// Where the site goes [default: `publish.to`]: dir:PATH, git:BRANCH[@REMOTE], s3://BUCKET/PREFIX, gs://…, az://…,
    /// rsync:HOST:PATH
    #[arg(long, value_name = "TARGET")]
    to: Option<Target>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// How it is said what was done
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    format: TableFormat,
    /// Publish to a folder of this name, beside other versions
    #[arg(long, value_name = "VERSION", value_parser = check_name)]
    version: Option<String>,
    /// Publish the version under this name, too, and take the name from any other; may be repeated
    #[arg(long, value_name = "NAME", value_parser = check_name, requires = "version")]
    alias: Vec<String>,
    /// Publish nothing; delete this version and its aliases from the target
    #[arg(long, value_name = "VERSION", conflicts_with_all = ["version", "fail_on", "allow_findings", "site", "as_of"])]
    remove: Option<String>,
    /// Publish nothing if there are findings of this level or above [default: `lint.fail-on`, else error]
    #[arg(long, value_enum, value_name = "LEVEL", conflicts_with = "site")]
    fail_on: Option<Level>,
    /// Publish whatever was found
    #[arg(long, conflicts_with_all = ["fail_on", "site"])]
    allow_findings: bool,
    /// Publish this folder, which is built already, as it is
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    /// Publish among files that docwright did not publish, over those of the same name, and write every file anew
    #[arg(long)]
    overwrite: bool,
    /// The message of the commit on a git branch
    #[arg(long, value_name = "TEXT")]
    message: Option<String>,
    /// The address of an object store that is not the provider's own: http://127.0.0.1:9000
    #[arg(long, value_name = "URL")]
    endpoint: Option<String>,
    /// The day that counts as today, for all that is said about dates [default: today in UTC]
    #[arg(long, value_name = "DATE", conflicts_with = "site")]
    as_of: Option<Date>,
    /// Publish nothing; print what a server needs in order to send the headers of the site
    #[arg(long, value_enum, value_name = "SERVER", exclusive = true)]
    headers: Option<HeadersFor>,
}

/// A server that takes headers from a file.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum HeadersFor {
    /// `_headers`, as Netlify and Cloudflare Pages read it
    Netlify,
    /// A file for nginx's conf.d
    Nginx,
    /// A response headers policy of CloudFront, for a site in S3
    Cloudfront,
}

impl Publish {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let (root, config) = configuration(global, None)?;
        if let Some(server) = self.headers {
            let server = match server {
                HeadersFor::Netlify => Server::Netlify,
                HeadersFor::Nginx => Server::Nginx,
                HeadersFor::Cloudfront => Server::CloudFront,
            };
            output::result(&headers::snippet(server, config.api.try_it))?;
            return Ok(Outcome::Clean);
        }
        let target = self.target(&root, &config)?;
        self.fits(&target)?;
        // Kept until the end: it holds the files.
        let scratch = disk::publish::scratch()?;
        let site = match (&self.site, &self.remove) {
            (_, Some(_)) => None,
            (Some(site), None) => Some(disk::folder(site)?),
            (None, None) => match self.build(global, scratch.path())? {
                Ok(site) => Some(site),
                Err(outcome) => return Ok(outcome),
            },
        };
        let files = site.as_deref().map(disk::publish::site_files).transpose()?.unwrap_or_default();
        if let Some(site) = site.filter(|_| files.is_empty()) {
            return Err(miette!("there is no site in `{}`: it holds no files", site.display()));
        }
        let job = Job {
            root: &root,
            site: &files,
            edition: Edition {
                version: self.version.clone(),
                remove: self.remove.clone(),
                aliases: self.alias.iter().cloned().collect::<BTreeSet<_>>(),
                knows_address: self.site.is_none() && config.site.url.is_some(),
                extra: Vec::new(),
            },
            domain: config.output.html.cname.as_deref(),
            dry_run: self.dry_run,
            overwrite: self.overwrite,
            message: self.message.as_deref(),
            endpoint: self.endpoint.as_deref(),
            tell: &progress::phase,
        };
        let done = publish::publish(&target, job)?;
        self.report(global, &target, &done)?;
        Ok(Outcome::Clean)
    }

    /// The target of the command line, else that of the configuration, whose folders count from where it stands.
    fn target(&self, root: &Path, config: &Config) -> miette::Result<Target> {
        if let Some(target) = &self.to {
            return Ok(target.clone());
        }
        let Some(to) = &config.publish.to else {
            let help = format!("name one with `--to`, or set `publish.to`: {FORMS}");
            return Err(miette!(help = help, "where should the site go?"));
        };
        let target: Target = to.parse().map_err(|error| miette!("`publish.to`: {error}"))?;
        Ok(match target {
            Target::Folder(path) if path.is_relative() => {
                Target::Folder(root.join(config.project_path(&disk::slashes(&path))))
            }
            target => target,
        })
    }

    /// Refuses what the target has no use for.
    fn fits(&self, target: &Target) -> miette::Result<()> {
        let wrong = match target {
            Target::Branch { .. } => self.endpoint.is_some().then_some("--endpoint"),
            Target::Store { .. } => self.message.is_some().then_some("--message"),
            Target::Folder(_) | Target::Rsync(_) => {
                let endpoint = self.endpoint.is_some().then_some("--endpoint");
                endpoint.or(self.message.is_some().then_some("--message"))
            }
        };
        match wrong {
            Some(flag) => Err(miette!("{target} has no use for `{flag}`")),
            None => Ok(()),
        }
    }

    /// Builds the site below a folder. Without one, the outcome that the command ends with.
    fn build(&self, global: &Global, scratch: &Path) -> miette::Result<Result<PathBuf, Outcome>> {
        let loaded = load(global, None)?;
        let project = &loaded.project;
        if project.pages.is_empty() && project.specs.is_empty() {
            let root = loaded.root.display();
            output::note(&format!("nothing to publish: no Markdown and no OpenAPI document below {root}"));
            return Ok(Err(Outcome::Nothing));
        }
        let as_of = Some(self.as_of.unwrap_or_else(today));
        progress::phase(&format!("Checking {}", plural(project.pages.len(), "page")));
        let baseline = baseline::read(&loaded, None, false)?;
        let selection = Selection { as_of, baseline, ..Selection::default() };
        let findings = lint::run(project, &loaded.config, &selection).findings;
        let fail_on =
            self.fail_on.map(Severity::from).or(loaded.config.lint.fail_on).unwrap_or(Severity::Error);
        if !self.allow_findings && findings.iter().any(|it| it.severity >= fail_on) {
            let report = Report::new(project, &findings, &[]);
            output::note(&format!(
                "Found {}; nothing is published because of the level {}. `docwright check` shows them, \
                 `--allow-findings` publishes all the same.",
                counts(&report),
                fail_on.as_str()
            ));
            return Ok(Err(Outcome::Findings));
        }
        progress::phase(&format!("Rendering {}", plural(project.pages.len(), "page")));
        let mut settings = settings(&loaded, as_of)?;
        settings.version.clone_from(&self.version);
        // The address that does not move is the one to be found under.
        if let Some(folder) = self.alias.first().or(self.version.as_ref()) {
            for url in settings.base_url.iter_mut().chain(&mut settings.site_path) {
                *url = format!("{}/{folder}/", url.trim_end_matches('/'));
            }
        }
        let folder = scratch.join("site");
        write(&loaded, &findings, &settings, &folder)?;
        Ok(Ok(disk::folder(&folder)?))
    }

    fn report(&self, global: &Global, target: &Target, done: &Done) -> miette::Result<()> {
        match self.format {
            TableFormat::Json => {
                let value = publish::json(done, target, self.dry_run, self.version.as_deref());
                output::result(&format!("{value:#}\n"))?;
            }
            TableFormat::Text if self.dry_run => output::result(&publish::text(done))?,
            TableFormat::Text => {}
        }
        if global.quiet {
            return Ok(());
        }
        let written = done.plan.changed().count();
        let counted = format!(
            "{} to write, {} unchanged, {} to delete",
            plural(written, "file"),
            done.plan.files.len() - written,
            done.plan.delete.len()
        );
        output::note(&match (self.dry_run, done.changed) {
            (true, _) if !done.pending => format!("{target} is up to date."),
            (true, _) => format!("Would publish to {target}: {counted}."),
            (false, false) => format!("{target} is up to date; nothing was published."),
            (false, true) => {
                let commit = done.commit.as_deref().and_then(|it| it.get(..12));
                let commit = commit.map_or_else(String::new, |it| format!(" as commit {it}"));
                format!(
                    "Published to {target}{commit}: {} written, {} unchanged, {} deleted.",
                    plural(written, "file"),
                    done.plan.files.len() - written,
                    done.plan.delete.len()
                )
            }
        });
        Ok(())
    }
}
