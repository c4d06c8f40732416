//! Files that are not settings in YAML or JSON: each is rejected as what it is, with what to do instead.

use memchr::memmem;

use crate::error::{Error, ErrorKind};
use crate::settings::file::name_parts;

/// A kind of file: its name's endings, names of its own, what it is called, and what to do.
struct Kind {
    endings: &'static [&'static str],
    names: &'static [&'static str],
    what: &'static str,
    help: &'static str,
}

const VARIABLE: &str = "put its URL in a variable and name that with `--var NAME`";

const KINDS: &[Kind] = &[
    Kind {
        endings: &[
            "js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "py", "rb", "php", "java", "kt",
            "kts", "scala", "clj", "groovy", "gradle", "go", "rs", "ex", "exs", "cs", "fs",
            "swift", "dart", "lua", "pl", "sh", "bash", "rake", "ru", "vb", "erl", "hs", "ml", "c",
            "cpp", "h",
        ],
        names: &["makefile", "gemfile", "rakefile", "justfile"],
        what: "a program",
        help: "programs are not run: put the URL in a variable and name that with `--var NAME`",
    },
    Kind {
        endings: &["prisma"],
        names: &[],
        what: "a Prisma schema",
        help: "leave `--file` out: Prisma takes the URL from the variable that `env(\"…\")` names, which `--var NAME` names \
               here",
    },
    Kind {
        endings: &[],
        names: &["my.cnf", ".my.cnf", ".mylogin.cnf"],
        what: "an option file of MySQL",
        help: "leave `--file` out: `--complete` reads the option files, as the client `mysql` does",
    },
    Kind {
        endings: &[],
        names: &["pg_service.conf", ".pg_service.conf"],
        what: "a service file of libpq",
        help: "set PGSERVICEFILE to its path, and use a URL with `service=NAME` and `--complete`",
    },
    Kind {
        endings: &["pgpass"],
        names: &["pgpass.conf"],
        what: "a password file of libpq",
        help: "set PGPASSFILE to its path, and use a URL without a password and `--complete`",
    },
    Kind {
        endings: &["ini", "cfg", "conf", "cnf"],
        names: &[],
        what: "an INI file",
        help: "put its URL in a variable and name that with `--var NAME`; alembic's is `sqlalchemy.url`",
    },
    Kind {
        endings: &["toml"],
        names: &[],
        what: "a TOML file",
        help: VARIABLE,
    },
    Kind {
        endings: &["properties"],
        names: &[],
        what: "a file of Java properties",
        help: "put its URL in a variable and name that with `--var NAME`; Spring's is `spring.datasource.url`",
    },
    Kind {
        endings: &["xml", "config", "csproj", "plist"],
        names: &[],
        what: "an XML file",
        help: VARIABLE,
    },
    Kind {
        endings: &["tf", "hcl", "tfvars", "tfstate", "nix"],
        names: &[],
        what: "a file of Terraform, HCL or Nix",
        help: VARIABLE,
    },
    Kind {
        endings: &["dockerfile", "containerfile"],
        names: &["dockerfile", "containerfile"],
        what: "a Dockerfile",
        help: "put what its ENV sets in a variable or a `.env` file, which `--env-file` reads",
    },
    Kind {
        endings: &["sql", "dump", "psql"],
        names: &[],
        what: "statements of SQL",
        help: "run them with `dburl psql -- -f FILE`; which database is meant is in a URL, not there",
    },
    Kind {
        endings: &["md", "rst", "html", "htm", "adoc"],
        names: &["readme", "license", "changelog"],
        what: "a document for people",
        help: VARIABLE,
    },
    Kind {
        endings: &["db", "sqlite", "sqlite3", "db3"],
        names: &[],
        what: "a database itself",
        help: "give its path as a URL: sqlite:///path",
    },
    Kind {
        endings: &["kubernetes"],
        names: &[],
        what: "a manifest of Kubernetes",
        help: "put what its Secret or `env` sets in a variable or a `.env` file, which `--env-file` reads",
    },
    Kind {
        endings: &["env", "envrc"],
        names: &[],
        what: "a `.env` file",
        help: "name it with `--env-file` in place of `--file`",
    },
    Kind {
        endings: &[
            "gz", "zip", "xz", "bz2", "tar", "tgz", "zst", "jar", "exe", "so", "bin", "pdf", "png",
            "key", "p12",
        ],
        names: &[],
        what: "a file that is no text",
        help: "unpack it, or name the settings file",
    },
];

/// The first words of files whose name says nothing, such as standard input: each means an ending.
const BEGINNINGS: &[(&str, &str)] = &[
    ("#!", "sh"),
    ("<?php", "php"),
    ("<", "xml"),
    ("SQLite format 3", "db"),
    ("FROM ", "dockerfile"),
    ("datasource ", "prisma"),
    ("generator ", "prisma"),
    ("module.exports", "js"),
    ("export default", "js"),
    ("const ", "js"),
    ("import ", "py"),
    ("from ", "py"),
    ("package ", "go"),
    ("require ", "rb"),
    ("require_relative ", "rb"),
    ("resource ", "tf"),
    ("provider ", "tf"),
    ("variable ", "tf"),
    ("terraform ", "tf"),
    ("SELECT ", "sql"),
    ("INSERT INTO ", "sql"),
    ("CREATE TABLE ", "sql"),
    ("CREATE DATABASE ", "sql"),
];

/// Why a file is of a kind that is not read: by its name, else by how it begins.
pub(super) fn not_read(name: &str, text: &str) -> Option<Error> {
    let ending = name_parts(name).1.to_ascii_lowercase();
    let is_read = ["yml", "yaml", "json"].contains(&&*ending);
    let named = by_name(name, &ending).filter(|_| !is_read);
    let kind = named.or_else(|| {
        let begins = if is_read {
            kubernetes(text)?
        } else {
            beginning(text)?
        };
        KINDS.iter().find(|kind| kind.endings.contains(&begins))
    })?;
    let detail = format!("expected YAML or JSON, found {}", kind.what);
    Some(Error::new(ErrorKind::UnknownSystem, detail).with_help(kind.help))
}

fn by_name(name: &str, ending: &str) -> Option<&'static Kind> {
    let name = name.to_ascii_lowercase();
    let ending = if name == ".env" || name.starts_with(".env.") {
        "env"
    } else {
        ending
    };
    // `Dockerfile.dev` is a Dockerfile, too.
    let stem = name.split('.').next().unwrap_or_default();
    let has = |kind: &&Kind| kind.names.contains(&&*name) || kind.names.contains(&stem);
    let named = KINDS.iter().find(has);
    named.or_else(|| KINDS.iter().find(|kind| kind.endings.contains(&ending)))
}

/// Manifests are YAML, but settings of no program.
fn kubernetes(text: &str) -> Option<&'static str> {
    let text = text.as_bytes();
    // At the start of a line.
    let has = |key: &[u8]| text.starts_with(&key[1..]) || memmem::find(text, key).is_some();
    (has(b"\napiVersion:") && has(b"\nkind:")).then_some("kubernetes")
}

/// The ending that a file of this beginning has.
fn beginning(text: &str) -> Option<&'static str> {
    let is_comment = |line: &&str| {
        line.is_empty()
            || line.starts_with(['#', ';']) && !line.starts_with("#!")
            || line.starts_with("//")
            || line.starts_with("--")
    };
    let first = text
        .trim_start_matches('\u{feff}')
        .lines()
        .map(str::trim)
        .find(|line| !is_comment(line))?;
    // `import : x` is YAML, and ERB's tags are Rails'.
    let begins = |(words, _): &&(&str, &str)| {
        let rest = first.strip_prefix(words);
        rest.is_some_and(|rest| !rest.starts_with(':') && !first.starts_with("<%"))
    };
    let found = BEGINNINGS.iter().find(begins);
    let found = found.map(|(_, ending)| *ending);
    found
        .or_else(|| kubernetes(text))
        .or_else(|| is_ini(first, text).then_some("ini"))
}

/// Whether the first line is a section of INI or TOML.
fn is_ini(first: &str, text: &str) -> bool {
    let name = first
        .strip_prefix('[')
        .and_then(|line| line.strip_suffix(']'));
    name.is_some_and(|name| {
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_-. ".contains(c);
        !name.is_empty() && name.chars().all(is_name) && text.lines().any(|line| line.contains('='))
    })
}

#[cfg(test)]
mod tests {
    use super::{KINDS, beginning, not_read};

    #[test]
    fn a_file_is_rejected_as_what_it_is() {
        for (name, what) in [
            ("settings.py", "a program"),
            ("Database.PHP", "a program"),
            ("Makefile", "a program"),
            ("Dockerfile", "a Dockerfile"),
            ("Dockerfile.dev", "a Dockerfile"),
            ("web.dockerfile", "a Dockerfile"),
            ("hibernate.cfg.xml", "an XML file"),
            ("main.tf", "a file of Terraform, HCL or Nix"),
            ("dump.sql", "statements of SQL"),
            ("README", "a document for people"),
            ("my.cnf", "an option file of MySQL"),
            ("other.cnf", "an INI file"),
            (".pgpass", "a password file of libpq"),
            (".pg_service.conf", "a service file of libpq"),
            (".env.production", "a `.env` file"),
            ("production.env", "a `.env` file"),
        ] {
            let error = not_read(name, "").expect(name);
            assert!(error.detail().ends_with(what), "{name}: {error}");
            assert!(error.help().is_some(), "{name}");
        }
        assert!(not_read("secret.yaml", "apiVersion: v1\nkind: Secret\n").is_some());
        for name in [
            "config",
            "database.yml",
            "settings.json",
            "url.txt",
            "app.sql.yml",
        ] {
            assert!(not_read(name, "a: b").is_none(), "{name}");
        }
    }

    #[test]
    fn a_file_without_a_name_is_known_by_its_beginning() {
        for (text, ending) in [
            ("# c\n[alembic]\nurl = x\n", Some("ini")),
            ("\n// c\nmodule.exports = {a: 1}", Some("js")),
            ("apiVersion: v1\nkind: Secret\n", Some("kubernetes")),
            ("<?php return [];", Some("php")),
            ("<?xml version='1.0'?>", Some("xml")),
            ("<configuration>", Some("xml")),
            ("FROM ruby:3\nENV A=b", Some("dockerfile")),
            ("-- dump\nCREATE TABLE a ();", Some("sql")),
            ("datasource db {", Some("prisma")),
            ("import os\n", Some("py")),
            ("[1, 2]\n", None),
            ("[a]\n", None),
            ("a: [b]\nc: d=e\n", None),
            ("import : x", None),
            ("from: x", None),
            ("<% if true %>\nproduction: {}", None),
            ("postgres://h/d", None),
            ("host=h", None),
        ] {
            assert_eq!(beginning(text), ending, "{text}");
        }
    }

    #[test]
    fn each_beginning_and_ending_is_of_one_kind() {
        let endings = KINDS.iter().flat_map(|kind| kind.endings);
        let mut seen = Vec::new();
        for ending in endings {
            assert!(!seen.contains(ending), "{ending}");
            seen.push(*ending);
        }
        assert!(
            super::BEGINNINGS
                .iter()
                .all(|(_, ending)| seen.contains(ending))
        );
    }
}
