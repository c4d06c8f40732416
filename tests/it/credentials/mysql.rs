//! What the client `mysql` adds: option files, variables, the system user.

use std::path::Path;

use database_url::credentials::{Completed, Completion};
use database_url::mysql::Config;
use database_url::{Error, ErrorKind, FileLocation, Position, Vars, Warning};

use super::{home, protect};
use crate::common::Failures;

type Pairs<'a> = &'a [(&'a str, &'a str)];

fn complete(home: &Path, url: &str, vars: Pairs<'_>) -> Result<Completed<Config>, Error> {
    let config = match url {
        "" => Config::new(),
        url => url.parse().expect("a URL"),
    };
    let vars: Vars = vars.iter().copied().collect();
    let completion = Completion::new(&vars).home(home).system_user("sys");
    completion
        .option_files([home.join("etc/my.cnf")])
        .mysql(&config)
}

fn url(completed: &Completed<Config>) -> String {
    let url = completed.config().to_url().expect("a URL");
    url.expose().to_owned()
}

#[test]
fn the_first_of_string_file_variable_and_user_wins() {
    let files = [
        (
            "etc/my.cnf",
            "[client]\nuser=etc\nport=1\n[mysqld]\nuser=no\n[client-server]\nssl\n",
        ),
        (
            ".my.cnf",
            "[client]\nuser = own\npassword=\"p#w\" # comment\n[mysql]\ndatabase=shop\nconnect_timeout=3\n",
        ),
    ];
    let home = home("mysql_order", &files);
    let mut failures = Failures::default();
    for (string, vars, expected) in [
        (
            "mysql://h",
            &[][..],
            "mysql://own:p%23w@h:1/shop?ssl-mode=REQUIRED&connect_timeout_ms=3000",
        ),
        (
            "mysql://u:x@h:2/d?ssl-mode=DISABLED",
            &[("MYSQL_PWD", "y")],
            "mysql://u:x@h:2/d?connect_timeout_ms=3000&ssl-mode=DISABLED",
        ),
        (
            "",
            &[("MYSQL_HOST", "v")],
            "mysql://own:p%23w@v:1/shop?ssl-mode=REQUIRED&connect_timeout_ms=3000",
        ),
    ] {
        match complete(&home, string, vars) {
            Ok(completed) => failures.compare(string, url(&completed), expected.to_owned()),
            Err(error) => failures.rejected(string, &error),
        }
    }
    failures.finish();
    let completed = complete(&home, "mysql://h", &[]).expect("a config");
    let user = completed.field("user").expect("a user");
    let from = user
        .provenance()
        .map(ToString::to_string)
        .expect("a source");
    assert!(from.ends_with(".my.cnf:2:1: client.user"), "{from}");
    assert!(
        user.lost()[0]
            .to_string()
            .ends_with("etc/my.cnf:2:1: client.user"),
        "{:?}",
        user.lost()
    );
}

#[test]
fn variables_and_the_system_user_come_last() {
    let home = home("mysql_vars", &[]);
    let mut failures = Failures::default();
    for (string, vars, expected) in [
        ("mysql://h", &[][..], "mysql://sys@h"),
        (
            "mysql://h/d",
            &[
                ("MYSQL_TCP_PORT", "7"),
                ("MYSQL_PWD", "x"),
                ("MYSQL_HOST", "no"),
            ],
            "mysql://sys:x@h:7/d",
        ),
        (
            "",
            &[("MYSQL_UNIX_PORT", "/s")],
            "mysql://sys@/?socket=%2Fs",
        ),
        // A location of the string is the only one.
        ("mysql://h", &[("MYSQL_UNIX_PORT", "/s")], "mysql://sys@h"),
        (
            "mysql:///d?socket=/own",
            &[("MYSQL_HOST", "h"), ("MYSQL_TCP_PORT", "7")],
            "mysql://sys@/d?socket=%2Fown",
        ),
        (
            "",
            &[("MYSQL_HOST", "h"), ("MYSQL_UNIX_PORT", "/s")],
            "mysql://sys@h",
        ),
        (
            "",
            &[("MYSQL_HOST", "localhost"), ("MYSQL_UNIX_PORT", "/s")],
            "mysql://sys@/?socket=%2Fs",
        ),
        (
            "mysql://h1,h2",
            &[("MYSQL_TCP_PORT", "7")],
            "mysql://sys@h1:7,h2:7",
        ),
    ] {
        match complete(&home, string, vars) {
            Ok(completed) => failures.compare(
                &format!("{string} {vars:?}"),
                url(&completed),
                expected.to_owned(),
            ),
            Err(error) => failures.rejected(string, &error),
        }
    }
    failures.finish();
}

/// What `my_print_defaults` prints for each value is what is read; `oracles/mysql` asks it.
#[test]
fn values_are_unquoted_and_unescaped() {
    let mut failures = Failures::default();
    for (index, (line, expected)) in [
        ("a b ", "a b"),
        ("a#b", "a"),
        ("'a#b'#c", "a#b"),
        ("'a", "'a"),
        (r#""a\"b""#, r#"a"b"#),
        ("'a' 'b'", "a' 'b"),
        (r"a\\b\q\s", r"a\b\q "),
        ("a\\", "a\\"),
        ("\"", "\""),
        ("a=b", "a=b"),
        ("a\nssl-ca=/x\nssl-ca=", "a"),
    ]
    .into_iter()
    .enumerate()
    {
        let home = home(
            &format!("mysql_value_{index}"),
            &[(".my.cnf", &format!("[client]\npassword = {line}\n"))],
        );
        let completed = complete(&home, "mysql://h", &[]).expect("a config");
        let password = completed
            .config()
            .password()
            .map(|password| password.expose().to_owned());
        failures.compare(line, password.as_deref(), Some(expected));
    }
    failures.finish();
}

/// What the client and Oracle's make of each; `oracles/mysql` takes generated files to MariaDB's.
#[test]
fn options_of_tls_mean_one_mode_together() {
    let mut failures = Failures::default();
    for (index, (lines, expected)) in [
        ("ssl", Some("required")),
        ("ssl=off", Some("disabled")),
        ("ssl=maybe", Some("disabled")),
        ("skip-ssl=0", Some("required")),
        ("enable-ssl", Some("required")),
        ("ssl\nskip_ssl", Some("disabled")),
        ("skip-ssl\nssl-cipher=x", Some("required")),
        ("ssl-verify-server-cert\nskip-ssl", Some("verify_identity")),
        ("ssl-verify-server-cert\nssl-verify-server-cert=0", None),
        ("ssl-ca=/ca", Some("verify_ca")),
        ("ssl-ca=/ca\nssl-ca=", None),
        ("ssl\nssl-ca=/ca", Some("verify_ca")),
        ("skip-ssl\nssl-ca=/ca", Some("verify_ca")),
        ("ssl-ca=/ca\nskip-ssl", Some("disabled")),
        ("ssl-mode=REQUIRED\nssl-ca=/ca", Some("required")),
        ("ssl-mode=VERIFY_CA\nskip-ssl", Some("disabled")),
        ("skip-ssl\nssl-mode=VERIFY_CA", Some("verify_ca")),
        ("tls-version=TLSv1.3", None),
    ]
    .into_iter()
    .enumerate()
    {
        let home = home(
            &format!("mysql_tls_{index}"),
            &[(".my.cnf", &format!("[client]\n{lines}\n"))],
        );
        let completed = complete(&home, "mysql://h", &[]).expect("a config");
        let mode = completed.field("ssl_mode");
        let mode = mode.map(|field| field.value().expose().to_lowercase());
        failures.compare(lines, mode.as_deref(), expected);
    }
    failures.finish();
}

#[test]
fn a_protocol_decides_between_socket_and_localhost() {
    let mut failures = Failures::default();
    for (index, (lines, expected)) in [
        ("socket=/s", "mysql://sys@/?socket=%2Fs"),
        ("socket=/s\nprotocol=tcp", "mysql://sys@localhost"),
        ("socket=/s\nprotocol=T\nport=7", "mysql://sys@localhost:7"),
        ("socket=/s\nprotocol=tcp\nhost=h", "mysql://sys@h"),
        ("socket=/s\nprotocol=socket\nhost=h", "mysql://sys@h"),
        (
            "socket=/s\nprotocol=tcp\nprotocol=",
            "mysql://sys@/?socket=%2Fs",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let home = home(
            &format!("mysql_protocol_{index}"),
            &[(".my.cnf", &format!("[client]\n{lines}\n"))],
        );
        let completed = complete(&home, "", &[]).expect("a config");
        failures.compare(lines, url(&completed), expected.to_owned());
    }
    failures.finish();
}

#[test]
fn mariadbs_names_of_variables_come_first_or_last() {
    let files = [
        ("a/my.cnf", "[client]\nuser=a\n[client_x]\nport=1\n"),
        ("b/my.cnf", "[client]\nuser=b\n[client_y]\nport=2\n"),
    ];
    let home = home("mysql_renamed", &files);
    let (a, b) = (home.join("a"), home.join("b"));
    let (a, b) = (a.to_str().expect("UTF-8"), b.to_str().expect("UTF-8"));
    let mut failures = Failures::default();
    for (vars, expected) in [
        (&[("MYSQL_HOME", a)][..], "mysql://a@h"),
        (&[("MYSQL_HOME", a), ("MARIADB_HOME", b)], "mysql://b@h"),
        (&[("MYSQL_HOME", a), ("MARIADB_HOME", "")], "mysql://sys@h"),
        (
            &[("MYSQL_HOME", a), ("MYSQL_GROUP_SUFFIX", "_X")],
            "mysql://a@h:1",
        ),
        (
            &[
                ("MARIADB_HOME", b),
                ("MARIADB_GROUP_SUFFIX", "_y"),
                ("MYSQL_GROUP_SUFFIX", "_x"),
            ],
            "mysql://b@h:2",
        ),
    ] {
        match complete(&home, "mysql://h", vars) {
            Ok(completed) => {
                failures.compare(&format!("{vars:?}"), url(&completed), expected.to_owned());
            }
            Err(error) => failures.rejected(&format!("{vars:?}"), &error),
        }
    }
    let both = [("MARIADB_UNIX_PORT", "/a"), ("MYSQL_UNIX_PORT", "/b")];
    let completed = complete(&home, "", &both).expect("a config");
    failures.compare(
        "socket",
        url(&completed).as_str(),
        "mysql://sys@/?socket=%2Fb",
    );
    failures.finish();
}

#[test]
fn a_port_of_zero_and_a_password_skipped_are_values() {
    let mut failures = Failures::default();
    for (index, (lines, expected)) in [
        ("port=7\nport=0", "mysql://sys:x@h:9"),
        ("port=", "mysql://sys:x@h:9"),
        ("port=7", "mysql://sys:x@h:7"),
        ("password=y\nskip-password", "mysql://sys:@h:9"),
        ("password", "mysql://sys:x@h:9"),
    ]
    .into_iter()
    .enumerate()
    {
        let home = home(
            &format!("mysql_zero_{index}"),
            &[(".my.cnf", &format!("[client]\n{lines}\n"))],
        );
        let vars = [("MYSQL_TCP_PORT", "9"), ("MYSQL_PWD", "x")];
        let completed = complete(&home, "mysql://h", &vars).expect("a config");
        failures.compare(lines, url(&completed), expected.to_owned());
    }
    failures.finish();
}

#[test]
fn files_include_others() {
    let folder = home(
        "mysql_include",
        &[
            ("d/b.cnf", "[client]\nuser=b\n"),
            ("d/a.cnf", "[client]\nuser=a\nport=1\n"),
            ("d/c.txt", "[client]\nuser=c\n"),
            ("one", "[Client] x\ndatabase=one\n"),
        ],
    );
    let path = folder.display();
    let text = format!(
        "[client]\nuser=first\n!includedir {path}/d\n!include {path}/one\n!include {path}/missing\n!other x\n"
    );
    std::fs::write(folder.join(".my.cnf"), text).expect("a file");
    let completed = complete(&folder, "mysql://h", &[]).expect("a config");
    assert_eq!(url(&completed), "mysql://b@h:1/one");
    // A file that includes itself comes to an end.
    let text = format!("[client]\n!include {path}/.my.cnf\n");
    std::fs::write(folder.join(".my.cnf"), text).expect("a file");
    assert_eq!(
        complete(&folder, "mysql://h", &[]).unwrap_err().kind(),
        ErrorKind::LimitExceeded
    );
}

#[test]
fn malformed_files_are_errors_with_their_line() {
    let mut failures = Failures::default();
    for (index, (text, kind, line)) in [
        ("[client\nuser=hunter2\n", ErrorKind::InvalidDocument, 1),
        ("\nhunter2\n", ErrorKind::InvalidDocument, 2),
        ("[client]\n!include\n", ErrorKind::InvalidDocument, 2),
        (
            "[client]\n!includedir /nonexistent/hunter2\n",
            ErrorKind::Unreadable,
            2,
        ),
        ("[client]\nuser\n", ErrorKind::InvalidValue, 2),
        ("[client]\nprotocol=hunter2\n", ErrorKind::InvalidValue, 2),
        ("[client]\nport=hunter2\n", ErrorKind::InvalidValue, 2),
        ("[client]\nssl-mode=hunter2\n", ErrorKind::InvalidValue, 2),
        (
            "[client]\nconnect-timeout=hunter2\n",
            ErrorKind::InvalidValue,
            2,
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let home = home(&format!("mysql_bad_{index}"), &[(".my.cnf", text)]);
        match complete(&home, "mysql://h", &[]) {
            Ok(_) => failures.push(text, "accepted"),
            Err(error) => {
                let location = error.origin().and_then(|source| source.file());
                let found = location
                    .and_then(FileLocation::position)
                    .map(Position::line);
                failures.compare(text, (error.kind(), found), (kind, Some(line)));
                failures.compare(text, error.to_string().contains("hunter2"), false);
            }
        }
    }
    failures.finish();
}

#[test]
fn what_is_not_read_is_warned_of() {
    let home = home(
        "mysql_warned",
        &[(".my.cnf", "[client]\nuser=x\n"), (".mylogin.cnf", "x")],
    );
    protect(&home.join(".my.cnf"), 0o666);
    let completed = complete(&home, "mysql://h", &[]).expect("a config");
    let codes = completed.warnings().iter().map(Warning::code);
    let codes: Vec<_> = codes.map(database_url::WarningCode::as_str).collect();
    if cfg!(unix) {
        assert_eq!(codes, ["option-file-ignored", "login-path-unread"]);
        assert_eq!(url(&completed), "mysql://sys@h");
    }
}

#[test]
fn a_stranger_reads_no_files_and_gets_no_password() {
    let vars = Vars::from([("MYSQL_PWD", "hunter2")]);
    let completion = || Completion::new(&vars).system_user("sys").untrusted();
    let mut failures = Failures::default();
    for (url, accepted) in [
        ("mysql://h/d?ssl-mode=REQUIRED", true),
        ("mysql://h/d?local_infile=false", true),
        ("mysql://h/d?local_infile=true", false),
        ("mysql://h/d?ssl-ca=/x&ssl-mode=VERIFY_CA", false),
        ("mysql:///d?socket=/x", false),
        ("mysql://h/d?init_command=x", false),
    ] {
        let config: Config = url.parse().expect("a URL");
        match completion().mysql(&config) {
            Ok(completed) => {
                failures.compare(url, (accepted, completed.config().password()), (true, None));
            }
            Err(error) => {
                failures.compare(url, (accepted, error.kind()), (false, ErrorKind::Untrusted));
            }
        }
    }
    failures.finish();
}
