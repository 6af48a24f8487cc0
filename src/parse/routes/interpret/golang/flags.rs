//! Settings that a program reads from its command line with kingpin: what one is unless it is given.

use crate::parse::routes::go_packages::without_version;
use crate::parse::routes::interpret::Value;

const KINGPIN: &str = "github.com/alecthomas/kingpin";

/// What a call of kingpin makes: `kingpin.Flag("web.path", "…").Default("/metrics").String()`.
pub(super) fn kingpin(name: &str, first: &Value) -> Option<Value> {
    let (package, called) = match name.split_once(':') {
        Some((KINGPIN, called)) => (KINGPIN, called),
        _ => {
            let (package, called) = name.rsplit_once('.')?;
            (without_version(package), called)
        }
    };
    if !matches!(package, KINGPIN | "gopkg.in/alecthomas/kingpin") {
        return None;
    }
    let made = |what: &str| Some(Value::External(format!("{KINGPIN}:{what}").into()));
    match called {
        "Flag" | "app.Flag" => made("flag"),
        "flag.Default" if first.known_text().is_some_and(|it| !it.is_empty()) => Some(first.clone()),
        "flag.String" => Some(Value::Unknown),
        "New" => made("app"),
        _ if called.starts_with("flag.") => made("flag"),
        _ if called.starts_with("app.") => made("app"),
        _ => None,
    }
}
