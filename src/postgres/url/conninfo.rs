//! Keyword/value text.

use crate::error::Error;
use crate::grammar::conninfo;
use crate::grammar::sweep::{
    AMPERSAND, AT, BACKSLASH, BRACKET, COLON, COMMA, CONTROL, MARK, SEMICOLON, SLASH, Sweep, Walk,
};
use crate::postgres::keyword::Keyword;
use crate::postgres::location;
use crate::postgres::options::unknown_keyword;
use crate::span::Component;
use crate::warning::WarningCode;

use super::{MODES, Parser};

impl Parser<'_, '_> {
    pub(super) fn conninfo(&mut self) -> Result<(), Error> {
        let sweep = Sweep::of(self.text);
        let mut walk = Walk::from(&sweep, 0);
        let seen = walk.see_all();
        self.plain = seen & BACKSLASH == 0;
        self.seen = seen;
        if seen & (CONTROL | MARK) != 0 {
            self.guards(seen, true)?;
        }
        self.suspect = seen & (SEMICOLON | AMPERSAND | AT | COLON | BACKSLASH) != 0;
        let may_be_list = !self.libpq && seen & (SEMICOLON | COMMA) != 0;
        self.draft.copy(self.whole, MODES.len() + 1, self.plain);
        let may_be_odd_host = seen & (COLON | BRACKET | SLASH) != 0;
        walk.seek(0);
        let mut at = 0;
        while let Some((setting, next)) = conninfo::setting(&mut walk, at)? {
            if may_be_list {
                location::check_separators(self.text, &setting, next)?;
            }
            self.setting(&setting, may_be_odd_host)?;
            at = next;
        }
        Ok(())
    }

    fn setting(
        &mut self,
        setting: &conninfo::ConninfoPair,
        may_be_odd_host: bool,
    ) -> Result<(), Error> {
        let key = &self.text[setting.key.range()];
        let raw = setting.value;
        let unescape = |raw: &mut [u8]| Ok(conninfo::unescape_in_place(raw));
        let value = self.draft.edit(raw, unescape)?;
        let Some(keyword) = Keyword::find(key) else {
            return if key == b"requiressl" {
                self.alias(self.requiressl(self.draft.bytes(value), raw)?, raw)
            } else {
                Err(unknown_keyword(
                    &String::from_utf8_lossy(key),
                    Component::Text,
                    setting.key,
                ))
            };
        };
        if !self.libpq
            && setting.after_spaces
            && !setting.quoted
            && location::is_setting(&self.text[raw.range()])
        {
            self.warnings.insert(WarningCode::ValueAfterSpaces);
        }
        self.store(keyword, value, raw)?;
        if self.libpq || keyword != Keyword::Host || !may_be_odd_host {
            return Ok(());
        }
        let text = &self.text[raw.range()];
        location::check_hosts(text, raw, true)?;
        location::check_socket(self.draft.bytes(value), text, raw)
    }
}
