//! Which pages a spec gets: its first page, one for each tag, one for each operation where a tag has many, one for
//! each schema with a name. Decided before anything is written, so that every page can link to them.

use std::collections::HashMap;

use super::schema::innermost;
use super::server::picker;
use crate::api::bundle::{self, Language};
use crate::model::spec::message::Media;
use crate::model::spec::schema::{Schema, name};
use crate::model::spec::{Kind, Operation, Spec, resource};
use crate::model::tree::TreeId;
use crate::render::Settings;
use crate::render::operations::{Names, slug};
use crate::render::texts::Texts;
use crate::render::url::Urls;
use crate::render::view::ServerPicker;
use crate::source::Sources;

/// Operations of a tag with more than so many have pages of their own.
const OPERATIONS_A_PAGE: usize = 30;
/// And those that take and answer more than so many properties together.
const PROPERTIES_A_PAGE: usize = 600;

/// A spec with more operations is summed up: its first page counts the operations of a tag in place of listing them,
/// and there is no Postman collection to take along, which would be larger than Postman opens.
pub(super) const LARGE: usize = 2_000;

/// Where operations without a tag stand: the name of the file.
const UNTAGGED: &str = "Untagged";

/// The pages of a spec.
pub(in crate::render) struct SpecPlan {
    /// Its first page.
    pub index: String,
    /// The spec as one file, where it can be one.
    pub download: Option<String>,
    /// That file, where the spec is several.
    pub bundle: Option<String>,
    /// The same as a Postman collection, where it is not too large for one.
    pub collection: Option<String>,
    /// The servers among which readers choose.
    pub picker: Option<ServerPicker>,
    /// The tags, in the order of the document or of `x-tagGroups`.
    pub tags: Vec<TagPlan>,
    /// How a caller proves who it is, where the spec says so.
    pub authentication: Option<String>,
    /// The calls that the API makes itself.
    pub webhooks: Option<String>,
    /// What changed from revision to revision, where the configuration asks for it.
    pub changelog: Option<String>,
    /// Where readers call the API, where the configuration asks for it.
    pub try_it: Option<TryItPlan>,
    /// The list of schemas, where there are some.
    pub schema_index: Option<String>,
    /// The schemas with a name, in the order of their names.
    pub schemas: Vec<SchemaPlan>,
    /// The anchor of each operation.
    pub anchors: Vec<String>,
    /// The page of each operation; none for internal ones.
    homes: Vec<Option<String>>,
    by_schema: HashMap<(u32, TreeId), usize>,
}

/// The page on which readers call the API.
pub(in crate::render) struct TryItPlan {
    pub page: String,
    /// The spec as a script.
    pub script: String,
    /// The spec.
    pub json: String,
}

/// The page of a tag.
pub(in crate::render) struct TagPlan {
    /// The tag; a text of the site for operations without one.
    pub title: String,
    /// The index of the declared tag.
    pub tag: Option<usize>,
    /// The group that `x-tagGroups` puts it in.
    pub group: Option<String>,
    pub path: String,
    /// The operations, by index.
    pub operations: Vec<usize>,
    /// Operations that have this tag too and stand with another.
    pub elsewhere: Vec<usize>,
    /// Whether the operations have pages of their own.
    pub is_list: bool,
}

/// The page of a schema.
pub(in crate::render) struct SchemaPlan {
    pub name: String,
    pub path: String,
    pub identity: (u32, TreeId),
}

impl SpecPlan {
    /// Plans the pages and gives them their paths.
    pub(in crate::render) fn of(
        spec: &Spec,
        sources: &Sources,
        settings: &Settings,
        says: &Texts,
        folders: &mut Names,
        urls: &mut Urls,
    ) -> SpecPlan {
        let folder = format!("api/{}", folders.free(slug(&spec.title)));
        let index = urls.claim(&format!("{folder}/index.html"));
        let root = sources.path(spec.source);
        let extension = root.rsplit_once('.').map_or("yaml", |(_, it)| it).to_ascii_lowercase();
        let is_one = spec.files.len() == 1;
        let language = if extension == "json" { Language::Json } else { Language::Yaml };
        let bundled =
            (!is_one).then(|| bundle::bundle(spec, sources, language).ok()).flatten().map(|it| it.text);
        let download =
            (is_one || bundled.is_some()).then(|| urls.claim(&format!("{folder}/openapi.{extension}")));
        let collection =
            (spec.operations.len() <= LARGE).then(|| urls.claim(&format!("{folder}/postman.json")));
        let picker = picker(spec, sources, &index);
        let mut names = Names::default();
        let anchors: Vec<String> = spec.operations.iter().map(|it| names.free(anchor(it))).collect();
        let is_internal = |it: &Operation| spec.call(sources, it).is_internal();
        let shown: Vec<bool> = spec.operations.iter().map(|it| !is_internal(it)).collect();
        let mut tags = tags(spec, sources, &shown);
        let mut homes = vec![None; spec.operations.len()];
        for tag in &mut tags {
            tag.path = urls.claim(&format!("{folder}/{}.html", slug(&tag.title)));
            for &operation in &tag.operations {
                homes[operation] = Some(match tag.is_list {
                    true => {
                        urls.claim(&format!("{folder}/operations/{}.html", file_name(&anchors[operation])))
                    }
                    false => tag.path.clone(),
                });
            }
        }
        // What is written in the spec stays, even if it is this very name.
        for tag in tags.iter_mut().filter(|it| it.title == UNTAGGED && it.tag.is_none()) {
            tag.title = says.get("untagged").to_owned();
        }
        let authentication =
            (!spec.security_schemes.is_empty()).then(|| urls.claim(&format!("{folder}/authentication.html")));
        let webhooks = (!spec.webhooks.is_empty()).then(|| urls.claim(&format!("{folder}/webhooks.html")));
        let has_changelog = settings.changelogs.get(root).is_some_and(|it| !it.is_empty());
        let changelog = has_changelog.then(|| urls.claim(&format!("{folder}/changelog.html")));
        let json = settings.try_it.then(|| bundle::bundle(spec, sources, Language::Json).ok()).flatten();
        let json = json.map(|it| it.text);
        let try_it = json.map(|json| TryItPlan {
            page: urls.claim(&format!("{folder}/try.html")),
            script: urls.claim(&format!("{folder}/try-spec.js")),
            json,
        });
        let mut schemas: Vec<SchemaPlan> = spec
            .objects(sources, Kind::Schema)
            .filter_map(|it| {
                let (name, identity) = (name(it.node)?, it.node.identity());
                Some(SchemaPlan { name, path: String::new(), identity })
            })
            .collect();
        schemas.sort_by_cached_key(|it| (it.name.to_lowercase(), it.name.clone()));
        for it in &mut schemas {
            it.path = urls.claim(&format!("{folder}/schemas/{}.html", file_name(&it.name)));
        }
        let schema_index = (!schemas.is_empty()).then(|| urls.claim(&format!("{folder}/schemas/index.html")));
        let by_schema = schemas.iter().enumerate().map(|(at, it)| (it.identity, at)).collect();
        SpecPlan {
            index,
            download,
            bundle: bundled,
            picker,
            collection,
            tags,
            authentication,
            webhooks,
            changelog,
            try_it,
            schema_index,
            schemas,
            anchors,
            homes,
            by_schema,
        }
    }

    /// The page and anchor of an operation; none for internal ones.
    pub(in crate::render) fn operation(&self, at: usize) -> Option<(&str, &str)> {
        Some((self.homes.get(at)?.as_deref()?, self.anchors.get(at)?))
    }

    /// The page of a schema.
    pub(in crate::render) fn schema(&self, identity: (u32, TreeId)) -> Option<&str> {
        self.by_schema.get(&identity).map(|&at| self.schemas[at].path.as_str())
    }

    /// The paths of all its pages.
    pub(in crate::render) fn paths(&self) -> impl Iterator<Item = &str> {
        // The page for calls stands for itself: its assets and policy are not those of the site.
        let single =
            [&self.authentication, &self.webhooks, &self.changelog, &self.schema_index].into_iter().flatten();
        let all = std::iter::once(&self.index).chain(self.tags.iter().map(|it| &it.path)).chain(single);
        let all = all.chain(self.homes.iter().flatten()).chain(self.schemas.iter().map(|it| &it.path));
        all.map(String::as_str)
    }
}

/// `operationId`, else method and path: what links from outside rely on.
fn anchor(operation: &Operation) -> String {
    match operation.id.trim() {
        "" => slug(&format!("{} {}", operation.method, operation.path)),
        id => id.split_whitespace().collect::<Vec<_>>().join("-"),
    }
}

/// A name as a file name: capitals stay, what a file system or a URL may refuse becomes `-`.
fn file_name(name: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' };
    let name: String = name.chars().map(safe).collect();
    let name = name.trim_start_matches('.');
    if name.is_empty() || name.eq_ignore_ascii_case("index") {
        format!("schema-{name}")
    } else {
        name.to_owned()
    }
}

/// The tags with their operations; a tag without any is left out.
fn tags(spec: &Spec, sources: &Sources, shown: &[bool]) -> Vec<TagPlan> {
    let mut tags: Vec<TagPlan> = Vec::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    let mut add = |tags: &mut Vec<TagPlan>, title: &str, tag: Option<usize>| {
        *by_name.entry(title.to_owned()).or_insert_with(|| {
            let (path, operations, elsewhere) = (String::new(), Vec::new(), Vec::new());
            let title = title.to_owned();
            tags.push(TagPlan { title, tag, group: None, path, operations, elsewhere, is_list: false });
            tags.len() - 1
        })
    };
    for (at, tag) in spec.tags.iter().enumerate() {
        add(&mut tags, &tag.name, Some(at));
    }
    let mut untagged = Vec::new();
    for (at, operation) in spec.operations.iter().enumerate().filter(|(at, _)| shown[*at]) {
        let mut names = operation.tags.iter();
        match names.next() {
            Some(first) => {
                let home = add(&mut tags, first, None);
                tags[home].operations.push(at);
                for other in names.filter(|it| *it != first) {
                    let other = add(&mut tags, other, None);
                    tags[other].elsewhere.push(at);
                }
            }
            None => untagged.push(at),
        }
    }
    // Many without a tag are told apart by their resource.
    let is_many = untagged.len() > OPERATIONS_A_PAGE;
    for operation in untagged {
        let resource = resource(&spec.operations[operation].path).filter(|_| is_many);
        // A declared tag may have this very name.
        let at = add(&mut tags, resource.unwrap_or(UNTAGGED), None);
        tags[at].operations.push(operation);
    }
    let groups = groups(spec, sources);
    let group = |tag: &TagPlan| groups.iter().position(|(_, names)| names.contains(&tag.title));
    for tag in &mut tags {
        tag.group = group(tag).map(|it| groups[it].0.clone());
    }
    // Tags stand in the order of their groups; those of no group come last, and what has no tag behind them.
    tags.sort_by_key(|it| (group(it).unwrap_or(usize::MAX), it.title == UNTAGGED));
    tags.retain(|it| !it.operations.is_empty() || !it.elsewhere.is_empty());
    for tag in &mut tags {
        let properties = || {
            tag.operations.iter().map(|&it| properties(spec, sources, &spec.operations[it])).sum::<usize>()
        };
        tag.is_list = tag.operations.len() > OPERATIONS_A_PAGE
            || (tag.operations.len() > 1 && properties() > PROPERTIES_A_PAGE);
    }
    tags
}

/// How many parameters and properties an operation shows without being asked.
fn properties(spec: &Spec, sources: &Sources, operation: &Operation) -> usize {
    let call = spec.call(sources, operation);
    let of = |media: &[Media<'_>]| -> usize {
        let schemas = media.iter().filter_map(|it| it.schema);
        schemas.map(|it| innermost(&Schema::of(it)).properties().len()).sum()
    };
    let answers: usize = call.responses().iter().map(|it| of(&it.content)).sum();
    call.parameters().len() + call.body().map_or(0, |it| of(&it.content)) + answers
}

/// `x-tagGroups`: the name of each group with its tags.
fn groups(spec: &Spec, sources: &Sources) -> Vec<(String, Vec<String>)> {
    let Some(list) = spec.root(sources).and_then(|it| it.node.get("x-tagGroups")) else { return Vec::new() };
    list.items()
        .filter_map(|it| {
            let tags = it.get("tags")?.items().filter_map(|tag| tag.text().map(Into::into)).collect();
            Some((it.string_at("name")?.into_owned(), tags))
        })
        .collect()
}
