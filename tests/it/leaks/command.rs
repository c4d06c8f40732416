//! What the command prints, as text and as JSON.

use std::process::{Command, Output};

use database_url::encode;
use proptest::prelude::*;
use proptest::sample::select;

use super::inputs::secret;
use crate::common::arbitrary::cases;
use crate::common::secret::shows;

const FLAGS: &[&str] = &[
    "--var",
    "--attachment",
    "--file",
    "--system",
    "--environment",
    "--name",
    "--url",
    "--argument",
    "--default",
    "--sqlite",
    "--env-file",
    "--vars",
    "--dialect",
    "--format",
    "--syntax",
];

fn dburl(arguments: &[&str], stdin: &str) -> String {
    use std::io::Write;
    use std::process::Stdio;

    let mut child = Command::new(env!("CARGO_BIN_EXE_dburl"))
        .args(arguments)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut pipe = child.stdin.take().expect("a pipe");
    // A refused argument ends it before it reads.
    let _ = pipe.write_all(stdin.as_bytes());
    drop(pipe);
    let Output { stdout, stderr, .. } = child.wait_with_output().expect("it ends");
    [stdout, stderr]
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .concat()
}

/// A secret as a flag's value is shown by contract only where that is a database.
fn is_database(flag: &str, text: &str) -> bool {
    matches!(flag, "--url" | "--default") && text.parse::<database_url::Database>().is_ok()
}

proptest! {
    #![proptest_config(cases(10))]

    #[test]
    fn a_flag_shows_no_secret(
        (marker, text) in secret(), verb in select(vec!["explain", "resolve", "list", "parse", "render", "expand", "encode"]),
        flag in select(FLAGS), json in any::<bool>(), joined in any::<bool>(), system in select(vec!["", "--system=django", "--system=conduit", "--system=rails"]),
    ) {
        prop_assume!(!is_database(flag, &text) && !text.starts_with(['/', '.', '~', '\\']));
        let mut arguments = vec![verb];
        arguments.extend(json.then_some("--json"));
        arguments.extend(Some(system).filter(|system| !system.is_empty()));
        let one = format!("{flag}={text}");
        if joined {
            arguments.push(&one);
        } else {
            arguments.extend([flag, &text]);
        }
        let shown = dburl(&arguments, "");
        prop_assert!(!shows(&shown, &marker), "{arguments:?} shows {marker}: {shown}");
        let alone = dburl(&[&text, verb, &one], "");
        prop_assert!(!shows(&alone, &marker), "{text:?} shows {marker}: {alone}");
    }
}

/// Lines of one run, each of which is an input.
const LINES: usize = 100;

const PLACES: &[&str] = &[
    "postgres://u@h/d?application_name=§&pool=§&sslcert=§",
    "postgres://u@h/d?§=1&token=§",
    "postgres://§/d",
    "mysql://u@h/d?pool=§",
    "mysql://u@h/d?ssl-ca=§&§=1",
    "mysql://h?charset=§",
    "redis://h/0?max_connections=§&db=1",
    "mongodb://h/?appName=§",
    "sqlite:///x.db?mode=§",
    "sqlite:///x.db?timeout=§&§=1",
    "amqp://u:§@h/v?heartbeat=§",
    "file:x.db?cache=shared&vfs=§",
    "jdbc:postgresql://h/d?ApplicationName=§",
    "sqlserver://h/?app+name=§&encrypt=§",
    "postgres://u@h/d?passfile=§&krbsrvname=§&service=§&options=§",
];

proptest! {
    #![proptest_config(cases(2))]

    #[test]
    fn parsed_lines_show_no_secret(
        lines in proptest::collection::vec((secret(), select(PLACES)), LINES), json in any::<bool>(), libpq in any::<bool>(),
    ) {
        let (mut stdin, mut markers) = (String::new(), Vec::new());
        for ((marker, text), place) in lines {
            stdin += &place.replace('§', encode(&text).expose());
            stdin.push('\0');
            markers.push(marker);
        }
        let mut arguments = vec!["parse", "--null", "-"];
        arguments.extend(json.then_some("--json"));
        arguments.extend(libpq.then_some("--dialect=libpq"));
        let shown = dburl(&arguments, &stdin);
        let leak = markers.iter().find(|marker| shows(&shown, marker));
        prop_assert!(leak.is_none(), "{leak:?} of {stdin}: {shown}");
    }
}
