//! The servers as `explain` shows them: one row each, with its port.

use database_url::diagnose::Ambient;
use database_url::{Database, Host};

use crate::view::config::names;
use crate::view::table::Row;

/// Whether a field is shown with the hosts, and not by itself.
pub(crate) fn is_of_hosts(field: &str) -> bool {
    matches!(field, "host" | "hostaddr" | "port" | "priority")
}

/// One row per host. `from` tells which source a field has; empty for one that is not given.
pub(crate) fn rows(
    database: &Database,
    secrets: bool,
    ambient: &[Ambient],
    from: impl Fn(&str) -> String,
) -> Vec<Row> {
    let port = default_port(database);
    let takes_port = |variable: &&Ambient| variable.applies() && variable.name() == "PGPORT";
    let taken = ambient.iter().find(takes_port);
    let default = match (port, taken) {
        (None, _) => String::new(),
        (Some(_), None) => "; port not given: the default".to_owned(),
        (Some(_), Some(_)) => "; port not given: the default, but libpq takes PGPORT".to_owned(),
    };
    let row = |host: Host<'_>| {
        let given = names(&host, secrets);
        let [name, address] = given.map(|name| name.filter(|name| !name.is_empty()));
        let shown = match (name, address) {
            (Some(name), Some(address)) => format!("{name} ({address})"),
            (name, address) => name.or(address).unwrap_or_default().to_owned(),
        };
        let value = with_port(&shown, host.is_socket(), host.port().or(port));
        let value = match host.priority() {
            Some(priority) => format!("{value}, priority {priority}"),
            None => value,
        };
        if name.or(address).is_none() {
            let port = host.port().map(|port| port.to_string());
            return ["port".to_owned(), port.unwrap_or_default(), from("port")];
        }
        let mut named = ["host", "hostaddr", "port"].iter().map(|field| from(field));
        let source = named.find(|from| !from.is_empty()).unwrap_or_default();
        let source = match (host.port(), from("port")) {
            (None, _) => format!("{source}{default}"),
            // The URL's own port needs no word of its own.
            (Some(_), other) if base(&other) != base(&source) => {
                format!("{source}; port from {other}")
            }
            (Some(_), _) => source,
        };
        ["host".to_owned(), value, source]
    };
    database.hosts().map(row).collect()
}

/// The source without the component that follows it.
fn base(source: &str) -> &str {
    source.rsplit_once(", ").map_or(source, |(base, _)| base)
}

fn with_port(host: &str, is_socket: bool, port: Option<u16>) -> String {
    match port {
        Some(port) if is_socket => format!("{host}, port {port}"),
        Some(port) if host.contains(':') && !host.contains('(') => format!("[{host}]:{port}"),
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// The port that is used where none is given; SRV records name their own.
fn default_port(database: &Database) -> Option<u16> {
    let is_srv = database
        .scheme()
        .is_some_and(|scheme| scheme.ends_with("+srv"));
    let port = match database {
        Database::Postgres(config) => config.default_port(),
        Database::MySql(config) => config.default_port(),
        Database::Service(config) => config.default_port(),
        _ => 0,
    };
    (!is_srv && port != 0).then_some(port)
}
