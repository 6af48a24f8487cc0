//! Every format on findings that do their best to break it, read back by those who know the format.

use serde_json::Value;

use super::*;
use crate::config::Config;
use crate::finding::{Edit, Safety};
use crate::lint::fix;
use crate::model::{Entry, Files};
use crate::parse;
use crate::source::{Source, Sources};

/// A path with everything that means something somewhere.
const PATH: &str = "docs/50%, a: b|c #1.md";
const TEXT: &str = "# T\n\n😀é [x](y) tail\n\nkey: 0123456789\nlast";
const MESSAGE: &str =
    "`[x](y)` is 100% <gone>, see: ]]> & \"q\" | pipe\u{1b}[31m\u{0}\r\n::error::next `line`\u{fffe}";

/// The project of some pages.
pub(super) fn project_of(files: &[(&str, &str)]) -> Project {
    let sources = files.iter().map(|(path, text)| Source::new(*path, *text)).collect();
    let mut tree = Files::default();
    for (path, _) in files {
        tree.insert(path, Entry { is_dir: false, executable: false });
    }
    parse::project(Sources::new(sources), tree, Vec::new(), &Config::default())
}

fn project() -> Project {
    let mut project = project_of(&[(PATH, TEXT), ("docs/z.md", "")]);
    let id = project.sources.id(PATH).expect("the file");
    let secret = TEXT.find("0123456789").expect("the secret");
    let range = secret..secret + 10;
    project.sources.mask(id, &[range]);
    project
}

fn finding(
    project: &Project,
    rule: &'static str,
    severity: Severity,
    words: &str,
    edit: Option<&str>,
) -> Finding {
    let source = project.sources.id(PATH).expect("the file");
    let text = &project.sources.get(source).text;
    let start = text.find(words).expect("the words");
    let span = Span::new(source, start..start + words.len());
    let fix =
        edit.map(|text| Fix { safety: Safety::Safe, edits: vec![Edit { span, text: text.to_owned() }] });
    Finding {
        rule,
        severity,
        message: MESSAGE.to_owned(),
        span,
        related: vec![(Span::new(source, 0..3), "the title, 100% [of](it)".to_owned())],
        help: Some("did you mean `z`?".to_owned()),
        fix,
    }
}

/// A finding after an emoji, one of several lines, one of a masked text, one at the end, one of an empty file.
fn findings(project: &Project) -> Vec<Finding> {
    let mut end = finding(project, "text/bidi", Severity::Warning, "last", None);
    end.span.start = end.span.end;
    let mut file = finding(project, "page/stale", Severity::Info, "# T", None);
    file.span = Span::new(project.sources.id("docs/z.md").expect("the file"), 0..0);
    vec![
        finding(project, "link/missing-file", Severity::Error, "[x](y)", Some("[x]\n(z)")),
        finding(project, "link/missing-file", Severity::Error, "x](y) tail\n\nkey", None),
        finding(
            project,
            "secret/credential",
            Severity::Error,
            "key: **********",
            Some("key: ********** gone"),
        ),
        end,
        file,
    ]
}

/// Names that differ.
fn fingerprints(findings: &[Finding]) -> Vec<String> {
    (0..findings.len()).map(|it| format!("{it:016x}")).collect()
}

/// Renders the hostile findings in a format.
fn hostile(format: Format) -> String {
    let project = project();
    let findings = findings(&project);
    let fingerprints = fingerprints(&findings);
    Report { prefix: "sub dir/", ..Report::new(&project, &findings, &fingerprints) }
        .render(format, Style::PLAIN)
}

/// The path as the formats of CI systems name it.
fn full_path() -> String {
    format!("sub dir/{PATH}")
}

#[test]
fn every_format_keeps_the_secret_and_is_deterministic() {
    for &format in Format::ALL {
        let out = hostile(format);
        assert!(!out.contains("0123456789"), "{}: {out}", format.name());
        assert_eq!(out, hostile(format));
    }
}

#[test]
fn github_commands_are_read_back_as_they_were_meant() {
    let out = hostile(Format::Github);
    assert_eq!(out.lines().count(), 5, "{out}");
    assert!(!out.contains('\r'));
    let first = out.lines().next().expect("a line").strip_prefix("::error ").expect("an error");
    // As the runner reads it: properties to the next two colons, then the message to the end.
    let (properties, message) = first.split_once("::").expect("a message");
    let data = |it: &str| it.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let properties: Vec<(&str, String)> = properties
        .split(',')
        .map(|it| it.split_once('=').expect("a value"))
        .map(|(key, value)| (key, data(&value.replace("%3A", ":").replace("%2C", ","))))
        .collect();
    let expected =
        [("file", full_path().as_str()), ("line", "3"), ("endLine", "3"), ("col", "4"), ("endColumn", "10")]
            .map(|(key, value)| (key, value.to_owned()));
    assert_eq!(properties[..5], expected);
    assert_eq!(properties[5], ("title", "link/missing-file".to_owned()));
    assert_eq!(data(message), format!("{MESSAGE}\nhelp: did you mean `z`?"));
    // No columns where a finding has several lines.
    assert!(out.contains("line=3,endLine=5,title="), "{out}");
    assert!(out.contains("::notice file=sub dir/docs/z.md,line=1,endLine=1,col=1,endColumn=1,"), "{out}");
}

#[test]
fn github_shows_the_worst_and_the_changed_ones_and_counts_the_rest() {
    let project = project();
    let many = |count, severity| {
        (0..count).map(move |nth| (nth, severity)).map(|(nth, severity)| Finding {
            message: format!("number {nth}"),
            help: None,
            ..finding(&project, "text/bidi", severity, "tail", None)
        })
    };
    let mut findings: Vec<Finding> = many(3, Severity::Warning).collect();
    findings.extend(many(12, Severity::Info));
    findings.extend(many(13, Severity::Error));
    let mut changed = vec![false; findings.len()];
    changed[27] = true;
    let report = Report { changed: &changed, ..Report::new(&project, &findings, &[]) };
    let out = report.render(Format::Github, Style::PLAIN);
    let starting = |with: &str| out.lines().filter(|it| it.starts_with(with)).count();
    assert_eq!(
        [starting("::error "), starting("::warning "), starting("::notice ")],
        [10, 3, 10],
        "the count of the rest is a notice too: {out}"
    );
    assert!(out.lines().next().is_some_and(|it| it.ends_with("::number 12")), "{out}");
    assert!(
        out.ends_with(
            "::notice title=docwright::6 more not shown here: 3 errors and 3 info. GitHub shows 10 of each level.\n"
        ),
        "{out}"
    );
    let few = Report::new(&project, &findings[..3], &[]).render(Format::Github, Style::PLAIN);
    assert_eq!(few.lines().count(), 3);
}

#[test]
fn the_summary_is_one_table_that_fits() {
    let project = project();
    let findings = findings(&project);
    let report = Report::new(&project, &findings, &[]);
    let all = report.summary(1024 * 1024);
    let rows: Vec<&str> = all.lines().filter(|it| it.starts_with('|')).collect();
    assert_eq!(rows.len(), 2 + findings.len(), "{all}");
    for row in &rows {
        assert_eq!(row.replace("\\|", "").matches('|').count(), 5, "{row}");
        assert!(!row.contains(|c: char| c.is_control()), "{row:?}");
    }
    assert!(rows[2].contains("`[x](y)` is 100% &lt;gone>"), "{}", rows[2]);
    for room in 0..all.len() {
        let cut = report.summary(room);
        assert!(cut.len() <= room);
        assert!(cut.is_empty() || cut.contains("more left out"), "{room}: {cut}");
    }
    assert_eq!(report.summary(all.len() + 120), all);
}

#[test]
fn gitlab_gets_unique_fingerprints_and_its_own_levels() {
    let value: Value = serde_json::from_str(&hostile(Format::Gitlab)).expect("JSON");
    let issues = value.as_array().expect("a list");
    let mut fingerprints: Vec<&str> = issues.iter().filter_map(|it| it["fingerprint"].as_str()).collect();
    fingerprints.sort_unstable();
    fingerprints.dedup();
    assert_eq!(fingerprints.len(), 5);
    for issue in issues {
        let severity = issue["severity"].as_str().expect("a severity");
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity));
        assert!(issue["location"]["lines"]["begin"].as_u64() >= Some(1));
        assert!(issue["description"].is_string() && issue["check_name"].is_string());
    }
    assert_eq!(issues[0]["location"]["path"], full_path());
}

#[test]
fn rdjsonl_counts_bytes_and_suggests_what_the_fix_does() {
    let project = project();
    let findings = findings(&project);
    let out = Report::new(&project, &findings, &[]).render(Format::Rdjsonl, Style::PLAIN);
    let lines: Vec<Value> = out.lines().map(|it| serde_json::from_str(it).expect("JSON")).collect();
    assert_eq!(lines.len(), findings.len());
    let offset = |place: &Value| {
        let (line, column) =
            (place["line"].as_u64().expect("a line"), place["column"].as_u64().expect("one"));
        let before: usize = TEXT.split_inclusive('\n').take(line as usize - 1).map(str::len).sum();
        before + column as usize - 1
    };
    for (value, finding) in lines.iter().zip(&findings).take(4) {
        let range = &value["location"]["range"];
        assert_eq!(offset(&range["start"])..offset(&range["end"]), finding.span.range());
        assert_eq!(value["location"]["path"], PATH);
    }
    let suggestion = &lines[0]["suggestions"][0];
    let mut text = project.sources.get(findings[0].span.source).raw().to_string();
    let range = offset(&suggestion["range"]["start"])..offset(&suggestion["range"]["end"]);
    text.replace_range(range, suggestion["text"].as_str().expect("a text"));
    let fixed = fix::apply(&project, &findings, false);
    assert_eq!(fixed.texts.values().next(), Some(&text));
    assert!(lines[2].get("suggestions").is_none(), "the mask would take the place of the secret");
}

#[test]
fn junit_is_read_by_its_own_crate() {
    let out = hostile(Format::Junit);
    let report = quick_junit::Report::deserialize_from_str(&out).expect("JUnit");
    assert_eq!((report.tests, report.failures, report.errors), (5, 3, 0));
    assert_eq!(report.test_suites.len(), 2);
    let suite = &report.test_suites[0];
    assert_eq!(suite.name.as_str(), full_path());
    assert_eq!((suite.tests, suite.failures), (4, 3));
    let mut names: Vec<&str> = suite.test_cases.iter().map(|it| it.name.as_str()).collect();
    names.dedup();
    assert_eq!(names.len(), 4, "a name stands for one test");
    let illegal = |c: char| c.is_control() && !['\t', '\n', '\r'].contains(&c) || c == '\u{fffe}';
    assert!(!out.contains(illegal), "{out:?}");
    assert!(out.contains("]]&gt;"), "{out}");
    let project = project();
    let clean = Report::new(&project, &[], &[]).render(Format::Junit, Style::PLAIN);
    let clean = quick_junit::Report::deserialize_from_str(&clean).expect("JUnit");
    assert_eq!((clean.tests, clean.failures), (1, 0));
}

#[test]
fn checkstyle_attributes_are_read_back() {
    use quick_xml::XmlVersion;
    use quick_xml::events::Event;
    let out = hostile(Format::Checkstyle);
    let mut reader = quick_xml::Reader::from_str(&out);
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    loop {
        match reader.read_event().expect("XML") {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes: Vec<(String, String)> = tag
                    .attributes()
                    .map(|it| it.expect("an attribute"))
                    .map(|it| {
                        let key = String::from_utf8_lossy(it.key.as_ref().as_ref()).into_owned();
                        (key, it.normalized_value(XmlVersion::Implicit1_0).expect("a value").into_owned())
                    })
                    .collect();
                match String::from_utf8_lossy(tag.name().as_ref().as_ref()).as_ref() {
                    "file" => files.push(attributes),
                    "error" => errors.push(attributes),
                    _ => {}
                }
            }
            _ => {}
        }
    }
    let names: Vec<&str> = files.iter().map(|it| it[0].1.as_str()).collect();
    assert_eq!(names, [full_path().as_str(), "sub dir/docs/z.md"]);
    assert_eq!(errors.len(), 5);
    let value = |key: &str| &errors[0].iter().find(|it| it.0 == key).expect("the attribute").1;
    let expected: String = MESSAGE
        .chars()
        .map(|c| if ['\u{1b}', '\0', '\u{fffe}'].contains(&c) { '\u{fffd}' } else { c })
        .collect();
    assert_eq!(*value("message"), format!("{expected}; did you mean `z`?"));
    assert_eq!((value("line").as_str(), value("column").as_str()), ("3", "4"));
    assert_eq!(value("source"), "docwright.link/missing-file");
}

#[test]
fn sarif_is_read_by_types_made_of_its_schema() {
    use serde_sarif::sarif::Sarif;
    let project = project();
    let mut findings = findings(&project);
    let fingerprints = fingerprints(&findings);
    let held = Suppressed { finding: findings.remove(1), reason: Some("kept for the auditors".to_owned()) };
    let report = Report {
        suppressed: std::slice::from_ref(&held),
        prefix: "sub dir/",
        rule_pages: Some("https://docs.quaymoor.example/docwright/rules/"),
        ..Report::new(&project, &findings, &fingerprints)
    };
    let out = report.render(Format::Sarif, Style::PLAIN);
    serde_json::from_str::<Sarif>(&out).expect("SARIF");
    let value: Value = serde_json::from_str(&out).expect("JSON");
    let run = &value["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), 5);
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        let rule = &run["tool"]["driver"]["rules"][index];
        assert_eq!(rule["id"], result["ruleId"]);
        let page =
            format!("https://docs.quaymoor.example/docwright/rules/{}.html", rule["id"].as_str().unwrap());
        assert_eq!(rule["helpUri"], page);
    }
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "sub%20dir/docs/50%25%2C%20a%3A%20b%7Cc%20%231.md");
    assert_eq!(
        place["region"],
        serde_json::json!({ "startLine": 3, "startColumn": 4, "endLine": 3, "endColumn": 10 })
    );
    assert!(results[0]["message"]["text"].as_str().is_some_and(|it| it.starts_with("`\\[x\\](y)`")));
    assert_eq!(
        results[0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"],
        "[x]\n(z)"
    );
    assert!(results[1].get("fixes").is_none(), "the mask would take the place of the secret");
    assert_eq!(results[3]["level"], "note");
    assert_eq!(results[0]["suppressions"], serde_json::json!([]));
    assert_eq!(
        results[4]["suppressions"],
        serde_json::json!([{ "kind": "inSource", "justification": "kept for the auditors" }])
    );
    // The empty file has no mask, so its line has a hash.
    assert_eq!(
        results[3]["partialFingerprints"]["primaryLocationLineHash"].as_str().map(|it| it.ends_with(":1")),
        Some(true)
    );
    assert!(results[0]["partialFingerprints"].get("primaryLocationLineHash").is_none());
}

#[test]
fn one_stands_for_many_that_say_the_same() {
    let text = "a\n\nb [x](gone.md)\n".to_owned() + &"- [x](gone.md)\n".repeat(8);
    let project = project_of(&[("docs/a.md", &text)]);
    let findings =
        crate::lint::run(&project, &Config::default(), &crate::lint::Selection::default()).findings;
    assert_eq!(findings.iter().filter(|it| it.rule == "link/missing-file").count(), 9);
    let shown = text::render(&Report::new(&project, &findings, &[]), Style { color: false, width: 100 });
    assert_eq!(shown.matches("link/missing-file").count(), 1, "{shown}");
    assert!(shown.contains("× 9") && shown.contains("also in lines 4, 5, 6, 7, 8, 9, 10, 11"), "{shown}");
}
