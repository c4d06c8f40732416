//! Proof by number: on generated URLs and DSNs the drivers' parsers and ours agree, but for the differences that are listed.
//!
//! `DBURL_DIFF_CASES` is how many of each (default 250,000), `DBURL_DIFF_SEED` where they start (default fixed). Best run
//! with `--release`.

use database_url_mysql_oracles::compare::{compare, compare_with};
use database_url_mysql_oracles::difference::{OF_DSNS, OF_URLS, explain};
use database_url_mysql_oracles::generate::{Form, Generator};
use database_url_mysql_oracles::go;
use database_url_mysql_oracles::peer::Peer;
use support::number::cases_and_seed;
use support::tally::Tally;

const CASES: usize = 250_000;
const SEED: u64 = 0x6d79_0001;

#[test]
fn the_crates_and_we_agree_on_urls() {
    let mut tally = Tally::new(OF_URLS, explain);
    for text in texts(Form::Url) {
        for peer in Peer::CRATES {
            tally.add(peer, &compare(peer, &text));
        }
    }
    tally.finish(&[
        (Peer::Sqlx, 250, 60),
        (Peer::Mysql, 150, 150),
        (Peer::MysqlAsync, 150, 150),
    ]);
}

#[test]
fn go_sql_driver_and_we_agree_on_dsns() {
    let mut tally = Tally::new(OF_DSNS, explain);
    let dsns: Vec<String> = texts(Form::Dsn).filter(|dsn| !dsn.contains('\0')).collect();
    for (dsn, theirs) in dsns.iter().zip(go::read(&dsns)) {
        tally.add(Peer::Go, &compare_with(Peer::Go, dsn, theirs));
    }
    tally.finish(&[(Peer::Go, 300, 100)]);
}

fn texts(form: Form) -> impl Iterator<Item = String> {
    let (cases, seed) = cases_and_seed(CASES, SEED);
    Generator::new(form, seed).take(cases)
}
