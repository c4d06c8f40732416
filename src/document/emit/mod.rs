//! A tree as a file again, in the grammar that it was read in. Each is written twice: once for its length, then into a buffer
//! of that length, since what variables hold is in it.

pub(crate) mod json;
pub(crate) mod yaml;

use crate::secret::Secret;

/// Where a file is written.
#[derive(Default)]
pub(crate) struct Sheet {
    len: usize,
    text: Option<String>,
}

impl Sheet {
    pub(crate) fn push(&mut self, piece: &str) {
        match &mut self.text {
            Some(text) => text.push_str(piece),
            None => self.len += piece.len(),
        }
    }

    fn indent(&mut self, depth: usize) {
        (0..depth).for_each(|_| self.push("  "));
    }

    /// A string between double quotes. JSON and YAML have these escapes in common, but for characters beyond U+FFFF, of which
    /// those that need one are written as JSON's pairs do if `pairs` is set.
    fn quoted(&mut self, text: &str, pairs: bool) {
        self.push("\"");
        let mut from = 0;
        for (at, character) in text.char_indices() {
            let Some(escape) = escape(character, pairs) else {
                continue;
            };
            self.push(&text[from..at]);
            self.push(&escape);
            from = at + character.len_utf8();
        }
        self.push(&text[from..]);
        self.push("\"");
    }
}

/// What is written in place of a character that a reader may reject, or an editor hide.
fn escape(character: char, pairs: bool) -> Option<String> {
    let escape = match character {
        '"' => "\\\"".to_owned(),
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        ' '..='~'
        | '\u{a0}'..='\u{2027}'
        | '\u{202a}'..='\u{d7ff}'
        | '\u{e000}'..='\u{fefe}'
        | '\u{ff00}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}' => return None,
        _ if u32::from(character) <= 0xffff => format!("\\u{:04x}", u32::from(character)),
        _ if pairs => {
            let mut units = [0; 2];
            character.encode_utf16(&mut units);
            format!("\\u{:04x}\\u{:04x}", units[0], units[1])
        }
        _ => format!("\\U{:08x}", u32::from(character)),
    };
    Some(escape)
}

/// Writes a file.
pub(crate) fn written(write: impl Fn(&mut Sheet)) -> Secret {
    let mut sheet = Sheet::default();
    write(&mut sheet);
    sheet.text = Some(String::with_capacity(sheet.len));
    write(&mut sheet);
    Secret::new(sheet.text.unwrap_or_default())
}
