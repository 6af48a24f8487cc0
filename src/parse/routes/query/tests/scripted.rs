//! Handlers and controllers of PHP and Ruby.

use super::check;

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
