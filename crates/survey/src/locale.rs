//! Language tags and the closest match among those a survey has, script included.
//! Texts are not here; see [`crate::words`] and [`crate::definition`].

use std::fmt;

/// A language with its script where that decides the texts: `en`, `zh-Hans`, `pt-BR`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Locale(String);

/// The longest tag read, in bytes.
pub const LOCALE_BYTES_MAX: usize = 35;

impl Locale {
    /// The tag in `text` with its parts in their usual case: `ZH-hans` becomes `zh-Hans`.
    ///
    /// # Errors
    /// What is wrong with it: a tag is letters and digits in parts of 1 to 8 joined by `-`, the
    /// first of 2 or 3 letters.
    ///
    /// # Example
    /// ```
    /// assert_eq!(survey::Locale::new("zh_hant_tw").unwrap().as_str(), "zh-Hant-TW");
    /// assert!(survey::Locale::new("../x").is_err());
    /// ```
    pub fn new(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not a language tag such as en, pt-BR or zh-Hans");
        if text.len() > LOCALE_BYTES_MAX {
            return Err(wrong());
        }
        let mut tag = String::with_capacity(text.len());
        for (idx, part) in text.split(['-', '_']).enumerate() {
            let alphanumeric = part.bytes().all(|b| b.is_ascii_alphanumeric());
            if part.is_empty() || part.len() > 8 || !alphanumeric {
                return Err(wrong());
            }
            if idx == 0 {
                if !(2..=3).contains(&part.len()) || !part.bytes().all(|b| b.is_ascii_alphabetic())
                {
                    return Err(wrong());
                }
                tag.push_str(&part.to_ascii_lowercase());
                continue;
            }
            tag.push('-');
            match part.len() {
                4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                    tag.push_str(&part[..1].to_ascii_uppercase());
                    tag.push_str(&part[1..].to_ascii_lowercase());
                }
                2 => tag.push_str(&part.to_ascii_uppercase()),
                _ => tag.push_str(&part.to_ascii_lowercase()),
            }
        }
        Ok(Self(tag))
    }

    /// The tag as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone: `zh` of `zh-Hant-TW`.
    #[must_use]
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The script that decides the texts: named in the tag, or implied by the region for Chinese.
    #[must_use]
    pub fn script(&self) -> Option<&str> {
        let named = self.0.split('-').skip(1).find(|part| part.len() == 4);
        if named.is_some() || self.language() != "zh" {
            return named;
        }
        let traditional = self.0.split('-').any(|part| matches!(part, "TW" | "HK" | "MO"));
        Some(if traditional { "Hant" } else { "Hans" })
    }

    /// Whether the language is written from right to left.
    ///
    /// ```
    /// assert!(survey::Locale::new("ar-EG").unwrap().is_right_to_left());
    /// ```
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        matches!(self.language(), "ar" | "he" | "fa" | "ur" | "yi" | "ps" | "sd")
    }

    /// The closest of `available` to this one: the same tag, else the same language and script,
    /// else the same language without a script of its own. `None` when the language is absent.
    ///
    /// ```
    /// use survey::Locale;
    /// let have: Vec<Locale> =
    ///     ["en", "zh-Hans", "zh-Hant"].iter().map(|t| Locale::new(t).unwrap()).collect();
    /// let best = |tag| Locale::new(tag).unwrap().closest(&have).map(|l| l.as_str().to_owned());
    /// assert_eq!(best("zh-TW").as_deref(), Some("zh-Hant"));
    /// assert_eq!(best("zh-CN").as_deref(), Some("zh-Hans"));
    /// assert_eq!(best("en-GB").as_deref(), Some("en"));
    /// assert_eq!(best("fi"), None);
    /// ```
    #[must_use]
    pub fn closest<'a>(&self, available: impl IntoIterator<Item = &'a Self>) -> Option<&'a Self> {
        let mut best: Option<(u8, &Self)> = None;
        for other in available {
            let closeness = if other == self {
                3
            } else if other.language() != self.language() {
                continue;
            } else if other.script() == self.script() {
                2
            } else {
                1
            };
            if best.is_none_or(|(held, _)| closeness > held) {
                best = Some((closeness, other));
            }
        }
        best.map(|(_, locale)| locale)
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
