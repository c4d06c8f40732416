//! `.env` files: the dialect, case by case; what is rejected, and where; and what other readers would make of it.

use crate::common::arbitrary::{cases, text};
use database_url::{Error, ErrorKind, SecretStr, Vars, WarningCode};
use proptest::prelude::*;

/// `B` is 1, `E` empty, `HAVE` of the process.
fn read(file: &str) -> Result<Vars, Error> {
    Vars::from([("HAVE", "process"), ("SETX", "process"), ("E", "")]).with_dotenv_str(".env", file)
}

fn value<'v>(vars: &'v Vars, name: &str) -> Option<&'v str> {
    vars.get(name).expect("a value").map(SecretStr::expose)
}

#[test]
fn values_are_those_of_compose() {
    for (file, expected) in [
        ("K=abc", "abc"),
        ("K = abc", "abc"),
        ("  K=abc", "abc"),
        ("K=abc   ", "abc"),
        ("K=abc\t ", "abc"),
        ("export K=abc", "abc"),
        ("export\tK = abc", "abc"),
        ("K: abc", "abc"),
        ("K:\tabc", "abc"),
        ("K :", ""),
        ("K='a b'", "a b"),
        ("K=\"a b\"", "a b"),
        ("K=a b", "a b"),
        ("K=a'b", "a'b"),
        ("K=a#b", "a#b"),
        ("K=a #b", "a"),
        ("K=\"a #b\" # c", "a #b"),
        ("K='a #b' # c", "a #b"),
        ("K=\"a\\nb\\tc\\rd\\\\e\"", "a\nb\tc\rd\\e"),
        ("K=\"a\\qb\\'\"", "a\\qb\\'"),
        ("K='a\\nb'", "a\\nb"),
        ("K=a\\nb", "a\\nb"),
        ("K=\"a\nb\"", "a\nb"),
        ("K='a\nb\n'\nL=1", "a\nb\n"),
        ("K=\"a\r\nb\"\r\n", "a\nb"),
        ("K=", ""),
        ("K= ", ""),
        ("K=\"\"", ""),
        ("K=''", ""),
        ("K=\"a\\\"b\"", "a\"b"),
        ("K='a\\'b'", "a'b"),
        ("B=1\nK=x$B", "x1"),
        ("B=1\nK=x${B}y", "x1y"),
        ("B=1\nK=\"x$B\"", "x1"),
        ("B=1\nK='x$B'", "x$B"),
        ("B=1\nK=\"x\\$B\"", "x$B"),
        ("B=1\nK=x$$B", "x$B"),
        ("K=x${NOPE}y", "xy"),
        ("K=x${NOPE:-d}y", "xdy"),
        ("K=x${NOPE-d}y", "xdy"),
        ("K=x${E:-d}y", "xdy"),
        ("K=x${E-d}y", "xy"),
        ("B=1\nK=${NOPE:-${B}}", "1"),
        ("B=1\nK=${NOPE:-${E:-<$B>}}}", "<1>}"),
        ("B=1\nK=x${B:+p}y", "xpy"),
        ("K=x${E:+p}${NOPE+q}y", "xy"),
        ("K=x${E+p}y", "xpy"),
        ("B=1\nK=x${B:?no}${E?no}y", "x1y"),
        ("A=1\nA_B=2\nK=$A_B", "2"),
        ("K=pa$w0rd!", "pa!"),
        ("K=pa$", "pa$"),
        ("K=$1 $/ $", "$1 $/ $"),
        ("K=1\nK=2", "2"),
        ("K=$(echo hi)", "$(echo hi)"),
        ("SETX=file\nK=$SETX", "process"),
        ("HAVE=file\nK=z", "z"),
        ("K=`a b`", "`a b`"),
        ("K=abc\r\nL=1\r\n", "abc"),
        ("\u{feff}K=abc", "abc"),
        ("# c\n\n \t# c\nK=abc # c", "abc"),
        ("K=later\nB=$K\nK=$B$B", "laterlater"),
    ] {
        assert_eq!(
            value(&read(file).expect(file), "K"),
            Some(expected),
            "{file:?}"
        );
    }
}

#[test]
fn what_compose_loses_is_kept() {
    for (file, expected) in [
        // Compose fills `B` in after the backslash.
        ("B=1\nK=x\\$B", "x$B"),
        // For Compose the comment is the value, as is what is after a tab.
        ("K= # c", ""),
        ("K=a\t# c", "a"),
        ("K=#a", "#a"),
        ("K=\"\\0101\"", "\\0101"),
    ] {
        assert_eq!(
            value(&read(file).expect(file), "K"),
            Some(expected),
            "{file:?}"
        );
    }
}

#[test]
fn a_name_alone_sets_nothing() {
    for file in ["K", "export K", "K # c", "K\r\n"] {
        assert!(!read(file).expect(file).is_set("K"), "{file:?}");
    }
}

#[test]
fn the_process_comes_first_and_the_file_below() {
    let vars = read("HAVE=file\nNEW=file").expect("variables");
    assert_eq!(value(&vars, "HAVE"), Some("process"));
    assert!(vars.origin("HAVE").is_none());
    assert_eq!(value(&vars, "NEW"), Some("file"));
    assert_eq!(vars.origin("NEW").expect("a file").to_string(), ".env:2:1");
    assert_eq!(vars.origin("NONE"), None);
}

/// Texts that are no lines of a `.env` file: kind, line and column, whether or not the rest can be read.
#[test]
fn a_quote_that_another_line_closes_is_reported_where_it_begins() {
    for (file, location) in [
        ("A=\"hunter2\nB=\"b\"", ".env:1:3: A"),
        (
            "A=1\nU='postgres://a:hunter2@h/d\r\nexport B=1\nC=1'\n",
            ".env:2:3: U",
        ),
    ] {
        let error = read(file).expect_err(file);
        assert_eq!(error.kind(), ErrorKind::UnterminatedQuote);
        let expected = "unterminated quoted value: expected a closing quotation mark on this line";
        assert_eq!(error.to_string(), format!("{location}: {expected}"));
    }
}

#[test]
fn what_cannot_be_read_is_rejected_by_line_and_column() {
    for (file, kind, message) in [
        (
            "=x",
            ErrorKind::InvalidName,
            ".env:1:1: invalid variable name: expected NAME=value",
        ),
        ("A=1\n  ?x=1", ErrorKind::InvalidName, ".env:2:3: invalid"),
        (
            "K hunter2",
            ErrorKind::MissingEquals,
            ".env:1:3: missing `=`: expected `=` after the name",
        ),
        (
            "postgres://u:hunter2@h/d",
            ErrorKind::MissingEquals,
            ".env:1:9: missing",
        ),
        ("K:hunter2", ErrorKind::MissingEquals, ".env:1:2: missing"),
        ("é=1", ErrorKind::InvalidName, ".env:1:1: invalid"),
        (
            "A=1\nK='hunter2\nB=1",
            ErrorKind::UnterminatedQuote,
            ".env:2:3: K: unterminated quoted value",
        ),
        (
            "K=\"hunter2\\\"",
            ErrorKind::UnterminatedQuote,
            ".env:1:3: K: unterminated",
        ),
        (
            "K='é'hunter2",
            ErrorKind::InvalidDocument,
            ".env:1:6: K: invalid document: expected nothing but",
        ),
        (
            "hunter2='é'x",
            ErrorKind::InvalidDocument,
            ".env:1:12: invalid document",
        ),
        (
            "K='a' x # c",
            ErrorKind::InvalidDocument,
            ".env:1:7: K: invalid",
        ),
        (
            "K='a'#c",
            ErrorKind::InvalidDocument,
            ".env:1:6: K: invalid",
        ),
        (
            "K=${hunter2",
            ErrorKind::InvalidTemplate,
            ".env:1:3: K: invalid template: expected a closing `}`",
        ),
        (
            "K=${}",
            ErrorKind::InvalidTemplate,
            ".env:1:3: K: invalid template: expected a name",
        ),
        (
            "K=${A:=hunter2}",
            ErrorKind::InvalidTemplate,
            ".env:1:3: K: invalid template: Compose assigns nothing",
        ),
        (
            "K=${A:}",
            ErrorKind::InvalidTemplate,
            ".env:1:3: K: invalid",
        ),
        (
            "K=${A!}",
            ErrorKind::InvalidTemplate,
            ".env:1:3: K: invalid",
        ),
        (
            "K=x${NOPE:?hunter2}y",
            ErrorKind::UnsetVariable,
            ".env:1:3: K: unset variable: NOPE has to be set here",
        ),
        (
            "K=x${E:?hunter2}y",
            ErrorKind::EmptyVariable,
            ".env:1:3: K: set but empty: E must not be empty here",
        ),
        ("A=\0", ErrorKind::NulByte, ".env:1:3: NUL byte"),
    ] {
        let error = read(file).expect_err(file);
        assert_eq!(error.kind(), kind, "{file:?}");
        let given = format!("{error} {error:?} {}", error.help().unwrap_or_default());
        assert!(given.starts_with(message), "{file:?}: {given}");
        assert!(!given.contains("hunter2"), "{file:?}: {given}");
    }
}

#[test]
fn all_failures_are_reported_together() {
    let error = read("?\nA=1\nK=${\nB='\n").expect_err("three failures");
    let locations: Vec<_> = error
        .iter()
        .map(|one| one.origin().expect("a place").to_string())
        .collect();
    assert_eq!(locations, [".env:1:1", ".env:3:3: K", ".env:4:3: B"]);
    assert!(error.to_string().ends_with("(and 2 more)"), "{error}");
    let error = read(&"=\n".repeat(1000)).expect_err("failures");
    assert_eq!(error.iter().count(), 100);
}

#[test]
fn a_database_or_secret_never_loses_text_to_an_unset_variable() {
    for (file, name, shown) in [
        (
            "DB_PASSWORD=pa$w0rd!",
            "DB_PASSWORD",
            "the variable after `$` is not set",
        ),
        (
            "DATABASE_URL=postgres://u:pa$W0RD@h/d",
            "DATABASE_URL",
            "W0RD is not set",
        ),
        (
            "X=\"mysql://u:${w0rd}@h/d\"",
            "X",
            "the variable after `$` is not set",
        ),
        ("A_TOKEN=$NOPE", "A_TOKEN", "NOPE is not set"),
    ] {
        let vars = read(&format!("{file}\nOTHER=1")).expect("the other variables");
        assert_eq!(value(&vars, "OTHER"), Some("1"));
        assert!(vars.is_set(name));
        let error = vars.get(name).expect_err(file);
        assert_eq!(error.kind(), ErrorKind::UnsetVariable, "{file:?}");
        assert!(error.to_string().contains(shown), "{file:?}: {error}");
        assert!(
            error.to_string().starts_with(".env:1:"),
            "{file:?}: {error}"
        );
    }
    let vars = read("DB_PASSWORD=pa$w0rd!\nDATABASE_URL=postgres://u:$DB_PASSWORD@h/d")
        .expect("variables");
    assert_eq!(
        vars.get("DATABASE_URL").expect_err("no password"),
        vars.get("DB_PASSWORD").expect_err("no password"),
        "the error stays where the variable is missing"
    );
    let vars = read("DATABASE_URL=postgres://u:${NOPE:-pw}@h/d${NOPE+x}").expect("variables");
    assert_eq!(value(&vars, "DATABASE_URL"), Some("postgres://u:pw@h/d"));
}

/// Each way of writing a database's URL that some reader of the eight reads differently.
#[test]
fn a_value_that_readers_disagree_on_is_warned_of() {
    for (line, reason) in [
        ("postgres://u:a#b@h/d", "at the `#`"),
        ("postgres://u:p@h/d # c", "keeps the comment"),
        ("postgres://u:$B@h/d", "follows a `$`"),
        ("postgres://u:a\\nb@h/d", "the backslash"),
        ("postgres://u:a b@h/d", "spaces without quotation marks"),
        ("postgres://u:p@h/d?a=1&b=2", "a shell that sources"),
        ("postgres://u:`p`@h/d", "backticks"),
        ("postgres://u:a'b@h/d", "begin of a quoted text"),
        ("postgres://u:p@h/d  ", "keeps the spaces at the end"),
        (" postgres://u:p@h/d", "no spaces around the `=`"),
        ("postgres://u:p@h/d\r", "carriage return"),
        ("\"postgres://u:$B@h/d\"", "most fill in"),
        ("\"postgres://u:\\n@h/d\"", "backslash means"),
        ("\"postgres://u:`@h/d\"", "between backticks"),
        ("\"postgres://u:p\n@h/d\"", "end it with the line"),
        ("'postgres://u:p\n@h/d'", "end it with the line"),
        ("'postgres://u:$B@h/d'", "even there"),
        ("'postgres://u:\\'@h/d'", "for a `'`"),
        ("'postgres://u:p@h/d' # c", "keeps the comment"),
    ] {
        let vars = read(&format!("B=1\nX={line}\n")).expect(line);
        let [warning] = vars.warnings() else {
            panic!("{line}: {:?}", vars.warnings());
        };
        assert_eq!(warning.code(), WarningCode::ReadersDisagree);
        let given = warning.message();
        assert!(
            given.starts_with(".env:2:1: X: read differently"),
            "{given}"
        );
        assert!(given.contains(reason), "{line:?}: {given}");
        assert!(!given.contains("@h"), "{given}");
    }
}

#[test]
fn names_tell_what_goes_to_a_database() {
    for name in [
        "DATABASE_URL",
        "MONGO_URI",
        "DB_PASSWORD",
        "PGPASSWORD",
        "PGHOST",
        "MYSQL_DSN",
        "db_password",
        "API_TOKEN",
    ] {
        let vars = read(&format!("{name}=a#b")).expect(name);
        assert_eq!(vars.warnings().len(), 1, "{name}");
        assert!(!vars.warnings()[0].message().contains("db_password"));
    }
    for name in ["COLOUR", "PORT", "DEBUG"] {
        assert!(
            read(&format!("{name}=a#b"))
                .expect(name)
                .warnings()
                .is_empty(),
            "{name}"
        );
    }
    assert_eq!(read("DATABASE_URL").expect("no value").warnings().len(), 1);
    assert_eq!(
        read("\u{feff}DATABASE_URL='a'")
            .expect("a value")
            .warnings()
            .len(),
        1
    );
    assert_eq!(
        read("DATABASE_URL: 'a'").expect("a value").warnings().len(),
        1
    );
}

#[test]
fn what_all_read_alike_is_not_warned_of() {
    for line in [
        "DATABASE_URL=postgres://u:p%40ss@h:5/d",
        "export DATABASE_URL='postgres://u:p#ss@h:5/d?x=1&y=2'",
        "DATABASE_URL=\"postgres://u:p#ss@h:5/d?x=1&y=2\"",
        "DATABASE_URL=",
        "# DATABASE_URL=a#b",
    ] {
        assert!(read(line).expect(line).warnings().is_empty(), "{line}");
    }
}

#[test]
fn what_files_insert_is_bounded() {
    let mut bomb = "A0=xxxxxxxxxxxxxxxx\n".to_owned();
    for step in 1..64 {
        let before = step - 1;
        bomb.extend([format!("A{step}=$A{before}$A{before}\n")]);
    }
    assert_eq!(
        read(&bomb).expect_err("too much").kind(),
        ErrorKind::LimitExceeded
    );
    let nested = format!("K={}x{}", "${N:-".repeat(70), "}".repeat(70));
    assert_eq!(
        read(&nested).expect_err("too deep").kind(),
        ErrorKind::LimitExceeded
    );
    let nested = format!("K={}x{}", "${N:-".repeat(16), "}".repeat(16));
    assert_eq!(value(&read(&nested).expect("deep"), "K"), Some("x"));
    let nested = format!("K={}", "${N:-".repeat(100_000));
    assert_eq!(
        read(&nested).expect_err("no end").kind(),
        ErrorKind::InvalidTemplate
    );
    let long = format!("K={}", "x".repeat(1 << 20));
    assert_eq!(
        read(&long).expect_err("too long").kind(),
        ErrorKind::TooLong
    );
}

#[test]
fn files_are_read_whole_or_rejected_by_path() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("dotenv");
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("some.env");
    std::fs::write(&path, "K='é'\n").expect("a file");
    let vars = Vars::new().with_dotenv_path(&path).expect("variables");
    assert_eq!(value(&vars, "K"), Some("é"));
    assert_eq!(
        vars.origin("K")
            .expect("a file")
            .file()
            .expect("a place")
            .path(),
        path.to_string_lossy()
    );
    std::fs::write(&path, b"K=\xff").expect("a file");
    let missing = folder.join("missing.env");
    for (path, kind) in [
        (&path, ErrorKind::InvalidUtf8),
        (&missing, ErrorKind::Unreadable),
        (&folder, ErrorKind::Unreadable),
    ] {
        let error = Vars::new().with_dotenv_path(path).expect_err("no file");
        assert_eq!(error.kind(), kind);
        assert!(
            error.to_string().starts_with(&*path.to_string_lossy()),
            "{error}"
        );
    }
}

proptest! {
    #![proptest_config(cases(256))]

    /// The spelling that nearly all readers agree on.
    #[test]
    fn single_quotes_keep_a_value_as_it_is(secret in text().prop_filter("writable", |text| !text.contains(['\'', '\\', '\r', '\0']))) {
        let vars = read(&format!("B=1\nK='{secret}' # c\nL=1")).expect("variables");
        prop_assert_eq!(value(&vars, "K"), Some(&*secret));
        prop_assert_eq!(value(&vars, "L"), Some("1"));
    }

    /// Whatever is read, no message holds a piece of it: `§` stands for a secret.
    #[test]
    fn messages_hold_no_text_of_the_file(pieces in proptest::collection::vec((text(), "[A-Z_]{1,4}[=: ]?|['\"${}#\n-]"), 1..8)) {
        let secret = "hunter2";
        let file: String = pieces.iter().flat_map(|(text, begin)| [begin, text, secret]).collect();
        let given = match read(&file) {
            Ok(vars) => {
                let failures: Vec<_> = vars.names().filter_map(|name| vars.get(name).err()).collect();
                format!("{:?}{failures:?}", vars.warnings())
            }
            Err(error) => {
                let all: Vec<_> = error.iter().map(|one| format!("{one}{one:?}{:?}", one.help())).collect();
                all.concat()
            }
        };
        prop_assert!(!given.contains(secret), "{}", given);
    }
}
