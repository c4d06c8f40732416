//! `dburl convert`: what it prints where, and what it never shows.

use super::verbs::{SHOP, objects, run, status, stderr, stdout};

#[test]
fn convert_masks_and_says_so_where_another_program_reads() {
    let output = run(&[SHOP], &["convert", "--to", "conninfo"], b"");
    assert_eq!(
        stdout(&output),
        "user=app password=**** dbname=shop host=db.example port=5433 sslmode=require\n"
    );
    let notes = stderr(&output);
    assert!(
        notes.contains("note: lost pool: libpq has no such parameter"),
        "{notes}"
    );
    assert!(notes.contains("note: **** masks a secret"), "{notes}");
    assert!(!notes.contains("hunter2"), "{notes}");
    let quiet = run(&[SHOP], &["convert", "--to", "libpq", "--quiet"], b"");
    assert_eq!(stderr(&quiet), "");
    for (format, masked) in [
        (
            "jdbc",
            "jdbc:postgresql://db.example:5433/shop?user=app&password=****&sslmode=require&pool=5\n",
        ),
        (
            "sqlalchemy",
            "postgresql+psycopg://app:****@db.example:5433/shop?sslmode=require\n",
        ),
    ] {
        assert_eq!(
            stdout(&run(&[SHOP], &["convert", "--to", format], b"")),
            masked
        );
    }
    let shown = run(&[SHOP], &["convert", "--to", "env", "--show-secrets"], b"");
    assert!(stdout(&shown).contains("\nPGPASSWORD=hunter2\n"));
    assert!(!stderr(&shown).contains("masks"));
}

#[test]
fn convert_takes_a_string_or_standard_input() {
    let argument = run(
        &[],
        &["convert", "--to", "libpq", "postgres://app:s3cret@h/d"],
        b"",
    );
    assert_eq!(stdout(&argument), "postgresql://app:****@h/d\n");
    assert!(stderr(&argument).contains("[password-in-arguments]"));
    for input in [
        "postgres://app:s3cret@h/d",
        "postgres://app:s3cret@h/d\n",
        "postgres://app:s3cret@h/d\r\n",
    ] {
        let read = run(
            &[],
            &["convert", "--to", "jdbc", "--show-secrets", "-"],
            input.as_bytes(),
        );
        assert_eq!(
            stdout(&read),
            "jdbc:postgresql://h/d?user=app&password=s3cret\n"
        );
        assert_eq!(stderr(&read), "");
    }
}

#[test]
fn convert_in_json_has_text_and_losses() {
    let object = &objects(&run(&[SHOP], &["convert", "--to", "libpq", "--json"], b""))[0];
    assert_eq!(object["ok"], true);
    assert_eq!(object["format"], "libpq");
    assert_eq!(
        object["text"],
        "postgresql://app:****@db.example:5433/shop?sslmode=require"
    );
    assert_eq!(
        object["lost"].to_string(),
        r#"[{"name":"pool","message":"libpq has no such parameter","help":"hand it to the program that it is for"}]"#
    );
}

#[test]
fn convert_rejects_what_would_be_another_connection() {
    let input = b"postgres://app:s3cret@h/d?sslmode=verify-ca";
    let output = run(&[], &["convert", "--to", "sequelize", "-"], input);
    assert_eq!((status(&output), stdout(&output)), (1, ""));
    assert!(stderr(&output).contains("cannot represent sslmode"));
    let object = &objects(&run(
        &[],
        &["convert", "--to", "sequelize", "--json", "-"],
        input,
    ))[0];
    assert_eq!(object["error"]["kind"], "not-representable");
    assert_eq!(status(&run(&[], &["convert", "--to", "libpq"], b"")), 3);
    let unknown = run(&[SHOP], &["convert", "--to", "hunter2"], b"");
    assert_eq!(status(&unknown), 2);
    assert!(
        stderr(&unknown).contains("invalid value for --to"),
        "{}",
        stderr(&unknown)
    );
    assert!(!stderr(&unknown).contains("hunter2"));
}

#[test]
fn a_url_for_psql_is_noted_where_psql_does_not_take_it() {
    let rows = [
        ("postgresql+psycopg://app:pw@h/d", true),
        ("postgres://app:pw@h/d?encoding=utf8", true),
        ("postgres://app:pw@h/d?schema=public", true),
        ("postgres://app:pw@h/d?sslmode=require", false),
        ("mysql2://app:pw@h/d", false),
    ];
    for (url, is_noted) in rows {
        let vars = [("DATABASE_URL", url)];
        let exposed = run(&vars, &["resolve", "--show-secrets"], b"");
        assert_eq!(stdout(&exposed).trim_end(), url);
        let noted = stderr(&exposed).contains("use `dburl psql`");
        assert_eq!(noted, is_noted, "{url}: {}", stderr(&exposed));
        let masked = run(&vars, &["resolve"], b"");
        assert!(
            stderr(&masked).starts_with("note: **** masks a secret; add --show-secrets"),
            "{url}: {}",
            stderr(&masked)
        );
        assert_eq!(stderr(&run(&vars, &["resolve", "--quiet"], b"")), "");
    }
}
