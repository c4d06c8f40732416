//! One case before libpq and before us, field by field.
//!
//! Left out of the comparison, since `PQconninfo` reports more than the completion:
//! - the default of `gssencmode` is `disable` in builds without GSSAPI, as this one; ours is `prefer`;
//! - `pqConnectOptions2` writes `allow` into an unset `sslcertmode`, and the locale's encoding in place of `auto`.

use std::path::Path;

use database_url::credentials::{Completed, Completion};
use database_url::postgres::{Config, Dialect, Keyword};
use database_url::{Error, Stage, Vars};

use super::Case;
use super::oracle::{Oracle, Report};

/// How both agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// Both complete the case, and report the same.
    Completed,
    /// Both complete it, with a password from the password file.
    WithPassword,
    /// Both complete it, with the settings of a service.
    WithService,
    /// Both reject it.
    Rejected,
    /// The string is not valid by itself, only with what libpq adds: two ports for the two hosts of `PGHOST`. A config is
    /// checked when it is made, so we reject that.
    NotByItself,
}

/// Compares one case.
///
/// # Errors
/// What differs.
pub fn compare(
    oracle: &Oracle,
    case: &Case,
    folder: &Path,
    system_user: &str,
) -> Result<Agreement, String> {
    let libpq = oracle.report(case, folder);
    let alone = Config::parse_in(Dialect::Libpq, &case.string);
    if libpq.is_ok() && alone.is_err_and(|error| error.stage() == Some(Stage::Options)) {
        return Ok(Agreement::NotByItself);
    }
    match (libpq, ours(case, folder, system_user)) {
        (Err(_), Err(_)) => Ok(Agreement::Rejected),
        (Ok(_), Err(error)) => Err(format!("libpq completes, we reject: {error}")),
        (Err(message), Ok(_)) => Err(format!("libpq rejects ({message}), we complete")),
        (Ok(report), Ok(completed)) => fields(&report, &completed),
    }
}

fn ours(case: &Case, folder: &Path, system_user: &str) -> Result<Completed<Config>, Error> {
    let config = Config::parse_in(Dialect::Libpq, &case.string)?;
    let vars: Vars = case
        .vars
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    Completion::new(&vars)
        .system_user(system_user)
        .socket_dir("/tmp")
        .sysconf_dir(folder.join("nowhere"))
        .postgres(&config)
}

fn fields(report: &Report, completed: &Completed<Config>) -> Result<Agreement, String> {
    let of_file = completed
        .servers()
        .iter()
        .any(|server| server.password_source().is_some());
    for &keyword in Keyword::ALL {
        let libpq = report.keywords.get(keyword.as_str()).map(String::as_str);
        let name = match keyword {
            Keyword::Dbname => "database",
            _ => keyword.as_str(),
        };
        let field = completed.field(name);
        let ours = field.map(|field| field.value().expose());
        let is_default = field.is_none_or(database_url::credentials::Field::is_default);
        let is_left_out = match keyword {
            Keyword::GssEncMode => is_default,
            Keyword::SslCertMode => field.is_none() && libpq == Some("allow"),
            Keyword::ClientEncoding => ours == Some("auto"),
            // `pgpass` of the connection is not what the password file gives.
            Keyword::Password => of_file,
            _ => false,
        };
        if libpq != ours && !is_left_out {
            return Err(format!("{keyword}: libpq has {libpq:?}, we have {ours:?}"));
        }
    }
    let is_shuffled = completed.servers().len() > 1
        && report
            .keywords
            .get("load_balance_hosts")
            .is_some_and(|order| order == "random");
    if !is_shuffled {
        server(report, completed)?;
    }
    let config = completed.config();
    for (what, libpq, ours) in [
        ("user", &report.user, config.user()),
        ("database", &report.database, config.dbname()),
    ] {
        if Some(libpq.as_str()) != ours {
            return Err(format!("{what}: libpq has {libpq:?}, we have {ours:?}"));
        }
    }
    let of_service = |field: &database_url::credentials::Field| {
        let from = field.provenance();
        from.is_some_and(|from| from.source().kind() == "service-file")
    };
    Ok(match of_file {
        true => Agreement::WithPassword,
        false if completed.fields().any(of_service) => Agreement::WithService,
        false => Agreement::Completed,
    })
}

/// The last server: libpq has tried all of them.
fn server(report: &Report, completed: &Completed<Config>) -> Result<(), String> {
    let server = completed.servers().last().ok_or("no server")?;
    let password = server
        .password()
        .map_or("", database_url::SecretStr::expose);
    let port = report
        .port
        .trim()
        .parse::<u16>()
        .map_err(|_| "a port of libpq's")?;
    if report.host != server.host() {
        return Err(format!(
            "PQhost {:?}, we have {:?}",
            report.host,
            server.host()
        ));
    }
    if port != server.port() {
        return Err(format!("PQport {port}, we have {}", server.port()));
    }
    if report.password != password {
        return Err(format!(
            "PQpass {:?}, we have {password:?}",
            report.password
        ));
    }
    Ok(())
}
