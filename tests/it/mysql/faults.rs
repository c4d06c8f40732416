//! What drivers and frameworks make of MySQL connection strings that they misread, each fault by its name, and what is right.
//! All of them were seen by running the program named.

use crate::common::mysql::{extras, facts, hosts};
use database_url::mysql::{Config, SslMode};
use database_url::{Database, Error, ErrorKind, Format, ParseOptions, SecretStr};

#[track_caller]
fn url(text: &str) -> Config {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[track_caller]
fn rejected(text: &str, kind: ErrorKind) -> Error {
    let error = text.parse::<Config>().expect_err(text);
    assert_eq!(error.kind(), kind, "{text}: {error}");
    assert!(error.help().is_some(), "{text}: {error}");
    error
}

#[track_caller]
fn same(one: &str, other: &str) {
    assert_eq!(facts(&url(one)), facts(&url(other)), "{one}");
}

fn password(config: &Config) -> Option<&str> {
    config.password().map(SecretStr::expose)
}

// ---- sqlx

#[test]
fn sqlx_takes_any_scheme_for_mysql() {
    rejected("jdbc:mysql://ada:pw@db1/shop", ErrorKind::UnknownFormat);
    rejected("postgres://ada:pw@db1/shop", ErrorKind::WrongEngine);
    rejected("http://ada:pw@db1/shop", ErrorKind::UnknownScheme);
    rejected("ada:pw@tcp(db1)/shop", ErrorKind::UnknownFormat);
}

#[test]
fn sqlx_drops_unknown_parameters() {
    let config = url("mysql://db1/?reconnect=true&flavour=x");
    assert_eq!(config.params().count(), 1);
    assert_eq!(extras(&config), [("flavour", "x")]);
}

#[test]
fn sqlx_logs_in_as_root() {
    assert_eq!(url("mysql://db1/shop").user(), None);
    assert_eq!(url("mysql://db1/shop?user=ada").user(), Some("ada"));
    assert_eq!(url("mysql://:pw@db1/shop").user(), Some(""));
}

#[test]
fn sqlx_loses_the_plus_of_a_time_zone() {
    assert_eq!(
        url("mysql://db1/?timezone=+02:00").timezone(),
        Some("+02:00")
    );
}

#[test]
fn sqlx_shows_the_password_in_debug() {
    let config = url("mysql://ada:hunter2@db1/");
    assert!(!format!("{config:?} {config:#?} {config}").contains("hunter2"));
}

#[test]
fn sqlx_panics_at_ipv6_when_rendering() {
    let config = url("mysql://[::1]:3307/shop");
    assert_eq!(
        config.to_url().expect("a URL").expose(),
        "mysql://[::1]:3307/shop"
    );
}

#[test]
fn sqlx_renders_a_user_that_reads_as_a_host() {
    let config = url("mysql://a%2Fb:pw@db1/shop");
    let again = url(config.to_url().expect("a URL").expose());
    assert_eq!(again.user(), Some("a/b"));
    assert_eq!(hosts(&again), "db1");
}

#[test]
fn sqlx_renders_a_collation_as_a_charset_and_loses_the_time_zone() {
    let config = url("mysql://db1/?charset=utf8mb4&collation=utf8mb4_bin&timezone=UTC");
    let rendered = config.to_url().expect("a URL");
    assert_eq!(
        rendered.expose(),
        "mysql://db1/?charset=utf8mb4&collation=utf8mb4_bin&timezone=UTC"
    );
    assert_eq!(url(rendered.expose()), config);
}

#[test]
fn sqlx_ignores_other_drivers_words_for_tls() {
    for (query, mode) in [
        ("require_ssl=true", SslMode::VerifyIdentity),
        (
            "useSSL=true&sslMode=VERIFY_IDENTITY",
            SslMode::VerifyIdentity,
        ),
        ("verify_ca=true", SslMode::VerifyCa),
    ] {
        assert_eq!(
            url(&format!("mysql://db1/?{query}")).ssl_mode(),
            Some(mode),
            "{query}"
        );
    }
}

// ---- mysql and mysql_async

#[test]
fn mysql_takes_one_scheme_only() {
    for scheme in ["mysql2", "mariadb", "MySQL", "mysql+pymysql"] {
        assert_eq!(hosts(&url(&format!("{scheme}://db1/shop"))), "db1");
    }
}

#[test]
fn mysql_rejects_every_parameter_that_it_does_not_know() {
    let config =
        url("mysql://db1/?reconnect=true&charset=utf8mb4&ssl-mode=REQUIRED&connect_timeout=5");
    assert_eq!(config.params().count(), 4);
    assert!(config.extras().next().is_none());
}

#[test]
fn mysql_cuts_a_path_at_its_second_slash() {
    rejected("mysql://db1/a/b", ErrorKind::UnescapedDelimiter);
    rejected("mysql://db1//shop", ErrorKind::UnescapedDelimiter);
    assert_eq!(url("mysql://db1/shop/").dbname(), Some("shop"));
}

#[test]
fn mysql_sends_a_replacement_character_for_what_is_no_utf8() {
    rejected("mysql://ada:%FF@db1/", ErrorKind::InvalidUtf8);
}

#[test]
fn mysql_demands_a_host() {
    let config = url("mysql:///shop?socket=/run/x.sock");
    assert_eq!(
        (config.socket(), config.dbname()),
        (Some("/run/x.sock"), Some("shop"))
    );
    assert_eq!(url("mysql://ada:pw@/shop").user(), Some("ada"));
}

#[test]
fn mysql_rejects_compress_false() {
    assert_eq!(url("mysql://db1/?compress=false").compress(), Some("false"));
}

#[test]
fn mysql_and_mysql_async_disagree_on_names() {
    same(
        "mysql://db1/?compress=fast",
        "mysql://db1/?compression=fast",
    );
    same("mysql://ada@db1/", "mysql://?user=ada&host=db1");
}

#[test]
fn mysql_async_verifies_without_tls() {
    let config = url("mysql://db1/?verify_ca=true&verify_identity=true");
    assert_eq!(config.ssl_mode(), Some(SslMode::VerifyIdentity));
}

#[test]
fn the_url_crate_cannot_tell_an_empty_password_from_none() {
    assert_eq!(password(&url("mysql://ada@db1/")), None);
    assert_eq!(password(&url("mysql://ada:@db1/")), Some(""));
}

#[test]
fn the_url_crate_takes_half_a_password_for_host_and_port() {
    for text in [
        "mysql://ada:#pw@db1/shop",
        "mysql://ada:12/34@db1/shop",
        "mysql://ada:12?34@db1/shop",
    ] {
        rejected(text, ErrorKind::UnescapedDelimiter);
    }
}

#[test]
fn the_url_crate_drops_tabs_and_line_ends() {
    rejected("mysql://ada:p\nw@db1/", ErrorKind::ControlCharacter);
    rejected("mysql://ada:p\tw@db1/", ErrorKind::ControlCharacter);
}

// ---- mysql2, mysqljs, mariadb, Sequelize

#[test]
fn mysql2_throws_at_ssl_true_and_ignores_ssl_mode() {
    assert_eq!(
        url("mysql://db1/?ssl=true").ssl_mode(),
        Some(SslMode::Required)
    );
    assert_eq!(
        url("mysql://db1/?ssl-mode=REQUIRED").ssl_mode(),
        Some(SslMode::Required)
    );
    assert_eq!(
        url("mysql://db1/?sslaccept=strict").ssl_mode(),
        Some(SslMode::VerifyIdentity)
    );
}

#[test]
fn mysql2_makes_numbers_and_objects_of_texts() {
    let config = url("mysql://db1/0123?charset=true&user=null&password=1e3");
    assert_eq!(
        (config.dbname(), config.charset(), config.user()),
        (Some("0123"), Some("true"), Some("null"))
    );
    assert_eq!(password(&config), Some("1e3"));
}

#[test]
fn mysql2_takes_an_escaped_socket_for_a_host_name() {
    let config = url("mysql://ada@%2Frun%2Fx.sock/shop");
    assert_eq!(
        (config.socket(), hosts(&config)),
        (Some("/run/x.sock"), String::new())
    );
}

#[test]
fn mysqljs_crashes_without_a_path() {
    assert_eq!(hosts(&url("mysql://db1")), "db1");
}

#[test]
fn mysqljs_does_not_decode_the_database() {
    assert_eq!(url("mysql://db1/a%2Fb").dbname(), Some("a/b"));
}

#[test]
fn mysqljs_and_sequelize_and_rails_let_a_parameter_replace_the_host() {
    rejected("mysql://ada:pw@db1/shop?host=db2", ErrorKind::Conflict);
    rejected(
        "mysql://ada:pw@db1:3306/shop?port=3307",
        ErrorKind::Conflict,
    );
    rejected("mysql://ada:pw@db1/shop?user=root", ErrorKind::Conflict);
}

#[test]
fn mariadb_npm_demands_a_slash_after_the_host() {
    same("mariadb://db1?ssl=true", "mariadb://db1/?ssl=true");
}

#[test]
fn sequelize_does_not_know_mysql2() {
    assert_eq!(url("mysql2://db1/a%2Fb").dbname(), Some("a/b"));
}

// ---- SQLAlchemy, dj-database-url, django-environ

#[test]
fn sqlalchemy_ends_the_credentials_at_the_first_at_sign() {
    let config = url("mysql://ada:p@ss@db1/");
    assert_eq!(
        (password(&config), hosts(&config)),
        (Some("p@ss"), "db1".to_owned())
    );
}

#[test]
fn sqlalchemy_does_not_decode_the_host() {
    assert_eq!(hosts(&url("mysql://b%C3%BCro.test/")), "büro.test");
}

#[test]
fn sqlalchemy_takes_any_number_for_a_port_and_crashes_without() {
    rejected("mysql://db1:99999/", ErrorKind::InvalidValue);
    assert_eq!(hosts(&url("mysql://db1:/")), "db1");
}

#[test]
fn sqlalchemy_drops_empty_parameters() {
    assert_eq!(extras(&url("mysql://db1/?flag=")), [("flag", "")]);
}

#[test]
fn dj_database_url_does_not_know_mariadb() {
    assert_eq!(url("mariadb://db1/shop").scheme(), Some("mariadb"));
}

#[test]
fn dj_database_url_hands_postgres_words_for_tls_to_mysql() {
    let config = url("mysql://db1/?sslmode=require");
    assert_eq!(config.ssl_mode(), Some(SslMode::Required));
    assert_eq!(
        config.to_canonical_url().expect("a URL").expose(),
        "mysql://db1/?ssl-mode=REQUIRED"
    );
}

#[test]
fn dj_database_url_makes_numbers_of_texts() {
    assert_eq!(extras(&url("mysql://db1/?zip=0042")), [("zip", "0042")]);
}

#[test]
fn django_environ_decodes_a_plus_in_the_database() {
    assert_eq!(url("mysql://db1/a+b").dbname(), Some("a+b"));
}

#[test]
fn django_environ_loses_port_0() {
    rejected("mysql://db1:0/", ErrorKind::InvalidValue);
}

#[test]
fn django_environ_takes_the_first_of_two() {
    rejected(
        "mysql://db1/?charset=utf8&charset=latin1",
        ErrorKind::Conflict,
    );
}

// ---- Rails, connection-string, xo/dburl

#[test]
fn rails_rejects_underscores_at_signs_and_letters_beyond_ascii() {
    assert_eq!(hosts(&url("mysql2://mysql_primary/")), "mysql_primary");
    assert_eq!(url("mysql2://ada@corp:pw@db1/").user(), Some("ada@corp"));
    assert_eq!(url("mysql2://adä@db1/").user(), Some("adä"));
}

#[test]
fn rails_keeps_a_plus_in_a_parameter() {
    assert_eq!(extras(&url("mysql2://db1/?note=a+b")), [("note", "a b")]);
}

/// The gem mysql2 takes the text `false` for true, and the server may then request files.
#[test]
fn rails_turns_local_infile_on_by_false() {
    let config = url("mysql2://db1/?local_infile=false");
    let flag = config.flag(database_url::mysql::Keyword::LocalInfile);
    assert_eq!(flag, Some(false));
}

#[test]
fn connection_string_makes_spaces_of_plus_signs_in_passwords() {
    assert_eq!(password(&url("mysql://ada:p+w@db1/")), Some("p+w"));
}

#[test]
fn connection_string_breaks_a_value_at_its_second_equals_sign() {
    assert_eq!(extras(&url("mysql://db1/?note=a=b=c")), [("note", "a=b=c")]);
}

#[test]
fn dburl_breaks_ipv6() {
    assert_eq!(hosts(&url("mysql://[::1]/shop")), "[::1]");
    assert_eq!(hosts(&url("mysql://[::1]:3307/shop")), "[::1]:3307");
    let dsn = url("mysql://[::1]:3307/shop").to_go_dsn().expect("a DSN");
    assert_eq!(dsn.expose(), "tcp([::1]:3307)/shop");
}

#[test]
fn dburl_renders_user_and_database_unescaped() {
    let config = url("mysql://a%3Ab:pw@db1/c%2Fd");
    assert_eq!(url(config.to_url().expect("a URL").expose()), config);
    // A Go DSN cannot say it: its user ends at the first `:`.
    let error = config.to_go_dsn().expect_err("a `:` in the user");
    assert_eq!(error.kind(), ErrorKind::NotRepresentable);
}

#[test]
fn dburl_takes_a_database_for_a_socket() {
    let config = url("mysql:///shop");
    assert_eq!((config.dbname(), config.socket()), (Some("shop"), None));
}

#[test]
fn dburl_drops_a_password_without_a_user() {
    assert_eq!(password(&url("mysql://:pw@db1/")), Some("pw"));
}

// ---- Go and Java

#[test]
fn go_says_that_the_address_of_a_url_is_unknown() {
    let error = Config::from_go_dsn("mysql://ada:pw@tcp(db1:3306)/shop").expect_err("a scheme");
    assert!(
        error
            .help()
            .is_some_and(|help| help.contains("remove the `mysql://`"))
    );
}

#[test]
fn go_sends_other_drivers_words_for_tls_to_the_server() {
    let error = Config::from_go_dsn("tcp(db1)/?ssl-mode=REQUIRED").expect_err("TLS");
    assert!(error.help().is_some_and(|help| help.contains("`tls`")));
}

#[test]
fn connector_j_makes_spaces_of_plus_signs_in_passwords() {
    let config = Config::from_jdbc("jdbc:mysql://ada:p+w@db1/").expect("a URL");
    assert_eq!(
        password(&config),
        Some("p w"),
        "that is what the driver sends"
    );
    let again = url(config.to_url().expect("a URL").expose());
    assert_eq!(password(&again), Some("p w"));
}

/// The entry point that programs use.
#[test]
fn whatever_the_format_the_engine_is_named() {
    for (format, text) in [
        (Format::Auto, "mysql://ada:pw@db1/shop"),
        (Format::GoDsn, "ada:pw@tcp(db1)/shop"),
        (Format::Auto, "jdbc:mysql://ada:pw@db1/shop"),
    ] {
        let found = ParseOptions::new().format(format).parse(text).expect(text);
        assert!(matches!(&found, Database::MySql(config) if config.user() == Some("ada")));
    }
}
