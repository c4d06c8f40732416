//! The command as a program: what it prints where, its exit status, and what it never prints.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// `dburl` in an empty environment.
pub(super) fn dburl(vars: &[(&str, &str)], arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dburl"));
    command
        .env_clear()
        .envs(vars.iter().copied())
        .args(arguments);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

pub(super) fn run(vars: &[(&str, &str)], arguments: &[&str], input: &[u8]) -> Output {
    let mut child = dburl(vars, arguments).spawn().expect("dburl starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = child.wait_with_output().expect("dburl ends");
    // A verb that does not read its input leaves a broken pipe.
    let _ = writer.join().expect("the writer ends");
    output
}

pub(super) fn status(output: &Output) -> i32 {
    output.status.code().expect("dburl was not killed")
}

pub(super) fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

pub(super) fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

/// A string for people as one line: where its lines break is of no meaning.
pub(super) fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn objects(output: &Output) -> Vec<Value> {
    stdout(output)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect()
}

pub(super) const SHOP: (&str, &str) = (
    "DATABASE_URL",
    "postgres://app:hunter2@db.example:5433/shop?sslmode=require&pool=5",
);

#[test]
fn parse_prints_one_object_an_input_whatever_fails() {
    let input = b"postgres://app:hunter2@h/d?sslmode=require&pool=5&token=t\n\npostgres://h:99999\nhost=/run user=''\n\xff\n";
    let output = run(&[], &["parse", "--json", "-"], input);
    let objects = objects(&output);
    assert_eq!(
        objects[0].to_string(),
        r#"{"ok":true,"engine":"postgres","scheme":"postgres","user":"app","password":"****","hosts":[{"host":"h"}],"database":"d","params":{"sslmode":"require"},"extra":{"pool":"5","token":"****"},"keywords":{"user":"app","password":"****","dbname":"d","host":"h","sslmode":"require"},"warnings":[]}"#
    );
    assert_eq!(objects[1]["error"]["kind"], "empty");
    assert_eq!(
        objects[2].to_string(),
        r#"{"ok":false,"error":{"kind":"invalid-value","stage":"options","component":"port","span":[13,18],"message":"invalid port at byte 13: expected a number from 1 to 65535","help":"if it belongs to a password, write its `/` as %2F, `@` as %40 and `:` as %3A"}}"#
    );
    assert_eq!(objects[3]["user"], "");
    assert_eq!(objects[4]["error"]["kind"], "invalid-utf-8");
    assert_eq!((objects.len(), status(&output)), (5, 1));
}

#[test]
fn parse_shows_secrets_only_when_requested() {
    let url = SHOP.1.as_bytes();
    assert!(!stdout(&run(&[], &["parse", "--json", "-"], url)).contains("hunter2"));
    let shown = objects(&run(&[], &["parse", "--json", "--show-secrets", "-"], url));
    assert_eq!(shown[0]["password"], "hunter2");
    assert_eq!(
        stdout(&run(&[], &["parse", "--show-secrets", "-"], url)).trim_end(),
        SHOP.1
    );
}

#[test]
fn parse_splits_at_nul_when_requested() {
    let output = run(
        &[],
        &["parse", "--json", "--null", "-"],
        b"postgres://a\0postgres://x\ny\0postgres://b\0",
    );
    let objects = objects(&output);
    assert_eq!(
        (objects[1]["error"]["kind"].as_str(), objects.len()),
        (Some("control-character"), 3)
    );
    assert_eq!(status(&output), 1);
}

#[test]
fn parse_follows_dialect_and_format() {
    let libpq = run(
        &[],
        &[
            "parse",
            "--json",
            "--show-secrets",
            "--dialect",
            "libpq",
            "-",
        ],
        b"postgres://u:p@ss@h/d\npostgres://h/d?pool=5\n",
    );
    let libpq = objects(&libpq);
    assert_eq!(libpq[0]["hosts"][0]["host"], "ss@h");
    assert_eq!(libpq[1]["error"]["stage"], "parse");
    let conninfo = objects(&run(
        &[],
        &["parse", "--json", "--format", "conninfo", "-"],
        b"postgres://h/d\n",
    ));
    assert_eq!(conninfo[0]["error"]["kind"], "unknown-format");
    let jdbc = objects(&run(
        &[],
        &["parse", "--json", "--format", "jdbc", "-"],
        b"jdbc:postgresql://h/d?ssl=true\n",
    ));
    assert_eq!(jdbc[0]["params"]["sslmode"], "verify-full");
}

#[test]
fn a_password_among_the_arguments_is_warned_of_but_not_on_standard_input() {
    let code = |output: &Output| {
        objects(output)[0]["warnings"][0]["code"]
            .as_str()
            .map(str::to_owned)
    };
    assert_eq!(
        code(&run(&[], &["parse", "--json", SHOP.1], b"")).as_deref(),
        Some("password-in-arguments")
    );
    assert_eq!(
        code(&run(&[], &["parse", "--json", "-"], SHOP.1.as_bytes())),
        None
    );
    assert_eq!(
        code(&run(&[], &["resolve", "--json", "--default", SHOP.1], b"")).as_deref(),
        Some("password-in-arguments")
    );
}

#[test]
fn resolve_and_explain_tell_the_source_of_every_field_and_what_lost() {
    let vars = [
        SHOP,
        ("HEROKU_POSTGRESQL_JADE_URL", "postgres://h2/d"),
        ("PGSSLMODE", "disable"),
    ];
    let resolved = &objects(&run(&vars, &["resolve", "--json"], b""))[0];
    assert_eq!(
        resolved["source"].to_string(),
        r#"{"kind":"config-var","name":"DATABASE_URL"}"#
    );
    assert_eq!(
        resolved["provenance"]["sslmode"].to_string(),
        r#"{"kind":"config-var","name":"DATABASE_URL","component":"query"}"#
    );
    assert_eq!(
        resolved["considered"].to_string(),
        r#"[{"source":{"kind":"config-var","name":"DATABASE_URL"},"outcome":"used"},{"source":{"kind":"config-var","name":"HEROKU_POSTGRESQL_JADE_URL"},"outcome":"shadowed"}]"#
    );
    assert!(resolved.get("unused").is_none());
    let explained = &objects(&run(&vars, &["explain", "--json"], b""))[0];
    assert_eq!(
        explained["unused"].to_string(),
        r#"["HEROKU_POSTGRESQL_JADE_URL"]"#
    );
    assert_eq!(explained["ambient"].to_string(), r#"["PGSSLMODE"]"#);
}

#[test]
fn exit_status_tells_rejected_from_not_found() {
    assert_eq!(status(&run(&[SHOP], &["resolve"], b"")), 0);
    assert_eq!(status(&run(&[("DATABASE_URL", "")], &["resolve"], b"")), 1);
    for verb in ["resolve", "explain", "list"] {
        let output = run(&[], &[verb], b"");
        assert_eq!((status(&output), stdout(&output)), (3, ""), "{verb}");
        assert!(
            stderr(&output).contains("set DATABASE_URL") && !stderr(&output).contains("heroku"),
            "{verb}"
        );
    }
    assert_eq!(
        status(&run(&[SHOP], &["resolve", "--attachment", "ROSE"], b"")),
        3
    );
    assert_eq!(status(&run(&[], &[], b"")), 3);
    assert_eq!(status(&run(&[], &["resolv"], b"")), 2);
    assert_eq!(
        objects(&run(&[], &["resolve", "--json"], b""))[0]["error"]["kind"],
        "not-found"
    );
}

#[test]
fn list_tells_aliases_stale_copies_and_pools() {
    let vars = [
        ("DATABASE_URL", "postgres://app:old@db.example:5432/shop"),
        (
            "HEROKU_POSTGRESQL_BRONZE_URL",
            "postgresql://app:new@DB.example/shop",
        ),
        (
            "DATABASE_CONNECTION_POOL_URL",
            "postgres://app:new@db.example:5433/shop",
        ),
        ("HEROKU_POSTGRESQL_JADE_URL", "postgres://app:x@"),
        ("REPORTS_URL", "http://reports.example/"),
    ];
    let list = &objects(&run(&vars, &["list", "--json"], b""))[0];
    assert_eq!(
        list[0].to_string(),
        r#"{"name":"DATABASE","var":"DATABASE_URL","engine":"postgres","target":{"host":"db.example","port":5432,"database":"shop"},"role":"primary","promoted":true,"aliases":["DATABASE_CONNECTION_POOL_URL","HEROKU_POSTGRESQL_BRONZE_URL"],"stale":true}"#
    );
    assert_eq!(
        (&list[1]["role"], &list[1]["promoted"], &list[1]["stale"]),
        (&"pooled".into(), &true.into(), &false.into())
    );
    assert_eq!(
        (&list[2]["name"], &list[2]["stale"]),
        (&"HEROKU_POSTGRESQL_BRONZE".into(), &false.into())
    );
    assert_eq!(list.as_array().map(Vec::len), Some(4));
}

/// Without a database Postgres takes the user's name for it, which may be one that was escaped together with its password.
#[test]
fn a_user_in_place_of_a_database_is_masked_as_a_user() {
    let vars = [("DATABASE_URL", "postgres://app%3Ahunter2@db.example")];
    let list = run(&vars, &["list", "--json"], b"");
    assert_eq!(objects(&list)[0][0]["target"]["database"], "app:****");
}

#[test]
fn encode_escapes_all_but_the_last_line_end() {
    assert_eq!(
        stdout(&run(&[], &["encode"], b"p@ss/w?#%\n")),
        "p%40ss%2Fw%3F%23%25\n"
    );
    assert_eq!(stdout(&run(&[], &["encode"], b"a\n\n")), "a%0A\n");
    assert_eq!(
        stdout(&run(&[], &["encode", "--json"], b"a b")),
        "{\"ok\":true,\"value\":\"a%20b\"}\n"
    );
    assert_eq!(status(&run(&[], &["encode"], b"\xff")), 1);
}

/// Passwords in the wrong place: what is rejected in the default dialect, libpq takes, and it is masked all the same.
#[test]
fn a_misplaced_password_is_not_shown() {
    for text in [
        "postgres:///app:hunter2@h/d",
        "postgres://h/app:hunter2@h2/d",
        "postgres://app/hunter2@h/d",
        "postgres://u%3Ahunter2@h/d",
        "postgres://h/d?user=u:hunter2",
        "postgres://h/d?host=u:hunter2@h",
        "postgres://h/d?dbname=postgres://u:hunter2@h/d",
        "postgres://h/d;user=u;password=hunter2",
        "postgres://h/d&password=hunter2",
        "user=app;password=hunter2",
        "host=h;port=5432;user=u;password=hunter2",
        "dbname=d;password=hunter2 host=h",
        "dbname=postgres://u:hunter2@h/d",
        "host=postgres://u:hunter2@h/d",
        "jdbc:postgresql:app:hunter2@db.example/shop",
        "jdbc:postgresql:/app:hunter2@db.example/shop",
        "jdbc:postgresql://h/d;user=a;password=hunter2",
        "hunter2",
    ] {
        for dialect in ["default", "libpq"] {
            for verb in [
                &["parse", "--dialect", dialect, "-"][..],
                &["explain"],
                &["resolve"],
                &["list"],
            ] {
                for json in [&[][..], &["--json"]] {
                    let arguments = [verb, json].concat();
                    let vars = [("DATABASE_URL", text), ("HEROKU_POSTGRESQL_JADE_URL", text)];
                    let output = run(&vars, &arguments, text.as_bytes());
                    let printed = format!("{}{}", stdout(&output), stderr(&output));
                    assert!(
                        !printed.contains("hunter2"),
                        "{text} {arguments:?}: {printed}"
                    );
                }
            }
        }
    }
    for name in [["--var", "hunter2"], ["--attachment", "Hunter2x"]] {
        let output = run(&[], &[&["resolve"], &name[..]].concat(), b"");
        assert!(
            !stderr(&output).to_lowercase().contains("hunter2"),
            "{}",
            stderr(&output)
        );
    }
}

/// A reader that goes away does not make an error look fine.
#[test]
fn a_closed_pipe_does_not_hide_the_status() {
    for (arguments, expected) in [
        (&["resolve", "--json"][..], 3),
        (&["parse", "--json", "postgres://h:0"], 1),
        (&["list"], 3),
        (&["list", "--json"], 3),
        (&["--no-such-flag", "--json"], 2),
    ] {
        let mut child = dburl(&[], arguments).spawn().expect("dburl starts");
        drop(child.stdout.take());
        drop(child.stderr.take());
        assert_eq!(
            child.wait().expect("dburl ends").code(),
            Some(expected),
            "{arguments:?}"
        );
    }
}

/// Every way to say the password wrong, through every verb: no piece of four bytes of it comes back.
#[test]
fn no_verb_and_no_error_prints_a_piece_of_a_password() {
    let password = "qX7@:/#?%&'\"\nZkW9";
    let escaped = "qX7%40%3A%2F%23%3F%25%26%27%22%0AZkW9";
    let pieces = ["qX7", "ZkW9"];
    let urls = [
        format!("postgres://app:{password}@h/d"),
        format!("postgres://app:{escaped}@h/d"),
        format!("postgres://app:{escaped}@h:{escaped}/d"),
        format!("postgres://h/d?password={escaped}&sslmode={escaped}"),
        format!("postgres://h/d?{escaped}={escaped}&sslmode=bogus"),
        format!("host=h password='{password}' port=x"),
        format!("host=h password={password}"),
        format!("{password}://x"),
        password.to_owned(),
    ];
    for url in &urls {
        for arguments in [
            vec!["resolve"],
            vec!["explain"],
            vec!["list"],
            vec!["resolve", "--default", url],
            vec!["resolve", "--var", url],
            vec!["resolve", "--attachment", url],
            vec!["parse", url],
            vec!["parse", "--dialect", "libpq", url],
            vec!["parse", "--format", url, "x"],
            vec!["parse", "--dialect", url, "x"],
            vec![url.as_str()],
            vec!["explain", url],
            vec!["parse", "-"],
        ] {
            for json in [&[][..], &["--json"][..]] {
                let arguments: Vec<&str> = arguments
                    .iter()
                    .copied()
                    .chain(json.iter().copied())
                    .collect();
                let output = run(&[("DATABASE_URL", url)], &arguments, url.as_bytes());
                let printed = format!("{}{}", stdout(&output), stderr(&output));
                let leak = pieces.iter().find(|piece| printed.contains(**piece));
                // Names of a query are keys of the JSON by contract, and a password there has been mistaken for a name.
                let is_name = url.contains(&format!("?{escaped}="));
                assert!(
                    leak.is_none() || is_name,
                    "case {url:?} {arguments:?}: {printed}"
                );
            }
        }
    }
}

#[test]
fn help_holds_no_variable() {
    let output = run(&[SHOP], &["resolve", "--help"], b"");
    assert_eq!(status(&output), 0);
    assert!(
        stdout(&output).contains("--attachment <NAME>") && !stdout(&output).contains("hunter2")
    );
}

#[test]
fn a_usage_error_is_json_too_and_suggests_our_own_names_only() {
    let output = run(&[], &["resolve", "--json", "--atachment", "hunter2"], b"");
    assert_eq!(status(&output), 2);
    assert_eq!(objects(&output)[0]["error"]["kind"], "usage");
    assert!(stdout(&output).contains("--attachment") && !stdout(&output).contains("hunter2"));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = dburl(&[], &["parse", "-"]).spawn().expect("dburl starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let writer = std::thread::spawn(move || {
        for _ in 0..100_000 {
            if stdin.write_all(b"postgres://h/d\n").is_err() {
                break;
            }
        }
    });
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("a pipe"))
        .read_line(&mut first)
        .expect("a line");
    let output = child.wait_with_output().expect("dburl ends");
    writer.join().expect("the writer ends");
    assert_eq!(
        (first.as_str(), status(&output), stderr(&output)),
        ("postgres://h/d\n", 0, "")
    );
}

#[test]
fn a_hundred_thousand_inputs_take_seconds() {
    let input =
        "postgres://app:p%40ss@db.example:5433/shop?sslmode=require&application_name=web.1\n"
            .repeat(100_000);
    let started = Instant::now();
    let output = run(&[], &["parse", "--json", "-"], input.as_bytes());
    assert_eq!(stdout(&output).lines().count(), 100_000);
    assert!(
        started.elapsed() < Duration::from_secs(30),
        "{:?}",
        started.elapsed()
    );
}

/// An input of any length is read to its end, but kept only as far as it may be read at all.
#[cfg(target_os = "linux")]
#[test]
fn memory_is_constant_whatever_the_input() {
    let mut child = dburl(&[], &["parse", "--json", "-"])
        .spawn()
        .expect("dburl starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe"));
    let chunk = vec![b'a'; 1 << 20];
    for _ in 0..64 {
        stdin.write_all(&chunk).expect("written");
    }
    let status =
        std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("Linux has it");
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .expect("a peak");
    let kib: u64 = peak
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .expect("a number");
    drop(stdin);
    let mut line = String::new();
    lines.read_line(&mut line).expect("a line");
    assert!(line.contains(r#""kind":"too-long""#), "{line}");
    assert!(
        kib < 32 << 10,
        "{kib} KiB at the peak for an input of 64 MiB"
    );
    child.wait().expect("dburl ends");
}

#[cfg(unix)]
#[test]
fn a_variable_that_is_not_unicode_is_reported_by_name() {
    use std::os::unix::ffi::OsStringExt;

    let value = OsString::from_vec(b"postgres://app:\xff\xfe@h/d".to_vec());
    let mut command = dburl(&[], &["resolve"]);
    let output = command
        .env("DATABASE_URL", OsStr::new(&value))
        .output()
        .expect("dburl runs");
    assert_eq!(status(&output), 1);
    assert!(
        stderr(&output)
            .contains("DATABASE_URL: invalid UTF-8: the variable's value is not Unicode"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn variables_as_they_are_copied_by_hand() {
    for (value, kind) in [
        ("\"postgres://app:hunter2@h/d\"", "surrounding-quotes"),
        ("'postgres://app:hunter2@h/d'", "surrounding-quotes"),
        ("postgres://app:hunter2@h/d\n", "surrounding-blanks"),
        (" postgres://app:hunter2@h/d", "surrounding-blanks"),
        ("postgres://app:****@h/d", "masked-value"),
        ("postgres://app:${PASSWORD}@h/d", "unexpanded-reference"),
        ("${{Postgres.DATABASE_URL}}", "unexpanded-reference"),
        ("redsi://app:hunter2@h", "unknown-scheme"),
        ("shop", "unknown-format"),
        ("", "empty-variable"),
    ] {
        let output = run(&[("DATABASE_URL", value)], &["resolve", "--json"], b"");
        let error = &objects(&output)[0]["error"];
        assert_eq!(
            (error["kind"].as_str(), status(&output)),
            (Some(kind), 1),
            "{value:?}"
        );
        assert!(
            error["message"]
                .as_str()
                .is_some_and(|message| message.starts_with("DATABASE_URL: ")),
            "{error}"
        );
        assert!(
            error["help"].is_string() && !error.to_string().contains("hunter2"),
            "{error}"
        );
    }
}

#[test]
fn sqlite_is_read_as_the_family_that_is_requested() {
    let resolve = |url, args: &[&str]| {
        let output = run(&[("DATABASE_URL", url)], args, b"");
        (status(&output), objects(&output).remove(0))
    };
    let (rejected, object) = resolve("sqlite://app.db", &["resolve", "--json"]);
    assert_eq!(
        (rejected, &object["error"]["component"]),
        (1, &"host".into())
    );
    for (url, family, path) in [
        ("sqlite://app.db", "sqlx", "app.db"),
        ("sqlite:///app.db", "sqlx", "/app.db"),
        ("sqlite:///app.db", "python", "app.db"),
        ("sqlite3:///app.db", "python", "app.db"),
        ("postgres://h/app", "sqlx", "app"),
    ] {
        let (fine, object) = resolve(url, &["resolve", "--json", "--sqlite", family]);
        assert_eq!(
            (fine, &object["database"]),
            (0, &path.into()),
            "{url}, {family}"
        );
    }
    let default = [
        "resolve",
        "--json",
        "--sqlite",
        "sqlx",
        "--default",
        "sqlite://x.db",
    ];
    let output = run(&[], &default, b"");
    assert_eq!(objects(&output)[0]["database"], "x.db");
}

#[test]
fn colour_is_for_terminals_only() {
    let mut output = dburl(&[SHOP], &["explain"]).spawn().expect("dburl starts");
    let mut printed = Vec::new();
    output
        .stdout
        .take()
        .expect("a pipe")
        .read_to_end(&mut printed)
        .expect("read");
    output.wait().expect("dburl ends");
    assert!(!printed.contains(&0x1b));
}
