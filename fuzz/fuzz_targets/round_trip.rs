//! What is rendered parses back.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    database_url_fuzz::round_trip::check(database_url_fuzz::text(input));
});
