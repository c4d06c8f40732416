//! Redis, the one service with a driver.

use crate::driver::fit::{Cell, Driver, Fit};
use crate::engine::Engine;
use crate::service::{Config, Tls};
use crate::span::Component;

const BY_CLIENT: &str =
    "build the client with `redis::Client::build_with_tls`, which takes certificates";

impl Config {
    /// What of the config a driver cannot express: what the conversion rejects, and what it leaves out.
    #[must_use]
    pub fn fit(&self, driver: Driver) -> Fit {
        if driver != Driver::Redis || self.engine() != Engine::Redis {
            return Fit::of_another_engine(
                driver,
                "use the crate `redis` for Redis; other services have no conversion",
            );
        }
        let mut fit = Fit::default();
        let mut reject = |component, why, fix| fit.reject(driver, component, why, fix);
        if self.sentinel_service().is_some() {
            reject(
                Component::Setting("service"),
                "asks no sentinel by this conversion",
                "use `redis::sentinel::SentinelClient`",
            );
        }
        if self.hosts().count() > 1 {
            reject(
                Component::Host,
                "connects to one host by this conversion",
                "use `redis::cluster::ClusterClient`",
            );
        }
        if self.dbname().is_some_and(|name| !name.is_empty()) && self.database_index().is_none() {
            reject(
                Component::Database,
                "knows databases by number",
                "write a number, such as `/0`",
            );
        }
        if matches!(self.tls(), Tls::On | Tls::Unverified) && self.socket().is_some() {
            reject(
                Component::Scheme,
                "uses no TLS on a socket",
                "use `unix://`, or a host",
            );
        }
        for (name, value) in self.extra_pairs() {
            fit.add_extra(driver, name, extra(name, value.expose()));
        }
        fit
    }
}

/// A parameter of the query.
fn extra(name: &str, value: &str) -> Cell {
    match name {
        "protocol" if ["2", "resp2", "3", "resp3"].contains(&value) => Cell::Expressed,
        // These decide whether the certificate is checked, which the config has read.
        "ssl_cert_reqs" | "insecure" | "tls_insecure" | "tls" | "ssl" => Cell::Expressed,
        _ if Config::is_tls_file(name) => {
            Cell::rejected(&[], "takes certificates by its client only", BY_CLIENT)
        }
        "ssl_check_hostname" if value == "true" => Cell::Expressed,
        "ssl_check_hostname" => {
            Cell::rejected(&[], "checks all of a certificate or nothing", BY_CLIENT)
        }
        _ => Cell::lost(
            &[],
            "has no such setting",
            "set it on the client or its connection manager",
        ),
    }
}
