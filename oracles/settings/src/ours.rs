//! What we make of a case, in the fields that oracles have, too.

use database_url::settings::template::{Syntax, expand};
use database_url::settings::{Settings, System};
use database_url::{Database, Error, Host, Resolved, SecretStr, Vars};

use crate::case::{Case, Reading};
use crate::oracle::Oracle;

/// What we make of it, or the kind of our error and its message.
///
/// # Errors
///
/// If we reject it.
pub fn read(oracle: Oracle, case: &Case) -> Result<Reading, (&'static str, String)> {
    let vars: Vars = case.vars.iter().collect();
    let read = match oracle {
        Oracle::Bash | Oracle::Dash => template(Syntax::Shell, case, &vars),
        Oracle::Compose => template(Syntax::Compose, case, &vars),
        Oracle::Erb => template(Syntax::Erb, case, &vars),
        Oracle::Sequelize | Oracle::SequelizeLibrary => {
            file(System::Sequelize, "config/config.json", case, &vars)
        }
        Oracle::Rails => file(System::Rails, "config/database.yml", case, &vars),
        Oracle::DjDatabaseUrl | Oracle::DjangoEnviron | Oracle::Django => {
            file(System::Django, "databases.json", case, &vars)
        }
    };
    read.map_err(|error| (error.kind().as_str(), error.to_string()))
}

fn template(syntax: Syntax, case: &Case, vars: &Vars) -> Result<Reading, Error> {
    let expansion = expand(syntax, case.text(), vars)?;
    let text = expansion.value().map(|text| text.expose().to_owned());
    Ok(text.map(|text| ("text", text)).into_iter().collect())
}

fn file(system: System, path: &str, case: &Case, vars: &Vars) -> Result<Reading, Error> {
    let mut settings = match &case.text {
        Some(text) => Settings::from_str(path, text.as_str())?.with_system(system),
        None => Settings::without_file(system),
    };
    if let Some(environment) = &case.environment {
        settings = settings.with_environment(environment);
    }
    if let Some(connection) = &case.connection {
        settings = settings.with_connection(connection);
    }
    Ok(reading(&settings.resolve(vars)?))
}

/// What is left out is what is not given; what a socket is called differs by engine, and is a host here.
fn reading(resolved: &Resolved<Database>) -> Reading {
    let database = resolved.value();
    let mut reading = Reading::from([("engine", database.engine().as_str().to_owned())]);
    let mut put = |name, text: Option<&str>| {
        if let Some(text) = text {
            reading.insert(name, text.to_owned());
        }
    };
    put("user", database.user());
    put("password", database.password().map(SecretStr::expose));
    put("database", database.dbname());
    let hosts: Vec<_> = database.hosts().collect();
    let names: Vec<_> = hosts.iter().filter_map(Host::host).collect();
    let ports: Vec<_> = hosts
        .iter()
        .filter_map(Host::port)
        .map(|port| port.to_string())
        .collect();
    let names = names.join(",");
    put(
        "host",
        database
            .socket()
            .or(Some(names.as_str()).filter(|names| !names.is_empty())),
    );
    let ports = ports.join(",");
    put(
        "port",
        Some(ports.as_str()).filter(|ports| !ports.is_empty()),
    );
    reading
}
