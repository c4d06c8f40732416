//! TLS, and what a driver makes of the config.

use std::net::IpAddr;

use crate::config::value::Host;
use crate::database::Database;
use crate::diagnose::guard::is_this_machine;
use crate::diagnose::{Code, Finding, Severity};
use crate::driver::{Driver, Fit};
use crate::engine::Engine;
use crate::mysql;
use crate::postgres::{self, Keyword};
use crate::resolution::Resolved;
use crate::secret::SecretStr;
use crate::service::Tls;
use crate::shown;
use crate::vars::Vars;

/// The name or the address that is connected to; `None` for a socket and for the driver's default.
pub(super) fn connected<'h>(host: &Host<'h>) -> Option<&'h str> {
    let given = |text: Option<&'h str>| text.filter(|text| !text.is_empty());
    given(host.hostaddr())
        .or(given(host.host()))
        .filter(|_| !host.is_socket())
}

/// A connection to another machine that may be made without TLS.
pub(super) fn tls(resolved: &Resolved<Database>, vars: &Vars) -> Option<Finding> {
    let mut remote = resolved
        .value()
        .hosts()
        .filter_map(|host| connected(&host))
        .filter(|name| !is_this_machine(name));
    let first = remote.next()?;
    let (field, help) = match resolved.value() {
        Database::Postgres(config) => of_postgres(config, vars)?,
        Database::MySql(config) => of_mysql(config)?,
        Database::Service(config) => of_service(config.engine(), config.tls())?,
        Database::Sqlite(_) => return None,
    };
    let is_private = is_private(first) && remote.all(is_private);
    let severity = if is_private {
        Severity::Note
    } else {
        Severity::Warning
    };
    let is_hidden = resolved.value().hosts().any(|host| host.is_hidden);
    let host = shown::host(first, is_hidden);
    let message = format!("TLS is not required for `{host}`");
    Some(
        Finding::new(Code::TlsNotRequired, message, help)
            .severity_is(severity)
            .at(resolved, field),
    )
}

fn of_postgres(config: &postgres::Config, vars: &Vars) -> Option<(&'static str, &'static str)> {
    use postgres::SslMode as M;
    let is_weak = |mode: M| matches!(mode, M::Disable | M::Allow | M::Prefer);
    let ambient = vars.get("PGSSLMODE").ok().flatten().map(SecretStr::expose);
    let is_ambient =
        ambient.is_some_and(|mode| matches!(mode, "require" | "verify-ca" | "verify-full"));
    let is_required =
        !is_weak(config.effective_sslmode()) || config.sslmode().is_none() && is_ambient;
    let help = "add sslmode=verify-full and sslrootcert=system, or at least sslmode=require";
    (!is_required).then_some(("sslmode", help))
}

fn of_mysql(config: &mysql::Config) -> Option<(&'static str, &'static str)> {
    let is_required = config.ssl_mode().is_some_and(mysql::SslMode::requires_tls);
    let help = "add ssl-mode=VERIFY_IDENTITY, or at least ssl-mode=REQUIRED";
    (!is_required && config.socket().is_none()).then_some(("ssl_mode", help))
}

/// Of the services only those that hold an app's data, or its sessions.
const fn of_service(engine: Engine, tls: Tls) -> Option<(&'static str, &'static str)> {
    if matches!(tls, Tls::On | Tls::Unverified) {
        return None;
    }
    let help = match engine {
        Engine::Redis => "write the scheme rediss://, if the server has TLS",
        Engine::MongoDb => "add tls=true",
        Engine::Amqp => "write the scheme amqps://",
        Engine::Neo4j => "write the scheme neo4j+s:// or https://",
        _ => return None,
    };
    Some(("scheme", help))
}

/// A name without a dot, as in Compose, a private address, or a name of a private network.
fn is_private(name: &str) -> bool {
    const ENDS: &[&str] = &[
        ".internal",
        ".local",
        ".lan",
        ".svc",
        ".docker",
        ".flycast",
        ".home.arpa",
    ];
    let address = name.trim_start_matches('[').trim_end_matches(']').parse();
    match address {
        Ok(IpAddr::V4(address)) => address.is_private() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => address.segments()[0] & 0xfe00 == 0xfc00,
        Err(_) => {
            !name.contains('.')
                || ENDS
                    .iter()
                    .any(|end| name.to_ascii_lowercase().ends_with(end))
        }
    }
}

/// A root certificate next to a mode that does not check the name.
pub(super) fn certificate(resolved: &Resolved<Database>) -> Option<Finding> {
    let Database::Postgres(config) = resolved.value() else {
        return None;
    };
    let has_root = config
        .get(Keyword::SslRootCert)
        .is_some_and(|root| !root.is_empty());
    let mode = config.effective_sslmode();
    if !has_root || mode >= postgres::SslMode::VerifyCa || mode == postgres::SslMode::Disable {
        return None;
    }
    let message = format!(
        "`sslmode={mode}` does not check the server's name, though a root certificate is given"
    );
    let help = "write sslmode=verify-full";
    Some(Finding::new(Code::CertificateNotChecked, message, help).at(resolved, "sslmode"))
}

/// What a driver cannot express.
pub(super) fn fit(resolved: &Resolved<Database>, driver: Driver) -> Vec<Finding> {
    let fit = match resolved.value() {
        Database::Postgres(config) => config.fit(driver),
        Database::MySql(config) => config.fit(driver),
        Database::Sqlite(config) => config.fit(driver),
        Database::Service(config) => config.fit(driver),
    };
    let Fit { rejected, lost } = fit;
    let finding = |code, misfits: Vec<crate::driver::Misfit>| {
        misfits.into_iter().map(move |misfit| {
            Finding::new(code, misfit.to_string(), misfit.help()).at(resolved, misfit.name())
        })
    };
    finding(Code::DriverRejects, rejected)
        .chain(finding(Code::DriverIgnores, lost))
        .collect()
}
