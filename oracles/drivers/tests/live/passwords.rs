//! Hostile passwords through URLs and through the options, with every driver.

use std::str::FromStr;

use database_url::{mysql, postgres, service};
use database_url_drivers_oracle::passwords::hostile;
use database_url_drivers_oracle::{
    Failure, Session, mysql as on_mysql, postgres as on_postgres, redis as on_redis, server,
};
use sqlx::mysql::MySqlConnectOptions;
use sqlx::postgres::PgConnectOptions;

use crate::none;

fn check(wrong: &mut Vec<String>, way: &str, password: &str, found: Result<Session, Failure>) {
    // sqlx has Unicode 3.2's SASLprep, as the fit says.
    if way.starts_with("sqlx")
        && password.contains('🔑')
        && format!("{found:?}").contains("saslprep")
    {
        return;
    }
    if !found.as_ref().is_ok_and(|found| found.user == "hostile") {
        wrong.push(format!("{way} {password:?}: {found:?}"));
    }
}

fn other<T, E: std::error::Error>(read: Result<T, E>) -> Result<T, Failure> {
    read.map_err(|error| Failure::failed(&error))
}

#[test]
fn postgres_takes_every_password() {
    let port = server::postgres("plain").port();
    on_postgres::execute(port, "CREATE ROLE hostile LOGIN").unwrap();
    let base: postgres::Config =
        format!("postgres://hostile@localhost:{port}/shop?sslmode=disable")
            .parse()
            .unwrap();
    let mut wrong = Vec::new();
    for password in hostile() {
        on_postgres::execute(
            port,
            &format!(
                "ALTER ROLE hostile PASSWORD '{}'",
                password.replace('\'', "''")
            ),
        )
        .unwrap();
        let config = base.clone().with_password(&password).unwrap();
        let url = config.to_libpq_url().unwrap();
        for (driver, login) in on_postgres::DRIVERS {
            check(&mut wrong, driver, &password, login(&config));
        }
        let read = other(tokio_postgres::Config::from_str(url.expose()));
        check(
            &mut wrong,
            "tokio-postgres by URL",
            &password,
            read.and_then(|options| on_postgres::tokio_postgres_with(&options)),
        );
        let read = other(PgConnectOptions::from_str(url.expose()));
        check(
            &mut wrong,
            "sqlx by URL",
            &password,
            read.and_then(on_postgres::sqlx_with),
        );
        let read = other(tokio_postgres::Config::from_str(
            config.to_conninfo().unwrap().expose(),
        ));
        check(
            &mut wrong,
            "tokio-postgres by keywords",
            &password,
            read.and_then(|options| on_postgres::tokio_postgres_with(&options)),
        );
    }
    none(&wrong);
}

#[test]
fn mysql_takes_every_password() {
    let server = server::mariadb("plain");
    on_mysql::execute(server, "CREATE USER hostile@'%'").unwrap();
    on_mysql::execute(server, "GRANT ALL ON shop.* TO hostile@'%'").unwrap();
    let base: mysql::Config = format!("mysql://hostile@localhost:{}/shop", server.port())
        .parse()
        .unwrap();
    let mut wrong = Vec::new();
    for password in hostile() {
        let escaped = password.replace('\\', "\\\\").replace('\'', "''");
        on_mysql::execute(
            server,
            &format!("ALTER USER hostile@'%' IDENTIFIED BY '{escaped}'"),
        )
        .unwrap();
        let config = base.clone().with_password(&password).unwrap();
        for (driver, login) in on_mysql::DRIVERS {
            check(&mut wrong, driver, &password, login(&config));
        }
        let url = config.to_url().unwrap();
        let read = other(MySqlConnectOptions::from_str(url.expose()));
        check(
            &mut wrong,
            "sqlx by URL",
            &password,
            read.and_then(on_mysql::sqlx_with),
        );
        let read = other(mysql_async::Opts::from_url(url.expose()));
        check(
            &mut wrong,
            "mysql_async by URL",
            &password,
            read.and_then(on_mysql::mysql_async_with),
        );
        let read = other(::mysql::Opts::from_url(url.expose()));
        check(
            &mut wrong,
            "mysql by URL",
            &password,
            read.and_then(on_mysql::mysql_with),
        );
    }
    none(&wrong);
}

#[test]
fn redis_takes_every_password() {
    let server = server::redis("plain");
    let base: service::Config = format!("redis://hostile@localhost:{}/0", server.port())
        .parse()
        .unwrap();
    let mut wrong = Vec::new();
    for password in hostile() {
        on_redis::set_password(server, "hostile", &password).unwrap();
        let config = base.clone().with_password(&password).unwrap();
        check(&mut wrong, "redis", &password, on_redis::redis(&config));
        check(
            &mut wrong,
            "redis by URL",
            &password,
            on_redis::redis_with(config.to_url().expect("a URL").expose()),
        );
    }
    none(&wrong);
}
