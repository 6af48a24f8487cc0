//! Handlers of JavaScript, and files that are routes.

use super::check;

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
