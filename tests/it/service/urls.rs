//! The other services: what every scheme, path and parameter means, what is rejected and where, and what is shown.

use crate::common::{Failures, marked};
use database_url::service::{Config, Tls};
use database_url::{Component, Database, Engine, ErrorKind, SecretStr};

/// What a config says, as a table writes it.
fn facts(config: &Config) -> String {
    let mut facts = vec![config.engine().to_string()];
    let mut add = |name: &str, value: Option<String>| {
        facts.extend(value.map(|value| format!("{name}={value}")));
    };
    let quoted = |text: Option<&str>| text.map(|text| format!("{text:?}"));
    add("user", quoted(config.user()));
    add("password", quoted(config.password().map(SecretStr::expose)));
    for host in config.hosts() {
        let port = host
            .port()
            .map_or_else(String::new, |port| format!(":{port}"));
        add(
            "host",
            Some(format!("{}{port}", host.host().unwrap_or_default())),
        );
    }
    add("socket", config.socket().map(str::to_owned));
    add("db", quoted(config.dbname()));
    add(
        "index",
        config.database_index().map(|index| index.to_string()),
    );
    add("vhost", quoted(config.vhost()));
    add("instance", config.instance().map(str::to_owned));
    add("sentinel", config.sentinel_service().map(str::to_owned));
    add("schema", config.schema().map(str::to_owned));
    add("source", config.auth_source().map(str::to_owned));
    add("set", config.replica_set().map(str::to_owned));
    let flags = [
        ("srv", config.is_srv()),
        ("routed", config.is_routed()),
        ("http", config.is_http()),
    ];
    facts.extend(
        flags
            .iter()
            .filter(|(_, is)| *is)
            .map(|(name, _)| (*name).to_owned()),
    );
    facts.push(format!("tls={}", config.tls()));
    facts.push(format!(":{}", config.default_port()));
    facts.extend(
        config
            .extras()
            .map(|extra| format!("?{}={}", extra.name(), extra.value().expose())),
    );
    facts.extend(
        config
            .warnings()
            .map(|warning| format!("!{}", warning.code())),
    );
    facts.join(" ")
}

/// Each text with what it says; what is rendered says the same.
#[rustfmt::skip] // a table: one row per line
const ACCEPTED: &[(&str, &str)] = &[
    // Redis and Valkey.
    ("redis://", "redis tls=off :6379"),
    ("redis://cache.test", "redis host=cache.test tls=off :6379"),
    ("redis://:k3y@cache.test:6390/2", r#"redis user="" password="k3y" host=cache.test:6390 db="2" index=2 tls=off :6379"#),
    ("redis://h:k3y@cache.test/", r#"redis user="h" password="k3y" host=cache.test tls=off :6379"#),
    ("REDISS://default:k3y@cache.test:25061/0/", r#"redis user="default" password="k3y" host=cache.test:25061 db="0" index=0 tls=on :6379"#),
    ("valkey://cache.test/007", r#"redis host=cache.test db="007" index=7 tls=off :6379"#),
    ("valkeys://cache.test", "redis host=cache.test tls=on :6379"),
    ("redis://u:@cache.test", r#"redis user="u" password="" host=cache.test tls=off :6379"#),
    ("redis://u@cache.test", r#"redis user="u" host=cache.test tls=off :6379"#),
    ("redis://a:7000,b:7001,c/1", r#"redis host=a:7000 host=b:7001 host=c db="1" index=1 tls=off :6379"#),
    ("redis://[2001:db8::1]:6380/1", r#"redis host=2001:db8::1:6380 db="1" index=1 tls=off :6379"#),
    ("redis://cache.test?db=3", r#"redis host=cache.test db="3" index=3 tls=off :6379"#),
    ("redis://cache.test/3?DB=3&timeout=5", r#"redis host=cache.test db="3" index=3 tls=off :6379 ?timeout=5"#),
    ("redis://cache.test?password=k3y&username=nora", r#"redis user="nora" password="k3y" host=cache.test tls=off :6379"#),
    ("redis://cache.test?password=k%2By", r#"redis password="k+y" host=cache.test tls=off :6379"#),
    ("rediss://cache.test?ssl_cert_reqs=none", "redis host=cache.test tls=unverified :6379 ?ssl_cert_reqs=none"),
    ("rediss://cache.test?ssl=true&ssl_cert_reqs=required", "redis host=cache.test tls=on :6379 ?ssl=true ?ssl_cert_reqs=required"),
    ("redis://cache.test?ssl=false", "redis host=cache.test tls=off :6379 ?ssl=false"),
    ("redis+sentinel://s1:26379,s2/main/4", r#"redis host=s1:26379 host=s2 db="4" index=4 sentinel=main tls=off :26379"#),
    ("rediss+sentinel://s1/main", "redis host=s1 sentinel=main tls=on :26379"),
    ("valkey+sentinel://s1/4", r#"redis host=s1 db="4" index=4 tls=off :26379"#),
    ("unix:///run/redis.sock", "redis socket=/run/redis.sock tls=off :0"),
    ("unix://u:pw@/run/redis%20a.sock?db=2", r#"redis user="u" password="pw" socket=/run/redis a.sock db="2" index=2 tls=off :0"#),
    ("redis+unix:///run/redis.sock?db=1", r#"redis socket=/run/redis.sock db="1" index=1 tls=off :6379"#),
    ("redis+socket:///run/redis.sock?virtual_host=1", r#"redis socket=/run/redis.sock db="1" index=1 tls=off :6379"#),
    ("valkey+socket:///run/v.sock", "redis socket=/run/v.sock tls=off :6379"),
    ("redis://%2Frun%2Fredis.sock/1", r#"redis socket=/run/redis.sock db="1" index=1 tls=off :6379"#),
    // MongoDB.
    ("mongodb://m.test", "mongodb host=m.test tls=off :27017"),
    ("mongodb://nora:p%40ss@m1.test:27017,m2.test:27018/shop?replicaSet=rs0&authSource=admin", r#"mongodb user="nora" password="p@ss" host=m1.test:27017 host=m2.test:27018 db="shop" source=admin set=rs0 tls=off :27017 ?replicaSet=rs0 ?authSource=admin"#),
    ("mongodb://m.test/?authsource=admin", "mongodb host=m.test source=admin tls=off :27017 ?authsource=admin"),
    ("mongodb://m.test?w=1", "mongodb host=m.test tls=off :27017 ?w=1"),
    ("mongodb://nora@%2Ftmp%2Fmongodb-27017.sock/shop", r#"mongodb user="nora" socket=/tmp/mongodb-27017.sock db="shop" tls=off :27017"#),
    ("mongodb+srv://nora:pw@c0.test/shop?retryWrites=true&w=majority", r#"mongodb user="nora" password="pw" host=c0.test db="shop" srv tls=on :27017 ?retryWrites=true ?w=majority"#),
    ("mongodb+srv://c0.test/?tls=false", "mongodb host=c0.test srv tls=off :27017 ?tls=false"),
    ("mongodb://m.test/?tls=true", "mongodb host=m.test tls=on :27017 ?tls=true"),
    ("mongodb://m.test/?ssl=true&tls=true", "mongodb host=m.test tls=on :27017 ?ssl=true ?tls=true"),
    ("mongodb://m.test/?tlsCAFile=%2Fca.pem", "mongodb host=m.test tls=on :27017 ?tlsCAFile=/ca.pem"),
    ("mongodb://m.test/?tls=true&tlsAllowInvalidCertificates=true", "mongodb host=m.test tls=unverified :27017 ?tls=true ?tlsAllowInvalidCertificates=true"),
    ("mongodb://m.test/?tlsInsecure=true", "mongodb host=m.test tls=unverified :27017 ?tlsInsecure=true"),
    ("mongodb://m.test/?tlsInsecure=false", "mongodb host=m.test tls=off :27017 ?tlsInsecure=false"),
    ("mongodb://m.test/?readPreferenceTags=dc:ny&readPreferenceTags=", "mongodb host=m.test tls=off :27017 ?readPreferenceTags=dc:ny ?readPreferenceTags="),
    ("mongodb://m.test/?w=1&w=2", "mongodb host=m.test tls=off :27017 ?w=1 ?w=2 !repeated-setting"),
    // AMQP: the three vhosts that look alike.
    ("amqp://nora:pw@rabbit.test/qwertyuv", r#"amqp user="nora" password="pw" host=rabbit.test db="qwertyuv" vhost="qwertyuv" tls=off :5672"#),
    ("amqp://rabbit.test", "amqp host=rabbit.test tls=off :5672"),
    ("amqp://rabbit.test/", r#"amqp host=rabbit.test db="" vhost="" tls=off :5672"#),
    ("amqp://rabbit.test/%2F", r#"amqp host=rabbit.test db="/" vhost="/" tls=off :5672"#),
    ("amqp://rabbit.test/%2f?heartbeat=30", r#"amqp host=rabbit.test db="/" vhost="/" tls=off :5672 ?heartbeat=30"#),
    ("amqp://rabbit.test?heartbeat=30", "amqp host=rabbit.test tls=off :5672 ?heartbeat=30"),
    ("amqps://rabbit.test/v?verify=verify_none", r#"amqp host=rabbit.test db="v" vhost="v" tls=unverified :5671 ?verify=verify_none"#),
    ("amqps://rabbit.test/v?cacertfile=%2Fca.pem", r#"amqp host=rabbit.test db="v" vhost="v" tls=on :5671 ?cacertfile=/ca.pem"#),
    // Neo4j, and what GrapheneDB hands out.
    ("bolt://graph.test", "neo4j host=graph.test tls=off :7687"),
    ("bolt+s://graph.test:24786", "neo4j host=graph.test:24786 tls=on :7687"),
    ("bolt+ssc://graph.test", "neo4j host=graph.test tls=unverified :7687"),
    ("bolt+routing://graph.test:7687", "neo4j host=graph.test:7687 routed tls=off :7687"),
    ("neo4j://graph.test/movies", r#"neo4j host=graph.test db="movies" routed tls=off :7687"#),
    ("neo4j+s://abc.databases.test", "neo4j host=abc.databases.test routed tls=on :7687"),
    ("neo4j+ssc://graph.test?policy=eu", "neo4j host=graph.test routed tls=unverified :7687 ?policy=eu"),
    ("http://app:pw@hobby.test:24789/", r#"neo4j user="app" password="pw" host=hobby.test:24789 http tls=off :7474"#),
    ("https://app:pw@hobby.test:24780/db/data/", r#"neo4j user="app" password="pw" host=hobby.test:24780 db="db/data/" http tls=on :7473"#),
    // SQL Server: an instance or a database.
    ("sqlserver://nora:pw@ms.test:1433?database=shop", r#"sqlserver user="nora" password="pw" host=ms.test:1433 db="shop" tls=driver-default :1433"#),
    ("sqlserver://ms.test/SQLEXPRESS?database=shop", r#"sqlserver host=ms.test db="shop" instance=SQLEXPRESS tls=driver-default :1433"#),
    ("sqlserver://ms.test?user+id=nora&password=pw&encrypt=true", r#"sqlserver user="nora" password="pw" host=ms.test tls=on :1433 ?encrypt=true"#),
    ("sqlserver://ms.test?encrypt=disable", "sqlserver host=ms.test tls=off :1433 ?encrypt=disable"),
    ("sqlserver://ms.test?encrypt=strict&TrustServerCertificate=false", "sqlserver host=ms.test tls=on :1433 ?encrypt=strict ?TrustServerCertificate=false"),
    ("sqlserver://ms.test?encrypt=true&trustservercertificate=true", "sqlserver host=ms.test tls=unverified :1433 ?encrypt=true ?trustservercertificate=true"),
    ("mssql://nora:pw@ms.test/shop/", r#"mssql user="nora" password="pw" host=ms.test db="shop" tls=driver-default :1433"#),
    ("mssql+pyodbc://ms.test/shop?driver=ODBC+Driver+18", r#"mssql host=ms.test db="shop" tls=driver-default :1433 ?driver=ODBC Driver 18"#),
    ("ms://ms.test/shop", r#"ms host=ms.test db="shop" tls=driver-default :1433"#),
    ("mssqlms://ms.test/shop", r#"mssqlms host=ms.test db="shop" tls=driver-default :1433"#),
    ("pyodbc://ms.test/shop", r#"pyodbc host=ms.test db="shop" tls=driver-default :1433"#),
    ("azuresql://ms.test/shop", r#"azuresql host=ms.test db="shop" tls=driver-default :1433"#),
    // The rest, handed through.
    ("oracle://nora:pw@ora.test:1521/ORCL", r#"oracle user="nora" password="pw" host=ora.test:1521 db="ORCL" tls=driver-default :1521"#),
    ("oracle+cx_oracle://nora:pw@shop_tns", r#"oracle user="nora" password="pw" host=shop_tns tls=driver-default :1521"#),
    ("ldap://dir.test/dc=acme,dc=test", r#"ldap host=dir.test db="dc=acme,dc=test" tls=driver-default :389"#),
    ("ldaps://cn=admin:pw@dir.test/o=x??sub?(uid=n)", r#"ldaps user="cn=admin" password="pw" host=dir.test db="o=x" tls=on :636 ??sub?(uid=n)"#),
    ("elasticsearch://es.test/prefix", r#"elasticsearch host=es.test db="prefix" tls=driver-default :9200"#),
    ("elasticsearchs://es1.test,es2.test:9201", "elasticsearchs host=es1.test host=es2.test:9201 tls=on :9200"),
    ("memcached://mc1.test,mc2.test:11212", "memcached host=mc1.test host=mc2.test:11212 tls=driver-default :11211"),
    ("nats://nora:pw@nats.test:4222", r#"nats user="nora" password="pw" host=nats.test:4222 tls=driver-default :4222"#),
    ("nats://a.test,nats://b.test:4223", "nats host=a.test host=b.test:4223 tls=driver-default :4222"),
    ("kafka://k.test:9092", "kafka host=k.test:9092 tls=off :9092"),
    ("kafka+ssl://k1.test:9096,KAFKA+SSL://k2.test:9096", "kafka host=k1.test:9096 host=k2.test:9096 tls=on :9092"),
    ("kafka://u:pw@k1.test,kafka://u:pw@k2.test,k3.test/topic", r#"kafka user="u" password="pw" host=k1.test host=k2.test host=k3.test db="topic" tls=off :9092"#),
    ("smtp://apikey:SG.x@smtp.test:587", r#"smtp user="apikey" password="SG.x" host=smtp.test:587 tls=driver-default :25"#),
    ("smtp://smtp.test?tls=required", "smtp host=smtp.test tls=on :25 ?tls=required"),
    ("smtps://smtp.test?verify_peer=0", "smtps host=smtp.test tls=unverified :465 ?verify_peer=0"),
    ("smtps://smtp.test", "smtps host=smtp.test tls=on :465"),
    ("snowflake://nora:pw@acme-x1/shop/public?warehouse=wh", r#"snowflake user="nora" password="pw" host=acme-x1 db="shop/public" schema=public tls=on :443 ?warehouse=wh"#),
    ("clickhouse://nora:pw@ch.test/shop?secure=true", r#"clickhouse user="nora" password="pw" host=ch.test db="shop" tls=on :9000 ?secure=true"#),
    // Shared by all.
    ("redis://u:p@ss@cache.test", r#"redis user="u" password="p@ss" host=cache.test tls=off :6379 !at-sign-in-credentials"#),
    ("redis://u:[PASSWORD]@cache.test", r#"redis user="u" password="[PASSWORD]" host=cache.test tls=off :6379 !placeholder-password"#),
    ("redis://cache.test?ssl=false&ssl_cert_reqs=none", "redis host=cache.test tls=off :6379 ?ssl=false ?ssl_cert_reqs=none"),
    ("nats://n.test?sslthing=x", "nats host=n.test tls=driver-default :4222 ?sslthing=x !unknown-tls-name"),
    ("amqp://rabbit.test?&a&&b=1+2%2B&", "amqp host=rabbit.test tls=off :5672 ?a= ?b=1 2+ !parameter-without-value"),
];

#[test]
fn every_scheme_says_what_it_means() {
    let mut failures = Failures::default();
    for (text, expected) in ACCEPTED {
        let config: Config = match text.parse() {
            Ok(config) => config,
            Err(error) => {
                failures.rejected(text, &error);
                continue;
            }
        };
        failures.compare(text, facts(&config), (*expected).to_owned());
        let url = config.to_url().unwrap();
        match url.expose().parse::<Config>() {
            Ok(again) => failures.compare(url.expose(), again, config),
            Err(error) => failures.rejected(url.expose(), &error),
        }
    }
    failures.finish();
}

/// Each text, with marks round what the error points at, its kind and component, and a word of its help.
#[rustfmt::skip] // a table: one row per line
const REJECTED: &[(&str, ErrorKind, Component, &str)] = &[
    // Schemes.
    ("«postgres»://h/d", ErrorKind::WrongEngine, Component::Scheme, "postgres::Config"),
    ("«mysql+pymysql»://h/d", ErrorKind::WrongEngine, Component::Scheme, "mysql::Config"),
    ("«sqlite»:///app.db", ErrorKind::WrongEngine, Component::Scheme, "sqlite::Config"),
    ("«sqlite3»:app.db", ErrorKind::WrongEngine, Component::Scheme, "sqlite::Config"),
    ("«reddis»://h", ErrorKind::UnknownScheme, Component::Scheme, "did you mean `redis://`"),
    ("«ftp»://h", ErrorKind::UnknownScheme, Component::Scheme, "mongodb"),
    ("«neo4j+sss»://h", ErrorKind::UnknownScheme, Component::Scheme, "did you mean `neo4j+s"),
    ("«bolt+tls»://h", ErrorKind::UnknownScheme, Component::Scheme, "bolt+s"),
    ("«redis+tls»://h", ErrorKind::UnknownScheme, Component::Scheme, "rediss://"),
    ("«amqp+ssl»://h", ErrorKind::UnknownScheme, Component::Scheme, "amqps://"),
    ("«mongodb+drv»://h", ErrorKind::UnknownScheme, Component::Scheme, "did you mean `mongodb+srv://`"),
    ("«redis»:h", ErrorKind::UnknownFormat, Component::Text, "`//`"),
    ("«jdbc»:sqlserver://h", ErrorKind::UnknownFormat, Component::Text, "without `jdbc:`"),
    ("«cache»", ErrorKind::UnknownFormat, Component::Text, "redis://"),
    ("«»", ErrorKind::Empty, Component::Text, ""),
    // The guards.
    ("redis://u:12«/»34@h/0", ErrorKind::UnescapedDelimiter, Component::Password, "%2F"),
    ("redis://u:12«?»34@h/0", ErrorKind::UnescapedDelimiter, Component::Password, "%3F"),
    ("redis://h/0«#»x", ErrorKind::UnescapedDelimiter, Component::Text, "%23"),
    ("redis://:«****»@h", ErrorKind::MaskedValue, Component::Password, "%2A"),
    ("redis://h?token=«****»", ErrorKind::MaskedValue, Component::Query, "%2A"),
    ("redis://:«${REDIS_PASSWORD}»@h", ErrorKind::UnexpandedReference, Component::Text, "%24"),
    ("«$REDIS_URL»", ErrorKind::UnexpandedReference, Component::Text, "platform"),
    ("redis://h«\n»", ErrorKind::SurroundingSpaces, Component::Text, "remove"),
    ("redis://:a«\t»b@h", ErrorKind::ControlCharacter, Component::Text, "percent"),
    ("redis://:a«%»zz@h", ErrorKind::InvalidEscape, Component::Password, "%25"),
    ("redis://:a«%»00@h", ErrorKind::NulByte, Component::Password, "remove"),
    ("amqp://h/«%FF»", ErrorKind::InvalidUtf8, Component::Database, "UTF-8"),
    ("ldap://h/redis«:»//h", ErrorKind::UnescapedDelimiter, Component::Database, ""),
    ("«'»redis://h'", ErrorKind::SurroundingQuotes, Component::Text, "remove"),
    ("amqp://h/v?a=b«;»c=d", ErrorKind::UnescapedDelimiter, Component::Query, "%3B"),
    // Hosts and ports.
    ("redis://h:«notaport»", ErrorKind::InvalidValue, Component::Port, "%3A"),
    ("redis://h:«0»", ErrorKind::InvalidValue, Component::Port, ""),
    ("redis://h:«65536»/1", ErrorKind::InvalidValue, Component::Port, ""),
    ("redis://«[(address=h,priority=1),(address=i,priority=2)]»", ErrorKind::InvalidValue, Component::Host, "host:port"),
    ("redis://«h;password=pw»", ErrorKind::InvalidValue, Component::Host, "`?`"),
    ("sqlserver://ms.test:«1433;database=shop;password=pw»", ErrorKind::InvalidValue, Component::Port, "`?`"),
    ("mongodb://h/shop«&»tls=true", ErrorKind::UnescapedDelimiter, Component::Database, "`?`"),
    ("neo4j://«a,b»", ErrorKind::InvalidValue, Component::Host, "one of several"),
    ("sqlserver://«ms.test,1433»/x", ErrorKind::InvalidValue, Component::Host, "`:`"),
    ("mongodb+srv://«a,b»/shop", ErrorKind::InvalidValue, Component::Host, "mongodb://"),
    ("mongodb+srv://a:«27017»/shop", ErrorKind::InvalidValue, Component::Host, "mongodb://"),
    ("mongodb+srv://«%2Ftmp%2Fx»/shop", ErrorKind::InvalidValue, Component::Host, "give a host"),
    ("mongodb://«»/shop", ErrorKind::InvalidValue, Component::Host, "localhost"),
    ("amqp://«%2Ftmp%2Fx»", ErrorKind::InvalidValue, Component::Host, "give a host"),
    ("unix://«run»/redis.sock", ErrorKind::InvalidValue, Component::Host, "three slashes"),
    ("unix://«»", ErrorKind::InvalidValue, Component::Setting("socket"), "unix:///"),
    ("redis+socket://%2F«»/", ErrorKind::InvalidValue, Component::Setting("socket"), "unix:///"),
    ("redis+socket://«»/", ErrorKind::InvalidValue, Component::Setting("socket"), "unix:///"),
    ("kafka+ssl://a:9096,«kafka»://b:9096", ErrorKind::Conflict, Component::Scheme, "write it once"),
    ("kafka://u:p@a,kafka://«u:q»@b", ErrorKind::Conflict, Component::User, "write it once"),
    ("kafka://a:9096,kafka://b:«x»", ErrorKind::InvalidValue, Component::Port, ""),
    // Paths.
    ("redis://h/«mydb»", ErrorKind::InvalidValue, Component::Database, "number"),
    ("redis://h/«4294967296»", ErrorKind::InvalidValue, Component::Database, "number"),
    ("redis://h/1«/»2", ErrorKind::UnescapedDelimiter, Component::Database, "number"),
    ("unix:///run/x.sock?db=«x»", ErrorKind::InvalidValue, Component::Database, "number"),
    ("redis://h?ssl_cert_reqs=«none»", ErrorKind::Conflict, Component::Setting("tls"), "the scheme with TLS"),
    ("amqp://h?verify=«verify_none»", ErrorKind::Conflict, Component::Setting("tls"), "amqps://"),
    ("redis://h/1?db=«2»", ErrorKind::Conflict, Component::Database, "keep"),
    ("redis://:a@h?password=«b»", ErrorKind::Conflict, Component::Password, "keep"),
    ("redis+sentinel://h/main/«x»", ErrorKind::InvalidValue, Component::Database, "number"),
    ("redis+sentinel://h/main/1«/»2", ErrorKind::UnescapedDelimiter, Component::Database, "Sentinel"),
    ("amqp://h/«/»", ErrorKind::UnescapedDelimiter, Component::Database, "%2F"),
    ("amqp://h/a«/»b", ErrorKind::UnescapedDelimiter, Component::Database, "%2F"),
    ("mongodb://h/a«/»b", ErrorKind::UnescapedDelimiter, Component::Database, "%2F"),
    ("mongodb://h/«a%2Fb»", ErrorKind::InvalidValue, Component::Database, "authSource"),
    ("sqlserver://h/a«/»b", ErrorKind::UnescapedDelimiter, Component::Database, "`database`"),
    ("mssql://h/shop?database=«other»", ErrorKind::Conflict, Component::Database, "keep"),
    // TLS that was requested and would not be used, or the reverse.
    ("redis://h?ssl=«true»", ErrorKind::Conflict, Component::Setting("tls"), "rediss://"),
    ("redis://h?ssl_ca_certs=«/ca.pem»", ErrorKind::Conflict, Component::Setting("tls"), "rediss://"),
    ("rediss://h?ssl=«false»", ErrorKind::Conflict, Component::Setting("tls"), "without TLS"),
    ("amqp://h?cacertfile=«/ca»", ErrorKind::Conflict, Component::Setting("tls"), "amqps://"),
    ("neo4j+ssc://h?encrypted=«no»", ErrorKind::Conflict, Component::Setting("tls"), "without TLS"),
    ("mongodb://h/?tls=true&ssl=«false»", ErrorKind::Conflict, Component::Setting("tls"), "keep"),
    ("mongodb://h/?tlsCAFile=«/ca»&tls=false", ErrorKind::Conflict, Component::Setting("tls"), "keep"),
    ("mongodb://h/?tls=«1»", ErrorKind::InvalidValue, Component::Query, "dropped"),
    ("sqlserver://h?encrypt=«perhaps»", ErrorKind::InvalidValue, Component::Query, "dropped"),
    ("mongodb://h/?«tsl»=true", ErrorKind::UnknownKeyword, Component::Query, "`tls`"),
    ("redis://h/?«ssl_cert_req»=none", ErrorKind::UnknownKeyword, Component::Query, "`sslcertreqs`"),
    ("mongodb://h/?«authSorce»=admin", ErrorKind::UnknownKeyword, Component::Query, "`authSource`"),
    ("mongodb://h/?«auth_source»=admin", ErrorKind::UnknownKeyword, Component::Query, "`authSource`"),
];

#[test]
fn what_is_rejected_is_located_and_explained() {
    let mut failures = Failures::default();
    for (text, kind, component, help) in REJECTED {
        let (plain, span) = marked(text);
        let Err(error) = plain.parse::<Config>() else {
            failures.push(text, "accepted");
            continue;
        };
        let got = (
            error.kind(),
            error.component(),
            error.span().map(|span| (span.start(), span.end())),
        );
        failures.compare(text, got, (*kind, Some(*component), span));
        if !error.help().unwrap_or_default().contains(help) {
            failures.push(text, error.help().unwrap_or("no help"));
        }
    }
    failures.finish();
}

/// What everyone may see.
#[rustfmt::skip] // a table: one row per line
const SHOWN: &[(&str, &str)] = &[
    ("redis://:k3y@cache.test/2", "redis://:****@cache.test/2"),
    ("redis://u:@cache.test", "redis://u:****@cache.test"),
    ("redis://cache.test?password=k3y", "redis://cache.test?password=****"),
    ("redis://k3y@cache.test", "redis://****@cache.test"),
    ("nats://t0ken@nats.test", "nats://****@nats.test"),
    ("nats://nora:pw@nats.test", "nats://nora:****@nats.test"),
    ("smtp://apikey@smtp.test", "smtp://apikey@smtp.test"),
    ("amqp://nora%3Apw@rabbit.test", "amqp://nora%3A****@rabbit.test"),
    ("ldap://dir.test/nora%3Apw%40x", "ldap://dir.test/****"),
    ("kafka://u:pw@a,kafka://u:pw@b", "kafka://u:****@a,kafka://u:****@b"),
    ("mongodb://m.test/?authSource=admin&tlsCertificateKeyFilePassword=pw", "mongodb://m.test/?authSource=admin&tlsCertificateKeyFilePassword=****"),
    ("mongodb://m.test/?authMechanismProperties=AWS_SESSION_TOKEN:pw", "mongodb://m.test/?authMechanismProperties=****"),
    ("snowflake://a/d?warehouse=wh&token=pw&apiKey=pw", "snowflake://a/d?warehouse=wh&token=****&apiKey=****"),
    ("mssql://h/d?odbc_connect=PWD%3Dpw", "mssql://h/d?odbc_connect=****"),
];

#[test]
fn secrets_are_masked() {
    let mut failures = Failures::default();
    for (text, expected) in SHOWN {
        let config: Config = text.parse().expect(text);
        failures.compare(text, config.to_string(), (*expected).to_owned());
        failures.compare(text, format!("{config:?}"), format!("Config({expected})"));
    }
    failures.finish();
}

#[test]
fn a_dummy_user_is_not_sent() {
    for (text, expected) in [
        ("redis://h:k3y@cache.test", None),
        ("redis://:k3y@cache.test", None),
        ("redis://default:k3y@cache.test", Some("default")),
        ("amqp://nora:pw@rabbit.test", None),
    ] {
        assert_eq!(
            text.parse::<Config>().expect(text).acl_user(),
            expected,
            "{text}"
        );
    }
}

#[test]
fn a_default_database_is_the_one_that_is_named() {
    let target = |text: &str| text.parse::<Database>().expect(text).target();
    for (one, other, same) in [
        ("redis://h", "rediss://u:pw@H:6379/00", true),
        ("redis://h", "redis://h/1", false),
        ("amqp://h", "amqp://u:pw@h/%2F", true),
        ("amqp://h", "amqp://h/", false),
        ("redis+sentinel://h/main", "redis+sentinel://h/main/0", true),
        ("redis+sentinel://h/main", "redis+sentinel://h/other", false),
        (
            "sqlserver://h?database=d",
            "sqlserver://h/I?database=d",
            false,
        ),
        ("mongodb://h/d", "mongodb://h/e", false),
    ] {
        assert_eq!(target(one) == target(other), same, "{one} {other}");
    }
}

#[test]
fn parts_are_changed_by_value() {
    let config: Config = "rediss://cache.test/1?timeout=5".parse().expect("a URL");
    let config = config.with_password("p@ss/w?rd").expect("a password");
    assert_eq!(
        config.to_url().unwrap().expose(),
        "rediss://:p%40ss%2Fw%3Frd@cache.test/1?timeout=5"
    );
    let config = config
        .with_user("nora")
        .and_then(|config| config.with_dbname("2"))
        .expect("parts");
    let config = config
        .with_host("::1")
        .expect("a host")
        .with_port(6380)
        .expect("a port");
    assert_eq!(
        config.to_string(),
        "rediss://nora:****@[::1]:6380/2?timeout=5"
    );
    assert_eq!((config.tls(), config.engine()), (Tls::On, Engine::Redis));
    let error = config.clone().with_dbname("shop").expect_err("no number");
    assert_eq!(
        (error.kind(), error.component(), error.span()),
        (ErrorKind::InvalidValue, Some(Component::Database), None)
    );
    let error = config.with_password("a\0b").expect_err("a NUL byte");
    assert_eq!(
        (error.kind(), error.component()),
        (ErrorKind::NulByte, Some(Component::Password))
    );
}
