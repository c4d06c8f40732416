//! `examples/*/README.md`: the console blocks run, each in its own folder, as its reader would run them.

use std::env;
use std::fs;
use std::path::Path;

/// One test for all: the folder that a process is in is one.
#[test]
fn console_blocks() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut ran = 0;
    for entry in fs::read_dir(examples).expect("the folder of examples") {
        let folder = entry.expect("an entry").path();
        if folder.join("README.md").exists() {
            env::set_current_dir(&folder).expect("a folder");
            trycmd::TestCases::new().case("README.md").run();
            ran += 1;
        }
    }
    assert_eq!(ran, 6, "one folder for each way to say which database");
}
