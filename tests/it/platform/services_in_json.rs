//! `VCAP_SERVICES` and `PLATFORM_RELATIONSHIPS`: databases in a platform's own document.

use crate::common::Failures;
use base64::Engine as _;
use database_url::{
    Attachments, Database, Error, ErrorKind, Outcome, Resolved, Resolver, Role, Source, Vars,
    WarningCode,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

fn vcap(document: &Value) -> Vars {
    Vars::from([("VCAP_SERVICES", document.to_string())])
}

fn relationships(document: &Value) -> Vars {
    let text = base64::engine::general_purpose::STANDARD.encode(document.to_string());
    Vars::from([("PLATFORM_RELATIONSHIPS", text)])
}

/// A document with one bound service.
fn bound(credentials: &Value) -> Value {
    json!({ "user-provided": [{ "name": "orders", "tags": [], "credentials": credentials }] })
}

fn resolve(vars: &Vars) -> Result<Resolved<Database>, Error> {
    Resolver::new(vars).resolve()
}

fn source(var: &'static str, service: &str) -> Source {
    let service = service.to_owned();
    Source::Platform { var, service }
}

/// The URL of a database with its password, to compare all of it.
fn exposed(database: &Database) -> String {
    database.to_url().expect("a URL").expose().to_owned()
}

#[test]
fn credentials_of_any_names_are_read() {
    let rows = [
        (
            json!({ "uri": "postgres://app:k3y@h:5433/d?sslmode=require" }),
            "postgres://app:k3y@h:5433/d?sslmode=require",
        ),
        (
            json!({ "uri": "postgres://app:k3y@h/d", "sslmode": "verify-full" }),
            "postgres://app:k3y@h/d?sslmode=verify-full",
        ),
        (
            json!({ "uri": "postgres://app:k3y@h/d?sslmode=verify-full", "sslmode": "require" }),
            "postgres://app:k3y@h/d?sslmode=verify-full",
        ),
        (
            json!({ "uri": "postgres://app@h/d", "username": "app", "password": "k3y" }),
            "postgres://app:k3y@h/d",
        ),
        (
            json!({ "uri": "postgres://app@h/d", "username": "other", "password": "k3y" }),
            "postgres://app@h/d",
        ),
        (
            json!({ "jdbcUrl": "jdbc:postgresql://h:5433/d?user=app&password=k3y" }),
            "postgresql://app:k3y@h:5433/d",
        ),
        (
            json!({ "uri": "jdbc:postgresql://h/d", "username": "app", "password": "k@y" }),
            "postgresql://app:k%40y@h/d",
        ),
        (
            json!({ "url": "postgres://h/d", "user": "a/b", "password": "k:y" }),
            "postgres://a%2Fb:k%3Ay@h/d",
        ),
        (
            json!({ "url": "https://dashboard.example/", "uri": "postgresql://app:k3y@h/d" }),
            "postgresql://app:k3y@h/d",
        ),
        (
            json!({ "uri": "mysql://app:k3y@h:3306/d?reconnect=true", "jdbcUrl": "jdbc:mysql://h/d" }),
            "mysql://app:k3y@h:3306/d?reconnect=true",
        ),
        (
            json!({ "jdbcUrl": "jdbc:mysql://h:3306/d?useSSL=false", "username": "app", "password": "k@&y" }),
            "mysql://app:k%40%26y@h:3306/d?ssl-mode=DISABLED",
        ),
        (
            json!({ "uri": "jdbc:mariadb://h/d", "username": "app", "password": "k%y&z", "sslmode": "require" }),
            "mariadb://app:k%25y%26z@h/d?ssl-mode=REQUIRED",
        ),
    ];
    let mut failures = Failures::default();
    for (credentials, url) in rows {
        match resolve(&vcap(&bound(&credentials))) {
            Ok(found) => failures.compare(url, exposed(found.value()), url.to_owned()),
            Err(error) => failures.rejected(url, &error),
        }
    }
    failures.finish();
}

#[test]
fn tls_requested_next_to_a_url_is_never_dropped() {
    let rejection = |credentials: Value| resolve(&vcap(&bound(&credentials))).unwrap_err().kind();
    for url in [
        "postgres://app:k3y@h/d?sslmode=disable",
        "postgres://app:k3y@h/d?sslmode=prefer",
        "mysql://app:k3y@h/d?useSSL=false",
        "mongodb://app:k3y@h/d",
    ] {
        let kind = rejection(json!({ "uri": url, "sslmode": "verify-full" }));
        assert_eq!(kind, ErrorKind::Conflict, "{url}");
    }
    let kind = rejection(json!({ "uri": "mysql://app:k3y@h/d", "sslmode": "yes, please" }));
    assert_eq!(kind, ErrorKind::InvalidValue);
    let parts = json!({ "mysql": [{ "name": "x", "credentials": { "host": "h", "sslmode": "verify-full" } }] });
    let found = resolve(&vcap(&parts)).unwrap();
    assert_eq!(
        exposed(found.value()),
        "mysql://h/?ssl-mode=VERIFY_IDENTITY"
    );
}

#[test]
fn a_database_in_parts_is_put_together() {
    let rows = [
        (
            json!({ "hostname": "h", "port": 5433, "name": "d", "username": "app", "password": "k3y" }),
            "postgres://app:k3y@h:5433/d",
        ),
        (
            json!({ "host": "h", "port": "5433", "database": "d", "user": "app", "password": "k3y" }),
            "postgres://app:k3y@h:5433/d",
        ),
        (
            json!({ "host": "::1", "database": "a/b", "user": "p@ss", "password": "?#/:@%${x}" }),
            "postgres://p%40ss:%3F%23%2F%3A%40%25%24%7Bx%7D@[::1]/a%2Fb",
        ),
        (
            json!({ "host": "h", "sslmode": "require", "password": 1234 }),
            "postgres://:1234@h/?sslmode=require",
        ),
        (json!({ "host": "h", "database": "" }), "postgres://h"),
    ];
    let mut failures = Failures::default();
    for (credentials, url) in rows {
        for service in [
            json!({ "a": [{ "name": "x", "tags": ["relational", "PostgreSQL"], "credentials": credentials }] }),
            json!({ "postgresql-10-odb": [{ "name": "x", "credentials": credentials }] }),
        ] {
            match resolve(&vcap(&service)) {
                Ok(found) => failures.compare(url, exposed(found.value()), url.to_owned()),
                Err(error) => failures.rejected(url, &error),
            }
        }
    }
    failures.finish();
}

#[test]
fn a_tag_or_a_label_tells_the_engine_of_parts() {
    let credentials =
        json!({ "hostname": "h", "port": 1234, "username": "app", "password": "k3y", "name": "d" });
    for (tag, engine) in [
        ("mysql", "mysql"),
        ("p.mysql", "mysql"),
        ("MariaDB-10", "mysql"),
        ("postgresql", "postgres"),
        ("mongodb", "mongodb"),
    ] {
        for service in [
            json!({ "a": [{ "name": "x", "tags": ["relational", tag], "credentials": credentials }] }),
            json!({ tag: [{ "name": "x", "tags": [], "credentials": credentials }] }),
        ] {
            let found = resolve(&vcap(&service)).unwrap();
            assert_eq!(found.value().engine().as_str(), engine, "{tag}");
            assert_eq!(
                exposed(found.value()),
                format!("{engine}://app:k3y@h:1234/d")
            );
        }
    }
}

#[test]
fn a_web_address_is_a_service_where_a_tag_or_a_label_says_so() {
    let credentials = json!({ "uri": "https://app:k3y@h.example:9243" });
    for (label, engine) in [
        ("elasticsearch-8", Some("elasticsearch")),
        ("neo4j", Some("neo4j")),
        ("postgresql", None),
        ("dashboard", None),
    ] {
        let vars = vcap(&json!({ label: [{ "name": "x", "credentials": credentials }] }));
        let list = Attachments::of(&vars);
        let found = list.iter().next().and_then(|one| one.database().ok());
        assert_eq!(
            found.map(|database| database.engine().as_str()),
            engine,
            "{label}"
        );
    }
}

fn two_services() -> Value {
    json!({
        "aws-rds": [
            { "name": "orders-db", "tags": ["postgresql"], "credentials": { "uri": "postgres://app:k3y@orders.example/d" } },
            { "name": "reports-db", "tags": ["postgresql"], "credentials": { "uri": "postgres://app:k3y@reports.example/d" } }
        ],
        "autoscaler": [{ "name": "scale", "credentials": { "url": "https://x.example", "password": "k3y" } }],
        "smtp": [{ "name": "mail" }]
    })
}

#[test]
fn services_are_attachments_with_names_of_their_own() {
    let vars = vcap(&two_services());
    let list = Attachments::of(&vars);
    let found: Vec<_> = list
        .iter()
        .map(|one| (one.name(), one.var(), one.role()))
        .collect();
    assert_eq!(
        found,
        [
            ("orders-db", "VCAP_SERVICES", Role::Attachment),
            ("reports-db", "VCAP_SERVICES", Role::Attachment)
        ]
    );
    for name in ["reports-db", "REPORTS-DB", "VCAP_SERVICES/reports-db"] {
        let found = Resolver::new(&vars).attachment(name).resolve().unwrap();
        assert_eq!(*found.source(), source("VCAP_SERVICES", "reports-db"));
        assert_eq!(
            found.to_string(),
            "postgres://app:****@reports.example/d (from VCAP_SERVICES/reports-db)"
        );
        assert_eq!(found.warnings(), []);
    }
    let error = Resolver::new(&vars)
        .attachment("other-db")
        .resolve()
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(
        error.help(),
        Some(
            "these variables hold one, and can be chosen by name: VCAP_SERVICES/orders-db, VCAP_SERVICES/reports-db"
        )
    );
}

#[test]
fn several_services_are_an_error_that_lists_them() {
    let vars = vcap(&two_services());
    assert_eq!(
        resolve(&vars).unwrap_err().to_string(),
        "several databases are configured: DATABASE_URL is not set, and VCAP_SERVICES/orders-db, \
         VCAP_SERVICES/reports-db hold different databases"
    );
    let named = Resolver::new(&vars).config_var("VCAP_SERVICES").resolve();
    assert_eq!(
        named.unwrap_err().to_string(),
        "several databases are configured: VCAP_SERVICES holds VCAP_SERVICES/orders-db, VCAP_SERVICES/reports-db"
    );
}

#[test]
fn the_only_service_is_used_with_a_warning_and_database_url_comes_first() {
    let document = bound(&json!({ "uri": "postgres://app:k3y@h/d" }));
    let found = resolve(&vcap(&document)).unwrap();
    assert_eq!(*found.source(), source("VCAP_SERVICES", "orders"));
    assert_eq!(found.warnings()[0].code(), WarningCode::NotPromoted);
    let fields: Vec<_> = found
        .fields()
        .map(|(field, from)| (field, from.to_string()))
        .collect();
    assert_eq!(fields[0], ("user", "VCAP_SERVICES/orders, user".to_owned()));

    let named = vcap(&document);
    let named = Resolver::new(&named).config_var("VCAP_SERVICES").resolve();
    assert_eq!(named.unwrap().warnings(), []);

    let both = Vars::from([
        ("VCAP_SERVICES", document.to_string()),
        ("DATABASE_URL", "postgres://app:k3y@h/d".to_owned()),
    ]);
    let found = resolve(&both).unwrap();
    let considered: Vec<_> = found.considered().collect();
    assert_eq!(
        considered,
        [
            (&Source::ConfigVar("DATABASE_URL".to_owned()), Outcome::Used),
            (&source("VCAP_SERVICES", "orders"), Outcome::Shadowed)
        ]
    );
    let list = Attachments::of(&both);
    assert_eq!(
        list.of_var("DATABASE_URL")
            .unwrap()
            .aliases()
            .collect::<Vec<_>>(),
        ["VCAP_SERVICES/orders"]
    );
    assert_eq!(
        database_url::diagnose::Diagnostics::new(&both).unused(&found),
        [""; 0]
    );
}

#[test]
fn a_broken_cache_url_does_not_hide_a_database() {
    let vars = vcap(&json!({
        "p-redis": [{ "name": "cache", "credentials": { "host": "h", "port": "x" } }],
        "user-provided": [
            { "name": "queue", "credentials": { "uri": "amqp://h:x" } },
            { "name": "orders", "credentials": { "uri": "postgres://app:k3y@h/d" } }
        ]
    }));
    assert_eq!(Attachments::of(&vars).iter().count(), 3);
    let found = resolve(&vars).unwrap();
    assert_eq!(*found.source(), source("VCAP_SERVICES", "orders"));
}

#[test]
fn a_name_in_its_own_case_comes_first() {
    let service = |name: &str| json!({ "name": name, "credentials": { "uri": format!("postgres://app:k3y@{name}.example/d") } });
    let vars = vcap(&json!({ "a": [service("db"), service("DB"), service("Db")] }));
    for (name, found) in [
        ("db", Ok("db")),
        ("DB", Ok("DB")),
        ("dB", Err(ErrorKind::Ambiguous)),
    ] {
        let resolved = Resolver::new(&vars).attachment(name).resolve();
        let service = resolved.map(|found| found.source().service().map(str::to_owned));
        assert_eq!(
            service.map_err(|error| error.kind()),
            found.map(|name| Some(name.to_owned())),
            "{name}"
        );
    }
}

#[test]
fn services_of_one_name_are_distinguished() {
    let service = |host: &str| json!({ "name": "db", "credentials": { "uri": format!("postgres://app:k3y@{host}/d") } });
    let vars = vcap(&json!({ "a": [service("one"), service("two")], "b": [service("three")] }));
    let list = Attachments::of(&vars);
    let names: Vec<_> = list.iter().map(database_url::Attachment::name).collect();
    assert_eq!(names, ["db", "db.2", "db.3"]);
}

#[test]
fn relationships_are_read_like_any_other_database() {
    let endpoint = |host: &str, master: bool| {
        json!({ "scheme": "pgsql", "host": host, "port": 5432, "path": "main", "username": "app", "password": "k/y",
                "query": { "is_master": master }, "rel": "postgresql", "fragment": null, "public": false })
    };
    let vars = relationships(&json!({
        "database": [endpoint("replica.internal", false), endpoint("database.internal", true)],
        "search": [{ "scheme": "http", "host": "search.internal", "port": 9200, "path": null, "query": {} }]
    }));
    let list = Attachments::of(&vars);
    let names: Vec<_> = list.iter().map(database_url::Attachment::name).collect();
    assert_eq!(names, ["database", "database.2"]);
    // A replica is never used unasked.
    let found = resolve(&vars).unwrap();
    assert_eq!(
        *found.source(),
        source("PLATFORM_RELATIONSHIPS", "database.2")
    );
    assert_eq!(
        exposed(found.value()),
        "pgsql://app:k%2Fy@database.internal:5432/main"
    );
    let replica = Resolver::new(&vars)
        .attachment("database")
        .resolve()
        .unwrap();
    assert_eq!(replica.hosts_of().as_deref(), Some("replica.internal"));
}

trait HostsOf {
    fn hosts_of(&self) -> Option<String>;
}

impl HostsOf for Resolved<Database> {
    fn hosts_of(&self) -> Option<String> {
        let target = self.value().target();
        target.hosts().next().map(|(host, _)| host.to_owned())
    }
}

#[test]
fn documents_without_databases_are_as_if_unset() {
    for vars in [
        vcap(&json!({})),
        vcap(&json!({ "user-provided": [] })),
        vcap(
            &json!({ "user-provided": [{ "name": "x", "credentials": {} }, { "name": "y", "credentials": null }, {}] }),
        ),
        vcap(&bound(&json!({ "uri": "https://app:k3y@x.example" }))),
        vcap(&bound(&json!({ "host": "h", "password": "k3y" }))),
        relationships(&json!({ "x": [{ "scheme": "http", "host": "h" }, { "host": "h" }, {}] })),
    ] {
        assert_eq!(Attachments::of(&vars).iter().count(), 0);
        assert_eq!(resolve(&vars).unwrap_err().kind(), ErrorKind::NotFound);
        let error = Resolver::new(&vars)
            .config_var("VCAP_SERVICES")
            .resolve()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::NotFound);
    }
}

#[test]
fn what_is_no_document_is_an_error_that_shows_nothing_of_it() {
    let secret = "QXZJqxzjQXZ";
    let documents = [
        secret.to_owned(),
        format!("\"{secret}\""),
        format!("[\"{secret}\"]"),
        format!("{{\"{secret}\": \"{secret}\"}}"),
        format!("{{\"a\": [\"{secret}\"]}}"),
        format!("{{\"a\": [{{\"name\": \"{secret}"),
        format!("{{\"a\": 1{secret}}}"),
        format!("postgres://u:{secret}@h/d"),
        "[".repeat(10_000),
    ];
    for document in documents {
        let encoded = base64::engine::general_purpose::STANDARD.encode(&document);
        for (var, text) in [
            ("VCAP_SERVICES", document.clone()),
            ("PLATFORM_RELATIONSHIPS", encoded),
            ("PLATFORM_RELATIONSHIPS", document.clone()),
        ] {
            let vars = Vars::from([(var, text)]);
            let list = Attachments::of(&vars);
            let error = resolve(&vars).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!(
                    "{var}: invalid document: expected the platform's JSON object of lists of services"
                )
            );
            let shown = format!("{error:?} {:?} {list:?} {vars:?}", error.help());
            assert!(!shown.contains("QXZJ"), "{shown}");
        }
    }
    for var in ["VCAP_SERVICES", "PLATFORM_RELATIONSHIPS"] {
        let error = resolve(&Vars::from([(var, "")])).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("{var}: set but empty: expected a JSON document")
        );
    }
}

#[test]
fn a_service_that_cannot_be_read_is_an_error_that_shows_nothing_of_it() {
    let secret = "QXZJqxzjQXZ";
    for credentials in [
        json!({ "uri": format!("postgres://u:{secret}@x@h/d") }),
        json!({ "uri": format!("postgres://u:{secret}@h:x/d") }),
        json!({ "uri": format!("postgres://h/d?sslmode={secret}") }),
        json!({ "uri": format!("jdbc:postgresql://u:{secret}@h/d") }),
        json!({ "uri": "postgres://h/d", "username": "u", "password": format!("{secret}\0") }),
        json!({ "uri": "postgres://h/d", "sslmode": secret }),
        json!({ "uri": "postgres://h:x/d", "password": secret }),
    ] {
        let vars = vcap(&bound(&credentials));
        let error = resolve(&vars).unwrap_err();
        let list = Attachments::of(&vars);
        let shown = format!("{error} {error:?} {:?} {list:?}", error.help());
        assert!(!shown.contains("QXZJ"), "{shown}");
        assert!(
            error.to_string().starts_with("VCAP_SERVICES/orders: "),
            "{error}"
        );
        assert_eq!(error.span(), None, "{error}");
        assert_eq!(list.iter().count(), 1);
    }
    // Nor does an invalid name.
    let service = json!({ "name": format!("postgres://u:{secret}@h"), "credentials": { "uri": "postgres://h/d" } });
    let vars = vcap(&json!({ format!("pw={secret}"): [service] }));
    let found = resolve(&vars).unwrap();
    assert_eq!(found.source().to_string(), "VCAP_SERVICES/service");
    assert!(!format!("{found:?} {found}").contains("QXZJ"));
}

// ---- properties

/// Documents of nearly the right shape, with a secret wherever a string is.
fn documents(secret: &'static str) -> impl Strategy<Value = Value> {
    let text = select(vec![
        json!(secret),
        json!(format!("postgres://u:{secret}@h/d")),
        json!(format!("postgres://u:{secret}@x@h/d")),
        json!(format!("mysql://u:p@h:{secret}/d")),
        json!(format!(
            "jdbc:mysql://h/d?password={secret}&sslMode={secret}"
        )),
        json!(format!("redis://:{secret}@h/{secret}")),
        json!(format!("${{{secret}}}")),
        json!(format!("{secret}\0")),
        json!("h"),
        json!("postgresql"),
        json!("mysql"),
        json!(5432),
        json!(-1.5),
        json!(null),
        json!([secret]),
        json!({ secret: secret }),
    ]);
    let key = select(vec![
        "uri",
        "url",
        "jdbcUrl",
        "host",
        "hostname",
        "port",
        "name",
        "database",
        "user",
        "username",
        "password",
        "sslmode",
        "scheme",
        "path",
        "query",
        "tags",
        "label",
        "credentials",
        secret,
    ]);
    let object = |values: BoxedStrategy<Value>| {
        vec((key.clone(), values), 0..8).prop_map(|pairs| {
            let pairs = pairs
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value));
            Value::Object(pairs.collect())
        })
    };
    let credentials = object(text.clone().boxed());
    let service = (object(text.clone().boxed()), credentials, text).prop_map(
        |(service, credentials, tag)| {
            let mut service = service;
            service["credentials"] = credentials;
            service["tags"] = json!([tag]);
            service
        },
    );
    vec((key.clone(), vec(service.boxed(), 0..3)), 0..3).prop_map(|labels| {
        let labels = labels
            .into_iter()
            .map(|(label, services)| (label.to_owned(), Value::Array(services)));
        Value::Object(labels.collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_document_panics_and_none_is_shown_by_errors(document in documents("qxzj+QXZJ")) {
        for vars in [vcap(&document), relationships(&document)] {
            let list = Attachments::of(&vars);
            let failed = list.iter().filter_map(|one| one.database().err());
            let mut shown: Vec<_> = failed.map(|error| format!("{error} {error:?} {:?}", error.help())).collect();
            shown.extend(list.iter().map(|one| format!("{} {}", one.name(), one.source())));
            shown.push(format!("{vars:?}"));
            shown.extend(resolve(&vars).err().map(|error| format!("{error} {error:?} {:?}", error.help())));
            for text in shown {
                prop_assert!(!text.contains("qxzj") && !text.contains("QXZJ"), "{text}");
            }
        }
    }
}
