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
mod tests {
    use super::*;

    const PATIENCE: Patience = Patience { accept: Vec::new(), retries: 2, backoff: Duration::from_secs(1) };

    fn visit(url: &str, fragments: &[&str]) -> Visit {
        let fragments = fragments.iter().map(|&it| it.to_owned()).collect();
        Visit::new(Question { address: Address::read(url).expect("an address"), fragments })
    }

    fn status(status: u16) -> Reply {
        Reply::Answered(Response { status, ..Response::default() })
    }

    fn to(status: u16, location: &str) -> Reply {
        let location = Some(location.to_owned());
        Reply::Answered(Response { status, location, ..Response::default() })
    }

    /// Answers a visit until it is done: the verdict, the reason, and how it was asked.
    fn play(visit: &mut Visit, replies: Vec<Reply>) -> (Answer, Vec<Method>) {
        let mut asked = Vec::new();
        for reply in replies {
            asked.push(visit.request().method);
            if let Step::Done(answer) = visit.take(reply, &PATIENCE) {
                return (answer, asked);
            }
        }
        panic!("not done after {asked:?}");
    }

    #[test]
    fn a_refused_head_is_asked_again_with_get() {
        use Method::{Get, Head};
        for refused in [400, 403, 404, 405] {
            let (answer, asked) = play(&mut visit("https://a.org/", &[]), vec![status(refused), status(200)]);
            assert_eq!((answer.verdict, asked), (Verdict::Alive, vec![Head, Get]));
        }
        let (answer, _) = play(&mut visit("https://a.org/", &[]), vec![status(405), status(404)]);
        assert_eq!((answer.verdict, answer.why.as_str()), (Verdict::Dead, "the server answers 404"));
    }

    #[test]
    fn walls_are_not_checked_and_gone_is_dead() {
        for (code, verdict) in [
            (401, Verdict::Unchecked),
            (403, Verdict::Unchecked),
            (999, Verdict::Unchecked),
            (404, Verdict::Dead),
            (410, Verdict::Dead),
            (300, Verdict::Unreachable),
        ] {
            let (answer, _) = play(&mut visit("https://a.org/", &[]), vec![status(code), status(code)]);
            assert_eq!(answer.verdict, verdict, "{code}");
        }
    }

    #[test]
    fn what_may_pass_is_tried_again_and_waits_grow() {
        let mut it = visit("https://a.org/", &[]);
        let wait = |step| match step {
            Step::Again(wait) => wait.as_millis(),
            Step::Done(answer) => panic!("{answer:?}"),
        };
        let first = wait(it.take(status(503), &PATIENCE));
        let second = wait(it.take(Reply::TimedOut, &PATIENCE));
        assert!((500..1500).contains(&first) && (1000..3000).contains(&second), "{first} {second}");
        let Step::Done(answer) = it.take(status(503), &PATIENCE) else { panic!("no verdict") };
        assert_eq!((answer.verdict, answer.why.as_str()), (Verdict::Unreachable, "the server answers 503"));
    }

    #[test]
    fn a_server_that_wants_fewer_requests_is_obeyed_or_left() {
        let limited = |seconds| {
            let retry_after = Some(Duration::from_secs(seconds));
            Reply::Answered(Response { status: 429, retry_after, ..Response::default() })
        };
        let mut it = visit("https://a.org/", &[]);
        let Step::Again(wait) = it.take(limited(7), &PATIENCE) else { panic!("a verdict") };
        assert!(wait >= Duration::from_secs(7));
        let (answer, _) = play(&mut it, vec![limited(3600)]);
        assert_eq!(answer.verdict, Verdict::Unchecked);
        assert_eq!(answer.why, "the server wants no more requests for 3600 seconds (429)");
        let (answer, _) =
            play(&mut visit("https://a.org/", &[]), vec![status(429), status(429), status(429)]);
        assert_eq!(answer.verdict, Verdict::Unchecked);
    }

    #[test]
    fn only_redirects_for_good_name_a_new_address() {
        let moved = |replies| play(&mut visit("https://a.org/x", &[]), replies).0.moved;
        assert_eq!(moved(vec![to(301, "/y"), status(200)]).as_deref(), Some("https://a.org/y"));
        assert_eq!(moved(vec![to(302, "/y"), status(200)]), None);
        let replies = vec![to(308, "/y"), to(302, "/z"), to(301, "/w"), status(200)];
        assert_eq!(moved(replies).as_deref(), Some("https://a.org/y"));
        assert_eq!(moved(vec![to(301, "/y"), status(404), status(404)]), None);
    }

    #[test]
    fn circles_and_endless_chains_end() {
        let (answer, _) = play(&mut visit("https://a.org/x", &[]), vec![to(302, "/y"), to(302, "/x#z")]);
        assert_eq!(answer.why, "it redirects in a circle, again to `https://a.org/x`");
        let chain = (0..20).map(|it| to(302, &format!("/{it}"))).collect();
        let (answer, asked) = play(&mut visit("https://a.org/x", &[]), chain);
        assert_eq!((answer.why.as_str(), asked.len()), ("it redirects more than 10 times", 11));
        let (answer, _) = play(&mut visit("https://a.org/x", &[]), vec![to(302, "file:///etc/passwd")]);
        assert_eq!(answer.verdict, Verdict::Dead);
        let replies = vec![to(301, "http://169.254.169.254/latest"), Reply::Private];
        let (answer, _) = play(&mut visit("https://a.org/x", &[]), replies);
        assert_eq!(answer.verdict, Verdict::Unchecked);
        assert!(answer.why.ends_with("where its host lies in a private network"), "{}", answer.why);
    }

    #[test]
    fn fragments_are_looked_up_where_the_page_can_be_read() {
        let page = |text: &str, whole| {
            let html = Some(Html { text: text.to_owned(), whole });
            Reply::Answered(Response { status: 200, html, ..Response::default() })
        };
        let look = |reply| {
            let (answer, asked) = play(&mut visit("https://a.org/", &["here", "gone"]), vec![reply]);
            assert_eq!(asked, [Method::Get]);
            answer.fragments.into_iter().collect::<Vec<_>>()
        };
        let there = |gone| vec![("gone".to_owned(), gone), ("here".to_owned(), true)];
        assert_eq!(look(page("<p id=here>", true)), there(false));
        assert_eq!(look(page("<p id=here>", false)), there(true));
        assert_eq!(look(status(200)), there(true));
    }
}
