//! What is masked in one line, and what is not: `§` is the secret, which is `****` in the output.

use database_url::{Redactor, Vars};

/// Every connection string that has a password.
const MASKED: &[&str] = &[
    "postgres://app:§@db.example/shop",
    "connecting to postgres://app:§@db.example:5432/shop, then waiting",
    "(postgres://app:§@db.example/shop)",
    "<postgres://app:§@db.example/shop>",
    "`mysql://app:§@db.example/shop`",
    "DATABASE_URL=postgres://app:§@db.example/shop",
    "export DATABASE_URL='postgres://app:§@db.example/shop'",
    r#"{"url":"postgres://app:§@db.example/shop","mail":"a@b.example"}"#,
    r#"{"msg":"cannot connect to postgres://app:§@db.example/shop","by":"ops@b.example"}"#,
    r#"{"msg":"failed: \"postgres://app:§@db.example/shop\" by ops@b.example"}"#,
    r#"{"url":"postgres:\/\/app:§@db.example\/shop"}"#,
    "redis://:§@cache.example:6380/2 rediss://default:§@cache.example",
    "mongodb+srv://app:§@m.example/?authSource=admin&appName=@web@",
    "amqps://app:§@mq.example/vhost neo4j+s://neo4j:§@g.example bolt://n:§@h",
    "https://elastic:§@es.example:9243/index?q=a@b",
    "jdbc:postgresql://db.example/shop?user=app&password=§&ssl=true",
    r"jdbc:postgresql://db.example/shop?user=app\u0026password=§\u0026ssl=true",
    "jdbc:sqlserver://db.example:1433;user=app;password=§;encrypt=true",
    "jdbc:sqlserver://db.example;user=app;password={§};encrypt=true",
    "jdbc:mysql://address=(host=h)(user=app)(password=§)/shop",
    "jdbc:oracle:thin:scott/§@//db.example:1521/XE",
    "mysql://app:§@h1.example,h2.example:3307/shop",
    "sqlite+pysqlcipher://:§@/app.db",
    "file:app.db?key=§&cache=shared",
    "app:§@tcp(db.example:3306)/shop?parseTime=true",
    "dsn=app:§@unix(/run/mysqld/mysqld.sock)/shop",
    r#"level=info dsn="app:§@tcp(db.example)/shop" took=3ms"#,
    "host=db.example user=app password=§ dbname=shop",
    "host=db.example password = '§' dbname=shop",
    r#"{"dsn":"host=db.example password=§ dbname=shop","n":1}"#,
    "Server=db.example;User Id=app;Password=§;Encrypt=true",
    "Server=db.example;Uid=app;Pwd=§",
    "PGPASSWORD=§ psql -h db.example",
    r#"{"host":"db.example","password":"§","port":5432}"#,
    r#"{"host":"db.example","password": "§"}"#,
    r#""log":"{\"password\":\"§\"}""#,
    r#"{:host=>"h", "password"=>"§"}"#,
    "postgres://app@db.example/shop?password=§",
    "postgres://app@db.example/shop?sslpassword=§&sslmode=require",
    "nats://§@nats.example:4222",
    "postgres://app:§@h1/a,postgres://app:§@h2/b",
    "postgres://app:§@h1/a postgres://app:§@h2/b",
];

/// What has no secret, or is masked already.
const UNCHANGED: &[&str] = &[
    "",
    "no connection string at all: 12:30, a=b, bob@example.com",
    "postgres://db.example:5432/shop",
    "postgres://app@db.example/shop?sslmode=require&sslkey=/etc/app.key",
    "postgres://app:****@db.example/shop",
    "postgres://app:@db.example/shop",
    "see https://example.com/a?b=c@d:e and mailto:bob@example.com",
    "git+ssh://git@example.com/repository.git",
    "git+https://git@example.com/repository.git",
    "Dockerfile:3:COPY key=value",
    "Dockerfile:KEY=value",
    "redis://cache:${PORT}/0 or ask ops@example.com",
    "redis://cache:6379, or ask ops@example.com",
    "mongodb://h/?authSource=admin&authMechanism=SCRAM-SHA-256",
    "PWD=/home/app OLDPWD=/tmp",
    "host=db.example user=app dbname=shop",
    "app@tcp(db.example)/shop",
    "12:30:01 app@tcp(db.example)/shop",
    "notify(user@team(ops)) at 10:00",
    "password=",
    "kafka://a.example:9092,kafka://b.example:9092",
    "file:///home/app/shop.db sqlite:///shop.db",
    "std::fmt::Debug for Vec<T>: a::b::<C>",
    "key=value token=abc pass=3 fail=0 primary_key=id",
];

/// Ordinary passwords, and such whose delimiters are escaped.
const SECRETS: &[&str] = &[
    "hunter2",
    "correct-horse",
    "p%40ss%2Fw%3Ard",
    "s3cr3t!",
    "x~y_z.1",
];

#[test]
fn passwords_are_masked_and_nothing_else() {
    let redactor = Redactor::new();
    let mut wrong = Vec::new();
    for (line, secret) in MASKED
        .iter()
        .flat_map(|line| SECRETS.iter().map(move |secret| (line, secret)))
    {
        let (given, expected) = (line.replace('§', secret), line.replace('§', "****"));
        let shown = redactor.redact(&given);
        if shown != expected {
            wrong.push(format!("{given}\n  {shown}\n  {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_has_no_secret_is_unchanged() {
    for line in UNCHANGED {
        assert_eq!(Redactor::new().redact(line), *line);
    }
}

/// What can be before a connection string without a space: signs of a diff, codes of colors, escapes, words.
const GLUED: &[&str] = &[
    "+",
    "-",
    "- ",
    "--",
    "1",
    "1.",
    "x",
    "1x",
    "foo.",
    "foo-",
    "a+1-",
    r"line\n+",
    "_",
    "é",
    "\u{1b}[m",
    "\u{1b}[32m",
    "+\u{1b}[1;38;5;208m",
    "\u{1b}[01;31m\u{1b}[K",
    "^[[32m",
    "[32m",
    r"\u001b[32m",
    r"line\n",
    r"\u000a",
];

/// Whatever is before it, a password is masked.
#[test]
fn a_password_is_masked_after_anything() {
    let redactor = Redactor::new();
    let bytes: Vec<_> = (0..128_u8)
        .map(|byte| char::from(byte).to_string())
        .collect();
    let (mut wrong, password) = (Vec::new(), "hunter2");
    for line in MASKED {
        let line = line.replace('§', password);
        for before in bytes
            .iter()
            .map(String::as_str)
            .chain(GLUED.iter().copied())
        {
            let shown = redactor.redact(&format!("{before}{line}"));
            // `profile:` is not the scheme.
            let is_word = before.ends_with(char::is_alphabetic) && line.starts_with("file:");
            if shown.contains(password) && !is_word {
                wrong.push(format!("{before:?} {line}\n  {shown}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A scheme is known after them, and nothing but the password is masked.
#[test]
fn a_scheme_is_known_after_what_is_glued_to_it() {
    let redactor = Redactor::new();
    for before in GLUED {
        for (line, expected) in [
            ("postgres://app:hun/ter2@h/d", "postgres://app:****@h/d"),
            ("postgres://app:hun ter2@h/d", "postgres://app:****@h/d"),
            (
                "rediss://h/0?key=hunter2&db=1",
                "rediss://h/0?key=****&db=1",
            ),
            ("pg+x://app:hunter2@h a@b", "pg+x://app:****@h a@b"),
            ("nats://hunter2@h/d", "nats://****@h/d"),
            ("any://app:hunter2@h/d", "any://app:****@h/d"),
            ("://app:hunter2@h/d", "://app:****@h/d"),
            ("https://h/d?a=b@c", "https://h/d?a=b@c"),
        ] {
            let shown = redactor.redact(&format!("{before}{line}"));
            assert_eq!(shown, format!("{before}{expected}"));
        }
    }
}

/// No half of it is left, though more than the password may be masked.
#[test]
fn passwords_with_raw_delimiters_are_masked_whole() {
    for password in [
        "p@ss/word",
        "a@b@c",
        "pa/ss@word",
        "p?a@ss",
        "p#a@ss/w",
        "http://x",
        "a:b:c",
        "12/34",
        "p\"ss",
        "it's",
        "a b",
        "50% off",
        "x&y=z",
        "{braces}",
        "a,b;c",
        "back\\slash",
        "(parens)",
        "<angle>",
        "p@tcp(x",
    ] {
        for line in [
            "postgres://app:§@db.example:5432/shop",
            "url: postgres://app:§@db.example/shop?sslmode=require retrying",
            "\"postgres://app:§@db.example/shop\"",
            "mysql://app:§@db.example/shop",
            "'app:§@tcp(db.example:3306)/shop'",
        ] {
            let shown = Redactor::new().redact(&line.replace('§', password));
            let is_left = password
                .split(|c: char| !c.is_alphanumeric())
                .any(|piece| piece.len() > 1 && shown.contains(piece));
            assert!(
                !is_left || piece_is_of(line, password),
                "{line} {password}: {shown}"
            );
        }
    }
}

/// Whether a piece of the password is in the line by itself.
fn piece_is_of(line: &str, password: &str) -> bool {
    password
        .split(|c: char| !c.is_alphanumeric())
        .any(|piece| piece.len() > 1 && line.contains(piece))
}

#[test]
fn secrets_of_variables_are_masked_wherever_they_are() {
    let vars = Vars::from([
        (
            "DATABASE_URL",
            "postgres://app:c%40rrect-h%2Forse@db.example/shop",
        ),
        ("SECRET_KEY_BASE", "0123456789abcdef"),
        ("AWS_SESSION_NAME", "ordinary-value"),
        ("SHORT_PASSWORD", "hunter2"),
        (
            "PRIVATE_KEY",
            "-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n-----END KEY-----",
        ),
        ("PWD", "/home/app/shop"),
        (
            "VCAP_SERVICES",
            r#"{"x": [{"credentials": {"uri": "mysql://u:vcap-secret@h/d"}}]}"#,
        ),
    ]);
    let redactor = Redactor::of(&vars);
    for (line, shown) in [
        ("tried c@rrect-h/orse", "tried ****"),
        ("tried c%40rrect-h%2Forse", "tried ****"),
        (r#"{"tried":"c@rrect-h\/orse"}"#, r#"{"tried":"****"}"#),
        ("key 0123456789abcdef0", "key ****0"),
        (
            "ordinary-value hunter2 /home/app/shop",
            "ordinary-value hunter2 /home/app/shop",
        ),
        ("MIIEvQIBADANBg\nkqhkiG9w0BAQEF", "****\n****"),
        (r"MIIEvQIBADANBg\nkqhkiG9w0BAQEF", r"****\n****"),
        ("vcap-secret", "****"),
        (
            "postgres://app:c%40rrect-h%2Forse@db.example/shop",
            "postgres://app:****@db.example/shop",
        ),
    ] {
        assert_eq!(redactor.redact(line), shown);
    }
    assert_eq!(format!("{redactor:?}"), "Redactor { .. }");
}

#[test]
fn a_secret_that_looks_like_a_connection_is_masked() {
    for value in [
        "aB3$xy@qr(9ZtPq",
        "ab://y@zabcd",
        "postgres://y@z",
        "file:abcd",
        "x:y://abc@d",
        "abc:defg@tcp(x",
        "x password=y z",
        "postgres://app:hunter2@h/d",
    ] {
        let redactor = Redactor::of(&Vars::from([("DB_PASSWORD", value)]));
        assert_eq!(redactor.redact(&format!("log {value} end")), "log **** end");
    }
    // The value of a name that is of no secret is a connection string.
    let redactor = Redactor::of(&Vars::from([("DB_URL", "pg://app:hunter22@h")]));
    assert_eq!(redactor.redact("pg://app@h hunter22"), "pg://app@h ****");
}

#[test]
fn overlapping_secrets_are_masked_as_one() {
    let redactor = Redactor::new()
        .with_secret("abcdefghij")
        .with_secret("fghijklmno");
    assert_eq!(redactor.redact("x abcdefghijklmno y"), "x **** y");
}

#[test]
fn a_secret_is_found_in_any_mix_of_notations() {
    for (secret, written) in [
        ("p@ss/word", "p@ss/word"),
        ("p@ss/word", "p%40ss%2fword"),
        ("p@ss/word", "%70%40%73s%2Fw%6frd"),
        ("p@ss/word", "p@ss\\/word"),
        ("p@ss/word", "p\\u0040ss/word"),
        ("p@ss/word", "p%2540ss%252Fword"),
        ("pg+hunter2", "pg+hunter2"),
        ("p\"ss\\word", "p\\\"ss\\\\word"),
        ("p\"ss\\word", "p\"ss\\word"),
        ("p ss word", "p+ss%20word"),
        ("50%25secret", "50%25secret"),
        ("50%25secret", "50%2525secret"),
        ("50%25secret", "50%252525secret"),
        ("abcd%efgh", "abcd%2525efgh"),
        ("%41%25%%%", "%252541%252525%2525%2525%2525"),
        ("%%%%%%%%%", "%25%25%25%25%25%25%25%25%25"),
        ("größe-🔑-xx", "gr\\u00f6\\u00dfe-\\ud83d\\udd11-xx"),
        ("größe-🔑-xx", "gr%C3%B6%C3%9Fe-%F0%9F%94%91-xx"),
        ("größe-🔑-xx", "größe-🔑-xx"),
    ] {
        let redactor = Redactor::new().with_secret(secret);
        let shown = redactor.redact(&format!("x {written} y"));
        assert_eq!(shown, "x **** y", "{secret} in {written}");
    }
}

#[test]
fn short_words_schemes_and_masks_are_no_secrets() {
    for word in [
        "hunter2",
        "postgres",
        "********",
        "-----BEGIN PRIVATE KEY-----",
        "",
    ] {
        let line = format!("a {word} b");
        assert_eq!(Redactor::new().with_secret(word).redact(&line), line);
    }
}

#[test]
fn variables_are_secret_by_their_name() {
    for (name, expected) in [
        ("PGPASSWORD", true),
        ("SECRET_KEY_BASE", true),
        ("AWS_SECRET_ACCESS_KEY", true),
        ("DB_PASSWORD", true),
        ("PWD", false),
        ("OLDPWD", false),
        ("SSH_AUTH_SOCK", false),
        ("PGPASSFILE", false),
        ("GIT_ASKPASS", false),
        ("DB_PASSWORD_FILE", false),
        ("PATH", false),
        ("HOME", false),
    ] {
        let value = "a value of eight characters or more";
        let redactor = Redactor::of(&Vars::from([(name, value)]));
        assert_eq!(redactor.redact(value) == "****", expected, "{name}");
    }
}
