//! Settings files: values change nothing but themselves, what is written reads back, nothing is shown.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    database_url_fuzz::settings::check(database_url_fuzz::text(input));
});
