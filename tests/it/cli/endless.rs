//! Files without an end: each is read up to its limit, whatever flag, variable or other file names it.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

const DEVICES: [&str; 2] = ["/dev/zero", "/dev/urandom"];

/// Arguments that name the file, written `{}`; `{dir}` is a folder with links to it.
const NAMED: &[&str] = &[
    "resolve --file {}",
    "explain --file {}",
    "check --file {}",
    "guard --expect local --file {}",
    "convert --to url --file {}",
    "exec --file {} -- true",
    "psql --file {}",
    "mysql --file {}",
    "resolve --file {} --system sequelize",
    "resolve --file {} --system django",
    "resolve --file {} --system conduit",
    "resolve --file {} --system rails",
    "resolve --file {} --system procfile",
    "resolve --file {} --system compose",
    "resolve --file {} --system plain",
    "render {}",
    "render --list {}",
    "render --json {}",
    "resolve --env-file {}",
    "list --env-file {}",
    "diff A_URL B_URL --env-file {}",
    "expand --env-file {} x",
    "redact --env-file {}",
    "resolve --vars {}",
    "list --vars {}",
    "render --vars {} {dir}/app.yaml",
    "resolve --file {dir}/env_file/compose.yaml",
    "resolve --file {dir}/extends/compose.yaml",
    "resolve --file {dir}/dotenv/compose.yaml",
];

/// Verbs that take all of standard input.
const WHOLE: &[&str] = &[
    "resolve --file -",
    "resolve --env-file -",
    "resolve --vars -",
    "render -",
    "expand -",
    "encode",
    "explain -",
    "convert --to url -",
];

/// Variables and parameters that name a file, which may be ignored as what is no plain file.
const COMPLETED: &[(&str, &str)] = &[
    ("PGPASSFILE={}", "postgres://u@h/d"),
    ("PGSERVICEFILE={}", "postgres:///?service=s"),
    ("HOME={dir}/home", "postgres://u@h/d"),
    ("HOME={dir}/home", "mysql://h/d"),
    ("A=1", "postgres://u@h/d?passfile={}"),
    ("A=1", "postgres://h/d?sslmode=verify-full&sslrootcert={}"),
];

/// Makes a folder whose files lead to the device.
fn make_folder(device: &str) {
    let folder = folder_of(device);
    let _ = fs::remove_dir_all(&folder);
    let service = |lines: &str| format!("services:\n  web:\n    {lines}\n");
    for (path, lines) in [
        ("env_file", "env_file: x.env"),
        ("extends", "extends: {file: x.yaml, service: web}"),
        ("dotenv", "environment: {DATABASE_URL: $X}"),
        ("home", "image: x"),
    ] {
        let folder = folder.join(path);
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("compose.yaml"), service(lines)).expect("a file");
        for link in ["x.env", "x.yaml", ".env", ".my.cnf", ".pgpass"] {
            symlink(device, folder.join(link)).expect("a link");
        }
    }
    fs::write(folder.join("app.yaml"), "url: postgres://h/d\n").expect("a file");
}

/// The exit status with a gigabyte of memory, and what is written to standard error.
fn bounded(device: &str, stdin: &str, var: &str, arguments: &str) -> (Option<i32>, String) {
    let folder = folder_of(device);
    let dir = folder.to_str().expect("UTF-8");
    let filled = |text: &str| text.replace("{dir}", dir).replace("{}", device);
    let (name, value) = var.split_once('=').expect("a variable");
    let output = Command::new("sh")
        .args(["-c", "ulimit -v 1000000; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_dburl"))
        .args(arguments.split(' ').map(filled))
        .env_clear()
        .env(name, filled(value))
        .stdin(File::open(stdin).expect("an input"))
        .output()
        .expect("dburl starts");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), message)
}

fn folder_of(device: &str) -> PathBuf {
    let name = format!("endless-{}", device.rsplit('/').next().expect("a name"));
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

#[test]
fn files_without_an_end_are_read_up_to_their_limit() {
    for device in DEVICES {
        make_folder(device);
        let named = NAMED
            .iter()
            .map(|arguments| ("/dev/null", "A=1", *arguments));
        let whole = WHOLE.iter().map(|arguments| (device, "A=1", *arguments));
        let secret = (
            "/dev/null",
            "DATABASE_URL_FILE={}",
            "resolve --secret-files",
        );
        for (stdin, var, arguments) in named.chain(whole).chain([secret]) {
            let (status, message) = bounded(device, stdin, var, arguments);
            assert!(
                matches!(status, Some(1..=3)),
                "{arguments} {device} {var}: {status:?} {message}"
            );
        }
        for (var, url) in COMPLETED {
            let arguments = format!("explain --complete --default {url}");
            let (status, message) = bounded(device, "/dev/null", var, &arguments);
            assert!(
                matches!(status, Some(0..=3)),
                "{arguments} {device} {var}: {status:?} {message}"
            );
        }
    }
}
