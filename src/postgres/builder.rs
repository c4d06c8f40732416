//! The builder, whose methods for each keyword are in `accessors.rs`.

use crate::config::builder;
use crate::error::Error;
use crate::postgres::{Config, Keyword};

builder! {
    /// A config in the making: every keyword has a method, and [`build`](Self::build) reports what is wrong. A later value of a
    /// keyword replaces an earlier one.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use database_url::postgres::{Config, SslMode};
    ///
    /// let config = Config::builder()
    ///     .host("db.example")
    ///     .user("app")
    ///     .password("p@ss/word")
    ///     .dbname("shop")
    ///     .sslmode(SslMode::VerifyFull)
    ///     .connect_timeout(Duration::from_secs(5))
    ///     .build()?;
    /// assert_eq!(
    ///     config.to_url()?.expose(),
    ///     "postgres://app:p%40ss%2Fword@db.example/shop?connect_timeout=5&sslmode=verify-full",
    /// );
    /// # Ok::<(), database_url::Error>(())
    /// ```
    Builder of Config by Keyword;
}
