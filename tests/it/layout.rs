//! The tree is in order: a module imports only from those before it, files stay short, and only `vars/mod.rs` reads the
//! process environment.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the library, a file or a folder of `src/` each. An earlier one never imports a later one.
const MODULES: &[&str] = &[
    "limits",
    "libpq",
    "span",
    "secret",
    "did_you_mean",
    "key",
    "sorted",
    "bytes",
    "shown",
    "source",
    "warning",
    "error",
    "grammar",
    "words",
    "document",
    "engine",
    "excerpt",
    "config",
    "mistake",
    "postgres",
    "mysql",
    "sqlite",
    "service",
    "template",
    "vars",
    "database",
    "platform",
    "attachment",
    "resolution",
    "credentials",
    "settings",
    "resolver",
    "redact",
    "convert",
    "adapter",
    "driver",
    "diagnose",
    "guide",
];

/// The modules of the command, which knows the library from outside only.
const COMMAND_MODULES: &[&str] = &["args", "view", "verb", "main"];

/// What a crate's root holds in addition to its modules, by root.
const ROOTS: &[(&str, &[&str])] = &[("src", &["MAX_LEN"]), ("src/bin/dburl", &["Status"])];

const LONGEST: usize = 600;

fn crate_root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files under a folder, as paths relative to the package.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![crate_root().join(folder)];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the package") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(
                    path.strip_prefix(crate_root())
                        .expect("a path below")
                        .to_owned(),
                );
            }
        }
    }
    found.sort();
    found
}

fn read(file: &Path) -> String {
    fs::read_to_string(crate_root().join(file)).expect("a source file in UTF-8")
}

/// The lines of code, with their numbers; documentation may name whatever it likes.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The names after `crate::` in a line, with those of a braced list.
fn imports(line: &str) -> Vec<&str> {
    let name = |path: &'_ str| {
        path.find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(path.len())
    };
    let mut found = Vec::new();
    for path in line.split("crate::").skip(1) {
        match path.strip_prefix('{') {
            Some(list) => found.extend(
                list.split(',')
                    .map(|path| &path.trim()[..name(path.trim())]),
            ),
            None => found.push(&path[..name(path)]),
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

/// The module that a file below `root` belongs to.
fn module<'f>(file: &'f Path, root: &str) -> Option<&'f str> {
    let first = file.strip_prefix(root).ok()?.components().next()?;
    first.as_os_str().to_str()?.split('.').next()
}

/// What is out of order in one crate.
fn disorder(root: &str, modules: &[&str], skipped: &[&str]) -> Vec<String> {
    let held = ROOTS
        .iter()
        .find(|(name, _)| *name == root)
        .map_or(&[][..], |(_, held)| held);
    let mut found = Vec::new();
    for file in files(root) {
        let here = module(&file, root).expect("a name");
        if skipped.contains(&here) {
            continue;
        }
        let Some(location) = modules.iter().position(|known| *known == here) else {
            found.push(format!(
                "{}: the module `{here}` is not in the list",
                file.display()
            ));
            continue;
        };
        let text = read(&file);
        for (number, line) in code(&text) {
            for import in imports(line) {
                let in_order = match modules.iter().position(|known| *known == import) {
                    Some(imported) => imported <= location,
                    None => held.contains(&import),
                };
                if !in_order {
                    found.push(format!(
                        "{}:{number}: `{here}` imports `{import}`",
                        file.display()
                    ));
                }
            }
        }
    }
    found
}

#[track_caller]
fn none(found: &[String]) {
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn left_never_imports_right() {
    none(&disorder("src", MODULES, &["lib", "bin"]));
}

#[test]
fn the_command_is_in_order_too() {
    if crate_root().join("src/bin/dburl").is_dir() {
        none(&disorder("src/bin/dburl", COMMAND_MODULES, &[]));
    }
}

#[test]
fn every_module_of_the_list_is_there() {
    let there = |module: &&&str| {
        let path = crate_root().join("src").join(module);
        path.is_dir() || path.with_extension("rs").is_file()
    };
    let missing: Vec<_> = MODULES
        .iter()
        .filter(|module| !there(module))
        .map(|module| (*module).to_owned())
        .collect();
    none(&missing);
}

#[test]
fn no_file_is_two_files() {
    let folders = [
        "src",
        "tests",
        "examples",
        "benches",
        "oracles",
        "fuzz/src",
        "fuzz/tests",
    ];
    let mut found = Vec::new();
    for folder in folders
        .iter()
        .filter(|folder| crate_root().join(folder).is_dir())
    {
        for file in files(folder) {
            let lines = read(&file).lines().count();
            let generated = file.components().any(|part| part.as_os_str() == "target");
            if lines > LONGEST && !generated {
                found.push(format!("{}: {lines} lines", file.display()));
            }
        }
    }
    none(&found);
}

#[test]
fn only_vars_reads_the_environment() {
    let mut found = Vec::new();
    for file in files("src") {
        let text = read(&file);
        for (number, line) in
            code(&text).filter(|(_, line)| line.contains("std::env") || line.contains("env::var"))
        {
            // The command's own arguments are no environment.
            let arguments =
                file.ends_with("bin/dburl/main.rs") && line.contains("std::env::args_os()");
            if file != Path::new("src/vars/mod.rs") && !arguments {
                found.push(format!("{}:{number}: {}", file.display(), line.trim()));
            }
        }
    }
    none(&found);
}

#[test]
fn only_the_command_prints() {
    let mut found = Vec::new();
    for file in files("src")
        .iter()
        .filter(|file| !file.starts_with("src/bin"))
    {
        let text = read(file);
        let prints = |line: &str| {
            ["println!", "print!", "dbg!"]
                .iter()
                .any(|name| line.contains(name))
        };
        let lines = code(&text).filter(|(_, line)| prints(line));
        found.extend(lines.map(|(number, _)| format!("{}:{number}", file.display())));
    }
    none(&found);
}

#[test]
fn imports_are_found_in_every_form() {
    assert_eq!(imports("use crate::error::{Error, ErrorKind};"), ["error"]);
    assert_eq!(
        imports("use crate::{MAX_LEN, place::Span};"),
        ["MAX_LEN", "place"]
    );
    assert_eq!(
        imports("    crate::syntax::percent::decode(crate::MAX_LEN)"),
        ["syntax", "MAX_LEN"]
    );
    assert_eq!(imports("pub(crate) use words;"), [""; 0]);
}
