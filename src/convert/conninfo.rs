//! `conninfo`: libpq's keyword/value string.

use crate::convert::libpq::as_libpq_reads;
use crate::convert::lost::Losses;
use crate::convert::{Notation, Texts};
use crate::database::Database;
use crate::error::Error;

pub(super) fn convert(database: &Database, lost: &mut Losses) -> Result<Texts, Error> {
    let config = as_libpq_reads(database, Notation::Conninfo, lost)?;
    Ok(Texts::of_view(&|out, view| {
        config.write_conninfo(out, view)
    }))
}
