//! Ruby's expressions, as far as settings files need them: a parser by descent, in Ruby's own precedence.
//!
//! ```text
//! expr     = low *( ( "if" / "unless" ) low )
//! low      = single *( ( "and" / "or" ) single )
//! single   = fetch-without-parentheses / choice
//! choice   = any [ "?" choice ":" choice ]
//! any      = all *( "||" all )
//! all      = equality *( "&&" equality )
//! equality = unary [ ( "==" / "!=" ) unary ]
//! unary    = "!" unary / postfix
//! postfix  = primary *( "." method )
//! primary  = literal / "(" expr ")" / "ENV[" name "]" / fetch
//!          / "Rails.env" [ "." word "?" ] / "OpenSSL::SSL::VERIFY_NONE" / "OpenSSL::SSL::VERIFY_PEER"
//! fetch    = "ENV.fetch(" name [ "," choice ] ")" / "ENV.fetch(" name ")" ( "{" expr "}" / "do" expr "end" )
//! ```
//!
//! What is not of this grammar is [`Expression::Unknown`]: all of it, or what follows a `||`, or a default. A line end goes
//! where Ruby lets one: after an operator, not before it (but before the `.` of a call).

use crate::error::{Error, ErrorKind};
use crate::secret::Secret;
use crate::span::{Component, Span};
use crate::template::erb::method::{METHODS, Method};
use crate::template::erb::token::{Lexer, LiteralPiece, Token, TokenKind, malformed, unsupported};
use crate::template::erb::unknown::{Name, is_unsupported, is_variable, names_in};

/// How deep expressions nest.
const MAX_DEPTH: usize = 32;

pub(super) enum Expression {
    Nil,
    Bool(bool),
    Integer(i64),
    Text(Secret),
    /// `ENV["X"]`.
    Index(Name),
    Fetch(Name, Default),
    Not(Box<Self>),
    /// `a || b || c`, flat, so that a long chain is not a deep tree.
    Any(Vec<Self>),
    /// `a && b && c`.
    All(Vec<Self>),
    Equal(Box<(Self, Self)>),
    Choice(Box<(Self, Self, Self)>),
    Calls(Box<Self>, Vec<Call>),
    /// A string with `#{…}` in it.
    Woven(Vec<Self>),
    /// `Rails.env`.
    Environment,
    /// Ruby that is not evaluated: why, and the variables that it can be seen to use.
    Unknown(Error, Vec<Name>),
}

impl Expression {
    /// Whether `.to_json` is called last.
    pub(super) fn is_json(&self) -> bool {
        match self {
            Self::Calls(_, calls) => calls
                .last()
                .is_some_and(|call| call.method == Method::ToJson),
            _ => false,
        }
    }

    /// Whether it is a string that begins with a key of YAML: `"url: #{…}"`.
    pub(super) fn writes_key(&self) -> bool {
        match self {
            Self::Text(text) => text.expose().contains(": "),
            Self::Woven(pieces) => pieces.first().is_some_and(Self::writes_key),
            Self::Choice(choice) => choice.1.writes_key(),
            _ => false,
        }
    }
}

/// What `ENV.fetch` gives for a variable that is not set.
pub(super) enum Default {
    None,
    /// Evaluated even if the variable is set, as Ruby does.
    Argument(Box<Expression>),
    Block(Box<Expression>),
}

pub(super) struct Call {
    pub(super) name: &'static str,
    pub(super) method: Method,
    pub(super) span: Span,
}

/// Reads an expression that is all of a piece of code; `start` is where the code begins in the template.
pub(super) fn parse(code: &str, start: usize) -> Result<Expression, Error> {
    parse_within(code, start, 0)
}

fn parse_within(code: &str, start: usize, depth: usize) -> Result<Expression, Error> {
    let read = || {
        let mut lexer = Lexer::new(code, start);
        let token = lexer.next()?;
        if matches!(token.kind, TokenKind::End) {
            let span = Span::new(start, start + code.len());
            return Err(malformed(
                span,
                "expected an expression",
                "remove the tag, or put ENV[\"NAME\"] in",
            ));
        }
        let mut parser = Parser {
            lexer,
            head: token.span,
            token,
            depth,
            is_bare: false,
        };
        let expression = parser.expression()?;
        match parser.token.kind {
            TokenKind::End => Ok(expression),
            _ => Err(parser.rejected()),
        }
    };
    match read() {
        Err(error) if is_unsupported(&error) => {
            Ok(Expression::Unknown(error, names_in(code, start)))
        }
        read => read,
    }
}

/// The only one, or what several make.
fn alone(mut links: Vec<Expression>, made: fn(Vec<Expression>) -> Expression) -> Expression {
    match links.pop() {
        Some(only) if links.is_empty() => only,
        last => made(links.into_iter().chain(last).collect()),
    }
}

#[cold]
fn too_deep(span: Span) -> Error {
    unsupported(span, "the expression is nested too deeply")
}

struct Parser<'t> {
    lexer: Lexer<'t>,
    /// The next one.
    token: Token,
    /// Where the expression began that was begun last.
    head: Span,
    depth: usize,
    /// Whether a `do` belongs to a call without parentheses.
    is_bare: bool,
}

impl<'t> Parser<'t> {
    fn advance(&mut self) -> Result<Token, Error> {
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.token, next))
    }

    fn is(&self, sign: &str) -> bool {
        matches!(self.token.kind, TokenKind::Sign(here) if here == sign)
    }

    /// Whether a sign follows that continues what is before it.
    fn continues(&self, sign: &str) -> bool {
        self.is(sign) && !self.token.newline
    }

    fn word(&self) -> &'t str {
        match self.token.kind {
            TokenKind::Word => self.lexer.code(self.token.span),
            _ => "",
        }
    }

    fn expect(&mut self, sign: &str) -> Result<(), Error> {
        if !self.is(sign) {
            return Err(self.rejected());
        }
        self.advance().map(drop)
    }

    /// Keeps count of the depth round a piece that may hold itself.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.depth == MAX_DEPTH {
            return Err(too_deep(self.token.span));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn expression(&mut self) -> Result<Expression, Error> {
        self.nested(|this| {
            let mut value = this.low()?;
            while !this.token.newline && ["if", "unless"].contains(&this.word()) {
                let is_if = this.advance_word()? == "if";
                let condition = this.low()?;
                let condition = if is_if {
                    condition
                } else {
                    Expression::Not(Box::new(condition))
                };
                value = Expression::Choice(Box::new((condition, value, Expression::Nil)));
            }
            Ok(value)
        })
    }

    /// `and` and `or` are of one precedence.
    fn low(&mut self) -> Result<Expression, Error> {
        let mut value = self.single()?;
        while !self.token.newline && ["and", "or"].contains(&self.word()) {
            let is_all = self.advance_word()? == "and";
            let links = vec![value, self.single()?];
            value = if is_all {
                Expression::All(links)
            } else {
                Expression::Any(links)
            };
        }
        Ok(value)
    }

    fn single(&mut self) -> Result<Expression, Error> {
        self.head = self.token.span;
        self.choice()
    }

    /// Passes a word.
    fn advance_word(&mut self) -> Result<&'t str, Error> {
        let word = self.word();
        self.advance().map(|_| word)
    }

    /// What `read` gives, or an unknown value up to the sign that closes.
    fn or_unknown(
        &mut self,
        closer: &str,
        read: impl FnOnce(&mut Self) -> Result<Expression, Error>,
    ) -> Result<Expression, Error> {
        let (from, depth) = (self.token.span.start(), self.depth);
        let read = read(self);
        match read {
            Ok(value) if self.is(closer) => Ok(value),
            Ok(_) => self.unknown(self.rejected(), from, closer),
            Err(error) => {
                self.depth = depth;
                self.unknown(error, from, closer)
            }
        }
    }

    /// Passes over what is not evaluated, if that is why it could not be read.
    fn unknown(&mut self, error: Error, from: usize, closer: &str) -> Result<Expression, Error> {
        let code = match self.lexer.skipped(from, closer.as_bytes()) {
            Some(code) if is_unsupported(&error) => code,
            _ => return Err(error),
        };
        self.token = self.lexer.next()?;
        Ok(Expression::Unknown(error, names_in(code, from)))
    }

    fn choice(&mut self) -> Result<Expression, Error> {
        self.nested(|this| {
            let condition = this.any()?;
            if !this.continues("?") {
                return Ok(condition);
            }
            this.branch()?;
            let yes = this.choice()?;
            if !this.is(":") {
                return Err(this.rejected());
            }
            this.branch()?;
            Ok(Expression::Choice(Box::new((
                condition,
                yes,
                this.choice()?,
            ))))
        })
    }

    /// Passes the `?` or `:` of a choice: `?a` may be a character, and `:a` a symbol to Ruby.
    fn branch(&mut self) -> Result<(), Error> {
        if !self.lexer.is_space_ahead() {
            return Err(unsupported(self.token.span, "expected a space after this"));
        }
        self.advance().map(drop)
    }

    fn any(&mut self) -> Result<Expression, Error> {
        let mut links = vec![self.all()?];
        while self.continues("||") {
            let from = self.token.span.end();
            let link = self.advance().and_then(|_| self.all());
            links.push(match link {
                // It matters only if all before it is nil; it ends where its context does.
                Err(error) if is_unsupported(&error) && self.lexer.is_simple_tail(from) => {
                    self.unknown(error, from, "")?
                }
                link => link?,
            });
        }
        Ok(alone(links, Expression::Any))
    }

    fn all(&mut self) -> Result<Expression, Error> {
        let mut links = vec![self.equality()?];
        while self.continues("&&") {
            self.advance()?;
            links.push(self.equality()?);
        }
        Ok(alone(links, Expression::All))
    }

    fn equality(&mut self) -> Result<Expression, Error> {
        let left = self.unary()?;
        let differs = self.continues("!=");
        if !differs && !self.continues("==") {
            return Ok(left);
        }
        self.advance()?;
        let equal = Expression::Equal(Box::new((left, self.unary()?)));
        Ok(if differs {
            Expression::Not(Box::new(equal))
        } else {
            equal
        })
    }

    fn unary(&mut self) -> Result<Expression, Error> {
        if !self.is("!") {
            return self.postfix();
        }
        self.nested(|this| {
            this.advance()?;
            Ok(Expression::Not(Box::new(this.unary()?)))
        })
    }

    fn postfix(&mut self) -> Result<Expression, Error> {
        let primary = self.primary()?;
        let mut calls = Vec::new();
        while self.is(".") {
            self.advance()?;
            let known = METHODS.iter().find(|(name, _)| *name == self.word());
            let Some(&(name, method)) = known else {
                return Err(self.rejected());
            };
            let span = self.advance()?.span;
            calls.push(Call { name, method, span });
        }
        Ok(if calls.is_empty() {
            primary
        } else {
            Expression::Calls(Box::new(primary), calls)
        })
    }

    fn primary(&mut self) -> Result<Expression, Error> {
        if self.is("(") {
            return self.parenthesised();
        }
        let constant = match self.word() {
            "" => return self.literal(),
            "ENV" => return self.environment(),
            "Rails" => return self.rails(),
            "OpenSSL::SSL::VERIFY_NONE" => Expression::Integer(0),
            "OpenSSL::SSL::VERIFY_PEER" => Expression::Integer(1),
            "nil" => Expression::Nil,
            "true" => Expression::Bool(true),
            "false" => Expression::Bool(false),
            _ => return Err(self.rejected()),
        };
        self.advance().map(|_| constant)
    }

    fn parenthesised(&mut self) -> Result<Expression, Error> {
        self.expect("(")?;
        let inner = self.or_unknown(")", Self::expression)?;
        self.expect(")")?;
        Ok(inner)
    }

    /// `Rails.env`, and `Rails.env.production?`.
    fn rails(&mut self) -> Result<Expression, Error> {
        self.advance()?;
        self.expect(".")?;
        if self.word() != "env" {
            return Err(self.rejected());
        }
        self.advance()?;
        let requested = self
            .is(".")
            .then(|| self.lexer.word_ahead())
            .and_then(|word| word.strip_suffix('?'));
        let is_method = |name: &str| {
            METHODS
                .iter()
                .any(|(known, _)| known.strip_suffix('?') == Some(name))
        };
        let Some(name) = requested.filter(|name| !is_method(name)) else {
            return Ok(Expression::Environment);
        };
        self.advance()?;
        self.advance()?;
        let name = Expression::Text(Secret::from(name));
        Ok(Expression::Equal(Box::new((Expression::Environment, name))))
    }

    fn literal(&mut self) -> Result<Expression, Error> {
        if matches!(
            self.token.kind,
            TokenKind::Word | TokenKind::Sign(_) | TokenKind::End
        ) {
            return Err(self.rejected());
        }
        let depth = self.depth;
        Ok(match self.advance()?.kind {
            TokenKind::Text(text) => Expression::Text(text),
            TokenKind::Integer(number) => Expression::Integer(number),
            TokenKind::Woven(pieces) => {
                let woven = pieces.into_iter().map(|piece| match piece {
                    LiteralPiece::Text(text) => Ok(Expression::Text(text)),
                    LiteralPiece::Code(span) if depth < MAX_DEPTH => {
                        parse_within(self.lexer.code(span), span.start(), depth + 1)
                    }
                    LiteralPiece::Code(span) => Err(too_deep(span)),
                });
                Expression::Woven(woven.collect::<Result<_, _>>()?)
            }
            TokenKind::Word | TokenKind::Sign(_) | TokenKind::End => Expression::Nil,
        })
    }

    /// `ENV` and what is asked of it.
    fn environment(&mut self) -> Result<Expression, Error> {
        let is_first = self.advance()?.span == self.head;
        if self.is("[") && !self.token.spaced {
            self.advance()?;
            let name = self.name()?;
            self.expect("]")?;
            return Ok(Expression::Index(name));
        }
        self.expect(".")?;
        match self.word() {
            "fetch" if self.lexer.is_before(b'(') => self.fetch(),
            "fetch" if is_first => self.bare_fetch(),
            _ => Err(self.rejected()),
        }
    }

    fn fetch(&mut self) -> Result<Expression, Error> {
        self.advance()?;
        self.expect("(")?;
        let name = self.name()?;
        if self.continues(",") {
            self.advance()?;
            let default = self.or_unknown(")", Self::choice)?;
            self.expect(")")?;
            return Ok(Expression::Fetch(
                name,
                Default::Argument(Box::new(default)),
            ));
        }
        self.expect(")")?;
        let is_braced = self.continues("{");
        if !is_braced && (self.word() != "do" || self.token.newline || self.is_bare) {
            return Ok(Expression::Fetch(name, Default::None));
        }
        self.advance()?;
        // A block that holds nothing gives nil.
        let default = if self.is("}") || self.word() == "end" {
            Expression::Nil
        } else if is_braced {
            self.or_unknown("}", Self::expression)?
        } else {
            self.expression()?
        };
        if is_braced {
            self.expect("}")?;
        } else if self.advance_word()? != "end" {
            return Err(self.rejected());
        }
        Ok(Expression::Fetch(name, Default::Block(Box::new(default))))
    }

    /// `ENV.fetch "X", default`: Ruby takes all that follows for the arguments, and takes it alone only.
    fn bare_fetch(&mut self) -> Result<Expression, Error> {
        self.advance()?;
        if self.token.newline {
            return Err(self.rejected());
        }
        let name = self.name()?;
        let mut default = Default::None;
        if self.continues(",") {
            self.advance()?;
            self.is_bare = true;
            default = Default::Argument(Box::new(self.choice()?));
        }
        match self.token.kind {
            TokenKind::End | TokenKind::Sign(")" | "}") => Ok(Expression::Fetch(name, default)),
            _ => Err(self.rejected()),
        }
    }

    /// A variable's name, as a literal.
    fn name(&mut self) -> Result<Name, Error> {
        let token = self.token.span;
        let TokenKind::Text(text) = &self.token.kind else {
            return Err(unsupported(
                token,
                "expected the variable's name as a literal",
            ));
        };
        // Escapes would make the literal longer than the name.
        let name = text.expose();
        if !is_variable(name) || name.len() + 2 != token.end() - token.start() {
            return Err(
                Error::new(ErrorKind::InvalidName, "expected the name of a variable")
                    .at(Component::Text, token)
                    .with_help("a value belongs in a variable, and the variable's name here"),
            );
        }
        let text = name.to_owned();
        self.advance()?;
        let span = Span::new(token.start() + 1, token.end() - 1);
        Ok(Name { text, span })
    }

    /// Why this is not read.
    #[cold]
    fn rejected(&self) -> Error {
        let span = self.token.span;
        let detail = match (&self.token.kind, self.word()) {
            (TokenKind::End, _) => return malformed(span, "expected the expression to go on", ""),
            (TokenKind::Word, "fetch") if !self.lexer.is_before(b'(') => {
                return unsupported(span, "expected `(` directly after this method");
            }
            (TokenKind::Word, _) => "this name is not evaluated",
            _ if self.token.newline => "the expression should end with its line",
            (TokenKind::Sign(_), _) => "this operator is not evaluated here",
            _ => "expected an operator before this value",
        };
        unsupported(span, detail)
    }
}
