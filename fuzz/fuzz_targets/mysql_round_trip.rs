//! What is rendered for MySQL parses back.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    database_url_fuzz::mysql_round_trip::check(database_url_fuzz::text(input));
});
