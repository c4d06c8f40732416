//! What a command line may expect of any program.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::verbs::{SHOP, objects, run, status, stderr, stdout};

pub(super) const VERBS: &[&str] = &[
    "explain",
    "resolve",
    "convert",
    "exec",
    "psql",
    "mysql",
    "list",
    "parse",
    "render",
    "expand",
    "encode",
    "check",
    "wait",
    "guard",
    "diff",
    "redact",
    "completions",
];

fn file(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("room for a file");
    path.to_str().expect("UTF-8").to_owned()
}

#[test]
fn without_a_verb_the_database_is_explained() {
    let output = run(&[SHOP], &[], b"");
    let explained = run(&[SHOP], &["explain"], b"");
    assert_eq!((status(&output), stdout(&output)), (0, stdout(&explained)));
    let more: Vec<_> = stderr(&output)
        .lines()
        .filter(|line| !stderr(&explained).contains(*line))
        .collect();
    assert_eq!(
        more,
        ["note: no verb was given, so this is `dburl explain`; see `dburl --help`"]
    );
    assert_eq!(objects(&run(&[SHOP], &["--json"], b""))[0]["user"], "app");
    assert_eq!(
        stderr(&run(
            &[("DATABASE_URL", "postgres://h/d?sslmode=require")],
            &["-q"],
            b""
        )),
        ""
    );
}

#[test]
fn explain_takes_a_string_or_standard_input() {
    let vars = [
        ("PGSSLMODE", "disable"),
        ("HEROKU_POSTGRESQL_JADE_URL", "postgres://h2/d"),
    ];
    for (text, input) in [
        ("postgres://app:s3cret@h/d", ""),
        ("-", "postgres://app:s3cret@h/d\r\n"),
    ] {
        let object = &objects(&run(&vars, &["explain", "--json", text], input.as_bytes()))[0];
        assert_eq!(object["source"]["kind"], "argument");
        assert_eq!(object["password"], "****");
        assert_eq!(object["ambient"].to_string(), r#"["PGSSLMODE"]"#);
        assert_eq!(object["unused"].to_string(), "[]");
        assert_eq!(object["considered"][0]["outcome"], "used");
    }
    let text = run(&[], &["explain", "-"], b"postgres://app:s3cret@h/d");
    assert!(
        stdout(&text).starts_with("postgres://app:****@h/d (from standard input)\n"),
        "{}",
        stdout(&text)
    );
}

#[test]
fn a_dash_is_standard_input_for_every_path() {
    let url = "postgres://app:s3cret@h/d";
    let vars = run(
        &[],
        &["resolve", "--vars", "-"],
        format!("{{\"DATABASE_URL\": \"{url}\"}}").as_bytes(),
    );
    assert_eq!(
        stdout(&vars),
        "postgres://app:****@h/d\n",
        "{}",
        stderr(&vars)
    );
    let shell = run(
        &[],
        &["resolve", "--vars", "-"],
        format!("DATABASE_URL='{url}'\n").as_bytes(),
    );
    assert_eq!(
        stdout(&shell),
        "postgres://app:****@h/d\n",
        "{}",
        stderr(&shell)
    );
    let env = run(
        &[],
        &["resolve", "--env-file", "-"],
        format!("DATABASE_URL={url}\n").as_bytes(),
    );
    assert_eq!(
        stdout(&env),
        "postgres://app:****@h/d\n",
        "{}",
        stderr(&env)
    );
    let settings = b"production:\n  adapter: postgresql\n  host: h\n  database: d\n";
    let of_file = run(
        &[],
        &[
            "resolve",
            "--file",
            "-",
            "--system",
            "rails",
            "-e",
            "production",
        ],
        settings,
    );
    assert_eq!(stdout(&of_file), "postgres://h/d\n", "{}", stderr(&of_file));
    let rendered = run(&[], &["render", "-", "--system", "rails"], settings);
    assert_eq!(status(&rendered), 0, "{}", stderr(&rendered));
    let unclosed = run(&[], &["resolve", "--env-file", "-"], b"A=\"s3cret\n");
    let error = stderr(&unclosed);
    assert!(error.starts_with("dburl: standard input:1:3: "), "{error}");
    let twice = run(&[], &["explain", "-", "--vars", "-"], b"");
    assert_eq!(status(&twice), 2);
    assert!(stderr(&twice).contains("standard input can be read once"));
}

#[test]
fn of_several_env_files_the_last_wins() {
    let first = file("first.env", "DATABASE_URL=postgres://first/d\nA=1\n");
    let second = file("second.env", "DATABASE_URL=postgres://second/d\n");
    let output = run(
        &[],
        &["resolve", "--env-file", &first, "--env-file", &second],
        b"",
    );
    assert_eq!(stdout(&output), "postgres://second/d\n");
    let set = run(&[SHOP], &["resolve", "-q", "--env-file", &first], b"");
    assert!(stdout(&set).contains("db.example"));
}

#[test]
fn the_environment_has_three_names() {
    let path = file(
        "database.yml",
        "test:\n  adapter: postgresql\n  database: t\n",
    );
    for flag in ["--environment", "--env", "-e"] {
        let output = run(&[], &["resolve", "--file", &path, flag, "test"], b"");
        assert_eq!(
            stdout(&output),
            "postgres:///t\n",
            "{flag}: {}",
            stderr(&output)
        );
    }
}

/// A command line, what is wrong with it, and what helps.
const USAGE: &[(&[&str], &str, &str)] = &[
    (
        &["resolve", "--passwort=hunter2"],
        "unknown flag `--passwort`",
        "see `dburl resolve --help`",
    ),
    (
        &["convert", "--to", "libpq", "-x"],
        "unknown flag `-x`",
        "see `dburl convert --help`",
    ),
    (
        &["parse", "--dialect", "hunter2", "x"],
        "invalid value for --dialect",
        "see `dburl parse --help`",
    ),
    (&["explain", "--var"], "", "see `dburl explain --help`"),
    (
        &["list", "postgres://app:hunter2@h/d"],
        "unexpected argument",
        "see `dburl list --help`",
    ),
    (&["hunter2"], "unknown verb", "see `dburl --help`"),
    (
        &["convert"],
        "missing --to <FORMAT>",
        "see `dburl convert --help`",
    ),
    (
        &["completions", "hunter2"],
        "invalid value for <SHELL>",
        "see `dburl completions --help`",
    ),
    (
        &["convert", "--to", "jbdc"],
        "invalid value for --to <FORMAT>",
        "did you mean jdbc?",
    ),
    (
        &["resolve", "--system", "rials"],
        "invalid value for --system <NAME>",
        "did you mean rails?",
    ),
    (
        &["explane"],
        "unknown verb",
        "did you mean expand or explain?",
    ),
    (
        &["postgres://app:hunter2@h/d"],
        "unknown verb",
        "a connection string is an argument of `dburl explain`",
    ),
    (
        &["resolve", "--file"],
        "missing value for --file <PATH>",
        "see `dburl resolve --help`",
    ),
    (
        &["resolve", "-e", "hunter2"],
        "missing --file <PATH> or --system <NAME>",
        "see `dburl resolve --help`",
    ),
    (
        &["resolve", "-q", "-q"],
        "--quiet is given twice",
        "see `dburl resolve --help`",
    ),
    (
        &["wait", "--timeout", "hunter2"],
        "invalid value for --timeout <TIME>",
        "expected a time such as 30s",
    ),
    (
        &["convert", "--format", "hunter2"],
        "unknown flag `--format`",
        "the notation is named by `--to FORMAT`",
    ),
    (
        &["resolve", "--format=hunter2"],
        "unknown flag `--format`",
        "`--format json` is `--json`",
    ),
    (
        &["exec", "hunter2"],
        "unexpected argument",
        "the command comes after `--`, as in `dburl exec -- CMD`",
    ),
    (
        &["psql", "-c", "hunter2"],
        "unknown flag `-c`",
        "the arguments of psql come after `--`",
    ),
    (
        &["mysql", "-e", "hunter2"],
        "missing --file <PATH> or --system <NAME>",
        "the arguments of mysql come after `--`",
    ),
];

#[test]
fn usage_errors_name_the_flag_and_the_verbs_help_but_no_value() {
    for (arguments, message, help) in USAGE {
        let output = run(&[], arguments, b"");
        let shown = stderr(&output);
        assert_eq!((status(&output), stdout(&output)), (2, ""), "{arguments:?}");
        assert!(
            shown.contains(message) && shown.contains(help),
            "{arguments:?}: {shown}"
        );
        assert!(!shown.contains("hunter2"), "{arguments:?}: {shown}");
    }
}

#[test]
fn help_has_examples_and_exit_statuses_within_80_columns() {
    let mut wide = Vec::new();
    let all = VERBS.iter().map(|verb| vec![*verb, "--help"]).chain([
        vec!["--help"],
        vec!["help"],
        vec!["help", "convert"],
    ]);
    for arguments in all {
        let output = run(&[], &arguments, b"");
        let help = stdout(&output);
        assert_eq!((status(&output), stderr(&output)), (0, ""), "{arguments:?}");
        assert!(
            help.contains("Examples:\n") && help.contains("Exit status"),
            "{arguments:?}: {help}"
        );
        wide.extend(
            help.lines()
                .filter(|line| line.chars().count() > 80)
                .map(str::to_owned),
        );
    }
    assert!(wide.is_empty(), "{}", wide.join("\n"));
}

#[test]
fn completions_are_printed_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(&[], &["completions", shell], b"");
        assert_eq!(status(&output), 0, "{shell}");
        assert!(stdout(&output).contains("show-secrets"), "{shell}");
    }
}

#[test]
fn descriptions_of_values_are_no_variables_of_fish() {
    let script = run(&[], &["completions", "fish"], b"");
    let lists = stdout(&script).split(" -a \"").skip(1);
    let values: String = lists.filter_map(|list| list.split('"').next()).collect();
    assert!(values.contains("\\$DATABASE_URL"), "{values}");
    assert!(!values.replace("\\$", "").contains('$'), "{values}");
}

/// What bash offers after some words of a command line.
fn completed(words: &str) -> String {
    let script = run(&[], &["completions", "bash"], b"");
    let script = file("completions.bash", stdout(&script));
    let ask = format!(
        "source {script}; COMP_WORDS=({words} \"\"); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); \
         _dburl dburl \"\" \"${{COMP_WORDS[COMP_CWORD - 1]}}\"; echo \"${{COMPREPLY[@]}}\""
    );
    let output = Command::new("bash").args(["-c", &ask]).output();
    let output = output.expect("bash");
    assert_eq!(stderr(&output), "");
    stdout(&output).to_owned()
}

#[test]
fn bash_completes_verbs_flags_and_values() {
    for verb in VERBS {
        assert!(completed("dburl").contains(verb), "{verb}");
    }
    assert!(completed("dburl convert --to").contains("pg-service"));
    assert!(completed("dburl resolve --system").contains("rails"));
    assert!(completed("dburl resolve").contains("--attachment"));
}

#[test]
fn colors_are_forced_or_forbidden() {
    let colored = |vars: &[(&str, &str)], flags: &[&str]| {
        stdout(&run(vars, &[&["explain"], flags].concat(), b"")).contains('\u{1b}')
    };
    assert!(!colored(&[SHOP], &[]));
    assert!(colored(&[SHOP], &["--color", "always"]));
    assert!(colored(&[SHOP, ("NO_COLOR", "1")], &["--color=always"]));
    assert!(!colored(&[SHOP], &["--color", "never"]));
}

#[test]
fn json_is_a_format_of_every_verb() {
    for flags in [&["--json"][..], &["--format", "json"], &["--format=json"]] {
        let resolved = run(&[SHOP], &[&["resolve"], flags].concat(), b"");
        assert_eq!(objects(&resolved)[0]["ok"], true);
        let parsed = run(
            &[],
            &[&["parse", "--format", "url"], flags, &["-"]].concat(),
            b"postgres://h/d\n",
        );
        assert_eq!(objects(&parsed)[0]["database"], "d");
    }
    // What follows `--` is another command's.
    let command = run(
        &[SHOP, ("PATH", "/usr/bin:/bin")],
        &["exec", "-q", "--", "echo", "--format", "json"],
        b"",
    );
    assert_eq!(stdout(&command), "--format json\n");
}

#[test]
fn lines_of_windows_are_lines() {
    let output = run(
        &[],
        &["parse", "-"],
        b"postgres://h/a\r\npostgres://h/b\r\n",
    );
    assert_eq!(
        (status(&output), stdout(&output)),
        (0, "postgres://h/a\npostgres://h/b\n")
    );
}

#[test]
fn the_list_fits_80_columns_where_names_do() {
    let vars = [
        (
            "DATABASE_URL",
            "postgres://app:s@ec2-23-21-91-97.compute-1.amazonaws.com/shop",
        ),
        (
            "HEROKU_POSTGRESQL_BRONZE_URL",
            "postgres://app:s@ec2-23-21-91-97.compute-1.amazonaws.com/shop",
        ),
        (
            "HEROKU_POSTGRESQL_JADE_URL",
            "postgres://app:s@ec2-23-21-91-98.compute-1.amazonaws.com/reports",
        ),
    ];
    let output = run(&vars, &["list"], b"");
    let wide: Vec<_> = stdout(&output)
        .lines()
        .filter(|line| line.chars().count() > 80)
        .collect();
    assert!(wide.is_empty(), "{wide:?}");
}
