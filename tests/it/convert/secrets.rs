//! No conversion shows a secret unless it is exposed.

use database_url::Database;
use database_url::convert::Notation;

const SECRET: &str = "hunter2";

const URLS: &[&str] = &[
    "postgres://app:hunter2@h/d?sslmode=require&options=hunter2",
    "postgres://app:hunter2@h1:1,h2:2/d?sslpassword=hunter2&token=hunter2",
    "postgres://app%3Ahunter2@h/d",
    "postgres://app:x@h/a:hunter2%40h%2Fd",
    "postgres+psycopg://app:hunter2@h/d?oauth_client_secret=hunter2",
    "mysql://app:hunter2@h/d?init_command=hunter2&x=hunter2",
    "mysql://app:hunter2@h/d?ssl-mode=REQUIRED&ssl-key=hunter2",
    "mariadb://app:hunter2@h/d?charset=utf8mb4",
    "mysql://app%3Ahunter2@/d?socket=/s",
    "jdbc:mysql://h/d?user=app&password=hunter2",
    "sqlite://:hunter2@/shop.db?key=hunter2",
    "redis://:hunter2@h/0",
    "mongodb://app:hunter2@h/d?x=hunter2",
];

#[test]
fn masked_text_losses_and_errors_hold_no_secret() {
    let mut converted = 0;
    for url in URLS {
        let Ok(database) = url.parse::<Database>() else {
            continue;
        };
        for notation in Notation::ALL {
            let shown = match database.convert(*notation) {
                Ok(one) => {
                    converted += 1;
                    assert!(!one.text().expose().is_empty());
                    format!("{} {:?} {:?}", one.masked(), one, one.lost())
                }
                Err(error) => format!("{error} {error:?} {:?}", error.help()),
            };
            assert!(!shown.contains(SECRET), "{notation} of {url}: {shown}");
        }
    }
    assert!(converted > 80, "{converted}");
}
