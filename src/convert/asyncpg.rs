//! `asyncpg`: the DSN of asyncpg's own `connect` (`_parse_connect_dsn_and_args`). It reads libpq's `sslmode`; a parameter that it
//! does not know becomes a setting of the server's session, so those of other programs are left out.

use crate::convert::lost::Losses;
use crate::convert::parts::ConvertParts;
use crate::convert::{Notation, Texts, wrong_engine};
use crate::database::Database;
use crate::error::Error;
use crate::postgres::Keyword;

const READER: &str = "asyncpg";

/// What the parser takes out of the query, and what Postgres itself takes as a setting of the session.
const KNOWN: &[Keyword] = &[
    Keyword::User,
    Keyword::Password,
    Keyword::Dbname,
    Keyword::Host,
    Keyword::Port,
    Keyword::Passfile,
    Keyword::Service,
    Keyword::SslMode,
    Keyword::SslCert,
    Keyword::SslKey,
    Keyword::SslRootCert,
    Keyword::SslCrl,
    Keyword::SslPassword,
    Keyword::SslNegotiation,
    Keyword::SslMinProtocolVersion,
    Keyword::SslMaxProtocolVersion,
    Keyword::TargetSessionAttrs,
    Keyword::KrbSrvName,
    Keyword::GssLib,
    Keyword::ApplicationName,
    Keyword::ClientEncoding,
    Keyword::Options,
];

pub(super) fn convert(database: &Database, lost: &mut Losses) -> Result<Texts, Error> {
    let Database::Postgres(config) = database else {
        let help = "asyncpg connects to Postgres alone";
        return Err(wrong_engine(database, Notation::Asyncpg, help));
    };
    let mut parts = ConvertParts::of(database);
    parts.retain_extras(READER, lost, |_| false)?;
    parts.merge_addresses(READER)?;
    let mut config = config.without_extras();
    for setting in &parts.settings {
        let Ok(keyword) = setting.name.parse() else {
            continue;
        };
        if keyword == Keyword::SslRootCert && setting.value == "system" {
            return Err(super::lost::guard("sslrootcert", READER));
        }
        if !KNOWN.contains(&keyword) {
            lost.setting(setting, READER)?;
            config = config.without(keyword)?;
        }
    }
    if config.get(Keyword::HostAddr).is_some() {
        let hosts: Vec<_> = config
            .hosts()
            .map(|host| (host.hostaddr().unwrap_or_default().to_owned(), host.port()))
            .collect();
        let hosts = hosts.iter().map(|(host, port)| (host.as_str(), *port));
        config = config
            .clone()
            .without(Keyword::HostAddr)?
            .with_hosts(hosts)?;
    }
    let config = config.with_explicit_ports().into_owned();
    Ok(Texts::of_view(&|out, view| {
        config.write_url(out, "postgresql", view)
    }))
}
