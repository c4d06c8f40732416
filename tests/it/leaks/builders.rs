//! The builders: what they show of a value, and what their errors do.

use database_url::sqlite::Family;
use database_url::{mysql, postgres, service, sqlite};
use proptest::prelude::*;

use super::shown::of_errors;
use crate::common::arbitrary::cases;
use crate::common::secret::{debugged, dressed, hidden};

proptest! {
    #![proptest_config(cases(100))]

    /// A secret in any part of any builder, also in one that takes no such value.
    #[test]
    fn no_builder_and_no_error_of_one_shows_a_secret((marker, secret) in dressed()) {
        let odd = format!("{secret}\0:/{secret}");
        let mut shown = Vec::new();
        for text in [&secret, &odd] {
            let postgres = postgres::Config::builder().hosts([(&**text, Some(0))]).extra(text, text);
            let all = postgres::Keyword::ALL.iter();
            let postgres = all.fold(postgres, |builder, keyword| builder.set(*keyword, text));
            shown.extend(debugged(&postgres));
            shown.extend(postgres.build().err().iter().flat_map(of_errors));
            let mysql = mysql::Config::builder().hosts([(&**text, Some(0))]).extra(text, text);
            let all = mysql::Keyword::ALL.iter();
            let mysql = all.fold(mysql, |builder, keyword| builder.set(*keyword, text));
            shown.extend(debugged(&mysql));
            shown.extend(mysql.build().err().iter().flat_map(of_errors));
            for scheme in ["redis", "mongodb+srv", "sqlserver", "unix", text] {
                let service = service::Config::builder(scheme).user(text).password(text).host(text).port(0).dbname(text);
                let service = service.socket(text).instance(text).sentinel_service(text);
                let service = service.param(text, text).param("tls", text).param("authSource", text);
                shown.extend(debugged(&service));
                shown.extend(service.build().err().iter().flat_map(of_errors));
            }
            for family in Family::ALL {
                let sqlite = sqlite::Config::builder(*family).path(text).password(text).param("mode", text);
                let sqlite = sqlite.param(text, text).vfs(text).journal_mode(text);
                shown.extend(debugged(&sqlite));
                shown.extend(sqlite.build().err().iter().flat_map(of_errors));
            }
        }
        hidden(&shown, &marker, &secret)?;
    }
}
