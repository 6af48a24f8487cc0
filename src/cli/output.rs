//! Standard output and standard error. A reader that goes away early (`| head`) is no error.

use std::io::{self, IsTerminal, Write};

use super::{Color, progress};
use crate::report::Style;

/// Decides once whether colours are used: the flag, then `NO_COLOR` and friends, then the terminal.
pub(super) fn install(color: Color) {
    match color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
}

/// How text for people looks on standard output.
pub(super) fn style() -> Style {
    let color = !matches!(anstream::AutoStream::choice(&io::stdout()), anstream::ColorChoice::Never);
    Style { color, width: if io::stdout().is_terminal() { terminal_width() } else { 100 } }
}

fn terminal_width() -> usize {
    std::env::var("COLUMNS").ok().and_then(|it| it.parse().ok()).unwrap_or(100).clamp(60, 120)
}

/// Writes a result.
///
/// # Errors
/// Standard output is full or broken; a closed pipe is none.
pub(super) fn result(text: &str) -> miette::Result<()> {
    progress::end();
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(miette::miette!("cannot write to standard output: {error}"))
        }
        _ => Ok(()),
    }
}

/// Says something that is not the result.
pub(super) fn note(text: &str) {
    progress::end();
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Says why docwright could not do its work.
pub(super) fn error(error: &miette::Report) {
    progress::end();
    let color = !matches!(anstream::AutoStream::choice(&io::stderr()), anstream::ColorChoice::Never);
    let theme =
        if color { miette::GraphicalTheme::unicode() } else { miette::GraphicalTheme::unicode_nocolor() };
    let mut text = String::new();
    let handler = miette::GraphicalReportHandler::new_themed(theme).with_width(100).with_links(false);
    if handler.render_report(&mut text, error.as_ref()).is_err() {
        text = error.to_string();
    }
    let _ = write!(anstream::stderr(), "{}", text.trim_start_matches('\n'));
}
