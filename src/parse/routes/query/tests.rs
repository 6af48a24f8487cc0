//! Small applications, each with the query parameters that its routes name: `name:type`, `!` where one is required, `[]`
//! where it may be given several times. What stands beside them must not count.

use crate::model::{Entry, Files};
use crate::parse::routes::{Settings, extract};
use crate::source::{Source, Sources};

#[track_caller]
fn check(files: &[(&str, &str)], expected: &[&str]) {
    let sources = Sources::new(files.iter().map(|(path, text)| Source::new(*path, *text)).collect());
    let mut names = Files::default();
    for (path, _) in files {
        names.insert(path, Entry { is_dir: false, executable: false });
    }
    let settings = Settings { query: true, ..Settings::default() };
    let found = extract(&sources, &names, &settings).routes;
    let lines: Vec<String> = found
        .iter()
        .map(|route| {
            let words = route.query.iter().map(|it| {
                let (kind, format) = it.of.schema();
                let (required, array) =
                    (if it.required { "!" } else { "" }, if it.array { "[]" } else { "" });
                format!(" {}{required}:{}{array}", it.name, format.unwrap_or(kind))
            });
            format!("{} {}{}", route.method, route.path, words.collect::<String>())
        })
        .collect();
    assert_eq!(lines, expected);
    // Nobody asked.
    assert!(extract(&sources, &names, &Settings::default()).routes.iter().all(|it| it.query.is_empty()));
}

#[test]
fn express_handlers_read_the_query() {
    let app = r#"
const express = require("express");
const { search } = require("./kilns");
const wrap = require("express-async-handler");
const app = express();
const again = (handler) => (req, res, next) => handler(req, res, next);
function paging(request) {
  const page = Number(request.query.page || 1);
  return { page, size: parseInt(request.query["size"], 10) };
}
app.get("/kilns/:id", (req, res) => {
  const { glaze, shelf: { row }, ...rest } = req.query;
  const answer = fetch("http://clay.example/x").then((r) => r.query.stray);
  client.query.other;
  res.json(req.body.name, req.headers.trace, req.params.id, req.query.id, req.query.hasOwnProperty("none"));
});
app.get("/kilns", paging2, wrap(search));
app.post("/kilns", again(function (req, res) { const p = paging(req); db.query("select"); }));
app.get("/plain", (req, res) => res.end(req.body.query));
function paging2({ query }, res, next) { query.cursor; next(); }
app.listen(3000);
"#;
    let kilns = r#"
exports.search = async (req, res) => { const tags = req.query.tag; };
exports.unused = (req, res) => req.query.unused;
"#;
    check(
        &[("src/app.js", app), ("src/kilns.js", kilns)],
        &[
            "GET /kilns cursor:string tag:string",
            "POST /kilns page:number size:integer",
            "GET /kilns/{id} glaze:string shelf:string",
            "GET /plain",
        ],
    );
}

#[test]
fn other_handlers_of_javascript_read_it() {
    let koa = r#"
import Router from "@koa/router"; import Koa from "koa";
const router = new Router();
router.get("/glazes", async (ctx) => { ctx.body = [ctx.query.colour, ctx.request.query.shade, ctx.request.body.x]; });
const app = new Koa(); app.use(router.routes()); app.listen(1);
"#;
    check(&[("koa.js", koa)], &["GET /glazes colour:string shade:string"]);
    let hono = r#"
import { Hono } from "hono";
const app = new Hono();
app.get("/glazes", (c) => c.json([c.req.query("colour"), c.req.queries("tag"), c.req.header("x"), c.req.param("y")]));
app.get("/all", (c) => { const { page } = c.req.query(); return c.json(page); });
export default app;
"#;
    check(&[("hono.ts", hono)], &["GET /all page:string", "GET /glazes colour:string tag:string[]"]);
    let fastify = r#"
const fastify = require("fastify")();
const schema = { querystring: { type: "object", required: ["q"], properties: { q: { type: "string" }, page: { type: "integer" },
  tags: { type: "array", items: { type: "string", format: "uuid" } } } }, body: { properties: { clay: { type: "string" } } } };
fastify.get("/glazes", { schema }, async (request) => request.query.extra);
fastify.route({ method: "POST", url: "/glazes", schema: { body: { type: "object" } }, handler: async ({ query }) => query.dry });
fastify.listen({ port: 1 });
"#;
    check(
        &[("fastify.js", fastify)],
        &["GET /glazes q!:string page:integer tags:uuid[] extra:string", "POST /glazes dry:string"],
    );
    let nest = r#"
import { Controller, Get, Query, Param, Body, ParseIntPipe, DefaultValuePipe } from "@nestjs/common";
import { NestFactory } from "@nestjs/core"; import { Module } from "@nestjs/common";
@Controller("glazes")
export class Glazes {
  @Get(":id")
  read(@Param("id") id: string, @Query("page", ParseIntPipe) page: number, @Query("size", new DefaultValuePipe(20), ParseIntPipe) size: number,
       @Query("tag") tag?: string, @Query() all: object, @Body("clay") clay: string) {}
}
@Module({ controllers: [Glazes] })
export class App {}
async function start() { const app = await NestFactory.create(App); await app.listen(1); }
start();
"#;
    check(&[("src/main.ts", nest)], &["GET /glazes/{id} page!:number size:number tag:string"]);
}

#[test]
fn what_one_call_declares_for_many_routers_is_left_out() {
    let app = r#"
const express = require("express");
class Controller {
  constructor() { this.app = express.Router(); }
  route(options) { this.app[options.method](options.path, options.handler.bind(this)); }
  get router() { return this.app; }
}
class Kilns extends Controller {
  constructor() { super(); this.route({ method: "get", path: "", handler: this.list }); this.route({ method: "get", path: "/hot", handler: this.hot }); }
  list(req, res) { res.json(req.query.kiln); }
  hot(req, res) { res.json(req.query.since); }
}
class Glazes extends Controller {
  constructor() { super(); this.route({ method: "get", path: "", handler: this.list }); }
  list(req, res) { res.json(req.query.glaze); }
}
const app = express();
app.use("/kilns", new Kilns().router);
app.use("/glazes", new Glazes().router);
app.listen(1);
"#;
    check(&[("app.js", app)], &["GET /glazes", "GET /kilns", "GET /kilns/hot since:string"]);
}

#[test]
fn files_that_are_routes_read_it() {
    let route = r#"
import { NextRequest } from "next/server";
import { paging } from "@/lib/paging";
export async function GET(request: NextRequest, { params }) {
  const { searchParams } = new URL(request.url);
  const outgoing = new URL("https://clay.example"); outgoing.searchParams.get("not");
  return Response.json([searchParams.get("q"), searchParams.getAll("tag"), request.nextUrl.searchParams.get("page"), paging(request)]);
}
export const POST = withAuth(async (req) => { const p = req.nextUrl.searchParams; p.get("dry"); (await req.formData()).get("file"); });
"#;
    let paging = "export function paging(request) { return request.nextUrl.searchParams.get('cursor'); }\n";
    let page =
        "export default function handler(req, res) { const { id, full } = req.query; res.json(full); }\n";
    check(
        &[
            ("package.json", r#"{"dependencies": {"next": "15"}}"#),
            ("tsconfig.json", r#"{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["./*"]}}}"#),
            ("app/kilns/route.ts", route),
            ("lib/paging.ts", paging),
            ("pages/api/kilns/[id].ts", page),
        ],
        &[
            "ANY /api/kilns/{id} full:string",
            "GET /kilns q:string tag:string[] page:string cursor:string",
            "POST /kilns dry:string",
        ],
    );
    let server = "export async function GET({ url, request }) { return json(url.searchParams.get('q')); }\n";
    check(
        &[
            ("package.json", r#"{"devDependencies": {"@sveltejs/kit": "2"}}"#),
            ("src/routes/glazes/+server.js", server),
        ],
        &["GET /glazes q:string"],
    );
    let nitro = "export default defineEventHandler(async (event) => { const { q } = getQuery(event); const body = await readBody(event); return body.x + getQuery(event).page; });\n";
    check(
        &[
            ("package.json", r#"{"dependencies": {"nuxt": "3"}}"#),
            ("nuxt.config.ts", ""),
            ("server/api/glazes.get.ts", nitro),
        ],
        &["GET /api/glazes q:string page:string"],
    );
}

#[test]
fn python_declares_and_reads_it() {
    let fastapi = r#"
from datetime import date
from enum import Enum
from typing import Annotated, Literal, Optional
from uuid import UUID
from fastapi import FastAPI, Query, Depends, Header, Body, Request, BackgroundTasks
from pydantic import BaseModel
from .paging import paging
app = FastAPI()
class Colour(str, Enum):
    RED = "red"
class Kiln(BaseModel):
    name: str
Size = Annotated[int, Query(alias="page-size")]
@app.get("/kilns/{kiln_id}")
async def read(kiln_id: int, q: str, request: Request, tasks: BackgroundTasks, day: date = None, colour: Colour = Colour.RED,
               kind: Literal["a", "b"] = "a", who: Optional[UUID] = None, hot: bool | None = None, ratio: float = 0.5,
               tag: list[str] = Query([]), other: list[int] = None, size: Size = 20, token: str = Header(None),
               page: dict = Depends(paging), db=Depends(lambda: 1), named: str = Query(..., alias="n"), plain="x"):
    return request.query_params.get("raw"), db.query_params
@app.post("/kilns")
def create(kiln: Kiln, dry: Annotated[bool, Query()] = False, clay: str = Body("x"), note: Annotated[str, Body()] = ""): ...
@app.get("/none")
def none(): ...
"#;
    let paging = "def paging(skip: int = 0, limit: int = 100): ...\n";
    check(
        &[("app/main.py", fastapi), ("app/paging.py", paging), ("app/__init__.py", "")],
        &[
            "POST /kilns dry:boolean",
            "GET /kilns/{kiln_id} q!:string day:date colour:string kind:string who:uuid hot:boolean ratio:number \
             tag:string[] page-size:integer skip:integer limit:integer n!:string plain:string raw:string",
            "GET /none",
        ],
    );
    let flask = r#"
from flask import Flask, request
import requests
app = Flask(__name__)
@app.route("/kilns")
def kilns():
    page = request.args.get("page", 1, type=int)
    tags = request.args.getlist("tag")
    size = int(request.args.get("size", 10))
    requests.get("http://clay.example", params={"x": 1}).args.get("no")
    return request.args["q"], request.form["clay"], request.headers.get("trace"), request.json.get("body")
@app.route("/other")
def other():
    return request.form.get("clay")
"#;
    check(
        &[("app.py", flask)],
        &["GET /kilns page:integer tag:string[] size:integer q!:string", "GET /other"],
    );
    let urls = r#"
from django.urls import include, path
from rest_framework.routers import SimpleRouter
from . import views
router = SimpleRouter()
router.register("clays", views.Clays)
urlpatterns = [path("kilns/", views.kilns), path("glazes/<int:pk>/", views.Glazes.as_view()),
               path("api/", include(router.urls))]
"#;
    let views = r#"
from django.views import View
from rest_framework.views import APIView
from rest_framework.viewsets import ReadOnlyModelViewSet
def kilns(request):
    q = request.GET.get("q"); request.POST.get("clay")
    return q
class Glazes(APIView):
    def get(self, request, pk):
        return request.query_params.get("full"), self.request.GET.getlist("tag"), request.data.get("x")
    def post(self, request, pk):
        return request.query_params["dry"]
class Clays(ReadOnlyModelViewSet):
    def get_queryset(self):
        return Clay.objects.filter(site=self.request.query_params.get("site"))
    def retrieve(self, request, pk=None):
        return request.query_params.get("full")
"#;
    check(
        &[
            ("manage.py", "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'pottery.settings')\n"),
            ("pottery/settings.py", "ROOT_URLCONF = 'pottery.urls'\n"),
            ("pottery/__init__.py", ""),
            ("pottery/urls.py", urls),
            ("pottery/views.py", views),
        ],
        &[
            "GET /api/clays/ site:string",
            "GET /api/clays/{pk}/ full:string",
            "GET /glazes/{pk}/ full:string tag:string[]",
            "POST /glazes/{pk}/ dry:string",
            "ANY /kilns/ q:string",
        ],
    );
}

#[test]
fn go_reads_it() {
    let gin = r#"
package main
import ("strconv"; "github.com/gin-gonic/gin"; "database/sql")
type Handler struct { db *sql.DB }
func (h *Handler) List(c *gin.Context) {
	page, _ := strconv.Atoi(c.DefaultQuery("page", "1"))
	if q, ok := c.GetQuery("q"); ok { _ = q }
	rows, _ := h.db.Query("select 1")
	c.QueryArray("tag")
	size := c.Query("size")
	n, _ := strconv.Atoi(size)
	c.PostForm("clay"); c.GetHeader("trace"); c.Param("id")
	limits(c)
}
func limits(ctx *gin.Context) string { return ctx.Query("limit") }
func main() {
	r := gin.Default()
	h := &Handler{}
	r.GET("/kilns", h.List)
	r.POST("/kilns", func(c *gin.Context) { c.Query("dry") })
	r.Run()
}
"#;
    check(
        &[("go.mod", "module pottery\nrequire github.com/gin-gonic/gin v1.9.0\n"), ("main.go", gin)],
        &[
            "GET /kilns page:integer q:string tag:string[] size:integer limit:string",
            "POST /kilns dry:string",
        ],
    );
    let http = r#"
package main
import "net/http"
func list(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	q.Get("page")
	r.URL.Query().Get("tag")
	r.Header.Get("trace")
	r.FormValue("clay")
	resp, _ := http.Get("http://clay.example"); resp.Request.URL.Query().Get("no")
}
func save(w http.ResponseWriter, r *http.Request) { r.FormValue("clay") }
func main() {
	http.HandleFunc("GET /kilns", list)
	http.HandleFunc("POST /kilns", save)
	http.ListenAndServe(":1", nil)
}
"#;
    check(
        &[("go.mod", "module pottery\n"), ("main.go", http)],
        &["GET /kilns page:string tag:string clay:string", "POST /kilns"],
    );
}

#[test]
fn annotations_declare_it() {
    let spring = r#"
package pottery;
import org.springframework.web.bind.annotation.*;
import java.util.*;
@RestController
@RequestMapping("/kilns")
class Kilns {
    static final String SIZE = "page-size";
    enum Order { UP, DOWN }
    @GetMapping("/{id}")
    String read(@PathVariable Long id, @RequestParam("q") String text, @RequestParam(defaultValue = "1") int page,
                @RequestParam(name = SIZE, required = false) Integer size, @RequestParam List<String> tag,
                @RequestParam Order order, @RequestParam Optional<java.time.LocalDate> day, @RequestParam Map<String, String> all,
                @RequestHeader("trace") String trace, @RequestBody String body) { return ""; }
    @PostMapping
    void save(@RequestParam("file") MultipartFile file, @RequestParam boolean dry) {}
}
"#;
    check(
        &[("src/main/java/pottery/Kilns.java", spring)],
        &[
            "POST /kilns dry!:boolean",
            "GET /kilns/{id} q!:string page:integer page-size:integer tag!:string[] order!:string day:date",
        ],
    );
    let kotlin = r#"
package pottery
import org.springframework.web.bind.annotation.*
@RestController
class Kilns {
    @GetMapping("/kilns")
    fun list(@RequestParam q: String, @RequestParam page: Int?, @RequestParam("n", required = false) size: Int = 20): String = ""
}
"#;
    check(&[("src/Kilns.kt", kotlin)], &["GET /kilns q!:string page:integer n:integer"]);
    let jax = r#"
package pottery;
import jakarta.ws.rs.*;
@Path("/kilns")
public class Kilns {
    @GET
    public String list(@QueryParam("page") @DefaultValue("1") int page, @QueryParam("tag") List<String> tag, @HeaderParam("x") String x) { return ""; }
}
"#;
    check(&[("src/main/java/Kilns.java", jax)], &["GET /kilns page:integer tag:string[]"]);
    let aspnet = r#"
using Microsoft.AspNetCore.Mvc;
[ApiController]
[Route("kilns")]
public class KilnsController : ControllerBase {
    [HttpGet("{id:int}")]
    public IActionResult Read(int id, string q, [FromQuery(Name = "page-size")] int? size, [FromHeader] string trace, [BindRequired, FromQuery] Guid who, CancellationToken token) => Ok();
    [HttpPost]
    public IActionResult Save([FromBody] Kiln kiln, bool dry = false) => Ok();
}
"#;
    check(
        &[("Kilns.cs", aspnet)],
        &["POST /kilns dry:boolean", "GET /kilns/{id} q:string page-size:integer who!:uuid"],
    );
    let minimal = r#"
var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapGet("/kilns/{id}", (int id, string q, int? page, ILogger<Program> log, [FromQuery(Name = "n")] int size = 10) => "x");
app.Run();
"#;
    check(
        &[("Pottery.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\"></Project>"), ("Program.cs", minimal)],
        &["GET /kilns/{id} q!:string page:integer n:integer"],
    );
}

#[test]
fn php_and_ruby_read_it() {
    let symfony = r#"<?php
namespace App\Controller;
use Symfony\Component\Routing\Attribute\Route;
use Symfony\Component\HttpFoundation\Request;
class KilnController {
    #[Route('/kilns', methods: ['GET'])]
    public function list(Request $request, #[MapQueryParameter] int $page = 1, #[MapQueryParameter('n')] ?int $size): Response {
        return $request->query->get('q') . $request->query->getInt('limit') . $request->request->get('clay') . $request->headers->get('x');
    }
}
"#;
    check(
        &[("src/Controller/KilnController.php", symfony)],
        &["GET /kilns page:integer n:integer q:string limit:integer"],
    );
    let sinatra = r##"
require "sinatra"
get "/kilns/:id" do
  page = params[:page].to_i
  "#{params['q']} #{params[:id]} #{headers[:trace]}"
end
post "/kilns" do
  params[:clay]
end
"##;
    check(&[("app.rb", sinatra)], &["POST /kilns", "GET /kilns/{id} page:integer q:string"]);
}

#[test]
fn controllers_of_other_files_read_it() {
    let routes = r#"<?php
use App\Http\Controllers\KilnController;
use Illuminate\Support\Facades\Route;
Route::get('/kilns/hot', [KilnController::class, 'hot']);
Route::apiResource('kilns', KilnController::class)->only(['index', 'show', 'store']);
Route::get('/plain', fn (Request $request) => $request->query('page') . $request->input('clay'));
"#;
    let controller = r#"<?php
namespace App\Http\Controllers;
class KilnController extends Controller {
    public function index(Request $request) { return $request->query('q') . $request->header('x'); }
    public function show(Request $request, Kiln $kiln) { return (int) $request->query('full'); }
    public function store(Request $request) { return $request->input('clay'); }
    public function hot(Request $request) { return intval($request->query('limit', 5)); }
}
"#;
    check(
        &[
            (
                "composer.json",
                r#"{"require": {"laravel/framework": "11"}, "autoload": {"psr-4": {"App\\": "app/"}}}"#,
            ),
            ("routes/api.php", routes),
            ("app/Http/Controllers/KilnController.php", controller),
        ],
        &[
            "GET /api/kilns q:string",
            "POST /api/kilns",
            "GET /api/kilns/hot limit:integer",
            "GET /api/kilns/{kiln} full:string",
            "GET /api/plain page:string",
        ],
    );
    let routes = r#"
Rails.application.routes.draw do
  namespace :admin do
    resources :kilns, only: [:index, :show, :create] do
      get :hot, on: :collection
    end
  end
  get "about", to: "pages#about"
  resource :profile, only: [:show]
end
"#;
    let kilns = r#"
module Admin
  class KilnsController < ApplicationController
    def index
      page = params[:page].to_i
      Kiln.where(name: params[:q], row: other[:row])
    end
    def show
      params[:id] + params.fetch(:full, nil)
    end
    def create
      params[:clay]
    end
    def hot
      params[:since]
    end
  end
end
"#;
    let pages = "class PagesController < ApplicationController\n  def about\n    params[:lang]\n  end\nend\n";
    let profiles = "class ProfilesController\n  def show\n    params[:as]\n  end\nend\n";
    check(
        &[
            ("Gemfile", "gem \"rails\"\n"),
            ("config/routes.rb", routes),
            ("app/controllers/admin/kilns_controller.rb", kilns),
            ("app/controllers/pages_controller.rb", pages),
            ("app/controllers/profiles_controller.rb", profiles),
        ],
        &[
            "GET /about lang:string",
            "GET /admin/kilns page:integer q:string",
            "POST /admin/kilns",
            "GET /admin/kilns/hot since:string",
            "GET /admin/kilns/{id} full:string",
            "GET /profile as:string",
        ],
    );
}

#[test]
fn rust_declares_it() {
    let axum = r#"
use axum::{Router, routing::get, extract::{Query, Path, State, Json}};
use serde::Deserialize;
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Filter {
    page_size: Option<u32>,
    #[serde(rename = "q")]
    text: String,
    #[serde(default)]
    hot: bool,
    #[serde(flatten)]
    order: Order,
    #[serde(skip)]
    own: String,
}
#[derive(Deserialize)]
struct Order { by: String, tags: Vec<String> }
async fn list(State(db): State<Db>, Query(filter): Query<Filter>) -> String { String::new() }
async fn save(Json(filter): Json<Filter>) {}
async fn some(filter: Option<Query<Order>>) {}
#[tokio::main]
async fn main() {
    let app = Router::new().route("/kilns", get(list).post(save)).route("/some", get(some));
    axum::serve(listener, app).await.unwrap();
}
"#;
    check(
        &[("Cargo.toml", "[dependencies]\naxum = \"0.8\"\n"), ("src/main.rs", axum)],
        &[
            "GET /kilns pageSize:integer q!:string hot:boolean by!:string tags!:string[]",
            "POST /kilns",
            "GET /some by:string tags:string[]",
        ],
    );
    let rocket = r#"
#[macro_use] extern crate rocket;
#[get("/kilns/<id>?<page>&<q>&<hot>")]
fn read(id: u32, page: Option<usize>, q: &str, hot: bool) -> String { String::new() }
#[launch]
fn rocket() -> _ { rocket::build().mount("/", routes![read]) }
"#;
    check(
        &[("Cargo.toml", "[dependencies]\nrocket = \"0.5\"\n"), ("src/main.rs", rocket)],
        &["GET /kilns/{id} page:integer q!:string hot:boolean"],
    );
}
