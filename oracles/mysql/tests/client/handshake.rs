//! Servers that shake hands, note what the client sends, and reject it.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

/// The addresses that a case may name.
pub(super) const HOSTS: [&str; 3] = ["127.0.0.1", "127.0.0.2", "127.0.0.3"];

const NONCE: &[u8; 20] = b"abcdefghijklmnopqrst";

/// Bits of the protocol: TLS, a database in the login, and what every server has.
const SSL: u32 = 1 << 11;
const WITH_DATABASE: u32 = 1 << 3;
const CAPABILITIES: u32 = 0x0018_a20d & !SSL | WITH_DATABASE;

/// Where a client connects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Location {
    /// A host; its port, if a server of ours is there.
    Tcp(String, Option<u16>),
    Socket(String),
}

impl Location {
    /// What a client could not reach, from its message.
    pub(super) fn unreached(message: &str) -> Option<Self> {
        let quoted = |start: &str| {
            let rest = message.split_once(start)?.1;
            Some(rest.split_once('\'')?.0.to_owned())
        };
        let host = quoted("Can't connect to server on '").map(|host| Self::Tcp(host, None));
        host.or_else(|| quoted("through socket '").map(Self::Socket))
    }
}

/// What a client sent.
#[derive(Clone, Debug)]
pub(super) struct Contact {
    pub(super) location: Location,
    pub(super) offers_tls: bool,
    pub(super) begins_tls: bool,
    pub(super) login: Option<Login>,
}

#[derive(Clone, Debug)]
pub(super) struct Login {
    pub(super) user: String,
    pub(super) database: String,
    pub(super) scramble: Vec<u8>,
}

impl Contact {
    pub(super) const fn none(location: Location) -> Self {
        Self {
            location,
            offers_tls: false,
            begins_tls: false,
            login: None,
        }
    }
}

/// What a client sends in place of a password.
pub(super) fn scramble(password: &str) -> Vec<u8> {
    // An empty password is sent as nothing.
    let scramble = mysql_common::scramble::scramble_native(NONCE, password.as_bytes());
    scramble.map_or_else(Vec::new, Vec::from)
}

/// All servers, and what they were sent.
pub(super) struct Listeners {
    pub(super) ports: [u16; 2],
    pub(super) sockets: [String; 2],
    offers_tls: Arc<AtomicBool>,
    contacts: Receiver<Contact>,
}

impl Listeners {
    pub(super) fn new(folder: &Path) -> Self {
        let (sender, contacts) = channel();
        let offers_tls = Arc::new(AtomicBool::new(false));
        let ports = [(); 2].map(|()| {
            let first = TcpListener::bind((HOSTS[0], 0)).expect("a free port");
            let port = first.local_addr().expect("it is bound").port();
            let others = HOSTS[1..].iter().map(|host| {
                TcpListener::bind((*host, port)).expect("the same port of another address")
            });
            for (host, listener) in HOSTS.into_iter().zip([first].into_iter().chain(others)) {
                let location = Location::Tcp(host.to_owned(), Some(port));
                let accept = move || Ok(Stream::Tcp(listener.accept()?.0));
                serve(accept, location, sender.clone(), offers_tls.clone());
            }
            port
        });
        let sockets = ["s1", "s2"].map(|name| {
            let path = folder.join(name).display().to_string();
            let listener = UnixListener::bind(&path).expect("a socket");
            let accept = move || Ok(Stream::Unix(listener.accept()?.0));
            serve(
                accept,
                Location::Socket(path.clone()),
                sender.clone(),
                offers_tls.clone(),
            );
            path
        });
        Self {
            ports,
            sockets,
            offers_tls,
            contacts,
        }
    }

    pub(super) fn offer_tls(&self, offers: bool) {
        self.offers_tls.store(offers, Ordering::SeqCst);
    }

    /// What the client that ended just now had sent.
    pub(super) fn contact(&self) -> Contact {
        let contact = self.contacts.recv_timeout(Duration::from_secs(10));
        contact.expect("a contact of the client")
    }

    pub(super) fn has_port(&self, port: u16) -> bool {
        self.ports.contains(&port)
    }

    pub(super) fn has_socket(&self, path: &str) -> bool {
        self.sockets.iter().any(|known| known == path)
    }
}

enum Stream {
    Tcp(TcpStream),
    Unix(UnixStream),
}

fn serve(
    accept: impl Fn() -> io::Result<Stream> + Send + 'static,
    location: Location,
    sender: Sender<Contact>,
    offers_tls: Arc<AtomicBool>,
) {
    thread::spawn(move || {
        while let Ok(stream) = accept() {
            let offers_tls = offers_tls.load(Ordering::SeqCst);
            let mut contact = Contact {
                offers_tls,
                ..Contact::none(location.clone())
            };
            // A client may go away at any time.
            _ = match stream {
                Stream::Tcp(stream) => shake(stream, &mut contact),
                Stream::Unix(stream) => shake(stream, &mut contact),
            };
            if sender.send(contact).is_err() {
                return;
            }
        }
    });
}

/// The greeting, the client's answer, the rejection.
fn shake(mut stream: impl Read + Write, contact: &mut Contact) -> io::Result<()> {
    let tls = if contact.offers_tls { SSL } else { 0 };
    let [low, lower, high, higher] = (CAPABILITIES | tls).to_le_bytes();
    let mut greeting = b"\x0a5.5.5-10.11.0-MariaDB\0\x01\0\0\0".to_vec();
    greeting.extend_from_slice(&NONCE[..8]);
    greeting.extend_from_slice(&[0, low, lower, 33, 2, 0, high, higher, 21]);
    greeting.extend_from_slice(&[0; 10]);
    greeting.extend_from_slice(&NONCE[8..]);
    greeting.extend_from_slice(b"\0mysql_native_password\0");
    send(&mut stream, 0, &greeting)?;

    let mut header = [0; 4];
    stream.read_exact(&mut header)?;
    let [a, b, c, _] = header;
    let mut answer = vec![0; usize::from(a) | usize::from(b) << 8 | usize::from(c) << 16];
    stream.read_exact(&mut answer)?;
    let flags = answer
        .first_chunk()
        .map_or(0, |flags| u32::from_le_bytes(*flags));
    contact.begins_tls = flags & SSL != 0;
    contact.login = answer.get(32..).and_then(|rest| login(rest, flags));
    send(&mut stream, 2, b"\xff\x15\x04#28000rejected")
}

fn login(rest: &[u8], flags: u32) -> Option<Login> {
    let (user, rest) = until_zero(rest)?;
    let (&count, rest) = rest.split_first()?;
    let (scramble, rest) = rest.split_at_checked(usize::from(count))?;
    let database = (flags & WITH_DATABASE != 0).then(|| until_zero(rest));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Some(Login {
        user: text(user),
        database: database
            .flatten()
            .map_or_else(String::new, |(name, _)| text(name)),
        scramble: scramble.to_vec(),
    })
}

fn until_zero(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|&byte| byte == 0)?;
    Some((&bytes[..end], &bytes[end + 1..]))
}

fn send(stream: &mut impl Write, number: u8, packet: &[u8]) -> io::Result<()> {
    let length = u8::try_from(packet.len()).expect("a short packet");
    stream.write_all(&[length, 0, 0, number])?;
    stream.write_all(packet)
}
