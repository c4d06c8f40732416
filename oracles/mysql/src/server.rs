//! A MariaDB server of the tests' own, on a folder and a port that nobody else has (`server/run` starts and ends it).
//!
//! Needs the server and OpenSSL's command (Debian: `mariadb-server-core`, `mariadb-client-core`, `openssl`). A test fails
//! without them; it is not skipped, for then nobody would notice.

use std::fs::{self, File};
use std::io::Read;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use mysql::prelude::Queryable;

/// A server that runs. It ends with this process, whichever way that ends: its script waits on a pipe from here.
#[derive(Debug)]
pub struct Server {
    folder: PathBuf,
    port: u16,
    /// Holds the other end of the pipe.
    script: Child,
}

/// The server that speaks TLS, with a certificate for `localhost` by the authority of [`Server::ca`].
///
/// # Panics
/// If it does not start.
#[must_use]
pub fn with_tls() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start("tls"))
}

/// The server that does not.
///
/// # Panics
/// If it does not start.
#[must_use]
pub fn without_tls() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start("plain"))
}

impl Server {
    fn start(kind: &str) -> Self {
        // The longest path that a socket can have is 107 bytes.
        let folder = PathBuf::from(format!("/tmp/database-url-{kind}-{}", std::process::id()));
        fs::create_dir(&folder).expect("a folder of that name is new");
        let log = folder.join("log");
        let output = File::create(&log).expect("the folder is ours");
        // Opened now, because it goes with the folder.
        let mut log = File::open(log).expect("the file is there");
        let port = free_port();
        let script = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join("server/run"))
            .arg(&folder)
            .args([&port.to_string(), kind])
            .stdin(Stdio::piped())
            .stdout(output.try_clone().expect("a second handle"))
            .stderr(output)
            .spawn()
            .expect("bash");
        let mut server = Self {
            folder,
            port,
            script,
        };
        if let Err(error) = server.wait() {
            let mut text = String::new();
            log.read_to_string(&mut text).expect("the log is text");
            panic!("no MariaDB server ({error}); its log:\n{text}");
        }
        server
    }

    fn wait(&mut self) -> Result<(), String> {
        let start = Instant::now();
        loop {
            let Err(error) = mysql::Conn::new(self.root()) else {
                return Ok(());
            };
            let ended = self.script.try_wait().expect("our child").is_some();
            if ended || start.elapsed() > Duration::from_mins(1) {
                return Err(error.to_string());
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn root(&self) -> mysql::OptsBuilder {
        mysql::OptsBuilder::new()
            .user(Some("root"))
            .socket(Some(self.socket()))
    }

    /// Executes a statement as root.
    ///
    /// # Panics
    /// If it fails.
    pub fn execute(&self, statement: &str) {
        let mut root = mysql::Conn::new(self.root()).expect("root needs no password");
        root.query_drop(statement).expect("a statement that works");
    }

    /// Its port on 127.0.0.1.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The path of its socket.
    #[must_use]
    pub fn socket(&self) -> String {
        self.folder.join("socket").display().to_string()
    }

    /// The path of the certificate that signed the server's.
    #[must_use]
    pub fn ca(&self) -> String {
        self.folder.join("ca.pem").display().to_string()
    }
}

/// A port that was free just now.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("it is bound").port()
}
