//! An oracle is one process for any number of questions.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;

/// What the program writes when it has read all of the input.
#[must_use]
pub fn ask(command: &mut Command, input: Vec<u8>) -> Vec<u8> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{name}: {error}; run the package's `install`"));
    let mut stdin = child.stdin.take().expect("a pipe");
    let writer = thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("a child");
    let status = output.status;
    assert!(
        status.success(),
        "{name}: {status}; run the package's `install`"
    );
    writer
        .join()
        .expect("no panic")
        .expect("the oracle reads all");
    output.stdout
}

/// [`ask`] for a program that answers in UTF-8.
#[must_use]
pub fn ask_str(command: &mut Command, input: String) -> String {
    String::from_utf8(ask(command, input.into_bytes())).expect("UTF-8 in, UTF-8 out")
}

/// Puts the questions in order to a program that reads and writes a JSON value per line.
#[cfg(feature = "json")]
#[must_use]
pub fn ask_json(
    command: &mut Command,
    questions: impl Iterator<Item = serde_json::Value>,
) -> Vec<serde_json::Value> {
    let lines: Vec<String> = questions
        .map(|question| question.to_string() + "\n")
        .collect();
    let answers: Vec<_> = ask_str(command, lines.concat())
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON on each line"))
        .collect();
    assert_eq!(answers.len(), lines.len(), "{command:?}");
    answers
}

/// What `install` has put there.
#[must_use]
pub fn installed(path: &str) -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.join("../../target/oracles").join(path)
}
