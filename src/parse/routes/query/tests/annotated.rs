//! Annotations and attributes of classes.

use super::check;

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
