//! Proof by number: compose-go and we give each service of generated projects the same.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use database_url::settings::Settings;
use database_url::{ErrorKind, Vars};
use serde_json::{Value, json};
use support::number::cases_and_seed;
use support::process::{ask_json, installed};
use support::random::Random;

/// A folder with a project, the file that Compose finds there, and what the process has.
struct Project {
    folder: PathBuf,
    file: &'static str,
    vars: BTreeMap<String, String>,
}

const SERVICES: &[&str] = &["web", "base", "other"];
const FILES: &[&str] = &["a.env", "b.env", "sub/c.env"];
const MAIN: &[&str] = &["compose.yaml", "compose.yml", "docker-compose.yml"];
const OVERRIDES: &[&str] = &["compose.override.yml", "docker-compose.override.yaml"];

/// What a comparison comes to.
const OUTCOMES: &[&str] = &[
    "the same URL",
    "nothing",
    "empty",
    "rejected by both",
    "rejected for another service",
];

#[test]
fn compose_go_and_we_give_each_service_the_same() {
    let (count, seed) = cases_and_seed(1_000, 0x7e4d_0001);
    let mut random = Random::new(seed);
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("projects");
    drop(fs::remove_dir_all(&root));
    let projects: Vec<_> = (0..count)
        .map(|number| project(&mut random, &root.join(number.to_string())))
        .collect();
    let question = |project: &Project| json!({ "folder": project.folder, "vars": project.vars });
    let mut oracle = Command::new(installed("compose_project"));
    let answers = ask_json(&mut oracle, projects.iter().map(question));
    let mut tally = BTreeMap::new();
    let mut differences = Vec::new();
    for (project, theirs) in projects.iter().zip(&answers) {
        for service in SERVICES {
            match compare(project, service, theirs) {
                Ok(outcome) => *tally.entry(outcome).or_insert(0) += 1,
                Err(difference) => differences.push(difference),
            }
        }
    }
    println!("{count} projects: {tally:?}");
    assert!(
        differences.is_empty(),
        "{} differences, such as\n{}",
        differences.len(),
        differences[..differences.len().min(5)].join("\n")
    );
    for outcome in OUTCOMES {
        let found = tally.get(outcome).copied().unwrap_or_default();
        assert!(found > 2, "too few are `{outcome}`: {found}");
    }
}

/// The outcome, or the difference.
fn compare(project: &Project, service: &str, theirs: &Value) -> Result<&'static str, String> {
    let ours = ours(project, service);
    if theirs["error"].is_string() {
        // compose-go loads all services, and fails for any of them.
        return match ours.as_str() {
            "an error" => Ok("rejected by both"),
            _ => Ok("rejected for another service"),
        };
    }
    let theirs = match &theirs["services"][service]["DATABASE_URL"] {
        Value::String(value) => value,
        _ => "nothing",
    };
    match (theirs, ours.as_str()) {
        // A URL that is set and empty is an error here.
        ("", "an error") => Ok("empty"),
        ("nothing", "nothing") => Ok("nothing"),
        (theirs, ours) if theirs == ours => Ok("the same URL"),
        (theirs, ours) => Err(format!(
            "{}, {service}: compose-go {theirs}, we {ours}",
            project.folder.display()
        )),
    }
}

fn ours(project: &Project, service: &str) -> String {
    let vars: Vars = project.vars.iter().collect();
    let settings = Settings::from_path(project.folder.join(project.file)).expect("a file");
    match settings.with_connection(service).resolve(&vars) {
        Ok(found) => found.value().to_url().expect("a URL").expose().to_owned(),
        Err(error) if error.kind() == ErrorKind::NotFound => "nothing".to_owned(),
        Err(error) if error.kind() == ErrorKind::UnknownSection => "nothing".to_owned(),
        Err(_) => "an error".to_owned(),
    }
}

/// Writes the files of a project.
fn project(random: &mut Random, folder: &Path) -> Project {
    fs::create_dir_all(folder.join("sub")).expect("a folder");
    let write = |name: &str, text: String| fs::write(folder.join(name), text).expect("a file");
    let mut vars = BTreeMap::new();
    for name in ["A", "B", "C", "DATABASE_URL"] {
        if random.chance(25) {
            vars.insert(name.to_owned(), url(random));
        }
    }
    let mut file = random.pick(MAIN);
    let main = services(random, "sub/more.yaml", "", true);
    if random.chance(20) {
        file = "first.yaml";
        let list = ["first.yaml:second.yaml", "second.yaml:first.yaml"];
        vars.insert("COMPOSE_FILE".to_owned(), random.pick(&list).to_owned());
        write("second.yaml", services(random, "sub/more.yaml", "", false));
        // Not read next to `COMPOSE_FILE`.
        write("compose.override.yml", "services: 5\n".to_owned());
    } else if random.chance(40) {
        let name = random.pick(OVERRIDES);
        write(name, services(random, "sub/more.yaml", "", false));
    }
    write(file, main);
    write(
        "sub/more.yaml",
        services(random, "../base.yaml", "../", false),
    );
    write("base.yaml", services(random, "sub/more.yaml", "", false));
    write(
        "sub/included.yaml",
        services(random, "../base.yaml", "../", false),
    );
    write(".env", env_file(random, "C"));
    if random.chance(50) {
        write("sub/.env", env_file(random, "C"));
    }
    for name in FILES {
        if random.chance(97) {
            write(name, env_file(random, "D"));
        }
    }
    Project {
        folder: folder.to_owned(),
        file,
        vars,
    }
}

fn url(random: &mut Random) -> String {
    format!("postgres://h{}/d", random.below(1000))
}

/// A value: itself, or a reference with and without a default.
fn value(random: &mut Random) -> String {
    let name = if random.chance(50) { "A" } else { "B" };
    match random.below(7) {
        0 => format!("${{{name}:-{}}}", url(random)),
        1 => format!("${{{name}-{}}}", url(random)),
        2 => format!("${{{name}:+{}}}", url(random)),
        3 => format!("${name}"),
        _ => url(random),
    }
}

/// A file of variables, among them its own. What one file has and another location, too, is looked up in another order by compose-go
/// 2.4 than since 2.6, so that references are to names of one kind of file.
fn env_file(random: &mut Random, own: &str) -> String {
    let mut text = String::from("# a comment\n");
    for name in ["A", "B", own, "DATABASE_URL"] {
        if random.chance(40) {
            let quote = random.pick(&["", "'", "\""]);
            let export = random.pick(&["", "", "export "]);
            let value = if quote != "'" && random.chance(20) {
                random
                    .pick(&["$C", "${D}", "${C:-postgres://default/d}"])
                    .to_owned()
            } else {
                url(random)
            };
            writeln!(text, "{export}{name}={quote}{value}{quote}").expect("a string");
        }
    }
    text
}

/// A file of services; paths begin with `up`.
fn services(random: &mut Random, other: &str, up: &str, is_main: bool) -> String {
    let mut text = String::new();
    if is_main && random.chance(30) {
        text.push_str(random.pick(&[
            "include: [sub/included.yaml]\n",
            "include:\n  - path: sub/included.yaml\n",
            "include:\n  - path: [sub/included.yaml, base.yaml]\n    project_directory: sub\n",
            "include: [{path: sub/included.yaml, env_file: a.env}]\n",
            "include: [{path: base.yaml, env_file: [a.env, b.env]}]\n",
        ]));
    }
    let shared = environment(random);
    if shared.starts_with("    environment:\n      DATABASE_URL") {
        text.push_str("x-shared: &shared\n");
        text.push_str(&shared.replace("    environment:\n      ", "  "));
        text = text.replace("\n      ", "\n  ");
    } else {
        text.push_str("x-shared: &shared {DATABASE_URL: postgres://shared/d}\n");
    }
    text.push_str("services:\n");
    for name in SERVICES {
        writeln!(text, "  {name}:\n    image: x").expect("a string");
        match random.below(10) {
            0..5 => text.push_str(&environment(random)),
            5 => text.push_str("    environment: *shared\n"),
            6 => text.push_str("    environment:\n      <<: *shared\n      OTHER: x\n"),
            7 => text.push_str("    environment:\n      <<: [*shared]\n      DATABASE_URL: $A\n"),
            _ => {}
        }
        if random.chance(40) {
            text.push_str(&env_files(random, up));
        }
        let any = random.chance(10);
        let base = random.pick(if any { SERVICES } else { &SERVICES[1..] });
        match random.below(10) {
            0 | 1 if base != *name => writeln!(text, "    extends: {base}"),
            2 if base != *name => writeln!(text, "    extends: {{service: {base}}}"),
            3 => writeln!(text, "    extends: {{file: {other}, service: {base}}}"),
            _ => Ok(()),
        }
        .expect("a string");
        if random.chance(10) {
            text.push_str("    profiles: [debug]\n");
        }
    }
    text
}

fn environment(random: &mut Random) -> String {
    let value = value(random);
    match random.below(5) {
        0 => format!("    environment:\n      DATABASE_URL: {value}\n      discovery.type: x\n"),
        1 => format!("    environment:\n      - discovery.type=x\n      - DATABASE_URL={value}\n"),
        2 => "    environment: {DATABASE_URL: }\n".to_owned(),
        3 => "    environment: [DATABASE_URL]\n".to_owned(),
        _ => "    environment: {A: postgres://own/d, SWITCH: \"true\", RATE: 1.5}\n".to_owned(),
    }
}

fn env_files(random: &mut Random, up: &str) -> String {
    let one = format!("{up}{}", random.pick(FILES));
    let two = format!("{up}{}", random.pick(FILES));
    match random.below(5) {
        0 => format!("    env_file: {one}\n"),
        1 => format!("    env_file: [{one}, {two}]\n"),
        2 => {
            format!("    env_file:\n      - path: {one}\n        required: false\n      - {two}\n")
        }
        3 => format!("    env_file: [{{path: {one}, format: raw}}, {two}]\n"),
        _ => format!(
            "    env_file:\n      - {{path: {one}, required: false}}\n      - {{path: {up}none.env, required: false}}\n"
        ),
    }
}
