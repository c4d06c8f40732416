//! The texts that every bench of this folder reads, so that their figures speak of the same work.
//!
//! A folder and not `benches/inputs.rs`: Cargo would take that file for a bench of its own.

/// The line that `heroku config:get HEROKU_POSTGRESQL_BRONZE_URL` printed in a Sequelize guide of 2013.
pub const HEROKU: &str = "postgres://pfforbjhkrletg:aic5oO6Cran1g3hk6mJa5QqNZB\
                          @ec2-23-21-91-97.compute-1.amazonaws.com:5432/dek11b2j1g3mfb";

/// [`HEROKU`] with the three parameters that web apps add most.
pub const PARAMS: &str = "postgres://pfforbjhkrletg:aic5oO6Cran1g3hk6mJa5QqNZB\
                          @ec2-23-21-91-97.compute-1.amazonaws.com:5432/dek11b2j1g3mfb\
                          ?sslmode=require&application_name=web.1&connect_timeout=10";

/// A password whose delimiters are percent-encoded, as the guards request.
pub const ENCODED: &str = "postgres://app:p%40ss%3Aw%2Frd%3F100%25@db.example.com:5433/shop";

/// A host list as for a primary with two standbys.
pub const HOSTS: &str = "postgres://app:hunter2@db1.example.com:5432,db2.example.com:5433,\
                         db3.example.com:5434/shop?target_session_attrs=read-write";

/// The settings of [`PARAMS`] as keyword/value text.
pub const CONNINFO: &str = "host=ec2-23-21-91-97.compute-1.amazonaws.com port=5432 dbname=dek11b2j1g3mfb \
                            user=pfforbjhkrletg password=aic5oO6Cran1g3hk6mJa5QqNZB sslmode=require \
                            application_name=web.1 connect_timeout=10";

/// What a MySQL add-on hands out.
pub const MYSQL: &str = "mysql://nora:s3cret@db.acme.test:3307/shop";

/// What Heroku's add-on `ClearDB` hands out.
pub const CLEARDB: &str = "mysql://b8c1d2e3f4a5b6:9f8e7d6c@us-cdbr-east-06.cleardb.net/heroku_1a2b3c4d5e6f7a8?reconnect=true";

/// [`MYSQL`] with three parameters that all of MySQL's drivers have a word for.
pub const MYSQL_PARAMS: &str = "mysql://nora:s3cret@db.acme.test:3307/shop?ssl-mode=REQUIRED&charset=utf8mb4&connect_timeout=10";

/// [`MYSQL`] with a password whose delimiters are percent-encoded.
pub const MYSQL_ENCODED: &str = "mysql://nora:p%40ss%3Aw%2Frd%3F100%25@db.acme.test:3307/shop";

/// A URL of exactly `len` bytes, nearly all of it password.
///
/// # Panics
/// If `len` has no room for the rest of the URL.
#[must_use]
pub fn long_password(len: usize) -> String {
    let (head, tail) = ("postgres://app:", "@db.example.com:5432/shop");
    format!("{head}{}{tail}", "p".repeat(len - head.len() - tail.len()))
}

/// A URL of exactly `len` bytes, nearly all of it percent-encoded password: every byte costs three.
///
/// # Panics
/// If `len` has no room for the rest of the URL.
#[must_use]
pub fn long_escapes(len: usize) -> String {
    let (head, tail) = ("postgres://app:", "@db.example.com:5432/shop");
    let room = len - head.len() - tail.len();
    format!(
        "{head}{}{}{tail}",
        "%41".repeat(room / 3),
        "A".repeat(room % 3)
    )
}

/// A URL of exactly `len` bytes, nearly all of it hosts `h00001:5432,h00002:5432,…`.
///
/// # Panics
/// If `len` has no room for one host.
#[must_use]
pub fn many_hosts(len: usize) -> String {
    const HEAD: &str = "postgres://app:hunter2@";
    const EACH: usize = ",h00000:5432".len();
    // The list begins without a comma and `/` with the database's name, of one letter at least, ends the text.
    let count = (len + 1 - HEAD.len() - "/d".len()) / EACH;
    let list: Vec<String> = (1..=count).map(|n| format!("h{n:05}:5432")).collect();
    let mut text = format!("{HEAD}{}/", list.join(","));
    text.extend(std::iter::repeat_n('d', len - text.len()));
    text
}

/// A URL in parts, as a settings file has it; of [`TEMPLATE_VARS`].
pub const TEMPLATE: &str = "postgres://${DATABASE_USER}:${DATABASE_PASSWORD}@${DATABASE_HOST}:${DATABASE_PORT}/${DATABASE_NAME}";

/// The variables of [`template`].
pub const TEMPLATE_VARS: [(&str, &str); 8] = [
    ("DATABASE_HOST", "ec2-23-21-91-97.compute-1.amazonaws.com"),
    ("DATABASE_NAME", "dek11b2j1g3mfb"),
    ("DATABASE_PASSWORD", "aic5oO6Cran1g3hk6mJa5QqNZB"),
    ("DATABASE_PORT", "5432"),
    ("DATABASE_USER", "pfforbjhkrletg"),
    ("PORT", "3000"),
    ("RAILS_ENV", "production"),
    ("WEB_CONCURRENCY", "2"),
];

/// A template of exactly `len` bytes with a variable per 80 bytes, each of [`TEMPLATE_VARS`] in its turn.
#[must_use]
pub fn template(len: usize) -> String {
    const EACH: usize = 80;
    const HEAD: &str = "a line of settings as they are written, with one value at its end: ";
    let line = |(name, _): &(&str, &str)| {
        let reference = format!("${{{name}}}\n");
        let start = HEAD.len().min(EACH - reference.len());
        let fill = EACH - reference.len() - start;
        format!("{}{}{reference}", &HEAD[..start], ".".repeat(fill))
    };
    let mut text: String = TEMPLATE_VARS
        .iter()
        .cycle()
        .take(len / EACH)
        .map(line)
        .collect();
    text.extend(std::iter::repeat_n('.', len - text.len()));
    text
}

/// A `database.yml` of exactly `len` bytes, as Rails makes them: what sections have in common is merged into each, and comments
/// say what is meant. The section `production` is its last one.
#[must_use]
pub fn database_yml(len: usize) -> String {
    const HEAD: &str =
        "default: &default\n  adapter: postgresql\n  encoding: unicode\n  pool: 5\n\n";
    const TAIL: &str = "production:\n  <<: *default\n  database: shop_production\n  username: shop\n  password: aic5oO6Cran1g3hk6mJa5QqNZB\n";
    let section = |number: usize| {
        format!(
            "# The server of region {number:04}, with a pool of its own.\n\
             region{number:04}:\n  <<: *default\n  database: shop_{number:04}\n  username: shop\n  \
             password: \"aic5oO6Cran1g3hk6mJa5QqNZB\"\n  host: db{number:04}.example.com\n  port: 5432\n  \
             variables:\n    statement_timeout: 5000\n\n"
        )
    };
    let room = len - HEAD.len() - TAIL.len();
    let sections: String = (0..room / section(0).len()).map(section).collect();
    let comment = "#".repeat((room - sections.len()).saturating_sub(1));
    let end = if sections.len() < room { "\n" } else { "" };
    format!("{HEAD}{sections}{comment}{end}{TAIL}")
}
