//! SQLite's URLs in all readings: coherent, coming back, masked.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    database_url_fuzz::sqlite::check(database_url_fuzz::text(input));
});
