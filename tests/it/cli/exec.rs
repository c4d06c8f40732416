//! `dburl exec`, `psql` and `mysql`: the command's environment, its arguments, and how it ends.

use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;

use super::verbs::{SHOP, dburl, run, status, stderr, stdout};

const PATH: (&str, &str) = ("PATH", "/usr/bin:/bin");

/// A folder with programs of our own.
fn programs(name: &str, programs: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("a folder");
    for (name, script) in programs {
        let path = folder.join(name);
        let mut file = fs::File::create(&path).expect("a file");
        writeln!(file, "#!/bin/sh\n{script}").expect("room");
        drop(file);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("our own file");
    }
    folder
}

#[test]
fn exec_sets_what_the_command_reads_and_clears_the_rest() {
    let vars = [
        SHOP,
        PATH,
        ("PGHOST", "elsewhere"),
        ("PGHOSTADDR", "10.0.0.1"),
        ("PGSERVICE", "other"),
        ("PGOPTIONS", "-c x=y"),
        ("MYSQL_PWD", "old"),
        ("HOME", "/root"),
    ];
    let output = run(&vars, &["exec", "--", "env"], b"");
    let mut lines: Vec<_> = stdout(&output)
        .lines()
        .filter(|line| line.starts_with(['P', 'D', 'M', 'H']))
        .collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "DATABASE_URL=postgresql://app:hunter2@db.example:5433/shop?sslmode=require",
            "HOME=/root",
            "PATH=/usr/bin:/bin",
            "PGDATABASE=shop",
            "PGHOST=db.example",
            "PGPASSWORD=hunter2",
            "PGPORT=5433",
            "PGSSLMODE=require",
            "PGUSER=app",
        ]
    );
    assert!(stderr(&output).contains("lost pool"), "{}", stderr(&output));
    let kept = run(
        &vars,
        &[
            "exec",
            "--keep-extras",
            "-q",
            "--",
            "printenv",
            "DATABASE_URL",
        ],
        b"",
    );
    assert_eq!(stdout(&kept).trim_end(), SHOP.1);
    assert_eq!(stderr(&kept), "");
}

#[test]
fn the_exit_status_is_the_commands() {
    let of = |command: &[&str]| {
        run(
            &[SHOP, PATH],
            &[&["exec", "-q", "--"], command].concat(),
            b"",
        )
    };
    assert_eq!(status(&of(&["sh", "-c", "exit 42"])), 42);
    assert_eq!(of(&["sh", "-c", "kill -TERM $$"]).status.signal(), Some(15));
    let missing = of(&["no-such-command-hunter2"]);
    assert_eq!(status(&missing), 127);
    assert!(!stderr(&missing).contains("hunter2"));
    assert_eq!(status(&of(&["/etc/passwd"])), 126);
    assert_eq!(status(&run(&[PATH], &["exec", "--", "true"], b"")), 3);
    assert_eq!(status(&run(&[SHOP, PATH], &["exec"], b"")), 2);
}

#[test]
fn nothing_secret_is_an_argument() {
    let mut child = dburl(&[SHOP, PATH], &["exec", "-q", "--", "cat"])
        .spawn()
        .expect("dburl starts");
    let id = child.id();
    let commands = (0..200).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        let read = fs::read(format!("/proc/{id}/cmdline")).ok()?;
        read.starts_with(b"cat").then_some(read)
    });
    let mine = String::from_utf8_lossy(&commands.expect("the process is replaced")).into_owned();
    let all: String = fs::read_dir("/proc")
        .expect("Linux")
        .filter_map(|entry| fs::read_to_string(entry.ok()?.path().join("cmdline")).ok())
        .collect();
    drop(child.stdin.take());
    child.wait().expect("cat ends");
    assert_eq!(mine, "cat\0");
    assert!(!all.contains("app:hunter2@"));
}

#[test]
fn psql_gets_variables_and_arguments() {
    let folder = programs("psql", &[("psql", "echo \"$@\"; env | grep ^PG | sort")]);
    let path = ("PATH", &*format!("{}:/usr/bin:/bin", folder.display()));
    let output = run(&[SHOP, path], &["psql", "--", "-c", "select 1"], b"");
    assert_eq!(
        stdout(&output),
        "-c select 1\nPGDATABASE=shop\nPGHOST=db.example\nPGPASSWORD=hunter2\nPGPORT=5433\nPGSSLMODE=require\nPGUSER=app\n"
    );
    // No variable holds the password of a client key, and psql would go on without it.
    let keyed = ("DATABASE_URL", "postgres://h/d?sslpassword=s3cret");
    let rejected = run(&[keyed, path], &["psql"], b"");
    assert_eq!((status(&rejected), stdout(&rejected)), (1, ""));
    assert!(stderr(&rejected).contains("sslpassword"));
    let other = ("DATABASE_URL", "mysql://h/d");
    assert!(stderr(&run(&[other, path], &["psql"], b"")).contains("dburl mysql"));
}

const CLIENT: &str = r#"[ "$1" = --version ] && { echo "mysql  Ver @VERSION@"; exit; }; echo "$@"; echo "pwd=$MYSQL_PWD host=$MYSQL_HOST""#;

#[test]
fn the_client_of_mysql_gets_tls_as_flags_or_not_at_all() {
    let mysql = programs(
        "mysql8",
        &[(
            "mysql",
            &CLIENT.replace("@VERSION@", "8.4.3 for Linux (MySQL Community)"),
        )],
    );
    let maria = programs(
        "maria",
        &[(
            "mysql",
            &CLIENT.replace("@VERSION@", "15.1 Distrib 10.11.6-MariaDB"),
        )],
    );
    let of = |folder: &PathBuf, url: &str| {
        let path = format!("{}:/usr/bin:/bin", folder.display());
        run(
            &[
                ("DATABASE_URL", url),
                ("PATH", &path),
                ("MYSQL_HOST", "elsewhere"),
            ],
            &["mysql", "-q", "--", "-e", "select 1"],
            b"",
        )
    };
    let location = "--protocol=TCP --host=h --port=3306 --user=app --database=d";
    let rows = [
        (&mysql, "", ""),
        (&mysql, "?ssl-mode=REQUIRED", " --ssl-mode=REQUIRED"),
        (
            &mysql,
            "?ssl-mode=VERIFY_CA&ssl-ca=/ca",
            " --ssl-mode=VERIFY_CA --ssl-ca=/ca",
        ),
        (
            &maria,
            "?ssl-mode=VERIFY_IDENTITY&ssl-ca=/ca",
            " --ssl --ssl-verify-server-cert --ssl-ca=/ca",
        ),
        (&maria, "?ssl-mode=DISABLED", " --skip-ssl"),
        (
            &maria,
            "?charset=utf8mb4&connect_timeout_ms=1500",
            " --default-character-set=utf8mb4 --connect-timeout=2",
        ),
    ];
    for (folder, query, flags) in rows {
        let output = of(folder, &format!("mysql://app:hunter2@h/d{query}"));
        assert_eq!(
            stdout(&output),
            format!("{location}{flags} -e select 1\npwd=hunter2 host=\n"),
            "{query}"
        );
    }
    let rejected = of(&maria, "mysql://app:hunter2@h/d?ssl-mode=REQUIRED");
    assert_eq!((status(&rejected), stdout(&rejected)), (1, ""));
    assert!(
        stderr(&rejected).contains("goes on without TLS"),
        "{}",
        stderr(&rejected)
    );
    let hidden = of(&mysql, "mysql://app%3Ahunter2@h/d");
    assert_eq!(stdout(&hidden), "");
    assert!(!stderr(&hidden).contains("hunter2"));
}

#[test]
fn a_command_that_reads_the_url_runs_where_no_variable_holds_tls() {
    let vars = [
        ("DATABASE_URL", "mysql://app:hunter2@h/d?ssl-mode=REQUIRED"),
        PATH,
    ];
    let output = run(&vars, &["exec", "--", "env"], b"");
    assert!(stdout(&output).contains("DATABASE_URL=mysql://app:hunter2@h/d?ssl-mode=REQUIRED\n"));
    assert!(!stdout(&output).contains("MYSQL_"), "{}", stdout(&output));
    assert!(stderr(&output).contains("DATABASE_URL is set, and nothing else"));
    let dump = run(&vars, &["exec", "--", "mysqldump", "d"], b"");
    assert_eq!(status(&dump), 1);
    assert!(stderr(&dump).contains("dburl mysql"));
}
