//! The words of the TLS settings.

use crate::value::words;

words! {
    /// Whether TLS is used, and what of the server's certificate is checked: `sslmode`.
    SslMode {
        /// `disable`: never TLS.
        Disable = "disable",
        /// `allow`: TLS only if the server refuses without.
        Allow = "allow",
        /// `prefer`: TLS if the server has it, silently none otherwise; libpq's default.
        Prefer = "prefer",
        /// `require`: TLS or no connection; the certificate is not checked unless a root certificate is given.
        Require = "require",
        /// `verify-ca`: TLS, and a certificate of a trusted authority.
        VerifyCa = "verify-ca",
        /// `verify-full`: TLS, a trusted certificate, and the host's name in it.
        VerifyFull = "verify-full",
    }
}

impl SslMode {
    /// Whether a connection without TLS is ruled out.
    #[must_use]
    pub fn requires_tls(self) -> bool {
        self >= Self::Require
    }
}

words! {
    /// How TLS begins: `sslnegotiation` (libpq 17).
    SslNegotiation {
        /// `postgres`: by a request of the Postgres protocol; the default.
        Postgres = "postgres",
        /// `direct`: at once. Needs an `sslmode` of at least `require`.
        Direct = "direct",
    }
}

words! {
    /// Whether a client certificate is sent: `sslcertmode` (libpq 16).
    SslCertMode {
        /// `disable`: never.
        Disable = "disable",
        /// `allow`: if the server asks for one and there is one; the default.
        Allow = "allow",
        /// `require`: the server must ask for one.
        Require = "require",
    }
}

words! {
    /// A version of TLS: `ssl_min_protocol_version` and `ssl_max_protocol_version` (libpq 13). Any case is accepted.
    TlsVersion {
        /// `TLSv1`.
        V1_0 = "TLSv1",
        /// `TLSv1.1`.
        V1_1 = "TLSv1.1",
        /// `TLSv1.2`.
        V1_2 = "TLSv1.2",
        /// `TLSv1.3`.
        V1_3 = "TLSv1.3",
    }
}

impl TlsVersion {
    /// As libpq's `sslVerifyProtocolVersion`: any case.
    pub(crate) fn from_any_case(text: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|version| version.as_str().eq_ignore_ascii_case(text))
    }
}
