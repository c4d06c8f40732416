//! The words of authentication, encryption by GSSAPI, and of the session requested.

use crate::error::words;

words! {
    /// Whether SCRAM is bound to the TLS channel: `channel_binding` (libpq 13).
    ChannelBinding {
        /// `disable`: never.
        Disable = "disable",
        /// `prefer`: if the server offers it; the default.
        Prefer = "prefer",
        /// `require`: or no connection.
        Require = "require",
    }
}

words! {
    /// Whether GSSAPI encrypts the connection: `gssencmode` (libpq 12).
    GssEncMode {
        /// `disable`: never.
        Disable = "disable",
        /// `prefer`: if there is a credential and the server agrees; the default.
        Prefer = "prefer",
        /// `require`: or no connection.
        Require = "require",
    }
}

words! {
    /// What kind of server is acceptable: `target_session_attrs` (libpq 10, the last four 14).
    TargetSessionAttrs {
        /// `any`; the default.
        Any = "any",
        /// `read-write`: sessions accept writes.
        ReadWrite = "read-write",
        /// `read-only`: sessions do not accept writes.
        ReadOnly = "read-only",
        /// `primary`: not in hot standby.
        Primary = "primary",
        /// `standby`: in hot standby.
        Standby = "standby",
        /// `prefer-standby`: a standby if one of the hosts is, any otherwise.
        PreferStandby = "prefer-standby",
    }
}

words! {
    /// In which order hosts are tried: `load_balance_hosts` (libpq 16).
    LoadBalanceHosts {
        /// `disable`: in the order given; the default.
        Disable = "disable",
        /// `random`.
        Random = "random",
    }
}

words! {
    /// A version of the Postgres protocol: `min_protocol_version` and `max_protocol_version` (libpq 18).
    ProtocolVersion {
        /// `3.0`.
        V3_0 = "3.0",
        /// `3.2`.
        V3_2 = "3.2",
        /// `latest`: the latest that the client knows; 3.2 for libpq 18.
        Latest = "latest",
    }
}

impl ProtocolVersion {
    /// libpq 18's `PG_PROTOCOL_LATEST` is 3.2.
    pub(crate) fn is_later_than(self, other: Self) -> bool {
        other == Self::V3_0 && self != Self::V3_0
    }
}

words! {
    /// A way to authenticate, as named by `require_auth`.
    AuthMethod {
        /// `password`: in clear text.
        Password = "password",
        /// `md5`.
        Md5 = "md5",
        /// `gss`: Kerberos through GSSAPI.
        Gss = "gss",
        /// `sspi`: Windows.
        Sspi = "sspi",
        /// `scram-sha-256`.
        ScramSha256 = "scram-sha-256",
        /// `oauth` (libpq 18).
        Oauth = "oauth",
        /// `none`: the server requests nothing.
        None = "none",
    }
}

/// Which ways to authenticate are acceptable: `require_auth` (libpq 16).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RequireAuth {
    /// An empty text: any.
    Any,
    /// Only these.
    Only(Vec<AuthMethod>),
    /// Any but these, each written with `!`.
    AnyBut(Vec<AuthMethod>),
}

impl RequireAuth {
    /// As `pqConnectOptions2` reads the list: all or none with `!`, none twice.
    pub(crate) fn parse(list: &str) -> Result<Self, &'static str> {
        if list.is_empty() {
            return Ok(Self::Any);
        }
        let negated = list.starts_with('!');
        let mut methods = Vec::new();
        for element in list.split(',') {
            let method = element.strip_prefix('!');
            if method.is_some() != negated {
                return Err("expected either all or none of the methods with `!`");
            }
            let method = AuthMethod::from_word(method.unwrap_or(element)).ok_or(
                "expected a list of `password`, `md5`, `gss`, `sspi`, `scram-sha-256`, `oauth` and `none`",
            )?;
            if methods.contains(&method) {
                return Err("expected no method twice");
            }
            methods.push(method);
        }
        Ok(if negated {
            Self::AnyBut(methods)
        } else {
            Self::Only(methods)
        })
    }
}

words! {
    /// What `replication` requests; libpq sends the string to the server unchecked.
    Replication {
        /// `false`, also `off`, `no` and `0`: an ordinary session.
        Off = "false",
        /// `true`, also `on`, `yes` and `1`: a session for physical replication.
        Physical = "true",
        /// `database`: a session for logical replication, of the database named.
        Database = "database",
    }
}

impl Replication {
    /// As the server reads it; another text is rejected by the server.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "false" | "off" | "no" | "0" => Some(Self::Off),
            "true" | "on" | "yes" | "1" => Some(Self::Physical),
            "database" => Some(Self::Database),
            _ => None,
        }
    }
}
