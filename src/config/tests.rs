//! What may be written in the configuration, and what is said when it is not.

use super::*;
use crate::finding::Severity;

fn book(text: &str) -> miette::Result<Config> {
    load(&[ConfigFile { path: "book.toml".into(), text: text.into() }])
}

#[test]
fn an_mdbook_configuration_is_accepted() {
    let config = book(
        "[book]\ntitle = \"T\"\nauthors = [\"A\"]\n[rust]\nedition = \"2024\"\n[build]\nextra-watch-dirs = [\"x\"]\n\
         [output.html]\nadditional-css = [\"a.css\"]\n[output.html.search]\nuse-boolean-and = true\nboost-title = 3\n\
         [output.html.redirect]\n\"a.html\" = \"b.html\"\n[preprocessor.x]\ncommand = \"y\"\n[output.pdf]\nfree = 1\n",
    )
    .expect("a valid file");
    assert_eq!(config.book.title.as_deref(), Some("T"));
    assert_eq!(config.output.html.redirect["a.html"], "b.html");
    assert!(config.output.html.search.enable);
    assert_eq!(config.output.html.search.boost_title, 3.0);
}

#[test]
fn an_unknown_key_is_named_with_the_nearest_one() {
    let error = book("[lint]\nfail_on = \"error\"\n").expect_err("unknown");
    assert_eq!(error.to_string(), "unknown key `lint.fail_on`");
    assert_eq!(error.help().map(|it| it.to_string()).as_deref(), Some("did you mean `fail-on`?"));
    assert!(book("[docwright]\n").is_err());
    assert!(book("[output.html]\nfoo = 1\n").is_err());
}

#[test]
fn rules_take_a_level_or_a_table() {
    let config = book(
        "[lint.rules]\n\"a/b\" = \"off\"\nlink = { level = \"warning\" }\n\
         [[lint.override]]\npaths = [\"x/**\"]\nrules = { \"a/b\" = \"error\" }\n",
    )
    .expect("a valid file");
    assert_eq!(config.lint.rules["a/b"].level(), Some(Level::Off));
    assert_eq!(config.lint.rules["link"].level(), Some(Level::Warning));
    assert_eq!(config.lint.overrides[0].rules["a/b"], Level::Error);
    assert!(book("[lint.rules]\n\"a/b\" = \"loud\"\n").is_err());
    let config =
        book("[lint.rules]\n\"anchor/not-portable\" = { platform = \"gitlab\" }\n").expect("an option");
    assert_eq!(config.rule_option("anchor/not-portable", "platform"), Some("gitlab"));
    let config = book("[lint.rules]\n\"page/stale\" = { max-age = \"180d\" }\n").expect("an option");
    assert_eq!(config.max_age("page/stale").map(|it| it.get_days()), Some(180));
    for wrong in ["\"soon\"", "\"-3d\"", "\"5h\"", "180"] {
        assert!(
            book(&format!("[lint.rules]\n\"page/stale\" = {{ max-age = {wrong} }}\n")).is_err(),
            "{wrong}"
        );
    }
    assert!(book("[lint.rules]\n\"a/b\" = { max-age = \"180d\" }\n").is_err(), "an option of another rule");
    let help = |text: &str| {
        let error = book(text).expect_err("no such value");
        error.help().map(|it| it.to_string()).unwrap_or_default()
    };
    assert_eq!(help("[lint.rules]\n\"a/b\" = { level = \"wrning\" }\n"), "did you mean `warning`?");
    assert_eq!(
        help("[lint.rules]\n\"anchor/not-portable\" = { platform = \"gitlub\" }\n"),
        "did you mean `gitlab`?"
    );
    assert_eq!(help("[lint.rules]\nlink = \"loud\"\n"), "write one of error, warning, info, off");
    let error = book("[lint.rules]\n\"anchor/not-portable\" = { platfrom = \"gitlab\" }\n")
        .expect_err("no such option");
    assert_eq!(error.help().map(|it| it.to_string()).as_deref(), Some("did you mean `platform`?"));
}

#[test]
fn a_table_stands_in_one_file() {
    let files = [
        ConfigFile { path: "sub/book.toml".into(), text: "[book]\nsrc = \"x\"\n".into() },
        ConfigFile { path: "sub/docwright.toml".into(), text: "[lint]\nfail-on = \"info\"\n".into() },
    ];
    let config = load(&files).expect("two tables");
    assert_eq!(config.lint.fail_on, Some(Severity::Info));
    assert_eq!(config.project_path("../a/./b"), "a/b");
    assert_eq!(config.origins.places["lint.fail-on"].place, "sub/docwright.toml:2");
    assert_eq!(config.origins.places["lint.fail-on"].value, "\"info\"");
    let twice = [files[0].clone(), ConfigFile { path: "docwright.toml".into(), text: "[book]\n".into() }];
    assert!(load(&twice).is_err());
}

#[test]
fn lengths_of_time_are_read_and_nonsense_is_refused() {
    let config = book("[links]\ntimeout = \"250ms\"\nmax-age = \"2d\"\naccept = [403]\n").expect("a table");
    assert_eq!(config.links.timeout.0.as_millis(), 250);
    assert_eq!(config.links.max_age.0.as_secs(), 2 * 24 * 3600);
    assert_eq!(config.links.retries, 3);
    for wrong in ["20", "\"soon\"", "\"-3s\"", "\"2 months\""] {
        assert!(book(&format!("[links]\ntimeout = {wrong}\n")).is_err(), "{wrong}");
    }
    let error = book("[links]\nper_host = 2\n").expect_err("unknown");
    assert_eq!(error.help().map(|it| it.to_string()).as_deref(), Some("did you mean `per-host`?"));
}
