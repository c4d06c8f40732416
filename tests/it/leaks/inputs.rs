//! Secrets in the shapes in which they are put where they do not belong.

use proptest::prelude::*;
use proptest::sample::select;

use crate::common::secret::marker;

/// What is recognised as a connection string wherever it is, even as a user or a database; `§` is the secret.
const CONNECTION_STRINGS: &[&str] = &[
    "postgres://app:§@db.example/shop",
    "postgres://app:p%40§@db.example:5433/shop?sslmode=require",
    "postgresql://app@db.example/shop?password=§",
    "mysql://app:§@db.example/shop",
    "redis://:§@cache.example:6380/2",
    "mongodb+srv://app:§@m.example/?authSource=admin",
    "sqlite+pysqlcipher://:§@/app.db",
    "jdbc:postgresql://db.example/shop?user=app&password=§",
    "jdbc:sqlserver://db.example;user=app;password=§",
    "https://app:§@graph.example:24780",
    "//app:§@db.example/shop",
    "app:§@tcp(db.example:3306)/shop",
    "app:§@db.example",
    ":§@db.example",
    "host=db.example user=app password=§",
    "Server=db.example;User Id=app;Password=§;",
    "DATABASE_URL=postgres://app:§@db.example/shop",
    "psql 'postgres://app:§@db.example/shop'",
    "{\"password\":\"§\"}",
    "password=§",
];

/// A secret as a connection string, with the marker to look for.
pub(crate) fn connection_string() -> impl Strategy<Value = (String, String)> {
    (marker(), select(CONNECTION_STRINGS)).prop_map(|(marker, text)| {
        let text = text.replace('§', &marker);
        (marker, text)
    })
}

/// A secret between other characters of a password; no plain word.
fn password() -> impl Strategy<Value = (String, String)> {
    let delimiters: Vec<_> = "@:/?#[]&=;,%!$'\"{}|<>()*\\^` ".chars().collect();
    let some = proptest::collection::vec(select(delimiters), 1..5);
    let some = some.prop_map(|some| some.into_iter().collect::<String>());
    let word = select(vec!["", "a", "x1", "-", "_."]);
    (marker(), some.clone(), some, word)
        .prop_map(|(marker, before, after, word)| {
            let text = format!("{before}{word}{marker}{word}{after}");
            (marker, text)
        })
        // A path from the root is one, and so are a variable's name and a name of several words.
        .prop_filter("no form of a harmless value", |(marker, text)| {
            let rest = text.replace(marker.as_str(), "");
            rest.contains(|c| !"/\\ .,_-ax1~+()${}\"'[]:".contains(c))
        })
        // A bare word between quotation marks is the name of a variable.
        .prop_filter("no bare word", |(marker, text)| {
            text.split(['\'', '"']).all(|piece| piece != marker)
        })
}

/// Either.
pub(crate) fn secret() -> impl Strategy<Value = (String, String)> {
    prop_oneof![connection_string(), password()]
}

/// As a JSON string, which YAML reads as well.
#[cfg(all(feature = "json", feature = "yaml"))]
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
