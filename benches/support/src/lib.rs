//! What the bench packages share: [`inputs`], figures from [`valgrind`], and [`table`]s.
//!
//! Nothing here depends on `database-url` or on a peer.

#[path = "../../inputs/mod.rs"]
pub mod inputs;
pub mod table;
pub mod valgrind;

#[cfg(test)]
mod tests {
    use crate::inputs::{database_yml, long_escapes, long_password, many_hosts, template};

    #[test]
    fn growing_texts_have_the_requested_length() {
        for len in [1000, 1001, 1002, 1003, 1 << 20] {
            for make in [
                long_password,
                long_escapes,
                many_hosts,
                template,
                database_yml,
            ] {
                assert_eq!(make(len).len(), len);
            }
        }
    }
}
