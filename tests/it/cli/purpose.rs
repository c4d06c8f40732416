//! `check`, `guard`, `diff` and `redact`: what they print, and how they end.

use super::verbs::{SHOP, objects, run, status, stderr, stdout};

#[test]
fn guard_is_silent_or_fails() {
    let local = ("DATABASE_URL", "postgres://app@localhost/shop_test");
    let both = ["guard", "--expect=local", "--expect", "test"];
    let output = run(&[local], &both, b"");
    assert_eq!(
        (status(&output), stdout(&output), stderr(&output)),
        (0, "", "")
    );
    let output = run(&[local], &["guard", "--json", "--expect=local"], b"");
    assert_eq!(stdout(&output), "{\"ok\":true}\n");
    let output = run(&[SHOP], &["guard", "--json", "--expect=local"], b"");
    assert_eq!(objects(&output)[0]["error"]["kind"], "unexpected-database");
    assert_eq!(objects(&output)[0]["error"]["component"], "host");
    assert_eq!(status(&output), 1);
    let output = run(
        &[SHOP],
        &["guard", "--expect=local", "--also=db.example"],
        b"",
    );
    assert_eq!(status(&output), 0);
    assert_eq!(status(&run(&[], &both, b"")), 3);
    let output = run(&[SHOP], &["guard", "--expect=hunter2"], b"");
    assert_eq!(status(&output), 2);
    assert!(!stderr(&output).contains("hunter2"));
    let redirected = [local, ("PGHOSTADDR", "10.0.0.1")];
    assert_eq!(status(&run(&redirected, &both, b"")), 1);
    let complete = [&both[..], &["--complete"]].concat();
    assert_eq!(status(&run(&redirected, &complete, b"")), 1);
}

#[test]
fn diff_names_the_parts() {
    let other = (
        "OTHER_URL",
        "postgres://app:hunter3@db2.example:5433/shop?sslmode=require&pool=5",
    );
    let output = run(&[SHOP, other], &["diff", "DATABASE_URL", "OTHER_URL"], b"");
    assert_eq!((status(&output), stdout(&output)), (0, "host\npassword\n"));
    let output = run(
        &[SHOP, other],
        &["diff", "--json", "DATABASE_URL", "OTHER_URL"],
        b"",
    );
    assert_eq!(
        stdout(&output),
        "{\"ok\":true,\"same\":false,\"differs\":[\"host\",\"password\"]}\n"
    );
    let lines = format!("{}\n{}\n", SHOP.1, SHOP.1);
    let output = run(&[SHOP], &["diff", "--json", "-"], lines.as_bytes());
    assert_eq!(
        stdout(&output),
        "{\"ok\":true,\"same\":true,\"differs\":[]}\n"
    );
    let output = run(&[SHOP], &["diff", "DATABASE_URL", "-"], lines.as_bytes());
    assert_eq!(stdout(&output), "same\n");
    let file = concat!(
        "file:",
        env!("CARGO_MANIFEST_DIR"),
        "/examples/sinatra/config/database.yml#test"
    );
    let output = run(&[SHOP], &["diff", "DATABASE_URL", file], b"");
    assert_eq!(stdout(&output), "encoding\n");
    assert_eq!(
        status(&run(&[SHOP], &["diff", "DATABASE_URL", "NONE_URL"], b"")),
        3
    );
    assert_eq!(status(&run(&[SHOP], &["diff", "DATABASE_URL"], b"")), 2);
}

#[test]
fn redact_copies_everything_else() {
    let input = b"DATABASE_URL=mysql://app:hunter2@h/d\n\xff\0 no line end, p%40ss-word";
    let output = run(&[("DB_PASSWORD", "p@ss-word")], &["redact"], input);
    assert_eq!(status(&output), 0);
    assert_eq!(
        output.stdout,
        b"DATABASE_URL=mysql://app:****@h/d\n\xff\0 no line end, ****"
    );
}

#[test]
fn check_prints_findings_and_fails_as_requested() {
    let output = run(&[SHOP], &["check"], b"");
    assert_eq!(
        (status(&output), stdout(&output), stderr(&output)),
        (0, "no findings\n", "")
    );
    let weak = (
        "DATABASE_URL",
        "postgres://app:hunter2@db.example/shop?pool=5",
    );
    let output = run(&[weak], &["check", "--json"], b"");
    assert_eq!(
        stdout(&output),
        "{\"ok\":true,\"findings\":[{\"code\":\"tls-not-required\",\"severity\":\"warning\",\"message\":\"TLS is not required for `db.example`\",\
         \"help\":\"add sslmode=verify-full and sslrootcert=system, or at least sslmode=require\",\"source\":{\"kind\":\"config-var\",\"name\":\"DATABASE_URL\"}}]}\n"
    );
    assert_eq!(status(&output), 0);
    let output = run(&[weak], &["check", "--json", "--deny", "warnings"], b"");
    assert_eq!(
        (status(&output), &objects(&output)[0]["ok"]),
        (1, &serde_json::Value::Bool(false))
    );
    // libpq rejects what it does not know.
    let output = run(&[weak], &["check", "--json", "--target=libpq"], b"");
    assert_eq!(objects(&output)[0]["findings"][0]["code"], "driver-rejects");
    assert_eq!(status(&output), 1);
    let output = run(&[weak], &["check", "--target=oracle"], b"");
    assert!(stderr(&output).contains("expected one of: libpq, diesel, tokio-postgres"));
    assert_eq!(status(&output), 2);
}

#[test]
fn check_reports_why_there_is_no_database() {
    assert_eq!(status(&run(&[], &["check", "--json"], b"")), 3);
    let broken = ("DATABASE_URL", "postgres://app:hun/ter2@db.example/shop");
    let output = run(&[broken], &["check", "--json"], b"");
    let finding = &objects(&output)[0]["findings"][0];
    assert_eq!(
        (&finding["code"], &finding["severity"]),
        (&"unescaped-delimiter".into(), &"error".into())
    );
    assert_eq!(finding["span"], serde_json::json!([18, 19]));
    assert_eq!(status(&output), 1);
    let output = run(
        &[],
        &["check", "--json", "--file", "/nowhere/database.yml"],
        b"",
    );
    let finding = &objects(&output)[0]["findings"][0];
    assert_eq!(finding["code"], "unreadable");
    assert!(
        finding["message"]
            .as_str()
            .is_some_and(|message| message.contains("/nowhere/database.yml"))
    );
}

/// Without the drivers the flags are there, and say what they need.
#[cfg(not(feature = "connect"))]
#[test]
fn connecting_needs_a_feature() {
    for arguments in [
        &["wait"][..],
        &["wait", "--timeout", "500ms"],
        &["check", "--connect"],
    ] {
        let output = run(&[SHOP], arguments, b"");
        assert_eq!(status(&output), 2);
        assert!(
            stderr(&output).contains("needs the feature `connect`"),
            "{}",
            stderr(&output)
        );
    }
    assert_eq!(status(&run(&[SHOP], &["wait", "--timeout=soon"], b"")), 2);
}
