//! What `--attachment NAME` means, whatever platform or add-on the name is of; and what to do where nothing is attached.

use database_url::{Resolver, Vars};

const PG: &str = "postgres://app:k3y@pg.example/shop";
const MY: &str = "mysql://app:k3y@my.example/shop";
const REDIS: &str = "redis://:k3y@cache.example";
const MONGO: &str = "mongodb://app:k3y@mongo.example/shop";

fn vars(pairs: &[(&str, &str)]) -> Vars {
    pairs.iter().copied().collect()
}

#[test]
fn an_attachment_is_called_by_its_name() {
    const ALL: &[(&str, &str)] = &[
        ("DATABASE_URL", PG),
        ("JAWSDB_URL", MY),
        ("JAWSDB_TEAL_URL", "mysql://app:k3y@teal.example/shop"),
        ("CLEARDB_DATABASE_URL", "mysql://app:k3y@clear.example/shop"),
        ("REDISCLOUD_URL", REDIS),
        ("GRAPHENEDB_URL", "http://app:k3y@graph.example:24789"),
        ("GRAPHENEDB_BOLT_URL", "bolt://graph.example:24786"),
        ("MONGODB_URI", MONGO),
        ("HEROKU_POSTGRESQL_BRONZE_URL", PG),
        ("POSTGRES_URL_NON_POOLING", PG),
    ];
    for (name, var) in [
        ("DATABASE", "DATABASE_URL"),
        ("JAWSDB", "JAWSDB_URL"),
        ("jawsdb_url", "JAWSDB_URL"),
        ("TEAL", "JAWSDB_TEAL_URL"),
        ("JAWSDB_TEAL", "JAWSDB_TEAL_URL"),
        ("CLEARDB", "CLEARDB_DATABASE_URL"),
        ("CLEARDB_DATABASE", "CLEARDB_DATABASE_URL"),
        ("CLEARDB_DATABASE_URL", "CLEARDB_DATABASE_URL"),
        ("REDISCLOUD", "REDISCLOUD_URL"),
        ("GRAPHENEDB", "GRAPHENEDB_URL"),
        ("GRAPHENEDB_BOLT", "GRAPHENEDB_BOLT_URL"),
        ("MONGODB", "MONGODB_URI"),
        ("BRONZE", "HEROKU_POSTGRESQL_BRONZE_URL"),
        ("POSTGRES_URL_NON_POOLING", "POSTGRES_URL_NON_POOLING"),
    ] {
        let vars = vars(ALL);
        let found = Resolver::new(&vars).attachment(name).resolve().unwrap();
        assert_eq!(found.source().name(), Some(var), "{name}");
    }
    let vars = vars(&[("JAWSDB_TEAL_URL", MY), ("HEROKU_POSTGRESQL_TEAL_URL", PG)]);
    let error = Resolver::new(&vars)
        .attachment("TEAL")
        .resolve()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "several databases are configured: HEROKU_POSTGRESQL_TEAL_URL, JAWSDB_TEAL_URL are all called that, and differ"
    );
}

#[test]
fn the_remedy_is_the_platforms_own() {
    for (marker, command) in [
        ("DYNO", "heroku addons:create jawsdb"),
        ("FLY_APP_NAME", "fly postgres attach"),
        ("RAILWAY_PROJECT_ID", "${{Postgres.DATABASE_URL}}"),
        ("RENDER", "fromDatabase"),
        ("VERCEL", "vercel env pull"),
        ("VCAP_APPLICATION", "cf bind-service"),
        ("PLATFORM_PROJECT", "relationships"),
        ("DOKKU_APP_NAME", "dokku mysql:link"),
    ] {
        let vars = vars(&[(marker, "x")]);
        let error = Resolver::new(&vars).resolve().unwrap_err();
        assert!(
            error.help().is_some_and(|help| help.contains(command)),
            "{marker}: {:?}",
            error.help()
        );
    }
}
