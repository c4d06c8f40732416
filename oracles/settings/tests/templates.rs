//! Proof by number: on generated templates the judges and we agree, but for the differences that are listed.

use database_url_settings_judges::difference::{OF_COMPOSE, OF_ERB, OF_SHELLS};
use database_url_settings_judges::generate::Form;
use database_url_settings_judges::judge::Judge;
use database_url_settings_judges::tally::agree;

#[test]
fn bash_dash_and_we_agree_on_shell_templates() {
    agree(Form::Shell, &[Judge::Bash, Judge::Dash], OF_SHELLS, 850, 30);
}

#[test]
fn compose_go_and_we_agree_on_compose_templates() {
    agree(Form::Compose, &[Judge::Compose], OF_COMPOSE, 850, 30);
}

#[test]
fn ruby_and_we_agree_on_erb_templates() {
    agree(Form::Erb, &[Judge::Erb], OF_ERB, 550, 100);
}
