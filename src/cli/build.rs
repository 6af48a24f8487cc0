//! `docwright build`: the static site.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use super::changelog::changelogs;
use super::check::Level;
use super::project::{Loaded, load, looked_at, plural, today};
use super::{Global, Outcome, baseline, output, progress};
use crate::config::keys::nearest_of;
use crate::config::{Config, Folder, TextDirection};
use crate::disk::{self, SiteSource};
use crate::finding::{Finding, Severity};
use crate::git;
use crate::lint::{self, Selection};
use crate::model::Dialect;
use crate::model::resolve::join;
use crate::render::{self, Content, Site};
use crate::report::{Report, counts};

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// Where the site goes [default: `build.build-dir`, else book]
    #[arg(short = 'd', long = "dest-dir", value_name = "DIR")]
    dest: Option<PathBuf>,
    /// Write no site if there are findings of this level or above
    #[arg(long, value_enum, value_name = "LEVEL")]
    deny: Option<Level>,
    /// The day that counts as today, for all that is said about dates [default: today in UTC]
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

impl Build {
    pub(super) fn run(&self, global: &Global) -> miette::Result<Outcome> {
        let loaded = load(global, None)?;
        let project = &loaded.project;
        if project.pages.is_empty() && project.specs.is_empty() {
            let root = loaded.root.display();
            output::note(&format!("nothing to build: no Markdown and no OpenAPI document below {root}"));
            return Ok(Outcome::Nothing);
        }
        let as_of = Some(self.as_of.unwrap_or_else(today));
        progress::phase(&format!("Checking {}", plural(project.pages.len(), "page")));
        let baseline = baseline::read(&loaded, None, false)?;
        let selection = Selection { as_of, baseline, ..Selection::default() };
        let findings = lint::run(project, &loaded.config, &selection).findings;
        let report = Report::new(project, &findings, &[]);
        let denied = self.deny.map(Severity::from);
        if let Some(level) = denied.filter(|level| findings.iter().any(|it| it.severity >= *level)) {
            output::note(&format!(
                "Found {}; no site is written because of `--deny {}`. `docwright check` shows them.",
                counts(&report),
                level.as_str()
            ));
            return Ok(Outcome::Findings);
        }
        progress::phase(&format!("Rendering {}", plural(project.pages.len(), "page")));
        let settings = settings(&loaded, as_of)?;
        let target = match &self.dest {
            Some(dest) => dest.clone(),
            None => loaded.root.join(loaded.config.build_dir()),
        };
        let written = write(&loaded, &findings, &settings, &target)?;
        if !global.quiet {
            output::note(&format!("Looked at {}.", looked_at(project)));
            output::note(&format!(
                "Wrote {} to {} and published {} on the findings page.",
                plural(written, "file"),
                target.display(),
                counts(&report)
            ));
        }
        Ok(Outcome::Clean)
    }
}

/// Makes the site and writes it to a folder. How many files it has.
pub(super) fn write(
    loaded: &Loaded,
    findings: &[Finding],
    settings: &render::Settings,
    target: &Path,
) -> miette::Result<usize> {
    let broken = |error: render::RenderError| miette::miette!("{error}");
    let site = Site::new(&loaded.project, findings, settings).map_err(broken)?;
    let paths: Vec<&str> = site.paths().collect();
    disk::write_site(&loaded.root, target, &paths, &|path| {
        Ok(match site.file(path).map_err(broken)? {
            Some(Content::Bytes(bytes)) => SiteSource::Bytes(bytes),
            Some(Content::CopyOf(path)) => SiteSource::Copy(path),
            None => SiteSource::Bytes(Vec::new()),
        })
    })?;
    Ok(paths.len())
}

/// What the renderer needs to know of the configuration.
pub(super) fn settings(loaded: &Loaded, as_of: Option<Date>) -> miette::Result<render::Settings> {
    let config = &loaded.config;
    let html = &config.output.html;
    let theme = theme(&loaded.root, config)?;
    if config.api.try_it && !cfg!(feature = "try-it") {
        return Err(miette::miette!(
            help = "install a docwright with the feature `try-it`, or take `api.try-it` out",
            "this docwright was built without the page for calls"
        ));
    }
    Ok(render::Settings {
        changelogs: changelogs(loaded, as_of),
        try_it: config.api.try_it,
        description: config.book.description.clone(),
        headers_file: config.site.headers_file,
        version: config.site.version.clone(),
        texts: own_texts(config)?,
        languages: languages(loaded)?,
        topics: [
            topics("audiences", &config.site.audiences, "audience")?,
            topics("tags", &config.site.tags, "tags")?,
        ],
        base_url: config.site_address().map(str::to_owned),
        site_path: config.site_path().map(str::to_owned),
        cname: html.cname.clone(),
        edit: html.edit_url_template.as_ref().map(|template| render::EditTemplate {
            template: template.clone(),
            base: config.origins.base.clone(),
        }),
        not_found: not_found(loaded),
        logo: logo(loaded),
        favicon: config.site.favicon.as_deref().map(|it| config.project_path(it)),
        hidelines: html.code.hidelines.clone(),
        extra_css: html.additional_css.iter().map(|it| config.project_path(it)).collect(),
        extra_js: html.additional_js.iter().map(|it| config.project_path(it)).collect(),
        repository: config.repository().map(|url| render::Repository {
            url: url.trim_end_matches('/').to_owned(),
            branch: config.site.branch.clone().unwrap_or_else(|| "main".to_owned()),
        }),
        right_to_left: config.book.text_direction.map(|it| it == TextDirection::Rtl),
        smart_punctuation: html.smart_punctuation.unwrap_or(loaded.project.book.dialect == Dialect::MdBook),
        section_labels: !html.no_section_label,
        language: config.book.language.clone().unwrap_or_else(|| "en".to_owned()),
        theme,
        as_of,
        updates: updates(loaded),
        print: config.output.html.print.enable,
        search: Some(&config.output.html.search).filter(|it| it.enable).map(|it| render::SearchWeights {
            heading: it.boost_title,
            above: it.boost_hierarchy,
            body: it.boost_paragraph,
        }),
        ..render::Settings::default()
    })
}

/// The texts for the language of the book, which may stand with its name too.
fn own_texts(config: &Config) -> miette::Result<BTreeMap<String, String>> {
    let mut all = texts(&config.site.texts)?;
    let own = config.book.language.as_deref().unwrap_or("en");
    if let Some(language) = config.site.languages.get(own) {
        all.extend(texts(&language.texts)?);
    }
    Ok(all)
}

/// The folder of the lists of a kind, by the key of the configuration that names it.
fn topics(key: &str, folder: &Option<Folder>, default: &str) -> miette::Result<Option<String>> {
    let Some(folder) = folder else { return Ok(Some(default.to_owned())) };
    let name = folder.name(default);
    let is_sound = |it: &str| {
        let sound = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        it.split('/').all(|it| !it.is_empty() && !it.starts_with('.') && it.chars().all(sound))
    };
    match &name {
        Some(it) if !is_sound(it) => Err(miette::miette!(
            help = "write a folder of the site such as \"roles\", or `false` for no such lists",
            "`site.{key}` cannot be `{it}`"
        )),
        _ => Ok(name),
    }
}

/// The languages of the configuration.
fn languages(loaded: &Loaded) -> miette::Result<BTreeMap<String, render::LanguageSettings>> {
    let config = &loaded.config;
    for (tag, language) in &config.site.languages {
        let is_own = tag.eq_ignore_ascii_case(config.book.language.as_deref().unwrap_or("en"));
        let tree = loaded.project.languages.iter().find(|it| it.tag == *tag);
        if !is_own && !tree.is_some_and(|it| it.project.pages.iter().any(|page| page.in_book)) {
            let folder = language.folder.as_deref().unwrap_or(tag);
            return Err(miette::miette!(
                help = "name the folder of the language, counted from that of the book, in `folder`",
                "`site.languages.{tag}`: there are no pages in `{folder}`"
            ));
        }
    }
    let own = |it: &crate::config::Language| -> miette::Result<_> {
        let (name, title) = (it.name.clone(), it.title.clone());
        Ok(render::LanguageSettings { name, title, texts: texts(&it.texts)? })
    };
    config.site.languages.iter().map(|(tag, it)| Ok((tag.clone(), own(it)?))).collect()
}

/// The texts of the configuration, each one that the site says.
fn texts(own: &BTreeMap<String, String>) -> miette::Result<BTreeMap<String, String>> {
    if own.is_empty() {
        return Ok(BTreeMap::new());
    }
    let built_in = render::texts::built_in();
    let places = |it: &str| it.matches("{}").count();
    for (key, text) in own {
        let Some(english) = built_in.get(key) else {
            let names: Vec<&str> = built_in.keys().map(String::as_str).collect();
            let help = match nearest_of(&names, key) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", names.join(", ")),
            };
            return Err(miette::miette!(help = help, "the site has no text `{key}`"));
        };
        if places(english) != places(text) {
            return Err(miette::miette!(
                help = format!("docwright's own is “{english}”"),
                "the text `{key}` needs `{{}}` as often as docwright's own has it"
            ));
        }
    }
    Ok(own.clone())
}

/// When pages were changed last, if the configuration wants git to be asked. No answer is no reason to build no site.
fn updates(loaded: &Loaded) -> BTreeMap<String, render::Update> {
    if !loaded.config.site.last_updated {
        return BTreeMap::new();
    }
    match git::histories(&loaded.root, &loaded.project.book.src) {
        Ok(all) => {
            let update =
                |it: git::History| render::Update { date: it.date, subject: it.subject, authors: it.authors };
            all.into_iter().map(|(path, it)| (path, update(it))).collect()
        }
        Err(error) => {
            output::note(&format!("warning: `site.last-updated`: {error}"));
            BTreeMap::new()
        }
    }
}

/// The page of the book that is shown where there is none; mdBook calls it `404.md`.
fn not_found(loaded: &Loaded) -> Option<String> {
    let name = loaded.config.output.html.input_404.as_deref().unwrap_or("404.md");
    let path = join(&loaded.project.book.src, name).filter(|_| !name.is_empty())?;
    loaded.project.sources.id(&path).map(|_| path)
}

/// The picture beside the title, with its size.
fn logo(loaded: &Loaded) -> Option<render::Logo> {
    let config = &loaded.config;
    let path = config.project_path(config.site.logo.as_deref()?);
    let size = disk::bytes(&loaded.root, &path).and_then(|it| render::picture::size(&it));
    let dark = config.site.logo_dark.as_deref().map(|it| config.project_path(it));
    Some(render::Logo { path, dark, size })
}

/// The files of the project's own theme by their name.
pub(super) fn theme(root: &Path, config: &Config) -> miette::Result<BTreeMap<String, String>> {
    match &config.site.theme {
        Some(folder) => theme_files(&root.join(config.project_path(folder))),
        None => Ok(BTreeMap::new()),
    }
}

/// The files of a theme folder by their name.
fn theme_files(folder: &Path) -> miette::Result<BTreeMap<String, String>> {
    disk::files(folder)?
        .into_iter()
        .map(|path| {
            let name = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
            Ok((name, disk::read_text(&path)?))
        })
        .collect()
}
