//! Every program runs against a real server, and stays short.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use database_url_drivers_oracle::server;

fn run(program: &str, variables: &[(&str, String)], arguments: &[&str]) -> String {
    let mut command = Command::new(program);
    command
        .env_clear()
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .args(arguments);
    let output = command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("a program");
    let (out, err) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert!(output.status.success(), "{program}: {out}{err}");
    assert!(!out.contains("k3y"), "{out}");
    out.lines().last().unwrap_or_default().to_owned()
}

fn postgres(query: &str) -> String {
    format!(
        "postgres://app:k3y@localhost:{}/shop?{query}",
        server::postgres("good").port()
    )
}

fn verified() -> String {
    postgres(&format!(
        "sslmode=verify-full&sslrootcert={}",
        server::certificates().file("ca.pem")
    ))
}

#[test]
fn deadpool_connects_with_tls() {
    let found = run(
        env!("CARGO_BIN_EXE_deadpool_postgres"),
        &[("DATABASE_URL", verified())],
        &[],
    );
    assert_eq!(found, "app shop with TLS");
}

#[test]
fn axum_answers() {
    let port = server::dead_port();
    let mut app = Command::new(env!("CARGO_BIN_EXE_axum_sqlx"))
        .env_clear()
        .envs([("DATABASE_URL", verified()), ("PORT", port.to_string())])
        .stdout(Stdio::null())
        .spawn()
        .expect("a program");
    let start = Instant::now();
    let answer = loop {
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) {
            stream
                .write_all(b"GET / HTTP/1.0\r\n\r\n")
                .expect("a request");
            let mut answer = String::new();
            stream.read_to_string(&mut answer).expect("an answer");
            break answer;
        }
        assert!(start.elapsed() < Duration::from_secs(30), "no answer");
        std::thread::sleep(Duration::from_millis(50));
    };
    app.kill().expect("our child");
    _ = app.wait();
    assert!(answer.ends_with("app shop"), "{answer}");
}

#[test]
fn migrations_take_the_url_that_is_meant_for_them() {
    let migrate = |variables: &[(&str, String)]| {
        run(env!("CARGO_BIN_EXE_migrate"), variables, &["migrations"])
    };
    let wrong = || "postgres://app:wrong@localhost:1/wrong".to_owned();
    assert_eq!(migrate(&[("DATABASE_URL", postgres(""))]), "done");
    assert_eq!(
        migrate(&[
            ("MIGRATION_DATABASE_URL", postgres("")),
            ("DATABASE_URL", wrong())
        ]),
        "done"
    );
    // Neon on Vercel: a pooled URL, and the direct one next to it.
    assert_eq!(
        migrate(&[
            ("DATABASE_URL", wrong()),
            ("DATABASE_URL_UNPOOLED", postgres(""))
        ]),
        "done"
    );
}

#[test]
fn mysql_async_connects_with_tls() {
    let (server, ca) = (
        server::mariadb("good"),
        server::certificates().file("ca.pem"),
    );
    let url = format!(
        "mysql://app:k3y@localhost:{}/shop?ssl-mode=VERIFY_IDENTITY&ssl-ca={ca}",
        server.port()
    );
    assert_eq!(
        run(
            env!("CARGO_BIN_EXE_mysql_async"),
            &[("DATABASE_URL", url)],
            &[]
        ),
        "app@% shop"
    );
}

#[test]
fn redis_connects_with_tls() {
    let url = format!(
        "rediss://app:k3y@localhost:{}/1",
        server::redis("good").port()
    );
    let trusted = server::certificates().file("ca.pem");
    assert_eq!(
        run(
            env!("CARGO_BIN_EXE_redis"),
            &[("REDIS_URL", url), ("SSL_CERT_FILE", trusted)],
            &[]
        ),
        "hello"
    );
}

#[test]
fn diesel_connects() {
    assert_eq!(
        run(
            env!("CARGO_BIN_EXE_diesel"),
            &[("DATABASE_URL", verified())],
            &[]
        ),
        "app shop"
    );
}

#[test]
fn programs_are_short() {
    for entry in
        std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/bin")).expect("a folder")
    {
        let path = entry.expect("an entry").path();
        let lines = std::fs::read_to_string(&path)
            .expect("a program")
            .lines()
            .count();
        assert!(lines < 60, "{}: {lines} lines", path.display());
    }
}
