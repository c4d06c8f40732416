//! An oracle is one process for any number of questions.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

/// What the program writes when it has read all of the input.
///
/// # Panics
/// If the program is missing or fails; then nothing has been compared.
#[must_use]
pub fn ask(command: &mut Command, input: Vec<u8>) -> String {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{name}: {error}; run oracles/settings/install"));
    let mut stdin = child.stdin.take().expect("a pipe");
    let writer = thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("a child");
    assert!(
        output.status.success(),
        "{name}: {}; run oracles/settings/install",
        output.status
    );
    writer
        .join()
        .expect("no panic")
        .expect("the oracle reads all");
    String::from_utf8(output.stdout).expect("UTF-8 in, UTF-8 out")
}

/// What `install` has put there.
#[must_use]
pub fn installed(path: &str) -> PathBuf {
    here().join("../../target/oracles").join(path)
}

/// An oracle's own program, in this package.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    here().join("programs").join(name)
}

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
