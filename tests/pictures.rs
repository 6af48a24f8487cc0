//! The picture of the terminal in the README is what the program prints.

use std::path::Path;

use crate::golden::{compare, docwright, project};

#[test]
fn the_picture_of_the_terminal_is_what_check_prints() {
    let root = project();
    let done = docwright(&[
        "check",
        "--root",
        &root.to_string_lossy(),
        "--color",
        "always",
        "--select",
        "recovery/unset-objective,route/undocumented,link/missing-file,placeholder/marker",
    ]);
    let text = format!(
        "\u{1b}[1m$ docwright check\u{1b}[0m\n{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
    let svg = anstyle_svg::Term::new().render_svg(&text);
    compare(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs-src/images/check.svg"), &svg);
}
