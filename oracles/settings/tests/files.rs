//! Proof by number: on generated settings files the systems and we agree, but for the differences that are listed.

use database_url_settings_oracles::compare::agree;
use database_url_settings_oracles::difference::{
    OF_DJ_DATABASE_URL, OF_DJANGO, OF_DJANGO_ENVIRON, OF_RAILS, OF_SEQUELIZE, OF_SEQUELIZE_LIBRARY,
};
use database_url_settings_oracles::generate::Form;
use database_url_settings_oracles::oracle::Oracle;

#[test]
fn sequelize_and_we_agree_on_config_json() {
    agree(Form::Sequelize, &[Oracle::Sequelize], OF_SEQUELIZE, 400, 50);
}

#[test]
fn the_library_sequelize_and_we_agree_on_config_json() {
    agree(
        Form::SequelizeLibrary,
        &[Oracle::SequelizeLibrary],
        OF_SEQUELIZE_LIBRARY,
        120,
        50,
    );
}

#[test]
fn active_record_and_we_agree_on_database_yml() {
    agree(Form::Rails, &[Oracle::Rails], OF_RAILS, 400, 50);
}

#[test]
fn dj_database_url_and_we_agree_on_database_url() {
    agree(
        Form::DjDatabaseUrl,
        &[Oracle::DjDatabaseUrl],
        OF_DJ_DATABASE_URL,
        400,
        50,
    );
}

#[test]
fn django_environ_and_we_agree_on_database_url() {
    agree(
        Form::DjangoEnviron,
        &[Oracle::DjangoEnviron],
        OF_DJANGO_ENVIRON,
        400,
        50,
    );
}

#[test]
fn django_and_we_agree_on_databases() {
    agree(Form::Django, &[Oracle::Django], OF_DJANGO, 400, 20);
}
