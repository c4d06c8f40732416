//! The words of a name, split at `_`, `-`, `.` and between a small letter and a capital; and those that tell a secret.

/// The words of a name, in lower case: `sslRootCert`, `ssl-root-cert` and `SSL_ROOT_CERT` alike.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut chars = name.chars().peekable();
    let (mut is_after_small, mut is_after_capital) = (false, false);
    while let Some(c) = chars.next() {
        let is_small_next = chars.peek().is_some_and(char::is_ascii_lowercase);
        // `URLKey`: the last capital of several begins the next word.
        let begins =
            c.is_ascii_uppercase() && (is_after_small || is_after_capital && is_small_next);
        if "_-. ".contains(c) || begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| !"_-. ".contains(c)) {
            word.push(c.to_ascii_lowercase());
        }
        is_after_small = c.is_ascii_lowercase() || c.is_ascii_digit();
        is_after_capital = c.is_ascii_uppercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Words that tell a secret by themselves.
const SECRET_WORDS: &[&str] = &[
    "auth",
    "authorization",
    "bearer",
    "cred",
    "credential",
    "jwt",
    "key",
    "otp",
    "pass",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "pin",
    "pw",
    "pwd",
    "salt",
    "secret",
    "signature",
    "token",
];

/// The same within names that are written in one, such as `requirepass` and `masterauth`: at either end.
const AT_ENDS: &[&str] = &["auth", "key", "pass", "pw", "pwd", "token"];

/// The same anywhere in such a name.
const WITHIN: &[&str] = &["credential", "passphrase", "passwd", "password", "secret"];

/// Words that begin or end like one of those, and are something else.
const OTHERS: &[&str] = &[
    "author",
    "authority",
    "authors",
    "bypass",
    "compass",
    "keyboard",
    "keyspace",
    "keyspaces",
    "monkey",
    "passenger",
    "passive",
    "passthrough",
    "tokenizer",
    "turkey",
];

/// What makes a `key` one of a table or a cache.
const KEY_KINDS: &[&str] = &[
    "cache",
    "composite",
    "foreign",
    "group",
    "index",
    "natural",
    "partition",
    "primary",
    "public",
    "routing",
    "shard",
    "sort",
    "surrogate",
    "unique",
];

/// Whether a key of this name holds a secret: `api_key`, `requirepass` and `secretKeyBase` do, `primary_key` does not.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let words = words(name);
    let before = std::iter::once("").chain(words.iter().map(String::as_str));
    words.iter().zip(before).any(|(word, before)| {
        let one = word.strip_suffix('s').unwrap_or(word);
        let is_of_table = match one.strip_suffix("key") {
            Some("") => KEY_KINDS.contains(&before),
            Some(kind) => KEY_KINDS.contains(&kind),
            None => false,
        };
        let is_at_end =
            |end: &&str| word.starts_with(end) || word.ends_with(end) || one.ends_with(end);
        !is_of_table
            && !OTHERS.contains(&&**word)
            && ([word, one].iter().any(|word| SECRET_WORDS.contains(word))
                || AT_ENDS.iter().any(is_at_end)
                || WITHIN.iter().any(|part| word.contains(part)))
    })
}

#[cfg(test)]
mod tests {
    use super::{is_secret_name, words};

    #[test]
    fn splits_at_signs_and_at_case() {
        let rows = [
            ("sslRootCert", "ssl root cert"),
            ("SSL_ROOT-CERT", "ssl root cert"),
            ("apiKey", "api key"),
            ("AWSSecretKey", "aws secret key"),
            ("redis.tls.ca", "redis tls ca"),
            ("requirepass", "requirepass"),
            ("", ""),
            ("__", ""),
            ("TLS", "tls"),
        ];
        for (name, expected) in rows {
            assert_eq!(words(name).join(" "), expected, "{name}");
        }
    }

    #[test]
    fn knows_the_names_of_secrets() {
        let secret = [
            "pass",
            "PWD",
            "pw",
            "passwd",
            "password",
            "auth",
            "token",
            "secret",
            "credentials",
            "key",
            "requirepass",
            "masterauth",
            "dbPassword",
            "DB_PASSWD",
            "api-key",
            "apikey",
            "apiKey",
            "AWS_SECRET_ACCESS_KEY",
            "aws_access_key_id",
            "secret_key_base",
            "keys",
            "secretKeyBase",
            "master.key",
            "private_key",
            "authToken",
            "jwt",
            "dbpw",
            "rootpwd",
            "primary_key_password",
            "redis.auth",
            "passphrase",
            "PGPASSWORD",
            "MYSQL_PWD",
            "dbpasswordfile",
            "encryption_keys",
            "x-auth",
            "client_secret",
            "sshkey",
        ];
        for name in secret {
            assert!(is_secret_name(name), "{name}");
        }
        let harmless = [
            "primary_key",
            "foreign_key",
            "foreign_keys",
            "cache_key",
            "cacheKey",
            "primaryKey",
            "keyspace",
            "keyspaces",
            "PRIMARY_KEY",
            "primarykey",
            "host",
            "database",
            "pool",
            "author",
            "authority",
            "compass",
            "monkey",
            "passive",
            "username",
            "timeout",
            "",
            "adapter",
            "partition_key",
            "public_key",
            "encoding",
            "keepalive",
        ];
        for name in harmless {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
