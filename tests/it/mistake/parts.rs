//! What is written in place of a part: masks, placeholders, references, and characters that are not escaped.

use database_url::ErrorKind::{
    InvalidBrackets, InvalidEscape, InvalidUtf8, InvalidValue, MaskedValue, NulByte, UnescapedSpace,
};

use crate::mistake::{rejected, warned};

/// A URL of each engine with a password, and the other formats that have one.
fn with_password(password: &str) -> Vec<String> {
    let of_scheme = |scheme: &str| format!("{scheme}://app:{password}@h");
    let mut inputs: Vec<_> = [
        "postgres",
        "mysql",
        "redis",
        "mongodb",
        "amqp",
        "clickhouse",
    ]
    .map(of_scheme)
    .to_vec();
    inputs.push(format!("host=h password={password}"));
    inputs.push(format!(
        "jdbc:postgresql://h/d?user=app&password={password}"
    ));
    inputs.push(format!("jdbc:mysql://h/d?user=app&password={password}"));
    inputs
}

#[test]
fn a_mask_is_rejected() {
    let masks = [
        "***",
        "****",
        "************",
        "xxxxx",
        "XXXXXXXX",
        "••••",
        "●●●●●●",
        "[REDACTED]",
        "[redacted]",
        "[FILTERED]",
        "<masked>",
        "(hidden)",
        "REDACTED",
        "***REDACTED***",
    ];
    for mask in masks {
        for input in with_password(mask) {
            rejected(&[(&input, MaskedValue, "mask", "dburl encode")]);
        }
    }
}

#[test]
fn a_password_that_resembles_a_mask_is_data() {
    for password in [
        "**",
        "xxxx",
        "x*x*x",
        "%2A%2A%2A",
        "hidden",
        "masked1",
        "%5BREDACTED%5D",
    ] {
        for input in with_password(password) {
            // Keyword/value text has no percent escapes, and these are only words there.
            warned(&[(&input, &[])]);
        }
    }
}

#[test]
fn a_placeholder_is_warned_of() {
    let placeholders = [
        "[YOUR-PASSWORD]",
        "[pw]",
        "<password>",
        "<db_password>",
        "{password}",
        "PASSWORD",
        "DB_PASSWORD",
        "your_password",
        "your-password-here",
        "changeme",
        "CHANGE_ME",
        "randompassword",
    ];
    for placeholder in placeholders {
        for input in with_password(placeholder) {
            warned(&[(&input, &[("placeholder-password", "dburl encode")])]);
        }
    }
    for password in [
        "password",
        "Password1",
        "yourself",
        "pa$word",
        "$PASSWORD",
        "a<b>",
        "[a1]",
        "%5Bpw%5D",
    ] {
        for input in with_password(password) {
            warned(&[(&input, &[])]);
        }
    }
}

#[test]
fn a_template_is_warned_of() {
    warned(&[
        (
            "postgres://USER:PASSWORD@HOST:5432/DATABASE",
            &[
                ("placeholder-password", ""),
                ("placeholder-value", "`user`, `database`, `host`"),
            ],
        ),
        (
            "mysql://USER:PASSWORD@HOST/DATABASE",
            &[
                ("placeholder-password", ""),
                ("placeholder-value", "`host`"),
            ],
        ),
        (
            "postgres://johndoe:randompassword@localhost:5432/mydb",
            &[
                ("placeholder-password", ""),
                ("placeholder-value", "`user`"),
            ],
        ),
        (
            "postgres://user:password@host:5432/database",
            &[("placeholder-password", "")],
        ),
        ("postgres://user:password@db.example/database", &[]),
        (
            "postgres://{user}:{password}@{host}/d",
            &[
                ("placeholder-password", ""),
                ("placeholder-value", "`user`, `host`"),
            ],
        ),
        (
            "mysql://{user}:{password}@{host}/d",
            &[
                ("placeholder-password", ""),
                ("placeholder-value", "`user`, `host`"),
            ],
        ),
        (
            "postgres://app@undefined:5432/d",
            &[("missing-value", "`host`")],
        ),
        (
            "mysql://app:null@h/undefined",
            &[("missing-value", "`password`, `database`")],
        ),
    ]);
    rejected(&[
        (
            "postgres://USER:PASSWORD@HOST:PORT/DATABASE",
            InvalidValue,
            "placeholder such as `PORT`",
            "a template",
        ),
        (
            "mysql://user:password@host:port/database",
            InvalidValue,
            "placeholder such as `PORT`",
            "a template",
        ),
        (
            "redis://<user>:<password>@<host>:<port>/0",
            InvalidValue,
            "",
            "",
        ),
        (
            "postgres://app@undefined:undefined/undefined",
            InvalidValue,
            "`undefined`",
            "set the variable",
        ),
    ]);
}

#[test]
fn a_variable_that_nothing_expanded() {
    warned(&[
        (
            "postgres://$DB_USER:$DB_PASSWORD@$DB_HOST/$DB_NAME",
            &[("unexpanded-reference", "`user`, `host`, `database`")],
        ),
        (
            "mysql://$DB_USER:$DB_PASSWORD@$DB_HOST/$DB_NAME",
            &[("unexpanded-reference", "`user`, `host`, `database`")],
        ),
        (
            "host=$PGHOST dbname=d",
            &[("unexpanded-reference", "`host`")],
        ),
        ("mongodb://h/d?authSource=$external", &[]),
        ("postgres://$user:pw@h/d", &[]),
        ("postgres://%24USER:pw@h/d", &[]),
        (
            "postgres://app:pw@h/d?sslrootcert=~/root.crt",
            &[("home-directory", "`sslrootcert`")],
        ),
        (
            "postgres://app:pw@h/d?sslcert=$HOME/a.crt&sslkey=~/a.key",
            &[("home-directory", "`sslcert`, `sslkey`")],
        ),
        (
            "mysql://app:pw@h/d?ssl-ca=~/ca.pem",
            &[("home-directory", "`ssl_ca`")],
        ),
        ("sqlite:~/app.db", &[("home-directory", "`database`")]),
    ]);
    rejected(&[
        (
            "postgres://app:pw@h:$DB_PORT/d",
            InvalidValue,
            "an unexpanded variable",
            "expand it before",
        ),
        (
            "mysql://app:pw@h:$DB_PORT/d",
            InvalidValue,
            "an unexpanded variable",
            "expand it before",
        ),
        (
            "postgres://%DB_USER%:Zq7secret@h/d",
            InvalidEscape,
            "`%NAME%`",
            "%25",
        ),
        (
            "mysql://app:%(PASSWORD)s@h/d",
            InvalidEscape,
            "`%NAME%`",
            "%25",
        ),
    ]);
}

#[test]
fn a_percent_sign_that_is_no_escape_or_a_wrong_one() {
    for scheme in ["postgres", "mysql", "redis", "mongodb", "amqp"] {
        rejected(&[
            (
                &format!("{scheme}://app:Zq7secret%@h"),
                InvalidEscape,
                "hexadecimal",
                "%25; `dburl encode`",
            ),
            (
                &format!("{scheme}://app:Zq7secret%zz@h"),
                InvalidEscape,
                "hexadecimal",
                "%25; `dburl encode`",
            ),
            (
                &format!("{scheme}://app:Zq7secret%E9@h"),
                InvalidUtf8,
                "UTF-8",
                "%25 (`dburl encode`)",
            ),
            (
                &format!("{scheme}://app:Zq7secret%00@h"),
                NulByte,
                "NUL",
                "%25 (`dburl encode`)",
            ),
        ]);
        for escape in ["%0A", "%C2%85", "%E2%80%A8"] {
            warned(&[(
                &format!("{scheme}://app:Zq7secret{escape}@h"),
                &[("control-character", "%25")],
            )]);
        }
    }
}

#[test]
fn characters_that_are_not_escaped() {
    rejected(&[
        (
            "postgres://app:Zq7secret@h/d sslmode=require",
            UnescapedSpace,
            "a space before a parameter",
            "`?`",
        ),
        (
            "postgres://app:Zq7secret@h/my shop",
            UnescapedSpace,
            "raw space",
            "%20",
        ),
        (
            "postgres://app:Zq7secret@::1/d",
            InvalidValue,
            "in brackets",
            "[2001:db8::1]:5432",
        ),
        (
            "postgres://app:Zq7secret@2001:db8::1:5432/d",
            InvalidValue,
            "in brackets",
            "[2001:db8::1]:5432",
        ),
        (
            "mysql://app:Zq7secret@2001:db8::1:3306/d",
            InvalidBrackets,
            "in brackets",
            "[2001:db8::1]",
        ),
        (
            "redis://:Zq7secret@::1:6379/0",
            InvalidBrackets,
            "in brackets",
            "[2001:db8::1]",
        ),
        (
            "postgres://app:Zq7secret@h:5432:5432/d",
            InvalidValue,
            "found two",
            "remove one of them",
        ),
        (
            "mysql://app:Zq7secret@h:3306:3306/d",
            InvalidBrackets,
            "found two",
            "remove one of them",
        ),
        (
            "postgres://app:Zq7secret@h:\"5432\"/d",
            InvalidValue,
            "quotation marks",
            "remove",
        ),
        (
            "postgres://app:Zq7secret@db:tcp://10.0.0.1:5432/d",
            InvalidValue,
            "tcp://",
            "enableServiceLinks",
        ),
    ]);
    warned(&[
        (
            "postgres://app:\"Zq7secret\"@h/d",
            &[("quoted-value", "`password`")],
        ),
        (
            "mysql://app:'Zq7secret'@h/d",
            &[("quoted-value", "dburl encode")],
        ),
    ]);
}

#[test]
fn a_token_of_iam_is_escaped_twice() {
    let token = "h:5432/?Action=connect&DBUser=app&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20261127%2Feu-west-1\
        %2Frds-db%2Faws4_request&X-Amz-Date=20261127T000000Z&X-Amz-Signature=Zq7secret";
    let half: String = token
        .replace('/', "%2F")
        .replace('?', "%3F")
        .replace(':', "%3A");
    let whole = database_url::encode(token);
    for scheme in ["postgres", "mysql"] {
        let input = format!("{scheme}://app:{token}@h/d");
        let error = input.parse::<database_url::Database>().expect_err("raw");
        assert!(
            error
                .help()
                .is_some_and(|help| help.contains("IAM token") && help.contains("dburl encode")),
            "{error}"
        );
        warned(&[
            (
                &format!("{scheme}://app:{half}@h/d"),
                &[("partly-escaped-token", "%25")],
            ),
            (&format!("{scheme}://app:{}@h/d", whole.expose()), &[]),
        ]);
    }
}
