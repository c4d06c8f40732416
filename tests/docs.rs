//! The console blocks of README.md, `docs/` and `examples/*/README.md` run, and print what the page shows; so do those of
//! `tests/snapshots/`, one file for what each verb prints.
//!
//! A page leaves out what only `trycmd` needs: the exit status of a failure, and the empty line after an output. A comment
//! `<!-- in: examples/sequelize -->` on the line before a block names the folder that it runs in; the pages of `examples/` run in
//! their own. `TRYCMD=overwrite cargo test --features full -- snapshots` writes what the commands print into the pages.

use std::env;
use std::fs;
use std::panic;
use std::path::{Path, PathBuf};

const FENCE: &str = "```";

/// A console block: its lines between the fences, and the folder that it runs in.
struct Block {
    lines: Vec<String>,
    folder: PathBuf,
}

/// One test for all pages: the folder that a process is in is one.
#[test]
fn snapshots_of_console_blocks() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let pages = pages(root);
    let failed: Vec<_> = pages.iter().filter(|page| !passes(root, page)).collect();
    assert!(failed.is_empty(), "{failed:?}");
}

fn pages(root: &Path) -> Vec<PathBuf> {
    let mut pages = vec![root.join("README.md")];
    let is_page = |path: &PathBuf| path.extension() == Some("md".as_ref());
    pages.extend(entries(&root.join("docs")).filter(is_page));
    pages.extend(entries(&root.join("tests/snapshots")).filter(is_page));
    pages.extend(entries(&root.join("examples")).map(|folder| folder.join("README.md")));
    pages.retain(|page| page.exists());
    assert!(pages.len() > 12, "the pages were found: {pages:?}");
    pages
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("a folder of the package")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    entries.sort();
    entries.into_iter()
}

/// What a person reads fits a terminal: only one unbreakable word is wider. What another program reads has the lines of its
/// format.
#[test]
fn console_blocks_fit_80_columns() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wide = Vec::new();
    for page in pages(root) {
        let source = fs::read_to_string(&page).expect("a page in UTF-8");
        let blocks =
            sections(&source).filter_map(|(lines, is_console)| is_console.then_some(lines));
        for lines in blocks {
            let prose = commands(&lines)
                .into_iter()
                .filter(|(typed, _)| !prints_data(typed));
            let printed = prose.flat_map(|(_, output)| output);
            let wide_here = printed.filter(|line| {
                let is_json = line.starts_with(['{', '[']);
                let is_word = !line.trim().contains(' ');
                line.chars().count() > 80 && !is_json && !is_word
            });
            wide.extend(wide_here.map(|line| format!("{}: {line}", page.display())));
        }
    }
    assert!(wide.is_empty(), "{}", wide.join("\n"));
}

/// Whether a command's output has the lines of a format.
fn prints_data(typed: &[String]) -> bool {
    let has = |word: &str| typed[0].split(' ').any(|typed| typed == word);
    ["convert", "expand", "redact"].iter().any(|verb| has(verb)) || has("render") && !has("--list")
}

/// Runs a page once for each folder that its blocks run in, and writes back what `trycmd` wrote.
fn passes(root: &Path, page: &Path) -> bool {
    let source = fs::read_to_string(page).expect("a page in UTF-8");
    let mut blocks = blocks(root, page, &source);
    let mut folders: Vec<_> = blocks.iter().map(|block| block.folder.clone()).collect();
    folders.sort();
    folders.dedup();

    let mut passed = true;
    let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(page.file_name().expect("a file"));
    for folder in folders {
        fs::write(&copy, prepared(&source, &blocks, &folder)).expect("a file of the target folder");
        env::set_current_dir(&folder).expect("a folder");
        let run = || trycmd::TestCases::new().case(&copy).run();
        passed &= panic::catch_unwind(run).is_ok();
        let written = fs::read_to_string(&copy).expect("the copy");
        let ran = sections(&written).filter_map(|(lines, is_console)| is_console.then_some(lines));
        let here = blocks.iter_mut().filter(|block| block.folder == folder);
        for (block, lines) in here.zip(ran) {
            block.lines = shown(&lines);
        }
    }
    let updated = with_blocks(
        &source,
        blocks.iter().map(|block| Some(block.lines.clone())),
    );
    if updated != source && overwrites() {
        fs::write(page, updated).expect("the page");
    }
    passed
}

#[expect(clippy::disallowed_methods, reason = "the variable is trycmd's own")]
fn overwrites() -> bool {
    env::var_os("TRYCMD").is_some_and(|mode| mode == "overwrite")
}

/// The blocks of code of a page, and whether each is a console block.
fn sections(source: &str) -> impl Iterator<Item = (Vec<String>, bool)> {
    let mut lines = source.lines();
    std::iter::from_fn(move || {
        let opening = lines.find(|line| line.starts_with(FENCE))?;
        let inside = lines.by_ref().take_while(|line| !line.starts_with(FENCE));
        Some((inside.map(str::to_owned).collect(), opening == "```console"))
    })
}

fn blocks(root: &Path, page: &Path, source: &str) -> Vec<Block> {
    let home = match page.strip_prefix(root.join("examples")) {
        Ok(_) => page.parent().expect("a folder"),
        Err(_) => root,
    };
    let comments: Vec<_> = source.lines().collect();
    let before = comments
        .windows(2)
        .filter(|pair| pair[1] == "```console")
        .map(|pair| pair[0]);
    let consoles = sections(source).filter(|(_, is_console)| *is_console);
    consoles
        .zip(before)
        .map(|((lines, _), before)| {
            let named = before.strip_prefix("<!-- in: ");
            let named = named.and_then(|rest| rest.strip_suffix(" -->"));
            Block {
                lines,
                folder: named.map_or_else(|| home.to_owned(), |named| root.join(named)),
            }
        })
        .collect()
}

/// The page with new lines in its console blocks; a block that is given none is no console block any more.
fn with_blocks(source: &str, blocks: impl Iterator<Item = Option<Vec<String>>>) -> String {
    let mut blocks = blocks;
    let mut page = String::new();
    let mut lines = source.lines();
    while let Some(line) = lines.next() {
        if line != "```console" {
            page.extend([line, "\n"]);
            continue;
        }
        let block = blocks.next().flatten();
        page.push_str(if block.is_some() {
            "```console\n"
        } else {
            "```text\n"
        });
        for line in block.unwrap_or_default() {
            page.extend([line.as_str(), "\n"]);
        }
        page.push_str("```\n");
        lines.by_ref().find(|line| line.starts_with(FENCE));
    }
    page
}

/// The page as `trycmd` reads it, with the blocks of one folder.
fn prepared(source: &str, blocks: &[Block], folder: &Path) -> String {
    let here = |block: &Block| (block.folder == folder).then(|| marked(&block.lines));
    with_blocks(source, blocks.iter().map(here))
}

/// A block with the exit statuses of its failures, and an empty line after each output.
fn marked(lines: &[String]) -> Vec<String> {
    let mut marked = Vec::new();
    for command in commands(lines) {
        let (typed, output) = command;
        marked.extend(typed.iter().cloned());
        if !output.first().is_some_and(|line| line.starts_with("? ")) {
            marked.extend(status(output).map(|status| format!("? {status}")));
        }
        marked.extend(output.iter().cloned());
        marked.extend((!output.is_empty()).then(String::new));
    }
    marked
}

/// A block as a reader sees it.
fn shown(lines: &[String]) -> Vec<String> {
    let mut shown = Vec::new();
    for (typed, output) in commands(lines) {
        shown.extend((!shown.is_empty()).then(String::new));
        shown.extend(typed.iter().cloned());
        let output = match output.split_first() {
            Some((first, rest))
                if status(rest).map(|status| format!("? {status}")).as_ref() == Some(first) =>
            {
                rest
            }
            _ => output,
        };
        shown.extend(output.iter().cloned());
    }
    shown
}

/// The commands of a block, each with its output, without the empty lines after it.
fn commands(lines: &[String]) -> Vec<(&[String], &[String])> {
    let starts: Vec<_> = (0..lines.len())
        .filter(|&at| lines[at].starts_with("$ "))
        .collect();
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts
        .iter()
        .zip(ends)
        .map(|(&start, end)| {
            let command = &lines[start..end];
            let typed = 1 + command[1..]
                .iter()
                .take_while(|line| line.starts_with("> "))
                .count();
            let used = command
                .iter()
                .rposition(|line| !line.is_empty())
                .map_or(0, |at| at + 1);
            (&command[..typed], &command[typed..used.max(typed)])
        })
        .collect()
}

/// The exit status that an output shows, if it is not 0.
fn status(output: &[String]) -> Option<u8> {
    let error = output
        .iter()
        .find(|line| line.starts_with("dburl: ") || line.starts_with("{\"ok\":false"))?;
    Some(if error.contains("no database is configured") {
        3
    } else {
        1
    })
}
