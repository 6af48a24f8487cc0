//! JUnit's XML, for the test reports of CI systems: a suite a file, a test a finding.
//!
//! A finding that makes the check fail is a failed test, another one a passed test with its words as output.

use std::collections::HashMap;
use std::io;

use super::{Report, paragraphs, xml};
use crate::finding::Finding;

pub(super) fn render(report: &Report<'_>) -> String {
    let tests = report.findings.len().max(1).to_string();
    let failures = failed(report, report.findings);
    xml::document(|out| {
        let counts = [("name", "docwright"), ("tests", &tests), ("failures", &failures), ("errors", "0")];
        xml::element(out, "testsuites", &counts)
            .write_inner_content(|out| {
                if report.findings.is_empty() {
                    return clean(out);
                }
                let files = report.findings.chunk_by(|a, b| a.span.source == b.span.source);
                files.into_iter().try_for_each(|findings| suite(out, report, findings))
            })
            .map(|_| ())
    })
}

/// The suite of a run without findings: some systems take a report without tests for a failure.
fn clean(out: &mut xml::Out) -> io::Result<()> {
    let counts = [("name", "docwright"), ("tests", "1"), ("errors", "0"), ("failures", "0")];
    xml::element(out, "testsuite", &counts)
        .write_inner_content(|out| {
            let names = [("name", "no findings"), ("classname", "docwright")];
            xml::element(out, "testcase", &names).write_empty().map(|_| ())
        })
        .map(|_| ())
}

/// How many findings make the check fail.
fn failed(report: &Report<'_>, findings: &[Finding]) -> String {
    findings.iter().filter(|it| it.severity >= report.fail_on).count().to_string()
}

/// The findings of one file.
fn suite(out: &mut xml::Out, report: &Report<'_>, findings: &[Finding]) -> io::Result<()> {
    let path = report.path(findings[0].span.source);
    let (tests, failures) = (findings.len().to_string(), failed(report, findings));
    let counts = [("name", path.as_str()), ("tests", &tests), ("errors", "0"), ("failures", &failures)];
    xml::element(out, "testsuite", &counts)
        .write_inner_content(|out| {
            let mut seen: HashMap<String, usize> = HashMap::new();
            findings.iter().try_for_each(|finding| {
                // A test is known by its name from one run to the next, so it holds no line, and none comes twice.
                let name = format!("{}: {}", finding.rule, finding.message);
                let nth = seen.entry(name.clone()).or_insert(0);
                *nth += 1;
                let name = if *nth == 1 { name } else { format!("{name} ({nth})") };
                case(out, report, &path, &name, finding)
            })
        })
        .map(|_| ())
}

fn case(
    out: &mut xml::Out,
    report: &Report<'_>,
    path: &str,
    name: &str,
    finding: &Finding,
) -> io::Result<()> {
    let (start, _) = report.positions(finding.span);
    let line = start.line.to_string();
    let attributes = [("name", name), ("classname", path), ("file", path), ("line", &line)];
    let words = format!(
        "{path}:{}:{}: {}[{}] {}",
        start.line,
        start.column,
        finding.severity.as_str(),
        finding.rule,
        paragraphs(finding)
    );
    xml::element(out, "testcase", &attributes)
        .write_inner_content(|out| {
            let fails = finding.severity >= report.fail_on;
            let kind = [("message", finding.message.as_str()), ("type", finding.severity.as_str())];
            let (name, attributes) = if fails { ("failure", &kind[..]) } else { ("system-out", &[][..]) };
            xml::element(out, name, attributes).write_text_content(xml::text(&words)).map(|_| ())
        })
        .map(|_| ())
}
