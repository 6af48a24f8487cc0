//! The open pages that wait for news.

use std::sync::{Arc, Mutex, PoisonError};

use hyper::body::Bytes;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// One sender for each open page.
#[derive(Debug, Clone, Default)]
pub(super) struct Clients(Arc<Mutex<Vec<UnboundedSender<Bytes>>>>);

impl Clients {
    /// Another page is open.
    pub(super) fn join(&self) -> UnboundedReceiver<Bytes> {
        let (sender, receiver) = unbounded_channel();
        // The first bytes make the browser say that it is connected; the number is the wait before it comes again.
        let _ = sender.send(Bytes::from_static(b"retry: 500\n\n"));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(sender);
        receiver
    }

    /// Sends one event to all and forgets those who went.
    pub(super) fn send(&self, data: &str) {
        let event = Bytes::from(format!("data: {data}\n\n"));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|it| it.send(event.clone()).is_ok());
    }
}
