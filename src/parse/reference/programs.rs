//! What the words of one command refer to, program by program.

use super::containers;
use super::path;
use super::words::{arguments, option_values, program, without_wrapper};
use crate::model::code::Word;
use crate::model::reference::Target;
use crate::model::repository::Runner;

/// A target with the part of the word that names it.
pub(super) struct Mention<'a> {
    pub(super) target: Target,
    pub(super) word: &'a Word,
    pub(super) value: &'a str,
}

/// What a command refers to. Whether it is plausible that the repository has it is decided elsewhere.
pub(super) fn mentions(words: &[Word]) -> Vec<Mention<'_>> {
    let words = without_wrapper(words);
    let mut found = Vec::new();
    let Some((first, rest)) = words.split_first() else { return found };
    if first.text.contains('/') && first.text != "/" {
        if first.is_literal() {
            found.push(script(&first.text, first, true));
        }
        return found;
    }
    match program(words) {
        "bash" | "sh" | "zsh" | "dash" | "ksh" => found.extend(run(rest, &["-o", "+o"], &["-c", "-s"])),
        "source" | "." => found.extend(run(rest, &[], &[]).filter(|it| path::is_script(it.value))),
        "node" | "nodejs" | "ts-node" | "tsx" => {
            let with_value = ["-r", "--require", "--import", "--loader", "--env-file", "-P", "--project"];
            found.extend(run(rest, &with_value, &["-e", "-p", "--eval", "--test"]));
        }
        "ruby" | "perl" | "php" | "Rscript" => found.extend(run(rest, &["-I"], &["-e", "-r", "-S", "-m"])),
        "pwsh" | "powershell" => found.extend(files(option_values(rest, &["-File", "-file"]), true)),
        "chmod" => {
            let scripts = rest.iter().skip(1).filter(|it| it.is_literal() && path::is_script(&it.text));
            found.extend(scripts.map(|it| script(&it.text, it, false)));
        }
        "npm" | "pnpm" | "yarn" | "bun" => found.extend(package_script(words)),
        "make" | "gmake" => {
            found.extend(tasks(Runner::Make, rest, &["-C", "-f", "-I", "-W", "-o", "--directory", "--file"]))
        }
        "just" => found.extend(
            tasks(Runner::Just, rest, &["-f", "--justfile", "-d", "--working-directory", "--set"]).take(1),
        ),
        "task" | "go-task" => found.extend(tasks(Runner::Task, rest, &["-t", "--taskfile", "-d", "--dir"])),
        "docker-compose" => found.extend(containers::compose(rest)),
        "docker" | "podman" => found.extend(containers::docker(rest)),
        "kubectl" | "oc" | "k" | "k3s" => found.extend(containers::kubectl(rest)),
        "kustomize" => found.extend(rest.get(1).filter(|it| it.is_literal()).map(|it| file(&it.text, it))),
        "helm" => found.extend(files(option_values(rest, &["-f", "--values"]), false)),
        "terraform" | "tofu" => {
            found.extend(files(option_values(rest, &["-chdir", "-var-file", "--var-file"]), false));
        }
        "ansible-playbook" => {
            found.extend(files(option_values(rest, &["-i", "--inventory"]), false));
            let plays = rest
                .iter()
                .filter(|it| it.is_literal() && it.text.ends_with(".yml") || it.text.ends_with(".yaml"));
            found.extend(plays.map(|it| file(&it.text, it)));
        }
        "pip" | "pip3" => found.extend(files(option_values(rest, &["-r", "--requirement"]), false)),
        "psql" => found.extend(files(option_values(rest, &["-f", "--file"]), false)),
        "cat" | "less" | "more" => {
            let named = rest.iter().filter(|it| it.is_literal() && path::is_file(&it.text));
            found.extend(named.map(|it| file(&it.text, it)));
        }
        "cp" => {
            let all = arguments(rest, &["-t"]);
            let originals = all.split_last().map_or(&[][..], |(_, originals)| originals);
            let named = originals.iter().filter(|it| it.is_literal() && path::is_file(&it.text));
            found.extend(named.map(|it| file(&it.text, it)));
        }
        name if is_python(name) => {
            found.extend(run(rest, &["-W", "-X"], &["-m", "-c"]));
        }
        _ => {}
    }
    found
}

/// `python`, `python3`, `python3.12`.
fn is_python(name: &str) -> bool {
    name.strip_prefix("python").is_some_and(|it| it.chars().all(|c| c.is_ascii_digit() || c == '.'))
}

fn script<'a>(value: &'a str, word: &'a Word, direct: bool) -> Mention<'a> {
    Mention { target: Target::Script { path: value.to_owned(), direct }, word, value }
}

fn file<'a>(value: &'a str, word: &'a Word) -> Mention<'a> {
    Mention { target: Target::File(value.to_owned()), word, value }
}

pub(super) fn files<'a>(
    values: Vec<(&'a str, &'a Word)>,
    scripts: bool,
) -> impl Iterator<Item = Mention<'a>> {
    values
        .into_iter()
        .map(move |(value, word)| if scripts { script(value, word, false) } else { file(value, word) })
}

/// The script that an interpreter runs: its first argument, unless an option says that there is none.
fn run<'a>(rest: &'a [Word], with_value: &[&str], instead: &[&str]) -> impl Iterator<Item = Mention<'a>> {
    let none =
        rest.iter().take_while(|it| it.text.starts_with('-')).any(|it| instead.contains(&it.text.as_str()));
    let first = arguments(rest, with_value).into_iter().next();
    let first = first.filter(|it| !none && it.is_literal() && !matches!(it.text.as_str(), "run" | "watch"));
    first.map(|it| script(&it.text, it, false)).into_iter()
}

/// Scripts that `yarn x` and `pnpm x` mean, where other names may be programs of dependencies.
const COMMON_SCRIPTS: [&str; 11] =
    ["start", "test", "dev", "build", "lint", "format", "typecheck", "type-check", "migrate", "seed", "e2e"];

/// The script of a package.json that npm, pnpm, yarn or bun runs.
fn package_script(words: &[Word]) -> Option<Mention<'_>> {
    let manager = program(words);
    let rest = words.get(1..)?;
    let own = rest.split(|it| it.text == "--").next().unwrap_or_default();
    // With a folder of its own it is another package.json that counts.
    let others = ["--if-present", "--help", "-h", "--prefix", "-C", "--dir", "--cwd"];
    if own.iter().any(|it| others.contains(&it.text.split('=').next().unwrap_or_default())) {
        return None;
    }
    let with_value =
        ["--prefix", "-C", "--dir", "--cwd", "-w", "--workspace", "--filter", "-F", "--loglevel"];
    let all = arguments(rest, &with_value);
    let mut all = all.into_iter();
    let mut verb = all.next()?;
    if manager == "yarn" && verb.text == "workspace" {
        all.next();
        verb = all.next()?;
    }
    let name = match (manager, verb.text.as_str()) {
        ("npm" | "pnpm", "run" | "run-script") => all.next()?,
        ("npm", "test" | "start") => verb,
        ("npm", _) => return None,
        ("yarn" | "bun", "run") => all.next().filter(|it| is_surely_script(&it.text))?,
        ("pnpm" | "yarn", it) if is_surely_script(it) => verb,
        _ => return None,
    };
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '.' | '/');
    let usable = name.is_literal() && name.text.chars().all(plain) && !name.text.starts_with(['.', '/']);
    usable.then(|| Mention { target: Target::NpmScript(name.text.clone()), word: name, value: &name.text })
}

fn is_surely_script(name: &str) -> bool {
    name.contains(':') || COMMON_SCRIPTS.contains(&name)
}

/// The targets that make, just or task is asked for.
fn tasks<'a>(runner: Runner, rest: &'a [Word], with_value: &[&str]) -> impl Iterator<Item = Mention<'a>> {
    let informs =
        ["--list", "-l", "--help", "-h", "--version", "-v", "--init", "--choose", "--summary", "-p"];
    let asks = rest.iter().any(|it| informs.contains(&it.text.as_str()) || has_own_file(&it.text));
    let own = rest.split(|it| it.text == "--").next().unwrap_or_default();
    let named = arguments(own, with_value).into_iter().filter(move |_| !asks);
    named.filter(|it| it.is_literal() && is_task_name(&it.text)).map(move |it| Mention {
        target: Target::Task { runner, name: it.text.clone() },
        word: it,
        value: &it.text,
    })
}

/// Whether an option names the makefile to use or its folder: what that holds is not compared with others.
fn has_own_file(option: &str) -> bool {
    matches!(
        option,
        "-f" | "--file" | "--justfile" | "-t" | "--taskfile" | "-C" | "-d" | "--dir" | "--directory"
    ) || option.starts_with("-C")
        || option.starts_with("--file=")
        || option.starts_with("--directory=")
}

fn is_task_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))
}

#[cfg(test)]
mod tests {
    use super::super::words::inline;
    use super::*;
    use crate::source::{SourceId, Span};

    #[track_caller]
    fn check(command: &str, expected: &[&str]) {
        let words = inline(command, Span::new(SourceId(0), 0..command.len())).unwrap();
        let found: Vec<String> = mentions(&words)
            .into_iter()
            .map(|it| match it.target {
                Target::Script { path, direct: true } => format!("direct {path}"),
                Target::Script { path, direct: false } => format!("script {path}"),
                Target::File(path) => format!("file {path}"),
                Target::NpmScript(name) => format!("npm {name}"),
                Target::Task { runner, name } => format!("{} {name}", runner.command()),
                Target::ComposeFile(path) => format!("compose {path}"),
                Target::Service(name) => format!("service {name}"),
                other => format!("{other:?}"),
            })
            .collect();
        assert_eq!(found, expected, "{command}");
    }

    #[test]
    fn scripts() {
        check("./scripts/x.sh --all", &["direct ./scripts/x.sh"]);
        check("bash -eu scripts/x.sh", &["script scripts/x.sh"]);
        check("bash -c ls", &[]);
        check("python3.12 -u tools/x.py a.py", &["script tools/x.py"]);
        check("python -m pkg.mod", &[]);
        check("poetry run python tools/x.py", &["script tools/x.py"]);
        check("node --require dotenv/config db/seed.js", &["script db/seed.js"]);
        check("npx tsx scripts/x.ts", &["script scripts/x.ts"]);
        check("source .venv/bin/activate", &[]);
        check("./<name>.sh", &[]);
        check("chmod +x scripts/x.sh", &["script scripts/x.sh"]);
    }

    #[test]
    fn package_scripts() {
        check("npm run db:migrate -- --dry", &["npm db:migrate"]);
        check("npm --prefix web run build", &[]);
        check("npm test", &["npm test"]);
        check("npm install x", &[]);
        check("npm run build --if-present", &[]);
        check("yarn report:email", &["npm report:email"]);
        check("yarn tsc", &[]);
        check("yarn workspace web build", &["npm build"]);
        check("yarn run eslint", &[]);
        check("pnpm --filter web run dev", &["npm dev"]);
        check("npm run <name>", &[]);
        check("npm run test:*", &[]);
    }

    #[test]
    fn task_runners() {
        check("make -j 4 clean build ENV=prod", &["make clean", "make build"]);
        check("make -C sub all", &[]);
        check("just deploy prod", &["just deploy"]);
        check("just --list", &[]);
        check("task db:migrate -- x", &["task db:migrate"]);
    }

    #[test]
    fn containers_and_clusters() {
        check(
            "docker compose -f a.yml -f b.yml up -d api",
            &["compose a.yml", "compose b.yml", "service api"],
        );
        check("docker-compose exec -T db psql -U x", &["service db"]);
        check("docker compose logs -f --tail 10 api worker", &["service api", "service worker"]);
        check("docker compose -f <file> up api", &[]);
        check("docker compose run --rm -e A=b api ls", &["service api"]);
        check("kubectl apply -f k8s/x.yaml -n prod", &["file k8s/x.yaml"]);
        check("kubectl apply -k overlays/prod", &["file overlays/prod"]);
        check("kubectl logs -f pod", &[]);
        check("terraform -chdir=infra/prod apply", &["file infra/prod"]);
        check("helm upgrade api ./chart -f values/prod.yaml", &["file values/prod.yaml"]);
        check("cp .env.example .env", &["file .env.example"]);
        check("cat docs/plan.md /proc/cpuinfo $X/y.md", &["file docs/plan.md"]);
    }
}
