//! Tags in the files of Rails, and the files beside `database.yml`.
#![expect(clippy::too_many_lines, reason = "a table is as long as its rows")]

use crate::common::settings::{Ask, compare};
use database_url::settings::System;

fn file(text: &str) -> Ask {
    of_path("config/database.yml", text)
}

fn of_path(path: &str, text: &str) -> Ask {
    Ask::file(System::Rails, path, text).of("production")
}

#[test]
fn tags_fill_scalars() {
    compare(&[
        (
            "a password is what the variable holds",
            file("production: { adapter: postgresql, database: d, password: <%= ENV['PW'] %> }").with("PW", "0123"),
            &[
                "postgres://:0123@/d",
                "password<PW database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "whatever YAML would make of it",
            file("production: { adapter: postgresql, database: d, password: <%= ENV['PW'] %> }").with("PW", "a: b #c"),
            &[
                "postgres://:a%3A%20b%20%23c@/d",
                "password<PW database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "such as nothing",
            file("production: { adapter: postgresql, database: d, password: <%= ENV['PW'] %> }").with("PW", "~"),
            &[
                "postgres://:~@/d",
                "password<PW database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "or several lines",
            file("production: { adapter: postgresql, database: d, password: <%= ENV['PW'] %> }").with("PW", "a\n  host: evil\nstaging:"),
            &[
                "postgres://:a%0A%20%20host%3A%20evil%0Astaging%3A@/d",
                "password<PW database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
                "!control-character",
            ],
        ),
        (
            "in quotation marks as well",
            file(r#"production: { adapter: postgresql, database: d, password: "<%= ENV['PW'] %>" }"#).with("PW", "a\"b\\\\c"),
            &[
                "postgres://:a%22b%5C%5Cc@/d",
                "password<PW database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "what a variable holds is no tag",
            file("production: { adapter: postgresql, database: d, password: <%= ENV['PW'] %> }").with("PW", "<%= ENV['X'] %>"),
            &[
                "postgres://:%3C%25%3D%20ENV%5B%27X%27%5D%20%25%3E@/d",
                "password<PW database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "text and a tag",
            file("production: { adapter: postgresql, database: <%= ENV['N'] %>_production }").with("N", "shop"),
            &[
                "postgres:///shop_production",
                "database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "an empty variable is no password, as in YAML",
            file("production: { adapter: postgresql, database: d, password: <%= ENV['PW'] %> }").with("PW", ""),
            &[
                "postgres:///d",
                "database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "an unset one is none, and told",
            file("production: { adapter: postgresql, database: d, password: <%= ENV['PW'] %> }"),
            &[
                "postgres:///d",
                "database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
                "!unset-variable",
            ],
        ),
        (
            "an unset one of another environment is not told",
            file("production: { adapter: postgresql, database: d }\nstaging: { adapter: postgresql, database: d, password: <%= ENV['PW'] %> }"),
            &[
                "postgres:///d",
                "database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "fetch with a default",
            file(r#"production: { adapter: postgresql, database: d, pool: <%= ENV.fetch("N") { 5 } %> }"#),
            &[
                "postgres:///d?pool=5 pool=5",
                "database<production.database@1:46 pool<production.pool@1:55",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "fetch with a variable",
            file(r#"production: { adapter: postgresql, database: d, pool: <%= ENV.fetch("N") { 5 } %> }"#).with("N", "7"),
            &[
                "postgres:///d?pool=7 pool=7",
                "database<production.database@1:46 pool<N",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "every fetch without a variable is told",
            file(r#"production: { adapter: postgresql, database: <%= ENV.fetch("DB") %>, host: <%= ENV.fetch("H") %> }"#),
            &[
                "unset-variable production.database@1:46 text +help",
                "unset-variable production.host@1:76 text +help",
            ],
        ),
        (
            "of another environment, too: Ruby runs them all",
            file("production: { adapter: postgresql, database: d }\nstaging: { adapter: postgresql, database: <%= ENV.fetch(\"DB\") %> }"),
            &[
                "unset-variable staging.database@2:43 text +help",
            ],
        ),
        (
            "what is not read is refused where it stands",
            file("production: { adapter: postgresql, database: <%= `id` %>, host: <%= foo %> }"),
            &[
                "unsupported-expression production.database@1:46 text +help",
                "unsupported-expression production.host@1:65 text +help",
            ],
        ),
        (
            "a tag is no key",
            file("production: { adapter: postgresql, <%= ENV['X'] %>: h }").with("X", "host"),
            &[
                "unsupported-expression @1:36 text +help",
            ],
        ),
        (
            "if and else choose lines",
            file("production:\n<% if ENV[\"SHOP_DB\"] %>\n  url: <%= ENV[\"SHOP_DB\"] %>\n<% else %>\n  adapter: sqlite3\n  database: d\n<% end %>"),
            &[
                "sqlite3:d",
                "database<production.database@6:13",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "and places stay those of the file",
            file("production:\n<% if ENV[\"SHOP_DB\"] %>\n  url: <%= ENV[\"SHOP_DB\"] %>\n  pool: 3\n<% else %>\n  adapter: sqlite3\n<% end %>").with("SHOP_DB", "postgres://h/d"),
            &[
                "postgres://h/d?pool=3 pool=3",
                "database,host<SHOP_DB pool<production.pool@4:9",
                "SHOP_DB used, PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "to_json fills a scalar with the plain value",
            file("production: { adapter: postgresql, database: d, password: <%= ENV['PW'].to_json %> }").with("PW", "a\"b"),
            &[
                "postgres://:a%22b@/d",
                "password<PW database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "to_json of an empty value is an empty string, not null",
            file("production: { adapter: postgresql, database: d, password: <%= ENV['PW'].to_json %> }").with("PW", ""),
            &[
                "postgres:///d?password=",
                "password<PW database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "and of no value it is null",
            file("production: { adapter: postgresql, database: d, password: <%= ENV['PW'].to_json %> }"),
            &[
                "postgres:///d",
                "database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
                "!unset-variable",
            ],
        ),
        (
            "literals keep their text",
            file("production: { adapter: postgresql, database: 0123, username: yes, password: 1e3, host: null }"),
            &[
                "postgres://yes:1e3@/0123",
                "user<production.username@1:62 password<production.password@1:77 database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "an empty text is not nothing",
            file(r#"production: { adapter: postgresql, database: d, username: "", password: '' }"#),
            &[
                "postgres:///d?user=&password=",
                "user<production.username@1:59 password<production.password@1:73 database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
            ],
        ),
        (
            "a placeholder is told",
            file(r#"production: { adapter: postgresql, database: d, password: "[YOUR-PASSWORD]" }"#),
            &[
                "postgres://:%5BYOUR-PASSWORD%5D@/d",
                "password<production.password@1:59 database<production.database@1:46",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
                "!placeholder-password",
            ],
        ),
    ]);
}

#[test]
fn other_files() {
    compare(&[
        (
            "cable: a URL",
            of_path("config/cable.yml", r#"production: { adapter: redis, url: <%= ENV["REDISCLOUD_URL"] %>, channel_prefix: shop }"#).with("REDISCLOUD_URL", "redis://rediscloud:k3y@redis-7.example:15012"),
            &[
                r#"redis://rediscloud:k3y@redis-7.example:15012 channel_prefix="shop""#,
                "user,password,host,port<REDISCLOUD_URL channel_prefix<production.channel_prefix@1:82",
                "REDISCLOUD_URL used",
            ],
        ),
        (
            "cable knows no DATABASE_URL",
            of_path("config/cable.yml", r#"production: { adapter: redis, url: <%= ENV["REDISCLOUD_URL"] %> }"#).with("DATABASE_URL", "redis://h"),
            &[
                "unset-variable production.url@1:36 +help",
            ],
        ),
        (
            "cable: parts",
            of_path("config/cable.yml", "production: { adapter: redis, host: h, port: 6380, db: 2, password: k3y }"),
            &[
                "redis://:k3y@h:6380/2",
                "user<production@1:1 password<production.password@1:69 host<production.host@1:37 port<production.port@1:46 database<production.db@1:56",
                "production@1:1 used",
            ],
        ),
        (
            "cable: parts with TLS",
            of_path("config/cable.yml", "production: { adapter: redis, host: h, ssl: true }"),
            &[
                "rediss://h ssl=true",
                "host<production.host@1:37 ssl<production.ssl@1:45",
                "production@1:1 used",
            ],
        ),
        (
            "cable: TLS that the URL does not have is told",
            of_path("config/cable.yml", "production: { adapter: redis, url: redis://h/1, ssl: true }"),
            &[
                "redis://h/1 ssl=true",
                "host,database<production.url@1:36 ssl<production.ssl@1:54",
                "production.url@1:36 used",
                "!weaker-than-asked",
            ],
        ),
        (
            "cable: an adapter without a server",
            of_path("config/cable.yml", "development: { adapter: async }").of("development"),
            &[
                "not-found development.adapter@1:25 +help",
            ],
        ),
        (
            "cable: a URL of something else",
            of_path("config/cable.yml", r#"production: { adapter: redis, url: <%= ENV["R"] %> }"#).with("R", "postgres://h/d"),
            &[
                "wrong-engine R +help",
            ],
        ),
        (
            "cable: no section",
            of_path("config/cable.yml", "development: { adapter: async }"),
            &[
                "not-found @1:1 +help",
            ],
        ),
        (
            "cable: an empty URL",
            of_path("config/cable.yml", r#"production: { adapter: redis, url: <%= ENV["R"] %> }"#).with("R", ""),
            &[
                "missing-key production@1:1 +help",
            ],
        ),
        (
            "neo4j: an http URL is Neo4j's by the file",
            of_path("config/neo4j.yml", r#"production: { type: http, url: <%= ENV["GRAPHENEDB_URL"] %> }"#).with("GRAPHENEDB_URL", "http://app:k3y@x.example:24789"),
            &[
                "http://app:k3y@x.example:24789",
                "user,password,host,port<GRAPHENEDB_URL",
                "GRAPHENEDB_URL used",
            ],
        ),
        (
            "neo4j: its variable is not set",
            of_path("config/neo4j.yml", r#"production: { type: http, url: <%= ENV["GRAPHENEDB_URL"] %> }"#),
            &[
                "unset-variable production.url@1:32 +help",
            ],
        ),
        (
            "neo4j: bolt",
            of_path("config/neo4j.yml", "production: { type: bolt, url: bolt://h:7688 }"),
            &[
                "bolt://h:7688",
                "host,port<production.url@1:32",
                "production.url@1:32 used",
            ],
        ),
        (
            "secrets: the key that holds a database",
            of_path("config/secrets.yml", r#"production: { secret_key_base: <%= ENV["S"] %>, redis_url: <%= ENV["R"] %> }"#).with("S", "abc").with("R", "redis://h/2"),
            &[
                "redis://h/2",
                "host,database<R",
                "R used",
            ],
        ),
        (
            "secrets: several",
            of_path("config/secrets.yml", "production: { a: redis://h/2, b: postgres://h/d }"),
            &[
                "ambiguous production@1:1 +help",
            ],
        ),
        (
            "secrets: by name",
            of_path("config/secrets.yml", "production: { a: redis://h/2, b: postgres://h/d }").named("b"),
            &[
                "postgres://h/d",
                "database,host<production.b@1:34",
                "production.b@1:34 used",
            ],
        ),
        (
            "secrets: none",
            of_path("config/secrets.yml", "production: { secret_key_base: abc }"),
            &[
                "not-found production@1:1 +help",
            ],
        ),
        (
            "secrets: a name that is not set",
            of_path("config/secrets.yml", "production: { b: <%= ENV[\"R\"] %> }\n").named("b"),
            &[
                "unset-variable production.b@1:18 +help",
            ],
        ),
    ]);
}
