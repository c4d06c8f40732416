//! Ruby's expressions, as far as settings files need them: a parser by descent, in Ruby's own precedence.
//!
//! ```text
//! expr     = "not" expr / fetch-without-parentheses / choice
//! choice   = any [ "?" choice ":" choice ]
//! any      = all *( "||" all )
//! all      = equality *( "&&" equality )
//! equality = unary [ ( "==" / "!=" ) unary ]
//! unary    = "!" unary / postfix
//! postfix  = primary *( ( "." / "&." ) method )
//! primary  = literal / "(" expr ")" / "not(" expr ")" / "ENV[" name "]" / "ENV.key?(" name ")" / fetch
//! fetch    = "ENV.fetch(" name [ "," choice ] ")" / "ENV.fetch(" name ")" "{" expr "}"
//! ```
//!
//! A line end goes where Ruby lets one: behind an operator, not before it (but before the `.` of a call).

use crate::error::{Error, ErrorKind};
use crate::place::{Component, Span};
use crate::secret::Secret;
use crate::settings::template::erb::token::{Kind, Lexer, Sign, Token, malformed, unsupported};
use crate::vars::is_name;

/// How deep expressions nest.
const MAX_DEPTH: usize = 32;

/// A name that stands in `ENV[…]`: plain, so that it may be shown.
pub(super) struct Name {
    pub(super) text: String,
    pub(super) span: Span,
}

pub(super) enum Expression {
    Nil,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(Secret),
    /// `ENV["X"]`.
    Index(Name),
    Fetch(Name, Default),
    /// `ENV.key?("X")`.
    Key(Name),
    Not(Box<Self>),
    /// `a || b || c`, flat, so that a long chain is not a deep tree.
    Any(Vec<Self>),
    All(Vec<Self>),
    Equal(Box<(Self, Self)>),
    Choice(Box<(Self, Self, Self)>),
    Calls(Box<Self>, Vec<Call>),
}

/// What `ENV.fetch` gives for a variable that is not set.
pub(super) enum Default {
    None,
    /// Evaluated even if the variable is set, as Ruby does.
    Argument(Box<Expression>),
    Block(Box<Expression>),
}

pub(super) struct Call {
    pub(super) method: Method,
    /// `&.`: not called on nil.
    pub(super) is_safe: bool,
    pub(super) span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Presence,
    IsPresent,
    IsBlank,
    IsNil,
    IsEmpty,
    ToInteger,
    ToText,
    ToJson,
}

impl Method {
    /// Whether it answers yes or no, so that nothing of a value gets through.
    pub(super) const fn is_question(self) -> bool {
        matches!(
            self,
            Self::IsPresent | Self::IsBlank | Self::IsNil | Self::IsEmpty
        )
    }
}

/// By name; the table is also what messages take the names from.
pub(super) const METHODS: &[(&str, Method)] = &[
    ("presence", Method::Presence),
    ("present?", Method::IsPresent),
    ("blank?", Method::IsBlank),
    ("nil?", Method::IsNil),
    ("empty?", Method::IsEmpty),
    ("to_i", Method::ToInteger),
    ("to_s", Method::ToText),
    ("to_json", Method::ToJson),
];

/// Names of Ruby and Rails that people write in settings files. A refusal shows a name of this list only: any other word
/// may be a password that was put where code belongs.
const KNOWN: &[&str] = &[
    "Base64",
    "CGI",
    "Dir",
    "ERB",
    "Etc",
    "File",
    "Float",
    "IO",
    "Integer",
    "JSON",
    "Process",
    "Rails",
    "SecureRandom",
    "Socket",
    "String",
    "Time",
    "URI",
    "YAML",
    "and",
    "application",
    "begin",
    "camelize",
    "capitalize",
    "case",
    "chomp",
    "concat",
    "config",
    "credentials",
    "defined?",
    "delete",
    "dig",
    "downcase",
    "each",
    "env",
    "exist?",
    "expand_path",
    "fetch",
    "first",
    "format",
    "freeze",
    "gsub",
    "has_key?",
    "html_safe",
    "humanize",
    "include?",
    "inspect",
    "instance",
    "join",
    "key?",
    "last",
    "length",
    "map",
    "match",
    "match?",
    "member?",
    "or",
    "parameterize",
    "parse",
    "raise",
    "read",
    "require",
    "root",
    "secrets",
    "size",
    "split",
    "sprintf",
    "squish",
    "start_with?",
    "end_with?",
    "strip",
    "sub",
    "symbolize_keys",
    "tableize",
    "tap",
    "then",
    "to_f",
    "to_query",
    "to_sym",
    "to_yaml",
    "try",
    "underscore",
    "unless",
    "upcase",
    "values_at",
    "while",
    "yield",
];

/// Reads an expression that is all of a piece of code; `start` is where the code begins in the template.
pub(super) fn parse(code: &str, start: usize) -> Result<Expression, Error> {
    let mut lexer = Lexer::new(code, start);
    let token = lexer.next()?;
    if matches!(token.kind, Kind::End) {
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
        is_behind_word: false,
        depth: 0,
    };
    let expression = parser.expression()?;
    match parser.token.kind {
        Kind::End => Ok(expression),
        _ => Err(parser.refused()),
    }
}

struct Parser<'t> {
    lexer: Lexer<'t>,
    /// The next one.
    token: Token,
    /// Whether a name stands before it, and no value.
    is_behind_word: bool,
    /// Where the expression began that was begun last.
    head: Span,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn advance(&mut self) -> Result<Token, Error> {
        let next = self.lexer.next()?;
        self.is_behind_word = !matches!(self.word(), "" | "nil" | "true" | "false");
        Ok(std::mem::replace(&mut self.token, next))
    }

    fn is(&self, sign: Sign) -> bool {
        matches!(self.token.kind, Kind::Sign(here) if here == sign)
    }

    /// Whether a sign stands here that continues what is before it.
    fn continues(&self, sign: Sign) -> bool {
        self.is(sign) && !self.token.newline
    }

    fn word(&self) -> &'t str {
        match self.token.kind {
            Kind::Word => self.lexer.word(&self.token),
            _ => "",
        }
    }

    fn expect(&mut self, sign: Sign) -> Result<(), Error> {
        if !self.is(sign) {
            return Err(self.refused());
        }
        self.advance().map(drop)
    }

    /// Keeps count of the depth round a piece that may hold itself.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.depth == MAX_DEPTH {
            return Err(unsupported(
                self.token.span,
                "the expression is nested too deeply",
            ));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn expression(&mut self) -> Result<Expression, Error> {
        self.nested(|this| {
            this.head = this.token.span;
            if this.word() == "not" && !this.is_glued_to_parenthesis() {
                this.advance()?;
                // Ruby takes `not-1` for a subtraction.
                if !this.token.spaced {
                    return Err(this.refused());
                }
                return Ok(Expression::Not(Box::new(this.expression()?)));
            }
            this.choice()
        })
    }

    /// Whether `(` follows the word that stands here without a blank, which makes it a call.
    fn is_glued_to_parenthesis(&self) -> bool {
        self.lexer.is_before(b'(')
    }

    fn choice(&mut self) -> Result<Expression, Error> {
        self.nested(|this| {
            let condition = this.any()?;
            if !this.continues(Sign::Question) {
                return Ok(condition);
            }
            this.branch()?;
            let yes = this.choice()?;
            if !this.is(Sign::Colon) {
                return Err(this.refused());
            }
            this.branch()?;
            Ok(Expression::Choice(Box::new((
                condition,
                yes,
                this.choice()?,
            ))))
        })
    }

    /// Passes the `?` or `:` of a choice. Behind a method's name or a line end, `?a` is a character and `:a` a symbol to Ruby.
    fn branch(&mut self) -> Result<(), Error> {
        if (self.is_behind_word || self.token.newline) && !self.lexer.is_blank_ahead() {
            return Err(unsupported(self.token.span, "expected a blank behind this"));
        }
        self.advance().map(drop)
    }

    fn chain(
        &mut self,
        sign: Sign,
        link: fn(&mut Self) -> Result<Expression, Error>,
        made: fn(Vec<Expression>) -> Expression,
    ) -> Result<Expression, Error> {
        let first = link(self)?;
        if !self.continues(sign) {
            return Ok(first);
        }
        let mut links = vec![first];
        while self.continues(sign) {
            self.advance()?;
            links.push(link(self)?);
        }
        Ok(made(links))
    }

    fn any(&mut self) -> Result<Expression, Error> {
        self.chain(Sign::Or, Self::all, Expression::Any)
    }

    fn all(&mut self) -> Result<Expression, Error> {
        self.chain(Sign::And, Self::equality, Expression::All)
    }

    fn equality(&mut self) -> Result<Expression, Error> {
        let left = self.unary()?;
        let differs = self.continues(Sign::Differs);
        if !differs && !self.continues(Sign::Equal) {
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
        if !self.is(Sign::Not) {
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
        while self.is(Sign::Dot) || self.is(Sign::SafeDot) {
            let is_safe = self.is(Sign::SafeDot);
            self.advance()?;
            let known = METHODS.iter().find(|(name, _)| *name == self.word());
            let Some((_, method)) = known else {
                return Err(self.refused());
            };
            let span = self.advance()?.span;
            calls.push(Call {
                method: *method,
                is_safe,
                span,
            });
        }
        Ok(if calls.is_empty() {
            primary
        } else {
            Expression::Calls(Box::new(primary), calls)
        })
    }

    fn primary(&mut self) -> Result<Expression, Error> {
        if self.is(Sign::Open) {
            return self.parenthesised();
        }
        match self.word() {
            "" => self.literal(),
            "ENV" => self.environment(),
            "not" if self.is_glued_to_parenthesis() => {
                self.advance()?;
                Ok(Expression::Not(Box::new(self.parenthesised()?)))
            }
            "nil" => self.constant(Expression::Nil),
            "true" => self.constant(Expression::Bool(true)),
            "false" => self.constant(Expression::Bool(false)),
            _ => Err(self.refused()),
        }
    }

    fn parenthesised(&mut self) -> Result<Expression, Error> {
        self.expect(Sign::Open)?;
        let inner = self.expression()?;
        self.expect(Sign::Close)?;
        Ok(inner)
    }

    fn constant(&mut self, value: Expression) -> Result<Expression, Error> {
        self.advance()?;
        Ok(value)
    }

    fn literal(&mut self) -> Result<Expression, Error> {
        if !matches!(
            self.token.kind,
            Kind::Text(_) | Kind::Integer(_) | Kind::Float(_)
        ) {
            return Err(self.refused());
        }
        Ok(match self.advance()?.kind {
            Kind::Text(text) => Expression::Text(text),
            Kind::Float(number) => Expression::Float(number),
            Kind::Integer(number) => Expression::Integer(number),
            Kind::Word | Kind::Sign(_) | Kind::End => Expression::Nil,
        })
    }

    /// `ENV` and what is asked of it.
    fn environment(&mut self) -> Result<Expression, Error> {
        let is_first = self.advance()?.span == self.head;
        if self.is(Sign::OpenBracket) && !self.token.spaced {
            self.advance()?;
            let name = self.name()?;
            self.expect(Sign::CloseBracket)?;
            return Ok(Expression::Index(name));
        }
        self.expect(Sign::Dot)?;
        match self.word() {
            "fetch" if self.is_glued_to_parenthesis() => self.fetch(),
            "fetch" if is_first => self.bare_fetch(),
            "key?" if self.is_glued_to_parenthesis() => {
                self.advance()?;
                self.expect(Sign::Open)?;
                let name = self.name()?;
                self.expect(Sign::Close)?;
                Ok(Expression::Key(name))
            }
            _ => Err(self.refused()),
        }
    }

    fn fetch(&mut self) -> Result<Expression, Error> {
        self.advance()?;
        self.expect(Sign::Open)?;
        let name = self.name()?;
        if self.continues(Sign::Comma) {
            self.advance()?;
            let default = self.choice()?;
            self.expect(Sign::Close)?;
            return Ok(Expression::Fetch(
                name,
                Default::Argument(Box::new(default)),
            ));
        }
        self.expect(Sign::Close)?;
        if !self.continues(Sign::OpenBrace) {
            return Ok(Expression::Fetch(name, Default::None));
        }
        self.advance()?;
        let default = self.expression()?;
        self.expect(Sign::CloseBrace)?;
        Ok(Expression::Fetch(name, Default::Block(Box::new(default))))
    }

    /// `ENV.fetch "X", default`: Ruby takes all that follows for the arguments, and lets it stand alone only.
    fn bare_fetch(&mut self) -> Result<Expression, Error> {
        self.advance()?;
        if self.token.newline {
            return Err(self.refused());
        }
        let name = self.name()?;
        let mut default = Default::None;
        if self.continues(Sign::Comma) {
            self.advance()?;
            default = Default::Argument(Box::new(self.choice()?));
        }
        match self.token.kind {
            Kind::End | Kind::Sign(Sign::Close | Sign::CloseBrace) => {
                Ok(Expression::Fetch(name, default))
            }
            _ => Err(self.refused()),
        }
    }

    /// A variable's name, as a literal.
    fn name(&mut self) -> Result<Name, Error> {
        let token = self.token.span;
        let Kind::Text(text) = &self.token.kind else {
            return Err(unsupported(
                token,
                "expected the variable's name as a literal",
            ));
        };
        // Escapes would make the literal longer than the name.
        let name = text.expose();
        if !is_name(name) || name.len() + 2 != token.end() - token.start() {
            return Err(Error::new(
                ErrorKind::InvalidName,
                "expected the variable's name, of letters, digits and `_`",
            )
            .at(Component::Text, token)
            .with_help("a value belongs in a variable, and the variable's name here"));
        }
        let text = name.to_owned();
        self.advance()?;
        let span = Span::new(token.start() + 1, token.end() - 1);
        Ok(Name { text, span })
    }

    /// Why what stands here is not read.
    #[cold]
    fn refused(&self) -> Error {
        let span = self.token.span;
        let detail = match (&self.token.kind, self.word()) {
            (Kind::End, _) => return malformed(span, "expected the expression to go on", ""),
            (Kind::Word, "fetch" | "key?") if !self.is_glued_to_parenthesis() => {
                return unsupported(span, "expected `(` directly behind this method");
            }
            (Kind::Word, word) if KNOWN.contains(&word) => {
                return unsupported(span, format!("`{word}` is not evaluated"));
            }
            (Kind::Word, word) if METHODS.iter().any(|(name, _)| *name == word) => {
                return unsupported(span, format!("`{word}` is evaluated behind a `.` only"));
            }
            (Kind::Word, _) => "this name is not evaluated",
            _ if self.token.newline => "the expression should end with its line",
            (Kind::Sign(_), _) => "this operator is not evaluated here",
            _ => "expected an operator before this value",
        };
        unsupported(span, detail)
    }
}
