//! Docker Compose: what other files of a project give a service.

use database_url::settings::{Settings, System};
use database_url::{Error, ErrorKind, Resolved, Vars};

use std::fs;
use std::path::{Path, PathBuf};

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

/// The answer for `web` of a file in a folder with others.
fn web(
    folder: &Path,
    file: &str,
    vars: &[(&str, &str)],
) -> Result<Resolved<database_url::Database>, Error> {
    let settings = Settings::from_path(folder.join(file)).expect("a file");
    let vars: Vars = vars.iter().copied().collect();
    let settings = settings.with_system(System::Compose);
    settings.with_connection("web").resolve(&vars)
}

/// The URL of it, or the error.
fn url(folder: &Path, file: &str, vars: &[(&str, &str)]) -> String {
    match web(folder, file, vars) {
        Ok(found) => found.value().to_url().expect("a URL").expose().to_owned(),
        Err(error) => error.to_string(),
    }
}

const BASE: &str = "services:\n  web: {environment: [DATABASE_URL=postgres://base/d]}\n";
const OVER: &str = "services:\n  web: {environment: {DATABASE_URL: postgres://over/d}}\n";

/// Compose reads an override file with the file that it finds by itself, and with no other.
#[test]
fn an_override_file_counts_with_the_default_file() {
    for (file, other, expected) in [
        ("compose.yaml", "compose.override.yml", "over"),
        ("compose.yml", "compose.override.yaml", "over"),
        ("docker-compose.yml", "docker-compose.override.yml", "over"),
        (
            "docker-compose.yaml",
            "docker-compose.override.yaml",
            "over",
        ),
        ("compose.yaml", "docker-compose.override.yml", "over"),
        ("compose.yaml", "compose.prod.yml", "base"),
        (
            "docker-compose.prod.yml",
            "docker-compose.override.yml",
            "base",
        ),
        ("app.yaml", "compose.override.yml", "base"),
    ] {
        let folder = folder("compose_override", &[(file, BASE), (other, OVER)]);
        let found = url(&folder, file, &[]);
        assert_eq!(found, format!("postgres://{expected}/d"), "{file}, {other}");
    }
    // Compose takes the first of its names, and only that one has the override.
    let files = [
        ("compose.yaml", BASE),
        ("docker-compose.yml", BASE),
        ("compose.override.yml", OVER),
        ("docker-compose.override.yml", "services: 5"),
    ];
    let folder = folder("compose_override_first", &files);
    assert_eq!(url(&folder, "compose.yaml", &[]), "postgres://over/d");
    assert_eq!(url(&folder, "docker-compose.yml", &[]), "postgres://base/d");
}

#[test]
fn an_override_file_is_merged_with_the_file_below() {
    let below = "services:\n  web: {env_file: a.env, environment: {X: 1, DATABASE_URL: postgres://below/d}}\n  \
                 old: {image: x}\n";
    for (above, expected) in [
        (
            "services: {web: {environment: [X=2]}}",
            "postgres://below/d",
        ),
        ("services: {web: {env_file: b.env}}", "postgres://below/d"),
        (
            "services: {web: {environment: [DATABASE_URL]}}",
            "postgres://process/d",
        ),
        ("services: {web: }", "postgres://below/d"),
        ("services: {new: {image: x}}", "postgres://below/d"),
        (
            "services: {web: {extends: base}, base: {environment: [DATABASE_URL=postgres://more/d]}}",
            "postgres://more/d",
        ),
        ("x-only: 1", "postgres://below/d"),
    ] {
        let files = [
            ("compose.yaml", below),
            ("compose.override.yaml", above),
            ("a.env", "A=1\n"),
            ("b.env", "DATABASE_URL=postgres://file/d\n"),
        ];
        let folder = folder("compose_merged", &files);
        let vars = [("DATABASE_URL", "postgres://process/d")];
        assert_eq!(url(&folder, "compose.yaml", &vars), expected, "{above}");
    }
}

#[test]
fn the_files_of_compose_file_are_read_together() {
    let files = [
        ("a.yml", BASE),
        ("b.yml", OVER),
        ("compose.override.yml", "services: 5"),
        ("compose.yml", BASE),
    ];
    let folder = folder("compose_file", &files);
    for (list, file, expected) in [
        ("a.yml:b.yml", "a.yml", "over"),
        ("a.yml:b.yml", "b.yml", "over"),
        ("b.yml:a.yml", "b.yml", "base"),
        ("b.yml:compose.yml", "compose.yml", "base"),
    ] {
        let vars = [("COMPOSE_FILE", list)];
        let expected = format!("postgres://{expected}/d");
        assert_eq!(url(&folder, file, &vars), expected, "{list}, {file}");
    }
    let vars = [
        ("COMPOSE_FILE", "a.yml,b.yml"),
        ("COMPOSE_PATH_SEPARATOR", ","),
    ];
    assert_eq!(url(&folder, "a.yml", &vars), "postgres://over/d");

    let other = web(&folder, "b.yml", &[("COMPOSE_FILE", "a.yml")]).expect("a database");
    let warnings: Vec<_> = other
        .warnings()
        .iter()
        .map(|warning| warning.code().as_str())
        .collect();
    assert_eq!(warnings, ["variable-ignored"]);

    let error = web(&folder, "a.yml", &[("COMPOSE_FILE", "a.yml:hunter2.yml")]);
    let error = error.expect_err("no file");
    assert_eq!(error.kind(), ErrorKind::Unreadable);
    assert!(error.to_string().starts_with("COMPOSE_FILE: "), "{error}");
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
}

#[test]
fn an_included_file_has_its_own_folder_and_variables() {
    let folder = folder(
        "compose_include",
        &[
            (
                "compose.yaml",
                "include:\n  - db/compose.yaml\n  - {path: [more.yaml, top.yaml], project_directory: db, env_file: more.env}\n",
            ),
            (
                "db/compose.yaml",
                "services:\n  web:\n    env_file: own.env\n    environment: ['DB_NAME=${NAME}']\n",
            ),
            ("db/.env", "NAME=of_db\n"),
            ("db/own.env", "DB_HOST=h\nDB_CONNECTION=pgsql\n"),
            (
                "more.yaml",
                "services:\n  other: {environment: [DATABASE_URL=postgres://other/d]}\n",
            ),
            (
                "top.yaml",
                "services:\n  other: {environment: ['DATABASE_URL=postgres://top/$NAME']}\n",
            ),
            ("more.env", "NAME=of_more\n"),
        ],
    );
    assert_eq!(url(&folder, "compose.yaml", &[]), "pgsql://h/of_db");
    assert_eq!(
        url(&folder, "compose.yaml", &[("NAME", "process")]),
        "pgsql://h/process"
    );
    let settings = Settings::from_path(folder.join("compose.yaml")).expect("a file");
    let found = settings.with_connection("other").resolve(&Vars::new());
    assert_eq!(
        found
            .expect("a database")
            .value()
            .to_url()
            .expect("a URL")
            .expose(),
        "postgres://top/of_more"
    );
}

#[test]
fn a_service_is_over_the_included_one_of_its_name() {
    let included = "services:\n  web: {environment: {DATABASE_URL: postgres://included/d}}\n  \
                    base: {environment: {DATABASE_URL: postgres://base/d}}\n";
    for (web, expected) in [
        ("{image: x}", "included"),
        ("{environment: [DATABASE_URL=postgres://own/d]}", "own"),
        ("{extends: base}", "included"),
    ] {
        let main = format!("include: [i.yaml]\nservices:\n  web: {web}\n");
        let folder = folder(
            "compose_over",
            &[("compose.yaml", &main), ("i.yaml", included)],
        );
        let expected = format!("postgres://{expected}/d");
        assert_eq!(url(&folder, "compose.yaml", &[]), expected, "{web}");
    }
}

/// What another file's value is replaced with is not merged here: it matters only where it is needed.
#[test]
fn values_that_are_reset_are_not_known() {
    let below = "services:\n  web: {environment: [DATABASE_URL=postgres://below/d]}\n";
    let unknown = "expected a value without `!reset` and `!override`";
    for (above, expected) in [
        (
            "services: {web: {ports: !reset [], labels: !override {a: b}}}",
            "postgres://below/d",
        ),
        (
            "services: {web: {environment: [X=1]}, new: {environment: !reset {}}}",
            "postgres://below/d",
        ),
        (
            "services: {web: {environment: !override [DATABASE_URL=postgres://over/d]}}",
            unknown,
        ),
        ("services: {web: {environment: !reset null}}", unknown),
        (
            "services: {web: {environment: {DATABASE_URL: !reset null}}}",
            unknown,
        ),
        ("services: {web: {env_file: !override [a.env]}}", unknown),
        ("services: {web: !reset null}", unknown),
        ("services: !override {}", unknown),
        (
            "services: {web: {environment: !set {}}}",
            "expected no tag but YAML's own",
        ),
    ] {
        let files = [("compose.yaml", below), ("compose.override.yaml", above)];
        let folder = folder("compose_reset", &files);
        let found = url(&folder, "compose.yaml", &[]);
        assert!(found.contains(expected), "{above}: {found}");
        let location = "compose.override.yaml:1:";
        assert!(
            expected.contains("//") || found.contains(location),
            "{above}: {found}"
        );
    }
}

/// A file of variables that is named twice is read once, where it is first, as it is named last.
#[test]
fn a_file_of_variables_is_read_once() {
    for (files, expected) in [
        ("[a.env, b.env, ./sub/../a.env]", "b"),
        ("[b.env, a.env]", "a"),
        ("[none.env, a.env, {path: none.env, required: false}]", "a"),
        ("[a.env, see.env]", "see"),
    ] {
        let main = format!("services:\n  web: {{environment: [SEEN=see], env_file: {files}}}\n");
        let files = [
            ("compose.yaml", main.as_str()),
            ("a.env", "DATABASE_URL=postgres://a/d\n"),
            ("b.env", "DATABASE_URL=postgres://b/d\n"),
            ("see.env", "DATABASE_URL=postgres://$SEEN/d\n"),
        ];
        let folder = folder("compose_once", &files);
        let expected = format!("postgres://{expected}/d");
        assert_eq!(url(&folder, "compose.yaml", &[]), expected, "{main}");
    }
}

/// Files that lead nowhere, or to each other: an error at the key that names the file.
#[test]
fn ways_to_other_files_that_end_are_errors_at_their_location() {
    let one = |text: &str| format!("include: {text}\nservices: {{web: {{image: x}}}}\n");
    for (text, kind, expected) in [
        (
            "5",
            ErrorKind::InvalidDocument,
            "compose.yaml:1:10: include: ",
        ),
        (
            "[hunter2.yaml]",
            ErrorKind::Unreadable,
            "compose.yaml:1:11: include[0]: ",
        ),
        (
            "[sub]",
            ErrorKind::Unreadable,
            "compose.yaml:1:11: include[0]: ",
        ),
        (
            "[compose.yaml]",
            ErrorKind::InvalidDocument,
            "compose.yaml:1:11: include[0]: ",
        ),
        (
            "[back.yaml]",
            ErrorKind::InvalidDocument,
            "back.yaml:1:11: include[0]: ",
        ),
        (
            "[{path: [a.yaml, 5: 6]}]",
            ErrorKind::InvalidValue,
            "compose.yaml:1:",
        ),
        (
            "[{path: good.yaml, env_file: none.env}]",
            ErrorKind::Unreadable,
            "compose.yaml:1:39: include[0].env_file: ",
        ),
        (
            "[{env_file: a}]",
            ErrorKind::InvalidValue,
            "compose.yaml:1:11: include[0]: ",
        ),
        (
            "['https://git.example/x.git']",
            ErrorKind::Unreadable,
            "compose.yaml:1:11: include[0]: ",
        ),
        (
            "['oci://hub.example/x']",
            ErrorKind::Unreadable,
            "compose.yaml:1:11: include[0]: ",
        ),
        (
            "[half.yaml]",
            ErrorKind::InvalidDocument,
            "half.yaml:1:11: services: ",
        ),
        ("[broken.yaml]", ErrorKind::InvalidDocument, "broken.yaml:"),
    ] {
        let main = one(text);
        let files = [
            ("compose.yaml", main.as_str()),
            ("sub/x", ""),
            ("back.yaml", "include: [compose.yaml]\n"),
            ("good.yaml", "services: {}\n"),
            ("half.yaml", "services: hunter2\n"),
            ("broken.yaml", "services: [\n"),
        ];
        let folder = folder("compose_ways", &files);
        let error = web(&folder, "compose.yaml", &[]).expect_err(text);
        assert_eq!(error.kind(), kind, "{text}: {error}");
        let shown = error.to_string();
        let shown = shown.rsplit_once('/').map_or(&*shown, |(_, rest)| rest);
        assert!(shown.starts_with(expected), "{text}: {error}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
}

/// Two files that each include the next one twice are 2^n files.
#[test]
fn many_files_are_an_error_and_no_wait() {
    let texts: Vec<_> = (0..30)
        .map(|number| {
            let next = number + 1;
            (
                format!("f{number}.yaml"),
                format!("include: [f{next}.yaml, f{next}.yaml]\n"),
            )
        })
        .collect();
    let mut files: Vec<_> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    files.push(("f30.yaml", "services: {}\n"));
    files.push(("compose.yaml", "include: [f0.yaml]\n"));
    let folder = folder("compose_many", &files);
    let error = web(&folder, "compose.yaml", &[]).expect_err("too many");
    assert_eq!(error.kind(), ErrorKind::LimitExceeded, "{error}");
}
