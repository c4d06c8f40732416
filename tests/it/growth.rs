//! What hostile URLs of services and of SQLite, and files of variables, cost. The only test of its file: others next to it would be measured, too.

use crate::common::arbitrary::assert_linear;
use database_url::{Vars, service, sqlite};

#[test]
fn hostile_texts_cost_in_proportion_to_their_length() {
    assert_linear(
        |text| drop(text.parse::<service::Config>()),
        &[
            ("redis://:", "%41", "@h"),
            ("redis://", "a:1,", "a"),
            ("redis://h/", "&a", ""),
            ("redis://h/", ";a", "="),
            ("redis://h?", "a&", ""),
            ("redis://h?", "ssl=%66alse&", ""),
            ("redis://h?", "sslx&", ""),
            ("redis://h?", "a", ""),
            ("mongodb://h/?", "authsourc&", ""),
            ("mongodb://h/?", "w=%31&", ""),
            ("kafka://", "kafka://", ""),
            ("kafka://", "a,kafka://", "a"),
            ("kafka://u@a", ",kafka://u@a", ""),
            ("kafka://", "@", ",kafka://a"),
            ("kafka://a", ",", ",kafka://a"),
            ("ldap://h/", "/", ""),
            ("unix:///", "/:", "@"),
            ("redis+sentinel://h/", "a/", ""),
        ],
    );
    assert_linear(
        |text| drop(text.parse::<sqlite::Config>()),
        &[
            ("sqlite:///", "/", ""),
            ("sqlite:///", "&a", ""),
            ("sqlite:///", ";a", "="),
            ("sqlite:///", "%41", ""),
            ("sqlite:///x?", "a&", ""),
            ("sqlite:///x?", "%61=%62&", ""),
            ("file:", ":", "@"),
            ("sqlite+pysqlcipher://:", "@", "/x"),
        ],
    );
    assert_linear(
        |text| drop(Vars::new().with_dotenv_str(".env", text)),
        &[
            ("", "A_URL=a#b\n", ""),
            ("", "A=$A$A\n", ""),
            ("A=", "$A", ""),
            ("A=\"", "${A:-", "\""),
            ("A=", "${A:-}", ""),
            ("A=${A:-", "{}", "}"),
            ("", "A='\n", ""),
            ("", "A=\"\\\"\n", ""),
            ("", "=\n", ""),
            ("A", " #", ""),
            ("A=a", " a", ""),
            ("A='", "\\'", ""),
        ],
    );
    assert_linear(
        |text| drop(Vars::from_heroku_shell_str("config", text)),
        &[("", "A\n", ""), ("A='", "\\\\", "'"), ("A=\"", "\\n", "")],
    );
}
