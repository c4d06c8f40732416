//! Services' URLs: coherent, coming back, masked.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    database_url_fuzz::service::check(database_url_fuzz::text(input));
});
