//! Ruby that is not evaluated: an error only where the connection needs it.

use crate::common::settings::{Ask, compare};
use database_url::settings::System;

fn file(text: &str) -> Ask {
    Ask::file(System::Rails, "config/database.yml", text).of("production")
}

const HEAD: &str = "production:\n  adapter: postgresql\n  host: h\n  database: d\n";

fn with(line: &str) -> Ask {
    file(&format!("{HEAD}{line}\n"))
}

const CONSIDERED: &str = "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used";

#[test]
fn a_setting_that_no_connection_needs_is_warned_of() {
    let rows = [
        "nope",
        "Worker.running? ? ENV.fetch('A', 1) : 2",
        "[1, 2].max",
        "ENV['X'] || nope",
    ];
    for code in rows {
        compare(&[(
            code,
            with(&format!("  pool: <%= {code} %>")),
            &[
                "postgres://h/d pool={unknown:true}",
                "database<production.database@4:13 host<production.host@3:9 pool<production.pool@5:9",
                CONSIDERED,
                "!unknown-value",
            ],
        )]);
    }
}

#[test]
fn what_the_connection_needs_is_an_error() {
    for key in [
        "password",
        "username",
        "url",
        "sslmode",
        "sslrootcert",
        "options",
        "port",
    ] {
        compare(&[(
            key,
            with(&format!("  {key}: <%= nope %>")),
            &[&*format!(
                "unsupported-expression production.{key}@5:{} text +help",
                key.len() + 5
            )],
        )]);
    }
    compare(&[(
        "adapter",
        file("production:\n  adapter: <%= nope %>\n  host: h\n"),
        &["unsupported-expression production.adapter@2:12 text +help"],
    )]);
}

#[test]
fn other_sections_and_what_is_not_reached_do_not_matter() {
    let plain: &[&str] = &[
        "postgres://h/d",
        "database<production.database@4:13 host<production.host@3:9",
        CONSIDERED,
    ];
    compare(&[
        (
            "another section",
            with("test:\n  adapter: <%= nope %>\n  password: <%= nope %>"),
            plain,
        ),
        ("a comment", with("# <%= nope %>"), plain),
        (
            "a branch",
            with("<% if ENV['X'] %>\n  password: <%= nope %>\n<% end %>"),
            plain,
        ),
        ("a statement", with("<% x = ENV['Y'] %>"), plain),
        (
            "a condition in another section",
            with("test:\n<% if nope %>\n  host: x\n<% end %>"),
            plain,
        ),
    ]);
    compare(&[
        (
            "a condition in the section",
            with("<% if nope %>\n  password: x\n<% end %>"),
            &["unsupported-expression @5:7 text +help"],
        ),
        (
            "a condition round the section",
            file("<% if nope %>\nproduction:\n  adapter: mysql2\n<% end %>\n"),
            &["unsupported-expression @1:7 text +help"],
        ),
    ]);
}

#[test]
fn the_environment_that_was_asked_for_is_rails_env() {
    let text = "production:\n  adapter: postgresql\n  host: h\n  database: shop_<%= Rails.env %>\n";
    let expected: &[&str] = &[
        "postgres://h/shop_production",
        "database<production.database@4:13 host<production.host@3:9",
        CONSIDERED,
    ];
    compare(&[("Rails.env", file(text), expected)]);
}

#[test]
fn a_tag_names_the_anchor() {
    let text = "a: &a\n  adapter: postgresql\n  host: h\nproduction:\n  <<: *<%= ENV['X'] || 'a' %>\n  database: d\n";
    compare(&[(
        "an alias",
        file(text),
        &[
            "postgres://h/d",
            "database<production.database@6:13 host<production.host@3:9",
            "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@4:1 used",
        ],
    )]);
}

#[test]
fn a_loop_matters_where_it_is() {
    let block =
        "<% %w(host port).each do |name| %>\n  <%= \"#{name}: #{ENV[name]}\" %>\n<% end %>\n";
    compare(&[
        (
            "in another section",
            with(&format!("test:\n  adapter: mysql2\n{block}")),
            &[
                "postgres://h/d",
                "database<production.database@4:13 host<production.host@3:9",
                CONSIDERED,
            ],
        ),
        (
            "in the section",
            with(block),
            &["unsupported-expression @5:3 text +help"],
        ),
    ]);
}

#[test]
fn a_tag_that_writes_a_key_matters_if_it_writes_one() {
    let line = "  <%= \"url: #{ENV['U']}\" if ENV['U'] %>";
    compare(&[
        (
            "left out",
            with(line),
            &[
                "postgres://h/d",
                "database<production.database@4:13 host<production.host@3:9",
                CONSIDERED,
            ],
        ),
        (
            "written",
            with(line).with("U", "postgres://other/d"),
            &["unsupported-expression @5:3 text +help"],
        ),
    ]);
}

#[test]
fn a_socket_that_no_driver_looks_at_need_not_be_known() {
    let text = "production:\n  adapter: mysql2\n  database: d\n  host: <%= ENV['H'] || '' %>\n  socket: <%= ['/a', '/b'].find { |path| File.exist? path } %>\n";
    compare(&[
        (
            "with a host",
            file(text).with("H", "h"),
            &[
                "mysql://h/d",
                "host<H database<production.database@3:13",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
                "!key-ignored",
            ],
        ),
        (
            "without",
            file(text),
            &["unsupported-expression production.socket@5:11 text +help"],
        ),
        (
            "a socket next to a host",
            file(
                "production:\n  adapter: trilogy\n  database: d\n  host: h\n  socket: /run/s.sock\n",
            ),
            &[
                "mysql://h/d",
                "host<production.host@4:9 database<production.database@3:13",
                "PRIMARY_DATABASE_URL unset, DATABASE_URL unset, production@1:1 used",
                "!key-ignored",
            ],
        ),
    ]);
}

#[test]
fn of_a_duplicate_key_the_value_is_not_known() {
    compare(&[
        (
            "a setting that no connection needs",
            with("  pool: 1\n  pool: 2"),
            &[
                "postgres://h/d pool={unknown:true}",
                "database<production.database@4:13 host<production.host@3:9 pool<production.pool@6:3",
                CONSIDERED,
                "!unknown-value",
            ],
        ),
        (
            "the same value",
            with("  host: h"),
            &[
                "postgres://h/d",
                "database<production.database@4:13 host<production.host@3:9",
                CONSIDERED,
            ],
        ),
        (
            "what the connection needs",
            with("  host: other"),
            &["duplicate-key production.host@5:3 +help"],
        ),
        (
            "with tags",
            with("  host: <%= ENV['H'] || 'other' %>"),
            &["duplicate-key production.host@5:3 +help"],
        ),
        (
            "the section",
            with("production:\n  adapter: mysql2"),
            &["duplicate-key production@5:1 +help"],
        ),
        (
            "another section",
            with("test:\n  host: a\ntest:\n  host: b"),
            &[
                "postgres://h/d",
                "database<production.database@4:13 host<production.host@3:9",
                CONSIDERED,
            ],
        ),
    ]);
}
