//! Option files: what `my_print_defaults` of MariaDB prints of a generated file is what we read of it.
//!
//! `DBURL_DIFF_CASES` is how many files (default 3,000; each is a process), `DBURL_DIFF_SEED` where they start.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use database_url::Vars;
use database_url::credentials::Completion;
use database_url::mysql::Config;
use support::number::cases_and_seed;
use support::random::Random;

const CASES: usize = 3_000;
const SEED: u64 = 0x6462_7572_6c00_0003;

/// The groups of the client `mysql`, Oracle's and MariaDB's.
const GROUPS: &[&str] = &[
    "mysql",
    "client",
    "mariadb-client",
    "client-server",
    "client-mariadb",
];

/// Options, and the fields that they give.
const FIELDS: &[(&str, &str)] = &[
    ("user", "user"),
    ("password", "password"),
    ("database", "database"),
    ("ssl-ca", "ssl_ca"),
    ("init-command", "init_command"),
    ("default-character-set", "charset"),
];

type Fields = BTreeMap<&'static str, String>;

/// What `my_print_defaults` reports of the files that the generator spoils, each of which has to occur.
const COMPLAINTS: &[&str] = &[
    "Wrong group definition",
    "option without preceding group",
    // In a file that is included: then the program itself succeeds.
    "/included at line",
    "/d/a.cnf at line",
    "Can't read dir of",
];

#[test]
fn the_same_options_are_read() {
    let (cases, seed) = cases_and_seed(CASES, SEED);
    let mut random = Random::new(seed);
    let folder = folder();
    let (mut accepted, mut rejected, mut shown) = (0, [0; COMPLAINTS.len()], Vec::new());
    for _ in 0..cases {
        let main = write(&mut random, &folder);
        match (oracle(&main), ours(&main)) {
            (Err(complaint), None) => {
                for (count, known) in rejected.iter_mut().zip(COMPLAINTS) {
                    *count += usize::from(complaint.contains(known));
                }
            }
            (Ok(theirs), Some(ours)) if theirs == ours => accepted += 1,
            (theirs, ours) => {
                let text = fs::read_to_string(&main).expect("the file");
                shown.push(format!("{theirs:?}\n{ours:?}\n{text}"));
            }
        }
    }
    fs::remove_dir_all(&folder).expect("the folder");
    eprintln!("{accepted} accepted");
    for (count, complaint) in rejected.iter().zip(COMPLAINTS) {
        eprintln!("{count} rejected: {complaint}");
    }
    let first = shown
        .iter()
        .take(5)
        .cloned()
        .collect::<Vec<_>>()
        .join("\n\n");
    assert!(shown.is_empty(), "{} disagreements:\n{first}", shown.len());
    assert!(
        accepted > cases / 2 && rejected.iter().all(|&count| count > cases / 500),
        "the generator misses something"
    );
}

fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("dburl-option-files-{}", std::process::id()));
    fs::create_dir_all(folder.join("d")).expect("a folder");
    folder
}

/// Writes the files of a case: one that is named, one that it may include, and a folder of two.
fn write(random: &mut Random, folder: &Path) -> PathBuf {
    for name in ["included", "d/a.cnf", "d/b.cnf", "d/c.txt"] {
        fs::write(folder.join(name), text(random, folder, false)).expect("a file");
    }
    let main = folder.join("main.cnf");
    fs::write(&main, text(random, folder, true)).expect("a file");
    let mode = if random.chance(3) { 0o666 } else { 0o600 };
    fs::set_permissions(&main, fs::Permissions::from_mode(mode)).expect("permissions");
    main
}

fn text(random: &mut Random, folder: &Path, may_include: bool) -> String {
    let mut text = String::new();
    if !random.chance(6) {
        text += "[client]\n";
    }
    for _ in 0..random.few(12) {
        let line = match random.below(20) {
            0 => random.pick(&["# c", ";c", "", "  ", "\t# c"]).to_owned(),
            1..3 => group(random),
            3..7 if may_include => {
                let folder = folder.display();
                let directive =
                    random.pick(&["include", "includedir", "include  ", "includex", " include"]);
                let target = if directive.trim() == "includedir" {
                    random.pick(&["d", "d", "d", "missing"])
                } else {
                    random.pick(&["included", "missing"])
                };
                format!("!{directive} {folder}/{target}")
            }
            _ => option(random),
        };
        text += &line;
        text += random.pick(&["\n", "\n", "\n", "\r\n", " \n", "\n\n"]);
    }
    text
}

fn group(random: &mut Random) -> String {
    let name = random.pick(&[
        "client",
        "mysql",
        "mysqld",
        "client-server",
        "Client",
        "client-mariadb",
        "clients",
        "mariadb-client",
        "",
    ]);
    let (before, after) = (
        random.pick(&["[", "[", "[", "[ ", " ["]),
        random.pick(&["]", "]", "]", " ]", "] x", "]]", "]#"]),
    );
    if random.chance(6) {
        format!("[{name}")
    } else {
        format!("{before}{name}{after}")
    }
}

fn option(random: &mut Random) -> String {
    let name = random.pick(&[
        "user",
        "password",
        "database",
        "ssl-ca",
        "ssl_ca",
        "init-command",
        "init_command",
        "default-character-set",
        "prompt",
        "loose-x",
    ]);
    let equals = random.pick(&["=", "=", " = ", " =", "= ", "\t=\t"]);
    let values = &[
        "a",
        "a b",
        "'a'",
        "\"a\"",
        "a#b",
        "'a#b'",
        "\"a'b\"",
        "'a",
        "a\"",
        "a\\sb",
        "a\\\\b",
        "a\\qb",
        "'a\\'b'",
        "\"a\\\"b\"#c",
        "'a' 'b'",
        "a=b",
        "é",
        "",
        "''",
        "\\",
        "a\\",
        "  a  ",
        "a;b",
        "'a\\\\'#b",
        "\"",
        "a # b",
        "'#'#'",
        "a\\tb",
    ];
    let mut value = random.pick(values).to_owned();
    if random.chance(20) {
        value += random.pick(values);
    }
    format!("{name}{equals}{value}")
}

/// What `my_print_defaults` prints, or the error that it reports.
fn oracle(main: &Path) -> Result<Fields, String> {
    let mut command = Command::new("my_print_defaults");
    command
        .env_clear()
        .arg(format!("--defaults-file={}", main.display()))
        .args(GROUPS);
    let output = command
        .output()
        .expect("my_print_defaults runs: apt-get install mariadb-client-core");
    // It goes on after an error in a file that is included, and we do not.
    let complaints = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() || complaints.contains("error: ") {
        return Err(complaints.into_owned());
    }
    let mut fields = Fields::new();
    for line in String::from_utf8(output.stdout).expect("UTF-8").lines() {
        let option = line.strip_prefix("--").expect("an option in each line");
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        let name = name.replace('_', "-");
        if let Some((_, field)) = FIELDS.iter().find(|(option, _)| *option == name) {
            fields.insert(*field, value.to_owned());
        }
    }
    Ok(fields)
}

/// What we add to a string that names a host and nothing else.
fn ours(main: &Path) -> Option<Fields> {
    let config: Config = "mysql://h".parse().expect("a URL");
    let vars = Vars::new();
    let completed = Completion::new(&vars)
        .option_files([main])
        .mysql(&config)
        .ok()?;
    let fields = FIELDS.iter().filter_map(|(_, field)| {
        let value = completed.field(field)?.value().expose().to_owned();
        Some((*field, value))
    });
    Some(fields.collect())
}
