//! How much is read.

/// The longest connection string that is read: 1 MiB.
pub const MAX_LEN: usize = 1 << 20;
