//! Docker Compose: the variables of a service, and the database that they mean.

use database_url::settings::{Settings, System};
use database_url::{Error, ErrorKind, Vars};

use std::fs;
use std::path::{Path, PathBuf};

fn vars() -> Vars {
    Vars::from([("DB_PASSWORD", "hunter2"), ("HOST", "db.example")])
}

fn resolved(file: &str, service: Option<&str>) -> Result<String, Error> {
    let settings = Settings::from_str("compose.yaml", file).expect("a file");
    let settings = match service {
        Some(name) => settings.with_connection(name),
        None => settings,
    };
    settings.resolve(&vars()).map(|found| found.to_string())
}

/// The services of a file with this body of `web`.
fn web(body: &str) -> String {
    format!("services:\n  web:\n    {}\n", body.replace('\n', "\n    "))
}

#[test]
fn a_file_is_known_by_its_name_or_its_services() {
    for (name, text, system) in [
        ("compose.yaml", "services: {}", System::Compose),
        ("app/docker-compose.yml", "services: {}", System::Compose),
        (
            "docker-compose.override.yml",
            "services: {}",
            System::Compose,
        ),
        ("stack.yml", "services: {web: {image: x}}", System::Compose),
        (
            "services.yaml",
            "services: {App: {autowire: true}}",
            System::Plain,
        ),
        ("compose.json", "{\"url\": \"x\"}", System::Plain),
    ] {
        let settings = Settings::from_str(name, text).expect("a file");
        assert_eq!(settings.system(), system, "{name}");
    }
}

#[test]
fn a_service_means_what_its_variables_mean() {
    for (body, expected) in [
        (
            "environment:\n  DATABASE_URL: postgres://app:${DB_PASSWORD}@db/shop",
            "postgres://app:****@db/shop (from compose.yaml:4:21: services.web.environment.DATABASE_URL)",
        ),
        (
            "environment:\n  - DATABASE_URL=mysql://app:x@db/shop",
            "mysql://app:****@db/shop (from compose.yaml:4:9: services.web.environment[0])",
        ),
        (
            "environment: [DB_CONNECTION=pgsql, 'DB_HOST=${HOST}', DB_DATABASE=shop, DB_PASSWORD]",
            "pgsql://:****@db.example/shop (from compose.yaml:3:40: services.web.environment[1])",
        ),
        (
            "environment: {DB_HOST: $HOST, DB_PORT: 5432, DB_NAME: shop, DB_USER: null}",
            "postgres://db.example:5432/shop (from HOST)",
        ),
        (
            "image: postgres:17\nenvironment: {POSTGRES_PASSWORD: x}",
            "postgres://postgres:****@web/postgres (from compose.yaml:2:3: services.web)",
        ),
        (
            "image: docker.io/library/mariadb\nenvironment: [MYSQL_DATABASE=shop, MYSQL_USER=a]",
            "mysql://a@web/shop (from compose.yaml:2:3: services.web)",
        ),
        (
            "environment: [discovery.type=single-node, 'A B=c', 'DATABASE_URL=postgres://h/d']",
            "postgres://h/d (from compose.yaml:3:56: services.web.environment[2])",
        ),
        (
            "image: x\nenvironment: {SECRET: '${NOT_SET:?}', DATABASE_URL: 'postgres://h/d'}",
            "postgres://h/d (from compose.yaml:4:57: services.web.environment.DATABASE_URL)",
        ),
    ] {
        let found = resolved(&web(body), Some("web"));
        assert_eq!(found.expect(body), expected, "{body}");
    }
}

#[test]
fn what_is_wrong_is_an_error_at_its_location() {
    for (body, kind, expected) in [
        (
            "environment: 5",
            ErrorKind::InvalidDocument,
            "compose.yaml:3:18: services.web.environment: ",
        ),
        (
            "environment: [hunter2 x]",
            ErrorKind::InvalidName,
            "compose.yaml:3:19: ",
        ),
        (
            "environment: {DATABASE_URL: [x]}",
            ErrorKind::InvalidValue,
            "compose.yaml:3:",
        ),
        (
            "environment: {DATABASE_URL: ''}",
            ErrorKind::EmptyVariable,
            "compose.yaml:3:33: ",
        ),
        (
            "environment: {DATABASE_URL: '${NOT_SET:?}'}",
            ErrorKind::UnsetVariable,
            "compose.yaml:3:33: ",
        ),
        (
            "environment: {PORT: 1}",
            ErrorKind::NotFound,
            "compose.yaml:2:3: services.web: ",
        ),
        (
            "environment: {POSTGRES_DB: x}",
            ErrorKind::MissingKey,
            "compose.yaml:2:3: services.web: ",
        ),
        (
            "env_file: x.env",
            ErrorKind::Unreadable,
            "compose.yaml:3:15: services.web.env_file: ",
        ),
        (
            "extends: web",
            ErrorKind::InvalidDocument,
            "compose.yaml:3:14: services.web.extends: ",
        ),
        (
            "extends: wb",
            ErrorKind::UnknownSection,
            "compose.yaml:3:14: services.web.extends: ",
        ),
        (
            "extends: {file: x, service: y}",
            ErrorKind::Unreadable,
            "compose.yaml:3:21: services.web.extends.file: ",
        ),
        (
            "environment: {DB_HOST: db, DB_NAME: shop}",
            ErrorKind::UnsetVariable,
            "compose.yaml:2:3: services.web: ",
        ),
        (
            "environment: ['=hunter2']",
            ErrorKind::InvalidName,
            "compose.yaml:3:19: ",
        ),
    ] {
        let error = resolved(&web(body), Some("web")).expect_err(body);
        assert_eq!(error.kind(), kind, "{body}: {error}");
        assert!(error.to_string().starts_with(expected), "{body}: {error}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
    let error = resolved(&web("image: x"), Some("wb")).expect_err("no service");
    assert_eq!(error.help(), Some("did you mean `web`?"));
    for text in ["web: {image: x}", "services: 5", "a: b"] {
        let error = resolved(text, None).expect_err(text);
        assert!(
            error.help().is_some() || error.kind() == ErrorKind::InvalidDocument,
            "{error}"
        );
    }
}

#[test]
fn services_without_a_name_have_to_agree() {
    let two = |first: &str, second: &str| {
        format!("services:\n  a: {{environment: [{first}]}}\n  b: {{environment: [{second}]}}\n")
    };
    let same = two("DATABASE_URL=postgres://h/d", "DATABASE_URL=postgres://h/d");
    assert!(
        resolved(&same, None)
            .expect("one")
            .starts_with("postgres://h/d")
    );
    let cache = two("REDIS_URL=redis://h", "DATABASE_URL=postgres://h/d");
    assert!(
        resolved(&cache, None)
            .expect("one")
            .starts_with("postgres://h/d")
    );
    let differ = two("DATABASE_URL=postgres://h/d", "DATABASE_URL=postgres://h/e");
    let error = resolved(&differ, None).expect_err("two");
    assert_eq!(error.kind(), ErrorKind::Ambiguous);
    assert!(error.to_string().contains("a, b"), "{error}");
}

/// A folder with these files, and no others.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(fs::remove_dir_all(&folder));
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

#[test]
fn files_of_variables_are_read_next_to_the_file() {
    let text = "services:\n  web:\n    env_file: [a.env, {path: b.env}, {path: none.env, required: false}]\n    \
                environment: {X: '${Y}'}\n";
    let files = [
        ("compose.yaml", text),
        (".env", "P=secret\n"),
        ("a.env", "DATABASE_URL=postgres://a:$P@h/a\n"),
        ("b.env", "DATABASE_URL=postgres://b:$P@h/b\n"),
    ];
    let folder = folder("compose_env_files", &files);
    let settings = Settings::from_path(folder.join("compose.yaml")).expect("a file");
    let process = Vars::from([("DATABASE_URL", "postgres://process/d")]);
    let found = settings.resolve(&process).expect("a database");
    assert_eq!(
        found.value().to_canonical_url().expect("a URL").expose(),
        "postgres://b:secret@h/b"
    );
    let location = found.source().file().expect("a file");
    assert!(location.path().ends_with("b.env"), "{location}");
    assert_eq!(found.warnings().len(), 1, "{:?}", found.warnings());
}

/// As Compose merges: `environment` of the base is above `env_file` of the service that extends it.
#[test]
fn what_a_service_extends_is_below_its_own() {
    let text = "services:\n  base:\n    environment: {A: postgres://base/d, DATABASE_URL: $A}\n  \
                web: {extends: {service: base}, env_file: a.env}\n  \
                own: {extends: base, environment: {DATABASE_URL: postgres://own/d}}\n";
    let files = [
        ("compose.yaml", text),
        ("a.env", "DATABASE_URL=postgres://file/d\n"),
    ];
    let folder = folder("compose_extends", &files);
    let settings = Settings::from_path(folder.join("compose.yaml")).expect("a file");
    let process = Vars::from([("A", "postgres://process/d")]);
    for (name, host) in [("web", "process"), ("own", "own")] {
        let found = settings.clone().with_connection(name).resolve(&process);
        let found = found.expect(name).to_string();
        assert!(
            found.starts_with(&format!("postgres://{host}/d")),
            "{found}"
        );
    }
}

/// The answer for `web` of a file in a folder with others.
fn in_folder(name: &str, files: &[(&str, &str)]) -> Result<String, Error> {
    let folder = folder(name, files);
    let settings = Settings::from_path(folder.join("compose.yaml")).expect("a file");
    let found = settings.with_connection("web").resolve(&vars());
    found.map(|found| {
        let url = found.value().to_canonical_url().expect("a URL");
        url.expose().to_owned()
    })
}

#[test]
fn a_service_extends_one_of_another_file() {
    let web = "services:\n  web:\n    extends: {file: base/common.yaml, service: app}\n    environment: {DB_NAME: own}\n";
    let common = concat!(
        "services:\n",
        "  app:\n",
        "    extends: core\n",
        "    env_file: app.env\n",
        "  core:\n",
        "    environment: {DB_HOST: '${HOST}', DB_NAME: core}\n",
    );
    let files = [
        ("compose.yaml", web),
        ("base/common.yaml", common),
        ("base/app.env", "DB_PORT=5433\nDB_CONNECTION=pgsql\n"),
    ];
    let found = in_folder("compose_extends_file", &files);
    assert_eq!(found.expect("a database"), "pgsql://db.example:5433/own");
}

#[test]
fn files_that_extend_each_other_are_an_error() {
    let extends =
        |file: &str| format!("services:\n  web:\n    extends: {{file: {file}, service: web}}\n");
    let one = extends("two.yaml");
    let files = [
        ("compose.yaml", one.as_str()),
        ("two.yaml", &extends("compose.yaml")),
    ];
    let error = in_folder("compose_circle", &files).expect_err("a circle");
    assert_eq!(error.kind(), ErrorKind::InvalidDocument);
    assert!(error.to_string().contains("two.yaml:3:"), "{error}");

    let own = extends("compose.yaml");
    let error = in_folder("compose_own", &[("compose.yaml", &own)]).expect_err("a circle");
    assert_eq!(error.kind(), ErrorKind::InvalidDocument);

    let folder = extends("..");
    let error = in_folder("compose_folder", &[("compose.yaml", &folder)]).expect_err("a folder");
    assert_eq!(error.kind(), ErrorKind::Unreadable);
}

#[test]
fn a_raw_file_is_read_as_it_is_written() {
    let web = "services:\n  web:\n    env_file: [{path: a.env, format: raw}]\n";
    let raw = "# a comment\nDATABASE_URL=postgres://a:$HOST'x@h/d\n\n  HOST\n";
    let found = in_folder("compose_raw", &[("compose.yaml", web), ("a.env", raw)]);
    assert_eq!(found.expect("a database"), "postgres://a:%24HOST%27x@h/d");

    let spaced = [("compose.yaml", web), ("a.env", "A=1\nhunter2 = x\n")];
    let error = in_folder("compose_raw", &spaced).expect_err("spaces");
    assert_eq!(error.kind(), ErrorKind::InvalidName);
    assert!(error.to_string().contains("a.env:2:1: "), "{error}");

    let other = web.replace("raw", "json");
    let error = in_folder(
        "compose_format",
        &[("compose.yaml", &other), ("a.env", raw)],
    );
    assert_eq!(error.expect_err("a format").kind(), ErrorKind::InvalidValue);
}

#[test]
fn services_of_a_profile_count_where_it_is_enabled() {
    let text = concat!(
        "services:\n",
        "  a: {environment: [DATABASE_URL=postgres://h/a]}\n",
        "  b: {profiles: [debug], environment: [DATABASE_URL=postgres://h/b]}\n",
    );
    let settings = Settings::from_str("compose.yaml", text).expect("a file");
    let found = settings.resolve(&Vars::default()).expect("a database");
    assert_eq!(
        found.value().to_url().expect("a URL").expose(),
        "postgres://h/a"
    );
    for profiles in ["debug", "x, debug", "*"] {
        let vars = Vars::from([("COMPOSE_PROFILES", profiles)]);
        let error = settings.resolve(&vars).expect_err(profiles);
        assert_eq!(error.kind(), ErrorKind::Ambiguous, "{profiles}");
    }
    let found = settings.with_connection("b").resolve(&Vars::default());
    assert!(found.expect("b").to_string().starts_with("postgres://h/b"));
}

#[test]
fn an_included_file_needs_a_folder() {
    for text in [
        "include: [x.yaml]\n",
        "include: [x.yaml]\nservices: {a: {image: x}}\n",
    ] {
        let error = resolved(text, Some("web")).expect_err(text);
        assert_eq!(error.kind(), ErrorKind::Unreadable, "{error}");
        assert!(error.to_string().contains("include[0]"), "{error}");
    }
}

#[test]
fn a_variable_without_a_value_hides_those_below() {
    let text = "services:\n  base: {environment: [DATABASE_URL=postgres://base/d]}\n  \
                web: {extends: base, env_file: a.env, environment: {DATABASE_URL: }}\n";
    let files = [
        ("compose.yaml", text),
        ("a.env", "DATABASE_URL=postgres://file/d\n"),
    ];
    let error = in_folder("compose_hidden", &files).expect_err("no value");
    assert_eq!(error.kind(), ErrorKind::NotFound);
}
