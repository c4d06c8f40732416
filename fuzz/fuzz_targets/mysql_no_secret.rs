//! No output of MySQL's parsers shows a secret.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    database_url_fuzz::mysql_no_secret::check(database_url_fuzz::text(input));
});
