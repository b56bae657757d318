//! Arabic.

use super::Entry;

pub(super) const WORDS: Entry = Entry {
    send: "إرسال",
    skip: "تخطٍّ",
    close: "إغلاق",
    retry: "إعادة المحاولة",
    notice: "يُرسَل تقييمك فور اختياره، ويُرسَل الباقي عند الضغط على «إرسال».",
    choose: "يُرجى اختيار تقييم أولاً.",
    sending: "جارٍ الإرسال…",
    retrying: "تعذّر الإرسال. تجري إعادة المحاولة…",
    sent: "تم الإرسال. شكرًا لك!",
    failed: "تعذّر إرسال إجابتك حتى الآن. لم يُفقد شيء: ما زالت هنا.",
    refused: "تعذّر قبول إجابتك. ما كتبته ما زال هنا.",
    other: "شيء آخر",
    score_few: "{n} من أصل {needed} إجابات مطلوبة لعرض النتيجة",
    score_answers: "عدد الإجابات: {n}",
    score_interval: "من {low} إلى {high} بمستوى ثقة {confidence}",
};
