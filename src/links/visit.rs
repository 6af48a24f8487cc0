//! What an answer means, and what to do next: one address from its first request to its verdict. Nothing here
//! waits, asks or knows the time.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use xxhash_rust::xxh3::xxh3_64;

use super::fragment;
use crate::model::external::{Address, Answer, Verdict};

/// Something to find out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The address, without a fragment.
    pub address: Address,
    /// The fragments to look up in the page.
    pub fragments: BTreeSet<String>,
}

/// How a page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Without its content.
    Head,
    /// With it.
    Get,
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Whom.
    pub address: Address,
    /// How.
    pub method: Method,
    /// Whether the content is needed.
    pub content: bool,
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The server has answered.
    Answered(Response),
    /// The name service knows no such host.
    NoHost,
    /// The host lies in a private network.
    Private,
    /// No connection; why.
    NoConnection(String),
    /// No secure connection; why.
    NotSecure(String),
    /// No answer in time.
    TimedOut,
    /// The connection ended before the answer, or what came is no HTTP; why.
    Broken(String),
}

/// An answer of a server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// `Location`.
    pub location: Option<String>,
    /// `Retry-After`, counted from now.
    pub retry_after: Option<Duration>,
    /// The page in HTML, where it was asked for and is one.
    pub html: Option<Html>,
}

/// The beginning of a page, or all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Html {
    /// The text.
    pub text: String,
    /// Whether this is the whole page.
    pub whole: bool,
}

/// What counts as an answer, and how long to try.
#[derive(Debug, Clone)]
pub struct Patience {
    /// Status codes beside 200 to 299 that mean that the page is there.
    pub accept: Vec<u16>,
    /// How often a request that failed is repeated.
    pub retries: u32,
    /// The wait before the first repetition; each further one waits twice as long.
    pub backoff: Duration,
}

/// The longest wait between two requests; a server that asks for more is not asked again in this run.
pub const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// The status of a server that wants to be asked less.
pub const TOO_MANY_REQUESTS: u16 = 429;

/// The most redirects that are followed.
pub const MOST_REDIRECTS: usize = 10;

/// An address on its way to a verdict.
#[derive(Debug)]
pub struct Visit {
    /// What is to be found out.
    pub question: Question,
    at: Address,
    method: Method,
    /// The addresses that redirected, in order.
    passed: Vec<String>,
    /// Whether every redirect so far was for good.
    permanent: bool,
    /// Where the redirects for good at the beginning led.
    moved: Option<String>,
    tries: u32,
}

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// The verdict.
    Done(Answer),
    /// [`Visit::request`] after this wait.
    Again(Duration),
}

impl Visit {
    /// A visit that has not begun.
    pub fn new(question: Question) -> Visit {
        let method = if question.fragments.is_empty() { Method::Head } else { Method::Get };
        let at = question.address.clone();
        Visit { question, at, method, passed: Vec::new(), permanent: true, moved: None, tries: 0 }
    }

    /// The host that is to be asked next, with scheme and port.
    pub fn origin(&self) -> &str {
        self.at.origin()
    }

    /// What is to be asked next.
    pub fn request(&self) -> Request {
        let content = !self.question.fragments.is_empty();
        Request { address: self.at.clone(), method: self.method, content }
    }

    /// Whether something was asked already.
    pub fn has_begun(&self) -> bool {
        self.tries > 0 || !self.passed.is_empty() || (self.method == Method::Get) != self.request().content
    }

    /// The verdict where this is the last reply that there will be.
    pub fn last(&mut self, reply: Reply) -> Answer {
        let none = Patience { accept: Vec::new(), retries: 0, backoff: Duration::ZERO };
        match self.take(reply, &none) {
            Step::Done(answer) => answer,
            Step::Again(_) => self.answer(Verdict::Unreachable, "no answer came".to_owned()),
        }
    }

    /// Takes the reply to [`Visit::request`].
    pub fn take(&mut self, reply: Reply, patience: &Patience) -> Step {
        match reply {
            Reply::Answered(response) => self.answered(&response, patience),
            Reply::NoHost => {
                let why = format!("there is no host `{}`", self.at.host());
                self.again_or(patience, Verdict::Dead, why)
            }
            Reply::Private => self.done(Verdict::Unchecked, "its host lies in a private network".to_owned()),
            Reply::NotSecure(why) => self.done(Verdict::Unreachable, format!("no secure connection, {why}")),
            Reply::NoConnection(why) => {
                self.again_or(patience, Verdict::Unreachable, format!("no connection, {why}"))
            }
            Reply::TimedOut => self.again_or(patience, Verdict::Unreachable, "no answer in time".to_owned()),
            Reply::Broken(why) => self.again_or(patience, Verdict::Unreachable, why),
        }
    }

    fn answered(&mut self, response: &Response, patience: &Patience) -> Step {
        let status = response.status;
        if (200..300).contains(&status) || patience.accept.contains(&status) {
            return self.there(response);
        }
        if let (301 | 302 | 303 | 307 | 308, Some(location)) = (status, &response.location) {
            return self.follow(location, matches!(status, 301 | 308));
        }
        if status == TOO_MANY_REQUESTS {
            return match response.retry_after.unwrap_or(Duration::ZERO) {
                wait if wait > LONGEST_WAIT => {
                    let why =
                        format!("the server wants no more requests for {} seconds (429)", wait.as_secs());
                    self.done(Verdict::Unchecked, why)
                }
                wait => {
                    let why = "the server wants fewer requests (429)".to_owned();
                    self.again_after(wait, patience, Verdict::Unchecked, why)
                }
            };
        }
        // Servers that refuse HEAD say so in many ways.
        if self.method == Method::Head && status < 500 {
            self.method = Method::Get;
            return Step::Again(Duration::ZERO);
        }
        let why = format!("the server answers {status}");
        match status {
            401 | 402 | 403 | 405 | 406 | 407 | 412 | 415 | 418 | 451 | 999 => {
                self.done(Verdict::Unchecked, format!("the server lets no program in ({status})"))
            }
            408 | 425 | 500.. => {
                let wait = response.retry_after.unwrap_or(Duration::ZERO).min(LONGEST_WAIT);
                self.again_after(wait, patience, Verdict::Unreachable, why)
            }
            400..500 => self.done(Verdict::Dead, why),
            _ => self.done(Verdict::Unreachable, why),
        }
    }

    fn there(&self, response: &Response) -> Step {
        let mut answer = self.answer(Verdict::Alive, String::new());
        for fragment in &self.question.fragments {
            // Of what is no HTML, or too long to be read whole, nothing can be said.
            let there =
                response.html.as_ref().is_none_or(|it| fragment::has(&it.text, fragment) || !it.whole);
            answer.fragments.insert(fragment.clone(), there);
        }
        Step::Done(answer)
    }

    fn follow(&mut self, location: &str, permanent: bool) -> Step {
        let Some(next) = self.at.join(location) else {
            return self
                .done(Verdict::Dead, format!("it redirects to `{location}`, which is no web address"));
        };
        let before = std::mem::replace(&mut self.at, next);
        self.passed.push(before.url);
        if self.passed.contains(&self.at.url) {
            return self
                .done(Verdict::Unreachable, format!("it redirects in a circle, again to `{}`", self.at.url));
        }
        if self.passed.len() > MOST_REDIRECTS {
            return self.done(Verdict::Unreachable, format!("it redirects more than {MOST_REDIRECTS} times"));
        }
        self.permanent &= permanent;
        if self.permanent {
            self.moved = Some(self.at.whole());
        }
        Step::Again(Duration::ZERO)
    }

    fn again_or(&mut self, patience: &Patience, verdict: Verdict, why: String) -> Step {
        self.again_after(Duration::ZERO, patience, verdict, why)
    }

    /// Another try after at least this wait, or the verdict when there were enough.
    fn again_after(&mut self, least: Duration, patience: &Patience, verdict: Verdict, why: String) -> Step {
        if self.tries >= patience.retries {
            return self.done(verdict, why);
        }
        let doubled = patience.backoff.saturating_mul(1 << self.tries.min(16));
        self.tries += 1;
        // A server may be at a loss with HEAD alone.
        self.method = Method::Get;
        Step::Again((least + spread(doubled, &self.at.url, self.tries)).min(LONGEST_WAIT))
    }

    fn done(&self, verdict: Verdict, why: String) -> Step {
        let why = if self.passed.is_empty() || why.starts_with("it redirects") {
            why
        } else {
            format!("it redirects to `{}`, where {why}", self.at.url)
        };
        Step::Done(self.answer(verdict, why))
    }

    fn answer(&self, verdict: Verdict, why: String) -> Answer {
        let moved = self.moved.clone().filter(|_| verdict == Verdict::Alive);
        Answer { verdict, why, moved, fragments: BTreeMap::new() }
    }
}

/// A wait between half and one and a half of this one, so that visits that failed together do not come back
/// together. It depends on the address only: no two runs differ.
fn spread(wait: Duration, url: &str, tries: u32) -> Duration {
    let share = xxh3_64(format!("{tries} {url}").as_bytes()) % 1_000;
    wait.saturating_mul(500 + share as u32) / 1_000
}

#[cfg(test)]
mod tests;
