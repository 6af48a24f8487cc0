//! Security schemes as Postman's `auth`, with variables in the place of secrets.

use serde_json::{Value, json};

use crate::model::spec::read;
use crate::model::spec::{Node, Version};

/// The security schemes of a spec.
pub(super) struct Schemes<'a> {
    all: Vec<Scheme<'a>>,
    /// Names of variables, and whether they hold a secret.
    variables: Vec<(String, bool)>,
}

struct Scheme<'a> {
    name: String,
    node: Node<'a>,
    /// Goes behind the names of its variables, where several schemes are of one kind.
    suffix: String,
}

/// How a request says who sends it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Auth {
    /// Postman's `auth`.
    pub(super) auth: Value,
    /// Headers that it cannot express.
    pub(super) headers: Vec<(String, String)>,
    /// Query parameters that it cannot express.
    pub(super) query: Vec<(String, String)>,
}

impl<'a> Schemes<'a> {
    /// The schemes that a document declares.
    pub(super) fn new(root: Option<Node<'a>>) -> Schemes<'a> {
        let declared = root.map(|it| match it.version() {
            Version::V2 => read::members_at(it, "securityDefinitions"),
            _ => it.read("components").map(|it| read::members_at(it, "securitySchemes")).unwrap_or_default(),
        });
        let mut all: Vec<Scheme<'_>> = declared
            .unwrap_or_default()
            .into_iter()
            .filter_map(|(key, node)| {
                Some(Scheme { name: key.text()?.into_owned(), node, suffix: String::new() })
            })
            .collect();
        let names: Vec<Vec<&str>> = all.iter().map(|it| needs(it.node)).collect();
        for (at, scheme) in all.iter_mut().enumerate() {
            let is_shared = |other: &Vec<&str>| !other.is_empty() && other.first() == names[at].first();
            if names.iter().filter(|it| is_shared(it)).count() > 1 {
                let plain = |it: char| if it.is_alphanumeric() { it } else { '_' };
                scheme.suffix = format!("_{}", scheme.name.chars().map(plain).collect::<String>());
            }
        }
        let mut variables = Vec::new();
        for (scheme, names) in all.iter().zip(&names) {
            let is_secret = |name: &str| !name.ends_with("Username") && !name.ends_with("ClientId");
            variables.extend(names.iter().map(|it| (format!("{it}{}", scheme.suffix), is_secret(it))));
        }
        Schemes { all, variables }
    }

    /// The variables that hold what the schemes need, and whether each is a secret.
    pub(super) fn variables(&self) -> &[(String, bool)] {
        &self.variables
    }

    /// How calls of an operation, or of all operations, say who sends them; none where the owner says nothing.
    pub(super) fn auth(&self, owner: Node<'_>) -> Option<Auth> {
        let alternatives = owner.read("security")?;
        let mut auth = Auth { auth: json!({ "type": "noauth" }), headers: Vec::new(), query: Vec::new() };
        let Some(chosen) = alternatives.items().find(|it| it.view.is_mapping() && !it.view.is_empty()) else {
            return Some(auth);
        };
        let mut is_set = false;
        for (key, scopes) in read::members(chosen) {
            let Some(scheme) = key.text().and_then(|name| self.all.iter().find(|it| it.name == name)) else {
                continue;
            };
            let scopes: Vec<String> = scopes.items().filter_map(|it| it.text()).map(Into::into).collect();
            is_set |= scheme.apply(&scopes, is_set, &mut auth);
        }
        Some(auth)
    }
}

/// The flows with Postman's names for them, the preferred first.
const FLOWS: [(&str, &str); 4] = [
    ("authorizationCode", "authorization_code"),
    ("clientCredentials", "client_credentials"),
    ("password", "password_credentials"),
    ("implicit", "implicit"),
];

/// Whether a scheme has flows and Postman knows none of them, such as that of devices.
fn has_unknown_flow(scheme: Node<'_>) -> bool {
    let known = |flows: Node<'_>| FLOWS.iter().any(|(key, _)| flows.read(key).is_some());
    scheme.read("flows").is_some_and(|it| !known(it))
}

/// The variables that a scheme needs, the first tells its kind.
fn needs(scheme: Node<'_>) -> Vec<&'static str> {
    let (kind, name) =
        (scheme.read_text("type").into_owned(), scheme.read_text("scheme").into_owned().to_ascii_lowercase());
    match (kind.as_str(), name.as_str()) {
        ("apiKey", _) => vec!["apiKey"],
        ("basic", _) | ("http", "basic") => vec!["basicUsername", "basicPassword"],
        ("http", "digest") => vec!["digestUsername", "digestPassword"],
        ("http", "bearer") | ("openIdConnect", _) => vec!["bearerToken"],
        ("http", _) => vec!["authorization"],
        ("oauth2", _) if has_unknown_flow(scheme) => vec!["oauth2Token"],
        ("oauth2", _) => vec!["oauth2ClientId", "oauth2ClientSecret"],
        _ => Vec::new(),
    }
}

impl Scheme<'_> {
    fn variable(&self, name: &str) -> String {
        format!("{{{{{name}{}}}}}", self.suffix)
    }

    /// Adds the scheme to a request; says whether it took the one place that Postman has for it.
    fn apply(&self, scopes: &[String], is_set: bool, to: &mut Auth) -> bool {
        let kind = self.node.read_text("type").into_owned();
        let scheme = self.node.read_text("scheme").into_owned().to_ascii_lowercase();
        let auth = match (kind.as_str(), scheme.as_str()) {
            ("apiKey", _) => return self.key(is_set, to),
            ("basic", _) | ("http", "basic") => self.login("basic"),
            ("http", "digest") => self.login("digest"),
            ("http", "bearer") | ("openIdConnect", _) => {
                auth("bearer", &[("token", self.variable("bearerToken").into())])
            }
            ("http", _) => {
                let written = self.node.read_text("scheme").into_owned();
                let value = format!("{written} {}", self.variable("authorization"));
                to.headers.push(("Authorization".to_owned(), value));
                return false;
            }
            ("oauth2", _) => self.oauth2(scopes),
            // A certificate of the client is a setting of the application, not of the collection.
            _ => return false,
        };
        if !is_set {
            to.auth = auth;
        }
        !is_set
    }

    fn login(&self, kind: &str) -> Value {
        let variable = |what| Value::from(self.variable(&format!("{kind}{what}")));
        auth(kind, &[("username", variable("Username")), ("password", variable("Password"))])
    }

    fn key(&self, is_set: bool, to: &mut Auth) -> bool {
        let (name, value) = (self.node.read_text("name").into_owned(), self.variable("apiKey"));
        match self.node.read_text("in").into_owned().as_str() {
            "cookie" => to.headers.push(("Cookie".to_owned(), format!("{name}={value}"))),
            "query" if is_set => to.query.push((name, value)),
            _ if is_set => to.headers.push((name, value)),
            place => {
                let fields = [("key", name.into()), ("value", value.into()), ("in", place.into())];
                to.auth = auth("apikey", &fields);
                return true;
            }
        }
        false
    }

    fn oauth2(&self, scopes: &[String]) -> Value {
        let flows = self.node.read("flows");
        let found = FLOWS.iter().find_map(|(key, grant)| Some((*grant, (flows?).read(key)?)));
        if has_unknown_flow(self.node) {
            // The token comes from elsewhere.
            return auth("bearer", &[("token", self.variable("oauth2Token").into())]);
        }
        let of_2 = match self.node.read_text("flow").into_owned().as_str() {
            "accessCode" => "authorization_code",
            "application" => "client_credentials",
            "password" => "password_credentials",
            _ => "implicit",
        };
        let (grant, flow) = found.unwrap_or((of_2, self.node));
        let mut fields: Vec<(&str, Value)> = vec![("grant_type", grant.into())];
        for (field, key) in [
            ("authUrl", "authorizationUrl"),
            ("accessTokenUrl", "tokenUrl"),
            ("refreshTokenUrl", "refreshUrl"),
        ] {
            let url = flow.read_text(key).into_owned();
            if !url.is_empty() {
                fields.push((field, url.into()));
            }
        }
        fields.push(("clientId", self.variable("oauth2ClientId").into()));
        fields.push(("clientSecret", self.variable("oauth2ClientSecret").into()));
        if !scopes.is_empty() {
            fields.push(("scope", scopes.join(" ").into()));
        }
        fields.push(("addTokenTo", "header".into()));
        auth("oauth2", &fields)
    }
}

/// Postman's `auth` of a type with its fields.
fn auth(kind: &str, fields: &[(&str, Value)]) -> Value {
    let fields: Vec<Value> =
        fields.iter().map(|(key, value)| json!({ "key": key, "value": value, "type": "string" })).collect();
    json!({ "type": kind, kind: fields })
}
