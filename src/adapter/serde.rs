//! serde: a config from a string, or for Postgres from a map of its keywords. Errors never quote a value.
//!
//! serde's own messages for a wrong type show the value that was found, so every kind of value is visited here.

use std::fmt;

use ::serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use crate::database::Database;
use crate::error::Error;
use crate::postgres::{Config, Keyword};
use crate::secret::Secret;
use crate::{mysql, service, sqlite};

/// Rejects kinds of values without showing them.
macro_rules! reject {
    ($($method:ident: $type:ty),*) => {
        $(fn $method<E: de::Error>(self, _: $type) -> Result<Self::Value, E> {
            Err(E::custom(format_args!("expected {}", Expected(&self))))
        })*
    };
}

/// From a connection string of the default dialect, or from a map of libpq's keywords to strings or integers; `null` in
/// the map is unset.
impl<'de> Deserialize<'de> for Config {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        visit(deserializer, ConfigVisitor)
    }
}

/// A format that describes itself quotes what is no text, where a string is requested; the others need the request.
fn visit<'de, D: Deserializer<'de>, V: Visitor<'de>>(
    deserializer: D,
    visitor: V,
) -> Result<V::Value, D::Error> {
    if deserializer.is_human_readable() {
        deserializer.deserialize_any(visitor)
    } else {
        deserializer.deserialize_str(visitor)
    }
}

/// A type that is read from a connection string alone.
macro_rules! from_text {
    ($($type:ty: $expected:literal;)*) => {
        $(#[doc = concat!("From ", $expected, ". The error never quotes the text.")]
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                visit(deserializer, TextVisitor { expected: $expected, read: str::parse::<Self> })
            }
        })*
    };
}

from_text! {
    Database: "a connection string of any engine";
    mysql::Config: "a URL of MySQL";
    sqlite::Config: "a URL of SQLite";
    service::Config: "the URL of a service";
}

struct TextVisitor<T> {
    expected: &'static str,
    read: fn(&str) -> Result<T, Error>,
}

impl<T> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        (self.read)(text).map_err(|error| custom(&error))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<T, E> {
        self.visit_str(Secret::from(text).expose())
    }

    reject!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_i128: i128, visit_u128: u128, visit_f64: f64);
}

fn custom<E: de::Error>(error: &Error) -> E {
    E::custom(format_args!("{error:#}"))
}

/// What a visitor expects, as text.
struct Expected<'v, V>(&'v V);

impl<'de, V: Visitor<'de>> fmt::Display for Expected<'_, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }
}

struct ConfigVisitor;

impl<'de> Visitor<'de> for ConfigVisitor {
    type Value = Config;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a connection string or a map of libpq's keywords")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Config, E> {
        text.parse().map_err(|error| custom(&error))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Config, E> {
        self.visit_str(Secret::from(text).expose())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Config, A::Error> {
        let mut settings: Vec<(Keyword, Secret)> = Vec::new();
        while let Some(Name(keyword)) = map.next_key()? {
            if settings.iter().any(|(known, _)| *known == keyword) {
                return Err(de::Error::custom(format_args!(
                    "`{keyword}` is given twice"
                )));
            }
            if let Some(value) = map.next_value_seed(Value(keyword))? {
                settings.push((keyword, value));
            }
        }
        let settings = settings
            .iter()
            .map(|(keyword, value)| (*keyword, value.expose()));
        Config::new()
            .with_all(settings)
            .map_err(|error| custom(&error))
    }

    reject!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_i128: i128, visit_u128: u128, visit_f64: f64);
}

/// A keyword's name; another name is not shown, since it may be part of a misplaced secret.
struct Name(Keyword);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let visitor = TextVisitor {
            expected: "a keyword of libpq",
            read: str::parse,
        };
        deserializer.deserialize_str(visitor).map(Self)
    }
}

/// A keyword's value: text, an integer, or nothing.
#[derive(Clone, Copy)]
struct Value(Keyword);

impl<'de> de::DeserializeSeed<'de> for Value {
    type Value = Option<Secret>;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Option<Secret>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value {
    type Value = Option<Secret>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "text or an integer for `{}`", self.0)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Option<Secret>, E> {
        Ok(Some(Secret::from(text)))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Option<Secret>, E> {
        Ok(Some(Secret::from(text)))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Option<Secret>, E> {
        Ok(Some(Secret::from(number.to_string())))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Option<Secret>, E> {
        Ok(Some(Secret::from(number.to_string())))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Option<Secret>, E> {
        Ok(None)
    }

    fn visit_none<E: de::Error>(self) -> Result<Option<Secret>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Secret>, D::Error> {
        deserializer.deserialize_any(self)
    }

    reject!(visit_bool: bool, visit_i128: i128, visit_u128: u128, visit_f64: f64);
}
