//! Databases that a platform describes in several variables: host, port, user, password and name, each in its own.

use crate::database::{Database, DatabaseParts, by_caller};
use crate::engine::{Engine, Scheme};
use crate::error::{Error, ErrorKind};
use crate::grammar::guard;
use crate::platform::extended::extended;
use crate::source::Source;
use crate::span::{Component, Span};
use crate::vars::Vars;

/// The variables of one database; an empty name is a part that is not given.
#[derive(Debug)]
pub(crate) struct Group {
    /// The variables that hold the same as a URL. Where one of them is set, the parts say nothing new.
    pub(crate) urls: &'static [&'static str],
    scheme: &'static str,
    /// The host, without which there is no database; it stands for the group.
    pub(crate) host: &'static str,
    /// Whether the host's variable is a list of servers with their ports.
    is_list: bool,
    port: &'static str,
    user: &'static str,
    password: &'static str,
    database: &'static str,
}

/// The groups of the platforms that give parts. What apps call them (`DB_HOST`, `POSTGRES_DB`…) is in `family.rs`; `PG*` is
/// for `credentials`.
const GROUPS: &[Group] = &[
    Group {
        urls: &["MYSQL_URL"],
        scheme: "mysql",
        host: "MYSQLHOST",
        is_list: false,
        port: "MYSQLPORT",
        user: "MYSQLUSER",
        password: "MYSQLPASSWORD",
        database: "MYSQLDATABASE",
    },
    Group {
        urls: &["STACKHERO_MYSQL_DATABASE_URL"],
        scheme: "mysql",
        host: "STACKHERO_MYSQL_HOST",
        is_list: false,
        port: "STACKHERO_MYSQL_PORT",
        user: "STACKHERO_MYSQL_USER",
        password: "STACKHERO_MYSQL_ROOT_PASSWORD",
        database: "",
    },
    Group {
        urls: &["POSTGRESQL_ADDON_URI", "POSTGRESQL_ADDON_DIRECT_URI"],
        scheme: "postgresql",
        host: "POSTGRESQL_ADDON_HOST",
        is_list: false,
        port: "POSTGRESQL_ADDON_PORT",
        user: "POSTGRESQL_ADDON_USER",
        password: "POSTGRESQL_ADDON_PASSWORD",
        database: "POSTGRESQL_ADDON_DB",
    },
    Group {
        urls: &["MYSQL_ADDON_URI"],
        scheme: "mysql",
        host: "MYSQL_ADDON_HOST",
        is_list: false,
        port: "MYSQL_ADDON_PORT",
        user: "MYSQL_ADDON_USER",
        password: "MYSQL_ADDON_PASSWORD",
        database: "MYSQL_ADDON_DB",
    },
    Group {
        urls: &[],
        scheme: "memcached",
        host: "MEMCACHIER_SERVERS",
        is_list: true,
        port: "",
        user: "MEMCACHIER_USERNAME",
        password: "MEMCACHIER_PASSWORD",
        database: "",
    },
];

/// A URL without credentials, and the variables that hold those.
#[derive(Debug)]
pub(crate) struct NextTo {
    url: &'static str,
    user: &'static str,
    password: &'static str,
}

const NEXT_TO: &[NextTo] = &[
    NextTo {
        url: "GRAPHENEDB_BOLT_URL",
        user: "GRAPHENEDB_BOLT_USER",
        password: "GRAPHENEDB_BOLT_PASSWORD",
    },
    // What Heroku's buildpack for the JVM and Spring itself call them: a JDBC URL rarely holds credentials.
    NextTo {
        url: "JDBC_DATABASE_URL",
        user: "JDBC_DATABASE_USERNAME",
        password: "JDBC_DATABASE_PASSWORD",
    },
    NextTo {
        url: "SPRING_DATASOURCE_URL",
        user: "SPRING_DATASOURCE_USERNAME",
        password: "SPRING_DATASOURCE_PASSWORD",
    },
];

/// The groups that describe a database which no URL describes.
pub(crate) fn groups(vars: &Vars) -> impl Iterator<Item = &'static Group> {
    let alone = |group: &&Group| {
        vars.is_set(group.host) && !group.urls.iter().any(|name| vars.is_set(name))
    };
    GROUPS.iter().filter(alone)
}

/// The group that a variable stands for.
pub(crate) fn group(host: &str) -> Option<&'static Group> {
    GROUPS.iter().find(|group| group.host == host)
}

/// The hosts' variables of the groups that an attachment's name means: `MYSQL` is `MYSQLHOST`.
pub(crate) fn named(stem: &str) -> impl Iterator<Item = &'static str> {
    let ends = ["_HOST", "HOST", "_SERVERS"];
    let hosts = GROUPS.iter().map(|group| group.host);
    hosts.filter(move |host| ends.iter().any(|end| host.strip_suffix(end) == Some(stem)))
}

impl Group {
    /// The engine that the variables are of.
    pub(crate) fn engine(&self) -> Option<Engine> {
        Scheme::find(self.scheme).map(|row| row.engine)
    }

    /// The database of the parts.
    pub(crate) fn load(&self, vars: &Vars) -> Result<Database, Error> {
        let given = |name, component| given(vars, name, component);
        let Some(host) = given(self.host, Component::Host)? else {
            return Err(
                Error::new(ErrorKind::EmptyVariable, "expected a database's host")
                    .with_source(&config_var(self.host))
                    .with_help("set it to a host, or unset it"),
            );
        };
        let database = DatabaseParts {
            scheme: self.scheme,
            host: by_caller(host),
            port: given(self.port, Component::Port)?.map(by_caller),
            user: given(self.user, Component::User)?.map(by_caller),
            password: given(self.password, Component::Password)?.map(by_caller),
            database: given(self.database, Component::Database)?.map(by_caller),
            is_list: self.is_list,
        };
        database.assemble().map_err(|error| {
            let part = error.component().and_then(|component| self.part(component));
            error
                .without_span()
                .with_source(&config_var(part.unwrap_or(self.host)))
        })
    }

    /// The variable that gives a part.
    fn part(&self, component: Component) -> Option<&'static str> {
        let name = match component {
            Component::Host => self.host,
            Component::Port => self.port,
            Component::User => self.user,
            Component::Password => self.password,
            Component::Database => self.database,
            _ => "",
        };
        Some(name).filter(|name| !name.is_empty())
    }
}

/// A variable's database, with the credentials of variables of their own, if it is one of those.
pub(crate) fn completed(vars: &Vars, name: &str, database: Database) -> Result<Database, Error> {
    let Some(row) = NEXT_TO.iter().find(|row| row.url == name) else {
        return Ok(database);
    };
    let user = given(vars, row.user, Component::User)?;
    let password = given(vars, row.password, Component::Password)?;
    extended(database, user, password, None)
}

/// Where the parts of a database come from that is not all in the variable it is named by.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Origin {
    /// All of it is.
    #[default]
    Whole,
    Group(&'static Group),
    /// The password, and the user where the URL has none.
    NextTo {
        variables: &'static NextTo,
        gives_user: bool,
    },
}

impl Origin {
    /// The origin of what a variable gives.
    pub(crate) fn of(vars: &Vars, name: &str) -> Self {
        if let Some(group) = group(name) {
            return Self::Group(group);
        }
        let Some(variables) = NEXT_TO.iter().find(|row| row.url == name) else {
            return Self::Whole;
        };
        let text = vars.get(name).ok().flatten();
        let bare = text.and_then(|text| text.expose().parse::<Database>().ok());
        match bare {
            Some(bare) if bare.password().is_none() => Self::NextTo {
                variables,
                gives_user: bare.user().is_none(),
            },
            _ => Self::Whole,
        }
    }

    /// The variable that gives a part, if it is another one.
    pub(crate) fn variable(self, component: Component) -> Option<&'static str> {
        match (self, component) {
            (Self::Group(group), _) => group.part(component),
            (Self::NextTo { variables, .. }, Component::Password) => Some(variables.password),
            (
                Self::NextTo {
                    variables,
                    gives_user: true,
                },
                Component::User,
            ) => Some(variables.user),
            _ => None,
        }
    }
}

/// A part's text; empty is not given, except for a password. What nothing has filled in, and what a tool masked, is
/// rejected: no parser sees it raw.
pub(super) fn given<'v>(
    vars: &'v Vars,
    name: &str,
    component: Component,
) -> Result<Option<&'v str>, Error> {
    let Some(text) = vars.get(name)?.map(crate::secret::SecretStr::expose) else {
        return Ok(None);
    };
    let is_password = component == Component::Password;
    if text.is_empty() {
        return Ok(is_password.then_some(text));
    }
    let whole = Span::new(0, text.len());
    let surroundings = if is_password {
        Ok(())
    } else {
        guard::surroundings(text)
    };
    surroundings
        .and_then(|()| guard::references(text.as_bytes(), false))
        .and_then(|()| guard::masked(text.as_bytes(), component, whole))
        .map_err(|error| error.with_source(&config_var(name)))?;
    Ok(Some(text))
}

pub(super) fn config_var(name: &str) -> Source {
    Source::ConfigVar(name.to_owned())
}
