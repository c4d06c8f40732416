//! MySQL's parameters: every spelling of every setting, in its driver's unit; what all spellings of TLS say together; and names
//! that are no one's, or someone else's.

use std::time::Duration;

use crate::common::Failures;
use crate::common::mysql::{Facts, Typed, codes, extras, params};
use database_url::mysql::{Config, Keyword, SslMode};
use database_url::{Error, postgres};

fn url(text: &str) -> Result<Config, Error> {
    text.parse()
}

fn query(parameters: &str) -> Result<Config, Error> {
    url(&format!("mysql://db1/shop?{parameters}"))
}

/// A row: the parameters as written, those that they are, the extras, and the codes of warnings.
type Row<'a> = (&'a str, Facts, &'a [(&'a str, &'a str)], &'a [&'a str]);

#[track_caller]
fn reads(table: &[Row<'_>]) {
    let mut failures = Failures::default();
    for (written, expected, kept, warned) in table {
        match query(written) {
            Ok(config) => {
                failures.compare(written, params(&config), expected.clone());
                failures.compare(written, extras(&config), kept.to_vec());
                failures.compare(written, codes(&config), warned.to_vec());
                let again = config.to_url().expect("a URL");
                failures.compare(written, url(again.expose()), Ok(config));
            }
            Err(error) => failures.rejected(written, &error),
        }
    }
    failures.finish();
}

/// Rows of `"parameters" => name: value, … [extra: value, …] warns code, …;`, in the order of [`Keyword::ALL`].
macro_rules! reads {
    ($($written:literal => $($name:ident: $value:literal),* $([$($extra:literal: $text:literal),*])?
        $(warns $($code:literal),*)?;)*) => {
        reads(&[$((
            $written,
            vec![$((stringify!($name).to_owned(), Typed::from($value))),*],
            &[$($(($extra, $text)),*)?],
            &[$($($code),*)?],
        )),*])
    };
}

/// Rows of `"parameters with «…»" => kind, component, piece of the help;`.
macro_rules! rejects {
    ($($input:literal => $kind:ident, $component:literal, $help:literal;)*) => {
        mysql_rejects! { url; $($input: $input => $kind, $component, $help;)* }
    };
}

// ---- one meaning, many spellings

#[test]
fn certificates() {
    reads! {
        "ssl-ca=/ca.pem" => ssl_mode: "verify_ca", ssl_ca: "/ca.pem";
        "ssl_ca=/ca.pem" => ssl_mode: "verify_ca", ssl_ca: "/ca.pem";
        "sslca=/ca.pem" => ssl_mode: "verify_ca", ssl_ca: "/ca.pem";
        "tls_ca=/ca.pem" => ssl_mode: "verify_ca", ssl_ca: "/ca.pem";
        "serverSslCert=/ca.pem" => ssl_mode: "verify_ca", ssl_ca: "/ca.pem";
        "trustCertificateKeyStoreUrl=file:/ca.jks" => ssl_mode: "verify_ca", ssl_ca: "file:/ca.jks";
        "ssl-capath=/etc/ssl" => ssl_mode: "verify_ca", ssl_capath: "/etc/ssl";
        r#"ssl={"ca":"A","cert":"C","key":"K"}"# => ssl_mode: "verify_ca", ssl_ca: "A", ssl_cert: "C", ssl_key: "K";
        r#"ssl={"passphrase":"pw"}"# => ssl_mode: "verify_ca" warns "unknown-tls-name";
        "ssl-cert=/c.pem&ssl-key=/k.pem&ssl-mode=required" => ssl_mode: "required", ssl_cert: "/c.pem", ssl_key: "/k.pem";
        "ssl_cert=/c.pem&ssl_key=/k.pem&ssl_mode=required" => ssl_mode: "required", ssl_cert: "/c.pem", ssl_key: "/k.pem";
        "sslcert=/c.pem&sslkey=/k.pem&sslmode=required" => ssl_mode: "required", ssl_cert: "/c.pem", ssl_key: "/k.pem";
        "tls_cert=/c.pem&tls_key=/k.pem&tls_mode=required" => ssl_mode: "required", ssl_cert: "/c.pem", ssl_key: "/k.pem";
        "clientCertificateKeyStoreUrl=file:/c.jks&sslMode=REQUIRED" => ssl_mode: "required", ssl_cert: "file:/c.jks";
        "sslcert=/c.pem" => ssl_cert: "/c.pem" warns "certificate-unused";
        "ssl-ca=/ca.pem&ssl-mode=REQUIRED" => ssl_mode: "required", ssl_ca: "/ca.pem" warns "ca-unused";
        "ssl_ca=/ca.pem&ssl_check_hostname=false" => ssl_mode: "verify_ca", ssl_ca: "/ca.pem";
        "ssl_ca=/ca.pem&ssl_check_hostname=true" => ssl_mode: "verify_identity", ssl_ca: "/ca.pem";
        "trustStore=/ca.jks&keyStore=/c.jks" => ssl_mode: "verify_ca", ssl_ca: "/ca.jks", ssl_cert: "/c.jks";
        "tls_versions=TLSv1.3&tls_ciphersuites=X" => ssl_cipher: "X", tls_version: "TLSv1.3";
        "enabledTLSProtocols=TLSv1.3" => tls_version: "TLSv1.3";
        "ssl-cipher=AES128-SHA" => ssl_cipher: "AES128-SHA";
        "ssl_cipher=AES128-SHA" => ssl_cipher: "AES128-SHA";
    }
}

#[test]
fn character_sets_and_time_zones() {
    reads! {
        "default-character-set=utf8mb4" => charset: "utf8mb4";
        "charset=utf8mb4" => charset: "utf8mb4";
        "encoding=utf8mb4" => charset: "utf8mb4";
        "characterEncoding=UTF-8" => charset: "utf8mb4";
        "characterEncoding=utf8" => charset: "utf8mb4";
        "characterEncoding=ISO-8859-1" => charset: "latin1";
        "characterEncoding=koi8r" => charset: "koi8r";
        "collation=utf8mb4_bin" => collation: "utf8mb4_bin";
        "connectionCollation=utf8mb4_bin" => collation: "utf8mb4_bin";
        "timezone=UTC" => timezone: "UTC";
        "time-zone=UTC" => timezone: "UTC";
        "time_zone=UTC" => timezone: "UTC";
        "connectionTimeZone=Europe/Rome" => timezone: "Europe/Rome";
        "serverTimezone=Europe/Rome" => timezone: "Europe/Rome";
        "timezone=%2B02:00" => timezone: "+02:00";
        "init-command=SET+x=1" => init_command: "SET x=1";
        "init_command=SET+x=1" => init_command: "SET x=1";
    }
}

/// All are kept in milliseconds, whatever the spelling's unit is.
#[test]
fn timeouts() {
    reads! {
        "connect_timeout=10" => connect_timeout_ms: 10_000;
        "connect-timeout=10" => connect_timeout_ms: 10 warns "ambiguous-timeout";
        "connectTimeout=10" => connect_timeout_ms: 10;
        "tcp_connect_timeout_ms=10" => connect_timeout_ms: 10;
        "connect_timeout_ms=10" => connect_timeout_ms: 10;
        "timeout=10s" => connect_timeout_ms: 10_000;
        "timeout=1m30s" => connect_timeout_ms: 90_000;
        "timeout=250ms" => connect_timeout_ms: 250;
        "timeout=10" => ["timeout": "10"];
        "net-read-timeout=30" => read_timeout_ms: 30_000;
        "read_timeout=30" => read_timeout_ms: 30_000;
        "readTimeout=30s" => read_timeout_ms: 30_000;
        "socketTimeout=30" => read_timeout_ms: 30;
        "net-write-timeout=30" => write_timeout_ms: 30_000;
        "write_timeout=30" => write_timeout_ms: 30_000;
        "writeTimeout=1.5s" => write_timeout_ms: 1500;
        "connect_timeout=0" => connect_timeout_ms: 0;
        "connect_timeout=007" => connect_timeout_ms: 7000;
    }
    let config = query("connect_timeout=10&socketTimeout=250&writeTimeout=1m").expect("a config");
    assert_eq!(config.connect_timeout(), Some(Duration::from_secs(10)));
    assert_eq!(config.read_timeout(), Some(Duration::from_millis(250)));
    assert_eq!(config.write_timeout(), Some(Duration::from_secs(60)));
    rejects! {
        "mysql://db1/?connect_timeout=«ten»" => InvalidValue, "connect_timeout_ms", "digits only";
        "mysql://db1/?connect_timeout=«1.5»" => InvalidValue, "connect_timeout_ms", "digits only";
        "mysql://db1/?connect_timeout=«-1»" => InvalidValue, "connect_timeout_ms", "digits only";
        "mysql://db1/?connect_timeout=«10s»" => InvalidValue, "connect_timeout_ms", "digits only";
        "mysql://db1/?connect_timeout=«»" => InvalidValue, "connect_timeout_ms", "digits only";
        "mysql://db1/?connectTimeout=«99999999999999999999»" => InvalidValue, "connect_timeout_ms", "4294967295000";
        "mysql://db1/?timeout=«soon»" => InvalidValue, "connect_timeout_ms", "30s";
        "mysql://db1/?readTimeout=«30»" => InvalidValue, "read_timeout_ms", "30s";
        "mysql://db1/?readTimeout=«1us»" => InvalidValue, "read_timeout_ms", "1ms";
    }
}

#[test]
fn pools_caches_and_sizes() {
    reads! {
        "pool_min=1&pool_max=9" => pool_min: 1, pool_max: 9;
        "minPoolSize=1&maxPoolSize=9" => pool_min: 1, pool_max: 9;
        "pool=9" => pool_max: 9;
        "connectionLimit=9" => pool_max: 9;
        "connection_limit=9" => pool_max: 9;
        "statement-cache-capacity=50" => statement_cache: 50;
        "stmt_cache_size=50" => statement_cache: 50;
        "maxPreparedStatements=50" => statement_cache: 50;
        "prepStmtCacheSize=50" => statement_cache: 50;
        "statement_limit=50" => statement_cache: 50;
        "max-allowed-packet=1024" => max_allowed_packet: 1024;
        "max_allowed_packet=1024" => max_allowed_packet: 1024;
        "maxAllowedPacket=0" => max_allowed_packet: 0;
        "compress=true" => compress: true;
        "compress=fast" => compress: "fast";
        "compression=best" => compress: "best";
        "compression=5" => compress: 5;
        "compression=on" => compress: true;
        "compression=REQUIRED" => compress: true;
        "compression=DISABLED" => compress: false;
        "useCompression=false" => compress: false;
    }
    rejects! {
        "mysql://db1/?pool_min=«9»&pool_max=1" => Conflict, "pool_min", "pool_max";
        "mysql://db1/?pool_max=«many»" => InvalidValue, "pool_max", "digits only";
        "mysql://db1/?compress=«10»" => InvalidValue, "compress", "compress=true";
    }
}

/// `false` is false in every spelling, where a Ruby or a JavaScript driver takes every text for true.
#[test]
fn switches_say_what_they_say() {
    reads! {
        "prefer_socket=false" => prefer_socket: false;
        "get-server-public-key=true" => allow_public_key_retrieval: true;
        "get_server_public_key=1" => allow_public_key_retrieval: true;
        "allowPublicKeyRetrieval=no" => allow_public_key_retrieval: false;
        "server-public-key-path=/key.pem" => server_public_key: "/key.pem";
        "server_key_path=/key.pem" => server_public_key: "/key.pem";
        "server_public_key=/key.pem" => server_public_key: "/key.pem";
        "serverPubKey=name" => server_public_key: "name";
        "serverRSAPublicKeyFile=/key.pem" => server_public_key: "/key.pem";
        "enable-cleartext-plugin=true" => cleartext: true;
        "enable_cleartext_plugin=off" => cleartext: false;
        "enableCleartextPlugin=ON" => cleartext: true;
        "allowCleartextPasswords=0" => cleartext: false;
        "local-infile=1" => local_infile: true;
        "local_infile=false" => local_infile: false;
        "allowAllFiles=FALSE" => local_infile: false;
        "allowLoadLocalInfile=yes" => local_infile: true;
        "client_found_rows=true" => found_rows: true;
        "clientFoundRows=true" => found_rows: true;
        "useAffectedRows=true" => found_rows: false;
        "useAffectedRows=false" => found_rows: true;
        "reconnect=true" => reconnect: true;
        "autoReconnect=false" => reconnect: false;
    }
    rejects! {
        "mysql://db1/?local_infile=«»" => InvalidValue, "local_infile", "even `false`, for true";
        "mysql://db1/?local_infile=«2»" => InvalidValue, "local_infile", "even `false`, for true";
        "mysql://db1/?reconnect=«yep»" => InvalidValue, "reconnect", "even `false`, for true";
        "mysql://db1/?clientFoundRows=true&useAffectedRows=«true»" => Conflict, "found_rows", "keep the one";
    }
}

/// What one driver alone has is kept as it is written, and shown: none of it is a secret.
#[test]
fn what_only_one_driver_has_is_kept() {
    let mut failures = Failures::default();
    for name in [
        // mysql and mysql_async
        "tcp_keepalive_time_ms",
        "tcp_keepalive_probe_interval_secs",
        "tcp_keepalive_probe_count",
        "tcp_user_timeout_ms",
        "secure_auth",
        "reset_connection",
        "check_health",
        "built_in_roots",
        "inactive_connection_ttl",
        "ttl_check_interval",
        "conn_ttl",
        "abs_conn_ttl",
        "abs_conn_ttl_jitter",
        "tcp_keepalive",
        "tcp_nodelay",
        "wait_timeout",
        "deprecate_eof",
        "disable_tls_resumption",
        // MySQL Shell
        "compression-algorithms",
        "compression-level",
        // npm
        "maxIdle",
        "idleTimeout",
        "queueLimit",
        "flags",
        "client_flag",
        // Go
        "loc",
        "parseTime",
        // Connector/J
        "cachePrepStmts",
        // Rails
        "checkout_timeout",
        "idle_timeout",
        "prepared_statements",
        // Prisma
        "pool_timeout",
        "socket_timeout",
    ] {
        match query(&format!("{name}=5")) {
            Ok(config) => {
                failures.compare(name, extras(&config), vec![(name, "5")]);
                failures.compare(name, params(&config), vec![]);
                failures.compare(name, codes(&config), vec![]);
                failures.compare(
                    name,
                    config
                        .extras()
                        .map(|extra| extra.to_string())
                        .collect::<Vec<_>>(),
                    vec![format!("{name}=5")],
                );
            }
            Err(error) => failures.rejected(name, &error),
        }
    }
    failures.finish();
    let config = query("api_token=t0k3n").expect("a config");
    assert_eq!(config.to_string(), "mysql://db1/shop?api_token=****");
}

// ---- TLS

/// The spec's table of values, row by row.
#[test]
fn modes_of_tls_in_everybodys_words() {
    reads! {
        "ssl-mode=DISABLED" => ssl_mode: "disabled";
        "ssl-mode=disable" => ssl_mode: "disabled";
        "sslmode=false" => ssl_mode: "disabled";
        "sslmode=0" => ssl_mode: "disabled";
        "tls=false" => ssl_mode: "disabled";
        "require_ssl=false" => ssl_mode: "disabled";
        "useSSL=false" => ssl_mode: "disabled";
        "ssl_disabled=true" => ssl_mode: "disabled";
        "ssl=false" => ssl_mode: "disabled";

        "ssl-mode=PREFERRED" => ssl_mode: "preferred";
        "sslmode=prefer" => ssl_mode: "preferred";
        "sslmode=allow" => ssl_mode: "preferred";
        "tls=preferred" => ssl_mode: "preferred";
        "useSSL=true" => ssl_mode: "preferred";

        "ssl_mode=Required" => ssl_mode: "required";
        "sslmode=require" => ssl_mode: "required";
        "sslMode=trust" => ssl_mode: "required";
        "tls=skip-verify" => ssl_mode: "required";
        "require_ssl=true&verify_ca=false" => ssl_mode: "required";
        r#"ssl={"rejectUnauthorized":false}"# => ssl_mode: "required";
        "useSSL=true&requireSSL=true" => ssl_mode: "required";
        "sslaccept=accept_invalid_certs" => ssl_mode: "required";
        "ssl=true" => ssl_mode: "required";

        "tls_mode=VERIFY_CA" => ssl_mode: "verify_ca";
        "sslmode=verify-ca" => ssl_mode: "verify_ca";
        "require_ssl=true&verify_identity=false" => ssl_mode: "verify_ca";
        "ssl={}" => ssl_mode: "verify_ca";
        r#"ssl={"rejectUnauthorized":true}"# => ssl_mode: "verify_ca";
        "useSSL=true&requireSSL=true&verifyServerCertificate=true" => ssl_mode: "verify_ca";
        "ssl=Amazon+RDS" => ssl_mode: "verify_ca";

        "ssl-mode=VERIFY_IDENTITY" => ssl_mode: "verify_identity";
        "sslmode=verify-full" => ssl_mode: "verify_identity";
        "sslMode=true" => ssl_mode: "verify_identity";
        "sslMode=1" => ssl_mode: "verify_identity";
        "tls=true" => ssl_mode: "verify_identity";
        "require_ssl=true" => ssl_mode: "verify_identity";
        r#"ssl={"rejectUnauthorized":true,"verifyIdentity":true}"# => ssl_mode: "verify_identity";
        "sslaccept=strict" => ssl_mode: "verify_identity";
    }
    assert_eq!(
        query("sslmode=require").expect("a config").ssl_mode(),
        Some(SslMode::Required)
    );
    assert_eq!(query("").expect("a config").ssl_mode(), None, "nobody says");
    rejects! {
        "mysql://db1/?ssl-mode=«yes»" => InvalidValue, "ssl_mode", "verify-full";
        "mysql://db1/?ssl-mode=«»" => InvalidValue, "ssl_mode", "verify-full";
        "mysql://db1/?tls=«custom»" => InvalidValue, "ssl_mode", "registered in a Go program";
        "mysql://db1/?sslaccept=«maybe»" => InvalidValue, "ssl_mode", "strict";
        "mysql://db1/?require_ssl=«maybe»" => InvalidValue, "ssl_mode", "even `false`, for true";
        "mysql://db1/?ssl=«{\"ca\":»" => InvalidValue, "ssl_mode", "ssl-mode=VERIFY_IDENTITY";
        "mysql://db1/?ssl=«maybe»" => InvalidValue, "ssl_mode", "verify-full";
        "mysql://db1/?ssl-ca=«»" => InvalidValue, "ssl_ca", "remove";
    }
}

/// Drivers that spell it otherwise ignore these, and connect in plain text.
#[test]
fn whatever_requests_a_check_requests_tls() {
    reads! {
        "verify_ca=true" => ssl_mode: "verify_ca";
        "verifyServerCertificate=true" => ssl_mode: "verify_ca";
        "ssl_verify_cert=true" => ssl_mode: "verify_ca";
        "sslverify=true" => ssl_mode: "verify_ca";
        "verify_identity=true" => ssl_mode: "verify_identity";
        "ssl_verify_identity=true" => ssl_mode: "verify_identity";
        "verify_ca=true&verify_identity=true" => ssl_mode: "verify_identity";
        "requireSSL=true" => ssl_mode: "required";
        "require_ssl=true&ssl-ca=/ca.pem" => ssl_mode: "verify_identity", ssl_ca: "/ca.pem";
        "useSSL=true&ssl-ca=/ca.pem" => ssl_mode: "verify_ca", ssl_ca: "/ca.pem";
        "ssl=true&ssl-ca=/ca.pem" => ssl_mode: "verify_ca", ssl_ca: "/ca.pem";
        "useSSL=true&sslMode=VERIFY_IDENTITY" => ssl_mode: "verify_identity";
        // What is switched off requests nothing.
        "verify_ca=false" => ;
        "requireSSL=false" => ;
        "ssl_disabled=false" => ;
        "ssl_verify_cert=false" => ;
    }
}

#[test]
fn spellings_of_tls_that_contradict_each_other_are_rejected() {
    rejects! {
        "mysql://db1/?ssl-mode=REQUIRED&sslMode=«DISABLED»" => Conflict, "ssl_mode", "once";
        "mysql://db1/?ssl-mode=REQUIRED&ssl-mode=«VERIFY_CA»" => Conflict, "ssl_mode", "once";
        "mysql://db1/?tls=true&ssl-mode=«REQUIRED»" => Conflict, "ssl_mode", "once";
        "mysql://db1/?useSSL=false&ssl-mode=«REQUIRED»" => Conflict, "ssl_mode", "once";
        "mysql://db1/?useSSL=false&requireSSL=«true»" => Conflict, "ssl_mode", "once";
        "mysql://db1/?useSSL=true&sslMode=«DISABLED»" => Conflict, "ssl_mode", "once";
        "mysql://db1/?requireSSL=true&sslMode=«PREFERRED»" => Conflict, "ssl_mode", "once";
        "mysql://db1/?verify_ca=true&ssl-mode=«REQUIRED»" => Conflict, "ssl_mode", "once";
        "mysql://db1/?verify_ca=false&ssl-mode=«VERIFY_CA»" => Conflict, "ssl_mode", "once";
        "mysql://db1/?verify_ca=false&verify_identity=«true»" => Conflict, "ssl_mode", "once";
        "mysql://db1/?require_ssl=false&verify_ca=«true»" => Conflict, "ssl_mode", "once";
        "mysql://db1/?require_ssl=true&require_ssl=«false»" => Conflict, "ssl_mode", "keep the one";
        "mysql://db1/?ssl-ca=/ca.pem&ssl-mode=«DISABLED»" => Conflict, "ssl_mode", "once";
        "mysql://db1/?ssl-ca=/ca.pem&ssl-ca=«/b.pem»" => Conflict, "ssl_ca", "keep the one";
    }
    reads! {
        "ssl-mode=REQUIRED&sslMode=require&tls=skip-verify" => ssl_mode: "required";
        "useSSL=true&requireSSL=true&ssl-mode=VERIFY_CA" => ssl_mode: "verify_ca";
        "require_ssl=true&ssl-mode=REQUIRED" => ssl_mode: "required";
    }
}

// ---- names that are no one's, or someone else's

#[test]
fn what_is_nearly_a_setting_of_tls_is_rejected() {
    rejects! {
        "mysql://db1/?«sslmod»=REQUIRED" => UnknownKeyword, "query", "did you mean `ssl_mode`?";
        "mysql://db1/?«ssl-mdoe»=REQUIRED" => UnknownKeyword, "query", "did you mean `ssl_mode`?";
        "mysql://db1/?«sl-mode»=REQUIRED" => UnknownKeyword, "query", "did you mean `ssl_mode`?";
        "mysql://db1/?«tlsmod»=REQUIRED" => UnknownKeyword, "query", "did you mean `tls_mode`?";
        "mysql://db1/?«requre_ssl»=true" => UnknownKeyword, "query", "did you mean `require_ssl`?";
        "mysql://db1/?«useSLS»=true" => UnknownKeyword, "query", "did you mean `usessl`?";
        "mysql://db1/?«verify-cas»=true" => UnknownKeyword, "query", "did you mean `verify_ca`?";
        "mysql://db1/?«pasword»=pw" => UnknownKeyword, "query", "did you mean `password`?";
        "mysql://db1/?«allowPublicKeyRetreival»=true" => UnknownKeyword, "query", "did you mean `allow";
        "mysql://db1/?compression-level=«abc»" => InvalidValue, "compress", "zstd";
        "mysql://db1/?«ssl.ca»=/ca.pem" => UnknownKeyword, "query", "did you mean `ssl_ca`?";
    }
    reads! {
        "sql_mode=ANSI" => ["sql_mode": "ANSI"];
        "sslidentity=/id.p12" => ["sslidentity": "/id.p12"] warns "unknown-tls-name";
        "sslpassword=pw" => ["sslpassword": "pw"] warns "unknown-tls-name";
        "tlsresumption=1" => ["tlsresumption": "1"] warns "unknown-tls-name";
        "verify_ssl=true" => ["verify_ssl": "true"] warns "unknown-tls-name";
        "starttls=1&useTLS=1&encrypt=1" => ["starttls": "1", "useTLS": "1", "encrypt": "1"]
            warns "unknown-tls-name", "unknown-tls-name", "unknown-tls-name";
        "ssl_key_password=pw&ssl-fips-mode=ON" => ["ssl_key_password": "pw", "ssl-fips-mode": "ON"];
    }
}

#[test]
fn the_words_of_postgres_in_a_url_of_mysql() {
    rejects! {
        "mysql://db1/?«sslrootcert»=/ca.pem" => UnknownKeyword, "query", "`ssl-ca`";
        "mysql://db1/?«sslcrldir»=/crl" => UnknownKeyword, "query", "`ssl-crlpath`";
        "mysql://db1/?«ssl_min_protocol_version»=TLSv1.2" => UnknownKeyword, "query", "`tls-version`";
        "mysql://db1/?«sslnegotiation»=direct" => UnknownKeyword, "query", "remove it";
        "mysql://db1/?«channel_binding»=require" => UnknownKeyword, "query", "remove it";
        "mysql://db1/?«gssencmode»=disable" => UnknownKeyword, "query", "remove it";
        "mysql://db1/?«require_auth»=none" => UnknownKeyword, "query", "remove it";
    }
    reads! {
        "application_name=web.1" => ["application_name": "web.1"] warns "postgres-name";
        "target_session_attrs=any" => ["target_session_attrs": "any"] warns "postgres-name";
        "options=-csearch_path=a" => ["options": "-csearch_path=a"] warns "postgres-name";
        "client_encoding=utf8" => ["client_encoding": "utf8"] warns "postgres-name";
        // The words for its values are known: DigitalOcean and Aiven write both.
        "sslmode=verify-full" => ssl_mode: "verify_identity";
    }
}

#[test]
fn the_words_of_mysql_in_a_url_of_postgres() {
    let mut failures = Failures::default();
    for (parameter, help) in [
        ("ssl-mode=REQUIRED", "did you mean `sslmode`?"),
        ("ssl_mode=require", "did you mean `sslmode`?"),
        ("sslMode=REQUIRED", "did you mean `sslmode`?"),
        ("sslmode=REQUIRED", "`require`"),
        ("sslmode=VERIFY_CA", "`verify-ca`"),
        ("sslmode=VERIFY_IDENTITY", "`verify-full`"),
        ("sslmode=DISABLED", "`disable`"),
        ("ssl-ca=/ca.pem", "`sslrootcert`"),
        ("ssl_ca=/ca.pem", "`sslrootcert`"),
        ("require_ssl=true", "`requiressl`"),
        ("useSSL=true", "`sslmode`"),
    ] {
        match format!("postgres://db1/shop?{parameter}").parse::<postgres::Config>() {
            Ok(config) => {
                // What is kept must at least be warned of.
                let warned = config.warnings().next();
                let given = warned.as_ref().map_or("", |warning| warning.help());
                if !given.contains(help) {
                    failures.push(parameter, &format!("accepted, no {help:?} in {given:?}"));
                }
            }
            Err(error) => {
                let given = error.help().unwrap_or_default();
                if !given.contains(help) {
                    failures.push(parameter, &format!("no {help:?} in {given:?}: {error}"));
                }
            }
        }
    }
    failures.finish();
}

/// The table of settings names them all in JSON; each canonical name leads back to its keyword.
#[test]
fn canonical_names_are_keywords() {
    for &keyword in Keyword::ALL {
        assert_eq!(keyword.as_str().parse(), Ok(keyword));
    }
    let error = "sslmode".parse::<Keyword>().expect_err("a spelling");
    assert_eq!(error.help(), Some("did you mean `ssl_mode`?"));
}
