//! Files that are not settings in YAML or JSON: each is rejected as what it is, with what to do instead.

use memchr::memmem;

use crate::error::{Error, ErrorKind};
use crate::settings::file::name_parts;

/// A kind of file: its names and the endings of others, what it is called, and what to do.
type Kind = (&'static str, &'static str, &'static str);

const VARIABLE: &str = "put its URL in a variable and name that with `--var NAME`";

const KINDS: &[Kind] = &[
    (
        "*.js *.mjs *.cjs *.jsx *.ts *.mts *.cts *.tsx *.py *.rb *.php *.java *.kt *.kts *.scala *.clj *.groovy *.gradle \
         *.go *.rs *.ex *.exs *.cs *.fs *.swift *.dart *.lua *.pl *.sh *.bash *.rake *.ru *.vb *.erl *.hs *.ml *.c *.cpp \
         *.h makefile gemfile rakefile justfile",
        "a program",
        "programs are not run: put the URL in a variable and name that with `--var NAME`",
    ),
    (
        "*.prisma",
        "a Prisma schema",
        "leave `--file` out: Prisma takes the URL from the variable that `env(\"…\")` names, which `--var NAME` names here",
    ),
    (
        "my.cnf .my.cnf .mylogin.cnf",
        "an option file of MySQL",
        "leave `--file` out: `--complete` reads the option files, as the client `mysql` does",
    ),
    (
        "pg_service.conf .pg_service.conf",
        "a service file of libpq",
        "set PGSERVICEFILE to its path, and use a URL with `service=NAME` and `--complete`",
    ),
    (
        "pgpass.conf *.pgpass",
        "a password file of libpq",
        "set PGPASSFILE to its path, and use a URL without a password and `--complete`",
    ),
    (
        "*.ini *.cfg *.conf *.cnf",
        "an INI file",
        "put its URL in a variable and name that with `--var NAME`; alembic's is `sqlalchemy.url`",
    ),
    ("*.toml", "a TOML file", VARIABLE),
    (
        "*.properties",
        "a file of Java properties",
        "put its URL in a variable and name that with `--var NAME`; Spring's is `spring.datasource.url`",
    ),
    ("*.xml *.config *.csproj *.plist", "an XML file", VARIABLE),
    (
        "*.tf *.hcl *.tfvars *.tfstate *.nix",
        "a file of Terraform, HCL or Nix",
        VARIABLE,
    ),
    (
        "*.dockerfile *.containerfile dockerfile containerfile",
        "a Dockerfile",
        "put what its ENV sets in a variable or a `.env` file, which `--env-file` reads",
    ),
    (
        "*.sql *.dump *.psql",
        "statements of SQL",
        "run them with `dburl psql -- -f FILE`; which database is meant is in a URL, not there",
    ),
    (
        "*.md *.rst *.html *.htm *.adoc readme license changelog",
        "a document for people",
        VARIABLE,
    ),
    (
        "*.db *.sqlite *.sqlite3 *.db3",
        "a database itself",
        "give its path as a URL: sqlite:///path",
    ),
    (
        "*.kubernetes",
        "a manifest of Kubernetes",
        "put what its Secret or `env` sets in a variable or a `.env` file, which `--env-file` reads",
    ),
    (
        "*.env *.envrc",
        "a `.env` file",
        "name it with `--env-file` in place of `--file`",
    ),
    (
        "*.gz *.zip *.xz *.bz2 *.tar *.tgz *.zst *.jar *.exe *.so *.bin *.pdf *.png *.key *.p12",
        "a file that is no text",
        "unpack it, or name the settings file",
    ),
];

/// What files begin with whose name says nothing, such as standard input, by the ending that each means.
const BEGINNINGS: &[(&str, &[&str])] = &[
    ("sh", &["#!"]),
    ("php", &["<?php"]),
    ("xml", &["<"]),
    ("db", &["SQLite format 3"]),
    ("dockerfile", &["FROM "]),
    ("prisma", &["datasource ", "generator "]),
    ("js", &["module.exports", "export default", "const "]),
    ("py", &["import ", "from "]),
    ("go", &["package "]),
    ("rb", &["require ", "require_relative "]),
    ("tf", &["resource ", "provider ", "variable ", "terraform "]),
    (
        "sql",
        &[
            "SELECT ",
            "INSERT INTO ",
            "CREATE TABLE ",
            "CREATE DATABASE ",
        ],
    ),
];

/// Why a file is of a kind that is not read: by its name, else by how it begins.
pub(super) fn not_read(name: &str, text: &str) -> Option<Error> {
    let ending = name_parts(name).1.to_ascii_lowercase();
    let (_, what, help) = if ["yml", "yaml", "json"].contains(&&*ending) {
        of_ending(kubernetes(text)?)
    } else {
        by_name(name, &ending).or_else(|| of_ending(beginning(text)?))
    }?;
    let detail = format!("expected YAML or JSON, found {what}");
    Some(Error::new(ErrorKind::UnknownSystem, detail).with_help(*help))
}

fn by_name(name: &str, ending: &str) -> Option<&'static Kind> {
    let name = name.to_ascii_lowercase();
    let is_env = name == ".env" || name.starts_with(".env.");
    // `Dockerfile.dev` is a Dockerfile, too.
    let stem = name.split('.').next().unwrap_or_default();
    let named = of_word(&name).or_else(|| of_word(stem));
    named.or_else(|| of_ending(if is_env { "env" } else { ending }))
}

fn of_ending(ending: &str) -> Option<&'static Kind> {
    of_word(&format!("*.{ending}"))
}

fn of_word(word: &str) -> Option<&'static Kind> {
    let has = |(words, ..): &&Kind| words.split(' ').any(|known| known == word);
    KINDS.iter().find(has)
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
    let begins = |words: &&str| {
        let rest = first.strip_prefix(words);
        rest.is_some_and(|rest| !rest.starts_with(':') && !first.starts_with("<%"))
    };
    let mut beginnings = BEGINNINGS.iter();
    let found = beginnings.find(|(_, words)| words.iter().any(begins));
    found
        .map(|(ending, _)| *ending)
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
    use super::{BEGINNINGS, KINDS, beginning, not_read, of_ending};

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
        let words = KINDS.iter().flat_map(|(words, ..)| words.split(' '));
        let mut seen = Vec::new();
        for word in words {
            assert!(!seen.contains(&word), "{word}");
            seen.push(word);
        }
        for (ending, _) in BEGINNINGS {
            assert!(of_ending(ending).is_some(), "{ending}");
        }
    }
}
