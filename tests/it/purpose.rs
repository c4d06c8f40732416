//! What a destructive script expects of a database, and which parts of two databases differ.

use database_url::{Database, ErrorKind, Guard, Vars};

use crate::common::arbitrary::assert_linear;

fn database(text: &str) -> Database {
    text.parse().expect("a connection string")
}

fn passes(guard: &Guard, text: &str) -> bool {
    guard.check(&database(text), &Vars::new()).is_ok()
}

#[test]
fn local_is_this_machine_alone() {
    let guard = Guard::new().local();
    for text in [
        "postgres://localhost/shop",
        "postgres://app@127.0.0.1:5433/shop",
        "postgres://[::1]/shop",
        "postgres:///shop",
        "postgres:///shop?host=/run/postgresql",
        "host=localhost hostaddr=127.0.0.1 dbname=shop",
        "postgres://db.localhost/shop",
        "postgres://LOCALHOST,127.1.2.3/shop",
        "mysql://app@localhost/shop",
        "mysql:///shop?socket=/run/mysqld/mysqld.sock",
        "sqlite:///app.db",
        "sqlite::memory:",
        "redis://localhost/0",
        "mongodb://127.0.0.1/shop",
    ] {
        assert!(passes(&guard, text), "{text}");
    }
    for text in [
        "postgres://db.example/shop",
        "postgres://localhost.example/shop",
        "postgres://localhost,db.example/shop",
        "host=localhost hostaddr=10.0.0.1 dbname=shop",
        "postgres://10.0.0.1/shop",
        "postgres://[2001:db8::1]/shop",
        "service=production",
        "mysql://app@db.example/shop",
        "mysql://db/shop",
        "redis://cache/0",
        "mongodb+srv://m.example/shop",
    ] {
        assert!(!passes(&guard, text), "{text}");
    }
    let guard = guard.also("db");
    assert!(passes(&guard, "mysql://DB/shop") && !passes(&guard, "mysql://db.example/shop"));
}

#[test]
fn test_is_a_word_of_the_name() {
    let guard = Guard::new().test();
    for (name, expected) in [
        ("test", true),
        ("shop_test", true),
        ("test-shop", true),
        ("shop_test_2", true),
        ("SHOP_TEST", true),
        ("latest", false),
        ("contest", false),
        ("shop", false),
        ("shoptest", false),
        ("tests", false),
    ] {
        assert_eq!(
            passes(&guard, &format!("postgres://localhost/{name}")),
            expected,
            "{name}"
        );
    }
    assert!(
        passes(&guard, "sqlite:///db/shop_test.sqlite3")
            && !passes(&guard, "sqlite:////test/shop.sqlite3")
    );
}

#[test]
fn one_database_is_expected_by_host_and_name() {
    let guard = |expected: &str| Guard::new().expect(expected).expect("an expectation");
    for (expected, text, passed) in [
        (
            "db.example/shop",
            "postgres://app:hunter2@DB.example/shop",
            true,
        ),
        ("db.example/shop", "postgres://db.example:5433/shop", true),
        ("db.example:5432/shop", "postgres://db.example/shop", true),
        ("db.example:5433/shop", "postgres://db.example/shop", false),
        ("[::1]:5432/shop", "postgres://[::1]/shop", true),
        ("db.example/shop", "postgres://db.example/shop2", false),
        (
            "db.example/shop",
            "postgres://db.example,other.example/shop",
            false,
        ),
        (
            "db.example/shop",
            "host=db.example hostaddr=10.0.0.1 dbname=shop",
            false,
        ),
        (
            "/run/postgresql/shop",
            "postgres:///shop?host=/run/postgresql",
            true,
        ),
        ("db.example/shop", "mysql://db.example/shop", true),
    ] {
        assert_eq!(passes(&guard(expected), text), passed, "{expected} {text}");
    }
    for wrong in [
        "",
        "shop",
        "locale",
        "postgres://app:hunter2@h/d",
        "db.example/",
    ] {
        let error = Guard::new().expect(wrong).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidValue, "{wrong}");
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}

/// libpq connects to `PGHOSTADDR`, whatever the host is.
#[test]
fn a_variable_that_redirects_fails() {
    let guard = Guard::new().local();
    for (name, text, passed) in [
        ("PGHOSTADDR", "postgres://localhost/shop", false),
        ("PGHOST", "postgres:///shop", false),
        ("PGHOST", "postgres://localhost/shop", true),
        ("PGSERVICE", "postgres://localhost/shop", false),
        ("PGPASSWORD", "postgres://localhost/shop", true),
        ("PGHOSTADDR", "mysql://localhost/shop", true),
        ("MYSQL_HOST", "mysql:///shop", false),
    ] {
        let vars = Vars::from([(name, "10.0.0.1")]);
        assert_eq!(
            guard.check(&database(text), &vars).is_ok(),
            passed,
            "{name} {text}"
        );
    }
}

#[test]
fn differences_are_names_in_order() {
    for (one, two, expected) in [
        ("postgres://h/d", "postgresql://H:5432/d", ""),
        (
            "postgres://a:b@h1/d",
            "postgres://a:c@h2/d",
            "host password",
        ),
        (
            "postgres://a@h/d",
            "postgres://b@h:1/e?sslmode=require&pool=5",
            "database pool port sslmode user",
        ),
        (
            "mysql://h/d?ssl-mode=REQUIRED",
            "mysql://h/d?sslmode=required",
            "",
        ),
        ("mysql://h/d?ssl-mode=REQUIRED", "mysql://h/d", "ssl_mode"),
        ("mysql://h/d", "postgres://h/d", "engine port"),
        (
            "postgres://h/d?pool=5&schema=a",
            "postgres://h/d?schema=b&pool=5",
            "schema",
        ),
        ("sqlite:///a.db", "sqlite:///b.db", "database"),
        ("redis://h/0", "redis://h/1", "database"),
        ("postgres://h1,h2/d", "postgres://h1/d", "host"),
        (
            "postgres://h/d",
            "host=h hostaddr=10.0.0.1 dbname=d",
            "hostaddr",
        ),
    ] {
        let (one, two) = (database(one), database(two));
        assert_eq!(one.differences(&two).join(" "), expected, "{one} {two}");
        assert_eq!(two.differences(&one).join(" "), expected, "{two} {one}");
    }
}

#[test]
fn a_suspicious_list_of_hosts_is_hidden_whole() {
    let config = database_url::postgres::Config::new();
    let config = config
        .with_host("hunter,&")
        .and_then(|config| config.with_port(5432))
        .unwrap();
    let database = Database::from(config);
    for guard in [
        Guard::new().local(),
        Guard::new().expect("db.example/shop").unwrap(),
    ] {
        let error = guard.check(&database, &Vars::new()).unwrap_err();
        assert!(!error.to_string().contains("hunter"), "{error}");
    }
}

#[test]
fn differences_cost_in_proportion_to_the_parameters() {
    assert_linear(
        |text| {
            let [one, two]: [Database; 2] = [text, text].map(|text| text.parse().expect("a URL"));
            assert_eq!(one.differences(&two), [""; 0]);
        },
        &[
            ("postgres://h/d?a=1", "&a=1", ""),
            ("mysql://h/d?a", "&a", ""),
        ],
    );
}
