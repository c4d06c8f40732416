//! `go-dsn`: a DSN of go-sql-driver. Parameters that it does not know it sends to the server as variables, so those of other
//! programs are left out.

use crate::convert::lost::Losses;
use crate::convert::parts::ConvertParts;
use crate::convert::{Notation, Texts, wrong_engine};
use crate::database::Database;
use crate::error::Error;

const READER: &str = "go-sql-driver";

pub(super) fn convert(database: &Database, lost: &mut Losses) -> Result<Texts, Error> {
    let Database::MySql(config) = database else {
        let help = "Go's drivers for Postgres read `libpq` and `conninfo`";
        return Err(wrong_engine(database, Notation::GoDsn, help));
    };
    let mut parts = ConvertParts::of(database);
    let mut config = config.clone();
    if !config.is_go_dsn() {
        parts.retain_extras(READER, lost, |_| false)?;
        config = config.without_extras();
    }
    for setting in &parts.settings {
        let Ok(keyword) = setting.name.parse() else {
            continue;
        };
        if !config.has_go_word(keyword) {
            lost.setting(setting, READER)?;
            config = config.without(keyword)?;
        }
    }
    Ok(Texts {
        exposed: config.to_go_dsn()?,
        masked: config.masked_go_dsn(),
    })
}
