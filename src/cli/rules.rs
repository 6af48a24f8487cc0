//! `docwright rules`: the list.

use clap::Args;
use serde_json::json;

use super::{Outcome, TableFormat, output};
use crate::lint::rules::ALL;

/// The arguments.
#[derive(Debug, Args)]
pub(super) struct Rules {
    /// How the list is printed
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    format: TableFormat,
}

impl Rules {
    pub(super) fn run(&self) -> miette::Result<Outcome> {
        let text = match self.format {
            TableFormat::Text => {
                let width = ALL.iter().map(|it| it.id.len()).max().unwrap_or(0);
                ALL.iter()
                    .map(|rule| {
                        let level = if rule.preview { "preview" } else { rule.severity.as_str() };
                        format!("{:<width$}  {level:<7}  {}\n", rule.id, rule.summary())
                    })
                    .collect()
            }
            TableFormat::Json => {
                let rules: Vec<_> = ALL
                    .iter()
                    .map(|rule| {
                        json!({
                            "id": rule.id,
                            "severity": rule.severity,
                            "preview": rule.preview,
                            "summary": rule.summary(),
                        })
                    })
                    .collect();
                format!("{:#}\n", json!({ "version": 1, "rules": rules }))
            }
        };
        output::result(&text)?;
        Ok(Outcome::Clean)
    }
}
