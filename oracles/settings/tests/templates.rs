//! Proof by number: on generated templates the oracles and we agree, but for the differences that are listed.

use database_url_settings_oracles::compare::agree;
use database_url_settings_oracles::difference::{OF_COMPOSE, OF_ERB, OF_SHELLS};
use database_url_settings_oracles::generate::Form;
use database_url_settings_oracles::oracle::Oracle;

#[test]
fn bash_dash_and_we_agree_on_shell_templates() {
    agree(
        Form::Shell,
        &[Oracle::Bash, Oracle::Dash],
        OF_SHELLS,
        850,
        30,
    );
}

#[test]
fn compose_go_and_we_agree_on_compose_templates() {
    agree(Form::Compose, &[Oracle::Compose], OF_COMPOSE, 850, 30);
}

#[test]
fn ruby_and_we_agree_on_erb_templates() {
    agree(Form::Erb, &[Oracle::Erb], OF_ERB, 550, 100);
}
