//! Builders, with a method per keyword by the type of its value.

use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::span::Component;

/// Builds with all settings, then without each that fails, so that every failure is found. A contradiction counts only if every
/// value is valid by itself: without an invalid one, others may seem to contradict each other.
pub(crate) fn failures<K: Copy>(
    settings: &[(K, Secret)],
    component: impl Fn(K) -> Component,
    build: impl Fn(&[(K, &str)]) -> Result<(), Error>,
) -> Vec<Error> {
    let settings = settings.iter();
    let mut left: Vec<_> = settings
        .map(|(key, value)| (*key, value.expose()))
        .collect();
    let mut failures: Vec<Error> = Vec::new();
    while let Err(error) = build(&left) {
        let is_between = matches!(error.kind(), ErrorKind::Conflict | ErrorKind::CountMismatch);
        let before = left.len();
        left.retain(|(key, _)| Some(component(*key)) != error.component());
        if failures.is_empty() || !is_between {
            failures.push(error);
        }
        if left.len() == before {
            break;
        }
    }
    failures
}

/// The builder of an engine, but for its methods by keyword. Its attributes are the documentation.
macro_rules! builder {
    (
        $(#[$meta:meta])*
        Builder of $config:ident by $keywords:ident;
    ) => {
        $(#[$meta])*
        #[derive(Clone, Default)]
        #[must_use]
        pub struct Builder {
            settings: Vec<($keywords, $crate::secret::Secret)>,
            extras: Vec<($crate::secret::Secret, $crate::secret::Secret)>,
            hosts: Vec<($crate::secret::Secret, Option<u16>)>,
        }

        impl $config {
            /// A builder with nothing set.
            pub fn builder() -> Builder {
                Builder::default()
            }
        }

        impl Builder {
            /// Sets a keyword to a string, as [`Config::with`] takes it.
            pub fn set(mut self, keyword: $keywords, value: &str) -> Self {
                self.settings.push((keyword, value.into()));
                self
            }

            /// Sets the servers to try, in order, as [`Config::with_hosts`] takes them.
            pub fn hosts<'h>(mut self, hosts: impl IntoIterator<Item = (&'h str, Option<u16>)>) -> Self {
                self.hosts = hosts.into_iter().map(|(host, port)| (host.into(), port)).collect();
                self
            }

            /// Adds a parameter for another reader of the URL, as [`Config::with_extra`] takes it.
            pub fn extra(mut self, name: &str, value: &str) -> Self {
                self.extras.push((name.into(), value.into()));
                self
            }

            /// The config.
            ///
            /// # Errors
            ///
            /// Every value that its keyword does not take, and every extra that cannot be one, as one error: see [`Error::iter`].
            /// If there are none of these, the settings that contradict each other.
            pub fn build(self) -> Result<$config, Error> {
                self.built().map_err(|error| Error::together(self.failures()).err().unwrap_or(error))
            }

            fn hosted(&self) -> Result<$config, Error> {
                let hosts = self.hosts.iter();
                $config::new().with_hosts(hosts.map(|(host, port)| (host.expose(), *port)))
            }

            fn built(&self) -> Result<$config, Error> {
                let settings = self.settings.iter();
                let settings = settings.map(|(keyword, value)| (*keyword, value.expose()));
                let mut config = self.hosted()?.with_all(settings)?;
                for (name, value) in &self.extras {
                    config = config.with_extra(name.expose(), value.expose())?;
                }
                Ok(config)
            }

            fn failures(&self) -> Vec<Error> {
                let hosted = self.hosted();
                let mut failures: Vec<_> = hosted.as_ref().err().cloned().into_iter().collect();
                let base = hosted.unwrap_or_default();
                failures.extend($crate::config::failures(
                    &self.settings,
                    <$keywords>::component,
                    |settings| base.clone().with_all(settings.iter().copied()).map(drop),
                ));
                failures.extend(self.extras.iter().filter_map(|(name, value)| {
                    $config::new().with_extra(name.expose(), value.expose()).err()
                }));
                failures
            }
        }

        /// How many settings there are, and no value.
        impl std::fmt::Debug for Builder {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct("Builder")
                    .field("settings", &self.settings.len())
                    .finish_non_exhaustive()
            }
        }
    };
}

pub(crate) use builder;
