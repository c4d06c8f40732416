//! `heroku`: the command that sets the variable of an app.

use crate::convert::{Texts, escape};
use crate::database::Database;
use crate::error::Error;

pub(super) fn convert(database: &Database) -> Result<Texts, Error> {
    Texts::of_url(database, |out, url| {
        out.write_str("heroku config:set DATABASE_URL=")?;
        escape::shell(out, url)
    })
}
