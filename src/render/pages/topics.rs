//! The pages by whom they are for and what they are about.

use super::book::description;
use crate::render::Html;
use crate::render::shell::{About, Context};
use crate::render::topics::{File, KINDS, Topic, Topics};
use crate::render::url::Place;
use crate::render::view::{Crumb, Listed, TopicLink, TopicPage, TopicsPage};

/// A page of the lists of a kind.
pub(in crate::render) fn html(cx: &Context<'_>, path: &str, topics: &Topics, file: File) -> Html {
    let place = Place::at(path);
    let title = cx.says.get(KINDS[topics.kind].2);
    match file {
        File::Index => index(cx, place, topics, title),
        File::Topic { topic, part } => match topics.all.get(topic) {
            Some(topic) => list(cx, place, topics, topic, part, title),
            None => Ok(Vec::new()),
        },
    }
}

fn index(cx: &Context<'_>, place: Place, topics: &Topics, title: &str) -> Html {
    let all = topics.all.iter().map(|it| TopicLink {
        name: it.name.clone(),
        href: place.to(it.path()),
        count: cx.says.counted(it.pages.len(), "page-count", "pages-count"),
    });
    let all = all.collect();
    let shell = cx.shell(About { is_said: false, ..About::made(place, title) });
    cx.html("topics.html", &TopicsPage { shell, topics: all })
}

fn list(cx: &Context<'_>, place: Place, topics: &Topics, topic: &Topic, part: usize, title: &str) -> Html {
    let pages = topic.part(part).iter().filter_map(|&at| {
        let page = cx.project.pages.get(at)?;
        let (shown, text) = cx.project.shown(page);
        Some(Listed {
            title: shown.title.clone(),
            href: place.to(cx.links.urls.page(page.source)?),
            about: description(shown, text),
        })
    });
    let view = TopicPage {
        pages: pages.collect(),
        count: cx.says.counted(topic.pages.len(), "page-count", "pages-count"),
        parts: topic.paths.iter().map(|it| place.to(it)).collect(),
        part: part + 1,
        name: topic.name.clone(),
        shell: cx.shell(About {
            is_said: false,
            crumbs: vec![Crumb { title: title.to_owned(), href: Some(place.to(&topics.index)) }],
            ..About::made(place.clone(), &format!("{} · {title}", topic.name))
        }),
    };
    cx.html("topic.html", &view)
}
