//! The builder, whose methods for each setting are in `accessors.rs`.

use crate::config::builder;
use crate::error::Error;
use crate::mysql::{Config, Keyword};

builder! {
    /// A config in the making: every keyword has a method, and [`build`](Self::build) reports what is wrong. A later value of a
    /// keyword replaces an earlier one.
    ///
    /// ```
    /// use database_url::mysql::{Config, SslMode};
    ///
    /// let config = Config::builder()
    ///     .host("db.example")
    ///     .user("app")
    ///     .password("p@ss/word")
    ///     .dbname("shop")
    ///     .ssl_mode(SslMode::Required)
    ///     .build()?;
    /// assert_eq!(
    ///     config.to_url()?.expose(),
    ///     "mysql://app:p%40ss%2Fword@db.example/shop?ssl-mode=REQUIRED",
    /// );
    /// # Ok::<(), database_url::Error>(())
    /// ```
    Builder of Config by Keyword;
}
