//! Which files declare nothing that is served: tests, and examples beside a real application.

/// Folders of tests and of other people's code.
const TEST_FOLDERS: [&str; 24] = [
    "tests",
    "test",
    "__tests__",
    "__mocks__",
    "mocks",
    "e2e",
    "cypress",
    "fixtures",
    "__fixtures__",
    "testdata",
    "androidtest",
    "integrationtest",
    "integration-test",
    "testfixtures",
    "test_data",
    "unit_tests",
    "integration_tests",
    "functional_tests",
    "e2e_tests",
    "smoke_tests",
    "node_modules",
    "site-packages",
    "venv",
    ".venv",
];

/// Folders of what shows how something is done.
const EXAMPLE_FOLDERS: [&str; 16] = [
    "docs",
    "doc",
    "docs_src",
    "documentation",
    "examples",
    "example",
    "samples",
    "sample",
    "templates",
    "template",
    "demo",
    "demos",
    "tutorial",
    "tutorials",
    "cookbook",
    "playground",
];

/// Whether a file is a test by its folder or name. Such a file is no entry; what an application imports
/// from it counts all the same.
pub(super) fn is_test(path: &str) -> bool {
    is_test_file(path) || in_folder(path, &TEST_FOLDERS) || in_test_project(path)
}

/// Whether a file belongs to a project of C# that is called after what it tests: `Shop.UnitTests`.
fn in_test_project(path: &str) -> bool {
    let Some((folder, _)) = path.rsplit_once('/').filter(|_| path.ends_with(".cs")) else { return false };
    folder.split('/').filter_map(|it| it.rsplit_once('.')).any(|(_, last)| {
        let last = last.to_ascii_lowercase();
        last.ends_with("tests") || last == "test" || last == "specs"
    })
}

/// Whether a folder holds tests or other people's code.
pub(super) fn is_test_folder(folder: &str) -> bool {
    folder.split('/').any(|it| TEST_FOLDERS.contains(&it.to_ascii_lowercase().as_str()))
}

/// Whether a file is a test by its name alone.
pub(super) fn is_test_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let infix = [".test.", ".spec.", ".stories.", ".e2e.", ".mock."].iter().any(|it| name.contains(it));
    infix
        || name == "conftest.py"
        || name.ends_with("_test.go")
        || (name.ends_with(".py") && (stem.starts_with("test_") || stem.ends_with("_test")))
}

/// Whether a file belongs to documentation, an example or a template: it counts only where there is nothing else.
pub(super) fn is_example(path: &str) -> bool {
    in_folder(path, &EXAMPLE_FOLDERS)
}

fn in_folder(path: &str, folders: &[&str]) -> bool {
    let Some((folder, _)) = path.rsplit_once('/') else { return false };
    folder.split('/').any(|it| {
        // `_smoke_tests`, `integration-tests`
        let name = it.to_ascii_lowercase();
        let plain = name.trim_start_matches('_').replace('-', "_");
        folders.contains(&name.as_str()) || (plain.ends_with("_tests") && folders.contains(&plain.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_and_examples() {
        for path in [
            "tests/app.py",
            "a/test_x.py",
            "a/x_test.py",
            "conftest.py",
            "src/__tests__/a.ts",
            "app/_smoke_tests/server.py",
            "integration-tests/server.py",
            "a.test.ts",
            "src/Shop.UnitTests/A.cs",
            "a/b_test.go",
        ] {
            assert!(is_test(path), "{path}");
        }
        for path in ["app/latest.py", "contest/main.py", "src/testimony.ts", "app/test.py"] {
            assert!(!is_test(path), "{path}");
        }
        assert!(is_example("docs/examples/main.py"));
        assert!(!is_example("app/examples.py"));
    }
}
