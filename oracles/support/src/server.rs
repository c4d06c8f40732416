//! Servers of the tests' own, in folders and on ports that no one else has; `server/run` starts and ends them.
//!
//! A server that does not start fails the test: it is not skipped.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A server, or a folder with what servers need. It ends with this process, however that ends: its script waits on a pipe.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    log: PathBuf,
    port: u16,
    /// Holds the other end of the pipe.
    script: Child,
}

impl Server {
    /// Starts a server of a kind that `server/run` has.
    #[must_use]
    pub fn start(kind: &str, arguments: &[String]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        // The longest path that a socket can have is 107 bytes.
        let folder = PathBuf::from(format!(
            "/tmp/database-url-{}-{number}-{kind}",
            std::process::id()
        ));
        let log = folder.with_extension("log");
        let output = File::create(&log).expect("a file of that name is new");
        let port = free_port();
        let script = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("server/run"))
            .arg(kind)
            .arg(&folder)
            .args(needs_port(kind).then(|| port.to_string()))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(output.try_clone().expect("a second handle"))
            .stderr(output)
            .spawn()
            .expect("bash");
        Self {
            folder,
            log,
            port,
            script,
        }
    }

    /// Waits until it answers.
    #[must_use]
    pub fn until(mut self, is_ready: impl Fn(&Self) -> Result<(), String>) -> Self {
        let start = Instant::now();
        while let Err(error) = is_ready(&self) {
            let ended = self.script.try_wait().expect("our child").is_some();
            if ended || start.elapsed() > Duration::from_mins(1) {
                let log = fs::read_to_string(&self.log).unwrap_or_default();
                panic!(
                    "{} does not start ({error}); its log:\n{log}",
                    self.folder.display()
                );
            }
            thread::sleep(Duration::from_millis(50));
        }
        // The script holds it open; the name is not needed any more.
        _ = fs::remove_file(&self.log);
        self
    }

    /// Waits until a folder without a server is complete.
    #[must_use]
    pub fn until_complete(self) -> Self {
        self.until(|server| {
            server
                .folder
                .join("ready")
                .exists()
                .then_some(())
                .ok_or_else(|| "not complete".to_owned())
        })
    }

    /// Its port on 127.0.0.1.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Its folder, which is also that of its socket.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.folder.to_str().expect("a path in ASCII")
    }

    /// A file in its folder.
    #[must_use]
    pub fn file(&self, name: &str) -> String {
        format!("{}/{name}", self.folder())
    }
}

fn needs_port(kind: &str) -> bool {
    kind != "certificates" && !kind.starts_with("template")
}

/// A port that was free just now, so that nothing listens on it.
#[must_use]
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it is bound").port()
}

/// The authorities and certificates.
#[must_use]
pub fn certificates() -> &'static Server {
    static FOLDER: OnceLock<Server> = OnceLock::new();
    FOLDER.get_or_init(|| Server::start("certificates", &[]).until_complete())
}

/// Starts a MariaDB server with a certificate of that name, or `plain`; root has no password on its socket.
#[must_use]
pub fn mariadb(certificate: &str, is_ready: impl Fn(&Server) -> Result<(), String>) -> Server {
    static TEMPLATE: OnceLock<Server> = OnceLock::new();
    let template = TEMPLATE.get_or_init(|| Server::start("template-mariadb", &[]).until_complete());
    let arguments = [
        template.folder().to_owned(),
        certificates().folder().to_owned(),
        certificate.to_owned(),
    ];
    Server::start("mariadb", &arguments).until(is_ready)
}
