//! Rules about what documents refer to: files, scripts, targets, services, variables and endpoints.

pub(crate) mod compose;
pub(crate) mod curl;
pub(crate) mod endpoint;
pub(crate) mod env;
pub(crate) mod file;
pub(crate) mod make_target;
pub(crate) mod not_executable;
pub(crate) mod npm_script;
mod requests;
pub(crate) mod script;
#[cfg(test)]
mod tests;

/// The one of these names that is most like a wrong one.
fn similar<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let scored = names.map(|it| (strsim::jaro_winkler(it, name), it));
    let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
    best.filter(|(score, _)| *score > 0.8).map(|(_, it)| it)
}
