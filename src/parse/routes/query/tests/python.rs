//! Handlers of Python.

use super::check;

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
