//! The names that platforms and add-ons give their databases, row by row: what is listed, in which role, what is used
//! where nothing is named, and what is never used by chance.

use crate::common::Failures;
use database_url::diagnose::Diagnostics;
use database_url::{
    Attachment, Attachments, Database, Error, ErrorKind, Outcome, Resolved, Resolver, Vars,
    WarningCode, mysql, platform, postgres,
};

const PG: &str = "postgres://app:k3y@pg.example/shop";
const MY: &str = "mysql://app:k3y@my.example/shop";
const REDIS: &str = "redis://:k3y@cache.example";
const MONGO: &str = "mongodb://app:k3y@mongo.example/shop";
const AMQP: &str = "amqp://app:k3y@queue.example/shop";
const BOLT: &str = "bolt://app:k3y@graph.example";

fn vars(pairs: &[(&str, &str)]) -> Vars {
    pairs.iter().copied().collect()
}

fn resolve(pairs: &[(&str, &str)]) -> Result<Resolved<Database>, Error> {
    Resolver::new(&vars(pairs)).resolve()
}

/// Variable, platform, what it holds, role, and how it is used where it is alone and nothing is named: plainly, with
/// a warning that names it, or never.
const NAMES: &str = "
DATABASE_URL | any | PG | primary | plainly
# Heroku
HEROKU_POSTGRESQL_BRONZE_URL | Heroku | PG | attachment | warned
DATABASE_CONNECTION_POOL_URL | Heroku | PG | pooled | never
HEROKU_POSTGRESQL_JADE_CONNECTION_POOL_URL | Heroku | PG | pooled | never
REPORTS_CONNECTION_POOL_URL | Heroku | PG | pooled | never
DATABASE_POOL_URL | Heroku | PG | pooled | never
DATABASE_ANALYTICS_URL | Heroku | PG | attachment | never
SHARED_DATABASE_URL | Heroku | PG | attachment | warned
JDBC_DATABASE_URL | Heroku | jdbc:postgresql://pg.example/shop?user=app&password=k3y | attachment | warned
SPRING_DATASOURCE_URL | any | jdbc:postgresql://pg.example/shop?user=app&password=k3y | attachment | warned
CLEARDB_DATABASE_URL | ClearDB | mysql://app:k3y@my.example/shop?reconnect=true | attachment | warned
CLEARDB_NAVY_URL | ClearDB | MY | attachment | warned
JAWSDB_URL | JawsDB | MY | attachment | warned
JAWSDB_MARIA_URL | JawsDB | MY | attachment | warned
JAWSDB_ONYX_URL | JawsDB | MY | attachment | warned
STACKHERO_MYSQL_DATABASE_URL | Stackhero | MY | attachment | warned
STACKHERO_REDIS_URL | Stackhero | REDIS | attachment | never
STACKHERO_REDIS_URL_TLS | Stackhero | rediss://:k3y@cache.example:6380 | attachment | never
REDIS_URL | any | REDIS | attachment | never
REDIS_TLS_URL | Heroku | rediss://:k3y@cache.example:6380 | attachment | never
HEROKU_REDIS_AQUA_URL | Heroku | REDIS | attachment | never
REDISCLOUD_URL | Redis Cloud | REDIS | attachment | never
REDISTOGO_URL | RedisToGo | REDIS | attachment | never
OPENREDIS_URL | openredis | REDIS | attachment | never
GRAPHENEDB_URL | GrapheneDB | http://app:k3y@graph.example:24789 | attachment | never
GRAPHENEDB_BOLT_URL | GrapheneDB | BOLT | attachment | never
GRAPHENEDB_COBALT_URL | GrapheneDB | https://app:k3y@graph.example:24780 | attachment | never
MONGODB_URI | any | MONGO | attachment | warned
MONGOLAB_URI | mLab | MONGO | attachment | warned
MONGOHQ_URL | MongoHQ | MONGO | attachment | warned
ORMONGO_URL | ObjectRocket | MONGO | attachment | warned
CLOUDAMQP_URL | CloudAMQP | AMQP | attachment | never
KAFKA_URL | Heroku | kafka+ssl://a.example:9096 | attachment | never
SEARCHBOX_URL | SearchBox | https://app:k3y@search.example | attachment | never
BONSAI_URL | Bonsai | https://app:k3y@search.example | attachment | never
FOUNDELASTICSEARCH_URL | Elastic | https://app:k3y@search.example | attachment | never
# Dokku
DOKKU_POSTGRES_AQUA_URL | Dokku | PG | attachment | warned
DOKKU_MYSQL_FUCHSIA_URL | Dokku | MY | attachment | warned
DOKKU_MARIADB_LIME_URL | Dokku | mariadb://app:k3y@my.example/shop | attachment | warned
DOKKU_MONGO_TEAL_URL | Dokku | MONGO | attachment | warned
DOKKU_REDIS_NAVY_URL | Dokku | REDIS | attachment | never
DOKKU_RABBITMQ_RED_URL | Dokku | AMQP | attachment | never
DOKKU_TIMESCALE_RED_URL | Dokku | PG | attachment | warned
# Scalingo, Clever Cloud
SCALINGO_POSTGRESQL_URL | Scalingo | PG | attachment | warned
SCALINGO_MYSQL_URL | Scalingo | MY | attachment | warned
SCALINGO_REDIS_URL | Scalingo | REDIS | attachment | never
SCALINGO_MONGO_URL | Scalingo | MONGO | attachment | warned
POSTGRESQL_ADDON_URI | Clever Cloud | PG | attachment | warned
POSTGRESQL_ADDON_DIRECT_URI | Clever Cloud | PG | direct | warned
MYSQL_ADDON_URI | Clever Cloud | MY | attachment | warned
MONGODB_ADDON_URI | Clever Cloud | MONGO | attachment | warned
ORDERS_DIRECT_URI | Clever Cloud | PG | direct | never
# Railway
MYSQL_URL | any | MY | attachment | warned
MYSQL_PUBLIC_URL | Railway | MY | attachment | warned
DATABASE_PUBLIC_URL | Railway | PG | attachment | warned
DATABASE_PRIVATE_URL | Railway | PG | private | warned
MONGO_URL | Railway | MONGO | attachment | warned
REDIS_PUBLIC_URL | Railway | REDIS | attachment | never
ORDERS_PUBLIC_URL | Railway | PG | attachment | never
ORDERS_PRIVATE_URL | Railway | PG | private | never
# Vercel, Neon, Supabase, Prisma
POSTGRES_URL | Vercel | PG | pooled | warned
POSTGRES_PRISMA_URL | Vercel | postgres://app:k3y@pg.example/shop?pgbouncer=true&connect_timeout=15 | pooled | warned
POSTGRES_URL_NON_POOLING | Vercel | PG | direct | warned
POSTGRES_URL_NO_SSL | Vercel | PG | pooled | never
ORDERS_URL_NON_POOLING | Vercel | PG | direct | never
ORDERS_PRISMA_URL | Vercel | PG | pooled | never
ORDERS_URL_NO_SSL | Vercel | PG | pooled | never
DATABASE_URL_UNPOOLED | Neon | PG | direct | warned
DATABASE_URL_POOLED | Neon | PG | pooled | warned
ORDERS_URL_UNPOOLED | Neon | PG | direct | never
ORDERS_URL_POOLED | Neon | PG | pooled | never
DIRECT_URL | Supabase | PG | direct | warned
DIRECT_DATABASE_URL | Prisma | PG | direct | warned
PRISMA_DATABASE_URL | Prisma | PG | pooled | never
# Anybody's
MYSQL_URI | any | MY | attachment | warned
MARIADB_URL | any | mariadb://app:k3y@my.example/shop | attachment | warned
DB_URL | any | MY | attachment | warned
DB_URL | any | sqlite:////srv/app.sqlite3 | attachment | warned
DB_URL | any | redis://cache.example | attachment | never
NEO4J_URL | any | http://app:k3y@graph.example:7474 | attachment | never
NEO4J_URI | any | neo4j+s://app:k3y@graph.example | attachment | never
ELASTICSEARCH_URL | any | https://app:k3y@search.example | attachment | never
";

/// The URLs that the tables abbreviate.
fn url(text: &str) -> &str {
    let known = [
        ("PG", PG),
        ("MY", MY),
        ("REDIS", REDIS),
        ("MONGO", MONGO),
        ("AMQP", AMQP),
        ("BOLT", BOLT),
    ];
    known
        .iter()
        .find(|(short, _)| *short == text)
        .map_or(text, |(_, url)| url)
}

/// The rows of a table, without its headings.
fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split('|').map(str::trim).collect())
}

/// Names whose rows are in the table so that they are not taken for databases.
const NO_DATABASES: &[&str] = &["PGBACKUPS_URL"];

#[test]
fn every_name_is_listed_in_its_role_and_used_as_the_table_says() {
    let mut failures = Failures::default();
    for row in rows(NAMES) {
        let [name, owner, text, role, alone] = row[..] else {
            panic!("five columns: {row:?}");
        };
        let vars = vars(&[(name, url(text))]);
        let known = platform::find(name).map(|row| (row.platform(), row.role().as_str()));
        failures.compare(name, known, Some((owner, role)));
        let list = Attachments::of(&vars);
        let listed = list
            .iter()
            .map(|one| (one.var(), one.role().as_str(), one.database().is_ok()));
        failures.compare(name, listed.collect(), vec![(name, role, true)]);
        match Resolver::new(&vars).config_var(name).resolve() {
            Ok(found) => failures.compare(name, found.source().name(), Some(name)),
            Err(error) => failures.rejected(name, &error),
        }
        let used = match Resolver::new(&vars).resolve() {
            Ok(found) if name == "DATABASE_URL" => {
                failures.compare(name, found.warnings().len(), 0);
                "plainly"
            }
            Ok(found) => {
                let warning = &found.warnings()[0];
                failures.compare(name, warning.code(), WarningCode::NotPromoted);
                failures.compare(name, warning.message().contains(name), true);
                "warned"
            }
            Err(error) => {
                failures.compare(name, error.kind(), ErrorKind::NotFound);
                let names_it = error.help().is_some_and(|help| help.contains(name));
                failures.compare(name, names_it, true);
                "never"
            }
        };
        failures.compare(name, used, alone);
    }
    failures.finish();
}

#[test]
fn every_row_of_the_table_is_one_of_these() {
    let mut failures = Failures::default();
    let names: Vec<_> = rows(NAMES)
        .map(|row| row[0])
        .chain(NO_DATABASES.iter().copied())
        .collect();
    for row in platform::VARIABLES {
        let mut found = names
            .iter()
            .filter(|name| platform::find(name) == Some(row));
        failures.compare(row.name(), found.next().is_some(), true);
    }
    failures.finish();
}

/// The variable that is used where nothing is named, and variables of one database in several roles.
const ROLES: &str = "
DATABASE_URL | DATABASE_URL=postgres://app:k3y@ep-pooler.example/shop | DATABASE_URL_UNPOOLED=postgres://app:k3y@ep.example/shop
DATABASE_URL | DATABASE_URL=postgres://app.ref:k3y@pooler.example:6543/shop?pgbouncer=true | DIRECT_URL=postgres://app:k3y@db.example/shop
DATABASE_URL | DATABASE_URL=postgres://app:k3y@pooler.example:6543/shop | DIRECT_DATABASE_URL=postgres://app:k3y@db.example/shop
DATABASE_URL | DATABASE_URL=postgres://app:k3y@pg.internal/shop | DATABASE_PUBLIC_URL=postgres://app:k3y@proxy.example:31234/shop
DATABASE_PUBLIC_URL | DATABASE_PRIVATE_URL=postgres://app:k3y@pg.internal/shop | DATABASE_PUBLIC_URL=postgres://app:k3y@proxy.example:31234/shop
POSTGRES_URL_NON_POOLING | POSTGRES_URL=postgres://app:k3y@ep-pooler.example/shop | POSTGRES_URL_NON_POOLING=postgres://app:k3y@ep.example/shop | POSTGRES_PRISMA_URL=postgres://app:k3y@ep-pooler.example/shop?pgbouncer=true
POSTGRES_URL | POSTGRES_PRISMA_URL=postgres://app:k3y@ep-pooler.example/shop?pgbouncer=true | POSTGRES_URL=postgres://app:k3y@ep-pooler.example/shop
POSTGRESQL_ADDON_URI | POSTGRESQL_ADDON_URI=postgres://app:k3y@proxy.example/shop | POSTGRESQL_ADDON_DIRECT_URI=postgres://app:k3y@pg.example/shop
MYSQL_URL | MYSQL_URL=mysql://app:k3y@my.internal/shop | MYSQL_PUBLIC_URL=mysql://app:k3y@proxy.example:31234/shop
DATABASE_URL | DATABASE_URL=postgres://app:k3y@pg.example/shop | DATABASE_CONNECTION_POOL_URL=postgres://app:k3y@pg.example:5433/shop
HEROKU_POSTGRESQL_RED_URL | HEROKU_POSTGRESQL_RED_URL=postgres://app:k3y@pg.example/shop | HEROKU_POSTGRESQL_RED_CONNECTION_POOL_URL=postgres://app:k3y@pg.example:5433/shop
# A pooled URL that is the same database as DATABASE_URL by its target brings its direct twin along.
DATABASE_URL | DATABASE_URL=postgres://app:k3y@ep-pooler.example/shop | POSTGRES_URL=postgres://app:k3y@ep-pooler.example/shop | POSTGRES_URL_NON_POOLING=postgres://app:k3y@ep.example/shop
";

#[test]
fn several_roles_of_a_database_are_one_database() {
    let mut failures = Failures::default();
    for row in rows(ROLES) {
        let used = row[0];
        let pairs: Vec<_> = row[1..]
            .iter()
            .filter_map(|pair| pair.split_once('='))
            .collect();
        let id = pairs
            .iter()
            .map(|(name, _)| *name)
            .collect::<Vec<_>>()
            .join(" ");
        let list = Attachments::of(&vars(&pairs));
        for one in list.iter() {
            let mut others: Vec<_> = pairs
                .iter()
                .map(|(name, _)| *name)
                .filter(|name| *name != one.var())
                .collect();
            others.sort_unstable();
            let mut aliases = one.aliases().map(str::to_owned).collect::<Vec<_>>();
            aliases.sort_unstable();
            failures.compare(
                &format!("{id}: {}", one.var()),
                aliases,
                others.iter().map(ToString::to_string).collect(),
            );
            failures.compare(&id, one.is_stale(), false);
            failures.compare(&id, one.is_promoted(), pairs[0].0 == "DATABASE_URL");
        }
        match resolve(&pairs) {
            Ok(found) => {
                failures.compare(&id, found.source().name(), Some(used));
                let expected = usize::from(used != "DATABASE_URL");
                failures.compare(&id, found.warnings().len(), expected);
                failures.compare(
                    &id,
                    Diagnostics::new(&vars(&pairs)).unused(&found),
                    Vec::new(),
                );
            }
            Err(error) => failures.rejected(&id, &error),
        }
    }
    failures.finish();
}

#[test]
fn names_alone_do_not_make_two_databases_one() {
    for (name, url) in [
        ("DIRECT_URL", "postgres://app:k3y@localhost/dev"),
        ("DIRECT_URL", "mysql://app:k3y@ep.example/shop"),
        ("REPORTS_URL", "postgres://app:k3y@ep.example/shop"),
    ] {
        let vars = vars(&[("DATABASE_URL", PG), (name, url)]);
        let list = Attachments::of(&vars);
        assert!(
            list.of_var(name)
                .is_some_and(|one| one.aliases().next().is_none() && !one.is_promoted()),
            "{name} {url}"
        );
        let found = Resolver::new(&vars).resolve().unwrap();
        assert_eq!(Diagnostics::new(&vars).unused(&found), [name], "{url}");
    }
}

// ---- rule 3: where there is neither DATABASE_URL nor a colour

#[test]
fn a_colour_comes_before_the_names_of_other_platforms() {
    let found = resolve(&[
        ("HEROKU_POSTGRESQL_RED_URL", PG),
        ("POSTGRES_URL", "postgres://app:k3y@other.example/shop"),
    ])
    .unwrap();
    assert_eq!(found.source().name(), Some("HEROKU_POSTGRESQL_RED_URL"));
    let outcomes: Vec<_> = found
        .considered()
        .map(|(source, outcome)| (source.to_string(), outcome))
        .collect();
    let expected = [
        ("DATABASE_URL", Outcome::Unset),
        ("HEROKU_POSTGRESQL_RED_URL", Outcome::Used),
        ("POSTGRES_URL", Outcome::Shadowed),
    ];
    assert_eq!(
        outcomes,
        expected.map(|(name, outcome)| (name.to_owned(), outcome))
    );
}

#[test]
fn several_databases_are_an_error_that_says_how_to_choose() {
    let error = resolve(&[
        ("POSTGRES_URL", PG),
        (
            "SCALINGO_POSTGRESQL_URL",
            "postgres://app:k3y@other.example/shop",
        ),
    ])
    .unwrap_err();
    assert_eq!(
        (error.kind(), error.to_string().as_str(), error.help()),
        (
            ErrorKind::Ambiguous,
            "several databases are configured: DATABASE_URL is not set, and SCALINGO_POSTGRESQL_URL, POSTGRES_URL hold different databases",
            Some(
                "set DATABASE_URL to the one that is meant, or choose one by name (`--attachment NAME`, `--var NAME`)"
            )
        )
    );
}

#[test]
fn one_database_with_several_credentials_is_an_error_too() {
    for (one, other) in [
        // The same server: neither user nor password may differ.
        (PG, "postgres://ro:k3y@pg.example/shop"),
        (PG, "postgres://app:old@pg.example/shop"),
        // A pooler's users may be others, but not another password of the same user.
        ("postgres://app:old@pooler.example/shop", PG),
    ] {
        let error =
            resolve(&[("POSTGRES_URL", one), ("POSTGRES_URL_NON_POOLING", other)]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Ambiguous);
        assert!(
            error.to_string().ends_with("hold different credentials"),
            "{error}"
        );
    }
    assert!(
        resolve(&[
            ("POSTGRES_URL", "postgres://app.ref:k3y@pooler.example/shop"),
            ("POSTGRES_URL_NON_POOLING", PG)
        ])
        .is_ok()
    );
}

#[test]
fn a_program_made_for_one_engine_passes_over_the_databases_of_others() {
    let vars = vars(&[
        ("POSTGRES_URL", "postgres://app:k3y@pg.example/shop"),
        ("JAWSDB_URL", "mysql://app:k3y@my.example/shop"),
    ]);
    assert!(Resolver::new(&vars).resolve().is_err());
    let postgres = postgres::Config::resolve(&vars).expect("one of Postgres");
    assert_eq!(postgres.source().name(), Some("POSTGRES_URL"));
    let mysql = mysql::Config::resolve(&vars).expect("one of MySQL");
    let from = mysql.provenance(mysql::Keyword::User).expect("a user");
    assert_eq!(from.to_string(), format!("{}, user", mysql.source()));
    assert_eq!(mysql.provenance(mysql::Keyword::Socket), None);
    assert_eq!(mysql.source().name(), Some("JAWSDB_URL"));
    // What is meant for every program is never passed over.
    let vars = Vars::from([
        ("DATABASE_URL", "mysql://app:k3y@my.example/shop"),
        ("POSTGRES_URL", "postgres://app:k3y@pg.example/shop"),
    ]);
    let error = postgres::Config::resolve(&vars).expect_err("DATABASE_URL is MySQL's");
    assert_eq!(error.kind(), ErrorKind::WrongEngine);
    assert!(error.to_string().starts_with("DATABASE_URL: "), "{error}");
}

#[test]
fn what_is_empty_or_cannot_be_read_is_never_passed_over() {
    for (value, kind) in [
        ("", ErrorKind::EmptyVariable),
        ("postgres://app:p@ss@h/d", ErrorKind::UnescapedDelimiter),
        ("${{Db.POSTGRES_URL}}", ErrorKind::UnexpandedReference),
        ("${db.DATABASE_URL}", ErrorKind::UnexpandedReference),
    ] {
        for name in [
            "POSTGRES_URL",
            "SCALINGO_POSTGRESQL_URL",
            "DB_URL",
            "DIRECT_URL",
            "JAWSDB_URL",
            "DOKKU_MYSQL_RED_URL",
        ] {
            for also in [("POSTGRES_PRISMA_URL", PG), ("UNRELATED", "x")] {
                let error = resolve(&[(name, value), also]).unwrap_err();
                assert_eq!(
                    (
                        error.kind(),
                        error.origin().and_then(|source| source.name())
                    ),
                    (kind, Some(name)),
                    "{value}"
                );
            }
            let with_primary = resolve(&[("DATABASE_URL", PG), (name, value)]).unwrap();
            let outcome = if value.is_empty() {
                Outcome::Empty
            } else {
                Outcome::Invalid
            };
            assert_eq!(
                with_primary.considered().nth(1).map(|(_, outcome)| outcome),
                Some(outcome),
                "{name} {value}"
            );
        }
    }
}

#[test]
fn a_reference_that_nothing_filled_in_is_listed_wherever_it_is() {
    for name in [
        "MY_URL",
        "DATABASE_URL",
        "MYSQL_URL",
        "REDIS_URL",
        "ORDERS_URI",
    ] {
        for value in [
            "${{MySQL.MYSQL_URL}}",
            "${db.DATABASE_URL}",
            "${{ Redis.REDIS_URL }}",
        ] {
            let list = Attachments::of(&vars(&[(name, value)]));
            let kind = list
                .of_var(name)
                .map(|one| one.database().unwrap_err().kind());
            assert_eq!(kind, Some(ErrorKind::UnexpandedReference), "{name}={value}");
        }
    }
    assert_eq!(
        Attachments::of(&vars(&[("API_URL", "${{Api.PUBLIC_URL_OF_IT}}")]))
            .iter()
            .count(),
        0
    );
}

#[test]
fn what_is_no_database_is_not_listed() {
    for (name, value) in [
        ("PGBACKUPS_URL", "https://pgbackups.example/client"),
        ("PGBACKUPS_URL", PG),
        (
            "PRISMA_DATABASE_URL",
            "prisma+postgres://accelerate.example/?api_key=k3y",
        ),
        ("DIRECT_URL", "https://example.com/"),
        ("DB_URL", "http://example.com/"),
        ("API_URL", "https://app:k3y@example.com/"),
        ("LOG_URL", "file:///var/log/x"),
        ("DATABASE", PG),
        ("my database_URL", PG),
        ("_URL", PG),
    ] {
        let pairs = [(name, value)];
        assert_eq!(
            Attachments::of(&vars(&pairs)).iter().count(),
            0,
            "{name}={value}"
        );
        assert_eq!(
            resolve(&pairs).unwrap_err().kind(),
            ErrorKind::NotFound,
            "{name}={value}"
        );
    }
}

#[test]
fn a_web_address_is_a_database_only_where_the_name_says_so() {
    for name in [
        "DATABASE_URL",
        "JAWSDB_URL",
        "POSTGRES_URL",
        "MIGRATION_DATABASE_URL",
        "API_URL",
    ] {
        let vars = vars(&[(name, "https://app:k3y@h.example")]);
        let error = Resolver::new(&vars).config_var(name).resolve().unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("{name}: unknown scheme: expected a database URL, found a web address")
        );
    }
}

#[test]
fn a_cache_is_not_taken_for_an_unused_database() {
    let vars = vars(&[
        ("DATABASE_URL", PG),
        ("REDIS_URL", REDIS),
        ("JAWSDB_URL", MY),
    ]);
    let resolver = Resolver::new(&vars);
    let found = resolver.resolve().unwrap();
    let diagnostics = Diagnostics::new(&vars);
    assert_eq!(diagnostics.unused(&found), ["JAWSDB_URL"]);
    let attached = diagnostics.attachments(resolver.attachments());
    assert_eq!(attached.unused(&found), ["JAWSDB_URL"]);
}

#[test]
fn a_broken_cache_url_does_not_hide_a_database() {
    for (name, value) in [
        ("REDIS_URL", "redis://h:x"),
        ("REDIS_URL", ""),
        ("DB_URL", "redis://h:x"),
        ("MEMCACHIER_SERVERS", ""),
        ("CLOUDAMQP_URL", "nonsense"),
    ] {
        let found = resolve(&[("POSTGRES_URL", PG), (name, value)]);
        let used = found.map(|found| found.source().to_string());
        assert_eq!(used, Ok("POSTGRES_URL".to_owned()), "{name}={value}");
    }
}

#[test]
fn the_copy_of_an_add_ons_url_is_the_stale_one() {
    let list = Attachments::of(&vars(&[
        ("DATABASE_URL", "mysql://app:old@my.example/shop"),
        ("JAWSDB_URL", MY),
    ]));
    let stale = |var: &str| list.of_var(var).map(Attachment::is_stale);
    assert_eq!(
        (stale("DATABASE_URL"), stale("JAWSDB_URL")),
        (Some(true), Some(false))
    );
}

// ---- nothing leaks

#[test]
fn no_variable_of_any_platform_is_shown_by_its_errors() {
    let secret = "QXZJqxzjQXZ";
    let mut failures = Failures::default();
    for name in rows(NAMES).map(|row| row[0]) {
        for value in [
            secret.to_owned(),
            format!("postgres://u:{secret}@x@h/d"),
            format!("mysql://u:{secret}@h:x/d"),
            format!("mysql://u:{secret}#@h/d"),
            format!("redis://:{secret}@h:x"),
            format!("https://u:{secret}@h:x/"),
            format!("prisma+postgres://h/?api_key={secret}"),
            format!("jdbc:mysql://u:{secret}@h:x/d"),
            format!("${{{{Db.{secret}}}}}"),
            format!("\"postgres://u:{secret}@h/d\""),
        ] {
            let vars = vars(&[
                (name, &value),
                ("POSTGRES_URL", PG),
                ("DB_URL", "postgres://h/x"),
            ]);
            let list = Attachments::of(&vars);
            let mut shown = vec![format!("{list:?} {vars:?}")];
            let errors = [
                Resolver::new(&vars).resolve().err(),
                Resolver::new(&vars).config_var(name).resolve().err(),
                Resolver::new(&vars).attachment(name).resolve().err(),
                Resolver::new(&vars).attachment(secret).resolve().err(),
                Resolver::new(&vars).attachment(&value).resolve().err(),
            ];
            let all =
                |error: Error| format!("{error} {error:?} {:?} {:?}", error.help(), error.origin());
            shown.extend(errors.into_iter().flatten().map(all));
            let leaks = shown.iter().any(|text| text.contains("QXZJ"));
            failures.compare(&format!("{name}={value}"), leaks, false);
        }
    }
    failures.finish();
}
