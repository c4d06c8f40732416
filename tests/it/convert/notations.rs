//! What each notation looks like.

use database_url::Database;
use database_url::convert::Notation;

const POSTGRES: &str = "postgres://app:p%40ss@db.example:5433/shop";
const MYSQL: &str = "mysql://app:p%40ss@db.example:3307/shop";

#[track_caller]
fn check(rows: &[(&str, Notation, &str)]) {
    let mut failures = Vec::new();
    for (url, notation, expected) in rows {
        let database: Database = url.parse().expect(url);
        match database.convert(*notation) {
            Ok(converted) if converted.text().expose() == *expected => {}
            Ok(converted) => failures.push(format!(
                "{notation} of {url}:\n{}\nexpected:\n{expected}",
                converted.text().expose()
            )),
            Err(error) => failures.push(format!("{notation} of {url}: {error}")),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn the_usual_postgres_url_in_every_notation() {
    use Notation as N;
    check(&[
        (POSTGRES, N::Url, POSTGRES),
        (
            POSTGRES,
            N::Libpq,
            "postgresql://app:p%40ss@db.example:5433/shop",
        ),
        (
            POSTGRES,
            N::Conninfo,
            "user=app password=p@ss dbname=shop host=db.example port=5433",
        ),
        (
            POSTGRES,
            N::Jdbc,
            "jdbc:postgresql://db.example:5433/shop?user=app&password=p%40ss",
        ),
        (
            POSTGRES,
            N::Sqlalchemy,
            "postgresql+psycopg://app:p%40ss@db.example:5433/shop",
        ),
        (
            POSTGRES,
            N::Asyncpg,
            "postgresql://app:p%40ss@db.example:5433/shop",
        ),
        (
            POSTGRES,
            N::Env,
            "PGHOST=db.example\nPGPORT=5433\nPGUSER=app\nPGPASSWORD=p@ss\nPGDATABASE=shop",
        ),
        (
            POSTGRES,
            N::Shell,
            "export DATABASE_URL='postgres://app:p%40ss@db.example:5433/shop'",
        ),
        (
            POSTGRES,
            N::Dotenv,
            "DATABASE_URL='postgres://app:p%40ss@db.example:5433/shop'",
        ),
        (
            POSTGRES,
            N::Heroku,
            "heroku config:set DATABASE_URL='postgres://app:p%40ss@db.example:5433/shop'",
        ),
        (
            POSTGRES,
            N::Compose,
            "environment:\n  DATABASE_URL: \"postgres://app:p%40ss@db.example:5433/shop\"",
        ),
        (
            POSTGRES,
            N::Django,
            r#"DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "shop",
        "USER": "app",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
    },
}"#,
        ),
        (
            POSTGRES,
            N::Rails,
            r#"production:
  adapter: "postgresql"
  host: "db.example"
  port: 5433
  database: "shop"
  username: "app"
  password: "p@ss""#,
        ),
        (
            POSTGRES,
            N::Sequelize,
            r#"{
  "production": {
    "dialect": "postgres",
    "host": "db.example",
    "port": 5433,
    "database": "shop",
    "username": "app",
    "password": "p@ss"
  }
}"#,
        ),
        (POSTGRES, N::Pgpass, "db.example:5433:shop:app:p@ss"),
        (
            POSTGRES,
            N::PgService,
            "[shop]\nuser=app\npassword=p@ss\ndbname=shop\nhost=db.example\nport=5433",
        ),
    ]);
}

#[test]
fn the_usual_mysql_url_in_every_notation_that_has_mysql() {
    use Notation as N;
    check(&[
        (MYSQL, N::Url, MYSQL),
        (
            MYSQL,
            N::Jdbc,
            "jdbc:mysql://db.example:3307/shop?user=app&password=p%40ss",
        ),
        (MYSQL, N::GoDsn, "app:p@ss@tcp(db.example:3307)/shop"),
        (
            MYSQL,
            N::Sqlalchemy,
            "mysql+pymysql://app:p%40ss@db.example:3307/shop",
        ),
        (
            MYSQL,
            N::Env,
            "MYSQL_HOST=db.example\nMYSQL_TCP_PORT=3307\nMYSQL_PORT=3307\nMYSQL_USER=app\nMYSQL_PWD=p@ss\n\
             MYSQL_PASSWORD=p@ss\nMYSQL_DATABASE=shop",
        ),
        (
            "mysql://app:s@h/d?ssl-mode=VERIFY_CA&ssl-ca=/ca.pem&connect_timeout_ms=1500",
            N::Django,
            r#"DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.mysql",
        "NAME": "d",
        "USER": "app",
        "PASSWORD": "s",
        "HOST": "h",
        "OPTIONS": {
            "ssl_mode": "VERIFY_CA",
            "connect_timeout": 2,
            "ssl": {
                "ca": "/ca.pem",
            },
        },
    },
}"#,
        ),
        (
            "mysql://app:s@h/d?ssl-mode=VERIFY_IDENTITY&ssl-ca=/ca.pem&pool=5&charset=utf8mb4",
            N::Rails,
            r#"production:
  adapter: "mysql2"
  host: "h"
  database: "d"
  username: "app"
  password: "s"
  ssl_mode: "verify_identity"
  sslca: "/ca.pem"
  encoding: "utf8mb4"
  pool: 5"#,
        ),
        (
            "mysql://app:s@h/d?ssl-mode=VERIFY_IDENTITY&pool=5&socket=/s",
            N::Sequelize,
            r#"{
  "production": {
    "dialect": "mysql",
    "host": "h",
    "database": "d",
    "username": "app",
    "password": "s",
    "pool": {
      "max": 5
    },
    "dialectOptions": {
      "socketPath": "/s",
      "ssl": {
        "rejectUnauthorized": true,
        "verifyIdentity": true
      }
    }
  }
}"#,
        ),
    ]);
}

#[test]
fn other_schemes_and_sockets_mean_the_same_elsewhere() {
    use Notation as N;
    check(&[
        (
            "postgresql+psycopg://app:s@h/d?sslmode=require",
            N::Libpq,
            "postgresql://app:s@h/d?sslmode=require",
        ),
        (
            "cockroachdb://app:s@h/d",
            N::Libpq,
            "postgresql://app:s@h:26257/d",
        ),
        (
            "cockroachdb://app:s@h/d",
            N::Rails,
            concat!(
                "production:\n",
                "  adapter: \"postgresql\"\n",
                "  host: \"h\"\n",
                "  port: 26257\n",
                "  database: \"d\"\n",
                "  username: \"app\"\n",
                "  password: \"s\"",
            ),
        ),
        (
            "redshift://app:s@h/d",
            N::Env,
            "PGHOST=h\nPGPORT=5439\nPGUSER=app\nPGPASSWORD=s\nPGDATABASE=d",
        ),
        (
            "postgres://app:s@/d?host=/run/pg",
            N::Sqlalchemy,
            "postgresql+psycopg://app:s@/d?host=%2Frun%2Fpg",
        ),
        (
            "postgres://app:s@/d?host=/tmp",
            N::Pgpass,
            "/tmp:5432:d:app:s\nlocalhost:5432:d:app:s",
        ),
        (
            "postgres://app:s@h1:1,h2:2/d",
            N::Pgpass,
            "h1:1:d:app:s\nh2:2:d:app:s",
        ),
        (
            "postgres://app:s@h1:1,h2:2/d",
            N::Jdbc,
            "jdbc:postgresql://h1:1,h2:2/d?user=app&password=s",
        ),
        (
            "postgres://app:s@h1:1,h2:2/d",
            N::Sqlalchemy,
            "postgresql+psycopg://app:s@/d?host=h1%2Ch2&port=1%2C2",
        ),
        (
            "postgres://app:s@[::1]:1/d",
            N::Sqlalchemy,
            "postgresql+psycopg://app:s@[::1]:1/d",
        ),
        ("postgres://app:s@h", N::Pgpass, "h:5432:app:app:s"),
        ("postgres://:s@h", N::Pgpass, "h:5432:*:*:s"),
        (
            "postgresql+asyncpg://app:s@h/d?sslmode=require",
            N::Sqlalchemy,
            "postgresql+asyncpg://app:s@h/d?ssl=require",
        ),
        (
            "postgres://app:s@h/d?sslmode=require",
            N::Asyncpg,
            "postgresql://app:s@h/d?sslmode=require",
        ),
        ("mysql://app:s@/d?socket=/s", N::GoDsn, "app:s@unix(/s)/d"),
        (
            "mysql://app:s@/d?socket=/s",
            N::Sqlalchemy,
            "mysql+pymysql://app:s@/d?unix_socket=%2Fs",
        ),
        (
            "sqlite:///shop.db",
            N::Sequelize,
            "{\n  \"production\": {\n    \"dialect\": \"sqlite\",\n    \"storage\": \"shop.db\"\n  }\n}",
        ),
        (
            "redis://:s@h/0",
            N::Shell,
            "export DATABASE_URL='redis://:s@h/0'",
        ),
        (
            "jdbc:postgresql://h/d?user=app&password=s&targetServerType=secondary",
            N::Jdbc,
            "jdbc:postgresql://h/d?user=app&password=s&targetServerType=secondary",
        ),
    ]);
}

#[test]
fn tls_keeps_its_meaning_in_the_words_of_the_driver() {
    use Notation as N;
    check(&[
        // libpq checks the chain here, pgjdbc would check nothing.
        (
            "postgres://h/d?sslmode=require&sslrootcert=/ca",
            N::Jdbc,
            "jdbc:postgresql://h/d?sslmode=verify-ca&sslrootcert=%2Fca",
        ),
        (
            "mysql://a@h/d?ssl-mode=DISABLED",
            N::Sqlalchemy,
            "mysql+pymysql://a@h/d?ssl_disabled=true",
        ),
        (
            "mysql://a@h/d?ssl-mode=REQUIRED",
            N::Sqlalchemy,
            "mysql+pymysql://a@h/d?ssl_verify_cert=false",
        ),
        (
            "mysql://a@h/d?ssl-mode=VERIFY_CA",
            N::Sqlalchemy,
            "mysql+pymysql://a@h/d?ssl_verify_cert=true",
        ),
        (
            "mysql://a@h/d?ssl-mode=VERIFY_CA&ssl-ca=/ca",
            N::Sqlalchemy,
            "mysql+pymysql://a@h/d?ssl_check_hostname=false&ssl_ca=%2Fca",
        ),
        (
            "mysql://a@h/d?ssl-mode=VERIFY_IDENTITY&ssl-ca=/ca",
            N::Sqlalchemy,
            "mysql+pymysql://a@h/d?ssl_ca=%2Fca",
        ),
        (
            "mysql://a@h/d?ssl-mode=REQUIRED",
            N::GoDsn,
            "a@tcp(h)/d?tls=skip-verify",
        ),
        (
            "postgres://h/d?sslmode=verify-full",
            N::Env,
            "PGHOST=h\nPGDATABASE=d\nPGSSLMODE=verify-full",
        ),
        (
            "postgres://h/d?sslmode=require",
            N::Sequelize,
            concat!(
                "{\n",
                "  \"production\": {\n",
                "    \"dialect\": \"postgres\",\n",
                "    \"host\": \"h\",\n",
                "    \"database\": \"d\",\n",
                "    \"dialectOptions\": {\n",
                "      \"ssl\": {\n",
                "        \"rejectUnauthorized\": false\n",
                "      }\n",
                "    }\n",
                "  }\n",
                "}",
            ),
        ),
    ]);
}

#[test]
fn names_of_notations_are_read_back() {
    for notation in Notation::ALL {
        assert_eq!(notation.as_str().parse::<Notation>().ok(), Some(*notation));
    }
    assert!("xml".parse::<Notation>().is_err());
}

#[test]
fn a_url_keeps_its_spelling_masked_or_not() {
    let urls = [
        "mysql://app:hunter@db.example/shop?require_ssl=true&charset=utf8mb4",
        "mysql://app:hunter@db.example/shop?ssl_ca=/ca.pem&note=hunter",
        "mysql://app:hunter@/shop?unix_socket=/run/mysqld/mysqld.sock",
        "mariadb://db.example/shop?user=app&password=hunter&useSsl=true",
        "postgresql+psycopg://app:hunter@db.example/shop?sslmode=require&note=hunter",
    ];
    for url in urls {
        let converted = url
            .parse::<Database>()
            .unwrap()
            .convert(Notation::Url)
            .unwrap();
        let exposed = converted.text().expose().replace("%2F", "/");
        assert_eq!(exposed, url);
        let masked = converted.masked().replace("%2F", "/");
        assert_eq!(masked, url.replace("hunter", "****"));
    }
}
