//! `NAME_FILE`: the value of `NAME` out of a file, only where it is requested.

use std::fs;
use std::path::{Path, PathBuf};

use database_url::{ErrorKind, SecretStr, Vars, postgres};

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("secret_files");
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// A file of its own for each test.
fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = folder().join(name);
    fs::write(&path, content).expect("a file");
    path.to_str().expect("UTF-8").to_owned()
}

fn value<'v>(vars: &'v Vars, name: &str) -> Option<&'v str> {
    vars.get(name).expect("a value").map(SecretStr::expose)
}

#[test]
fn a_file_is_read_where_it_is_requested() {
    let path = file("url", "postgres://app:hunter2@db.example/shop\n");
    let vars = Vars::from([("DATABASE_URL_FILE", &*path)]);
    assert!(!vars.is_set("DATABASE_URL"));
    let vars = vars.with_secret_files();
    let db = postgres::Config::resolve(&vars).expect("a database");
    assert_eq!(
        db.to_string(),
        "postgres://app:****@db.example/shop (from DATABASE_URL)"
    );
    let origin = vars.origin("DATABASE_URL").expect("an origin");
    assert_eq!(origin.to_string(), "DATABASE_URL_FILE");
    assert_eq!(
        vars.clone().with_secret_files(),
        vars,
        "asked twice is asked once"
    );
}

#[test]
fn one_line_end_is_no_part_of_the_value() {
    for (index, (content, expected)) in [
        ("abc", "abc"),
        ("abc\n", "abc"),
        ("abc\r\n", "abc"),
        ("abc\n\n", "abc\n"),
        (" a\nb ", " a\nb "),
    ]
    .into_iter()
    .enumerate()
    {
        let path = file(&format!("line{index}"), content);
        let vars = Vars::from([("K_FILE", path)]).with_secret_files();
        assert_eq!(value(&vars, "K"), Some(expected), "{content:?}");
    }
}

#[test]
fn what_cannot_be_read_is_an_error_of_that_variable_alone() {
    let long = file("long", vec![b'x'; (1 << 20) + 1]);
    let other = file("other", b"\xff");
    let nul = file("nul", b"a\0b");
    let empty = file("empty", "\n");
    let directory = folder().to_str().expect("UTF-8").to_owned();
    for (path, kind) in [
        (&*long, ErrorKind::TooLong),
        (&other, ErrorKind::InvalidUtf8),
        (&nul, ErrorKind::NulByte),
        (&empty, ErrorKind::Empty),
        (&directory, ErrorKind::Unreadable),
        ("/dev/null", ErrorKind::Unreadable),
        ("/nowhere/hunter2", ErrorKind::Unreadable),
        (
            "postgres://app:hunter2@db.example/shop",
            ErrorKind::Unreadable,
        ),
        ("", ErrorKind::EmptyVariable),
        ("a\0b", ErrorKind::Unreadable),
    ] {
        let vars = Vars::from([("K_FILE", path), ("OTHER", "1")]).with_secret_files();
        assert_eq!(value(&vars, "OTHER"), Some("1"));
        let error = vars.get("K").expect_err(path);
        assert_eq!(error.kind(), kind, "{path}: {error}");
        let given = format!("{error}{error:?}{:?}", error.help());
        assert!(given.starts_with("K_FILE: "), "{given}");
        assert!(!given.contains("hunter2"), "{given}");
    }
}

#[test]
fn of_a_name_and_its_file_the_upper_layer_wins_and_one_layer_has_one() {
    let path = file("layers", "of the file");
    let pointer = ("K_FILE", &*path);
    let both = Vars::from([pointer, ("K", "hunter2")]).with_secret_files();
    let error = both.get("K").expect_err("both");
    assert_eq!(error.kind(), ErrorKind::Conflict);
    assert!(!error.to_string().contains("hunter2"), "{error}");

    let above = Vars::from([("K", "set")]);
    let below = above
        .with_dotenv_str(".env", &format!("K_FILE='{path}'"))
        .expect("variables");
    assert_eq!(value(&below.with_secret_files(), "K"), Some("set"));

    let above = Vars::from([pointer]);
    let below = above.with_dotenv_str(".env", "K=set").expect("variables");
    assert_eq!(value(&below.with_secret_files(), "K"), Some("of the file"));

    let both = format!("K='hunter2'\nK_FILE='{path}'");
    let both = Vars::new()
        .with_dotenv_str(".env", &both)
        .expect("variables")
        .with_secret_files();
    assert_eq!(both.get("K").expect_err("both").kind(), ErrorKind::Conflict);
}

#[test]
fn a_suffix_alone_names_nothing() {
    let path = file("suffix", "x");
    let vars = Vars::from([("_FILE", &*path), ("FILE", &path)]).with_secret_files();
    assert_eq!(vars.names().collect::<Vec<_>>(), ["FILE", "_FILE"]);
}
