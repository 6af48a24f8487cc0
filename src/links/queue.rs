//! Who is asked when: many hosts at once, each host by few requests at a time with a pause between them.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::visit::{Patience, Question, Reply, Request, Step, TOO_MANY_REQUESTS, Visit};
use crate::model::external::{Answer, Verdict};

/// How much is asked at once.
#[derive(Debug, Clone)]
pub struct Pace {
    /// The most requests under way in all.
    pub concurrency: usize,
    /// The most requests under way to one host.
    pub per_host: usize,
    /// The least time between two requests to one host.
    pub delay: Duration,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The answer to each question, by its address.
    pub answers: BTreeMap<String, Answer>,
    /// Whether any server answered at all.
    pub reached: bool,
    /// How many hosts were asked.
    pub hosts: usize,
}

/// A host with the visits that wait for it.
struct Host {
    waiting: VecDeque<Visit>,
    running: usize,
    not_before: Instant,
    /// How many visits in a row have ended without an answer.
    lost: usize,
    /// What holds for every address of the host, because it cannot be reached or wants to be left alone.
    given_up: Option<Reply>,
}

/// After how many visits in a row that got no answer a host is given up: two hundred addresses of a host that is down
/// must not take two hundred times the longest wait.
const MOST_LOST: usize = 3;

struct State {
    hosts: BTreeMap<String, Host>,
    /// Visits without a verdict.
    open: usize,
    outcome: Outcome,
}

/// What a worker does next.
enum Next {
    Visit(Visit),
    Wait(Option<Duration>),
}

/// Finds the answers. `ask` makes one request and is called from several threads; `progress` hears how many
/// questions are answered.
pub fn run(
    questions: Vec<Question>,
    pace: &Pace,
    patience: &Patience,
    ask: &(dyn Fn(&Request) -> Reply + Sync),
    progress: &(dyn Fn(usize) + Sync),
) -> Outcome {
    let open = questions.len();
    let mut state = State { hosts: BTreeMap::new(), open, outcome: Outcome::default() };
    for question in questions {
        state.enter(Visit::new(question));
    }
    state.outcome.hosts = state.hosts.len();
    let state = Mutex::new(state);
    let changed = Condvar::new();
    let work = || {
        let mut held = lock(&state);
        while held.open > 0 {
            match held.next(pace) {
                Next::Visit(mut visit) => {
                    let origin = visit.origin().to_owned();
                    let request = visit.request();
                    drop(held);
                    let reply = ask(&request);
                    held = lock(&state);
                    held.outcome.reached |= matches!(reply, Reply::Answered(_));
                    let step = visit.take(reply.clone(), patience);
                    held.finish(&origin, visit, step, reply);
                    progress(open - held.open);
                    changed.notify_all();
                }
                Next::Wait(None) => {
                    held = changed.wait(held).unwrap_or_else(PoisonError::into_inner);
                }
                Next::Wait(Some(time)) => {
                    held = changed.wait_timeout(held, time).unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
        changed.notify_all();
    };
    std::thread::scope(|scope| {
        for _ in 0..pace.concurrency.clamp(1, open.max(1)) {
            scope.spawn(work);
        }
    });
    state.into_inner().unwrap_or_else(PoisonError::into_inner).outcome
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[expect(clippy::disallowed_methods, reason = "pauses are measured; no time is printed")]
fn now() -> Instant {
    Instant::now()
}

impl State {
    /// Puts a visit where it waits for its host. What has begun comes before what has not: a host that cannot be
    /// reached is then given up after a few requests, however many addresses it has.
    fn enter(&mut self, mut visit: Visit) {
        let fresh =
            || Host { waiting: VecDeque::new(), running: 0, not_before: now(), lost: 0, given_up: None };
        let host = self.hosts.entry(visit.origin().to_owned()).or_insert_with(fresh);
        match host.given_up.clone() {
            Some(reply) => {
                let answer = visit.last(reply);
                self.close(visit, answer);
            }
            None if visit.has_begun() => host.waiting.push_front(visit),
            None => host.waiting.push_back(visit),
        }
    }

    fn close(&mut self, visit: Visit, answer: Answer) {
        self.open -= 1;
        self.outcome.answers.insert(visit.question.address.url, answer);
    }

    /// The next visit of the host that has most to do and may be asked, else how long to wait.
    fn next(&mut self, pace: &Pace) -> Next {
        let now = now();
        let free =
            self.hosts.values_mut().filter(|it| !it.waiting.is_empty() && it.running < pace.per_host.max(1));
        let mut soonest: Option<Duration> = None;
        let mut best: Option<&mut Host> = None;
        for host in free {
            if host.not_before > now {
                let wait = host.not_before - now;
                soonest = Some(soonest.map_or(wait, |it| it.min(wait)));
            } else if best.as_ref().is_none_or(|it| it.waiting.len() < host.waiting.len()) {
                best = Some(host);
            }
        }
        let Some((visit, host)) = best.and_then(|it| Some((it.waiting.pop_front()?, it))) else {
            return Next::Wait(soonest);
        };
        host.running += 1;
        host.not_before = now + pace.delay;
        Next::Visit(visit)
    }

    /// Takes a visit back after the reply of `origin`.
    fn finish(&mut self, origin: &str, visit: Visit, step: Step, reply: Reply) {
        let Some(host) = self.hosts.get_mut(origin) else { return };
        host.running -= 1;
        if matches!(reply, Reply::Answered(_)) {
            host.lost = 0;
        }
        match step {
            Step::Again(wait) => {
                host.not_before = host.not_before.max(now() + wait);
                self.enter(visit);
            }
            Step::Done(answer) => {
                let whole_host = match &reply {
                    Reply::NoHost | Reply::Private | Reply::NoConnection(_) | Reply::NotSecure(_) => true,
                    Reply::TimedOut | Reply::Broken(_) => {
                        host.lost += 1;
                        host.lost >= MOST_LOST
                    }
                    Reply::Answered(response) => {
                        response.status == TOO_MANY_REQUESTS && answer.verdict == Verdict::Unchecked
                    }
                };
                if whole_host {
                    host.given_up = Some(reply);
                    for other in std::mem::take(&mut host.waiting) {
                        self.enter(other);
                    }
                }
                self.close(visit, answer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::links::visit::Response;
    use crate::model::external::Address;

    const PATIENCE: Patience = Patience { accept: Vec::new(), retries: 2, backoff: Duration::from_millis(1) };

    fn pace(per_host: usize) -> Pace {
        Pace { concurrency: 8, per_host, delay: Duration::ZERO }
    }

    fn questions(urls: impl IntoIterator<Item = String>) -> Vec<Question> {
        let address = |url: String| Address::read(&url).expect("an address");
        urls.into_iter().map(|it| Question { address: address(it), fragments: BTreeSet::new() }).collect()
    }

    fn status(status: u16) -> Reply {
        Reply::Answered(Response { status, ..Response::default() })
    }

    #[test]
    fn a_host_never_has_more_requests_than_it_may() {
        let under_way: Mutex<BTreeMap<String, usize>> = Mutex::default();
        let most = Mutex::new(0);
        let ask = |request: &Request| {
            let origin = request.address.origin().to_owned();
            let count = {
                let mut held = under_way.lock().expect("a lock");
                let count = held.entry(origin.clone()).or_default();
                *count += 1;
                *count
            };
            let mut seen = most.lock().expect("a lock");
            *seen = count.max(*seen);
            drop(seen);
            std::thread::yield_now();
            *under_way.lock().expect("a lock").get_mut(&origin).expect("it was entered") -= 1;
            status(200)
        };
        let urls = (0..60).map(|it| format!("https://{}.org/{it}", ["a", "b", "c"][it % 3]));
        let outcome = run(questions(urls), &pace(2), &PATIENCE, &ask, &|_| {});
        assert_eq!((outcome.answers.len(), outcome.hosts, outcome.reached), (60, 3, true));
        assert!(outcome.answers.values().all(|it| it.verdict == Verdict::Alive));
        assert!(*most.lock().expect("a lock") <= 2);
    }

    #[test]
    fn a_host_that_cannot_be_reached_is_given_up() {
        let asked = Mutex::new(0);
        let ask = |_: &Request| {
            *asked.lock().expect("a lock") += 1;
            Reply::NoHost
        };
        let urls = (0..40).map(|it| format!("https://gone.org/{it}"));
        let outcome = run(questions(urls), &pace(1), &PATIENCE, &ask, &|_| {});
        assert_eq!(*asked.lock().expect("a lock"), 3);
        assert!(!outcome.reached);
        let all = outcome.answers.values();
        assert!(all.clone().count() == 40 && all.clone().all(|it| it.why == "there is no host `gone.org`"));
    }

    #[test]
    fn a_host_that_never_answers_or_wants_rest_is_left_alone() {
        for (reply, verdict, visits) in
            [(Reply::TimedOut, Verdict::Unreachable, 3), (status(429), Verdict::Unchecked, 1)]
        {
            let asked = Mutex::new(0);
            let ask = |_: &Request| {
                *asked.lock().expect("a lock") += 1;
                reply.clone()
            };
            let urls = (0..40).map(|it| format!("https://busy.org/{it}"));
            let outcome = run(questions(urls), &pace(1), &PATIENCE, &ask, &|_| {});
            assert_eq!(*asked.lock().expect("a lock"), 3 * visits);
            assert!(outcome.answers.len() == 40 && outcome.answers.values().all(|it| it.verdict == verdict));
        }
    }

    #[test]
    fn a_redirect_waits_for_its_new_host_and_every_answer_is_counted() {
        let heard = Mutex::new(Vec::new());
        let ask = |request: &Request| match request.address.host() {
            "old.org" => Reply::Answered(Response {
                status: 301,
                location: Some("https://new.org/x".to_owned()),
                ..Response::default()
            }),
            _ => status(404),
        };
        let urls = ["https://old.org/", "https://new.org/x"].map(str::to_owned);
        let progress = |done| heard.lock().expect("a lock").push(done);
        let outcome = run(questions(urls), &pace(1), &PATIENCE, &ask, &progress);
        let old = &outcome.answers["https://old.org/"];
        assert_eq!(old.why, "it redirects to `https://new.org/x`, where the server answers 404");
        assert_eq!(heard.lock().expect("a lock").last(), Some(&2));
        assert!(run(Vec::new(), &pace(1), &PATIENCE, &ask, &|_| {}).answers.is_empty());
    }
}
