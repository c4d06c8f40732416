//! `go-dsn`: a DSN of go-sql-driver. Parameters that it does not know it sends to the server as variables, so those of other
//! programs are left out.

use crate::config::display::View;
use crate::convert::lost::Losses;
use crate::convert::mysql_tls::with_words;
use crate::convert::parts::ConvertParts;
use crate::convert::texts::masked;
use crate::convert::{Notation, Texts, wrong_engine};
use crate::database::Database;
use crate::error::Error;
use crate::mysql::Config;

const READER: &str = "go-sql-driver";

pub(super) fn convert(database: &Database, lost: &mut Losses) -> Result<Texts, Error> {
    let Database::MySql(config) = database else {
        let help = "Go's drivers for Postgres read `libpq` and `conninfo`";
        return Err(wrong_engine(database, Notation::GoDsn, help));
    };
    let mut config = config.clone();
    if !config.is_go_dsn() {
        ConvertParts::of(database).retain_extras(READER, lost, |_| false)?;
        config = config.without_extras();
    }
    let config = with_words(database, config, READER, Config::has_go_word, lost)?;
    Ok(Texts {
        exposed: config.to_go_dsn()?,
        masked: masked(&|out| config.write_go_dsn(out, View::Masked)),
    })
}
