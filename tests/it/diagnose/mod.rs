//! Every code fires, has a page, and does not fire on ordinary settings.

use database_url::diagnose::{Code, Diagnostics, Finding, Severity};
use database_url::driver::Driver;
use database_url::settings::{Settings, System};
use database_url::{Resolver, Vars, WarningCode};

type Pairs = &'static [(&'static str, &'static str)];

fn codes(findings: &[Finding]) -> Vec<Code> {
    findings.iter().map(Finding::code).collect()
}

fn of_vars(pairs: Pairs, driver: Option<Driver>) -> Vec<Finding> {
    let vars: Vars = pairs.iter().copied().collect();
    let resolved = Resolver::new(&vars).resolve();
    let mut diagnosis = Diagnostics::new(&vars);
    if let Some(driver) = driver {
        diagnosis = diagnosis.driver(driver);
    }
    resolved.map_or_else(
        |error| vec![Finding::from(&error)],
        |resolved| diagnosis.findings(&resolved),
    )
}

fn of_file(settings: Settings, environment: &str, pairs: &[(&str, &str)]) -> Vec<Finding> {
    let vars: Vars = pairs.iter().copied().collect();
    let settings = settings.with_environment(environment);
    match settings.resolve(&vars) {
        Ok(resolved) => Diagnostics::new(&vars)
            .settings(&settings)
            .findings(&resolved),
        Err(error) => vec![Finding::from(&error)],
    }
}

/// A URL that has no finding but those of its query.
const BASE: &str = "postgres://app:hunter2@db.example/shop?sslmode=verify-full";

const FIRES: &[(Code, Pairs, Option<Driver>)] = &[
    (
        Code::TlsNotRequired,
        &[("DATABASE_URL", "postgres://app:hunter2@db.example/shop")],
        None,
    ),
    (
        Code::TlsNotRequired,
        &[(
            "DATABASE_URL",
            "postgres://localhost,db.example/shop?sslmode=prefer",
        )],
        None,
    ),
    (
        Code::TlsNotRequired,
        &[(
            "DATABASE_URL",
            "host=localhost hostaddr=203.0.113.7 dbname=shop",
        )],
        None,
    ),
    (
        Code::TlsNotRequired,
        &[("DATABASE_URL", "mysql://app:hunter2@db.example/shop")],
        None,
    ),
    (
        Code::TlsNotRequired,
        &[("DATABASE_URL", "mongodb://app:hunter2@db.example/shop")],
        None,
    ),
    (
        Code::TlsNotRequired,
        &[("DATABASE_URL", "postgres://app:hunter2@db/shop")],
        None,
    ),
    (
        Code::CertificateNotChecked,
        &[(
            "DATABASE_URL",
            "postgres://db.example/shop?sslmode=require&sslrootcert=/ca.pem",
        )],
        None,
    ),
    (
        Code::CertificateNotChecked,
        &[(
            "DATABASE_URL",
            "mysql://db.example/shop?ssl-mode=REQUIRED&ssl-ca=/ca.pem",
        )],
        None,
    ),
    (
        Code::DriverRejects,
        &[(
            "DATABASE_URL",
            "postgres://db.example/shop?sslmode=verify-full",
        )],
        Some(Driver::TokioPostgres),
    ),
    (
        Code::DriverIgnores,
        &[(
            "DATABASE_URL",
            "postgres://db.example/shop?sslmode=require&keepalives_idle=9",
        )],
        Some(Driver::Sqlx),
    ),
    (
        Code::NearMissName,
        &[(
            "DATABASE_URL",
            "postgres://h.example/d?sslmode=verify-full&serch_path=x",
        )],
        None,
    ),
    (
        Code::NearMissName,
        &[(
            "DATABASE_URL",
            "mysql://h.example/d?ssl-mode=REQUIRED&chraset=utf8mb4",
        )],
        None,
    ),
    (
        Code::RawDelimiter,
        &[(
            "DATABASE_URL",
            "postgres://app:hun#ter2@h/d?sslmode=require",
        )],
        None,
    ),
    (
        Code::RawDelimiter,
        &[("DATABASE_URL", "mysql://app:hun@ter2@h/d?ssl-mode=REQUIRED")],
        None,
    ),
    (
        Code::PooledSession,
        &[(
            "DATABASE_URL",
            "postgres://h:6543/d?sslmode=require&options=-csearch_path%3Dx",
        )],
        None,
    ),
    (
        Code::PooledSession,
        &[(
            "DATABASE_URL",
            "postgres://h/d?sslmode=require&pgbouncer=true&statement_timeout=5",
        )],
        None,
    ),
    (
        Code::LocalhostInProduction,
        &[
            ("DATABASE_URL", "postgres://app@localhost/d"),
            ("RAILS_ENV", "production"),
        ],
        None,
    ),
    (
        Code::StaleAttachment,
        &[
            ("DATABASE_URL", BASE),
            (
                "HEROKU_POSTGRESQL_RED_URL",
                "postgres://app:other@db.example/shop?sslmode=verify-full",
            ),
        ],
        None,
    ),
    (
        Code::UnpromotedAttachment,
        &[("HEROKU_POSTGRESQL_RED_URL", BASE)],
        None,
    ),
    (
        Code::UnusedVariable,
        &[
            ("DATABASE_URL", BASE),
            (
                "HEROKU_POSTGRESQL_RED_URL",
                "postgres://h2.example/x?sslmode=require",
            ),
        ],
        None,
    ),
    (
        Code::AmbientVariable,
        &[("DATABASE_URL", BASE), ("PGHOSTADDR", "10.0.0.1")],
        None,
    ),
    (
        Code::AmbientVariable,
        &[("DATABASE_URL", BASE), ("PGTZ", "UTC")],
        None,
    ),
    (
        Code::DangerousSetting,
        &[(
            "DATABASE_URL",
            "jdbc:mysql://h/d?sslMode=VERIFY_IDENTITY&allowLoadLocalInfile=true",
        )],
        None,
    ),
    (
        Code::DangerousSetting,
        &[(
            "DATABASE_URL",
            "jdbc:mysql://h/d?sslMode=VERIFY_IDENTITY&autoDeserialize=true",
        )],
        None,
    ),
    (
        Code::DangerousSetting,
        &[(
            "DATABASE_URL",
            "jdbc:mysql://h/d?allowPublicKeyRetrieval=true",
        )],
        None,
    ),
    (
        Code::DangerousSetting,
        &[(
            "DATABASE_URL",
            "jdbc:postgresql://h/d?ssl=true&socketFactory=x.Y",
        )],
        None,
    ),
];

#[test]
fn each_code_of_a_connection_fires() {
    for (code, pairs, driver) in FIRES {
        let findings = of_vars(pairs, *driver);
        assert!(
            codes(&findings).contains(code),
            "{code} of {pairs:?}: {findings:?}"
        );
    }
}

const FILE: &str = "production:\n  adapter: postgresql\n  host: db.example\n  database: shop\n  username: app\n  password: hunter2\n\
                    staging:\n  adapter: postgresql\n  host: db.example\n  database: shop\n  username: app\n  password: <%= ENV['P'] %>\n";

#[test]
fn each_code_of_a_file_fires() {
    let folder = std::env::temp_dir().join(format!("database-url-check-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("database.yml");
    std::fs::write(&path, FILE).expect("a file");
    for (mode, expected) in [(0o644, true), (0o600, false)] {
        #[cfg(unix)]
        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(mode))
            .expect("a mode");
        let settings = Settings::from_path(&path).expect("settings");
        let found = codes(&of_file(settings, "production", &[("P", "x")]));
        assert!(
            found.contains(&Code::LiteralSecret) && found.contains(&Code::ProductionDatabase),
            "{found:?}"
        );
        assert_eq!(
            found.contains(&Code::WorldReadableFile),
            expected && cfg!(unix),
            "{mode:o}"
        );
    }
    std::fs::remove_dir_all(&folder).expect("the folder");
    // The literal password of another section.
    let settings = Settings::from_str("database.yml", FILE).expect("settings");
    let found = of_file(settings, "staging", &[("P", "x")]);
    assert!(codes(&found).contains(&Code::LiteralSecret), "{found:?}");
}

/// A pair of codes and what lessens or lifts them.
#[test]
fn severities_follow_the_location() {
    let severity = |text: &'static str| {
        let vars = Vars::from([("DATABASE_URL", text)]);
        let resolved = Resolver::new(&vars).resolve().expect("a database");
        let findings = Diagnostics::new(&vars).findings(&resolved);
        findings
            .iter()
            .find(|finding| finding.code() == Code::TlsNotRequired)
            .map(Finding::severity)
    };
    for (text, expected) in [
        ("postgres://db.example/shop", Some(Severity::Warning)),
        ("postgres://db/shop", Some(Severity::Note)),
        ("postgres://10.1.2.3/shop", Some(Severity::Note)),
        ("postgres://shop.internal/shop", Some(Severity::Note)),
        ("postgres://db,db.example/shop", Some(Severity::Warning)),
        ("postgres://localhost/shop", None),
        ("postgres:///shop?host=/run/postgresql", None),
        ("mysql://127.0.0.1/shop", None),
        ("sqlite:///shop.db", None),
        ("postgres://db.example/shop?sslmode=require", None),
        ("postgres://db.example/shop?sslrootcert=system", None),
        ("mongodb+srv://m.example/shop", None),
        ("kafka://k.example", None),
    ] {
        assert_eq!(severity(text), expected, "{text}");
    }
}

#[test]
fn a_rejected_string_is_an_error_with_its_location() {
    let findings = of_vars(&[("DATABASE_URL", "postgres://app:hun/ter2@h/d")], None);
    let [finding] = &findings[..] else {
        panic!("{findings:?}")
    };
    assert_eq!(
        (finding.code().as_str(), finding.severity()),
        ("unescaped-delimiter", Severity::Error)
    );
    assert!(finding.span().is_some() && finding.source().is_some() && !finding.help().is_empty());
}

const HEROKU: &str =
    "postgres://gallery:s3cr3t@ec2-50-17-2-8.compute-1.amazonaws.com:5432/dgallery?sslmode=require";

/// What the five systems that the project began with have in their repositories, with what their platforms set.
#[test]
fn ordinary_settings_have_no_finding() {
    let file = |name: &str| {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/").to_owned() + name;
        Settings::from_path(path).expect("an example")
    };
    let heroku: &[(&str, &str)] = &[
        ("DATABASE_URL", HEROKU),
        ("PORT", "5000"),
        ("NODE_ENV", "production"),
    ];
    let graph = (
        "GRAPHENEDB_URL",
        "https://app71:s3cr3t@hobby.dbs.graphenedb.com:24780",
    );
    for (findings, what) in [
        (
            of_file(file("sequelize/config/config.json"), "production", heroku),
            "sequelize",
        ),
        (
            of_file(file("sequelize/config/config.json"), "development", &[]),
            "sequelize, at home",
        ),
        (
            of_file(file("sequelize/config/config.json"), "test", &[]),
            "sequelize, tests",
        ),
        (
            of_file(file("sinatra/config/database.yml"), "production", heroku),
            "sinatra",
        ),
        (
            of_file(file("sinatra/config/database.yml"), "development", &[]),
            "sinatra, at home",
        ),
        (
            of_file(file("sinatra/config/database.yml"), "test", &[]),
            "sinatra, tests",
        ),
        (
            of_file(
                file("conduit/heroku.yaml").with_system(System::Conduit),
                "production",
                heroku,
            ),
            "conduit",
        ),
        (
            of_file(
                file("conduit/config.yaml"),
                "development",
                &[("LOCAL_PASSWORD", "x")],
            ),
            "conduit, at home",
        ),
        (
            of_file(Settings::without_file(System::Django), "", heroku),
            "django",
        ),
        (
            of_file(file("rails_neo4j/config/neo4j.yml"), "production", &[graph]),
            "neo4j",
        ),
        (
            of_file(file("rails_neo4j/config/neo4j.yml"), "development", &[]),
            "neo4j, at home",
        ),
        (
            of_vars(&[("DATABASE_URL", HEROKU)], Some(Driver::Sqlx)),
            "a variable, for sqlx",
        ),
        (
            of_vars(&[("DATABASE_URL", HEROKU)], Some(Driver::Libpq)),
            "a variable, for libpq",
        ),
    ] {
        assert!(findings.is_empty(), "{what}: {findings:?}");
    }
}

#[test]
fn every_code_has_a_section_and_a_test() {
    let page = include_str!("../../../docs/check.md");
    let sections: Vec<_> = page
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    let sections = &sections[2..]; // two sections on the use of it
    let names: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(sections, names);
    let of_files = [
        Code::LiteralSecret,
        Code::ProductionDatabase,
        Code::WorldReadableFile,
    ];
    let is_tested =
        |code: &Code| of_files.contains(code) || FIRES.iter().any(|(fired, ..)| fired == code);
    assert!(Code::ALL.iter().all(is_tested));
}

/// The name of a code of its own is not that of a warning or of an error.
#[test]
fn names_are_unique() {
    let warnings = WarningCode::ALL.iter().map(|code| code.as_str());
    let errors = database_url::ErrorKind::ALL
        .iter()
        .map(|kind| kind.as_str());
    let names: Vec<_> = warnings.chain(errors).collect();
    for code in Code::ALL {
        assert!(!names.contains(&code.as_str()), "{code}");
    }
}
