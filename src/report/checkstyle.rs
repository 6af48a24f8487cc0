//! Checkstyle's XML, which many review tools read: one element a file, one a finding.

use super::{Report, sentence, xml};

pub(super) fn render(report: &Report<'_>) -> String {
    xml::document(|out| {
        let root = xml::element(out, "checkstyle", &[("version", "4.3")]);
        if report.findings.is_empty() {
            return root.write_empty().map(|_| ());
        }
        root.write_inner_content(|out| {
            for group in report.findings.chunk_by(|a, b| a.span.source == b.span.source) {
                let path = report.path(group[0].span.source);
                xml::element(out, "file", &[("name", &path)]).write_inner_content(|out| {
                    for finding in group {
                        let (start, _) = report.positions(finding.span);
                        let attributes = [
                            ("line", start.line.to_string()),
                            ("column", start.column.to_string()),
                            ("severity", finding.severity.as_str().to_owned()),
                            ("message", sentence(finding)),
                            ("source", format!("docwright.{}", finding.rule)),
                        ];
                        xml::element(out, "error", &attributes.each_ref().map(|(k, v)| (*k, v.as_str())))
                            .write_empty()?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })
        .map(|_| ())
    })
}
