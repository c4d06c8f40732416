//! MySQL and MariaDB connection strings: URLs, Go DSNs and JDBC URLs, and a typed, checked, masked [`Config`].
//!
//! One setting has many spellings, since every driver made up its own: `connect_timeout` is seconds for one and
//! `connectTimeout` milliseconds for another. Each is read as its driver means it and kept under one [`Keyword`], and
//! two spellings that contradict each other are an error.
//!
//! # Deliberate differences
//!
//! From what the drivers do with the same text:
//!
//! * The scheme counts: sqlx reads `jdbc:mysql://…` and even `http://…` as root on localhost; here they are errors.
//! * Nothing is made up: no user `root` (sqlx), no host `localhost`, no port.
//! * `u:@h` has an empty password, and `u@h` none; drivers on top of the `url` crate cannot tell.
//! * An escape that is not UTF-8 is an error (mysql, `mysql_async`, `SQLAlchemy` and dj-database-url send U+FFFD); so are a bad
//!   escape, a raw `#`, a control character, and an unbracketed IPv6 address.
//! * `?host=other` that contradicts the host is an error (mysql, mysqljs and Sequelize 6 connect there instead).
//! * A `/` or `//` inside the path is an error (mysql and `mysql_async` cut `a/b` to `a`); one at the end is dropped.
//! * Unknown parameters are kept and reported: sqlx drops them, mysql and `mysql_async` reject them.
//! * TLS that is requested in any spelling is requested: `require_ssl`, `useSSL`, `sslaccept` or a CA alone are ignored by drivers
//!   that spell it otherwise, and the connection is made in plain text.
//! * A Go DSN's `ssl-mode` and the like, which Go would send as `SET ssl-mode=…`, are errors; so is a `tls` that names a
//!   configuration registered in code.
//! * JDBC: credentials of single hosts are an error; Connector/J's `+` is a space everywhere, MariaDB's driver decodes nothing.

mod accessors;
mod alias;
mod assembly;
mod builder;
mod change;
mod check;
mod config;
mod display;
mod go_dsn;
mod jdbc;
mod keyword;
mod mask;
mod param;
mod reader;
mod ssl_object;
mod tls;
mod unknown;
mod url;
mod value;

pub(crate) use assembly::Assembly;
pub use builder::Builder;
pub use config::{Config, Value};
pub use keyword::Keyword;
pub(crate) use keyword::settings;
pub(crate) use param::go_nanoseconds;
pub use tls::SslMode;
