//! One small application for each framework whose words no other test reads, and proof that none is left out.

use std::collections::BTreeSet;

use super::{lines_of, routes_of};
use crate::parse::routes::framework::ALL;

/// The frameworks that the tests beside this one read.
const BESIDE: &[&str] = &[
    "ASP.NET Core",
    "ASP.NET Core endpoints",
    "Django",
    "Express",
    "FastAPI",
    "Fastify",
    "Flask",
    "Gin",
    "Hono",
    "JAX-RS",
    "Koa",
    "Laravel",
    "NestJS",
    "Next.js",
    "Nuxt",
    "Rails",
    "Rocket",
    "Sinatra",
    "Spring",
    "SvelteKit",
    "Symfony",
    "axum",
    "net/http",
];

/// An application: what it must say, and its files.
struct Case {
    framework: &'static str,
    expected: &'static [&'static str],
    files: &'static [(&'static str, &'static str)],
}

const CASES: &[Case] = &[
    Case {
        framework: "Actix Web",
        expected: &["GET /kilns page!:integer q:string"],
        files: &[
            ("Cargo.toml", "[dependencies]\nactix-web = \"4\"\n"),
            (
                "src/main.rs",
                r#"
use actix_web::{get, web, App, HttpServer, Responder};
#[derive(serde::Deserialize)]
struct Filter { page: u32, q: Option<String> }
#[get("/kilns")]
async fn list(filter: web::Query<Filter>, body: web::Json<Other>) -> impl Responder { "" }
#[actix_web::main]
async fn main() -> std::io::Result<()> { HttpServer::new(|| App::new().service(list)).bind("[::1]:1")?.run().await }
"#,
            ),
        ],
    },
    Case {
        framework: "aiohttp",
        expected: &["GET /kilns page!:integer q:string tag:string[]"],
        files: &[(
            "app.py",
            r#"
from aiohttp import web
async def kilns(request):
    page = int(request.query["page"])
    return request.query.get("q"), request.rel_url.query.getall("tag"), request.match_info["x"], request.headers.get("t")
app = web.Application()
app.add_routes([web.get("/kilns", kilns)])
web.run_app(app)
"#,
        )],
    },
    Case {
        framework: "Astro",
        expected: &["GET /kilns q:string tag:string[]"],
        files: &[
            ("package.json", r#"{"dependencies": {"astro": "5"}}"#),
            ("astro.config.mjs", "export default { output: 'server' };\n"),
            (
                "src/pages/kilns.ts",
                "export const GET = ({ url, params }) => new Response(url.searchParams.get('q') + url.searchParams.getAll('tag') + params.x);\n",
            ),
        ],
    },
    Case {
        framework: "Bottle",
        expected: &["GET /kilns page:integer q:string tag:string[]"],
        files: &[(
            "app.py",
            r#"
from bottle import Bottle, request, run
app = Bottle()
@app.get("/kilns")
def kilns():
    page = int(request.query.page or 1)
    return request.query.get("q"), request.query.getall("tag"), request.forms.get("clay")
run(app)
"#,
        )],
    },
    Case {
        framework: "chi",
        expected: &["GET /kilns page:integer q:string"],
        files: &[
            ("go.mod", "module pottery\nrequire github.com/go-chi/chi/v5 v5.0.0\n"),
            (
                "main.go",
                r#"
package main
import ("net/http"; "strconv"; "github.com/go-chi/chi/v5")
func list(w http.ResponseWriter, r *http.Request) {
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	r.FormValue("q"); r.Header.Get("trace"); chi.URLParam(r, "x")
}
func main() {
	r := chi.NewRouter()
	r.Get("/kilns", list)
	http.ListenAndServe(":1", r)
}
"#,
            ),
        ],
    },
    Case {
        framework: "Django Ninja",
        expected: &["GET /api/kilns q!:string page:integer tag:string[]"],
        files: &[
            ("manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'pottery.settings')\n"),
            ("pottery/settings.py", "ROOT_URLCONF = 'pottery.urls'\n"),
            ("pottery/__init__.py", ""),
            (
                "pottery/urls.py",
                r#"
from django.urls import path
from ninja import NinjaAPI, Query
api = NinjaAPI()
@api.get("/kilns")
def kilns(request, q: str, page: int = 1, tag: list[str] = Query([])):
    return q
urlpatterns = [path("api/", api.urls)]
"#,
            ),
        ],
    },
    Case {
        framework: "Echo",
        expected: &["GET /kilns page:integer q:string"],
        files: &[
            ("go.mod", "module pottery\nrequire github.com/labstack/echo/v4 v4.0.0\n"),
            (
                "main.go",
                r#"
package main
import ("strconv"; "github.com/labstack/echo/v4")
func list(c echo.Context) error {
	page, _ := strconv.Atoi(c.QueryParam("page"))
	c.QueryParams().Get("q"); c.FormValue("clay"); c.Param("id")
	return nil
}
func main() {
	e := echo.New()
	e.GET("/kilns", list)
	e.Start(":1")
}
"#,
            ),
        ],
    },
    Case {
        framework: "Elysia",
        expected: &["GET /kilns page:string q:string"],
        files: &[(
            "src/index.ts",
            r#"
import { Elysia } from "elysia";
new Elysia().get("/kilns", ({ query, body }) => query.page + query["q"] + body.clay).listen(3000);
"#,
        )],
    },
    Case {
        framework: "Falcon",
        expected: &["GET /kilns page:integer q:string tag:string[] raw:string"],
        files: &[(
            "app.py",
            r#"
import falcon
class Kilns:
    def on_get(self, req, resp):
        req.get_param_as_int("page")
        resp.media = [req.get_param("q"), req.get_param_as_list("tag"), req.params["raw"], req.get_header("trace")]
app = falcon.App()
app.add_route("/kilns", Kilns())
"#,
        )],
    },
    Case {
        framework: "Fiber",
        expected: &["GET /kilns page:integer q:string"],
        files: &[
            ("go.mod", "module pottery\nrequire github.com/gofiber/fiber/v2 v2.0.0\n"),
            (
                "main.go",
                r#"
package main
import "github.com/gofiber/fiber/v2"
func list(c *fiber.Ctx) error {
	page := c.QueryInt("page", 1)
	return c.SendString(c.Query("q") + c.Params("id") + c.Get("trace") + c.FormValue("clay"))
}
func main() {
	app := fiber.New()
	app.Get("/kilns", list)
	app.Listen(":1")
}
"#,
            ),
        ],
    },
    Case {
        framework: "gorilla/mux",
        expected: &["GET /kilns q:string"],
        files: &[
            ("go.mod", "module pottery\nrequire github.com/gorilla/mux v1.8.0\n"),
            (
                "main.go",
                r#"
package main
import ("net/http"; "github.com/gorilla/mux")
func list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	q.Get("q"); mux.Vars(r)["id"]
}
func main() {
	r := mux.NewRouter()
	r.HandleFunc("/kilns", list).Methods("GET")
	http.ListenAndServe(":1", r)
}
"#,
            ),
        ],
    },
    Case {
        framework: "Grape",
        expected: &["GET /kilns page:integer q:string"],
        files: &[
            ("Gemfile", "gem \"grape\"\n"),
            (
                "api.rb",
                r#"
class Api < Grape::API
  get "kilns" do
    page = params[:page].to_i
    params.fetch(:q)
  end
end
"#,
            ),
            ("config.ru", "require_relative \"api\"\nrun Api\n"),
        ],
    },
    Case {
        framework: "Hapi",
        expected: &["GET /kilns page:string q:string"],
        files: &[(
            "server.js",
            r#"
const Hapi = require("@hapi/hapi");
const server = Hapi.server({ port: 1 });
server.route({ method: "GET", path: "/kilns", handler: (request, h) => { const { page } = request.query; return request.query.q + request.payload.clay; } });
server.start();
"#,
        )],
    },
    Case {
        framework: "Hertz",
        expected: &["GET /kilns page:string q:string"],
        files: &[
            ("go.mod", "module pottery\nrequire github.com/cloudwego/hertz v0.9.0\n"),
            (
                "main.go",
                r#"
package main
import ("context"; "github.com/cloudwego/hertz/pkg/app"; "github.com/cloudwego/hertz/pkg/app/server")
func list(ctx context.Context, c *app.RequestContext) { c.DefaultQuery("page", "1"); c.Query("q"); c.Param("x"); c.PostForm("clay") }
func main() {
	h := server.Default()
	h.GET("/kilns", list)
	h.Spin()
}
"#,
            ),
        ],
    },
    Case {
        framework: "httprouter",
        expected: &["GET /kilns q:string"],
        files: &[
            ("go.mod", "module pottery\nrequire github.com/julienschmidt/httprouter v1.3.0\n"),
            (
                "main.go",
                r#"
package main
import ("net/http"; "github.com/julienschmidt/httprouter")
func list(w http.ResponseWriter, r *http.Request, ps httprouter.Params) { r.URL.Query().Get("q"); ps.ByName("x") }
func main() {
	r := httprouter.New()
	r.GET("/kilns", list)
	http.ListenAndServe(":1", r)
}
"#,
            ),
        ],
    },
    Case {
        framework: "Iris",
        expected: &["GET /kilns page:integer q:string tag:string[]"],
        files: &[
            ("go.mod", "module pottery\nrequire github.com/kataras/iris/v12 v12.2.0\n"),
            (
                "main.go",
                r#"
package main
import "github.com/kataras/iris/v12"
func list(ctx iris.Context) { ctx.URLParamIntDefault("page", 1); ctx.URLParam("q"); ctx.URLParamSlice("tag"); ctx.PostValue("clay") }
func main() {
	app := iris.New()
	app.Get("/kilns", list)
	app.Listen(":1")
}
"#,
            ),
        ],
    },
    Case {
        framework: "Micronaut",
        expected: &["GET /kilns page:integer q!:string"],
        files: &[(
            "src/main/java/Kilns.java",
            r#"
package pottery;
import io.micronaut.http.annotation.*;
@Controller("/kilns")
class Kilns {
    @Get
    String list(@QueryValue(defaultValue = "1") int page, @QueryValue("q") String text, @Header("trace") String trace) { return ""; }
}
"#,
        )],
    },
    Case {
        framework: "Netlify",
        expected: &["ANY /.netlify/functions/kilns page:string q:string"],
        files: &[
            ("netlify.toml", "[build]\nfunctions = \"netlify/functions\"\n"),
            (
                "netlify/functions/kilns.js",
                "exports.handler = async (event) => ({ body: event.queryStringParameters.page + event.queryStringParameters['q'] + event.headers.trace });\n",
            ),
        ],
    },
    Case {
        framework: "Nitro",
        expected: &["GET /api/kilns page:string q:string"],
        files: &[
            ("package.json", r#"{"dependencies": {"nitropack": "2"}}"#),
            ("nitro.config.ts", "export default defineNitroConfig({});\n"),
            (
                "api/kilns.get.ts",
                "export default defineEventHandler((event) => { const { page } = getQuery(event); return page + getQuery(event).q; });\n",
            ),
        ],
    },
    Case {
        framework: "Poem",
        expected: &["GET /kilns page!:integer q:string"],
        files: &[
            ("Cargo.toml", "[dependencies]\npoem = \"3\"\n"),
            (
                "src/main.rs",
                r#"
use poem::{get, handler, listener::TcpListener, web::Query, Route, Server};
#[derive(serde::Deserialize)]
struct Filter { page: u32, q: Option<String> }
#[handler]
fn list(Query(filter): Query<Filter>) -> String { String::new() }
#[tokio::main]
async fn main() { Server::new(TcpListener::bind("[::1]:1")).run(Route::new().at("/kilns", get(list))).await; }
"#,
            ),
        ],
    },
    Case {
        framework: "Polka",
        expected: &["GET /kilns page:string q:string"],
        files: &[(
            "server.js",
            "const polka = require('polka');\npolka().get('/kilns', (req, res) => { const { page } = req.query; res.end(page + req.query.q); }).listen(1);\n",
        )],
    },
    Case {
        framework: "Quart",
        expected: &["GET /kilns page:integer tag:string[] q!:string"],
        files: &[(
            "app.py",
            r#"
from quart import Quart, request
app = Quart(__name__)
@app.get("/kilns")
async def kilns():
    page = request.args.get("page", 1, type=int)
    return request.args.getlist("tag"), request.args["q"], (await request.form)["clay"]
app.run()
"#,
        )],
    },
    Case {
        framework: "Remix",
        expected: &["GET /kilns page:string tag:string[]"],
        files: &[
            ("package.json", r#"{"dependencies": {"@remix-run/node": "2", "@remix-run/react": "2"}}"#),
            (
                "app/routes/kilns.ts",
                "export async function loader({ request, params }) { const url = new URL(request.url); return [url.searchParams.get('page'), url.searchParams.getAll('tag'), params.x]; }\n",
            ),
        ],
    },
    Case {
        framework: "Restify",
        expected: &["GET /kilns page:string q:string"],
        files: &[(
            "server.js",
            r#"
const restify = require("restify");
const server = restify.createServer();
server.get("/kilns", (req, res, next) => { const { page } = req.query; res.send(page + req.query.q); return next(); });
server.listen(1);
"#,
        )],
    },
    Case {
        framework: "Salvo",
        expected: &["GET /kilns page:string"],
        files: &[
            ("Cargo.toml", "[dependencies]\nsalvo = \"0.70\"\n"),
            (
                "src/main.rs",
                r#"
use salvo::prelude::*;
#[handler]
async fn list(req: &mut Request) -> String { let page: Option<u32> = req.query("page"); req.param::<u32>("x"); String::new() }
#[tokio::main]
async fn main() {
    let router = Router::with_path("kilns").get(list);
    Server::new(TcpListener::new("[::1]:1").bind().await).serve(router).await;
}
"#,
            ),
        ],
    },
    Case {
        framework: "Sanic",
        expected: &["GET /kilns page:integer tag:string[]"],
        files: &[(
            "app.py",
            r#"
from sanic import Sanic, json
app = Sanic("pottery")
@app.get("/kilns")
async def kilns(request):
    return json([int(request.args.get("page", 1)), request.args.getlist("tag"), request.form.get("clay")])
"#,
        )],
    },
    Case {
        framework: "Starlette",
        expected: &["GET /kilns page:integer q:string tag:string[]"],
        files: &[(
            "app.py",
            r#"
from starlette.applications import Starlette
from starlette.routing import Route
async def kilns(request):
    page = int(request.query_params.get("page", 1))
    return request.query_params["q"], request.query_params.getlist("tag"), request.path_params["x"]
app = Starlette(routes=[Route("/kilns", kilns)])
"#,
        )],
    },
    Case {
        framework: "Tornado",
        expected: &["GET /kilns page:integer q:string tag:string[]", "POST /kilns dry:string"],
        files: &[(
            "app.py",
            r#"
import tornado.web
class Kilns(tornado.web.RequestHandler):
    def get(self):
        page = int(self.get_query_argument("page", 1))
        self.write(self.get_argument("q") + self.get_query_arguments("tag"))
    def post(self):
        self.get_argument("clay"); self.get_body_argument("x"); self.get_query_argument("dry")
app = tornado.web.Application([(r"/kilns", Kilns)])
app.listen(1)
"#,
        )],
    },
    Case {
        framework: "Vercel",
        expected: &["ANY /api/kilns page:string q:string"],
        files: &[
            ("vercel.json", "{}\n"),
            (
                "api/kilns.js",
                "export default function handler(req, res) { const { page } = req.query; res.json(page + req.query.q + req.body.clay); }\n",
            ),
        ],
    },
];

#[test]
fn each_reads_it() {
    let wrong = CASES.iter().filter_map(|case| {
        let frameworks: BTreeSet<String> =
            routes_of(case.files, true).into_iter().map(|it| it.framework).collect();
        let lines = lines_of(case.files);
        let right = lines == case.expected && frameworks.iter().eq([case.framework]);
        (!right).then(|| format!("{}: {frameworks:?} {lines:#?}", case.framework))
    });
    assert_eq!(wrong.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn none_is_left_out() {
    let tested: BTreeSet<&str> = CASES.iter().map(|it| it.framework).chain(BESIDE.iter().copied()).collect();
    let known: BTreeSet<&str> = ALL.iter().filter(|it| it.query.is_some()).map(|it| &*it.name).collect();
    assert_eq!(tested, known);
}
