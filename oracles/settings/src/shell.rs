//! A shell, with the templates as unquoted here-documents of a script.
//!
//! Each template is a subshell of its own, since an error ends a shell, with an end that no template holds: a template may
//! end in a backslash, which would join the here-document's last line to the delimiter.

use std::fmt::Write;
use std::process::Command;

use support::process::ask_str;

use crate::case::{Answer, Case};
use crate::oracle::program;

const DELIMITER: &str = "END_OF_THE_TEMPLATE";
const END: char = '|';

/// What a shell makes of the templates. It has no variables but theirs, and finds no commands but `cat`.
///
/// # Panics
/// If the shell is missing, or if a template or value holds a NUL.
#[must_use]
pub fn expand(shell: &str, cases: &[Case]) -> Vec<Answer> {
    let mut command = Command::new("/usr/bin/env");
    // A restricted bash writes to no file whatever a template says; dash is asked after it, of the same templates.
    command
        .args(["-i", shell])
        .current_dir(program("empty"))
        .stderr(std::process::Stdio::null());
    let output = ask_str(&mut command, script(cases));
    let mut parts = output.split('\0');
    let answers: Vec<Answer> = cases
        .iter()
        .map(|_| {
            let text = parts.next().expect("a text per template");
            let status = parts.next().expect("a status per template");
            match text.strip_suffix(&format!("{END}\n")) {
                Some(text) if status == "0" => Ok([("text", text.to_owned())].into()),
                _ => Err(format!("status {status}")),
            }
        })
        .collect();
    assert_eq!(parts.next(), Some(""), "nothing behind the last");
    answers
}

fn script(cases: &[Case]) -> String {
    let mut script = String::from("PATH=\n");
    for case in cases {
        assert!(!case.text().contains('\0'), "NUL separates");
        script += "(";
        for (name, value) in &case.vars {
            write!(script, "{name}={}; ", quoted(value)).expect("writing to a string");
        }
        let document = format!(
            "/bin/cat <<{DELIMITER}\n{}{END}\n{DELIMITER}\n",
            case.text()
        );
        writeln!(script, "eval {}) </dev/null", quoted(&document)).expect("writing to a string");
        script += "printf '\\000%s\\000' \"$?\"\n";
    }
    script
}

/// A string as one word of a script.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
