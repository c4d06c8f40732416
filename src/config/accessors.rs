//! A getter of the config and a method of the builder for each keyword, by the kind of its value.

/// Takes the rows of an engine's table of keywords.
macro_rules! accessors {
    ($($name:ident: $keyword:ident $(= $canonical:literal)? {
        doc: $doc:literal, value: $kind:ident $(($type:ty))?, $($rest:tt)*
    })*) => {
        impl Config {
            $($crate::config::getter!($name, $keyword, $doc, $kind $($type)?);)*
        }

        impl Builder {
            $($crate::config::setter!($name, $keyword, $doc, $kind $($type)?);)*
        }
    };
}

/// The getter of a keyword: what it reads from the text, if that is set.
macro_rules! getter {
    (@ $name:ident, $keyword:ident, $doc:literal, $note:literal, $type:ty, $text:ident => $value:expr) => {
        #[doc = concat!("`", stringify!($name), "`: ", $doc, $note, " ([`Keyword::", stringify!($keyword), "`]).")]
        #[must_use]
        pub fn $name(&self) -> Option<$type> {
            let $text = self.text(Keyword::$keyword);
            $value
        }
    };
    ($name:ident, $keyword:ident, $doc:literal, text) => {
        $crate::config::getter!(@ $name, $keyword, $doc, "", &str, text => text);
    };
    ($name:ident, $keyword:ident, $doc:literal, secret) => {
        $crate::config::getter!(@ $name, $keyword, $doc, "", SecretStr<'_>, text => text.map(SecretStr::new));
    };
    ($name:ident, $keyword:ident, $doc:literal, key) => {
        $crate::config::getter!($name, $keyword, $doc, secret);
    };
    // These are read together, by a getter of their own.
    ($name:ident, $keyword:ident, $doc:literal, part) => {};
    ($name:ident, $keyword:ident, $doc:literal, port) => {};
    ($name:ident, $keyword:ident, $doc:literal, word $type:ty) => {
        $crate::config::getter!(@ $name, $keyword, $doc, "", $type, text => text.and_then(<$type>::from_word));
    };
    ($name:ident, $keyword:ident, $doc:literal, any_case $type:ty) => {
        $crate::config::getter!(@ $name, $keyword, $doc, "; `None` if it is empty", $type,
            text => text.and_then(<$type>::from_any_case));
    };
    ($name:ident, $keyword:ident, $doc:literal, sent $type:ty) => {
        $crate::config::getter!(@ $name, $keyword, $doc, "; `None` for what the server would reject", $type,
            text => text.and_then(<$type>::from_text));
    };
    ($name:ident, $keyword:ident, $doc:literal, methods) => {
        $crate::config::getter!(@ $name, $keyword, $doc, "", RequireAuth,
            text => text.and_then(|list| RequireAuth::parse(list).ok()));
    };
    ($name:ident, $keyword:ident, $doc:literal, flag) => {
        $crate::config::getter!(@ $name, $keyword, $doc, ", since libpq looks only at the first character", bool,
            text => text.map(|text| text.starts_with('1')));
    };
    ($name:ident, $keyword:ident, $doc:literal, boolean) => {
        $crate::config::getter!(@ $name, $keyword, $doc, "", bool, text => text.map(|text| text == "true"));
    };
    ($name:ident, $keyword:ident, $doc:literal, number) => {
        $crate::config::getter!(@ $name, $keyword, $doc, "", u64, text => text?.parse().ok());
    };
    ($name:ident, $keyword:ident, $doc:literal, duration) => {
        $crate::config::getter!(@ $name, $keyword, $doc, "", Duration, text => text?.parse().map(Duration::from_millis).ok());
    };
    ($name:ident, $keyword:ident, $doc:literal, switch) => {
        $crate::config::getter!(@ $name, $keyword, $doc, "", bool,
            text => text.and_then($crate::config::value::int).map(|value| value != 0));
    };
    ($name:ident, $keyword:ident, $doc:literal, seconds) => {
        $crate::config::getter!(@ $name, $keyword, $doc, ", which is `None`", Duration,
            text => $crate::config::value::positive(text?).map(|count| Duration::from_secs(count.into())));
    };
    ($name:ident, $keyword:ident, $doc:literal, milliseconds) => {
        $crate::config::getter!(@ $name, $keyword, $doc, ", which is `None`", Duration,
            text => $crate::config::value::positive(text?).map(|count| Duration::from_millis(count.into())));
    };
    ($name:ident, $keyword:ident, $doc:literal, count) => {
        $crate::config::getter!(@ $name, $keyword, $doc, ", which is `None`", u32, text => $crate::config::value::positive(text?));
    };
}

/// The method of a keyword, by the kind of its value.
macro_rules! setter {
    (@ $name:ident, $keyword:ident, $doc:literal, $note:literal, $type:ty, $value:ident => $text:expr) => {
        #[doc = concat!("Sets [`Keyword::", stringify!($keyword), "`]: ", $doc, ".", $note)]
        pub fn $name(self, $value: $type) -> Self {
            self.set(Keyword::$keyword, $text)
        }
    };
    // As libpq reads one.
    ($name:ident, $keyword:ident, $doc:literal, flag) => {
        $crate::config::setter!(@ $name, $keyword, $doc, " It is written as `1` or `0`.", bool,
            value => if value { "1" } else { "0" });
    };
    ($name:ident, $keyword:ident, $doc:literal, switch) => {
        $crate::config::setter!($name, $keyword, $doc, flag);
    };
    ($name:ident, $keyword:ident, $doc:literal, boolean) => {
        $crate::config::setter!(@ $name, $keyword, $doc, "", bool, value => if value { "true" } else { "false" });
    };
    ($name:ident, $keyword:ident, $doc:literal, port) => {
        $crate::config::setter!(@ $name, $keyword, $doc, " This one is for all hosts.", u16, value => &value.to_string());
    };
    ($name:ident, $keyword:ident, $doc:literal, count) => {
        $crate::config::setter!(@ $name, $keyword, $doc, "", u32, value => &value.to_string());
    };
    ($name:ident, $keyword:ident, $doc:literal, number) => {
        $crate::config::setter!(@ $name, $keyword, $doc, "", u64, value => &value.to_string());
    };
    // Rounded up, since zero is forever.
    ($name:ident, $keyword:ident, $doc:literal, seconds) => {
        $crate::config::setter!(@ $name, $keyword, $doc, " It is rounded up to whole seconds.", std::time::Duration,
            value => &value.as_nanos().div_ceil(1_000_000_000).to_string());
    };
    ($name:ident, $keyword:ident, $doc:literal, milliseconds) => {
        $crate::config::setter!(@ $name, $keyword, $doc, " It is rounded up to whole milliseconds.", std::time::Duration,
            value => &value.as_nanos().div_ceil(1_000_000).to_string());
    };
    ($name:ident, $keyword:ident, $doc:literal, duration) => {
        $crate::config::setter!($name, $keyword, $doc, milliseconds);
    };
    ($name:ident, $keyword:ident, $doc:literal, $word:ident $type:ty) => {
        $crate::config::setter!(@ $name, $keyword, $doc, "", $type, value => value.as_str());
    };
    ($name:ident, $keyword:ident, $doc:literal, $text:ident) => {
        $crate::config::setter!(@ $name, $keyword, $doc, "", &str, value => value);
    };
}

pub(crate) use {accessors, getter, setter};
