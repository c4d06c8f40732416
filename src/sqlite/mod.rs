//! SQLite, whose URLs are read in four ways that do not agree: the same text names different files.
//!
//! | text | Python | Rails | sqlx | SQLite itself |
//! |---|---|---|---|---|
//! | `sqlite:///app.db` | `app.db` | `/app.db` | `/app.db` | |
//! | `sqlite:////srv/app.db` | `/srv/app.db` | `//srv/app.db` | `//srv/app.db` | |
//! | `sqlite:app.db` | an error | `app.db` | `app.db` | |
//! | `sqlite://app.db` | an error | an error | `app.db` | |
//! | `sqlite://` | memory | an error | an error | |
//! | `sqlite::memory:` | an error | memory | memory | |
//! | `file:app.db` | | | | `app.db` |
//! | `file:///srv/app.db` | | | | `/srv/app.db` |
//!
//! The scheme tells which is meant ([`Family`]); [`Config::parse_as`] chooses.
//!
//! # Deliberate differences
//!
//! * A host is an error. dj-database-url and django-environ read `sqlite://app.db` as `:memory:`, and lose the data with the
//!   process; they drop the host of `sqlite://localhost/app.db`.
//! * `sqlite:app.db` is an error in the Python reading, where dj-database-url opens `pp.db`.
//! * `/:memory:` is an error: it is a file below the root for all but Python, who writes the memory so.
//! * An empty path is an error, but the memory for Python. SQLite and sqlx open a temporary file.
//! * Parameters are kept as they are; sqlx rejects those that it does not know. A `#` is an error, where SQLite and Django
//!   drop what follows, and SQLAlchemy and Rails do not.
//! * `%3Amemory%3A` is the memory, too; for sqlx it is a file of that name.

mod builder;
mod config;
mod display;
mod parse;

pub use builder::Builder;
pub use config::{Cache, Config, Family, Mode};
