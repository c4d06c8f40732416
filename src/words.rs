//! The words of a name: split at `_`, `-`, `.` and between a small letter and a capital.

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

#[cfg(test)]
mod tests {
    use super::words;

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
}
