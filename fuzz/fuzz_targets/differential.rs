//! libpq 18 and we agree.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    database_url_fuzz::differential::check(database_url_fuzz::text(input));
});
