//! The tables that are known, with what a project adds to them.

use std::sync::LazyLock;

use super::Framework;

/// The tables of the frameworks that are known.
const TABLES: &[&str] = &[
    include_str!("../frameworks/actix.toml"),
    include_str!("../frameworks/aiohttp.toml"),
    include_str!("../frameworks/api-platform.toml"),
    include_str!("../frameworks/aspnet.toml"),
    include_str!("../frameworks/aspnet-endpoints.toml"),
    include_str!("../frameworks/astro.toml"),
    include_str!("../frameworks/axum.toml"),
    include_str!("../frameworks/bottle.toml"),
    include_str!("../frameworks/chi.toml"),
    include_str!("../frameworks/django.toml"),
    include_str!("../frameworks/django-ninja.toml"),
    include_str!("../frameworks/echo.toml"),
    include_str!("../frameworks/elysia.toml"),
    include_str!("../frameworks/express.toml"),
    include_str!("../frameworks/falcon.toml"),
    include_str!("../frameworks/fastapi.toml"),
    include_str!("../frameworks/fastendpoints.toml"),
    include_str!("../frameworks/fastify.toml"),
    include_str!("../frameworks/fiber.toml"),
    include_str!("../frameworks/flask.toml"),
    include_str!("../frameworks/flask-appbuilder.toml"),
    include_str!("../frameworks/gin.toml"),
    include_str!("../frameworks/gorilla-mux.toml"),
    include_str!("../frameworks/grape.toml"),
    include_str!("../frameworks/hapi.toml"),
    include_str!("../frameworks/hertz.toml"),
    include_str!("../frameworks/hono.toml"),
    include_str!("../frameworks/httprouter.toml"),
    include_str!("../frameworks/huma.toml"),
    include_str!("../frameworks/iris.toml"),
    include_str!("../frameworks/jax-rs.toml"),
    include_str!("../frameworks/koa.toml"),
    include_str!("../frameworks/laravel.toml"),
    include_str!("../frameworks/laravel-attributes.toml"),
    include_str!("../frameworks/medusa.toml"),
    include_str!("../frameworks/micronaut.toml"),
    include_str!("../frameworks/nestjs.toml"),
    include_str!("../frameworks/net-http.toml"),
    include_str!("../frameworks/netlify.toml"),
    include_str!("../frameworks/nextjs.toml"),
    include_str!("../frameworks/nitro.toml"),
    include_str!("../frameworks/nuxt.toml"),
    include_str!("../frameworks/poem.toml"),
    include_str!("../frameworks/polka.toml"),
    include_str!("../frameworks/quart.toml"),
    include_str!("../frameworks/rails.toml"),
    include_str!("../frameworks/remix.toml"),
    include_str!("../frameworks/restify.toml"),
    include_str!("../frameworks/rocket.toml"),
    include_str!("../frameworks/salvo.toml"),
    include_str!("../frameworks/sanic.toml"),
    include_str!("../frameworks/sinatra.toml"),
    include_str!("../frameworks/spring.toml"),
    include_str!("../frameworks/starlette.toml"),
    include_str!("../frameworks/sveltekit.toml"),
    include_str!("../frameworks/symfony.toml"),
    include_str!("../frameworks/tornado.toml"),
    include_str!("../frameworks/vercel.toml"),
    include_str!("../frameworks/warp.toml"),
];

/// Every framework that is known.
pub(in crate::parse::routes) static ALL: LazyLock<Vec<Framework>> = LazyLock::new(|| {
    TABLES.iter().map(|it| toml::from_str(it).expect("a test reads every embedded table")).collect()
});

/// The known frameworks with what a project adds; none where it adds nothing. A table with the name of a known one
/// adds to that.
pub(in crate::parse::routes) fn with_own(own: &[toml::Table]) -> Option<Vec<Framework>> {
    (!own.is_empty()).then(|| merged(own).into_iter().filter_map(Result::ok).collect())
}

/// Says what is wrong with the tables of a project.
///
/// # Errors
/// A key is missing or not known, or a value is of another kind.
pub fn check_tables(own: &[toml::Table]) -> Result<(), String> {
    match merged(own).into_iter().find_map(Result::err) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

fn merged(own: &[toml::Table]) -> Vec<Result<Framework, String>> {
    let mut tables: Vec<toml::Table> =
        TABLES.iter().map(|it| toml::from_str(it).expect("a test reads every embedded table")).collect();
    for table in own {
        let named = |it: &&mut toml::Table| it.get("name") == table.get("name");
        match tables.iter_mut().find(named) {
            Some(known) => merge(known, table),
            None => tables.push(table.clone()),
        }
    }
    let named = |it: &toml::Table| it.get("name").and_then(toml::Value::as_str).unwrap_or("?").to_owned();
    let tables = tables.into_iter().map(|it| (named(&it), it));
    tables
        .map(|(name, it)| {
            it.try_into().map_err(|error: toml::de::Error| format!("`{name}`: {}", error.message()))
        })
        .collect()
}

/// Lists grow, tables are merged, anything else is replaced.
fn merge(known: &mut toml::Table, own: &toml::Table) {
    for (key, value) in own {
        match (known.get_mut(key), value) {
            (Some(toml::Value::Array(known)), toml::Value::Array(more)) => known.extend(more.iter().cloned()),
            (Some(toml::Value::Table(known)), toml::Value::Table(more)) => merge(known, more),
            _ => drop(known.insert(key.clone(), value.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_tables_are_valid() {
        let names: Vec<&str> = ALL.iter().map(|it| it.name.as_str()).collect();
        assert!(names.is_sorted_by_key(|it| it.to_lowercase()), "{names:?}");
        for framework in ALL.iter() {
            let family = [
                !framework.files.is_empty(),
                !framework.construct.is_empty(),
                framework.annotation.is_some(),
                framework.urls.is_some(),
                framework.chains.is_some(),
                framework.scopes.is_some(),
                framework.apis.is_some(),
                framework.filters.is_some(),
                framework.exposed.is_some(),
            ];
            assert!(family.contains(&true), "{}", framework.name);
        }
    }

    /// The page for those who add a framework names every key.
    #[test]
    fn every_key_is_documented() {
        let page = include_str!("../../../../docs-src/contributing/adding-a-framework.md");
        let tables = [
            "",
            "[detect]",
            "[[construct]]",
            "[[route]]",
            "[[mount]]",
            "[[group]]",
            "[builder]",
            "[[function]]",
            "[typed]",
            "[[modules]]",
            "[method-routes]",
            "[[files]]",
            "[base]",
            "[register]",
            "[annotation]",
            "[annotation.class.X]",
            "[annotation.servlets]",
            "[annotation.functional]",
            "[annotation.configured]",
            "[annotation.modules]",
            "[urls]",
            "[chains]",
            "[[chains.action]]",
            "[[chains.bundle]]",
            "[[chains.bundle.part]]",
            "[scopes]",
            "[[scopes.library]]",
            "[[scopes.library.part]]",
            "[apis]",
            "[exposed]",
            "[filters]",
            "[query]",
            "[[query.read]]",
            "[query.marks.X]",
        ];
        for table in tables {
            let text = format!("name = \"Kiln\"\nlanguage = \"rust\"\n{table}\nno-such-key = 1\n");
            let error =
                toml::from_str::<Framework>(&text).expect_err("there is no such key").message().to_owned();
            let (_, expected) = error.split_once("expected").unwrap_or_else(|| panic!("{table}: {error}"));
            let keys = expected.split('`').skip(1).step_by(2);
            let missing: Vec<&str> = keys
                .filter(|it| ![format!("`{it}`"), format!("`[{it}]`")].iter().any(|it| page.contains(it)))
                .collect();
            assert!(missing.is_empty(), "{table}: {missing:?}");
        }
    }
}
