//! The service file of libpq (`parseServiceInfo`, `parseServiceFile`): a section of settings by name.
//!
//! ```text
//! # comment
//! [prod]
//! host=db.internal
//! user=app
//! ```
//!
//! A line is stripped of whitespace at both ends. Empty lines and those that begin with `#` do not count. A section begins
//! with its name in brackets, which is compared as it is written; what follows the `]` does not matter. Only the first
//! section of the name counts, up to the next `[`. Its lines are `keyword=value`: no whitespace around the `=`, no quotes, no
//! escapes, no comment after the value. The first value of a keyword wins. Other sections are not looked at.

use std::fs::File;

use crate::error::{Error, ErrorKind};
use crate::grammar::conninfo::is_space;
use crate::postgres::Keyword;
use crate::secret::Secret;
use crate::source::Source;
use crate::vars::file::read_bytes;
use crate::warning::Warning;

use super::Completion;
use super::file::{self, NamedFile, key};

/// The size of libpq's buffer for a line and its end, without the NUL.
const LONGEST: usize = 1023;

/// A line of the section.
pub(super) struct ServiceLine {
    pub(super) keyword: Keyword,
    pub(super) value: Secret,
    pub(super) source: Source,
}

/// The settings of a service, in order. `by` named the service.
pub(super) fn load(
    completion: &Completion<'_>,
    service: &str,
    by: Option<Source>,
    warnings: &mut Vec<Warning>,
) -> Result<Vec<ServiceLine>, Error> {
    let mut looked_at = Vec::new();
    for file in files(completion)? {
        // A file that nothing named may be missing.
        if file.by.is_none() && file.path.metadata().is_err() {
            continue;
        }
        warnings.extend(file.relative());
        let open = file.open();
        let open = open.map_err(|error| file.unreadable(&error, Source::ServiceFile))?;
        if let Some(settings) = section(&file, &open, service)? {
            return Ok(settings);
        }
        looked_at.push(file);
    }
    let error = Error::new(ErrorKind::UnknownSection, "the service is not defined");
    let error = error.with_help(match looked_at.last() {
        Some(file) => format!("add its section to {}, or check its name", file.whole()),
        None => "write it into ~/.pg_service.conf, or name the file in PGSERVICEFILE".to_owned(),
    });
    Err(match by {
        Some(by) => error.with_source(&by),
        None => error.of(Keyword::Service.component()),
    })
}

/// The files to look into, in order.
fn files(completion: &Completion<'_>) -> Result<Vec<NamedFile>, Error> {
    let given = |name: &str| {
        let value = completion.vars.get(name)?;
        Ok(value.map(|path| (path.expose(), Source::ConfigVar(name.to_owned()))))
    };
    let home = || Some(completion.home_of_libpq()?.join(".pg_service.conf"));
    let own = match given("PGSERVICEFILE")? {
        Some((path, by)) => Some(NamedFile::named(path, by)),
        None => home().map(NamedFile::unasked),
    };
    let directory = given("PGSYSCONFDIR")?;
    let directory = directory.map_or(completion.sysconf_dir.clone(), |(path, _)| path.into());
    let everyones = NamedFile::unasked(directory.join("pg_service.conf"));
    Ok(own.into_iter().chain([everyones]).collect())
}

/// The settings of a section, if the file has it.
fn section(
    file: &NamedFile,
    open: &File,
    service: &str,
) -> Result<Option<Vec<ServiceLine>>, Error> {
    let at = |line, column, key: String| Source::ServiceFile(file.line(line, column, key));
    let text = read_bytes(open);
    let text = text.map_err(|error| error.with_source(&Source::ServiceFile(file.whole())))?;
    let mut settings = None;
    for (index, line) in text.split_inclusive(|&byte| byte == b'\n').enumerate() {
        let number = index + 1;
        if line.len() >= LONGEST {
            let error = Error::new(ErrorKind::TooLong, "expected a line of at most 1021 bytes");
            return Err(error.with_source(&at(number, 1, String::new())));
        }
        let spaces = line.iter().take_while(|&&byte| is_space(byte)).count();
        let content = trimmed(line);
        match (content.first(), &mut settings) {
            (Some(b'['), Some(_)) => break,
            (Some(b'['), None) if begins(content, service) => settings = Some(Vec::new()),
            (None | Some(b'#'), _) | (_, None) => {}
            (_, Some(settings)) => {
                let column = spaces + 1;
                let at = |keyword: &str| at(number, column, key(service, keyword));
                settings.push(setting(content, at)?);
            }
        }
    }
    Ok(settings)
}

/// A line without the whitespace around it.
fn trimmed(line: &[u8]) -> &[u8] {
    let is_content = |byte: &u8| !is_space(*byte);
    let start = line.iter().position(is_content);
    let end = line.iter().rposition(is_content);
    start
        .zip(end)
        .map_or(&[], |(start, end)| &line[start..=end])
}

/// Whether a line begins the section of a name.
fn begins(line: &[u8], service: &str) -> bool {
    let rest = line[1..].strip_prefix(service.as_bytes());
    rest.is_some_and(|rest| rest.first() == Some(&b']'))
}

/// One line of the section. Errors show nothing of it: a password may have lost its keyword.
fn setting(line: &[u8], at: impl Fn(&str) -> Source) -> Result<ServiceLine, Error> {
    let rejected = |kind, detail: &'static str, help: String| {
        let error = Error::new(kind, detail).with_help(help);
        Err(error.with_source(&at("")))
    };
    let Some(equals) = memchr::memchr(b'=', line) else {
        let help = "write one setting a line, such as host=db.example".to_owned();
        return rejected(ErrorKind::MissingEquals, "expected `keyword=value`", help);
    };
    let (name, value) = (&line[..equals], &line[equals + 1..]);
    if name == b"service" {
        let help = "copy the settings of the other section".to_owned();
        let detail = "a section cannot name another service";
        return rejected(ErrorKind::InvalidDocument, detail, help);
    }
    let Some(keyword) = Keyword::find(name) else {
        let meant = std::str::from_utf8(name).ok();
        let meant = meant.and_then(|name| match name.trim().parse::<Keyword>() {
            Ok(keyword) => Some(format!(
                "write `{keyword}=`, without whitespace around the `=`"
            )),
            Err(error) => error.help().map(str::to_owned),
        });
        let detail = "expected a keyword of libpq before the `=`";
        return rejected(ErrorKind::UnknownKeyword, detail, meant.unwrap_or_default());
    };
    let source = at(keyword.as_str());
    match file::value(value, "expected a value in UTF-8") {
        Ok(value) => Ok(ServiceLine {
            keyword,
            value,
            source,
        }),
        Err(error) => Err(error.with_source(&source)),
    }
}
