//! Each driver connects, and the server says who it is, which database it uses, and which TLS.

use database_url::driver::Driver;
use database_url::{mysql, postgres, service, sqlite};
use database_url_drivers_oracle::server::{self, certificates};
use database_url_drivers_oracle::{
    Session, mysql as on_mysql, postgres as on_postgres, redis as on_redis, wait,
};
use sqlx::Connection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use crate::none;

fn session(user: &str, database: &str, tls: Option<&str>) -> Session {
    Session {
        user: user.to_owned(),
        database: database.to_owned(),
        tls: tls.map(str::to_owned),
    }
}

#[test]
fn postgres_says_what_the_config_says() {
    let (ca, port) = (
        certificates().file("ca.pem"),
        server::postgres("good").port(),
    );
    let mut wrong = Vec::new();
    for (query, tls) in [
        ("sslmode=disable", None),
        ("sslmode=prefer", Some("TLSv1.3")),
        ("", Some("TLSv1.3")),
        ("sslmode=require", Some("TLSv1.3")),
        (
            &format!("sslmode=verify-full&sslrootcert={ca}"),
            Some("TLSv1.3"),
        ),
    ] {
        let config: postgres::Config = format!("postgres://app:k3y@localhost:{port}/shop?{query}")
            .parse()
            .unwrap();
        for (driver, login) in on_postgres::DRIVERS {
            let rejected = driver == "tokio-postgres" && query.contains("verify");
            match login(&config) {
                Ok(found) if found == session("app", "shop", tls) && !rejected => {}
                Err(database_url_drivers_oracle::Failure::Rejected(_)) if rejected => {}
                found => wrong.push(format!("{driver} {query}: {found:?}")),
            }
        }
    }
    none(&wrong);
}

#[test]
fn mysql_says_what_the_config_says() {
    let (ca, port) = (
        certificates().file("ca.pem"),
        server::mariadb("good").port(),
    );
    let mut wrong = Vec::new();
    for (query, encrypted) in [
        ("ssl-mode=DISABLED", false),
        ("ssl-mode=REQUIRED", true),
        (&format!("ssl-mode=VERIFY_IDENTITY&ssl-ca={ca}"), true),
        (&format!("ssl-ca={ca}"), true),
    ] {
        let config: mysql::Config = format!("mysql://app:k3y@localhost:{port}/shop?{query}")
            .parse()
            .unwrap();
        for (driver, login) in on_mysql::DRIVERS {
            let found = login(&config);
            let is_right = found.as_ref().is_ok_and(|found| {
                (&*found.user, &*found.database) == ("app", "shop")
                    && found.tls.as_deref() == encrypted.then_some("TLSv1.3")
            });
            if !is_right {
                wrong.push(format!("{driver} {query}: {found:?}"));
            }
        }
    }
    let config: mysql::Config = format!(
        "mysql://app:k3y@/shop?socket={}",
        server::mariadb("good").file("socket")
    )
    .parse()
    .unwrap();
    for (driver, login) in on_mysql::DRIVERS {
        let found = login(&config);
        if !found
            .as_ref()
            .is_ok_and(|found| (&*found.user, &*found.database) == ("app", "shop"))
        {
            wrong.push(format!("{driver} over a socket: {found:?}"));
        }
    }
    none(&wrong);
}

#[test]
fn the_first_commands_of_mysql_take_effect() {
    use ::mysql::prelude::Queryable;
    let port = server::mariadb("plain").port();
    let config: mysql::Config = format!(
        "mysql://app:k3y@localhost:{port}/shop?timezone=%2B02:00&collation=utf8mb4_bin&init_command=SET%20%40x%20%3D%205"
    )
    .parse()
    .unwrap();
    let mut connection = ::mysql::Conn::new(::mysql::Opts::try_from(&config).unwrap()).unwrap();
    let row: Option<(String, String, u32)> = connection
        .query_first("SELECT @@time_zone, @@collation_connection, @x")
        .unwrap();
    assert_eq!(
        row.unwrap(),
        ("+02:00".to_owned(), "utf8mb4_bin".to_owned(), 5)
    );
    assert!(config.fit(Driver::MysqlAsync).is_complete());
}

#[test]
fn redis_says_what_the_config_says() {
    let plain = server::redis("plain");
    for (text, expected) in [
        (
            format!("redis://app:k3y@localhost:{}/3", plain.port()),
            session("app", "3", None),
        ),
        (
            format!("redis://localhost:{}", plain.port()),
            session("default", "0", None),
        ),
        (
            format!(
                "redis://app:k3y@localhost:{}/1?protocol=resp3",
                plain.port()
            ),
            session("app", "1", None),
        ),
        (
            format!("unix://app:k3y@{}?db=2", plain.file("socket")),
            session("app", "2", None),
        ),
    ] {
        let config: service::Config = text.parse().unwrap();
        assert_eq!(on_redis::redis(&config), Ok(expected), "{config}");
    }
}

#[test]
fn sqlite_opens_the_file_as_the_family_does() {
    let folder = certificates().folder();
    let open = |text: String| {
        let config: sqlite::Config = text.parse().unwrap();
        let options = SqliteConnectOptions::try_from(&config).unwrap();
        wait(async {
            let mut connection = SqliteConnection::connect_with(&options).await?;
            let file: String = sqlx::query_scalar("SELECT file FROM pragma_database_list")
                .fetch_one(&mut connection)
                .await?;
            sqlx::raw_sql("CREATE TABLE IF NOT EXISTS t (n)")
                .execute(&mut connection)
                .await?;
            Ok::<_, sqlx::Error>(file)
        })
    };
    assert!(
        open(format!("sqlite:{folder}/missing.db")).is_err(),
        "sqlx creates no file"
    );
    let file = format!("{folder}/a b.db");
    assert_eq!(
        open(format!("sqlite:///{folder}/a%20b.db")).unwrap(),
        file,
        "Python does"
    );
    assert_eq!(open(format!("sqlite:{folder}/a%20b.db")).unwrap(), file);
    assert!(
        open(format!("file:{folder}/a%20b.db?mode=ro")).is_ok(),
        "the table is there"
    );
    assert!(open(format!("file:{folder}/c.db?mode=rw")).is_err());
    assert_eq!(
        open(format!("file:{folder}/c.db?mode=rwc")).unwrap(),
        format!("{folder}/c.db")
    );
    assert_eq!(open("sqlite::memory:".to_owned()).unwrap(), "");
}
