//! Language tags and the closest match among those a survey has, script included.
//! Texts are not here; see [`crate::words`] and [`crate::definition`].

use std::cmp::Reverse;
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
        let wrong = || {
            let given: String = text.chars().take(LOCALE_BYTES_MAX).collect();
            format!("{given:?} is not a language tag such as en, pt-BR or zh-Hans")
        };
        if text.len() > LOCALE_BYTES_MAX {
            return Err(wrong());
        }
        let mut tag = String::with_capacity(text.len());
        let mut in_extension = false;
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
            in_extension |= part.len() == 1;
            match part.len() {
                4 if !in_extension && part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                    tag.push_str(&part[..1].to_ascii_uppercase());
                    tag.push_str(&part[1..].to_ascii_lowercase());
                }
                2 if !in_extension => tag.push_str(&part.to_ascii_uppercase()),
                _ => tag.push_str(&part.to_ascii_lowercase()),
            }
        }
        Ok(Self(tag))
    }

    /// The tag as text.
    ///
    /// ```
    /// assert_eq!(survey::Locale::new("PT-br").unwrap().as_str(), "pt-BR");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The language alone: `zh` of `zh-Hant-TW`.
    ///
    /// ```
    /// assert_eq!(survey::Locale::new("zh-Hant-TW").unwrap().language(), "zh");
    /// ```
    #[must_use]
    pub fn language(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The parts after the language that name script, region and variants; what follows a single
    /// letter is an extension, such as a calendar, and decides no text.
    fn subtags(&self) -> impl Iterator<Item = &str> {
        self.0.split('-').skip(1).take_while(|part| part.len() > 1)
    }

    /// The script that decides the texts: named in the tag, or implied by the region for Chinese.
    ///
    /// ```
    /// let script = |tag: &str| survey::Locale::new(tag).unwrap().script().map(str::to_owned);
    /// assert_eq!(script("sr-Latn-RS").as_deref(), Some("Latn"));
    /// assert_eq!(script("zh-HK").as_deref(), Some("Hant"));
    /// assert_eq!(script("en-GB"), None);
    /// ```
    #[must_use]
    pub fn script(&self) -> Option<&str> {
        let is_script =
            |part: &&str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic());
        let named = self.subtags().find(is_script);
        if named.is_some() || self.language() != "zh" {
            return named;
        }
        let traditional = self.subtags().any(|part| matches!(part, "TW" | "HK" | "MO"));
        Some(if traditional { "Hant" } else { "Hans" })
    }

    /// The region named in the tag: `BR` of `pt-BR`, `419` of `es-419`.
    fn region(&self) -> Option<&str> {
        self.subtags().find(|part| {
            part.len() == 2 || part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit())
        })
    }

    /// Whether the texts are written from right to left.
    ///
    /// ```
    /// assert!(survey::Locale::new("ar-EG").unwrap().is_right_to_left());
    /// assert!(!survey::Locale::new("ur-Latn").unwrap().is_right_to_left());
    /// ```
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        match self.script() {
            Some(script) => matches!(script, "Arab" | "Hebr" | "Thaa" | "Syrc" | "Nkoo" | "Adlm"),
            None => matches!(
                self.language(),
                "ar" | "he" | "iw" | "fa" | "ur" | "yi" | "ps" | "sd" | "ug" | "dv" | "ckb"
            ),
        }
    }

    /// The closest of `available` to this one: the same tag, else the same language and script,
    /// else the same language in another script, which most readers still prefer to a foreign
    /// language. Among equals the same region comes first, then no region. `None` when the
    /// language is absent. The order of `available` does not matter.
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
        available.into_iter().filter(|other| other.language() == self.language()).max_by_key(
            |other| {
                let same_script = other.script() == self.script();
                let same_region = other.region() == self.region();
                let named_parts = Reverse(other.subtags().count());
                (*other == self, same_script, same_region, named_parts, Reverse(other.as_str()))
            },
        )
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
