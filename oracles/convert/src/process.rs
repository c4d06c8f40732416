//! A reader is one process for any number of questions.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

/// What the program writes when it has read all of the input.
///
/// # Panics
/// If the program is missing or fails: then nothing has been read.
#[must_use]
pub fn ask(command: &mut Command, input: Vec<u8>) -> Vec<u8> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{name}: {error}; run oracles/convert/install"));
    let mut stdin = child.stdin.take().expect("a pipe");
    let writer = thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("a child");
    let status = output.status;
    assert!(
        status.success(),
        "{name}: {status}; run oracles/convert/install"
    );
    writer
        .join()
        .expect("no panic")
        .expect("the reader reads all");
    output.stdout
}

/// What `install` has put there.
#[must_use]
pub fn installed(path: &str) -> PathBuf {
    here().join("../../target/oracles").join(path)
}

/// A reader's own program, in this package.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    here().join("readers").join(name)
}

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
