//! MySQL's configs as text: what a URL, a Go DSN and a JDBC URL say, what each of them cannot, and what is shown to everyone.

use crate::common::Failures;
use crate::common::mysql::{Read, extras, facts};
use database_url::mysql::{Config, Keyword};
use database_url::{Component, Error, ErrorKind, SecretStr};

fn url(text: &str) -> Result<Config, Error> {
    text.parse()
}

type Render = fn(&Config) -> Result<String, Error>;

const TO_URL: Render = |config| config.to_url().map(|text| text.expose().to_owned());
const TO_CANONICAL_URL: Render = |config| {
    config
        .to_canonical_url()
        .map(|text| text.expose().to_owned())
};
const TO_GO_DSN: Render = |config| config.to_go_dsn().map(|text| text.expose().to_owned());
const TO_JDBC: Render = |config| config.to_jdbc().map(|text| text.expose().to_owned());

/// Rows of a string and what it is rendered as, which reads as the same config.
fn renders(from: Read, render: Render, to: Read, table: &[(&str, &str)]) {
    let mut failures = Failures::default();
    for (text, expected) in table {
        let config = match from(text) {
            Ok(config) => config,
            Err(error) => {
                failures.rejected(text, &error);
                continue;
            }
        };
        match render(&config) {
            Ok(rendered) => {
                failures.compare(text, &*rendered, *expected);
                match to(&rendered) {
                    Ok(again) => failures.compare(
                        text,
                        (facts(&again), extras(&again)),
                        (facts(&config), extras(&config)),
                    ),
                    Err(error) => failures.rejected(&rendered, &error),
                }
            }
            Err(error) => failures.rejected(text, &error),
        }
    }
    failures.finish();
}

/// Rows of a URL and the component that a format has no words for.
fn cannot_say(render: Render, table: &[(&str, &str)]) {
    let mut failures = Failures::default();
    for (text, component) in table {
        let config = url(text).expect(text);
        match render(&config) {
            Ok(rendered) => failures.push(text, &format!("rendered as {rendered}")),
            Err(error) => {
                let part = error.component().map_or("", Component::as_str);
                failures.compare(
                    text,
                    (error.kind(), part),
                    (ErrorKind::NotRepresentable, component),
                );
            }
        }
    }
    failures.finish();
}

/// Every setting stays as the driver has it that the URL was written for.
#[test]
fn as_a_url_as_it_was_written() {
    let same = [
        "mysql://u:pw@h/d?require_ssl=true&verify_identity=false&pool_min=1&pool_max=5",
        "mysql://h/d?ssl_ca=%2Fca.pem&ssl_check_hostname=false&connect_timeout=10",
        "mysql://h/d?ssl=%7B%22rejectUnauthorized%22%3Afalse%2C%22ca%22%3A%22A%22%7D&connectionLimit=5",
        "mysql2://u@h/d?sslca=%2Fca.pem&pool=5&reconnect=true",
        "mysql://h/d?sslaccept=strict&connection_limit=5&foo=b%20c",
        "mysql://h/d?useSSL=true&requireSSL=true&connectTimeout=5000",
        "mysql:///d?user=u&password=p&host=h&port=3307&unix_socket=%2Frun%2Fx.sock",
        "mysql://u@h/d?password=p%40w&user=u",
        "mysql://h1,h2/d?port=3307",
        "mysql://h/?database=d",
        "mysql://h/d?host=h&timezone=%2B02%3A00&compression-level=5",
    ];
    let rows: Vec<_> = same.iter().map(|text| (*text, *text)).collect();
    renders(url, TO_URL, url, &rows);
    renders(
        url,
        TO_URL,
        url,
        &[
            (
                "mysql://h/d?host=/run/x.sock",
                "mysql://h/d?host=%2Frun%2Fx.sock",
            ),
            (
                "mysql://u@%2Frun%2Fx.sock/d?pool=5",
                "mysql://u@/d?socket=%2Frun%2Fx.sock&pool=5",
            ),
        ],
    );
}

type Change = fn(Config) -> Result<Config, Error>;

/// What is changed has its canonical name, since the old one may have another unit; the rest stays.
#[test]
fn a_changed_setting_loses_its_spelling_alone() {
    let mut failures = Failures::default();
    let base =
        "mysql://u:p@h:1/d?require_ssl=true&verify_identity=false&connect_timeout=10&pool=5&foo=b";
    let rows: &[(Change, &str)] = &[
        (
            |config| config.with_password("q"),
            "mysql://u:q@h:1/d?require_ssl=true&verify_identity=false&connect_timeout=10&pool=5&foo=b",
        ),
        (
            |config| config.with(Keyword::PoolMax, "7"),
            "mysql://u:p@h:1/d?pool_max=7&require_ssl=true&verify_identity=false&connect_timeout=10&foo=b",
        ),
        (
            |config| config.with(Keyword::PoolMax, "5"),
            "mysql://u:p@h:1/d?require_ssl=true&verify_identity=false&connect_timeout=10&pool=5&foo=b",
        ),
        (
            |config| config.with(Keyword::SslMode, "required"),
            "mysql://u:p@h:1/d?ssl-mode=REQUIRED&connect_timeout=10&pool=5&foo=b",
        ),
        (
            |config| config.with(Keyword::SslCa, "/ca"),
            "mysql://u:p@h:1/d?ssl-mode=VERIFY_CA&ssl-ca=%2Fca&connect_timeout=10&pool=5&foo=b",
        ),
        (
            |config| config.without(Keyword::ConnectTimeoutMs),
            "mysql://u:p@h:1/d?require_ssl=true&verify_identity=false&pool=5&foo=b",
        ),
        (
            |config| config.with_extra("x", "1"),
            "mysql://u:p@h:1/d?require_ssl=true&verify_identity=false&connect_timeout=10&pool=5&foo=b&x=1",
        ),
        (
            |config| config.with_hosts([("i", None)]),
            "mysql://u:p@i/d?require_ssl=true&verify_identity=false&connect_timeout=10&pool=5&foo=b",
        ),
    ];
    for (change, expected) in rows {
        let config = change(url(base).expect(base)).expect(expected);
        failures.compare(expected, TO_URL(&config), Ok((*expected).to_owned()));
        failures.compare(expected, url(expected), Ok(config));
    }
    let in_query = url("mysql:///d?host=h&user=u&port=3307").expect("a URL");
    let changed = in_query
        .with_password("p")
        .and_then(|config| config.with(Keyword::Port, "1"));
    let rendered = TO_URL(&changed.clone().expect("a change")).expect("a URL");
    failures.compare(&rendered, url(&rendered), changed);
    failures.finish();
}

#[test]
fn as_a_canonical_url() {
    renders(
        url,
        TO_CANONICAL_URL,
        url,
        &[
            (
                "mysql://ada:pw@db1:3307/shop",
                "mysql://ada:pw@db1:3307/shop",
            ),
            ("MARIADB://ada:@db1/shop/", "mariadb://ada:@db1/shop"),
            (
                "mysql2://a%40b:p%2Fw%23@db1/a%2Fb",
                "mysql2://a%40b:p%2Fw%23@db1/a%2Fb",
            ),
            ("mysql://db1,[::1]:3307/shop", "mysql://db1,[::1]:3307/shop"),
            (
                "mysqlx://[(address=db1:33061,priority=9),(address=db2,priority=8)]/x",
                "mysqlx://[(address=db1:33061,priority=9),(address=db2,priority=8)]/x",
            ),
            (
                "mysql://db1/?useSSL=true&requireSSL=true&connectTimeout=5000&foo=b+c",
                "mysql://db1/?ssl-mode=REQUIRED&connect_timeout_ms=5000&foo=b%20c",
            ),
            (
                "mysql://ada@%2Frun%2Fx.sock/shop",
                "mysql://ada@/shop?socket=%2Frun%2Fx.sock",
            ),
            (
                "mysql://db1/?timezone=+02:00",
                "mysql://db1/?timezone=%2B02%3A00",
            ),
        ],
    );
    renders(
        Config::from_go_dsn,
        TO_URL,
        url,
        &[
            (
                "ada:p/w@tcp(db1:3307)/shop?tls=skip-verify&timeout=5s",
                "mysql://ada:p%2Fw@db1:3307/shop?ssl-mode=REQUIRED&connect_timeout_ms=5000",
            ),
            ("unix(/run/x.sock)/", "mysql:///?socket=%2Frun%2Fx.sock"),
        ],
    );
    renders(
        Config::from_jdbc,
        TO_URL,
        url,
        &[
            (
                "jdbc:mysql://ada:p+w@[db1,db2]/shop?useAffectedRows=true",
                "mysql://ada:p%20w@db1,db2/shop?found_rows=false",
            ),
            (
                "jdbc:mariadb://db1/?user=ada&password=b%2Bc",
                "mariadb://ada:b%252Bc@db1",
            ),
        ],
    );
    for text in ["cloudsql(p:r:i)/", "tcp6(db1)/", "unix/shop"] {
        let error = Config::from_go_dsn(text)
            .expect(text)
            .to_url()
            .expect_err(text);
        assert_eq!(error.kind(), ErrorKind::NotRepresentable, "{text}");
        assert_eq!(
            error.component().map(Component::as_str),
            Some("net"),
            "{text}"
        );
    }
    let variable = Config::from_go_dsn("/?reconnect=true").expect("a variable");
    assert_eq!(
        variable.to_url().map_err(|error| error.kind()).err(),
        Some(ErrorKind::NotRepresentable)
    );
}

#[test]
fn as_a_go_dsn() {
    renders(
        url,
        TO_GO_DSN,
        Config::from_go_dsn,
        &[
            (
                "mysql://ada:p%2Fw@db1:3307/shop",
                "ada:p/w@tcp(db1:3307)/shop",
            ),
            ("mysql://db1/", "tcp(db1)/"),
            ("mysql://", "/"),
            ("mysql://[::1]/a%2Fb", "tcp([::1])/a%2Fb"),
            (
                "mysql://ada@/shop?socket=/run/x.sock",
                "ada@unix(/run/x.sock)/shop",
            ),
            (
                "mysql://db1/?ssl-mode=REQUIRED&connect_timeout=5&charset=utf8mb4&timezone=+02:00",
                "tcp(db1)/?tls=skip-verify&charset=utf8mb4&time_zone=%27%2B02%3A00%27&timeout=5000ms",
            ),
            (
                "mysql://db1/?parseTime=true&loc=Europe/Rome",
                "tcp(db1)/?parseTime=true&loc=Europe%2FRome",
            ),
        ],
    );
    cannot_say(
        TO_GO_DSN,
        &[
            ("mysql://db1,db2/", "host"),
            ("mysql://db1/?ssl-mode=VERIFY_CA", "ssl_mode"),
            ("mysql://db1/?ssl-ca=/ca.pem", "ssl_mode"),
            (
                "mysql://db1/?ssl-mode=VERIFY_IDENTITY&ssl-ca=/ca.pem",
                "ssl_ca",
            ),
            ("mysql://db1/?pool=5", "pool_max"),
            ("mysql://db1/?compress=fast", "compress"),
            ("mysql://db1/?init_command=SET+x=1", "init_command"),
            ("mysql://ada:@db1/", "text"),
            ("mysql://a%3Ab@db1/", "text"),
            ("mysql://localhost/?socket=/run/x.sock", "text"),
            ("mysql://db1/?a%26b=1", "text"),
        ],
    );
}

#[test]
fn as_a_jdbc_url() {
    renders(
        url,
        TO_JDBC,
        Config::from_jdbc,
        &[
            (
                "mysql://ada:p+w@db1:3307/shop",
                "jdbc:mysql://db1:3307/shop?user=ada&password=p%2Bw",
            ),
            ("mysql2://db1,db2:3307/", "jdbc:mysql://db1,db2:3307/"),
            (
                "mariadb://ada:p+w@db1/shop",
                "jdbc:mariadb://db1/shop?user=ada&password=p+w",
            ),
            (
                "mysql://db1/?ssl-mode=REQUIRED&charset=utf8mb4&connect_timeout=5&found_rows=true",
                "jdbc:mysql://db1/?sslMode=REQUIRED&characterEncoding=UTF-8&connectTimeout=5000&useAffectedRows=false",
            ),
        ],
    );
    cannot_say(
        TO_JDBC,
        &[
            ("mysql://db1/?ssl-mode=REQUIRED&ssl-key=/k.pem", "ssl_key"),
            ("mysql://db1/?charset=koi8u", "charset"),
            ("mysql://db1/?compress=5", "compress"),
            ("mysql://db1/?write_timeout=5", "write_timeout_ms"),
            ("mysql://db1/?prefer_socket=true", "prefer_socket"),
            ("mysqlx://[(address=db1,priority=9)]/", "text"),
            ("mariadb://ada:p%26w@db1/", "text"),
        ],
    );
}

/// What is shown to everyone: the same URL, without secrets.
#[test]
fn shown_without_secrets() {
    let mut failures = Failures::default();
    for (read, text, shown) in [
        (
            url as Read,
            "mysql://ada:hunter2@db1/shop",
            "mysql://ada:****@db1/shop",
        ),
        (url, "mysql://ada:@db1/shop", "mysql://ada:****@db1/shop"),
        (
            url,
            "mysql://ada@db1/shop?password=hunter2",
            "mysql://ada:****@db1/shop",
        ),
        (url, "mysql://:hunter2@db1", "mysql://:****@db1"),
        (
            url,
            "mysql://db1/?pool=5&token=hunter2&parseTime=true",
            "mysql://db1/?pool_max=5&token=****&parseTime=true",
        ),
        (
            url,
            "mysql://db1/?init_command=SET+PASSWORD=hunter2",
            "mysql://db1/?init_command=****",
        ),
        (url, "mysql://ada%3Ahunter2@db1/", "mysql://ada%3A****@db1"),
        (
            url,
            r#"mysql://db1/?ssl={"key":"-----BEGIN\nhunter2"}"#,
            "mysql://db1/?ssl-mode=VERIFY_CA&ssl-key=****",
        ),
        (
            Config::from_go_dsn,
            "ada:hunter2@tcp(db1)/shop",
            "mysql://ada:****@db1/shop",
        ),
        (
            Config::from_jdbc,
            "jdbc:mysql://db1/?user=ada&password=hunter2",
            "mysql://ada:****@db1",
        ),
    ] {
        match read(text) {
            Ok(config) => {
                failures.compare(text, config.to_string(), shown.to_owned());
                failures.compare(text, format!("{config:?}"), format!("Config({shown})"));
            }
            Err(error) => failures.rejected(text, &error),
        }
    }
    failures.finish();
}

#[test]
fn a_password_is_built_in_and_comes_back() {
    let config = url("mysql://db1/shop").expect("a URL");
    let config = config
        .with_user("ada")
        .and_then(|config| config.with_password("p@ss/w#rd"))
        .expect("set");
    let again = url(config.to_url().expect("a URL").expose()).expect("a URL");
    assert_eq!(
        again.get(Keyword::Password).map(SecretStr::expose),
        Some("p@ss/w#rd")
    );
    assert_eq!(again, config);
}
