//! What a reader would run, on invented blocks.

use crate::model::code::{Command, Directory, RedirectKind};
use crate::model::page::Page;
use crate::source::SourceId;

fn page(text: &str) -> Page {
    let mut page = crate::parse::markdown::parse(SourceId(0), "a.md", text, true);
    crate::parse::code::read(&mut page, text);
    page
}

fn block(language: &str, code: &str) -> String {
    format!("# Title\n\n```{language}\n{code}\n```\n")
}

/// Commands as their words between bars.
#[track_caller]
fn check(language: &str, code: &str, expected: &[&str]) -> Vec<Command> {
    let text = block(language, code);
    let page = page(&text);
    let found: Vec<String> = page
        .commands
        .iter()
        .map(|it| {
            for word in it.words.iter().filter(|it| !it.quoted && !it.text.contains('\n')) {
                let written = text.get(word.span.range()).unwrap_or("outside the page");
                let plain = written.replace("\\\n", "").replace('\\', "");
                assert_eq!(plain, word.text, "{written:?}");
            }
            it.words.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join("|")
        })
        .collect();
    assert_eq!(found, expected);
    page.commands
}

#[test]
fn every_simple_command_counts() {
    check(
        "sh",
        "cat a | grep b && ./c.sh; (d) &\nfor x in $(e); do f \"$x\"; done\nif g; then h; else i; fi\nk() { l; }\ncase x in a) m;; esac\nwhile n; do o; done <p",
        &["cat|a", "grep|b", "./c.sh", "d", "e", "f|$x", "g", "h", "i", "l", "m", "n", "o", ""],
    );
}

#[test]
fn words_are_read_without_quotes() {
    let commands = check(
        "bash",
        "run --name='a b' \"c\\\"d$HOME\" e\\ f *.yml {a,b} 'x'$'y'",
        &["run|--name=a b|c\"d$HOME|e f|*.yml|{a,b}|xy"],
    );
    let words = &commands[0].words;
    assert!(words[1].quoted && words[2].has_variable && !words[1].has_variable);
    assert!(words[4].has_glob && words[5].has_glob && !words[3].has_glob);
    assert!(words[6].is_literal());
}

#[test]
fn assignments_and_redirections_are_no_words() {
    let commands = check(
        "bash",
        "A=1 B=\"$C\" run D=2 > out.log 2>>err.log < in <<< x\nexport E=3 F\nG=4\nH=(a b)",
        &["run|D=2", "export|E=3|F", "", ""],
    );
    let names = |at: usize| -> Vec<(&str, &str, bool)> {
        let all = commands[at].assignments.iter();
        all.map(|it| (it.name.as_str(), it.value.text.as_str(), it.lasting)).collect()
    };
    assert_eq!(names(0), [("A", "1", false), ("B", "$C", false)]);
    assert_eq!(names(1), [("E", "3", true)]);
    assert_eq!(names(2), [("G", "4", true)]);
    assert_eq!(names(3), [("H", "", true)]);
    let targets: Vec<_> = commands[0].redirects.iter().map(|it| (it.kind, it.target.text.as_str())).collect();
    assert_eq!(
        targets,
        [(RedirectKind::Write, "out.log"), (RedirectKind::Append, "err.log"), (RedirectKind::Read, "in"),]
    );
}

#[test]
fn transcripts_are_split_in_commands_and_output() {
    check(
        "console",
        "$ ./a.sh \\\n    --x\nit's output (\n$ cat <<EOF\nb\nEOF\ndone\n\n# comment\n$ c '1\n> 2'",
        &["./a.sh|--x", "cat", "c|1\n 2"],
    );
    check(
        "bash",
        "user@host:~/app$ ls -l\ntotal 0\n[root@db1 ~]# systemctl stop x\n(venv) $ pip install y",
        &["ls|-l", "systemctl|stop|x", "pip|install|y"],
    );
    check("console", "# systemctl stop x\n# Wait for it", &["systemctl|stop|x"]);
    check("console", "PS C:\\> Get-Item x", &[]);
    check("sh", "# a comment\nls", &["ls"]);
}

#[test]
fn untagged_blocks_are_read_when_they_are_clearly_commands() {
    assert!(!check("", "$ ls x", &["ls|x"])[0].tagged);
    check("", "git clone x\nmake build", &["git|clone|x", "make|build"]);
    check("", "make is a tool\nso it is", &[]);
    check("", "src/\n  main.rs", &[]);
    check("text", "$ ls x", &[]);
}

#[test]
fn placeholders_are_words() {
    let commands = check(
        "sh",
        "kubectl logs <pod name> -n {{ ns }} | grep <x>\nservice x (start|stop)\nrun [--opt] ... <a>-<b>/c\ncat <<EOF > out\n<x>\nEOF",
        &[
            "kubectl|logs|<pod name>|-n|{{ ns }}",
            "grep|<x>",
            "service|x|(start|stop)",
            "run|[--opt]|...|<a>-<b>/c",
            "cat",
        ],
    );
    let flags: Vec<bool> = commands[0].words.iter().map(|it| it.has_placeholder).collect();
    assert_eq!(flags, [false, false, true, false, true]);
    assert_eq!(commands[4].redirects[0].target.text, "out");
}

#[test]
fn commands_that_start_commands() {
    let commands = check(
        "sh",
        "sudo -u x A=1 ./a.sh b\nenv C=d nohup ./e.sh\nbash -c 'cd f && ./g.sh'\nssh -p 22 host './h.sh; i'\ndocker exec -it db sh -c \"./j.sh\"\nkubectl exec p -- ./k.sh\nls | xargs -n 1 ./l.sh\ncommand -v m\nbash n.sh",
        &[
            "sudo|-u|x|A=1|./a.sh|b",
            "./a.sh|b",
            "env|C=d|nohup|./e.sh",
            "nohup|./e.sh",
            "./e.sh",
            "bash|-c|cd f && ./g.sh",
            "cd|f",
            "./g.sh",
            "ssh|-p|22|host|./h.sh; i",
            "./h.sh",
            "i",
            "docker|exec|-it|db|sh|-c|./j.sh",
            "sh|-c|./j.sh",
            "./j.sh",
            "kubectl|exec|p|--|./k.sh",
            "./k.sh",
            "ls",
            "xargs|-n|1|./l.sh",
            "./l.sh",
            "command|-v|m",
            "bash|n.sh",
        ],
    );
    let elsewhere: Vec<&str> = commands.iter().filter(|it| it.elsewhere).map(|it| it.name()).collect();
    assert_eq!(elsewhere, ["./h.sh", "i", "sh", "./j.sh", "./k.sh"]);
    assert!(commands[1].nested && !commands[0].nested);
}

#[test]
fn folders_are_followed() {
    let commands = check(
        "sh",
        "a\ncd b/c\nd\n(cd e; f)\ng\ncd ..\nh\ncd ../..\ni",
        &["a", "cd|b/c", "d", "cd|e", "f", "g", "cd|..", "h", "cd|../..", "i"],
    );
    let folder = |name: &str| commands.iter().find(|it| it.name() == name).unwrap().directory.clone();
    assert_eq!(folder("a"), Directory::Start);
    assert_eq!(folder("d"), Directory::Below("b/c".to_owned()));
    assert_eq!(folder("f"), Directory::Below("b/c/e".to_owned()));
    assert_eq!(folder("g"), Directory::Below("b/c".to_owned()));
    assert_eq!(folder("h"), Directory::Below("b".to_owned()));
    assert_eq!(folder("i"), Directory::Unknown);
    let commands = check("sh", "cd /srv\na", &["cd|/srv", "a"]);
    assert_eq!(commands[1].directory, Directory::Unknown);
}

#[test]
fn what_does_not_parse_does_not_hide_the_rest() {
    check("sh", "./a.sh\nif x then )\n./b.sh --c \\\nd\ne 'f", &["./a.sh", "./b.sh|--c|d"]);
}

#[test]
fn spans_stand_in_the_page_below_lists_and_quotes() {
    let text = "- item\n\n  ```sh\n  ä ./a.sh \\\n    --b\n  c é\n  ```\n\n> ```sh\n> ./d.sh\n> ```\n";
    let page = page(text);
    let words: Vec<_> =
        page.commands.iter().flat_map(|it| &it.words).map(|it| text.get(it.span.range()).unwrap()).collect();
    assert_eq!(words, ["ä", "./a.sh", "--b", "c", "é", "./d.sh"]);
}

#[test]
fn further_prompts_and_usage() {
    check("bash", "> npm install\n> npm run x\nadded 1 package (x)", &["npm|install", "npm|run|x"]);
    check("console", "running 5 tests\ntest a ... ok", &[]);
    check(
        "sh",
        "npm version [<new> | major | minor] [-y|--yes]",
        &["npm|version|[<new> | major | minor]|[-y|--yes]"],
    );
    check("sh", "[ -f x ] || [[ -n $y || -n z ]]", &["[|-f|x|]"]);
}

/// Any prefix of these is read without a panic, with places inside the page.
#[test]
fn any_prefix_of_a_block_is_read() {
    let scripts = [
        "for x in $(a \"$(b 'c')\") `d`; do e ${f:-g} $((1+2)) <(h) >(i); done\ncase $x in (a|b) c;; *) d;& esac\n",
        "cat <<-'EOF' | x <<B && y <<<z\n\tü$(a)\nEOF\nb\nB\n$'a\\'b' $\"c\" {a,b}{1..3} [x] ~ a=(1 [2]=3) \\\n  é",
        "$ a 'b\n> c'\nout\n$ d <<E\n$(e\nE\nuser@h:~$ f \\\n g\n# h\nPS> i",
        "kubectl <a b> {{ c }} (d|e) [f|g] “h” –i\u{a0}j 99999999999>k \0 l\r\nssh m 'n \"o\"' ; sudo -u p q",
        "coproc x { y; }\nfunction f { [[ a =~ (b|c) && ! -f d ]]; }\nif ((a)); then :; elif b; then c; else d; fi",
    ];
    for script in scripts {
        for end in (0..=script.len()).filter(|&it| script.is_char_boundary(it)) {
            for tag in ["sh", "console", ""] {
                let text = format!("- x\n\n  ```{tag}\n  {}\n  ```\n", script[..end].replace('\n', "\n  "));
                let page = page(&text);
                for word in page.commands.iter().flat_map(|it| &it.words) {
                    assert!(text.get(word.span.range()).is_some(), "{text}");
                }
                for problem in &page.code_problems {
                    assert!(text.get(problem.span.range()).is_some(), "{text}");
                }
            }
        }
    }
}

/// None of these takes long or overflows the stack of a thread of two megabytes.
#[test]
fn hostile_blocks_are_bounded() {
    let nested = |open: &str, close: &str, n: usize| format!("{}x{}", open.repeat(n), close.repeat(n));
    let blocks = [
        nested("(", ")", 5000),
        nested("( ", " )", 10),
        "(( ".to_owned() + &"( a ".repeat(24),
        "(( ".to_owned() + &"( a ".repeat(8),
        "[[ a =~ ".to_owned() + &"(".repeat(24),
        nested("$(", ")", 5000),
        nested("$(", ")", 119),
        nested("\"$(", ")\"", 119),
        nested("`", "`", 5000),
        nested("{ ", "; }", 5000),
        nested("if a; then ", "; fi", 5000),
        nested("if a; then ", "; fi", 23),
        "{ echo } ; ".repeat(5000),
        "if echo fi; then ".repeat(5000),
        "[[ ".to_owned() + &"! ".repeat(5000) + "x ]]",
        "coproc ".repeat(5000),
        "function f { ".repeat(5000),
        "f() { ".repeat(5000),
        "time -p { ".repeat(5000),
        "! { ".repeat(5000),
        "f() ( ".repeat(5000),
        "for x in a; do ".repeat(5000),
        "if a; then b; else ".repeat(5000),
        "case x in a) ".repeat(5000),
        "case x in a) echo esac; ".repeat(5000),
        "a <( ".repeat(5000),
        "a && ".repeat(5000),
        nested("case x in a) ", ";; esac", 23),
        nested("case x in a) ", "; esac", 23),
        nested("case x in (a) ", "\nesac", 11),
        nested("${a:-", "}", 5000),
        nested("${a:-", "}", 119),
        nested("$((", "))", 119),
        nested("$[", "]", 119),
        nested("@(", ")", 5000),
        nested("a=(", ")", 5000),
        nested("\\`", "\\`", 5000),
        nested("while a; do ", "; done", 23),
        "a <<E\n".repeat(2000),
        "a <<E\nb\n".to_owned() + &"c\n".repeat(30_000),
        "$ a '\n> b\n".repeat(3000),
        "$ a '\n".repeat(5000),
        "a | ".repeat(20_000),
        "x\n".repeat(500_000),
        "'".repeat(100_001),
        "\\\n".repeat(30_000),
        "a\u{0}".repeat(20_000),
        "sudo ".repeat(3000),
        "bash -c '".repeat(1000),
        "xargs env nohup ".repeat(1000),
        "< a > b ".repeat(5000),
        "if x then )\n".repeat(3000),
        "[".repeat(30_000),
        "{{".repeat(30_000),
        "a <b ".repeat(10_000),
    ];
    for code in blocks {
        for tag in ["sh", "console", "json", "yaml", "toml", ""] {
            page(&block(tag, &code));
        }
    }
}

#[test]
fn what_is_typed_on_another_machine_runs_there() {
    let commands = check(
        "sh",
        "ssh -p 22 admin@db1\ncd /srv && ./a.sh\nexit\n./b.sh",
        &["ssh|-p|22|admin@db1", "cd|/srv", "./a.sh", "exit", "./b.sh"],
    );
    let elsewhere: Vec<bool> = commands.iter().map(|it| it.elsewhere).collect();
    assert_eq!(elsewhere, [false, true, true, true, false]);
    assert_eq!(commands[4].directory, Directory::Start);
    for code in ["docker exec -it db bash", "kubectl exec -it p -- /bin/sh", "oc rsh p"] {
        let page = page(&block("console", &format!("$ {code}\n$ ./a.sh")));
        assert!(page.commands.last().unwrap().elsewhere, "{code}");
    }
    for code in ["ssh-keygen", "ssh host ls", "docker exec db ls", "docker compose exec db psql -c x"] {
        let page = page(&block("sh", &format!("{code}\n./a.sh")));
        assert!(!page.commands.last().unwrap().elsewhere, "{code}");
    }
}

#[test]
fn carriage_returns_are_no_part_of_words() {
    let text = "```sh\r\n./a.sh \\\r\n  --b\r\ncd x\r\n./c.sh\r\n```\r\n";
    let page = page(text);
    let words: Vec<_> = page.commands.iter().flat_map(|it| &it.words).collect();
    assert_eq!(
        words.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(),
        ["./a.sh", "--b", "cd", "x", "./c.sh"]
    );
    assert!(words.iter().all(|it| text.get(it.span.range()) == Some(it.text.as_str())));
    assert_eq!(page.code_problems, []);
}
