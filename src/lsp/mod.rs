//! The language server: findings while one types, and answers about links, headings, operations, routes and alerts,
//! for any editor that speaks the Language Server Protocol.
//!
//! ```text
//! editor ──► transport ──► server (live ──► parse, lint) ──► answer, diagnostic ──► transport ──► editor
//! ```
//!
//! One thread owns the project. What takes long runs beside it: the rules look at the project while requests are
//! answered, and reading the project anew leaves the one before in place until it is done.

mod action;
mod answer;
mod client;
mod completion;
mod definition;
mod diagnostic;
mod documents;
mod hover;
mod position;
mod references;
mod rename;
mod server;
mod silence;
mod subject;
mod symbols;
mod transport;
mod uri;
mod view;

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

use crate::live::{Buffers, Loaded};

use server::{Event, Server};
use transport::Incoming;

/// Reads projects: the part of the work that knows the command line.
pub trait Loader: Send + Sync + 'static {
    /// The folder of the project that a folder belongs to.
    ///
    /// # Errors
    /// The folder cannot be read.
    fn root(&self, folder: Option<&Path>) -> miette::Result<PathBuf>;

    /// Reads the project that a folder belongs to, with `buffers` in the place of the files of their paths.
    ///
    /// # Errors
    /// The configuration is broken, or names what is not there.
    fn load(&self, folder: Option<&Path>, buffers: &Buffers) -> miette::Result<Loaded>;
}

/// Answers a client until it says goodbye, or its end of the pipe is gone; whether it said goodbye properly.
pub fn serve(
    loader: impl Loader,
    mut input: impl BufRead + Send + 'static,
    mut output: impl Write + Send + 'static,
) -> bool {
    let (events, incoming) = mpsc::channel();
    let (messages, outgoing) = mpsc::channel::<Option<String>>();
    let (to_client, to_server) = (messages.clone(), events.clone());
    thread::spawn(move || {
        loop {
            let event = match transport::read(&mut input) {
                Ok(Some(Incoming::Message(message))) => Event::Message(message),
                Ok(Some(Incoming::Malformed(answer))) => {
                    if to_client.send(Some(answer)).is_err() {
                        return;
                    }
                    continue;
                }
                Ok(None) | Err(_) => Event::Closed,
            };
            let last = matches!(event, Event::Closed);
            if to_server.send(event).is_err() || last {
                return;
            }
        }
    });
    let to_server = events.clone();
    let writer = thread::spawn(move || {
        for message in outgoing.into_iter().map_while(|it| it) {
            if transport::write(&mut output, &message).is_err() {
                let _ = to_server.send(Event::Closed);
                return;
            }
        }
    });
    let properly = Server::new(loader, events, messages).run(&incoming);
    // What was said before goodbye is still to be written. The reader is left alone: it may wait for ever.
    let _ = writer.join();
    properly
}
