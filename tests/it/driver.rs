//! What drivers cannot express. The conversions themselves are tested in `oracles/drivers`, with the drivers.

use database_url::driver::{Driver, Fit, Misfit};
use database_url::{ErrorKind, mysql, postgres, service, sqlite};

fn names(misfits: &[Misfit]) -> String {
    misfits
        .iter()
        .map(Misfit::name)
        .collect::<Vec<_>>()
        .join(" ")
}

/// `refused | lost`.
fn summary(fit: &Fit) -> String {
    format!("{} | {}", names(&fit.rejected), names(&fit.lost))
}

macro_rules! table {
    ($config:ty: $($driver:ident $text:expr => $expected:expr;)*) => {
        let mut wrong = Vec::new();
        $(
            let config: $config = $text.parse().unwrap_or_else(|error| panic!("{}: {error}", $text));
            let found = summary(&config.fit(Driver::$driver));
            if found != $expected {
                wrong.push(format!("{} {}: {found}", Driver::$driver, $text));
            }
        )*
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    };
}

#[test]
fn postgres_configs_and_drivers() {
    table! { postgres::Config:
        Libpq "postgres://u:p@a,b/d?sslmode=verify-full&require_auth=scram-sha-256" => " | ";
        Libpq "postgres://u:p@a/d?pool=5" => "pool | ";
        Diesel "postgres://u:p@a/d?sslmode=verify-full" => " | ";
        TokioPostgres "postgres://u:p@a,b/d?sslmode=require&target_session_attrs=read-write" => " | ";
        TokioPostgres "postgres://u:p@a/d?sslmode=verify-full&sslrootcert=ca.pem" => "sslmode sslrootcert | ";
        TokioPostgres "postgres://u:p@a/d?sslmode=disable&sslrootcert=ca.pem" => " | ";
        TokioPostgres "postgres:///d?host=/run/postgresql&sslmode=verify-full" => " | ";
        TokioPostgres "postgres://u:p@/d" => "host | ";
        TokioPostgres "host=a,b hostaddr=1.2.3.4,::1" => " | ";
        TokioPostgres "host=a,b hostaddr=1.2.3.4," => "hostaddr | ";
        TokioPostgres "host=a hostaddr=fe80::1%eth0" => "hostaddr | ";
        TokioPostgres "host=@abstract" => "host | ";
        TokioPostgresRustls "host=a sslmode=verify-ca sslrootcert=ca.pem" => " | ";
        TokioPostgresRustls "host=a sslmode=verify-ca" => "sslrootcert | ";
        TokioPostgresRustls "host=a sslrootcert=system" => " | ";
        TokioPostgresRustls "hostaddr=1.2.3.4 sslmode=verify-full sslrootcert=ca.pem" => "host | ";
        TokioPostgresRustls "host=a sslmode=require sslcert=c.pem" => "sslkey | ";
        TokioPostgresRustls "host=a sslcert=c.pem sslcertmode=disable" => " | ";
        TokioPostgresRustls "host=a sslmode=allow" => " | sslmode";
        Sqlx "postgres://u:p@a,b/d" => "host | ";
        Sqlx "host=a hostaddr=1.2.3.4" => "hostaddr | ";
        Sqlx "host=a sslmode=require sslrootcert=ca.pem" => " | sslrootcert";
        Sqlx "host=a sslmode=verify-ca" => "sslrootcert | ";
        Sqlx "host=a sslmode=allow" => "sslmode | ";
        Sqlx "host=a sslnegotiation=direct sslmode=require channel_binding=require" => "channel_binding sslnegotiation | ";
        Sqlx "host=a connect_timeout=5 keepalives_idle=9" => " | connect_timeout keepalives_idle";
        Sqlx "host=a options='-c geqo=off --search-path=x'" => " | ";
        Sqlx "host=a options='-d 5'" => "options | ";
        Sqlx "postgres://u:p@a/d?statement-cache-capacity=0&pool=5" => " | pool";
        Sqlx "postgres://u:p@a/d?passfile=/x" => " | ";
        Sqlx "postgres://u@a/d?passfile=/x&service=s" => "service | passfile";
        Sqlx "postgres://u:%F0%9F%94%91@a/d" => " | password";
        Mysql "postgres://u:p@a/d?sslmode=verify-full" => "scheme | ";
        Redis "postgres:///" => "scheme | ";
    }
}

#[test]
fn mysql_configs_and_drivers() {
    table! { mysql::Config:
        Sqlx "mysql://u:p@h/d?ssl-mode=PREFERRED&charset=utf8mb4" => " | ";
        MysqlAsync "mysql://u:p@h/d?ssl-mode=PREFERRED" => "ssl_mode | ";
        Mysql "mysql://u:p@h/d?ssl-mode=PREFERRED" => "ssl_mode | ";
        MysqlAsync "mysql://u:p@h/d?ssl-ca=ca.pem" => " | ssl_mode";
        MysqlAsync "mysql://u:p@h/d?ssl-ca=ca.pem&ssl-mode=VERIFY_IDENTITY" => " | ";
        Mysql "mysql://u:p@h/d?ssl-ca=ca.pem" => " | ssl_ca";
        Sqlx "mysql://u:p@h/d?ssl-mode=VERIFY_CA" => "ssl_ca | ";
        Sqlx "mysql://u:p@h1,h2/d" => "host | ";
        MysqlAsync "mysql://u:p@h/d?socket=/s&ssl-mode=REQUIRED" => "ssl_mode | ";
        Sqlx "mysql://u:p@h/d?socket=/s&ssl-mode=REQUIRED" => " | ";
        Sqlx "mysql://u:p@h/d?timezone=Europe/Berlin&pool_max=5" => " | pool_max";
        MysqlAsync "mysql://u:p@h/d?timezone=%27;DROP&pool_max=5" => "timezone | ";
        Sqlx "mysql://u:p@h/d?collation=x;DROP%20TABLE%20t" => "collation | ";
        TokioPostgres "mysql://u:p@h/d?ssl-mode=REQUIRED" => "scheme | ";
    }
}

#[test]
fn redis_and_sqlite_configs() {
    table! { service::Config:
        Redis "rediss://u:p@h:6380/2?protocol=resp3" => " | ";
        Redis "rediss://h/0?ssl_ca_certs=/x.pem" => "a parameter of the query | ";
        Redis "redis+sentinel://h:26379/main/0" => "service | ";
        Redis "amqp://u:p@h/v" => "scheme | ";
        Sqlx "redis://h" => "scheme | ";
    }
    table! { sqlite::Config:
        Sqlx "sqlite:///app.db?mode=ro" => " | ";
        Sqlx "sqlite+pysqlcipher://:key@/app.db" => "password | ";
        Mysql "sqlite:///app.db" => "scheme | ";
    }
}

#[test]
fn a_misfit_names_the_keyword_the_driver_and_the_fix() {
    let config: postgres::Config = "postgres://u:p@a,b/d?sslnegotiation=direct&sslmode=require"
        .parse()
        .unwrap();
    let error = config.fit(Driver::Sqlx).accept().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotRepresentable);
    assert_eq!(
        error.to_string(),
        "cannot represent sslnegotiation: sqlx begins TLS by a request only (and 1 more)"
    );
    assert_eq!(error.help(), Some("remove it; the server takes both"));
    let host = error.iter().nth(1).unwrap();
    assert_eq!(
        host.to_string(),
        "cannot represent host: sqlx connects to one host"
    );
    assert_eq!(host.help(), Some("name one host, or use tokio-postgres"));
}

#[test]
fn no_driver_shows_a_parameter_that_may_hold_a_secret() {
    const SECRET: &str = "hunter2hunter2";
    let texts = [
        format!(
            "postgres://u:{SECRET}@h/d?options={SECRET}&{SECRET}=1&x={SECRET}&require_auth=md5&client_encoding={SECRET}"
        ),
        format!(
            "postgres://u:{SECRET}@h/d?hostaddr={SECRET}&sslpassword={SECRET}&service={SECRET}"
        ),
        format!(
            "mysql://u:{SECRET}@h/d?init_command={SECRET}&{SECRET}=1&timezone={SECRET}'&ssl-key={SECRET}"
        ),
        format!("rediss://u:{SECRET}@h/0?{SECRET}=1&ssl_keyfile={SECRET}"),
    ];
    for text in texts {
        let database: database_url::Database = text.parse().unwrap();
        for &driver in Driver::ALL {
            let fit = match &database {
                database_url::Database::Postgres(config) => config.fit(driver),
                database_url::Database::MySql(config) => config.fit(driver),
                database_url::Database::Service(config) => config.fit(driver),
                _ => unreachable!(),
            };
            let shown = format!(
                "{fit:?} {:?} {:?}",
                fit.accept(),
                fit.rejected
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
            );
            assert!(!shown.contains(SECRET), "{driver} {shown}");
        }
    }
}
