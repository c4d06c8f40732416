//! What `Database::convert` writes, read back by the programs that it is written for.

pub mod passwords;
pub mod reader;
pub mod tally;

pub use reader::Reader;
