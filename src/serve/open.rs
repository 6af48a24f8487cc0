//! Opens the browser, for `serve --open` only: the system's own opener with the preview's address.
#![expect(clippy::disallowed_methods, reason = "a flag asks for this one program")]

use std::process::{Command, Stdio};

/// Opens an address; whether there is an opener.
pub(super) fn open(url: &str) -> bool {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        Command::new("explorer")
    } else {
        Command::new("xdg-open")
    };
    let started = command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    // Some openers stay as long as the browser is open, so nobody waits for them here.
    started.is_ok_and(|mut child| {
        std::thread::spawn(move || child.wait());
        true
    })
}
