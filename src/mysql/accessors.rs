//! A getter and a method of the builder for each setting.

use std::time::Duration;

use crate::config::accessors;
use crate::mysql::keyword::settings;
use crate::mysql::{Builder, Config, Keyword, SslMode};
use crate::secret::SecretStr;

settings!(accessors);
