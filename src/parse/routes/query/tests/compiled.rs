//! Handlers of Go and Rust.

use super::check;

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
