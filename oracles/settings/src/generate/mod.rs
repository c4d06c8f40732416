//! Templates and settings files to compare on, from a seed: the same seed gives the same templates, on every machine.
//!
//! Most are made by the grammar, with something odd here and there; some templates are then mutated, with delimiters put
//! in, pieces cut, doubled or moved.

mod dollar;
mod erb;
mod file;
mod mutate;
mod tree;
mod url;
mod vars;

use crate::case::Case;
use support::random::Random;

/// Whose templates are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A shell's.
    Shell,
    /// Compose's.
    Compose,
    /// ERB's.
    Erb,
    /// sequelize-cli's `config/config.json`.
    Sequelize,
    /// The same for the library, with URLs that it reads in its own way.
    SequelizeLibrary,
    /// Rails' `config/database.yml`.
    Rails,
    /// `DATABASE_URL` alone, for dj-database-url.
    DjDatabaseUrl,
    /// `DATABASE_URL` alone, for django-environ.
    DjangoEnviron,
    /// Django's `DATABASES`.
    Django,
}

/// A generator of templates with their variables.
#[derive(Debug)]
pub struct Generator {
    random: Random,
    form: Form,
}

impl Generator {
    /// A generator that always gives the same for the same seed.
    #[must_use]
    pub fn new(form: Form, seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            form,
        }
    }
}

impl Iterator for Generator {
    type Item = Case;

    /// The next case; there is always one.
    fn next(&mut self) -> Option<Case> {
        let random = &mut self.random;
        let (template, marks) = match self.form {
            Form::Shell => (
                dollar::template(random, dollar::Grammar::Shell),
                dollar::MARKS,
            ),
            Form::Compose => (
                dollar::template(random, dollar::Grammar::Compose),
                dollar::MARKS,
            ),
            Form::Erb => (erb::template(random), erb::MARKS),
            Form::Sequelize => return Some(file::sequelize(random)),
            Form::SequelizeLibrary => return Some(file::sequelize_library(random)),
            Form::Rails => return Some(file::rails(random)),
            Form::DjDatabaseUrl => return Some(file::dj_database_url(random)),
            Form::DjangoEnviron => return Some(file::django_environ(random)),
            Form::Django => return Some(file::django(random)),
        };
        let template = if random.chance(12) {
            mutate::mutated(random, &template, marks)
        } else {
            template
        };
        Some(Case {
            text: Some(template),
            vars: vars::vars(random),
            ..Case::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_means_the_same_templates() {
        for form in [
            Form::Shell,
            Form::Erb,
            Form::Sequelize,
            Form::SequelizeLibrary,
            Form::Rails,
            Form::DjangoEnviron,
            Form::Django,
        ] {
            let cases = |seed| Generator::new(form, seed).take(1000).collect::<Vec<_>>();
            assert_eq!(cases(7), cases(7));
            assert_ne!(cases(7), cases(8));
        }
    }
}
