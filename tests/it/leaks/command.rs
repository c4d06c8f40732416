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

/// Every verb, with the arguments that it needs; `§` is one that holds the secret.
const VERBS: &[&[&str]] = &[
    &["explain"],
    &["explain", "§"],
    &["resolve"],
    &["convert", "--to=url"],
    &["convert", "--to=conninfo", "§"],
    &["convert", "--to=jdbc", "§"],
    &["convert", "--to=django", "§"],
    &["convert", "--to=§"],
    &["exec", "--", "/bin/true"],
    &["exec", "§"],
    &["exec", "--", "§"],
    &["exec", "--", "/bin/true", "§"],
    &["psql"],
    &["psql", "§"],
    &["mysql"],
    &["mysql", "--", "§"],
    &["list"],
    &["list", "§"],
    &["parse", "§"],
    &["parse", "x=§", "§"],
    &["render", "§"],
    &["render", "--list", "§"],
    &["expand", "$DATABASE_URL"],
    &["expand", "$(§)"],
    &["expand", "--syntax=erb", "<%= §"],
    &["encode"],
    &["encode", "§"],
    &["check"],
    &["check", "--target=§"],
    &["check", "--connect", "§"],
    &["wait", "--timeout=§"],
    &["wait", "§"],
    &["check", "--deny=§", "§"],
    &["guard", "--expect=§"],
    &["guard", "--expect=local", "--also=§"],
    &["guard", "--expect", "§", "--expect=test"],
    &["diff", "§", "§"],
    &["diff", "DATABASE_URL", "§"],
    &["diff", "§", "file:§#§"],
    &["diff", "§"],
    &["redact"],
    &["redact", "§"],
    &["completions", "§"],
    &["help", "§"],
    &["§"],
    &["§", "§"],
];

/// Verbs that choose a database.
const CHOOSING: &[&[&str]] = &[
    &["explain"],
    &["resolve"],
    &["resolve", "--complete"],
    &["convert", "--to=url"],
    &["convert", "--to=libpq"],
    &["convert", "--to=conninfo"],
    &["convert", "--to=jdbc"],
    &["convert", "--to=go-dsn"],
    &["convert", "--to=sqlalchemy"],
    &["convert", "--to=asyncpg"],
    &["convert", "--to=env"],
    &["convert", "--to=shell"],
    &["convert", "--to=dotenv"],
    &["convert", "--to=heroku"],
    &["convert", "--to=compose"],
    &["convert", "--to=django"],
    &["convert", "--to=rails"],
    &["convert", "--to=sequelize"],
    &["convert", "--to=pgpass"],
    &["convert", "--to=pg-service"],
    &["exec", "--", "/bin/true"],
    &["psql"],
    &["mysql"],
    &["check"],
    &["check", "--target=sqlx", "--deny=warnings"],
    &["check", "--target=mysql", "--complete"],
    &["guard", "--expect=local"],
    &["guard", "--expect=test", "--complete"],
    &["guard", "--expect=db.example/shop"],
];

/// What is on standard input, with the secret as it is where `§` is, and quoted where `¤` is.
const CONTENTS: &[(&[&str], &str)] = &[
    (&["--env-file=-"], "DATABASE_URL=§\n"),
    (&["--env-file=-"], "DATABASE_URL='§'\n"),
    (&["--env-file=-"], "DATABASE_URL=\"postgres://u:§@h/d\"\n"),
    (&["--vars=-"], "DATABASE_URL=§\n"),
    (&["--vars=-"], r#"{"DATABASE_URL": ¤}"#),
    (
        &["--vars=-"],
        r#"{"DB_HOST": "h", "DB_DATABASE": "d", "DB_CONNECTION": "pgsql", "DB_PASSWORD": ¤}"#,
    ),
    (&["--file=-", "--system=rails"], "development:\n  url: ¤\n"),
    (
        &["--file=-", "--system=rails"],
        "development:\n  adapter: postgresql\n  host: ¤\n  ¤: ¤\n",
    ),
    (
        &["--file=-", "--system=rails", "--env=¤"],
        "development:\n  adapter: mysql2\n¤:\n  host: h\n",
    ),
    (
        &["--file=-", "--system=sequelize"],
        r#"{"development": {"dialect": "mysql", "url": ¤}}"#,
    ),
    (
        &["--file=-", "--system=sequelize"],
        r#"{"development": {"dialect": "postgres", "host": "h", ¤: ¤, "use_env_variable": ¤}}"#,
    ),
    (&["--file=-", "--system=conduit"], "database: ¤\n"),
    (
        &["--file=-", "--system=django"],
        r#"{"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "d", "HOST": "h", "OPTIONS": {¤: ¤}}}"#,
    ),
    (&["--file=-", "--system=procfile"], "web: run --connect §\n"),
    (&["--file=-"], "database: ¤\n"),
];

fn dburl(arguments: &[&str], stdin: &str, vars: &[(&str, &str)]) -> String {
    use std::io::Write;
    use std::process::Stdio;

    let mut child = Command::new(env!("CARGO_BIN_EXE_dburl"))
        .args(arguments)
        .env_clear()
        // No client is there to connect, or to be installed with other messages.
        .env("PATH", "/nowhere")
        .envs(vars.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut pipe = child.stdin.take().expect("a pipe");
    // A rejected argument ends it before it reads.
    let _ = pipe.write_all(stdin.as_bytes());
    drop(pipe);
    let Output { stdout, stderr, .. } = child.wait_with_output().expect("it ends");
    [stdout, stderr]
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .concat()
}

/// Fails if the output has the secret. What is in an argument is in no variable, so that it is seen which of them leaks.
fn hides(
    arguments: &[String],
    stdin: &str,
    vars: &[(&str, &str)],
    marker: &str,
) -> Result<(), TestCaseError> {
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    let shown = dburl(&arguments, stdin, vars);
    prop_assert!(
        !shows(&shown, marker),
        "{arguments:?} {vars:?} {stdin:?} shows {marker}: {shown}"
    );
    Ok(())
}

#[test]
fn every_verb_is_tried() {
    let help = dburl(&["--help"], "", &[]);
    let commands = help.split("Options:").next().unwrap_or_default();
    let lines = commands.lines().filter_map(|line| line.strip_prefix("  "));
    let verbs = lines.filter_map(|line| line.split(' ').next().filter(|name| !name.is_empty()));
    let untried: Vec<_> = verbs
        .filter(|verb| !VERBS.iter().any(|tried| tried[0] == *verb))
        .collect();
    assert!(
        untried.is_empty() && commands.contains("  explain "),
        "{untried:?} of {help}"
    );
}

/// The arguments with the secret, and with `--json` before those of a child.
fn arguments(verb: &[&str], text: &str, flags: &[&str]) -> Vec<String> {
    let at = verb
        .iter()
        .position(|argument| *argument == "--")
        .unwrap_or(verb.len());
    let flags = flags.iter().copied().filter(|flag| !flag.is_empty());
    let all = verb[..at]
        .iter()
        .copied()
        .chain(flags)
        .chain(verb[at..].iter().copied());
    all.map(|argument| argument.replace('§', text)).collect()
}

fn json() -> impl Strategy<Value = &'static str> {
    select(vec!["", "--json"])
}

/// A path is shown, and a file of it is not there.
fn is_path(text: &str) -> bool {
    text.starts_with(['/', '.', '~', '\\'])
}

proptest! {
    #![proptest_config(cases(15))]

    #[test]
    fn a_flag_shows_no_secret(
        (marker, text) in secret(), verb in select(VERBS), flag in select(FLAGS), json in json(), joined in any::<bool>(),
        system in select(vec!["", "--system=django", "--system=conduit", "--system=rails"]),
    ) {
        prop_assume!(!is_path(&text));
        let one = format!("{flag}={text}");
        let flags = if joined { vec![json, system, &one] } else { vec![json, system, flag, &text] };
        hides(&arguments(verb, "x", &flags), "", &[], &marker)?;
        hides(&arguments(&[&text, verb[0], &one], "", &[]), "", &[], &marker)?;
    }

    #[test]
    fn an_argument_shows_no_secret((marker, text) in secret(), verb in select(VERBS), json in json()) {
        prop_assume!(!is_path(&text));
        hides(&arguments(verb, &text, &[json]), "", &[], &marker)?;
    }

    #[test]
    fn a_variable_shows_no_secret(
        (marker, text) in secret(), verb in select([CHOOSING, VERBS].concat()), json in json(),
        name in select(vec!["DATABASE_URL", "HEROKU_POSTGRESQL_RED_URL", "JAWSDB_URL", "REDIS_URL", "DB_PASSWORD"]), complete in any::<bool>(),
    ) {
        let flags = [json, if complete { "--complete" } else { "" }];
        hides(&arguments(verb, "x", &flags), "", &[(name, &text)], &marker)?;
    }

    #[test]
    fn a_file_shows_no_secret((marker, text) in secret(), verb in select(CHOOSING), json in json(), (flags, content) in select(CONTENTS)) {
        let content = content.replace('¤', &serde_json::Value::from(&*text).to_string()).replace('§', &text);
        let flags = [&[json], flags].concat();
        hides(&arguments(verb, "x", &flags), &content, &[], &marker)?;
    }
}

/// Lines of one run, each of which is an input.
const LINES: usize = 100;

const LOCATIONS: &[&str] = &[
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
        lines in proptest::collection::vec((secret(), select(LOCATIONS)), LINES), json in any::<bool>(), libpq in any::<bool>(),
    ) {
        let (mut stdin, mut markers) = (String::new(), Vec::new());
        for ((marker, text), location) in lines {
            stdin += &location.replace('§', encode(&text).expose());
            stdin.push('\0');
            markers.push(marker);
        }
        let mut arguments = vec!["parse", "--null", "-"];
        arguments.extend(json.then_some("--json"));
        arguments.extend(libpq.then_some("--dialect=libpq"));
        let shown = dburl(&arguments, &stdin, &[]);
        let leak = markers.iter().find(|marker| shows(&shown, marker));
        prop_assert!(leak.is_none(), "{leak:?} of {stdin}: {shown}");
    }
}
