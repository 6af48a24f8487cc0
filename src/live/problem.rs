//! Why there is nothing new to show.

use crate::render::RenderError;

/// What is broken, and where.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Problem {
    /// The file, relative to the project.
    pub path: Option<String>,
    /// From 1.
    pub line: Option<u32>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    /// From an error of loading: its source text and first label tell the place.
    pub(crate) fn of(error: &miette::Report) -> Problem {
        let mut place = (None, None);
        if let Some(code) = error.source_code()
            && let Some(label) = error.labels().and_then(|mut it| it.next())
            && let Ok(contents) = code.read_span(label.inner(), 0, 0)
        {
            place = (contents.name().map(str::to_owned), Some(contents.line() as u32 + 1));
        }
        let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
        let help = error.help().map(|it| it.to_string());
        Problem { path: place.0, line: place.1, message: causes.join(": "), help }
    }

    /// From an error of a template, whose text names template and line; `theme` is the folder of the project's own
    /// templates, with `/` at its end.
    pub(crate) fn of_template(error: &RenderError, theme: Option<&str>) -> Problem {
        let found = error.message.lines().find_map(|line| {
            let (_, rest) = line.split_once("-->")?;
            let mut parts = rest.trim().trim_matches(['[', ']']).split(':');
            Some((parts.next()?.trim().to_owned(), parts.next().and_then(|it| it.trim().parse().ok())))
        });
        let (name, line) = found.map_or((None, None), |(name, line)| (Some(name), line));
        let path = name.map(|it| format!("{}{it}", theme.unwrap_or_default()));
        Problem { path, line, message: error.message.clone(), help: None }
    }

    /// In one line.
    pub fn line(&self) -> String {
        let place = match (&self.path, self.line) {
            (Some(path), Some(line)) => format!("{path}:{line}: "),
            (Some(path), None) => format!("{path}: "),
            _ => String::new(),
        };
        format!("{place}{}", self.message.lines().next().unwrap_or_default())
    }
}
