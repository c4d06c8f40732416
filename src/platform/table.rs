//! The table of variables that hold a URL.

use crate::engine::Engine;
use crate::error::words;
use crate::platform::text;

words! {
    /// What a variable is for.
    Role {
        /// `primary`: `DATABASE_URL`.
        Primary = "primary",
        /// `attachment`: a colour, an add-on's own name, or one given with `--as`.
        Attachment = "attachment",
        /// `pooled`: through a connection pooler, which carries no session state.
        Pooled = "pooled",
        /// `direct`: past the pooler of the same database, as migrations need it.
        Direct = "direct",
        /// `private`: reachable from inside the platform's network only.
        Private = "private",
    }
}

/// A row of the table: a name, or a pattern of names, of variables that hold a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    pub(super) platform: &'static str,
    pub(super) name: &'static str,
    role: Role,
    engine: Option<Engine>,
    pub(super) same_as: Option<&'static str>,
    usage: Usage,
}

/// When a variable may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Usage {
    /// Where nothing is named and nothing comes before it.
    Unasked,
    /// Where the caller names it: poolers and read-only copies that no program should meet by chance.
    Named,
    /// Never: it looks like a database's, and is not.
    Never,
}

impl Variable {
    const fn next_to(mut self, name: &'static str) -> Self {
        self.same_as = Some(name);
        self
    }

    /// The same, and used only where the caller names it.
    const fn named_next_to(self, name: &'static str) -> Self {
        self.next_to(name).when(Usage::Named)
    }

    const fn when(mut self, usage: Usage) -> Self {
        self.usage = usage;
        self
    }

    /// Which platform sets it; `any` for names that many use.
    #[must_use]
    pub const fn platform(&self) -> &'static str {
        self.platform
    }

    /// The name; a `*` in it stands for one or more of `A-Z`, `0-9` and `_`, such as a colour.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What the variable is for.
    #[must_use]
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The engine that the name tells; `None` where the URL's scheme has to.
    #[must_use]
    pub const fn engine(&self) -> Option<Engine> {
        self.engine
    }

    /// The name of the variable that holds the same database in another role, with a `*` for what stands for it here.
    #[must_use]
    pub const fn same_as(&self) -> Option<&'static str> {
        self.same_as
    }

    /// Whether it holds no database at all, whatever it looks like.
    #[must_use]
    pub const fn is_no_database(&self) -> bool {
        matches!(self.usage, Usage::Never)
    }

    /// Whether it may be used where the caller names nothing.
    #[must_use]
    pub const fn is_used_unasked(&self) -> bool {
        matches!(self.usage, Usage::Unasked)
    }

    /// Whether a variable of this name belongs to the row.
    #[must_use]
    pub fn matches(&self, name: &str) -> bool {
        self.stem(name).is_some()
    }

    /// Whether a web address may be what the name promises: some services are reached so, no database is.
    pub(crate) fn takes_web_addresses(&self) -> bool {
        self.engine.is_some_and(text::takes_web_addresses)
    }

    /// Whether the name is the platform's own: not the end alone is fixed.
    pub(crate) fn is_own_name(&self) -> bool {
        !self.name.starts_with('*')
    }

    /// Whether the platform keeps the value current, so that a copy elsewhere is the old one.
    pub(crate) fn is_maintained(&self) -> bool {
        self.platform != ANY && self.is_own_name()
    }

    /// What stands for the `*`; empty where there is none.
    pub(super) fn stem<'n>(&self, name: &'n str) -> Option<&'n str> {
        let Some((prefix, suffix)) = self.name.split_once('*') else {
            return (name == self.name).then_some("");
        };
        let stem = name.strip_prefix(prefix)?.strip_suffix(suffix)?;
        is_stem(stem.as_bytes()).then_some(stem)
    }
}

/// Whether a `*` may match this.
pub(super) fn is_stem(stem: &[u8]) -> bool {
    let valid = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || *byte == b'_';
    !stem.is_empty() && stem.iter().all(valid)
}

/// The platform of names that many platforms and people use.
const ANY: &str = "any";

const fn row(
    platform: &'static str,
    name: &'static str,
    role: Role,
    engine: Option<Engine>,
) -> Variable {
    Variable {
        platform,
        name,
        role,
        engine,
        same_as: None,
        usage: Usage::Unasked,
    }
}

const POSTGRES: Option<Engine> = Some(Engine::Postgres);
const MYSQL: Option<Engine> = Some(Engine::MySql);
const REDIS: Option<Engine> = Some(Engine::Redis);
const MONGODB: Option<Engine> = Some(Engine::MongoDb);
const NEO4J: Option<Engine> = Some(Engine::Neo4j);
const AMQP: Option<Engine> = Some(Engine::Amqp);
const KAFKA: Option<Engine> = Some(Engine::Other("kafka"));
const SEARCH: Option<Engine> = Some(Engine::Other("elasticsearch"));

use Role::{Attachment, Direct, Pooled, Primary, Private};
use Usage::{Named, Never};

/// The table. The first row that matches a name is the name's: exact names, poolers, colours, then ends of names.
pub const VARIABLES: &[Variable] = &[
    row(ANY, "DATABASE_URL", Primary, None),
    // Heroku Postgres
    row("Heroku", "DATABASE_POOL_URL", Pooled, POSTGRES).named_next_to("DATABASE_URL"),
    row("Heroku", "DATABASE_ANALYTICS_URL", Attachment, POSTGRES).when(Named),
    row("Heroku", "SHARED_DATABASE_URL", Attachment, POSTGRES),
    row("Heroku", "PGBACKUPS_URL", Attachment, None).when(Never),
    // Heroku's buildpack for the JVM: DATABASE_URL once more.
    row("Heroku", "JDBC_DATABASE_URL", Attachment, None).next_to("DATABASE_URL"),
    row(ANY, "SPRING_DATASOURCE_URL", Attachment, None).next_to("DATABASE_URL"),
    // Add-ons
    row("ClearDB", "CLEARDB_DATABASE_URL", Attachment, MYSQL),
    row("JawsDB", "JAWSDB_URL", Attachment, MYSQL),
    row("JawsDB", "JAWSDB_MARIA_URL", Attachment, MYSQL),
    row(
        "Stackhero",
        "STACKHERO_MYSQL_DATABASE_URL",
        Attachment,
        MYSQL,
    ),
    row("Stackhero", "STACKHERO_REDIS_URL", Attachment, REDIS),
    row("Stackhero", "STACKHERO_REDIS_URL_TLS", Attachment, REDIS).next_to("STACKHERO_REDIS_URL"),
    row(ANY, "REDIS_URL", Attachment, REDIS),
    row("Heroku", "REDIS_TLS_URL", Attachment, REDIS).next_to("REDIS_URL"),
    row("Redis Cloud", "REDISCLOUD_URL", Attachment, REDIS),
    row("RedisToGo", "REDISTOGO_URL", Attachment, REDIS),
    row("openredis", "OPENREDIS_URL", Attachment, REDIS),
    row("GrapheneDB", "GRAPHENEDB_URL", Attachment, NEO4J),
    row("GrapheneDB", "GRAPHENEDB_BOLT_URL", Attachment, NEO4J).next_to("GRAPHENEDB_URL"),
    row(ANY, "MONGODB_URI", Attachment, MONGODB),
    row("mLab", "MONGOLAB_URI", Attachment, MONGODB),
    row("MongoHQ", "MONGOHQ_URL", Attachment, MONGODB),
    row("ObjectRocket", "ORMONGO_URL", Attachment, MONGODB),
    row("CloudAMQP", "CLOUDAMQP_URL", Attachment, AMQP),
    row("Heroku", "KAFKA_URL", Attachment, KAFKA),
    row("SearchBox", "SEARCHBOX_URL", Attachment, SEARCH),
    row("Bonsai", "BONSAI_URL", Attachment, SEARCH),
    row("Elastic", "FOUNDELASTICSEARCH_URL", Attachment, SEARCH),
    // Scalingo
    row("Scalingo", "SCALINGO_POSTGRESQL_URL", Attachment, POSTGRES),
    row("Scalingo", "SCALINGO_MYSQL_URL", Attachment, MYSQL),
    row("Scalingo", "SCALINGO_REDIS_URL", Attachment, REDIS),
    row("Scalingo", "SCALINGO_MONGO_URL", Attachment, MONGODB),
    // Clever Cloud
    row("Clever Cloud", "POSTGRESQL_ADDON_URI", Attachment, POSTGRES),
    row(
        "Clever Cloud",
        "POSTGRESQL_ADDON_DIRECT_URI",
        Direct,
        POSTGRES,
    )
    .next_to("POSTGRESQL_ADDON_URI"),
    row("Clever Cloud", "MYSQL_ADDON_URI", Attachment, MYSQL),
    row("Clever Cloud", "MONGODB_ADDON_URI", Attachment, MONGODB),
    // Railway: the plain name is the private network's, too, but the one that is meant to be used.
    row(ANY, "MYSQL_URL", Attachment, MYSQL),
    row("Railway", "MYSQL_PUBLIC_URL", Attachment, MYSQL).next_to("MYSQL_URL"),
    row("Railway", "DATABASE_PUBLIC_URL", Attachment, None).next_to("DATABASE_URL"),
    row("Railway", "DATABASE_PRIVATE_URL", Private, None).next_to("DATABASE_URL"),
    row("Railway", "MONGO_URL", Attachment, MONGODB),
    // Vercel, Neon, Prisma, Supabase
    row("Vercel", "POSTGRES_URL_NON_POOLING", Direct, POSTGRES).next_to("POSTGRES_URL"),
    row("Vercel", "POSTGRES_URL", Pooled, POSTGRES),
    row("Vercel", "POSTGRES_PRISMA_URL", Pooled, POSTGRES).next_to("POSTGRES_URL"),
    row("Vercel", "POSTGRES_URL_NO_SSL", Pooled, POSTGRES).named_next_to("POSTGRES_URL"),
    row("Neon", "DATABASE_URL_UNPOOLED", Direct, POSTGRES).next_to("DATABASE_URL"),
    row("Neon", "DATABASE_URL_POOLED", Pooled, POSTGRES).next_to("DATABASE_URL"),
    row("Supabase", "DIRECT_URL", Direct, None).next_to("DATABASE_URL"),
    row("Prisma", "DIRECT_DATABASE_URL", Direct, None).next_to("DATABASE_URL"),
    row("Prisma", "PRISMA_DATABASE_URL", Pooled, None).named_next_to("DATABASE_URL"),
    // Names that people and programs choose
    row(ANY, "MYSQL_URI", Attachment, MYSQL),
    row(ANY, "MARIADB_URL", Attachment, MYSQL),
    row(ANY, "DB_URL", Attachment, None),
    row(ANY, "NEO4J_URL", Attachment, NEO4J),
    row(ANY, "NEO4J_URI", Attachment, NEO4J),
    row(ANY, "ELASTICSEARCH_URL", Attachment, SEARCH),
    // Poolers, which are named after their database and would pass for colours
    row("Heroku", "*_CONNECTION_POOL_URL", Pooled, None).named_next_to("*_URL"),
    // Colours
    row("Heroku", "HEROKU_POSTGRESQL_*_URL", Attachment, POSTGRES),
    row("Heroku", "HEROKU_REDIS_*_URL", Attachment, REDIS),
    row("ClearDB", "CLEARDB_*_URL", Attachment, MYSQL),
    row("JawsDB", "JAWSDB_*_URL", Attachment, MYSQL),
    row("GrapheneDB", "GRAPHENEDB_*_URL", Attachment, NEO4J),
    row("Dokku", "DOKKU_POSTGRES_*_URL", Attachment, POSTGRES),
    row("Dokku", "DOKKU_MYSQL_*_URL", Attachment, MYSQL),
    row("Dokku", "DOKKU_MARIADB_*_URL", Attachment, MYSQL),
    row("Dokku", "DOKKU_MONGO_*_URL", Attachment, MONGODB),
    row("Dokku", "DOKKU_REDIS_*_URL", Attachment, REDIS),
    row("Dokku", "DOKKU_RABBITMQ_*_URL", Attachment, AMQP),
    row("Dokku", "DOKKU_*_URL", Attachment, None),
    // The same ends after a prefix or an alias of one's own
    row("Vercel", "*_URL_NON_POOLING", Direct, None).named_next_to("*_URL"),
    row("Vercel", "*_PRISMA_URL", Pooled, None).named_next_to("*_URL"),
    row("Vercel", "*_URL_NO_SSL", Pooled, None).named_next_to("*_URL"),
    row("Neon", "*_URL_UNPOOLED", Direct, None).named_next_to("*_URL"),
    row("Neon", "*_URL_POOLED", Pooled, None).named_next_to("*_URL"),
    row("Railway", "*_PUBLIC_URL", Attachment, None).named_next_to("*_URL"),
    row("Railway", "*_PRIVATE_URL", Private, None).named_next_to("*_URL"),
    row("Clever Cloud", "*_DIRECT_URI", Direct, None).named_next_to("*_URI"),
];
