//! MySQL's parsers never panic, and give what is coherent.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    database_url_fuzz::mysql_parse::check(database_url_fuzz::text(input));
});
