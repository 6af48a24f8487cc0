//! How much checking and building cost beside reading and parsing the same files, as ratios of one run: the
//! machines are noisy, the ratios less so. `cargo bench`.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "a benchmark has a clock and prints"
)]

use std::time::{Duration, Instant};

use docwright::api::diff::{self, Version};
use docwright::config::Config;
use docwright::finding::Finding;
use docwright::lint::{self, Selection};
use docwright::model::{Entry, Files, Project};
use docwright::parse::{self, markdown, yaml};
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

/// A spec as generators write them: operations with parameters and errors that they share, schemas that lead to
/// others. 2,600 operations are 12 MB. The same for every run.
fn spec(operations: usize) -> String {
    let mut text = String::from(
        "openapi: 3.0.3\ninfo: {title: Harbour, version: '1'}\nservers: [{url: https://harbour.example/v1}]\n\
         security: [{key: []}]\npaths:\n",
    );
    for at in 0..operations {
        let (group, next) = (at / 20, (at * 7 + 3) % operations);
        text.push_str(&format!(
            "  /group{group}/berths{at}/{{id}}:\n    get:\n      tags: [group {group}]\n      operationId: readBerth{at}\n      \
             summary: Read berth {at}\n      description: |\n        Reads the berth with its vessels.\n\n        See *berth {next}*.\n      \
             parameters:\n        - {{name: id, in: path, required: true, schema: {{type: string, format: uuid}}}}\n        \
             - $ref: '#/components/parameters/Page'\n      responses:\n        '200':\n          description: The berth\n          \
             content:\n            application/json:\n              schema: {{$ref: '#/components/schemas/Berth{at}'}}\n        \
             '404': {{$ref: '#/components/responses/Missing'}}\n"
        ));
    }
    text.push_str(
        "components:\n  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}\n  parameters:\n    \
         Page: {name: page, in: query, schema: {type: integer, minimum: 1}}\n  responses:\n    \
         Missing: {description: Nothing there}\n  schemas:\n",
    );
    for at in 0..operations {
        let next = (at * 7 + 3) % operations;
        text.push_str(&format!(
            "    Berth{at}:\n      type: object\n      required: [id]\n      properties:\n"
        ));
        text.push_str(&format!("        next: {{$ref: '#/components/schemas/Berth{next}'}}\n        id: {{type: string, format: uuid}}\n"));
        for field in 0..32 {
            text.push_str(&format!(
                "        field{field}:\n          type: integer\n          minimum: {field}\n          \
                 description: The measure {field} of berth {at}, in centimetres.\n"
            ));
        }
    }
    text
}

fn main() {
    let is_bench = std::env::args().any(|it| it == "--bench");
    documents(is_bench);
    large_spec(is_bench);
}

/// What is done with one large spec, beside reading its YAML.
fn large_spec(is_bench: bool) {
    let text = spec(if is_bench { 2_600 } else { 26 });
    let files = vec![("docs/api/openapi.yaml".to_owned(), text.clone())];
    let config = Config::default();
    let (parse_only, _) = best(|| yaml::parse(&text, 0..text.len()).1.len());
    let (load, project): (_, Project) = best(|| {
        let (sources, tree) = sources(&files);
        parse::project(sources, tree, Vec::new(), &config)
    });
    let (lint, findings) = best(|| lint::run(&project, &config, &Selection::default()).findings);
    let (site, _) = best(|| made(&project, &findings));
    let spec = &project.specs[0];
    let version = Version { spec, sources: &project.sources };
    let (compare, _) = best(|| diff::changes(version, version, None).len());

    let ratio = |it: Duration| it.as_secs_f64() / parse_only.as_secs_f64();
    let operations = spec.operations.len();
    println!("\n{operations} operations, {:.1} MB, {} findings", text.len() as f64 / 1e6, findings.len());
    println!("parse the YAML only      1.00  ({parse_only:.0?})");
    println!("load the whole model     {:.2}  ({load:.0?})", ratio(load));
    println!("lint                     {:.2}  ({lint:.0?})", ratio(lint));
    println!("render the site          {:.2}  ({site:.0?})", ratio(site));
    println!("compare with itself      {:.2}  ({compare:.0?})", ratio(compare));
}

/// Makes every file of the site.
fn made(project: &Project, findings: &[Finding]) -> usize {
    let settings = render::Settings::default();
    let site = Site::new(project, findings, &settings).expect("the built-in theme is sound");
    let paths: Vec<&str> = site.paths().collect();
    paths.par_iter().filter(|it| site.file(it).is_ok_and(|it| it.is_some())).count()
}

fn documents(is_bench: bool) {
    // `cargo test --all-targets` runs benches too, with `--test`: then once over a small book is enough.
    let pages = if is_bench { 3_000 } else { 30 };
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
    let (site, _) = best(|| made(&project, &findings));

    let ratio = |it: Duration| it.as_secs_f64() / parse_only.as_secs_f64();
    println!("{pages} pages, {:.1} MB, {} findings", bytes as f64 / 1e6, findings.len());
    println!("parse only, one thread   1.00  ({parse_only:.0?})");
    println!("load the whole model     {:.2}  ({load:.0?})", ratio(load));
    println!("lint                     {:.2}  ({lint:.0?})", ratio(lint));
    println!("render the site          {:.2}  ({site:.0?})", ratio(site));
}
