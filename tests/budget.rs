//! How much a reader loads: what a site weighs, compressed as servers do it.

use std::path::Path;

use miniz_oxide::deflate::compress_to_vec;

use crate::golden::{docwright, tree};

/// What a style sheet may weigh, in bytes.
const STYLE: usize = 12 * 1024;
/// What the scripts may weigh that every page loads; the search's own comes with the first question.
const SCRIPTS: usize = 10 * 1024;
/// What half of the pages may weigh at most.
const MEDIAN: usize = 30 * 1024;
/// What one page may weigh.
const PAGE: usize = 100 * 1024;

#[test]
fn pages_styles_and_scripts_are_small() {
    let out = tempfile::tempdir().expect("a temporary folder");
    let site = out.path().join("site");
    let root = env!("CARGO_MANIFEST_DIR");
    let done = docwright(&["build", "--root", root, "-d", &site.to_string_lossy()]);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let weight = |path: &Path| {
        let bytes = std::fs::read(site.join(path)).expect("a file of the site");
        // A header and a checksum stand around what is compressed.
        compress_to_vec(&bytes, 9).len() + 18
    };
    let files = tree(&site);
    let of = |extension: &str| {
        let named = files.iter().filter(|it| it.extension().is_some_and(|it| it == extension));
        named.map(|it| (weight(it), it)).collect::<Vec<_>>()
    };
    let styles: usize = of("css").iter().map(|it| it.0).sum();
    assert!(styles > 0 && styles <= STYLE, "{styles} bytes of style");
    let asset = |name: &str| {
        let scripts = of("js").into_iter().filter(|it| it.1.starts_with("assets"));
        let named = scripts.filter(|it| it.1.to_string_lossy().contains(name)).map(|it| it.0);
        named.sum::<usize>()
    };
    let scripts = asset("docwright-") + asset("theme-");
    assert!(scripts > 0 && scripts <= SCRIPTS, "{scripts} bytes of scripts");
    assert!(asset("search-") > 0 && asset("search-") <= SCRIPTS, "{} bytes of search", asset("search-"));
    let mut pages = of("html");
    // The whole book on one page is for printing.
    pages.retain(|it| it.1 != Path::new("print.html"));
    pages.sort();
    let (median, largest) = (pages[pages.len() / 2], pages[pages.len() - 1]);
    assert!(pages.len() > 100 && median.0 <= MEDIAN, "{median:?}");
    assert!(largest.0 <= PAGE, "{largest:?}");
}
