//! The product's own words on a form, complete in every language offered. What the author of a
//! survey writes is in [`crate::definition`]; a missing word here does not compile.

mod ar;
mod de;
mod en;
mod es;
mod fr;
mod he;
mod hi;
mod id;
mod it;
mod ja;
mod ko;
mod nl;
mod pl;
mod pt_br;
mod ru;
mod th;
mod tr;
mod vi;
mod zh_hans;
mod zh_hant;

use crate::locale::Locale;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The product's own words on a form, in one language.
        // One list and no fields: a form is moved about in the browser, and twenty texts that are
        // moved and dropped one by one are weight in every shop's page.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Words(Box<[String; NAMES.len()]>);

        const NAMES: &[&str] = &[$(stringify!($name),)*];

        /// The same words where they are kept.
        struct Entry {
            $($name: &'static str,)*
        }

        impl Entry {
            fn words(&self) -> Words {
                Words(Box::new([$(self.$name.to_owned(),)*]))
            }
        }

        /// Where each word stands in the list.
        #[allow(non_camel_case_types, reason = "the names of the words themselves")]
        enum At {
            $($name,)*
        }

        impl Words {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $name(&self) -> &str {
                    &self.0[At::$name as usize]
                }
            )*
        }
    };
}

impl Words {
    /// Every word with its name, in a fixed order.
    ///
    /// ```
    /// use survey::{Locale, Words};
    /// let words = Words::in_locale(&Locale::new("en").unwrap());
    /// assert_eq!(words.pairs()[..2], [("send", "Send"), ("skip", "Skip")]);
    /// ```
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        NAMES.iter().copied().zip(self.0.iter().map(String::as_str)).collect()
    }

    /// The words from their texts in the order of [`Words::pairs`]; `None` when there are more or
    /// fewer of them.
    ///
    /// ```
    /// use survey::{Locale, Words};
    /// let words = Words::in_locale(&Locale::new("en").unwrap());
    /// let texts = words.pairs().into_iter().map(|(_, word)| word.to_owned()).collect();
    /// assert_eq!(Words::from_texts(texts), Some(words));
    /// assert_eq!(Words::from_texts(vec!["Send".to_owned()]), None);
    /// ```
    #[must_use]
    pub fn from_texts(texts: Vec<String>) -> Option<Self> {
        texts.into_boxed_slice().try_into().ok().map(Self)
    }
}

words! {
    /// Sends the answer.
    send,
    /// Sends the rating alone.
    skip,
    /// Closes the survey.
    close,
    /// Tries a failed send again.
    retry,
    /// Says which answers are kept before Send is pressed.
    notice,
    /// Says of a comment with personal details what becomes of them.
    personal,
    /// Asks for a rating when Send was pressed without one.
    choose,
    /// Announced while the answer is on its way.
    sending,
    /// Announced when the first try failed and another is under way.
    retrying,
    /// Announced when the answer has arrived.
    sent,
    /// Says that sending failed and that nothing is lost.
    failed,
    /// Says that the answer was refused and that trying again will not help.
    refused,
    /// The open reason.
    other,
    /// Said of a score that has too few answers; holds `{n}` and `{needed}`.
    score_few,
    /// Says how many answers a score has; holds `{n}`.
    score_answers,
    /// Says in which range the true score probably lies; holds `{low}`, `{high}` and
    /// `{confidence}`.
    score_interval,
}

/// The languages whose words are complete, by tag.
const LANGUAGES: [(&str, &Entry); 20] = [
    ("ar", &ar::WORDS),
    ("de", &de::WORDS),
    ("en", &en::WORDS),
    ("es", &es::WORDS),
    ("fr", &fr::WORDS),
    ("he", &he::WORDS),
    ("hi", &hi::WORDS),
    ("id", &id::WORDS),
    ("it", &it::WORDS),
    ("ja", &ja::WORDS),
    ("ko", &ko::WORDS),
    ("nl", &nl::WORDS),
    ("pl", &pl::WORDS),
    ("pt-BR", &pt_br::WORDS),
    ("ru", &ru::WORDS),
    ("th", &th::WORDS),
    ("tr", &tr::WORDS),
    ("vi", &vi::WORDS),
    ("zh-Hans", &zh_hans::WORDS),
    ("zh-Hant", &zh_hant::WORDS),
];

impl Words {
    /// The tags of the languages whose words are complete, in alphabetical order.
    ///
    /// ```
    /// assert_eq!(survey::Words::languages().count(), 20);
    /// ```
    pub fn languages() -> impl Iterator<Item = &'static str> {
        LANGUAGES.into_iter().map(|(tag, _)| tag)
    }

    /// The words in the language closest to `locale`; English when none is close.
    ///
    /// ```
    /// use survey::{Locale, Words};
    /// assert_eq!(Words::in_locale(&Locale::new("zh-TW").unwrap()).send(), "送出");
    /// assert_eq!(Words::in_locale(&Locale::new("fi").unwrap()).send(), "Send");
    /// ```
    #[must_use]
    pub fn in_locale(locale: &Locale) -> Self {
        let language =
            |(tag, entry): &(&str, &'static Entry)| Some((Locale::new(tag).ok()?, *entry));
        let (available, entries): (Vec<Locale>, Vec<&Entry>) =
            LANGUAGES.iter().filter_map(language).unzip();
        let closest = locale.closest(&available);
        let idx = available.iter().position(|tag| Some(tag) == closest);
        idx.map_or(&en::WORDS, |idx| entries[idx]).words()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_fills_in_the_same_places() {
        let holes = |text: &str| {
            let mut names: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
                .collect();
            names.sort();
            names
        };
        let english = en::WORDS.words();
        for tag in Words::languages() {
            let words = Words::in_locale(&Locale::new(tag).unwrap());
            for ((name, ours), (_, theirs)) in words.pairs().into_iter().zip(english.pairs()) {
                assert!(!ours.is_empty(), "{tag}: {name} is empty");
                let is_own = tag == "en" || ours != theirs;
                assert!(is_own, "{tag}: {name} is English");
                assert_eq!(holes(ours), holes(theirs), "{tag}: {name}");
            }
        }
    }
}
