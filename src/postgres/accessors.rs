//! A getter and a method of the builder for each keyword.

use std::time::Duration;

use crate::config::accessors;
use crate::libpq::keywords;
use crate::postgres::session::{
    ChannelBinding, GssEncMode, LoadBalanceHosts, ProtocolVersion, Replication, RequireAuth,
    TargetSessionAttrs,
};
use crate::postgres::tls::{SslCertMode, SslMode, SslNegotiation, TlsVersion};
use crate::postgres::{Builder, Config, Keyword};
use crate::secret::SecretStr;

keywords!(accessors);
