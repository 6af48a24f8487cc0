//! How a caller proves who it is: the page of a spec about it, and a sentence for each way.

use super::Reference;
use crate::model::spec::{Node, SecurityScheme};
use crate::render::Html;
use crate::render::html::escape::escape;
use crate::render::shell::About;
use crate::render::texts::Texts;
use crate::render::url::Place;
use crate::render::view::{AuthenticationPage, FlowView, SchemeView, Section};

/// The anchor of a security scheme on its page.
pub(super) fn scheme_anchor(name: &str) -> String {
    format!("scheme-{}", name.split_whitespace().collect::<Vec<_>>().join("-"))
}

impl<'p> Reference<'_, 'p> {
    pub(super) fn authentication(&self, path: &str) -> Html {
        let place = Place::at(path);
        let schemes: Vec<SchemeView> =
            self.spec.security_schemes.iter().map(|it| self.scheme(it, &place)).collect();
        let sections = schemes.iter().map(|it| Section {
            title: it.name.clone(),
            href: place.to_fragment(&place.path, &it.anchor),
            level: 2,
        });
        let title = format!("{} · {}", self.cx.says.get("authentication"), self.spec.title);
        let shell = self.cx.shell(About {
            sections: sections.collect(),
            crumbs: self.crumbs(&place, true),
            nav: self.nav(&place, None),
            ..About::made(place.clone(), &title)
        });
        self.cx.html("authentication.html", &AuthenticationPage { shell, schemes })
    }

    pub(super) fn scheme(&self, scheme: &SecurityScheme, place: &Place) -> SchemeView {
        let node = self.scheme_node(&scheme.name);
        let flows = node.and_then(|it| it.read("flows")).into_iter().flat_map(Node::members);
        // 2.0 has one flow, in the scheme itself.
        let single = node.filter(|it| it.read("flow").is_some());
        let flows = flows
            .filter_map(|(name, flow)| Some((name.text()?, flow)))
            .chain(single.map(|it| (it.read_text("flow"), it)))
            .filter(|(name, _)| !name.starts_with("x-"))
            .map(|(name, flow)| {
                let url = |key: &str| Some(flow.read_text(key).into_owned()).filter(|it| !it.is_empty());
                let scopes = flow.read("scopes").into_iter().flat_map(Node::members);
                let scopes = scopes.filter_map(|(name, about)| {
                    Some((name.text()?.into_owned(), self.line(&about.text().unwrap_or_default(), place)))
                });
                FlowView {
                    name: name.into_owned(),
                    authorization: url("authorizationUrl"),
                    token: url("tokenUrl"),
                    refresh: url("refreshUrl"),
                    scopes: scopes.collect(),
                }
            });
        SchemeView {
            anchor: scheme_anchor(&scheme.name),
            name: scheme.name.clone(),
            kind: scheme.kind.clone(),
            summary: node.map_or_else(String::new, |it| summary(&self.cx.says, it)),
            description: self.description(&scheme.description, place, 3),
            flows: flows.collect(),
        }
    }

    pub(super) fn scheme_node(&self, name: &str) -> Option<Node<'p>> {
        let root = self.spec.root(&self.cx.project.sources)?.node;
        let of_components = || root.read("components")?.read("securitySchemes")?.read(name);
        of_components().or_else(|| root.read("securityDefinitions")?.read(name))
    }
}

/// A way to authenticate in a sentence, as HTML.
fn summary(says: &Texts, scheme: Node<'_>) -> String {
    let code = |it: &str| format!("<code>{}</code>", escape(it));
    let plain = |key| escape(says.get(key));
    let named = |key| says.html(key, &[&code(&scheme.read_text("name"))]);
    let header = code("Authorization");
    match scheme.read_text("type").as_ref() {
        "basic" => plain("password"),
        "apiKey" => match scheme.read_text("in").as_ref() {
            "header" => named("key-in-header"),
            "query" => named("key-in-query"),
            "cookie" => named("key-in-cookie"),
            _ => plain("key"),
        },
        "http" => match scheme.read_text("scheme").to_ascii_lowercase().as_str() {
            "basic" => plain("password"),
            "bearer" => match scheme.read_text("bearerFormat").as_ref() {
                "" => says.html("bearer", &[&header]),
                format => says.html("bearer-format", &[&escape(format), &header]),
            },
            "" => says.html("header", &[&header]),
            other => says.html("in-header", &[&escape(other), &header]),
        },
        "oauth2" => match flows(says, scheme).as_slice() {
            [] => "OAuth 2.0".to_owned(),
            flows => format!("OAuth 2.0: {}", escape(&flows.join(", "))),
        },
        "openIdConnect" => says.html("openid", &[&escape(&scheme.read_text("openIdConnectUrl"))]),
        "mutualTLS" => plain("certificate"),
        other => escape(other),
    }
}

/// The names of OAuth flows in words; 2.0 has one by another name.
fn flows(says: &Texts, scheme: Node<'_>) -> Vec<String> {
    let mut names: Vec<String> = match scheme.read("flows") {
        Some(flows) => flows.members().filter_map(|(key, _)| Some(key.text()?.into_owned())).collect(),
        None => scheme.read("flow").and_then(Node::text).into_iter().map(Into::into).collect(),
    };
    names.retain(|it| !it.starts_with("x-"));
    let words = |name: String| match name.as_str() {
        "authorizationCode" | "accessCode" => says.get("authorization-code").to_owned(),
        "clientCredentials" | "application" => says.get("client-credentials").to_owned(),
        "deviceAuthorization" => says.get("device-authorization").to_owned(),
        _ => name,
    };
    names.into_iter().map(words).collect()
}
