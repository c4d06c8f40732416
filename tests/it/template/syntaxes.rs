//! Templates of the shell, of Compose and of Conduit: what they give, what they reject, and what they say of variables.

use crate::common::{Failures, marked};
use database_url::settings::template::{Expansion, Syntax, expand, masked, variables};
use database_url::{Error, ErrorKind, MAX_LEN, Vars};
use database_url::{SecretStr, WarningCode};

/// A is set, E is empty, X and Y are not set; the others hold what must not be read a second time.
fn vars() -> Vars {
    Vars::from([
        ("A", "1"),
        ("E", ""),
        ("HOST", "pg.internal"),
        ("_X1", "ok"),
        ("CODE", "$A ${A} \\$ `id` $(id) $$ \"'}"),
        ("LINES", "one\ntwo"),
    ])
}

fn value(expansion: &Expansion) -> Option<&str> {
    expansion.value().map(SecretStr::expose)
}

#[track_caller]
fn gives(syntax: Syntax, table: &[(&str, &str)]) {
    let mut failures = Failures::default();
    for (template, expected) in table {
        match expand(syntax, template, &vars()) {
            Ok(expansion) => failures.compare(template, value(&expansion), Some(*expected)),
            Err(error) => failures.rejected(template, &error),
        }
    }
    failures.finish();
}

/// Rows of template with `«…»` round the location, and a piece of the message.
#[track_caller]
fn rejects(syntax: Syntax, table: &[(&str, &str)]) {
    let mut failures = Failures::default();
    for (template, words) in table {
        let (text, span) = marked(template);
        let Err(error) = expand(syntax, &text, &vars()) else {
            failures.push(template, "accepted");
            continue;
        };
        let location = error.span().map(|span| (span.start(), span.end()));
        failures.compare(template, location, span);
        failures.compare(template, error.iter().count(), 1);
        if !error.to_string().contains(words) {
            failures.push(template, &error.to_string());
        }
        // What is reported of the variables alone does not depend on them.
        if error.kind() == ErrorKind::InvalidTemplate {
            failures.compare(template, variables(syntax, &text), Err(error));
        }
    }
    failures.finish();
}

const BOTH: [Syntax; 2] = [Syntax::Shell, Syntax::Compose];

#[test]
fn shell_and_compose_have_the_operators_of_posix() {
    for syntax in BOTH {
        gives(
            syntax,
            &[
                ("", ""),
                ("text", "text"),
                ("$A", "1"),
                ("${A}", "1"),
                ("$A_B", ""),
                ("${A}_B", "1_B"),
                ("$_X1", "ok"),
                ("tcp://$HOST:5432/x", "tcp://pg.internal:5432/x"),
                ("é${A}€", "é1€"),
                ("$X|${X}|$E|${E}", "|||"),
                ("${X-d}|${E-d}|${A-d}", "d||1"),
                ("${X:-d}|${E:-d}|${A:-d}", "d|d|1"),
                ("${X+p}|${E+p}|${A+p}", "|p|p"),
                ("${X:+p}|${E:+p}|${A:+p}", "||p"),
                ("${E?m}|${A?m}|${A:?m}", "|1|1"),
                ("${X:-}|${X-}|${A+}", "||"),
                ("${X:-${Y:-deep}}", "deep"),
                ("${X:-$A}-${X:-<${A}>}", "1-<1>"),
                ("${A:+${E:-inner}}", "inner"),
                ("${X-:-z}|${X:-=z}|${X:-?}", ":-z|=z|?"),
                (
                    "${X:-mysql://root:@127.0.0.1/dev?charset=utf8}",
                    "mysql://root:@127.0.0.1/dev?charset=utf8",
                ),
                ("${X:-a b  c }", "a b  c "),
                ("${X:-x}y}", "xy}"),
                ("a$", "a$"),
                (
                    "a $ b $, $. $/ $% $= $} $) $~ $é",
                    "a $ b $, $. $/ $% $= $} $) $~ $é",
                ),
                ("${X:-$}", "$"),
                ("'$A' \"$A\"", "'1' \"1\""),
                ("[$LINES]", "[one\ntwo]"),
                (
                    "$CODE|${X:-$CODE}",
                    "$A ${A} \\$ `id` $(id) $$ \"'}|$A ${A} \\$ `id` $(id) $$ \"'}",
                ),
                // A word that is not used is not evaluated.
                ("${A:-${X:?}}", "1"),
                ("${X:+${Y:?}}", ""),
                ("${A:?${X:?}}", "1"),
            ],
        );
    }
}

#[test]
fn shell_escapes_as_in_a_here_document() {
    gives(
        Syntax::Shell,
        &[
            (r"a\$b", "a$b"),
            (r"\${A}", "${A}"),
            (r"a\\b", r"a\b"),
            (r"\\$A", r"\1"),
            (r"\\\$A", r"\$A"),
            (r"\`", "`"),
            (r#"a\b \" \} \{ \n \é"#, r#"a\b \" \} \{ \n \é"#),
            (r"$\A", r"$\A"),
            ("a\\", "a\\"),
            ("a\\\nb", "ab"),
            ("a\\\\\nb", "a\\\nb"),
            ("$\\\nA", "1"),
            ("${\\\nA\\\n}", "1"),
            ("$A\\\nB", ""),
            ("${X:-a\\\nb}", "ab"),
            ("${X:-a\nb}", "a\nb"),
            (r"${X:-a\}b}", "a}b"),
            (r#"${X:-\"a\"}"#, r#""a""#),
            (r"${X:-a\nb\{}", r"a\nb\{"),
            (r"${X:-\$A\\\`}", r"$A\`"),
            ("${X:-{a}}", "{a}"),
            ("${A:-a}}", "1}"),
            ("$'x' $\"x\"", "$'x' $\"x\""),
        ],
    );
}

#[test]
fn quotation_marks_of_a_shells_word() {
    gives(
        Syntax::Shell,
        &[
            (r#"${X:-"a"}"#, "a"),
            (r#"${X:-"}"}"#, "}"),
            (r#"${X:-""}"#, ""),
            (r#"${X:-"a\}b"}"#, "a}b"),
            (r#"${X:-"a\"b"}"#, r#"a"b"#),
            (r#"${X:-"$A"}"#, "1"),
            (r#"${X:-"a$"}"#, "a$"),
            (r#"${X:-"it's"}"#, "it's"),
            (r#"${X:-"'}'"}"#, "'}'"),
            (r#"${X:-"${Y:-"a"}"}"#, "a"),
            (r#"${X:-"${Y:-a"}"}"}"#, "a}"),
            (r#"${X:-a${Y:-"}"}b}"#, "a}b"),
            ("${X:-'a'}", "'a'"),
            ("${X:-'$A'}", "'1'"),
            (r"${X:-'\}'}", "'}'"),
            ("${X:-'${Y:-a}'}", "'a'"),
            ("${X:-$'a'}", "$'a'"),
            (r"${X:-a\'b}", r"a\'b"),
            (r"${X:-a\'b'c'}", r"a\'b'c'"),
            (r"${X:-'\'}", r"'\'"),
        ],
    );
}

#[test]
fn shell_assigns_for_the_rest_of_the_text() {
    gives(
        Syntax::Shell,
        &[
            ("$X${X:=v}$X", "vv"),
            ("${X=v}${X=w}${X:=w}$X", "vvvv"),
            ("${E=v}$E|${E:=w}$E", "|ww"),
            ("${A:=v}$A", "11"),
            ("${X:=${Y:=v}w}|$X|$Y", "vw|vw|v"),
            ("${X:=}${X-d}|${X:-d}", "|d"),
            (
                "${X:=$CODE}${X+}$X",
                "$A ${A} \\$ `id` $(id) $$ \"'}$A ${A} \\$ `id` $(id) $$ \"'}",
            ),
            ("${X:=a}${Y:=${X}b}${X:+$Y}", "aabab"),
            ("${A:-${X:=v}}$X", "1"),
        ],
    );
}

#[test]
fn compose_escapes_with_a_dollar_and_balances_braces() {
    gives(
        Syntax::Compose,
        &[
            ("${X:-{{)}}!}", "{{)}!}"),
            ("${A:-{{)}}!}", "1!}"),
            ("$$", "$"),
            ("$$$$", "$$"),
            ("$$A $${A} $$$A", "$A ${A} $1"),
            (r"\$A", r"\1"),
            ("p@$1 $@ $( ` $[", "p@$1 $@ $( ` $["),
            (r#"${X:-{"a":{"b":$A}}}"#, r#"{"a":{"b":1}}"#),
            ("${X:-$${A}}", "${A}"),
            ("${X:-{}},${A}", "{},1"),
            (r#"${X:-"it's"}"#, r#""it's""#),
            ("${X:-a}\n${A}", "a\n1"),
            // Braces that do not balance: up to the last one of the line.
            ("${X:-{a}", "{a"),
            ("${X:-{a}\n}", "{a\n}"),
        ],
    );
}

#[test]
fn conduit_takes_the_whole_text_for_a_name() {
    let mut failures = Failures::default();
    let vars = Vars::from([
        ("PORT", "8888"),
        ("E", ""),
        ("{X}", "odd"),
        ("X/y", "path"),
        ("$X", "two"),
    ]);
    #[rustfmt::skip] // a table: one row per line
    let table = [
        ("$PORT",        Some("8888"),         Some("PORT"),    &[][..]),
        ("$E",           Some(""),             Some("E"),       &[]),
        ("plain $PORT",  Some("plain $PORT"),  None,            &[]),
        ("",             Some(""),             None,            &[]),
        ("${X}",         Some("odd"),          Some("{X}"),     &[]),
        ("$X/y",         Some("path"),         Some("X/y"),     &[]),
        ("$$X",          Some("two"),          Some("$X"),      &[]),
        ("$NOPE",        None,                 None,            &["NOPE"]),
        ("$",            None,                 None,            &["?"]),
        // It may be a password that begins with a dollar.
        ("$ecret",       None,                 None,            &["?"]),
        (" $PORT",       Some(" $PORT"),       None,            &[]),
    ];
    for (template, expected, variable, unset) in table {
        let expansion = expand(Syntax::Conduit, template, &vars).expect("nothing is an error");
        failures.compare(template, value(&expansion), expected);
        failures.compare(template, expansion.variable(), variable);
        failures.compare(
            template,
            expansion.unset().collect::<Vec<_>>(),
            unset.to_vec(),
        );
    }
    failures.finish();
}

#[test]
fn shell_rejects_by_location_what_only_a_shell_can_do() {
    rejects(
        Syntax::Shell,
        &[
            ("a «$(»id)", "commands are not run"),
            ("«$((»1+1))", "nothing is computed"),
            ("«$[»1+1]", "nothing is computed"),
            ("a «`»id` b", "commands are not run"),
            ("«`»", "commands are not run"),
            ("p@«$1»", "no arguments"),
            ("«$0»0", "no arguments"),
            ("«$@»", "no arguments"),
            ("«$*»", "no arguments"),
            ("«$#»", "no arguments"),
            ("«$$»A", "no process number"),
            ("«$!»", "no process number"),
            ("«$?»", "no exit status"),
            ("«$-»", "no options"),
            ("«${»1}", "no arguments"),
            ("«${»?}", "no exit status"),
            ("«${»-x}", "no options"),
            ("«${»#}", "no arguments"),
            ("«${»#A}", "lengths"),
            ("«${»!A}", "another one"),
            ("«${A»#x}", "not cut"),
            ("«${A»%%x}", "not cut"),
            ("«${A»:1}", "not cut"),
            ("«${A»/a/b}", "replaced"),
            ("«${A»^^}", "letters keep"),
            ("«${A»,}", "letters keep"),
            ("«${A»@Q}", "not changed"),
            ("«${A»[0]}", "no lists"),
            // Also where the word is not used.
            ("${A:-«$(»id)}", "commands"),
            ("${A:-«$1»}", "no arguments"),
        ],
    );
}

#[test]
fn shell_rejects_what_is_malformed_and_what_shells_disagree_on() {
    rejects(
        Syntax::Shell,
        &[
            ("a«${»}", "expected a name"),
            ("«${» A}", "expected a name"),
            ("«${»é}", "expected a name"),
            ("«${»:-x}", "expected a name"),
            ("«${»", "expected a name and a closing"),
            ("x «${A»", "expected a closing"),
            ("«${A»!}", "expected `}` or one of"),
            ("«${DB» HOST}", "expected `}` or one of"),
            ("«${A» }", "expected `}` or one of"),
            ("a «${»X:-b", "expected a closing"),
            ("«${»X:-${A}", "expected a closing"),
            ("«${»A:?", "expected a closing"),
            (r"«${»X:-a\}", "expected a closing"),
            ("${X:-«\"»a}", "second double"),
            ("${A:-a«\"»}", "second double"),
            ("${X:-it«'»s", "second single"),
            ("${X:-'«}»'}", "disagree"),
            ("${X:-'«\"»'}", "disagree"),
            ("${X:-'${Y:-«'»a}'}", "disagree"),
            ("${X:-\"«\\»a\"}", "disagree"),
            ("${X:-«$»\"a\"}", "disagree"),
            ("a\\\nb «${A»\\\n!}", "expected `}` or one of"),
        ],
    );
}

#[test]
fn compose_rejects_what_compose_rejects() {
    rejects(
        Syntax::Compose,
        &[
            ("a«${»}", "expected a name"),
            ("«${» A}", "expected a name"),
            ("«${»1}", "expected a name"),
            ("«${»", "expected a name"),
            ("«${A»", "expected a closing"),
            ("«${A»!}", "expected `}` or one of"),
            ("«${A» }", "expected `}` or one of"),
            ("«${A»%x}", "expected `}` or one of"),
            ("«${A»:x}", "expected `}` or one of"),
            ("«${X»:=x}", "assigns nothing"),
            ("«${X»=x}", "assigns nothing"),
            ("«${X»:-a", "same line"),
            ("«${X»:-a\n}", "same line"),
            ("${A:-«${X»!}}", "expected `}` or one of"),
        ],
    );
}

#[test]
fn all_that_is_wrong_is_reported_together() {
    let failures = |syntax, template: &str| -> Vec<(ErrorKind, usize)> {
        let error = expand(syntax, template, &vars()).expect_err("a failure");
        let location = |error: &Error| error.span().expect("a place").start();
        error
            .iter()
            .map(|error| (error.kind(), location(error)))
            .collect()
    };
    assert_eq!(
        failures(Syntax::Shell, "${X:?m} ${E:?} ${A!} $(id) ${X?}"),
        [
            (ErrorKind::UnsetVariable, 2),
            (ErrorKind::EmptyVariable, 10),
            (ErrorKind::InvalidTemplate, 15),
            (ErrorKind::InvalidTemplate, 21),
            (ErrorKind::UnsetVariable, 29),
        ]
    );
    assert_eq!(
        failures(Syntax::Compose, "${X:?m} ${E:?} ${A!} ${X:=} ${Y?}"),
        [
            (ErrorKind::UnsetVariable, 2),
            (ErrorKind::EmptyVariable, 10),
            (ErrorKind::InvalidTemplate, 15),
            (ErrorKind::InvalidTemplate, 21),
            (ErrorKind::UnsetVariable, 30),
        ]
    );
    let many = "${!}".repeat(1_000);
    assert_eq!(failures(Syntax::Compose, &many).len(), 100);
}

#[test]
fn a_demand_names_the_variable_and_shows_no_text_of_the_template() {
    let error =
        expand(Syntax::Shell, "u:hunter2@${X:?hunter2}", &vars()).expect_err("X is not set");
    assert_eq!(
        error.to_string(),
        "unset variable at byte 12: X has to be set here"
    );
    assert_eq!(error.help(), Some("set X, or give it a default: ${X:-…}"));
    let error = expand(Syntax::Compose, "${E:?hunter2}", &vars()).expect_err("E is empty");
    assert_eq!(
        error.to_string(),
        "set but empty at byte 2: E must not be empty here"
    );
}

#[test]
fn unset_variables_without_a_default_are_reported_once() {
    for syntax in BOTH {
        let expansion =
            expand(syntax, "$Y$X$Y${X:-d}${Z:+p}${W-}${A:-$V}", &vars()).expect("well-formed");
        assert_eq!(expansion.unset().collect::<Vec<_>>(), ["Y", "X"]);
        let warnings: Vec<_> = expansion.warnings().collect();
        assert_eq!(warnings[0].code(), WarningCode::UnsetVariable);
        assert_eq!(
            warnings[0].message(),
            "Y is not set, and stands for nothing"
        );
    }
}

#[test]
fn a_text_that_is_one_variables_value_says_so() {
    let mut failures = Failures::default();
    #[rustfmt::skip] // a table: one row per line
    let table = [
        ("$A",             Some("A")),
        ("${E}",           Some("E")),
        ("${X:-${HOST}}",  Some("HOST")),
        ("${A:+$HOST}",    Some("HOST")),
        ("$X$A",           Some("A")),
        ("$A ",            None),
        ("$A$A",           None),
        ("${X:-d}",        None),
        ("$X",             None),
        ("",               None),
    ];
    for (template, expected) in table {
        for syntax in BOTH {
            let expansion = expand(syntax, template, &vars()).expect("well-formed");
            failures.compare(template, expansion.variable(), expected);
        }
    }
    let assigned = expand(Syntax::Shell, "${X:=$A}", &vars()).expect("well-formed");
    failures.compare(
        "what a template assigns has no variable",
        assigned.variable(),
        None,
    );
    failures.finish();
}

#[test]
fn masked_hides_what_variables_hold_and_nothing_else() {
    let mut failures = Failures::default();
    #[rustfmt::skip] // a table: one row per line
    let table = [
        (Syntax::Shell,   "a $HOST b",             Some("a **** b")),
        (Syntax::Shell,   "$E$X${X:-d}${A:+p}",    Some("dp")),
        (Syntax::Shell,   "${X:=d}$X${Y:=$A}$Y",   Some("dd********")),
        (Syntax::Shell,   r"${X:=$E\$A}$X",        Some("$A$A")),
        (Syntax::Compose, "$$A=$A",                Some("$A=****")),
        (Syntax::Conduit, "$HOST",                 Some("****")),
        (Syntax::Conduit, "$E",                    Some("")),
        (Syntax::Conduit, "$X",                    None),
        (Syntax::Conduit, "plain",                 Some("plain")),
    ];
    for (syntax, template, expected) in table {
        let shown = masked(syntax, template, &vars()).expect("well-formed");
        failures.compare(template, shown.as_deref(), expected);
    }
    failures.finish();
}

#[test]
fn variables_are_listed_location_by_location() {
    let listed = |syntax, template| -> Vec<(String, bool, bool, usize)> {
        let found = variables(syntax, template).expect("well-formed");
        let row = |variable: &database_url::settings::template::Variable| {
            let name = variable.name().to_owned();
            (
                name,
                variable.has_default(),
                variable.is_required(),
                variable.span().start(),
            )
        };
        found.iter().map(row).collect()
    };
    let row = |name: &str, has_default, required, at| (name.to_owned(), has_default, required, at);
    for syntax in BOTH {
        assert_eq!(
            listed(syntax, "$A ${X:-${Y:?no $V}} ${Z+p}$A"),
            [
                row("A", false, false, 1),
                row("X", true, false, 5),
                row("Y", false, true, 10),
                row("Z", true, false, 23),
                row("A", false, false, 28),
            ]
        );
    }
    assert_eq!(
        listed(Syntax::Shell, "a\\\n${X:=b\\\n$Y}"),
        [row("X", true, false, 5), row("Y", false, false, 12)]
    );
    assert_eq!(
        listed(Syntax::Conduit, "$PORT"),
        [row("PORT", false, false, 1)]
    );
    assert_eq!(
        listed(Syntax::Conduit, "$ecret"),
        [row("?", false, false, 1)]
    );
    assert_eq!(listed(Syntax::Conduit, "PORT"), []);
}

#[test]
fn bounds_are_errors() {
    let kind = |syntax, template: &str, vars: &Vars| {
        expand(syntax, template, vars)
            .err()
            .map(|error| error.kind())
    };
    for syntax in BOTH {
        let nested = |depth| format!("{}{}", "${X:-".repeat(depth), "}".repeat(depth));
        assert_eq!(kind(syntax, &nested(64), &Vars::new()), None);
        assert_eq!(
            kind(syntax, &nested(65), &Vars::new()),
            Some(ErrorKind::LimitExceeded)
        );
        assert_eq!(
            kind(syntax, &nested(170_000), &Vars::new()),
            Some(ErrorKind::LimitExceeded)
        );
        assert!(kind(syntax, &"${X:-".repeat(200_000), &Vars::new()).is_some());

        assert_eq!(kind(syntax, &"x".repeat(MAX_LEN), &Vars::new()), None);
        assert_eq!(
            kind(syntax, &"x".repeat(MAX_LEN + 1), &Vars::new()),
            Some(ErrorKind::TooLong)
        );
        let vars = Vars::from([("LONG", "x".repeat(MAX_LEN / 4))]);
        assert_eq!(kind(syntax, "$LONG$LONG$LONG$LONG", &vars), None);
        assert_eq!(
            kind(syntax, "$LONG$LONG$LONG$LONG.", &vars),
            Some(ErrorKind::TooLong)
        );
    }
    // Each doubles the one before.
    let double = |n| format!("${{V{n}:=$V{}$V{}}}", n - 1, n - 1);
    let bomb: String = std::iter::once("${V0:=0123456789}".to_owned())
        .chain((1..40).map(double))
        .collect();
    assert_eq!(
        kind(Syntax::Shell, &bomb, &Vars::new()),
        Some(ErrorKind::TooLong)
    );
    let nested = (0..60).fold("x".to_owned(), |inner, n| format!("${{V{n}:={inner}}}"));
    assert_eq!(kind(Syntax::Shell, &nested, &Vars::new()), None);
    let nested = (0..60).fold(String::new(), |inner, n| format!("${{V{n}:={inner}}}"));
    assert_eq!(kind(Syntax::Shell, &nested, &Vars::new()), None);
}
