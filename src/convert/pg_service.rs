//! `pg-service`: a section of libpq's service file. Values are taken as they are up to the end of the line
//! (`parseServiceFile` in fe-connect.c), which has no quotes and no escapes.

use std::fmt::{self, Write};

use crate::config::display::View;
use crate::convert::libpq::as_libpq_reads;
use crate::convert::lost::Losses;
use crate::convert::{Notation, Texts, not_representable};
use crate::database::Database;
use crate::error::Error;
use crate::postgres::{Config, Keyword};

/// libpq rejects longer lines (`MAXBUFSIZE`), the line end counted.
const LONGEST: usize = 1022;

pub(super) fn convert(database: &Database, lost: &mut Losses) -> Result<Texts, Error> {
    let config = as_libpq_reads(database, Notation::PgService, lost)?;
    for (keyword, value) in config.keywords() {
        let (name, value) = (keyword.as_str(), value.expose());
        let failure = if keyword == Keyword::Service {
            Some("a section cannot refer to another one")
        } else if value.contains(['\n', '\r']) {
            Some("a line end would end the line of the file")
        } else if value.ends_with(|last: char| last.is_ascii_whitespace() || last == '\x0b') {
            Some("libpq drops the whitespace at the end of a line")
        } else if name.len() + 1 + value.len() > LONGEST {
            Some("libpq reads lines of at most 1022 bytes")
        } else {
            None
        };
        if let Some(detail) = failure {
            let help = "use `libpq`, `conninfo` or `env`, which can express it";
            return Err(not_representable(keyword.component(), detail, help));
        }
    }
    Ok(Texts::of_view(&|out, view| write(out, &config, view)))
}

fn write(out: &mut dyn Write, config: &Config, view: View) -> fmt::Result {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let section = config
        .dbname()
        .filter(|name| !name.is_empty() && name.len() <= 63 && name.bytes().all(is_plain))
        .unwrap_or("database");
    write!(out, "[{section}]")?;
    for (keyword, value) in config.keywords() {
        write!(out, "\n{keyword}=")?;
        match view {
            View::Exposed => out.write_str(value.expose())?,
            View::Masked => out.write_str(&keyword.mask(value.expose()))?,
        }
    }
    Ok(())
}
