//! Parsing never panics, and gives what is coherent.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    database_url_fuzz::parse::check(database_url_fuzz::text(input));
});
