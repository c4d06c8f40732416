//! serde, the other way: masked by default, and with the secrets only by [`exposed`](crate::exposed).

use ::serde::ser::{Serialize, Serializer};

use crate::database::Database;
use crate::error::Error;
use crate::secret::Secret;
use crate::{mysql, postgres, service, sqlite};

/// A type that is written as a URL.
pub trait ToUrl {
    /// The URL, secrets included.
    fn exposed_url(&self) -> Result<Secret, Error>;
}

macro_rules! to_url {
    ($($type:ty),*) => {
        $(
            /// As `Display` shows it: the URL with every secret as `****`, which does not parse back. To write the secrets, say
            /// `#[serde(with = "database_url::exposed")]`.
            impl Serialize for $type {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }

            impl ToUrl for $type {
                fn exposed_url(&self) -> Result<Secret, Error> {
                    self.to_url()
                }
            }
        )*
    };
}

to_url!(
    Database,
    postgres::Config,
    mysql::Config,
    sqlite::Config,
    service::Config
);

/// A config with its secrets in a format of serde: `#[serde(with = "database_url::exposed")]`.
///
/// ```
/// # use database_url::postgres;
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Settings {
///     #[serde(with = "database_url::exposed")]
///     primary: postgres::Config,
///     replica: postgres::Config,
/// }
///
/// let url: postgres::Config = "postgres://app:hunter2@db.example/shop".parse()?;
/// let settings = Settings { primary: url.clone(), replica: url };
/// let json = serde_json::to_string(&settings).unwrap();
/// assert!(json.contains(r#""primary":"postgres://app:hunter2@db.example/shop""#));
/// assert!(json.contains(r#""replica":"postgres://app:****@db.example/shop""#));
/// # Ok::<(), database_url::Error>(())
/// ```
pub mod exposed {
    use ::serde::de::{Deserialize, Deserializer};

    use ::serde::ser::{Error as _, Serializer};

    use super::ToUrl;

    /// Writes the URL, secrets included.
    ///
    /// # Errors
    ///
    /// What the serializer returns, or if a URL cannot say the config (see [`mysql::Config::to_url`](crate::mysql::Config::to_url)).
    pub fn serialize<T: ToUrl, W: Serializer>(
        config: &T,
        serializer: W,
    ) -> Result<W::Ok, W::Error> {
        let url = config.exposed_url();
        let url = url.map_err(|error| W::Error::custom(format_args!("{error:#}")))?;
        serializer.serialize_str(url.expose())
    }

    /// Reads a config, as its own `Deserialize` does.
    ///
    /// # Errors
    ///
    /// As that has them.
    pub fn deserialize<'de, T: Deserialize<'de>, R: Deserializer<'de>>(
        deserializer: R,
    ) -> Result<T, R::Error> {
        T::deserialize(deserializer)
    }
}
