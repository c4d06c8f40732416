//! A database in the notation of another program: a JDBC URL, a Go DSN, a Django dict, a line of `.pgpass`…
//!
//! Each notation is a file. Most write from `Parts`, a view of the config that is written exposed and then masked, so that
//! they know nothing of masking; `escape` quotes while it writes, so that no copy of a secret is left.
//! What a notation cannot express is listed in `Losses`, and an error where TLS, authentication or hosts would change.

mod asyncpg;
mod compose;
mod conninfo;
mod django;
mod dotenv;
mod env;
mod escape;
mod go_dsn;
mod heroku;
mod jdbc;
mod libpq;
mod lost;
mod mysql_tls;
mod notation;
mod parts;
mod pg_service;
mod pgpass;
mod rails;
mod sequelize;
mod setting;
mod shell;
mod sqlalchemy;
mod texts;
mod tree;
mod url;

use crate::convert::lost::{Losses, not_representable};
use crate::database::Database;
use crate::error::Error;
use crate::secret::Secret;

pub use env::Variables;
pub use lost::Lost;
pub use notation::Notation;
use notation::wrong_engine;
use texts::Texts;

/// A database in a [`Notation`], and what got lost on the way.
///
/// ```
/// use database_url::{Database, convert::Notation};
///
/// let database: Database = "postgres://app:p%40ss@db.example:5433/shop?pool=5".parse()?;
/// let converted = database.convert(Notation::Conninfo)?;
/// assert_eq!(converted.text().expose(), "user=app password=p@ss dbname=shop host=db.example port=5433");
/// assert_eq!(converted.masked(), "user=app password=**** dbname=shop host=db.example port=5433");
/// assert_eq!(converted.lost()[0].name(), "pool");
/// # Ok::<(), database_url::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Conversion {
    notation: Notation,
    text: Secret,
    masked: String,
    lost: Vec<Lost>,
}

impl Conversion {
    /// The notation it was converted to.
    #[must_use]
    pub const fn notation(&self) -> Notation {
        self.notation
    }

    /// The text, secrets included, without a line end after the last line.
    #[must_use]
    pub const fn text(&self) -> &Secret {
        &self.text
    }

    /// The text with every secret as `****`.
    #[must_use]
    pub fn masked(&self) -> &str {
        &self.masked
    }

    /// What the notation cannot express, and the conversion therefore left out.
    #[must_use]
    pub fn lost(&self) -> &[Lost] {
        &self.lost
    }
}

impl Database {
    /// The database in the notation of another program. Settings that the notation cannot express are left out and listed in
    /// [`Conversion::lost`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotRepresentable`](crate::ErrorKind::NotRepresentable) if the notation is not one of the engine's, or cannot express a setting of TLS, of
    /// authentication or of the hosts.
    pub fn convert(&self, notation: Notation) -> Result<Conversion, Error> {
        let mut lost = Losses::default();
        let texts = match notation {
            Notation::Url => url::convert(self)?,
            Notation::Libpq => libpq::convert(self, &mut lost)?,
            Notation::Conninfo => conninfo::convert(self, &mut lost)?,
            Notation::Jdbc => jdbc::convert(self, &mut lost)?,
            Notation::GoDsn => go_dsn::convert(self, &mut lost)?,
            Notation::Sqlalchemy => sqlalchemy::convert(self, &mut lost)?,
            Notation::Asyncpg => asyncpg::convert(self, &mut lost)?,
            Notation::Env => env::convert(self, &mut lost)?,
            Notation::Shell => shell::convert(self)?,
            Notation::Dotenv => dotenv::convert(self)?,
            Notation::Heroku => heroku::convert(self)?,
            Notation::Compose => compose::convert(self)?,
            Notation::Django => django::convert(self, &mut lost)?,
            Notation::Rails => rails::convert(self, &mut lost)?,
            Notation::Sequelize => sequelize::convert(self, &mut lost)?,
            Notation::Pgpass => pgpass::convert(self, &mut lost)?,
            Notation::PgService => pg_service::convert(self, &mut lost)?,
        };
        Ok(Conversion {
            notation,
            text: texts.exposed,
            masked: texts.masked,
            lost: lost.into_list(),
        })
    }
}
