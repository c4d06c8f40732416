//! Files of variables: `.env`, and what `heroku config --shell` prints.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    database_url_fuzz::dotenv::check(database_url_fuzz::text(input));
});
