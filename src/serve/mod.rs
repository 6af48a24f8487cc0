//! The preview: the site served from memory to the browser on the same machine, and kept as the files are. Also
//! `check --watch`, which is the same without a browser.
//!
//! ```text
//! watch ──► gather ──► engine (live ──► parse, lint, render) ◄──► http ◄──► browser
//!                         └──► the terminal
//! ```

mod clients;
mod delta;
mod engine;
mod http;
mod open;
mod page;
mod request;

use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

use miette::{IntoDiagnostic, WrapErr, miette};
use tokio::task::LocalSet;

pub use delta::Delta;

use clients::Clients;
use delta::Known;
use engine::Ask;

use crate::live::{Batch, Live, Loaded, Loader, Problem, Watcher};

/// What the terminal is told.
#[derive(Debug)]
pub enum News<'a> {
    /// The preview is there.
    Listening {
        /// Its address.
        url: &'a str,
        /// Whether another port was wanted.
        moved: bool,
        /// Whether a browser was to be opened and there is nothing to open it with.
        no_browser: bool,
    },
    /// The project was checked.
    Findings(&'a Delta),
    /// The newest change cannot be shown.
    Broken(&'a Problem),
    /// It can again.
    Healed,
}

/// Tells the terminal.
pub type Say<'a> = &'a mut (dyn FnMut(News<'_>) + Send);

/// Serves a project until Ctrl-C.
///
/// # Errors
/// The project cannot be loaded, files cannot be watched, or no port is free.
pub fn serve(loader: impl Loader, port: u16, browser: bool, say: Say<'_>) -> miette::Result<()> {
    let live = Live::new(loader)?;
    let (asks, incoming) = mpsc::channel();
    let changes = asks.clone();
    let mut watcher = Watcher::new(move |batch| changes.send(Ask::Changed(batch)).is_ok())?;
    watcher.follow(&live.folders(), &Batch::new());
    let clients = Clients::default();
    let runtime = runtime()?;
    let listeners = runtime.block_on(http::listen(port)).map_err(|error| {
        miette!(help = "choose another with `--port`", "cannot listen at port {port}: {error}")
    })?;
    let url = format!("http://localhost:{}/", listeners.port);
    let no_browser = browser && !open::open(&url);
    say(News::Listening { url: &url, moved: port != 0 && listeners.port != port, no_browser });
    thread::scope(|scope| {
        let (to_itself, for_http, for_engine) = (asks.clone(), asks.clone(), clients.clone());
        scope.spawn(move || engine::run(live, &incoming, &to_itself, watcher, for_engine, say));
        let ended = runtime.block_on(LocalSet::new().run_until(async move {
            tokio::task::spawn_local(listeners.serve(for_http, clients));
            tokio::signal::ctrl_c().await
        }));
        let _ = asks.send(Ask::Stop);
        ended.into_diagnostic().wrap_err("cannot wait for Ctrl-C")
    })
}

/// Checks a project after each change until Ctrl-C; whether the last check failed. `paths` are the files and folders
/// to report on, all if there are none; `fails` judges the findings.
///
/// # Errors
/// The project cannot be loaded, or files cannot be watched.
pub fn watch(
    loader: impl Loader,
    paths: impl Fn(&Loaded) -> miette::Result<Vec<PathBuf>>,
    fails: impl Fn(&Loaded, &crate::lint::Outcome) -> bool + Send,
    say: Say<'_>,
) -> miette::Result<bool> {
    let mut live = Live::new(loader)?;
    let paths = paths(&live.loaded)?;
    let (asks, incoming) = mpsc::channel();
    let changes = asks.clone();
    let mut watcher = Watcher::new(move |batch| changes.send(Ask::Changed(batch)).is_ok())?;
    watcher.follow(&live.folders(), &Batch::new());
    let runtime = runtime()?;
    thread::scope(|scope| {
        let checking = scope.spawn(move || {
            let mut known = Known::default();
            let mut check = |live: &Live<_>, say: &mut dyn FnMut(News<'_>)| {
                let mut outcome = live.lint();
                let sources = &live.loaded.project.sources;
                outcome.retain(|it, _| {
                    let path = Path::new(sources.path(it.span.source));
                    paths.is_empty() || paths.iter().any(|folder| path.starts_with(folder))
                });
                say(News::Findings(&known.update(&live.loaded.project, &outcome)));
                fails(&live.loaded, &outcome)
            };
            let mut failed = check(&live, say);
            let mut broken = false;
            while let Ok(Ask::Changed(batch)) = incoming.recv() {
                match live.update(&batch, broken) {
                    Ok(change) => {
                        if change.whole {
                            watcher.follow(&live.folders(), &batch);
                        }
                        if broken && change.model {
                            say(News::Healed);
                            broken = false;
                        }
                        if change.model {
                            failed = check(&live, say);
                        }
                    }
                    Err(problem) => {
                        say(News::Broken(&problem));
                        (broken, failed) = (true, true);
                    }
                }
            }
            failed
        });
        let ended = runtime.block_on(tokio::signal::ctrl_c());
        let _ = asks.send(Ask::Stop);
        ended.into_diagnostic().wrap_err("cannot wait for Ctrl-C")?;
        checking.join().map_err(|_| miette!("checking ended in the middle"))
    })
}

fn runtime() -> miette::Result<tokio::runtime::Runtime> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build();
    runtime.into_diagnostic().wrap_err("cannot start the server")
}
