//! Names given by the author of a survey: of surveys and of reasons. Safe in addresses, file
//! names, JSON and markup without escaping.

use std::fmt;

/// The longest name allowed, in bytes (names are ASCII).
pub const NAME_BYTES_MAX: usize = 64;

/// What is wrong with `text` as a name; `None` when it is one.
fn name_fault(text: &str) -> Option<String> {
    if text.is_empty() {
        return Some("is empty; a name has 1 to 64 characters".to_owned());
    }
    if text.len() > NAME_BYTES_MAX {
        return Some(format!(
            "has {} characters; at most {NAME_BYTES_MAX} are allowed",
            text.len()
        ));
    }
    let ok = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    if !text.bytes().all(ok) || !text.as_bytes()[0].is_ascii_alphanumeric() {
        return Some(format!(
            "{text:?} is not a name; use lower-case letters, digits, - and _, beginning with a \
             letter or digit"
        ));
    }
    None
}

macro_rules! name_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The name in `text`.
            ///
            /// # Errors
            /// What is wrong with it: empty, longer than 64 characters, or made of other
            /// characters than lower-case letters, digits, `-` and `_`.
            ///
            /// # Example
            /// ```
            #[doc = concat!("use survey::", stringify!($name), ";")]
            #[doc = concat!("assert!(", stringify!($name), "::new(\"made-in-2026\").is_ok());")]
            #[doc = concat!("assert!(", stringify!($name), "::new(\"Not a name\").is_err());")]
            /// ```
            pub fn new(text: &str) -> Result<Self, String> {
                name_fault(text).map_or_else(|| Ok(Self(text.to_owned())), Err)
            }

            /// The name as text.
            ///
            /// ```
            #[doc = concat!("let name = survey::", stringify!($name), "::new(\"price\").unwrap();")]
            /// assert_eq!(name.as_str(), "price");
            /// ```
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name_type! {
    /// The name of a survey, such as `post-purchase-nps`.
    SurveyId
}

name_type! {
    /// The name of a reason, such as `delivery`. The name `other` is the open reason.
    ReasonId
}

impl ReasonId {
    /// Whether this is the open reason, for what the list does not name.
    ///
    /// ```
    /// use survey::ReasonId;
    /// assert!(ReasonId::new("other").unwrap().is_other());
    /// assert!(!ReasonId::new("price").unwrap().is_other());
    /// ```
    #[must_use]
    pub fn is_other(&self) -> bool {
        self.0 == "other"
    }
}
