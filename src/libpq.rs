//! libpq 18's 50 keywords (`PQconninfoOptions` in fe-connect.c), a row each: the one file to touch for a new one.
//!
//! The table is a macro that hands its rows to another one, so that each module makes its part of them:
//!
//! | field | what it becomes |
//! |---|---|
//! | the names, `doc` | a variant of `postgres::Keyword`, the getter of `Config`, the method of `Builder`, with their documentation |
//! | `value` | their types, and the check (`postgres/accessors.rs`, `postgres/keyword.rs`) |
//! | `shown` | the form in which a value is shown, under this name on every engine (`shown/form.rs`); without it, never |
//! | `drivers` | what drivers that are not on libpq do with it (`driver/fit`), unless `tokio_postgres` or `sqlx` says otherwise |
//! | `since`, `env`, `default` | the first libpq that knows it, the variable that libpq reads, the compiled default |
//! | `topic` | whether a misspelt name, or a contradiction, is an error |
//!
//! A value is `text`; `secret`, or a SCRAM `key`; a `part` of the address, whose getter is written by hand; a `port`; one `word` of
//! an enum, as it is written, in `any_case`, or as it is `sent` to the server unchecked; the `methods` of authentication; a `flag`
//! that begins with `1`; or an integer: a `switch` that 0 turns off, `seconds`, `milliseconds`, or a `count`.

/// `keywords!(name_of_a_macro)`: the rows, in libpq's order.
macro_rules! keywords {
    ($then:ident) => {
        $then! {
            service: Service {
                doc: "the section of the service file that sets what is not set here",
                value: text, shown: Identifier,
                drivers: rejected(&[], "reads no service file", COMPLETE),
                since: "7.1", env: "PGSERVICE", topic: Other,
            }
            user: User {
                doc: "the user's name; libpq takes the system user's if it is unset",
                value: text, drivers: Expressed,
                since: "7.1", env: "PGUSER", topic: Auth,
            }
            password: Password {
                doc: "the password",
                value: secret, drivers: Expressed,
                since: "7.1", env: "PGPASSWORD", topic: Auth,
            }
            passfile: Passfile {
                doc: "the path of the password file; libpq takes `~/.pgpass` if it is unset",
                value: text, shown: Path,
                drivers: lost(&[], "reads no password file", COMPLETE),
                since: "10", env: "PGPASSFILE", topic: Auth,
            }
            channel_binding: ChannelBinding {
                doc: "`disable`, `prefer` or `require`",
                value: word(ChannelBinding), shown: OneOf(&["disable", "prefer", "require"]),
                drivers: Expressed,
                sqlx: rejected(&["disable", "prefer"], "binds no password to its TLS channel",
                    "use `prefer` with `sslmode=verify-full`, or tokio-postgres"),
                since: "13", env: "PGCHANNELBINDING", default: "prefer", topic: Auth,
            }
            connect_timeout: ConnectTimeout {
                doc: "seconds to wait for each host; zero or less is forever",
                value: seconds, shown: Number, drivers: Expressed,
                sqlx: lost(&["0"], "has no timeout for connecting", "set `acquire_timeout` of the pool"),
                since: "7.4", env: "PGCONNECT_TIMEOUT", topic: Other,
            }
            dbname: Dbname {
                doc: "the database; libpq takes the user's name if it is unset or empty",
                value: part, drivers: Expressed,
                since: "7.1", env: "PGDATABASE", topic: Other,
            }
            host: Host {
                doc: "a list of names, addresses, or directories of Unix sockets",
                value: part, drivers: Expressed,
                since: "7.1", env: "PGHOST", topic: Other,
            }
            hostaddr: HostAddr {
                doc: "a list of numeric addresses",
                value: part, drivers: Expressed,
                since: "7.1", env: "PGHOSTADDR", topic: Other,
            }
            port: Port {
                doc: "a list of ports, or one for all hosts",
                value: port, drivers: Expressed,
                since: "7.1", env: "PGPORT", default: "5432", topic: Other,
            }
            client_encoding: ClientEncoding {
                doc: "an encoding, such as `UTF8`, or `auto` for the locale's",
                value: text, shown: Identifier,
                drivers: lost(&["utf8", "utf-8", "unicode"], "always speaks UTF-8", "remove it"),
                since: "9.1", env: "PGCLIENTENCODING", topic: Other,
            }
            options: Options {
                doc: "command-line options for the server, such as `-c search_path=app`, treated as secret",
                value: secret, drivers: Expressed,
                since: "7.1", env: "PGOPTIONS", default: "", topic: Other,
            }
            application_name: ApplicationName {
                doc: "the name in the server's statistics and logs",
                value: text, shown: Identifier, drivers: Expressed,
                since: "9.0", env: "PGAPPNAME", topic: Other,
            }
            fallback_application_name: FallbackApplicationName {
                doc: "the name where `application_name` is unset",
                value: text, shown: Identifier, drivers: Expressed,
                since: "9.0", topic: Other,
            }
            keepalives: Keepalives {
                doc: "whether TCP keepalives are used; 0 turns them off",
                value: switch, shown: Number, drivers: Expressed,
                sqlx: lost(&["0"], "sends no TCP keepalives", "remove it"),
                since: "9.0", topic: Other,
            }
            keepalives_idle: KeepalivesIdle {
                doc: "seconds before the first keepalive; zero or less is the system's default",
                value: seconds, shown: Number, drivers: Expressed,
                sqlx: lost(&["0"], "sends no TCP keepalives", "set `idle_timeout` of the pool"),
                since: "9.0", topic: Other,
            }
            keepalives_interval: KeepalivesInterval {
                doc: "seconds between keepalives; zero or less is the system's default",
                value: seconds, shown: Number, drivers: Expressed,
                sqlx: lost(&["0"], "sends no TCP keepalives", "set `idle_timeout` of the pool"),
                since: "9.0", topic: Other,
            }
            keepalives_count: KeepalivesCount {
                doc: "how many keepalives may be lost; zero or less is the system's default",
                value: count, shown: Number, drivers: Expressed,
                sqlx: lost(&["0"], "sends no TCP keepalives", "set `idle_timeout` of the pool"),
                since: "9.0", topic: Other,
            }
            tcp_user_timeout: TcpUserTimeout {
                doc: "milliseconds that sent data may stay unacknowledged; zero or less is the system's default",
                value: milliseconds, shown: Number, drivers: Expressed,
                sqlx: lost(&["0"], "leaves TCP's timeouts to the system", "remove it"),
                since: "12", topic: Other,
            }
            sslmode: SslMode {
                doc: "`disable`, `allow`, `prefer`, `require`, `verify-ca` or `verify-full`; `Config::effective_sslmode` is what applies",
                value: word(SslMode),
                // Those of other drivers, too.
                shown: OneOf(&["disable", "disabled", "allow", "prefer", "preferred", "require", "required", "verify_ca",
                    "verify_full", "verify_identity", "no_verify", "skip_verify", "custom", "trust", "strict"]),
                drivers: Expressed,
                tokio_postgres: rejected(&["disable", "prefer", "require"],
                    "knows only `disable`, `prefer` and `require`; its connector checks certificates", WITH_RUSTLS),
                sqlx: rejected(&["disable", "prefer", "require", "verify-ca", "verify-full"], "never uses TLS with `allow`",
                    "use `prefer`, or `disable`"),
                since: "8.0", env: "PGSSLMODE", default: "prefer", topic: Tls,
            }
            sslnegotiation: SslNegotiation {
                doc: "`postgres` or `direct`",
                value: word(SslNegotiation), shown: OneOf(&["postgres", "direct"]), drivers: Expressed,
                sqlx: rejected(&["postgres"], "begins TLS by a request only", "remove it; the server takes both"),
                since: "17", env: "PGSSLNEGOTIATION", default: "postgres", topic: Tls,
            }
            sslcompression: SslCompression {
                doc: "whether compression is requested, by `1`",
                value: flag, shown: Truth,
                drivers: lost(&["0"], "never compresses", "remove it; libpq ignores it since version 14"),
                since: "9.2", env: "PGSSLCOMPRESSION", default: "0", topic: Tls,
            }
            sslcert: SslCert {
                doc: "the path of the client's certificate; libpq takes `~/.postgresql/postgresql.crt` if it is unset",
                value: text, shown: Path, drivers: Expressed,
                tokio_postgres: rejected(&[], "leaves certificates to its connector", WITH_RUSTLS),
                since: "9.0", env: "PGSSLCERT", topic: Tls,
            }
            sslkey: SslKey {
                doc: "the path of the client's key, or `engine:key`; libpq takes `~/.postgresql/postgresql.key` if it is unset",
                value: text, shown: Path, drivers: Expressed,
                tokio_postgres: rejected(&[], "leaves certificates to its connector", WITH_RUSTLS),
                since: "8.4", env: "PGSSLKEY", topic: Tls,
            }
            sslcertmode: SslCertMode {
                doc: "`disable`, `allow` or `require`",
                value: word(SslCertMode), shown: OneOf(&["disable", "allow", "require"]),
                drivers: rejected(&["disable", "allow"], "cannot demand that the server requests a certificate",
                    "use `allow`, and let the server's pg_hba.conf demand the certificate"),
                since: "16", env: "PGSSLCERTMODE", topic: Tls,
            }
            sslpassword: SslPassword {
                doc: "the password of the client's key",
                value: secret,
                drivers: rejected(&[], "reads no encrypted key", "decrypt the key with `openssl pkey -in KEY -out NEW`"),
                since: "13", topic: Tls,
            }
            sslrootcert: SslRootCert {
                doc: "the path of the trusted certificates, or `system`; libpq takes `~/.postgresql/root.crt` if it is unset",
                value: text, shown: PathOr(&["system"]), drivers: Expressed,
                tokio_postgres: rejected(&[], "leaves certificates to its connector", WITH_RUSTLS),
                since: "9.0", env: "PGSSLROOTCERT", topic: Tls,
            }
            sslcrl: SslCrl {
                doc: "the path of the revoked certificates",
                value: text, shown: Path, drivers: Expressed,
                tokio_postgres: rejected(&[], "leaves certificates to its connector", WITH_RUSTLS),
                sqlx: rejected(&[], "reads no lists of revoked certificates", ONE_ROOT_FILE),
                since: "9.0", env: "PGSSLCRL", topic: Tls,
            }
            sslcrldir: SslCrlDir {
                doc: "the directory of the revoked certificates",
                value: text, shown: Path,
                drivers: rejected(&[], "reads no folder of revoked certificates", "name one file by `sslcrl`"),
                since: "14", env: "PGSSLCRLDIR", topic: Tls,
            }
            sslsni: SslSni {
                doc: "whether the host's name is sent in TLS, by `1`",
                value: flag, shown: Truth, drivers: Expressed,
                tokio_postgres: rejected(&["1"], "leaves the server's name to its connector", WITH_RUSTLS),
                sqlx: rejected(&["1"], "always sends the server's name", "remove it"),
                since: "14", env: "PGSSLSNI", default: "1", topic: Tls,
            }
            requirepeer: RequirePeer {
                doc: "the system user that must own the server, over a Unix socket",
                value: text, shown: Identifier,
                drivers: rejected(&[], "does not check who owns a socket", "use a driver on libpq, such as diesel"),
                since: "9.1", env: "PGREQUIREPEER", topic: Auth,
            }
            require_auth: RequireAuth {
                doc: "a list of acceptable ways to authenticate, such as `scram-sha-256`, or of others, each with `!`",
                value: methods, shown: List,
                drivers: rejected(&[], "logs in by any method that the server requests",
                    "use `channel_binding=require` with tokio-postgres, or `sslmode=verify-full`"),
                since: "16", env: "PGREQUIREAUTH", topic: Auth,
            }
            min_protocol_version: MinProtocolVersion {
                doc: "`3.0`, `3.2` or `latest`",
                value: word(ProtocolVersion), shown: OneOf(&["3.0", "3.2", "latest"]),
                drivers: lost(&["3.0"], "speaks version 3.0 of the protocol", "remove it"),
                since: "18", env: "PGMINPROTOCOLVERSION", topic: Other,
            }
            max_protocol_version: MaxProtocolVersion {
                doc: "`3.0`, `3.2` or `latest`",
                value: word(ProtocolVersion), shown: OneOf(&["3.0", "3.2", "latest"]),
                drivers: lost(&["3.0", "3.2", "latest"], "speaks version 3.0 of the protocol", "remove it"),
                since: "18", env: "PGMAXPROTOCOLVERSION", topic: Other,
            }
            ssl_min_protocol_version: SslMinProtocolVersion {
                doc: "`TLSv1`, `TLSv1.1`, `TLSv1.2`, `TLSv1.3`, or empty for no minimum",
                value: any_case(TlsVersion), shown: OneOf(&["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]),
                drivers: Expressed,
                tokio_postgres: rejected(&["TLSv1", "TLSv1.1", "TLSv1.2"], "leaves versions of TLS to its connector",
                    WITH_RUSTLS),
                sqlx: rejected(&["TLSv1", "TLSv1.1", "TLSv1.2"], "takes TLS 1.2 and 1.3 alike",
                    "remove it, and set `ssl_min_protocol_version` in the server"),
                since: "13", env: "PGSSLMINPROTOCOLVERSION", default: "TLSv1.2", topic: Tls,
            }
            ssl_max_protocol_version: SslMaxProtocolVersion {
                doc: "`TLSv1`, `TLSv1.1`, `TLSv1.2`, `TLSv1.3`, or empty for no maximum",
                value: any_case(TlsVersion), shown: OneOf(&["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]),
                drivers: Expressed,
                tokio_postgres: rejected(&["TLSv1.3"], "leaves versions of TLS to its connector", WITH_RUSTLS),
                sqlx: rejected(&["TLSv1.3"], "takes TLS 1.2 and 1.3 alike",
                    "remove it, and set `ssl_max_protocol_version` in the server"),
                since: "13", env: "PGSSLMAXPROTOCOLVERSION", topic: Tls,
            }
            gssencmode: GssEncMode {
                doc: "`disable`, `prefer` or `require`",
                value: word(GssEncMode), shown: OneOf(&["disable", "prefer", "require"]),
                drivers: rejected(&["disable", "prefer"], "has no GSSAPI", "use TLS: `sslmode=verify-full`"),
                since: "12", env: "PGGSSENCMODE", default: "prefer", topic: Auth,
            }
            krbsrvname: KrbSrvName {
                doc: "the Kerberos service",
                value: text, shown: Identifier,
                drivers: lost(&["postgres"], "has no GSSAPI", "remove it"),
                since: "7.4", env: "PGKRBSRVNAME", default: "postgres", topic: Auth,
            }
            gsslib: GssLib {
                doc: "the library for GSSAPI: `gssapi`, on Windows only",
                value: text, shown: Identifier,
                drivers: lost(&[], "has no GSSAPI", "remove it"),
                since: "8.3", env: "PGGSSLIB", topic: Auth,
            }
            gssdelegation: GssDelegation {
                doc: "whether credentials are forwarded, by `1`",
                value: flag, shown: Truth,
                drivers: lost(&["0"], "has no GSSAPI", "remove it"),
                since: "17", env: "PGGSSDELEGATION", default: "0", topic: Auth,
            }
            replication: Replication {
                doc: "`true`, `database` or `false`, which the server reads",
                value: sent(Replication), shown: OneOf(&["database"]),
                drivers: lost(&["false", "off", "no", "0"], "opens ordinary sessions only", "use a client for replication"),
                since: "9.0", topic: Other,
            }
            target_session_attrs: TargetSessionAttrs {
                doc: "`any`, `read-write`, `read-only`, `primary`, `standby` or `prefer-standby`",
                value: word(TargetSessionAttrs),
                shown: OneOf(&["any", "read_write", "read_only", "primary", "standby", "prefer_standby"]),
                drivers: rejected(&["any", "read-write", "read-only"], "knows only `any`, `read-write` and `read-only`",
                    "use `read-write` for a primary and `read-only` for a standby"),
                sqlx: rejected(&["any"], "takes the first server whatever its state",
                    "name the primary's own host, or use tokio-postgres"),
                since: "10", env: "PGTARGETSESSIONATTRS", default: "any", topic: Other,
            }
            load_balance_hosts: LoadBalanceHosts {
                doc: "`disable` or `random`",
                value: word(LoadBalanceHosts), shown: OneOf(&["disable", "random"]), drivers: Expressed,
                sqlx: lost(&["disable"], "tries addresses in their order", "remove it"),
                since: "16", env: "PGLOADBALANCEHOSTS", default: "disable", topic: Other,
            }
            scram_client_key: ScramClientKey {
                doc: "the SCRAM client key in place of a password, 32 bytes in base64",
                value: key,
                drivers: rejected(&[], "computes SCRAM's keys from a password", BY_PASSWORD),
                since: "18", topic: Auth,
            }
            scram_server_key: ScramServerKey {
                doc: "the SCRAM server key, 32 bytes in base64",
                value: key,
                drivers: rejected(&[], "computes SCRAM's keys from a password", BY_PASSWORD),
                since: "18", topic: Auth,
            }
            oauth_issuer: OauthIssuer {
                doc: "the URL of the issuer that is trusted",
                value: text, shown: Origin,
                drivers: rejected(&[], "has no OAuth", BY_PASSWORD),
                since: "18", topic: Auth,
            }
            oauth_client_id: OauthClientId {
                doc: "the client's identifier at the issuer",
                value: text, shown: Identifier,
                drivers: rejected(&[], "has no OAuth", BY_PASSWORD),
                since: "18", topic: Auth,
            }
            oauth_client_secret: OauthClientSecret {
                doc: "the client's secret at the issuer",
                value: secret,
                drivers: rejected(&[], "has no OAuth", BY_PASSWORD),
                since: "18", topic: Auth,
            }
            oauth_scope: OauthScope {
                doc: "the requested scopes, separated by spaces",
                value: text, shown: List,
                drivers: rejected(&[], "has no OAuth", BY_PASSWORD),
                since: "18", topic: Auth,
            }
            sslkeylogfile: SslKeyLogFile {
                doc: "the path of a file that the keys of TLS are written to, for debugging",
                value: text, shown: Path,
                drivers: lost(&[], "writes no keys of TLS", "remove it"),
                since: "18", topic: Tls,
            }
        }
    };
}

/// `None`, or `Some` of what is given: a field that a row may leave out.
macro_rules! optional {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}

pub(crate) use {keywords, optional};
