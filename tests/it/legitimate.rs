//! What must be accepted as it is meant, and without a warning: the connection strings of real services, drivers and frameworks.
//! A row is the string, and what it means: user, password, hosts or socket, database, and settings in alphabetical order.

use crate::common::Failures;
use database_url::{Database, Format, Host, ParseOptions, SecretStr, mysql, postgres};

/// What a config says, in the form of the tables.
fn meaning(config: &Database) -> String {
    let text = |value: Option<&str>| value.unwrap_or("-").to_owned();
    let hosts = config
        .hosts()
        .filter(|host| host.host().is_some() || host.port().is_some());
    let mut hosts: Vec<_> = hosts.map(|host| written(&host)).collect();
    hosts.extend(config.socket().map(str::to_owned));
    let mut settings = settings(config);
    settings.sort_unstable();
    let mut reported = [
        text(config.user()),
        text(config.password().map(SecretStr::expose)),
        hosts.join(","),
        text(config.dbname()),
    ]
    .join("|");
    if !settings.is_empty() {
        reported = format!("{reported}|{}", settings.join(" "));
    }
    reported
}

fn written(host: &Host<'_>) -> String {
    let name = host.host().unwrap_or_default();
    let is_address = name.contains(':') && !host.is_socket();
    let mut text = if is_address {
        format!("[{name}]")
    } else {
        name.to_owned()
    };
    text.extend(host.port().map(|port| format!(":{port}")));
    text.extend(host.priority().map(|priority| format!("/{priority}")));
    text
}

fn settings(config: &Database) -> Vec<String> {
    let pair = |name: &str, value: &str| format!("{name}={value}");
    match config {
        Database::Postgres(config) => {
            use postgres::Keyword::{Dbname, Host, Password, Port, User};
            let keywords = config
                .keywords()
                .filter(|(keyword, _)| ![User, Password, Host, Port, Dbname].contains(keyword));
            let keywords = keywords.map(|(keyword, value)| pair(keyword.as_str(), value.expose()));
            keywords
                .chain(
                    config
                        .extras()
                        .map(|extra| pair(extra.name(), extra.value().expose())),
                )
                .collect()
        }
        Database::MySql(config) => {
            use mysql::Keyword::{Database, Host, Password, Port, Priority, Socket, User};
            let parts = [User, Password, Host, Port, Priority, Database, Socket];
            let keywords = config
                .keywords()
                .filter(|(keyword, _)| !parts.contains(keyword));
            let keywords = keywords.map(|(keyword, value)| pair(keyword.as_str(), value.expose()));
            keywords
                .chain(
                    config
                        .extras()
                        .map(|extra| pair(extra.name(), extra.value().expose())),
                )
                .collect()
        }
        Database::Sqlite(config) => config
            .extras()
            .map(|extra| pair(extra.name(), extra.value().expose()))
            .collect(),
        Database::Service(config) => {
            let names = [
                ("instance", config.instance()),
                ("service", config.sentinel_service()),
            ];
            let names = names
                .into_iter()
                .filter_map(|(name, value)| Some(pair(name, value?)));
            names
                .chain(
                    config
                        .extras()
                        .map(|extra| pair(extra.name(), extra.value().expose())),
                )
                .collect()
        }
        _ => Vec::new(),
    }
}

#[track_caller]
fn are_meant(rows: &[(Format, &str, &str)]) {
    let mut failures = Failures::default();
    for &(format, text, meant) in rows {
        match ParseOptions::new().format(format).parse(text) {
            Ok(config) => {
                let warnings: Vec<_> = config
                    .warnings()
                    .map(|warning| warning.code().as_str())
                    .collect();
                failures.compare(
                    text,
                    (meaning(&config), warnings),
                    (meant.to_owned(), Vec::new()),
                );
            }
            Err(error) => failures.rejected(text, &error),
        }
    }
    failures.finish();
}

/// Rows of `format "string" => "meaning";`.
macro_rules! meant {
    ($($format:ident $text:literal => $meant:literal;)*) => { are_meant(&[$((meant!(@$format), $text, $meant)),*]) };
    (@url) => { Format::Auto };
    (@jdbc) => { Format::Jdbc };
    (@go) => { Format::GoDsn };
}

#[test]
fn azures_users_and_keys() {
    meant! {
        url "postgres://app%40srv:k3y@srv.postgres.database.azure.com:5432/shop?sslmode=require" => "app@srv|k3y|srv.postgres.database.azure.com:5432|shop|sslmode=require";
        url "postgresql://app%40srv:k3y@srv.postgres.database.azure.com/shop?sslmode=verify-full&sslrootcert=/etc/ssl/DigiCert.pem" => "app@srv|k3y|srv.postgres.database.azure.com|shop|sslmode=verify-full sslrootcert=/etc/ssl/DigiCert.pem";
        url "mysql://app%40srv:k3y@srv.mysql.database.azure.com:3306/shop?ssl-mode=VERIFY_IDENTITY" => "app@srv|k3y|srv.mysql.database.azure.com:3306|shop|ssl_mode=verify_identity";
        url "mysql://app%40srv:k3y@srv.mysql.database.azure.com:3306/shop?ssl-mode=REQUIRED" => "app@srv|k3y|srv.mysql.database.azure.com:3306|shop|ssl_mode=required";
        url "mssql://app%40srv:k3y@srv.database.windows.net:1433/shop?encrypt=true" => "app@srv|k3y|srv.database.windows.net:1433|shop|encrypt=true";
        url "rediss://:k3y%3D@cache.redis.cache.windows.net:6380/0" => "|k3y=|cache.redis.cache.windows.net:6380|0";
    }
}

#[test]
fn cosmos_db() {
    meant! {
        url "mongodb://acct:k3y%3D%3D@acct.mongo.cosmos.azure.com:10255/?ssl=true&replicaSet=globaldb&retrywrites=false&maxIdleTimeMS=120000&appName=@acct@" => "acct|k3y==|acct.mongo.cosmos.azure.com:10255|-|appName=@acct@ maxIdleTimeMS=120000 replicaSet=globaldb retrywrites=false ssl=true";
        url "mongodb://acct:k3y%3D%3D@acct.mongo.cosmos.azure.com:10255/shop?ssl=true&retrywrites=false&appName=@acct@" => "acct|k3y==|acct.mongo.cosmos.azure.com:10255|shop|appName=@acct@ retrywrites=false ssl=true";
        url "mongodb+srv://app:k3y@acct.mongocluster.cosmos.azure.com/?tls=true&authMechanism=SCRAM-SHA-256&retrywrites=false&maxIdleTimeMS=120000" => "app|k3y|acct.mongocluster.cosmos.azure.com|-|authMechanism=SCRAM-SHA-256 maxIdleTimeMS=120000 retrywrites=false tls=true";
    }
}

#[test]
fn iam_tokens() {
    meant! {
        url "postgres://app:db.example%3A5432%2F%3FAction%3Dconnect%26DBUser%3Dapp%26X-Amz-Expires%3D900@db.example:5432/shop?sslmode=verify-full" => "app|db.example:5432/?Action=connect&DBUser=app&X-Amz-Expires=900|db.example:5432|shop|sslmode=verify-full";
        url "mysql://app:db.example%3A3306%2F%3FAction%3Dconnect%26DBUser%3Dapp@db.example:3306/shop?ssl-mode=VERIFY_IDENTITY&ssl-ca=/etc/rds.pem&enable-cleartext-plugin=true" => "app|db.example:3306/?Action=connect&DBUser=app|db.example:3306|shop|cleartext=true ssl_ca=/etc/rds.pem ssl_mode=verify_identity";
        url "postgres://sa%40proj.iam:ya29.a0Af%2Fx-y@db.example:5432/shop?sslmode=require" => "sa@proj.iam|ya29.a0Af/x-y|db.example:5432|shop|sslmode=require";
    }
}

#[test]
fn sockets_of_cloud_sql() {
    meant! {
        url "postgres://app:k3y@/shop?host=/cloudsql/proj:europe-west1:db" => "app|k3y|/cloudsql/proj:europe-west1:db|shop";
        url "postgresql://app:k3y@%2Fcloudsql%2Fproj%3Aeurope-west1%3Adb/shop" => "app|k3y|/cloudsql/proj:europe-west1:db|shop";
        url "postgres:///shop?host=/cloudsql/proj:europe-west1:db&user=app&password=k3y" => "app|k3y|/cloudsql/proj:europe-west1:db|shop";
        url "postgres:///shop?user=sa@proj.iam&host=/cloudsql/proj:europe-west1:db" => "sa@proj.iam|-|/cloudsql/proj:europe-west1:db|shop";
        url "postgresql+pg8000://app:k3y@/shop?unix_sock=/cloudsql/proj:europe-west1:db/.s.PGSQL.5432" => "app|k3y|/cloudsql/proj:europe-west1:db|shop";
        url "postgresql+pg8000://app:k3y@/shop?unix_sock=/run/pg/.s.PGSQL.5433" => "app|k3y|/run/pg:5433|shop";
        url "mysql://app:k3y@/shop?unix_socket=/cloudsql/proj:europe-west1:db" => "app|k3y|/cloudsql/proj:europe-west1:db|shop";
        url "mysql+pymysql://app:k3y@/shop?unix_socket=/cloudsql/proj:europe-west1:db" => "app|k3y|/cloudsql/proj:europe-west1:db|shop";
        url "mysql://app:k3y@localhost/shop?socket=/cloudsql/proj:europe-west1:db" => "app|k3y|localhost,/cloudsql/proj:europe-west1:db|shop";
        url "mysql://app@%2Fcloudsql%2Fproj%3Aeurope-west1%3Adb/shop" => "app|-|/cloudsql/proj:europe-west1:db|shop";
        url "host=/cloudsql/proj:europe-west1:db user=app password=k3y dbname=shop" => "app|k3y|/cloudsql/proj:europe-west1:db|shop";
        go "app:k3y@unix(/cloudsql/proj:europe-west1:db)/shop?parseTime=true" => "app|k3y|/cloudsql/proj:europe-west1:db|shop|parseTime=true";
    }
}

#[test]
fn cockroachdb_and_neon() {
    meant! {
        url "cockroachdb://app:k3y@free-tier.gcp.example:26257/shop?sslmode=verify-full&options=--cluster%3Dname-123" => "app|k3y|free-tier.gcp.example:26257|shop|options=--cluster=name-123 sslmode=verify-full";
        url "postgresql://app:k3y@free-tier.gcp.example:26257/name-123.shop?sslmode=verify-full&sslrootcert=/home/me@corp/ca.pem" => "app|k3y|free-tier.gcp.example:26257|name-123.shop|sslmode=verify-full sslrootcert=/home/me@corp/ca.pem";
        url "postgres://app:k3y@ep-cool-1.eu.neon.example/shop?sslmode=require&options=endpoint%3Dep-cool-1" => "app|k3y|ep-cool-1.eu.neon.example|shop|options=endpoint=ep-cool-1 sslmode=require";
        url "postgres://app:k3y@ep-cool-1-pooler.eu.neon.example/shop?sslmode=require&channel_binding=require" => "app|k3y|ep-cool-1-pooler.eu.neon.example|shop|channel_binding=require sslmode=require";
        url "postgres://app:endpoint%3Dep-cool-1%3Bk3y@ep-cool-1.eu.neon.example/shop?sslmode=require" => "app|endpoint=ep-cool-1;k3y|ep-cool-1.eu.neon.example|shop|sslmode=require";
        url "postgres://app:endpoint=ep-cool-1;k3y@ep-cool-1.eu.neon.example/shop?sslmode=require" => "app|endpoint=ep-cool-1;k3y|ep-cool-1.eu.neon.example|shop|sslmode=require";
        url "postgres://app:k3y@ep-cool-1.eu.neon.example/shop?options=project%3Dep-cool-1%20-c%20search_path%3Da" => "app|k3y|ep-cool-1.eu.neon.example|shop|options=project=ep-cool-1 -c search_path=a";
    }
}

#[test]
fn paths_that_hold_an_at_sign() {
    meant! {
        url "postgres://app:k3y@db.example/shop?sslrootcert=/home/me@corp/ca.pem&sslmode=verify-ca" => "app|k3y|db.example|shop|sslmode=verify-ca sslrootcert=/home/me@corp/ca.pem";
        url "postgres://app:k3y@db.example/shop?sslmode=verify-full&sslcert=/home/me@corp/c.pem&sslkey=/home/me@corp/c.key" => "app|k3y|db.example|shop|sslcert=/home/me@corp/c.pem sslkey=/home/me@corp/c.key sslmode=verify-full";
        url "postgres://db.example/shop?passfile=/home/me@corp/.pgpass" => "-|-|db.example|shop|passfile=/home/me@corp/.pgpass";
        url "postgres://db.example?sslrootcert=/home/me@corp/ca.pem&sslmode=verify-full" => "-|-|db.example|-|sslmode=verify-full sslrootcert=/home/me@corp/ca.pem";
        url "mysql://app:k3y@db.example/shop?ssl-ca=/home/me@corp/ca.pem" => "app|k3y|db.example|shop|ssl_ca=/home/me@corp/ca.pem ssl_mode=verify_ca";
        url "mysql://app:k3y@/shop?socket=/run/mysqld@main.sock" => "app|k3y|/run/mysqld@main.sock|shop";
        url "mongodb://app:k3y@db.example/shop?tls=true&tlsCAFile=/home/me@corp/ca.pem" => "app|k3y|db.example|shop|tls=true tlsCAFile=/home/me@corp/ca.pem";
        url "rediss://app:k3y@cache.example/0?ssl_ca_certs=/home/me@corp/ca.pem" => "app|k3y|cache.example|0|ssl_ca_certs=/home/me@corp/ca.pem";
        url "amqps://app:k3y@mq.example/vh?cacertfile=/home/me@corp/ca.pem" => "app|k3y|mq.example|vh|cacertfile=/home/me@corp/ca.pem";
        url "unix:///run/redis@main.sock" => "-|-|/run/redis@main.sock|-";
    }
}

#[test]
fn email_addresses_as_users() {
    meant! {
        url "postgres://db.example/shop?user=me@corp.example&password=k3y" => "me@corp.example|k3y|db.example|shop";
        url "postgres://db.example:5432/shop?user=me@corp.example" => "me@corp.example|-|db.example:5432|shop";
        url "postgres://me%40corp.example:k3y@db.example/shop" => "me@corp.example|k3y|db.example|shop";
        url "mysql://db.example/shop?user=me@corp.example&password=k3y" => "me@corp.example|k3y|db.example|shop";
        url "mysql://db.example:3306/shop?user=me@corp.example" => "me@corp.example|-|db.example:3306|shop";
        jdbc "jdbc:postgresql://db.example:5432/shop?user=me@corp.example&password=k3y" => "me@corp.example|k3y|db.example:5432|shop";
        jdbc "jdbc:mysql://db.example:3306/shop?user=me@corp.example&password=k3y" => "me@corp.example|k3y|db.example:3306|shop";
        jdbc "jdbc:mariadb://db.example:3306/shop?user=me@corp.example&password=p@ss/w0rd" => "me@corp.example|p@ss/w0rd|db.example:3306|shop";
        url "redis://cache.example:6379/0?username=me@corp.example&password=k3y" => "me@corp.example|k3y|cache.example:6379|0";
        url "user=me@corp.example host=db.example dbname=shop" => "me@corp.example|-|db.example|shop";
        url "host=db.example user=app password=p@ss/w?rd#1" => "app|p@ss/w?rd#1|db.example|-";
    }
}

#[test]
fn passwords_that_need_no_escape() {
    meant! {
        url "postgres://app:aGVsbG8rd29ybGQ=@db.example:5432/shop" => "app|aGVsbG8rd29ybGQ=|db.example:5432|shop";
        url "postgres://app:aGVsbG8+d29ybGQ==@db.example/shop" => "app|aGVsbG8+d29ybGQ==|db.example|shop";
        url "postgres://app:pa$word@db.example/shop" => "app|pa$word|db.example|shop";
        url "postgres://app:$PW$@db.example/shop" => "app|$PW$|db.example|shop";
        url "postgres://app:p:a:s:s@db.example/shop" => "app|p:a:s:s|db.example|shop";
        url "postgres://app:pw!*'(),;~-._@db.example/shop" => "app|pw!*'(),;~-._|db.example|shop";
        url "postgres://app:pässwörd@db.example/shop" => "app|pässwörd|db.example|shop";
        url "postgres://app:%20k3y%20@db.example/shop" => "app| k3y |db.example|shop";
        url "postgres://app:p&a=b;c@db.example/shop" => "app|p&a=b;c|db.example|shop";
        url "postgres://app:[k3y]1@db.example/shop" => "app|[k3y]1|db.example|shop";
        url "mysql://app:aGVsbG8+d29ybGQ=@db.example:3306/shop" => "app|aGVsbG8+d29ybGQ=|db.example:3306|shop";
        url "mysql://app:pa$word@db.example/shop" => "app|pa$word|db.example|shop";
        url "mysql://app:k3y!%40%24%25%5E%26*()z%3A@db.example/shop" => "app|k3y!@$%^&*()z:|db.example|shop";
        url "mysql://app:p:a:s:s@db.example/shop" => "app|p:a:s:s|db.example|shop";
        url "mysql://app:p(w[x@db.example/shop" => "app|p(w[x|db.example|shop";
        url "redis://app:aGVsbG8+d29ybGQ=@cache.example:6379/0" => "app|aGVsbG8+d29ybGQ=|cache.example:6379|0";
        url "redis://:k3y@cache.example:6379" => "|k3y|cache.example:6379|-";
        url "mongodb://app:pa$word@db.example/shop" => "app|pa$word|db.example|shop";
        url "amqp://app:p;a,s&s@mq.example/vh" => "app|p;a,s&s|mq.example|vh";
        url "sqlserver://app:pa$$word!@db.example:1433?database=shop" => "app|pa$$word!|db.example:1433|shop";
    }
}

#[test]
fn hosts() {
    meant! {
        url "postgres://app:k3y@[2001:db8::1]:5432/shop" => "app|k3y|[2001:db8::1]:5432|shop";
        url "postgres://app:k3y@[fe80::1%25eth0]:5432/shop" => "app|k3y|[fe80::1%eth0]:5432|shop";
        url "postgres://[::1]/shop" => "-|-|[::1]|shop";
        url "mysql://app:k3y@[2001:db8::1]:3306/shop" => "app|k3y|[2001:db8::1]:3306|shop";
        url "mysql://app:k3y@[fe80::1%25eth0]/shop" => "app|k3y|[fe80::1%eth0]|shop";
        url "redis://[::1]:6379/0" => "-|-|[::1]:6379|0";
        url "mongodb://app:k3y@[2001:db8::1]:27017,db2.example/shop?replicaSet=rs0" => "app|k3y|[2001:db8::1]:27017,db2.example|shop|replicaSet=rs0";
        url "host=::1 user=app dbname=shop" => "app|-|[::1]|shop";
        url "host=fe80::1%eth0 port=5432" => "-|-|[fe80::1%eth0]:5432|-";
        url "host=::1,db.example port=5432,5433 dbname=shop" => "-|-|[::1]:5432,db.example:5433|shop";
        url "postgres:///shop?host=::1&port=5433" => "-|-|[::1]:5433|shop";
        url "mysql:///shop?host=::1" => "-|-|[::1]|shop";
        go "app:k3y@tcp([2001:db8::1]:3306)/shop" => "app|k3y|[2001:db8::1]:3306|shop";
        url "postgres://app:k3y@db1.example:5432,db2.example:5433/shop?target_session_attrs=read-write" => "app|k3y|db1.example:5432,db2.example:5433|shop|target_session_attrs=read-write";
        url "postgres://app:k3y@db1.example,db2.example/shop?target_session_attrs=any&load_balance_hosts=random" => "app|k3y|db1.example,db2.example|shop|load_balance_hosts=random target_session_attrs=any";
        url "postgresql+psycopg2://app:k3y@/shop?host=db1:5432&host=db2:5433" => "app|k3y|db1:5432,db2:5433|shop";
        url "postgresql+asyncpg://app:k3y@/shop?host=db1&host=db2" => "app|k3y|db1,db2|shop";
        url "mysql://app:k3y@db1.example:3306,db2.example:3307/shop" => "app|k3y|db1.example:3306,db2.example:3307|shop";
        url "mysqlx://app:k3y@[(address=db1.example:33060, priority=100), (address=db2.example:33060, priority=90)]/shop" => "app|k3y|db1.example:33060/100,db2.example:33060/90|shop";
        url "mysqlx+srv://app:k3y@db.example/shop" => "app|k3y|db.example|shop";
        url "postgres://db_primary/shop" => "-|-|db_primary|shop";
        url "postgres://localhost" => "-|-|localhost|-";
        url "postgres://127.0.0.1:5433/shop" => "-|-|127.0.0.1:5433|shop";
        url "postgres://app@/shop" => "app|-||shop";
        url "postgres:///shop" => "-|-||shop";
        url "postgres:///?host=@sock" => "-|-|@sock|-";
        url "postgres:///shop?host=/var/run/postgresql" => "-|-|/var/run/postgresql|shop";
        url "postgres://%2Fvar%2Frun%2Fpostgresql/shop" => "-|-|/var/run/postgresql|shop";
        url "host=/var/run/postgresql dbname=shop" => "-|-|/var/run/postgresql|shop";
        url "host=@pg user=app" => "app|-|@pg|-";
        url "postgres://app:k3y@/shop?host=/run/pg@main" => "app|k3y|/run/pg@main|shop";
        url "mysql://app@(/run/mysqld.sock)/shop" => "app|-|/run/mysqld.sock|shop";
        url "mysql://app:k3y@db.example/shop?socket=/run/mysqld.sock" => "app|k3y|db.example,/run/mysqld.sock|shop";
    }
}

#[test]
fn schemes() {
    meant! {
        url "postgis://app:k3y@db.example/gis" => "app|k3y|db.example|gis";
        url "timescaledb://app:k3y@db.example/ts" => "app|k3y|db.example|ts";
        url "redshift://app:k3y@cluster.redshift.example:5439/dev" => "app|k3y|cluster.redshift.example:5439|dev";
        url "POSTGRES://app:k3y@db.example/shop" => "app|k3y|db.example|shop";
        url "postgresql+psycopg://app:k3y@db.example/shop" => "app|k3y|db.example|shop";
        url "mysql2://app:k3y@db.example/shop" => "app|k3y|db.example|shop";
        url "trilogy://app:k3y@db.example/shop?ssl_mode=verify_identity" => "app|k3y|db.example|shop|ssl_mode=verify_identity";
        url "mariadb+mariadbconnector://app:k3y@db.example/shop" => "app|k3y|db.example|shop";
        url "mysqlgis://app:k3y@db.example/gis" => "app|k3y|db.example|gis";
        url "vitess://app:k3y@db.example/shop" => "app|k3y|db.example|shop";
    }
}

#[test]
fn names_of_frameworks_and_drivers() {
    meant! {
        url "postgres://app:k3y@db.example/shop?pool=5&reconnect=true" => "app|k3y|db.example|shop|pool=5 reconnect=true";
        url "postgres://app:k3y@db.example/shop?schema=public&connection_limit=5&pool_timeout=2&pgbouncer=true" => "app|k3y|db.example|shop|connection_limit=5 pgbouncer=true pool_timeout=2 schema=public";
        url "postgres://app:k3y@db.example/shop?conn_max_age=600&conn_health_checks=true" => "app|k3y|db.example|shop|conn_health_checks=true conn_max_age=600";
        url "postgres://app:k3y@db.example/shop?replica=true&catalog=x&cache_size=5" => "app|k3y|db.example|shop|cache_size=5 catalog=x replica=true";
        url "postgres://app:k3y@db.example/shop?statement_timeout=5000&search_path=a,b" => "app|k3y|db.example|shop|search_path=a,b statement_timeout=5000";
        url "postgres://app:k3y@db.example/shop?application_name=web.1&connect_timeout=10&keepalives=1" => "app|k3y|db.example|shop|application_name=web.1 connect_timeout=10 keepalives=1";
        url "postgres://app:k3y@db.example/shop?sslmode=require&sslnegotiation=direct" => "app|k3y|db.example|shop|sslmode=require sslnegotiation=direct";
        url "postgres://app:k3y@db.example/shop?ssl=true" => "app|k3y|db.example|shop|sslmode=require";
        url "postgres://app:k3y@db.example/shop?options=-c%20statement_timeout%3D5s" => "app|k3y|db.example|shop|options=-c statement_timeout=5s";
        url "postgres://app:k3y@db.example/shop?classLoader=x&cancelSignalTimeout=10" => "app|k3y|db.example|shop|cancelSignalTimeout=10 classLoader=x";
        url "mysql://app:k3y@db.example/shop?reconnect=true" => "app|k3y|db.example|shop|reconnect=true";
        url "mysql://app:k3y@db.example/shop?replica=true&catalog=x&cache_size=5" => "app|k3y|db.example|shop|cache_size=5 catalog=x replica=true";
        url "mysql://app:k3y@db.example/shop?charset=utf8mb4&collation=utf8mb4_unicode_ci&timezone=%2B02:00" => "app|k3y|db.example|shop|charset=utf8mb4 collation=utf8mb4_unicode_ci timezone=+02:00";
        url "mysql://app:k3y@db.example/shop?connection_limit=5&pool_timeout=2&connect_timeout=10" => "app|k3y|db.example|shop|connect_timeout_ms=10000 pool_max=5 pool_timeout=2";
        url "mysql://app:k3y@db.example/shop?sslaccept=strict" => "app|k3y|db.example|shop|ssl_mode=verify_identity";
        url "mysql://app:k3y@db.example/shop?require_ssl=true&verify_ca=true" => "app|k3y|db.example|shop|ssl_mode=verify_identity";
        url "mysql://app:k3y@db.example/shop?init_command=SET%20sql_mode%3D%27ANSI%27" => "app|k3y|db.example|shop|init_command=SET sql_mode='ANSI'";
        url "mysql://app:k3y@db.example/shop?ssl={\"rejectUnauthorized\":true}" => "app|k3y|db.example|shop|ssl_mode=verify_ca";
        url "mysql+pymysql://app:k3y@db.example/shop?charset=utf8mb4&ssl_ca=/etc/ca.pem" => "app|k3y|db.example|shop|charset=utf8mb4 ssl_ca=/etc/ca.pem ssl_mode=verify_ca";
    }
}

#[test]
fn jdbc() {
    meant! {
        jdbc "jdbc:postgresql://db.example:5432/shop" => "-|-|db.example:5432|shop";
        jdbc "jdbc:postgresql://db.example:5432/shop?sslmode=verify-full&ApplicationName=web" => "-|-|db.example:5432|shop|application_name=web sslmode=verify-full";
        jdbc "jdbc:postgresql://db1.example:5432,db2.example:5433/shop?targetServerType=primary" => "-|-|db1.example:5432,db2.example:5433|shop|target_session_attrs=primary";
        jdbc "jdbc:postgresql:shop" => "-|-||shop";
        jdbc "jdbc:postgresql://db.example/shop?currentSchema=app&prepareThreshold=0&cancelSignalTimeout=10&reWriteBatchedInserts=true" => "-|-|db.example|shop|cancelSignalTimeout=10 currentSchema=app prepareThreshold=0 reWriteBatchedInserts=true";
        jdbc "jdbc:mysql://db.example:3306/shop" => "-|-|db.example:3306|shop";
        jdbc "jdbc:mysql://app:k3y@db.example:3306/shop?useSSL=true&requireSSL=true" => "app|k3y|db.example:3306|shop|ssl_mode=required";
        jdbc "jdbc:mysql://db.example:3306/shop?sessionVariables=sql_mode='ANSI',time_zone='%2B00:00'" => "-|-|db.example:3306|shop|sessionVariables=sql_mode='ANSI',time_zone='+00:00'";
        jdbc "jdbc:mysql://db.example/shop?characterEncoding=UTF-8&serverTimezone=UTC&useUnicode=true" => "-|-|db.example|shop|charset=utf8mb4 timezone=UTC useUnicode=true";
        jdbc "jdbc:mysql://db.example/shop?sslMode=VERIFY_IDENTITY&trustCertificateKeyStoreUrl=file:/etc/ca.p12" => "-|-|db.example|shop|ssl_ca=file:/etc/ca.p12 ssl_mode=verify_identity";
        jdbc "jdbc:mysql://db.example/shop?sessionVariables=a=1;b=2" => "-|-|db.example|shop|sessionVariables=a=1;b=2";
        jdbc "jdbc:mysql://address=(host=db1.example)(port=3306),address=(host=db2.example)(port=3307)/shop" => "-|-|db1.example:3306,db2.example:3307|shop";
        jdbc "jdbc:mysql://[(host=db1.example,port=3306),(host=db2.example,port=3307)]/shop" => "-|-|db1.example:3306,db2.example:3307|shop";
        jdbc "jdbc:mysql:loadbalance://db1.example:3306,db2.example:3307/shop" => "-|-|db1.example:3306,db2.example:3307|shop";
        jdbc "jdbc:mysql:replication://db1.example,db2.example/shop?allowPublicKeyRetrieval=true" => "-|-|db1.example,db2.example|shop|allow_public_key_retrieval=true";
        jdbc "jdbc:mariadb://db.example:3306/shop?user=app&password=k3y+/=" => "app|k3y+/=|db.example:3306|shop";
        jdbc "jdbc:mariadb:sequential://db1.example,db2.example/shop?classLoader=x" => "-|-|db1.example,db2.example|shop|classLoader=x";
        jdbc "jdbc:mariadb://db.example/shop?sslMode=verify-full&serverSslCert=/etc/ca.pem" => "-|-|db.example|shop|ssl_ca=/etc/ca.pem ssl_mode=verify_identity";
    }
}

#[test]
fn go_dsns() {
    meant! {
        go "app:k3y@tcp(db.example:3306)/shop?parseTime=true&loc=Local" => "app|k3y|db.example:3306|shop|loc=Local parseTime=true";
        go "app:p@ss:w/rd?x#1@tcp(db.example:3306)/shop" => "app|p@ss:w/rd?x#1|db.example:3306|shop";
        go "app@unix(/run/mysqld/mysqld.sock)/shop" => "app|-|/run/mysqld/mysqld.sock|shop";
        go "app:k3y@/shop" => "app|k3y||shop";
        go "app:k3y@tcp(db.example)/shop?charset=utf8mb4&collation=utf8mb4_unicode_ci&tls=true" => "app|k3y|db.example|shop|charset=utf8mb4 collation=utf8mb4_unicode_ci ssl_mode=verify_identity";
        go "app:k3y@cloudsql(proj:europe-west1:db)/shop" => "app|k3y||shop|address=proj:europe-west1:db net=cloudsql";
        go "app:k3y@tcp(db.example)/shop?time_zone=%27Europe%2FBerlin%27" => "app|k3y|db.example|shop|timezone=Europe/Berlin";
    }
}

#[test]
fn sqlite() {
    meant! {
        url "sqlite:////srv/app.db" => "-|-||/srv/app.db";
        url "sqlite:///app.db" => "-|-||app.db";
        url "sqlite:app.db" => "-|-||app.db";
        url "sqlite::memory:" => "-|-||:memory:";
        url "sqlite://:memory:" => "-|-||:memory:";
        url "sqlite3:db/dev.sqlite3" => "-|-||db/dev.sqlite3";
        url "sqlite+aiosqlite:///app.db" => "-|-||app.db";
        url "sqlite:///C:/data/app.db" => "-|-||C:/data/app.db";
        url "sqlite:///app.db?_pragma=busy_timeout(5000)&_pragma=journal_mode(WAL)" => "-|-||app.db|_pragma=busy_timeout(5000) _pragma=journal_mode(WAL)";
        url "file:app.db?_pragma=foreign_keys(1)&_pragma=synchronous(NORMAL)&_time_format=sqlite" => "-|-||app.db|_pragma=foreign_keys(1) _pragma=synchronous(NORMAL) _time_format=sqlite";
        url "file:app.db?mode=ro" => "-|-||app.db|mode=ro";
        url "file:/srv/app.db?mode=rwc&cache=shared" => "-|-||/srv/app.db|cache=shared mode=rwc";
        url "sqlite:///dir@corp/app.db" => "-|-||dir@corp/app.db";
        url "sqlite+pysqlcipher://:k3y@/app.db?cipher=aes-256-cfb" => "-|k3y||app.db|cipher=aes-256-cfb";
    }
}

#[test]
fn services() {
    meant! {
        url "redis://cache.example:6379/0" => "-|-|cache.example:6379|0";
        url "rediss://app:k3y@cache.example:6380/1?client_name=web" => "app|k3y|cache.example:6380|1|client_name=web";
        url "redis://cache1.example:6379,cache2.example:6379/0" => "-|-|cache1.example:6379,cache2.example:6379|0";
        url "redis+sentinel://s1.example:26379,s2.example:26379/main/0" => "-|-|s1.example:26379,s2.example:26379|0|service=main";
        url "redis+socket:///run/redis.sock" => "-|-|/run/redis.sock|-";
        url "valkey://:k3y@cache.example/0" => "|k3y|cache.example|0";
        url "mongodb://app:k3y@m1.example:27017,m2.example:27017/shop?replicaSet=rs0&authSource=admin&retryWrites=true&w=majority" => "app|k3y|m1.example:27017,m2.example:27017|shop|authSource=admin replicaSet=rs0 retryWrites=true w=majority";
        url "mongodb+srv://app:k3y@c0.example/shop?retryWrites=true&w=majority&appName=web" => "app|k3y|c0.example|shop|appName=web retryWrites=true w=majority";
        url "mongodb://CN%3Dapp@db.example/$external?authMechanism=MONGODB-X509&tls=true" => "CN=app|-|db.example|$external|authMechanism=MONGODB-X509 tls=true";
        url "mongodb://app:k3y@db.example/?authSource=$external&authMechanism=PLAIN" => "app|k3y|db.example|-|authMechanism=PLAIN authSource=$external";
        url "mongodb://app:k3y@%2Ftmp%2Fmongodb-27017.sock/shop" => "app|k3y|/tmp/mongodb-27017.sock|shop";
        url "mongodb://app:k3y@db.example/?readPreference=secondary&readPreferenceTags=dc:ny,rack:1&readPreferenceTags=dc:ny" => "app|k3y|db.example|-|readPreference=secondary readPreferenceTags=dc:ny readPreferenceTags=dc:ny,rack:1";
        url "amqp:///%2f" => "-|-||/";
        url "amqp://app:k3y@mq.example:5672/%2F" => "app|k3y|mq.example:5672|/";
        url "amqps://app:k3y@mq.example/vh?heartbeat=30&verify=verify_peer" => "app|k3y|mq.example|vh|heartbeat=30 verify=verify_peer";
        url "amqp://app:k3y@mq1.example,mq2.example/vh" => "app|k3y|mq1.example,mq2.example|vh";
        url "neo4j+s://app:k3y@graph.example:7687/movies" => "app|k3y|graph.example:7687|movies";
        url "bolt+ssc://graph.example" => "-|-|graph.example|-";
        url "sqlserver://app:k3y@db.example:1433?database=shop&encrypt=true" => "app|k3y|db.example:1433|shop|encrypt=true";
        url "sqlserver://app:k3y@db.example/SQLEXPRESS?database=shop" => "app|k3y|db.example|shop|instance=SQLEXPRESS";
        url "mssql+pyodbc://app:k3y@db.example/shop?driver=ODBC+Driver+18+for+SQL+Server" => "app|k3y|db.example|shop|driver=ODBC Driver 18 for SQL Server";
        url "oracle://app:k3y@db.example:1521/?service_name=shop" => "app|k3y|db.example:1521|-|service_name=shop";
        url "oracle+oracledb://app:k3y@db.example:1521/ORCL" => "app|k3y|db.example:1521|ORCL";
        url "ldap://cn=admin,dc=example:k3y@dir.example/dc=example?uid?sub?(cn=x)" => "cn=admin,dc=example|k3y|dir.example|dc=example|uid?sub?(cn=x)";
        url "ldaps://dir.example" => "-|-|dir.example|-";
        url "elasticsearch://app:k3y@es1.example:9200" => "app|k3y|es1.example:9200|-";
        url "nats://app:k3y@n1.example:4222,nats://app:k3y@n2.example:4222" => "app|k3y|n1.example:4222,n2.example:4222|-";
        url "kafka+ssl://k1.example:9096,kafka+ssl://k2.example:9096" => "-|-|k1.example:9096,k2.example:9096|-";
        url "memcached://mc1.example:11211,mc2.example:11211" => "-|-|mc1.example:11211,mc2.example:11211|-";
        url "smtp://app:k3y@mail.example:587" => "app|k3y|mail.example:587|-";
        url "snowflake://app:k3y@acct-x1/shop/public?warehouse=wh&role=r" => "app|k3y|acct-x1|shop/public|role=r warehouse=wh";
        url "clickhouse://app:k3y@ch.example:9000/shop" => "app|k3y|ch.example:9000|shop";
    }
}
