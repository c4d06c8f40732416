//! Our table of keywords is libpq 18's own: names in its order, environment variables, compiled defaults, and what it
//! marks as a password.

use database_url::postgres::Keyword;
use database_url_libpq_oracle::libpq;

#[test]
fn the_table_is_libpqs() {
    let theirs = libpq::keywords();
    let names: Vec<_> = theirs.iter().map(|(name, ..)| name.as_str()).collect();
    let ours: Vec<_> = Keyword::ALL
        .iter()
        .map(|keyword| keyword.as_str())
        .collect();
    assert_eq!(names, ours);
    for (keyword, env, default, mark) in theirs {
        let ours: Keyword = keyword.parse().expect("we know it");
        assert_eq!(ours.env(), env.as_deref(), "{keyword}");
        if mark == "*" {
            assert!(ours.is_secret(), "{keyword}");
        }
        // This build of libpq is without GSSAPI, which makes its default another one.
        let default = default.map(|text| {
            if keyword == "gssencmode" {
                "prefer".to_owned()
            } else {
                text
            }
        });
        assert_eq!(ours.default_value(), default.as_deref(), "{keyword}");
    }
}
