//! The product's own words on a form, complete in every language offered. What the author of a
//! survey writes is in [`crate::definition`]; a missing word here does not compile.

use crate::locale::Locale;

macro_rules! words {
    ($($(#[$doc:meta])* $field:ident,)*) => {
        /// The product's own words on a form, in one language.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Words {
            $($(#[$doc])* pub $field: String,)*
        }

        /// The same words where they are kept.
        struct Entry {
            $($field: &'static str,)*
        }

        impl Entry {
            fn words(&self) -> Words {
                Words { $($field: self.$field.to_owned(),)* }
            }
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
                vec![$((stringify!($field), self.$field.as_str()),)*]
            }

            /// The words looked up by name.
            ///
            /// # Errors
            /// The name of the first word that `find` does not have.
            ///
            /// # Example
            /// ```
            /// use survey::Words;
            /// let words = Words::from_lookup(|name| Some(name.to_uppercase())).unwrap();
            /// assert_eq!(words.close, "CLOSE");
            /// let no_retry = |name: &str| (name != "retry").then(String::new);
            /// assert_eq!(Words::from_lookup(no_retry), Err("retry"));
            /// ```
            pub fn from_lookup(
                mut find: impl FnMut(&str) -> Option<String>,
            ) -> Result<Self, &'static str> {
                Ok(Self { $($field: find(stringify!($field)).ok_or(stringify!($field))?,)* })
            }
        }
    };
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

/// The languages whose words are complete.
pub const LOCALES: [&str; 3] = ["en", "zh-Hans", "zh-Hant"];

const EN: Entry = Entry {
    send: "Send",
    skip: "Skip",
    close: "Close",
    retry: "Try again",
    notice: "Your score is sent when you choose it, the rest when you press Send.",
    choose: "Please choose a score first.",
    sending: "Sending…",
    retrying: "That did not get through. Trying again…",
    sent: "Sent. Thank you.",
    failed: "Your answer could not be sent yet. Nothing is lost: it is still here.",
    refused: "Your answer could not be accepted. What you wrote is still here.",
    other: "Something else",
    score_few: "{n} of {needed} answers needed for a score",
    score_answers: "Answers: {n}",
    score_interval: "{low} to {high} at {confidence} confidence",
};

const ZH_HANS: Entry = Entry {
    send: "提交",
    skip: "跳过",
    close: "关闭",
    retry: "重试",
    notice: "选择后即发送评分，其余内容在点击“提交”后发送。",
    choose: "请先选择一个评分。",
    sending: "正在提交…",
    retrying: "未能送达，正在重试…",
    sent: "已提交，谢谢！",
    failed: "暂时无法提交。内容没有丢失，仍保留在这里。",
    refused: "您的回答未被接受。您填写的内容仍保留在这里。",
    other: "其他",
    score_few: "已有 {n} 份回答，满 {needed} 份后显示得分",
    score_answers: "回答数：{n}",
    score_interval: "{confidence} 置信区间：{low} 至 {high}",
};

const ZH_HANT: Entry = Entry {
    send: "送出",
    skip: "略過",
    close: "關閉",
    retry: "重試",
    notice: "選擇後即送出評分，其餘內容在按下「送出」後送出。",
    choose: "請先選擇一個評分。",
    sending: "正在送出…",
    retrying: "未能送達，正在重試…",
    sent: "已送出，謝謝！",
    failed: "暫時無法送出。內容沒有遺失，仍保留在這裡。",
    refused: "您的回答未被接受。您填寫的內容仍保留在這裡。",
    other: "其他",
    score_few: "已有 {n} 份回答，滿 {needed} 份後顯示得分",
    score_answers: "回答數：{n}",
    score_interval: "{confidence} 信賴區間：{low} 至 {high}",
};

impl Words {
    /// The words in the language closest to `locale`; English when none is close.
    ///
    /// ```
    /// use survey::{Locale, Words};
    /// assert_eq!(Words::in_locale(&Locale::new("zh-TW").unwrap()).send, "送出");
    /// assert_eq!(Words::in_locale(&Locale::new("fi").unwrap()).send, "Send");
    /// ```
    #[must_use]
    pub fn in_locale(locale: &Locale) -> Self {
        let available: Vec<Locale> =
            LOCALES.iter().filter_map(|tag| Locale::new(tag).ok()).collect();
        let closest = locale.closest(&available).map_or("en", Locale::as_str);
        let entry = match closest {
            "zh-Hans" => &ZH_HANS,
            "zh-Hant" => &ZH_HANT,
            _ => &EN,
        };
        entry.words()
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
        let english = EN.words();
        for tag in LOCALES {
            let words = Words::in_locale(&Locale::new(tag).unwrap());
            for ((name, ours), (_, theirs)) in words.pairs().into_iter().zip(english.pairs()) {
                assert!(!ours.is_empty(), "{tag}: {name} is empty");
                assert_eq!(holes(ours), holes(theirs), "{tag}: {name}");
            }
        }
    }

    #[test]
    fn words_survive_a_round_trip_through_pairs() {
        let words = EN.words();
        let find = |name: &str| {
            words.pairs().into_iter().find(|(n, _)| *n == name).map(|(_, w)| w.to_owned())
        };
        assert_eq!(Words::from_lookup(find), Ok(words.clone()));
        assert_eq!(Words::from_lookup(|_| None), Err("send"));
    }
}
