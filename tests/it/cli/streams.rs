//! Output that cannot be written, that no one reads, and that is only a part.

use std::fs;
use std::io::Write as _;
use std::process::{Output, Stdio};

use super::verbs::{SHOP, dburl, objects, run, status, stderr, stdout};

/// A command line of each verb that prints something, and what it reads. Those that log in are not there.
const PRINTING: &[(&[&str], &str)] = &[
    (&["explain"], ""),
    (&["resolve"], ""),
    (&["convert", "--to", "url"], ""),
    (&["list"], ""),
    (&["parse", "-"], "postgres://h/d\n"),
    (
        &["render", "--system", "plain", "-"],
        "url: postgres://h/d\n",
    ),
    (&["expand", "-"], "a\n"),
    (&["encode"], "a"),
    (&["check"], ""),
    (&["guard", "--expect", "local", "--json"], ""),
    (&["diff", "DATABASE_URL", "DATABASE_URL"], ""),
    (&["redact"], "a\n"),
    (&["completions", "bash"], ""),
    (&["help"], ""),
    (&["--help"], ""),
    (&["--version"], ""),
    (&["resolve", "--json"], ""),
    (&["explain", "--json"], ""),
    (&["exec", "--json", "--", "no-such-command"], ""),
    (&["psql", "--json", "--var", "UNSET"], ""),
    (&["mysql", "--json"], ""),
    (&["parse"], ""),
];

/// The output of a command line whose standard output is a file.
fn run_into(to: Stdio, arguments: &[&str], input: &str) -> Output {
    let mut command = dburl(&[SHOP], arguments);
    let mut child = command.stdout(to).spawn().expect("dburl starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // It may have ended by then.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("dburl ends")
}

#[test]
fn a_full_disk_is_an_error_of_every_verb() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        return;
    };
    for (arguments, input) in PRINTING {
        let is_usage = *arguments == ["parse"];
        let to = full.try_clone().expect("a file");
        let output = run_into(to.into(), arguments, input);
        assert_eq!(
            status(&output),
            if is_usage { 2 } else { 1 },
            "{arguments:?}"
        );
        let complains = stderr(&output).contains("cannot read or write");
        assert_eq!(complains, !is_usage, "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error_of_any_verb() {
    // Where no command could be run, signals are already as it would have found them.
    let lasting = PRINTING
        .iter()
        .filter(|(arguments, _)| arguments[0] != "exec");
    for (arguments, input) in lasting {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let expected = run(&[SHOP], arguments, input.as_bytes());
        let output = run_into(writer.into(), arguments, input);
        assert_eq!(status(&output), status(&expected), "{arguments:?}");
        let complains = stderr(&output).contains("cannot read or write");
        assert!(!complains, "{arguments:?}: {}", stderr(&output));
    }
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let many = "postgres://h/d\n".repeat(20_000);
    let output = run_into(writer.into(), &["parse", "-"], &many);
    assert_eq!((status(&output), stderr(&output)), (0, ""));
}

#[test]
fn some_bad_lines_are_no_success() {
    let input = "postgres://h/a\npostgres://h:x/b\npostgres://h/c\n";
    let output = run(&[], &["parse", "-"], input.as_bytes());
    assert_eq!(
        (status(&output), stdout(&output)),
        (1, "postgres://h/a\npostgres://h/c\n")
    );
    assert!(stderr(&output).starts_with("dburl: input 2: invalid port"));
    let output = run(&[], &["parse", "--json", "-"], input.as_bytes());
    let ok: Vec<_> = objects(&output)
        .iter()
        .map(|one| one["ok"].clone())
        .collect();
    assert_eq!(
        (status(&output), ok),
        (1, vec![true.into(), false.into(), true.into()])
    );
}
