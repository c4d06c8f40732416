//! Proof by number: on generated settings files the systems and we agree, but for the differences that are listed.

use database_url_settings_judges::difference::{
    OF_DJ_DATABASE_URL, OF_DJANGO, OF_DJANGO_ENVIRON, OF_RAILS, OF_SEQUELIZE, OF_SEQUELIZE_LIBRARY,
};
use database_url_settings_judges::generate::Form;
use database_url_settings_judges::judge::Judge;
use database_url_settings_judges::tally::agree;

#[test]
fn sequelize_and_we_agree_on_config_json() {
    agree(Form::Sequelize, &[Judge::Sequelize], OF_SEQUELIZE, 400, 50);
}

#[test]
fn the_library_sequelize_and_we_agree_on_config_json() {
    agree(
        Form::SequelizeLibrary,
        &[Judge::SequelizeLibrary],
        OF_SEQUELIZE_LIBRARY,
        120,
        50,
    );
}

#[test]
fn active_record_and_we_agree_on_database_yml() {
    agree(Form::Rails, &[Judge::Rails], OF_RAILS, 400, 50);
}

#[test]
fn dj_database_url_and_we_agree_on_database_url() {
    agree(
        Form::DjDatabaseUrl,
        &[Judge::DjDatabaseUrl],
        OF_DJ_DATABASE_URL,
        400,
        50,
    );
}

#[test]
fn django_environ_and_we_agree_on_database_url() {
    agree(
        Form::DjangoEnviron,
        &[Judge::DjangoEnviron],
        OF_DJANGO_ENVIRON,
        400,
        50,
    );
}

#[test]
fn django_and_we_agree_on_databases() {
    agree(Form::Django, &[Judge::Django], OF_DJANGO, 400, 20);
}
