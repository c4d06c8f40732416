//! The names about TLS that the drivers of each engine document. Another engine's name is ignored by them in silence, so it is
//! warned of, although it says what is wanted.

/// Schemes without their suffixes, and the names of their drivers without what spellings differ in.
const OFFICIAL: &[(&[&str], &[&str])] = &[
    // redis-py's `Connection`, go-redis' `ParseURL`, Lettuce's `RedisURI`, ioredis' options.
    (
        &["redis", "rediss", "valkey", "valkeys", "unix"],
        &[
            "rejectunauthorized",
            "skipverify",
            "ssl",
            "sslcacerts",
            "sslcadata",
            "sslcapath",
            "sslcertfile",
            "sslcertreqs",
            "sslcheckhostname",
            "sslciphers",
            "sslexcludeverifyflags",
            "sslincludeverifyflags",
            "sslkeyfile",
            "sslminversion",
            "sslocspcontext",
            "sslocspexpectedcert",
            "sslpassword",
            "sslvalidateocsp",
            "sslvalidateocspstapled",
            "starttls",
            "tls",
            "verifypeer",
        ],
    ),
    // RabbitMQ's "URI query parameters", aio-pika, Symfony's Messenger.
    (
        &["amqp", "amqps"],
        &[
            "cacert",
            "cacertfile",
            "cafile",
            "capath",
            "cert",
            "certfile",
            "failifnopeercert",
            "key",
            "keyfile",
            "noverifyssl",
            "ssl",
            "ssloptions",
            "sslversion",
            "verify",
        ],
    ),
    // Microsoft's connection properties, go-mssqldb's parameters.
    (
        &["sqlserver", "mssql", "ms", "mssqlms", "pyodbc", "azuresql"],
        &[
            "certificate",
            "encrypt",
            "hostnameincertificate",
            "servercertificate",
            "sslprotocol",
            "tlsmin",
            "trustservercertificate",
            "truststore",
            "truststorepassword",
        ],
    ),
    // Oracle Net's security parameters, python-oracledb.
    (
        &["oracle", "oraclegis"],
        &[
            "sslserverdnmatch",
            "sslservercertdn",
            "sslversion",
            "sslcontext",
        ],
    ),
    // OpenLDAP's ldap.conf, and the extension StartTLS.
    (
        &["ldap", "ldaps"],
        &[
            "starttls",
            "tls",
            "tlscacert",
            "tlscert",
            "tlskey",
            "tlsreqcert",
            "usestarttls",
        ],
    ),
    // elasticsearch-py.
    (
        &["elasticsearch", "elasticsearchs"],
        &[
            "cacerts",
            "clientcert",
            "clientkey",
            "ssl",
            "sslassertfingerprint",
            "sslasserthostname",
            "sslcontext",
            "sslshowwarn",
            "sslversion",
            "usessl",
            "verifycerts",
        ],
    ),
    // Kafka's client configs, librdkafka's.
    (
        &["kafka"],
        &[
            "enablesslcertificateverification",
            "securityprotocol",
            "sslcalocation",
            "sslcertificatelocation",
            "sslciphersuites",
            "sslenabledprotocols",
            "sslendpointidentificationalgorithm",
            "sslkeylocation",
            "sslkeypassword",
            "sslkeystorelocation",
            "sslkeystorepassword",
            "sslprotocol",
            "ssltruststorelocation",
            "ssltruststorepassword",
        ],
    ),
    // clickhouse-go, clickhouse-driver, clickhouse-jdbc.
    (
        &["clickhouse"],
        &[
            "cacert",
            "cacerts",
            "certfile",
            "checkhostname",
            "clientcert",
            "clientcertkey",
            "keyfile",
            "secure",
            "skipverify",
            "ssl",
            "sslcert",
            "sslkey",
            "sslmode",
            "sslrootcert",
            "sslversion",
            "verify",
        ],
    ),
    // Symfony's Mailer, Django's e-mail URLs.
    (
        &["smtp", "smtps"],
        &[
            "encryption",
            "requiretls",
            "ssl",
            "starttls",
            "tls",
            "verifypeer",
        ],
    ),
];

/// Whether a driver of the scheme documents the name.
pub(super) fn is_official(scheme: &str, plain: &[u8]) -> bool {
    let base = scheme.split('+').next().unwrap_or_default();
    let row = OFFICIAL.iter().find(|(schemes, _)| schemes.contains(&base));
    row.is_some_and(|(_, names)| names.iter().any(|name| name.as_bytes() == plain))
}
