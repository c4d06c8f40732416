//! The masked input under an error, with carets under the location.

use database_url::Database;

fn excerpt(input: &str) -> Option<String> {
    let error = input.parse::<Database>().expect_err(input);
    error.excerpt(input)
}

#[test]
fn carets_are_under_the_location() {
    for (input, line, carets) in [
        (
            "postgres://app:hunter2@h:70000/d",
            "postgres://****:****/****",
            "                ^^^^",
        ),
        (
            "postgres://app:hunter2@h/d?sslmode=x",
            "postgres://****?sslmode=****",
            "                        ^^^^",
        ),
        (
            "Postgres+x://h/d?sslmode=x&y=1",
            "postgres+****://****?sslmode=****&****",
            "                             ^^^^",
        ),
        (
            "postgres://app:p@hunter2/d@h/x",
            "postgres://****@****",
            "               ^",
        ),
        ("host=h port=hunter2", "**** port=****", "          ^^^^"),
        ("port=hunter2", "port=****", "     ^^^^"),
        (
            "jdbc:mysql://h/d?sslMode=hunter2",
            "jdbc:mysql://****?sslMode=****",
            "                          ^^^^",
        ),
        (
            "postgres://h/d?sslmod=hunter2",
            "postgres://****?****=****",
            "                ^^^^",
        ),
        (
            "mysql://app:hunter%zz2@h/d",
            "mysql://****%****",
            "            ^",
        ),
    ] {
        assert_eq!(excerpt(input), Some(format!("{line}\n{carets}")), "{input}");
    }
}

#[test]
fn what_is_not_known_is_not_shown() {
    for input in ["hunter2://h/d", "hunter2", "hunter2 x=1", ""] {
        assert_eq!(excerpt(input), None, "{input}");
    }
    let error = "postgres://app:hunter2@h:70000/d"
        .parse::<Database>()
        .expect_err("a port");
    for other in ["", "postgres://h", "postgres://äöüäöüäöü", "x"] {
        assert_eq!(error.excerpt(other), None, "{other}");
    }
}
