//! `libpq`: a URL of which libpq takes every part. `postgresql+psycopg://` is a database's name to libpq, and `?pool=5` an error.

use crate::convert::lost::Losses;
use crate::convert::parts::ConvertParts;
use crate::convert::{Notation, Texts, wrong_engine};
use crate::database::Database;
use crate::error::Error;
use crate::postgres::Config;

pub(super) fn convert(database: &Database, lost: &mut Losses) -> Result<Texts, Error> {
    let config = as_libpq_reads(database, Notation::Libpq, lost)?;
    Ok(Texts::of_view(&|out, view| {
        config.write_url(out, "postgresql", view)
    }))
}

/// The config without what libpq does not know, and with the port that another scheme means.
pub(super) fn as_libpq_reads(
    database: &Database,
    notation: Notation,
    lost: &mut Losses,
) -> Result<Config, Error> {
    let Database::Postgres(config) = database else {
        let help = "libpq connects to Postgres alone; use `url`";
        return Err(wrong_engine(database, notation, help));
    };
    ConvertParts::of(database).retain_extras("libpq", lost, |_| false)?;
    Ok(config.without_extras().with_explicit_ports().into_owned())
}
