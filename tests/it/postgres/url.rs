//! `url::Url` to a config and back, and what that type cannot carry.

use database_url::postgres::{Config, Keyword};
use database_url::{Component, ErrorKind};
use database_url::{Database, Engine};
use url::Url;

fn config(text: &str) -> Config {
    text.parse().expect("a config")
}

#[test]
fn reads_what_a_url_holds() {
    let url =
        Url::parse("postgres://app:p%40ss@db.example:5433/shop?sslmode=require").expect("a URL");
    assert_eq!(
        Config::try_from(&url),
        Ok(config(
            "postgres://app:p%40ss@db.example:5433/shop?sslmode=require"
        ))
    );
}

#[test]
fn the_guards_apply_to_a_url_as_well() {
    let url = Url::parse("postgres://db.example/shop?slmode=require").expect("a URL");
    assert_eq!(
        Config::try_from(&url).unwrap_err().kind(),
        ErrorKind::UnknownKeyword
    );
    let url = Url::parse("mysql://db.example/shop").expect("a URL");
    assert_eq!(
        Config::try_from(&url).unwrap_err().kind(),
        ErrorKind::WrongEngine
    );
}

#[test]
fn goes_back_where_the_type_can_carry_it() {
    for text in [
        "postgres://app:p%40ss%2F%23@db.example:5433/shop?sslmode=require",
        "postgres://db.example/shop?pool=5",
        "postgres://[2001:db8::1]:5433/shop",
        "postgresql:///shop?application_name=a%2Bb",
    ] {
        let config = config(text);
        let url = Url::try_from(&config).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(Config::try_from(&url), Ok(config), "{text}");
    }
}

#[test]
fn rejects_what_the_type_cannot_carry() {
    for (text, component) in [
        ("postgres://h1:1,h2:2/shop", Component::Host),
        ("postgres:///shop?host=h1,h2", Component::Host),
        ("postgres://%2Frun%2Fpostgresql/shop", Component::Host),
        ("postgres:///shop?host=/run/postgresql", Component::Host),
        ("postgres://app@/shop", Component::Text),
        ("postgres://db.example/..", Component::Text),
    ] {
        let error = Url::try_from(&config(text)).unwrap_err();
        assert_eq!(
            (error.kind(), error.component()),
            (ErrorKind::NotRepresentable, Some(component)),
            "{text}"
        );
        assert!(
            error.help().is_some_and(|help| help.contains("to_url()")),
            "{text}"
        );
    }
}

#[test]
fn an_empty_password_is_not_lost() {
    let empty = Config::new()
        .with_user("app")
        .and_then(|c| c.with_hosts([("h", None)]))
        .expect("a config");
    let empty = empty.with(Keyword::Password, "").expect("a config");
    let url = Url::try_from(&empty).expect("a URL");
    assert_eq!(Config::try_from(&url), Ok(empty));
}

#[test]
fn a_url_of_another_engine_is_read_as_its_own() {
    for (text, engine) in [
        ("mysql://app:k3y@h/shop", Engine::MySql),
        ("redis://:k3y@h/2", Engine::Redis),
        ("postgres://app:k3y@h/shop", Engine::Postgres),
    ] {
        let url = Url::parse(text).expect(text);
        let database = Database::try_from(&url).expect(text);
        assert_eq!(database.engine(), engine, "{text}");
        assert_eq!(database.to_url().expect(text).expose(), text);
    }
}
