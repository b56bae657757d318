//! The product's own words on a form, complete in every language offered. What the author of a
//! survey writes is in [`crate::definition`]; a missing word here does not compile.

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
    /// assert_eq!(Words::in_locale(&Locale::new("zh-TW").unwrap()).send(), "送出");
    /// assert_eq!(Words::in_locale(&Locale::new("fi").unwrap()).send(), "Send");
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
}
