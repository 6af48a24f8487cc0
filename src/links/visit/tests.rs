//! Tests of `visit.rs`.

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
    let (answer, _) = play(&mut visit("https://a.org/", &[]), vec![status(429), status(429), status(429)]);
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
