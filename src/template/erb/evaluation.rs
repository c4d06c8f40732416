//! Expressions to values. A variable that is read and not set is remembered, unless something else replaced it or
//! the question was only whether it is set.

use crate::error::{Error, ErrorKind};
use crate::secret::{MASK, SecretStr};
use crate::span::Component;
use crate::template::Lookup;
use crate::template::erb::expression::{Call, Default, Expression};
use crate::template::erb::token::unsupported;
use crate::template::erb::unknown::Name;
use crate::template::erb::value::{RubyValue, Text, joined};

/// Evaluates with a set of variables.
pub(super) struct Evaluation<'a> {
    pub(super) vars: &'a dyn Lookup,
    /// What `Rails.env` is.
    pub(super) environment: &'a str,
    /// Whether something was needed that is not known.
    pub(super) is_unknown: bool,
    /// The variables that were missed, in order, possibly more than once.
    pub(super) unset: Vec<&'a str>,
    /// Whether a variable's value was taken since this was last looked at, not only asked about.
    pub(super) is_taken: bool,
}

impl<'a> Evaluation<'a> {
    /// `environment` is the one that was named; else Rails' own variables name it.
    pub(super) fn with(vars: &'a dyn Lookup, environment: Option<&'a str>) -> Self {
        let named = |name| vars.get(name).ok().flatten().map(SecretStr::expose);
        let named = ["RAILS_ENV", "RACK_ENV"].into_iter().find_map(named);
        Self {
            vars,
            environment: environment.or(named).unwrap_or("development"),
            is_unknown: false,
            unset: Vec::new(),
            is_taken: false,
        }
    }

    pub(super) fn value(&mut self, expression: &'a Expression) -> Result<RubyValue<'a>, Error> {
        Ok(match expression {
            Expression::Nil => RubyValue::Nil,
            Expression::Bool(value) => RubyValue::Bool(*value),
            Expression::Integer(number) => RubyValue::Integer(*number),
            Expression::Text(text) => RubyValue::Text(Text::literal(text.expose())),
            Expression::Index(name) => self.variable(name)?.unwrap_or_else(|| {
                self.unset.push(&name.text);
                RubyValue::Nil
            }),
            Expression::Fetch(name, default) => self.fetch(name, default)?,
            Expression::Not(inner) => RubyValue::Bool(!self.test(inner)?),
            Expression::Any(links) => self.any(links)?,
            Expression::All(links) => self.all(links)?,
            Expression::Equal(sides) => {
                let known = self.known();
                let (left, right) = (self.value(&sides.0)?, self.value(&sides.1)?);
                self.forget(known);
                RubyValue::Bool(left.equals(&right))
            }
            Expression::Choice(choice) => {
                let (condition, yes, no) = &**choice;
                let chosen = if self.test(condition)? { yes } else { no };
                self.value(chosen)?
            }
            Expression::Calls(receiver, calls) => self.calls(receiver, calls)?,
            Expression::Woven(pieces) => self.woven(pieces)?,
            Expression::Environment => RubyValue::Text(Text::literal(self.environment)),
            Expression::Unknown(error, _) => {
                self.is_unknown = true;
                return Err(error.clone());
            }
        })
    }

    /// The value that stands for the whole of a scalar: `.to_json` only protects it from YAML, which never sees it.
    pub(super) fn whole(&mut self, expression: &'a Expression) -> Result<RubyValue<'a>, Error> {
        match expression {
            Expression::Calls(receiver, calls) if expression.is_json() => {
                self.calls(receiver, &calls[..calls.len() - 1])
            }
            _ => self.value(expression),
        }
    }

    /// What a tag writes, or a mask of what is made of a variable's value.
    pub(super) fn shown(&mut self, value: RubyValue<'a>, is_masked: bool) -> Text<'a> {
        let text = value.into_text();
        let is_taken = std::mem::take(&mut self.is_taken);
        if is_masked && is_taken && !text.as_str().is_empty() {
            return Text::literal(MASK);
        }
        text
    }

    /// Whether it holds. That a variable is not set is an answer here.
    pub(super) fn test(&mut self, expression: &'a Expression) -> Result<bool, Error> {
        let known = self.known();
        let value = self.value(expression)?;
        self.forget(known);
        Ok(value.is_true())
    }

    /// What is known of variables so far.
    fn known(&self) -> (usize, bool) {
        (self.unset.len(), self.is_taken)
    }

    /// Forgets what was learnt since: the value that it was learnt for is not used.
    fn forget(&mut self, (unset, is_taken): (usize, bool)) {
        self.unset.truncate(unset);
        self.is_taken = is_taken;
    }

    fn variable(&mut self, name: &'a Name) -> Result<Option<RubyValue<'a>>, Error> {
        let text = self
            .vars
            .get(&name.text)
            .map_err(|error| error.at(Component::Text, name.span))?;
        self.is_taken |= text.is_some();
        Ok(text.map(|text| RubyValue::Text(Text::of(&name.text, text.expose()))))
    }

    fn fetch(&mut self, name: &'a Name, default: &'a Default) -> Result<RubyValue<'a>, Error> {
        let known = self.known();
        // Ruby evaluates an argument before it requests the variable: what fails in it fails.
        let argument = match default {
            Default::Argument(default) => Some(self.value(default)?),
            _ => None,
        };
        if let Some(value) = self.variable(name)? {
            self.forget((known.0, true));
            return Ok(value);
        }
        let value = match (default, argument) {
            (_, Some(value)) => value,
            (Default::Block(default), None) => self.value(default)?,
            _ => return Err(unset(name)),
        };
        if matches!(value, RubyValue::Nil) {
            self.unset.insert(known.0, &name.text);
        }
        Ok(value)
    }

    fn any(&mut self, links: &'a [Expression]) -> Result<RubyValue<'a>, Error> {
        let known = self.unset.len();
        let mut last = RubyValue::Nil;
        for link in links {
            let before = self.unset.len();
            last = self.value(link)?;
            if !matches!(last, RubyValue::Nil) {
                self.unset.drain(known..before);
            }
            if last.is_true() {
                break;
            }
        }
        Ok(last)
    }

    fn all(&mut self, links: &'a [Expression]) -> Result<RubyValue<'a>, Error> {
        let mut last = RubyValue::Nil;
        let known = self.known();
        for (index, link) in links.iter().enumerate() {
            // What was true was only asked about.
            self.forget(known);
            last = self.value(link)?;
            if !last.is_true() {
                if index + 1 < links.len() {
                    self.forget(known);
                }
                break;
            }
        }
        Ok(last)
    }

    fn woven(&mut self, pieces: &'a [Expression]) -> Result<RubyValue<'a>, Error> {
        let texts = pieces
            .iter()
            .map(|piece| Ok(self.value(piece)?.into_text()));
        let texts: Vec<_> = texts.collect::<Result<_, Error>>()?;
        Ok(RubyValue::Text(Text::made(joined(&texts))))
    }

    fn calls(
        &mut self,
        receiver: &'a Expression,
        calls: &'a [Call],
    ) -> Result<RubyValue<'a>, Error> {
        let known = self.known();
        let mut value = self.value(receiver)?;
        for call in calls {
            value = value.call(call.method).ok_or_else(|| no_method(call))?;
            if call.method.is_question() {
                self.forget(known);
            }
        }
        Ok(value)
    }
}

#[cold]
fn unset(name: &Name) -> Error {
    let text = &name.text;
    Error::new(
        ErrorKind::UnsetVariable,
        format!("{text} is not set and has no default here"),
    )
    .at(Component::Text, name.span)
    .with_help(format!(
        "set {text}, or give a default: ENV.fetch(\"{text}\") {{ … }}"
    ))
}

#[cold]
fn no_method(call: &Call) -> Error {
    unsupported(call.span, format!("`{}` fails for this value", call.name))
        .with_help("give the variable a default")
}
