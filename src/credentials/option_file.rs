//! The option files of MySQL's and MariaDB's clients (`my_search_option_files`, `search_default_file_with_ext`).
//!
//! ```text
//! [client]
//! user = app
//! password = "hunter#2"   # quotes protect a `#`
//! !include /etc/mysql/more.cnf
//! ```
//!
//! * Files in order: `/etc/my.cnf`, `/etc/mysql/my.cnf`, `my.cnf` in `MARIADB_HOME` or else `MYSQL_HOME`, `~/.my.cnf`. A later
//!   line wins.
//! * Groups: `client` and `mysql`; of MariaDB's clients also `mariadb-client`, `client-server` and `client-mariadb`. Their case does
//!   not matter, and each is read with the suffix of `MARIADB_GROUP_SUFFIX` or else `MYSQL_GROUP_SUFFIX`, too.
//! * A line begins with its option, `-` and `_` alike; `#` and `;` begin a comment, a `#` also after a value, but not in quotes. The
//!   quotes around a value are removed. `\n \t \r \b \s \" \' \\` are escapes, another `\` is data.
//! * `!include FILE`, and `!includedir DIRECTORY` for its `*.cnf` in order, at most ten deep.
//! * A file that others can write is ignored with a warning. A group without its `]`, and an option before any group, are errors.
//!
//! `~/.mylogin.cnf`, which `mysql_config_editor` writes, is encrypted with a key that it holds; it is reported and not read.

use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind};
use crate::grammar::conninfo::is_space;
use crate::secret::Secret;
use crate::sorted;
use crate::source::Source;
use crate::vars::file::{read_bytes, unreadable, why};
use crate::warning::{Warning, WarningCode};

use super::Completion;
use super::file::{self, NamedFile, key, permits};

/// The groups that the client `mysql` reads, Oracle's and MariaDB's.
const GROUPS: &[&str] = &[
    "mysql",
    "client",
    "mariadb-client",
    "client-server",
    "client-mariadb",
];

/// How deep files may include one another.
const DEEPEST: usize = 10;

/// A line of a group that applies.
pub(super) struct OptionLine {
    /// In lower case, with `-`.
    pub(super) name: String,
    /// `None`: the line is the name alone.
    pub(super) value: Option<Secret>,
    pub(super) source: Source,
}

impl OptionLine {
    pub(super) fn text(&self) -> Option<&str> {
        self.value.as_ref().map(Secret::expose)
    }
}

/// The settings of all files, in order.
pub(super) fn load(
    completion: &Completion<'_>,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<OptionLine>, Error> {
    let suffix = of_mariadb_or_mysql(completion, "GROUP_SUFFIX").unwrap_or_default();
    let home = completion.home_of_mysql();
    let mut reader = OptionReader {
        suffix,
        settings: Vec::new(),
        warnings,
    };
    let of_server = of_mariadb_or_mysql(completion, "HOME");
    let of_server = of_server.map(|directory| Path::new(directory).join("my.cnf"));
    let own = home.as_ref().map(|home| home.join(".my.cnf"));
    let files = completion.option_files.iter().cloned();
    for path in files.chain(of_server).chain(own) {
        reader.file(&NamedFile::unasked(path), 0)?;
    }
    let login = completion.var("MYSQL_TEST_LOGIN_FILE").map(PathBuf::from);
    let login = login.or_else(|| Some(home?.join(".mylogin.cnf")));
    if login.is_some_and(|path| path.exists()) {
        reader.warnings.push(WarningCode::LoginPathUnread.into());
    }
    Ok(reader.settings)
}

/// A variable that MariaDB renamed; the new name counts if it is set at all.
fn of_mariadb_or_mysql<'v>(completion: &Completion<'v>, name: &str) -> Option<&'v str> {
    let of = |vendor| format!("{vendor}_{name}");
    let vendor = if completion.vars.is_set(&of("MARIADB")) {
        "MARIADB"
    } else {
        "MYSQL"
    };
    completion.var(&of(vendor))
}

struct OptionReader<'r> {
    suffix: &'r str,
    settings: Vec<OptionLine>,
    warnings: &'r mut Vec<Warning>,
}

impl OptionReader<'_> {
    /// One file; one that is missing is no failure.
    fn file(&mut self, file: &NamedFile, depth: usize) -> Result<(), Error> {
        if file.path.metadata().is_err() {
            return Ok(());
        }
        let text = file.open().map_err(|error| why(error.kind()).0);
        let text = text.and_then(|open| {
            if permits(&open, 0o002) {
                return Err("everyone can write to it".to_owned());
            }
            read_bytes(&open).map_err(|error| error.to_string())
        });
        let text = match text {
            Ok(text) => text,
            Err(why) => {
                let message = format!("{}: the option file is ignored: {why}", file.whole());
                let help = "make it a regular file that its owner alone can write to";
                let warning = Warning::new(WarningCode::OptionFileIgnored, message, help);
                self.warnings.push(warning);
                return Ok(());
            }
        };
        let mut group = None;
        for (index, line) in text.split(|&byte| byte == b'\n').enumerate() {
            let line = line.trim_ascii();
            let at = |key: String| Source::File(file.line(index + 1, 1, key));
            let placed = |error: Error| error.with_source(&at(String::new()));
            match line {
                [] | [b'#' | b';', ..] => {}
                [b'!', rest @ ..] => self.include(rest, depth).map_err(placed)?,
                [b'[', rest @ ..] => group = Some(group_of(rest).map_err(placed)?),
                line => match &group {
                    None => return Err(placed(without_group())),
                    Some(group) if self.is_meant(group) => {
                        let setting = setting(line, |name| at(key(group, name)))?;
                        self.settings.push(setting);
                    }
                    Some(_) => {}
                },
            }
        }
        Ok(())
    }

    fn is_meant(&self, group: &str) -> bool {
        let is_one = |known: &&str| {
            let (start, end) = group.split_at_checked(known.len()).unwrap_or((group, ""));
            start.eq_ignore_ascii_case(known)
                && (end.is_empty() || end.eq_ignore_ascii_case(self.suffix))
        };
        GROUPS.iter().any(is_one)
    }

    /// `!include FILE`, `!includedir DIRECTORY`; anything else is ignored, as the client ignores it.
    fn include(&mut self, line: &[u8], depth: usize) -> Result<(), Error> {
        let line = line.trim_ascii_start();
        let argument = |keyword: &str| match line.strip_prefix(keyword.as_bytes()) {
            Some([]) => Some(&[][..]),
            Some(rest) if is_space(rest[0]) => Some(rest.trim_ascii()),
            _ => None,
        };
        let (path, is_directory) = match (argument("includedir"), argument("include")) {
            (Some(path), _) => (path, true),
            (None, Some(path)) => (path, false),
            (None, None) => return Ok(()),
        };
        let invalid = |detail| Error::new(ErrorKind::InvalidDocument, detail);
        if path.is_empty() {
            return Err(invalid("expected a path after the directive"));
        }
        if depth >= DEEPEST {
            let detail = "expected files that include one another ten deep at most";
            return Err(Error::new(ErrorKind::LimitExceeded, detail));
        }
        let path = std::str::from_utf8(path).map_err(|_| invalid("expected a path in UTF-8"))?;
        let files = if is_directory {
            directory(Path::new(path)).map_err(|error| unreadable(error.kind()))?
        } else {
            vec![PathBuf::from(path)]
        };
        files
            .into_iter()
            .try_for_each(|path| self.file(&NamedFile::unasked(path), depth + 1))
    }
}

/// The files of a directory that count, in order. One that is missing is an error, unlike a file.
fn directory(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files: Vec<_> = path
        .read_dir()?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "cnf"));
    Ok(sorted::by(files, &Ord::cmp))
}

/// The name of a group, after its `[`.
fn group_of(rest: &[u8]) -> Result<String, Error> {
    let end = memchr::memchr(b']', rest);
    let name = end.map(|end| rest[..end].trim_ascii_end());
    let name = name.map(|name| String::from_utf8_lossy(name).into_owned());
    let detail = "expected `]` after the group's name";
    name.ok_or_else(|| Error::new(ErrorKind::InvalidDocument, detail))
}

fn without_group() -> Error {
    let detail = "expected a group before the first option";
    Error::new(ErrorKind::InvalidDocument, detail).with_help("write [client] above it")
}

/// One line: an option, with or without a value.
fn setting(line: &[u8], at: impl Fn(&str) -> Source) -> Result<OptionLine, Error> {
    let line = &line[..comment(line)];
    let equals = memchr::memchr(b'=', line);
    let name = line[..equals.unwrap_or(line.len())].trim_ascii_end();
    let name = String::from_utf8_lossy(name)
        .to_ascii_lowercase()
        .replace('_', "-");
    // Only a line with a value is known to begin with a name.
    let source = at(if equals.is_some() { &name } else { "" });
    let value = equals.map(|equals| unescaped(unquoted(line[equals + 1..].trim_ascii())));
    match value.transpose() {
        Ok(value) => Ok(OptionLine {
            name,
            value,
            source,
        }),
        Err(error) => Err(error.with_source(&source)),
    }
}

/// Where the comment of a line begins, or its end (`remove_end_comment`).
fn comment(line: &[u8]) -> usize {
    let (mut quote, mut is_escaped) = (None, false);
    for (at, &byte) in line.iter().enumerate() {
        match byte {
            b'\'' | b'"' if !is_escaped => match quote {
                None => quote = Some(byte),
                Some(open) if open == byte => quote = None,
                Some(_) => {}
            },
            b'#' if quote.is_none() => return at,
            _ => {}
        }
        is_escaped = quote.is_some() && byte == b'\\' && !is_escaped;
    }
    line.len()
}

fn unquoted(value: &[u8]) -> &[u8] {
    match value {
        [first @ (b'\'' | b'"'), inner @ .., last] if first == last => inner,
        _ => value,
    }
}

fn unescaped(value: &[u8]) -> Result<Secret, Error> {
    let mut text = zeroize::Zeroizing::new(Vec::with_capacity(value.len()));
    let mut rest = value;
    while let [byte, after @ ..] = rest {
        let (escaped, taken) = match (byte, after.first()) {
            (b'\\', Some(b'n')) => (b'\n', 2),
            (b'\\', Some(b't')) => (b'\t', 2),
            (b'\\', Some(b'r')) => (b'\r', 2),
            (b'\\', Some(b'b')) => (8, 2),
            (b'\\', Some(b's')) => (b' ', 2),
            (b'\\', Some(&next @ (b'"' | b'\'' | b'\\'))) => (next, 2),
            (&byte, _) => (byte, 1),
        };
        text.push(escaped);
        rest = &rest[taken..];
    }
    file::value(&text, "expected a value in UTF-8")
}
