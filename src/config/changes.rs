//! Methods that change one keyword of a config, which is given by value.

/// `method(value: type) => Keyword, its text, "what is set", "when that fails";`
macro_rules! changes {
    ($($method:ident($value:ident: $type:ty) => $keyword:ident, $text:expr, $doc:literal, $errors:literal;)*) => {
        impl Config {
            $(
                #[doc = concat!("Sets ", $doc, ".\n\n# Errors\n\n", $errors, ".")]
                pub fn $method(self, $value: $type) -> Result<Self, Error> {
                    self.with(Keyword::$keyword, $text)
                }
            )*
        }
    };
}

pub(crate) use changes;
