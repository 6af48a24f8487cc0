//! The server: one task a connection, on one thread. It judges requests, hands them to the engine, and keeps
//! streams of events open.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::pin::Pin;
use std::sync::mpsc::Sender;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, Incoming};
use hyper::http::{HeaderValue, Method, StatusCode, header};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};

use super::clients::Clients;
use super::engine::{Answer, Ask};
use super::page::OWN;
use super::request;
use crate::render::media_type;

/// How many ports are tried, the first included.
const TRIES: u16 = 20;

const SCRIPT: &str = include_str!("preview.js");
const STYLE: &str = include_str!("preview.css");

/// What a response holds.
enum Content {
    Whole(Option<Bytes>),
    Events(mpsc::UnboundedReceiver<Bytes>),
}

impl Body for Content {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match self.get_mut() {
            Content::Whole(bytes) => Poll::Ready(bytes.take().map(|it| Ok(Frame::data(it)))),
            Content::Events(events) => events.poll_recv(cx).map(|it| it.map(|it| Ok(Frame::data(it)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Content::Whole(None))
    }

    fn size_hint(&self) -> hyper::body::SizeHint {
        match self {
            Content::Whole(bytes) => {
                hyper::body::SizeHint::with_exact(bytes.as_ref().map_or(0, |it| it.len() as u64))
            }
            Content::Events(_) => hyper::body::SizeHint::default(),
        }
    }
}

/// The two addresses of this machine that nobody else can reach, at one port.
pub(super) struct Listeners {
    pub(super) port: u16,
    four: TcpListener,
    /// None where the system has no IPv6.
    six: Option<TcpListener>,
}

/// Listens at the port, else at the next that is free. A port of 0 is any free one.
pub(super) async fn listen(port: u16) -> io::Result<Listeners> {
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for port in (0..TRIES).filter_map(|it| port.checked_add(it)) {
        match at_port(port).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = error,
            other => return other,
        }
    }
    Err(last)
}

async fn at_port(port: u16) -> io::Result<Listeners> {
    let four = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let port = four.local_addr()?.port();
    let six = match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
        Ok(six) => Some(six),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
        Err(_) => None,
    };
    Ok(Listeners { port, four, six })
}

impl Listeners {
    /// Serves for ever.
    pub(super) async fn serve(self, engine: Sender<Ask>, clients: Clients) {
        let Listeners { port, four, six } = self;
        let other = (engine.clone(), clients.clone());
        if let Some(six) = six {
            tokio::task::spawn_local(accept(six, port, other.0, other.1));
        }
        accept(four, port, engine, clients).await;
    }
}

async fn accept(listener: TcpListener, port: u16, engine: Sender<Ask>, clients: Clients) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::task::spawn_local(connection(stream, port, engine.clone(), clients.clone()));
            }
            // Too many open files: what is open must end first.
            Err(_) => tokio::task::yield_now().await,
        }
    }
}

async fn connection(stream: TcpStream, port: u16, engine: Sender<Ask>, clients: Clients) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let (engine, clients) = (engine.clone(), clients.clone());
        async move { Ok::<_, Infallible>(respond(&request, port, &engine, &clients).await) }
    });
    // A browser that goes away in the middle is no error.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn respond(
    request: &Request<Incoming>,
    port: u16,
    engine: &Sender<Ask>,
    clients: &Clients,
) -> Response<Content> {
    let path = match request::path(request.method(), request.uri(), request.headers(), port) {
        Ok(path) => path,
        Err(request::Refusal(status, words)) => return text(status, words),
    };
    let is_head = request.method() == Method::HEAD;
    match path.strip_prefix(OWN) {
        Some("preview.js") => return whole(StatusCode::OK, "preview.js", SCRIPT.as_bytes().to_vec()),
        Some("preview.css") => return whole(StatusCode::OK, "preview.css", STYLE.as_bytes().to_vec()),
        Some("events") if is_head => return with(StatusCode::OK, "text/event-stream", Content::Whole(None)),
        Some("events") => return with(StatusCode::OK, "text/event-stream", Content::Events(clients.join())),
        _ => {}
    }
    let (reply, answer) = oneshot::channel();
    if engine.send(Ask::File(path, reply)).is_err() {
        return text(StatusCode::SERVICE_UNAVAILABLE, "the preview is ending");
    }
    match answer.await {
        Ok(Answer::Found { path, bytes, exact }) => {
            whole(if exact { StatusCode::OK } else { StatusCode::NOT_FOUND }, &path, bytes)
        }
        Ok(Answer::Folder) => {
            let mut response = text(StatusCode::FOUND, "the address of a folder ends with a slash");
            // A path of two slashes in front would name another host.
            let to = format!("/{}/", request.uri().path().trim_matches('/'));
            if let Ok(to) = HeaderValue::from_str(&to) {
                response.headers_mut().insert(header::LOCATION, to);
            }
            response
        }
        Ok(Answer::Failed(why)) => text(StatusCode::INTERNAL_SERVER_ERROR, &why),
        Ok(Answer::Missing) => text(StatusCode::NOT_FOUND, "the site has no such file"),
        Err(_) => text(StatusCode::SERVICE_UNAVAILABLE, "the preview is ending"),
    }
}

fn text(status: StatusCode, words: &str) -> Response<Content> {
    whole(status, "answer.txt", format!("{words}\n").into_bytes())
}

fn whole(status: StatusCode, path: &str, bytes: Vec<u8>) -> Response<Content> {
    with(status, media_type(path), Content::Whole(Some(bytes.into())))
}

fn with(status: StatusCode, content_type: &'static str, content: Content) -> Response<Content> {
    let mut response = Response::new(content);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    response
}
