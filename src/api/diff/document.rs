//! Compares what belongs to the whole document: its description, servers, and who may call.

use std::collections::{BTreeMap, BTreeSet};

use super::Version;
use super::check as c;
use super::check::Check;
use super::reach::{About, Found, Owner, Places};
use crate::model::spec::read;
use crate::model::spec::{Node, Version as Edition};

const API: About<'_> = About { owner: Owner::Api, side: None, component: None };

/// Compares the documents without their operations.
pub(super) fn compare(old: Version<'_>, new: Version<'_>, found: &mut Found) {
    let roots = (old.spec.root(old.sources), new.spec.root(new.sources));
    let (Some(before), Some(after)) = roots else { return };
    let (before, after) = (before.node, after.node);
    let info = |root: Node<'_>, key: &str| -> String {
        root.read("info").map(|it| it.read_text(key).into_owned()).unwrap_or_default()
    };
    let places = |key: &str| {
        let [old, new] =
            [before, after].map(|root| root.read("info").and_then(|it| it.read(key)).or(Some(root)));
        Places::of(old, new)
    };
    if old.spec.version != new.spec.version {
        let [before, after] = [before, after].map(|it| it.read("openapi").or_else(|| it.read("swagger")));
        let words = ["", old.spec.version.as_str(), new.spec.version.as_str()];
        found.say(API, &c::OPENAPI_VERSION, words, Places::of(before, after));
    }
    for (key, check) in
        [("title", &c::API_TITLE), ("version", &c::API_VERSION), ("description", &c::API_DESCRIPTION)]
    {
        let (was, is) = (info(before, key), info(after, key));
        if was.trim() != is.trim() {
            found.say(API, check, ["", &was, &is], places(key));
        }
    }
    let tags = |root| -> BTreeMap<String, Node<'_>> {
        read::items_at(root, "tags").into_iter().map(|it| (it.read_text("name").into_owned(), it)).collect()
    };
    let (was, is) = (tags(before), tags(after));
    for (name, tag) in &is {
        let Some(former) = was.get(name) else { continue };
        if tag.read_text("description").into_owned().trim()
            != former.read_text("description").into_owned().trim()
        {
            found.say(API, &c::TAG_DESCRIPTION, [name, "", ""], Places::of(Some(*former), Some(*tag)));
        }
    }
    servers(API, before, after, found);
    schemes(before, after, found);
}

/// Compares the servers of two objects.
pub(super) fn servers(about: About<'_>, old: Node<'_>, new: Node<'_>, found: &mut Found) {
    let urls = |it| -> Vec<(String, Node<'_>)> {
        let all = read::items_at(it, "servers").into_iter();
        let mut urls: Vec<_> =
            all.filter_map(|it| Some((it.read_text("url").into_owned(), it.read("url")?))).collect();
        // In 2.0 the address is in parts.
        let parts: Vec<_> = ["host", "basePath"].iter().filter_map(|key| it.read(key)).collect();
        if let Some(first) = parts.first() {
            urls.push((parts.iter().filter_map(|it| it.text()).collect::<String>(), *first));
        }
        urls
    };
    let (before, after) = (urls(old), urls(new));
    let missing = |all: &[(String, Node<'_>)], it: &String| !all.iter().any(|(url, _)| url == it);
    let gone: Vec<_> = before.iter().filter(|(url, _)| missing(&after, url)).collect();
    let added: Vec<_> = after.iter().filter(|(url, _)| missing(&before, url)).collect();
    if let ([(was, old)], [(is, new)]) = (gone.as_slice(), added.as_slice()) {
        let places = Places::of(Some(*old), Some(*new));
        return found.say(about, &c::SERVER_CHANGED, ["", was, is], places);
    }
    for (url, node) in gone {
        found.say(about, &c::SERVER_REMOVED, ["", url, ""], Places::of(Some(*node), Some(new)));
    }
    for (url, node) in added {
        found.say(about, &c::SERVER_ADDED, ["", "", url], Places::of(Some(old), Some(*node)));
    }
}

/// Scheme → scopes.
type Alternative = BTreeMap<String, BTreeSet<String>>;

/// Compares who may call. An entry is the key `security` with its list; none: nothing is needed.
pub(super) fn security<'a>(
    about: About<'_>,
    old: Option<(Node<'a>, Node<'a>)>,
    new: Option<(Node<'a>, Node<'a>)>,
    keys: [Node<'a>; 2],
    found: &mut Found,
) {
    let alternatives = |it: Option<(Node<'a>, Node<'a>)>| -> Vec<Alternative> {
        let list = it.map(|(_, list)| list.items().collect::<Vec<_>>()).unwrap_or_default();
        list.into_iter().filter(|it| it.view.is_mapping()).map(alternative).collect()
    };
    let places = Places {
        old: Some(old.map_or(keys[0], |(key, _)| key).span()),
        new: Some(new.map_or(keys[1], |(key, _)| key).span()),
    };
    let (before, after) = (alternatives(old), alternatives(new));
    let is_open = |all: &[Alternative]| all.is_empty() || all.iter().any(BTreeMap::is_empty);
    let words = |all: &[Alternative]| all.iter().map(name).collect::<Vec<_>>().join(" or ");
    let mut say = |check: &'static Check, words: [&str; 3]| found.say(about, check, words, places);
    match (is_open(&before), is_open(&after)) {
        (true, true) => return,
        (true, false) => return say(&c::SECURITY_ADDED, ["", "", &words(&after)]),
        (false, true) => return say(&c::SECURITY_REMOVED, ["", "", ""]),
        (false, false) => {}
    }
    let schemes = |it: &Alternative| it.keys().cloned().collect::<Vec<_>>();
    for old in &before {
        let Some(new) = after.iter().find(|it| schemes(it) == schemes(old)) else {
            say(&c::SECURITY_ALTERNATIVE_REMOVED, ["", &name(old), ""]);
            continue;
        };
        for (scheme, scopes) in new {
            let was = old.get(scheme).cloned().unwrap_or_default();
            let quoted = |it: &String| format!("`{it}`");
            let more: Vec<_> = scopes.difference(&was).map(quoted).collect();
            let less: Vec<_> = was.difference(scopes).map(quoted).collect();
            let scheme = format!("`{scheme}`");
            if !more.is_empty() {
                say(&c::SCOPES_ADDED, [&scheme, "", &more.join(", ")]);
            }
            if !less.is_empty() {
                say(&c::SCOPES_REMOVED, [&scheme, &less.join(", "), ""]);
            }
        }
    }
    for new in after.iter().filter(|new| !before.iter().any(|it| schemes(it) == schemes(new))) {
        say(&c::SECURITY_ALTERNATIVE_ADDED, ["", "", &name(new)]);
    }
}

fn alternative(node: Node<'_>) -> Alternative {
    let members = read::members(node).into_iter();
    members
        .filter_map(|(key, scopes)| {
            let scopes = scopes.items().filter_map(|it| it.text()).map(|it| it.into_owned()).collect();
            Some((key.text()?.into_owned(), scopes))
        })
        .collect()
}

fn name(alternative: &Alternative) -> String {
    alternative.keys().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(" with ")
}

fn schemes(old: Node<'_>, new: Node<'_>, found: &mut Found) {
    let (before, after) = (by_name(declared(old)), by_name(declared(new)));
    for (name, (key, old)) in &before {
        match after.get(name) {
            None => {
                let places = Places::of(Some(*key), Some(new));
                found.say(API, &c::SCHEME_REMOVED, [name, "", ""], places);
            }
            Some((place, new)) => scheme(name, (*key, *old), (*place, *new), found),
        }
    }
    for (name, (key, _)) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
        found.say(API, &c::SCHEME_ADDED, [name, "", ""], Places::of(Some(old), Some(*key)));
    }
}

fn declared(root: Node<'_>) -> Vec<(Node<'_>, Node<'_>)> {
    match root.version() {
        Edition::V2 => read::members_at(root, "securityDefinitions"),
        _ => root.read("components").map(|it| read::members_at(it, "securitySchemes")).unwrap_or_default(),
    }
}

fn by_name<'a>(members: Vec<(Node<'a>, Node<'a>)>) -> BTreeMap<String, (Node<'a>, Node<'a>)> {
    members.into_iter().filter_map(|(key, value)| Some((key.text()?.into_owned(), (key, value)))).collect()
}

fn scheme<'a>(name: &str, old: (Node<'a>, Node<'a>), new: (Node<'a>, Node<'a>), found: &mut Found) {
    let form = |it: Node<'_>| {
        let words = ["type", "in", "name", "scheme"].iter().map(|key| it.read_text(key).into_owned());
        let words: Vec<String> = words.filter(|it| !it.is_empty()).collect();
        format!("`{}`", words.join(" ").to_lowercase())
    };
    let (before, after) = (form(old.1), form(new.1));
    if before != after {
        let places = Places::of(Some(old.0), Some(new.0));
        return found.say(API, &c::SCHEME_CHANGED, [name, &before, &after], places);
    }
    // In 2.0 a scheme is its only flow.
    let flows = |it: (Node<'a>, Node<'a>)| match it.1.read_text("flow").into_owned() {
        flow if flow.is_empty() => by_name(read::members_at(it.1, "flows")),
        flow => BTreeMap::from([(flow, it)]),
    };
    let (before, after) = (flows(old), flows(new));
    for (flow, (key, was)) in &before {
        let Some((_, is)) = after.get(flow) else {
            let places = Places::of(Some(*key), Some(new.0));
            found.say(API, &c::FLOW_REMOVED, [name, flow, ""], places);
            continue;
        };
        for url in ["authorizationUrl", "tokenUrl", "refreshUrl"] {
            let (a, b) = (was.read_text(url).into_owned(), is.read_text(url).into_owned());
            if a != b {
                let places = Places::of(was.read(url).or(Some(*was)), is.read(url).or(Some(*is)));
                found.say(API, &c::FLOW_URL, [name, &a, &b], places);
            }
        }
        let scopes = |it| by_name(read::members_at(it, "scopes"));
        let (had, has) = (scopes(*was), scopes(*is));
        for (scope, (key, _)) in had.iter().filter(|(it, _)| !has.contains_key(*it)) {
            let places = Places::of(Some(*key), Some(*is));
            found.say(API, &c::FLOW_SCOPE_REMOVED, [name, scope, ""], places);
        }
        for (scope, (key, _)) in has.iter().filter(|(it, _)| !had.contains_key(*it)) {
            let places = Places::of(Some(*was), Some(*key));
            found.say(API, &c::FLOW_SCOPE_ADDED, [name, "", scope], places);
        }
    }
    for (flow, (key, _)) in after.iter().filter(|(it, _)| !before.contains_key(*it)) {
        found.say(API, &c::FLOW_ADDED, [name, "", flow], Places::of(Some(old.0), Some(*key)));
    }
}
