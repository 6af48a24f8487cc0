//! Small applications, each with the query parameters that its routes name: `name:type`, `!` where one is required, `[]`
//! where it may be given several times. What stands beside them must not count.

mod annotated;
mod compiled;
mod every_framework;
mod javascript;
mod python;
mod scripted;

use crate::model::{Entry, Files};
use crate::parse::routes::{Route, Settings, extract};
use crate::source::{Source, Sources};

/// The routes of an application, with their query parameters where somebody asks for them.
fn routes_of(files: &[(&str, &str)], query: bool) -> Vec<Route> {
    let sources = Sources::new(files.iter().map(|(path, text)| Source::new(*path, *text)).collect());
    let mut names = Files::default();
    for (path, _) in files {
        names.insert(path, Entry { is_dir: false, executable: false });
    }
    extract(&sources, &names, &Settings { query, ..Settings::default() }).routes
}

/// A line for each route and what it names.
fn lines_of(files: &[(&str, &str)]) -> Vec<String> {
    let line = |route: &Route| {
        let words = route.query.iter().map(|it| {
            let (kind, format) = it.of.schema();
            let (required, array) = (if it.required { "!" } else { "" }, if it.array { "[]" } else { "" });
            format!(" {}{required}:{}{array}", it.name, format.unwrap_or(kind))
        });
        format!("{} {}{}", route.method, route.path, words.collect::<String>())
    };
    routes_of(files, true).iter().map(line).collect()
}

#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(lines_of(files), expected);
    assert!(routes_of(files, false).iter().all(|it| it.query.is_empty()), "nobody asked");
}
