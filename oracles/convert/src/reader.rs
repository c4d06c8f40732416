//! Who reads.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::Command;

use database_url::Database;
use database_url::convert::Notation;
use serde_json::{Value, json};
use support::process::{ask_json, ask_str, installed};

/// What is read: user, password, host, port and database, each if it is there, or the whole URL.
pub type Reading = BTreeMap<String, String>;

/// A program that reads a notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// One of the readers in `read.py`, by its name there.
    Python(&'static str),
    /// One of the readers in `read.js`.
    Node(&'static str),
    /// ERB and Psych, as Rails reads `database.yml`.
    Rails,
    /// Psych, then compose-go's interpolation.
    Compose,
    /// compose-go's reader of `.env` files.
    ComposeDotenv,
    /// The crate dotenvy.
    Dotenvy,
    /// A shell that runs the line.
    Shell(&'static str),
    /// go-sql-driver.
    Go,
    /// pgjdbc and MariaDB Connector/J.
    Java,
}

impl Reader {
    /// What the reader makes of each text.
    ///
    /// # Panics
    /// If the reader is missing or fails.
    #[must_use]
    pub fn read(
        self,
        notation: Notation,
        texts: &[&str],
        want: &Reading,
    ) -> Vec<Result<Reading, String>> {
        match self {
            Self::Python(reader) => {
                let mut python = Command::new(installed("convert-python/bin/python"));
                python.arg(program("read.py")).env("LC_ALL", "C.UTF-8");
                json_lines(&mut python, reader, texts, want)
            }
            Self::Node(reader) => {
                let mut node = Command::new("node");
                node.arg(program("read.js"))
                    .env("NODE_PATH", installed("convert-npm/node_modules"));
                json_lines(&mut node, reader, texts, want)
            }
            Self::Rails => json_lines(&mut ruby(), "rails", texts, want),
            Self::Compose => compose(texts, want),
            Self::ComposeDotenv => {
                let questions = texts
                    .iter()
                    .map(|text| json!({ "dotenv": format!("{text}\n") }));
                ask_json(&mut Command::new(installed("compose")), questions)
                    .iter()
                    .map(|answer| url_of(answer, |answer| &answer["value"]))
                    .collect()
            }
            Self::Dotenvy => texts.iter().map(|text| dotenvy(text)).collect(),
            Self::Shell(shell) => self::shell(shell, notation, texts),
            Self::Go => go(texts),
            Self::Java => java(texts),
        }
    }
}

/// A reader's own program, in this package.
fn program(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("readers")
        .join(name)
}

fn ruby() -> Command {
    let mut ruby = Command::new("ruby");
    ruby.arg(program("read.rb")).env("LC_ALL", "C.UTF-8");
    ruby
}

fn json_lines(
    command: &mut Command,
    reader: &str,
    texts: &[&str],
    want: &Reading,
) -> Vec<Result<Reading, String>> {
    let questions = texts
        .iter()
        .map(|text| json!({ "reader": reader, "text": text, "want": want }));
    ask_json(command, questions).iter().map(reading).collect()
}

fn reading(answer: &Value) -> Result<Reading, String> {
    if let Some(error) = answer["error"].as_str() {
        return Err(error.to_owned());
    }
    let members = answer.as_object().expect("an object");
    if let Some(url) = members.get("url") {
        return of_url(url.as_str().unwrap_or_default());
    }
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(members
        .iter()
        .map(|(name, value)| (name.clone(), text(value)))
        .collect())
}

/// The URL that a variable holds, read by this crate.
fn of_url(url: &str) -> Result<Reading, String> {
    let database: Database = url.parse().map_err(|error| format!("{error}"))?;
    let host = database.hosts().next();
    let fields = [
        ("user", database.user().map(str::to_owned)),
        (
            "password",
            database
                .password()
                .map(|password| password.expose().to_owned()),
        ),
        ("host", host.and_then(|host| host.host()).map(str::to_owned)),
        (
            "port",
            host.and_then(|host| host.port())
                .map(|port| port.to_string()),
        ),
        ("database", database.dbname().map(str::to_owned)),
    ];
    Ok(fields
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)))
        .collect())
}

fn url_of(answer: &Value, value: impl Fn(&Value) -> &Value) -> Result<Reading, String> {
    match answer["error"].as_str() {
        Some(error) => Err(error.to_owned()),
        None => of_url(value(answer).as_str().unwrap_or_default()),
    }
}

fn compose(texts: &[&str], want: &Reading) -> Vec<Result<Reading, String>> {
    let questions = texts
        .iter()
        .map(|text| json!({ "reader": "compose", "text": text, "want": want }));
    let templates = ask_json(&mut ruby(), questions);
    let questions = templates
        .iter()
        .map(|answer| json!({ "template": answer["template"], "vars": {} }));
    ask_json(&mut Command::new(installed("compose")), questions)
        .iter()
        .map(|answer| url_of(answer, |answer| &answer["value"]))
        .collect()
}

fn dotenvy(text: &str) -> Result<Reading, String> {
    let pairs = dotenvy::from_read_iter(text.as_bytes());
    let pairs: Result<Vec<_>, _> = pairs.collect();
    let pairs = pairs.map_err(|error| error.to_string())?;
    of_url(&pairs[0].1)
}

fn shell(shell: &str, notation: Notation, texts: &[&str]) -> Vec<Result<Reading, String>> {
    let mut script = String::from("heroku() { printf '%s\\0' \"${2#DATABASE_URL=}\"; }\n");
    for text in texts {
        script.push_str(text);
        script.push('\n');
        if notation == Notation::Shell {
            script.push_str("printf '%s\\0' \"$DATABASE_URL\"\n");
        }
    }
    let output = ask_str(&mut Command::new(shell), script);
    let answers: Vec<_> = output.split_terminator('\0').map(of_url).collect();
    assert_eq!(answers.len(), texts.len(), "{shell}");
    answers
}

fn go(texts: &[&str]) -> Vec<Result<Reading, String>> {
    let output = ask_str(&mut Command::new(installed("go-dsn")), texts.join("\0"));
    let answers: Vec<_> = output
        .lines()
        .map(|line| {
            let answer: Value = serde_json::from_str(line).expect("JSON");
            if let Some(error) = answer["error"].as_str() {
                return Err(error.to_owned());
            }
            let text = |name: &str| answer[name].as_str().unwrap_or_default().to_owned();
            let address = text("address");
            let (host, port) = address.rsplit_once(':').unwrap_or_default();
            let fields = [
                ("user", text("user")),
                ("password", text("password")),
                ("host", host.to_owned()),
                ("port", port.to_owned()),
                ("database", text("database")),
            ];
            Ok(fields.map(|(name, value)| (name.to_owned(), value)).into())
        })
        .collect();
    assert_eq!(answers.len(), texts.len(), "go-sql-driver");
    answers
}

/// The fields as the Java program writes them.
const FIELDS: [&str; 5] = ["user", "password", "host", "port", "database"];

fn java(texts: &[&str]) -> Vec<Result<Reading, String>> {
    let mut questions = String::new();
    for text in texts {
        let _ = writeln!(questions, "{}", base64(text.as_bytes()));
    }
    let mut java = Command::new("java");
    java.arg("-cp")
        .arg(format!(
            "{}:/usr/share/java/postgresql.jar:/usr/share/java/mariadb-java-client.jar",
            installed("convert-java").display()
        ))
        .arg("Read");
    let output = ask_str(&mut java, questions);
    let answers: Vec<_> = output
        .lines()
        .map(|line| {
            let fields: Vec<_> = line.split(' ').map(from_base64).collect();
            match fields[0].as_str() {
                "ok" => Ok(FIELDS
                    .iter()
                    .zip(&fields[1..])
                    .map(|(name, value)| ((*name).to_owned(), value.clone()))
                    .collect()),
                _ => Err(fields[1].clone()),
            }
        })
        .collect();
    assert_eq!(answers.len(), texts.len(), "the JDBC drivers");
    answers
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk
            .iter()
            .fold(0u32, |bits, byte| bits << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for index in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * index) & 63) as usize];
            text.push(if index <= chunk.len() {
                char::from(digit)
            } else {
                '='
            });
        }
    }
    text
}

fn from_base64(text: &str) -> String {
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0u32, 0);
    for byte in text.bytes().filter(|byte| *byte != b'=') {
        let digit = DIGITS
            .iter()
            .position(|known| *known == byte)
            .expect("base64");
        bits = bits << 6 | u32::try_from(digit).expect("less than 64");
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 255).expect("a byte"));
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}
