//! Builders, with a method per keyword by the type of its value.

/// The builder of an engine, with `method: Keyword, type;` for each keyword. Its attributes are the documentation.
macro_rules! builder {
    (
        $(#[$meta:meta])*
        Builder of $config:ident by $keywords:ident;
        $($name:ident: $keyword:ident, $kind:ident $($type:ty)?;)*
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
            /// If a value is not one of its keyword, or the settings contradict each other.
            pub fn build(self) -> Result<$config, Error> {
                let hosts = self.hosts.iter();
                let hosts = hosts.map(|(host, port)| (host.expose(), *port));
                let settings = self.settings.iter();
                let settings = settings.map(|(keyword, value)| (*keyword, value.expose()));
                let mut config = $config::new().with_hosts(hosts)?.with_all(settings)?;
                for (name, value) in &self.extras {
                    config = config.with_extra(name.expose(), value.expose())?;
                }
                Ok(config)
            }

            $($crate::config::setter!($name, $keyword, $kind $($type)?);)*
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

macro_rules! setter {
    (@ $name:ident, $keyword:ident, $type:ty, $value:ident => $text:expr) => {
        #[doc = concat!("Sets [`Keyword::", stringify!($keyword), "`].")]
        pub fn $name(self, $value: $type) -> Self {
            self.set(Keyword::$keyword, $text)
        }
    };
    ($name:ident, $keyword:ident, text) => {
        $crate::config::setter!(@ $name, $keyword, &str, value => value);
    };
    ($name:ident, $keyword:ident, word $type:ty) => {
        $crate::config::setter!(@ $name, $keyword, $type, value => value.as_str());
    };
    // As libpq reads one.
    ($name:ident, $keyword:ident, flag) => {
        $crate::config::setter!(@ $name, $keyword, bool, value => if value { "1" } else { "0" });
    };
    ($name:ident, $keyword:ident, boolean) => {
        $crate::config::setter!(@ $name, $keyword, bool, value => if value { "true" } else { "false" });
    };
    ($name:ident, $keyword:ident, number $type:ty) => {
        $crate::config::setter!(@ $name, $keyword, $type, value => &value.to_string());
    };
    // Rounded up, since zero is forever.
    ($name:ident, $keyword:ident, seconds) => {
        $crate::config::setter!(@ $name, $keyword, std::time::Duration, value => &value.as_nanos().div_ceil(1_000_000_000).to_string());
    };
    ($name:ident, $keyword:ident, milliseconds) => {
        $crate::config::setter!(@ $name, $keyword, std::time::Duration, value => &value.as_nanos().div_ceil(1_000_000).to_string());
    };
}

pub(crate) use {builder, setter};
