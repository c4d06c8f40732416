//! What a file is, by its name and by what it holds: one that is recognised wrongly would be answered with another
//! one's database.

use crate::error::{Error, ErrorKind};

/// Files of Rails that are read, by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RailsFile {
    Database,
    Cable,
    Neo4j,
    Secrets,
    Redis,
    Mongoid,
    /// Of Solid Cache and Solid Queue: they name a connection of `database.yml`.
    Solid,
}

const OF_RAILS: &[(&str, RailsFile)] = &[
    ("database", RailsFile::Database),
    ("cable", RailsFile::Cable),
    ("neo4j", RailsFile::Neo4j),
    ("secrets", RailsFile::Secrets),
    ("redis", RailsFile::Redis),
    ("mongoid", RailsFile::Mongoid),
    ("cache", RailsFile::Solid),
    ("queue", RailsFile::Solid),
];

impl RailsFile {
    /// By the bare name: `database.yml.example` and `database.travis.yml` are copies of `database.yml`.
    pub(super) fn of(name: &str) -> Option<Self> {
        let (stem, ending) = parts(name);
        let row = OF_RAILS.iter().find(|(known, _)| *known == stem);
        // Rails takes no `.yaml`: Conduit's `database.yaml` is another file.
        let (_, file) = row.filter(|_| ending == "yml")?;
        Some(*file)
    }

    /// Whether what the file holds may be Rails': other programs have files of these names, too.
    pub(super) fn may_hold(self, text: &str) -> bool {
        match self {
            Self::Database | Self::Cable | Self::Neo4j | Self::Secrets => true,
            Self::Redis | Self::Mongoid => !text.contains("${"),
            Self::Solid => !text.contains("url:") && !text.contains("host:"),
        }
    }
}

/// The ending that says the grammar of a file.
pub(super) fn ending(name: &str) -> &str {
    parts(name).1
}

/// The stem of a name, and the ending that says its grammar; what else is between dots marks a copy (`example`, `sample`).
fn parts(name: &str) -> (&str, &str) {
    let stem = name.split('.').next().unwrap_or_default();
    let word = |piece: &'_ str| {
        piece
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(piece.len())
    };
    let endings = name.split('.').skip(1).map(|piece| &piece[..word(piece)]);
    let known = endings
        .clone()
        .filter(|ending| ["yml", "yaml", "json"].contains(ending));
    (
        stem,
        known.last().or_else(|| endings.last()).unwrap_or_default(),
    )
}

/// Endings of files that are not read, what they are, and what to do instead.
const NOT_READ: &[(&[&str], &str, &str)] = &[
    (
        &[
            "js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "py", "rb", "php", "java", "kt",
            "kts", "scala", "clj", "groovy", "gradle", "go", "rs", "ex", "exs", "cs", "fs",
            "swift", "dart", "lua", "pl", "sh", "bash", "rake", "ru",
        ],
        "a program",
        "programs are not run: put the URL in a variable and name that with `--var NAME`",
    ),
    (
        &["prisma"],
        "a Prisma schema",
        "leave `--file` out: Prisma takes the URL from the variable that `env(\"…\")` names, which `--var NAME` names here",
    ),
    (
        &["ini", "cfg", "conf", "cnf"],
        "an INI file",
        "put its URL in a variable and name that with `--var NAME`; alembic's is `sqlalchemy.url`",
    ),
    (
        &["toml"],
        "a TOML file",
        "put its URL in a variable and name that with `--var NAME`",
    ),
    (
        &["properties"],
        "a file of Java properties",
        "put its URL in a variable and name that with `--var NAME`; Spring's is `spring.datasource.url`",
    ),
    (
        &[
            "xml", "config", "tf", "hcl", "tfvars", "nix", "sql", "md", "html", "csproj",
        ],
        "a file of another grammar",
        "put its URL in a variable and name that with `--var NAME`",
    ),
    (
        &["db", "sqlite", "sqlite3"],
        "a database itself",
        "give its path as a URL: sqlite:///path",
    ),
    (
        &["env", "envrc"],
        "a `.env` file",
        "name it with `--env-file` in place of `--file`",
    ),
];

/// Why a file is of a kind that is not read: by its ending, else by how it begins.
pub(super) fn not_read(name: &str, text: &str) -> Option<Error> {
    let is_env = name == ".env" || name.starts_with(".env.");
    let (_, ending) = parts(name);
    let ending = if is_env {
        "env".to_owned()
    } else {
        ending.to_ascii_lowercase()
    };
    if ["yml", "yaml", "json"].contains(&&*ending) {
        return None;
    }
    let ending = match () {
        () if NOT_READ
            .iter()
            .any(|(endings, ..)| endings.contains(&&*ending)) =>
        {
            &*ending
        }
        () if text.starts_with("#!") => "sh",
        () if text.trim_start().starts_with("<?") => "xml",
        () if is_ini(text) => "ini",
        () => return None,
    };
    let (_, what, help) = NOT_READ
        .iter()
        .find(|(endings, ..)| endings.contains(&ending))?;
    let detail = format!("expected YAML or JSON, found {what}");
    Some(Error::new(ErrorKind::UnknownSystem, detail).with_help(*help))
}

/// Whether the first line that is no comment is a section of INI or TOML.
fn is_ini(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with(['#', ';']));
    let name = first.and_then(|line| line.strip_prefix('[')?.strip_suffix(']'));
    name.is_some_and(|name| {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_-. ".contains(c);
        !name.is_empty() && name.chars().all(is_name) && text.lines().any(|line| line.contains('='))
    })
}

/// Whether a section of a file with tags has an adapter, as those of `database.yml` do.
pub(super) fn has_adapter(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start();
        let rest = line.strip_prefix("adapter");
        rest.is_some_and(|rest| rest.trim_start().starts_with(':'))
    })
}

/// A file with tags of ERB that is not known to name a database.
pub(super) fn no_database() -> Error {
    let detail = "this file with tags of ERB is not one that names a database";
    Error::new(ErrorKind::UnknownSystem, detail).with_help(
        "database.yml, cable.yml, redis.yml, mongoid.yml, neo4j.yml and secrets.yml are read, and what has an `adapter`; \
         name the system of another with `--system`",
    )
}

#[cfg(test)]
mod tests {
    use super::{RailsFile, is_ini, parts};

    #[test]
    fn copies_are_known_by_their_bare_name() {
        let rows = [
            ("database.yml", Some(RailsFile::Database)),
            ("database.yml.example", Some(RailsFile::Database)),
            ("database.example.yml", Some(RailsFile::Database)),
            ("database.yml.sample", Some(RailsFile::Database)),
            ("database.travis.yml", Some(RailsFile::Database)),
            ("database.yml.erb", Some(RailsFile::Database)),
            ("database.yml_mysql", Some(RailsFile::Database)),
            ("redis.yml.dist", Some(RailsFile::Redis)),
            ("database.json", None),
            ("database.yaml", None),
            ("sidekiq.yml", None),
            ("redis_store.yml", None),
            ("yml", None),
        ];
        for (name, expected) in rows {
            assert_eq!(RailsFile::of(name), expected, "{name}");
        }
        assert_eq!(parts("config.local.json"), ("config", "json"));
    }

    #[test]
    fn sections_of_ini_are_no_lists() {
        assert!(is_ini("# c\n[alembic]\nurl = x\n"));
        assert!(!is_ini("[1, 2]\n"));
        assert!(!is_ini("[a]\n"));
        assert!(!is_ini("a: [b]\nc: d=e\n"));
    }
}
