//! Settings files and what becomes of them: the pages of `tests/snapshots/settings/`. A case is a heading, a file, the question in
//! the words of the command line, and the answer.
//!
//! `TRYCMD=overwrite cargo test --features full -- snapshots` writes the answers into the pages.

mod answer;
mod page;

use std::fs;
use std::path::Path;

use page::Line;

use crate::common::{Failures, overwrites};

/// Compares the answers of a page with those that it shows, or writes them into it.
fn check(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/settings");
    let path = folder.join(name).with_extension("md");
    let source = fs::read_to_string(&path).expect("a page in UTF-8");
    let mut failures = Failures::default();
    let mut updated = String::new();
    for line in page::lines(&source) {
        match line {
            Line::Other(line) => updated.push_str(line),
            Line::Answer { case, shown } => {
                let answer = case.question().answer();
                if answer != shown {
                    let both = format!("got:\n{answer}  wanted:\n{shown}");
                    failures.push(case.heading, &both);
                }
                updated.push_str(&answer);
            }
        }
    }
    if overwrites() && updated != source {
        fs::write(path, updated).expect("the page");
    } else {
        failures.finish();
    }
}

macro_rules! pages {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                check(stringify!($name));
            }
        )*

        #[test]
        fn every_page_has_a_test() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots/settings");
            let pages = fs::read_dir(folder).expect("the folder").map(|page| page.expect("a page").path());
            let mut pages: Vec<_> = pages.filter_map(|page| Some(page.file_stem()?.to_str()?.to_owned())).collect();
            pages.sort();
            assert_eq!(pages, [$(stringify!($name)),*]);
        }
    };
}

pages! { conduit django plain rails rails_files rails_unknown rails_variables sequelize }
