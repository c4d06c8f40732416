//! The methods of builders, one per keyword, by the type of its value.

/// `method: Keyword, type;` for each keyword.
macro_rules! setters {
    ($($name:ident: $keyword:ident, $kind:ident $($type:ty)?;)*) => {
        impl Builder {
            $($crate::config::setter!($name, $keyword, $kind $($type)?);)*
        }
    };
}

macro_rules! setter {
    (@ $name:ident, $keyword:ident, $type:ty, $value:ident => $text:expr) => {
        #[doc = concat!("Sets [`Keyword::", stringify!($keyword), "`].")]
        pub fn $name(self, $value: $type) -> Self {
            self.set(Keyword::$keyword, $text)
        }
    };
    ($name:ident, $keyword:ident, text) => {
        $crate::config::setter!(@ $name, $keyword, &str, value => value);
    };
    ($name:ident, $keyword:ident, word $type:ty) => {
        $crate::config::setter!(@ $name, $keyword, $type, value => value.as_str());
    };
    // As libpq reads one.
    ($name:ident, $keyword:ident, flag) => {
        $crate::config::setter!(@ $name, $keyword, bool, value => if value { "1" } else { "0" });
    };
    ($name:ident, $keyword:ident, boolean) => {
        $crate::config::setter!(@ $name, $keyword, bool, value => if value { "true" } else { "false" });
    };
    ($name:ident, $keyword:ident, number $type:ty) => {
        $crate::config::setter!(@ $name, $keyword, $type, value => &value.to_string());
    };
    // Rounded up, since zero is forever.
    ($name:ident, $keyword:ident, seconds) => {
        $crate::config::setter!(@ $name, $keyword, std::time::Duration, value => &value.as_nanos().div_ceil(1_000_000_000).to_string());
    };
    ($name:ident, $keyword:ident, milliseconds) => {
        $crate::config::setter!(@ $name, $keyword, std::time::Duration, value => &value.as_nanos().div_ceil(1_000_000).to_string());
    };
}

pub(crate) use {setter, setters};
