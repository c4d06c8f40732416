//! The other services that platforms hand out: Redis, MongoDB, AMQP, Neo4j, and a generic kind for the rest.
//!
//! ```text
//! url = scheme "://" [user [":" password] "@"] [host [":" port] *("," host [":" port])] ["/" path] ["?" query]
//! ```
//!
//! What the path, the scheme and some parameters mean depends on the service; [`Config`] lists it. The grammar and its
//! guards are those of MySQL (the module `config::url`). Everything in the query is kept as it was written.
//!
//! # Deliberate differences
//!
//! * A scheme of plain text and a parameter that requests TLS (`redis://…?ssl=true`) is an error, and so is the reverse
//!   (`rediss://…?ssl=false`): clients follow the scheme and drop the parameter, or the other way round.
//! * What drivers take from parameters instead (`?db=`, `?password=` of Redis) fills a hole; a contradiction is an error.
//! * `amqp://host/` is the vhost with the empty name, as `RabbitMQ`'s URI specification has it, and not the default one.
//! * The path of a Redis URL is a number; Redis clients take anything else for database 0, or fail when they connect.
//! * A comma in the host of a service that takes only one server is an error, and no list (`sqlserver://host,1433`).

mod assembly;
mod builder;
mod check;
mod config;
mod display;
mod kind;
mod list;
mod params;
mod parse;
mod tls;
mod tls_names;

pub(crate) use assembly::Assembly;
pub use builder::Builder;
pub use config::Config;
pub use tls::Tls;
