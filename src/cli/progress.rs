//! Says on a terminal what is being done, once it has taken half a second. Nothing when standard error is no
//! terminal, under `--quiet`, and in CI.

use std::io::IsTerminal;
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shorter work is done before anybody could read what it is.
const PATIENCE: Duration = Duration::from_millis(500);

/// The time between two pictures.
const TICK: Duration = Duration::from_millis(100);

static LINE: OnceLock<ProgressBar> = OnceLock::new();

/// Begins to watch; to be called once.
pub(super) fn start(quiet: bool) {
    if quiet || !std::io::stderr().is_terminal() || std::env::var_os("CI").is_some() {
        return;
    }
    let line = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}…") {
        line.set_style(style);
    }
    let watched = line.clone();
    if LINE.set(line).is_ok() {
        thread::spawn(move || {
            thread::sleep(PATIENCE);
            if !watched.is_finished() {
                watched.set_draw_target(ProgressDrawTarget::stderr());
                watched.enable_steady_tick(TICK);
            }
        });
    }
}

/// Says what is done from now on: "Reading", "Checking 1,200 pages".
pub(super) fn phase(words: &str) {
    if let Some(line) = LINE.get() {
        line.set_message(words.to_owned());
    }
}

/// Takes the line away: results follow.
pub(super) fn end() {
    if let Some(line) = LINE.get() {
        line.finish_and_clear();
    }
}
