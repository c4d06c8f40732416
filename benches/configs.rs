//! The crate's own paths on the clock: `cargo bench`.
//!
//! ```console
//! $ cargo bench --bench configs             # all
//! $ cargo bench --bench configs -- parse    # the benches whose path contains `parse`
//! ```
//!
//! To compare the cost with other parsers, go to `benches/peers`; `benches/budget` holds instructions and allocations to
//! limits. Both are packages of their own, run from their own folders, and say in their `src/main.rs` how.
//!
//! divan drops what a bench returns when the clock has stopped. A config is wiped when it is dropped, which is part of
//! its price, so no bench returns one. A black box gets a reference for the same reason: by value, a config would be moved
//! into it, at a cost that no user has.

use std::hint::black_box;

use database_url::postgres::Config;
use divan::Bencher;
use divan::counter::BytesCount;

#[expect(unreachable_pub, reason = "the bench packages export the same file")]
#[cfg_attr(
    not(any(feature = "json", feature = "yaml")),
    expect(dead_code, reason = "templates belong to settings files")
)]
mod inputs;

fn main() {
    divan::main();
}

/// Text to config.
mod parse {
    use super::{Bencher, inputs, parse_and_drop};

    #[divan::bench]
    fn heroku(bencher: Bencher) {
        parse_and_drop(bencher, inputs::HEROKU);
    }

    #[divan::bench]
    fn params(bencher: Bencher) {
        parse_and_drop(bencher, inputs::PARAMS);
    }

    #[divan::bench]
    fn encoded(bencher: Bencher) {
        parse_and_drop(bencher, inputs::ENCODED);
    }

    #[divan::bench]
    fn hosts(bencher: Bencher) {
        parse_and_drop(bencher, inputs::HOSTS);
    }

    #[divan::bench]
    fn conninfo(bencher: Bencher) {
        parse_and_drop(bencher, inputs::CONNINFO);
    }
}

/// The same for MySQL.
mod mysql {
    use super::{Bencher, black_box, inputs};
    use database_url::mysql::Config;

    #[divan::bench(args = [inputs::MYSQL, inputs::CLEARDB, inputs::MYSQL_PARAMS, inputs::MYSQL_ENCODED])]
    fn parse(bencher: Bencher, text: &str) {
        assert!(
            text.parse::<Config>().is_ok(),
            "the inputs are fit to parse"
        );
        bencher.bench_local(|| {
            let config = black_box(text).parse::<Config>();
            black_box(&config).is_ok()
        });
    }
}

/// Config back to text.
mod render {
    use super::{Bencher, black_box, config, inputs};
    use std::fmt::Write;

    /// Into a buffer that has room: the masking and the writing alone.
    #[divan::bench]
    fn display(bencher: Bencher) {
        let config = config(inputs::PARAMS);
        let mut shown = String::with_capacity(2 * inputs::PARAMS.len());
        bencher.bench_local(|| {
            shown.clear();
            write!(shown, "{}", black_box(&config)).expect("a string takes all text");
            black_box(&shown);
        });
    }

    #[divan::bench]
    fn to_url(bencher: Bencher) {
        let config = config(inputs::PARAMS);
        bencher.bench_local(|| {
            let url = black_box(&config).to_url();
            black_box(&url);
        });
    }

    #[divan::bench]
    fn to_conninfo(bencher: Bencher) {
        let config = config(inputs::PARAMS);
        bencher.bench_local(|| {
            let conninfo = black_box(&config).to_conninfo();
            black_box(&conninfo).is_ok()
        });
    }
}

/// Bytes per second on texts of 1 KiB to the greatest length allowed: the same figure throughout means linear.
mod growth {
    use super::{Bencher, inputs, parse_and_drop};

    const LENGTHS: [usize; 3] = [1 << 10, 32 << 10, 1 << 20];

    #[divan::bench(args = LENGTHS)]
    fn long_password(bencher: Bencher, len: usize) {
        parse_and_drop(bencher, &inputs::long_password(len));
    }

    #[divan::bench(args = LENGTHS)]
    fn long_escapes(bencher: Bencher, len: usize) {
        parse_and_drop(bencher, &inputs::long_escapes(len));
    }

    #[divan::bench(args = LENGTHS)]
    fn many_hosts(bencher: Bencher, len: usize) {
        parse_and_drop(bencher, &inputs::many_hosts(len));
    }
}

fn parse_and_drop(bencher: Bencher, text: &str) {
    // An error would be quick, and pass for speed.
    drop(config(text));
    bencher.counter(BytesCount::of_str(text)).bench_local(|| {
        let config = black_box(text).parse::<Config>();
        black_box(&config).is_ok()
    });
}

fn config(text: &str) -> Config {
    text.parse().expect("the inputs are fit to parse")
}

/// Templates, of 100 KB with a variable per 80 bytes.
#[cfg(any(feature = "json", feature = "yaml"))]
mod template {
    use std::hint::black_box;

    use database_url::Vars;
    use database_url::settings::template::{Syntax, expand};

    use super::{Bencher, BytesCount, inputs};

    /// A URL in parts, as settings files have it.
    #[divan::bench(args = [Syntax::Shell, Syntax::Compose])]
    fn url(bencher: Bencher, syntax: Syntax) {
        let vars = Vars::from(inputs::TEMPLATE_VARS);
        bencher.bench(|| {
            let expansion = expand(syntax, black_box(inputs::TEMPLATE), black_box(&vars));
            black_box(&expansion).is_ok()
        });
    }

    #[divan::bench(args = [Syntax::Shell, Syntax::Compose])]
    fn fill(bencher: Bencher, syntax: Syntax) {
        let (text, vars) = (inputs::template(100_000), Vars::from(inputs::TEMPLATE_VARS));
        bencher.counter(BytesCount::of_str(&text)).bench(|| {
            let expansion = expand(syntax, black_box(&text), black_box(&vars));
            black_box(&expansion);
        });
    }
}

/// A settings file of 100 KB, from its text to the config.
#[cfg(feature = "yaml")]
mod settings {
    use std::hint::black_box;

    use database_url::Vars;
    use database_url::settings::{Settings, System};

    use super::{Bencher, BytesCount, inputs};

    #[divan::bench(args = [System::Rails, System::Plain])]
    fn resolve(bencher: Bencher, system: System) {
        let text = inputs::database_yml(100_000);
        let vars = Vars::from(inputs::TEMPLATE_VARS);
        bencher.counter(BytesCount::of_str(&text)).bench(|| {
            let settings = Settings::from_str("database.yml", black_box(text.as_str()));
            let settings = settings
                .map(|settings| settings.with_system(system).with_environment("production"));
            black_box(settings.and_then(|settings| settings.resolve(&vars))).is_ok()
        });
    }
}
