//! Raw passwords: rejected, or read as meant.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    database_url_fuzz::raw_password::check(database_url_fuzz::text(input));
});
