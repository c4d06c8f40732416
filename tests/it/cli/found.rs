//! What a person reads where nothing is set, and where a host, a file or a line matters.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::verbs::flat;

/// A folder with files, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("dburl-{name}-{}", std::process::id()));
        for (path, text) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        fs::create_dir_all(&folder).expect("a folder");
        Self(folder)
    }

    /// Everything that is printed.
    fn run(&self, vars: &[(&str, &str)], arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dburl"));
        command
            .current_dir(&self.0)
            .env_clear()
            .envs(vars.iter().copied());
        let output = command.args(arguments).output().expect("dburl runs");
        let streams = [output.stdout, output.stderr].concat();
        String::from_utf8(streams).expect("UTF-8")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The lines, each of which begins with one of `starts`, in their order.
#[track_caller]
fn in_order(text: &str, starts: &[&str]) {
    let mut lines = text.lines().map(str::trim_start);
    for start in starts {
        assert!(
            lines.any(|line| line.starts_with(start)),
            "{start:?} in its place of\n{text}"
        );
    }
}

#[test]
fn nothing_set_says_first_what_is_there() {
    let files = [
        (".env", ""),
        ("config/database.yml", "production: {}"),
        ("config/config.json", "{}"),
    ];
    let folder = Folder::with("found", &files);
    let vars = [
        ("DB_USER", "app"),
        ("DB_PORT", "5432"),
        ("PGPORT", "5432"),
        ("POSTGRESQLCONNSTR_MAIN", "Server=h"),
        ("PG_DSN", "postgres://app:Zq7secret@h/d"),
    ];
    for verb in ["explain", "resolve", "list"] {
        let reported = folder.run(&vars, &[verb]);
        in_order(
            &reported,
            &[
                "found .env: read it with `--env-file .env`",
                "found POSTGRESQLCONNSTR_MAIN: ",
                "found PG_DSN: ",
                "found DB_PORT, DB_USER: ",
                "found PGPORT: ",
                "set DATABASE_URL",
            ],
        );
        for file in ["config/config.json", "config/database.yml"] {
            assert!(
                reported.contains(&format!("found {file}: read it with `--file {file}`")),
                "{reported}"
            );
        }
        assert!(
            !reported.contains("heroku") && !reported.contains("Zq7secret"),
            "{reported}"
        );
    }
    let reported = folder.run(&[], &["resolve", "--json"]);
    assert!(
        reported.contains("found .env: ") && reported.contains("set DATABASE_URL"),
        "{reported}"
    );
}

#[test]
fn herokus_commands_are_for_heroku() {
    let folder = Folder::with("heroku", &[]);
    assert!(!folder.run(&[], &["explain"]).contains("heroku"));
    assert!(
        folder
            .run(&[("DYNO", "web.1")], &["explain"])
            .contains("heroku addons:create")
    );
}

#[test]
fn a_variable_is_named_with_its_file_and_line() {
    let file = "# the database\nDATABASE_URL=postgres://app:Zq7secret@h:x/d\nREDIS_URL=redis://:PASSWORD@h\n";
    let folder = Folder::with("line", &[(".env", file)]);
    for arguments in [
        ["resolve", "--env-file", ".env"],
        ["explain", "--env-file", ".env"],
    ] {
        let reported = folder.run(&[], &arguments);
        assert!(
            reported.starts_with("dburl: DATABASE_URL (.env:2): invalid port"),
            "{reported}"
        );
    }
    let reported = folder.run(&[], &["resolve", "--json", "--env-file", ".env"]);
    assert!(
        reported.contains("DATABASE_URL (.env:2): invalid port"),
        "{reported}"
    );
    let reported = folder.run(
        &[],
        &["resolve", "--env-file", ".env", "--var", "REDIS_URL"],
    );
    assert!(
        reported.contains("warning: REDIS_URL (.env:3): the password looks like"),
        "{reported}"
    );
}

#[test]
fn explain_has_one_row_per_host_with_its_port() {
    let folder = Folder::with("hosts", &[]);
    let rows: &[(&str, &[&str])] = &[
        (
            "postgres://a,b:5433/d",
            &[
                "host a:5432 DATABASE_URL, host; port not given: the default",
                "host b:5433 DATABASE_URL, host",
            ],
        ),
        (
            "postgres://a,b:5433,[::1]:5434/d?sslmode=require",
            &["host a:5432 ", "host b:5433 ", "host [::1]:5434 "],
        ),
        (
            "host=a,b hostaddr=10.0.0.1,10.0.0.2 port=5433",
            &["host a (10.0.0.1):5433 ", "host b (10.0.0.2):5433 "],
        ),
        (
            "postgres:///d?host=/run/pg&port=5433",
            &["host /run/pg, port 5433 "],
        ),
        ("postgres://:5433/d", &["port 5433 ", "host (none) "]),
        (
            "postgres:///d?service=shop",
            &[
                "host (none) not given: the service file may give it",
                "port 5432 not given",
            ],
        ),
        ("mysql://u@a:3307,b/d", &["host a:3307 ", "host b:3306 "]),
        (
            "mysqlx://u@[(address=a:33061,priority=99),(address=b,priority=1)]/d",
            &["host a:33061, priority 99 ", "host b:33060, priority 1 "],
        ),
        ("mongodb://a,b:27018/d", &["host a:27017 ", "host b:27018 "]),
        ("mongodb+srv://a.example/d", &["host a.example "]),
        ("redis://cache:6380", &["host cache:6380 "]),
    ];
    for (url, expected) in rows {
        let reported = folder.run(&[("DATABASE_URL", url)], &["explain"]);
        let servers = reported
            .lines()
            .filter(|line| line.starts_with("  host") || line.starts_with("  port"));
        let servers: Vec<_> = servers.map(flat).collect();
        assert_eq!(servers.len(), expected.len(), "{url}\n{reported}");
        for (row, start) in servers.iter().zip(*expected) {
            assert!(
                row.starts_with(start.trim_end()),
                "{url}: {row:?} is not {start:?}"
            );
        }
    }
    let reported = folder.run(
        &[("DATABASE_URL", "postgres://a/d"), ("PGPORT", "5555")],
        &["explain"],
    );
    assert!(
        flat(&reported)
            .contains("DATABASE_URL, host; port not given: the default, but libpq takes PGPORT"),
        "{reported}"
    );
}

#[test]
fn a_name_that_is_not_set_is_compared_with_those_that_are() {
    let service = r#"{"p":[{"name":"shop-db","credentials":{"uri":"postgres://a:hunter2@h/d"}}]}"#;
    let bronze = ("HEROKU_POSTGRESQL_BRONZE_URL", "postgres://a:hunter2@h/d");
    let folder = Folder::with("near", &[]);
    for (variable, flags, meant) in [
        (bronze, ["--attachment", "BRONZ"], Some(bronze.0)),
        (bronze, ["--attachment", "JADE"], None),
        (bronze, ["--var", "BRONZE"], Some(bronze.0)),
        (bronze, ["--var", "BRONZE_URL"], Some(bronze.0)),
        (
            bronze,
            ["--var", "HEROKU_POSTGRESQL_BRONZE"],
            Some(bronze.0),
        ),
        (
            ("DATABASE_URL", bronze.1),
            ["--var", "DATABSE_URL"],
            Some("DATABASE_URL"),
        ),
        (
            ("VCAP_SERVICES", service),
            ["--attachment", "shopdb"],
            Some("VCAP_SERVICES/shop-db"),
        ),
    ] {
        let reported = folder.run(&[variable], &["resolve", flags[0], flags[1]]);
        let expected = meant.map(|meant| format!("did you mean `{meant}`?"));
        let found = reported.lines().find(|line| line.contains("did you mean"));
        assert_eq!(
            found.map(str::trim),
            expected.as_deref(),
            "{flags:?}: {reported}"
        );
    }
}
