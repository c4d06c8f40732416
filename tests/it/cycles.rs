//! No file imports another that imports it, by whatever way round.
//!
//! An import is a path that begins with `crate`, `super`, `self` or a child module, in a `use` or in code, outside of tests. It
//! leads to the file that defines the item: a re-export is followed, and is no import of the file that has it, unless that
//! file names the item, too. A parent that imports its children may therefore not be imported by them: what they share is a
//! file of its own. A crate's root, which declares and re-exports, and paths in the bodies of macros (`$crate`) do not count.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A module by the names that lead to it; the crate's root is empty.
type Module = Vec<String>;

/// What a file says of others.
#[derive(Default)]
struct File {
    /// The paths that it imports.
    imports: Vec<Module>,
    /// The names that it re-exports.
    exports: BTreeMap<String, Module>,
    /// The code without its `use` lines.
    body: String,
}

impl File {
    fn read(text: &str) -> Self {
        let mut file = Self::default();
        let code = code(text);
        let mut exports = Vec::new();
        for (index, statement) in statements(&code).into_iter().enumerate() {
            // What is before the first `use`, and after the `;` of each one, is code.
            if index % 2 == 0 {
                file.body.push_str(statement);
                continue;
            }
            let (visibility, tree) = statement.split_once("use ").expect("a `use`");
            for (path, name) in leaves(tree) {
                if visibility.trim().is_empty() {
                    file.imports.push(path.clone());
                    // Its children may name it.
                    file.exports.insert(name, path);
                } else {
                    exports.push((name, path));
                }
            }
        }
        for (name, path) in exports {
            if name.starts_with(char::is_uppercase) && words(&file.body).any(|word| word == name) {
                file.imports.push(path.clone());
            }
            file.exports.insert(name, path);
        }
        let in_code = paths(&file.body).filter(|path| {
            let first = path[0].as_str();
            ["crate", "super", "self"].contains(&first)
        });
        let in_code: Vec<_> = in_code.collect();
        file.imports.extend(in_code);
        file
    }
}

/// The code without comments, strings, and what is compiled for tests alone.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut skipped = None;
    for line in text.lines() {
        let indent = &line[..line.len() - line.trim_start().len()];
        match skipped {
            None if line.trim() == "#[cfg(test)]" => skipped = Some((indent, false)),
            None if line.trim_start().starts_with("//") => {}
            None => {
                // Whatever is between quotation marks, but for a lone one such as of b'"'.
                let mut pieces = line.split('"');
                code.push_str(pieces.next().unwrap_or_default());
                pieces
                    .skip(1)
                    .step_by(2)
                    .for_each(|piece| code.push_str(piece));
                code.push('\n');
            }
            Some((indent, in_block)) => {
                let is_end = line == format!("{indent}}}");
                let is_item = !in_block && line.ends_with(';');
                let opens = in_block || line.ends_with('{');
                skipped = (!is_end && !is_item).then_some((indent, opens));
            }
        }
    }
    code
}

/// Code and `use` statements in turn, beginning with code.
fn statements(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = code;
    let is_use = |line: &str| {
        let line = line.trim_start();
        let line = line.strip_prefix("pub").map_or(line, |line| {
            let line = line.trim_start();
            let inner = line.strip_prefix('(').and_then(|line| line.split_once(')'));
            inner.map_or(line, |(_, line)| line).trim_start()
        });
        line.starts_with("use ")
    };
    loop {
        let mut at = 0;
        let mut lines = rest.split_inclusive('\n');
        let start = loop {
            match lines.next() {
                None => break rest.len(),
                Some(line) if is_use(line) => break at,
                Some(line) => at += line.len(),
            }
        };
        found.push(&rest[..start]);
        rest = &rest[start..];
        let Some(end) = rest.find(';') else {
            return found;
        };
        found.push(&rest[..end]);
        rest = &rest[end + 1..];
    }
}

/// The paths of a tree of imports, each with the name that it is known by.
fn leaves(tree: &str) -> Vec<(Module, String)> {
    let tree = tree.trim();
    let segments = |path: &str| -> Module {
        let segments = path.split("::").map(str::trim);
        segments
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let Some((prefix, list)) = tree.split_once('{') else {
        let (path, name) = match tree.split_once(" as ") {
            Some((path, name)) => (segments(path), Some(name.trim().to_owned())),
            None => (segments(tree), None),
        };
        let mut path = path;
        if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
            path.pop();
        }
        let last = path.last().cloned().unwrap_or_default();
        return vec![(path, name.unwrap_or(last))];
    };
    let list = list.trim_end().strip_suffix('}').unwrap_or(list);
    let mut depth = 0;
    let items = list.split(|c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    });
    let items: Vec<_> = items.filter(|item| !item.trim().is_empty()).collect();
    let below = items
        .into_iter()
        .map(|item| format!("{prefix}{}", item.trim()));
    below.flat_map(|item| leaves(&item)).collect()
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_')
}

/// The paths in code that have at least two names, but for those of macros' bodies and of visibilities.
fn paths(code: &str) -> impl Iterator<Item = Module> + '_ {
    let pieces = code
        .split("pub(in ")
        .enumerate()
        .flat_map(|(index, piece)| {
            let piece = match piece.split_once(')') {
                Some((_, code)) if index > 0 => code,
                _ => piece,
            };
            piece.split(|c: char| !c.is_alphanumeric() && !['_', ':', '$'].contains(&c))
        });
    let pieces = pieces.filter(|piece| piece.contains("::") && !piece.contains('$'));
    let paths = pieces.map(|piece| {
        let names = piece.split("::").take_while(|name| !name.is_empty());
        let names = names.map(|name| name.trim_end_matches(':').to_owned());
        names.collect::<Module>()
    });
    paths.filter(|path| path.len() > 1)
}

/// The files of a crate, by their modules.
struct Tree(BTreeMap<Module, File>);

impl Tree {
    fn of<'t>(files: impl IntoIterator<Item = (Module, &'t str)>) -> Self {
        let files = files.into_iter();
        Self(
            files
                .map(|(module, text)| (module, File::read(text)))
                .collect(),
        )
    }

    /// The path from the root; `None` if it is one of another crate.
    fn absolute(&self, from: &Module, path: &[String]) -> Option<Module> {
        let (mut base, mut rest) = match path.first()?.as_str() {
            "crate" => (Vec::new(), &path[1..]),
            "self" => (from.clone(), &path[1..]),
            "super" => (from.clone(), path),
            child => {
                let child = [from.as_slice(), &[child.to_owned()]].concat();
                self.0
                    .contains_key(&child)
                    .then_some((from.clone(), path))?
            }
        };
        while rest.first().is_some_and(|name| name == "super") {
            base.pop();
            rest = &rest[1..];
        }
        base.extend_from_slice(rest);
        Some(base)
    }

    /// The file that defines what a path names; for a module, its file.
    fn definer(&self, path: &[String]) -> Module {
        let mut path = path.to_vec();
        // A name is exported again a few times at most.
        for _ in 0..8 {
            let is_module = |len: &usize| self.0.contains_key(&path[..*len]);
            let len = (1..=path.len()).take_while(is_module).last();
            let (file, rest) = path.split_at(len.unwrap_or_default());
            let export = rest
                .first()
                .and_then(|name| self.0.get(file)?.exports.get(name));
            let export = export.and_then(|export| self.absolute(&file.to_vec(), export));
            let Some(export) = export else {
                return file.to_vec();
            };
            path = [&export, &rest[1..]].concat();
        }
        path
    }

    /// The files that a file imports.
    fn imports(&self, module: &Module) -> BTreeSet<Module> {
        let file = &self.0[module];
        let mut found = BTreeSet::new();
        for path in &file.imports {
            let Some(path) = self.absolute(module, path) else {
                continue;
            };
            if !self.0.contains_key(&path) {
                found.insert(self.definer(&path));
                continue;
            }
            // A module: what is named below it counts.
            let name = path.last();
            let below = paths(&file.body).filter(|below| below.first() == name);
            found.extend(below.map(|below| self.definer(&[&path, &below[1..]].concat())));
        }
        let children = paths(&file.body).filter_map(|path| self.absolute(module, &path));
        found.extend(children.map(|path| self.definer(&path)));
        found.retain(|found| found != module && self.0.contains_key(found) && !found.is_empty());
        found
    }

    /// The groups of files that import one another.
    fn cycles(&self) -> Vec<String> {
        let modules = self.0.keys().filter(|module| !module.is_empty());
        let imports: BTreeMap<_, _> = modules.map(|one| (one, self.imports(one))).collect();
        let reached = |from: &Module| {
            let mut seen = BTreeSet::new();
            let mut open: Vec<_> = imports[from].iter().collect();
            while let Some(next) = open.pop() {
                if seen.insert(next) {
                    open.extend(&imports[next]);
                }
            }
            seen
        };
        let reached: BTreeMap<_, _> = imports.keys().map(|one| (*one, reached(one))).collect();
        let groups = reached.iter().filter(|(one, found)| found.contains(*one));
        let groups: BTreeSet<Vec<String>> = groups
            .map(|(one, found)| {
                let group = found.iter().filter(|other| reached[**other].contains(*one));
                group.map(|module| module.join("::")).collect()
            })
            .collect();
        groups
            .into_iter()
            .map(|group| group.join(" <-> "))
            .collect()
    }
}

/// The modules below a folder, with their text.
fn read(folder: &Path, module: &Module, skipped: &[&str], found: &mut Vec<(Module, String)>) {
    for entry in fs::read_dir(folder).expect("a folder of the package") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        // Tests in files of their own.
        if skipped.contains(&&*name) || ["tests", "suite"].contains(&&*name) {
            continue;
        }
        let mut below = module.clone();
        if !["mod", "lib", "main"].contains(&&*name) {
            below.push(name);
        }
        if path.is_dir() {
            read(&path, &below, skipped, found);
        } else {
            found.push((below, fs::read_to_string(&path).expect("UTF-8")));
        }
    }
}

fn cycles_of(folder: &str, skipped: &[&str]) -> Vec<String> {
    let mut files = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    read(&folder, &Vec::new(), skipped, &mut files);
    let files = files
        .iter()
        .map(|(module, text)| (module.clone(), text.as_str()));
    Tree::of(files).cycles()
}

#[test]
fn no_file_imports_one_that_imports_it() {
    assert_eq!(cycles_of("src", &["bin"]), [""; 0]);
    assert_eq!(cycles_of("src/bin/dburl", &[]), [""; 0]);
}

#[test]
fn cycles_are_found_in_every_form() {
    let cycles = |files: &[(&str, &str)]| {
        let module = |path: &str| {
            path.split("::")
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect()
        };
        Tree::of(files.iter().map(|(path, text)| (module(path), *text))).cycles()
    };
    let both = ["a <-> b"];
    assert_eq!(
        cycles(&[("a", "use crate::b::B;"), ("b", "use crate::a::A;")]),
        both
    );
    assert_eq!(
        cycles(&[
            ("a", "use crate::{\n    b::{B, C},\n    c,\n};"),
            ("b", "fn f() { crate::a::f() }")
        ]),
        both
    );
    assert_eq!(
        cycles(&[
            ("a", "use crate::b;\nfn f() { b::f() }"),
            ("b", "use super::a::A;")
        ]),
        both
    );
    assert_eq!(
        cycles(&[
            ("", "pub use a::A;"),
            ("a", "use crate::b::B;"),
            ("b", "use crate::A;")
        ]),
        both
    );
    // A parent and its child.
    assert_eq!(
        cycles(&[("a", "use b::B;"), ("a::b", "use super::A;")]),
        ["a <-> a::b"]
    );
    assert_eq!(
        cycles(&[("a", "fn f() { b::f() }"), ("a::b", "use super::A;")]),
        ["a <-> a::b"]
    );
    assert_eq!(
        cycles(&[
            ("a", "pub use b::B;\nfn f(b: B) {}"),
            ("a::b", "use super::A;")
        ]),
        ["a <-> a::b"]
    );
    // By way of a third.
    assert_eq!(
        cycles(&[
            ("a", "use crate::b::B;"),
            ("b", "use crate::c::C;"),
            ("c", "use crate::a::A;")
        ]),
        ["a <-> b <-> c"]
    );
}

#[test]
fn what_is_no_cycle_is_not_reported() {
    let cycles = |a: &str, b: &str| {
        let module = |names: &[&str]| {
            names
                .iter()
                .map(|&name| name.to_owned())
                .collect::<Module>()
        };
        Tree::of([(module(&["a"]), a), (module(&["a", "b"]), b)]).cycles()
    };
    let none = [""; 0];
    // A parent that only re-exports is passed through.
    assert_eq!(
        cycles("pub mod b;\npub use b::B;", "use crate::a::B;"),
        none
    );
    assert_eq!(cycles("pub(super) use b::f;", "use super::A;"), none);
    // Tests, comments, strings and the bodies of macros.
    assert_eq!(
        cycles(
            "use b::B;",
            "#[cfg(test)]\nmod tests {\n    use crate::a::A;\n}\n"
        ),
        none
    );
    assert_eq!(
        cycles("use b::B;", "#[cfg(test)]\nuse crate::a::A;\n"),
        none
    );
    assert_eq!(
        cycles(
            "use b::B;",
            "/// [`A`](crate::a::A)\nfn f() { \"crate::a::A\" }"
        ),
        none
    );
    assert_eq!(
        cycles("use b::B;", "macro_rules! m { () => { $crate::a::A } }"),
        none
    );
}
