//! Messages over two streams: a head with `Content-Length`, an empty line, JSON.
//!
//! A message that is no JSON, or JSON of another form, is answered and the session goes on; the end of a message whose
//! head cannot be read is unknown, so that ends the session.

use std::io::{self, BufRead, Read, Write};

use lsp_server::{ErrorCode, Message};
use serde_json::json;

/// The largest message in bytes: a document of 16 MB with every character escaped stays below.
const LARGEST: usize = 128 * 1024 * 1024;

/// The longest line of a head in bytes.
const LONGEST_LINE: u64 = 4 * 1024;

/// What came in.
#[derive(Debug)]
pub(super) enum Incoming {
    /// A message.
    Message(Message),
    /// Something that is none; the answer to it.
    Malformed(String),
}

/// Reads the next message; none at the end of the stream.
///
/// # Errors
/// The stream broke, or a head cannot be read.
pub(super) fn read(stream: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let invalid = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let mut length: Option<usize> = None;
    loop {
        let mut line = Vec::new();
        if stream.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if !line.ends_with(b"\n") {
            return Err(invalid("a line of the head has no end"));
        }
        let line = line.trim_ascii();
        if line.is_empty() {
            if length.is_some() {
                break;
            }
            return Err(invalid("the head has no length"));
        }
        let line = std::str::from_utf8(line).map_err(|_| invalid("the head is no text"))?;
        let (name, value) = line.split_once(':').ok_or_else(|| invalid("a line of the head has no colon"))?;
        if name.trim().eq_ignore_ascii_case("Content-Length") {
            length = value.trim().parse().ok().filter(|it| *it <= LARGEST);
            length.ok_or_else(|| invalid("the length cannot be"))?;
        }
    }
    // Not more memory than was really sent.
    let mut body = Vec::new();
    let wanted = length.unwrap_or_default();
    if stream.by_ref().take(wanted as u64).read_to_end(&mut body)? < wanted {
        return Ok(None);
    }
    Ok(Some(match serde_json::from_slice(&body) {
        Ok(message) => Incoming::Message(message),
        Err(error) => Incoming::Malformed(answer(&body, &error)),
    }))
}

/// The answer to a message that cannot be understood, with its id where it has one.
fn answer(body: &[u8], error: &serde_json::Error) -> String {
    let value: Option<serde_json::Value> = serde_json::from_slice(body).ok();
    let code = if value.is_some() { ErrorCode::InvalidRequest } else { ErrorCode::ParseError } as i32;
    let id = value.and_then(|it| it.get("id").cloned()).filter(|it| it.is_string() || it.is_number());
    let message = match code {
        it if it == ErrorCode::ParseError as i32 => format!("the message is no JSON: {error}"),
        _ => "the message is neither a request nor a notification nor an answer".to_owned(),
    };
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}}).to_string()
}

/// Writes a message.
///
/// # Errors
/// The stream broke.
pub(super) fn write(stream: &mut impl Write, message: &str) -> io::Result<()> {
    write!(stream, "Content-Length: {}\r\n\r\n{message}", message.len())?;
    stream.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut bytes: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        loop {
            match read(&mut bytes) {
                Ok(Some(Incoming::Message(it))) => {
                    found.push(format!("{it:?}").split('(').next().unwrap().to_owned())
                }
                Ok(Some(Incoming::Malformed(it))) => found.push(it),
                Ok(None) => return found,
                Err(error) => {
                    found.push(format!("! {error}"));
                    return found;
                }
            }
        }
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn what_is_no_message_is_answered_and_the_next_one_read() {
        let good = framed(r#"{"jsonrpc":"2.0","method":"exit"}"#);
        let text = [&framed("{oops"), &good, &framed(r#"{"id":7}"#), &framed("[1]"), &good]
            .map(String::as_str)
            .concat();
        let found = all(text.as_bytes());
        assert_eq!(found.len(), 5, "{found:?}");
        assert!(found[0].contains("-32700") && found[0].contains(r#""id":null"#), "{}", found[0]);
        assert_eq!((found[1].as_str(), found[4].as_str()), ("Notification", "Notification"));
        assert!(found[2].contains("-32600") && found[2].contains(r#""id":7"#), "{}", found[2]);
    }

    #[test]
    fn a_head_that_cannot_be_read_ends_the_session() {
        for head in [
            "Content-Length: x\r\n\r\n",
            "Content-Length: 99999999999999\r\n\r\n",
            "\r\n",
            "oops\r\n",
            "\u{e9}",
        ] {
            let found = all(head.as_bytes());
            assert!(found.len() == 1 && found[0].starts_with('!'), "{head:?}: {found:?}");
        }
        assert!(all("Content-Length: 10\r\n\r\n{}".as_bytes()).is_empty(), "it ended in the middle");
        assert!(all(b"").is_empty());
    }

    #[test]
    fn heads_may_say_more_than_the_length() {
        let body = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        let text = format!("Content-Type: x; charset=utf-8\r\ncontent-length:{}\n\n{body}", body.len());
        assert_eq!(all(text.as_bytes()), ["Notification"]);
    }
}
