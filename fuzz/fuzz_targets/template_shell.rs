//! The shell's templates.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    database_url_fuzz::template::shell(database_url_fuzz::text(input));
});
