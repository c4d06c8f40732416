//! ERB: read, never run, filled in once, masked.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    database_url_fuzz::erb::check(database_url_fuzz::text(input));
});
