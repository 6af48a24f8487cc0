//! What the readers make of code, and that nothing of it is lost, whatever it is.

use super::{Class, languages, tokens};

/// The tokens that are not plain: `class:words`, separated by a vertical bar.
fn marked(language: &str, code: &str) -> String {
    let tokens = tokens(language, code);
    let pieces: Vec<_> = tokens
        .iter(code)
        .filter_map(|(class, words)| Some(format!("{}:{words}", class.css()?.trim_start_matches("tok-"))))
        .collect();
    pieces.join("|")
}

#[track_caller]
fn check(language: &str, code: &str, expected: &str) {
    assert_eq!(marked(language, code), expected, "{language}: {code}");
}

#[test]
fn shells() {
    check(
        "bash",
        "sudo kubectl get pods -n \"$NS\" | grep -v '#' # all",
        "f:sudo|f:kubectl|p:-n|s:\"|v:$NS|s:\"|o:||f:grep|p:-v|s:'#'|c:# all",
    );
    check("sh", "A=1 run.sh --x=2 >out 2>&1", "v:A|n:1|f:run.sh|p:--x|n:2|o:>|n:2|o:>&|n:1");
    check(
        "bash",
        "x=\"$(echo \"${A:-b}\")\"; y",
        "v:x|s:\"|o:$(|f:echo|s:\"|v:${A:-b}|s:\"|o:)|s:\"|o:;|f:y",
    );
    check("bash", "cat <<EOF >f\na $x\nEOF\nls", "f:cat|o:<<EOF|o:>|s:a $x\n|o:EOF|f:ls");
    // A quote that never ends is none, and words inside words are no comments.
    check("bash", "echo don't\nls a#b", "f:echo|f:ls");
    check("dockerfile", "FROM alpine:3 AS b\nRUN apk add x && echo if", "k:FROM|k:RUN|f:apk|o:&&|f:echo");
    check("ps1", "Get-Item -Path $env:TEMP # x", "f:Get-Item|p:-Path|v:$env:TEMP|c:# x");
    check("make", "all: a b\n\t@echo $(X)\nX := 1", "f:all|f:@echo|o:$(|f:X|o:)|v:X|n:1");
}

#[test]
fn sessions_tell_prompts_commands_and_output_apart() {
    check(
        "console",
        "$ ls \\\n  -a\nREADME if\n$ cat <<EOF\n> x\n> EOF\ndone\n",
        "prompt:$ |f:ls|p:-a|out:README if\n|prompt:$ |f:cat|o:<<EOF|prompt:> |f:x|prompt:> |f:EOF|out:done\n",
    );
    check("console", "# systemctl stop x\nok", "prompt:# |f:systemctl|out:ok");
    check("console", "$ a\n# about b\n$ b", "prompt:$ |f:a|c:# about b\n|prompt:$ |f:b");
    check(
        "console",
        "root@db1:~# id\nPS C:\\> dir\napp=# x",
        "prompt:root@db1:~# |f:id|prompt:PS C:\\> |f:dir|prompt:app=# |f:x",
    );
    check("bash", "$ ls -l\nout", "prompt:$ |f:ls|p:-l|out:out");
    check("pycon", ">>> x = 1\n2", "prompt:>>> |n:1|out:2");
}

#[test]
fn data() {
    check("json", "{\"a\" : [1, true, \"b\"]}", "p:\"a\"|n:1|n:true|s:\"b\"");
    check("jsonc", "// x\n{a: null}", "c:// x|p:a|n:null");
    check(
        "yml",
        "- a: b # c\n  \"d e\": 5\n  f: |\n    g: h\n\n  i: {j: [true, k]}\n",
        "o:-|p:a|o::|s:b|c:# c|p:\"d e\"|o::|n:5|p:f|o::|o:||s:    g: h\n\n|p:i|o::|p:j|n:true",
    );
    check("yaml", "- |\n  text\n- don't\n- &x y\n", "o:-|o:||s:  text\n|o:-|s:don't|o:-|v:&x|s:y");
    check("yaml", "url: http://a/#b\nt: 'a\n  b'\n", "p:url|o::|s:http://a/#b|p:t|o::|s:'a|s:  b'");
    check("toml", "[a.b]\nc = \"d\" # e\nf = 1", "t:[a.b]|p:c|s:\"d\"|c:# e|p:f|n:1");
    check("ini", "[s]\n; c\nkey = don't\nx: on", "t:[s]|c:; c|p:key|p:x|n:on");
    check("env", "A=\"b $C\"\nexport D=e", "p:A|s:\"b |v:$C|s:\"|v:export D");
}

#[test]
fn configuration_and_queries() {
    check("sql", "SELECT a FROM t -- x\nwhere b = 'it''s'", "k:SELECT|k:FROM|c:-- x|k:where|s:'it''s'");
    check(
        "promql",
        "sum by (job) (rate(up{job=~\"a.*\"}[5m])) > 0",
        "f:sum|k:by|f:rate|p:job|o:=~|s:\"a.*\"|n:5m|o:>|n:0",
    );
    check(
        "tf",
        "resource \"a\" \"b\" {\n  c = \"x${var.y}\"\n}",
        "k:resource|s:\"a\"|s:\"b\"|p:c|s:\"x|o:${|o:}|s:\"",
    );
    check(
        "nginx",
        "location / {\n  proxy_pass http://$host; # x\n}",
        "k:location|k:proxy_pass|v:$host|c:# x",
    );
    check(
        "http",
        "POST /x HTTP/1.1\nHost: a\n\n{\"b\": 1}",
        "k:POST|s: /x |k:HTTP/1.1|p:Host|o::|s: a|p:\"b\"|n:1",
    );
    check(
        "diff",
        "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z",
        "c:--- a\n+++ b\n|k:@@ -1 +1 @@\n|del:-x\n|ins:+y\n",
    );
    check("graphql", "query A($b: Int!) { c(d: $b) @skip }", "k:query|f:A|v:$b|t:Int|f:c|p:d|v:$b|f:@skip");
}

#[test]
fn programs() {
    check(
        "py",
        "@app.get(\"/\")\ndef f(a=f\"x\"): # c\n    return None",
        "f:@app.get|s:\"/\"|k:def|f:f|s:f\"x\"|c:# c|k:return|n:None",
    );
    check(
        "ts",
        "const a: string = `x ${b(`y`)}`; // c",
        "k:const|p:a|t:string|s:`x |o:${|f:b|s:`y`|o:}|s:`|c:// c",
    );
    check("js", "a = b / c; d = /x\\/'/g.test(e)", "s:/x\\/'/g|f:test");
    check("golang", "func f() { x := 'a'; return nil }", "k:func|f:f|s:'a'|k:return|n:nil");
    check(
        "rust",
        "#[test]\nfn f<'a>(c: char) -> u8 { b'\\'' as u8 + r#\"\"\"#.len() }",
        "p:#[test]|k:fn|v:'a|p:c|t:char|t:u8|s:b'\\''|k:as|t:u8|s:r#\"\"\"#|f:len",
    );
    check("java", "@Get class A { int b = 0x1F; }", "f:@Get|k:class|t:A|t:int|n:0x1F");
    check("php", "<?php echo \"a $b\"; // c", "k:php|k:echo|s:\"a |v:$b|s:\"|c:// c");
    check("rb", "def a; @b = :c; \"d #{e(1)}\"; end", "k:def|v:@b|v::c|s:\"d |o:#{|f:e|n:1|o:}|s:\"|k:end");
    check("c", "#include <a.h>\nint main(void) { return 0; }", "k:#include|t:int|f:main|t:void|k:return|n:0");
    check(
        "html",
        "<a href=\"b\">c &amp; d</a><script>let x</script>",
        "t:<a|p:href|s:\"b\"|t:>|v:&amp;|t:</a><script>|k:let|t:</script>",
    );
}

#[test]
fn languages_that_nobody_knows_are_plain() {
    for language in ["", "text", "plain", "mermaid", "klingon"] {
        check(language, "if \"x\" # y", "");
    }
    assert_eq!(tokens("Bash", "ls").iter("ls").next(), Some((Class::Function, "ls")));
}

/// Nothing is lost, and pieces are never empty.
fn assert_whole(language: &str, code: &str) {
    let tokens = tokens(language, code);
    let mut whole = String::new();
    for (_, piece) in tokens.iter(code) {
        assert!(!piece.is_empty(), "{language}: {code:?}");
        whole.push_str(piece);
    }
    assert_eq!(whole, code, "{language}");
}

/// Pieces that mean something to one language or another.
const PIECES: &[&str] = &[
    "\"",
    "'",
    "`",
    "\"\"\"",
    "'''",
    "#",
    "//",
    "/*",
    "*/",
    "--",
    "<!--",
    "-->",
    "<",
    ">",
    "</script>",
    "<script>",
    "<<EOF",
    "<<<",
    "EOF",
    "\n",
    "\n",
    "\n  ",
    "\\",
    "$",
    "$(",
    "${",
    "#{",
    "}",
    ")",
    "(",
    "{",
    "[",
    "]",
    "r#\"",
    "\"#",
    "@",
    "@\"",
    "\"@",
    "<#",
    "#>",
    "$ ",
    "> ",
    "PS C:\\>",
    ": ",
    "- ",
    "|",
    "=",
    "é",
    "日本",
    "\u{1f980}",
    "\0",
    "a",
    "if",
    "1.5e+3",
    "0..9",
    "x:",
    "key = ",
    "[s]",
    "/",
    "&",
    "&amp;",
    ";",
    "%",
    "\r\n",
    "\t",
    "|\n",
    "GET / ",
    "HTTP/1.1 200 OK",
    "\u{feff}",
    "R\"(",
    ")\"",
    "'a",
    "#[",
    "!",
];

#[test]
fn nothing_is_lost_of_any_text() {
    // A generator of its own, so that a failure comes back.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    let names = languages::names();
    for round in 0..12_000 {
        let mut code = String::new();
        for _ in 0..next(24) {
            code.push_str(PIECES[next(PIECES.len())]);
        }
        assert_whole(names[round % names.len()], &code);
    }
}

#[test]
fn time_grows_with_the_text_alone() {
    let hard = [
        "\"",
        "'",
        "`",
        "\\\"",
        "\\'",
        "${",
        "$(",
        "\"$(",
        "'''",
        "/",
        "<a \"",
        "<script>",
        "&",
        "<<A ",
        "r#\"",
        "{",
        "[[",
        "/*",
        "a: '",
        "- ",
        "'x\n",
        "x \"\n",
        "@\"",
        "#{",
        "\"${",
        ": ",
        "= ",
        "$ <<A\n",
        "> \n",
        "`${",
        "GET /\n\n{",
        "<!--",
    ];
    // Quadratic time would take minutes.
    let names = languages::names();
    for piece in hard {
        let code = piece.repeat(8_000 / piece.len());
        for (at, name) in names.iter().enumerate() {
            if at % 3 == 0 || ["bash", "console", "html", "http", "js", "rust", "yaml"].contains(name) {
                assert_whole(name, &code);
            }
        }
    }
}

#[test]
fn common_names_are_known() {
    let names = languages::names();
    for name in [
        "golang",
        "shell",
        "shell-session",
        "yml",
        "docker",
        "ps1",
        "tf",
        "prom",
        "py",
        "ts",
        "logql",
        "jsonl",
    ] {
        assert!(names.contains(&name), "{name}");
    }
}
