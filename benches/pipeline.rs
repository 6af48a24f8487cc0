//! How much checking and building cost beside reading and parsing the same files, as ratios of one run: the
//! machines are noisy, the ratios less so. `cargo bench`.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "a benchmark has a clock and prints"
)]

use std::time::{Duration, Instant};

use docwright::config::Config;
use docwright::lint::{self, Selection};
use docwright::model::{Entry, Files, Project};
use docwright::parse::{self, markdown};
use docwright::render::{self, Site};
use docwright::source::{Source, SourceId, Sources};
use rayon::prelude::*;

/// A book of runbooks: headings, prose with links, commands, tables. The same for every run.
fn book(pages: usize) -> Vec<(String, String)> {
    let words =
        ["restore", "replica", "queue", "token", "region", "deploy", "alert", "ledger", "drain", "verify"];
    (0..pages)
        .map(|page| {
            let mut text = format!("# Page {page}\n\n");
            for section in 0..8 {
                text.push_str(&format!("## Section {section}\n\n"));
                for line in 0..6 {
                    let pick = |n: usize| words[(page * 7 + section * 5 + line * 3 + n) % words.len()];
                    let sentence = (0..14).map(pick).collect::<Vec<_>>().join(" ");
                    let other = (page * 31 + section) % pages;
                    text.push_str(&format!(
                        "The {sentence}; see [page {other}](p{other}.md#section-{section}) and `{}`.\n",
                        pick(1)
                    ));
                }
                text.push_str("\n```sh\nkubectl get pods -n ledger\n```\n\n| step | time |\n|---|---|\n| drain | 5 min |\n\n");
            }
            (format!("docs/p{page}.md"), text)
        })
        .collect()
}

fn sources(files: &[(String, String)]) -> (Sources, Files) {
    let mut tree = Files::default();
    for (path, _) in files {
        tree.insert(path, Entry { is_dir: false, executable: false });
    }
    (Sources::new(files.iter().map(|(path, text)| Source::new(path.as_str(), text.as_str())).collect()), tree)
}

fn best<T>(mut work: impl FnMut() -> T) -> (Duration, T) {
    let mut best = Duration::MAX;
    let mut last = None;
    for _ in 0..5 {
        let start = Instant::now();
        last = Some(work());
        best = best.min(start.elapsed());
    }
    (best, last.expect("five runs"))
}

fn main() {
    // `cargo test --all-targets` runs benches too, with `--test`: then once over a small book is enough.
    let pages = if std::env::args().any(|it| it == "--bench") { 3_000 } else { 30 };
    let files = book(pages);
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    let config = Config::default();

    let (parse_only, _) = best(|| {
        files
            .iter()
            .map(|(path, text)| markdown::parse(SourceId(0), path, text, true).document.nodes.len())
            .sum::<usize>()
    });
    let (load, project): (_, Project) = best(|| {
        let (sources, tree) = sources(&files);
        parse::project(sources, tree, Vec::new(), &config)
    });
    let (lint, findings) = best(|| lint::run(&project, &config, &Selection::default()).findings);
    let settings = render::Settings::default();
    let (site, _) = best(|| {
        let site = Site::new(&project, &findings, &settings).expect("the built-in theme is sound");
        let paths: Vec<&str> = site.paths().collect();
        paths.par_iter().filter(|it| site.file(it).is_ok_and(|it| it.is_some())).count()
    });

    let ratio = |it: Duration| it.as_secs_f64() / parse_only.as_secs_f64();
    println!("{pages} pages, {:.1} MB, {} findings", bytes as f64 / 1e6, findings.len());
    println!("parse only, one thread   1.00  ({parse_only:.0?})");
    println!("load the whole model     {:.2}  ({load:.0?})", ratio(load));
    println!("lint                     {:.2}  ({lint:.0?})", ratio(lint));
    println!("render the site          {:.2}  ({site:.0?})", ratio(site));
}
