//! Lists of hosts, sockets, a standby and a pooler.

use database_url::postgres::Config;
use database_url_drivers_oracle::server::{self, dead_port};
use database_url_drivers_oracle::{Failure, Session, postgres as on_postgres};

use crate::none;

type Login = fn(&Config) -> Result<Session, Failure>;

const BOTH: [(&str, Login); 2] = [
    ("tokio-postgres", on_postgres::tokio_postgres),
    ("tokio-postgres-rustls", on_postgres::tokio_postgres_rustls),
];

/// Logs in with each driver; the sessions have to be of a user, and each driver's count as reported.
fn check(
    config: &str,
    logins: &[(&str, Login)],
    is_right: impl Fn(&Result<Session, Failure>) -> bool,
) {
    let config: Config = config.parse().unwrap();
    let found = logins
        .iter()
        .map(|(driver, login)| (driver, login(&config)));
    let wrong = found
        .filter(|(_, found)| !is_right(found))
        .map(|(driver, found)| format!("{driver} {config}: {found:?}"));
    none(&wrong.collect::<Vec<_>>());
}

fn is_app(found: &Result<Session, Failure>) -> bool {
    found
        .as_ref()
        .is_ok_and(|found| (&*found.user, &*found.database) == ("app", "shop"))
}

fn is_rejected(found: &Result<Session, Failure>) -> bool {
    matches!(found, Err(Failure::Rejected(_)))
}

#[test]
fn a_dead_first_host_is_passed_over() {
    let (dead, port) = (dead_port(), server::postgres("good").port());
    let list = format!(
        "postgres://app:k3y@localhost:{dead},localhost:{port}/shop?sslmode=require&connect_timeout=5"
    );
    check(&list, &BOTH, is_app);
    check(&list, &[("sqlx", on_postgres::sqlx)], is_rejected);
}

#[test]
fn a_standby_differs_from_its_primary() {
    let (primary, standby) = (server::postgres("good").port(), server::standby().port());
    let list = |attributes: &str| {
        format!(
            "postgres://app:k3y@localhost:{standby},localhost:{primary}/shop?target_session_attrs={attributes}"
        )
    };
    // Only the primary has TLS.
    check(&list("read-write"), &BOTH, |found| {
        is_app(found) && found.as_ref().unwrap().tls.is_some()
    });
    check(&list("read-only"), &BOTH, |found| {
        is_app(found) && found.as_ref().unwrap().tls.is_none()
    });
    let alone =
        format!("postgres://app:k3y@localhost:{standby}/shop?target_session_attrs=read-write");
    check(&alone, &BOTH, |found| {
        matches!(found, Err(Failure::Failed(_)))
    });
    for attributes in ["primary", "standby", "prefer-standby"] {
        check(&list(attributes), &BOTH, is_rejected);
    }
    check(&alone, &[("sqlx", on_postgres::sqlx)], is_rejected);
}

#[test]
fn both_spellings_of_a_socket_are_its_folder() {
    let server = server::postgres("good");
    let folder = server.folder();
    // libpq uses no TLS on a socket, whatever the mode.
    for text in [
        format!(
            "postgres://app:k3y@/shop?host={folder}&port={}",
            server.port()
        ),
        format!(
            "postgres://app:k3y@{}:{}/shop",
            folder.replace('/', "%2F"),
            server.port()
        ),
        format!(
            "host={folder} port={} user=app password=k3y dbname=shop sslmode=require",
            server.port()
        ),
        format!(
            "host={folder} port={} user=app password=k3y dbname=shop sslmode=verify-full",
            server.port()
        ),
    ] {
        check(&text, &on_postgres::DRIVERS, |found| {
            is_app(found) && found.as_ref().unwrap().tls.is_none()
        });
    }
}

#[test]
fn an_address_is_used_and_the_name_is_checked() {
    let port = server::postgres("good").port();
    let ca = server::certificates().file("ca.pem");
    let with = |host: &str, mode: &str| {
        format!(
            "{host} port={port} user=app password=k3y dbname=shop sslmode={mode} sslrootcert={ca}"
        )
    };
    let rustls: [(&str, Login); 1] =
        [("tokio-postgres-rustls", on_postgres::tokio_postgres_rustls)];
    check(
        &with("host=localhost hostaddr=127.0.0.1", "verify-full"),
        &rustls,
        is_app,
    );
    check(
        &with("host=elsewhere.example hostaddr=127.0.0.1", "verify-ca"),
        &rustls,
        is_app,
    );
    check(
        &with("host=elsewhere.example hostaddr=127.0.0.1", "verify-full"),
        &rustls,
        |found| matches!(found, Err(Failure::Failed(_))),
    );
    check(
        &with("hostaddr=127.0.0.1", "verify-full"),
        &rustls,
        is_rejected,
    );
    check(&with("hostaddr=127.0.0.1", "verify-ca"), &rustls, is_app);
    check(
        &with("hostaddr=127.0.0.1", "verify-ca"),
        &[("sqlx", on_postgres::sqlx)],
        is_app,
    );
    check(
        &with("host=localhost hostaddr=127.0.0.1", "verify-full"),
        &[("sqlx", on_postgres::sqlx)],
        is_rejected,
    );
}

#[test]
fn a_pooler_is_a_server_like_any_other() {
    let text = format!(
        "postgres://app:k3y@localhost:{}/shop",
        server::pgbouncer().port()
    );
    check(&text, &on_postgres::DRIVERS, is_app);
}

#[test]
fn settings_of_the_session_arrive() {
    use database_url_drivers_oracle::wait;
    let port = server::postgres("plain").port();
    let text = format!(
        r"host=localhost port={port} user=app password=k3y dbname=shop fallback_application_name=fallback options='-c search_path=a,\\ b --statement-timeout=7s'"
    );
    let config: Config = text.parse().unwrap();
    let ask = "SELECT current_setting('application_name') || ' ' || current_setting('search_path') || ' ' || current_setting('statement_timeout')";
    let by_tokio = wait(async {
        let (client, connection) = tokio_postgres::Config::try_from(&config)
            .unwrap()
            .connect(tokio_postgres::NoTls)
            .await
            .unwrap();
        tokio::spawn(connection);
        client
            .query_one(ask, &[])
            .await
            .unwrap()
            .get::<_, String>(0)
    });
    let by_sqlx: String = wait(async {
        use sqlx::ConnectOptions;
        let options = sqlx::postgres::PgConnectOptions::try_from(&config).unwrap();
        sqlx::query_scalar(ask)
            .fetch_one(&mut options.connect().await.unwrap())
            .await
            .unwrap()
    });
    assert_eq!(
        (&*by_tokio, &*by_sqlx),
        ("fallback a, b 7s", "fallback a, b 7s")
    );
}
