//! rustls, with libpq's meaning of every `sslmode`.
//!
//! | `sslmode` | what the server's certificate must be |
//! |---|---|
//! | `disable`, or sockets only | there is no TLS: [`client_config`] gives `None` |
//! | `allow`, `prefer`, `require` | anything; with `sslrootcert` as with `verify-ca` |
//! | `verify-ca` | valid now, and issued by an authority in `sslrootcert`, or that certificate itself; for any name |
//! | `verify-full` | the same, for the name of the host |
//!
//! `sslrootcert=system` trusts the authorities of the system, by rustls-native-certs, and implies `verify-full`. `sslcert` and
//! `sslkey` (PEM, not encrypted), `sslcertmode=disable`, `sslcrl`, `sslsni` and both protocol versions act as in libpq. ALPN offers
//! `postgresql`, which `sslnegotiation=direct` needs.
//!
//! It differs from libpq on the safe side: a file that is named, but missing, is always an error (libpq checks nothing then, up to
//! `require`); the files in `~/.postgresql` are not looked for; a certificate without subject alternative names matches no name; and
//! TLS 1.2 is the lowest version.
//!
//! The chain and the name are checked by rustls' own `WebPkiServerVerifier`. There is no cryptography here: signatures of the
//! handshake are checked by the crypto provider in every mode.

use std::fs::File;
use std::io::Read;
use std::sync::Arc;

use ::rustls::client::WebPkiServerVerifier;
use ::rustls::client::danger::ServerCertVerifier;
use ::rustls::crypto::CryptoProvider;
use ::rustls::pki_types::pem::{self, PemObject};
use ::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use ::rustls::version::{TLS12, TLS13};
use ::rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};

use crate::driver::fit::Driver;
use crate::error::{Error, ErrorKind};
use crate::postgres::{Config, Keyword, SslCertMode, SslMode, TlsVersion};
use crate::shown;
use crate::vars::file;

mod verifier;

use verifier::Verifier;

/// The configuration of TLS, by the crypto provider that the process has installed; `None` if there is to be no TLS.
///
/// Certificates are read from their files here.
///
/// # Errors
///
/// If no crypto provider is installed, a file cannot be read, or rustls cannot do what the config requires.
pub fn client_config(config: &Config) -> Result<Option<ClientConfig>, Error> {
    if !config.uses_tls() {
        return Ok(None);
    }
    client_config_with(config, provider()?)
}

/// The configuration of TLS by a crypto provider; `None` if there is to be no TLS.
///
/// # Errors
///
/// If a file cannot be read, or rustls cannot do what the config requires.
pub fn client_config_with(
    config: &Config,
    provider: Arc<CryptoProvider>,
) -> Result<Option<ClientConfig>, Error> {
    if !config.uses_tls() {
        return Ok(None);
    }
    check(config)?;
    let verifier = verifier(config, &provider)?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_protocol_versions(&versions(config)?)
        .map_err(|_| unsupported(Keyword::SslMinProtocolVersion, NO_CIPHER))?
        .dangerous()
        .with_custom_certificate_verifier(verifier);
    let mut tls = match identity(config)? {
        Some((chain, key)) => {
            let tls = builder.with_client_auth_cert(chain, key);
            tls.map_err(|_| unsupported(Keyword::SslKey, OTHER_KEY))?
        }
        None => builder.with_no_client_auth(),
    };
    tls.alpn_protocols = vec![b"postgresql".to_vec()];
    tls.enable_sni = config.sslsni() != Some(false);
    Ok(Some(tls))
}

const NO_CIPHER: &str = "the crypto provider has no cipher for this version";
const OTHER_KEY: &str = "expected the key of the certificate in `sslcert`";

/// A connector's configuration where there is to be no TLS; it trusts nothing.
#[cfg(feature = "tokio-postgres-0_7")]
pub(super) fn unused() -> Result<ClientConfig, Error> {
    let builder = ClientConfig::builder_with_provider(provider()?)
        .with_safe_default_protocol_versions()
        .map_err(|_| no_provider())?;
    Ok(builder
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth())
}

fn provider() -> Result<Arc<CryptoProvider>, Error> {
    CryptoProvider::get_default()
        .cloned()
        .ok_or_else(no_provider)
}

#[cold]
fn no_provider() -> Error {
    let detail = "no crypto provider of rustls is installed";
    Error::new(ErrorKind::NotRepresentable, detail)
        .of(Keyword::SslMode.component())
        .with_help("call `rustls::crypto::ring::default_provider().install_default()` first")
}

/// What concerns TLS in the fit; hosts are the driver's.
fn check(config: &Config) -> Result<(), Error> {
    let mut fit = config.fit(Driver::TokioPostgresRustls);
    fit.rejected
        .retain(|misfit| misfit.name().starts_with("ssl"));
    fit.accept()
}

fn versions(config: &Config) -> Result<Vec<&'static SupportedProtocolVersion>, Error> {
    let least = config
        .ssl_min_protocol_version()
        .unwrap_or(TlsVersion::V1_2);
    let most = config
        .ssl_max_protocol_version()
        .unwrap_or(TlsVersion::V1_3);
    let known = [(TlsVersion::V1_3, &TLS13), (TlsVersion::V1_2, &TLS12)];
    let allowed: Vec<_> = known
        .into_iter()
        .filter(|(version, _)| (least..=most).contains(version))
        .map(|(_, known)| known)
        .collect();
    if allowed.is_empty() {
        let detail = "rustls knows TLS 1.2 and 1.3 only";
        return Err(unsupported(Keyword::SslMaxProtocolVersion, detail));
    }
    Ok(allowed)
}

/// As libpq's `initialize_SSL`: certificates that are given are checked against in every mode.
fn verifier(
    config: &Config,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, Error> {
    let mode = config.effective_sslmode();
    let roots = match (config.root_file(), config.given(Keyword::SslRootCert)) {
        (Some(path), _) => certificates(Keyword::SslRootCert, path)?,
        (None, Some(_)) => system_roots()?,
        (None, None) => return Ok(Arc::new(Verifier::of_any_certificate(provider))),
    };
    let mut store = RootCertStore::empty();
    let (added, _) = store.add_parsable_certificates(roots.iter().cloned());
    if added == 0 {
        let detail = "expected certificates of authorities";
        return Err(unsupported(Keyword::SslRootCert, detail));
    }
    let mut builder =
        WebPkiServerVerifier::builder_with_provider(Arc::new(store), Arc::clone(provider));
    if let Some(path) = config.given(Keyword::SslCrl) {
        let detail = "expected lists of revoked certificates in PEM";
        builder = builder.with_crls(all_of(Keyword::SslCrl, path, detail)?);
    }
    let detail = "expected lists of revoked certificates of version 2";
    let checked = builder.build();
    let checked = checked.map_err(|_| unsupported(Keyword::SslCrl, detail))?;
    Ok(Arc::new(Verifier::of_trusted(
        provider,
        checked,
        roots,
        mode == SslMode::VerifyFull,
    )))
}

fn system_roots() -> Result<Vec<CertificateDer<'static>>, Error> {
    let found = rustls_native_certs::load_native_certs().certs;
    if found.is_empty() {
        let detail = "the system has no trusted certificates";
        return Err(Error::new(ErrorKind::Unreadable, detail)
            .of(Keyword::SslRootCert.component())
            .with_help("install the package ca-certificates, or name a file"));
    }
    Ok(found)
}

type Identity = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

/// The client's certificate and its key.
fn identity(config: &Config) -> Result<Option<Identity>, Error> {
    let key = config.given(Keyword::SslKey);
    let Some((certificate, key)) = config.given(Keyword::SslCert).zip(key) else {
        return Ok(None);
    };
    if config.sslcertmode() == Some(SslCertMode::Disable) {
        return Ok(None);
    }
    let chain = certificates(Keyword::SslCert, certificate)?;
    let text = read(Keyword::SslKey, key)?;
    let parsed = PrivateKeyDer::from_pem_slice(&text);
    let encrypted = memchr::memmem::find(&text, b"ENCRYPTED").is_some();
    crate::secret::wipe(text);
    let key = parsed.map_err(|_| {
        let detail = if encrypted {
            "the key is encrypted"
        } else {
            "expected a private key in PEM"
        };
        not_a(Keyword::SslKey, key, detail)
            .with_help("decrypt the key with `openssl pkey -in KEY -out NEW`")
    })?;
    Ok(Some((chain, key)))
}

fn certificates(keyword: Keyword, path: &str) -> Result<Vec<CertificateDer<'static>>, Error> {
    all_of(keyword, path, "expected certificates in PEM")
}

/// What a file has of a kind, which is at least one.
fn all_of<T: PemObject>(keyword: Keyword, path: &str, detail: &str) -> Result<Vec<T>, Error> {
    let text = read(keyword, path)?;
    let found: Result<Vec<_>, pem::Error> = T::pem_slice_iter(&text).collect();
    found
        .ok()
        .filter(|found| !found.is_empty())
        .ok_or_else(|| not_a(keyword, path, detail))
}

/// Lists of revoked certificates are long; no file of libpq's is longer than this.
const LONGEST_FILE: u64 = 16 << 20;

fn read(keyword: Keyword, path: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read =
        File::open(path).and_then(|file| file.take(LONGEST_FILE + 1).read_to_end(&mut bytes));
    if read.as_ref().is_ok_and(|len| *len as u64 > LONGEST_FILE) {
        return Err(not_a(keyword, path, "expected at most 16 MiB"));
    }
    read.map(|_| bytes).map_err(|error| {
        let (why, help) = file::why(error.kind());
        let detail = format!("{}: {why}", shown::path(path));
        let error = Error::new(ErrorKind::Unreadable, detail);
        error.of(keyword.component()).with_help(help)
    })
}

#[cold]
fn not_a(keyword: Keyword, path: &str, detail: &str) -> Error {
    let detail = format!("{}: {detail}", shown::path(path));
    Error::new(ErrorKind::InvalidDocument, detail).of(keyword.component())
}

#[cold]
fn unsupported(keyword: Keyword, detail: &'static str) -> Error {
    Error::new(ErrorKind::NotRepresentable, detail).of(keyword.component())
}
