//! Frameworks whose routes are not read: naming them keeps "no routes" from passing for "all of them documented".

use super::decoy::is_test;
use super::lower::Language;
use super::store::Store;
use crate::model::route::{Framework, Reach};

/// The name of each, the language of its files, and what stands in one that uses it.
const UNREAD: &[(&str, Language, &[&str])] = &[
    ("AdonisJS", Language::JavaScript, &["@adonisjs/core", "@ioc:Adonis/Core/Route"]),
    ("Armeria", Language::Java, &["import com.linecorp.armeria.server."]),
    ("Beego", Language::Go, &["github.com/beego/beego", "github.com/astaxie/beego"]),
    ("BlackSheep", Language::Python, &["from blacksheep"]),
    ("Buffalo", Language::Go, &["github.com/gobuffalo/buffalo\""]),
    ("CakePHP", Language::Php, &["Cake\\Routing\\"]),
    ("CherryPy", Language::Python, &["import cherrypy"]),
    ("CodeIgniter", Language::Php, &["CodeIgniter\\Router", "extends CI_Controller"]),
    ("Dropshot", Language::Rust, &["use dropshot::"]),
    ("FeathersJS", Language::JavaScript, &["@feathersjs/feathers", "@feathersjs/express", "@feathersjs/koa"]),
    ("go-restful", Language::Go, &["github.com/emicklei/go-restful"]),
    ("go-zero", Language::Go, &["github.com/zeromicro/go-zero/rest"]),
    ("GoFrame", Language::Go, &["github.com/gogf/gf"]),
    ("Gotham", Language::Rust, &["use gotham::"]),
    ("Hanami", Language::Ruby, &["Hanami::Routes", "Hanami::Router"]),
    ("http4k", Language::Kotlin, &["import org.http4k.routing."]),
    ("Javalin", Language::Java, &["import io.javalin."]),
    ("Javalin", Language::Kotlin, &["import io.javalin."]),
    ("Kratos", Language::Go, &["github.com/go-kratos/kratos/v2/transport/http"]),
    ("Ktor", Language::Kotlin, &["import io.ktor.server.routing.", "import io.ktor.routing."]),
    ("Laminas", Language::Php, &["Laminas\\Router\\", "Mezzio\\Application", "Laminas\\Mvc\\"]),
    ("Litestar", Language::Python, &["from litestar", "import litestar", "from starlite"]),
    ("LoopBack", Language::JavaScript, &["@loopback/rest"]),
    ("Ntex", Language::Rust, &["use ntex::web"]),
    ("Play", Language::Java, &["import play.mvc."]),
    ("Pyramid", Language::Python, &["from pyramid.config", "from pyramid.view"]),
    ("Revel", Language::Go, &["github.com/revel/revel"]),
    ("Robyn", Language::Python, &["from robyn"]),
    ("Roda", Language::Ruby, &["< Roda"]),
    ("Rouille", Language::Rust, &["use rouille::", "rouille::start_server"]),
    ("Slim", Language::Php, &["Slim\\App", "Slim\\Factory\\AppFactory"]),
    ("Spark", Language::Java, &["import static spark.Spark."]),
    ("Strapi", Language::JavaScript, &["@strapi/strapi"]),
    ("Tide", Language::Rust, &["use tide::", "tide::new()"]),
    ("Vert.x Web", Language::Java, &["import io.vertx.ext.web."]),
    ("Vert.x Web", Language::Kotlin, &["import io.vertx.ext.web."]),
    ("Yii", Language::Php, &["yii\\web\\", "yii\\rest\\"]),
];

/// Those that a project uses, each with the first file that shows it. A project's own table of that name reads it.
pub(super) fn used(store: &Store<'_>) -> Vec<Framework> {
    let own = |name: &str| store.tables.iter().any(|it| it.name == name);
    let mut found: Vec<Framework> = Vec::new();
    for (name, language, marks) in UNREAD.iter().filter(|it| !own(it.0)) {
        let languages = [*language];
        let mut files = store.written_in(&languages).map(|(_, it)| it).filter(|it| !is_test(&it.path));
        if let Some(file) = files.find(|it| marks.iter().any(|mark| it.text.contains(mark)))
            && found.iter().all(|it| it.name != *name)
        {
            found.push(Framework {
                name: (*name).to_owned(),
                routes: 0,
                evidence: file.path.to_string(),
                reach: Reach::Unread,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::routes::framework::ALL;
    use crate::source::{Source, Sources};

    fn names(files: &[(&str, &str)]) -> Vec<(String, String)> {
        let sources = Sources::new(files.iter().map(|(path, text)| Source::new(*path, *text)).collect());
        used(&Store::new(&sources, &ALL)).into_iter().map(|it| (it.name, it.evidence)).collect()
    }

    #[test]
    fn they_are_told_by_what_code_imports() {
        let files = [
            ("tests/test_app.py", "from litestar.testing import TestClient\n"),
            ("kilns/app.py", "from litestar import Litestar, get\n"),
            ("notes/app.md", "from blacksheep import Application\n"),
            ("src/Kilns.java", "import io.javalin.Javalin;\n"),
            ("src/More.kt", "import io.javalin.Javalin\n"),
        ];
        let expected = [("Javalin", "src/Kilns.java"), ("Litestar", "kilns/app.py")];
        let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(names(&files), expected);
    }

    #[test]
    fn none_is_read_by_a_table() {
        assert!(UNREAD.iter().all(|(name, ..)| ALL.iter().all(|it| it.name != *name)));
        assert!(UNREAD.is_sorted_by_key(|(name, ..)| name.to_lowercase()));
    }
}
